//! Keys that are computed: drawn, agreed on, derived, imported. None is valid before `KeySetValid`.

use v2gcrypt_hsm_protocol::algorithm::{self, pair, Derivation};
use v2gcrypt_hsm_protocol::policy::{Kind, SymmetricKind, Usage, MAX_VALUE_LEN};
use v2gcrypt_hsm_protocol::{Request, Status};
use v2gcrypt_primitives::contract_key::{Edition, Envelope};
use v2gcrypt_primitives::{kdf, Curve};
use zeroize::Zeroizing;

use super::{Reply, Slow};
use crate::access::Operands;
use crate::algorithms::hash_algorithm;
use crate::log::{Code, Event};
use crate::platform::{EngineError, KeyStorage, Pkc, Platform, MAX_PKC_LEN};
use crate::store::REFUSALS;

/// The longest salt or label.
const MAX_SALT: usize = 256;
/// Envelopes of ISO 15118-2 that may be not genuine in the HSM's life. They have no tag (AES-CBC), and which public key a contract has
/// the host says: so a host that changes a bit of a genuine one, and the public key to match, learns a bit of the contract's key from
/// the verdict. One of two tries is refused at best, so this many tell a quarter of a key.
pub const MAX_REFUSALS: u8 = 32;
/// The shortest key that is derived from a secret which may not be read.
const MIN_DERIVED: u16 = 16;
/// The longest encrypted contract key, filled up.
const MAX_ENCRYPTED: usize = 96;

