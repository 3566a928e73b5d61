//! Accelerators of a board: software that counts, and can be out of order. Whatever computes goes through them.

use std::cell::Cell;

use v2gcrypt_hsm_firmware::platform::{AesEngine, Code, Direction, EngineError, HashEngine, Pkc, MAX_PKC_LEN};
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash, SoftPkc};
use v2gcrypt_hsm_protocol::algorithm::{Aead, Cipher, Hash, Lifecycle, Mac, Signature};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{Opcode, Status};
use v2gcrypt_primitives::aead::AeadAlgorithm;
use v2gcrypt_primitives::cipher::CipherAlgorithm;
use v2gcrypt_primitives::contract_key::Envelope;
use v2gcrypt_primitives::{HashAlgorithm, MacAlgorithm};

use crate::harness::*;

thread_local! {
    static USED: Cell<[u32; 4]> = const { Cell::new([0; 4]) };
    static IS_BROKEN: Cell<bool> = const { Cell::new(false) };
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Which {
    Aes,
    FastHash,
    SlowHash,
    Pkc,
}

fn used(which: Which) -> Result<(), EngineError> {
    let mut all = USED.get();
    all[which as usize] += 1;
    USED.set(all);
    if IS_BROKEN.get() {
        Err(EngineError::Failed)
    } else {
        Ok(())
    }
}

pub struct Aes(pub SoftAes);

impl AesEngine for Aes {
    type Cmac = <SoftAes as AesEngine>::Cmac;
    type Cipher = <SoftAes as AesEngine>::Cipher;
    type Aead = <SoftAes as AesEngine>::Aead;

    fn cmac(&mut self, key: &[u8]) -> Result<Self::Cmac, EngineError> {
        used(Which::Aes)?;
        self.0.cmac(key)
    }

    fn cmac_of(&mut self, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        used(Which::Aes)?;
        self.0.cmac_of(key, message)
    }

    fn cipher(
        &mut self,
        mode: CipherAlgorithm,
        direction: Direction,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Self::Cipher, EngineError> {
        used(Which::Aes)?;
        self.0.cipher(mode, direction, key, iv)
    }

    fn aead(&mut self, aead: AeadAlgorithm, direction: Direction, key: &[u8], nonce: &[u8]) -> Result<Self::Aead, EngineError> {
        used(Which::Aes)?;
        self.0.aead(aead, direction, key, nonce)
    }
}

pub struct Hashes(pub SoftHash, pub Which);

impl HashEngine for Hashes {
    type Hash = <SoftHash as HashEngine>::Hash;
    type Hmac = <SoftHash as HashEngine>::Hmac;

    fn hash(&mut self, algorithm: HashAlgorithm) -> Result<Self::Hash, EngineError> {
        used(self.1)?;
        self.0.hash(algorithm)
    }

    fn hmac(&mut self, algorithm: MacAlgorithm, key: &[u8]) -> Result<Self::Hmac, EngineError> {
        used(self.1)?;
        self.0.hmac(algorithm, key)
    }

    fn hash_of(&mut self, algorithm: HashAlgorithm, message: &[u8]) -> Result<Code, EngineError> {
        used(self.1)?;
        self.0.hash_of(algorithm, message)
    }

    fn hmac_of(&mut self, algorithm: MacAlgorithm, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        used(self.1)?;
        self.0.hmac_of(algorithm, key, message)
    }
}

pub struct Curves(pub SoftPkc);

type Out = [u8; MAX_PKC_LEN];

impl Pkc for Curves {
    fn has(&self, group: Group) -> bool {
        self.0.has(group)
    }

    fn generate(&mut self, group: Group, random: &mut dyn FnMut(&mut [u8]) -> bool, out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.generate(group, random, out)
    }

    fn public_key(&mut self, group: Group, private: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.public_key(group, private, out)
    }

    fn check(&mut self, kind: Kind, value: &[u8]) -> Result<(), EngineError> {
        used(Which::Pkc)?;
        self.0.check(kind, value)
    }

    fn sign_digest(&mut self, group: Group, private: &[u8], digest: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.sign_digest(group, private, digest, out)
    }

    fn verify_digest(&mut self, group: Group, public: &[u8], digest: &[u8], signature: &[u8]) -> Result<bool, EngineError> {
        used(Which::Pkc)?;
        self.0.verify_digest(group, public, digest, signature)
    }

    fn sign_message(&mut self, private: &[u8], message: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.sign_message(private, message, out)
    }

    fn verify_message(&mut self, public: &[u8], message: &[u8], signature: &[u8]) -> Result<bool, EngineError> {
        used(Which::Pkc)?;
        self.0.verify_message(public, message, signature)
    }

    fn agree(&mut self, group: Group, private: &[u8], peer: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.agree(group, private, peer, out)
    }

    fn open_contract(&mut self, envelope: &Envelope<'_>, owner: &[u8], out: &mut Out) -> Result<usize, EngineError> {
        used(Which::Pkc)?;
        self.0.open_contract(envelope, owner, out)
    }
}

#[test]
fn whatever_computes_goes_through_the_boards_accelerators() {
    let aes = Usage::MAC_GENERATE.with(Usage::ENCRYPT).with(Usage::AEAD_ENCRYPT).with(Usage::WRITE);
    let private = Usage::SIGN.with(Usage::AGREE).with(Usage::GENERATE).with(Usage::WRITE);
    let secret = Kind::Symmetric(SymmetricKind::Secret, 32);
    let mut hsm = Hsm::factory(&[
        (0, Kind::Symmetric(SymmetricKind::Aes, 16), aes),
        (1, Kind::Symmetric(SymmetricKind::Hmac, 32), Usage::MAC_GENERATE.with(Usage::WRITE)),
        (2, Kind::Private(Group::P256), private),
        (3, Kind::Public(Group::P256), Usage::VERIFY.with(Usage::WRITE)),
        (4, secret, Usage::DERIVE_TARGET),
    ]);
    hsm.advance(Lifecycle::Operational);
    hsm.load(0, &[1; 16]);
    hsm.load(1, &[1; 32]);
    hsm.load(2, &[1; 32]);
    let public = hsm.call(call(Opcode::PublicKey).key(2).room(68)).ok();
    hsm.load(3, &public);
    let ecdsa = Signature::Ecdsa as u32 | (Hash::Sha256 as u32) << 8;
    let before = hsm.flash.records.borrow().clone();
    for (which, request) in [
        (Which::FastHash, call(Opcode::Hash).parameters(Hash::Sha256 as u32, 0).room(32)),
        (Which::FastHash, call(Opcode::MacGenerate).key(1).parameters(Mac::HmacSha256 as u32, 0).room(32)),
        (Which::Aes, call(Opcode::MacGenerate).key(0).parameters(Mac::AesCmac as u32, 0).room(16)),
        (Which::Aes, call(Opcode::MacGenerate).key(0).parameters(Mac::AesGmac as u32, 0).input3(&[1; 12]).room(16)),
        (Which::Aes, call(Opcode::Encrypt).key(0).parameters(Cipher::AesCtr as u32, 0).input3(&[1; 16])),
        (Which::Aes, call(Opcode::AeadEncrypt).key(0).parameters(Aead::AesGcm as u32, 16).input3(&[1; 12]).room2(16)),
        (Which::SlowHash, call(Opcode::Sign).key(2).parameters(ecdsa, 0).room(64)),
        (Which::Pkc, call(Opcode::SignDigest).key(2).parameters(ecdsa, 0).input(&[1; 32]).room(64)),
        (Which::Pkc, call(Opcode::VerifyDigest).key(3).parameters(ecdsa, 0).input(&[1; 32]).input2(&[1; 64])),
        (Which::Pkc, call(Opcode::PublicKey).key(2).room(68)),
        (Which::Pkc, call(Opcode::ElementSet).key(3).input(&public)),
        (Which::Pkc, call(Opcode::Agree).key(2).parameters(0, 4).input(&public)),
        (Which::Pkc, call(Opcode::KeyGenerate).key(2)),
    ] {
        // One that is out of order is told, and nothing has changed.
        IS_BROKEN.set(true);
        USED.set([0; 4]);
        let answer = hsm.call(request.clone());
        assert_eq!((answer.status(), answer.response.length), (Status::Internal, 0), "{which:?}");
        assert_eq!(USED.get()[which as usize], 1, "{which:?}");
        assert_eq!(USED.get().iter().sum::<u32>(), 1, "{which:?} alone");
        IS_BROKEN.set(false);
        hsm.call(request).ok();
    }
    assert_eq!(*hsm.flash.records.borrow(), before);
}
