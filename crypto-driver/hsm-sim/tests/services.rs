//! Each service of the HSM driver through the firmware: official vectors, and the soft driver's primitives as the other side.
#![allow(clippy::undocumented_unsafe_blocks, unsafe_code)] // see `common`
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/hsm_double/mod.rs"]
mod hsm_double;

use common::*;
use hsm_double::{host_element, key, public_element, slot, slot_element, Host, Plan};
use v2gcrypt_crypto_driver::hsm::config::*;
use v2gcrypt_crypto_driver::hsm::ffi::*;
use v2gcrypt_hsm_protocol::policy::{Group, Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_qemu::Board;
use v2gcrypt_hsm_sim::{HsmModel, Options, Simulator};
use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::{digest, Data, HashAlgorithm};

const KEY_SIGN_256: u32 = 4;
const KEY_PAIR_A: u32 = 5;
const KEY_PAIR_B: u32 = 6;
const KEY_DERIVED: u32 = 7;
const KEY_HMAC_SLOT: u32 = 8;
const KEY_ED: u32 = 9;
const KEY_ED_PUBLIC: u32 = 10;
const KEY_P521: u32 = 11;
const KEY_CHACHA_SLOT: u32 = 12;
const KEY_DERIVED_B: u32 = 13;
const KEY_READABLE: u32 = 14;
/// Owner and target of a contract key of ISO 15118-2, then those of ISO 15118-20.
const KEY_OWNER: u32 = 16;

/// All times are microseconds. Unoptimised elliptic curves take long.
const TIMEOUTS: CryptoHsm_TimeoutsType =
    CryptoHsm_TimeoutsType { connect: 2_000_000, fast: 20_000_000, slow: 60_000_000, synchronous: 60_000_000 };

fn plan() -> Plan {
    let mut plan = Plan::usual();
    let all = all_primitives();
    let p256 = Kind::Private(Group::P256);
    let secret = |length| Kind::Symmetric(SymmetricKind::Secret, length);
    let pair = [Usage::AGREE, Usage::GENERATE, Usage::PERSIST];
    let shared = [Usage::DERIVE_TARGET, Usage::DERIVE_SOURCE];
    let number = |slot: usize| slot as u32;
    let mut add = |elements: &[CryptoHsm_KeyElementConfigType], slots: &[(u16, Kind, &[Usage])]| {
        plan.slots.extend(slots.iter().map(|(number, kind, usage)| slot(*number, *kind, usage)));
        plan.keys.push(key(elements, &all));
    };
    let at = number(4);
    add(&[slot_element(1, 32, at), public_element(1000, 65, at)], &[(10, p256, &[Usage::SIGN, Usage::GENERATE, Usage::PERSIST])]);
    let [derivation, ..] = CRYPTO_ALGOFAM_HKDF.to_le_bytes();
    for (at, first) in [(5, 11), (7, 13)] {
        add(
            &[
                slot_element(1, 32, at + 1),
                slot_element(9, 32, at),
                public_element(10, 65, at),
                host_element(15, 1, 0, &[derivation]),
                host_element(1002, 64, 1, b"info"),
            ],
            &[(first, p256, &pair), (first + 1, secret(32), &shared)],
        );
    }
    let aes = Kind::Symmetric(SymmetricKind::Aes, 16);
    let mac = [Usage::MAC_GENERATE, Usage::MAC_VERIFY, Usage::DERIVE_TARGET];
    add(&[slot_element(1, 16, 9)], &[(15, aes, &mac)]);
    let hmac = Kind::Symmetric(SymmetricKind::Hmac, 32);
    add(&[slot_element(1, 32, 10)], &[(16, hmac, &[Usage::MAC_GENERATE, Usage::MAC_VERIFY, Usage::WRITE])]);
    add(
        &[slot_element(1, 32, 11), public_element(1000, 32, 11)],
        &[(17, Kind::Private(Group::Ed25519), &[Usage::SIGN, Usage::WRITE])],
    );
    add(&[slot_element(1, 32, 12)], &[(18, Kind::Public(Group::Ed25519), &[Usage::VERIFY, Usage::WRITE])]);
    add(
        &[slot_element(1, 66, 13), public_element(1000, 133, 13)],
        &[(19, Kind::Private(Group::P521), &[Usage::SIGN, Usage::GENERATE])],
    );
    let chacha = Kind::Symmetric(SymmetricKind::ChaCha20, 32);
    let text = [Usage::AEAD_ENCRYPT, Usage::AEAD_DECRYPT, Usage::WRITE];
    add(&[slot_element(1, 32, 14), host_element(5, 12, 0, &NONCE)], &[(20, chacha, &text)]);
    add(&[slot_element(1, 16, 15)], &[(21, aes, &mac)]);
    let readable = CryptoHsm_KeyElementConfigType { readAccess: CRYPTO_SOFT_RA_ALLOWED, ..slot_element(1, 20, 16) };
    add(&[readable], &[(22, secret(20), &[Usage::READ, Usage::WRITE, Usage::COPY_SOURCE, Usage::COPY_TARGET])]);
    let readable = CryptoHsm_KeyElementConfigType { readAccess: CRYPTO_SOFT_RA_ALLOWED, ..slot_element(1, 20, 17) };
    add(&[readable], &[(23, secret(20), &[Usage::READ, Usage::WRITE, Usage::COPY_SOURCE, Usage::COPY_TARGET])]);
    for (at, first, group, size) in [(18, 24, Group::P256, 32), (20, 26, Group::P521, 66)] {
        let owner = [Usage::CONTRACT_OWNER, Usage::WRITE];
        add(&[slot_element(1, size, at)], &[(first, Kind::Private(group), &owner)]);
        let public = public_element(1000, 2 * size + 1, at + 1);
        let target = [Usage::CONTRACT_TARGET, Usage::SIGN, Usage::PERSIST];
        add(&[slot_element(1, size, at + 1), public], &[(first + 1, Kind::Private(group), &target)]);
    }
    plan.bounce = 4480;
    plan.timeouts = TIMEOUTS;
    plan
}

/// The emulated Cortex-M3 where the environment names its image (`crypto-driver/hsm-firmware/qemu.sh` does), else the simulator.
fn model(options: Options) -> &'static dyn HsmModel {
    match Board::from_environment(&options) {
        Some(board) => board.unwrap_or_else(|error| panic!("{error}")),
        None => Simulator::new(options).unwrap(),
    }
}

