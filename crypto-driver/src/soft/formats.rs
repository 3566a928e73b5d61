//! Key element formats 3 to 6: keys in structures of ASN.1, DER.
//!
//! Without the feature `formats` no structure is a key.
#![forbid(unsafe_code)]

#[cfg(not(feature = "formats"))]
mod absent;
#[cfg(feature = "formats")]
mod der;

use v2gcrypt_primitives::{Curve, KeyError};
use v2gcrypt_types::*;

#[cfg(not(feature = "formats"))]
use absent as engine;
#[cfg(feature = "formats")]
use der as engine;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ECDSA and ECDH. [RFC 5480]
    Ec(Curve),
    /// Signatures. [RFC 8410]
    Ed25519,
    /// Key agreement. [RFC 8410]
    X25519,
    /// Known by its form only. [RFC 8017]
    Rsa,
}

impl Kind {
    /// Bytes of a private key: scalar or seed; none for RSA.
    pub const fn secret_len(self) -> Option<usize> {
        match self {
            Self::Ec(curve) => Some(curve.field_len()),
            Self::Ed25519 | Self::X25519 => Some(32),
            Self::Rsa => None,
        }
    }

    /// Bytes of a public key: `04 ‖ X ‖ Y`, or as RFC 8032 and RFC 7748 have it; none for RSA.
    pub const fn public_len(self) -> Option<usize> {
        match self {
            Self::Ec(curve) => Some(curve.point_len()),
            Self::Ed25519 | Self::X25519 => Some(32),
            Self::Rsa => None,
        }
    }
}

/// A private key in its structure.
#[derive(Clone, Copy)]
pub struct PrivateKey<'a> {
    /// What for.
    pub kind: Kind,
    /// The scalar, big-endian, or the seed: as long as [`Kind::secret_len`] says. For RSA the whole `RSAPrivateKey`.
    pub secret: &'a [u8],
    /// The public key that the structure has beside it, if any; whether it belongs to the private one is not checked.
    pub public: Option<&'a [u8]>,
}

/// A public key in its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey<'a> {
    /// What for.
    pub kind: Kind,
    /// As long as [`Kind::public_len`] says. For RSA the whole `RSAPublicKey`.
    pub bytes: &'a [u8],
}

/// Reads a `PrivateKeyInfo` [RFC 5208] or `OneAsymmetricKey` [RFC 5958], with an `ECPrivateKey` [RFC 5915] of a named curve, a
/// `CurvePrivateKey` [RFC 8410] or an `RSAPrivateKey`. Nothing may follow it.
///
/// [`KeyError::Malformed`]: not one, or not of a [`Kind`]. Whether the scalar is in range is not checked.
pub fn private_key(der: &[u8]) -> Result<PrivateKey<'_>, KeyError> {
    engine::private_key(der).ok_or(KeyError::Malformed)
}

/// Reads a `SubjectPublicKeyInfo` [RFC 5280] with an uncompressed point of a named curve [RFC 5480], a key of RFC 8410 or an
/// `RSAPublicKey`. Nothing may follow it.
///
/// [`KeyError::Malformed`]: not one, or not of a [`Kind`]. Whether the point is on its curve is not checked.
pub fn public_key(der: &[u8]) -> Result<PublicKey<'_>, KeyError> {
    engine::public_key(der).ok_or(KeyError::Malformed)
}

/// Is `value` a key in the structure of `format`, one of `CRYPTO_KE_FORMAT_*`? Raw bytes always are.
pub fn check(format: uint8, value: &[u8]) -> Result<(), KeyError> {
    let good = match format {
        CRYPTO_KE_FORMAT_BIN_OCTET => true,
        CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 => engine::private_key(value).is_some(),
        CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY => engine::public_key(value).is_some(),
        CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY => engine::is_rsa_private_key(value),
        CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY => engine::is_rsa_public_key(value),
        _ => false,
    };
    good.then_some(()).ok_or(KeyError::Malformed)
}

/// Writes a `PrivateKeyInfo`, with `public` (`04 ‖ X ‖ Y`) in the `ECPrivateKey` if it is given, and tells its length.
///
/// [`KeyError::Size`]: `secret` or `public` is not as long as `kind` has it, or the room is too small. What was written then is
/// the caller's to wipe.
pub fn encode_private(kind: Kind, secret: &[u8], public: Option<&[u8]>, output: &mut [u8]) -> Result<usize, KeyError> {
    let sizes = kind.secret_len() == Some(secret.len()) && public.map_or(true, |public| kind.public_len() == Some(public.len()));
    let written = if sizes { engine::encode_private(kind, secret, public, output) } else { None };
    written.ok_or(KeyError::Size)
}

/// Writes a `SubjectPublicKeyInfo` and tells its length. `bytes`: see [`Kind::public_len`].
///
/// [`KeyError::Size`]: `bytes` is not as long, or the room is too small.
pub fn encode_public(kind: Kind, bytes: &[u8], output: &mut [u8]) -> Result<usize, KeyError> {
    let written = if kind.public_len() == Some(bytes.len()) { engine::encode_public(kind, bytes, output) } else { None };
    written.ok_or(KeyError::Size)
}
