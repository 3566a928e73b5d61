/* A driver in C that ends jobs when a test says. */
#include "fake_driver.h"

#include <pthread.h>
#include <time.h>

#include "../support.h"
#include "CryIf_Cbk.h"
#include "cryif_config.h"

typedef enum
{
    NOTHING,
    DELAYED, /* the job's thread reports after `delay` */
    TAKEN,   /* it is about to */
    WAITING  /* the main function reports */
} StateType;

/* What the driver knows of a job. */
typedef struct
{
    pthread_t thread;
    pthread_cond_t changed;
    Crypto_JobType *job;
    StateType state;
    uint32 delay; /* microseconds */
    Crypto_ResultType result;
    boolean deciding;
    uint32 random;
} NodeType;

Fake_ModeType Fake_Mode = FAKE_INSIDE;

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static NodeType Nodes[DOUBLE_JOBS];
static boolean Stopping;

uint32 Fake_Random(uint32 *state, uint32 limit)
{
    *state = (*state * 1664525U) + 1013904223U;
    return (*state >> 8) % limit;
}

static void Sleep(uint32 microseconds)
{
    struct timespec time;
    time.tv_sec = 0;
    time.tv_nsec = (long)microseconds * 1000L;
    (void)nanosleep(&time, NULL);
}

boolean Fake_IsDeciding(uint32 jobId)
{
    boolean deciding;
    (void)pthread_mutex_lock(&Lock);
    deciding = Nodes[jobId].deciding;
    (void)pthread_mutex_unlock(&Lock);
    return deciding;
}

/* The thread of one job. */
static void *Work(void *argument)
{
    NodeType *const node = argument;
    (void)pthread_mutex_lock(&Lock);
    while (Stopping == FALSE)
    {
        if (node->state != DELAYED)
        {
            (void)pthread_cond_wait(&node->changed, &Lock);
            continue;
        }
        if (node->delay != 0U)
        {
            (void)pthread_mutex_unlock(&Lock);
            Sleep(node->delay);
            (void)pthread_mutex_lock(&Lock);
        }
        if (node->state == DELAYED) /* not cancelled meanwhile */
        {
            Crypto_JobType *const job = node->job;
            const Crypto_ResultType result = node->result;
            node->state = TAKEN;
            (void)pthread_mutex_unlock(&Lock);
            Sleep((result % 2U) * 30U);
            (void)pthread_mutex_lock(&Lock);
            node->state = NOTHING;
            (void)pthread_mutex_unlock(&Lock);
            CryIf_CallbackNotification(job, result);
            (void)pthread_mutex_lock(&Lock);
        }
    }
    (void)pthread_mutex_unlock(&Lock);
    return NULL;
}

void Fake_Start(void)
{
    uint32 i;
    Stopping = FALSE;
    for (i = 0U; i < DOUBLE_JOBS; i++)
    {
        Nodes[i].random = 77U + i;
        (void)pthread_cond_init(&Nodes[i].changed, NULL);
        (void)pthread_create(&Nodes[i].thread, NULL, &Work, &Nodes[i]);
    }
}

void Fake_Stop(void)
{
    uint32 i;
    (void)pthread_mutex_lock(&Lock);
    Stopping = TRUE;
    for (i = 0U; i < DOUBLE_JOBS; i++)
    {
        (void)pthread_cond_signal(&Nodes[i].changed);
    }
    (void)pthread_mutex_unlock(&Lock);
    for (i = 0U; i < DOUBLE_JOBS; i++)
    {
        (void)pthread_join(Nodes[i].thread, NULL);
    }
}

void Fake_MainFunction(void)
{
    uint32 i;
    for (i = 0U; i < DOUBLE_JOBS; i++)
    {
        if (Nodes[i].state == WAITING)
        {
            Nodes[i].state = NOTHING;
            CryIf_CallbackNotification(Nodes[i].job, E_OK);
        }
    }
}

/* Gives the job to its thread. */
static void Delay(NodeType *node, uint32 microseconds, Crypto_ResultType result)
{
    node->delay = microseconds;
    node->result = result;
    node->state = DELAYED;
    (void)pthread_cond_signal(&node->changed);
}

static void Decided(NodeType *node)
{
    (void)pthread_mutex_lock(&Lock);
    node->deciding = FALSE;
    (void)pthread_mutex_unlock(&Lock);
}

