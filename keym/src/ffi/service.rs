//! `KeyM_ServiceCertificate` in its two forms, and `KeyM_ServiceCertificateByCertId`.
//!
//! Both forms have one C name. Which one it is the release says: generated C defines `KeyM_ServiceCertificate` over one of the cores.

use super::certificates::manager;
use super::instance::*;
use super::keys::begin;
use super::world::World;
use crate::core::service::roots_may_go;
use crate::core::{Purpose, Response};
use crate::numbers::*;
use crate::types::*;
use core::ptr::null_mut;
use v2gcrypt_types::*;

/// `KeyM_ServiceCertificate` of releases up to R20-11: lengths of 16 bits, the response's room by value.
///
/// As [`V2gcrypt_KeyM_ServiceCertificate32`]; only the callback tells how long the response is.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_KeyM_ServiceCertificate16(
    Service: KeyM_ServiceCertificateType,
    CertNamePtr: *const uint8,
    CertNameLength: uint16,
    RequestData: *const uint8,
    RequestDataLength: uint16,
    ResponseData: *mut uint8,
    ResponseDataLength: uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_SERVICECERTIFICATE) else { return E_NOT_OK };
        let request = (RequestData, RequestDataLength.into());
        let response = Response { data: ResponseData, room: ResponseDataLength.into(), length: null_mut() };
        // SAFETY: the caller's buffers.
        unsafe { by_name(&world, Service, (CertNamePtr, CertNameLength.into()), request, response) }
    })
}

/// `KeyM_ServiceCertificate` of newer releases. The certificate's service callback tells the outcome.
///
/// * `Service`: `KEYM_SERVICE_CERT_*`.
/// * `CertNamePtr`, `CertNameLength`: `KeyMCertificateName`.
/// * `RequestData`, `RequestDataLength`: copied. Certificates, CRLs and OCSP responses are DER. Behind a leaf its Sub-CAs may stand, in
///   any order; behind a new root the signature over it by the key of the root that it replaces, as in a certificate. A request for a CSR
///   has tags as the template does, or nothing.
/// * `ResponseData`: room for the response until the callback; `ResponseDataLength`: in: bytes of room; out, before the callback: bytes of
///   the response.
///
/// Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown service or certificate, or a service that does not
/// suit it, `KEYM_E_KEY_CERT_SIZE_MISMATCH` for more bytes than the certificate has, `KEYM_E_KEY_CERT_EMPTY` when there is nothing to serve,
/// `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` when a certificate above it is not valid, `KEYM_E_BUSY`; `E_NOT_OK` when it is not configured.
/// Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_KeyM_ServiceCertificate32(
    Service: KeyM_ServiceCertificateType,
    CertNamePtr: *const uint8,
    CertNameLength: uint32,
    RequestData: *const uint8,
    RequestDataLength: uint32,
    ResponseData: *mut uint8,
    ResponseDataLength: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_SERVICECERTIFICATE) else { return E_NOT_OK };
        // SAFETY: null or the caller's word.
        let response = unsafe { response_of(ResponseData, ResponseDataLength) };
        // SAFETY: the caller's buffers.
        unsafe { by_name(&world, Service, (CertNamePtr, CertNameLength), (RequestData, RequestDataLength), response) }
    })
}

/// As [`V2gcrypt_KeyM_ServiceCertificate32`], for a certificate by its id.
#[no_mangle]
pub unsafe extern "C" fn KeyM_ServiceCertificateByCertId(
    CertId: KeyM_CertificateIdType,
    Service: KeyM_ServiceCertificateType,
    RequestData: *const uint8,
    RequestDataLength: uint32,
    ResponseData: *mut uint8,
    ResponseDataLength: *mut uint32,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let sid = KEYM_SID_SERVICECERTIFICATEBYCERTID;
        let Some(world) = manager(sid) else { return E_NOT_OK };
        // SAFETY: null or the caller's word.
        let response = unsafe { response_of(ResponseData, ResponseDataLength) };
        // SAFETY: the caller's buffers.
        unsafe { serve(&world, sid, CertId, Service, (RequestData, RequestDataLength), response) }
    })
}

/// SAFETY: `length` is null or points to a word.
unsafe fn response_of(data: *mut uint8, length: *mut uint32) -> Response {
    // SAFETY: by contract.
    let room = if length.is_null() { 0 } else { unsafe { length.read_unaligned() } };
    Response { data, room, length }
}

/// SAFETY: buffers of these lengths.
unsafe fn by_name(
    world: &World,
    service: KeyM_ServiceCertificateType,
    name: (*const uint8, uint32),
    request: (*const uint8, uint32),
    response: Response,
) -> Std_ReturnType {
    let sid = KEYM_SID_SERVICECERTIFICATE;
    if name.0.is_null() {
        return development_error(sid, KEYM_E_PARAM_POINTER);
    }
    if name.1 > world.config().keyCertNameMaxLength.into() {
        return KEYM_E_PARAMETER_MISMATCH;
    }
    // SAFETY: by contract.
    let name = unsafe { super::sound::slice(name.0, name.1 as usize) };
    match world.view().certificate_named(name) {
        // SAFETY: by contract.
        Some(id) if !name.is_empty() => unsafe { serve(world, sid, id, service, request, response) },
        _ => KEYM_E_PARAMETER_MISMATCH,
    }
}

