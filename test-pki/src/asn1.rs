//! DER that no type of a well-kept crate would write, since it is to be wrong at will.

use der::{Decode, Encode};

/// Tag of SEQUENCE.
pub const SEQUENCE: u8 = 0x30;

/// One element: tag, length, content.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=0x7f => out.push(short as u8),
        long => {
            let length = long.to_be_bytes();
            let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | length.len() as u8);
            out.extend(length);
        }
    }
    out.extend_from_slice(content);
    out
}

/// An element whose content is others, one after the other.
pub fn constructed(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag, &parts.concat())
}

/// BIT STRING without unused bits.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    constructed(0x03, &[&[0], bytes])
}

/// OBJECT IDENTIFIER, from its dotted form.
pub fn oid(dotted: &str) -> Vec<u8> {
    encode(&der::asn1::ObjectIdentifier::new_unwrap(dotted))
}

/// Content of an INTEGER that holds a positive number: without zeros in front, but for one where the first bit is set.
pub fn positive(number: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    content
}

/// Any type of `der`, encoded.
pub fn encode(value: &impl Encode) -> Vec<u8> {
    value.to_der().expect("a value that was built in memory has an encoding")
}

/// The elements inside a constructed one, each whole. `None` when it is not well-formed.
pub fn elements(der: &[u8]) -> Option<Vec<&[u8]>> {
    let outer = der::asn1::AnyRef::from_der(der).ok()?;
    let mut rest = outer.value();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let header = der::Header::decode(&mut der::SliceReader::new(rest).ok()?).ok()?;
        let length: u32 = (header.encoded_len().ok()? + header.length).ok()?.into();
        let (element, after) = rest.split_at_checked(length as usize)?;
        found.push(element);
        rest = after;
    }
    Some(found)
}
