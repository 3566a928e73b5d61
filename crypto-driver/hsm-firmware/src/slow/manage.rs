//! Slots: their policies, values in plain, validity, flash. And the HSM's life.

use v2gcrypt_hsm_protocol::algorithm::{Lifecycle, SlotState};
use v2gcrypt_hsm_protocol::policy::{Kind, Policy, Usage, MAX_VALUE_LEN};
use v2gcrypt_hsm_protocol::{Request, Status};
use v2gcrypt_primitives::HashAlgorithm;
use zeroize::Zeroizing;

use super::{Reply, Slow};
use crate::access::Operands;
use crate::keys::MAX_RECORD_LEN;
use crate::lifecycle;
use crate::log::{Code, Event};
use crate::platform::{Digesting, HashEngine, KeyStorage, Pkc, Platform};
use crate::shared::Update;
use crate::store::LIFECYCLE;

/// What may be done with a value, other than giving the slot another one: a copy may be used for no more than the original.
const USES: Usage = Usage::MAC_GENERATE
    .with(Usage::MAC_VERIFY)
    .with(Usage::ENCRYPT)
    .with(Usage::DECRYPT)
    .with(Usage::AEAD_ENCRYPT)
    .with(Usage::AEAD_DECRYPT)
    .with(Usage::SIGN)
    .with(Usage::VERIFY)
    .with(Usage::AGREE)
    .with(Usage::DERIVE_SOURCE)
    .with(Usage::CONTRACT_OWNER)
    .with(Usage::READ)
    .with(Usage::COPY_SOURCE);

