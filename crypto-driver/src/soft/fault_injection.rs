//! For tests of the panic boundary: lets a computation panic, or a step.
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicBool, Ordering};

static ARMED: AtomicBool = AtomicBool::new(false);

/// The next computation of any instance panics.
pub fn panic_in_next_computation() {
    ARMED.store(true, Ordering::SeqCst);
}

pub(crate) fn point() {
    if ARMED.swap(false, Ordering::SeqCst) {
        panic!("injected fault");
    }
}

static STEP_ARMED: AtomicBool = AtomicBool::new(false);

/// The next step of any instance panics, inside the exclusive area.
pub fn panic_in_next_step() {
    STEP_ARMED.store(true, Ordering::SeqCst);
}

pub(crate) fn step() {
    if STEP_ARMED.swap(false, Ordering::SeqCst) {
        panic!("injected fault");
    }
}
