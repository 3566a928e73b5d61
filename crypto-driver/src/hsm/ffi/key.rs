//! Key elements: those of the host are copied here, those in slots by requests that the caller waits for.
#![allow(unsafe_code)]

use core::cell::Cell;

use v2gcrypt_hsm_protocol::{Opcode, Request, RequestData, Response, Span, Status};
use v2gcrypt_types::*;

use super::super::config::*;
use super::super::machine::{After, WorkId};
use super::super::plan::{self, as_stored, Progress, Step};
use super::instance::{Element, Instance, KeyId};
use super::pump::{ready_session, step, wait_for_link, wait_for_response, wipe_soiled};
use crate::soft::errors::Refusal;
use crate::soft::keys::{takes, Change};
use crate::soft::manage::copy::{check_access, check_internal_write, check_part, check_partial_access, check_value, Part};
use crate::soft::request::Span as Range;

use crate::soft::config::{CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_ALLOWED};

/// # Safety
/// Unless null, `value` points to `length` bytes.
pub(super) unsafe fn set_element(
    instance: Instance<'_>,
    key: uint32,
    element: uint32,
    value: *const uint8,
    length: uint32,
) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00076]
    if value.is_null() || Range::new(value, length).is_none() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00078]
    }
    if length == 0 {
        return Err(Refusal::VALUE); // [SWS_Crypto_00079]
    }
    let element = instance.element(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if element.config.writeAccess != CRYPTO_SOFT_WA_ALLOWED || element.config.storage == CRYPTO_HSM_STORAGE_PUBLIC_KEY {
        return Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL));
    }
    if !takes(&element.as_soft(), length) {
        return Err(Refusal::silent(CRYPTO_E_KEY_SIZE_MISMATCH)); // [SWS_Crypto_00146]
    }
    if element.is_of_host() {
        return with_pair(instance, None, key, || {
            // SAFETY: the key is held for writing; the element has room, and the caller vouches for `value`.
            unsafe { element.store(value, length) };
            Ok(Change::Beside)
        });
    }
    // SAFETY: the caller vouches for it.
    let value = unsafe { core::slice::from_raw_parts(value, length as usize) };
    let errand = Errand::take(instance, None, Some(key))?;
    errand.end(|errand| errand.set(&element, value))
}

/// # Safety
/// Unless null, `length` can be read and written, and `result` points to `*length` bytes that can be written.
pub(super) unsafe fn get_element(
    instance: Instance<'_>,
    key: uint32,
    element: uint32,
    result: *mut uint8,
    length: *mut uint32,
) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00087]
    if result.is_null() || length.is_null() {
        return Err(Refusal::POINTER);
    }
    // SAFETY: not null, and the caller vouches for it.
    let room = unsafe { length.read_unaligned() };
    if room == 0 {
        return Err(Refusal::VALUE); // [SWS_Crypto_00090]
    }
    apart(result, room, length)?;
    let element = instance.element(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if element.config.readAccess != CRYPTO_SOFT_RA_ALLOWED {
        return Err(Refusal::KEY_READ_FAIL);
    }
    let fits = |stored: usize| match stored as u32 {
        0 => Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)),
        stored if room < stored && element.config.allowPartialAccess == 0 => Err(Refusal::NOT_OK),
        stored => Ok(stored.min(room)),
    };
    let give = |value: &[u8]| {
        let count = fits(value.len())?;
        // SAFETY: the value has that many bytes, there is room for them, and the caller vouches for it.
        unsafe {
            core::ptr::copy(value.as_ptr(), result, count as usize);
            length.write_unaligned(count);
        }
        Ok(())
    };
    if element.is_of_host() {
        // SAFETY: the key is held for reading.
        return with_reader(instance, key, || give(unsafe { element.value() }));
    }
    let errand = Errand::take(instance, Some(key), None)?;
    errand.end(|errand| {
        let mut value = Value::NEW;
        give(errand.get(&element, &mut value)?)?;
        Ok(Change::None)
    })
}

