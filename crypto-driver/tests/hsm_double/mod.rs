//! A HSM that does what a test tells it, at the other end of the rings; and instances of the driver that are connected to it.
//!
//! What it computes is not cryptography: a checksum of the input in place of hashes, MACs and signatures, and texts with each bit
//! flipped. So a test knows what comes, in how many pieces ever it was asked for.
#![allow(dead_code)]

use std::ffi::c_void;
use std::ptr::null;
use std::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_crypto_driver::hsm::config::*;
pub use v2gcrypt_crypto_driver::hsm::ffi::*;
use v2gcrypt_hsm_protocol::layout::{CHANNELS, HOST_STATUS, HSM_ACCEPTED, HSM_STATUS, MAILBOX_BYTES};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{
    session, Flags, HostState, HostStatus, HsmRing, HsmState, HsmStatus, Opcode, Request, RequestData, Response, Span, Status,
    Window, VERSION,
};

use crate::common::*;

/// Where the HSM sees the region.
pub const BUS: u32 = 0x2100_0000;
pub const BOUNCE: u32 = 896;

/// Keys of [`Host`].
pub const KEY_AES_SLOT: u32 = 0;
pub const KEY_SIGN_SLOT: u32 = 1;
pub const KEY_VERIFY_SLOT: u32 = 2;
pub const KEY_TEXT_SLOT: u32 = 3;

/// A request that the HSM has taken.
#[derive(Clone, Copy)]
pub struct Held {
    pub request: Request,
    pub channel: usize,
}

/// The HSM.
pub struct Double {
    pub words: &'static [AtomicU32],
    rings: [HsmRing; CHANNELS],
    pub epoch: u16,
    accepted: Option<u16>,
    serves: bool,
    pub held: Vec<Held>,
    /// Time of the host: goes on by this much each time it is asked.
    pub now: u32,
    pub tick: u32,
    /// Bells that have rung: bits.
    pub bells: u32,
    /// The HSM serves whatever there is whenever the host waits.
    pub serves_while_host_waits: bool,
    /// Called whenever the host waits.
    pub on_wait: Option<Box<dyn Fn()>>,
    /// Checksums of the contexts.
    contexts: [u64; 4],
    /// Slots: defined, valid.
    pub slots: [(bool, bool); 32],
    /// Requests that were taken, by opcode.
    pub taken: Vec<u8>,
    /// Statuses to answer with, by opcode, the next times; OK: as usual.
    pub refuse: Vec<(Opcode, Status)>,
}

