/* Several threads over the real driver: synchronous jobs on two driver objects; then synchronous and asynchronous jobs,
 * cancellations and key management all at once. Every accepted job gets one callback, and every E_OK a right result. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "stack.h"
#include "support.h"
#include "vectors.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define ALL sizeof(Vector_Message)
#define ROUNDS 2000U
#define STRESS 4000U

static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;

static void Hash(uint32 job)
{
    uint8 digest[32];
    uint32 length = sizeof(digest);
    CHECK_CODE(E_OK, Csm_Hash(job, SINGLECALL, Vector_Message, ALL, digest, &length));
    CHECK(Test_Same(digest, Vector_Sha256, 32U) == TRUE);
}

static void Generate(uint32 job, const uint8 *expected)
{
    uint8 mac[16];
    uint32 length = sizeof(mac);
    CHECK_CODE(E_OK, Csm_MacGenerate(job, SINGLECALL, Vector_Message, ALL, mac, &length));
    CHECK(Test_Same(mac, expected, 16U) == TRUE);
}

static void *OnFirstObject(void *argument)
{
    uint32 round;
    for (round = 0U; round < ROUNDS; round++)
    {
        Hash(CsmConf_CsmJob_HashSha256Sync);
        Generate(CsmConf_CsmJob_GenerateCmac128Sync, Vector_Cmac128);
    }
    return argument;
}

static void *OnSecondObject(void *argument)
{
    uint32 round;
    for (round = 0U; round < ROUNDS; round++)
    {
        uint8 signature[64];
        uint32 length = sizeof(signature);
        Hash(CsmConf_CsmJob_OtherUrgentSync);
        Generate(CsmConf_CsmJob_OtherCmacSync, Vector_Cmac256);
        if ((round % 16U) == 0U)
        {
            CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_OtherSignSync, SINGLECALL, Vector_Message, ALL, signature,
                                                   &length));
        }
    }
    return argument;
}

static void TestTwoObjects(void)
{
    pthread_t first;
    pthread_t second;
    Test_About("two threads on two objects");
    (void)pthread_create(&first, NULL, &OnFirstObject, NULL);
    (void)pthread_create(&second, NULL, &OnSecondObject, NULL);
    (void)pthread_join(first, NULL);
    (void)pthread_join(second, NULL);
    CHECK_CODE(0U, Test_Reports());
}

/* Stress */

typedef struct
{
    uint32 job;
    const uint8 *expected; /* NULL_PTR: not compared */
    uint32 length;
    boolean hash;
} WorkType;

static const WorkType Works[] = {
    {CsmConf_CsmJob_HashSha1Async, Vector_Sha1, 20U, TRUE},
    {CsmConf_CsmJob_HashSha256Async, Vector_Sha256, 32U, TRUE},
    {CsmConf_CsmJob_HashSha512Async, Vector_Sha512, 64U, TRUE},
    {CsmConf_CsmJob_GenerateCmac128Async, Vector_Cmac128, 16U, FALSE},
    {CsmConf_CsmJob_GenerateCmac256Async, Vector_Cmac256, 16U, FALSE},
    {CsmConf_CsmJob_GenerateHmac256Async, Vector_Hmac256, 32U, FALSE},
    {CsmConf_CsmJob_OtherA, Vector_Sha256, 32U, TRUE},
    {CsmConf_CsmJob_OtherB, Vector_Sha256, 32U, TRUE},
    {CsmConf_CsmJob_OtherC, Vector_Sha256, 32U, TRUE},
};
#define WORKS (sizeof(Works) / sizeof(Works[0]))

static uint8 Outputs[WORKS][64];
static uint32 Lengths[WORKS];
static uint32 Accepted[WORKS];
static uint32 Callbacks[WORKS];
static boolean Free[WORKS];
static uint32 AllAccepted;
static uint32 Right;
static uint32 Canceled;
static uint32 KeyChanged;
static boolean Ending;

static boolean IsEnding(void)
{
    boolean ending;
    (void)pthread_mutex_lock(&Lock);
    Ending = (AllAccepted >= STRESS) ? TRUE : Ending;
    ending = Ending;
    (void)pthread_mutex_unlock(&Lock);
    return ending;
}

static void Pause(long microseconds)
{
    struct timespec time = {0, 0};
    time.tv_nsec = microseconds * 1000L;
    (void)nanosleep(&time, NULL);
}

/* Keys change under way: their jobs may find them invalid or being written. */
static boolean IsLegal(const WorkType *work, uint32 code)
{
    const boolean always = ((code == E_OK) || (code == CRYPTO_E_JOB_CANCELED)) ? TRUE : FALSE;
    const boolean keyed = ((code == CRYPTO_E_KEY_NOT_VALID) || (code == CRYPTO_E_BUSY)) ? TRUE : FALSE;
    return ((always == TRUE) || ((work->hash == FALSE) && (keyed == TRUE))) ? TRUE : FALSE;
}

static void OnFinished(uint32 jobId, Crypto_ResultType result)
{
    uint32 i;
    for (i = 0U; i < WORKS; i++)
    {
        if (Works[i].job == jobId)
        {
            const boolean right = ((Lengths[i] == Works[i].length) &&
                                   (Test_Same(Outputs[i], Works[i].expected, Works[i].length) == TRUE))
                                      ? TRUE
                                      : FALSE;
            CHECK(IsLegal(&Works[i], result) == TRUE);
            CHECK((result != E_OK) || (right == TRUE));
            /* A cancellation that comes when the driver has ended the job and not told it yet finds the result there. */
            CHECK((result == E_OK) || ((result == CRYPTO_E_JOB_CANCELED) && (right == TRUE)) ||
                  (Test_IsFilled(Outputs[i], 0x5AU, 64U) == TRUE));
            (void)pthread_mutex_lock(&Lock);
            Callbacks[i]++;
            Right += (result == E_OK) ? 1U : 0U;
            Canceled += (result == CRYPTO_E_JOB_CANCELED) ? 1U : 0U;
            KeyChanged += (result == CRYPTO_E_KEY_NOT_VALID) ? 1U : 0U;
            Free[i] = TRUE;
            (void)pthread_mutex_unlock(&Lock);
        }
    }
}

