/* Exclusive areas on a board with one thread and no interrupts. */
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
