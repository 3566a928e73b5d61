/* Our Csm over a CryIf in C: what is handed down, and what becomes of every answer. */
#include <string.h>

#include "../support.h"
#include "../vectors.h"
#include "CryIf.h"
#include "Csm_Cbk.h"
#include "csm_config.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL

/* The CryIf in C */

typedef enum
{
    PROCESS,
    CANCEL,
    ELEMENT_SET,
    ELEMENT_GET,
    SET_VALID,
    SET_INVALID,
    GET_STATUS,
    FUNCTIONS
} FunctionType;

static uint32 Hits[FUNCTIONS];
static Std_ReturnType Forced[FUNCTIONS];
static uint32 LastId;
static uint32 LastElement;
static const void *LastPointer;
static uint32 LastLength;
static Crypto_JobType *LastJob;

static Std_ReturnType Hit(FunctionType function, uint32 id)
{
    Hits[function]++;
    LastId = id;
    return Forced[function];
}

Std_ReturnType CryIf_ProcessJob(uint32 channelId, Crypto_JobType *job)
{
    LastJob = job;
    return Hit(PROCESS, channelId);
}

Std_ReturnType CryIf_CancelJob(uint32 channelId, Crypto_JobType *job)
{
    LastJob = job;
    return Hit(CANCEL, channelId);
}

Std_ReturnType CryIf_KeyElementSet(uint32 cryIfKeyId, uint32 keyElementId, const uint8 *keyPtr, uint32 keyLength)
{
    LastElement = keyElementId;
    LastPointer = keyPtr;
    LastLength = keyLength;
    return Hit(ELEMENT_SET, cryIfKeyId);
}

Std_ReturnType CryIf_KeyElementGet(uint32 cryIfKeyId, uint32 keyElementId, uint8 *resultPtr, uint32 *resultLengthPtr)
{
    LastElement = keyElementId;
    LastPointer = resultPtr;
    LastLength = *resultLengthPtr;
    return Hit(ELEMENT_GET, cryIfKeyId);
}

Std_ReturnType CryIf_KeySetValid(uint32 cryIfKeyId)
{
    return Hit(SET_VALID, cryIfKeyId);
}

Std_ReturnType CryIf_KeySetInvalid(uint32 cryIfKeyId)
{
    return Hit(SET_INVALID, cryIfKeyId);
}

Std_ReturnType CryIf_KeyGetStatus(uint32 cryIfKeyId, Crypto_KeyStatusType *keyStatusPtr)
{
    LastPointer = keyStatusPtr;
    return Hit(GET_STATUS, cryIfKeyId);
}

/* The test */

static const Std_ReturnType Codes[] = {E_OK,
                                       E_NOT_OK,
                                       CRYPTO_E_BUSY,
                                       CRYPTO_E_ENTROPY_EXHAUSTED,
                                       CRYPTO_E_KEY_READ_FAIL,
                                       CRYPTO_E_KEY_WRITE_FAIL,
                                       CRYPTO_E_KEY_NOT_AVAILABLE,
                                       CRYPTO_E_KEY_NOT_VALID,
                                       CRYPTO_E_KEY_SIZE_MISMATCH,
                                       CRYPTO_E_JOB_CANCELED,
                                       CRYPTO_E_KEY_EMPTY,
                                       CRYPTO_E_CUSTOM_ERROR,
                                       0x03U,
                                       0x7FU,
                                       0xFFU};
#define CODES (sizeof(Codes) / sizeof(Codes[0]))

static uint8 Output[64];
static uint32 OutputLength;
static Crypto_VerifyResultType Verdict;

void Double_JobFinished(uint32 jobId, Crypto_ResultType result)
{
    Test_JobFinished(jobId, result);
}

