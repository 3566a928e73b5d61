#include "Crypto_Externals.h"
#include "board.h"

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
