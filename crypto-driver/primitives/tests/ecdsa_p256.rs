//! ECDSA on P-256: RFC 6979, ISO 15118-2 Annex J, and what is refused.
#![cfg(feature = "ecdsa")]

use v2gcrypt_primitives::ecdsa::{SigningKey, VerifyingKey};
use v2gcrypt_primitives::{digest, Curve, HashAlgorithm, KeyError};

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len() % 2 == 0);
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// RFC 6979 A.2.5.
const SCALAR: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const X_Y: &str = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
                   7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const SIGNATURES: [(&str, &str); 2] = [
    (
        "sample",
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
         f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    ),
    (
        "test",
        "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367\
         019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
    ),
];

/// ISO 15118-2 Annex J.2: key pair, EXI SignedInfo of an AuthorizationReq, signature.
const J2_SCALAR: &str = "b9134963f51c4414738435057f97bbf1010cabcb8dbde9c5d48138396aa94b9d";
const J2_X_Y: &str = "43e4fc4ccb643904279c7a5e6576b323e55ec79ff0e5a4056e334084cbc336ff\
                      46e44c1addf69162e5192c2a83fc2bca9d8f46ecf4b78067c2476f6b3f34600e";
const J2_SIGNED_INFO: &str = "808112b43a3a381d1797bbbbbb973b999737b93397aa2917b1b0b737b734b1b0b616b2bc3497a1ab43a3a381\
                              d1797bbbbbb973b999737b933979918181897981a17bc36b63239b4b396b6b7b93291b2b1b239b096b9b430991\
                              a9b220623494431025687474703a2f2f7777772e77332e6f72672f54522f63616e6f6e6963616c2d6578692f48\
                              52d0e8e8e0745e5eeeeeee5cee665cdee4ce5e646060625e60685ef0dad8cadcc646e6d0c2646a6c841a36bc07\
                              a00cb7dcad662f3088a60a3d6a99431f81c122c2e9f1678ef531e9552370";
const J2_DIGEST: &str = "a4e903e18243041b554e11647e101ed25fc9f2152af4674014fe2adeac1e1cf7";
const J2_SIGNATURE: &str = "4c8f20c1400ba67606aa4811572a2f1ad3c15089d95420363430bb26b49db104\
                            f08dfa8bf8055e63a4b75a8d3169206fa8d54308ba58f0566b96baf692ce5950";

fn sha256(message: &[u8]) -> [u8; 32] {
    digest(HashAlgorithm::Sha256, message).as_bytes().try_into().unwrap()
}

fn signature(text: &str) -> [u8; 64] {
    unhex(text).try_into().unwrap()
}

#[test]
fn there_is_an_engine() {
    const _: () = assert!(Curve::P256.is_available());
}

