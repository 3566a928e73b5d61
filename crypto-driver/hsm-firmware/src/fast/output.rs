//! Where the results of a command go. The only code that writes to the host's memory.

use v2gcrypt_hsm_protocol::{Span, Status, INLINE_LEN};

use crate::access::{AllowList, Room};
use crate::platform::HostMemory;

/// The rooms of a command, and how much of each is used.
pub(super) struct Outputs<'m, M> {
    memory: &'m M,
    allowed: &'m AllowList,
    rooms: [Room; 2],
    used: [usize; 2],
    inline: [u8; INLINE_LEN],
}

impl<'m, M: HostMemory> Outputs<'m, M> {
    pub(super) fn new(memory: &'m M, allowed: &'m AllowList, rooms: [Room; 2]) -> Self {
        Self { memory, allowed, rooms, used: [0; 2], inline: [0; INLINE_LEN] }
    }

    /// Appends to a result. [`Status::Length`]: it has no room for them; nothing is written then.
    pub(super) fn write(&mut self, which: usize, bytes: &[u8]) -> Result<(), Status> {
        let [first, second] = self.used;
        let used = self.used.get_mut(which).ok_or(Status::Internal)?;
        match self.rooms.get(which).ok_or(Status::Internal)? {
            Room::Inline => {
                let start = first.saturating_add(second);
                let end = start.saturating_add(bytes.len());
                let room = self.inline.get_mut(start..end).ok_or(Status::Length)?;
                room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            }
            Room::Host(_) if bytes.is_empty() => {}
            Room::Host(span) => {
                let left = (span.length as usize).checked_sub(*used).ok_or(Status::Internal)?;
                if bytes.len() > left {
                    return Err(Status::Length);
                }
                // What is not a whole number of words can only be the last.
                let address = span.address.checked_add(*used as u32).filter(|address| address.is_multiple_of(4));
                let address = address.ok_or(Status::Internal)?;
                self.allowed.check_output(Span { address, length: left as u32 & !3 })?;
                self.memory.write(address, bytes).map_err(|_| Status::Pointer)?;
            }
        }
        *used = used.saturating_add(bytes.len());
        Ok(())
    }

    /// Room that is left for a result.
    pub(super) fn room(&self, which: usize) -> usize {
        let room = self.rooms.get(which).map_or(0, Room::len);
        room.saturating_sub(self.used.get(which).copied().unwrap_or_default())
    }

    /// Takes back all that was written.
    pub(super) fn wipe(&mut self) {
        for (room, used) in self.rooms.iter().zip(&mut self.used) {
            if let Room::Host(span) = room {
                let mut from = 0;
                while from < *used {
                    let zeros = [0; 64];
                    let piece = zeros.get(..used.saturating_sub(from).min(zeros.len())).unwrap_or_default();
                    // It was written before: it can be written again.
                    let _ = self.memory.write(span.address.saturating_add(from as u32), piece);
                    from = from.saturating_add(zeros.len());
                }
            }
            *used = 0;
        }
        self.inline = [0; INLINE_LEN];
    }

    /// Bytes of the two results.
    pub(super) fn lengths(&self) -> [u32; 2] {
        self.used.map(|used| used as u32)
    }

    /// What goes into the response.
    pub(super) fn inline(&self) -> [u8; INLINE_LEN] {
        self.inline
    }
}
