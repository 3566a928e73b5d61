//! One instance: its tables, where in its RAM what lies, and the shared region.
//!
//! Control data is touched inside the exclusive area only, through a [`Session`]. Key elements of the host and bounce buffers lie apart
//! from it and are touched outside the area, by whoever has been given them by a step.
#![allow(unsafe_code)]

use core::mem::{align_of, size_of};
use core::ptr::addr_of;
use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_hsm_protocol::layout::{CHANNELS, HOST_STATUS, HSM_ACCEPTED, HSM_STATUS, MAILBOX_BYTES};
use v2gcrypt_hsm_protocol::policy::Policy;
use v2gcrypt_hsm_protocol::{HostRing, Window};
use v2gcrypt_types::*;
use zeroize::Zeroize;

use super::super::config::*;
use super::super::link::Link;
use super::super::machine::{Facts, Keys, Machine, WorkId};
use super::super::work::{Lent, ObjectPlace, Work, WorkPlace};
use crate::soft::config::*;
use crate::soft::keys::{KeyState, KeyView, UsedElement};
use crate::soft::queue::Slot;

extern "C" {
    fn SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0();
    fn SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0();
}

/// State of the instance. `phase` is read outside the area too: it comes first in every call.
struct InstanceState {
    phase: AtomicU32,
    link: Link,
    rings: [HostRing; CHANNELS],
}

/// Neither of these is likely to be found in RAM that nobody has cleared; everything else means uninitialised.
const READY: u32 = 0x4853_4D52;
const FAILED: u32 = 0x4853_4D46;

pub(super) const INSTANCE_RAM_USED: usize = size_of::<InstanceState>();
pub(super) const KEY_RAM_USED: usize = size_of::<KeyState>();

// Upper bounds of what generated C reserves.
const _: () = assert!(INSTANCE_RAM_USED <= size_of::<CryptoHsm_InstanceRamType>());
const _: () = assert!(KEY_RAM_USED <= size_of::<CryptoHsm_KeyRamType>());
const _: () = assert!(align_of::<InstanceState>() <= align_of::<CryptoHsm_InstanceRamType>());
const _: () = assert!(align_of::<KeyState>() <= align_of::<CryptoHsm_KeyRamType>());

/// Bits of a mask of slots.
const MAX_SLOTS: u32 = 32;
/// Jobs in work of one object: what a ring holds.
const MAX_WORKS: u32 = 8;
const BOUNCE_SIZES: core::ops::RangeInclusive<u32> = 640..=16384;

/// An instance whose configuration has passed [`Instance::initialise`].
#[derive(Clone, Copy)]
pub(super) struct Instance<'a> {
    config: &'a CryptoHsm_InstanceType,
    pub(super) transport: &'a CryptoHsm_TransportType,
}

/// Index of a key that exists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyId(pub(super) usize);

