//! What the firmware needs from a board: host memory, the bridge, randomness, storage, accelerators.
//!
//! Each accelerator is a trait, and both levels compute through it: who holds the manual of the chip's HSM puts registers behind
//! one and leaves the rest to [`crate::soft`]. The two levels interrupt each other, so each has engines of its own: an
//! accelerator belongs to one of them, or its implementation knows how to be interrupted. Key derivation and the generators are
//! software always.

use v2gcrypt_hsm_protocol::policy::{Group, Kind};
use v2gcrypt_primitives::aead::AeadAlgorithm;
use v2gcrypt_primitives::cipher::CipherAlgorithm;
use v2gcrypt_primitives::contract_key::Envelope;
use v2gcrypt_primitives::{HashAlgorithm, MacAlgorithm};
use zeroize::Zeroize;

pub use crate::store::{DeviceKey, DeviceKeyError};
pub use v2gcrypt_primitives::cipher::Direction;

/// All that a board brings. Values of it go into [`crate::fast::FastParts`] and [`crate::slow::SlowParts`].
pub trait Platform {
    /// The host's memory.
    type Memory: HostMemory;
    /// The bridge between host and HSM.
    type Bridge: Bridge;
    /// Where randomness comes from.
    type Trng: Trng;
    /// AES and what is built on it, for the fast level.
    type Aes: AesEngine;
    /// Hashes and HMAC for the fast level.
    type FastHash: HashEngine;
    /// Hashes for the slow level.
    type SlowHash: HashEngine;
    /// Public-key work, for the slow level.
    type Pkc: Pkc;
    /// What survives a restart, for the slow level.
    type Storage: KeyStorage;
}

/// Nothing is where the address points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault;

/// The host's memory, behind the allow-list: addresses are those of the bus, multiples of 4, and lie in one of its windows.
pub trait HostMemory {
    /// Copies bytes from `address` on, each word once.
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault>;
    /// Copies bytes to `address`, whole words: what the last one has behind them becomes 0.
    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault>;
}

/// Status words and doorbells.
pub trait Bridge {
    /// The host's status word.
    fn host_status(&self) -> u32;
    /// The HSM's own status word, as its last life left it. Read once, at the start.
    fn hsm_status(&self) -> u32;
    /// Sets the HSM's status word.
    fn set_hsm_status(&self, status: u32);
    /// Rings the host: there are responses on this channel.
    fn notify_host(&self, channel: u8);
    /// Makes the fast level run: it has something from the slow level, or more to do than it wants to at once.
    fn pend_fast(&self);
}

/// The source has not gathered enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoEntropy;

/// A source of full entropy.
pub trait Trng {
    /// Fills all of `to`, or tells that it cannot yet. Does not wait.
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy>;
}

/// Why a record is not read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageError {
    /// It is not what was written there. The others are not concerned.
    Tampered,
    /// Flash does not take or give it, or there is no room.
    Failed,
}

/// Records that survive a restart, by number, authenticated and encrypted under a key of this device only. A record is there whole, in its
/// old form or its new one. Numbers of slots are 0 to 31; [`crate::store::LIFECYCLE`] is that of the life cycle,
/// [`crate::store::REFUSALS`] that of refused envelopes.
pub trait KeyStorage {
    /// The device key is one that everybody knows.
    const IS_TEST_KEY: bool;
    /// Copies a record to the front of `to`, and tells its length. None: there is none.
    fn load(&mut self, id: u16, to: &mut [u8]) -> Result<Option<usize>, StorageError>;
    /// Writes a record in place of the one before. When this returns, it survives.
    fn save(&mut self, id: u16, bytes: &[u8]) -> Result<(), StorageError>;
    /// Overwrites what flash still has of records that were replaced.
    fn purge(&mut self) -> Result<(), StorageError>;
}

/// Why an engine does not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineError {
    /// Not in this build, or not with a key of this length.
    Absent,
    /// The initialisation vector or nonce has a length that the algorithm does not take.
    Nonce,
    /// The text has a length that the algorithm does not take, or the output does not have the room.
    Length,
    /// The padding is wrong, the point is on no curve, the envelope is not genuine.
    NotGenuine,
    /// The bytes are no key.
    Key,
    /// No randomness.
    Entropy,
    /// The engine is out of order.
    Failed,
}

/// A hash value or a message authentication code. Wiped on drop.
pub struct Code {
    bytes: [u8; Self::MAX_LEN],
    length: usize,
}

impl Code {
    /// The longest: SHA-512.
    pub const MAX_LEN: usize = 64;

