//! What is known of a configured certificate: one [`Slot`] each, beside its DER.
//!
//! Whoever reads the DER claims it first, and nobody writes what is claimed.
#![forbid(unsafe_code)]

use crate::numbers::*;
use crate::types::*;

/// A verification that waits for the background function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Request {
    /// None.
    #[default]
    None,
    /// `KeyM_VerifyCertificate`
    Alone,
    /// `KeyM_VerifyCertificates`: with this upper certificate.
    Against(KeyM_CertificateIdType),
    /// `KeyM_VerifyCertificateChain`: with what is in the chain buffer.
    Chain,
}

/// State of a certificate.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// `KEYM_CERTIFICATE_*`
    pub status: KeyM_CertificateStatusType,
    /// Its public key is in its Csm key.
    pub key_loaded: bool,
    /// Somebody writes the DER.
    writing: bool,
    /// NvM or Csm keeps it: it was valid when it was stored.
    pub stored: bool,
    /// It has been valid.
    pub trusted: bool,
    /// The private key was made anew, and waits for its certificate.
    pub key_pending: bool,
    /// A service for it is under way: nobody else changes it.
    pub serviced: bool,
    /// Who reads the DER.
    users: u8,
    /// A verification that waits, or is under way.
    pub request: Request,
    /// Bytes of DER, 0 for none.
    length: u32,
    /// Counts what has been in the slot.
    generation: u32,
    /// Bytes of the OCSP response, 0 for none.
    ocsp_length: u32,
}

impl Slot {
    /// Nothing.
    pub const NEW: Self = Self {
        status: KEYM_CERTIFICATE_NOT_AVAILABLE,
        key_loaded: false,
        writing: false,
        stored: false,
        trusted: false,
        key_pending: false,
        serviced: false,
        users: 0,
        request: Request::None,
        length: 0,
        generation: 0,
        ocsp_length: 0,
    };

    /// Bytes of DER, 0 for none.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Bytes of the OCSP response, 0 for none. It is claimed with the DER.
    pub fn ocsp_length(&self) -> u32 {
        self.ocsp_length
    }

    /// Another OCSP response is there.
    pub fn ocsp_written(&mut self, length: u32) {
        self.writing = false;
        self.ocsp_length = length;
    }

    /// Which certificate this is, among those that the slot has held.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Whether there is a certificate that waits for being parsed.
    pub fn is_to_be_parsed(&self) -> bool {
        self.status == KEYM_CERTIFICATE_NOT_PARSED && self.length != 0
    }

    /// Whether there is a certificate that has been parsed.
    pub fn is_parsed(&self) -> bool {
        let unread = [
            KEYM_CERTIFICATE_NOT_PARSED,
            KEYM_CERTIFICATE_NOT_AVAILABLE,
            KEYM_E_CERTIFICATE_INVALID_FORMAT,
            KEYM_E_CERTIFICATE_INVALID_TYPE,
        ];
        self.length != 0 && !unread.contains(&self.status)
    }

    /// Whether it belongs into a record: nothing that has never been valid does.
    pub fn is_kept(&self) -> bool {
        self.length != 0 && (self.stored || self.status == KEYM_CERTIFICATE_VALID)
    }

    /// Whether it may not go without a word: it is kept, or has been valid, whatever it is by now. Who has the clock could else have
    /// any root replaced.
    pub fn is_trusted(&self) -> bool {
        self.is_kept() || (self.length != 0 && self.trusted)
    }

    /// Whether the DER may be changed.
    pub fn is_free(&self) -> bool {
        self.users == 0 && !self.writing && !self.serviced && self.request == Request::None
    }

    /// Whether a verification or a service may begin.
    pub fn may_be_verified(&self) -> bool {
        !self.writing && !self.serviced && self.request == Request::None
    }

    /// Claims the DER for reading: its length, unless it is being written or empty. [`Slot::release`] has to follow.
    pub fn claim(&mut self) -> Option<u32> {
        let users = self.users.checked_add(1)?;
        if self.writing || self.length == 0 {
            return None;
        }
        self.users = users;
        Some(self.length)
    }

    /// Gives back a claim.
    pub fn release(&mut self) {
        self.users = self.users.saturating_sub(1);
    }

    /// Claims the DER for writing. [`Slot::written`] has to follow.
    pub fn claim_for_writing(&mut self) -> bool {
        let free = self.users == 0 && !self.writing;
        self.writing |= free;
        free
    }

    /// Other DER is there; 0 bytes: none. Whether there was some before. [SWS_KeyM_00141]
    pub fn written(&mut self, length: u32) -> bool {
        self.writing = false;
        let replaced = core::mem::replace(&mut self.length, length) != 0;
        self.generation = self.generation.wrapping_add(1);
        self.key_loaded = false;
        (self.stored, self.trusted) = (false, false);
        self.ocsp_length = 0;
        self.status = if length == 0 { KEYM_CERTIFICATE_NOT_AVAILABLE } else { KEYM_CERTIFICATE_NOT_PARSED };
        replaced
    }
}
