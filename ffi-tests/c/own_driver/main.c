/* The driver of docs/driver.md beside an instance of the soft driver, under our Csm and CryIf. */
#include "../support.h"
#include "CryIf.h"
#include "Crypto_0_Symmetric.h"
#include "Crypto_77_Own.h"
#include "Csm.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL

static uint32 Ended;
static Crypto_ResultType Result;

static void End(Crypto_ResultType result)
{
    Ended++;
    Result = result;
}

void Secc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    CHECK_CODE(CsmConf_CsmJob_MessageVerify, jobId);
    End(result);
}

void Secc_ChainVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    CHECK_CODE(CsmConf_CsmJob_ChainVerify, jobId);
    End(result);
}

void Secc_FirmwareDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    CHECK_CODE(CsmConf_CsmJob_FirmwareDigest, jobId);
    End(result);
}

/* Jobs of the configuration that this program does not use. */
void Secc_TariffSignFinished(uint32 jobId, Crypto_ResultType result)
{
    Secc_ChainVerifyFinished(jobId, result);
}

void Secc_BackendMacFinished(uint32 jobId, Crypto_ResultType result)
{
    Secc_ChainVerifyFinished(jobId, result);
}

static Std_ReturnType Verify(uint32 job, uint8 first, Crypto_VerifyResultType *verdict)
{
    static uint8 signature[64];
    signature[0] = first;
    return Csm_SignatureVerify(job, SINGLECALL, (const uint8 *)"message", 7U, signature, 64U, verdict);
}

int main(void)
{
    static const uint8 key[64] = {0x42U};
    Crypto_VerifyResultType first = 0xFFU;
    Crypto_VerifyResultType second = 0xFFU;
    Crypto_KeyStatusType status = CRYPTO_KEYSTATUS_INVALID;
    uint8 digest[32];
    uint32 digestLength = sizeof(digest);
    static uint8 longDigest[64];
    static uint32 longDigestLength;
    Crypto_0_Symmetric_Init(NULL_PTR);
    Crypto_77_Own_Init();
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);

    CHECK_CODE(CRYPTO_E_KEY_NOT_VALID, Verify(CsmConf_CsmJob_MessageVerify, 0x42U, &first));
    CHECK_CODE(CRYPTO_E_KEY_SIZE_MISMATCH, Csm_KeyElementSet(CsmConf_CsmKey_MessageVerifyKey, CRYPTO_KE_SIGNATURE_KEY, key, 63U));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_MessageVerifyKey, CRYPTO_KE_SIGNATURE_KEY, key, 64U));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_MessageVerifyKey));
    CHECK_CODE(E_OK, Csm_KeyGetStatus(CsmConf_CsmKey_MessageVerifyKey, &status));
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, status);
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_ChainVerifyKey, CRYPTO_KE_SIGNATURE_KEY, key, 64U));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_ChainVerifyKey));

    Test_About("the second job finds the driver busy, waits in Csm's queue, and is started by the main function");
    CHECK_CODE(E_OK, Verify(CsmConf_CsmJob_MessageVerify, 0x42U, &first));
    CHECK_CODE(E_OK, Verify(CsmConf_CsmJob_ChainVerify, 0x42U, &second));
    Crypto_77_Own_MainFunction();
    CHECK_CODE(1U, Ended);
    CHECK_CODE(E_OK, Result);
    CHECK_CODE(CRYPTO_E_VER_OK, first);
    Crypto_77_Own_MainFunction();
    CHECK_CODE(1U, Ended);
    Csm_MainFunction_Charging(); /* drains other queues only */
    Crypto_77_Own_MainFunction();
    CHECK_CODE(1U, Ended);
    Csm_MainFunction_Signatures();
    Crypto_77_Own_MainFunction();
    CHECK_CODE(2U, Ended);
    CHECK_CODE(CRYPTO_E_VER_OK, second);

    Test_About("a signature that is not genuine");
    CHECK_CODE(E_OK, Verify(CsmConf_CsmJob_MessageVerify, 0x43U, &first));
    Crypto_77_Own_MainFunction();
    CHECK_CODE(3U, Ended);
    CHECK_CODE(CRYPTO_E_VER_NOT_OK, first);

    Test_About("a cancelled job: the callback comes from Csm");
    CHECK_CODE(E_OK, Verify(CsmConf_CsmJob_MessageVerify, 0x42U, &first));
    CHECK_CODE(E_OK, Csm_CancelJob(CsmConf_CsmJob_MessageVerify, SINGLECALL));
    Crypto_77_Own_MainFunction();
    Csm_MainFunction_Charging();
    CHECK_CODE(3U, Ended);
    Csm_MainFunction_Signatures();
    CHECK_CODE(4U, Ended);
    CHECK_CODE(CRYPTO_E_JOB_CANCELED, Result);

    Test_About("the other main function drains the other queues");
    longDigestLength = sizeof(longDigest);
    CHECK_CODE(E_OK, Csm_Hash(CsmConf_CsmJob_FirmwareDigest, SINGLECALL, key, 64U, longDigest, &longDigestLength));
    CHECK_CODE(E_OK, Csm_CancelJob(CsmConf_CsmJob_FirmwareDigest, SINGLECALL));
    Csm_MainFunction_Signatures();
    CHECK_CODE(4U, Ended);
    Csm_MainFunction_Charging();
    CHECK_CODE(5U, Ended);
    CHECK_CODE(CRYPTO_E_JOB_CANCELED, Result);

    Test_About("what the driver does not have");
    CHECK_CODE(E_NOT_OK, Csm_KeyGenerate(CsmConf_CsmKey_MessageVerifyKey));
    CHECK_CODE(E_NOT_OK, Csm_KeyElementCopy(CsmConf_CsmKey_MessageVerifyKey, 1U, CsmConf_CsmKey_ChainVerifyKey, 1U));

    Test_About("the soft driver beside it");
    CHECK_CODE(E_OK, Csm_Hash(CsmConf_CsmJob_MessageDigest, SINGLECALL, key, 64U, digest, &digestLength));
    CHECK_CODE(0U, Test_Reports());
    return Test_End("own_driver");
}
