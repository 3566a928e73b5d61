//! Driver objects: busy, queue, cancel, streams, callbacks.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

fn later() -> Job {
    hash_job(ASYNC, b"later")
}

fn now() -> Job {
    hash_job(SYNC, b"now")
}

/// The order in which callbacks come on this thread, with their results.
fn record_callbacks() -> Rc<RefCell<Vec<(Job, u8)>>> {
    let order = Rc::new(RefCell::new(vec![]));
    let recorded = order.clone();
    on_callback(move |record, result| recorded.borrow_mut().push((Job { record }, result)));
    order
}

#[test]
fn a_synchronous_job_is_never_queued() {
    let driver = usual(4);
    let accepted = later();
    assert_eq!(driver.process(0, accepted), E_OK);
    let job = now();
    assert_eq!(driver.process(0, job), CRYPTO_E_BUSY);
    assert!(job.is_untouched(32));
    assert_eq!(driver.process(1, now()), E_OK, "the other object is free");
    driver.main_function();
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(driver.reports(), [], "busy is no error");
}

#[test]
fn jobs_run_by_priority_and_then_in_order_of_arrival() {
    let driver = usual(8);
    let order = record_callbacks();
    let jobs: Vec<Job> = [1, 5, 3, 5, 9, 1, 0, 9].iter().map(|&priority| later().priority(priority)).collect();
    for job in &jobs {
        assert_eq!(driver.process(0, *job), E_OK);
    }
    driver.main_function();
    let expected: Vec<_> = [4, 7, 1, 3, 2, 0, 5, 6].iter().map(|&index| (jobs[index], E_OK)).collect();
    assert_eq!(*order.borrow(), expected);
}

#[test]
fn a_full_queue_is_busy_and_no_queue_takes_one_job() {
    for queue in [0, 1, 3] {
        let driver = usual(queue);
        for _ in 0..queue + 1 {
            assert_eq!(driver.process(0, later()), E_OK);
        }
        let urgent = later().priority(9);
        assert_eq!(driver.process(0, urgent), CRYPTO_E_BUSY);
        driver.main_function();
        assert_eq!(urgent.callbacks(), []);
        assert_eq!(driver.process(0, urgent), E_OK);
    }
}

#[test]
fn a_job_in_flight_is_busy() {
    let driver = usual(4);
    let (running, waiting) = (later(), later());
    assert_eq!((driver.process(0, running), driver.process(0, waiting)), (E_OK, E_OK));
    for job in [running, waiting] {
        assert_eq!(driver.process(0, job), CRYPTO_E_BUSY);
    }
    driver.main_function();
    assert_eq!((running.callbacks(), waiting.callbacks()), (vec![E_OK], vec![E_OK]));
}

#[test]
fn a_stream_keeps_its_object_and_others_wait_until_it_ends() {
    let driver = usual(2);
    let stream = now().mode(START);
    assert_eq!(driver.process(0, stream), E_OK);
    assert_eq!(driver.process(0, now()), CRYPTO_E_BUSY);
    let waiting = later().priority(99);
    assert_eq!(driver.process(0, waiting), E_OK);
    driver.main_function();
    assert_eq!(waiting.callbacks(), [], "the workspace is not free");
    assert_eq!(driver.process(0, stream.mode(UPDATE)), E_OK);
    assert_eq!(driver.process(0, stream.mode(FINISH)), E_OK);
    assert_eq!(stream.result(), sha256_of(b"now"));
    assert_eq!(driver.process(0, stream.mode(SINGLECALL)), CRYPTO_E_BUSY, "the one that waits comes first");
    driver.main_function();
    assert_eq!(waiting.callbacks(), [E_OK]);
}

#[test]
fn the_calls_of_an_asynchronous_stream_pass_jobs_that_wait() {
    let driver = usual(2);
    let order = record_callbacks();
    let (stream, waiting) = (later().mode(START), later().priority(9));
    assert_eq!(driver.process(0, stream), E_OK);
    driver.main_function();
    assert_eq!(driver.process(0, waiting), E_OK);
    for mode in [UPDATE, UPDATE | FINISH] {
        assert_eq!(driver.process(0, stream.mode(mode)), E_OK);
        driver.main_function();
    }
    driver.main_function();
    assert_eq!(*order.borrow(), [(stream, E_OK), (stream, E_OK), (stream, E_OK), (waiting, E_OK)]);
    assert_eq!(stream.result(), sha256_of(b"laterlater"));
}

