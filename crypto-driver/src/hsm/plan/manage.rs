//! Services that manage keys: the HSM does them, the host tells which slots.
#![forbid(unsafe_code)]

use v2gcrypt_hsm_protocol::{algorithm, Opcode, Request, RequestData, Response, Span, Status};
use v2gcrypt_types::*;

use super::{piece, spans, Io, Lending, Progress, Source, Step};
use crate::soft::errors::Refusal;
use crate::soft::keys::Change;
use crate::soft::manage::family as family_of;
use v2gcrypt_primitives::contract_key::Edition;

use crate::soft::operation::Operation;
use crate::soft::request::JobRequest;

/// The longest public key: `04 ‖ X ‖ Y` of P-521.
const POINT_LEN: usize = 133;

/// Keys that a call holds: for reading until it ends, for writing until the HSM has answered.
pub fn held_keys(call: &JobRequest) -> (Option<u32>, Option<u32>) {
    let (key, target) = (call.key, call.target_key);
    match call.operation {
        Operation::KeySetValid
        | Operation::KeySetInvalid
        | Operation::KeyGenerate { .. }
        | Operation::KeyExchangePubVal { .. }
        | Operation::KeyExchangeSecret { .. } => (None, Some(key)),
        Operation::KeyDerive { .. } | Operation::ContractKeyImport(_) => ((key != target).then_some(key), Some(target)),
        Operation::RandomSeed => (Some(key), None),
        operation => (operation.uses_key().then_some(key), None),
    }
}

/// Does the service need its key to be VALID?
pub fn needs_valid_key(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::RandomSeed
            | Operation::KeyDerive { .. }
            | Operation::KeyExchangeSecret { .. }
            | Operation::ContractKeyImport(_)
    )
}

/// What a call that has succeeded has done to the key that it writes.
pub fn change(operation: Operation, progress: &Progress) -> Change {
    match operation {
        Operation::KeySetValid => Change::Valid,
        Operation::KeyExchangePubVal { .. } if progress.stage == 0 => Change::None,
        Operation::KeyExchangePubVal { .. } => Change::Valid, // KeyExchangeCalcSecret can follow at once
        _ => Change::Unparsed,
    }
}

/// Does the slot hold a value that can be used? Of a response to `KEY_STATUS`.
pub fn is_valid(answer: &Response) -> bool {
    answer.result == algorithm::SlotState::Valid as u32
}

/// Is a status that is not OK part of the service?
pub(super) fn tolerates(call: &JobRequest, progress: &Progress, answer: &Response) -> bool {
    let is_empty = answer.status() == Status::KeyNotValid;
    match call.operation {
        Operation::KeySetValid | Operation::KeySetInvalid => is_empty, // a slot without a value
        Operation::KeyExchangePubVal { .. } => is_empty && progress.stage == 0, // then a pair is made
        _ => false,
    }
}

pub(super) fn next(
    call: &JobRequest,
    progress: &mut Progress,
    answer: Option<&Response>,
    io: &mut impl Io,
) -> Result<Step, Refusal> {
    match call.operation {
        Operation::KeySetValid | Operation::KeySetInvalid => each_slot(call, progress, answer, io),
        Operation::KeyExchangePubVal { .. } => public_value(call, progress, answer, io),
        Operation::RandomSeed => seed(call, progress, answer, io),
        _ if answer.is_some() => Ok(Step::Done),
        Operation::KeyGenerate { .. } => {
            let key = slot(io, call.key, CRYPTO_KE_KEYGENERATE_KEY)?;
            Ok(Step::Ask(Request { key, ..Request::new(Opcode::KeyGenerate) }))
        }
        Operation::KeyDerive { family, hash } => derive(call, family, hash, io),
        Operation::KeyExchangeSecret { .. } => agree(call, io),
        Operation::ContractKeyImport(edition) => import(call, edition, io),
        _ => Err(Refusal::NOT_OK),
    }
}

fn slot(io: &impl Io, key: u32, element: u32) -> Result<u16, Refusal> {
    io.slot(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)
}

fn each_slot(call: &JobRequest, progress: &mut Progress, answer: Option<&Response>, io: &mut impl Io) -> Result<Step, Refusal> {
    let sets = matches!(call.operation, Operation::KeySetValid);
    if let Some(answer) = answer {
        progress.stage = progress.stage.saturating_add(1);
        if answer.status() == Status::Ok {
            progress.verdict = Some(true);
        }
    }
    if let Some(key) = io.nth_slot(call.key, progress.stage) {
        let opcode = if sets { Opcode::KeySetValid } else { Opcode::KeySetInvalid };
        return Ok(Step::Ask(Request { key, ..Request::new(opcode) }));
    }
    if sets && progress.stage != 0 && progress.verdict.is_none() {
        return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
    }
    Ok(Step::Done)
}

