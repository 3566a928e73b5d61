//! Ed25519 by ring.

use ring::signature::{Ed25519KeyPair, KeyPair, UnparsedPublicKey, ED25519};

use crate::engine::{Ed25519Signer, Ed25519Verifier, Engine};
use crate::engine_rustcrypto::curve25519;

/// The expanded seed and the public key.
pub(crate) struct Signer(Ed25519KeyPair);

impl Engine for Signer {
    const NAME: &'static str = "ring";
}

impl Ed25519Signer for Signer {
    fn new(seed: &[u8; 32]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    fn public_key(&self) -> [u8; 32] {
        self.0.public_key().as_ref().try_into().unwrap_or_default()
    }

    fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        self.0.sign(message).as_ref().try_into().ok()
    }
}

/// The bytes of a point. ring 0.17 has no parsed form.
pub(crate) struct Verifier(UnparsedPublicKey<[u8; 32]>);

impl Engine for Verifier {
    const NAME: &'static str = "ring";
}

impl Ed25519Verifier for Verifier {
    fn new(public_key: &[u8; 32]) -> Option<Self> {
        curve25519::Verifier::new(public_key)?; // a point?
        Some(Self(UnparsedPublicKey::new(&ED25519, *public_key)))
    }

    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify(message, signature).is_ok()
    }
}
