//! ECDSA over P-256 in plain Rust.

use ecdsa::hazmat::{SignPrimitive, VerifyPrimitive};
use p256::ecdsa::Signature;
use p256::elliptic_curve::sec1::FromEncodedPoint;
#[cfg(feature = "ring")]
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{AffinePoint, EncodedPoint, FieldBytes, NonZeroScalar};
use sha2::Sha256;

#[cfg(not(feature = "ring"))]
use crate::hash::{digest, HashAlgorithm};

/// A scalar in `1..n`.
pub(crate) struct SigningKey {
    scalar: NonZeroScalar,
}

impl SigningKey {
    /// `None`: out of range.
    pub(crate) fn new(scalar: &[u8; 32]) -> Option<Self> {
        let bytes: &FieldBytes = scalar.into();
        Option::from(NonZeroScalar::from_repr(*bytes)).map(|scalar| Self { scalar })
    }

    /// `04 ‖ X ‖ Y`.
    #[cfg(feature = "ring")]
    pub(crate) fn public_key(&self) -> EncodedPoint {
        (p256::ProjectivePoint::GENERATOR * *self.scalar).to_affine().to_encoded_point(false)
    }

    #[cfg(not(feature = "ring"))]
    pub(crate) fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        self.sign_digest(digest(HashAlgorithm::Sha256, message).first_32())
    }

    /// The nonce is that of RFC 6979.
    pub(crate) fn sign_digest(&self, digest: &[u8; 32]) -> Option<[u8; 64]> {
        let (signature, _) = self.scalar.try_sign_prehashed_rfc6979::<Sha256>(digest.into(), &[]).ok()?;
        Some(signature.to_bytes().into())
    }
}

/// A point on the curve.
pub(crate) struct VerifyingKey {
    point: AffinePoint,
}

impl VerifyingKey {
    /// `None`: off the curve.
    pub(crate) fn new(x_y: &[u8; 64]) -> Option<Self> {
        let encoded = EncodedPoint::from_untagged_bytes(x_y.into());
        Option::from(AffinePoint::from_encoded_point(&encoded)).map(|point| Self { point })
    }

    #[cfg(not(feature = "ring"))]
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.verify_digest(digest(HashAlgorithm::Sha256, message).first_32(), signature)
    }

    pub(crate) fn verify_digest(&self, digest: &[u8; 32], signature: &[u8; 64]) -> bool {
        let Ok(signature) = Signature::from_bytes(signature.into()) else {
            return false; // r or s out of range
        };
        self.point.verify_prehashed(digest.into(), &signature).is_ok()
    }
}
