//! Threads: objects compute at the same time, and one object is never used by two.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
#[cfg(feature = "host")]
use std::sync::Barrier;

#[test]
#[cfg(feature = "host")] // without a system they would share the random generator
fn jobs_on_two_objects_compute_at_the_same_time() {
    let driver = usual(0);
    // Each job waits in the middle of its computation until the other is there, too.
    let barrier: &'static Barrier = Box::leak(Box::new(Barrier::new(2)));
    std::thread::scope(|scope| {
        for object in 0..2 {
            scope.spawn(move || {
                while_drawing(move || {
                    barrier.wait();
                });
                assert_eq!(driver.process(object, random_job(SYNC, 16)), E_OK);
            });
        }
    });
}

#[test]
fn a_key_may_be_used_by_two_objects_at_the_same_time() {
    let driver = usual(0);
    std::thread::scope(|scope| {
        for object in 0..2 {
            scope.spawn(move || {
                let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).output(16);
                for _ in 0..20_000 {
                    unsafe { job.io().outputLengthPtr.write(16) };
                    assert_eq!(driver.process(object, job), E_OK);
                    assert_eq!(job.result(), hex(CMAC_TAG));
                }
            });
        }
    });
}

#[test]
fn main_functions_on_two_threads_and_producers_on_two_others_end_every_job_once() {
    const ROUNDS: usize = 3_000;
    let driver = usual(4);
    let running = AtomicBool::new(true);
    let ended = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for background in [false, true] {
            let running = &running;
            scope.spawn(move || {
                while running.load(Ordering::Relaxed) {
                    if background {
                        driver.background()
                    } else {
                        driver.main_function()
                    }
                    std::thread::yield_now();
                }
            });
        }
        let producers: Vec<_> = (0..2u32)
            .map(|object| {
                let ended = &ended;
                scope.spawn(move || {
                    let message = [object as u8; 40];
                    let hash = hash_job(ASYNC, &message).priority(1);
                    let keyed = Job::new(cmac(CRYPTO_MACGENERATE), ASYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).output(16);
                    let slow =
                        Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), ASYNC, KEY_VERIFY).input(b"x").secondary(&[1; 64], 64).verify();
                    for round in 0..ROUNDS {
                        let mut wanted = vec![hash, keyed];
                        if round % 100 == 0 {
                            wanted.push(slow);
                        }
                        for job in &wanted {
                            assert_eq!(driver.process(object, *job), E_OK);
                        }
                        for job in &wanted {
                            let results = loop {
                                let results = job.callbacks();
                                if !results.is_empty() {
                                    break results;
                                }
                                std::thread::yield_now();
                            };
                            assert_eq!(results, [E_OK]);
                            ended.fetch_add(1, Ordering::Relaxed);
                        }
                        assert_eq!(hash.result(), sha256_of(&message));
                        assert_eq!(keyed.result(), hex(CMAC_TAG));
                    }
                })
            })
            .collect();
        producers.into_iter().for_each(|producer| producer.join().unwrap());
        running.store(false, Ordering::Relaxed);
    });
    assert_eq!(ended.load(Ordering::Relaxed) as usize, 2 * (2 * ROUNDS + ROUNDS / 100));
    assert_eq!(driver.reports(), []);
}

#[test]
fn keys_that_change_under_running_jobs_give_a_right_result_or_a_code() {
    let driver = usual(0);
    let running = AtomicBool::new(true);
    let other_key = [0x42; 16];
    let reference = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_UNPREPARED).input(&hex(CMAC_MESSAGE)).output(16);
    driver.load(KEY_UNPREPARED, &other_key);
    assert_eq!(driver.process(1, reference), E_OK);
    let tags = [hex(CMAC_TAG), reference.result()];
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut busy = 0;
            for round in 0..20_000 {
                let value = if round % 2 == 0 { other_key.to_vec() } else { hex(AES_KEY) };
                for code in [driver.set(KEY_AES, 1, &value), driver.set_valid(KEY_AES)] {
                    assert!(matches!(code, E_OK | CRYPTO_E_BUSY));
                    busy += u32::from(code == CRYPTO_E_BUSY);
                }
            }
            running.store(false, Ordering::Relaxed);
            busy
        });
        scope.spawn(|| {
            let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).output(16);
            while running.load(Ordering::Relaxed) {
                unsafe { job.io().outputLengthPtr.write(16) };
                match driver.process(0, job) {
                    E_OK => assert!(tags.contains(&job.result())),
                    code => assert!(matches!(code, CRYPTO_E_BUSY | CRYPTO_E_KEY_NOT_VALID), "{code}"),
                }
            }
        });
        writer.join().unwrap();
    });
}
