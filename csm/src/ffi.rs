//! The C interface of Csm: `Csm.h` and `Csm_Cbk.h`. It checks arguments, steps the core inside the exclusive area, and does what
//! the core says outside of it.
//!
//! Common to all functions: a development error is reported to Det, `E_NOT_OK` is returned and nothing is written. Errors are
//! looked for in this order: not initialised, id, service of the job, mode, pointers. [SWS_Csm_91008] [SWS_Csm_91011]
//! [SWS_Csm_01091] [SWS_Csm_91009]
#![allow(unsafe_code)]
#![allow(clippy::missing_safety_doc)] // "pointers are valid for the documented lengths" holds for every C function

mod call;
mod custom;
mod instance;
mod job_keys;
mod jobs;
mod keys;
mod pointers;

pub use custom::*;
pub use job_keys::*;
pub use jobs::*;
pub use keys::*;

#[cfg(feature = "fault-injection")]
pub use instance::fault_injection;

use crate::config::*;
use crate::core::{Action, Event};
use crate::job::JobNode;
pub use crate::numbers::*;
use crate::queue::QueueNode;
use call::*;
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