impl<P: Platform> Slow<'_, P> {
    /// A policy is given once, before the operational state, and goes to flash whatever the slot is for: else the slot would be lost
    /// with the next restart. The same again is always fine.
    pub(super) fn define(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = Policy::from_words(request.parameter, request.parameter2).ok_or(Status::Parameter)?;
        if matches!(policy.kind, Kind::Private(group) | Kind::Public(group) if !self.pkc.has(group)) {
            return Err(Status::Parameter);
        }
        let place = self.slots.any(slot)?;
        match (place.policy(), place.state()) {
            (Some(defined), _) if defined == policy => return Ok(()),
            (Some(_), _) => return Err(Status::Conflict),
            (None, _) if !lifecycle::is_before_operational(self.shared.lifecycle()) => return Err(Status::Lifecycle),
            (None, _) => {}
        }
        place.define(policy);
        if let Err(status) = self.save(slot, false) {
            self.slots.any(slot)?.undefine();
            return Err(status);
        }
        reply.event = Some(Event::new(Code::Defined, slot));
        self.changed(slot)
    }

    pub(super) fn element_set(&mut self, request: &Request, operands: Operands) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = self.slots.policy(slot, Usage::NONE)?;
        let may_write = if policy.usage.permits(Usage::WRITE_IN_FACTORY) {
            lifecycle::is_before_operational(self.shared.lifecycle())
        } else {
            policy.usage.permits(Usage::WRITE)
        };
        if !may_write {
            return Err(Status::Usage);
        }
        let mut value = Zeroizing::new([0; MAX_VALUE_LEN]);
        let value = operands.input.all(&self.memory, &mut *value)?;
        if value.len() != usize::from(policy.kind.len()) {
            return Err(Status::Length);
        }
        self.pkc.check(policy.kind, value)?;
        self.put(slot, value)
    }

    pub(super) fn element_get(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let (kind, value) = self.slots.value(u32::from(request.key), Usage::READ)?;
        if kind.is_key() {
            return Err(Status::Usage); // no policy permits it; twice is better
        }
        reply.reserve(kind.len())?;
        reply.give(value);
        Ok(())
    }

    /// From here on the value survives, if it is to.
    pub(super) fn set_valid(&mut self, request: &Request) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = self.slots.policy(slot, Usage::NONE)?;
        let place = self.slots.any(slot)?;
        if place.state() == SlotState::Valid {
            return Ok(());
        }
        place.set_valid(true)?;
        if policy.usage.permits(Usage::PERSIST) {
            if let Err(status) = self.save(slot, true) {
                self.slots.any(slot)?.set_valid(false)?;
                return Err(status);
            }
        }
        self.changed(slot)
    }

    /// A value that was not valid yet has never gone to flash: what is there stays.
    pub(super) fn set_invalid(&mut self, request: &Request) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = self.slots.policy(slot, Usage::NONE)?;
        let place = self.slots.any(slot)?;
        if place.state() != SlotState::Valid {
            return place.set_valid(false);
        }
        place.set_valid(false)?;
        let saved = if policy.usage.permits(Usage::PERSIST) { self.save(slot, true) } else { Ok(()) };
        self.changed(slot)?;
        saved
    }

    pub(super) fn status(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let slot = self.slots.any(u32::from(request.key))?;
        reply.result = slot.state() as u32;
        reply.detail = slot.policy().map_or(0, |policy| policy.to_words().0);
        Ok(())
    }

    /// The value is gone from RAM in any case.
    pub(super) fn erase(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = self.slots.policy(slot, Usage::NONE)?;
        self.slots.any(slot)?.clear();
        reply.event = Some(Event::new(Code::Erased, slot));
        self.changed(slot)?;
        if policy.usage.permits(Usage::PERSIST) {
            self.save(slot, false)?;
            self.storage.purge()?;
        }
        Ok(())
    }

    pub(super) fn copy(&mut self, request: &Request) -> Result<(), Status> {
        let from = u32::from(request.key);
        let (kind, value) = self.slots.usable(from, Usage::COPY_SOURCE)?;
        let source = self.slots.policy(from, Usage::COPY_SOURCE)?;
        let target = self.slots.policy(request.parameter2, Usage::COPY_TARGET)?;
        if target.kind != kind || request.parameter2 == from {
            return Err(Status::Parameter);
        }
        if target.usage.0 & USES.0 & !source.usage.0 != 0 {
            return Err(Status::Usage);
        }
        let mut copy = Zeroizing::new([0; MAX_VALUE_LEN]);
        let copy = copy.get_mut(..value.len()).ok_or(Status::Internal)?;
        copy.iter_mut().zip(value).for_each(|(to, from)| *to = *from);
        self.put(request.parameter2, copy)
    }

    /// The end takes all keys along: from RAM at once, and from flash, or with the next start if power is cut.
    pub(super) fn advance(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let next = u8::try_from(request.parameter).ok().and_then(Lifecycle::from_number).ok_or(Status::Parameter)?;
        if !lifecycle::follows(self.shared.lifecycle(), next) {
            return Err(Status::Lifecycle);
        }
        self.storage.save(LIFECYCLE, &[next as u8])?;
        self.shared.set_lifecycle(next);
        reply.event = Some(Event::new(Code::Lifecycle, next as u32));
        if next != Lifecycle::Locked {
            return Ok(());
        }
        self.slots.wipe();
        let is_taken = self.shared.hand_over(&Update::WipeAll);
        self.erase_all()?;
        is_taken.then_some(()).ok_or(Status::Internal)
    }

    pub(super) fn reseed(&mut self, operands: Operands) -> Result<(), Status> {
        let input = operands.input.all(&self.memory, &mut self.scratch)?;
        let mut hash = self.hash.hash(HashAlgorithm::Sha256)?;
        hash.update(input);
        let digest = hash.finish();
        self.random.reseed(digest.as_bytes())?;
        let digest = digest.as_bytes().try_into().map_err(|_| Status::Internal)?;
        self.shared.hand_over(&Update::Reseed(digest)).then_some(()).ok_or(Status::Internal)
    }

    /// Writes the record of a slot: with its value, or its policy alone.
    fn save(&mut self, slot: u32, with_value: bool) -> Result<(), Status> {
        let id = u16::try_from(slot).map_err(|_| Status::KeySlot)?;
        let mut record = Zeroizing::new([0; MAX_RECORD_LEN]);
        let length = self.slots.any(slot)?.to_record(with_value, &mut record);
        Ok(self.storage.save(id, record.get(..length).ok_or(Status::Internal)?)?)
    }

    /// Leaves flash no value of any slot. The first error, after all was tried.
    pub(super) fn erase_all(&mut self) -> Result<(), Status> {
        let mut result = Ok(());
        for slot in 0..crate::keys::SLOTS as u32 {
            let persists = self.slots.any(slot)?.policy().is_some_and(|policy| policy.usage.permits(Usage::PERSIST));
            if persists {
                result = result.and(self.save(slot, false));
            }
        }
        result.and(self.storage.purge().map_err(Status::from))
    }
}
