/* IdsM.h
 *
 * What KeyM uses of IdsM. An integrator's own file wins by include order.
 */
#ifndef IDSM_H
#define IDSM_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint16 IdsM_SecurityEventIdType;

/* A security event, and what goes with it: contextDataSize bytes. */
void IdsM_SetSecurityEventWithContextData(IdsM_SecurityEventIdType securityEventId, const uint8 *contextData, uint16 contextDataSize);

#ifdef __cplusplus
}
#endif

#endif /* IDSM_H */
