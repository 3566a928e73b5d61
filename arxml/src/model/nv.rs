//! Persistence: which key a NvM block keeps, and what that block must be.

use super::{CryptoKey, Driver, KeyElement, Origin};

/// When a key that has become valid is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NvProcessing {
    /// `CRYPTO_NV_BLOCK_IMMEDIATE`: within the call that makes it valid.
    Immediate,
    /// `CRYPTO_NV_BLOCK_DEFERRED`: in the next main function.
    Deferred,
}

/// `CryptoNvBlock`
#[derive(Debug, Clone)]
pub struct NvBlock {
    /// The container.
    pub origin: Origin,
    /// `CryptoNvBlockFailedRetries`
    pub failed_retries: u8,
    /// `CryptoNvBlockProcessing`
    pub processing: NvProcessing,
    /// What `CryptoNvBlockDescriptorRef` points to.
    pub descriptor: NvDescriptor,
    /// Index in [`Driver::keys`].
    pub key: u32,
}

/// `NvMBlockDescriptor`, as far as it matters here.
#[derive(Debug, Clone)]
pub struct NvDescriptor {
    /// The container.
    pub origin: Origin,
    /// Path of its definition.
    pub definition: String,
    /// Path of the module configuration that it belongs to, and of its definition.
    pub module: (String, String),
    /// `NvMNvramBlockIdentifier`
    pub id: u16,
    /// `NvMNvBlockLength`, if it is told.
    pub length: Option<u32>,
    /// `NvMBlockUseSyncMechanism`
    pub use_sync_mechanism: bool,
}

/// Bytes of a record without its elements: header, nonce and tag. docs/persistence.md
const RECORD_FRAME: u64 = 52;
/// Bytes before the value of each element: id and length.
const ELEMENT_HEADER: u64 = 8;

/// Bytes of the record, and of the NvM block, of a key with these elements.
pub fn record_size<'a>(elements: impl Iterator<Item = &'a KeyElement>) -> u64 {
    let persistent = elements.filter(|element| element.persist);
    RECORD_FRAME + persistent.map(|element| ELEMENT_HEADER + u64::from(element.size)).sum::<u64>()
}

impl Driver {
    /// The key that a block keeps.
    pub fn key_of(&self, block: &NvBlock) -> &CryptoKey {
        &self.keys[block.key as usize]
    }

    /// Bytes of the NvM block of a block's key.
    pub fn record_size_of(&self, block: &NvBlock) -> u64 {
        record_size(self.elements_of(self.key_of(block)))
    }
}
