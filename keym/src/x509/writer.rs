//! DER from its end to its beginning: when an element's header is written, its length is known.

use super::reader::INTEGER;

/// Fills a buffer from behind. `None` from a method: it is full, and what is in it of no use.
pub(crate) struct Writer<'a> {
    out: &'a mut [u8],
    /// Free octets at the beginning.
    free: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(out: &'a mut [u8]) -> Self {
        let free = out.len();
        Self { out, free }
    }

    /// Octets written so far: what [`wrap`](Self::wrap) takes to enclose what comes after.
    pub(crate) fn len(&self) -> usize {
        self.out.len().saturating_sub(self.free)
    }

    /// Puts these before what is there.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Option<()> {
        let start = self.free.checked_sub(bytes.len())?;
        let place = self.out.get_mut(start..self.free)?;
        place.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        self.free = start;
        Some(())
    }

    /// Makes everything that was written since `len` was `before` the value of an element.
    pub(crate) fn wrap(&mut self, tag: u8, before: usize) -> Option<()> {
        let length = u32::try_from(self.len().checked_sub(before)?).ok()?;
        match length.to_be_bytes() {
            [0, 0, 0, ones @ 0..=0x7F] => self.bytes(&[ones])?,
            [0, 0, 0, ones] => self.bytes(&[0x81, ones])?,
            [0, 0, high, ones] => self.bytes(&[0x82, high, ones])?,
            _ => return None,
        }
        self.bytes(&[tag])
    }

    /// An element.
    pub(crate) fn element(&mut self, tag: u8, value: &[u8]) -> Option<()> {
        let before = self.len();
        self.bytes(value)?;
        self.wrap(tag, before)
    }

    /// An INTEGER of a big-endian number.
    pub(crate) fn unsigned(&mut self, number: &[u8]) -> Option<()> {
        let zeros = number.iter().take_while(|octet| **octet == 0).count();
        let digits = number.get(zeros..)?;
        let before = self.len();
        self.bytes(digits)?;
        if digits.first().map_or(true, |first| *first >= 0x80) {
            self.bytes(&[0])?;
        }
        self.wrap(INTEGER, before)
    }

    /// Moves what is written to the front; its length.
    pub(crate) fn finish(self) -> Option<usize> {
        let length = self.len();
        let from = self.free.min(self.out.len());
        self.out.copy_within(from.., 0);
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::reader::{OCTET_STRING, SEQUENCE};

    #[test]
    fn lengths_have_their_shortest_form() {
        for (length, header) in [
            (0, &[4, 0][..]),
            (127, &[4, 127]),
            (128, &[4, 0x81, 128]),
            (255, &[4, 0x81, 255]),
            (256, &[4, 0x82, 1, 0]),
            (65535, &[4, 0x82, 255, 255]),
        ] {
            let mut out = vec![0xAA; length + 8];
            let mut writer = Writer::new(&mut out);
            writer.element(OCTET_STRING, &vec![7; length]).unwrap();
            let written = writer.finish().unwrap();
            assert_eq!(&out[..header.len()], header);
            assert_eq!(written, header.len() + length);
            assert!(out[header.len()..written].iter().all(|octet| *octet == 7));
        }
    }

    #[test]
    fn a_buffer_that_is_too_small_by_one_is_refused() {
        let write = |size: usize| {
            let mut out = vec![0; size];
            let mut writer = Writer::new(&mut out);
            writer.unsigned(&[0, 0x80])?;
            writer.unsigned(&[0, 0])?;
            writer.wrap(SEQUENCE, 0)?;
            let length = writer.finish()?;
            Some(out[..length].to_vec())
        };
        let expected = [0x30, 7, 2, 1, 0, 2, 2, 0, 0x80];
        assert_eq!(write(expected.len()).as_deref(), Some(&expected[..]));
        assert_eq!(write(expected.len() + 3).as_deref(), Some(&expected[..]));
        for size in 0..expected.len() {
            assert_eq!(write(size), None, "{size}");
        }
    }
}
