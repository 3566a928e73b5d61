//! Elliptic curves of NIST: published vectors, and what is refused. The same for every engine.

mod common;

use common::{curve, curves, hash, order, unhex, vectors};
use v2gcrypt_primitives::{digest, ec, ecdh, ecdsa, Curve, HashAlgorithm, KeyError, RandomError, SignError};

const HASHES: [HashAlgorithm; 6] = [
    HashAlgorithm::Sha224,
    HashAlgorithm::Sha256,
    HashAlgorithm::Sha384,
    HashAlgorithm::Sha512,
    HashAlgorithm::Sha512_224,
    HashAlgorithm::Sha512_256,
];

/// Known vectors of the curves that this build has: of `count` for three curves.
fn expected(count: usize) -> usize {
    count / 3 * curves().len()
}

/// A scalar like any other.
fn scalar(curve: Curve) -> Vec<u8> {
    let mut scalar: Vec<u8> = (1..=curve.field_len() as u8).collect();
    scalar[0] = 0;
    scalar
}

#[test]
fn signatures_of_rfc_6979_verify_and_a_deterministic_engine_makes_them() {
    let deterministic = !cfg!(feature = "aws-lc");
    let mut count = 0;
    for [name, hash_name, scalar, message, signature] in vectors(include_str!("vectors/ecdsa_rfc6979.txt")) {
        let (curve, hash) = (curve(name), hash(hash_name));
        if !curve.is_available() {
            continue;
        }
        let (scalar, message, signature) = (unhex(scalar), unhex(message), unhex(signature));
        let digest = digest(hash, &message);
        let signing = ecdsa::SigningKey::new(curve, &scalar).unwrap();
        assert_eq!(signing.curve(), curve);
        if deterministic {
            assert_eq!(signing.sign_digest(digest.as_bytes()).unwrap().as_bytes(), signature, "{name} {hash_name}");
        }
        let public = ec::public_key(curve, &scalar).unwrap();
        let verifying = ecdsa::VerifyingKey::new(curve, public.as_bytes()).unwrap();
        assert_eq!(verifying.curve(), curve);
        assert!(verifying.verify(hash, &message, &signature), "{name} {hash_name}");
        assert!(verifying.verify_digest(digest.as_bytes(), &signature), "{name} {hash_name}");
        count += 1;
    }
    assert_eq!(count, expected(24));
}

#[test]
fn verification_agrees_with_nist() {
    let mut count = 0;
    for [name, hash_name, x_y, message, signature, result] in vectors(include_str!("vectors/ecdsa_sigver.txt")) {
        let (curve, hash) = (curve(name), hash(hash_name));
        if !curve.is_available() {
            continue;
        }
        let (message, signature) = (unhex(message), unhex(signature));
        let key = ecdsa::VerifyingKey::new(curve, &unhex(x_y)).unwrap();
        assert_eq!(key.verify(hash, &message, &signature), result == "P", "{name} {hash_name} {x_y}");
        let digest = digest(hash, &message);
        assert_eq!(key.verify_digest(digest.as_bytes(), &signature), result == "P", "{name} {hash_name} {x_y} digest");
        count += 1;
    }
    assert_eq!(count, expected(180));
}

#[test]
fn key_agreement_agrees_with_nist() {
    let mut count = 0;
    for [name, scalar, own, peer, z, result] in vectors(include_str!("vectors/ecdh_kas.txt")) {
        let curve = curve(name);
        if !curve.is_available() {
            continue;
        }
        let (scalar, own, peer, z) = (unhex(scalar), unhex(own), unhex(peer), unhex(z));
        count += 1;
        let Ok(key) = ecdh::PrivateKey::new(curve, &scalar) else {
            assert_eq!(result, "F7", "{name}");
            continue; // changed so much that it is out of range
        };
        let public = key.public_key().unwrap();
        assert_eq!(public, ec::public_key(curve, &scalar).unwrap());
        assert_eq!(public.x_y() == own, !matches!(result, "F5" | "F6" | "F7"), "{name} {result}");
        assert_eq!(ec::check_point(curve, &own).is_ok(), !matches!(result, "F5" | "F6"), "{name} {result}");
        let agreed = key.agree(&peer);
        assert_eq!(agreed.is_ok(), !matches!(result, "F1" | "F2"), "{name} {result}");
        let equal = agreed.is_ok_and(|agreed| agreed.as_bytes() == z);
        match result {
            "P0" | "P13" => assert!(equal, "{name} {result}"),
            "F1" | "F2" | "F8" => assert!(!equal, "{name} {result}"),
            _ => {} // NIST's Z is of another key than the one given
        }
    }
    assert_eq!(count, expected(180));
}

