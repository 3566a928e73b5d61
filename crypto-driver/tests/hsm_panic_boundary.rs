//! A panic does not get to C: the instance has failed then, its payload is wiped, and its jobs are told.
//!
//! `cargo test -p v2gcrypt-crypto-driver --features host,fault-injection,hsm --test hsm_panic_boundary`
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
mod hsm_double;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard};

use common::*;
use hsm_double::*;
use v2gcrypt_crypto_driver::hsm::config::{CryptoHsm_EventType, CryptoHsm_StatusType};
use v2gcrypt_crypto_driver::soft::fault_injection::{panic_in_next_computation, panic_in_next_step};
use v2gcrypt_hsm_protocol::layout::MAILBOX_WORDS;

/// A fault hits whoever comes next, so tests take turns.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn started() -> Host {
    Plan::usual().build().start()
}

fn mac(processing: Enumeration, length: usize) -> Job {
    Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES_SLOT).input(&vec![0xA7; length]).output(16)
}

fn has_failed(host: Host) {
    host.reports();
    assert_eq!(host.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(host.cancel(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(host.set_valid(KEY_AES_SLOT), E_NOT_OK);
    let uninitialised = |service| Reported::Development(service, CRYPTO_E_UNINIT);
    assert_eq!(host.reports(), [CRYPTO_SID_PROCESSJOB, CRYPTO_SID_CANCELJOB, CRYPTO_SID_KEYSETVALID].map(uninitialised));
}

fn works_after_init(host: Host) {
    host.hsm().serves_while_host_waits = true;
    host.init();
    host.connect();
    for object in 0..2 {
        assert_eq!(host.process(object, hash_job(SYNC, b"x")), E_OK);
    }
    assert_eq!(host.set(KEY_AES_SLOT, 1, &[1; 16]), E_OK, "no key is held");
    assert!(!has_payload(host));
}

fn has_payload(host: Host) -> bool {
    host.hsm().words.iter().skip(MAILBOX_WORDS).any(|word| word.load(Ordering::SeqCst) != 0)
}

#[test]
fn a_panic_in_a_synchronous_job_is_an_error_and_pending_jobs_are_told_once() {
    let _turn = alone();
    for in_step in [false, true] {
        let host = started();
        let pending = [hash_job(ASYNC, b"1"), mac(ASYNC, 100), mac(ASYNC, 200), mac(ASYNC, 300)];
        pending.iter().for_each(|job| assert_eq!(host.process(1, *job), E_OK));
        let job = mac(SYNC, 100);
        if in_step {
            panic_in_next_step();
        } else {
            panic_in_next_computation();
        }
        assert_eq!(host.process(0, job), E_NOT_OK);
        assert!(job.is_untouched(16));
        has_failed(host);
        assert_eq!(pending.map(|job| job.callbacks().len()), [0; 4], "not before a main function");
        host.main_function();
        host.main_function();
        assert_eq!(pending.map(|job| job.callbacks()), [[E_NOT_OK]; 4], "once each");
        assert!(job.callbacks().is_empty() && pending.iter().all(|job| !job.is_active()));
        works_after_init(host);
    }
}

#[test]
fn a_panic_at_each_step_of_an_asynchronous_job_is_told_to_that_job_and_what_it_was_given_is_wiped() {
    let _turn = alone();
    for in_step in [false, true] {
        for point in 0..4 {
            let host = started();
            let (job, other) = (random_job(ASYNC, 1500), hash_job(ASYNC, b"2")); // of three pieces
            assert_eq!((host.process(0, job), host.process(0, other)), (E_OK, E_OK));
            for _ in 0..point {
                host.hsm().serve();
                host.interrupt(0);
            }
            if job.callbacks() == [E_OK] {
                continue;
            }
            let had_ended = other.callbacks();
            host.hsm().serve();
            if in_step {
                panic_in_next_step();
            } else {
                panic_in_next_computation();
            }
            host.interrupt(0);
            has_failed(host);
            host.main_function();
            host.main_function();
            assert_eq!(job.callbacks(), [E_NOT_OK], "{point}");
            assert_eq!([had_ended, other.callbacks()].concat().len(), 1, "{point}");
            let written = unsafe { std::slice::from_raw_parts(job.io().outputPtr, 1500) };
            assert!(written.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)), "{point}: something is left");
            assert!(in_step || !has_payload(host), "{point}: the response was taken");
            works_after_init(host);
        }
    }
}

#[test]
fn what_the_step_that_panics_has_written_is_wiped_too() {
    let _turn = alone();
    let host = started();
    let job = random_job(ASYNC, 1500); // of three pieces
    assert_eq!(host.process(0, job), E_OK);
    host.hsm().serve();
    after_next_area(panic_in_next_step); // the response has been taken: the next step comes when its piece was given
    host.interrupt(0);
    host.main_function();
    assert_eq!(job.callbacks(), [E_NOT_OK]);
    let written = unsafe { std::slice::from_raw_parts(job.io().outputPtr, 1500) };
    assert!(written.contains(&0) && written.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)));
    works_after_init(host);
}

