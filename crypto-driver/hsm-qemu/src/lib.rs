//! The HSM's firmware on an emulated Cortex-M3, as a host process sees it: shared memory and a doorbell. For tests; Unix only.
//!
//! `crypto-driver/hsm-firmware/qemu.sh` builds the image and names it in [`IMAGE_VARIABLE`].
#![deny(unsafe_code)]
#![allow(non_snake_case)] // the C interface has AUTOSAR's names

mod client;
mod emulator;
mod ffi;
#[path = "../../hsm-firmware/src/bin/mps2/layout.rs"]
pub mod layout;
mod model;
mod trace;

pub use client::{Client, Command, Outcome};
pub use emulator::{patience, Emulator, Error, IMAGE_VARIABLE, PATIENCE_VARIABLE};
pub use ffi::V2gcrypt_HsmQemu_Use;
pub use model::{use_for_process, Board};
pub use trace::{Crash, INSTRUCTIONS_PER_TICK};
