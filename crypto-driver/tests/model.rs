//! The state machine of a driver object against a reference that knows nothing of slots, heaps or seats: it keeps a list of
//! jobs and looks for the right one each time.
use v2gcrypt_crypto_driver::soft::errors::Refusal;
use v2gcrypt_crypto_driver::soft::keys::{Change, KeyState, KeyStore, KeyView, UsedElement};
use v2gcrypt_crypto_driver::soft::objects::{Acceptance, Cancellation, DriverObject};
use v2gcrypt_crypto_driver::soft::operation::{Mode, Operation, RandomSource};
use v2gcrypt_crypto_driver::soft::queue::Slot;
use v2gcrypt_crypto_driver::soft::request::{Input, JobRequest, Output};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, Direction};
use v2gcrypt_primitives::{HashAlgorithm, MacAlgorithm};
use v2gcrypt_types::*;

const SCHEDULES: u64 = 120_000;
const STEPS: usize = 100;
const JOBS: usize = 12;
const KEYS: usize = 2;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

#[derive(Default)]
struct Keys([KeyState; KEYS], KeyState);

impl KeyStore for Keys {
    fn key(&mut self, id: u32) -> Option<KeyView<'_>> {
        self.0.get_mut(id as usize).map(|state| KeyView {
            state,
            used_element: UsedElement::Length(16),
            nonce: UsedElement::Length(16),
        })
    }

    fn generator(&mut self) -> &mut KeyState {
        &mut self.1
    }
}

fn request(job: usize, kind: &Kind, mode: Mode) -> JobRequest {
    JobRequest {
        job: ((job + 1) * 0x1000) as *mut Crypto_JobType,
        input: Input::NONE,
        secondary: Input::NONE,
        tertiary: Input::NONE,
        output: Output::NONE,
        secondary_output: Output::NONE,
        verify: std::ptr::null_mut(),
        priority: kind.priority,
        key: kind.key as u32,
        target_key: 0,
        key_bits: 0,
        mac_bits: 0,
        operation: kind.operation,
        mode,
        asynchronous: kind.asynchronous,
    }
}

/// What a job is; it never changes.
#[derive(Debug, Clone, Copy)]
struct Kind {
    priority: u32,
    asynchronous: bool,
    operation: Operation,
    key: usize,
}

impl Kind {
    fn keyed(&self) -> bool {
        !matches!(self.operation, Operation::Hash(_) | Operation::RandomGenerate(_) | Operation::KeySetInvalid)
    }

    /// Does it change a key, so that nobody can be told that it did not happen?
    fn manages(&self) -> bool {
        matches!(self.operation, Operation::KeySetInvalid)
    }

    /// Does it draw from the generator, which is one for all objects?
    fn draws(&self) -> bool {
        matches!(self.operation, Operation::RandomGenerate(_))
    }
}

/// What a job does, as a user of it would tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    /// Accepted as the so-manieth, to do this.
    Waiting(u64, Mode),
    Computing {
        canceled: bool,
    },
}

#[derive(Debug, Clone, Copy)]
struct ModelKey {
    valid: bool,
    written: bool,
    changes: u32,
}

#[derive(Debug)]
struct Model {
    room: usize,
    kinds: Vec<Kind>,
    doing: [Doing; JOBS],
    /// The job in the middle of a stream, whether it has had an UPDATE, and how often its key had changed at START.
    stream: Option<(usize, bool, u32)>,
    wiping: bool,
    accepted: u64,
    keys: [ModelKey; KEYS],
    /// A job of another object draws.
    drawn_elsewhere: bool,
}

impl Model {
    fn waiting(&self) -> Vec<usize> {
        (0..JOBS).filter(|&job| matches!(self.doing[job], Doing::Waiting(..))).collect()
    }

    fn computing(&self) -> Option<usize> {
        (0..JOBS).find(|&job| matches!(self.doing[job], Doing::Computing { .. }))
    }

    fn owner(&self) -> Option<usize> {
        self.stream.map(|(job, ..)| job)
    }

    /// The one that a main function would begin with.
    fn next(&self) -> Option<usize> {
        if self.computing().is_some() || self.wiping {
            return None;
        }
        match self.owner() {
            Some(owner) => matches!(self.doing[owner], Doing::Waiting(..)).then_some(owner),
            None => self.waiting().into_iter().max_by_key(|&job| match self.doing[job] {
                Doing::Waiting(order, _) => (self.kinds[job].priority, u64::MAX - order),
                _ => unreachable!(),
            }),
        }
    }

