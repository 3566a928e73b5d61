//! AES-GCM [SP 800-38D] and ChaCha20-Poly1305 [RFC 8439] over the crates' block functions: the crates' own wrappers take a whole
//! text only, go over it twice, and take nonces of one length.

use core::borrow::Borrow;

use aes::cipher::consts::U10;
use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockCipher, BlockEncrypt, InnerIvInit, IvState, KeyInit, KeyIvInit, StreamCipherCore};
use aes::{Aes128Enc, Aes256Enc};
use chacha20::ChaChaCore;
use ctr::flavors::Ctr32BE;
use ctr::CtrCore;
use ghash::universal_hash::UniversalHash;
use ghash::GHash;
use poly1305::Poly1305;

use crate::aead::{self, AeadAlgorithm, AeadError, Direction, Engine, Tag16};
use crate::cipher::{Block, InOutBuf};
use crate::data::{copy, split, whole, Data};
use crate::ffi::Wiped;

/// Cipher and authenticator take turns on pieces of this length: they stay in the innermost cache.
const PIECE_LEN: usize = 4096;

/// A key, prepared.
// No allocator: the largest form decides in any case.
#[allow(clippy::large_enum_variant)]
pub(crate) enum AeadKey {
    Gcm { aes: Aes, ghash: GHash },
    ChaCha([u8; 32]),
}

impl Engine for AeadKey {
    const NAME: &'static str = "RustCrypto ctr over aes, ghash; chacha20, poly1305";
    type Stream = AeadState<Aes>;

    fn new(algorithm: AeadAlgorithm, key: &[u8]) -> Option<Self> {
        Some(match algorithm {
            AeadAlgorithm::AesGcm => {
                let aes = Aes::new(key)?;
                let mut hash_key = Wiped::new([0; 16]);
                aes.encrypt_block(&mut hash_key);
                Self::Gcm { ghash: GHash::new(GenericArray::from_slice(&*hash_key)), aes }
            }
            AeadAlgorithm::ChaCha20Poly1305 => Self::ChaCha(key.try_into().ok()?),
        })
    }

    fn algorithm(&self) -> AeadAlgorithm {
        match self {
            Self::Gcm { .. } => AeadAlgorithm::AesGcm,
            Self::ChaCha(_) => AeadAlgorithm::ChaCha20Poly1305,
        }
    }

    fn seal(&self, nonce: &[u8], aad: &[u8], data: Data<'_>) -> Result<Tag16, AeadError> {
        let mut state = Wiped::new(self.state(|aes| aes, Direction::Encrypt, nonce)?);
        aead::Stream::update_aad(&mut *state, aad)?;
        aead::Stream::update(&mut *state, data)?;
        Ok(aead::Stream::finish(&mut *state))
    }

    fn open(&self, nonce: &[u8], aad: &[u8], data: Data<'_>, tag: &[u8]) -> Result<(), AeadError> {
        let mut state = Wiped::new(self.state(|aes| aes, Direction::Decrypt, nonce)?);
        aead::Stream::update_aad(&mut *state, aad)?;
        aead::Stream::update(&mut *state, data)?;
        aead::Stream::finish(&mut *state).matches(tag).then_some(()).ok_or(AeadError::Tag)
    }

    #[inline]
    fn start(&self, direction: Direction, nonce: &[u8]) -> Result<Self::Stream, AeadError> {
        self.state(Aes::clone, direction, nonce)
    }
}

impl AeadKey {
    /// `take` borrows the round keys, or copies them.
    #[inline(always)] // what is built is large: where it is to lie
    fn state<'a, A: Borrow<Aes>>(
        &'a self,
        take: impl FnOnce(&'a Aes) -> A,
        direction: Direction,
        nonce: &[u8],
    ) -> Result<AeadState<A>, AeadError> {
        let mode = match self {
            Self::Gcm { aes, ghash } => {
                let counter = first_counter(ghash, nonce);
                let mut mode = Mode::Gcm { aes: take(aes), ghash: ghash.clone(), counter, mask: [0; 16] };
                mode.mask();
                mode
            }
            Self::ChaCha(key) => {
                let nonce: &[u8; 12] = nonce.try_into().map_err(|_| AeadError::Nonce)?;
                let mut cipher = ChaChaCore::new(key.into(), nonce.into());
                let mut first = Wiped::new([0; 64]);
                cipher.write_keystream_block(GenericArray::from_mut_slice(&mut *first));
                let key = first.first_chunk::<32>().ok_or(AeadError::Nonce)?;
                Mode::ChaCha { cipher, poly1305: Poly1305::new(GenericArray::from_slice(key)) }
            }
        };
        Ok(AeadState {
            mode,
            direction,
            text_begun: false,
            key_stream: [0; 64],
            block: [0; 64],
            held: 0,
            aad_len: 0,
            text_len: 0,
        })
    }
}

