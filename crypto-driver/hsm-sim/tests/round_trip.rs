//! How long a job takes through the simulator, beside what two threads need to wake each other, in the same run.
//!
//! `cargo test --release -p v2gcrypt-hsm-sim --test round_trip -- --ignored --nocapture`
#![allow(clippy::undocumented_unsafe_blocks, unsafe_code)] // see `common`
#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/hsm_double/mod.rs"]
mod hsm_double;

use std::time::{Duration, Instant};

use common::*;
use hsm_double::{Host, Plan, KEY_AES_SLOT};
use v2gcrypt_crypto_driver::hsm::config::*;
use v2gcrypt_hsm_sim::{Bell, HsmModel, Options, Simulator};

const ROUNDS: usize = 20_000;

struct Times(Vec<Duration>);

impl Times {
    fn of(mut round: impl FnMut()) -> Self {
        (0..ROUNDS / 10).for_each(|_| round()); // warm
        let mut times: Vec<_> = (0..ROUNDS)
            .map(|_| {
                let begin = Instant::now();
                round();
                begin.elapsed()
            })
            .collect();
        times.sort();
        Self(times)
    }

    fn at(&self, percent: usize) -> f64 {
        self.0[ROUNDS * percent / 100].as_nanos() as f64 / 1000.0
    }

    fn show(&self, name: &str) {
        println!("{name:40} p50 {:8.2} us   p99 {:8.2} us", self.at(50), self.at(99));
    }
}

/// Two threads that wake each other.
fn notification() -> Times {
    let (there, back) = (Bell::new(), Bell::new());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while there.wait(3, None) & 2 == 0 {
                back.ring(1);
            }
        });
        let times = Times::of(|| {
            there.ring(1);
            back.wait(1, None);
        });
        there.ring(2);
        times
    })
}

fn host() -> (Host, &'static Simulator) {
    let simulator = Simulator::new(Options::default()).unwrap();
    let mut plan = Plan::usual();
    plan.objects = vec![(8, 8, 0), (3, 2, 1)];
    plan.timeouts = CryptoHsm_TimeoutsType { connect: 5_000_000, fast: 20_000_000, slow: 20_000_000, synchronous: 20_000_000 };
    let host = Host { instance: plan.instance(simulator.transport()), double: std::ptr::null_mut() };
    host.init();
    assert_eq!(host.set(KEY_AES_SLOT, 1, &hex(AES_KEY)), E_OK);
    assert_eq!(host.set_valid(KEY_AES_SLOT), E_OK);
    (host, simulator)
}

fn mac_job(processing: Enumeration) -> Job {
    Job::new(cmac(CRYPTO_MACGENERATE), processing, KEY_AES_SLOT).input(&hex(CMAC_MESSAGE)).output(16)
}

/// CMACs in a second, so many in flight.
fn rate(host: &Host, simulator: &Simulator, in_flight: usize) -> f64 {
    let jobs: Vec<_> = (0..in_flight).map(|_| mac_job(ASYNC)).collect();
    let start = |job: &Job| assert_eq!(host.process(0, *job), E_OK);
    jobs.iter().for_each(start);
    let begin = Instant::now();
    let mut ended = 0;
    while ended < ROUNDS {
        simulator.wait_for_bell(1, Duration::from_secs(1));
        host.interrupt(0);
        for job in jobs.iter().filter(|job| job.callbacks() == [E_OK]) {
            ended += 1;
            start(job);
        }
    }
    let rate = ended as f64 / begin.elapsed().as_secs_f64();
    while jobs.iter().any(|job| host.cancel(0, *job) == E_NOT_OK) {
        host.main_function();
    }
    rate
}

#[test]
#[ignore = "figures, not a verdict: for a quiet machine and a release build"]
fn round_trips() {
    let (host, simulator) = host();
    let wake = notification();
    wake.show("two threads wake each other");
    let job = mac_job(SYNC);
    let round = Times::of(|| assert_eq!(host.process(0, job), E_OK));
    assert_eq!(job.result(), hex(CMAC_TAG));
    round.show("CMAC of 16 bytes, synchronous");
    println!("beyond waking: p50 {:.2} us", round.at(50) - wake.at(50));
    for in_flight in [1, 8] {
        println!("CMAC of 16 bytes, {in_flight} in flight: {:.0} jobs/s", rate(&host, simulator, in_flight));
    }
}
