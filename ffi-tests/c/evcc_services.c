/* The jobs of arxml/evcc.arxml that frames, messages, a contract installation, a TLS connection and an encrypted log need, one after the other. */
#include "CryIf.h"
#include "Csm.h"
#include "annex_j2.h"
#include "contract_keys.h"
#include "driver.h"
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
        Driver_MainFunction();
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
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyGenerate(CsmConf_CsmKey_ContractKey));
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

/* FIPS 197 has the key; NIST SP 800-38B the MAC of no bytes and of 16, RFC 4231 test case 2 with zeros behind its key. */
static void Frames(void)
{
    const uint8 key[16] = {0x2BU, 0x7EU, 0x15U, 0x16U, 0x28U, 0xAEU, 0xD2U, 0xA6U, 0xABU, 0xF7U, 0x15U, 0x88U, 0x09U, 0xCFU, 0x4FU, 0x3CU};
    const uint8 frame[16] = {0x6BU, 0xC1U, 0xBEU, 0xE2U, 0x2EU, 0x40U, 0x9FU, 0x96U, 0xE9U, 0x3DU, 0x7EU, 0x11U, 0x73U, 0x93U, 0x17U, 0x2AU};
    const uint8 expected[16] = {0x07U, 0x0AU, 0x16U, 0xB4U, 0x6BU, 0x4DU, 0x41U, 0x44U, 0xF7U, 0x9BU, 0xDDU, 0x9DU, 0xD0U, 0x4AU, 0x28U, 0x7CU};
    const uint8 jefe[64] = {0x4AU, 0x65U, 0x66U, 0x65U};
    const uint8 question[28] = "what do ya want for nothing?";
    const uint8 answer[32] = {0x5BU, 0xDCU, 0xC1U, 0x46U, 0xBFU, 0x60U, 0x75U, 0x4EU, 0x6AU, 0x04U, 0x24U, 0x26U, 0x08U, 0x95U, 0x75U, 0xC7U,
                              0x5AU, 0x00U, 0x3FU, 0x08U, 0x9DU, 0x27U, 0x39U, 0x83U, 0x9DU, 0xECU, 0x58U, 0xB9U, 0x64U, 0xECU, 0x38U, 0x43U};
    uint8 mac[16];
    uint8 random[32];
    uint8 digest[32];
    uint32 length = sizeof(mac);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    Test_About("frames");
    SetKey(CsmConf_CsmKey_FrameKey, key, sizeof(key));
    CHECK_CODE(E_OK, Csm_MacGenerate(CsmConf_CsmJob_FrameMacGenerate, SINGLE, frame, sizeof(frame), mac, &length));
    CHECK((length == sizeof(mac)) && (Test_Same(mac, expected, sizeof(mac)) == TRUE));
    CHECK_CODE(E_OK, Csm_MacVerify(CsmConf_CsmJob_FrameMacVerify, SINGLE, frame, sizeof(frame), mac, 64U, &verdict));
    CHECK_CODE(CRYPTO_E_VER_OK, verdict);
    mac[7] ^= 1U;
    CHECK_CODE(E_OK, Csm_MacVerify(CsmConf_CsmJob_FrameMacVerify, SINGLE, frame, sizeof(frame), mac, 64U, &verdict));
    CHECK_CODE(CRYPTO_E_VER_NOT_OK, verdict);
    SetKey(CsmConf_CsmKey_RecordKey, jefe, sizeof(jefe));
    CHECK_CODE(E_OK, Csm_MacVerify(CsmConf_CsmJob_RecordMacVerify, SINGLE, question, sizeof(question), answer, 256U, &verdict));
    CHECK_CODE(CRYPTO_E_VER_OK, verdict);
    Test_Fill(random, 0U, sizeof(random));
    length = sizeof(random);
    CHECK_CODE(E_OK, Csm_RandomGenerate(CsmConf_CsmJob_Nonce, random, &length));
    CHECK((length > 0U) && (Test_IsFilled(random, 0U, length) == FALSE));
    length = sizeof(digest);
    CHECK_CODE(E_OK, Csm_Hash(CsmConf_CsmJob_MessageDigest, SINGLE, J2_Fragment, sizeof(J2_Fragment), digest, &length));
    CHECK(Test_Same(digest, J2_FragmentDigest, sizeof(digest)) == TRUE);
}

/* The signature of Annex J.2, and the same key's own. */
static void Messages(void)
{
    uint8 signature[64];
    uint32 length = sizeof(signature);
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    Test_About("messages");
    SetKey(CsmConf_CsmKey_MessageVerifyKey, J2_PublicKey, sizeof(J2_PublicKey));
    CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_MessageVerifyNow, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), J2_Signature,
                                         sizeof(J2_Signature), &verdict));
    CHECK_CODE(CRYPTO_E_VER_OK, verdict);
    SetKey(CsmConf_CsmKey_ContractKey, J2_PrivateKey, sizeof(J2_PrivateKey));
    CHECK_CODE(E_OK, Csm_SignatureGenerate(CsmConf_CsmJob_ContractSignNow, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature,
                                           &length));
    CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_MessageVerifyNow, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature,
                                         length, &verdict));
    CHECK_CODE(CRYPTO_E_VER_OK, verdict);
    signature[5] ^= 1U;
    CHECK_CODE(E_OK, Csm_SignatureVerify(CsmConf_CsmJob_MessageVerifyNow, SINGLE, J2_SignedInfo, sizeof(J2_SignedInfo), signature,
                                         length, &verdict));
    CHECK_CODE(CRYPTO_E_VER_NOT_OK, verdict);
    length = sizeof(signature);
    CHECK_CODE(CRYPTO_E_KEY_READ_FAIL, Csm_KeyElementGet(CsmConf_CsmKey_ContractKey, CRYPTO_KE_SIGNATURE_KEY, signature, &length));
}

int main(void)
{
    Driver_Init();
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    Frames();
    Messages();
    Contract2();
    Contract20();
    Usage();
    Tls();
    Log();
    /* What was written in plain did not stay where it passed. */
    Test_About("shared memory");
    Driver_CheckNotShared(J2_PrivateKey);
    Driver_CheckNotShared(C2_OwningKey);
    Driver_CheckNotShared(C20_OwningKey);
    return Test_End("evcc_services");
}