    fn may(&self, job: usize, mode: Mode) -> Result<(), u8> {
        let kind = self.kinds[job];
        let stream = self.stream.filter(|(owner, ..)| *owner == job && !mode.start);
        match stream {
            None if !mode.start => return Err(E_NOT_OK),
            Some((_, updated, _)) if !updated && mode.finish && !mode.update => return Err(E_NOT_OK),
            _ => {}
        }
        let drawn_here = self.computing().is_some_and(|other| self.kinds[other].draws());
        if kind.draws() && (self.drawn_elsewhere || drawn_here) {
            return Err(CRYPTO_E_BUSY);
        }
        if kind.keyed() {
            let key = self.keys[kind.key];
            if key.written {
                return Err(CRYPTO_E_BUSY);
            }
            if !key.valid || stream.is_some_and(|(_, _, changes)| changes != key.changes) {
                return Err(CRYPTO_E_KEY_NOT_VALID);
            }
        }
        Ok(())
    }

    fn call(&mut self, job: usize, mode: Mode) -> Expected {
        if self.doing[job] != Doing::Nothing {
            return Expected::Refused(CRYPTO_E_BUSY);
        }
        if let Err(code) = self.may(job, mode) {
            if code != CRYPTO_E_BUSY && self.owner() == Some(job) {
                (self.stream, self.wiping) = (None, true);
                return Expected::RefusedAndOver(code);
            }
            return Expected::Refused(code);
        }
        let unused = self.computing().is_none() && !self.wiping && self.owner().map_or(true, |owner| owner == job);
        if !self.kinds[job].asynchronous {
            if !unused || self.waiting().iter().any(|_| self.owner() != Some(job)) {
                return Expected::Refused(CRYPTO_E_BUSY);
            }
            self.doing[job] = Doing::Computing { canceled: false };
            return Expected::Now;
        }
        let is_first = unused && (self.owner().is_some() || self.waiting().is_empty());
        let behind = self.waiting().len() - usize::from(self.next().is_some());
        if !is_first && behind >= self.room {
            return Expected::Refused(CRYPTO_E_BUSY);
        }
        self.accepted += 1;
        self.doing[job] = Doing::Waiting(self.accepted, mode);
        Expected::Later
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Now,
    Later,
    Refused(u8),
    RefusedAndOver(u8),
}

struct Run {
    model: Model,
    object: DriverObject,
    slots: Vec<Slot>,
    keys: Keys,
    computing: Option<(usize, JobRequest, Result<(), Refusal>)>,
    random: Random,
    counts: [u32; 9],
}

const MODES: [Mode; 6] = [
    Mode::SINGLECALL,
    Mode { start: true, update: false, finish: false },
    Mode { start: true, update: true, finish: false },
    Mode { start: false, update: true, finish: false },
    Mode { start: false, update: true, finish: true },
    Mode { start: false, update: false, finish: true },
];

impl Run {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let kinds = (0..JOBS)
            .map(|_| Kind {
                priority: random.below(5) as u32,
                asynchronous: !random.chance(4),
                operation: match random.below(6) {
                    0 => Operation::Hash(HashAlgorithm::Sha256),
                    1 => Operation::MacGenerate(MacAlgorithm::HmacSha256),
                    2 => Operation::Cipher(CipherAlgorithm::AesCtr, Direction::Encrypt),
                    3 => Operation::RandomGenerate(RandomSource::Drbg),
                    4 => Operation::KeySetInvalid,
                    _ => Operation::MacVerify(MacAlgorithm::HmacSha256),
                },
                key: random.below(KEYS),
            })
            .collect();
        let room = random.below(JOBS);
        let keys = [ModelKey { valid: false, written: false, changes: 0 }; KEYS];
        let doing = [Doing::Nothing; JOBS];
        let model = Model { room, kinds, doing, stream: None, wiping: false, accepted: 0, keys, drawn_elsewhere: false };
        let mut run = Self {
            model,
            object: DriverObject::default(),
            slots: vec![Slot::EMPTY; room],
            keys: Keys::default(),
            computing: None,
            random,
            counts: [0; 9],
        };
        for key in 0..KEYS {
            run.write(key);
            run.written(key, true);
        }
        run
    }

