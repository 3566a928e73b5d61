//! The contract key of Plug & Charge, as the driver's other keys are made.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::contract_key::{Edition, Envelope, OpenError};
use v2gcrypt_types::*;

use super::super::errors::Refusal;
use super::pair::{refuse_key, PairKind};
use super::Value;

/// The owning key and the contract key.
pub const fn pair(edition: Edition) -> PairKind {
    PairKind::Nist(edition.curve())
}

/// Opens an envelope with the raw owning key: `contract` is the raw private key then. After any failure it is empty.
#[inline(never)] // stack
pub fn open(envelope: &Envelope<'_>, owning_key: &[u8], contract: &mut Value) -> Result<(), Refusal> {
    contract.clear();
    let key = envelope.open(owning_key).map_err(|error| match error {
        OpenError::OwningKey(error) => refuse_key(error),
        OpenError::Absent => Refusal::NOT_OK,
        OpenError::Refused => Refusal::silent(CRYPTO_E_CUSTOM_ERROR),
    })?;
    contract.set(key.as_bytes())
}
