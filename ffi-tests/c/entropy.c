/* Entropy that a test can take away. It is no entropy at all: a counter, stirred. */
#include "entropy.h"

#include "Crypto_Externals.h"
#include "support.h"

uint32 Entropy_Left = 0xFFFFFFFFU;
uint32 Entropy_Calls = 0U;

static uint32 State = 0x12345678U;

Std_ReturnType Crypto_EntropyCallout(uint8 *dataPtr, uint32 dataLength)
{
    uint32 i;
    Test_CalledOut();
    Entropy_Calls++;
    for (i = 0U; i < dataLength; i++)
    {
        if (Entropy_Left == 0U)
        {
            return E_NOT_OK;
        }
        Entropy_Left--;
        State ^= State << 13;
        State ^= State >> 17;
        State ^= State << 5;
        dataPtr[i] = (uint8)(State >> 24);
    }
    return E_OK;
}
