//! The C interface of Csm: `Csm.h` and `Csm_Cbk.h`. It checks arguments, steps the core inside the exclusive area, and does what
//! the core says outside of it.
//!
//! Common to all functions: a development error is reported to Det, `E_NOT_OK` is returned and nothing is written. Errors are
//! looked for in this order: not initialised, id, service of the job, mode, pointers. [SWS_Csm_91008] [SWS_Csm_91011]
//! [SWS_Csm_01091] [SWS_Csm_91009]
#![allow(unsafe_code)]
#![allow(clippy::missing_safety_doc)] // "pointers are valid for the documented lengths" holds for every C function

mod instance;

#[cfg(feature = "fault-injection")]
pub use instance::fault_injection;

use crate::check::outputs_lie_apart;
use crate::config::*;
use crate::core::{Action, Event};
use crate::job::JobNode;
pub use crate::numbers::*;
use crate::queue::QueueNode;
use core::mem::{align_of, size_of};
use core::ptr::addr_of;
use instance::*;
use v2gcrypt_types::*;

/// Bytes of [`Csm_JobRamType`] that a job uses.
#[no_mangle]
pub static V2gcrypt_Csm_JobRamUsed: uint32 = size_of::<JobNode>() as uint32;
/// Bytes of [`Csm_QueueRamType`] that a queue uses.
#[no_mangle]
pub static V2gcrypt_Csm_QueueRamUsed: uint32 = size_of::<QueueNode>() as uint32;

// Nodes lie one behind the other in the memory that the configuration reserves.
const _: () = assert!(size_of::<JobNode>() <= size_of::<Csm_JobRamType>());
const _: () = assert!(align_of::<JobNode>() <= align_of::<Csm_JobRamType>());
const _: () = assert!(size_of::<QueueNode>() <= size_of::<Csm_QueueRamType>());
const _: () = assert!(align_of::<QueueNode>() <= align_of::<Csm_QueueRamType>());

/// Starts Csm: every job is idle, every queue empty.
///
/// * `configPtr`: a configuration, or `NULL_PTR` for the linked one, `Csm_Config`.
///
/// Errors: `CSM_E_INIT_FAILED` when the configuration is not one for this build or contradicts itself; Csm then stays as it was.
/// Not to be called while another function of Csm runs. Source: [SWS_Csm_00646] [SWS_Csm_00186] [SWS_Csm_00659]
#[no_mangle]
pub unsafe extern "C" fn Csm_Init(configPtr: *const Csm_ConfigType) {
    boundary((), || {
        let configPtr = if configPtr.is_null() { addr_of!(Csm_Config) } else { configPtr };
        // SAFETY: the linked configuration, or one that the caller says is valid; `is_sound` looks behind its pointers only
        // after magic and sizes have matched.
        let config = unsafe { &*configPtr };
        // SAFETY: as above.
        if !unsafe { is_sound(config) } {
            // SAFETY: takes numbers.
            unsafe { Det_ReportError(CSM_MODULE_ID, 0, CSM_SID_INIT, CSM_E_INIT_FAILED) };
            return;
        }
        // SAFETY: it is sound.
        unsafe { start(config) };
    })
}

/// Writes vendor id, module id and version of this Csm. May be called before `Csm_Init`.
///
/// Errors: `CSM_E_PARAM_POINTER` when `versioninfo` is `NULL_PTR`. Source: [SWS_Csm_00705]
#[no_mangle]
pub unsafe extern "C" fn Csm_GetVersionInfo(versioninfo: *mut Std_VersionInfoType) {
    const INFO: Std_VersionInfoType = version_info(CSM_MODULE_ID);
    boundary((), || {
        if versioninfo.is_null() {
            development_error(CSM_SID_GETVERSIONINFO, CSM_E_PARAM_POINTER);
            return;
        }
        // SAFETY: not null; the caller says it points to a `Std_VersionInfoType`.
        unsafe { versioninfo.write_unaligned(INFO) };
    })
}

