//! `KeyM_ServiceCertificate`: a certificate is put on trial outside its slot, and enters it only when it has been found valid and
//! has been stored. Nothing of a slot changes before.
#![forbid(unsafe_code)]

use super::common::{Operation, Purpose, NONCE_LENGTH};
use super::csr;
use super::engine::{changed, judged, judged_as, keep_in_csm, load_key_of, parsed_status};
use super::slot::Slot;
use super::storage::{Progress, Replacement, Replacements, Save, MAX_REPLACEMENTS};
use super::verify::{split, Kind, Target, Verification};
use crate::crl::CertificateList;
use crate::ffi::world::{Outcome, World};
use crate::numbers::*;
use crate::ocsp::{write_request, CertId, CertStatus, OcspResponse, SingleResponse};
use crate::types::*;
use crate::x509::{Certificate, HashAlgorithm};

#[derive(Clone, Copy)]
enum Step {
    Start,
    /// The old root's signature over the new one is verified.
    Consent,
    Trial,
    Save(Save),
    Install,
    Hash(Hashing),
    /// A certificate request of so many bytes is signed.
    Sign(u32),
    Signing(u32),
    /// An OCSP response has proved this.
    KeepResponse(Result<KeyM_CertificateStatusType, ()>),
}

/// Which hash of an OCSP request is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hashing {
    Name,
    NameWaiting,
    Key,
    KeyWaiting,
}

