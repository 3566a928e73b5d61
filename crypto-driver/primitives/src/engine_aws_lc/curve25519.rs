//! Ed25519 and X25519 by aws-lc.

use aws_lc_rs::agreement::{self, agree, UnparsedPublicKey, X25519};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, ParsedPublicKey, ED25519};

use crate::curve::Secret;
use crate::engine::{Ed25519Signer, Ed25519Verifier, Engine, X25519Key};
use crate::engine_rustcrypto::curve25519;

/// The seed and the public key.
pub(crate) struct Signer(Ed25519KeyPair);

impl Engine for Signer {
    const NAME: &'static str = "aws-lc";
}

impl Ed25519Signer for Signer {
    fn new(seed: &[u8; 32]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    fn public_key(&self) -> [u8; 32] {
        self.0.public_key().as_ref().try_into().unwrap_or_default()
    }

    fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        self.0.try_sign(message).ok()?.as_ref().try_into().ok()
    }
}

/// The bytes of a point, in aws-lc's own form.
pub(crate) struct Verifier(ParsedPublicKey);

impl Engine for Verifier {
    const NAME: &'static str = "aws-lc";
}

impl Ed25519Verifier for Verifier {
    fn new(public_key: &[u8; 32]) -> Option<Self> {
        curve25519::Verifier::new(public_key)?; // a point? aws-lc looks when it verifies
        ParsedPublicKey::new(&ED25519, public_key).ok().map(Self)
    }

    fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_sig(message, signature).is_ok()
    }
}

/// The scalar, not clamped, and its point.
pub(crate) struct Xdh {
    key: agreement::PrivateKey,
    public_key: [u8; 32],
}

impl Engine for Xdh {
    const NAME: &'static str = "aws-lc";
}

impl X25519Key for Xdh {
    fn new(scalar: &[u8; 32]) -> Option<Self> {
        let key = agreement::PrivateKey::from_private_key(&X25519, scalar).ok()?;
        let public_key = key.compute_public_key().ok()?.as_ref().try_into().ok()?;
        Some(Self { key, public_key })
    }

    fn public_key(&self) -> [u8; 32] {
        self.public_key
    }

    fn agree(&self, peer: &[u8; 32]) -> Option<Secret> {
        agree(&self.key, UnparsedPublicKey::new(&X25519, peer), (), |shared| Ok(Secret::new(shared))).ok()
    }
}
