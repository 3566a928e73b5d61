//! Ed25519 and X25519: RFC 8032, RFC 7748, and what is refused.

mod common;

#[cfg(feature = "ed25519")]
use common::{unhex, vectors};
use v2gcrypt_primitives::{ed25519, x25519, KeyError};

#[test]
fn without_an_engine_there_are_no_keys() {
    assert_eq!(ed25519::SigningKey::new(&[1; 32]).is_ok(), ed25519::AVAILABLE);
    assert_eq!(ed25519::VerifyingKey::new(&[1; 32]).is_ok(), ed25519::AVAILABLE);
    assert_eq!(x25519::PrivateKey::new(&[1; 32]).is_ok(), x25519::AVAILABLE);
}

#[test]
fn keys_have_32_bytes() {
    for len in (0..32).chain(33..70) {
        assert_eq!(ed25519::SigningKey::new(&vec![1; len]).err(), Some(KeyError::Size), "{len} bytes");
        assert_eq!(ed25519::VerifyingKey::new(&vec![1; len]).err(), Some(KeyError::Size), "{len} bytes");
        assert_eq!(x25519::PrivateKey::new(&vec![1; len]).err(), Some(KeyError::Size), "{len} bytes");
    }
}

#[cfg(feature = "ed25519")]
mod with_an_engine {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        let mut count = 0;
        for [seed, public_key, message, signature] in vectors(include_str!("vectors/ed25519.txt")) {
            let key = ed25519::SigningKey::new(&unhex(seed)).unwrap();
            let (public_key, message, signature) = (unhex(public_key), unhex(message), unhex(signature));
            assert_eq!(key.public_key().as_slice(), public_key);
            assert_eq!(key.sign(&message).unwrap().as_slice(), signature);
            let verifying = ed25519::VerifyingKey::new(&public_key).unwrap();
            assert!(verifying.verify(&message, signature.as_slice().try_into().unwrap()));
            count += 1;
        }
        assert_eq!(count, 39);
    }

    #[test]
    fn a_flipped_bit_of_signature_or_message_is_seen() {
        let key = ed25519::SigningKey::new(&[7; 32]).unwrap();
        let verifying = ed25519::VerifyingKey::new(&key.public_key()).unwrap();
        let signature = key.sign(b"the message").unwrap();
        assert!(verifying.verify(b"the message", &signature));
        assert!(!verifying.verify(b"the massage", &signature));
        for bit in 0..512 {
            let mut wrong = signature;
            wrong[bit / 8] ^= 0x80 >> (bit % 8);
            assert!(!verifying.verify(b"the message", &wrong), "bit {bit}");
        }
    }

    /// RFC 8032, 5.1.7: `s` must be below the group's order. Without that check the signature is malleable.
    #[test]
    fn s_plus_the_order_does_not_verify() {
        let order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let key = ed25519::SigningKey::new(&[7; 32]).unwrap();
        let verifying = ed25519::VerifyingKey::new(&key.public_key()).unwrap();
        let mut signature = key.sign(b"m").unwrap();
        let mut carry = 0;
        for (to, from) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*to) + u16::from(from) + carry;
            (*to, carry) = (sum as u8, sum >> 8);
        }
        assert_eq!(carry, 0);
        assert!(!verifying.verify(b"m", &signature));
    }

    #[test]
    fn bytes_that_are_no_point_are_no_public_key() {
        let refused = |y: u8| {
            let mut bytes = [0; 32];
            bytes[0] = y;
            ed25519::VerifyingKey::new(&bytes).err()
        };
        // y = 2 is no point: (y² - 1) / (d y² + 1) is no square.
        assert_eq!(refused(2), Some(KeyError::Malformed));
        assert_eq!(refused(3), None);
    }

    #[test]
    fn agreement_is_that_of_rfc_7748() {
        for [scalar, u, expected] in [
            [
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
                "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
            ],
            [
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
                "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
            ],
        ] {
            let key = x25519::PrivateKey::new(&unhex(scalar)).unwrap();
            assert_eq!(key.agree(&unhex(u)).unwrap().as_bytes(), unhex(expected));
        }
    }

    #[test]
    fn a_thousand_agreements_end_where_rfc_7748_says() {
        let mut base = [0; 32];
        base[0] = 9;
        let (mut k, mut u) = (base, base);
        for round in 1..=1000 {
            let key = x25519::PrivateKey::new(&k).unwrap();
            let next: [u8; 32] = key.agree(&u).unwrap().as_bytes().try_into().unwrap();
            (u, k) = (k, next);
            if round == 1 {
                assert_eq!(k.as_slice(), unhex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
                assert_eq!(key.public_key(), k);
            }
        }
        assert_eq!(k.as_slice(), unhex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    }

    #[test]
    fn both_sides_agree() {
        let (ours, theirs) = (x25519::PrivateKey::new(&[1; 32]).unwrap(), x25519::PrivateKey::new(&[2; 32]).unwrap());
        let z = ours.agree(&theirs.public_key()).unwrap();
        assert_eq!(z.as_bytes(), theirs.agree(&ours.public_key()).unwrap().as_bytes());
        assert_eq!(z.as_bytes().len(), 32);
    }

    /// RFC 7748, 6.1: points of small order give zero.
    #[test]
    fn a_peer_that_gives_zero_is_refused() {
        let key = x25519::PrivateKey::new(&[1; 32]).unwrap();
        for peer in [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ] {
            assert_eq!(key.agree(&unhex(peer)).err(), Some(KeyError::Malformed), "{peer}");
        }
        for len in (0..32).chain(33..70) {
            assert_eq!(key.agree(&vec![9; len]).err(), Some(KeyError::Size), "{len} bytes");
        }
    }
}
