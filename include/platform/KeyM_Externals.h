/* KeyM_Externals.h
 *
 * Callouts of KeyM: what an integrator provides if the configuration asks for it. The key handler's KeyM_KH_ServiceCertificate is in
 * KeyM_Cfg.h, as its lengths differ between releases.
 */
#ifndef KEYM_EXTERNALS_H
#define KEYM_EXTERNALS_H

#include "Rte_KeyM_Type.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Told when KeyM_Update, KeyM_Finalize and KeyM_Verify have ended. Needed by a configuration with KeyMCryptoKeyManagerEnabled;
 * the second by one with sessions, the third by one that verifies asynchronously. */
void KeyM_CryptoKeyUpdateCallbackNotification(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr);
void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr);
void KeyM_CryptoKeyVerifyCallbackNotification(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr);

/* The key handler: each is needed where KeyMGeneral enables it. */
Std_ReturnType KeyM_KH_Start(KeyM_StartType StartType, const uint8 *RequestData, uint16 RequestDataLength, uint8 *ResponseData,
                             uint16 *ResponseDataLength);
Std_ReturnType KeyM_KH_Prepare(const uint8 *RequestData, uint16 RequestDataLength, uint8 *ResponseData, uint16 *ResponseDataLength);
Std_ReturnType KeyM_KH_Update(const uint8 *KeyNamePtr, uint16 KeyNameLength, const uint8 *RequestData, uint16 RequestDataLength,
                              uint8 *ResultDataPtr, uint16 *ResultDataLengthPtr, KeyM_CryptoKeyIdType *KeymId,
                              KeyM_KH_UpdateOperationType *UpdateOperation);
Std_ReturnType KeyM_KH_Finalize(const uint8 *RequestData, uint16 RequestDataLength, uint8 *ResponseData, uint16 *ResponseDataLength);
Std_ReturnType KeyM_KH_Verify(const uint8 *KeyNamePtr, uint16 KeyNameLength, const uint8 *RequestData, uint16 RequestDataLength,
                              uint8 *ResponseData, uint16 *ResponseDataLength);

#ifdef __cplusplus
}
#endif

#endif /* KEYM_EXTERNALS_H */
