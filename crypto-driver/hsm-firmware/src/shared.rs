//! What the two levels have in common, in the HSM's own RAM: commands that wait, results, keys on their way. No lock: see
//! [`crate::queue`] and [`crate::spsc`].

use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_hsm_protocol::algorithm::{Lifecycle, SlotState};
use v2gcrypt_hsm_protocol::layout::DESCRIPTOR_WORDS;
use v2gcrypt_hsm_protocol::policy::Policy;
use v2gcrypt_hsm_protocol::{Response, Span};
use zeroize::Zeroize;

use crate::access::Room;
use crate::log::Event;
use crate::queue::Queue;
use crate::spsc::Ring;

/// The longest result of a slow command in bytes.
pub const MAX_RESULT_LEN: usize = 136;
const RESULT_WORDS: usize = MAX_RESULT_LEN / 4;
const FINISHED_WORDS: usize = 1 + DESCRIPTOR_WORDS + 3 + 2 + RESULT_WORDS;

/// The longest key of the fast level in bytes.
pub const MAX_FAST_KEY_LEN: usize = 128;
const FAST_KEY_WORDS: usize = MAX_FAST_KEY_LEN / 4;
const UPDATE_WORDS: usize = 4 + FAST_KEY_WORDS;

/// One static value of it belongs to both levels.
pub struct Shared {
    /// Commands for the slow level.
    pub(crate) queue: Queue,
    finished: Ring<FINISHED_WORDS, 2>,
    updates: Ring<UPDATE_WORDS, 1>,
    lifecycle: AtomicU32,
    tampered: AtomicU32,
    groups: AtomicU32,
}

impl Default for Shared {
    fn default() -> Self {
        Self::new()
    }
}

/// A slow command that has ended. The fast level gives it to the host.
pub(crate) struct Finished {
    pub(crate) generation: u32,
    pub(crate) response: Response,
    pub(crate) room: Room,
    pub(crate) event: Option<Event>,
    /// The first `response.length` are the result.
    pub(crate) bytes: [u8; MAX_RESULT_LEN],
}

impl Drop for Finished {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// A change that the slow level hands to the fast one.
pub(crate) enum Update {
    /// A slot has another policy, state or value.
    Slot { slot: u8, policy: Option<Policy>, state: SlotState, value: [u8; MAX_FAST_KEY_LEN] },
    /// All keys are gone.
    WipeAll,
    /// For the generator.
    Reseed([u8; 32]),
}

const SLOT: u32 = 1;
const WIPE_ALL: u32 = 2;
const RESEED: u32 = 3;

impl Shared {
    /// As the HSM starts.
    pub const fn new() -> Self {
        Self {
            queue: Queue::new(),
            finished: Ring::new(),
            updates: Ring::new(),
            lifecycle: AtomicU32::new(Lifecycle::Locked as u32),
            tampered: AtomicU32::new(0),
            groups: AtomicU32::new(0),
        }
    }

    /// Where the HSM stands. The slow level changes it.
    pub fn lifecycle(&self) -> Lifecycle {
        Lifecycle::from_number(self.lifecycle.load(Ordering::Acquire) as u8).unwrap_or(Lifecycle::Locked)
    }

    pub(crate) fn set_lifecycle(&self, lifecycle: Lifecycle) {
        self.lifecycle.store(lifecycle as u32, Ordering::Release);
    }

    /// Records in flash that were found tampered with.
    pub fn tampered(&self) -> u32 {
        self.tampered.load(Ordering::Acquire)
    }

    pub(crate) fn set_tampered(&self, count: u32) {
        self.tampered.store(count, Ordering::Release);
    }

    /// Groups that this build has: a bit each, at its place in [`v2gcrypt_hsm_protocol::policy::Group`].
    pub(crate) fn groups(&self) -> u32 {
        self.groups.load(Ordering::Acquire)
    }

    pub(crate) fn set_groups(&self, groups: u32) {
        self.groups.store(groups, Ordering::Release);
    }

    /// For the slow level: is there room for what one command may give?
    pub(crate) fn has_room(&self) -> bool {
        self.finished.has_room() && self.updates.is_empty()
    }