pub fn checksum(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

pub const SUM_START: u64 = 0xCBF2_9CE4_8422_2325;

/// What the HSM makes of a message.
pub fn result_of(message: &[u8], length: usize) -> Vec<u8> {
    spread(checksum(SUM_START, message), length)
}

fn spread(sum: u64, length: usize) -> Vec<u8> {
    sum.to_le_bytes().iter().copied().cycle().take(length).collect()
}

fn ring(channel: usize) -> HsmRing {
    HsmRing::new(channel as u8).unwrap()
}

impl Double {
    pub fn new(words: &'static [AtomicU32]) -> Self {
        let mut double = Self {
            words,
            rings: [ring(0), ring(1), ring(2), ring(3)],
            epoch: 0,
            accepted: None,
            serves: false,
            held: vec![],
            now: 0,
            tick: 1,
            bells: 0,
            serves_while_host_waits: true,
            on_wait: None,
            contexts: [0; 4],
            slots: [(false, false); 32],
            taken: vec![],
            refuse: vec![],
        };
        double.restart();
        double
    }

    pub fn window(&self) -> Window<'static> {
        Window::new(BUS, self.words).unwrap()
    }

    /// As after a power cut of the HSM: knows nothing but what is in its flash.
    pub fn restart(&mut self) {
        self.epoch = self.epoch.wrapping_add(1).max(1);
        self.rings = [ring(0), ring(1), ring(2), ring(3)];
        (self.accepted, self.serves) = (None, false);
        self.held.clear();
        self.slots.iter_mut().for_each(|slot| slot.0 = false);
        self.announce(HsmState::Ready);
    }

    pub fn announce(&self, state: HsmState) {
        let status = HsmStatus { state, version: VERSION, epoch: self.epoch };
        self.words[HSM_STATUS].store(status.to_word(), Ordering::Release);
    }

    /// The epoch that the host has now.
    pub fn host_epoch(&self) -> u16 {
        HostStatus::from_word(self.words[HOST_STATUS].load(Ordering::Acquire)).epoch
    }

    /// Looks at the host's status word.
    pub fn look(&mut self) {
        let host = HostStatus::from_word(self.words[HOST_STATUS].load(Ordering::Acquire));
        match host.state {
            HostState::Connected => self.serves = self.accepted == Some(host.epoch),
            HostState::Connecting if self.accepted != Some(host.epoch) && host.version == VERSION => {
                self.accepted = Some(host.epoch);
                self.held.clear();
                for ring in &mut self.rings {
                    ring.connect(self.words, session(host.epoch, self.epoch));
                }
                self.words[HSM_ACCEPTED].store(0x1_0000 | u32::from(host.epoch), Ordering::Release);
            }
            HostState::Absent => {
                self.serves = false;
                self.rings.iter_mut().for_each(HsmRing::close);
            }
            _ => {}
        }
    }

    /// Takes the next request of a channel.
    pub fn take(&mut self, channel: usize) -> bool {
        if !self.serves {
            return false;
        }
        let Ok(Some(request)) = self.rings[channel].take(self.words) else {
            return false;
        };
        for held in &self.held {
            for ours in spans(&request) {
                for theirs in spans(&held.request) {
                    let apart = ours.address + ours.length <= theirs.address || theirs.address + theirs.length <= ours.address;
                    assert!(apart, "a bounce buffer is lent twice: {request:?} and {:?}", held.request);
                }
            }
        }
        self.taken.push(request.opcode);
        self.held.push(Held { request, channel });
        true
    }

    /// Answers a request that it holds.
    pub fn answer(&mut self, index: usize) {
        let held = self.held[index];
        if held.request.opcode == Opcode::Cancel as u8 {
            return self.cancel(index);
        }
        let response = self.compute(&held.request);
        self.respond(index, &response);
    }

    /// Answers a CANCEL, and the request that it is about, if that still waits.
    fn cancel(&mut self, index: usize) {
        let Held { request, channel } = self.held.remove(index);
        let is_meant = |held: &Held| held.request.sequence == request.parameter && held.channel == channel;
        let waiting = self.held.iter().position(|held| is_meant(held) && held.request.opcode != Opcode::Cancel as u8);
        if let Some(at) = waiting {
            let cancelled = Response::to(&self.held[at].request, Status::Cancelled);
            self.respond(at, &cancelled);
        }
        let status = if waiting.is_some() { Status::Ok } else { Status::Busy };
        self.publish(channel, &Response::to(&request, status));
    }

    pub fn respond(&mut self, index: usize, response: &Response) {
        let held = self.held.remove(index);
        self.rings[held.channel].publish(self.words, response);
    }

    /// A response that nobody waits for, in the ring of a channel.
    pub fn publish(&mut self, channel: usize, response: &Response) -> bool {
        self.rings[channel].publish(self.words, response)
    }

    /// Serves all that is there.
    pub fn serve(&mut self) {
        self.look();
        for channel in 0..CHANNELS {
            while self.take(channel) {}
        }
        while !self.held.is_empty() {
            self.answer(0);
        }
    }

    /// Writes over all rooms that it was lent: it may, until it answers or accepts another session.
    pub fn scribble(&mut self, value: u8) {
        for held in &self.held {
            if let RequestData::Spans { output, output2, .. } = held.request.data {
                for span in [output, output2].into_iter().filter(|span| span.length != 0) {
                    assert!(self.window().write(span.address, &vec![value; span.length as usize]));
                }
            }
        }
    }

    fn input(&self, request: &Request) -> (Vec<u8>, Vec<u8>) {
        match request.data {
            RequestData::Inline { length, length2, bytes } => {
                let (first, second) = (length as usize, (length + length2) as usize);
                (bytes[..first].to_vec(), bytes[first..second].to_vec())
            }
            RequestData::Spans { input, input2, .. } => (self.read(input), self.read(input2)),
        }
    }

    fn read(&self, span: Span) -> Vec<u8> {
        let mut bytes = vec![0; span.length as usize];
        assert!(span.length == 0 || self.window().read(span.address, &mut bytes), "{span:?}");
        bytes
    }

    pub fn compute(&mut self, request: &Request) -> Response {
        let ok = Response::to(request, Status::Ok);
        let opcode = Opcode::from_number(request.opcode).unwrap();
        if let Some(at) = self.refuse.iter().position(|(one, _)| *one == opcode) {
            match self.refuse.remove(at).1 {
                Status::Ok => {}
                status => return Response::to(request, status),
            }
        }
        let slot = usize::from(request.key);
        let (input, input2) = self.input(request);
        let mode = request.flags.mode();
        let context = usize::from(request.context);
        let is_whole = mode == Flags::SINGLE_CALL;
        let start = if is_whole { SUM_START } else { self.contexts[context] };
        match opcode {
            Opcode::KeyDefine => self.slots[slot].0 = true,
            Opcode::KeyStatus => return Response { result: if self.slots[slot].1 { 4 } else { 3 }, ..ok },
            Opcode::KeySetValid | Opcode::ElementSet | Opcode::KeyGenerate | Opcode::KeySetInvalid => {
                self.slots[slot].1 = opcode == Opcode::KeySetValid;
            }
            Opcode::Encrypt | Opcode::Decrypt | Opcode::AeadEncrypt | Opcode::AeadDecrypt => {
                let RequestData::Spans { output, output2, .. } = request.data else { panic!("{request:?}") };
                let text: Vec<u8> = input.iter().map(|byte| !byte).collect();
                self.put(output, &text);
                self.put(output2, &spread(7, output2.length as usize));
                return Response { length: text.len() as u32, length2: request.parameter2, result: Response::GOOD, ..ok };
            }
            Opcode::Hash | Opcode::MacGenerate | Opcode::MacVerify => {
                if mode == Flags::START {
                    self.contexts[context] = SUM_START;
                    return ok;
                }
                let sum = checksum(start, &input);
                if !mode.has(Flags::FINISH) {
                    self.contexts[context] = sum;
                    return ok;
                }
                return self.finish(request, ok, sum, &input2);
            }
            Opcode::Sign | Opcode::SignDigest | Opcode::Verify | Opcode::VerifyDigest => {
                return self.finish(request, ok, checksum(SUM_START, &input), &input2);
            }
            Opcode::PublicKey => {
                let RequestData::Spans { output, .. } = request.data else { panic!("{request:?}") };
                self.put(output, &[4; 65]);
                return Response { length: 65, ..ok };
            }
            Opcode::Random => match request.data {
                RequestData::Inline { .. } => return Response { length: request.parameter, bytes: [0x77; 32], ..ok },
                RequestData::Spans { output, .. } => {
                    self.put(output, &vec![0x77; output.length as usize]);
                    return Response { length: output.length, ..ok };
                }
            },
            _ => {}
        }
        ok
    }

    fn finish(&mut self, request: &Request, ok: Response, sum: u64, compared: &[u8]) -> Response {
        let is_good = compared == spread(sum, compared.len());
        let result = if is_good { Response::GOOD } else { Response::BAD };
        if !compared.is_empty() {
            return Response { result, ..ok };
        }
        let length = match Opcode::from_number(request.opcode) {
            Some(Opcode::Hash) => 32,
            Some(Opcode::MacGenerate) => 16,
            _ => 64,
        };
        let value = spread(sum, length);
        match request.data {
            RequestData::Inline { .. } => {
                let mut bytes = [0; 32];
                bytes[..length].copy_from_slice(&value);
                Response { length: length as u32, bytes, ..ok }
            }
            RequestData::Spans { output, .. } => {
                self.put(output, &value);
                Response { length: length as u32, ..ok }
            }
        }
    }

    fn put(&self, span: Span, bytes: &[u8]) {
        assert!(bytes.len() <= span.length as usize && (span.address | span.length) & 3 == 0, "{span:?}");
        assert!(bytes.is_empty() || self.window().write(span.address, bytes), "{span:?}");
    }
}

