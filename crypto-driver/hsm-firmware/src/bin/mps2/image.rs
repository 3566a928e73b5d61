//! The two levels of the firmware on this board.
#![forbid(unsafe_code)]

use v2gcrypt_hsm_firmware::access::AllowList;
use v2gcrypt_hsm_firmware::fast::{Fast, FastParts};
use v2gcrypt_hsm_firmware::shared::Shared;
use v2gcrypt_hsm_firmware::slow::{Slow, SlowParts};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_firmware::store::{Store, TestKey};

use crate::flash::{Flash, RisingCounter};
use crate::layout::FLASH_BYTES;
use crate::mmio::{self, OneLevel, Owned, Ring};
use crate::platform::{allowed, mailbox, HostsPart, Mps2, Pool, StatusWords};
use crate::trace;

/// What the doorbell exception works with.
pub type Exception = Fast<'static, Mps2>;

/// Its only instance.
pub static EXCEPTION: OneLevel<Exception> = OneLevel::new();

static THREAD: Owned<Slow<'static, Mps2>> = Owned::new();
static SHARED: Shared = Shared::new();
static ALLOWED: Owned<AllowList> = Owned::new();

/// The doorbell exception.
pub fn exception(fast: &mut Exception, ring: Ring) {
    let entry = mmio::ticks_since_ring();
    let start = mmio::ticks();
    trace::asleep(false);
    trace::exception_began(start);
    fast.interrupt();
    if let Ring::Timer = ring {
        trace::ring_answered(entry, mmio::ticks_since_ring());
    }
    trace::exception_took(mmio::ticks().wrapping_sub(start));
}

/// Thread mode.
pub fn run() -> ! {
    mmio::start();
    trace::started(&mmio::remembered());
    let slow = start();
    mmio::open_doorbell();
    trace::ready();
    loop {
        trace::grant_wish();
        let command = trace::command_begins();
        if slow.run_once() {
            trace::command_ended(&command);
        } else {
            trace::no_command(command);
            mmio::sleep();
        }
    }
}

/// Builds both levels. Not inlined: what it needs of the stack is free again while commands run.
#[inline(never)]
fn start() -> &'static mut Slow<'static, Mps2> {
    let allowed = ALLOWED.set(allowed().unwrap_or_default());
    let slow = build_slow(allowed);
    slow.start();
    build_fast(allowed);
    EXCEPTION.with(|fast| fast.start(slow));
    slow
}

#[inline(never)]
fn build_slow(allowed: &'static AllowList) -> &'static mut Slow<'static, Mps2> {
    let store = Store::new(Flash::new(), 0..FLASH_BYTES as u32, RisingCounter, TestKey);
    let Ok(storage) = store else { panic!("the flash has another geometry") };
    THREAD.set(Slow::new(SlowParts {
        allowed,
        shared: &SHARED,
        memory: HostsPart,
        bridge: StatusWords,
        trng: Pool,
        hash: SoftHash,
        pkc: SoftPkc,
        storage,
    }))
}

#[inline(never)]
fn build_fast(allowed: &'static AllowList) {
    EXCEPTION.put(Fast::new(FastParts {
        mailbox: mailbox(),
        allowed,
        shared: &SHARED,
        memory: HostsPart,
        bridge: StatusWords,
        trng: Pool,
        aes: SoftAes,
        hash: SoftHash,
    }));
}
