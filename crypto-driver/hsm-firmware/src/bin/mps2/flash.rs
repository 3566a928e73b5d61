//! Stand-ins for DFLASH1 and for a counter that only rises, in the memory that survives the emulator.
//!
//! The chip's host can read neither. This board's can, so nothing rests on it here: records are sealed, but the counter is not
//! protected, and a test that writes it plays the attacker that the chip keeps out.
#![forbid(unsafe_code)]

use core::sync::atomic::{AtomicU32, Ordering};

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};
use v2gcrypt_hsm_firmware::store::{Counter, CounterError};

use crate::layout::{COUNTER_OFFSET, FLASH_BYTES, FLASH_OFFSET};
use crate::mmio;

/// Each word is kept inverted: memory that is new is flash that is erased.
pub struct Flash {
    words: &'static [AtomicU32],
}

impl Flash {
    pub fn new() -> Self {
        let words = mmio::shared_words().get(FLASH_OFFSET / 4..).and_then(|words| words.get(..FLASH_BYTES / 4));
        Self { words: words.unwrap_or(&[]) }
    }

    fn span(&self, offset: u32, length: usize) -> Result<&[AtomicU32], FlashError> {
        let first = usize::try_from(offset).map_err(|_| FlashError::OutOfBounds)? / 4;
        let words = self.words.get(first..).ok_or(FlashError::OutOfBounds)?;
        words.get(..length.div_ceil(4)).ok_or(FlashError::OutOfBounds)
    }
}

/// Why the flash does not do it.
#[derive(Debug, Clone, Copy)]
pub enum FlashError {
    NotAligned,
    OutOfBounds,
    /// A word is written a second time, which breaks the checksum of the chip's flash.
    NotErased,
}

impl NorFlashError for FlashError {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::NotAligned => NorFlashErrorKind::NotAligned,
            Self::OutOfBounds => NorFlashErrorKind::OutOfBounds,
            Self::NotErased => NorFlashErrorKind::Other,
        }
    }
}

impl ErrorType for Flash {
    type Error = FlashError;
}

impl ReadNorFlash for Flash {
    const READ_SIZE: usize = 4;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), FlashError> {
        if offset % 4 != 0 || bytes.len() % 4 != 0 {
            return Err(FlashError::NotAligned);
        }
        for (word, bytes) in self.span(offset, bytes.len())?.iter().zip(bytes.chunks_mut(4)) {
            bytes.copy_from_slice(&(!word.load(Ordering::Acquire)).to_le_bytes());
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        FLASH_BYTES
    }
}

impl NorFlash for Flash {
    /// A page of DFLASH.
    const WRITE_SIZE: usize = 8;
    /// A logical sector of DFLASH1.
    const ERASE_SIZE: usize = 4096;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), FlashError> {
        let length = to.checked_sub(from).ok_or(FlashError::OutOfBounds)? as usize;
        if from as usize % Self::ERASE_SIZE != 0 || length % Self::ERASE_SIZE != 0 {
            return Err(FlashError::NotAligned);
        }
        self.span(from, length)?.iter().for_each(|word| word.store(0, Ordering::Release));
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), FlashError> {
        if offset as usize % Self::WRITE_SIZE != 0 || bytes.len() % Self::WRITE_SIZE != 0 {
            return Err(FlashError::NotAligned);
        }
        let words = self.span(offset, bytes.len())?;
        if words.iter().any(|word| word.load(Ordering::Acquire) != 0) {
            return Err(FlashError::NotErased);
        }
        for (word, bytes) in words.iter().zip(bytes.chunks_exact(4)) {
            let value = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
            word.store(!value, Ordering::Release);
        }
        Ok(())
    }
}

/// One word: a cut leaves the old number or the new one.
pub struct RisingCounter;

impl RisingCounter {
    fn word() -> Result<&'static AtomicU32, CounterError> {
        mmio::shared_words().get(COUNTER_OFFSET / 4).ok_or(CounterError)
    }
}

impl Counter for RisingCounter {
    fn read(&mut self) -> Result<u32, CounterError> {
        Ok(Self::word()?.load(Ordering::Acquire))
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        let word = Self::word()?;
        let next = word.load(Ordering::Acquire).checked_add(1).ok_or(CounterError)?;
        word.store(next, Ordering::Release);
        Ok(())
    }
}
