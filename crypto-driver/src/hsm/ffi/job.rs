//! Jobs: from the C record to a request, to the first request of the HSM.
#![allow(unsafe_code)]

use core::ptr::addr_of;

use v2gcrypt_types::*;

use super::super::machine::{Acceptance, Cancellation};
use super::instance::Instance;
use super::pump::{advance, set_state, step, wait_for, wait_for_link, wipe_outputs, wipe_soiled, Turn};
use crate::soft::errors::*;
use crate::soft::operation::{Mode, Operation};
use crate::soft::request::{Call, Input, JobRequest, Output, Policy, Rooms};
use crate::soft::usage;

/// # Safety
/// `job` is null, or a record as `ProcessJob` asks for.
pub(super) unsafe fn process(instance: Instance<'_>, object: uint32, job: *mut Crypto_JobType) -> Result<(), Refusal> {
    let config = instance.objects().get(object as usize).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00058]
    if job.is_null() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00059]
    }
    // SAFETY: not null, and the caller vouches for the record.
    let request = unsafe { read_request(instance, object, job) };
    if request.is_ok_and(|request| !request.asynchronous) {
        let _ = wait_for_link(instance); // the step below says what it is
    }
    let acceptance = step(instance, |machine| {
        let acceptance = match &request {
            Ok(request) => machine.accept(object, request),
            Err(refusal) => machine.refuse(object, job, *refusal),
        };
        if let Acceptance::RefusedOver(_) = acceptance {
            // SAFETY: the object knew the job, so its record is there; the area keeps others away from it.
            unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) };
        }
        acceptance
    })?;
    match (acceptance, &request) {
        (Acceptance::Prepare(id), Ok(request)) if request.asynchronous => {
            // SAFETY: the step has given the call to this thread; the caller vouches for the buffers.
            match unsafe { advance(instance, id, Turn::First) } {
                None => Ok(()),                                               // [SWS_Crypto_00033]
                Some((_, result, report)) => Err(Refusal { result, report }), // the instance has failed: nobody would report it
            }
        }
        (Acceptance::Prepare(id), Ok(_)) => {
            // SAFETY: as above.
            let ended = unsafe { advance(instance, id, Turn::Begin(Ok(()))) };
            let (result, report) = match ended {
                Some((_, result, report)) => (result, report),
                // SAFETY: as above.
                None => unsafe { wait_for(instance, id, config.channel) },
            };
            if result == E_OK {
                return Ok(());
            }
            Err(Refusal { result, report })
        }
        (Acceptance::Refused(refusal) | Acceptance::RefusedOver(refusal), _) => Err(refusal),
        (Acceptance::Later | Acceptance::Prepare(_), _) => Ok(()), // [SWS_Crypto_00033]
    }
}

/// # Safety
/// `job` is null or a job record.
pub(super) unsafe fn cancel(instance: Instance<'_>, object: uint32, job: *mut Crypto_JobType) -> Result<(), Refusal> {
    if !instance.has_object(object) {
        return Err(Refusal::HANDLE); // [SWS_Crypto_00124]
    }
    if job.is_null() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00125]
    }
    let now = instance.now();
    let cancellation = step(instance, |machine| {
        let cancellation = machine.cancel(object, job, now);
        let is_gone = !matches!(cancellation, Cancellation::Unknown | Cancellation::Pending | Cancellation::Refused);
        if is_gone {
            // SAFETY: the object knew the job, so its record is there; the area keeps others away from it.
            unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) };
        }
        cancellation
    })?;
    match cancellation {
        Cancellation::Unknown | Cancellation::Removed => Ok(()), // [SWS_Crypto_00214]
        Cancellation::RemovedInWork(request, progress) => {
            // Unless the HSM has its buffer.
            wipe_soiled(instance);
            // SAFETY: the job was accepted, and its owner has not heard of its end yet.
            unsafe { wipe_outputs(&request, &progress) };
            Ok(())
        }
        Cancellation::RemovedReported | Cancellation::Pending => Err(Refusal::silent(CRYPTO_E_JOB_CANCELED)), // [SWS_Crypto_00183]
        Cancellation::Refused => Err(Refusal::NOT_OK), // [SWS_Crypto_00143]
    }
}

