/* SchM_Crypto.h
 *
 * Callout: exclusive area of the soft Crypto drivers. It is held for a bounded time, never while a primitive computes.
 */
#ifndef SCHM_CRYPTO_H
#define SCHM_CRYPTO_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

void SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void);
void SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void);

#ifdef __cplusplus
}
#endif

#endif /* SCHM_CRYPTO_H */
