//! Certificate profiles as data: one table per edition, role and level; the code that judges them is generic.
#![forbid(unsafe_code)]

mod check;
mod iso2;
mod iso20;
mod private;
mod rfc5280;
mod rows;

use crate::path::{Policy, Rule};
use crate::x509::SignatureAlgorithm;

pub(crate) use check::Subject;
pub use check::{Check, CnSyntax, Dc, Extension};

/// By whose rules a chain is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// RFC 5280 6 alone.
    Rfc5280,
    /// ISO 15118-2:2014, Annex F.
    Iso15118_2,
    /// ISO 15118-20:2022, Annex B.
    Iso15118_20,
    /// ISO 15118-20 Amendment 1.
    Iso15118_20Amd1,
    /// A private environment of either: its operator's own root, any curve.
    Private,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Rfc5280, Self::Iso15118_2, Self::Iso15118_20, Self::Iso15118_20Amd1, Self::Private];

    /// All tables of this profile.
    pub fn tables(self) -> &'static [Table] {
        match self {
            Self::Rfc5280 => rfc5280::TABLES,
            Self::Iso15118_2 => iso2::TABLES,
            Self::Iso15118_20 => iso20::TABLES_2022,
            Self::Iso15118_20Amd1 => iso20::TABLES_AMD1,
            Self::Private => private::TABLES,
        }
    }

    /// The table of certificates of `level` in chains of `role`.
    pub fn table(self, role: Role, level: Level) -> Option<&'static Table> {
        self.tables().iter().find(|table| table.level == level && table.roles.contains(&role))
    }

    /// Whether anything of this profile may be signed so.
    pub(crate) fn allows(self, algorithm: SignatureAlgorithm, policy: &Policy) -> bool {
        let checks = self.table(Role::OcspSigner, Level::Leaf).into_iter().flat_map(|table| table.rows()).map(|row| row.check);
        checks.into_iter().all(|check| check.allows(algorithm, policy))
    }

    /// How many Sub-CAs a chain of `role` has.
    pub fn shape(self, role: Role) -> &'static Shape {
        match self {
            Self::Rfc5280 => &rfc5280::SHAPE,
            Self::Iso15118_2 => iso2::shape(role),
            Self::Iso15118_20 | Self::Iso15118_20Amd1 => iso20::shape(role),
            Self::Private => &private::SHAPE,
        }
    }
}

/// What the leaf of a chain is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing in particular.
    Any,
    /// Charging station.
    Secc,
    /// Vehicle. Not in -2.
    Evcc,
    /// Contract.
    Contract,
    /// OEM provisioning.
    OemProvisioning,
    /// Certificate provisioning service.
    Cps,
    /// Delegated OCSP responder.
    OcspSigner,
}

impl Role {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 7] =
        [Self::Any, Self::Secc, Self::Evcc, Self::Contract, Self::OemProvisioning, Self::Cps, Self::OcspSigner];
}

/// Where a certificate stands in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// At its end.
    Leaf,
    /// The issuer of leafs; a lone Sub-CA is this one. `[V2G20-911]`
    SubCa2,
    /// The issuer of Sub-CA 2.
    SubCa1,
    /// Above Sub-CA 1: a root's certificate under another root, or a further intermediate of RFC 5280.
    Cross,
    /// The anchor.
    Root,
}

impl Level {
    /// All of them, from the leaf upward.
    pub const ALL: [Self; 5] = [Self::Leaf, Self::SubCa2, Self::SubCa1, Self::Cross, Self::Root];

    /// Of the issuer number `above` (0: the leaf itself) in a chain that begins at this level.
    pub(crate) fn above(self, above: usize) -> Self {
        let start = self as usize;
        Self::ALL.get(start.saturating_add(above)).copied().unwrap_or(Self::Cross).below_root()
    }

    fn below_root(self) -> Self {
        match self {
            Self::Root => Self::Cross,
            other => other,
        }
    }
}

/// The rules for the certificates of one level in chains of some roles.
#[derive(Debug)]
pub struct Table {
    /// Chains of which roles.
    pub roles: &'static [Role],
    /// Which certificates of them.
    pub level: Level,
    /// Groups of rows, some shared with other tables.
    pub groups: &'static [&'static [Row]],
}

impl Table {
    /// All rows, in the order in which they are judged.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> + '_ {
        self.groups.iter().flat_map(|group| group.iter())
    }
}

/// A rule and how it is judged.
#[derive(Debug)]
pub struct Row {
    /// What a refusal names.
    pub rule: Rule,
    /// What is compared with what.
    pub check: Check,
}

/// How many Sub-CAs stand between leaf and anchor.
#[derive(Debug)]
pub struct Shape {
    /// At least.
    pub least: usize,
    /// Told when there are fewer.
    pub too_short: Rule,
    /// At most; cross-certificates, where policy and edition have them, come on top.
    pub most: usize,
    /// Told when there are more.
    pub too_long: Rule,
    /// The edition has cross-certificates.
    pub cross: bool,
}
