//! Records in NvM: one per `KeyMNvmBlock`, in two copies. A write goes to the older copy, so a power cut leaves the other one, and
//! the newest that is whole counts.
//!
//! A record, all numbers big-endian: `"KYM1"`, version 1 and NvM block (16 bits each), sequence number (32), bytes of payload (32),
//! members (16), payload, bytes of digest (16), digest in a field of 32 bytes. A member: kind (8), status (8), id (16), length (32),
//! data. The digest is the MAC of everything before its length where there are MAC jobs, else the SHA-256.
#![forbid(unsafe_code)]

use super::common::Shared;
use crate::config::*;
use crate::ffi::world::{Outcome, World};
use crate::numbers::*;
use crate::types::*;

/// Where an override of a member comes from.
#[derive(Debug, Clone, Copy)]
pub struct Replacement {
    /// The certificate that is replaced.
    pub id: KeyM_CertificateIdType,
    /// Its DER; empty: there is none any more.
    pub der: &'static [u8],
}

/// What is replaced in one write: a leaf and its Sub-CAs.
pub type Replacements = [Option<Replacement>; MAX_REPLACEMENTS];
/// Entries of it.
pub const MAX_REPLACEMENTS: usize = 4;

/// State of a block.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Number of the newest record, 0 for none.
    sequence: u32,
    /// Data set of the newest record.
    newest: u8,
    /// What is in RAM differs from what is in NvM.
    pub dirty: bool,
    /// Milliseconds until it is written.
    delay: u32,
    /// Neither copy could be read, so one may be newer than anything that would be written: nothing is.
    closed: bool,
}

impl Record {
    /// Nothing is known.
    pub const NEW: Self = Self { sequence: 0, newest: 1, dirty: false, delay: 0, closed: false };

    /// Something of the block has changed; what has to be written first decides when all is. [SWS_KeyM_00099]
    pub fn changed(&mut self, delay: u32) {
        self.delay = if self.dirty { self.delay.min(delay) } else { delay };
        self.dirty = true;
    }

    /// It is written now. [SWS_KeyM_00103]
    pub fn flush(&mut self) {
        self.delay = 0;
    }

    /// Time goes by.
    pub fn elapse(&mut self, milliseconds: u32) {
        self.delay = self.delay.saturating_sub(milliseconds);
    }

    /// Whether it is to be written.
    pub fn is_due(&self) -> bool {
        self.dirty && self.delay == 0
    }
}

/// How a longer work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// There is more to do.
    Working,
    /// It has ended; whether well.
    Ended(bool),
}

const MAGIC: [u8; 4] = *b"KYM1";
const VERSION: u16 = 1;
const HEADER: usize = 18;
const DIGEST: usize = 32;
/// Its length stands before it.
const DIGEST_FIELD: usize = DIGEST + 2;
/// Shorter MACs prove nothing.
const SHORTEST_DIGEST: usize = 16;

const _: () = assert!(HEADER + DIGEST_FIELD == KEYM_NVM_RECORD_OVERHEAD as usize);
const KIND_CERTIFICATE: u8 = 1;
const KIND_KEY: u8 = 2;
const KIND_TIME_FLOOR: u8 = 3;
/// Attempts of a write, and of a read.
const ATTEMPTS: u8 = 3;
/// Milliseconds until a write that has failed is tried again, when nothing else is to do.
const RETRY_DELAY: u32 = 1_000;

/// Writes bytes one behind the other.
struct Writer<'a> {
    rest: &'a mut [u8],
    written: usize,
}

