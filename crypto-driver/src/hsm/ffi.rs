//! The C interface of the HSM driver: checks what comes from C, lets the control core step, does what it decides.
//!
//! Generated C wraps each function for each instance: `Crypto_<vi>_<ai>_ProcessJob(objectId, job)` calls
//! [`V2gcrypt_CryptoHsm_ProcessJob`] with the address of its instance.
//!
//! Functions of keys, and synchronous jobs, wait for the HSM: at most `timeouts.synchronous` ticks for the connection, if that is being
//! made, and as many for all responses. Asynchronous jobs wait for nothing.
#![allow(unsafe_code)]

mod admin;
mod instance;
mod io;
mod job;
mod key;
mod key_services;
mod pump;

use core::mem::size_of;

use v2gcrypt_types::*;

use self::instance::{Instance, Phase};
use self::pump::ALL_CHANNELS;
use super::config::*;
use super::work::{Object, Work};
use crate::soft::errors::*;

pub use self::admin::*;
pub use self::key_services::*;

/// Bytes of a [`CryptoHsm_KeyRamType`] that are in use.
#[no_mangle]
pub static V2gcrypt_CryptoHsm_KeyRamUsed: uint32 = instance::KEY_RAM_USED as uint32;
/// Bytes of a [`CryptoHsm_ObjectRamType`] that are in use.
#[no_mangle]
pub static V2gcrypt_CryptoHsm_ObjectRamUsed: uint32 = size_of::<Object>() as uint32;
/// Bytes of a [`CryptoHsm_WorkRamType`] that are in use.
#[no_mangle]
pub static V2gcrypt_CryptoHsm_WorkRamUsed: uint32 = size_of::<Work>() as uint32;
/// Bytes of a [`CryptoHsm_InstanceRamType`] that are in use.
#[no_mangle]
pub static V2gcrypt_CryptoHsm_InstanceRamUsed: uint32 = instance::INSTANCE_RAM_USED as uint32;

extern "C" {
    fn CryIf_CallbackNotification(job: *mut Crypto_JobType, result: Crypto_ResultType);
    fn Det_ReportError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
    fn Det_ReportRuntimeError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
}

/// Starts an instance, or starts it afresh: elements of the host get their initial values, all jobs are forgotten, and the HSM is asked for
/// a connection. What is in the HSM stays there: a key is VALID when the HSM has said so.
///
/// `configPtr` is `NULL_PTR` [SWS_Crypto_00215]. An instance that is unsound (magic, sizes, ranges) is reported to Det as
/// `CRYPTO_E_INIT_FAILED` [SWS_Crypto_00045] and stays as it was. [SWS_Crypto_91000]
///
/// # Safety
/// `instance` is `NULL_PTR`, or its tables, RAM and region are as long as it tells and stay its own, and the functions of its
/// transport take its context. No other function of the instance is called at the same time.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Init(
    instance: *const CryptoHsm_InstanceType,
    configPtr: *const crate::soft::config::Crypto_ConfigType,
) {
    boundary(instance, (), || {
        // SAFETY: the caller vouches for the instance.
        let started = configPtr.is_null() && unsafe { Instance::initialise(instance) };
        if !started {
            // SAFETY: as above; a configuration that is unsound may still be read.
            let config = unsafe { instance.as_ref() };
            let id = config.map_or(0, |config| config.instanceId as uint8);
            if config.map_or(true, |config| config.devErrorDetect != 0) {
                // SAFETY: the callout takes numbers only.
                unsafe { Det_ReportError(CRYPTO_MODULE_ID, id, CRYPTO_SID_INIT, CRYPTO_E_INIT_FAILED) };
            }
            return;
        }
        // SAFETY: as above.
        if let Some((instance, _)) = unsafe { Instance::attach(instance) } {
            pump::look(instance);
        }
    });
}

/// Tells vendor, module and version. Works before `Init`. [SWS_Crypto_91001]
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `versioninfo` points to a `Std_VersionInfoType` that can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_GetVersionInfo(
    instance: *const CryptoHsm_InstanceType,
    versioninfo: *mut Std_VersionInfoType,
) {
    boundary(instance, (), || {
        if versioninfo.is_null() {
            // SAFETY: the caller vouches for the instance.
            match unsafe { Instance::attach(instance) } {
                Some((instance, _)) => report(instance, CRYPTO_SID_GETVERSIONINFO, Refusal::POINTER.report), // [SWS_Crypto_00047]
                None => report_uninitialised(instance, CRYPTO_SID_GETVERSIONINFO),
            }
            return;
        }
        // SAFETY: not null, and the caller vouches for it.
        unsafe { versioninfo.write_unaligned(version_info(CRYPTO_MODULE_ID)) };
    });
}

