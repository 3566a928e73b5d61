//! The key slots of the slow level: policies, states, values. A value is wiped when it changes; what is computed from it, the
//! public half too, is computed anew each time.

use v2gcrypt_hsm_protocol::algorithm::SlotState;
use v2gcrypt_hsm_protocol::policy::{Kind, Policy, Usage, MAX_VALUE_LEN};
use v2gcrypt_hsm_protocol::Status;
use zeroize::Zeroize;

/// Key slots.
pub const SLOTS: usize = 32;

/// A slot.
pub struct Slot {
    policy: Option<Policy>,
    state: SlotState,
    value: [u8; MAX_VALUE_LEN],
}

const UNDEFINED: Slot = Slot { policy: None, state: SlotState::Undefined, value: [0; MAX_VALUE_LEN] };

/// A record of a slot: two words of policy, state, value.
pub const MAX_RECORD_LEN: usize = RECORD_HEAD + MAX_VALUE_LEN;
const RECORD_HEAD: usize = 9;

impl Slot {
    /// Its policy, once it has one.
    pub fn policy(&self) -> Option<Policy> {
        self.policy
    }

    /// What it has.
    pub fn state(&self) -> SlotState {
        self.state
    }

    /// The value, valid or not; empty without one.
    pub fn value(&self) -> &[u8] {
        let length = match (self.policy, self.state) {
            (Some(policy), SlotState::NotValid | SlotState::Valid) => usize::from(policy.kind.len()),
            _ => 0,
        };
        self.value.get(..length).unwrap_or_default()
    }

    /// A policy for a slot without one.
    pub fn define(&mut self, policy: Policy) {
        self.clear();
        (self.policy, self.state) = (Some(policy), SlotState::Empty);
    }

    /// Takes policy and value away.
    pub fn undefine(&mut self) {
        self.policy = None;
        self.clear();
    }

    /// Takes the value away.
    pub fn clear(&mut self) {
        self.value.zeroize();
        self.state = if self.policy.is_some() { SlotState::Empty } else { SlotState::Undefined };
    }

    /// Its record is not what was written: policy and value are lost.
    pub fn tamper(&mut self) {
        self.undefine();
        self.state = SlotState::Tampered;
    }

    /// A new value, not valid yet. [`Status::Length`]: not one of the slot's kind; nothing has changed.
    pub fn set(&mut self, value: &[u8]) -> Result<(), Status> {
        let policy = self.policy.ok_or(Status::KeySlot)?;
        if value.len() != usize::from(policy.kind.len()) {
            return Err(Status::Length);
        }
        self.clear();
        self.value.iter_mut().zip(value).for_each(|(to, from)| *to = *from);
        self.state = SlotState::NotValid;
        Ok(())
    }

    /// Makes the value one to work with, or none. [`Status::KeyNotValid`]: there is no value.
    pub fn set_valid(&mut self, is_valid: bool) -> Result<(), Status> {
        match self.state {
            SlotState::NotValid | SlotState::Valid => {
                self.state = if is_valid { SlotState::Valid } else { SlotState::NotValid };
                Ok(())
            }
            SlotState::Tampered => Err(Status::Tampered),
            SlotState::Empty | SlotState::Undefined => Err(Status::KeyNotValid),
        }
    }

    /// The record of the slot at the front of `to`, and its length: with a value, or the policy alone.
    pub fn to_record(&self, with_value: bool, to: &mut [u8; MAX_RECORD_LEN]) -> usize {
        let Some(policy) = self.policy else { return 0 };
        let (kind, usage) = policy.to_words();
        let value = if with_value { self.value() } else { &[] };
        let state = if value.is_empty() { SlotState::Empty } else { self.state };
        let head = kind.to_le_bytes().into_iter().chain(usage.to_le_bytes()).chain([state as u8]);
        to.iter_mut().zip(head.chain(value.iter().copied())).for_each(|(to, from)| *to = from);
        RECORD_HEAD.saturating_add(value.len())
    }

    /// What a record says. False: it is none, and the slot has counted as tampered with since.
    #[must_use]
    pub fn take_record(&mut self, record: &[u8]) -> bool {
        let taken = self.try_take_record(record).is_some();
        if !taken {
            self.tamper();
        }
        taken
    }

    fn try_take_record(&mut self, record: &[u8]) -> Option<()> {
        let (kind, rest) = record.split_first_chunk::<4>()?;
        let (usage, rest) = rest.split_first_chunk::<4>()?;
        let (state, value) = rest.split_first()?;
        self.define(Policy::from_words(u32::from_le_bytes(*kind), u32::from_le_bytes(*usage))?);
        match SlotState::from_number(*state)? {
            SlotState::Empty if value.is_empty() => Some(()),
            SlotState::NotValid => self.set(value).ok(),
            SlotState::Valid => self.set(value).and_then(|()| self.set_valid(true)).ok(),
            _ => None,
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

/// All slots.
pub struct Slots([Slot; SLOTS]);

impl Default for Slots {
    fn default() -> Self {
        Self::new()
    }
}

impl Slots {
    /// None is defined.
    pub const fn new() -> Self {
        Self([const { UNDEFINED }; SLOTS])
    }

    /// A slot that there is, defined or not.
    pub fn any(&mut self, slot: u32) -> Result<&mut Slot, Status> {
        self.0.get_mut(slot as usize).ok_or(Status::KeySlot)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.0.iter()
    }

    /// All of them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.0.iter_mut()
    }

    fn defined(&self, slot: u32) -> Result<(&Slot, Policy), Status> {
        let slot = self.0.get(slot as usize).ok_or(Status::KeySlot)?;
        match (slot.policy, slot.state) {
            (Some(policy), _) => Ok((slot, policy)),
            (None, SlotState::Tampered) => Err(Status::Tampered),
            (None, _) => Err(Status::KeySlot),
        }
    }

    /// The policy of a slot that permits `usage`.
    pub fn policy(&self, slot: u32, usage: Usage) -> Result<Policy, Status> {
        let (_, policy) = self.defined(slot)?;
        policy.usage.permits(usage).then_some(policy).ok_or(Status::Usage)
    }

    /// The value of a slot that permits `usage`, valid or not.
    pub fn value(&self, slot: u32, usage: Usage) -> Result<(Kind, &[u8]), Status> {
        let policy = self.policy(slot, usage)?;
        let (slot, _) = self.defined(slot)?;
        match slot.state {
            SlotState::Valid | SlotState::NotValid => Ok((policy.kind, slot.value())),
            SlotState::Tampered => Err(Status::Tampered),
            SlotState::Empty | SlotState::Undefined => Err(Status::KeyNotValid),
        }
    }

    /// The key of a slot that permits `usage`, and is valid.
    pub fn usable(&self, slot: u32, usage: Usage) -> Result<(Kind, &[u8]), Status> {
        let found = self.value(slot, usage)?;
        let is_valid = self.0.get(slot as usize).is_some_and(|slot| slot.state == SlotState::Valid);
        is_valid.then_some(found).ok_or(Status::KeyNotValid)
    }

    /// Takes all values away.
    pub fn wipe(&mut self) {
        self.0.iter_mut().for_each(Slot::clear);
    }
}
