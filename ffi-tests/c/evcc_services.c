/* The jobs of arxml/evcc.arxml that a contract installation, a TLS connection and an encrypted log need, one after the other. */
#include "Crypto.h"
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "contract_keys.h"
#include "support.h"

#define SINGLE CRYPTO_OPERATIONMODE_SINGLECALL
#define MAX_CYCLES 1000U

static uint32 Finished;
static Crypto_ResultType Result;

void Evcc_ProvisioningFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    Finished++;
    Result = result;
}

/* No other asynchronous job is started here. */
void Evcc_ContractSignFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK(result == 0xFFU);
}

void Evcc_MessageVerifyFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK(result == 0xFFU);
}

void Evcc_RecordMacFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK(result == 0xFFU);
}

void Evcc_LogDigestFinished(uint32 jobId, Crypto_ResultType result)
{
    (void)jobId;
    CHECK(result == 0xFFU);
}

static Crypto_ResultType Wait(void)
{
    uint32 cycle;
    for (cycle = 0U; (cycle < MAX_CYCLES) && (Finished == 0U); cycle++)
    {
        Csm_MainFunction();
        Crypto_MainFunction();
        Crypto_MainFunctionBackground();
    }
    CHECK(Finished == 1U);
    Finished = 0U;
    return Result;
}

static void SetKey(uint32 keyId, const uint8 *key, uint32 length)
{
    CHECK_CODE(E_OK, Csm_KeyElementSet(keyId, CRYPTO_KE_SIGNATURE_KEY, key, length));
    CHECK_CODE(E_OK, Csm_KeySetValid(keyId));
}

static Std_ReturnType Import(uint32 jobId, uint32 targetKeyId, const uint8 *blob, uint32 blobLength, const uint8 *dh,
                             uint32 dhLength, const uint8 *publicKey, uint32 publicKeyLength)
{
    return Csm_CustomService(jobId, SINGLE, targetKeyId, blob, blobLength, dh, dhLength, publicKey, publicKeyLength, NULL_PTR,
                             NULL_PTR, NULL_PTR, NULL_PTR, NULL_PTR);
}

/* The public key that the import left beside the private key verifies what that one signs. */
static void CheckContract(uint32 signJob, uint32 keyId, uint32 verifyJob, uint32 verifyKeyId, uint32 signatureLength)
{
    uint8 publicKey[133];
    uint8 signature[132];
    uint32 publicKeyLength = sizeof(publicKey);
    uint32 length = sizeof(signature);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    CHECK_CODE(E_OK, Csm_KeySetValid(keyId));
    CHECK_CODE(E_OK, Csm_KeyElementGet(keyId, CRYPTO_KE_V2GCRYPT_PUBLICKEY, publicKey, &publicKeyLength));
    CHECK_CODE(E_OK, Csm_SignatureGenerate(signJob, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature, &length));
    CHECK(length == signatureLength);
    SetKey(verifyKeyId, publicKey, publicKeyLength);
    CHECK_CODE(E_OK, Csm_SignatureVerify(verifyJob, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature, length, &verdict));
    CHECK(verdict == CRYPTO_E_VER_OK);
}

static void Contract2(void)
{
    uint8 spoilt[sizeof(C2_EncryptedKey)];
    Test_About("contract key of ISO 15118-2");
    SetKey(CsmConf_CsmKey_OemProvisioningKey, C2_OwningKey, sizeof(C2_OwningKey));
    CHECK_CODE(E_OK, Import(CsmConf_CsmJob_ContractImport, CsmConf_CsmKey_ContractKeyB, C2_EncryptedKey, sizeof(C2_EncryptedKey),
                            C2_DhPublicKey, sizeof(C2_DhPublicKey), C2_ContractPublicKey, sizeof(C2_ContractPublicKey)));
    CHECK_CODE(E_OK, Wait());
    CheckContract(CsmConf_CsmJob_ContractSignB, CsmConf_CsmKey_ContractKeyB, CsmConf_CsmJob_MessageVerifyNow,
                  CsmConf_CsmKey_MessageVerifyKey, 64U);
    /* A spoilt one changes nothing: the key still signs. */
    Test_Copy(spoilt, C2_EncryptedKey, sizeof(spoilt));
    spoilt[40] ^= 1U;
    CHECK_CODE(E_OK, Import(CsmConf_CsmJob_ContractImport, CsmConf_CsmKey_ContractKeyB, spoilt, sizeof(spoilt), C2_DhPublicKey,
                            sizeof(C2_DhPublicKey), C2_ContractPublicKey, sizeof(C2_ContractPublicKey)));
    CHECK_CODE(CRYPTO_E_CUSTOM_ERROR, Wait());
    CheckContract(CsmConf_CsmJob_ContractSignB, CsmConf_CsmKey_ContractKeyB, CsmConf_CsmJob_MessageVerifyNow,
                  CsmConf_CsmKey_MessageVerifyKey, 64U);
}

