//! Jobs: from the C record to a request, through the object's steps, to the outputs.
#![allow(unsafe_code)]

use core::ptr::{addr_of, addr_of_mut};

use v2gcrypt_primitives::Data;
use v2gcrypt_types::*;

use super::super::compute::{
    compute, compute_text, Associated, Inputs, KeyBytes, KeyMaterial, Outcome, PreparedKey, ShortBytes, Text, Workspace,
};
use super::super::errors::*;
use super::super::objects::{Acceptance, Cancellation};
use super::super::operation::{Operation, RandomSource};
use super::super::request::{Call, Input, JobRequest, Output, Policy, Rooms};
use super::super::usage;
use super::instance::{wipe, Computation, Instance, ObjectId, Session};
use super::random::{self, entropy};
use super::{key, manage, notify, report};

/// # Safety
/// `job` is null, or a record as `ProcessJob` asks for.
pub(super) unsafe fn process(instance: Instance<'_>, object: uint32, job: *mut Crypto_JobType) -> Result<(), Refusal> {
    let object = instance.object(object).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00058]
    if job.is_null() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00059]
    }
    // SAFETY: not null, and the caller vouches for the record.
    let request = unsafe { read_request(instance, object, job) };

    let mut session = ready_session(instance)?;
    let mut control = session.object(object);
    let acceptance = match &request {
        Ok(request) => control.state.accept(request, control.slots, &mut control.keys),
        Err(refusal) => control.state.refuse(job, *refusal),
    };
    match (acceptance, &request) {
        (Acceptance::RunNow, Ok(request)) => {
            let computation = session.begin_computation();
            // SAFETY: the step has given the workspace and the key to this thread; the caller vouches for the buffers.
            match unsafe { execute(instance, object, request, Ok(()), computation) } {
                (E_OK, _) => Ok(()),
                (result, report) => Err(Refusal { result, report }),
            }
        }
        (Acceptance::RefusedDiscard(refusal), _) => {
            let computation = session.begin_computation();
            // SAFETY: the step has given the workspace to this thread, and the job's record is there.
            unsafe { discard(instance, object, job, computation) };
            Err(refusal)
        }
        (Acceptance::Refused(refusal), _) => Err(refusal),
        (Acceptance::Later | Acceptance::RunNow, _) => Ok(()), // [SWS_Crypto_00033]
    }
}

/// # Safety
/// `job` is null or a job record.
pub(super) unsafe fn cancel(instance: Instance<'_>, object: uint32, job: *mut Crypto_JobType) -> Result<(), Refusal> {
    let object = instance.object(object).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00124]
    if job.is_null() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00125]
    }
    let mut session = ready_session(instance)?;
    let control = session.object(object);
    let cancellation = control.state.cancel(job, control.slots);
    match cancellation {
        Cancellation::Unknown => Ok(()), // [SWS_Crypto_00214]
        Cancellation::Removed => {
            // SAFETY: the object knew the job, so its record is there; the area keeps others away from it.
            unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) };
            Ok(())
        }
        Cancellation::Discard | Cancellation::DiscardReported => {
            let computation = session.begin_computation();
            // SAFETY: the step has given the workspace to this thread, and the object knew the job.
            unsafe { discard(instance, object, job, computation) };
            if cancellation == Cancellation::DiscardReported {
                return Err(Refusal::silent(CRYPTO_E_JOB_CANCELED)); // [SWS_Crypto_00183]
            }
            Ok(())
        }
        Cancellation::Pending => Err(Refusal::silent(CRYPTO_E_JOB_CANCELED)), // [SWS_Crypto_00183]
        Cancellation::Refused => Err(Refusal::NOT_OK),                        // [SWS_Crypto_00143]
    }
}

/// Computes what is due, as much as waits now, and reports it.
///
/// # Safety
/// The buffers of accepted jobs are still there.
pub(super) unsafe fn run_due(instance: Instance<'_>, background: bool) {
    for object in instance.objects() {
        let Ok(mut session) = ready_session(instance) else {
            return;
        };
        let waiting = session.object(object).state.waiting();
        drop(session);
        for _ in 0..waiting {
            // A callback may have let the instance fail, or have initialised it.
            let Ok(mut session) = ready_session(instance) else {
                return;
            };
            let mut control = session.object(object);
            let Some(due) = control.state.take(background, &mut control.keys) else {
                break;
            };
            let computation = session.begin_computation();
            // SAFETY: the step has given the workspace and the key to this thread; the caller vouches for the buffers.
            let (result, error) = unsafe { execute(instance, object, &due.request, due.verdict, computation) };
            report(instance, CRYPTO_SID_MAINFUNCTION, error);
            notify(due.request.job, result); // [SWS_Crypto_00028]
            let Ok(mut session) = ready_session(instance) else {
                return;
            };
            session.object(object).state.reported(due.request.job);
        }
    }
}

