//! Hashes, message authentication codes, ciphers: piece by piece through the accelerators.
//!
//! When an AEAD's tag, or a padding, is wrong, or a piece is refused midway, what this command has written is overwritten with zeros. What
//! earlier pieces of a stream gave is the host's to wipe: nothing that is decrypted is to be believed before the last answer.

use subtle::ConstantTimeEq;
use v2gcrypt_hsm_protocol::policy::Usage;
use v2gcrypt_hsm_protocol::{algorithm, Flags, Opcode, Request, Response, Status};
use v2gcrypt_primitives::aead::AeadAlgorithm;

use super::output::Outputs;
use super::plan::Plan;
use super::streams::{Stream, Streams, Work};
use super::table::Table;
use super::MAX_PIECE;
use crate::access::{Input, Operands};
use crate::algorithms::aead_algorithm;
use crate::platform::{Ciphering, Code, Digesting, Direction, HostMemory, Platform, Sealing};
use crate::shared::Update;

/// Bytes that are copied and computed at once.
const STEP: usize = 256;
/// What a cipher gives at most beyond what it takes.
const MORE: usize = 16;
/// A nonce or initialisation vector, and a tag behind it.
const MAX_SIDE: usize = 48;
/// The fewest bits that are compared with a MAC whose key may not make one: with fewer at a time, whoever may only verify could find a MAC
/// out, some bits after the other [SP 800-38B A.2]. Whoever may make MACs learns nothing that way.
pub const MIN_MAC_BITS: u32 = 64;
/// The same of GMAC [SP 800-38D 5.2.1.2].
const MIN_GMAC_BITS: u32 = 96;

/// What a command gives beside its outputs.
#[derive(Default)]
pub(super) struct Verdict(pub(super) u32);

impl Verdict {
    const NONE: Self = Self(0);

    fn of(is_good: bool) -> Self {
        Self(if is_good { Response::GOOD } else { Response::BAD })
    }
}

/// The bytes of `input3`, in the HSM's own memory.
struct Side {
    bytes: [u8; MAX_SIDE],
    length: usize,
}

impl Side {
    fn copy(input: Input, memory: &impl HostMemory) -> Result<Self, Status> {
        let mut bytes = [0; MAX_SIDE];
        let length = input.all(memory, &mut bytes)?.len();
        Ok(Self { bytes, length })
    }

    fn all(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// All but the last `length` bytes, and those.
    fn split_last(&self, length: usize) -> Result<(&[u8], &[u8]), Status> {
        let all = self.all();
        Ok(all.split_at(all.len().checked_sub(length).ok_or(Status::Length)?))
    }
}

/// Keys, engines, contexts.
pub(super) struct Symmetric<P: Platform> {
    aes: P::Aes,
    hash: P::FastHash,
    table: Table,
    pub(super) streams: Streams<P>,
}

impl<P: Platform> Symmetric<P> {
    pub(super) fn new(aes: P::Aes, hash: P::FastHash) -> Self {
        Self { aes, hash, table: Table::new(), streams: Streams::new() }
    }

    /// A key is another one, or gone: what was begun with it is over.
    pub(super) fn apply(&mut self, update: &Update) {
        match update {
            Update::Slot { slot, .. } => self.streams.forget(|stream| stream.uses(u16::from(*slot))),
            _ => self.streams.forget(|_| true),
        }
        self.table.apply(update);
    }