/// Started, with a HSM of its own.
fn host(options: Options) -> (Host, &'static dyn HsmModel) {
    let simulator = model(options);
    let host = Host { instance: plan().instance(simulator.transport()), double: std::ptr::null_mut() };
    host.init();
    assert_eq!(host.process(0, random_job(SYNC, 1)), E_OK, "a synchronous call waits for the connection");
    (host, simulator)
}

fn new_host() -> Host {
    host(Options::default()).0
}

fn load(host: &Host, key: u32, value: &[u8]) {
    assert_eq!(host.set(key, 1, value), E_OK);
    assert_eq!(host.set_valid(key), E_OK);
    assert!(host.is_valid(key));
}

/// Runs a job to its end, whichever its processing is.
fn run(host: &Host, job: Job) -> u8 {
    let code = host.process(0, job);
    let asynchronous = unsafe { (*(*job.record).jobPrimitiveInfo).processingType } == ASYNC;
    if code != E_OK || !asynchronous {
        return code;
    }
    for _ in 0..60_000 {
        host.main_function();
        if let [result] = job.callbacks()[..] {
            return result;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("the job has not ended");
}

const BOTH: [Enumeration; 2] = [SYNC, ASYNC];
/// Around what one request takes.
const LENGTHS: [usize; 8] = [1, 16, 33, 2047, 2048, 2049, 4096, 10_000];

fn message(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index * 7) as u8).collect()
}