impl<'a> Writer<'a> {
    fn put(&mut self, bytes: &[u8]) -> Option<()> {
        let rest = core::mem::take(&mut self.rest);
        if bytes.len() > rest.len() {
            return None;
        }
        let (room, rest) = rest.split_at_mut(bytes.len());
        room.copy_from_slice(bytes);
        self.rest = rest;
        self.written = self.written.saturating_add(bytes.len());
        Some(())
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let taken = bytes.get(..N)?.try_into().ok()?;
    *bytes = bytes.get(N..)?;
    Some(taken)
}

/// What the header says.
#[derive(Debug, Clone, Copy)]
struct Header {
    sequence: u32,
    payload: usize,
    members: u16,
}

impl Header {
    fn read(mut bytes: &[u8], block: &KeyM_NvmBlockConfigType) -> Option<Self> {
        let known = take(&mut bytes)? == MAGIC
            && u16::from_be_bytes(take(&mut bytes)?) == VERSION
            && u16::from_be_bytes(take(&mut bytes)?) == block.nvmBlockId;
        let header = Self {
            sequence: u32::from_be_bytes(take(&mut bytes)?),
            payload: u32::from_be_bytes(take(&mut bytes)?) as usize,
            members: u16::from_be_bytes(take(&mut bytes)?),
        };
        let room = (block.recordSize as usize).checked_sub(HEADER + DIGEST_FIELD)?;
        (known && header.sequence != 0 && header.payload <= room).then_some(header)
    }

    fn signed(&self) -> usize {
        HEADER.saturating_add(self.payload)
    }
}

// ---- writing

#[derive(Debug, Clone, Copy)]
enum SaveStep {
    Compose,
    Digest(usize),
    Digested(usize),
    Write,
    Poll,
}

/// Writes a block.
#[derive(Debug, Clone, Copy)]
pub struct Save {
    block: u16,
    replacements: Replacements,
    step: SaveStep,
    attempts: u8,
    sequence: u32,
    data_set: u8,
}

impl Save {
    /// Writes what is in RAM, but for what is replaced.
    pub fn new(block: u16, replacements: Replacements) -> Self {
        Self { block, replacements, step: SaveStep::Compose, attempts: ATTEMPTS, sequence: 0, data_set: 0 }
    }

    /// Goes on. After [`Progress::Ended`] with false the newest record is what it was, and what is in RAM is written later.
    pub fn step(&mut self, world: &World) -> Progress {
        let progress = self.advance(world);
        if progress == Progress::Ended(false) {
            // The record may hold what waited for this write, too. NvM may have kept what it said it could not write: it goes.
            world.locked(|shared| shared.records.get_mut(usize::from(self.block)).map(|record| record.changed(RETRY_DELAY)));
        }
        progress
    }

    fn advance(&mut self, world: &World) -> Progress {
        match self.step {
            SaveStep::Compose => match self.compose(world) {
                Some(length) => self.step = SaveStep::Digest(length),
                None => return Progress::Ended(false),
            },
            SaveStep::Digest(length) => {
                let message = world.record(u32::try_from(length).unwrap_or(0));
                let config = world.config();
                let outcome = if config.macGenerateJobId == KEYM_NO_JOB {
                    world.hash(config.sha256JobId, message)
                } else {
                    world.mac_generate(config.macGenerateJobId, message, DIGEST)
                };
                return self.digest(world, length, outcome);
            }
            SaveStep::Digested(length) => {
                let outcome = world.outcome();
                return self.digest(world, length, outcome);
            }
            SaveStep::Write => {
                let Some(block) = world.view().block(self.block) else { return Progress::Ended(false) };
                if world.nvm_write(block.nvmBlockId, self.data_set) {
                    self.step = SaveStep::Poll;
                } else {
                    return self.failed();
                }
            }
            SaveStep::Poll => {
                let Some(block) = world.view().block(self.block) else { return Progress::Ended(false) };
                match world.nvm_status(block.nvmBlockId) {
                    NVM_REQ_PENDING => {}
                    NVM_REQ_OK => {
                        self.written(world);
                        return Progress::Ended(true);
                    }
                    _ => return self.failed(),
                }
            }
        }
        Progress::Working
    }

    fn failed(&mut self) -> Progress {
        self.attempts = self.attempts.saturating_sub(1);
        if self.attempts == 0 {
            return Progress::Ended(false);
        }
        // The record is still there: NvM only reads it.
        self.step = SaveStep::Write;
        Progress::Working
    }

