//! Key management with one key.
#![allow(unsafe_code)]

use v2gcrypt_types::*;

use super::*;

/// Sets a key element in the driver that holds the key. `keyLength` is in bytes.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
/// bytes. [SWS_CryIf_91004]
///
/// # Safety
/// Unless `NULL_PTR`, `keyPtr` points to `keyLength` readable bytes.
#[no_mangle]
pub unsafe extern "C" fn CryIf_KeyElementSet(
    cryIfKeyId: uint32,
    keyElementId: uint32,
    keyPtr: *const uint8,
    keyLength: uint32,
) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_KEYELEMENTSET, cryIfKeyId) else { return E_NOT_OK };
    if keyPtr.is_null() {
        return tables.refuse(CRYIF_SID_KEYELEMENTSET, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00052]
    }
    if keyLength == 0 {
        return tables.refuse(CRYIF_SID_KEYELEMENTSET, CRYIF_E_PARAM_VALUE); // [SWS_CryIf_00053]
    }
    match key.driver.keyElementSet {
        // SAFETY: the caller vouches for the bytes.
        Some(key_element_set) => unsafe { key_element_set(key.id, keyElementId, keyPtr, keyLength) },
        None => E_NOT_OK,
    }
}

/// Reads a key element from the driver that holds the key. In: room in bytes at `resultPtr`; out: bytes written.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
/// room. [SWS_CryIf_91006]
///
/// # Safety
/// Unless `NULL_PTR`, `resultPtr` points to `*resultLengthPtr` writable bytes.
#[no_mangle]
pub unsafe extern "C" fn CryIf_KeyElementGet(
    cryIfKeyId: uint32,
    keyElementId: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_KEYELEMENTGET, cryIfKeyId) else { return E_NOT_OK };
    if resultPtr.is_null() || resultLengthPtr.is_null() {
        return tables.refuse(CRYIF_SID_KEYELEMENTGET, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00062] [SWS_CryIf_00063]
    }
    // SAFETY: not null, and the caller vouches for the rest.
    if unsafe { resultLengthPtr.read_unaligned() } == 0 {
        return tables.refuse(CRYIF_SID_KEYELEMENTGET, CRYIF_E_PARAM_VALUE); // [SWS_CryIf_00064]
    }
    match key.driver.keyElementGet {
        // SAFETY: the caller vouches for the room.
        Some(key_element_get) => unsafe { key_element_get(key.id, keyElementId, resultPtr, resultLengthPtr) },
        None => E_NOT_OK,
    }
}

/// Makes a key valid in the driver that holds it. [SWS_CryIf_91005]
#[no_mangle]
pub extern "C" fn CryIf_KeySetValid(cryIfKeyId: uint32) -> Std_ReturnType {
    match key_of(CRYIF_SID_KEYSETVALID, cryIfKeyId).and_then(|(_, key)| Some((key.driver.keySetValid?, key.id))) {
        // SAFETY: the table holds the driver's function.
        Some((key_set_valid, key)) => unsafe { key_set_valid(key) },
        None => E_NOT_OK,
    }
}

/// Makes a key invalid in the driver that holds it.
#[no_mangle]
pub extern "C" fn CryIf_KeySetInvalid(cryIfKeyId: uint32) -> Std_ReturnType {
    match key_of(CRYIF_SID_KEYSETINVALID, cryIfKeyId).and_then(|(_, key)| Some((key.driver.keySetInvalid?, key.id))) {
        // SAFETY: the table holds the driver's function.
        Some((key_set_invalid, key)) => unsafe { key_set_invalid(key) },
        None => E_NOT_OK,
    }
}

/// Tells whether a key is valid in the driver that holds it.
///
/// # Safety
/// Unless `NULL_PTR`, `keyStatusPtr` points to a writable `Crypto_KeyStatusType`.
#[no_mangle]
pub unsafe extern "C" fn CryIf_KeyGetStatus(cryIfKeyId: uint32, keyStatusPtr: *mut Crypto_KeyStatusType) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_KEYGETSTATUS, cryIfKeyId) else { return E_NOT_OK };
    if keyStatusPtr.is_null() {
        return tables.refuse(CRYIF_SID_KEYGETSTATUS, CRYIF_E_PARAM_POINTER);
    }
    match key.driver.keyGetStatus {
        // SAFETY: the caller vouches for the pointer.
        Some(key_get_status) => unsafe { key_get_status(key.id, keyStatusPtr) },
        None => E_NOT_OK,
    }
}

