//! One instance: its tables, and where in its RAM what lies.
//!
//! Control data (states and slots) is touched inside the exclusive area only, through a [`Session`]. Workspaces, prepared
//! keys and key bytes lie apart from it and are touched outside the area, by whoever has been given them by a step.
#![allow(unsafe_code)]

use core::mem::{align_of, size_of, MaybeUninit};
use core::ptr::{addr_of, addr_of_mut};
use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_types::*;
use zeroize::Zeroize;

use super::super::compute::{PreparedKey, Workspace};
use super::super::config::*;
use super::super::keys::{KeyState, KeyStore, KeyView, UsedElement};
use super::super::objects::DriverObject;
use super::super::queue::Slot;
use super::nv;
use super::random::GeneratorState;

extern "C" {
    fn SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0();
    fn SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0();
}

/// State of the instance. `phase` is read outside the area too: it comes first in every call.
struct InstanceState {
    phase: AtomicU32,
    /// Threads that use a workspace or a key outside the area.
    computing: u32,
    /// Who holds the random generator: it is held for writing, as a key is.
    generator: KeyState,
}

/// Neither of these is likely to be found in RAM that nobody has cleared; everything else means uninitialised.
const READY: u32 = 0x5265_6479;
const FAILED: u32 = 0x4661_696c;

const POINTER_ALIGNMENT: usize = align_of::<*mut u32>();

/// Most bytes between two things when the second needs `alignment` and the first is aligned as a pointer.
const fn padding(alignment: usize) -> usize {
    alignment.saturating_sub(POINTER_ALIGNMENT)
}

pub(super) const KEY_RAM_USED: usize = size_of::<KeyState>() + padding(align_of::<PreparedKey>()) + size_of::<PreparedKey>();
pub(super) const OBJECT_RAM_USED: usize = size_of::<DriverObject>() + padding(align_of::<Workspace>()) + size_of::<Workspace>();

pub(super) const INSTANCE_RAM_USED: usize =
    size_of::<InstanceState>() + padding(align_of::<GeneratorState>()) + size_of::<GeneratorState>();

// Upper bounds of what generated C reserves.
const _: () = assert!(KEY_RAM_USED <= size_of::<CryptoSoft_KeyRamType>());
const _: () = assert!(OBJECT_RAM_USED <= size_of::<CryptoSoft_ObjectRamType>());
const _: () = assert!(INSTANCE_RAM_USED <= size_of::<CryptoSoft_InstanceRamType>());
const _: () = assert!(align_of::<KeyState>() <= POINTER_ALIGNMENT && align_of::<DriverObject>() <= POINTER_ALIGNMENT);
const _: () = assert!(align_of::<InstanceState>() <= POINTER_ALIGNMENT);

/// An instance whose configuration has passed [`Instance::initialise`].
#[derive(Clone, Copy)]
pub(super) struct Instance<'a> {
    config: &'a CryptoSoft_InstanceType,
}

/// Index of an object that exists.
#[derive(Clone, Copy)]
pub(super) struct ObjectId(usize);

/// Index of a key that exists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyId(pub(super) usize);

/// A key element that exists.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) config: &'a CryptoSoft_KeyElementConfigType,
    /// First byte of its value.
    pub(super) data: *mut u8,
    length: *mut u32,
}

/// Whether calls are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Uninitialised,
    Ready,
    Failed,
}

impl<'a> Instance<'a> {
    /// The instance, and whether it serves calls.
    ///
    /// # Safety
    /// `config` is null, or points to a configuration that stays as it is, whose `ram` is null or its own and readable.
    pub(super) unsafe fn attach(config: *const CryptoSoft_InstanceType) -> Option<(Self, Phase)> {
        // SAFETY: the caller vouches for the pointer; null gives None.
        let config = unsafe { config.as_ref() }?;
        if config.ram.is_null() {
            return None;
        }
        let instance = Self { config };
        Some((instance, instance.phase()))
    }