static void Submit(uint32 i)
{
    Std_ReturnType result;
    boolean isFree;
    (void)pthread_mutex_lock(&Lock);
    isFree = Free[i];
    Free[i] = FALSE;
    (void)pthread_mutex_unlock(&Lock);
    if (isFree == FALSE)
    {
        return;
    }
    Test_Fill(Outputs[i], 0x5AU, 64U);
    Lengths[i] = 64U;
    result = (Works[i].hash == TRUE)
                 ? Csm_Hash(Works[i].job, SINGLECALL, Vector_Message, ALL, Outputs[i], &Lengths[i])
                 : Csm_MacGenerate(Works[i].job, SINGLECALL, Vector_Message, ALL, Outputs[i], &Lengths[i]);
    (void)pthread_mutex_lock(&Lock);
    if (result == E_OK)
    {
        Accepted[i]++;
        AllAccepted++;
    }
    else
    {
        Free[i] = TRUE;
    }
    (void)pthread_mutex_unlock(&Lock);
    CHECK((result == E_OK) || (result == CRYPTO_E_BUSY) || ((Works[i].hash == FALSE) && (result == CRYPTO_E_KEY_NOT_VALID)));
}

static void *Submitting(void *argument)
{
    uint32 i;
    while (IsEnding() == FALSE)
    {
        for (i = 0U; i < WORKS; i++)
        {
            Submit(i);
        }
        Pause(10L);
    }
    return argument;
}

static void *Computing(void *argument)
{
    while (IsEnding() == FALSE)
    {
        uint8 digest[32];
        uint32 length = sizeof(digest);
        const Std_ReturnType result =
            Csm_Hash(CsmConf_CsmJob_OtherUrgentSync, SINGLECALL, Vector_Message, ALL, digest, &length);
        CHECK((result == CRYPTO_E_BUSY) || ((result == E_OK) && (Test_Same(digest, Vector_Sha256, 32U) == TRUE)));
        Hash(CsmConf_CsmJob_HashSha256Sync); /* nobody else is on this object */
        Pause(5L);
    }
    return argument;
}

static void *Cancelling(void *argument)
{
    uint32 round = 0U;
    while (IsEnding() == FALSE)
    {
        const Std_ReturnType result = Csm_CancelJob(Works[round % WORKS].job, SINGLECALL);
        CHECK((result == E_OK) || (result == E_NOT_OK) || (result == CRYPTO_E_JOB_CANCELED));
        round += 5U;
        Pause(100L);
    }
    return argument;
}

static void *ManagingKeys(void *argument)
{
    while (IsEnding() == FALSE)
    {
        const Std_ReturnType set = Csm_KeyElementSet(CsmConf_CsmKey_Cmac256Key, 1U, Vector_Cmac256Key, 32U);
        Std_ReturnType valid;
        CHECK((set == E_OK) || (set == CRYPTO_E_BUSY));
        Pause(20L);
        valid = Csm_KeySetValid(CsmConf_CsmKey_Cmac256Key);
        CHECK((valid == E_OK) || (valid == CRYPTO_E_BUSY));
        Pause(300L);
    }
    return argument;
}

static void *Background(void *argument)
{
    while (IsEnding() == FALSE)
    {
        Crypto_MainFunctionBackground();
        Crypto_MainFunction();
        Pause(5L);
    }
    return argument;
}

static void TestStress(void)
{
    static void *(*const roles[])(void *) = {&Submitting, &Submitting, &Computing, &Cancelling, &ManagingKeys, &Background};
    pthread_t threads[sizeof(roles) / sizeof(roles[0])];
    uint32 i;
    Test_About("everything at once");
    Test_OnFinished = &OnFinished;
    for (i = 0U; i < WORKS; i++)
    {
        Free[i] = TRUE;
    }
    for (i = 0U; i < (sizeof(roles) / sizeof(roles[0])); i++)
    {
        (void)pthread_create(&threads[i], NULL, roles[i], NULL);
    }
    while (IsEnding() == FALSE)
    {
        Csm_MainFunction();
        Crypto_MainFunction();
    }
    for (i = 0U; i < (sizeof(roles) / sizeof(roles[0])); i++)
    {
        (void)pthread_join(threads[i], NULL);
    }
    for (i = 0U; i < 20U; i++)
    {
        Stack_Run();
    }
    for (i = 0U; i < WORKS; i++)
    {
        CHECK_CODE(Accepted[i], Callbacks[i]);
    }
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_Cmac256Key));
    Generate(CsmConf_CsmJob_GenerateCmac256Sync, Vector_Cmac256);
    (void)printf("parallel: %u jobs accepted, %u right, %u cancelled, %u without a valid key\n", (unsigned)AllAccepted,
                 (unsigned)Right, (unsigned)Canceled, (unsigned)KeyChanged);
}

int main(void)
{
    (void)alarm(240U); /* a job that is lost must not be waited for */
    Stack_Init();
    Stack_LoadKeys();
    TestTwoObjects();
    TestStress();
    return Test_End("parallel");
}
