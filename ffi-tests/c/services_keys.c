/* Keys through Csm: states, access, lengths, and every code that a job gets for its key. */
#include "services.h"
#include "stack.h"
#include "support.h"
#include "vectors.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL
#define ALL sizeof(Vector_Message)

static Crypto_KeyStatusType Status(uint32 keyId)
{
    Crypto_KeyStatusType status = 0xA5U;
    CHECK_CODE(E_OK, Csm_KeyGetStatus(keyId, &status));
    return status;
}

static Std_ReturnType Generate(uint32 job)
{
    Services_OutputLength = sizeof(Services_Output);
    return Csm_MacGenerate(job, SINGLECALL, Vector_Message, ALL, Services_Output, &Services_OutputLength);
}

static void ExpectRuntimeError(uint8 sid, uint8 error)
{
    CHECK_CODE(1U, Test_Reports());
    CHECK_CODE(sid, Test_LastReport().apiId);
    CHECK_CODE(error, Test_LastReport().errorId);
    CHECK(Test_LastReport().runtime == TRUE);
    Test_ClearReports();
}

static void TestStates(void)
{
    Test_About("key states");
    Stack_Init(); /* every key is INVALID and without value again */
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, Status(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Generate(CsmConf_CsmJob_GenerateCmac128Async));
    /* Valid without a value. */
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, Status(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_E_KEY_EMPTY, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK_CODE(CRYPTO_E_KEY_EMPTY, Generate(CsmConf_CsmJob_GenerateCmac128Async));
    /* A value makes it invalid until it is confirmed. */
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_Cmac128Key, 1U, Vector_Cmac128Key, 16U));
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, Status(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(E_OK, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK(Test_Same(Services_Output, Vector_Cmac128, 16U) == TRUE);
    CHECK_CODE(E_OK, Csm_KeySetInvalid(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, Status(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_Cmac128Key));
    CHECK_CODE(E_OK, Generate(CsmConf_CsmJob_GenerateCmac128Sync));
    CHECK_CODE(0U, Test_Reports());
}

/* A key that is changed in the middle of a stream ends the stream. */
static void TestChangeInStream(void)
{
    const uint32 job = CsmConf_CsmJob_GenerateCmac128Sync;
    Test_About("key changed in a stream");
    Stack_LoadKeys();
    Services_Reset();
    CHECK_CODE(E_OK, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_STREAMSTART, Vector_Message, 8U, NULL_PTR, NULL_PTR));
    CHECK_CODE(E_OK, Stack_LoadKey(CsmConf_CsmKey_Cmac128Key, Vector_Cmac256Key, 16U));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_FINISH, NULL_PTR, 0U, Services_Output,
                                                       &Services_OutputLength));
    CHECK(Services_IsUntouched() == TRUE);
    CHECK_CODE(E_NOT_OK, Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_FINISH, NULL_PTR, 0U, Services_Output,
                                         &Services_OutputLength));
    Stack_LoadKeys();
}

/* An accepted job looks at its key again when it runs. */
static void TestChangeBeforeRun(void)
{
    const uint32 job = CsmConf_CsmJob_GenerateCmac128Async;
    Test_About("key made invalid while a job waits");
    Test_ClearCallbacks();
    Services_Reset();
    CHECK_CODE(E_OK, Generate(job));
    CHECK_CODE(E_OK, Csm_KeySetInvalid(CsmConf_CsmKey_Cmac128Key));
    Stack_Run();
    CHECK_CODE(1U, Test_Callbacks(job));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Test_LastResult(job));
    CHECK(Services_IsUntouched() == TRUE);
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_Cmac128Key));
}

static void TestAccess(void)
{
    uint8 value[16];
    uint32 length = sizeof(value);
    const uint32 key = CsmConf_CsmKey_SpareKey;
    Test_About("access to key elements");
    Stack_Init();
    /* Never written, initial value, written. */
    CHECK_CODE(CRYPTO_E_KEY_EMPTY, Csm_KeyElementGet(key, 1U, value, &length));
    CHECK_CODE(16U, length);
    CHECK_CODE(E_OK, Csm_KeyElementGet(key, 1000U, value, &length));
    CHECK_CODE(4U, length);
    CHECK_CODE(1U, value[0]);
    CHECK_CODE(4U, value[3]);
    CHECK_CODE(E_OK, Csm_KeyElementSet(key, 1U, Vector_Message, 16U));
    length = sizeof(value);
    CHECK_CODE(E_OK, Csm_KeyElementGet(key, 1U, value, &length));
    CHECK_CODE(16U, length);
    CHECK(Test_Same(value, Vector_Message, 16U) == TRUE);
    CHECK_CODE(0U, Test_Reports());
    /* Rights. */
    CHECK_CODE(CRYPTO_E_KEY_WRITE_FAIL, Csm_KeyElementSet(key, 1000U, Vector_Message, 4U));
    Test_ClearReports();
    CHECK_CODE(CRYPTO_E_KEY_WRITE_FAIL, Csm_KeyElementSet(key, 2U, Vector_Message, 4U));
    Test_ClearReports();
    length = sizeof(value);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(key, 2U, value, &length));
    ExpectRuntimeError(0x06U, 0x01U);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_Cmac128Key, 1U, value, &length));
    ExpectRuntimeError(0x06U, 0x01U);
    CHECK_CODE(16U, length);
    /* No such element. */
    CHECK_CODE(CRYPTO_E_KEY_NOT_AVAILABLE, Csm_KeyElementSet(key, 3U, Vector_Message, 4U));
    ExpectRuntimeError(0x04U, 0x00U);
    CHECK_CODE(CRYPTO_E_KEY_NOT_AVAILABLE, Csm_KeyElementGet(key, 3U, value, &length));
    ExpectRuntimeError(0x06U, 0x00U);
}

