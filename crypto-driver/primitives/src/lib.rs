//! The engines behind the Crypto driver: hashes, message authentication codes, ciphers, key derivation, signatures, key
//! agreement, a random bit generator. Knows nothing of AUTOSAR, does not
//! allocate, and keeps its state in the values it hands out.
//!
//! Three engines, one module each: RustCrypto serves everything; ring and aws-lc, chosen by the features of their names, serve
//! what they can do in its place. [`engines`] tells which one serves what.
//!
//! All values that hold a key, or something computed with one, overwrite their whole storage when they are dropped. What a
//! compiler leaves on the stack when it moves such a value, or an engine while it computes, is not covered: the driver overwrites
//! its stack where that counts.
#![no_std]
#![deny(unsafe_code)]

pub mod aead;
pub mod cipher;
pub mod contract_key;
mod curve;
mod data;
pub mod drbg;
pub mod ec;
pub mod ecdh;
pub mod ecdsa;
pub mod ed25519;
mod engine;
mod hash;
pub mod kdf;
mod mac;
mod output;
pub mod x25519;

#[cfg(all(feature = "aws-lc", any(feature = "ecdsa", feature = "ed25519", feature = "aead")))]
mod engine_aws_lc;
#[cfg(feature = "ring")]
mod engine_ring;
mod engine_rustcrypto;
mod ffi;

pub use curve::{Curve, Point, Secret, MAX_FIELD_LEN, MAX_POINT_LEN, MAX_SIGNATURE_LEN};
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

/// A signature could not be made: the hash is none to sign with, the system gave no randomness (ring, aws-lc), or, with a
/// probability of about 2⁻²⁵⁶, the nonce does not yield one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignError;

/// The source of randomness gave nothing, or nothing of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomError;

/// Which engine serves what in this build: `(primitive and mode, engine)`.
pub fn engines() -> &'static [(&'static str, &'static str)] {
    engine::ENGINES
}
