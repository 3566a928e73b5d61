//! Ed25519 [RFC 8032]: PureEdDSA, whole messages only, for the message is read twice.

use crate::engine::{self, Ed25519Signer, Ed25519Verifier};
use crate::ffi::Wiped;
use crate::{KeyError, SignError};

/// Is there an engine in this build? Without one no key can be made.
pub const AVAILABLE: bool = cfg!(feature = "ed25519");

/// A private key, expanded. Wiped on drop.
pub struct SigningKey(Wiped<engine::curve25519::Signer>);

impl SigningKey {
    /// From the seed, 32 bytes: RFC 8032 calls it the private key.
    pub fn new(seed: &[u8]) -> Result<Self, KeyError> {
        let seed = seed.try_into().map_err(|_| KeyError::Size)?;
        Ed25519Signer::new(seed).map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// The public key.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.public_key()
    }

    /// Signs a whole message.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        self.0.sign(message).ok_or(SignError)
    }
}

/// A public key.
pub struct VerifyingKey(engine::curve25519::Verifier);

impl VerifyingKey {
    /// From 32 bytes. [`KeyError::Malformed`] when they encode no point of the curve.
    pub fn new(public_key: &[u8]) -> Result<Self, KeyError> {
        let public_key = public_key.try_into().map_err(|_| KeyError::Size)?;
        Ed25519Verifier::new(public_key).map(Self).ok_or(KeyError::Malformed)
    }

    /// Is `signature` one of a whole message? `s` out of range is `false` [RFC 8032, 5.1.7].
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify(message, signature)
    }
}
