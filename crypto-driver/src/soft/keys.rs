//! The state of a key: valid or not, who reads it, who writes it.
//!
//! A key's bytes and prepared form are read and written outside the exclusive area, by whoever holds the key for that:
//! any number of readers, or one writer.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::Curve;
use v2gcrypt_types::*;

use super::config::*;
use super::errors::Refusal;

/// State of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyState {
    valid: bool,
    written: bool,
    parsed: bool,
    readers: u32,
    generation: u32,
}

impl KeyState {
    /// Whether jobs can use the key, as `KeyGetStatus` tells it.
    pub fn status(&self) -> Crypto_KeyStatusType {
        if self.valid {
            CRYPTO_KEYSTATUS_VALID
        } else {
            CRYPTO_KEYSTATUS_INVALID
        }
    }

    /// Changes with the key: what was begun with another generation cannot go on.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Does somebody write it?
    pub fn is_written(&self) -> bool {
        self.written
    }

    /// Does nobody hold it?
    pub fn is_free(&self) -> bool {
        !self.written && self.readers == 0
    }

    /// Holds the key for reading.
    pub fn begin_read(&mut self) -> Result<(), Refusal> {
        if self.written {
            return Err(Refusal::BUSY);
        }
        self.readers = self.readers.saturating_add(1);
        Ok(())
    }

    /// Lets go what `begin_read` held.
    pub fn end_read(&mut self) {
        self.readers = self.readers.saturating_sub(1);
    }

    /// Holds the key for writing.
    pub fn begin_write(&mut self) -> Result<(), Refusal> {
        if !self.is_free() {
            return Err(Refusal::BUSY);
        }
        self.written = true;
        Ok(())
    }

    /// Lets go what `begin_write` held, after `change`. An element that was written leaves the key INVALID until `KeySetValid`.
    pub fn end_write(&mut self, change: Change) {
        self.written = false;
        if change == Change::None {
            return;
        }
        self.generation = self.generation.wrapping_add(1);
        self.valid = change == Change::Valid;
        self.parsed = match change {
            Change::Valid => true,
            Change::Unparsed => false,
            Change::None | Change::Beside => self.parsed,
        };
    }

    /// The key lives elsewhere, where it was found valid or not; whatever was begun with it cannot go on.
    pub fn found(&mut self, is_valid: bool) {
        self.generation = self.generation.wrapping_add(1);
        self.valid = is_valid;
    }

    /// Does the prepared form still belong to the element that jobs use?
    pub fn is_parsed(&self) -> bool {
        self.parsed
    }
}

/// What a writer has done to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the key is exactly as it was.
    None,
    /// Elements that are not parsed were written.
    Beside,
    /// The element that jobs use was written, or the key was set invalid: the prepared form is wiped.
    Unparsed,
    /// The key has become VALID; its prepared form is that of its value.
    Valid,
}

/// May an element hold `length` bytes?
///
/// The size is exact for raw bytes without partial access, and the most there can be for all else. A public key's element for
/// `04 ‖ X ‖ Y` takes `X ‖ Y` too.
pub fn takes(element: &CryptoSoft_KeyElementConfigType, length: u32) -> bool {
    let is_exact = element.format == CRYPTO_KE_FORMAT_BIN_OCTET && element.allowPartialAccess == 0;
    let is_bare_point =
        element.keyElementId == CRYPTO_KE_SIGNATURE_KEY && matches!((element.size, length), (65, 64) | (97, 96) | (133, 132));
    length == element.size || (!is_exact && length < element.size) || is_bare_point
}

/// What is known of the key element that jobs use, without looking at its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsedElement {
    /// The key's type has no such element.
    Absent,
    /// Its length in bytes; 0 if it was never written.
    Length(u32),
    /// A key in a structure of ASN.1 that has as many bytes.
    Encoded(u32),
}

/// Which lengths a key may have for an algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLength {
    /// The algorithm takes all.
    Any,
    /// 128 or 256 bits; only `bits` unless that is 0.
    Aes {
        /// What the job's algorithm names.
        bits: u32,
    },
    /// So many bytes; only if `bits` is 0 or says the same.
    Fixed {
        /// Bytes of the key.
        bytes: u32,
        /// What the job's algorithm names.
        bits: u32,
    },
    /// A scalar of the curve.
    Scalar(Curve),
    /// X‖Y or 04‖X‖Y of the curve.
    Point(Curve),
}

impl KeyLength {
    /// May the key have `length` bytes?
    pub const fn allows(self, length: u32) -> bool {
        match self {
            Self::Any => true,
            Self::Aes { bits } => matches!(length, 16 | 32) && (bits == 0 || bits == length * 8),
            Self::Fixed { bytes, bits } => length == bytes && (bits == 0 || bits == length * 8),
            Self::Scalar(curve) => length as usize == curve.field_len(),
            Self::Point(curve) => length as usize == 2 * curve.field_len() || length as usize == 2 * curve.field_len() + 1,
        }
    }
}

