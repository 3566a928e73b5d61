//! What stands around CryIf in these tests: Det and Csm that remember, two drivers whose calls are recorded, and one that can do
//! nothing.
#![allow(dead_code, unsafe_code, non_snake_case, clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]

use std::collections::BTreeMap;
use std::ptr::{addr_of, null};
use std::sync::{Mutex, MutexGuard};
use v2gcrypt_cryif::config::*;
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_types::*;

/// A call that a driver or Csm got: whose, what, and its numbers; pointers count as numbers.
pub type Call = (char, &'static str, Vec<usize>);

/// What everybody remembers.
pub struct World {
    pub calls: Vec<Call>,
    /// Service and error.
    pub reports: Vec<(u8, u8)>,
    /// What drivers answer instead of `E_OK`.
    pub answer: Std_ReturnType,
    /// By driver, key and element.
    pub elements: BTreeMap<(char, u32, u32), Vec<u8>>,
}

pub static WORLD: Mutex<World> = Mutex::new(World { calls: vec![], reports: vec![], answer: E_OK, elements: BTreeMap::new() });
static SERIAL: Mutex<()> = Mutex::new(());

pub fn world() -> MutexGuard<'static, World> {
    WORLD.lock().unwrap()
}

/// Tests take turns: CryIf is one in a process.
pub fn serial() -> MutexGuard<'static, ()> {
    SERIAL.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

pub fn calls() -> Vec<Call> {
    std::mem::take(&mut world().calls)
}

pub fn reports() -> Vec<(u8, u8)> {
    std::mem::take(&mut world().reports)
}

/// An element whose driver says that it wrote more than there was room for.
pub const OVERSTATED: u32 = 99;

fn called(driver: char, name: &'static str, numbers: &[usize]) -> Std_ReturnType {
    let mut world = world();
    world.calls.push((driver, name, numbers.to_vec()));
    world.answer
}

#[no_mangle]
extern "C" fn Det_ReportError(module: u16, instance: u8, service: u8, error: u8) -> u8 {
    assert_eq!((module, instance), (CRYIF_MODULE_ID, 0));
    world().reports.push((service, error));
    E_OK
}

#[no_mangle]
extern "C" fn Csm_CallbackNotification(job: *mut Crypto_JobType, result: u8) {
    called('c', "callback", &[job as usize, result.into()]);
}

#[repr(transparent)]
/// A configuration that is a symbol.
pub struct Linked(CryIf_ConfigType);
unsafe impl Sync for Linked {}

/// The linked configuration: nothing.
#[no_mangle]
pub static CryIf_Config: Linked = Linked(CryIf_ConfigType {
    magic: V2GCRYPT_CONFIG_MAGIC,
    configSize: size_of::<CryIf_ConfigType>() as u32,
    driverSize: size_of::<CryIf_DriverType>() as u32,
    channelCount: 0,
    keyCount: 0,
    channels: null(),
    keys: null(),
    devErrorDetect: 1,
    abi: null(),
});

/// The linked configuration, to be changed and started.
pub fn linked() -> CryIf_ConfigType {
    unsafe { addr_of!(CryIf_Config.0).read() }
}

/// Records a call with all its arguments.
macro_rules! recorded {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {
        $(unsafe extern "C" fn $name<const DRIVER: char>($($argument: $type),*) -> Std_ReturnType {
            called(DRIVER, stringify!($name), &[$($argument as usize),*])
        })*
    };
}

recorded! {
    process(object: u32, job: *mut Crypto_JobType);
    cancel(object: u32, job: *mut Crypto_JobType);
    set_valid(key: u32);
    set_invalid(key: u32);
    status(key: u32, status: *mut u8);
    copy(key: u32, element: u32, target: u32, target_element: u32);
    copy_part(key: u32, element: u32, from: u32, to: u32, length: u32, target: u32, target_element: u32);
    copy_key(key: u32, target: u32);
    seed(key: u32, seed: *const u8, length: u32);
    generate(key: u32);
    derive(key: u32, target: u32);
    public_value(key: u32, value: *mut u8, length: *mut u32);
    secret(key: u32, value: *const u8, length: u32);
    custom(
        dispatch: u32, key: u32, element: u32, target: u32, target_element: u32, input: *const u8, input_length: u32,
        output: *mut u8, output_length: *mut u32, secondary: *mut u8, secondary_length: *mut u32
    );
}

