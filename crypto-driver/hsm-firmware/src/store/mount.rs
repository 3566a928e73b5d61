//! Start: what the flash has, and what power has cut is completed.
#![forbid(unsafe_code)]

use embedded_storage::nor_flash::NorFlash;

use super::seal::{Context, Header, Kind, Sealer};
use super::{seal, Counter, DeviceKey, Entries, Entry, Error, Report, State, Store, ABSENT, IDS};

/// A manifest that is authentic.
pub(super) struct Manifest {
    pub bank: u8,
    sequence: u32,
    pub generation: u32,
    tag: [u8; seal::TAG_LEN],
    entries: Entries,
}

/// A record whose change has no manifest.
struct Pending {
    id: u16,
    entry: Entry,
    page: u8,
}

impl<F: NorFlash, C: Counter, K: DeviceKey> Store<F, C, K> {
    pub(super) fn scan(&mut self, sealer: &Sealer) -> Result<(State, Report), Error> {
        let counter = self.counter.read()?;
        let Some(manifest) = self.newest_manifest(sealer) else {
            if counter != 0 {
                return Err(Error::RolledBack);
            }
            let state = self.make_new(sealer, 0, None)?;
            return Ok((state, Report { new: true, ..Report::default() }));
        };
        let (mut state, pending) = self.find_records(sealer, &manifest, counter);
        let pending = pending.filter(|_| manifest.sequence <= counter);
        let newest = manifest.sequence.saturating_add(pending.is_some().into());
        if newest < counter {
            return Err(Error::RolledBack);
        }
        if newest > counter.saturating_add(1) {
            return Err(Error::CounterBehind);
        }
        let completed = match pending {
            Some(pending) if newest == counter => self.restore(sealer, &mut state, pending).map(|()| true)?,
            Some(pending) => self.complete(sealer, &mut state, pending)?,
            None if newest == counter => false,
            None => {
                // Power may have gone off just when the manifest could be read: it is written once more.
                self.publish(sealer, &mut state, 1)?;
                self.step_counter(newest)?;
                true
            }
        };
        let tampered = state.entries.iter().filter(|entry| entry.sequence != 0 && entry.page.is_none()).count();
        Ok((state, Report { tampered: tampered as u16, completed, new: false }))
    }

    /// The newest manifest of both banks.
    pub(super) fn newest_manifest(&mut self, sealer: &Sealer) -> Option<Manifest> {
        let geometry = self.geometry;
        let mut newest: Option<Manifest> = None;
        // The newest come first, so that the others are passed over by their numbers.
        for (bank, page) in [0, 1].into_iter().flat_map(|bank| geometry.pages().rev().map(move |page| (bank, page))) {
            geometry.scan(&mut self.flash, (bank, page), &mut self.item.0, |item| -> Option<()> {
                let header = Header::of(item)?;
                let Context::Generation(generation) = header.context else { return None };
                let sequence = header.sequence;
                if newest.as_ref().is_none_or(|newest| (newest.sequence, newest.generation) < (sequence, generation)) {
                    if let (Ok(entries), Some(tag)) = (sealer.open_manifest(item), seal::tag(item)) {
                        newest = Some(Manifest { bank, sequence, generation, tag, entries });
                    }
                }
                None
            });
        }
        newest
    }

    /// Finds the records of `manifest`, and one of the change behind it.
    fn find_records(&mut self, sealer: &Sealer, manifest: &Manifest, counter: u32) -> (State, Option<Pending>) {
        let geometry = self.geometry;
        let Manifest { bank, sequence, generation, tag, mut entries } = *manifest;
        let next = sequence.checked_add(1).filter(|_| sequence <= counter);
        let mut pending = None;
        for page in geometry.pages() {
            geometry.scan(&mut self.flash, (bank, page), &mut self.item.0, |item| -> Option<()> {
                let header = Header::of(item).filter(|header| header.kind != Kind::Manifest)?;
                let known = entries.get_mut(usize::from(header.id))?;
                let length = item.len() as u16;
                if header.kind == Kind::Value && header.sequence == known.sequence {
                    // Of several copies the last: one before it may be what power was cut in.
                    sealer.check(item).ok()?;
                    (known.page, known.length) = (Some(page), length);
                } else if Some(header.sequence) == next && header.context == Context::After(tag) && pending.is_none() {
                    sealer.check(item).ok()?;
                    let saved = Entry { sequence: header.sequence, length, page: Some(page) };
                    let entry = if header.kind == Kind::Value { saved } else { ABSENT };
                    pending = Some(Pending { id: header.id, entry, page });
                }
                None
            });
        }
        let page = geometry.append_to(&mut self.flash, bank, &mut self.item.0);
        (State { bank, page, generation, sequence, tag, fresh: false, firm: false, entries }, pending)
    }

