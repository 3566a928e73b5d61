//! Which of the host's memory a request may name, and copies of it.
//!
//! A request's spans are all judged before the first is touched, and each word of an input is copied once: what the host writes
//! over it afterwards concerns nobody.

use v2gcrypt_hsm_protocol::{Request, RequestData, Span, Status, INLINE_LEN};

use crate::platform::HostMemory;

/// What may be done with a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Inputs may lie there.
    Read,
    /// Inputs and outputs may lie there.
    ReadWrite,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    base: u32,
    length: u32,
    rights: Rights,
}

impl Window {
    /// Does it hold all of a span that is not empty?
    fn holds(&self, span: Span) -> bool {
        let Some(offset) = span.address.checked_sub(self.base) else { return false };
        offset.checked_add(span.length).is_some_and(|end| end <= self.length)
    }
}

/// Windows that an [`AllowList`] has at most, of each kind.
pub const MAX_WINDOWS: usize = 8;

/// A window is not taken: there is no room, it wraps, is not aligned, or overlaps memory that is never the host's to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadWindow;

/// The windows of host memory that requests may name. Nothing is allowed that is not in one; the mailbox, and the HSM's own
/// memory where the bus shows it, cannot be.
#[derive(Debug, Clone, Copy)]
pub struct AllowList {
    windows: [Option<Window>; MAX_WINDOWS],
    forbidden: [Option<(u32, u32)>; MAX_WINDOWS],
}

impl Default for AllowList {
    fn default() -> Self {
        Self::new()
    }
}

impl AllowList {
    /// Allows nothing.
    pub const fn new() -> Self {
        Self { windows: [None; MAX_WINDOWS], forbidden: [None; MAX_WINDOWS] }
    }

    /// No window may ever touch these bytes: the mailbox, firmware RAM, registers. Before the first [`Self::allow`].
    pub fn forbid(mut self, base: u32, length: u32) -> Result<Self, BadWindow> {
        let is_first = self.windows.iter().all(Option::is_none);
        let end = base.checked_add(length).ok_or(BadWindow)?;
        let place = self.forbidden.iter_mut().find(|place| place.is_none()).ok_or(BadWindow)?;
        *place = Some((base, end));
        is_first.then_some(self).ok_or(BadWindow)
    }

    /// Allows a window. Base and length are multiples of 4.
    pub fn allow(mut self, base: u32, length: u32, rights: Rights) -> Result<Self, BadWindow> {
        let end = base.checked_add(length).ok_or(BadWindow)?;
        let overlaps = self.forbidden.iter().flatten().any(|(from, to)| base < *to && *from < end);
        if !base.is_multiple_of(4) || !length.is_multiple_of(4) || overlaps {
            return Err(BadWindow);
        }
        let place = self.windows.iter_mut().find(|place| place.is_none()).ok_or(BadWindow)?;
        *place = Some(Window { base, length, rights });
        Ok(self)
    }

    /// May an input lie there? An empty one may lie anywhere.
    pub fn check_input(&self, span: Span) -> Result<(), Status> {
        if span.length == 0 {
            return Ok(());
        }
        if !span.address.is_multiple_of(4) {
            return Err(Status::Alignment);
        }
        let allowed = self.windows.iter().flatten().any(|window| window.holds(span));
        allowed.then_some(()).ok_or(Status::Pointer)
    }

    /// May an output lie there? Room is whole words.
    pub fn check_output(&self, span: Span) -> Result<(), Status> {
        if span.length == 0 {
            return Ok(());
        }
        if !span.address.is_multiple_of(4) || !span.length.is_multiple_of(4) {
            return Err(Status::Alignment);
        }
        let allowed = self.windows.iter().flatten().any(|window| window.rights == Rights::ReadWrite && window.holds(span));
        allowed.then_some(()).ok_or(Status::Pointer)
    }
}

/// Bytes that are still to be read: from the descriptor's copy or from the host's memory.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// In the descriptor's copy.
    Inline {
        /// All inline bytes.
        bytes: [u8; INLINE_LEN],
        /// The first that is not read yet.
        from: usize,
        /// Behind the last.
        to: usize,
    },
    /// In the host's memory.
    Host(Span),
}

impl Input {
    /// No bytes.
    pub const NONE: Self = Self::Host(Span::NONE);

    /// Bytes that are left.
    pub fn len(&self) -> usize {
        match self {
            Self::Inline { from, to, .. } => to.saturating_sub(*from),
            Self::Host(span) => span.length as usize,
        }
    }

