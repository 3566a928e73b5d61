//! What KeyM does, without pointers: slots, the engine that works off what was asked for, storage, keys.

mod common;
mod slot;

pub use common::*;
pub use slot::*;