fn spans(request: &Request) -> Vec<Span> {
    match request.data {
        RequestData::Inline { .. } => vec![],
        RequestData::Spans { input, input2, input3, output, output2 } => {
            [input, input2, input3, output, output2].into_iter().filter(|span| span.length != 0).collect()
        }
    }
}

extern "C" fn bell(context: *mut c_void, doorbell: u8) {
    let double = unsafe { &mut *context.cast::<Double>() };
    double.bells |= 1 << doorbell;
}

extern "C" fn now(context: *mut c_void) -> u32 {
    let double = unsafe { &mut *context.cast::<Double>() };
    double.now = double.now.wrapping_add(double.tick);
    double.now
}

extern "C" fn wait(context: *mut c_void, _channel: u8, ticks: u32) {
    let double = unsafe { &mut *context.cast::<Double>() };
    if let Some(hook) = &double.on_wait {
        hook();
    }
    if double.serves_while_host_waits {
        double.serve();
    } else {
        double.now = double.now.wrapping_add(ticks.min(100));
    }
}

/// An instance and its HSM.
#[derive(Clone, Copy)]
pub struct Host {
    pub instance: *mut CryptoHsm_InstanceType,
    pub double: *mut Double,
}

unsafe impl Send for Host {}
unsafe impl Sync for Host {}

