//! Every service, synchronous, asynchronous and streaming.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;

/// A job of each algorithm with what it gives: `(name, job, bytes of the result; none for a verification)`.
fn jobs(processing: Enumeration) -> Vec<(&'static str, Job, Option<Vec<u8>>)> {
    let message = hex(CMAC_MESSAGE);
    let tag = hex(CMAC_TAG);
    vec![
        ("hash", Job::new(sha256(), processing, NO_KEY).input(&message).output(40), Some(sha256_of(&message))),
        ("cmac", Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES).input(&message).output(40), Some(tag.clone())),
        (
            "cmac verify",
            Job::new(cmac(CRYPTO_MACVERIFY), processing, KEY_AES).input(&message).secondary(&tag, 128).verify(),
            None,
        ),
        (
            "signature verify",
            Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), processing, KEY_VERIFY)
                .input(b"sample")
                .secondary(
                    &hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
                          F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"),
                    64,
                )
                .verify(),
            None,
        ),
    ]
}

fn check(name: &str, job: Job, expected: &Option<Vec<u8>>) {
    match expected {
        Some(bytes) => assert_eq!(&job.result(), bytes, "{name}"),
        None => assert_eq!(job.verified(), CRYPTO_E_VER_OK, "{name}"),
    }
    assert!(!job.is_active());
}

#[test]
fn a_synchronous_job_computes_in_its_call() {
    let driver = usual(0);
    for (name, job, expected) in jobs(SYNC) {
        assert_eq!(driver.process(0, job), E_OK, "{name}");
        check(name, job, &expected);
        assert_eq!(job.callbacks(), [], "{name}: the caller has the result");
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn an_asynchronous_job_computes_in_a_main_function_and_ends_in_one_callback() {
    let driver = usual(0);
    for (name, job, expected) in jobs(ASYNC) {
        assert_eq!(driver.process(0, job), E_OK, "{name}");
        assert!(job.is_untouched(40) && job.callbacks().is_empty(), "{name}: not in its call");
        driver.both_main_functions();
        check(name, job, &expected);
        assert_eq!(job.callbacks(), [E_OK], "{name}");
        driver.both_main_functions();
        assert_eq!(job.callbacks(), [], "{name}: once only");
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn signatures_run_in_the_background_and_everything_else_does_not() {
    let driver = usual(0);
    for (name, job, _) in jobs(ASYNC) {
        let background = name.starts_with("signature");
        assert_eq!(driver.process(0, job), E_OK, "{name}");
        if background {
            driver.main_function()
        } else {
            driver.background()
        }
        assert!(job.is_untouched(40) && job.callbacks().is_empty(), "{name}");
        if background {
            driver.background()
        } else {
            driver.main_function()
        }
        assert_eq!(job.callbacks(), [E_OK], "{name}");
    }
}

#[test]
fn a_message_in_pieces_gives_what_the_whole_message_gives() {
    let modes: [&[u8]; 4] = [
        &[START, UPDATE, UPDATE, FINISH],
        &[STREAMSTART, UPDATE, FINISH],
        &[STREAMSTART, UPDATE | FINISH],
        &[START, UPDATE, UPDATE | FINISH],
    ];
    let driver = usual(0);
    for processing in [SYNC, ASYNC] {
        for (name, job, expected) in jobs(processing) {
            let whole = unsafe { std::slice::from_raw_parts(job.io().inputPtr, job.io().inputLength as usize) };
            for sequence in modes {
                let updates = sequence.iter().filter(|mode| **mode & UPDATE != 0).count();
                let mut pieces = whole.chunks(whole.len().div_ceil(updates));
                for (index, mode) in sequence.iter().enumerate() {
                    if mode & UPDATE != 0 {
                        job.input(pieces.next().unwrap());
                    } else {
                        // A pointer that is not needed is not looked at.
                        job.io().inputPtr = 8 as *const u8;
                        job.io().inputLength = u32::MAX;
                    }
                    assert_eq!(driver.process(0, job.mode(*mode)), E_OK, "{name} {sequence:?} {index}");
                    if processing == ASYNC {
                        driver.both_main_functions();
                        assert_eq!(job.callbacks(), [E_OK], "{name} {sequence:?} {index}");
                    }
                    assert_eq!(job.is_active(), mode & FINISH == 0, "{name} {sequence:?} {index}");
                }
                check(name, job, &expected);
                if expected.is_some() {
                    job.output(40);
                }
            }
        }
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_generated_signature_verifies_whole_and_streamed() {
    let driver = usual(0);
    let verify = Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), SYNC, KEY_VERIFY);
    for modes in [&[SINGLECALL][..], &[STREAMSTART, FINISH]] {
        let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_SIGN).input(b"a message").output(64);
        for mode in modes {
            assert_eq!(driver.process(0, sign.mode(*mode)), E_OK);
        }
        let signature = sign.result();
        assert_eq!(signature.len(), 64);
        for check in [&[SINGLECALL][..], &[STREAMSTART, FINISH]] {
            verify.input(b"a message").secondary(&signature, 64).verify();
            for mode in check {
                assert_eq!(driver.process(1, verify.mode(*mode)), E_OK);
            }
            assert_eq!(verify.verified(), CRYPTO_E_VER_OK);
        }
    }
}

#[test]
fn verify_mismatch_is_ok_with_not_ok_result() {
    let driver = usual(0);
    for (name, job, expected) in jobs(SYNC) {
        if expected.is_none() {
            job.input(b"another message");
            assert_eq!(driver.process(0, job), E_OK, "{name}");
            assert_eq!(job.verified(), CRYPTO_E_VER_NOT_OK, "{name}");
        }
    }
    // r and s out of range
    let job = Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), SYNC, KEY_VERIFY).input(b"sample");
    for byte in [0x00, 0xFF] {
        job.secondary(&[byte; 64], 64).verify();
        assert_eq!(driver.process(0, job), E_OK);
        assert_eq!(job.verified(), CRYPTO_E_VER_NOT_OK);
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_truncated_mac_is_compared_in_its_leading_bits() {
    let driver = usual(0);
    let mut tag = hex(CMAC_TAG);
    tag[3] ^= 0x01; // bit 31, counted from the first
    let job = Job::new(cmac(CRYPTO_MACVERIFY), SYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).verify();
    for (bits, result) in
        [(1usize, CRYPTO_E_VER_OK), (31, CRYPTO_E_VER_OK), (32, CRYPTO_E_VER_NOT_OK), (128, CRYPTO_E_VER_NOT_OK)]
    {
        assert_eq!(driver.process(0, job.secondary(&tag[..bits.div_ceil(8)], bits as u32)), E_OK);
        assert_eq!(job.verified(), result, "{bits} bits");
    }
}

#[test]
fn the_length_of_a_mac_is_in_bytes_where_the_policy_says_so() {
    let mut builder = Builder::new().object(0).key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 16)]);
    builder.mac_in_bytes = true;
    let driver = builder.start();
    driver.load(0, &hex(AES_KEY));
    let job = Job::new(cmac(CRYPTO_MACVERIFY), SYNC, 0).input(&hex(CMAC_MESSAGE)).verify();
    assert_eq!(driver.process(0, job.secondary(&hex(CMAC_TAG), 16)), E_OK);
    assert_eq!(job.verified(), CRYPTO_E_VER_OK);
    for too_long in [17, 0x2000_0000, u32::MAX] {
        job.verify();
        assert_eq!(driver.process(0, job.secondary(&hex(CMAC_TAG), too_long)), E_NOT_OK);
        assert!(job.is_untouched(0));
    }
}

