/* SchM_Csm.h
 *
 * Callout: exclusive area of Csm. It is held for a bounded time, never across a call out of Csm, and never nested.
 */
#ifndef SCHM_CSM_H
#define SCHM_CSM_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

void SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0(void);
void SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0(void);

#ifdef __cplusplus
}
#endif

#endif /* SCHM_CSM_H */
