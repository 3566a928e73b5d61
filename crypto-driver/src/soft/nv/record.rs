//! The record that NvM keeps of a key.
#![forbid(unsafe_code)]

/// Bytes of the header, the nonce included.
pub const HEADER_LEN: usize = 36;
/// Bytes of the tag at the end.
pub const TAG_LEN: usize = 16;
/// Bytes before the value of each element: its id and its length.
pub const ELEMENT_HEADER_LEN: usize = 8;

/// Size in bytes of the record of a key with `elements` persistent elements, whose sizes add up to `bytes`; of the NvM block, too.
///
/// `None`: no memory is that large.
pub const fn record_size(elements: u32, bytes: u32) -> Option<u32> {
    let Some(headers) = elements.checked_mul(ELEMENT_HEADER_LEN as u32) else {
        return None;
    };
    let Some(payload) = headers.checked_add(bytes) else {
        return None;
    };
    payload.checked_add((HEADER_LEN + TAG_LEN) as u32)
}
