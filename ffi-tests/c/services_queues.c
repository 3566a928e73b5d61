/* Queues, priorities, busy and cancel through Csm, over the real driver. */
#include "services.h"
#include "stack.h"
#include "support.h"
#include "vectors.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define ALL sizeof(Vector_Message)

static uint8 Digests[4][32];
static uint32 Lengths[4];

static const uint32 Others[4] = {CsmConf_CsmJob_OtherA, CsmConf_CsmJob_OtherB, CsmConf_CsmJob_OtherC, CsmConf_CsmJob_OtherD};

static Std_ReturnType HashOther(uint32 index)
{
    Lengths[index] = sizeof(Digests[index]);
    return Csm_Hash(Others[index], SINGLECALL, Vector_Message, ALL, Digests[index], &Lengths[index]);
}

static Std_ReturnType HashSync(uint32 job)
{
    Services_Reset();
    return Csm_Hash(job, SINGLECALL, Vector_Message, ALL, Services_Output, &Services_OutputLength);
}

static void CheckDigest(uint32 index)
{
    CHECK_CODE(32U, Lengths[index]);
    CHECK(Test_Same(Digests[index], Vector_Sha256, 32U) == TRUE);
}

/* The object without a queue takes one job; the others wait in Csm, the most urgent first, equals in order. */
static void TestPriorities(void)
{
    uint32 i;
    Test_About("priorities");
    Test_ClearCallbacks();
    Test_ClearReports();
    CHECK_CODE(E_OK, HashOther(0U)); /* with the driver */
    CHECK_CODE(E_OK, HashOther(1U)); /* priority 5 */
    CHECK_CODE(E_OK, HashOther(3U)); /* priority 5, later */
    CHECK_CODE(E_OK, HashOther(2U)); /* priority 9 */
    CHECK_CODE(CRYPTO_E_BUSY, HashOther(0U));
    CHECK_CODE(CRYPTO_E_BUSY, HashOther(2U));
    for (i = 0U; i < 3U; i++)
    {
        Stack_Run();
    }
    CHECK_CODE(4U, Test_AllCallbacks());
    CHECK_CODE(Others[0], Test_NthCallback(0U));
    CHECK_CODE(Others[2], Test_NthCallback(1U));
    CHECK_CODE(Others[1], Test_NthCallback(2U));
    CHECK_CODE(Others[3], Test_NthCallback(3U));
    for (i = 0U; i < 4U; i++)
    {
        CHECK_CODE(E_OK, Test_LastResult(Others[i]));
        CheckDigest(i);
    }
    CHECK_CODE(0U, Test_Reports());
}

/* A synchronous job passes a queue only when it is more urgent, and not a busy object. */
static void TestSynchronousBesideQueue(void)
{
    Test_About("synchronous job beside a queue");
    Test_ClearCallbacks();
    CHECK_CODE(E_OK, HashOther(0U));
    CHECK_CODE(E_OK, HashOther(1U)); /* waits, priority 5 */
    CHECK_CODE(CRYPTO_E_BUSY, HashSync(CsmConf_CsmJob_OtherSync)); /* priority 3 */
    CHECK(Services_IsUntouched() == TRUE);
    Stack_Run();
    Stack_Run();
    CHECK_CODE(2U, Test_AllCallbacks());
    CHECK_CODE(E_OK, HashSync(CsmConf_CsmJob_OtherSync));
    CHECK_CODE(E_OK, HashSync(CsmConf_CsmJob_OtherUrgentSync));
    CHECK(Test_Same(Services_Output, Vector_Sha256, 32U) == TRUE);
}

/* One more than the driver's and Csm's queues hold. */
static void TestFullQueue(void)
{
    static const uint32 jobs[7] = {
        CsmConf_CsmJob_HashSha1Async,   CsmConf_CsmJob_HashSha224Async, CsmConf_CsmJob_HashSha256Async,
        CsmConf_CsmJob_HashSha384Async, CsmConf_CsmJob_HashSha512Async, CsmConf_CsmJob_HashSha512_224Async,
        CsmConf_CsmJob_HashSha512_256Async};
    static uint8 digests[7][64];
    static uint32 lengths[7];
    uint32 i;
    Test_About("driver's queue and Csm's queue");
    Test_ClearCallbacks();
    Test_ClearReports();
    for (i = 0U; i < 7U; i++)
    {
        lengths[i] = 64U;
        CHECK_CODE(E_OK, Csm_Hash(jobs[i], SINGLECALL, Vector_Message, ALL, digests[i], &lengths[i]));
    }
    for (i = 0U; i < 7U; i++)
    {
        Stack_Run();
    }
    CHECK_CODE(7U, Test_AllCallbacks());
    for (i = 0U; i < 7U; i++)
    {
        CHECK_CODE(Services_Algorithms[i].length, lengths[i]);
        CHECK(Test_Same(digests[i], Services_Algorithms[i].expected, lengths[i]) == TRUE);
    }
    CHECK_CODE(0U, Test_Reports());

    /* The other object has no queue, and its Csm queue three places: with a stream in the object everything waits. */
    Test_About("full queue");
    Test_ClearCallbacks();
    Services_Reset();
    CHECK_CODE(E_OK, Csm_Hash(CsmConf_CsmJob_OtherUrgentSync, CRYPTO_OPERATIONMODE_START, NULL_PTR, 0U, NULL_PTR, NULL_PTR));
    CHECK_CODE(E_OK, HashOther(0U));
    CHECK_CODE(E_OK, HashOther(1U));
    CHECK_CODE(E_OK, HashOther(2U));
    CHECK_CODE(0U, Test_Reports());
    CHECK_CODE(CRYPTO_E_BUSY, HashOther(3U));
    CHECK_CODE(1U, Test_Reports());
    CHECK_CODE(110U, Test_LastReport().moduleId);
    CHECK_CODE(0x5DU, Test_LastReport().apiId);
    CHECK_CODE(0x01U, Test_LastReport().errorId);
    CHECK(Test_LastReport().runtime == TRUE);
    Stack_Run();
    CHECK_CODE(0U, Test_AllCallbacks());
    CHECK_CODE(E_OK, Csm_Hash(CsmConf_CsmJob_OtherUrgentSync, CRYPTO_OPERATIONMODE_UPDATE | CRYPTO_OPERATIONMODE_FINISH,
                              Vector_Message, ALL, Services_Output, &Services_OutputLength));
    CHECK(Test_Same(Services_Output, Vector_Sha256, 32U) == TRUE);
    Stack_Run();
    Stack_Run();
    CHECK_CODE(3U, Test_AllCallbacks());
    CHECK_CODE(0U, Test_Callbacks(Others[3]));
    Test_ClearReports();
}

