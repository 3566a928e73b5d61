/*
 * OpenSSL 3, used as well as its interface allows: algorithms fetched once, keys parsed once, contexts kept and started anew.
 */
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "peer.h"

static struct {
    EVP_MD *hash[CURVES];
    EVP_MD_CTX *hashing[CURVES];
    EVP_PKEY_CTX *signing[CURVES];
    EVP_PKEY_CTX *verifying[CURVES];
    EVP_PKEY_CTX *agreeing[CURVES], *agreeing_parsed[CURVES];
    EVP_PKEY *partner[CURVES];
    EVP_CIPHER_CTX *gcm_seal[2], *gcm_open[2], *cbc_encrypt[2], *cbc_decrypt[2];
    EVP_MAC_CTX *cmac;
    uint8_t nonce[NONCE_LENGTH], iv[16], aad[16];
} Peer;

static const char *version(void)
{
    return OpenSSL_version(OPENSSL_VERSION);
}

static EVP_PKEY *parse(int curve, const uint8_t *point, const uint8_t *scalar)
{
    static const char *const GROUP[CURVES] = {"P-256", "P-384", "P-521"};
    size_t field = FIELD_LENGTH[curve];
    EVP_PKEY *key = NULL;
    BIGNUM *number = scalar == NULL ? NULL : BN_bin2bn(scalar, (int)field, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    int good = OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, GROUP[curve], 0) == 1
               && OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + (2 * field)) == 1
               && (number == NULL || OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, number) == 1);
    OSSL_PARAM *parameters = good ? OSSL_PARAM_BLD_to_param(builder) : NULL;
    int selection = scalar == NULL ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    if (parameters == NULL || EVP_PKEY_fromdata_init(context) != 1
        || EVP_PKEY_fromdata(context, &key, selection, parameters) != 1) {
        key = NULL;
    }
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(context);
    BN_free(number);
    return key;
}

static int start_curve(int curve, const struct material *material)
{
    static const char *const HASH[CURVES] = {"SHA256", "SHA384", "SHA512"};
    EVP_PKEY *own = parse(curve, material->point[curve], material->scalar[curve]);
    EVP_PKEY *partner = parse(curve, material->partner_point[curve], NULL);
    if (own == NULL || partner == NULL) {
        return -1;
    }
    Peer.hash[curve] = EVP_MD_fetch(NULL, HASH[curve], NULL);
    Peer.hashing[curve] = EVP_MD_CTX_new();
    Peer.signing[curve] = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    Peer.verifying[curve] = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    Peer.agreeing[curve] = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    Peer.agreeing_parsed[curve] = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    Peer.partner[curve] = parse(curve, material->point[curve], NULL);
    return EVP_DigestInit_ex2(Peer.hashing[curve], Peer.hash[curve], NULL) == 1 && EVP_PKEY_sign_init(Peer.signing[curve]) == 1
               && EVP_PKEY_verify_init(Peer.verifying[curve]) == 1 && EVP_PKEY_derive_init(Peer.agreeing[curve]) == 1
               && EVP_PKEY_derive_init(Peer.agreeing_parsed[curve]) == 1
               && EVP_PKEY_derive_set_peer(Peer.agreeing_parsed[curve], partner) == 1
               ? 0
               : -1;
}

static EVP_CIPHER_CTX *start_cipher(const char *name, int encrypt, const uint8_t *key, const uint8_t *iv)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    if (cipher == NULL || EVP_CipherInit_ex2(context, cipher, key, iv, encrypt, NULL) != 1
        || EVP_CIPHER_CTX_set_padding(context, 0) != 1) {
        return NULL;
    }
    return context;
}

static int start(const struct material *material)
{
    int curve, wide;
    EVP_MAC *cmac = EVP_MAC_fetch(NULL, "CMAC", NULL);
    char cipher[] = "AES-128-CBC";
    OSSL_PARAM parameters[2];
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0);
    parameters[1] = OSSL_PARAM_construct_end();
    memcpy(Peer.nonce, material->nonce, sizeof Peer.nonce);
    memcpy(Peer.iv, material->iv, sizeof Peer.iv);
    memcpy(Peer.aad, material->aad, sizeof Peer.aad);
    for (curve = 0; curve < CURVES; curve++) {
        if (start_curve(curve, material) != 0) {
            return -1;
        }
    }
    for (wide = 0; wide < 2; wide++) {
        const char *gcm = wide ? "AES-256-GCM" : "AES-128-GCM";
        const char *cbc = wide ? "AES-256-CBC" : "AES-128-CBC";
        Peer.gcm_seal[wide] = start_cipher(gcm, 1, material->aes_key, material->nonce);
        Peer.gcm_open[wide] = start_cipher(gcm, 0, material->aes_key, material->nonce);
        Peer.cbc_encrypt[wide] = start_cipher(cbc, 1, material->aes_key, material->iv);
        Peer.cbc_decrypt[wide] = start_cipher(cbc, 0, material->aes_key, material->iv);
        if (Peer.gcm_seal[wide] == NULL || Peer.gcm_open[wide] == NULL || Peer.cbc_encrypt[wide] == NULL
            || Peer.cbc_decrypt[wide] == NULL) {
            return -1;
        }
    }
    Peer.cmac = EVP_MAC_CTX_new(cmac);
    return Peer.cmac != NULL && EVP_MAC_init(Peer.cmac, material->aes_key, 16, parameters) == 1 ? 0 : -1;
}

