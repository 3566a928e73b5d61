//! The firmware on QEMU's `mps2-an385`, a Cortex-M3.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![deny(unsafe_code)]

#[cfg(target_os = "none")]
mod entropy;
#[cfg(target_os = "none")]
mod flash;
#[cfg(target_os = "none")]
mod image;
#[cfg(target_os = "none")]
mod layout;
#[cfg(target_os = "none")]
mod mmio;
#[cfg(target_os = "none")]
mod platform;
#[cfg(target_os = "none")]
mod trace;

#[cfg(not(target_os = "none"))]
fn main() {}
