//! An HSM and its host in one thread: memory that remembers who touched it, flash in RAM, randomness that repeats.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_hsm_firmware::access::{AllowList, Rights};
use v2gcrypt_hsm_firmware::fast::{Activity, Fast, FastParts};
use v2gcrypt_hsm_firmware::platform::{Bridge, Fault, HostMemory, KeyStorage, NoEntropy, Platform, StorageError, Trng};
use v2gcrypt_hsm_firmware::shared::Shared;
use v2gcrypt_hsm_firmware::slow::{Slow, SlowParts};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::algorithm::Lifecycle;
use v2gcrypt_hsm_protocol::layout::{CHANNELS, HSM_ACCEPTED, MAILBOX_BYTES, MAILBOX_WORDS};
use v2gcrypt_hsm_protocol::policy::{Kind, Policy, Usage};
use v2gcrypt_hsm_protocol::{session, Flags, HostRing, HostState, HostStatus, HsmState, HsmStatus};
use v2gcrypt_hsm_protocol::{Opcode, Request, RequestData, Response, Span, Status, Window, VERSION};

use crate::seams::{Aes, Curves, Hashes, Which};

pub const MAILBOX: u32 = 0x2100_0000;
pub const PAYLOAD: u32 = MAILBOX + MAILBOX_BYTES as u32;
pub const PAYLOAD_LEN: u32 = 0x8000;
/// Inputs only.
pub const ROM: u32 = 0x3000_0000;
pub const ROM_LEN: u32 = 0x400;
/// The HSM's own RAM, as the bus shows it.
pub const FIRMWARE: u32 = 0x2000_0000;

/// Words behind bus addresses: [`PAYLOAD`] and [`ROM`].
pub struct Memory {
    payload: Vec<AtomicU32>,
    rom: Vec<AtomicU32>,
    pub reads: RefCell<BTreeMap<u32, u32>>,
    pub writes: RefCell<BTreeMap<u32, u32>>,
    /// A word becomes another one as soon as it was read.
    pub is_changing: Cell<bool>,
    /// What the host does while a command reads its input.
    pub meanwhile: Cell<Option<Box<dyn FnMut()>>>,
}

impl Memory {
    fn new() -> Self {
        let words = |length: u32| (0..length / 4).map(|_| AtomicU32::new(0xEEEE_EEEE)).collect();
        let (payload, rom) = (words(PAYLOAD_LEN), words(ROM_LEN));
        Self {
            payload,
            rom,
            reads: RefCell::default(),
            writes: RefCell::default(),
            is_changing: Cell::new(false),
            meanwhile: Cell::default(),
        }
    }

    pub fn window(&self, address: u32) -> Window<'_> {
        let window = if address >= ROM { Window::new(ROM, &self.rom) } else { Window::new(PAYLOAD, &self.payload) };
        window.unwrap()
    }

    pub fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.payload.iter().chain(&self.rom).map(|word| word.load(Ordering::Relaxed))
    }

    pub fn forget(&self) {
        self.reads.borrow_mut().clear();
        self.writes.borrow_mut().clear();
    }
}

fn addresses(address: u32, length: usize) -> impl Iterator<Item = u32> {
    (0..length.div_ceil(4) as u32).map(move |index| address + index * 4)
}

impl HostMemory for &Memory {
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault> {
        assert!(self.window(address).read(address, to), "{address:#x} {}", to.len());
        for word in addresses(address, to.len()) {
            *self.reads.borrow_mut().entry(word).or_default() += 1;
            if self.is_changing.get() {
                assert!(self.window(word).write(word, &[0xBA; 4]));
            }
        }
        if let Some(mut meanwhile) = self.meanwhile.take() {
            meanwhile();
            self.meanwhile.set(Some(meanwhile));
        }
        Ok(())
    }

    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault> {
        assert!(address < ROM && self.window(address).write(address, from), "{address:#x} {}", from.len());
        addresses(address, from.len()).for_each(|word| *self.writes.borrow_mut().entry(word).or_default() += 1);
        Ok(())
    }
}

#[derive(Default)]
pub struct Bells {
    pub host_status: Cell<u32>,
    pub hsm_status: Cell<u32>,
    pub rung: Cell<u32>,
    /// Channels in the order in which they were rung.
    pub told: RefCell<Vec<usize>>,
    pub pended: Cell<bool>,
}

impl Bridge for &Bells {
    fn host_status(&self) -> u32 {
        self.host_status.get()
    }

