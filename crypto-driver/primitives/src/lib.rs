//! The engines.
#![no_std]