/// `Crypto_KeyElementCopy`
pub(super) fn copy_element(
    instance: Instance<'_>,
    (key, element): (uint32, uint32),
    (target_key, target_element): (uint32, uint32),
) -> Result<(), Refusal> {
    let (source_key, target_key) = keys(instance, key, target_key)?;
    let source = instance.element(source_key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let target = instance.element(target_key, target_element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if source_key == target_key && element == target_element {
        return Err(Refusal::NOT_OK);
    }
    check_copy(&source, &target)?;
    let other = (source_key != target_key).then_some(source_key);
    if source.is_of_host() && target.is_of_host() {
        return with_pair(instance, other, target_key, || copy_host(&source, &target, false));
    }
    Errand::take(instance, other, Some(target_key))?.end(|errand| errand.copy(&source, &target))
}

/// `Crypto_KeyElementCopyPartial`: between elements of the host.
pub(super) fn copy_element_part(
    instance: Instance<'_>,
    (key, element): (uint32, uint32),
    part: Part,
    (target_key, target_element): (uint32, uint32),
) -> Result<(), Refusal> {
    let (source_key, target_key) = keys(instance, key, target_key)?;
    if part.length == 0 {
        return Err(Refusal::VALUE);
    }
    let source = instance.element(source_key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let target = instance.element(target_key, target_element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if source_key == target_key && element == target_element {
        return Err(Refusal::NOT_OK);
    }
    check_partial_access(&source.as_soft(), &target.as_soft())?;
    if !source.is_of_host() {
        return Err(Refusal::KEY_READ_FAIL);
    }
    if !target.is_of_host() {
        return Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL));
    }
    let other = (source_key != target_key).then_some(source_key);
    with_pair(instance, other, target_key, || {
        // SAFETY: both are held.
        let (value, stored) = unsafe { (source.value(), target.value().len() as u32) };
        let length = check_part(part, (&source.as_soft(), value.len() as u32), (&target.as_soft(), stored))?;
        let from = value.as_ptr().wrapping_add(part.source_offset as usize);
        // SAFETY: the target is held for writing; both ranges lie in their elements, which do not overlap.
        unsafe { target.store_part(part.target_offset, from, part.length, length) };
        Ok(Change::Beside)
    })
}

/// `Crypto_KeyCopy`: each element is checked before the first is copied; the HSM may still refuse one of its own.
pub(super) fn copy_key(instance: Instance<'_>, key: uint32, target_key: uint32) -> Result<(), Refusal> {
    let (source_key, target_key) = keys(instance, key, target_key)?;
    if source_key == target_key {
        return Err(Refusal::NOT_OK);
    }
    let pairs = || {
        instance.elements(source_key).iter().map(|config| {
            let source = instance.element(source_key, config.keyElementId);
            source.zip(instance.element(target_key, config.keyElementId)).ok_or(Refusal::KEY_NOT_AVAILABLE)
        })
    };
    let is_computed = |target: &Element<'_>| target.config.storage == CRYPTO_HSM_STORAGE_PUBLIC_KEY;
    for pair in pairs() {
        let (source, target) = pair?;
        if !is_computed(&target) {
            check_copy(&source, &target)?;
        }
    }
    let is_of_host = pairs().flatten().all(|(source, target)| source.is_of_host() && target.is_of_host());
    let check_values = || {
        let mut is_empty = true;
        for (source, target) in pairs().flatten().filter(|(source, _)| source.is_of_host()) {
            // SAFETY: the source is held.
            let length = unsafe { source.value() }.len() as u32;
            check_value(&source.as_soft(), length, &target.as_soft())?;
            is_empty &= length == 0;
        }
        if is_empty && is_of_host {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        Ok(())
    };
    let copy_hosts = || {
        for (source, target) in pairs().flatten().filter(|(source, target)| source.is_of_host() && target.is_of_host()) {
            copy_host(&source, &target, true)?;
        }
        Ok(Change::Beside)
    };
    if is_of_host {
        return with_pair(instance, Some(source_key), target_key, || check_values().and_then(|()| copy_hosts()));
    }
    Errand::take(instance, Some(source_key), Some(target_key))?.end(|errand| {
        check_values()?;
        for (source, target) in pairs().flatten().filter(|(source, target)| !source.is_of_host() || !target.is_of_host()) {
            if !is_computed(&target) {
                errand.copy(&source, &target)?;
            }
        }
        copy_hosts()
    })
}

/// `Crypto_KeyElementIdsGet`: ids are not secret, and configuration does not change.
///
/// # Safety
/// Unless null, `length` can be read and written, and `ids` points to `*length` words that can be written, aligned or not.
pub(super) unsafe fn element_ids(
    instance: Instance<'_>,
    key: uint32,
    ids: *mut uint32,
    length: *mut uint32,
) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?;
    if ids.is_null() || length.is_null() {
        return Err(Refusal::POINTER);
    }
    // SAFETY: not null, and the caller vouches for it.
    let room = unsafe { length.read_unaligned() };
    if room == 0 {
        return Err(Refusal::VALUE);
    }
    apart(ids.cast(), room.checked_mul(4).ok_or(Refusal::POINTER)?, length)?;
    ready_session(instance)?;
    let elements = instance.elements(key);
    let count = elements.len() as u32;
    if room < count {
        return Err(Refusal::NOT_OK);
    }
    for (index, element) in elements.iter().enumerate() {
        // SAFETY: there is room for `count` words, and the caller vouches for it.
        unsafe { ids.wrapping_add(index).write_unaligned(element.keyElementId) };
    }
    // SAFETY: not null, and the caller vouches for it.
    unsafe { length.write_unaligned(count) };
    Ok(())
}

/// # Safety
/// Unless null, `status` can be written.
pub(super) unsafe fn status(instance: Instance<'_>, key: uint32, status: *mut Crypto_KeyStatusType) -> Result<(), Refusal> {
    let id = instance.key(key).ok_or(Refusal::HANDLE)?;
    if status.is_null() {
        return Err(Refusal::POINTER);
    }
    let is = step(instance, |machine| machine.key_status(id.0 as u32))?;
    // SAFETY: not null, and the caller vouches for it.
    unsafe { status.write(is) };
    Ok(())
}

/// The result of `length` bytes and the word with its length do not overlap.
pub(super) fn apart(result: *const u8, length: u32, word: *const u32) -> Result<(), Refusal> {
    match (Range::new(result, length), Range::new(word.cast(), 4)) {
        (Some(result), Some(word)) if !result.overlaps(&word) => Ok(()),
        _ => Err(Refusal::POINTER),
    }
}

fn keys(instance: Instance<'_>, key: uint32, target_key: uint32) -> Result<(KeyId, KeyId), Refusal> {
    instance.key(key).zip(instance.key(target_key)).ok_or(Refusal::HANDLE)
}

fn check_copy(source: &Element<'_>, target: &Element<'_>) -> Result<(), Refusal> {
    check_access(&source.as_soft(), &target.as_soft())?;
    check_internal_write(&target.as_soft())?;
    if target.config.storage == CRYPTO_HSM_STORAGE_PUBLIC_KEY {
        return Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL));
    }
    Ok(())
}

