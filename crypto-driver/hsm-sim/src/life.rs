//! From power on to power off: two threads, and what they have in common.
#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::JoinHandle;

use v2gcrypt_hsm_firmware::access::{AllowList, Rights};
use v2gcrypt_hsm_firmware::fast::{Fast, FastParts};
use v2gcrypt_hsm_firmware::shared::Shared;
use v2gcrypt_hsm_firmware::slow::{Slow, SlowParts};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::layout::MAILBOX_BYTES;

use crate::bell::Bell;
use crate::platform::{Board, Memory, SystemRandom, Wires};
use crate::{Simulator, BUS_ADDRESS};

/// Bit of the bell that pends the fast level, beside the doorbells. No doorbell has it.
pub(crate) const PENDED: u32 = 1 << 30;

/// A HSM under power.
pub(crate) struct Life {
    is_over: Arc<AtomicBool>,
    bell: &'static Bell,
    thread: JoinHandle<()>,
}

impl Life {
    /// Power on; the HSM has said that it is ready when this returns.
    pub(crate) fn begin(simulator: &'static Simulator) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (ours, (ready, has_started)) = (is_over.clone(), std::sync::mpsc::channel());
        let say_so = move || {
            let _ = ready.send(());
        };
        let thread = std::thread::spawn(move || run(simulator, &ours, say_so));
        let _ = has_started.recv();
        Self { is_over, bell: &simulator.to_hsm, thread }
    }

    /// Power off. What is being computed ends, and is lost.
    pub(crate) fn end(self) {
        self.is_over.store(true, Ordering::SeqCst);
        self.bell.ring(PENDED);
        let _ = self.thread.join();
    }
}

fn run(simulator: &'static Simulator, is_over: &AtomicBool, has_started: impl FnOnce()) {
    let shared = Shared::new();
    let region = (simulator.words.len() * 4) as u32;
    let mailbox = MAILBOX_BYTES as u32;
    let allowed = AllowList::new().forbid(BUS_ADDRESS, mailbox);
    let allowed = allowed.and_then(|list| list.allow(BUS_ADDRESS + mailbox, region.saturating_sub(mailbox), Rights::ReadWrite));
    let (Ok(allowed), Some(storage)) = (allowed, simulator.chip.store()) else {
        return;
    };
    let mut slow = Slow::<Board>::new(SlowParts {
        allowed: &allowed,
        shared: &shared,
        memory: Memory(simulator),
        bridge: Wires(simulator),
        trng: SystemRandom,
        hash: SoftHash,
        pkc: SoftPkc,
        storage,
    });
    let mut fast = Fast::<Board>::new(FastParts {
        mailbox: simulator.words,
        allowed: &allowed,
        shared: &shared,
        memory: Memory(simulator),
        bridge: Wires(simulator),
        trng: SystemRandom,
        aes: SoftAes,
        hash: SoftHash,
    });
    slow.start();
    fast.start(&slow);
    has_started();

    let to_slow = Bell::new();
    std::thread::scope(|scope| {
        let thread_mode = || {
            while !is_over.load(Ordering::SeqCst) {
                if !slow.run_once() {
                    to_slow.wait(1, None);
                }
            }
        };
        let thread = scope.spawn(thread_mode);
        loop {
            if is_over.load(Ordering::SeqCst) {
                break;
            }
            if !simulator.is_silent.load(Ordering::SeqCst) && fast.interrupt().slow_has_work {
                to_slow.ring(1);
            }
            simulator.to_hsm.wait(!0, None);
        }
        to_slow.ring(1);
        // The scope waits for its work only, and who looks at leaks then finds what the thread still had.
        let _ = thread.join();
    });
}
