//! What Csm promises about jobs, queues, callbacks and cancellation, a sentence each.

mod common;

use common::*;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use v2gcrypt_csm::ffi::*;
use v2gcrypt_types::*;

const BUSY: u8 = CRYPTO_E_BUSY;
const CANCELED: u8 = CRYPTO_E_JOB_CANCELED;

fn process(job: u32) -> Down {
    Down::Process { channel: 100, job }
}

fn callback(job: u32, result: u8) -> Down {
    Down::Callback { job, result }
}

/// A driver that is busy while the flag is set.
fn busy_while(flag: &'static AtomicBool) {
    answer_with(|call| match call {
        Down::Process { .. } if flag.load(Ordering::SeqCst) => BUSY,
        _ => E_OK,
    });
}

/// A Csm whose jobs all wait, in the order of their ids.
fn run_waiting(priorities: &[u32]) -> Running {
    let csm = run_async(priorities, priorities.len() as u32);
    answer_with(|call| if matches!(call, Down::Process { .. }) { BUSY } else { E_OK });
    for job in 0..priorities.len() as u32 {
        assert_eq!(csm.hash(job, SINGLECALL), E_OK);
    }
    seen();
    answer_ok();
    csm
}

// Requests.

#[test]
fn an_asynchronous_job_goes_to_the_driver_at_once_when_nobody_waits() {
    let csm = run_async(&[1], 1);
    assert_eq!((csm.hash(0, SINGLECALL), seen()), (E_OK, vec![process(0)]));
}

#[test]
fn a_job_in_flight_is_busy_whether_it_waits_is_with_the_driver_or_its_callback_is_pending() {
    let csm = run_async(&[1, 1], 2);
    assert_eq!((csm.hash(0, SINGLECALL), csm.hash(0, SINGLECALL)), (E_OK, BUSY));
    assert_eq!(seen(), [process(0)]);
    csm.report(0, E_OK);
    answer_with(|call| if matches!(call, Down::Process { .. }) { BUSY } else { E_OK });
    assert_eq!((csm.hash(1, SINGLECALL), csm.hash(1, SINGLECALL)), (E_OK, BUSY));
    assert_eq!(cancel(1), E_OK);
    assert_eq!(csm.hash(1, SINGLECALL), BUSY);
    csm.main(0);
    assert_eq!(csm.hash(1, SINGLECALL), E_OK);
}

#[test]
fn a_job_that_the_driver_is_too_busy_for_waits_and_is_started_by_the_main_function() {
    let csm = run_waiting(&[1]);
    csm.main(0);
    assert_eq!(seen(), [process(0)]);
    csm.main(0);
    assert_eq!(seen(), []);
    csm.report(0, E_OK);
    assert_eq!(seen(), [callback(0, E_OK)]);
}

#[test]
fn a_full_queue_is_busy_and_a_runtime_error() {
    static DRIVER_BUSY: AtomicBool = AtomicBool::new(true);
    for size in [0, 1, 3] {
        let csm = run_async(&[1; 5], size);
        busy_while(&DRIVER_BUSY);
        for job in 0..size {
            assert_eq!(csm.hash(job, SINGLECALL), E_OK);
        }
        seen();
        assert_eq!(csm.hash(size, SINGLECALL), BUSY);
        assert_eq!(seen().last(), Some(&runtime_error(CSM_SID_HASH, CSM_E_QUEUE_FULL)));
        // It is not in flight afterwards.
        assert_eq!((csm.state(size), cancel(size), csm.hash(size, SINGLECALL)), (CRYPTO_JOBSTATE_IDLE, E_OK, BUSY));
    }
}

#[test]
fn a_new_job_does_not_overtake_waiting_ones_even_when_the_driver_is_free() {
    let csm = run_async(&[2, 2, 1, 3], 4);
    answer_with(|_| BUSY);
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    answer_ok();
    seen();
    for job in 1..4 {
        assert_eq!(csm.hash(job, SINGLECALL), E_OK);
    }
    assert_eq!(seen(), []);
    csm.main(0);
    assert_eq!(seen(), [process(3), process(0), process(1), process(2)]);
}

