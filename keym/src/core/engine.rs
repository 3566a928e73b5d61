//! What runs in the main functions: one task at a time, a part of it in each call.
#![forbid(unsafe_code)]

use super::keys::KeyTask;
use super::roles::{chain_role, is_above, is_upper, takes_anchor};
use super::service::Service;
use super::slot::{Request, Slot};
use super::storage::{Load, Progress, Save};
use super::terms::{load_public_key, now};
use super::verify::{Kind, Target, Verification};
use super::MAX_CHAIN;
use crate::config::*;
use crate::crl::CertificateList;
use crate::ffi::world::World;
use crate::numbers::*;
use crate::time::TimeFloor;
use crate::types::*;
use crate::x509::{Certificate, KeyAlgorithm};
use v2gcrypt_types::*;

/// The time floor is written when it has risen by a day.
const FLOOR_STEP: i64 = 86_400;

#[allow(clippy::large_enum_variant)] // one of them exists
enum Task {
    /// Blocks of NvM are read.
    Load(Load),
    /// Certificates in Csm are read, from this one on.
    Fetch(KeyM_CertificateIdType),
    Rest,
    /// The root above a certificate is verified before it.
    VerifyRoot {
        root: KeyM_CertificateIdType,
        then: KeyM_CertificateIdType,
        generation: u32,
    },
    Verify(KeyM_CertificateIdType),
    /// A certificate that has been verified is stored.
    Store(KeyM_CertificateIdType, Save),
    Service(Service),
    Key(KeyTask),
    /// A block whose time has come is written.
    Flush(Save),
}

/// Works off what was asked for.
pub struct Engine {
    task: Task,
    verification: Verification,
    /// The certificate whose verification was the last to begin: the others come before it again.
    last: KeyM_CertificateIdType,
    /// A verification was the last to begin: whatever else waits comes before the next one.
    others_first: bool,
}

impl Engine {
    /// Just initialised.
    pub const NEW: Self =
        Self { task: Task::Load(Load::NEW), verification: Verification::NEW, last: KEYM_NO_CERTIFICATE, others_first: false };

    /// `KeyM_MainFunction`: keys and storage; nothing that parses or judges certificates.
    pub fn main_function(&mut self, world: &World) {
        match self.task {
            Task::Rest => self.begin_without_certificates(world),
            Task::Load(_) | Task::Fetch(_) | Task::Store(..) | Task::Key(_) | Task::Flush(_) => self.step(world),
            Task::VerifyRoot { .. } | Task::Verify(_) | Task::Service(_) => {}
        }
    }

    /// `KeyM_MainBackgroundFunction`: a part of whatever is to be done.
    pub fn background(&mut self, world: &World) {
        if matches!(self.task, Task::Rest) {
            self.begin(world);
        } else {
            self.step(world);
        }
    }

    fn step(&mut self, world: &World) {
        match &mut self.task {
            Task::Load(load) => {
                if load.step(world) {
                    self.task = Task::Fetch(0);
                }
            }
            Task::Fetch(id) => {
                let id = *id;
                if usize::from(id) >= world.view().certificates().len() {
                    world.locked(|shared| shared.common.loaded = true);
                    self.task = Task::Rest;
                } else {
                    fetch(world, id);
                    self.task = Task::Fetch(id.saturating_add(1));
                }
            }
            Task::Rest => {}
            Task::VerifyRoot { root, then, generation } => {
                let (root, then, generation) = (*root, *then, *generation);
                if let Some(verdict) = self.verification.step(world) {
                    judged_as(world, root, generation, self.verification.changes(), verdict);
                    self.verify(world, then);
                }
            }
            Task::Verify(id) => {
                let id = *id;
                if let Some(verdict) = self.verification.step(world) {
                    self.verified(world, id, verdict);
                }
            }
            Task::Store(id, save) => {
                let id = *id;
                if let Progress::Ended(stored) = save.step(world) {
                    self.task = Task::Rest;
                    world.locked(|shared| shared.slot(id).map(|slot| slot.stored |= stored));
                    tell(world, id);
                }
            }
            Task::Service(service) => {
                if service.step(world, &mut self.verification) {
                    self.task = Task::Rest;
                }
            }
            Task::Key(task) => {
                if task.step(world) {
                    self.task = Task::Rest;
                }
            }
            Task::Flush(save) => {
                if save.step(world) != Progress::Working {
                    self.task = Task::Rest;
                }
            }
        }
    }

    // ---- what is to be done next

