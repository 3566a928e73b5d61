//! Keys: elements are copied, and keys parsed, outside the exclusive area by whoever holds the key.
#![allow(unsafe_code)]

use v2gcrypt_types::*;

use super::super::compute::{KeyBytes, PreparedKey};
use super::super::config::*;
use super::super::errors::Refusal;
use super::super::keys::{takes, Change};
use super::super::request::Span;
use super::instance::{wipe, Computation, Element, Instance, KeyId};
use super::job::ready_session;
use super::nv;
use super::stack::{erased, Depth};

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
    if value.is_null() || Span::new(value, length).is_none() {
        return Err(Refusal::POINTER); // [SWS_Crypto_00078]
    }
    if length == 0 {
        return Err(Refusal::VALUE); // [SWS_Crypto_00079]
    }
    let element = instance.element(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if element.config.writeAccess != CRYPTO_SOFT_WA_ALLOWED {
        return Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL));
    }
    if !takes(element.config, length) {
        return Err(Refusal::silent(CRYPTO_E_KEY_SIZE_MISMATCH)); // [SWS_Crypto_00146]
    }

    let computation = hold_for_writing(instance, key)?;
    // SAFETY: the key is held for writing; the element has room for `length` bytes, and the caller vouches for `value`.
    let change = unsafe { store(instance, key, &element, value, length) };
    let_go_written(instance, key, change, computation);
    Ok(())
}

/// Writes an element from its beginning; what is behind is wiped, and so is the prepared form if it is that of the element.
///
/// # Safety
/// The caller holds the key for writing; the element is the key's and has room, and `value` points to `length` bytes.
pub(super) unsafe fn store(instance: Instance<'_>, key: KeyId, element: &Element<'_>, value: *const u8, length: u32) -> Change {
    // SAFETY: the caller vouches for all of it.
    unsafe {
        core::ptr::copy(value, element.data, length as usize);
        wipe(element.data.wrapping_add(length as usize), element.config.size - length);
        element.set_length(length);
        written(instance, key, element)
    }
}

