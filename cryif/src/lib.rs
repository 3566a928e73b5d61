//! Crypto Interface: channels to driver objects, keys to driver keys.
//!
//! It keeps no job and no lock: each call looks up a table in flash and goes on to the driver that the table names.
//! [`route`] and [`copy`] decide, `ffi` calls.
#![cfg_attr(not(feature = "host"), no_std)]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case)] // the C interface has AUTOSAR's names

pub mod config;
pub mod copy;
pub mod ffi;
pub mod route;
