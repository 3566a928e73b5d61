//! The host side of the HSM: a driver whose keys are in the HSM, and whose jobs are computed there.
//!
//! [`machine`] decides, in steps inside the exclusive area; [`plan`] makes a job into requests; [`ffi`] is the C interface that
//! joins them, and moves payload between the job's buffers and the bounce buffers. What the HSM is asked, and how, is
//! `v2gcrypt_hsm_protocol`'s.

pub mod config;
pub mod ffi;
pub mod link;
pub mod machine;
pub mod mmio;
pub mod plan;
pub mod session;
pub mod work;
