//! The board that the firmware runs on: this process.
#![forbid(unsafe_code)]

use std::sync::atomic::Ordering;

use v2gcrypt_hsm_firmware::platform::{Bridge, Fault, HostMemory, NoEntropy, Platform, Trng};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::layout::{HOST_STATUS, HSM_STATUS};
use v2gcrypt_hsm_protocol::Window;

use crate::flash::SimStore;
use crate::life::PENDED;
use crate::{Simulator, BUS_ADDRESS};

/// This process.
pub(crate) struct Board;

impl Platform for Board {
    type Memory = Memory;
    type Bridge = Wires;
    type Trng = SystemRandom;
    type Aes = SoftAes;
    type FastHash = SoftHash;
    type SlowHash = SoftHash;
    type Pkc = SoftPkc;
    type Storage = SimStore;
}

/// The shared memory.
#[derive(Clone, Copy)]
pub(crate) struct Memory(pub &'static Simulator);

impl Memory {
    fn window(&self) -> Result<Window<'static>, Fault> {
        Window::new(BUS_ADDRESS, self.0.words).ok_or(Fault)
    }
}

impl HostMemory for Memory {
    fn read(&self, address: u32, to: &mut [u8]) -> Result<(), Fault> {
        self.window()?.read(address, to).then_some(()).ok_or(Fault)
    }

    fn write(&self, address: u32, from: &[u8]) -> Result<(), Fault> {
        self.window()?.write(address, from).then_some(()).ok_or(Fault)
    }
}

/// Status words in the shared memory, and bells.
#[derive(Clone, Copy)]
pub(crate) struct Wires(pub &'static Simulator);

impl Wires {
    fn word(&self, index: usize) -> u32 {
        self.0.words.get(index).map_or(0, |word| word.load(Ordering::Acquire))
    }
}

impl Bridge for Wires {
    fn host_status(&self) -> u32 {
        self.word(HOST_STATUS)
    }

    fn hsm_status(&self) -> u32 {
        self.word(HSM_STATUS)
    }

    fn set_hsm_status(&self, status: u32) {
        if let Some(word) = self.0.words.get(HSM_STATUS) {
            word.store(status, Ordering::Release);
        }
    }

    fn notify_host(&self, channel: u8) {
        let bit = 1u32.checked_shl(channel.into()).unwrap_or(0);
        self.0.to_host.ring(bit);
        self.0.to_waiting.ring(bit);
    }

    fn pend_fast(&self) {
        self.0.to_hsm.ring(PENDED);
    }
}

/// The system's randomness.
#[derive(Clone, Copy)]
pub(crate) struct SystemRandom;

impl Trng for SystemRandom {
    fn fill(&mut self, to: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(to).map_err(|_| NoEntropy)
    }
}
