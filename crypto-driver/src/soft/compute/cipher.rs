//! Encryption and decryption.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::cipher::{Cipher, CipherAlgorithm, CipherError, CipherKey, Direction, BLOCK_LEN};
use v2gcrypt_primitives::Data;
use zeroize::Zeroizing;

use super::prepared::{with_cipher_key, KeyMaterial};
use super::{length, Outcome, Text, Workspace};
use crate::soft::errors::Refusal;
use crate::soft::operation::Mode;

/// A text that comes in pieces.
pub(in crate::soft) struct Stream {
    cipher: Cipher,
    /// Bytes of the input behind its last whole block.
    beyond: usize,
}

#[inline(never)] // stack
pub(super) fn crypt(
    algorithm: CipherAlgorithm,
    direction: Direction,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    text: Text<'_>,
) -> Result<Outcome, Refusal> {
    if mode.is_single_call() {
        let whole = |prepared: &CipherKey| crypt_whole(prepared, algorithm, direction, key.nonce, text);
        return with_cipher_key(key, whole)?.map(|written| Outcome::Written(length(written))).map_err(refused);
    }
    if mode.start {
        let start = |prepared: &CipherKey| prepared.start_with(algorithm, direction, key.nonce);
        *workspace = Workspace::Cipher(Stream { cipher: with_cipher_key(key, start)?.map_err(refused)?, beyond: 0 });
    }
    let Workspace::Cipher(stream) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    if !mode.update && !mode.finish {
        return Ok(Outcome::Done);
    }
    stream.go_on(direction, mode, text).map(|written| Outcome::Written(length(written))).map_err(refused)
}

impl Stream {
    fn go_on(&mut self, direction: Direction, mode: Mode, mut text: Text<'_>) -> Result<usize, CipherError> {
        let input = text.len();
        let gives = self.cipher.update_len(input);
        let beyond = self.beyond.wrapping_add(input) % BLOCK_LEN;
        let padded = matches!((self.cipher.algorithm(), direction), (CipherAlgorithm::AesCbcPkcs7, Direction::Encrypt));
        // All that shows beforehand is refused before anything is written.
        let at_least = if mode.finish && padded { gives.saturating_add(BLOCK_LEN) } else { gives };
        if at_least > text.room {
            return Err(CipherError::Room);
        }
        if mode.finish && !padded && self.cipher.algorithm() != CipherAlgorithm::AesCtr && beyond != 0 {
            return Err(CipherError::Text);
        }
        let mut written = 0;
        if mode.update {
            written = self.cipher.update(text.data())?;
            self.beyond = beyond;
        }
        if !mode.finish {
            return Ok(written);
        }
        match self.cipher.finish(text.rest(written)) {
            Ok(more) => Ok(written.saturating_add(more)),
            Err(error) => {
                text.wipe(written);
                Err(error)
            }
        }
    }
}

fn crypt_whole(
    key: &CipherKey,
    algorithm: CipherAlgorithm,
    direction: Direction,
    iv: &[u8],
    mut text: Text<'_>,
) -> Result<usize, CipherError> {
    let unpadded = matches!((algorithm, direction), (CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt));
    if text.len() > text.room {
        // In place the engine does not see how far it may write.
        let gives = if unpadded { unpadded_len(key, iv, text.data())? } else { text.len() };
        if gives > text.room {
            return Err(CipherError::Room);
        }
    }
    key.crypt_with(algorithm, direction, iv, text.data())
}

/// How long a padded text is without its padding: its last block tells.
fn unpadded_len(key: &CipherKey, iv: &[u8], data: Data<'_>) -> Result<usize, CipherError> {
    let input: &[u8] = match &data {
        Data::InPlace { buffer, length } => buffer.get(..*length).unwrap_or_default(),
        Data::Apart { input, .. } => input,
    };
    let before = input.len().checked_sub(BLOCK_LEN).ok_or(CipherError::Text)?;
    let last = input.get(before..).ok_or(CipherError::Text)?;
    let chain = before.checked_sub(BLOCK_LEN).and_then(|at| input.get(at..before)).unwrap_or(iv);
    let mut block = Zeroizing::new([0; BLOCK_LEN]);
    let data = Data::Apart { input: last, output: &mut *block };
    let length = key.crypt_with(CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt, chain, data)?;
    Ok(before.saturating_add(length))
}

/// A wrong padding, an incomplete block, too little room: one code.
fn refused(_: CipherError) -> Refusal {
    Refusal::NOT_OK
}
