/* Mbed TLS: the interface below PSA, which PSA calls and which is therefore the faster one; keys and key schedules kept. */
#include <string.h>

#include <mbedtls/aes.h>
#include <mbedtls/cipher.h>
#include <mbedtls/cmac.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/gcm.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>
#include <mbedtls/version.h>

#include "peer.h"

#if MBEDTLS_VERSION_MAJOR < 3
#define mbedtls_sha256 mbedtls_sha256_ret
#define mbedtls_sha512 mbedtls_sha512_ret
#endif

static struct {
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context random;
    mbedtls_ecp_group group[CURVES];
    mbedtls_mpi scalar[CURVES];
    mbedtls_ecp_point point[CURVES], partner[CURVES];
    mbedtls_mpi r, s, z;
    mbedtls_gcm_context gcm[2];
    mbedtls_aes_context cbc_encrypt[2], cbc_decrypt[2];
    mbedtls_cipher_context_t cmac;
    uint8_t nonce[NONCE_LENGTH], iv[16], aad[16];
} Peer;

static const char *version(void)
{
    return MBEDTLS_VERSION_STRING_FULL;
}

static int start_curve(int curve, const struct material *material)
{
    static const mbedtls_ecp_group_id IDS[CURVES] = {MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_SECP384R1, MBEDTLS_ECP_DP_SECP521R1};
    size_t field = FIELD_LENGTH[curve];
    size_t point = 1 + (2 * field);
    mbedtls_ecp_group *group = &Peer.group[curve];
    mbedtls_ecp_group_init(group);
    mbedtls_mpi_init(&Peer.scalar[curve]);
    mbedtls_ecp_point_init(&Peer.point[curve]);
    mbedtls_ecp_point_init(&Peer.partner[curve]);
    return mbedtls_ecp_group_load(group, IDS[curve]) == 0
               && mbedtls_mpi_read_binary(&Peer.scalar[curve], material->scalar[curve], field) == 0
               && mbedtls_ecp_point_read_binary(group, &Peer.point[curve], material->point[curve], point) == 0
               && mbedtls_ecp_point_read_binary(group, &Peer.partner[curve], material->partner_point[curve], point) == 0
               ? 0
               : -1;
}

static int start(const struct material *material)
{
    int curve, wide;
    mbedtls_entropy_init(&Peer.entropy);
    mbedtls_ctr_drbg_init(&Peer.random);
    mbedtls_mpi_init(&Peer.r);
    mbedtls_mpi_init(&Peer.s);
    mbedtls_mpi_init(&Peer.z);
    if (mbedtls_ctr_drbg_seed(&Peer.random, mbedtls_entropy_func, &Peer.entropy, NULL, 0) != 0) {
        return -1;
    }
    for (curve = 0; curve < CURVES; curve++) {
        if (start_curve(curve, material) != 0) {
            return -1;
        }
    }
    for (wide = 0; wide < 2; wide++) {
        unsigned bits = wide ? 256 : 128;
        mbedtls_gcm_init(&Peer.gcm[wide]);
        mbedtls_aes_init(&Peer.cbc_encrypt[wide]);
        mbedtls_aes_init(&Peer.cbc_decrypt[wide]);
        if (mbedtls_gcm_setkey(&Peer.gcm[wide], MBEDTLS_CIPHER_ID_AES, material->aes_key, bits) != 0
            || mbedtls_aes_setkey_enc(&Peer.cbc_encrypt[wide], material->aes_key, bits) != 0
            || mbedtls_aes_setkey_dec(&Peer.cbc_decrypt[wide], material->aes_key, bits) != 0) {
            return -1;
        }
    }
    memcpy(Peer.nonce, material->nonce, sizeof Peer.nonce);
    memcpy(Peer.iv, material->iv, sizeof Peer.iv);
    memcpy(Peer.aad, material->aad, sizeof Peer.aad);
    mbedtls_cipher_init(&Peer.cmac);
    return mbedtls_cipher_setup(&Peer.cmac, mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_128_ECB)) == 0
               && mbedtls_cipher_cmac_starts(&Peer.cmac, material->aes_key, 128) == 0
               ? 0
               : -1;
}

static int hash(int curve, const uint8_t *message, size_t length, uint8_t *digest)
{
    return curve == P256 ? mbedtls_sha256(message, length, digest, 0) : mbedtls_sha512(message, length, digest, curve == P384);
}

