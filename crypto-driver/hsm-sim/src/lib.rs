//! The HSM in the process of its host: for tests, for demonstrations, for charging stations that have none.
//!
//! The firmware runs on two threads as it does in the HSM: one in place of the doorbell's exception, one in place of thread mode. Words
//! that only atomics touch are the shared memory. Nothing here protects a key from its host.
#![deny(unsafe_code)]
#![allow(non_snake_case, non_upper_case_globals)] // the C interface has AUTOSAR's names

mod bell;
mod ffi;
mod flash;
mod life;
mod platform;
mod process;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use v2gcrypt_crypto_driver::hsm::config::CryptoHsm_TransportType;

pub use bell::Bell;
pub use ffi::*;
use flash::Chip;
use life::Life;
pub use process::use_model;

/// Where the HSM sees the shared memory.
pub const BUS_ADDRESS: u32 = 0x2100_0000;
/// Bytes of the shared memory, unless told otherwise.
pub const REGION_LEN: u32 = 256 * 1024;

/// A HSM that tests and programs lead: this simulator, or the firmware on an emulated Cortex-M3.
pub trait HsmModel: Sync {
    /// Power on, if it is off.
    fn start(&self);
    /// Power off, whatever it does. Its flash and the shared memory stay as they are.
    fn stop(&self);
    /// Off and on.
    fn restart(&self) {
        self.stop();
        self.start();
    }
    /// It goes on, but answers nothing until it is let again.
    fn silence(&self, is_silent: bool);
    /// How the driver reaches it. The same for all its life.
    fn transport(&self) -> CryptoHsm_TransportType;
    /// The shared memory.
    fn words(&self) -> &'static [AtomicU32];
    /// Waits until the HSM rings one of the channels, as bits; tells which have rung, or 0 when the time is up.
    fn wait_for_bell(&self, channels: u32, time: Duration) -> u32;
}

/// How a simulator is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// What its flash is kept in; None: it is forgotten with the process.
    pub flash_file: Option<PathBuf>,
    /// A new one is delivered in the factory state, so that keys can be written; else blank.
    pub factory: bool,
    /// Bytes of the shared memory: a multiple of 64.
    pub region_len: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { flash_file: None, factory: true, region_len: REGION_LEN }
    }
}

/// A simulated HSM.
pub struct Simulator {
    words: &'static [AtomicU32],
    chip: Chip,
    begin: Instant,
    is_silent: AtomicBool,
    /// Rung by the host; bit 31: look at the status word; more bits for the simulation itself.
    to_hsm: Bell,
    /// For interrupt handlers.
    to_host: Bell,
    /// For synchronous calls.
    to_waiting: Bell,
    life: Mutex<Option<Life>>,
}

impl Simulator {
    /// A new one, with its power on. It stays as long as the process, for the driver may look at its memory at any time.
    pub fn new(options: Options) -> std::io::Result<&'static Self> {
        let words: Vec<AtomicU32> = (0..options.region_len / 4).map(|_| AtomicU32::new(0)).collect();
        let simulator = Box::leak(Box::new(Self {
            words: words.leak(),
            chip: Chip::open(options.flash_file.as_deref(), options.factory)?,
            begin: Instant::now(),
            is_silent: AtomicBool::new(false),
            to_hsm: Bell::new(),
            to_host: Bell::new(),
            to_waiting: Bell::new(),
            life: Mutex::new(None),
        }));
        simulator.start();
        Ok(simulator)
    }

    /// Microseconds since it was made.
    pub fn now(&self) -> u32 {
        self.begin.elapsed().as_micros() as u32
    }

    /// The host rings a doorbell.
    pub fn ring(&self, doorbell: u8) {
        self.to_hsm.ring(1u32.checked_shl(doorbell.into()).unwrap_or(0));
    }

    /// A thread calls `handler` with each channel that the HSM rings, as an interrupt would. For ever.
    pub fn on_interrupt(&'static self, handler: impl Fn(u8) + Send + 'static) {
        std::thread::spawn(move || loop {
            let rung = self.wait_for_bell(0xF, Duration::from_secs(3600));
            (0..4).filter(|channel| rung >> channel & 1 != 0).for_each(&handler);
        });
    }

    fn life(&self) -> MutexGuard<'_, Option<Life>> {
        self.life.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HsmModel for Simulator {
    fn start(&self) {
        // A simulator is made by `new` alone, which leaks it.
        ffi::with_static(self, |simulator| {
            let mut life = simulator.life();
            if life.is_none() {
                *life = Some(Life::begin(simulator));
            }
        });
    }

    fn stop(&self) {
        let mut life = self.life();
        if let Some(life) = life.take() {
            life.end();
        }
    }

    fn silence(&self, is_silent: bool) {
        self.is_silent.store(is_silent, Ordering::SeqCst);
        self.to_hsm.ring(life::PENDED);
    }

    fn transport(&self) -> CryptoHsm_TransportType {
        ffi::transport(self)
    }

    fn words(&self) -> &'static [AtomicU32] {
        self.words
    }

    fn wait_for_bell(&self, channels: u32, time: Duration) -> u32 {
        self.to_host.wait(channels, Some(time))
    }
}