#[test]
fn every_hash_signs_on_every_curve_at_once_and_as_a_digest() {
    for curve in curves() {
        let scalar = scalar(curve);
        let signing = ecdsa::SigningKey::new(curve, &scalar).unwrap();
        let public = ec::public_key(curve, &scalar).unwrap();
        let verifying = ecdsa::VerifyingKey::new(curve, public.x_y()).unwrap();
        for hash in HASHES {
            let message = b"the message";
            let value = digest(hash, message);
            for signature in [signing.sign(hash, message).unwrap(), signing.sign_digest(value.as_bytes()).unwrap()] {
                let signature = signature.as_bytes();
                assert_eq!(signature.len(), curve.signature_len());
                assert!(verifying.verify(hash, message, signature), "{curve:?} {hash:?}");
                assert!(verifying.verify_digest(value.as_bytes(), signature), "{curve:?} {hash:?}");
                assert!(!verifying.verify(hash, b"another message", signature), "{curve:?} {hash:?}");
                for len in (0..signature.len()).chain([signature.len() + 1]) {
                    let mut other = signature.to_vec();
                    other.resize(len, 0);
                    assert!(!verifying.verify(hash, message, &other), "{curve:?} {hash:?} {len} bytes");
                }
            }
        }
    }
}

#[test]
fn sha_1_is_not_signed_nor_verified() {
    for curve in curves() {
        let scalar = scalar(curve);
        let signing = ecdsa::SigningKey::new(curve, &scalar).unwrap();
        let verifying = ecdsa::VerifyingKey::new(curve, ec::public_key(curve, &scalar).unwrap().as_bytes()).unwrap();
        assert_eq!(signing.sign(HashAlgorithm::Sha1, b"m"), Err(SignError));
        for len in (0..70).filter(|len| ![28, 32, 48, 64].contains(len)) {
            assert_eq!(signing.sign_digest(&vec![1; len]), Err(SignError), "{len} bytes");
            assert!(!verifying.verify_digest(&vec![1; len], &vec![1; curve.signature_len()]), "{len} bytes");
        }
        let signature = signing.sign(HashAlgorithm::Sha256, b"m").unwrap();
        assert!(!verifying.verify(HashAlgorithm::Sha1, b"m", signature.as_bytes()));
    }
}

#[test]
fn a_flipped_bit_of_signature_digest_or_peer_is_seen() {
    for curve in curves() {
        let scalar = scalar(curve);
        let signing = ecdsa::SigningKey::new(curve, &scalar).unwrap();
        let public = ec::public_key(curve, &scalar).unwrap();
        let verifying = ecdsa::VerifyingKey::new(curve, public.as_bytes()).unwrap();
        let digest = [0x5a; 32];
        let signature = signing.sign_digest(&digest).unwrap();
        let flipped = |bytes: &[u8], bit: usize| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 0x80 >> (bit % 8);
            bytes
        };
        for bit in (0..signature.as_bytes().len() * 8).step_by(37) {
            assert!(!verifying.verify_digest(&digest, &flipped(signature.as_bytes(), bit)), "{curve:?} bit {bit}");
        }
        for bit in (0..256).step_by(37) {
            assert!(!verifying.verify_digest(&flipped(&digest, bit), signature.as_bytes()), "{curve:?} bit {bit}");
        }
        let key = ecdh::PrivateKey::new(curve, &scalar).unwrap();
        for bit in (0..public.as_bytes().len() * 8).step_by(37) {
            let wrong = flipped(public.as_bytes(), bit);
            assert_eq!(key.agree(&wrong).err(), Some(KeyError::Malformed), "{curve:?} bit {bit}");
            assert_eq!(ec::check_point(curve, &wrong), Err(KeyError::Malformed), "{curve:?} bit {bit}");
        }
    }
}

