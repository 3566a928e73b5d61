//! Status of a certificate: what CRLs and OCSP responses prove, RFC 5280 6.3 and RFC 6960, with the V2G limits.
//!
//! Everything at hand that is newer than what is known already, or that revokes, is looked at, lists first. Revoked is final, whoever
//! says so and when; good is what nobody contradicts.
#![forbid(unsafe_code)]

mod crl;
mod ocsp;

use crate::path::{Action, Answer, Evidence, KnownStatus, Link, Policy, Position, Query, Refusals, Rule};
use crate::time::Clock;
use crate::x509::Certificate;

/// Whose status is looked for, and by what.
pub(crate) struct Case<'c, 'a> {
    pub(crate) query: &'c Query<'a>,
    pub(crate) clock: Clock,
    pub(crate) subject: &'c Certificate<'a>,
    pub(crate) issuer: &'c Link<'a>,
    pub(crate) known: Option<KnownStatus>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Proved not to be revoked.
    Good { evidence: Evidence, this_update: i64, next_update: i64 },
    /// Revoked, as of an update.
    Revoked { evidence: Evidence, this_update: i64, next_update: i64 },
    /// Nothing proves either.
    Unknown,
}

impl Status {
    /// (revoked, thisUpdate, nextUpdate) to be kept.
    pub(crate) fn lesson(&self) -> Option<(bool, i64, i64)> {
        match *self {
            Self::Good { this_update, next_update, .. } => Some((false, this_update, next_update)),
            Self::Revoked { this_update, next_update, .. } => Some((true, this_update, next_update)),
            Self::Unknown => None,
        }
    }
}

/// What comes next.
pub(crate) enum Progress<'a> {
    Ask(Action<'a>),
    Status(Status),
}

/// The look for one certificate's status.
#[derive(Debug)]
pub(crate) struct Proof {
    stage: Stage,
    best: Status,
    problems: Refusals,
    hashes: ocsp::IssuerHashes,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    Start,
    /// The CRL of this index.
    Crl(usize),
    /// An OCSP response.
    Ocsp(ocsp::Place),
}

impl Proof {
    pub(crate) const NEW: Self =
        Self { stage: Stage::Start, best: Status::Unknown, problems: Refusals::NONE, hashes: ocsp::IssuerHashes::NONE };

    /// Why evidence was of no use.
    pub(crate) fn problems(&self) -> &Refusals {
        &self.problems
    }

    pub(crate) fn advance<'a>(&mut self, case: &Case<'_, 'a>, answer: Option<Answer<'_>>) -> Progress<'a> {
        let mut answer = answer;
        loop {
            let step = match self.stage {
                Stage::Start => self.start(case),
                Stage::Crl(index) => self.crl(case, index, answer.take()),
                Stage::Ocsp(place) => self.ocsp(case, place, answer.take()),
            };
            match step {
                Step::Next(stage) => self.stage = stage,
                Step::Ask(stage, action) => {
                    self.stage = stage;
                    return Progress::Ask(action);
                }
                Step::End(status) => return Progress::Status(self.unless_known(case, status)),
            }
        }
    }

    fn start<'a>(&mut self, case: &Case<'_, 'a>) -> Step<'a> {
        if let Some(known) = case.known {
            let (this_update, next_update) = (known.this_update, known.next_update);
            if known.revoked {
                let proved = !case.query.known.is_some_and(|known| known.prove_again);
                // Else what is at hand may prove it, too.
                return if proved { Step::End(Status::Unknown) } else { Step::Next(Stage::Crl(0)) };
            }
            if !case.clock.is_after(next_update) {
                self.best = Status::Good { evidence: Evidence::Known { next_update }, this_update, next_update };
            }
        }
        Step::Next(Stage::Crl(0))
    }

    /// Who is known to be revoked is, whatever was found.
    fn unless_known(&self, case: &Case<'_, '_>, found: Status) -> Status {
        match (found, case.known) {
            (Status::Good { .. } | Status::Unknown, Some(KnownStatus { revoked: true, this_update, next_update, .. })) => {
                Status::Revoked { evidence: Evidence::Known { next_update }, this_update, next_update }
            }
            _ => found,
        }
    }

    fn crl<'a>(&mut self, case: &Case<'_, 'a>, index: usize, answer: Option<Answer<'_>>) -> Step<'a> {
        let next = Step::Next(Stage::Crl(index.saturating_add(1)));
        match crl::look(case, case.subject, index, self.since(), answer) {
            crl::Look::End => Step::Next(Stage::Ocsp(ocsp::Place::START)),
            crl::Look::Irrelevant => next,
            crl::Look::Problem(rule) => {
                self.problems.add(Position::Crl(index), rule);
                next
            }
            crl::Look::Ask(action) => Step::Ask(self.stage, action),
            crl::Look::Status(status @ Status::Revoked { .. }) => Step::End(status),
            crl::Look::Status(status) => {
                self.best = status;
                next
            }
        }
    }

    /// Nothing older tells anything new, unless it revokes.
    fn since(&self) -> Option<i64> {
        match self.best {
            Status::Good { this_update, .. } => Some(this_update),
            Status::Revoked { .. } | Status::Unknown => None,
        }
    }
}

enum Step<'a> {
    Next(Stage),
    /// The answer comes to this stage.
    Ask(Stage, Action<'a>),
    End(Status),
}

/// Until when an update of this age counts; `None`: not now.
fn current_until(clock: Clock, policy: &Policy, this_update: i64, next_update: i64) -> Option<i64> {
    let made = this_update.saturating_sub(i64::from(policy.clock_skew));
    (this_update <= next_update && !clock.is_before(made) && !clock.is_after(next_update)).then_some(next_update)
}

/// Of a list or response: an algorithm of the profile that fits the key.
fn algorithm_rule<'r>(
    case: &Case<'_, '_>,
    algorithm: crate::x509::SignatureAlgorithm,
    signer: &Certificate<'_>,
    rule: &'r Rule,
) -> Option<&'r Rule> {
    let fits = crate::path::judge::fits(algorithm, signer.public_key.algorithm);
    (!fits || !case.query.profile.allows(algorithm, case.query.policy)).then_some(rule)
}
