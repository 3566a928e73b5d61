//! What AUTOSAR has no functions for: what the HSM tells of itself, and its life cycle.
#![allow(unsafe_code)]

use v2gcrypt_hsm_protocol::algorithm::Capabilities;
use v2gcrypt_hsm_protocol::{Opcode, Request};
use v2gcrypt_types::*;

use super::super::config::*;
use super::key::Errand;
use super::serve;
use crate::soft::errors::*;
use crate::soft::keys::Change;

/// Bytes of an event in a response.
const EVENT_LEN: usize = 12;

/// Tells what the HSM can do, and where it stands.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `status` points to a record that can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_GetStatus(
    instance: *const CryptoHsm_InstanceType,
    status: *mut CryptoHsm_StatusType,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_CUSTOMSYNC, |instance| {
        if status.is_null() {
            return Err(Refusal::POINTER);
        }
        Errand::take(instance, None, None)?.end(|errand| {
            let request = Request::new(Opcode::Capabilities).with_inline(&[], &[]).ok_or(Refusal::NOT_OK)?;
            let told = Capabilities::from_bytes(&errand.ask(request)?.bytes);
            let Capabilities { firmware, features, slots, contexts, piece, lifecycle, tampered, notes } = told;
            let told = CryptoHsm_StatusType { firmware, features, slots, contexts, piece, lifecycle, tampered, notes };
            // SAFETY: not null, and the caller vouches for it.
            unsafe { status.write_unaligned(told) };
            Ok(Change::None)
        })
    })
}

/// Tells the state of a slot of the HSM, by its number there: `v2gcrypt_hsm_protocol::algorithm::SlotState`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `state` and `policyKind` can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_GetSlotState(
    instance: *const CryptoHsm_InstanceType,
    slot: uint16,
    state: *mut uint32,
    policyKind: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_CUSTOMSYNC, |instance| {
        if state.is_null() || policyKind.is_null() {
            return Err(Refusal::POINTER);
        }
        Errand::take(instance, None, None)?.end(|errand| {
            let response = errand.ask(Request { key: slot, ..Request::new(Opcode::KeyStatus) })?;
            // SAFETY: not null, and the caller vouches for both.
            unsafe {
                state.write_unaligned(response.result);
                policyKind.write_unaligned(response.detail);
            }
            Ok(Change::None)
        })
    })
}

/// Reads the HSM's log, from event number `first` on or the oldest that it still has.
///
/// `*count` is the room at `events`, then how many were written there: at most 2.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `count` can be read and written, and `events` points to `*count` records that can be
/// written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_ReadLog(
    instance: *const CryptoHsm_InstanceType,
    first: uint32,
    events: *mut CryptoHsm_EventType,
    count: *mut uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_CUSTOMSYNC, |instance| {
        if events.is_null() || count.is_null() {
            return Err(Refusal::POINTER);
        }
        // SAFETY: not null, and the caller vouches for it.
        let room = unsafe { count.read_unaligned() };
        if room == 0 {
            return Err(Refusal::VALUE);
        }
        Errand::take(instance, None, None)?.end(|errand| {
            let request = Request { parameter: first, ..Request::new(Opcode::LogRead) };
            let response = errand.ask(request.with_inline(&[], &[]).ok_or(Refusal::NOT_OK)?)?;
            let bytes = response.bytes.get(..response.length as usize).ok_or(Refusal::NOT_OK)?;
            let mut written = 0u32;
            for (index, event) in bytes.chunks_exact(EVENT_LEN).take(room as usize).enumerate() {
                let word = |at: usize| {
                    let bytes = event.iter().skip(at).take(4).rev();
                    bytes.fold(0u32, |word, byte| word << 8 | u32::from(*byte))
                };
                let event = CryptoHsm_EventType { number: word(0), code: word(4), argument: word(8) };
                // SAFETY: there is room for so many, and the caller vouches for it.
                unsafe { events.wrapping_add(index).write_unaligned(event) };
                written = written.saturating_add(1);
            }
            // SAFETY: not null, and the caller vouches for it.
            unsafe { count.write_unaligned(written) };
            Ok(Change::None)
        })
    })
}

/// Lets the HSM go on to a state of its life cycle: 1 factory, 2 operational, 3 locked. There is no way back.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_LifecycleAdvance(
    instance: *const CryptoHsm_InstanceType,
    lifecycle: uint8,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_CUSTOMSYNC, |instance| {
        Errand::take(instance, None, None)?.end(|errand| {
            errand.ask(Request { parameter: lifecycle.into(), ..Request::new(Opcode::LifecycleAdvance) })?;
            Ok(Change::None)
        })
    })
}
