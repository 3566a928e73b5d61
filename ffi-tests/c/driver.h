/* Starts the drivers of a configuration and lets them work: soft, with some keys in a simulated HSM (TEST_HSM), or with all of them there
 * (TEST_HSM_ALL). The rest of a program is the same. */
#ifndef DRIVER_H
#define DRIVER_H

#include "Crypto.h"
#include "support.h"

#if defined(TEST_HSM)
#include "Crypto_0_Hsm.h"
#endif

#if defined(TEST_HSM) || defined(TEST_HSM_ALL)
#include <stdlib.h>

#include "V2gcrypt_HsmSim.h"

/* Waits for a bell of the HSM, at most a millisecond; what an interrupt does is done here. */
#define DRIVER_WAIT() (V2gcrypt_HsmSim_WaitForBell(0xFU, 1000U))
#endif

static void Driver_Init(void)
{
#if defined(DRIVER_WAIT)
    CHECK_CODE(E_OK, V2gcrypt_HsmSim_Start(getenv("V2GCRYPT_HSM_FLASH")));
    CHECK_CODE(0U, atexit(&V2gcrypt_HsmSim_Stop));
#endif
    Crypto_Init(NULL_PTR);
#if defined(TEST_HSM)
    Crypto_0_Hsm_Init(NULL_PTR);
#endif
}

static void Driver_MainFunction(void)
{
#if defined(DRIVER_WAIT)
    const uint32 rung = DRIVER_WAIT();
#if defined(TEST_HSM)
    if ((rung & 2U) != 0U)
    {
        Crypto_0_Hsm_Interrupt_1();
    }
    Crypto_0_Hsm_Interrupt_Status();
#else
    if ((rung & 1U) != 0U)
    {
        Crypto_Interrupt_0();
    }
#endif
#endif
    Crypto_MainFunction();
#if defined(TEST_HSM)
    Crypto_0_Hsm_MainFunction();
#endif
#if !defined(TEST_HSM_ALL)
    Crypto_MainFunctionBackground();
#endif
}

#endif /* DRIVER_H */
