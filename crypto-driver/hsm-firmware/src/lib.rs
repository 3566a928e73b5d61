//! The firmware of the HSM, as a library: what runs on the HSM's Cortex-M3, in its simulation on hosts and in QEMU.
#![no_std]
#![deny(unsafe_code)]

pub mod store;
