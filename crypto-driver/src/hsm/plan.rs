//! A call as a sequence of requests: what to ask next, and what an answer says.
//!
//! Whoever has the call runs this outside the exclusive area: payload goes from the job's inputs to the bounce buffer before a
//! request, and from there to the job's outputs after its response was matched.
#![forbid(unsafe_code)]

mod manage;
mod text;

use v2gcrypt_hsm_protocol::{algorithm, Class, Flags, Opcode, Request, RequestData, Response, Span, Status, INLINE_LEN};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, Direction};
use v2gcrypt_primitives::{aead::AeadAlgorithm, HashAlgorithm, MacAlgorithm};
use v2gcrypt_types::*;

use crate::soft::errors::Refusal;
use crate::soft::operation::{Operation, SignatureAlgorithm};
use crate::soft::request::JobRequest;

pub use self::manage::{as_stored, change, held_keys, is_valid, needs_valid_key};

/// The longest input of one request. The firmware takes no more, so that its exception has a bound.
pub const PIECE: u32 = 2048;
/// Kept of a bounce buffer for what goes beside the message: signatures, nonces, tags, results.
const BESIDE: u32 = 320;
/// The longest digest.
const DIGEST_LEN: usize = 64;

/// How far a call is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Has a stream begun in the HSM?
    pub begun: bool,
    /// Of a service of several requests: which one is next.
    pub stage: u8,
    /// Does the request in flight complete the call?
    last: bool,
    /// Bytes of the input, and of the secondary input, that the HSM has taken.
    input: u32,
    secondary: u32,
    /// Those that the request in flight brings.
    asked: (u32, u32),
    /// Bytes that were written to the output.
    pub output: u32,
    /// Bytes that were written to the secondary output.
    pub output2: u32,
    /// Where the results of the request in flight will be in the bounce buffer; None: in the response.
    results: Option<(u32, u32)>,
    /// What a verification has found.
    pub verdict: Option<bool>,
    /// Length and value of the message's digest.
    digest_len: u8,
    digest: [u8; DIGEST_LEN],
}

impl Progress {
    /// At the beginning.
    pub const NEW: Self = Self {
        begun: false,
        stage: 0,
        last: false,
        input: 0,
        secondary: 0,
        asked: (0, 0),
        output: 0,
        output2: 0,
        results: None,
        verdict: None,
        digest_len: 0,
        digest: [0; DIGEST_LEN],
    };

    /// At the beginning of the next call of a stream.
    pub fn next_call(&mut self) {
        *self = Self { begun: self.begun, ..Self::NEW };
    }

    /// What the request in flight brings has been taken.
    fn taken(&mut self) {
        self.input = self.input.saturating_add(self.asked.0);
        self.secondary = self.secondary.saturating_add(self.asked.1);
        self.asked = (0, 0);
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Publish this request.
    Ask(Request),
    /// The call has succeeded.
    Done,
}

/// One of a job's inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The message.
    Input,
    /// The secondary input.
    Secondary,
    /// The tertiary input.
    Tertiary,
}

/// One of a job's outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The result.
    Output,
    /// The second result.
    Secondary,
}

