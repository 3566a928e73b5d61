//! State that all functions of KeyM share. It is touched inside the exclusive area only.
#![forbid(unsafe_code)]

use super::slot::Slot;
use super::storage::Record;
use crate::ffi::world::World;
use crate::numbers::*;
use crate::types::*;
use core::ptr::null_mut;
use v2gcrypt_types::*;

/// Certificates beside the configured ones in one verification.
pub const MAX_CHAIN: usize = 8;

/// A Csm job of KeyM's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// None is under way.
    None,
    /// This one is.
    Waiting(uint32),
    /// It has ended.
    Ended(Crypto_ResultType),
}

/// What an asynchronous function was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `KeyM_ServiceCertificate`
    Service(KeyM_ServiceCertificateType),
    /// `KeyM_Update`, of the key if the name has told it already.
    Update,
    /// `KeyM_Finalize`
    Finalize,
    /// `KeyM_Verify`
    Verify,
}

/// Where a response goes. Nothing is read or written before the operation has ended.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// The caller's memory.
    pub data: *mut uint8,
    /// Room in it.
    pub room: uint32,
    /// Where its length goes, unless null.
    pub length: *mut uint32,
}

impl Response {
    /// None.
    pub const NONE: Self = Self { data: null_mut(), room: 0, length: null_mut() };
}

/// An operation that waits for a main function, or is under way. Its request is in the request buffer.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// What for.
    pub purpose: Purpose,
    /// Certificate or key; none where the request's name is the key handler's affair.
    pub target: u16,
    /// Bytes of the name, at the beginning of the request buffer.
    pub name_length: uint32,
    /// Bytes of the request, behind the name.
    pub request_length: uint32,
    /// Where the response goes.
    pub response: Response,
}

impl Operation {
    /// Whether it concerns a certificate.
    pub fn is_service(&self) -> bool {
        matches!(self.purpose, Purpose::Service(_))
    }
}

/// Who uses the chain buffer.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    /// The certificate whose verification was asked for, or `KEYM_NO_CERTIFICATE`.
    pub owner: KeyM_CertificateIdType,
    /// Bytes of each certificate, one behind the other in the buffer.
    pub lengths: [u32; MAX_CHAIN],
    /// Certificates.
    pub count: u8,
}

/// Bytes of the nonce in an OCSP request. RFC 8954
pub const NONCE_LENGTH: usize = 32;
/// OCSP requests whose nonces are remembered.
pub const MAX_NONCES: usize = 4;

/// Nonces of OCSP requests that have no response yet.
#[derive(Debug, Clone, Copy)]
pub struct Nonces {
    entries: [(KeyM_CertificateIdType, [u8; NONCE_LENGTH]); MAX_NONCES],
}

impl Nonces {
    const NEW: Self = Self { entries: [(KEYM_NO_CERTIFICATE, [0; NONCE_LENGTH]); MAX_NONCES] };

    /// Remembers the nonce of a request about a certificate, in place of an older one about it: whether there was room. Nobody else's
    /// gives way, for then any response would do.
    pub fn remember(&mut self, id: KeyM_CertificateIdType, nonce: [u8; NONCE_LENGTH]) -> bool {
        let place = |wanted| self.entries.iter().position(|(known, _)| *known == wanted);
        let place = place(id).or_else(|| place(KEYM_NO_CERTIFICATE));
        let entry = place.and_then(|index| self.entries.get_mut(index));
        entry.map(|entry| *entry = (id, nonce)).is_some()
    }

    /// The nonce of the latest request about a certificate.
    pub fn of(&self, id: KeyM_CertificateIdType) -> Option<[u8; NONCE_LENGTH]> {
        self.entries.iter().find(|(known, _)| *known == id).map(|(_, nonce)| *nonce)
    }

    /// Its response has come, or the certificate is another one.
    pub fn forget(&mut self, id: KeyM_CertificateIdType) {
        self.entries.iter_mut().filter(|(known, _)| *known == id).for_each(|entry| entry.0 = KEYM_NO_CERTIFICATE);
    }
}

/// State beside the tables.
#[derive(Debug)]
pub struct Common {
    /// Somebody is in the engine.
    pub running: bool,
    /// The blocks have been read.
    pub loaded: bool,
    /// The engine's Csm job.
    pub job: Job,
    /// An operation that waits.
    pub operation: Option<Operation>,
    /// The request buffer belongs to an operation.
    pub operating: bool,
    /// What the request buffer is used for, until it has been told.
    pub owed: Option<Purpose>,
    /// The chain buffer.
    pub chain: Chain,
    /// The key session, if one is open.
    pub session: Option<KeyM_StartType>,
    /// A root, a Sub-CA or a CRL has changed: what validations learnt before does not count any more.
    pub stores_changed: bool,
    /// Counts changes of that kind: what was found valid before one of them may be so no more.
    pub changes: u32,
    /// An OCSP response has changed: status that validations learnt before does not count any more.
    pub responses_changed: bool,
    /// Nonces of OCSP requests.
    pub nonces: Nonces,
    /// Unix time that has certainly passed; `i64::MIN` when none is known.
    pub time_floor: i64,
    /// What of it was last to be kept in NvM.
    pub floor_kept: i64,
}

impl Common {
    /// Nothing is known.
    pub const NEW: Self = Self {
        running: false,
        loaded: false,
        job: Job::None,
        operation: None,
        operating: false,
        owed: None,
        chain: Chain { owner: KEYM_NO_CERTIFICATE, lengths: [0; MAX_CHAIN], count: 0 },
        session: None,
        stores_changed: false,
        changes: 0,
        responses_changed: false,
        nonces: Nonces::NEW,
        time_floor: i64::MIN,
        floor_kept: i64::MIN,
    };
}

/// State of a key.
#[derive(Debug, Clone, Copy)]
pub struct KeyNode {
    /// Bytes of key material in RAM, to be kept in NvM.
    pub length: u32,
    /// It has been written in this session, and becomes valid with `KeyM_Finalize`. [SWS_KeyM_00102]
    pub marked: bool,
    /// It has been written in a session, this one or one that was abandoned, and no `KeyM_Finalize` has made it valid.
    pub unfinished: bool,
}

impl KeyNode {
    /// Nothing.
    pub const NEW: Self = Self { length: 0, marked: false, unfinished: false };

    /// Bytes of key material that belong into a record: a restart makes them valid.
    pub fn kept(&self) -> u32 {
        if self.unfinished {
            0
        } else {
            self.length
        }
    }
}

/// All that is shared.
pub struct Shared<'a> {
    /// By certificate.
    pub slots: &'a mut [Slot],
    /// By key.
    pub keys: &'a mut [KeyNode],
    /// By NvM block.
    pub records: &'a mut [Record],
    /// The rest.
    pub common: &'a mut Common,
}

impl Shared<'_> {
    /// A slot.
    pub fn slot(&mut self, id: KeyM_CertificateIdType) -> Option<&mut Slot> {
        self.slots.get_mut(usize::from(id))
    }

    /// A key.
    pub fn key(&mut self, id: KeyM_CryptoKeyIdType) -> Option<&mut KeyNode> {
        self.keys.get_mut(usize::from(id))
    }
}

/// A Csm key is written: no certificate has its public key in it any more.
pub(crate) fn overwrites(world: &World, key: uint32) {
    for (index, certificate) in world.view().certificates().iter().enumerate() {
        if certificate.verifyKeyId == key {
            world.locked(|shared| shared.slots.get_mut(index).map(|slot| slot.key_loaded = false));
        }
    }
}