/// Both elements are held. `may_empty`: a source that was never written makes the target so.
fn copy_host(source: &Element<'_>, target: &Element<'_>, may_empty: bool) -> Result<Change, Refusal> {
    // SAFETY: the source is held.
    let value = unsafe { source.value() };
    if value.is_empty() && !may_empty {
        return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
    }
    check_value(&source.as_soft(), value.len() as u32, &target.as_soft())?;
    // SAFETY: the target is held for writing, and takes that many bytes; elements do not overlap.
    unsafe { target.store(value.as_ptr(), value.len() as u32) };
    Ok(Change::Beside)
}

/// Does `work` while `read` is held for reading and `written` for writing: both, or neither, in one step.
fn with_pair(
    instance: Instance<'_>,
    read: Option<KeyId>,
    written: KeyId,
    work: impl FnOnce() -> Result<Change, Refusal>,
) -> Result<(), Refusal> {
    let (read, written) = (read.map(|key| key.0 as u32), written.0 as u32);
    step(instance, |machine| machine.hold(read, Some(written)))??;
    let done = work();
    step(instance, |machine| machine.let_go(read, Some((written, done.unwrap_or(Change::None)))))?;
    done.map(|_| ())
}

fn with_reader(instance: Instance<'_>, key: KeyId, work: impl FnOnce() -> Result<(), Refusal>) -> Result<(), Refusal> {
    let read = Some(key.0 as u32);
    step(instance, |machine| machine.hold(read, None))??;
    let done = work();
    step(instance, |machine| machine.let_go(read, None))?;
    done
}

