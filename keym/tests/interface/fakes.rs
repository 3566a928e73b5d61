//! What is around KeyM in these tests: a Csm with real keys, NvM that loses power, a clock, IdsM, Det, callbacks. None may be called
//! inside the exclusive area.
#![allow(dead_code, unsafe_code, unsafe_op_in_unsafe_fn, non_snake_case)]
#![allow(clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks, clippy::too_many_arguments)]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use v2gcrypt_keym::numbers::*;
use v2gcrypt_primitives::ecdsa::{SigningKey, VerifyingKey};
use v2gcrypt_primitives::{digest, ec, Curve, HashAlgorithm};
use v2gcrypt_types::*;

pub const JOB_SHA1: u32 = 1;
pub const JOB_SHA256: u32 = 2;
pub const JOB_RANDOM: u32 = 5;
pub const JOB_MAC_GENERATE: u32 = 6;
pub const JOB_MAC_VERIFY: u32 = 7;
pub const JOB_KEY_TEST: u32 = 8;
/// Plus the key: verifies ECDSA with P-256 and SHA-256.
pub const JOB_VERIFY: u32 = 1000;
/// Plus the key: signs.
pub const JOB_SIGN: u32 = 2000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    Det { api: u8, error: u8 },
    Verified { id: u16, status: u8 },
    Serviced { id: u16, result: u8, response: Vec<u8> },
    KeyTold { which: u8, result: u8, response: Vec<u8> },
    SecurityEvent { id: u16, context: Vec<u8> },
    Handler { which: &'static str, request: Vec<u8> },
}

#[derive(Default)]
pub struct Nvm {
    /// By block and data set.
    pub data: BTreeMap<(u16, u8), Vec<u8>>,
    pub sizes: BTreeMap<u16, usize>,
    selected: BTreeMap<u16, u8>,
    results: BTreeMap<u16, u8>,
    pending: Option<(u16, u8, usize, bool)>,
    /// Writes that have been begun.
    pub writes: usize,
    /// In this write, counted from 0, power goes after so many bytes.
    pub cut: Option<(usize, usize)>,
    pub dead: bool,
    /// So many writes fail.
    pub fail_writes: usize,
    /// Copies that cannot be read.
    pub fail_reads: Vec<(u16, u8)>,
}

#[derive(Default)]
pub struct Fake {
    pub seen: Vec<Seen>,
    pub keys: BTreeMap<(u32, u32), Vec<u8>>,
    pub valid: BTreeSet<u32>,
    pub verifications: Vec<u32>,
    pub async_jobs: BTreeSet<u32>,
    pending: Vec<(u32, Box<dyn FnOnce() + Send>)>,
    /// So many calls of jobs are answered with BUSY.
    pub busy: usize,
    /// Jobs that cannot be done.
    pub broken: BTreeSet<u32>,
    pub nvm: Nvm,
    pub time: Option<(i64, u8)>,
    /// What the key handler wants, one answer for each call.
    pub handler_updates: Vec<(Vec<u8>, u16, u8)>,
    pub port: Option<Vec<u8>>,
}

static FAKE: Mutex<Option<Fake>> = Mutex::new(None);
static SERIAL: Mutex<()> = Mutex::new(());

/// Exits of the exclusive area that are left, and what runs then.
type Interrupt = (u32, fn());

thread_local! {
    static IN_AREA: Cell<u32> = const { Cell::new(0) };
    static INTERRUPT: Cell<Option<Interrupt>> = const { Cell::new(None) };
}

/// A task of higher priority: runs on this thread when the exclusive area has been left so many times more.
pub fn interrupt_after(exits: u32, task: fn()) {
    INTERRUPT.set(Some((exits, task)));
}

/// Whether it has not run yet; then it never will.
pub fn interrupt_is_pending() -> bool {
    INTERRUPT.take().is_some()
}

/// One test at a time: there is one KeyM.
pub fn serial() -> MutexGuard<'static, ()> {
    let guard = SERIAL.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    *FAKE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(Fake::default());
    guard
}

pub fn fake<T>(work: impl FnOnce(&mut Fake) -> T) -> T {
    assert_eq!(IN_AREA.get(), 0, "a call out inside the exclusive area");
    work(FAKE.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).as_mut().expect("serial() comes first"))
}