#[test]
fn hashes_are_those_of_the_primitives_at_every_length() {
    let host = new_host();
    for processing in BOTH {
        for length in LENGTHS {
            let job = hash_job(processing, &message(length));
            assert_eq!(run(&host, job), E_OK);
            assert_eq!(job.result(), sha256_of(&message(length)), "{length}");
        }
    }
    for (family, algorithm) in [
        (CRYPTO_ALGOFAM_SHA1, HashAlgorithm::Sha1),
        (CRYPTO_ALGOFAM_SHA2_384, HashAlgorithm::Sha384),
        (CRYPTO_ALGOFAM_SHA2_512, HashAlgorithm::Sha512),
    ] {
        let primitive = primitive(CRYPTO_HASH, family, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
        for length in [3, 3000] {
            let job = Job::new(primitive, SYNC, NO_KEY).input(&message(length)).output(algorithm.output_len() as u32);
            assert_eq!(run(&host, job), E_OK);
            assert_eq!(job.result(), digest(algorithm, &message(length)).as_bytes());
        }
    }
}

#[test]
fn a_hash_comes_in_pieces_of_any_length() {
    let host = new_host();
    for processing in BOTH {
        let whole = message(5000);
        let job = hash_job(processing, &[0]).mode(START);
        assert_eq!(run(&host, job), E_OK);
        for part in [&whole[..1], &whole[1..2500], &whole[2500..]] {
            assert_eq!(run(&host, job.input(part).mode(UPDATE)), E_OK);
        }
        assert_eq!(run(&host, job.mode(FINISH)), E_OK);
        assert_eq!(job.result(), sha256_of(&whole));
    }
}

#[test]
fn cmac_is_that_of_rfc_4493_and_its_verification_knows_each_bit() {
    let host = new_host();
    load(&host, 0, &hex(AES_KEY));
    for processing in BOTH {
        let job = Job::new(cmac(CRYPTO_MACGENERATE), processing, 0).input(&hex(CMAC_MESSAGE)).output(16);
        assert_eq!(run(&host, job), E_OK);
        assert_eq!(job.result(), hex(CMAC_TAG));
        for bit in [None, Some(0), Some(127)] {
            let mut tag = hex(CMAC_TAG);
            if let Some(bit) = bit {
                tag[bit / 8] ^= 0x80 >> (bit % 8);
            }
            let verify = Job::new(cmac(CRYPTO_MACVERIFY), processing, 0).input(&hex(CMAC_MESSAGE)).secondary(&tag, 128).verify();
            assert_eq!(run(&host, verify), E_OK);
            assert_eq!(verify.verified(), if bit.is_none() { CRYPTO_E_VER_OK } else { CRYPTO_E_VER_NOT_OK });
        }
    }
    // The length of a MAC is known with FINISH only.
    let verify = Job::new(cmac(CRYPTO_MACVERIFY), SYNC, 0).verify().mode(START);
    assert_eq!(run(&host, verify), E_OK);
    assert_eq!(run(&host, verify.input(&hex(CMAC_MESSAGE)).mode(UPDATE)), E_OK);
    assert_eq!(run(&host, verify.secondary(&hex(CMAC_TAG), 64).mode(FINISH)), E_OK);
    assert_eq!(verify.verified(), CRYPTO_E_VER_OK);
}

#[test]
fn a_long_mac_is_that_of_the_primitives() {
    let host = new_host();
    load(&host, KEY_HMAC_SLOT, &[0x0B; 32]);
    for length in LENGTHS {
        let job = Job::new(hmac256(CRYPTO_MACGENERATE), SYNC, KEY_HMAC_SLOT).input(&message(length)).output(32);
        assert_eq!(run(&host, job), E_OK);
        let mac_key = v2gcrypt_primitives::MacKey::new(v2gcrypt_primitives::MacAlgorithm::HmacSha256, &[0x0B; 32]).unwrap();
        let mut mac = mac_key.start();
        mac.update(&message(length));
        assert_eq!(job.result(), mac.finish().as_bytes(), "{length}");
    }
}

#[test]
fn a_text_is_encrypted_and_decrypted_apart_and_in_place() {
    let host = new_host();
    load(&host, 3, &[0x11; 16]);
    for (mode, padding) in [
        (CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET),
        (CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_NOT_SET),
        (CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_PADDING_PKCS7),
    ] {
        for length in [16, 2048, 2064, 9_984] {
            for processing in BOTH {
                let algorithm = |service| primitive(service, CRYPTO_ALGOFAM_AES, mode, padding, 128);
                let encrypt =
                    Job::new(algorithm(CRYPTO_ENCRYPT), processing, 3).input(&message(length)).output(length as u32 + 16);
                assert_eq!(run(&host, encrypt), E_OK);
                let ciphertext = encrypt.result();
                let padded = if padding == CRYPTO_ALGOFAM_NOT_SET { length } else { length + 16 };
                assert_eq!(ciphertext.len(), padded);
                assert_ne!(ciphertext[..16], message(16));
                let decrypt = Job::new(algorithm(CRYPTO_DECRYPT), processing, 3).output(padded as u32);
                unsafe { std::ptr::copy(ciphertext.as_ptr(), decrypt.io().outputPtr, padded) };
                decrypt.io().inputPtr = decrypt.io().outputPtr;
                decrypt.io().inputLength = padded as u32;
                assert_eq!(run(&host, decrypt), E_OK);
                assert_eq!(decrypt.result(), message(length), "{mode} {padding} {length}");
            }
        }
    }
}

fn aead_job(service: Enumeration, chacha: bool, processing: Enumeration, text: &[u8], aad: &[u8]) -> Job {
    let (family, mode, secondary, key) = match chacha {
        true => (CRYPTO_ALGOFAM_CHACHA, CRYPTO_ALGOMODE_20ROUNDS, CRYPTO_ALGOFAM_POLY1305, KEY_CHACHA_SLOT),
        false => (CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GCM, CRYPTO_ALGOFAM_NOT_SET, 3),
    };
    let job = Job::new(primitive(service, family, mode, secondary, 0), processing, key);
    job.input(text).secondary(aad, aad.len() as u32).output(text.len() as u32 + 1)
}

#[test]
fn authenticated_texts_are_those_of_the_primitives_and_forged_ones_leave_nothing() {
    let host = new_host();
    load(&host, 3, &[0x22; 16]);
    load(&host, KEY_CHACHA_SLOT, &[0x33; 32]);
    assert_eq!(host.set(3, 5, &NONCE), E_OK);
    assert_eq!(host.set_valid(3), E_OK);
    for chacha in [false, true] {
        for (length, aad) in [(1, 0), (100, 20), (2048, 128), (2049, 129), (5000, 3000)] {
            for processing in BOTH {
                let seal = aead_job(CRYPTO_AEADENCRYPT, chacha, processing, &message(length), &message(aad));
                let tag = leak(&[0u8; 16]);
                (seal.io().secondaryOutputPtr, seal.io().secondaryOutputLengthPtr) = (tag, leak(&[16]));
                assert_eq!(run(&host, seal), E_OK);
                let tag = unsafe { std::slice::from_raw_parts(tag, 16) };

                let algorithm = if chacha { AeadAlgorithm::ChaCha20Poly1305 } else { AeadAlgorithm::AesGcm };
                let value = if chacha { &[0x33; 32][..] } else { &[0x22; 16] };
                let mut expected = message(length);
                let data = Data::InPlace { buffer: &mut expected, length };
                let expected_tag = AeadKey::new(algorithm, value).unwrap().seal(&NONCE, &message(aad), data).unwrap();
                assert_eq!(seal.result(), expected, "{chacha} {length} {aad}");
                assert_eq!(tag, expected_tag.as_bytes());

                for forged in [false, true] {
                    let mut tag = tag.to_vec();
                    tag[15] ^= u8::from(forged);
                    let open = aead_job(CRYPTO_AEADDECRYPT, chacha, processing, &seal.result(), &message(aad)).verify();
                    (open.io().tertiaryInputPtr, open.io().tertiaryInputLength) = (leak(&tag), 16);
                    assert_eq!(run(&host, open), E_OK);
                    assert_eq!(open.verified(), if forged { CRYPTO_E_VER_NOT_OK } else { CRYPTO_E_VER_OK });
                    assert_eq!(open.result(), if forged { vec![] } else { message(length) });
                    let written = unsafe { std::slice::from_raw_parts(open.io().outputPtr, length) };
                    assert!(!forged || written.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)), "{length}");
                }
            }
        }
    }
}

