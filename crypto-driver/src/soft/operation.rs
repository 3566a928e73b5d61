//! What a job computes: its service and algorithm, and the operations of one call.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::{Curve, HashAlgorithm, MacAlgorithm};
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
    RandomGenerate(RandomSource),
    /// `CRYPTO_RANDOMSEED`
    RandomSeed,
    /// `CRYPTO_KEYGENERATE`
    KeyGenerate {
        /// What for; `NOT_SET`: the key's element tells.
        family: Crypto_AlgorithmFamilyType,
    },
    /// `CRYPTO_KEYDERIVE`
    KeyDerive {
        /// How; `NOT_SET`: the key's element tells.
        family: Crypto_AlgorithmFamilyType,
        /// With which hash; `NOT_SET`: the key's element tells.
        hash: Crypto_AlgorithmFamilyType,
    },
    /// `CRYPTO_KEYEXCHANGECALCPUBVAL`
    KeyExchangePubVal {
        /// How; `NOT_SET`: the key's element tells.
        family: Crypto_AlgorithmFamilyType,
    },
    /// `CRYPTO_KEYEXCHANGECALCSECRET`
    KeyExchangeSecret {
        /// How; `NOT_SET`: the key's element tells.
        family: Crypto_AlgorithmFamilyType,
    },
    /// `CRYPTO_CUSTOM_SERVICE`: imports the private key of a contract certificate.
    ContractKeyImport(Edition),
    /// `CRYPTO_KEYSETVALID`
    KeySetValid,
    /// `CRYPTO_KEYSETINVALID`
    KeySetInvalid,
}

/// Where random numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomSource {
    /// The system; the instance's own generator where there is none.
    System,
    /// The instance's own generator.
    Drbg,
}

/// Edition of ISO 15118 whose contract key is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// ISO 15118-2: P-256, AES-128-CBC.
    Iso15118_2,
    /// ISO 15118-20: P-521, AES-256-GCM.
    Iso15118_20,
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
            CRYPTO_RANDOMGENERATE => random(algorithm).map(Self::RandomGenerate),
            CRYPTO_RANDOMSEED => random(algorithm).map(|_| Self::RandomSeed),
            _ if algorithm.mode != CRYPTO_ALGOMODE_NOT_SET => None,
            CRYPTO_KEYDERIVE => key_derive(algorithm),
            _ if algorithm.secondaryFamily != CRYPTO_ALGOFAM_NOT_SET => None,
            CRYPTO_KEYGENERATE => generated(algorithm.family).map(|family| Self::KeyGenerate { family }),
            CRYPTO_KEYEXCHANGECALCPUBVAL => exchanged(algorithm.family).map(|family| Self::KeyExchangePubVal { family }),
            CRYPTO_KEYEXCHANGECALCSECRET => exchanged(algorithm.family).map(|family| Self::KeyExchangeSecret { family }),
            CRYPTO_CUSTOM_SERVICE => edition(algorithm.family).map(Self::ContractKeyImport),
            CRYPTO_KEYSETVALID => Some(Self::KeySetValid),
            CRYPTO_KEYSETINVALID => Some(Self::KeySetInvalid),
            _ => None,
        }
    }

    /// Can its message come in pieces?
    pub const fn streams(self) -> bool {
        matches!(
            self,
            Self::Hash(_) | Self::MacGenerate(_) | Self::MacVerify(_) | Self::SignatureGenerate | Self::SignatureVerify
        )
    }

    /// Which buffers a call needs. [SWS_Crypto_00071] [SWS_Crypto_00073]
    pub const fn needs(self, mode: Mode) -> Needs {
        let message = if mode.update { Bytes::Message } else { Bytes::Unused };
        let compared = if mode.finish { Bytes::Some } else { Bytes::Unused };
        let result = if mode.finish { Room::Result } else { Room::Unused };
        match self {
            Self::Hash(_) | Self::MacGenerate(_) | Self::SignatureGenerate => {
                Needs { input: message, output: result, ..Needs::NOTHING }
            }
            Self::MacVerify(_) | Self::SignatureVerify => {
                Needs { input: message, secondary: compared, verify: mode.finish, ..Needs::NOTHING }
            }
            Self::RandomGenerate(_) | Self::KeyExchangePubVal { .. } => Needs { output: Room::Result, ..Needs::NOTHING },
            Self::RandomSeed | Self::KeyExchangeSecret { .. } => Needs { input: Bytes::Some, ..Needs::NOTHING },
            Self::ContractKeyImport(_) => {
                Needs { input: Bytes::Some, secondary: Bytes::Some, tertiary: Bytes::Some, ..Needs::NOTHING }
            }
            Self::KeySetValid | Self::KeySetInvalid | Self::KeyGenerate { .. } | Self::KeyDerive { .. } => Needs::NOTHING,
        }
    }

    /// Does it compute with a key, which is held for reading meanwhile?
    pub const fn uses_key(self) -> bool {
        self.streams() && !matches!(self, Self::Hash(_))
    }

    /// Does it manage a key, which it holds as it needs?
    pub const fn manages_key(self) -> bool {
        matches!(
            self,
            Self::RandomSeed
                | Self::KeySetValid
                | Self::KeySetInvalid
                | Self::KeyGenerate { .. }
                | Self::KeyDerive { .. }
                | Self::KeyExchangePubVal { .. }
                | Self::KeyExchangeSecret { .. }
                | Self::ContractKeyImport(_)
        )
    }

    /// Does it write to a second key?
    pub const fn has_target_key(self) -> bool {
        matches!(self, Self::KeyDerive { .. } | Self::ContractKeyImport(_))
    }

    /// Does it take milliseconds, so that no periodic main function may run it?
    pub const fn runs_in_background(self) -> bool {
        match self {
            Self::KeyGenerate { family } => !is_symmetric(family),
            _ => matches!(
                self,
                Self::SignatureGenerate
                    | Self::SignatureVerify
                    | Self::KeySetValid
                    | Self::KeyExchangePubVal { .. }
                    | Self::KeyExchangeSecret { .. }
                    | Self::ContractKeyImport(_)
            ),
        }
    }

    /// Bytes that the result has, as far as the algorithm alone tells; for random numbers as many as there is room for.
    pub const fn result_length(self, room: u32) -> u32 {
        match self {
            Self::Hash(algorithm) => algorithm.output_len() as u32,
            Self::MacGenerate(algorithm) => algorithm.tag_len() as u32,
            Self::SignatureGenerate => SIGNATURE_LENGTH,
            Self::RandomGenerate(_) => room,
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

/// The buffers that a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// The message.
    pub input: Bytes,
    /// What stands in the job's secondary input.
    pub secondary: Bytes,
    /// What stands in the job's tertiary input.
    pub tertiary: Bytes,
    /// Where the result goes.
    pub output: Room,
    /// Where the second result goes.
    pub secondary_output: Room,
    /// Does it need room for the outcome of a verification?
    pub verify: bool,
}

impl Needs {
    const NOTHING: Self = Self {
        input: Bytes::Unused,
        secondary: Bytes::Unused,
        tertiary: Bytes::Unused,
        output: Room::Unused,
        secondary_output: Room::Unused,
        verify: false,
    };
}

/// What an input has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bytes {
    /// Not looked at.
    Unused,
    /// At least one byte.
    Some,
    /// At least one byte, or none where the policy allows that.
    Message,
}

