//! The state machine of a NV block in random schedules: what users, main functions, notifications, NvM and power do, in any order.

use v2gcrypt_crypto_driver::soft::config::*;
use v2gcrypt_crypto_driver::soft::nv::machine::*;

const SCHEDULES: u64 = 40_000;
const STEPS: usize = 120;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Data {
    Never,
    Spoilt,
    Record { sequence: u32, content: u8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Request {
    write: bool,
    set: u8,
    transferred: bool,
}

/// Everything around the machine.
struct World {
    rules: Rules,
    machine: Machine,
    flash: [Data; 3],
    /// What NvM has been asked for and has not ended.
    request: Option<Request>,
    status: u8,
    /// What somebody has to perform.
    hand: Option<Action>,
    /// The hand is a notification's.
    notified: bool,
    /// Record RAM.
    ram: Data,
    /// The key: its content, whether it is VALID, and whether the loader holds it.
    content: u8,
    valid: bool,
    loading: bool,
    told: bool,
    /// What a reset may find: what was durable last, and what was VALID since.
    acceptable: Vec<Option<u8>>,
    failures: u32,
    /// A write was cut.
    torn: bool,
    reports: u32,
    /// NvM and the device key fail now and then.
    faulty: bool,
    ever_faulty: bool,
    /// Reads fail, too: what was newest may then be out of sight while something new is written.
    faulty_reads: bool,
    random: Random,
}

fn digest(content: u8) -> ContentDigest {
    [content; 32]
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let rules = Rules { retries: random.below(3) as u8, immediate: random.one_in(2), transfers: random.one_in(2) };
        let faulty = random.one_in(2);
        Self {
            rules,
            machine: Machine::new(rules),
            flash: [Data::Never; 3],
            request: None,
            status: NVM_REQ_OK,
            hand: None,
            notified: false,
            ram: Data::Spoilt,
            content: 0,
            valid: false,
            loading: true,
            told: true,
            acceptable: vec![None],
            failures: 0,
            torn: false,
            reports: 0,
            faulty,
            ever_faulty: faulty,
            faulty_reads: faulty && random.one_in(2),
            random,
        }
    }

    /// What a reset with a healthy NvM would load.
    fn durable(&self) -> Option<u8> {
        let record = |set: usize| match self.flash[set] {
            Data::Record { sequence, content } => Some((sequence, content)),
            _ => None,
        };
        // Equal numbers: the first.
        record(1).into_iter().chain(record(0)).max_by_key(|(sequence, _)| *sequence).map(|(_, content)| content)
    }

    fn feed(&mut self, event: Event) {
        let outcome = matches!(
            event,
            Event::Accepted
                | Event::Refused { .. }
                | Event::Status(_)
                | Event::Examined(_)
                | Event::Finished(_)
                | Event::Sealed(_)
        );
        let busy = self.hand.is_some();
        assert!(!(busy && outcome), "the outcome belongs to whoever had the action");
        let step = self.machine.step(event);
        if busy {
            assert_eq!(step, Step { action: Action::Nothing, report: false }, "one action at a time");
            return;
        }
        if step.report {
            self.reports += 1;
        }
        if step.action != Action::Nothing {
            self.hand = Some(step.action);
            if !outcome {
                self.notified = event == Event::Notified;
            }
        }
        // Initial values are not written where nothing was ever written.
        let initial = self.content == 0 && self.flash == [Data::Never; 3];
        if self.machine.status() == CRYPTO_SOFT_NV_IDLE && self.told && self.valid && !initial {
            assert_eq!(self.durable(), Some(self.content), "IDLE means that it is in flash: {:?}", self.flash);
            self.acceptable = vec![Some(self.content)];
        }
    }

    fn fails(&mut self) -> bool {
        self.faulty && (self.faulty_reads || !self.loading) && self.random.one_in(6)
    }

    /// Whoever has the action performs it.
    fn perform(&mut self) {
        let Some(action) = self.hand.take() else {
            return;
        };
        let event = match action {
            Action::Nothing => unreachable!(),
            Action::Poll => Event::Status(if self.request.is_some() { NVM_REQ_PENDING } else { self.status }),
            Action::Read(set) | Action::Write(set) => {
                assert_eq!(self.request, None, "NvM has one request of a block at a time");
                let write = matches!(action, Action::Write(_));
                if write && set != QUARANTINE {
                    self.check_target(set);
                }
                if self.fails() {
                    if !self.notified {
                        self.failures += 1;
                    }
                    Event::Refused { counts: !self.notified }
                } else {
                    if !write {
                        assert!(!self.machine.begin_transfer(Transfer::In), "what comes now would be wiped");
                        self.ram = Data::Never;
                        self.machine.cleared();
                    }
                    self.request = Some(Request { write, set, transferred: false });
                    if self.random.one_in(3) {
                        self.nvm_works(); // before the call returns
                    }
                    Event::Accepted
                }
            }
            Action::Examine { .. } if self.fails() => {
                self.failures += 1;
                Event::Examined(Found::Unknown)
            }
            Action::Examine { .. } if self.machine.begin_transfer(Transfer::In) => panic!("the record is being examined"),
            Action::Examine { than } => Event::Examined(match self.ram {
                Data::Never => Found::Empty,
                Data::Spoilt => Found::Corrupt,
                Data::Record { sequence, content } => {
                    assert!(self.loading);
                    if sequence > than {
                        self.content = content;
                    }
                    Found::Authentic(sequence)
                }
            }),
            Action::Finish { restored } => {
                (self.loading, self.valid) = (false, restored);
                Event::Finished(digest(self.content))
            }
            Action::Seal { sequence, known } => Event::Sealed(if self.random.one_in(8) {
                Sealing::KeyBusy
            } else if !self.valid {
                Sealing::KeyInvalid
            } else if known == Some(digest(self.content)) {
                Sealing::Same
            } else if self.fails() {
                self.failures += 1;
                Sealing::Failed
            } else {
                assert_eq!(self.request, None, "NvM uses the record RAM");
                self.ram = Data::Record { sequence, content: self.content };
                Sealing::Done(digest(self.content))
            }),
        };
        self.feed(event);
    }

    /// The copy that a reset would use is never written over, but with the same content or when its like is there.
    fn check_target(&self, set: u8) {
        if self.ever_faulty {
            return; // what could not be read may be the newest
        }
        let Data::Record { sequence, .. } = self.flash[usize::from(set)] else {
            return;
        };
        let other = self.flash[1 - usize::from(set)];
        assert!(matches!(other, Data::Record { sequence: newer, .. } if newer > sequence), "set {set} of {:?}", self.flash);
    }

    fn nvm_works(&mut self) {
        let Some(mut request) = self.request else {
            return;
        };
        if self.rules.transfers {
            let way = if request.write { Transfer::Out } else { Transfer::In };
            let wrong = if request.write { Transfer::In } else { Transfer::Out };
            assert!(!self.machine.begin_transfer(wrong));
            if !self.machine.begin_transfer(way) {
                return; // a request from before Init: NvM gives it up
            }
            // Somebody polls while it copies, and NvM says too early that it has ended.
            if self.hand.is_none() && self.random.one_in(4) {
                let reports = self.reports;
                (self.request, self.status) = (None, NVM_REQ_OK);
                self.feed(Event::Turn);
                self.perform();
                assert_eq!((self.hand, self.reports), (None, reports), "nothing happens under a transfer");
                self.request = Some(request);
            }
            self.machine.end_transfer();
        }
        request.transferred = true;
        self.request = None;
        let failing = self.fails();
        self.failures += u32::from(failing);
        self.status = if failing { NVM_REQ_NOT_OK } else { NVM_REQ_OK };
        let data = &mut self.flash[usize::from(request.set)];
        match (request.write, failing) {
            (false, false) => {
                self.ram = *data;
                if *data == Data::Never {
                    self.status = NVM_REQ_NV_INVALIDATED;
                }
            }
            (false, true) => {}
            (true, false) => *data = self.ram,
            (true, true) if self.random.one_in(3) => *data = self.ram,
            (true, true) => *data = Data::Spoilt,
        }
        if request.write && self.flash[usize::from(request.set)] == self.ram {
            if let Data::Record { content, .. } = self.ram {
                assert!(self.faulty_reads || self.acceptable.contains(&Some(content)) || request.set == QUARANTINE);
            }
        }
    }

    fn user_writes(&mut self) {
        if !self.loading {
            self.content = 1 + self.random.below(4) as u8;
            self.valid = false;
        }
    }

    fn user_sets_valid(&mut self) {
        if !self.loading {
            self.valid = true;
            self.acceptable.push(Some(self.content));
            self.told = true;
            self.feed(Event::Changed);
        }
    }

    /// Power goes off, perhaps in a write, and comes back.
    fn power_cycle(&mut self) {
        if let Some(Request { write: true, set, .. }) = self.request {
            match self.random.below(3) {
                0 => {}
                1 => (self.flash[usize::from(set)], self.torn) = (Data::Spoilt, true),
                _ => self.flash[usize::from(set)] = self.ram,
            }
        }
        let found = self.durable();
        assert!(self.faulty_reads || self.acceptable.contains(&found), "{found:?} of {:?}: {:?}", self.acceptable, self.flash);
        self.acceptable = vec![found];
        self.reset();
    }

    /// `Init`; what NvM does goes on.
    fn reset(&mut self) {
        self.machine = Machine::new(self.rules);
        (self.hand, self.content, self.valid, self.loading, self.told) = (None, 0, false, true, false);
        self.request = None;
        self.status = NVM_REQ_OK;
        self.ram = Data::Spoilt;
        self.feed(Event::Turn);
    }

    fn step(&mut self) {
        match self.random.below(22) {
            0..=6 => self.perform(),
            7..=9 => self.nvm_works(),
            10..=13 => self.feed(Event::Turn),
            14 | 15 => self.feed(Event::Notified),
            16 | 17 => self.user_writes(),
            18..=20 => self.user_sets_valid(),
            _ if self.random.one_in(4) => self.power_cycle(),
            _ => {}
        }
    }

    /// All works from now on, and nobody changes anything.
    fn calm(&mut self) {
        self.faulty = false;
        for _ in 0..40 {
            while self.hand.is_some() {
                self.perform();
            }
            self.nvm_works();
            self.feed(Event::Turn);
        }
        while self.hand.is_some() {
            self.perform();
        }
    }
}

#[test]
fn a_block_does_what_the_paper_promises_in_every_schedule() {
    let (mut reported, mut written) = (0, 0);
    // Fewer for a quick look, such as that of ci/mutants.sh.
    let count = std::env::var("V2GCRYPT_MODEL_SCHEDULES").map_or(SCHEDULES, |count| count.parse().unwrap());
    for seed in 1..=count {
        let mut world = World::new(seed);
        for _ in 0..STEPS {
            world.step();
        }
        if world.failures == 0 && !world.torn {
            assert_eq!(world.reports, 0, "seed {seed}: there was nothing to report");
        }

        // With a healthy NvM everything comes to rest, and what was set VALID last is in flash, twice.
        world.calm();
        assert_ne!(world.machine.status(), CRYPTO_SOFT_NV_LOADING, "seed {seed}");
        assert_ne!(world.machine.status(), CRYPTO_SOFT_NV_PENDING, "seed {seed}");
        world.user_writes();
        world.user_sets_valid();
        world.calm();
        assert_eq!(world.machine.status(), CRYPTO_SOFT_NV_IDLE, "seed {seed}");
        assert_eq!(world.durable(), Some(world.content), "seed {seed}");
        assert!(world.flash[..2].iter().all(|data| matches!(data, Data::Record { .. })), "seed {seed}: {:?}", world.flash);
        let content = world.content;
        world.power_cycle();
        world.calm();
        assert_eq!((world.content, world.valid), (content, true), "seed {seed}");
        reported += world.reports;
        written += u32::from(world.flash[QUARANTINE as usize] != Data::Never);
    }
    println!("{count} schedules, {reported} reports, {written} quarantines");
    assert!(count < SCHEDULES || (reported > 1000 && written > 1000), "the schedules reach what fails");
}
