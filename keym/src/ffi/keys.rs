//! The crypto-key submodule.

use super::instance::*;
use super::world::World;
use crate::core::{keys, Operation, Purpose, Response};
use crate::numbers::*;
use crate::types::*;
use core::ptr::null_mut;
use v2gcrypt_types::*;

/// KeyM, if it runs and manages keys.
fn manager(sid: uint8) -> Option<World> {
    running(sid).filter(|world| world.config().cryptoKeyManagerEnabled != 0)
}

/// Opens a session: from now on keys may be updated. A session that is open is opened anew, and keys written in it stay invalid.
///
/// * `StartType`: `KEYM_START_*`, or one of the user's.
/// * `RequestData`, `RequestDataLength`: for the key handler.
/// * `ResponseData`: room for the key handler's answer; `ResponseDataLength`: in: bytes of room; out: bytes of the answer.
///
/// Returns what the key handler returns, if there is one; `KEYM_E_PARAMETER_MISMATCH` for an unknown type, `KEYM_E_BUSY` while an operation
/// is under way; `E_NOT_OK` when sessions are not configured. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
/// Source: [SWS_KeyM_00004] [SWS_KeyM_00085] [SWS_KeyM_00087]
#[no_mangle]
pub unsafe extern "C" fn KeyM_Start(
    StartType: KeyM_StartType,
    RequestData: *const uint8,
    RequestDataLength: uint16,
    ResponseData: *mut uint8,
    ResponseDataLength: *mut uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_START) else { return E_NOT_OK };
        if !are_there(RequestData, RequestDataLength, ResponseData, ResponseDataLength) {
            return development_error(KEYM_SID_START, KEYM_E_PARAM_POINTER);
        }
        if world.config().startFinalizeEnabled == 0 {
            return E_NOT_OK;
        }
        if !matches!(StartType, KEYM_START_OEM_PRODUCTIONMODE | KEYM_START_WORKSHOPMODE | 0x80..=0x9F) {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        if world.locked(|shared| shared.common.operating) {
            return KEYM_E_BUSY;
        }
        let code = match world.view().key_handler().and_then(|handler| handler.start) {
            // SAFETY: the configuration names the function; the caller's buffers, passed on.
            Some(ask) => unsafe { ask(StartType, RequestData, RequestDataLength, ResponseData, ResponseDataLength) },
            None => {
                // SAFETY: not null.
                unsafe { ResponseDataLength.write_unaligned(0) };
                E_OK
            }
        };
        if code == E_OK {
            world.locked(|shared| {
                shared.common.session = Some(StartType);
                shared.keys.iter_mut().for_each(|key| key.marked = false);
            });
        }
        code
    })
}

/// Hands data to the key handler before keys are updated.
///
/// Returns what the key handler returns; `E_NOT_OK` when it is not configured, or no session is open where sessions are.
/// Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00010] [SWS_KeyM_00090]
#[no_mangle]
pub unsafe extern "C" fn KeyM_Prepare(
    RequestData: *const uint8,
    RequestDataLength: uint16,
    ResponseData: *mut uint8,
    ResponseDataLength: *mut uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_PREPARE) else { return E_NOT_OK };
        if !are_there(RequestData, RequestDataLength, ResponseData, ResponseDataLength) {
            return development_error(KEYM_SID_PREPARE, KEYM_E_PARAM_POINTER);
        }
        if world.config().prepareEnabled == 0 || !may_update(&world) {
            return E_NOT_OK;
        }
        if world.locked(|shared| shared.common.operating) {
            return KEYM_E_BUSY;
        }
        match world.view().key_handler().and_then(|handler| handler.prepare) {
            // SAFETY: the configuration names the function; the caller's buffers, passed on.
            Some(ask) => unsafe { ask(RequestData, RequestDataLength, ResponseData, ResponseDataLength) },
            None => E_NOT_OK,
        }
    })
}

