//! The C types and numbers that Csm, CryIf and every Crypto driver share.
//!
//! Layout is that of AUTOSAR R22-11. Every struct is `repr(C)` and holds integers and pointers only, so that three compilers
//! agree on it. The width of what the specification calls an enumeration is a build switch: see [`Enumeration`].
//!
//! C gets these definitions as `Std_Types.h`, `Crypto_GeneralTypes.h` and `Rte_Csm_Type.h`, generated from this crate.
#![no_std]
#![deny(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)] // the names are AUTOSAR's

/// Defines numbers once, for Rust and for the header generator.
///
/// `table NAME for Type { "why" SYMBOL = value; … }` makes a `pub const SYMBOL: Type` of each line and a
/// [`Number`] table called `NAME`.
#[macro_export]
macro_rules! numbers {
    ($(#[$meta:meta])* table $table:ident for $type:ty { $($symbol:ident = $value:expr;)* }) => {
        $(
            #[doc = concat!("`", stringify!($symbol), "` = ", stringify!($value), ", see [`", stringify!($table), "`].")]
            pub const $symbol: $type = $value;
        )*
        $(#[$meta])*
        pub const $table: &[$crate::Number] = &[
            $($crate::Number { symbol: stringify!($symbol), value: $value as u32 },)*
        ];
    };
}

/// One symbolic number of the C interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The C name.
    pub symbol: &'static str,
    /// The value; printed as an unsigned hexadecimal literal.
    pub value: u32,
}

mod abi;
mod crypto_general;
mod ffi;
mod rte_csm;
mod std_types;

pub use abi::*;
pub use crypto_general::*;
pub use rte_csm::*;
pub use std_types::*;

/// The value for this build's pointer and enumeration width. The layout assertions use it.
pub const fn pick(p64: usize, p64_int: usize, p32: usize, p32_int: usize) -> usize {
    match (core::mem::size_of::<*const u8>(), core::mem::size_of::<Enumeration>()) {
        (8, 1) => p64,
        (8, _) => p64_int,
        (_, 1) => p32,
        (_, _) => p32_int,
    }
}
