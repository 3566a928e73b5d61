//! The exported functions of key management, but for those that set and get.
#![allow(unsafe_code)]

use v2gcrypt_types::*;

use super::super::config::*;
use super::instance::Instance;
use super::job::{serve_now, service};
use super::{key, serve};
use crate::soft::errors::*;
use crate::soft::manage::copy::Part;
use crate::soft::operation::Operation;
use crate::soft::request::{Input, Output, Span};
use crate::soft::usage;

/// Copies a key element to another one, also of the same key; the target key is INVALID then. [SWS_Crypto_00148]
///
/// The source's read access is `ALLOWED`, or `INTERNAL_COPY` and the target's not less restrictive: else
/// `CRYPTO_E_KEY_READ_FAIL`. The target's write access is not `DENIED`: else `CRYPTO_E_KEY_WRITE_FAIL`. A source that was never
/// written is `CRYPTO_E_KEY_EMPTY`; another format, or a length that the target does not take, `CRYPTO_E_KEY_SIZE_MISMATCH`. After
/// any error the target is as it was.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyElementCopy(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyElementId: uint32,
    targetCryptoKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTCOPY, |instance| {
        key::copy_element(instance, (cryptoKeyId, keyElementId), (targetCryptoKeyId, targetKeyElementId))
    })
}

/// Copies bytes of a key element into another one; the target key is INVALID then. [SWS_Crypto_91015]
///
/// Both elements allow partial access: else `CRYPTO_E_KEY_READ_FAIL`, `CRYPTO_E_KEY_WRITE_FAIL`. The bytes are all stored in the
/// source, begin in the target not behind what is stored there, and end within its size: else `CRYPTO_E_KEY_SIZE_MISMATCH`. The
/// target's value becomes longer if they end behind it. Otherwise as `KeyElementCopy`.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyElementCopyPartial(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyElementId: uint32,
    keyElementSourceOffset: uint32,
    keyElementTargetOffset: uint32,
    keyElementCopyLength: uint32,
    targetCryptoKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTCOPYPARTIAL, |instance| {
        let part =
            Part { source_offset: keyElementSourceOffset, target_offset: keyElementTargetOffset, length: keyElementCopyLength };
        key::copy_element_part(instance, (cryptoKeyId, keyElementId), part, (targetCryptoKeyId, targetKeyElementId))
    })
}

/// Copies all elements of a key to those of the same ids of another key, which is INVALID then. [SWS_Crypto_00155]
///
/// The target's type has each element of the source's: else `CRYPTO_E_KEY_NOT_AVAILABLE`. Each element fulfils what
/// `KeyElementCopy` asks for, before the first is copied. An element that was never written makes the target's so; when all are,
/// `CRYPTO_E_KEY_EMPTY`.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyCopy(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    targetCryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYCOPY, |instance| key::copy_key(instance, cryptoKeyId, targetCryptoKeyId))
}

/// Tells the ids of a key's elements, ascending. [SWS_Crypto_00160]
///
/// `*keyElementIdsLengthPtr` is the room at `keyElementIdsPtr` in ids, then how many were written there. Too little room:
/// `E_NOT_OK`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `keyElementIdsLengthPtr` can be read and written, and `keyElementIdsPtr` points to
/// `*keyElementIdsLengthPtr` ids that can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyElementIdsGet(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyElementIdsPtr: *mut uint32,
    keyElementIdsLengthPtr: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTIDSGET, |instance| {
        // SAFETY: the caller vouches for the instance and the room.
        unsafe { key::element_ids(instance, cryptoKeyId, keyElementIdsPtr, keyElementIdsLengthPtr) }
    })
}

/// Mixes a seed into the HSM's random generators, beside fresh entropy. [SWS_Crypto_91013]
///
/// The key's type has `CRYPTO_KE_RANDOM_SEED_STATE` or `CRYPTO_KE_RANDOM_ALGORITHM`: else `CRYPTO_E_KEY_NOT_AVAILABLE`. The key is
/// VALID: else `CRYPTO_E_KEY_NOT_VALID`. The key itself does not change.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `seedPtr` points to `seedLength` bytes.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_RandomSeed(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    seedPtr: *const uint8,
    seedLength: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_RANDOMSEED, |instance| {
        instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00129]
        let seed = input(seedPtr, seedLength)?; // [SWS_Crypto_00130] [SWS_Crypto_00131]
                                                // SAFETY: the caller vouches for the bytes.
        unsafe { manage(instance, CRYPTO_RANDOMSEED, Operation::RandomSeed, (cryptoKeyId, cryptoKeyId), seed, Output::NONE) }
    })
}

/// Has the HSM draw a key into the slot of element 1; it is INVALID until `KeySetValid`. [SWS_Crypto_91007]
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyGenerate(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYGENERATE, |instance| {
        let operation = Operation::KeyGenerate { family: CRYPTO_ALGOFAM_NOT_SET };
        let keys = (cryptoKeyId, cryptoKeyId);
        // SAFETY: there are no buffers.
        unsafe { manage(instance, CRYPTO_KEYGENERATE, operation, keys, Input::NONE, Output::NONE) }
    })
}