#[test]
fn every_hash_has_its_length_and_every_hmac_its_hash() {
    let driver = usual(0);
    let lengths = [20, 28, 32, 48, 64, 28, 32];
    for (family, length) in (CRYPTO_ALGOFAM_SHA1..=CRYPTO_ALGOFAM_SHA2_512_256).zip(lengths) {
        let primitive = primitive(CRYPTO_HASH, family, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
        let job = Job::new(primitive, SYNC, NO_KEY).input(b"abc").output(64);
        assert_eq!(driver.process(0, job), E_OK);
        assert_eq!(job.room(), length);
    }
    let hashes = [(CRYPTO_ALGOFAM_SHA2_256, 32), (CRYPTO_ALGOFAM_SHA2_384, 48), (CRYPTO_ALGOFAM_SHA2_512, 64)];
    for (hash, length) in hashes {
        let mut tags = vec![];
        for (family, secondary) in [(hash, 0), (0, hash), (hash, hash)] {
            let primitive = primitive(CRYPTO_MACGENERATE, family, CRYPTO_ALGOMODE_HMAC, secondary, 0);
            let job = Job::new(primitive, SYNC, KEY_HMAC).input(b"abc").output(64);
            assert_eq!(driver.process(0, job), E_OK);
            assert_eq!(job.room(), length);
            tags.push(job.result());
        }
        assert!(tags.windows(2).all(|pair| pair[0] == pair[1]), "the same algorithm by three names");
    }
}

#[test]
fn random_numbers_come_from_the_entropy_callout_at_any_length() {
    let driver = usual(0);
    for length in [1, 64, 65, 1000] {
        let job = random_job(SYNC, length);
        assert_eq!(driver.process(0, job), E_OK);
        let expected: Vec<u8> = (0..length).map(|index| index as u8 ^ 0x5C).collect();
        assert_eq!(job.result() == expected, cfg!(feature = "host"), "without a system they seed the generator");
        assert_eq!(unsafe { job.io().outputPtr.add(length as usize).read() }, UNTOUCHED);
    }
}

#[test]
fn exhausted_entropy_is_a_runtime_error_and_leaves_nothing_behind() {
    let driver = usual(0);
    let exhausted = Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_ENTROPY_EXHAUSTED);
    for length in [32, 64, 1000] {
        set_entropy(if cfg!(feature = "host") { length - 1 } else { 47 });
        let job = random_job(SYNC, length);
        assert_eq!(driver.process(0, job), CRYPTO_E_ENTROPY_EXHAUSTED);
        assert_eq!(driver.reports(), [exhausted]);
        assert_eq!(job.room(), length);
        if length <= 64 || cfg!(not(feature = "host")) {
            assert!(job.is_untouched(length), "{length} bytes");
        } else {
            assert!(job.result().iter().all(|&byte| byte == 0), "what had been drawn is wiped");
        }
        let job = random_job(ASYNC, length);
        assert_eq!(driver.process(0, job), E_OK);
        driver.main_function();
        assert_eq!(job.callbacks(), [CRYPTO_E_ENTROPY_EXHAUSTED]);
        assert_eq!(driver.reports(), [Reported::Runtime(CRYPTO_SID_MAINFUNCTION, CRYPTO_E_RE_ENTROPY_EXHAUSTED)]);
    }
    set_entropy(u32::MAX);
}

