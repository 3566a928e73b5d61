//! Certificates are set, read and verified.

use super::instance::*;
use super::world::World;
use crate::config::KeyM_CertificateConfigType;
use crate::core::service::roots_may_go;
use crate::core::{changed, Request, Slot, MAX_CHAIN};
use crate::numbers::*;
use crate::types::*;
use core::ptr::addr_of_mut;
use v2gcrypt_types::*;

/// KeyM, if it runs and manages certificates.
pub(super) fn manager(sid: uint8) -> Option<World> {
    running(sid).filter(|world| world.config().certificateManagerEnabled != 0)
}

/// Puts a certificate into a slot, where the background function parses it; until then its status is `KEYM_CERTIFICATE_NOT_PARSED`.
/// What was in the slot is gone. Whatever was valid below it is to be verified again.
///
/// * `CertId`: a certificate in RAM; others are set by `KeyM_ServiceCertificate`.
/// * `CertificateDataPtr`: DER, copied; no bytes: the slot becomes empty.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when it is longer than configured,
/// `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` for a root that is or was valid, outside a session of production or workshop, `KEYM_E_BUSY` while it
/// is read or verified. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`, `KEYM_E_CONFIG_FAILURE` when it is stored.
/// Source: [SWS_KeyM_00141] [SWS_KeyM_00166]
#[no_mangle]
pub unsafe extern "C" fn KeyM_SetCertificate(
    CertId: KeyM_CertificateIdType,
    CertificateDataPtr: *const KeyM_CertDataType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_SETCERTIFICATE) else { return E_NOT_OK };
        if CertificateDataPtr.is_null() {
            return development_error(KEYM_SID_SETCERTIFICATE, KEYM_E_PARAM_POINTER);
        }
        let Some(certificate) = world.view().certificate(CertId) else { return KEYM_E_PARAMETER_MISMATCH };
        if certificate.storage != KEYM_STORAGE_IN_RAM && world.config().tolerateSetOfStoredCertificate == 0 {
            return development_error(KEYM_SID_SETCERTIFICATE, KEYM_E_CONFIG_FAILURE);
        }
        // SAFETY: not null; the caller says it points to one.
        let data = unsafe { CertificateDataPtr.read_unaligned() };
        if data.certData.is_null() && data.certDataLength != 0 {
            return development_error(KEYM_SID_SETCERTIFICATE, KEYM_E_PARAM_POINTER);
        }
        if data.certDataLength > certificate.maxLength {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        // Else anybody could replace what everything is trusted for.
        let anchored = world.view().is_root(CertId) && !roots_may_go(&world);
        let code = world.locked(|shared| {
            let loaded = shared.common.loaded || certificate.storage == KEYM_STORAGE_IN_RAM;
            let Some(slot) = shared.slot(CertId) else { return KEYM_E_PARAMETER_MISMATCH };
            if anchored && slot.is_trusted() {
                return KEYM_E_CERT_INVALID_CHAIN_OF_TRUST;
            }
            if loaded && slot.is_free() && slot.claim_for_writing() {
                E_OK
            } else {
                KEYM_E_BUSY
            }
        });
        if code != E_OK {
            return code;
        }
        // SAFETY: the caller's bytes; the slot is claimed for writing.
        world.set_der(certificate, unsafe { super::sound::slice(data.certData.cast_const(), data.certDataLength as usize) });
        let replaced = world.locked(|shared| {
            shared.common.nonces.forget(CertId);
            shared.slot(CertId).is_some_and(|slot| slot.written(data.certDataLength))
        });
        changed(&world, CertId, replaced);
        E_OK
    })
}