#[test]
fn numbers_out_of_range_never_verify() {
    for curve in curves() {
        let len = curve.field_len();
        let scalar = scalar(curve);
        let signing = ecdsa::SigningKey::new(curve, &scalar).unwrap();
        let verifying = ecdsa::VerifyingKey::new(curve, ec::public_key(curve, &scalar).unwrap().as_bytes()).unwrap();
        let good = signing.sign(HashAlgorithm::Sha256, b"m").unwrap();
        let (r, s) = good.as_bytes().split_at(len);
        let plus_order = |number: &[u8]| {
            let mut sum = number.to_vec();
            let carry = sum.iter_mut().zip(order(curve)).rev().fold(0, |carry, (to, from)| {
                let whole = u16::from(*to) + u16::from(from) + carry;
                *to = whole as u8;
                whole >> 8
            });
            (carry == 0).then_some(sum)
        };
        for bad in [vec![0; len], order(curve), vec![0xff; len]] {
            for (r, s) in [(&bad[..], s), (r, &bad[..]), (&bad[..], &bad[..])] {
                assert!(!verifying.verify(HashAlgorithm::Sha256, b"m", &[r, s].concat()), "{curve:?}");
            }
        }
        for (r, s) in [(plus_order(r), Some(s.to_vec())), (Some(r.to_vec()), plus_order(s))] {
            if let (Some(r), Some(s)) = (r, s) {
                assert!(!verifying.verify(HashAlgorithm::Sha256, b"m", &[r, s].concat()), "{curve:?}");
            }
        }
    }
}

#[test]
fn a_private_key_is_a_scalar_from_1_to_the_order_less_1() {
    for curve in curves() {
        let len = curve.field_len();
        let mut largest = order(curve);
        largest[len - 1] -= 1;
        let mut one = vec![0; len];
        one[len - 1] = 1;
        let refusals = |bytes: &[u8]| {
            let all = [
                ecdsa::SigningKey::new(curve, bytes).err(),
                ecdh::PrivateKey::new(curve, bytes).err(),
                ec::public_key(curve, bytes).err(),
                ec::check_scalar(curve, bytes).err(),
            ];
            assert!(all.iter().all(|refusal| *refusal == all[0]), "{curve:?} {all:?} {bytes:02x?}");
            all[0]
        };
        assert_eq!(refusals(&one), None);
        assert_eq!(refusals(&largest), None);
        assert_eq!(refusals(&vec![0; len]), Some(KeyError::Malformed));
        assert_eq!(refusals(&order(curve)), Some(KeyError::Malformed));
        assert_eq!(refusals(&vec![0xff; len]), Some(KeyError::Malformed));
        for other in (0..len).chain(len + 1..len + 10) {
            assert_eq!(refusals(&vec![0; other]), Some(KeyError::Size), "{curve:?} {other} bytes");
        }
        // The two ends are each other's negatives: the same X.
        let (first, last) = (ec::public_key(curve, &one).unwrap(), ec::public_key(curve, &largest).unwrap());
        assert_eq!(first.x_y()[..len], last.x_y()[..len]);
        assert_ne!(first, last);
    }
}