    /// Checks the configuration, clears the RAM and loads initial values. False, and nothing has changed, if the configuration
    /// is unsound or a thread is computing.
    ///
    /// # Safety
    /// `config` is null, or its tables and RAM are as long as its counts tell. Nobody calls the instance at the same time.
    pub(super) unsafe fn initialise(config: *const CryptoSoft_InstanceType) -> bool {
        // SAFETY: the caller vouches for the pointer; null gives None.
        let Some(config) = (unsafe { config.as_ref() }) else {
            return false;
        };
        let instance = Self { config };
        if !instance.is_sound() {
            return false;
        }
        let has_run = instance.phase() != Phase::Uninitialised;
        if !instance.close() {
            return false;
        }
        if has_run {
            instance.discard_all();
        }
        instance.reset_objects();
        instance.reset_keys(true);
        // SAFETY: the configuration is sound, and nobody else uses the instance while it is not ready.
        unsafe { nv::reset(instance) };
        instance.reset_generator();
        instance.state_phase().store(READY, Ordering::Release);
        true
    }

    pub(super) fn config(&self) -> &'a CryptoSoft_InstanceType {
        self.config
    }

    pub(super) fn phase(&self) -> Phase {
        match self.state_phase().load(Ordering::Acquire) {
            READY => Phase::Ready,
            FAILED => Phase::Failed,
            _ => Phase::Uninitialised,
        }
    }

    /// A panic has been caught: serves no call until it is initialised, and holds no secret.
    #[cfg(feature = "host")]
    pub(super) fn fail(self) {
        let mut session = self.enter();
        session.fail();
        let computation = session.begin_computation();
        drop(computation);
    }

    /// Takes the exclusive area.
    pub(super) fn enter(self) -> Session<'a> {
        let _area = Area::enter();
        Session {
            instance: self,
            #[cfg(feature = "host")]
            panicking: std::thread::panicking(),
            _area,
        }
    }

    pub(super) fn object(&self, id: u32) -> Option<ObjectId> {
        (id < self.config.objectCount).then_some(ObjectId(id as usize))
    }

    pub(super) fn objects(&self) -> impl Iterator<Item = ObjectId> {
        (0..self.config.objectCount as usize).map(ObjectId)
    }

    pub(super) fn primitives(&self, object: ObjectId) -> &'a [CryptoSoft_PrimitiveConfigType] {
        let config = self.object_config(object);
        // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
        unsafe { table(config.primitives, config.primitiveCount) }
    }

    pub(super) fn key(&self, id: u32) -> Option<KeyId> {
        (id < self.config.keyCount).then_some(KeyId(id as usize))
    }

    pub(super) fn key_config(&self, key: KeyId) -> &'a CryptoSoft_KeyConfigType {
        // SAFETY: a KeyId is below the count, and the tables stay as they are.
        unsafe { &*self.config.keys.add(key.0) }
    }

    pub(super) fn element(&self, key: KeyId, id: u32) -> Option<Element<'a>> {
        let config = self.key_config(key);
        let (index, element) = self.elements(key).iter().enumerate().find(|(_, element)| element.keyElementId == id)?;
        Some(Element {
            config: element,
            // SAFETY: `is_sound` has checked that the element lies in the key's data; lengths are as many as elements.
            data: unsafe { config.data.add(element.offset as usize) },
            // SAFETY: as above.
            length: unsafe { config.elementLengths.add(index) },
        })
    }

    /// The element whose value jobs use.
    pub(super) fn used_element(&self, key: KeyId) -> Option<Element<'a>> {
        self.element(key, CRYPTO_KE_MAC_KEY)
    }

    /// The element with the initialisation vector or the nonce.
    pub(super) fn nonce(&self, key: KeyId) -> Option<Element<'a>> {
        self.element(key, CRYPTO_KE_CIPHER_IV)
    }

    /// Where the object's workspace lies; it is `Empty` since `initialise`.
    pub(super) fn workspace(&self, object: ObjectId) -> *mut Workspace {
        after::<DriverObject, Workspace>(self.object_ram(object))
    }

    /// Where the key's prepared form lies; it is `None` since `initialise`.
    pub(super) fn prepared(&self, key: KeyId) -> *mut PreparedKey {
        after::<KeyState, PreparedKey>(self.key_ram(key))
    }

    /// Where the random generator lies; it is `Unseeded` since `initialise`.
    pub(super) fn generator(&self) -> *mut GeneratorState {
        after::<InstanceState, GeneratorState>(self.config.ram)
    }

    /// The algorithms that may use the key.
    pub(super) fn usages(&self, key: KeyId) -> &'a [CryptoSoft_PrimitiveConfigType] {
        let config = self.key_config(key);
        // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
        unsafe { table(config.usages, config.usageCount) }
    }

    /// Overwrites the workspace: it is `Empty` then.
    ///
    /// # Safety
    /// The caller has the workspace.
    pub(super) unsafe fn wipe_workspace(&self, object: ObjectId) {
        // SAFETY: the caller has it, and all bytes zero are a value.
        unsafe { discard(self.workspace(object)) }
    }

    /// Overwrites the prepared form: it is `None` then.
    ///
    /// # Safety
    /// The caller holds the key for writing.
    pub(super) unsafe fn wipe_prepared(&self, key: KeyId) {
        // SAFETY: the caller has it, and all bytes zero are a value.
        unsafe { discard(self.prepared(key)) }
    }

    /// Is everything there, and in range?
    fn is_sound(&self) -> bool {
        let config = self.config;
        let present = config.magic == V2GCRYPT_CONFIG_MAGIC
            && config.instanceSize as usize == size_of::<CryptoSoft_InstanceType>()
            && config.keyRamSize as usize == size_of::<CryptoSoft_KeyRamType>()
            && config.objectRamSize as usize == size_of::<CryptoSoft_ObjectRamType>()
            && config.instanceId <= 0xFF
            && is_there(config.ram, 1)
            && is_there(config.objects, config.objectCount)
            && is_there(config.keys, config.keyCount)
            && is_there(config.objectRam, config.objectCount)
            && is_there(config.keyRam, config.keyCount)
            && is_there(config.queueRam, config.slotCount);
        present && self.objects_are_sound() && self.keys().all(|key| self.key_is_sound(key)) && nv::is_sound(*self)
    }

    /// Slots must not be shared: they follow each other in the order of the objects.
    fn objects_are_sound(&self) -> bool {
        let mut free = 0;
        self.objects().all(|object| {
            let config = self.object_config(object);
            let end = config.firstSlot.checked_add(config.queueSize).filter(|&end| end <= self.config.slotCount);
            let slots = match end {
                _ if config.queueSize == 0 => true,
                Some(end) if config.firstSlot >= free => {
                    free = end;
                    true
                }
                _ => false,
            };
            slots && is_there(config.primitives, config.primitiveCount)
        })
    }

    /// Elements must not be shared: they follow each other by id and in the key's data.
    fn key_is_sound(&self, key: KeyId) -> bool {
        let config = self.key_config(key);
        let tables = is_there(config.elements, config.elementCount)
            && is_there(config.elementLengths, config.elementCount)
            && is_there(config.data, config.dataSize)
            && is_there(config.usages, config.usageCount);
        let mut free = 0;
        let mut next_id = 0;
        tables
            && self.elements(key).iter().all(|element| {
                let end = element.offset.checked_add(element.size).filter(|&end| end <= config.dataSize);
                let sound = element.offset >= free
                    && end.is_some()
                    && element.keyElementId >= next_id
                    && element.initLength <= element.size
                    && is_there(element.initValue, element.initLength);
                free = end.unwrap_or(u32::MAX);
                next_id = element.keyElementId.saturating_add(1);
                sound
            })
    }

    /// Stops serving calls; false if a thread is computing.
    fn close(&self) -> bool {
        let mut session = self.enter();
        let has_run = self.phase() != Phase::Uninitialised;
        if has_run && *session.computing() != 0 {
            return false;
        }
        *session.computing() = 0;
        self.state_phase().store(0, Ordering::Release);
        true
    }

    /// What engines have made goes before its RAM is overwritten.
    fn discard_all(&self) {
        for object in self.objects() {
            // SAFETY: there are values since the last `initialise`, and nobody computes.
            unsafe { self.wipe_workspace(object) };
        }
        for key in self.keys() {
            // SAFETY: as above.
            unsafe { self.wipe_prepared(key) };
        }
    }

    fn reset_objects(&self) {
        for object in self.objects() {
            let ram = self.object_ram(object);
            // SAFETY: the RAM is the instance's own, and nobody else uses it while it is not ready.
            unsafe {
                wipe(ram, 1);
                ram.cast::<DriverObject>().write(DriverObject::default()); // IDLE [SWS_Crypto_00018]
            }
        }
        for slot in 0..self.config.slotCount as usize {
            // SAFETY: as above; a slot is as large as its RAM.
            unsafe { self.config.queueRam.cast::<Slot>().add(slot).write(Slot::EMPTY) };
        }
    }

    fn reset_keys(&self, load: bool) {
        for key in self.keys() {
            let config = self.key_config(key);
            let ram = self.key_ram(key);
            // SAFETY: the RAM is the instance's own, and nobody else uses it while it is not ready.
            unsafe {
                wipe(ram, 1);
                ram.cast::<KeyState>().write(KeyState::default()); // INVALID until KeySetValid
                wipe(config.data, config.dataSize);
                wipe(config.elementLengths, config.elementCount);
            }
            for element in self.elements(key).iter().filter(|element| load && element.initLength != 0) {
                if let Some(to) = self.element(key, element.keyElementId) {
                    // SAFETY: both ranges have been checked by `is_sound`.
                    unsafe {
                        core::ptr::copy(element.initValue, to.data, element.initLength as usize);
                        to.length.write(element.initLength);
                    }
                }
            }
        }
    }

    fn reset_generator(&self) {
        // SAFETY: nobody else uses the instance's RAM while it is not ready, but for the phase.
        unsafe {
            wipe(self.generator(), 1);
            addr_of_mut!((*self.state()).generator).write(KeyState::default());
        }
    }

    /// The instance has failed and nobody computes any more: no secret may be left. Jobs that wait are kept, to be told.
    fn wipe_secrets(&self) {
        self.discard_all();
        self.reset_keys(false);
        nv::wipe_all(*self);
        self.reset_generator();
    }

    fn object_config(&self, object: ObjectId) -> &'a CryptoSoft_ObjectConfigType {
        // SAFETY: an ObjectId is below the count, and the tables stay as they are.
        unsafe { &*self.config.objects.add(object.0) }
    }

    pub(super) fn elements(&self, key: KeyId) -> &'a [CryptoSoft_KeyElementConfigType] {
        let config = self.key_config(key);
        // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
        unsafe { table(config.elements, config.elementCount) }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = KeyId> {
        (0..self.config.keyCount as usize).map(KeyId)
    }

    fn object_ram(&self, object: ObjectId) -> *mut CryptoSoft_ObjectRamType {
        self.config.objectRam.wrapping_add(object.0)
    }

    fn key_ram(&self, key: KeyId) -> *mut CryptoSoft_KeyRamType {
        self.config.keyRam.wrapping_add(key.0)
    }

    fn state(&self) -> *mut InstanceState {
        self.config.ram.cast()
    }

    fn state_phase(&self) -> &'a AtomicU32 {
        // SAFETY: the RAM is the instance's own; any bits are an AtomicU32, and only Rust touches it.
        unsafe { &*addr_of!((*self.state()).phase) }
    }
}

