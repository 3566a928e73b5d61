//! Payload: between a job's buffers, the bounce buffer of its place, and key elements of the host.
#![allow(unsafe_code)]

use v2gcrypt_hsm_protocol::{Span, Window};

use super::super::config::CRYPTO_HSM_STORAGE_SLOT;
use super::super::machine::WorkId;
use super::super::plan::{Io, Source, Target};
use super::instance::Instance;
use crate::soft::request::{Input, JobRequest, Output};

/// The memory that a call works on.
pub(super) struct CallIo<'c, 'a> {
    instance: Instance<'a>,
    window: Window<'a>,
    bounce: Span,
    call: &'c JobRequest,
    used: u32,
}

impl<'c, 'a> CallIo<'c, 'a> {
    /// None only if the region is not what `Init` has checked.
    ///
    /// # Safety
    /// A step has given the place and the call to this thread: the bounce buffer, the keys that the call holds, and the call's
    /// buffers, which are as long as it tells.
    pub(super) unsafe fn new(instance: Instance<'a>, id: WorkId, call: &'c JobRequest) -> Option<Self> {
        let window = instance.window()?;
        let address = window.base().wrapping_add(instance.bounce_offset(id));
        let bounce = Span { address, length: instance.config().bounceSize };
        window.span(bounce.address, bounce.length)?;
        Some(Self { instance, window, bounce, call, used: 0 })
    }

    /// Bytes of the bounce buffer that have payload, or will have.
    pub(super) fn used(&self) -> u32 {
        self.used
    }

    fn input(&self, source: Source) -> Input {
        match source {
            Source::Input => self.call.input,
            Source::Secondary => self.call.secondary,
            Source::Tertiary => self.call.tertiary,
        }
    }

    /// Bytes of an input; None if they are not all there.
    fn bytes(&self, source: Source, from: u32, length: u32) -> Option<&[u8]> {
        let input = self.input(source);
        from.checked_add(length).filter(|end| *end <= input.length)?;
        if length == 0 {
            return Some(&[]);
        }
        // SAFETY: whoever made this vouches for the input; its length was checked not to exceed `isize::MAX`. An output in its
        // place is not written while this lives.
        Some(unsafe { core::slice::from_raw_parts(input.start.wrapping_add(from as usize), length as usize) })
    }

    /// Room of an output; None if there is not as much.
    fn room(&mut self, target: Target, to: u32, length: u32) -> Option<&mut [u8]> {
        let Output { start, room, .. } = match target {
            Target::Output => self.call.output,
            Target::Secondary => self.call.secondary_output,
        };
        to.checked_add(length).filter(|end| *end <= room)?;
        if length == 0 {
            return Some(&mut []);
        }
        // SAFETY: whoever made this vouches for the output. An input in its place is not read while this lives.
        Some(unsafe { core::slice::from_raw_parts_mut(start.wrapping_add(to as usize), length as usize) })
    }

    /// Address of bytes in the bounce buffer; None if it has not as many.
    fn lent(&self, at: u32, length: usize) -> Option<u32> {
        let length = u32::try_from(length).ok()?;
        at.checked_add(length).filter(|end| *end <= self.bounce.length)?;
        self.bounce.address.checked_add(at)
    }
}

impl Io for CallIo<'_, '_> {
    fn bounce(&self) -> Span {
        self.bounce
    }

    fn soil(&mut self, end: u32) {
        self.used = self.used.max(end);
    }

    fn lend(&mut self, source: Source, from: u32, length: u32, at: u32) -> bool {
        match (self.bytes(source, from, length), self.lent(at, length as usize)) {
            (Some([]), _) => true,
            (Some(bytes), Some(address)) => self.window.write(address, bytes),
            _ => false,
        }
    }

    fn lend_bytes(&mut self, bytes: &[u8], at: u32) -> bool {
        match self.lent(at, bytes.len()) {
            Some(_) if bytes.is_empty() => true,
            Some(address) => self.window.write(address, bytes),
            None => false,
        }
    }

    fn direct(&mut self, from: u32, length: u32) -> Option<Span> {
        let start = self.bytes(Source::Input, from, length).filter(|bytes| !bytes.is_empty())?.as_ptr();
        // SAFETY: the bytes are there.
        let address = unsafe { self.instance.translate(start, length) }?;
        Some(Span { address, length })
    }

    fn read(&self, source: Source, to: &mut [u8]) -> bool {
        let from = u32::try_from(to.len()).ok().and_then(|length| self.bytes(source, 0, length));
        match from {
            Some(from) => to.iter_mut().zip(from).for_each(|(to, from)| *to = *from),
            None => return false,
        }
        true
    }

    fn give(&mut self, target: Target, to: u32, at: u32, length: u32) -> bool {
        let (window, address) = (self.window, self.lent(at, length as usize));
        match (self.room(target, to, length), address) {
            (Some([]), _) => true,
            (Some(room), Some(address)) => window.read(address, room),
            _ => false,
        }
    }

    fn give_bytes(&mut self, target: Target, to: u32, bytes: &[u8]) -> bool {
        match u32::try_from(bytes.len()).ok().and_then(|length| self.room(target, to, length)) {
            Some(room) => room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
            None => return false,
        }
        true
    }

    fn take(&mut self, at: u32, to: &mut [u8]) -> bool {
        match self.lent(at, to.len()) {
            Some(address) => self.window.read(address, to),
            None => false,
        }
    }

    fn element(&self, key: u32, element: u32) -> &[u8] {
        match self.instance.key(key).and_then(|key| self.instance.element(key, element)) {
            // SAFETY: whoever made this vouches that the call holds its keys.
            Some(element) => unsafe { element.value() },
            None => &[],
        }
    }

    fn element_size(&self, key: u32, element: u32) -> Option<u32> {
        let element = self.instance.key(key).and_then(|key| self.instance.element(key, element))?;
        Some(element.config.size)
    }

    fn slot(&self, key: u32, element: u32) -> Option<u16> {
        let element = self.instance.key(key).and_then(|key| self.instance.element(key, element))?;
        if element.config.storage != CRYPTO_HSM_STORAGE_SLOT {
            return None;
        }
        self.instance.slot_number(element.config)
    }

    fn nth_slot(&self, key: u32, index: u8) -> Option<u16> {
        let key = self.instance.key(key)?;
        let in_slots = self.instance.elements(key).iter().filter(|element| element.storage == CRYPTO_HSM_STORAGE_SLOT);
        in_slots.skip(index.into()).find_map(|element| self.instance.slot_number(element))
    }
}
