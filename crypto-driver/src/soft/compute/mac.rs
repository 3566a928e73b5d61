//! Message authentication codes.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadError, AeadKey, Direction, Tag16};
use v2gcrypt_primitives::{Data, MacAlgorithm, MacKey, Tag};

use super::prepared::{with_aead_key, with_mac_key, KeyMaterial};
use super::Workspace;
use crate::soft::errors::Refusal;
use crate::soft::operation::Mode;

#[inline(never)] // stack
pub(super) fn mac(
    algorithm: MacAlgorithm,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    message: &[u8],
) -> Result<Option<Tag>, Refusal> {
    if mode.is_single_call() {
        return with_mac_key(algorithm, key, |key| key.mac(message)).map(Some);
    }
    if mode.start {
        *workspace = Workspace::Mac(with_mac_key(algorithm, key, MacKey::start)?);
    }
    let Workspace::Mac(state) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    if mode.update {
        state.update(message);
    }
    if !mode.finish {
        return Ok(None);
    }
    match core::mem::replace(workspace, Workspace::Empty) {
        Workspace::Mac(state) => Ok(Some(state.finish())),
        _ => Err(Refusal::NOT_OK),
    }
}

/// GMAC is AES-GCM of associated data alone. [SP 800-38D]
#[inline(never)] // stack
pub(super) fn gmac(
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    message: &[u8],
) -> Result<Option<Tag16>, Refusal> {
    let refused = |_: AeadError| Refusal::NOT_OK;
    if mode.is_single_call() {
        let seal = |prepared: &AeadKey| prepared.seal(key.nonce, message, Data::none());
        return with_aead_key(AeadAlgorithm::AesGcm, key, seal)?.map(Some).map_err(refused);
    }
    if mode.start {
        let start = |prepared: &AeadKey| prepared.start(Direction::Encrypt, key.nonce);
        *workspace = Workspace::Aead(with_aead_key(AeadAlgorithm::AesGcm, key, start)?.map_err(refused)?);
    }
    let Workspace::Aead(state) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    if mode.update {
        state.update_aad(message).map_err(refused)?;
    }
    if !mode.finish {
        return Ok(None);
    }
    match core::mem::replace(workspace, Workspace::Empty) {
        Workspace::Aead(state) => Ok(Some(state.finish())),
        _ => Err(Refusal::NOT_OK),
    }
}
