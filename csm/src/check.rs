//! Checks of arguments that need no state.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

/// START, UPDATE and FINISH in any combination but none at all, and but START with FINISH and nothing between them.
/// [SWS_Csm_01033] [SWS_Csm_01045]
pub fn is_legal_mode(mode: Crypto_OperationModeType) -> bool {
    const START_AND_FINISH: Crypto_OperationModeType = CRYPTO_OPERATIONMODE_START | CRYPTO_OPERATIONMODE_FINISH;
    // Saving and restoring a context is not offered.
    mode & !CRYPTO_OPERATIONMODE_SINGLECALL == 0 && mode != 0 && mode != START_AND_FINISH
}

/// Bytes that some bits fill.
pub fn bytes_of_bits(bits: uint32) -> uint32 {
    (bits >> 3).wrapping_add((bits & 7 != 0) as uint32)
}

/// A piece of the caller's memory, by address: nothing is read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Address of the first byte.
    pub start: usize,
    /// Bytes.
    pub length: usize,
}

impl Region {
    /// A parameter that a call does not need.
    pub const NOTHING: Self = Self { start: 0, length: 0 };

    fn wraps(&self) -> bool {
        self.start.checked_add(self.length).is_none()
    }

    /// Whether this piece, which is not empty, has a byte in common with another.
    fn overlaps(&self, other: &Self) -> bool {
        if other.length == 0 {
            return false;
        }
        if self.start <= other.start {
            other.start.wrapping_sub(self.start) < self.length
        } else {
            self.start.wrapping_sub(other.start) < other.length
        }
    }
}

/// Whether each output lies apart from every input and every other output, and none reaches beyond the end of memory.
#[inline]
pub fn outputs_lie_apart(outputs: &[Region], inputs: &[Region]) -> bool {
    let mut later = outputs.iter();
    while let Some(output) = later.next() {
        if output.length == 0 {
            continue;
        }
        let overlaps = |others: &[Region]| others.iter().any(|other| output.overlaps(other));
        if output.wraps() || overlaps(later.as_slice()) || overlaps(inputs) {
            return false;
        }
    }
    !inputs.iter().any(Region::wraps)
}