unsafe extern "C" fn set<const DRIVER: char>(key: u32, element: u32, bytes: *const u8, length: u32) -> Std_ReturnType {
    let code = called(DRIVER, "set", &[key as usize, element as usize, length as usize]);
    if code == E_OK {
        let bytes = unsafe { std::slice::from_raw_parts(bytes, length as usize) };
        world().elements.insert((DRIVER, key, element), bytes.to_vec());
    }
    code
}

unsafe extern "C" fn get<const DRIVER: char>(key: u32, element: u32, bytes: *mut u8, length: *mut u32) -> Std_ReturnType {
    let room = unsafe { length.read() };
    let code = called(DRIVER, "get", &[key as usize, element as usize, room as usize]);
    if code != E_OK {
        return code;
    }
    if element == OVERSTATED {
        unsafe { length.write(room + 1) };
        return E_OK;
    }
    let Some(stored) = world().elements.get(&(DRIVER, key, element)).cloned() else { return CRYPTO_E_KEY_EMPTY };
    if stored.len() > room as usize {
        return E_NOT_OK;
    }
    unsafe {
        std::slice::from_raw_parts_mut(bytes, stored.len()).copy_from_slice(&stored);
        length.write(stored.len() as u32);
    }
    E_OK
}

fn driver<const DRIVER: char>() -> CryIf_DriverType {
    CryIf_DriverType {
        processJob: Some(process::<DRIVER>),
        cancelJob: Some(cancel::<DRIVER>),
        keyElementSet: Some(set::<DRIVER>),
        keyElementGet: Some(get::<DRIVER>),
        keySetValid: Some(set_valid::<DRIVER>),
        keySetInvalid: Some(set_invalid::<DRIVER>),
        keyGetStatus: Some(status::<DRIVER>),
        keyElementCopy: Some(copy::<DRIVER>),
        keyElementCopyPartial: Some(copy_part::<DRIVER>),
        keyCopy: Some(copy_key::<DRIVER>),
        randomSeed: Some(seed::<DRIVER>),
        keyGenerate: Some(generate::<DRIVER>),
        keyDerive: Some(derive::<DRIVER>),
        keyExchangeCalcPubVal: Some(public_value::<DRIVER>),
        keyExchangeCalcSecret: Some(secret::<DRIVER>),
        customSync: Some(custom::<DRIVER>),
    }
}

/// Starts CryIf over the drivers `a`, `b`, and one without any function. Each has one channel, `CHANNELS`, and two keys, `KEYS`.
pub fn start(devErrorDetect: u8) -> MutexGuard<'static, ()> {
    let serial = serial();
    *world() = World { calls: vec![], reports: vec![], answer: E_OK, elements: BTreeMap::new() };
    let drivers: &[_] = vec![driver::<'a'>(), driver::<'b'>(), CryIf_DriverType::default()].leak();
    let channels: Vec<_> = (5..).zip(drivers).map(|(objectId, driver)| CryIf_ChannelConfigType { driver, objectId }).collect();
    let keys: Vec<_> = [10, 11, 20, 21, 30, 31]
        .into_iter()
        .map(|cryptoKeyId| CryIf_KeyConfigType { driver: &drivers[cryptoKeyId as usize / 10 - 1], cryptoKeyId })
        .collect();
    let config = CryIf_ConfigType {
        channelCount: channels.len() as u32,
        keyCount: keys.len() as u32,
        channels: channels.leak().as_ptr(),
        keys: keys.leak().as_ptr(),
        devErrorDetect,
        ..linked()
    };
    unsafe { CryIf_Init(Box::leak(Box::new(config))) };
    assert_eq!(reports(), []);
    serial
}

/// An error, and a call for a key that gives it.
type Refusal = (u8, Box<dyn Fn(u32) -> Std_ReturnType>);

/// A service of CryIf with sound arguments: its id, the name of the driver's function, and a call for two keys.
pub struct Service {
    pub id: u8,
    pub name: &'static str,
    pub call: Box<dyn Fn(u32, u32) -> Std_ReturnType>,
    pub two_keys: bool,
    /// Calls with a null pointer in each place, and with a length of 0.
    pub refusals: Vec<Refusal>,
}

fn service(id: u8, name: &'static str, two_keys: bool, call: impl Fn(u32, u32) -> Std_ReturnType + 'static) -> Service {
    Service { id, name, call: Box::new(call), two_keys, refusals: vec![] }
}

impl Service {
    fn refuses(mut self, error: u8, call: impl Fn(u32) -> Std_ReturnType + 'static) -> Self {
        self.refusals.push((error, Box::new(call)));
        self
    }
}

