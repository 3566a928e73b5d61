//! Keys: states, access, lengths, and what jobs say of them.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::ptr::{null, null_mut};

fn mac_with(key: u32, bits: u32) -> Job {
    let primitive = primitive(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_NOT_SET, bits);
    Job::new(primitive, SYNC, key).input(b"message").output(16)
}

fn verify_with(key: u32) -> Job {
    Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), SYNC, key).input(b"sample").secondary(&[1; 64], 64).verify()
}

#[test]
fn a_key_is_invalid_until_set_valid_and_again_after_each_change() {
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 16)]).start();
    assert!(!driver.is_valid(0));
    assert_eq!(driver.process(0, mac_with(0, 0)), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(driver.set(0, 1, &[7; 16]), E_OK);
    assert!(!driver.is_valid(0));
    assert_eq!(driver.process(0, mac_with(0, 0)), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(driver.set_valid(0), E_OK);
    assert_eq!(driver.set_valid(0), E_OK, "again");
    assert!(driver.is_valid(0));
    assert_eq!(driver.process(0, mac_with(0, 0)), E_OK);
    assert_eq!(driver.set_invalid(0), E_OK);
    assert_eq!(driver.process(0, mac_with(0, 0)), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(driver.set_valid(0), E_OK, "the elements have stayed");
    assert_eq!(driver.process(0, mac_with(0, 0)), E_OK);
    assert_eq!(driver.set(0, 1, &[8; 16]), E_OK);
    assert!(!driver.is_valid(0));
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_refused_element_leaves_the_key_valid() {
    let driver = usual(0);
    assert_eq!(driver.set(KEY_SIGN, 1, &[1; 31]), CRYPTO_E_KEY_SIZE_MISMATCH);
    assert!(driver.is_valid(KEY_SIGN));
}

#[test]
fn lengths_of_elements_are_exact_unless_access_is_partial() {
    let driver = Builder::new().key(0, &[ElementSpec::new(1, 16), ElementSpec::new(2, 16).partial()]).start();
    for (element, length, code) in [
        (1, 15, CRYPTO_E_KEY_SIZE_MISMATCH),
        (1, 16, E_OK),
        (1, 17, CRYPTO_E_KEY_SIZE_MISMATCH),
        (2, 1, E_OK),
        (2, 16, E_OK),
        (2, 17, CRYPTO_E_KEY_SIZE_MISMATCH),
    ] {
        assert_eq!(driver.set(0, element, &vec![3; length]), code, "element {element}, {length} bytes");
    }
    assert_eq!(driver.set(0, 1, &[1; 16]), E_OK);
    assert_eq!(driver.get(0, 1, 15), (E_NOT_OK, vec![]), "room for less than was stored");
    assert_eq!(driver.get(0, 1, 16), (E_OK, vec![1; 16]));
    assert_eq!(driver.get(0, 1, 40), (E_OK, vec![1; 16]));
    assert_eq!(driver.set(0, 2, &[1, 2, 3]), E_OK);
    assert_eq!(driver.get(0, 2, 2), (E_OK, vec![1, 2]), "partial access");
    assert_eq!(driver.get(0, 2, 40), (E_OK, vec![1, 2, 3]), "what was stored, not what there is room for");
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_public_key_comes_as_x_y_or_with_its_04() {
    let driver = usual(0);
    let x_y = hex(PUBLIC_KEY);
    let mut uncompressed = vec![4];
    uncompressed.extend(&x_y);
    for bytes in [&x_y, &uncompressed] {
        driver.load(KEY_VERIFY, bytes);
        assert_eq!(driver.process(0, verify_with(KEY_VERIFY)), E_OK);
        assert_eq!(driver.get(KEY_VERIFY, 1, 65), (E_OK, bytes.clone()));
    }
    uncompressed[0] = 3;
    assert_eq!(driver.set(KEY_VERIFY, 1, &uncompressed), E_OK);
    assert_eq!(driver.set_valid(KEY_VERIFY), E_NOT_OK);
    assert!(!driver.is_valid(KEY_VERIFY));
}

#[test]
fn a_malformed_key_is_not_set_valid() {
    let driver = usual(0);
    let order = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    let mut off_curve = hex(PUBLIC_KEY);
    off_curve[63] ^= 1;
    for (key, value) in [(KEY_SIGN, vec![0; 32]), (KEY_SIGN, order), (KEY_VERIFY, off_curve), (KEY_AES, vec![1; 20])] {
        assert_eq!(driver.set(key, 1, &value), E_OK);
        assert_eq!(driver.set_valid(key), E_NOT_OK);
        assert!(!driver.is_valid(key));
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_key_without_prepared_form_is_parsed_by_each_job() {
    let driver = usual(0);
    driver.load(KEY_UNPREPARED, &hex(AES_KEY));
    let (prepared, unprepared) = (mac_with(KEY_AES, 128), mac_with(KEY_UNPREPARED, 128));
    assert_eq!((driver.process(0, prepared), driver.process(0, unprepared)), (E_OK, E_OK));
    assert_eq!(prepared.result(), unprepared.result());
    // A form is a cache, not a permission: an AES key serves an HMAC job.
    let hmac = |key| Job::new(hmac256(CRYPTO_MACGENERATE), SYNC, key).input(b"message").output(32);
    let (one, other) = (hmac(KEY_AES), hmac(KEY_UNPREPARED));
    assert_eq!((driver.process(0, one), driver.process(0, other)), (E_OK, E_OK));
    assert_eq!(one.result(), other.result());
    // What only parsing shows is told by the job.
    driver.load(KEY_UNPREPARED, &[0; 64]);
    assert_eq!(driver.process(0, verify_with(KEY_UNPREPARED)), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(driver.reports(), []);
}

#[test]
fn each_key_that_a_job_cannot_use_has_its_code() {
    let driver = usual(0);
    let job = mac_with(KEY_AES, 256);
    assert_eq!(driver.process(0, job), CRYPTO_E_KEY_SIZE_MISMATCH, "16 bytes for an AES-256 job");
    assert!(job.is_untouched(16));
    assert_eq!(driver.process(0, mac_with(KEY_HMAC, 0)), CRYPTO_E_KEY_SIZE_MISMATCH, "19 bytes for an AES job");
    assert_eq!(driver.process(0, verify_with(KEY_SIGN)), CRYPTO_E_KEY_SIZE_MISMATCH);
    assert_eq!(driver.set_valid(KEY_UNPREPARED), E_OK, "an empty key can be set valid");
    assert_eq!(driver.process(0, mac_with(KEY_UNPREPARED, 128)), CRYPTO_E_KEY_EMPTY);
    assert_eq!(driver.reports(), []);
    assert_eq!(driver.set_valid(KEY_EMPTY_TYPE), E_OK);
    assert_eq!(driver.process(0, mac_with(KEY_EMPTY_TYPE, 128)), CRYPTO_E_KEY_NOT_AVAILABLE);
    assert_eq!(driver.reports(), [Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_KEY_NOT_AVAILABLE)]);
    for key in [6, NO_KEY] {
        assert_eq!(driver.process(0, mac_with(key, 128)), E_NOT_OK);
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_HANDLE]);
    }
}

#[test]
fn a_key_is_checked_again_when_a_job_runs() {
    let driver = usual(0);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), ASYNC, KEY_AES).input(b"message").output(16);
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(driver.set_invalid(KEY_AES), E_OK, "a job that waits does not hold its key");
    driver.main_function();
    assert_eq!(job.callbacks(), [CRYPTO_E_KEY_NOT_VALID]);
    assert!(job.is_untouched(16));
}

#[test]
fn a_key_that_changes_in_the_middle_of_a_stream_ends_it() {
    let driver = usual(0);
    for processing in [SYNC, ASYNC] {
        let job = Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES).input(b"message").output(16);
        let call = |mode| {
            let code = driver.process(0, job.mode(mode));
            driver.main_function();
            job.callbacks().last().copied().unwrap_or(code)
        };
        assert_eq!(call(STREAMSTART), E_OK);
        assert!(job.is_active());
        driver.load(KEY_AES, &[9; 16]);
        assert_eq!(call(UPDATE), CRYPTO_E_KEY_NOT_VALID);
        assert!(!job.is_active());
        assert_eq!(call(FINISH), E_NOT_OK, "the stream is gone");
        assert!(job.is_untouched(16));
    }
}

#[test]
fn access_rights_are_kept() {
    use v2gcrypt_crypto_driver::soft::config::*;
    let levels = [CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_RA_ENCRYPTED, CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_RA_DENIED];
    for level in levels {
        let driver = Builder::new().key(0, &[ElementSpec::new(1, 4).access(level, level).init(&[1, 2, 3, 4])]).start();
        if level == CRYPTO_SOFT_RA_ALLOWED {
            assert_eq!(driver.set(0, 1, &[5; 4]), E_OK);
            assert_eq!(driver.get(0, 1, 4), (E_OK, vec![5; 4]));
            continue;
        }
        assert_eq!(driver.set(0, 1, &[5; 4]), CRYPTO_E_KEY_WRITE_FAIL);
        assert_eq!(driver.reports(), []);
        assert_eq!(driver.get(0, 1, 4).0, CRYPTO_E_KEY_READ_FAIL);
        assert_eq!(driver.reports(), [Reported::Runtime(CRYPTO_SID_KEYELEMENTGET, CRYPTO_E_RE_KEY_READ_FAIL)]);
    }
}

#[test]
fn initial_values_are_loaded_at_init_and_the_key_is_invalid() {
    let driver = Builder::new()
        .object(0)
        .key(
            CRYPTO_SOFT_FORM_AES_CMAC,
            &[ElementSpec::new(1, 16).init(&hex(AES_KEY)), ElementSpec::new(2, 8).partial().init(&[1, 2, 3])],
        )
        .start();
    let check = || {
        assert!(!driver.is_valid(0));
        assert_eq!(driver.get(0, 1, 16), (E_OK, hex(AES_KEY)));
        assert_eq!(driver.get(0, 2, 8), (E_OK, vec![1, 2, 3]));
        assert_eq!(driver.set_valid(0), E_OK);
        let job = mac_with(0, 128).input(&hex(CMAC_MESSAGE));
        assert_eq!(driver.process(0, job), E_OK);
        assert_eq!(job.result(), hex(CMAC_TAG));
    };
    check();
    driver.load(0, &[9; 16]);
    driver.init();
    check();
}

#[test]
fn key_functions_refuse_what_is_wrong_with_its_code() {
    let driver = usual(0);
    let instance = driver.instance;
    let mut room = 4u32;
    let mut byte = [UNTOUCHED; 4];
    let expect = |code: u8, wanted: u8, service: u8, error: u8, name: &str| {
        assert_eq!(code, wanted, "{name}");
        assert_eq!(driver.reports(), [Reported::Development(service, error)], "{name}");
    };
    for key in [6, u32::MAX] {
        expect(driver.set(key, 1, &[1]), E_NOT_OK, 0x04, CRYPTO_E_PARAM_HANDLE, "set");
        expect(driver.get(key, 1, 1).0, E_NOT_OK, 0x06, CRYPTO_E_PARAM_HANDLE, "get");
        expect(driver.set_valid(key), E_NOT_OK, 0x05, CRYPTO_E_PARAM_HANDLE, "set valid");
        expect(driver.set_invalid(key), E_NOT_OK, 0x15, CRYPTO_E_PARAM_HANDLE, "set invalid");
        let code = unsafe { V2gcrypt_CryptoSoft_KeyGetStatus(instance, key, byte.as_mut_ptr()) };
        expect(code, E_NOT_OK, 0x14, CRYPTO_E_PARAM_HANDLE, "status");
    }
    let code = unsafe { V2gcrypt_CryptoSoft_KeyGetStatus(instance, 0, null_mut()) };
    expect(code, E_NOT_OK, 0x14, CRYPTO_E_PARAM_POINTER, "status without pointer");
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementSet(instance, 0, 1, null(), 16) };
    expect(code, E_NOT_OK, 0x04, CRYPTO_E_PARAM_POINTER, "set without value");
    expect(driver.set(0, 1, &[]), E_NOT_OK, 0x04, CRYPTO_E_PARAM_VALUE, "set nothing");
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementGet(instance, 0, 1, null_mut(), &mut room) };
    expect(code, E_NOT_OK, 0x06, CRYPTO_E_PARAM_POINTER, "get without result");
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementGet(instance, 0, 1, byte.as_mut_ptr(), null_mut()) };
    expect(code, E_NOT_OK, 0x06, CRYPTO_E_PARAM_POINTER, "get without length");
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementGet(instance, 0, 1, std::ptr::addr_of_mut!(room).cast(), &mut room) };
    expect(code, E_NOT_OK, 0x06, CRYPTO_E_PARAM_POINTER, "result over its length");
    expect(driver.get(0, 1, 0).0, E_NOT_OK, 0x06, CRYPTO_E_PARAM_VALUE, "get without room");
    assert_eq!((room, byte), (4, [UNTOUCHED; 4]));

    assert_eq!(driver.get(KEY_UNPREPARED, 29, 4).0, CRYPTO_E_KEY_EMPTY);
    assert_eq!(driver.reports(), []);
    assert_eq!(driver.set(0, 2, &[1]), CRYPTO_E_KEY_NOT_AVAILABLE);
    assert_eq!(driver.get(0, 2, 1).0, CRYPTO_E_KEY_NOT_AVAILABLE);
    let missing = |service| Reported::Runtime(service, CRYPTO_E_RE_KEY_NOT_AVAILABLE);
    assert_eq!(driver.reports(), [missing(CRYPTO_SID_KEYELEMENTSET), missing(CRYPTO_SID_KEYELEMENTGET)]);
}

