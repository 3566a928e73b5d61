//! Reads ECUC configurations of Csm, CryIf and Crypto, checks them, and writes the C that links with the library.
//!
//! A build script needs one call:
//!
//! ```no_run
//! let report = v2gcrypt_arxml::generate_to(&["evcc.arxml"], "generated")?;
//! for warning in report.warnings.iter() {
//!     println!("cargo::warning={}", warning.problem);
//! }
//! # Ok::<(), v2gcrypt_arxml::Error>(())
//! ```
//!
//! [`load`] gives the typed [`Model`], [`generate`] the files in memory. docs/arxml.md explains what the configuration may say.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

pub mod model;

mod bswmd;
mod check;
mod document;
mod ecuc;
mod findings;
mod link;
mod read;
mod rte;
mod write;

pub use findings::{Finding, Findings, Kind, Severity};
pub use model::Model;
pub use write::{generate, OutputFile};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The configuration has errors.
    #[error("{0}")]
    Configuration(Findings),
    /// The output cannot be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Report {
    /// Files, with the output folder.
    pub files: Vec<PathBuf>,
    /// Findings that did not stop the generator.
    pub warnings: Findings,
}

/// A model and the warnings about it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The configuration.
    pub model: Model,
    /// Findings that are no errors.
    pub warnings: Findings,
}

/// Reads and checks a configuration that is spread over one or several files.
pub fn load<P: AsRef<Path>>(files: &[P]) -> Result<Model, Findings> {
    load_with_warnings(files).map(|loaded| loaded.model)
}

/// Like [`load`], and tells the warnings of a configuration without errors.
pub fn load_with_warnings<P: AsRef<Path>>(files: &[P]) -> Result<Loaded, Findings> {
    let mut unique: Vec<PathBuf> = Vec::new();
    for file in files {
        if !unique.iter().any(|known| known == file.as_ref()) {
            unique.push(file.as_ref().into());
        }
    }
    let files = unique;
    let mut findings = Findings::new();
    let ecuc = ecuc::Ecuc::read(&files, &mut findings);
    let draft = read::read(&ecuc, &mut findings);
    if let Some(draft) = &draft {
        check::check(draft, &mut findings);
    }
    let model = draft.filter(|_| !findings.has_errors()).map(link::link);
    if let Some(model) = &model {
        check::check_hsm(model, &mut findings);
    }
    findings.sort();
    match model {
        Some(model) if !findings.has_errors() => Ok(Loaded { model, warnings: findings }),
        _ => Err(findings),
    }
}

/// Reads, checks and writes. Nothing is written unless everything could be generated.
pub fn generate_to<P: AsRef<Path>>(files: &[P], out_dir: impl AsRef<Path>) -> Result<Report, Error> {
    let loaded = load_with_warnings(files).map_err(Error::Configuration)?;
    let files = write_to(&generate(&loaded.model), out_dir.as_ref())?;
    Ok(Report { files, warnings: loaded.warnings })
}

/// Writes files into a folder, which is created if need be.
pub fn write_to(files: &[OutputFile], out_dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    for file in files {
        let path = out_dir.join(&file.name);
        let folder = path.parent().unwrap_or(out_dir);
        fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.into(), source })?;
        fs::write(&path, &file.contents).map_err(|source| Error::Write { path: path.clone(), source })?;
        written.push(path);
    }
    Ok(written)
}