/* Everything a driver may do, and some things it should not. */
static Std_ReturnType ProcessAnyhow(NodeType *node)
{
    static const Crypto_ResultType results[4] = {E_OK, E_OK, E_NOT_OK, CRYPTO_E_KEY_NOT_VALID};
    Crypto_JobType *const job = node->job;
    Std_ReturnType answer = E_OK;
    uint32 choice;
    Crypto_ResultType result;
    (void)pthread_mutex_lock(&Lock);
    choice = Fake_Random(&node->random, 100U);
    result = results[Fake_Random(&node->random, 4U)];
    node->deciding = TRUE;
    (void)pthread_mutex_unlock(&Lock);
    if (choice < 10U)
    {
        answer = CRYPTO_E_BUSY;
    }
    else if (choice < 15U)
    {
        answer = CRYPTO_E_KEY_EMPTY;
    }
    else if (choice < 20U) /* reports, and then refuses: the report does not count */
    {
        CryIf_CallbackNotification(job, result);
        answer = CRYPTO_E_KEY_EMPTY;
    }
    else if ((choice < 35U) || ((choice < 50U) && (pthread_equal(pthread_self(), node->thread) != 0)))
    /* reports inside: always when the job's own thread starts it again in a callback, as nobody else would report early */
    {
        CryIf_CallbackNotification(job, result);
    }
    else if (choice < 50U) /* the other thread reports before we are back */
    {
        boolean reported = FALSE;
        (void)pthread_mutex_lock(&Lock);
        Delay(node, 0U, result);
        (void)pthread_mutex_unlock(&Lock);
        while (reported == FALSE)
        {
            Sleep(20U);
            (void)pthread_mutex_lock(&Lock);
            reported = (node->state == NOTHING) ? TRUE : FALSE;
            (void)pthread_mutex_unlock(&Lock);
        }
        Sleep(100U);
    }
    else
    {
        (void)pthread_mutex_lock(&Lock);
        Delay(node, (choice < 97U) ? Fake_Random(&node->random, 1000U) : Fake_Random(&node->random, 50000U), result);
        node->deciding = FALSE; /* from now on the thread may report, and Csm decides by what we return */
        (void)pthread_mutex_unlock(&Lock);
        return E_OK;
    }
    Decided(node);
    return answer;
}

static Std_ReturnType Fake_ProcessJob(uint32 objectId, Crypto_JobType *job)
{
    NodeType *const node = &Nodes[job->jobId];
    (void)objectId;
    node->job = job;
    switch (Fake_Mode)
    {
    case FAKE_INSIDE:
        node->deciding = TRUE;
        CryIf_CallbackNotification(job, E_OK);
        node->deciding = FALSE;
        return E_OK;
    case FAKE_MAIN:
        node->state = WAITING;
        return E_OK;
    default:
        return ProcessAnyhow(node);
    }
}

/* A job that waits is dropped, sometimes with a report of its own; one that is about to end ends, or is marked. */
static Std_ReturnType Fake_CancelJob(uint32 objectId, Crypto_JobType *job)
{
    NodeType *const node = &Nodes[job->jobId];
    Std_ReturnType answer = E_NOT_OK;
    boolean reports = FALSE;
    (void)objectId;
    (void)pthread_mutex_lock(&Lock);
    if (node->state == DELAYED)
    {
        switch (Fake_Random(&node->random, 4U))
        {
        case 0U:
            answer = CRYPTO_E_JOB_CANCELED; /* the thread reports later */
            break;
        case 1U:
            answer = E_NOT_OK; /* it goes on */
            break;
        case 2U:
            node->state = NOTHING;
            reports = TRUE;
            answer = E_OK;
            break;
        default:
            node->state = NOTHING;
            answer = E_OK;
            break;
        }
    }
    (void)pthread_mutex_unlock(&Lock);
    if (reports == TRUE)
    {
        CryIf_CallbackNotification(job, CRYPTO_E_JOB_CANCELED);
    }
    return answer;
}

const CryIf_DriverType Double_Drivers[2] = {
    {.processJob = &Fake_ProcessJob, .cancelJob = &Fake_CancelJob, .keyElementSet = NULL_PTR},
    {.processJob = &Fake_ProcessJob, .cancelJob = &Fake_CancelJob, .keyElementSet = NULL_PTR},
};
