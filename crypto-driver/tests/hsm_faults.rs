//! Each fault of the HSM at each point of each job: the job ends once, in time, and the next one succeeds.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
mod hsm_double;

use common::*;
use hsm_double::*;
use std::sync::atomic::Ordering;
use v2gcrypt_crypto_driver::hsm::config::{CRYPTO_HSM_E_RE_BROKEN, CRYPTO_HSM_E_RE_VERSION};
use v2gcrypt_hsm_protocol::layout::HSM_STATUS;
use v2gcrypt_hsm_protocol::{HsmState, HsmStatus, Opcode, Response, Status, VERSION};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Restart,
    Broken,
    Silence,
    StaleSequence,
    OtherOpcode,
    UnknownStatus,
    LengthBeyondTheRoom,
    AnsweredTwice,
    HostInit,
}

const FAULTS: [Fault; 9] = [
    Fault::Restart,
    Fault::Broken,
    Fault::Silence,
    Fault::StaleSequence,
    Fault::OtherOpcode,
    Fault::UnknownStatus,
    Fault::LengthBeyondTheRoom,
    Fault::AnsweredTwice,
    Fault::HostInit,
];

fn message(length: usize) -> Vec<u8> {
    (0..length).map(|index| index as u8).collect()
}

/// Jobs of one request and of many.
fn job(which: usize) -> (Job, Vec<u8>) {
    let sign = |length| Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), ASYNC, KEY_SIGN_SLOT).input(&message(length)).output(64);
    match which {
        0 => (hash_job(ASYNC, b"short"), result_of(b"short", 32)),
        1 => (hash_job(ASYNC, &message(2000)), result_of(&message(2000), 32)),
        2 => (sign(50), result_of(&message(50), 64)),
        3 => (sign(700), result_of(&result_of(&message(700), 32), 64)),
        _ => (random_job(ASYNC, 1500), vec![0x77; 1500]),
    }
}

const JOBS: usize = 5;

/// HSM and host in small turns: the HSM takes, then answers, then the host looks.
fn turn(host: &Host, number: usize) {
    let hsm = host.hsm();
    match number % 3 {
        0 => {
            hsm.look();
            hsm.take(0);
        }
        1 if !hsm.held.is_empty() => hsm.answer(0),
        1 => {}
        _ => host.main_function(),
    }
}

/// False: there is nothing to be wrong about at this point.
fn strike(host: &Host, fault: Fault) -> bool {
    let hsm = host.hsm();
    match fault {
        Fault::Restart => hsm.restart(),
        Fault::Broken => hsm.announce(v2gcrypt_hsm_protocol::HsmState::Broken),
        Fault::Silence => hsm.held.clear(),
        Fault::HostInit => host.init(),
        _ => {
            let Some(Held { request, channel }) = hsm.held.first().copied() else { return false };
            let ok = Response::to(&request, Status::Ok);
            match fault {
                Fault::StaleSequence => hsm.respond(0, &Response { sequence: request.sequence.wrapping_sub(1), ..ok }),
                Fault::OtherOpcode => hsm.respond(0, &Response { opcode: Opcode::Ping as u8, ..ok }),
                Fault::UnknownStatus => hsm.respond(0, &Response { status: 0x4000, ..ok }),
                Fault::LengthBeyondTheRoom => hsm.respond(0, &Response { length: 8193, ..ok }),
                _ => {
                    // The ring takes no response without a request: another request is in work.
                    let other = hash_job(ASYNC, b"another");
                    assert_eq!(host.process(0, other), E_OK);
                    hsm.take(0);
                    hsm.answer(0);
                    hsm.publish(channel, &ok);
                }
            }
        }
    }
    true
}

#[test]
fn a_job_ends_once_whatever_the_hsm_does_at_any_point_and_the_next_one_succeeds() {
    let mut struck = 0;
    for which in 0..JOBS {
        for fault in FAULTS {
            for point in 0..24 {
                let host = Plan::usual().build().start();
                let (job, expected) = job(which);
                let room = job.room();
                assert_eq!(host.process(0, job), E_OK);
                for number in 0..point {
                    turn(&host, number);
                }
                let had_ended = job.callbacks();
                let epoch = host.hsm().host_epoch();
                if !strike(&host, fault) || had_ended.len() == 1 {
                    continue;
                }
                struck += 1;
                if fault != Fault::Silence {
                    host.interrupt(0);
                    host.main_function();
                    host.main_function();
                    assert_ne!(host.hsm().host_epoch(), epoch, "job {which}, {fault:?} at {point}: the session goes on");
                }
                for number in 0..30 {
                    turn(&host, number);
                }
                host.hsm().announce(v2gcrypt_hsm_protocol::HsmState::Ready);
                host.hsm().now += 50_000; // what was swallowed is overdue
                for _ in 0..40 {
                    host.hsm().serve();
                    host.main_function();
                }
                let ends = job.callbacks();
                let name = format!("job {which}, {fault:?} at {point}");
                match fault {
                    Fault::HostInit => assert!(ends.is_empty(), "{name}: forgotten, not reported: {ends:?}"),
                    _ => assert_eq!(ends.len(), 1, "{name}"),
                }
                if ends == [E_OK] {
                    assert_eq!(job.result(), expected, "{name}");
                } else if ends.len() == 1 {
                    let written = unsafe { std::slice::from_raw_parts(job.io().outputPtr, room as usize) };
                    assert!(written.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)), "{name}: something is left");
                }
                unsafe { job.io().outputLengthPtr.write(room) };
                assert_eq!(host.process(0, job), E_OK, "{name}");
                host.run();
                assert_eq!(job.callbacks(), [E_OK], "{name}");
                assert_eq!(job.result(), expected, "{name}");
            }
        }
    }
    assert!(struck > 200, "{struck}");
}

