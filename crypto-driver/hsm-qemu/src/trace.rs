//! The page of tests, as the host reads it.
#![forbid(unsafe_code)]

use std::sync::atomic::Ordering;

use crate::emulator::patience;
use crate::layout::trace::*;
use crate::Emulator;

/// With one nanosecond per instruction and a timer of 25 MHz.
pub const INSTRUCTIONS_PER_TICK: u64 = 40;

/// What ended the firmware's life before this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crash {
    /// The end of the file's name, and the line.
    Panic(String, u32),
    /// The fault's status register.
    Fault(u32),
    /// The number of an interrupt that none expects.
    Interrupt(u32),
}

impl Emulator {
    /// A word of the page of tests.
    pub fn trace(&self, word: usize) -> u32 {
        self.trace_page().get(word).map_or(0, |word| word.load(Ordering::Acquire))
    }

    /// Writes one of the words that are the host's.
    pub fn set_trace(&self, word: usize, value: u32) {
        if let Some(word) = self.trace_page().get(word) {
            word.store(value, Ordering::Release);
        }
    }

    /// Whether the firmware serves requests.
    pub fn is_ready(&self) -> bool {
        self.trace(READY) == READY_VALUE
    }

    pub(crate) fn forget_ready(&self) {
        self.set_trace(READY, 0);
        self.set_trace(ENTROPY, 0);
    }

    /// What ended the firmware's life before this one, if anything but a loss of power did.
    pub fn last_crash(&self) -> Option<Crash> {
        let detail = self.trace(CRASH_DETAIL);
        match self.trace(CRASH) {
            CRASH_PANIC => {
                let words = CRASH_FILE..CRASH_FILE + CRASH_FILE_BYTES / 4;
                let bytes: Vec<u8> =
                    words.flat_map(|word| self.trace(word).to_le_bytes()).take_while(|byte| *byte != 0).collect();
                Some(Crash::Panic(String::from_utf8_lossy(&bytes).into_owned(), detail))
            }
            CRASH_FAULT => Some(Crash::Fault(detail)),
            CRASH_INTERRUPT => Some(Crash::Interrupt(detail)),
            _ => None,
        }
    }

    /// Asks the board for one of the `WISH_…`; true once it has heard.
    pub fn wish(&self, kind: u32) -> bool {
        let wish = (self.trace(WISH) & !0xFF).wrapping_add(0x100) | kind;
        self.set_trace(WISH, wish);
        self.ring();
        self.wait_until(patience(), || self.trace(WISH_DONE) == wish)
    }

    /// Bytes of stack that the firmware has used at the deepest since its start.
    pub fn stack_peak(&self) -> Option<u32> {
        self.wish(WISH_STACK).then(|| self.trace(STACK_PEAK))
    }

    /// Waits for the start after the one of `resets`; true once the firmware serves requests again.
    pub fn wait_for_reset(&self, resets: u32) -> bool {
        self.wait_until(patience(), || self.trace(RESETS) != resets && self.is_ready())
    }
}