/// Reads a certificate.
///
/// * `CertificateDataPtr`: room; its length becomes that of the certificate.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is none,
/// `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room, `KEYM_E_BUSY` while it is written. Errors: `KEYM_E_UNINIT`,
/// `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_GetCertificate(
    CertId: KeyM_CertificateIdType,
    CertificateDataPtr: *mut KeyM_CertDataType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_GETCERTIFICATE) else { return E_NOT_OK };
        if CertificateDataPtr.is_null() {
            return development_error(KEYM_SID_GETCERTIFICATE, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: not null; the caller says it points to one.
        let data = unsafe { CertificateDataPtr.read_unaligned() };
        if data.certData.is_null() {
            return development_error(KEYM_SID_GETCERTIFICATE, KEYM_E_PARAM_POINTER);
        }
        with_der(&world, CertId, |_, der| {
            if der.len() > data.certDataLength as usize {
                return KEYM_E_KEY_CERT_SIZE_MISMATCH;
            }
            // SAFETY: room for `certDataLength` bytes, says the caller; an output of his is no slot of ours.
            unsafe {
                core::ptr::copy_nonoverlapping(der.as_ptr(), data.certData, der.len());
                addr_of_mut!((*CertificateDataPtr).certDataLength).write_unaligned(der.len() as uint32);
            }
            E_OK
        })
    })
}

/// Reads the DER of a slot while nobody writes it.
pub(super) fn with_der(
    world: &World,
    id: KeyM_CertificateIdType,
    work: impl FnOnce(&'static KeyM_CertificateConfigType, &'static [u8]) -> Std_ReturnType,
) -> Std_ReturnType {
    let Some(certificate) = world.view().certificate(id) else { return KEYM_E_PARAMETER_MISMATCH };
    let claimed = world.locked(|shared| {
        let slot = shared.slot(id)?;
        if slot.length() == 0 {
            return Some(Err(KEYM_E_KEY_CERT_EMPTY));
        }
        Some(slot.claim().ok_or(KEYM_E_BUSY))
    });
    match claimed {
        None => KEYM_E_PARAMETER_MISMATCH,
        Some(Err(code)) => code,
        Some(Ok(length)) => {
            let code = work(certificate, world.der(certificate, length));
            world.locked(|shared| shared.slot(id).map(Slot::release));
            code
        }
    }
}

/// Has a certificate verified with the certificates above it by the configuration; those that are not valid yet are verified, too,
/// from the root down. Its verify callback tells the outcome.
///
/// Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is
/// none, `KEYM_E_BUSY` while it is written, served or verified. Errors: `KEYM_E_UNINIT`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_VerifyCertificate(CertId: KeyM_CertificateIdType) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_VERIFYCERTIFICATE) else { return E_NOT_OK };
        ask(&world, CertId, Request::Alone)
    })
}

/// Has a certificate verified with an upper one that is valid already. Its verify callback tells the outcome.
///
/// * `CertUpperId`: the issuer.
///
/// Returns as `KeyM_VerifyCertificate`, and `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` when the upper certificate is not valid.
/// Source: [SWS_KeyM_00118]
#[no_mangle]
pub unsafe extern "C" fn KeyM_VerifyCertificates(
    CertId: KeyM_CertificateIdType,
    CertUpperId: KeyM_CertificateIdType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_VERIFYCERTIFICATES) else { return E_NOT_OK };
        let status = world.locked(|shared| shared.slot(CertUpperId).map(|slot| slot.status));
        match status {
            None => KEYM_E_PARAMETER_MISMATCH,
            Some(_) if world.view().certificate(CertId).is_none() => KEYM_E_PARAMETER_MISMATCH,
            Some(KEYM_CERTIFICATE_VALID) => ask(&world, CertId, Request::Against(CertUpperId)),
            Some(_) => KEYM_E_CERT_INVALID_CHAIN_OF_TRUST,
        }
    })
}