    fn hsm_status(&self) -> u32 {
        self.hsm_status.get()
    }

    fn set_hsm_status(&self, status: u32) {
        self.hsm_status.set(status);
    }

    fn notify_host(&self, channel: u8) {
        self.rung.set(self.rung.get() | 1 << channel);
        self.told.borrow_mut().push(usize::from(channel));
    }

    fn pend_fast(&self) {
        self.pended.set(true);
    }
}

/// Records by number; what survives a restart.
#[derive(Clone, Default)]
pub struct Flash {
    pub records: Rc<RefCell<BTreeMap<u16, Vec<u8>>>>,
    pub tampered: Rc<RefCell<Vec<u16>>>,
    pub is_broken: Rc<Cell<bool>>,
    pub purges: Rc<Cell<u32>>,
}

impl KeyStorage for Flash {
    const IS_TEST_KEY: bool = true;

    fn load(&mut self, id: u16, to: &mut [u8]) -> Result<Option<usize>, StorageError> {
        if self.tampered.borrow().contains(&id) {
            return Err(StorageError::Tampered);
        }
        Ok(self.records.borrow().get(&id).map(|record| {
            to[..record.len()].copy_from_slice(record);
            record.len()
        }))
    }

    fn save(&mut self, id: u16, bytes: &[u8]) -> Result<(), StorageError> {
        if self.is_broken.get() {
            return Err(StorageError::Failed);
        }
        self.records.borrow_mut().insert(id, bytes.to_vec());
        Ok(())
    }

    fn purge(&mut self) -> Result<(), StorageError> {
        self.purges.set(self.purges.get() + 1);
        if self.is_broken.get() {
            Err(StorageError::Failed)
        } else {
            Ok(())
        }
    }
}

/// SplitMix64; gives nothing while it is dry.
#[derive(Clone)]
pub struct Source(pub u64, pub Rc<Cell<bool>>);

impl Trng for Source {
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy> {
        if self.1.get() {
            return Err(NoEntropy);
        }
        to.iter_mut().for_each(|byte| *byte = next(&mut self.0) as u8);
        Ok(())
    }
}

pub fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

pub struct Bench;

impl Platform for Bench {
    type Memory = &'static Memory;
    type Bridge = &'static Bells;
    type Trng = Source;
    type Aes = Aes;
    type FastHash = Hashes;
    type SlowHash = Hashes;
    type Pkc = Curves;
    type Storage = Flash;
}

/// A request with its data apart.
#[derive(Clone)]
pub struct Call {
    pub request: Request,
    pub inputs: [Vec<u8>; 3],
    pub rooms: [u32; 2],
    pub is_inline: bool,
}

pub fn call(opcode: Opcode) -> Call {
    let is_message = (0x10..0x17).contains(&(opcode as u8));
    let flags = if is_message { Flags::SINGLE_CALL } else { Flags(0) };
    let request = Request { flags, ..Request::new(opcode) };
    Call { request, inputs: Default::default(), rooms: [0, 0], is_inline: false }
}

impl Call {
    pub fn key(mut self, key: u16) -> Self {
        self.request.key = key;
        self
    }

    pub fn flags(mut self, flags: Flags, context: u16) -> Self {
        (self.request.flags, self.request.context) = (flags, context);
        self
    }

    pub fn parameters(mut self, parameter: u32, parameter2: u32) -> Self {
        (self.request.parameter, self.request.parameter2) = (parameter, parameter2);
        self
    }

    pub fn input(mut self, input: &[u8]) -> Self {
        self.inputs[0] = input.to_vec();
        self
    }

    pub fn input2(mut self, input: &[u8]) -> Self {
        self.inputs[1] = input.to_vec();
        self
    }

    pub fn input3(mut self, input: &[u8]) -> Self {
        self.inputs[2] = input.to_vec();
        self
    }

    pub fn room(mut self, room: u32) -> Self {
        self.rooms[0] = room;
        self
    }

    pub fn room2(mut self, room: u32) -> Self {
        self.rooms[1] = room;
        self
    }

    pub fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub response: Response,
    pub outputs: [Vec<u8>; 2],
}

impl Answer {
    pub fn status(&self) -> Status {
        self.response.status()
    }

    #[track_caller]
    pub fn ok(self) -> Vec<u8> {
        assert_eq!(self.status(), Status::Ok);
        self.outputs.into_iter().next().unwrap()
    }

