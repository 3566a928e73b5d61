/* Entropy on a host: the system's generator. */
#include <errno.h>
#include <sys/random.h>
#include <sys/types.h>

#include "Crypto_Externals.h"

/* getrandom gives at most this many bytes in one piece without being interrupted. */
#define PIECE 256U

Std_ReturnType Crypto_EntropyCallout(uint8 *dataPtr, uint32 dataLength)
{
    uint32 done = 0U;
    while (done < dataLength)
    {
        const uint32 left = dataLength - done;
        const ssize_t got = getrandom(&dataPtr[done], (left < PIECE) ? left : PIECE, 0U);
        if (got > 0)
        {
            done += (uint32)got;
        }
        else if (errno != EINTR) /* a signal may interrupt the wait for the generator's first seed */
        {
            return E_NOT_OK;
        }
        else
        {
            /* again */
        }
    }
    return E_OK;
}
