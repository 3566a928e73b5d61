//! What a job costs through the HSM driver and the simulator, beside what the machine takes to wake a thread and be woken by it,
//! in one run, in turn. Prints goals and fails beyond the floors.
#![allow(clippy::undocumented_unsafe_blocks, unsafe_code)] // see `common`
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/hsm_double/mod.rs"]
mod hsm_double;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use common::*;
use hsm_double::{Host, Plan};
use rustix::thread::{sched_getaffinity, sched_getcpu, sched_setaffinity, CpuSet};
use v2gcrypt_crypto_driver::hsm::config::CryptoHsm_TimeoutsType;
use v2gcrypt_hsm_sim::{HsmModel, Options, Simulator};

const ROUNDS: usize = 20_000;
/// Of each of the two, before the other has its turn.
const TURN: usize = 500;
/// Beyond the machine's own round trip, at p50.
const GOAL: f64 = 3.0;
/// The same, where the machine has other work, too.
const FLOOR: f64 = 6.0;

fn main() {
    // `cargo test --benches` passes this: build and start, but do not measure.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let anywhere = sched_getaffinity(None).expect("the process's cores");
    // Two threads on one core wake each other in a microsecond. On two, a virtual one that has gone to sleep is awake after thirty, and
    // the scheduler places the threads of either as it likes.
    let mut one = CpuSet::new();
    one.set(sched_getcpu());
    sched_setaffinity(None, &one).expect("one core of them");
    let idle = measure("one core");
    sched_setaffinity(None, &anywhere).expect("all again");
    measure("any core");
    busy();
    in_flight();
    println!("round trip beyond the machine's own at p50: {idle:.2} us (goal {GOAL}, floor {FLOOR}): {}", verdict(idle <= GOAL));
    assert!(idle <= FLOOR, "the floor is missed");
}

fn verdict(met: bool) -> &'static str {
    if met {
        "goal met"
    } else {
        "goal missed"
    }
}

/// A driver over a simulator of its own, with its AES key loaded.
fn host(places: u32) -> (Host, &'static Simulator) {
    let simulator = Simulator::new(Options::default()).expect("memory");
    let plan = Plan {
        objects: vec![(8, places, 0)],
        timeouts: CryptoHsm_TimeoutsType { connect: 5_000_000, fast: 10_000_000, slow: 60_000_000, synchronous: 60_000_000 },
        ..Plan::usual()
    };
    let host = Host { instance: plan.instance(simulator.transport()), double: std::ptr::null_mut() };
    host.init();
    assert_eq!(host.process(0, random_job(SYNC, 1)), E_OK, "a synchronous call waits for the connection");
    assert_eq!(host.set(0, 1, &[7; 16]), E_OK);
    assert_eq!(host.set_valid(0), E_OK);
    (host, simulator)
}

fn mac_job(processing: Enumeration) -> Job {
    Job::new(cmac(CRYPTO_MACGENERATE), processing, 0).input(&[1; 16]).output(16)
}

/// A thread that is woken, and wakes whoever woke it.
struct Echo {
    asked: Arc<AtomicU32>,
    answered: Arc<AtomicU32>,
    thread: thread::Thread,
}

impl Echo {
    fn new() -> Self {
        let (asked, answered) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let (seen, given, asker) = (asked.clone(), answered.clone(), thread::current());
        let handle = thread::spawn(move || {
            let mut last = 0;
            loop {
                let now = seen.load(Ordering::SeqCst);
                if now == last {
                    thread::park();
                    continue;
                }
                last = now;
                given.store(now, Ordering::SeqCst);
                asker.unpark();
            }
        });
        Self { asked, answered, thread: handle.thread().clone() }
    }

    fn round_trip(&self) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst).wrapping_add(1);
        self.thread.unpark();
        while self.answered.load(Ordering::SeqCst) != number {
            thread::park();
        }
    }
}

fn timed(mut work: impl FnMut()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn percentile(times: &mut [Duration], of: f64) -> f64 {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * of) as usize].as_secs_f64() * 1e6
}

/// Prints p50 and p99 of both, and gives the difference at p50 in microseconds.
fn measure(state: &str) -> f64 {
    let (host, _) = host(2);
    let echo = Echo::new();
    let job = mac_job(SYNC);
    let (mut machine, mut jobs) = (Vec::new(), Vec::new());
    while jobs.len() < ROUNDS {
        machine.extend((0..TURN).map(|_| timed(|| echo.round_trip())));
        jobs.extend((0..TURN).map(|_| {
            timed(|| {
                job.io().outputLengthPtr = leak_once();
                assert_eq!(host.process(0, job), E_OK);
            })
        }));
    }
    for (what, times) in [("thread, park and unpark", &mut machine), ("CMAC of 16 bytes, synchronous", &mut jobs)] {
        let (p50, p99) = (percentile(times, 0.5), percentile(times, 0.99));
        println!("{state}: {what}: p50 {p50:.2} us, p99 {p99:.2} us, {} round trips", times.len());
    }
    percentile(&mut jobs, 0.5) - percentile(&mut machine, 0.5)
}

/// Room for a tag, in one word that is used again and again.
fn leak_once() -> *mut u32 {
    static mut ROOM: u32 = 0;
    let room = std::ptr::addr_of_mut!(ROOM);
    unsafe { room.write(16) };
    room
}

/// The same while each core has a thread that does not stop.
fn busy() {
    let stop = Arc::new(AtomicBool::new(false));
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let spinners: Vec<_> = (0..cores)
        .map(|_| {
            let stop = stop.clone();
            thread::spawn(move || while !stop.load(Ordering::Relaxed) {})
        })
        .collect();
    measure(&format!("{cores} cores busy"));
    stop.store(true, Ordering::Relaxed);
    spinners.into_iter().for_each(|spinner| spinner.join().expect("a spinner ends"));
}

/// Asynchronous jobs in a second, one and eight at a time, each ended by its interrupt.
fn in_flight() {
    let (host, simulator) = host(8);
    let mut rates = Vec::new();
    for count in [1usize, 8] {
        let jobs: Vec<_> = (0..count).map(|_| mac_job(ASYNC)).collect();
        let rooms = jobs.iter().map(|job| job.io().outputLengthPtr).collect::<Vec<_>>();
        let begin = Instant::now();
        let mut ended = 0u32;
        while begin.elapsed() < Duration::from_secs(2) {
            for (job, room) in jobs.iter().zip(&rooms) {
                unsafe { room.write(16) };
                assert_eq!(host.process(0, *job), E_OK);
            }
            let mut waiting = jobs.clone();
            while !waiting.is_empty() {
                assert_ne!(simulator.wait_for_bell(0xF, Duration::from_secs(10)), 0, "the HSM rings");
                host.interrupt(0);
                waiting.retain(|job| job.callbacks().is_empty());
            }
            ended += count as u32;
        }
        let rate = f64::from(ended) / begin.elapsed().as_secs_f64();
        println!("CMAC of 16 bytes, asynchronous, {count} in flight: {rate:.0} jobs/s");
        rates.push(rate);
    }
    println!("eight in flight: {:.2} times the jobs of one", rates[1] / rates[0]);
}