    #[track_caller]
    pub fn is_good(&self) -> bool {
        assert_eq!(self.status(), Status::Ok);
        assert!([Response::GOOD, Response::BAD].contains(&self.response.result));
        self.response.result == Response::GOOD
    }
}

pub struct Hsm {
    pub memory: &'static Memory,
    pub mailbox: &'static [AtomicU32],
    pub bells: &'static Bells,
    pub shared: &'static Shared,
    pub flash: Flash,
    pub is_dry: Rc<Cell<bool>>,
    pub fast: Fast<'static, Bench>,
    pub slow: Slow<'static, Bench>,
    pub hosts: [HostRing; CHANNELS],
    pub session: u32,
    epoch: u16,
    free: u32,
}

pub fn allowed() -> AllowList {
    AllowList::new()
        .forbid(MAILBOX, MAILBOX_BYTES as u32)
        .and_then(|list| list.forbid(FIRMWARE, 0x1_8000))
        .and_then(|list| list.allow(PAYLOAD, PAYLOAD_LEN, Rights::ReadWrite))
        .and_then(|list| list.allow(ROM, ROM_LEN, Rights::Read))
        .unwrap()
}

impl Hsm {
    /// A HSM that is new, connected.
    pub fn new() -> Self {
        Self::start(Flash::default(), 0)
    }

    /// One that has its slots and is operational.
    pub fn operational(slots: &[(u16, Kind, Usage)]) -> Self {
        let mut hsm = Self::factory(slots);
        hsm.advance(Lifecycle::Operational);
        hsm
    }

    /// One in the factory.
    pub fn factory(slots: &[(u16, Kind, Usage)]) -> Self {
        let mut hsm = Self::new();
        for (slot, kind, usage) in slots {
            assert_eq!(hsm.define(*slot, *kind, *usage), Status::Ok);
        }
        hsm.advance(Lifecycle::Factory);
        hsm
    }

    /// With what flash has, after a status word of an earlier life.
    pub fn start(flash: Flash, hsm_status: u32) -> Self {
        let mut hsm = Self::boot(flash, hsm_status);
        hsm.connect();
        hsm
    }

    pub fn boot(flash: Flash, hsm_status: u32) -> Self {
        let memory: &'static Memory = Box::leak(Box::new(Memory::new()));
        let bells: &'static Bells = Box::leak(Box::default());
        let shared: &'static Shared = Box::leak(Box::new(Shared::new()));
        let mailbox: &'static [AtomicU32] = (0..MAILBOX_WORDS).map(|_| AtomicU32::new(0xDEAD_BEEF)).collect::<Vec<_>>().leak();
        let allowed: &'static AllowList = Box::leak(Box::new(allowed()));
        bells.hsm_status.set(hsm_status);
        let is_dry = Rc::new(Cell::new(false));
        let trng = |seed| Source(seed, is_dry.clone());
        let mut slow = Slow::new(SlowParts {
            allowed,
            shared,
            memory,
            bridge: bells,
            trng: trng(1),
            hash: Hashes(SoftHash, Which::SlowHash),
            pkc: Curves(SoftPkc),
            storage: flash.clone(),
        });
        slow.start();
        let parts = FastParts {
            mailbox,
            allowed,
            shared,
            memory,
            bridge: bells,
            trng: trng(2),
            aes: Aes(SoftAes),
            hash: Hashes(SoftHash, Which::FastHash),
        };
        let mut fast = Fast::new(parts);
        fast.start(&slow);
        let hosts = [0, 1, 2, 3].map(|channel| HostRing::new(channel).unwrap());
        Self { memory, mailbox, bells, shared, flash, is_dry, fast, slow, hosts, session: 0, epoch: 6, free: PAYLOAD }
    }

    /// What a restart makes of it.
    pub fn restart(self) -> Self {
        Self::start(self.flash, self.bells.hsm_status.get())
    }

    pub fn set_host(&self, state: HostState, epoch: u16) {
        self.bells.host_status.set(HostStatus { state, version: VERSION, epoch }.to_word());
    }

    /// As the protocol's paper has it.
    pub fn connect(&mut self) {
        self.epoch += 1;
        self.set_host(HostState::Absent, 0);
        let mailbox = self.mailbox;
        self.hosts.iter_mut().for_each(|host| host.clear(mailbox));
        self.set_host(HostState::Connecting, self.epoch);
        self.fast.interrupt();
        let status = HsmStatus::from_word(self.bells.hsm_status.get());
        assert_eq!((status.state, status.version), (HsmState::Ready, VERSION));
        assert_eq!(self.accepted(), 0x1_0000 | u32::from(self.epoch));
        self.session = session(self.epoch, status.epoch);
        let session = self.session;
        self.hosts.iter_mut().for_each(|host| host.connect(session));
        self.set_host(HostState::Connected, self.epoch);
    }

