/* Csm_Cbk.h
 *
 * What CryIf calls in Csm.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef CSM_CBK_H
#define CSM_CBK_H

#include "Csm.h"

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Called by CryIf when an asynchronous job has ended, from a task, an interrupt or another thread.
 *
 * * `job`: the record that was given to `CryIf_ProcessJob`. It is recognised by its address.
 * * `result`: the job's result, given to the user's callback.
 *
 * A report for a job that is not with the driver is ignored. A driver that has answered `CryIf_CancelJob` with `E_OK` must not
 * report that job later: its record may already serve the next request. Source: [SWS_Csm_00970]
 */
void Csm_CallbackNotification(Crypto_JobType *job,
                              Crypto_ResultType result);

#ifdef __cplusplus
}
#endif /* __cplusplus */

#endif /* CSM_CBK_H */
