//! Key management that computes: generation, derivation, exchange, seeds, and the import of a contract key.
//!
//! Each function is what both the C function and the job of its name do. It holds the keys as it needs; nothing that a job
//! computes in is held meanwhile.

use v2gcrypt_types::*;

use super::super::compute::ShortBytes;
use super::super::errors::Refusal;
use super::super::operation::Edition;
use super::instance::Instance;

/// What a contract key comes in; lengths are not checked yet.
pub(super) struct ContractKey<'a> {
    pub(super) encrypted: &'a [u8],
    pub(super) dh_public_key: &'a [u8],
    /// For ISO 15118-20 followed by the additional data.
    pub(super) public_key_and_aad: &'a [u8],
}

/// `seed` has at least one byte.
pub(super) fn random_seed(_: Instance<'_>, _key: uint32, _seed: &[u8]) -> Result<(), Refusal> {
    Err(Refusal::NOT_OK)
}

/// `family`: `NOT_SET`, or one that `Operation::resolve` knows; it wins over the key's element.
pub(super) fn key_generate(_: Instance<'_>, _key: uint32, _family: Crypto_AlgorithmFamilyType) -> Result<(), Refusal> {
    Err(Refusal::NOT_OK)
}

/// As `key_generate`.
pub(super) fn key_derive(
    _: Instance<'_>,
    _key: uint32,
    _target: uint32,
    _family: Crypto_AlgorithmFamilyType,
    _hash: Crypto_AlgorithmFamilyType,
) -> Result<(), Refusal> {
    Err(Refusal::NOT_OK)
}

/// The public value has at most `room` bytes; too little room changes nothing.
pub(super) fn key_exchange_public_value(
    _: Instance<'_>,
    _key: uint32,
    _family: Crypto_AlgorithmFamilyType,
    _room: usize,
) -> Result<ShortBytes, Refusal> {
    Err(Refusal::NOT_OK)
}

/// `partner` has at least one byte.
pub(super) fn key_exchange_secret(
    _: Instance<'_>,
    _key: uint32,
    _family: Crypto_AlgorithmFamilyType,
    _partner: &[u8],
) -> Result<(), Refusal> {
    Err(Refusal::NOT_OK)
}

/// `key` owns the exchange, `target` gets the contract's private key.
pub(super) fn contract_key_import(
    _: Instance<'_>,
    _key: uint32,
    _target: uint32,
    _edition: Edition,
    material: ContractKey<'_>,
) -> Result<(), Refusal> {
    let _ = (material.encrypted, material.dh_public_key, material.public_key_and_aad);
    Err(Refusal::NOT_OK)
}
