//! What the soft driver makes of a key once, so that its jobs need not parse it again.

use v2gcrypt_types as types;

use super::{Algorithm, Curve, Model, Primitive};

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
    /// Round keys of AES, for CBC and CTR.
    AesCipher,
    /// Round keys and hash key of AES-GCM, for GMAC as well.
    AesGcm,
    /// ChaCha20-Poly1305.
    ChaCha20Poly1305,
    /// Private key on P-256.
    EcdsaP256Sign,
    /// Public key on P-256.
    EcdsaP256Verify,
    /// Private key on P-384.
    EcdsaP384Sign,
    /// Public key on P-384.
    EcdsaP384Verify,
    /// Private key on P-521.
    EcdsaP521Sign,
    /// Public key on P-521.
    EcdsaP521Verify,
    /// Private key of Ed25519.
    Ed25519Sign,
    /// Public key of Ed25519.
    Ed25519Verify,
}

impl Model {
    /// The form that all jobs with this key agree on. Jobs that use the bytes themselves have no say.
    pub fn prepared_form(&self, driver: usize, crypto_key: u32) -> PreparedForm {
        let forms = self.primitives_with(driver, crypto_key).map(PreparedForm::of);
        let mut forms = forms.filter(|form| *form != PreparedForm::None);
        match forms.next() {
            Some(first) if forms.all(|form| form == first) => first,
            _ => PreparedForm::None,
        }
    }
}

impl PreparedForm {
    /// The form that serves a job of this primitive; `None` also for what the soft driver does not know.
    pub fn of(primitive: &Primitive) -> Self {
        let Algorithm { family, secondary_family, mode } = primitive.algorithm;
        let family = family.value as types::Crypto_AlgorithmFamilyType;
        let secondary = secondary_family.value as types::Crypto_AlgorithmFamilyType;
        let mode = mode.value as types::Crypto_AlgorithmModeType;
        match primitive.service.value as types::Crypto_ServiceInfoType {
            types::CRYPTO_MACGENERATE | types::CRYPTO_MACVERIFY => of_mac(family, mode, secondary),
            types::CRYPTO_ENCRYPT | types::CRYPTO_DECRYPT => match (family, mode, secondary) {
                (
                    types::CRYPTO_ALGOFAM_AES,
                    types::CRYPTO_ALGOMODE_CBC,
                    types::CRYPTO_ALGOFAM_NOT_SET | types::CRYPTO_ALGOFAM_PADDING_PKCS7,
                )
                | (types::CRYPTO_ALGOFAM_AES, types::CRYPTO_ALGOMODE_CTR, types::CRYPTO_ALGOFAM_NOT_SET) => Self::AesCipher,
                _ => Self::None,
            },
            types::CRYPTO_AEADENCRYPT | types::CRYPTO_AEADDECRYPT => match (family, mode, secondary) {
                (types::CRYPTO_ALGOFAM_AES, types::CRYPTO_ALGOMODE_GCM, types::CRYPTO_ALGOFAM_NOT_SET) => Self::AesGcm,
                (
                    types::CRYPTO_ALGOFAM_CHACHA,
                    types::CRYPTO_ALGOMODE_20ROUNDS | types::CRYPTO_ALGOMODE_NOT_SET,
                    types::CRYPTO_ALGOFAM_POLY1305,
                ) => Self::ChaCha20Poly1305,
                _ => Self::None,
            },
            types::CRYPTO_SIGNATUREGENERATE => match Curve::of_signature(primitive) {
                Some(Curve::P256) => Self::EcdsaP256Sign,
                Some(Curve::P384) => Self::EcdsaP384Sign,
                Some(Curve::P521) => Self::EcdsaP521Sign,
                Some(Curve::Ed25519) => Self::Ed25519Sign,
                Some(Curve::X25519) | None => Self::None,
            },
            types::CRYPTO_SIGNATUREVERIFY => match Curve::of_signature(primitive) {
                Some(Curve::P256) => Self::EcdsaP256Verify,
                Some(Curve::P384) => Self::EcdsaP384Verify,
                Some(Curve::P521) => Self::EcdsaP521Verify,
                Some(Curve::Ed25519) => Self::Ed25519Verify,
                Some(Curve::X25519) | None => Self::None,
            },
            _ => Self::None,
        }
    }

    /// Name in C.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::None => "CRYPTO_SOFT_FORM_NONE",
            Self::AesCmac => "CRYPTO_SOFT_FORM_AES_CMAC",
            Self::HmacSha256 => "CRYPTO_SOFT_FORM_HMAC_SHA256",
            Self::HmacSha384 => "CRYPTO_SOFT_FORM_HMAC_SHA384",
            Self::HmacSha512 => "CRYPTO_SOFT_FORM_HMAC_SHA512",
            Self::AesCipher => "CRYPTO_SOFT_FORM_AES_CIPHER",
            Self::AesGcm => "CRYPTO_SOFT_FORM_AES_GCM",
            Self::ChaCha20Poly1305 => "CRYPTO_SOFT_FORM_CHACHA20_POLY1305",
            Self::EcdsaP256Sign => "CRYPTO_SOFT_FORM_ECDSA_P256_SIGN",
            Self::EcdsaP256Verify => "CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY",
            Self::EcdsaP384Sign => "CRYPTO_SOFT_FORM_ECDSA_P384_SIGN",
            Self::EcdsaP384Verify => "CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY",
            Self::EcdsaP521Sign => "CRYPTO_SOFT_FORM_ECDSA_P521_SIGN",
            Self::EcdsaP521Verify => "CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY",
            Self::Ed25519Sign => "CRYPTO_SOFT_FORM_ED25519_SIGN",
            Self::Ed25519Verify => "CRYPTO_SOFT_FORM_ED25519_VERIFY",
        }
    }
}

fn of_mac(
    family: types::Crypto_AlgorithmFamilyType,
    mode: types::Crypto_AlgorithmModeType,
    secondary: types::Crypto_AlgorithmFamilyType,
) -> PreparedForm {
    match (family, mode, secondary) {
        (types::CRYPTO_ALGOFAM_AES, types::CRYPTO_ALGOMODE_CMAC, types::CRYPTO_ALGOFAM_NOT_SET) => PreparedForm::AesCmac,
        (types::CRYPTO_ALGOFAM_AES, types::CRYPTO_ALGOMODE_GMAC, types::CRYPTO_ALGOFAM_NOT_SET) => PreparedForm::AesGcm,
        (_, types::CRYPTO_ALGOMODE_HMAC, _) => {
            // The hash stands in the family, in the secondary family, or in both.
            let hash = if family == types::CRYPTO_ALGOFAM_NOT_SET { secondary } else { family };
            if secondary != hash && secondary != types::CRYPTO_ALGOFAM_NOT_SET {
                return PreparedForm::None;
            }
            match hash {
                types::CRYPTO_ALGOFAM_SHA2_256 => PreparedForm::HmacSha256,
                types::CRYPTO_ALGOFAM_SHA2_384 => PreparedForm::HmacSha384,
                types::CRYPTO_ALGOFAM_SHA2_512 => PreparedForm::HmacSha512,
                _ => PreparedForm::None,
            }
        }
        _ => PreparedForm::None,
    }
}
