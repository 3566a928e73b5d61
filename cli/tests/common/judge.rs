//! Runs `keym::path` over the primitives, without Csm: fast, and from several threads.

use v2gcrypt_keym::path::{Action, Event, HashAlgorithm, Query, Refusals, SignatureCheck, Validation, VerifiedChain};
use v2gcrypt_keym::x509::{ecdsa_raw, KeyAlgorithm, SignatureAlgorithm, ECDSA_RAW_MAX};
use v2gcrypt_primitives::{digest, ecdsa, ed25519, Curve};

pub fn judge<'a>(query: Query<'a>) -> Result<VerifiedChain<'a>, Box<Refusals>> {
    let mut validation = Validation::new(query);
    let mut action = validation.step(Event::Continue);
    loop {
        action = match action {
            Action::Verify(check) => validation.step(verify(&check).map_or(Event::CryptoFailed, Event::Verified)),
            Action::Hash { algorithm, message } => {
                validation.step(Event::Hashed(digest(primitive(algorithm), message).as_bytes()))
            }
            Action::Continue => validation.step(Event::Continue),
            Action::Done => return validation.into_result().map_err(Box::new),
        };
    }
}

fn primitive(algorithm: HashAlgorithm) -> v2gcrypt_primitives::HashAlgorithm {
    match algorithm {
        HashAlgorithm::Sha1 => v2gcrypt_primitives::HashAlgorithm::Sha1,
        HashAlgorithm::Sha256 => v2gcrypt_primitives::HashAlgorithm::Sha256,
        HashAlgorithm::Sha384 => v2gcrypt_primitives::HashAlgorithm::Sha384,
        HashAlgorithm::Sha512 => v2gcrypt_primitives::HashAlgorithm::Sha512,
    }
}

fn verify(check: &SignatureCheck<'_>) -> Option<bool> {
    let curve = match check.public_key.algorithm {
        KeyAlgorithm::P256 => Curve::P256,
        KeyAlgorithm::P384 => Curve::P384,
        KeyAlgorithm::P521 => Curve::P521,
        KeyAlgorithm::Ed25519 => {
            let key = ed25519::VerifyingKey::new(check.public_key.bytes).ok()?;
            return Some(check.signature.try_into().is_ok_and(|signature| key.verify(check.message, signature)));
        }
        _ => return None,
    };
    let hash = match check.algorithm {
        SignatureAlgorithm::EcdsaSha256 => v2gcrypt_primitives::HashAlgorithm::Sha256,
        SignatureAlgorithm::EcdsaSha384 => v2gcrypt_primitives::HashAlgorithm::Sha384,
        SignatureAlgorithm::EcdsaSha512 => v2gcrypt_primitives::HashAlgorithm::Sha512,
        _ => return None,
    };
    let mut raw = [0; ECDSA_RAW_MAX];
    let Some(length) = ecdsa_raw(check.signature, curve.field_len(), &mut raw) else { return Some(false) };
    let key = ecdsa::VerifyingKey::new(curve, check.public_key.bytes);
    Some(key.is_ok_and(|key| key.verify(hash, check.message, &raw[..length])))
}
