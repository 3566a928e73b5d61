//! HMAC in plain Rust.

use hmac::HmacCore;
use sha2::digest::KeyInit;
use sha2::{Sha256, Sha384, Sha512};

use super::Buffered;
use crate::mac::MacAlgorithm;
use crate::output::MAX_OUTPUT_LEN;

/// Both padded keys, already hashed.
pub(crate) enum HmacKey {
    Sha256(HmacCore<Sha256>),
    Sha384(HmacCore<Sha384>),
    Sha512(HmacCore<Sha512>),
}

/// A code being computed.
pub(crate) enum HmacState {
    Sha256(Buffered<HmacCore<Sha256>>),
    Sha384(Buffered<HmacCore<Sha384>>),
    Sha512(Buffered<HmacCore<Sha512>>),
}

impl HmacKey {
    /// `None`: not an HMAC.
    #[inline]
    pub(crate) fn new(algorithm: MacAlgorithm, key: &[u8]) -> Option<Self> {
        match algorithm {
            MacAlgorithm::AesCmac => None,
            MacAlgorithm::HmacSha256 => HmacCore::new_from_slice(key).ok().map(Self::Sha256),
            MacAlgorithm::HmacSha384 => HmacCore::new_from_slice(key).ok().map(Self::Sha384),
            MacAlgorithm::HmacSha512 => HmacCore::new_from_slice(key).ok().map(Self::Sha512),
        }
    }

    #[inline]
    pub(crate) fn algorithm(&self) -> MacAlgorithm {
        match self {
            Self::Sha256(_) => MacAlgorithm::HmacSha256,
            Self::Sha384(_) => MacAlgorithm::HmacSha384,
            Self::Sha512(_) => MacAlgorithm::HmacSha512,
        }
    }

    #[inline]
    pub(crate) fn start(&self) -> HmacState {
        match self {
            Self::Sha256(core) => HmacState::Sha256(Buffered::new(core.clone())),
            Self::Sha384(core) => HmacState::Sha384(Buffered::new(core.clone())),
            Self::Sha512(core) => HmacState::Sha512(Buffered::new(core.clone())),
        }
    }

    #[inline]
    pub(crate) fn mac(&self, message: &[u8], output: &mut [u8; MAX_OUTPUT_LEN]) {
        let mut state = crate::ffi::Wiped::new(self.start());
        state.update(message);
        state.finish(output);
    }
}

impl HmacState {
    #[inline]
    pub(crate) fn update(&mut self, data: &[u8]) {
        match self {
            Self::Sha256(state) => state.update(data),
            Self::Sha384(state) => state.update(data),
            Self::Sha512(state) => state.update(data),
        }
    }

    #[inline]
    pub(crate) fn finish(&mut self, output: &mut [u8; MAX_OUTPUT_LEN]) {
        match self {
            Self::Sha256(state) => state.finish(output),
            Self::Sha384(state) => state.finish(output),
            Self::Sha512(state) => state.finish(output),
        }
    }
}