    fn digest(&mut self, world: &World, length: usize, outcome: Outcome) -> Progress {
        match outcome {
            Outcome::Waiting => self.step = SaveStep::Digested(length),
            Outcome::Busy => self.step = SaveStep::Digest(length),
            Outcome::Failed(_) => return Progress::Ended(false),
            Outcome::Done => {
                let Some(block) = world.view().block(self.block) else { return Progress::Ended(false) };
                let (output, bytes) = world.output();
                let sealed = world.with_record(block.recordSize, |record| {
                    let mut field = Writer { rest: record.get_mut(length..)?, written: 0 };
                    let digest = output.get(..bytes).filter(|digest| (SHORTEST_DIGEST..=DIGEST).contains(&digest.len()))?;
                    field.put(&u16::try_from(bytes).ok()?.to_be_bytes())?;
                    field.put(digest)
                });
                if sealed.is_none() {
                    return Progress::Ended(false);
                }
                self.step = SaveStep::Write;
            }
        }
        Progress::Working
    }

    /// Writes the record into RAM: how long it is without its digest.
    fn compose(&mut self, world: &World) -> Option<usize> {
        let block = world.view().block(self.block)?;
        let state = world.locked(|shared| {
            shared.records.get_mut(usize::from(self.block)).map(|record| {
                record.dirty = false;
                *record
            })
        })?;
        self.sequence = state.sequence.checked_add(1).filter(|_| !state.closed)?;
        self.data_set = if state.newest == 0 { 1 } else { 0 };
        let replacements = self.replacements;
        let floor = world.locked(|shared| shared.common.time_floor);
        world.with_record(block.recordSize, |record| {
            record.fill(0);
            if record.len() < HEADER {
                return None;
            }
            let (header, payload) = record.split_at_mut(HEADER);
            let mut writer = Writer { rest: payload, written: 0 };
            let mut members = 0u16;
            for (index, certificate) in world.view().certificates().iter().enumerate() {
                if certificate.nvmBlock != self.block {
                    continue;
                }
                let id = u16::try_from(index).ok()?;
                let (mut status, mut der) = stored_certificate(world, id, certificate);
                if let Some(replacement) = replacements.iter().flatten().find(|replacement| replacement.id == id) {
                    (status, der) = (KEYM_CERTIFICATE_VALID, replacement.der);
                }
                member(&mut writer, KIND_CERTIFICATE, status, id, der)?;
                members = members.checked_add(1)?;
            }
            for (index, key) in world.view().crypto_keys().iter().enumerate() {
                if key.nvmBlock != self.block {
                    continue;
                }
                let id = u16::try_from(index).ok()?;
                let length = world.locked(|shared| shared.key(id).map_or(0, |key| key.kept()));
                member(&mut writer, KIND_KEY, 0, id, world.key_material(key, length))?;
                members = members.checked_add(1)?;
            }
            if block.keepsTimeFloor != 0 {
                member(&mut writer, KIND_TIME_FLOOR, 0, 0, &floor.to_be_bytes())?;
                members = members.checked_add(1)?;
            }
            let payload = writer.written;
            let mut header = Writer { rest: header, written: 0 };
            header.put(&MAGIC)?;
            header.put(&VERSION.to_be_bytes())?;
            header.put(&block.nvmBlockId.to_be_bytes())?;
            header.put(&self.sequence.to_be_bytes())?;
            header.put(&u32::try_from(payload).ok()?.to_be_bytes())?;
            header.put(&members.to_be_bytes())?;
            HEADER.checked_add(payload)
        })
    }

    fn written(&self, world: &World) {
        world.locked(|shared| {
            if let Some(record) = shared.records.get_mut(usize::from(self.block)) {
                record.sequence = self.sequence;
                record.newest = self.data_set;
            }
        });
    }
}

/// What of a certificate goes into a record: one that is not valid does not. The caller is the engine: nobody else writes.
fn stored_certificate(
    world: &World,
    id: KeyM_CertificateIdType,
    certificate: &KeyM_CertificateConfigType,
) -> (KeyM_CertificateStatusType, &'static [u8]) {
    let length = world.locked(|shared| match shared.slot(id) {
        Some(slot) if slot.is_kept() => slot.length(),
        _ => 0,
    });
    (KEYM_CERTIFICATE_VALID, world.der(certificate, length))
}

fn member(writer: &mut Writer<'_>, kind: u8, status: u8, id: u16, data: &[u8]) -> Option<()> {
    writer.put(&[kind, status])?;
    writer.put(&id.to_be_bytes())?;
    writer.put(&u32::try_from(data.len()).ok()?.to_be_bytes())?;
    writer.put(data)
}

// ---- reading

#[derive(Debug, Clone, Copy)]
enum LoadStep {
    Read,
    Poll,
    Check,
    Checking,
}

/// Reads all blocks, once after `KeyM_Init`.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    block: u16,
    data_set: u8,
    /// Both copies have been looked at: the newer one is being read again, or is there.
    chosen: bool,
    sequences: [u32; 2],
    step: LoadStep,
    attempts: u8,
    /// NvM could not read a copy, or nobody could tell whether it is authentic.
    uncertain: bool,
}

