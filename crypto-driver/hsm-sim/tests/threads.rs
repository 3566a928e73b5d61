//! Threads that start, cancel and wait for jobs, interrupts that report them, and a HSM that dies: all at the same time.
#![allow(clippy::undocumented_unsafe_blocks, unsafe_code)] // see `common`
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/hsm_double/mod.rs"]
mod hsm_double;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use common::*;
use hsm_double::{Host, Plan};
use v2gcrypt_crypto_driver::hsm::config::*;
use v2gcrypt_hsm_sim::{HsmModel, Options, Simulator};

const TIMEOUTS: CryptoHsm_TimeoutsType =
    CryptoHsm_TimeoutsType { connect: 5_000_000, fast: 20_000_000, slow: 20_000_000, synchronous: 20_000_000 };

#[test]
fn every_job_ends_once_while_threads_interrupts_and_restarts_meet() {
    let simulator = Simulator::new(Options::default()).unwrap();
    let mut plan = Plan::usual();
    plan.timeouts = TIMEOUTS;
    let host = Host { instance: plan.instance(simulator.transport()), double: std::ptr::null_mut() };
    host.init();
    assert_eq!(host.process(0, random_job(SYNC, 1)), E_OK);
    let interrupted = host;
    simulator.on_interrupt(move |channel| interrupted.interrupt(channel));

    let message: Vec<u8> = (0..1500u32).map(|index| index as u8).collect();
    let expected = sha256_of(&message);
    let (succeeded, failed, cancelled, is_over) =
        (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let users: Vec<_> = (0..3u32)
            .map(|user| {
                let (message, expected) = (&message, &expected);
                let (succeeded, failed, cancelled) = (&succeeded, &failed, &cancelled);
                scope.spawn(move || {
                    let asynchronous = hash_job(ASYNC, message);
                    let synchronous = hash_job(SYNC, message);
                    for round in 0..400 {
                        let object = (user + round) % 2;
                        for job in [asynchronous, synchronous] {
                            unsafe { job.io().outputLengthPtr.write(32) };
                        }
                        if round % 5 == 4 {
                            match host.process(object, synchronous) {
                                E_OK => assert_eq!(synchronous.result(), *expected),
                                code => assert!(matches!(code, E_NOT_OK | CRYPTO_E_BUSY), "{code}"),
                            }
                            continue;
                        }
                        match host.process(object, asynchronous) {
                            E_OK => {}
                            CRYPTO_E_BUSY | E_NOT_OK => {
                                std::thread::yield_now();
                                continue;
                            }
                            code => panic!("{code}"),
                        }
                        if round % 7 == 3 && host.cancel(object, asynchronous) == E_OK {
                            // It is gone, or it has ended a moment before.
                            cancelled.fetch_add(1, Ordering::Relaxed);
                            let ends = asynchronous.callbacks();
                            assert!(ends.len() <= 1, "{ends:?}");
                            continue;
                        }
                        let end = loop {
                            match asynchronous.callbacks()[..] {
                                [] => std::thread::yield_now(),
                                [result] => break result,
                                ref more => panic!("{more:?}"),
                            }
                        };
                        match end {
                            E_OK => {
                                assert_eq!(asynchronous.result(), *expected);
                                succeeded.fetch_add(1, Ordering::Relaxed);
                            }
                            E_NOT_OK | CRYPTO_E_JOB_CANCELED => {
                                failed.fetch_add(1, Ordering::Relaxed);
                            }
                            code => panic!("{code}"),
                        }
                    }
                })
            })
            .collect();
        let is_over = &is_over;
        let periodic = scope.spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                host.main_function();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..6 {
            std::thread::sleep(Duration::from_millis(40));
            simulator.restart();
        }
        users.into_iter().for_each(|user| user.join().unwrap());
        is_over.store(true, Ordering::Relaxed);
        periodic.join().unwrap();
    });
    println!("{succeeded:?} succeeded, {failed:?} failed, {cancelled:?} cancelled");
    assert!(succeeded.into_inner() > 50);
}
