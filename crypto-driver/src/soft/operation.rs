//! What a job computes: its service and algorithm, and the operations of one call.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::{ecdsa_p256, HashAlgorithm, MacAlgorithm};
use v2gcrypt_types::*;

use super::config::CryptoSoft_PrimitiveConfigType;
use super::keys::KeyLength;

/// A service with its algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `CRYPTO_HASH`
    Hash(HashAlgorithm),
    /// `CRYPTO_MACGENERATE`
    MacGenerate(MacAlgorithm),
    /// `CRYPTO_MACVERIFY`
    MacVerify(MacAlgorithm),
    /// `CRYPTO_SIGNATUREGENERATE`: ECDSA P-256 with SHA-256
    SignatureGenerate,
    /// `CRYPTO_SIGNATUREVERIFY`: ECDSA P-256 with SHA-256
    SignatureVerify,
    /// `CRYPTO_RANDOMGENERATE`
    RandomGenerate,
    /// `CRYPTO_KEYSETVALID`
    KeySetValid,
    /// `CRYPTO_KEYSETINVALID`
    KeySetInvalid,
}

/// Length of a raw signature r‖s in bytes.
pub const SIGNATURE_LENGTH: u32 = 64;

impl Operation {
    /// What `primitive` asks for, if the driver can do it and `offered`, the object's primitives, list it.
    pub fn resolve(primitive: &Crypto_PrimitiveInfoType, offered: &[CryptoSoft_PrimitiveConfigType]) -> Option<Self> {
        let asked = &primitive.algorithm;
        let listed = offered.iter().any(|one| {
            (one.service, one.family, one.mode, one.secondaryFamily)
                == (primitive.service, asked.family, asked.mode, asked.secondaryFamily)
        });
        if listed {
            Self::of(primitive)
        } else {
            None // [SWS_Crypto_00064] [SWS_Crypto_00067]
        }
    }

    fn of(primitive: &Crypto_PrimitiveInfoType) -> Option<Self> {
        let algorithm = &primitive.algorithm;
        match primitive.service {
            CRYPTO_HASH => hash(algorithm).map(Self::Hash),
            CRYPTO_MACGENERATE => mac(algorithm).map(Self::MacGenerate),
            CRYPTO_MACVERIFY => mac(algorithm).map(Self::MacVerify),
            CRYPTO_SIGNATUREGENERATE if is_ecdsa_p256_sha256(algorithm) => Some(Self::SignatureGenerate),
            CRYPTO_SIGNATUREVERIFY if is_ecdsa_p256_sha256(algorithm) => Some(Self::SignatureVerify),
            CRYPTO_RANDOMGENERATE if is_random(algorithm) => Some(Self::RandomGenerate),
            CRYPTO_KEYSETVALID => Some(Self::KeySetValid),
            CRYPTO_KEYSETINVALID => Some(Self::KeySetInvalid),
            _ => None,
        }
    }

    /// Can its message come in pieces?
    pub const fn streams(self) -> bool {
        !matches!(self, Self::RandomGenerate | Self::KeySetValid | Self::KeySetInvalid)
    }

    /// Does it take a message?
    pub const fn takes_input(self) -> bool {
        self.streams()
    }

    /// Does it write to the job's output?
    pub const fn gives_output(self) -> bool {
        matches!(self, Self::Hash(_) | Self::MacGenerate(_) | Self::SignatureGenerate | Self::RandomGenerate)
    }

    /// Does it compare with the job's secondary input?
    pub const fn verifies(self) -> bool {
        matches!(self, Self::MacVerify(_) | Self::SignatureVerify)
    }

    /// Does it need a key's value?
    pub const fn uses_key(self) -> bool {
        matches!(self, Self::MacGenerate(_) | Self::MacVerify(_) | Self::SignatureGenerate | Self::SignatureVerify)
    }

    /// Does it change a key's state?
    pub const fn manages_key(self) -> bool {
        matches!(self, Self::KeySetValid | Self::KeySetInvalid)
    }

    /// Does it take milliseconds, so that no periodic main function may run it?
    pub const fn runs_in_background(self) -> bool {
        matches!(self, Self::SignatureGenerate | Self::SignatureVerify | Self::KeySetValid)
    }

    /// Bytes that the result has; for random numbers as many as there is room for.
    pub const fn result_length(self, room: u32) -> u32 {
        match self {
            Self::Hash(algorithm) => algorithm.output_len() as u32,
            Self::MacGenerate(algorithm) => algorithm.tag_len() as u32,
            Self::SignatureGenerate => SIGNATURE_LENGTH,
            Self::RandomGenerate => room,
            _ => 0,
        }
    }

    /// Which lengths its key may have; `bits` is the length that the job's algorithm names, or 0.
    pub const fn key_length(self, bits: u32) -> KeyLength {
        match self {
            Self::MacGenerate(MacAlgorithm::AesCmac) | Self::MacVerify(MacAlgorithm::AesCmac) => KeyLength::Aes { bits },
            Self::SignatureGenerate => KeyLength::Scalar,
            Self::SignatureVerify => KeyLength::Point,
            _ => KeyLength::Any,
        }
    }
}