impl<'a> Element<'a> {
    /// What was written; nothing if that never happened, or the element has no room (and then perhaps no memory).
    ///
    /// # Safety
    /// The caller holds the key, and does not write the element meanwhile.
    pub(super) unsafe fn value(&self) -> &'a [u8] {
        // SAFETY: the caller vouches for it; `is_sound` has checked that the element lies in the key's data.
        unsafe { table(self.data, self.length()) }
    }

    /// Length of what was written, in bytes.
    ///
    /// # Safety
    /// The caller is in the exclusive area, or holds the key.
    pub(super) unsafe fn length(&self) -> u32 {
        // SAFETY: it is written by whoever holds the key for writing.
        unsafe { self.length.read() }
    }

    /// Is it the element whose value jobs use?
    pub(super) fn is_used(&self) -> bool {
        self.config.keyElementId == CRYPTO_KE_MAC_KEY
    }

    /// Sets the length of what was written.
    ///
    /// # Safety
    /// The caller holds the key for writing.
    pub(super) unsafe fn set_length(&self, length: u32) {
        // SAFETY: nobody else reads or writes it.
        unsafe { self.length.write(length) }
    }
}

/// The exclusive area, left when dropped: also when a panic unwinds.
struct Area;

impl Area {
    fn enter() -> Self {
        // SAFETY: the callout takes nothing. Sessions are not nested.
        unsafe { SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0() };
        Self
    }
}

