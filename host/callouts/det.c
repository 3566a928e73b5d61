/* Det on a host: development errors go to standard error. */
#include <stdio.h>

#include "Det.h"

Std_ReturnType Det_ReportError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    (void)fprintf(stderr, "Det: module %u instance %u service 0x%02X error 0x%02X\n", (unsigned)ModuleId, (unsigned)InstanceId,
                  (unsigned)ApiId, (unsigned)ErrorId);
    return E_OK;
}
