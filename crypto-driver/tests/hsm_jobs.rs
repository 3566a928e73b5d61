//! Jobs of the HSM driver, with a HSM that a test leads step by step.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
mod hsm_double;
use common::*;
use hsm_double::*;
use v2gcrypt_hsm_protocol::{Opcode, Status};

fn mac_job(processing: Enumeration, message: &[u8]) -> Job {
    Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES_SLOT).input(message).output(16)
}

#[test]
fn a_job_is_computed_by_the_hsm_and_reported_once() {
    let host = Plan::usual().build().start();
    let job = hash_job(ASYNC, b"a message");
    assert_eq!(host.process(0, job), E_OK);
    host.main_function();
    assert_eq!(job.callbacks(), [] as [u8; 0], "the HSM has not answered");
    host.run();
    assert_eq!(job.callbacks(), [E_OK]);
    assert_eq!(job.result(), result_of(b"a message", 32));
    host.run();
    assert_eq!(job.callbacks(), [] as [u8; 0]);
}

#[test]
fn a_long_message_goes_in_pieces_through_the_bounce_buffer() {
    let host = Plan::usual().build().start();
    let message: Vec<u8> = (0..5000u32).map(|index| index as u8).collect();
    for processing in [SYNC, ASYNC] {
        for job in [hash_job(processing, &message), mac_job(processing, &message)] {
            assert_eq!(host.process(0, job), E_OK);
            host.run();
            assert_eq!(job.callbacks(), if processing == ASYNC { vec![E_OK] } else { vec![] });
            let length = job.room() as usize;
            assert_eq!(job.result(), result_of(&message, length));
        }
        let sign = Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), processing, KEY_SIGN_SLOT).input(&message).output(64);
        assert_eq!(host.process(1, sign), E_OK);
        host.run();
        assert_eq!(sign.result(), result_of(&result_of(&message, 32), 64), "the digest is signed");
    }
}

#[test]
fn several_jobs_are_in_flight_and_answers_may_come_in_any_order() {
    let host = Plan::usual().build().start();
    let jobs = [1, 2, 3, 4, 5].map(|number| mac_job(ASYNC, &[number; 40]));
    for job in jobs {
        assert_eq!(host.process(0, job), E_OK);
    }
    assert_eq!(host.process(0, mac_job(ASYNC, b"one more")), CRYPTO_E_BUSY, "two are in work and three wait");
    let hsm = host.hsm();
    while hsm.take(0) {}
    assert_eq!(hsm.held.len(), 2);
    hsm.answer(1);
    host.interrupt(0);
    assert_eq!(jobs[1].callbacks(), [E_OK]);
    assert_eq!(jobs[0].callbacks(), [] as [u8; 0]);
    host.run();
    for (number, job) in (1..).zip(jobs) {
        assert_eq!(job.result(), result_of(&[number; 40], 16));
    }
}

#[test]
fn the_most_urgent_of_the_waiting_jobs_is_next() {
    let host = Plan::usual().build().start();
    let jobs = [0, 0, 1, 9, 5].map(|priority| mac_job(ASYNC, &[priority as u8; 40]).priority(priority));
    for job in jobs {
        assert_eq!(host.process(0, job), E_OK);
    }
    for done in [0, 1, 3, 4, 2] {
        let hsm = host.hsm();
        hsm.take(0);
        hsm.answer(0);
        host.interrupt(0);
        assert_eq!(jobs[done].callbacks(), [E_OK], "{done}");
    }
}

#[test]
fn a_cancelled_job_ends_at_once_and_its_buffer_comes_back_with_the_answer() {
    let host = Plan::usual().build().start();
    let (first, second) = (mac_job(ASYNC, &[1; 40]), mac_job(ASYNC, &[2; 40]));
    assert_eq!((host.process(0, first), host.process(0, second)), (E_OK, E_OK));
    let hsm = host.hsm();
    hsm.take(0);
    hsm.take(0);
    assert_eq!(host.cancel(0, first), E_OK);
    assert!(first.is_untouched(16));
    hsm.scribble(0xEE);
    // Its place is not given to another job before the HSM has answered.
    let third = mac_job(ASYNC, &[3; 40]);
    assert_eq!(host.process(0, third), E_OK);
    assert!(!hsm.take(0) || hsm.held[2].request.opcode == Opcode::Cancel as u8);
    host.run();
    assert_eq!((first.callbacks(), second.callbacks(), third.callbacks()), (vec![], vec![E_OK], vec![E_OK]));
    assert!(first.is_untouched(16));
    assert!(hsm.taken.contains(&(Opcode::Cancel as u8)));
    assert_eq!(host.cancel(0, first), E_OK, "unknown");
}

