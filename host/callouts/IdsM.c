/* IdsM on a host: security events go to standard error, if the environment variable V2GCRYPT_LOG is set. */
#include <stdio.h>
#include <stdlib.h>

#include "IdsM.h"

void IdsM_SetSecurityEventWithContextData(IdsM_SecurityEventIdType securityEventId, const uint8 *contextData, uint16 contextDataSize)
{
    uint16 i;
    if (getenv("V2GCRYPT_LOG") == NULL)
    {
        return;
    }
    (void)fprintf(stderr, "IdsM: security event %u", (unsigned)securityEventId);
    for (i = 0U; (contextData != NULL) && (i < contextDataSize); i++)
    {
        (void)fprintf(stderr, "%s%02X", (i == 0U) ? " with " : " ", (unsigned)contextData[i]);
    }
    (void)fprintf(stderr, "\n");
}