/// Takes one call of a job: has it computed if it is synchronous, accepts it if not.
///
/// Returns `E_OK`, or why not: a refusal changes nothing, but for a job in the middle of a stream, which ends with any refusal
/// other than `CRYPTO_E_BUSY`. [SWS_Crypto_91003]
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `job` points to a job record whose pointers are `NULL_PTR` or valid for
/// the lengths beside them; for an asynchronous job until its callback.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_ProcessJob(
    instance: *const CryptoHsm_InstanceType,
    objectId: uint32,
    job: *mut Crypto_JobType,
) -> Std_ReturnType {
    // SAFETY: the caller vouches for the instance and the job.
    serve(instance, CRYPTO_SID_PROCESSJOB, |instance| unsafe { job::process(instance, objectId, job) })
}

/// Stops a job. [SWS_Crypto_00122] [SWS_Crypto_00123]
///
/// `E_OK`: it is gone, without a callback, or was never here; what the HSM makes of it is discarded. `CRYPTO_E_JOB_CANCELED`: another thread
/// works on it, and its callback will say `CRYPTO_E_JOB_CANCELED`. `E_NOT_OK`: its caller waits for it, or it changes a key, and goes on; or it
/// has ended, and its callback is on the way. A stream whose callback is on the way is gone, with `CRYPTO_E_JOB_CANCELED`: that callback is its last.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `job` points to a job record.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_CancelJob(
    instance: *const CryptoHsm_InstanceType,
    objectId: uint32,
    job: *mut Crypto_JobType,
) -> Std_ReturnType {
    // SAFETY: the caller vouches for the instance and the job.
    serve(instance, CRYPTO_SID_CANCELJOB, |instance| unsafe { job::cancel(instance, objectId, job) })
}

/// Writes a key element; the key is INVALID then. [SWS_Crypto_91004]
///
/// `keyLength` is the element's size, or less if it allows partial access. Element 1 of size 65, a public key `04 ‖ X ‖ Y`,
/// also takes the 64 bytes `X ‖ Y`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `keyPtr` points to `keyLength` bytes.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyElementSet(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyElementId: uint32,
    keyPtr: *const uint8,
    keyLength: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTSET, |instance| {
        // SAFETY: the caller vouches for the instance and the bytes.
        unsafe { key::set_element(instance, cryptoKeyId, keyElementId, keyPtr, keyLength) }
    })
}

/// Reads a key element. [SWS_Crypto_91006]
///
/// `*resultLengthPtr` is the room at `resultPtr`, then what was written there. Room for less than was stored is enough only
/// if the element allows partial access.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `resultLengthPtr` can be read and written, and `resultPtr` points to
/// `*resultLengthPtr` bytes that can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyElementGet(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyElementId: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYELEMENTGET, |instance| {
        // SAFETY: the caller vouches for the instance and the room.
        unsafe { key::get_element(instance, cryptoKeyId, keyElementId, resultPtr, resultLengthPtr) }
    })
}

/// Makes a key usable; the HSM writes it to flash if its policy says so. [SWS_Crypto_91014]
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeySetValid(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYSETVALID, |instance| key_services::set_valid(instance, cryptoKeyId))
}

/// Makes a key unusable; its elements stay.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeySetInvalid(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_KEYSETINVALID, |instance| key_services::set_invalid(instance, cryptoKeyId))
}

/// Tells whether a key is usable.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `keyStatusPtr` can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_KeyGetStatus(
    instance: *const CryptoHsm_InstanceType,
    cryptoKeyId: uint32,
    keyStatusPtr: *mut Crypto_KeyStatusType,
) -> Std_ReturnType {
    // SAFETY: the caller vouches for the instance and the pointer.
    serve(instance, CRYPTO_SID_KEYGETSTATUS, |instance| unsafe { key::status(instance, cryptoKeyId, keyStatusPtr) })
}

/// Looks after the connection, takes responses, sends what is next, and reports to CryIf what has ended. [SWS_Crypto_91012]
///
/// A bounded number of jobs ends in one call.
///
/// # Safety
/// `instance` as for `Init`, and the buffers of accepted jobs as for `ProcessJob`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_MainFunction(instance: *const CryptoHsm_InstanceType) {
    boundary(instance, (), || {
        // SAFETY: the caller vouches for the instance.
        match unsafe { Instance::attach(instance) } {
            Some((instance, Phase::Ready)) => {
                pump::look(instance);
                // SAFETY: the caller vouches for the jobs.
                unsafe { pump::pump(instance, ALL_CHANNELS) };
            }
            Some((instance, Phase::Failed)) => pump::report_lost(instance),
            // A main function of a module that is not initialised returns without a report. [SRS_BSW_00450]
            Some((_, Phase::Uninitialised)) | None => {}
        }
    });
}

