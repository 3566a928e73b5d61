//! A call of a job service, and of a key management function: checked, stepped, handed down.

use super::instance::*;
use super::pointers::*;
use crate::check::is_legal_mode;
use crate::config::*;
use crate::core::{Action, Event};
use crate::numbers::*;
use core::ptr::{addr_of_mut, null, null_mut};
use v2gcrypt_types::*;

/// What a service was called with.
pub(super) struct Call {
    pub(super) sid: uint8,
    pub(super) service: Crypto_ServiceInfoType,
    pub(super) needs: &'static Needs,
    pub(super) keys: Keys,
    /// Which argument goes where. [SWS_Crypto_00071] [SWS_Crypto_00073]
    pub(super) io: Crypto_JobPrimitiveInputOutputType,
}

/// Which keys a job's record names. [SWS_CryIf_00133]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// None: the job's configuration does. [SWS_Csm_01093]
    Configured,
    /// The job's key.
    OfJob,
    /// The job's key, and this Csm key as target.
    WithTarget(uint32),
    /// The same; `CSM_NO_KEY` for none.
    WithTargetOrNone(uint32),
}

impl Call {
    pub(super) fn generate(
        sid: uint8,
        service: Crypto_ServiceInfoType,
        (inputPtr, inputLength): (*const uint8, uint32),
        (outputPtr, outputLengthPtr): (*mut uint8, *mut uint32),
    ) -> Self {
        let io = Crypto_JobPrimitiveInputOutputType { inputPtr, inputLength, outputPtr, outputLengthPtr, ..NO_INPUT_OUTPUT };
        Self { sid, service, needs: &GENERATE, keys: Keys::Configured, io }
    }

    pub(super) fn verify(
        sid: uint8,
        service: Crypto_ServiceInfoType,
        (inputPtr, inputLength): (*const uint8, uint32),
        (secondaryInputPtr, secondaryInputLength): (*const uint8, uint32),
        verifyPtr: *mut Crypto_VerifyResultType,
    ) -> Self {
        let io = Crypto_JobPrimitiveInputOutputType {
            inputPtr,
            inputLength,
            secondaryInputPtr,
            secondaryInputLength,
            verifyPtr,
            ..NO_INPUT_OUTPUT
        };
        Self { sid, service, needs: &VERIFY, keys: Keys::Configured, io }
    }

    /// A call that takes nothing but keys.
    pub(super) fn manage(sid: uint8, service: Crypto_ServiceInfoType, keys: Keys) -> Self {
        Self { sid, service, needs: &NOTHING, keys, io: NO_INPUT_OUTPUT }
    }
}

pub(super) const NO_INPUT_OUTPUT: Crypto_JobPrimitiveInputOutputType = Crypto_JobPrimitiveInputOutputType {
    inputPtr: null(),
    inputLength: 0,
    secondaryInputPtr: null(),
    secondaryInputLength: 0,
    tertiaryInputPtr: null(),
    tertiaryInputLength: 0,
    outputPtr: null_mut(),
    outputLengthPtr: null_mut(),
    secondaryOutputPtr: null_mut(),
    secondaryOutputLengthPtr: null_mut(),
    verifyPtr: null_mut(),
    mode: 0,
    cryIfKeyId: 0,
    targetCryIfKeyId: 0,
};

/// A service without stream: Csm writes the mode itself. [SWS_Csm_01055]
pub(super) fn serve_at_once(job: uint32, call: &mut Call) -> Std_ReturnType {
    serve(job, CRYPTO_OPERATIONMODE_SINGLECALL, call)
}

pub(super) fn serve(job: uint32, mode: Crypto_OperationModeType, call: &mut Call) -> Std_ReturnType {
    let Some(config) = running_config(call.sid) else { return E_NOT_OK };
    if job >= config.jobCount {
        return development_error(call.sid, CSM_E_PARAM_HANDLE);
    }
    if call.keys != Keys::Configured && !name_keys(config, job, call) {
        return development_error(call.sid, CSM_E_PARAM_HANDLE);
    }
    // SAFETY: the job is in range, and `is_sound` has followed its pointers.
    let (service, processing) = unsafe { (service_of(config, job), processing_type(config, job)) };
    if service != call.service {
        return development_error(call.sid, CSM_E_SERVICE_TYPE);
    }
    if !is_legal_mode(mode) {
        return E_NOT_OK;
    }
    call.io.mode = mode;
    let mac_in_bits = service == CRYPTO_MACVERIFY && config.macLengthInBytes == 0;
    // SAFETY: length pointers are null or the caller's.
    if !unsafe { call.needs.are_met(&call.io, mode, mac_in_bits) } {
        return development_error(call.sid, CSM_E_PARAM_POINTER);
    }
    let event = Event::Request { job, mode, sync: processing == CRYPTO_PROCESSING_SYNC };
    let action = step_and(config, event, |action| {
        if matches!(action, Action::Process { .. } | Action::Enqueued) {
            // SAFETY: the record of a job in range, which the request has just taken out of everybody else's hands.
            unsafe { addr_of_mut!((*record(config, job)).jobPrimitiveInputOutput).write(call.io) };
        }
    });
    let action = match action {
        Some(Action::Process { channel }) => offer(config, channel, job, |code| Event::Answer { job, code }),
        action => action,
    };
    if action == Some(Action::ReturnQueueFull) {
        // [SWS_Csm_01088] SAFETY: takes numbers.
        unsafe { Det_ReportRuntimeError(CSM_MODULE_ID, 0, call.sid, CSM_E_QUEUE_FULL) };
    }
    returned(action)
}

