//! The record that NvM keeps of a key: `docs/persistence.md` has its layout.
//!
//! What comes from NvM is hostile: every length in it is compared with what the configuration demands, and none is used to find
//! anything. A record holds no plain text at any time: values are encrypted into it, and decrypted out of it, piece by piece.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{Aead, AeadAlgorithm, AeadKey, Direction};
use v2gcrypt_primitives::{kdf, Data, Hash, HashAlgorithm, MacAlgorithm, MacKey};
use v2gcrypt_types::CRYPTO_KE_FORMAT_BIN_OCTET;
use zeroize::Zeroizing;

use super::machine::ContentDigest;

/// Bytes of the header, the nonce included.
pub const HEADER_LEN: usize = BOUND_LEN + NONCE_LEN;
/// Bytes of the tag at the end.
pub const TAG_LEN: usize = 16;
/// Bytes before the value of each element: its id and its length.
pub const ELEMENT_HEADER_LEN: usize = 8;
/// Bytes of a device key.
pub const DEVICE_KEY_LEN: usize = 32;

/// The part of the header that is associated data.
const BOUND_LEN: usize = 24;
const NONCE_LEN: usize = 12;
const MAGIC: [u8; 4] = *b"V2NV";
const VERSION: u8 = 1;
const SALT: &[u8] = b"v2gcrypt NV record 1";
/// Plain text that is on the stack at a time.
const PIECE_LEN: usize = 64;

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

/// A persistent element, as the configuration has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementLayout {
    /// `CryptoKeyElementId`.
    pub id: u32,
    /// `CryptoKeyElementSize` in bytes.
    pub size: u32,
    /// `CRYPTO_KE_FORMAT_*`.
    pub format: u8,
}

impl ElementLayout {
    /// Raw bytes.
    pub const fn octets(id: u32, size: u32) -> Self {
        Self { id, size, format: CRYPTO_KE_FORMAT_BIN_OCTET }
    }
}

/// The persistent elements of a key, by ascending id.
pub trait Elements {
    /// The element at `index`; `None` behind the last.
    fn layout(&self, index: usize) -> Option<ElementLayout>;
    /// What the element holds: at most its size.
    fn value(&self, index: usize) -> &[u8];
}

/// The persistent elements of a key, to be loaded.
pub trait ElementsMut: Elements {
    /// All bytes of the element: as many as its size.
    fn bytes_mut(&mut self, index: usize) -> &mut [u8];
    /// How many of them are its value.
    fn set_length(&mut self, index: usize, length: u32);
}

/// Why bytes are not a record of this block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing was ever written: all bytes are 0x00 or all 0xFF.
    Empty,
    /// As many bytes as this make no record of this key.
    Size,
    /// No magic, or the tag is wrong.
    Damaged,
    /// A version that this driver does not know.
    Version,
    /// The record of another block.
    Block,
    /// The record of a key with other elements.
    Layout,
}

/// The primitives are not in this build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unavailable;

/// What records of one block are encrypted with. Wiped on drop.
pub struct RecordKeys {
    encryption: AeadKey,
    nonce: MacKey,
    block: u16,
}

impl RecordKeys {
    /// Whether this build has what a record needs.
    pub const AVAILABLE: bool = v2gcrypt_primitives::aead::AVAILABLE && kdf::AVAILABLE;

    /// The keys of one block.
    pub fn derive(device_key: &[u8; DEVICE_KEY_LEN], block: u16) -> Result<Self, Unavailable> {
        let mut keys = Zeroizing::new([0u8; 64]);
        kdf::hkdf(HashAlgorithm::Sha256, SALT, device_key, &block.to_le_bytes(), &mut *keys).map_err(|_| Unavailable)?;
        let (encryption, nonce) = keys.split_at(32);
        Ok(Self {
            encryption: AeadKey::new(AeadAlgorithm::AesGcm, encryption).map_err(|_| Unavailable)?,
            nonce: MacKey::new(MacAlgorithm::HmacSha256, nonce).map_err(|_| Unavailable)?,
            block,
        })
    }
}

/// The parts of a record's bytes.
struct Parts<'a> {
    bound: &'a [u8; BOUND_LEN],
    nonce: &'a [u8; NONCE_LEN],
    payload: &'a [u8],
    tag: &'a [u8; TAG_LEN],
}