#[test]
fn an_asynchronous_job_that_a_panic_refuses_has_no_callback() {
    let _turn = alone();
    for in_step in [false, true] {
        let host = started();
        let (job, other) = (mac(ASYNC, 100), hash_job(ASYNC, b"1"));
        assert_eq!(host.process(0, other), E_OK);
        if in_step {
            after_next_area(panic_in_next_step); // it has a place
        } else {
            panic_in_next_computation();
        }
        assert_eq!(host.process(0, job), E_NOT_OK);
        has_failed(host);
        host.main_function();
        host.main_function();
        assert_eq!((job.callbacks(), other.callbacks()), (vec![], vec![E_NOT_OK]), "{in_step}");
        works_after_init(host);
    }
}

#[test]
fn a_panic_in_what_a_callback_calls_keeps_no_waiting_job_from_being_told() {
    let _turn = alone();
    let host = started();
    let jobs = [0; 5].map(|_| mac(ASYNC, 100)); // two in work, three wait
    jobs.iter().for_each(|job| assert_eq!(host.process(0, *job), E_OK));
    let code = Rc::new(Cell::new(None));
    let seen = code.clone();
    on_callback(move |_, _| {
        if seen.get().is_none() {
            panic_in_next_step();
            seen.set(Some(host.process(1, hash_job(SYNC, b"x"))));
        }
    });
    host.hsm().restart(); // the session ends
    host.main_function();
    assert_eq!(code.get(), Some(E_NOT_OK));
    has_failed(host);
    (0..3).for_each(|_| host.main_function());
    assert_eq!(jobs.map(|job| job.callbacks()), [[E_NOT_OK]; 5], "once each");
    works_after_init(host);
}

#[test]
fn a_panic_between_the_pieces_of_a_synchronous_job_wipes_those_that_it_was_given() {
    let _turn = alone();
    let host = started();
    let job = random_job(SYNC, 1500);
    let count = Rc::new(Cell::new(0));
    host.hsm().on_wait = Some(Box::new(move || {
        count.set(count.get() + 1);
        if count.get() == 3 {
            panic_in_next_step();
        }
    }));
    assert_eq!(host.process(0, job), E_NOT_OK);
    let written = unsafe { std::slice::from_raw_parts(job.io().outputPtr, 1500) };
    assert_eq!(written.iter().filter(|byte| **byte == 0x77).count(), 0);
    assert!(written.contains(&0), "a piece had been there");
    has_failed(host);
    works_after_init(host);
}