impl<P: Platform> Slow<'_, P> {
    pub(super) fn generate(&mut self, request: &Request) -> Result<(), Status> {
        let slot = u32::from(request.key);
        let policy = self.slots.policy(slot, Usage::GENERATE)?;
        let mut value = Zeroizing::new([0; MAX_PKC_LEN]);
        let length = match policy.kind {
            Kind::Symmetric(_, length) => {
                let length = usize::from(length);
                self.random.fill(value.get_mut(..length).ok_or(Status::Internal)?)?;
                length
            }
            Kind::Private(group) => {
                let random = &mut self.random;
                self.pkc.generate(group, &mut |bytes| random.fill(bytes).is_ok(), &mut value)?
            }
            Kind::Public(_) => return Err(Status::Usage),
        };
        self.put(slot, value.get(..length).ok_or(Status::Internal)?)
    }

    /// It needs no usage: it is no secret. Nor need the key be valid yet: its certificate may be asked for before.
    pub(super) fn public_key(&mut self, request: &Request, reply: &mut Reply) -> Result<(), Status> {
        let (kind, key) = self.slots.value(u32::from(request.key), Usage::NONE)?;
        let Kind::Private(group) = kind else { return Err(Status::Usage) };
        reply.reserve(group.public_len())?;
        reply.length = self.pkc.public_key(group, key, &mut reply.bytes)?;
        Ok(())
    }

    pub(super) fn agree(&mut self, request: &Request, operands: Operands) -> Result<(), Status> {
        let (kind, key) = self.slots.usable(u32::from(request.key), Usage::AGREE)?;
        let Kind::Private(group) = kind else { return Err(Status::Usage) };
        let target = self.slots.policy(request.parameter2, Usage::DERIVE_TARGET)?;
        if target.kind != Kind::Symmetric(SymmetricKind::Secret, group.private_len()) {
            return Err(Status::Parameter);
        }
        let mut room = [0; MAX_PKC_LEN];
        let peer = operands.input.all(&self.memory, &mut room)?;
        if peer.len() != usize::from(group.public_len()) {
            return Err(Status::Length);
        }
        let mut secret = Zeroizing::new([0; MAX_PKC_LEN]);
        let agreed = self.pkc.agree(group, key, peer, &mut secret).map_err(|error| match error {
            EngineError::NotGenuine => Status::KeyMalformed, // the peer's
            error => error.into(),
        });
        self.put(request.parameter2, secret.get(..agreed?).ok_or(Status::Internal)?)
    }

    pub(super) fn derive(&mut self, request: &Request, operands: Operands) -> Result<(), Status> {
        let (_, secret) = self.slots.usable(u32::from(request.key), Usage::DERIVE_SOURCE)?;
        let source = self.slots.policy(u32::from(request.key), Usage::DERIVE_SOURCE)?;
        let target = self.slots.policy(request.parameter2, Usage::DERIVE_TARGET)?;
        let Kind::Symmetric(_, length) = target.kind else { return Err(Status::Usage) };
        if request.parameter2 == u32::from(request.key) {
            return Err(Status::Parameter);
        }
        // Else the host would derive a key once more into a slot that it may read, or into a short one that it finds out by trying:
        // a short key is the front of each longer one.
        let tells = target.usage.permits(Usage::READ) || length < MIN_DERIVED;
        if tells && !source.usage.permits(Usage::READ) {
            return Err(Status::Usage);
        }
        let (derivation, hash) = pair(request.parameter).ok_or(Status::Parameter)?;
        let derivation = Derivation::from_number(derivation).ok_or(Status::Parameter)?;
        let hash = hash_algorithm(algorithm::Hash::from_number(hash).ok_or(Status::Parameter)?);
        let mut salt = [0; MAX_SALT];
        let salt = operands.input2.all(&self.memory, &mut salt)?;
        let info = operands.input.all(&self.memory, &mut self.scratch)?;
        let mut key = Zeroizing::new([0; MAX_VALUE_LEN]);
        let out = key.get_mut(..usize::from(length)).ok_or(Status::Internal)?;
        let derived = match derivation {
            Derivation::Hkdf => kdf::hkdf(hash, salt, secret, info, out),
            Derivation::Tls12Prf => kdf::tls12_prf(hash, secret, salt, info, out),
            Derivation::X963 if salt.is_empty() => kdf::x963(hash, secret, info, out),
            Derivation::Concat if salt.is_empty() => kdf::concat(hash, secret, info, out),
            Derivation::X963 | Derivation::Concat => return Err(Status::Length),
        };
        derived.map_err(|_| Status::Parameter)?;
        self.put(request.parameter2, out)
    }

    /// The old value stays as it is unless all checks are passed. In flash it stays until the new one is made valid.
    pub(super) fn contract_import(&mut self, request: &Request, operands: Operands, reply: &mut Reply) -> Result<(), Status> {
        let number = u8::try_from(request.parameter).ok().and_then(algorithm::Edition::from_number);
        let edition = match number.ok_or(Status::Parameter)? {
            algorithm::Edition::Iso15118_2 => Edition::Iso15118_2,
            algorithm::Edition::Iso15118_20 => Edition::Iso15118_20,
        };
        let (owner, key) = self.slots.usable(u32::from(request.key), Usage::CONTRACT_OWNER)?;
        let target = self.slots.policy(request.parameter2, Usage::CONTRACT_TARGET)?;
        let has_curve = matches!(
            (owner, edition.curve()),
            (Kind::Private(v2gcrypt_hsm_protocol::policy::Group::P256), Curve::P256)
                | (Kind::Private(v2gcrypt_hsm_protocol::policy::Group::P521), Curve::P521)
        );
        if !has_curve || target.kind != owner || request.parameter2 == u32::from(request.key) {
            return Err(Status::Parameter);
        }
        let (mut encrypted, mut point) = ([0; MAX_ENCRYPTED], [0; MAX_PKC_LEN]);
        let encrypted = operands.input.all(&self.memory, &mut encrypted)?;
        let point = operands.input2.all(&self.memory, &mut point)?;
        let public = operands.input3.all(&self.memory, &mut self.scratch)?;
        let envelope = Envelope::new(edition, encrypted, point, public).ok_or(Status::Length)?;
        let is_counted = edition == Edition::Iso15118_2;
        let before = self.refusals;
        if is_counted {
            if before >= MAX_REFUSALS {
                return Err(Status::NotGenuine);
            }
            // Before the verdict: else a host that resets the HSM in time would have it for nothing.
            let counted = before.saturating_add(1);
            self.storage.save(REFUSALS, &[counted])?;
            self.refusals = counted;
        }
        let mut contract = Zeroizing::new([0; MAX_PKC_LEN]);
        let opened = self.pkc.open_contract(&envelope, key, &mut contract);
        if is_counted && opened.is_ok() {
            self.storage.save(REFUSALS, &[before])?;
            self.refusals = before;
        }
        if opened == Err(EngineError::NotGenuine) {
            reply.event = Some(Event::new(Code::Envelope, u32::from(request.key)));
        }
        self.put(request.parameter2, contract.get(..opened?).ok_or(Status::Internal)?)
    }
}
