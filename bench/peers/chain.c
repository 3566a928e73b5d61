/* How long X509_verify_cert of OpenSSL takes for one chain, certificates read anew each time as from a handshake.
 *
 * Standard input: time (8 bytes); root, then leaf, then the others, each with its length (4 bytes), ended by a length of 0; then any
 * number of rounds (4 bytes each). Standard output: for each round the nanoseconds that it computed (8 bytes). Numbers are big-endian.
 */
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST = 8 };

static int read_number(uint64_t *number, int bytes) {
    unsigned char buffer[8];
    int index;
    if (fread(buffer, 1, (size_t)bytes, stdin) != (size_t)bytes) {
        return 0;
    }
    *number = 0;
    for (index = 0; index < bytes; index++) {
        *number = *number << 8 | buffer[index];
    }
    return 1;
}

static X509 *parse(const unsigned char *der, long length) {
    X509 *certificate = d2i_X509(NULL, &der, length);
    if (certificate == NULL) {
        exit(2);
    }
    return certificate;
}

static void verify(X509_STORE *store, unsigned char *const ders[], const uint64_t lengths[], int count, time_t now) {
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *pool = sk_X509_new_null();
    X509 *leaf = parse(ders[1], (long)lengths[1]);
    int index;
    for (index = 2; index < count; index++) {
        sk_X509_push(pool, parse(ders[index], (long)lengths[index]));
    }
    X509_STORE_CTX_init(context, store, leaf, pool);
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context), now);
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context), X509_V_FLAG_IGNORE_CRITICAL);
    if (X509_verify_cert(context) != 1) {
        fprintf(stderr, "%s\n", X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
        exit(3);
    }
    X509_STORE_CTX_free(context);
    sk_X509_pop_free(pool, X509_free);
    X509_free(leaf);
}

int main(void) {
    unsigned char *ders[MOST];
    uint64_t lengths[MOST], now, rounds;
    X509_STORE *store = X509_STORE_new();
    X509 *root;
    int count = 0;
    if (!read_number(&now, 8)) {
        return 2;
    }
    while (count < MOST && read_number(&lengths[count], 4) && lengths[count] > 0) {
        ders[count] = malloc((size_t)lengths[count]);
        if (ders[count] == NULL || fread(ders[count], 1, (size_t)lengths[count], stdin) != lengths[count]) {
            return 2;
        }
        count++;
    }
    if (count < 2) {
        return 2;
    }
    root = parse(ders[0], (long)lengths[0]);
    X509_STORE_add_cert(store, root);
    while (read_number(&rounds, 4)) {
        struct timespec start, end;
        uint64_t nanoseconds;
        int byte;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
        while (rounds-- > 0) {
            verify(store, ders, lengths, count, (time_t)now);
        }
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        nanoseconds = (uint64_t)(end.tv_sec - start.tv_sec) * 1000000000U + (uint64_t)end.tv_nsec - (uint64_t)start.tv_nsec;
        for (byte = 7; byte >= 0; byte--) {
            putchar((int)(nanoseconds >> (8 * byte) & 0xff));
        }
        fflush(stdout);
    }
    X509_free(root);
    X509_STORE_free(store);
    return 0;
}