pub fn seen() -> Vec<Seen> {
    fake(|fake| std::mem::take(&mut fake.seen))
}

fn see(what: Seen) {
    fake(|fake| fake.seen.push(what));
}

/// Ends asynchronous jobs that have been accepted: how many.
pub fn end_jobs() -> usize {
    let pending = fake(|fake| std::mem::take(&mut fake.pending));
    let count = pending.len();
    for (job, work) in pending {
        work();
        unsafe { v2gcrypt_keym::KeyM_CsmJobFinished(job, E_OK) };
    }
    count
}

/// NvM's main function.
pub fn nvm_runs() {
    fake(|fake| {
        let nvm = &mut fake.nvm;
        let Some((block, set, pointer, write)) = nvm.pending.take() else { return };
        let size = nvm.sizes[&block];
        if write {
            let number = nvm.writes;
            nvm.writes += 1;
            let bytes = unsafe { std::slice::from_raw_parts(pointer as *const u8, size) };
            if nvm.fail_writes > 0 {
                nvm.fail_writes -= 1;
                nvm.results.insert(block, NVM_REQ_NOT_OK);
                return;
            }
            if let Some((_, kept)) = nvm.cut.filter(|(at, _)| *at == number) {
                let old = nvm.data.entry((block, set)).or_insert_with(|| vec![0xFF; size]);
                old[..kept.min(size)].copy_from_slice(&bytes[..kept.min(size)]);
                nvm.dead = true;
                return;
            }
            nvm.data.insert((block, set), bytes.to_vec());
            nvm.results.insert(block, NVM_REQ_OK);
        } else if nvm.fail_reads.contains(&(block, set)) {
            nvm.results.insert(block, NVM_REQ_NOT_OK);
        } else {
            match nvm.data.get(&(block, set)) {
                Some(bytes) => {
                    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), pointer as *mut u8, size) };
                    nvm.results.insert(block, NVM_REQ_OK);
                }
                None => {
                    nvm.results.insert(block, NVM_REQ_NV_INVALIDATED);
                }
            }
        }
    });
}

fn nvm_request(block: u16, pointer: usize, write: bool) -> u8 {
    fake(|fake| {
        let nvm = &mut fake.nvm;
        if nvm.dead || nvm.pending.is_some() {
            return E_NOT_OK;
        }
        nvm.pending = Some((block, nvm.selected[&block], pointer, write));
        nvm.results.insert(block, NVM_REQ_PENDING);
        E_OK
    })
}

pub unsafe extern "C" fn nvm_select(block: u16, set: u8) -> u8 {
    fake(|fake| fake.nvm.selected.insert(block, set));
    E_OK
}
pub unsafe extern "C" fn nvm_read(block: u16, to: *mut std::ffi::c_void) -> u8 {
    nvm_request(block, to as usize, false)
}
pub unsafe extern "C" fn nvm_write(block: u16, from: *const std::ffi::c_void) -> u8 {
    nvm_request(block, from as usize, true)
}
pub unsafe extern "C" fn nvm_status(block: u16, result: *mut u8) -> u8 {
    *result = fake(|fake| fake.nvm.results.get(&block).copied().unwrap_or(NVM_REQ_OK));
    E_OK
}

