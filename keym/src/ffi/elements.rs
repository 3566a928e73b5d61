//! Elements of certificates.

use super::certificates::{manager, with_der};
use super::instance::*;
use super::world::World;
use crate::core::elements::value;
use crate::numbers::*;
use crate::types::*;
use crate::x509::Certificate;
use v2gcrypt_types::*;

/// In every iterator that `KeyM_CertElementGetFirst` has set up.
const ITERATOR: u16 = 0x4B49;

/// Reads an element of a valid certificate; of one that repeats, the first value.
///
/// * `CertElementId`: an element that the configuration gives the certificate.
/// * `CertElementData`: room for the value.
/// * `CertElementDataLength`: in: bytes of room; out: bytes of the value.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate or element, `KEYM_E_KEY_CERT_EMPTY` when there is no certificate, or no
/// such element in it, `KEYM_E_KEY_CERT_INVALID` when it is not valid, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room or
/// the value is longer than configured, `KEYM_E_BUSY` while the certificate is written. Errors: `KEYM_E_UNINIT`,
/// `KEYM_E_PARAM_POINTER`. Reentrant.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertElementGet(
    CertId: KeyM_CertificateIdType,
    CertElementId: KeyM_CertElementIdType,
    CertElementData: *mut uint8,
    CertElementDataLength: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTELEMENTGET) else { return E_NOT_OK };
        if CertElementData.is_null() || CertElementDataLength.is_null() {
            return development_error(KEYM_SID_CERTELEMENTGET, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: not null.
        unsafe { get(&world, CertId, CertElementId, 0, CertElementData, CertElementDataLength) }
    })
}

/// Reads the first value of an element, and sets up an iterator for the others.
///
/// * `CertElementIterator`: out: for `KeyM_CertElementGetNext`; untouched unless `E_OK` is returned.
///
/// Returns as `KeyM_CertElementGet`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertElementGetFirst(
    CertId: KeyM_CertificateIdType,
    CertElementId: KeyM_CertElementIdType,
    CertElementIterator: *mut KeyM_CertElementIteratorType,
    CertElementData: *mut uint8,
    CertElementDataLength: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTELEMENTGETFIRST) else { return E_NOT_OK };
        if CertElementIterator.is_null() || CertElementData.is_null() || CertElementDataLength.is_null() {
            return development_error(KEYM_SID_CERTELEMENTGETFIRST, KEYM_E_PARAM_POINTER);
        }
        let generation = world.locked(|shared| shared.slot(CertId).map_or(0, |slot| slot.generation()));
        // SAFETY: not null.
        let code = unsafe { get(&world, CertId, CertElementId, 0, CertElementData, CertElementDataLength) };
        if code == E_OK {
            let iterator = KeyM_CertElementIteratorType {
                certId: CertId,
                certElementId: CertElementId,
                next: 1,
                check: ITERATOR,
                generation,
            };
            // SAFETY: not null; the caller's iterator.
            unsafe { CertElementIterator.write_unaligned(iterator) };
        }
        code
    })
}

/// Reads the next value of an element.
///
/// * `CertElementIterator`: from `KeyM_CertElementGetFirst`; it moves on when `E_OK` is returned.
///
/// Returns as `KeyM_CertElementGet`; `KEYM_E_KEY_CERT_EMPTY` behind the last value, `KEYM_E_PARAMETER_MISMATCH` when the iterator was not
/// set up, `KEYM_E_KEY_CERT_INVALID` when the slot holds another certificate meanwhile. Source: [SWS_KeyM_00148]
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertElementGetNext(
    CertElementIterator: *mut KeyM_CertElementIteratorType,
    CertElementData: *mut uint8,
    CertElementDataLength: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTELEMENTGETNEXT) else { return E_NOT_OK };
        if CertElementIterator.is_null() || CertElementData.is_null() || CertElementDataLength.is_null() {
            return development_error(KEYM_SID_CERTELEMENTGETNEXT, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: not null; the caller's iterator.
        let mut iterator = unsafe { CertElementIterator.read_unaligned() };
        if iterator.check != ITERATOR {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        let generation = world.locked(|shared| shared.slot(iterator.certId).map(|slot| slot.generation()));
        if generation.is_some_and(|generation| generation != iterator.generation) {
            return KEYM_E_KEY_CERT_INVALID;
        }
        let (id, element, index) = (iterator.certId, iterator.certElementId, iterator.next);
        // SAFETY: not null.
        let code = unsafe { get(&world, id, element, index.into(), CertElementData, CertElementDataLength) };
        if code == E_OK {
            iterator.next = iterator.next.saturating_add(1);
            // SAFETY: as above.
            unsafe { CertElementIterator.write_unaligned(iterator) };
        }
        code
    })
}

