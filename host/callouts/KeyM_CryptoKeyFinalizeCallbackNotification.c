/* Nobody on a host asks how KeyM_Finalize has ended, unless the program does: its own function wins. */
#include "KeyM_Externals.h"

void KeyM_CryptoKeyFinalizeCallbackNotification(KeyM_ResultType Result, uint16 ResponseDataLength, const uint8 *ResponseDataPtr)
{
    (void)Result;
    (void)ResponseDataLength;
    (void)ResponseDataPtr;
}
