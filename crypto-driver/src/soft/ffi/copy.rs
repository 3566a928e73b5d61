//! Copies between key elements: inside the driver, from the key that is held for reading to the one that is held for writing.
#![allow(unsafe_code)]

use v2gcrypt_types::*;

use super::super::errors::Refusal;
use super::super::keys::Change;
use super::super::manage::copy::{check_access, check_part, check_partial_access, check_value, Part};
use super::super::request::Span;
use super::instance::{Element, Instance, KeyId};
use super::job::ready_session;
use super::key::{store, written};

/// `Crypto_KeyElementCopy`
pub(super) fn copy_element(
    instance: Instance<'_>,
    (key, element): (uint32, uint32),
    (target_key, target_element): (uint32, uint32),
) -> Result<(), Refusal> {
    let (source_key, target_key) = keys(instance, key, target_key)?;
    let (source, target) = elements(instance, (source_key, element), (target_key, target_element))?;
    check_access(source.config, target.config)?;
    with_pair(instance, source_key, target_key, || {
        // SAFETY: the source is held.
        let value = unsafe { source.value() };
        if value.is_empty() {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        let length = value.len() as u32;
        check_value(source.config, length, target.config)?;
        // SAFETY: the target is held for writing, and takes that many bytes; elements do not overlap.
        Ok(unsafe { store(instance, target_key, &target, value.as_ptr(), length) })
    })
}

/// `Crypto_KeyElementCopyPartial`
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
    let (source, target) = elements(instance, (source_key, element), (target_key, target_element))?;
    check_partial_access(source.config, target.config)?;
    with_pair(instance, source_key, target_key, || {
        // SAFETY: both are held.
        let (source_length, target_length) = unsafe { (source.length(), target.length()) };
        let length = check_part(part, (source.config, source_length), (target.config, target_length))?;
        // SAFETY: the target is held for writing; both ranges lie in their elements, which do not overlap.
        unsafe {
            let from = source.data.add(part.source_offset as usize);
            core::ptr::copy(from, target.data.add(part.target_offset as usize), part.length as usize);
            target.set_length(length);
            Ok(written(instance, target_key, &target))
        }
    })
}

/// `Crypto_KeyCopy`
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
    for pair in pairs() {
        pair?;
    }
    for (source, target) in pairs().flatten() {
        check_access(source.config, target.config)?;
    }
    with_pair(instance, source_key, target_key, || {
        let mut is_empty = true;
        for (source, target) in pairs().flatten() {
            // SAFETY: the source is held.
            let length = unsafe { source.length() };
            check_value(source.config, length, target.config)?;
            is_empty &= length == 0;
        }
        if is_empty {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        let mut change = Change::Beside;
        for (source, target) in pairs().flatten() {
            // SAFETY: the source is held, the target for writing, and its element takes that many bytes.
            let one = unsafe { store(instance, target_key, &target, source.data, source.length()) };
            if one == Change::Unparsed {
                change = one;
            }
        }
        Ok(change)
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
    let size = room.checked_mul(4).ok_or(Refusal::POINTER)?;
    apart(ids.cast(), size, length)?;
    ready_session(instance)?;
    let elements = instance.elements(key);
    let count = elements.len() as u32;
    if room < count {
        return Err(Refusal::NOT_OK);
    }
    for (index, element) in elements.iter().enumerate() {
        // SAFETY: there is room for `count` words, and the caller vouches for it.
        unsafe { ids.add(index).write_unaligned(element.keyElementId) };
    }
    // SAFETY: not null, and the caller vouches for it.
    unsafe { length.write_unaligned(count) };
    Ok(())
}

fn keys(instance: Instance<'_>, key: uint32, target_key: uint32) -> Result<(KeyId, KeyId), Refusal> {
    instance.key(key).zip(instance.key(target_key)).ok_or(Refusal::HANDLE)
}

/// Two elements, which are not the same one.
fn elements<'a>(
    instance: Instance<'a>,
    (key, element): (KeyId, uint32),
    (target_key, target_element): (KeyId, uint32),
) -> Result<(Element<'a>, Element<'a>), Refusal> {
    let source = instance.element(key, element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let target = instance.element(target_key, target_element).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if key == target_key && element == target_element {
        return Err(Refusal::NOT_OK);
    }
    Ok((source, target))
}

/// The result of `length` bytes and the word with its length do not overlap.
pub(super) fn apart(result: *const u8, length: u32, word: *const u32) -> Result<(), Refusal> {
    match (Span::new(result, length), Span::new(word.cast(), 4)) {
        (Some(result), Some(word)) if !result.overlaps(&word) => Ok(()),
        _ => Err(Refusal::POINTER),
    }
}

/// Does `work` while `source` is held for reading and `target` for writing: both, or neither, in one step.
fn with_pair(
    instance: Instance<'_>,
    source: KeyId,
    target: KeyId,
    work: impl FnOnce() -> Result<Change, Refusal>,
) -> Result<(), Refusal> {
    let is_other = source != target;
    let mut session = ready_session(instance)?;
    session.key(target).begin_write()?;
    if is_other {
        if let Err(refusal) = session.key(source).begin_read() {
            session.key(target).end_write(Change::None);
            return Err(refusal);
        }
    }
    let computation = session.begin_computation();

    let done = work();

    let mut session = instance.enter();
    session.key(target).end_write(done.unwrap_or(Change::None));
    if is_other {
        session.key(source).end_read();
    }
    let failed = computation.end(&mut session);
    drop(session);
    drop(failed);
    done.map(|_| ())
}