static int hash(int curve, const uint8_t *message, size_t length, uint8_t *digest)
{
    EVP_MD_CTX *context = Peer.hashing[curve];
    return EVP_DigestInit_ex2(context, NULL, NULL) == 1 && EVP_DigestUpdate(context, message, length) == 1
               && EVP_DigestFinal_ex(context, digest, NULL) == 1
               ? 0
               : -1;
}

static const size_t HASH_LENGTH[CURVES] = {32, 48, 64};

static int sign(int curve, const uint8_t *message, size_t length, uint8_t *signature, size_t *signature_length)
{
    uint8_t digest[64];
    return hash(curve, message, length, digest) == 0
               && EVP_PKEY_sign(Peer.signing[curve], signature, signature_length, digest, HASH_LENGTH[curve]) == 1
               ? 0
               : -1;
}

static int verify(int curve, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length)
{
    uint8_t digest[64];
    return hash(curve, message, length, digest) == 0
               && EVP_PKEY_verify(Peer.verifying[curve], signature, signature_length, digest, HASH_LENGTH[curve]) == 1
               ? 0
               : -1;
}

/* Reading the point checks that it lies on the curve, and the curves have no other points: EVP_PKEY_derive_set_peer would
 * check that by a scalar multiplication, so it is told not to. */
static int agree(int curve, const uint8_t *point, uint8_t *secret)
{
    size_t length = FIELD_LENGTH[curve];
    EVP_PKEY *partner = Peer.partner[curve];
    return EVP_PKEY_set1_encoded_public_key(partner, point, 1 + (2 * length)) == 1
               && EVP_PKEY_derive_set_peer_ex(Peer.agreeing[curve], partner, 0) == 1
               && EVP_PKEY_derive(Peer.agreeing[curve], secret, &length) == 1 && length == FIELD_LENGTH[curve]
               ? 0
               : -1;
}

static int agree_parsed(int curve, uint8_t *secret)
{
    size_t length = FIELD_LENGTH[curve];
    return EVP_PKEY_derive(Peer.agreeing_parsed[curve], secret, &length) == 1 && length == FIELD_LENGTH[curve] ? 0 : -1;
}

static int seal_by(int key_bits, const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    EVP_CIPHER_CTX *context = Peer.gcm_seal[key_bits == 256];
    OSSL_PARAM parameters[2];
    int written;
    parameters[0] = OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, TAG_LENGTH);
    parameters[1] = OSSL_PARAM_construct_end();
    return EVP_EncryptInit_ex2(context, NULL, NULL, nonce, NULL) == 1
               && EVP_EncryptUpdate(context, NULL, &written, Peer.aad, sizeof Peer.aad) == 1
               && EVP_EncryptUpdate(context, output, &written, text, (int)length) == 1
               && EVP_EncryptFinal_ex(context, output + written, &written) == 1
               && EVP_CIPHER_CTX_get_params(context, parameters) == 1
               ? 0
               : -1;
}

static int seal(int key_bits, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    return seal_by(key_bits, Peer.nonce, text, length, output, tag);
}

static int seal_with_nonce(const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    return seal_by(128, nonce, text, length, output, tag);
}

static int open(int key_bits, const uint8_t *text, size_t length, uint8_t *output, const uint8_t *tag)
{
    EVP_CIPHER_CTX *context = Peer.gcm_open[key_bits == 256];
    OSSL_PARAM parameters[2];
    int written;
    parameters[0] = OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, (void *)(uintptr_t)tag, TAG_LENGTH);
    parameters[1] = OSSL_PARAM_construct_end();
    return EVP_DecryptInit_ex2(context, NULL, NULL, Peer.nonce, parameters) == 1
               && EVP_DecryptUpdate(context, NULL, &written, Peer.aad, sizeof Peer.aad) == 1
               && EVP_DecryptUpdate(context, output, &written, text, (int)length) == 1
               && EVP_DecryptFinal_ex(context, output + written, &written) == 1
               ? 0
               : -1;
}

static int cbc(EVP_CIPHER_CTX *context, const uint8_t *text, size_t length, uint8_t *output)
{
    int written, last;
    return EVP_CipherInit_ex2(context, NULL, NULL, Peer.iv, -1, NULL) == 1
               && EVP_CipherUpdate(context, output, &written, text, (int)length) == 1
               && EVP_CipherFinal_ex(context, output + written, &last) == 1
               ? 0
               : -1;
}

static int cbc_encrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    return cbc(Peer.cbc_encrypt[key_bits == 256], text, length, output);
}

static int cbc_decrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    return cbc(Peer.cbc_decrypt[key_bits == 256], text, length, output);
}

static int cmac(const uint8_t *message, size_t length, uint8_t *tag)
{
    size_t written;
    return EVP_MAC_init(Peer.cmac, NULL, 0, NULL) == 1 && EVP_MAC_update(Peer.cmac, message, length) == 1
               && EVP_MAC_final(Peer.cmac, tag, &written, TAG_LENGTH) == 1
               ? 0
               : -1;
}

static int sha256(const uint8_t *message, size_t length, uint8_t *digest)
{
    return hash(P256, message, length, digest);
}

PEER_EXPORT const struct peer bench_peer = {
    version, start, DER, CURVES, sign, verify, agree, agree_parsed, seal, open, seal_with_nonce, cbc_encrypt, cbc_decrypt, cmac, sha256,
};
