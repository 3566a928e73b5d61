/* Every algorithm, synchronous and asynchronous, in every split of its message: through Csm. */
#include "services.h"

#include <stdio.h>

#include "areas.h"
#include "entropy.h"
#include "stack.h"
#include "support.h"
#include "vectors.h"

#define CANARY 0xA5U
#define START CRYPTO_OPERATIONMODE_START
#define UPDATE CRYPTO_OPERATIONMODE_UPDATE
#define FINISH CRYPTO_OPERATIONMODE_FINISH
#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define ALL sizeof(Vector_Message)

/* A signature over Vector_Message, made by the first test. */
static uint8 Signature[64];

const Services_AlgorithmType Services_Algorithms[] = {
    {"Hash Sha1", SERVICE_HASH, CsmConf_CsmJob_HashSha1Sync,
     CsmConf_CsmJob_HashSha1Async, Vector_Sha1, 20U},
    {"Hash Sha224", SERVICE_HASH, CsmConf_CsmJob_HashSha224Sync,
     CsmConf_CsmJob_HashSha224Async, Vector_Sha224, 28U},
    {"Hash Sha256", SERVICE_HASH, CsmConf_CsmJob_HashSha256Sync,
     CsmConf_CsmJob_HashSha256Async, Vector_Sha256, 32U},
    {"Hash Sha384", SERVICE_HASH, CsmConf_CsmJob_HashSha384Sync,
     CsmConf_CsmJob_HashSha384Async, Vector_Sha384, 48U},
    {"Hash Sha512", SERVICE_HASH, CsmConf_CsmJob_HashSha512Sync,
     CsmConf_CsmJob_HashSha512Async, Vector_Sha512, 64U},
    {"Hash Sha512_224", SERVICE_HASH, CsmConf_CsmJob_HashSha512_224Sync,
     CsmConf_CsmJob_HashSha512_224Async, Vector_Sha512_224, 28U},
    {"Hash Sha512_256", SERVICE_HASH, CsmConf_CsmJob_HashSha512_256Sync,
     CsmConf_CsmJob_HashSha512_256Async, Vector_Sha512_256, 32U},
    {"MacGenerate Cmac128", SERVICE_MACGENERATE, CsmConf_CsmJob_GenerateCmac128Sync,
     CsmConf_CsmJob_GenerateCmac128Async, Vector_Cmac128, 16U},
    {"MacVerify Cmac128", SERVICE_MACVERIFY, CsmConf_CsmJob_VerifyCmac128Sync,
     CsmConf_CsmJob_VerifyCmac128Async, Vector_Cmac128, 16U},
    {"MacGenerate Cmac256", SERVICE_MACGENERATE, CsmConf_CsmJob_GenerateCmac256Sync,
     CsmConf_CsmJob_GenerateCmac256Async, Vector_Cmac256, 16U},
    {"MacVerify Cmac256", SERVICE_MACVERIFY, CsmConf_CsmJob_VerifyCmac256Sync,
     CsmConf_CsmJob_VerifyCmac256Async, Vector_Cmac256, 16U},
    {"MacGenerate Hmac256", SERVICE_MACGENERATE, CsmConf_CsmJob_GenerateHmac256Sync,
     CsmConf_CsmJob_GenerateHmac256Async, Vector_Hmac256, 32U},
    {"MacVerify Hmac256", SERVICE_MACVERIFY, CsmConf_CsmJob_VerifyHmac256Sync,
     CsmConf_CsmJob_VerifyHmac256Async, Vector_Hmac256, 32U},
    {"MacGenerate Hmac384", SERVICE_MACGENERATE, CsmConf_CsmJob_GenerateHmac384Sync,
     CsmConf_CsmJob_GenerateHmac384Async, Vector_Hmac384, 48U},
    {"MacVerify Hmac384", SERVICE_MACVERIFY, CsmConf_CsmJob_VerifyHmac384Sync,
     CsmConf_CsmJob_VerifyHmac384Async, Vector_Hmac384, 48U},
    {"MacGenerate Hmac512", SERVICE_MACGENERATE, CsmConf_CsmJob_GenerateHmac512Sync,
     CsmConf_CsmJob_GenerateHmac512Async, Vector_Hmac512, 64U},
    {"MacVerify Hmac512", SERVICE_MACVERIFY, CsmConf_CsmJob_VerifyHmac512Sync,
     CsmConf_CsmJob_VerifyHmac512Async, Vector_Hmac512, 64U},
    {"SignatureGenerate Nist", SERVICE_SIGN, CsmConf_CsmJob_SignNistSync,
     CsmConf_CsmJob_SignNistAsync, NULL_PTR, 64U},
    {"SignatureVerify Nist", SERVICE_CHECK, CsmConf_CsmJob_CheckNistSync,
     CsmConf_CsmJob_CheckNistAsync, Signature, 64U},
    {"SignatureGenerate Ecdsa", SERVICE_SIGN, CsmConf_CsmJob_SignEcdsaSync,
     CsmConf_CsmJob_SignEcdsaAsync, NULL_PTR, 64U},
    {"SignatureVerify Ecdsa", SERVICE_CHECK, CsmConf_CsmJob_CheckEcdsaSync,
     CsmConf_CsmJob_CheckEcdsaAsync, Signature, 64U},
};
const uint32 Services_Count = (uint32)(sizeof(Services_Algorithms) / sizeof(Services_Algorithms[0]));

