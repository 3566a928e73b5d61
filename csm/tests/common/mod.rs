//! What stands around Csm in these tests: a CryIf whose answers a closure gives, an exclusive area that is checked, a Det that
//! remembers, and configurations with memory of their own.
#![allow(dead_code, unsafe_code, non_snake_case, clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::thread::ThreadId;
use v2gcrypt_csm::config::*;
use v2gcrypt_types::*;

pub const SYNC: Crypto_ProcessingType = CRYPTO_PROCESSING_SYNC;
pub const ASYNC: Crypto_ProcessingType = CRYPTO_PROCESSING_ASYNC;
pub const START: u8 = CRYPTO_OPERATIONMODE_START;
pub const UPDATE: u8 = CRYPTO_OPERATIONMODE_UPDATE;
pub const FINISH: u8 = CRYPTO_OPERATIONMODE_FINISH;
pub const SINGLECALL: u8 = CRYPTO_OPERATIONMODE_SINGLECALL;

/// A call that Csm makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    Process { channel: u32, job: u32 },
    Cancel { channel: u32, job: u32 },
    KeyElementSet { key: u32, element: u32, pointer: usize, length: u32 },
    KeyElementGet { key: u32, element: u32, pointer: usize, length: usize },
    KeySetValid { key: u32 },
    KeySetInvalid { key: u32 },
    KeyGetStatus { key: u32, pointer: usize },
    KeyElementCopy { key: u32, element: u32, target: u32, target_element: u32 },
    KeyElementCopyPartial { key: u32, element: u32, range: [u32; 3], target: u32, target_element: u32 },
    KeyCopy { key: u32, target: u32 },
    RandomSeed { key: u32, pointer: usize, length: u32 },
    KeyGenerate { key: u32 },
    KeyDerive { key: u32, target: u32 },
    KeyExchangeCalcPubVal { key: u32, pointer: usize, length: usize },
    KeyExchangeCalcSecret { key: u32, pointer: usize, length: u32 },
    CustomSync { dispatch: u32, keys: [u32; 4], input: (usize, u32), outputs: [usize; 4] },
    Callback { job: u32, result: u8 },
    Det { runtime: bool, module: u16, instance: u8, api: u8, error: u8 },
}

type Handler = Arc<dyn Fn(Down) -> Std_ReturnType + Send + Sync>;

static HANDLER: RwLock<Option<Handler>> = RwLock::new(None);
static SEEN: Mutex<Vec<(Down, ThreadId)>> = Mutex::new(Vec::new());
static RECORDS: Mutex<(usize, u32)> = Mutex::new((0, 0));
static SERIAL: Mutex<()> = Mutex::new(());
static AREA: AtomicBool = AtomicBool::new(false);

