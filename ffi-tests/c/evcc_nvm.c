/* A vehicle whose keys outlive a reset: arxml/evcc.arxml with arxml/evcc_nvm.arxml, over the NvM of a host.
 *
 *     evcc_nvm write   writes the contract key, and waits until NvM has it
 *     evcc_nvm check   after a reset: the key is there, valid, and signs; it cannot be read */
#include <string.h>

#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "support.h"

#define MAX_CYCLES 1000U
#define SIGNATURE 64U

/* No asynchronous job is started here. */
static void Unexpected(void)
{
    CHECK(FALSE);
}

void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
    Unexpected();
}

void Evcc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
    Unexpected();
}

void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
    Unexpected();
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
    Unexpected();
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    (void)result;
    Unexpected();
}

static void WaitForNvM(uint32 cryptoKeyId)
{
    uint8 status = CRYPTO_SOFT_NV_LOADING;
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (status != CRYPTO_SOFT_NV_IDLE); cycle++)
    {
        Crypto_MainFunction();
        CHECK_CODE(E_OK, Crypto_NvGetStatus(cryptoKeyId, &status));
    }
    CHECK(status == CRYPTO_SOFT_NV_IDLE);
}

static Crypto_KeyStatusType StatusOf(uint32 keyId)
{
    Crypto_KeyStatusType status = 0xFFU;
    CHECK_CODE(E_OK, Csm_KeyGetStatus(keyId, &status));
    return status;
}

static void Write(void)
{
    CHECK(StatusOf(CsmConf_CsmKey_ContractKey) == CRYPTO_KEYSTATUS_INVALID);
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_ContractKey, CRYPTO_KE_SIGNATURE_KEY, J2_PrivateKey, sizeof(J2_PrivateKey)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_ContractKey));
    WaitForNvM(CryptoConf_CryptoKey_ContractKey);
}

static void Check(void)
{
    uint8 signature[SIGNATURE] = {0U};
    uint32 length = sizeof(signature);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    CHECK(StatusOf(CsmConf_CsmKey_ContractKey) == CRYPTO_KEYSTATUS_VALID);
    CHECK(StatusOf(CsmConf_CsmKey_ContractKeyB) == CRYPTO_KEYSTATUS_INVALID);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_ContractKey, CRYPTO_KE_SIGNATURE_KEY, signature, &length));
    length = sizeof(signature);
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ContractSignNow, CRYPTO_OPERATIONMODE_SINGLECALL, J2_SignedInfo,
                                           sizeof(J2_SignedInfo), signature, &length));
    CHECK(length == SIGNATURE);
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_MessageVerifyKey, CRYPTO_KE_SIGNATURE_KEY, J2_PublicKey, sizeof(J2_PublicKey)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_MessageVerifyKey));
    CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_MessageVerifyNow, CRYPTO_OPERATIONMODE_SINGLECALL, J2_SignedInfo,
                                         sizeof(J2_SignedInfo), signature, length, &verdict));
    CHECK(verdict == CRYPTO_E_VER_OK);
}

int main(int argc, char **argv)
{
    (void)J2_Fragment;
    (void)J2_FragmentDigest;
    (void)J2_Signature;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    WaitForNvM(CryptoConf_CryptoKey_ContractKey);
    if ((argc == 2) && (strcmp(argv[1], "write") == 0))
    {
        Write();
    }
    else
    {
        Check();
    }
    return Test_End("evcc_nvm");
}
