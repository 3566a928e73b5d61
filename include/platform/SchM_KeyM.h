/* SchM_KeyM.h
 *
 * Callout: exclusive area of KeyM. It is held for a bounded time, never across a call out of KeyM, and never nested.
 */
#ifndef SCHM_KEYM_H
#define SCHM_KEYM_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

void SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0(void);
void SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0(void);

#ifdef __cplusplus
}
#endif

#endif /* SCHM_KEYM_H */