/// Has a key written: stored as it is given, or derived from it. `KeyM_CryptoKeyUpdateCallbackNotification` tells the outcome.
///
/// * `KeyNamePtr`, `KeyNameLength`: `KeyMCryptoKeyName`; none: the key of the SHE slot that M1 names.
/// * `RequestDataPtr`, `RequestDataLength`: key material, copied; M1 ‖ M2 ‖ M3 for SHE.
/// * `ResultDataPtr`, `ResultDataMaxLength`: room for M4 ‖ M5 until the callback; may be none.
///
/// Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown key, `KEYM_E_KEY_CERT_SIZE_MISMATCH` for more bytes than
/// the key has, `KEYM_E_BUSY` while an operation is under way; `E_NOT_OK` when no session is open where sessions are configured.
/// Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00091] [SWS_KeyM_00155]
#[no_mangle]
pub unsafe extern "C" fn KeyM_Update(
    KeyNamePtr: *const uint8,
    KeyNameLength: uint16,
    RequestDataPtr: *const uint8,
    RequestDataLength: uint16,
    ResultDataPtr: *mut uint8,
    ResultDataMaxLength: uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_UPDATE) else { return E_NOT_OK };
        let missing = (KeyNamePtr.is_null() && KeyNameLength != 0)
            || (RequestDataPtr.is_null() && RequestDataLength != 0)
            || (ResultDataPtr.is_null() && ResultDataMaxLength != 0);
        if missing {
            return development_error(KEYM_SID_UPDATE, KEYM_E_PARAM_POINTER);
        }
        if !may_update(&world) {
            return E_NOT_OK;
        }
        // SAFETY: the caller's bytes.
        let (name, request) = unsafe {
            (super::sound::slice(KeyNamePtr, KeyNameLength.into()), super::sound::slice(RequestDataPtr, RequestDataLength.into()))
        };
        if name.len() > usize::from(world.config().keyCertNameMaxLength) {
            return KEYM_E_PARAMETER_MISMATCH;
        }
        let handled = world.view().key_handler().is_some_and(|handler| handler.update.is_some());
        let target = match keys::find(&world, name, request) {
            Some(id) => id,
            // The key handler may know it by another name.
            None if handled => KEYM_NO_CRYPTO_KEY,
            None => return KEYM_E_PARAMETER_MISMATCH,
        };
        let longest = world.view().crypto_key(target).map_or(usize::MAX, |key| key.maxLength.into());
        if !handled && (request.is_empty() || request.len() > longest) {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        let response = Response { data: ResultDataPtr, room: ResultDataMaxLength.into(), length: null_mut() };
        begin(&world, Purpose::Update, target, name, request, response)
    })
}

/// Has a session ended: keys written in it become valid and are stored. `KeyM_CryptoKeyFinalizeCallbackNotification` tells the outcome.
///
/// * `RequestDataPtr`, `RequestDataLength`: for the key handler, copied.
/// * `ResponseDataPtr`, `ResponseMaxDataLength`: room for its answer until the callback; may be none.
///
/// Returns `E_OK`: a main function will; `KEYM_E_BUSY` while an operation is under way; `E_NOT_OK` when no session is open.
/// Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00008] [SWS_KeyM_00102]
#[no_mangle]
pub unsafe extern "C" fn KeyM_Finalize(
    RequestDataPtr: *const uint8,
    RequestDataLength: uint16,
    ResponseDataPtr: *mut uint8,
    ResponseMaxDataLength: uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_FINALIZE) else { return E_NOT_OK };
        let missing =
            (RequestDataPtr.is_null() && RequestDataLength != 0) || (ResponseDataPtr.is_null() && ResponseMaxDataLength != 0);
        if missing {
            return development_error(KEYM_SID_FINALIZE, KEYM_E_PARAM_POINTER);
        }
        if world.config().startFinalizeEnabled == 0 || !may_update(&world) {
            return E_NOT_OK;
        }
        // SAFETY: the caller's bytes.
        let request = unsafe { super::sound::slice(RequestDataPtr, RequestDataLength.into()) };
        let response = Response { data: ResponseDataPtr, room: ResponseMaxDataLength.into(), length: null_mut() };
        begin(&world, Purpose::Finalize, KEYM_NO_CRYPTO_KEY, &[], request, response)
    })
}

