//! Keys in the engines' own forms: prepared by `KeySetValid`, or parsed by the job that needs another form.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, CipherKey};
use v2gcrypt_primitives::ecdsa::{SigningKey, VerifyingKey};
use v2gcrypt_primitives::{ed25519, Curve, KeyError, MacAlgorithm, MacKey};
use v2gcrypt_types::*;

use crate::soft::config::*;
use crate::soft::errors::Refusal;
use crate::soft::formats::{self, Kind};

/// The engine's own form of a key. `repr(u8)`: bytes that are all zero are `None`.
#[repr(u8)]
#[allow(clippy::large_enum_variant)]
pub(in crate::soft) enum PreparedKey {
    None = 0,
    Mac(MacKey),
    /// For all modes.
    Cipher(CipherKey),
    Aead(AeadKey),
    Signing(SigningKey),
    Verifying(VerifyingKey),
    Ed25519Signing(ed25519::SigningKey),
    Ed25519Verifying(ed25519::VerifyingKey),
}

/// A key that is held for reading: its form, and its bytes for when a job needs another form.
#[derive(Clone, Copy)]
pub(in crate::soft) struct KeyMaterial<'a> {
    pub(in crate::soft) prepared: &'a PreparedKey,
    pub(in crate::soft) value: KeyBytes<'a>,
    /// The initialisation vector or the nonce.
    pub(in crate::soft) nonce: &'a [u8],
}

/// The bytes of a key, and how to read them.
#[derive(Clone, Copy)]
pub(in crate::soft) struct KeyBytes<'a> {
    /// `CRYPTO_KE_FORMAT_*`.
    pub(in crate::soft) format: uint8,
    pub(in crate::soft) bytes: &'a [u8],
}

impl<'a> KeyBytes<'a> {
    /// No bytes.
    pub(in crate::soft) const NONE: Self = Self { format: CRYPTO_KE_FORMAT_BIN_OCTET, bytes: &[] };

    /// The bytes of a secret key: they stand there as they are.
    fn symmetric(self) -> Result<&'a [u8], KeyError> {
        match self.format {
            CRYPTO_KE_FORMAT_BIN_OCTET => Ok(self.bytes),
            _ => Err(KeyError::Malformed),
        }
    }

    /// The private key of `kind`: scalar or seed.
    fn private(self, kind: Kind) -> Result<&'a [u8], KeyError> {
        match self.format {
            CRYPTO_KE_FORMAT_BIN_OCTET => Ok(self.bytes),
            CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 => {
                let key = formats::private_key(self.bytes)?;
                (key.kind == kind).then_some(key.secret).ok_or(KeyError::Size)
            }
            _ => Err(KeyError::Malformed),
        }
    }

    /// The public key of `kind`: X‖Y or 04‖X‖Y, or 32 bytes.
    fn public(self, kind: Kind) -> Result<&'a [u8], KeyError> {
        match self.format {
            CRYPTO_KE_FORMAT_BIN_OCTET => Ok(self.bytes),
            CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY => {
                let key = formats::public_key(self.bytes)?;
                (key.kind == kind).then_some(key.bytes).ok_or(KeyError::Size)
            }
            _ => Err(KeyError::Malformed),
        }
    }
}

