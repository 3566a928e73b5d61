//! A verification of a configured certificate, or of one that is on trial for a slot: it gathers what a path needs, has
//! [`crate::path`] judge it, and has Csm verify signatures and hash. It changes nothing but the keys of issuers.
#![forbid(unsafe_code)]

use super::common::MAX_CHAIN;
use super::engine::{parsed_status, root_above};
use super::inputs::Inputs;
use super::roles::{chain_role, level, profile, takes_anchor};
use super::rules;
use super::terms::{load_public_key, now, policy, pool_pair, status_of};
use crate::crl::CertificateList;
use crate::ffi::world::{Outcome, World};
use crate::numbers::*;
use crate::path::{Action, Event, Evidence, HashAlgorithm, Known, Position, Query, SignatureCheck, Validation, MAX_PATH};
use crate::time::TimeQuality;
use crate::types::*;
use crate::x509::reader::Reader;
use crate::x509::{ecdsa_raw, Certificate, KeyAlgorithm, KeyUsage, Name, SignatureAlgorithm, ECDSA_RAW_MAX};
use v2gcrypt_types::*;

/// What is verified.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The slot that it is in, or on trial for.
    pub id: KeyM_CertificateIdType,
    /// What is on trial; `None`: what the slot holds.
    pub trial: Option<&'static [u8]>,
    /// An OCSP response that is on trial with it, in place of the one that is kept.
    pub ocsp: Option<&'static [u8]>,
    /// Its upper certificate, where a caller has named another one than the configuration.
    pub upper: Option<KeyM_CertificateIdType>,
    /// Whether the chain buffer belongs to it.
    pub chain: bool,
    /// How it is judged.
    pub kind: Kind,
    /// Certificates, one behind the other, that came with what is on trial.
    pub company: &'static [u8],
}

/// How a certificate is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By its path.
    Path,
    /// It is a CRL.
    Crl,
    /// By this signature, which the certificate in the slot has to have made over it.
    Consent(&'static [u8]),
}

