//! Key Manager: certificates, chains, revocation, stores and contracts, judged by V2G's own rules.
//!
//! `x509` reads, `path` judges; neither allocates, calls anybody or keeps anything. `core` does what the C interface, `ffi`, asks for.
#![cfg_attr(not(any(test, feature = "host")), no_std)]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)] // the C interface has AUTOSAR's names

pub mod config;
pub mod contract;
pub mod core;
pub mod crl;
pub mod csr;
pub mod ffi;
pub mod hash_data;
pub mod id;
pub mod numbers;
pub mod ocsp;
pub mod path;
pub mod pkcs7;
pub mod profile;
pub mod revocation;
pub mod time;
pub mod types;
pub mod x509;

pub use ffi::*;
