/* A broken invariant ends the program. */
#include "Crypto_Externals.h"
#include "board.h"

void V2gcrypt_PanicCallout(void)
{
    Board_Print("FAILED: panic\n");
    Board_Exit(5U);
}
