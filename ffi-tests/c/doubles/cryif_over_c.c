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
    Info.primitiveInfo = &hash;
    Info.primitiveInfo = (service == CRYPTO_MACGENERATE) ? &mac : Info.primitiveInfo;
    Info.primitiveInfo = (service == CRYPTO_KEYSETVALID) ? &setValid : Info.primitiveInfo;
    Info.primitiveInfo = (service == CRYPTO_KEYDERIVE) ? &derive : Info.primitiveInfo;
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
        TestKeys(code);
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
    }
    return Test_End("cryif_over_c");
}