#[test]
fn a_stream_keeps_its_place_and_context_between_its_calls() {
    let host = Plan::usual().build().start();
    let job = hash_job(ASYNC, b"first").mode(START);
    assert_eq!(host.process(0, job), E_OK);
    host.run();
    assert!(job.is_active() && job.callbacks() == [E_OK]);
    for part in [b"first", b"other"] {
        assert_eq!(host.process(0, job.input(part).mode(UPDATE)), E_OK);
        host.run();
        assert_eq!(job.callbacks(), [E_OK]);
    }
    assert_eq!(host.process(0, job.input(&[7; 3000]).mode(UPDATE | FINISH)), E_OK);
    host.run();
    assert!(!job.is_active() && job.callbacks() == [E_OK]);
    assert_eq!(job.result(), result_of(&[&b"firstother"[..], &[7; 3000]].concat(), 32));
}

#[test]
fn a_verdict_is_one_of_two_numbers_and_nothing_else_is_believed() {
    let host = Plan::usual().build().start();
    let tag = result_of(&[5; 40], 16);
    for (tag, verdict) in [(tag.clone(), CRYPTO_E_VER_OK), (vec![0; 16], CRYPTO_E_VER_NOT_OK)] {
        let job = Job::new(cmac(CRYPTO_MACVERIFY), SYNC, KEY_AES_SLOT).input(&[5; 40]).secondary(&tag, 128).verify();
        assert_eq!(host.process(0, job), E_OK);
        assert_eq!(job.verified(), verdict);
    }
    let job = Job::new(cmac(CRYPTO_MACVERIFY), ASYNC, KEY_AES_SLOT).input(&[5; 40]).secondary(&tag, 128).verify();
    assert_eq!(host.process(0, job), E_OK);
    let hsm = host.hsm();
    hsm.take(0);
    let response = hsm.compute(&hsm.held[0].request.clone());
    hsm.respond(0, &v2gcrypt_hsm_protocol::Response { result: 1, ..response });
    host.main_function();
    assert_eq!(job.callbacks(), [E_NOT_OK]);
    assert_eq!(job.verified(), UNTOUCHED);
}

#[test]
fn keys_are_written_read_and_made_valid_in_the_hsm() {
    let host = Plan::usual().build().start();
    assert_eq!(host.set(KEY_AES_SLOT, 1, &[1; 16]), E_OK);
    assert!(!host.is_valid(KEY_AES_SLOT));
    assert_eq!(host.process(0, mac_job(SYNC, b"x")), CRYPTO_E_KEY_NOT_VALID);
    assert_eq!(host.set_valid(KEY_AES_SLOT), E_OK);
    assert!(host.is_valid(KEY_AES_SLOT));
    assert_eq!(host.process(0, mac_job(SYNC, b"x")), E_OK);
    assert_eq!(host.get(KEY_AES_SLOT, 1, 16).0, CRYPTO_E_KEY_READ_FAIL);
    assert_eq!(host.get(KEY_SIGN_SLOT, 1000, 64), (E_OK, vec![4; 64]));
    assert_eq!(host.set(KEY_SIGN_SLOT, 1000, &[4; 64]), CRYPTO_E_KEY_WRITE_FAIL);
    assert_eq!(host.set(KEY_VERIFY_SLOT, 1, &[9; 64]), E_OK, "a bare point gets its first byte");
    assert_eq!(host.get(KEY_TEXT_SLOT, 5, 16), (E_OK, vec![0xF0; 16]));
    assert_eq!(host.set(KEY_TEXT_SLOT, 5, &[1; 16]), E_OK);
    assert_eq!(host.get(KEY_TEXT_SLOT, 5, 16), (E_OK, vec![1; 16]));
}

