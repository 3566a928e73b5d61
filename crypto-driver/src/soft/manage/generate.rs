//! What a key that is generated consists of.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::super::config::CryptoSoft_KeyElementConfigType;
use super::super::errors::Refusal;
use super::copy::check_internal_write;
use super::pair::PairKind;

/// What is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Material {
    /// So many random bytes.
    Bytes(usize),
    /// A private key, and its public key.
    Pair(PairKind),
}

impl Material {
    /// What `family` wants in `element`. `curve`: the content octets of an object identifier, None if the key's type has no
    /// element for it.
    pub fn new(
        family: Crypto_AlgorithmFamilyType,
        curve: Option<&[u8]>,
        element: &CryptoSoft_KeyElementConfigType,
    ) -> Result<Self, Refusal> {
        check_internal_write(element)?;
        let size = element.size as usize;
        let fits = match family {
            CRYPTO_ALGOFAM_AES => matches!(size, 16 | 32),
            CRYPTO_ALGOFAM_CHACHA => size == 32,
            CRYPTO_ALGOFAM_SHA2_256 | CRYPTO_ALGOFAM_SHA2_384 | CRYPTO_ALGOFAM_SHA2_512 => size != 0, // HMAC
            _ => return PairKind::new(family, curve, element).map(Self::Pair),
        };
        if fits && element.format == CRYPTO_KE_FORMAT_BIN_OCTET {
            Ok(Self::Bytes(size))
        } else {
            Err(Refusal::KEY_SIZE_MISMATCH)
        }
    }
}
