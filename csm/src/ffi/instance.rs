//! The one instance behind the C interface.

#[cfg(feature = "host")]
use super::call::Withdrawal;
use super::call::NO_INPUT_OUTPUT;
use crate::config::*;
use crate::core::{Action, Core, Event, Shared, Step};
use crate::job::JobNode;
use crate::numbers::*;
use crate::queue::QueueNode;
use core::cell::UnsafeCell;
use core::mem::{align_of, size_of};
use core::ptr::{addr_of_mut, null_mut};
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
    pub(super) fn CryIf_KeyElementCopy(
        cryIfKeyId: uint32,
        keyElementId: uint32,
        targetCryIfKeyId: uint32,
        targetKeyElementId: uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_KeyElementCopyPartial(
        cryIfKeyId: uint32,
        keyElementId: uint32,
        keyElementSourceOffset: uint32,
        keyElementTargetOffset: uint32,
        keyElementCopyLength: uint32,
        targetCryIfKeyId: uint32,
        targetKeyElementId: uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_KeyCopy(cryIfKeyId: uint32, targetCryIfKeyId: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_RandomSeed(cryIfKeyId: uint32, seedPtr: *const uint8, seedLength: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_KeyGenerate(cryIfKeyId: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_KeyDerive(cryIfKeyId: uint32, targetCryIfKeyId: uint32) -> Std_ReturnType;
    pub(super) fn CryIf_KeyExchangeCalcPubVal(
        cryIfKeyId: uint32,
        publicValuePtr: *mut uint8,
        publicValueLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_KeyExchangeCalcSecret(
        cryIfKeyId: uint32,
        partnerPublicValuePtr: *const uint8,
        partnerPublicValueLength: uint32,
    ) -> Std_ReturnType;
    pub(super) fn CryIf_CustomSync(
        dispatchId: uint32,
        keyId: uint32,
        keyElementId: uint32,
        targetKeyId: uint32,
        targetKeyElementId: uint32,
        inputPtr: *const uint8,
        inputLength: uint32,
        outputPtr: *mut uint8,
        outputLengthPtr: *mut uint32,
        secondaryOutputPtr: *mut uint8,
        secondaryOutputLengthPtr: *mut uint32,
    ) -> Std_ReturnType;

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
pub(super) fn step_and(config: &Csm_ConfigType, event: Event, write: impl FnOnce(&Action)) -> Option<Action> {
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
pub(super) unsafe fn service_of(config: &Csm_ConfigType, job: uint32) -> Crypto_ServiceInfoType {
    // SAFETY: `is_sound` has followed these pointers.
    unsafe { (*(*(*config.jobs.add(job as usize)).jobPrimitiveInfo).primitiveInfo).service }
}

/// SAFETY: the job is in range.
pub(super) unsafe fn key_of(config: &Csm_ConfigType, job: uint32) -> uint32 {
    // SAFETY: `is_sound` has followed this pointer.
    unsafe { (*(*config.jobs.add(job as usize)).jobPrimitiveInfo).cryIfKeyId }
}

/// SAFETY: the job is in range.
pub(super) unsafe fn processing_type(config: &Csm_ConfigType, job: uint32) -> Crypto_ProcessingType {
    // SAFETY: `is_sound` has followed this pointer.
    unsafe { (*(*config.jobs.add(job as usize)).jobPrimitiveInfo).processingType }
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
