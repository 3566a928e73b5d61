//! Where a text lies, and where what is made of it goes.
#![cfg_attr(not(all(feature = "cipher", feature = "aead")), allow(dead_code))] // a build without them leaves parts unused

use aes::cipher::inout::InOutBuf;

/// A text and the room for what is made of it: one buffer, or two that do not overlap.
pub enum Data<'a> {
    /// The output takes the place of the input.
    InPlace {
        /// The input at its front; all of it is room for the output.
        buffer: &'a mut [u8],
        /// Length of the input in bytes.
        length: usize,
    },
    /// The input stays as it is.
    Apart {
        /// The input.
        input: &'a [u8],
        /// Room for the output.
        output: &'a mut [u8],
    },
}

impl Data<'_> {
    /// No text: what GMAC has.
    pub fn none() -> Self {
        Self::InPlace { buffer: &mut [], length: 0 }
    }

    /// Length of the input in bytes.
    pub fn input_len(&self) -> usize {
        match self {
            Self::InPlace { length, .. } => *length,
            Self::Apart { input, .. } => input.len(),
        }
    }

    /// Bytes there are for the output.
    pub fn room(&self) -> usize {
        match self {
            Self::InPlace { buffer, .. } => buffer.len(),
            Self::Apart { output, .. } => output.len(),
        }
    }

    /// The same, for a shorter time.
    pub(crate) fn reborrow(&mut self) -> Data<'_> {
        match self {
            Self::InPlace { buffer, length } => Data::InPlace { buffer, length: *length },
            Self::Apart { input, output } => Data::Apart { input, output },
        }
    }
}

impl<'a> Data<'a> {
    /// The input. A buffer shorter than what it is said to hold has none.
    pub(crate) fn input(&self) -> &[u8] {
        match self {
            Self::InPlace { buffer, length } => buffer.get(..*length).unwrap_or_default(),
            Self::Apart { input, .. } => input,
        }
    }

    /// All the room there is.
    pub(crate) fn output(&mut self) -> &mut [u8] {
        match self {
            Self::InPlace { buffer, .. } => buffer,
            Self::Apart { output, .. } => output,
        }
    }

    /// As many bytes out as in. `None`: the room is too small.
    pub(crate) fn same_len(self) -> Option<InOutBuf<'a, 'a, u8>> {
        match self {
            Self::InPlace { buffer, length } => buffer.get_mut(..length).map(InOutBuf::from),
            Self::Apart { input, output } => InOutBuf::new(input, output.get_mut(..input.len())?).ok(),
        }
    }

    /// The input, copied to where the output goes. `None`: the room is too small.
    #[cfg(any(feature = "ring", feature = "aws-lc"))]
    pub(crate) fn moved(self) -> Option<&'a mut [u8]> {
        match self {
            Self::InPlace { buffer, length } => buffer.get_mut(..length),
            Self::Apart { input, output } => {
                let output = output.get_mut(..input.len())?;
                output.copy_from_slice(input);
                Some(output)
            }
        }
    }
}

/// Divides at `at`, or behind the last byte.
#[inline(always)]
pub(crate) fn split<'a, 'b>(data: InOutBuf<'a, 'b, u8>, at: usize) -> (InOutBuf<'a, 'b, u8>, InOutBuf<'a, 'b, u8>) {
    let at = at.min(data.len());
    data.split_at(at)
}

/// The leading bytes of a length that is a multiple of `block`.
#[inline(always)]
pub(crate) fn whole(length: usize, block: usize) -> usize {
    length.saturating_sub(length.checked_rem(block).unwrap_or_default())
}

/// Copies as much as both have.
#[inline]
pub(crate) fn copy(from: &[u8], to: &mut [u8]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
}
