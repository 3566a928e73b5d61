//! ECDSA over the curves of NIST with any hash of SHA-2 [FIPS 186-5]. Numbers are big-endian; a signature is raw `r ‖ s`,
//! [`Curve::field_len`] bytes each. Of a hash that is longer than the curve's order the leftmost bits count.

use crate::curve::{Curve, Point, MAX_SIGNATURE_LEN};
use crate::engine::{self, EcdsaSigner, EcdsaVerifier};
use crate::ffi::Wiped;
use crate::hash::HashAlgorithm;
use crate::{KeyError, SignError};

/// A raw signature `r ‖ s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    bytes: [u8; MAX_SIGNATURE_LEN],
    len: usize,
}

impl Signature {
    /// `None`: too long.
    #[cfg_attr(not(feature = "ecdsa"), allow(dead_code))]
    pub(crate) fn new(parts: [&[u8]; 2]) -> Option<Self> {
        let [r, s] = parts;
        let (mut bytes, len) = ([0; MAX_SIGNATURE_LEN], r.len().checked_add(s.len())?);
        bytes.get_mut(..len)?.iter_mut().zip(r.iter().chain(s)).for_each(|(to, from)| *to = *from);
        Some(Self { bytes, len })
    }

    /// [`Curve::signature_len`] bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// May this hash be signed? SHA-1 may not.
fn is_sha2(hash: HashAlgorithm) -> bool {
    hash != HashAlgorithm::Sha1
}

/// Is it as long as a hash of SHA-2?
fn is_sha2_digest(digest: &[u8]) -> bool {
    matches!(digest.len(), 28 | 32 | 48 | 64)
}

/// A private key, parsed and checked. Wiped on drop.
pub struct SigningKey(Wiped<Signing>);

#[allow(clippy::large_enum_variant)] // no allocator
enum Signing {
    P256(engine::p256::Signer),
    P384(engine::p384::Signer),
    P521(engine::p521::Signer),
}

impl SigningKey {
    /// From the scalar, [`Curve::field_len`] bytes. [`KeyError::Malformed`] when it is 0 or not below the group order.
    pub fn new(curve: Curve, scalar: &[u8]) -> Result<Self, KeyError> {
        if scalar.len() != curve.field_len() {
            return Err(KeyError::Size);
        }
        let key = match curve {
            Curve::P256 => EcdsaSigner::new(scalar).map(Signing::P256),
            Curve::P384 => EcdsaSigner::new(scalar).map(Signing::P384),
            Curve::P521 => EcdsaSigner::new(scalar).map(Signing::P521),
        };
        key.map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// The key's curve.
    #[inline]
    pub fn curve(&self) -> Curve {
        match &*self.0 {
            Signing::P256(_) => Curve::P256,
            Signing::P384(_) => Curve::P384,
            Signing::P521(_) => Curve::P521,
        }
    }

    /// Signs the hash of a whole message. SHA-1 is refused.
    pub fn sign(&self, hash: HashAlgorithm, message: &[u8]) -> Result<Signature, SignError> {
        if !is_sha2(hash) {
            return Err(SignError);
        }
        match &*self.0 {
            Signing::P256(key) => key.sign(hash, message),
            Signing::P384(key) => key.sign(hash, message),
            Signing::P521(key) => key.sign(hash, message),
        }
        .ok_or(SignError)
    }

    /// Signs a hash value of SHA-2: 28, 32, 48 or 64 bytes.
    pub fn sign_digest(&self, digest: &[u8]) -> Result<Signature, SignError> {
        if !is_sha2_digest(digest) {
            return Err(SignError);
        }
        match &*self.0 {
            Signing::P256(key) => key.sign_digest(digest),
            Signing::P384(key) => key.sign_digest(digest),
            Signing::P521(key) => key.sign_digest(digest),
        }
        .ok_or(SignError)
    }
}

/// A public key, parsed and checked.
pub struct VerifyingKey(Verifying);

#[allow(clippy::large_enum_variant)] // no allocator
enum Verifying {
    P256(engine::p256::Verifier),
    P384(engine::p384::Verifier),
    P521(engine::p521::Verifier),
}

impl VerifyingKey {
    /// From `X ‖ Y` or `04 ‖ X ‖ Y`. [`KeyError::Malformed`] when the point is not on the curve, or the longer form begins with
    /// another number.
    pub fn new(curve: Curve, x_y_or_uncompressed: &[u8]) -> Result<Self, KeyError> {
        let point = Point::from_bytes(curve, x_y_or_uncompressed)?;
        let key = match curve {
            Curve::P256 => EcdsaVerifier::new(&point).map(Verifying::P256),
            Curve::P384 => EcdsaVerifier::new(&point).map(Verifying::P384),
            Curve::P521 => EcdsaVerifier::new(&point).map(Verifying::P521),
        };
        key.map(Self).ok_or(KeyError::Malformed)
    }

    /// The key's curve.
    #[inline]
    pub fn curve(&self) -> Curve {
        match &self.0 {
            Verifying::P256(_) => Curve::P256,
            Verifying::P384(_) => Curve::P384,
            Verifying::P521(_) => Curve::P521,
        }
    }

    /// Is `signature` one of the hash of a whole message? `false` too for another length, for `r` or `s` out of range, and for
    /// SHA-1.
    pub fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        if !is_sha2(hash) || signature.len() != self.curve().signature_len() {
            return false;
        }
        match &self.0 {
            Verifying::P256(key) => key.verify(hash, message, signature),
            Verifying::P384(key) => key.verify(hash, message, signature),
            Verifying::P521(key) => key.verify(hash, message, signature),
        }
    }

    /// Is `signature` one of this hash value of SHA-2?
    pub fn verify_digest(&self, digest: &[u8], signature: &[u8]) -> bool {
        if !is_sha2_digest(digest) || signature.len() != self.curve().signature_len() {
            return false;
        }
        match &self.0 {
            Verifying::P256(key) => key.verify_digest(digest, signature),
            Verifying::P384(key) => key.verify_digest(digest, signature),
            Verifying::P521(key) => key.verify_digest(digest, signature),
        }
    }
}