    /// The change of `pending` was complete, and its manifest has been damaged since: it is made again.
    fn restore(&mut self, sealer: &Sealer, state: &mut State, pending: Pending) -> Result<(), Error> {
        state.sequence = state.sequence.checked_add(1).ok_or(Error::Counter)?;
        *state.entries.get_mut(usize::from(pending.id)).ok_or(Error::Id)? = pending.entry;
        self.publish(sealer, state, 1)
    }

    /// Completes the change of `pending`; `false`: it cannot be, and nobody was told that it was done.
    ///
    /// Power may have gone off just when its last word could be read, and it may be unreadable the next time: it is written
    /// once more, and only that copy counts.
    fn complete(&mut self, sealer: &Sealer, state: &mut State, pending: Pending) -> Result<bool, Error> {
        let sequence = state.sequence.checked_add(1).ok_or(Error::Counter)?;
        let place = (state.bank, pending.page);
        let mut again = self.copy(sealer, state, place, pending.id, sequence);
        let mut copies = 1;
        if again.is_none() {
            self.compact(sealer, state)?;
            again = self.copy(sealer, state, place, pending.id, sequence);
            // It follows a manifest that this bank does not have, so that it cannot stand in for its own.
            copies = 2;
        }
        if again.is_none() {
            return Ok(false);
        }
        let entry = state.entries.get_mut(usize::from(pending.id)).ok_or(Error::Id)?;
        *entry = Entry { page: pending.entry.page.and(again), ..pending.entry };
        state.sequence = sequence;
        self.publish(sealer, state, copies)?;
        self.step_counter(sequence)?;
        Ok(true)
    }

    /// Appends a record of `place` once more; the page that has it. `None`: it cannot be read, or the bank is full.
    pub(super) fn copy(&mut self, sealer: &Sealer, state: &mut State, place: (u8, u8), id: u16, sequence: u32) -> Option<u8> {
        let length = self.find(sealer, place, id, sequence)?;
        self.append_item(state, length)
    }

    /// Looks for a record and leaves it in `item`; its length.
    pub(super) fn find(&mut self, sealer: &Sealer, place: (u8, u8), id: u16, sequence: u32) -> Option<usize> {
        self.geometry.scan(&mut self.flash, place, &mut self.item.0, |item| {
            let header = Header::of(item)?;
            let wanted = header.kind != Kind::Manifest && header.id == id && header.sequence == sequence;
            (wanted && sealer.check(item).is_ok()).then_some(item.len())
        })
    }

    /// Leaves the item of an id in `item`; its length. `None`: it is not there any more, or never was.
    pub(super) fn fetch(&mut self, sealer: &Sealer, id: u16, entry: Entry) -> Option<usize> {
        let bank = self.state.as_ref()?.bank;
        self.find(sealer, (bank, entry.page?), id, entry.sequence)
    }

    /// Makes `bank` a store without records; the number of the change that does is one more than the counter's.
    pub(super) fn make_new(&mut self, sealer: &Sealer, bank: u8, generation: Option<u32>) -> Result<State, Error> {
        let sequence = self.counter.read()?.checked_add(1).ok_or(Error::Counter)?;
        let generation = generation.unwrap_or_default().checked_add(1).ok_or(Error::Counter)?;
        let entries = [ABSENT; IDS as usize];
        self.geometry.erase_bank(&mut self.flash, bank)?;
        let mut state = State { bank, page: 0, generation, sequence, tag: [0; seal::TAG_LEN], fresh: true, firm: true, entries };
        self.write_manifests(sealer, &mut state, 2)?.ok_or(Error::Full)?;
        self.step_counter(sequence)?;
        Ok(state)
    }
}
