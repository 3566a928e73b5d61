//! KeyM by its C interface, with a Csm, NvM and clock of the tests.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)] // each call has pointers to what the test holds

#[path = "../chains/builder.rs"]
#[allow(dead_code)]
mod builder;
#[path = "../chains/engine.rs"]
#[allow(dead_code)]
mod engine;
mod fakes;
#[path = "../chains/pki.rs"]
#[allow(dead_code)]
mod pki;
mod setup;

mod arguments;
mod certificates;
mod issuers;
mod keys;
mod revocation;
mod robust;
mod rules;
mod services;
mod sizes;
mod sound;
mod storage;
mod v2g;