/// Seeds the random generator of the driver that holds the key. `seedLength` is in bytes.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
/// bytes. [SWS_CryIf_91007]
///
/// # Safety
/// Unless `NULL_PTR`, `seedPtr` points to `seedLength` readable bytes.
#[no_mangle]
pub unsafe extern "C" fn CryIf_RandomSeed(cryIfKeyId: uint32, seedPtr: *const uint8, seedLength: uint32) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_RANDOMSEED, cryIfKeyId) else { return E_NOT_OK }; // [SWS_CryIf_00068]
    if seedPtr.is_null() {
        return tables.refuse(CRYIF_SID_RANDOMSEED, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00070]
    }
    if seedLength == 0 {
        return tables.refuse(CRYIF_SID_RANDOMSEED, CRYIF_E_PARAM_VALUE); // [SWS_CryIf_00071]
    }
    match key.driver.randomSeed {
        // SAFETY: the caller vouches for the bytes.
        Some(random_seed) => unsafe { random_seed(key.id, seedPtr, seedLength) }, // [SWS_CryIf_00072]
        None => E_NOT_OK,
    }
}

/// Fills a key with fresh random in the driver that holds it. [SWS_CryIf_91008]
#[no_mangle]
pub extern "C" fn CryIf_KeyGenerate(cryIfKeyId: uint32) -> Std_ReturnType {
    // [SWS_CryIf_00073] [SWS_CryIf_00074] [SWS_CryIf_00075]
    match key_of(CRYIF_SID_KEYGENERATE, cryIfKeyId).and_then(|(_, key)| Some((key.driver.keyGenerate?, key.id))) {
        // SAFETY: the table holds the driver's function.
        Some((key_generate, key)) => unsafe { key_generate(key) },
        None => E_NOT_OK,
    }
}

/// Computes the public value of a key exchange. In: room in bytes at `publicValuePtr`; out: bytes written.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
/// room. [SWS_CryIf_91010]
///
/// # Safety
/// Unless `NULL_PTR`, `publicValuePtr` points to `*publicValueLengthPtr` writable bytes.
#[no_mangle]
pub unsafe extern "C" fn CryIf_KeyExchangeCalcPubVal(
    cryIfKeyId: uint32,
    publicValuePtr: *mut uint8,
    publicValueLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_KEYEXCHANGECALCPUBVAL, cryIfKeyId) else { return E_NOT_OK };
    if publicValuePtr.is_null() || publicValueLengthPtr.is_null() {
        // [SWS_CryIf_00084] [SWS_CryIf_00085]
        return tables.refuse(CRYIF_SID_KEYEXCHANGECALCPUBVAL, CRYIF_E_PARAM_POINTER);
    }
    // SAFETY: not null, and the caller vouches for the rest.
    if unsafe { publicValueLengthPtr.read_unaligned() } == 0 {
        return tables.refuse(CRYIF_SID_KEYEXCHANGECALCPUBVAL, CRYIF_E_PARAM_VALUE);
        // [SWS_CryIf_00086]
    }
    match key.driver.keyExchangeCalcPubVal {
        // SAFETY: the caller vouches for the room.
        Some(calculate) => unsafe { calculate(key.id, publicValuePtr, publicValueLengthPtr) }, // [SWS_CryIf_00087]
        None => E_NOT_OK,
    }
}

/// Computes the shared secret of a key exchange, which stays in the driver. `partnerPublicValueLength` is in bytes.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
/// bytes. [SWS_CryIf_91011]
///
/// # Safety
/// Unless `NULL_PTR`, `partnerPublicValuePtr` points to `partnerPublicValueLength` readable bytes.
#[no_mangle]
pub unsafe extern "C" fn CryIf_KeyExchangeCalcSecret(
    cryIfKeyId: uint32,
    partnerPublicValuePtr: *const uint8,
    partnerPublicValueLength: uint32,
) -> Std_ReturnType {
    let Some((tables, key)) = key_of(CRYIF_SID_KEYEXCHANGECALCSECRET, cryIfKeyId) else { return E_NOT_OK };
    if partnerPublicValuePtr.is_null() {
        return tables.refuse(CRYIF_SID_KEYEXCHANGECALCSECRET, CRYIF_E_PARAM_POINTER);
        // [SWS_CryIf_00092]
    }
    if partnerPublicValueLength == 0 {
        return tables.refuse(CRYIF_SID_KEYEXCHANGECALCSECRET, CRYIF_E_PARAM_VALUE);
        // [SWS_CryIf_00094]
    }
    match key.driver.keyExchangeCalcSecret {
        // SAFETY: the caller vouches for the bytes.
        Some(calculate) => unsafe { calculate(key.id, partnerPublicValuePtr, partnerPublicValueLength) }, // [SWS_CryIf_00095]
        None => E_NOT_OK,
    }
}
