//! What an item is, sealed: AES-256-GCM with a synthetic nonce. `docs/hsm/store.md` has the layout and the reasons.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey, Direction};
use v2gcrypt_primitives::{kdf, Data, HashAlgorithm, MacAlgorithm, MacKey};
use zeroize::Zeroizing;

use super::{DeviceKey, Entries, Error, ABSENT, IDS};

pub(super) const TAG_LEN: usize = 16;
const NONCE_LEN: usize = 12;
/// Bytes of the header: all of it is associated data.
const HEADER_LEN: usize = 24;
/// Bytes of an item before the cipher text.
pub(super) const OVERHEAD: usize = HEADER_LEN + NONCE_LEN + TAG_LEN;
/// Bytes of a manifest's text: the number of the newest record of each id.
const MANIFEST_LEN: usize = IDS as usize * 4;
/// Bytes of a manifest's item.
pub(super) const MANIFEST_ITEM: usize = OVERHEAD + MANIFEST_LEN;

const VERSION: u8 = 1;
const SALT: &[u8] = b"v2gcrypt HSM store 1";
/// Plain text that is on the stack at a time.
const PIECE_LEN: usize = 64;

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value was saved.
    Value,
    /// What was saved is erased.
    Erased,
    /// Which records are the newest.
    Manifest,
}

/// The front of an item: not secret, and to be believed once the item has been opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub kind: Kind,
    /// Of a record.
    pub id: u16,
    /// The number of the change.
    pub sequence: u32,
    pub context: Context,
}

/// What an item follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A record: the tag of the manifest before it.
    After([u8; TAG_LEN]),
    /// A manifest: how often a bank has been made.
    Generation(u32),
}

/// It does not authenticate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refused;

impl Header {
    fn to_bytes(self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        let context = match self.context {
            Context::After(tag) => tag,
            Context::Generation(generation) => {
                let mut context = [0; TAG_LEN];
                generation.to_le_bytes().iter().zip(&mut context).for_each(|(from, to)| *to = *from);
                context
            }
        };
        let kind = match self.kind {
            Kind::Value => 1,
            Kind::Erased => 2,
            Kind::Manifest => 3,
        };
        let parts = [VERSION, kind].into_iter().chain(self.id.to_le_bytes()).chain(self.sequence.to_le_bytes()).chain(context);
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        bytes
    }

    /// `None`: no item of ours.
    pub fn of(item: &[u8]) -> Option<Self> {
        let [VERSION, kind, id0, id1, s0, s1, s2, s3, context @ ..] = item.first_chunk::<HEADER_LEN>()? else { return None };
        let (kind, context) = match kind {
            1 => (Kind::Value, Context::After(*context)),
            2 => (Kind::Erased, Context::After(*context)),
            3 => match context {
                [g0, g1, g2, g3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] => {
                    (Kind::Manifest, Context::Generation(u32::from_le_bytes([*g0, *g1, *g2, *g3])))
                }
                _ => return None,
            },
            _ => return None,
        };
        let length_fits = match kind {
            Kind::Value => true,
            Kind::Erased => item.len() == OVERHEAD,
            Kind::Manifest => item.len() == MANIFEST_ITEM,
        };
        let sequence = u32::from_le_bytes([*s0, *s1, *s2, *s3]);
        (length_fits && item.len() >= OVERHEAD).then_some(Self { kind, id: u16::from_le_bytes([*id0, *id1]), sequence, context })
    }
}

/// The parts of an item.
struct Parts<'a> {
    header: &'a [u8; HEADER_LEN],
    nonce: &'a [u8; NONCE_LEN],
    tag: &'a [u8; TAG_LEN],
    text: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(item: &'a [u8]) -> Option<Self> {
        let (header, rest) = item.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (tag, text) = rest.split_first_chunk()?;
        Some(Self { header, nonce, tag, text })
    }
}

/// The tag of an item.
pub(super) fn tag(item: &[u8]) -> Option<[u8; TAG_LEN]> {
    Parts::of(item).map(|parts| *parts.tag)
}

/// The keys that items are sealed with. Wiped on drop.
pub(super) struct Sealer {
    encryption: AeadKey,
    nonce: MacKey,
}

