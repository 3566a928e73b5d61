//! Policy switches. Every default is the strict value; a switch's name says what it tolerates.
#![forbid(unsafe_code)]

use crate::profile::{Profile, Role};
use crate::time::TimeUnknown;

/// How a certificate without usable proof of its status is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// Status is not looked at.
    None,
    /// What is known to be revoked is refused.
    Soft,
    /// What is not known to be good is refused.
    Hard,
}

/// Whether something may, must or must not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Both are right.
    Either,
    /// It must be there.
    Required,
    /// It must not be there.
    Forbidden,
}

/// What validation tolerates. [`Policy::strict`] tolerates nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Without a clock to trust.
    pub time_unknown: TimeUnknown,
    /// A clock that runs without synchronisation is trusted like a synchronised one.
    pub accept_local_time: bool,
    /// Seconds by which a response or list may have been made in the future: two clocks are never the same.
    pub clock_skew: u32,
    /// An anchor's own extended key usage. Real V2G roots have OCSPSigning, which means nothing for an anchor.
    pub check_anchor_eku: bool,
    /// An anchor outside its own validity refuses the chain.
    pub check_anchor_validity: bool,
    /// A leaf that is itself one of the anchors is accepted, if its table allows.
    pub accept_anchor_as_leaf: bool,
    /// keyAgreement of a -2 SECC certificate: sources contradict each other, real PKIs have it, 0xC025 needs it.
    pub secc_key_agreement: Presence,
    /// secp384r1: `None` asks the profile (off in V2G, on in a private environment).
    pub allow_secp384r1: Option<bool>,
    /// Extensions whose criticality is that of the other edition, or of RFC 5280.
    pub tolerate_other_criticality: bool,
    /// subjectKeyIdentifiers of another length than the edition's methods make.
    pub tolerate_other_ski_method: bool,
    /// UTCTime where AMD1 has GeneralizedTime.
    pub tolerate_utc_time: bool,
    /// A leaf without BasicConstraints, as a large V2G PKI's CPO leafs are.
    pub tolerate_leaf_without_basic_constraints: bool,
    /// Key usage bits beyond the profile's. Never keyCertSign or cRLSign on a leaf.
    pub tolerate_surplus_key_usage: bool,
    /// Extensions that are not in the edition's table, if they are not critical.
    pub tolerate_unlisted_extensions: bool,
    /// A certificate that outlives its issuer.
    pub tolerate_outliving_issuer: bool,
    /// Names: a CN, DC or set of attributes that is not of the profile's form. The leaf's DC is always judged. `[V2G2-925]`
    pub tolerate_other_names: bool,
    /// A third Sub-CA above Sub-CA 1: a root's certificate under another root. -20 only. `[V2G20-2336]`
    pub accept_cross_certificates: bool,
    /// Proof of status for chains of each role, in the order of [`Role::ALL`].
    pub revocation: [Revocation; Role::ALL.len()],
    /// Oldest response or list that is fresh, in seconds after its thisUpdate. `[V2G2-649]` `[V2G20-1021]`
    pub max_status_age: u32,
    /// A list, too, may be no older than that; else only its nextUpdate counts.
    pub limit_crl_age: bool,
    /// A delegated responder that has neither ocsp-nocheck nor a CRL to prove its own status by.
    pub tolerate_responder_without_nocheck: bool,
    /// Signatures that one validation may check.
    pub max_signatures: u8,
    /// Certificates of a path, leaf and anchor included.
    pub max_path: u8,
}

/// One week. `[V2G20-1021]`
const WEEK: u32 = 7 * 24 * 3600;

impl Policy {
    /// The strict value of each switch.
    pub const fn strict(profile: Profile) -> Self {
        let mut revocation = [Revocation::Soft; Role::ALL.len()];
        // The vehicle asks for one response per certificate and closes without. [V2G2-873] [V2G20-1240]
        if matches!(profile, Profile::Iso15118_2 | Profile::Iso15118_20 | Profile::Iso15118_20Amd1) {
            let [_, secc, ..] = &mut revocation;
            *secc = Revocation::Hard;
        }
        Self {
            time_unknown: TimeUnknown::Refuse,
            accept_local_time: false,
            clock_skew: 0,
            check_anchor_eku: false,
            check_anchor_validity: true,
            accept_anchor_as_leaf: false,
            secc_key_agreement: Presence::Either,
            allow_secp384r1: None,
            tolerate_other_criticality: false,
            tolerate_other_ski_method: false,
            tolerate_utc_time: false,
            tolerate_leaf_without_basic_constraints: false,
            tolerate_surplus_key_usage: false,
            tolerate_unlisted_extensions: false,
            tolerate_outliving_issuer: false,
            tolerate_other_names: false,
            accept_cross_certificates: false,
            revocation,
            max_status_age: if matches!(profile, Profile::Rfc5280) { u32::MAX } else { WEEK },
            limit_crl_age: false,
            tolerate_responder_without_nocheck: false,
            max_signatures: super::MAX_SIGNATURES,
            max_path: super::MAX_PATH as u8,
        }
    }

    /// How chains of this role prove their status.
    pub fn revocation_of(&self, role: Role) -> Revocation {
        self.revocation.get(role as usize).copied().unwrap_or(Revocation::Hard)
    }

    /// The same policy with another proof of status for all roles.
    pub const fn with_revocation(mut self, revocation: Revocation) -> Self {
        self.revocation = [revocation; Role::ALL.len()];
        self
    }
}
