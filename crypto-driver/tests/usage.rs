//! A key is used by the algorithms that it lists; random numbers by their source.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;

fn usage(job: Crypto_PrimitiveInfoType) -> CryptoSoft_PrimitiveConfigType {
    let Crypto_AlgorithmInfoType { family, mode, secondaryFamily, .. } = job.algorithm;
    CryptoSoft_PrimitiveConfigType { service: job.service, family, mode, secondaryFamily }
}

const REPORT: Reported = Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_KEY_READ_FAIL);

#[test]
fn a_job_that_its_key_does_not_list_is_refused_and_changes_nothing() {
    let plain = |service| primitive(service, 0, 0, 0, 0);
    let listed = [usage(cmac(CRYPTO_MACVERIFY)), usage(plain(CRYPTO_KEYSETINVALID))];
    let driver = Builder::new()
        .object(1)
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 16), ElementSpec::new(5, 16)])
        .usages(&listed)
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 16)])
        .usages(&[])
        .start();
    for key in [0, 1] {
        assert_eq!(driver.set(key, 1, &hex(AES_KEY)), E_OK, "access rights alone govern elements");
    }
    let generate = |key, processing| Job::new(cmac(CRYPTO_MACGENERATE), processing, key).input(b"message").output(16);
    let verify = |key| {
        let message = hex(CMAC_MESSAGE);
        Job::new(cmac(CRYPTO_MACVERIFY), SYNC, key).input(&message).secondary(&hex(CMAC_TAG), 128).verify()
    };
    for key in [0, 1] {
        for processing in [SYNC, ASYNC] {
            let job = generate(key, processing);
            assert_eq!(driver.process(0, job), CRYPTO_E_KEY_READ_FAIL);
            assert_eq!(driver.reports(), [REPORT]);
            driver.both_main_functions();
            assert!(job.is_untouched(16) && job.callbacks().is_empty());
        }
        let valid = Job::new(plain(CRYPTO_KEYSETVALID), SYNC, key);
        assert_eq!(driver.process(0, valid), CRYPTO_E_KEY_READ_FAIL, "nor is it managed");
        assert!(!driver.is_valid(key));
        driver.reports();
    }
    let code = driver.process(0, verify(0));
    assert_eq!(code, CRYPTO_E_KEY_NOT_VALID, "what is listed finds the key's state");
    assert_eq!(driver.process(0, Job::new(plain(CRYPTO_KEYSETINVALID), SYNC, 0)), E_OK);
    assert_eq!(driver.process(0, Job::new(plain(CRYPTO_KEYSETINVALID), SYNC, 1)), CRYPTO_E_KEY_READ_FAIL);
    driver.reports();
    // In the middle of a stream it is an error as any other: the stream ends.
    let stream = hash_job(SYNC, b"message").mode(STREAMSTART);
    assert_eq!(driver.process(0, stream), E_OK);
    unsafe {
        (*stream.record).jobPrimitiveInfo = (*generate(0, SYNC).record).jobPrimitiveInfo;
        (*stream.record).cryptoKeyId = 0;
    }
    assert_eq!(driver.process(0, stream.mode(UPDATE)), CRYPTO_E_KEY_READ_FAIL);
    assert!(!stream.is_active());
    assert_eq!(driver.reports(), [REPORT]);
    let unknown = generate(9, SYNC);
    assert_eq!(driver.process(0, unknown), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_HANDLE], "a key that is not there lists nothing");
}

fn drbg(processing: Enumeration, length: u32) -> Job {
    let generator = primitive(CRYPTO_RANDOMGENERATE, CRYPTO_ALGOFAM_DRBG, CRYPTO_ALGOMODE_CTRDRBG, 0, 0);
    Job::new(generator, processing, NO_KEY).output(length)
}

#[test]
fn the_generator_is_seeded_once_and_never_repeats_itself() {
    let driver = usual(1);
    set_entropy(47);
    let job = drbg(SYNC, 40);
    assert_eq!(driver.process(0, job), CRYPTO_E_ENTROPY_EXHAUSTED, "256 bits, and half as many for the nonce");
    assert!(job.is_untouched(40));
    assert_eq!(driver.reports(), [Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_ENTROPY_EXHAUSTED)]);
    set_entropy(48);
    let mut seen = std::collections::HashSet::new();
    for length in [40, 40, 133, 134, 70_000] {
        let job = drbg(SYNC, length);
        assert_eq!(driver.process(0, job), E_OK);
        assert!(seen.insert(job.result()[..40].to_vec()));
        assert!(job.result().windows(16).all(|window| window != [0; 16]) && job.room() == length);
        set_entropy(0);
    }
    set_entropy(u32::MAX);
    assert_eq!(driver.reports(), []);
    driver.init();
    let again = drbg(SYNC, 40);
    assert_eq!(driver.process(0, again), E_OK);
    assert!(!seen.insert(again.result()), "seeded afresh: the callout of this test repeats itself");
}

#[test]
fn one_job_at_a_time_draws_from_the_generator() {
    let driver = usual(1);
    let (first, second, waiting) = (drbg(SYNC, 16), drbg(SYNC, 16), drbg(ASYNC, 16));
    while_drawing(move || {
        assert_eq!(driver.process(1, second), CRYPTO_E_BUSY);
        assert_eq!(driver.process(1, waiting), CRYPTO_E_BUSY, "as with a key that is written");
        assert_eq!(driver.process(1, hash_job(SYNC, b"others go on")), E_OK);
    });
    assert_eq!(driver.process(0, first), E_OK);
    assert_eq!((driver.process(1, second), driver.process(1, waiting)), (E_OK, E_OK));
    driver.main_function();
    assert_eq!(waiting.callbacks(), [E_OK]);
    assert_eq!(driver.reports(), []);
}
