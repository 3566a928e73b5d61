//! The C interface over a configuration made in memory, so that the number of jobs is an argument.
#![deny(unsafe_code)]
#![allow(non_snake_case)] // names of the C interface

pub mod ffi;
