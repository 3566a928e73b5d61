//! ECDSA on P-256 and P-384 by ring, which takes whole messages hashed with SHA-256 and SHA-384; RustCrypto for the rest.

use ring::rand::SystemRandom;
use ring::signature::{EcdsaKeyPair, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm, UnparsedPublicKey};
use ring::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING};
#[cfg(feature = "p384")]
use ring::signature::{ECDSA_P384_SHA384_FIXED, ECDSA_P384_SHA384_FIXED_SIGNING};

use crate::curve::Point;
use crate::ecdsa::Signature;
use crate::engine::{EcdsaSigner, EcdsaVerifier, Engine, Group};
use crate::engine_rustcrypto::nist::{self, NistCurve};
use crate::hash::HashAlgorithm;

/// A curve that ring has, with the one hash that it takes there.
pub(crate) trait RingCurve: NistCurve {
    const HASH: HashAlgorithm;
    const SIGNING: &'static EcdsaSigningAlgorithm;
    const VERIFYING: &'static EcdsaVerificationAlgorithm;
    const SIGNER: &'static str;
    const VERIFIER: &'static str;
    /// `04 ‖ X ‖ Y`.
    type Encoded: AsRef<[u8]> + for<'a> TryFrom<&'a [u8]>;
}

impl RingCurve for ::p256::NistP256 {
    const HASH: HashAlgorithm = HashAlgorithm::Sha256;
    const SIGNING: &'static EcdsaSigningAlgorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    const VERIFYING: &'static EcdsaVerificationAlgorithm = &ECDSA_P256_SHA256_FIXED;
    const SIGNER: &'static str = "ring, random nonce (whole message with SHA-256), RustCrypto p256, RFC 6979 (else)";
    const VERIFIER: &'static str = "ring (whole message with SHA-256), RustCrypto p256 (else)";
    type Encoded = [u8; 65];
}

#[cfg(feature = "p384")]
impl RingCurve for ::p384::NistP384 {
    const HASH: HashAlgorithm = HashAlgorithm::Sha384;
    const SIGNING: &'static EcdsaSigningAlgorithm = &ECDSA_P384_SHA384_FIXED_SIGNING;
    const VERIFYING: &'static EcdsaVerificationAlgorithm = &ECDSA_P384_SHA384_FIXED;
    const SIGNER: &'static str = "ring, random nonce (whole message with SHA-384), RustCrypto p384, RFC 6979 (else)";
    const VERIFIER: &'static str = "ring (whole message with SHA-384), RustCrypto p384 (else)";
    type Encoded = [u8; 97];
}

pub(crate) mod p256 {
    pub(crate) type Signer = super::SigningKey<::p256::NistP256>;
    pub(crate) type Verifier = super::VerifyingKey<::p256::NistP256>;
}

#[cfg(feature = "p384")]
pub(crate) mod p384 {
    pub(crate) type Signer = super::SigningKey<::p384::NistP384>;
    pub(crate) type Verifier = super::VerifyingKey<::p384::NistP384>;
}

/// Both engines' forms of a scalar.
pub(crate) struct SigningKey<C: RingCurve> {
    whole_message: EcdsaKeyPair,
    other: nist::SigningKey<C>,
}

impl<C: RingCurve> Engine for SigningKey<C> {
    const NAME: &'static str = C::SIGNER;
}

impl<C: RingCurve> EcdsaSigner for SigningKey<C> {
    /// `None`: out of range, or no randomness to be had.
    fn new(scalar: &[u8]) -> Option<Self> {
        let (other, public) = (nist::SigningKey::new(scalar)?, nist::Nist::<C>::public_key(scalar)?);
        let random = SystemRandom::new();
        let whole_message = EcdsaKeyPair::from_private_key_and_public_key(C::SIGNING, scalar, public.as_bytes(), &random).ok()?;
        Some(Self { whole_message, other })
    }

    fn sign(&self, hash: HashAlgorithm, message: &[u8]) -> Option<Signature> {
        if hash != C::HASH {
            return self.other.sign(hash, message);
        }
        Signature::new([self.whole_message.sign(&SystemRandom::new(), message).ok()?.as_ref(), &[]])
    }

    fn sign_digest(&self, digest: &[u8]) -> Option<Signature> {
        self.other.sign_digest(digest)
    }
}

/// Both engines' forms of a point. ring 0.17 has no parsed form: it loads the coordinates and checks the curve's equation in
/// each verification, about one part in a hundred of it.
pub(crate) struct VerifyingKey<C: RingCurve> {
    whole_message: UnparsedPublicKey<C::Encoded>,
    other: nist::VerifyingKey<C>,
}

impl<C: RingCurve> Engine for VerifyingKey<C> {
    const NAME: &'static str = C::VERIFIER;
}

impl<C: RingCurve> EcdsaVerifier for VerifyingKey<C> {
    fn new(point: &Point) -> Option<Self> {
        let other = nist::VerifyingKey::new(point)?;
        let encoded = C::Encoded::try_from(point.as_bytes()).ok()?;
        Some(Self { whole_message: UnparsedPublicKey::new(C::VERIFYING, encoded), other })
    }

    fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        if hash != C::HASH {
            return self.other.verify(hash, message, signature);
        }
        self.whole_message.verify(message, signature).is_ok()
    }

    fn verify_digest(&self, digest: &[u8], signature: &[u8]) -> bool {
        self.other.verify_digest(digest, signature)
    }
}
