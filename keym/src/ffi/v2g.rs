//! Stores and contracts: what is in the slots, and which contract applies. Not AUTOSAR's.

use super::certificates::{manager, with_der};
use super::instance::*;
use super::world::World;
use crate::config::KeyM_CertificateConfigType;
use crate::contract::{emaid, is_of_provider, is_response_due, is_usable, state};
use crate::core::roles::profile;
use crate::id::Emaid;
use crate::numbers::*;
use crate::types::*;
use crate::x509::Certificate;
use v2gcrypt_types::*;

/// Lists the certificates of a role that are there.
///
/// * `Role`: `KEYM_V2G_ROLE_*`.
/// * `CertIds`: room for ids; `CountPtr`: in: room, in ids; out: ids.
///
/// Returns `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_List(
    Role: uint8,
    CertIds: *mut KeyM_CertificateIdType,
    CountPtr: *mut uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        // SAFETY: null or the caller's.
        unsafe { list(CertIds, CountPtr, &world, |certificate, id| certificate.role == Role && length(&world, id) != 0) }
    })
}

/// Lists what is to be renewed: certificates that have expired or expire soon, and those whose OCSP response is missing or too old.
///
/// * `CertIds`: room for ids; `CountPtr`: in: room, in ids; out: ids.
///
/// Returns as `KeyM_V2g_List`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_GetDue(CertIds: *mut KeyM_CertificateIdType, CountPtr: *mut uint16) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        let due = |_: &KeyM_CertificateConfigType, id| {
            info(&world, id)
                .is_ok_and(|info| info.ocspDue != 0 || matches!(info.state, KEYM_V2G_STATE_EXPIRES_SOON | KEYM_V2G_STATE_EXPIRED))
        };
        // SAFETY: null or the caller's.
        unsafe { list(CertIds, CountPtr, &world, due) }
    })
}

/// SAFETY: pointers are null or the caller's, with room for as many ids as he says.
unsafe fn list(
    ids: *mut KeyM_CertificateIdType,
    count: *mut uint16,
    world: &World,
    wanted: impl Fn(&KeyM_CertificateConfigType, KeyM_CertificateIdType) -> bool,
) -> Std_ReturnType {
    if ids.is_null() || count.is_null() {
        return development_error(KEYM_SID_V2G, KEYM_E_PARAM_POINTER);
    }
    // SAFETY: not null.
    let room = unsafe { count.read_unaligned() };
    let found = || {
        let certificates = world.view().certificates().iter().zip(0u16..);
        certificates.filter(|(certificate, id)| wanted(certificate, *id)).map(|(_, id)| id)
    };
    if found().count() > room.into() {
        return KEYM_E_KEY_CERT_SIZE_MISMATCH;
    }
    let mut written = 0u16;
    for id in found().take(room.into()) {
        // SAFETY: `written` is less than `room`.
        unsafe { ids.add(written.into()).write_unaligned(id) };
        written = written.saturating_add(1);
    }
    // SAFETY: not null.
    unsafe { count.write_unaligned(written) };
    E_OK
}

/// Finds a slot of a role that is free.
///
/// * `CertIdPtr`: out: its id.
///
/// Returns `KEYM_E_KEY_CERT_SIZE_MISMATCH` when all are taken, `KEYM_E_PARAMETER_MISMATCH` when there is none of the role. Errors:
/// `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_FindFree(Role: uint8, CertIdPtr: *mut KeyM_CertificateIdType) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        if CertIdPtr.is_null() {
            return development_error(KEYM_SID_V2G, KEYM_E_PARAM_POINTER);
        }
        let of_role = || world.view().certificates().iter().zip(0u16..).filter(|(slot, _)| slot.role == Role).map(|(_, id)| id);
        let free = |id: &u16| world.locked(|shared| shared.slot(*id).is_some_and(|slot| slot.length() == 0 && slot.is_free()));
        if of_role().next().is_none() {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        let found = of_role().find(free);
        match found {
            Some(id) => {
                // SAFETY: not null.
                unsafe { CertIdPtr.write_unaligned(id) };
                E_OK
            }
            None => KEYM_E_KEY_CERT_SIZE_MISMATCH,
        }
    })
}

/// Tells role, validity and state of a certificate.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is none, `KEYM_E_KEY_CERT_INVALID` when
/// it cannot be parsed, `KEYM_E_BUSY` while it is written. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_GetInfo(CertId: KeyM_CertificateIdType, InfoPtr: *mut KeyM_V2g_InfoType) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        if InfoPtr.is_null() {
            return development_error(KEYM_SID_V2G, KEYM_E_PARAM_POINTER);
        }
        match info(&world, CertId) {
            Ok(info) => {
                // SAFETY: not null.
                unsafe { InfoPtr.write_unaligned(info) };
                E_OK
            }
            Err(code) => code,
        }
    })
}

/// Finds the contract of an EMAID: one that is valid now; if there are several, the one that ends last.
///
/// * `EmaidPtr`, `EmaidLength`: with or without hyphens and check character, in any case.
/// * `CertIdPtr`: out: its leaf.
///
/// Returns `KEYM_E_PARAMETER_MISMATCH` when it is no EMAID, `KEYM_E_KEY_CERT_EMPTY` when there is no such contract. Errors:
/// `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_SelectContract(
    EmaidPtr: *const uint8,
    EmaidLength: uint16,
    CertIdPtr: *mut KeyM_CertificateIdType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        if EmaidPtr.is_null() || CertIdPtr.is_null() {
            return development_error(KEYM_SID_V2G, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: the caller's bytes.
        let text = unsafe { super::sound::slice(EmaidPtr, EmaidLength.into()) };
        let Some(wanted) = Emaid::parse(text) else { return KEYM_E_PARAMETER_MISMATCH };
        let found = latest_contract(&world, |emaid| emaid.is_same_contract(&wanted));
        // SAFETY: not null.
        unsafe { tell(found, CertIdPtr) }
    })
}

