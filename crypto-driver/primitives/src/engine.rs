//! What engines do, one trait per kind of primitive, and which engine does it in this build.

#[cfg(feature = "ring")]
pub(crate) use crate::engine_ring::{digest, HashState, HmacKey, HmacState};
#[cfg(not(feature = "ring"))]
pub(crate) use crate::engine_rustcrypto::{digest, HashState, HmacKey, HmacState};

#[cfg(not(all(feature = "p384", feature = "p521", feature = "ed25519")))]
pub(crate) mod absent;
#[cfg(not(all(feature = "cipher", feature = "aead")))]
pub(crate) mod absent_symmetric;
mod choice;

pub(crate) use choice::{aead, cipher, curve25519, p256, p384, p521};

/// Which engine serves what.
pub(crate) const ENGINES: &[(&str, &str)] = &[
    // Hashes and MACs.
    #[cfg(feature = "ring")]
    ("SHA-1, SHA-256, SHA-384, SHA-512, SHA-512/256", "ring"),
    #[cfg(feature = "ring")]
    ("SHA-224, SHA-512/224", "RustCrypto sha2"),
    #[cfg(feature = "ring")]
    ("HMAC-SHA-256, HMAC-SHA-384, HMAC-SHA-512", "ring"),
    #[cfg(not(feature = "ring"))]
    ("SHA-1", "RustCrypto sha1"),
    #[cfg(not(feature = "ring"))]
    ("SHA-224, SHA-256, SHA-384, SHA-512, SHA-512/224, SHA-512/256", "RustCrypto sha2"),
    #[cfg(not(feature = "ring"))]
    ("HMAC-SHA-256, HMAC-SHA-384, HMAC-SHA-512", "RustCrypto hmac over sha2"),
    ("AES-128-CMAC, AES-256-CMAC", "RustCrypto cmac over aes"),
    // Ciphers and AEAD.
    #[cfg(feature = "cipher")]
    ("AES-128-CBC, AES-256-CBC", <cipher::Aes as crate::cipher::BlockModes>::CBC),
    #[cfg(feature = "cipher")]
    ("AES-128-CTR, AES-256-CTR", <cipher::Aes as crate::cipher::BlockModes>::CTR),
    #[cfg(feature = "aead")]
    ("AES-GCM and ChaCha20-Poly1305, whole text, nonce of 12 bytes, tag of 16", <aead::AeadKey as crate::aead::Engine>::NAME),
    #[cfg(feature = "aead")]
    ("AES-GCM in pieces, of another nonce or tag", "RustCrypto ctr over aes, ghash"),
    #[cfg(feature = "aead")]
    ("ChaCha20-Poly1305 in pieces", "RustCrypto chacha20, poly1305"),
    #[cfg(feature = "kdf")]
    ("HKDF, TLS 1.2 PRF", "RFC 5869, RFC 5246 over HMAC as above"),
    #[cfg(feature = "kdf")]
    ("X9.63 KDF, single-step KDF", "SEC 1, SP 800-56C over hashes as above"),
    // Randomness.
    ("CTR_DRBG AES-256", "SP 800-90A over RustCrypto aes"),
    // Elliptic curves.
    #[cfg(feature = "ecdsa")]
    ("ECDSA P-256 sign", p256::Signer::NAME),
    #[cfg(feature = "ecdsa")]
    ("ECDSA P-256 verify", p256::Verifier::NAME),
    #[cfg(feature = "ecdsa")]
    ("ECDH P-256", p256::Ecdh::NAME),
    #[cfg(feature = "p384")]
    ("ECDSA P-384 sign", p384::Signer::NAME),
    #[cfg(feature = "p384")]
    ("ECDSA P-384 verify", p384::Verifier::NAME),
    #[cfg(feature = "p384")]
    ("ECDH P-384", p384::Ecdh::NAME),
    #[cfg(feature = "p521")]
    ("ECDSA P-521 sign", p521::Signer::NAME),
    #[cfg(feature = "p521")]
    ("ECDSA P-521 verify", p521::Verifier::NAME),
    #[cfg(feature = "p521")]
    ("ECDH P-521", p521::Ecdh::NAME),
    #[cfg(feature = "ed25519")]
    ("Ed25519 sign", curve25519::Signer::NAME),
    #[cfg(feature = "ed25519")]
    ("Ed25519 verify", curve25519::Verifier::NAME),
    #[cfg(feature = "ed25519")]
    ("X25519", curve25519::Xdh::NAME),
];

use crate::curve::{Point, Secret};
use crate::ecdsa::Signature;
use crate::hash::HashAlgorithm;

/// Every engine's part of a primitive says which engine it is.
pub(crate) trait Engine {
    /// As [`crate::engines`] shows it.
    #[cfg_attr(not(any(feature = "ecdsa", feature = "ed25519")), allow(dead_code))]
    const NAME: &'static str;
}

/// The numbers of one curve. Slices are as long as the curve's field.
pub(crate) trait Group: Engine {
    /// `None`: not a scalar.
    fn public_key(scalar: &[u8]) -> Option<Point>;
    fn is_scalar(scalar: &[u8]) -> bool;
    fn is_point(point: &Point) -> bool;
}

/// A private key of ECDSA on one curve.
pub(crate) trait EcdsaSigner: Engine + Sized {
    /// `None`: not a scalar.
    fn new(scalar: &[u8]) -> Option<Self>;
    fn sign(&self, hash: HashAlgorithm, message: &[u8]) -> Option<Signature>;
    /// `digest` is as long as one of SHA-2.
    fn sign_digest(&self, digest: &[u8]) -> Option<Signature>;
}

/// A public key of ECDSA on one curve. `signature` has the curve's length.
pub(crate) trait EcdsaVerifier: Engine + Sized {
    /// `None`: off the curve.
    fn new(point: &Point) -> Option<Self>;
    fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool;
    /// `digest` is as long as one of SHA-2.
    fn verify_digest(&self, digest: &[u8], signature: &[u8]) -> bool;
}

/// A private key of ECDH on one curve.
pub(crate) trait EcdhKey: Engine + Sized {
    /// `None`: not a scalar.
    fn new(scalar: &[u8]) -> Option<Self>;
    fn public_key(&self) -> Option<Point>;
    /// `None`: the peer is off the curve.
    fn agree(&self, peer: &Point) -> Option<Secret>;
}

/// A private key of Ed25519.
pub(crate) trait Ed25519Signer: Engine + Sized {
    fn new(seed: &[u8; 32]) -> Option<Self>;
    fn public_key(&self) -> [u8; 32];
    fn sign(&self, message: &[u8]) -> Option<[u8; 64]>;
}

/// A public key of Ed25519.
pub(crate) trait Ed25519Verifier: Engine + Sized {
    /// `None`: no point.
    fn new(public_key: &[u8; 32]) -> Option<Self>;
    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool;
}

/// A private key of X25519.
pub(crate) trait X25519Key: Engine + Sized {
    fn new(scalar: &[u8; 32]) -> Option<Self>;
    fn public_key(&self) -> [u8; 32];
    /// `None`: the result would be zero.
    fn agree(&self, peer: &[u8; 32]) -> Option<Secret>;
}
