//! What a slow command gives, before the fast level gives it to the host.

use v2gcrypt_hsm_protocol::{Span, Status};
use zeroize::{Zeroize, Zeroizing};

use crate::access::Room;
use crate::log::Event;
use crate::shared::MAX_RESULT_LEN;

/// What a command gives.
pub(super) struct Reply {
    pub(super) room: Room,
    pub(super) bytes: Zeroizing<[u8; MAX_RESULT_LEN]>,
    pub(super) length: usize,
    pub(super) result: u32,
    pub(super) detail: u32,
    pub(super) event: Option<Event>,
}

impl Reply {
    pub(super) fn new() -> Self {
        let room = Room::Host(Span::NONE);
        Self { room, bytes: Zeroizing::new([0; MAX_RESULT_LEN]), length: 0, result: 0, detail: 0, event: None }
    }

    /// Will a result of this length have room? Asked before it is computed.
    pub(super) fn reserve(&self, length: u16) -> Result<(), Status> {
        (usize::from(length) <= self.room.len()).then_some(()).ok_or(Status::Length)
    }

    /// The result.
    pub(super) fn give(&mut self, bytes: &[u8]) {
        self.bytes.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        self.length = bytes.len().min(MAX_RESULT_LEN);
    }

    /// There is none.
    pub(super) fn fail(&mut self) {
        self.bytes.zeroize();
        (self.length, self.result, self.detail) = (0, 0, 0);
    }
}
