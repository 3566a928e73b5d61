//! On what terms a path is judged, where its signatures are verified, and which status says what is wrong with it.
#![forbid(unsafe_code)]

use crate::ffi::world::World;
use crate::numbers::*;
use crate::path::{Policy, Position, Refusals, Revocation, SignatureCheck};
use crate::profile::Profile;
use crate::time::{Now, TimeQuality, TimeUnknown};
use crate::types::*;
use crate::x509::{KeyAlgorithm, PublicKey, SignatureAlgorithm};
use v2gcrypt_types::*;

/// The present time by a time base, and the floor.
pub(super) fn now(world: &World, base: u16) -> Now {
    let floor = world.locked(|shared| shared.common.time_floor);
    let floor = (floor != i64::MIN).then_some(floor);
    match world.time(base) {
        None => Now { seconds: None, quality: TimeQuality::Unknown, floor },
        Some((seconds, status)) => {
            let synchronised = status & KEYM_STBM_GLOBAL_TIME_BASE != 0 && status & KEYM_STBM_TIMEOUT == 0;
            let quality = if synchronised { TimeQuality::Synchronised } else { TimeQuality::Local };
            Now { seconds: Some(seconds), quality, floor }
        }
    }
}

pub(super) fn policy(world: &World, profile: Profile) -> Policy {
    let config = world.config();
    let mut policy = Policy::strict(profile);
    policy.time_unknown = match config.timeUnknown {
        KEYM_TIME_ACCEPT => TimeUnknown::Accept,
        KEYM_TIME_FLOOR => TimeUnknown::Floor,
        _ => TimeUnknown::Refuse,
    };
    let tolerated = |bit: uint32| config.pathTolerances & bit != 0;
    policy.accept_local_time = tolerated(KEYM_TOLERATE_LOCAL_TIME);
    policy.check_anchor_validity = !tolerated(KEYM_TOLERATE_ANCHOR_OUTSIDE_VALIDITY);
    policy.tolerate_other_criticality = tolerated(KEYM_TOLERATE_OTHER_CRITICALITY);
    policy.tolerate_other_ski_method = tolerated(KEYM_TOLERATE_OTHER_SKI_METHOD);
    policy.tolerate_utc_time = tolerated(KEYM_TOLERATE_UTC_TIME);
    policy.tolerate_leaf_without_basic_constraints = tolerated(KEYM_TOLERATE_LEAF_WITHOUT_BASIC_CONSTRAINTS);
    policy.tolerate_surplus_key_usage = tolerated(KEYM_TOLERATE_SURPLUS_KEY_USAGE);
    policy.tolerate_unlisted_extensions = tolerated(KEYM_TOLERATE_UNLISTED_EXTENSIONS);
    policy.tolerate_outliving_issuer = tolerated(KEYM_TOLERATE_OUTLIVING_ISSUER);
    policy.tolerate_other_names = tolerated(KEYM_TOLERATE_OTHER_NAMES);
    policy.accept_cross_certificates = tolerated(KEYM_TOLERATE_CROSS_CERTIFICATES);
    policy.tolerate_responder_without_nocheck = tolerated(KEYM_TOLERATE_RESPONDER_WITHOUT_NOCHECK);
    if config.allowSecp384r1 != 0 {
        policy.allow_secp384r1 = Some(true);
    }
    if config.tolerateUnknownRevocation != 0 {
        policy = policy.with_revocation(Revocation::Soft);
    }
    policy
}

/// The first pair whose key and job fit.
pub(super) fn pool_pair(world: &World, check: &SignatureCheck<'_>) -> Option<(uint32, uint32)> {
    let key = match check.public_key.algorithm {
        KeyAlgorithm::P256 => KEYM_KEY_P256,
        KeyAlgorithm::P384 => KEYM_KEY_P384,
        KeyAlgorithm::P521 => KEYM_KEY_P521,
        KeyAlgorithm::Ed25519 => KEYM_KEY_ED25519,
        KeyAlgorithm::Ed448 => KEYM_KEY_ED448,
        _ => return None,
    };
    let signature = match check.algorithm {
        SignatureAlgorithm::EcdsaSha256 => KEYM_SIGNATURE_ECDSA_SHA256,
        SignatureAlgorithm::EcdsaSha384 => KEYM_SIGNATURE_ECDSA_SHA384,
        SignatureAlgorithm::EcdsaSha512 => KEYM_SIGNATURE_ECDSA_SHA512,
        SignatureAlgorithm::Ed25519 => KEYM_SIGNATURE_ED25519,
        SignatureAlgorithm::Ed448 => KEYM_SIGNATURE_ED448,
        _ => return None,
    };
    let fits = |configured: u8, wanted: u8, any: u8| configured == wanted || configured == any;
    world
        .view()
        .key_pool()
        .iter()
        .find(|pair| fits(pair.keyAlgorithm, key, KEYM_KEY_ANY) && fits(pair.signatureAlgorithm, signature, KEYM_SIGNATURE_ANY))
        .map(|pair| (pair.keyId, pair.verifyJobId))
}

/// Puts a public key into a Csm key, in the form that the configuration says, and makes it valid.
pub(super) fn load_public_key(world: &World, key: uint32, public_key: &PublicKey<'_>) -> Option<()> {
    let value = match (world.config().publicKeyFormat, public_key.algorithm.field_len()) {
        (CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY, _) => public_key.spki,
        (_, Some(_)) => public_key.bytes.split_first()?.1,
        (_, None) => public_key.bytes,
    };
    let done = world.key_element_set(key, CRYPTO_KE_SIGNATURE_KEY, value) == E_OK && world.key_set_valid(key) == E_OK;
    done.then_some(())
}

/// The status that says best what is wrong: by the main reason.
pub(super) fn status_of(refusals: &Refusals) -> KeyM_CertificateStatusType {
    let Some(first) = refusals.first() else { return KEYM_CERTIFICATE_INVALID };
    let of_leaf = first.certificate == Position::Leaf;
    match first.rule.id {
        "revoked" if of_leaf => KEYM_E_CERTIFICATE_REVOKED,
        "expired" | "not-yet-valid" | "time-unknown" if of_leaf => KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL,
        "signature" | "signature-key" if of_leaf => KEYM_E_CERTIFICATE_SIGNATURE_FAIL,
        "malformed" if of_leaf => KEYM_E_CERTIFICATE_INVALID_FORMAT,
        "issuer-unknown" | "path-length" | "level" | "anchor-as-leaf" => KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST,
        "role" | "signature-algorithm" | "key-algorithm" if of_leaf => KEYM_E_CERTIFICATE_INVALID_TYPE,
        "status-unknown" | "work-limit" => KEYM_CERTIFICATE_INVALID,
        _ if of_leaf => KEYM_E_CERTIFICATE_INVALID_CONTENT,
        _ => KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST,
    }
}
