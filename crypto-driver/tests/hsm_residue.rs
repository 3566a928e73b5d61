//! What jobs leave in the memory that is shared with the HSM: nothing of their payload, however they end.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
mod hsm_double;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use common::*;
use hsm_double::*;
use v2gcrypt_hsm_protocol::layout::{self, HSM_STATUS, MAILBOX_WORDS};
use v2gcrypt_hsm_protocol::{Opcode, Status};

/// Four bytes of it in a row are payload.
const MARKER: u8 = 0xA7;
const MARKED: u32 = u32::from_le_bytes([MARKER; 4]);

/// The marker, or the marker flipped, as the double's texts are.
fn is_marked(word: u32) -> bool {
    word == MARKED || word == !MARKED
}

fn has_marker(host: &Host) -> bool {
    host.hsm().words.iter().any(|word| is_marked(word.load(Ordering::SeqCst)))
}

/// Is anything in the bounce buffers, or the marker anywhere?
fn has_payload(host: &Host) -> bool {
    host.hsm().words.iter().skip(MAILBOX_WORDS).any(|word| word.load(Ordering::SeqCst) != 0) || has_marker(host)
}

fn marked(length: usize) -> Vec<u8> {
    vec![MARKER; length]
}

/// HSM and host in turns, until the HSM has a request with the marker.
fn lend(host: &Host) {
    for _ in 0..4 {
        if has_marker(host) {
            host.hsm().look();
            assert!(host.hsm().take(0));
            return;
        }
        host.hsm().serve();
        host.interrupt(0);
    }
    panic!("there is no marker in a request");
}

/// Jobs of one request and of many, inline and not, in and out.
fn jobs(processing: Enumeration) -> Vec<(&'static str, Job)> {
    let ctr = |service| primitive(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET, 128);
    let sign = |length| Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), processing, KEY_SIGN_SLOT).input(&marked(length)).output(64);
    let verify = Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), processing, KEY_VERIFY_SLOT)
        .input(&marked(50))
        .secondary(&marked(64), 64)
        .verify();
    vec![
        ("inline", hash_job(processing, &marked(20))),
        ("in pieces", hash_job(processing, &marked(2000))),
        ("CMAC", Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES_SLOT).input(&marked(100)).output(16)),
        ("signature", sign(50)),
        ("signature of pieces", sign(700)),
        ("verification", verify),
        ("encryption", Job::new(ctr(CRYPTO_ENCRYPT), processing, KEY_TEXT_SLOT).input(&marked(700)).output(700)),
        ("random", random_job(processing, 900)),
    ]
}

#[test]
fn a_job_that_has_succeeded_leaves_nothing_of_its_payload_in_shared_memory() {
    for (name, job) in jobs(SYNC) {
        let host = Plan::usual().build().start();
        assert_eq!(host.process(0, job), E_OK, "{name}");
        assert!(!has_payload(&host), "{name}, synchronous");
    }
    for (name, job) in jobs(ASYNC) {
        let host = Plan::usual().build().start();
        assert_eq!(host.process(0, job), E_OK, "{name}");
        if name != "random" {
            lend(&host);
            host.hsm().answer(0);
        }
        host.run();
        assert_eq!(job.callbacks(), [E_OK], "{name}");
        assert!(!has_payload(&host), "{name}, asynchronous");
    }
}

#[test]
fn results_that_come_in_a_response_do_not_stay_there() {
    let host = Plan::usual().build().start();
    assert_eq!(host.process(0, random_job(SYNC, 20)), E_OK);
    let drawn = u32::from_le_bytes([0x77; 4]); // by the double
    assert!(host.hsm().taken.contains(&(Opcode::Random as u8)));
    assert!(host.hsm().words.iter().all(|word| word.load(Ordering::SeqCst) != drawn));
}

#[test]
fn a_job_that_the_hsm_refuses_leaves_nothing() {
    for (status, opcode) in [(Status::Usage, Opcode::MacGenerate), (Status::KeyNotValid, Opcode::MacGenerate)] {
        for length in [20, 100] {
            let host = Plan::usual().build().start();
            host.hsm().refuse.push((opcode, status));
            let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES_SLOT).input(&marked(length)).output(16);
            assert_ne!(host.process(0, job), E_OK);
            assert!(!has_payload(&host), "{status:?} {length}");
        }
    }
}

#[test]
fn a_cancelled_job_leaves_nothing_once_the_hsm_has_given_its_buffer_back() {
    for (name, job) in jobs(ASYNC).into_iter().filter(|(name, _)| *name != "random") {
        let host = Plan::usual().build().start();
        assert_eq!(host.process(0, job), E_OK, "{name}");
        lend(&host);
        assert_eq!(host.cancel(0, job), E_OK, "{name}");
        assert!(has_marker(&host), "{name}: the HSM may still be reading it");
        host.hsm().scribble(MARKER);
        while host.hsm().take(0) {}
        while !host.hsm().held.is_empty() {
            host.hsm().answer(0);
        }
        host.interrupt(0);
        assert!(!has_payload(&host), "{name}");
        assert_eq!(job.callbacks(), []);
    }
}