#[test]
fn gmac_has_its_nonce_from_the_key() {
    let host = new_host();
    load(&host, 0, &[0x22; 16]);
    let gmac = |service| primitive(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GMAC, CRYPTO_ALGOFAM_NOT_SET, 128);
    let job = Job::new(gmac(CRYPTO_MACGENERATE), SYNC, 0).input(&message(40)).output(16);
    assert_eq!(host.process(0, job), CRYPTO_E_KEY_NOT_AVAILABLE, "it has no nonce");
}

#[test]
fn a_signature_of_any_length_of_message_verifies_and_a_flipped_bit_does_not() {
    let host = new_host();
    load(&host, 1, &hex(PRIVATE_KEY));
    assert_eq!(host.get(1, 1000, 64), (E_OK, hex(PUBLIC_KEY)), "computed by the HSM");
    load(&host, 2, &hex(PUBLIC_KEY));
    for processing in BOTH {
        for length in [1, 2048, 2049, 6000] {
            let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), processing, 1).input(&message(length)).output(64);
            assert_eq!(run(&host, sign), E_OK);
            for flipped in [None, Some(0), Some(63)] {
                let mut signature = sign.result();
                if let Some(byte) = flipped {
                    signature[byte] ^= 1;
                }
                let verify = Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), processing, 2).input(&message(length));
                let verify = verify.secondary(&signature, 64).verify();
                assert_eq!(run(&host, verify), E_OK);
                assert_eq!(verify.verified(), if flipped.is_none() { CRYPTO_E_VER_OK } else { CRYPTO_E_VER_NOT_OK });
            }
        }
    }
}