#[test]
fn the_next_call_of_a_stream_goes_straight_down_and_its_busy_is_returned() {
    let csm = run_async(&[1, 9], 2);
    assert_eq!(csm.hash(0, START), E_OK);
    csm.report(0, E_OK);
    answer_with(|_| BUSY);
    assert_eq!(csm.hash(1, SINGLECALL), E_OK);
    seen();
    assert_eq!((csm.hash(0, UPDATE), seen()), (BUSY, vec![process(0)]));
    assert_eq!(csm.state(0), CRYPTO_JOBSTATE_ACTIVE);
    answer_ok();
    assert_eq!((csm.hash(0, UPDATE | FINISH), seen()), (E_OK, vec![process(0)]));
}

// Queues.

#[test]
fn the_more_urgent_job_starts_first_and_among_equals_the_earlier_one() {
    let csm = run_waiting(&[0, 5, 5, u32::MAX, 1, 5, 0]);
    csm.main(0);
    assert_eq!(seen(), [3, 1, 2, 5, 4, 0, 6].map(process));
}

#[test]
fn a_job_that_is_refused_as_busy_keeps_its_place_before_later_ones() {
    let csm = run_waiting(&[5, 5]);
    answer_with(|_| BUSY);
    csm.main(0);
    assert_eq!(seen(), [process(0)]);
    answer_ok();
    csm.main(0);
    assert_eq!(seen(), [process(0), process(1)]);
}

#[test]
fn a_driver_that_is_busy_for_one_queue_is_asked_for_the_next_queue_of_the_main_function() {
    let jobs: Vec<_> = [0, 1, 2].map(|queue| job(CRYPTO_HASH, ASYNC, 1, queue)).to_vec();
    let queue = |main_function| Queue { size: 1, main_function };
    let csm = run(&jobs, &[queue(1), queue(0), queue(1)], 2);
    answer_with(|_| BUSY);
    (0..3).for_each(|job| assert_eq!(csm.hash(job, SINGLECALL), E_OK));
    seen();
    csm.main(1);
    assert_eq!(seen(), [Down::Process { channel: 100, job: 0 }, Down::Process { channel: 102, job: 2 }]);
    csm.main(0);
    assert_eq!(seen(), [Down::Process { channel: 101, job: 1 }]);
}

#[test]
fn ten_thousand_waiting_jobs_leave_in_order_also_after_some_were_cancelled() {
    let count = 10_000u32;
    let priorities: Vec<_> = (0..count).map(|job| job.wrapping_mul(2_654_435_761) >> 28).collect();
    let csm = run_waiting(&priorities);
    // Some leave from the middle.
    let cancelled = |job: u32| job % 7 == 3;
    (0..count).filter(|&job| cancelled(job)).for_each(|job| assert_eq!(cancel(job), E_OK));
    let mut expected: Vec<_> = (0..count).filter(|&job| !cancelled(job)).collect();
    expected.sort_by_key(|&job| (std::cmp::Reverse(priorities[job as usize]), job));
    csm.main(0);
    let all = seen();
    let started: Vec<_> =
        all.iter().filter_map(|call| if let Down::Process { job, .. } = call { Some(*job) } else { None }).collect();
    assert_eq!(started, expected);
    let told = all.iter().filter(|call| matches!(call, Down::Callback { result: CANCELED, .. })).count();
    assert_eq!(told, (0..count).filter(|&job| cancelled(job)).count());
}

// Synchronous jobs.

#[test]
fn a_synchronous_job_passes_only_waiting_jobs_of_lower_priority() {
    for (waiting, expected) in [(1, E_OK), (2, BUSY), (3, BUSY)] {
        let jobs = [job(CRYPTO_HASH, ASYNC, waiting, 0), job(CRYPTO_HASH, SYNC, 2, 0)];
        let csm = run(&jobs, &[Queue { size: 1, main_function: 0 }], 1);
        answer_with(|_| BUSY);
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        answer_ok();
        assert_eq!(csm.hash(1, SINGLECALL), expected);
    }
}

