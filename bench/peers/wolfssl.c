/* wolfSSL: its native interface (wolfCrypt), keys and key schedules kept. Linked dynamically, in the bench only: it is GPL. */
#include <string.h>

#include <wolfssl/options.h>

#include <wolfssl/version.h>
#include <wolfssl/wolfcrypt/aes.h>
#include <wolfssl/wolfcrypt/cmac.h>
#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/random.h>
#include <wolfssl/wolfcrypt/sha256.h>
#include <wolfssl/wolfcrypt/sha512.h>

#include "peer.h"

static struct {
    WC_RNG random;
    ecc_key own[CURVES], partner[CURVES];
    Aes gcm[2], cbc_encrypt[2], cbc_decrypt[2];
    Cmac cmac;
    uint8_t nonce[NONCE_LENGTH], iv[16], aad[16];
} Peer;

static const char *version(void)
{
    return "wolfSSL " LIBWOLFSSL_VERSION_STRING;
}

static const int CURVE_ID[CURVES] = {ECC_SECP256R1, ECC_SECP384R1, ECC_SECP521R1};

static int start_curve(int curve, const struct material *material)
{
    word32 field = (word32)FIELD_LENGTH[curve];
    word32 point = 1 + (2 * field);
    ecc_key *own = &Peer.own[curve], *partner = &Peer.partner[curve];
    return wc_ecc_init(own) == 0 && wc_ecc_init(partner) == 0
               && wc_ecc_import_private_key_ex(material->scalar[curve], field, material->point[curve], point, own, CURVE_ID[curve]) == 0
               && wc_ecc_import_x963_ex(material->partner_point[curve], point, partner, CURVE_ID[curve]) == 0
               && wc_ecc_set_rng(own, &Peer.random) == 0
               ? 0
               : -1;
}

static int start(const struct material *material)
{
    int curve, wide;
    if (wc_InitRng(&Peer.random) != 0) {
        return -1;
    }
    for (curve = 0; curve < CURVES; curve++) {
        if (start_curve(curve, material) != 0) {
            return -1;
        }
    }
    for (wide = 0; wide < 2; wide++) {
        word32 length = wide ? 32 : 16;
        if (wc_AesInit(&Peer.gcm[wide], NULL, INVALID_DEVID) != 0 || wc_AesInit(&Peer.cbc_encrypt[wide], NULL, INVALID_DEVID) != 0
            || wc_AesInit(&Peer.cbc_decrypt[wide], NULL, INVALID_DEVID) != 0
            || wc_AesGcmSetKey(&Peer.gcm[wide], material->aes_key, length) != 0
            || wc_AesSetKey(&Peer.cbc_encrypt[wide], material->aes_key, length, material->iv, AES_ENCRYPTION) != 0
            || wc_AesSetKey(&Peer.cbc_decrypt[wide], material->aes_key, length, material->iv, AES_DECRYPTION) != 0) {
            return -1;
        }
    }
    memcpy(Peer.nonce, material->nonce, sizeof Peer.nonce);
    memcpy(Peer.iv, material->iv, sizeof Peer.iv);
    memcpy(Peer.aad, material->aad, sizeof Peer.aad);
    return wc_InitCmac(&Peer.cmac, material->aes_key, 16, WC_CMAC_AES, NULL);
}

static int sha256(const uint8_t *message, size_t length, uint8_t *digest)
{
    wc_Sha256 state;
    return wc_InitSha256(&state) == 0 && wc_Sha256Update(&state, message, (word32)length) == 0
               && wc_Sha256Final(&state, digest) == 0
               ? 0
               : -1;
}

static int hash(int curve, const uint8_t *message, size_t length, uint8_t *digest, word32 *digest_length)
{
    wc_Sha512 state; /* SHA-384 has the same state */
    switch (curve) {
    case P256:
        *digest_length = 32;
        return sha256(message, length, digest);
    case P384:
        *digest_length = 48;
        return wc_InitSha384(&state) == 0 && wc_Sha384Update(&state, message, (word32)length) == 0
                   && wc_Sha384Final(&state, digest) == 0
                   ? 0
                   : -1;
    default:
        *digest_length = 64;
        return wc_InitSha512(&state) == 0 && wc_Sha512Update(&state, message, (word32)length) == 0
                   && wc_Sha512Final(&state, digest) == 0
                   ? 0
                   : -1;
    }
}

static int sign(int curve, const uint8_t *message, size_t length, uint8_t *signature, size_t *signature_length)
{
    uint8_t digest[64];
    word32 digest_length, written = (word32)*signature_length;
    int result = hash(curve, message, length, digest, &digest_length);
    if (result == 0) {
        result = wc_ecc_sign_hash(digest, digest_length, signature, &written, &Peer.random, &Peer.own[curve]);
    }
    *signature_length = written;
    return result;
}

static int verify(int curve, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length)
{
    uint8_t digest[64];
    word32 digest_length;
    int genuine = 0;
    return hash(curve, message, length, digest, &digest_length) == 0
               && wc_ecc_verify_hash(signature, (word32)signature_length, digest, digest_length, &genuine, &Peer.own[curve]) == 0
               && genuine == 1
               ? 0
               : -1;
}

static int agree_parsed(int curve, uint8_t *secret)
{
    word32 length = (word32)FIELD_LENGTH[curve];
    return wc_ecc_shared_secret(&Peer.own[curve], &Peer.partner[curve], secret, &length) == 0 && length == FIELD_LENGTH[curve]
               ? 0
               : -1;
}

static int agree(int curve, const uint8_t *point, uint8_t *secret)
{
    word32 length = 1 + (2 * (word32)FIELD_LENGTH[curve]);
    return wc_ecc_import_x963_ex(point, length, &Peer.partner[curve], CURVE_ID[curve]) == 0
                   && wc_ecc_point_is_on_curve(&Peer.partner[curve].pubkey, Peer.partner[curve].idx) == 0
               ? agree_parsed(curve, secret)
               : -1;
}

static int seal_by(int key_bits, const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    return wc_AesGcmEncrypt(&Peer.gcm[key_bits == 256], output, text, (word32)length, nonce, NONCE_LENGTH, tag, TAG_LENGTH, Peer.aad,
                            sizeof Peer.aad);
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
    return wc_AesGcmDecrypt(&Peer.gcm[key_bits == 256], output, text, (word32)length, Peer.nonce, NONCE_LENGTH, tag, TAG_LENGTH,
                            Peer.aad, sizeof Peer.aad);
}

static int cbc_encrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    Aes *aes = &Peer.cbc_encrypt[key_bits == 256];
    return wc_AesSetIV(aes, Peer.iv) == 0 && wc_AesCbcEncrypt(aes, output, text, (word32)length) == 0 ? 0 : -1;
}

static int cbc_decrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    Aes *aes = &Peer.cbc_decrypt[key_bits == 256];
    return wc_AesSetIV(aes, Peer.iv) == 0 && wc_AesCbcDecrypt(aes, output, text, (word32)length) == 0 ? 0 : -1;
}

static int cmac(const uint8_t *message, size_t length, uint8_t *tag)
{
    /* Its one-shot function expands the key each time; the prepared state may be copied. */
    Cmac state = Peer.cmac;
    word32 written = TAG_LENGTH;
    return wc_CmacUpdate(&state, message, (word32)length) == 0 && wc_CmacFinal(&state, tag, &written) == 0 ? 0 : -1;
}

PEER_EXPORT const struct peer bench_peer = {
    version, start, DER, CURVES, sign, verify, agree, agree_parsed, seal, open, seal_with_nonce, cbc_encrypt, cbc_decrypt, cmac, sha256,
};
