//! Data flash and its counter, in memory and perhaps in a file. They outlive the HSM's power.
#![forbid(unsafe_code)]

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};
use v2gcrypt_hsm_firmware::store::{Counter, CounterError, Store, TestKey, LIFECYCLE};
use v2gcrypt_hsm_protocol::algorithm::Lifecycle;

/// Two banks of 16 pages: 128 KiB, as DFLASH1 has.
const FLASH_LEN: usize = 128 * 1024;
const PAGE_LEN: usize = 4096;
const WORD_LEN: usize = 8;

/// What is on the chip and stays there without power.
#[derive(Clone)]
pub(crate) struct Chip(Arc<Mutex<Content>>);

struct Content {
    bytes: Vec<u8>,
    counter: u32,
    file: Option<File>,
}

pub(crate) type SimStore = Store<Chip, Chip, TestKey>;

impl Chip {
    /// As `file` has it; new if there is none. `factory`: a new one is in the factory state.
    pub(crate) fn open(file: Option<&Path>, factory: bool) -> std::io::Result<Self> {
        let mut content = Content { bytes: vec![0xFF; FLASH_LEN], counter: 0, file: None };
        let mut is_new = true;
        if let Some(path) = file {
            let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
            let mut stored = Vec::new();
            file.read_to_end(&mut stored)?;
            if let [bytes @ .., a, b, c, d] = stored.as_slice() {
                if bytes.len() != FLASH_LEN {
                    return Err(std::io::Error::other("not the flash of a simulated HSM"));
                }
                content.bytes = bytes.to_vec();
                content.counter = u32::from_le_bytes([*a, *b, *c, *d]);
                is_new = false;
            }
            content.file = Some(file);
            content.write_back(0, FLASH_LEN)?;
        }
        let chip = Self(Arc::new(Mutex::new(content)));
        if is_new && factory {
            let saved = chip.store().map(|mut store| store.save(LIFECYCLE, &[Lifecycle::Factory as u8]));
            if !matches!(saved, Some(Ok(()))) {
                return Err(std::io::Error::other("the flash of the simulated HSM does not work"));
            }
        }
        Ok(chip)
    }

    /// The key store over it.
    pub(crate) fn store(&self) -> Option<SimStore> {
        Store::new(self.clone(), 0..FLASH_LEN as u32, self.clone(), TestKey).ok()
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    /// Bytes to the file, and the counter behind them.
    fn write_back(&mut self, from: usize, to: usize) -> std::io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.seek(SeekFrom::Start(from as u64))?;
        file.write_all(self.bytes.get(from..to).unwrap_or_default())?;
        file.seek(SeekFrom::Start(FLASH_LEN as u64))?;
        file.write_all(&self.counter.to_le_bytes())
    }
}

impl ErrorType for Chip {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Chip {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
        let content = self.content();
        let from = offset as usize;
        let stored = content.bytes.get(from..from + bytes.len()).ok_or(NorFlashErrorKind::OutOfBounds)?;
        bytes.copy_from_slice(stored);
        Ok(())
    }

    fn capacity(&self) -> usize {
        FLASH_LEN
    }
}

impl NorFlash for Chip {
    const WRITE_SIZE: usize = WORD_LEN;
    const ERASE_SIZE: usize = PAGE_LEN;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Self::Error> {
        let (from, to) = (from as usize, to as usize);
        let mut content = self.content();
        content.bytes.get_mut(from..to).ok_or(NorFlashErrorKind::OutOfBounds)?.fill(0xFF);
        content.write_back(from, to).map_err(|_| NorFlashErrorKind::Other)
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        let (from, to) = (offset as usize, offset as usize + bytes.len());
        let mut content = self.content();
        let stored = content.bytes.get_mut(from..to).ok_or(NorFlashErrorKind::OutOfBounds)?;
        stored.iter_mut().zip(bytes).for_each(|(stored, byte)| *stored &= byte);
        content.write_back(from, to).map_err(|_| NorFlashErrorKind::Other)
    }
}

impl Counter for Chip {
    fn read(&mut self) -> Result<u32, CounterError> {
        Ok(self.content().counter)
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        let mut content = self.content();
        content.counter = content.counter.checked_add(1).ok_or(CounterError)?;
        content.write_back(0, 0).map_err(|_| CounterError)
    }
}