#[test]
fn a_synchronous_stream_goes_on_whoever_waits() {
    let jobs = [job(CRYPTO_HASH, ASYNC, 9, 0), job(CRYPTO_HASH, SYNC, 2, 0)];
    let csm = run(&jobs, &[Queue { size: 1, main_function: 0 }], 1);
    assert_eq!(csm.hash(1, START), E_OK);
    answer_with(|_| BUSY);
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    answer_ok();
    assert_eq!((csm.hash(1, UPDATE), csm.hash(1, FINISH), csm.hash(1, START)), (E_OK, E_OK, BUSY));
}

/// Runs main function 0 inside a call of kind `during`, and tells what that starts.
fn started_inside(csm: &Running, during: impl Fn(&Down) -> bool + Send + Sync + 'static, call: impl FnOnce()) -> Vec<Down> {
    answer_with(move |down| {
        if during(&down) {
            seen();
            main_function(0);
        }
        E_OK
    });
    call();
    answer_ok();
    let inside = seen();
    csm.main(0);
    assert_eq!(seen(), [process(0)], "held back no longer than until the next main function");
    inside
}

#[test]
fn a_synchronous_job_under_way_holds_back_waiting_jobs_until_the_next_main_function() {
    let jobs = [job(CRYPTO_HASH, ASYNC, 1, 0), job(CRYPTO_HASH, SYNC, 2, 0)];
    let csm = run(&jobs, &[Queue { size: 1, main_function: 0 }], 1);
    answer_with(|_| BUSY);
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    let inside = started_inside(&csm, |down| *down == process(1), || assert_eq!(hash(1, SINGLECALL), E_OK));
    assert_eq!(inside, []);
}

#[test]
fn a_key_management_call_holds_back_waiting_jobs_until_the_next_main_function() {
    let csm = run_waiting(&[1]);
    let key = Down::KeySetValid { key: 201 };
    let inside = started_inside(
        &csm,
        move |down| *down == key,
        || {
            #[allow(unsafe_code)]
            // SAFETY: takes a number.
            let code = unsafe { Csm_KeySetValid(1) };
            assert_eq!(code, E_OK);
        },
    );
    assert_eq!(inside, []);
}

// Callbacks.

#[test]
fn a_report_for_an_accepted_job_becomes_a_callback_on_the_reporters_stack() {
    let csm = run_async(&[1], 1);
    for result in [E_OK, E_NOT_OK, CRYPTO_E_KEY_EMPTY] {
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        seen();
        csm.report(0, result);
        assert_eq!(seen(), [callback(0, result)]);
    }
}

#[test]
fn a_second_report_and_a_report_for_a_job_that_is_not_with_the_driver_are_ignored() {
    let csm = run_waiting(&[1, 1]);
    csm.report(0, E_OK);
    csm.main(0);
    seen();
    csm.report(0, E_OK);
    csm.report(0, E_OK);
    assert_eq!(callbacks(), [(0, E_OK)]);
}

#[test]
fn a_report_from_inside_process_job_is_delivered_by_the_main_function() {
    let csm = run_async(&[1], 1);
    let record = csm.setup.record(0) as usize;
    answer_with(move |call| {
        if matches!(call, Down::Process { .. }) {
            report_to(record, E_NOT_OK);
            report_to(record, E_OK); // only the first one counts
        }
        E_OK
    });
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    assert_eq!(callbacks(), []);
    csm.main(0);
    assert_eq!(callbacks(), [(0, E_NOT_OK)]);
    csm.main(0);
    assert_eq!(callbacks(), []);
}

#[test]
fn a_report_from_inside_process_job_is_dropped_when_the_driver_then_refuses() {
    for refusal in [E_NOT_OK, CRYPTO_E_KEY_NOT_VALID] {
        let csm = run_async(&[1], 1);
        let record = csm.setup.record(0) as usize;
        answer_with(move |call| {
            if matches!(call, Down::Process { .. }) {
                report_to(record, E_OK);
                return refusal;
            }
            E_OK
        });
        assert_eq!(csm.hash(0, SINGLECALL), refusal);
        csm.main(0);
        assert_eq!(callbacks(), []);
    }
}

#[test]
fn a_job_from_the_queue_that_the_driver_refuses_gets_the_refusal_in_its_callback() {
    let csm = run_waiting(&[1]);
    answer_with(|call| if matches!(call, Down::Process { .. }) { CRYPTO_E_KEY_NOT_VALID } else { E_OK });
    csm.main(0);
    assert_eq!(callbacks(), []);
    csm.main(0);
    assert_eq!(callbacks(), [(0, CRYPTO_E_KEY_NOT_VALID)]);
}

