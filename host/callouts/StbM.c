/* StbM on a host: the system's clock. V2GCRYPT_CLOCK says what to think of it, or what it says:
 *
 *   absent, or "synchronised"   the system's time, which something keeps synchronised
 *   "local"                     the system's time, which nobody has synchronised since the start
 *   "none"                      there is no time: StbM_GetCurrentTime fails
 *   a number                    this many seconds since 1970, synchronised; a test's time stands still
 *   "local:" and a number       the same, not synchronised
 */
#include "StbM.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LOCAL "local"

/* FALSE if the text is no number. */
static boolean Number(const char *text, unsigned long long *value)
{
    char *end = NULL;
    *value = strtoull(text, &end, 10);
    return ((end != text) && (*end == '\0')) ? TRUE : FALSE;
}

/* The time that V2GCRYPT_CLOCK names, and its quality. */
static boolean Time(unsigned long long *seconds, uint32 *nanoseconds, StbM_TimeBaseStatusType *status)
{
    const char *setting = getenv("V2GCRYPT_CLOCK");
    struct timespec now;
    *status = STBM_STATUS_GLOBAL_TIME_BASE;
    *nanoseconds = 0U;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
    {
        return FALSE;
    }
    if ((setting != NULL) && (strncmp(setting, LOCAL, sizeof(LOCAL) - 1U) == 0))
    {
        *status = 0U;
        setting = &setting[sizeof(LOCAL) - 1U];
        setting = (*setting == ':') ? &setting[1] : setting;
    }
    if ((setting == NULL) || (*setting == '\0') || (strcmp(setting, "synchronised") == 0))
    {
        *seconds = (unsigned long long)now.tv_sec;
        *nanoseconds = (uint32)now.tv_nsec;
        return TRUE;
    }
    return Number(setting, seconds);
}

Std_ReturnType StbM_GetCurrentTime(StbM_SynchronizedTimeBaseType timeBaseId, StbM_TimeTupleType *timeTuple, StbM_UserDataType *userData)
{
    unsigned long long seconds = 0U;
    uint32 nanoseconds = 0U;
    StbM_TimeBaseStatusType status = 0U;
    (void)timeBaseId;
    if ((timeTuple == NULL) || (userData == NULL) || (Time(&seconds, &nanoseconds, &status) == FALSE))
    {
        return E_NOT_OK;
    }
    (void)memset(timeTuple, 0, sizeof(*timeTuple));
    (void)memset(userData, 0, sizeof(*userData));
    timeTuple->globalTime.timeBaseStatus = status;
    timeTuple->globalTime.nanoseconds = nanoseconds;
    timeTuple->globalTime.seconds = (uint32)(seconds & 0xFFFFFFFFU);
    timeTuple->globalTime.secondsHi = (uint16)((seconds >> 32) & 0xFFFFU);
    return E_OK;
}
