//! The engine of hosts, for whole messages and for what it can stream; RustCrypto for the rest.
//!
//! ring signs and verifies whole messages only, and draws its own randomness for the nonce, hedged with key and message.
//! It has no CMAC, no SHA-224 and no SHA-512/224.

#[cfg(all(feature = "aead", not(feature = "aws-lc")))]
pub(crate) mod aead;

#[cfg(all(feature = "ed25519", not(feature = "aws-lc")))]
pub(crate) mod curve25519;
#[cfg(all(feature = "ecdsa", not(feature = "aws-lc")))]
mod ecdsa;

#[cfg(all(feature = "ecdsa", not(feature = "aws-lc")))]
pub(crate) use ecdsa::p256;
#[cfg(all(feature = "p384", not(feature = "aws-lc")))]
pub(crate) use ecdsa::p384;

use ring::{digest as ring_digest, hmac};

use crate::engine_rustcrypto as rustcrypto;
use crate::ffi::Wiped;
use crate::hash::HashAlgorithm;
use crate::mac::MacAlgorithm;
use crate::output::MAX_OUTPUT_LEN;

/// A hash being computed.
pub(crate) enum HashState {
    Ring(ring_digest::Context),
    RustCrypto(rustcrypto::HashState),
}

fn ring_algorithm(algorithm: HashAlgorithm) -> Option<&'static ring_digest::Algorithm> {
    match algorithm {
        HashAlgorithm::Sha1 => Some(&ring_digest::SHA1_FOR_LEGACY_USE_ONLY),
        HashAlgorithm::Sha256 => Some(&ring_digest::SHA256),
        HashAlgorithm::Sha384 => Some(&ring_digest::SHA384),
        HashAlgorithm::Sha512 => Some(&ring_digest::SHA512),
        HashAlgorithm::Sha512_256 => Some(&ring_digest::SHA512_256),
        HashAlgorithm::Sha224 | HashAlgorithm::Sha512_224 => None,
    }
}

impl HashState {
    #[inline]
    pub(crate) fn new(algorithm: HashAlgorithm) -> Self {
        match ring_algorithm(algorithm) {
            Some(algorithm) => Self::Ring(ring_digest::Context::new(algorithm)),
            None => Self::RustCrypto(rustcrypto::HashState::new(algorithm)),
        }
    }

    #[inline]
    pub(crate) fn update(&mut self, data: &[u8]) {
        match self {
            Self::Ring(context) => context.update(data),
            Self::RustCrypto(state) => state.update(data),
        }
    }

    #[inline]
    pub(crate) fn finish(&mut self, output: &mut [u8; MAX_OUTPUT_LEN]) {
        match self {
            Self::Ring(context) => copy_front(context.clone().finish().as_ref(), output),
            Self::RustCrypto(state) => state.finish(output),
        }
    }
}

#[inline]
pub(crate) fn digest(algorithm: HashAlgorithm, message: &[u8], output: &mut [u8; MAX_OUTPUT_LEN]) {
    match ring_algorithm(algorithm) {
        Some(algorithm) => copy_front(ring_digest::digest(algorithm, message).as_ref(), output),
        None => rustcrypto::digest(algorithm, message, output),
    }
}

/// Both padded keys, already hashed.
pub(crate) struct HmacKey {
    key: hmac::Key,
    algorithm: MacAlgorithm,
}

impl HmacKey {
    /// `None`: not an HMAC.
    pub(crate) fn new(algorithm: MacAlgorithm, key: &[u8]) -> Option<Self> {
        let ring = match algorithm {
            MacAlgorithm::AesCmac => return None,
            MacAlgorithm::HmacSha256 => hmac::HMAC_SHA256,
            MacAlgorithm::HmacSha384 => hmac::HMAC_SHA384,
            MacAlgorithm::HmacSha512 => hmac::HMAC_SHA512,
        };
        Some(Self { key: hmac::Key::new(ring, key), algorithm })
    }

    #[inline]
    pub(crate) fn algorithm(&self) -> MacAlgorithm {
        self.algorithm
    }

    #[inline]
    pub(crate) fn start(&self) -> HmacState {
        HmacState(hmac::Context::with_key(&self.key))
    }

    #[inline]
    pub(crate) fn mac(&self, message: &[u8], output: &mut [u8; MAX_OUTPUT_LEN]) {
        let tag = Wiped::new(hmac::sign(&self.key, message));
        copy_front(tag.as_ref(), output);
    }
}

/// A code being computed.
pub(crate) struct HmacState(hmac::Context);

impl HmacState {
    #[inline]
    pub(crate) fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    #[inline]
    pub(crate) fn finish(&mut self, output: &mut [u8; MAX_OUTPUT_LEN]) {
        let tag = Wiped::new(self.0.clone().sign());
        copy_front(tag.as_ref(), output);
    }
}

#[inline]
fn copy_front(from: &[u8], to: &mut [u8; MAX_OUTPUT_LEN]) {
    if let Some(front) = to.get_mut(..from.len()) {
        front.copy_from_slice(from);
    }
}
