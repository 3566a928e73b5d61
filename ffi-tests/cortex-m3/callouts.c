/* What a basic software gives to the library, on a board with one thread and no interrupts. */
#include "Crypto_Externals.h"
#include "Det.h"
#include "SchM_Crypto.h"
#include "SchM_Csm.h"
#include "board.h"

/* An area that is entered twice, or left without having been entered, is an error of the library. */
static uint32 CsmArea;
static uint32 CryptoArea;

static void Enter(uint32 *area)
{
    if (*area != 0U)
    {
        Board_Print("FAILED: an exclusive area is nested\n");
        Board_Exit(4U);
    }
    *area = 1U;
}

static void Leave(uint32 *area)
{
    if (*area != 1U)
    {
        Board_Print("FAILED: an exclusive area is left that was not entered\n");
        Board_Exit(4U);
    }
    *area = 0U;
}

void SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Enter(&CsmArea);
}

void SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Leave(&CsmArea);
}

void SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Enter(&CryptoArea);
}

void SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Leave(&CryptoArea);
}

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

/* The emulator has no source of entropy. These bytes are for a demonstration, and for nothing else. */
Std_ReturnType Crypto_EntropyCallout(uint8 *dataPtr, uint32 dataLength)
{
    static uint32 state = 0x2545F491U;
    uint32 i;
    for (i = 0U; i < dataLength; i++)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        dataPtr[i] = (uint8)(state ^ Board_Ticks());
    }
    return E_OK;
}

void V2gcrypt_PanicCallout(void)
{
    Board_Print("FAILED: panic\n");
    Board_Exit(5U);
}
