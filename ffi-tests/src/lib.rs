//! C programs that use the library as basic software would, and what makes the C headers.
#![forbid(unsafe_code)]

pub mod build;
pub mod calls;
pub mod configuration;
pub mod coverage;
pub mod headers;
pub mod layout;
pub mod pki;
pub mod tools;

use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_path_buf()
}