/// A key element that exists.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) config: &'a CryptoHsm_KeyElementConfigType,
    /// First byte of its value, if it is the host's.
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
    /// `config` is null, or points to a configuration that stays as it is, whose `ram` and `transport` are null or its own.
    pub(super) unsafe fn attach(config: *const CryptoHsm_InstanceType) -> Option<(Self, Phase)> {
        // SAFETY: the caller vouches for the pointers; null gives None.
        let (config, transport) = unsafe {
            let config = config.as_ref()?;
            (config, config.transport.as_ref()?)
        };
        if config.ram.is_null() {
            return None;
        }
        let instance = Self { config, transport };
        Some((instance, instance.phase()))
    }

    /// Checks the configuration, clears the RAM and loads initial values. False, and nothing has changed, if it is unsound.
    ///
    /// # Safety
    /// `config` is null, or its tables, RAM and region are as long as it tells. Nobody calls the instance at the same time.
    pub(super) unsafe fn initialise(config: *const CryptoHsm_InstanceType) -> bool {
        // SAFETY: the caller vouches for the pointer; null gives None.
        let attached = unsafe { config.as_ref().and_then(|config| Some((config, config.transport.as_ref()?))) };
        let Some((config, transport)) = attached else {
            return false;
        };
        let instance = Self { config, transport };
        if !instance.is_sound() {
            return false;
        }
        let Some(rings) = rings() else {
            return false;
        };
        instance.state_phase().store(0, Ordering::Release);
        instance.reset_objects();
        instance.reset_keys(true);
        let word = |index: usize| instance.words().get(index).map_or(0, |word| word.load(Ordering::Acquire));
        let link = Link::new(word(HOST_STATUS), word(HSM_ACCEPTED));
        // SAFETY: the RAM is the instance's own, large and aligned enough, and nobody else uses it while it is not ready.
        unsafe { instance.state().write(InstanceState { phase: AtomicU32::new(0), link, rings }) };
        instance.state_phase().store(READY, Ordering::Release);
        true
    }

    pub(super) fn config(&self) -> &'a CryptoHsm_InstanceType {
        self.config
    }

    pub(super) fn phase(&self) -> Phase {
        match self.state_phase().load(Ordering::Acquire) {
            READY => Phase::Ready,
            FAILED => Phase::Failed,
            _ => Phase::Uninitialised,
        }
    }

    /// A panic has been caught: serves no call until it is initialised. Pending jobs are still to be told. Payload that the HSM does not
    /// have is wiped.
    #[cfg(feature = "host")]
    pub(super) fn fail(self) {
        let mut session = self.enter();
        self.state_phase().store(FAILED, Ordering::Release);
        session.machine().fail();
        drop(session);
        for id in (0..self.config.workCount as usize).map(WorkId) {
            let is_here = self.enter().machine().is_here(id);
            if is_here {
                self.wipe_bounce(id, self.config.bounceSize); // calls of other threads end with an error
            }
        }
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

    pub(super) fn has_object(&self, id: u32) -> bool {
        id < self.config.objectCount
    }

    pub(super) fn primitives(&self, object: u32) -> &'a [CryptoSoft_PrimitiveConfigType] {
        match self.objects().get(object as usize) {
            // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
            Some(config) => unsafe { table(config.primitives, config.primitiveCount) },
            None => &[],
        }
    }

    pub(super) fn key(&self, id: u32) -> Option<KeyId> {
        (id < self.config.keyCount).then_some(KeyId(id as usize))
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = KeyId> {
        (0..self.config.keyCount as usize).map(KeyId)
    }

    pub(super) fn elements(&self, key: KeyId) -> &'a [CryptoHsm_KeyElementConfigType] {
        let config = self.key_config(key);
        // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
        unsafe { table(config.elements, config.elementCount) }
    }

    pub(super) fn element(&self, key: KeyId, id: u32) -> Option<Element<'a>> {
        let config = self.key_config(key);
        let (index, element) = self.elements(key).iter().enumerate().find(|(_, element)| element.keyElementId == id)?;
        Some(Element {
            config: element,
            data: config.data.wrapping_add(element.offset as usize),
            length: config.elementLengths.wrapping_add(index),
        })
    }

    /// The algorithms that may use the key.
    pub(super) fn usages(&self, key: KeyId) -> &'a [CryptoSoft_PrimitiveConfigType] {
        let config = self.key_config(key);
        // SAFETY: `is_sound` has checked that the table is there; it is as long as its count.
        unsafe { table(config.usages, config.usageCount) }
    }

    /// The HSM's number of the slot that an element names.
    pub(super) fn slot_number(&self, element: &CryptoHsm_KeyElementConfigType) -> Option<u16> {
        self.slots().get(element.slot as usize).map(|slot| slot.number)
    }

    /// The shared region.
    pub(super) fn window(&self) -> Option<Window<'a>> {
        Window::new(self.transport.busAddress, self.words())
    }

    /// Where a place's bounce buffer begins, from the beginning of the region.
    pub(super) fn bounce_offset(&self, id: WorkId) -> u32 {
        (id.0 as u32).wrapping_mul(self.config.bounceSize).wrapping_add(self.config.bounceOffset)
    }

    /// Overwrites the beginning of a place's bounce buffer, which is this thread's.
    pub(super) fn wipe_bounce(&self, id: WorkId, used: u32) {
        if let (Some(window), true) = (self.window(), used != 0) {
            let address = window.base().wrapping_add(self.bounce_offset(id));
            let _ = window.wipe(address, used.min(self.config.bounceSize)); // it is there: `region_is_sound`
        }
    }

    // ---- what the transport gives

    pub(super) fn now(&self) -> u32 {
        // SAFETY: the transport is the configuration's, and its context is what it wants.
        self.transport.now.map_or(0, |now| unsafe { now(self.transport.context) })
    }

    pub(super) fn barrier(&self) {
        if let Some(barrier) = self.transport.barrier {
            // SAFETY: as in `now`.
            unsafe { barrier(self.transport.context) };
        }
    }

    /// Rings the doorbells whose bits are set.
    pub(super) fn ring(&self, bells: u32) {
        let Some(ring) = self.transport.ringDoorbell.filter(|_| bells != 0) else {
            return;
        };
        self.barrier();
        for bell in (0..32).filter(|bell| bells >> bell & 1 != 0) {
            // SAFETY: as in `now`.
            unsafe { ring(self.transport.context, bell) };
        }
    }

    /// Waits for a bell; false if the transport cannot.
    pub(super) fn wait(&self, channel: u8, ticks: u32) -> bool {
        match self.transport.wait {
            // SAFETY: as in `now`.
            Some(wait) => unsafe { wait(self.transport.context, channel, ticks) },
            None => return false,
        }
        true
    }

    pub(super) fn hsm_status(&self) -> u32 {
        match self.transport.hsmStatusGet {
            // SAFETY: as in `now`.
            Some(get) => unsafe { get(self.transport.context) },
            None => self.words().get(HSM_STATUS).map_or(0, |word| word.load(Ordering::Acquire)),
        }
    }

    pub(super) fn set_host_status(&self, word: u32) {
        self.barrier();
        if let Some(place) = self.words().get(HOST_STATUS) {
            place.store(word, Ordering::Release); // also where the bridge has a register: it survives a reset of the host
        }
        if let Some(set) = self.transport.hostStatusSet {
            // SAFETY: as in `now`.
            unsafe { set(self.transport.context, word) };
        }
    }

    /// Where the HSM reaches these bytes itself.
    ///
    /// # Safety
    /// `start` points to `length` bytes.
    pub(super) unsafe fn translate(&self, start: *const u8, length: u32) -> Option<u32> {
        let translate = self.transport.translate?;
        let mut address = 0;
        // SAFETY: as in `now`; the caller vouches for the bytes.
        let result = unsafe { translate(self.transport.context, start, length, &mut address) };
        (result == E_OK && address & 3 == 0 && address.checked_add(length).is_some()).then_some(address)
    }

    // ---- soundness

    /// Is everything there, and in range?
    fn is_sound(&self) -> bool {
        let config = self.config;
        let present = config.magic == V2GCRYPT_CONFIG_MAGIC
            && config.instanceSize as usize == size_of::<CryptoHsm_InstanceType>()
            && config.workRamSize as usize == size_of::<CryptoHsm_WorkRamType>()
            && config.instanceRamSize as usize == size_of::<CryptoHsm_InstanceRamType>()
            && config.instanceId <= 0xFF
            && is_there(config.ram, 1)
            && is_there(config.objects, config.objectCount)
            && is_there(config.keys, config.keyCount)
            && is_there(config.slots, config.slotCount)
            && is_there(config.objectRam, config.objectCount)
            && is_there(config.keyRam, config.keyCount)
            && is_there(config.queueRam, config.queueSlotCount)
            && is_there(config.workRam, config.workCount)
            && config.slotCount <= MAX_SLOTS
            && usize::from(config.serviceChannel) < CHANNELS;
        let timeouts = config.timeouts;
        let times = [timeouts.connect, timeouts.fast, timeouts.slow, timeouts.synchronous];
        present
            && times.iter().all(|ticks| (1..1 << 31).contains(ticks))
            && self.region_is_sound()
            && self.objects_are_sound()
            && self.slots_are_sound()
            && self.keys().all(|key| self.key_is_sound(key))
    }

    fn region_is_sound(&self) -> bool {
        let (config, transport) = (self.config, self.transport);
        let bounce = config.workCount.checked_mul(config.bounceSize);
        let end = bounce.and_then(|bytes| bytes.checked_add(config.bounceOffset));
        config.bounceOffset as usize >= MAILBOX_BYTES
            && config.bounceOffset & 63 == 0
            && config.bounceSize & 63 == 0
            && BOUNCE_SIZES.contains(&config.bounceSize)
            && end.is_some_and(|end| end <= transport.regionLength)
            && transport.regionLength & 3 == 0
            && is_there(transport.region, transport.regionLength >> 2)
            && transport.region as usize & 3 == 0
            && transport.ringDoorbell.is_some()
            && transport.now.is_some()
            && self.window().is_some()
    }

    /// Slots of queues and places must not be shared: they follow each other in the order of the objects.
    fn objects_are_sound(&self) -> bool {
        let config = self.config;
        let (mut free_slot, mut free_work) = (0, 0);
        let sound = self.objects().iter().all(|object| {
            let slots = object.firstQueueSlot.checked_add(object.queueSize).filter(|&end| end <= config.queueSlotCount);
            let works = object.firstWork.checked_add(object.workCount).filter(|&end| end < config.workCount);
            let sound = (object.queueSize == 0 || (object.firstQueueSlot >= free_slot && slots.is_some()))
                && object.firstWork >= free_work
                && works.is_some()
                && (1..=MAX_WORKS).contains(&object.workCount)
                && usize::from(object.channel) < CHANNELS
                && is_there(object.primitives, object.primitiveCount);
            free_slot = if object.queueSize == 0 { free_slot } else { slots.unwrap_or(u32::MAX) };
            free_work = works.unwrap_or(u32::MAX);
            sound
        });
        sound && config.workCount != 0
    }

    fn slots_are_sound(&self) -> bool {
        let slots = self.slots();
        slots.iter().enumerate().all(|(index, slot)| {
            let is_new = slots.iter().take(index).all(|other| other.number != slot.number);
            is_new && Policy::from_words(slot.policyKind, slot.policyUsage).is_some()
        })
    }

    /// Elements must not be shared: they follow each other by id and in the key's data.
    fn key_is_sound(&self, key: KeyId) -> bool {
        let config = self.key_config(key);
        let tables = is_there(config.elements, config.elementCount)
            && is_there(config.elementLengths, config.elementCount)
            && is_there(config.data, config.dataSize)
            && is_there(config.usages, config.usageCount);
        let (mut free, mut next_id) = (0, 0);
        tables
            && self.elements(key).iter().all(|element| {
                let in_order = element.keyElementId >= next_id;
                next_id = element.keyElementId.saturating_add(1);
                let named = element.slot < self.config.slotCount;
                let sound = match element.storage {
                    CRYPTO_HSM_STORAGE_HOST => {
                        let end = element.offset.checked_add(element.size).filter(|&end| end <= config.dataSize);
                        let begins = element.offset >= free;
                        free = end.unwrap_or(u32::MAX);
                        end.is_some()
                            && begins
                            && element.initLength <= element.size
                            && is_there(element.initValue, element.initLength)
                            && element.slot == CRYPTO_HSM_NO_SLOT
                    }
                    CRYPTO_HSM_STORAGE_SLOT => named && element.initLength == 0 && self.is_slot_of_one(key, element.slot),
                    CRYPTO_HSM_STORAGE_PUBLIC_KEY => named && element.initLength == 0,
                    _ => false,
                };
                sound && in_order
            })
    }

    /// Is there no other element in the slot?
    fn is_slot_of_one(&self, key: KeyId, slot: u32) -> bool {
        let users = self.keys().flat_map(|one| self.elements(one).iter().map(move |element| (one, element)));
        let others = users.filter(|(_, element)| element.storage == CRYPTO_HSM_STORAGE_SLOT && element.slot == slot);
        let mut count = 0u32;
        let ours = others.inspect(|_| count = count.saturating_add(1)).all(|(one, _)| one == key);
        ours && count == 1
    }

    // ---- RAM

    fn reset_objects(&self) {
        // First all: there may be places that no object has.
        for work in 0..self.config.workCount {
            self.reset_work(work, self.config.serviceChannel);
        }
        for (index, object) in self.objects().iter().enumerate() {
            let place = self.config.objectRam.wrapping_add(index).cast::<ObjectPlace>();
            // SAFETY: the RAM is the instance's own, there is one for each object, and nobody else uses it while it is not ready.
            unsafe { place.write(ObjectPlace::new()) };
            for work in object.firstWork..object.firstWork.saturating_add(object.workCount) {
                self.reset_work(work, object.channel);
            }
        }
        for slot in 0..self.config.queueSlotCount as usize {
            // SAFETY: as above; a slot is as large as its RAM.
            unsafe { self.config.queueRam.cast::<Slot>().wrapping_add(slot).write(Slot::EMPTY) };
        }
    }

    /// An earlier life of the host may have lent the bounce buffer, and left payload in it.
    fn reset_work(&self, index: u32, channel: u8) {
        let place = self.config.workRam.wrapping_add(index as usize).cast::<WorkPlace>();
        let work = Work { channel, lent: Lent::Lost, used: self.config.bounceSize, ..Work::FREE };
        // SAFETY: `is_sound` has checked that the place is one of the instance's, which nobody else uses while it is not ready.
        unsafe { place.write(WorkPlace::new(work)) };
    }

    pub(super) fn reset_keys(&self, load: bool) {
        for key in self.keys() {
            let config = self.key_config(key);
            // SAFETY: the RAM is the instance's own, and nobody else uses it while it is not ready.
            unsafe {
                self.key_state(key).write(KeyState::default());
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

    fn key_config(&self, key: KeyId) -> &'a CryptoHsm_KeyConfigType {
        // SAFETY: a KeyId is below the count, and the tables stay as they are.
        unsafe { &*self.config.keys.wrapping_add(key.0) }
    }

    fn key_state(&self, key: KeyId) -> *mut KeyState {
        self.config.keyRam.wrapping_add(key.0).cast()
    }

    pub(super) fn objects(&self) -> &'a [CryptoHsm_ObjectConfigType] {
        // SAFETY: `is_sound` checks first that the table is there; it is as long as its count.
        unsafe { table(self.config.objects, self.config.objectCount) }
    }

    fn slots(&self) -> &'a [CryptoHsm_SlotConfigType] {
        // SAFETY: as above.
        unsafe { table(self.config.slots, self.config.slotCount) }
    }

    pub(super) fn words(&self) -> &'a [AtomicU32] {
        // SAFETY: as above; any bits are an AtomicU32, and C touches the region no other way.
        unsafe { table(self.transport.region.cast(), self.transport.regionLength >> 2) }
    }

    fn state(&self) -> *mut InstanceState {
        self.config.ram.cast()
    }

    fn state_phase(&self) -> &'a AtomicU32 {
        // SAFETY: the RAM is the instance's own; any bits are an AtomicU32, and only Rust touches it.
        unsafe { &*addr_of!((*self.state()).phase) }
    }
}

