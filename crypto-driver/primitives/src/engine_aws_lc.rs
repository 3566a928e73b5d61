//! The engine of the fastest host: all elliptic curves, whole texts of AEAD, and AES-CBC and AES-CTR, which lie in
//! `ffi::aws_lc`. It allocates; what it frees it overwrites first. ECDSA draws its nonce
//! at random, hedged with key and digest.

#[cfg(feature = "aead")]
pub(crate) mod aead;
#[cfg(feature = "ed25519")]
pub(crate) mod curve25519;
#[cfg(feature = "ecdsa")]
mod nist;

#[cfg(feature = "ecdsa")]
pub(crate) use nist::p256;
#[cfg(feature = "p384")]
pub(crate) use nist::p384;
#[cfg(feature = "p521")]
pub(crate) use nist::p521;
