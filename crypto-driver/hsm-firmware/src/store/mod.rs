//! The key store: sealed records in data flash, by a small id. `docs/hsm/store.md` has the design and what it withstands.
//!
//! A [`Store`] lies in a [`Region`](Geometry) of a [`NorFlash`](embedded_storage::nor_flash::NorFlash) of two banks. One of them is
//! active: each change appends a sealed record and a sealed manifest, which tells the newest record of each id, and then steps
//! [`Counter`]. A bank that is full is copied, record by record, into the other one, which takes over with its first manifest.
//! So nothing that is needed is ever erased or overwritten, and an erase that power has cut is done again before the bank is used.
//!
//! `flash` frames what lies in a page: lengths, checksums, what a cut has left.
#![forbid(unsafe_code)]

mod commit;
mod flash;
mod key;
mod log;
mod mount;
mod seal;
#[cfg(test)]
mod tests;

use core::ops::Range;

use embedded_storage::nor_flash::NorFlash;

pub use key::{DeviceKey, DeviceKeyError, TestKey};

use seal::Sealer;

/// Ids that there are: `0..IDS`.
pub const IDS: u16 = 40;
/// Ids of key slots: `0..SLOTS`.
pub const SLOTS: u16 = 32;
/// The id of the lifecycle state.
pub const LIFECYCLE: u16 = 32;
/// The record that counts envelopes of ISO 15118-2 that were not genuine.
pub const REFUSALS: u16 = 34;
/// The id of the event log.
pub const LOG: u16 = 33;
/// Bytes of a value at most.
pub const MAX_VALUE: usize = 512;

/// Bytes of an item in a page at most, filled up to words of up to 32 bytes.
const MAX_ITEM: usize = (seal::OVERHEAD + MAX_VALUE).next_multiple_of(32);

/// A number that only grows, and that whoever can write the flash cannot write.
///
/// It is at 0 when it is new. A cut during [`increment`](Self::increment) leaves it at the old number or at the new one.
pub trait Counter {
    /// What it is at.
    fn read(&mut self) -> Result<u32, CounterError>;
    /// One more.
    fn increment(&mut self) -> Result<(), CounterError>;
}

impl<C: Counter> Counter for &mut C {
    fn read(&mut self) -> Result<u32, CounterError> {
        C::read(self)
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        C::increment(self)
    }
}

/// The counter cannot be read or stepped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterError;

/// Why the store does not do what it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The region is not two banks of whole pages, or its pages are too small.
    Geometry,
    /// There is no such id.
    Id,
    /// The value is longer than [`MAX_VALUE`], or than the room for it.
    Length,
    /// The record of this id is not what was saved last. Saving or erasing it ends that; the other ids are not concerned.
    Tampered,
    /// The flash is older than the counter: an old image, or the newest state is lost. Only [`Store::format`] ends that.
    RolledBack,
    /// The flash is newer than the counter can be: another part's counter. Only [`Store::format`] ends that.
    CounterBehind,
    /// Nothing more fits. Nothing has changed.
    Full,
    /// The flash does not erase or keep what is written.
    Flash,
    /// The counter does not work, or all its numbers are used up.
    Counter,
    /// There is no device key, or this build has no primitives to seal with.
    Key,
}

impl From<CounterError> for Error {
    fn from(_: CounterError) -> Self {
        Self::Counter
    }
}

impl From<DeviceKeyError> for Error {
    fn from(_: DeviceKeyError) -> Self {
        Self::Key
    }
}

/// What the scan at start has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Ids of [`Store::tampered`].
    pub tampered: u16,
    /// Power was cut in a change, or its last step was damaged: it has been completed.
    pub completed: bool,
    /// There was nothing, and the counter was at 0: the store is new.
    pub new: bool,
}

/// Where the banks lie.
#[derive(Debug, Clone, Copy)]
struct Geometry {
    start: u32,
    pages_per_bank: u8,
}

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// The number of the change that saved it; 0: there is none.
    sequence: u32,
    /// Bytes of the item.
    length: u16,
    /// Page of the active bank that has the item.
    page: Option<u8>,
}

const ABSENT: Entry = Entry { sequence: 0, length: 0, page: None };

type Entries = [Entry; IDS as usize];

/// What is known of a store that is in order.
#[derive(Debug, Clone)]
struct State {
    bank: u8,
    /// Page of the bank that is written to.
    page: u8,
    generation: u32,
    /// The number of the newest change; the counter's, too.
    sequence: u32,
    /// The tag of the newest manifest: the next record is bound to it.
    tag: [u8; seal::TAG_LEN],
    /// The first change since the start has taken a number for itself: what power has cut before can never count as newest.
    fresh: bool,
    /// The newest manifest has been written in this start. Else power may have gone off just when it could be read.
    firm: bool,
    entries: Entries,
}

/// Room for an item. Holds cipher text only.
#[repr(align(8))]
struct Item([u8; MAX_ITEM]);

