//! Authenticated encryption with associated data: AES-GCM [SP 800-38D] and ChaCha20-Poly1305 [RFC 8439], at once and in pieces,
//! in place and apart. GMAC is AES-GCM of no text.

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

pub use crate::cipher::Direction;
use crate::data::Data;
use crate::engine::aead as engine;
use crate::ffi::Wiped;
use crate::KeyError;

/// Is there an engine in this build? Without the feature `aead` no [`AeadKey`] can be made.
pub const AVAILABLE: bool = cfg!(feature = "aead");

/// Length of a whole tag in bytes.
pub const TAG_LEN: usize = 16;

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AeadAlgorithm {
    /// AES-GCM; the key's length, 16 or 32 bytes, decides between AES-128 and AES-256. Nonces of any length but 0; tags of 12 to
    /// 16 bytes.
    AesGcm,
    /// ChaCha20-Poly1305. Nonces of 12 bytes, tags of 16.
    ChaCha20Poly1305,
}

impl AeadAlgorithm {
    /// Is this a length of a tag, in bytes?
    pub const fn takes_tag_len(self, length: usize) -> bool {
        match self {
            Self::AesGcm => 12 <= length && length <= TAG_LEN,
            Self::ChaCha20Poly1305 => length == TAG_LEN,
        }
    }

    /// Is this a length of a nonce, in bytes?
    pub const fn takes_nonce_len(self, length: usize) -> bool {
        match self {
            Self::AesGcm => length != 0,
            Self::ChaCha20Poly1305 => length == 12,
        }
    }
}

/// Why a text is not sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AeadError {
    /// The algorithm has no nonces of this length.
    Nonce,
    /// The output does not have the room for what the call gives.
    Room,
    /// The tag is not that of this text, associated data, nonce and key, or the algorithm has no tags of its length.
    Tag,
    /// More text or associated data than the algorithm can protect with one nonce.
    TooLong,
    /// Associated data after the text has begun.
    Order,
}

/// A tag of 16 bytes. Wiped on drop; deliberately without `==`: see [`Tag16::matches`].
pub struct Tag16(Wiped<Storage>);

/// Aligned so that it is wiped by words.
#[repr(align(8))]
struct Storage([u8; TAG_LEN]);

impl Tag16 {
    #[cfg(feature = "aead")]
    #[inline]
    pub(crate) fn new(bytes: [u8; TAG_LEN]) -> Self {
        Self(Wiped::new(Storage(bytes)))
    }

    /// The tag. A shorter one is the front of it.
    pub fn as_bytes(&self) -> &[u8; TAG_LEN] {
        &self.0 .0
    }

    /// Does the front of it agree with `tag`, of 1 to 16 bytes? The time depends on the length only.
    pub fn matches(&self, tag: &[u8]) -> bool {
        !tag.is_empty() && self.as_bytes().get(..tag.len()).is_some_and(|front| bool::from(front.ct_eq(tag)))
    }
}

