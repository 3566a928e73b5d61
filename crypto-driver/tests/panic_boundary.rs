//! A panic does not get to C: the instance has failed then, holds no secret, and its jobs are told.
//!
//! `cargo test -p v2gcrypt-crypto-driver --features host,fault-injection --test panic_boundary`
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Barrier, Mutex, MutexGuard};
use v2gcrypt_crypto_driver::soft::fault_injection::{panic_in_next_computation, panic_in_next_step};

/// A fault hits whoever computes next, so tests take turns.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn holds_no_secret(driver: Driver) -> bool {
    let instance = unsafe { &*driver.instance };
    let ram = |first: *const u8, size: usize| unsafe { std::slice::from_raw_parts(first, size) }.iter().all(|&byte| byte == 0);
    (0..instance.keyCount as usize).all(|key| {
        let config = unsafe { &*instance.keys.add(key) };
        let key_ram = unsafe { instance.keyRam.add(key) };
        ram(config.data, config.dataSize as usize) && ram(key_ram.cast(), size_of::<CryptoSoft_KeyRamType>())
    })
}

fn has_failed(driver: Driver) {
    assert_eq!(driver.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(driver.cancel(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(driver.set_valid(KEY_AES), E_NOT_OK);
    let uninitialised = |service| Reported::Development(service, CRYPTO_E_UNINIT);
    assert_eq!(driver.reports(), [CRYPTO_SID_PROCESSJOB, CRYPTO_SID_CANCELJOB, CRYPTO_SID_KEYSETVALID].map(uninitialised));
}

fn works_after_init(driver: Driver) {
    driver.init();
    assert_eq!(driver.reports(), []);
    for object in 0..2 {
        assert_eq!(driver.process(object, hash_job(SYNC, b"x")), E_OK);
    }
    driver.load(KEY_AES, &hex(AES_KEY));
}

#[test]
fn a_panic_in_a_synchronous_job_is_an_error_and_pending_jobs_are_told() {
    let _turn = alone();
    let driver = usual(2);
    let pending = [hash_job(ASYNC, b"1"), hash_job(ASYNC, b"2"), hash_job(ASYNC, b"3")];
    pending.iter().for_each(|job| assert_eq!(driver.process(1, *job), E_OK));
    panic_in_next_computation();
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(b"x").output(16);
    assert_eq!(driver.process(0, job), E_NOT_OK);
    assert!(job.is_untouched(16));
    has_failed(driver);
    assert!(holds_no_secret(driver));
    assert_eq!(pending.map(|job| job.callbacks().len()), [0; 3], "not before a main function");
    driver.both_main_functions();
    driver.both_main_functions();
    assert_eq!(pending.map(|job| job.callbacks()), [vec![E_NOT_OK], vec![E_NOT_OK], vec![E_NOT_OK]], "once each");
    assert_eq!(job.callbacks(), []);
    assert!(pending.iter().all(|job| job.is_untouched(32)));
    works_after_init(driver);
}

#[test]
fn a_panic_in_key_management_leaves_no_secret_and_nothing_half_written() {
    let _turn = alone();
    let names = |id, family: Enumeration| ElementSpec::new(id, 1).init(&family.to_le_bytes()[..1]);
    let elements = [
        ElementSpec::new(1, 32).partial().init(&[7; 32]),
        ElementSpec::new(3, 1),
        ElementSpec::new(9, 32).init(&[7; 32]),
        names(12, CRYPTO_ALGOFAM_ECDH),
        names(15, CRYPTO_ALGOFAM_HKDF),
        names(17, CRYPTO_ALGOFAM_AES),
    ];
    let driver = Builder::new().object(0).object(0).key(CRYPTO_SOFT_FORM_AES_CMAC, &elements).start();
    let calls: [&dyn Fn() -> u8; 5] = [
        &|| driver.generate(0),
        &|| driver.derive(0, 0),
        &|| driver.public_value(0, 65).0,
        &|| driver.shared_secret(0, &[1; 64]),
        &|| driver.seed(0, &[1]),
    ];
    for call in calls {
        driver.init();
        assert_eq!(driver.set_valid(0), E_OK);
        panic_in_next_computation();
        assert_eq!(call(), E_NOT_OK);
        has_failed(driver);
        assert!(holds_no_secret(driver));
        works_after_init(driver);
    }
}

#[test]
fn a_panic_in_an_asynchronous_job_is_told_to_that_job_too() {
    let _turn = alone();
    let driver = usual(2);
    let jobs = [hash_job(ASYNC, b"1"), hash_job(ASYNC, b"2")];
    jobs.iter().for_each(|job| assert_eq!(driver.process(0, *job), E_OK));
    panic_in_next_computation();
    driver.main_function();
    has_failed(driver);
    driver.background();
    assert_eq!(jobs.map(|job| job.callbacks()), [vec![E_NOT_OK], vec![E_NOT_OK]]);
    driver.both_main_functions();
    assert_eq!(jobs.map(|job| job.callbacks()), [vec![], vec![]]);
    works_after_init(driver);
}

#[test]
fn a_thread_that_computes_when_another_panics_ends_with_an_error_and_wipes_last() {
    let _turn = alone();
    let driver = usual(2);
    let barrier: &'static Barrier = Box::leak(Box::new(Barrier::new(2)));
    let job = random_job(ASYNC, 500);
    assert_eq!(driver.process(1, job), E_OK);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while_drawing(move || {
                barrier.wait();
                barrier.wait();
            });
            driver.main_function();
        });
        barrier.wait(); // the other thread computes
        panic_in_next_computation();
        assert_eq!(driver.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
        has_failed(driver);
        assert!(!holds_no_secret(driver), "the other thread may be using a key");
        driver.init();
        assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED], "not under its feet");
        driver.main_function();
        assert_eq!(job.callbacks(), [], "it has not ended");
        barrier.wait();
    });
    assert!(holds_no_secret(driver));
    assert_eq!(job.callbacks(), [E_NOT_OK]);
    assert_eq!(job.result(), vec![0; 500], "what had been drawn is wiped");
    driver.both_main_functions();
    assert_eq!(job.callbacks(), []);
    works_after_init(driver);
}

