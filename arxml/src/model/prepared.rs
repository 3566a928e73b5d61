//! What the soft driver makes of a key once, so that its jobs need not parse it again.

use v2gcrypt_types::{self as types, Number};

use super::{Algorithm, Model};

/// What `KeySetValid` turns element 1 of a key into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreparedForm {
    /// Nothing: no job uses the key, or the jobs need different forms.
    None,
    /// Subkeys of AES-CMAC.
    AesCmac,
    /// Pads of HMAC-SHA-256.
    HmacSha256,
    /// Pads of HMAC-SHA-384.
    HmacSha384,
    /// Pads of HMAC-SHA-512.
    HmacSha512,
    /// Private key on P-256.
    EcdsaP256Sign,
    /// Public key on P-256.
    EcdsaP256Verify,
}

impl Model {
    /// The form that all jobs with this key agree on.
    pub fn prepared_form(&self, driver: usize, crypto_key: u32) -> PreparedForm {
        let mut forms =
            self.primitives_with(driver, crypto_key).map(|primitive| PreparedForm::of(primitive.service, primitive.algorithm));
        match forms.next() {
            Some(first) if forms.all(|form| form == first) => first,
            _ => PreparedForm::None,
        }
    }
}

impl PreparedForm {
    /// The form that serves a job of this service and algorithm; `None` also for what the soft driver does not know.
    pub fn of(service: Number, algorithm: Algorithm) -> Self {
        let family = algorithm.family.value as types::Crypto_AlgorithmFamilyType;
        let secondary = algorithm.secondary_family.value as types::Crypto_AlgorithmFamilyType;
        let mode = algorithm.mode.value as types::Crypto_AlgorithmModeType;
        match service.value as types::Crypto_ServiceInfoType {
            types::CRYPTO_MACGENERATE | types::CRYPTO_MACVERIFY => match (family, mode, secondary) {
                (types::CRYPTO_ALGOFAM_AES, types::CRYPTO_ALGOMODE_CMAC, types::CRYPTO_ALGOFAM_NOT_SET) => Self::AesCmac,
                (_, types::CRYPTO_ALGOMODE_HMAC, _) => {
                    // The hash stands in the family, in the secondary family, or in both.
                    let hash = if family == types::CRYPTO_ALGOFAM_NOT_SET { secondary } else { family };
                    if secondary != hash && secondary != types::CRYPTO_ALGOFAM_NOT_SET {
                        return Self::None;
                    }
                    match hash {
                        types::CRYPTO_ALGOFAM_SHA2_256 => Self::HmacSha256,
                        types::CRYPTO_ALGOFAM_SHA2_384 => Self::HmacSha384,
                        types::CRYPTO_ALGOFAM_SHA2_512 => Self::HmacSha512,
                        _ => Self::None,
                    }
                }
                _ => Self::None,
            },
            types::CRYPTO_SIGNATUREGENERATE if is_ecdsa_p256(family, secondary, mode) => Self::EcdsaP256Sign,
            types::CRYPTO_SIGNATUREVERIFY if is_ecdsa_p256(family, secondary, mode) => Self::EcdsaP256Verify,
            _ => Self::None,
        }
    }
}

fn is_ecdsa_p256(
    family: types::Crypto_AlgorithmFamilyType,
    secondary: types::Crypto_AlgorithmFamilyType,
    mode: types::Crypto_AlgorithmModeType,
) -> bool {
    matches!(family, types::CRYPTO_ALGOFAM_ECCNIST | types::CRYPTO_ALGOFAM_ECDSA)
        && secondary == types::CRYPTO_ALGOFAM_SHA2_256
        && mode == types::CRYPTO_ALGOMODE_NOT_SET
}
