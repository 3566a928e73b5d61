//! Ciphers, AEAD and key derivation: published vectors, and what holds for any split of any text.
#![cfg(all(feature = "cipher", feature = "aead", feature = "kdf"))]

mod aead;
mod aead_streams;
mod cipher;
mod cipher_streams;
mod kdf;

use v2gcrypt_primitives::HashAlgorithm;

/// Hexadecimal digits to bytes.
pub fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len() % 2 == 0);
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// A field of a vector file: `-` is no bytes.
pub fn field(text: &str) -> Vec<u8> {
    if text == "-" {
        Vec::new()
    } else {
        unhex(text)
    }
}

/// The lines of a vector file, without its comments, as fields.
pub fn lines(file: &str) -> Vec<Vec<&str>> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect()).collect()
}

/// A hash as vector files name it.
pub fn hash_named(name: &str) -> HashAlgorithm {
    match name {
        "SHA-1" => HashAlgorithm::Sha1,
        "SHA-224" => HashAlgorithm::Sha224,
        "SHA-256" => HashAlgorithm::Sha256,
        "SHA-384" => HashAlgorithm::Sha384,
        "SHA-512" => HashAlgorithm::Sha512,
        _ => panic!("{name}"),
    }
}

/// Bytes that look random, the same in each run.
pub fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut random = Random(seed + 1);
    (0..length).map(|_| random.next(256) as u8).collect()
}

/// xorshift64*.
pub struct Random(pub u64);

impl Random {
    /// A number below the other.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
    }

    /// Lengths of pieces that make up `length`: some empty, some short, some long.
    pub fn pieces(&mut self, mut length: usize) -> Vec<usize> {
        let mut pieces = Vec::new();
        while length > 0 {
            let most = [1, 3, 18, 70, 5000][self.next(5)];
            let piece = self.next(most + 1).min(length);
            pieces.push(piece);
            length -= piece;
        }
        pieces
    }
}