impl Sealer {
    /// From the device key, which is asked for and wiped.
    pub fn derive(key: &impl DeviceKey) -> Result<Self, Error> {
        let mut device_key = Zeroizing::new([0; 32]);
        key.device_key(&mut device_key)?;
        Ok(Self {
            encryption: AeadKey::new(AeadAlgorithm::AesGcm, &*expand(&device_key, b"records")?).map_err(|_| Error::Key)?,
            nonce: MacKey::new(MacAlgorithm::HmacSha256, &*expand(&device_key, b"nonces")?).map_err(|_| Error::Key)?,
        })
    }

    /// Seals `text` into the front of `item`; how many bytes that takes. `None`: more than there are.
    pub fn seal(&self, header: Header, text: &[u8], item: &mut [u8]) -> Option<usize> {
        let header = header.to_bytes();
        let mut mac = self.nonce.start();
        mac.update(&header);
        mac.update(text);
        let nonce = *mac.finish().as_bytes().first_chunk::<NONCE_LEN>()?;
        let length = OVERHEAD.checked_add(text.len())?;
        let (front, cipher_text) = item.get_mut(..length)?.split_at_mut_checked(OVERHEAD)?;
        let tag = self.encryption.seal(&nonce, &header, Data::Apart { input: text, output: cipher_text }).ok()?;
        let parts = header.iter().chain(&nonce).chain(tag.as_bytes());
        front.iter_mut().zip(parts).for_each(|(to, from)| *to = *from);
        Some(length)
    }

    /// Checks `item` and decrypts its text into `text`, which is as long. `Err`: `text` is zeros, or as it was.
    pub fn open(&self, item: &[u8], text: &mut [u8]) -> Result<(), Refused> {
        let parts = Parts::of(item).filter(|parts| parts.text.len() == text.len()).ok_or(Refused)?;
        let data = Data::Apart { input: parts.text, output: text };
        self.encryption.open(parts.nonce, parts.header, data, parts.tag).map_err(|_| Refused)
    }

    /// Checks `item`; its text goes nowhere.
    pub fn check(&self, item: &[u8]) -> Result<(), Refused> {
        let parts = Parts::of(item).ok_or(Refused)?;
        let mut aead = self.encryption.start(Direction::Decrypt, parts.nonce).map_err(|_| Refused)?;
        aead.update_aad(parts.header).map_err(|_| Refused)?;
        let mut piece = Zeroizing::new([0u8; PIECE_LEN]);
        for input in parts.text.chunks(PIECE_LEN) {
            aead.update(Data::Apart { input, output: &mut *piece }).map_err(|_| Refused)?;
        }
        aead.finish_open(parts.tag).then_some(()).ok_or(Refused)
    }

    /// Seals the manifest of `entries`.
    pub fn seal_manifest(&self, generation: u32, sequence: u32, entries: &Entries, item: &mut [u8]) -> Option<usize> {
        let mut text = [0; MANIFEST_LEN];
        let numbers = entries.iter().flat_map(|entry| entry.sequence.to_le_bytes());
        text.iter_mut().zip(numbers).for_each(|(to, from)| *to = from);
        let header = Header { kind: Kind::Manifest, id: 0, sequence, context: Context::Generation(generation) };
        self.seal(header, &text, item)
    }

    /// Checks a manifest: the newest record of each id, by its number only.
    pub fn open_manifest(&self, item: &[u8]) -> Result<Entries, Refused> {
        let mut text = [0; MANIFEST_LEN];
        self.open(item, &mut text)?;
        let mut entries = [ABSENT; IDS as usize];
        for (entry, number) in entries.iter_mut().zip(text.chunks_exact(4)) {
            entry.sequence = u32::from_le_bytes(number.try_into().map_err(|_| Refused)?);
        }
        Ok(entries)
    }
}

fn expand(device_key: &[u8; 32], purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut key = Zeroizing::new([0; 32]);
    kdf::hkdf(HashAlgorithm::Sha256, SALT, device_key, purpose, &mut *key).map_err(|_| Error::Key)?;
    Ok(key)
}
