//! A host that writes whatever it likes wherever it may: nothing panics, nothing secret gets out, nothing is written where it did not ask.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::layout::{channel, CHANNELS, DESCRIPTOR_WORDS, MAILBOX_WORDS, RING};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{session, Flags, HostState, HsmStatus, Opcode, Request, RequestData, Response, Span};

use crate::harness::*;

const STEPS: u32 = 100_000;
const STEPS_OF_A_HSM: u32 = 1000;

/// As the protocol's paper numbers the words of a channel.
const REQUESTS: usize = 32;
const RESPONSES: usize = 160;

/// Values of the slots. No eight bytes of one may ever be seen by the host.
const AES: [u8; 16] = *b"AES key, secret!";
const HMAC: [u8; 64] = *b"a key of HMAC that nobody but the HSM may know in any piece of..";
const SCALAR: [u8; 32] = *b"a private scalar below the order";
const SECRET: [u8; 48] = *b"a secret that other secrets are to be derived...";

fn slots() -> Vec<(u16, Kind, Usage)> {
    let base = Usage::WRITE.with(Usage::PERSIST).with(Usage::COPY_SOURCE).with(Usage::COPY_TARGET).with(Usage::GENERATE);
    let aead = Usage::AEAD_ENCRYPT.with(Usage::AEAD_DECRYPT).with(Usage::ENCRYPT).with(Usage::DECRYPT);
    let mac = Usage::MAC_GENERATE.with(Usage::MAC_VERIFY);
    let symmetric = |kind, length| Kind::Symmetric(kind, length);
    let private = Usage::SIGN.with(Usage::AGREE).with(Usage::CONTRACT_TARGET);
    vec![
        (0, symmetric(SymmetricKind::Aes, 16), base.with(mac).with(aead)),
        (1, symmetric(SymmetricKind::Hmac, 64), base.with(mac)),
        (2, Kind::Private(Group::P256), base.with(private)),
        (3, symmetric(SymmetricKind::Secret, 48), base.with(Usage::DERIVE_SOURCE).with(Usage::DERIVE_TARGET)),
        // Others may be read, or become what the HSM computes.
        (
            4,
            symmetric(SymmetricKind::Secret, 48),
            Usage::READ.with(Usage::WRITE).with(Usage::DERIVE_TARGET).with(Usage::COPY_TARGET),
        ),
        (5, symmetric(SymmetricKind::Secret, 32), Usage::READ.with(Usage::DERIVE_TARGET).with(Usage::DERIVE_SOURCE)),
        (6, Kind::Public(Group::P256), Usage::READ.with(Usage::WRITE).with(Usage::VERIFY)),
        (7, Kind::Private(Group::P256), Usage::CONTRACT_TARGET.with(Usage::SIGN).with(Usage::GENERATE)),
        (8, symmetric(SymmetricKind::ChaCha20, 32), Usage::GENERATE.with(aead_only())),
        (9, Kind::Private(Group::P256), Usage::GENERATE.with(Usage::SIGN).with(Usage::CONTRACT_OWNER)),
    ]
}

fn aead_only() -> Usage {
    Usage::AEAD_ENCRYPT.with(Usage::AEAD_DECRYPT)
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        next(&mut self.0) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn word(&mut self) -> u32 {
        next(&mut self.0) as u32
    }
}

struct Hostile {
    hsm: Hsm,
    dice: Dice,
    published: [u32; CHANNELS],
    /// Rooms of all descriptors of this connection that may still be in work.
    rooms: Vec<Span>,
    answered: HashSet<(usize, u32)>,
    responses: [u32; CHANNELS],
    windows: HashSet<[u8; 8]>,
    statuses: BTreeSet<u16>,
    count: u32,
}

impl Hostile {
    fn new(seed: u64) -> Self {
        let mut hsm = Hsm::operational(&slots());
        let secrets: [(u16, &[u8]); 4] = [(0, &AES), (1, &HMAC), (2, &SCALAR), (3, &SECRET)];
        for (slot, value) in secrets {
            hsm.load(slot, value);
        }
        // What the host itself wrote is no secret: it forgets.
        for address in (PAYLOAD..PAYLOAD + PAYLOAD_LEN).step_by(4) {
            assert!(hsm.memory.window(address).write(address, &[0; 4]));
        }
        let mailbox = hsm.mailbox;
        (32..MAILBOX_WORDS).for_each(|word| mailbox[word].store(0, Ordering::Relaxed));
        let windows = secrets.iter().flat_map(|(_, value)| value.windows(8)).map(|bytes| bytes.try_into().unwrap()).collect();
        hsm.memory.forget();
        let mut hostile = Self {
            hsm,
            dice: Dice(seed),
            published: [0; 4],
            rooms: vec![],
            answered: HashSet::new(),
            responses: [0; 4],
            windows,
            statuses: BTreeSet::new(),
            count: 0,
        };
        hostile.connect(1);
        hostile
    }

