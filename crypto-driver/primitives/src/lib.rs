//! The engines behind the Crypto driver: hashes, message authentication codes, ciphers, key
//! derivation and ECDSA. Knows nothing of AUTOSAR, does not
//! allocate, and keeps its state in the values it hands out.
//!
//! Two engines, one module each: RustCrypto serves everything; `ring`, chosen by the feature of that name, serves what it
//! can do in its place. [`engines`] tells which one serves what.
//!
//! All values that hold a key, or something computed with one, overwrite their whole storage when they are dropped. What a
//! compiler leaves on the stack when it moves such a value, or an engine while it computes, is not covered.
#![no_std]
#![deny(unsafe_code)]

pub mod aead;
pub mod cipher;
mod data;
pub mod ecdsa_p256;
mod hash;
pub mod kdf;
mod mac;
mod output;

#[cfg(not(all(feature = "cipher", feature = "aead")))]
mod absent;
#[cfg(feature = "ring")]
mod engine_ring;
mod engine_rustcrypto;
mod ffi;

#[cfg(feature = "ring")]
use engine_ring as engine;
#[cfg(not(feature = "ring"))]
use engine_rustcrypto as engine;

#[cfg(not(feature = "cipher"))]
use absent::cipher as engine_cipher;
#[cfg(feature = "cipher")]
use engine_rustcrypto::cipher as engine_cipher;

#[cfg(not(feature = "aead"))]
use absent::aead as engine_aead;
#[cfg(all(feature = "aead", feature = "ring"))]
use engine_ring::aead as engine_aead;
#[cfg(all(feature = "aead", not(feature = "ring")))]
use engine_rustcrypto::aead as engine_aead;

pub use data::Data;
pub use hash::{digest, Hash, HashAlgorithm};
pub use mac::{Mac, MacAlgorithm, MacKey};
pub use output::{Digest, Tag};

/// Why bytes are not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// The algorithm has no keys of this length.
    Size,
    /// The length is right, the content is not: a scalar out of range, a point off the curve, an unknown point format.
    Malformed,
}

/// Which engine serves what in this build: `(primitive and mode, engine)`.
pub fn engines() -> &'static [(&'static str, &'static str)] {
    engine::ENGINES
}
