//! The C interface of CryIf: checks what comes from C, looks up the tables, calls the driver.
//!
//! Common to all functions: a development error is reported to Det, `E_NOT_OK` is returned and nothing is written. Errors are
//! looked for in this order: not initialised, ids, pointers, lengths. A driver without the function that a call needs gives
//! `E_NOT_OK` without a report.
#![allow(unsafe_code)]

mod keys;
mod two_keys;

pub use keys::*;
pub use two_keys::*;

use core::mem::{align_of, size_of};
use core::ptr::{addr_of, addr_of_mut, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

use v2gcrypt_types::*;

use crate::config::*;
use crate::route::{map_key, KeySource, Mapped, NO_KEY};

numbers! {
    /// Development errors.
    table DET_ERRORS for uint8 {
        CRYIF_E_UNINIT = 0x00;
        CRYIF_E_INIT_FAILED = 0x01;
        CRYIF_E_PARAM_POINTER = 0x02;
        CRYIF_E_PARAM_HANDLE = 0x03;
        CRYIF_E_PARAM_VALUE = 0x04;
        CRYIF_E_KEY_SIZE_MISMATCH = 0x05;
    }
}

numbers! {
    /// Service ids, as they are reported to Det. Those of KeySetInvalid, KeyGetStatus and CustomSync are not confirmed: they are
    /// the driver's.
    table SERVICE_IDS for uint8 {
        CRYIF_SID_INIT = 0x00;
        CRYIF_SID_GETVERSIONINFO = 0x01;
        CRYIF_SID_PROCESSJOB = 0x03;
        CRYIF_SID_KEYELEMENTSET = 0x04;
        CRYIF_SID_KEYSETVALID = 0x05;
        CRYIF_SID_KEYELEMENTGET = 0x06;
        CRYIF_SID_RANDOMSEED = 0x07;
        CRYIF_SID_KEYGENERATE = 0x08;
        CRYIF_SID_KEYDERIVE = 0x09;
        CRYIF_SID_KEYEXCHANGECALCPUBVAL = 0x0A;
        CRYIF_SID_KEYEXCHANGECALCSECRET = 0x0B;
        CRYIF_SID_CALLBACKNOTIFICATION = 0x0D;
        CRYIF_SID_CANCELJOB = 0x0E;
        CRYIF_SID_KEYELEMENTCOPY = 0x0F;
        CRYIF_SID_KEYCOPY = 0x10;
        CRYIF_SID_KEYELEMENTCOPYPARTIAL = 0x12;
        CRYIF_SID_KEYGETSTATUS = 0x14;
        CRYIF_SID_KEYSETINVALID = 0x15;
        CRYIF_SID_CUSTOMSYNC = 0x1A;
    }
}

extern "C" {
    /// The linked configuration, brought by generated C.
    static CryIf_Config: CryIf_ConfigType;

    fn Csm_CallbackNotification(job: *mut Crypto_JobType, result: Crypto_ResultType);
    fn Det_ReportError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
}

/// The configuration that runs; null before Init.
static RUNNING: AtomicPtr<CryIf_ConfigType> = AtomicPtr::new(null_mut());

/// A checked view of the running configuration.
#[derive(Clone, Copy)]
struct Tables<'a> {
    config: &'a CryIf_ConfigType,
    channels: &'a [CryIf_ChannelConfigType],
    keys: &'a [CryIf_KeyConfigType],
}

impl<'a> Tables<'a> {
    /// # Safety
    /// `config` is null or points to a configuration that stays as it is, with tables as long as its counts tell.
    unsafe fn check(config: *const CryIf_ConfigType) -> Option<Self> {
        // SAFETY: the caller vouches for the pointer; null gives None.
        let config = unsafe { config.as_ref() }?;
        let sound = config.magic == V2GCRYPT_CONFIG_MAGIC
            && config.configSize as usize == size_of::<CryIf_ConfigType>()
            && config.driverSize as usize == size_of::<CryIf_DriverType>()
            && config.keyCount < NO_KEY
            && may_be_table(config.channels, config.channelCount)
            && may_be_table(config.keys, config.keyCount);
        if !sound {
            return None;
        }
        // SAFETY: the caller vouches for tables as long as the counts tell.
        let tables = unsafe { Self::of(config) }?;
        let complete = tables.channels.iter().all(|c| !c.driver.is_null()) && tables.keys.iter().all(|k| !k.driver.is_null());
        complete.then_some(tables)
    }

    /// The tables, at a cost that does not depend on their length. None when one is missing.
    ///
    /// # Safety
    /// The tables of `config` are as long as its counts tell.
    unsafe fn of(config: &'a CryIf_ConfigType) -> Option<Self> {
        // SAFETY: the caller vouches for tables as long as the counts tell.
        let (channels, keys) = unsafe { (table(config.channels, config.channelCount)?, table(config.keys, config.keyCount)?) };
        Some(Self { config, channels, keys })
    }

