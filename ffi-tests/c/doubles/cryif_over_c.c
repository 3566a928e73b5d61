/* Our CryIf between a Csm in C and two drivers in C: which driver is called with what, and that every code passes unchanged. */
#include <string.h>

#include "../support.h"
#include "../vectors.h"
#include "CryIf_Cbk.h"
#include "Csm_Cbk.h"
#include "cryif_config.h"

#define NO_KEY 0xFFFFFFFFU

/* The Csm in C */

static uint32 Notifications;
static Crypto_JobType *NotifiedJob;
static Crypto_ResultType NotifiedResult;

void Csm_CallbackNotification(Crypto_JobType *job, Crypto_ResultType result)
{
    Notifications++;
    NotifiedJob = job;
    NotifiedResult = result;
}

/* The drivers in C */

static Std_ReturnType Forced;
static uint32 Hits[2];
static uint32 LastId;
static uint32 LastElement;
static const void *LastPointer;
static uint32 LastLength;

static Std_ReturnType Hit(uint32 driver, uint32 id, const void *pointer)
{
    Hits[driver]++;
    LastId = id;
    LastPointer = pointer;
    return Forced;
}

/* The numbers that came beside the key. */
static uint32 LastNumbers[6];
static const void *LastOutputs[4];

static Std_ReturnType HitWith(uint32 driver, uint32 id, const void *pointer, const uint32 *numbers, uint32 count)
{
    (void)memset(LastNumbers, 0xA5, sizeof(LastNumbers));
    (void)memcpy(LastNumbers, numbers, count * sizeof(numbers[0]));
    return Hit(driver, id, pointer);
}

#define DRIVER(n)                                                                                                           \
    static Std_ReturnType ProcessJob##n(uint32 objectId, Crypto_JobType *job) { return Hit(n, objectId, job); }             \
    static Std_ReturnType CancelJob##n(uint32 objectId, Crypto_JobType *job) { return Hit(n, objectId, job); }              \
    static Std_ReturnType ElementSet##n(uint32 key, uint32 element, const uint8 *value, uint32 length)                      \
    {                                                                                                                       \
        LastElement = element;                                                                                              \
        LastLength = length;                                                                                                \
        return Hit(n, key, value);                                                                                          \
    }                                                                                                                       \
    static Std_ReturnType ElementGet##n(uint32 key, uint32 element, uint8 *result, uint32 *length)                          \
    {                                                                                                                       \
        LastElement = element;                                                                                              \
        LastLength = *length;                                                                                               \
        return Hit(n, key, result);                                                                                         \
    }                                                                                                                       \
    static Std_ReturnType SetValid##n(uint32 key) { return Hit(n, key, NULL_PTR); }                                         \
    static Std_ReturnType SetInvalid##n(uint32 key) { return Hit(n, key, NULL_PTR); }                                       \
    static Std_ReturnType GetStatus##n(uint32 key, Crypto_KeyStatusType *status) { return Hit(n, key, status); }            \
    static Std_ReturnType ElementCopy##n(uint32 key, uint32 element, uint32 target, uint32 targetElement)                   \
    {                                                                                                                       \
        const uint32 numbers[3] = {element, target, targetElement};                                                         \
        return HitWith(n, key, NULL_PTR, numbers, 3U);                                                                      \
    }                                                                                                                       \
    static Std_ReturnType CopyPartial##n(uint32 key, uint32 element, uint32 from, uint32 to, uint32 length, uint32 target,  \
                                         uint32 targetElement)                                                              \
    {                                                                                                                       \
        const uint32 numbers[6] = {element, from, to, length, target, targetElement};                                       \
        return HitWith(n, key, NULL_PTR, numbers, 6U);                                                                      \
    }                                                                                                                       \
    static Std_ReturnType KeyCopy##n(uint32 key, uint32 target) { return HitWith(n, key, NULL_PTR, &target, 1U); }          \
    static Std_ReturnType RandomSeed##n(uint32 key, const uint8 *seed, uint32 length)                                       \
    {                                                                                                                       \
        return HitWith(n, key, seed, &length, 1U);                                                                          \
    }                                                                                                                       \
    static Std_ReturnType KeyGenerate##n(uint32 key) { return Hit(n, key, NULL_PTR); }                                      \
    static Std_ReturnType KeyDerive##n(uint32 key, uint32 target) { return HitWith(n, key, NULL_PTR, &target, 1U); }        \
    static Std_ReturnType CalcPubVal##n(uint32 key, uint8 *value, uint32 *length)                                           \
    {                                                                                                                       \
        return HitWith(n, key, value, length, 1U);                                                                          \
    }                                                                                                                       \
    static Std_ReturnType CalcSecret##n(uint32 key, const uint8 *value, uint32 length)                                      \
    {                                                                                                                       \
        return HitWith(n, key, value, &length, 1U);                                                                         \
    }                                                                                                                       \
    static Std_ReturnType CustomSync##n(uint32 dispatch, uint32 key, uint32 element, uint32 target, uint32 targetElement,   \
                                        const uint8 *input, uint32 length, uint8 *output, uint32 *outputLength,             \
                                        uint8 *secondary, uint32 *secondaryLength)                                          \
    {                                                                                                                       \
        const uint32 numbers[5] = {dispatch, element, target, targetElement, length};                                       \
        LastOutputs[0] = output;                                                                                            \
        LastOutputs[1] = outputLength;                                                                                      \
        LastOutputs[2] = secondary;                                                                                         \
        LastOutputs[3] = secondaryLength;                                                                                   \
        return HitWith(n, key, input, numbers, 5U);                                                                         \
    }

