//! Identifiers of contracts, vehicles and stations: read, brought into one form, compared.
//!
//! Check characters are computed, and compared on demand. Nobody refuses an identifier for one: in the field many are wrong.
#![forbid(unsafe_code)]

mod emaid;
mod station;
mod text;
mod vehicle;

pub use emaid::Emaid;
pub use station::{EvseId, SeccId};
pub use vehicle::{EvccId, Pcid};

/// The form that a text is brought into.
#[cfg(test)]
fn read<T>(parse: fn(&[u8]) -> Option<T>, text: &str) -> Option<String>
where
    T: core::fmt::Display,
{
    parse(text.as_bytes()).map(|id| id.to_string())
}
