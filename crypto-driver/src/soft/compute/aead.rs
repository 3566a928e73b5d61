//! Authenticated encryption with associated data.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadError, AeadKey, Direction, Tag16, TAG_LEN};

use super::prepared::{with_aead_key, KeyMaterial};
use super::{length, Associated, Outcome, Text, Workspace};
use crate::soft::errors::Refusal;
use crate::soft::operation::Mode;

#[inline(never)] // stack
pub(super) fn crypt(
    algorithm: AeadAlgorithm,
    direction: Direction,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    mut text: Text<'_>,
    associated: Associated<'_>,
) -> Result<Outcome, Refusal> {
    if mode.is_single_call() {
        return with_aead_key(algorithm, key, |prepared| crypt_whole(prepared, direction, key.nonce, text, associated))?;
    }
    if mode.start {
        let start = |prepared: &AeadKey| prepared.start(direction, key.nonce);
        *workspace = Workspace::Aead(with_aead_key(algorithm, key, start)?.map_err(refused)?);
    }
    let Workspace::Aead(stream) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    let mut written = 0;
    if mode.update {
        if !associated.data.is_empty() {
            stream.update_aad(associated.data).map_err(refused)?; // refused once the text has begun
        }
        if text.len() != 0 {
            written = stream.update(text.data()).map_err(refused)?;
        }
    }
    if !mode.finish {
        return Ok(if mode.update { Outcome::Written(length(written)) } else { Outcome::Done });
    }
    let Workspace::Aead(stream) = core::mem::replace(workspace, Workspace::Empty) else {
        return Err(Refusal::NOT_OK);
    };
    match direction {
        Direction::Encrypt => Ok(sealed(written, stream.finish(), associated.tag_room)),
        Direction::Decrypt => {
            let genuine = stream.finish_open(associated.tag);
            if !genuine {
                text.wipe(written);
                written = 0;
            }
            Ok(Outcome::Opened(length(written), genuine))
        }
    }
}

fn crypt_whole(
    key: &AeadKey,
    direction: Direction,
    nonce: &[u8],
    mut text: Text<'_>,
    associated: Associated<'_>,
) -> Result<Outcome, Refusal> {
    let written = text.len();
    match direction {
        Direction::Encrypt => {
            let tag = key.seal(nonce, associated.data, text.data()).map_err(refused)?;
            Ok(sealed(written, tag, associated.tag_room))
        }
        Direction::Decrypt => match key.open(nonce, associated.data, text.data(), associated.tag) {
            Ok(()) => Ok(Outcome::Opened(length(written), true)),
            Err(AeadError::Tag) => Ok(Outcome::Opened(0, false)), // wiped by the engine's wrapper
            Err(error) => Err(refused(error)),
        },
    }
}

fn sealed(written: usize, tag: Tag16, room: usize) -> Outcome {
    Outcome::Sealed(length(written), tag, room.min(TAG_LEN))
}

fn refused(_: AeadError) -> Refusal {
    Refusal::NOT_OK
}