DRIVER(0)
DRIVER(1)

const CryIf_DriverType Double_Drivers[2] = {
    {&ProcessJob0, &CancelJob0, &ElementSet0, &ElementGet0, &SetValid0, &SetInvalid0, &GetStatus0, &ElementCopy0, &CopyPartial0,
     &KeyCopy0, &RandomSeed0, &KeyGenerate0, &KeyDerive0, &CalcPubVal0, &CalcSecret0, &CustomSync0},
    {&ProcessJob1, &CancelJob1, &ElementSet1, &ElementGet1, &SetValid1, &SetInvalid1, &GetStatus1, &ElementCopy1, &CopyPartial1,
     &KeyCopy1, &RandomSeed1, &KeyGenerate1, &KeyDerive1, &CalcPubVal1, &CalcSecret1, &CustomSync1},
};

/* The test */

static Crypto_JobType Job;
static Crypto_JobPrimitiveInfoType Info;

static Crypto_JobType *Prepare(Crypto_ServiceInfoType service, uint32 key)
{
    static const Crypto_PrimitiveInfoType hash = {CRYPTO_HASH, {0U, 0U, 0U, 0U}};
    static const Crypto_PrimitiveInfoType mac = {CRYPTO_MACGENERATE, {0U, 0U, 0U, 0U}};
    static const Crypto_PrimitiveInfoType setValid = {CRYPTO_KEYSETVALID, {0U, 0U, 0U, 0U}};
    static const Crypto_PrimitiveInfoType derive = {CRYPTO_KEYDERIVE, {0U, 0U, 0U, 0U}};
    static const Crypto_PrimitiveInfoType custom = {CRYPTO_CUSTOM_SERVICE, {0U, 0U, 0U, 0U}};
    Info.primitiveInfo = &hash;
    Info.primitiveInfo = (service == CRYPTO_MACGENERATE) ? &mac : Info.primitiveInfo;
    Info.primitiveInfo = (service == CRYPTO_KEYSETVALID) ? &setValid : Info.primitiveInfo;
    Info.primitiveInfo = (service == CRYPTO_KEYDERIVE) ? &derive : Info.primitiveInfo;
    Info.primitiveInfo = (service == CRYPTO_CUSTOM_SERVICE) ? &custom : Info.primitiveInfo;
    Info.cryIfKeyId = key;
    Job.jobPrimitiveInfo = &Info;
    Job.cryptoKeyId = 0xA5A5A5A5U;
    Job.targetCryptoKeyId = 0xA5A5A5A5U;
    Job.jobPrimitiveInputOutput.cryIfKeyId = NO_KEY;
    Job.jobPrimitiveInputOutput.targetCryIfKeyId = NO_KEY;
    return &Job;
}

