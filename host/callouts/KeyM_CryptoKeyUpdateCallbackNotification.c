/* Nobody on a host asks how KeyM_Update has ended, unless the program does: its own function wins. */
#include "KeyM_Externals.h"

void KeyM_CryptoKeyUpdateCallbackNotification(KeyM_ResultType Result, uint16 ResultDataLength, const uint8 *ResultDataPtr)
{
    (void)Result;
    (void)ResultDataLength;
    (void)ResultDataPtr;
}
