//! The firmware of the HSM, as a library: what runs on the HSM's Cortex-M3, in its simulation on hosts and in QEMU.
//!
//! Two levels serve the host. [`fast::Fast`] runs in the exception of the doorbell: it alone takes requests, publishes responses and
//! writes to the host's memory, and serves symmetric commands at once. [`slow::Slow`] runs in thread mode: public keys, management
//! of keys, flash. They share one static [`shared::Shared`] and no lock. A board is a [`platform::Platform`]:
//!
//! ```text
//! let mut slow = Slow::new(SlowParts { … });
//! let mut fast = Fast::new(FastParts { … });
//! slow.start();                // loads keys
//! fast.start(&slow);           // takes the symmetric ones, then tells the host that it is ready
//! exception: fast.interrupt();
//! thread:    loop { if !slow.run_once() { sleep until an exception } }
//! ```
#![no_std]
#![deny(unsafe_code)]

pub mod access;
mod algorithms;
pub mod fast;
pub mod keys;
pub mod lifecycle;
pub mod log;
pub mod platform;
pub mod queue;
pub mod random;
pub mod shared;
pub mod slow;
pub mod soft;
pub mod spsc;
mod storage;
pub mod store;