    pub fn accepted(&self) -> u32 {
        self.mailbox[HSM_ACCEPTED].load(Ordering::Relaxed)
    }

    pub fn interrupt(&mut self) -> Activity {
        self.bells.pended.set(false);
        self.fast.interrupt()
    }

    /// Until nothing is left to do.
    pub fn run(&mut self) {
        loop {
            let activity = self.interrupt();
            let worked = self.slow.run_once();
            assert!(worked || !activity.slow_has_work || !self.bells.pended.get());
            if !worked && !self.bells.pended.get() {
                return;
            }
        }
    }

    /// Payload for bytes, then for a whole number of words.
    pub fn put(&mut self, bytes: &[u8]) -> Span {
        let span = self.reserve(bytes.len() as u32);
        assert!(bytes.is_empty() || self.memory.window(span.address).write(span.address, bytes));
        span
    }

    pub fn reserve(&mut self, length: u32) -> Span {
        let whole = length.next_multiple_of(4);
        if self.free + whole > PAYLOAD + PAYLOAD_LEN {
            self.free = PAYLOAD;
        }
        let span = Span { address: self.free, length };
        self.free += whole;
        span
    }

    pub fn get(&self, span: Span, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        assert!(length == 0 || self.memory.window(span.address).read(span.address, &mut bytes));
        bytes
    }

    /// The request of a call, its data in place, and its rooms.
    pub fn lay(&mut self, call: &Call) -> (Request, [Span; 2]) {
        if call.is_inline {
            let request = call.request.with_inline(&call.inputs[0], &call.inputs[1]).unwrap();
            return (request, [Span::NONE; 2]);
        }
        let [input, input2, input3] = [0, 1, 2].map(|index| self.put(&call.inputs[index]));
        let [output, output2] = call.rooms.map(|room| self.reserve(room));
        let data = RequestData::Spans { input, input2, input3, output, output2 };
        (Request { data, ..call.request }, [output, output2])
    }

    pub fn submit(&mut self, channel: usize, request: &Request) -> u32 {
        self.hosts[channel].publish(self.mailbox, request).unwrap()
    }

    pub fn response(&mut self, channel: usize) -> Option<Response> {
        self.hosts[channel].take(self.mailbox).unwrap()
    }

    #[track_caller]
    pub fn call(&mut self, call: Call) -> Answer {
        self.call_on(0, call)
    }

    #[track_caller]
    pub fn call_on(&mut self, channel: usize, call: Call) -> Answer {
        let (request, rooms) = self.lay(&call);
        let sequence = self.submit(channel, &request);
        self.run();
        let response = self.response(channel).expect("an answer");
        assert_eq!((response.opcode, response.sequence), (call.request.opcode, sequence));
        assert!(self.bells.rung.get() >> channel & 1 == 1);
        let lengths = [response.length as usize, response.length2 as usize];
        let outputs = if call.is_inline {
            let (first, second) = response.bytes[..lengths[0] + lengths[1]].split_at(lengths[0]);
            [first.to_vec(), second.to_vec()]
        } else {
            [self.get(rooms[0], lengths[0]), self.get(rooms[1], lengths[1])]
        };
        Answer { response, outputs }
    }

    #[track_caller]
    pub fn status(&mut self, call: Call) -> Status {
        self.call(call).status()
    }

    pub fn define(&mut self, slot: u16, kind: Kind, usage: Usage) -> Status {
        let (first, second) = Policy { kind, usage }.to_words();
        self.status(call(Opcode::KeyDefine).key(slot).parameters(first, second))
    }

    pub fn advance(&mut self, to: Lifecycle) {
        self.call(call(Opcode::LifecycleAdvance).parameters(to as u32, 0)).ok();
    }

    /// Writes a value and makes it valid.
    #[track_caller]
    pub fn load(&mut self, slot: u16, value: &[u8]) {
        self.call(call(Opcode::ElementSet).key(slot).input(value)).ok();
        self.call(call(Opcode::KeySetValid).key(slot)).ok();
    }
}

pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap() as u8;
    digits.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}
