//! Makes the configuration, and calls the C interface.
#![allow(unsafe_code)]

pub mod alloc_count;
pub mod cpu_time;

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_cryif::config::*;
use v2gcrypt_cryif::ffi::CryIf_Init;
use v2gcrypt_crypto_driver::soft::config::*;
use v2gcrypt_crypto_driver::soft::ffi::*;
use v2gcrypt_csm::config::*;
use v2gcrypt_csm::ffi::*;
use v2gcrypt_host as _;
use v2gcrypt_types::*;

/// Synchronous CMAC on driver object 0.
pub const CMAC: u32 = 0;
/// Synchronous signature on driver object 0.
pub const SIGN_0: u32 = 1;
/// Synchronous signature on driver object 1.
pub const SIGN_1: u32 = 2;
/// Asynchronous CMAC on driver object 0.
pub const CMAC_ASYNC: u32 = 3;

const AES_KEY: [u8; 16] = *b"sixteen byte key";
const EC_KEY: [u8; 32] = [0x42; 32];

/// A table that C reads and nobody writes.
#[repr(transparent)]
pub struct Shared<T>(T);
// SAFETY: the library only reads configurations; the RAM behind their pointers is guarded by its exclusive areas.
unsafe impl<T> Sync for Shared<T> {}
// SAFETY: as above.
unsafe impl<T> Send for Shared<T> {}

/// The linked configuration: none, each benchmark brings its own.
#[no_mangle]
pub static Csm_Config: Shared<[u8; std::mem::size_of::<Csm_ConfigType>()]> = Shared([0; std::mem::size_of::<Csm_ConfigType>()]);
/// The linked configuration: none, each benchmark brings its own.
#[no_mangle]
pub static CryIf_Config: Shared<[u8; std::mem::size_of::<CryIf_ConfigType>()]> =
    Shared([0; std::mem::size_of::<CryIf_ConfigType>()]);

static INSTANCE: std::sync::OnceLock<Shared<CryptoSoft_InstanceType>> = std::sync::OnceLock::new();

fn instance() -> *const CryptoSoft_InstanceType {
    INSTANCE.get_or_init(|| Shared(make_instance())) as *const Shared<CryptoSoft_InstanceType> as *const CryptoSoft_InstanceType
}

/// Callbacks so far.
pub static CALLBACKS: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn on_finished(_job: u32, _result: Crypto_ResultType) {
    CALLBACKS.fetch_add(1, Ordering::Relaxed);
}

unsafe extern "C" fn process_job(object: u32, job: *mut Crypto_JobType) -> Std_ReturnType {
    // SAFETY: the instance lives for ever; CryIf passes Csm's job.
    unsafe { V2gcrypt_CryptoSoft_ProcessJob(instance(), object, job) }
}

unsafe extern "C" fn cancel_job(object: u32, job: *mut Crypto_JobType) -> Std_ReturnType {
    // SAFETY: as above.
    unsafe { V2gcrypt_CryptoSoft_CancelJob(instance(), object, job) }
}

unsafe extern "C" fn key_element_set(key: u32, element: u32, bytes: *const u8, length: u32) -> Std_ReturnType {
    // SAFETY: as above.
    unsafe { V2gcrypt_CryptoSoft_KeyElementSet(instance(), key, element, bytes, length) }
}

unsafe extern "C" fn key_set_valid(key: u32) -> Std_ReturnType {
    // SAFETY: as above.
    unsafe { V2gcrypt_CryptoSoft_KeySetValid(instance(), key) }
}

fn leak<T>(values: Vec<T>) -> *mut T {
    Box::leak(values.into_boxed_slice()).as_mut_ptr()
}

fn ram<T>(count: usize) -> *mut T {
    let layout = std::alloc::Layout::array::<T>(count.max(1)).expect("the configuration is small");
    // SAFETY: the layout is not empty; zero bytes are what a cleared section has.
    unsafe { std::alloc::alloc_zeroed(layout) }.cast()
}

