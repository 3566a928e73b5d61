//! Persistence: performs what the machines of the NV blocks decide, and the functions that NvM calls.
#![allow(unsafe_code)]

use core::ffi::c_void;
use core::mem::{align_of, size_of};

use v2gcrypt_types::*;
use zeroize::Zeroizing;

use super::super::config::*;
use super::super::errors::*;
use super::super::keys::Change;
use super::super::nv::machine::*;
use super::super::nv::record::*;
use super::instance::{is_there, table, table_mut, wipe, Element, Instance, KeyId, Session};
use super::job::ready_session;
use super::stack::{erased, Depth};
use super::{key, report, serve};

const _: () = assert!(size_of::<Machine>() <= size_of::<CryptoSoft_NvBlockRamType>());
const _: () = assert!(align_of::<Machine>() <= align_of::<CryptoSoft_NvBlockRamType>());

/// Bytes of a [`CryptoSoft_NvBlockRamType`] that are in use.
#[no_mangle]
pub static V2gcrypt_CryptoSoft_NvBlockRamUsed: uint32 = size_of::<Machine>() as uint32;

/// NvM has ended a request of the block: lets the driver ask for the result now, and go on.
///
/// Polling finds it out as well, so nothing depends on this call, and a call too many does no harm.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_NvBlockCallback(
    instance: *const CryptoSoft_InstanceType,
    nvBlock: uint32,
    _serviceId: uint8,
    _jobResult: uint8,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_NVBLOCK, |instance| {
        let block = Block::find(instance, nvBlock)?;
        block.drive(Event::Notified);
        Ok(())
    })
}

/// Explicit synchronisation: NvM has read the block into its buffer. `E_NOT_OK`: the driver does not want it now.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `nvMBuffer` points to as many bytes as the block has.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_NvBlockReadFrom(
    instance: *const CryptoSoft_InstanceType,
    nvBlock: uint32,
    nvMBuffer: *const c_void,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_NVBLOCK, |instance| {
        let block = Block::find(instance, nvBlock)?;
        if nvMBuffer.is_null() {
            return Err(Refusal::POINTER);
        }
        block.transfer(Transfer::In, |record, size| {
            // SAFETY: the caller vouches for the buffer; the machine keeps others away from the record RAM.
            unsafe { core::ptr::copy(nvMBuffer.cast::<u8>(), record, size) };
        })
    })
}

/// Explicit synchronisation: NvM wants what it is to write. `E_NOT_OK`: the driver has nothing to write now.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `nvMBuffer` points to as many bytes as the block has, which can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_NvBlockWriteTo(
    instance: *const CryptoSoft_InstanceType,
    nvBlock: uint32,
    nvMBuffer: *mut c_void,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_NVBLOCK, |instance| {
        let block = Block::find(instance, nvBlock)?;
        if nvMBuffer.is_null() {
            return Err(Refusal::POINTER);
        }
        block.transfer(Transfer::Out, |record, size| {
            // SAFETY: as in `ReadFrom`.
            unsafe { core::ptr::copy(record, nvMBuffer.cast::<u8>(), size) };
        })
    })
}

/// NvM wants default data: there is no record then.
///
/// # Safety
/// `instance` as for `Init`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_NvBlockInit(
    instance: *const CryptoSoft_InstanceType,
    nvBlock: uint32,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_NVBLOCK, |instance| {
        let block = Block::find(instance, nvBlock)?;
        // SAFETY: the machine keeps others away from the record RAM. NvM may ask when the driver reads nothing: all is well then.
        let _ = block.transfer(Transfer::In, |record, size| unsafe { wipe(record, size as u32) });
        Ok(())
    })
}

/// Tells how far the persistence of a key is: `CRYPTO_SOFT_NV_*`. A key without a NV block is `CRYPTO_SOFT_NV_IDLE`.
///
/// # Safety
/// `instance` as for `Init`. Unless `NULL_PTR`, `status` can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoSoft_NvGetStatus(
    instance: *const CryptoSoft_InstanceType,
    cryptoKeyId: uint32,
    status: *mut uint8,
) -> Std_ReturnType {
    serve(instance, CRYPTO_SID_NVBLOCK, |instance| {
        let key = instance.key(cryptoKeyId).ok_or(Refusal::HANDLE)?;
        if status.is_null() {
            return Err(Refusal::POINTER);
        }
        let mut session = ready_session(instance)?;
        let is = match Block::of(instance, key) {
            Some(block) => block.machine(&mut session).status(),
            None => CRYPTO_SOFT_NV_IDLE,
        };
        drop(session);
        // SAFETY: not null, and the caller vouches for it.
        unsafe { status.write(is) };
        Ok(())
    })
}

