//! The slow level: thread mode. Public keys, management of keys, flash.
//!
//! A command is computed in the HSM's own memory and leaves it only as a finished record: the fast level writes it to the host, or
//! drops it if that host is gone.

mod compute;
mod manage;
mod reply;
mod sign;

use v2gcrypt_hsm_protocol::algorithm::{Lifecycle, SlotState};
use v2gcrypt_hsm_protocol::policy::{Group, Kind};
use v2gcrypt_hsm_protocol::{Flags, Opcode, Request, Response, Status};

use crate::access::{AllowList, Operands};
use crate::keys::{Slot, Slots, MAX_RECORD_LEN};
use crate::lifecycle;
use crate::log::{Code, Event, NO_SLOT};
use crate::platform::{Bridge, KeyStorage, Pkc, Platform, StorageError};
use crate::queue::Job;
use crate::random::Random;
use crate::shared::{Finished, Shared, Update, MAX_FAST_KEY_LEN};
use crate::store::{LIFECYCLE, REFUSALS};
use reply::Reply;

/// The longest message that Ed25519 signs or verifies: it is read twice, so all of it is copied first. The same of informations that keys
/// are derived with.
pub const MAX_MESSAGE: usize = 2048;

/// What the slow level is made of.
pub struct SlowParts<'a, P: Platform> {
    /// What requests may name.
    pub allowed: &'a AllowList,
    /// What both levels have.
    pub shared: &'a Shared,
    /// The host's memory, from which this level only reads.
    pub memory: P::Memory,
    /// To pend the fast level.
    pub bridge: P::Bridge,
    /// Randomness for this level.
    pub trng: P::Trng,
    /// Hashes for this level.
    pub hash: P::SlowHash,
    /// Public-key work.
    pub pkc: P::Pkc,
    /// What survives a restart.
    pub storage: P::Storage,
}

/// The slow level.
pub struct Slow<'a, P: Platform> {
    allowed: &'a AllowList,
    shared: &'a Shared,
    memory: P::Memory,
    bridge: P::Bridge,
    random: Random<P::Trng>,
    hash: P::SlowHash,
    pkc: P::Pkc,
    storage: P::Storage,
    slots: Slots,
    scratch: [u8; MAX_MESSAGE],
    /// Slots, as bits, whose record flash does not give.
    failed: u32,
    /// Envelopes of ISO 15118-2 that were not genuine, ever.
    refusals: u8,
    /// What is wrong with the record of the life cycle.
    lost: Option<Event>,
}

impl<'a, P: Platform> Slow<'a, P> {
    /// Knows no key before [`Self::start`].
    pub fn new(parts: SlowParts<'a, P>) -> Self {
        let SlowParts { allowed, shared, memory, bridge, trng, hash, pkc, storage } = parts;
        Self {
            allowed,
            shared,
            memory,
            bridge,
            random: Random::new(trng, b"v2gcrypt HSM slow"),
            hash,
            pkc,
            storage,
            slots: Slots::new(),
            scratch: [0; MAX_MESSAGE],
            failed: 0,
            refusals: 0,
            lost: None,
        }
    }

    /// Loads what flash has. A record that is not genuine costs its slot, and no other. If it is that of the life cycle, the HSM is
    /// locked until it is repaired, but nothing is erased.
    pub fn start(&mut self) {
        let groups = Group::ALL.into_iter().filter(|group| self.pkc.has(*group)).fold(0, |all, group| all | 1 << group as u32);
        self.shared.set_groups(groups);
        let mut tampered = 0u32;
        for (id, slot) in (0u16..).zip(self.slots.iter_mut()) {
            let mut record = zeroize::Zeroizing::new([0; MAX_RECORD_LEN]);
            match self.storage.load(id, &mut *record) {
                Ok(None) => {}
                Ok(Some(length)) if slot.take_record(record.get(..length).unwrap_or_default()) => {}
                Ok(Some(_)) | Err(StorageError::Tampered) => {
                    slot.tamper();
                    tampered = tampered.saturating_add(1);
                }
                Err(StorageError::Failed) => {
                    slot.tamper();
                    self.failed |= 1u32.checked_shl(u32::from(id)).unwrap_or_default();
                }
            }
        }
        self.shared.set_tampered(tampered);
        let mut count = [0; 1];
        self.refusals = match self.storage.load(REFUSALS, &mut count) {
            Ok(None) => 0,
            Ok(Some(1)) => u8::from_le_bytes(count),
            _ => u8::MAX, // else whoever spoils the record could try for ever
        };
        let mut state = [0; 1];
        let lifecycle = match self.storage.load(LIFECYCLE, &mut state) {
            Ok(None) => Some(Lifecycle::Blank),
            Ok(Some(1)) => Lifecycle::from_number(u8::from_le_bytes(state)),
            Ok(Some(_)) | Err(StorageError::Tampered) => None,
            Err(StorageError::Failed) => {
                self.lost = Some(Event::new(Code::Storage, NO_SLOT));
                None
            }
        };
        match lifecycle {
            Some(Lifecycle::Locked) => {
                // Power may have been cut before all was erased.
                let has_value = self.slots.iter().any(|slot| !slot.value().is_empty());
                self.slots.wipe();
                if has_value && self.erase_all().is_err() {
                    self.lost = Some(Event::new(Code::Storage, NO_SLOT));
                }
            }
            Some(_) => {}
            None => {
                self.slots.wipe();
                self.lost = self.lost.or(Some(Event::new(Code::Tampered, NO_SLOT)));
            }
        }
        self.shared.set_lifecycle(lifecycle.unwrap_or(Lifecycle::Locked));
    }

