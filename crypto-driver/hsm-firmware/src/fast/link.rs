//! The handshake: which host is connected, and what becomes of what an older one has left.

use core::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::{layout, session, HostState, HostStatus, VERSION};

use super::Fast;
use crate::log::{Code, Event};
use crate::platform::{Bridge, Platform};

/// Where the connection stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    own_epoch: u16,
    /// The host's epoch that was accepted.
    accepted: Option<u16>,
    /// The host has said that it is connected.
    serving: bool,
    /// The host's status word, as it was seen last.
    seen: u32,
    /// Goes up with each connection that is made or lost: unlike a session, never the same again while a command runs.
    generation: u32,
}

impl Link {
    pub(super) const NONE: Self = Self::new(0);

    pub(super) const fn new(own_epoch: u16) -> Self {
        Self { own_epoch, accepted: None, serving: false, seen: 0, generation: 0 }
    }

    pub(super) fn own_epoch(&self) -> u16 {
        self.own_epoch
    }

    pub(super) fn is_serving(&self) -> bool {
        self.serving
    }

    pub(super) fn generation(&self) -> u32 {
        self.generation
    }
}

impl<P: Platform> Fast<'_, P> {
    /// Reads the host's status word, and does what a new one asks for.
    pub(super) fn look_at_host(&mut self) {
        let word = self.bridge.host_status();
        if word == self.link.seen {
            return;
        }
        self.link.seen = word;
        let status = HostStatus::from_word(word);
        match status.state {
            HostState::Connecting if status.version == VERSION => self.accept(status.epoch),
            HostState::Connected if status.version == VERSION && self.link.accepted == Some(status.epoch) => {
                self.link.serving = true;
            }
            HostState::Absent => self.forget_host(),
            // Another version, or an epoch that nobody has accepted.
            HostState::Connecting | HostState::Connected => {
                self.forget_host();
                if status.version != VERSION {
                    self.log.add(Event::new(Code::Version, u32::from(status.version)));
                }
            }
        }
    }

    fn accept(&mut self, epoch: u16) {
        self.forget_host();
        let (mailbox, session) = (self.mailbox, session(epoch, self.link.own_epoch));
        self.rings.iter_mut().flatten().for_each(|ring| ring.connect(mailbox, session));
        self.link.accepted = Some(epoch);
        self.log.add(Event::new(Code::Connected, u32::from(epoch)));
        self.set_accepted(u32::from(epoch) | 0x1_0000);
    }

    /// Drops all that the connection has left: contexts, commands that wait. One that is being computed ends for nobody.
    pub(super) fn forget_host(&mut self) {
        (self.link.accepted, self.link.serving) = (None, false);
        self.link.generation = self.link.generation.wrapping_add(1);
        self.rings.iter_mut().flatten().for_each(|ring| ring.close());
        self.symmetric.streams.forget(|_| true);
        while self.shared.queue.take_back(|_| true).is_some() {}
        self.set_accepted(0);
    }

    /// Drops what a channel that was stopped has left.
    pub(super) fn forget_channel(&mut self, channel: u8) {
        self.symmetric.streams.forget(|stream| stream.channel == channel);
        while self.shared.queue.take_back(|job| job.request.channel == channel).is_some() {}
    }

    fn set_accepted(&self, word: u32) {
        if let Some(place) = self.mailbox.get(layout::HSM_ACCEPTED) {
            place.store(word, Ordering::Release);
        }
    }
}
