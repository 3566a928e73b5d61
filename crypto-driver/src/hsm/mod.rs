//! The host side of the HSM: a driver whose keys are in the HSM, and whose jobs are computed there.

pub mod config;
