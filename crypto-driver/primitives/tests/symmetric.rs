//! Ciphers, AEAD and key derivation: published vectors that are short enough to stand here.
#![cfg(all(feature = "cipher", feature = "aead", feature = "kdf"))]

use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, CipherKey, Direction};
use v2gcrypt_primitives::{kdf, Data, HashAlgorithm};

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn quick() {
    let key = CipherKey::new(CipherAlgorithm::AesCbc, &unhex("2b7e151628aed2a6abf7158809cf4f3c")).unwrap();
    let mut out = [0; 16];
    let input = unhex("6bc1bee22e409f96e93d7e117393172a");
    let iv = unhex("000102030405060708090a0b0c0d0e0f");
    key.crypt(Direction::Encrypt, &iv, Data::Apart { input: &input, output: &mut out }).unwrap();
    assert_eq!(out.to_vec(), unhex("7649abac8119b246cee98e9b12e9197d"));
    let ctr = unhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    key.crypt_with(CipherAlgorithm::AesCtr, Direction::Encrypt, &ctr, Data::Apart { input: &input, output: &mut out }).unwrap();
    assert_eq!(out.to_vec(), unhex("874d6191b620e3261bef6864990db6ce"));

    let key = AeadKey::new(AeadAlgorithm::AesGcm, &unhex("feffe9928665731c6d6a8f9467308308")).unwrap();
    let text = unhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let aad = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    for (nonce, tag) in [
        ("cafebabefacedbaddecaf888", "5bc94fbc3221a5db94fae95ae7121a47"),
        ("cafebabefacedbad", "3612d2e79e3b0785561be14aaca2fccb"),
    ] {
        let mut stream = key.start(Direction::Encrypt, &unhex(nonce)).unwrap();
        stream.update_aad(&aad[..3]).unwrap();
        stream.update_aad(&aad[3..]).unwrap();
        let mut buffer = text.clone();
        let (front, back) = buffer.split_at_mut(5);
        stream.update(Data::InPlace { buffer: front, length: 5 }).unwrap();
        let length = back.len();
        stream.update(Data::InPlace { buffer: back, length }).unwrap();
        assert_eq!(stream.finish().as_bytes().to_vec(), unhex(tag));
        let mut whole = text.clone();
        let length = whole.len();
        assert_eq!(
            key.seal(&unhex(nonce), &aad, Data::InPlace { buffer: &mut whole, length }).unwrap().as_bytes().to_vec(),
            unhex(tag)
        );
        assert_eq!(whole, buffer);
        key.open(&unhex(nonce), &aad, Data::InPlace { buffer: &mut whole, length }, &unhex(tag)[..12]).unwrap();
        assert_eq!(whole, text);
    }
    let mut out = [0; 42];
    kdf::hkdf(HashAlgorithm::Sha256, &unhex("000102030405060708090a0b0c"), &[0x0b; 22], &unhex("f0f1f2f3f4f5f6f7f8f9"), &mut out)
        .unwrap();
    assert_eq!(out.to_vec(), unhex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
}
