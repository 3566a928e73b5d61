//! Both levels at once, each on a thread of its own, as in the simulator: harder than one that interrupts the other.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use v2gcrypt_hsm_firmware::access::{AllowList, Rights};
use v2gcrypt_hsm_firmware::fast::{Fast, FastParts};
use v2gcrypt_hsm_firmware::platform::{Bridge, Fault, HostMemory, KeyStorage, NoEntropy, Platform, StorageError, Trng};
use v2gcrypt_hsm_firmware::shared::Shared;
use v2gcrypt_hsm_firmware::slow::{Slow, SlowParts};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::algorithm::{Hash, Lifecycle, Mac, Signature};
use v2gcrypt_hsm_protocol::layout::{HSM_ACCEPTED, HSM_STATUS, MAILBOX_BYTES, MAILBOX_WORDS};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{session, Flags, HostRing, HostState, HostStatus, HsmStatus};
use v2gcrypt_hsm_protocol::{Opcode, Request, RequestData, Response, Span, Status, Window, VERSION};

const BASE: u32 = 0x2100_0000;
const PAYLOAD: u32 = BASE + MAILBOX_BYTES as u32;
const WORDS: usize = MAILBOX_WORDS + 256;

#[derive(Clone, Copy)]
struct Region<'a>(&'a [AtomicU32]);

impl HostMemory for Region<'_> {
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault> {
        Window::new(BASE, self.0).is_some_and(|window| window.read(address, to)).then_some(()).ok_or(Fault)
    }

    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault> {
        Window::new(BASE, self.0).is_some_and(|window| window.write(address, from)).then_some(()).ok_or(Fault)
    }
}

impl Bridge for Region<'_> {
    fn host_status(&self) -> u32 {
        self.0[0].load(Ordering::Acquire)
    }

    fn hsm_status(&self) -> u32 {
        self.0[HSM_STATUS].load(Ordering::Acquire)
    }

    fn set_hsm_status(&self, status: u32) {
        self.0[HSM_STATUS].store(status, Ordering::Release);
    }

    fn notify_host(&self, _: u8) {}

    fn pend_fast(&self) {}
}

struct Count(u8);

impl Trng for Count {
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy> {
        self.0 = self.0.wrapping_add(1);
        to.fill(self.0);
        Ok(())
    }
}

struct NoFlash;

impl KeyStorage for NoFlash {
    const IS_TEST_KEY: bool = true;

    fn load(&mut self, _: u16, _: &mut [u8]) -> Result<Option<usize>, StorageError> {
        Ok(None)
    }

    fn save(&mut self, _: u16, _: &[u8]) -> Result<(), StorageError> {
        Ok(())
    }

    fn purge(&mut self) -> Result<(), StorageError> {
        Ok(())
    }
}

struct Threads<'a>(std::marker::PhantomData<&'a ()>);

impl<'a> Platform for Threads<'a> {
    type Memory = Region<'a>;
    type Bridge = Region<'a>;
    type Trng = Count;
    type Aes = SoftAes;
    type FastHash = SoftHash;
    type SlowHash = SoftHash;
    type Pkc = SoftPkc;
    type Storage = NoFlash;
}

struct Host<'a> {
    words: &'a [AtomicU32],
    rings: [HostRing; 4],
    epoch: u16,
}

impl Host<'_> {
    fn connect(&mut self) {
        self.epoch += 1;
        let status = |state| HostStatus { state, version: VERSION, epoch: self.epoch }.to_word();
        self.words[0].store(status(HostState::Absent), Ordering::Release);
        self.rings.iter_mut().for_each(|ring| ring.clear(self.words));
        self.words[0].store(status(HostState::Connecting), Ordering::Release);
        while self.words[HSM_ACCEPTED].load(Ordering::Acquire) != u32::from(self.epoch) | 0x1_0000 {
            thread::yield_now();
        }
        let hsm = HsmStatus::from_word(self.words[HSM_STATUS].load(Ordering::Acquire));
        self.rings.iter_mut().for_each(|ring| ring.connect(session(self.epoch, hsm.epoch)));
        self.words[0].store(status(HostState::Connected), Ordering::Release);
    }

    fn submit(&mut self, channel: usize, request: &Request) -> u32 {
        self.rings[channel].publish(self.words, request).unwrap()
    }

    fn wait(&mut self, channel: usize) -> Response {
        loop {
            assert!(!self.rings[channel].stopped(self.words));
            match self.rings[channel].take(self.words).unwrap() {
                Some(response) => return response,
                None => thread::yield_now(),
            }
        }
    }

    fn call(&mut self, request: &Request) -> Response {
        let sequence = self.submit(0, request);
        let response = self.wait(0);
        assert_eq!((response.sequence, response.opcode), (sequence, request.opcode));
        response
    }
}

fn key(opcode: Opcode, key: u16) -> Request {
    Request { key, ..Request::new(opcode) }
}

fn define(slot: u16, kind: Kind, usage: Usage) -> Request {
    let (parameter, parameter2) = Policy { kind, usage }.to_words();
    Request { parameter, parameter2, ..key(Opcode::KeyDefine, slot) }
}

/// RFC 4493, and a signature into the payload.
fn mac() -> Request {
    let request = Request { parameter: Mac::AesCmac as u32, flags: Flags::SINGLE_CALL, ..key(Opcode::MacGenerate, 0) };
    request.with_inline(&[], &[]).unwrap()
}