/// Reads value number `Index` of an element, counted from 0.
///
/// Returns as `KeyM_CertElementGet`; `KEYM_E_KEY_CERT_EMPTY` behind the last value.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertificateElementGetByIndex(
    CertId: KeyM_CertificateIdType,
    CertElementId: KeyM_CertElementIdType,
    Index: uint32,
    CertElementDataPtr: *mut uint8,
    CertElementDataLengthPtr: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTIFICATEELEMENTGETBYINDEX) else { return E_NOT_OK };
        if CertElementDataPtr.is_null() || CertElementDataLengthPtr.is_null() {
            return development_error(KEYM_SID_CERTIFICATEELEMENTGETBYINDEX, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: not null.
        unsafe { get(&world, CertId, CertElementId, Index, CertElementDataPtr, CertElementDataLengthPtr) }
    })
}

/// Counts the values of an element.
///
/// * `CountPtr`: out: values; 0 when the certificate has no such element.
///
/// Returns as `KeyM_CertElementGet`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertificateElementGetCount(
    CertId: KeyM_CertificateIdType,
    CertElementId: KeyM_CertElementIdType,
    CountPtr: *mut uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTIFICATEELEMENTGETCOUNT) else { return E_NOT_OK };
        if CountPtr.is_null() {
            return development_error(KEYM_SID_CERTIFICATEELEMENTGETCOUNT, KEYM_E_PARAM_POINTER);
        }
        with_valid(&world, CertId, CertElementId, |certificate, element, oid| {
            let most = if element.hasIteration != 0 { usize::from(u16::MAX) } else { 1 };
            let count = (0..most).take_while(|index| value(certificate, element, oid, *index).is_some()).count();
            // SAFETY: not null; the caller's word.
            unsafe { CountPtr.write_unaligned(count as uint16) };
            E_OK
        })
    })
}

/// SAFETY: `data` has `*length` bytes.
unsafe fn get(
    world: &World,
    id: KeyM_CertificateIdType,
    element: KeyM_CertElementIdType,
    index: uint32,
    data: *mut uint8,
    length: *mut uint32,
) -> Std_ReturnType {
    // SAFETY: by contract.
    let room = unsafe { length.read_unaligned() } as usize;
    with_valid(world, id, element, |certificate, element, oid| {
        if index != 0 && element.hasIteration == 0 {
            return KEYM_E_KEY_CERT_EMPTY;
        }
        let Some(found) = value(certificate, element, oid, index as usize) else { return KEYM_E_KEY_CERT_EMPTY };
        let bytes = found.as_ref();
        if bytes.len() > room || bytes.len() > usize::from(element.maxLength) {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        // SAFETY: there is room, by contract.
        unsafe {
            core::ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
            length.write_unaligned(bytes.len() as uint32);
        }
        E_OK
    })
}

/// An element that is configured, of a certificate that is valid.
fn with_valid(
    world: &World,
    id: KeyM_CertificateIdType,
    element: KeyM_CertElementIdType,
    work: impl FnOnce(&Certificate<'_>, &crate::config::KeyM_CertElementConfigType, &[u8]) -> Std_ReturnType,
) -> Std_ReturnType {
    let view = world.view();
    let Some(certificate) = view.certificate(id) else { return KEYM_E_PARAMETER_MISMATCH };
    let Some(element) = view.element(certificate, element) else { return KEYM_E_PARAMETER_MISMATCH };
    with_der(world, id, |_, der| {
        // The claim keeps what is valid as it is.
        if world.locked(|shared| shared.slot(id).map(|slot| slot.status)) != Some(KEYM_CERTIFICATE_VALID) {
            return KEYM_E_KEY_CERT_INVALID;
        }
        match Certificate::parse(der) {
            Ok(parsed) => work(&parsed, element, view.object_id(element)),
            Err(_) => KEYM_E_KEY_CERT_INVALID,
        }
    })
}
