//! What a validation reads: it borrows this for as long as it lives.
#![forbid(unsafe_code)]

use crate::numbers::*;
use crate::path::{Memory, Policy};
use crate::profile::Profile;
use crate::types::*;

/// Certificates that may stand between leaf and anchor.
pub const MAX_POOL: usize = 16;
/// Anchors.
pub const MAX_ANCHORS: usize = 32;
/// CRLs.
pub const MAX_CRLS: usize = 8;
/// OCSP responses.
pub const MAX_OCSP: usize = 8;

/// DER and the slots it is from.
#[derive(Debug, Clone, Copy)]
pub struct Entries<const N: usize> {
    der: [&'static [u8]; N],
    ids: [KeyM_CertificateIdType; N],
    count: usize,
}

impl<const N: usize> Entries<N> {
    const NEW: Self = Self { der: [&[]; N], ids: [KEYM_NO_CERTIFICATE; N], count: 0 };

    /// One more; what no longer fits is left out.
    pub fn push(&mut self, id: KeyM_CertificateIdType, der: &'static [u8]) -> bool {
        let (Some(place), Some(slot)) = (self.der.get_mut(self.count), self.ids.get_mut(self.count)) else { return false };
        (*place, *slot) = (der, id);
        self.count = self.count.saturating_add(1);
        true
    }

    /// DER of all.
    pub fn der(&self) -> &[&'static [u8]] {
        self.der.get(..self.count).unwrap_or(&[])
    }

    /// Slots of all; `KEYM_NO_CERTIFICATE` for what is in none.
    pub fn ids(&self) -> &[KeyM_CertificateIdType] {
        self.ids.get(..self.count).unwrap_or(&[])
    }

    /// The slot of one.
    pub fn id(&self, index: usize) -> Option<KeyM_CertificateIdType> {
        self.ids().get(index).copied().filter(|id| *id != KEYM_NO_CERTIFICATE)
    }
}

/// All inputs of one validation.
pub struct Inputs {
    /// The certificate on trial.
    pub leaf: &'static [u8],
    /// Intermediates.
    pub pool: Entries<MAX_POOL>,
    /// Anchors.
    pub anchors: Entries<MAX_ANCHORS>,
    /// CRLs.
    pub crls: Entries<MAX_CRLS>,
    /// OCSP responses.
    pub ocsp: Entries<MAX_OCSP>,
    /// Switches.
    pub policy: Policy,
    /// What earlier validations learnt.
    pub memory: Memory<8, 8>,
}

impl Inputs {
    /// Nothing.
    pub const NEW: Self = Self {
        leaf: &[],
        pool: Entries::NEW,
        anchors: Entries::NEW,
        crls: Entries::NEW,
        ocsp: Entries::NEW,
        policy: Policy::strict(Profile::Rfc5280),
        memory: Memory::NEW,
    };

    /// Forgets all but what was learnt.
    pub fn clear(&mut self) {
        self.leaf = &[];
        self.pool = Entries::NEW;
        self.anchors = Entries::NEW;
        self.crls = Entries::NEW;
        self.ocsp = Entries::NEW;
    }
}