static void CheckHit(uint32 driver, uint32 hits, uint32 id, const void *pointer)
{
    CHECK_CODE(hits, Hits[driver]);
    CHECK_CODE(id, LastId);
    CHECK(LastPointer == pointer);
}

static void TestJobs(uint32 code)
{
    uint32 channel;
    for (channel = 0U; channel < DOUBLE_CHANNELS; channel++)
    {
        const uint32 driver = (channel == 3U) ? 1U : 0U;
        const uint32 key = (channel == 3U) ? 4U : channel;
        const uint32 stranger = (channel == 3U) ? 0U : 4U;
        const uint32 hits = Hits[driver];
        CHECK_CODE(code, CryIf_ProcessJob(channel, Prepare(CRYPTO_HASH, NO_KEY)));
        CheckHit(driver, hits + 1U, DOUBLE_OBJECT(channel), &Job);
        CHECK_CODE(NO_KEY, Job.cryptoKeyId);
        CHECK_CODE(code, CryIf_ProcessJob(channel, Prepare(CRYPTO_MACGENERATE, key)));
        CheckHit(driver, hits + 2U, DOUBLE_OBJECT(channel), &Job);
        CHECK_CODE(DOUBLE_KEY(key), Job.cryptoKeyId);
        /* Key management jobs name their keys in the record. */
        (void)Prepare(CRYPTO_KEYSETVALID, NO_KEY);
        Job.jobPrimitiveInputOutput.cryIfKeyId = key;
        CHECK_CODE(code, CryIf_ProcessJob(channel, &Job));
        CHECK_CODE(DOUBLE_KEY(key), Job.cryptoKeyId);
        (void)Prepare(CRYPTO_KEYDERIVE, NO_KEY);
        Job.jobPrimitiveInputOutput.cryIfKeyId = key;
        Job.jobPrimitiveInputOutput.targetCryIfKeyId = key;
        CHECK_CODE(code, CryIf_ProcessJob(channel, &Job));
        CHECK_CODE(DOUBLE_KEY(key), Job.cryptoKeyId);
        CHECK_CODE(DOUBLE_KEY(key), Job.targetCryptoKeyId);
        CheckHit(driver, hits + 4U, DOUBLE_OBJECT(channel), &Job);
        CHECK_CODE(code, CryIf_CancelJob(channel, &Job));
        CheckHit(driver, hits + 5U, DOUBLE_OBJECT(channel), &Job);
        /* The other driver's key stays out. */
        Test_ClearReports();
        CHECK_CODE(E_NOT_OK, CryIf_ProcessJob(channel, Prepare(CRYPTO_MACGENERATE, stranger)));
        CHECK_CODE(1U, Test_Reports());
        CHECK_CODE(CRYIF_E_PARAM_HANDLE, Test_LastReport().errorId);
        CHECK_CODE(hits + 5U, Hits[driver]);
        Test_ClearReports();
    }
}

