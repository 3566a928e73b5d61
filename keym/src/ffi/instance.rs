//! The one instance behind the C interface.

use super::sound::{is_sound, slice_mut};
use super::view::View;
use super::world::{Mailbox, World};
use crate::config::*;
#[cfg(feature = "host")]
use crate::core::Request;
use crate::core::{Common, Engine, Inputs, KeyNode, Record, Shared, Slot};
use crate::numbers::*;
use core::cell::UnsafeCell;
use core::mem::align_of;
use core::ptr::{addr_of, addr_of_mut, null_mut, write_bytes};
use core::sync::atomic::{AtomicPtr, AtomicU8, Ordering};
use v2gcrypt_types::*;

extern "C" {
    /// The configuration that is linked.
    pub(super) static KeyM_Config: KeyM_ConfigType;

    pub(super) fn Det_ReportError(ModuleId: uint16, InstanceId: uint8, ApiId: uint8, ErrorId: uint8) -> Std_ReturnType;
    fn SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0();
    fn SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0();
}

struct Instance {
    state: AtomicU8,
    config: AtomicPtr<KeyM_ConfigType>,
    common: UnsafeCell<Common>,
}

// SAFETY: `common` is touched inside the exclusive area only.
unsafe impl Sync for Instance {}

const UNINIT: u8 = 0;
const READY: u8 = 1;
/// A panic was caught.
#[cfg(feature = "host")]
const FAILED: u8 = 2;

static INSTANCE: Instance =
    Instance { state: AtomicU8::new(UNINIT), config: AtomicPtr::new(null_mut()), common: UnsafeCell::new(Common::NEW) };

/// What lies in the RAM of [`KeyM_EngineRamType`].
#[repr(C)]
pub(super) struct EngineMemory {
    pub(super) engine: Engine,
    pub(super) mailbox: Mailbox,
    pub(super) inputs: Inputs,
}

const _: () =
    assert!(core::mem::size_of::<EngineMemory>() + align_of::<EngineMemory>() <= core::mem::size_of::<KeyM_EngineRamType>());

/// Bytes of [`KeyM_EngineRamType`] that are used.
#[no_mangle]
pub static V2gcrypt_KeyM_EngineRamUsed: uint32 = core::mem::size_of::<EngineMemory>() as uint32;
/// Bytes of [`KeyM_CertificateRamType`] that a certificate uses.
#[no_mangle]
pub static V2gcrypt_KeyM_CertificateRamUsed: uint32 = core::mem::size_of::<Slot>() as uint32;

/// The engine's memory, at an address that suits it.
pub(super) fn engine_memory(config: &KeyM_ConfigType) -> *mut EngineMemory {
    let start = config.engineRam.cast::<u8>();
    // A const assertion has left room for this.
    start.wrapping_add(start.align_offset(align_of::<EngineMemory>())).cast()
}

/// Makes a configuration the running one: `false` when it is not sound.
///
/// SAFETY: null, or a configuration with tables of the lengths it names; no other function of KeyM runs.
pub(super) unsafe fn start(config: *const KeyM_ConfigType) -> bool {
    let config = if config.is_null() { addr_of!(KeyM_Config) } else { config };
    // SAFETY: by contract.
    let config: &'static KeyM_ConfigType = unsafe { &*config };
    // SAFETY: by contract.
    if !unsafe { is_sound(config) } {
        return false;
    }
    INSTANCE.state.store(UNINIT, Ordering::Release);
    // SAFETY: `is_sound` found RAM of these lengths.
    unsafe {
        clear(config);
        for index in 0..usize::from(config.certificateCount) {
            config.certificateRam.cast::<Slot>().add(index).write(Slot::NEW);
        }
        for index in 0..usize::from(config.cryptoKeyCount) {
            config.cryptoKeyRam.cast::<KeyNode>().add(index).write(KeyNode::NEW);
        }
        for index in 0..usize::from(config.nvmBlockCount) {
            config.nvmBlockRam.cast::<Record>().add(index).write(Record::NEW);
        }
        let memory = engine_memory(config);
        addr_of_mut!((*memory).engine).write(Engine::NEW);
        addr_of_mut!((*memory).mailbox).write(Mailbox::NEW);
        addr_of_mut!((*memory).inputs).write(Inputs::NEW);
    }
    INSTANCE.config.store((config as *const KeyM_ConfigType).cast_mut(), Ordering::Release);
    // SAFETY: sound, as was just found.
    let world = World::new(unsafe { View::new(config) });
    world.locked(|shared| *shared.common = Common::NEW);
    INSTANCE.state.store(READY, Ordering::Release);
    true
}

/// Forgets everything.
///
/// SAFETY: no other function of KeyM runs.
pub(super) unsafe fn stop(world: World) {
    INSTANCE.state.store(UNINIT, Ordering::Release);
    // SAFETY: `is_sound` found RAM of these lengths.
    unsafe { clear(world.view().config()) };
}

/// SAFETY: the configuration is sound, and nobody uses its RAM.
unsafe fn clear(config: &KeyM_ConfigType) {
    // SAFETY: by contract.
    unsafe {
        let view = View::new(&*(config as *const KeyM_ConfigType));
        for certificate in view.certificates() {
            wipe(certificate.buffer, certificate.maxLength as usize);
            wipe(certificate.ocspBuffer, certificate.ocspMaxLength as usize);
        }
        for key in view.crypto_keys() {
            wipe(key.buffer, key.maxLength.into());
        }
        wipe(config.nvmRecord, config.nvmRecordSize as usize);
        wipe(config.requestBuffer, config.requestBufferSize as usize);
        wipe(config.chainBuffer, config.chainBufferSize as usize);
        wipe(config.engineRam.cast(), core::mem::size_of::<KeyM_EngineRamType>());
    }
}