/// What an engine does. Nonces and tags have lengths that the algorithm takes, and `data` has the room.
pub(crate) trait Engine: Sized {
    /// Who does whole texts.
    #[cfg_attr(not(feature = "aead"), allow(dead_code))]
    const NAME: &'static str;
    type Stream: Stream;
    /// `None`: the algorithm has no keys of this length.
    fn new(algorithm: AeadAlgorithm, key: &[u8]) -> Option<Self>;
    fn algorithm(&self) -> AeadAlgorithm;
    fn seal(&self, nonce: &[u8], aad: &[u8], data: Data<'_>) -> Result<Tag16, AeadError>;
    /// What a refused text leaves in the output is the caller's to wipe.
    fn open(&self, nonce: &[u8], aad: &[u8], data: Data<'_>, tag: &[u8]) -> Result<(), AeadError>;
    fn start(&self, direction: Direction, nonce: &[u8]) -> Result<Self::Stream, AeadError>;
}

/// What an engine does in pieces.
pub(crate) trait Stream {
    fn update_aad(&mut self, aad: &[u8]) -> Result<(), AeadError>;
    fn update(&mut self, data: Data<'_>) -> Result<(), AeadError>;
    fn finish(&mut self) -> Tag16;
}

/// A key, prepared. Wiped on drop.
pub struct AeadKey(Wiped<engine::AeadKey>);

impl AeadKey {
    /// AES-GCM takes 16 or 32 bytes, ChaCha20-Poly1305 32.
    pub fn new(algorithm: AeadAlgorithm, key: &[u8]) -> Result<Self, KeyError> {
        match (algorithm, key.len()) {
            (AeadAlgorithm::AesGcm, 16) | (_, 32) => {}
            _ => return Err(KeyError::Size),
        }
        engine::AeadKey::new(algorithm, key).map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// What the key is for.
    pub fn algorithm(&self) -> AeadAlgorithm {
        self.0.algorithm()
    }

    /// Encrypts and authenticates a whole text; as many bytes out as in. The same nonce twice under one key gives both texts
    /// away. An output that is refused is untouched.
    #[inline]
    pub fn seal(&self, nonce: &[u8], aad: &[u8], data: Data<'_>) -> Result<Tag16, AeadError> {
        self.check(nonce, &data)?;
        self.0.seal(nonce, aad, data)
    }

    /// Checks and decrypts a whole text; as many bytes out as in. With a wrong tag the output, in place the cipher text too, is
    /// overwritten with zeros.
    #[inline]
    pub fn open(&self, nonce: &[u8], aad: &[u8], mut data: Data<'_>, tag: &[u8]) -> Result<(), AeadError> {
        self.check(nonce, &data)?;
        if !self.algorithm().takes_tag_len(tag.len()) {
            return Err(AeadError::Tag);
        }
        let result = self.0.open(nonce, aad, data.reborrow(), tag);
        if result == Err(AeadError::Tag) {
            let length = data.input_len();
            data.output().get_mut(..length).unwrap_or_default().zeroize();
        }
        result
    }

    /// Starts on associated data and a text that come in pieces. What is returned has its own copy of the prepared key.
    pub fn start(&self, direction: Direction, nonce: &[u8]) -> Result<Aead, AeadError> {
        if !self.algorithm().takes_nonce_len(nonce.len()) {
            return Err(AeadError::Nonce);
        }
        Ok(Aead { stream: Wiped::new(self.0.start(direction, nonce)?), algorithm: self.algorithm() })
    }

    fn check(&self, nonce: &[u8], data: &Data<'_>) -> Result<(), AeadError> {
        if !self.algorithm().takes_nonce_len(nonce.len()) {
            return Err(AeadError::Nonce);
        }
        if data.room() < data.input_len() {
            return Err(AeadError::Room);
        }
        Ok(())
    }
}

/// A text being sealed or opened in pieces. Wiped on drop.
pub struct Aead {
    stream: Wiped<<engine::AeadKey as Engine>::Stream>,
    algorithm: AeadAlgorithm,
}

impl Aead {
    /// What is being computed.
    pub fn algorithm(&self) -> AeadAlgorithm {
        self.algorithm
    }

    /// Goes on with the associated data. [`AeadError::Order`] after the first byte of the text.
    pub fn update_aad(&mut self, aad: &[u8]) -> Result<(), AeadError> {
        self.stream.update_aad(aad)
    }

    /// Goes on with the text; gives as many bytes as it takes, and tells how many. Nothing that is decrypted is to be believed
    /// before the tag. An error leaves all as it was.
    pub fn update(&mut self, data: Data<'_>) -> Result<usize, AeadError> {
        let length = data.input_len();
        if data.room() < length {
            return Err(AeadError::Room);
        }
        self.stream.update(data)?;
        Ok(length)
    }

    /// Ends the text with its tag.
    pub fn finish(mut self) -> Tag16 {
        self.stream.finish()
    }

    /// Ends the text. Is `tag` its tag? `false` for a length that the algorithm has no tags of.
    pub fn finish_open(mut self, tag: &[u8]) -> bool {
        self.algorithm.takes_tag_len(tag.len()) && self.stream.finish().matches(tag)
    }
}