#[test]
fn a_cancelled_job_whose_response_is_here_leaves_nothing_at_once() {
    let host = Plan::usual().build().start();
    // The first has a callback that cancels the second, whose response was taken with its own.
    let (first, second) = (hash_job(ASYNC, &marked(100)), hash_job(ASYNC, &marked(200)));
    assert_eq!((host.process(0, first), host.process(0, second)), (E_OK, E_OK));
    let seen = Rc::new(Cell::new(None)); // a panic would not get out of a callback
    let seen_there = seen.clone();
    on_callback(move |_, _| seen_there.set(Some((host.cancel(0, second), has_payload(&host)))));
    host.hsm().serve();
    host.interrupt(0);
    assert_eq!(seen.get(), Some((E_OK, false)));
    assert_eq!((first.callbacks(), second.callbacks()), (vec![E_OK], vec![]));
}

#[test]
fn after_a_restart_or_silence_of_the_hsm_nothing_is_left_once_it_has_accepted_a_new_epoch() {
    for (name, job) in jobs(ASYNC).into_iter().filter(|(name, _)| *name != "random") {
        for silent in [false, true] {
            let host = Plan::usual().build().start();
            assert_eq!(host.process(0, job), E_OK, "{name}");
            lend(&host);
            if silent {
                host.hsm().now += 50_000;
            } else {
                host.hsm().words[HSM_STATUS].store(0, Ordering::SeqCst); // it is on its way
            }
            host.main_function();
            assert_eq!(job.callbacks(), [E_NOT_OK], "{name}");
            assert!(has_marker(&host), "{name}: until then the HSM may read it, and write there");
            host.main_function(); // asks for a connection
            host.hsm().scribble(MARKER);
            assert!(has_marker(&host), "{name}");
            if !silent {
                host.hsm().restart();
            }
            host.hsm().look();
            host.main_function();
            assert!(!has_payload(&host), "{name}, silent: {silent}");
            host.connect();
            assert!(!has_payload(&host), "{name}");
        }
    }
}

#[test]
fn a_synchronous_call_that_is_given_up_leaves_nothing_once_the_hsm_has_answered() {
    for (name, job) in jobs(SYNC).into_iter().filter(|(name, _)| ["inline", "CMAC", "signature", "verification"].contains(name)) {
        let host = Plan::usual().build().start();
        unsafe { (*host.instance).timeouts.synchronous = 5_000 };
        host.hsm().serves_while_host_waits = false;
        assert_eq!(host.process(0, job), E_NOT_OK, "{name}");
        assert!(has_marker(&host), "{name}");
        host.run();
        assert!(!has_payload(&host), "{name}");
    }
}

#[test]
fn what_an_earlier_life_of_the_host_has_left_is_wiped_by_the_first_connection() {
    let host = Plan::usual().build();
    let words = host.hsm().words;
    let descriptors =
        (0..layout::CHANNELS).map(|channel| layout::channel(channel).unwrap() + 32).flat_map(|first| first..first + 256);
    for index in descriptors.filter(|index| index % 16 >= 8).chain(MAILBOX_WORDS..words.len()) {
        words[index].store(MARKED, Ordering::SeqCst);
    }
    host.init();
    assert!(has_payload(&host));
    host.connect();
    assert!(!has_payload(&host));
}

#[test]
fn keys_on_their_way_to_slots_and_out_of_them_leave_nothing_even_if_the_call_is_given_up() {
    let host = Plan::usual().build().start();
    assert_eq!(host.set(KEY_AES_SLOT, 1, &marked(16)), E_OK);
    assert_eq!(host.get(KEY_SIGN_SLOT, 1000, 64).0, E_OK);
    assert!(!has_payload(&host));
    unsafe { (*host.instance).timeouts.synchronous = 5_000 };
    host.hsm().serves_while_host_waits = false;
    assert_eq!(host.set(KEY_AES_SLOT, 1, &marked(16)), E_NOT_OK);
    assert!(has_marker(&host), "the HSM has it still");
    host.run();
    assert!(!has_payload(&host));
}

#[test]
fn a_key_that_comes_behind_a_longer_call_which_was_given_up_leaves_nothing_of_either() {
    let mut plan = Plan::usual();
    let seed_state = host_element(CRYPTO_KE_RANDOM_SEED_STATE, 4, 0, &[1; 4]);
    plan.keys[KEY_AES_SLOT as usize] = key(&[slot_element(1, 16, 0), seed_state], &all_primitives());
    let host = plan.build().start();
    unsafe { (*host.instance).timeouts.synchronous = 5_000 };
    host.hsm().serves_while_host_waits = false;
    let seed = marked(500);
    assert_eq!(unsafe { V2gcrypt_CryptoHsm_RandomSeed(host.instance, KEY_AES_SLOT, seed.as_ptr(), 500) }, E_NOT_OK);
    assert!(has_marker(&host), "the HSM has it still");
    host.hsm().serve();
    host.hsm().serves_while_host_waits = true;
    // Without a main function between them: the second takes the answer to the first, and its place.
    assert_eq!(host.set(KEY_AES_SLOT, 1, &marked(16)), E_OK);
    assert!(!has_payload(&host));
}
