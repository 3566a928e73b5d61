//! Crypto Service Manager: jobs, queues, priorities, callbacks. It knows no algorithm.
#![cfg_attr(not(feature = "host"), no_std)]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case)] // the C interface has AUTOSAR's names

pub mod config;