/// The instance has failed: jobs that it had accepted end here.
pub(super) fn report_lost(instance: Instance<'_>) {
    for object in instance.objects() {
        loop {
            let mut session = instance.enter();
            if !session.has_failed() {
                return; // a callback has initialised it
            }
            let nobody_computes = session.nobody_computes();
            let control = session.object(object);
            let Some(job) = control.state.drain(nobody_computes, control.slots) else {
                break;
            };
            // SAFETY: the job was accepted, so its record is there until its callback.
            unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) };
            drop(session);
            notify(job, E_NOT_OK);
        }
    }
}

/// Reads the record once. What it points to is not kept, but for the job's own buffers.
///
/// # Safety
/// `job` points to a record as `ProcessJob` asks for.
unsafe fn read_request(instance: Instance<'_>, object: ObjectId, job: *mut Crypto_JobType) -> Result<JobRequest, Refusal> {
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

/// Computes a call that an object has started, and finishes it: outputs, job state, object.
///
/// # Safety
/// A step has given the object's workspace and the request's key to this thread, and the request's buffers are there.
unsafe fn execute<'a>(
    instance: Instance<'a>,
    object: ObjectId,
    request: &JobRequest,
    verdict: Result<(), Refusal>,
    computation: Computation<'a>,
) -> (Crypto_ResultType, Report) {
    #[cfg(feature = "fault-injection")]
    super::super::fault_injection::point();
    // SAFETY: the caller vouches for workspace, key and buffers.
    let outcome = verdict.and_then(|()| unsafe { compute_call(instance, object, request) });
    if outcome.is_err() || request.mode.finish {
        // SAFETY: the workspace is still this thread's.
        unsafe { wipe_used_workspace(instance, object, request) };
    }
    let (computed, error) = match &outcome {
        Ok(_) => (E_OK, Report::Silent),
        Err(refusal) => (refusal.result, refusal.report),
    };

    let mut session = instance.enter();
    let ready = session.is_ready();
    let mut control = session.object(object);
    let finished =
        if ready { control.state.finish(request, computed, control.slots, &mut control.keys) } else { control.state.abandon() };
    // SAFETY: the job is not finished for others until the area is left, so its record and its buffers are there.
    unsafe {
        match &outcome {
            Ok(outcome) if finished.result == E_OK => deliver(request, outcome),
            _ => {}
        }
        set_state(request.job, if finished.active { CRYPTO_JOBSTATE_ACTIVE } else { CRYPTO_JOBSTATE_IDLE });
    }
    if finished.discard {
        drop(session);
        // SAFETY: the step has left the workspace to this thread.
        unsafe { discard(instance, object, request.job, computation) };
    } else {
        let failed = computation.end(&mut session);
        drop(session);
        drop(failed);
    }
    match &outcome {
        Ok(outcome) if finished.result != E_OK && outcome.written() != 0 => {
            // As long as C likes, so not in the area.
            // SAFETY: the buffers are there until the caller is answered or called back.
            unsafe { wipe(request.output.start, outcome.written()) };
        }
        _ => {}
    }
    (finished.result, error)
}

/// # Safety
/// As for `execute`.
unsafe fn compute_call(instance: Instance<'_>, object: ObjectId, request: &JobRequest) -> Result<Outcome, Refusal> {
    match request.operation {
        // SAFETY: the caller vouches for the output.
        Operation::RandomGenerate(source) => unsafe { draw(instance, source, request) },
        Operation::RandomSeed
        | Operation::KeySetValid
        | Operation::KeySetInvalid
        | Operation::KeyGenerate { .. }
        | Operation::KeyDerive { .. }
        | Operation::KeyExchangePubVal { .. }
        | Operation::KeyExchangeSecret { .. }
        // SAFETY: the caller vouches for the inputs.
        | Operation::ContractKeyImport(_) => unsafe { manage_key(instance, request) },
        operation => {
            // SAFETY: the caller vouches for both; no other reference to the workspace exists, and nobody writes to the key.
            let (workspace, key) = unsafe { (&mut *instance.workspace(object), key_material(instance, request)) };
            // SAFETY: the caller vouches for the buffers, and what is written was checked to lie apart from what is read.
            unsafe {
                if operation.works_in_place() {
                    let associated = Associated {
                        data: bytes(request.secondary),
                        tag: bytes(request.tertiary),
                        tag_room: request.secondary_output.room as usize,
                    };
                    return compute_text(operation, request.mode, workspace, key, text(request), associated);
                }
                let (message, compared) = (bytes(request.input), bytes(request.secondary));
                compute(operation, request.mode, workspace, key, Inputs { message, compared, mac_bits: request.mac_bits })
            }
        }
    }
}