/// Goes on with what is due: from `Init` and the main function.
pub(super) fn turn(instance: Instance<'_>) {
    for block in blocks(instance) {
        block.drive(Event::Turn);
    }
}

/// A key has been set VALID.
pub(super) fn key_is_valid(instance: Instance<'_>, key: KeyId) {
    if let Some(block) = Block::of(instance, key) {
        block.drive(Event::Changed);
    }
}

/// Does each block belong to one key, with a record of the right size, and is NvM there?
///
/// What else the configuration has is sound.
pub(super) fn is_sound(instance: Instance<'_>) -> bool {
    let config = instance.config();
    let refers_back = |key: KeyId| match instance.key_config(key).nvBlock {
        CRYPTO_SOFT_NO_NV_BLOCK => true,
        index => Block::find(instance, index).is_ok_and(|block| block.config.keyId as usize == key.0),
    };
    is_there(config.nvBlocks, config.nvBlockCount)
        && is_there(config.nvBlockRam, config.nvBlockCount)
        && instance.keys().all(refers_back)
        && (config.nvBlockCount == 0 || (RecordKeys::AVAILABLE && nvm(instance).is_some()))
        && blocks(instance).all(|block| block.is_sound())
}

/// Nothing is known of any block; keys that have one are held until it is loaded.
///
/// # Safety
/// The configuration is sound, the keys have been reset, and nobody else uses the instance.
pub(super) unsafe fn reset(instance: Instance<'_>) {
    for block in blocks(instance) {
        let rules = Rules {
            retries: block.config.failedRetries,
            immediate: block.config.processing == CRYPTO_SOFT_NV_IMMEDIATE,
            transfers: block.config.useSyncMechanism != 0,
        };
        // SAFETY: the caller vouches for it; the RAM is large enough.
        unsafe { block.ram().write(Machine::new(rules)) };
        let mut session = instance.enter();
        // It has just been reset: nobody holds it.
        let _ = session.key(block.key).begin_write();
    }
}

/// The instance has failed: nothing that was made of a key may be left. Record RAM holds cipher text only.
pub(super) fn wipe_all(instance: Instance<'_>) {
    // SAFETY: nobody computes, and the table is as long as its count. Nobody reads it before `Init` writes it.
    unsafe { wipe(instance.config().nvBlockRam, instance.config().nvBlockCount) };
}

fn blocks(instance: Instance<'_>) -> impl Iterator<Item = Block<'_>> {
    (0..instance.config().nvBlockCount).filter_map(move |index| Block::find(instance, index).ok())
}

/// The functions of NvM, if all are there.
fn nvm(instance: Instance<'_>) -> Option<NvM> {
    // SAFETY: null, or a table that the configuration vouches for.
    let functions = unsafe { instance.config().nvM.as_ref() }?;
    Some(NvM {
        set_data_index: functions.setDataIndex?,
        read: functions.readBlock?,
        write: functions.writeBlock?,
        status: functions.getErrorStatus?,
        device_key: functions.deviceKey?,
    })
}

struct NvM {
    set_data_index: unsafe extern "C" fn(uint16, uint8) -> Std_ReturnType,
    read: unsafe extern "C" fn(uint16, *mut c_void) -> Std_ReturnType,
    write: unsafe extern "C" fn(uint16, *const c_void) -> Std_ReturnType,
    status: unsafe extern "C" fn(uint16, *mut uint8) -> Std_ReturnType,
    device_key: unsafe extern "C" fn(*mut uint8, uint32) -> Std_ReturnType,
}

/// A NV block that exists.
#[derive(Clone, Copy)]
struct Block<'a> {
    instance: Instance<'a>,
    index: usize,
    config: &'a CryptoSoft_NvBlockConfigType,
    key: KeyId,
}

impl<'a> Block<'a> {
    fn find(instance: Instance<'a>, index: uint32) -> Result<Self, Refusal> {
        let config = instance.config();
        // SAFETY: the table is as long as its count, and stays as it is.
        let blocks = unsafe { table(config.nvBlocks, config.nvBlockCount) };
        let config = blocks.get(index as usize).ok_or(Refusal::HANDLE)?;
        let key = instance.key(config.keyId).ok_or(Refusal::HANDLE)?;
        Ok(Self { instance, index: index as usize, config, key })
    }

    fn of(instance: Instance<'a>, key: KeyId) -> Option<Self> {
        Self::find(instance, instance.key_config(key).nvBlock).ok()
    }

    fn is_sound(&self) -> bool {
        let elements = Persistent { instance: self.instance, key: self.key };
        let size = (0..)
            .map_while(|index| elements.layout(index))
            .try_fold((0u32, 0u32), |(count, bytes), layout| Some((count.checked_add(1)?, bytes.checked_add(layout.size)?)));
        let others = || blocks(self.instance).filter(|other| other.index != self.index);
        is_there(self.config.record, self.config.recordSize)
            && size.and_then(|(count, bytes)| record_size(count, bytes)) == Some(self.config.recordSize)
            && self.instance.key_config(self.key).nvBlock as usize == self.index
            && others().all(|other| other.config.nvmBlockId != self.config.nvmBlockId)
    }

