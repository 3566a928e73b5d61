//! The page of tests: what they read of this board, and what they ask of it.
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicU32, Ordering};

use crate::layout::{trace::*, TRACE_OFFSET};
use crate::mmio::{self, Remembered};

fn word(index: usize) -> Option<&'static AtomicU32> {
    mmio::shared_words().get(TRACE_OFFSET / 4 + index)
}

fn set(index: usize, value: u32) {
    if let Some(word) = word(index) {
        word.store(value, Ordering::Release);
    }
}

fn get(index: usize) -> u32 {
    word(index).map_or(0, |word| word.load(Ordering::Acquire))
}

fn add(index: usize, value: u32) {
    set(index, get(index).wrapping_add(value));
}

pub fn started(last: &Remembered) {
    set(READY, 0);
    set(RESETS, last.resets);
    set(CRASH, last.crash);
    set(CRASH_DETAIL, last.detail);
    for (index, bytes) in last.file.chunks_exact(4).enumerate() {
        set(CRASH_FILE + index, bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)));
    }
    for index in [EXCEPTIONS, EXCEPTION_TICKS, EXCEPTION_LONGEST, COMMANDS, COMMAND_TICKS, RINGS] {
        set(index, 0);
    }
    let start = mmio::ticks();
    mmio::known_loop(CALIBRATION_ROUNDS);
    set(CALIBRATION, mmio::ticks().wrapping_sub(start));
}

pub fn ready() {
    set(READY, READY_VALUE);
}

/// Thread mode has nothing to do, or may have.
pub fn asleep(is_asleep: bool) {
    set(ASLEEP, is_asleep.into());
}

/// The pool of entropy is full, or not any more.
pub fn entropy(is_full: bool) {
    set(ENTROPY, is_full.into());
}

/// The exception begins.
pub fn exception_began(ticks: u32) {
    set(EXCEPTION_BEGAN, ticks);
}

/// The host is told of responses.
pub fn told(channel: u8) {
    if channel == 0 {
        set(TOLD, mmio::ticks());
    }
}

/// The exception ran for so many ticks.
pub fn exception_took(ticks: u32) {
    add(EXCEPTION_TICKS, ticks);
    set(EXCEPTION_LONGEST, get(EXCEPTION_LONGEST).max(ticks));
    add(EXCEPTIONS, 1);
}

/// The doorbell of [`mmio::ring_after`] was answered: ticks until the exception had begun, and until it had answered.
pub fn ring_answered(entry: u32, answer: u32) {
    set(RING_ENTRY_TICKS, entry);
    set(RING_TICKS, answer);
    add(RINGS, 1);
}

/// A command of thread mode under measurement.
pub struct Command {
    start: u32,
    exceptions: u32,
}

/// A command may begin: a doorbell in its midst is prepared where a test wants one.
pub fn command_begins() -> Command {
    let after = get(RING_AFTER);
    if after != 0 {
        mmio::ring_after(after);
    }
    Command { start: mmio::ticks(), exceptions: get(EXCEPTION_TICKS) }
}

/// It has ended; what exceptions took in between is not its own.
pub fn command_ended(command: &Command) {
    let exceptions = get(EXCEPTION_TICKS).wrapping_sub(command.exceptions);
    add(COMMAND_TICKS, mmio::ticks().wrapping_sub(command.start).wrapping_sub(exceptions));
    add(COMMANDS, 1);
}

/// There was none.
pub fn no_command(_: Command) {
    if get(RING_AFTER) != 0 {
        mmio::ring_never();
    }
}

/// What a test wants to happen now; each wish comes true once.
pub fn grant_wish() {
    let wish = get(WISH);
    if wish == get(WISH_DONE) {
        return;
    }
    match wish & 0xFF {
        WISH_STACK => set(STACK_PEAK, mmio::stack_peak()),
        kind => {
            set(WISH_DONE, wish);
            match kind {
                WISH_PANIC => panic!("a test asked for it"),
                WISH_FAULT => mmio::read_nowhere(),
                WISH_OVERFLOW => mmio::overflow_the_stack(),
                _ => {}
            }
        }
    }
    set(WISH_DONE, wish);
}