    fn key(&self, id: uint32) -> Option<(*const CryIf_DriverType, uint32)> {
        self.keys.get(id as usize).map(|key| (key.driver, key.cryptoKeyId))
    }

    #[cold]
    #[inline(never)] // one for all functions
    fn refuse(&self, service: uint8, error: uint8) -> Std_ReturnType {
        if self.config.devErrorDetect != 0 {
            report(service, error);
        }
        E_NOT_OK
    }
}

/// Whether `count` entries can lie there, by address.
fn may_be_table<T>(first: *const T, count: uint32) -> bool {
    let fits = (count as usize).checked_mul(size_of::<T>()).is_some_and(|bytes| bytes <= isize::MAX as usize);
    count == 0 || (fits && (first as usize) & (align_of::<T>() - 1) == 0)
}

/// A table of `count` entries; none when it should be there and is not.
///
/// # Safety
/// Unless null, `first` points to `count` entries that stay as they are.
unsafe fn table<'a, T>(first: *const T, count: uint32) -> Option<&'a [T]> {
    match (first.is_null(), count) {
        (_, 0) => Some(&[]),
        (true, _) => None,
        // SAFETY: not null, and the caller vouches for the length.
        (false, _) => Some(unsafe { core::slice::from_raw_parts(first, count as usize) }),
    }
}

fn report(service: uint8, error: uint8) {
    // SAFETY: the callout takes numbers only.
    unsafe { Det_ReportError(CRYIF_MODULE_ID, 0, service, error) };
}

/// The running tables, or a report that there are none. [SWS_CryIf_00027] and its like for each service
fn running<'a>(service: uint8) -> Option<Tables<'a>> {
    // SAFETY: Init checked this configuration, and it is required to stay as it is.
    let tables = unsafe { RUNNING.load(Ordering::Acquire).cast_const().as_ref().and_then(|config| Tables::of(config)) };
    if tables.is_none() {
        report(service, CRYIF_E_UNINIT);
    }
    tables
}

/// Starts CryIf over a configuration.
///
/// `configPtr` is `NULL_PTR` for the linked configuration, or points to another one, which stays as it is while CryIf runs.
/// A configuration that is unsound (magic, sizes, missing tables) leaves CryIf as it was and is reported to Det as
/// `CRYIF_E_INIT_FAILED`. [SWS_CryIf_91000]
///
/// # Safety
/// No other function of CryIf runs at the same time. The configuration's tables are as long as its counts tell.
#[no_mangle]
pub unsafe extern "C" fn CryIf_Init(configPtr: *const CryIf_ConfigType) {
    let config = if configPtr.is_null() { addr_of!(CryIf_Config) } else { configPtr };
    // SAFETY: the linked configuration is generated; the caller vouches for another one.
    match unsafe { Tables::check(config) } {
        Some(_) => RUNNING.store(config.cast_mut(), Ordering::Release),
        None => report(CRYIF_SID_INIT, CRYIF_E_INIT_FAILED), // [SWS_CryIf_91019]
    }
}

/// Tells vendor, module and version of CryIf. Works before `CryIf_Init`. [SWS_CryIf_91001]
///
/// # Safety
/// Unless `NULL_PTR`, `versioninfo` points to a `Std_VersionInfoType` that can be written.
#[no_mangle]
pub unsafe extern "C" fn CryIf_GetVersionInfo(versioninfo: *mut Std_VersionInfoType) {
    if versioninfo.is_null() {
        report(CRYIF_SID_GETVERSIONINFO, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00017]
        return;
    }
    // SAFETY: not null, and the caller vouches for the rest.
    unsafe { versioninfo.write_unaligned(version_info(CRYIF_MODULE_ID)) };
}