    fn ram(&self) -> *mut Machine {
        self.instance.config().nvBlockRam.wrapping_add(self.index).cast()
    }

    fn machine<'s>(&self, _: &'s mut Session<'a>) -> &'s mut Machine {
        // SAFETY: whoever has a session is in the area alone, and the session is borrowed as long as the machine is: there is no
        // other reference to it. It was written by `reset`, before the instance was ready.
        unsafe { &mut *self.ram() }
    }

    /// Lets the machine step, and performs what it wants, until it wants nothing.
    fn drive(&self, event: Event) {
        let counts = event != Event::Notified;
        let mut event = event;
        let mut computation = None;
        loop {
            // The instance may have failed meanwhile: what `computation` holds is then let go.
            let Ok(mut session) = ready_session(self.instance) else {
                return;
            };
            let step = self.machine(&mut session).step(event);
            if step.action == Action::Nothing {
                let failed = computation.and_then(|computation: super::instance::Computation<'_>| computation.end(&mut session));
                drop(session);
                drop(failed);
                self.report(step);
                return;
            }
            match computation {
                None => computation = Some(session.begin_computation()),
                Some(_) => drop(session),
            }
            self.report(step);
            event = self.perform(step.action, counts);
        }
    }

    fn report(&self, step: Step) {
        if step.report {
            report(self.instance, CRYPTO_SID_NVBLOCK, Report::Runtime(CRYPTO_E_RE_NVM_ACCESS_FAILED));
        }
    }

    fn perform(&self, action: Action, counts: bool) -> Event {
        match action {
            Action::Nothing => Event::Turn,
            Action::Poll => Event::Status(self.poll()),
            Action::Read(data_set) => self.request(data_set, counts, |nvm, id, record| {
                // What NvM does not read is not to be taken for what it has read. SAFETY: NvM has no request of this block.
                unsafe { wipe(self.config.record, self.config.recordSize) };
                let mut session = self.instance.enter();
                if session.is_ready() {
                    self.machine(&mut session).cleared();
                }
                drop(session);
                // SAFETY: the record RAM is as long as the block and stays until the request has ended.
                unsafe { (nvm.read)(id, record) }
            }),
            Action::Write(data_set) => {
                // SAFETY: as for reading.
                self.request(data_set, counts, |nvm, id, record| unsafe { (nvm.write)(id, record) })
            }
            Action::Examine { than } => Event::Examined(erased(Depth::Examine, || self.examine(than))),
            Action::Finish { restored } => Event::Finished(self.finish(restored)),
            Action::Seal { sequence, known } => Event::Sealed(self.seal(sequence, known)),
        }
    }

    fn poll(&self) -> uint8 {
        let mut result = NVM_REQ_NOT_OK;
        let asked = nvm(self.instance).is_some_and(|nvm| {
            // SAFETY: NvM writes one byte.
            unsafe { (nvm.status)(self.config.nvmBlockId, &mut result) == E_OK }
        });
        if asked {
            result
        } else {
            NVM_REQ_NOT_OK
        }
    }

    fn request(&self, data_set: u8, counts: bool, make: impl FnOnce(&NvM, uint16, *mut c_void) -> Std_ReturnType) -> Event {
        let id = self.config.nvmBlockId;
        let record = if self.config.useSyncMechanism != 0 { core::ptr::null_mut() } else { self.config.record.cast() };
        let taken = nvm(self.instance).is_some_and(|nvm| {
            // SAFETY: the callout takes numbers only.
            let selected = unsafe { (nvm.set_data_index)(id, data_set) };
            selected == E_OK && make(&nvm, id, record) == E_OK
        });
        if taken {
            Event::Accepted
        } else {
            Event::Refused { counts }
        }
    }

    fn record_keys(&self) -> Option<RecordKeys> {
        let mut device_key = Zeroizing::new([0u8; DEVICE_KEY_LEN]);
        // SAFETY: the callout writes as many bytes as it is told.
        let given = nvm(self.instance)
            .is_some_and(|nvm| unsafe { (nvm.device_key)(device_key.as_mut_ptr(), DEVICE_KEY_LEN as uint32) == E_OK });
        given.then(|| RecordKeys::derive(&device_key, self.config.nvmBlockId).ok()).flatten()
    }

    /// The key is held for writing since `reset`.
    fn examine(&self, than: u32) -> Found {
        // SAFETY: NvM has no request of this block, and only the thread with the action uses the record RAM.
        let record = unsafe { table(self.config.record, self.config.recordSize) };
        let Some(keys) = self.record_keys() else {
            return Found::Unknown;
        };
        let mut elements = Persistent { instance: self.instance, key: self.key };
        match examine(&keys, &elements, record) {
            Ok(authentic) if authentic.sequence() > than => match authentic.restore(&mut elements) {
                Ok(()) => Found::Authentic(authentic.sequence()),
                Err(_) => Found::Corrupt,
            },
            Ok(authentic) => Found::Authentic(authentic.sequence()),
            Err(Flaw::Empty) => Found::Empty,
            Err(_) => Found::Corrupt,
        }
    }

    fn finish(&self, restored: bool) -> ContentDigest {
        // SAFETY: the key is held for writing since `reset`.
        let change = if restored { unsafe { key::prepare(self.instance, self.key) } } else { Change::None };
        let elements = Persistent { instance: self.instance, key: self.key };
        let digest = erased(Depth::Symmetric, || content_digest(&elements));
        let mut session = self.instance.enter();
        if session.is_ready() {
            session.key(self.key).end_write(change);
        }
        digest
    }

    fn seal(&self, sequence: u32, known: Option<ContentDigest>) -> Sealing {
        let Ok(mut session) = ready_session(self.instance) else {
            return Sealing::KeyInvalid;
        };
        let state = session.key(self.key);
        if state.is_written() {
            return Sealing::KeyBusy;
        }
        if state.status() != CRYPTO_KEYSTATUS_VALID {
            return Sealing::KeyInvalid;
        }
        if state.begin_read().is_err() {
            return Sealing::KeyBusy;
        }
        drop(session);
        let sealing = erased(Depth::Seal, || self.seal_held(sequence, known));
        let mut session = self.instance.enter();
        if session.is_ready() {
            session.key(self.key).end_read();
        }
        sealing
    }

    fn seal_held(&self, sequence: u32, known: Option<ContentDigest>) -> Sealing {
        let elements = Persistent { instance: self.instance, key: self.key };
        let digest = content_digest(&elements);
        if known == Some(digest) {
            return Sealing::Same;
        }
        let Some(keys) = self.record_keys() else {
            return Sealing::Failed;
        };
        // SAFETY: NvM has no request of this block, and only the thread with the action uses the record RAM.
        let record = unsafe { table_mut(self.config.record, self.config.recordSize) };
        match seal(&keys, &elements, sequence, record) {
            Ok(()) => Sealing::Done(digest),
            Err(_) => Sealing::Failed,
        }
    }

    /// Copies the record, if the machine expects that.
    fn transfer(&self, transfer: Transfer, copy: impl FnOnce(*mut u8, usize)) -> Result<(), Refusal> {
        let mut session = ready_session(self.instance)?;
        if !self.machine(&mut session).begin_transfer(transfer) {
            return Err(Refusal::NOT_OK);
        }
        let computation = session.begin_computation();
        copy(self.config.record, self.config.recordSize as usize);
        let mut session = self.instance.enter();
        if session.is_ready() {
            self.machine(&mut session).end_transfer();
        }
        let failed = computation.end(&mut session);
        drop(session);
        drop(failed);
        Ok(())
    }
}

/// The persistent elements of a key that the owner of this value holds: for reading, or for writing where it writes.
struct Persistent<'a> {
    instance: Instance<'a>,
    key: KeyId,
}

