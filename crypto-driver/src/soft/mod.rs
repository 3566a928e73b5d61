//! The driver on the CPU.

pub mod config;
