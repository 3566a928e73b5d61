//! The engine in plain Rust: everything, everywhere.
//!
//! Used at block level: a state is finished where it lies, by reference, so that its owner can wipe it; the crates' own
//! wrappers take it by value and leave it behind.

#[cfg(feature = "aead")]
pub(crate) mod aead;
#[cfg(all(feature = "cipher", any(test, not(feature = "aws-lc"))))]
pub(crate) mod cipher;
#[cfg(feature = "ed25519")]
pub(crate) mod curve25519;
#[cfg(not(feature = "ring"))]
mod hmac;
#[cfg(feature = "ecdsa")]
pub(crate) mod nist;

#[cfg(feature = "ecdsa")]
pub(crate) use nist::p256;
#[cfg(feature = "p384")]
pub(crate) use nist::p384;
#[cfg(feature = "p521")]
pub(crate) use nist::p521;

#[cfg(not(feature = "ring"))]
pub(crate) use self::hmac::{HmacKey, HmacState};

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipher, BlockEncrypt};
use cmac::CmacCore;
use sha1::Sha1Core;
use sha2::digest::core_api::{Buffer, BufferKindUser, FixedOutputCore, UpdateCore, VariableOutputCore};
use sha2::digest::typenum::{IsLess, Le, NonZero, U256};
use sha2::digest::{generic_array::GenericArray, InnerInit};
use sha2::{Sha256VarCore, Sha512VarCore};

use crate::hash::HashAlgorithm;
use crate::output::MAX_OUTPUT_LEN;

/// A block-level algorithm and the block that is not full yet.
pub(crate) struct Buffered<C>
where
    C: BufferKindUser,
    C::BlockSize: IsLess<U256>,
    Le<C::BlockSize, U256>: NonZero,
{
    core: C,
    buffer: Buffer<C>,
}

impl<C> Buffered<C>
where
    C: UpdateCore + BufferKindUser,
    C::BlockSize: IsLess<U256>,
    Le<C::BlockSize, U256>: NonZero,
{
    #[inline]
    pub(crate) fn new(core: C) -> Self {
        Self { core, buffer: Default::default() }
    }

    #[inline]
    pub(crate) fn update(&mut self, data: &[u8]) {
        let Self { core, buffer } = self;
        buffer.digest_blocks(data, |blocks| core.update_blocks(blocks));
    }

    /// Writes as much of the result as there is to the front of `output`.
    #[inline]
    pub(crate) fn finish(&mut self, output: &mut [u8; MAX_OUTPUT_LEN])
    where
        C: FixedOutputCore,
    {
        let mut whole = GenericArray::default();
        self.core.finalize_fixed_core(&mut self.buffer, &mut whole);
        output.iter_mut().zip(&whole).for_each(|(to, from)| *to = *from);
    }

    #[inline]
    fn finish_variable(&mut self, output: &mut [u8; MAX_OUTPUT_LEN])
    where
        C: VariableOutputCore,
    {
        let mut whole = GenericArray::default();
        self.core.finalize_variable_core(&mut self.buffer, &mut whole);
        output.iter_mut().zip(&whole).for_each(|(to, from)| *to = *from);
    }
}

/// A hash being computed. SHA-224 and SHA-256 share one form, and so do the members of SHA-512: less code on a target.
pub(crate) enum HashState {
    Sha1(Buffered<Sha1Core>),
    Sha256(Buffered<Sha256VarCore>),
    Sha512(Buffered<Sha512VarCore>),
}

impl HashState {
    #[inline]
    pub(crate) fn new(algorithm: HashAlgorithm) -> Self {
        match algorithm {
            HashAlgorithm::Sha1 => Self::Sha1(Buffered::new(Sha1Core::default())),
            HashAlgorithm::Sha224 => Self::Sha256(variable(28)),
            HashAlgorithm::Sha256 => Self::Sha256(variable(32)),
            HashAlgorithm::Sha384 => Self::Sha512(variable(48)),
            HashAlgorithm::Sha512 => Self::Sha512(variable(64)),
            HashAlgorithm::Sha512_224 => Self::Sha512(variable(28)),
            HashAlgorithm::Sha512_256 => Self::Sha512(variable(32)),
        }
    }

    #[inline]
    pub(crate) fn update(&mut self, data: &[u8]) {
        match self {
            Self::Sha1(state) => state.update(data),
            Self::Sha256(state) => state.update(data),
            Self::Sha512(state) => state.update(data),
        }
    }

    /// Writes the full width of the state; a truncated hash is the front of it.
    #[inline]
    pub(crate) fn finish(&mut self, output: &mut [u8; MAX_OUTPUT_LEN]) {
        match self {
            Self::Sha1(state) => state.finish(output),
            Self::Sha256(state) => state.finish_variable(output),
            Self::Sha512(state) => state.finish_variable(output),
        }
    }
}

/// `output_len` is a literal that the core knows, so the optimiser drops the other branch.
#[inline(always)]
fn variable<C>(output_len: usize) -> Buffered<C>
where
    C: VariableOutputCore,
    C::BlockSize: IsLess<U256>,
    Le<C::BlockSize, U256>: NonZero,
{
    match C::new(output_len) {
        Ok(core) => Buffered::new(core),
        Err(_) => unreachable!("an output length of FIPS 180-4"),
    }
}

#[inline]
pub(crate) fn digest(algorithm: HashAlgorithm, message: &[u8], output: &mut [u8; MAX_OUTPUT_LEN]) {
    let mut state = HashState::new(algorithm);
    state.update(message);
    state.finish(output);
}

/// CMAC over a keyed block cipher, owned or borrowed.
pub(crate) type CmacState<C> = Buffered<CmacCore<C>>;

#[inline]
pub(crate) fn cmac<C>(cipher: C) -> CmacState<C>
where
    C: BlockCipher + BlockEncrypt<BlockSize = U16> + Clone,
{
    Buffered::new(CmacCore::inner_init(cipher))
}
