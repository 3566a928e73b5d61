/*
 * This library through its C interface: synchronous jobs of Csm over CryIf and the soft driver, in the configuration that the
 * generator makes of bench.arxml. Keys are set once; each operation is one job, unless something else is said.
 */
#include <string.h>

#include "CryIf.h"
#include "Crypto.h"
#include "Csm.h"

#include "peer.h"

#define SINGLECALL CRYPTO_OPERATIONMODE_SINGLECALL

static uint8 Aad[16];

static const char *version(void)
{
    return "v2gcrypt " VERSION;
}

static int set(uint32 key, uint32 element, const uint8 *bytes, size_t length)
{
    return Csm_KeyElementSet(key, element, bytes, (uint32)length) == E_OK ? 0 : -1;
}

static const uint32 SIGN_KEY[CURVES] = {CsmConf_CsmKey_SignP256Key, CsmConf_CsmKey_SignP384Key, CsmConf_CsmKey_SignP521Key};
static const uint32 VERIFY_KEY[CURVES] = {CsmConf_CsmKey_VerifyP256Key, CsmConf_CsmKey_VerifyP384Key, CsmConf_CsmKey_VerifyP521Key};
static const uint32 AGREE_KEY[CURVES] = {CsmConf_CsmKey_AgreeP256Key, CsmConf_CsmKey_AgreeP384Key, CsmConf_CsmKey_AgreeP521Key};
static const uint32 GCM_KEY[2] = {CsmConf_CsmKey_Gcm128Key, CsmConf_CsmKey_Gcm256Key};
static const uint32 CBC_KEY[2] = {CsmConf_CsmKey_Cbc128Key, CsmConf_CsmKey_Cbc256Key};

static int set_keys(const struct material *material)
{
    int failed = 0;
    for (int curve = 0; curve < CURVES; curve++) {
        size_t field = FIELD_LENGTH[curve];
        failed |= set(SIGN_KEY[curve], CRYPTO_KE_SIGNATURE_KEY, material->scalar[curve], field);
        failed |= set(VERIFY_KEY[curve], CRYPTO_KE_SIGNATURE_KEY, material->point[curve] + 1, 2 * field);
        failed |= set(AGREE_KEY[curve], CRYPTO_KE_KEYEXCHANGE_PRIVKEY, material->scalar[curve], field);
        failed |= Csm_KeySetValid(SIGN_KEY[curve]) | Csm_KeySetValid(VERIFY_KEY[curve]) | Csm_KeySetValid(AGREE_KEY[curve]);
    }
    for (int wide = 0; wide < 2; wide++) {
        size_t length = wide ? 32 : 16;
        failed |= set(GCM_KEY[wide], CRYPTO_KE_CIPHER_KEY, material->aes_key, length);
        failed |= set(GCM_KEY[wide], CRYPTO_KE_CIPHER_IV, material->nonce, sizeof material->nonce);
        failed |= set(CBC_KEY[wide], CRYPTO_KE_CIPHER_KEY, material->aes_key, length);
        failed |= set(CBC_KEY[wide], CRYPTO_KE_CIPHER_IV, material->iv, sizeof material->iv);
        failed |= Csm_KeySetValid(GCM_KEY[wide]) | Csm_KeySetValid(CBC_KEY[wide]);
    }
    failed |= set(CsmConf_CsmKey_NewNonceKey, CRYPTO_KE_CIPHER_KEY, material->aes_key, 16);
    failed |= set(CsmConf_CsmKey_CmacKey, CRYPTO_KE_MAC_KEY, material->aes_key, 16);
    return failed | Csm_KeySetValid(CsmConf_CsmKey_CmacKey);
}

static int start(const struct material *material)
{
    memcpy(Aad, material->aad, sizeof Aad);
    Crypto_Init(NULL_PTR);
    CryIf_Init(NULL_PTR);
    Csm_Init(NULL_PTR);
    return set_keys(material);
}

