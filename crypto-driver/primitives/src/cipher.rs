//! AES in the modes CBC and CTR [SP 800-38A], at once and in pieces, in place and apart.
#![cfg_attr(not(feature = "cipher"), allow(unreachable_code, unused_variables))] // what follows a value that cannot be

use subtle::{ConstantTimeEq, ConstantTimeGreater};

use crate::data::{copy, split, whole, Data};
use crate::engine::cipher as engine;
use crate::ffi::Wiped;
use crate::KeyError;

/// Is there an engine in this build? Without the feature `cipher` no [`CipherKey`] can be made.
pub const AVAILABLE: bool = cfg!(feature = "cipher");

/// Length of a block, and of an initialisation vector, in bytes.
pub const BLOCK_LEN: usize = 16;

/// A block, a chaining value, a counter block.
pub(crate) type Block = [u8; BLOCK_LEN];

/// A mode; the key's length, 16 or 32 bytes, decides between AES-128 and AES-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CipherAlgorithm {
    /// CBC; the text is a multiple of 16 bytes.
    AesCbc,
    /// CBC with the padding of PKCS#7 [RFC 5652 6.3]: 1 to 16 bytes more.
    AesCbcPkcs7,
    /// CTR; the whole initialisation vector is a counter, big-endian, that wraps around.
    AesCtr,
}

/// What is done with the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Plain to cipher text.
    Encrypt,
    /// Cipher to plain text.
    Decrypt,
}

/// Why a text is not encrypted or decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CipherError {
    /// The initialisation vector does not have 16 bytes.
    Iv,
    /// The output does not have the room for what the call gives.
    Room,
    /// The last block is not complete, or its padding is wrong: one error for both.
    Text,
}

/// What an engine does: whole blocks, of which there may be none. `text` has a length that is a multiple of 16.
pub(crate) trait BlockModes: Clone {
    /// Who does CBC.
    #[cfg_attr(not(feature = "cipher"), allow(dead_code))]
    const CBC: &'static str;
    /// Who does CTR.
    #[cfg_attr(not(feature = "cipher"), allow(dead_code))]
    const CTR: &'static str;
    /// `None`: not 16 or 32 bytes.
    fn new(key: &[u8]) -> Option<Self>;
    /// Leaves the last cipher text block in `chain`.
    fn cbc_encrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>);
    /// Leaves the last cipher text block in `chain`.
    fn cbc_decrypt(&self, chain: &mut Block, text: InOutBuf<'_, '_, u8>);
    /// Leaves the next counter block in `counter`.
    fn ctr(&self, counter: &mut Block, text: InOutBuf<'_, '_, u8>);
}

pub(crate) use aes::cipher::inout::InOutBuf;

/// A key, prepared: AES round keys. Serves all modes and both directions. Wiped on drop.
pub struct CipherKey {
    aes: Wiped<engine::Aes>,
    algorithm: CipherAlgorithm,
}

impl CipherKey {
    /// From 16 or 32 bytes.
    pub fn new(algorithm: CipherAlgorithm, key: &[u8]) -> Result<Self, KeyError> {
        if !matches!(key.len(), 16 | 32) {
            return Err(KeyError::Size);
        }
        let aes = engine::Aes::new(key).ok_or(KeyError::Malformed)?;
        Ok(Self { aes: Wiped::new(aes), algorithm })
    }

    /// The mode that [`CipherKey::start`] and [`CipherKey::crypt`] take.
    pub fn algorithm(&self) -> CipherAlgorithm {
        self.algorithm
    }

    /// Starts on a text that comes in pieces. What is returned has its own copy of the prepared key.
    pub fn start(&self, direction: Direction, iv: &[u8]) -> Result<Cipher, CipherError> {
        self.start_with(self.algorithm, direction, iv)
    }

    /// Starts in another mode than the key was made for.
    pub fn start_with(&self, algorithm: CipherAlgorithm, direction: Direction, iv: &[u8]) -> Result<Cipher, CipherError> {
        let progress = Progress::new(algorithm, direction, iv)?;
        Ok(Cipher { aes: Wiped::new((*self.aes).clone()), progress: Wiped::new(progress) })
    }

