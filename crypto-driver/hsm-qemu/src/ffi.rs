//! A file's bytes as words that another process changes too, and the driver's transport.
#![allow(unsafe_code)]

use std::ffi::{c_int, c_void};
use std::fs::File;
use std::io;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use memmap2::{MmapOptions, MmapRaw};
use v2gcrypt_crypto_driver::hsm::config::CryptoHsm_TransportType;
use v2gcrypt_hsm_sim::HsmModel;
use v2gcrypt_types::{Std_ReturnType, E_NOT_OK, E_OK};

use crate::layout::SHARED_BASE;
use crate::Board;

/// The file, mapped for as long as this lives.
pub struct SharedFile(MmapRaw);

impl SharedFile {
    /// Maps all of the file, which must be as long as a whole number of words and stay so.
    pub fn map(file: &File) -> io::Result<Self> {
        Ok(Self(MmapOptions::new().map_raw(file)?))
    }

    /// Its words; little-endian on both sides.
    pub fn words(&self) -> &[AtomicU32] {
        // SAFETY: a mapping begins at a page, so it is aligned; it is `len` bytes long and lives as long as `self`; what
        // another process may change at any time is only reached through atomics.
        unsafe { std::slice::from_raw_parts(self.0.as_mut_ptr().cast(), self.0.len() / 4) }
    }
}

/// The driver's transport to a board.
pub(crate) fn transport(board: &Board) -> CryptoHsm_TransportType {
    let words = board.words();
    CryptoHsm_TransportType {
        context: (board as *const Board).cast_mut().cast(),
        region: words.as_ptr().cast_mut().cast(),
        regionLength: (words.len() * 4) as u32,
        busAddress: SHARED_BASE,
        hostStatusSet: None,
        hsmStatusGet: None,
        ringDoorbell: Some(ring),
        translate: None,
        barrier: None,
        now: Some(now),
        wait: Some(wait),
    }
}

/// A board as what it is: one that stays.
pub(crate) fn with_static(board: &Board) -> &'static Board {
    // SAFETY: `Board::from_environment` is the only one that makes them, and leaks them.
    unsafe { &*(board as *const Board) }
}

/// [`crate::use_for_process`] for C, before `V2gcrypt_HsmSim_Start`.
#[no_mangle]
pub extern "C" fn V2gcrypt_HsmQemu_Use() -> Std_ReturnType {
    if crate::use_for_process() {
        E_OK
    } else {
        E_NOT_OK
    }
}

/// Has `work` done when the process ends by itself: values that stay are not dropped.
pub(crate) fn at_exit(work: extern "C" fn()) {
    extern "C" {
        fn atexit(work: extern "C" fn()) -> c_int;
    }
    // SAFETY: a function of the C library; `work` is there for as long as the process.
    unsafe { atexit(work) };
}

/// # Safety
/// `context` is a board's.
unsafe fn board(context: *mut c_void) -> &'static Board {
    // SAFETY: the caller vouches for it, and boards stay.
    unsafe { &*context.cast::<Board>() }
}

unsafe extern "C" fn ring(context: *mut c_void, _doorbell: u8) {
    // SAFETY: the transport's context is the board.
    unsafe { board(context) }.emulator().ring();
}

unsafe extern "C" fn now(context: *mut c_void) -> u32 {
    // SAFETY: as in `ring`.
    unsafe { board(context) }.now()
}

unsafe extern "C" fn wait(context: *mut c_void, channel: u8, ticks: u32) {
    let channels = 1u32.checked_shl(channel.into()).unwrap_or(0);
    // SAFETY: as in `ring`.
    let board = unsafe { board(context) };
    // Not for long: another thread may have heard the bell.
    board.to_waiting.wait(channels, Some(Duration::from_micros(ticks.clamp(1, 1000).into())));
}