uint8 Services_Output[64];
uint32 Services_OutputLength;
Crypto_VerifyResultType Services_Verdict;

void Services_Reset(void)
{
    Test_Fill(Services_Output, CANARY, sizeof(Services_Output));
    Services_OutputLength = sizeof(Services_Output);
    Services_Verdict = CANARY;
}

boolean Services_IsUntouched(void)
{
    return ((Services_OutputLength == sizeof(Services_Output)) && (Services_Verdict == CANARY) &&
            (Test_IsFilled(Services_Output, CANARY, sizeof(Services_Output)) == TRUE))
               ? TRUE
               : FALSE;
}

Std_ReturnType Services_Call(const Services_AlgorithmType *algorithm, uint32 job, Crypto_OperationModeType mode,
                             const uint8 *data, uint32 length)
{
    switch (algorithm->kind)
    {
    case SERVICE_HASH:
        return Csm_Hash(job, mode, data, length, Services_Output, &Services_OutputLength);
    case SERVICE_MACGENERATE:
        return Csm_MacGenerate(job, mode, data, length, Services_Output, &Services_OutputLength);
    case SERVICE_MACVERIFY:
        return Csm_MacVerify(job, mode, data, length, algorithm->expected, algorithm->length * 8U, &Services_Verdict);
    case SERVICE_SIGN:
        return Csm_SignatureGenerate(job, mode, data, length, Services_Output, &Services_OutputLength);
    default:
        return Csm_SignatureVerify(job, mode, data, length, algorithm->expected, algorithm->length, &Services_Verdict);
    }
}

boolean Services_IsRight(const Services_AlgorithmType *algorithm)
{
    const boolean wrote = (Services_OutputLength == algorithm->length) ? TRUE : FALSE;
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    switch (algorithm->kind)
    {
    case SERVICE_HASH:
    case SERVICE_MACGENERATE:
        return ((wrote == TRUE) && (Test_Same(Services_Output, algorithm->expected, algorithm->length) == TRUE) &&
                (Test_IsFilled(&Services_Output[algorithm->length], CANARY,
                               (uint32)sizeof(Services_Output) - algorithm->length) == TRUE))
                   ? TRUE
                   : FALSE;
    case SERVICE_SIGN:
        return ((wrote == TRUE) &&
                (Csm_SignatureVerify(CsmConf_CsmJob_CheckNistSync, SINGLECALL, Vector_Message, ALL, Services_Output, 64U,
                                     &verdict) == E_OK) &&
                (verdict == CRYPTO_E_VER_OK))
                   ? TRUE
                   : FALSE;
    default:
        return (Services_Verdict == CRYPTO_E_VER_OK) ? TRUE : FALSE;
    }
}

/* One call of a split: its operations and how much of the message it takes. */
typedef struct
{
    Crypto_OperationModeType mode;
    uint32 length;
} StepType;

/* A split of the 40 bytes; ends with a FINISH. What is before a START is thrown away. */
typedef struct
{
    const char *name;
    StepType steps[8];
} SplitType;