    /// Serves a command of a message, whole or a piece of it.
    pub(super) fn serve(
        &mut self,
        opcode: Opcode,
        request: &Request,
        operands: Operands,
        memory: &P::Memory,
        outputs: &mut Outputs<'_, P::Memory>,
    ) -> Result<Verdict, Status> {
        if operands.input.len() > MAX_PIECE || operands.input2.len() > MAX_PIECE {
            return Err(Status::Length);
        }
        let mode = request.flags.mode();
        let (starts, ends) = (mode.has(Flags::START), mode.has(Flags::FINISH));
        let is_known = mode.has(Flags::UPDATE) || mode == Flags::START || mode == Flags::FINISH;
        if !is_known {
            return Err(Status::Parameter);
        }
        let side = Side::copy(operands.input3, memory)?;
        let makes_macs = self.table.usable(request.key, Usage::MAC_GENERATE).is_ok();
        let mut piece = Piece { opcode, request, operands, side, memory, outputs, starts, ends, makes_macs };
        if starts {
            if !ends {
                self.streams.place(request)?; // whatever was there is over, even if this is refused
            }
            let plan = Plan::of(opcode, request, &self.table)?;
            if ends && plan.is_digest() && piece.operands.input.len() <= STEP {
                let mut room = [0; STEP];
                let message = piece.operands.input.all(memory, &mut room)?;
                let code = plan.at_once(&mut self.aes, &mut self.hash, message)?.ok_or(Status::Internal)?;
                return piece.code(&code, MIN_MAC_BITS);
            }
            let mut work = plan.begin(&mut self.aes, &mut self.hash, piece.nonce(&plan)?)?;
            piece.update(&mut work)?;
            if ends {
                return piece.finish(work);
            }
            *self.streams.place(request)? = Some(Stream::new(opcode, request, work));
            return Ok(Verdict::NONE);
        }
        let context = self.streams.find(opcode, request)?;
        let updated = match context {
            Some(stream) => piece.update(&mut stream.work),
            None => Err(Status::Context),
        };
        if updated.is_ok() && !ends {
            return Ok(Verdict::NONE);
        }
        let stream = context.take().ok_or(Status::Context)?;
        updated?;
        piece.finish(stream.work)
    }
}

/// One command of a message.
struct Piece<'p, 'm, P: Platform> {
    opcode: Opcode,
    request: &'p Request,
    operands: Operands,
    side: Side,
    memory: &'p P::Memory,
    outputs: &'p mut Outputs<'m, P::Memory>,
    starts: bool,
    ends: bool,
    /// The host may make MACs with this key.
    makes_macs: bool,
}

impl<P: Platform> Piece<'_, '_, P> {
    fn tag_len(&self, aead: AeadAlgorithm) -> Result<usize, Status> {
        let length = self.request.parameter2 as usize;
        aead.takes_tag_len(length).then_some(length).ok_or(Status::Parameter)
    }

    /// `input3`: nonce, at the end the tag of what is to be opened.
    fn nonce(&self, plan: &Plan<'_>) -> Result<&[u8], Status> {
        let Plan::Aead(aead, direction, _) = plan else { return Ok(self.side.all()) };
        if !self.ends {
            return Ok(self.side.all());
        }
        let tag = self.tag_len(*aead)?;
        let behind = if *direction == Direction::Decrypt { tag } else { 0 };
        Ok(self.side.split_last(behind)?.0)
    }

