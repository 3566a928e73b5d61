//! OCSP responses and one certificate, RFC 6960 3.2 and 4.2.2.
#![forbid(unsafe_code)]

use super::{algorithm_rule, crl, current_until, Case, Proof, Stage, Status, Step};
use crate::ocsp::{BasicResponse, CertStatus, OcspResponse, ResponderId, SingleResponse};
use crate::path::{judge, rules, Action, Answer, Evidence, Position, Rule, SignatureCheck};
use crate::profile::{Level, Role, Subject};
use crate::x509::{Certificate, HashAlgorithm};

/// Certificates of a response that are looked at.
const MAX_CERTIFICATES: usize = 4;
/// Certificates of a response that it tells about and that are looked at.
const MAX_SINGLES: usize = 64;
/// Without nextUpdate, RFC 6960 2.4: a week, like the longest response of V2G.
const WEEK: i64 = 7 * 24 * 3600;

/// Where the look at the responses has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    response: usize,
    single: usize,
    at: At,
}

#[derive(Debug, Clone, Copy)]
enum At {
    /// Whether it tells about the certificate: hashes of the issuer's name and key.
    NameHash,
    KeyHash,
    /// Who signed it: the certificate of this index in it, or behind the last one the issuer itself.
    Signer(usize),
    /// Whether the certificate of this index may sign it.
    Delegation(usize),
    /// Whether that certificate is on this list; whether one before has proved it good.
    DelegateStatus(usize, usize, bool),
    /// The response's signature, by that certificate or by the issuer.
    Signature(Option<usize>),
}

impl Place {
    pub(super) const START: Self = Self { response: 0, single: 0, at: At::NameHash };

    fn with(self, at: At) -> Stage {
        Stage::Ocsp(Self { at, ..self })
    }

    fn next_single(self) -> Stage {
        Stage::Ocsp(Self { single: self.single.saturating_add(1), at: At::NameHash, ..self })
    }

    fn next_response(self) -> Stage {
        Stage::Ocsp(Self { response: self.response.saturating_add(1), ..Self::START })
    }
}

/// Hashes of the issuer's name and key by the algorithm that the last CertID had.
#[derive(Debug, Clone, Copy)]
pub(super) struct IssuerHashes {
    algorithm: Option<HashAlgorithm>,
    name: [u8; 64],
    key: [u8; 64],
}

impl IssuerHashes {
    pub(super) const NONE: Self = Self { algorithm: None, name: [0; 64], key: [0; 64] };
}

fn store(digest: &[u8], into: &mut [u8; 64]) {
    into.iter_mut().zip(digest).for_each(|(into, byte)| *into = *byte);
}

