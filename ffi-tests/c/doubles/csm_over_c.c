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
    ELEMENT_COPY,
    COPY_PARTIAL,
    KEY_COPY,
    RANDOM_SEED,
    KEY_GENERATE,
    KEY_DERIVE,
    CALC_PUBLIC_VALUE,
    CALC_SECRET,
    CUSTOM_SYNC,
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

/* The numbers that came beside the key. */
static uint32 LastNumbers[6];
static const void *LastOutputs[4];

static Std_ReturnType HitWith(FunctionType function, uint32 id, const uint32 *numbers, uint32 count)
{
    (void)memset(LastNumbers, 0xA5, sizeof(LastNumbers));
    (void)memcpy(LastNumbers, numbers, count * sizeof(numbers[0]));
    return Hit(function, id);
}

Std_ReturnType CryIf_KeyElementCopy(uint32 cryIfKeyId, uint32 keyElementId, uint32 targetCryIfKeyId, uint32 targetKeyElementId)
{
    const uint32 numbers[3] = {keyElementId, targetCryIfKeyId, targetKeyElementId};
    return HitWith(ELEMENT_COPY, cryIfKeyId, numbers, 3U);
}

Std_ReturnType CryIf_KeyElementCopyPartial(uint32 cryIfKeyId, uint32 keyElementId, uint32 keyElementSourceOffset,
                                           uint32 keyElementTargetOffset, uint32 keyElementCopyLength,
                                           uint32 targetCryIfKeyId, uint32 targetKeyElementId)
{
    const uint32 numbers[6] = {keyElementId,         keyElementSourceOffset, keyElementTargetOffset,
                               keyElementCopyLength, targetCryIfKeyId,       targetKeyElementId};
    return HitWith(COPY_PARTIAL, cryIfKeyId, numbers, 6U);
}

Std_ReturnType CryIf_KeyCopy(uint32 cryIfKeyId, uint32 targetCryIfKeyId)
{
    return HitWith(KEY_COPY, cryIfKeyId, &targetCryIfKeyId, 1U);
}

Std_ReturnType CryIf_RandomSeed(uint32 cryIfKeyId, const uint8 *seedPtr, uint32 seedLength)
{
    LastPointer = seedPtr;
    return HitWith(RANDOM_SEED, cryIfKeyId, &seedLength, 1U);
}

Std_ReturnType CryIf_KeyGenerate(uint32 cryIfKeyId)
{
    return Hit(KEY_GENERATE, cryIfKeyId);
}

Std_ReturnType CryIf_KeyDerive(uint32 cryIfKeyId, uint32 targetCryIfKeyId)
{
    return HitWith(KEY_DERIVE, cryIfKeyId, &targetCryIfKeyId, 1U);
}

Std_ReturnType CryIf_KeyExchangeCalcPubVal(uint32 cryIfKeyId, uint8 *publicValuePtr, uint32 *publicValueLengthPtr)
{
    LastPointer = publicValuePtr;
    return HitWith(CALC_PUBLIC_VALUE, cryIfKeyId, publicValueLengthPtr, 1U);
}

Std_ReturnType CryIf_KeyExchangeCalcSecret(uint32 cryIfKeyId, const uint8 *partnerPublicValuePtr, uint32 partnerPublicValueLength)
{
    LastPointer = partnerPublicValuePtr;
    return HitWith(CALC_SECRET, cryIfKeyId, &partnerPublicValueLength, 1U);
}

