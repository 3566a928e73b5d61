//! The exported functions of key management, but for those that set and get.
#![allow(unsafe_code)]

use v2gcrypt_types::*;

use super::super::config::*;
use super::super::errors::*;
use super::super::manage::copy::Part;
use super::super::request::Span;
use super::{copy, manage, serve};

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
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyElementCopy(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    keyElementId: uint32,
    targetCryptoKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTCOPY, |instance| {
        copy::copy_element(instance, (cryptoKeyId, keyElementId), (targetCryptoKeyId, targetKeyElementId))
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
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyElementCopyPartial(
    instance: *const CryptoSoft_InstanceType,
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
        copy::copy_element_part(instance, (cryptoKeyId, keyElementId), part, (targetCryptoKeyId, targetKeyElementId))
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
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyCopy(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    targetCryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYCOPY, |instance| copy::copy_key(instance, cryptoKeyId, targetCryptoKeyId))
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
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyElementIdsGet(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    keyElementIdsPtr: *mut uint32,
    keyElementIdsLengthPtr: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTIDSGET, |instance| {
        // SAFETY: the caller vouches for the instance and the room.
        unsafe { copy::element_ids(instance, cryptoKeyId, keyElementIdsPtr, keyElementIdsLengthPtr) }
    })
}

/// Mixes a seed into the driver's random generator, beside fresh entropy. [SWS_Crypto_91013]
///
/// The key's type has `CRYPTO_KE_RANDOM_SEED_STATE` or `CRYPTO_KE_RANDOM_ALGORITHM`: else `CRYPTO_E_KEY_NOT_AVAILABLE`. The key is
/// VALID: else `CRYPTO_E_KEY_NOT_VALID`. There is one generator for the driver; the key itself does not change.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `seedPtr` points to `seedLength` bytes.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_RandomSeed(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    seedPtr: *const uint8,
    seedLength: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_RANDOMSEED, |instance| {
        instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00129]
                                                           // SAFETY: the caller vouches for the bytes.
        let seed = unsafe { input(seedPtr, seedLength) }?; // [SWS_Crypto_00130] [SWS_Crypto_00131]
        manage::random_seed(instance, cryptoKeyId, seed)
    })
}

/// Generates a key as its element `CRYPTO_KE_KEYGENERATE_ALGORITHM` says; it is INVALID until `KeySetValid`. [SWS_Crypto_91007]
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyGenerate(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYGENERATE, |instance| manage::key_generate(instance, cryptoKeyId, CRYPTO_ALGOFAM_NOT_SET))
}

/// Derives the target's element 1, as many bytes as its size, from the key's. [SWS_Crypto_91008]
///
/// The algorithm is in the key's element `CRYPTO_KE_KEYDERIVATION_ALGORITHM`. The target is INVALID until `KeySetValid`.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyDerive(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    targetCryptoKeyId: uint32,
) -> Std_ReturnType {
    let not_set = CRYPTO_ALGOFAM_NOT_SET;
    serve(instance, CRYPTO_SID_KEYDERIVE, |instance| {
        manage::key_derive(instance, cryptoKeyId, targetCryptoKeyId, not_set, not_set)
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
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(
    instance: *const CryptoSoft_InstanceType,
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
        copy::apart(publicValuePtr, room, publicValueLengthPtr)?;
        let value = manage::key_exchange_public_value(instance, cryptoKeyId, CRYPTO_ALGOFAM_NOT_SET, room as usize)?;
        let value = value.as_bytes();
        // SAFETY: it has at most `room` bytes, and the caller vouches for both.
        unsafe {
            core::ptr::copy_nonoverlapping(value.as_ptr(), publicValuePtr, value.len());
            publicValueLengthPtr.write_unaligned(value.len() as u32);
        }
        Ok(())
    })
}

/// Computes the shared secret of a key exchange into element 1; the key is INVALID until `KeySetValid`. [SWS_Crypto_91010]
///
/// `partnerPublicValuePtr` is `X ‖ Y` or `04 ‖ X ‖ Y`, 32 bytes for X25519. A point that is not on the curve: `E_NOT_OK`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `partnerPublicValuePtr` points to `partnerPublicValueLength` bytes.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    partnerPublicValuePtr: *const uint8,
    partnerPublicValueLength: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYEXCHANGECALCSECRET, |instance| {
        instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?;
        // SAFETY: the caller vouches for the bytes.
        let partner = unsafe { input(partnerPublicValuePtr, partnerPublicValueLength) }?;
        manage::key_exchange_secret(instance, cryptoKeyId, CRYPTO_ALGOFAM_NOT_SET, partner)
    })
}

/// Custom services without a job: this driver has none. `E_NOT_OK`, and `CRYPTO_E_PARAM_HANDLE` for Det, for every dispatch id.
/// [SWS_Crypto_00256] [SWS_Crypto_00257]
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_CustomSync(
    instance: *const CryptoSoft_InstanceType,
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

/// Bytes that a function needs.
///
/// # Safety
/// Unless null, `start` points to `length` bytes that nobody writes meanwhile.
unsafe fn input<'a>(start: *const uint8, length: uint32) -> Result<&'a [u8], Refusal> {
    if start.is_null() || Span::new(start, length).is_none() {
        return Err(Refusal::POINTER);
    }
    if length == 0 {
        return Err(Refusal::VALUE);
    }
    // SAFETY: not null, no longer than a slice may be, and the caller vouches for it.
    Ok(unsafe { core::slice::from_raw_parts(start, length as usize) })
}