    /// Encrypts or decrypts a whole text, and tells the length of the output. The key is used where it lies; an output that
    /// is refused is untouched.
    #[inline]
    pub fn crypt(&self, direction: Direction, iv: &[u8], data: Data<'_>) -> Result<usize, CipherError> {
        self.crypt_with(self.algorithm, direction, iv, data)
    }

    /// The same in another mode than the key was made for.
    #[inline]
    pub fn crypt_with(
        &self,
        algorithm: CipherAlgorithm,
        direction: Direction,
        iv: &[u8],
        mut data: Data<'_>,
    ) -> Result<usize, CipherError> {
        let (length, room) = (data.input_len(), data.room());
        let complete = length == whole(length, BLOCK_LEN);
        // Whole blocks need no state but the chaining value, which is no secret.
        if complete && algorithm != CipherAlgorithm::AesCbcPkcs7 {
            let mut chain = iv.try_into().map_err(|_| CipherError::Iv)?;
            let text = data.same_len().ok_or(CipherError::Room)?;
            match (algorithm, direction) {
                (CipherAlgorithm::AesCtr, _) => self.aes.ctr(&mut chain, text),
                (_, Direction::Encrypt) => self.aes.cbc_encrypt(&mut chain, text),
                (_, Direction::Decrypt) => self.aes.cbc_decrypt(&mut chain, text),
            }
            return Ok(length);
        }
        let mut progress = Wiped::new(Progress::new(algorithm, direction, iv)?);
        match (algorithm, direction) {
            (CipherAlgorithm::AesCtr, _) => progress.update(&*self.aes, data),
            (CipherAlgorithm::AesCbcPkcs7, Direction::Encrypt) => {
                if room < whole(length, BLOCK_LEN).saturating_add(BLOCK_LEN) {
                    return Err(CipherError::Room);
                }
                let done = progress.update(&*self.aes, data.reborrow())?;
                let rest = data.output().get_mut(done..).unwrap_or_default();
                Ok(done.saturating_add(progress.finish(&*self.aes, rest)?))
            }
            (CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt) if complete => progress.decrypt_padded(&*self.aes, data),
            _ => Err(CipherError::Text),
        }
    }
}

/// A text being encrypted or decrypted in pieces. Wiped on drop.
///
/// With CBC the output lags behind the input by up to 15 bytes, and by up to 16 where padding is to be taken off: one call can
/// give that many bytes more than it takes.
pub struct Cipher {
    aes: Wiped<engine::Aes>,
    progress: Wiped<Progress>,
}

impl Cipher {
    /// The mode.
    pub fn algorithm(&self) -> CipherAlgorithm {
        self.progress.algorithm
    }

    /// Bytes that [`Cipher::update`] will give for so many.
    pub fn update_len(&self, input_len: usize) -> usize {
        self.progress.update_len(input_len)
    }

    /// Goes on with the next piece, and tells the length of the output. [`CipherError::Room`]: nothing has changed.
    pub fn update(&mut self, data: Data<'_>) -> Result<usize, CipherError> {
        self.progress.update(&*self.aes, data)
    }

    /// The most that [`Cipher::finish`] can give.
    pub fn finish_len_max(&self) -> usize {
        match (self.progress.algorithm, self.progress.direction) {
            (CipherAlgorithm::AesCbcPkcs7, Direction::Encrypt) => BLOCK_LEN,
            (CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt) => BLOCK_LEN - 1,
            _ => 0,
        }
    }

    /// Ends the text, and tells the length of the output. [`CipherError::Room`]: nothing has changed.
    pub fn finish(&mut self, output: &mut [u8]) -> Result<usize, CipherError> {
        self.progress.finish(&*self.aes, output)
    }
}

/// What a stream needs beside its key.
struct Progress {
    /// CBC: the last cipher text block. CTR: the next counter block.
    chain: Block,
    /// CBC: input at the front that is not a block yet. CTR: key stream at the end that is not used yet.
    pending: Block,
    /// How much of it, 0 to 16.
    held: usize,
    algorithm: CipherAlgorithm,
    direction: Direction,
}

impl Progress {
    fn new(algorithm: CipherAlgorithm, direction: Direction, iv: &[u8]) -> Result<Self, CipherError> {
        let chain = iv.try_into().map_err(|_| CipherError::Iv)?;
        Ok(Self { chain, pending: [0; BLOCK_LEN], held: 0, algorithm, direction })
    }