/// Hands a job to the driver object of a channel.
///
/// Writes `job->cryptoKeyId` (and `job->targetCryptoKeyId` where the service has a target), then returns what the driver
/// returns. `CRYIF_E_PARAM_HANDLE` is reported for an unknown channel or key, and for a key of another driver than the
/// channel's. [SWS_CryIf_91003]
///
/// # Safety
/// Unless `NULL_PTR`, `job` points to a job that its owner does not touch while the driver has it.
#[no_mangle]
pub unsafe extern "C" fn CryIf_ProcessJob(channelId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType {
    let Some(tables) = running(CRYIF_SID_PROCESSJOB) else { return E_NOT_OK };
    let Some(channel) = tables.channels.get(channelId as usize) else {
        return tables.refuse(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_HANDLE); // [SWS_CryIf_00028]
    };
    if job.is_null() {
        return tables.refuse(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00029]
    }
    // SAFETY: the caller vouches for the job.
    let Some(named) = (unsafe { NamedKeys::of(job) }) else {
        return tables.refuse(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_POINTER);
    };
    let key = map_key(named.key, &channel.driver, |id| tables.key(id));
    let target = map_key(named.target, &channel.driver, |id| tables.key(id));
    let (Mapped::Key(key), Mapped::Key(target)) = (key, target) else {
        return tables.refuse(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_HANDLE);
    };
    // SAFETY: Init checked that the channel has a driver; the caller vouches for the job.
    unsafe {
        addr_of_mut!((*job).cryptoKeyId).write(key);
        addr_of_mut!((*job).targetCryptoKeyId).write(target);
        match (*channel.driver).processJob {
            Some(process_job) => process_job(channel.objectId, job),
            None => E_NOT_OK,
        }
    }
}

/// The CryIf keys that a job names.
struct NamedKeys {
    key: uint32,
    target: uint32,
}

impl NamedKeys {
    /// None when the job's configuration is missing.
    ///
    /// # Safety
    /// `job` points to a job.
    unsafe fn of(job: *mut Crypto_JobType) -> Option<Self> {
        // SAFETY: the caller vouches for the job; its configuration is checked for null on the way.
        unsafe {
            let info = addr_of!((*job).jobPrimitiveInfo).read();
            if info.is_null() {
                return None;
            }
            let primitive = addr_of!((*info).primitiveInfo).read();
            if primitive.is_null() {
                return None;
            }
            let io = addr_of!((*job).jobPrimitiveInputOutput);
            Some(match KeySource::of(addr_of!((*primitive).service).read()) {
                KeySource::PrimitiveInfo => Self { key: addr_of!((*info).cryIfKeyId).read(), target: NO_KEY },
                KeySource::InputOutput => Self { key: addr_of!((*io).cryIfKeyId).read(), target: NO_KEY },
                KeySource::InputOutputAndTarget => {
                    Self { key: addr_of!((*io).cryIfKeyId).read(), target: addr_of!((*io).targetCryIfKeyId).read() }
                }
            })
        }
    }
}

/// Asks the driver object of a channel to drop a job; returns what the driver returns. [SWS_CryIf_91014]
///
/// # Safety
/// As for `CryIf_ProcessJob`.
#[no_mangle]
pub unsafe extern "C" fn CryIf_CancelJob(channelId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType {
    let Some(tables) = running(CRYIF_SID_CANCELJOB) else { return E_NOT_OK }; // [SWS_CryIf_00129]
    let Some(channel) = tables.channels.get(channelId as usize) else {
        return tables.refuse(CRYIF_SID_CANCELJOB, CRYIF_E_PARAM_HANDLE); // [SWS_CryIf_00130]
    };
    if job.is_null() {
        return tables.refuse(CRYIF_SID_CANCELJOB, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00131]
    }
    // SAFETY: Init checked that the channel has a driver; the caller vouches for the job.
    match unsafe { (*channel.driver).cancelJob } {
        // SAFETY: as above.
        Some(cancel_job) => unsafe { cancel_job(channel.objectId, job) },
        None => E_NOT_OK,
    }
}

/// Takes a driver's report that a job has ended, and passes it on to Csm. [SWS_CryIf_91013] [SWS_CryIf_00109]
///
/// # Safety
/// `job` is a job that came through `CryIf_ProcessJob`.
#[no_mangle]
pub unsafe extern "C" fn CryIf_CallbackNotification(job: *mut Crypto_JobType, result: Crypto_ResultType) {
    let Some(tables) = running(CRYIF_SID_CALLBACKNOTIFICATION) else { return }; // [SWS_CryIf_00107]
    if job.is_null() {
        tables.refuse(CRYIF_SID_CALLBACKNOTIFICATION, CRYIF_E_PARAM_POINTER); // [SWS_CryIf_00108]
        return;
    }
    // SAFETY: the caller vouches for the job.
    unsafe { Csm_CallbackNotification(job, result) }
}

/// A key: its driver, and its id there.
#[derive(Clone, Copy)]
struct Key<'a> {
    driver: &'a CryIf_DriverType,
    id: uint32,
}

impl Key<'_> {
    fn is_of_the_driver_of(&self, other: &Key<'_>) -> bool {
        core::ptr::eq(self.driver, other.driver)
    }
}

/// A key, or a report that there is no such key.
#[inline(never)] // one for all functions
fn key_of<'a>(service: uint8, id: uint32) -> Option<(Tables<'a>, Key<'a>)> {
    let tables = running(service)?;
    key_in(&tables, service, id).map(|key| (tables, key))
}

/// Two keys, or a report that one of them is none.
#[inline(never)] // as above
fn keys_of<'a>(service: uint8, id: uint32, target: uint32) -> Option<(Tables<'a>, Key<'a>, Key<'a>)> {
    let (tables, key) = key_of(service, id)?;
    key_in(&tables, service, target).map(|target| (tables, key, target))
}

fn key_in<'a>(tables: &Tables<'a>, service: uint8, id: uint32) -> Option<Key<'a>> {
    // SAFETY: Init checked that each key has a driver, and the table stays as it is.
    let key = tables.key(id).and_then(|(driver, id)| Some(Key { driver: unsafe { driver.as_ref() }?, id }));
    if key.is_none() {
        tables.refuse(service, CRYIF_E_PARAM_HANDLE);
    }
    key
}