/// Of the pair that the key has; else it gets one.
fn public_value(
    call: &JobRequest,
    progress: &mut Progress,
    answer: Option<&Response>,
    io: &mut impl Io,
) -> Result<Step, Refusal> {
    let key = slot(io, call.key, CRYPTO_KE_KEYEXCHANGE_PRIVKEY)?;
    if let Some(answer) = answer {
        let has_value = matches!(progress.stage, 0 | 3) && answer.status() == Status::Ok;
        if has_value {
            return give_public_value(call, progress, answer, io);
        }
        progress.stage = progress.stage.saturating_add(1);
    }
    let opcode = match progress.stage {
        0 | 3 => Opcode::PublicKey,
        1 => Opcode::KeyGenerate,
        2 => Opcode::KeySetValid,
        _ => return Err(Refusal::NOT_OK),
    };
    let mut request = Request { key, ..Request::new(opcode) };
    if opcode == Opcode::PublicKey {
        let (at, output) = Lending::new(io).room(POINT_LEN as u32)?;
        progress.results = Some((at, 0));
        request.data = spans(Span::NONE, Span::NONE, Span::NONE, output);
    }
    Ok(Step::Ask(request))
}

/// As `04 ‖ X ‖ Y`, or `X ‖ Y` if that is the size of the element for it.
fn give_public_value(call: &JobRequest, progress: &mut Progress, answer: &Response, io: &mut impl Io) -> Result<Step, Refusal> {
    let (at, _) = progress.results.ok_or(Refusal::NOT_OK)?;
    let mut point = [0; POINT_LEN];
    let point = point.get_mut(..answer.length as usize).ok_or(Refusal::NOT_OK)?;
    if !io.take(at, point) {
        return Err(Refusal::NOT_OK);
    }
    let size = io.element_size(call.key, CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY);
    let given = as_stored(point, size);
    progress.results = None;
    let length = given.len() as u32;
    if length > call.output.room || !io.give_bytes(super::Target::Output, 0, given) {
        return Err(Refusal::NOT_OK);
    }
    progress.output = length;
    Ok(Step::Done)
}

/// Without its first byte, if the element has no room for that.
pub fn as_stored(point: &[u8], size: Option<u32>) -> &[u8] {
    match point {
        [0x04, rest @ ..] if point.len() > 64 && size == Some(rest.len() as u32) => rest,
        _ => point,
    }
}

fn seed(call: &JobRequest, progress: &mut Progress, answer: Option<&Response>, io: &mut impl Io) -> Result<Step, Refusal> {
    let left = call.input.length.saturating_sub(progress.input);
    if left == 0 && answer.is_some() {
        return Ok(Step::Done);
    }
    let has = |element| io.element_size(call.key, element).is_some();
    if !has(CRYPTO_KE_RANDOM_SEED_STATE) && !has(CRYPTO_KE_RANDOM_ALGORITHM) {
        return Err(Refusal::KEY_NOT_AVAILABLE);
    }
    let now = left.min(piece(io.bounce().length));
    progress.asked = (now, 0);
    let input = Lending::new(io).part(Source::Input, progress.input, now)?;
    let data = spans(input, Span::NONE, Span::NONE, Span::NONE);
    Ok(Step::Ask(Request { data, ..Request::new(Opcode::Reseed) }))
}

fn agree(call: &JobRequest, io: &mut impl Io) -> Result<Step, Refusal> {
    let key = slot(io, call.key, CRYPTO_KE_KEYEXCHANGE_PRIVKEY)?;
    let target = slot(io, call.key, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE)?;
    let mut partner = [0; POINT_LEN];
    let partner = point_of(Source::Input, call.input.length, io, &mut partner)?;
    let input = Lending::new(io).bytes(partner)?;
    let data = spans(input, Span::NONE, Span::NONE, Span::NONE);
    Ok(Step::Ask(Request { key, parameter2: target.into(), data, ..Request::new(Opcode::Agree) }))
}

