//! Key management by jobs: with the job's key, synchronous or asynchronous, queued like any job. [SWS_Csm_01055]

use super::call::*;
use super::instance::boundary;
use super::pointers::*;
use crate::numbers::*;
use v2gcrypt_types::*;

/// Makes the job's key usable.
///
/// * `jobId`: a job of service `CRYPTO_KEYSETVALID`.
///
/// Returns as [`Csm_Hash`], or what the driver returned. Source: [SWS_Csm_91027]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeySetValid(jobId: uint32) -> Std_ReturnType {
    let mut call = Call::manage(CSM_SID_JOBKEYSETVALID, CRYPTO_KEYSETVALID, Keys::OfJob);
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Makes the job's key unusable.
///
/// * `jobId`: a job of service `CRYPTO_KEYSETINVALID`.
///
/// Returns as [`Csm_Hash`], or what the driver returned.
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeySetInvalid(jobId: uint32) -> Std_ReturnType {
    let mut call = Call::manage(CSM_SID_JOBKEYSETINVALID, CRYPTO_KEYSETINVALID, Keys::OfJob);
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Adds a seed to the state of the job's random generator, beside its own entropy.
///
/// * `jobId`: a job of service `CRYPTO_RANDOMSEED`.
/// * `seedPtr`, `seedLength`: `seedLength` bytes.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`. Source: [SWS_Csm_91028]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobRandomSeed(jobId: uint32, seedPtr: *const uint8, seedLength: uint32) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType { inputPtr: seedPtr, inputLength: seedLength, ..NO_INPUT_OUTPUT };
    let (sid, service) = (CSM_SID_JOBRANDOMSEED, CRYPTO_RANDOMSEED);
    let mut call = Call { sid, service, needs: &ONLY_INPUT, keys: Keys::OfJob, io };
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Makes the job's key a fresh one.
///
/// * `jobId`: a job of service `CRYPTO_KEYGENERATE`.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_91029]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeyGenerate(jobId: uint32) -> Std_ReturnType {
    let mut call = Call::manage(CSM_SID_JOBKEYGENERATE, CRYPTO_KEYGENERATE, Keys::OfJob);
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Derives a key from the job's key.
///
/// * `jobId`: a job of service `CRYPTO_KEYDERIVE`.
/// * `targetKeyId`: Csm key of the same driver that becomes the derived key.
///
/// Returns as [`Csm_Hash`]; from the driver also what [`Csm_KeyDerive`] returns. Source: [SWS_Csm_91030]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeyDerive(jobId: uint32, targetKeyId: uint32) -> Std_ReturnType {
    let mut call = Call::manage(CSM_SID_JOBKEYDERIVE, CRYPTO_KEYDERIVE, Keys::WithTarget(targetKeyId));
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Computes the public value of a key exchange with the job's key.
///
/// * `jobId`: a job of service `CRYPTO_KEYEXCHANGECALCPUBVAL`.
/// * `publicValuePtr`: room for the public value.
/// * `publicValueLengthPtr`: in: bytes of room; out, on success: bytes of the public value.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_91031]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeyExchangeCalcPubVal(
    jobId: uint32,
    publicValuePtr: *mut uint8,
    publicValueLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType {
        outputPtr: publicValuePtr,
        outputLengthPtr: publicValueLengthPtr,
        ..NO_INPUT_OUTPUT
    };
    let (sid, service) = (CSM_SID_JOBKEYEXCHANGECALCPUBVAL, CRYPTO_KEYEXCHANGECALCPUBVAL);
    let mut call = Call { sid, service, needs: &ONLY_OUTPUT, keys: Keys::OfJob, io };
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}

/// Computes the shared secret of a key exchange with the job's key.
///
/// * `jobId`: a job of service `CRYPTO_KEYEXCHANGECALCSECRET`.
/// * `partnerPublicValuePtr`, `partnerPublicValueLength`: `partnerPublicValueLength` bytes.
///
/// Returns as [`Csm_JobKeyExchangeCalcPubVal`]. Source: [SWS_Csm_91032]
#[no_mangle]
pub unsafe extern "C" fn Csm_JobKeyExchangeCalcSecret(
    jobId: uint32,
    partnerPublicValuePtr: *const uint8,
    partnerPublicValueLength: uint32,
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType {
        inputPtr: partnerPublicValuePtr,
        inputLength: partnerPublicValueLength,
        ..NO_INPUT_OUTPUT
    };
    let (sid, service) = (CSM_SID_JOBKEYEXCHANGECALCSECRET, CRYPTO_KEYEXCHANGECALCSECRET);
    let mut call = Call { sid, service, needs: &ONLY_INPUT, keys: Keys::OfJob, io };
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}