pub unsafe extern "C" fn get_time(_: u16, seconds: *mut u32, high: *mut u16, status: *mut u8) -> u8 {
    match fake(|fake| fake.time) {
        Some((time, bits)) => {
            *seconds = time as u32;
            *high = (time >> 32) as u16;
            *status = bits;
            E_OK
        }
        None => E_NOT_OK,
    }
}
pub unsafe extern "C" fn security_event(id: u16, data: *const u8, size: u16) {
    see(Seen::SecurityEvent { id, context: copy(data, size.into()) });
}
pub unsafe extern "C" fn verified(id: u16, status: u8) -> u8 {
    see(Seen::Verified { id, status });
    E_OK
}
pub unsafe extern "C" fn serviced(id: u16, result: u8, length: u16, data: *const u8) -> u8 {
    see(Seen::Serviced { id, result, response: copy(data, length.into()) });
    E_OK
}
pub unsafe extern "C" fn key_updated(result: u8, length: u16, data: *const u8) {
    see(Seen::KeyTold { which: 0, result, response: copy(data, length.into()) });
}
pub unsafe extern "C" fn key_finalized(result: u8, length: u16, data: *const u8) {
    see(Seen::KeyTold { which: 1, result, response: copy(data, length.into()) });
}
pub unsafe extern "C" fn key_verified(result: u8, length: u16, data: *const u8) {
    see(Seen::KeyTold { which: 2, result, response: copy(data, length.into()) });
}
pub unsafe extern "C" fn read_port(data: *mut u8, length: *mut u32) -> u8 {
    match fake(|fake| fake.port.clone()) {
        Some(bytes) if bytes.len() <= *length as usize => {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
            *length = bytes.len() as u32;
            E_OK
        }
        _ => E_NOT_OK,
    }
}
pub unsafe extern "C" fn kh_start(_: u8, request: *const u8, length: u16, response: *mut u8, room: *mut u16) -> u8 {
    let request = copy(request, length.into());
    see(Seen::Handler { which: "start", request: request.clone() });
    if request == b"no" || *room < 2 {
        return E_NOT_OK;
    }
    *response = 1;
    *room = 1;
    E_OK
}
pub unsafe extern "C" fn kh_prepare(request: *const u8, length: u16, response: *mut u8, room: *mut u16) -> u8 {
    kh_start(0, request, length, response, room)
}
pub unsafe extern "C" fn kh_update(
    _name: *const u8,
    _name_length: u16,
    request: *const u8,
    length: u16,
    result: *mut u8,
    room: *mut u16,
    key: *mut u16,
    operation: *mut u8,
) -> u8 {
    see(Seen::Handler { which: "update", request: copy(request, length.into()) });
    let answer = fake(|fake| if fake.handler_updates.is_empty() { None } else { Some(fake.handler_updates.remove(0)) });
    let Some((material, id, what)) = answer else { return E_NOT_OK };
    assert!(material.len() <= *room as usize);
    std::ptr::copy_nonoverlapping(material.as_ptr(), result, material.len());
    (*room, *key, *operation) = (material.len() as u16, id, what);
    E_OK
}

pub unsafe extern "C" fn kh_finalize(request: *const u8, length: u16, response: *mut u8, room: *mut u16) -> u8 {
    see(Seen::Handler { which: "finalize", request: copy(request, length.into()) });
    if *room < 3 {
        return E_NOT_OK;
    }
    std::ptr::copy_nonoverlapping(b"end".as_ptr(), response, 3);
    *room = 3;
    E_OK
}
pub unsafe extern "C" fn kh_service(
    service: u8,
    name: *const u8,
    name_length: u32,
    request: *const u8,
    length: u32,
    response: *mut u8,
    room: *mut u32,
) -> u8 {
    see(Seen::Handler {
        which: "service",
        request: [&[service], copy(name, name_length as usize).as_slice(), &copy(request, length as usize)].concat(),
    });
    if *room < 2 {
        return E_NOT_OK;
    }
    std::ptr::copy_nonoverlapping(b"ok".as_ptr(), response, 2);
    *room = 2;
    E_OK
}

unsafe fn copy(data: *const u8, length: usize) -> Vec<u8> {
    if length == 0 {
        return Vec::new();
    }
    std::slice::from_raw_parts(data, length).to_vec()
}

/// Computes now, or later where the job is asynchronous.
fn job(id: u32, work: impl FnOnce() + Send + 'static) -> u8 {
    let later = fake(|fake| {
        if fake.busy > 0 {
            fake.busy -= 1;
            return Err(CRYPTO_E_BUSY);
        }
        if fake.broken.contains(&id) {
            return Err(E_NOT_OK);
        }
        Ok(fake.async_jobs.contains(&id))
    });
    match later {
        Err(code) => return code,
        Ok(true) => fake(|fake| fake.pending.push((id, Box::new(work)))),
        Ok(false) => work(),
    }
    E_OK
}