/// Memory: the job's buffers, the bounce buffer, elements of keys. Offsets beyond a buffer do nothing, and give false.
pub trait Io {
    /// Bus address and length of the bounce buffer.
    fn bounce(&self) -> Span;
    /// The bounce buffer has payload, or will have, up to there.
    fn soil(&mut self, end: u32);
    /// Copies bytes of an input to the bounce buffer.
    fn lend(&mut self, source: Source, from: u32, length: u32, at: u32) -> bool;
    /// Copies bytes to the bounce buffer.
    fn lend_bytes(&mut self, bytes: &[u8], at: u32) -> bool;
    /// Where the HSM can read these bytes of the message itself.
    fn direct(&mut self, from: u32, length: u32) -> Option<Span>;
    /// Copies the beginning of an input.
    fn read(&self, source: Source, to: &mut [u8]) -> bool;
    /// Copies bytes of the bounce buffer to an output.
    fn give(&mut self, target: Target, to: u32, at: u32, length: u32) -> bool;
    /// Copies bytes to an output.
    fn give_bytes(&mut self, target: Target, to: u32, bytes: &[u8]) -> bool;
    /// Copies bytes of the bounce buffer.
    fn take(&mut self, at: u32, to: &mut [u8]) -> bool;
    /// Value of a key element of the host; nothing if it is none, or was never written.
    fn element(&self, key: u32, element: u32) -> &[u8];
    /// Size of a key element, wherever it is.
    fn element_size(&self, key: u32, element: u32) -> Option<u32>;
    /// The HSM's number of the slot that a key element is in.
    fn slot(&self, key: u32, element: u32) -> Option<u16>;
    /// The HSM's number of the slot of a key's element number `index` among those that are in slots.
    fn nth_slot(&self, key: u32, index: u8) -> Option<u16>;
}

/// The longest message that one request can carry through a bounce buffer.
fn piece(bounce_size: u32) -> u32 {
    bounce_size.saturating_sub(BESIDE).min(PIECE) & !63
}

/// Does the call need a context of the HSM?
pub fn needs_context(call: &JobRequest, bounce_size: u32) -> bool {
    match call.operation {
        Operation::Hash(_)
        | Operation::MacGenerate(_)
        | Operation::MacVerify(_)
        | Operation::GmacGenerate
        | Operation::GmacVerify
        | Operation::SignatureGenerate(_)
        | Operation::SignatureVerify(_) => !call.mode.is_single_call() || call.input.length > piece(bounce_size),
        Operation::Cipher(..) | Operation::Aead(..) => !text::is_whole(call, bounce_size),
        _ => false,
    }
}

/// Can the call be done at all?
pub fn check(call: &JobRequest, bounce_size: u32) -> Result<(), Refusal> {
    let fits = match call.operation {
        Operation::SignatureGenerate(SignatureAlgorithm::Ed25519) | Operation::SignatureVerify(SignatureAlgorithm::Ed25519) => {
            call.input.length <= piece(bounce_size) // the message is read twice: it does not come in pieces
        }
        Operation::SignatureGenerate(algorithm) | Operation::SignatureVerify(algorithm) => parameter_of(algorithm).is_some(),
        Operation::Aead(_, Direction::Encrypt) if call.mode.finish => call.secondary_output.room != 0,
        _ => true,
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::NOT_OK)
    }
}

/// What to ask first, or next when `answer` has come.
pub fn next(
    call: &JobRequest,
    progress: &mut Progress,
    context: Option<u8>,
    answer: Option<&Response>,
    io: &mut impl Io,
) -> Result<Step, Refusal> {
    if let Some(answer) = answer {
        if !manage::tolerates(call, progress, answer) {
            judge(call, answer)?;
        }
        progress.taken();
    }
    let mut step = match call.operation {
        Operation::Cipher(..) | Operation::Aead(..) => text::next(call, progress, answer, io),
        Operation::Hash(_)
        | Operation::MacGenerate(_)
        | Operation::MacVerify(_)
        | Operation::GmacGenerate
        | Operation::GmacVerify
        | Operation::SignatureGenerate(_)
        | Operation::SignatureVerify(_) => message(call, progress, answer, io),
        Operation::RandomGenerate(_) => random(call, progress, answer, io),
        _ => manage::next(call, progress, answer, io),
    }?;
    if let Step::Ask(request) = &mut step {
        request.context = context.map_or(0, u16::from);
    }
    Ok(step)
}

/// What a response that is not OK means for the job.
pub fn judge(call: &JobRequest, answer: &Response) -> Result<(), Refusal> {
    match answer.status() {
        Status::Ok => Ok(()),
        Status::NotGenuine if matches!(call.operation, Operation::Aead(_, Direction::Decrypt)) => Ok(()),
        status => Err(refusal(status)),
    }
}

