//! A V2G public key infrastructure for tests: good certificates of every role in both editions, and bad ones on purpose.
//!
//! `v2gcrypt pki create` writes it to files; tests and benches use it in memory. Its keys protect nothing.
#![forbid(unsafe_code)]

pub mod asn1;
pub mod defects;
pub mod key;
pub mod pki;
pub mod revocation;
pub mod roles;
pub mod template;
mod write;

pub use key::{Algorithm, Entropy, Key};
pub use pki::{Issued, Pki};
pub use roles::Edition;
pub use template::{Attribute, Date, Extension, Name, Template, DAY};

/// A PEM block.
pub fn pem(label: &str, der: &[u8]) -> String {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).expect("the label is a constant")
}