/// Runs one configured main function: delivers the callbacks due when it is entered, then starts waiting jobs of its queues,
/// most urgent first, until the driver is busy. [SWS_Csm_00479] [SWS_Csm_00019] [SWS_Csm_00037]
///
/// The generated `Csm_MainFunction_<name>` call it with their id. A call from a callback of its own does nothing.
///
/// Errors: `CSM_E_UNINIT`; `CSM_E_PARAM_HANDLE` when there is no main function `mainFunctionId`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_Csm_MainFunction(mainFunctionId: uint32) {
    boundary((), || {
        let Some(config) = running_config(CSM_SID_MAINFUNCTION) else {
            abandon_jobs(mainFunctionId);
            return;
        };
        if mainFunctionId >= config.mainFunctionCount {
            development_error(CSM_SID_MAINFUNCTION, CSM_E_PARAM_HANDLE);
            return;
        }
        let mut action = step(config, Event::MainFunction { id: mainFunctionId });
        loop {
            action = match action {
                Some(Action::Deliver { run, job, result }) => {
                    notify(config, job, result);
                    step(config, Event::Continue(run))
                }
                Some(Action::Start { run, job, channel }) => {
                    offer(config, channel, job, |code| Event::Started { run, job, code })
                }
                _ => return,
            };
        }
    })
}

/// Hashes data.
///
/// * `jobId`: a job of service `CRYPTO_HASH`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the result and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `resultPtr`: room for the hash, big-endian.
/// * `resultLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the hash.
///
/// Returns `E_OK`: done (synchronous), or accepted: buffers stay with the stack until the callback (asynchronous).
/// `CRYPTO_E_BUSY`: the job is in flight, the queue is full, or more urgent work waits: try later. `E_NOT_OK`: wrong arguments, or
/// a combination of operations that does not exist; or what the driver returned. Source: [SWS_Csm_00980]
#[no_mangle]
pub unsafe extern "C" fn Csm_Hash(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let call = Call::generate(CSM_SID_HASH, CRYPTO_HASH, dataPtr, dataLength, resultPtr, resultLengthPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, call))
}

/// Computes a message authentication code.
///
/// * `jobId`: a job of service `CRYPTO_MACGENERATE`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `macPtr`: room for the whole MAC.
/// * `macLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the MAC.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`.
/// Source: [SWS_Csm_00982]
#[no_mangle]
pub unsafe extern "C" fn Csm_MacGenerate(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    macPtr: *mut uint8,
    macLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let call = Call::generate(CSM_SID_MACGENERATE, CRYPTO_MACGENERATE, dataPtr, dataLength, macPtr, macLengthPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, call))
}

/// Compares a message authentication code. A mismatch is a result, not an error.
///
/// * `jobId`: a job of service `CRYPTO_MACVERIFY`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and `verifyPtr`.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `macPtr`, `macLength`: the leading `macLength` **bits** of the MAC.
/// * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01050]
#[no_mangle]
pub unsafe extern "C" fn Csm_MacVerify(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    macPtr: *const uint8,
    macLength: uint32,
    verifyPtr: *mut Crypto_VerifyResultType,
) -> Std_ReturnType {
    let call = Call::verify(CSM_SID_MACVERIFY, CRYPTO_MACVERIFY, (dataPtr, dataLength), (macPtr, macLength), verifyPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, call))
}

/// Signs data.
///
/// * `jobId`: a job of service `CRYPTO_SIGNATUREGENERATE`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
/// * `signaturePtr`: room for the signature; for ECDSA raw r‖s, big-endian.
/// * `signatureLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the signature.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00992]
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureGenerate(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    signaturePtr: *mut uint8,
    signatureLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let (sid, service) = (CSM_SID_SIGNATUREGENERATE, CRYPTO_SIGNATUREGENERATE);
    let call = Call::generate(sid, service, dataPtr, dataLength, signaturePtr, signatureLengthPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, call))
}