/// What a status means for the caller.
pub fn refusal(status: Status) -> Refusal {
    match status {
        Status::KeySlot => Refusal::KEY_NOT_AVAILABLE,
        Status::Usage => Refusal::KEY_READ_FAIL,
        Status::KeyNotValid => Refusal::silent(CRYPTO_E_KEY_NOT_VALID),
        Status::NotGenuine => Refusal::silent(CRYPTO_E_CUSTOM_ERROR),
        Status::Cancelled => Refusal::silent(CRYPTO_E_JOB_CANCELED),
        Status::Entropy => Refusal::ENTROPY_EXHAUSTED,
        status if status.class() == Class::Retry => Refusal::BUSY,
        _ => Refusal::NOT_OK,
    }
}

/// What is laid into a bounce buffer, one behind the other.
struct Lending<'io, I> {
    io: &'io mut I,
    used: u32,
}

impl<'io, I: Io> Lending<'io, I> {
    fn new(io: &'io mut I) -> Self {
        Self { io, used: 0 }
    }

    /// Offset and span of room for `length` bytes, in whole words.
    fn room(&mut self, length: u32) -> Result<(u32, Span), Refusal> {
        let bounce = self.io.bounce();
        let words = length.checked_add(3).ok_or(Refusal::NOT_OK)? & !3;
        let (at, end) = (self.used, self.used.checked_add(words).ok_or(Refusal::NOT_OK)?);
        if end > bounce.length {
            return Err(Refusal::NOT_OK);
        }
        self.used = end;
        self.io.soil(end);
        if length == 0 {
            return Ok((at, Span::NONE));
        }
        Ok((at, Span { address: bounce.address.wrapping_add(at), length: words }))
    }

    fn part(&mut self, source: Source, from: u32, length: u32) -> Result<Span, Refusal> {
        let (at, span) = self.room(length)?;
        if self.io.lend(source, from, length, at) {
            Ok(Span { length, ..span })
        } else {
            Err(Refusal::NOT_OK)
        }
    }