impl Drop for Area {
    fn drop(&mut self) {
        // SAFETY: the area has been entered.
        unsafe { SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0() };
    }
}

/// The exclusive area has been entered: control data may be touched. No call out, no computation while it lives.
pub(super) struct Session<'a> {
    instance: Instance<'a>,
    /// The thread panics already, for a reason of its own.
    #[cfg(feature = "host")]
    panicking: bool,
    _area: Area,
}

#[cfg(feature = "host")]
impl Drop for Session<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.panicking {
            self.fail(); // before another thread enters and steps on what the panic has left behind
        }
    }
}

/// One object's control data, and the states of the keys.
pub(super) struct ObjectControl<'s, 'a> {
    pub(super) state: &'s mut DriverObject,
    pub(super) slots: &'s mut [Slot],
    pub(super) keys: Keys<'a>,
}

/// The states of an instance's keys.
pub(super) struct Keys<'a> {
    instance: Instance<'a>,
}

impl<'a> Session<'a> {
    pub(super) fn is_ready(&self) -> bool {
        self.instance.phase() == Phase::Ready
    }

    pub(super) fn has_failed(&self) -> bool {
        self.instance.phase() == Phase::Failed
    }

    /// The instance serves no call until it is initialised.
    #[cfg(feature = "host")]
    fn fail(&mut self) {
        self.instance.state_phase().store(FAILED, Ordering::Release);
    }

