//! Instances in Rust memory, jobs, and the callouts: what generated C and the basic software are to the driver.
// Each test program uses a part. What tests point to is leaked, so that every pointer stays good: that is the safety comment
// of all their unsafe blocks.
#![allow(dead_code, unused_imports, unsafe_code, clippy::undocumented_unsafe_blocks)]

pub mod nv;
mod services;
pub use self::services::{management, vectors, KeyImage};
mod texts;
pub use self::texts::*;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ptr::{addr_of, addr_of_mut, null, null_mut};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::Mutex;

pub use v2gcrypt_crypto_driver::soft::config::*;
pub use v2gcrypt_crypto_driver::soft::errors::*;
pub use v2gcrypt_crypto_driver::soft::ffi::*;
pub use v2gcrypt_types::*;

pub const START: u8 = CRYPTO_OPERATIONMODE_START;
pub const UPDATE: u8 = CRYPTO_OPERATIONMODE_UPDATE;
pub const FINISH: u8 = CRYPTO_OPERATIONMODE_FINISH;
pub const STREAMSTART: u8 = CRYPTO_OPERATIONMODE_STREAMSTART;
pub const SINGLECALL: u8 = CRYPTO_OPERATIONMODE_SINGLECALL;

/// What unwritten memory looks like.
pub const UNTOUCHED: u8 = 0xA5;

/// A report to Det: service id, error id, and whether it is a runtime error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    Development(u8, u8),
    Runtime(u8, u8),
}

static REPORTS: Mutex<Vec<(u8, Reported)>> = Mutex::new(Vec::new());
static CALLBACKS: Mutex<Option<HashMap<usize, Vec<u8>>>> = Mutex::new(None);
static AREA: AtomicBool = AtomicBool::new(false);
static NEXT_INSTANCE: AtomicU32 = AtomicU32::new(1);

type Hook = Box<dyn Fn(*mut Crypto_JobType, u8)>;
thread_local! {
    static IN_AREA: Cell<bool> = const { Cell::new(false) };
    static ENTROPY_LEFT: Cell<u32> = const { Cell::new(u32::MAX) };
    static HOOK: RefCell<Option<std::rc::Rc<Hook>>> = const { RefCell::new(None) };
    static AREA_HOOK: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
    static LEAVE_HOOK: Cell<Option<Box<dyn Fn()>>> = const { Cell::new(None) };
    static ENTER_HOOK: Cell<Option<Box<dyn Fn()>>> = const { Cell::new(None) };
    static ENTROPY_HOOK: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

fn assert_outside_area(what: &str) {
    if IN_AREA.get() {
        eprintln!("{what} was called inside the exclusive area");
        std::process::abort();
    }
}

#[no_mangle]
extern "C" fn SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0() {
    assert_outside_area("SchM_Enter");
    if let Some(hook) = ENTER_HOOK.take() {
        hook();
    }
    while AREA.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
        std::thread::yield_now();
    }
    IN_AREA.set(true);
}

#[no_mangle]
extern "C" fn SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0() {
    AREA_HOOK.with_borrow(|hook| hook.as_ref().map(|hook| hook()));
    IN_AREA.set(false);
    AREA.store(false, Ordering::Release);
    if let Some(hook) = LEAVE_HOOK.take() {
        hook();
    }
}

#[no_mangle]
extern "C" fn Det_ReportError(module: u16, instance: u8, service: u8, error: u8) -> u8 {
    assert_outside_area("Det_ReportError");
    assert_eq!(module, CRYPTO_MODULE_ID);
    REPORTS.lock().unwrap().push((instance, Reported::Development(service, error)));
    E_OK
}

#[no_mangle]
extern "C" fn Det_ReportRuntimeError(module: u16, instance: u8, service: u8, error: u8) -> u8 {
    assert_outside_area("Det_ReportRuntimeError");
    assert_eq!(module, CRYPTO_MODULE_ID);
    REPORTS.lock().unwrap().push((instance, Reported::Runtime(service, error)));
    E_OK
}

