//! Crypto Service Manager: jobs, queues, priorities, callbacks. It knows no algorithm.
//!
//! [`core`] is a state machine that calls nobody; `ffi` is the C interface around one instance of it.
#![cfg_attr(not(feature = "host"), no_std)]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)] // the C interface has AUTOSAR's names

pub mod check;
pub mod config;
pub mod core;
pub mod ffi;
mod job;
mod numbers;
mod queue;

pub use ffi::*;
pub use job::JobNode;

pub use queue::QueueNode;