pub const TIMEOUTS: CryptoHsm_TimeoutsType =
    CryptoHsm_TimeoutsType { connect: 10_000, fast: 20_000, slow: 40_000, synchronous: 50_000 };

pub fn usage_of(all: &[Usage]) -> Usage {
    all.iter().fold(Usage::NONE, |sum, one| sum.with(*one))
}

pub fn slot(number: u16, kind: Kind, usage: &[Usage]) -> CryptoHsm_SlotConfigType {
    let (policy_kind, policy_usage) = Policy { kind, usage: usage_of(usage) }.to_words();
    CryptoHsm_SlotConfigType { policyKind: policy_kind, policyUsage: policy_usage, number }
}

pub fn slot_element(id: u32, size: u32, slot: u32) -> CryptoHsm_KeyElementConfigType {
    CryptoHsm_KeyElementConfigType {
        keyElementId: id,
        size,
        offset: 0,
        initValue: null(),
        initLength: 0,
        slot,
        storage: CRYPTO_HSM_STORAGE_SLOT,
        readAccess: CRYPTO_SOFT_RA_DENIED,
        writeAccess: CRYPTO_SOFT_WA_ALLOWED,
        allowPartialAccess: 0,
    }
}

pub fn host_element(id: u32, size: u32, offset: u32, init: &[u8]) -> CryptoHsm_KeyElementConfigType {
    CryptoHsm_KeyElementConfigType {
        keyElementId: id,
        size,
        offset,
        initValue: leak(init),
        initLength: init.len() as u32,
        slot: CRYPTO_HSM_NO_SLOT,
        storage: CRYPTO_HSM_STORAGE_HOST,
        readAccess: CRYPTO_SOFT_RA_ALLOWED,
        writeAccess: CRYPTO_SOFT_WA_ALLOWED,
        allowPartialAccess: 1,
    }
}

pub fn public_element(id: u32, size: u32, slot: u32) -> CryptoHsm_KeyElementConfigType {
    CryptoHsm_KeyElementConfigType {
        storage: CRYPTO_HSM_STORAGE_PUBLIC_KEY,
        readAccess: CRYPTO_SOFT_RA_ALLOWED,
        writeAccess: CRYPTO_SOFT_WA_DENIED,
        ..slot_element(id, size, slot)
    }
}

