/* KeyM_Cbk.h
 *
 * What Csm calls in KeyM: CsmCallbackFunc of KeyM's own asynchronous jobs.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef KEYM_CBK_H
#define KEYM_CBK_H

#include "KeyM.h"

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * `CsmCallbackFunc` of KeyM's asynchronous jobs; called by Csm from a task, an interrupt or another thread. What follows from it
 * happens in the next main function.
 *
 * * `jobId`: the job. One that KeyM does not wait for is ignored.
 * * `result`: `E_OK` or why it has failed.
 *
 * Errors: `KEYM_E_UNINIT`.
 */
void KeyM_CsmJobFinished(uint32 jobId,
                         Crypto_ResultType result);

#ifdef __cplusplus
}
#endif /* __cplusplus */

#endif /* KEYM_CBK_H */