static void Contract20(void)
{
    Test_About("contract key of ISO 15118-20");
    SetKey(CsmConf_CsmKey_OemProvisioningKey20, C20_OwningKey, sizeof(C20_OwningKey));
    /* Nobody writes the key but the import. */
    CHECK_CODE(CRYPTO_E_KEY_WRITE_FAIL, Csm_KeyElementSet(CsmConf_CsmKey_ContractKey20, CRYPTO_KE_SIGNATURE_KEY, C20_OwningKey,
                                                          sizeof(C20_OwningKey)));
    CHECK_CODE(E_OK, Import(CsmConf_CsmJob_ContractImport20, CsmConf_CsmKey_ContractKey20, C20_EncryptedKey,
                            sizeof(C20_EncryptedKey), C20_DhPublicKey, sizeof(C20_DhPublicKey), C20_ContractPublicKey,
                            sizeof(C20_ContractPublicKey)));
    CHECK_CODE(E_OK, Wait());
    CheckContract(CsmConf_CsmJob_ContractSign20, CsmConf_CsmKey_ContractKey20, CsmConf_CsmJob_MessageVerify20,
                  CsmConf_CsmKey_MessageVerifyKey20, 132U);
}

/* A key that is not listed for a job's algorithm serves no job of it: the generated lists are in force. */
static void Usage(void)
{
    Test_About("usage");
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyGenerate(CsmConf_CsmKey_OemProvisioningKey));
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyDerive(CsmConf_CsmKey_FrameKey, CsmConf_CsmKey_TlsTrafficKey));
}

static void Tls(void)
{
    uint8 publicValue[65];
    uint8 text[5] = {1U, 2U, 3U, 4U, 5U};
    uint8 record[5];
    uint8 tag[16];
    const uint8 salt[32] = {7U};
    const uint8 info[4] = {8U};
    const uint8 nonce[12] = {9U};
    uint32 length = sizeof(publicValue);
    uint32 tagLength = sizeof(tag);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    Test_About("TLS");
    CHECK_CODE(E_OK, Csm_JobKeyExchangeCalcPubVal(CsmConf_CsmJob_TlsPublicValue, publicValue, &length));
    CHECK(length == sizeof(publicValue));
    CHECK_CODE(E_OK, Csm_JobKeyExchangeCalcSecret(CsmConf_CsmJob_TlsSecret, C2_DhPublicKey, sizeof(C2_DhPublicKey)));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_TlsExchangeKey, CRYPTO_KE_KEYDERIVATION_SALT, salt, sizeof(salt)));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_TlsExchangeKey, CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, info, sizeof(info)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_TlsExchangeKey));
    CHECK_CODE(E_OK, Csm_JobKeyDerive(CsmConf_CsmJob_TlsDerive, CsmConf_CsmKey_TlsTrafficKey));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_TlsTrafficKey, CRYPTO_KE_CIPHER_IV, nonce, sizeof(nonce)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_TlsTrafficKey));
    length = sizeof(record);
    CHECK_CODE(E_OK, Csm_AEADEncrypt(CsmConf_CsmJob_TlsEncrypt, SINGLE, text, sizeof(text), info, sizeof(info), record, &length,
                                     tag, &tagLength));
    CHECK((length == sizeof(text)) && (tagLength == sizeof(tag)) && (Test_Same(record, text, sizeof(text)) == FALSE));
    Test_Fill(text, 0U, sizeof(text));
    CHECK_CODE(E_OK, Csm_AEADDecrypt(CsmConf_CsmJob_TlsDecrypt, SINGLE, record, sizeof(record), info, sizeof(info), tag,
                                     sizeof(tag), text, &length, &verdict));
    CHECK((verdict == CRYPTO_E_VER_OK) && (text[0] == 1U) && (text[4] == 5U));
    length = sizeof(record);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_TlsExchangeKey, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, record,
                                                         &length));
}

static void Log(void)
{
    const uint8 iv[16] = {3U};
    uint8 text[10] = {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 10U};
    uint8 encrypted[16];
    uint8 decrypted[32];
    uint32 length = sizeof(encrypted);
    Test_About("log");
    CHECK_CODE(E_OK, Csm_JobKeyGenerate(CsmConf_CsmJob_StorageKeyGenerate));
    CHECK_CODE(E_OK, Csm_KeyElementSet(CsmConf_CsmKey_StorageKey, CRYPTO_KE_CIPHER_IV, iv, sizeof(iv)));
    CHECK_CODE(E_OK, Csm_KeySetValid(CsmConf_CsmKey_StorageKey));
    CHECK_CODE(E_OK, Csm_Encrypt(CsmConf_CsmJob_LogEncrypt, SINGLE, text, sizeof(text), encrypted, &length));
    CHECK(length == sizeof(encrypted));
    length = sizeof(decrypted);
    CHECK_CODE(E_OK, Csm_Decrypt(CsmConf_CsmJob_LogDecrypt, SINGLE, encrypted, sizeof(encrypted), decrypted, &length));
    CHECK((length == sizeof(text)) && (Test_Same(decrypted, text, sizeof(text)) == TRUE));
}

int main(void)
{
    (void)J2_Fragment;
    (void)J2_FragmentDigest;
    (void)J2_PrivateKey;
    (void)J2_PublicKey;
    (void)J2_Signature;
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    Contract2();
    Contract20();
    Usage();
    Tls();
    Log();
    return Test_End("evcc_services");
}
