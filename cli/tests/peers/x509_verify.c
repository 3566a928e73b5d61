/* What X509_verify_cert of OpenSSL says of chains of TLS servers.
 *
 * Reads records from standard input: time (8 bytes), then anchors, leaf and pool, each as a count (4 bytes) and for each certificate
 * its length (4 bytes) and DER; numbers are big-endian. Writes a line per record: "valid", or the name of the error, its number and depth.
 */
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int read_bytes(void *to, size_t length) {
    return fread(to, 1, length, stdin) == length;
}

static int read_number(uint64_t *number, int bytes) {
    unsigned char buffer[8];
    int index;
    if (!read_bytes(buffer, (size_t)bytes)) {
        return 0;
    }
    *number = 0;
    for (index = 0; index < bytes; index++) {
        *number = *number << 8 | buffer[index];
    }
    return 1;
}

/* Certificates until the count is reached. *malformed is set when one cannot be parsed whole. */
static STACK_OF(X509) *read_certificates(int *malformed) {
    STACK_OF(X509) *list = sk_X509_new_null();
    uint64_t count, length;
    if (!read_number(&count, 4)) {
        exit(2);
    }
    while (count-- > 0) {
        unsigned char *der;
        const unsigned char *end;
        X509 *certificate;
        if (!read_number(&length, 4) || length > 1000000) {
            exit(2);
        }
        der = malloc((size_t)length + 1);
        if (der == NULL || !read_bytes(der, (size_t)length)) {
            exit(2);
        }
        end = der;
        certificate = d2i_X509(NULL, &end, (long)length);
        if (certificate != NULL && end == der + length) {
            sk_X509_push(list, certificate);
        } else {
            *malformed = 1;
            X509_free(certificate);
        }
        free(der);
    }
    ERR_clear_error();
    return list;
}

int main(void) {
    uint64_t now;
    while (read_number(&now, 8)) {
        int anchors_malformed = 0, leaf_malformed = 0, pool_malformed = 0;
        STACK_OF(X509) *anchors = read_certificates(&anchors_malformed);
        STACK_OF(X509) *leaf = read_certificates(&leaf_malformed);
        STACK_OF(X509) *pool = read_certificates(&pool_malformed);
        if (leaf_malformed || sk_X509_num(leaf) != 1) {
            puts("malformed");
        } else {
            X509_STORE *store = X509_STORE_new();
            X509_STORE_CTX *context = X509_STORE_CTX_new();
            int index;
            for (index = 0; index < sk_X509_num(anchors); index++) {
                X509_STORE_add_cert(store, sk_X509_value(anchors, index));
            }
            X509_STORE_CTX_init(context, store, sk_X509_value(leaf, 0), pool);
            X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER);
            X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context), (time_t)now);
            if (X509_verify_cert(context) == 1) {
                puts("valid");
            } else {
                int error = X509_STORE_CTX_get_error(context);
                printf("%d %d %s\n", error, X509_STORE_CTX_get_error_depth(context), X509_verify_cert_error_string(error));
            }
            X509_STORE_CTX_free(context);
            X509_STORE_free(store);
        }
        ERR_clear_error();
        sk_X509_pop_free(anchors, X509_free);
        sk_X509_pop_free(leaf, X509_free);
        sk_X509_pop_free(pool, X509_free);
    }
    return 0;
}