#[no_mangle]
extern "C" fn CryIf_CallbackNotification(job: *mut Crypto_JobType, result: u8) {
    assert_outside_area("CryIf_CallbackNotification");
    CALLBACKS.lock().unwrap().get_or_insert_with(HashMap::new).entry(job as usize).or_default().push(result);
    let hook = HOOK.with_borrow(|hook| hook.clone());
    if let Some(hook) = hook {
        hook(job, result);
    }
}

#[no_mangle]
unsafe extern "C" fn Crypto_EntropyCallout(data: *mut u8, length: u32) -> u8 {
    assert_outside_area("Crypto_EntropyCallout");
    ENTROPY_HOOK.with_borrow(|hook| hook.as_ref().map(|hook| hook()));
    let given = length.min(ENTROPY_LEFT.get());
    for index in 0..given {
        unsafe { data.add(index as usize).write(index as u8 ^ 0x5C) };
    }
    if given == length {
        E_OK
    } else {
        E_NOT_OK
    }
}

/// The callout gives so many bytes in each call of this thread.
pub fn set_entropy(bytes: u32) {
    ENTROPY_LEFT.set(bytes);
}

/// Called while a job of this thread computes: from the entropy callout.
pub fn while_drawing(hook: impl Fn() + 'static) {
    ENTROPY_HOOK.set(Some(Box::new(hook)));
}

/// Called once, before this thread enters the exclusive area.
pub fn before_next_area(hook: impl Fn() + 'static) {
    ENTER_HOOK.set(Some(Box::new(hook)));
}

/// Called once, when this thread has left the exclusive area.
pub fn after_next_area(hook: impl Fn() + 'static) {
    LEAVE_HOOK.set(Some(Box::new(hook)));
}

/// Called at the end of each exclusive area of this thread.
pub fn at_end_of_area(hook: impl Fn() + 'static) {
    AREA_HOOK.set(Some(Box::new(hook)));
}

/// Called with each callback on this thread.
pub fn on_callback(hook: impl Fn(*mut Crypto_JobType, u8) + 'static) {
    HOOK.set(Some(std::rc::Rc::new(Box::new(hook))));
}

/// Memory for `bytes`, aligned as a pointer and not more.
fn poorly_aligned(bytes: usize) -> *mut u8 {
    let words: &mut [u64] = vec![0u64; bytes / 8 + 4].leak();
    let start = words.as_mut_ptr().cast::<u8>();
    let to_16 = start as usize % 16;
    start.wrapping_add(if to_16 == 8 { 0 } else { 8 })
}

pub fn leak<T: Clone>(values: &[T]) -> *mut T {
    values.to_vec().leak().as_mut_ptr()
}

/// One element of a key under construction.
#[derive(Clone)]
pub struct ElementSpec {
    pub id: u32,
    pub size: u32,
    pub init: Vec<u8>,
    pub read: u8,
    pub write: u8,
    pub partial: bool,
    pub format: u8,
}

impl ElementSpec {
    pub fn new(id: u32, size: u32) -> Self {
        Self {
            id,
            size,
            init: vec![],
            read: CRYPTO_SOFT_RA_ALLOWED,
            write: CRYPTO_SOFT_WA_ALLOWED,
            partial: false,
            format: CRYPTO_KE_FORMAT_BIN_OCTET,
        }
    }

    pub fn partial(mut self) -> Self {
        self.partial = true;
        self
    }

    pub fn format(mut self, format: u8) -> Self {
        self.format = format;
        self
    }

    pub fn init(mut self, value: &[u8]) -> Self {
        self.init = value.to_vec();
        self
    }

    pub fn access(mut self, read: u8, write: u8) -> Self {
        (self.read, self.write) = (read, write);
        self
    }
}

/// A key under construction.
pub struct KeySpec {
    pub elements: Vec<ElementSpec>,
    pub form: u8,
    pub usages: Vec<CryptoSoft_PrimitiveConfigType>,
}

/// An instance under construction.
pub struct Builder {
    pub objects: Vec<(u32, Vec<CryptoSoft_PrimitiveConfigType>)>,
    pub keys: Vec<KeySpec>,
    pub tolerate_empty: bool,
    pub mac_in_bytes: bool,
}