/// J0 [SP 800-38D 7.1].
fn first_counter(ghash: &GHash, nonce: &[u8]) -> Block {
    let mut counter = [0; 16];
    if nonce.len() == 12 {
        copy(nonce, &mut counter);
        copy(&[1], counter.get_mut(15..).unwrap_or_default());
    } else {
        let mut ghash = ghash.clone();
        ghash.update_padded(nonce);
        ghash.update(&[u128::from((nonce.len() as u64).wrapping_mul(8)).to_be_bytes().into()]);
        counter = ghash.finalize().into();
    }
    counter
}

/// Round keys for encryption.
#[derive(Clone)]
#[allow(clippy::large_enum_variant)]
pub(crate) enum Aes {
    Aes128(Aes128Enc),
    Aes256(Aes256Enc),
}

impl Aes {
    fn new(key: &[u8]) -> Option<Self> {
        let aes_128 = Aes128Enc::new_from_slice(key).map(Self::Aes128);
        aes_128.or_else(|_| Aes256Enc::new_from_slice(key).map(Self::Aes256)).ok()
    }

    fn encrypt_block(&self, block: &mut Block) {
        match self {
            Self::Aes128(aes) => aes.encrypt_block(GenericArray::from_mut_slice(block)),
            Self::Aes256(aes) => aes.encrypt_block(GenericArray::from_mut_slice(block)),
        }
    }

    /// Whole blocks; leaves the next counter block in `counter`.
    fn ctr(&self, counter: &mut Block, text: InOutBuf<'_, '_, u8>) {
        fn run<C>(aes: &C, counter: &mut Block, text: InOutBuf<'_, '_, u8>)
        where
            C: BlockCipher + BlockEncrypt<BlockSize = aes::cipher::consts::U16>,
        {
            let mut mode = CtrCore::<_, Ctr32BE>::inner_iv_init(aes, GenericArray::from_slice(counter));
            mode.apply_keystream_blocks_inout(text.into_chunks().0);
            *counter = mode.iv_state().into();
        }
        match self {
            Self::Aes128(aes) => run(aes, counter, text),
            Self::Aes256(aes) => run(aes, counter, text),
        }
    }
}

/// A cipher and an authenticator.
#[allow(clippy::large_enum_variant)]
enum Mode<A> {
    /// `mask`: what the last GHASH is added to.
    Gcm {
        aes: A,
        ghash: GHash,
        counter: Block,
        mask: Block,
    },
    ChaCha {
        cipher: ChaChaCore<U10>,
        poly1305: Poly1305,
    },
}

impl<A: Borrow<Aes>> Mode<A> {
    /// Takes the first block of key stream for the tag.
    fn mask(&mut self) {
        if let Self::Gcm { aes, counter, mask, .. } = self {
            Borrow::<Aes>::borrow(aes).ctr(counter, InOutBuf::from(mask.as_mut_slice()));
        }
    }

    /// Bytes of key stream that come at once.
    fn block_len(&self) -> usize {
        match self {
            Self::Gcm { .. } => 16,
            Self::ChaCha { .. } => 64,
        }
    }

    /// Longest text in bytes: the counter has 32 bits, and its first block is taken. [SP 800-38D 5.2.1.1, RFC 8439 2.8]
    fn max_text_len(&self) -> u64 {
        match self {
            Self::Gcm { .. } => (1 << 36) - 32,
            Self::ChaCha { .. } => (1 << 38) - 64,
        }
    }

    /// Whole blocks.
    #[inline]
    fn crypt(&mut self, text: InOutBuf<'_, '_, u8>) {
        match self {
            Self::Gcm { aes, counter, .. } => Borrow::<Aes>::borrow(aes).ctr(counter, text),
            Self::ChaCha { cipher, .. } => cipher.apply_keystream_blocks_inout(text.into_chunks().0),
        }
    }

    /// Zeros fill up the last 16 bytes.
    #[inline]
    fn authenticate(&mut self, bytes: &[u8]) {
        match self {
            Self::Gcm { ghash, .. } => ghash.update_padded(bytes),
            Self::ChaCha { poly1305, .. } => poly1305.update_padded(bytes),
        }
    }