unsafe fn output(bytes: &[u8], to: usize, length: usize) {
    let length = length as *mut u32;
    assert!(bytes.len() <= *length as usize);
    std::ptr::copy_nonoverlapping(bytes.as_ptr(), to as *mut u8, bytes.len());
    *length = bytes.len() as u32;
}

unsafe fn input(at: usize, length: u32) -> &'static [u8] {
    std::slice::from_raw_parts(at as *const u8, length as usize)
}

fn mac(data: &[u8]) -> Vec<u8> {
    digest(HashAlgorithm::Sha256, &[b"device", data].concat()).as_bytes()[..16].to_vec()
}

#[no_mangle]
pub unsafe extern "C" fn Csm_Hash(id: u32, mode: u8, data: *const u8, length: u32, to: *mut u8, room: *mut u32) -> u8 {
    assert_eq!(mode, 7);
    let algorithm = if id == JOB_SHA1 { HashAlgorithm::Sha1 } else { HashAlgorithm::Sha256 };
    let (data, to, room) = (data as usize, to as usize, room as usize);
    job(id, move || unsafe { output(digest(algorithm, input(data, length)).as_bytes(), to, room) })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_MacGenerate(id: u32, _: u8, data: *const u8, length: u32, to: *mut u8, room: *mut u32) -> u8 {
    let (data, to, room) = (data as usize, to as usize, room as usize);
    job(id, move || unsafe { output(&mac(input(data, length)), to, room) })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_MacVerify(
    id: u32,
    _: u8,
    data: *const u8,
    length: u32,
    tag: *const u8,
    bits: u32,
    verdict: *mut u8,
) -> u8 {
    assert_eq!(bits, 128, "in bits");
    let (data, tag, verdict) = (data as usize, tag as usize, verdict as usize);
    job(id, move || unsafe { *(verdict as *mut u8) = u8::from(mac(input(data, length)) != input(tag, 16)) })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureVerify(
    id: u32,
    mode: u8,
    data: *const u8,
    length: u32,
    signature: *const u8,
    signature_length: u32,
    verdict: *mut u8,
) -> u8 {
    assert_eq!(mode, 7);
    let key = id - JOB_VERIFY;
    let (data, signature, verdict) = (data as usize, signature as usize, verdict as usize);
    let public = fake(|fake| {
        assert!(fake.valid.contains(&key), "key {key} is not valid");
        fake.verifications.push(key);
        fake.keys[&(key, 1)].clone()
    });
    job(id, move || unsafe {
        let point = [vec![4], public].concat();
        let good = VerifyingKey::new(Curve::P256, &point)
            .is_ok_and(|key| key.verify(HashAlgorithm::Sha256, input(data, length), input(signature, signature_length)));
        *(verdict as *mut u8) = u8::from(!good);
    })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureGenerate(id: u32, _: u8, data: *const u8, length: u32, to: *mut u8, room: *mut u32) -> u8 {
    let scalar = fake(|fake| fake.keys[&(id - JOB_SIGN, 1)].clone());
    let (data, to, room) = (data as usize, to as usize, room as usize);
    job(id, move || unsafe {
        let signature = SigningKey::new(Curve::P256, &scalar).unwrap().sign(HashAlgorithm::Sha256, input(data, length)).unwrap();
        output(signature.as_bytes(), to, room);
    })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_Encrypt(id: u32, _: u8, data: *const u8, length: u32, to: *mut u8, room: *mut u32) -> u8 {
    let (data, to, room) = (data as usize, to as usize, room as usize);
    job(id, move || unsafe { output(&input(data, length).iter().map(|byte| byte ^ 0x55).collect::<Vec<_>>(), to, room) })
}
#[no_mangle]
pub unsafe extern "C" fn Csm_Decrypt(id: u32, mode: u8, data: *const u8, length: u32, to: *mut u8, room: *mut u32) -> u8 {
    Csm_Encrypt(id, mode, data, length, to, room)
}
#[no_mangle]
pub unsafe extern "C" fn Csm_AEADEncrypt(
    id: u32,
    mode: u8,
    data: *const u8,
    length: u32,
    _: *const u8,
    _: u32,
    to: *mut u8,
    room: *mut u32,
    tag: *mut u8,
    tag_room: *mut u32,
) -> u8 {
    output(&mac(input(data as usize, length)), tag as usize, tag_room as usize);
    Csm_Encrypt(id, mode, data, length, to, room)
}
#[no_mangle]
pub unsafe extern "C" fn Csm_AEADDecrypt(
    id: u32,
    mode: u8,
    data: *const u8,
    length: u32,
    _: *const u8,
    _: u32,
    tag: *const u8,
    tag_length: u32,
    to: *mut u8,
    room: *mut u32,
    verdict: *mut u8,
) -> u8 {
    assert_eq!(tag_length, 16);
    let plain: Vec<u8> = input(data as usize, length).iter().map(|byte| byte ^ 0x55).collect();
    *verdict = u8::from(mac(&plain) != input(tag as usize, 16));
    if *verdict != 0 {
        return E_OK;
    }
    Csm_Encrypt(id, mode, data, length, to, room)
}
#[no_mangle]
pub unsafe extern "C" fn Csm_RandomGenerate(_: u32, to: *mut u8, length: *mut u32) -> u8 {
    std::slice::from_raw_parts_mut(to, *length as usize).fill(0x5A);
    E_OK
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementSet(key: u32, element: u32, data: *const u8, length: u32) -> u8 {
    let value = copy(data, length as usize);
    fake(|fake| {
        fake.valid.remove(&key);
        fake.keys.insert((key, element), value);
    });
    E_OK
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyElementGet(key: u32, element: u32, to: *mut u8, length: *mut u32) -> u8 {
    match fake(|fake| fake.keys.get(&(key, element)).cloned()) {
        Some(value) if value.len() <= *length as usize => {
            std::ptr::copy_nonoverlapping(value.as_ptr(), to, value.len());
            *length = value.len() as u32;
            E_OK
        }
        Some(_) => E_NOT_OK,
        None => CRYPTO_E_KEY_NOT_AVAILABLE,
    }
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeySetValid(key: u32) -> u8 {
    fake(|fake| fake.valid.insert(key));
    E_OK
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeySetInvalid(key: u32) -> u8 {
    fake(|fake| fake.valid.remove(&key));
    E_OK
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyGenerate(key: u32) -> u8 {
    fake(|fake| {
        let count = fake.keys.len() as u8;
        let mut scalar = digest(HashAlgorithm::Sha256, &[key as u8, count]).as_bytes().to_vec();
        scalar[0] = 0;
        let public = ec::public_key(Curve::P256, &scalar).unwrap().as_bytes().to_vec();
        fake.keys.insert((key, 1), scalar);
        fake.keys.insert((key, CRYPTO_KE_V2GCRYPT_PUBLICKEY), public);
        fake.valid.remove(&key);
    });
    E_OK
}
#[no_mangle]
pub unsafe extern "C" fn Csm_KeyDerive(key: u32, target: u32) -> u8 {
    fake(|fake| {
        if !fake.valid.contains(&key) {
            return CRYPTO_E_KEY_NOT_VALID;
        }
        let password = fake.keys[&(key, CRYPTO_KE_KEYDERIVATION_PASSWORD)].clone();
        let salt = fake.keys.get(&(key, CRYPTO_KE_KEYDERIVATION_SALT)).cloned().unwrap_or_default();
        fake.keys.insert((target, 1), [password, salt].concat());
        fake.valid.remove(&target);
        E_OK
    })
}
#[no_mangle]
pub extern "C" fn Det_ReportError(module: u16, instance: u8, api: u8, error: u8) -> u8 {
    assert_eq!((module, instance), (109, 0));
    see(Seen::Det { api, error });
    E_OK
}
static AREA: AtomicBool = AtomicBool::new(false);

#[no_mangle]
pub extern "C" fn SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0() {
    assert_eq!(IN_AREA.replace(1), 0, "the exclusive area is entered twice");
    while AREA.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
        std::thread::yield_now();
    }
}
#[no_mangle]
pub extern "C" fn SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0() {
    AREA.store(false, Ordering::Release);
    assert_eq!(IN_AREA.replace(0), 1);
    match INTERRUPT.take() {
        Some((0, task)) => task(),
        Some((left, task)) => INTERRUPT.set(Some((left - 1, task))),
        None => {}
    }
}
