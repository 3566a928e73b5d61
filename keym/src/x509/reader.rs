//! One tag, length and value after the other; long lengths are decoded by the crate `der`, which refuses all but the shortest form.

use der::{Decode, Length, Reader as _, SliceReader};

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0A;
pub(crate) const UTF8_STRING: u8 = 0x0C;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const IA5_STRING: u8 = 0x16;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// `[number]` of a primitive value.
pub(crate) const fn context(number: u8) -> u8 {
    0x80 | number
}

/// `[number]` of a constructed value.
pub(crate) const fn context_constructed(number: u8) -> u8 {
    0xA0 | number
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tlv<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    /// Tag, length and value.
    pub whole: &'a [u8],
}

/// What is left of a constructed value. `None` from a method: malformed, and of no further use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What has not been read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Refuses what follows the last element.
    pub(crate) fn finish(self) -> Option<()> {
        self.is_empty().then_some(())
    }

    /// The next element, whatever it is.
    pub(crate) fn next(&mut self) -> Option<Tlv<'a>> {
        let (&tag, after_tag) = self.rest.split_first()?;
        let (header, length) = match after_tag.first()? {
            // Most elements are short, and certificates are read often.
            short @ 0..=0x7F => (2, usize::from(*short)),
            _ => long_length(after_tag)?,
        };
        let end = header.checked_add(length)?;
        let whole = self.rest.get(..end)?;
        let value = whole.get(header..)?;
        if !is_der_tag(tag) {
            return None;
        }
        self.rest = self.rest.get(end..)?;
        Some(Tlv { tag, value, whole })
    }

    /// The next element, which has to be this one.
    pub(crate) fn expect(&mut self, tag: u8) -> Option<Tlv<'a>> {
        self.next().filter(|element| element.tag == tag)
    }

    /// The next element if it is this one.
    pub(crate) fn optional(&mut self, tag: u8) -> Option<Option<Tlv<'a>>> {
        if self.rest.first() == Some(&tag) {
            self.next().map(Some)
        } else {
            Some(None)
        }
    }

    /// The next element if it is one of these.
    pub(crate) fn optional_of(&mut self, tags: &[u8]) -> Option<Option<Tlv<'a>>> {
        match self.rest.first() {
            Some(tag) if tags.contains(tag) => self.next().map(Some),
            _ => Some(None),
        }
    }

    /// The inside of the next element, which has to be this one.
    pub(crate) fn enter(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.expect(tag).map(|element| Reader::new(element.value))
    }
}

/// The only element of `bytes`.
pub(crate) fn only(bytes: &[u8], tag: u8) -> Option<Tlv<'_>> {
    let mut reader = Reader::new(bytes);
    let element = reader.expect(tag)?;
    reader.finish()?;
    Some(element)
}

/// Octets before the value, the tag among them, and of the value.
fn long_length(after_tag: &[u8]) -> Option<(usize, usize)> {
    let mut lengths = SliceReader::new(after_tag).ok()?;
    let length = usize::try_from(Length::decode(&mut lengths).ok()?).ok()?;
    let header = usize::try_from(lengths.position()).ok()?.checked_add(1)?;
    Some((header, length))
}

/// EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING, by number.
const CONSTRUCTED: u32 = 1 << 8 | 1 << 11 | 1 << 16 | 1 << 17 | 1 << 29;

/// A tag of one octet whose universal types have the form that DER gives them: strings in one piece, sequences constructed.
fn is_der_tag(tag: u8) -> bool {
    let number = tag & 0x1F;
    if tag >= 0x40 {
        return number != 0x1F;
    }
    let constructed = tag & 0x20 != 0;
    number != 0 && number != 0x1F && constructed == (CONSTRUCTED >> number & 1 != 0)
}

/// BOOLEAN, X.690 11.1: TRUE is FF and nothing else.
pub(crate) fn boolean(value: &[u8]) -> Option<bool> {
    match value {
        [0] => Some(false),
        [0xFF] => Some(true),
        _ => None,
    }
}

/// Is it the shortest form of an INTEGER?
pub(crate) fn is_integer(value: &[u8]) -> bool {
    match value {
        [] => false,
        [0, second, ..] => *second >= 0x80,
        [0xFF, second, ..] => *second < 0x80,
        _ => true,
    }
}

/// An INTEGER that is neither negative nor too large.
pub(crate) fn unsigned(value: &[u8]) -> Option<u32> {
    if !is_integer(value) || value.first().is_some_and(|first| *first >= 0x80) {
        return None;
    }
    value.iter().try_fold(0u32, |number, byte| number.checked_mul(256)?.checked_add(u32::from(*byte)))
}

