/* Crypto_Externals.h
 *
 * Callouts of the soft Crypto driver, and of the library where it is built for a target.
 */
#ifndef CRYPTO_EXTERNALS_H
#define CRYPTO_EXTERNALS_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fills dataLength bytes at dataPtr with full entropy (or the output of an approved generator) and returns E_OK, or returns
 * E_NOT_OK: the job then ends with CRYPTO_E_ENTROPY_EXHAUSTED. Called from the context that runs the job, reentrant. */
Std_ReturnType Crypto_EntropyCallout(uint8 *dataPtr, uint32 dataLength);

/* Writes the device key, keyLength (32) bytes that differ from device to device and never change, and returns E_OK; or returns
 * E_NOT_OK: keys are then neither loaded nor written. What encrypts persistent keys is derived from it. Needed only by a
 * configuration with NV blocks. Called from Init, main functions, KeySetValid and NvM's notification. */
Std_ReturnType Crypto_DeviceKeyCallout(uint8 *keyPtr, uint32 keyLength);

/* A broken invariant inside the library. It does not return: typically it resets the controller. Targets only. */
void V2gcrypt_PanicCallout(void);

#ifdef __cplusplus
}
#endif

#endif /* CRYPTO_EXTERNALS_H */
