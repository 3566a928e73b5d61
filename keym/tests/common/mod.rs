//! What the tests of reading share.
#![allow(dead_code)] // each test uses its part

/// A file that `keym/tests/data/make.sh` made.
pub fn data(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of the files there that end so.
pub fn files(suffix: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(suffix)).collect();
    names.sort();
    assert!(!names.is_empty(), "no {suffix}");
    names
}

/// Replaces the only occurrence of `from`.
pub fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<_> = (0..bytes.len()).filter(|place| bytes[*place..].starts_with(from)).collect();
    assert_eq!(places.len(), 1, "{from:02x?} is there {} times", places.len());
    [&bytes[..places[0]], to, &bytes[places[0] + from.len()..]].concat()
}

/// An element of DER.
pub fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = match value.len() {
        short @ 0..=0x7F => vec![short as u8],
        medium @ 0x80..=0xFF => vec![0x81, medium as u8],
        long => vec![0x82, (long >> 8) as u8, long as u8],
    };
    [vec![tag], length, value.to_vec()].concat()
}

/// Calls `read`, which says whether it accepts, with every truncation, every flipped bit and every octet set to 00, 7F, 80 and FF: no
/// truncation is accepted, and nothing panics.
pub fn survives(bytes: &[u8], read: impl Fn(&[u8]) -> bool) {
    assert!(read(bytes));
    for length in 0..bytes.len() {
        assert!(!read(&bytes[..length]), "{length} of {} octets", bytes.len());
    }
    assert!(!read(&[bytes, &[0]].concat()), "a surplus octet");
    let mut changed = bytes.to_vec();
    for place in 0..bytes.len() {
        let patterns = (0..8).map(|bit| bytes[place] ^ 1 << bit).chain([0, 0x7F, 0x80, 0xFF]);
        for octet in patterns {
            changed[place] = octet;
            read(&changed);
        }
        changed[place] = bytes[place];
    }
}
