//! Does the driver object of a job offer the job's algorithm, and does one of our drivers have it?

use v2gcrypt_types as types;

use crate::findings::{Findings, Kind};
use crate::model::{Algorithm, Curve, DriverObject, Implementation, Job, PreparedForm, Primitive};
use crate::read::DriverDraft;

pub(super) fn check(job: &Job, primitive: &Primitive, driver: &DriverDraft, object: &DriverObject, findings: &mut Findings) {
    let ours = driver.shell.implementation != Implementation::External;
    if ours && !soft_driver_knows(primitive) {
        findings.at(
            &primitive.origin,
            Kind::AlgorithmUnknown,
            format!("{} has no {}.", our_driver(driver), describe(primitive)),
            "Use an algorithm that docs/arxml.md lists, or a driver that has this one.",
        );
        return;
    }
    let offers: Option<Vec<_>> = object.primitives.iter().map(|handle| driver.primitives.get(handle)).collect();
    let Some(offers) = offers else { return };
    let offered =
        offers.iter().any(|offer| offer.service == primitive.service && offer.algorithms.contains(&primitive.algorithm));
    if !offered {
        findings.at(
            &job.origin,
            Kind::AlgorithmNotOffered,
            format!("The job needs {}, which its driver object {} does not offer.", describe(primitive), object.origin.path),
            "Refer from the driver object to a CryptoPrimitive with this service, family, mode and secondary family.",
        );
    }
}

fn our_driver(driver: &DriverDraft) -> &'static str {
    match driver.shell.implementation {
        Implementation::Hsm => "The driver of the HSM",
        _ => "The soft driver",
    }
}

pub(super) fn describe(primitive: &Primitive) -> String {
    let Algorithm { family, secondary_family, mode } = primitive.algorithm;
    let key_length = primitive.key_length;
    let service = primitive.service.symbol;
    format!("{service} with {}, {}, {}, key length {key_length}", family.symbol, mode.symbol, secondary_family.symbol)
}

impl Primitive {
    /// Whether the soft driver computes it, and the HSM; see docs/arxml.md.
    pub fn is_of_soft_driver(&self) -> bool {
        soft_driver_knows(self)
    }
}

fn soft_driver_knows(primitive: &Primitive) -> bool {
    let Algorithm { family, secondary_family, mode } = primitive.algorithm;
    let no_mode = mode.value == u32::from(types::CRYPTO_ALGOMODE_NOT_SET);
    let no_secondary = secondary_family.value == u32::from(types::CRYPTO_ALGOFAM_NOT_SET);
    let family = family.value as types::Crypto_AlgorithmFamilyType;
    let alone = no_mode && no_secondary;
    match primitive.service.value as types::Crypto_ServiceInfoType {
        types::CRYPTO_HASH => {
            (types::CRYPTO_ALGOFAM_SHA1..=types::CRYPTO_ALGOFAM_SHA2_512_256).contains(&family) && no_secondary && no_mode
        }
        types::CRYPTO_RANDOMGENERATE | types::CRYPTO_RANDOMSEED => match family {
            types::CRYPTO_ALGOFAM_RNG => no_mode,
            types::CRYPTO_ALGOFAM_DRBG => no_mode || mode.value == u32::from(types::CRYPTO_ALGOMODE_CTRDRBG),
            _ => false,
        },
        types::CRYPTO_KEYSETVALID | types::CRYPTO_KEYSETINVALID => alone,
        types::CRYPTO_KEYGENERATE => alone && (family == types::CRYPTO_ALGOFAM_NOT_SET || generates(family)),
        types::CRYPTO_KEYDERIVE => {
            no_mode
                && derives(family)
                && (no_secondary || derives_by(secondary_family.value as types::Crypto_AlgorithmFamilyType))
        }
        types::CRYPTO_KEYEXCHANGECALCPUBVAL | types::CRYPTO_KEYEXCHANGECALCSECRET => {
            alone && (family == types::CRYPTO_ALGOFAM_NOT_SET || exchanges(family))
        }
        types::CRYPTO_CUSTOM_SERVICE => alone && contract_key_curve(primitive).is_some(),
        _ => match PreparedForm::of(primitive) {
            PreparedForm::None => false,
            PreparedForm::AesCmac | PreparedForm::AesCipher | PreparedForm::AesGcm => {
                [0, 128, 256].contains(&primitive.key_length)
            }
            PreparedForm::ChaCha20Poly1305 => [0, 256].contains(&primitive.key_length),
            _ => true, // a HMAC takes a key of any length; a signature's key length is a part of its curve
        },
    }
}

/// Whether `KeyGenerate` has this algorithm.
pub(super) fn generates(family: types::Crypto_AlgorithmFamilyType) -> bool {
    matches!(
        family,
        types::CRYPTO_ALGOFAM_AES
            | types::CRYPTO_ALGOFAM_CHACHA
            | types::CRYPTO_ALGOFAM_SHA2_256
            | types::CRYPTO_ALGOFAM_SHA2_384
            | types::CRYPTO_ALGOFAM_SHA2_512
            | types::CRYPTO_ALGOFAM_ED25519
    ) || exchanges(family)
}

/// Whether `KeyDerive` has this algorithm, or leaves it to the key.
fn derives(family: types::Crypto_AlgorithmFamilyType) -> bool {
    matches!(
        family,
        types::CRYPTO_ALGOFAM_NOT_SET
            | types::CRYPTO_ALGOFAM_HKDF
            | types::CRYPTO_ALGOFAM_KDFX963
            | types::CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF
            | types::CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF
    )
}

/// Hashes of key derivations.
fn derives_by(hash: types::Crypto_AlgorithmFamilyType) -> bool {
    matches!(hash, types::CRYPTO_ALGOFAM_SHA2_256 | types::CRYPTO_ALGOFAM_SHA2_384 | types::CRYPTO_ALGOFAM_SHA2_512)
}

/// Whether the key exchange has this algorithm.
pub(super) fn exchanges(family: types::Crypto_AlgorithmFamilyType) -> bool {
    matches!(
        family,
        types::CRYPTO_ALGOFAM_ECCNIST | types::CRYPTO_ALGOFAM_ECDSA | types::CRYPTO_ALGOFAM_ECDH | types::CRYPTO_ALGOFAM_X25519
    )
}

/// The curve of the owning key of a contract-key import.
pub(super) fn contract_key_curve(primitive: &Primitive) -> Option<Curve> {
    match primitive.algorithm.family.value as types::Crypto_AlgorithmFamilyType {
        types::CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 => Some(Curve::P256),
        types::CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 => Some(Curve::P521),
        _ => None,
    }
}