/// The longest value of a slot, wiped when it goes.
struct Value([u8; Value::LEN as usize]);

impl Value {
    const LEN: u32 = 136;
    const NEW: Self = Self([0; Value::LEN as usize]);
}

impl Drop for Value {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// Requests without a job, through the place of key services; the caller waits for each response.
pub(super) struct Errand<'a> {
    instance: Instance<'a>,
    id: WorkId,
    /// Bytes of the bounce buffer that may have payload.
    used: u32,
    /// The place is not this thread's any more: the HSM did not answer in time, or the session has ended.
    is_lost: Cell<bool>,
}

impl<'a> Errand<'a> {
    pub(super) fn take(instance: Instance<'a>, read: Option<KeyId>, written: Option<KeyId>) -> Result<Self, Refusal> {
        wait_for_link(instance)?;
        let (read, written) = (read.map(|key| key.0 as u32), written.map(|key| key.0 as u32));
        let (id, soiled) = step(instance, |machine| machine.take_service(read, written))??;
        Ok(Self { instance, id, used: soiled.max(Value::LEN), is_lost: Cell::new(false) })
    }

    /// Does `work`, and lets go the place and the keys. After a failure nobody knows how much was done: the written key is INVALID.
    pub(super) fn end(self, work: impl FnOnce(&Self) -> Result<Change, Refusal>) -> Result<(), Refusal> {
        let done = work(&self);
        if !self.is_lost.get() {
            self.instance.wipe_bounce(self.id, self.used);
            let change = done.unwrap_or(Change::Unparsed);
            step(self.instance, |machine| machine.end_service(self.id, change))?;
        }
        done.map(|_| ())
    }

    pub(super) fn ask(&self, request: Request) -> Result<Response, Refusal> {
        if self.is_lost.get() {
            return Err(Refusal::NOT_OK);
        }
        #[cfg(feature = "fault-injection")]
        crate::soft::fault_injection::point();
        self.instance.barrier();
        let now = self.instance.now();
        self.is_lost.set(true);
        let (progress, asked) = (Progress::NEW, Ok(Step::Ask(request)));
        let after = step(self.instance, |machine| machine.advanced(self.id, &progress, asked, false, self.used, now))?;
        if let After::Finished { result, .. } = after {
            wipe_soiled(self.instance);
            return Err(Refusal::silent(result)); // the session has ended before
        }
        let response = wait_for_response(self.instance, self.id, self.instance.config().serviceChannel)?;
        self.is_lost.set(false);
        match response.status() {
            Status::Ok => Ok(response),
            Status::KeyMalformed | Status::Length => Err(Refusal::KEY_SIZE_MISMATCH),
            status => Err(plan::refusal(status)),
        }
    }