#[test]
fn start_and_update_are_told_only_when_the_job_asks_for_it_and_errors_always() {
    for notify_updates in [false, true] {
        let jobs = [Job { notify_updates, ..job(CRYPTO_HASH, ASYNC, 1, 0) }];
        let csm = run(&jobs, &[Queue { size: 1, main_function: 0 }], 1);
        let told = if notify_updates { vec![(0, E_OK)] } else { vec![] };
        for mode in [START, UPDATE] {
            assert_eq!(csm.hash(0, mode), E_OK);
            csm.report(0, E_OK);
            assert_eq!((callbacks(), csm.state(0)), (told.clone(), CRYPTO_JOBSTATE_ACTIVE));
        }
        assert_eq!(csm.hash(0, UPDATE), E_OK);
        csm.report(0, E_NOT_OK);
        assert_eq!((callbacks(), csm.state(0)), (vec![(0, E_NOT_OK)], CRYPTO_JOBSTATE_IDLE));
        assert_eq!(csm.hash(0, START | UPDATE), E_OK);
        csm.report(0, E_OK);
        assert_eq!(csm.hash(0, FINISH), E_OK);
        seen();
        csm.report(0, E_OK);
        assert_eq!((callbacks(), csm.state(0)), (vec![(0, E_OK)], CRYPTO_JOBSTATE_IDLE));
    }
}

#[test]
fn a_job_without_callback_is_free_again_when_it_has_ended() {
    let mut csm = run_async(&[1], 1);
    csm.setup.jobs[0].callback = None;
    csm.setup.init();
    for _ in 0..2 {
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        csm.report(0, E_OK);
    }
    assert_eq!(callbacks(), []);
}

#[test]
fn one_main_function_call_delivers_only_what_was_due_at_its_entry() {
    let csm = run_async(&[1, 1], 2);
    let record = csm.setup.record(0) as usize;
    // A driver that ends each job at once, and a user who starts it again at once.
    answer_with(move |call| {
        match call {
            Down::Process { job: 0, .. } => report_to(record, E_OK),
            Down::Callback { job: 0, .. } => assert_eq!(hash(0, SINGLECALL), E_OK),
            _ => {}
        }
        E_OK
    });
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    for _ in 0..5 {
        csm.main(0);
        assert_eq!(callbacks(), [(0, E_OK)]);
    }
}

#[test]
fn callbacks_may_start_a_hundred_thousand_jobs_in_a_chain_on_a_constant_stack() {
    const CHAIN: u32 = 100_000;
    /// A thousandth of a chain of nested callbacks would overflow it.
    const STACK: usize = 256 * 1024;
    static ENDED: AtomicU32 = AtomicU32::new(0);
    static NESTED: AtomicU32 = AtomicU32::new(0);
    let csm = run_async(&[1], 1);
    let record = csm.setup.record(0) as usize;
    answer_with(move |call| {
        match call {
            Down::Process { .. } => report_to(record, E_OK),
            Down::Callback { .. } => {
                assert_eq!(NESTED.fetch_add(1, Ordering::Relaxed), 0, "a callback inside a callback");
                if ENDED.fetch_add(1, Ordering::Relaxed) + 1 < CHAIN {
                    assert_eq!(hash(0, SINGLECALL), E_OK);
                }
                NESTED.fetch_sub(1, Ordering::Relaxed);
            }
            _ => {}
        }
        E_OK
    });
    let chain = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        assert_eq!(hash(0, SINGLECALL), E_OK);
        while ENDED.load(Ordering::Relaxed) < CHAIN {
            let before = ENDED.load(Ordering::Relaxed);
            main_function(0);
            assert_eq!(ENDED.load(Ordering::Relaxed), before + 1);
            seen();
        }
    });
    chain.unwrap().join().unwrap();
}