/// Sealed records by id.
///
/// A call that fails in the middle leaves a store that finds out by itself, with the next call, what the flash has.
pub struct Store<F, C, K> {
    flash: F,
    counter: C,
    key: K,
    geometry: Geometry,
    /// `None`: to be found out.
    state: Option<State>,
    item: Item,
    /// What is read back goes here.
    scratch: Item,
}

impl<F: NorFlash, C: Counter, K: DeviceKey> Store<F, C, K> {
    /// A store in `region`, which is twice as many pages as a bank has, 1 to 254; each of at least 1024 bytes, in words of 1 to
    /// 32. Erased bytes are 0xFF. Touches nothing.
    pub fn new(flash: F, region: Range<u32>, counter: C, key: K) -> Result<Self, Error> {
        const { key::refuse_test_key::<K>() };
        let geometry = Geometry::new::<F>(region, flash.capacity()).ok_or(Error::Geometry)?;
        let (item, scratch) = (Item([0; MAX_ITEM]), Item([0; MAX_ITEM]));
        Ok(Self { flash, counter, key, geometry, state: None, item, scratch })
    }

    /// Looks at all the flash, and completes what power has cut. The other calls do so, if nobody has.
    pub fn mount(&mut self) -> Result<Report, Error> {
        let sealer = Sealer::derive(&self.key)?;
        self.state = None;
        let (state, report) = self.scan(&sealer)?;
        self.state = Some(state);
        Ok(report)
    }

    /// The value of `id` to the front of `into`, and its length; `None`: there is none. After an error `into` has nothing of it.
    pub fn load(&mut self, id: u16, into: &mut [u8]) -> Result<Option<usize>, Error> {
        self.ready()?;
        let entry = self.entry(id).ok_or(Error::Id)?;
        if entry.sequence == 0 {
            return Ok(None);
        }
        let sealer = Sealer::derive(&self.key)?;
        let length = self.fetch(&sealer, id, entry).ok_or(Error::Tampered)?;
        let item = self.item.0.get(..length).ok_or(Error::Tampered)?;
        let value_length = length.saturating_sub(seal::OVERHEAD);
        let into = into.get_mut(..value_length).ok_or(Error::Length)?;
        sealer.open(item, into).map_err(|_| Error::Tampered)?;
        Ok(Some(value_length))
    }

    /// Saves `value` for `id`: when this returns `Ok`, for good. After an error it is the old value or the new one.
    pub fn save(&mut self, id: u16, value: &[u8]) -> Result<(), Error> {
        if value.len() > MAX_VALUE {
            return Err(Error::Length);
        }
        self.ready()?;
        self.entry(id).ok_or(Error::Id)?;
        self.commit(id, Some(value))
    }

    /// Erases what is saved for `id`: when this returns `Ok`, for good. What has been saved lies in the flash, encrypted, until
    /// the bank is erased; [`purge`](Self::purge) does that at once.
    pub fn erase(&mut self, id: u16) -> Result<(), Error> {
        self.ready()?;
        match self.entry(id).ok_or(Error::Id)? {
            ABSENT => Ok(()),
            _ => self.commit(id, None),
        }
    }

    /// The ids whose record is not what was saved last, in ascending order. Empty, if the store has not been mounted.
    pub fn tampered(&self) -> impl Iterator<Item = u16> + '_ {
        let entries = self.state.iter().flat_map(|state| state.entries.iter());
        (0..).zip(entries).filter(|(_, entry)| entry.sequence != 0 && entry.page.is_none()).map(|(id, _)| id)
    }

    /// The ids that have a record, also one that is tampered with, in ascending order. Empty, if the store has not been mounted.
    pub fn ids(&self) -> impl Iterator<Item = u16> + '_ {
        let entries = self.state.iter().flat_map(|state| state.entries.iter());
        (0..).zip(entries).filter(|(_, entry)| entry.sequence != 0).map(|(id, _)| id)
    }

    /// The flash, the counter and the key.
    pub fn release(self) -> (F, C, K) {
        (self.flash, self.counter, self.key)
    }

    fn ready(&mut self) -> Result<(), Error> {
        match self.state {
            Some(_) => Ok(()),
            None => self.mount().map(|_| ()),
        }
    }

    fn entry(&self, id: u16) -> Option<Entry> {
        self.state.as_ref()?.entries.get(usize::from(id)).copied()
    }
}

impl Geometry {
    fn new<F: NorFlash>(region: Range<u32>, capacity: usize) -> Option<Self> {
        let page = u32::try_from(F::ERASE_SIZE).ok()?;
        let words = [F::READ_SIZE, F::WRITE_SIZE].iter().all(|size| size.is_power_of_two() && *size <= log::CHUNK);
        let bank = region.end.checked_sub(region.start)?.checked_div(2)?;
        let whole = region.start.is_multiple_of(page) && bank.is_multiple_of(page);
        let inside = usize::try_from(region.end).is_ok_and(|end| end <= capacity);
        let pages_per_bank = u8::try_from(bank.checked_div(page)?).ok().filter(|pages| (1..255).contains(pages))?;
        (words && whole && inside && F::ERASE_SIZE >= 1024).then_some(Self { start: region.start, pages_per_bank })
    }
}