/// Zeros that no optimiser takes away.
///
/// SAFETY: null, or `length` bytes that nobody else uses.
pub(super) unsafe fn wipe(data: *mut u8, length: usize) {
    if !data.is_null() {
        // SAFETY: by contract.
        unsafe { write_bytes(data, 0, length) };
        core::sync::atomic::compiler_fence(Ordering::SeqCst);
        core::hint::black_box(data);
    }
}

/// KeyM, if it has been started.
pub(super) fn running(sid: uint8) -> Option<World> {
    if INSTANCE.state.load(Ordering::Acquire) != READY {
        development_error(sid, KEYM_E_UNINIT);
        return None;
    }
    // SAFETY: `KeyM_Init` found it sound, and it lives as long as KeyM runs.
    last_config().map(|config| World::new(unsafe { View::new(config) }))
}

fn last_config() -> Option<&'static KeyM_ConfigType> {
    // SAFETY: null, or a configuration that `KeyM_Init` found sound.
    unsafe { INSTANCE.config.load(Ordering::Acquire).as_ref() }
}

/// Whether KeyM still runs.
pub(super) fn is_ready() -> bool {
    INSTANCE.state.load(Ordering::Acquire) == READY
}

/// Reports to Det unless the configuration says not to.
pub(super) fn development_error(sid: uint8, error: uint8) -> Std_ReturnType {
    if last_config().map_or(true, |config| config.devErrorDetect != 0) {
        // SAFETY: takes numbers.
        unsafe { Det_ReportError(KEYM_MODULE_ID, 0, sid, error) };
    }
    E_NOT_OK
}

/// After a failure: secrets are wiped, and the callbacks that are owed are made, once.
#[cfg(feature = "host")]
pub(super) fn abandon() {
    if INSTANCE.state.load(Ordering::Acquire) != FAILED {
        return;
    }
    let Some(config) = last_config() else { return };
    // SAFETY: `KeyM_Init` found it sound.
    let world = World::new(unsafe { View::new(config) });
    world.wipe_request();
    for key in world.view().crypto_keys() {
        // SAFETY: null or `maxLength` bytes; every other function is refused.
        unsafe { wipe(key.buffer, key.maxLength.into()) };
    }
    for id in 0..config.certificateCount {
        let owed = world.locked(|shared| {
            shared.slot(id).map(|slot| (core::mem::take(&mut slot.request), core::mem::take(&mut slot.serviced)))
        });
        let Some((request, serviced)) = owed else { continue };
        world.abandon_certificate(id, request != Request::None, serviced);
    }
    if let Some(purpose) = world.locked(|shared| shared.common.owed.take()) {
        world.abandon_key(purpose);
    }
}

#[cfg(not(feature = "host"))]
pub(super) fn abandon() {}

/// What is shared, inside the exclusive area.
pub(super) fn with_shared<T>(view: View, work: impl FnOnce(&mut Shared<'_>) -> T) -> T {
    let config = view.config();
    let _area = ExclusiveArea::enter();
    // SAFETY: `is_sound` has checked the tables; `KeyM_Init` has filled the RAM; it is touched only here, inside the exclusive
    // area.
    let mut shared = unsafe {
        Shared {
            slots: slice_mut(config.certificateRam.cast(), config.certificateCount.into()),
            keys: slice_mut(config.cryptoKeyRam.cast(), config.cryptoKeyCount.into()),
            records: slice_mut(config.nvmBlockRam.cast(), config.nvmBlockCount.into()),
            common: &mut *INSTANCE.common.get(),
        }
    };
    #[cfg(feature = "fault-injection")]
    fault_injection::panic_if_armed();
    work(&mut shared)
}

struct ExclusiveArea {
    /// The thread panics already, for a reason of its own.
    #[cfg(feature = "host")]
    panicking: bool,
}

impl ExclusiveArea {
    fn enter() -> Self {
        // SAFETY: takes nothing.
        unsafe { SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0() };
        Self {
            #[cfg(feature = "host")]
            panicking: std::thread::panicking(),
        }
    }
}

impl Drop for ExclusiveArea {
    fn drop(&mut self) {
        #[cfg(feature = "host")]
        if std::thread::panicking() && !self.panicking {
            // Before another thread enters and steps on what the panic has left behind.
            INSTANCE.state.store(FAILED, Ordering::Release);
        }
        // SAFETY: entered.
        unsafe { SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0() };
    }
}

/// A panic ends here: KeyM has failed, and every call is refused until `KeyM_Init`.
#[cfg(feature = "host")]
pub(super) fn boundary<T>(refused: T, work: impl FnOnce() -> T) -> T {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(value) => value,
        Err(_) => {
            INSTANCE.state.store(FAILED, Ordering::Release);
            refused
        }
    }
}

#[cfg(not(feature = "host"))]
pub(super) fn boundary<T>(_: T, work: impl FnOnce() -> T) -> T {
    work()
}

/// Lets tests break an invariant.
#[cfg(feature = "fault-injection")]
pub mod fault_injection {
    use core::sync::atomic::{AtomicU32, Ordering};

    static LEFT: AtomicU32 = AtomicU32::new(0);

    /// The step number `left`, counted from 1, inside the exclusive area panics.
    pub fn arm(left: u32) {
        LEFT.store(left, Ordering::SeqCst);
    }

    /// Whether it has not panicked yet.
    pub fn is_armed() -> bool {
        LEFT.load(Ordering::SeqCst) != 0
    }

    pub(super) fn panic_if_armed() {
        let left = LEFT.load(Ordering::SeqCst);
        if left != 0 {
            LEFT.store(left.saturating_sub(1), Ordering::SeqCst);
            assert!(left != 1, "a broken invariant, by order of a test");
        }
    }
}