static const SplitType Splits[] = {
    {"single call", {{SINGLECALL, ALL}}},
    {"start, update, finish", {{START, 0U}, {UPDATE, ALL}, {FINISH, 0U}}},
    {"stream start, update, finish", {{START | UPDATE, 16U}, {UPDATE, 24U}, {FINISH, 0U}}},
    {"start, update with finish", {{START, 0U}, {UPDATE | FINISH, ALL}}},
    {"stream start, update with finish", {{START | UPDATE, 1U}, {UPDATE | FINISH, 39U}}},
    {"pieces", {{START, 0U}, {UPDATE, 1U}, {UPDATE, 15U}, {UPDATE, 16U}, {UPDATE, 3U}, {UPDATE, 5U}, {FINISH, 0U}}},
    {"started again", {{START | UPDATE, 17U}, {START | UPDATE, 20U}, {UPDATE, 20U}, {FINISH, 0U}}},
    {"single call over a stream", {{START | UPDATE, 17U}, {SINGLECALL, ALL}}},
};

/* Runs one split; `asynchronous` waits for the end of each call. */
static void TestSplit(const Services_AlgorithmType *algorithm, const SplitType *split, boolean asynchronous)
{
    const uint32 job = (asynchronous == TRUE) ? algorithm->asyncJob : algorithm->syncJob;
    uint32 at = 0U;
    uint32 i;
    char about[96];
    (void)snprintf(about, sizeof(about), "%s, %s, %s", algorithm->name, split->name,
                   (asynchronous == TRUE) ? "asynchronous" : "synchronous");
    Test_About(about);
    Services_Reset();
    Test_ClearCallbacks();
    for (i = 0U; split->steps[i].mode != 0U; i++)
    {
        const StepType step = split->steps[i];
        const boolean last = ((step.mode & FINISH) != 0U) ? TRUE : FALSE;
        at = ((step.mode & START) != 0U) ? 0U : at;
        CHECK_CODE(E_OK, Services_Call(algorithm, job, step.mode, &Vector_Message[at], step.length));
        at += step.length;
        if (asynchronous == TRUE)
        {
            /* Accepted: nothing has been written or called back on this stack. */
            CHECK(Services_IsUntouched() == TRUE);
            CHECK_CODE(0U, Test_AllCallbacks());
            Stack_Run();
            CHECK_CODE((last == TRUE) ? 1U : 0U, Test_Callbacks(job));
        }
        if (last == FALSE)
        {
            CHECK(Services_IsUntouched() == TRUE);
        }
    }
    if (asynchronous == TRUE)
    {
        CHECK_CODE(E_OK, Test_LastResult(job));
    }
    CHECK(Services_IsRight(algorithm) == TRUE);
    CHECK_CODE((asynchronous == TRUE) ? 1U : 0U, Test_AllCallbacks());
    CHECK_CODE(0U, Test_Reports());
    Test_About("");
}

/* What a stream refuses: to be continued when it has not begun, and to finish without a start. */
static void TestOrder(const Services_AlgorithmType *algorithm)
{
    Test_About(algorithm->name);
    Services_Reset();
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, UPDATE, Vector_Message, ALL));
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, FINISH, Vector_Message, ALL));
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, UPDATE | FINISH, Vector_Message, ALL));
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, START | FINISH, Vector_Message, ALL));
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->asyncJob, UPDATE, Vector_Message, ALL));
    /* A stream that was cancelled cannot go on. */
    CHECK_CODE(E_OK, Services_Call(algorithm, algorithm->syncJob, START | UPDATE, Vector_Message, 8U));
    CHECK_CODE(E_OK, Csm_CancelJob(algorithm->syncJob, SINGLECALL));
    CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, FINISH, Vector_Message, ALL));
    CHECK(Services_IsUntouched() == TRUE);
    CHECK_CODE(0U, Test_Reports());
}

/* A result too long for its room by one byte: refused, and nothing written; the stream is over. */
static void TestRoom(const Services_AlgorithmType *algorithm)
{
    Test_About(algorithm->name);
    if ((algorithm->kind != SERVICE_MACVERIFY) && (algorithm->kind != SERVICE_CHECK))
    {
        Services_Reset();
        Services_OutputLength = algorithm->length - 1U;
        CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->syncJob, SINGLECALL, Vector_Message, ALL));
        CHECK_CODE(E_NOT_OK, Services_Call(algorithm, algorithm->asyncJob, SINGLECALL, Vector_Message, ALL));
        CHECK_CODE(algorithm->length - 1U, Services_OutputLength);
        CHECK(Test_IsFilled(Services_Output, CANARY, sizeof(Services_Output)) == TRUE);
    }
    CHECK_CODE(0U, Test_Reports());
}

