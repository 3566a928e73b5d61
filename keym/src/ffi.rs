//! The C interface of KeyM: `KeyM.h` and `KeyM_Cbk.h`.
//!
//! Common to all functions: a development error is reported to Det, `E_NOT_OK` is returned and nothing is written. What is wrong
//! with an argument's value is told by the return code alone. Functions are not reentrant but for `KeyM_CertElementGet` and
//! `KeyM_CsmJobFinished`; the main functions may interrupt each other and all others.
#![allow(unsafe_code)]
#![allow(clippy::missing_safety_doc)] // "pointers are valid for the documented lengths" holds for every C function

mod certificates;
mod elements;
mod instance;
mod keys;
mod service;
mod sound;
mod v2g;
pub(crate) mod view;
pub(crate) mod world;

pub use certificates::*;
pub use elements::*;
#[cfg(feature = "fault-injection")]
pub use instance::fault_injection;
pub use instance::{V2gcrypt_KeyM_CertificateRamUsed, V2gcrypt_KeyM_EngineRamUsed};
pub use keys::*;
pub use service::*;
pub use v2g::*;

use crate::config::*;
use crate::core::Job;
use crate::numbers::*;
use instance::*;
use v2gcrypt_types::*;

/// Starts KeyM: everything is forgotten, then blocks of NvM and certificates in Csm are read by the main functions. Csm and NvM have
/// been started before.
///
/// * `ConfigPtr`: a configuration, or `NULL_PTR` for the linked one, `KeyM_Config`.
///
/// Errors: `KEYM_E_INIT_FAILED` when the configuration is not one for this build or contradicts itself; KeyM then stays as it was.
/// Not to be called while another function of KeyM runs.
#[no_mangle]
pub unsafe extern "C" fn KeyM_Init(ConfigPtr: *const KeyM_ConfigType) {
    boundary((), || {
        // SAFETY: null or a configuration, says the caller.
        if !unsafe { start(ConfigPtr) } {
            development_error(KEYM_SID_INIT, KEYM_E_INIT_FAILED);
        }
    })
}

/// Stops KeyM, and erases what it has in RAM. What was under way is not told. Not to be called while another function of KeyM runs.
///
/// Errors: `KEYM_E_UNINIT`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_Deinit() {
    boundary((), || {
        if let Some(world) = running(KEYM_SID_DEINIT) {
            // SAFETY: nobody else runs, says the caller.
            unsafe { stop(world) };
        }
    })
}

/// Writes vendor id, module id and version of this KeyM. May be called before `KeyM_Init`.
///
/// Errors: `KEYM_E_PARAM_POINTER` when `VersionInfo` is `NULL_PTR`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_GetVersionInfo(VersionInfo: *mut Std_VersionInfoType) {
    const INFO: Std_VersionInfoType = version_info(KEYM_MODULE_ID);
    boundary((), || {
        if VersionInfo.is_null() {
            development_error(KEYM_SID_GETVERSIONINFO, KEYM_E_PARAM_POINTER);
            return;
        }
        // SAFETY: not null; the caller says it points to a `Std_VersionInfoType`.
        unsafe { VersionInfo.write_unaligned(INFO) };
    })
}

/// Periodic: updates, finalises and verifies keys, reads and writes blocks of NvM, lets time go by for delayed writes.
///
/// Errors: `KEYM_E_UNINIT`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_MainFunction() {
    boundary((), || {
        let Some(world) = running(KEYM_SID_MAINFUNCTION) else {
            abandon();
            return;
        };
        let milliseconds = world.config().mainFunctionPeriod / 1000;
        world.locked(|shared| shared.records.iter_mut().for_each(|record| record.elapse(milliseconds)));
        world.with_engine(|engine| engine.main_function(&world));
    })
}

/// In a task of low priority, or when nothing else is to do: parses certificates, verifies them and serves them. Each call does a
/// part of the work, with at most one Csm job.
///
/// Errors: `KEYM_E_UNINIT`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_MainBackgroundFunction() {
    boundary((), || {
        let Some(world) = running(KEYM_SID_MAINBACKGROUNDFUNCTION) else { return };
        world.with_engine(|engine| engine.background(&world));
    })
}

/// `CsmCallbackFunc` of KeyM's asynchronous jobs; called by Csm from a task, an interrupt or another thread. What follows from it
/// happens in the next main function.
///
/// * `jobId`: the job. One that KeyM does not wait for is ignored.
/// * `result`: `E_OK` or why it has failed.
///
/// Errors: `KEYM_E_UNINIT`.
#[no_mangle]
pub unsafe extern "C" fn KeyM_CsmJobFinished(jobId: uint32, result: Crypto_ResultType) {
    boundary((), || {
        let Some(world) = running(KEYM_SID_CSMJOBFINISHED) else { return };
        world.locked(|shared| {
            if shared.common.job == Job::Waiting(jobId) {
                shared.common.job = Job::Ended(result);
            }
        });
    })
}