    fn word(&self, channel_index: usize, word: usize) -> u32 {
        self.hsm.mailbox[channel(channel_index).unwrap() + word].load(Ordering::Relaxed)
    }

    fn set(&self, channel_index: usize, word: usize, value: u32) {
        self.hsm.mailbox[channel(channel_index).unwrap() + word].store(value, Ordering::Relaxed);
    }

    fn connect(&mut self, epoch: u16) {
        (0..CHANNELS).for_each(|channel| [0, 1].iter().for_each(|word| self.set(channel, *word, 0)));
        self.hsm.set_host(HostState::Connecting, epoch);
        self.hsm.interrupt();
        self.hsm.session = session(epoch, HsmStatus::from_word(self.hsm.bells.hsm_status.get()).epoch);
        self.hsm.set_host(HostState::Connected, epoch);
        (self.published, self.responses) = ([0; 4], [0; 4]);
        self.rooms.clear();
        self.answered.clear();
        self.hsm.memory.writes.borrow_mut().clear();
    }

    fn span(&mut self) -> Span {
        let length = self.dice.of(&[
            0,
            0,
            4,
            12,
            16,
            16,
            28,
            32,
            32,
            48,
            64,
            65,
            68,
            132,
            198,
            256,
            1000,
            2048,
            2052,
            0x10000,
            0xFFFF_FFFC,
        ]);
        let inside = PAYLOAD + self.dice.word() % (PAYLOAD_LEN / 4) * 4;
        let address = match self.dice.below(40) {
            0 => MAILBOX + self.dice.word() % 4800,
            1 => FIRMWARE + self.dice.word() % 0x1_8000,
            2 => self.dice.word(),
            3 => ROM + self.dice.word() % ROM_LEN / 4 * 4,
            4 => PAYLOAD - 4 + self.dice.word() % 8,
            5 => inside + 1,
            _ => inside,
        };
        let length = if self.dice.one_in(60) { self.dice.word() } else { length };
        Span { address, length }
    }

    fn request(&mut self, channel: usize) -> Request {
        let dice = &mut self.dice;
        let opcode = match dice.below(30) {
            0 => dice.word() as u8,
            // Public keys cost time.
            1..=26 => dice.of(Opcode::ALL) as u8 % 0x40,
            _ => dice.of(Opcode::ALL) as u8,
        };
        let is_end = opcode == Opcode::LifecycleAdvance as u8 && !dice.one_in(50);
        let flags = match dice.below(20) {
            0 => Flags(dice.word() as u16),
            1..=3 => dice.of(&[Flags::START, Flags::UPDATE, Flags::FINISH, Flags(3), Flags(6), Flags(7), Flags(13), Flags(0)]),
            4..=8 => Flags(if opcode >= 0x40 { 0 } else { 15 }),
            _ => Flags(if opcode >= 0x40 { 0 } else { 14 }),
        };
        let number = |dice: &mut Dice| match dice.below(12) {
            0 => dice.word(),
            1 => 0x0301,
            2 => 0x0302,
            3 => 128,
            4 => 16,
            _ => dice.below(9) as u32,
        };
        let data = if flags.has(Flags::INLINE) {
            let lengths = [dice.below(20) as u32, dice.below(20) as u32];
            let mut bytes = [0; 32];
            bytes.iter_mut().for_each(|byte| *byte = dice.word() as u8);
            RequestData::Inline { length: lengths[0], length2: lengths[1], bytes }
        } else {
            let [input, input2, input3, output, output2] = [0; 5].map(|_| self.span());
            self.rooms.extend([output, output2]);
            RequestData::Spans { input, input2, input3, output, output2 }
        };
        let dice = &mut self.dice;
        Request {
            opcode: if is_end { Opcode::Ping as u8 } else { opcode },
            channel: if dice.one_in(200) { dice.word() as u8 } else { channel as u8 },
            flags,
            sequence: if dice.one_in(200) { dice.word() } else { self.published[channel] },
            session: if dice.one_in(200) { dice.word() } else { self.hsm.session },
            key: if dice.one_in(30) { dice.word() as u16 } else { dice.below(10) as u16 },
            context: if dice.one_in(30) { dice.word() as u16 } else { dice.below(4) as u16 },
            parameter: number(dice),
            parameter2: number(dice),
            data,
        }
    }