#[test]
fn a_main_function_called_from_a_callback_of_its_own_does_nothing() {
    let csm = run_waiting(&[1, 1]);
    assert_eq!((cancel(0), cancel(1)), (E_OK, E_OK));
    answer_with(|call| {
        if matches!(call, Down::Callback { .. }) {
            let before = seen();
            main_function(0);
            assert_eq!((before.len(), seen()), (1, vec![]));
        }
        E_OK
    });
    csm.main(0);
}

// The state that the driver sees.

#[test]
fn a_job_is_active_after_start_or_update_and_idle_after_finish_and_errors_but_not_after_busy() {
    let csm = run(&[job(CRYPTO_HASH, SYNC, 1, 0)], &[Queue { size: 0, main_function: 0 }], 1);
    let rows = [
        (START, E_OK, CRYPTO_JOBSTATE_ACTIVE),
        (UPDATE, E_OK, CRYPTO_JOBSTATE_ACTIVE),
        (UPDATE, BUSY, CRYPTO_JOBSTATE_ACTIVE),
        (FINISH, E_OK, CRYPTO_JOBSTATE_IDLE),
        (START | UPDATE, E_OK, CRYPTO_JOBSTATE_ACTIVE),
        (UPDATE, E_NOT_OK, CRYPTO_JOBSTATE_IDLE),
        (START, BUSY, CRYPTO_JOBSTATE_IDLE),
        (START, E_OK, CRYPTO_JOBSTATE_ACTIVE),
        (START, E_OK, CRYPTO_JOBSTATE_ACTIVE),
        (SINGLECALL, E_OK, CRYPTO_JOBSTATE_IDLE),
    ];
    for (mode, code, state) in rows {
        answer_with(move |_| code);
        assert_eq!((csm.hash(0, mode), csm.state(0)), (code, state), "mode {mode}, code {code}");
    }
}

#[test]
fn a_missing_start_is_for_the_driver_to_refuse() {
    for processing in [SYNC, ASYNC] {
        let csm = run(&[job(CRYPTO_HASH, processing, 1, 0)], &[Queue { size: 0, main_function: 0 }], 1);
        answer_with(|_| E_NOT_OK);
        for mode in [UPDATE, FINISH, UPDATE | FINISH] {
            assert_eq!((csm.hash(0, mode), seen()), (E_NOT_OK, vec![process(0)]));
        }
    }
}

// Cancellation.

#[test]
fn a_waiting_job_is_cancelled_at_once_and_told_by_the_next_main_function() {
    let csm = run_waiting(&[1, 2, 3]);
    assert_eq!((cancel(1), seen()), (E_OK, vec![]));
    assert_eq!(cancel(1), E_OK, "once more changes nothing");
    csm.main(0);
    assert_eq!(seen(), [callback(1, CANCELED), process(2), process(0)]);
}

#[test]
fn a_job_that_the_driver_lets_go_is_told_by_the_next_main_function_exactly_once() {
    for driver_reports_too in [false, true] {
        let csm = run_async(&[1], 1);
        let record = csm.setup.record(0) as usize;
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        seen();
        answer_with(move |call| {
            if driver_reports_too && matches!(call, Down::Cancel { .. }) {
                report_to(record, CANCELED);
            }
            E_OK
        });
        assert_eq!((cancel(0), seen()), (E_OK, vec![Down::Cancel { channel: 100, job: 0 }]));
        csm.report(0, E_OK);
        assert_eq!(callbacks(), []);
        csm.main(0);
        csm.main(0);
        assert_eq!(callbacks(), [(0, CANCELED)]);
    }
}

#[test]
fn a_deferred_cancellation_turns_the_later_report_into_job_canceled() {
    for result in [E_OK, E_NOT_OK, CANCELED] {
        let csm = run_async(&[1], 1);
        assert_eq!(csm.hash(0, START), E_OK);
        answer_with(|_| CANCELED);
        assert_eq!((cancel(0), cancel(0)), (CANCELED, CANCELED));
        answer_ok();
        assert_eq!((csm.hash(0, START), seen().len()), (BUSY, 2));
        csm.report(0, result);
        assert_eq!((callbacks(), csm.state(0)), (vec![(0, CANCELED)], CRYPTO_JOBSTATE_IDLE));
        assert_eq!(csm.hash(0, START), E_OK);
        csm.report(0, E_OK);
        assert_eq!(callbacks(), []);
    }
}

