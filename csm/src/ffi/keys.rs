//! Key management: synchronous, one to one below. While such a function runs, no waiting job is started before the next main
//! function.

use super::call::*;
use super::instance::*;
use super::pointers::ONLY_OUTPUT;
use crate::numbers::*;
use v2gcrypt_types::*;

/// Writes a key element; the key becomes invalid until `Csm_KeySetValid`.
///
/// * `keyId`: Csm key; `keyElementId`: one of its elements, `CRYPTO_KE_*`.
/// * `keyElementPtr`, `keyElementLength`: `keyElementLength` bytes in the element's configured format.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_WRITE_FAIL`, `CRYPTO_E_KEY_NOT_AVAILABLE`,
/// `CRYPTO_E_KEY_SIZE_MISMATCH`. Source: [SWS_Csm_00957]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementSet(
    keyId: uint32,
    keyElementId: uint32,
    keyElementPtr: *const uint8,
    keyElementLength: uint32,
) -> Std_ReturnType {
    manage_key(
        CSM_SID_KEYELEMENTSET,
        keyId,
        || !keyElementPtr.is_null(),
        |cryIfKeyId| {
            // SAFETY: the caller's buffer, passed on.
            unsafe { CryIf_KeyElementSet(cryIfKeyId, keyElementId, keyElementPtr, keyElementLength) }
        },
    )
}

/// Reads a key element.
///
/// * `keyElementPtr`: room for the element.
/// * `keyElementLengthPtr`: in: bytes of room; out: bytes of the element.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_AVAILABLE`, `CRYPTO_E_KEY_READ_FAIL`,
/// `CRYPTO_E_KEY_EMPTY`; `E_NOT_OK` when there is not enough room. Source: [SWS_Csm_00959]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementGet(
    keyId: uint32,
    keyElementId: uint32,
    keyElementPtr: *mut uint8,
    keyElementLengthPtr: *mut uint32,
) -> Std_ReturnType {
    // SAFETY: null or the caller's.
    let pointers = || unsafe { are_output(keyElementPtr, keyElementLengthPtr) };
    manage_key(CSM_SID_KEYELEMENTGET, keyId, pointers, |cryIfKeyId| {
        // SAFETY: the caller's buffers, not null.
        unsafe { CryIf_KeyElementGet(cryIfKeyId, keyElementId, keyElementPtr, keyElementLengthPtr) }
    })
}

/// Makes a key usable.
///
/// * `keyId`: Csm key.
///
/// Returns what the driver returned. Source: [SWS_Csm_00958]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeySetValid(keyId: uint32) -> Std_ReturnType {
    // SAFETY: takes a number.
    manage_key(CSM_SID_KEYSETVALID, keyId, || true, |cryIfKeyId| unsafe { CryIf_KeySetValid(cryIfKeyId) })
}

/// Makes a key unusable until `Csm_KeySetValid`.
///
/// * `keyId`: Csm key.
///
/// Returns what the driver returned, such as `CRYPTO_E_BUSY`.
#[no_mangle]
pub unsafe extern "C" fn Csm_KeySetInvalid(keyId: uint32) -> Std_ReturnType {
    // SAFETY: takes a number.
    manage_key(CSM_SID_KEYSETINVALID, keyId, || true, |cryIfKeyId| unsafe { CryIf_KeySetInvalid(cryIfKeyId) })
}

/// Tells whether a key is usable.
///
/// * `keyId`: Csm key.
/// * `keyStatusPtr`: out: `CRYPTO_KEYSTATUS_VALID` or `CRYPTO_KEYSTATUS_INVALID`.
///
/// Returns what the driver returned. Source: [SWS_Csm_91102]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyGetStatus(keyId: uint32, keyStatusPtr: *mut Crypto_KeyStatusType) -> Std_ReturnType {
    manage_key(
        CSM_SID_KEYGETSTATUS,
        keyId,
        || !keyStatusPtr.is_null(),
        |cryIfKeyId| {
            // SAFETY: the caller's byte, not null.
            unsafe { CryIf_KeyGetStatus(cryIfKeyId, keyStatusPtr) }
        },
    )
}

/// Copies a key element; the target key becomes invalid until `Csm_KeySetValid`.
///
/// * `keyId`, `keyElementId`: Csm key and element to copy.
/// * `targetKeyId`, `targetKeyElementId`: Csm key and element that receive it, in the same driver or in another.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_AVAILABLE`, `CRYPTO_E_KEY_READ_FAIL`,
/// `CRYPTO_E_KEY_WRITE_FAIL`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00969]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementCopy(
    keyId: uint32,
    keyElementId: uint32,
    targetKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    let target = Some(Named::Key(targetKeyId));
    manage_keys(
        CSM_SID_KEYELEMENTCOPY,
        Named::Key(keyId),
        target,
        || true,
        |key, target| {
            // SAFETY: takes numbers.
            unsafe { CryIf_KeyElementCopy(key, keyElementId, target, targetKeyElementId) }
        },
    )
}

/// Copies `keyElementCopyLength` bytes of a key element into another, over what is there or behind it.
///
/// * `keyElementSourceOffset`, `keyElementTargetOffset`: bytes before the part, in the source and in the target.
///
/// Returns as [`Csm_KeyElementCopy`]. Source: [SWS_Csm_91025]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementCopyPartial(
    keyId: uint32,
    keyElementId: uint32,
    keyElementSourceOffset: uint32,
    keyElementTargetOffset: uint32,
    keyElementCopyLength: uint32,
    targetKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    let target = Some(Named::Key(targetKeyId));
    manage_keys(
        CSM_SID_KEYELEMENTCOPYPARTIAL,
        Named::Key(keyId),
        target,
        || true,
        |key, target| {
            // SAFETY: takes numbers.
            unsafe {
                CryIf_KeyElementCopyPartial(
                    key,
                    keyElementId,
                    keyElementSourceOffset,
                    keyElementTargetOffset,
                    keyElementCopyLength,
                    target,
                    targetKeyElementId,
                )
            }
        },
    )
}

