//! Computes one call of a job, over Rust slices: in the object's workspace, with the key that is held for it.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::ecdsa::{Signature, SigningKey, VerifyingKey};
use v2gcrypt_primitives::{digest, Curve, Digest, Hash, HashAlgorithm, KeyError, Mac, MacAlgorithm, MacKey, Tag};
use v2gcrypt_types::*;
use zeroize::Zeroizing;

use super::config::*;
use super::errors::Refusal;
use super::operation::{Mode, Operation};

/// What a stream has computed so far. No allocator: the largest decides.
///
/// `repr(u8)`: bytes that are all zero are `Empty`, so that wiping is enough. A move would copy what lies on the stack there.
#[repr(u8)]
#[allow(clippy::large_enum_variant)]
pub(super) enum Workspace {
    Empty = 0,
    /// Of a hash, or of the message to sign or to verify.
    Hash(Hash),
    Mac(Mac),
}

/// The engine's own form of a key. `repr(u8)`: bytes that are all zero are `None`.
#[repr(u8)]
#[allow(clippy::large_enum_variant)]
pub(super) enum PreparedKey {
    None = 0,
    Mac(MacKey),
    Signing(SigningKey),
    Verifying(VerifyingKey),
}

/// A key that is held for reading: its form, and its bytes for when a job needs another form.
#[derive(Clone, Copy)]
pub(super) struct KeyMaterial<'a> {
    pub(super) prepared: &'a PreparedKey,
    pub(super) bytes: &'a [u8],
}

/// What a call gives.
#[allow(clippy::large_enum_variant)]
pub(super) enum Outcome {
    /// The stream goes on, or a key has changed.
    Done,
    Digest(Digest),
    Tag(Tag),
    Signature(Signature),
    /// Random numbers, a public value.
    Bytes(ShortBytes),
    /// That many random bytes lie at the job's output.
    Drawn(u32),
    Verified(bool),
}

/// As many bytes as a public value or a signature has, or fewer. Wiped on drop.
pub(super) struct ShortBytes {
    bytes: Zeroizing<[u8; 133]>,
    length: usize,
}

impl ShortBytes {
    /// The most there can be.
    pub(super) const MAX: usize = 133;

    /// `length` bytes, all zero; None if they are more than the most.
    pub(super) fn zeroed(length: usize) -> Option<Self> {
        (length <= Self::MAX).then(|| Self { bytes: Zeroizing::new([0; Self::MAX]), length })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(super) fn as_mut_bytes(&mut self) -> &mut [u8] {
        self.bytes.get_mut(..self.length).unwrap_or_default()
    }
}

impl Outcome {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Digest(digest) => digest.as_bytes(),
            Self::Tag(tag) => tag.as_bytes(),
            Self::Signature(signature) => signature.as_bytes(),
            Self::Bytes(bytes) => bytes.as_bytes(),
            Self::Done | Self::Drawn(_) | Self::Verified(_) => &[],
        }
    }
}

impl PreparedKey {
    /// Parses a key. A form that is unknown, or not in this build, needs no parsing.
    pub(super) fn new(form: uint8, bytes: &[u8]) -> Result<Self, KeyError> {
        Ok(match form {
            CRYPTO_SOFT_FORM_AES_CMAC => Self::Mac(MacKey::new(MacAlgorithm::AesCmac, bytes)?),
            CRYPTO_SOFT_FORM_HMAC_SHA256 => Self::Mac(MacKey::new(MacAlgorithm::HmacSha256, bytes)?),
            CRYPTO_SOFT_FORM_HMAC_SHA384 => Self::Mac(MacKey::new(MacAlgorithm::HmacSha384, bytes)?),
            CRYPTO_SOFT_FORM_HMAC_SHA512 => Self::Mac(MacKey::new(MacAlgorithm::HmacSha512, bytes)?),
            CRYPTO_SOFT_FORM_ECDSA_P256_SIGN if Curve::P256.is_available() => Self::Signing(SigningKey::new(Curve::P256, bytes)?),
            CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY if Curve::P256.is_available() => {
                Self::Verifying(VerifyingKey::new(Curve::P256, bytes)?)
            }
            _ => Self::None,
        })
    }
}

/// What a call reads.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) message: &'a [u8],
    pub(super) compared: &'a [u8],
    pub(super) mac_bits: u32,
}

/// Computes one call of a hash, MAC or signature job.
///
/// A whole message at once leaves the workspace as it is. A stream leaves what it has computed in the workspace; after
/// FINISH or an error what is there is stale, and to be wiped.
pub(super) fn compute(
    operation: Operation,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    inputs: Inputs<'_>,
) -> Result<Outcome, Refusal> {
    match operation {
        Operation::Hash(algorithm) => {
            hash(algorithm, mode, workspace, inputs.message).map(|digest| digest.map_or(Outcome::Done, Outcome::Digest))
        }
        Operation::MacGenerate(algorithm) => {
            mac(algorithm, mode, workspace, key, inputs.message).map(|tag| tag.map_or(Outcome::Done, Outcome::Tag))
        }
        Operation::MacVerify(algorithm) => {
            let tag = mac(algorithm, mode, workspace, key, inputs.message)?;
            let equal = |tag: Tag| tag.ct_eq_bits(inputs.compared, inputs.mac_bits as usize);
            Ok(tag.map_or(Outcome::Done, |tag| Outcome::Verified(equal(tag))))
        }
        Operation::SignatureGenerate => sign(mode, workspace, key, inputs.message),
        Operation::SignatureVerify => verify(mode, workspace, key, inputs),
        _ => Err(Refusal::NOT_OK), // computed elsewhere
    }
}