/// Uses a key for a test: a MAC or a cipher over the request, by `KeyMCryptoKeyCsmVerifyJobRef`.
///
/// * `KeyNamePtr`, `KeyNameLength`: `KeyMCryptoKeyName`.
/// * `RequestData`, `RequestDataLength`: what the job works on; a MAC or tag to compare, of 16 bytes, stands at its end.
/// * `ResponseData`: room for the result; `ResponseDataLength`: in: bytes of room; out: bytes of the result.
///
/// Returns, in synchronous mode: `KEYM_E_KEY_CERT_INVALID` when a MAC or tag is another, `KEYM_E_KEY_CERT_EMPTY` when the key is not valid;
/// in asynchronous mode `KEYM_E_PENDING`, and `KeyM_CryptoKeyVerifyCallbackNotification` tells the outcome. `KEYM_E_PARAMETER_MISMATCH`
/// for an unknown key, `KEYM_E_KEY_CERT_SIZE_MISMATCH`, `KEYM_E_BUSY`; `E_NOT_OK` when it is not configured. Errors: `KEYM_E_UNINIT`,
/// `KEYM_E_PARAM_POINTER`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_Verify(
    KeyNamePtr: *const uint8,
    KeyNameLength: uint16,
    RequestData: *const uint8,
    RequestDataLength: uint16,
    ResponseData: *mut uint8,
    ResponseDataLength: *mut uint16,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(world) = manager(KEYM_SID_VERIFY) else { return E_NOT_OK };
        let named = KeyNameLength == 0 || !KeyNamePtr.is_null();
        if !named || !are_there(RequestData, RequestDataLength, ResponseData, ResponseDataLength) {
            return development_error(KEYM_SID_VERIFY, KEYM_E_PARAM_POINTER);
        }
        if world.config().verifyEnabled == 0 {
            return E_NOT_OK;
        }
        if let Some(ask) = world.view().key_handler().and_then(|handler| handler.verify) {
            // SAFETY: the configuration names the function; the caller's buffers, passed on.
            return unsafe { ask(KeyNamePtr, KeyNameLength, RequestData, RequestDataLength, ResponseData, ResponseDataLength) };
        }
        // SAFETY: the caller's bytes, and his word.
        let (name, request, room) = unsafe {
            (
                super::sound::slice(KeyNamePtr, KeyNameLength.into()),
                super::sound::slice(RequestData, RequestDataLength.into()),
                ResponseDataLength.read_unaligned(),
            )
        };
        let target = if name.is_empty() { None } else { keys::find(&world, name, &[]) };
        let Some(target) = target else { return KEYM_E_PARAMETER_MISMATCH };
        let used = u32::from(RequestDataLength).saturating_add(KeyNameLength.into());
        if used > world.config().requestBufferSize {
            return KEYM_E_KEY_CERT_SIZE_MISMATCH;
        }
        if world.config().verifyAsyncMode != 0 {
            let response = Response { data: ResponseData, room: room.into(), length: null_mut() };
            let code = begin(&world, Purpose::Verify, target, name, request, response);
            return if code == E_OK { KEYM_E_PENDING } else { code };
        }
        if !claim_request(&world) {
            return KEYM_E_BUSY;
        }
        // Through KeyM's own memory, so that the caller's is untouched when something fails.
        world.set_request(name, request);
        let (code, length) = world.with_request_tail(used, room.into(), |output| {
            keys::verify(&world, target, world.request(KeyNameLength.into(), RequestDataLength.into()), output)
        });
        if code == E_OK {
            let result = world.request(used, length as uint32);
            // SAFETY: `length` bytes fit into the caller's room.
            unsafe {
                if !result.is_empty() {
                    core::ptr::copy_nonoverlapping(result.as_ptr(), ResponseData, result.len());
                }
                ResponseDataLength.write_unaligned(result.len() as uint16);
            }
        }
        world.wipe_request();
        world.locked(|shared| shared.common.operating = false);
        code
    })
}

fn are_there(request: *const uint8, request_length: uint16, response: *mut uint8, response_length: *mut uint16) -> bool {
    let needs_request = request_length != 0;
    if response_length.is_null() || (needs_request && request.is_null()) {
        return false;
    }
    // SAFETY: not null; the caller's word.
    !response.is_null() || unsafe { response_length.read_unaligned() } == 0
}

/// A session is open, where sessions are configured.
fn may_update(world: &World) -> bool {
    world.config().startFinalizeEnabled == 0 || world.locked(|shared| shared.common.session.is_some())
}

/// Takes the request buffer.
pub(super) fn claim_request(world: &World) -> bool {
    !world.locked(|shared| core::mem::replace(&mut shared.common.operating, true))
}

/// Notes an operation; its request is copied.
pub(super) fn begin(
    world: &World,
    purpose: Purpose,
    target: u16,
    name: &[u8],
    request: &[u8],
    response: Response,
) -> Std_ReturnType {
    if name.len().saturating_add(request.len()) > world.config().requestBufferSize as usize {
        return KEYM_E_KEY_CERT_SIZE_MISMATCH;
    }
    if !claim_request(world) {
        return KEYM_E_BUSY;
    }
    world.set_request(name, request);
    let operation =
        Operation { purpose, target, name_length: name.len() as uint32, request_length: request.len() as uint32, response };
    world.locked(|shared| (shared.common.operation, shared.common.owed) = (Some(operation), Some(purpose)));
    E_OK
}