    /// Is nothing left?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies the next bytes to the front of `room`, a multiple of 4 unless it takes all, and gives them. Empty at the end.
    pub fn next<'b>(&mut self, memory: &impl HostMemory, room: &'b mut [u8]) -> Result<&'b [u8], Status> {
        let length = self.len().min(room.len());
        let room = room.get_mut(..length).unwrap_or_default();
        match self {
            Self::Inline { bytes, from, to } => {
                let source = bytes.get(*from..*to).unwrap_or_default();
                room.iter_mut().zip(source).for_each(|(to, from)| *to = *from);
                *from = from.saturating_add(length);
            }
            Self::Host(_) if length == 0 => {}
            Self::Host(span) => {
                memory.read(span.address, room).map_err(|_| Status::Pointer)?;
                span.address = span.address.saturating_add(length as u32);
                span.length = span.length.saturating_sub(length as u32);
            }
        }
        Ok(room)
    }

    /// Copies all of it to the front of `room`. [`Status::Length`]: it is longer.
    pub fn all<'b>(mut self, memory: &impl HostMemory, room: &'b mut [u8]) -> Result<&'b [u8], Status> {
        if self.len() > room.len() {
            return Err(Status::Length);
        }
        self.next(memory, room)
    }
}

/// Where a result goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Into the response.
    Inline,
    /// Into the host's memory.
    Host(Span),
}

impl Room {
    /// Bytes that it takes.
    pub fn len(&self) -> usize {
        match self {
            Self::Inline => INLINE_LEN,
            Self::Host(span) => span.length as usize,
        }
    }

    /// Does it take nothing?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// All that a request names, judged.
#[derive(Debug, Clone, Copy)]
pub struct Operands {
    /// The message.
    pub input: Input,
    /// What the opcode says.
    pub input2: Input,
    /// What the opcode says.
    pub input3: Input,
    /// Room for the result.
    pub output: Room,
    /// Room for a second result.
    pub output2: Room,
}

impl Operands {
    /// Judges all spans of a request.
    pub fn of(request: &Request, allowed: &AllowList) -> Result<Self, Status> {
        match request.data {
            RequestData::Inline { length, length2, bytes } => {
                let total = length.checked_add(length2).ok_or(Status::Length)?;
                if total > INLINE_LEN as u32 {
                    return Err(Status::Length);
                }
                let (middle, end) = (length as usize, total as usize);
                Ok(Self {
                    input: Input::Inline { bytes, from: 0, to: middle },
                    input2: Input::Inline { bytes, from: middle, to: end },
                    input3: Input::NONE,
                    output: Room::Inline,
                    output2: Room::Inline,
                })
            }
            RequestData::Spans { input, input2, input3, output, output2 } => {
                [input, input2, input3].into_iter().try_for_each(|span| allowed.check_input(span))?;
                [output, output2].into_iter().try_for_each(|span| allowed.check_output(span))?;
                Ok(Self {
                    input: Input::Host(input),
                    input2: Input::Host(input2),
                    input3: Input::Host(input3),
                    output: Room::Host(output),
                    output2: Room::Host(output2),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> AllowList {
        AllowList::new()
            .forbid(0x1000, 0x100)
            .and_then(|list| list.allow(0x1100, 0x100, Rights::ReadWrite))
            .and_then(|list| list.allow(0x2000, 0x100, Rights::Read))
            .and_then(|list| list.allow(0xFFFF_FF00, 0xFC, Rights::ReadWrite))
            .unwrap()
    }

    #[test]
    fn only_whole_spans_inside_one_window_are_allowed() {
        for (address, length, input, output) in [
            (0x1100, 0x100, Ok(()), Ok(())),
            (0x11FC, 4, Ok(()), Ok(())),
            (0x11FC, 8, Err(Status::Pointer), Err(Status::Pointer)),
            (0x10FC, 8, Err(Status::Pointer), Err(Status::Pointer)),
            (0x1000, 4, Err(Status::Pointer), Err(Status::Pointer)),
            (0x1102, 4, Err(Status::Alignment), Err(Status::Alignment)),
            (0x1104, 5, Ok(()), Err(Status::Alignment)),
            (0x2000, 4, Ok(()), Err(Status::Pointer)),
            (0xFFFF_FFF8, 4, Ok(()), Ok(())),
            (0xFFFF_FFF8, 8, Err(Status::Pointer), Err(Status::Pointer)),
            (0xFFFF_FF00, !3, Err(Status::Pointer), Err(Status::Pointer)),
            (0x1100, !3, Err(Status::Pointer), Err(Status::Pointer)),
            (0x1180, 0xFFFF_FF80, Err(Status::Pointer), Err(Status::Pointer)), // ends where it should, beyond 2^32
            (3, 0, Ok(()), Ok(())),
        ] {
            let span = Span { address, length };
            assert_eq!(list().check_input(span), input, "{span:x?}");
            assert_eq!(list().check_output(span), output, "{span:x?}");
        }
    }

    #[test]
    fn no_window_touches_what_is_forbidden() {
        for (base, length) in [(0x0FFC, 8), (0x1000, 4), (0x10FC, 8), (0, 0x8000), (0x1102, 4), (0x1100, 3), (0xFFFF_FFFC, 8)] {
            let list = AllowList::new().forbid(0x1000, 0x100).unwrap();
            assert!(list.allow(base, length, Rights::Read).is_err(), "{base:#x} {length:#x}");
        }
        assert!(list().forbid(0x9000, 4).is_err(), "too late");
    }
}