fn rings() -> Option<[HostRing; CHANNELS]> {
    Some([HostRing::new(0)?, HostRing::new(1)?, HostRing::new(2)?, HostRing::new(3)?])
}

impl<'a> Element<'a> {
    /// What was written to an element of the host; nothing if that never happened, or it is not there.
    ///
    /// # Safety
    /// The caller holds the key, and does not write the element meanwhile.
    pub(super) unsafe fn value(&self) -> &'a [u8] {
        if self.config.storage != CRYPTO_HSM_STORAGE_HOST {
            return &[];
        }
        // SAFETY: the caller vouches for it; `is_sound` has checked that the element lies in the key's data.
        unsafe { table(self.data, self.length.read()) }
    }

    /// Writes an element of the host from its beginning; what is behind is wiped.
    ///
    /// # Safety
    /// The caller holds the key for writing; the element has room, and `value` points to `length` bytes.
    pub(super) unsafe fn store(&self, value: *const u8, length: u32) {
        // SAFETY: the caller vouches for all of it.
        unsafe {
            core::ptr::copy(value, self.data, length as usize);
            wipe(self.data.wrapping_add(length as usize), self.config.size.saturating_sub(length));
            self.length.write(length);
        }
    }

    /// Writes bytes of an element of the host; it has `length` bytes then.
    ///
    /// # Safety
    /// As for `store`, with `at` and the bytes within its size.
    pub(super) unsafe fn store_part(&self, at: u32, value: *const u8, count: u32, length: u32) {
        // SAFETY: the caller vouches for all of it.
        unsafe {
            core::ptr::copy(value, self.data.wrapping_add(at as usize), count as usize);
            self.length.write(length);
        }
    }

    /// As the soft driver's checks know elements.
    pub(super) fn as_soft(&self) -> CryptoSoft_KeyElementConfigType {
        CryptoSoft_KeyElementConfigType {
            keyElementId: self.config.keyElementId,
            size: self.config.size,
            offset: 0,
            initValue: core::ptr::null(),
            initLength: 0,
            format: CRYPTO_KE_FORMAT_BIN_OCTET,
            readAccess: self.config.readAccess,
            writeAccess: self.config.writeAccess,
            allowPartialAccess: self.config.allowPartialAccess,
            persist: 0,
        }
    }

    pub(super) fn is_of_host(&self) -> bool {
        self.config.storage == CRYPTO_HSM_STORAGE_HOST
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

/// The exclusive area has been entered: control data may be touched. No call out, no copying of payload while it lives.
pub(super) struct Session<'a> {
    instance: Instance<'a>,
    /// The thread was panicking already: not the step's fault.
    #[cfg(feature = "host")]
    panicking: bool,
    _area: Area,
}