fn make_instance() -> CryptoSoft_InstanceType {
    let primitive =
        |service, family, mode, secondaryFamily| CryptoSoft_PrimitiveConfigType { service, family, mode, secondaryFamily };
    let primitives = leak(vec![
        primitive(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_NOT_SET),
        primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_SHA2_256),
    ]);
    let object = || CryptoSoft_ObjectConfigType { primitives, primitiveCount: 2, queueSize: 0, firstSlot: 0 };
    let key = |size, form| {
        let element = CryptoSoft_KeyElementConfigType {
            keyElementId: 1,
            size,
            offset: 0,
            initValue: null(),
            initLength: 0,
            format: CRYPTO_KE_FORMAT_BIN_OCTET,
            readAccess: CRYPTO_SOFT_RA_DENIED,
            writeAccess: CRYPTO_SOFT_WA_ALLOWED,
            allowPartialAccess: 0,
            persist: 0,
        };
        CryptoSoft_KeyConfigType {
            elements: leak(vec![element]),
            elementCount: 1,
            data: ram(size as usize),
            dataSize: size,
            elementLengths: ram(1),
            preparedForm: form,
            usages: primitives,
            usageCount: 2,
            nvBlock: CRYPTO_SOFT_NO_NV_BLOCK,
        }
    };
    let keys = vec![
        key(16, CRYPTO_SOFT_FORM_AES_CMAC),
        key(32, CRYPTO_SOFT_FORM_ECDSA_P256_SIGN),
        key(32, CRYPTO_SOFT_FORM_ECDSA_P256_SIGN),
    ];
    CryptoSoft_InstanceType {
        magic: V2GCRYPT_CONFIG_MAGIC,
        instanceSize: std::mem::size_of::<CryptoSoft_InstanceType>() as u32,
        keyRamSize: std::mem::size_of::<CryptoSoft_KeyRamType>() as u32,
        objectRamSize: std::mem::size_of::<CryptoSoft_ObjectRamType>() as u32,
        instanceId: 0,
        objectCount: 2,
        keyCount: 3,
        slotCount: 0,
        objects: leak(vec![object(), object()]),
        keyRam: ram(keys.len()),
        keys: leak(keys),
        ram: ram(1),
        objectRam: ram(2),
        queueRam: ram(0),
        nvBlockCount: 0,
        nvBlocks: null(),
        nvBlockRam: ram(0),
        nvM: null(),
        devErrorDetect: 1,
        tolerateEmptyInput: 0,
        macLengthInBytes: 0,
        abi: null(),
    }
}

/// Starts the stack with `jobs` jobs, at least 4: the four named ones, then synchronous CMAC jobs.
pub fn start(jobs: u32) {
    let drivers = leak(vec![CryIf_DriverType {
        processJob: Some(process_job),
        cancelJob: Some(cancel_job),
        keyElementSet: Some(key_element_set),
        keySetValid: Some(key_set_valid),
        ..CryIf_DriverType::default()
    }]);
    let cryif = CryIf_ConfigType {
        magic: V2GCRYPT_CONFIG_MAGIC,
        configSize: std::mem::size_of::<CryIf_ConfigType>() as u32,
        driverSize: std::mem::size_of::<CryIf_DriverType>() as u32,
        channelCount: 2,
        keyCount: 3,
        channels: leak((0..2).map(|objectId| CryIf_ChannelConfigType { driver: drivers, objectId }).collect()),
        keys: leak((0..3).map(|cryptoKeyId| CryIf_KeyConfigType { driver: drivers, cryptoKeyId }).collect()),
        devErrorDetect: 1,
        abi: null(),
    };
    let config = make_csm(jobs.max(4));
    // SAFETY: the configurations live for ever and are complete; nothing else runs.
    unsafe {
        V2gcrypt_CryptoSoft_Init(instance(), null());
        CryIf_Init(Box::leak(Box::new(cryif)));
        Csm_Init(Box::leak(Box::new(config)));
    }
    for (key, bytes) in [(0, &AES_KEY[..]), (1, &EC_KEY), (2, &EC_KEY)] {
        // SAFETY: the bytes are as long as told.
        let set = unsafe { Csm_KeyElementSet(key, 1, bytes.as_ptr(), bytes.len() as u32) };
        // SAFETY: takes a number only.
        let valid = unsafe { Csm_KeySetValid(key) };
        assert_eq!((set, valid), (E_OK, E_OK));
    }
}