fn sign(place: u32) -> Request {
    let output = Span { address: PAYLOAD + place * 64, length: 64 };
    let input = Span { address: PAYLOAD + 512, length: 100 };
    let data = RequestData::Spans { input, input2: Span::NONE, input3: Span::NONE, output, output2: Span::NONE };
    Request { data, parameter: Signature::Ecdsa as u32 | (Hash::Sha256 as u32) << 8, ..key(Opcode::Sign, 1) }
}

fn play(host: &mut Host<'_>) {
    host.connect();
    let writes = Usage::WRITE.with(Usage::MAC_GENERATE);
    for request in [
        define(0, Kind::Symmetric(SymmetricKind::Aes, 16), writes),
        define(1, Kind::Private(Group::P256), Usage::GENERATE.with(Usage::SIGN)),
        Request { parameter: Lifecycle::Factory as u32, ..Request::new(Opcode::LifecycleAdvance) },
        key(Opcode::ElementSet, 0).with_inline(&0x2b7e151628aed2a6abf7158809cf4f3cu128.to_be_bytes(), &[]).unwrap(),
        key(Opcode::KeySetValid, 0),
        key(Opcode::KeyGenerate, 1),
        key(Opcode::KeySetValid, 1),
    ] {
        assert_eq!(host.call(&request).status(), Status::Ok, "{request:?}");
    }
    let tag = 0xbb1d6929e95937287fa37d129b756746u128.to_be_bytes();
    let (mut cancelled, mut late, mut lost) = (0, 0, 0);
    for round in 0..400u32 {
        // A response to a change is there only after the change.
        let first = host.submit(2, &sign(0));
        let second = host.submit(2, &sign(1));
        assert_eq!(host.call(&mac()).bytes[..16], tag);
        assert_eq!(host.call(&key(Opcode::KeySetInvalid, 0)).status(), Status::Ok);
        assert_eq!(host.call(&mac()).status(), Status::KeyNotValid);
        assert_eq!(host.call(&key(Opcode::KeySetValid, 0)).status(), Status::Ok);
        assert_eq!(host.call(&mac()).bytes[..16], tag);
        if round % 5 == 4 {
            // Begun afresh in the midst of it: nothing of the old session comes, and its room stays as it is.
            host.submit(3, &sign(2));
            host.connect();
            let place = MAILBOX_WORDS + 32;
            host.words[place..place + 16].iter().for_each(|word| word.store(0xEEEE_EEEE, Ordering::Release));
            assert_eq!(host.call(&key(Opcode::KeyStatus, 1)).status(), Status::Ok);
            assert!(host.words[place..place + 16].iter().all(|word| word.load(Ordering::Acquire) == 0xEEEE_EEEE));
            assert!(host.rings[2].take(host.words).unwrap().is_none() && host.rings[3].take(host.words).unwrap().is_none());
            lost += 1;
            continue;
        }
        // Each is answered once: the cancelled one, or the one that was too late.
        let third = host.submit(2, &sign(3));
        let cancel = host.submit(2, &Request { parameter: third, ..Request::new(Opcode::Cancel) });
        let mut answers: Vec<_> = (0..4).map(|_| host.wait(2)).collect();
        answers.sort_by_key(|response| response.sequence);
        let told: Vec<_> = answers.iter().map(|response| (response.sequence, response.status())).collect();
        assert_eq!(told[..2], [(first, Status::Ok), (second, Status::Ok)]);
        match told[2..] {
            [(a, Status::Cancelled), (b, Status::Ok)] if (a, b) == (third, cancel) => cancelled += 1,
            [(a, Status::Ok), (b, Status::Busy)] if (a, b) == (third, cancel) => late += 1,
            _ => panic!("{told:?}"),
        }
    }
    println!("{cancelled} cancelled, {late} too late, {lost} sessions left");
}

#[test]
fn two_threads_serve_a_host_without_a_lock() {
    let words: Vec<AtomicU32> = (0..WORDS).map(|_| AtomicU32::new(0)).collect();
    let shared = Shared::new();
    let allowed = AllowList::new()
        .forbid(BASE, MAILBOX_BYTES as u32)
        .and_then(|list| list.allow(PAYLOAD, 1024, Rights::ReadWrite))
        .unwrap();
    let region = Region(&words);
    let mut slow: Slow<'_, Threads<'_>> = Slow::new(SlowParts {
        allowed: &allowed,
        shared: &shared,
        memory: region,
        bridge: region,
        trng: Count(0),
        hash: SoftHash,
        pkc: SoftPkc,
        storage: NoFlash,
    });
    slow.start();
    let mut fast: Fast<'_, Threads<'_>> = Fast::new(FastParts {
        mailbox: &words[..MAILBOX_WORDS],
        allowed: &allowed,
        shared: &shared,
        memory: region,
        bridge: region,
        trng: Count(128),
        aes: SoftAes,
        hash: SoftHash,
    });
    fast.start(&slow);
    let ended = AtomicBool::new(false);
    let goes_on = || !ended.load(Ordering::Acquire) && !thread::panicking();
    thread::scope(|scope| {
        scope.spawn(|| {
            while goes_on() {
                fast.interrupt();
                thread::yield_now();
            }
        });
        scope.spawn(|| {
            while goes_on() {
                if !slow.run_once() {
                    thread::yield_now();
                }
            }
        });
        let rings = [0, 1, 2, 3].map(|channel| HostRing::new(channel).unwrap());
        let mut host = Host { words: &words, rings, epoch: 0 };
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play(&mut host)));
        ended.store(true, Ordering::Release);
        played.unwrap();
    });
}
