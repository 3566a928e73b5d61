//! Messages that come in pieces: four contexts, each of one channel and one connection.

use v2gcrypt_hsm_protocol::{Opcode, Request, Status};

use super::CONTEXTS;
use crate::platform::{AesEngine, HashEngine, Platform};

/// What is being computed.
pub(super) enum Work<P: Platform> {
    Hash(<P::FastHash as HashEngine>::Hash),
    Hmac(<P::FastHash as HashEngine>::Hmac),
    Cmac(<P::Aes as AesEngine>::Cmac),
    /// A text with associated data, which alone is what GMAC authenticates.
    Gmac(<P::Aes as AesEngine>::Aead),
    Cipher(<P::Aes as AesEngine>::Cipher),
    Aead(<P::Aes as AesEngine>::Aead),
}

/// A context in use.
pub(super) struct Stream<P: Platform> {
    pub(super) channel: u8,
    key: u16,
    opcode: Opcode,
    parameter: u32,
    pub(super) work: Work<P>,
}

impl<P: Platform> Stream<P> {
    pub(super) fn new(opcode: Opcode, request: &Request, work: Work<P>) -> Self {
        let Request { channel, key, parameter, .. } = *request;
        Self { channel, key, opcode, parameter, work }
    }

    /// Is it computed with the key of this slot?
    pub(super) fn uses(&self, slot: u16) -> bool {
        self.opcode != Opcode::Hash && self.key == slot
    }

    /// Does a piece belong to it? Length of tag or MAC is the last one's alone to say: the host's caller tells it there.
    fn fits(&self, opcode: Opcode, request: &Request) -> bool {
        (opcode, request.key, request.parameter) == (self.opcode, self.key, self.parameter)
    }
}

/// The contexts.
pub(super) struct Streams<P: Platform>([Option<Stream<P>>; CONTEXTS]);

impl<P: Platform> Streams<P> {
    pub(super) fn new() -> Self {
        Self([const { None }; CONTEXTS])
    }

    /// Ends those that `which` names.
    pub(super) fn forget(&mut self, which: impl Fn(&Stream<P>) -> bool) {
        for context in &mut self.0 {
            if context.as_ref().is_some_and(&which) {
                *context = None;
            }
        }
    }

    /// The context that a request names, for a new stream. What the channel had there before is over.
    pub(super) fn place(&mut self, request: &Request) -> Result<&mut Option<Stream<P>>, Status> {
        let context = self.0.get_mut(usize::from(request.context)).ok_or(Status::Context)?;
        if context.as_ref().is_some_and(|stream| stream.channel != request.channel) {
            return Err(Status::Context);
        }
        *context = None;
        Ok(context)
    }

    /// The stream that a request goes on with. A piece of another one ends it.
    pub(super) fn find(&mut self, opcode: Opcode, request: &Request) -> Result<&mut Option<Stream<P>>, Status> {
        let context = self.0.get_mut(usize::from(request.context)).ok_or(Status::Context)?;
        match context {
            Some(stream) if stream.channel != request.channel => Err(Status::Context),
            Some(stream) if stream.fits(opcode, request) => Ok(context),
            _ => {
                *context = None;
                Err(Status::Context)
            }
        }
    }
}
