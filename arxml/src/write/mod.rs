//! From the model to C files.

pub(crate) mod c;
mod cryif;
mod crypto;
mod csm;
mod keym;
mod nvm;

use crate::model::{Implementation, Model};

/// One file, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Name in the output folder; `bswmd/…` for module descriptions.
    pub name: String,
    /// Text.
    pub contents: String,
}

/// Every file of a configuration. Same model, same bytes.
pub fn generate(model: &Model) -> Vec<OutputFile> {
    let mut files = vec![csm::header(model), csm::source(model), cryif::header(model), cryif::source(model)];
    for (index, driver) in model.drivers.iter().enumerate() {
        if driver.implementation != Implementation::External {
            files.extend(crypto::files(model, index));
        }
    }
    files.extend(keym::files(model));
    files.extend(nvm::files(model));
    files.extend(crate::rte::files(model));
    files.extend(crate::bswmd::files());
    files
}