    pub(super) fn object(&mut self, object: ObjectId) -> ObjectControl<'_, 'a> {
        let config = self.instance.object_config(object);
        // SAFETY: `self` is borrowed mutably, and whoever has a session is in the area alone, so there is no other reference
        // to these; slots are disjoint from states, and both hold values since `initialise`.
        let (state, slots) = unsafe {
            let slots = self.instance.config.queueRam.cast::<Slot>().wrapping_add(config.firstSlot as usize);
            (&mut *self.instance.object_ram(object).cast::<DriverObject>(), table_mut(slots, config.queueSize))
        };
        ObjectControl { state, slots, keys: Keys { instance: self.instance } }
    }

    pub(super) fn key(&mut self, key: KeyId) -> &mut KeyState {
        // SAFETY: as in `object`.
        unsafe { &mut *self.instance.key_ram(key).cast::<KeyState>() }
    }

    /// Who holds the random generator.
    #[allow(dead_code)]
    pub(super) fn generator(&mut self) -> &mut KeyState {
        // SAFETY: as in `object`; `phase`, which others read, lies beside it.
        unsafe { &mut *addr_of_mut!((*self.instance.state()).generator) }
    }

    /// Leaves the area to use what a step has given to this thread.
    pub(super) fn begin_computation(mut self) -> Computation<'a> {
        let computing = self.computing();
        *computing = computing.saturating_add(1);
        Computation { instance: self.instance }
    }

    /// Does no thread compute?
    pub(super) fn nobody_computes(&mut self) -> bool {
        *self.computing() == 0
    }

    fn computing(&mut self) -> &mut u32 {
        // SAFETY: as in `object`; `phase`, which others read, lies beside it.
        unsafe { &mut *addr_of_mut!((*self.instance.state()).computing) }
    }
}

impl KeyStore for Keys<'_> {
    fn key(&mut self, id: u32) -> Option<KeyView<'_>> {
        let key = self.instance.key(id)?;
        // SAFETY: `Keys` lives in a session, and `self` is borrowed mutably: there is no other reference to the state.
        let state = unsafe { &mut *self.instance.key_ram(key).cast::<KeyState>() };
        let is_written = state.is_written();
        let seen = |element: Option<Element<'_>>| match element {
            // Whoever writes the key has the length, too.
            Some(_) if is_written => UsedElement::Length(0),
            // SAFETY: the area has been entered, and nobody writes the key.
            Some(element) => match (element.config.format, unsafe { element.length() }) {
                (CRYPTO_KE_FORMAT_BIN_OCTET, length) => UsedElement::Length(length),
                (_, length) => UsedElement::Encoded(length),
            },
            None => UsedElement::Absent,
        };
        let (used_element, nonce) = (seen(self.instance.used_element(key)), seen(self.instance.nonce(key)));
        Some(KeyView { state, used_element, nonce })
    }

    fn generator(&mut self) -> &mut KeyState {
        // SAFETY: as above.
        unsafe { &mut *addr_of_mut!((*self.instance.state()).generator) }
    }
}

