//! The elliptic curves of the soft driver, as the lengths of their keys.

use v2gcrypt_types as types;

use super::Primitive;

/// A curve, and what is computed on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
    P521,
    Ed25519,
    X25519,
}

use Curve::{Ed25519, P256, P384, P521, X25519};

/// The curves of AUTOSAR's `ECCNIST`.
pub(crate) const NIST: [Curve; 3] = [P256, P384, P521];

impl Curve {
    /// Bytes of a private key, of a coordinate, and of a shared secret.
    pub fn private_length(self) -> u32 {
        match self {
            P256 | Ed25519 | X25519 => 32,
            P384 => 48,
            P521 => 66,
        }
    }

    /// Bytes of a public key: X‖Y and 04‖X‖Y, or the only form there is.
    pub fn public_lengths(self) -> Vec<u32> {
        match self {
            P256 | P384 | P521 => vec![2 * self.private_length(), 2 * self.private_length() + 1],
            Ed25519 | X25519 => vec![32],
        }
    }

    /// Bytes of the shortest PKCS#8 PrivateKeyInfo: without parameters and public key inside of the ECPrivateKey.
    pub fn shortest_pkcs8(self) -> u32 {
        match self {
            P256 => 67,
            P384 => 80,
            P521 => 98,
            Ed25519 | X25519 => 48,
        }
    }

    /// Bytes of a SubjectPublicKeyInfo with an uncompressed point.
    pub fn subject_public_key_info(self) -> u32 {
        match self {
            P256 => 91,
            P384 => 120,
            P521 => 158,
            Ed25519 | X25519 => 44,
        }
    }

    /// The curve of a signature: its key length, or else its hash, names it.
    pub fn of_signature(primitive: &Primitive) -> Option<Self> {
        let algorithm = primitive.algorithm;
        let family = algorithm.family.value as types::Crypto_AlgorithmFamilyType;
        let hash = algorithm.secondary_family.value as types::Crypto_AlgorithmFamilyType;
        if algorithm.mode.value != u32::from(types::CRYPTO_ALGOMODE_NOT_SET) {
            return None;
        }
        let by_hash = match hash {
            types::CRYPTO_ALGOFAM_SHA2_256 => Some(P256),
            types::CRYPTO_ALGOFAM_SHA2_384 => Some(P384),
            types::CRYPTO_ALGOFAM_SHA2_512 => Some(P521),
            _ => None,
        };
        match (family, primitive.key_length) {
            (types::CRYPTO_ALGOFAM_ECCNIST | types::CRYPTO_ALGOFAM_ECDSA, 0) => by_hash,
            (types::CRYPTO_ALGOFAM_ECCNIST | types::CRYPTO_ALGOFAM_ECDSA, bits) => by_hash.and(Self::of_bits(bits)),
            (types::CRYPTO_ALGOFAM_ED25519, 0 | 256) if hash == types::CRYPTO_ALGOFAM_NOT_SET => Some(Ed25519),
            _ => None,
        }
    }

    /// A curve of NIST by the bits of its field.
    pub fn of_bits(bits: u32) -> Option<Self> {
        match bits {
            256 => Some(P256),
            384 => Some(P384),
            521 => Some(P521),
            _ => None,
        }
    }
}