#[test]
fn ed25519_is_that_of_rfc_8032() {
    let host = new_host();
    // RFC 8032 7.1, test 3
    load(&host, KEY_ED, &hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
    let public = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    assert_eq!(host.get(KEY_ED, 1000, 32), (E_OK, public.clone()));
    load(&host, KEY_ED_PUBLIC, &public);
    let ed = |service| primitive(service, CRYPTO_ALGOFAM_ED25519, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
    let sign = Job::new(ed(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_ED).input(&hex("af82")).output(64);
    assert_eq!(run(&host, sign), E_OK);
    assert_eq!(
        sign.result(),
        hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")
    );
    let verify = Job::new(ed(CRYPTO_SIGNATUREVERIFY), SYNC, KEY_ED_PUBLIC).input(&hex("af82")).secondary(&sign.result(), 64);
    assert_eq!(run(&host, verify.verify()), E_OK);
    assert_eq!(verify.verified(), CRYPTO_E_VER_OK);
    let too_long = Job::new(ed(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_ED).input(&message(2049)).output(64);
    assert_eq!(run(&host, too_long), E_NOT_OK);
}

#[test]
fn a_key_is_drawn_in_the_hsm_and_signs_after_a_restart_too() {
    let (host, simulator) = host(Options::default());
    for key in [KEY_SIGN_256, KEY_P521] {
        assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyGenerate(host.instance, key) }, E_OK);
        assert!(!host.is_valid(key));
        assert_eq!(host.set_valid(key), E_OK);
    }
    assert_eq!(host.get(KEY_P521, 1000, 133).1.len(), 133);
    let (_, public) = host.get(KEY_SIGN_256, 1000, 65);
    simulator.restart();
    host.main_function();
    load(&host, 2, &public);
    assert!(host.is_valid(KEY_SIGN_256), "its policy says that it persists");
    assert!(!host.is_valid(KEY_P521), "that one's does not");
    let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_SIGN_256).input(b"after a restart").output(64);
    assert_eq!(run(&host, sign), E_OK);
    let verify = Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), SYNC, 2).input(b"after a restart").secondary(&sign.result(), 64);
    assert_eq!(run(&host, verify.verify()), E_OK);
    assert_eq!(verify.verified(), CRYPTO_E_VER_OK);
}

