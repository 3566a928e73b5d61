//! What a command of a message computes, with which key: its numbers as algorithms, its slot's policy asked.

use v2gcrypt_hsm_protocol::policy::{SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{algorithm, Opcode, Request, Status};
use v2gcrypt_primitives::aead::AeadAlgorithm;
use v2gcrypt_primitives::cipher::CipherAlgorithm;
use v2gcrypt_primitives::{HashAlgorithm, MacAlgorithm};

use super::streams::Work;
use super::table::Table;
use crate::algorithms::{aead_algorithm, cipher_algorithm, hash_algorithm};
use crate::platform::{AesEngine, Code, Direction, HashEngine, Platform};

/// What is to be computed.
pub(super) enum Plan<'k> {
    Hash(HashAlgorithm),
    Hmac(MacAlgorithm, &'k [u8]),
    Cmac(&'k [u8]),
    Gmac(&'k [u8]),
    Cipher(CipherAlgorithm, Direction, &'k [u8]),
    Aead(AeadAlgorithm, Direction, &'k [u8]),
}

impl<'k> Plan<'k> {
    pub(super) fn of(opcode: Opcode, request: &Request, table: &'k Table) -> Result<Self, Status> {
        let number = u8::try_from(request.parameter).map_err(|_| Status::Parameter)?;
        let (usage, direction) = match opcode {
            Opcode::Hash => {
                let hash = algorithm::Hash::from_number(number).ok_or(Status::Parameter)?;
                return Ok(Self::Hash(hash_algorithm(hash)));
            }
            Opcode::MacGenerate => (Usage::MAC_GENERATE, Direction::Encrypt),
            Opcode::MacVerify => (Usage::MAC_VERIFY, Direction::Encrypt),
            Opcode::Encrypt => (Usage::ENCRYPT, Direction::Encrypt),
            Opcode::Decrypt => (Usage::DECRYPT, Direction::Decrypt),
            Opcode::AeadEncrypt => (Usage::AEAD_ENCRYPT, Direction::Encrypt),
            Opcode::AeadDecrypt => (Usage::AEAD_DECRYPT, Direction::Decrypt),
            _ => return Err(Status::UnknownOpcode),
        };
        let (kind, key) = table.usable(request.key, usage)?;
        let (plan, needed) = match opcode {
            Opcode::MacGenerate | Opcode::MacVerify => match algorithm::Mac::from_number(number).ok_or(Status::Parameter)? {
                algorithm::Mac::AesCmac => (Self::Cmac(key), SymmetricKind::Aes),
                algorithm::Mac::AesGmac => (Self::Gmac(key), SymmetricKind::Aes),
                algorithm::Mac::HmacSha256 => (Self::Hmac(MacAlgorithm::HmacSha256, key), SymmetricKind::Hmac),
                algorithm::Mac::HmacSha384 => (Self::Hmac(MacAlgorithm::HmacSha384, key), SymmetricKind::Hmac),
                algorithm::Mac::HmacSha512 => (Self::Hmac(MacAlgorithm::HmacSha512, key), SymmetricKind::Hmac),
            },
            Opcode::Encrypt | Opcode::Decrypt => {
                let cipher = algorithm::Cipher::from_number(number).ok_or(Status::Parameter)?;
                (Self::Cipher(cipher_algorithm(cipher), direction, key), SymmetricKind::Aes)
            }
            _ => {
                let aead = aead_algorithm(algorithm::Aead::from_number(number).ok_or(Status::Parameter)?);
                let needed = if aead == AeadAlgorithm::AesGcm { SymmetricKind::Aes } else { SymmetricKind::ChaCha20 };
                (Self::Aead(aead, direction, key), needed)
            }
        };
        (kind == needed).then_some(plan).ok_or(Status::Parameter)
    }

    /// The hash or code of a short message. None: it is neither. Nothing is kept: cheaper than a stream.
    pub(super) fn at_once(
        &self,
        aes: &mut impl AesEngine,
        hash: &mut impl HashEngine,
        message: &[u8],
    ) -> Result<Option<Code>, Status> {
        Ok(match self {
            Self::Hash(algorithm) => Some(hash.hash_of(*algorithm, message)?),
            Self::Hmac(algorithm, key) => Some(hash.hmac_of(*algorithm, key, message)?),
            Self::Cmac(key) => Some(aes.cmac_of(key, message)?),
            Self::Gmac(_) | Self::Cipher(..) | Self::Aead(..) => None,
        })
    }

    /// Is its result the hash or code of the message alone?
    pub(super) fn is_digest(&self) -> bool {
        matches!(self, Self::Hash(_) | Self::Hmac(..) | Self::Cmac(_))
    }

    /// Begins. `nonce`: or initialisation vector.
    pub(super) fn begin<P: Platform>(&self, aes: &mut P::Aes, hash: &mut P::FastHash, nonce: &[u8]) -> Result<Work<P>, Status> {
        Ok(match self {
            Self::Hash(algorithm) => Work::Hash(hash.hash(*algorithm)?),
            Self::Hmac(algorithm, key) => Work::Hmac(hash.hmac(*algorithm, key)?),
            Self::Cmac(key) => Work::Cmac(aes.cmac(key)?),
            Self::Gmac(key) => Work::Gmac(aes.aead(AeadAlgorithm::AesGcm, Direction::Encrypt, key, nonce)?),
            Self::Cipher(algorithm, direction, key) => Work::Cipher(aes.cipher(*algorithm, *direction, key, nonce)?),
            Self::Aead(algorithm, direction, key) => Work::Aead(aes.aead(*algorithm, *direction, key, nonce)?),
        })
    }
}