#[test]
fn start_in_the_middle_of_a_stream_discards_what_was_before() {
    let driver = usual(0);
    let stream = now();
    assert_eq!(driver.process(0, stream.mode(STREAMSTART).input(b"forgotten")), E_OK);
    assert_eq!(driver.process(0, stream.mode(STREAMSTART).input(b"now")), E_OK);
    assert_eq!(driver.process(0, stream.mode(FINISH)), E_OK);
    assert_eq!(stream.result(), sha256_of(b"now"));
    assert_eq!(driver.process(0, stream.mode(STREAMSTART)), E_OK);
    assert_eq!(driver.process(0, stream.mode(SINGLECALL).output(32)), E_OK);
    assert_eq!(stream.result(), sha256_of(b"now"));
    assert!(!stream.is_active());
    assert_eq!(driver.process(0, now()), E_OK, "the object is free");
}

#[test]
fn finish_without_any_update_is_refused() {
    let driver = usual(0);
    let stream = now();
    assert_eq!(driver.process(0, stream.mode(START)), E_OK);
    assert_eq!(driver.process(0, stream.mode(FINISH)), E_NOT_OK);
    assert!(stream.is_untouched(32) && !stream.is_active());
}

#[test]
fn an_error_ends_the_stream_and_frees_the_object() {
    let driver = usual(1);
    let spoilers: [fn(Job) -> Job; 4] = [
        |job| {
            job.io().inputPtr = std::ptr::null();
            job.mode(UPDATE)
        },
        |job| job.mode(0),
        |job| job.output(31).mode(FINISH),
        |job| {
            unsafe { (*job.record).jobPrimitiveInfo = std::ptr::null() };
            job.mode(UPDATE)
        },
    ];
    for (index, spoil) in spoilers.into_iter().enumerate() {
        let stream = now();
        assert_eq!(driver.process(0, stream.mode(STREAMSTART)), E_OK, "{index}");
        let waiting = later();
        assert_eq!(driver.process(0, waiting), E_OK);
        assert_eq!(driver.process(0, spoil(stream)), E_NOT_OK, "{index}");
        assert!(!stream.is_active(), "{index}");
        driver.main_function();
        assert_eq!(waiting.callbacks(), [E_OK], "{index}: the next one has the workspace");
        assert_eq!(driver.process(0, now()), E_OK, "{index}");
    }
}

#[test]
fn another_service_in_the_middle_of_a_stream_ends_it() {
    let driver = usual(0);
    let stream = now();
    assert_eq!(driver.process(0, stream.mode(STREAMSTART)), E_OK);
    let other = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES);
    unsafe { (*stream.record).jobPrimitiveInfo = (*other.record).jobPrimitiveInfo };
    assert_eq!(driver.process(0, stream.mode(UPDATE)), E_NOT_OK);
    assert!(!stream.is_active());
}

#[test]
fn canceling_an_unknown_job_is_ok_and_does_nothing() {
    let driver = usual(1);
    let stream = now();
    assert_eq!(driver.process(0, stream.mode(STREAMSTART)), E_OK);
    assert_eq!(driver.cancel(0, now()), E_OK);
    assert_eq!(driver.cancel(1, stream), E_OK, "the other object does not know it");
    assert!(stream.is_active());
    assert_eq!(driver.process(0, stream.mode(FINISH)), E_OK);
}

#[test]
fn canceling_a_job_that_waits_removes_it_without_a_callback() {
    let driver = usual(3);
    let jobs = [later(), later(), later(), later()];
    for job in jobs {
        assert_eq!(driver.process(0, job), E_OK);
    }
    for canceled in [2, 0] {
        assert_eq!(driver.cancel(0, jobs[canceled]), E_OK);
    }
    driver.main_function();
    driver.main_function();
    assert_eq!(jobs.map(|job| job.callbacks()), [vec![], vec![E_OK], vec![], vec![E_OK]]);
    assert!(jobs[0].is_untouched(32));
    assert_eq!(driver.process(0, jobs[0]), E_OK, "it can be started anew");
}

#[test]
fn canceling_an_idle_stream_wipes_it_and_frees_the_object() {
    let driver = usual(1);
    for processing in [SYNC, ASYNC] {
        let stream = Job::new(hmac256(CRYPTO_MACGENERATE), processing, KEY_HMAC).input(b"secret").output(32);
        assert_eq!(driver.process(0, stream.mode(STREAMSTART)), E_OK);
        driver.main_function();
        assert_eq!(stream.callbacks().len(), usize::from(processing == ASYNC));
        let waiting = later();
        assert_eq!(driver.process(0, waiting), E_OK);
        assert!(workspace(driver).iter().any(|&byte| byte != 0));
        assert_eq!(driver.cancel(0, stream), E_OK);
        assert!(!stream.is_active());
        assert!(workspace(driver).iter().all(|&byte| byte == 0), "nothing is left of it");
        assert_eq!(driver.process(0, stream.mode(UPDATE)), E_NOT_OK);
        driver.main_function();
        assert_eq!((stream.callbacks(), waiting.callbacks()), (vec![], vec![E_OK]));
    }
}

