//! Signatures on every curve with every hash, and what is refused.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use v2gcrypt_primitives::{ec, Curve};

const CURVES: [(Curve, u32, u8, u8); 3] = [
    (Curve::P256, 256, CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY),
    (Curve::P384, 384, CRYPTO_SOFT_FORM_ECDSA_P384_SIGN, CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY),
    (Curve::P521, 521, CRYPTO_SOFT_FORM_ECDSA_P521_SIGN, CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY),
];
const HASHES: [Enumeration; 3] = [CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_ALGOFAM_SHA2_512];
const MESSAGE: &[u8] = b"a message that is signed in pieces";

fn scalar(curve: Curve) -> Vec<u8> {
    let mut scalar = vec![0x2D; curve.field_len()];
    scalar[0] = 0;
    scalar
}

/// Keys 0 and 1 sign, prepared and not; 2 and 3 verify.
fn driver(curve: Curve, sign: u8, verify: u8) -> Driver {
    let (scalar, point) = (scalar(curve), ec::public_key(curve, &scalar(curve)).unwrap());
    let private = [ElementSpec::new(1, scalar.len() as u32)];
    let public = [ElementSpec::new(1, point.as_bytes().len() as u32)];
    let driver =
        Builder::new().object(1).object(0).key(sign, &private).key(0, &private).key(verify, &public).key(0, &public).start();
    for (key, value) in [(0, &scalar[..]), (1, &scalar), (2, point.as_bytes()), (3, point.x_y())] {
        driver.load(key, value);
    }
    driver
}

fn job(service: Enumeration, family: Enumeration, hash: Enumeration, bits: u32, key: u32, processing: Enumeration) -> Job {
    Job::new(primitive(service, family, CRYPTO_ALGOMODE_NOT_SET, hash, bits), processing, key)
}

/// Brings a message whole or in pieces; asynchronous ones end in the background.
fn run(driver: Driver, job: Job, pieces: bool, processing: Enumeration) {
    let calls: &[(u8, &[u8])] = match pieces {
        true => &[(START, b""), (UPDATE, &MESSAGE[..9]), (UPDATE, &MESSAGE[9..]), (FINISH, b"")],
        false => &[(SINGLECALL, MESSAGE)],
    };
    for (mode, piece) in calls {
        assert_eq!(driver.process(0, job.input(piece).mode(*mode)), E_OK);
        if processing == ASYNC {
            driver.main_function();
            assert_eq!(job.callbacks(), [], "no curve in the periodic main function");
            driver.background();
            assert_eq!(job.callbacks(), [E_OK]);
        }
    }
}

