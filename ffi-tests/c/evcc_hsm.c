/* The vehicle's private keys in a HSM: drawn there, used there, kept there over its restarts, and lost to nobody.
 *
 * argv[1] is `first` or `later`: `later` finds the keys that `first` has left in the flash of the simulator, the file V2GCRYPT_HSM_FLASH. */
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "driver.h"

#include <stdio.h>
#include <string.h>

#define SINGLE CRYPTO_OPERATIONMODE_SINGLECALL
#define MAX_CYCLES 20000U

static uint32 Finished;
static Crypto_ResultType Result;

static void Finish(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Finished++;
    Result = result;
}

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    Finish(jobId, result);
}

void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    Finish(jobId, result);
}

void Evcc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    Finish(jobId, result);
}

/* Not started here. */
void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    CHECK_CODE(0xFFU, jobId + result);
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    CHECK_CODE(0xFFU, jobId + result);
}

static void Cycle(void)
{
    Csm_MainFunction();
    Driver_MainFunction();
}

static Crypto_ResultType Wait(void)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Finished == 0U); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(1U, Finished);
    Finished = 0U;
    return Result;
}

static Crypto_KeyStatusType StatusOf(uint32 keyId)
{
    Crypto_KeyStatusType status = 0xFFU;
    CHECK_CODE(E_OK, Csm_KeyGetStatus(keyId, &status));
    return status;
}

/* The HSM signs in an asynchronous job, the soft driver verifies with what the HSM tells of the key. */
static void SignAndVerify(void)
{
    uint8 publicKey[65];
    uint8 signature[64];
    uint32 publicKeyLength = sizeof(publicKey);
    uint32 length = sizeof(signature);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    CHECK_CODE(E_OK, Csm_KeyElementGet(CsmConf_CsmKey_OemProvisioningKey, CRYPTO_KE_V2GCRYPT_PUBLICKEY, publicKey, &publicKeyLength));
    CHECK_CODE(sizeof(publicKey), publicKeyLength);
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ProvisioningSign, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature,
                                           &length));
    CHECK_CODE(E_OK, Wait());
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_MessageVerifyKey, CRYPTO_KE_SIGNATURE_KEY, publicKey, publicKeyLength));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_MessageVerifyKey));
    CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_MessageVerify, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature, length,
                                         &verdict));
    CHECK_CODE(E_OK, Wait());
    CHECK_CODE(CRYPTO_E_VER_OK, verdict);
}

static void Generated(void)
{
    uint8 key[66];
    uint32 length = sizeof(key);
    Test_About("a key that the HSM has drawn");
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, StatusOf(CsmConf_CsmKey_OemProvisioningKey));
    CHECK_CODE(E_OK, Csm_KeyGenerate(CsmConf_CsmKey_OemProvisioningKey));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_OemProvisioningKey));
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, StatusOf(CsmConf_CsmKey_OemProvisioningKey));
    SignAndVerify();
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_OemProvisioningKey, CRYPTO_KE_SIGNATURE_KEY, key, &length));
    /* Another driver does not get it either, and a key without a public half in the HSM has none outside. */
    CHECK(Csm_KeyElementCopy(CsmConf_CsmKey_OemProvisioningKey, CRYPTO_KE_SIGNATURE_KEY, CsmConf_CsmKey_FrameKey, CRYPTO_KE_MAC_KEY) !=
          E_OK);
    CHECK(Csm_KeyElementCopy(CsmConf_CsmKey_OemProvisioningKey, CRYPTO_KE_SIGNATURE_KEY, CsmConf_CsmKey_ContractKey,
                             CRYPTO_KE_SIGNATURE_KEY) != E_OK);
}

/* Two jobs in the HSM when it loses its power: each ends once, and the next one finds the HSM again. */
static void Restarted(void)
{
    uint8 first[64];
    uint8 second[132];
    uint32 firstLength = sizeof(first);
    uint32 secondLength = sizeof(second);
    uint32 cycle;
    Test_About("a restart of the HSM");
    CHECK_CODE(E_OK, Csm_KeyGenerate(CsmConf_CsmKey_OemProvisioningKey20));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_OemProvisioningKey20));
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ProvisioningSign20, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), second,
                                           &secondLength));
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ProvisioningSign, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), first,
                                           &firstLength));
    Csm_MainFunction();
    V2gcrypt_HsmSim_Restart();
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Finished < 2U); cycle++)
    {
        Cycle();
    }
    CHECK_CODE(2U, Finished);
    for (cycle = 0U; cycle < 100U; cycle++)
    {
        Cycle();
    }
    CHECK_CODE(2U, Finished);
    Finished = 0U;
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, StatusOf(CsmConf_CsmKey_OemProvisioningKey));
    SignAndVerify();
}

static void Kept(void)
{
    Test_About("a key that was kept");
    CHECK_CODE(CRYPTO_KEYSTATUS_VALID, StatusOf(CsmConf_CsmKey_OemProvisioningKey));
    SignAndVerify();
    CHECK_CODE(CRYPTO_KEYSTATUS_INVALID, StatusOf(CsmConf_CsmKey_ContractKey));
}

int main(int argc, char **argv)
{
    const boolean first = ((argc > 1) && (strcmp(argv[1], "first") == 0)) ? TRUE : FALSE;
    uint32 cycle;
    (void)J2_Fragment;
    (void)J2_FragmentDigest;
    (void)J2_PrivateKey;
    (void)J2_PublicKey;
    (void)J2_Signature;
    Driver_Init();
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    for (cycle = 0U; cycle < 100U; cycle++)
    {
        Cycle();
    }
    if (first == TRUE)
    {
        Generated();
        Restarted();
    }
    else
    {
        Kept();
    }
    return Test_End("evcc_hsm");
}