fn hash(algorithm: HashAlgorithm, mode: Mode, workspace: &mut Workspace, message: &[u8]) -> Result<Option<Digest>, Refusal> {
    if mode.is_single_call() {
        return Ok(Some(digest(algorithm, message)));
    }
    if mode.start {
        // What a stream had before is discarded. [SWS_Crypto_00020]
        *workspace = Workspace::Hash(Hash::new(algorithm));
    }
    let Workspace::Hash(state) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    if mode.update {
        state.update(message);
    }
    if !mode.finish {
        return Ok(None);
    }
    match core::mem::replace(workspace, Workspace::Empty) {
        Workspace::Hash(state) => Ok(Some(state.finish())),
        _ => Err(Refusal::NOT_OK),
    }
}

#[inline(never)] // stack
fn mac(
    algorithm: MacAlgorithm,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    message: &[u8],
) -> Result<Option<Tag>, Refusal> {
    if mode.is_single_call() {
        return with_mac_key(algorithm, key, |key| key.mac(message)).map(Some);
    }
    if mode.start {
        *workspace = Workspace::Mac(with_mac_key(algorithm, key, MacKey::start)?);
    }
    let Workspace::Mac(state) = workspace else {
        return Err(Refusal::NOT_OK);
    };
    if mode.update {
        state.update(message);
    }
    if !mode.finish {
        return Ok(None);
    }
    match core::mem::replace(workspace, Workspace::Empty) {
        Workspace::Mac(state) => Ok(Some(state.finish())),
        _ => Err(Refusal::NOT_OK),
    }
}

/// The whole message goes to the engine of whole messages; a stream is hashed here, and the engine that takes a digest signs.
fn sign(mode: Mode, workspace: &mut Workspace, key: KeyMaterial<'_>, message: &[u8]) -> Result<Outcome, Refusal> {
    let signature = if mode.is_single_call() {
        with_signing_key(key, |key| key.sign(HashAlgorithm::Sha256, message))?
    } else {
        let Some(digest) = hash(HashAlgorithm::Sha256, mode, workspace, message)? else {
            return Ok(Outcome::Done);
        };
        let digest = sha256(&digest)?;
        with_signing_key(key, |key| key.sign_digest(digest))?
    };
    signature.map(Outcome::Signature).map_err(|_| Refusal::NOT_OK)
}

#[inline(never)] // stack
fn verify(mode: Mode, workspace: &mut Workspace, key: KeyMaterial<'_>, inputs: Inputs<'_>) -> Result<Outcome, Refusal> {
    let signature = || <&[u8; 64]>::try_from(inputs.compared).map_err(|_| Refusal::NOT_OK);
    let genuine = if mode.is_single_call() {
        let signature = signature()?;
        with_verifying_key(key, |key| key.verify(HashAlgorithm::Sha256, inputs.message, signature))?
    } else {
        let Some(digest) = hash(HashAlgorithm::Sha256, mode, workspace, inputs.message)? else {
            return Ok(Outcome::Done);
        };
        let (digest, signature) = (sha256(&digest)?, signature()?);
        with_verifying_key(key, |key| key.verify_digest(digest, signature))?
    };
    Ok(Outcome::Verified(genuine))
}

fn sha256(digest: &Digest) -> Result<&[u8; 32], Refusal> {
    digest.as_bytes().try_into().map_err(|_| Refusal::NOT_OK)
}

fn with_mac_key<T>(algorithm: MacAlgorithm, key: KeyMaterial<'_>, work: impl FnOnce(&MacKey) -> T) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Mac(prepared) if prepared.algorithm() == algorithm => Ok(work(prepared)),
        _ => parsed(|| MacKey::new(algorithm, key.bytes), work),
    }
}

fn with_signing_key<T>(key: KeyMaterial<'_>, work: impl FnOnce(&SigningKey) -> T) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Signing(prepared) => Ok(work(prepared)),
        _ => parsed(|| SigningKey::new(Curve::P256, key.bytes), work),
    }
}

fn with_verifying_key<T>(key: KeyMaterial<'_>, work: impl FnOnce(&VerifyingKey) -> T) -> Result<T, Refusal> {
    match key.prepared {
        PreparedKey::Verifying(prepared) => Ok(work(prepared)),
        _ => parsed(|| VerifyingKey::new(Curve::P256, key.bytes), work),
    }
}

/// A function of its own, so that a job with a prepared key does not pay the stack of one without.
#[cold]
#[inline(never)]
fn parsed<K, T>(parse: impl FnOnce() -> Result<K, KeyError>, work: impl FnOnce(&K) -> T) -> Result<T, Refusal> {
    parse().map(|key| work(&key)).map_err(refuse_key)
}

fn refuse_key(error: KeyError) -> Refusal {
    Refusal::silent(match error {
        KeyError::Size => CRYPTO_E_KEY_SIZE_MISMATCH,
        KeyError::Malformed => CRYPTO_E_KEY_NOT_VALID,
    })
}