/* A custom job has a target, or none. */
static void TestCustomJobs(uint32 code)
{
    const uint32 hits = Hits[0];
    (void)Prepare(CRYPTO_CUSTOM_SERVICE, NO_KEY);
    Job.jobPrimitiveInputOutput.cryIfKeyId = 1U;
    CHECK_CODE(code, CryIf_ProcessJob(0U, &Job));
    CHECK_CODE(DOUBLE_KEY(1U), Job.cryptoKeyId);
    CHECK_CODE(NO_KEY, Job.targetCryptoKeyId);
    Job.jobPrimitiveInputOutput.targetCryIfKeyId = 2U;
    CHECK_CODE(code, CryIf_ProcessJob(0U, &Job));
    CHECK_CODE(DOUBLE_KEY(2U), Job.targetCryptoKeyId);
    CHECK_CODE(hits + 2U, Hits[0]);
    Test_ClearReports();
    Job.jobPrimitiveInputOutput.targetCryIfKeyId = 4U; /* the other driver's */
    CHECK_CODE(E_NOT_OK, CryIf_ProcessJob(0U, &Job));
    CHECK_CODE(CRYIF_E_PARAM_HANDLE, Test_LastReport().errorId);
    CHECK_CODE(hits + 2U, Hits[0]);
    Test_ClearReports();
}

static void CheckNumbers(uint32 first, uint32 second, uint32 third)
{
    CHECK_CODE(first, LastNumbers[0]);
    CHECK_CODE(second, LastNumbers[1]);
    CHECK_CODE(third, LastNumbers[2]);
}

#define NONE 0xA5A5A5A5U

/* Within driver 0: its own functions, with its own numbers. */
static void TestOneDriver(uint32 code)
{
    uint8 value[8];
    uint8 tag[4];
    uint32 length = sizeof(value);
    uint32 tagLength = sizeof(tag);
    const uint32 hits = Hits[0];
    const uint32 others = Hits[1];
    CHECK_CODE(code, CryIf_KeyElementCopy(1U, 31U, 2U, 32U));
    CheckHit(0U, hits + 1U, DOUBLE_KEY(1U), NULL_PTR);
    CheckNumbers(31U, DOUBLE_KEY(2U), 32U);
    CHECK_CODE(code, CryIf_KeyElementCopyPartial(1U, 31U, 5U, 6U, 0U, 2U, 32U));
    CheckHit(0U, hits + 2U, DOUBLE_KEY(1U), NULL_PTR);
    CheckNumbers(31U, 5U, 6U);
    CHECK_CODE(0U, LastNumbers[3]);
    CHECK_CODE(DOUBLE_KEY(2U), LastNumbers[4]);
    CHECK_CODE(32U, LastNumbers[5]);
    CHECK_CODE(code, CryIf_KeyCopy(3U, 0U));
    CheckHit(0U, hits + 3U, DOUBLE_KEY(3U), NULL_PTR);
    CheckNumbers(DOUBLE_KEY(0U), NONE, NONE);
    CHECK_CODE(code, CryIf_RandomSeed(1U, value, 7U));
    CheckHit(0U, hits + 4U, DOUBLE_KEY(1U), value);
    CheckNumbers(7U, NONE, NONE);
    CHECK_CODE(code, CryIf_KeyGenerate(2U));
    CheckHit(0U, hits + 5U, DOUBLE_KEY(2U), NULL_PTR);
    CHECK_CODE(code, CryIf_KeyDerive(3U, 3U));
    CheckHit(0U, hits + 6U, DOUBLE_KEY(3U), NULL_PTR);
    CheckNumbers(DOUBLE_KEY(3U), NONE, NONE);
    CHECK_CODE(code, CryIf_KeyExchangeCalcPubVal(1U, value, &length));
    CheckHit(0U, hits + 7U, DOUBLE_KEY(1U), value);
    CheckNumbers(8U, NONE, NONE);
    CHECK_CODE(code, CryIf_KeyExchangeCalcSecret(1U, value, 6U));
    CheckHit(0U, hits + 8U, DOUBLE_KEY(1U), value);
    CheckNumbers(6U, NONE, NONE);
    CHECK_CODE(code, CryIf_CustomSync(77U, 1U, 31U, 2U, 32U, value, 3U, &value[4], &length, tag, &tagLength));
    CheckHit(0U, hits + 9U, DOUBLE_KEY(1U), value);
    CheckNumbers(77U, 31U, DOUBLE_KEY(2U));
    CHECK_CODE(32U, LastNumbers[3]);
    CHECK_CODE(3U, LastNumbers[4]);
    CHECK((LastOutputs[0] == &value[4]) && (LastOutputs[1] == &length));
    CHECK((LastOutputs[2] == tag) && (LastOutputs[3] == &tagLength));
    CHECK_CODE(others, Hits[1]);
    /* Either key alone says which driver. */
    CHECK_CODE(code, CryIf_CustomSync(77U, 4U, 31U, NO_KEY, 32U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR));
    CheckHit(1U, others + 1U, DOUBLE_KEY(4U), NULL_PTR);
    CheckNumbers(77U, 31U, NO_KEY);
    CHECK_CODE(code, CryIf_CustomSync(77U, NO_KEY, 31U, 4U, 32U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR));
    CheckHit(1U, others + 2U, NO_KEY, NULL_PTR);
    CheckNumbers(77U, 31U, DOUBLE_KEY(4U));
    CHECK_CODE(0U, Test_Reports());
}