impl PreparedKey {
    /// Parses a key that has a value. A form that is unknown, or not in this build, leaves only the structure to be checked.
    pub(in crate::soft) fn new(form: uint8, value: KeyBytes<'_>) -> Result<Self, KeyError> {
        let mac = |algorithm| MacKey::new(algorithm, value.symmetric()?).map(Self::Mac);
        let aead = |algorithm| AeadKey::new(algorithm, value.symmetric()?).map(Self::Aead);
        let signing = |curve| SigningKey::new(curve, value.private(Kind::Ec(curve))?).map(Self::Signing);
        let verifying = |curve| VerifyingKey::new(curve, value.public(Kind::Ec(curve))?).map(Self::Verifying);
        match form {
            CRYPTO_SOFT_FORM_AES_CMAC => mac(MacAlgorithm::AesCmac),
            CRYPTO_SOFT_FORM_HMAC_SHA256 => mac(MacAlgorithm::HmacSha256),
            CRYPTO_SOFT_FORM_HMAC_SHA384 => mac(MacAlgorithm::HmacSha384),
            CRYPTO_SOFT_FORM_HMAC_SHA512 => mac(MacAlgorithm::HmacSha512),
            CRYPTO_SOFT_FORM_AES_CIPHER if v2gcrypt_primitives::cipher::AVAILABLE => {
                CipherKey::new(CipherAlgorithm::AesCbc, value.symmetric()?).map(Self::Cipher)
            }
            CRYPTO_SOFT_FORM_AES_GCM if v2gcrypt_primitives::aead::AVAILABLE => aead(AeadAlgorithm::AesGcm),
            CRYPTO_SOFT_FORM_CHACHA20_POLY1305 if v2gcrypt_primitives::aead::AVAILABLE => aead(AeadAlgorithm::ChaCha20Poly1305),
            CRYPTO_SOFT_FORM_ECDSA_P256_SIGN if Curve::P256.is_available() => signing(Curve::P256),
            CRYPTO_SOFT_FORM_ECDSA_P384_SIGN if Curve::P384.is_available() => signing(Curve::P384),
            CRYPTO_SOFT_FORM_ECDSA_P521_SIGN if Curve::P521.is_available() => signing(Curve::P521),
            CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY if Curve::P256.is_available() => verifying(Curve::P256),
            CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY if Curve::P384.is_available() => verifying(Curve::P384),
            CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY if Curve::P521.is_available() => verifying(Curve::P521),
            CRYPTO_SOFT_FORM_ED25519_SIGN if ed25519::AVAILABLE => {
                ed25519::SigningKey::new(value.private(Kind::Ed25519)?).map(Self::Ed25519Signing)
            }
            CRYPTO_SOFT_FORM_ED25519_VERIFY if ed25519::AVAILABLE => {
                ed25519::VerifyingKey::new(value.public(Kind::Ed25519)?).map(Self::Ed25519Verifying)
            }
            _ => formats::check(value.format, value.bytes).map(|()| Self::None),
        }
    }
}

pub(super) fn with_mac_key<T>(
    algorithm: MacAlgorithm,
    key: KeyMaterial<'_>,
    work: impl FnOnce(&MacKey) -> T,
) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Mac(prepared) if prepared.algorithm() == algorithm => Ok(work(prepared)),
        _ => parsed(|| MacKey::new(algorithm, key.value.symmetric()?), work),
    }
}

pub(super) fn with_cipher_key<T>(key: KeyMaterial<'_>, work: impl FnOnce(&CipherKey) -> T) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Cipher(prepared) => Ok(work(prepared)),
        _ => parsed(|| CipherKey::new(CipherAlgorithm::AesCbc, key.value.symmetric()?), work),
    }
}

pub(super) fn with_aead_key<T>(
    algorithm: AeadAlgorithm,
    key: KeyMaterial<'_>,
    work: impl FnOnce(&AeadKey) -> T,
) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Aead(prepared) if prepared.algorithm() == algorithm => Ok(work(prepared)),
        _ => parsed(|| AeadKey::new(algorithm, key.value.symmetric()?), work),
    }
}

pub(super) fn with_signing_key<T>(curve: Curve, key: KeyMaterial<'_>, work: impl FnOnce(&SigningKey) -> T) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Signing(prepared) if prepared.curve() == curve => Ok(work(prepared)),
        _ => parsed(|| SigningKey::new(curve, key.value.private(Kind::Ec(curve))?), work),
    }
}

pub(super) fn with_verifying_key<T>(
    curve: Curve,
    key: KeyMaterial<'_>,
    work: impl FnOnce(&VerifyingKey) -> T,
) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Verifying(prepared) if prepared.curve() == curve => Ok(work(prepared)),
        _ => parsed(|| VerifyingKey::new(curve, key.value.public(Kind::Ec(curve))?), work),
    }
}

pub(super) fn with_ed25519_signing_key<T>(
    key: KeyMaterial<'_>,
    work: impl FnOnce(&ed25519::SigningKey) -> T,
) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Ed25519Signing(prepared) => Ok(work(prepared)),
        _ => parsed(|| ed25519::SigningKey::new(key.value.private(Kind::Ed25519)?), work),
    }
}

pub(super) fn with_ed25519_verifying_key<T>(
    key: KeyMaterial<'_>,
    work: impl FnOnce(&ed25519::VerifyingKey) -> T,
) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Ed25519Verifying(prepared) => Ok(work(prepared)),
        _ => parsed(|| ed25519::VerifyingKey::new(key.value.public(Kind::Ed25519)?), work),
    }
}

/// A function of its own, so that a job with a prepared key does not pay the stack of one without.
#[cold]
#[inline(never)]
fn parsed<K, T>(parse: impl FnOnce() -> Result<K, KeyError>, work: impl FnOnce(&K) -> T) -> Result<T, Refusal> {
    parse().map(|key| work(&key)).map_err(refuse_key)
}

fn refuse_key(error: KeyError) -> Refusal {
    Refusal::silent(match error {
        KeyError::Size => CRYPTO_E_KEY_SIZE_MISMATCH,
        KeyError::Malformed => CRYPTO_E_KEY_NOT_VALID,
    })
}