/// Has the HSM derive the slot of the target's element 1 from that of the key's. [SWS_Crypto_91008]
///
/// The algorithm is in the key's element `CRYPTO_KE_KEYDERIVATION_ALGORITHM`. The target is INVALID until `KeySetValid`.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyDerive(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    targetCryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYDERIVE, |instance| {
        instance.key(targetCryptoKeyId).ok_or(Refusal::HANDLE)?;
        let operation = Operation::KeyDerive { family: CRYPTO_ALGOFAM_NOT_SET, hash: CRYPTO_ALGOFAM_NOT_SET };
        let keys = (cryptoKeyId, targetCryptoKeyId);
        // SAFETY: there are no buffers.
        unsafe { manage(instance, CRYPTO_KEYDERIVE, operation, keys, Input::NONE, Output::NONE) }
    })
}

/// Tells the public value of a key exchange: of the key's own pair if it is VALID and has one, else of a fresh pair, and the key
/// is VALID then. [SWS_Crypto_91009]
///
/// `*publicValueLengthPtr` is the room at `publicValuePtr`, then what was written there: `04 ‖ X ‖ Y`, or `X ‖ Y` if that is the
/// size of element 10; 32 bytes for X25519. Too little room: `E_NOT_OK`, and nothing changes.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `publicValueLengthPtr` can be read and written, and `publicValuePtr` points to
/// `*publicValueLengthPtr` bytes that can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyExchangeCalcPubVal(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    publicValuePtr: *mut uint8,
    publicValueLengthPtr: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYEXCHANGECALCPUBVAL, |instance| {
        instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?;
        if publicValuePtr.is_null() || publicValueLengthPtr.is_null() {
            return Err(Refusal::POINTER);
        }
        // SAFETY: not null, and the caller vouches for it.
        let room = unsafe { publicValueLengthPtr.read_unaligned() };
        if room == 0 {
            return Err(Refusal::VALUE);
        }
        key::apart(publicValuePtr, room, publicValueLengthPtr)?;
        let operation = Operation::KeyExchangePubVal { family: CRYPTO_ALGOFAM_NOT_SET };
        let output = Output { start: publicValuePtr, room, length: publicValueLengthPtr };
        let keys = (cryptoKeyId, cryptoKeyId);
        // SAFETY: the caller vouches for the room.
        unsafe { manage(instance, CRYPTO_KEYEXCHANGECALCPUBVAL, operation, keys, Input::NONE, output) }
    })
}

/// Computes the shared secret of a key exchange into element 1; the key is INVALID until `KeySetValid`. [SWS_Crypto_91010]
///
/// `partnerPublicValuePtr` is `X ‖ Y` or `04 ‖ X ‖ Y`, 32 bytes for X25519. A point that is not on the curve: `E_NOT_OK`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `partnerPublicValuePtr` points to `partnerPublicValueLength` bytes.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    partnerPublicValuePtr: *const uint8,
    partnerPublicValueLength: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYEXCHANGECALCSECRET, |instance| {
        instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?;
        let partner = input(partnerPublicValuePtr, partnerPublicValueLength)?;
        let operation = Operation::KeyExchangeSecret { family: CRYPTO_ALGOFAM_NOT_SET };
        let keys = (cryptoKeyId, cryptoKeyId);
        // SAFETY: the caller vouches for the bytes.
        unsafe { manage(instance, CRYPTO_KEYEXCHANGECALCSECRET, operation, keys, partner, Output::NONE) }
    })
}

/// Custom services without a job: this driver has none. `E_NOT_OK`, and `CRYPTO_E_PARAM_HANDLE` for Det, for every dispatch id.
/// [SWS_Crypto_00256] [SWS_Crypto_00257]
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_CustomSync(
    instance: *const CryptoHsm_InstanceType,
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
    let _ = (dispatchId, keyId, keyElementId, targetKeyId, targetKeyElementId, inputPtr, inputLength);
    let _ = (outputPtr, outputLengthPtr, secondaryOutputPtr, secondaryOutputLengthPtr);
    serve(instance, CRYPTO_SID_CUSTOMSYNC, |_| Err(Refusal::HANDLE))
}

pub(super) fn set_valid(instance: Instance<'_>, key: uint32) -> Result<(), Refusal> {
    instance.key(key).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00196]
    let request = service(Operation::KeySetValid, key, key, Input::NONE, Output::NONE);
    // SAFETY: there are no buffers.
    unsafe { serve_now(instance, &request) }
}

pub(super) fn set_invalid(instance: Instance<'_>, key: uint32) -> Result<(), Refusal> {
    instance.key(key).ok_or(Refusal::HANDLE)?;
    let request = service(Operation::KeySetInvalid, key, key, Input::NONE, Output::NONE);
    // SAFETY: there are no buffers.
    unsafe { serve_now(instance, &request) }
}

/// A service that the key's usages have to list.
///
/// # Safety
/// The buffers are there.
unsafe fn manage(
    instance: Instance<'_>,
    service_id: Crypto_ServiceInfoType,
    operation: Operation,
    (key, target): (uint32, uint32),
    input: Input,
    output: Output,
) -> Result<(), Refusal> {
    let id = instance.key(key).ok_or(Refusal::HANDLE)?;
    usage::check_service(instance.usages(id), service_id)?;
    // SAFETY: the caller vouches for them.
    unsafe { serve_now(instance, &service(operation, key, target, input, output)) }
}

/// Bytes that a function needs.
fn input(start: *const uint8, length: uint32) -> Result<Input, Refusal> {
    if start.is_null() || Span::new(start, length).is_none() {
        return Err(Refusal::POINTER);
    }
    if length == 0 {
        return Err(Refusal::VALUE);
    }
    Ok(Input { start, length })
}