/* A mismatch is a result, not an error. */
static void TestMismatch(const Services_AlgorithmType *algorithm)
{
    uint8 changed[ALL];
    uint32 i;
    if ((algorithm->kind != SERVICE_MACVERIFY) && (algorithm->kind != SERVICE_CHECK))
    {
        return;
    }
    Test_About(algorithm->name);
    for (i = 0U; i < (ALL * 8U); i += 37U)
    {
        Test_Copy(changed, Vector_Message, ALL);
        changed[i / 8U] ^= (uint8)(1U << (i % 8U));
        Services_Reset();
        CHECK_CODE(E_OK, Services_Call(algorithm, algorithm->syncJob, SINGLECALL, changed, ALL));
        CHECK_CODE(CRYPTO_E_VER_NOT_OK, Services_Verdict);
        Services_Verdict = CANARY;
        Test_ClearCallbacks();
        CHECK_CODE(E_OK, Services_Call(algorithm, algorithm->asyncJob, SINGLECALL, changed, ALL));
        Stack_Run();
        CHECK_CODE(1U, Test_AllCallbacks());
        CHECK_CODE(E_OK, Test_LastResult(algorithm->asyncJob));
        CHECK_CODE(CRYPTO_E_VER_NOT_OK, Services_Verdict);
    }
}

/* A message of no bytes, as the policy of the configuration says. */
static void TestEmpty(const Services_AlgorithmType *algorithm, boolean tolerated)
{
    Test_About(algorithm->name);
    Services_Reset();
    Test_ClearReports();
    CHECK_CODE((tolerated == TRUE) ? E_OK : E_NOT_OK,
               Services_Call(algorithm, algorithm->syncJob, SINGLECALL, Vector_Message, 0U));
    CHECK_CODE((tolerated == TRUE) ? 0U : 1U, Test_Reports());
    if (tolerated == FALSE)
    {
        const Test_ReportType report = Test_LastReport();
        CHECK_CODE(114U, report.moduleId);
        CHECK_CODE(7U, report.instanceId);
        CHECK_CODE(0x03U, report.apiId);
        CHECK_CODE(0x05U, report.errorId);
        CHECK(Services_IsUntouched() == TRUE);
    }
    Test_ClearReports();
}

/* The leading bits of a MAC, down to one. */
static void TestTruncatedMac(void)
{
    uint8 mac[16];
    uint32 bits;
    Test_About("truncated MAC");
    for (bits = 1U; bits <= 128U; bits++)
    {
        Test_Copy(mac, Vector_Cmac128, sizeof(mac));
        if (bits < 128U)
        {
            mac[bits / 8U] ^= (uint8)(0x80U >> (bits % 8U)); /* the first bit that does not count */
        }
        Services_Verdict = CANARY;
        CHECK_CODE(E_OK, Csm_MacVerify(CsmConf_CsmJob_VerifyCmac128Sync, SINGLECALL, Vector_Message, ALL, mac, bits,
                                       &Services_Verdict));
        CHECK_CODE(CRYPTO_E_VER_OK, Services_Verdict);
        Test_Copy(mac, Vector_Cmac128, sizeof(mac));
        mac[(bits - 1U) / 8U] ^= (uint8)(0x80U >> ((bits - 1U) % 8U)); /* the last bit that counts */
        CHECK_CODE(E_OK, Csm_MacVerify(CsmConf_CsmJob_VerifyCmac128Sync, SINGLECALL, Vector_Message, ALL, mac, bits,
                                       &Services_Verdict));
        CHECK_CODE(CRYPTO_E_VER_NOT_OK, Services_Verdict);
    }
    Services_Verdict = CANARY;
    CHECK_CODE(E_NOT_OK, Csm_MacVerify(CsmConf_CsmJob_VerifyCmac128Sync, SINGLECALL, Vector_Message, ALL, mac, 129U,
                                       &Services_Verdict));
    CHECK_CODE(CANARY, Services_Verdict);
    CHECK_CODE(0U, Test_Reports());
}

