//! The fast level: the exception of the doorbell.
//!
//! It alone takes requests, publishes responses and writes to the host's memory, and it is what accepts a host's epoch: after that,
//! nothing of an older connection is written. It never waits for the other level, which it interrupts.

mod command;
mod link;
mod output;
mod plan;
mod streams;
mod symmetric;
mod table;

use core::sync::atomic::AtomicU32;

use v2gcrypt_hsm_protocol::layout::{CHANNELS, RING};
use v2gcrypt_hsm_protocol::{HsmRing, HsmState, HsmStatus, Request, Response, Status, VERSION};

use crate::access::AllowList;
use crate::log::{Code, Event, Log};
use crate::platform::{Bridge, Platform};
use crate::random::Random;
use crate::shared::{Shared, Update};
use crate::slow::Slow;
use link::Link;
use output::Outputs;
use symmetric::Symmetric;

/// Bytes of input that one command takes at most: longer messages come in pieces.
pub const MAX_PIECE: usize = 2048;
/// Contexts of streams.
pub const CONTEXTS: usize = 4;
/// Requests that one exception serves at most.
const TURNS: usize = CHANNELS * RING;

/// What the fast level is made of.
pub struct FastParts<'a, P: Platform> {
    /// The mailbox, from its first word.
    pub mailbox: &'a [AtomicU32],
    /// What requests may name. The mailbox is no part of it.
    pub allowed: &'a AllowList,
    /// What both levels have.
    pub shared: &'a Shared,
    /// The host's memory.
    pub memory: P::Memory,
    /// Status words and doorbells.
    pub bridge: P::Bridge,
    /// Randomness for this level.
    pub trng: P::Trng,
    /// AES for this level.
    pub aes: P::Aes,
    /// Hashes for this level.
    pub hash: P::FastHash,
}

/// What is left when the exception ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// Commands wait for the slow level: a board whose thread sleeps has to wake it. An exception does so on a Cortex-M.
    pub slow_has_work: bool,
    /// There may be more requests: the fast level is pended.
    pub more: bool,
}

/// The fast level.
pub struct Fast<'a, P: Platform> {
    mailbox: &'a [AtomicU32],
    allowed: &'a AllowList,
    shared: &'a Shared,
    memory: P::Memory,
    bridge: P::Bridge,
    rings: [Option<HsmRing>; CHANNELS],
    link: Link,
    /// Goes up with each job for the slow level.
    age: u32,
    /// Channels with new responses.
    rung: u8,
    /// Requests of each channel since one behind it was served.
    served: [u8; CHANNELS],
    random: Random<P::Trng>,
    symmetric: Symmetric<P>,
    log: Log,
    is_test_key: bool,
}

impl<'a, P: Platform> Fast<'a, P> {
    /// Serves nothing before [`Self::start`].
    pub fn new(parts: FastParts<'a, P>) -> Self {
        let FastParts { mailbox, allowed, shared, memory, bridge, trng, aes, hash } = parts;
        Self {
            mailbox,
            allowed,
            shared,
            memory,
            bridge,
            rings: [0, 1, 2, 3].map(HsmRing::new),
            link: Link::NONE,
            age: 0,
            rung: 0,
            served: [0; CHANNELS],
            random: Random::new(trng, b"v2gcrypt HSM fast"),
            symmetric: Symmetric::new(aes, hash),
            log: Log::new(),
            is_test_key: false,
        }
    }

    /// Takes over what `slow`, which has started, has loaded, and tells the host that the HSM is ready. Interrupts are still off.
    pub fn start(&mut self, slow: &Slow<'a, P>) {
        slow.boot_events().for_each(|event| self.log.add(event));
        slow.boot_keys().for_each(|update| self.apply(&update));
        self.is_test_key = slow.is_test_key();
        let epoch = match HsmStatus::from_word(self.bridge.hsm_status()).epoch.wrapping_add(1) {
            0 => 1,
            epoch => epoch,
        };
        self.link = Link::new(epoch);
        self.forget_host();
        self.log.add(Event::new(Code::Started, u32::from(epoch)));
        self.bridge.set_hsm_status(HsmStatus { state: HsmState::Ready, version: VERSION, epoch }.to_word());
    }

    /// Tells the host that the HSM is out of order.
    pub fn give_up(&mut self) {
        self.forget_host();
        let status = HsmStatus { state: HsmState::Broken, version: VERSION, epoch: self.link.own_epoch() };
        self.bridge.set_hsm_status(status.to_word());
    }