#[test]
fn random_bytes_come_inline_or_through_the_bounce_buffer() {
    let host = Plan::usual().build().start();
    for length in [1, 32, 33, 5000] {
        let job = random_job(SYNC, length);
        assert_eq!(host.process(0, job), E_OK);
        assert_eq!(job.result(), vec![0x77; length as usize]);
    }
}

#[test]
fn a_text_may_be_replaced_in_place() {
    let host = Plan::usual().build().start();
    for length in [1, 100, 3000] {
        let primitive = primitive(CRYPTO_ENCRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET, 128);
        let job = Job::new(primitive, SYNC, KEY_TEXT_SLOT).output(length);
        job.io().inputPtr = job.io().outputPtr;
        job.io().inputLength = length;
        assert_eq!(host.process(0, job), E_OK);
        assert_eq!(job.result(), vec![!UNTOUCHED; length as usize]);
    }
}

#[test]
fn an_input_that_the_hsm_reaches_itself_is_not_copied() {
    unsafe extern "C" fn translate(context: *mut std::ffi::c_void, start: *const u8, length: u32, address: *mut u32) -> u8 {
        let words = unsafe { &*context.cast::<Double>() }.words.as_ptr_range();
        let (first, last) = (words.start as usize, words.end as usize);
        if (start as usize) < first || start as usize + length as usize > last {
            return E_NOT_OK;
        }
        unsafe { address.write(BUS + (start as usize - first) as u32) };
        E_OK
    }
    let host = Plan::usual().build().start();
    let transport = unsafe { &mut *(*host.instance).transport.cast_mut() };
    transport.translate = Some(translate);
    // The place of key services is not in use: its bounce buffer is the caller's memory here.
    let offset = transport.regionLength - BOUNCE;
    let memory = unsafe { transport.region.cast::<u8>().add(offset as usize) };
    for (shift, direct) in [(0, true), (4, true), (2, false)] {
        let start = unsafe { memory.add(shift) };
        unsafe { std::ptr::write_bytes(start, 0x3C, 800) };
        let job = hash_job(ASYNC, &[]);
        (job.io().inputPtr, job.io().inputLength) = (start, 800);
        assert_eq!(host.process(0, job), E_OK);
        let hsm = host.hsm();
        let mut addresses = vec![];
        for _ in 0..8 {
            hsm.take(0);
            if let Some(v2gcrypt_hsm_protocol::RequestData::Spans { input, .. }) = hsm.held.first().map(|held| held.request.data)
            {
                addresses.extend((input.length != 0).then_some(input.address));
                hsm.answer(0);
            }
            host.interrupt(0);
        }
        assert_eq!(job.callbacks(), [E_OK]);
        assert_eq!(job.result(), result_of(&[0x3C; 800], 32));
        let own = BUS + offset + shift as u32;
        assert_eq!(addresses.iter().all(|address| (own..own + 800).contains(address)), direct, "{addresses:x?}");
    }
}

#[test]
fn a_text_that_fails_in_the_middle_leaves_nothing() {
    let host = Plan::usual().build().start();
    for processing in [ASYNC, SYNC] {
        let ctr = primitive(CRYPTO_ENCRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET, 128);
        let job = Job::new(ctr, processing, KEY_TEXT_SLOT).input(&[1; 1000]).output(1000);
        // START and the first piece are answered, the second is not.
        host.hsm().refuse.extend([Status::Ok, Status::Ok, Status::Internal].map(|status| (Opcode::Encrypt, status)));
        let code = host.process(0, job);
        host.run();
        assert_eq!((code, job.callbacks()), if processing == SYNC { (E_NOT_OK, vec![]) } else { (E_OK, vec![E_NOT_OK]) });
        let output = unsafe { std::slice::from_raw_parts(job.io().outputPtr, 1000) };
        assert!(output.contains(&0), "something was there");
        assert!(output.iter().all(|byte| matches!(*byte, 0 | UNTOUCHED)));
        assert!(host.hsm().refuse.is_empty());
    }
}