    fn update_len(&self, input_len: usize) -> usize {
        let available = self.held.saturating_add(input_len);
        match (self.algorithm, self.direction) {
            (CipherAlgorithm::AesCtr, _) => input_len,
            // The last block may be the padding's.
            (CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt) => whole(available.saturating_sub(1), BLOCK_LEN),
            _ => whole(available, BLOCK_LEN),
        }
    }

    #[inline]
    fn update(&mut self, aes: &impl BlockModes, data: Data<'_>) -> Result<usize, CipherError> {
        let give = self.update_len(data.input_len());
        if data.room() < give {
            return Err(CipherError::Room);
        }
        match (self.algorithm, data) {
            (CipherAlgorithm::AesCtr, data) => self.ctr(aes, data.same_len().ok_or(CipherError::Room)?),
            (_, data) if give == 0 => self.hold(data.input()),
            (_, Data::Apart { input, output }) => self.cbc_apart(aes, input, output.get_mut(..give).unwrap_or_default()),
            (_, Data::InPlace { buffer, length }) => self.cbc_in_place(aes, buffer, length, give)?,
        }
        Ok(give)
    }

    /// Keeps what is not a block yet, behind what is kept already.
    fn hold(&mut self, input: &[u8]) {
        copy(input, self.pending.get_mut(self.held..).unwrap_or_default());
        self.held = self.held.saturating_add(input.len()).min(BLOCK_LEN);
    }

    /// `output` has as much room as the call gives, at least a block.
    fn cbc_apart(&mut self, aes: &impl BlockModes, mut input: &[u8], mut output: &mut [u8]) {
        if self.held != 0 {
            let taken = BLOCK_LEN.saturating_sub(self.held).min(input.len());
            let (front, rest) = input.split_at(taken);
            let (first, others) = output.split_at_mut(BLOCK_LEN.min(output.len()));
            self.hold(front);
            let block = Wiped::new(self.pending);
            if let Ok(text) = InOutBuf::new(&*block, first) {
                self.cbc(aes, text);
            }
            self.held = 0;
            (input, output) = (rest, others);
        }
        let (blocks, rest) = input.split_at(output.len().min(input.len()));
        if let Ok(text) = InOutBuf::new(blocks, output) {
            self.cbc(aes, text);
        }
        self.hold(rest);
    }

    /// `give` is at least a block, and at most the length of `buffer`.
    fn cbc_in_place(&mut self, aes: &impl BlockModes, buffer: &mut [u8], length: usize, give: usize) -> Result<(), CipherError> {
        let held = self.held;
        let taken = give.checked_sub(held).ok_or(CipherError::Room)?;
        let mut rest = Wiped::new([0; BLOCK_LEN]);
        let behind = buffer.get(taken..length).ok_or(CipherError::Room)?;
        let rest_len = behind.len();
        copy(behind, &mut *rest);
        let text = buffer.get_mut(..give).ok_or(CipherError::Room)?;
        if held != 0 {
            // The output is ahead of the input by what is held: the input makes way.
            text.copy_within(..taken, held);
            copy(self.pending.get(..held).unwrap_or_default(), text);
        }
        self.cbc(aes, InOutBuf::from(text));
        self.held = 0;
        self.hold(rest.get(..rest_len).unwrap_or_default());
        Ok(())
    }

    /// Whole blocks.
    #[inline]
    fn cbc(&mut self, aes: &impl BlockModes, text: InOutBuf<'_, '_, u8>) {
        match self.direction {
            Direction::Encrypt => aes.cbc_encrypt(&mut self.chain, text),
            Direction::Decrypt => aes.cbc_decrypt(&mut self.chain, text),
        }
    }

    #[inline]
    fn ctr(&mut self, aes: &impl BlockModes, text: InOutBuf<'_, '_, u8>) {
        let (front, text) = split(text, self.held);
        self.ctr_pending(front);
        let length = whole(text.len(), BLOCK_LEN);
        let (blocks, rest) = split(text, length);
        aes.ctr(&mut self.chain, blocks);
        if !rest.is_empty() {
            self.pending = [0; BLOCK_LEN];
            aes.ctr(&mut self.chain, InOutBuf::from(self.pending.as_mut_slice()));
            self.held = BLOCK_LEN;
            self.ctr_pending(rest);
        }
    }

