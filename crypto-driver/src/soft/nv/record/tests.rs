extern crate std;

use std::prelude::v1::*;
use std::{format, vec};

use super::*;

#[derive(Clone, PartialEq, Debug)]
struct Key(Vec<(ElementLayout, Vec<u8>, u32)>);

impl Key {
    fn new(elements: &[(u32, u32, &[u8])]) -> Self {
        let element = |&(id, size, value): &(u32, u32, &[u8])| {
            let mut bytes = vec![0; size as usize];
            bytes[..value.len()].copy_from_slice(value);
            (ElementLayout::octets(id, size), bytes, value.len() as u32)
        };
        Self(elements.iter().map(element).collect())
    }

    fn size(&self) -> usize {
        record_size(self.0.len() as u32, self.0.iter().map(|element| element.0.size).sum()).unwrap() as usize
    }
}

impl Elements for Key {
    fn layout(&self, index: usize) -> Option<ElementLayout> {
        self.0.get(index).map(|element| element.0)
    }

    fn value(&self, index: usize) -> &[u8] {
        self.0.get(index).map_or(&[], |element| &element.1[..element.2 as usize])
    }
}

impl ElementsMut for Key {
    fn bytes_mut(&mut self, index: usize) -> &mut [u8] {
        &mut self.0[index].1
    }

    fn set_length(&mut self, index: usize, length: u32) {
        self.0[index].2 = length;
    }
}

const DEVICE_KEY: [u8; 32] = [0x2A; 32];
const BLOCK: u16 = 0x0107;

fn keys(block: u16) -> RecordKeys {
    RecordKeys::derive(&DEVICE_KEY, block).ok().unwrap()
}

fn contract_key() -> Key {
    Key::new(&[(1, 32, &[0x11; 32]), (29, 8, &[1, 2, 3]), (1000, 65, &[4; 65])])
}

fn sealed(key: &Key, sequence: u32) -> Vec<u8> {
    let mut record = vec![0xEE; key.size()];
    seal(&keys(BLOCK), key, sequence, &mut record).unwrap();
    record
}

#[test]
fn what_is_sealed_is_restored_whole() {
    let key = contract_key();
    let record = sealed(&key, 7);
    let keys = keys(BLOCK);
    let authentic = examine(&keys, &key, &record).ok().unwrap();
    assert_eq!(authentic.sequence(), 7);
    let mut other = Key::new(&[(1, 32, &[9; 32]), (29, 8, &[8; 8]), (1000, 65, &[])]);
    authentic.restore(&mut other).unwrap();
    assert_eq!(other, key, "and nothing is left of what was there before");
    assert_eq!(content_digest(&other), content_digest(&key));
    assert_eq!(key.size(), 52 + 3 * 8 + 32 + 8 + 65);
}

#[test]
fn a_record_is_what_the_paper_says() {
    let record = sealed(&contract_key(), 0x0403_0201);
    assert_eq!(&record[..8], b"V2NV\x01\x00\x07\x01");
    assert_eq!(&record[16..24], [1, 2, 3, 4, 129, 0, 0, 0]);
    let hex: String = record[8..16].iter().map(|byte| format!("{byte:02x}")).collect();
    // 3, then 1 32 1, 29 8 1, 1000 65 1, as little-endian words
    assert_eq!(hex, LAYOUT_OF_CONTRACT_KEY);
}

/// From Python's hashlib.
const LAYOUT_OF_CONTRACT_KEY: &str = "865795416ee455c3";

