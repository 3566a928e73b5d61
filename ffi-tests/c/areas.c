/* Exclusive areas of a program with one thread: never nested, never held across a call out. */
#include "areas.h"

#include "SchM_Crypto.h"
#include "SchM_Csm.h"
#include "support.h"

static uint32 Depth;
static uint32 Entered;
static uint32 Nested;

static void Enter(void)
{
    Entered++;
    Nested += (Depth == 0U) ? 0U : 1U;
    Depth++;
}

static void Exit(void)
{
    Depth--;
}

void SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Enter();
}

void SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    Exit();
}

void SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Enter();
}

void SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0(void)
{
    Exit();
}

static void Outside(void)
{
    Test_About("called out from inside an exclusive area");
    CHECK_CODE(0U, Depth);
}

void Areas_Watch(void)
{
    Test_OnCallOut = &Outside;
}

void Areas_End(void)
{
    Test_About("exclusive areas");
    CHECK_CODE(0U, Depth);
    CHECK_CODE(0U, Nested);
    CHECK(Entered != 0U);
}
