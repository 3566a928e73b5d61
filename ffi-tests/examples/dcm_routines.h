/* The factory's way to the OEM provisioning certificate, as routines of Dcm (RoutineControl, 0x31): generate the key, export the
 * request, import the certificate, lock. A request and a response carry 64 bytes at most.
 *
 * | routine  | start: request                                   | start: response        | results: response         |
 * |----------|--------------------------------------------------|------------------------|---------------------------|
 * | generate | nothing                                          | nothing                | 2 bytes: length of request |
 * | export   | counter from 1                                   | counter, 0 to 63 bytes | none: any part, any time  |
 * | import   | 0, 2 bytes: length; then counter from 1, 63 bytes | nothing               | nothing: it is in its slot |
 * | lock     | nothing                                          | nothing                | nothing: it is locked     |
 *
 * Results are DCM_E_PENDING while KeyM works. Negative responses:
 *
 * | code | start                                           | results                                            |
 * |------|-------------------------------------------------|----------------------------------------------------|
 * | 0x10 |                                                 | a job of KeyM's has failed                         |
 * | 0x13 | a part is too long or too short                 |                                                    |
 * | 0x21 | another routine runs, or start-up is not done   |                                                    |
 * | 0x22 | there is a certificate already; KeyM refuses    |                                                    |
 * | 0x24 | a step before this one is missing               | it has not been done                               |
 * | 0x26 |                                                 | what is above the certificate is wrong, or missing |
 * | 0x31 | no such part; a length that cannot be           | the certificate is wrong, or for another key       |
 * | 0x33 | locked, or nobody knows whether it is           | likewise                                           |
 * | 0x72 |                                                 | NvM has failed                                     |
 * | 0x73 | another part comes next                         |                                                    |
 *
 * A key that was not certified is generated again after a reset. What is locked stays so: the flag is in a NvM block of its own.
 * Only the routines are locked. Let nobody else call KeyM_ServiceCertificate for this slot. */
#ifndef DCM_ROUTINES_H
#define DCM_ROUTINES_H

#include "Dcm.h"
#include "KeyM.h"

/* Of a request or response, and of the part of a request or certificate in it. */
#define DCM_ROUTINES_MESSAGE 64U
#define DCM_ROUTINES_PART (DCM_ROUTINES_MESSAGE - 1U)

/* The NvM block of the lock, and its bytes. */
#ifndef DCM_ROUTINES_NVM_BLOCK
#define DCM_ROUTINES_NVM_BLOCK 64U
#endif
#define DCM_ROUTINES_NVM_LENGTH 4U

/* Behind KeyM_Init, and as often as KeyM_MainFunction, in Dcm's task. */
void DcmRoutines_Init(void);
void DcmRoutines_MainFunction(void);

/* currentDataLength: in: bytes of dataIn; out, where there is dataOut: bytes of it. */
Std_ReturnType DcmRoutines_Generate_Start(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Generate_RequestResults(Dcm_OpStatusType OpStatus, uint8 *dataOut, uint16 *currentDataLength,
                                                   Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Export_Start(const uint8 *dataIn, Dcm_OpStatusType OpStatus, uint8 *dataOut, uint16 *currentDataLength,
                                        Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Import_Start(const uint8 *dataIn, Dcm_OpStatusType OpStatus, uint16 currentDataLength,
                                        Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Import_RequestResults(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Lock_Start(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode);
Std_ReturnType DcmRoutines_Lock_RequestResults(Dcm_OpStatusType OpStatus, Dcm_NegativeResponseCodeType *ErrorCode);

/* KeyMServiceCertificateCallbackNotificationFunc and KeyMCertificateVerifyCallbackNotificationFunc of the slot are
 * DcmRoutines_CertificateServiced and Dcm_KeyMAsyncCertificateVerifyFinished: KeyM_Cfg.h declares them. */

#endif /* DCM_ROUTINES_H */
