//! For tests of the panic boundary: lets a computation panic.
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicBool, Ordering};

static ARMED: AtomicBool = AtomicBool::new(false);

/// The next computation of any instance panics.
pub fn panic_in_next_computation() {
    ARMED.store(true, Ordering::SeqCst);
}

pub(super) fn point() {
    if ARMED.swap(false, Ordering::SeqCst) {
        panic!("injected fault");
    }
}