#[test]
fn other_instances_go_on_after_a_panic() {
    let _turn = alone();
    let (one, other) = (usual(0), usual(0));
    panic_in_next_computation();
    assert_eq!(one.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(other.process(0, hash_job(SYNC, b"x")), E_OK);
}

#[test]
fn a_key_function_that_a_failure_overtakes_is_refused() {
    let _turn = alone();
    let status = |driver: Driver| unsafe { V2gcrypt_CryptoSoft_KeyGetStatus(driver.instance, KEY_AES, &mut 0) };
    type KeyFunction = fn(Driver) -> u8;
    let calls: [(&str, KeyFunction); 5] = [
        ("KeyElementSet", |driver| driver.set(KEY_AES, 1, &[1; 16])),
        ("KeyElementGet", |driver| driver.get(KEY_AES, 1, 32).0),
        ("KeySetValid", |driver| driver.set_valid(KEY_AES)),
        ("KeySetInvalid", |driver| driver.set_invalid(KEY_AES)),
        ("KeyGetStatus", status),
    ];
    for (name, call) in calls {
        let driver = usual(0);
        before_next_area(move || {
            let other = std::thread::spawn(move || {
                panic_in_next_computation();
                driver.process(0, hash_job(SYNC, b"x"))
            });
            assert_eq!(other.join().unwrap(), E_NOT_OK);
        });
        assert_eq!(call(driver), E_NOT_OK, "{name}: its key is being wiped");
        assert!(holds_no_secret(driver), "{name}");
        works_after_init(driver);
    }
}

#[test]
fn nobody_steps_on_what_a_panic_has_left_in_the_exclusive_area() {
    let _turn = alone();
    let driver = usual(1);
    let (pending, other) = (hash_job(ASYNC, b"1"), hash_job(ASYNC, b"2"));
    assert_eq!(driver.process(1, pending), E_OK);
    let code = Rc::new(Cell::new(E_OK));
    let seen = code.clone();
    panic_in_next_step();
    after_next_area(move || seen.set(driver.process(0, other)));
    assert_eq!(driver.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(code.get(), E_NOT_OK, "whoever enters next finds a failed instance");
    assert!(holds_no_secret(driver));
    driver.both_main_functions();
    assert_eq!((pending.callbacks(), other.callbacks()), (vec![E_NOT_OK], vec![]));
    driver.reports();
    works_after_init(driver);
}