    fn finish(&mut self, aad_len: u64, text_len: u64) -> Tag16 {
        let mut lengths = [0; 16];
        let (front, back) = lengths.split_at_mut(8);
        match self {
            Self::Gcm { ghash, mask, .. } => {
                copy(&aad_len.wrapping_mul(8).to_be_bytes(), front);
                copy(&text_len.wrapping_mul(8).to_be_bytes(), back);
                ghash.update(&[lengths.into()]);
                let mut tag: [u8; 16] = ghash.clone().finalize().into();
                tag.iter_mut().zip(mask).for_each(|(tag, mask)| *tag ^= *mask);
                Tag16::new(tag)
            }
            Self::ChaCha { poly1305, .. } => {
                copy(&aad_len.to_le_bytes(), front);
                copy(&text_len.to_le_bytes(), back);
                poly1305.update(&[lengths.into()]);
                Tag16::new(poly1305.clone().finalize().into())
            }
        }
    }
}

/// A text being sealed or opened.
pub(crate) struct AeadState<A> {
    mode: Mode<A>,
    direction: Direction,
    text_begun: bool,
    /// Key stream of the block that has begun.
    key_stream: [u8; 64],
    /// What is to be authenticated of it: cipher text, or associated data before the text.
    block: [u8; 64],
    /// How much of both is used.
    held: usize,
    aad_len: u64,
    text_len: u64,
}

impl<A: Borrow<Aes>> aead::Stream for AeadState<A> {
    fn update_aad(&mut self, aad: &[u8]) -> Result<(), AeadError> {
        if self.text_begun && !aad.is_empty() {
            return Err(AeadError::Order);
        }
        // [SP 800-38D 5.2.1.1]: below 2^64 bits.
        let total = self.aad_len.checked_add(aad.len() as u64).filter(|total| *total < 1 << 61);
        self.aad_len = total.ok_or(AeadError::TooLong)?;
        let mut aad = aad;
        if self.held != 0 {
            let (front, rest) = aad.split_at(16usize.saturating_sub(self.held).min(aad.len()));
            copy(front, self.block.get_mut(self.held..).unwrap_or_default());
            self.held = self.held.saturating_add(front.len());
            if self.held < 16 {
                return Ok(());
            }
            self.authenticate_block();
            aad = rest;
        }
        let (blocks, rest) = aad.split_at(whole(aad.len(), 16).min(aad.len()));
        self.mode.authenticate(blocks);
        copy(rest, &mut self.block);
        self.held = rest.len();
        Ok(())
    }

    fn update(&mut self, data: Data<'_>) -> Result<(), AeadError> {
        let mut text = data.same_len().ok_or(AeadError::Room)?;
        if text.is_empty() {
            return Ok(());
        }
        let total = self.text_len.checked_add(text.len() as u64).filter(|total| *total <= self.mode.max_text_len());
        self.text_len = total.ok_or(AeadError::TooLong)?;
        if !self.text_begun {
            self.authenticate_block();
            self.text_begun = true;
        }
        let block_len = self.mode.block_len();
        if self.held != 0 {
            let (front, rest) = split(text, block_len.saturating_sub(self.held));
            self.crypt_held(front);
            text = rest;
            if self.held == block_len {
                self.authenticate_block();
            }
        }
        while text.len() >= block_len {
            let length = whole(text.len(), block_len).min(PIECE_LEN);
            let (mut piece, rest) = split(text, length);
            if self.direction == Direction::Decrypt {
                self.mode.authenticate(piece.get_in());
                self.mode.crypt(piece);
            } else {
                self.mode.crypt(piece.reborrow());
                self.mode.authenticate(piece.get_out());
            }
            text = rest;
        }
        if !text.is_empty() {
            self.key_stream = [0; 64];
            let block = self.key_stream.get_mut(..block_len).unwrap_or_default();
            self.mode.crypt(InOutBuf::from(block));
            self.crypt_held(text);
        }
        Ok(())
    }

    fn finish(&mut self) -> Tag16 {
        self.authenticate_block();
        self.mode.finish(self.aad_len, self.text_len)
    }
}

impl<A: Borrow<Aes>> AeadState<A> {
    /// Closes the block that has begun, if one has.
    fn authenticate_block(&mut self) {
        self.mode.authenticate(self.block.get(..self.held).unwrap_or_default());
        self.held = 0;
    }

    /// At most as much as there is key stream left.
    fn crypt_held(&mut self, text: InOutBuf<'_, '_, u8>) {
        let from = self.held;
        self.held = from.saturating_add(text.len());
        let decrypts = self.direction == Direction::Decrypt;
        let key_stream = self.key_stream.get(from..).unwrap_or_default();
        let block = self.block.get_mut(from..).unwrap_or_default();
        for ((mut byte, key), held) in text.into_iter().zip(key_stream).zip(block) {
            let input = byte.clone_in();
            let output = input ^ key;
            *held = if decrypts { input } else { output };
            *byte.get_out() = output;
        }
    }
}