#[test]
fn canceling_a_call_of_a_stream_that_waits_ends_the_stream() {
    let driver = usual(0);
    let stream = later().mode(STREAMSTART);
    assert_eq!(driver.process(0, stream), E_OK);
    driver.main_function();
    assert_eq!(driver.process(0, stream.mode(FINISH)), E_OK);
    assert_eq!(driver.cancel(0, stream), E_OK);
    driver.main_function();
    assert_eq!(stream.callbacks(), [E_OK], "of START only");
    assert!(stream.is_untouched(32) && !stream.is_active());
    assert_eq!(driver.process(0, now()), E_OK);
}

/// The bytes of object 0 in which a stream computes: the end of its RAM, since states come first.
fn workspace(driver: Driver) -> Vec<u8> {
    let ram = unsafe { (*driver.instance).objectRam };
    let bytes = unsafe { std::slice::from_raw_parts(ram.cast::<u8>(), size_of::<CryptoSoft_ObjectRamType>()) };
    bytes[256..].to_vec()
}

#[test]
fn nothing_of_a_stream_is_left_after_finish() {
    let driver = usual(0);
    for job in [
        Job::new(hmac256(CRYPTO_MACGENERATE), SYNC, KEY_HMAC).input(b"secret").output(32),
        Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(b"secret").output(16),
        hash_job(SYNC, b"secret"),
    ] {
        assert_eq!(driver.process(0, job.mode(STREAMSTART)), E_OK);
        assert_eq!(driver.process(0, job.mode(FINISH)), E_OK);
        assert!(workspace(driver).iter().all(|&byte| byte == 0));
    }
}

#[test]
fn canceling_a_job_while_it_computes_discards_its_result() {
    let driver = usual(1);
    for length in [32, 500] {
        let job = random_job(ASYNC, length);
        assert_eq!(driver.process(0, job), E_OK);
        while_drawing(move || {
            assert_eq!(driver.cancel(0, job), CRYPTO_E_JOB_CANCELED);
            assert_eq!(driver.cancel(0, job), CRYPTO_E_JOB_CANCELED, "again");
            assert_eq!(driver.process(0, job), CRYPTO_E_BUSY, "it has not ended");
        });
        driver.main_function();
        while_drawing(|| {});
        assert_eq!(job.callbacks(), [CRYPTO_E_JOB_CANCELED]);
        assert_eq!(job.room(), length);
        assert!(job.is_untouched(length) || job.result().iter().all(|&byte| byte == 0));
        assert_eq!(driver.process(0, now()), E_OK, "the object is free");
    }
    assert_eq!(driver.reports(), []);
}

#[test]
fn what_a_canceled_job_has_drawn_is_wiped_outside_the_exclusive_area() {
    let driver = usual(1);
    let job = random_job(ASYNC, 500);
    assert_eq!(driver.process(0, job), E_OK);
    while_drawing(move || assert_eq!(driver.cancel(0, job), CRYPTO_E_JOB_CANCELED));
    let wiped_inside = Rc::new(Cell::new(false));
    let seen = wiped_inside.clone();
    at_end_of_area(move || seen.set(seen.get() || job.result().iter().all(|&byte| byte == 0)));
    on_callback(move |_, _| {
        assert!(job.result().iter().all(|&byte| byte == 0), "and before the callback");
        at_end_of_area(|| {});
    });
    driver.main_function();
    while_drawing(|| {});
    on_callback(|_, _| {});
    assert_eq!(job.callbacks(), [CRYPTO_E_JOB_CANCELED]);
    assert!(!wiped_inside.get(), "its length is the caller's: the area would last as long");
}