/// Verifies a signature. A mismatch is a result, not an error.
///
/// * `jobId`: a job of service `CRYPTO_SIGNATUREVERIFY`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and `verifyPtr`.
/// * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
/// * `signaturePtr`, `signatureLength`: the signature in bytes; for ECDSA raw r‖s, big-endian.
/// * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00996]
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureVerify(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    signaturePtr: *const uint8,
    signatureLength: uint32,
    verifyPtr: *mut Crypto_VerifyResultType,
) -> Std_ReturnType {
    let (sid, service) = (CSM_SID_SIGNATUREVERIFY, CRYPTO_SIGNATUREVERIFY);
    let call = Call::verify(sid, service, (dataPtr, dataLength), (signaturePtr, signatureLength), verifyPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, call))
}

/// Generates random bytes.
///
/// * `jobId`: a job of service `CRYPTO_RANDOMGENERATE`.
/// * `resultPtr`: room for the bytes.
/// * `resultLengthPtr`: in: bytes wanted; out, on success: bytes written.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_ENTROPY_EXHAUSTED`. Source: [SWS_Csm_01543]
#[no_mangle]
pub unsafe extern "C" fn Csm_RandomGenerate(
    jobId: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let call = Call::random(CSM_SID_RANDOMGENERATE, CRYPTO_RANDOMGENERATE, resultPtr, resultLengthPtr);
    // A service without stream: Csm writes the mode itself. [SWS_Csm_01055]
    boundary(E_NOT_OK, || serve(jobId, CRYPTO_OPERATIONMODE_SINGLECALL, call))
}

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
    let pointers = || {
        // SAFETY: null or the caller's.
        unsafe { output_regions(keyElementPtr, keyElementLengthPtr) }
            .is_some_and(|(element, length)| outputs_lie_apart(&[element, length], &[]))
    };
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

/// Cancels a job. `mode` is ignored.
///
/// Returns `E_OK`: it is cancelled; an asynchronous job in flight still gets its one callback, with `CRYPTO_E_JOB_CANCELED`,
/// from a main function. `CRYPTO_E_JOB_CANCELED`: it will be, when the driver lets go of it; the callback comes then.
/// `E_NOT_OK`: it goes on, or it has ended and its callback is on the way. Source: [SWS_Csm_00968] [SWS_Csm_01086]
#[no_mangle]
pub unsafe extern "C" fn Csm_CancelJob(job: uint32, mode: Crypto_OperationModeType) -> Std_ReturnType {
    let _ = mode;
    boundary(E_NOT_OK, || {
        let Some(config) = running_config(CSM_SID_CANCELJOB) else { return E_NOT_OK };
        if job >= config.jobCount {
            return development_error(CSM_SID_CANCELJOB, CSM_E_PARAM_HANDLE);
        }
        match step(config, Event::Cancel { job }) {
            Some(Action::Cancel { channel, computing }) => {
                // SAFETY: the record of a job in range.
                let code = unsafe { CryIf_CancelJob(channel, record(config, job)) };
                // SAFETY: `is_sound` has followed this pointer.
                let sync = unsafe { processing_type(config, job) } == CRYPTO_PROCESSING_SYNC;
                returned(step(config, Event::CancelAnswer { job, sync, computing, code }))
            }
            action => returned(action),
        }
    })
}

/// Called by CryIf when an asynchronous job has ended, from a task, an interrupt or another thread.
///
/// * `job`: the record that was given to `CryIf_ProcessJob`. It is recognised by its address.
/// * `result`: the job's result, given to the user's callback.
///
/// A report for a job that is not with the driver is ignored. A driver that has answered `CryIf_CancelJob` with `E_OK` must not
/// report that job later: its record may already serve the next request. Source: [SWS_Csm_00970]
#[no_mangle]
pub unsafe extern "C" fn Csm_CallbackNotification(job: *mut Crypto_JobType, result: Crypto_ResultType) {
    boundary((), || {
        let Some(config) = running_config(CSM_SID_CALLBACKNOTIFICATION) else { return };
        if job.is_null() {
            development_error(CSM_SID_CALLBACKNOTIFICATION, CSM_E_PARAM_POINTER);
            return;
        }
        let Some(job) = job_of_record(config, job) else {
            development_error(CSM_SID_CALLBACKNOTIFICATION, CSM_E_PARAM_HANDLE);
            return;
        };
        if let Some(Action::Notify { job, result }) = step(config, Event::Report { job, result }) {
            notify(config, job, result);
        }
    })
}