impl Builder {
    pub fn new() -> Self {
        Self { objects: vec![], keys: vec![], tolerate_empty: false, mac_in_bytes: false }
    }

    /// An object that serves everything.
    pub fn object(mut self, queue: u32) -> Self {
        self.objects.push((queue, all_primitives()));
        self
    }

    pub fn key(mut self, form: u8, elements: &[ElementSpec]) -> Self {
        self.keys.push(KeySpec { elements: elements.to_vec(), form, usages: all_primitives() });
        self
    }

    /// The last key may be used by these alone.
    pub fn usages(mut self, usages: &[CryptoSoft_PrimitiveConfigType]) -> Self {
        self.keys.last_mut().expect("a key").usages = usages.to_vec();
        self
    }

    /// Builds the tables, without Init.
    pub fn build(self) -> Driver {
        let slots: u32 = self.objects.iter().map(|(queue, _)| queue).sum();
        let mut first_slot = 0;
        let objects: Vec<_> = self
            .objects
            .iter()
            .map(|(queue, primitives)| {
                let config = CryptoSoft_ObjectConfigType {
                    primitives: leak(primitives),
                    primitiveCount: primitives.len() as u32,
                    queueSize: *queue,
                    firstSlot: first_slot,
                };
                first_slot += queue;
                config
            })
            .collect();
        let keys: Vec<_> = self.keys.iter().map(|key| key_config(&key.elements, key.form, &key.usages)).collect();
        let id = NEXT_INSTANCE.fetch_add(1, Ordering::Relaxed);
        assert!(id < 256, "instance ids tell the tests of one program apart");
        let instance = Box::leak(Box::new(CryptoSoft_InstanceType {
            magic: V2GCRYPT_CONFIG_MAGIC,
            instanceSize: size_of::<CryptoSoft_InstanceType>() as u32,
            keyRamSize: size_of::<CryptoSoft_KeyRamType>() as u32,
            objectRamSize: size_of::<CryptoSoft_ObjectRamType>() as u32,
            instanceId: id,
            objectCount: objects.len() as u32,
            keyCount: keys.len() as u32,
            slotCount: slots,
            objects: leak(&objects),
            keys: leak(&keys),
            ram: poorly_aligned(size_of::<CryptoSoft_InstanceRamType>()).cast(),
            objectRam: poorly_aligned(objects.len() * size_of::<CryptoSoft_ObjectRamType>()).cast(),
            keyRam: poorly_aligned(keys.len() * size_of::<CryptoSoft_KeyRamType>()).cast(),
            queueRam: poorly_aligned(slots as usize * size_of::<CryptoSoft_SlotRamType>()).cast(),
            nvBlockCount: 0,
            nvBlocks: null(),
            nvBlockRam: std::ptr::null_mut(),
            nvM: null(),
            devErrorDetect: 1,
            tolerateEmptyInput: self.tolerate_empty.into(),
            macLengthInBytes: self.mac_in_bytes.into(),
            abi: null(),
        }));
        Driver { instance }
    }

    /// Builds and initialises.
    pub fn start(self) -> Driver {
        let driver = self.build();
        driver.init();
        assert_eq!(driver.reports(), []);
        driver
    }
}

fn key_config(elements: &[ElementSpec], form: u8, usages: &[CryptoSoft_PrimitiveConfigType]) -> CryptoSoft_KeyConfigType {
    let mut offset = 0;
    let configs: Vec<_> = elements
        .iter()
        .map(|element| {
            let config = CryptoSoft_KeyElementConfigType {
                keyElementId: element.id,
                size: element.size,
                offset,
                initValue: if element.init.is_empty() { null() } else { leak(&element.init) },
                initLength: element.init.len() as u32,
                format: element.format,
                readAccess: element.read,
                writeAccess: element.write,
                allowPartialAccess: element.partial.into(),
                persist: 0,
            };
            offset += element.size;
            config
        })
        .collect();
    CryptoSoft_KeyConfigType {
        elements: leak(&configs),
        elementCount: configs.len() as u32,
        data: leak(&vec![0u8; offset as usize]),
        dataSize: offset,
        elementLengths: leak(&vec![0u32; configs.len()]),
        preparedForm: form,
        usages: leak(usages),
        usageCount: usages.len() as u32,
        nvBlock: CRYPTO_SOFT_NO_NV_BLOCK,
    }
}