/// Whoever has been told that a job is gone begins its next request, and would take the report for that one's.
#[test]
fn a_job_whose_report_is_on_the_way_is_not_said_to_be_gone() {
    let driver = usual(1);
    let codes = Rc::new(RefCell::new(vec![]));
    let heard = codes.clone();
    on_callback(move |record, _| heard.borrow_mut().push(driver.cancel(0, Job { record })));
    let finished = later();
    assert_eq!(driver.process(0, finished), E_OK);
    driver.main_function();
    assert_eq!(codes.take(), [E_NOT_OK], "it has ended");
    let stream = later().mode(STREAMSTART);
    assert_eq!(driver.process(0, stream), E_OK);
    driver.main_function();
    assert_eq!(codes.take(), [CRYPTO_E_JOB_CANCELED], "the report is the cancellation's");
    assert!(!stream.is_active());
    on_callback(|_, _| {});
    assert_eq!(driver.process(0, now()), E_OK, "the stream is gone and the object free");
    assert_eq!((driver.cancel(0, finished), driver.cancel(0, stream)), (E_OK, E_OK), "now they are");
    assert_eq!((finished.callbacks(), stream.callbacks()), (vec![E_OK], vec![E_OK]));
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_synchronous_job_that_computes_cannot_be_canceled() {
    let driver = usual(1);
    let job = random_job(SYNC, 16);
    while_drawing(move || {
        assert_eq!(driver.cancel(0, job), E_NOT_OK);
        assert_eq!(driver.process(0, now()), CRYPTO_E_BUSY);
        assert_eq!(driver.process(1, now()), E_OK, "other objects go on");
    });
    assert_eq!(driver.process(0, job), E_OK);
    while_drawing(|| {});
    assert!(!job.is_untouched(16));
    assert_eq!(driver.reports(), []);
}

#[test]
fn init_is_refused_while_a_job_computes_and_forgets_jobs_otherwise() {
    let driver = usual(1);
    let job = random_job(SYNC, 16);
    while_drawing(move || {
        driver.init();
        assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED]);
    });
    assert_eq!(driver.process(0, job), E_OK);
    while_drawing(|| {});
    let stream = now();
    let (first, second) = (later(), later());
    assert_eq!(driver.process(1, stream.mode(START)), E_OK);
    assert_eq!((driver.process(0, first), driver.process(0, second)), (E_OK, E_OK));
    driver.init();
    assert_eq!(driver.reports(), []);
    driver.both_main_functions();
    assert_eq!((first.callbacks(), second.callbacks()), (vec![], vec![]));
    assert_eq!(driver.process(1, stream.mode(UPDATE)), E_NOT_OK);
    assert_eq!((driver.process(0, now()), driver.process(1, now())), (E_OK, E_OK));
}

#[test]
fn a_callback_may_start_jobs_and_a_chain_uses_constant_stack() {
    let driver = usual(1);
    let left = Rc::new(Cell::new(100_000));
    let deepest = Rc::new(Cell::new(usize::MAX));
    let (count, depth) = (left.clone(), deepest.clone());
    on_callback(move |record, result| {
        assert_eq!(result, E_OK);
        let here = 0u8;
        depth.set(depth.get().min(std::ptr::addr_of!(here) as usize));
        if count.get() > 0 {
            count.set(count.get() - 1);
            assert_eq!(driver.process(0, Job { record }), E_OK);
            assert_eq!(driver.process(1, now_without_leak()), E_OK);
        }
    });
    thread_local!(static SYNCHRONOUS: Job = now());
    fn now_without_leak() -> Job {
        SYNCHRONOUS.with(|job| *job)
    }
    let job = later();
    assert_eq!(driver.process(0, job), E_OK);
    driver.main_function();
    let first = deepest.get();
    let mut calls = 1;
    while job.callbacks().len() == 1 {
        driver.main_function();
        calls += 1;
    }
    assert_eq!((left.get(), calls), (0, 100_002), "each main function runs what waited when it began");
    assert_eq!(deepest.get(), first);
}

#[test]
fn a_callback_may_initialise_the_instance() {
    let driver = usual(2);
    let jobs = [later(), later()];
    assert_eq!(jobs.map(|job| driver.process(0, job)), [E_OK; 2]);
    on_callback(move |_, _| driver.init());
    driver.main_function();
    assert_eq!(jobs.map(|job| job.callbacks().len()), [1, 0]);
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_job_record_that_changes_after_acceptance_changes_nothing() {
    let driver = usual(0);
    let job = later();
    assert_eq!(driver.process(0, job), E_OK);
    let output = job.io().outputPtr;
    job.io().outputPtr = std::ptr::null_mut();
    job.io().inputLength = u32::MAX;
    job.mode(0);
    driver.main_function();
    assert_eq!(job.callbacks(), [E_OK]);
    assert_eq!(unsafe { std::slice::from_raw_parts(output, 32) }, sha256_of(b"later"));
}

#[test]
fn a_key_in_use_is_busy_for_those_who_would_change_it() {
    let driver = usual(0);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(&vec![7; 20_000_000]).output(16);
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || driver.process(0, job));
        // Setting a valid key valid changes nothing, so it tells when the job has begun.
        while driver.set_valid(KEY_AES) == E_OK {
            assert!(!worker.is_finished(), "the message is too short for this machine");
        }
        assert_eq!(driver.set(KEY_AES, 1, &hex(AES_KEY)), CRYPTO_E_BUSY);
        assert_eq!(driver.set_invalid(KEY_AES), CRYPTO_E_BUSY);
        let other = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(&hex(CMAC_MESSAGE)).output(16);
        assert_eq!(driver.process(1, other), E_OK, "any number of jobs may read it");
        assert_eq!(other.result(), hex(CMAC_TAG));
        assert_eq!(driver.get(KEY_AES, 1, 32), (E_OK, hex(AES_KEY)));
        assert!(!worker.is_finished(), "the message is too short for this machine");
        assert_eq!(worker.join().unwrap(), E_OK);
        assert_eq!(driver.set_invalid(KEY_AES), E_OK);
    });
}