    /// The message, or part of it, where it is if the HSM reaches that.
    fn message(&mut self, from: u32, length: u32) -> Result<Span, Refusal> {
        match self.io.direct(from, length) {
            Some(span) => Ok(span),
            None => self.part(Source::Input, from, length),
        }
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<Span, Refusal> {
        let length = u32::try_from(bytes.len()).map_err(|_| Refusal::NOT_OK)?;
        let (at, span) = self.room(length)?;
        if self.io.lend_bytes(bytes, at) {
            Ok(Span { length, ..span })
        } else {
            Err(Refusal::NOT_OK)
        }
    }
}

/// Spans of a request that has only these.
fn spans(input: Span, input2: Span, input3: Span, output: Span) -> RequestData {
    RequestData::Spans { input, input2, input3, output, output2: Span::NONE }
}

/// Hashes, MACs and signatures: a message in, a short result or a verdict out.
fn message(call: &JobRequest, progress: &mut Progress, answer: Option<&Response>, io: &mut impl Io) -> Result<Step, Refusal> {
    if let Some(answer) = answer {
        if progress.last {
            return result_of_message(call, progress, answer, io);
        }
        progress.begun = true;
    }
    let total = if call.mode.update { call.input.length } else { 0 };
    let most = piece(io.bounce().length);
    if call.mode.is_single_call() && total <= most && !progress.begun {
        return whole_message(call, progress, io);
    }
    let operation = streamed(call.operation).ok_or(Refusal::NOT_OK)?;
    let mut request = request_of(operation)?;
    if uses_slot(operation) {
        request.key = io.slot(call.key, CRYPTO_KE_MAC_KEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    }
    if call.mode.start && !progress.begun {
        request.flags = Flags::START;
        progress.results = None;
        let mut nonce = [0; 64];
        let nonce = nonce_of(call, io, &mut nonce)?;
        let input3 = Lending::new(io).bytes(nonce)?;
        request.data = spans(Span::NONE, Span::NONE, input3, Span::NONE);
        return Ok(Step::Ask(request));
    }
    let left = total.saturating_sub(progress.input);
    let now = left.min(most);
    let ends = now == left;
    let finishes = ends && call.mode.finish;
    if ends && !finishes && now == 0 {
        return Ok(Step::Done); // all has been taken
    }
    progress.last = finishes;
    progress.asked = (now, 0);
    let update = if now != 0 { Flags::UPDATE } else { Flags(0) };
    request.flags = if finishes { update.with(Flags::FINISH) } else { update };
    let mut lending = Lending::new(io);
    let input = lending.message(progress.input, now)?;
    let compared = finishes && matches!(operation, Operation::MacVerify(_) | Operation::GmacVerify);
    let input2 = if compared { lending.part(Source::Secondary, 0, call.secondary.length)? } else { Span::NONE };
    let length = if finishes { operation.result_length(0) } else { 0 };
    let (at, output) = lending.room(length)?;
    progress.results = Some((at, 0));
    request.parameter2 = if compared { call.mac_bits } else { 0 };
    request.data = spans(input, input2, Span::NONE, output);
    Ok(Step::Ask(request))
}

/// All of it in one request.
fn whole_message(call: &JobRequest, progress: &mut Progress, io: &mut impl Io) -> Result<Step, Refusal> {
    let mut request = request_of(call.operation)?;
    request.flags = Flags::SINGLE_CALL;
    request.parameter2 = call.mac_bits;
    if uses_slot(call.operation) {
        request.key = io.slot(call.key, CRYPTO_KE_MAC_KEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    }
    progress.last = true;
    progress.asked = (call.input.length, 0);
    let length = call.operation.result_length(0);
    let short = call.input.length.saturating_add(call.secondary.length) as usize <= INLINE_LEN && length as usize <= INLINE_LEN;
    if short && call.operation.nonce_length().is_none() {
        progress.results = None;
        let (mut input, mut secondary) = ([0; INLINE_LEN], [0; INLINE_LEN]);
        let input = input.get_mut(..call.input.length as usize).unwrap_or_default();
        let secondary = secondary.get_mut(..call.secondary.length as usize).unwrap_or_default();
        let is_read = io.read(Source::Input, input) && io.read(Source::Secondary, secondary);
        return request.with_inline(input, secondary).filter(|_| is_read).map(Step::Ask).ok_or(Refusal::NOT_OK);
    }
    let mut nonce = [0; 64];
    let nonce = nonce_of(call, io, &mut nonce)?;
    let mut lending = Lending::new(io);
    let input = lending.message(0, call.input.length)?;
    let input2 = lending.part(Source::Secondary, 0, call.secondary.length)?;
    let input3 = lending.bytes(nonce)?;
    let (at, output) = lending.room(length)?;
    progress.results = Some((at, 0));
    request.data = spans(input, input2, input3, output);
    Ok(Step::Ask(request))
}

fn result_of_message(call: &JobRequest, progress: &mut Progress, answer: &Response, io: &mut impl Io) -> Result<Step, Refusal> {
    let is_digest = streamed(call.operation) != Some(call.operation) && progress.digest_len == 0 && progress.begun;
    if is_digest {
        let digest = progress.digest.get_mut(..answer.length as usize).ok_or(Refusal::NOT_OK)?;
        let at = progress.results.ok_or(Refusal::NOT_OK)?.0;
        if digest.is_empty() || !io.take(at, digest) {
            return Err(Refusal::NOT_OK);
        }
        progress.digest_len = answer.length as u8;
        return sign_digest(call, progress, io);
    }
    match call.operation {
        Operation::MacVerify(_) | Operation::GmacVerify | Operation::SignatureVerify(_) => {
            progress.verdict = Some(verdict(answer)?);
        }
        operation => {
            let length = operation.result_length(0);
            if answer.length != length || !give(progress, answer, length, io) {
                return Err(Refusal::NOT_OK);
            }
        }
    }
    Ok(Step::Done)
}

/// Copies a result of `length` bytes to where the output goes on.
fn give(progress: &mut Progress, answer: &Response, length: u32, io: &mut impl Io) -> bool {
    let is_given = match progress.results {
        Some((at, _)) => io.give(Target::Output, progress.output, at, length),
        None => answer.bytes.get(..length as usize).is_some_and(|bytes| io.give_bytes(Target::Output, progress.output, bytes)),
    };
    if is_given {
        progress.output = progress.output.saturating_add(length);
    }
    is_given
}

/// Neither of the two numbers: the HSM is not to be believed.
fn verdict(answer: &Response) -> Result<bool, Refusal> {
    match answer.result {
        Response::GOOD => Ok(true),
        Response::BAD => Ok(false),
        _ => Err(Refusal::NOT_OK),
    }
}

/// The message has been hashed: the digest is signed, or its signature verified.
fn sign_digest(call: &JobRequest, progress: &mut Progress, io: &mut impl Io) -> Result<Step, Refusal> {
    let (opcode, algorithm) = match call.operation {
        Operation::SignatureGenerate(algorithm) => (Opcode::SignDigest, algorithm),
        Operation::SignatureVerify(algorithm) => (Opcode::VerifyDigest, algorithm),
        _ => return Err(Refusal::NOT_OK),
    };
    let key = io.slot(call.key, CRYPTO_KE_SIGNATURE_KEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let digest = progress.digest;
    let mut lending = Lending::new(io);
    let input = lending.bytes(digest.get(..usize::from(progress.digest_len)).unwrap_or_default())?;
    let input2 = lending.part(Source::Secondary, 0, call.secondary.length)?;
    let (at, output) = lending.room(call.operation.result_length(0))?;
    progress.results = Some((at, 0));
    let parameter = parameter_of(algorithm).ok_or(Refusal::NOT_OK)?;
    let data = spans(input, input2, Span::NONE, output);
    Ok(Step::Ask(Request { key, parameter, data, ..Request::new(opcode) }))
}

/// As many random bytes as there is room for.
fn random(call: &JobRequest, progress: &mut Progress, answer: Option<&Response>, io: &mut impl Io) -> Result<Step, Refusal> {
    let most = piece(io.bounce().length);
    if let Some(answer) = answer {
        let asked = call.output.room.saturating_sub(progress.output).min(most);
        if answer.length < asked || !give(progress, answer, asked, io) {
            return Err(Refusal::NOT_OK);
        }
    }
    let left = call.output.room.saturating_sub(progress.output);
    if left == 0 {
        return Ok(Step::Done);
    }
    let now = left.min(most);
    let mut request = Request::new(Opcode::Random);
    if now as usize <= INLINE_LEN {
        progress.results = None;
        request.parameter = now;
        return request.with_inline(&[], &[]).map(Step::Ask).ok_or(Refusal::NOT_OK);
    }
    let (at, output) = Lending::new(io).room(now)?;
    progress.results = Some((at, 0));
    request.data = spans(Span::NONE, Span::NONE, Span::NONE, output);
    Ok(Step::Ask(request))
}

/// What is streamed for an operation: the hash of a signature, else the operation itself.
fn streamed(operation: Operation) -> Option<Operation> {
    match operation {
        Operation::SignatureGenerate(algorithm) | Operation::SignatureVerify(algorithm) => match algorithm {
            SignatureAlgorithm::Ecdsa(_, hash) => Some(Operation::Hash(hash)),
            SignatureAlgorithm::Ed25519 => None,
        },
        operation => Some(operation),
    }
}

fn uses_slot(operation: Operation) -> bool {
    !matches!(operation, Operation::Hash(_))
}

/// Opcode and algorithm.
fn request_of(operation: Operation) -> Result<Request, Refusal> {
    use algorithm::Aead as AeadNumber;
    use algorithm::Cipher as CipherNumber;
    let (opcode, parameter) = match operation {
        Operation::Hash(hash) => (Opcode::Hash, hash_number(hash) as u32),
        Operation::MacGenerate(mac) => (Opcode::MacGenerate, mac_number(mac) as u32),
        Operation::MacVerify(mac) => (Opcode::MacVerify, mac_number(mac) as u32),
        Operation::GmacGenerate => (Opcode::MacGenerate, algorithm::Mac::AesGmac as u32),
        Operation::GmacVerify => (Opcode::MacVerify, algorithm::Mac::AesGmac as u32),
        Operation::SignatureGenerate(algorithm) => (Opcode::Sign, parameter_of(algorithm).ok_or(Refusal::NOT_OK)?),
        Operation::SignatureVerify(algorithm) => (Opcode::Verify, parameter_of(algorithm).ok_or(Refusal::NOT_OK)?),
        Operation::Cipher(cipher, direction) => {
            let opcode = if direction == Direction::Encrypt { Opcode::Encrypt } else { Opcode::Decrypt };
            let number = match cipher {
                CipherAlgorithm::AesCbc => CipherNumber::AesCbc,
                CipherAlgorithm::AesCbcPkcs7 => CipherNumber::AesCbcPkcs7,
                CipherAlgorithm::AesCtr => CipherNumber::AesCtr,
            };
            (opcode, number as u32)
        }
        Operation::Aead(aead, direction) => {
            let opcode = if direction == Direction::Encrypt { Opcode::AeadEncrypt } else { Opcode::AeadDecrypt };
            let number = match aead {
                AeadAlgorithm::AesGcm => AeadNumber::AesGcm,
                AeadAlgorithm::ChaCha20Poly1305 => AeadNumber::ChaCha20Poly1305,
            };
            (opcode, number as u32)
        }
        _ => return Err(Refusal::NOT_OK),
    };
    Ok(Request { parameter, ..Request::new(opcode) })
}

fn hash_number(hash: HashAlgorithm) -> algorithm::Hash {
    match hash {
        HashAlgorithm::Sha1 => algorithm::Hash::Sha1,
        HashAlgorithm::Sha224 => algorithm::Hash::Sha224,
        HashAlgorithm::Sha256 => algorithm::Hash::Sha256,
        HashAlgorithm::Sha384 => algorithm::Hash::Sha384,
        HashAlgorithm::Sha512 => algorithm::Hash::Sha512,
        HashAlgorithm::Sha512_224 => algorithm::Hash::Sha512_224,
        HashAlgorithm::Sha512_256 => algorithm::Hash::Sha512_256,
    }
}

fn mac_number(mac: MacAlgorithm) -> algorithm::Mac {
    match mac {
        MacAlgorithm::AesCmac => algorithm::Mac::AesCmac,
        MacAlgorithm::HmacSha256 => algorithm::Mac::HmacSha256,
        MacAlgorithm::HmacSha384 => algorithm::Mac::HmacSha384,
        MacAlgorithm::HmacSha512 => algorithm::Mac::HmacSha512,
    }
}

/// `parameter` of a signature.
fn parameter_of(algorithm: SignatureAlgorithm) -> Option<u32> {
    Some(match algorithm {
        SignatureAlgorithm::Ecdsa(_, hash) => algorithm::Signature::Ecdsa as u32 | (hash_number(hash) as u32) << 8,
        SignatureAlgorithm::Ed25519 => algorithm::Signature::Ed25519 as u32,
    })
}

/// The initialisation vector or nonce of the call's key, if its algorithm has one; copied, since it goes to the bounce buffer.
fn nonce_of<'n>(call: &JobRequest, io: &impl Io, to: &'n mut [u8; 64]) -> Result<&'n [u8], Refusal> {
    if call.operation.nonce_length().is_none() {
        return Ok(&[]);
    }
    let nonce = io.element(call.key, CRYPTO_KE_CIPHER_IV);
    let to = to.get_mut(..nonce.len()).ok_or(Refusal::KEY_SIZE_MISMATCH)?;
    to.iter_mut().zip(nonce).for_each(|(to, from)| *to = *from);
    Ok(to)
}