static void TestRandom(void)
{
    uint8 first[64];
    uint32 length = sizeof(first);
    Test_About("random");
    Services_Reset();
    Test_ClearCallbacks();
    CHECK_CODE(E_OK, Csm_RandomGenerate(CsmConf_CsmJob_RandomSync, first, &length));
    CHECK_CODE(64U, length);
    CHECK_CODE(E_OK, Csm_RandomGenerate(CsmConf_CsmJob_RandomAsync, Services_Output, &Services_OutputLength));
    CHECK(Services_IsUntouched() == TRUE);
    Stack_Run();
    CHECK_CODE(1U, Test_Callbacks(CsmConf_CsmJob_RandomAsync));
    CHECK_CODE(64U, Services_OutputLength);
    CHECK(Test_Same(first, Services_Output, sizeof(first)) == FALSE);
    /* No entropy: told to the caller and to Det. */
    Services_Reset();
    Test_ClearReports();
    Entropy_Left = 10U;
    CHECK_CODE(CRYPTO_E_ENTROPY_EXHAUSTED,
               Csm_RandomGenerate(CsmConf_CsmJob_RandomSync, Services_Output, &Services_OutputLength));
    CHECK_CODE(1U, Test_Reports());
    CHECK_CODE(0x03U, Test_LastReport().errorId);
    CHECK(Test_LastReport().runtime == TRUE);
    CHECK_CODE(64U, Services_OutputLength);
    Test_ClearReports();
    Entropy_Left = 0U;
    CHECK_CODE(E_OK, Csm_RandomGenerate(CsmConf_CsmJob_RandomAsync, Services_Output, &Services_OutputLength));
    Stack_Run();
    CHECK_CODE(2U, Test_Callbacks(CsmConf_CsmJob_RandomAsync));
    CHECK_CODE(CRYPTO_E_ENTROPY_EXHAUSTED, Test_LastResult(CsmConf_CsmJob_RandomAsync));
    CHECK_CODE(1U, Test_Reports());
    Entropy_Left = 0xFFFFFFFFU;
    Test_ClearReports();
}

/* The published signature of RFC 6979, and its public key with and without the leading 04. */
static void TestPublishedSignature(void)
{
    uint32 form;
    Test_About("RFC 6979");
    for (form = 0U; form < 2U; form++)
    {
        const uint32 skipped = (form == 0U) ? 1U : 0U;
        CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_VerifyKey, &Vector_PublicKey[skipped],
                                       (uint32)sizeof(Vector_PublicKey) - skipped));
        Services_Verdict = CANARY;
        CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_CheckEcdsaSync, SINGLECALL, Vector_Sample, sizeof(Vector_Sample),
                                             Vector_SampleSignature, 64U, &Services_Verdict));
        CHECK_CODE(CRYPTO_E_VER_OK, Services_Verdict);
    }
}

static void SignMessage(void)
{
    uint32 length = sizeof(Signature);
    Test_About("signing the message");
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_SignNistSync, SINGLECALL, Vector_Message, ALL, Signature, &length));
    CHECK_CODE(64U, length);
}

int main(void)
{
    const boolean tolerated = Crypto_Instance.tolerateEmptyInput;
    uint32 i;
    uint32 split;
    Areas_Watch();
    Stack_Init();
    Stack_LoadKeys();
    SignMessage();
    for (i = 0U; i < Services_Count; i++)
    {
        for (split = 0U; split < (sizeof(Splits) / sizeof(Splits[0])); split++)
        {
            TestSplit(&Services_Algorithms[i], &Splits[split], FALSE);
            TestSplit(&Services_Algorithms[i], &Splits[split], TRUE);
        }
        TestOrder(&Services_Algorithms[i]);
        TestRoom(&Services_Algorithms[i]);
        TestMismatch(&Services_Algorithms[i]);
        TestEmpty(&Services_Algorithms[i], tolerated);
    }
    TestTruncatedMac();
    TestRandom();
    TestPublishedSignature();
    Services_TestQueues();
    Services_TestKeys();
    Areas_End();
    return Test_End("services");
}