#[test]
fn every_flipped_bit_of_a_record_is_noticed() {
    let key = contract_key();
    let record = sealed(&key, 7);
    let keys = keys(BLOCK);
    for bit in 0..record.len() * 8 {
        let mut flipped = record.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(examine(&keys, &key, &flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn a_record_of_anything_else_is_refused_and_told_apart() {
    let key = contract_key();
    let record = sealed(&key, 7);
    let flaw = |keys: &RecordKeys, key: &Key, record: &[u8]| examine(keys, key, record).err();
    assert_eq!(flaw(&keys(BLOCK + 1), &key, &record), Some(Flaw::Block));
    let mut claimed = record.clone();
    claimed[6..8].copy_from_slice(&(BLOCK + 1).to_le_bytes());
    assert_eq!(flaw(&keys(BLOCK + 1), &key, &claimed), Some(Flaw::Damaged), "each block has its own key");
    let other_device = RecordKeys::derive(&[0x2B; 32], BLOCK).ok().unwrap();
    assert_eq!(flaw(&other_device, &key, &record), Some(Flaw::Damaged));
    let mut newer = record.clone();
    newer[4] = 2;
    assert_eq!(flaw(&keys(BLOCK), &key, &newer), Some(Flaw::Version));
    for other in
        [Key::new(&[(1, 32, &[]), (29, 9, &[]), (1000, 64, &[])]), Key::new(&[(1, 32, &[]), (30, 8, &[]), (1000, 65, &[])])]
    {
        assert_eq!(other.size(), key.size());
        assert_eq!(flaw(&keys(BLOCK), &other, &record), Some(Flaw::Layout));
    }
    let mut format = key.clone();
    format.0[0].0.format += 1;
    assert_eq!(flaw(&keys(BLOCK), &format, &record), Some(Flaw::Layout));
    for length in 1..record.len() {
        assert_eq!(flaw(&keys(BLOCK), &key, &record[..length]), Some(Flaw::Size));
    }
    let longer = [record.as_slice(), &[0]].concat();
    assert_eq!(flaw(&keys(BLOCK), &key, &longer), Some(Flaw::Size));
    for byte in [0x00, 0xFF] {
        assert_eq!(flaw(&keys(BLOCK), &key, &vec![byte; record.len()]), Some(Flaw::Empty));
    }
    assert_eq!(flaw(&keys(BLOCK), &key, &vec![0x5A; record.len()]), Some(Flaw::Damaged));
}

#[test]
fn a_genuine_record_that_is_malformed_inside_is_refused() {
    // Sealed with this device's keys, but by something else: a length beyond the element, another id.
    let key = Key::new(&[(1, 16, &[7; 16])]);
    let good = sealed(&key, 1);
    for (at, byte) in [(0usize, 2u8), (4, 17), (7, 1)] {
        let mut record = good.clone();
        let keys = keys(BLOCK);
        let (header, rest) = record.split_at_mut(HEADER_LEN);
        let (bound, nonce) = header.split_at(BOUND_LEN);
        let (payload, tag) = rest.split_at_mut(key.size() - HEADER_LEN - TAG_LEN);
        let length = payload.len();
        keys.encryption.open(nonce, bound, Data::InPlace { buffer: payload, length }, tag).unwrap();
        payload[at] = byte;
        let new = keys.encryption.seal(nonce, bound, Data::InPlace { buffer: payload, length }).unwrap();
        tag.copy_from_slice(new.as_bytes());
        assert_eq!(examine(&keys, &key, &record).err(), Some(Flaw::Damaged));
    }
}

#[test]
fn nonces_repeat_only_with_the_whole_record() {
    let nonce = |key: &Key, sequence| sealed(key, sequence)[24..36].to_vec();
    let key = contract_key();
    assert_eq!(nonce(&key, 7), nonce(&key, 7));
    assert_ne!(nonce(&key, 7), nonce(&key, 8));
    let mut changed = key.clone();
    changed.0[2].1[64] ^= 1;
    assert_ne!(nonce(&key, 7), nonce(&changed, 7), "the same number again, after a cut, with other content");
    let mut shorter = key.clone();
    shorter.0[1].2 = 2;
    shorter.0[1].1[2] = 0;
    assert_ne!(nonce(&key, 7), nonce(&shorter, 7));
    assert_ne!(content_digest(&key), content_digest(&shorter));
}

#[test]
fn a_record_does_not_fit_into_another_room() {
    let key = contract_key();
    for size in [0, 1, key.size() - 1, key.size() + 1] {
        let mut room = vec![0x5A; size];
        assert_eq!(seal(&keys(BLOCK), &key, 1, &mut room), Err(Flaw::Size));
        assert_eq!(room, vec![0x5A; size]);
    }
    assert_eq!(record_size(u32::MAX, 0), None);
    assert_eq!(record_size(1, u32::MAX - 59), None);
    assert_eq!(record_size(1, u32::MAX - 60), Some(u32::MAX));
    assert_eq!(record_size(0, 0), Some(52));
}