/// One buffer or two, after what `check_overlaps` has let through.
///
/// # Safety
/// The request's input and output are there, and nobody else touches the output.
unsafe fn text<'a>(request: &JobRequest) -> Text<'a> {
    let (input, output) = (request.input, request.output);
    let (length, room) = (input.length as usize, output.room as usize);
    if output.start.is_null() {
        return Text { data: Data::none(), room: 0 }; // there is no input then
    }
    let data = if request.is_in_place() {
        // SAFETY: the caller vouches for both, which begin at the same byte; lengths were checked not to exceed `isize::MAX`.
        // What lies beyond the room is read only.
        let buffer = unsafe { core::slice::from_raw_parts_mut(output.start, length.max(room)) };
        Data::InPlace { buffer, length }
    } else {
        // SAFETY: as above, and the two do not overlap.
        unsafe { Data::Apart { input: bytes(input), output: core::slice::from_raw_parts_mut(output.start, room) } }
    };
    Text { data, room }
}

/// # Safety
/// The request's inputs are there.
unsafe fn manage_key(instance: Instance<'_>, request: &JobRequest) -> Result<Outcome, Refusal> {
    let (key, target) = (request.key, request.target_key);
    // SAFETY: the caller vouches for them.
    let (input, secondary, tertiary) = unsafe { (bytes(request.input), bytes(request.secondary), bytes(request.tertiary)) };
    match request.operation {
        Operation::KeySetValid => key::set_valid(instance, key),
        Operation::KeySetInvalid => key::set_invalid(instance, key),
        Operation::RandomSeed => manage::random_seed(instance, key, input),
        Operation::KeyGenerate { family } => manage::key_generate(instance, key, family),
        Operation::KeyDerive { family, hash } => manage::key_derive(instance, key, target, family, hash),
        Operation::KeyExchangePubVal { family } => {
            let value = manage::key_exchange_public_value(instance, key, family, request.output.room as usize)?;
            return Ok(Outcome::Bytes(value));
        }
        Operation::KeyExchangeSecret { family } => manage::key_exchange_secret(instance, key, family, input),
        Operation::ContractKeyImport(edition) => {
            let material = manage::ContractKey { encrypted: input, dh_public_key: secondary, public_key_and_aad: tertiary };
            manage::contract_key_import(instance, key, target, edition, material)
        }
        _ => Err(Refusal::NOT_OK), // not of a key
    }
    .map(|()| Outcome::Done)
}

/// # Safety
/// A step holds the request's key for reading, if its operation needs one.
unsafe fn key_material<'a>(instance: Instance<'a>, request: &JobRequest) -> KeyMaterial<'a> {
    let none = KeyMaterial { prepared: &PreparedKey::None, value: KeyBytes::NONE, nonce: &[] };
    if !request.operation.uses_key() {
        return none;
    }
    let Some(key) = instance.key(request.key) else {
        return none;
    };
    let nonce = match instance.nonce(key) {
        // SAFETY: the key is held for reading: nobody writes to the element.
        Some(element) => unsafe { element.value() },
        None => &[],
    };
    // SAFETY: the key is held for reading: nobody writes to its prepared form or its elements.
    unsafe { KeyMaterial { prepared: &*instance.prepared(key), value: key::key_bytes(instance, key), nonce } }
}

/// As many random bytes as there is room for.
///
/// Few are drawn beside the output, which stays untouched if there is no entropy. Many are drawn where they belong, and
/// overwritten then.
///
/// # Safety
/// The request's output is there.
unsafe fn draw(instance: Instance<'_>, source: RandomSource, request: &JobRequest) -> Result<Outcome, Refusal> {
    let fill = |output: &mut [u8]| match source {
        RandomSource::System if !request.operation.uses_generator() => entropy(output),
        // SAFETY: the step has given the generator to this thread.
        RandomSource::System => unsafe { random::reseed(instance, &[]) }.and_then(|generator| random::draw(generator, output)),
        // SAFETY: as above.
        RandomSource::Drbg => unsafe { random::fill(instance, output, &[]) },
    };
    let room = request.output.room;
    if let Some(mut few) = ShortBytes::zeroed(room as usize) {
        fill(few.as_mut_bytes())?;
        return Ok(Outcome::Bytes(few));
    }
    // SAFETY: the caller vouches for the output, which is checked to lie apart from everything else.
    fill(unsafe { core::slice::from_raw_parts_mut(request.output.start, room as usize) })?;
    Ok(Outcome::Written(room))
}