#[test]
fn a_public_key_is_a_point_on_the_curve() {
    for curve in curves() {
        let len = curve.signature_len();
        let key = ecdh::PrivateKey::new(curve, &scalar(curve)).unwrap();
        let refusals = |bytes: &[u8]| {
            let all = [ecdsa::VerifyingKey::new(curve, bytes).err(), ec::check_point(curve, bytes).err(), key.agree(bytes).err()];
            assert!(all.iter().all(|refusal| *refusal == all[0]), "{curve:?} {all:?} {bytes:02x?}");
            all[0]
        };
        let point = ec::public_key(curve, &scalar(curve)).unwrap();
        assert_eq!(point.as_bytes().len(), curve.point_len());
        assert_eq!(point.as_bytes(), [&[4], point.x_y()].concat());
        assert_eq!(refusals(point.as_bytes()), None);
        assert_eq!(refusals(point.x_y()), None);
        for format in (0..=255).filter(|format| *format != 4) {
            assert_eq!(refusals(&[&[format], point.x_y()].concat()), Some(KeyError::Malformed), "{curve:?} format {format}");
        }
        assert_eq!(refusals(&vec![0; len]), Some(KeyError::Malformed));
        assert_eq!(refusals(&vec![0xff; len]), Some(KeyError::Malformed));
        for other in (0..len).chain(len + 2..len + 10) {
            assert_eq!(refusals(&vec![4; other]), Some(KeyError::Size), "{curve:?} {other} bytes");
        }
    }
}

#[test]
fn both_sides_agree() {
    for curve in curves() {
        let ours = ecdh::PrivateKey::new(curve, &scalar(curve)).unwrap();
        let theirs = ecdh::PrivateKey::new(curve, &scalar(curve).into_iter().map(|byte| byte / 2).collect::<Vec<_>>()).unwrap();
        assert_eq!((ours.curve(), theirs.curve()), (curve, curve));
        let z = ours.agree(theirs.public_key().unwrap().as_bytes()).unwrap();
        assert_eq!(z.as_bytes().len(), curve.field_len());
        assert_eq!(z.as_bytes(), theirs.agree(ours.public_key().unwrap().x_y()).unwrap().as_bytes());
    }
}

#[test]
fn a_generated_scalar_is_in_range_and_a_bad_source_is_given_up() {
    for curve in curves() {
        let mut calls = 0;
        let drawn = ec::generate(curve, &mut |bytes| {
            calls += 1;
            // The first draw is out of range on every curve but P-521, whose spare bits are cut off.
            bytes.fill(if calls == 1 { 0xff } else { 0x7f });
            true
        });
        let scalar = drawn.unwrap();
        assert_eq!(ec::check_scalar(curve, scalar.as_bytes()), Ok(()));
        assert_eq!(calls, 2);
        assert_eq!(ec::generate(curve, &mut |_| false).err(), Some(RandomError));
        for stuck in [0, 0xff] {
            let mut calls = 0;
            let drawn = ec::generate(curve, &mut |bytes| {
                calls += 1;
                bytes.fill(stuck);
                true
            });
            assert_eq!(drawn.err(), Some(RandomError), "{curve:?} stuck at {stuck:#x}");
            assert!((2..100).contains(&calls));
        }
    }
}

#[test]
fn of_a_curve_that_is_absent_nothing_can_be_made() {
    for curve in Curve::ALL.into_iter().filter(|curve| !curve.is_available()) {
        let scalar = scalar(curve);
        let point = vec![1; curve.signature_len()];
        assert_eq!(ecdsa::SigningKey::new(curve, &scalar).err(), Some(KeyError::Malformed));
        assert_eq!(ecdsa::VerifyingKey::new(curve, &point).err(), Some(KeyError::Malformed));
        assert_eq!(ecdh::PrivateKey::new(curve, &scalar).err(), Some(KeyError::Malformed));
        assert_eq!(ec::public_key(curve, &scalar).err(), Some(KeyError::Malformed));
        assert_eq!(ec::generate(curve, &mut |_| true).err(), Some(RandomError));
    }
}

#[test]
fn lengths_follow_the_curve() {
    for (bits, curve, field, point, signature) in
        [(256, Curve::P256, 32, 65, 64), (384, Curve::P384, 48, 97, 96), (521, Curve::P521, 66, 133, 132)]
    {
        assert_eq!(Curve::from_bits(bits), Some(curve));
        assert_eq!((curve.field_len(), curve.point_len(), curve.signature_len()), (field, point, signature));
    }
    assert_eq!(Curve::from_bits(512), None);
    assert_eq!(Curve::from_bits(0), None);
}
