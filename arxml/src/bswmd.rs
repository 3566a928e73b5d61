//! `bswmd/*.arxml`: module descriptions with the ECUC parameter definitions.

use crate::write::OutputFile;

/// Files that a configuration editor imports.
pub(crate) fn files() -> Vec<OutputFile> {
    Vec::new()
}
