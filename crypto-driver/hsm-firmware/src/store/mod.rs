//! The key store: sealed records in data flash.
#![forbid(unsafe_code)]
