/* How deep each function of the C interface reaches into the stack, over the configuration of arxml/evcc.arxml. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "board.h"

static volatile uint32 Callbacks;
static uint32 Cases;
static uint32 Failures;
static uint8 Output[64];
static uint32 OutputLength;
static Crypto_VerifyResultType Verdict;

static const uint8 SymmetricKey[32] = {0x2BU, 0x7EU, 0x15U, 0x16U};

void Evcc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Callbacks += (result == E_OK) ? 1U : 0U;
}

void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Callbacks += (result == E_OK) ? 1U : 0U;
}

void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Callbacks += (result == E_OK) ? 1U : 0U;
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Callbacks += (result == E_OK) ? 1U : 0U;
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Callbacks += (result == E_OK) ? 1U : 0U;
}

/* Prints what a call has used, and counts it as failed when it did not return E_OK. */
static void Told(const char *name, Std_ReturnType result)
{
    const uint32 peak = Board_StackPeak();
    Cases++;
    if (result != E_OK)
    {
        Failures++;
        Board_Print("FAILED: ");
    }
    Board_Print("function ");
    Board_Print(name);
    Board_Print(" stack ");
    Board_PrintNumber(peak);
    Board_Print("\n");
}

#define MEASURE(name, call)                 \
    do                                      \
    {                                       \
        Std_ReturnType measured;            \
        OutputLength = (uint32)sizeof(Output); \
        Board_StackPaint();                 \
        measured = (call);                  \
        Told((name), measured);             \
    } while (0)

#define MEASURE_VOID(name, call) \
    do                           \
    {                            \
        Board_StackPaint();      \
        (call);                  \
        Told((name), E_OK);      \
    } while (0)

static void Keys(void)
{
    Crypto_KeyStatusType status;
    MEASURE("Csm_KeyElementSet", Csm_KeyElementSet(CsmConf_CsmKey_ContractKey, 1U, J2_PrivateKey, sizeof(J2_PrivateKey)));
    MEASURE("Csm_KeySetValid/private-key", Csm_KeySetValid(CsmConf_CsmKey_ContractKey));
    (void)Csm_KeyElementSet(CsmConf_CsmKey_MessageVerifyKey, 1U, J2_PublicKey, sizeof(J2_PublicKey));
    MEASURE("Csm_KeySetValid/public-key", Csm_KeySetValid(CsmConf_CsmKey_MessageVerifyKey));
    (void)Csm_KeyElementSet(CsmConf_CsmKey_FrameKey, 1U, SymmetricKey, 16U);
    MEASURE("Csm_KeySetValid/AES", Csm_KeySetValid(CsmConf_CsmKey_FrameKey));
    (void)Csm_KeyElementSet(CsmConf_CsmKey_RecordKey, 1U, SymmetricKey, 32U);
    MEASURE("Csm_KeySetValid/HMAC", Csm_KeySetValid(CsmConf_CsmKey_RecordKey));
    MEASURE("Csm_KeyGetStatus", Csm_KeyGetStatus(CsmConf_CsmKey_RecordKey, &status));
    MEASURE("Csm_KeyElementGet", Csm_KeyElementGet(CsmConf_CsmKey_MessageVerifyKey, 1U, Output, &OutputLength));
    MEASURE("Csm_KeySetInvalid", Csm_KeySetInvalid(CsmConf_CsmKey_RecordKey));
    (void)Csm_KeySetValid(CsmConf_CsmKey_RecordKey);
}

static void Synchronous(void)
{
    const Crypto_OperationModeType mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    MEASURE("Csm_Hash/sync", Csm_Hash(CsmConf_CsmJob_MessageDigest, mode, J2_Fragment, sizeof(J2_Fragment), Output, &OutputLength));
    MEASURE("Csm_MacGenerate/sync",
            Csm_MacGenerate(CsmConf_CsmJob_FrameMacGenerate, mode, J2_Fragment, sizeof(J2_Fragment), Output, &OutputLength));
    MEASURE("Csm_MacVerify/sync",
            Csm_MacVerify(CsmConf_CsmJob_FrameMacVerify, mode, J2_Fragment, sizeof(J2_Fragment), Output, 128U, &Verdict));
    MEASURE("Csm_RandomGenerate/sync", Csm_RandomGenerate(CsmConf_CsmJob_Nonce, Output, &OutputLength));
    MEASURE("Csm_SignatureGenerate/sync", Csm_SignatureGenerate(CsmConf_CsmJob_ContractSignNow, mode, J2_SignedInfo,
                                                                sizeof(J2_SignedInfo), Output, &OutputLength));
    MEASURE("Csm_SignatureVerify/sync", Csm_SignatureVerify(CsmConf_CsmJob_MessageVerifyNow, mode, J2_SignedInfo,
                                                            sizeof(J2_SignedInfo), J2_Signature, 64U, &Verdict));
}

static void Asynchronous(void)
{
    const Crypto_OperationModeType mode = CRYPTO_OPERATIONMODE_SINGLECALL;
    MEASURE("Csm_MacGenerate/async",
            Csm_MacGenerate(CsmConf_CsmJob_RecordMacGenerate, mode, J2_Fragment, sizeof(J2_Fragment), Output, &OutputLength));
    MEASURE_VOID("Csm_MainFunction", Csm_MainFunction());
    MEASURE_VOID("Crypto_MainFunction/HMAC", Crypto_MainFunction());
    MEASURE("Csm_SignatureGenerate/async", Csm_SignatureGenerate(CsmConf_CsmJob_ContractSign, mode, J2_SignedInfo,
                                                                 sizeof(J2_SignedInfo), Output, &OutputLength));
    MEASURE_VOID("Crypto_MainFunctionBackground/sign", Crypto_MainFunctionBackground());
    MEASURE("Csm_SignatureVerify/async", Csm_SignatureVerify(CsmConf_CsmJob_MessageVerify, mode, J2_SignedInfo,
                                                             sizeof(J2_SignedInfo), J2_Signature, 64U, &Verdict));
    MEASURE_VOID("Crypto_MainFunctionBackground/verify", Crypto_MainFunctionBackground());
    (void)Csm_SignatureVerify(CsmConf_CsmJob_MessageVerify, mode, J2_SignedInfo, sizeof(J2_SignedInfo), J2_Signature, 64U,
                              &Verdict);
    MEASURE("Csm_CancelJob", Csm_CancelJob(CsmConf_CsmJob_MessageVerify, 0U));
}

int main(void)
{
    Std_VersionInfoType version;
    MEASURE_VOID("Crypto_Init", Crypto_Init(NULL_PTR));
    MEASURE_VOID("CryIf_Init", CryIf_Init(NULL_PTR));
    MEASURE_VOID("Csm_Init", Csm_Init(NULL_PTR));
    MEASURE_VOID("Csm_GetVersionInfo", Csm_GetVersionInfo(&version));
    Keys();
    Synchronous();
    Asynchronous();
    if (Callbacks != 3U)
    {
        Failures++;
        Board_Print("FAILED: callbacks ");
        Board_PrintNumber(Callbacks);
        Board_Print("\n");
    }
    Board_Print("stacks: ");
    Board_PrintNumber(Cases);
    Board_Print(" functions, ");
    Board_PrintNumber(Failures);
    Board_Print(" failures\n");
    return (Failures == 0U) ? 0 : 1;
}