#[cfg(feature = "host")]
impl Drop for Session<'_> {
    fn drop(&mut self) {
        if !self.panicking && std::thread::panicking() {
            // Before the area is left: nobody steps on what the panic has left half-done.
            self.instance.state_phase().store(FAILED, Ordering::Release);
        }
    }
}

impl<'a> Session<'a> {
    pub(super) fn machine(&mut self) -> Machine<'_, KeysOf<'a>> {
        let instance = self.instance;
        let config = instance.config;
        let (objects, works) = (config.objectRam.cast::<ObjectPlace>(), config.workRam.cast::<WorkPlace>());
        // SAFETY: `self` is borrowed mutably, and whoever has a session is in the area alone, so there is no other reference to
        // these; they are disjoint, and all hold values since `initialise`. `phase`, which others read, lies beside the rest.
        unsafe {
            let state = instance.state();
            Machine {
                link: &mut (*state).link,
                rings: &mut (*state).rings,
                objects: table_mut(objects, config.objectCount),
                works: table_mut(works, config.workCount),
                queue: table_mut(config.queueRam.cast::<Slot>(), config.queueSlotCount),
                keys: KeysOf { instance },
                facts: Facts {
                    objects: instance.objects(),
                    slots: instance.slots(),
                    key_count: config.keyCount,
                    timeouts: config.timeouts,
                    service_channel: config.serviceChannel,
                    bounce_size: config.bounceSize,
                },
                words: instance.words(),
                bells: 0,
            }
        }
    }
}