/// A service of a key as a call, without a job.
pub(super) fn service(operation: Operation, key: u32, target_key: u32, input: Input, output: Output) -> JobRequest {
    JobRequest {
        job: core::ptr::null_mut(),
        input,
        secondary: Input::NONE,
        tertiary: Input::NONE,
        output,
        secondary_output: Output::NONE,
        verify: core::ptr::null_mut(),
        priority: 0,
        key,
        target_key,
        key_bits: 0,
        mac_bits: 0,
        operation,
        mode: Mode::SINGLECALL,
        asynchronous: false,
    }
}

/// Does it, in the calling thread.
///
/// # Safety
/// The call's buffers are there.
pub(super) unsafe fn serve_now(instance: Instance<'_>, request: &JobRequest) -> Result<(), Refusal> {
    wait_for_link(instance)?;
    let id = step(instance, |machine| machine.accept_service(request))??;
    // SAFETY: the step has given the call to this thread; the caller vouches for the buffers.
    let (result, report) = match unsafe { advance(instance, id, Turn::Begin(Ok(()))) } {
        Some((_, result, report)) => (result, report),
        // SAFETY: as above.
        None => unsafe { wait_for(instance, id, instance.config().serviceChannel) },
    };
    match result {
        E_OK => Ok(()),
        result => Err(Refusal { result, report }),
    }
}

/// Reads the record once. What it points to is not kept, but for the job's own buffers.
///
/// # Safety
/// `job` points to a record as `ProcessJob` asks for.
unsafe fn read_request(instance: Instance<'_>, object: u32, job: *mut Crypto_JobType) -> Result<JobRequest, Refusal> {
    // SAFETY: the caller vouches for the record: integers and pointers, which may have any value. The state is left out: while
    // the job is in flight, another thread may write it.
    let record = unsafe {
        Crypto_JobType {
            jobId: 0,
            jobState: CRYPTO_JOBSTATE_IDLE,
            jobPrimitiveInputOutput: addr_of!((*job).jobPrimitiveInputOutput).read(),
            jobPrimitiveInfo: addr_of!((*job).jobPrimitiveInfo).read(),
            jobRedirectionInfoRef: core::ptr::null_mut(),
            cryptoKeyId: addr_of!((*job).cryptoKeyId).read(),
            targetCryptoKeyId: addr_of!((*job).targetCryptoKeyId).read(),
            jobPriority: addr_of!((*job).jobPriority).read(),
        }
    };
    if record.jobPrimitiveInfo.is_null() {
        return Err(Refusal::POINTER);
    }
    // SAFETY: not null, and the caller vouches for what the record points to.
    let info = unsafe { record.jobPrimitiveInfo.read() };
    if info.primitiveInfo.is_null() {
        return Err(Refusal::POINTER);
    }
    // SAFETY: as above.
    let primitive = unsafe { info.primitiveInfo.read() };
    let call = Call::resolve(&primitive, record.jobPrimitiveInputOutput.mode, instance.primitives(object))?;
    let io = &record.jobPrimitiveInputOutput;
    let room = |length: *mut uint32, needed: bool| match needed && !length.is_null() {
        // SAFETY: not null, this call needs it, and the caller vouches for what the record points to.
        true => unsafe { length.read_unaligned() },
        false => 0,
    };
    let rooms = Rooms {
        output: room(io.outputLengthPtr, call.needs_output()),
        secondary_output: room(io.secondaryOutputLengthPtr, call.needs_secondary_output()),
    };
    let policy = Policy {
        tolerate_empty_input: instance.config().tolerateEmptyInput != 0,
        mac_length_in_bytes: instance.config().macLengthInBytes != 0,
    };
    let request = JobRequest::new(call, job, &record, &info, &primitive, rooms, policy)?;
    match instance.key(request.key) {
        Some(key) if request.operation.uses_key() || request.operation.manages_key() => {
            usage::check(instance.usages(key), &primitive)?;
        }
        _ => {}
    }
    Ok(request)
}