    fn begin(&mut self, world: &World) {
        if parse_one(world) {
            return;
        }
        if core::mem::take(&mut self.others_first) {
            self.begin_operation(world);
            if !matches!(self.task, Task::Rest) {
                return;
            }
        }
        // One look at all: a certificate that has come meanwhile is parsed before it, or what is below it, is verified.
        let request = world.locked(|shared| {
            if shared.slots.iter().any(Slot::is_to_be_parsed) {
                return None;
            }
            let waiting = shared.slots.iter().zip(0u16..).filter(|(slot, _)| slot.request != Request::None);
            waiting.map(|(_, id)| id).min_by_key(|id| (*id <= self.last, *id))
        });
        if let Some(id) = request {
            (self.last, self.others_first) = (id, true);
            self.verify_root_first(world, id);
            return;
        }
        self.begin_operation(world);
    }

    fn begin_operation(&mut self, world: &World) {
        let operation = world.locked(|shared| {
            let operation = shared.common.operation.filter(|operation| operation.is_service())?;
            shared.common.operation = None;
            Some(operation)
        });
        if let Some(operation) = operation {
            self.task = Task::Service(Service::new(operation));
            return;
        }
        self.begin_without_certificates(world);
    }

    fn begin_without_certificates(&mut self, world: &World) {
        let operation = world.locked(|shared| {
            let operation = shared.common.operation.filter(|operation| !operation.is_service())?;
            shared.common.operation = None;
            Some(operation)
        });
        if let Some(operation) = operation {
            self.task = Task::Key(KeyTask::new(operation));
            return;
        }
        raise_floor(world);
        let due = world.locked(|shared| shared.records.iter().position(super::storage::Record::is_due));
        if let Some(block) = due.and_then(|index| u16::try_from(index).ok()) {
            self.task = Task::Flush(Save::new(block, Default::default()));
        }
    }

    /// Issuers that are not verified are verified, too, from the root down: the root here, the rest with the path.
    fn verify_root_first(&mut self, world: &World, id: KeyM_CertificateIdType) {
        let root = root_above(world, id).filter(|root| *root != id);
        let unverified = root.and_then(|root| {
            world.locked(|shared| {
                let slot = shared.slot(root).filter(|slot| slot.is_parsed() && slot.status != KEYM_CERTIFICATE_VALID);
                slot.map(|slot| (root, slot.generation()))
            })
        });
        match unverified {
            Some((root, generation)) => {
                self.verification.begin(Target::slot(root));
                self.task = Task::VerifyRoot { root, then: id, generation };
            }
            None => self.verify(world, id),
        }
    }

    fn verify(&mut self, world: &World, id: KeyM_CertificateIdType) {
        let request = world.locked(|shared| shared.slot(id).map_or(Request::None, |slot| slot.request));
        let crl = world.view().certificate(id).is_some_and(|certificate| certificate.format == KEYM_CERT_FORMAT_CRL);
        let upper = if let Request::Against(upper) = request { Some(upper) } else { None };
        let kind = if crl { Kind::Crl } else { Kind::Path };
        self.verification.begin(Target { upper, chain: request == Request::Chain, kind, ..Target::slot(id) });
        self.task = Task::Verify(id);
    }

    fn verified(&mut self, world: &World, id: KeyM_CertificateIdType, verdict: Result<KeyM_CertificateStatusType, ()>) {
        judged(world, id, self.verification.changes(), verdict);
        let Some(certificate) = world.view().certificate(id) else {
            self.task = Task::Rest;
            return;
        };
        let stored = world.locked(|shared| shared.slot(id).is_some_and(|slot| slot.stored));
        if verdict == Ok(KEYM_CERTIFICATE_VALID) && !stored {
            match certificate.storage {
                KEYM_STORAGE_IN_NVM => {
                    self.task = Task::Store(id, Save::new(certificate.nvmBlock, Default::default()));
                    return;
                }
                KEYM_STORAGE_IN_CSM => {
                    let length = world.locked(|shared| shared.slot(id).map_or(0, |slot| slot.length()));
                    let kept = keep_in_csm(world, certificate, world.der(certificate, length));
                    world.locked(|shared| shared.slot(id).map(|slot| slot.stored = kept));
                }
                _ => {}
            }
        }
        self.task = Task::Rest;
        tell(world, id);
    }
}

/// The root above a certificate, by the configuration.
pub(super) fn root_above(world: &World, id: KeyM_CertificateIdType) -> Option<KeyM_CertificateIdType> {
    let view = world.view();
    let mut above = id;
    for _ in 0..MAX_CHAIN {
        if view.is_root(above) {
            return Some(above);
        }
        above = view.certificate(above)?.upperCertificateId;
    }
    None
}

/// The verdict becomes the slot's status; what is valid has its key in Csm. [SWS_KeyM_00032]
#[inline(never)]
pub(super) fn judged(world: &World, id: KeyM_CertificateIdType, changes: u32, verdict: Result<KeyM_CertificateStatusType, ()>) {
    let generation = world.locked(|shared| shared.slot(id).map_or(0, |slot| slot.generation()));
    judged_as(world, id, generation, changes, verdict);
}

