//! Message authentication codes: AES-CMAC and HMAC.

use aes::cipher::KeyInit;
use aes::{Aes128Enc, Aes256Enc};

use crate::engine;
use crate::engine_rustcrypto::{cmac, CmacState};
use crate::ffi::Wiped;
use crate::output::Tag;
use crate::KeyError;

/// A message authentication code algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MacAlgorithm {
    /// AES-CMAC [RFC 4493, SP 800-38B]; the key's length, 16 or 32 bytes, decides between AES-128 and AES-256.
    AesCmac,
    /// HMAC with SHA-256 [RFC 2104, FIPS 198-1].
    HmacSha256,
    /// HMAC with SHA-384.
    HmacSha384,
    /// HMAC with SHA-512.
    HmacSha512,
}

impl MacAlgorithm {
    /// Length of the code in bytes.
    #[inline]
    pub const fn tag_len(self) -> usize {
        match self {
            Self::AesCmac => 16,
            Self::HmacSha256 => 32,
            Self::HmacSha384 => 48,
            Self::HmacSha512 => 64,
        }
    }
}

/// A key, prepared: AES round keys, or the two hashed pads of HMAC. Wiped on drop.
pub struct MacKey(Wiped<Key>);

// No allocator: the largest form decides in any case.
#[allow(clippy::large_enum_variant)]
enum Key {
    Aes128(Aes128Enc),
    Aes256(Aes256Enc),
    Hmac(engine::HmacKey),
}

impl MacKey {
    /// AES takes 16 or 32 bytes; HMAC any number but 0, though more than the hash's block (64 or 128 bytes) are hashed first.
    pub fn new(algorithm: MacAlgorithm, key: &[u8]) -> Result<Self, KeyError> {
        let key = match algorithm {
            MacAlgorithm::AesCmac => Aes128Enc::new_from_slice(key)
                .map(Key::Aes128)
                .or_else(|_| Aes256Enc::new_from_slice(key).map(Key::Aes256))
                .map_err(|_| KeyError::Size)?,
            _ if key.is_empty() => return Err(KeyError::Size),
            _ => engine::HmacKey::new(algorithm, key).map(Key::Hmac).ok_or(KeyError::Size)?,
        };
        Ok(Self(Wiped::new(key)))
    }

    /// What the key is for.
    #[inline]
    pub fn algorithm(&self) -> MacAlgorithm {
        match &*self.0 {
            Key::Aes128(_) | Key::Aes256(_) => MacAlgorithm::AesCmac,
            Key::Hmac(key) => key.algorithm(),
        }
    }

    /// Starts on a message that comes in pieces. What is returned has its own copy of the prepared key.
    pub fn start(&self) -> Mac {
        let state = match &*self.0 {
            Key::Aes128(cipher) => State::Aes128(cmac(cipher.clone())),
            Key::Aes256(cipher) => State::Aes256(cmac(cipher.clone())),
            Key::Hmac(key) => State::Hmac(key.start()),
        };
        Mac { state: Wiped::new(state), tag_len: self.algorithm().tag_len() }
    }

    /// Authenticates a whole message. The key is used where it lies.
    pub fn mac(&self, message: &[u8]) -> Tag {
        Tag::new(self.algorithm().tag_len(), |output| match &*self.0 {
            Key::Aes128(cipher) => {
                let mut state = cmac(cipher);
                state.update(message);
                state.finish(output);
            }
            Key::Aes256(cipher) => {
                let mut state = cmac(cipher);
                state.update(message);
                state.finish(output);
            }
            Key::Hmac(key) => key.mac(message, output),
        })
    }
}

/// A code being computed over a message that comes in pieces. Wiped on drop.
pub struct Mac {
    state: Wiped<State>,
    tag_len: usize,
}

#[allow(clippy::large_enum_variant)]
enum State {
    Aes128(CmacState<Aes128Enc>),
    Aes256(CmacState<Aes256Enc>),
    Hmac(engine::HmacState),
}

impl Mac {
    /// Goes on with the next piece of the message.
    pub fn update(&mut self, data: &[u8]) {
        match &mut *self.state {
            State::Aes128(state) => state.update(data),
            State::Aes256(state) => state.update(data),
            State::Hmac(state) => state.update(data),
        }
    }

    /// Ends the message.
    pub fn finish(mut self) -> Tag {
        Tag::new(self.tag_len, |output| match &mut *self.state {
            State::Aes128(state) => state.finish(output),
            State::Aes256(state) => state.finish(output),
            State::Hmac(state) => state.finish(output),
        })
    }
}