/// The HSM has rung the bell of a channel: takes its responses, sends what is next, and reports to CryIf what has ended. The transport's
/// interrupt handler has cleared the bell before. May be called for nothing.
///
/// # Safety
/// As for `MainFunction`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Interrupt(instance: *const CryptoHsm_InstanceType, channel: uint8) {
    boundary(instance, (), || {
        // SAFETY: the caller vouches for the instance.
        if let Some((instance, Phase::Ready)) = unsafe { Instance::attach(instance) } {
            let channels = 1u32.checked_shl(channel.into()).unwrap_or(0) & ALL_CHANNELS;
            // SAFETY: the caller vouches for the jobs.
            unsafe { pump::pump(instance, channels) };
        }
    });
}

/// The HSM has rung the bell of its status word: looks after the connection.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_InterruptStatus(instance: *const CryptoHsm_InstanceType) {
    boundary(instance, (), || {
        // SAFETY: the caller vouches for the instance.
        if let Some((instance, Phase::Ready)) = unsafe { Instance::attach(instance) } {
            pump::look(instance);
        }
    });
}

/// Serves one call: inside the boundary, if the instance is ready, and with what it refuses reported.
fn serve(
    instance: *const CryptoHsm_InstanceType,
    service: uint8,
    work: impl FnOnce(Instance<'_>) -> Result<(), Refusal>,
) -> Std_ReturnType {
    boundary(instance, E_NOT_OK, || {
        // SAFETY: the callers of all exported functions vouch for the instance.
        let Some((ready, Phase::Ready)) = (unsafe { Instance::attach(instance) }) else {
            report_uninitialised(instance, service); // [SWS_Crypto_00057] and its like for each service
            return E_NOT_OK;
        };
        match work(ready) {
            Ok(()) => E_OK,
            Err(refusal) => {
                report(ready, service, refusal.report);
                refusal.result
            }
        }
    })
}

/// Every exported function runs in here: a panic does not get to C. It leaves the instance failed.
#[cfg(feature = "host")]
fn boundary<T>(instance: *const CryptoHsm_InstanceType, failed: T, work: impl FnOnce() -> T) -> T {
    // The state that a panic leaves behind is not used again: `Init` makes it anew.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
        // SAFETY: the callers of all exported functions vouch for the instance.
        if let Some((instance, Phase::Ready | Phase::Failed)) = unsafe { Instance::attach(instance) } {
            instance.fail();
        }
        failed
    })
}

/// Without std a panic does not unwind: it ends in a callout.
#[cfg(not(feature = "host"))]
fn boundary<T>(_: *const CryptoHsm_InstanceType, _: T, work: impl FnOnce() -> T) -> T {
    work()
}

fn report(instance: Instance<'_>, service: uint8, report: Report) {
    let id = instance.config().instanceId as uint8;
    match report {
        Report::Silent => {}
        Report::Development(_) if instance.config().devErrorDetect == 0 => {}
        // SAFETY: the callout takes numbers only.
        Report::Development(error) => unsafe {
            Det_ReportError(CRYPTO_MODULE_ID, id, service, error);
        },
        // SAFETY: the callout takes numbers only.
        Report::Runtime(error) => unsafe {
            Det_ReportRuntimeError(CRYPTO_MODULE_ID, id, service, error);
        },
    }
}

fn report_uninitialised(instance: *const CryptoHsm_InstanceType, service: uint8) {
    // SAFETY: the callers of all exported functions vouch for the instance.
    let config = unsafe { instance.as_ref() };
    if config.map_or(true, |config| config.devErrorDetect != 0) {
        let id = config.map_or(0, |config| config.instanceId as uint8);
        // SAFETY: the callout takes numbers only.
        unsafe { Det_ReportError(CRYPTO_MODULE_ID, id, service, CRYPTO_E_UNINIT) };
    }
}

/// Tells CryIf that an asynchronous job has ended. [SWS_Crypto_00028]
fn notify(job: *mut Crypto_JobType, result: Crypto_ResultType) {
    // SAFETY: the job was accepted, so its record is there until this call.
    unsafe { CryIf_CallbackNotification(job, result) };
}