/// Which lengths an initialisation vector or a nonce may have for an algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonceLength {
    /// All but 0.
    Any,
    /// So many bytes.
    Exactly(u32),
}

/// A key as a step sees it.
pub struct KeyView<'a> {
    /// Its state.
    pub state: &'a mut KeyState,
    /// The element that jobs use.
    pub used_element: UsedElement,
    /// The element with the initialisation vector or the nonce.
    pub nonce: UsedElement,
}

impl KeyView<'_> {
    /// Can a job use the key, as far as that shows without its bytes?
    pub fn check(&self, length: KeyLength) -> Result<(), Refusal> {
        if self.state.written {
            return Err(Refusal::BUSY);
        }
        if !self.state.valid {
            return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID));
        }
        check_element(self.used_element, |bytes| length.allows(bytes))
    }

    /// Can a job begin with the nonce?
    pub fn check_nonce(&self, length: NonceLength) -> Result<(), Refusal> {
        check_element(self.nonce, |bytes| match length {
            NonceLength::Any => true,
            NonceLength::Exactly(needed) => bytes == needed,
        })
    }
}

fn check_element(element: UsedElement, fits: impl Fn(u32) -> bool) -> Result<(), Refusal> {
    match element {
        UsedElement::Absent => Err(Refusal::KEY_NOT_AVAILABLE),
        UsedElement::Length(0) | UsedElement::Encoded(0) => Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)),
        UsedElement::Length(bytes) if !fits(bytes) => Err(Refusal::silent(CRYPTO_E_KEY_SIZE_MISMATCH)),
        UsedElement::Length(_) | UsedElement::Encoded(_) => Ok(()),
    }
}

/// The keys of an instance.
pub trait KeyStore {
    /// Key `id`, if there is one.
    fn key(&mut self, id: u32) -> Option<KeyView<'_>>;
    /// The instance's random generator, which is held for writing as a key is.
    fn generator(&mut self) -> &mut KeyState;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_many_readers_or_one_writer() {
        let mut key = KeyState::default();
        assert!(key.begin_read().is_ok() && key.begin_read().is_ok());
        assert_eq!(key.begin_write(), Err(Refusal::BUSY));
        key.end_read();
        assert_eq!(key.begin_write(), Err(Refusal::BUSY));
        key.end_read();
        assert!(key.begin_write().is_ok());
        assert_eq!(key.begin_write(), Err(Refusal::BUSY));
        assert_eq!(key.begin_read(), Err(Refusal::BUSY));
        key.end_write(Change::Valid);
        assert!(key.is_free() && key.status() == CRYPTO_KEYSTATUS_VALID);
    }

    #[test]
    fn each_change_is_a_new_generation_and_no_change_is_none() {
        let mut key = KeyState::default();
        for change in [Change::Valid, Change::Beside, Change::Valid, Change::Unparsed] {
            let before = key.generation();
            assert!(key.begin_write().is_ok());
            key.end_write(change);
            assert_ne!(key.generation(), before);
            let changed = key;
            assert!(key.begin_write().is_ok());
            key.end_write(Change::None);
            assert_eq!(key, changed);
        }
    }

    #[test]
    fn only_a_write_to_the_parsed_element_asks_for_parsing_again() {
        let mut key = KeyState::default();
        let mut after = |change| {
            assert!(key.begin_write().is_ok());
            key.end_write(change);
            (key.is_parsed(), key.status() == CRYPTO_KEYSTATUS_VALID)
        };
        assert_eq!(after(Change::Beside), (false, false));
        assert_eq!(after(Change::Valid), (true, true));
        assert_eq!(after(Change::Beside), (true, false));
        assert_eq!(after(Change::Unparsed), (false, false));
    }

    #[test]
    fn lengths_are_those_of_the_algorithm_and_of_the_job() {
        let allowed = |length: KeyLength| [15, 16, 24, 32, 33, 64, 65, 66].map(|bytes| length.allows(bytes));
        assert_eq!(allowed(KeyLength::Aes { bits: 0 }), [false, true, false, true, false, false, false, false]);
        assert_eq!(allowed(KeyLength::Aes { bits: 256 }), [false, false, false, true, false, false, false, false]);
        assert_eq!(allowed(KeyLength::Aes { bits: 192 }), [false; 8]);
        assert_eq!(allowed(KeyLength::Fixed { bytes: 32, bits: 0 }), [false, false, false, true, false, false, false, false]);
        assert_eq!(allowed(KeyLength::Fixed { bytes: 32, bits: 256 }), [false, false, false, true, false, false, false, false]);
        assert_eq!(allowed(KeyLength::Fixed { bytes: 32, bits: 128 }), [false; 8]);
        assert_eq!(allowed(KeyLength::Scalar(Curve::P256)), [false, false, false, true, false, false, false, false]);
        assert_eq!(allowed(KeyLength::Scalar(Curve::P521)), [false, false, false, false, false, false, false, true]);
        assert_eq!(allowed(KeyLength::Point(Curve::P256)), [false, false, false, false, false, true, true, false]);
        assert_eq!(allowed(KeyLength::Any), [true; 8]);
    }
}
