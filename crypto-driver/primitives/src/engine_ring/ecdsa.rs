//! ECDSA over P-256 by ring; RustCrypto where only a digest is at hand.

use ring::rand::SystemRandom;
use ring::signature::{EcdsaKeyPair, UnparsedPublicKey, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING};

use crate::engine_rustcrypto::ecdsa as rustcrypto;

/// Both engines' forms of a scalar.
pub(crate) struct SigningKey {
    whole_message: EcdsaKeyPair,
    digest: rustcrypto::SigningKey,
}

impl SigningKey {
    /// `None`: out of range, or no randomness to be had.
    pub(crate) fn new(scalar: &[u8; 32]) -> Option<Self> {
        let digest = rustcrypto::SigningKey::new(scalar)?;
        let whole_message = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            scalar,
            digest.public_key().as_bytes(),
            &SystemRandom::new(),
        )
        .ok()?;
        Some(Self { whole_message, digest })
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        self.whole_message.sign(&SystemRandom::new(), message).ok()?.as_ref().try_into().ok()
    }

    pub(crate) fn sign_digest(&self, digest: &[u8; 32]) -> Option<[u8; 64]> {
        self.digest.sign_digest(digest)
    }
}

/// Both engines' forms of a point. ring 0.17 has no parsed form: it loads the coordinates and checks the curve's equation in
/// each verification, about one part in a hundred of it.
pub(crate) struct VerifyingKey {
    whole_message: UnparsedPublicKey<[u8; 65]>,
    digest: rustcrypto::VerifyingKey,
}

impl VerifyingKey {
    /// `None`: off the curve.
    pub(crate) fn new(x_y: &[u8; 64]) -> Option<Self> {
        let digest = rustcrypto::VerifyingKey::new(x_y)?;
        let mut uncompressed = [4; 65];
        uncompressed[1..].copy_from_slice(x_y);
        Some(Self { whole_message: UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, uncompressed), digest })
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.whole_message.verify(message, signature).is_ok()
    }

    pub(crate) fn verify_digest(&self, digest: &[u8; 32], signature: &[u8; 64]) -> bool {
        self.digest.verify_digest(digest, signature)
    }
}
