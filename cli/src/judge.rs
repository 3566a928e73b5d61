//! Runs `keym::path` with jobs of Csm.
#![forbid(unsafe_code)]

use v2gcrypt_keym::path::{Action, Event, HashAlgorithm, Query, Refusals, SignatureCheck, Validation, VerifiedChain};
use v2gcrypt_keym::x509::{ecdsa_raw, KeyAlgorithm, SignatureAlgorithm, ECDSA_RAW_MAX};

use crate::ffi;

/// Validates. [`ffi::init`] has been called.
pub fn judge<'a>(query: Query<'a>) -> Result<VerifiedChain<'a>, Box<Refusals>> {
    let mut validation = Validation::new(query);
    let mut action = validation.step(Event::Continue);
    loop {
        action = match action {
            Action::Verify(check) => validation.step(match verify(&check) {
                Ok(good) => Event::Verified(good),
                Err(_) => Event::CryptoFailed,
            }),
            Action::Hash { algorithm, message } => match ffi::hash(hash_job(algorithm), message) {
                Ok(digest) => validation.step(Event::Hashed(&digest)),
                Err(_) => validation.step(Event::CryptoFailed),
            },
            Action::Continue => validation.step(Event::Continue),
            Action::Done => return validation.into_result().map_err(Box::new),
        };
    }
}

/// Is the signature good?
pub fn verify(check: &SignatureCheck<'_>) -> Result<bool, ffi::Refused> {
    use KeyAlgorithm as Key;
    use SignatureAlgorithm as Signature;
    let key = match check.public_key.algorithm {
        Key::P256 => ffi::CsmConf_CsmKey_VerifyKeyP256,
        Key::P384 => ffi::CsmConf_CsmKey_VerifyKeyP384,
        Key::P521 => ffi::CsmConf_CsmKey_VerifyKeyP521,
        Key::Ed25519 => ffi::CsmConf_CsmKey_VerifyKeyEd25519,
        _ => return Err(v2gcrypt_types::E_NOT_OK),
    };
    let job = match (check.public_key.algorithm, check.algorithm) {
        (Key::P256, Signature::EcdsaSha256) => ffi::CsmConf_CsmJob_VerifyP256,
        (Key::P256, Signature::EcdsaSha384) => ffi::CsmConf_CsmJob_VerifyP256Sha384,
        (Key::P256, Signature::EcdsaSha512) => ffi::CsmConf_CsmJob_VerifyP256Sha512,
        (Key::P384, Signature::EcdsaSha256) => ffi::CsmConf_CsmJob_VerifyP384Sha256,
        (Key::P384, Signature::EcdsaSha384) => ffi::CsmConf_CsmJob_VerifyP384,
        (Key::P384, Signature::EcdsaSha512) => ffi::CsmConf_CsmJob_VerifyP384Sha512,
        (Key::P521, Signature::EcdsaSha256) => ffi::CsmConf_CsmJob_VerifyP521Sha256,
        (Key::P521, Signature::EcdsaSha384) => ffi::CsmConf_CsmJob_VerifyP521Sha384,
        (Key::P521, Signature::EcdsaSha512) => ffi::CsmConf_CsmJob_VerifyP521,
        (Key::Ed25519, Signature::Ed25519) => ffi::CsmConf_CsmJob_VerifyEd25519,
        _ => return Err(v2gcrypt_types::E_NOT_OK),
    };
    let mut raw = [0; ECDSA_RAW_MAX];
    let signature = match check.public_key.algorithm.field_len() {
        None => check.signature,
        Some(field) => match ecdsa_raw(check.signature, field, &mut raw).and_then(|length| raw.get(..length)) {
            Some(raw) => raw,
            None => return Ok(false),
        },
    };
    // A point that is not on the curve verifies nothing.
    if ffi::load_key(key, check.public_key.bytes).is_err() {
        return Ok(false);
    }
    if check.public_key.algorithm == Key::Ed25519 && signature.len() != 64 {
        return Ok(false);
    }
    ffi::verify_now(job, check.message, signature)
}

fn hash_job(algorithm: HashAlgorithm) -> u32 {
    match algorithm {
        HashAlgorithm::Sha1 => ffi::CsmConf_CsmJob_HashSha1,
        HashAlgorithm::Sha256 => ffi::CsmConf_CsmJob_HashSha256,
        HashAlgorithm::Sha384 => ffi::CsmConf_CsmJob_HashSha384,
        HashAlgorithm::Sha512 => ffi::CsmConf_CsmJob_HashSha512,
    }
}
