//! Keys in structures of ASN.1: what OpenSSL makes is read, what is made is what OpenSSL makes, and nothing else passes.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use v2gcrypt_crypto_driver::soft::formats::{check, encode_private, encode_public, private_key, public_key, Kind};
use v2gcrypt_primitives::{Curve, KeyError};

/// One line of `openssl-keys.txt`.
struct Line {
    name: &'static str,
    pkcs8: Vec<u8>,
    spki: Vec<u8>,
    private: Vec<u8>,
    public: Vec<u8>,
}

fn lines() -> Vec<Line> {
    let text = include_str!("openssl-keys.txt").lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<_> = text
        .map(|line| {
            let mut fields = line.split('|').map(str::trim);
            let name = fields.next().unwrap();
            let mut bytes = || hex(fields.next().unwrap());
            Line { name, pkcs8: bytes(), spki: bytes(), private: bytes(), public: bytes() }
        })
        .collect();
    assert_eq!(lines.len(), 9);
    lines
}

fn line(name: &str) -> Line {
    lines().into_iter().find(|line| line.name == name).unwrap()
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "P-256" => Kind::Ec(Curve::P256),
        "P-384" => Kind::Ec(Curve::P384),
        "P-521" => Kind::Ec(Curve::P521),
        "ED25519" => Kind::Ed25519,
        "X25519" => Kind::X25519,
        "RSA" => Kind::Rsa,
        _ => return None, // a curve that is not one of ours, parameters in full, a compressed point
    })
}

#[test]
fn what_openssl_makes_is_read_and_made_again() {
    let mut room = [0; 512];
    for line in lines() {
        let Some(kind) = kind(line.name) else {
            assert!(private_key(&line.pkcs8).is_err() && public_key(&line.spki).is_err(), "{}", line.name);
            continue;
        };
        let private = private_key(&line.pkcs8).unwrap();
        assert_eq!((private.kind, private.secret), (kind, &line.private[..]), "{}", line.name);
        let public = public_key(&line.spki).unwrap();
        assert_eq!((public.kind, public.bytes), (kind, &line.public[..]), "{}", line.name);
        if kind == Kind::Rsa {
            assert_eq!(encode_private(kind, &line.private, None, &mut room), Err(KeyError::Size));
            assert_eq!(encode_public(kind, &line.public, &mut room), Err(KeyError::Size));
            continue;
        }
        let beside = matches!(kind, Kind::Ec(_)).then_some(&line.public[..]);
        assert_eq!(private.public, beside, "{}", line.name);
        let length = encode_private(kind, &line.private, beside, &mut room).unwrap();
        assert_eq!(room[..length], line.pkcs8, "{}", line.name);
        assert_eq!(encode_private(kind, &line.private, beside, &mut room[..length - 1]), Err(KeyError::Size));
        let length = encode_private(kind, &line.private, None, &mut room).unwrap();
        let without = private_key(&room[..length]).unwrap();
        assert_eq!((without.secret, without.public), (&line.private[..], None), "the public key may miss");
        let length = encode_public(kind, &line.public, &mut room).unwrap();
        assert_eq!(room[..length], line.spki, "{}", line.name);
        assert_eq!(encode_public(kind, &line.public, &mut room[..length - 1]), Err(KeyError::Size));
        assert_eq!(encode_public(kind, &line.public[1..], &mut room), Err(KeyError::Size));
        assert_eq!(encode_private(kind, &line.private[1..], None, &mut room), Err(KeyError::Size));
    }
}

#[test]
fn a_structure_that_is_cut_or_followed_by_a_byte_is_none() {
    for line in lines().iter().filter(|line| kind(line.name).is_some()) {
        for (format, whole) in
            [(CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8, &line.pkcs8), (CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY, &line.spki)]
        {
            assert_eq!(check(format, whole), Ok(()), "{}", line.name);
            for length in 0..whole.len() {
                assert!(check(format, &whole[..length]).is_err(), "{} {length}", line.name);
            }
            assert!(check(format, &[&whole[..], &[0]].concat()).is_err(), "{}", line.name);
            let other = CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 + CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY - format;
            assert!(check(other, whole).is_err(), "{}", line.name);
        }
    }
    let rsa = line("RSA");
    for (format, whole) in
        [(CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY, &rsa.private), (CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY, &rsa.public)]
    {
        assert_eq!(check(format, whole), Ok(()));
        assert!((0..whole.len()).all(|length| check(format, &whole[..length]).is_err()));
    }
    assert_eq!(check(CRYPTO_KE_FORMAT_BIN_OCTET, &[1]), Ok(()), "raw bytes have no form");
    assert!(check(CRYPTO_KE_FORMAT_BIN_SHEKEYS, &[1]).is_err());
}