    /// The exception: whatever it was pended for. Bounded: as many requests as all rings hold.
    pub fn interrupt(&mut self) -> Activity {
        let more = (0..TURNS).all(|_| self.turn());
        self.ring_host();
        if more {
            self.bridge.pend_fast();
        }
        Activity { slow_has_work: !self.shared.queue.is_empty(), more }
    }

    /// Events of the log: for a board that shows it.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// One request, and before it whatever must not wait for many. False: there was no request.
    fn turn(&mut self) -> bool {
        self.look_at_host();
        self.collect();
        let request = self.next();
        self.ring_host();
        request.map(|request| self.serve(&request)).is_some()
    }

    /// The request that is due: of the most urgent channel that has one, but a channel that was served [`RING`] times lets one of those
    /// behind it pass. As its ring holds no more, none of its requests waits for two of theirs.
    fn next(&mut self) -> Option<Request> {
        if !self.link.is_serving() {
            return None;
        }
        for _ in 0..2 {
            for channel in 0..CHANNELS {
                if self.served.get(channel).is_some_and(|served| usize::from(*served) >= RING) {
                    continue;
                }
                if let Some(request) = self.take(channel as u8) {
                    self.count(channel);
                    return Some(request);
                }
            }
            self.served = [0; CHANNELS]; // there is nobody to let pass
        }
        None
    }

    fn count(&mut self, channel: usize) {
        self.served.iter_mut().take(channel).for_each(|served| *served = 0);
        if let Some(served) = self.served.get_mut(channel) {
            *served = served.saturating_add(1);
        }
    }

    fn take(&mut self, channel: u8) -> Option<Request> {
        let (ring, mailbox) = self.ring(channel)?;
        ring.take(mailbox).unwrap_or_else(|violation| {
            self.log.add(Event::new(Code::Violation, u32::from(channel) | (violation as u32) << 8));
            self.forget_channel(channel);
            self.rung |= 1 << channel;
            None
        })
    }

    fn ring_host(&mut self) {
        for channel in (0..CHANNELS as u8).filter(|channel| self.rung >> channel & 1 != 0) {
            self.bridge.notify_host(channel);
        }
        self.rung = 0;
    }

    fn ring(&mut self, channel: u8) -> Option<(&mut HsmRing, &'a [AtomicU32])> {
        let mailbox = self.mailbox;
        self.rings.get_mut(usize::from(channel))?.as_mut().map(|ring| (ring, mailbox))
    }

    /// Publishes a response, if its session still is.
    fn publish(&mut self, mut response: Response) {
        response.events = self.log.count();
        let channel = response.channel;
        if self.ring(channel).is_some_and(|(ring, mailbox)| ring.publish(mailbox, &response)) {
            self.rung |= 1 << channel;
        }
    }

    /// What the slow level has finished or changed.
    fn collect(&mut self) {
        // More than the slow level can have ready: it runs again only after this exception, or one at a time beside it.
        for _ in 0..RING {
            let Some(finished) = self.shared.take_finished() else { return };
            // What it changed was handed over before it.
            self.apply_updates();
            if let Some(event) = finished.event {
                self.log.add(event);
            }
            if finished.generation != self.link.generation() {
                continue; // of an older connection
            }
            let mut response = finished.response;
            let bytes = finished.bytes.get(..response.length as usize).unwrap_or_default();
            let mut outputs = Outputs::new(&self.memory, self.allowed, [finished.room, finished.room]);
            if let Err(status) = outputs.write(0, bytes) {
                response.status = status as u16;
                response.length = 0;
            }
            response.bytes = outputs.inline();
            self.publish(response);
        }
    }

    fn apply_updates(&mut self) {
        if let Some(update) = self.shared.take_update() {
            self.apply(&update);
        }
    }

    fn apply(&mut self, update: &Update) {
        match update {
            Update::Slot { .. } | Update::WipeAll => self.symmetric.apply(update),
            Update::Reseed(bytes) => {
                if self.random.reseed(bytes).is_err() {
                    self.log.add(Event::new(Code::Entropy, 0));
                }
            }
        }
    }

    /// Answers a request that gives nothing.
    fn answer(&mut self, request: &Request, status: Status) {
        self.publish(Response::to(request, status));
    }
}
