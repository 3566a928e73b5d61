//! Ed25519 and X25519 in plain Rust.
#![cfg_attr(any(feature = "ring", feature = "aws-lc"), allow(dead_code))] // another engine may do it

use ed25519_dalek::{Signer as _, Verifier as _};
use x25519_dalek::{PublicKey, StaticSecret};

use crate::curve::Secret;
use crate::engine::{Ed25519Signer, Ed25519Verifier, Engine, X25519Key};

/// The seed and the public key.
pub(crate) struct Signer(ed25519_dalek::SigningKey);

impl Engine for Signer {
    const NAME: &'static str = "ed25519-dalek";
}

impl Ed25519Signer for Signer {
    fn new(seed: &[u8; 32]) -> Option<Self> {
        Some(Self(ed25519_dalek::SigningKey::from_bytes(seed)))
    }

    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        self.0.try_sign(message).ok().map(|signature| signature.to_bytes())
    }
}

/// A point, compressed and not.
pub(crate) struct Verifier(ed25519_dalek::VerifyingKey);

impl Engine for Verifier {
    const NAME: &'static str = "ed25519-dalek";
}

impl Ed25519Verifier for Verifier {
    fn new(public_key: &[u8; 32]) -> Option<Self> {
        ed25519_dalek::VerifyingKey::from_bytes(public_key).ok().map(Self)
    }

    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

/// The scalar, not clamped.
pub(crate) struct Xdh(StaticSecret);

impl Engine for Xdh {
    const NAME: &'static str = "x25519-dalek";
}

impl X25519Key for Xdh {
    fn new(scalar: &[u8; 32]) -> Option<Self> {
        Some(Self(StaticSecret::from(*scalar)))
    }

    fn public_key(&self) -> [u8; 32] {
        PublicKey::from(&self.0).to_bytes()
    }

    fn agree(&self, peer: &[u8; 32]) -> Option<Secret> {
        let shared = self.0.diffie_hellman(&PublicKey::from(*peer));
        shared.was_contributory().then(|| Secret::new(shared.as_bytes()))
    }
}