impl Target {
    /// What the slot holds.
    pub const fn slot(id: KeyM_CertificateIdType) -> Self {
        Self { id, trial: None, ocsp: None, upper: None, chain: false, kind: Kind::Path, company: &[] }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Gather,
    Go(Answer),
    /// The key is in Csm.
    Signature,
    Verifying,
    Hashing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Continue,
    Verified(bool),
    Hashed,
    Failed,
}

/// A verification under way.
pub struct Verification {
    target: Target,
    step: Step,
    validation: Validation<'static>,
    /// A signature to verify, and the job that does it.
    check: Option<(SignatureCheck<'static>, uint32)>,
    rules_hold: Option<bool>,
    /// The target's own claim.
    claimed: bool,
    /// Whether a trial has written the key of the slot.
    key_disturbed: bool,
    /// Issuers of a path that has been found valid, from the leaf upward, without the anchor.
    issuers: [Option<&'static [u8]>; MAX_PATH],
    /// The first OCSP response has proved the certificate good, or revoked.
    response_counts: bool,
    /// Changes of stores before it has gathered.
    changes: u32,
    /// How often it has gathered anew, for stores changed meanwhile.
    rounds: u8,
}

/// Rounds in vain after which there is no verdict.
const MAX_ROUNDS: u8 = 4;

impl Verification {
    /// None.
    pub const NEW: Self = Self {
        target: Target::slot(KEYM_NO_CERTIFICATE),
        step: Step::Gather,
        validation: Validation::IDLE,
        check: None,
        rules_hold: None,
        claimed: false,
        key_disturbed: false,
        issuers: [None; MAX_PATH],
        response_counts: false,
        changes: 0,
        rounds: 0,
    };

    /// Begins one; [`Verification::step`] goes on.
    pub fn begin(&mut self, target: Target) {
        // Field by field: the validation is large.
        let Self {
            target: own_target,
            step,
            validation,
            check,
            rules_hold,
            claimed,
            key_disturbed,
            issuers,
            response_counts,
            changes,
            rounds,
        } = self;
        *own_target = target;
        *step = Step::Gather;
        validation.release();
        *check = None;
        *rules_hold = None;
        *claimed = false;
        *key_disturbed = false;
        *issuers = [None; MAX_PATH];
        *response_counts = false;
        (*changes, *rounds) = (0, 0);
    }

    /// Does a part of the work: the status of the certificate, once there is one. `Err`: no verdict, a job could not be done.
    pub fn step(&mut self, world: &World) -> Option<Result<KeyM_CertificateStatusType, ()>> {
        match self.step {
            Step::Gather => {
                match self.gather(world) {
                    Ok(true) => {}
                    // A list that is left out would say nothing.
                    Ok(false) => return Some(self.end(world, Err(()))),
                    Err(status) => return Some(self.end(world, Ok(status))),
                }
                self.step = if self.target.kind == Kind::Path { Step::Go(Answer::Continue) } else { Step::Signature };
                None
            }
            Step::Go(answer) if self.target.kind != Kind::Path => {
                let status = match answer {
                    Answer::Verified(true) => Ok(KEYM_CERTIFICATE_VALID),
                    Answer::Verified(false) => Ok(KEYM_E_CERTIFICATE_SIGNATURE_FAIL),
                    _ => Err(()),
                };
                Some(self.end(world, status))
            }
            Step::Go(answer) => self.go(world, answer),
            Step::Signature => self.verify(world),
            Step::Verifying => {
                let outcome = world.outcome();
                self.verified(world, outcome)
            }
            Step::Hashing => {
                let outcome = world.outcome();
                self.hashed(outcome)
            }
        }
    }

    /// Whether the certificate on trial has taken the place of the slot's in its Csm key.
    pub fn key_disturbed(&self) -> bool {
        self.key_disturbed
    }

    /// The issuers of a path that has been found valid, from the leaf upward, without the anchor.
    pub fn issuers(&self) -> impl Iterator<Item = &'static [u8]> + '_ {
        self.issuers.iter().flatten().copied()
    }

    /// Whether the response on trial has proved the certificate good, or revoked.
    pub fn response_counts(&self) -> bool {
        self.response_counts
    }

    /// Changes of stores that it has taken notice of.
    pub fn changes(&self) -> u32 {
        self.changes
    }

    // ---- gathering; apart from judging, whose jobs need their own stack

    /// Whether there was room for all that is to be looked at.
    #[inline(never)]
    fn gather(&mut self, world: &World) -> Result<bool, KeyM_CertificateStatusType> {
        let view = world.view();
        let target = self.target;
        let configured = view.certificate(target.id).ok_or(KEYM_CERTIFICATE_NOT_AVAILABLE)?;
        let (stores_changed, responses_changed) = world.locked(|shared| {
            let common = &mut *shared.common;
            self.changes = common.changes;
            (core::mem::take(&mut common.stores_changed), core::mem::take(&mut common.responses_changed))
        });
        let leaf = match target.trial {
            Some(der) => der,
            None => {
                let unread =
                    world.locked(|shared| shared.slot(target.id).map_or(KEYM_CERTIFICATE_NOT_AVAILABLE, |slot| slot.status));
                let length = claim(world, target.id, |slot| slot.is_parsed()).ok_or(unread)?;
                self.claimed = true;
                world.der(configured, length)
            }
        };
        world.prepare_inputs(|inputs| {
            inputs.clear();
            if stores_changed {
                inputs.memory.forget();
            } else if responses_changed {
                inputs.memory.forget_statuses();
            }
            inputs.leaf = leaf;
            inputs.policy = policy(world, profile(configured));
        });
        match target.kind {
            Kind::Path => {}
            // Whoever names an upper certificate means that one.
            Kind::Crl if target.upper.is_some_and(|upper| upper != configured.upperCertificateId) => {
                return Err(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
            }
            Kind::Crl => return self.gather_crl(world, configured.upperCertificateId).map(|()| true),
            Kind::Consent(signature) => return self.gather_consent(world, signature).map(|()| true),
        }
        if !view.is_root(target.id) {
            self.gather_issuers(world)?;
        } else if target.upper.is_some_and(|upper| upper != target.id) {
            return Err(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
        }
        let all = self.gather_status(world);
        let inputs = world.inputs();
        let query = Query {
            pool: inputs.pool.der(),
            crls: inputs.crls.der(),
            ocsp: inputs.ocsp.der(),
            time: now(world, configured.timeBase),
            level: level(&view, target.id),
            // A response on trial has to prove it by itself.
            known: (world.config().sha256JobId != KEYM_NO_JOB)
                .then(|| Known { prove_again: target.ocsp.is_some(), ..inputs.memory.known() }),
            ..Query::new(inputs.leaf, inputs.anchors.der(), profile(configured), chain_role(&view, target.id), &inputs.policy)
        };
        self.validation.restart(query);
        Ok(all)
    }

    /// A root on trial that the one in the slot has signed, all of it.
    #[inline(never)]
    fn gather_consent(&mut self, world: &World, signature: &'static [u8]) -> Result<(), KeyM_CertificateStatusType> {
        add(world, self.target.id, |slot| slot.is_trusted(), |inputs, der| inputs.anchors.push(self.target.id, der));
        let inputs = world.inputs();
        let old = inputs.anchors.der().first().and_then(|der| Certificate::parse(der).ok());
        let old = old.ok_or(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST)?;
        let algorithm = match old.public_key.algorithm {
            KeyAlgorithm::P256 => SignatureAlgorithm::EcdsaSha256,
            KeyAlgorithm::P384 => SignatureAlgorithm::EcdsaSha384,
            KeyAlgorithm::P521 => SignatureAlgorithm::EcdsaSha512,
            KeyAlgorithm::Ed25519 => SignatureAlgorithm::Ed25519,
            KeyAlgorithm::Ed448 => SignatureAlgorithm::Ed448,
            _ => return Err(KEYM_E_CERTIFICATE_INVALID_TYPE),
        };
        let message = inputs.leaf;
        let check = SignatureCheck { issuer: Position::Anchor(0), public_key: old.public_key, algorithm, message, signature };
        let job = self.prepare_key(world, &check).ok_or(KEYM_CERTIFICATE_INVALID)?;
        self.check = Some((check, job));
        Ok(())
    }

    /// A CRL: names and times are judged at once, its signature as a path's are. RFC 5280 6.3.3
    #[inline(never)]
    fn gather_crl(&mut self, world: &World, upper: KeyM_CertificateIdType) -> Result<(), KeyM_CertificateStatusType> {
        let is_valid = |slot: &super::Slot| slot.status == KEYM_CERTIFICATE_VALID;
        add(world, upper, is_valid, |inputs, der| inputs.anchors.push(upper, der));
        let inputs = world.inputs();
        let list = CertificateList::parse(inputs.leaf).map_err(|_| KEYM_E_CERTIFICATE_INVALID_FORMAT)?;
        let issuer = inputs.anchors.der().first().and_then(|der| Certificate::parse(der).ok());
        let issuer = issuer.filter(|issuer| issuer.subject.matches(&list.issuer));
        let issuer = issuer.ok_or(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST)?;
        // RFC 5280 6.3.3 (f)
        let usage = issuer.extensions.key_usage;
        if !usage.map_or(true, |usage| usage.contains(KeyUsage::CRL_SIGN)) {
            return Err(KEYM_E_CERTIFICATE_INVALID_CONTENT);
        }
        let base = world.view().certificate(self.target.id).map_or(KEYM_NO_TIME_BASE, |certificate| certificate.timeBase);
        let now = now(world, base);
        // Whether it is still current, each validation judges that uses it.
        if now.quality == TimeQuality::Synchronised && now.seconds.is_some_and(|now| list.this_update.seconds > now) {
            return Err(KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL);
        }
        let check = SignatureCheck {
            issuer: Position::Anchor(0),
            public_key: issuer.public_key,
            algorithm: list.signature_algorithm,
            message: list.tbs,
            signature: list.signature,
        };
        let job = self.prepare_key(world, &check).ok_or(KEYM_CERTIFICATE_INVALID)?;
        self.check = Some((check, job));
        Ok(())
    }

    fn gather_issuers(&mut self, world: &World) -> Result<(), KeyM_CertificateStatusType> {
        let view = world.view();
        let target = self.target;
        let Some(configured) = view.certificate(target.id) else { return Err(KEYM_CERTIFICATE_NOT_AVAILABLE) };
        // [SWS_KeyM_00118]
        let mut upper = target.upper.unwrap_or(configured.upperCertificateId);
        let mut root = None;
        for _ in 0..MAX_CHAIN {
            let Some(issuer) = view.certificate(upper) else { break };
            if view.is_root(upper) {
                root = Some(upper);
                break;
            }
            // What came along is judged as it came.
            if target.company.is_empty() {
                add(world, upper, |slot| slot.is_parsed(), |inputs, der| inputs.pool.push(upper, der));
            }
            upper = issuer.upperCertificateId;
        }
        let role = chain_role(&view, target.id);
        let own_root = root_above(world, target.id);
        let is_valid = |slot: &super::Slot| slot.status == KEYM_CERTIFICATE_VALID;
        if let Some(root) = root {
            let fits = view.certificate(root).is_some_and(|anchor| takes_anchor(role, anchor.role));
            if target.upper.is_some() && own_root != Some(root) && !fits {
                return Err(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
            }
            add(world, root, is_valid, |inputs, der| inputs.anchors.push(root, der));
        }
        for (index, anchor) in view.certificates().iter().enumerate() {
            let id = u16::try_from(index).unwrap_or(KEYM_NO_CERTIFICATE);
            // Whoever names the upper certificate means that one.
            if target.upper.is_none() && Some(id) != root && view.is_root(id) && takes_anchor(role, anchor.role) {
                add(world, id, is_valid, |inputs, der| inputs.anchors.push(id, der));
            }
        }
        for der in split(target.company) {
            world.prepare_inputs(|inputs| {
                inputs.pool.push(KEYM_NO_CERTIFICATE, der);
            });
        }
        if target.chain {
            let chain = world.locked(|shared| shared.common.chain);
            let mut start = 0;
            for length in chain.lengths.iter().take(chain.count.into()) {
                let der = world.chain(start, *length);
                world.prepare_inputs(|inputs| {
                    inputs.pool.push(KEYM_NO_CERTIFICATE, der);
                });
                start = start.saturating_add(*length);
            }
        }
        if world.inputs().anchors.der().is_empty() {
            return Err(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
        }
        Ok(())
    }

    /// CRLs of issuers that a path may have, whose signatures the path judges, and OCSP responses about the target and its issuers:
    /// whether there was room for all lists.
    fn gather_status(&mut self, world: &World) -> bool {
        let view = world.view();
        let mut all = true;
        for (index, certificate) in view.certificates().iter().enumerate() {
            let id = u16::try_from(index).unwrap_or(KEYM_NO_CERTIFICATE);
            if certificate.format == KEYM_CERT_FORMAT_CRL {
                // Verified or not: a list does not stop to count because a certificate above it has changed, or after a restart.
                add(
                    world,
                    id,
                    |slot| slot.is_parsed() || slot.is_to_be_parsed(),
                    |inputs, der| {
                        let concerns = list_concerns(inputs, der);
                        let added = concerns && inputs.crls.push(id, der);
                        all &= added || !concerns;
                        added
                    },
                );
            }
        }
        // The status of what a slot holds says nothing about what is on trial for it.
        let own = if self.target.trial.is_some() { None } else { Some(self.target.id) };
        let response = |id: KeyM_CertificateIdType| {
            let length = world.locked(|shared| shared.slot(id).map_or(0, |slot| slot.ocsp_length()));
            view.certificate(id).filter(|_| length != 0).map(|certificate| world.ocsp(certificate, length))
        };
        let kept = own.filter(|_| self.target.ocsp.is_none()).and_then(response);
        world.prepare_inputs(|inputs| {
            for der in self.target.ocsp.into_iter().chain(kept) {
                inputs.ocsp.push(KEYM_NO_CERTIFICATE, der);
            }
            for index in 0..inputs.pool.ids().len() {
                if let Some(der) = inputs.pool.id(index).and_then(response) {
                    inputs.ocsp.push(KEYM_NO_CERTIFICATE, der);
                }
            }
        });
        all
    }

    // ---- judging

    fn go(&mut self, world: &World, answer: Answer) -> Option<Result<KeyM_CertificateStatusType, ()>> {
        let (output, length) = if answer == Answer::Hashed { world.output() } else { ([0; ECDSA_RAW_MAX], 0) };
        let event = match answer {
            Answer::Continue => Event::Continue,
            Answer::Verified(good) => Event::Verified(good),
            Answer::Failed => Event::CryptoFailed,
            Answer::Hashed => match output.get(..length) {
                Some(digest) => Event::Hashed(digest),
                None => Event::CryptoFailed,
            },
        };
        let action = self.validation.step(event);
        self.step = Step::Go(Answer::Continue);
        match action {
            Action::Continue => None,
            Action::Verify(check) => {
                // Names and times have been judged: now the rules, then signatures. [SWS_KeyM_00135]
                if !self.rules_hold(world) {
                    return Some(self.end(world, Ok(KEYM_E_CERTIFICATE_INVALID_CONTENT)));
                }
                match self.prepare_key(world, &check) {
                    Some(job) => {
                        self.check = Some((check, job));
                        self.step = Step::Signature;
                    }
                    None => self.step = Step::Go(Answer::Failed),
                }
                None
            }
            Action::Hash { algorithm, message } => {
                let config = world.config();
                let job = match algorithm {
                    HashAlgorithm::Sha1 => config.sha1JobId,
                    HashAlgorithm::Sha256 => config.sha256JobId,
                    HashAlgorithm::Sha384 => config.sha384JobId,
                    HashAlgorithm::Sha512 => config.sha512JobId,
                };
                let outcome = world.hash(job, message);
                self.hashed(outcome)
            }
            // A CRL has come, perhaps, or another certificate: once more.
            Action::Done if self.validation.accepted().is_some() && world.locked(|s| s.common.changes) != self.changes => {
                let undecided = self.end(world, Err(()));
                if self.rounds >= MAX_ROUNDS {
                    return Some(undecided);
                }
                self.rounds = self.rounds.saturating_add(1);
                (self.step, self.rules_hold) = (Step::Gather, None);
                None
            }
            Action::Done => {
                let status = self.verdict(world);
                Some(self.end(world, status))
            }
        }
    }

    fn rules_hold(&mut self, world: &World) -> bool {
        if let Some(known) = self.rules_hold {
            return known;
        }
        let certificates = Gathered { target: &self.target, inputs: world.inputs(), placed: &[] };
        let holds =
            world.view().certificate(self.target.id).is_some_and(|certificate| rules::hold(world, &certificates, certificate));
        self.rules_hold = Some(holds);
        holds
    }

    /// Puts the issuer's key where a job finds it: that job. [SWS_KeyM_00032]
    fn prepare_key(&mut self, world: &World, check: &SignatureCheck<'_>) -> Option<uint32> {
        let slot = match check.issuer {
            Position::Anchor(index) => world.inputs().anchors.id(index),
            Position::Pool(index) => world.inputs().pool.id(index),
            Position::Leaf => Some(self.target.id),
            Position::Crl(_) | Position::Ocsp(_) => None,
        };
        let own = slot.and_then(|id| world.view().certificate(id).map(|certificate| (id, certificate)));
        let own = own.filter(|(_, certificate)| certificate.verifyJobId != KEYM_NO_JOB && certificate.verifyKeyId != KEYM_NO_KEY);
        let on_trial = check.issuer == Position::Leaf && self.target.trial.is_some();
        if let Some((id, certificate)) = own.filter(|_| !on_trial || pool_pair(world, check).is_none()) {
            let loaded = !on_trial && world.locked(|shared| shared.slot(id).is_some_and(|slot| slot.key_loaded));
            if !loaded {
                self.key_disturbed |= on_trial;
                load_public_key(world, certificate.verifyKeyId, &check.public_key)?;
                // Only what is valid keeps its key: see `Engine`.
                world.locked(|shared| {
                    if let Some(slot) = shared.slot(id) {
                        slot.key_loaded = !on_trial && slot.status == KEYM_CERTIFICATE_VALID;
                    }
                });
            }
            return Some(certificate.verifyJobId);
        }
        let (key, job) = pool_pair(world, check)?;
        load_public_key(world, key, &check.public_key)?;
        Some(job)
    }

    #[inline(never)]
    fn verify(&mut self, world: &World) -> Option<Result<KeyM_CertificateStatusType, ()>> {
        let Some((check, job)) = self.check else {
            self.step = Step::Go(Answer::Failed);
            return None;
        };
        let mut raw = [0; ECDSA_RAW_MAX];
        let signature = match check.public_key.algorithm.field_len() {
            Some(field) => ecdsa_raw(check.signature, field, &mut raw).and_then(|length| raw.get(..length)),
            None => Some(check.signature),
        };
        let Some(signature) = signature else {
            self.step = Step::Go(Answer::Verified(false));
            return None;
        };
        let outcome = world.verify(job, check.message, signature);
        self.verified(world, outcome)
    }

    fn verified(&mut self, world: &World, outcome: Outcome) -> Option<Result<KeyM_CertificateStatusType, ()>> {
        self.step = match outcome {
            Outcome::Done => Step::Go(Answer::Verified(world.verdict())),
            Outcome::Waiting => Step::Verifying,
            Outcome::Busy => Step::Signature,
            Outcome::Failed(_) => Step::Go(Answer::Failed),
        };
        None
    }

    fn hashed(&mut self, outcome: Outcome) -> Option<Result<KeyM_CertificateStatusType, ()>> {
        self.step = match outcome {
            Outcome::Done => Step::Go(Answer::Hashed),
            Outcome::Waiting => Step::Hashing,
            // The same action is given again.
            Outcome::Busy => Step::Go(Answer::Continue),
            Outcome::Failed(_) => Step::Go(Answer::Failed),
        };
        None
    }

    // ---- the verdict

    #[inline(never)]
    fn verdict(&mut self, world: &World) -> Result<KeyM_CertificateStatusType, ()> {
        let (pool, anchors) = (&world.inputs().pool, &world.inputs().anchors);
        let upper = self.target.upper;
        let issuers_hold = self.validation.accepted().map(|path| {
            let mut places = self.issuers.iter_mut();
            let mut good = true;
            for (index, (position, certificate, evidence)) in path.enumerate() {
                if index == 0 {
                    self.response_counts = matches!(evidence, Evidence::Ocsp { index: 0, .. });
                    continue;
                }
                if let Position::Pool(index) = position {
                    places.next().into_iter().for_each(|place| *place = pool.der().get(index).copied());
                }
                let id = match position {
                    Position::Pool(index) => pool.id(index),
                    Position::Anchor(index) => anchors.id(index),
                    _ => None,
                };
                // Whoever names the issuer means that one, not one above it.
                good &= index != 1 || upper.is_none() || id == upper;
                good = good && issuer_holds(world, &self.target, self.changes, position, certificate);
            }
            good && (self.target.company.is_empty() || company_holds(world, &self.target, &self.issuers))
        });
        if issuers_hold.is_none() {
            self.response_counts = matches!(self.validation.leaf_revoked_by(), Evidence::Ocsp { index: 0, .. });
        }
        let refusals = self.validation.refusals();
        let status = match issuers_hold {
            None if refusals.is_undecided() || refusals.is_empty() => Err(()),
            None => Ok(status_of(refusals)),
            Some(_) if !self.rules_hold(world) => Ok(KEYM_E_CERTIFICATE_INVALID_CONTENT),
            Some(true) => Ok(KEYM_CERTIFICATE_VALID),
            Some(false) => Ok(KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
        };
        // It reads the inputs no longer, so they may change.
        self.validation.release();
        // A response on trial may yet be refused; a revocation is final.
        let trial = self.target.ocsp.is_some();
        world.prepare_inputs(|inputs| {
            let lessons = self.validation.lessons().filter(|lesson| !trial || lesson.is_revocation());
            lessons.for_each(|lesson| inputs.memory.learn(lesson));
        });
        status
    }

    fn end(&mut self, world: &World, status: Result<KeyM_CertificateStatusType, ()>) -> Result<KeyM_CertificateStatusType, ()> {
        self.validation.release();
        self.check = None;
        let inputs = world.inputs();
        let claims = inputs.pool.ids().iter().chain(inputs.anchors.ids()).chain(inputs.crls.ids());
        let own = self.claimed.then_some(&self.target.id);
        world.locked(|shared| {
            for id in claims.chain(own) {
                if let Some(slot) = shared.slot(*id) {
                    slot.release();
                }
            }
        });
        self.claimed = false;
        world.prepare_inputs(Inputs::clear);
        status
    }
}

/// An issuer that came along, and the slot that it is to enter.
type Placed = (KeyM_CertificateIdType, &'static [u8]);

/// What came along keeps the rules of the slots that it is to enter: none is easier to enter with a leaf than alone.
#[inline(never)]
fn company_holds(world: &World, target: &Target, issuers: &[Option<&'static [u8]>; MAX_PATH]) -> bool {
    let view = world.view();
    let Some(leaf) = view.certificate(target.id) else { return false };
    let mut placed = [None; MAX_PATH];
    let mut upper = leaf.upperCertificateId;
    for (place, der) in placed.iter_mut().zip(issuers.iter().flatten()) {
        let Some(slot) = view.certificate(upper).filter(|_| !view.is_root(upper)) else { return false };
        // By another profile it has not been judged.
        if slot.profile != leaf.profile || parsed_status(slot, der) != KEYM_CERTIFICATE_PARSED_NOT_VALIDATED {
            return false;
        }
        *place = Some((upper, *der));
        upper = slot.upperCertificateId;
    }
    let certificates = Gathered { target, inputs: world.inputs(), placed: &placed };
    let slots = placed.iter().flatten().filter_map(|(id, _)| view.certificate(*id));
    slots.into_iter().all(|slot| rules::hold(world, &certificates, slot))
}

/// An issuer of the path that has a slot is valid itself, if its rules hold.
fn issuer_holds(world: &World, target: &Target, changes: u32, position: Position, certificate: &Certificate<'_>) -> bool {
    let Position::Pool(index) = position else { return true };
    let Some(id) = world.inputs().pool.id(index) else { return true };
    let Some(configured) = world.view().certificate(id) else { return true };
    let same = world.view().certificate(target.id).is_some_and(|leaf| leaf.profile == configured.profile);
    let certificates = Gathered { target, inputs: world.inputs(), placed: &[] };
    if !rules::hold(world, &certificates, configured) {
        return false;
    }
    // By another profile it has not been judged.
    if !same {
        return true;
    }
    let loaded = configured.verifyKeyId == KEYM_NO_KEY
        || load_public_key(world, configured.verifyKeyId, &certificate.public_key).is_some();
    world.locked(|shared| {
        let current = shared.common.changes == changes;
        if let Some(slot) = shared.slot(id).filter(|_| current) {
            (slot.status, slot.trusted) = (KEYM_CERTIFICATE_VALID, true);
            slot.key_loaded = loaded;
        }
    });
    loaded
}

/// Whether the issuer of a CRL has issued what is on trial, or one of those that may stand above it.
#[inline(never)]
fn list_concerns(inputs: &Inputs, der: &[u8]) -> bool {
    let Some(issuer) = list_issuer(der) else { return false };
    core::iter::once(&inputs.leaf).chain(inputs.pool.der()).any(|der| issuer_of(der).is_some_and(|name| name.matches(&issuer)))
}

#[inline(never)]
fn list_issuer(der: &[u8]) -> Option<Name<'_>> {
    CertificateList::parse(der).ok().map(|list| list.issuer)
}

#[inline(never)]
fn issuer_of(der: &[u8]) -> Option<Name<'_>> {
    Certificate::parse(der).ok().map(|certificate| certificate.issuer)
}

/// DER values that stand one behind the other; what is no DER ends them.
pub(super) fn split(bytes: &'static [u8]) -> impl Iterator<Item = &'static [u8]> {
    let mut reader = Reader::new(bytes);
    core::iter::from_fn(move || if reader.is_empty() { None } else { reader.next().map(|element| element.whole) })
}

/// The certificates of a verification, for its rules.
struct Gathered<'a> {
    target: &'a Target,
    inputs: &'static Inputs,
    /// What came along, and its slots to be.
    placed: &'a [Option<Placed>],
}

impl rules::Certificates for Gathered<'_> {
    fn der(&self, id: KeyM_CertificateIdType) -> Option<&'static [u8]> {
        if id == self.target.id {
            return Some(self.inputs.leaf);
        }
        if let Some((_, der)) = self.placed.iter().flatten().find(|(slot, _)| *slot == id) {
            return Some(*der);
        }
        let pool = self.inputs.pool.ids().iter().zip(self.inputs.pool.der());
        let anchors = self.inputs.anchors.ids().iter().zip(self.inputs.anchors.der());
        pool.chain(anchors).find(|(slot, _)| **slot == id).map(|(_, der)| *der)
    }
}

/// Claims the DER of a slot if it is fit: its length.
fn claim(world: &World, id: KeyM_CertificateIdType, fit: impl Fn(&super::Slot) -> bool) -> Option<u32> {
    world.locked(|shared| shared.slot(id).filter(|slot| fit(slot)).and_then(super::Slot::claim))
}

/// Claims the DER of a slot if it is fit, and adds it to the inputs.
fn add(
    world: &World,
    id: KeyM_CertificateIdType,
    fit: impl Fn(&super::Slot) -> bool,
    push: impl FnOnce(&mut Inputs, &'static [u8]) -> bool,
) {
    let Some(certificate) = world.view().certificate(id) else { return };
    let Some(length) = claim(world, id, fit) else { return };
    let der = world.der(certificate, length);
    let mut added = false;
    world.prepare_inputs(|inputs| added = push(inputs, der));
    if !added {
        world.locked(|shared| shared.slot(id).map(super::Slot::release));
    }
}
