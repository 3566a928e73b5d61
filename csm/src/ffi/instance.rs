//! The one instance behind the C interface, and what all its functions share.

use crate::check::{bytes_of_bits, is_legal_mode, outputs_lie_apart, Region};
use crate::config::*;
use crate::core::{Action, Core, Event, Shared, Step};
use crate::job::JobNode;
use crate::numbers::*;
use crate::queue::QueueNode;
use core::cell::UnsafeCell;
use core::mem::{align_of, size_of};
use core::ptr::{addr_of_mut, null, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicU8, Ordering};
use v2gcrypt_types::*;

extern "C" {
    /// The configuration that is linked.
    pub(super) static Csm_Config: Csm_ConfigType;

    pub(super) fn CryIf_ProcessJob(channelId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType;
    pub(super) fn CryIf_CancelJob(channelId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType;
    pub(super) fn CryIf_KeyElementSet(
        cryIfKeyId: uint32,
        keyElementId: uint32,
        keyPtr: *const uint8,
        keyLength: uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_KeyElementGet(
        cryIfKeyId: uint32,
        keyElementId: uint32,
        resultPtr: *mut uint8,
        resultLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_KeySetValid(cryIfKeyId: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_KeySetInvalid(cryIfKeyId: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_KeyGetStatus(cryIfKeyId: uint32, keyStatusPtr: *mut Crypto_KeyStatusType) -> Std_ReturnType;

    pub(super) fn Det_ReportError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
    pub(super) fn Det_ReportRuntimeError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
    pub(super) fn SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0();
    pub(super) fn SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0();
}

/// The instance behind the C interface.
struct Instance {
    state: AtomicU8,
    config: AtomicPtr<Csm_ConfigType>,
    shared: UnsafeCell<Shared>,
}

// SAFETY: `shared` is touched inside the exclusive area only.
unsafe impl Sync for Instance {}

const UNINIT: u8 = 0;
const READY: u8 = 1;
/// A panic was caught.
#[cfg(feature = "host")]
const FAILED: u8 = 2;

static INSTANCE: Instance =
    Instance { state: AtomicU8::new(UNINIT), config: AtomicPtr::new(null_mut()), shared: UnsafeCell::new(Shared::NEW) };

/// Makes a configuration the running one.
///
/// SAFETY: it is sound, and no other function of Csm runs.
pub(super) unsafe fn start(config: &Csm_ConfigType) {
    INSTANCE.state.store(UNINIT, Ordering::Release);
    for index in 0..config.jobCount as usize {
        // SAFETY: `is_sound` found tables and RAM of `jobCount` entries.
        unsafe { initialise_job(config, index) };
    }
    for index in 0..config.queueCount as usize {
        // SAFETY: `queueRam` has room for `queueCount` nodes, see the const assertions.
        unsafe { config.queueRam.cast::<QueueNode>().add(index).write(QueueNode::NEW) };
    }
    for index in 0..config.queueSlotCount as usize {
        // SAFETY: `queueSlots` has `queueSlotCount` words.
        unsafe { config.queueSlots.add(index).write(0) };
    }
    INSTANCE.config.store((config as *const Csm_ConfigType).cast_mut(), Ordering::Release);
    with_core(config, |core| core.reset());
    INSTANCE.state.store(READY, Ordering::Release);
}

/// What a service was called with.
#[derive(Clone, Copy)]
pub(super) struct Call {
    sid: uint8,
    service: Crypto_ServiceInfoType,
    data: Option<(*const uint8, uint32)>,
    /// The signature, or the MAC in the unit of the interface.
    secondary: Option<(*const uint8, uint32)>,
    output: Option<(*mut uint8, *mut uint32)>,
    verify: Option<*mut Crypto_VerifyResultType>,
}

impl Call {
    pub(super) fn generate(
        sid: uint8,
        service: Crypto_ServiceInfoType,
        data: *const uint8,
        data_length: uint32,
        output: *mut uint8,
        output_length: *mut uint32,
    ) -> Self {
        Self {
            sid,
            service,
            data: Some((data, data_length)),
            secondary: None,
            output: Some((output, output_length)),
            verify: None,
        }
    }

    pub(super) fn random(sid: uint8, service: Crypto_ServiceInfoType, output: *mut uint8, output_length: *mut uint32) -> Self {
        Self { sid, service, data: None, secondary: None, output: Some((output, output_length)), verify: None }
    }

    pub(super) fn verify(
        sid: uint8,
        service: Crypto_ServiceInfoType,
        data: (*const uint8, uint32),
        secondary: (*const uint8, uint32),
        verify: *mut Crypto_VerifyResultType,
    ) -> Self {
        Self { sid, service, data: Some(data), secondary: Some(secondary), output: None, verify: Some(verify) }
    }

    /// Null pointers and overlaps among the parameters that the mode needs. Zero lengths are the driver's to judge.
    fn has_sound_pointers(&self, mode: Crypto_OperationModeType, mac_length_in_bytes: bool) -> bool {
        let (mut data, mut secondary) = (Region::NOTHING, Region::NOTHING);
        let (mut output, mut length, mut verify) = (Region::NOTHING, Region::NOTHING, Region::NOTHING);
        if mode & CRYPTO_OPERATIONMODE_UPDATE != 0 {
            if let Some((pointer, bytes)) = self.data {
                data = Region { start: pointer as usize, length: bytes as usize };
                if pointer.is_null() {
                    return false;
                }
            }
        }
        if mode & CRYPTO_OPERATIONMODE_FINISH != 0 {
            if let Some((pointer, length)) = self.secondary {
                let bits = self.service == CRYPTO_MACVERIFY && !mac_length_in_bytes;
                let bytes = if bits { bytes_of_bits(length) } else { length };
                secondary = Region { start: pointer as usize, length: bytes as usize };
                if pointer.is_null() {
                    return false;
                }
            }
            if let Some((pointer, length_pointer)) = self.output {
                // SAFETY: null or the caller's.
                match unsafe { output_regions(pointer, length_pointer) } {
                    Some(regions) => (output, length) = regions,
                    None => return false,
                }
            }
            if let Some(pointer) = self.verify {
                verify = Region { start: pointer as usize, length: size_of::<Crypto_VerifyResultType>() };
                if pointer.is_null() {
                    return false;
                }
            }
        }
        outputs_lie_apart(&[output, length, verify], &[data, secondary])
    }

    /// Which argument goes where. [SWS_Crypto_00071] [SWS_Crypto_00073]
    fn input_output(&self, mode: Crypto_OperationModeType) -> Crypto_JobPrimitiveInputOutputType {
        let (inputPtr, inputLength) = self.data.unwrap_or((null(), 0));
        let (secondaryInputPtr, secondaryInputLength) = self.secondary.unwrap_or((null(), 0));
        let (outputPtr, outputLengthPtr) = self.output.unwrap_or((null_mut(), null_mut()));
        Crypto_JobPrimitiveInputOutputType {
            inputPtr,
            inputLength,
            secondaryInputPtr,
            secondaryInputLength,
            outputPtr,
            outputLengthPtr,
            verifyPtr: self.verify.unwrap_or(null_mut()),
            mode,
            ..NO_INPUT_OUTPUT
        }
    }
}

const NO_INPUT_OUTPUT: Crypto_JobPrimitiveInputOutputType = Crypto_JobPrimitiveInputOutputType {
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

pub(super) fn serve(job: uint32, mode: Crypto_OperationModeType, call: Call) -> Std_ReturnType {
    let Some(config) = running_config(call.sid) else { return E_NOT_OK };
    if job >= config.jobCount {
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
    if !call.has_sound_pointers(mode, config.macLengthInBytes != 0) {
        return development_error(call.sid, CSM_E_PARAM_POINTER);
    }
    let event = Event::Request { job, mode, sync: processing == CRYPTO_PROCESSING_SYNC };
    let action = step_and(config, event, |action| {
        if matches!(action, Action::Process { .. } | Action::Enqueued) {
            // SAFETY: the record of a job in range, which the request has just taken out of everybody else's hands.
            unsafe { addr_of_mut!((*record(config, job)).jobPrimitiveInputOutput).write(call.input_output(mode)) };
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
struct Withdrawal<'a> {
    config: &'a Csm_ConfigType,
    channel: uint32,
    job: uint32,
}

#[cfg(feature = "host")]
impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        // SAFETY: the record of a job in range.
        unsafe { CryIf_CancelJob(self.channel, record(self.config, self.job)) };
    }
}

/// A key management function: synchronous, one to one below.
pub(super) fn manage_key(
    sid: uint8,
    keyId: uint32,
    pointers_are_sound: impl FnOnce() -> bool,
    below: impl FnOnce(uint32) -> Std_ReturnType,
) -> Std_ReturnType {
    boundary(E_NOT_OK, || {
        let Some(config) = running_config(sid) else { return E_NOT_OK };
        if keyId >= config.keyCount {
            return development_error(sid, CSM_E_PARAM_HANDLE);
        }
        if !pointers_are_sound() {
            return development_error(sid, CSM_E_PARAM_POINTER);
        }
        // SAFETY: in range of a table of `keyCount` words.
        let cryIfKeyId = unsafe { config.keys.add(keyId as usize).read() };
        if step(config, Event::KeyManagementBegins).is_none() {
            return E_NOT_OK;
        }
        let code = below(cryIfKeyId);
        step(config, Event::KeyManagementEnded);
        code
    })
}

pub(super) fn returned(action: Option<Action>) -> Std_ReturnType {
    match action {
        Some(Action::Return(code)) => code,
        Some(Action::Enqueued) => E_OK,
        Some(Action::ReturnQueueFull) => CRYPTO_E_BUSY, // [SWS_Csm_00018]
        _ => E_NOT_OK,
    }
}

/// The user's callback. The exclusive area is not held. [SWS_Csm_00039] [SWS_Csm_00971]
pub(super) fn notify(config: &Csm_ConfigType, job: uint32, result: Crypto_ResultType) {
    // SAFETY: the core names jobs in range of a table of `jobCount` entries.
    let callback = unsafe { (*config.jobs.add(job as usize)).callback };
    if let Some(callback) = callback {
        // SAFETY: the configuration says it is a callback.
        unsafe { callback(job, result) };
    }
}

/// One step inside the exclusive area; `None` when Csm has failed meanwhile.
pub(super) fn step(config: &Csm_ConfigType, event: Event) -> Option<Action> {
    step_and(config, event, |_| ())
}

/// One step, and what is to be written before anybody else steps.
fn step_and(config: &Csm_ConfigType, event: Event, write: impl FnOnce(&Action)) -> Option<Action> {
    with_core(config, |core| {
        if INSTANCE.state.load(Ordering::Acquire) != READY {
            return None;
        }
        #[cfg(feature = "fault-injection")]
        fault_injection::panic_if_armed();
        let Step { action, job_state } = core.step(event);
        if let Some((job, state)) = job_state {
            // [SWS_Csm_01028] SAFETY: the record of a job in range that has come back into Csm's hands.
            unsafe { addr_of_mut!((*record(config, job)).jobState).write(state) };
        }
        write(&action);
        Some(action)
    })
}

fn with_core<T>(config: &Csm_ConfigType, work: impl FnOnce(&mut Core<'_>) -> T) -> T {
    let _area = ExclusiveArea::enter();
    // SAFETY: `is_sound` has checked the tables; `Csm_Init` has filled the RAM; it is Csm's own, and touched only here, inside
    // the exclusive area.
    let mut core = unsafe {
        Core {
            jobs: slice(config.jobs, config.jobCount),
            queues: slice(config.queues, config.queueCount),
            nodes: slice_mut(config.jobRam.cast(), config.jobCount),
            queue_nodes: slice_mut(config.queueRam.cast(), config.queueCount),
            slots: slice_mut(config.queueSlots, config.queueSlotCount),
            shared: &mut *INSTANCE.shared.get(),
        }
    };
    work(&mut core)
}

struct ExclusiveArea {
    /// The thread panics already, for a reason of its own.
    #[cfg(feature = "host")]
    panicking: bool,
}

impl ExclusiveArea {
    fn enter() -> Self {
        // SAFETY: takes nothing.
        unsafe { SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0() };
        Self {
            #[cfg(feature = "host")]
            panicking: std::thread::panicking(),
        }
    }
}

impl Drop for ExclusiveArea {
    fn drop(&mut self) {
        #[cfg(feature = "host")]
        if std::thread::panicking() && !self.panicking {
            // Before another thread enters and steps on what the panic has left behind.
            INSTANCE.state.store(FAILED, Ordering::Release);
        }
        // SAFETY: entered.
        unsafe { SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0() };
    }
}

/// SAFETY: `pointer` points to `count` valid values, or is null when `count` is 0.
unsafe fn slice<'a, T>(pointer: *const T, count: uint32) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: by contract.
    unsafe { core::slice::from_raw_parts(pointer, count as usize) }
}

/// SAFETY: `pointer` points to `count` valid values that nobody else touches, or is null when `count` is 0.
unsafe fn slice_mut<'a, T>(pointer: *mut T, count: uint32) -> &'a mut [T] {
    if count == 0 {
        return &mut [];
    }
    // SAFETY: by contract.
    unsafe { core::slice::from_raw_parts_mut(pointer, count as usize) }
}

/// The configuration, if Csm has been started.
pub(super) fn running_config(sid: uint8) -> Option<&'static Csm_ConfigType> {
    if INSTANCE.state.load(Ordering::Acquire) != READY {
        development_error(sid, CSM_E_UNINIT);
        return None;
    }
    last_config()
}

fn last_config() -> Option<&'static Csm_ConfigType> {
    // SAFETY: null, or a configuration that `Csm_Init` found sound and that lives as long as Csm runs.
    unsafe { INSTANCE.config.load(Ordering::Acquire).as_ref() }
}

/// Reports to Det unless the configuration says not to.
pub(super) fn development_error(sid: uint8, error: uint8) -> Std_ReturnType {
    if last_config().map_or(true, |config| config.devErrorDetect != 0) {
        // SAFETY: takes numbers.
        unsafe { Det_ReportError(CSM_MODULE_ID, 0, sid, error) };
    }
    E_NOT_OK
}

pub(super) fn record(config: &Csm_ConfigType, job: uint32) -> *mut Crypto_JobType {
    config.jobRecords.wrapping_add(job as usize)
}

/// The job whose record this is, by address arithmetic.
pub(super) fn job_of_record(config: &Csm_ConfigType, record: *mut Crypto_JobType) -> Option<uint32> {
    let offset = (record as usize).checked_sub(config.jobRecords as usize)?;
    let job = offset / size_of::<Crypto_JobType>();
    let found = offset % size_of::<Crypto_JobType>() == 0 && job < config.jobCount as usize;
    found.then_some(job as uint32)
}

/// SAFETY: the job is in range.
unsafe fn service_of(config: &Csm_ConfigType, job: uint32) -> Crypto_ServiceInfoType {
    // SAFETY: `is_sound` has followed these pointers.
    unsafe { (*(*(*config.jobs.add(job as usize)).jobPrimitiveInfo).primitiveInfo).service }
}

/// SAFETY: the job is in range.
pub(super) unsafe fn processing_type(config: &Csm_ConfigType, job: uint32) -> Crypto_ProcessingType {
    // SAFETY: `is_sound` has followed this pointer.
    unsafe { (*(*config.jobs.add(job as usize)).jobPrimitiveInfo).processingType }
}

/// Where an output and its length word lie; `None` when one of them is null.
///
/// SAFETY: `length`, unless null, points to four readable bytes.
pub(super) unsafe fn output_regions(output: *mut uint8, length: *mut uint32) -> Option<(Region, Region)> {
    if output.is_null() || length.is_null() {
        return None;
    }
    // SAFETY: by contract.
    let room = unsafe { length.read_unaligned() };
    let length = Region { start: length as usize, length: size_of::<uint32>() };
    Some((Region { start: output as usize, length: room as usize }, length))
}

/// Whether a configuration is one for this build, and consistent. [SWS_Csm_00186]
///
/// SAFETY: `config` lies in readable memory; when magic and sizes match, its tables have the lengths it names.
pub(super) unsafe fn is_sound(config: &Csm_ConfigType) -> bool {
    let for_this_build = config.magic == V2GCRYPT_CONFIG_MAGIC
        && config.configSize as usize == size_of::<Csm_ConfigType>()
        && config.jobConfigSize as usize == size_of::<Csm_JobConfigType>()
        && config.jobSize as usize == size_of::<Crypto_JobType>();
    if !for_this_build {
        return false;
    }
    let tables = is_table(config.jobs, config.jobCount)
        && is_table(config.queues, config.queueCount)
        && is_table(config.keys, config.keyCount)
        && is_table(config.jobRecords, config.jobCount)
        && is_table(config.jobRam, config.jobCount)
        && is_table(config.queueRam, config.queueCount)
        && is_table(config.queueSlots, config.queueSlotCount);
    if !tables || config.mainFunctionCount == 0 {
        return false;
    }
    // SAFETY: tables of these lengths, by contract.
    let (jobs, queues) = unsafe { (slice(config.jobs, config.jobCount), slice(config.queues, config.queueCount)) };
    // Queues take the words one behind the other, so no two share one.
    let mut slot = 0u32;
    for queue in queues {
        if queue.mainFunctionId >= config.mainFunctionCount || queue.firstSlot != slot {
            return false;
        }
        match slot.checked_add(queue.size) {
            Some(end) if end <= config.queueSlotCount => slot = end,
            _ => return false,
        }
    }
    // SAFETY: `jobPrimitiveInfo` is followed only when it is not null.
    slot == config.queueSlotCount && jobs.iter().all(|job| job.queueId < config.queueCount && unsafe { is_sound_job(job) })
}

/// SAFETY: pointers are null or valid.
unsafe fn is_sound_job(job: &Csm_JobConfigType) -> bool {
    if job.jobPrimitiveInfo.is_null() {
        return false;
    }
    // SAFETY: not null.
    let info = unsafe { job.jobPrimitiveInfo.read() };
    !info.primitiveInfo.is_null() && matches!(info.processingType, CRYPTO_PROCESSING_ASYNC | CRYPTO_PROCESSING_SYNC)
}

fn is_table<T>(pointer: *const T, count: uint32) -> bool {
    let fits = (count as usize).checked_mul(size_of::<T>()).is_some_and(|bytes| bytes <= isize::MAX as usize);
    count == 0 || (fits && !pointer.is_null() && (pointer as usize) & (align_of::<T>() - 1) == 0)
}

/// SAFETY: tables and RAM have more than `index` entries.
unsafe fn initialise_job(config: &Csm_ConfigType, index: usize) {
    // SAFETY: by contract; the record is C's memory and is only written.
    unsafe {
        let job = config.jobs.add(index).read();
        config.jobRam.cast::<JobNode>().add(index).write(JobNode::NEW);
        config.jobRecords.add(index).write(Crypto_JobType {
            jobId: index as uint32,
            jobState: CRYPTO_JOBSTATE_IDLE,
            jobPrimitiveInputOutput: NO_INPUT_OUTPUT,
            jobPrimitiveInfo: job.jobPrimitiveInfo, // holds the CryIf key [SWS_Csm_01093]
            jobRedirectionInfoRef: job.jobRedirectionInfoRef,
            cryptoKeyId: 0,
            targetCryptoKeyId: 0,
            jobPriority: job.priority,
        });
    }
}

/// After a failure: the callbacks that are owed, once, with `E_NOT_OK`.
#[cfg(feature = "host")]
pub(super) fn abandon_jobs(main_function: uint32) {
    if INSTANCE.state.load(Ordering::Acquire) != FAILED {
        return;
    }
    let Some(config) = last_config() else { return };
    let mut cursor = 0;
    while let Some((job, channel)) = with_core(config, |core| core.next_abandoned(main_function, &mut cursor)) {
        drop(channel.map(|channel| Withdrawal { config, channel, job }));
        notify(config, job, E_NOT_OK);
    }
}

#[cfg(not(feature = "host"))]
pub(super) fn abandon_jobs(_: uint32) {}

/// A panic ends here: Csm has failed, and every call is refused until `Csm_Init`.
#[cfg(feature = "host")]
pub(super) fn boundary<T>(refused: T, work: impl FnOnce() -> T) -> T {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(value) => value,
        Err(_) => {
            INSTANCE.state.store(FAILED, Ordering::Release);
            refused
        }
    }
}

#[cfg(not(feature = "host"))]
pub(super) fn boundary<T>(_: T, work: impl FnOnce() -> T) -> T {
    work()
}

/// Lets tests break an invariant.
#[cfg(feature = "fault-injection")]
pub mod fault_injection {
    use core::sync::atomic::{AtomicBool, Ordering};

    static ARMED: AtomicBool = AtomicBool::new(false);

    /// The next step panics.
    pub fn arm() {
        ARMED.store(true, Ordering::SeqCst);
    }

    pub(super) fn panic_if_armed() {
        if ARMED.swap(false, Ordering::SeqCst) {
            panic!("a broken invariant, by order of a test");
        }
    }
}