impl Load {
    /// From the first block on.
    pub const NEW: Self = Self {
        block: 0,
        data_set: 0,
        chosen: false,
        sequences: [0; 2],
        step: LoadStep::Read,
        attempts: ATTEMPTS,
        uncertain: false,
    };

    /// Goes on: whether all blocks have been read.
    pub fn step(&mut self, world: &World) -> bool {
        let Some(block) = world.view().block(self.block) else { return true };
        match self.step {
            LoadStep::Read => {
                if world.nvm_read(block.nvmBlockId, self.data_set) {
                    self.step = LoadStep::Poll;
                } else {
                    self.retry(world);
                }
            }
            LoadStep::Poll => match world.nvm_status(block.nvmBlockId) {
                NVM_REQ_PENDING => {}
                NVM_REQ_OK | NVM_REQ_REDUNDANCY_FAILED | NVM_REQ_RESTORED_FROM_ROM => self.step = LoadStep::Check,
                // Never written, or lost.
                NVM_REQ_NV_INVALIDATED | NVM_REQ_INTEGRITY_FAILED => self.examined(world, None),
                _ => self.retry(world),
            },
            LoadStep::Check => {
                let record = world.record(block.recordSize);
                let config = world.config();
                let Some(header) = Header::read(record, block) else {
                    self.examined(world, None);
                    return false;
                };
                let (Some(message), Some(digest)) = (record.get(..header.signed()), stored_digest(record, &header)) else {
                    self.examined(world, None);
                    return false;
                };
                let outcome = if config.macVerifyJobId == KEYM_NO_JOB {
                    world.hash(config.sha256JobId, message)
                } else {
                    world.mac_verify(config.macVerifyJobId, message, digest)
                };
                self.checked(world, block, outcome);
            }
            LoadStep::Checking => {
                let outcome = world.outcome();
                self.checked(world, block, outcome);
            }
        }
        false
    }

    fn retry(&mut self, world: &World) {
        self.attempts = self.attempts.saturating_sub(1);
        self.step = LoadStep::Read;
        if self.attempts == 0 {
            self.uncertain = true;
            self.examined(world, None);
        }
    }

    fn checked(&mut self, world: &World, block: &KeyM_NvmBlockConfigType, outcome: Outcome) {
        match outcome {
            Outcome::Waiting => self.step = LoadStep::Checking,
            Outcome::Busy => self.step = LoadStep::Check,
            Outcome::Failed(_) => {
                self.uncertain = true;
                self.examined(world, None);
            }
            Outcome::Done => {
                let record = world.record(block.recordSize);
                let header = Header::read(record, block);
                let authentic = header.filter(|header| {
                    if world.config().macVerifyJobId != KEYM_NO_JOB {
                        return world.verdict();
                    }
                    let (output, length) = world.output();
                    output.get(..length).is_some_and(|computed| stored_digest(record, header) == Some(computed))
                });
                self.examined(world, authentic);
            }
        }
    }

    /// A copy has been looked at.
    fn examined(&mut self, world: &World, found: Option<Header>) {
        self.attempts = ATTEMPTS;
        self.step = LoadStep::Read;
        if self.chosen {
            match found {
                Some(header) => self.restore(world, &header),
                // It was good a moment ago: rather the other one than none.
                None => {
                    let lost = usize::from(self.data_set);
                    if let Some(sequence) = self.sequences.get_mut(lost) {
                        *sequence = 0;
                    }
                    self.choose(world);
                    return;
                }
            }
            self.next();
            return;
        }
        if let Some(sequence) = self.sequences.get_mut(usize::from(self.data_set)) {
            *sequence = found.map_or(0, |header| header.sequence);
        }
        match (self.data_set, found) {
            (0, _) => self.data_set = 1,
            // It is in the record already.
            (_, Some(header)) if header.sequence > self.sequences[0] => {
                self.restore(world, &header);
                self.next();
            }
            _ => self.choose(world),
        }
    }

