/* The rows of the table, what runs them, and the checks between peers. */
#ifndef BENCH_H
#define BENCH_H

#include "material.h"

/* SEAL and the CBC operations work in place; OPEN cannot, since its input would be gone after the first call. */
enum operation { SIGN, VERIFY, AGREE, AGREE_PARSED, SEAL, SEAL_APART, SEAL_NEW_NONCE, OPEN, CBC_ENCRYPT, CBC_ENCRYPT_APART, CBC_DECRYPT, CMAC, SHA256 };

struct row {
    const char *label;
    enum operation operation;
    int variant;   /* a curve, or the bits of an AES key */
    size_t length; /* of the message */
};

/* In the order in which the command line names them. */
enum column { OURS_RING, OURS_AWS_LC, OPENSSL, WOLFSSL, MBEDTLS, ENGINE_RING, ENGINE_AWS_LC, COLUMNS };
extern const char *const COLUMN_NAME[COLUMNS];

#define BIG (64 * 1024)

/* Whether the peer has this operation. */
int has(const struct peer *peer, const struct row *row);

/* A peer with what its operations read and write. */
struct bench {
    const struct peer *peer; /* NULL: absent */
    const struct material *material;
    /* On pages of their own: how a text lies in cache lines shows in the rate, and may not differ between peers. */
    _Alignas(4096) uint8_t text[BIG];      /* the message, plaintext */
    _Alignas(4096) uint8_t sealed[2][BIG]; /* ciphertexts of the row's text, by key length */
    _Alignas(4096) uint8_t output[BIG];
    uint8_t tag[64];
    uint8_t signature[CURVES][MAX_SIGNATURE];
    size_t signature_length[CURVES];
};

/* Makes what the row's operation reads: a signature, a ciphertext. 0: good. */
int prepare(struct bench *bench, const struct row *row);
/* Runs the row's operation `count` times. 0: all were good. */
int repeat(struct bench *bench, const struct row *row, long count);

/* Every peer checks what every other peer made, and refuses what was changed. Returns the number of checks; ends the program
 * when one fails. */
int check_between_peers(struct bench *benches, const struct row *rows, size_t row_count);

/* r ‖ s to DER and back, so that peers can read each other's signatures. They return the length, 0: malformed. */
size_t der_of_raw(const uint8_t *raw, size_t field, uint8_t *der);
size_t raw_of_der(const uint8_t *der, size_t length, size_t field, uint8_t *raw);

#endif
