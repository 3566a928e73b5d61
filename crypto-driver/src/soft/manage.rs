//! What key management decides and computes, over Rust slices: copying, generating, deriving, agreeing on, importing keys.
#![forbid(unsafe_code)]

pub mod copy;