/// The states of an instance's keys.
pub(super) struct KeysOf<'a> {
    instance: Instance<'a>,
}

impl Keys for KeysOf<'_> {
    fn key(&mut self, id: u32) -> Option<KeyView<'_>> {
        let key = self.instance.key(id)?;
        // SAFETY: `KeysOf` lives in a session, and `self` is borrowed mutably: there is no other reference to the state.
        let state = unsafe { &mut *self.instance.key_state(key) };
        let is_written = state.is_written();
        let seen = |element: Option<Element<'_>>, wants_slot: bool| match element {
            Some(element) if wants_slot != (element.config.storage == CRYPTO_HSM_STORAGE_SLOT) => UsedElement::Absent,
            Some(element) if wants_slot => UsedElement::Length(self.instance.slot_length(element.config)),
            // Whoever writes the key has the length, too.
            Some(_) if is_written => UsedElement::Length(0),
            // SAFETY: the area has been entered, and nobody writes the key.
            Some(element) => UsedElement::Length(unsafe { element.value() }.len() as u32),
            None => UsedElement::Absent,
        };
        let used_element = seen(self.instance.element(key, CRYPTO_KE_MAC_KEY), true);
        let nonce = seen(self.instance.element(key, CRYPTO_KE_CIPHER_IV), false);
        Some(KeyView { state, used_element, nonce })
    }

    fn slots(&self, id: u32) -> u32 {
        let Some(key) = self.instance.key(id) else {
            return 0;
        };
        let in_slots = self.instance.elements(key).iter().filter(|element| element.storage != CRYPTO_HSM_STORAGE_HOST);
        in_slots.fold(0, |mask, element| mask | 1u32.checked_shl(element.slot).unwrap_or(0))
    }
}