    fn choose(&mut self, world: &World) {
        let [first, second] = self.sequences;
        if first == 0 && second == 0 {
            let (block, closed) = (usize::from(self.block), self.uncertain);
            world.locked(|shared| shared.records.get_mut(block).map(|record| record.closed = closed));
            self.next();
            return;
        }
        self.chosen = true;
        self.data_set = u8::from(second > first);
        self.step = LoadStep::Read;
    }

    fn next(&mut self) {
        *self = Self { block: self.block.saturating_add(1), ..Self::NEW };
    }

    /// Takes over what an authentic record holds. What the configuration does not know any more is left out.
    fn restore(&mut self, world: &World, header: &Header) {
        let Some(block) = world.view().block(self.block) else { return };
        let record = world.record(block.recordSize);
        let Some(mut members) = record.get(HEADER..header.signed()) else { return };
        world.locked(|shared| {
            if let Some(state) = shared.records.get_mut(usize::from(self.block)) {
                state.sequence = header.sequence;
                state.newest = self.data_set;
            }
        });
        for _ in 0..header.members {
            let Some((kind, status, id, data)) = next_member(&mut members) else { return };
            match kind {
                KIND_CERTIFICATE => restore_certificate(world, self.block, id, status, data),
                KIND_KEY => restore_key(world, self.block, id, data),
                KIND_TIME_FLOOR => {
                    if let Ok(floor) = <[u8; 8]>::try_from(data) {
                        world.locked(|shared| {
                            let floor = shared.common.time_floor.max(i64::from_be_bytes(floor));
                            (shared.common.time_floor, shared.common.floor_kept) = (floor, floor);
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

/// A member: kind, status, id, data.
fn next_member<'a>(members: &mut &'a [u8]) -> Option<(u8, u8, u16, &'a [u8])> {
    let [kind, status] = take(members)?;
    let id = u16::from_be_bytes(take(members)?);
    let length = u32::from_be_bytes(take(members)?) as usize;
    let data = members.get(..length)?;
    *members = members.get(length..)?;
    Some((kind, status, id, data))
}

fn stored_digest<'a>(record: &'a [u8], header: &Header) -> Option<&'a [u8]> {
    let mut field = record.get(header.signed()..)?;
    let length = usize::from(u16::from_be_bytes(take(&mut field)?));
    (SHORTEST_DIGEST..=DIGEST).contains(&length).then_some(field.get(..length)?)
}

fn restore_certificate(world: &World, block: u16, id: u16, status: KeyM_CertificateStatusType, der: &[u8]) {
    let Some(certificate) = world.view().certificate(id) else { return };
    let fits = certificate.nvmBlock == block && der.len() <= certificate.maxLength as usize;
    let claimed = |shared: &mut Shared<'_>| shared.slot(id).is_some_and(|slot| slot.claim_for_writing());
    if der.is_empty() || !fits || !world.locked(claimed) {
        return;
    }
    world.set_der(certificate, der);
    world.locked(|shared| {
        if let Some(slot) = shared.slot(id) {
            slot.written(u32::try_from(der.len()).unwrap_or(0));
            slot.stored = status == KEYM_CERTIFICATE_VALID;
        }
    });
}

/// [SWS_KeyM_00046]
fn restore_key(world: &World, block: u16, id: u16, material: &[u8]) {
    let Some(key) = world.view().crypto_key(id) else { return };
    if material.is_empty() || key.nvmBlock != block || material.len() > usize::from(key.maxLength) {
        return;
    }
    world.set_key_material(key, material);
    world.locked(|shared| {
        if let Some(node) = shared.key(id) {
            node.length = u32::try_from(material.len()).unwrap_or(0);
        }
    });
    let _ = super::keys::install(world, id, material, true);
}
