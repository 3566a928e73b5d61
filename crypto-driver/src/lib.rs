//! Crypto driver: driver objects and key store.
#![cfg_attr(not(feature = "host"), no_std)]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)] // the C interface has AUTOSAR's names

#[cfg(feature = "hsm")]
pub mod hsm;
pub mod soft;
