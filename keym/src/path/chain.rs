//! A verified chain: a value that only validation can make.
#![forbid(unsafe_code)]

use super::{Position, MAX_PATH};
use crate::profile::{Profile, Role};
use crate::x509::Certificate;

/// How the status of a certificate was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// It was not: an anchor, or policy does without.
    None,
    /// By one of the query's CRLs.
    Crl {
        /// Its index.
        index: usize,
        /// Until when it counts.
        next_update: i64,
    },
    /// By one of the query's OCSP responses.
    Ocsp {
        /// Its index.
        index: usize,
        /// Until when it counts.
        next_update: i64,
    },
    /// By what was known before.
    Known {
        /// Until when it counts.
        next_update: i64,
    },
}

impl Evidence {
    /// Until when it counts.
    pub fn next_update(&self) -> Option<i64> {
        match *self {
            Self::None => None,
            Self::Crl { next_update, .. } | Self::Ocsp { next_update, .. } | Self::Known { next_update } => Some(next_update),
        }
    }
}

/// A certificate of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<'a> {
    pub(crate) position: Position,
    pub(crate) certificate: Certificate<'a>,
    pub(crate) evidence: Evidence,
}

/// Leaf first, anchor last.
#[derive(Debug, Clone)]
pub(crate) struct Links<'a> {
    links: [Option<Link<'a>>; MAX_PATH],
    len: usize,
}

impl<'a> Links<'a> {
    pub(crate) const EMPTY: Self = Self { links: [None; MAX_PATH], len: 0 };

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Link<'a>> {
        self.links.get(..self.len)?.get(index)?.as_ref()
    }

    pub(crate) fn last(&self) -> Option<&Link<'a>> {
        self.get(self.len.checked_sub(1)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Link<'a>> + '_ {
        self.links.iter().take(self.len).flatten()
    }

    /// Reads one more certificate. False, and it stays as it is, when that is malformed or there is no room.
    #[inline(never)] // what it takes of the stack is needed nowhere else
    pub(crate) fn push_der(&mut self, position: Position, der: &'a [u8]) -> bool {
        let Some(free) = self.links.get_mut(self.len) else { return false };
        let Ok(certificate) = Certificate::parse(der) else { return false };
        *free = Some(Link { position, certificate, evidence: Evidence::None });
        self.len = self.len.saturating_add(1);
        true
    }

    pub(crate) fn clear(&mut self) {
        self.links.fill(None);
        self.len = 0;
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    pub(crate) fn set_evidence(&mut self, index: usize, evidence: Evidence) {
        if let Some(Some(link)) = self.links.get_mut(index) {
            link.evidence = evidence;
        }
    }
}

/// A chain that was found valid, from the leaf to an anchor.
#[derive(Debug, Clone)]
pub struct VerifiedChain<'a> {
    pub(crate) leaf: Certificate<'a>,
    pub(crate) links: Links<'a>,
    pub(crate) anchor: Position,
    pub(crate) profile: Profile,
    pub(crate) role: Role,
    pub(crate) valid_until: i64,
}

impl<'a> VerifiedChain<'a> {
    /// The certificate that was validated.
    pub fn leaf(&self) -> &Certificate<'a> {
        &self.leaf
    }

    /// Its issuers, from the nearest to the anchor.
    pub fn issuers(&self) -> impl Iterator<Item = &Certificate<'a>> + '_ {
        self.links.iter().skip(1).map(|link| &link.certificate)
    }

    /// All certificates with their place in the query and the proof of their status, from the leaf to the anchor.
    pub fn certificates(&self) -> impl Iterator<Item = (Position, &Certificate<'a>, Evidence)> + '_ {
        self.links.iter().map(|link| (link.position, &link.certificate, link.evidence))
    }

    /// Where the anchor stands in the query. [`Position::Leaf`]: a root on trial.
    pub fn anchor(&self) -> Position {
        self.anchor
    }

    /// By whose rules.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// What it is good for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Until when all of it counts: the first end of a validity or of a proof of status.
    pub fn valid_until(&self) -> i64 {
        self.valid_until
    }
}
