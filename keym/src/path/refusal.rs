//! Why a chain is refused: which certificate, which rule, which requirement.
#![forbid(unsafe_code)]

use core::fmt;

/// Which certificate, list or response of a query is meant: an index into its slices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The certificate that is validated.
    Leaf,
    /// One of `pool`.
    Pool(usize),
    /// One of `anchors`.
    Anchor(usize),
    /// One of `crls`.
    Crl(usize),
    /// One of `ocsp`; for signatures a certificate inside this response.
    Ocsp(usize),
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leaf => f.write_str("leaf"),
            Self::Pool(index) => write!(f, "pool[{index}]"),
            Self::Anchor(index) => write!(f, "anchor[{index}]"),
            Self::Crl(index) => write!(f, "crl[{index}]"),
            Self::Ocsp(index) => write!(f, "ocsp[{index}]"),
        }
    }
}

/// A rule that certificates or chains keep.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Names the rule: `key-usage`. Unique within a table.
    pub id: &'static str,
    /// Where it stands: `[V2G2-925]`, `RFC 5280 4.2.1.3`.
    pub requirement: &'static str,
    /// What has to hold.
    pub text: &'static str,
}

/// A broken rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Who breaks it.
    pub certificate: Position,
    /// Which one.
    pub rule: &'static Rule,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {} ({})", self.certificate, self.rule.id, self.rule.text, self.rule.requirement)
    }
}

/// How many broken rules are told of one chain.
pub const MAX_REFUSALS: usize = 16;

/// The broken rules of a chain, the main reason first. Never empty when it is the outcome of a validation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusals {
    entries: [Option<Refusal>; MAX_REFUSALS],
    undecided: bool,
}

impl Refusals {
    pub(crate) const NONE: Self = Self { entries: [None; MAX_REFUSALS], undecided: false };

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Refusal> + '_ {
        self.entries.iter().flatten().copied()
    }

    /// The main reason.
    pub fn first(&self) -> Option<Refusal> {
        self.iter().next()
    }

    /// No verdict: a job that validation needs could not be done, or it was given up. The chain may be valid.
    pub fn is_undecided(&self) -> bool {
        self.undecided
    }

    /// A rule of this id is broken by anybody.
    pub fn contains(&self, rule: &str) -> bool {
        self.iter().any(|refusal| refusal.rule.id == rule)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// Once each; what no longer fits is dropped.
    pub(crate) fn add(&mut self, certificate: Position, rule: &'static Rule) {
        let refusal = Refusal { certificate, rule };
        if self.iter().any(|known| known == refusal) {
            return;
        }
        if let Some(free) = self.entries.iter_mut().find(|entry| entry.is_none()) {
            *free = Some(refusal);
        }
    }

    pub(crate) fn undecided(certificate: Position, rule: &'static Rule) -> Self {
        let mut refusals = Self::NONE;
        refusals.add(certificate, rule);
        refusals.undecided = true;
        refusals
    }
}

impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, refusal) in self.iter().enumerate() {
            write!(f, "{}{refusal}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