    pub(crate) fn boot_events(&self) -> impl Iterator<Item = Event> + '_ {
        let events = (0u32..).zip(self.slots.iter()).filter(|(_, slot)| slot.state() == SlotState::Tampered);
        let events = events.map(|(id, _)| {
            let code = if self.failed >> id & 1 != 0 { Code::Storage } else { Code::Tampered };
            Event::new(code, id)
        });
        events.chain(self.lost)
    }

    pub(crate) fn boot_keys(&self) -> impl Iterator<Item = Update> + '_ {
        (0u8..).zip(self.slots.iter()).map(|(id, slot)| update_of(id, slot))
    }

    pub(crate) fn is_test_key(&self) -> bool {
        P::Storage::IS_TEST_KEY
    }

    /// Serves one command. False: there is none, or the fast level has not yet taken what the last one gave.
    pub fn run_once(&mut self) -> bool {
        if !self.shared.has_room() {
            self.bridge.pend_fast();
            return false;
        }
        let Some(job) = self.shared.queue.take() else { return false };
        let finished = self.serve(&job);
        // There is room, for only this level fills it.
        let _ = self.shared.finish(&finished);
        self.bridge.pend_fast();
        true
    }

    fn serve(&mut self, job: &Job) -> Finished {
        let mut reply = Reply::new();
        let status = match self.command(&job.request, &mut reply) {
            Ok(()) => Status::Ok,
            Err(status) => {
                reply.fail();
                reply.event = reply.event.or(Event::of_refusal(status, &job.request));
                status
            }
        };
        let response = Response {
            result: reply.result,
            length: reply.length as u32,
            detail: reply.detail,
            ..Response::to(&job.request, status)
        };
        Finished { generation: job.generation, response, room: reply.room, event: reply.event, bytes: *reply.bytes }
    }

    fn command(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let opcode = Opcode::from_number(request.opcode).ok_or(Status::UnknownOpcode)?;
        if !lifecycle::permits(self.shared.lifecycle(), opcode) {
            return Err(Status::Lifecycle); // it may have gone on since the command was put into the queue
        }
        if !matches!(request.flags.mode(), Flags(0) | Flags::SINGLE_CALL) {
            return Err(Status::Parameter);
        }
        let operands = Operands::of(request, self.allowed)?;
        reply.room = operands.output;
        match opcode {
            Opcode::Sign => self.sign(request, operands, reply, false),
            Opcode::SignDigest => self.sign(request, operands, reply, true),
            Opcode::Verify => self.verify(request, operands, reply, false),
            Opcode::VerifyDigest => self.verify(request, operands, reply, true),
            Opcode::KeyGenerate => self.generate(request),
            Opcode::PublicKey => self.public_key(request, reply),
            Opcode::Agree => self.agree(request, operands),
            Opcode::Derive => self.derive(request, operands),
            Opcode::ContractImport => self.contract_import(request, operands, reply),
            Opcode::KeyDefine => self.define(request, reply),
            Opcode::ElementSet => self.element_set(request, operands),
            Opcode::ElementGet => self.element_get(request, reply),
            Opcode::KeySetValid => self.set_valid(request),
            Opcode::KeySetInvalid => self.set_invalid(request),
            Opcode::KeyStatus => self.status(request, reply),
            Opcode::KeyErase => self.erase(request, reply),
            Opcode::KeyCopy => self.copy(request),
            Opcode::LifecycleAdvance => self.advance(request, reply),
            Opcode::Reseed => self.reseed(operands),
            _ => Err(Status::UnknownOpcode),
        }
    }

    /// Hands the fast level what a slot has become.
    fn changed(&mut self, slot: u32) -> Result<(), Status> {
        let id = u8::try_from(slot).map_err(|_| Status::KeySlot)?;
        let update = update_of(id, self.slots.any(slot)?);
        self.shared.hand_over(&update).then_some(()).ok_or(Status::Internal)
    }

    /// Gives a slot a value that is to be made valid.
    fn put(&mut self, slot: u32, value: &[u8]) -> Result<(), Status> {
        self.slots.any(slot)?.set(value)?;
        self.changed(slot)
    }
}

/// A slot as the fast level has it: with its key only if that is valid and symmetric.
fn update_of(id: u8, slot: &Slot) -> Update {
    let mut bytes = [0; MAX_FAST_KEY_LEN];
    let policy = slot.policy();
    if slot.state() == SlotState::Valid && matches!(policy, Some(policy) if matches!(policy.kind, Kind::Symmetric(..))) {
        if let Some(room) = bytes.get_mut(..slot.value().len()) {
            room.iter_mut().zip(slot.value()).for_each(|(to, from)| *to = *from);
        }
    }
    Update::Slot { slot: id, policy, state: slot.state(), value: bytes }
}

impl From<StorageError> for Status {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Tampered => Self::Tampered,
            StorageError::Failed => Self::Storage,
        }
    }
}
