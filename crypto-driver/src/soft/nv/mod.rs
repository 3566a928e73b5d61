//! Persistence: what a record of a key looks like, and what is to be done when. No I/O: see `docs/persistence.md`.

pub mod machine;
pub mod record;