/// A service under way.
pub struct Service {
    operation: Operation,
    service: KeyM_ServiceCertificateType,
    step: Step,
    /// What is on trial.
    der: &'static [u8],
    /// What came with it.
    company: &'static [u8],
    replacements: Replacements,
    /// How many of them have entered their slots.
    installed: usize,
    /// Which certificates of their slots they are: others may have come since.
    generations: [u32; MAX_REPLACEMENTS],
    hashes: [[u8; 32]; 2],
    hash_length: usize,
    /// DER of the certificate and of its issuer, claimed until the end.
    claims: [Option<(KeyM_CertificateIdType, &'static [u8])>; 2],
    /// The Csm key of the slot has the public key of what is on trial.
    key_disturbed: bool,
    /// Changes of stores that the verdict has taken notice of, and its own.
    changes: u32,
}

impl Service {
    /// Nothing is done yet.
    pub fn new(operation: Operation) -> Self {
        let service = if let Purpose::Service(service) = operation.purpose { service } else { 0 };
        Self {
            operation,
            service,
            step: Step::Start,
            der: &[],
            company: &[],
            replacements: [None; MAX_REPLACEMENTS],
            installed: 0,
            generations: [0; MAX_REPLACEMENTS],
            hashes: [[0; 32]; 2],
            hash_length: 0,
            claims: [None; 2],
            key_disturbed: false,
            changes: 0,
        }
    }

    /// Bytes of the request buffer that were filled with the request.
    fn used(&self) -> u32 {
        self.operation.name_length.saturating_add(self.operation.request_length)
    }

    fn id(&self) -> KeyM_CertificateIdType {
        self.operation.target
    }

    /// Goes on: whether it has ended, and has been told.
    pub fn step(&mut self, world: &World, verification: &mut Verification) -> bool {
        match self.step {
            Step::Start => self.start(world, verification),
            Step::Consent => match verification.step(world) {
                None => false,
                Some(Ok(KEYM_CERTIFICATE_VALID)) => self.try_it(verification),
                Some(_) => self.refuse(world, KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
            },
            Step::Trial => match verification.step(world) {
                None => false,
                Some(verdict) => {
                    (self.key_disturbed, self.changes) = (verification.key_disturbed(), verification.changes());
                    self.tried(world, verification, verdict)
                }
            },
            Step::Save(ref mut save) => match save.step(world) {
                Progress::Working => false,
                Progress::Ended(true) => {
                    self.step = Step::Install;
                    false
                }
                Progress::Ended(false) => self.end(world, KEYM_RT_KEY_CERT_WRITE_FAIL, &[]),
            },
            Step::Install => self.install(world),
            Step::Hash(hashing) => self.hash(world, hashing),
            Step::KeepResponse(verdict) => self.keep_response(world, verdict),
            Step::Sign(length) => {
                let Some(certificate) = world.view().certificate(self.id()) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
                let outcome = world.sign(certificate.generateJobId, world.request(self.used(), length));
                self.signed(world, length, outcome)
            }
            Step::Signing(length) => {
                let outcome = world.outcome();
                self.signed(world, length, outcome)
            }
        }
    }

    fn start(&mut self, world: &World, verification: &mut Verification) -> bool {
        let used = self.used();
        let request = world.request(self.operation.name_length, self.operation.request_length);
        let name = world.request(0, self.operation.name_length);
        if let Some(answer) = world.handler_service(self.service, name, request, used, self.operation.response.room) {
            return match answer {
                Ok(length) => self.end(world, KEYM_RT_OK, world.request(used, length)),
                Err(_) => self.end(world, KEYM_RT_NOT_OK, &[]),
            };
        }
        let Some(certificate) = world.view().certificate(self.id()) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
        match self.service {
            KEYM_SERVICE_CERT_REQUEST_CSR => return self.request_csr(world, request),
            KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST | KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA => {
                self.claims = [claim(world, self.id()), claim_issuer(world, self.id(), certificate.upperCertificateId)];
                self.step = Step::Hash(Hashing::Name);
                return false;
            }
            KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE => {
                if !self.is_answer(world, request) || certificate.ocspMaxLength < self.operation.request_length {
                    return self.end(world, KEYM_RT_KEY_CERT_INVALID, &[]);
                }
                self.der = request;
                verification.begin(Target { ocsp: Some(request), ..Target::slot(self.id()) });
                self.step = Step::Trial;
                return false;
            }
            KEYM_SERVICE_CERT_V2GCRYPT_DELETE => {
                self.replace(self.id(), &[]);
                return self.store(world);
            }
            _ => {}
        }
        let mut values = split(request);
        let Some(der) = values.next() else { return self.end(world, KEYM_RT_KEY_CERT_INVALID, &[]) };
        self.der = der;
        self.company = request.get(der.len()..).unwrap_or(&[]);
        if parsed_status(certificate, der) != KEYM_CERTIFICATE_PARSED_NOT_VALIDATED || der.len() > certificate.maxLength as usize
        {
            return self.refuse(world, KEYM_RT_KEY_CERT_INVALID, KEYM_E_CERTIFICATE_INVALID_FORMAT);
        }
        match self.service {
            KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR => {
                let key = csr::private_key(world, certificate);
                if !key.is_some_and(|key| csr::is_about(world, certificate, key, der)) {
                    return self.refuse(world, KEYM_RT_KEY_CERT_INVALID, KEYM_E_CERTIFICATE_INVALID_CONTENT);
                }
            }
            KEYM_SERVICE_CERT_UPDATE_CRL if !self.company.is_empty() || is_older(world, self.id(), der) => {
                return self.refuse(world, KEYM_RT_KEY_CERT_INVALID, KEYM_E_CERTIFICATE_INVALID_CONTENT);
            }
            KEYM_SERVICE_CERT_SET_ROOT | KEYM_SERVICE_CERT_UPDATE_ROOT => {
                let occupied = world.locked(|shared| shared.slot(self.id()).is_some_and(|slot| slot.is_trusted()));
                if occupied && !self.company.is_empty() {
                    let kind = Kind::Consent(self.company);
                    verification.begin(Target { trial: Some(der), kind, ..Target::slot(self.id()) });
                    self.step = Step::Consent;
                    return false;
                }
                if occupied && !roots_may_go(world) {
                    let status = KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST;
                    return self.refuse(world, KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, status);
                }
                if !self.company.is_empty() {
                    return self.refuse(world, KEYM_RT_KEY_CERT_INVALID, KEYM_E_CERTIFICATE_INVALID_FORMAT);
                }
            }
            KEYM_SERVICE_CERT_SET_INTERMEDIATE | KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE if !self.company.is_empty() => {
                return self.refuse(world, KEYM_RT_KEY_CERT_INVALID, KEYM_E_CERTIFICATE_INVALID_FORMAT);
            }
            _ => {}
        }
        self.try_it(verification)
    }

    fn try_it(&mut self, verification: &mut Verification) -> bool {
        let root = matches!(self.service, KEYM_SERVICE_CERT_SET_ROOT | KEYM_SERVICE_CERT_UPDATE_ROOT);
        let kind = if self.service == KEYM_SERVICE_CERT_UPDATE_CRL { Kind::Crl } else { Kind::Path };
        let company: &'static [u8] = if root { &[] } else { self.company };
        verification.begin(Target { trial: Some(self.der), kind, company, ..Target::slot(self.id()) });
        self.step = Step::Trial;
        false
    }

    fn tried(&mut self, world: &World, verification: &Verification, verdict: Result<KeyM_CertificateStatusType, ()>) -> bool {
        if self.service == KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE {
            return self.tried_response(world, verification, verdict);
        }
        match verdict {
            Ok(KEYM_CERTIFICATE_VALID) => {}
            Ok(status) => {
                let chain = status == KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST;
                let result = if chain { KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST } else { KEYM_RT_KEY_CERT_INVALID };
                return self.refuse(world, result, status);
            }
            Err(()) => return self.end(world, KEYM_RT_NOT_OK, &[]),
        }
        self.replace(self.id(), self.der);
        if !self.place_company(world, verification) {
            return self.refuse(world, KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
        }
        self.store(world)
    }

    /// A response is kept if it proves something: that the certificate is good, or revoked.
    fn tried_response(
        &mut self,
        world: &World,
        verification: &Verification,
        verdict: Result<KeyM_CertificateStatusType, ()>,
    ) -> bool {
        // Where a CRL says it, the response may say anything.
        let decided = matches!(verdict, Ok(KEYM_CERTIFICATE_VALID | KEYM_E_CERTIFICATE_REVOKED));
        let proves = decided && verification.response_counts();
        if !proves || !self.is_news(world, verdict == Ok(KEYM_CERTIFICATE_VALID)) {
            // By something else it is revoked all the same.
            if verdict == Ok(KEYM_E_CERTIFICATE_REVOKED) {
                judged(world, self.id(), self.changes, verdict);
            }
            let result = match verdict {
                // Nothing is said about the response then: another one would fare no better.
                Ok(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST) => KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST,
                Err(()) => KEYM_RT_NOT_OK,
                Ok(_) => KEYM_RT_KEY_CERT_INVALID,
            };
            return self.end(world, result, &[]);
        }
        self.step = Step::KeepResponse(verdict);
        false
    }

    /// Whether the response is later than the one that is kept, and does not take back a revocation. The slot is serviced: nobody else
    /// writes it.
    #[inline(never)]
    fn is_news(&self, world: &World, good: bool) -> bool {
        let Some(certificate) = world.view().certificate(self.id()) else { return false };
        let length = world.locked(|shared| shared.slot(self.id()).map_or(0, |slot| slot.ocsp_length()));
        if length == 0 {
            return true;
        }
        let Some((_, der)) = claim(world, self.id()) else { return false };
        let news = Certificate::parse(der).is_ok_and(|subject| {
            let statements = |response| statements_about(response, subject.serial);
            let kept = statements(world.ocsp(certificate, length));
            let latest = kept.clone().map(|single| single.this_update.seconds).max();
            let revoked = kept.into_iter().any(|single| matches!(single.status, CertStatus::Revoked { .. }));
            let first = statements(self.der).map(|single| single.this_update.seconds).min();
            first > latest && !(good && revoked)
        });
        world.locked(|shared| shared.slot(self.id()).map(Slot::release));
        news
    }

    /// Readers of the one that was kept are waited for.
    fn keep_response(&mut self, world: &World, verdict: Result<KeyM_CertificateStatusType, ()>) -> bool {
        let Some(certificate) = world.view().certificate(self.id()) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
        if !world.locked(|shared| shared.slot(self.id()).is_some_and(Slot::claim_for_writing)) {
            return false;
        }
        world.set_ocsp(certificate, self.der);
        world.locked(|shared| {
            if let Some(slot) = shared.slot(self.id()) {
                slot.ocsp_written(self.operation.request_length);
            }
            shared.common.nonces.forget(self.id());
            shared.common.responses_changed = true;
        });
        judged(world, self.id(), self.changes, verdict);
        self.end(world, KEYM_RT_OK, &[])
    }

    /// Whether this is a response, with the nonce of the request if there was one.
    fn is_answer(&self, world: &World, response: &'static [u8]) -> bool {
        let Some(basic) = OcspResponse::parse(response).ok().and_then(|response| response.basic) else { return false };
        let asked = world.locked(|shared| shared.common.nonces.of(self.id()));
        let without = world.config().pathTolerances & KEYM_TOLERATE_RESPONSE_WITHOUT_NONCE != 0;
        match (asked, basic.nonce) {
            (None, _) => true,
            (Some(_), None) => without,
            (Some(asked), Some(nonce)) => nonce == asked,
        }
    }

    fn replace(&mut self, id: KeyM_CertificateIdType, der: &'static [u8]) -> bool {
        let free = self.replacements.iter_mut().find(|place| place.is_none());
        free.map(|place| *place = Some(Replacement { id, der })).is_some()
    }

    /// Puts the Sub-CAs of the path that came with a leaf into the slots above it. What came along and is in no path is left out.
    fn place_company(&mut self, world: &World, verification: &Verification) -> bool {
        if self.company.is_empty() || self.service == KEYM_SERVICE_CERT_UPDATE_ROOT || self.service == KEYM_SERVICE_CERT_SET_ROOT
        {
            return true;
        }
        let view = world.view();
        let Some(leaf) = view.certificate(self.id()) else { return false };
        let mut below = leaf;
        for issuer in verification.issuers() {
            let upper = below.upperCertificateId;
            let Some(slot) = view.certificate(upper).filter(|_| !view.is_root(upper)) else { return false };
            // Csm writes one key after the other: a reset between them would leave half of a chain.
            let together = leaf.nvmBlock == slot.nvmBlock && leaf.storage == slot.storage && leaf.storage != KEYM_STORAGE_IN_CSM;
            if !together || issuer.len() > slot.maxLength as usize || !self.replace(upper, issuer) {
                return false;
            }
            below = slot;
        }
        true
    }

    fn store(&mut self, world: &World) -> bool {
        let Some(certificate) = world.view().certificate(self.id()) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
        match certificate.storage {
            KEYM_STORAGE_IN_NVM => self.step = Step::Save(Save::new(certificate.nvmBlock, self.replacements)),
            KEYM_STORAGE_IN_CSM => {
                let replaced = self.replacements.iter().flatten();
                let mut stored = replaced.map(|replacement| match world.view().certificate(replacement.id) {
                    Some(certificate) => keep_in_csm(world, certificate, replacement.der),
                    None => false,
                });
                if !stored.all(|stored| stored) {
                    return self.end(world, KEYM_RT_KEY_CERT_WRITE_FAIL, &[]);
                }
                self.step = Step::Install;
            }
            _ => self.step = Step::Install,
        }
        false
    }

    /// What is stored enters the slots; readers are waited for.
    fn install(&mut self, world: &World) -> bool {
        let Some(replacement) = self.replacements.iter().flatten().nth(self.installed).copied() else {
            return self.installed_all(world);
        };
        let Some(certificate) = world.view().certificate(replacement.id) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
        if !world.locked(|shared| shared.slot(replacement.id).is_some_and(Slot::claim_for_writing)) {
            return false;
        }
        world.set_der(certificate, replacement.der);
        let length = u32::try_from(replacement.der.len()).unwrap_or(0);
        let (mut replaced, mut generation) = (false, 0);
        world.locked(|shared| {
            if let Some(slot) = shared.slot(replacement.id) {
                replaced = slot.written(length);
                generation = slot.generation();
                slot.key_pending = false;
                if length != 0 {
                    slot.status = KEYM_CERTIFICATE_PARSED_NOT_VALIDATED;
                    slot.stored = certificate.storage != KEYM_STORAGE_IN_RAM;
                }
            }
            shared.common.nonces.forget(replacement.id);
        });
        self.changes = self.changes.wrapping_add(changed(world, replacement.id, replaced));
        if let Some(place) = self.generations.get_mut(self.installed) {
            *place = generation;
        }
        self.installed = self.installed.saturating_add(1);
        false
    }

    fn installed_all(&mut self, world: &World) -> bool {
        self.key_disturbed = false;
        for (replacement, generation) in self.replacements.iter().flatten().zip(self.generations) {
            if !replacement.der.is_empty() {
                judged_as(world, replacement.id, generation, self.changes, Ok(KEYM_CERTIFICATE_VALID));
            }
        }
        let event = match self.service {
            KEYM_SERVICE_CERT_SET_ROOT => Some(KEYM_SEV_INST_ROOT_CERT_OPERATION),
            KEYM_SERVICE_CERT_UPDATE_ROOT => Some(KEYM_SEV_UPD_ROOT_CERT_OPERATION),
            KEYM_SERVICE_CERT_SET_INTERMEDIATE => Some(KEYM_SEV_INST_INTERMEDIATE_CERT_OPERATION),
            KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE => Some(KEYM_SEV_UPD_INTERMEDIATE_CERT_OPERATION),
            _ => None,
        };
        if let Some(event) = event {
            world.security_event(event, self.id(), KEYM_CERTIFICATE_VALID);
        }
        self.end(world, KEYM_RT_OK, &[])
    }

    // ---- certificate request

    /// A new key pair, and what is to be signed by it.
    fn request_csr(&mut self, world: &World, template: &[u8]) -> bool {
        let Some(certificate) = world.view().certificate(self.id()) else { return self.end(world, KEYM_RT_NOT_OK, &[]) };
        let template = if template.is_empty() { world.view().csr_template(certificate) } else { template };
        let Some(key) = csr::private_key(world, certificate).filter(|key| csr::generate(world, *key)) else {
            return self.end(world, KEYM_RT_NOT_OK, &[]);
        };
        world.locked(|shared| shared.slot(self.id()).map(|slot| slot.key_pending = true));
        let written =
            world.with_request_tail(self.used(), u32::MAX, |room| csr::write_info(world, certificate, template, key, room));
        match written.and_then(|length| u32::try_from(length).ok()) {
            Some(length) => {
                self.step = Step::Sign(length);
                false
            }
            None => self.end(world, KEYM_RT_NOT_OK, &[]),
        }
    }

    fn signed(&mut self, world: &World, length: u32, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Busy => self.step = Step::Sign(length),
            Outcome::Waiting => self.step = Step::Signing(length),
            Outcome::Failed(_) => return self.end(world, KEYM_RT_NOT_OK, &[]),
            Outcome::Done => {
                let (output, bytes) = world.output();
                let info = world.request(self.used(), length);
                let behind = self.used().saturating_add(length);
                let certificate = world.view().certificate(self.id()).zip(output.get(..bytes));
                let written = certificate.and_then(|(certificate, signature)| {
                    world.with_request_tail(behind, u32::MAX, |room| csr::write_request(certificate, info, signature, room))
                });
                return match written.and_then(|length| u32::try_from(length).ok()) {
                    Some(length) => self.end(world, KEYM_RT_OK, world.request(behind, length)),
                    None => self.end(world, KEYM_RT_NOT_OK, &[]),
                };
            }
        }
        false
    }

    // ---- OCSP request

    /// Name and key of the issuer are hashed, then the request is written. RFC 6960 4.1.1
    fn hash(&mut self, world: &World, hashing: Hashing) -> bool {
        let config = world.config();
        // SHA-1 where there is a job for it: what responders know. OCPP has SHA-256.
        let (algorithm, job) = match config.sha1JobId {
            job if job != KEYM_NO_JOB && self.service == KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST => (HashAlgorithm::Sha1, job),
            _ => (HashAlgorithm::Sha256, config.sha256JobId),
        };
        let outcome = match hashing {
            Hashing::NameWaiting | Hashing::KeyWaiting => world.outcome(),
            Hashing::Name | Hashing::Key => {
                let [subject, issuer] = self.claims.map(|claim| claim.and_then(|(_, der)| Certificate::parse(der).ok()));
                let (Some(subject), Some(issuer)) = (subject, issuer) else {
                    return self.end(world, KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, &[]);
                };
                world.hash(job, if hashing == Hashing::Name { subject.issuer.der } else { issuer.public_key.bytes })
            }
        };
        let of_name = matches!(hashing, Hashing::Name | Hashing::NameWaiting);
        match outcome {
            Outcome::Busy => self.step = Step::Hash(if of_name { Hashing::Name } else { Hashing::Key }),
            Outcome::Waiting => self.step = Step::Hash(if of_name { Hashing::NameWaiting } else { Hashing::KeyWaiting }),
            Outcome::Failed(_) => return self.end(world, KEYM_RT_NOT_OK, &[]),
            Outcome::Done => {
                let (output, length) = world.output();
                let [name, key] = &mut self.hashes;
                let place = if of_name { name } else { key };
                let (Some(place), Some(digest)) = (place.get_mut(..length), output.get(..length)) else {
                    return self.end(world, KEYM_RT_NOT_OK, &[]);
                };
                place.copy_from_slice(digest);
                self.hash_length = length;
                if of_name {
                    self.step = Step::Hash(Hashing::Key);
                } else {
                    return self.write_request(world, algorithm);
                }
            }
        }
        false
    }

    fn write_request(&mut self, world: &World, algorithm: HashAlgorithm) -> bool {
        let subject = self.claims[0].and_then(|(_, der)| Certificate::parse(der).ok());
        let [name, key] = &self.hashes;
        let (Some(subject), Some(name), Some(key)) = (subject, name.get(..self.hash_length), key.get(..self.hash_length)) else {
            return self.end(world, KEYM_RT_KEY_CERT_INVALID, &[]);
        };
        if self.service == KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA {
            return self.write_hash_data(world, subject.serial);
        }
        let mut nonce = [0; NONCE_LENGTH];
        let has_nonce = world.random(&mut nonce);
        if has_nonce && !world.locked(|shared| shared.common.nonces.remember(self.id(), nonce)) {
            return self.end(world, KEYM_RT_NOT_OK, &[]);
        }
        let nonce = has_nonce.then_some(&nonce[..]);
        let id = CertId { hash_algorithm: Some(algorithm), issuer_name_hash: name, issuer_key_hash: key, serial: subject.serial };
        let used = self.used();
        let room = self.operation.response.room;
        let written = world.with_request_tail(used, room, |room| write_request(&[id], nonce, room));
        match written.and_then(|length| u32::try_from(length).ok()) {
            Some(length) => self.end(world, KEYM_RT_OK, world.request(used, length)),
            None => self.end(world, KEYM_RT_NOT_OK, &[]),
        }
    }

    /// OCPP's certificateHashData: hash of the issuer's name, hash of its key, serial number without leading zeros.
    fn write_hash_data(&mut self, world: &World, serial: &[u8]) -> bool {
        let zeros = serial.iter().position(|octet| *octet != 0).unwrap_or(serial.len());
        let [name, key] = &self.hashes;
        let parts = [Some(&name[..]), Some(&key[..]), serial.get(zeros..)];
        let written = world.with_request_tail(self.used(), u32::MAX, |room| {
            let mut length = 0usize;
            for part in parts.into_iter().flatten() {
                room.get_mut(length..)?.get_mut(..part.len())?.copy_from_slice(part);
                length = length.saturating_add(part.len());
            }
            u32::try_from(length).ok()
        });
        match written {
            Some(length) => self.end(world, KEYM_RT_OK, world.request(self.used(), length)),
            None => self.end(world, KEYM_RT_NOT_OK, &[]),
        }
    }

    // ---- the end

    fn refuse(&mut self, world: &World, result: KeyM_ResultType, status: KeyM_CertificateStatusType) -> bool {
        world.security_event(KEYM_SEV_CERT_VERIF_FAILED, self.id(), status);
        self.end(world, result, &[])
    }

    /// What was on trial has not entered the slot: nobody uses its key.
    fn restore_key(&self, world: &World) {
        let Some(certificate) = world.view().certificate(self.id()) else { return };
        let valid = world.locked(|shared| shared.slot(self.id()).map(|slot| slot.status)) == Some(KEYM_CERTIFICATE_VALID);
        let loaded = valid && load_key_of(world, self.id()) == Some(true);
        if !loaded {
            let _ = world.key_set_invalid(certificate.verifyKeyId);
        }
        world.locked(|shared| shared.slot(self.id()).map(|slot| slot.key_loaded = loaded));
    }

    fn end(&mut self, world: &World, result: KeyM_ResultType, response: &[u8]) -> bool {
        if self.key_disturbed {
            self.restore_key(world);
        }
        let fits = world.respond(&self.operation.response, response);
        let (result, length) = match fits {
            true => (result, u32::try_from(response.len()).unwrap_or(0)),
            false => (KEYM_RT_NOT_OK, 0),
        };
        world.wipe_request();
        world.locked(|shared| {
            (shared.common.operating, shared.common.owed) = (false, None);
            for (id, _) in self.claims.iter_mut().filter_map(Option::take) {
                shared.slot(id).map(Slot::release);
            }
            if let Some(slot) = shared.slot(self.operation.target) {
                slot.serviced = false;
            }
        });
        world.serviced(self.operation.target, result, &self.operation.response, length);
        true
    }
}

/// What a response says of certificates with this serial number.
fn statements_about<'a>(response: &'a [u8], serial: &'a [u8]) -> impl Iterator<Item = SingleResponse<'a>> + Clone {
    let basic = OcspResponse::parse(response).ok().and_then(|response| response.basic);
    basic.into_iter().flat_map(|basic| basic.responses()).filter(move |single| single.cert_id.serial == serial)
}

/// Claims the DER of a slot that has been parsed.
fn claim(world: &World, id: KeyM_CertificateIdType) -> Option<(KeyM_CertificateIdType, &'static [u8])> {
    let certificate = world.view().certificate(id)?;
    let length = world.locked(|shared| shared.slot(id).filter(|slot| slot.is_parsed()).and_then(Slot::claim))?;
    Some((id, world.der(certificate, length)))
}

/// Claims the DER of who issued a certificate: its upper one, or where there are several roots the one of that name.
fn claim_issuer(
    world: &World,
    id: KeyM_CertificateIdType,
    upper: KeyM_CertificateIdType,
) -> Option<(KeyM_CertificateIdType, &'static [u8])> {
    let (_, der) = claim(world, id)?;
    let subject = Certificate::parse(der).ok();
    let all = 0..u16::try_from(world.view().certificates().len()).unwrap_or(0);
    let found = ::core::iter::once(upper).chain(all).find_map(|candidate| {
        let (_, der) = claim(world, candidate)?;
        let issued =
            subject.zip(Certificate::parse(der).ok()).is_some_and(|(subject, issuer)| issuer.subject.matches(&subject.issuer));
        if !issued {
            world.locked(|shared| shared.slot(candidate).map(Slot::release));
        }
        issued.then_some((candidate, der))
    });
    world.locked(|shared| shared.slot(id).map(Slot::release));
    found
}

/// Whether roots may be replaced or removed without their consent: in a session of the line or the workshop.
pub fn roots_may_go(world: &World) -> bool {
    let session = world.locked(|shared| shared.common.session);
    let known = [KEYM_START_OEM_PRODUCTIONMODE, KEYM_START_WORKSHOPMODE];
    world.config().tolerateUnsignedRootReplacement != 0 || session.is_some_and(|session| known.contains(&session))
}

/// Whether the slot has a newer CRL than this.
fn is_older(world: &World, id: KeyM_CertificateIdType, der: &[u8]) -> bool {
    let Some(certificate) = world.view().certificate(id) else { return true };
    let Some(length) = world.locked(|shared| shared.slot(id).filter(|slot| slot.is_trusted()).and_then(Slot::claim)) else {
        return false;
    };
    let old = CertificateList::parse(world.der(certificate, length)).map(|old| old.this_update.seconds);
    world.locked(|shared| shared.slot(id).map(Slot::release));
    match (old, CertificateList::parse(der)) {
        (Ok(old), Ok(new)) => new.this_update.seconds < old,
        (Err(_), _) => false,
        (_, Err(_)) => true,
    }
}