static void Refused(Std_ReturnType expected, Std_ReturnType actual, uint8 service, uint8 error)
{
    CHECK_CODE(expected, actual);
    CHECK_CODE(1U, Test_Reports());
    CHECK_CODE(service, Test_LastReport().apiId);
    CHECK_CODE(error, Test_LastReport().errorId);
    Test_ClearReports();
}

/* What only a driver can do inside itself. */
static void TestTwoDrivers(void)
{
    const uint32 hits[2] = {Hits[0], Hits[1]};
    Refused(E_NOT_OK, CryIf_KeyCopy(0U, 4U), CRYIF_SID_KEYCOPY, CRYIF_E_PARAM_HANDLE);
    Refused(E_NOT_OK, CryIf_KeyCopy(4U, 0U), CRYIF_SID_KEYCOPY, CRYIF_E_PARAM_HANDLE);
    Refused(E_NOT_OK, CryIf_KeyDerive(0U, 4U), CRYIF_SID_KEYDERIVE, CRYIF_E_PARAM_HANDLE);
    Refused(E_NOT_OK, CryIf_CustomSync(1U, 0U, 1U, 4U, 1U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR),
            CRYIF_SID_CUSTOMSYNC, CRYIF_E_PARAM_HANDLE);
    Refused(E_NOT_OK, CryIf_CustomSync(1U, NO_KEY, 1U, NO_KEY, 1U, NULL_PTR, 0U, NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR),
            CRYIF_SID_CUSTOMSYNC, CRYIF_E_PARAM_HANDLE);
    CHECK_CODE(hits[0], Hits[0]);
    CHECK_CODE(hits[1], Hits[1]);
}

/* Drivers that hold one element per key, 31 and 32, and two that only copy between each other. */
#define STORE CRYIF_COPY_BUFFER_SIZE
static uint8 Stored[2][STORE + 1U];
static uint32 StoredLength[2];
static Std_ReturnType GetCode[2];
static Std_ReturnType SetCode;

static Std_ReturnType StoreGet(uint32 store, uint32 element, uint8 *result, uint32 *length)
{
    CHECK_CODE(31U + store, element);
    CHECK_CODE(STORE, *length);
    if (GetCode[store] != E_OK)
    {
        return GetCode[store];
    }
    if (StoredLength[store] > *length)
    {
        return E_NOT_OK;
    }
    (void)memcpy(result, Stored[store], StoredLength[store]);
    *length = StoredLength[store];
    return E_OK;
}

static Std_ReturnType Get0(uint32 key, uint32 element, uint8 *result, uint32 *length)
{
    CHECK_CODE(7U, key);
    return StoreGet(0U, element, result, length);
}

static Std_ReturnType Get1(uint32 key, uint32 element, uint8 *result, uint32 *length)
{
    CHECK_CODE(8U, key);
    return StoreGet(1U, element, result, length);
}

