//! ECDSA over NIST P-256 with SHA-256 [FIPS 186-5]. Numbers are big-endian; a signature is raw `r ‖ s`, 32 bytes each.
//!
//! Without the feature `ecdsa` the types are here, but no value of them can be made ([`AVAILABLE`] tells): users need no
//! condition of their own.

use crate::ffi::Wiped;
use crate::KeyError;

#[cfg(feature = "ecdsa")]
use crate::engine::ecdsa as engine;
#[cfg(not(feature = "ecdsa"))]
use absent as engine;

/// Is there an engine for signatures in this build?
pub const AVAILABLE: bool = cfg!(feature = "ecdsa");

/// A signature could not be made: the system gave no randomness (`ring`), or, with a probability of about 2⁻²⁵⁶, the nonce
/// does not yield one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignError;

/// A private key, parsed and checked. Wiped on drop.
pub struct SigningKey(Wiped<engine::SigningKey>);

impl SigningKey {
    /// From the scalar, 32 bytes. [`KeyError::Malformed`] when it is 0 or not below the group order.
    pub fn new(scalar: &[u8]) -> Result<Self, KeyError> {
        let scalar = scalar.try_into().map_err(|_| KeyError::Size)?;
        engine::SigningKey::new(scalar).map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// Signs the SHA-256 of a whole message.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        self.0.sign(message).ok_or(SignError)
    }

    /// Signs a SHA-256 value.
    pub fn sign_digest(&self, digest: &[u8; 32]) -> Result<[u8; 64], SignError> {
        self.0.sign_digest(digest).ok_or(SignError)
    }
}

/// A public key, parsed and checked.
pub struct VerifyingKey(engine::VerifyingKey);

impl VerifyingKey {
    /// From `X ‖ Y` (64 bytes) or `04 ‖ X ‖ Y` (65 bytes). [`KeyError::Malformed`] when the point is not on the curve, or
    /// 65 bytes begin with another number.
    pub fn new(x_y_or_uncompressed: &[u8]) -> Result<Self, KeyError> {
        let x_y = match x_y_or_uncompressed {
            [4, x_y @ ..] if x_y.len() == 64 => x_y,
            [_, x_y @ ..] if x_y.len() == 64 => return Err(KeyError::Malformed),
            x_y => x_y,
        };
        let x_y = x_y.try_into().map_err(|_| KeyError::Size)?;
        engine::VerifyingKey::new(x_y).map(Self).ok_or(KeyError::Malformed)
    }

    /// Is `signature` one of the SHA-256 of a whole message? `r` or `s` out of range is `false`.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify(message, signature)
    }

    /// Is `signature` one of this SHA-256 value?
    pub fn verify_digest(&self, digest: &[u8; 32], signature: &[u8; 64]) -> bool {
        self.0.verify_digest(digest, signature)
    }
}

#[cfg(not(feature = "ecdsa"))]
mod absent {
    pub(super) enum SigningKey {}

    impl SigningKey {
        pub(super) fn new(_: &[u8; 32]) -> Option<Self> {
            None
        }

        pub(super) fn sign(&self, _: &[u8]) -> Option<[u8; 64]> {
            match *self {}
        }

        pub(super) fn sign_digest(&self, _: &[u8; 32]) -> Option<[u8; 64]> {
            match *self {}
        }
    }

    pub(super) enum VerifyingKey {}

    impl VerifyingKey {
        pub(super) fn new(_: &[u8; 64]) -> Option<Self> {
            None
        }

        pub(super) fn verify(&self, _: &[u8], _: &[u8; 64]) -> bool {
            match *self {}
        }

        pub(super) fn verify_digest(&self, _: &[u8; 32], _: &[u8; 64]) -> bool {
            match *self {}
        }
    }
}
