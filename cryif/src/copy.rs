//! Copying part of one key element into another.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

/// Writes `length` bytes of `source`, from offset `from` on, over what `target` stores, from offset `to` on. `stored` bytes of
/// `target` hold something; gives how many do now. None, and nothing is written, when a range is not there or there would be a gap.
pub fn splice(
    source: &[uint8],
    from: uint32,
    length: uint32,
    target: &mut [uint8],
    stored: uint32,
    to: uint32,
) -> Option<uint32> {
    let piece = source.get(from as usize..from.checked_add(length)? as usize)?;
    if to > stored {
        return None;
    }
    let end = to.checked_add(length)?;
    let place = target.get_mut(to as usize..end as usize)?;
    place.iter_mut().zip(piece).for_each(|(old, new)| *old = *new);
    Some(stored.max(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a target with "abcd" and room for two more holds afterwards.
    fn spliced(from: u32, length: u32, to: u32) -> Option<([u8; 6], u32)> {
        let mut target = *b"abcd..";
        let stored = splice(b"0123", from, length, &mut target, 4, to);
        assert!(stored.is_some() || &target == b"abcd..");
        Some((target, stored?))
    }

    #[test]
    fn a_piece_overwrites_what_is_there() {
        assert_eq!(spliced(1, 2, 0), Some((*b"12cd..", 4)));
        assert_eq!(spliced(0, 4, 0), Some((*b"0123..", 4)));
    }

    #[test]
    fn a_piece_makes_the_target_longer_when_it_reaches_beyond_its_end() {
        assert_eq!(spliced(2, 2, 3), Some((*b"abc23.", 5)));
        assert_eq!(spliced(0, 2, 4), Some((*b"abcd01", 6)));
    }

    #[test]
    fn a_range_that_is_not_in_the_source_is_refused() {
        assert_eq!(spliced(3, 2, 0), None);
        assert_eq!(spliced(5, 0, 0), None);
        assert_eq!(spliced(u32::MAX, 2, 0), None);
        assert_eq!(spliced(1, u32::MAX, 0), None);
    }

    #[test]
    fn a_gap_and_a_place_beyond_the_room_are_refused() {
        assert_eq!(spliced(0, 1, 5), None);
        assert_eq!(spliced(0, 3, 4), None);
        assert_eq!(spliced(0, 1, u32::MAX), None);
    }
}