/// An instance.
#[derive(Clone, Copy)]
pub struct Driver {
    pub instance: *mut CryptoSoft_InstanceType,
}

unsafe impl Send for Driver {}
unsafe impl Sync for Driver {}

impl Driver {
    pub fn init(&self) {
        unsafe { V2gcrypt_CryptoSoft_Init(self.instance, null()) }
    }

    pub fn process(&self, object: u32, job: Job) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_ProcessJob(self.instance, object, job.record) }
    }

    pub fn cancel(&self, object: u32, job: Job) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_CancelJob(self.instance, object, job.record) }
    }

    pub fn set(&self, key: u32, element: u32, value: &[u8]) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyElementSet(self.instance, key, element, value.as_ptr(), value.len() as u32) }
    }

    pub fn get(&self, key: u32, element: u32, room: u32) -> (u8, Vec<u8>) {
        let mut result = vec![UNTOUCHED; room as usize + 1];
        let mut length = room;
        let code = unsafe { V2gcrypt_CryptoSoft_KeyElementGet(self.instance, key, element, result.as_mut_ptr(), &mut length) };
        let written = if code == E_OK { length as usize } else { 0 };
        assert!(code == E_OK || length == room, "the length is written on success only");
        assert!(result[written..].iter().all(|&byte| byte == UNTOUCHED), "no more is written than told");
        result.truncate(written);
        (code, result)
    }

    pub fn set_valid(&self, key: u32) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeySetValid(self.instance, key) }
    }

    pub fn set_invalid(&self, key: u32) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeySetInvalid(self.instance, key) }
    }

    pub fn is_valid(&self, key: u32) -> bool {
        let mut status = UNTOUCHED;
        assert_eq!(unsafe { V2gcrypt_CryptoSoft_KeyGetStatus(self.instance, key, &mut status) }, E_OK);
        assert!(matches!(status, CRYPTO_KEYSTATUS_VALID | CRYPTO_KEYSTATUS_INVALID));
        status == CRYPTO_KEYSTATUS_VALID
    }

    /// Writes element 1 and makes the key valid.
    pub fn load(&self, key: u32, value: &[u8]) {
        assert_eq!(self.set(key, 1, value), E_OK);
        assert_eq!(self.set_valid(key), E_OK);
        assert!(self.is_valid(key));
    }

    pub fn main_function(&self) {
        unsafe { V2gcrypt_CryptoSoft_MainFunction(self.instance) }
    }

    pub fn background(&self) {
        unsafe { V2gcrypt_CryptoSoft_MainFunctionBackground(self.instance) }
    }

    pub fn both_main_functions(&self) {
        self.main_function();
        self.background();
    }

    /// What Det has heard of this instance since the last call.
    pub fn reports(&self) -> Vec<Reported> {
        reports_of(unsafe { (*self.instance).instanceId as u8 })
    }

    pub fn development(&self, service: u8) -> Vec<u8> {
        let reports = self.reports();
        reports
            .iter()
            .map(|report| match report {
                Reported::Development(from, error) if *from == service => *error,
                other => panic!("{other:?} is not a development error of service {service:#x}"),
            })
            .collect()
    }
}

/// What Det has heard with instance id 0, of no instance in particular.
pub fn reports_without_instance() -> Vec<Reported> {
    reports_of(0)
}

/// What Det has heard with this instance id since the last call.
pub fn reports_of(id: u8) -> Vec<Reported> {
    let mut reports = REPORTS.lock().unwrap();
    let ours = reports.iter().filter(|(instance, _)| *instance == id).map(|(_, report)| *report).collect();
    reports.retain(|(instance, _)| *instance != id);
    ours
}

