//! The driver on the CPU.
//!
//! [`objects`] and [`keys`] decide, `compute` computes, [`ffi`] is the C interface that joins them: it takes the exclusive
//! area, lets a driver object or a key take one step, leaves the area, and does what the step decided. A step neither
//! computes nor calls out, so the area is short; a computation runs in a workspace, and with a key, that a step has reserved
//! for it, so jobs on different driver objects compute at the same time.

pub mod config;
pub mod errors;
pub mod ffi;
pub mod formats;
pub mod keys;
pub mod manage;
pub mod nv;
pub mod objects;
pub mod operation;
pub mod queue;
pub mod request;
pub mod usage;

mod compute;
#[cfg(feature = "fault-injection")]
pub mod fault_injection;
