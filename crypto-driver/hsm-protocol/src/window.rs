//! A range of bus addresses, and the words behind it.

use core::sync::atomic::{AtomicU32, Ordering};

/// Memory that both sides reach: the bus address of its first byte, and its words.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    base: u32,
    words: &'a [AtomicU32],
}

impl<'a> Window<'a> {
    /// None unless `base` is a multiple of 4 and the last byte has an address of 32 bits.
    pub fn new(base: u32, words: &'a [AtomicU32]) -> Option<Self> {
        let bytes = u32::try_from(words.len()).ok()?.checked_mul(4)?;
        base.checked_add(bytes)?;
        (base % 4 == 0).then_some(Self { base, words })
    }

    /// Bus address of the first byte.
    pub fn base(&self) -> u32 {
        self.base
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        // `new` has looked
        (self.words.len() as u32).wrapping_mul(4)
    }

    /// Has it no byte?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its words.
    pub fn words(&self) -> &'a [AtomicU32] {
        self.words
    }

    /// The words from `address` on that hold `length` bytes; None unless `address` is a multiple of 4 and all lie in the window.
    pub fn span(&self, address: u32, length: u32) -> Option<&'a [AtomicU32]> {
        let offset = address.checked_sub(self.base)?;
        let end = offset.checked_add(length)?;
        if address % 4 != 0 || end > self.len() {
            return None;
        }
        let (first, end) = ((offset / 4) as usize, (end.checked_add(3)? / 4) as usize);
        self.words.get(first..end)
    }

    /// Copies bytes from `address` on, each word once. False, and nothing is copied, unless `span` has them.
    #[must_use]
    pub fn read(&self, address: u32, to: &mut [u8]) -> bool {
        let Some(words) = u32::try_from(to.len()).ok().and_then(|length| self.span(address, length)) else {
            return false;
        };
        for (word, bytes) in words.iter().zip(to.chunks_mut(4)) {
            let value = word.load(Ordering::Acquire).to_le_bytes();
            match bytes.first_chunk_mut() {
                Some(whole) => *whole = value,
                None => bytes.iter_mut().zip(value).for_each(|(to, from)| *to = from),
            }
        }
        true
    }

    /// Copies bytes to `address`, whole words; what the last has behind them becomes 0. False, and nothing is copied, unless
    /// `span` has them.
    #[must_use]
    pub fn write(&self, address: u32, from: &[u8]) -> bool {
        let Some(words) = u32::try_from(from.len()).ok().and_then(|length| self.span(address, length)) else {
            return false;
        };
        for (word, bytes) in words.iter().zip(from.chunks(4)) {
            let mut value = [0u8; 4];
            match bytes.first_chunk() {
                Some(whole) => value = *whole,
                None => value.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
            }
            word.store(u32::from_le_bytes(value), Ordering::Release);
        }
        true
    }

    /// Overwrites `length` bytes from `address` on with zeros, whole words. False, and nothing is written, unless `span` has them.
    #[must_use]
    pub fn wipe(&self, address: u32, length: u32) -> bool {
        match self.span(address, length) {
            Some(words) => words.iter().for_each(|word| word.store(0, Ordering::Release)),
            None => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> [AtomicU32; 4] {
        [0x0302_0100u32, 0x0706_0504, 0x0B0A_0908, 0x0F0E_0D0C].map(AtomicU32::new)
    }

    #[test]
    fn bytes_lie_little_endian_in_words() {
        let words = memory();
        let window = Window::new(0x2100_0000, &words).unwrap();
        let mut bytes = [0xFF; 7];
        assert!(window.read(0x2100_0004, &mut bytes));
        assert_eq!(bytes, [4, 5, 6, 7, 8, 9, 10]);
        assert!(window.write(0x2100_0008, &[1, 2, 3, 4, 5]));
        assert_eq!(words[2].load(Ordering::Relaxed), 0x0403_0201);
        assert_eq!(words[3].load(Ordering::Relaxed), 5);
    }

    #[test]
    fn each_length_is_copied_and_filled_up_with_zeros() {
        let words = memory();
        let window = Window::new(0, &words).unwrap();
        for length in 0..=12 {
            words.iter().for_each(|word| word.store(0xFFFF_FFFF, Ordering::Relaxed));
            let bytes: [u8; 12] = core::array::from_fn(|index| index as u8 + 1);
            assert!(window.write(4, &bytes[..length]));
            let mut back = [0xEE; 16];
            assert!(window.read(0, &mut back));
            let filled = length.div_ceil(4) * 4;
            for (index, byte) in back.iter().enumerate() {
                let expected = match index.checked_sub(4) {
                    Some(at) if at < length => at as u8 + 1,
                    Some(at) if at < filled => 0,
                    _ => 0xFF,
                };
                assert_eq!(*byte, expected, "{length} {index}");
            }
            let mut part = [0xEE; 12];
            assert!(window.read(4, &mut part[..length]));
            assert!(part[..length] == bytes[..length] && part[length..].iter().all(|byte| *byte == 0xEE));
        }
    }

    #[test]
    fn what_is_wiped_is_as_many_words_as_hold_the_bytes() {
        for (length, left) in [(0, [1, 1, 1, 1]), (1, [1, 0, 1, 1]), (4, [1, 0, 1, 1]), (5, [1, 0, 0, 1])] {
            let words = [1u32; 4].map(AtomicU32::new);
            assert!(Window::new(0, &words).unwrap().wipe(4, length));
            assert_eq!(words.map(AtomicU32::into_inner), left, "{length}");
        }
    }

    #[test]
    fn nothing_beyond_a_window_is_reached() {
        let words = memory();
        let window = Window::new(0x2100_0000, &words).unwrap();
        for (address, length) in [
            (0x20FF_FFFC, 4),
            (0x2100_0000, 17),
            (0x2100_000C, 5),
            (0x2100_0010, 1),
            (0x2100_0002, 4),
            (0, u32::MAX),
            (u32::MAX - 3, 4),
        ] {
            assert!(window.span(address, length).is_none(), "{address:#x} {length}");
        }
        assert!(window.span(0x2100_0000, 16).is_some() && window.span(0x2100_0010, 0).is_some());
        assert!(Window::new(0xFFFF_FFF4, &words).is_none() && Window::new(2, &words).is_none());
        let mut bytes = [9; 17];
        assert!(!window.read(0x2100_0000, &mut bytes) && bytes == [9; 17]);
        assert!(!window.write(0x2100_0004, &[0; 13]) && !window.wipe(0x2100_0004, 13));
        assert_eq!(words[1].load(Ordering::Relaxed), 0x0706_0504);
    }
}
