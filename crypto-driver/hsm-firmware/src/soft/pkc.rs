//! Elliptic curves.

use v2gcrypt_hsm_protocol::policy::{Group, Kind};
use v2gcrypt_primitives::contract_key::{Envelope, OpenError};
use v2gcrypt_primitives::{ec, ecdh, ecdsa, ed25519, x25519, Curve};

use crate::platform::{EngineError, Pkc, MAX_PKC_LEN};

/// Public-key work.
#[derive(Debug, Clone, Copy, Default)]
pub struct SoftPkc;

type Out = [u8; MAX_PKC_LEN];

/// None: not a curve of NIST.
const fn curve(group: Group) -> Option<Curve> {
    match group {
        Group::P256 => Some(Curve::P256),
        Group::P384 => Some(Curve::P384),
        Group::P521 => Some(Curve::P521),
        Group::Ed25519 | Group::X25519 => None,
    }
}

/// A curve of NIST that this build has.
fn nist(group: Group) -> Result<Curve, EngineError> {
    curve(group).filter(|curve| curve.is_available()).ok_or(EngineError::Absent)
}

/// Is the group in this build?
pub(super) fn is_available(group: Group) -> bool {
    curve(group).map_or(ed25519::AVAILABLE, Curve::is_available)
}

fn put(bytes: &[u8], out: &mut Out) -> Result<usize, EngineError> {
    out.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    Ok(bytes.len())
}

impl Pkc for SoftPkc {
    fn has(&self, group: Group) -> bool {
        is_available(group)
    }

    fn generate(&mut self, group: Group, random: &mut dyn FnMut(&mut [u8]) -> bool, out: &mut Out) -> Result<usize, EngineError> {
        if !is_available(group) {
            return Err(EngineError::Absent);
        }
        match curve(group) {
            Some(curve) => put(ec::generate(curve, random).map_err(|_| EngineError::Entropy)?.as_bytes(), out),
            None => {
                let length = usize::from(group.private_len());
                let room = out.get_mut(..length).ok_or(EngineError::Length)?;
                random(room).then_some(length).ok_or(EngineError::Entropy)
            }
        }
    }

    fn public_key(&mut self, group: Group, private: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        match group {
            Group::Ed25519 => put(&ed25519::SigningKey::new(private)?.public_key(), out),
            Group::X25519 => put(&x25519::PrivateKey::new(private)?.public_key(), out),
            _ => put(ec::public_key(nist(group)?, private)?.as_bytes(), out),
        }
    }

    fn check(&mut self, kind: Kind, value: &[u8]) -> Result<(), EngineError> {
        match kind {
            Kind::Symmetric(..) => {}
            Kind::Private(group) | Kind::Public(group) if !is_available(group) => return Err(EngineError::Absent),
            Kind::Private(Group::Ed25519 | Group::X25519) | Kind::Public(Group::X25519) => {}
            Kind::Public(Group::Ed25519) => _ = ed25519::VerifyingKey::new(value)?,
            Kind::Private(group) => ec::check_scalar(nist(group)?, value)?,
            // `X ‖ Y` alone is not the form of a slot.
            Kind::Public(group) => ec::check_point(nist(group)?, value)?,
        }
        Ok(())
    }

    fn sign_digest(&mut self, group: Group, private: &[u8], digest: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        let key = ecdsa::SigningKey::new(nist(group)?, private)?;
        put(key.sign_digest(digest).map_err(|_| EngineError::Failed)?.as_bytes(), out)
    }

    fn verify_digest(&mut self, group: Group, public: &[u8], digest: &[u8], signature: &[u8]) -> Result<bool, EngineError> {
        Ok(ecdsa::VerifyingKey::new(nist(group)?, public)?.verify_digest(digest, signature))
    }

    fn sign_message(&mut self, private: &[u8], message: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        let key = ed25519::SigningKey::new(private)?;
        put(&key.sign(message).map_err(|_| EngineError::Failed)?, out)
    }

    fn verify_message(&mut self, public: &[u8], message: &[u8], signature: &[u8]) -> Result<bool, EngineError> {
        let key = ed25519::VerifyingKey::new(public)?;
        Ok(signature.try_into().is_ok_and(|signature| key.verify(message, signature)))
    }

    fn agree(&mut self, group: Group, private: &[u8], peer: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        let refused = |_| EngineError::NotGenuine;
        match group {
            Group::Ed25519 => Err(EngineError::Absent),
            Group::X25519 => put(x25519::PrivateKey::new(private)?.agree(peer).map_err(refused)?.as_bytes(), out),
            _ => put(ecdh::PrivateKey::new(nist(group)?, private)?.agree(peer).map_err(refused)?.as_bytes(), out),
        }
    }

    fn open_contract(&mut self, envelope: &Envelope<'_>, owner: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        match envelope.open(owner) {
            Ok(key) => put(key.as_bytes(), out),
            Err(OpenError::OwningKey(_)) => Err(EngineError::Key),
            Err(OpenError::Absent) => Err(EngineError::Absent),
            Err(OpenError::Refused) => Err(EngineError::NotGenuine),
        }
    }
}