/// Finds the contract that a station's list of providers asks for: of the first provider in the list that has one that is valid now; of
/// any provider where the list is empty.
///
/// * `Providers`: five characters each, country and provider.
/// * `NumberOfProviders`: providers.
/// * `CertIdPtr`: out: its leaf.
///
/// Returns `KEYM_E_KEY_CERT_EMPTY` when there is no such contract. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_V2g_SelectContractOfProviders(
    Providers: *const uint8,
    NumberOfProviders: uint16,
    CertIdPtr: *mut KeyM_CertificateIdType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_V2G) else { return E_NOT_OK };
        if CertIdPtr.is_null() || (Providers.is_null() && NumberOfProviders != 0) {
            return development_error(KEYM_SID_V2G, KEYM_E_PARAM_POINTER);
        }
        // SAFETY: the caller's bytes.
        let list = unsafe { super::sound::slice(Providers, usize::from(NumberOfProviders).saturating_mul(PROVIDER_LENGTH)) };
        let found = if list.is_empty() {
            latest_contract(&world, |_| true)
        } else {
            let mut providers = list.chunks_exact(PROVIDER_LENGTH);
            providers.find_map(|provider| latest_contract(&world, |emaid| is_of_provider(emaid, provider)))
        };
        // SAFETY: not null.
        unsafe { tell(found, CertIdPtr) }
    })
}

/// Characters of country and provider.
const PROVIDER_LENGTH: usize = 5;

/// SAFETY: `to` is the caller's.
unsafe fn tell(found: Option<KeyM_CertificateIdType>, to: *mut KeyM_CertificateIdType) -> Std_ReturnType {
    match found {
        Some(id) => {
            // SAFETY: by contract.
            unsafe { to.write_unaligned(id) };
            E_OK
        }
        None => KEYM_E_KEY_CERT_EMPTY,
    }
}

fn latest_contract(world: &World, wanted: impl Fn(&Emaid) -> bool) -> Option<KeyM_CertificateIdType> {
    let slots = world.view().certificates().iter().zip(0u16..).filter(|(slot, _)| slot.role == KEYM_V2G_ROLE_CONTRACT);
    let ends = slots.filter_map(|(_, id)| {
        let mut end = None;
        with_der(world, id, |configured, der| {
            let Ok(certificate) = Certificate::parse(der) else { return E_NOT_OK };
            let status = world.locked(|shared| shared.slot(id).map_or(KEYM_CERTIFICATE_NOT_AVAILABLE, |slot| slot.status));
            let now = now(world, configured, &certificate);
            let usable = status == KEYM_CERTIFICATE_VALID && is_usable(state(status, &certificate, profile(configured), now));
            if usable && emaid(&certificate).is_some_and(|emaid| wanted(&emaid)) {
                end = Some((certificate.validity.not_after.seconds, id));
            }
            E_OK
        });
        end
    });
    ends.max_by_key(|(end, _)| *end).map(|(_, id)| id)
}

fn length(world: &World, id: KeyM_CertificateIdType) -> u32 {
    world.locked(|shared| shared.slot(id).map_or(0, |slot| slot.length()))
}

/// The present time; without a clock the floor, where it proves that the certificate has expired: it proves nobody too early.
fn now(world: &World, configured: &KeyM_CertificateConfigType, certificate: &Certificate<'_>) -> Option<i64> {
    let floor = world.locked(|shared| shared.common.time_floor);
    match world.time(configured.timeBase) {
        Some((seconds, _)) => Some(seconds.max(floor)),
        None => Some(floor).filter(|floor| *floor > certificate.validity.not_after.seconds),
    }
}

fn info(world: &World, id: KeyM_CertificateIdType) -> Result<KeyM_V2g_InfoType, Std_ReturnType> {
    let mut found = Err(KEYM_E_KEY_CERT_INVALID);
    let code = with_der(world, id, |configured, der| {
        let Ok(certificate) = Certificate::parse(der) else { return KEYM_E_KEY_CERT_INVALID };
        let slot = world.locked(|shared| shared.slot(id).map(|slot| *slot));
        let Some(slot) = slot else { return KEYM_E_PARAMETER_MISMATCH };
        let now = now(world, configured, &certificate);
        let response = world.ocsp(configured, slot.ocsp_length());
        let (not_before, not_after) = (certificate.validity.not_before.seconds, certificate.validity.not_after.seconds);
        found = Ok(KeyM_V2g_InfoType {
            role: configured.role,
            profile: configured.profile,
            status: slot.status,
            state: state(slot.status, &certificate, profile(configured), now),
            ocspDue: u8::from(configured.ocspMaxLength != 0 && !world.view().is_root(id) && is_response_due(response, now)),
            requestPending: u8::from(slot.key_pending),
            notBeforeHi: (not_before >> 32) as u16,
            notBefore: not_before as u32,
            notAfter: not_after as u32,
            notAfterHi: (not_after >> 32) as u16,
        });
        E_OK
    });
    match code {
        E_OK => found,
        code => Err(code),
    }
}
