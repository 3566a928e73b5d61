//! A stand-in for the chip's TRNG: the emulator feeds UART1 from its host's generator. Bytes gather in a pool, so that nobody waits.
#![forbid(unsafe_code)]

use core::cell::RefCell;

use cortex_m::interrupt::{free, Mutex};

use crate::{mmio, trace};

/// Enough for one seed of each level.
const POOL: usize = 128;

struct Pool {
    bytes: [u8; POOL],
    count: usize,
}

static POOL_OF_BOTH: Mutex<RefCell<Pool>> = Mutex::new(RefCell::new(Pool { bytes: [0; POOL], count: 0 }));

/// Takes what has come; called by the UART's interrupt.
pub fn gather() {
    with_pool(|pool| {
        while let Some(place) = pool.bytes.get_mut(pool.count) {
            let Some(byte) = mmio::entropy_byte() else { break };
            *place = byte;
            pool.count += 1;
        }
        trace::entropy(pool.count == POOL);
    });
}

/// Fills `to`, or tells that not enough has come.
pub fn take(to: &mut [u8]) -> bool {
    let enough = with_pool(|pool| {
        let Some(rest) = pool.count.checked_sub(to.len()) else { return false };
        let Some(from) = pool.bytes.get_mut(rest..pool.count) else { return false };
        to.copy_from_slice(from);
        // A byte is given once.
        from.fill(0);
        pool.count = rest;
        true
    });
    // What the UART holds since the pool was full raises no interrupt any more.
    gather();
    enough
}

fn with_pool<R>(use_it: impl FnOnce(&mut Pool) -> R) -> R {
    free(|section| use_it(&mut POOL_OF_BOTH.borrow(section).borrow_mut()))
}
