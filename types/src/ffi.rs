//! The symbol that names the ABI.
#![allow(unsafe_code)] // an unmangled name

/// A configuration that was generated and compiled for this ABI refers to this symbol, and no other one links.
#[cfg(not(v2gcrypt_enum_int))]
#[no_mangle]
pub static V2gcrypt_Abi_R22_11_EnumUint8: u8 = 1;

/// A configuration that was generated and compiled for this ABI refers to this symbol, and no other one links.
#[cfg(v2gcrypt_enum_int)]
#[no_mangle]
pub static V2gcrypt_Abi_R22_11_EnumInt: u8 = 1;