/// A changed bit gives another key of the same kind, or none: it never gives bytes of another length, and it never panics.
#[test]
fn a_structure_with_a_flipped_bit_is_a_key_of_the_right_length_or_none() {
    let (mut keys, mut refused) = (0u32, 0u32);
    for line in lines() {
        for whole in [line.pkcs8, line.spki] {
            for bit in 0..whole.len() * 8 {
                let mut changed = whole.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                let private = private_key(&changed).map(|key| (key.kind.secret_len(), key.secret.len()));
                let public = public_key(&changed).map(|key| (key.kind.public_len(), key.bytes.len()));
                for read in [private, public] {
                    match read {
                        Ok((expected, length)) => {
                            assert!(expected.is_none() || expected == Some(length));
                            keys += 1;
                        }
                        Err(error) => {
                            assert_eq!(error, KeyError::Malformed);
                            refused += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(keys > 2_000 && refused > 20_000, "{keys} {refused}");
}

/// Random bytes, random lengths within, and object identifiers of every length: a parser of others meets them here first.
#[test]
fn a_structure_with_any_bytes_changed_never_panics() {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut below = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) as usize % limit
    };
    let wholes: Vec<_> = lines().into_iter().flat_map(|line| [line.pkcs8, line.spki, line.private]).collect();
    let mut keys = 0;
    for _ in 0..300_000 {
        let mut changed = wholes[below(wholes.len())].clone();
        for _ in 0..=below(4) {
            let at = below(changed.len().max(1));
            match below(4) {
                0 => changed.truncate(at),
                1 => changed.insert(at.min(changed.len()), below(256) as u8),
                2 => changed.iter_mut().skip(at).take(1).for_each(|byte| *byte = [0, 1, 0x7F, 0x80, 0x81, 0xFF][below(6)]),
                _ => changed.iter_mut().skip(at).take(1).for_each(|byte| *byte = below(256) as u8),
            }
        }
        for format in CRYPTO_KE_FORMAT_BIN_OCTET..=CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY {
            keys += u32::from(check(format, &changed).is_ok() && format != CRYPTO_KE_FORMAT_BIN_OCTET);
        }
    }
    assert!(keys > 10_000, "{keys}");
    // id-ecPublicKey cut to every length, to none too
    let spki = line("P-256").spki;
    for length in 0..7u8 {
        let cut = usize::from(7 - length);
        let mut changed = [&spki[..6 + usize::from(length)], &spki[13..]].concat();
        changed[1] -= cut as u8;
        changed[3] -= cut as u8;
        changed[5] = length;
        assert_eq!(public_key(&changed), Err(KeyError::Malformed), "{length}");
    }
}

/// Element 1 in a format, and the form that `KeySetValid` makes.
fn keys(elements: &[(u8, u8)]) -> Driver {
    let builder = elements.iter().fold(Builder::new().object(0), |builder, (format, form)| {
        builder.key(*form, &[ElementSpec::new(1, 700).format(*format).partial()])
    });
    builder.start()
}

fn signature(service: Enumeration, hash: Enumeration, bits: u32, key: u32) -> Job {
    Job::new(primitive(service, CRYPTO_ALGOFAM_ECDSA, CRYPTO_ALGOMODE_NOT_SET, hash, bits), SYNC, key).input(b"a message")
}

#[test]
fn keys_in_structures_sign_and_verify_prepared_or_not() {
    let (pkcs8, spki) = (CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8, CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY);
    let forms = [
        ("P-256", 256, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY),
        ("P-384", 384, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_SOFT_FORM_ECDSA_P384_SIGN, CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY),
        ("P-521", 521, CRYPTO_ALGOFAM_SHA2_512, CRYPTO_SOFT_FORM_ECDSA_P521_SIGN, CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY),
    ];
    for (name, bits, hash, sign_form, verify_form) in forms {
        let line = line(name);
        let driver = keys(&[(pkcs8, sign_form), (pkcs8, 0), (spki, verify_form), (spki, 0)]);
        for (key, value) in [(0, &line.pkcs8), (1, &line.pkcs8), (2, &line.spki), (3, &line.spki)] {
            driver.load(key, value);
        }
        let length = (bits as usize).div_ceil(8) as u32 * 2;
        for (private, public) in [(0, 3), (1, 2)] {
            let sign = signature(CRYPTO_SIGNATUREGENERATE, hash, bits, private).output(length);
            assert_eq!(driver.process(0, sign), E_OK, "{name}");
            let verify = signature(CRYPTO_SIGNATUREVERIFY, hash, bits, public).secondary(&sign.result(), length).verify();
            assert_eq!(driver.process(0, verify), E_OK, "{name}");
            assert_eq!(verify.verified(), CRYPTO_E_VER_OK, "{name}");
        }
        // A public key does not sign, a private one does not verify, and a curve is no other curve.
        let sign = signature(CRYPTO_SIGNATUREGENERATE, hash, bits, 2).output(length);
        assert_eq!(driver.process(0, sign), CRYPTO_E_KEY_NOT_VALID);
        let verify = signature(CRYPTO_SIGNATUREVERIFY, hash, bits, 0).secondary(&vec![1; length as usize], length).verify();
        assert_eq!(driver.process(0, verify), CRYPTO_E_KEY_NOT_VALID);
        let other = if bits == 256 { 384 } else { 256 };
        for key in [0, 1] {
            let sign = signature(CRYPTO_SIGNATUREGENERATE, hash, other, key).output(132);
            assert_eq!(driver.process(0, sign), CRYPTO_E_KEY_SIZE_MISMATCH, "{name}");
        }
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn a_structure_is_checked_when_its_key_is_set_valid_whatever_the_jobs_need() {
    let formats = [
        CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8,
        CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY,
        CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY,
        CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY,
    ];
    let driver = keys(&formats.map(|format| (format, CRYPTO_SOFT_FORM_NONE)));
    let (rsa, curve) = (line("RSA"), line("P-384"));
    for (key, good) in [&rsa.pkcs8, &curve.spki, &rsa.private, &rsa.public].into_iter().enumerate() {
        let key = key as u32;
        driver.load(key, good);
        assert_eq!(driver.set(key, 1, &good[..good.len() - 1]), E_OK, "a length below the size");
        assert_eq!((driver.set_valid(key), driver.is_valid(key)), (E_NOT_OK, false));
        assert_eq!(driver.set(key, 1, &[0x30, 0x00]), E_OK);
        assert_eq!((driver.set_valid(key), driver.is_valid(key)), (E_NOT_OK, false));
        driver.load(key, good);
    }
    // The point of a public key is checked where it is prepared.
    let driver = keys(&[(CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY, CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY)]);
    let mut off_curve = curve.spki.clone();
    *off_curve.last_mut().unwrap() ^= 1;
    for wrong in [&off_curve, &line("P-256").spki, &rsa.spki, &line("compressed").spki] {
        assert_eq!(driver.set(0, 1, wrong), E_OK);
        assert_eq!(driver.set_valid(0), E_NOT_OK);
    }
    driver.load(0, &curve.spki);
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_key_in_a_structure_is_none_for_a_cipher() {
    let driver = keys(&[(CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8, CRYPTO_SOFT_FORM_NONE)]);
    driver.load(0, &line("P-256").pkcs8);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, 0).input(b"message").output(16);
    assert_eq!(driver.process(0, job), CRYPTO_E_KEY_NOT_VALID);
    let ed25519 = primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ED25519, 0, 0, 0);
    assert_eq!(driver.process(0, Job::new(ed25519, SYNC, 0).input(b"m").output(64)), CRYPTO_E_KEY_SIZE_MISMATCH);
    driver.load(0, &line("ED25519").pkcs8);
    assert_eq!(driver.process(0, Job::new(ed25519, SYNC, 0).input(b"m").output(64)), E_OK);
}