/// Encrypts `elements` into `record`, which has exactly their size. `Err`: it has not, and is as before.
pub fn seal(keys: &RecordKeys, elements: &impl Elements, sequence: u32, record: &mut [u8]) -> Result<(), Flaw> {
    let payload_len = payload_len(elements).filter(|len| record.len() == HEADER_LEN + len + TAG_LEN).ok_or(Flaw::Size)?;
    let bound = bound(keys.block, elements, sequence, payload_len as u32);
    let nonce = synthetic_nonce(keys, elements, &bound);
    let mut rest = record;
    put(&mut rest, &bound);
    put(&mut rest, &nonce);
    let mut aead = keys.encryption.start(Direction::Encrypt, &nonce).map_err(|_| Flaw::Size)?;
    aead.update_aad(&bound).map_err(|_| Flaw::Size)?;
    let mut written = Ok(());
    each_piece(elements, |piece| {
        let to = take_mut(&mut rest, piece.len());
        if aead.update(Data::Apart { input: piece, output: to }).is_err() {
            written = Err(Flaw::Size);
        }
    });
    written?;
    put(&mut rest, aead.finish().as_bytes());
    Ok(())
}

/// A record of this block, key and device. Only [`examine`] makes one.
pub struct Authentic<'a> {
    keys: &'a RecordKeys,
    parts: Parts<'a>,
}

/// Whether `record` is one of this block, key and device. Nothing of it is kept.
pub fn examine<'a>(keys: &'a RecordKeys, elements: &impl Elements, record: &'a [u8]) -> Result<Authentic<'a>, Flaw> {
    let parts = parse(keys, elements, record)?;
    let mut aead = begin_opening(keys, &parts)?;
    let mut payload = parts.payload;
    let mut is_well_formed = true;
    let mut piece = Zeroizing::new([0u8; PIECE_LEN]);
    for layout in layouts(elements) {
        is_well_formed &= element_header(&mut aead, &mut payload, layout).is_some();
        for input in take(&mut payload, layout.size as usize).chunks(PIECE_LEN) {
            aead.update(Data::Apart { input, output: piece.as_mut_slice() }).map_err(|_| Flaw::Damaged)?;
        }
    }
    if aead.finish_open(parts.tag) && is_well_formed {
        Ok(Authentic { keys, parts })
    } else {
        Err(Flaw::Damaged)
    }
}

impl Authentic<'_> {
    /// Its number.
    pub fn sequence(&self) -> u32 {
        sequence(self.parts.bound)
    }

    /// Decrypts it into the elements that it was examined with, all of them.
    pub fn restore(&self, elements: &mut impl ElementsMut) -> Result<(), Flaw> {
        let mut aead = begin_opening(self.keys, &self.parts)?;
        let mut payload = self.parts.payload;
        for index in 0.. {
            let Some(layout) = elements.layout(index) else {
                break;
            };
            let length = element_header(&mut aead, &mut payload, layout).ok_or(Flaw::Damaged)?;
            let input = take(&mut payload, layout.size as usize);
            aead.update(Data::Apart { input, output: elements.bytes_mut(index) }).map_err(|_| Flaw::Damaged)?;
            elements.set_length(index, length);
        }
        Ok(())
    }
}

/// What tells one content from another.
pub fn content_digest(elements: &impl Elements) -> ContentDigest {
    let mut hash = Hash::new(HashAlgorithm::Sha256);
    each_piece(elements, |piece| hash.update(piece));
    leading(hash.finish().as_bytes())
}

fn parse<'a>(keys: &RecordKeys, elements: &impl Elements, record: &'a [u8]) -> Result<Parts<'a>, Flaw> {
    if record.iter().all(|&byte| byte == 0xFF) || record.iter().all(|&byte| byte == 0) {
        return Err(Flaw::Empty);
    }
    let payload_len = payload_len(elements).filter(|len| record.len() == HEADER_LEN + len + TAG_LEN).ok_or(Flaw::Size)?;
    let (bound, rest) = split::<BOUND_LEN>(record).ok_or(Flaw::Size)?;
    let (nonce, rest) = split::<NONCE_LEN>(rest).ok_or(Flaw::Size)?;
    let mut tag = rest;
    let payload = take(&mut tag, payload_len);
    let parts = Parts { bound, nonce, payload, tag: tag.try_into().map_err(|_| Flaw::Size)? };
    let expected = self::bound(keys.block, elements, sequence(bound), payload_len as u32);
    let [magic @ .., version, zero, block_low, block_high] = leading::<8>(bound);
    let [expected_magic @ .., _, _, expected_low, expected_high] = leading::<8>(&expected);
    if magic != expected_magic {
        return Err(Flaw::Damaged);
    }
    if (version, zero) != (VERSION, 0) {
        return Err(Flaw::Version);
    }
    if (block_low, block_high) != (expected_low, expected_high) {
        return Err(Flaw::Block);
    }
    if *bound != expected {
        return Err(Flaw::Layout);
    }
    Ok(parts)
}

