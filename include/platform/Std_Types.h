/* Std_Types.h
 *
 * Standard types. An integrator's own file wins by include order.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef STD_TYPES_H
#define STD_TYPES_H

#include "Platform_Types.h"
#include "Compiler.h"

#define STD_HIGH 0x01U
#define STD_LOW 0x00U
#define STD_ACTIVE 0x01U
#define STD_IDLE 0x00U
#define STD_ON 0x01U
#define STD_OFF 0x00U

/* Std_ReturnType */
#define E_OK 0x00U
#define E_NOT_OK 0x01U

/**
 * What most services return: [`E_OK`], [`E_NOT_OK`], or an extension such as [`crate::CRYPTO_E_BUSY`].
 */
typedef uint8 Std_ReturnType;

/**
 * What `<Module>_GetVersionInfo` writes.
 */
typedef struct {
  /**
   * Vendor id of the implementer.
   */
  uint16 vendorID;
  /**
   * AUTOSAR module id.
   */
  uint16 moduleID;
  /**
   * Major version of the software.
   */
  uint8 sw_major_version;
  /**
   * Minor version of the software.
   */
  uint8 sw_minor_version;
  /**
   * Patch version of the software.
   */
  uint8 sw_patch_version;
} Std_VersionInfoType;

#endif /* STD_TYPES_H */