#[test]
fn a_panic_in_any_entry_is_an_error_there_and_the_instance_works_after_init() {
    let _turn = alone();
    type Entry = fn(Host) -> u8;
    let entries: [(&str, Entry); 20] = [
        ("Init", |host| {
            host.init();
            E_NOT_OK
        }),
        ("ProcessJob", |host| host.process(0, mac(SYNC, 100))),
        ("CancelJob", |host| host.cancel(0, mac(ASYNC, 100))),
        ("KeyElementSet", |host| host.set(KEY_AES_SLOT, 1, &[0xA7; 16])),
        ("KeyElementSet of the host", |host| host.set(KEY_TEXT_SLOT, 5, &[0xA7; 16])),
        ("KeyElementGet", |host| host.get(KEY_SIGN_SLOT, 1000, 64).0),
        ("KeyElementCopy", |host| unsafe {
            V2gcrypt_CryptoHsm_KeyElementCopy(host.instance, KEY_SIGN_SLOT, 1000, KEY_VERIFY_SLOT, 1)
        }),
        ("KeyElementIdsGet", |host| unsafe {
            V2gcrypt_CryptoHsm_KeyElementIdsGet(host.instance, KEY_AES_SLOT, [0; 8].as_mut_ptr(), &mut 8)
        }),
        ("KeySetValid", |host| host.set_valid(KEY_AES_SLOT)),
        ("KeySetInvalid", |host| host.set_invalid(KEY_AES_SLOT)),
        ("KeyGetStatus", |host| unsafe { V2gcrypt_CryptoHsm_KeyGetStatus(host.instance, KEY_AES_SLOT, &mut 0) }),
        ("MainFunction", |host| {
            host.main_function();
            E_NOT_OK
        }),
        ("Interrupt", |host| {
            host.interrupt(0);
            E_NOT_OK
        }),
        ("InterruptStatus", |host| {
            unsafe { V2gcrypt_CryptoHsm_InterruptStatus(host.instance) };
            E_NOT_OK
        }),
        ("RandomSeed", |host| unsafe { V2gcrypt_CryptoHsm_RandomSeed(host.instance, KEY_AES_SLOT, [1; 4].as_ptr(), 4) }),
        ("KeyGenerate", |host| unsafe { V2gcrypt_CryptoHsm_KeyGenerate(host.instance, KEY_SIGN_SLOT) }),
        ("GetStatus", |host| unsafe { V2gcrypt_CryptoHsm_GetStatus(host.instance, &mut CryptoHsm_StatusType::default()) }),
        ("GetSlotState", |host| unsafe { V2gcrypt_CryptoHsm_GetSlotState(host.instance, 4, &mut 0, &mut 0) }),
        ("ReadLog", |host| unsafe { V2gcrypt_CryptoHsm_ReadLog(host.instance, 0, &mut CryptoHsm_EventType::default(), &mut 1) }),
        ("LifecycleAdvance", |host| unsafe { V2gcrypt_CryptoHsm_LifecycleAdvance(host.instance, 2) }),
    ];
    for (name, entry) in entries {
        let host = started();
        let pending = mac(ASYNC, 100);
        assert_eq!(host.process(1, pending), E_OK);
        panic_in_next_step();
        let code = entry(host);
        assert_eq!(code, E_NOT_OK, "{name}");
        has_failed(host);
        host.main_function();
        let told = if name == "Init" { vec![] } else { vec![E_NOT_OK] };
        assert_eq!(pending.callbacks(), told, "{name}: Init forgets, all others tell");
        works_after_init(host);
    }
}

#[test]
fn a_panic_while_a_key_is_on_its_way_leaves_nothing_of_it_in_shared_memory() {
    let _turn = alone();
    let host = started();
    panic_in_next_computation();
    assert_eq!(host.set(KEY_AES_SLOT, 1, &[0xA7; 16]), E_NOT_OK);
    assert!(!has_payload(host));
    has_failed(host);
    works_after_init(host);
}

#[test]
fn other_instances_go_on_after_a_panic() {
    let _turn = alone();
    let (one, other) = (started(), started());
    panic_in_next_computation();
    assert_eq!(one.process(0, mac(SYNC, 10)), E_NOT_OK);
    assert_eq!(other.process(0, mac(SYNC, 10)), E_OK);
}

#[test]
fn nobody_steps_on_what_a_panic_has_left_in_the_exclusive_area() {
    let _turn = alone();
    let host = started();
    let other = hash_job(ASYNC, b"2");
    let code = Rc::new(Cell::new(E_OK));
    let seen = code.clone();
    panic_in_next_step();
    after_next_area(move || seen.set(std::thread::scope(|scope| scope.spawn(|| host.process(0, other)).join().unwrap())));
    assert_eq!(host.process(0, hash_job(SYNC, b"x")), E_NOT_OK);
    assert_eq!(code.get(), E_NOT_OK, "whoever enters next finds a failed instance");
    host.main_function();
    assert_eq!(other.callbacks(), []);
    works_after_init(host);
}
