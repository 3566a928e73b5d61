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

#ifdef __cplusplus
}
#endif /* __cplusplus */

#endif /* CSM_CBK_H */
