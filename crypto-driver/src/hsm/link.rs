//! The connection: who accepts whose epoch, and what the HSM says of the key slots.
#![forbid(unsafe_code)]

use v2gcrypt_hsm_protocol::{HostState, HostStatus, HsmState, HsmStatus, VERSION};

/// The connection.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// How far it is.
    pub state: LinkState,
    /// Of the host: another with each connection.
    pub epoch: u16,
    /// The HSM's status word when it accepted the epoch.
    pub hsm_word: u32,
    /// The last attempt to connect came to nothing.
    pub hopeless: bool,
    /// A thread looks after the connection; others leave it alone.
    pub is_observed: bool,
    /// Bits of the configuration's slots whose policy the HSM has taken.
    pub defined: u32,
    /// Bits of the slots that are valid in the HSM, as it said when they were defined.
    pub valid: u32,
    /// Contexts that are in use.
    pub contexts: u8,
    /// What is wrong with the HSM, since it was last well.
    trouble: Option<Trouble>,
    /// Det is still to hear of it.
    is_news: bool,
}

/// Why there can be no connection, whatever the host does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It has found itself out of order.
    Broken,
    /// It speaks another version of the protocol.
    Version,
}

/// How far the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// There is none.
    Down,
    /// The HSM is asked to accept the epoch, until then.
    Connecting {
        /// When it is given up.
        deadline: u32,
    },
    /// The HSM hears of the slots, one at a time.
    Defining {
        /// Index of the slot.
        slot: u32,
        /// Is its policy taken, so that its state is asked for?
        is_taken: bool,
        /// Sequence and deadline of the request in flight.
        asked: Option<(u32, u32)>,
    },
    /// Jobs are served.
    Ready,
}

/// What is to be told to the HSM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announcement {
    /// Nothing.
    Nothing,
    /// This status word. Then the lines are to be cleared.
    Absent(u32),
    /// This status word, and its bell is to be rung.
    Word(u32),
}

impl Link {
    /// Never connected. `former`: the host's status word and the HSM's acceptance in a region that may be of an earlier life.
    pub fn new(former: u32, accepted: u32) -> Self {
        let former = HostStatus::from_word(former).epoch;
        let mut epoch = former;
        if next_epoch(epoch) == accepted as u16 {
            epoch = next_epoch(epoch); // the HSM would not notice the same one
        }
        Self {
            state: LinkState::Down,
            epoch,
            hsm_word: 0,
            hopeless: false,
            is_observed: false,
            defined: 0,
            valid: 0,
            contexts: 0,
            trouble: None,
            is_news: false,
        }
    }

    /// The HSM's status word says so. One that is absent is on its way: neither well nor in another trouble.
    pub fn hear(&mut self, hsm_word: u32) {
        let status = HsmStatus::from_word(hsm_word);
        let trouble = match status.state {
            HsmState::Absent => return,
            HsmState::Broken => Some(Trouble::Broken),
            HsmState::Ready if status.version != VERSION => Some(Trouble::Version),
            HsmState::Ready => None,
        };
        self.is_news = trouble.is_some() && (self.is_news || trouble != self.trouble);
        self.trouble = trouble;
    }

    /// What Det is to hear of, once.
    pub fn take_news(&mut self) -> Option<Trouble> {
        core::mem::take(&mut self.is_news).then_some(self.trouble)?
    }

    /// The status word of the host in `state`.
    pub fn word(&self, state: HostState) -> u32 {
        HostStatus { state, version: VERSION, epoch: self.epoch }.to_word()
    }

    /// Begins with the next epoch.
    pub fn connecting(&mut self, deadline: u32) -> u32 {
        self.epoch = next_epoch(self.epoch);
        self.state = LinkState::Connecting { deadline };
        (self.defined, self.valid) = (0, 0);
        self.word(HostState::Connecting)
    }

    /// Has the HSM, with this status word, accepted the epoch?
    pub fn is_accepted(&self, hsm_word: u32, accepted: u32) -> bool {
        let status = HsmStatus::from_word(hsm_word);
        let is_ours = accepted == 0x1_0000 | u32::from(self.epoch);
        is_ours && status.state == HsmState::Ready && status.version == VERSION
    }

    /// Is there a session?
    pub fn is_connected(&self) -> bool {
        matches!(self.state, LinkState::Defining { .. } | LinkState::Ready)
    }
}

const fn next_epoch(epoch: u16) -> u16 {
    match epoch.wrapping_add(1) {
        0 => 1, // what a cleared word would say
        next => next,
    }
}

/// Is it time?
pub const fn is_over(now: u32, deadline: u32) -> bool {
    (now.wrapping_sub(deadline) as i32) >= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_connection_has_another_epoch_than_the_one_before_and_the_one_accepted() {
        for (former, accepted, first) in [(0, 0, 1), (0, 0x1_0001, 2), (0xFFFF, 0, 1), (0xFFFF, 0x1_0001, 2), (7, 0x1_0007, 8)] {
            let former = HostStatus { state: HostState::Connected, version: VERSION, epoch: former }.to_word();
            let mut link = Link::new(former, accepted);
            assert_eq!(HostStatus::from_word(link.connecting(0)).epoch, first);
        }
    }

    #[test]
    fn trouble_is_news_once_until_the_hsm_was_well() {
        let mut link = Link::new(0, 0);
        let word = |state, version| HsmStatus { state, version, epoch: 1 }.to_word();
        let (well, broken) = (word(HsmState::Ready, VERSION), word(HsmState::Broken, VERSION));
        let foreign = word(HsmState::Ready, VERSION + 1);
        for (word, news) in [
            (0, None),
            (well, None),
            (broken, Some(Trouble::Broken)),
            (broken, None),
            (0, None),
            (broken, None),
            (foreign, Some(Trouble::Version)),
            (foreign, None),
            (well, None),
            (broken, Some(Trouble::Broken)),
        ] {
            link.hear(word);
            assert_eq!(link.take_news(), news, "{word:#x}");
        }
        link.hear(foreign);
        link.hear(well);
        assert_eq!(link.take_news(), None, "it was over before Det could be told");
    }

    #[test]
    fn time_goes_on_where_the_counter_wraps() {
        assert!(is_over(5, 5) && is_over(2, u32::MAX) && !is_over(u32::MAX, 2));
    }
}