static Std_ReturnType Call(uint32 service, uint32 job, Crypto_OperationModeType mode)
{
    OutputLength = 60U;
    switch (service)
    {
    case DOUBLE_HASH: return Csm_Hash(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_GENERATE: return Csm_MacGenerate(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_VERIFY: return Csm_MacVerify(job, mode, Vector_Message, 40U, Vector_Cmac128, 121U, &Verdict);
    case DOUBLE_SIGN: return Csm_SignatureGenerate(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_CHECK: return Csm_SignatureVerify(job, mode, Vector_Message, 40U, Vector_SampleSignature, 64U, &Verdict);
    default: return Csm_RandomGenerate(job, Output, &OutputLength);
    }
}

static void CheckRecord(uint32 service, uint32 job, Crypto_OperationModeType mode)
{
    const Crypto_JobPrimitiveInputOutputType *const io = &LastJob->jobPrimitiveInputOutput;
    const boolean verifies = ((service == DOUBLE_VERIFY) || (service == DOUBLE_CHECK)) ? TRUE : FALSE;
    CHECK_CODE(job, LastJob->jobId);
    CHECK(LastJob->jobPrimitiveInfo == Csm_Config.jobs[job].jobPrimitiveInfo);
    CHECK_CODE(Csm_Config.jobs[job].priority, LastJob->jobPriority);
    CHECK(LastJob->jobRedirectionInfoRef == NULL_PTR);
    CHECK_CODE((service == DOUBLE_RANDOM) ? SINGLECALL : mode, io->mode);
    CHECK(io->inputPtr == ((service == DOUBLE_RANDOM) ? NULL_PTR : Vector_Message));
    CHECK_CODE((service == DOUBLE_RANDOM) ? 0U : 40U, io->inputLength);
    CHECK(io->outputPtr == ((verifies == TRUE) ? NULL_PTR : Output));
    CHECK(io->outputLengthPtr == ((verifies == TRUE) ? NULL_PTR : &OutputLength));
    CHECK(io->verifyPtr == ((verifies == TRUE) ? &Verdict : NULL_PTR));
    CHECK_CODE((service == DOUBLE_VERIFY) ? 121U : ((service == DOUBLE_CHECK) ? 64U : 0U), io->secondaryInputLength);
    CHECK(io->secondaryInputPtr ==
          ((service == DOUBLE_VERIFY) ? Vector_Cmac128 : ((service == DOUBLE_CHECK) ? Vector_SampleSignature : NULL_PTR)));
    CHECK(io->tertiaryInputPtr == NULL_PTR);
    CHECK(io->secondaryOutputPtr == NULL_PTR);
}

/* Every code comes back to the caller as it is; a job goes to the channel of its queue with the arguments in their places. */
static void TestSynchronous(void)
{
    uint32 service;
    uint32 code;
    for (service = 0U; service < DOUBLE_SERVICES; service++)
    {
        for (code = 0U; code < CODES; code++)
        {
            const uint32 hits = Hits[PROCESS];
            Forced[PROCESS] = Codes[code];
            Test_About("synchronous over a CryIf in C");
            CHECK_CODE(Codes[code], Call(service, DOUBLE_SYNC(service), SINGLECALL));
            CHECK_CODE(hits + 1U, Hits[PROCESS]);
            CHECK_CODE(DOUBLE_SYNC_CHANNEL, LastId);
            CHECK_CODE(CRYPTO_JOBSTATE_IDLE, LastJob->jobState);
            CheckRecord(service, DOUBLE_SYNC(service), SINGLECALL);
        }
    }
    CHECK_CODE(0U, Test_AllCallbacks());
}

/* A job is ACTIVE from a START that worked until its FINISH, an error or a cancellation. */
static void TestStates(void)
{
    const uint32 job = DOUBLE_SYNC(DOUBLE_HASH);
    uint32 code;
    Test_About("job states");
    for (code = 0U; code < CODES; code++)
    {
        Forced[PROCESS] = E_OK;
        CHECK_CODE(E_OK, Csm_Hash(job, CRYPTO_OPERATIONMODE_START, NULL_PTR, 0U, NULL_PTR, NULL_PTR));
        CHECK_CODE(CRYPTO_JOBSTATE_ACTIVE, LastJob->jobState);
        Forced[PROCESS] = Codes[code];
        CHECK_CODE(Codes[code], Csm_Hash(job, CRYPTO_OPERATIONMODE_UPDATE, Vector_Message, 40U, NULL_PTR, NULL_PTR));
        CHECK_CODE(((Codes[code] == E_OK) || (Codes[code] == CRYPTO_E_BUSY)) ? CRYPTO_JOBSTATE_ACTIVE : CRYPTO_JOBSTATE_IDLE,
                   LastJob->jobState);
        Forced[PROCESS] = E_OK;
        CHECK_CODE(E_OK, Csm_Hash(job, CRYPTO_OPERATIONMODE_FINISH, NULL_PTR, 0U, Output, &OutputLength));
        CHECK_CODE(CRYPTO_JOBSTATE_IDLE, LastJob->jobState);
    }
}

/* A mode that does not exist goes no further than Csm. [SWS_Csm_01045] */
static void TestModes(void)
{
    uint32 mode;
    uint32 service;
    Test_About("modes over a CryIf in C");
    Forced[PROCESS] = E_OK;
    for (mode = 0U; mode < 256U; mode++)
    {
        const boolean legal = ((mode != 0U) && (mode < 8U) && (mode != 5U)) ? TRUE : FALSE;
        for (service = 0U; service < DOUBLE_RANDOM; service++)
        {
            const uint32 hits = Hits[PROCESS];
            const uint32 job = DOUBLE_SYNC(service);
            CHECK_CODE((legal == TRUE) ? E_OK : E_NOT_OK, Call(service, job, (Crypto_OperationModeType)mode));
            CHECK_CODE((legal == TRUE) ? (hits + 1U) : hits, Hits[PROCESS]);
        }
    }
    CHECK_CODE(0U, Test_Reports());
    Csm_Init(NULL_PTR);
}

/* E_OK is acceptance: the callback comes with what is reported. BUSY is the queue. Everything else is the caller's. */
static void TestAsynchronous(void)
{
    uint32 service;
    uint32 code;
    uint32 callbacks = 0U;
    Test_About("asynchronous over a CryIf in C");
    for (service = 0U; service < DOUBLE_SERVICES; service++)
    {
        const uint32 job = DOUBLE_ASYNC(service);
        for (code = 0U; code < CODES; code++)
        {
            Forced[PROCESS] = E_OK;
            CHECK_CODE(E_OK, Call(service, job, SINGLECALL));
            CHECK_CODE(DOUBLE_ASYNC_CHANNEL, LastId);
            CheckRecord(service, job, SINGLECALL);
            CHECK_CODE(CRYPTO_E_BUSY, Call(service, job, SINGLECALL));
            CHECK_CODE(callbacks, Test_AllCallbacks());
            Csm_CallbackNotification(LastJob, Codes[code]);
            callbacks++;
            CHECK_CODE(callbacks, Test_AllCallbacks());
            CHECK_CODE(Codes[code], Test_LastResult(job));
            Csm_CallbackNotification(LastJob, E_OK); /* once too often */
            V2gcrypt_Csm_MainFunction(0U);
            CHECK_CODE(callbacks, Test_AllCallbacks());

            Forced[PROCESS] = Codes[code];
            if ((Codes[code] != E_OK) && (Codes[code] != CRYPTO_E_BUSY))
            {
                CHECK_CODE(Codes[code], Call(service, job, SINGLECALL));
                V2gcrypt_Csm_MainFunction(0U);
                CHECK_CODE(callbacks, Test_AllCallbacks());
            }
            /* Queued because the driver was busy; the main function tries again and gets this code. */
            Forced[PROCESS] = CRYPTO_E_BUSY;
            CHECK_CODE(E_OK, Call(service, job, SINGLECALL));
            V2gcrypt_Csm_MainFunction(0U);
            CHECK_CODE(callbacks, Test_AllCallbacks());
            Forced[PROCESS] = (Codes[code] == CRYPTO_E_BUSY) ? E_NOT_OK : Codes[code];
            V2gcrypt_Csm_MainFunction(0U);
            if (Codes[code] == E_OK)
            {
                CHECK_CODE(callbacks, Test_AllCallbacks());
                Csm_CallbackNotification(LastJob, E_OK);
            }
            V2gcrypt_Csm_MainFunction(0U);
            callbacks++;
            CHECK_CODE(callbacks, Test_AllCallbacks());
            CHECK_CODE(Forced[PROCESS], Test_LastResult(job));
        }
    }
}

static void TestFullQueue(void)
{
    uint32 service;
    Test_About("full queue");
    Test_ClearCallbacks();
    Forced[PROCESS] = CRYPTO_E_BUSY;
    for (service = 0U; service < DOUBLE_SERVICES; service++)
    {
        const boolean fits = (service < DOUBLE_QUEUE_SIZE) ? TRUE : FALSE;
        Test_ClearReports();
        CHECK_CODE((fits == TRUE) ? E_OK : CRYPTO_E_BUSY, Call(service, DOUBLE_ASYNC(service), SINGLECALL));
        CHECK_CODE((fits == TRUE) ? 0U : 1U, Test_Reports());
    }
    Test_ClearReports();
    /* The main function starts the most urgent one first: these have rising priorities. */
    Forced[PROCESS] = E_OK;
    for (service = DOUBLE_QUEUE_SIZE; service > 0U; service--)
    {
        uint32 hits = Hits[PROCESS];
        V2gcrypt_Csm_MainFunction(0U);
        CHECK(Hits[PROCESS] >= hits);
    }
    for (service = 0U; service < DOUBLE_QUEUE_SIZE; service++)
    {
        Csm_CallbackNotification(&Csm_Config.jobRecords[DOUBLE_ASYNC(service)], E_OK);
    }
    V2gcrypt_Csm_MainFunction(0U);
    CHECK_CODE(DOUBLE_QUEUE_SIZE, Test_AllCallbacks());
}

/* What the driver answers to a cancellation decides what the callback says, and that there is one. */
static void TestCancel(void)
{
    const uint32 job = DOUBLE_ASYNC(DOUBLE_HASH);
    uint32 code;
    Test_About("cancel over a CryIf in C");
    for (code = 0U; code < CODES; code++)
    {
        const uint32 hits = Hits[CANCEL];
        const Std_ReturnType answer = Codes[code];
        const boolean known = ((answer == E_OK) || (answer == CRYPTO_E_JOB_CANCELED)) ? TRUE : FALSE;
        Test_ClearCallbacks();
        Forced[PROCESS] = E_OK;
        Forced[CANCEL] = answer;
        CHECK_CODE(E_OK, Call(DOUBLE_HASH, job, SINGLECALL));
        CHECK_CODE((known == TRUE) ? answer : E_NOT_OK, Csm_CancelJob(job, SINGLECALL));
        CHECK_CODE(hits + 1U, Hits[CANCEL]);
        CHECK_CODE(DOUBLE_ASYNC_CHANNEL, LastId);
        CHECK_CODE(0U, Test_AllCallbacks());
        V2gcrypt_Csm_MainFunction(0U);
        CHECK_CODE((answer == E_OK) ? 1U : 0U, Test_AllCallbacks());
        /* The driver reports after all. */
        Csm_CallbackNotification(&Csm_Config.jobRecords[job], E_OK);
        V2gcrypt_Csm_MainFunction(0U);
        CHECK_CODE(1U, Test_AllCallbacks());
        CHECK_CODE((known == TRUE) ? CRYPTO_E_JOB_CANCELED : E_OK, Test_LastResult(job));
    }
}

static void TestKeys(void)
{
    static const uint32 cryIfKeys[2] = {DOUBLE_CRYIF_KEY_0, DOUBLE_CRYIF_KEY_1};
    uint32 key;
    uint32 code;
    Test_About("keys over a CryIf in C");
    for (key = 0U; key < 2U; key++)
    {
        for (code = 0U; code < CODES; code++)
        {
            uint32 function;
            for (function = 0U; function < (uint32)FUNCTIONS; function++)
            {
                Forced[function] = Codes[code];
                Hits[function] = 0U;
            }
            CHECK_CODE(Codes[code], Csm_KeyElementSet(key, 77U, Vector_Message, 13U));
            CHECK_CODE(cryIfKeys[key], LastId);
            CHECK_CODE(77U, LastElement);
            CHECK(LastPointer == Vector_Message);
            CHECK_CODE(13U, LastLength);
            OutputLength = 60U;
            CHECK_CODE(Codes[code], Csm_KeyElementGet(key, 78U, Output, &OutputLength));
            CHECK_CODE(cryIfKeys[key], LastId);
            CHECK_CODE(78U, LastElement);
            CHECK(LastPointer == Output);
            CHECK_CODE(60U, LastLength);
            CHECK_CODE(Codes[code], Csm_KeySetValid(key));
            CHECK_CODE(cryIfKeys[key], LastId);
            CHECK_CODE(Codes[code], Csm_KeySetInvalid(key));
            CHECK_CODE(Codes[code], Csm_KeyGetStatus(key, &Verdict));
            CHECK(LastPointer == &Verdict);
            for (function = (uint32)ELEMENT_SET; function < (uint32)FUNCTIONS; function++)
            {
                CHECK_CODE(1U, Hits[function]);
            }
        }
    }
    CHECK_CODE(0U, Hits[PROCESS]);
}

int main(void)
{
    Csm_Init(NULL_PTR);
    Test_ClearCallbacks();
    TestSynchronous();
    TestModes();
    TestStates();
    TestAsynchronous();
    TestFullQueue();
    TestCancel();
    TestKeys();
    CHECK_CODE(0U, Test_Reports());
    return Test_End("csm_over_c");
}