/// Has a certificate verified with intermediate certificates that are in no slot. Its verify callback tells the outcome.
///
/// * `certChainData`, `NumberOfCertificates`: DER, copied; in any order, at most `KeyMCertificateChainMaxDepth`.
///
/// Returns as `KeyM_VerifyCertificate`; `KEYM_E_BUSY` also while another chain is verified, `KEYM_E_PARAMETER_MISMATCH` also for more
/// certificates, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when they are longer than there is room. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_VerifyCertificateChain(
    CertId: KeyM_CertificateIdType,
    certChainData: *const KeyM_CertDataType,
    NumberOfCertificates: uint8,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_VERIFYCERTIFICATECHAIN) else { return E_NOT_OK };
        if certChainData.is_null() && NumberOfCertificates != 0 {
            return development_error(KEYM_SID_VERIFYCERTIFICATECHAIN, KEYM_E_PARAM_POINTER);
        }
        if world.view().certificate(CertId).is_none() {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        let most = usize::from(world.config().certificateChainMaxDepth).min(MAX_CHAIN);
        if usize::from(NumberOfCertificates) > most {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        let mut chain = [KeyM_CertDataType { certDataLength: 0, certData: core::ptr::null_mut() }; MAX_CHAIN];
        let mut total = 0u32;
        for (index, place) in chain.iter_mut().enumerate().take(NumberOfCertificates.into()) {
            // SAFETY: `NumberOfCertificates` of them, says the caller.
            *place = unsafe { certChainData.add(index).read_unaligned() };
            if place.certData.is_null() {
                return development_error(KEYM_SID_VERIFYCERTIFICATECHAIN, KEYM_E_PARAM_POINTER);
            }
            total = total.saturating_add(place.certDataLength);
        }
        let empty = chain.iter().take(NumberOfCertificates.into()).any(|certificate| certificate.certDataLength == 0);
        if empty || total > world.config().chainBufferSize {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        let code = world.locked(|shared| {
            let code = shared.slot(CertId).map_or(KEYM_E_PARAMETER_MISMATCH, |slot| admission(slot));
            if code != E_OK {
                return code;
            }
            if shared.common.chain.owner != KEYM_NO_CERTIFICATE {
                return KEYM_E_BUSY;
            }
            shared.common.chain.owner = CertId;
            E_OK
        });
        if code != E_OK {
            return code;
        }
        let mut start = 0usize;
        let mut lengths = [0; MAX_CHAIN];
        for (certificate, length) in chain.iter().zip(&mut lengths).take(NumberOfCertificates.into()) {
            // SAFETY: the caller's bytes; `total` bytes fit, and the buffer was just claimed.
            unsafe {
                let to = world.config().chainBuffer.add(start);
                core::ptr::copy_nonoverlapping(certificate.certData.cast_const(), to, certificate.certDataLength as usize);
            }
            *length = certificate.certDataLength;
            start = start.saturating_add(certificate.certDataLength as usize);
        }
        world.locked(|shared| {
            let chain = &mut shared.common.chain;
            (chain.lengths, chain.count) = (lengths, NumberOfCertificates);
            // Somebody may have been quicker.
            let code = shared.slot(CertId).map_or(KEYM_E_PARAMETER_MISMATCH, |slot| admit(slot, Request::Chain));
            if code != E_OK {
                shared.common.chain.owner = KEYM_NO_CERTIFICATE;
            }
            code
        })
    })
}

fn admission(slot: &Slot) -> Std_ReturnType {
    match (slot.length(), slot.may_be_verified()) {
        (0, _) => KEYM_E_KEY_CERT_EMPTY,
        (_, false) => KEYM_E_BUSY,
        (_, true) => E_OK,
    }
}

fn admit(slot: &mut Slot, request: Request) -> Std_ReturnType {
    let code = admission(slot);
    if code == E_OK {
        slot.request = request;
    }
    code
}

fn ask(world: &World, id: KeyM_CertificateIdType, request: Request) -> Std_ReturnType {
    world.locked(|shared| shared.slot(id).map_or(KEYM_E_PARAMETER_MISMATCH, |slot| admit(slot, request)))
}

/// Tells the state of a certificate.
///
/// * `Status`: out: `KEYM_CERTIFICATE_*`, `KEYM_E_CERTIFICATE_*`.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CertGetStatus(
    CertId: KeyM_CertificateIdType,
    Status: *mut KeyM_CertificateStatusType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_CERTGETSTATUS) else { return E_NOT_OK };
        if Status.is_null() {
            return development_error(KEYM_SID_CERTGETSTATUS, KEYM_E_PARAM_POINTER);
        }
        let Some(status) = world.locked(|shared| shared.slot(CertId).map(|slot| slot.status)) else {
            return KEYM_E_PARAMETER_MISMATCH;
        };
        // SAFETY: not null; the caller's byte.
        unsafe { Status.write(status) };
        E_OK
    })
}
