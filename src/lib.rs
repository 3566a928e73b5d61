//! `libv2gcrypt.a`: the modules that the features select, and what a panic does.
//!
//! The archive contains neither a configuration nor callouts: generated C brings the one, the integrator's basic software
//! the other. `libv2gcrypt_host.a`, made by the package `v2gcrypt-host`, is the same library with callouts for a host.
#![no_std]

#[cfg(feature = "host")]
extern crate std;

#[cfg(feature = "cryif")]
pub use v2gcrypt_cryif as cryif;
#[cfg(any(feature = "soft-symmetric", feature = "hsm"))]
pub use v2gcrypt_crypto_driver as crypto_driver;
#[cfg(feature = "csm")]
pub use v2gcrypt_csm as csm;
#[cfg(feature = "keym")]
pub use v2gcrypt_keym as keym;
pub use v2gcrypt_types as types;

#[cfg(not(feature = "host"))]
mod ffi;
mod layout;
