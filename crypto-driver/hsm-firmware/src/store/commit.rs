//! Changes: what is written, in which order.
#![forbid(unsafe_code)]

use embedded_storage::nor_flash::NorFlash;

use super::seal::{Context, Header, Kind, Sealer};
use super::{seal, Counter, DeviceKey, Entry, Error, State, Store, ABSENT};

impl<F: NorFlash, C: Counter, K: DeviceKey> Store<F, C, K> {
    /// Makes the store new, whatever the flash has: nothing of before counts any more, and it is erased.
    pub fn format(&mut self) -> Result<(), Error> {
        let sealer = Sealer::derive(&self.key)?;
        self.state = None;
        let newest = self.newest_manifest(&sealer);
        let bank = newest.as_ref().map_or(0, |newest| other(newest.bank));
        let state = self.make_new(&sealer, bank, newest.map(|newest| newest.generation))?;
        self.geometry.erase_bank(&mut self.flash, other(bank))?;
        self.state = Some(state);
        Ok(())
    }

    /// Erases from the flash what has been replaced and erased from the store.
    pub fn purge(&mut self) -> Result<(), Error> {
        let sealer = Sealer::derive(&self.key)?;
        self.ready()?;
        let mut state = self.state.take().ok_or(Error::Flash)?;
        self.compact(&sealer, &mut state)?;
        self.geometry.erase_bank(&mut self.flash, other(state.bank))?;
        self.state = Some(state);
        Ok(())
    }

    /// Saves `value`, or erases what there is.
    pub(super) fn commit(&mut self, id: u16, value: Option<&[u8]>) -> Result<(), Error> {
        let sealer = Sealer::derive(&self.key)?;
        // Gone until all is done: after an error the flash has to be looked at.
        let mut state = self.state.take().ok_or(Error::Flash)?;
        let length = seal::OVERHEAD.saturating_add(value.map_or(0, <[u8]>::len)) as u16;
        let mut entries = state.entries;
        let entry = entries.get_mut(usize::from(id)).ok_or(Error::Id)?;
        *entry = if value.is_some() { Entry { sequence: 0, length, page: Some(0) } } else { ABSENT };
        if !self.geometry.holds::<F>(&entries) {
            self.state = Some(state);
            return Err(Error::Full);
        }
        if !state.fresh {
            self.renew(&sealer, &mut state)?;
        }
        let sequence = state.sequence.checked_add(1).ok_or(Error::Counter)?;
        let kind = if value.is_some() { Kind::Value } else { Kind::Erased };
        let page = match self.append_record(&sealer, &mut state, kind, id, value.unwrap_or_default()) {
            None => {
                self.compact(&sealer, &mut state)?;
                self.append_record(&sealer, &mut state, kind, id, value.unwrap_or_default())
            }
            page => page,
        };
        let page = page.ok_or(Error::Full)?;
        let entry = state.entries.get_mut(usize::from(id)).ok_or(Error::Id)?;
        *entry = if value.is_some() { Entry { sequence, length, page: Some(page) } } else { ABSENT };
        state.sequence = sequence;
        self.publish(&sealer, &mut state, 1)?;
        self.step_counter(sequence)?;
        self.state = Some(state);
        Ok(())
    }

    /// Takes a number for this start alone, before its first change: whatever was begun before with the same number, and is
    /// not complete, is old from here on. Two copies, because no record stands beside it.
    fn renew(&mut self, sealer: &Sealer, state: &mut State) -> Result<(), Error> {
        state.sequence = state.sequence.checked_add(1).ok_or(Error::Counter)?;
        self.publish(sealer, state, 2)?;
        self.step_counter(state.sequence)?;
        state.fresh = true;
        Ok(())
    }

    fn append_record(&mut self, sealer: &Sealer, state: &mut State, kind: Kind, id: u16, value: &[u8]) -> Option<u8> {
        let sequence = state.sequence.checked_add(1)?;
        let header = Header { kind, id, sequence, context: Context::After(state.tag) };
        let length = sealer.seal(header, value, &mut self.item.0)?;
        self.append_item(state, length)
    }

    /// Appends the item in `item`; the page that has it. `None`: the bank is full.
    pub(super) fn append_item(&mut self, state: &mut State, length: usize) -> Option<u8> {
        let place = (state.bank, state.page);
        let page = self.geometry.append(&mut self.flash, place, self.item.0.get(..length)?, &mut self.scratch.0)?;
        state.page = page;
        Some(page)
    }

    /// Writes the manifest of `state`: in the bank, or, if that is full, at the end of a new one.
    pub(super) fn publish(&mut self, sealer: &Sealer, state: &mut State, copies: usize) -> Result<(), Error> {
        match self.write_manifests(sealer, state, copies)? {
            Some(()) => Ok(()),
            None => self.compact(sealer, state),
        }
    }

    /// `None`: the bank is full.
    pub(super) fn write_manifests(&mut self, sealer: &Sealer, state: &mut State, copies: usize) -> Result<Option<()>, Error> {
        let item = &mut self.item.0;
        let length = sealer.seal_manifest(state.generation, state.sequence, &state.entries, item).ok_or(Error::Key)?;
        state.tag = seal::tag(item).ok_or(Error::Key)?;
        for _ in 0..copies {
            if self.append_item(state, length).is_none() {
                return Ok(None);
            }
            state.firm = true;
        }
        Ok(Some(()))
    }

    /// Makes the other bank out of what counts in this one. It takes over with its first manifest.
    pub(super) fn compact(&mut self, sealer: &Sealer, state: &mut State) -> Result<(), Error> {
        if !state.firm {
            // The first manifest of this bank may be what power was cut in; what it has taken over from is erased now. A bank that
            // has no room for another one is older than that.
            let _ = self.write_manifests(sealer, state, 1)?;
        }
        let from = state.bank;
        let bank = other(from);
        self.geometry.erase_bank(&mut self.flash, bank)?;
        (state.bank, state.page) = (bank, 0);
        state.generation = state.generation.checked_add(1).ok_or(Error::Counter)?;
        for id in 0..super::IDS {
            let Some(Entry { sequence, page: Some(page), .. }) = state.entries.get(usize::from(id)).copied() else { continue };
            let page = match self.find(sealer, (from, page), id, sequence) {
                Some(length) => Some(self.append_item(state, length).ok_or(Error::Full)?),
                // It has been tampered with since the start.
                None => None,
            };
            state.entries.get_mut(usize::from(id)).ok_or(Error::Id)?.page = page;
        }
        self.write_manifests(sealer, state, 2)?.ok_or(Error::Full)
    }

    /// The change `sequence` is complete.
    pub(super) fn step_counter(&mut self, sequence: u32) -> Result<(), Error> {
        self.counter.increment()?;
        match self.counter.read()? {
            number if number == sequence => Ok(()),
            _ => Err(Error::Counter),
        }
    }
}

fn other(bank: u8) -> u8 {
    1 ^ (bank & 1)
}
