//! Csm as the program uses it: the configuration of `cli/cli.arxml`, compiled in.
#![allow(unsafe_code)]
#![allow(non_upper_case_globals, non_snake_case, dead_code)] // names of the C interface; the program uses some of them

use std::ffi::CString;
use std::path::Path;
use std::ptr::null;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use v2gcrypt_cryif::ffi::CryIf_Init;
use v2gcrypt_csm::ffi::*;
use v2gcrypt_host as _; // the callouts
use v2gcrypt_types::*;

include!(concat!(env!("OUT_DIR"), "/ids.rs"));

use v2gcrypt_cryif::config::CryIf_ConfigType;
use v2gcrypt_crypto_driver::hsm::config::{CryptoHsm_EventType, CryptoHsm_InstanceType, CryptoHsm_StatusType};
use v2gcrypt_crypto_driver::hsm::ffi::*;
use v2gcrypt_host::hsm_sim;

extern "C" {
    static CryIf_Config_Hsm: CryIf_ConfigType;
    static Crypto_0_Hsm_Instance: CryptoHsm_InstanceType;
    static Crypto_0_View_Instance: CryptoHsm_InstanceType;
    fn Crypto_Init(configPtr: *const core::ffi::c_void);
    fn Crypto_MainFunction();
    fn Crypto_MainFunctionBackground();
    fn Csm_MainFunction();
}

/// Result of the last callback; [`PENDING`] until it comes.
static RESULT: AtomicU32 = AtomicU32::new(PENDING);
const PENDING: u32 = u32::MAX;
/// Keys are in the simulated HSM.
static HAS_HSM: AtomicBool = AtomicBool::new(false);

#[no_mangle]
extern "C" fn Cli_MessageVerifyFinished(_jobId: u32, result: Crypto_ResultType) {
    RESULT.store(result.into(), Ordering::Release);
}

#[no_mangle]
extern "C" fn Cli_ContractSignFinished(_jobId: u32, result: Crypto_ResultType) {
    RESULT.store(result.into(), Ordering::Release);
}

/// What a service returned, when not `E_OK`.
pub type Refused = Std_ReturnType;

fn accepted(code: Std_ReturnType) -> Result<(), Refused> {
    if code == E_OK {
        Ok(())
    } else {
        Err(code)
    }
}

/// Lets a reader that has seen enough, such as `head`, end the program as it ends others: Rust's runtime ignores the signal, and
/// printing would panic.
#[cfg(unix)]
pub fn end_with_the_reader() {
    extern "C" {
        fn signal(number: core::ffi::c_int, handler: usize) -> usize;
    }
    const SIGPIPE: core::ffi::c_int = 13;
    const SIG_DFL: usize = 0;
    // SAFETY: the default action is no handler of ours; no other thread runs yet.
    unsafe { signal(SIGPIPE, SIG_DFL) };
}

/// There is no such signal.
#[cfg(not(unix))]
pub fn end_with_the_reader() {}

/// Starts all layers, from the bottom up.
pub fn init() {
    // SAFETY: the linked configurations are generated; nothing else runs yet.
    unsafe {
        Crypto_Init(null());
        CryIf_Init(null());
        Csm_Init(null());
    }
}

/// Starts a simulated HSM, whose flash is that file, and all layers with the driver that has its keys there.
pub fn init_with_hsm(flash: Option<&Path>) -> Result<(), Refused> {
    start_simulator(flash)?;
    HAS_HSM.store(true, Ordering::Release);
    // SAFETY: the linked configurations are generated, and the transport is the simulator's; nothing else runs yet.
    unsafe {
        V2gcrypt_CryptoHsm_Init(&raw const Crypto_0_Hsm_Instance, null());
        CryIf_Init(&raw const CryIf_Config_Hsm);
        Csm_Init(null());
    }
    Ok(())
}

/// Starts a simulated HSM, whose flash is that file, and a driver that has no keys there: nothing in the HSM changes.
pub fn init_view(flash: Option<&Path>) -> Result<(), Refused> {
    start_simulator(flash)?;
    // SAFETY: as in `init_with_hsm`.
    unsafe { V2gcrypt_CryptoHsm_Init(&raw const Crypto_0_View_Instance, null()) };
    Ok(())
}

fn start_simulator(flash: Option<&Path>) -> Result<(), Refused> {
    let file = flash.map(|path| CString::new(path.as_os_str().as_encoded_bytes())).transpose().map_err(|_| E_NOT_OK)?;
    // SAFETY: a string that ends with 0, or null; no other thread is there.
    accepted(unsafe { hsm_sim::V2gcrypt_HsmSim_Start(file.as_ref().map_or(null(), |file| file.as_ptr())) })
}

/// What the HSM tells of itself.
pub fn hsm_status() -> Result<CryptoHsm_StatusType, Refused> {
    let mut status = CryptoHsm_StatusType::default();
    // SAFETY: the record can be written.
    accepted(unsafe { V2gcrypt_CryptoHsm_GetStatus(&raw const Crypto_0_View_Instance, &mut status) })?;
    Ok(status)
}

