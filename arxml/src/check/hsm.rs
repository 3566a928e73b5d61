//! Can the HSM hold the keys that are configured for it?

use crate::findings::{Findings, Kind};
use crate::model::{Fault, Model};

/// Needs a configuration that is in order otherwise: what a slot permits follows from all jobs.
pub(crate) fn check(model: &Model, findings: &mut Findings) {
    for fault in model.hsm_faults() {
        let kind = match fault.fault {
            Fault::Readable => Kind::HsmReadableSecret,
            Fault::Element => Kind::HsmElement,
            Fault::Kind => Kind::HsmKind,
            Fault::Slots => Kind::HsmSlot,
        };
        findings.at(&fault.origin, kind, fault.problem, fault.remedy);
    }
}
