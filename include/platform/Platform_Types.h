/* Platform_Types.h
 *
 * Platform types for gcc and clang. An integrator's own file wins by include order.
 */
#ifndef PLATFORM_TYPES_H
#define PLATFORM_TYPES_H

#include <stdint.h>

#define CPU_TYPE_8 8U
#define CPU_TYPE_16 16U
#define CPU_TYPE_32 32U
#define CPU_TYPE_64 64U

#define HIGH_BYTE_FIRST 0U
#define LOW_BYTE_FIRST 1U

/* As wide as a pointer: struct layouts depend on it. */
#if (UINTPTR_MAX > 0xFFFFFFFFU)
#define CPU_TYPE CPU_TYPE_64
#else
#define CPU_TYPE CPU_TYPE_32
#endif

#define CPU_BYTE_ORDER LOW_BYTE_FIRST

typedef uint8_t boolean;
typedef uint8_t uint8;
typedef int8_t sint8;
typedef uint16_t uint16;
typedef int16_t sint16;
typedef uint32_t uint32;
typedef int32_t sint32;
typedef uint64_t uint64;
typedef int64_t sint64;

#ifndef FALSE
#define FALSE 0U
#endif
#ifndef TRUE
#define TRUE 1U
#endif

#endif /* PLATFORM_TYPES_H */
