/* V2gcrypt_Abi.h
 *
 * Which ABI the configuration and the software components are compiled for. Define V2GCRYPT_ENUM_INT for the whole C build
 * when the library was built with V2GCRYPT_ENUM_WIDTH=int: what the specification calls an enumeration is then as wide as
 * int instead of uint8. A configuration that was compiled for another ABI than the library's does not link.
 */
#ifndef V2GCRYPT_ABI_H
#define V2GCRYPT_ABI_H

#include "Std_Types.h"

#if (CPU_TYPE == CPU_TYPE_64)
#define V2GCRYPT_POINTER_64
#else
#define V2GCRYPT_POINTER_32
#endif

#if defined(V2GCRYPT_ENUM_INT)
#define V2GCRYPT_ABI_SYMBOL V2gcrypt_Abi_R22_11_EnumInt
#else
#define V2GCRYPT_ABI_SYMBOL V2gcrypt_Abi_R22_11_EnumUint8
#endif

#define V2GCRYPT_CONFIG_MAGIC 0x56324743U

#ifdef __cplusplus
extern "C" {
#endif

/* Defined by the library. Every generated configuration refers to it. */
extern const uint8 V2GCRYPT_ABI_SYMBOL;

#ifdef __cplusplus
}
#endif

#endif /* V2GCRYPT_ABI_H */