pub fn key(elements: &[CryptoHsm_KeyElementConfigType], usages: &[CryptoSoft_PrimitiveConfigType]) -> CryptoHsm_KeyConfigType {
    let size = elements.iter().filter(|one| one.storage == CRYPTO_HSM_STORAGE_HOST).map(|one| one.offset + one.size).max();
    CryptoHsm_KeyConfigType {
        elements: leak(elements),
        elementCount: elements.len() as u32,
        data: leak(&vec![0u8; size.unwrap_or(0) as usize]),
        dataSize: size.unwrap_or(0),
        elementLengths: leak(&vec![0u32; elements.len()]),
        usages: leak(usages),
        usageCount: usages.len() as u32,
    }
}

fn ram<T>(count: usize) -> *mut T {
    vec![0u64; (count * size_of::<T>()).div_ceil(8)].leak().as_mut_ptr().cast()
}

/// What an instance is made of.
pub struct Plan {
    /// Objects: queue, places, channel.
    pub objects: Vec<(u32, u32, u8)>,
    pub slots: Vec<CryptoHsm_SlotConfigType>,
    pub keys: Vec<CryptoHsm_KeyConfigType>,
    pub bounce: u32,
    pub timeouts: CryptoHsm_TimeoutsType,
}

impl Plan {
    /// Two objects of two channels, and a key of each sort.
    pub fn usual() -> Self {
        let all = all_primitives();
        let aes = Kind::Symmetric(SymmetricKind::Aes, 16);
        let text = [Usage::ENCRYPT, Usage::DECRYPT, Usage::AEAD_ENCRYPT, Usage::AEAD_DECRYPT, Usage::WRITE];
        Self {
            objects: vec![(3, 2, 0), (3, 2, 1)],
            slots: vec![
                slot(4, aes, &[Usage::MAC_GENERATE, Usage::MAC_VERIFY, Usage::WRITE]),
                slot(5, Kind::Private(Group::P256), &[Usage::SIGN, Usage::GENERATE, Usage::WRITE]),
                slot(6, Kind::Public(Group::P256), &[Usage::VERIFY, Usage::WRITE]),
                slot(7, aes, &text),
            ],
            keys: vec![
                key(&[slot_element(1, 16, 0)], &all),
                key(&[slot_element(1, 32, 1), public_element(1000, 64, 1)], &all),
                key(&[slot_element(1, 65, 2)], &all),
                key(&[slot_element(1, 16, 3), host_element(5, 16, 0, &[0xF0; 16])], &all),
            ],
            bounce: BOUNCE,
            timeouts: TIMEOUTS,
        }
    }

    fn works(&self) -> u32 {
        self.objects.iter().map(|(_, works, _)| works).sum::<u32>() + 1
    }

    pub fn build(self) -> Host {
        let length = MAILBOX_BYTES as u32 + self.works() * self.bounce;
        let words: &'static [AtomicU32] = (0..length / 4).map(|_| AtomicU32::new(0)).collect::<Vec<_>>().leak();
        let double = Box::leak(Box::new(Double::new(words)));
        let transport = CryptoHsm_TransportType {
            context: (double as *mut Double).cast(),
            region: words.as_ptr().cast_mut().cast(),
            regionLength: length,
            busAddress: BUS,
            hostStatusSet: None,
            hsmStatusGet: None,
            ringDoorbell: Some(bell),
            translate: None,
            barrier: None,
            now: Some(now),
            wait: Some(wait),
        };
        Host { instance: self.instance(transport), double }
    }