    fn step(&mut self) {
        let channel = self.dice.below(4) as usize;
        match self.dice.below(100) {
            0 => {
                let epoch = if self.dice.one_in(2) { self.dice.below(3) as u16 } else { self.dice.word() as u16 };
                self.connect(epoch);
            }
            1 => {
                self.hsm.bells.host_status.set(self.dice.word());
                self.settle();
                self.connect(self.published[0] as u16);
            }
            2 => self.set(channel, self.dice.clone_below(2), self.dice.peek()),
            3 => {
                // Payload changes while a command waits.
                let span = Span { address: PAYLOAD + self.dice.word() % (PAYLOAD_LEN / 4) * 4, length: 4 };
                let bytes = self.dice.word().to_le_bytes();
                assert!(self.hsm.memory.window(span.address).write(span.address, &bytes));
            }
            _ => {
                let request = self.request(channel);
                let place = REQUESTS + self.published[channel] as usize % RING * DESCRIPTOR_WORDS;
                request.to_words().iter().enumerate().for_each(|(index, word)| self.set(channel, place + index, *word));
                self.published[channel] = self.published[channel].wrapping_add(1);
                self.set(channel, 0, self.published[channel]);
            }
        }
        self.hsm.interrupt();
        if self.dice.one_in(2) {
            self.hsm.slow.run_once();
        }
        if self.dice.one_in(3) {
            self.settle();
        }
        self.check();
        let stopped = self.word(channel, 18) != 0;
        if stopped {
            self.settle();
            let epoch = self.dice.below(3) as u16;
            self.connect(epoch);
        }
    }

    /// Reads what has come, and lets the HSM end what it has begun.
    fn settle(&mut self) {
        for _ in 0..100 {
            let worked = self.hsm.slow.run_once();
            let activity = self.hsm.interrupt();
            self.check();
            if !worked && !activity.more && !activity.slow_has_work && !self.hsm.bells.pended.get() {
                break;
            }
        }
        self.rooms.clear();
    }

    fn check(&mut self) {
        let mut writes = std::mem::take(&mut *self.hsm.memory.writes.borrow_mut());
        for room in &self.rooms {
            let end = room.address.saturating_add(room.length);
            writes.retain(|address, _| !(room.address..end).contains(address));
        }
        assert!(writes.is_empty(), "nobody asked for {:x?}", writes.keys());
        for channel in 0..CHANNELS {
            let (consumed, responses) = (self.word(channel, 16), self.word(channel, 17));
            assert!(responses.wrapping_sub(self.responses[channel]) <= RING as u32 && responses <= consumed);
            while self.responses[channel] != responses {
                let place = RESPONSES + self.responses[channel] as usize % RING * DESCRIPTOR_WORDS;
                let words = std::array::from_fn(|index| self.word(channel, place + index));
                let response = Response::from_words(&words);
                assert_eq!((response.session, usize::from(response.channel)), (self.hsm.session, channel));
                assert!(response.sequence < consumed && self.answered.insert((channel, response.sequence)), "answered twice");
                self.statuses.insert(response.status);
                self.responses[channel] = self.responses[channel].wrapping_add(1);
                self.count += 1;
                self.look_for_secrets(&response.bytes);
            }
            if !self.dice.one_in(4) {
                self.set(channel, 1, responses);
            }
        }
    }

    fn look_for_secrets(&self, bytes: &[u8]) {
        let found = bytes.windows(8).find(|bytes| self.windows.contains(*bytes));
        assert!(found.is_none(), "{found:?}");
    }

    /// All that the host can read.
    fn look_everywhere(&self) {
        let bytes: Vec<u8> = self.hsm.memory.words().flat_map(u32::to_le_bytes).collect();
        self.look_for_secrets(&bytes);
        let words = self.hsm.mailbox.iter().map(|word| word.load(Ordering::Relaxed));
        self.look_for_secrets(&words.flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    }
}

impl Dice {
    fn clone_below(&self, bound: u64) -> usize {
        Dice(self.0).below(bound) as usize
    }

    fn peek(&self) -> u32 {
        let mut dice = Dice(self.0 ^ 0x55);
        if dice.one_in(2) {
            dice.word()
        } else {
            dice.below(40) as u32
        }
    }
}

#[test]
fn a_hostile_host_finds_nothing_and_breaks_nothing() {
    let (mut count, mut statuses) = (0, BTreeSet::new());
    for seed in 0..STEPS / STEPS_OF_A_HSM {
        let mut hostile = Hostile::new(u64::from(seed));
        for step in 0..STEPS_OF_A_HSM {
            hostile.step();
            if step % 50 == 0 {
                hostile.look_everywhere();
            }
        }
        hostile.settle();
        hostile.look_everywhere();
        count += hostile.count;
        statuses.append(&mut hostile.statuses);
    }
    println!("{STEPS} steps, {count} responses, statuses {statuses:x?}");
    assert!(count > STEPS / 4, "{count}");
    assert!(statuses.len() > 12, "{statuses:x?}");
}
