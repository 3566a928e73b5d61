//! AES-GCM and ChaCha20-Poly1305 by aws-lc, which takes whole texts, nonces of 12 bytes and tags of 16; RustCrypto for the rest.

use aws_lc_rs::aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305};

use crate::aead::{AeadAlgorithm, AeadError, Direction, Engine, Tag16};
use crate::data::Data;
use crate::engine_rustcrypto::aead as rustcrypto;

/// Both engines' forms of a key.
pub(crate) struct AeadKey {
    whole_text: LessSafeKey,
    any: rustcrypto::AeadKey,
}

impl Engine for AeadKey {
    const NAME: &'static str = "aws-lc";
    type Stream = <rustcrypto::AeadKey as Engine>::Stream;

    fn new(algorithm: AeadAlgorithm, key: &[u8]) -> Option<Self> {
        let aws_lc = match (algorithm, key.len()) {
            (AeadAlgorithm::AesGcm, 16) => &AES_128_GCM,
            (AeadAlgorithm::AesGcm, _) => &AES_256_GCM,
            (AeadAlgorithm::ChaCha20Poly1305, _) => &CHACHA20_POLY1305,
        };
        let whole_text = LessSafeKey::new(UnboundKey::new(aws_lc, key).ok()?);
        Some(Self { whole_text, any: rustcrypto::AeadKey::new(algorithm, key)? })
    }

    fn algorithm(&self) -> AeadAlgorithm {
        self.any.algorithm()
    }

    #[inline]
    fn seal(&self, nonce: &[u8], aad: &[u8], data: Data<'_>) -> Result<Tag16, AeadError> {
        let Ok(nonce_12) = Nonce::try_assume_unique_for_key(nonce) else {
            return self.any.seal(nonce, aad, data);
        };
        let text = data.moved().ok_or(AeadError::Room)?;
        let tag = self.whole_text.seal_in_place_separate_tag(nonce_12, Aad::from(aad), text);
        let tag = tag.map_err(|_| AeadError::TooLong)?;
        tag.as_ref().try_into().map(Tag16::new).map_err(|_| AeadError::Tag)
    }

    #[inline]
    fn open(&self, nonce: &[u8], aad: &[u8], data: Data<'_>, tag: &[u8]) -> Result<(), AeadError> {
        let (Ok(nonce_12), 16) = (Nonce::try_assume_unique_for_key(nonce), tag.len()) else {
            return self.any.open(nonce, aad, data, tag);
        };
        let opened = match data {
            Data::Apart { input, output } => {
                let output = output.get_mut(..input.len()).ok_or(AeadError::Room)?;
                self.whole_text.open_separate_gather(nonce_12, Aad::from(aad), input, tag, output)
            }
            Data::InPlace { buffer, length } => {
                let text = buffer.get_mut(..length).ok_or(AeadError::Room)?;
                self.whole_text.open_in_place_separate_tag(nonce_12, Aad::from(aad), tag, text).map(drop)
            }
        };
        opened.map_err(|_| AeadError::Tag)
    }

    fn start(&self, direction: Direction, nonce: &[u8]) -> Result<Self::Stream, AeadError> {
        self.any.start(direction, nonce)
    }
}
