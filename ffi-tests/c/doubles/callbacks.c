/* Our Csm and CryIf over a driver that ends jobs from threads, inside ProcessJob, or later: exactly one callback for each accepted
 * job, never on the stack of the call that started it, never before its acceptance is decided; and chains of callbacks that start
 * jobs on a stack that does not grow. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "../support.h"
#include "../vectors.h"
#include "CryIf.h"
#include "fake_driver.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define CHAIN 100000U
#define STRESS 6000U
#define FIRST DOUBLE_FIRST_CROWD
#define JOBS DOUBLE_CROWD

static uint8 Outputs[DOUBLE_JOBS][32];
static uint32 Lengths[DOUBLE_JOBS];

static Std_ReturnType Hash(uint32 job)
{
    Lengths[job] = 32U;
    return Csm_Hash(job, SINGLECALL, Vector_Message, 40U, Outputs[job], &Lengths[job]);
}

/* Chains: one job whose callback starts it again. */

static uint32 Links;
static uintptr_t LowestStack;
static uintptr_t HighestStack;

static void OnChain(uint32 jobId)
{
    const uint8 here = 0U;
    const uintptr_t at = (uintptr_t)&here;
    LowestStack = (at < LowestStack) ? at : LowestStack;
    HighestStack = (at > HighestStack) ? at : HighestStack;
    Links++;
    if (Links < CHAIN)
    {
        CHECK_CODE(E_OK, Hash(jobId));
    }
}

static void TestChain(Fake_ModeType mode, const char *about)
{
    uint32 calls;
    Test_About(about);
    Fake_Mode = mode;
    Links = 0U;
    LowestStack = UINTPTR_MAX;
    HighestStack = 0U;
    CHECK_CODE(E_OK, Hash(FIRST));
    CHECK_CODE(0U, Links);
    for (calls = 0U; (calls < (2U * CHAIN)) && (Links < CHAIN); calls++)
    {
        Fake_MainFunction();
        V2gcrypt_Csm_MainFunction(0U);
    }
    CHECK_CODE(CHAIN, Links);
    CHECK(HighestStack == LowestStack);
    (void)printf("%s: %u jobs, stack moved by %u bytes\n", about, (unsigned)Links, (unsigned)(HighestStack - LowestStack));
}

/* Stress */

typedef struct
{
    uint32 accepted;
    uint32 callbacks;
    uint32 started; /* calls that have begun */
    boolean wanted; /* a thread starts it again */
} LedgerType;

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static LedgerType Ledger[DOUBLE_JOBS];
static uint32 Accepted;
static uint32 Canceled;
static uint32 Refused;
static boolean Ending;
static pthread_key_t CallingJob; /* job + 1 of the service call that this thread is in */
static uint32 CallbackRandom = 5U;

/* Starts a job and keeps the books. */
static void Start(uint32 job)
{
    void *const outer = pthread_getspecific(CallingJob);
    Std_ReturnType result;
    (void)pthread_mutex_lock(&Lock);
    Ledger[job].started++;
    Ledger[job].wanted = FALSE;
    (void)pthread_mutex_unlock(&Lock);
    (void)pthread_setspecific(CallingJob, (void *)(uintptr_t)(job + 1U));
    result = Hash(job);
    (void)pthread_setspecific(CallingJob, outer);
    (void)pthread_mutex_lock(&Lock);
    if (result == E_OK)
    {
        Ledger[job].accepted++;
        Accepted++;
    }
    else
    {
        Refused++;
        Ledger[job].wanted = TRUE;
    }
    (void)pthread_mutex_unlock(&Lock);
    CHECK((result == E_OK) || (result == CRYPTO_E_KEY_EMPTY) || (result == CRYPTO_E_BUSY));
}

static void OnStress(uint32 jobId, Crypto_ResultType result)
{
    boolean again;
    /* Not on the stack of a call for this job; and the driver has made up its mind. */
    CHECK((uintptr_t)pthread_getspecific(CallingJob) != (jobId + 1U));
    CHECK(Fake_IsDeciding(jobId) == FALSE);
    (void)pthread_mutex_lock(&Lock);
    Ledger[jobId].callbacks++;
    CHECK(Ledger[jobId].callbacks <= Ledger[jobId].started);
    Canceled += (result == CRYPTO_E_JOB_CANCELED) ? 1U : 0U;
    again = ((Ending == FALSE) && (Fake_Random(&CallbackRandom, 3U) == 0U)) ? TRUE : FALSE;
    Ledger[jobId].wanted = (again == TRUE) ? FALSE : TRUE;
    (void)pthread_mutex_unlock(&Lock);
    if (again == TRUE)
    {
        Start(jobId);
    }
}