#[test]
fn two_parties_agree_and_derive_the_same_key() {
    let host = new_host();
    let public_value = |key| {
        let (mut value, mut length) = (vec![0; 65], 65);
        let code = unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcPubVal(host.instance, key, value.as_mut_ptr(), &mut length) };
        assert_eq!((code, length), (E_OK, 65));
        assert!(host.is_valid(key));
        value
    };
    let (a, b) = (public_value(KEY_PAIR_A), public_value(KEY_PAIR_B));
    assert_ne!(a, b);
    assert_eq!(public_value(KEY_PAIR_A), a, "the pair stays");
    // with and without the point's first byte
    for (key, partner, target) in [(KEY_PAIR_A, &b[..], KEY_DERIVED), (KEY_PAIR_B, &a[1..], KEY_DERIVED_B)] {
        let code =
            unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(host.instance, key, partner.as_ptr(), partner.len() as u32) };
        assert_eq!(code, E_OK);
        assert!(!host.is_valid(key));
        assert_eq!(host.set_valid(key), E_OK);
        assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyDerive(host.instance, key, target) }, E_OK);
        assert_eq!(host.set_valid(target), E_OK);
    }
    let mac = |key| {
        let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, key).input(b"x").output(16);
        assert_eq!(run(&host, job), E_OK);
        job.result()
    };
    assert_eq!(mac(KEY_DERIVED), mac(KEY_DERIVED_B));
    let off_curve = [4; 65];
    let code = unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(host.instance, KEY_PAIR_A, off_curve.as_ptr(), 65) };
    assert_eq!(code, E_NOT_OK);
}

#[test]
fn random_bytes_are_drawn_and_seeds_taken() {
    let host = new_host();
    for length in [1, 32, 33, 2048, 5000] {
        for processing in BOTH {
            let (one, other) = (random_job(processing, length), random_job(processing, length));
            assert_eq!((run(&host, one), run(&host, other)), (E_OK, E_OK));
            assert!(length < 16 || one.result() != other.result());
            assert!(length < 16 || one.result().iter().any(|byte| *byte != UNTOUCHED));
        }
    }
}

#[test]
fn elements_go_from_slot_to_slot_and_out_where_the_policy_says_so() {
    let host = new_host();
    let other = KEY_READABLE + 1;
    assert_eq!(host.get(KEY_READABLE, 1, 20).0, CRYPTO_E_KEY_EMPTY);
    load(&host, KEY_READABLE, &[0x5A; 20]);
    assert_eq!(host.get(KEY_READABLE, 1, 20), (E_OK, vec![0x5A; 20]));
    assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyElementCopy(host.instance, KEY_READABLE, 1, other, 1) }, E_OK);
    assert_eq!(host.get(other, 1, 20), (E_OK, vec![0x5A; 20]));
    let copy = || unsafe { V2gcrypt_CryptoHsm_KeyCopy(host.instance, other, KEY_READABLE) };
    assert_eq!(copy(), CRYPTO_E_KEY_NOT_VALID, "the HSM copies what is valid only");
    assert_eq!(host.set_valid(other), E_OK);
    assert_eq!(copy(), E_OK);
    assert!(!host.is_valid(KEY_READABLE));
    for (value, code) in [(&[1; 19][..], CRYPTO_E_KEY_SIZE_MISMATCH), (&[1; 21], CRYPTO_E_KEY_SIZE_MISMATCH)] {
        assert_eq!(host.set(KEY_READABLE, 1, value), code);
    }
    assert_eq!(host.set(2, 1, &[7; 64]), CRYPTO_E_KEY_SIZE_MISMATCH, "a point that is on no curve");
}