/// The octets of a BIT STRING that has no unused bits.
pub(crate) fn whole_octets(value: &[u8]) -> Option<&[u8]> {
    match value.split_first()? {
        (0, octets) => Some(octets),
        _ => None,
    }
}

/// The first sixteen bits of a BIT STRING of named bits: bit 0 is 0x0001. Longer ones, and zeros at the end, are refused,
/// X.690 11.2.2.
pub(crate) fn named_bits(value: &[u8]) -> Option<u16> {
    let (&unused, octets) = value.split_first()?;
    let (first, second) = match octets {
        [] => return (unused == 0).then_some(0),
        [first] => (*first, 0),
        [first, second] => (*first, *second),
        _ => return None,
    };
    let last = octets.last()?;
    if unused > 7 || u32::from(unused) != last.trailing_zeros() {
        return None;
    }
    Some(u16::from(first.reverse_bits()) | u16::from(second.reverse_bits()) << 8)
}

/// Is it the content of an OBJECT IDENTIFIER: arcs that end, none with a zero before it?
pub(crate) fn is_oid(value: &[u8]) -> bool {
    let mut starts = true;
    for byte in value {
        if starts && *byte == 0x80 {
            return false;
        }
        starts = *byte < 0x80;
    }
    !value.is_empty() && starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_where_its_length_says() {
        let mut reader = Reader::new(&[0x02, 0x01, 0x05, 0x04, 0x81, 0x80]);
        assert_eq!(reader.next(), Some(Tlv { tag: INTEGER, value: &[5], whole: &[2, 1, 5] }));
        assert_eq!(reader.next(), None);
    }

    #[test]
    fn lengths_that_are_indefinite_too_long_or_beyond_the_end_are_refused() {
        for bytes in [
            &[0x30, 0x80, 0, 0][..],
            &[0x04, 0x81, 0x01, 0xAA],
            &[0x04, 0x82, 0x00, 0x01, 0xAA],
            &[0x04, 0x02, 0xAA],
            &[0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            &[0x04, 0x85, 0, 0, 0, 0, 1, 0xAA],
            &[0x04],
            &[],
        ] {
            assert_eq!(Reader::new(bytes).next(), None, "{bytes:02x?}");
        }
    }

    #[test]
    fn tags_in_forms_that_der_does_not_have_are_refused() {
        for tag in [0x00, 0x10, 0x11, 0x1F, 0x24, 0x33, 0x3F, 0x9F, 0xBF] {
            assert_eq!(Reader::new(&[tag, 0]).next(), None, "{tag:02x}");
        }
        for tag in [0x04, 0x30, 0x31, 0x80, 0xA0, 0x1C] {
            assert!(Reader::new(&[tag, 0]).next().is_some(), "{tag:02x}");
        }
    }

    #[test]
    fn named_bits_count_from_the_first_and_end_with_a_one() {
        assert_eq!(named_bits(&[7, 0x80]), Some(0x0001));
        assert_eq!(named_bits(&[3, 0xE8]), Some(0b1_0111));
        assert_eq!(named_bits(&[7, 0x00, 0x80]), Some(0x0100));
        assert_eq!(named_bits(&[0]), Some(0));
        for bad in [&[][..], &[1], &[6, 0x80], &[7, 0xC0], &[0, 0x80], &[8, 0x80], &[7, 0], &[0, 1, 1, 1]] {
            assert_eq!(named_bits(bad), None, "{bad:02x?}");
        }
    }

    #[test]
    fn integers_are_shortest_and_unsigned_ones_fit() {
        assert_eq!(unsigned(&[0]), Some(0));
        assert_eq!(unsigned(&[0, 0xFF, 0xFF, 0xFF, 0xFF]), Some(u32::MAX));
        for bad in [&[][..], &[0x80], &[0, 1], &[0xFF, 0x80], &[1, 0, 0, 0, 0]] {
            assert_eq!(unsigned(bad), None, "{bad:02x?}");
        }
    }

    #[test]
    fn object_identifiers_end_with_their_last_arc() {
        assert!(is_oid(&[0x55, 0x1D, 0x0F]) && is_oid(&[0x2A, 0x86, 0x48]) && is_oid(&[0x2A, 0x86, 0x80, 0x80, 0x01]));
        for bad in [&[][..], &[0x55, 0x86], &[0x55, 0x86, 0x80], &[0x80], &[0x55, 0x80, 0x01]] {
            assert!(!is_oid(bad), "{bad:02x?}");
        }
    }
}