#[test]
fn a_job_is_cancelled_at_each_point_and_its_buffer_is_not_written_any_more() {
    for which in 0..JOBS {
        for point in 0..24 {
            let host = Plan::usual().build().start();
            let (job, expected) = job(which);
            let room = job.room();
            assert_eq!(host.process(0, job), E_OK);
            for number in 0..point {
                turn(&host, number);
            }
            if job.callbacks() == [E_OK] {
                continue;
            }
            assert_eq!(host.cancel(0, job), E_OK, "job {which} at {point}");
            let output = || unsafe { std::slice::from_raw_parts(job.io().outputPtr, room as usize) }.to_vec();
            let then = output();
            assert!(then.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)), "job {which} at {point}: something is left");
            host.hsm().scribble(0xEE);
            for number in 0..12 {
                turn(&host, number);
            }
            host.run();
            assert!(job.callbacks().is_empty() && output() == then, "job {which} at {point}");
            assert_eq!(host.process(0, job), E_OK);
            host.run();
            assert_eq!((job.callbacks(), job.result()), (vec![E_OK], expected), "job {which} at {point}");
        }
    }
}

#[test]
fn while_there_is_no_connection_jobs_are_busy_and_when_there_is_no_hope_they_are_refused() {
    let host = Plan::usual().build();
    let job = || hash_job(ASYNC, b"x");
    assert_eq!(host.process(0, job()), E_NOT_OK, "not initialised");
    host.init();
    assert_eq!(host.process(0, job()), CRYPTO_E_BUSY);
    host.hsm().now += 20_000;
    host.main_function();
    assert_eq!(host.process(0, job()), E_NOT_OK, "nobody has answered in time");
    host.connect();
    assert_eq!(host.process(0, job()), E_OK);
}

#[test]
fn det_hears_once_of_an_hsm_that_is_broken_or_of_another_version_however_many_jobs_are_refused() {
    let foreign = |host: &Host| {
        let status = HsmStatus { state: HsmState::Ready, version: VERSION + 1, epoch: host.hsm().epoch };
        host.hsm().words[HSM_STATUS].store(status.to_word(), Ordering::SeqCst);
    };
    let broken = |host: &Host| host.hsm().announce(HsmState::Broken);
    type Fault<'f> = &'f dyn Fn(&Host);
    for (error, fault) in [(CRYPTO_HSM_E_RE_BROKEN, &broken as Fault<'_>), (CRYPTO_HSM_E_RE_VERSION, &foreign)] {
        let host = Plan::usual().build().start();
        assert_eq!(host.reports(), []);
        for _ in 0..2 {
            fault(&host);
            for _ in 0..30 {
                host.main_function();
                host.hsm().now += 1_000;
                assert_ne!(host.process(0, hash_job(ASYNC, b"x")), E_OK);
            }
            assert_eq!(host.reports(), [Reported::Runtime(CRYPTO_SID_MAINFUNCTION, error)]);
            host.hsm().restart();
            host.connect();
            assert_eq!(host.process(0, hash_job(SYNC, b"x")), E_OK);
            assert_eq!(host.reports(), []);
        }
        // One that never was well.
        let host = Plan::usual().build();
        fault(&host);
        host.init();
        host.main_function();
        assert_eq!(host.reports(), [Reported::Runtime(CRYPTO_SID_MAINFUNCTION, error)]);
    }
}

#[test]
fn a_synchronous_call_waits_no_longer_than_it_is_told() {
    let host = Plan::usual().build().start();
    let hsm = host.hsm();
    hsm.serves_while_host_waits = false;
    for call in [
        (|host: &Host| host.process(0, hash_job(SYNC, b"x"))) as fn(&Host) -> u8,
        |host| host.set(KEY_AES_SLOT, 1, &[1; 16]),
        |host| host.set_valid(KEY_SIGN_SLOT),
        |host| host.get(KEY_SIGN_SLOT, 1000, 64).0,
    ] {
        let before = hsm.now;
        assert_eq!(call(&host), E_NOT_OK);
        let waited = hsm.now.wrapping_sub(before);
        assert!((10_000..2 * TIMEOUTS.synchronous + 1000).contains(&waited), "{waited}");
        hsm.serves_while_host_waits = true;
        host.run();
        host.run();
        hsm.serves_while_host_waits = false;
    }
    hsm.serves_while_host_waits = true;
    assert_eq!(host.process(0, hash_job(SYNC, b"x")), E_OK);
    assert_eq!(host.set(KEY_AES_SLOT, 1, &[1; 16]), E_OK, "keys were let go");
}

#[test]
fn a_slot_whose_policy_is_refused_has_no_jobs_and_the_others_have() {
    let host = Plan::usual().build();
    let hsm = host.hsm();
    hsm.slots.iter_mut().for_each(|slot| slot.1 = true);
    hsm.refuse.push((Opcode::KeyDefine, Status::Conflict)); // the first: that of the AES key
    host.init();
    host.connect();
    let mac = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES_SLOT).input(b"x").output(16);
    assert_eq!(host.process(0, mac), CRYPTO_E_KEY_NOT_AVAILABLE);
    let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_SIGN_SLOT).input(b"x").output(64);
    assert_eq!(host.process(0, sign), E_OK);
}

