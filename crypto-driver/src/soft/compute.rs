//! Computes one call of a job, over Rust slices: in the object's workspace, with the key that is held for it.
#![forbid(unsafe_code)]

mod aead;
mod cipher;
mod mac;
mod prepared;
mod signature;

use v2gcrypt_primitives::aead::Tag16;
use v2gcrypt_primitives::{digest, Data, Digest, Hash, HashAlgorithm, Tag};
use zeroize::{Zeroize, Zeroizing};

use super::errors::Refusal;
use super::operation::{Mode, Operation};

pub(super) use self::prepared::{KeyBytes, KeyMaterial, PreparedKey};

/// What a stream has computed so far. No allocator: the largest decides.
///
/// `repr(u8)`: bytes that are all zero are `Empty`, so that wiping is enough. A move would copy what lies on the stack there.
#[repr(u8)]
#[allow(clippy::large_enum_variant)]
pub(super) enum Workspace {
    Empty = 0,
    /// Of a hash, or of the message to sign or to verify.
    Hash(Hash),
    Mac(v2gcrypt_primitives::Mac),
    Cipher(cipher::Stream),
    /// Of a text with associated data, or of a GMAC.
    Aead(v2gcrypt_primitives::aead::Aead),
}

/// What a call gives.
#[allow(clippy::large_enum_variant)]
pub(super) enum Outcome {
    /// The stream goes on, or a key has changed.
    Done,
    Digest(Digest),
    Tag(Tag),
    /// A signature, a GMAC, random numbers, a public value.
    Bytes(ShortBytes),
    Verified(bool),
    /// That many bytes lie at the job's output already: random numbers, or the text of a cipher.
    Written(u32),
    /// The same, and the tag of the text with how much of it is given.
    Sealed(u32, Tag16, usize),
    /// The same, and whether the text is genuine; nothing is written of one that is not.
    Opened(u32, bool),
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

    /// A copy; None if they are more than the most.
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let mut copy = Self::zeroed(bytes.len())?;
        copy.as_mut_bytes().iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Some(copy)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(super) fn as_mut_bytes(&mut self) -> &mut [u8] {
        self.bytes.get_mut(..self.length).unwrap_or_default()
    }
}

impl Outcome {
    fn bytes_of(bytes: &[u8]) -> Result<Self, Refusal> {
        ShortBytes::new(bytes).map(Self::Bytes).ok_or(Refusal::NOT_OK)
    }

    /// What is still to be copied to the job's output.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Digest(digest) => digest.as_bytes(),
            Self::Tag(tag) => tag.as_bytes(),
            Self::Bytes(bytes) => bytes.as_bytes(),
            _ => &[],
        }
    }

    /// How many bytes lie at the job's output already.
    pub(super) fn written(&self) -> u32 {
        match self {
            Self::Written(length) | Self::Sealed(length, ..) | Self::Opened(length, _) => *length,
            _ => 0,
        }
    }
}

/// What a call reads.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) message: &'a [u8],
    pub(super) compared: &'a [u8],
    pub(super) mac_bits: u32,
}

/// The text of a cipher or AEAD and the room for what is made of it.
pub(super) struct Text<'a> {
    /// In place the buffer is as long as the longer of both.
    pub(super) data: Data<'a>,
    /// Bytes that may be written.
    pub(super) room: usize,
}

impl Text<'_> {
    fn len(&self) -> usize {
        self.data.input_len()
    }

    fn data(&mut self) -> Data<'_> {
        match &mut self.data {
            Data::InPlace { buffer, length } => Data::InPlace { buffer, length: *length },
            Data::Apart { input, output } => Data::Apart { input, output },
        }
    }

    /// The room behind the `written` leading bytes.
    fn rest(&mut self, written: usize) -> &mut [u8] {
        let room = self.room;
        self.output().get_mut(written..room).unwrap_or_default()
    }

    /// A call that fails behind what it has written leaves nothing of it.
    fn wipe(&mut self, written: usize) {
        self.output().get_mut(..written).unwrap_or_default().zeroize();
    }

    fn output(&mut self) -> &mut [u8] {
        match &mut self.data {
            Data::InPlace { buffer, .. } => buffer,
            Data::Apart { output, .. } => output,
        }
    }
}

/// What goes with the text of an AEAD.
#[derive(Clone, Copy)]
pub(super) struct Associated<'a> {
    pub(super) data: &'a [u8],
    /// The tag to compare with.
    pub(super) tag: &'a [u8],
    /// How much of a tag there is room for.
    pub(super) tag_room: usize,
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
            mac::mac(algorithm, mode, workspace, key, inputs.message).map(|tag| tag.map_or(Outcome::Done, Outcome::Tag))
        }
        Operation::MacVerify(algorithm) => {
            let tag = mac::mac(algorithm, mode, workspace, key, inputs.message)?;
            let equal = |tag: Tag| tag.ct_eq_bits(inputs.compared, inputs.mac_bits as usize);
            Ok(tag.map_or(Outcome::Done, |tag| Outcome::Verified(equal(tag))))
        }
        Operation::GmacGenerate => match mac::gmac(mode, workspace, key, inputs.message)? {
            Some(tag) => Outcome::bytes_of(tag.as_bytes()),
            None => Ok(Outcome::Done),
        },
        Operation::GmacVerify => {
            let tag = mac::gmac(mode, workspace, key, inputs.message)?;
            Ok(tag.map_or(Outcome::Done, |tag| Outcome::Verified(tag.matches(inputs.compared))))
        }
        Operation::SignatureGenerate(algorithm) => signature::sign(algorithm, mode, workspace, key, inputs.message),
        Operation::SignatureVerify(algorithm) => signature::verify(algorithm, mode, workspace, key, inputs),
        _ => Err(Refusal::NOT_OK), // computed elsewhere
    }
}

/// Computes one call of a cipher or AEAD job, as `compute` does; what it gives of the text is written at once.
///
/// A refusal leaves the output untouched, but for padding that is wrong, or a text that does not fit, behind what the same call
/// has given: that is wiped.
pub(super) fn compute_text(
    operation: Operation,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    text: Text<'_>,
    associated: Associated<'_>,
) -> Result<Outcome, Refusal> {
    match operation {
        Operation::Cipher(algorithm, direction) => cipher::crypt(algorithm, direction, mode, workspace, key, text),
        Operation::Aead(algorithm, direction) => aead::crypt(algorithm, direction, mode, workspace, key, text, associated),
        _ => Err(Refusal::NOT_OK), // computed elsewhere
    }
}

/// Lengths of the job's buffers are of 32 bits.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
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