#[test]
fn a_job_that_cannot_be_cancelled_goes_on() {
    for code in [E_NOT_OK, BUSY, CRYPTO_E_KEY_EMPTY] {
        let csm = run_async(&[1], 1);
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        answer_with(move |_| code);
        assert_eq!(cancel(0), E_NOT_OK);
        csm.report(0, E_OK);
        assert_eq!(callbacks(), [(0, E_OK)]);
    }
}

#[test]
fn a_report_that_comes_while_a_cancellation_is_refused_is_delivered_by_the_main_function() {
    let csm = run_async(&[1], 1);
    let record = csm.setup.record(0) as usize;
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    answer_with(move |call| {
        if matches!(call, Down::Cancel { .. }) {
            report_to(record, E_OK);
            return E_NOT_OK;
        }
        E_OK
    });
    assert_eq!((cancel(0), cancel(0)), (E_NOT_OK, E_NOT_OK), "it goes on; then it has ended");
    assert_eq!(callbacks(), []);
    csm.main(0);
    assert_eq!(callbacks(), [(0, E_OK)]);
}

#[test]
fn a_stream_between_two_calls_is_cancelled_below_and_only_an_asynchronous_one_is_told() {
    for (processing, told) in [(SYNC, vec![]), (ASYNC, vec![(0, CANCELED)])] {
        for (code, returned) in [(E_OK, E_OK), (CANCELED, CANCELED), (E_NOT_OK, E_NOT_OK), (BUSY, E_NOT_OK)] {
            let csm = run(&[job(CRYPTO_HASH, processing, 1, 0)], &[Queue { size: 0, main_function: 0 }], 1);
            assert_eq!(csm.hash(0, START), E_OK);
            csm.report(0, E_OK);
            seen();
            answer_with(move |_| code);
            assert_eq!((cancel(0), seen()), (returned, vec![Down::Cancel { channel: 100, job: 0 }]));
            csm.main(0);
            let gone = returned != E_NOT_OK;
            let state = if gone { CRYPTO_JOBSTATE_IDLE } else { CRYPTO_JOBSTATE_ACTIVE };
            assert_eq!((callbacks(), csm.state(0)), (if gone { told.clone() } else { vec![] }, state));
        }
    }
}

#[test]
fn cancelling_an_idle_job_is_ok_and_does_nothing() {
    for processing in [SYNC, ASYNC] {
        let csm = run(&[job(CRYPTO_HASH, processing, 1, 0)], &[Queue { size: 1, main_function: 0 }], 1);
        assert_eq!(cancel(0), E_OK);
        csm.main(0);
        assert_eq!(seen(), []);
    }
}

#[test]
fn a_job_whose_acceptance_is_undecided_is_not_cancelled() {
    let csm = run_async(&[1], 1);
    static CODE: AtomicU32 = AtomicU32::new(99);
    answer_with(|call| {
        if matches!(call, Down::Process { .. }) {
            CODE.store(cancel(0).into(), Ordering::SeqCst);
        }
        E_OK
    });
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    assert_eq!(CODE.load(Ordering::SeqCst), E_NOT_OK.into());
    csm.report(0, E_OK);
    assert_eq!(callbacks(), [(0, E_OK)]);
}

#[test]
fn a_synchronous_job_under_way_is_cancelled_by_the_driver_or_not_at_all() {
    for (code, returned) in [(E_NOT_OK, E_NOT_OK), (E_OK, E_OK), (CANCELED, CANCELED), (BUSY, E_NOT_OK)] {
        let csm = run(&[job(CRYPTO_HASH, SYNC, 1, 0)], &[Queue { size: 0, main_function: 0 }], 1);
        answer_with(move |call| match call {
            Down::Process { .. } => {
                assert_eq!(cancel(0), returned);
                CRYPTO_E_KEY_EMPTY
            }
            _ => code,
        });
        assert_eq!(csm.hash(0, SINGLECALL), CRYPTO_E_KEY_EMPTY);
        csm.main(0);
        assert_eq!(callbacks(), []);
    }
}