/// SAFETY: buffers of these lengths.
unsafe fn serve(
    world: &World,
    sid: uint8,
    id: KeyM_CertificateIdType,
    service: KeyM_ServiceCertificateType,
    request: (*const uint8, uint32),
    response: Response,
) -> Std_ReturnType {
    let view = world.view();
    if (request.0.is_null() && request.1 != 0) || (response.data.is_null() && response.room != 0) {
        return development_error(sid, KEYM_E_PARAM_POINTER);
    }
    if world.config().serviceCertificateEnabled == 0 {
        return E_NOT_OK;
    }
    let Some(certificate) = view.certificate(id) else { return KEYM_E_PARAMETER_MISMATCH };
    // SAFETY: by contract.
    let request = unsafe { super::sound::slice(request.0, request.1 as usize) };
    let handled = view.key_handler().is_some_and(|handler| handler.serviceCertificate.is_some());
    if !handled {
        let code = admission(world, id, service, request);
        if code != E_OK {
            return code;
        }
    }
    let admitted = world.locked(|shared| {
        let loaded = shared.common.loaded;
        shared.slot(id).is_some_and(|slot| {
            let free = loaded && slot.may_be_verified();
            slot.serviced |= free;
            free
        })
    });
    if !admitted {
        return KEYM_E_BUSY;
    }
    let code = begin(world, Purpose::Service(service), id, view.certificate_name(certificate), request, response);
    if code != E_OK {
        world.locked(|shared| shared.slot(id).map(|slot| slot.serviced = false));
    }
    code
}

/// Whether a service suits a certificate, and its state.
fn admission(world: &World, id: KeyM_CertificateIdType, service: KeyM_ServiceCertificateType, request: &[u8]) -> Std_ReturnType {
    let view = world.view();
    let Some(certificate) = view.certificate(id) else { return KEYM_E_PARAMETER_MISMATCH };
    let x509 = certificate.format == KEYM_CERT_FORMAT_X509;
    let root = view.is_root(id);
    let leaf = x509 && !root;
    let (length, kept) = world.locked(|shared| shared.slot(id).map_or((0, false), |slot| (slot.length(), slot.is_trusted())));
    let suits = match service {
        KEYM_SERVICE_CERT_SET_ROOT | KEYM_SERVICE_CERT_UPDATE_ROOT => root,
        KEYM_SERVICE_CERT_SET_INTERMEDIATE | KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE => leaf,
        KEYM_SERVICE_CERT_UPDATE_CRL => certificate.format == KEYM_CERT_FORMAT_CRL,
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST => leaf,
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE => leaf && certificate.ocspMaxLength != 0,
        KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN => leaf,
        KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA => x509,
        KEYM_SERVICE_CERT_REQUEST_CSR => {
            x509 && certificate.privateKeyId != KEYM_NO_CRYPTO_KEY && certificate.generateJobId != KEYM_NO_JOB
        }
        KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR => leaf && certificate.privateKeyId != KEYM_NO_CRYPTO_KEY,
        KEYM_SERVICE_CERT_V2GCRYPT_DELETE => true,
        _ => false,
    };
    if !suits {
        return KEYM_E_PARAMETER_MISMATCH;
    }
    match service {
        KEYM_SERVICE_CERT_V2GCRYPT_DELETE => {
            if length == 0 {
                return KEYM_E_KEY_CERT_EMPTY;
            }
            // Else anybody could replace a root in two steps.
            return if root && !roots_may_go(world) { KEYM_E_CERT_INVALID_CHAIN_OF_TRUST } else { E_OK };
        }
        KEYM_SERVICE_CERT_REQUEST_CSR => return E_OK,
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST | KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA => {
            return if length == 0 { KEYM_E_KEY_CERT_EMPTY } else { E_OK }
        }
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE if length == 0 => return KEYM_E_KEY_CERT_EMPTY,
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE if request.len() > certificate.ocspMaxLength as usize => {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        KEYM_SERVICE_CERT_UPDATE_ROOT if !kept => return KEYM_E_KEY_CERT_EMPTY,
        _ => {}
    }
    let alone = matches!(
        service,
        KEYM_SERVICE_CERT_SET_INTERMEDIATE | KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE | KEYM_SERVICE_CERT_UPDATE_CRL
    );
    if request.is_empty() || (alone && request.len() > certificate.maxLength as usize) {
        return KEYM_E_KEY_CERT_SIZE_MISMATCH;
    }
    if matches!(service, KEYM_SERVICE_CERT_SET_INTERMEDIATE | KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE)
        && !are_uppers_valid(world, id)
    {
        return KEYM_E_CERT_INVALID_CHAIN_OF_TRUST;
    }
    E_OK
}

/// All certificates above are valid.
fn are_uppers_valid(world: &World, id: KeyM_CertificateIdType) -> bool {
    let view = world.view();
    let mut above = id;
    for _ in 0..crate::core::MAX_CHAIN {
        let Some(upper) = view.certificate(above).map(|certificate| certificate.upperCertificateId) else { return false };
        if world.locked(|shared| shared.slot(upper).map(|slot| slot.status)) != Some(KEYM_CERTIFICATE_VALID) {
            return false;
        }
        if view.is_root(upper) {
            return true;
        }
        above = upper;
    }
    false
}