/// Every service for keys.
pub fn services() -> Vec<Service> {
    use std::ptr::null_mut;
    let bytes: &'static [u8] = &[7; 4];
    let room: *mut u8 = vec![0u8; 4].leak().as_mut_ptr();
    let length: *mut u32 = Box::leak(Box::new(4));
    let zero: *mut u32 = Box::leak(Box::new(0));
    let input = bytes.as_ptr();
    unsafe {
        vec![
            service(CRYIF_SID_KEYELEMENTSET, "set", false, move |key, _| CryIf_KeyElementSet(key, 1, input, 4))
                .refuses(CRYIF_E_PARAM_POINTER, |key| CryIf_KeyElementSet(key, 1, null(), 4))
                .refuses(CRYIF_E_PARAM_VALUE, move |key| CryIf_KeyElementSet(key, 1, input, 0)),
            service(CRYIF_SID_KEYELEMENTGET, "get", false, move |key, _| {
                world().elements.insert(('a', 10, 1), vec![1; 4]);
                length.write(4);
                CryIf_KeyElementGet(key, 1, room, length)
            })
            .refuses(CRYIF_E_PARAM_POINTER, move |key| CryIf_KeyElementGet(key, 1, null_mut(), length))
            .refuses(CRYIF_E_PARAM_POINTER, move |key| CryIf_KeyElementGet(key, 1, room, null_mut()))
            .refuses(CRYIF_E_PARAM_VALUE, move |key| CryIf_KeyElementGet(key, 1, room, zero)),
            service(CRYIF_SID_KEYSETVALID, "set_valid", false, |key, _| CryIf_KeySetValid(key)),
            service(CRYIF_SID_KEYSETINVALID, "set_invalid", false, |key, _| CryIf_KeySetInvalid(key)),
            service(CRYIF_SID_KEYGETSTATUS, "status", false, move |key, _| CryIf_KeyGetStatus(key, room))
                .refuses(CRYIF_E_PARAM_POINTER, |key| CryIf_KeyGetStatus(key, null_mut())),
            service(CRYIF_SID_RANDOMSEED, "seed", false, move |key, _| CryIf_RandomSeed(key, input, 4))
                .refuses(CRYIF_E_PARAM_POINTER, |key| CryIf_RandomSeed(key, null(), 4))
                .refuses(CRYIF_E_PARAM_VALUE, move |key| CryIf_RandomSeed(key, input, 0)),
            service(CRYIF_SID_KEYGENERATE, "generate", false, |key, _| CryIf_KeyGenerate(key)),
            service(CRYIF_SID_KEYEXCHANGECALCPUBVAL, "public_value", false, move |key, _| {
                CryIf_KeyExchangeCalcPubVal(key, room, length)
            })
            .refuses(CRYIF_E_PARAM_POINTER, move |key| CryIf_KeyExchangeCalcPubVal(key, null_mut(), length))
            .refuses(CRYIF_E_PARAM_POINTER, move |key| CryIf_KeyExchangeCalcPubVal(key, room, null_mut()))
            .refuses(CRYIF_E_PARAM_VALUE, move |key| CryIf_KeyExchangeCalcPubVal(key, room, zero)),
            service(CRYIF_SID_KEYEXCHANGECALCSECRET, "secret", false, move |key, _| CryIf_KeyExchangeCalcSecret(key, input, 4))
                .refuses(CRYIF_E_PARAM_POINTER, |key| CryIf_KeyExchangeCalcSecret(key, null(), 4))
                .refuses(CRYIF_E_PARAM_VALUE, move |key| CryIf_KeyExchangeCalcSecret(key, input, 0)),
            service(CRYIF_SID_KEYELEMENTCOPY, "copy", true, |key, target| CryIf_KeyElementCopy(key, 1, target, 2)),
            service(CRYIF_SID_KEYELEMENTCOPYPARTIAL, "copy_part", true, |key, target| {
                CryIf_KeyElementCopyPartial(key, 1, 3, 4, 5, target, 2)
            }),
            service(CRYIF_SID_KEYCOPY, "copy_key", true, |key, target| CryIf_KeyCopy(key, target)),
            service(CRYIF_SID_KEYDERIVE, "derive", true, |key, target| CryIf_KeyDerive(key, target)),
            service(CRYIF_SID_CUSTOMSYNC, "custom", true, custom_sync),
        ]
    }
}

/// Each of the other arguments has a number of its own.
pub fn custom_sync(key: u32, target: u32) -> Std_ReturnType {
    let at = |address: usize| address as *mut u8;
    unsafe { CryIf_CustomSync(40, key, 41, target, 42, at(43), 44, at(45), at(48).cast(), at(47), at(52).cast()) }
}
