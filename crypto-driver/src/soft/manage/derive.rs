//! Key derivation.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::{kdf, HashAlgorithm};
use v2gcrypt_types::*;

use super::super::config::CryptoSoft_KeyElementConfigType;
use super::super::errors::Refusal;
use super::copy::check_internal_write;

/// An algorithm with its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    family: Crypto_AlgorithmFamilyType,
    hash: HashAlgorithm,
}

/// What a key is derived from.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The secret.
    pub secret: &'a [u8],
    /// HKDF's salt, the seed of the TLS PRF; the others have none.
    pub salt: &'a [u8],
    /// HKDF's info, X9.63's SharedInfo, the concatenation KDF's OtherInfo, the label of the TLS PRF.
    pub info: &'a [u8],
}

impl Derivation {
    /// Of `CRYPTO_ALGOFAM_HKDF`, `_KDFX963`, `_V2GCRYPT_TLS12PRF` or `_V2GCRYPT_CONCATKDF`; with SHA-256 if the hash is not set.
    pub fn new(family: Crypto_AlgorithmFamilyType, hash: Crypto_AlgorithmFamilyType) -> Result<Self, Refusal> {
        let hash = match hash {
            CRYPTO_ALGOFAM_NOT_SET | CRYPTO_ALGOFAM_SHA2_256 => HashAlgorithm::Sha256,
            CRYPTO_ALGOFAM_SHA2_384 => HashAlgorithm::Sha384,
            CRYPTO_ALGOFAM_SHA2_512 => HashAlgorithm::Sha512,
            _ => return Err(Refusal::NOT_OK),
        };
        match family {
            CRYPTO_ALGOFAM_HKDF
            | CRYPTO_ALGOFAM_KDFX963
            | CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF
            | CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF => Ok(Self { family, hash }),
            _ => Err(Refusal::NOT_OK),
        }
    }

    /// Fills `out`.
    pub fn derive(self, inputs: Inputs<'_>, out: &mut [u8]) -> Result<(), Refusal> {
        let Inputs { secret, salt, info } = inputs;
        match self.family {
            CRYPTO_ALGOFAM_HKDF => kdf::hkdf(self.hash, salt, secret, info, out),
            CRYPTO_ALGOFAM_KDFX963 => kdf::x963(self.hash, secret, info, out),
            CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF => kdf::tls12_prf(self.hash, secret, info, salt, out),
            _ => kdf::concat(self.hash, secret, info, out),
        }
        .map_err(|error| match error {
            kdf::KdfError::Hash => Refusal::NOT_OK,
            kdf::KdfError::Length => Refusal::KEY_SIZE_MISMATCH,
        })
    }
}

/// How many bytes are derived for `target`: all that it has room for.
pub fn derived_length(target: &CryptoSoft_KeyElementConfigType) -> Result<usize, Refusal> {
    check_internal_write(target)?;
    if target.format != CRYPTO_KE_FORMAT_BIN_OCTET || target.size == 0 {
        return Err(Refusal::KEY_SIZE_MISMATCH);
    }
    Ok(target.size as usize)
}