    fn step(&mut self) {
        let job = self.random.below(JOBS);
        match self.random.below(17) {
            0..=6 => self.call(job),
            7..=9 => self.main_function(),
            10 | 11 => self.finish(),
            12 => self.cancel(job),
            13 => self.wiped(),
            14 => {
                let key = job % KEYS;
                if self.model.keys[key].written {
                    let valid = !self.random.chance(4);
                    self.written(key, valid);
                } else if self.random.chance(4) {
                    self.write(key);
                }
            }
            15 => self.draw_elsewhere(),
            _ => assert_eq!(self.object.waiting() as usize, self.waiting_or_reserved()),
        }
    }

    fn waiting_or_reserved(&self) -> usize {
        self.model.waiting().len()
    }

    /// A job of another object begins to draw, or ends.
    fn draw_elsewhere(&mut self) {
        if self.model.drawn_elsewhere {
            self.keys.1.end_write(Change::None);
            self.model.drawn_elsewhere = false;
            return;
        }
        let drawn_here = self.model.computing().is_some_and(|job| self.model.kinds[job].draws());
        assert_eq!(self.keys.1.begin_write().is_err(), drawn_here);
        self.model.drawn_elsewhere = !drawn_here;
    }

    fn call(&mut self, job: usize) {
        let mode = match self.model.owner() == Some(job) && !self.random.chance(4) {
            _ if self.model.kinds[job].draws() || self.model.kinds[job].manages() => Mode::SINGLECALL,
            true => MODES[3 + self.random.below(3)],
            false => MODES[self.random.below(MODES.len())],
        };
        let request = request(job, &self.model.kinds[job], mode);
        let expected = self.model.call(job, mode);
        let got = match self.object.accept(&request, &mut self.slots, &mut self.keys) {
            Acceptance::RunNow => Expected::Now,
            Acceptance::Later => Expected::Later,
            Acceptance::Refused(refusal) => Expected::Refused(refusal.result),
            Acceptance::RefusedDiscard(refusal) => Expected::RefusedAndOver(refusal.result),
        };
        assert_eq!(got, expected, "job {job} {mode:?}\n{:#?}", self.model);
        match got {
            Expected::Now => {
                self.computing = Some((job, request, Ok(())));
                self.counts[0] += 1;
            }
            Expected::Later => self.counts[1] += 1,
            Expected::Refused(_) => self.counts[2] += 1,
            Expected::RefusedAndOver(_) => self.counts[3] += 1,
        }
    }

    fn main_function(&mut self) {
        let verdict_of = |model: &Model, job: usize| match model.doing[job] {
            Doing::Waiting(_, mode) => model.may(job, mode),
            _ => unreachable!(),
        };
        let expected = self
            .model
            .next()
            .map(|job| (job, verdict_of(&self.model, job)))
            .filter(|(_, verdict)| *verdict != Err(CRYPTO_E_BUSY));
        // No operation of this test runs in the background.
        assert!(self.object.take(true, &mut self.keys).is_none());
        let due = self.object.take(false, &mut self.keys);
        let got = due.map(|due| (due.request.job as usize / 0x1000 - 1, due.verdict.map_err(|refusal| refusal.result)));
        assert_eq!(got, expected, "{:#?}", self.model);
        if let (Some((job, _)), Some(due)) = (got, due) {
            self.model.doing[job] = Doing::Computing { canceled: false };
            self.computing = Some((job, due.request, due.verdict));
            self.counts[4] += 1;
        }
    }

    fn finish(&mut self) {
        let Some((job, request, verdict)) = self.computing.take() else {
            return;
        };
        let failed = verdict.is_err() || self.random.chance(8);
        let result = if failed { E_NOT_OK } else { E_OK };
        let kind = self.model.kinds[job];
        let Doing::Computing { canceled } = self.model.doing[job] else { unreachable!() };
        let goes_on = !failed && !request.mode.finish;
        let finished = self.object.finish(&request, result, &mut self.slots, &mut self.keys);
        assert_eq!(finished.result, if canceled { CRYPTO_E_JOB_CANCELED } else { result });
        assert_eq!(finished.active, goes_on && !canceled);
        assert_eq!(finished.discard, goes_on && canceled);
        if kind.asynchronous {
            self.report(request.job, finished.active);
        }
        self.model.doing[job] = Doing::Nothing;
        let had_update = matches!(self.model.stream, Some((_, true, _))) && !request.mode.start;
        let changes = self.model.keys[kind.key].changes;
        self.model.stream = finished.active.then_some((job, request.mode.update || had_update, changes));
        self.model.wiping = finished.discard;
        self.counts[5] += u32::from(canceled);
    }