    fn number(&self, element: &Element<'_>) -> Result<u16, Refusal> {
        self.instance.slot_number(element.config).ok_or(Refusal::KEY_NOT_AVAILABLE)
    }

    /// Writes a slot; a bare point gets its first byte.
    fn set(&self, element: &Element<'_>, value: &[u8]) -> Result<Change, Refusal> {
        let length = self.instance.slot_length(element.config) as usize;
        let mut copy = Value::NEW;
        let begin = usize::from(matches!(value.len(), 64 | 96 | 132) && length == value.len().saturating_add(1));
        let end = begin.saturating_add(value.len());
        let whole = copy.0.get_mut(..end).ok_or(Refusal::KEY_SIZE_MISMATCH)?;
        whole.iter_mut().skip(begin).zip(value).for_each(|(to, from)| *to = *from);
        if let (1, Some(first)) = (begin, whole.first_mut()) {
            *first = 0x04;
        }
        let (window, address) = self.bounce()?;
        if !window.write(address, whole) {
            return Err(Refusal::NOT_OK);
        }
        let input = Span { address, length: end as u32 };
        let data = spans(input, Span::NONE);
        self.ask(Request { key: self.number(element)?, data, ..Request::new(Opcode::ElementSet) })?;
        Ok(Change::Unparsed)
    }

    /// Reads a slot, or the public half of what is in it.
    fn get<'v>(&self, element: &Element<'_>, to: &'v mut Value) -> Result<&'v [u8], Refusal> {
        let is_public_half = element.config.storage == CRYPTO_HSM_STORAGE_PUBLIC_KEY;
        let opcode = if is_public_half { Opcode::PublicKey } else { Opcode::ElementGet };
        let (window, address) = self.bounce()?;
        let output = Span { address, length: to.0.len() as u32 };
        let request = Request { key: self.number(element)?, data: spans(Span::NONE, output), ..Request::new(opcode) };
        let response = self.ask(request).map_err(|refusal| match refusal.result {
            CRYPTO_E_KEY_NOT_VALID => Refusal::silent(CRYPTO_E_KEY_EMPTY),
            _ => refusal,
        })?;
        let value = to.0.get_mut(..response.length as usize).ok_or(Refusal::NOT_OK)?;
        if !window.read(address, value) {
            return Err(Refusal::NOT_OK);
        }
        Ok(as_stored(value, Some(element.config.size)))
    }

    /// At least one of the two is in a slot.
    fn copy(&self, source: &Element<'_>, target: &Element<'_>) -> Result<Change, Refusal> {
        if source.config.storage == CRYPTO_HSM_STORAGE_SLOT && target.config.storage == CRYPTO_HSM_STORAGE_SLOT {
            let (key, parameter2) = (self.number(source)?, self.number(target)?.into());
            self.ask(Request { key, parameter2, ..Request::new(Opcode::KeyCopy) })?;
            return Ok(Change::Unparsed);
        }
        let mut copy = Value::NEW;
        let value = if source.is_of_host() {
            // SAFETY: the source is held.
            unsafe { source.value() }
        } else {
            self.get(source, &mut copy)?
        };
        if value.is_empty() {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        check_value(&source.as_soft(), value.len() as u32, &target.as_soft())?;
        if !target.is_of_host() {
            return self.set(target, value);
        }
        // SAFETY: the target is held for writing, and takes that many bytes.
        unsafe { target.store(value.as_ptr(), value.len() as u32) };
        Ok(Change::Beside)
    }

    fn bounce(&self) -> Result<(v2gcrypt_hsm_protocol::Window<'a>, u32), Refusal> {
        let window = self.instance.window().ok_or(Refusal::NOT_OK)?;
        Ok((window, window.base().wrapping_add(self.instance.bounce_offset(self.id))))
    }
}

fn spans(input: Span, output: Span) -> RequestData {
    RequestData::Spans { input, input2: Span::NONE, input3: Span::NONE, output, output2: Span::NONE }
}
