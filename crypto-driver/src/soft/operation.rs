//! What a job computes: its service and algorithm, and the operations of one call.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::{self, AeadAlgorithm};
use v2gcrypt_primitives::cipher::{self, CipherAlgorithm, Direction};
use v2gcrypt_primitives::contract_key::Edition;
use v2gcrypt_primitives::{ed25519, Curve, HashAlgorithm, MacAlgorithm};
use v2gcrypt_types::*;

use super::config::CryptoSoft_PrimitiveConfigType;
use super::keys::{KeyLength, NonceLength};

/// A service with its algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `CRYPTO_HASH`
    Hash(HashAlgorithm),
    /// `CRYPTO_MACGENERATE`
    MacGenerate(MacAlgorithm),
    /// `CRYPTO_MACVERIFY`
    MacVerify(MacAlgorithm),
    /// `CRYPTO_MACGENERATE` with AES-GMAC
    GmacGenerate,
    /// `CRYPTO_MACVERIFY` with AES-GMAC
    GmacVerify,
    /// `CRYPTO_ENCRYPT`, `CRYPTO_DECRYPT`
    Cipher(CipherAlgorithm, Direction),
    /// `CRYPTO_AEADENCRYPT`, `CRYPTO_AEADDECRYPT`
    Aead(AeadAlgorithm, Direction),
    /// `CRYPTO_SIGNATUREGENERATE`
    SignatureGenerate(SignatureAlgorithm),
    /// `CRYPTO_SIGNATUREVERIFY`
    SignatureVerify(SignatureAlgorithm),
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

/// How a message is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// ECDSA with a hash of SHA-2. [FIPS 186-5]
    Ecdsa(Curve, HashAlgorithm),
    /// PureEdDSA: the message is read twice, so that it does not come in pieces. [RFC 8032]
    Ed25519,
}

impl SignatureAlgorithm {
    /// Length of a signature in bytes: raw r‖s, or as RFC 8032 has it.
    pub const fn signature_len(self) -> u32 {
        match self {
            Self::Ecdsa(curve, _) => curve.signature_len() as u32,
            Self::Ed25519 => 64,
        }
    }
}