/// The same of a certificate that the slot may not hold any more: then nothing is known of what it holds. What was found valid before
/// a store has changed is to be verified again; but for roots, for which nobody vouches.
pub(super) fn judged_as(
    world: &World,
    id: KeyM_CertificateIdType,
    generation: u32,
    changes: u32,
    verdict: Result<KeyM_CertificateStatusType, ()>,
) {
    let mut status = verdict.unwrap_or(KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    let mut loaded = false;
    if status == KEYM_CERTIFICATE_VALID {
        match load_key_of(world, id) {
            Some(done) => loaded = done,
            None => status = KEYM_CERTIFICATE_INVALID,
        }
    }
    let root = world.view().is_root(id);
    world.locked(|shared| {
        if status == KEYM_CERTIFICATE_VALID && !root && shared.common.changes != changes {
            status = KEYM_CERTIFICATE_PARSED_NOT_VALIDATED;
        }
        if let Some(slot) = shared.slot(id).filter(|slot| slot.generation() == generation) {
            slot.status = status;
            slot.trusted |= status == KEYM_CERTIFICATE_VALID;
            slot.key_loaded = loaded;
        }
    });
    if status == KEYM_E_CERTIFICATE_REVOKED {
        doubt(world, id, true);
    }
    if !matches!(status, KEYM_CERTIFICATE_VALID | KEYM_CERTIFICATE_PARSED_NOT_VALIDATED) {
        world.security_event(KEYM_SEV_CERT_VERIF_FAILED, id, status);
    }
}

/// Puts the public key of a certificate into its Csm key: whether it has one. `None`: Csm does not take it.
pub(super) fn load_key_of(world: &World, id: KeyM_CertificateIdType) -> Option<bool> {
    let certificate = world.view().certificate(id)?;
    if certificate.verifyKeyId == KEYM_NO_KEY || certificate.format != KEYM_CERT_FORMAT_X509 {
        return Some(false);
    }
    let length = world.locked(|shared| shared.slot(id).and_then(Slot::claim))?;
    let parsed = Certificate::parse(world.der(certificate, length));
    let loaded = parsed.ok().and_then(|parsed| load_public_key(world, certificate.verifyKeyId, &parsed.public_key));
    world.locked(|shared| shared.slot(id).map(Slot::release));
    loaded.map(|()| true)
}

/// Ends a verification that was asked for, and tells its outcome. A callback may ask for the next one.
fn tell(world: &World, id: KeyM_CertificateIdType) {
    let status = world.locked(|shared| {
        if shared.common.chain.owner == id {
            shared.common.chain.owner = KEYM_NO_CERTIFICATE;
        }
        shared.slot(id).map(|slot| {
            slot.request = Request::None;
            slot.status
        })
    });
    if let Some(status) = status {
        world.verified(id, status);
    }
}

/// Writes a certificate into its Csm key.
pub(super) fn keep_in_csm(world: &World, certificate: &KeyM_CertificateConfigType, der: &[u8]) -> bool {
    world.key_element_set(certificate.targetKeyId, certificate.targetKeyElementId, der) == E_OK
        && world.key_set_valid(certificate.targetKeyId) == E_OK
}

/// Reads a certificate that Csm keeps.
fn fetch(world: &World, id: KeyM_CertificateIdType) {
    let Some(certificate) = world.view().certificate(id).filter(|c| c.storage == KEYM_STORAGE_IN_CSM) else { return };
    if !world.locked(|shared| shared.slot(id).is_some_and(Slot::claim_for_writing)) {
        return;
    }
    let length = world.fetch_der(certificate).unwrap_or(0);
    world.locked(|shared| {
        if let Some(slot) = shared.slot(id) {
            slot.written(length);
            slot.stored = length != 0;
        }
    });
}

/// Parses a certificate that waits for it: whether there was one. No verification begins before. [SWS_KeyM_00028]
#[inline(never)]
fn parse_one(world: &World) -> bool {
    let claimed = world.locked(|shared| {
        let mut slots = shared.slots.iter_mut().enumerate();
        let found = slots.find(|(_, slot)| slot.is_to_be_parsed())?;
        let (index, slot) = found;
        Some((u16::try_from(index).ok()?, slot.claim()?, slot.generation(), slot.stored))
    });
    let Some((id, length, generation, stored)) = claimed else { return false };
    let Some(certificate) = world.view().certificate(id) else { return false };
    let mut status = parsed_status(certificate, world.der(certificate, length));
    // What was a trusted root when it was stored still is one: whoever reads records that are not ours is the integrator's MAC.
    let anchor = stored && status == KEYM_CERTIFICATE_PARSED_NOT_VALIDATED && world.view().is_root(id);
    let loaded = if anchor { load_key_of(world, id) } else { Some(false) };
    if anchor && loaded.is_some() {
        status = KEYM_CERTIFICATE_VALID;
    }
    world.locked(|shared| {
        if let Some(slot) = shared.slot(id) {
            slot.release();
            if slot.generation() == generation {
                slot.status = status;
                slot.key_loaded = loaded == Some(true);
            }
        }
    });
    true
}

/// What parsing says of DER.
pub(super) fn parsed_status(certificate: &KeyM_CertificateConfigType, der: &[u8]) -> KeyM_CertificateStatusType {
    match certificate.format {
        KEYM_CERT_FORMAT_X509 => match Certificate::parse(der) {
            Ok(parsed) => {
                let rsa = parsed.public_key.algorithm == KeyAlgorithm::Rsa;
                if rsa == (certificate.algorithm == KEYM_CERT_ALGO_RSA) {
                    KEYM_CERTIFICATE_PARSED_NOT_VALIDATED
                } else {
                    KEYM_E_CERTIFICATE_INVALID_TYPE
                }
            }
            Err(_) => KEYM_E_CERTIFICATE_INVALID_FORMAT,
        },
        KEYM_CERT_FORMAT_CRL => match CertificateList::parse(der) {
            Ok(_) => KEYM_CERTIFICATE_PARSED_NOT_VALIDATED,
            Err(_) => KEYM_E_CERTIFICATE_INVALID_FORMAT,
        },
        // Card verifiable certificates are not read.
        _ => KEYM_E_CERTIFICATE_INVALID_TYPE,
    }
}

/// A certificate of the slot has changed, and has replaced another or not: what was valid below it is to be verified again. A leaf vouches for nobody, so what is known
/// of its issuers, by their fingerprints, outlasts it. A CRL speaks of all below its upper certificate. How many changes of stores it was.
pub(crate) fn changed(world: &World, id: KeyM_CertificateIdType, replaced: bool) -> u32 {
    let view = world.view();
    let Some(certificate) = view.certificate(id) else { return 0 };
    let crl = certificate.format == KEYM_CERT_FORMAT_CRL;
    if crl || is_upper(&view, id) || view.is_root(id) {
        world.locked(|shared| {
            shared.common.stores_changed = true;
            shared.common.changes = shared.common.changes.wrapping_add(1);
        });
        doubt(world, if crl { certificate.upperCertificateId } else { id }, crl || replaced);
        return 1;
    }
    0
}

/// What was valid below a certificate is to be verified again, also, where wanted, what may have a root above it by its role.
fn doubt(world: &World, above: KeyM_CertificateIdType, by_role: bool) {
    let view = world.view();
    let Some(root) = view.certificate(above).map(|certificate| certificate.role) else { return };
    for (index, certificate) in view.certificates().iter().enumerate() {
        let below = u16::try_from(index).unwrap_or(KEYM_NO_CERTIFICATE);
        if below == above || certificate.format == KEYM_CERT_FORMAT_CRL {
            continue;
        }
        // Outside the exclusive area: this is much looking.
        let by_role = by_role && view.is_root(above) && !view.is_root(below) && takes_anchor(chain_role(&view, below), root);
        if by_role || is_above(&view, above, below) {
            world.locked(|shared| {
                if let Some(slot) = shared.slot(below).filter(|slot| slot.status == KEYM_CERTIFICATE_VALID) {
                    slot.status = KEYM_CERTIFICATE_PARSED_NOT_VALIDATED;
                }
            });
        }
    }
}

/// The floor follows a synchronised clock; NvM follows in greater steps, for it wears.
fn raise_floor(world: &World) {
    let keeps = |block: &KeyM_NvmBlockConfigType| block.keepsTimeFloor != 0;
    let Some(block) = world.view().blocks().iter().position(keeps) else { return };
    let base = world.view().certificates().iter().map(|certificate| certificate.timeBase).find(|base| *base != KEYM_NO_TIME_BASE);
    let Some(base) = base else { return };
    let now = now(world, base);
    let at_least = |seconds| if seconds == i64::MIN { TimeFloor::NONE } else { TimeFloor::at(seconds) };
    world.locked(|shared| {
        let common = &mut *shared.common;
        let (mut floor, mut kept) = (at_least(common.time_floor), at_least(common.floor_kept));
        if floor.advance(now, 1) {
            common.time_floor = floor.seconds().unwrap_or(i64::MIN);
        }
        if kept.advance(now, FLOOR_STEP) {
            common.floor_kept = kept.seconds().unwrap_or(i64::MIN);
            if let Some(record) = shared.records.get_mut(block) {
                record.changed(0);
            }
        }
    });
}
