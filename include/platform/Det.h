/* Det.h
 *
 * Callout: errors. An integrator's own file wins by include order.
 */
#ifndef DET_H
#define DET_H

#include "Std_Types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A development error: a wrong call. The return value is not used. */
Std_ReturnType Det_ReportError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId);

/* A runtime error: a right call that cannot be served now. The return value is not used. */
Std_ReturnType Det_ReportRuntimeError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId);

#ifdef __cplusplus
}
#endif

#endif /* DET_H */
