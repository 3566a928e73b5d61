//! `libv2gcrypt_host.a`: the library with working callouts for a host.
//!
//! A program links this archive or `libv2gcrypt.a`, never both.

pub use v2gcrypt_cryif as cryif;
pub use v2gcrypt_crypto_driver as crypto_driver;
pub use v2gcrypt_csm as csm;
pub use v2gcrypt_hsm_sim as hsm_sim;
pub use v2gcrypt_keym as keym;
pub use v2gcrypt_types as types;
