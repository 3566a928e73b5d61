//! Random numbers: the system's, and the instance's own generator.
#![allow(unsafe_code)]

use v2gcrypt_primitives::drbg::CtrDrbg;
use v2gcrypt_types::*;
use zeroize::{Zeroize, Zeroizing};

use super::super::errors::Refusal;
use super::super::keys::Change;
use super::instance::{Computation, Instance};
use super::job::ready_session;

extern "C" {
    fn Crypto_EntropyCallout(dataPtr: *mut uint8, dataLength: uint32) -> Std_ReturnType;
}

/// What makes an instance's generator differ from another one, beside its entropy.
const PERSONALIZATION: &[u8] = b"v2gcrypt soft driver";

/// The instance's generator. `repr(u8)`: bytes that are all zero are `Unseeded`.
#[repr(u8)]
pub(super) enum GeneratorState {
    /// It is seeded when it is used first.
    #[allow(dead_code)] // made by wiping
    Unseeded = 0,
    Seeded(CtrDrbg),
}

/// Fills `output` from the callout; if that has not enough, `output` is wiped. [SWS_Crypto_00141]
pub(super) fn entropy(output: &mut [u8]) -> Result<(), Refusal> {
    let drawn = match u32::try_from(output.len()) {
        // SAFETY: there are that many bytes.
        Ok(length) => unsafe { Crypto_EntropyCallout(output.as_mut_ptr(), length) },
        Err(_) => E_NOT_OK,
    };
    if drawn == E_OK {
        return Ok(());
    }
    output.zeroize();
    Err(Refusal::ENTROPY_EXHAUSTED)
}

/// The instance's generator, held by this thread: a key's computation draws from it.
#[allow(dead_code)]
pub(super) struct Generator<'a> {
    instance: Instance<'a>,
    computation: Option<Computation<'a>>,
}

#[allow(dead_code)]
impl<'a> Generator<'a> {
    /// `CRYPTO_E_BUSY` while another thread draws.
    pub(super) fn hold(instance: Instance<'a>) -> Result<Self, Refusal> {
        let mut session = ready_session(instance)?;
        session.generator().begin_write()?;
        Ok(Self { instance, computation: Some(session.begin_computation()) })
    }

    /// Fills `output`; `additional` is mixed in. After an error, `output` is all zero.
    pub(super) fn fill(&mut self, output: &mut [u8], additional: &[u8]) -> Result<(), Refusal> {
        // SAFETY: this thread holds the generator.
        unsafe { fill(self.instance, output, additional) }
    }

    /// Takes fresh entropy; `additional` is mixed in.
    pub(super) fn reseed(&mut self, additional: &[u8]) -> Result<(), Refusal> {
        // SAFETY: this thread holds the generator.
        unsafe { reseed(self.instance, additional) }.map(|_| ())
    }
}

impl Drop for Generator<'_> {
    fn drop(&mut self) {
        let mut session = self.instance.enter();
        session.generator().end_write(Change::None);
        let failed = self.computation.take().and_then(|computation| computation.end(&mut session));
        drop(session);
        drop(failed);
    }
}

/// As [`Generator::fill`].
///
/// # Safety
/// This thread holds the generator.
pub(super) unsafe fn fill(instance: Instance<'_>, output: &mut [u8], additional: &[u8]) -> Result<(), Refusal> {
    // SAFETY: the caller holds it, and it is a value since `initialise`.
    let state = unsafe { &mut *instance.generator() };
    if let GeneratorState::Seeded(generator) = state {
        if generator.generate(output, additional).is_ok() {
            return Ok(());
        }
    }
    // Not seeded yet, or for long.
    // SAFETY: the caller holds it; no reference to it is used any more.
    match unsafe { reseed(instance, &[]) } {
        Ok(generator) => generator.generate(output, additional).map_err(|_| Refusal::NOT_OK), // more than 64 GiB at once
        Err(refusal) => {
            output.zeroize();
            Err(refusal)
        }
    }
}

/// Fills `output` from what was seeded just now.
pub(super) fn draw(generator: &mut CtrDrbg, output: &mut [u8]) -> Result<(), Refusal> {
    generator.generate(output, &[]).map_err(|_| Refusal::NOT_OK)
}

/// As [`Generator::reseed`].
///
/// # Safety
/// This thread holds the generator.
pub(super) unsafe fn reseed<'a>(instance: Instance<'a>, additional: &[u8]) -> Result<&'a mut CtrDrbg, Refusal> {
    // SAFETY: the caller holds it, and it is a value since `initialise`.
    let state = unsafe { &mut *instance.generator() };
    // 256 bits of strength, and half as much for the nonce of the first seed. [SP 800-90A, 8.6.7]
    let mut seed = Zeroizing::new([0; 48]);
    entropy(&mut *seed)?;
    match state {
        GeneratorState::Seeded(generator) => generator.reseed(&*seed, additional),
        GeneratorState::Unseeded => {
            let (entropy, nonce) = seed.split_at(32);
            let personalization = if additional.is_empty() { PERSONALIZATION } else { additional };
            *state = GeneratorState::Seeded(CtrDrbg::new(entropy, nonce, personalization));
        }
    }
    match state {
        GeneratorState::Seeded(generator) => Ok(generator),
        GeneratorState::Unseeded => Err(Refusal::NOT_OK),
    }
}