static const size_t HASH_LENGTH[CURVES] = {32, 48, 64};

static int sign(int curve, const uint8_t *message, size_t length, uint8_t *signature, size_t *signature_length)
{
    uint8_t digest[64];
    size_t field = FIELD_LENGTH[curve];
    *signature_length = 2 * field;
    return hash(curve, message, length, digest) == 0
               && mbedtls_ecdsa_sign(&Peer.group[curve], &Peer.r, &Peer.s, &Peer.scalar[curve], digest, HASH_LENGTH[curve],
                                     mbedtls_ctr_drbg_random, &Peer.random)
                      == 0
               && mbedtls_mpi_write_binary(&Peer.r, signature, field) == 0
               && mbedtls_mpi_write_binary(&Peer.s, signature + field, field) == 0
               ? 0
               : -1;
}

static int verify(int curve, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length)
{
    uint8_t digest[64];
    size_t field = signature_length / 2;
    return hash(curve, message, length, digest) == 0 && mbedtls_mpi_read_binary(&Peer.r, signature, field) == 0
               && mbedtls_mpi_read_binary(&Peer.s, signature + field, field) == 0
               && mbedtls_ecdsa_verify(&Peer.group[curve], digest, HASH_LENGTH[curve], &Peer.point[curve], &Peer.r, &Peer.s) == 0
               ? 0
               : -1;
}

static int agree_parsed(int curve, uint8_t *secret)
{
    return mbedtls_ecdh_compute_shared(&Peer.group[curve], &Peer.z, &Peer.partner[curve], &Peer.scalar[curve],
                                       mbedtls_ctr_drbg_random, &Peer.random)
                       == 0
                   && mbedtls_mpi_write_binary(&Peer.z, secret, FIELD_LENGTH[curve]) == 0
               ? 0
               : -1;
}

/* mbedtls_ecdh_compute_shared checks that the point lies on the curve. */
static int agree(int curve, const uint8_t *point, uint8_t *secret)
{
    size_t length = 1 + (2 * FIELD_LENGTH[curve]);
    return mbedtls_ecp_point_read_binary(&Peer.group[curve], &Peer.partner[curve], point, length) == 0 ? agree_parsed(curve, secret)
                                                                                                       : -1;
}

static int seal_by(int key_bits, const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag)
{
    return mbedtls_gcm_crypt_and_tag(&Peer.gcm[key_bits == 256], MBEDTLS_GCM_ENCRYPT, length, nonce, NONCE_LENGTH, Peer.aad,
                                     sizeof Peer.aad, text, output, TAG_LENGTH, tag);
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
    return mbedtls_gcm_auth_decrypt(&Peer.gcm[key_bits == 256], length, Peer.nonce, NONCE_LENGTH, Peer.aad, sizeof Peer.aad, tag,
                                    TAG_LENGTH, text, output);
}

static int cbc_encrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    uint8_t iv[16]; /* is written to */
    memcpy(iv, Peer.iv, sizeof iv);
    return mbedtls_aes_crypt_cbc(&Peer.cbc_encrypt[key_bits == 256], MBEDTLS_AES_ENCRYPT, length, iv, text, output);
}

static int cbc_decrypt(int key_bits, const uint8_t *text, size_t length, uint8_t *output)
{
    uint8_t iv[16];
    memcpy(iv, Peer.iv, sizeof iv);
    return mbedtls_aes_crypt_cbc(&Peer.cbc_decrypt[key_bits == 256], MBEDTLS_AES_DECRYPT, length, iv, text, output);
}

static int cmac(const uint8_t *message, size_t length, uint8_t *tag)
{
    return mbedtls_cipher_cmac_reset(&Peer.cmac) == 0 && mbedtls_cipher_cmac_update(&Peer.cmac, message, length) == 0
               && mbedtls_cipher_cmac_finish(&Peer.cmac, tag) == 0
               ? 0
               : -1;
}

static int sha256(const uint8_t *message, size_t length, uint8_t *digest)
{
    return mbedtls_sha256(message, length, digest, 0);
}

PEER_EXPORT const struct peer bench_peer = {
    version, start, RAW, CURVES, sign, verify, agree, agree_parsed, seal, open, seal_with_nonce, cbc_encrypt, cbc_decrypt, cmac, sha256,
};