static boolean IsEnding(void)
{
    boolean ending;
    (void)pthread_mutex_lock(&Lock);
    Ending = (Accepted >= STRESS) ? TRUE : Ending;
    ending = Ending;
    (void)pthread_mutex_unlock(&Lock);
    return ending;
}

static void Pause(void)
{
    const struct timespec time = {0, 20000L};
    (void)nanosleep(&time, NULL);
}

/* Starts whatever is wanted: every second job, from `argument` on. */
static void *Submit(void *argument)
{
    const uint32 first = *(const uint32 *)argument;
    uint32 job;
    while (IsEnding() == FALSE)
    {
        for (job = FIRST + first; job < (FIRST + JOBS); job += 2U)
        {
            boolean wanted;
            (void)pthread_mutex_lock(&Lock);
            wanted = Ledger[job].wanted;
            (void)pthread_mutex_unlock(&Lock);
            if (wanted == TRUE)
            {
                Start(job);
            }
        }
        Pause();
    }
    return NULL;
}

static void *Cancel(void *argument)
{
    uint32 random = 3U;
    (void)argument;
    while (IsEnding() == FALSE)
    {
        const uint32 job = FIRST + Fake_Random(&random, JOBS);
        Std_ReturnType result;
        (void)pthread_setspecific(CallingJob, (void *)(uintptr_t)(job + 1U));
        result = Csm_CancelJob(job, SINGLECALL);
        (void)pthread_setspecific(CallingJob, NULL_PTR);
        CHECK((result == E_OK) || (result == E_NOT_OK) || (result == CRYPTO_E_JOB_CANCELED));
        Pause();
    }
    return NULL;
}

static boolean IsSettled(void)
{
    uint32 job;
    boolean settled = TRUE;
    (void)pthread_mutex_lock(&Lock);
    for (job = FIRST; job < (FIRST + JOBS); job++)
    {
        settled = (Ledger[job].accepted == Ledger[job].callbacks) ? settled : FALSE;
    }
    (void)pthread_mutex_unlock(&Lock);
    return settled;
}

static void TestStress(void)
{
    static const uint32 parts[2] = {0U, 1U};
    pthread_t submitters[2];
    pthread_t canceller;
    uint32 job;
    uint32 patience;
    uint32 callbacks = 0U;
    Test_About("jobs that end on other threads");
    (void)pthread_key_create(&CallingJob, NULL);
    Fake_Mode = FAKE_ANYHOW;
    Fake_Start();
    for (job = FIRST; job < (FIRST + JOBS); job++)
    {
        Ledger[job].wanted = TRUE;
    }
    (void)pthread_create(&submitters[0], NULL, &Submit, (void *)(uintptr_t)&parts[0]);
    (void)pthread_create(&submitters[1], NULL, &Submit, (void *)(uintptr_t)&parts[1]);
    (void)pthread_create(&canceller, NULL, &Cancel, NULL);
    while (IsEnding() == FALSE)
    {
        V2gcrypt_Csm_MainFunction(0U);
        Pause();
    }
    (void)pthread_join(submitters[0], NULL);
    (void)pthread_join(submitters[1], NULL);
    (void)pthread_join(canceller, NULL);
    for (patience = 0U; (patience < 20000U) && (IsSettled() == FALSE); patience++)
    {
        V2gcrypt_Csm_MainFunction(0U);
        Pause();
    }
    for (patience = 0U; patience < 2000U; patience++) /* time for a callback too many */
    {
        V2gcrypt_Csm_MainFunction(0U);
        Pause();
    }
    Fake_Stop();
    for (job = FIRST; job < (FIRST + JOBS); job++)
    {
        CHECK_CODE(Ledger[job].accepted, Ledger[job].callbacks);
        callbacks += Ledger[job].callbacks;
    }
    CHECK(Accepted >= STRESS);
    (void)printf("stress: %u jobs accepted, %u refused, %u callbacks, %u of them after a cancellation\n", (unsigned)Accepted,
                 (unsigned)Refused, (unsigned)callbacks, (unsigned)Canceled);
}

void Double_JobFinished(uint32 jobId, Crypto_ResultType result)
{
    if (Fake_Mode == FAKE_ANYHOW)
    {
        OnStress(jobId, result);
    }
    else
    {
        OnChain(jobId);
    }
}

int main(void)
{
    (void)alarm(240U); /* a job that is lost must not be waited for */
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    TestChain(FAKE_INSIDE, "chain over a driver that reports inside ProcessJob");
    TestChain(FAKE_MAIN, "chain over a driver that reports in its main function");
    TestStress();
    return Test_End("callbacks");
}
