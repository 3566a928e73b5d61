//! The key store's entries over flash that the optimiser knows nothing of, for the link test of `ffi-tests/panic-link.sh`.
#![cfg_attr(target_os = "none", no_std)]
#![allow(improper_ctypes_definitions)] // never called from C

use core::mem::MaybeUninit;

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};
use v2gcrypt_hsm_firmware::store::{Counter, CounterError, DeviceKey, DeviceKeyError, Report, Store};

#[cfg(target_os = "none")]
#[path = "common/ffi.rs"]
mod ffi;

/// What the board does, by number.
pub type Call = extern "C" fn(u32, u32) -> u32;

/// Data flash.
pub struct Flash(Call);

impl Flash {
    fn done(&self, number: u32, offset: u32) -> Result<(), NorFlashErrorKind> {
        if self.0(number, offset) == 0 {
            Ok(())
        } else {
            Err(NorFlashErrorKind::Other)
        }
    }
}

impl ErrorType for Flash {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Flash {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, to: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        to.iter_mut().for_each(|byte| *byte = self.0(0, 0) as u8);
        self.done(1, offset)
    }

    fn capacity(&self) -> usize {
        0x2_0000
    }
}

impl NorFlash for Flash {
    const WRITE_SIZE: usize = 8;
    const ERASE_SIZE: usize = 4096;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        self.done(2, from).and(self.done(3, to))
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), NorFlashErrorKind> {
        from.iter().for_each(|byte| _ = self.0(4, u32::from(*byte)));
        self.done(5, offset)
    }
}

/// A counter.
pub struct Steps(Call);

impl Counter for Steps {
    fn read(&mut self) -> Result<u32, CounterError> {
        Ok(self.0(6, 0))
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        if self.0(7, 0) == 0 {
            Ok(())
        } else {
            Err(CounterError)
        }
    }
}

/// A device key.
pub struct Fuses(Call);

impl DeviceKey for Fuses {
    const IS_TEST_KEY: bool = false;

    fn device_key(&self, to: &mut [u8; 32]) -> Result<(), DeviceKeyError> {
        to.iter_mut().for_each(|byte| *byte = self.0(8, 0) as u8);
        Ok(())
    }
}

type Keys = Store<Flash, Steps, Fuses>;

/// As it is made.
#[no_mangle]
pub extern "C" fn Entry_StoreNew(place: &mut MaybeUninit<Keys>, call: Call, start: u32, end: u32) -> bool {
    match Store::new(Flash(call), start..end, Steps(call), Fuses(call)) {
        Ok(store) => {
            place.write(store);
            true
        }
        Err(_) => false,
    }
}

/// The start.
#[no_mangle]
pub extern "C" fn Entry_StoreMount(store: &mut Keys) -> Option<Report> {
    store.mount().ok()
}

/// Reading.
#[no_mangle]
pub extern "C" fn Entry_StoreLoad(store: &mut Keys, id: u16, into: &mut [u8]) -> usize {
    store.load(id, into).ok().flatten().unwrap_or(0)
}

/// Writing.
#[no_mangle]
pub extern "C" fn Entry_StoreSave(store: &mut Keys, id: u16, value: &[u8]) -> bool {
    store.save(id, value).is_ok()
}

/// Erasing.
#[no_mangle]
pub extern "C" fn Entry_StoreErase(store: &mut Keys, id: u16) -> bool {
    store.erase(id).is_ok()
}
