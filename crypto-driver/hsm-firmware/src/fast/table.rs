//! The fast level's own copies of the symmetric keys, and the policies of all slots.

use v2gcrypt_hsm_protocol::algorithm::SlotState;
use v2gcrypt_hsm_protocol::policy::{Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{policy::Kind, Status};
use zeroize::Zeroize;

use crate::keys::SLOTS;
use crate::shared::{Update, MAX_FAST_KEY_LEN};

struct Entry {
    policy: Option<Policy>,
    state: SlotState,
    value: [u8; MAX_FAST_KEY_LEN],
}

const UNDEFINED: Entry = Entry { policy: None, state: SlotState::Undefined, value: [0; MAX_FAST_KEY_LEN] };

impl Entry {
    fn wipe(&mut self) {
        self.value.zeroize();
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// The keys.
pub(super) struct Table([Entry; SLOTS]);

impl Table {
    pub(super) const fn new() -> Self {
        Self([const { UNDEFINED }; SLOTS])
    }

    /// The valid key of a slot whose policy permits `usage`.
    pub(super) fn usable(&self, slot: u16, usage: Usage) -> Result<(SymmetricKind, &[u8]), Status> {
        let entry = self.0.get(usize::from(slot)).ok_or(Status::KeySlot)?;
        let policy = match (entry.policy, entry.state) {
            (Some(policy), _) => policy,
            (None, SlotState::Tampered) => return Err(Status::Tampered),
            (None, _) => return Err(Status::KeySlot),
        };
        let Kind::Symmetric(kind, length) = policy.kind else { return Err(Status::Usage) };
        if !policy.usage.permits(usage) {
            return Err(Status::Usage);
        }
        match entry.state {
            SlotState::Valid => {
                let value = entry.value.get(..usize::from(length)).ok_or(Status::Usage)?; // a long secret: no fast key
                Ok((kind, value))
            }
            SlotState::Tampered => Err(Status::Tampered),
            _ => Err(Status::KeyNotValid),
        }
    }

    pub(super) fn apply(&mut self, update: &Update) {
        match update {
            Update::Slot { slot, policy, state, value } => {
                if let Some(entry) = self.0.get_mut(usize::from(*slot)) {
                    entry.wipe();
                    (entry.policy, entry.state, entry.value) = (*policy, *state, *value);
                }
            }
            Update::WipeAll => self.0.iter_mut().for_each(|entry| {
                entry.wipe();
                entry.state = SlotState::Empty;
            }),
            Update::Reseed(_) => {}
        }
    }
}