/// A point with its first byte, which a caller may leave out.
fn point_of<'p>(source: Source, length: u32, io: &impl Io, to: &'p mut [u8; POINT_LEN]) -> Result<&'p [u8], Refusal> {
    let length = length as usize;
    let is_bare = matches!(length, 64 | 96 | 132);
    let begin = usize::from(is_bare);
    if let (true, Some(first)) = (is_bare, to.first_mut()) {
        *first = 0x04;
    }
    let end = begin.saturating_add(length);
    let rest = to.get_mut(begin..end).ok_or(Refusal::NOT_OK)?;
    if !io.read(source, rest) {
        return Err(Refusal::NOT_OK);
    }
    to.get(..end).ok_or(Refusal::NOT_OK)
}

fn derive(
    call: &JobRequest,
    family: Crypto_AlgorithmFamilyType,
    hash: Crypto_AlgorithmFamilyType,
    io: &mut impl Io,
) -> Result<Step, Refusal> {
    let key = slot(io, call.key, CRYPTO_KE_KEYDERIVATION_PASSWORD)?;
    let target = slot(io, call.target_key, CRYPTO_KE_KEYDERIVATION_PASSWORD)?;
    let family = match (family, io.element(call.key, CRYPTO_KE_KEYDERIVATION_ALGORITHM)) {
        (CRYPTO_ALGOFAM_NOT_SET, named) => family_of(named)?,
        (family, _) => family,
    };
    let hash = match (hash, io.element(call.key, CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH)) {
        (CRYPTO_ALGOFAM_NOT_SET, []) => CRYPTO_ALGOFAM_SHA2_256,
        (CRYPTO_ALGOFAM_NOT_SET, named) => family_of(named)?,
        (hash, _) => hash,
    };
    let hash = match hash {
        CRYPTO_ALGOFAM_SHA2_256 => algorithm::Hash::Sha256,
        CRYPTO_ALGOFAM_SHA2_384 => algorithm::Hash::Sha384,
        CRYPTO_ALGOFAM_SHA2_512 => algorithm::Hash::Sha512,
        _ => return Err(Refusal::NOT_OK),
    };
    let (info, salt) = (CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, CRYPTO_KE_KEYDERIVATION_SALT);
    let (derivation, first, second) = match family {
        CRYPTO_ALGOFAM_HKDF => (algorithm::Derivation::Hkdf, info, salt),
        CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF => (algorithm::Derivation::Tls12Prf, salt, info), // seed, label
        CRYPTO_ALGOFAM_KDFX963 => (algorithm::Derivation::X963, info, salt),
        CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF => (algorithm::Derivation::Concat, info, salt),
        _ => return Err(Refusal::NOT_OK),
    };
    let takes_second = matches!(derivation, algorithm::Derivation::Hkdf | algorithm::Derivation::Tls12Prf);
    let mut used = 0;
    let mut lend = |element: u32| {
        let mut copy = [0; MAX_ELEMENT_LEN];
        let value = io.element(call.key, element);
        let copy = copy.get_mut(..value.len()).ok_or(Refusal::KEY_SIZE_MISMATCH)?;
        copy.iter_mut().zip(value).for_each(|(to, from)| *to = *from);
        let mut lending = Lending { io: &mut *io, used };
        let span = lending.bytes(copy)?;
        used = lending.used;
        Ok::<_, Refusal>(span)
    };
    let input = lend(first)?;
    let input2 = if takes_second { lend(second)? } else { Span::NONE };
    let parameter = derivation as u32 | (hash as u32) << 8;
    let data = spans(input, input2, Span::NONE, Span::NONE);
    Ok(Step::Ask(Request { key, parameter, parameter2: target.into(), data, ..Request::new(Opcode::Derive) }))
}

/// The longest salt, seed, label or info.
const MAX_ELEMENT_LEN: usize = 256;

fn import(call: &JobRequest, edition: Edition, io: &mut impl Io) -> Result<Step, Refusal> {
    let key = slot(io, call.key, CRYPTO_KE_SIGNATURE_KEY)?;
    let target = slot(io, call.target_key, CRYPTO_KE_SIGNATURE_KEY)?;
    let edition = match edition {
        Edition::Iso15118_2 => algorithm::Edition::Iso15118_2,
        Edition::Iso15118_20 => algorithm::Edition::Iso15118_20,
    };
    let mut lending = Lending::new(io);
    let data = RequestData::Spans {
        input: lending.part(Source::Input, 0, call.input.length)?,
        input2: lending.part(Source::Secondary, 0, call.secondary.length)?,
        input3: lending.part(Source::Tertiary, 0, call.tertiary.length)?,
        output: Span::NONE,
        output2: Span::NONE,
    };
    let parameter = edition as u32;
    Ok(Step::Ask(Request { key, parameter, parameter2: target.into(), data, ..Request::new(Opcode::ContractImport) }))
}
