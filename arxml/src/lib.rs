//! Reads ECUC configurations of Csm, CryIf and Crypto, checks them, and writes the C that links with the library.
//!
//! A build script needs one call:
//!
//! ```no_run
//! let report = v2gcrypt_arxml::generate_to(&["evcc.arxml"], "generated")?;
//! # Ok::<(), v2gcrypt_arxml::Error>(())
//! ```
#![forbid(unsafe_code)]

pub mod model;

mod ecuc;
mod findings;

pub use findings::{Finding, Findings, Kind, Severity};
pub use model::Model;
