//! ECDSA and ECDH on the curves of NIST by aws-lc.

use core::marker::PhantomData;

use aws_lc_rs::agreement;
#[cfg(feature = "p384")]
use aws_lc_rs::digest::SHA384;
#[cfg(feature = "p521")]
use aws_lc_rs::digest::SHA512;
use aws_lc_rs::digest::{Algorithm as DigestAlgorithm, Digest, SHA256};
use aws_lc_rs::signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm, ParsedPublicKey};

use crate::curve::{Curve, Point, Secret};
use crate::ecdsa::Signature;
use crate::engine::{EcdhKey, EcdsaSigner, EcdsaVerifier, Engine};
use crate::ffi::aws_lc_ecdh;
use crate::hash::{digest, HashAlgorithm};
use crate::output::MAX_OUTPUT_LEN;

/// A curve, and aws-lc's algorithms on it: with one hash each, any other is passed off as that one ([`leftmost_bits`]).
pub(crate) trait AwsLcCurve {
    const CURVE: Curve;
    const DIGEST: &'static DigestAlgorithm;
    const SIGNING: &'static EcdsaSigningAlgorithm;
    const VERIFYING: &'static EcdsaVerificationAlgorithm;
    const AGREEMENT: &'static agreement::Algorithm;
}

pub(crate) enum P256 {}

impl AwsLcCurve for P256 {
    const CURVE: Curve = Curve::P256;
    const DIGEST: &'static DigestAlgorithm = &SHA256;
    const SIGNING: &'static EcdsaSigningAlgorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    const VERIFYING: &'static EcdsaVerificationAlgorithm = &signature::ECDSA_P256_SHA256_FIXED;
    const AGREEMENT: &'static agreement::Algorithm = &agreement::ECDH_P256;
}

#[cfg(feature = "p384")]
pub(crate) enum P384 {}

#[cfg(feature = "p384")]
impl AwsLcCurve for P384 {
    const CURVE: Curve = Curve::P384;
    const DIGEST: &'static DigestAlgorithm = &SHA384;
    const SIGNING: &'static EcdsaSigningAlgorithm = &signature::ECDSA_P384_SHA384_FIXED_SIGNING;
    const VERIFYING: &'static EcdsaVerificationAlgorithm = &signature::ECDSA_P384_SHA384_FIXED;
    const AGREEMENT: &'static agreement::Algorithm = &agreement::ECDH_P384;
}

#[cfg(feature = "p521")]
pub(crate) enum P521 {}

#[cfg(feature = "p521")]
impl AwsLcCurve for P521 {
    const CURVE: Curve = Curve::P521;
    const DIGEST: &'static DigestAlgorithm = &SHA512;
    const SIGNING: &'static EcdsaSigningAlgorithm = &signature::ECDSA_P521_SHA512_FIXED_SIGNING;
    const VERIFYING: &'static EcdsaVerificationAlgorithm = &signature::ECDSA_P521_SHA512_FIXED;
    const AGREEMENT: &'static agreement::Algorithm = &agreement::ECDH_P521;
}

pub(crate) mod p256 {
    pub(crate) type Signer = super::SigningKey<super::P256>;
    pub(crate) type Verifier = super::VerifyingKey<super::P256>;
    pub(crate) type Ecdh = super::PrivateKey<super::P256>;
}

#[cfg(feature = "p384")]
pub(crate) mod p384 {
    pub(crate) type Signer = super::SigningKey<super::P384>;
    pub(crate) type Verifier = super::VerifyingKey<super::P384>;
    pub(crate) type Ecdh = super::PrivateKey<super::P384>;
}

#[cfg(feature = "p521")]
pub(crate) mod p521 {
    pub(crate) type Signer = super::SigningKey<super::P521>;
    pub(crate) type Verifier = super::VerifyingKey<super::P521>;
    pub(crate) type Ecdh = super::PrivateKey<super::P521>;
}

/// A digest as long as the curve's own: a longer one cut, a shorter one behind zeros. ECDSA makes the same number of it, for it
/// takes the leftmost bits as a big-endian number [FIPS 186-5, 6.4.1].
fn leftmost_bits<C: AwsLcCurve>(digest: &[u8]) -> Option<Digest> {
    let mut bytes = [0; MAX_OUTPUT_LEN];
    let len = C::DIGEST.output_len();
    let padding = len.saturating_sub(digest.len());
    bytes.iter_mut().take(len).skip(padding).zip(digest).for_each(|(to, from)| *to = *from);
    Digest::import_less_safe(bytes.get(..len)?, C::DIGEST).ok()
}

/// A scalar and its point, parsed.
pub(crate) struct SigningKey<C> {
    pair: EcdsaKeyPair,
    curve: PhantomData<C>,
}

impl<C> Engine for SigningKey<C> {
    const NAME: &'static str = "aws-lc, random nonce";
}

impl<C: AwsLcCurve> EcdsaSigner for SigningKey<C> {
    fn new(scalar: &[u8]) -> Option<Self> {
        let public_key = agreement::PrivateKey::from_private_key(C::AGREEMENT, scalar).ok()?.compute_public_key().ok()?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(C::SIGNING, scalar, public_key.as_ref()).ok()?;
        Some(Self { pair, curve: PhantomData })
    }

    fn sign(&self, hash: HashAlgorithm, message: &[u8]) -> Option<Signature> {
        self.sign_digest(digest(hash, message).as_bytes())
    }

    fn sign_digest(&self, digest: &[u8]) -> Option<Signature> {
        let signature = self.pair.sign_digest(&leftmost_bits::<C>(digest)?).ok()?;
        Signature::new([signature.as_ref(), &[]])
    }
}

/// A point, parsed once.
pub(crate) struct VerifyingKey<C> {
    point: ParsedPublicKey,
    curve: PhantomData<C>,
}

impl<C> Engine for VerifyingKey<C> {
    const NAME: &'static str = "aws-lc";
}

impl<C: AwsLcCurve> EcdsaVerifier for VerifyingKey<C> {
    fn new(point: &Point) -> Option<Self> {
        ParsedPublicKey::new(C::VERIFYING, point.as_bytes()).ok().map(|point| Self { point, curve: PhantomData })
    }

    fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        self.verify_digest(digest(hash, message).as_bytes(), signature)
    }

    fn verify_digest(&self, digest: &[u8], signature: &[u8]) -> bool {
        leftmost_bits::<C>(digest).is_some_and(|digest| self.point.verify_digest_sig(&digest, signature).is_ok())
    }
}

/// A scalar, parsed.
pub(crate) struct PrivateKey<C> {
    key: aws_lc_ecdh::PrivateKey,
    curve: PhantomData<C>,
}

impl<C> Engine for PrivateKey<C> {
    const NAME: &'static str = "aws-lc";
}

impl<C: AwsLcCurve> EcdhKey for PrivateKey<C> {
    fn new(scalar: &[u8]) -> Option<Self> {
        aws_lc_ecdh::PrivateKey::new(C::CURVE, scalar).map(|key| Self { key, curve: PhantomData })
    }

    fn public_key(&self) -> Option<Point> {
        self.key.public_key(C::CURVE)
    }

    fn agree(&self, peer: &Point) -> Option<Secret> {
        self.key.agree(C::CURVE, peer)
    }
}