#[test]
fn keys_are_set_valid_and_invalid_by_jobs_too() {
    let driver = usual(0);
    let plain = |service| primitive(service, CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
    let (valid, invalid) = (plain(CRYPTO_KEYSETVALID), plain(CRYPTO_KEYSETINVALID));
    assert_eq!(driver.process(0, Job::new(invalid, SYNC, KEY_VERIFY)), E_OK);
    assert!(!driver.is_valid(KEY_VERIFY));
    let job = Job::new(valid, ASYNC, KEY_VERIFY);
    assert_eq!(driver.process(0, job), E_OK);
    assert!(!driver.is_valid(KEY_VERIFY));
    driver.both_main_functions();
    assert_eq!(job.callbacks(), [E_OK]);
    assert!(driver.is_valid(KEY_VERIFY));
    assert_eq!(driver.process(0, Job::new(valid, SYNC, 99)), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_HANDLE]);
}

#[test]
fn instances_share_nothing() {
    let (one, other) = (usual(0), usual(0));
    assert_eq!(other.set_invalid(KEY_AES), E_OK);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).output(16);
    assert_eq!(other.process(0, job), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(one.process(0, job), E_OK);
    let stream = hash_job(SYNC, b"a").mode(START);
    assert_eq!(one.process(0, stream), E_OK);
    assert_eq!(other.process(0, hash_job(SYNC, b"b")), E_OK);
}

#[test]
fn a_job_that_changes_a_key_cannot_be_cancelled_while_it_computes() {
    // It commits whatever its owner is told: "cancelled" would mean that the key is as before.
    let driver = Builder::new().object(2).key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 16)]).start();
    driver.load(0, &[7; 16]);
    let job = management(CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_AES, ASYNC, 0);
    let answer = std::rc::Rc::new(std::cell::Cell::new(UNTOUCHED));
    let told = answer.clone();
    while_drawing(move || told.set(driver.cancel(0, job)));
    // One that fails tells its own code.
    assert_eq!(driver.process(0, job), E_OK);
    set_entropy(0);
    driver.both_main_functions();
    set_entropy(u32::MAX);
    assert_eq!((answer.replace(UNTOUCHED), job.callbacks()), (E_NOT_OK, vec![CRYPTO_E_ENTROPY_EXHAUSTED]));
    assert_eq!((driver.is_valid(0), driver.stored(0, 1)), (true, vec![7; 16]));
    assert_eq!(driver.process(0, job), E_OK);
    driver.both_main_functions();
    assert_eq!((answer.get(), job.callbacks()), (E_NOT_OK, vec![E_OK]));
    assert!(!driver.is_valid(0));
    assert_ne!(driver.stored(0, 1), [7; 16]);
    driver.load(0, &[7; 16]);
    // While it waits it can.
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(driver.cancel(0, job), E_OK);
    driver.both_main_functions();
    assert_eq!((driver.is_valid(0), driver.stored(0, 1), job.callbacks()), (true, vec![7; 16], vec![]));
}