impl Instance<'_> {
    /// Bytes of the value in a slot: its policy tells.
    pub(super) fn slot_length(&self, element: &CryptoHsm_KeyElementConfigType) -> u32 {
        let slot = self.slots().get(element.slot as usize);
        let policy = slot.and_then(|slot| Policy::from_words(slot.policyKind, slot.policyUsage));
        policy.map_or(0, |policy| policy.kind.len().into())
    }
}

/// Overwrites `count` values.
///
/// # Safety
/// `first` points to `count` values that can be written, unless `count` is 0.
pub(super) unsafe fn wipe<T>(first: *mut T, count: u32) {
    if count != 0 {
        let bytes = size_of::<T>() * count as usize;
        // SAFETY: the caller vouches for the range, which is not empty.
        let bytes = unsafe { core::slice::from_raw_parts_mut(first.cast::<core::mem::MaybeUninit<u8>>(), bytes) };
        bytes.zeroize();
    }
}

/// Is there a table for `count` entries, aligned as they need?
fn is_there<T>(first: *const T, count: u32) -> bool {
    let aligned = first as usize & (align_of::<T>() - 1) == 0;
    let fits = size_of::<T>().checked_mul(count as usize).is_some_and(|size| size <= isize::MAX as usize);
    count == 0 || (!first.is_null() && aligned && fits)
}

/// # Safety
/// `first` points to `count` entries that stay as they are, unless `count` is 0.
unsafe fn table<'a, T>(first: *const T, count: u32) -> &'a [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller vouches for it.
    unsafe { core::slice::from_raw_parts(first, count as usize) }
}

/// # Safety
/// `first` points to `count` entries that nobody else refers to, unless `count` is 0.
unsafe fn table_mut<'a, T>(first: *mut T, count: u32) -> &'a mut [T] {
    if count == 0 {
        return &mut [];
    }
    // SAFETY: the caller vouches for it.
    unsafe { core::slice::from_raw_parts_mut(first, count as usize) }
}