/// Copies all elements of a key to a key of the same driver, which becomes invalid until `Csm_KeySetValid`.
///
/// * `keyId`, `targetKeyId`: Csm keys.
///
/// Returns as [`Csm_KeyElementCopy`]. Source: [SWS_Csm_01034]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyCopy(keyId: uint32, targetKeyId: uint32) -> Std_ReturnType {
    let target = Some(Named::Key(targetKeyId));
    manage_keys(
        CSM_SID_KEYCOPY,
        Named::Key(keyId),
        target,
        || true,
        |key, target| {
            // SAFETY: takes numbers.
            unsafe { CryIf_KeyCopy(key, target) }
        },
    )
}

/// Adds a seed to the state of a random generator, beside its own entropy.
///
/// * `keyId`: Csm key of the generator.
/// * `seedPtr`, `seedLength`: `seedLength` bytes.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`. Source: [SWS_Csm_01051]
#[no_mangle]
pub unsafe extern "C" fn Csm_RandomSeed(keyId: uint32, seedPtr: *const uint8, seedLength: uint32) -> Std_ReturnType {
    manage_key(
        CSM_SID_RANDOMSEED,
        keyId,
        || !seedPtr.is_null(),
        |cryIfKeyId| {
            // SAFETY: the caller's buffer, passed on.
            unsafe { CryIf_RandomSeed(cryIfKeyId, seedPtr, seedLength) }
        },
    )
}

/// Makes a fresh key, by the algorithm in its element `CRYPTO_KE_KEYGENERATE_ALGORITHM`; invalid until `Csm_KeySetValid`.
///
/// * `keyId`: Csm key.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00955]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyGenerate(keyId: uint32) -> Std_ReturnType {
    // SAFETY: takes a number.
    manage_key(CSM_SID_KEYGENERATE, keyId, || true, |cryIfKeyId| unsafe { CryIf_KeyGenerate(cryIfKeyId) })
}

/// Derives a key from another of the same driver, by the elements `CRYPTO_KE_KEYDERIVATION_*` of that one; invalid until
/// `Csm_KeySetValid`.
///
/// * `keyId`, `targetKeyId`: Csm keys.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_READ_FAIL`, `CRYPTO_E_KEY_WRITE_FAIL`,
/// `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00956]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyDerive(keyId: uint32, targetKeyId: uint32) -> Std_ReturnType {
    let target = Some(Named::Key(targetKeyId));
    manage_keys(
        CSM_SID_KEYDERIVE,
        Named::Key(keyId),
        target,
        || true,
        |key, target| {
            // SAFETY: takes numbers.
            unsafe { CryIf_KeyDerive(key, target) }
        },
    )
}

/// Computes the public value of a key exchange.
///
/// * `keyId`: Csm key of the exchange.
/// * `publicValuePtr`: room for the public value.
/// * `publicValueLengthPtr`: in: bytes of room; out: bytes of the public value.
///
/// Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00966]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyExchangeCalcPubVal(
    keyId: uint32,
    publicValuePtr: *mut uint8,
    publicValueLengthPtr: *mut uint32,
) -> Std_ReturnType {
    // SAFETY: null or the caller's.
    let pointers = || unsafe { are_output(publicValuePtr, publicValueLengthPtr) };
    manage_key(CSM_SID_KEYEXCHANGECALCPUBVAL, keyId, pointers, |cryIfKeyId| {
        // SAFETY: the caller's buffers, not null.
        unsafe { CryIf_KeyExchangeCalcPubVal(cryIfKeyId, publicValuePtr, publicValueLengthPtr) }
    })
}

/// Computes the shared secret of a key exchange, which stays in the driver as element `CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE`.
///
/// * `keyId`: Csm key of the exchange.
/// * `partnerPublicValuePtr`, `partnerPublicValueLength`: `partnerPublicValueLength` bytes.
///
/// Returns as [`Csm_KeyExchangeCalcPubVal`]. Source: [SWS_Csm_00967]
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyExchangeCalcSecret(
    keyId: uint32,
    partnerPublicValuePtr: *const uint8,
    partnerPublicValueLength: uint32,
) -> Std_ReturnType {
    manage_key(
        CSM_SID_KEYEXCHANGECALCSECRET,
        keyId,
        || !partnerPublicValuePtr.is_null(),
        |cryIfKeyId| {
            // SAFETY: the caller's buffer, passed on.
            unsafe { CryIf_KeyExchangeCalcSecret(cryIfKeyId, partnerPublicValuePtr, partnerPublicValueLength) }
        },
    )
}

/// Whether an output and its length word are there, and apart.
///
/// SAFETY: `length`, unless null, points to four readable bytes.
unsafe fn are_output(outputPtr: *mut uint8, outputLengthPtr: *mut uint32) -> bool {
    let io = Crypto_JobPrimitiveInputOutputType { outputPtr, outputLengthPtr, ..NO_INPUT_OUTPUT };
    // SAFETY: by contract.
    unsafe { ONLY_OUTPUT.are_met(&io, CRYPTO_OPERATIONMODE_SINGLECALL, false) }
}