    /// Until the report is made, nothing else is begun, and no cancellation says that there will be none.
    fn report(&mut self, record: *mut Crypto_JobType, active: bool) {
        let (mut object, mut slots) = (self.object, self.slots.clone());
        assert!(object.take(false, &mut self.keys).is_none());
        let expected = if active { Cancellation::DiscardReported } else { Cancellation::Refused };
        assert_eq!(object.cancel(record, &mut slots), expected, "{:#?}", self.model);
        self.object.reported(record);
    }

    fn cancel(&mut self, job: usize) {
        let owns = self.model.owner() == Some(job);
        let expected = match self.model.doing[job] {
            Doing::Computing { .. } if !self.model.kinds[job].asynchronous => Cancellation::Refused,
            Doing::Computing { .. } if self.model.kinds[job].manages() => {
                self.counts[8] += 1;
                Cancellation::Refused
            }
            Doing::Computing { .. } => {
                self.model.doing[job] = Doing::Computing { canceled: true };
                Cancellation::Pending
            }
            Doing::Waiting(..) if !owns => {
                self.model.doing[job] = Doing::Nothing;
                Cancellation::Removed
            }
            Doing::Waiting(..) | Doing::Nothing if owns => {
                self.model.doing[job] = Doing::Nothing;
                (self.model.stream, self.model.wiping) = (None, true);
                Cancellation::Discard
            }
            _ => Cancellation::Unknown,
        };
        let record = request(job, &self.model.kinds[job], Mode::SINGLECALL).job;
        assert_eq!(self.object.cancel(record, &mut self.slots), expected, "{:#?}", self.model);
        self.counts[6] += u32::from(expected != Cancellation::Unknown);
    }

    fn wiped(&mut self) {
        if self.model.wiping {
            self.object.discarded(&mut self.slots);
            self.model.wiping = false;
            self.counts[7] += 1;
        }
    }

    fn write(&mut self, key: usize) {
        let reader = self.model.computing().is_some_and(|job| self.model.kinds[job].keyed() && self.model.kinds[job].key == key);
        let got = self.keys.0[key].begin_write();
        assert_eq!(got.is_err(), reader);
        self.model.keys[key].written = !reader;
    }

    fn written(&mut self, key: usize, valid: bool) {
        self.keys.0[key].end_write(if valid { Change::Valid } else { Change::Unparsed });
        let model = &mut self.model.keys[key];
        *model = ModelKey { valid, written: false, changes: model.changes + 1 };
    }

    /// Nothing waits for ever: when nobody asks for more, all jobs come to their end.
    fn run_dry(&mut self) {
        if self.model.drawn_elsewhere {
            self.draw_elsewhere();
        }
        for key in 0..KEYS {
            if self.model.keys[key].written {
                self.written(key, true);
            }
        }
        for _ in 0..JOBS + 2 {
            self.finish();
            self.wiped();
            if let Some(owner) = self.model.owner() {
                self.cancel(owner);
                self.wiped();
            }
            self.main_function();
        }
        assert_eq!(self.object.waiting(), 0, "{:#?}", self.model);
        assert_eq!(self.model.doing, [Doing::Nothing; JOBS]);
        for key in &self.keys.0 {
            assert!(key.is_free(), "every key that was held has been let go");
        }
    }
}

#[test]
fn a_driver_object_does_what_the_reference_says_in_every_schedule() {
    let mut counts = [0; 9];
    for seed in 1..=SCHEDULES {
        let mut run = Run::new(seed);
        for _ in 0..STEPS {
            run.step();
        }
        run.run_dry();
        counts.iter_mut().zip(run.counts).for_each(|(sum, count)| *sum += count);
    }
    let names = ["now", "later", "refused", "over", "begun", "canceled while computing", "canceled", "wiped", "not canceled"];
    for (name, count) in names.iter().zip(counts) {
        println!("{name}: {count}");
        assert!(count > 1000, "the schedules hardly ever have a job {name}");
    }
}