/// Where random numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomSource {
    /// The system; where there is none, the instance's own generator, seeded afresh.
    System,
    /// The instance's own generator.
    Drbg,
}

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
            CRYPTO_MACGENERATE if is_gmac(algorithm) => Some(Self::GmacGenerate),
            CRYPTO_MACVERIFY if is_gmac(algorithm) => Some(Self::GmacVerify),
            CRYPTO_MACGENERATE => mac(algorithm).map(Self::MacGenerate),
            CRYPTO_MACVERIFY => mac(algorithm).map(Self::MacVerify),
            CRYPTO_ENCRYPT => cipher(algorithm).map(|cipher| Self::Cipher(cipher, Direction::Encrypt)),
            CRYPTO_DECRYPT => cipher(algorithm).map(|cipher| Self::Cipher(cipher, Direction::Decrypt)),
            CRYPTO_AEADENCRYPT => aead(algorithm).map(|aead| Self::Aead(aead, Direction::Encrypt)),
            CRYPTO_AEADDECRYPT => aead(algorithm).map(|aead| Self::Aead(aead, Direction::Decrypt)),
            CRYPTO_SIGNATUREGENERATE => signature(algorithm).map(Self::SignatureGenerate),
            CRYPTO_SIGNATUREVERIFY => signature(algorithm).map(Self::SignatureVerify),
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
        match self {
            Self::SignatureGenerate(algorithm) | Self::SignatureVerify(algorithm) => {
                !matches!(algorithm, SignatureAlgorithm::Ed25519)
            }
            _ => self.uses_key() || matches!(self, Self::Hash(_)),
        }
    }

    /// May its output take the place of its input?
    pub const fn works_in_place(self) -> bool {
        matches!(self, Self::Cipher(..) | Self::Aead(..))
    }

    /// Which buffers a call needs. [SWS_Crypto_00071] [SWS_Crypto_00073]
    pub fn needs(self, mode: Mode) -> Needs {
        let on_update = |need| if mode.update { need } else { Bytes::Unused };
        let on_finish = |need| if mode.finish { need } else { Bytes::Unused };
        let room = |when, need| if when { need } else { Room::Unused };
        let result = room(mode.finish, Room::Result);
        let nothing = Needs::NOTHING;
        match self {
            Self::Hash(_) | Self::MacGenerate(_) | Self::GmacGenerate | Self::SignatureGenerate(_) => {
                Needs { input: on_update(Bytes::Message), output: result, ..nothing }
            }
            Self::MacVerify(_) | Self::GmacVerify | Self::SignatureVerify(_) => {
                let (input, secondary) = (on_update(Bytes::Message), on_finish(Bytes::Some));
                Needs { input, secondary, verify: mode.finish, ..nothing }
            }
            Self::Cipher(..) => {
                let output = room(mode.update || mode.finish, Room::Text);
                Needs { input: on_update(Bytes::Message), output, ..nothing }
            }
            Self::Aead(_, direction) => {
                let (input, secondary) = (on_update(Bytes::Optional), on_update(Bytes::Optional));
                let at_end = room(mode.finish, Room::NoText);
                let output = if mode.update { Room::OptionalText } else { at_end };
                match direction {
                    Direction::Encrypt => Needs { input, secondary, output, secondary_output: result, ..nothing },
                    Direction::Decrypt => {
                        Needs { input, secondary, output, tertiary: on_finish(Bytes::Some), verify: mode.finish, ..nothing }
                    }
                }
            }
            Self::RandomGenerate(_) | Self::KeyExchangePubVal { .. } => Needs { output: Room::Result, ..nothing },
            Self::RandomSeed | Self::KeyExchangeSecret { .. } => Needs { input: Bytes::Some, ..nothing },
            Self::ContractKeyImport(_) => Needs { input: Bytes::Some, secondary: Bytes::Some, tertiary: Bytes::Some, ..nothing },
            Self::KeySetValid | Self::KeySetInvalid | Self::KeyGenerate { .. } | Self::KeyDerive { .. } => nothing,
        }
    }

    /// Does it compute with a key, which is held for reading meanwhile?
    pub const fn uses_key(self) -> bool {
        matches!(
            self,
            Self::MacGenerate(_)
                | Self::MacVerify(_)
                | Self::GmacGenerate
                | Self::GmacVerify
                | Self::Cipher(..)
                | Self::Aead(..)
                | Self::SignatureGenerate(_)
                | Self::SignatureVerify(_)
        )
    }

    /// Does it draw from the instance's generator, which is held meanwhile?
    pub const fn uses_generator(self) -> bool {
        match self {
            Self::RandomGenerate(RandomSource::Drbg) => true,
            Self::RandomGenerate(RandomSource::System) => !cfg!(feature = "host"),
            _ => false,
        }
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
                Self::SignatureGenerate(_)
                    | Self::SignatureVerify(_)
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
            Self::GmacGenerate => aead::TAG_LEN as u32,
            Self::SignatureGenerate(algorithm) => algorithm.signature_len(),
            Self::RandomGenerate(_) => room,
            _ => 0,
        }
    }

    /// Which lengths its key may have; `bits` is the length that the job's algorithm names, or 0.
    pub const fn key_length(self, bits: u32) -> KeyLength {
        match self {
            Self::MacGenerate(MacAlgorithm::AesCmac)
            | Self::MacVerify(MacAlgorithm::AesCmac)
            | Self::GmacGenerate
            | Self::GmacVerify
            | Self::Cipher(..)
            | Self::Aead(AeadAlgorithm::AesGcm, _) => KeyLength::Aes { bits },
            Self::Aead(AeadAlgorithm::ChaCha20Poly1305, _) => KeyLength::Fixed { bytes: 32, bits },
            Self::SignatureGenerate(SignatureAlgorithm::Ecdsa(curve, _)) => KeyLength::Scalar(curve),
            Self::SignatureVerify(SignatureAlgorithm::Ecdsa(curve, _)) => KeyLength::Point(curve),
            Self::SignatureGenerate(_) | Self::SignatureVerify(_) => KeyLength::Fixed { bytes: 32, bits: 0 },
            _ => KeyLength::Any,
        }
    }

    /// Which lengths the initialisation vector or nonce in its key may have; None: it has none.
    pub const fn nonce_length(self) -> Option<NonceLength> {
        match self {
            Self::Cipher(..) => Some(NonceLength::Exactly(cipher::BLOCK_LEN as u32)),
            Self::GmacGenerate | Self::GmacVerify | Self::Aead(AeadAlgorithm::AesGcm, _) => Some(NonceLength::Any),
            Self::Aead(AeadAlgorithm::ChaCha20Poly1305, _) => Some(NonceLength::Exactly(12)),
            _ => None,
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
    /// Any number of bytes; a pointer to none may be null.
    Optional,
}

/// What an output has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Not looked at.
    Unused,
    /// Room for at least one byte.
    Result,
    /// Room for what the call gives, which may be nothing.
    Text,
    /// The same; pointers may be null when there is no input.
    OptionalText,
    /// The call gives no text, and says so where there is a length pointer.
    NoText,
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

fn is_gmac(algorithm: &Crypto_AlgorithmInfoType) -> bool {
    let asked = (algorithm.family, algorithm.mode, algorithm.secondaryFamily);
    aead::AVAILABLE && asked == (CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GMAC, CRYPTO_ALGOFAM_NOT_SET)
}

fn cipher(algorithm: &Crypto_AlgorithmInfoType) -> Option<CipherAlgorithm> {
    if !cipher::AVAILABLE || algorithm.family != CRYPTO_ALGOFAM_AES {
        return None;
    }
    match (algorithm.mode, algorithm.secondaryFamily) {
        (CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_NOT_SET) => Some(CipherAlgorithm::AesCbc),
        (CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_PADDING_PKCS7) => Some(CipherAlgorithm::AesCbcPkcs7),
        (CRYPTO_ALGOMODE_CTR, CRYPTO_ALGOFAM_NOT_SET) => Some(CipherAlgorithm::AesCtr),
        _ => None,
    }
}

fn aead(algorithm: &Crypto_AlgorithmInfoType) -> Option<AeadAlgorithm> {
    if !aead::AVAILABLE {
        return None;
    }
    match (algorithm.family, algorithm.mode, algorithm.secondaryFamily) {
        (CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GCM, CRYPTO_ALGOFAM_NOT_SET) => Some(AeadAlgorithm::AesGcm),
        (CRYPTO_ALGOFAM_CHACHA, CRYPTO_ALGOMODE_20ROUNDS | CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_POLY1305) => {
            Some(AeadAlgorithm::ChaCha20Poly1305)
        }
        _ => None,
    }
}

/// A key length of 0 leaves the curve to the hash.
fn signature(algorithm: &Crypto_AlgorithmInfoType) -> Option<SignatureAlgorithm> {
    if algorithm.mode != CRYPTO_ALGOMODE_NOT_SET {
        return None;
    }
    let (hash, curve) = match (algorithm.family, algorithm.secondaryFamily) {
        (CRYPTO_ALGOFAM_ED25519, CRYPTO_ALGOFAM_NOT_SET) => {
            let available = ed25519::AVAILABLE && matches!(algorithm.keyLength, 0 | 256);
            return available.then_some(SignatureAlgorithm::Ed25519);
        }
        (CRYPTO_ALGOFAM_ECCNIST | CRYPTO_ALGOFAM_ECDSA, hash) => match hash {
            CRYPTO_ALGOFAM_SHA2_256 => (HashAlgorithm::Sha256, Curve::P256),
            CRYPTO_ALGOFAM_SHA2_384 => (HashAlgorithm::Sha384, Curve::P384),
            CRYPTO_ALGOFAM_SHA2_512 => (HashAlgorithm::Sha512, Curve::P521),
            _ => return None,
        },
        _ => return None,
    };
    let curve = match algorithm.keyLength {
        0 => curve,
        bits => Curve::from_bits(bits)?,
    };
    curve.is_available().then_some(SignatureAlgorithm::Ecdsa(curve, hash))
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
