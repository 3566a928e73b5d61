//! A driver that works on threads of its own, callers on theirs, a main function on its own.

mod common;

use common::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use v2gcrypt_types::*;

const CALLERS: u32 = 8;
const JOBS_PER_CALLER: u32 = 4;
const JOBS: u32 = CALLERS * JOBS_PER_CALLER;
const ROUNDS: u32 = 25;
/// Jobs that the driver takes at a time.
const CAPACITY: u32 = 12;

thread_local! {
    /// The job whose service this thread is in.
    static IN_SERVICE: Cell<Option<u32>> = const { Cell::new(None) };
}

#[derive(Default)]
struct Driver {
    records: Vec<usize>,
    /// Number of the request that the driver has, per job.
    held: Vec<Mutex<Option<u64>>>,
    deciding: Vec<AtomicBool>,
    told: Vec<AtomicU32>,
    working: AtomicU32,
    requests: AtomicU64,
    random: AtomicU64,
}

impl Driver {
    fn random(&self, bound: u64) -> u64 {
        let mut z = self.random.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    fn process(self: &Arc<Self>, job: u32) -> Std_ReturnType {
        self.deciding[job as usize].store(true, Ordering::SeqCst);
        let code = self.decide(job);
        self.deciding[job as usize].store(false, Ordering::SeqCst);
        code
    }

    fn decide(self: &Arc<Self>, job: u32) -> Std_ReturnType {
        let record = self.records[job as usize];
        match self.random(10) {
            // Ends inside the call.
            0 | 1 => {
                report_to(record, E_OK);
                return E_OK;
            }
            // Ends inside the call, on another thread.
            2 => {
                thread::spawn(move || report_to(record, E_OK)).join().unwrap();
                return E_OK;
            }
            // Reports, and refuses nevertheless.
            3 => {
                report_to(record, E_OK);
                return if self.random(2) == 0 { E_NOT_OK } else { CRYPTO_E_BUSY };
            }
            _ => {}
        }
        if self.working.fetch_add(1, Ordering::SeqCst) >= CAPACITY {
            self.working.fetch_sub(1, Ordering::SeqCst);
            return CRYPTO_E_BUSY;
        }
        let request = self.requests.fetch_add(1, Ordering::SeqCst);
        *self.held[job as usize].lock().unwrap() = Some(request);
        let delay = Duration::from_micros(self.random(50_001));
        let driver = Arc::clone(self);
        thread::spawn(move || {
            thread::sleep(delay);
            if driver.release(job, Some(request)) {
                report_to(record, E_OK);
            }
        });
        E_OK
    }

    fn cancel(&self, job: u32) -> Std_ReturnType {
        match self.random(3) {
            0 if self.release(job, None) => E_OK,
            1 if self.held[job as usize].lock().unwrap().is_some() => CRYPTO_E_JOB_CANCELED,
            _ => E_NOT_OK,
        }
    }

    /// True for the one who may end the job.
    fn release(&self, job: u32, request: Option<u64>) -> bool {
        let mut held = self.held[job as usize].lock().unwrap();
        let mine = held.is_some() && (request.is_none() || *held == request);
        if mine {
            *held = None;
            self.working.fetch_sub(1, Ordering::SeqCst);
        }
        mine
    }

    fn callback(&self, job: u32) {
        assert_ne!(IN_SERVICE.get(), Some(job), "a callback on the stack of the call that started the job");
        assert!(!self.deciding[job as usize].load(Ordering::SeqCst), "a callback before acceptance is decided");
        self.told[job as usize].fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn each_accepted_job_gets_exactly_one_callback_never_on_its_callers_stack_and_never_before_acceptance_is_decided() {
    let jobs: Vec<_> = (0..JOBS).map(|id| job(CRYPTO_HASH, ASYNC, id % 3, id % 2)).collect();
    let csm = run(&jobs, &[Queue { size: 20, main_function: 0 }; 2], 1);
    let driver = Arc::new(Driver {
        records: (0..JOBS).map(|job| csm.setup.record(job) as usize).collect(),
        held: (0..JOBS).map(|_| Mutex::new(None)).collect(),
        deciding: (0..JOBS).map(|_| AtomicBool::new(false)).collect(),
        told: (0..JOBS).map(|_| AtomicU32::new(0)).collect(),
        ..Driver::default()
    });
    let below = Arc::clone(&driver);
    answer_with(move |call| match call {
        Down::Process { job, .. } => below.process(job),
        Down::Cancel { job, .. } => below.cancel(job),
        Down::Callback { job, .. } => {
            below.callback(job);
            E_OK
        }
        _ => E_OK,
    });

    let stop = Arc::new(AtomicBool::new(false));
    let main = thread::spawn({
        let stop = Arc::clone(&stop);
        move || {
            while !stop.load(Ordering::SeqCst) {
                main_function(0);
                thread::sleep(Duration::from_millis(1));
            }
        }
    });
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let driver = Arc::clone(&driver);
            thread::spawn(move || {
                let mine = caller * JOBS_PER_CALLER..(caller + 1) * JOBS_PER_CALLER;
                let mut accepted = vec![0; JOBS_PER_CALLER as usize];
                for _ in 0..ROUNDS {
                    for (job, accepted) in mine.clone().zip(&mut accepted) {
                        IN_SERVICE.set(Some(job));
                        *accepted += u32::from(hash(job, SINGLECALL) == E_OK);
                        IN_SERVICE.set(None);
                        if driver.random(5) == 0 {
                            cancel(job);
                        }
                    }
                    for (job, &accepted) in mine.clone().zip(&accepted) {
                        for waited in 0.. {
                            let told = driver.told[job as usize].load(Ordering::SeqCst);
                            assert!(told <= accepted, "job {job}: {told} callbacks for {accepted} accepted requests");
                            if told == accepted {
                                break;
                            }
                            assert!(waited < 20_000, "job {job} waits for its callback for ever");
                            thread::sleep(Duration::from_millis(1));
                        }
                    }
                }
                accepted
            })
        })
        .collect();
    let accepted: Vec<u32> = callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect();
    thread::sleep(Duration::from_millis(60)); // longer than the driver's longest delay
    stop.store(true, Ordering::SeqCst);
    main.join().unwrap();
    let told: Vec<_> = driver.told.iter().map(|told| told.load(Ordering::SeqCst)).collect();
    assert_eq!(told, accepted);
    let total: u32 = accepted.iter().sum();
    println!("{total} jobs accepted, {total} callbacks");
    assert!(total > JOBS * ROUNDS / 2, "{total}");
}
