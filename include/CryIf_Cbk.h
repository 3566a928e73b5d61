/* CryIf_Cbk.h
 *
 * What Crypto drivers call in CryIf.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef CRYIF_CBK_H
#define CRYIF_CBK_H

#include "CryIf.h"

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Takes a driver's report that a job has ended, and passes it on to Csm. [SWS_CryIf_91013] [SWS_CryIf_00109]
 */
void CryIf_CallbackNotification(Crypto_JobType *job, Crypto_ResultType result);

#ifdef __cplusplus
}
#endif /* __cplusplus */

#endif /* CRYIF_CBK_H */