#[test]
fn a_hundred_thousand_chained_jobs_use_a_constant_stack() {
    let host = Plan::usual().build().start();
    let job = hash_job(ASYNC, b"chained");
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let first = &host as *const Host as usize;
    on_callback(move |record, result| {
        assert_eq!(result, E_OK);
        let here = &record as *const _ as usize;
        assert!(here.abs_diff(first) < 64 * 1024, "the stack grows");
        if COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 100_000 {
            assert_eq!(host.process(0, job), E_OK);
        }
    });
    assert_eq!(host.process(0, job), E_OK);
    while COUNT.load(std::sync::atomic::Ordering::Relaxed) <= 100_000 {
        host.hsm().serve();
        host.hsm().taken.clear();
        host.interrupt(0);
        job.callbacks();
    }
}

#[test]
fn a_synchronous_call_that_is_given_up_leaves_its_bounce_buffer_to_the_hsm_and_the_session_goes_on() {
    let host = Plan::usual().build().start();
    let mac = |processing, byte| Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES_SLOT).input(&[byte; 40]).output(16);
    unsafe { (*host.instance).timeouts.synchronous = 5_000 };
    let hsm = host.hsm();
    hsm.serves_while_host_waits = false;
    let epoch = hsm.host_epoch();
    let given_up = mac(SYNC, 1);
    assert_eq!(host.process(0, given_up), E_NOT_OK);
    hsm.take(0);
    assert_eq!(hsm.held.len(), 1);
    let jobs = [mac(ASYNC, 2), mac(ASYNC, 3)];
    for job in jobs {
        assert_eq!(host.process(0, job), E_OK);
        while hsm.take(0) {} // the double looks whether a buffer is lent twice
    }
    hsm.scribble(0xEE);
    host.run();
    assert_eq!(jobs.map(|job| job.callbacks()), [[E_OK]; 2]);
    assert_eq!(jobs[1].result(), result_of(&[3; 40], 16));
    assert!(given_up.is_untouched(16));
    assert_eq!(hsm.host_epoch(), epoch, "its late answer is expected");
    assert!(hsm.taken.contains(&(Opcode::Cancel as u8)));
}

#[test]
fn when_the_hsm_is_gone_every_accepted_job_ends_at_once_those_that_wait_too() {
    let host = Plan::usual().build().start();
    let jobs = [0; 5].map(|_| hash_job(ASYNC, &message(40)));
    for job in jobs {
        assert_eq!(host.process(0, job), E_OK);
    }
    host.hsm().announce(v2gcrypt_hsm_protocol::HsmState::Broken);
    host.main_function();
    assert_eq!(jobs.map(|job| job.callbacks()), [[E_NOT_OK]; 5]);
    assert_eq!(host.process(0, jobs[0]), CRYPTO_E_BUSY);
    assert_eq!(host.cancel(0, jobs[4]), E_OK);
}

#[test]
fn init_clears_places_that_no_object_has() {
    let mut plan = Plan::usual();
    plan.objects.push((3, 2, 0));
    let host = plan.build().start();
    let job = hash_job(ASYNC, &[7; 100]);
    assert_eq!(host.process(2, job), E_OK);
    unsafe { (*host.instance).objectCount = 2 }; // so that there are places between those of objects and that of key services
    host.init();
    host.connect();
    host.hsm().restart();
    host.run();
    assert_eq!(job.callbacks(), [], "Init forgets all jobs");
    assert_eq!(host.process(0, hash_job(SYNC, b"x")), E_OK);
}
