//! What the firmware asks of this board.
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_hsm_firmware::access::{AllowList, BadWindow, Rights};
use v2gcrypt_hsm_firmware::platform::{Bridge, Fault, HostMemory, NoEntropy, Platform, Trng};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_firmware::store::{Store, TestKey};
use v2gcrypt_hsm_protocol::layout::{HOST_STATUS, HSM_STATUS, MAILBOX_BYTES, MAILBOX_WORDS};
use v2gcrypt_hsm_protocol::Window;

use crate::flash::{Flash, RisingCounter};
use crate::layout::{HOST_BYTES, SHARED_BASE, SHARED_BYTES};
use crate::{entropy, mmio, trace};

/// This board.
pub struct Mps2;

impl Platform for Mps2 {
    type Memory = HostsPart;
    type Bridge = StatusWords;
    type Trng = Pool;
    type Aes = SoftAes;
    type FastHash = SoftHash;
    type SlowHash = SoftHash;
    type Pkc = SoftPkc;
    type Storage = Store<Flash, RisingCounter, TestKey>;
}

/// The mailbox.
pub fn mailbox() -> &'static [AtomicU32] {
    mmio::shared_words().get(..MAILBOX_WORDS).unwrap_or(&[])
}

/// The payload behind the mailbox, and nothing else.
pub fn allowed() -> Result<AllowList, BadWindow> {
    let payload = HOST_BYTES - MAILBOX_BYTES;
    AllowList::new()
        .forbid(0, SHARED_BASE)?
        .forbid(SHARED_BASE, MAILBOX_BYTES as u32)?
        .forbid(SHARED_BASE + HOST_BYTES as u32, (SHARED_BYTES - HOST_BYTES) as u32)?
        .allow(SHARED_BASE + MAILBOX_BYTES as u32, payload as u32, Rights::ReadWrite)
}

/// The part of the shared memory that the chip's host would see.
pub struct HostsPart;

impl HostsPart {
    fn window(&self) -> Result<Window<'static>, Fault> {
        let words = mmio::shared_words().get(..HOST_BYTES / 4).ok_or(Fault)?;
        Window::new(SHARED_BASE, words).ok_or(Fault)
    }
}

impl HostMemory for HostsPart {
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault> {
        self.window()?.read(address, to).then_some(()).ok_or(Fault)
    }

    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault> {
        self.window()?.write(address, from).then_some(()).ok_or(Fault)
    }
}

/// Status words in the mailbox's header, bells by UART0.
pub struct StatusWords;

impl Bridge for StatusWords {
    fn host_status(&self) -> u32 {
        mailbox().get(HOST_STATUS).map_or(0, |word| word.load(Ordering::Acquire))
    }

    fn hsm_status(&self) -> u32 {
        mailbox().get(HSM_STATUS).map_or(0, |word| word.load(Ordering::Acquire))
    }

    fn set_hsm_status(&self, status: u32) {
        if let Some(word) = mailbox().get(HSM_STATUS) {
            word.store(status, Ordering::Release);
        }
    }

    fn notify_host(&self, channel: u8) {
        mmio::interrupt_host(1 << (channel & 7));
        trace::told(channel);
    }

    fn pend_fast(&self) {
        mmio::pend_doorbell();
    }
}

/// See [`entropy`].
pub struct Pool;

impl Trng for Pool {
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy> {
        entropy::take(to).then_some(()).ok_or(NoEntropy)
    }
}
