//! What KeyM does, without pointers: slots, the engine that works off what was asked for, storage, keys.

mod common;
pub mod csr;
pub mod elements;
mod engine;
mod inputs;
pub mod keys;
pub mod roles;
mod rules;
pub mod service;
mod slot;
mod storage;
mod terms;
mod verify;

pub(crate) use common::overwrites;
pub use common::*;
pub(crate) use engine::changed;
pub use engine::Engine;
pub use inputs::Inputs;
pub use slot::*;
pub use storage::Record;