#[test]
fn nothing_of_a_key_is_left_in_its_ram_when_it_changes() {
    let driver = usual(0);
    let ram = |key: u32| {
        let first = unsafe { (*driver.instance).keyRam.add(key as usize) };
        unsafe { std::slice::from_raw_parts(first.cast::<u8>(), size_of::<CryptoSoft_KeyRamType>()) }.to_vec()
    };
    for key in [KEY_AES, KEY_HMAC, KEY_SIGN, KEY_VERIFY] {
        let used = |ram: &[u8]| ram.iter().skip(16).filter(|&&byte| byte != 0).count();
        assert!(used(&ram(key)) > 16, "key {key} is prepared");
        assert_eq!(driver.set_invalid(key), E_OK);
        assert_eq!(used(&ram(key)), 0, "key {key}");
        assert_eq!(driver.set_valid(key), E_OK);
        assert!(used(&ram(key)) > 16, "key {key} is prepared again");
        let size = [16, 19, 32, 64][key as usize];
        assert_eq!(driver.set(key, 1, &vec![1; size]), E_OK);
        assert_eq!(used(&ram(key)), 0, "key {key}");
    }
    // A shorter value leaves nothing of the longer one.
    driver.load(KEY_AES, &[0xEE; 32]);
    driver.load(KEY_AES, &[0x11; 16]);
    let config = unsafe { &*(*driver.instance).keys.add(KEY_AES as usize) };
    let data = unsafe { std::slice::from_raw_parts(config.data, config.dataSize as usize) };
    assert_eq!(data, [[0x11; 16], [0; 16]].concat());
}

#[test]
fn a_key_whose_elements_have_no_room_needs_no_memory() {
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 0)]).build();
    unsafe { (*(*driver.instance).keys.cast_mut()).data = std::ptr::null_mut() };
    driver.init();
    assert_eq!(driver.reports(), []);
    assert_eq!((driver.set_valid(0), driver.is_valid(0)), (E_OK, true));
    assert_eq!(driver.process(0, Job::new(cmac(CRYPTO_MACGENERATE), SYNC, 0).input(b"x").output(16)), CRYPTO_E_KEY_EMPTY);
    assert_eq!(driver.get(0, 1, 1).0, CRYPTO_E_KEY_EMPTY);
}