/// The operations that one call performs. [SWS_Csm_01029]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Begins, and discards what was before. [SWS_Csm_00924]
    pub start: bool,
    /// Takes input.
    pub update: bool,
    /// Gives the result.
    pub finish: bool,
}

impl Mode {
    /// All at once.
    pub const SINGLECALL: Self = Self { start: true, update: true, finish: true };

    /// What `mode` asks for; None if `operation` cannot do that.
    pub fn parse(mode: Crypto_OperationModeType, operation: Operation) -> Option<Self> {
        if mode & !CRYPTO_OPERATIONMODE_SINGLECALL != 0 {
            return None; // saved contexts are not supported
        }
        let has = |bit| mode & bit != 0;
        let parsed = Self {
            start: has(CRYPTO_OPERATIONMODE_START),
            update: has(CRYPTO_OPERATIONMODE_UPDATE),
            finish: has(CRYPTO_OPERATIONMODE_FINISH),
        };
        let nothing = !parsed.start && !parsed.update && !parsed.finish;
        let without_input = parsed.start && parsed.finish && !parsed.update; // [SWS_Csm_01045]
        let in_pieces = parsed != Self::SINGLECALL && !operation.streams();
        (!nothing && !without_input && !in_pieces).then_some(parsed)
    }

    /// All at once?
    pub fn is_single_call(self) -> bool {
        self == Self::SINGLECALL
    }
}

fn hash(algorithm: &Crypto_AlgorithmInfoType) -> Option<HashAlgorithm> {
    if algorithm.mode != CRYPTO_ALGOMODE_NOT_SET || algorithm.secondaryFamily != CRYPTO_ALGOFAM_NOT_SET {
        return None;
    }
    Some(match algorithm.family {
        CRYPTO_ALGOFAM_SHA1 => HashAlgorithm::Sha1,
        CRYPTO_ALGOFAM_SHA2_224 => HashAlgorithm::Sha224,
        CRYPTO_ALGOFAM_SHA2_256 => HashAlgorithm::Sha256,
        CRYPTO_ALGOFAM_SHA2_384 => HashAlgorithm::Sha384,
        CRYPTO_ALGOFAM_SHA2_512 => HashAlgorithm::Sha512,
        CRYPTO_ALGOFAM_SHA2_512_224 => HashAlgorithm::Sha512_224,
        CRYPTO_ALGOFAM_SHA2_512_256 => HashAlgorithm::Sha512_256,
        _ => return None,
    })
}

/// The hash of an HMAC is the family; it may be repeated as the secondary family, or stand there alone.
fn mac(algorithm: &Crypto_AlgorithmInfoType) -> Option<MacAlgorithm> {
    let (family, secondary) = (algorithm.family, algorithm.secondaryFamily);
    match algorithm.mode {
        CRYPTO_ALGOMODE_CMAC if family == CRYPTO_ALGOFAM_AES && secondary == CRYPTO_ALGOFAM_NOT_SET => {
            Some(MacAlgorithm::AesCmac)
        }
        CRYPTO_ALGOMODE_HMAC => match (family, secondary) {
            (hash, CRYPTO_ALGOFAM_NOT_SET) | (CRYPTO_ALGOFAM_NOT_SET, hash) => hmac(hash),
            (hash, same) if hash == same => hmac(hash),
            _ => None,
        },
        _ => None,
    }
}

fn hmac(hash: Crypto_AlgorithmFamilyType) -> Option<MacAlgorithm> {
    match hash {
        CRYPTO_ALGOFAM_SHA2_256 => Some(MacAlgorithm::HmacSha256),
        CRYPTO_ALGOFAM_SHA2_384 => Some(MacAlgorithm::HmacSha384),
        CRYPTO_ALGOFAM_SHA2_512 => Some(MacAlgorithm::HmacSha512),
        _ => None,
    }
}

fn is_ecdsa_p256_sha256(algorithm: &Crypto_AlgorithmInfoType) -> bool {
    ecdsa_p256::AVAILABLE
        && matches!(algorithm.family, CRYPTO_ALGOFAM_ECCNIST | CRYPTO_ALGOFAM_ECDSA)
        && algorithm.secondaryFamily == CRYPTO_ALGOFAM_SHA2_256
        && matches!(algorithm.keyLength, 0 | 256)
        && algorithm.mode == CRYPTO_ALGOMODE_NOT_SET
}

fn is_random(algorithm: &Crypto_AlgorithmInfoType) -> bool {
    matches!(algorithm.family, CRYPTO_ALGOFAM_RNG | CRYPTO_ALGOFAM_DRBG)
        && matches!(algorithm.mode, CRYPTO_ALGOMODE_NOT_SET | CRYPTO_ALGOMODE_CTRDRBG)
}