    /// For the slow level.
    #[must_use]
    pub(crate) fn finish(&self, finished: &Finished) -> bool {
        let mut words = [0; FINISHED_WORDS];
        let (is_inline, span) = match finished.room {
            Room::Inline => (1, Span::NONE),
            Room::Host(span) => (0, span),
        };
        let event = finished.event.unwrap_or(Event { code: 0, argument: 0 });
        let head = [finished.generation, is_inline, span.address, span.length, event.code, event.argument];
        let front = head.into_iter().chain(finished.response.to_words());
        words.iter_mut().zip(front.chain(finished.bytes.chunks(4).map(word_of))).for_each(|(to, from)| *to = from);
        let is_put = self.finished.put(&words);
        words.zeroize();
        is_put
    }

    /// For the fast level.
    pub(crate) fn take_finished(&self) -> Option<Finished> {
        if self.finished.is_empty() {
            return None; // before each request, and nearly always
        }
        let mut words = [0; FINISHED_WORDS];
        if !self.finished.take(&mut words) {
            return None;
        }
        let [generation, is_inline, address, length, code, argument, rest @ ..] = words;
        let (response, bytes) = rest.split_at(DESCRIPTOR_WORDS);
        let mut finished = Finished {
            generation,
            response: Response::from_words(response.try_into().ok()?),
            room: if is_inline != 0 { Room::Inline } else { Room::Host(Span { address, length }) },
            event: (code != 0).then_some(Event { code, argument }),
            bytes: [0; MAX_RESULT_LEN],
        };
        finished.bytes.chunks_mut(4).zip(bytes).for_each(|(to, from)| bytes_of(*from, to));
        words.zeroize();
        Some(finished)
    }

    /// For the slow level.
    #[must_use]
    pub(crate) fn hand_over(&self, update: &Update) -> bool {
        let mut words = [0; UPDATE_WORDS];
        let [head, kind, usage, state, value @ ..] = &mut words;
        match update {
            Update::Slot { slot, policy, state: now, value: bytes } => {
                *head = SLOT | u32::from(*slot) << 8;
                (*kind, *usage) = policy.map_or((0, 0), Policy::to_words);
                *state = *now as u32;
                value.iter_mut().zip(bytes.chunks(4).map(word_of)).for_each(|(to, from)| *to = from);
            }
            Update::WipeAll => *head = WIPE_ALL,
            Update::Reseed(bytes) => {
                *head = RESEED;
                value.iter_mut().zip(bytes.chunks(4).map(word_of)).for_each(|(to, from)| *to = from);
            }
        }
        let is_put = self.updates.put(&words);
        words.zeroize();
        is_put
    }

    /// For the fast level.
    pub(crate) fn take_update(&self) -> Option<Update> {
        let mut words = [0; UPDATE_WORDS];
        if !self.updates.take(&mut words) {
            return None;
        }
        let [head, kind, usage, state, value @ ..] = &words;
        let update = match head & 0xFF {
            SLOT => {
                let mut bytes = [0; MAX_FAST_KEY_LEN];
                bytes.chunks_mut(4).zip(value).for_each(|(to, from)| bytes_of(*from, to));
                let policy = Policy::from_words(*kind, *usage);
                let state = SlotState::from_number(*state as u8).unwrap_or(SlotState::Empty);
                Some(Update::Slot { slot: (head >> 8) as u8, policy, state, value: bytes })
            }
            RESEED => {
                let mut bytes = [0; 32];
                bytes.chunks_mut(4).zip(value).for_each(|(to, from)| bytes_of(*from, to));
                Some(Update::Reseed(bytes))
            }
            _ => Some(Update::WipeAll),
        };
        words.zeroize();
        update
    }
}

impl Drop for Update {
    fn drop(&mut self) {
        match self {
            Self::Slot { value, .. } => value.zeroize(),
            Self::Reseed(bytes) => bytes.zeroize(),
            Self::WipeAll => {}
        }
    }
}

fn word_of(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte))
}

fn bytes_of(word: u32, bytes: &mut [u8]) {
    bytes.iter_mut().zip(word.to_le_bytes()).for_each(|(to, from)| *to = from);
}
