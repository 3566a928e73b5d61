//! What happened, for whoever asks: a ring of the last 32 events. No event holds a secret.

use v2gcrypt_hsm_protocol::{Request, Status};

/// Events that are kept.
pub const EVENTS: usize = 32;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Code {
    /// The HSM has started; argument: its epoch.
    Started = 1,
    /// A host was accepted; argument: its epoch.
    Connected = 2,
    /// A host of another version of the protocol was refused; argument: its version.
    Version = 3,
    /// A channel was stopped; argument: channel, violation << 8.
    Violation = 4,
    /// A request named memory that is not the host's to name; argument: opcode, channel << 8.
    Pointer = 5,
    /// A record in flash is not what was written there; argument: slot, or [`NO_SLOT`].
    Tampered = 6,
    /// Flash did not take or give a record; argument: slot, or [`NO_SLOT`].
    Storage = 7,
    /// The life cycle went on; argument: its state.
    Lifecycle = 8,
    /// A slot got its policy; argument: slot.
    Defined = 9,
    /// A command was refused by the policy of a slot; argument: slot, opcode << 8.
    Usage = 10,
    /// A command is dead in this state of the life cycle; argument: opcode.
    Dead = 11,
    /// The envelope of a contract key was not genuine; argument: slot of the owning key.
    Envelope = 12,
    /// A key was erased; argument: slot.
    Erased = 13,
    /// The source of randomness gave nothing; argument: 0.
    Entropy = 14,
}

/// In place of a slot: none.
pub const NO_SLOT: u32 = 0xFF;

/// One event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Number of a [`Code`].
    pub code: u32,
    /// What the code says.
    pub argument: u32,
}

impl Event {
    /// An event.
    pub const fn new(code: Code, argument: u32) -> Self {
        Self { code: code as u32, argument }
    }

    /// The event of a request that was refused, if it tells of a host that tries what it may not.
    pub(crate) fn of_refusal(status: Status, request: &Request) -> Option<Self> {
        let (opcode, key) = (u32::from(request.opcode), u32::from(request.key));
        match status {
            Status::Pointer => Some(Self::new(Code::Pointer, opcode | u32::from(request.channel) << 8)),
            Status::Usage => Some(Self::new(Code::Usage, (key & 0xFF) | opcode << 8)),
            Status::Lifecycle => Some(Self::new(Code::Dead, opcode)),
            Status::Storage => Some(Self::new(Code::Storage, key & 0xFF)),
            Status::Entropy => Some(Self::new(Code::Entropy, 0)),
            _ => None,
        }
    }
}

/// The last events.
#[derive(Debug)]
pub struct Log {
    events: [Event; EVENTS],
    count: u32,
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Log {
    /// Empty.
    pub const fn new() -> Self {
        Self { events: [Event { code: 0, argument: 0 }; EVENTS], count: 0 }
    }

    /// Events since the start.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Adds an event; the oldest goes.
    pub fn add(&mut self, event: Event) {
        if let Some(place) = self.events.get_mut(self.count as usize % EVENTS) {
            *place = event;
        }
        self.count = self.count.wrapping_add(1);
    }

    /// The first event that is kept with a number of at least `from`, with its number.
    pub fn read(&self, from: u32) -> Option<(u32, Event)> {
        let oldest = self.count.saturating_sub(EVENTS as u32);
        let number = from.max(oldest);
        if number >= self.count {
            return None;
        }
        self.events.get(number as usize % EVENTS).map(|event| (number, *event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_events_are_kept() {
        let mut log = Log::new();
        assert_eq!(log.read(0), None);
        for number in 0..40 {
            log.add(Event { code: number, argument: 0 });
        }
        assert_eq!((log.count(), log.read(0)), (40, Some((8, Event { code: 8, argument: 0 }))));
        assert_eq!(log.read(39).map(|(number, event)| (number, event.code)), Some((39, 39)));
        assert_eq!(log.read(40), None);
    }
}
