//! What a driver offers beyond the standard.

use super::call::*;
use super::instance::*;
use super::pointers::CUSTOM;
use crate::numbers::*;
use v2gcrypt_types::*;

/// Asks a driver for a service that the standard does not know, by a job.
///
/// * `jobId`: a job of service `CRYPTO_CUSTOM_SERVICE`; its key goes along.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined, as the driver wants it.
/// * `targetKeyId`: a second Csm key, of the same driver; `CSM_NO_KEY` for none.
/// * `inputPtr` to `tertiaryInputLength`: inputs in bytes; of length 0 also `NULL_PTR`.
/// * `outputPtr` to `secondaryOutputLengthPtr`: outputs; in: bytes of room; out: bytes written. An output that is not wanted is
///   `NULL_PTR`, its length too, or points to 0. No output may overlap anything else.
/// * `verifyPtr`: outcome of a verification, or `NULL_PTR`.
///
/// Returns as [`Csm_Hash`]; from the driver also any `CRYPTO_E_*`, such as `CRYPTO_E_CUSTOM_ERROR`.
#[no_mangle]
#[allow(clippy::too_many_arguments)] // the standard's
pub unsafe extern "C" fn Csm_CustomService(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    targetKeyId: uint32,
    inputPtr: *const uint8,
    inputLength: uint32,
    secondaryInputPtr: *const uint8,
    secondaryInputLength: uint32,
    tertiaryInputPtr: *const uint8,
    tertiaryInputLength: uint32,
    outputPtr: *mut uint8,
    outputLengthPtr: *mut uint32,
    secondaryOutputPtr: *mut uint8,
    secondaryOutputLengthPtr: *mut uint32,
    verifyPtr: *mut Crypto_VerifyResultType,
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType {
        inputPtr,
        inputLength,
        secondaryInputPtr,
        secondaryInputLength,
        tertiaryInputPtr,
        tertiaryInputLength,
        outputPtr,
        outputLengthPtr,
        secondaryOutputPtr,
        secondaryOutputLengthPtr,
        verifyPtr,
        ..NO_INPUT_OUTPUT
    };
    let (sid, service) = (CSM_SID_CUSTOMSERVICE, CRYPTO_CUSTOM_SERVICE);
    let keys = Keys::WithTargetOrNone(targetKeyId);
    let mut call = Call { sid, service, needs: &CUSTOM, keys, io };
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Asks a driver for something that the standard does not know, at once and without a job.
///
/// * `dispatchId`: what is asked for; its meaning is the driver's.
/// * `keyId`, `keyElementId`; `targetKeyId`, `targetKeyElementId`: Csm keys and their elements. `CSM_NO_KEY` for none; one of the
///   two keys tells which driver is asked.
/// * `inputPtr` to `secondaryOutputLengthPtr`: as in [`Csm_CustomService`].
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_CUSTOM_ERROR`.
#[no_mangle]
#[allow(clippy::too_many_arguments)] // the standard's
pub unsafe extern "C" fn Csm_CustomSync(
    dispatchId: uint32,
    keyId: uint32,
    keyElementId: uint32,
    targetKeyId: uint32,
    targetKeyElementId: uint32,
    inputPtr: *const uint8,
    inputLength: uint32,
    outputPtr: *mut uint8,
    outputLengthPtr: *mut uint32,
    secondaryOutputPtr: *mut uint8,
    secondaryOutputLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let pointers = || {
        let io = Crypto_JobPrimitiveInputOutputType {
            inputPtr,
            inputLength,
            outputPtr,
            outputLengthPtr,
            secondaryOutputPtr,
            secondaryOutputLengthPtr,
            ..NO_INPUT_OUTPUT
        };
        // SAFETY: length pointers are null or the caller's.
        unsafe { CUSTOM.are_met(&io, CRYPTO_OPERATIONMODE_SINGLECALL, false) }
    };
    let (key, target) = (Named::KeyOrNone(keyId), Some(Named::KeyOrNone(targetKeyId)));
    manage_keys(CSM_SID_CUSTOMSYNC, key, target, pointers, |key, target| {
        // SAFETY: the caller's buffers, passed on.
        unsafe {
            CryIf_CustomSync(
                dispatchId,
                key,
                keyElementId,
                target,
                targetKeyElementId,
                inputPtr,
                inputLength,
                outputPtr,
                outputLengthPtr,
                secondaryOutputPtr,
                secondaryOutputLengthPtr,
            )
        }
    })
}