#[cfg(not(feature = "aws-lc"))]
#[test]
fn a_signed_digest_is_that_of_rfc_6979() {
    let key = SigningKey::new(Curve::P256, &unhex(SCALAR)).unwrap();
    for (message, expected) in SIGNATURES {
        assert_eq!(key.sign_digest(&sha256(message.as_bytes())).unwrap().as_bytes(), signature(expected), "{message}");
    }
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
#[test]
fn a_signed_message_is_that_of_rfc_6979() {
    let key = SigningKey::new(Curve::P256, &unhex(SCALAR)).unwrap();
    for (message, expected) in SIGNATURES {
        assert_eq!(key.sign(HashAlgorithm::Sha256, message.as_bytes()).unwrap().as_bytes(), signature(expected), "{message}");
    }
}

#[test]
fn a_message_signed_at_once_and_its_signed_digest_verify_in_both_ways() {
    for (scalar, x_y) in [(SCALAR, X_Y), (J2_SCALAR, J2_X_Y)] {
        let (private, public) =
            (SigningKey::new(Curve::P256, &unhex(scalar)).unwrap(), VerifyingKey::new(Curve::P256, &unhex(x_y)).unwrap());
        let message = b"the message";
        for signature in [private.sign(HashAlgorithm::Sha256, message).unwrap(), private.sign_digest(&sha256(message)).unwrap()] {
            assert!(public.verify(HashAlgorithm::Sha256, message, signature.as_bytes()));
            assert!(public.verify_digest(&sha256(message), signature.as_bytes()));
            assert!(!public.verify(HashAlgorithm::Sha256, b"another message", signature.as_bytes()));
            assert!(!public.verify_digest(&sha256(b"another message"), signature.as_bytes()));
        }
    }
}

#[test]
fn the_signature_of_iso_15118_2_annex_j2_verifies() {
    let message = unhex(J2_SIGNED_INFO);
    assert_eq!(message.len(), 209);
    assert_eq!(sha256(&message).as_slice(), unhex(J2_DIGEST));
    let mut uncompressed = vec![4];
    uncompressed.extend(unhex(J2_X_Y));
    for bytes in [&uncompressed[1..], &uncompressed[..]] {
        let key = VerifyingKey::new(Curve::P256, bytes).unwrap();
        assert!(key.verify(HashAlgorithm::Sha256, &message, &signature(J2_SIGNATURE)));
        assert!(key.verify_digest(&sha256(&message), &signature(J2_SIGNATURE)));
    }
}

#[test]
fn a_flipped_bit_of_the_signature_is_seen() {
    let (message, key) = (unhex(J2_SIGNED_INFO), VerifyingKey::new(Curve::P256, &unhex(J2_X_Y)).unwrap());
    let digest = sha256(&message);
    for bit in (0..512).step_by(7) {
        let mut wrong = signature(J2_SIGNATURE);
        wrong[bit / 8] ^= 0x80 >> (bit % 8);
        assert!(!key.verify(HashAlgorithm::Sha256, &message, &wrong), "bit {bit}");
        assert!(!key.verify_digest(&digest, &wrong), "bit {bit}");
    }
}

#[test]
fn numbers_out_of_range_never_verify() {
    let (message, key) = (unhex(J2_SIGNED_INFO), VerifyingKey::new(Curve::P256, &unhex(J2_X_Y)).unwrap());
    let (zero, order, ones) = (vec![0; 32], unhex(ORDER), vec![0xff; 32]);
    let good = signature(J2_SIGNATURE);
    for bad in [&zero, &order, &ones] {
        for (r, s) in [(&bad[..], &good[32..]), (&good[..32], &bad[..]), (bad, bad)] {
            let signature: [u8; 64] = [r, s].concat().try_into().unwrap();
            assert!(!key.verify(HashAlgorithm::Sha256, &message, &signature));
            assert!(!key.verify_digest(&sha256(&message), &signature));
        }
    }
}

#[test]
fn a_private_key_is_a_scalar_from_1_to_the_order_less_1() {
    let refusal = |bytes: &[u8]| SigningKey::new(Curve::P256, bytes).err();
    let mut largest = unhex(ORDER);
    largest[31] -= 1;
    let mut one = [0; 32];
    one[31] = 1;
    assert_eq!(refusal(&largest), None);
    assert_eq!(refusal(&one), None);
    assert_eq!(refusal(&[0; 32]), Some(KeyError::Malformed));
    assert_eq!(refusal(&unhex(ORDER)), Some(KeyError::Malformed));
    assert_eq!(refusal(&[0xff; 32]), Some(KeyError::Malformed));
    for len in (0..32).chain(33..70) {
        assert_eq!(refusal(&vec![1; len]), Some(KeyError::Size), "{len} bytes");
    }
}

#[test]
fn a_public_key_is_a_point_on_the_curve() {
    let refusal = |bytes: &[u8]| VerifyingKey::new(Curve::P256, bytes).err();
    let mut uncompressed = vec![4];
    uncompressed.extend(unhex(X_Y));
    assert_eq!(refusal(&uncompressed), None);
    assert_eq!(refusal(&uncompressed[1..]), None);
    for format in (0..=255).filter(|format| *format != 4) {
        uncompressed[0] = format;
        assert_eq!(refusal(&uncompressed), Some(KeyError::Malformed), "format {format}");
    }
    let mut off = unhex(X_Y);
    off[63] ^= 1;
    assert_eq!(refusal(&off), Some(KeyError::Malformed));
    assert_eq!(refusal(&[0; 64]), Some(KeyError::Malformed));
    assert_eq!(refusal(&[0xff; 64]), Some(KeyError::Malformed));
    for len in (0..64).chain(66..100) {
        assert_eq!(refusal(&vec![4; len]), Some(KeyError::Size), "{len} bytes");
    }
}