    /// An instance over any transport.
    pub fn instance(self, transport: CryptoHsm_TransportType) -> *mut CryptoHsm_InstanceType {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let works = self.works();
        let primitives = all_primitives();
        let (mut slots, mut places) = (0, 0);
        let objects: Vec<_> = self
            .objects
            .iter()
            .map(|(queue, works, channel)| {
                let config = CryptoHsm_ObjectConfigType {
                    primitives: leak(&primitives),
                    primitiveCount: primitives.len() as u32,
                    queueSize: *queue,
                    firstQueueSlot: slots,
                    firstWork: places,
                    workCount: *works,
                    channel: *channel,
                };
                slots += queue;
                places += works;
                config
            })
            .collect();
        Box::leak(Box::new(CryptoHsm_InstanceType {
            magic: V2GCRYPT_CONFIG_MAGIC,
            instanceSize: size_of::<CryptoHsm_InstanceType>() as u32,
            workRamSize: size_of::<CryptoHsm_WorkRamType>() as u32,
            instanceRamSize: size_of::<CryptoHsm_InstanceRamType>() as u32,
            instanceId: NEXT.fetch_add(1, Ordering::Relaxed) % 256,
            objectCount: objects.len() as u32,
            keyCount: self.keys.len() as u32,
            slotCount: self.slots.len() as u32,
            queueSlotCount: slots,
            workCount: works,
            objects: leak(&objects),
            keys: leak(&self.keys),
            slots: leak(&self.slots),
            ram: ram(1),
            objectRam: ram(objects.len()),
            keyRam: ram(self.keys.len()),
            queueRam: ram(slots as usize),
            workRam: ram(works as usize),
            transport: leak(&[transport]),
            timeouts: self.timeouts,
            bounceOffset: MAILBOX_BYTES as u32,
            bounceSize: self.bounce,
            serviceChannel: 2,
            devErrorDetect: 1,
            tolerateEmptyInput: 0,
            macLengthInBytes: 0,
            abi: null(),
        }))
    }
}

impl Host {
    /// What Det has heard of it since the last call.
    pub fn reports(&self) -> Vec<Reported> {
        reports_of(unsafe { (*self.instance).instanceId as u8 })
    }

    /// The HSM. One reference at a time.
    #[allow(clippy::mut_from_ref)]
    pub fn hsm(&self) -> &mut Double {
        unsafe { &mut *self.double }
    }

    pub fn init(&self) {
        unsafe { V2gcrypt_CryptoHsm_Init(self.instance, null()) }
    }

    pub fn process(&self, object: u32, job: Job) -> u8 {
        unsafe { V2gcrypt_CryptoHsm_ProcessJob(self.instance, object, job.record) }
    }

    pub fn cancel(&self, object: u32, job: Job) -> u8 {
        unsafe { V2gcrypt_CryptoHsm_CancelJob(self.instance, object, job.record) }
    }

    pub fn set(&self, key: u32, element: u32, value: &[u8]) -> u8 {
        unsafe { V2gcrypt_CryptoHsm_KeyElementSet(self.instance, key, element, value.as_ptr(), value.len() as u32) }
    }

    pub fn get(&self, key: u32, element: u32, room: u32) -> (u8, Vec<u8>) {
        let mut value = vec![UNTOUCHED; room as usize];
        let mut length = room;
        let code = unsafe { V2gcrypt_CryptoHsm_KeyElementGet(self.instance, key, element, value.as_mut_ptr(), &mut length) };
        value.truncate(if code == E_OK { length as usize } else { 0 });
        (code, value)
    }

    pub fn set_valid(&self, key: u32) -> u8 {
        unsafe { V2gcrypt_CryptoHsm_KeySetValid(self.instance, key) }
    }

    pub fn set_invalid(&self, key: u32) -> u8 {
        unsafe { V2gcrypt_CryptoHsm_KeySetInvalid(self.instance, key) }
    }

    pub fn is_valid(&self, key: u32) -> bool {
        let mut status = UNTOUCHED;
        assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyGetStatus(self.instance, key, &mut status) }, E_OK);
        status == CRYPTO_KEYSTATUS_VALID
    }

    pub fn main_function(&self) {
        unsafe { V2gcrypt_CryptoHsm_MainFunction(self.instance) }
    }

    pub fn interrupt(&self, channel: u8) {
        unsafe { V2gcrypt_CryptoHsm_Interrupt(self.instance, channel) }
    }

    /// HSM and main function in turns, until the connection stands.
    pub fn connect(&self) {
        for _ in 0..40 {
            self.hsm().serve();
            self.main_function();
        }
    }

    /// Started, connected, and with all keys valid.
    pub fn start(self) -> Self {
        self.hsm().slots.iter_mut().for_each(|slot| slot.1 = true);
        self.init();
        self.connect();
        assert!((0..4).all(|key| self.is_valid(key)));
        self
    }

    /// HSM and main function in turns.
    pub fn run(&self) {
        for _ in 0..20 {
            self.hsm().serve();
            self.main_function();
        }
    }
}