    /// At most as much as there is key stream left.
    fn ctr_pending(&mut self, text: InOutBuf<'_, '_, u8>) {
        let used = BLOCK_LEN.saturating_sub(self.held);
        self.held = self.held.saturating_sub(text.len());
        for (mut byte, key) in text.into_iter().zip(self.pending.get(used..).unwrap_or_default()) {
            let value = byte.clone_in() ^ key;
            *byte.get_out() = value;
        }
    }

    fn finish(&mut self, aes: &impl BlockModes, output: &mut [u8]) -> Result<usize, CipherError> {
        match (self.algorithm, self.direction) {
            (CipherAlgorithm::AesCtr, _) => Ok(0),
            (CipherAlgorithm::AesCbc, _) if self.held == 0 => Ok(0),
            (CipherAlgorithm::AesCbcPkcs7, Direction::Encrypt) => {
                let output = output.get_mut(..BLOCK_LEN).ok_or(CipherError::Room)?;
                let padding = BLOCK_LEN.saturating_sub(self.held) as u8;
                self.hold(&[padding; BLOCK_LEN]);
                let block = Wiped::new(self.pending);
                if let Ok(text) = InOutBuf::new(&*block, output) {
                    self.cbc(aes, text);
                }
                self.held = 0;
                Ok(BLOCK_LEN)
            }
            (CipherAlgorithm::AesCbcPkcs7, Direction::Decrypt) if self.held == BLOCK_LEN => {
                let last = LastBlock::new(aes, &self.chain, &self.pending)?;
                let output = output.get_mut(..last.length).ok_or(CipherError::Room)?;
                copy(last.text(), output);
                self.held = 0;
                Ok(last.length)
            }
            _ => Err(CipherError::Text),
        }
    }

    /// A whole text: its last block comes first, so that a wrong padding, or too little room, leaves the output untouched.
    fn decrypt_padded(&mut self, aes: &impl BlockModes, data: Data<'_>) -> Result<usize, CipherError> {
        let mut data = data;
        let input = data.input();
        let before = input.len().checked_sub(BLOCK_LEN).ok_or(CipherError::Text)?;
        let (front, last) = input.split_at(before);
        let chain = front.len().checked_sub(BLOCK_LEN).and_then(|at| front.get(at..)).unwrap_or(&self.chain);
        let last = LastBlock::new(aes, chain, last)?;
        let length = before.saturating_add(last.length);
        if data.room() < length {
            return Err(CipherError::Room);
        }
        let front = match data.reborrow() {
            Data::InPlace { buffer, .. } => Data::InPlace { buffer, length: before },
            Data::Apart { input, output } => Data::Apart { input: input.get(..before).unwrap_or_default(), output },
        };
        self.cbc(aes, front.same_len().ok_or(CipherError::Room)?);
        copy(last.text(), data.output().get_mut(before..).unwrap_or_default());
        Ok(length)
    }
}

/// The last block of a padded text, decrypted.
struct LastBlock {
    block: Wiped<Block>,
    /// Bytes of it that are not padding, 0 to 15.
    length: usize,
}

impl LastBlock {
    /// Where the padding is wrong does not show in the time.
    fn new(aes: &impl BlockModes, chain: &[u8], block: &[u8]) -> Result<Self, CipherError> {
        let mut chain: Block = chain.try_into().map_err(|_| CipherError::Text)?;
        let mut plain = Wiped::new([0; BLOCK_LEN]);
        aes.cbc_decrypt(&mut chain, InOutBuf::new(block, &mut *plain).map_err(|_| CipherError::Text)?);
        let padding = plain.last().copied().unwrap_or_default();
        let mut wrong = padding.ct_eq(&0) | padding.ct_gt(&(BLOCK_LEN as u8));
        for (byte, from_end) in plain.iter().rev().zip(0u8..) {
            wrong |= padding.ct_gt(&from_end) & !byte.ct_eq(&padding);
        }
        if bool::from(wrong) {
            return Err(CipherError::Text);
        }
        Ok(Self { block: plain, length: BLOCK_LEN.saturating_sub(usize::from(padding)) })
    }

    fn text(&self) -> &[u8] {
        self.block.get(..self.length).unwrap_or_default()
    }
}
