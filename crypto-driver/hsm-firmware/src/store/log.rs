//! Items in pages and banks.
#![forbid(unsafe_code)]

use embedded_storage::nor_flash::NorFlash;
use sequential_storage::cache::{Cache, Uncached};
use sequential_storage::queue::{QueueConfig, QueueStorage};

pub(super) use super::flash::CHUNK;
use super::flash::{at_once, Page};
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
        each_item(self.page(flash, bank, page), room, &mut |item| {
            found = visit(item);
            found.is_none()
        });
        found
    }

    /// Appends an item to a bank, in page `page` or behind it, and reads it back into `room`. The page that has it; `None`: the
    /// bank has no room.
    pub fn append<F: NorFlash>(self, flash: &mut F, (bank, page): (u8, u8), item: &[u8], room: &mut [u8]) -> Option<u8> {
        (page..self.pages_per_bank).find(|page| {
            push(self.page(flash, bank, *page), item).is_some()
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
        let mut last = self.page(flash, bank, page);
        let (behind, rest) = (last.address.saturating_add(end as u32), F::ERASE_SIZE.saturating_sub(end));
        match last.is_erased(behind, rest) {
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
        let mut page = self.page(flash, bank, page);
        page.is_erased(page.address, F::ERASE_SIZE)
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

/// Bytes that `sequential-storage` writes at once; the first of a page are its mark, and the last are not used.
fn word<F: NorFlash>() -> usize {
    F::WRITE_SIZE.max(F::READ_SIZE)
}

/// Bytes that an item takes in a page.
fn taken<F: NorFlash>(item: usize) -> usize {
    ITEM_HEADER.next_multiple_of(word::<F>()).saturating_add(item.next_multiple_of(word::<F>()))
}

/// Bytes that `sequential-storage` puts before an item.
const ITEM_HEADER: usize = 8;

type Queue<'f, F> = QueueStorage<Page<'f, F>, Cache<Uncached, Uncached, Uncached>>;

/// The items of one page.
fn queue<F: NorFlash>(page: Page<'_, F>) -> Option<Queue<'_, F>> {
    let end = page.address.checked_add(F::ERASE_SIZE as u32)?;
    let config = QueueConfig::try_new(page.address..end).ok()?;
    Some(QueueStorage::new(page, config, Cache::new_uncached()))
}

/// Shows `visit` the items of a page until it has enough. Once in the program, and not once for each that visits.
#[inline(never)]
fn each_item<F: NorFlash>(page: Page<'_, F>, room: &mut [u8], visit: &mut dyn FnMut(&[u8]) -> bool) -> Option<()> {
    let mut queue = queue(page)?;
    let mut items = at_once(queue.iter())?.ok()?;
    // An error is an item that is longer than any of ours: what is behind it cannot be read.
    while visit(&at_once(items.next(room))?.ok()??) {}
    Some(())
}

/// Appends an item to a page. `None`: the page does not take it.
#[inline(never)]
fn push<F: NorFlash>(page: Page<'_, F>, item: &[u8]) -> Option<()> {
    at_once(queue(page)?.push(item, false))?.ok()
}