/// This thread uses what a step has given to it. When it dies in that, the last one out wipes the instance.
pub(super) struct Computation<'a> {
    instance: Instance<'a>,
}

impl<'a> Computation<'a> {
    /// Done, in the same area as the step that gives back what was used. If the instance has failed there is more to do, when
    /// what is returned is dropped after the session.
    pub(super) fn end(self, session: &mut Session<'a>) -> Option<Self> {
        if !session.is_ready() {
            return Some(self);
        }
        let computing = session.computing();
        *computing = computing.saturating_sub(1);
        core::mem::forget(self);
        None
    }
}

impl Drop for Computation<'_> {
    fn drop(&mut self) {
        leave(self.instance);
    }
}

/// Called when the instance has failed, or is about to because this thread panics.
fn leave(instance: Instance<'_>) {
    let mut session = instance.enter();
    let last = *session.computing() <= 1;
    #[cfg(feature = "host")]
    if std::thread::panicking() {
        session.fail();
    }
    let wiping = last && instance.phase() == Phase::Failed;
    if !wiping {
        let computing = session.computing();
        *computing = computing.saturating_sub(1);
        return;
    }
    drop(session);
    instance.wipe_secrets(); // still counted, so that nobody initialises meanwhile
    *instance.enter().computing() = 0;
}

/// What lies behind a `Control` at the beginning of `ram`.
fn after<Control, T>(ram: *mut impl Sized) -> *mut T {
    let control_end = ram.cast::<u8>().wrapping_add(size_of::<Control>());
    let mask = align_of::<T>() - 1;
    let misaligned = control_end as usize & mask;
    control_end.wrapping_add((align_of::<T>() - misaligned) & mask).cast()
}

/// Overwrites a value of which all bytes zero are another.
///
/// # Safety
/// `place` holds a value that nobody else refers to.
unsafe fn discard<T>(place: *mut T) {
    if cfg!(feature = "aws-lc") {
        // SAFETY: the caller vouches for it, and what is left is overwritten below. Other engines own nothing but their bytes.
        unsafe { core::ptr::drop_in_place(place) };
    }
    // SAFETY: the caller vouches for it.
    unsafe { wipe(place, 1) };
}

/// Overwrites `count` values.
///
/// # Safety
/// `first` points to `count` values that can be written, unless `count` is 0.
pub(super) unsafe fn wipe<T>(first: *mut T, count: u32) {
    if count != 0 {
        // SAFETY: the caller vouches for the range, which is not empty.
        let bytes = unsafe { core::slice::from_raw_parts_mut(first.cast::<MaybeUninit<u8>>(), size_of::<T>() * count as usize) };
        bytes.zeroize();
    }
}

/// Is there a table for `count` entries, aligned as they need?
pub(super) fn is_there<T>(first: *const T, count: u32) -> bool {
    let aligned = first as usize & (align_of::<T>() - 1) == 0;
    let fits = size_of::<T>().checked_mul(count as usize).is_some_and(|size| size <= isize::MAX as usize);
    count == 0 || (!first.is_null() && aligned && fits)
}

/// # Safety
/// `first` points to `count` entries that stay as they are, unless `count` is 0.
pub(super) unsafe fn table<'a, T>(first: *const T, count: u32) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller vouches for it.
    unsafe { core::slice::from_raw_parts(first, count as usize) }
}

/// # Safety
/// `first` points to `count` entries that nobody else refers to, unless `count` is 0.
pub(super) unsafe fn table_mut<'a, T>(first: *mut T, count: u32) -> &'a mut [T] {
    if count == 0 {
        return &mut [];
    }
    // SAFETY: the caller vouches for it.
    unsafe { core::slice::from_raw_parts_mut(first, count as usize) }
}
