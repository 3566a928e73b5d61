//! The simulator for C, and as the driver's transport.
#![allow(unsafe_code)]

use std::cell::UnsafeCell;
use std::ffi::{c_char, c_void, CStr};
use std::ptr::null_mut;
use std::time::Duration;

use v2gcrypt_crypto_driver::hsm::config::CryptoHsm_TransportType;
use v2gcrypt_types::*;

use crate::{process, Options, Simulator, BUS_ADDRESS};

/// A transport that configurations in C refer to.
#[repr(transparent)]
pub struct SharedTransport(UnsafeCell<CryptoHsm_TransportType>);

// SAFETY: it is written once, before `V2gcrypt_HsmSim_Start` has returned for the first time, and read by nobody before that.
unsafe impl Sync for SharedTransport {}

/// The transport of the simulator that `V2gcrypt_HsmSim_Start` has started; without functions before.
#[no_mangle]
pub static V2gcrypt_HsmSim_Transport: SharedTransport = SharedTransport(UnsafeCell::new(CryptoHsm_TransportType {
    context: null_mut(),
    region: null_mut(),
    regionLength: 0,
    busAddress: 0,
    hostStatusSet: None,
    hsmStatusGet: None,
    ringDoorbell: None,
    translate: None,
    barrier: None,
    now: None,
    wait: None,
}));

/// Starts the process's simulator, before the `Init` of the driver. A second call does nothing.
///
/// `flashFile` is what its flash is kept in, or `NULL_PTR`. A new one is in the factory state. `E_NOT_OK`: the file is not to be used.
///
/// # Safety
/// `flashFile` is `NULL_PTR` or a string that ends with 0. No other thread calls this at the same time.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_HsmSim_Start(flashFile: *const c_char) -> Std_ReturnType {
    let flash_file = match flashFile.is_null() {
        true => None,
        // SAFETY: the caller vouches for the string.
        false => Some(unsafe { CStr::from_ptr(flashFile) }.to_string_lossy().into_owned().into()),
    };
    let model = process::start(Options { flash_file, ..Options::default() }, |model| {
        // SAFETY: nobody reads it before this function has returned.
        unsafe { V2gcrypt_HsmSim_Transport.0.get().write(model.transport()) };
    });
    if model.is_some() {
        E_OK
    } else {
        E_NOT_OK
    }
}

/// Power off: its threads end, its flash stays. For the end of a program.
#[no_mangle]
pub extern "C" fn V2gcrypt_HsmSim_Stop() {
    if let Some(model) = process::model() {
        model.stop();
    }
}

/// Power off and on again.
#[no_mangle]
pub extern "C" fn V2gcrypt_HsmSim_Restart() {
    if let Some(model) = process::model() {
        model.restart();
    }
}

/// Waits until the HSM rings a channel, or so many microseconds; tells the channels that have rung, as bits.
#[no_mangle]
pub extern "C" fn V2gcrypt_HsmSim_WaitForBell(channels: uint32, microseconds: uint32) -> uint32 {
    process::model().map_or(0, |model| model.wait_for_bell(channels, Duration::from_micros(microseconds.into())))
}

/// The driver's transport to a simulator.
pub(crate) fn transport(simulator: &Simulator) -> CryptoHsm_TransportType {
    let words = simulator.words;
    CryptoHsm_TransportType {
        context: (simulator as *const Simulator).cast_mut().cast(),
        region: words.as_ptr().cast_mut().cast(),
        regionLength: (words.len() * 4) as u32,
        busAddress: BUS_ADDRESS,
        hostStatusSet: None,
        hsmStatusGet: None,
        ringDoorbell: Some(ring),
        translate: None,
        barrier: None,
        now: Some(now),
        wait: Some(wait),
    }
}

/// Calls with the simulator as what it is: one that stays.
pub(crate) fn with_static(simulator: &Simulator, work: impl FnOnce(&'static Simulator)) {
    // SAFETY: `Simulator::new` is the only one that makes them, and leaks them.
    work(unsafe { &*(simulator as *const Simulator) })
}

/// # Safety
/// `context` is a simulator's.
unsafe fn simulator(context: *mut c_void) -> &'static Simulator {
    // SAFETY: the caller vouches for it, and simulators stay.
    unsafe { &*context.cast::<Simulator>() }
}

unsafe extern "C" fn ring(context: *mut c_void, doorbell: uint8) {
    // SAFETY: the transport's context is the simulator.
    unsafe { simulator(context) }.ring(doorbell);
}

unsafe extern "C" fn now(context: *mut c_void) -> uint32 {
    // SAFETY: as in `ring`.
    unsafe { simulator(context) }.now()
}

unsafe extern "C" fn wait(context: *mut c_void, channel: uint8, ticks: uint32) {
    let channels = 1u32.checked_shl(channel.into()).unwrap_or(0);
    // SAFETY: as in `ring`.
    let simulator = unsafe { simulator(context) };
    // Not for long: another thread may have heard the bell.
    simulator.to_waiting.wait(channels, Some(Duration::from_micros(ticks.clamp(1, 1000).into())));
}
