/* Exclusive area of Csm on a host: a mutex. */
#include <pthread.h>

#include "SchM_Csm.h"

static pthread_mutex_t Area = PTHREAD_MUTEX_INITIALIZER;

void SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    (void)pthread_mutex_lock(&Area);
}

void SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0(void)
{
    (void)pthread_mutex_unlock(&Area);
}