static Std_ReturnType Set1(uint32 key, uint32 element, const uint8 *value, uint32 length)
{
    CHECK_CODE(8U, key);
    CHECK_CODE(32U, element);
    CHECK((length != 0U) && (length <= STORE));
    if (SetCode == E_OK)
    {
        (void)memcpy(Stored[1], value, length);
        StoredLength[1] = length;
    }
    return SetCode;
}

static void Fill(uint32 store, uint8 first, uint32 length)
{
    uint32 i;
    for (i = 0U; i <= STORE; i++)
    {
        Stored[store][i] = (uint8)(first + i);
    }
    StoredLength[store] = length;
}

static void CheckStored(uint32 at, uint32 length, uint8 first)
{
    uint32 i;
    for (i = 0U; i < length; i++)
    {
        CHECK_CODE((uint8)(first + i), Stored[1][at + i]);
    }
}

static const CryIf_DriverType Stores[2] = {{.keyElementGet = &Get0}, {.keyElementGet = &Get1, .keyElementSet = &Set1}};
static const CryIf_KeyConfigType StoreKeys[2] = {{&Stores[0], 7U}, {&Stores[1], 8U}};

static void TestCopyBetweenDrivers(void)
{
    static const uint32 lengths[4] = {1U, 32U, STORE - 1U, STORE};
    uint32 i;
    uint32 code;
    Test_About("copies between two drivers");
    for (i = 0U; i < 4U; i++)
    {
        Fill(0U, 3U, lengths[i]);
        Fill(1U, 100U, 5U);
        CHECK_CODE(E_OK, CryIf_KeyElementCopy(0U, 31U, 1U, 32U));
        CHECK_CODE(lengths[i], StoredLength[1]);
        CheckStored(0U, lengths[i], 3U);
    }
    CHECK_CODE(0U, Test_Reports());
    /* Too long to travel. */
    Fill(0U, 3U, STORE + 1U);
    Refused(CRYPTO_E_KEY_SIZE_MISMATCH, CryIf_KeyElementCopy(0U, 31U, 1U, 32U), CRYIF_SID_KEYELEMENTCOPY, CRYIF_E_KEY_SIZE_MISMATCH);
    /* Nothing stored, says a driver that is not able to say so. */
    Fill(0U, 3U, 0U);
    CHECK_CODE(CRYPTO_E_KEY_EMPTY, CryIf_KeyElementCopy(0U, 31U, 1U, 32U));
    Fill(0U, 3U, 16U);
    for (code = 2U; code < 256U; code++)
    {
        if (code == CRYPTO_E_KEY_SIZE_MISMATCH)
        {
            continue;
        }
        GetCode[0] = (Std_ReturnType)code;
        CHECK_CODE(code, CryIf_KeyElementCopy(0U, 31U, 1U, 32U));
        GetCode[0] = E_OK;
        SetCode = (Std_ReturnType)code;
        CHECK_CODE(code, CryIf_KeyElementCopy(0U, 31U, 1U, 32U));
        SetCode = E_OK;
    }
    CHECK_CODE(0U, Test_Reports());
    SetCode = CRYPTO_E_KEY_SIZE_MISMATCH;
    Refused(CRYPTO_E_KEY_SIZE_MISMATCH, CryIf_KeyElementCopy(0U, 31U, 1U, 32U), CRYIF_SID_KEYELEMENTCOPY, CRYIF_E_KEY_SIZE_MISMATCH);
    SetCode = E_OK;
    /* The other way: driver 0 cannot be written. */
    CHECK_CODE(E_NOT_OK, CryIf_KeyElementCopy(1U, 32U, 0U, 31U));
    CHECK_CODE(0U, Test_Reports());
}