    fn update(&mut self, work: &mut Work<P>) -> Result<(), Status> {
        let (mut from, mut to) = ([0; STEP], [0; STEP + MORE]);
        if let Work::Aead(aead) = work {
            if self.outputs.room(0) < self.operands.input.len() {
                return Err(Status::Length);
            }
            while !self.operands.input2.is_empty() {
                aead.update_aad(self.operands.input2.next(self.memory, &mut from)?)?;
            }
        }
        while !self.operands.input.is_empty() {
            let input = self.operands.input.next(self.memory, &mut from)?;
            match work {
                Work::Hash(hash) => hash.update(input),
                Work::Hmac(mac) => mac.update(input),
                Work::Cmac(mac) => mac.update(input),
                Work::Gmac(aead) => aead.update_aad(input)?,
                Work::Cipher(cipher) => {
                    let length = cipher.update(input, &mut to)?;
                    self.outputs.write(0, to.get(..length).ok_or(Status::Internal)?)?;
                }
                Work::Aead(aead) => {
                    let output = to.get_mut(..input.len()).ok_or(Status::Internal)?;
                    aead.update(input, output)?;
                    self.outputs.write(0, output)?;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, work: Work<P>) -> Result<Verdict, Status> {
        match work {
            Work::Hash(hash) => self.code(&hash.finish(), MIN_MAC_BITS),
            Work::Hmac(mac) => self.code(&mac.finish(), MIN_MAC_BITS),
            Work::Cmac(mac) => self.code(&mac.finish(), MIN_MAC_BITS),
            Work::Gmac(aead) => self.code(&aead.finish(), MIN_GMAC_BITS),
            Work::Cipher(cipher) => {
                let mut last = [0; MORE];
                let length = cipher.finish(&mut last)?;
                self.outputs.write(0, last.get(..length).ok_or(Status::Internal)?)?;
                Ok(Verdict::NONE)
            }
            Work::Aead(aead) => self.tag(&aead.finish()),
        }
    }

    /// Gives a hash or message authentication code, or compares it with `input2`.
    fn code(&mut self, code: &Code, min_bits: u32) -> Result<Verdict, Status> {
        if self.opcode != Opcode::MacVerify {
            self.outputs.write(0, code.as_bytes())?;
            return Ok(Verdict::NONE);
        }
        let (bits, min_bits) = (self.request.parameter2, if self.makes_macs { 1 } else { min_bits });
        if bits < min_bits || bits as usize > code.as_bytes().len().saturating_mul(8) {
            return Err(Status::Parameter);
        }
        let mut room = [0; Code::MAX_LEN];
        let expected = self.operands.input2.all(self.memory, &mut room)?;
        leading_bits_agree(code.as_bytes(), expected, bits as usize).map(Verdict::of).ok_or(Status::Length)
    }

    /// Gives a tag, or compares it with the end of `input3`.
    fn tag(&mut self, tag: &Code) -> Result<Verdict, Status> {
        let aead = u8::try_from(self.request.parameter).ok().and_then(algorithm::Aead::from_number).ok_or(Status::Parameter)?;
        let length = self.tag_len(aead_algorithm(aead))?;
        let tag = tag.as_bytes().get(..length).ok_or(Status::Parameter)?;
        if self.opcode == Opcode::AeadEncrypt {
            self.outputs.write(1, tag)?;
            return Ok(Verdict::NONE);
        }
        let (nonce, expected) = self.side.split_last(length)?;
        if !self.starts && !nonce.is_empty() {
            return Err(Status::Length);
        }
        let is_good = bool::from(tag.ct_eq(expected));
        is_good.then_some(Verdict::of(true)).ok_or(Status::NotGenuine)
    }
}

/// Do the leading bits agree? In time that depends on their number only. None: `theirs` is too short.
fn leading_bits_agree(ours: &[u8], theirs: &[u8], bits: usize) -> Option<bool> {
    let (whole, rest) = (bits / 8, bits % 8);
    let length = whole.saturating_add(usize::from(rest != 0));
    let (ours, theirs) = (ours.get(..length)?, theirs.get(..length)?);
    let difference = ours.iter().zip(theirs).enumerate().fold(0, |difference, (index, (a, b))| {
        let mask = if index < whole { 0xFF } else { !(0xFFu8 >> rest) };
        difference | ((a ^ b) & mask)
    });
    Some(bool::from(difference.ct_eq(&0u8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leading_bit_is_compared_and_no_other() {
        for bits in 1..=24 {
            for flipped in 0..24usize {
                let mut theirs = [0x5A; 3];
                theirs[flipped / 8] ^= 0x80 >> (flipped % 8);
                assert_eq!(leading_bits_agree(&[0x5A; 3], &theirs, bits), Some(flipped >= bits));
            }
        }
        assert_eq!(leading_bits_agree(&[0; 3], &[0; 2], 17), None);
    }
}
