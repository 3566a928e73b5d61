/* Exclusive area of KeyM on a host: a mutex. */
#include <pthread.h>

#include "SchM_KeyM.h"

static pthread_mutex_t Area = PTHREAD_MUTEX_INITIALIZER;

void SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0(void)
{
    (void)pthread_mutex_lock(&Area);
}

void SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0(void)
{
    (void)pthread_mutex_unlock(&Area);
}
