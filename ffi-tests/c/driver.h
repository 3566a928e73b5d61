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
#include <stdio.h>
#include <stdlib.h>

#include "V2gcrypt_HsmSim.h"

#if defined(TEST_HSM_QEMU)
/* The HSM is to be an emulated Cortex-M3: crypto-driver/hsm-qemu. */
Std_ReturnType V2gcrypt_HsmQemu_Use(void);
#endif

/* Waits for a bell of the HSM, at most a millisecond; what an interrupt does is done here. */
#define DRIVER_WAIT() (V2gcrypt_HsmSim_WaitForBell(0xFU, 1000U))
#endif

static void Driver_Init(void)
{
#if defined(DRIVER_WAIT)
#if defined(TEST_HSM_QEMU)
    CHECK_CODE(E_OK, V2gcrypt_HsmQemu_Use());
#endif
    CHECK_CODE(E_OK, V2gcrypt_HsmSim_Start(getenv("V2GCRYPT_HSM_FLASH")));
#if defined(TEST_HSM_QEMU)
    (void)puts("with an emulated HSM");
#endif
    CHECK_CODE(0U, atexit(&V2gcrypt_HsmSim_Stop));
#endif
    Crypto_Init(NULL_PTR);
#if defined(TEST_HSM)
    Crypto_0_Hsm_Init(NULL_PTR);
#endif
}

/* Checks that the memory that is shared with the HSM does not have these 16 bytes, and that they would be found there. Without a HSM
 * there is no such memory. */
static inline void Driver_CheckNotShared(const uint8 *bytes)
{
#if defined(DRIVER_WAIT)
    uint8 *const region = (uint8 *)V2gcrypt_HsmSim_Transport.region;
    /* No driver of these programs is given so much. */
    uint8 *const spare = &region[V2gcrypt_HsmSim_Transport.regionLength - 16U];
    uint32 found[2] = {0U, 0U};
    uint32 pass;
    uint32 at;
    for (pass = 0U; pass < 2U; pass++)
    {
        for (at = 0U; (at + 16U) <= V2gcrypt_HsmSim_Transport.regionLength; at++)
        {
            found[pass] += (Test_Same(&region[at], bytes, 16U) == TRUE) ? 1U : 0U;
        }
        Test_Copy(spare, bytes, 16U);
    }
    Test_Fill(spare, 0U, 16U);
    CHECK_CODE(0U, found[0]);
    CHECK_CODE(1U, found[1]);
#else
    (void)bytes;
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
