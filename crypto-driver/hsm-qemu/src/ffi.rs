//! A file's bytes as words that another process changes too.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::sync::atomic::AtomicU32;

use memmap2::{MmapOptions, MmapRaw};

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
