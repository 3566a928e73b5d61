//! One page of the flash, as `sequential-storage` sees it: asynchronous in form, done at once, and stricter than it has to be.
#![forbid(unsafe_code)]

use core::future::Future;
use core::pin::pin;
use core::task::{Context, Poll, Waker};

use embedded_storage::nor_flash::NorFlash;
use embedded_storage_async::nor_flash as asynchronous;
use embedded_storage_async::nor_flash::{NorFlashError, NorFlashErrorKind};

/// What a word reads as that cannot be read: programmed in part, by its checksum. Neither erased nor the header of an item.
const UNREADABLE: u8 = 0x55;
/// Bytes looked at at a time.
pub(super) const CHUNK: usize = 64;

/// The result of a future that does not wait. `None`: it does.
pub(super) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

/// Why a page does not take what is written.
#[derive(Debug)]
pub(super) enum PageError {
    /// The flash says so.
    Flash(NorFlashErrorKind),
    /// Something has been written there.
    Written,
    /// Nobody erases a page this way.
    Erase,
}

impl NorFlashError for PageError {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::Flash(kind) => *kind,
            Self::Written | Self::Erase => NorFlashErrorKind::Other,
        }
    }
}

/// A page.
///
/// * What cannot be read reads as [`UNREADABLE`]: flash with error correction has no other answer for a word that power was cut
///   in, and one such word must not hide the others.
/// * No word is written a second time, whatever it reads as: that breaks the checksum of such flash.
/// * The page is never closed: its last word reads as erased, so that one damaged byte there does not make it another page.
/// * It cannot be erased.
pub(super) struct Page<'f, F> {
    pub flash: &'f mut F,
    /// Address of its first byte.
    pub address: u32,
}

impl<F: NorFlash> Page<'_, F> {
    /// `max`, which is no constant function of a trait's.
    const WORD: usize = if F::WRITE_SIZE > F::READ_SIZE { F::WRITE_SIZE } else { F::READ_SIZE };

    fn read_what_can_be(&mut self, offset: u32, bytes: &mut [u8]) {
        if self.flash.read(offset, bytes).is_ok() {
            return;
        }
        for (address, word) in (offset..).step_by(F::READ_SIZE).zip(bytes.chunks_mut(F::READ_SIZE)) {
            if self.flash.read(address, word).is_err() {
                word.fill(UNREADABLE);
            }
        }
    }

    /// Does all of `offset..offset + length` read as erased?
    pub fn is_erased(&mut self, offset: u32, length: usize) -> bool {
        let mut chunk = [0; CHUNK];
        (0..length).step_by(CHUNK).all(|at| {
            let Some(chunk) = chunk.get_mut(..CHUNK.min(length.saturating_sub(at))) else { return false };
            let Ok(at) = u32::try_from(at) else { return false };
            self.flash.read(offset.saturating_add(at), chunk).is_ok() && chunk.iter().all(|byte| *byte == 0xFF)
        })
    }

    /// Address of the word that nobody uses.
    fn last_word(&self) -> u32 {
        self.address.saturating_add(F::ERASE_SIZE.saturating_sub(Self::WORD) as u32)
    }
}

impl<F> asynchronous::ErrorType for Page<'_, F> {
    type Error = PageError;
}

impl<F: NorFlash> asynchronous::ReadNorFlash for Page<'_, F> {
    const READ_SIZE: usize = F::READ_SIZE;

    async fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), PageError> {
        self.read_what_can_be(offset, bytes);
        let used = usize::try_from(self.last_word().saturating_sub(offset)).unwrap_or(usize::MAX);
        bytes.iter_mut().skip(used).for_each(|byte| *byte = 0xFF);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.flash.capacity()
    }
}

impl<F: NorFlash> asynchronous::NorFlash for Page<'_, F> {
    const WRITE_SIZE: usize = F::WRITE_SIZE;
    const ERASE_SIZE: usize = F::ERASE_SIZE;

    async fn erase(&mut self, _from: u32, _to: u32) -> Result<(), PageError> {
        Err(PageError::Erase)
    }

    async fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), PageError> {
        if !self.is_erased(offset, bytes.len()) {
            return Err(PageError::Written);
        }
        self.flash.write(offset, bytes).map_err(|error| PageError::Flash(error.kind()))
    }
}
