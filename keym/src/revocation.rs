//! Status of a certificate: what CRLs and OCSP responses prove, RFC 5280 6.3 and RFC 6960, with the V2G limits.
#![forbid(unsafe_code)]

use crate::path::{Action, Answer, Evidence, KnownStatus, Link, Query, Refusals};
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
    Revoked { this_update: i64, next_update: i64 },
    /// Nothing proves either.
    Unknown,
}

impl Status {
    /// (revoked, thisUpdate, nextUpdate) to be kept.
    pub(crate) fn lesson(&self) -> Option<(bool, i64, i64)> {
        match *self {
            Self::Good { this_update, next_update, .. } => Some((false, this_update, next_update)),
            Self::Revoked { this_update, next_update } => Some((true, this_update, next_update)),
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
    problems: Refusals,
}

impl Proof {
    pub(crate) const NEW: Self = Self { problems: Refusals::NONE };

    pub(crate) fn advance<'a>(&mut self, _case: &Case<'_, 'a>, _answer: Option<Answer<'_>>) -> Progress<'a> {
        Progress::Status(Status::Unknown)
    }

    /// Why evidence was of no use.
    pub(crate) fn problems(&self) -> &Refusals {
        &self.problems
    }
}