static void TestLengths(void)
{
    uint8 value[16];
    uint32 length;
    const uint32 key = CsmConf_CsmKey_SpareKey;
    Test_About("lengths of key elements");
    Test_ClearReports();
    /* Exactly as long as configured, or shorter with partial access. */
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_KeyElementSet(key, 1U, Vector_Message, 15U));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_KeyElementSet(key, 1U, Vector_Message, 17U));
    CHECK_CODE(E_OK, Csm_KeyElementSet(key, 5U, Vector_Message, 8U));
    CHECK_CODE(E_OK, Csm_KeyElementSet(key, 5U, Vector_Message, 3U));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_KeyElementSet(key, 5U, Vector_Message, 9U));
    /* What did not fit has changed nothing. */
    length = sizeof(value);
    CHECK_CODE(E_OK, Csm_KeyElementGet(key, 5U, value, &length));
    CHECK_CODE(3U, length);
    CHECK(Test_Same(value, Vector_Message, 3U) == TRUE);
    length = sizeof(value);
    CHECK_CODE(E_OK, Csm_KeyElementGet(key, 1U, value, &length));
    CHECK(Test_Same(value, Vector_Message, 16U) == TRUE);
    /* Room: less than is stored is refused, but for partial access. */
    Test_Fill(value, 0xA5U, sizeof(value));
    length = 15U;
    CHECK_CODE(E_NOT_OK, Csm_KeyElementGet(key, 1U, value, &length));
    CHECK_CODE(15U, length);
    CHECK(Test_IsFilled(value, 0xA5U, sizeof(value)) == TRUE);
    length = 2U;
    CHECK_CODE(E_OK, Csm_KeyElementGet(key, 5U, value, &length));
    CHECK_CODE(2U, length);
    CHECK(Test_IsFilled(&value[2], 0xA5U, 14U) == TRUE);
    CHECK_CODE(0U, Test_Reports());
}

/* A key that many algorithms share: each job judges it. */
static void TestMixedKey(void)
{
    uint8 point[65];
    Crypto_VerifyResultType verdict = 0xA5U;
    uint32 length = sizeof(Services_Output);
    const uint32 key = CsmConf_CsmKey_MixedKey;
    Test_About("a key of the wrong kind");
    Test_ClearReports();
    CHECK_CODE(E_OK, Stack_LoadKey(key, Vector_Cmac256Key, 24U));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Generate(CsmConf_CsmJob_GenerateMixedCmacSync));
    CHECK_CODE(E_OK, Generate(CsmConf_CsmJob_GenerateMixedHmacSync));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_SignatureGenerate(CsmConf_CsmJob_MixedSignSync, SINGLECALL, Vector_Message, ALL,
                                                                 Services_Output, &length));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_SignatureVerify(CsmConf_CsmJob_MixedCheckSync, SINGLECALL, Vector_Message, ALL,
                                                               Vector_SampleSignature, 64U, &verdict));
    /* A scalar of zero, one too large, a point off the curve. */
    Test_Fill(point, 0x00U, sizeof(point));
    CHECK_CODE(E_OK, Stack_LoadKey(key, point, 32U));
    length = sizeof(Services_Output);
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Csm_SignatureGenerate(CsmConf_CsmJob_MixedSignSync, SINGLECALL, Vector_Message, ALL,
                                                             Services_Output, &length));
    Test_Fill(point, 0xFFU, sizeof(point));
    CHECK_CODE(E_OK, Stack_LoadKey(key, point, 32U));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Csm_SignatureGenerate(CsmConf_CsmJob_MixedSignSync, SINGLECALL, Vector_Message, ALL,
                                                             Services_Output, &length));
    Test_Copy(point, Vector_PublicKey, sizeof(point));
    point[64] ^= 1U;
    CHECK_CODE(E_OK, Stack_LoadKey(key, point, 65U));
    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Csm_SignatureVerify(CsmConf_CsmJob_MixedCheckSync, SINGLECALL, Vector_Message, ALL,
                                                           Vector_SampleSignature, 64U, &verdict));
    CHECK_CODE(0xA5U, verdict);
    CHECK_CODE(64U, length);
    /* A key of one kind is judged when it is made valid. */
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_VerifyKey, 1U, point, 65U));
    CHECK_CODE(E_NOT_OK, Csm_KeySetValid(CsmConf_CsmKey_VerifyKey));
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, Status(CsmConf_CsmKey_VerifyKey));
    Test_Fill(point, 0xFFU, sizeof(point));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_SignKey, 1U, point, 32U));
    CHECK_CODE(E_NOT_OK, Csm_KeySetValid(CsmConf_CsmKey_SignKey));
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, Status(CsmConf_CsmKey_SignKey));
    /* Compressed points are none. */
    point[0] = 2U;
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_KeyElementSet(CsmConf_CsmKey_VerifyKey, 1U, point, 33U));
    CHECK_CODE(0U, Test_Reports());
    Stack_LoadKeys();
}

void Services_TestKeys(void)
{
    TestStates();
    TestChangeInStream();
    TestChangeBeforeRun();
    TestAccess();
    TestLengths();
    TestMixedKey();
}