Std_ReturnType CryIf_CustomSync(uint32 dispatchId, uint32 keyId, uint32 keyElementId, uint32 targetKeyId, uint32 targetKeyElementId,
                                const uint8 *inputPtr, uint32 inputLength, uint8 *outputPtr, uint32 *outputLengthPtr,
                                uint8 *secondaryOutputPtr, uint32 *secondaryOutputLengthPtr)
{
    const uint32 numbers[5] = {dispatchId, keyElementId, targetKeyId, targetKeyElementId, inputLength};
    LastPointer = inputPtr;
    LastOutputs[0] = outputPtr;
    LastOutputs[1] = outputLengthPtr;
    LastOutputs[2] = secondaryOutputPtr;
    LastOutputs[3] = secondaryOutputLengthPtr;
    return HitWith(CUSTOM_SYNC, keyId, numbers, 5U);
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

static uint8 Tag[16];
static uint32 TagLength;

/* What Csm has to hand down. */
static Crypto_JobPrimitiveInputOutputType Expected;

static void ExpectInput(void)
{
    Expected.inputPtr = Vector_Message;
    Expected.inputLength = 40U;
}

static void ExpectSecondary(const uint8 *secondary, uint32 length)
{
    Expected.secondaryInputPtr = secondary;
    Expected.secondaryInputLength = length;
}

static void ExpectOutput(void)
{
    Expected.outputPtr = Output;
    Expected.outputLengthPtr = &OutputLength;
}

static void ExpectTag(void)
{
    Expected.secondaryOutputPtr = Tag;
    Expected.secondaryOutputLengthPtr = &TagLength;
}

static void ExpectKeys(uint32 target)
{
    Expected.mode = SINGLECALL;
    Expected.cryIfKeyId = DOUBLE_CRYIF_KEY_1;
    Expected.targetCryIfKeyId = target;
}

static Std_ReturnType CallKeyService(uint32 service, uint32 job)
{
    ExpectKeys(CSM_NO_KEY);
    switch (service)
    {
    case DOUBLE_SET_VALID: return Csm_JobKeySetValid(job);
    case DOUBLE_SET_INVALID: return Csm_JobKeySetInvalid(job);
    case DOUBLE_SEED: ExpectInput(); return Csm_JobRandomSeed(job, Vector_Message, 40U);
    case DOUBLE_KEY_GENERATE: return Csm_JobKeyGenerate(job);
    case DOUBLE_DERIVE: ExpectKeys(DOUBLE_CRYIF_KEY_0); return Csm_JobKeyDerive(job, 0U);
    case DOUBLE_PUBLIC_VALUE: ExpectOutput(); return Csm_JobKeyExchangeCalcPubVal(job, Output, &OutputLength);
    default: ExpectInput(); return Csm_JobKeyExchangeCalcSecret(job, Vector_Message, 40U);
    }
}

static Std_ReturnType CallCipher(uint32 service, uint32 job, Crypto_OperationModeType mode)
{
    ExpectInput();
    ExpectOutput();
    switch (service)
    {
    case DOUBLE_ENCRYPT: return Csm_Encrypt(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_DECRYPT: return Csm_Decrypt(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_SEAL:
        ExpectSecondary(Vector_Cmac128, 13U);
        ExpectTag();
        return Csm_AEADEncrypt(job, mode, Vector_Message, 40U, Vector_Cmac128, 13U, Output, &OutputLength, Tag, &TagLength);
    case DOUBLE_OPEN:
        ExpectSecondary(Vector_Cmac128, 13U);
        Expected.tertiaryInputPtr = Vector_SampleSignature;
        Expected.tertiaryInputLength = 16U;
        Expected.verifyPtr = &Verdict;
        return Csm_AEADDecrypt(job, mode, Vector_Message, 40U, Vector_Cmac128, 13U, Vector_SampleSignature, 16U, Output,
                               &OutputLength, &Verdict);
    default:
        ExpectKeys(DOUBLE_CRYIF_KEY_0);
        ExpectSecondary(Vector_Cmac128, 13U);
        ExpectTag();
        Expected.mode = mode;
        Expected.tertiaryInputPtr = Vector_SampleSignature;
        Expected.tertiaryInputLength = 64U;
        Expected.verifyPtr = &Verdict;
        return Csm_CustomService(job, mode, 0U, Vector_Message, 40U, Vector_Cmac128, 13U, Vector_SampleSignature, 64U, Output,
                                 &OutputLength, Tag, &TagLength, &Verdict);
    }
}

static Std_ReturnType Call(uint32 service, uint32 job, Crypto_OperationModeType mode)
{
    OutputLength = 60U;
    TagLength = 16U;
    (void)memset(&Expected, 0, sizeof(Expected));
    Expected.mode = mode;
    if (service >= DOUBLE_SET_VALID)
    {
        return CallKeyService(service, job);
    }
    if (service >= DOUBLE_ENCRYPT)
    {
        return CallCipher(service, job, mode);
    }
    if (service == DOUBLE_RANDOM)
    {
        Expected.mode = SINGLECALL;
        ExpectOutput();
        return Csm_RandomGenerate(job, Output, &OutputLength);
    }
    ExpectInput();
    switch (service)
    {
    case DOUBLE_HASH: ExpectOutput(); return Csm_Hash(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_GENERATE: ExpectOutput(); return Csm_MacGenerate(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_SIGN: ExpectOutput(); return Csm_SignatureGenerate(job, mode, Vector_Message, 40U, Output, &OutputLength);
    case DOUBLE_VERIFY:
        ExpectSecondary(Vector_Cmac128, 121U);
        Expected.verifyPtr = &Verdict;
        return Csm_MacVerify(job, mode, Vector_Message, 40U, Vector_Cmac128, 121U, &Verdict);
    default:
        ExpectSecondary(Vector_SampleSignature, 64U);
        Expected.verifyPtr = &Verdict;
        return Csm_SignatureVerify(job, mode, Vector_Message, 40U, Vector_SampleSignature, 64U, &Verdict);
    }
}

static void CheckRecord(uint32 job)
{
    const Crypto_JobPrimitiveInputOutputType *const io = &LastJob->jobPrimitiveInputOutput;
    CHECK_CODE(job, LastJob->jobId);
    CHECK(LastJob->jobPrimitiveInfo == Csm_Config.jobs[job].jobPrimitiveInfo);
    CHECK_CODE(Csm_Config.jobs[job].priority, LastJob->jobPriority);
    CHECK(LastJob->jobRedirectionInfoRef == NULL_PTR);
    CHECK_CODE(Expected.mode, io->mode);
    CHECK(io->inputPtr == Expected.inputPtr);
    CHECK_CODE(Expected.inputLength, io->inputLength);
    CHECK(io->secondaryInputPtr == Expected.secondaryInputPtr);
    CHECK_CODE(Expected.secondaryInputLength, io->secondaryInputLength);
    CHECK(io->tertiaryInputPtr == Expected.tertiaryInputPtr);
    CHECK_CODE(Expected.tertiaryInputLength, io->tertiaryInputLength);
    CHECK(io->outputPtr == Expected.outputPtr);
    CHECK(io->outputLengthPtr == Expected.outputLengthPtr);
    CHECK(io->secondaryOutputPtr == Expected.secondaryOutputPtr);
    CHECK(io->secondaryOutputLengthPtr == Expected.secondaryOutputLengthPtr);
    CHECK(io->verifyPtr == Expected.verifyPtr);
    CHECK_CODE(Expected.cryIfKeyId, io->cryIfKeyId);
    CHECK_CODE(Expected.targetCryIfKeyId, io->targetCryIfKeyId);
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
            CheckRecord(DOUBLE_SYNC(service));
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
        for (service = 0U; service <= DOUBLE_CUSTOM; service++)
        {
            const uint32 hits = Hits[PROCESS];
            const uint32 job = DOUBLE_SYNC(service);
            if (service == DOUBLE_RANDOM)
            {
                continue; /* has no mode */
            }
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
            CheckRecord(job);
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

static void CheckNumbers(uint32 count, uint32 first, uint32 second, uint32 third)
{
    CHECK_CODE(first, LastNumbers[0]);
    CHECK_CODE((count > 1U) ? second : 0xA5A5A5A5U, LastNumbers[1]);
    CHECK_CODE((count > 2U) ? third : 0xA5A5A5A5U, LastNumbers[2]);
}

/* Functions of two keys, and of one key that make a new one. */
static void TestTwoKeys(uint32 key, uint32 cryIfKey, uint32 cryIfTarget, Std_ReturnType code)
{
    const uint32 target = 1U - key;
    CHECK_CODE(code, Csm_KeyElementCopy(key, 31U, target, 32U));
    CHECK_CODE(cryIfKey, LastId);
    CheckNumbers(3U, 31U, cryIfTarget, 32U);
    CHECK_CODE(code, Csm_KeyElementCopyPartial(key, 31U, 2U, 3U, 4U, target, 32U));
    CHECK_CODE(cryIfKey, LastId);
    CheckNumbers(3U, 31U, 2U, 3U);
    CHECK_CODE(4U, LastNumbers[3]);
    CHECK_CODE(cryIfTarget, LastNumbers[4]);
    CHECK_CODE(32U, LastNumbers[5]);
    CHECK_CODE(code, Csm_KeyCopy(key, target));
    CHECK_CODE(cryIfKey, LastId);
    CheckNumbers(1U, cryIfTarget, 0U, 0U);
    CHECK_CODE(code, Csm_RandomSeed(key, Vector_Message, 9U));
    CHECK_CODE(cryIfKey, LastId);
    CHECK(LastPointer == Vector_Message);
    CheckNumbers(1U, 9U, 0U, 0U);
    CHECK_CODE(code, Csm_KeyGenerate(key));
    CHECK_CODE(cryIfKey, LastId);
    CHECK_CODE(code, Csm_KeyDerive(key, target));
    CHECK_CODE(cryIfKey, LastId);
    CheckNumbers(1U, cryIfTarget, 0U, 0U);
    OutputLength = 55U;
    CHECK_CODE(code, Csm_KeyExchangeCalcPubVal(key, Output, &OutputLength));
    CHECK_CODE(cryIfKey, LastId);
    CHECK(LastPointer == Output);
    CheckNumbers(1U, 55U, 0U, 0U);
    CHECK_CODE(code, Csm_KeyExchangeCalcSecret(key, Vector_Message, 33U));
    CHECK_CODE(cryIfKey, LastId);
    CHECK(LastPointer == Vector_Message);
    CheckNumbers(1U, 33U, 0U, 0U);
    TagLength = 16U;
    CHECK_CODE(code, Csm_CustomSync(99U, key, 31U, target, 32U, Vector_Message, 5U, Output, &OutputLength, Tag, &TagLength));
    CHECK_CODE(cryIfKey, LastId);
    CHECK(LastPointer == Vector_Message);
    CheckNumbers(3U, 99U, 31U, cryIfTarget);
    CHECK_CODE(32U, LastNumbers[3]);
    CHECK_CODE(5U, LastNumbers[4]);
    CHECK((LastOutputs[0] == Output) && (LastOutputs[1] == &OutputLength));
    CHECK((LastOutputs[2] == Tag) && (LastOutputs[3] == &TagLength));
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
            TestTwoKeys(key, cryIfKeys[key], cryIfKeys[1U - key], Codes[code]);
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
