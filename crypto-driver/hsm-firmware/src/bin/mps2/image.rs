//! The two levels of the firmware on this board.
#![forbid(unsafe_code)]

use crate::board::{self, OneLevel, Ring};
use crate::trace;

/// What the doorbell exception works with.
pub struct Exception;

/// Its only instance.
pub static EXCEPTION: OneLevel<Exception> = OneLevel::new();

/// The doorbell exception.
pub fn exception(_state: &mut Exception, ring: Ring) {
    let entry = board::ticks_since_ring();
    let start = board::ticks();
    board::interrupt_host();
    if let Ring::Timer = ring {
        trace::ring_answered(entry, board::ticks_since_ring());
    }
    trace::exception_took(board::ticks().wrapping_sub(start));
}

/// Thread mode.
pub fn run() -> ! {
    board::start();
    trace::started(&board::remembered());
    EXCEPTION.put(Exception);
    board::open_doorbell();
    trace::ready();
    loop {
        trace::grant_wish();
        board::sleep();
    }
}