fn begin_opening(keys: &RecordKeys, parts: &Parts<'_>) -> Result<Aead, Flaw> {
    let mut aead = keys.encryption.start(Direction::Decrypt, parts.nonce).map_err(|_| Flaw::Damaged)?;
    aead.update_aad(parts.bound).map_err(|_| Flaw::Damaged)?;
    Ok(aead)
}

/// Decrypts what is before an element's value: its length, if all is as it should be.
fn element_header(aead: &mut Aead, payload: &mut &[u8], layout: ElementLayout) -> Option<u32> {
    let mut header = Zeroizing::new([0u8; ELEMENT_HEADER_LEN]);
    let input = take(payload, ELEMENT_HEADER_LEN);
    aead.update(Data::Apart { input, output: header.as_mut_slice() }).ok()?;
    let (id, length) = split::<4>(header.as_slice())?;
    let length = u32::from_le_bytes(length.try_into().ok()?);
    (u32::from_le_bytes(*id) == layout.id && length <= layout.size).then_some(length)
}

/// What a record is bound to. [`sequence`] finds the number again.
fn bound(block: u16, elements: &impl Elements, sequence: u32, payload_len: u32) -> [u8; BOUND_LEN] {
    let mut bound = [0; BOUND_LEN];
    let mut rest = bound.as_mut_slice();
    put(&mut rest, &MAGIC);
    put(&mut rest, &[VERSION, 0]);
    put(&mut rest, &block.to_le_bytes());
    put(&mut rest, &layout_fingerprint(elements));
    put(&mut rest, &sequence.to_le_bytes());
    put(&mut rest, &payload_len.to_le_bytes());
    bound
}

fn sequence(bound: &[u8; BOUND_LEN]) -> u32 {
    let number = bound.get(16..20).unwrap_or_default();
    u32::from_le_bytes(leading(number))
}

fn layout_fingerprint(elements: &impl Elements) -> [u8; 8] {
    let mut hash = Hash::new(HashAlgorithm::Sha256);
    hash.update(&(layouts(elements).count() as u32).to_le_bytes());
    for layout in layouts(elements) {
        for word in [layout.id, layout.size, layout.format.into()] {
            hash.update(&word.to_le_bytes());
        }
    }
    leading(hash.finish().as_bytes())
}

/// A pseudorandom function of all that the record will say: two records share a nonce only if they are the same.
fn synthetic_nonce(keys: &RecordKeys, elements: &impl Elements, bound: &[u8; BOUND_LEN]) -> [u8; NONCE_LEN] {
    let mut mac = keys.nonce.start();
    mac.update(bound);
    each_piece(elements, |piece| mac.update(piece));
    leading(mac.finish().as_bytes())
}

/// The payload, in pieces.
fn each_piece(elements: &impl Elements, mut take: impl FnMut(&[u8])) {
    const ZEROS: [u8; PIECE_LEN] = [0; PIECE_LEN];
    for (index, layout) in layouts(elements).enumerate() {
        let value = elements.value(index);
        let value = value.get(..layout.size as usize).unwrap_or(value);
        take(&layout.id.to_le_bytes());
        take(&(value.len() as u32).to_le_bytes());
        take(value);
        let mut missing = (layout.size as usize).saturating_sub(value.len());
        while missing != 0 {
            let piece = ZEROS.get(..missing).unwrap_or(&ZEROS);
            take(piece);
            missing -= piece.len();
        }
    }
}

fn layouts<'a>(elements: &'a impl Elements) -> impl Iterator<Item = ElementLayout> + 'a {
    (0..).map_while(|index| elements.layout(index))
}

fn payload_len(elements: &impl Elements) -> Option<usize> {
    let (mut count, mut bytes) = (0u32, 0u32);
    for layout in layouts(elements) {
        count = count.checked_add(1)?;
        bytes = bytes.checked_add(layout.size)?;
    }
    (record_size(count, bytes)? as usize).checked_sub(HEADER_LEN + TAG_LEN)
}

/// Writes `bytes` at the front of `rest`, which then begins behind them. There is room.
fn put(rest: &mut &mut [u8], bytes: &[u8]) {
    let room = take_mut(rest, bytes.len());
    room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (front, behind) = rest.split_at(length.min(rest.len()));
    *rest = behind;
    front
}

fn take_mut<'a>(rest: &mut &'a mut [u8], length: usize) -> &'a mut [u8] {
    let all = core::mem::take(rest);
    let (front, behind) = all.split_at_mut(length.min(all.len()));
    *rest = behind;
    front
}

fn split<const N: usize>(bytes: &[u8]) -> Option<(&[u8; N], &[u8])> {
    Some((bytes.get(..N)?.try_into().ok()?, bytes.get(N..)?))
}

/// The leading `N` bytes; zeros where there are fewer.
fn leading<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut front = [0; N];
    front.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    front
}

#[cfg(test)]
mod tests;