/// What an output has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Not looked at.
    Unused,
    /// Room for at least one byte.
    Result,
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
    Curve::P256.is_available()
        && matches!(algorithm.family, CRYPTO_ALGOFAM_ECCNIST | CRYPTO_ALGOFAM_ECDSA)
        && algorithm.secondaryFamily == CRYPTO_ALGOFAM_SHA2_256
        && matches!(algorithm.keyLength, 0 | 256)
        && algorithm.mode == CRYPTO_ALGOMODE_NOT_SET
}

fn random(algorithm: &Crypto_AlgorithmInfoType) -> Option<RandomSource> {
    match (algorithm.family, algorithm.mode) {
        (CRYPTO_ALGOFAM_RNG, CRYPTO_ALGOMODE_NOT_SET) => Some(RandomSource::System),
        (CRYPTO_ALGOFAM_DRBG, CRYPTO_ALGOMODE_NOT_SET | CRYPTO_ALGOMODE_CTRDRBG) => Some(RandomSource::Drbg),
        _ => None,
    }
}

/// The family of keys that can be generated.
fn generated(family: Crypto_AlgorithmFamilyType) -> Option<Crypto_AlgorithmFamilyType> {
    let asymmetric = matches!(
        family,
        CRYPTO_ALGOFAM_NOT_SET
            | CRYPTO_ALGOFAM_ECCNIST
            | CRYPTO_ALGOFAM_ECDSA
            | CRYPTO_ALGOFAM_ECDH
            | CRYPTO_ALGOFAM_ED25519
            | CRYPTO_ALGOFAM_X25519
    );
    (asymmetric || is_symmetric(family)).then_some(family)
}

const fn is_symmetric(family: Crypto_AlgorithmFamilyType) -> bool {
    matches!(
        family,
        CRYPTO_ALGOFAM_AES | CRYPTO_ALGOFAM_CHACHA | CRYPTO_ALGOFAM_SHA2_256 | CRYPTO_ALGOFAM_SHA2_384 | CRYPTO_ALGOFAM_SHA2_512
    )
}

/// The family of a key exchange.
fn exchanged(family: Crypto_AlgorithmFamilyType) -> Option<Crypto_AlgorithmFamilyType> {
    let known = matches!(
        family,
        CRYPTO_ALGOFAM_NOT_SET | CRYPTO_ALGOFAM_ECDH | CRYPTO_ALGOFAM_ECCNIST | CRYPTO_ALGOFAM_ECDSA | CRYPTO_ALGOFAM_X25519
    );
    known.then_some(family)
}

fn key_derive(algorithm: &Crypto_AlgorithmInfoType) -> Option<Operation> {
    let (family, hash) = (algorithm.family, algorithm.secondaryFamily);
    let known = matches!(
        family,
        CRYPTO_ALGOFAM_NOT_SET
            | CRYPTO_ALGOFAM_HKDF
            | CRYPTO_ALGOFAM_KDFX963
            | CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF
            | CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF
    );
    let known_hash =
        matches!(hash, CRYPTO_ALGOFAM_NOT_SET | CRYPTO_ALGOFAM_SHA2_256 | CRYPTO_ALGOFAM_SHA2_384 | CRYPTO_ALGOFAM_SHA2_512);
    (known && known_hash).then_some(Operation::KeyDerive { family, hash })
}

fn edition(family: Crypto_AlgorithmFamilyType) -> Option<Edition> {
    match family {
        CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 => Some(Edition::Iso15118_2),
        CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 => Some(Edition::Iso15118_20),
        _ => None,
    }
}
