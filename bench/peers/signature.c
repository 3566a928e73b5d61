/* ECDSA-Sig-Value [RFC 3279 2.2.3] and r ‖ s. */
#include <string.h>

#include "bench.h"

static size_t put_integer(const uint8_t *number, size_t length, uint8_t *der)
{
    size_t sign;
    while (length > 1 && *number == 0) {
        number++;
        length--;
    }
    sign = *number >= 0x80;
    der[0] = 2;
    der[1] = (uint8_t)(length + sign);
    der[2] = 0;
    memcpy(der + 2 + sign, number, length);
    return 2 + sign + length;
}

size_t der_of_raw(const uint8_t *raw, size_t field, uint8_t *der)
{
    uint8_t body[MAX_SIGNATURE];
    size_t length = put_integer(raw, field, body);
    size_t header = 0;
    length += put_integer(raw + field, field, body + length);
    der[header++] = 0x30;
    if (length >= 0x80) {
        der[header++] = 0x81;
    }
    der[header++] = (uint8_t)length;
    memcpy(der + header, body, length);
    return header + length;
}

/* Returns what follows the integer, or NULL. */
static const uint8_t *take_integer(const uint8_t *der, const uint8_t *end, size_t field, uint8_t *number)
{
    size_t length;
    if (end - der < 2 || der[0] != 2) {
        return NULL;
    }
    length = der[1];
    der += 2;
    if ((size_t)(end - der) < length || length == 0) {
        return NULL;
    }
    while (length > field && *der == 0) {
        der++;
        length--;
    }
    if (length > field) {
        return NULL;
    }
    memset(number, 0, field - length);
    memcpy(number + field - length, der, length);
    return der + length;
}

size_t raw_of_der(const uint8_t *der, size_t length, size_t field, uint8_t *raw)
{
    const uint8_t *end = der + length;
    if (length < 3 || der[0] != 0x30) {
        return 0;
    }
    der += der[1] == 0x81 ? 3 : 2;
    der = take_integer(der, end, field, raw);
    if (der != NULL) {
        der = take_integer(der, end, field, raw + field);
    }
    return der == end ? 2 * field : 0;
}
