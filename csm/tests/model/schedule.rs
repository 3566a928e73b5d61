//! Schedules: a small world, what happens to it, and what the driver and the callbacks do. Made from a seed, shrunk when one
//! fails.

use crate::common::{Job, Queue, ASYNC, SYNC};
use v2gcrypt_types::*;

/// What somebody does. Job, key and main function may be one beyond the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Request {
        job: u32,
        mode: u8,
    },
    Cancel {
        job: u32,
    },
    Report {
        job: u32,
        result: u8,
    },
    /// By the driver, for the job whose call it is in.
    ReportThis {
        result: u8,
    },
    Main {
        id: u32,
    },
    Key {
        key: u32,
    },
}

/// What a driver call or a callback does before it returns, and what it returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub inside: Vec<Op>,
    pub code: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub jobs: Vec<Job>,
    pub queues: Vec<Queue>,
    pub main_functions: u32,
    pub ops: Vec<Op>,
    /// Used one after the other; `E_OK` when they are used up.
    pub reactions: Vec<Reaction>,
}

/// How deep calls may nest.
pub const DEPTH: u32 = 4;

/// Something that both the product and the reference have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trace {
    Returned(u8),
    Process {
        job: u32,
        channel: u32,
        mode: u8,
        active: bool,
    },
    CancelBelow {
        job: u32,
        channel: u32,
    },
    KeyBelow {
        key: u32,
    },
    Callback {
        job: u32,
        result: u8,
    },
    QueueFull,
    DevelopmentError {
        api: u8,
        error: u8,
    },
    /// After each operation: which jobs are `CRYPTO_JOBSTATE_ACTIVE`.
    Active(Vec<bool>),
}

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize]
    }
}

pub fn make(seed: u64) -> Schedule {
    let random = &mut Random::new(seed);
    if random.chance(10) {
        return make_rush(random);
    }
    let main_functions = 1 + random.below(2);
    let queues: Vec<_> = (0..1 + random.below(3))
        .map(|_| Queue { size: random.pick(&[0, 1, 2, 3, 5, 8, 16]), main_function: random.below(main_functions) })
        .collect();
    // Half of the worlds have many jobs that wait for few callers: queues get long and full.
    let crowd = random.chance(50);
    let streams = random.chance(60);
    let busy = random.pick(&[5, 20, 50, 90]);
    let talkative = random.pick(&[5, 20, 60]);
    let jobs: Vec<_> = (0..if crowd { 6 + random.below(16) } else { 1 + random.below(4) })
        .map(|_| Job {
            // One that streams, one that streams and writes on the way, one that Csm runs in a single call.
            service: random.pick(&[CRYPTO_HASH, CRYPTO_HASH, CRYPTO_ENCRYPT, CRYPTO_KEYGENERATE]),
            processing: if random.chance(if crowd { 10 } else { 30 }) { SYNC } else { ASYNC },
            priority: random.pick(&[0, 1, 2, 2, 3, 7, u32::MAX]),
            queue: random.below(queues.len() as u32),
            notify_updates: random.chance(30),
        })
        .collect();
    let mut schedule = Schedule { jobs, queues, main_functions, ops: vec![], reactions: vec![] };
    schedule.ops = (0..5 + random.below(75)).map(|_| op(random, &schedule, streams)).collect();
    schedule.reactions = (0..random.below(90))
        .map(|_| Reaction {
            inside: if random.chance(talkative) {
                (0..1 + random.below(2)).map(|_| op_inside(random, &schedule, streams)).collect()
            } else {
                vec![]
            },
            code: if random.chance(busy) {
                CRYPTO_E_BUSY
            } else {
                random.pick(&[E_OK, E_OK, E_OK, E_OK, E_OK, E_NOT_OK, CRYPTO_E_JOB_CANCELED, CRYPTO_E_KEY_NOT_VALID])
            },
        })
        .collect();
    schedule
}

/// Everybody comes while the driver is busy, some leave from the middle of the line, then the driver takes all.
fn make_rush(random: &mut Random) -> Schedule {
    let jobs = 8 + random.below(16);
    let job = |priority| Job { service: CRYPTO_HASH, processing: ASYNC, priority, queue: 0, notify_updates: false };
    let request = |job| Op::Request { job, mode: CRYPTO_OPERATIONMODE_SINGLECALL };
    let mut ops: Vec<_> = (0..jobs).map(request).collect();
    ops.extend((0..random.below(8)).map(|_| Op::Cancel { job: random.below(jobs) }));
    ops.extend([Op::Main { id: 0 }; 2]);
    Schedule {
        jobs: (0..jobs).map(|_| job(random.below(100))).collect(),
        queues: vec![Queue { size: jobs - random.below(3), main_function: 0 }],
        main_functions: 1,
        ops,
        reactions: vec![Reaction { inside: vec![], code: CRYPTO_E_BUSY }],
    }
}

fn op_inside(random: &mut Random, schedule: &Schedule, streams: bool) -> Op {
    if random.chance(30) {
        Op::ReportThis { result: result(random) }
    } else {
        op(random, schedule, streams)
    }
}

fn op(random: &mut Random, schedule: &Schedule, streams: bool) -> Op {
    let jobs = schedule.jobs.len() as u32;
    // Now and then an id that does not exist.
    let job = if random.chance(2) { jobs } else { random.below(jobs) };
    match random.below(100) {
        0..=44 => Op::Request { job, mode: mode(random, streams) },
        45..=52 => Op::Cancel { job },
        53..=72 => Op::Report { job, result: result(random) },
        73..=95 => Op::Main { id: random.below(schedule.main_functions * 8 + 1) / 8 },
        _ => Op::Key { key: random.below(4) },
    }
}

fn mode(random: &mut Random, streams: bool) -> u8 {
    if streams {
        random.pick(&[1, 1, 2, 2, 2, 3, 3, 4, 4, 6, 7, 7, 0, 5, 8])
    } else {
        CRYPTO_OPERATIONMODE_SINGLECALL
    }
}

fn result(random: &mut Random) -> u8 {
    random.pick(&[E_OK, E_OK, E_OK, E_NOT_OK, CRYPTO_E_KEY_EMPTY, CRYPTO_E_JOB_CANCELED, CRYPTO_E_BUSY])
}

/// The smallest schedule found that still fails, by leaving things out.
pub fn shrink(mut schedule: Schedule, fails: impl Fn(&Schedule) -> bool) -> Schedule {
    loop {
        let before = schedule.clone();
        let mut try_one = |change: &dyn Fn(&mut Schedule)| {
            let mut smaller = schedule.clone();
            change(&mut smaller);
            if smaller != schedule && fails(&smaller) {
                schedule = smaller;
            }
        };
        for index in (0..before.ops.len()).rev() {
            try_one(&|smaller| {
                if index < smaller.ops.len() {
                    smaller.ops.remove(index);
                }
            });
        }
        for index in (0..before.reactions.len()).rev() {
            try_one(&|smaller| smaller.reactions.truncate(index));
            try_one(&|smaller| {
                if index < smaller.reactions.len() {
                    smaller.reactions.remove(index);
                }
            });
            try_one(&|smaller| {
                if let Some(reaction) = smaller.reactions.get_mut(index) {
                    reaction.code = E_OK;
                }
            });
            for inside in 0..2 {
                try_one(&|smaller| {
                    if let Some(reaction) = smaller.reactions.get_mut(index) {
                        if inside < reaction.inside.len() {
                            reaction.inside.remove(inside);
                        }
                    }
                });
            }
        }
        if schedule == before {
            return schedule;
        }
    }
}