/// A job record with its own buffers. Everything it points to is leaked, so that pointers stay good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    pub record: *mut Crypto_JobType,
}

unsafe impl Send for Job {}
unsafe impl Sync for Job {}

pub const NO_KEY: u32 = 0xFFFF_FFFF;

impl Job {
    pub fn new(primitive: Crypto_PrimitiveInfoType, processing: Crypto_ProcessingType, key: u32) -> Self {
        let info = leak(&[Crypto_JobPrimitiveInfoType {
            callbackId: 0,
            primitiveInfo: leak(&[primitive]),
            cryIfKeyId: key,
            processingType: processing,
        }]);
        let io = Crypto_JobPrimitiveInputOutputType {
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
            mode: SINGLECALL,
            cryIfKeyId: 0,
            targetCryIfKeyId: 0,
        };
        let record = leak(&[Crypto_JobType {
            jobId: 0,
            jobState: CRYPTO_JOBSTATE_IDLE,
            jobPrimitiveInputOutput: io,
            jobPrimitiveInfo: info,
            jobRedirectionInfoRef: null_mut(),
            cryptoKeyId: key,
            targetCryptoKeyId: NO_KEY,
            jobPriority: 0,
        }]);
        Self { record }
    }

    pub fn io(self) -> &'static mut Crypto_JobPrimitiveInputOutputType {
        unsafe { &mut *addr_of_mut!((*self.record).jobPrimitiveInputOutput) }
    }

    pub fn mode(self, mode: u8) -> Self {
        self.io().mode = mode;
        self
    }

    pub fn priority(self, priority: u32) -> Self {
        unsafe { (*self.record).jobPriority = priority };
        self
    }

    pub fn input(self, bytes: &[u8]) -> Self {
        self.io().inputPtr = leak(bytes);
        self.io().inputLength = bytes.len() as u32;
        self
    }

    /// A signature, or a MAC with its length in bits.
    pub fn secondary(self, bytes: &[u8], length: u32) -> Self {
        self.io().secondaryInputPtr = leak(bytes);
        self.io().secondaryInputLength = length;
        self
    }

    /// Room for the result, and one byte more that must stay.
    pub fn output(self, room: u32) -> Self {
        self.io().outputPtr = leak(&vec![UNTOUCHED; room as usize + 1]);
        self.io().outputLengthPtr = leak(&[room]);
        self
    }

    pub fn verify(self) -> Self {
        self.io().verifyPtr = leak(&[UNTOUCHED]);
        self
    }

    pub fn room(self) -> u32 {
        unsafe { self.io().outputLengthPtr.read() }
    }

    /// The result, as long as the job told.
    pub fn result(self) -> Vec<u8> {
        unsafe { std::slice::from_raw_parts(self.io().outputPtr, self.room() as usize) }.to_vec()
    }

    pub fn verified(self) -> u8 {
        unsafe { self.io().verifyPtr.read() }
    }

    pub fn is_active(self) -> bool {
        unsafe { addr_of!((*self.record).jobState).read() == CRYPTO_JOBSTATE_ACTIVE }
    }

    /// Nothing has been written to the output of `room` bytes, to its length, or to the verification result.
    pub fn is_untouched(self, room: u32) -> bool {
        let io = self.io();
        let output = io.outputPtr.is_null()
            || unsafe { std::slice::from_raw_parts(io.outputPtr, room as usize + 1) }.iter().all(|&byte| byte == UNTOUCHED);
        let length = io.outputLengthPtr.is_null() || self.room() == room;
        let verify = io.verifyPtr.is_null() || self.verified() == UNTOUCHED;
        output && length && verify
    }

    /// The results that callbacks have brought since the last call.
    pub fn callbacks(self) -> Vec<u8> {
        let mut callbacks = CALLBACKS.lock().unwrap();
        callbacks.get_or_insert_with(HashMap::new).remove(&(self.record as usize)).unwrap_or_default()
    }
}

pub const SYNC: Enumeration = CRYPTO_PROCESSING_SYNC;
pub const ASYNC: Enumeration = CRYPTO_PROCESSING_ASYNC;

