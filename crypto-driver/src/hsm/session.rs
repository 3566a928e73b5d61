//! The connection's steps: one thread at a time looks after it, and calls out between them.
#![forbid(unsafe_code)]

use core::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::layout::HSM_ACCEPTED;
use v2gcrypt_hsm_protocol::{session, HostState, HsmStatus};

use super::link::{is_over, Announcement, LinkState};
use super::machine::{Keys, Machine};

impl<K: Keys> Machine<'_, K> {
    /// This thread looks after the connection, unless another does.
    pub fn begin_observation(&mut self) -> bool {
        let is_free = !self.link.is_observed;
        self.link.is_observed = true;
        is_free
    }

    /// Another thread may look after the connection.
    pub fn end_observation(&mut self) {
        self.link.is_observed = false;
    }

    /// The HSM's status word was read as `hsm_word` a moment ago, by the thread that observes.
    pub fn observe(&mut self, hsm_word: u32, now: u32) -> Announcement {
        self.link.hear(hsm_word);
        match self.link.state {
            LinkState::Down => return Announcement::Absent(self.link.word(HostState::Absent)),
            LinkState::Connecting { deadline } => {
                let accepted = self.words.get(HSM_ACCEPTED).map_or(0, |word| word.load(Ordering::Acquire));
                if self.link.is_accepted(hsm_word, accepted) {
                    self.connected(hsm_word);
                    return Announcement::Word(self.link.word(HostState::Connected));
                }
                if is_over(now, deadline) {
                    self.link.state = LinkState::Down;
                    self.link.hopeless = true;
                }
            }
            LinkState::Defining { .. } | LinkState::Ready => {
                if hsm_word != self.link.hsm_word || self.is_stuck(now) {
                    self.end_session();
                } else {
                    self.define(now);
                }
            }
        }
        Announcement::Nothing
    }

    /// The HSM knows that the host is absent: the lines are cleared, and a connection asked for.
    pub fn connect(&mut self, now: u32) -> Announcement {
        for ring in self.rings.iter_mut() {
            ring.clear(self.words);
        }
        let deadline = now.wrapping_add(self.facts.timeouts.connect);
        self.ring_for_status();
        Announcement::Word(self.link.connecting(deadline))
    }

    fn connected(&mut self, hsm_word: u32) {
        let session = session(self.link.epoch, HsmStatus::from_word(hsm_word).epoch);
        for ring in self.rings.iter_mut() {
            ring.connect(session);
        }
        self.link.hsm_word = hsm_word;
        self.link.state = LinkState::Defining { slot: 0, is_taken: false, asked: None };
        self.ring_for_status();
        self.take_back();
    }
}
