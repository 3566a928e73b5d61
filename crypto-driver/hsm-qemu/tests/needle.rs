//! The masked scalars that `scan.rs` looks for are those of the vectors: in a process of its own, since it unmasks them.

mod support;
use support::needle::{Needle, MASK, NEEDLE_2, NEEDLE_20};
use support::*;

#[test]
fn the_masked_scalars_are_those_of_the_vectors_and_are_found_both_ways() {
    for (name, masked) in [("iso15118-2", NEEDLE_2), ("iso15118-20", NEEDLE_20)] {
        let scalar: Vec<u8> = unhex(masked).iter().map(|byte| byte ^ MASK).collect();
        assert_eq!(scalar, field("contract_private", name));
        let reversed: Vec<u8> = scalar.iter().rev().copied().collect();
        let needle = Needle(unhex(masked));
        let pieces = scalar.len() / 16;
        assert_eq!(needle.count(&[b"...", &scalar[..], b"..."].concat()), pieces);
        assert_eq!(needle.count(&[b"...", &reversed[..], b"..."].concat()), pieces);
        assert_eq!(needle.count(&unhex(masked)), 0);
    }
}