/// State of a slot, and the first word of its policy.
pub fn hsm_slot(number: u16) -> Result<(u32, u32), Refused> {
    let (mut state, mut kind) = (0, 0);
    // SAFETY: both can be written.
    accepted(unsafe { V2gcrypt_CryptoHsm_GetSlotState(&raw const Crypto_0_View_Instance, number, &mut state, &mut kind) })?;
    Ok((state, kind))
}

/// Events of the HSM's log from number `first` on: some of them, none when there are no more.
pub fn hsm_events(first: u32) -> Result<Vec<CryptoHsm_EventType>, Refused> {
    let mut events = [CryptoHsm_EventType::default(); 2];
    let mut count = events.len() as u32;
    // SAFETY: there is room for as many as told.
    accepted(unsafe { V2gcrypt_CryptoHsm_ReadLog(&raw const Crypto_0_View_Instance, first, events.as_mut_ptr(), &mut count) })?;
    Ok(events.into_iter().take(count as usize).collect())
}

/// Sets element 1 of a key and makes the key valid.
pub fn load_key(key: u32, bytes: &[u8]) -> Result<(), Refused> {
    // SAFETY: the bytes are as long as told.
    accepted(unsafe { Csm_KeyElementSet(key, CRYPTO_KE_SIGNATURE_KEY, bytes.as_ptr(), bytes.len() as u32) })?;
    // SAFETY: takes a number.
    accepted(unsafe { Csm_KeySetValid(key) })
}

/// Hashes in a synchronous job; as many bytes as its algorithm gives, at most 64.
pub fn hash(job: u32, data: &[u8]) -> Result<Vec<u8>, Refused> {
    let (mut digest, mut length) = (vec![0; 64], 64);
    let (data, data_length) = (data.as_ptr(), data.len() as u32);
    // SAFETY: the buffers are as long as told.
    accepted(unsafe { Csm_Hash(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, digest.as_mut_ptr(), &mut length) })?;
    digest.truncate(length as usize);
    Ok(digest)
}

/// Verifies in a synchronous job: does the signature fit?
pub fn verify_now(job: u32, data: &[u8], signature: &[u8]) -> Result<bool, Refused> {
    let mut verdict = CRYPTO_E_VER_NOT_OK;
    // SAFETY: the buffers are as long as told.
    accepted(unsafe {
        let (data, data_length) = (data.as_ptr(), data.len() as u32);
        let (signature, signature_length) = (signature.as_ptr(), signature.len() as u32);
        Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, signature, signature_length, &mut verdict)
    })?;
    Ok(verdict == CRYPTO_E_VER_OK)
}

/// Signs in a synchronous job; at most 132 bytes.
pub fn sign_now(job: u32, data: &[u8]) -> Result<Vec<u8>, Refused> {
    let (mut signature, mut length) = (vec![0; 132], 132);
    let (data, data_length) = (data.as_ptr(), data.len() as u32);
    // SAFETY: the buffers are as long as told.
    accepted(unsafe {
        Csm_SignatureGenerate(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, signature.as_mut_ptr(), &mut length)
    })?;
    signature.truncate(length as usize);
    Ok(signature)
}

/// Verifies in an asynchronous job, and waits for its callback: does the signature fit?
pub fn verify(job: u32, data: &[u8], signature: &[u8; 64]) -> Result<bool, Refused> {
    let mut verdict = CRYPTO_E_VER_NOT_OK;
    RESULT.store(PENDING, Ordering::Release);
    // SAFETY: the buffers are as long as told, and live until the callback has come.
    accepted(unsafe {
        let (data, data_length) = (data.as_ptr(), data.len() as u32);
        Csm_SignatureVerify(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, signature.as_ptr(), 64, &mut verdict)
    })?;
    run_until_called_back()?;
    Ok(verdict == CRYPTO_E_VER_OK)
}

/// Signs in an asynchronous job, and waits for its callback.
pub fn sign(job: u32, data: &[u8]) -> Result<[u8; 64], Refused> {
    let (mut signature, mut length) = ([0; 64], 64);
    RESULT.store(PENDING, Ordering::Release);
    // SAFETY: the buffers are as long as told, and live until the callback has come.
    accepted(unsafe {
        let (data, data_length) = (data.as_ptr(), data.len() as u32);
        Csm_SignatureGenerate(job, CRYPTO_OPERATIONMODE_SINGLECALL, data, data_length, signature.as_mut_ptr(), &mut length)
    })?;
    run_until_called_back()?;
    Ok(signature)
}

/// Runs the main functions, as tasks of an ECU would.
fn run_until_called_back() -> Result<(), Refused> {
    while RESULT.load(Ordering::Acquire) == PENDING {
        // SAFETY: they take nothing.
        unsafe {
            Csm_MainFunction();
            if HAS_HSM.load(Ordering::Acquire) {
                hsm_sim::V2gcrypt_HsmSim_WaitForBell(0xF, 1000);
                V2gcrypt_CryptoHsm_MainFunction(&raw const Crypto_0_Hsm_Instance);
            } else {
                Crypto_MainFunction();
                Crypto_MainFunctionBackground();
            }
        }
    }
    accepted(RESULT.load(Ordering::Acquire) as Std_ReturnType)
}
