/* Errors are printed. */
#include "Det.h"
#include "board.h"

static Std_ReturnType Report(const char *kind, uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    Board_Print(kind);
    Board_Print(": module ");
    Board_PrintNumber(ModuleId);
    Board_Print(" instance ");
    Board_PrintNumber(InstanceId);
    Board_Print(" service ");
    Board_PrintNumber(ApiId);
    Board_Print(" error ");
    Board_PrintNumber(ErrorId);
    Board_Print("\n");
    return E_OK;
}

Std_ReturnType Det_ReportError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    return Report("Det", ModuleId, InstanceId, ApiId, ErrorId);
}

Std_ReturnType Det_ReportRuntimeError(uint16 ModuleId, uint8 InstanceId, uint8 ApiId, uint8 ErrorId)
{
    return Report("Det runtime error", ModuleId, InstanceId, ApiId, ErrorId);
}