/* source offset, target offset, length, stored before, stored after; 0: refused */
static const uint32 Parts[11][5] = {
    {0U, 0U, 16U, 16U, 16U},   {4U, 0U, 12U, 16U, 16U},  {0U, 16U, 16U, 16U, 32U}, {3U, 10U, 13U, 16U, 23U},
    {0U, 0U, 1U, STORE, STORE}, {0U, STORE - 1U, 1U, STORE - 1U, STORE}, /* up to the last byte */
    {0U, 17U, 1U, 16U, 0U},    {1U, 0U, 16U, 16U, 0U},   {0U, STORE, 1U, STORE, 0U}, {0xFFFFFFFFU, 0U, 2U, 16U, 0U},
    {1U, 0xFFFFFFFFU, 2U, 16U, 0U}};

static void TestPartialCopyBetweenDrivers(void)
{
    uint32 i;
    Test_About("partial copies between two drivers");
    for (i = 0U; i < 11U; i++)
    {
        const uint32 *const part = Parts[i];
        Std_ReturnType code;
        Fill(0U, 3U, 16U);
        Fill(1U, 100U, part[3]);
        code = CryIf_KeyElementCopyPartial(0U, 31U, part[0], part[1], part[2], 1U, 32U);
        if (part[4] == 0U)
        {
            Refused(CRYPTO_E_KEY_SIZE_MISMATCH, code, CRYIF_SID_KEYELEMENTCOPYPARTIAL, CRYIF_E_KEY_SIZE_MISMATCH);
            CHECK_CODE(part[3], StoredLength[1]);
            CheckStored(0U, part[3], 100U);
            continue;
        }
        CHECK_CODE(E_OK, code);
        CHECK_CODE(part[4], StoredLength[1]);
        CheckStored(0U, part[1], 100U);
        CheckStored(part[1], part[2], (uint8)(3U + part[0]));
        CheckStored(part[1] + part[2], part[4] - (part[1] + part[2]), (uint8)(100U + part[1] + part[2]));
    }
    /* Into nothing. */
    GetCode[1] = CRYPTO_E_KEY_EMPTY;
    CHECK_CODE(E_OK, CryIf_KeyElementCopyPartial(0U, 31U, 2U, 0U, 9U, 1U, 32U));
    CHECK_CODE(9U, StoredLength[1]);
    CheckStored(0U, 9U, 5U);
    Refused(CRYPTO_E_KEY_SIZE_MISMATCH, CryIf_KeyElementCopyPartial(0U, 31U, 2U, 1U, 9U, 1U, 32U), CRYIF_SID_KEYELEMENTCOPYPARTIAL,
            CRYIF_E_KEY_SIZE_MISMATCH);
    GetCode[1] = CRYPTO_E_KEY_READ_FAIL;
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, CryIf_KeyElementCopyPartial(0U, 31U, 2U, 0U, 9U, 1U, 32U));
    GetCode[1] = E_OK;
    GetCode[0] = CRYPTO_E_KEY_EMPTY;
    CHECK_CODE(CRYPTO_E_KEY_EMPTY, CryIf_KeyElementCopyPartial(0U, 31U, 2U, 0U, 9U, 1U, 32U));
    GetCode[0] = E_OK;
    Refused(E_NOT_OK, CryIf_KeyElementCopyPartial(0U, 31U, 0U, 0U, 0U, 1U, 32U), CRYIF_SID_KEYELEMENTCOPYPARTIAL,
            CRYIF_E_PARAM_VALUE);
    CHECK_CODE(0U, Test_Reports());
}

static void TestStores(void)
{
    static CryIf_ConfigType config;
    (void)memcpy(&config, &CryIf_Config, sizeof(config));
    config.channelCount = 0U;
    config.keys = StoreKeys;
    config.keyCount = 2U;
    CryIf_Init(&config);
    TestCopyBetweenDrivers();
    TestPartialCopyBetweenDrivers();
}

