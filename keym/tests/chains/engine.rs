//! Engines for what a validation asks: a fake one for rules, and a real one.

use v2gcrypt_keym::path::{Action, Event, HashAlgorithm, Query, Refusals, SignatureCheck, Validation, VerifiedChain};
use v2gcrypt_keym::x509::{ecdsa_raw, SignatureAlgorithm};
use v2gcrypt_primitives as primitives;
use v2gcrypt_primitives::ecdsa::VerifyingKey;
use v2gcrypt_primitives::Curve;

pub fn digest(algorithm: HashAlgorithm, message: &[u8]) -> Vec<u8> {
    let algorithm = match algorithm {
        HashAlgorithm::Sha1 => primitives::HashAlgorithm::Sha1,
        HashAlgorithm::Sha256 => primitives::HashAlgorithm::Sha256,
        HashAlgorithm::Sha384 => primitives::HashAlgorithm::Sha384,
        HashAlgorithm::Sha512 => primitives::HashAlgorithm::Sha512,
    };
    primitives::digest(algorithm, message).as_bytes().to_vec()
}

/// Stands for a signature: which key has seen which message. Of any algorithm, and fast.
pub fn fake_signature(public_key: &[u8], message: &[u8]) -> Vec<u8> {
    digest(HashAlgorithm::Sha256, &[public_key, message].concat())
}

pub fn verify(check: &SignatureCheck<'_>) -> bool {
    check.signature == fake_signature(check.public_key.spki, check.message)
}

/// By v2gcrypt-primitives.
pub fn verify_for_real(check: &SignatureCheck<'_>) -> bool {
    let (curve, field) = match check.public_key.bytes.len() {
        65 => (Curve::P256, 32),
        97 => (Curve::P384, 48),
        133 => (Curve::P521, 66),
        _ => return false,
    };
    let hash = match check.algorithm {
        SignatureAlgorithm::EcdsaSha256 => primitives::HashAlgorithm::Sha256,
        SignatureAlgorithm::EcdsaSha384 => primitives::HashAlgorithm::Sha384,
        SignatureAlgorithm::EcdsaSha512 => primitives::HashAlgorithm::Sha512,
        _ => return false,
    };
    let mut raw = [0; 132];
    let (Ok(key), Some(length)) = (VerifyingKey::new(curve, check.public_key.bytes), ecdsa_raw(check.signature, field, &mut raw))
    else {
        return false;
    };
    key.verify(hash, check.message, &raw[..length])
}

/// What a run has asked for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    pub signatures: usize,
    pub hashes: usize,
    pub pauses: usize,
}

pub struct Run<'a> {
    pub result: Result<VerifiedChain<'a>, Refusals>,
    pub work: Work,
    pub lessons: Vec<v2gcrypt_keym::path::Lesson>,
}

pub fn run_with<'a>(query: Query<'a>, verify: &mut dyn FnMut(&SignatureCheck<'a>) -> bool) -> Run<'a> {
    let mut validation = Validation::new(query);
    let mut work = Work::default();
    let mut action = validation.step(Event::Continue);
    loop {
        // An answer that is due is asked for again.
        assert!(matches!(action, Action::Continue) || validation.step(Event::Continue) == action);
        action = match action {
            Action::Verify(check) => {
                work.signatures += 1;
                validation.step(Event::Verified(verify(&check)))
            }
            Action::Hash { algorithm, message } => {
                work.hashes += 1;
                validation.step(Event::Hashed(&digest(algorithm, message)))
            }
            Action::Continue => {
                work.pauses += 1;
                validation.step(Event::Continue)
            }
            Action::Done => break,
        };
        assert!(work.signatures <= 32 && work.pauses < 100, "{work:?}");
    }
    let lessons = validation.lessons().collect();
    let result = validation.into_result();
    if let Err(refusals) = &result {
        assert!(!refusals.is_empty());
    }
    Run { result, work, lessons }
}

/// By the fake engine.
pub fn run(query: Query<'_>) -> Run<'_> {
    run_with(query, &mut |check| verify(check))
}