static int sign(int curve, const uint8_t *message, size_t length, uint8_t *signature, size_t *signature_length)
{
    static const uint32 JOB[CURVES] = {CsmConf_CsmJob_SignP256, CsmConf_CsmJob_SignP384, CsmConf_CsmJob_SignP521};
    uint32 written = (uint32)*signature_length;
    Std_ReturnType result = Csm_SignatureGenerate(JOB[curve], SINGLECALL, message, (uint32)length, signature, &written);
    *signature_length = written;
    return result;
}

static int verify(int curve, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length)
{
    static const uint32 JOB[CURVES] = {CsmConf_CsmJob_VerifyP256, CsmConf_CsmJob_VerifyP384, CsmConf_CsmJob_VerifyP521};
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    Std_ReturnType result =
        Csm_SignatureVerify(JOB[curve], SINGLECALL, message, (uint32)length, signature, (uint32)signature_length, &verdict);
    return result == E_OK && verdict == CRYPTO_E_VER_OK ? 0 : -1;
}

/* Three calls: the secret is a key element, which becomes valid and is read. */
static int agree(int curve, const uint8_t *point, uint8_t *secret)
{
    uint32 key = AGREE_KEY[curve], length = (uint32)FIELD_LENGTH[curve];
    return Csm_KeyExchangeCalcSecret(key, point, 1 + (2 * length)) | Csm_KeySetValid(key)
           | Csm_KeyElementGet(key, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, secret, &length);
}

static int seal_by(uint32 job, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    uint32 written = (uint32)length, tag_length = TAG_LENGTH;
    return Csm_AEADEncrypt(job, SINGLECALL, text, (uint32)length, Aad, sizeof Aad, output, &written, tag, &tag_length);
}

static int seal(int key_bits, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    return seal_by(key_bits == 256 ? CsmConf_CsmJob_Seal256 : CsmConf_CsmJob_Seal128, text, length, output, tag);
}

static int open(int key_bits, const uint8_t *text, size_t length, uint8_t *output, const uint8_t *tag)
{
    uint32 job = key_bits == 256 ? CsmConf_CsmJob_Open256 : CsmConf_CsmJob_Open128;
    uint32 written = (uint32)length;
    Crypto_VerifyResultType verdict = CRYPTO_E_VER_NOT_OK;
    Std_ReturnType result = Csm_AEADDecrypt(job, SINGLECALL, text, (uint32)length, Aad, sizeof Aad, tag, TAG_LENGTH, output,
                                            &written, &verdict);
    return result == E_OK && verdict == CRYPTO_E_VER_OK ? 0 : -1;
}

/* Three calls: the nonce is a key element. A key of its own, since the nonce stays. */
static int seal_with_nonce(const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    uint32 key = CsmConf_CsmKey_NewNonceKey;
    return set(key, CRYPTO_KE_CIPHER_IV, nonce, NONCE_LENGTH) | Csm_KeySetValid(key)
           | seal_by(CsmConf_CsmJob_SealNewNonce, text, length, output, tag);
}

static int cbc_encrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    uint32 job = key_bits == 256 ? CsmConf_CsmJob_Encrypt256 : CsmConf_CsmJob_Encrypt128;
    uint32 written = (uint32)length;
    return Csm_Encrypt(job, SINGLECALL, text, (uint32)length, output, &written);
}

static int cbc_decrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    uint32 job = key_bits == 256 ? CsmConf_CsmJob_Decrypt256 : CsmConf_CsmJob_Decrypt128;
    uint32 written = (uint32)length;
    return Csm_Decrypt(job, SINGLECALL, text, (uint32)length, output, &written);
}

static int cmac(const uint8_t *message, size_t length, uint8_t *tag)
{
    uint32 written = TAG_LENGTH;
    return Csm_MacGenerate(CsmConf_CsmJob_Cmac, SINGLECALL, message, (uint32)length, tag, &written);
}

static int sha256(const uint8_t *message, size_t length, uint8_t *digest)
{
    uint32 written = 32;
    return Csm_Hash(CsmConf_CsmJob_Sha256, SINGLECALL, message, (uint32)length, digest, &written);
}

PEER_EXPORT const struct peer bench_peer = {
    version, start, RAW,   CURVES, sign,        verify,      agree, NULL,
    seal,    open,  seal_with_nonce, cbc_encrypt, cbc_decrypt, cmac,  sha256,
};