#[test]
fn every_curve_signs_and_verifies_with_every_hash_whole_and_in_pieces() {
    for (curve, bits, sign, verify) in CURVES {
        let driver = driver(curve, sign, verify);
        let length = curve.signature_len() as u32;
        for hash in HASHES {
            for (family, processing) in [(CRYPTO_ALGOFAM_ECCNIST, SYNC), (CRYPTO_ALGOFAM_ECDSA, ASYNC)] {
                for pieces in [false, true] {
                    let sign =
                        job(CRYPTO_SIGNATUREGENERATE, family, hash, bits, u32::from(pieces), processing).output(length + 1);
                    run(driver, sign, pieces, processing);
                    let signature = sign.result();
                    assert_eq!(signature.len() as u32, length);
                    for key in [2, 3] {
                        let verify = job(CRYPTO_SIGNATUREVERIFY, family, hash, bits, key, processing);
                        run(driver, verify.secondary(&signature, length).verify(), !pieces, processing);
                        assert_eq!(verify.verified(), CRYPTO_E_VER_OK, "{curve:?} {hash}");
                        let mut wrong = signature.clone();
                        wrong[length as usize - 1] ^= 1;
                        run(driver, verify.secondary(&wrong, length).verify(), pieces, processing);
                        assert_eq!(verify.verified(), CRYPTO_E_VER_NOT_OK, "{curve:?} {hash}");
                    }
                }
            }
        }
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn without_a_key_length_the_hash_decides_the_curve() {
    for ((curve, _, sign, verify), hash) in CURVES.into_iter().zip(HASHES) {
        let driver = driver(curve, sign, verify);
        let length = curve.signature_len() as u32;
        let job = job(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECDSA, hash, 0, 0, SYNC).input(MESSAGE);
        assert_eq!(driver.process(0, job.output(length)), E_OK);
        assert_eq!(job.room(), length);
        assert_eq!(driver.process(0, job.output(length - 1)), E_NOT_OK);
        assert!(job.is_untouched(length - 1));
    }
}

#[test]
fn each_signature_and_key_that_does_not_fit_has_its_code() {
    for (curve, bits, sign, verify) in CURVES {
        let driver = driver(curve, sign, verify);
        let length = curve.signature_len() as u32;
        let hash = CRYPTO_ALGOFAM_SHA2_256;
        for wrong in [length - 1, length + 1] {
            let job = job(CRYPTO_SIGNATUREVERIFY, CRYPTO_ALGOFAM_ECDSA, hash, bits, 2, SYNC).input(MESSAGE).verify();
            assert_eq!(driver.process(0, job.secondary(&vec![1; wrong as usize], wrong)), E_NOT_OK);
            assert!(job.is_untouched(0));
        }
        for (_, other_bits, ..) in CURVES.into_iter().filter(|(other, ..)| *other != curve) {
            for key in [0, 1] {
                let job = job(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECDSA, hash, other_bits, key, SYNC).input(MESSAGE);
                assert_eq!(driver.process(0, job.output(132)), CRYPTO_E_KEY_SIZE_MISMATCH, "{curve:?} as {other_bits}");
            }
        }
        let job = job(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECDSA, hash, bits, 2, SYNC).input(MESSAGE);
        assert_eq!(driver.process(0, job.output(132)), CRYPTO_E_KEY_SIZE_MISMATCH, "a public key does not sign");
        // out of range, and 0
        for value in [vec![0; curve.field_len()], vec![0xFF; curve.field_len()]] {
            assert_eq!(driver.set(0, 1, &value), E_OK);
            assert_eq!(driver.set_valid(0), E_NOT_OK);
            driver.load(1, &value);
            let job = self::job(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECDSA, hash, bits, 1, SYNC).input(MESSAGE);
            assert_eq!(driver.process(0, job.output(132)), CRYPTO_E_KEY_NOT_VALID);
        }
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn ed25519_signs_whole_messages_only() {
    let private = [ElementSpec::new(1, 32)];
    let driver = Builder::new()
        .object(1)
        .key(CRYPTO_SOFT_FORM_ED25519_SIGN, &private)
        .key(CRYPTO_SOFT_FORM_NONE, &private)
        .key(CRYPTO_SOFT_FORM_ED25519_VERIFY, &private)
        .key(CRYPTO_SOFT_FORM_NONE, &private)
        .start();
    // RFC 8032 7.1, test 2
    let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    let expected = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                        085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    for (key, value) in [(0, &seed), (1, &seed), (2, &public), (3, &public)] {
        driver.load(key, value);
    }
    let job = |service, key, processing| job(service, CRYPTO_ALGOFAM_ED25519, 0, 0, key, processing).input(&[0x72]);
    for key in [0, 1] {
        let sign = job(CRYPTO_SIGNATUREGENERATE, key, SYNC).output(64);
        assert_eq!(driver.process(0, sign), E_OK);
        assert_eq!(sign.result(), expected);
        for mode in [START, STREAMSTART, UPDATE, FINISH, UPDATE | FINISH] {
            assert_eq!(driver.process(0, sign.mode(mode).output(64)), E_NOT_OK, "{mode}");
            assert!(sign.is_untouched(64) && !sign.is_active());
        }
    }
    for key in [2, 3] {
        let verify = job(CRYPTO_SIGNATUREVERIFY, key, ASYNC).verify().secondary(&expected, 64);
        assert_eq!(driver.process(0, verify), E_OK);
        driver.main_function();
        assert!(verify.is_untouched(0));
        driver.background();
        assert_eq!((verify.callbacks(), verify.verified()), (vec![E_OK], CRYPTO_E_VER_OK));
        let mut wrong = expected.clone();
        wrong[63] ^= 0x20;
        let verify = job(CRYPTO_SIGNATUREVERIFY, key, SYNC).verify().secondary(&wrong, 64);
        assert_eq!((driver.process(0, verify), verify.verified()), (E_OK, CRYPTO_E_VER_NOT_OK));
    }
    assert_eq!(driver.reports(), []);
}
