//! One page of the flash: what of it can be read, and items behind each other.
//!
//! ```text
//!   0            one word that is left free
//!   one word     item: checksum of its bytes (4), length (2), the length's complement (2), filled up to whole words;
//!                then its bytes, filled up to whole words
//!   …            the next item
//!   the last     one word that is left free
//! ```
//!
//! A cut leaves bits that have not become 0. No such word has a length and its complement, but the one that was to be written.
#![forbid(unsafe_code)]

use embedded_storage::nor_flash::NorFlash;

/// What a word reads as that cannot be read: programmed in part, by its checksum. Neither erased nor the header of an item.
const UNREADABLE: u8 = 0x55;
/// Bytes looked at at a time, and the longest word there is.
pub(super) const CHUNK: usize = 64;
/// Bytes before an item.
const HEADER: usize = 8;
/// Times that something is read that does not have its checksum.
const READINGS: usize = 2;

/// A page.
///
/// * What cannot be read reads as [`UNREADABLE`]: flash with error correction has no other answer for a word that power was cut
///   in, and one such word must not hide the others.
/// * No word is written a second time, whatever it reads as: that breaks the checksum of such flash.
pub(super) struct Page<'f, F> {
    pub flash: &'f mut F,
    /// Address of its first byte.
    pub address: u32,
}

/// What lies somewhere in a page.
enum Found {
    /// Nothing has been written there.
    Free,
    /// Nothing that can be read: perhaps an item begins one word behind.
    Torn,
    /// An item.
    Item { length: usize, checksum: u32, next: usize },
}

/// Bytes that are written and read at once.
pub(super) const fn word<F: NorFlash>() -> usize {
    if F::WRITE_SIZE > F::READ_SIZE {
        F::WRITE_SIZE
    } else {
        F::READ_SIZE
    }
}

/// Bytes that an item takes in a page.
pub(super) const fn taken<F: NorFlash>(item: usize) -> usize {
    HEADER.next_multiple_of(word::<F>()).saturating_add(item.next_multiple_of(word::<F>()))
}

/// CRC-32C, of a start of its own.
fn checksum(bytes: &[u8]) -> u32 {
    let crc = bytes.iter().fold(0xEEEE_EEEE, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc: u32, _| (crc >> 1) ^ (0x82F6_3B78 & (crc & 1).wrapping_neg()))
    });
    !crc
}

impl<F: NorFlash> Page<'_, F> {
    /// Where items end.
    const END: usize = F::ERASE_SIZE.saturating_sub(word::<F>());

    fn read(&mut self, offset: usize, bytes: &mut [u8]) {
        let Some(address) = u32::try_from(offset).ok().and_then(|offset| self.address.checked_add(offset)) else { return };
        if self.flash.read(address, bytes).is_ok() {
            return;
        }
        for (address, word) in (address..).step_by(F::READ_SIZE).zip(bytes.chunks_mut(F::READ_SIZE)) {
            if self.flash.read(address, word).is_err() {
                word.fill(UNREADABLE);
            }
        }
    }

    /// Does all of `offset..offset + length` read as erased?
    pub fn is_erased(&mut self, offset: usize, length: usize) -> bool {
        let mut chunk = [0; CHUNK];
        (0..length).step_by(CHUNK).all(|at| {
            let Some(chunk) = chunk.get_mut(..CHUNK.min(length.saturating_sub(at))) else { return false };
            let Ok(offset) = u32::try_from(offset.saturating_add(at)) else { return false };
            self.flash.read(self.address.saturating_add(offset), chunk).is_ok() && chunk.iter().all(|byte| *byte == 0xFF)
        })
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) -> Option<()> {
        if !self.is_erased(offset, bytes.len()) {
            return None;
        }
        let address = self.address.checked_add(u32::try_from(offset).ok()?)?;
        self.flash.write(address, bytes).ok()
    }

    fn look(&mut self, at: usize) -> Found {
        let mut header = [0; CHUNK];
        for _ in 0..READINGS {
            let Some(header) = header.get_mut(..HEADER.next_multiple_of(word::<F>())) else { return Found::Torn };
            self.read(at, header);
            if header.iter().all(|byte| *byte == 0xFF) {
                return Found::Free;
            }
            let [a, b, c, d, short, long, not_short, not_long, ..] = *header else { return Found::Torn };
            let length = u16::from_le_bytes([short, long]);
            if length == !u16::from_le_bytes([not_short, not_long]) {
                let length = usize::from(length);
                let next = at.saturating_add(taken::<F>(length));
                return match next <= Self::END {
                    true => Found::Item { length, checksum: u32::from_le_bytes([a, b, c, d]), next },
                    false => Found::Torn,
                };
            }
        }
        Found::Torn
    }

    /// Shows `visit` what lies in the page, in the order it was written in, until it has enough; tells where nothing is yet.
    fn walk(&mut self, visit: &mut dyn FnMut(&mut Self, usize, usize, u32) -> bool) -> usize {
        let mut at = word::<F>();
        while at.saturating_add(taken::<F>(0)) <= Self::END {
            match self.look(at) {
                Found::Free => break,
                Found::Torn => at = at.saturating_add(word::<F>()),
                Found::Item { length, checksum, next } => {
                    if !visit(self, next, length, checksum) {
                        break;
                    }
                    at = next;
                }
            }
        }
        at
    }

    /// Shows `visit` the items of the page at the front of `room`, in the order they were written in, until it has enough. What
    /// does not have its checksum, or is longer than any of ours, is passed over.
    #[inline(never)] // once in the program, and not once for each that visits
    pub fn each_item(&mut self, room: &mut [u8], visit: &mut dyn FnMut(&[u8]) -> bool) {
        self.walk(&mut |page, next, length, sum| {
            let whole = length.next_multiple_of(word::<F>());
            for _ in 0..READINGS {
                let Some(bytes) = room.get_mut(..whole) else { return true };
                page.read(next.saturating_sub(whole), bytes);
                let item = bytes.get(..length).unwrap_or_default();
                if checksum(item) == sum {
                    return visit(item);
                }
            }
            true
        });
    }

    /// Appends an item. `None`: the page does not take it.
    #[inline(never)]
    pub fn push(&mut self, item: &[u8]) -> Option<()> {
        let at = self.walk(&mut |_, _, _, _| true);
        if at.saturating_add(taken::<F>(item.len())) > Self::END {
            return None;
        }
        let length = u16::try_from(item.len()).ok()?;
        let mut words = [0xFF; CHUNK];
        let fields = checksum(item).to_le_bytes().into_iter().chain(length.to_le_bytes()).chain((!length).to_le_bytes());
        words.iter_mut().zip(fields).for_each(|(to, from)| *to = from);
        let header = words.get(..HEADER.next_multiple_of(word::<F>()))?;
        self.write(at, header)?;
        let mut at = at.checked_add(header.len())?;
        for bytes in item.chunks(CHUNK) {
            let whole = bytes.len().next_multiple_of(word::<F>());
            words = [0; CHUNK];
            words.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            self.write(at, words.get(..whole)?)?;
            at = at.checked_add(whole)?;
        }
        Some(())
    }
}