#[test]
fn a_key_is_drawn_and_made_valid_by_asynchronous_jobs() {
    let host = new_host();
    let job = |service| {
        let not_set = CRYPTO_ALGOFAM_NOT_SET;
        Job::new(primitive(service, not_set, CRYPTO_ALGOMODE_NOT_SET, not_set, 0), ASYNC, KEY_SIGN_256)
    };
    assert_eq!(run(&host, job(CRYPTO_KEYGENERATE)), E_OK);
    assert_eq!(run(&host, job(CRYPTO_KEYSETVALID)), E_OK);
    assert!(host.is_valid(KEY_SIGN_256));
    assert_eq!(run(&host, job(CRYPTO_KEYSETINVALID)), E_OK);
    assert!(!host.is_valid(KEY_SIGN_256));
}

#[test]
fn keys_outlive_the_process_in_a_file_and_no_plain_key_is_in_it() {
    let path = std::env::temp_dir().join(format!("v2gcrypt-hsm-sim-{}", std::process::id()));
    let options = Options { flash_file: Some(path.clone()), ..Options::default() };
    let public = {
        let (host, simulator) = host(options.clone());
        assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyGenerate(host.instance, KEY_SIGN_256) }, E_OK);
        assert_eq!(host.set_valid(KEY_SIGN_256), E_OK);
        let public = host.get(KEY_SIGN_256, 1000, 65).1;
        simulator.stop();
        public
    };
    let (host, _) = host(options);
    assert_eq!(host.get(KEY_SIGN_256, 1000, 65).1, public);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_dead_hsm_is_noticed_in_time_and_a_new_one_taken_up() {
    let (host, simulator) = host(Options::default());
    load(&host, 0, &hex(AES_KEY));
    unsafe { (*host.instance).timeouts.synchronous = 100_000 };
    let mac = || Job::new(cmac(CRYPTO_MACGENERATE), SYNC, 0).input(b"x").output(16);
    assert_eq!(host.process(0, mac()), E_OK);
    simulator.silence(true);
    let begin = std::time::Instant::now();
    assert_eq!(host.process(0, mac()), E_NOT_OK);
    assert!(begin.elapsed() < std::time::Duration::from_secs(5));
    simulator.silence(false);
    simulator.restart();
    host.main_function();
    load(&host, 0, &hex(AES_KEY));
    assert_eq!(host.process(0, mac()), E_OK);
}

#[test]
fn a_contract_key_goes_from_its_envelope_into_the_hsm_and_a_forged_one_changes_nothing() {
    let host = new_host();
    let file = include_str!("../../tests/vectors/contract-keys.txt");
    for (edition, family, owner) in [
        ("iso15118-2", CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, KEY_OWNER),
        ("iso15118-20", CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20, KEY_OWNER + 2),
    ] {
        let vector = vectors(file, edition);
        let target = owner + 1;
        let import = |processing, encrypted: &[u8]| {
            let point = &vector["dh_public_key"];
            let public = [&vector["contract_public"][..], &vector["aad"]].concat();
            let job = management(CRYPTO_CUSTOM_SERVICE, family, processing, owner).target(target).input(encrypted);
            run(&host, job.secondary(point, point.len() as u32).tertiary(&public))
        };
        assert_eq!(import(SYNC, &vector["encrypted"]), CRYPTO_E_KEY_NOT_VALID, "it has no owner");
        load(&host, owner, &vector["owning_private"]);
        for processing in BOTH {
            assert_eq!(import(processing, &vector["encrypted"]), E_OK);
            assert!(!host.is_valid(target));
            assert_eq!(host.set_valid(target), E_OK);
            let public = &vector["contract_public"];
            assert_eq!(&host.get(target, 1000, public.len() as u32).1, public);
            let mut forged = vector["encrypted"].clone();
            *forged.last_mut().unwrap() ^= 1;
            assert_eq!(import(processing, &forged), CRYPTO_E_CUSTOM_ERROR);
            assert!(host.is_valid(target), "it is as it was");
            assert_eq!(&host.get(target, 1000, public.len() as u32).1, public);
        }
    }
}