/// Writes the result, then its length; that of a text lies there already.
///
/// # Safety
/// The request's outputs are there.
unsafe fn deliver(request: &JobRequest, outcome: &Outcome) {
    // SAFETY: the caller vouches for all outputs, and there is room for what was computed.
    unsafe {
        match outcome {
            Outcome::Done => return,
            Outcome::Verified(genuine) => return write_verdict(request, *genuine),
            Outcome::Written(_) => {}
            Outcome::Sealed(_, tag, length) => give(request.secondary_output, tag.as_bytes().get(..*length).unwrap_or_default()),
            Outcome::Opened(_, genuine) => write_verdict(request, *genuine),
            outcome => return give(request.output, outcome.bytes()),
        }
        if !request.output.length.is_null() {
            request.output.length.write_unaligned(outcome.written());
        }
    }
}

/// # Safety
/// There is room for the result.
unsafe fn give(output: Output, result: &[u8]) {
    // SAFETY: the caller vouches for it.
    unsafe {
        core::ptr::copy_nonoverlapping(result.as_ptr(), output.start, result.len());
        output.length.write_unaligned(result.len() as u32);
    }
}

/// A mismatch is a result, not an error.
///
/// # Safety
/// The request's `verify` can be written.
unsafe fn write_verdict(request: &JobRequest, genuine: bool) {
    // SAFETY: the caller vouches for it.
    unsafe { request.verify.write(if genuine { CRYPTO_E_VER_OK } else { CRYPTO_E_VER_NOT_OK }) };
}

/// A whole message at once does not touch the workspace, unless there was a stream before.
///
/// # Safety
/// The workspace is this thread's.
unsafe fn wipe_used_workspace(instance: Instance<'_>, object: ObjectId, request: &JobRequest) {
    // SAFETY: the caller vouches for it.
    let is_empty = unsafe { matches!(*instance.workspace(object), Workspace::Empty) };
    if !is_empty || !request.mode.is_single_call() {
        // SAFETY: the caller vouches for it.
        unsafe { instance.wipe_workspace(object) };
    }
}

/// Wipes the workspace, and lets the next job have it.
///
/// # Safety
/// A step has given the workspace to this thread, and `job` is a record that the object knows.
unsafe fn discard<'a>(instance: Instance<'a>, object: ObjectId, job: *mut Crypto_JobType, computation: Computation<'a>) {
    // SAFETY: the caller vouches for it.
    unsafe { instance.wipe_workspace(object) };
    let mut session = instance.enter();
    let ready = session.is_ready();
    let control = session.object(object);
    if ready {
        control.state.discarded(control.slots);
    }
    // SAFETY: the caller vouches for the record.
    unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) };
    let failed = computation.end(&mut session);
    drop(session);
    drop(failed);
}

/// [SWS_Crypto_00018] [SWS_Crypto_00023] [SWS_Crypto_00025]
///
/// # Safety
/// `job` points to a job record.
unsafe fn set_state(job: *mut Crypto_JobType, state: Crypto_JobStateType) {
    // SAFETY: the caller vouches for it.
    unsafe { addr_of_mut!((*job).jobState).write(state) };
}

/// # Safety
/// The input is there, and nobody writes to it.
unsafe fn bytes<'a>(input: Input) -> &'a [u8] {
    if input.start.is_null() || input.length == 0 {
        return &[];
    }
    // SAFETY: the caller vouches for it, and its length was checked not to exceed `isize::MAX`.
    unsafe { core::slice::from_raw_parts(input.start, input.length as usize) }
}

/// The instance may have failed since the call came in; what is outside the area is then being wiped.
pub(super) fn ready_session(instance: Instance<'_>) -> Result<Session<'_>, Refusal> {
    let session = instance.enter();
    if session.is_ready() {
        #[cfg(feature = "fault-injection")]
        super::super::fault_injection::step();
        Ok(session)
    } else {
        Err(Refusal::NOT_OK)
    }
}
