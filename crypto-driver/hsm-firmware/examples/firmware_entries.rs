//! The firmware's entries, each alone reachable, for the link test of `ffi-tests/panic-link.sh`: is a panic among what they bring?
#![cfg_attr(target_os = "none", no_std)]
#![allow(improper_ctypes_definitions)] // never called from C

use core::mem::MaybeUninit;

use v2gcrypt_hsm_firmware::access::{AllowList, Rights};
use v2gcrypt_hsm_firmware::fast::{Activity, Fast, FastParts};
use v2gcrypt_hsm_firmware::platform::{Bridge, Fault, HostMemory, KeyStorage, NoEntropy, Platform, StorageError, Trng};
use v2gcrypt_hsm_firmware::slow::{Slow, SlowParts};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::{HostRing, Request, Response, Window};

#[cfg(target_os = "none")]
#[path = "common/ffi.rs"]
mod ffi;

/// A board that the optimiser knows nothing of.
pub struct Board;

/// What the board does, by number.
pub type Call = extern "C" fn(u32, u32) -> u32;

/// The host's memory.
pub struct Memory(Window<'static>);

impl HostMemory for Memory {
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault> {
        self.0.read(address, to).then_some(()).ok_or(Fault)
    }

    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault> {
        self.0.write(address, from).then_some(()).ok_or(Fault)
    }
}

/// The bridge.
pub struct Registers(Call);

impl Bridge for Registers {
    fn host_status(&self) -> u32 {
        self.0(0, 0)
    }

    fn hsm_status(&self) -> u32 {
        self.0(1, 0)
    }

    fn set_hsm_status(&self, status: u32) {
        self.0(2, status);
    }

    fn notify_host(&self, channel: u8) {
        self.0(3, u32::from(channel));
    }

    fn pend_fast(&self) {
        self.0(4, 0);
    }
}

/// Randomness.
pub struct Source(Call);

impl Trng for Source {
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy> {
        to.iter_mut().for_each(|byte| *byte = self.0(5, 0) as u8);
        if self.0(6, 0) == 0 {
            Ok(())
        } else {
            Err(NoEntropy)
        }
    }
}

/// Storage.
pub struct Flash(Call);

impl Flash {
    fn result(&self, id: u16) -> Result<(), StorageError> {
        match self.0(7, u32::from(id)) {
            0 => Ok(()),
            1 => Err(StorageError::Tampered),
            _ => Err(StorageError::Failed),
        }
    }
}

impl KeyStorage for Flash {
    const IS_TEST_KEY: bool = false;

    fn load(&mut self, id: u16, to: &mut [u8]) -> Result<Option<usize>, StorageError> {
        to.iter_mut().for_each(|byte| *byte = self.0(8, 0) as u8);
        self.result(id).map(|()| Some(self.0(9, 0) as usize))
    }

    fn save(&mut self, id: u16, bytes: &[u8]) -> Result<(), StorageError> {
        bytes.iter().for_each(|byte| _ = self.0(10, u32::from(*byte)));
        self.result(id)
    }

    fn purge(&mut self) -> Result<(), StorageError> {
        self.result(0)
    }
}

impl Platform for Board {
    type Memory = Memory;
    type Bridge = Registers;
    type Trng = Source;
    type Aes = SoftAes;
    type FastHash = SoftHash;
    type SlowHash = SoftHash;
    type Pkc = SoftPkc;
    type Storage = Flash;
}

/// Windows as a board's table has them.
#[no_mangle]
pub extern "C" fn Entry_AllowList(windows: &[[u32; 2]; 4]) -> Option<AllowList> {
    let [mailbox, own, payload, rom] = *windows;
    let list = AllowList::new().forbid(mailbox[0], mailbox[1]).ok()?.forbid(own[0], own[1]).ok()?;
    list.allow(payload[0], payload[1], Rights::ReadWrite).ok()?.allow(rom[0], rom[1], Rights::Read).ok()
}

/// Both levels as they are made.
#[no_mangle]
pub extern "C" fn Entry_New(
    place: &mut MaybeUninit<Fast<'static, Board>>,
    fast: FastParts<'static, Board>,
    other: &mut MaybeUninit<Slow<'static, Board>>,
    slow: SlowParts<'static, Board>,
) {
    other.write(Slow::new(slow));
    place.write(Fast::new(fast));
}

/// The start.
#[no_mangle]
pub extern "C" fn Entry_Start(fast: &mut Fast<'static, Board>, slow: &mut Slow<'static, Board>) {
    slow.start();
    fast.start(slow);
}

/// The exception.
#[no_mangle]
pub extern "C" fn Entry_FastInterrupt(fast: &mut Fast<'static, Board>) -> Activity {
    fast.interrupt()
}

/// The end.
#[no_mangle]
pub extern "C" fn Entry_FastGiveUp(fast: &mut Fast<'static, Board>) {
    fast.give_up();
}

/// Thread mode.
#[no_mangle]
pub extern "C" fn Entry_SlowRunOnce(slow: &mut Slow<'static, Board>) -> bool {
    slow.run_once()
}

/// The host's end of a ring.
#[no_mangle]
pub extern "C" fn Entry_HostPublish(ring: &mut HostRing, window: &Window<'static>, request: &Request) -> Option<u32> {
    ring.publish(window.words(), request)
}

/// The host's end of a ring.
#[no_mangle]
pub extern "C" fn Entry_HostTake(ring: &mut HostRing, window: &Window<'static>) -> Option<Response> {
    ring.take(window.words()).ok().flatten()
}

/// The host's end of a ring.
#[no_mangle]
pub extern "C" fn Entry_HostConnect(ring: &mut HostRing, window: &Window<'static>, session: u32) -> bool {
    ring.clear(window.words());
    ring.connect(session);
    ring.stopped(window.words())
}
