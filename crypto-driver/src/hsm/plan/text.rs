//! Ciphers and authenticated ciphers: text in, text out.
#![forbid(unsafe_code)]

use v2gcrypt_hsm_protocol::{Flags, RequestData, Response, Span, Status};
use v2gcrypt_primitives::aead::TAG_LEN;
use v2gcrypt_primitives::cipher::{Direction, BLOCK_LEN};
use v2gcrypt_types::*;

use super::{give, nonce_of, request_of, verdict, Io, Lending, Progress, Source, Step, Target, BESIDE, PIECE};
use crate::soft::errors::Refusal;
use crate::soft::operation::Operation;
use crate::soft::request::JobRequest;

/// Associated data that goes with a text in one request.
const WITH_TEXT: u32 = 128;

/// The longest text of one request: it needs room twice.
fn piece(bounce_size: u32) -> u32 {
    (bounce_size.saturating_sub(BESIDE) >> 1).min(PIECE) & !63
}

/// Does all of it go into one request?
pub(super) fn is_whole(call: &JobRequest, bounce_size: u32) -> bool {
    call.mode.is_single_call() && call.input.length <= piece(bounce_size) && associated(call) <= WITH_TEXT
}

fn associated(call: &JobRequest) -> u32 {
    match call.operation {
        Operation::Aead(..) if call.mode.update => call.secondary.length,
        _ => 0,
    }
}

/// Bytes of the tag that the call's last request is about; 0 if it has none.
fn tag_len(call: &JobRequest) -> u32 {
    match call.operation {
        Operation::Aead(_, Direction::Encrypt) if call.mode.finish => call.secondary_output.room.min(TAG_LEN as u32),
        Operation::Aead(_, Direction::Decrypt) if call.mode.finish => call.tertiary.length,
        _ => 0,
    }
}

pub(super) fn next(
    call: &JobRequest,
    progress: &mut Progress,
    answer: Option<&Response>,
    io: &mut impl Io,
) -> Result<Step, Refusal> {
    if let Some(answer) = answer {
        take(call, progress, answer, io)?;
        if progress.last {
            return Ok(Step::Done);
        }
        progress.begun = true;
    }
    let bounce_size = io.bounce().length;
    let mut request = request_of(call.operation)?;
    request.key = io.slot(call.key, CRYPTO_KE_CIPHER_KEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let is_whole = is_whole(call, bounce_size) && !progress.begun;
    let mut nonce = [0; 64];
    let nonce = nonce_of(call, io, &mut nonce)?;
    if call.mode.start && !progress.begun && !is_whole {
        request.flags = Flags::START;
        progress.results = None;
        let input3 = Lending::new(io).bytes(nonce)?;
        request.data = super::spans(Span::NONE, Span::NONE, input3, Span::NONE);
        return Ok(Step::Ask(request));
    }

    let text_left = if call.mode.update { call.input.length.saturating_sub(progress.input) } else { 0 };
    let data_left = associated(call).saturating_sub(progress.secondary);
    // Associated data goes before the text, in requests of its own unless all goes in one.
    let (text, data) = match data_left {
        _ if is_whole => (text_left, data_left),
        0 => (text_left.min(piece(bounce_size)), 0),
        left => (0, left.min(piece(bounce_size))),
    };
    let ends = text == text_left && data == data_left;
    let finishes = ends && call.mode.finish;
    if ends && !finishes && text == 0 && data == 0 {
        return Ok(Step::Done);
    }
    progress.last = finishes;
    progress.asked = (text, data);
    let update = if text != 0 || data != 0 { Flags::UPDATE } else { Flags(0) };
    request.flags = match (is_whole, finishes) {
        (true, _) => Flags::SINGLE_CALL,
        (false, true) => update.with(Flags::FINISH),
        (false, false) => update,
    };
    let tag = if finishes { tag_len(call) } else { 0 };
    request.parameter2 = tag;
    let mut lending = Lending::new(io);
    let input = lending.message(progress.input, text)?;
    let input2 = if data != 0 { lending.part(Source::Secondary, progress.secondary, data)? } else { Span::NONE };
    let decrypts = matches!(call.operation, Operation::Aead(_, Direction::Decrypt));
    let input3 = match (is_whole, decrypts && finishes) {
        (true, true) => {
            // nonce ‖ tag
            let mut both = [0; 64 + TAG_LEN];
            let (front, back) = both.split_at_mut(nonce.len());
            front.iter_mut().zip(nonce).for_each(|(to, from)| *to = *from);
            let back = back.get_mut(..tag as usize).ok_or(Refusal::NOT_OK)?;
            if !lending.io.read(Source::Tertiary, back) {
                return Err(Refusal::NOT_OK);
            }
            lending.bytes(both.get(..nonce.len().saturating_add(tag as usize)).unwrap_or_default())?
        }
        (true, false) => lending.bytes(nonce)?,
        (false, true) => lending.part(Source::Tertiary, 0, tag)?,
        (false, false) => Span::NONE,
    };
    let room = if text != 0 || finishes { text.saturating_add(BLOCK_LEN as u32) } else { 0 };
    let (at, output) = lending.room(room)?;
    let (at2, output2) = lending.room(if decrypts { 0 } else { tag })?;
    progress.results = Some((at, at2));
    request.data = RequestData::Spans { input, input2, input3, output, output2 };
    Ok(Step::Ask(request))
}

/// What a response has brought goes to the outputs.
fn take(call: &JobRequest, progress: &mut Progress, answer: &Response, io: &mut impl Io) -> Result<(), Refusal> {
    let Some((_, at2)) = progress.results else {
        return Ok(()); // of a START
    };
    if answer.status() == Status::NotGenuine {
        progress.verdict = Some(false);
        return Ok(());
    }
    let end = progress.output.checked_add(answer.length).filter(|end| *end <= call.output.room).ok_or(Refusal::NOT_OK)?;
    if call.is_in_place() && !progress.last && end > progress.input {
        return Err(Refusal::NOT_OK); // it would be written over what has not been read yet
    }
    match call.operation {
        Operation::Aead(_, Direction::Decrypt) if progress.last => {
            let is_genuine = verdict(answer)?;
            progress.verdict = Some(is_genuine);
            if !is_genuine {
                return Ok(());
            }
        }
        Operation::Aead(_, Direction::Encrypt) if progress.last => {
            let length = tag_len(call);
            if answer.length2 != length || !io.give(Target::Secondary, 0, at2, length) {
                return Err(Refusal::NOT_OK);
            }
            progress.output2 = length;
        }
        _ => {}
    }
    if answer.length != 0 && !give(progress, answer, answer.length, io) {
        return Err(Refusal::NOT_OK);
    }
    Ok(())
}