impl<'a> Persistent<'a> {
    fn config(&self, index: usize) -> Option<&'a CryptoSoft_KeyElementConfigType> {
        self.instance.elements(self.key).iter().filter(|element| element.persist != 0).nth(index)
    }

    fn element(&self, index: usize) -> Option<Element<'a>> {
        self.instance.element(self.key, self.config(index)?.keyElementId)
    }
}

impl Elements for Persistent<'_> {
    fn layout(&self, index: usize) -> Option<ElementLayout> {
        self.config(index).map(|element| ElementLayout { id: element.keyElementId, size: element.size, format: element.format })
    }

    fn value(&self, index: usize) -> &[u8] {
        match self.element(index) {
            // SAFETY: the key is held, and elements are written by `ElementsMut` only, which borrows mutably.
            Some(element) => unsafe { element.value() },
            None => &[],
        }
    }
}

impl ElementsMut for Persistent<'_> {
    fn bytes_mut(&mut self, index: usize) -> &mut [u8] {
        match self.element(index) {
            // SAFETY: the key is held for writing; `is_sound` has checked that the element lies in the key's data.
            Some(element) => unsafe { table_mut(element.data, element.config.size) },
            None => &mut [],
        }
    }

    fn set_length(&mut self, index: usize, length: u32) {
        if let Some(element) = self.element(index) {
            // SAFETY: the key is held for writing.
            unsafe { element.set_length(length) };
        }
    }
}
