//! Which ABI this build speaks. A configuration that was compiled for another one does not link.

use crate::uint32;

/// First word of every configuration struct: `"V2GC"`, checked by each `*_Init`.
pub const V2GCRYPT_CONFIG_MAGIC: uint32 = 0x5632_4743;

/// Name of the symbol that tells release and enumeration width. Generated configurations refer to it.
#[cfg(not(v2gcrypt_enum_int))]
pub const ABI_SYMBOL: &str = "V2gcrypt_Abi_R22_11_EnumUint8";
/// Name of the symbol that tells release and enumeration width. Generated configurations refer to it.
#[cfg(v2gcrypt_enum_int)]
pub const ABI_SYMBOL: &str = "V2gcrypt_Abi_R22_11_EnumInt";