thread_local! {
    static IN_AREA: Cell<bool> = const { Cell::new(false) };
    static AFTER_AREA: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// Answers every call from here on. `E_OK` is the answer otherwise.
pub fn answer_with(handler: impl Fn(Down) -> Std_ReturnType + Send + Sync + 'static) {
    *HANDLER.write().unwrap() = Some(Arc::new(handler));
}

pub fn answer_ok() {
    *HANDLER.write().unwrap() = None;
}

/// Everything Csm has called since the last look.
pub fn seen() -> Vec<Down> {
    seen_with_threads().into_iter().map(|(down, _)| down).collect()
}

pub fn seen_with_threads() -> Vec<(Down, ThreadId)> {
    std::mem::take(&mut *SEEN.lock().unwrap())
}

pub fn callbacks() -> Vec<(u32, u8)> {
    seen()
        .into_iter()
        .filter_map(|down| match down {
            Down::Callback { job, result } => Some((job, result)),
            _ => None,
        })
        .collect()
}

pub fn det(api: u8, error: u8) -> Down {
    Down::Det { runtime: false, module: 110, instance: 0, api, error }
}

pub fn runtime_error(api: u8, error: u8) -> Down {
    Down::Det { runtime: true, module: 110, instance: 0, api, error }
}

fn down(call: Down) -> Std_ReturnType {
    assert!(!IN_AREA.get(), "{call:?} inside the exclusive area");
    SEEN.lock().unwrap().push((call, std::thread::current().id()));
    let handler = HANDLER.read().unwrap().clone();
    handler.map_or(E_OK, |handler| handler(call))
}

/// Id of a record, by its address and by what Csm wrote into it.
fn job_of(record: *mut Crypto_JobType) -> u32 {
    let (base, count) = *RECORDS.lock().unwrap();
    let job = ((record as usize - base) / size_of::<Crypto_JobType>()) as u32;
    assert!(job < count && unsafe { (*record).jobId } == job, "not a record of ours");
    job
}

#[no_mangle]
pub extern "C" fn CryIf_ProcessJob(channel: u32, job: *mut Crypto_JobType) -> Std_ReturnType {
    down(Down::Process { channel, job: job_of(job) })
}
#[no_mangle]
pub extern "C" fn CryIf_CancelJob(channel: u32, job: *mut Crypto_JobType) -> Std_ReturnType {
    down(Down::Cancel { channel, job: job_of(job) })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyElementSet(key: u32, element: u32, pointer: *const u8, length: u32) -> Std_ReturnType {
    down(Down::KeyElementSet { key, element, pointer: pointer as usize, length })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyElementGet(key: u32, element: u32, pointer: *mut u8, length: *mut u32) -> Std_ReturnType {
    down(Down::KeyElementGet { key, element, pointer: pointer as usize, length: length as usize })
}
#[no_mangle]
pub extern "C" fn CryIf_KeySetValid(key: u32) -> Std_ReturnType {
    down(Down::KeySetValid { key })
}
#[no_mangle]
pub extern "C" fn CryIf_KeySetInvalid(key: u32) -> Std_ReturnType {
    down(Down::KeySetInvalid { key })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyGetStatus(key: u32, pointer: *mut u8) -> Std_ReturnType {
    down(Down::KeyGetStatus { key, pointer: pointer as usize })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyElementCopy(key: u32, element: u32, target: u32, target_element: u32) -> Std_ReturnType {
    down(Down::KeyElementCopy { key, element, target, target_element })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyElementCopyPartial(
    key: u32,
    element: u32,
    from: u32,
    to: u32,
    length: u32,
    target: u32,
    target_element: u32,
) -> Std_ReturnType {
    down(Down::KeyElementCopyPartial { key, element, range: [from, to, length], target, target_element })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyCopy(key: u32, target: u32) -> Std_ReturnType {
    down(Down::KeyCopy { key, target })
}
#[no_mangle]
pub extern "C" fn CryIf_RandomSeed(key: u32, pointer: *const u8, length: u32) -> Std_ReturnType {
    down(Down::RandomSeed { key, pointer: pointer as usize, length })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyGenerate(key: u32) -> Std_ReturnType {
    down(Down::KeyGenerate { key })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyDerive(key: u32, target: u32) -> Std_ReturnType {
    down(Down::KeyDerive { key, target })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyExchangeCalcPubVal(key: u32, pointer: *mut u8, length: *mut u32) -> Std_ReturnType {
    down(Down::KeyExchangeCalcPubVal { key, pointer: pointer as usize, length: length as usize })
}
#[no_mangle]
pub extern "C" fn CryIf_KeyExchangeCalcSecret(key: u32, pointer: *const u8, length: u32) -> Std_ReturnType {
    down(Down::KeyExchangeCalcSecret { key, pointer: pointer as usize, length })
}
#[no_mangle]
#[allow(clippy::too_many_arguments)]
pub extern "C" fn CryIf_CustomSync(
    dispatch: u32,
    key: u32,
    element: u32,
    target: u32,
    target_element: u32,
    input: *const u8,
    length: u32,
    output: *mut u8,
    output_length: *mut u32,
    secondary: *mut u8,
    secondary_length: *mut u32,
) -> Std_ReturnType {
    let outputs = [output as usize, output_length as usize, secondary as usize, secondary_length as usize];
    down(Down::CustomSync { dispatch, keys: [key, element, target, target_element], input: (input as usize, length), outputs })
}
#[no_mangle]
pub extern "C" fn Det_ReportError(module: u16, instance: u8, api: u8, error: u8) -> Std_ReturnType {
    down(Down::Det { runtime: false, module, instance, api, error })
}
#[no_mangle]
pub extern "C" fn Det_ReportRuntimeError(module: u16, instance: u8, api: u8, error: u8) -> Std_ReturnType {
    down(Down::Det { runtime: true, module, instance, api, error })
}
#[no_mangle]
pub extern "C" fn SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0() {
    assert!(!IN_AREA.get(), "the exclusive area is not entered twice");
    while AREA.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
        std::thread::yield_now();
    }
    IN_AREA.set(true);
}
#[no_mangle]
pub extern "C" fn SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0() {
    assert!(IN_AREA.get());
    IN_AREA.set(false);
    AREA.store(false, Ordering::Release);
    if let Some(hook) = AFTER_AREA.take() {
        hook();
    }
}

/// Called once, when this thread has left the exclusive area.
pub fn after_next_area(hook: impl FnOnce() + 'static) {
    AFTER_AREA.set(Some(Box::new(hook)));
}

unsafe extern "C" fn user_callback(job: u32, result: u8) {
    down(Down::Callback { job, result });
}

/// The linked configuration: one main function and nothing else.
#[repr(transparent)]
pub struct Linked(Csm_ConfigType);
unsafe impl Sync for Linked {}
#[no_mangle]
pub static Csm_Config: Linked = Linked(Csm_ConfigType {
    magic: V2GCRYPT_CONFIG_MAGIC,
    configSize: size_of::<Csm_ConfigType>() as u32,
    jobConfigSize: size_of::<Csm_JobConfigType>() as u32,
    jobSize: size_of::<Crypto_JobType>() as u32,
    jobCount: 0,
    queueCount: 0,
    keyCount: 0,
    mainFunctionCount: 1,
    queueSlotCount: 0,
    jobs: std::ptr::null(),
    queues: std::ptr::null(),
    keys: std::ptr::null(),
    jobRecords: std::ptr::null_mut(),
    jobRam: std::ptr::null_mut(),
    queueRam: std::ptr::null_mut(),
    queueSlots: std::ptr::null_mut(),
    devErrorDetect: 1,
    macLengthInBytes: 0,
    abi: std::ptr::null(),
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    pub service: Crypto_ServiceInfoType,
    pub processing: Crypto_ProcessingType,
    pub priority: u32,
    pub queue: u32,
    pub notify_updates: bool,
}

pub const fn job(service: Crypto_ServiceInfoType, processing: Crypto_ProcessingType, priority: u32, queue: u32) -> Job {
    Job { service, processing, priority, queue, notify_updates: false }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    pub size: u32,
    pub main_function: u32,
}

/// A configuration and its memory. The channel of queue `n` is `100 + n`, the CryIf key of Csm key `n` is `200 + n`.
pub struct Setup {
    pub config: Csm_ConfigType,
    pub jobs: Vec<Csm_JobConfigType>,
    pub queues: Vec<Csm_QueueConfigType>,
    keys: Vec<u32>,
    infos: Vec<Crypto_JobPrimitiveInfoType>,
    primitives: Vec<Crypto_PrimitiveInfoType>,
    pub records: Vec<Crypto_JobType>,
    job_ram: Vec<[*mut u32; CSM_JOB_RAM_WORDS]>,
    queue_ram: Vec<[*mut u32; CSM_QUEUE_RAM_WORDS]>,
    slots: Vec<u32>,
}

impl Setup {
    pub fn new(jobs: &[Job], queues: &[Queue], main_functions: u32) -> Box<Self> {
        const KEYS: u32 = 3;
        let garbage = 0xA5A5_A5A5u32 as usize as *mut u32;
        let slots: u32 = queues.iter().map(|queue| queue.size).sum();
        let primitives: Vec<_> = jobs
            .iter()
            .map(|job| Crypto_PrimitiveInfoType {
                service: job.service,
                algorithm: Crypto_AlgorithmInfoType { family: 0, secondaryFamily: 0, keyLength: 0, mode: 0 },
            })
            .collect();
        let infos: Vec<_> = jobs
            .iter()
            .zip(&primitives)
            .map(|(job, primitive)| Crypto_JobPrimitiveInfoType {
                callbackId: 0,
                primitiveInfo: primitive,
                cryIfKeyId: 0xFFFF_FFFF,
                processingType: job.processing,
            })
            .collect();
        let mut first = 0;
        let mut setup = Box::new(Self {
            config: Csm_ConfigType {
                jobCount: jobs.len() as u32,
                queueCount: queues.len() as u32,
                keyCount: KEYS,
                mainFunctionCount: main_functions,
                queueSlotCount: slots,
                ..Csm_Config.0
            },
            jobs: jobs
                .iter()
                .zip(&infos)
                .map(|(job, info)| Csm_JobConfigType {
                    jobPrimitiveInfo: info,
                    jobRedirectionInfoRef: std::ptr::null_mut(),
                    callback: Some(user_callback),
                    priority: job.priority,
                    queueId: job.queue,
                    callbackUpdateNotification: job.notify_updates as u8,
                })
                .collect(),
            queues: (100..)
                .zip(queues)
                .map(|(channelId, queue)| {
                    let firstSlot = first;
                    first += queue.size;
                    Csm_QueueConfigType { channelId, size: queue.size, firstSlot, mainFunctionId: queue.main_function }
                })
                .collect(),
            keys: (200..200 + KEYS).collect(),
            infos,
            primitives,
            records: (0..jobs.len()).map(|_| unsafe { std::mem::zeroed() }).collect(),
            job_ram: vec![[garbage; CSM_JOB_RAM_WORDS]; jobs.len()],
            queue_ram: vec![[garbage; CSM_QUEUE_RAM_WORDS]; queues.len()],
            slots: vec![0xA5A5_A5A5; slots as usize],
        });
        setup.connect();
        setup
    }

    /// Lets the configuration point to the tables, after a test has changed one.
    pub fn connect(&mut self) {
        self.config.jobs = self.jobs.as_ptr();
        self.config.queues = self.queues.as_ptr();
        self.config.keys = self.keys.as_ptr();
        self.config.jobRecords = self.records.as_mut_ptr();
        self.config.jobRam = self.job_ram.as_mut_ptr().cast();
        self.config.queueRam = self.queue_ram.as_mut_ptr().cast();
        self.config.queueSlots = self.slots.as_mut_ptr();
    }

    pub fn info(&mut self, job: u32) -> &mut Crypto_JobPrimitiveInfoType {
        &mut self.infos[job as usize]
    }

    pub fn record(&self, job: u32) -> *mut Crypto_JobType {
        self.config.jobRecords.wrapping_add(job as usize)
    }

    /// What lies in the record now.
    pub fn read(&self, job: u32) -> Crypto_JobType {
        unsafe { self.record(job).read_volatile() }
    }

    pub fn init(&mut self) {
        *RECORDS.lock().unwrap() = (self.config.jobRecords as usize, self.config.jobCount);
        unsafe { v2gcrypt_csm::ffi::Csm_Init(&self.config) };
    }
}

/// A running Csm. Tests that hold one run one after the other, because there is one Csm in a program.
pub struct Running {
    pub setup: Box<Setup>,
    _serial: MutexGuard<'static, ()>,
}

pub fn serial() -> MutexGuard<'static, ()> {
    SERIAL.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

pub fn run(jobs: &[Job], queues: &[Queue], main_functions: u32) -> Running {
    let guard = serial();
    answer_ok();
    seen();
    let mut setup = Setup::new(jobs, queues, main_functions);
    setup.init();
    assert_eq!(seen(), []);
    Running { setup, _serial: guard }
}

/// One asynchronous hash job per priority, on one queue.
pub fn run_async(priorities: &[u32], queue_size: u32) -> Running {
    let jobs: Vec<_> = priorities.iter().map(|&priority| job(CRYPTO_HASH, ASYNC, priority, 0)).collect();
    run(&jobs, &[Queue { size: queue_size, main_function: 0 }], 1)
}

impl Running {
    pub fn hash(&self, job: u32, mode: u8) -> Std_ReturnType {
        hash(job, mode)
    }
    pub fn main(&self, id: u32) {
        main_function(id)
    }
    pub fn report(&self, job: u32, result: u8) {
        unsafe { v2gcrypt_csm::ffi::Csm_CallbackNotification(self.setup.record(job), result) }
    }
    pub fn state(&self, job: u32) -> Crypto_JobStateType {
        self.setup.read(job).jobState
    }
}

static DATA: [u8; 16] = [0x5A; 16];
static mut RESULT: [u8; 64] = [0; 64];
static mut RESULT_LENGTH: u32 = 64;

pub fn hash(job: u32, mode: u8) -> Std_ReturnType {
    unsafe {
        v2gcrypt_csm::ffi::Csm_Hash(
            job,
            mode,
            DATA.as_ptr(),
            16,
            std::ptr::addr_of_mut!(RESULT).cast(),
            std::ptr::addr_of_mut!(RESULT_LENGTH),
        )
    }
}

/// In place.
pub fn encrypt(job: u32, mode: u8) -> Std_ReturnType {
    let text = std::ptr::addr_of_mut!(RESULT).cast();
    unsafe { v2gcrypt_csm::ffi::Csm_Encrypt(job, mode, text, 16, text, std::ptr::addr_of_mut!(RESULT_LENGTH)) }
}

pub fn cancel(job: u32) -> Std_ReturnType {
    unsafe { v2gcrypt_csm::ffi::Csm_CancelJob(job, 0) }
}

pub fn report_to(record: usize, result: u8) {
    unsafe { v2gcrypt_csm::ffi::Csm_CallbackNotification(record as *mut Crypto_JobType, result) }
}

pub fn main_function(id: u32) {
    unsafe { v2gcrypt_csm::ffi::V2gcrypt_Csm_MainFunction(id) }
}