static void TestKeys(uint32 code)
{
    uint8 value[8];
    uint32 length = sizeof(value);
    Crypto_KeyStatusType status = 0U;
    uint32 key;
    for (key = 0U; key < DOUBLE_KEYS; key++)
    {
        const uint32 driver = (key == 4U) ? 1U : 0U;
        const uint32 hits = Hits[driver];
        const uint32 others = Hits[1U - driver];
        CHECK_CODE(code, CryIf_KeyElementSet(key, 31U, value, 7U));
        CheckHit(driver, hits + 1U, DOUBLE_KEY(key), value);
        CHECK_CODE(31U, LastElement);
        CHECK_CODE(7U, LastLength);
        CHECK_CODE(code, CryIf_KeyElementGet(key, 32U, value, &length));
        CheckHit(driver, hits + 2U, DOUBLE_KEY(key), value);
        CHECK_CODE(32U, LastElement);
        CHECK_CODE(8U, LastLength);
        CHECK_CODE(code, CryIf_KeySetValid(key));
        CheckHit(driver, hits + 3U, DOUBLE_KEY(key), NULL_PTR);
        CHECK_CODE(code, CryIf_KeySetInvalid(key));
        CheckHit(driver, hits + 4U, DOUBLE_KEY(key), NULL_PTR);
        CHECK_CODE(code, CryIf_KeyGetStatus(key, &status));
        CheckHit(driver, hits + 5U, DOUBLE_KEY(key), &status);
        CHECK_CODE(others, Hits[1U - driver]);
    }
}

int main(void)
{
    uint32 code;
    CryIf_Init(NULL_PTR);
    for (code = 0U; code < 256U; code++)
    {
        Test_About("CryIf over drivers in C");
        Forced = (Std_ReturnType)code;
        TestJobs(code);
        TestCustomJobs(code);
        TestKeys(code);
        TestOneDriver(code);
        TestTwoDrivers();
        CryIf_CallbackNotification(&Job, (Crypto_ResultType)code);
        CHECK_CODE(code + 1U, Notifications);
        CHECK(NotifiedJob == &Job);
        CHECK_CODE(code, NotifiedResult);
        CHECK_CODE(0U, Test_Reports());
    }
    /* A driver without a function. */
    {
        static const CryIf_DriverType empty = {.processJob = NULL_PTR};
        static const CryIf_ChannelConfigType channel = {&empty, 0U};
        static const CryIf_KeyConfigType key = {&empty, 0U};
        static CryIf_ConfigType config;
        uint8 value[8];
        uint32 length = sizeof(value);
        (void)memcpy(&config, &CryIf_Config, sizeof(config));
        config.channels = &channel;
        config.channelCount = 1U;
        config.keys = &key;
        config.keyCount = 1U;
        CryIf_Init(&config);
        CHECK_CODE(E_NOT_OK, CryIf_ProcessJob(0U, Prepare(CRYPTO_HASH, NO_KEY)));
        CHECK_CODE(E_NOT_OK, CryIf_CancelJob(0U, &Job));
        CHECK_CODE(E_NOT_OK, CryIf_KeyElementSet(0U, 1U, value, 8U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyElementGet(0U, 1U, value, &length));
        CHECK_CODE(E_NOT_OK, CryIf_KeySetValid(0U));
        CHECK_CODE(E_NOT_OK, CryIf_KeySetInvalid(0U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyGetStatus(0U, value));
        CHECK_CODE(E_NOT_OK, CryIf_KeyElementCopy(0U, 1U, 0U, 2U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyElementCopyPartial(0U, 1U, 0U, 0U, 1U, 0U, 2U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyCopy(0U, 0U));
        CHECK_CODE(E_NOT_OK, CryIf_RandomSeed(0U, value, 8U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyGenerate(0U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyDerive(0U, 0U));
        CHECK_CODE(E_NOT_OK, CryIf_KeyExchangeCalcPubVal(0U, value, &length));
        CHECK_CODE(E_NOT_OK, CryIf_KeyExchangeCalcSecret(0U, value, 8U));
        CHECK_CODE(E_NOT_OK, CryIf_CustomSync(1U, 0U, 1U, 0U, 1U, value, 4U, &value[4], &length, NULL_PTR, NULL_PTR));
        CHECK_CODE(0U, Test_Reports());
    }
    TestStores();
    return Test_End("cryif_over_c");
}
