/*
 * What each library of the bench offers: a shared object that exports `bench_peer`. The harness loads all of them into one
 * process and calls them in turn. Every function returns 0 on success; one that is NULL is absent.
 */
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

enum { P256, P384, P521, CURVES };
static const size_t FIELD_LENGTH[CURVES] = {32, 48, 66};

#define MAX_FIELD 66
#define MAX_POINT (1 + (2 * MAX_FIELD))
#define MAX_SIGNATURE 160
#define TAG_LENGTH 16
#define NONCE_LENGTH 12

/* Keys and constant inputs, the same for all. Numbers are big-endian, points 04 ‖ X ‖ Y. */
struct material {
    uint8_t scalar[CURVES][MAX_FIELD];
    uint8_t point[CURVES][MAX_POINT];         /* belongs to the scalar */
    uint8_t partner_point[CURVES][MAX_POINT]; /* the other side of ECDH */
    uint8_t aes_key[32];                      /* AES-128: its front */
    uint8_t nonce[NONCE_LENGTH];
    uint8_t iv[16];
    uint8_t aad[16];
};

enum signature_form { RAW, DER };

struct peer {
    /* "name version" */
    const char *(*version)(void);
    /* Parses all keys. They stay as they are: what an operation costs does not contain parsing them. */
    int (*start)(const struct material *material);

    /* Of a whole message, with SHA-256, SHA-384, SHA-512 on P-256, P-384, P-521. */
    enum signature_form signature_form;
    int curves; /* how many, from P-256 on */
    int (*sign)(int curve, const uint8_t *message, size_t length, uint8_t *signature, size_t *signature_length);
    int (*verify)(int curve, const uint8_t *message, size_t length, const uint8_t *signature, size_t signature_length);
    /* The X coordinate of scalar · point, 04 ‖ X ‖ Y, which is checked to lie on the curve: a partner whom we have not met. */
    int (*agree)(int curve, const uint8_t *point, uint8_t *secret);
    /* The same with partner_point, which `start` has parsed. */
    int (*agree_parsed)(int curve, uint8_t *secret);

    /* AES-GCM, 12-byte nonce, 16-byte additional data, 16-byte tag. Output and text are the same buffer or lie apart; so below. */
    int (*seal)(int key_bits, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag);
    int (*open)(int key_bits, const uint8_t *text, size_t length, uint8_t *output, const uint8_t *tag);
    /* AES-128 as `seal`, with a nonce that was not there before: where it is not an argument, with what it takes to bring it in. */
    int (*seal_with_nonce)(const uint8_t *nonce, const uint8_t *text, size_t length, uint8_t *output, uint8_t *tag);
    /* AES-CBC of whole blocks, without padding. */
    int (*cbc_encrypt)(int key_bits, const uint8_t *text, size_t length, uint8_t *output);
    int (*cbc_decrypt)(int key_bits, const uint8_t *text, size_t length, uint8_t *output);
    /* AES-128-CMAC, 16 bytes. */
    int (*cmac)(const uint8_t *message, size_t length, uint8_t *tag);
    int (*sha256)(const uint8_t *message, size_t length, uint8_t *digest);
};

/* The symbol that each shared object exports. */
extern const struct peer bench_peer;
#define PEER_SYMBOL "bench_peer"
#define PEER_EXPORT __attribute__((visibility("default")))

#endif
