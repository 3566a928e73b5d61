//! Signatures.

use v2gcrypt_hsm_protocol::algorithm::{self, pair, Signature};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Usage};
use v2gcrypt_hsm_protocol::{Request, Response, Status};
use v2gcrypt_primitives::HashAlgorithm;

use super::{Reply, Slow};
use crate::access::{Input, Operands};
use crate::algorithms::hash_algorithm;
use crate::platform::{Code, Digesting, HashEngine, HostMemory, Pkc, Platform, MAX_PKC_LEN};

/// Bytes of a message that are hashed at once.
const STEP: usize = 256;

/// How a message is signed.
enum Scheme {
    Ecdsa(HashAlgorithm),
    Ed25519,
}

impl Scheme {
    /// What a request asks for, and the slot's group is for.
    fn of(request: &Request, group: Group, is_digest: bool) -> Result<Self, Status> {
        let (scheme, hash) = pair(request.parameter).ok_or(Status::Parameter)?;
        match (Signature::from_number(scheme).ok_or(Status::Parameter)?, group) {
            (Signature::Ecdsa, Group::P256 | Group::P384 | Group::P521) => {
                let hash = algorithm::Hash::from_number(hash).filter(|hash| *hash != algorithm::Hash::Sha1);
                hash.map(|hash| Self::Ecdsa(hash_algorithm(hash))).ok_or(Status::Parameter)
            }
            (Signature::Ed25519, Group::Ed25519) if hash == 0 && !is_digest => Ok(Self::Ed25519),
            _ => Err(Status::Parameter),
        }
    }
}

const fn signature_len(group: Group) -> u16 {
    group.private_len() * 2
}

/// The digest of a message, or the message that is one.
fn digest(
    engine: &mut impl HashEngine,
    memory: &impl HostMemory,
    hash: HashAlgorithm,
    mut message: Input,
    is_digest: bool,
) -> Result<Code, Status> {
    let mut bytes = [0; STEP];
    if is_digest {
        let digest = message.all(memory, &mut bytes)?;
        return (digest.len() == hash.output_len()).then(|| Code::new(digest)).ok_or(Status::Length);
    }
    let mut state = engine.hash(hash)?;
    while !message.is_empty() {
        state.update(message.next(memory, &mut bytes)?);
    }
    Ok(state.finish())
}

impl<P: Platform> Slow<'_, P> {
    pub(super) fn sign(
        &mut self,
        request: &Request,
        operands: Operands,
        reply: &mut Reply,
        is_digest: bool,
    ) -> Result<(), Status> {
        let (kind, key) = self.slots.usable(u32::from(request.key), Usage::SIGN)?;
        let Kind::Private(group) = kind else { return Err(Status::Usage) };
        let scheme = Scheme::of(request, group, is_digest)?;
        reply.reserve(signature_len(group))?;
        let length = match scheme {
            Scheme::Ecdsa(hash) => {
                let digest = digest(&mut self.hash, &self.memory, hash, operands.input, is_digest)?;
                self.pkc.sign_digest(group, key, digest.as_bytes(), &mut reply.bytes)?
            }
            Scheme::Ed25519 => {
                let message = operands.input.all(&self.memory, &mut self.scratch)?;
                self.pkc.sign_message(key, message, &mut reply.bytes)?
            }
        };
        reply.length = length;
        Ok(())
    }

    pub(super) fn verify(
        &mut self,
        request: &Request,
        operands: Operands,
        reply: &mut Reply,
        is_digest: bool,
    ) -> Result<(), Status> {
        let (kind, key) = self.slots.usable(u32::from(request.key), Usage::VERIFY)?;
        let Kind::Public(group) = kind else { return Err(Status::Usage) };
        let scheme = Scheme::of(request, group, is_digest)?;
        let mut room = [0; MAX_PKC_LEN];
        // Of another length it is no signature, whatever it holds.
        let has_length = operands.input2.len() == usize::from(signature_len(group));
        let signature = if has_length { operands.input2.all(&self.memory, &mut room)? } else { &[] };
        let is_good = match scheme {
            Scheme::Ecdsa(hash) => {
                let digest = digest(&mut self.hash, &self.memory, hash, operands.input, is_digest)?;
                has_length && self.pkc.verify_digest(group, key, digest.as_bytes(), signature)?
            }
            Scheme::Ed25519 => {
                let message = operands.input.all(&self.memory, &mut self.scratch)?;
                has_length && self.pkc.verify_message(key, message, signature)?
            }
        };
        reply.result = if is_good { Response::GOOD } else { Response::BAD };
        Ok(())
    }
}