fn make_csm(count: u32) -> Csm_ConfigType {
    let primitive = |service, family, mode, secondaryFamily, keyLength| {
        let algorithm = Crypto_AlgorithmInfoType { family, secondaryFamily, keyLength, mode };
        &*Box::leak(Box::new(Crypto_PrimitiveInfoType { service, algorithm }))
    };
    let cmac = primitive(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_NOT_SET, 128);
    let sign = primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_SHA2_256, 256);
    let info = |primitiveInfo: &'static Crypto_PrimitiveInfoType, cryIfKeyId, processingType| {
        leak(vec![Crypto_JobPrimitiveInfoType { callbackId: 0, primitiveInfo, cryIfKeyId, processingType }])
    };
    let job = |jobPrimitiveInfo, queueId| Csm_JobConfigType {
        jobPrimitiveInfo,
        jobRedirectionInfoRef: null_mut(),
        callback: Some(on_finished),
        priority: 10,
        queueId,
        callbackUpdateNotification: 0,
    };
    let mut jobs = vec![
        job(info(cmac, 0, CRYPTO_PROCESSING_SYNC), 0),
        job(info(sign, 1, CRYPTO_PROCESSING_SYNC), 0),
        job(info(sign, 2, CRYPTO_PROCESSING_SYNC), 1),
        job(info(cmac, 0, CRYPTO_PROCESSING_ASYNC), 0),
    ];
    let more = info(cmac, 0, CRYPTO_PROCESSING_ASYNC);
    jobs.resize(count as usize, job(more, 0));
    let queue = |channelId, size, firstSlot| Csm_QueueConfigType { channelId, size, firstSlot, mainFunctionId: 0 };
    Csm_ConfigType {
        magic: V2GCRYPT_CONFIG_MAGIC,
        configSize: std::mem::size_of::<Csm_ConfigType>() as u32,
        jobConfigSize: std::mem::size_of::<Csm_JobConfigType>() as u32,
        jobSize: std::mem::size_of::<Crypto_JobType>() as u32,
        jobCount: count,
        queueCount: 2,
        keyCount: 3,
        mainFunctionCount: 1,
        queueSlotCount: count + 1,
        jobs: leak(jobs),
        queues: leak(vec![queue(0, count, 0), queue(1, 1, count)]),
        keys: leak(vec![0, 1, 2]),
        jobRecords: ram(count as usize),
        jobRam: ram(count as usize),
        queueRam: ram(2),
        queueSlots: ram(count as usize + 1),
        devErrorDetect: 1,
        macLengthInBytes: 0,
        abi: null(),
    }
}

/// `Csm_MacGenerate` in a single call.
#[inline(never)]
pub fn mac_generate(job: u32, data: &[u8], mac: &mut [u8; 16]) -> Std_ReturnType {
    let mut length = 16;
    // SAFETY: the buffers are as long as told; an asynchronous job ends before they are dropped, since callers drain.
    unsafe {
        Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_SINGLECALL, data.as_ptr(), data.len() as u32, mac.as_mut_ptr(), &mut length)
    }
}

/// Starts `Csm_MacGenerate` for each job in `jobs`, and runs the main functions until all have called back.
pub fn mac_generate_async(jobs: std::ops::Range<u32>, data: &[u8]) {
    let mut macs = vec![[0_u8; 16]; jobs.len()];
    let mut lengths = vec![16_u32; jobs.len()];
    let before = CALLBACKS.load(Ordering::Relaxed);
    let expected = jobs.len() as u32;
    for ((job, mac), length) in jobs.zip(&mut macs).zip(&mut lengths) {
        let (data, data_length) = (data.as_ptr(), data.len() as u32);
        // SAFETY: the outputs live until all jobs have called back, below.
        let result =
            unsafe { Csm_MacGenerate(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, mac.as_mut_ptr(), length) };
        assert_eq!(result, E_OK, "job {job}");
    }
    while CALLBACKS.load(Ordering::Relaxed).wrapping_sub(before) < expected {
        run_main_functions();
    }
}

/// `Csm_MainFunction`, then `Crypto_MainFunction`.
pub fn run_main_functions() {
    // SAFETY: the instance lives for ever.
    unsafe {
        V2gcrypt_Csm_MainFunction(0);
        V2gcrypt_CryptoSoft_MainFunction(instance());
    }
}

/// `Csm_SignatureGenerate` in a single call.
pub fn signature_generate(job: u32, data: &[u8], signature: &mut [u8; 64]) -> Std_ReturnType {
    let mut length = 64;
    let (data, data_length) = (data.as_ptr(), data.len() as u32);
    // SAFETY: the buffers are as long as told, and the job is synchronous.
    unsafe { Csm_SignatureGenerate(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, signature.as_mut_ptr(), &mut length) }
}

/// The keys of the benchmark, for the bare primitives.
pub fn keys() -> (&'static [u8; 16], &'static [u8; 32]) {
    (&AES_KEY, &EC_KEY)
}
