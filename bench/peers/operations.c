/* One operation of one peer: the inputs, the loop, and the checks between peers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

int has(const struct peer *peer, const struct row *row)
{
    if (peer == NULL) {
        return 0;
    }
    switch (row->operation) {
    case SIGN: return peer->sign != NULL && row->variant < peer->curves;
    case VERIFY: return peer->verify != NULL && peer->sign != NULL && row->variant < peer->curves;
    case AGREE: return peer->agree != NULL && row->variant < peer->curves;
    case AGREE_PARSED: return peer->agree_parsed != NULL && row->variant < peer->curves;
    case SEAL:
    case SEAL_APART: return peer->seal != NULL;
    case SEAL_NEW_NONCE: return peer->seal_with_nonce != NULL;
    case OPEN: return peer->open != NULL && peer->seal != NULL;
    case CBC_ENCRYPT:
    case CBC_ENCRYPT_APART: return peer->cbc_encrypt != NULL;
    case CBC_DECRYPT: return peer->cbc_decrypt != NULL;
    case CMAC: return peer->cmac != NULL;
    case SHA256: return peer->sha256 != NULL;
    }
    return 0;
}

int prepare(struct bench *bench, const struct row *row)
{
    const struct peer *peer = bench->peer;
    memcpy(bench->output, bench->text, row->length);
    switch (row->operation) {
    case VERIFY:
        bench->signature_length[row->variant] = MAX_SIGNATURE;
        return peer->sign(row->variant, bench->text, row->length, bench->signature[row->variant],
                          &bench->signature_length[row->variant]);
    case OPEN: return peer->seal(row->variant, bench->text, row->length, bench->sealed[row->variant == 256], bench->tag);
    default: return 0;
    }
}

#define REPEAT(call) \
    do { \
        for (; count > 0; count--) { \
            failed |= (call); \
        } \
    } while (0)

int repeat(struct bench *bench, const struct row *row, long count)
{
    const struct peer *peer = bench->peer;
    const uint8_t *text = bench->text;
    uint8_t *output = bench->output;
    size_t length = row->length, written;
    int variant = row->variant, failed = 0;
    static uint8_t nonce[NONCE_LENGTH];
    switch (row->operation) {
    case SIGN: REPEAT((written = MAX_SIGNATURE, peer->sign(variant, text, length, output, &written))); break;
    case VERIFY:
        REPEAT(peer->verify(variant, text, length, bench->signature[variant], bench->signature_length[variant]));
        break;
    case AGREE: REPEAT(peer->agree(variant, bench->material->partner_point[variant], output)); break;
    case AGREE_PARSED: REPEAT(peer->agree_parsed(variant, output)); break;
    case SEAL: REPEAT(peer->seal(variant, output, length, output, bench->tag)); break;
    case SEAL_APART: REPEAT(peer->seal(variant, text, length, output, bench->tag)); break;
    case SEAL_NEW_NONCE: REPEAT((nonce[0]++, peer->seal_with_nonce(nonce, output, length, output, bench->tag))); break;
    case OPEN: REPEAT(peer->open(variant, bench->sealed[variant == 256], length, output, bench->tag)); break;
    case CBC_ENCRYPT: REPEAT(peer->cbc_encrypt(variant, output, length, output)); break;
    case CBC_ENCRYPT_APART: REPEAT(peer->cbc_encrypt(variant, text, length, output)); break;
    case CBC_DECRYPT: REPEAT(peer->cbc_decrypt(variant, output, length, output)); break;
    case CMAC: REPEAT(peer->cmac(text, length, output)); break;
    case SHA256: REPEAT(peer->sha256(text, length, output)); break;
    }
    return failed;
}

static void demand(int holds, const struct row *row, int maker, int checker, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s of %zu bytes: what %s made, %s %s\n", row->label, row->length, COLUMN_NAME[maker], COLUMN_NAME[checker],
                what);
        exit(1);
    }
}

/* `maker` signed, `checker` verifies. */
static int check_signature(struct bench *maker, struct bench *checker, const struct row *row, int m, int c)
{
    uint8_t raw[2 * MAX_FIELD], converted[MAX_SIGNATURE];
    size_t field = FIELD_LENGTH[row->variant], length = maker->signature_length[row->variant];
    const uint8_t *signature = maker->signature[row->variant];
    if (maker->peer->signature_form == DER) {
        demand(raw_of_der(signature, length, field, raw) == 2 * field, row, m, c, "cannot read");
    } else {
        memcpy(raw, signature, 2 * field);
    }
    for (int changed = 0; changed < 2; changed++) {
        int genuine;
        raw[2 * field - 1] ^= (uint8_t)changed;
        if (checker->peer->signature_form == DER) {
            length = der_of_raw(raw, field, converted);
        } else {
            memcpy(converted, raw, length = 2 * field);
        }
        genuine = checker->peer->verify(row->variant, maker->text, row->length, converted, length) == 0;
        demand(genuine == !changed, row, m, c, changed ? "accepts although it was changed" : "refuses");
    }
    return 2;
}

/* Ciphertexts, codes, hashes and shared secrets are the same bytes at all peers. */
static int check_output(struct bench *maker, struct bench *checker, const struct row *row, int m, int c)
{
    size_t length;
    switch (row->operation) {
    case AGREE:
    case AGREE_PARSED: length = FIELD_LENGTH[row->variant]; break;
    case CMAC: length = 16; break;
    case SHA256: length = 32; break;
    default: length = row->length;
    }
    demand(memcmp(maker->output, checker->output, length) == 0, row, m, c, "makes differently");
    if (row->operation == SEAL || row->operation == SEAL_APART) {
        demand(memcmp(maker->tag, checker->tag, TAG_LENGTH) == 0, row, m, c, "makes with another tag");
    }
    return 1;
}

static int check_open(struct bench *maker, struct bench *checker, const struct row *row, int m, int c)
{
    static uint8_t plain[BIG];
    uint8_t tag[TAG_LENGTH];
    const uint8_t *sealed = maker->sealed[row->variant == 256];
    memcpy(tag, maker->tag, sizeof tag);
    demand(checker->peer->open(row->variant, sealed, row->length, plain, tag) == 0, row, m, c, "refuses");
    demand(memcmp(plain, maker->text, row->length) == 0, row, m, c, "opens to something else");
    tag[0] ^= 1;
    demand(checker->peer->open(row->variant, sealed, row->length, plain, tag) != 0, row, m, c, "accepts although it was changed");
    return 2;
}

int check_between_peers(struct bench *benches, const struct row *rows, size_t row_count)
{
    int checks = 0;
    for (size_t r = 0; r < row_count; r++) {
        const struct row *row = &rows[r];
        for (int m = 0; m < COLUMNS; m++) {
            if (has(benches[m].peer, row)) {
                demand(prepare(&benches[m], row) == 0, row, m, m, "cannot do");
            }
            if (has(benches[m].peer, row)) {
                demand(repeat(&benches[m], row, 1) == 0, row, m, m, "cannot do");
            }
        }
        for (int m = 0; m < COLUMNS; m++) {
            for (int c = 0; c < COLUMNS; c++) {
                if (!has(benches[m].peer, row) || !has(benches[c].peer, row)) {
                    continue;
                }
                switch (row->operation) {
                case SIGN:
                case SEAL_NEW_NONCE: break; /* see VERIFY, SEAL */
                case VERIFY: checks += check_signature(&benches[m], &benches[c], row, m, c); break;
                case OPEN: checks += check_open(&benches[m], &benches[c], row, m, c); break;
                default: checks += check_output(&benches[m], &benches[c], row, m, c);
                }
            }
        }
    }
    return checks;
}
