//! Vectors as data: a file of lines of fields.
#![allow(dead_code)] // each test uses some of it

use v2gcrypt_primitives::{Curve, HashAlgorithm};

/// Bytes of hexadecimal digits; `-` stands for none.
pub fn unhex(text: &str) -> Vec<u8> {
    if text == "-" {
        return Vec::new();
    }
    assert!(text.len() % 2 == 0, "{text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// The lines of a file of vectors, in fields.
pub fn vectors<const FIELDS: usize>(file: &'static str) -> impl Iterator<Item = [&'static str; FIELDS]> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split(' ').collect::<Vec<_>>().try_into().expect(line))
}

pub fn curve(name: &str) -> Curve {
    match name {
        "P-256" => Curve::P256,
        "P-384" => Curve::P384,
        "P-521" => Curve::P521,
        _ => panic!("{name}"),
    }
}

pub fn hash(name: &str) -> HashAlgorithm {
    match name {
        "SHA-224" => HashAlgorithm::Sha224,
        "SHA-256" => HashAlgorithm::Sha256,
        "SHA-384" => HashAlgorithm::Sha384,
        "SHA-512" => HashAlgorithm::Sha512,
        _ => panic!("{name}"),
    }
}

/// The order of a curve's group, as long as a scalar.
pub fn order(curve: Curve) -> Vec<u8> {
    unhex(match curve {
        Curve::P256 => "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        Curve::P384 => "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        Curve::P521 => {
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa\
             51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"
        }
    })
}

/// The curves of this build.
pub fn curves() -> Vec<Curve> {
    Curve::ALL.into_iter().filter(|curve| curve.is_available()).collect()
}
