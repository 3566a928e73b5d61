//! Hashes: SHA-1 and the SHA-2 family.

use crate::engine;
use crate::ffi::Wiped;
use crate::output::Digest;

/// A hash algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// SHA-1 [FIPS 180-4]: for identifiers only (RFC 6066, RFC 6960), never for signatures.
    Sha1,
    /// SHA-224 [FIPS 180-4].
    Sha224,
    /// SHA-256 [FIPS 180-4].
    Sha256,
    /// SHA-384 [FIPS 180-4].
    Sha384,
    /// SHA-512 [FIPS 180-4].
    Sha512,
    /// SHA-512/224 [FIPS 180-4].
    Sha512_224,
    /// SHA-512/256 [FIPS 180-4].
    Sha512_256,
}

impl HashAlgorithm {
    /// Length of the hash value in bytes.
    #[inline]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 | Self::Sha512_224 => 28,
            Self::Sha256 | Self::Sha512_256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// A hash being computed over a message that comes in pieces.
pub struct Hash {
    state: Wiped<engine::HashState>,
    algorithm: HashAlgorithm,
}

impl Hash {
    /// Starts.
    #[inline]
    pub fn new(algorithm: HashAlgorithm) -> Self {
        Self { state: Wiped::new(engine::HashState::new(algorithm)), algorithm }
    }

    /// What is being computed.
    #[inline]
    pub fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// Goes on with the next piece of the message.
    #[inline]
    pub fn update(&mut self, data: &[u8]) {
        self.state.update(data);
    }

    /// Ends the message.
    #[inline]
    pub fn finish(mut self) -> Digest {
        Digest::new(self.algorithm.output_len(), |output| self.state.finish(output))
    }
}

/// Hashes a whole message.
#[inline]
pub fn digest(algorithm: HashAlgorithm, message: &[u8]) -> Digest {
    Digest::new(algorithm.output_len(), |output| engine::digest(algorithm, message, output))
}
