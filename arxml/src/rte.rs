//! The RTE face: `Csm_swc.arxml` and the RTE stub.

use crate::model::Model;
use crate::write::OutputFile;

/// Files of the RTE face.
pub(crate) fn files(_model: &Model) -> Vec<OutputFile> {
    Vec::new()
}
