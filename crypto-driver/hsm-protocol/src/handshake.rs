//! Status words and epochs: how the two sides find each other, and notice that the other began afresh.

/// Version of the protocol. Sides of different versions do not talk.
pub const VERSION: u8 = 1;

/// What all descriptors of a connection carry: both sides' epochs. What is left from an earlier life of either has another.
pub const fn session(host_epoch: u16, hsm_epoch: u16) -> u32 {
    host_epoch as u32 | (hsm_epoch as u32) << 16
}

/// Where the host stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostState {
    /// Not started: what the word is after a reset.
    Absent,
    /// Its lines are clear, it waits for the HSM to accept its epoch.
    Connecting,
    /// It has published requests, or may.
    Connected,
}

/// Where the HSM stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsmState {
    /// Not started: what the word is after a reset.
    Absent,
    /// It takes connections.
    Ready,
    /// It has found itself out of order, and answers nothing.
    Broken,
}

/// The host's status word: `state | version << 8 | epoch << 16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostStatus {
    /// Where it stands.
    pub state: HostState,
    /// [`VERSION`] of its protocol.
    pub version: u8,
    /// Another with each connection.
    pub epoch: u16,
}

/// The HSM's status word: `state | version << 8 | epoch << 16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HsmStatus {
    /// Where it stands.
    pub state: HsmState,
    /// [`VERSION`] of its protocol.
    pub version: u8,
    /// Another with each start.
    pub epoch: u16,
}

const fn word(state: u8, version: u8, epoch: u16) -> u32 {
    state as u32 | (version as u32) << 8 | (epoch as u32) << 16
}

impl HostStatus {
    /// The status word.
    pub const fn to_word(self) -> u32 {
        let state = match self.state {
            HostState::Absent => 0,
            HostState::Connecting => 0xA1,
            HostState::Connected => 0xA2,
        };
        word(state, self.version, self.epoch)
    }

    /// What a word says; an unknown state counts as absent.
    pub const fn from_word(word: u32) -> Self {
        let state = match word as u8 {
            0xA1 => HostState::Connecting,
            0xA2 => HostState::Connected,
            _ => HostState::Absent,
        };
        Self { state, version: (word >> 8) as u8, epoch: (word >> 16) as u16 }
    }
}

impl HsmStatus {
    /// The status word.
    pub const fn to_word(self) -> u32 {
        let state = match self.state {
            HsmState::Absent => 0,
            HsmState::Ready => 0xB1,
            HsmState::Broken => 0xBF,
        };
        word(state, self.version, self.epoch)
    }

    /// What a word says; an unknown state counts as absent.
    pub const fn from_word(word: u32) -> Self {
        let state = match word as u8 {
            0xB1 => HsmState::Ready,
            0xBF => HsmState::Broken,
            _ => HsmState::Absent,
        };
        Self { state, version: (word >> 8) as u8, epoch: (word >> 16) as u16 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_words_are_read_back_and_garbage_is_absent() {
        for state in [HostState::Absent, HostState::Connecting, HostState::Connected] {
            let status = HostStatus { state, version: 7, epoch: 0xBEEF };
            assert_eq!(HostStatus::from_word(status.to_word()), status);
        }
        for state in [HsmState::Absent, HsmState::Ready, HsmState::Broken] {
            let status = HsmStatus { state, version: 7, epoch: 0xBEEF };
            assert_eq!(HsmStatus::from_word(status.to_word()), status);
        }
        assert_eq!(HsmStatus::from_word(0xFFFF_FFFF).state, HsmState::Absent);
        assert_eq!(HostStatus::from_word(0xFFFF_FFFF).state, HostState::Absent);
        assert_eq!(session(0x1234, 0xABCD), 0xABCD_1234);
    }
}
