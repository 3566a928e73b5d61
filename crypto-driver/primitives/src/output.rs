//! What hashes and message authentication codes give.

use subtle::ConstantTimeEq;

use crate::ffi::Wiped;

/// The longest output of any algorithm here, in bytes.
pub(crate) const MAX_OUTPUT_LEN: usize = 64;

/// A hash value. Wiped on drop: it may be the hash of a secret.
pub struct Digest(Output);

/// A message authentication code. Wiped on drop; deliberately without `==`: see [`Tag::ct_eq_bits`].
pub struct Tag(Output);

struct Output {
    bytes: Wiped<Storage>,
    len: usize,
}

/// Aligned so that it is wiped by words.
#[repr(align(8))]
struct Storage([u8; MAX_OUTPUT_LEN]);

impl Output {
    /// Lets `fill` write the leading `len` bytes.
    #[inline]
    fn new(len: usize, fill: impl FnOnce(&mut [u8; MAX_OUTPUT_LEN])) -> Self {
        let mut output = Self { bytes: Wiped::new(Storage([0; MAX_OUTPUT_LEN])), len };
        fill(&mut output.bytes.0);
        output
    }

    #[inline]
    fn as_bytes(&self) -> &[u8] {
        self.bytes.0.get(..self.len).unwrap_or_default()
    }
}

impl Digest {
    #[inline]
    pub(crate) fn new(len: usize, fill: impl FnOnce(&mut [u8; MAX_OUTPUT_LEN])) -> Self {
        Self(Output::new(len, fill))
    }

    /// The hash value: [`crate::HashAlgorithm::output_len`] bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Tag {
    #[inline]
    pub(crate) fn new(len: usize, fill: impl FnOnce(&mut [u8; MAX_OUTPUT_LEN])) -> Self {
        Self(Output::new(len, fill))
    }

    /// The code: [`crate::MacAlgorithm::tag_len`] bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Do the leading `bits` bits agree with those of `expected`? The time depends on `bits` only.
    ///
    /// Bits count from the most significant one of the first byte. `false` if `bits` is 0, or more than the code or
    /// `expected` has; what `expected` has beyond `bits` is ignored.
    pub fn ct_eq_bits(&self, expected: &[u8], bits: usize) -> bool {
        let (whole, rest) = (bits / 8, bits % 8);
        let len = whole + usize::from(rest != 0);
        let (Some(ours), Some(theirs)) = (self.as_bytes().get(..len), expected.get(..len)) else {
            return false;
        };
        if bits == 0 {
            return false;
        }
        let difference = ours.iter().zip(theirs).enumerate().fold(0, |difference, (index, (a, b))| {
            let mask = if index < whole { 0xff } else { !(0xff >> rest) };
            difference | ((a ^ b) & mask)
        });
        bool::from(difference.ct_eq(&0u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag() -> Tag {
        Tag::new(16, |bytes| bytes[..16].copy_from_slice(&[0x5a; 16]))
    }

    #[test]
    fn every_leading_bit_is_compared_and_no_other() {
        for bits in 1..=128 {
            for flipped in 0..128 {
                let mut expected = [0x5a; 16];
                expected[flipped / 8] ^= 0x80 >> (flipped % 8);
                assert_eq!(tag().ct_eq_bits(&expected, bits), flipped >= bits, "{bits} bits, bit {flipped} flipped");
            }
        }
    }

    #[test]
    fn comparing_nothing_or_too_much_never_agrees() {
        assert!(!tag().ct_eq_bits(&[0x5a; 16], 0));
        assert!(!tag().ct_eq_bits(&[0x5a; 17], 129));
        assert!(!tag().ct_eq_bits(&[0x5a; 17], usize::MAX));
        assert!(!tag().ct_eq_bits(&[0x5a; 15], 121));
        assert!(tag().ct_eq_bits(&[0x5a; 15], 120));
        assert!(!tag().ct_eq_bits(&[], 1));
    }
}
