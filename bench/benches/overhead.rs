//! What Csm, CryIf and the driver add to a primitive: a synchronous call through the C interface beside the bare primitive,
//! in one run, in turn. Prints goals and fails below the floors.

use std::hint::black_box;
use std::time::{Duration, Instant};

use bench::ffi;
use bench::ffi::alloc_count::{allocations, Counting};
use v2gcrypt_primitives::ecdsa::SigningKey;
use v2gcrypt_primitives::{Curve, HashAlgorithm, MacAlgorithm, MacKey};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: usize = 60;

fn main() {
    // `cargo test --benches` passes this: build and start, but do not measure.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    ffi::start(4);
    let mut floors = Floors::default();
    cmac_overhead(&mut floors);
    signature_overhead(&mut floors);
    two_threads(&mut floors);
    no_allocation(&mut floors);
    job_counts(&mut floors);
    floors.verdict();
}

#[derive(Default)]
struct Floors {
    missed: Vec<String>,
}

impl Floors {
    /// Prints a figure with its goal, and notes it when it is beyond the floor. Smaller is better.
    fn check(&mut self, what: &str, figure: f64, unit: &str, goal: f64, floor: f64) {
        let verdict = if figure <= goal { "goal met" } else { "goal missed" };
        println!("{what}: {figure:.3} {unit} (goal {goal}, floor {floor}): {verdict}");
        if figure > floor {
            self.missed.push(format!("{what}: {figure:.3} {unit} is beyond {floor}"));
        }
    }

    fn verdict(self) {
        assert!(self.missed.is_empty(), "floors missed: {:#?}", self.missed);
        println!("all floors held");
    }
}

fn time(calls: u32, mut call: impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        call();
    }
    start.elapsed() / calls
}

/// Times two things in turn, so that both see the same machine; returns the medians in microseconds.
fn in_turn(calls: u32, mut first: impl FnMut(), mut second: impl FnMut()) -> (f64, f64) {
    let mut times: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(time(calls, &mut first).as_secs_f64() * 1e6);
        times[1].push(time(calls, &mut second).as_secs_f64() * 1e6);
    }
    let [first, second] = times.map(median);
    (first, second)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn cmac_overhead(floors: &mut Floors) {
    let key = MacKey::new(MacAlgorithm::AesCmac, ffi::keys().0).expect("the key is good");
    let data = [7_u8; 16];
    let mut mac = [0; 16];
    let (bare, csm) = in_turn(
        2_000,
        || {
            black_box(key.mac(black_box(&data)));
        },
        || assert_eq!(ffi::mac_generate(ffi::CMAC, black_box(&data), &mut mac), 0),
    );
    assert_eq!(mac, key.mac(&data).as_bytes());
    println!("CMAC of 16 bytes: bare {bare:.3} us, through Csm {csm:.3} us");
    floors.check("added to a 16-byte CMAC job", csm - bare, "us", 0.3, 0.6);
}

fn signature_overhead(floors: &mut Floors) {
    let key = SigningKey::new(Curve::P256, ffi::keys().1).expect("the key is good");
    let data = [7_u8; 209];
    let mut signature = [0; 64];
    let (bare, csm) = in_turn(
        60,
        || {
            black_box(key.sign(HashAlgorithm::Sha256, black_box(&data)).expect("signs"));
        },
        || assert_eq!(ffi::signature_generate(ffi::SIGN_0, black_box(&data), &mut signature), 0),
    );
    println!("ECDSA P-256 sign: bare {bare:.2} us, through Csm {csm:.2} us");
    floors.check("added to an ECDSA P-256 sign job", (csm / bare - 1.0) * 100.0, "%", 3.0, 6.0);
}

/// Two threads on two driver objects beside one, and the same with the bare primitive: what a machine without a second free
/// core takes longer is not ours.
fn two_threads(floors: &mut Floors) {
    const SIGNATURES: u32 = 500;
    let through_csm = |job| {
        let mut signature = [0; 64];
        time(SIGNATURES, || assert_eq!(ffi::signature_generate(job, &[7; 209], &mut signature), 0));
    };
    let bare = || {
        let key = SigningKey::new(Curve::P256, ffi::keys().1).expect("the key is good");
        time(SIGNATURES, || {
            black_box(key.sign(HashAlgorithm::Sha256, &[7; 209]).expect("signs"));
        });
    };
    let [mut csm_one, mut csm_two, mut bare_one, mut bare_two] = [f64::INFINITY; 4];
    for _ in 0..ROUNDS {
        csm_one = csm_one.min(wall(|| through_csm(ffi::SIGN_0)));
        csm_two = csm_two.min(wall(|| at_once(|| through_csm(ffi::SIGN_0), || through_csm(ffi::SIGN_1))));
        bare_one = bare_one.min(wall(bare));
        bare_two = bare_two.min(wall(|| at_once(bare, bare)));
    }
    let machine = (bare_two / bare_one).max(1.0);
    println!("two threads over one thread, bare primitive: {machine:.3} x; through Csm: {:.3} x", csm_two / csm_one);
    floors.check("two threads on two driver objects, over what the machine allows", csm_two / csm_one / machine, "x", 1.3, 1.3);
}

fn at_once(first: impl FnOnce() + Send, second: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        scope.spawn(first);
        scope.spawn(second);
    });
}

/// Wall time in seconds.
fn wall(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn no_allocation(floors: &mut Floors) {
    let (mut mac, mut signature) = ([0; 16], [0; 64]);
    let before = allocations();
    for _ in 0..1_000 {
        assert_eq!(ffi::mac_generate(ffi::CMAC, &[7; 16], &mut mac), 0);
    }
    for _ in 0..20 {
        assert_eq!(ffi::signature_generate(ffi::SIGN_0, &[7; 209], &mut signature), 0);
    }
    ffi::run_main_functions();
    floors.check("allocations in 1 020 jobs after Init", (allocations() - before) as f64, "", 0.0, 0.0);
}

/// A synchronous job, and six asynchronous ones at once, in configurations of 10, 1 000 and 10 000 jobs.
fn job_counts(floors: &mut Floors) {
    let counts = [10_u32, 1_000, 10_000];
    let mut sync = Vec::new();
    let mut queued = Vec::new();
    for count in counts {
        ffi::start(count);
        let mut mac = [0; 16];
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..ROUNDS {
            times.push(time(2_000, || assert_eq!(ffi::mac_generate(ffi::CMAC, &[7; 16], &mut mac), 0)).as_secs_f64() * 1e6);
        }
        sync.push(median(times));
        // The last six jobs in flight at once, whatever the number of jobs: what grows is the configuration.
        let last = count - 6..count;
        let jobs = last.len() as f64;
        let times = (0..ROUNDS).map(|_| time(100, || ffi::mac_generate_async(last.clone(), &[7; 16])).as_secs_f64() * 1e6 / jobs);
        queued.push(median(times.collect()));
    }
    println!("synchronous CMAC with 10, 1 000, 10 000 jobs: {sync:.3?} us");
    println!("asynchronous CMAC with 10, 1 000, 10 000 jobs: {queued:.3?} us");
    floors.check("10 000 jobs over 10, synchronous", sync[2] / sync[0], "x", 1.1, 1.5);
    floors.check("10 000 jobs over 10, asynchronous", queued[2] / queued[0], "x", 1.2, 1.8);
}