#[test]
fn a_restarted_csm_has_forgotten_every_job() {
    let mut csm = run_waiting(&[1, 2, 3]);
    assert_eq!(cancel(0), E_OK);
    csm.setup.init();
    csm.report(1, E_OK);
    csm.main(0);
    assert_eq!(seen(), []);
    assert_eq!((csm.hash(0, SINGLECALL), csm.hash(1, SINGLECALL), csm.hash(2, SINGLECALL)), (E_OK, E_OK, E_OK));
}

// A broken invariant.

#[test]
fn after_a_panic_every_call_is_refused_until_init_and_owed_callbacks_come_once_with_not_ok() {
    let mut csm = run_waiting(&[1, 2, 3, 4, 5]);
    assert_eq!(cancel(0), E_OK); // 0: callback pending
    answer_with(|call| if call == process(4) { E_OK } else { BUSY });
    csm.main(0); // 4: with the driver; 1, 2, 3 wait
    csm.report(4, E_OK);
    assert_eq!(csm.hash(4, SINGLECALL), E_OK); // 4: waits again
    answer_ok();
    csm.hash(0, SINGLECALL);
    seen();
    fault_injection::arm();
    assert_eq!(cancel(3), E_NOT_OK);
    assert_eq!(seen(), []);
    assert_eq!((csm.hash(1, SINGLECALL), seen()), (E_NOT_OK, vec![det(CSM_SID_HASH, CSM_E_UNINIT)]));
    csm.report(1, E_OK);
    assert_eq!(seen(), [det(CSM_SID_CALLBACKNOTIFICATION, CSM_E_UNINIT)]);
    csm.main(0);
    assert_eq!(callbacks(), [0, 1, 2, 3, 4].map(|job| (job, E_NOT_OK)));
    csm.main(0);
    assert_eq!(callbacks(), []);
    csm.setup.init();
    assert_eq!(csm.hash(1, SINGLECALL), E_OK);
    csm.report(1, E_OK);
    assert_eq!(callbacks(), [(1, E_OK)]);
}

#[test]
fn a_panic_leaves_the_exclusive_area_and_refuses_the_call_it_came_from() {
    let mut csm = run_async(&[1], 1);
    fault_injection::arm();
    assert_eq!(csm.hash(0, SINGLECALL), E_NOT_OK);
    csm.main(0);
    assert_eq!(callbacks(), [], "it was never accepted");
    csm.setup.init();
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
}

#[test]
fn nobody_steps_on_what_a_panic_has_left_in_the_exclusive_area() {
    let csm = run_async(&[1, 1], 1);
    let code = std::rc::Rc::new(std::cell::Cell::new(E_OK));
    let seen_by_other = code.clone();
    after_next_area(move || seen_by_other.set(std::thread::spawn(|| hash(1, SINGLECALL)).join().unwrap()));
    fault_injection::arm();
    assert_eq!(csm.hash(0, SINGLECALL), E_NOT_OK);
    assert_eq!(code.get(), E_NOT_OK, "whoever enters next finds a failed Csm");
}

/// Its owner has the buffers back then.
#[test]
fn a_driver_loses_its_job_before_a_failed_csm_tells_the_jobs_owner() {
    let csm = run_waiting(&[1, 2]);
    answer_with(|call| if call == process(1) { E_OK } else { BUSY });
    csm.main(0); // 1: with the driver; 0 waits
    answer_ok();
    seen();
    fault_injection::arm();
    assert_eq!(cancel(0), E_NOT_OK);
    csm.main(0);
    let told = [callback(0, E_NOT_OK), Down::Cancel { channel: 100, job: 1 }, callback(1, E_NOT_OK)];
    assert_eq!(seen()[1..], told);
}

#[test]
fn a_driver_loses_the_job_that_it_accepts_while_csm_fails() {
    for from_queue in [false, true] {
        let csm = if from_queue { run_waiting(&[1]) } else { run_async(&[1], 1) };
        answer_with(|call| {
            if call == process(0) {
                fault_injection::arm();
            }
            E_OK
        });
        if from_queue {
            csm.main(0);
        } else {
            assert_eq!(csm.hash(0, SINGLECALL), E_NOT_OK);
        }
        answer_ok();
        assert_eq!(seen(), [process(0), Down::Cancel { channel: 100, job: 0 }]);
    }
}