pub fn primitive(
    service: Enumeration,
    family: Enumeration,
    mode: Enumeration,
    secondary: Enumeration,
    key_bits: u32,
) -> Crypto_PrimitiveInfoType {
    Crypto_PrimitiveInfoType {
        service,
        algorithm: Crypto_AlgorithmInfoType { family, secondaryFamily: secondary, keyLength: key_bits, mode },
    }
}

pub fn sha256() -> Crypto_PrimitiveInfoType {
    primitive(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0)
}

pub fn cmac(service: Enumeration) -> Crypto_PrimitiveInfoType {
    primitive(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_NOT_SET, 128)
}

pub fn hmac256(service: Enumeration) -> Crypto_PrimitiveInfoType {
    primitive(service, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOMODE_HMAC, CRYPTO_ALGOFAM_NOT_SET, 0)
}

pub fn ecdsa(service: Enumeration) -> Crypto_PrimitiveInfoType {
    primitive(service, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_SHA2_256, 256)
}

pub fn random() -> Crypto_PrimitiveInfoType {
    primitive(CRYPTO_RANDOMGENERATE, CRYPTO_ALGOFAM_RNG, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0)
}

/// Everything that the driver can do, and a service that it cannot.
pub fn all_primitives() -> Vec<CryptoSoft_PrimitiveConfigType> {
    let not_set = CRYPTO_ALGOFAM_NOT_SET;
    let mut all = vec![];
    let mut add = |service, family, mode, secondary| {
        all.push(CryptoSoft_PrimitiveConfigType { service, family, mode, secondaryFamily: secondary });
    };
    for family in CRYPTO_ALGOFAM_SHA1..=CRYPTO_ALGOFAM_SHA2_512_256 {
        add(CRYPTO_HASH, family, CRYPTO_ALGOMODE_NOT_SET, not_set);
    }
    for service in [CRYPTO_MACGENERATE, CRYPTO_MACVERIFY] {
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, not_set);
        for hash in [CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_ALGOFAM_SHA2_512] {
            for (family, secondary) in [(hash, not_set), (not_set, hash), (hash, hash)] {
                add(service, family, CRYPTO_ALGOMODE_HMAC, secondary);
            }
        }
    }
    for service in [CRYPTO_MACGENERATE, CRYPTO_MACVERIFY] {
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GMAC, not_set);
    }
    for service in [CRYPTO_SIGNATUREGENERATE, CRYPTO_SIGNATUREVERIFY] {
        for family in [CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_ECDSA] {
            for hash in [CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_ALGOFAM_SHA2_512] {
                add(service, family, CRYPTO_ALGOMODE_NOT_SET, hash);
            }
        }
        add(service, CRYPTO_ALGOFAM_ED25519, CRYPTO_ALGOMODE_NOT_SET, not_set);
    }
    for service in [CRYPTO_ENCRYPT, CRYPTO_DECRYPT] {
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CBC, not_set);
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_PADDING_PKCS7);
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CTR, not_set);
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_ECB, not_set);
    }
    for service in [CRYPTO_AEADENCRYPT, CRYPTO_AEADDECRYPT] {
        add(service, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GCM, not_set);
        for mode in [CRYPTO_ALGOMODE_20ROUNDS, CRYPTO_ALGOMODE_NOT_SET] {
            add(service, CRYPTO_ALGOFAM_CHACHA, mode, CRYPTO_ALGOFAM_POLY1305);
        }
    }
    for service in [CRYPTO_RANDOMGENERATE, CRYPTO_RANDOMSEED] {
        add(service, CRYPTO_ALGOFAM_RNG, CRYPTO_ALGOMODE_NOT_SET, not_set);
        add(service, CRYPTO_ALGOFAM_DRBG, CRYPTO_ALGOMODE_NOT_SET, not_set);
        add(service, CRYPTO_ALGOFAM_DRBG, CRYPTO_ALGOMODE_CTRDRBG, not_set);
    }
    let mut plain = |service, families: &[Enumeration], hashes: &[Enumeration]| {
        for family in families {
            for hash in hashes {
                add(service, *family, CRYPTO_ALGOMODE_NOT_SET, *hash);
            }
        }
    };
    let sha2 = [CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_ALGOFAM_SHA2_512];
    let curves = [CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_ECDSA, CRYPTO_ALGOFAM_ECDH, CRYPTO_ALGOFAM_X25519];
    plain(CRYPTO_KEYSETVALID, &[not_set], &[not_set]);
    plain(CRYPTO_KEYSETINVALID, &[not_set], &[not_set]);
    plain(CRYPTO_KEYGENERATE, &[not_set, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOFAM_CHACHA, CRYPTO_ALGOFAM_ED25519], &[not_set]);
    plain(CRYPTO_KEYGENERATE, &sha2, &[not_set]);
    plain(CRYPTO_KEYGENERATE, &curves, &[not_set]);
    for service in [CRYPTO_KEYEXCHANGECALCPUBVAL, CRYPTO_KEYEXCHANGECALCSECRET] {
        plain(service, &[not_set], &[not_set]);
        plain(service, &curves, &[not_set]);
    }
    let derivations = [
        not_set,
        CRYPTO_ALGOFAM_HKDF,
        CRYPTO_ALGOFAM_KDFX963,
        CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF,
        CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF,
    ];
    plain(CRYPTO_KEYDERIVE, &derivations, &[not_set]);
    plain(CRYPTO_KEYDERIVE, &derivations, &sha2);
    let editions = [CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20];
    plain(CRYPTO_CUSTOM_SERVICE, &editions, &[not_set]);
    all
}

pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// RFC 6979 A.2.5.
pub const PRIVATE_KEY: &str = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
pub const PUBLIC_KEY: &str = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6\
                              7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";
/// RFC 4493.
pub const AES_KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
pub const CMAC_MESSAGE: &str = "6bc1bee22e409f96e93d7e117393172a";
pub const CMAC_TAG: &str = "070a16b46b4d4144f79bdd9dd04a287c";

/// Keys of the usual driver.
pub const KEY_AES: u32 = 0;
pub const KEY_HMAC: u32 = 1;
pub const KEY_SIGN: u32 = 2;
pub const KEY_VERIFY: u32 = 3;
pub const KEY_EMPTY_TYPE: u32 = 4;
pub const KEY_UNPREPARED: u32 = 5;

/// Two objects with `queue` slots each, and a key for each algorithm, loaded and valid but for the last two.
pub fn usual(queue: u32) -> Driver {
    let driver = Builder::new()
        .object(queue)
        .object(queue)
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 32).partial()])
        .key(CRYPTO_SOFT_FORM_HMAC_SHA256, &[ElementSpec::new(1, 128).partial()])
        .key(CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, &[ElementSpec::new(1, 32).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED)])
        .key(CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY, &[ElementSpec::new(1, 65)])
        .key(CRYPTO_SOFT_FORM_NONE, &[ElementSpec::new(1000, 4)])
        .key(CRYPTO_SOFT_FORM_NONE, &[ElementSpec::new(1, 128).partial(), ElementSpec::new(29, 4)])
        .start();
    driver.load(KEY_AES, &hex(AES_KEY));
    driver.load(KEY_HMAC, b"a key of any length");
    driver.load(KEY_SIGN, &hex(PRIVATE_KEY));
    driver.load(KEY_VERIFY, &hex(PUBLIC_KEY));
    driver
}

/// A job that hashes `message` with SHA-256.
pub fn hash_job(processing: Enumeration, message: &[u8]) -> Job {
    Job::new(sha256(), processing, NO_KEY).input(message).output(32)
}

/// A random job, which calls `while_drawing` while it computes.
pub fn random_job(processing: Enumeration, length: u32) -> Job {
    Job::new(random(), processing, NO_KEY).output(length)
}

/// SHA-256, by the engine itself.
pub fn sha256_of(message: &[u8]) -> Vec<u8> {
    v2gcrypt_primitives::digest(v2gcrypt_primitives::HashAlgorithm::Sha256, message).as_bytes().to_vec()
}