impl Proof {
    pub(super) fn ocsp<'a>(&mut self, case: &Case<'_, 'a>, place: Place, answer: Option<Answer<'_>>) -> Step<'a> {
        let Some(der) = case.query.ocsp.get(place.response) else { return Step::End(self.best) };
        let Some(basic) = OcspResponse::parse(der).ok().and_then(|response| response.basic) else {
            return self.no_use(place, &rules::OCSP_MALFORMED);
        };
        let single = basic.responses().take(MAX_SINGLES).nth(place.single);
        let Some(single) = single else { return Step::Next(place.next_response()) };
        match place.at {
            At::NameHash => self.name_hash(case, place, &single, answer),
            At::KeyHash => self.key_hash(case, place, &basic, &single, answer),
            At::Signer(index) => self.signer(case, place, &basic, index, answer),
            At::Delegation(index) => self.delegation(case, place, &basic, index, answer),
            At::DelegateStatus(index, list, good) => self.delegate_status(case, place, &basic, (index, list, good), answer),
            At::Signature(signer) => self.signature(case, place, &basic, &single, signer, answer),
        }
    }

    /// This response is of no use; the next one may be.
    fn no_use<'a>(&mut self, place: Place, rule: &'static Rule) -> Step<'a> {
        self.problems.add(Position::Ocsp(place.response), rule);
        Step::Next(place.next_response())
    }

    /// What this response says here is of no use; it may tell of the certificate again.
    fn no_use_here<'a>(&mut self, place: Place, rule: &'static Rule) -> Step<'a> {
        self.problems.add(Position::Ocsp(place.response), rule);
        Step::Next(place.next_single())
    }

    fn name_hash<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        single: &SingleResponse<'_>,
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let (true, Some(algorithm)) = (single.cert_id.serial == case.subject.serial, single.cert_id.hash_algorithm) else {
            return Step::Next(place.next_single());
        };
        if self.hashes.algorithm == Some(algorithm) {
            return Step::Next(place.with(At::KeyHash));
        }
        match answer {
            Some(Answer::Hashed(digest)) => {
                self.hashes.algorithm = None;
                store(digest, &mut self.hashes.name);
                Step::Next(place.with(At::KeyHash))
            }
            _ => Step::Ask(place.with(At::NameHash), Action::Hash { algorithm, message: case.issuer.certificate.subject.der }),
        }
    }

    fn key_hash<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        basic: &BasicResponse<'_>,
        single: &SingleResponse<'_>,
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let Some(algorithm) = single.cert_id.hash_algorithm else { return Step::Next(place.next_single()) };
        if self.hashes.algorithm != Some(algorithm) {
            let Some(Answer::Hashed(digest)) = answer else {
                let message = case.issuer.certificate.public_key.bytes;
                return Step::Ask(place.with(At::KeyHash), Action::Hash { algorithm, message });
            };
            store(digest, &mut self.hashes.key);
            self.hashes.algorithm = Some(algorithm);
        }
        let length = algorithm.digest_len();
        let same = self.hashes.name.get(..length) == Some(single.cert_id.issuer_name_hash)
            && self.hashes.key.get(..length) == Some(single.cert_id.issuer_key_hash);
        let revokes = matches!(single.status, CertStatus::Revoked { .. });
        let older = self.since().is_some_and(|since| single.this_update.seconds <= since);
        if !same || (older && !revokes) {
            return Step::Next(place.next_single());
        }
        if basic.unrecognized_critical {
            return self.no_use(place, &rules::OCSP_MALFORMED);
        }
        if case.query.ocsp_nonce.is_some() && basic.nonce != case.query.ocsp_nonce {
            return self.no_use(place, &rules::OCSP_NONCE);
        }
        let made = basic.produced_at.seconds.saturating_sub(i64::from(case.query.policy.clock_skew));
        if case.clock.is_before(made) {
            return self.no_use(place, &rules::OCSP_STALE);
        }
        if single.unrecognized_critical {
            return self.no_use_here(place, &rules::OCSP_MALFORMED);
        }
        if counts_until(case, single).is_none() {
            return self.no_use_here(place, &rules::OCSP_STALE);
        }
        Step::Next(place.with(At::Signer(0)))
    }

    /// By name, or by the SHA-1 of its key.
    fn signer<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        basic: &BasicResponse<'a>,
        index: usize,
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let Some(der) = basic.certificates().take(MAX_CERTIFICATES).nth(index) else {
            // Its key decides, whatever it is called.
            return Step::Next(place.with(At::Signature(None)));
        };
        let next = Step::Next(place.with(At::Signer(index.saturating_add(1))));
        let Ok(certificate) = Certificate::parse(der) else { return next };
        let is_signer = match (basic.responder, answer) {
            (ResponderId::Name(name), _) => name.matches(&certificate.subject),
            (ResponderId::KeyHash(hash), Some(Answer::Hashed(digest))) => hash == digest,
            (ResponderId::KeyHash(_), _) => {
                let action = Action::Hash { algorithm: HashAlgorithm::Sha1, message: certificate.public_key.bytes };
                return Step::Ask(place.with(At::Signer(index)), action);
            }
        };
        match is_signer {
            true if certificate.public_key.spki == case.issuer.certificate.public_key.spki => {
                Step::Next(place.with(At::Signature(None)))
            }
            true => Step::Next(place.with(At::Delegation(index))),
            false => next,
        }
    }

    /// RFC 6960 4.2.2.2: issued by the same CA, for this purpose.
    fn delegation<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        basic: &BasicResponse<'a>,
        index: usize,
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let issuer = &case.issuer.certificate;
        let Some(delegate) = certificate(basic, index) else { return self.no_use(place, &rules::OCSP_RESPONDER) };
        if let Some(Answer::Verified(good)) = answer {
            return match good {
                true if delegate.extensions.ocsp_nocheck => Step::Next(place.with(At::Signature(Some(index)))),
                true => Step::Next(place.with(At::DelegateStatus(index, 0, false))),
                false => self.no_use(place, &rules::OCSP_RESPONDER),
            };
        }
        let table = case.query.profile.table(Role::OcspSigner, Level::Leaf);
        let subject = Subject { certificate: &delegate, issuer: Some(issuer), level: Level::Leaf, policy: case.query.policy };
        let broken = table.and_then(|table| table.rows().find(|row| !row.check.holds(subject)));
        let fits = judge::fits(delegate.signature_algorithm, issuer.public_key.algorithm);
        let issued = delegate.issuer.matches(&issuer.subject) && fits;
        if !issued || table.is_none() || broken.is_some() || !judge::is_in_time(case.clock, &delegate) {
            if let Some(row) = broken {
                self.problems.add(Position::Ocsp(place.response), &row.rule);
            }
            return self.no_use(place, &rules::OCSP_RESPONDER);
        }
        Step::Ask(
            place.with(At::Delegation(index)),
            Action::Verify(SignatureCheck {
                issuer: case.issuer.position,
                public_key: issuer.public_key,
                algorithm: delegate.signature_algorithm,
                message: delegate.tbs,
                signature: delegate.signature,
            }),
        )
    }

    /// Without nocheck its own status counts, RFC 6960 4.2.2.2.1: by CRL, for by OCSP there would be no end. Good is what no list
    /// contradicts.
    fn delegate_status<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        basic: &BasicResponse<'a>,
        (index, list, good): (usize, usize, bool),
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let Some(delegate) = certificate(basic, index) else { return self.no_use(place, &rules::OCSP_RESPONDER) };
        let next = |good| Step::Next(place.with(At::DelegateStatus(index, list.saturating_add(1), good)));
        let signature = Step::Next(place.with(At::Signature(Some(index))));
        match crl::look(case, &delegate, list, None, answer) {
            crl::Look::Status(Status::Good { .. }) => next(true),
            crl::Look::Status(_) => self.no_use(place, &rules::OCSP_RESPONDER),
            crl::Look::Ask(action) => Step::Ask(place.with(At::DelegateStatus(index, list, good)), action),
            crl::Look::Irrelevant | crl::Look::Problem(_) => next(good),
            crl::Look::End if good || case.query.policy.tolerate_responder_without_nocheck => signature,
            crl::Look::End => self.no_use(place, &rules::OCSP_RESPONDER_STATUS),
        }
    }

    fn signature<'a>(
        &mut self,
        case: &Case<'_, 'a>,
        place: Place,
        basic: &BasicResponse<'a>,
        single: &SingleResponse<'a>,
        signer: Option<usize>,
        answer: Option<Answer<'_>>,
    ) -> Step<'a> {
        let delegate = signer.and_then(|index| certificate(basic, index));
        let (position, signer_certificate) = match (signer, &delegate) {
            (None, _) => (case.issuer.position, Some(&case.issuer.certificate)),
            (Some(_), delegate) => (Position::Ocsp(place.response), delegate.as_ref()),
        };
        let (Some(signer_certificate), Some(next_update)) = (signer_certificate, counts_until(case, single)) else {
            return self.no_use(place, &rules::OCSP_RESPONDER);
        };
        if let Some(rule) = algorithm_rule(case, basic.signature_algorithm, signer_certificate, &rules::OCSP_ALGORITHM) {
            return self.no_use(place, rule);
        }
        let this_update = single.this_update.seconds;
        let evidence = Evidence::Ocsp { index: place.response, next_update };
        match (answer, single.status) {
            (Some(Answer::Verified(true)), CertStatus::Good) => {
                self.best = Status::Good { evidence, this_update, next_update };
                // The same response may tell of the certificate again, and otherwise.
                Step::Next(place.next_single())
            }
            (Some(Answer::Verified(true)), CertStatus::Revoked { .. }) => {
                Step::End(Status::Revoked { evidence, this_update, next_update })
            }
            (Some(Answer::Verified(true)), CertStatus::Unknown) => self.no_use_here(place, &rules::OCSP_UNKNOWN),
            (Some(Answer::Verified(false)), _) => self.no_use(place, &rules::OCSP_SIGNATURE),
            (Some(Answer::Hashed(_)) | None, _) => Step::Ask(
                place.with(At::Signature(signer)),
                Action::Verify(SignatureCheck {
                    issuer: position,
                    public_key: signer_certificate.public_key,
                    algorithm: basic.signature_algorithm,
                    message: basic.tbs,
                    signature: basic.signature,
                }),
            ),
        }
    }
}

fn certificate<'a>(basic: &BasicResponse<'a>, index: usize) -> Option<Certificate<'a>> {
    Certificate::parse(basic.certificates().nth(index)?).ok()
}

/// [V2G2-649] [V2G20-1021]
fn counts_until(case: &Case<'_, '_>, single: &SingleResponse<'_>) -> Option<i64> {
    let this_update = single.this_update.seconds;
    let oldest = this_update.saturating_add(i64::from(case.query.policy.max_status_age));
    let next_update = match single.next_update {
        Some(next_update) => next_update.seconds.min(oldest),
        None => this_update.saturating_add(WEEK).min(oldest),
    };
    current_until(case.clock, case.query.policy, this_update, next_update)
}