/* Cancelled in Csm's queue, in the driver, as a stream, and when it is idle. */
static void TestCancel(void)
{
    Test_About("cancel");
    Test_ClearCallbacks();
    Test_Fill(Digests[0], 0xA5U, sizeof(Digests[0]));
    Test_Fill(Digests[1], 0xA5U, sizeof(Digests[1]));
    CHECK_CODE(E_OK, Csm_CancelJob(Others[0], 0U));
    Stack_Run();
    CHECK_CODE(0U, Test_AllCallbacks());
    CHECK_CODE(E_OK, HashOther(0U)); /* with the driver */
    CHECK_CODE(E_OK, HashOther(1U)); /* waits in Csm */
    CHECK_CODE(E_OK, Csm_CancelJob(Others[1], 0U));
    CHECK_CODE(E_OK, Csm_CancelJob(Others[0], 0U));
    CHECK_CODE(0U, Test_AllCallbacks()); /* never on the stack of the call */
    Stack_Run();
    CHECK_CODE(2U, Test_AllCallbacks());
    CHECK_CODE(1U, Test_Callbacks(Others[0]));
    CHECK_CODE(CRYPTO_E_JOB_CANCELED, Test_LastResult(Others[0]));
    CHECK_CODE(CRYPTO_E_JOB_CANCELED, Test_LastResult(Others[1]));
    CHECK(Test_IsFilled(Digests[0], 0xA5U, 32U) == TRUE);
    CHECK(Test_IsFilled(Digests[1], 0xA5U, 32U) == TRUE);
    CHECK_CODE(32U, Lengths[0]);
    /* Both can be used again. */
    CHECK_CODE(E_OK, HashOther(0U));
    CHECK_CODE(E_OK, HashOther(1U));
    Stack_Run();
    Stack_Run();
    CHECK_CODE(4U, Test_AllCallbacks());
    CheckDigest(0U);
    CheckDigest(1U);
    /* A stream between two calls: an asynchronous job is told. */
    Test_ClearCallbacks();
    CHECK_CODE(E_OK, Csm_Hash(Others[0], CRYPTO_OPERATIONMODE_STREAMSTART, Vector_Message, 9U, NULL_PTR, NULL_PTR));
    Stack_Run();
    CHECK_CODE(0U, Test_AllCallbacks());
    CHECK_CODE(E_OK, Csm_CancelJob(Others[0], 0U));
    Stack_Run();
    CHECK_CODE(1U, Test_AllCallbacks());
    CHECK_CODE(CRYPTO_E_JOB_CANCELED, Test_LastResult(Others[0]));
    CHECK_CODE(E_OK, HashSync(CsmConf_CsmJob_OtherSync)); /* the object is free */
}

/* A job that asks to be told of every call is. */
static void TestUpdateNotification(void)
{
    const uint32 job = CsmConf_CsmJob_NotifyAsync;
    Test_About("notification of updates");
    Test_ClearCallbacks();
    Services_Reset();
    CHECK_CODE(E_OK, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_START, NULL_PTR, 0U, NULL_PTR, NULL_PTR));
    Stack_Run();
    CHECK_CODE(1U, Test_Callbacks(job));
    CHECK_CODE(E_OK, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_UPDATE, Vector_Message, ALL, NULL_PTR, NULL_PTR));
    CHECK_CODE(CRYPTO_E_BUSY, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_UPDATE, Vector_Message, ALL, NULL_PTR, NULL_PTR));
    Stack_Run();
    CHECK_CODE(2U, Test_Callbacks(job));
    CHECK_CODE(E_OK, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_FINISH, NULL_PTR, 0U, Services_Output, &Services_OutputLength));
    Stack_Run();
    CHECK_CODE(3U, Test_Callbacks(job));
    CHECK_CODE(E_OK, Test_LastResult(job));
    CHECK(Test_Same(Services_Output, Vector_Cmac128, 16U) == TRUE);
}

void Services_TestQueues(void)
{
    TestPriorities();
    TestSynchronousBesideQueue();
    TestFullQueue();
    TestCancel();
    TestUpdateNotification();
}