/// An element has been written: wipes the prepared form if it is the element's.
///
/// # Safety
/// The caller holds the key for writing.
pub(super) unsafe fn written(instance: Instance<'_>, key: KeyId, element: &Element<'_>) -> Change {
    if !element.is_used() {
        return Change::Beside;
    }
    // SAFETY: the caller vouches for it.
    unsafe { instance.wipe_prepared(key) };
    Change::Unparsed
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
    match (Span::new(result, room), Span::new(length.cast(), 4)) {
        (Some(result), Some(length)) if !result.overlaps(&length) => {}
        _ => return Err(Refusal::POINTER),
    }
    let element = instance.element(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if element.config.readAccess != CRYPTO_SOFT_RA_ALLOWED {
        return Err(Refusal::KEY_READ_FAIL);
    }

    let mut session = ready_session(instance)?;
    session.key(key).begin_read()?;
    let computation = session.begin_computation();
    // SAFETY: the key is held for reading.
    let copied = unsafe { readable(&element, room) };
    if let Ok(count) = copied {
        // SAFETY: the element has that many bytes, there is room for them, and the caller vouches for it.
        unsafe {
            core::ptr::copy(element.data, result, count as usize);
            length.write_unaligned(count);
        }
    }
    let mut session = instance.enter();
    session.key(key).end_read();
    let failed = computation.end(&mut session);
    drop(session);
    drop(failed);
    copied.map(|_| ())
}

/// A key without a value becomes VALID, with nothing prepared. A malformed one stays INVALID. Its NV block is written if need be.
pub(super) fn set_valid(instance: Instance<'_>, key: uint32) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00196]
    let mut session = ready_session(instance)?;
    let state = session.key(key);
    if state.is_free() && state.status() == CRYPTO_KEYSTATUS_VALID {
        drop(session);
        nv::key_is_valid(instance, key);
        return Ok(());
    }
    state.begin_write()?;
    let is_parsed = state.is_parsed();
    let computation = session.begin_computation();
    // SAFETY: the key is held for writing. If only other elements were written, nothing need be parsed again.
    let change = if is_parsed { Change::Valid } else { unsafe { prepare(instance, key) } };
    let_go_written(instance, key, change, computation);
    if change != Change::Valid {
        return Err(Refusal::NOT_OK);
    }
    nv::key_is_valid(instance, key);
    Ok(())
}

/// Parses a key's value. Nothing of it stays on the stack.
///
/// # Safety
/// The caller holds the key for writing.
pub(super) unsafe fn prepare(instance: Instance<'_>, key: KeyId) -> Change {
    // SAFETY: the caller vouches for it.
    erased(Depth::of_form(instance.key_config(key).preparedForm), || unsafe { parse(instance, key) })
}

/// # Safety
/// As for `prepare`.
unsafe fn parse(instance: Instance<'_>, key: KeyId) -> Change {
    // SAFETY: the caller vouches for it.
    let value = unsafe { key_bytes(instance, key) };
    // SAFETY: the caller vouches for it.
    unsafe { instance.wipe_prepared(key) };
    let parsed = match value.bytes {
        [] => Ok(PreparedKey::None),
        _ => PreparedKey::new(instance.key_config(key).preparedForm, value),
    };
    match parsed {
        Ok(PreparedKey::None) => Change::Valid,
        Ok(prepared) => {
            // SAFETY: the key is held for writing, and what was there has been wiped.
            unsafe { instance.prepared(key).write(prepared) };
            Change::Valid
        }
        Err(_) => Change::Unparsed,
    }
}

pub(super) fn set_invalid(instance: Instance<'_>, key: uint32) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?;
    let computation = hold_for_writing(instance, key)?;
    // SAFETY: the key is held for writing.
    unsafe { instance.wipe_prepared(key) };
    let_go_written(instance, key, Change::Unparsed, computation);
    Ok(())
}

/// # Safety
/// Unless null, `status` can be written.
pub(super) unsafe fn status(instance: Instance<'_>, key: uint32, status: *mut Crypto_KeyStatusType) -> Result<(), Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?;
    if status.is_null() {
        return Err(Refusal::POINTER);
    }
    let is = ready_session(instance)?.key(key).status();
    // SAFETY: not null, and the caller vouches for it.
    unsafe { status.write(is) };
    Ok(())
}

/// What a key's jobs use; nothing if it has no such element.
///
/// # Safety
/// The caller holds the key.
pub(super) unsafe fn key_bytes<'a>(instance: Instance<'a>, key: KeyId) -> KeyBytes<'a> {
    match instance.used_element(key) {
        // SAFETY: the caller vouches for it.
        Some(element) => KeyBytes { format: element.config.format, bytes: unsafe { element.value() } },
        None => KeyBytes::NONE,
    }
}

pub(super) fn hold_for_writing<'a>(instance: Instance<'a>, key: KeyId) -> Result<Computation<'a>, Refusal> {
    let mut session = ready_session(instance)?;
    session.key(key).begin_write()?;
    Ok(session.begin_computation())
}

pub(super) fn let_go_written<'a>(instance: Instance<'a>, key: KeyId, change: Change, computation: Computation<'a>) {
    let mut session = instance.enter();
    session.key(key).end_write(change);
    let failed = computation.end(&mut session);
    drop(session);
    drop(failed);
}

/// How many bytes go into `room`.
///
/// # Safety
/// The caller holds the key for reading.
unsafe fn readable(element: &Element<'_>, room: u32) -> Result<u32, Refusal> {
    // SAFETY: the caller vouches for it.
    let stored = unsafe { element.length() };
    if stored == 0 {
        return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
    }
    if room < stored && element.config.allowPartialAccess == 0 {
        return Err(Refusal::NOT_OK);
    }
    Ok(stored.min(room))
}
