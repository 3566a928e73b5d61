//! What a scan of memory looks for, without having it.

use std::hint::black_box;

pub const MASK: u8 = 0x5C;
/// Any so many bytes of the scalar in a row are a find.
pub const PIECE: usize = 16;

/// The contract key's scalar, which this process must never have: each byte xor [`MASK`]. `tests/needle.rs` compares
/// it with the vectors, in a process of its own.
pub struct Needle(pub Vec<u8>);

pub const NEEDLE_2: &str = "6c0234c70fada290f7c173a9693464eb0ed1507f8756f38bb2ab7b8f2e66a6a5";
pub const NEEDLE_20: &str =
    "5dda2da0d1d18bafe488592fc73afece6da5525d1cffd907844ea91d064e46d2aedb455debe5753f4b3cdf6633af5920efa508c94e641f90\
                         779f0e8676470c722d9a";

impl Needle {
    /// Both halves, big-endian as the standard has them, and little-endian as engines have them: still masked.
    fn pieces(&self) -> Vec<Vec<u8>> {
        let whole = self.0.chunks_exact(PIECE).map(<[u8]>::to_vec);
        whole.flat_map(|piece| [piece.iter().rev().copied().collect(), piece]).collect()
    }

    /// How often a piece lies in `bytes`. Unmasks a byte at a time, so that the scalar is in no memory.
    pub fn count(&self, bytes: &[u8]) -> usize {
        let pieces = self.pieces();
        let is_there =
            |window: &[u8], piece: &[u8]| window.iter().zip(piece).all(|(byte, masked)| *byte == *masked ^ black_box(MASK));
        // Most windows differ in the first byte.
        let mut starts = [false; 256];
        pieces.iter().for_each(|piece| starts[usize::from(piece[0] ^ MASK)] = true);
        let windows = bytes.windows(PIECE).filter(|window| starts[usize::from(window[0])]);
        windows.map(|window| pieces.iter().filter(|piece| is_there(window, piece)).count()).sum()
    }
}