/// Writes the CryIf keys of a job in range; false when the target is no key.
fn name_keys(config: &Csm_ConfigType, job: uint32, call: &mut Call) -> bool {
    // SAFETY: the job is in range.
    call.io.cryIfKeyId = unsafe { key_of(config, job) };
    call.io.targetCryIfKeyId = CSM_NO_KEY;
    let target = match call.keys {
        Keys::WithTarget(target) => Named::Key(target),
        Keys::WithTargetOrNone(target) => Named::KeyOrNone(target),
        Keys::Configured | Keys::OfJob => return true,
    };
    target.map(config).map(|target| call.io.targetCryIfKeyId = target).is_some()
}

/// Offers a job to the driver, and steps with its answer.
pub(super) fn offer(
    config: &Csm_ConfigType,
    channel: uint32,
    job: uint32,
    answer: impl FnOnce(Std_ReturnType) -> Event,
) -> Option<Action> {
    // SAFETY: the record of a job in range; it was written when the job was accepted.
    let code = unsafe { CryIf_ProcessJob(channel, record(config, job)) };
    #[cfg(feature = "host")]
    let withdrawal = (code == E_OK).then(|| Withdrawal { config, channel, job });
    let action = step(config, answer(code));
    #[cfg(feature = "host")]
    if action.is_some() {
        core::mem::forget(withdrawal);
    }
    action
}

/// When dropped, takes a job away from the driver: Csm has failed, and the job's owner is told so and has the buffers back.
#[cfg(feature = "host")]
pub(super) struct Withdrawal<'a> {
    pub(super) config: &'a Csm_ConfigType,
    pub(super) channel: uint32,
    pub(super) job: uint32,
}

#[cfg(feature = "host")]
impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        // SAFETY: the record of a job in range.
        unsafe { CryIf_CancelJob(self.channel, record(self.config, self.job)) };
    }
}

/// A Csm key that a call names.
#[derive(Clone, Copy)]
pub(super) enum Named {
    Key(uint32),
    /// `CSM_NO_KEY` for none.
    KeyOrNone(uint32),
}

impl Named {
    /// The CryIf key.
    fn map(self, config: &Csm_ConfigType) -> Option<uint32> {
        match self {
            Self::KeyOrNone(CSM_NO_KEY) => Some(CSM_NO_KEY),
            // SAFETY: in range of a table of `keyCount` words.
            Self::Key(id) | Self::KeyOrNone(id) => (id < config.keyCount).then(|| unsafe { config.keys.add(id as usize).read() }),
        }
    }
}

/// A key management function of one key: synchronous, one to one below.
pub(super) fn manage_key(
    sid: uint8,
    keyId: uint32,
    pointers_are_sound: impl FnOnce() -> bool,
    below: impl FnOnce(uint32) -> Std_ReturnType,
) -> Std_ReturnType {
    manage_keys(sid, Named::Key(keyId), None, pointers_are_sound, |key, _| below(key))
}

/// The same of two keys.
pub(super) fn manage_keys(
    sid: uint8,
    key: Named,
    target: Option<Named>,
    pointers_are_sound: impl FnOnce() -> bool,
    below: impl FnOnce(uint32, uint32) -> Std_ReturnType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some((config, key, target)) = map_keys(sid, key, target) else { return E_NOT_OK };
        if !pointers_are_sound() {
            return development_error(sid, CSM_E_PARAM_POINTER);
        }
        if step(config, Event::KeyManagementBegins).is_none() {
            return E_NOT_OK;
        }
        let code = below(key, target);
        step(config, Event::KeyManagementEnded);
        code
    })
}

/// The running configuration and two CryIf keys, or a report of what is wrong.
#[inline(never)] // one for all key management functions
fn map_keys(sid: uint8, key: Named, target: Option<Named>) -> Option<(&'static Csm_ConfigType, uint32, uint32)> {
    let config = running_config(sid)?;
    let target = target.map_or(Some(CSM_NO_KEY), |target| target.map(config));
    let (Some(key), Some(target)) = (key.map(config), target) else {
        development_error(sid, CSM_E_PARAM_HANDLE);
        return None;
    };
    Some((config, key, target))
}

pub(super) fn returned(action: Option<Action>) -> Std_ReturnType {
    match action {
        Some(Action::Return(code)) => code,
        Some(Action::Enqueued) => E_OK,
        Some(Action::ReturnQueueFull) => CRYPTO_E_BUSY, // [SWS_Csm_00018]
        _ => E_NOT_OK,
    }
}