    /// The front of `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        let mut code = Self { bytes: [0; Self::MAX_LEN], length: bytes.len().min(Self::MAX_LEN) };
        code.bytes.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        code
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// A hash or a message authentication code that comes in pieces. Wipes itself on drop.
pub trait Digesting {
    /// The next piece of the message.
    fn update(&mut self, data: &[u8]);
    /// The end of the message.
    fn finish(self) -> Code;
}

/// Hashes and HMAC.
pub trait HashEngine {
    /// A hash being computed.
    type Hash: Digesting;
    /// An HMAC being computed.
    type Hmac: Digesting;
    /// Begins a hash.
    fn hash(&mut self, algorithm: HashAlgorithm) -> Result<Self::Hash, EngineError>;
    /// Begins an HMAC.
    fn hmac(&mut self, algorithm: MacAlgorithm, key: &[u8]) -> Result<Self::Hmac, EngineError>;

    /// The hash of a short message, at once.
    fn hash_of(&mut self, algorithm: HashAlgorithm, message: &[u8]) -> Result<Code, EngineError> {
        let mut state = self.hash(algorithm)?;
        state.update(message);
        Ok(state.finish())
    }

    /// The HMAC of a short message, at once.
    fn hmac_of(&mut self, algorithm: MacAlgorithm, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        let mut state = self.hmac(algorithm, key)?;
        state.update(message);
        Ok(state.finish())
    }
}

/// A cipher's text that comes in pieces. Wipes itself on drop.
pub trait Ciphering {
    /// The next piece; gives up to 15 bytes more than it takes. Tells how many.
    fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, EngineError>;
    /// The end; gives up to 16 bytes. Tells how many.
    fn finish(self, output: &mut [u8]) -> Result<usize, EngineError>;
}

/// A text with associated data that comes in pieces. Wipes itself on drop.
pub trait Sealing {
    /// Associated data: all of it before the text.
    fn update_aad(&mut self, aad: &[u8]) -> Result<(), EngineError>;
    /// The next piece; gives as many bytes as it takes.
    fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<(), EngineError>;
    /// The end: the whole tag. When a text is opened, the caller compares.
    fn finish(self) -> Code;
}

/// AES, ChaCha20, and what is built on them.
pub trait AesEngine {
    /// A CMAC being computed.
    type Cmac: Digesting;
    /// A text in CBC or CTR.
    type Cipher: Ciphering;
    /// A text in GCM or ChaCha20-Poly1305.
    type Aead: Sealing;
    /// Begins a CMAC.
    fn cmac(&mut self, key: &[u8]) -> Result<Self::Cmac, EngineError>;

    /// The CMAC of a short message, at once.
    fn cmac_of(&mut self, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        let mut state = self.cmac(key)?;
        state.update(message);
        Ok(state.finish())
    }

    /// Begins a text.
    fn cipher(
        &mut self,
        algorithm: CipherAlgorithm,
        direction: Direction,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Self::Cipher, EngineError>;
    /// Begins a text with associated data.
    fn aead(
        &mut self,
        algorithm: AeadAlgorithm,
        direction: Direction,
        key: &[u8],
        nonce: &[u8],
    ) -> Result<Self::Aead, EngineError>;
}

/// Room for the longest key, signature or shared secret.
pub const MAX_PKC_LEN: usize = 136;

/// Public-key work. Results go to the front of `out`; each tells its length.
pub trait Pkc {
    /// Is the group in this build?
    fn has(&self, group: Group) -> bool;
    /// Draws a private key.
    fn generate(
        &mut self,
        group: Group,
        random: &mut dyn FnMut(&mut [u8]) -> bool,
        out: &mut [u8; MAX_PKC_LEN],
    ) -> Result<usize, EngineError>;
    /// The public half of a private key.
    fn public_key(&mut self, group: Group, private: &[u8], out: &mut [u8; MAX_PKC_LEN]) -> Result<usize, EngineError>;
    /// Is it a private or public key of its kind?
    fn check(&mut self, kind: Kind, value: &[u8]) -> Result<(), EngineError>;
    /// ECDSA: raw r ‖ s.
    fn sign_digest(
        &mut self,
        group: Group,
        private: &[u8],
        digest: &[u8],
        out: &mut [u8; MAX_PKC_LEN],
    ) -> Result<usize, EngineError>;
    /// ECDSA.
    fn verify_digest(&mut self, group: Group, public: &[u8], digest: &[u8], signature: &[u8]) -> Result<bool, EngineError>;
    /// Ed25519.
    fn sign_message(&mut self, private: &[u8], message: &[u8], out: &mut [u8; MAX_PKC_LEN]) -> Result<usize, EngineError>;
    /// Ed25519.
    fn verify_message(&mut self, public: &[u8], message: &[u8], signature: &[u8]) -> Result<bool, EngineError>;
    /// The secret shared with a peer: [`EngineError::NotGenuine`] if its public key is none.
    fn agree(&mut self, group: Group, private: &[u8], peer: &[u8], out: &mut [u8; MAX_PKC_LEN]) -> Result<usize, EngineError>;
    /// Opens the envelope of a contract key: all checks, or [`EngineError::NotGenuine`].
    fn open_contract(&mut self, envelope: &Envelope<'_>, owner: &[u8], out: &mut [u8; MAX_PKC_LEN])
        -> Result<usize, EngineError>;
}
