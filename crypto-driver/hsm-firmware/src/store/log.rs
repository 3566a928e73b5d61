//! Items in pages and banks.
#![forbid(unsafe_code)]

use embedded_storage::nor_flash::NorFlash;

pub(super) use super::flash::CHUNK;
use super::flash::{taken, word, Page};
use super::{seal, Entries, Error, Geometry};

impl Geometry {
    /// Pages of a bank.
    pub fn pages(self) -> impl DoubleEndedIterator<Item = u8> {
        0..self.pages_per_bank
    }

    fn address<F: NorFlash>(self, bank: u8, page: u8) -> u32 {
        let pages = u32::from(bank).saturating_mul(u32::from(self.pages_per_bank)).saturating_add(u32::from(page));
        self.start.saturating_add(pages.saturating_mul(F::ERASE_SIZE as u32))
    }

    fn page<F: NorFlash>(self, flash: &mut F, bank: u8, page: u8) -> Page<'_, F> {
        Page { flash, address: self.address::<F>(bank, page) }
    }

    /// Shows `visit` the items of a page, in the order they were written in, at the front of `room`, until it has found
    /// something. What does not have its checksum is passed over.
    pub fn scan<F: NorFlash, R>(
        self,
        flash: &mut F,
        (bank, page): (u8, u8),
        room: &mut [u8],
        mut visit: impl FnMut(&[u8]) -> Option<R>,
    ) -> Option<R> {
        let mut found = None;
        self.page(flash, bank, page).each_item(room, &mut |item| {
            found = visit(item);
            found.is_none()
        });
        found
    }

    /// Appends an item to a bank, in page `page` or behind it, and reads it back into `room`. The page that has it; `None`: the
    /// bank has no room.
    pub fn append<F: NorFlash>(self, flash: &mut F, (bank, page): (u8, u8), item: &[u8], room: &mut [u8]) -> Option<u8> {
        (page..self.pages_per_bank).find(|page| {
            self.page(flash, bank, *page).push(item).is_some()
                // What a cut has left in a page can make an item in it unreadable.
                && self.scan(flash, (bank, *page), room, |found| (found == item).then_some(())).is_some()
        })
    }

    /// The page of a bank to append to: the last that is not erased, if all behind its items is. Else the one behind it: a header
    /// that power was cut in may read otherwise the next time, and hide what comes behind it.
    pub fn append_to<F: NorFlash>(self, flash: &mut F, bank: u8, room: &mut [u8]) -> u8 {
        let used = |page: &u8| !self.is_erased(flash, bank, *page);
        let Some(page) = self.pages().rev().find(used) else { return 0 };
        let word = word::<F>();
        let mut end = word;
        self.scan(flash, (bank, page), room, |item| -> Option<()> {
            end = end.saturating_add(taken::<F>(item.len()));
            None
        });
        match self.page(flash, bank, page).is_erased(end, F::ERASE_SIZE.saturating_sub(end)) {
            true => page,
            false => page.saturating_add(1),
        }
    }

    /// Erases all of a bank, whatever is in it.
    pub fn erase_bank<F: NorFlash>(self, flash: &mut F, bank: u8) -> Result<(), Error> {
        for page in self.pages() {
            let address = self.address::<F>(bank, page);
            flash.erase(address, address.saturating_add(F::ERASE_SIZE as u32)).map_err(|_| Error::Flash)?;
            if !self.is_erased(flash, bank, page) {
                return Err(Error::Flash);
            }
        }
        Ok(())
    }

    fn is_erased<F: NorFlash>(self, flash: &mut F, bank: u8, page: u8) -> bool {
        self.page(flash, bank, page).is_erased(0, F::ERASE_SIZE)
    }

    /// Does a bank that is made anew hold `entries`, its two manifests, and then the erasure of a record?
    pub fn holds<F: NorFlash>(self, entries: &Entries) -> bool {
        let records = entries.iter().filter(|entry| entry.page.is_some()).map(|entry| usize::from(entry.length));
        let manifest = seal::MANIFEST_ITEM;
        let items = records.chain([manifest, manifest, seal::OVERHEAD, manifest]);
        let room = F::ERASE_SIZE.saturating_sub(word::<F>().saturating_mul(2));
        // Filling pages in this order never takes more pages for less, so that this stays true of what is erased from it.
        let (mut pages, mut left) = (0u8, 0usize);
        for item in items.map(taken::<F>) {
            left = left.checked_sub(item).unwrap_or_else(|| {
                pages = pages.saturating_add(1);
                room.saturating_sub(item)
            });
        }
        pages <= self.pages_per_bank
    }
}
