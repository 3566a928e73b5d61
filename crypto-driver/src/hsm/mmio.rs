//! The transport of a TC3xx: the bridge's registers as the host sees them, and which of its memory the HSM reaches how.
//!
//! From public facts only. Functions take the bridge's base address, so that tests run them against a model of the registers.
#![allow(unsafe_code)]

use core::ffi::c_void;
use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_types::*;

/// Base address of the bridge. Unverified for the TC38x: the headers of TC35x and TC37x define it, the TC38x has none; confirm it in
/// the manual's appendix.
pub const HSM_BASE: usize = 0xF004_0000;
/// Service request node of host interrupt 0. Unverified for the TC38x, as [`HSM_BASE`].
pub const SRC_HSM0: usize = 0xF003_8870;
/// Service request node of host interrupt 1. Unverified for the TC38x, as [`HSM_BASE`].
pub const SRC_HSM1: usize = 0xF003_8874;

/// Registers, in words from the base.
mod register {
    /// Flags that the host sets and the HSM clears. A store of 0 bits changes nothing.
    pub const HT2HSMF: usize = 0x20 / 4;
    /// Flags that the HSM sets and the host clears by storing 1.
    pub const HSM2HTF: usize = 0x28 / 4;
    /// Which flags interrupt the host.
    pub const HSM2HTIE: usize = 0x2C / 4;
    /// Which of them by interrupt 1 in place of 0.
    pub const HSM2HTIS: usize = 0x30 / 4;
    /// Status word of the HSM.
    pub const HSM2HTS: usize = 0x34 / 4;
    /// Status word of the host.
    pub const HT2HSMS: usize = 0x38 / 4;
    /// Words up to the last of them.
    pub const COUNT: usize = HT2HSMS + 1;
}

/// Bits of all channels and of the status word's doorbell.
const BELLS: u32 = 0x8000_000F;

/// What the transport of a core is made of: the `context` of its `CryptoHsm_TransportType`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoHsm_Tc3xxType {
    /// First word of the bridge: [`HSM_BASE`].
    pub bridge: *mut uint32,
    /// Global address of the DSPR of the core that runs the driver: what 0xD0000000 is to that core alone. 0x70000000 for CPU0.
    pub dspr: uint32,
    /// Bytes of that DSPR: 0x3C000 for CPU0 and CPU1, 0x18000 for CPU2 and CPU3.
    pub dsprLength: uint32,
    /// Global address of its PSPR: what 0xC0000000 is to that core alone. 0x70100000 for CPU0.
    pub pspr: uint32,
    /// Bytes of that PSPR: 0x10000.
    pub psprLength: uint32,
    /// `DSYNC`.
    pub dsync: Option<unsafe extern "C" fn()>,
    /// A counter that runs freely: a STM.
    pub now: Option<unsafe extern "C" fn() -> uint32>,
}

/// A range of addresses as the host's cores have it, and where its first byte is on the bus.
struct Range {
    first: u32,
    length: u32,
    bus: u32,
}

/// Memory that the HSM reaches where it is, apart from the core's own aliases.
///
/// Segment 9 is a cached view of the LMUs: what a core has written there may not have left its cache, so it is not translated to its
/// mirror in segment B but refused, and copied.
const GLOBAL: [Range; 9] = [
    Range { first: 0x7000_0000, length: 0x3_C000, bus: 0x7000_0000 }, // DSPR of CPU0
    Range { first: 0x6000_0000, length: 0x3_C000, bus: 0x6000_0000 }, // CPU1
    Range { first: 0x5000_0000, length: 0x1_8000, bus: 0x5000_0000 }, // CPU2
    Range { first: 0x4000_0000, length: 0x1_8000, bus: 0x4000_0000 }, // CPU3
    Range { first: 0x7010_0000, length: 0x1_0000, bus: 0x7010_0000 }, // PSPR of CPU0
    Range { first: 0x6010_0000, length: 0x1_0000, bus: 0x6010_0000 }, // CPU1
    Range { first: 0x5010_0000, length: 0x1_0000, bus: 0x5010_0000 }, // CPU2
    Range { first: 0x4010_0000, length: 0x1_0000, bus: 0x4010_0000 }, // CPU3
    Range { first: 0xB000_0000, length: 0x6_0000, bus: 0xB000_0000 }, // dLMU and LMU, not cached
];

const DSPR_ALIAS: u32 = 0xD000_0000;
const PSPR_ALIAS: u32 = 0xC000_0000;

/// Where the HSM finds `length` bytes that the core of `tc3xx` has at `address`; None: it does not, or not surely.
pub fn bus_address(tc3xx: &CryptoHsm_Tc3xxType, address: u32, length: u32) -> Option<u32> {
    let own = [
        Range { first: DSPR_ALIAS, length: tc3xx.dsprLength, bus: tc3xx.dspr },
        Range { first: PSPR_ALIAS, length: tc3xx.psprLength, bus: tc3xx.pspr },
    ];
    own.iter().chain(&GLOBAL).find_map(|range| {
        let offset = address.checked_sub(range.first)?;
        let end = offset.checked_add(length)?;
        (end <= range.length).then_some(range.bus)?.checked_add(offset)
    })
}

/// The bridge's registers: each is one word, loaded and stored whole.
#[derive(Clone, Copy)]
pub struct Bridge<'a>(&'a [AtomicU32; register::COUNT]);

impl<'a> Bridge<'a> {
    /// # Safety
    /// `base` points to the registers, or to as many words that nobody touches but as atomics.
    pub unsafe fn new(base: *mut uint32) -> Option<Self> {
        // SAFETY: the caller vouches for it.
        unsafe { base.cast::<[AtomicU32; register::COUNT]>().as_ref() }.map(Self)
    }

    fn load(self, register: usize) -> u32 {
        self.0.get(register).map_or(0, |word| word.load(Ordering::Acquire))
    }

    fn store(self, register: usize, value: u32) {
        if let Some(word) = self.0.get(register) {
            word.store(value, Ordering::Release);
        }
    }

    /// Rings a doorbell of the HSM: a plain store of one bit. The other flags stay as they are.
    pub fn ring(self, doorbell: u8) {
        self.store(register::HT2HSMF, 1u32.checked_shl(doorbell.into()).unwrap_or(0));
    }

    /// Doorbells of the host that have rung, which are silent then: clears exactly what it has seen, by one store. A bell that rings in
    /// between stays.
    pub fn take_bells(self) -> u32 {
        let seen = self.load(register::HSM2HTF) & BELLS;
        if seen != 0 {
            self.store(register::HSM2HTF, seen);
        }
        seen
    }

    /// Lets bells interrupt the host, those of `urgent` by interrupt 1 in place of 0.
    pub fn enable(self, bells: u32, urgent: u32) {
        self.store(register::HSM2HTIS, urgent & BELLS);
        self.store(register::HSM2HTIE, bells & BELLS);
    }

    /// Status word of the HSM.
    pub fn hsm_status(self) -> u32 {
        self.load(register::HSM2HTS)
    }

    /// Sets the status word of the host.
    pub fn set_host_status(self, word: u32) {
        self.store(register::HT2HSMS, word);
    }
}

/// # Safety
/// `context` is null or a [`CryptoHsm_Tc3xxType`] whose `bridge` is the registers.
unsafe fn parts<'a>(context: *mut c_void) -> Option<(&'a CryptoHsm_Tc3xxType, Bridge<'a>)> {
    // SAFETY: the caller vouches for both.
    unsafe {
        let tc3xx = context.cast::<CryptoHsm_Tc3xxType>().as_ref()?;
        Some((tc3xx, Bridge::new(tc3xx.bridge)?))
    }
}

/// `hostStatusSet` of a TC3xx.
///
/// # Safety
/// `context` is `NULL_PTR` or a [`CryptoHsm_Tc3xxType`] whose `bridge` is the registers.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet(context: *mut c_void, word: uint32) {
    // SAFETY: the caller vouches for it.
    if let Some((_, bridge)) = unsafe { parts(context) } {
        bridge.set_host_status(word);
    }
}

/// `hsmStatusGet` of a TC3xx.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet(context: *mut c_void) -> uint32 {
    // SAFETY: the caller vouches for it.
    unsafe { parts(context) }.map_or(0, |(_, bridge)| bridge.hsm_status())
}

/// `ringDoorbell` of a TC3xx.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell(context: *mut c_void, doorbell: uint8) {
    // SAFETY: the caller vouches for it.
    if let Some((_, bridge)) = unsafe { parts(context) } {
        bridge.ring(doorbell);
    }
}

/// `translate` of a TC3xx: for inputs in the core's own RAM, in that of other cores, or in a LMU by its non-cached address.
///
/// # Safety
/// As for `HostStatusSet`. Unless `NULL_PTR`, `busAddress` can be written.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_Translate(
    context: *mut c_void,
    start: *const uint8,
    length: uint32,
    busAddress: *mut uint32,
) -> Std_ReturnType {
    // SAFETY: the caller vouches for it.
    let tc3xx = unsafe { context.cast::<CryptoHsm_Tc3xxType>().as_ref() };
    let address = u32::try_from(start as usize).ok();
    let found = tc3xx.zip(address).and_then(|(tc3xx, address)| bus_address(tc3xx, address, length));
    match found {
        Some(found) if !busAddress.is_null() => {
            // SAFETY: not null, and the caller vouches for it.
            unsafe { busAddress.write_unaligned(found) };
            E_OK
        }
        _ => E_NOT_OK,
    }
}

/// `barrier` of a TC3xx.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_Barrier(context: *mut c_void) {
    // SAFETY: the caller vouches for it.
    if let Some(dsync) = unsafe { context.cast::<CryptoHsm_Tc3xxType>().as_ref() }.and_then(|tc3xx| tc3xx.dsync) {
        // SAFETY: the configuration's, which takes nothing.
        unsafe { dsync() };
    }
}

/// `now` of a TC3xx.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_Now(context: *mut c_void) -> uint32 {
    // SAFETY: the caller vouches for it.
    match unsafe { context.cast::<CryptoHsm_Tc3xxType>().as_ref() }.and_then(|tc3xx| tc3xx.now) {
        // SAFETY: the configuration's, which takes nothing.
        Some(now) => unsafe { now() },
        None => 0,
    }
}

/// Lets bells interrupt the host, those of `urgent` by interrupt 1 in place of 0: once, before the driver's `Init`.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_Enable(context: *mut c_void, bells: uint32, urgent: uint32) {
    // SAFETY: the caller vouches for it.
    if let Some((_, bridge)) = unsafe { parts(context) } {
        bridge.enable(bells, urgent);
    }
}

/// What an interrupt handler calls first: tells the bells that have rung, and silences exactly those. For each bit of a channel it calls
/// `V2gcrypt_CryptoHsm_Interrupt` then.
///
/// # Safety
/// As for `HostStatusSet`.
#[no_mangle]
pub unsafe extern "C" fn V2gcrypt_CryptoHsm_Tc3xx_TakeBells(context: *mut c_void) -> uint32 {
    // SAFETY: the caller vouches for it.
    unsafe { parts(context) }.map_or(0, |(_, bridge)| bridge.take_bells())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CPU1: CryptoHsm_Tc3xxType = CryptoHsm_Tc3xxType {
        bridge: core::ptr::null_mut(),
        dspr: 0x6000_0000,
        dsprLength: 0x3_C000,
        pspr: 0x6010_0000,
        psprLength: 0x1_0000,
        dsync: None,
        now: None,
    };

    #[test]
    fn what_is_a_cores_own_is_found_where_the_bus_has_it() {
        for (address, length, found) in [
            (0xD000_0000, 4, Some(0x6000_0000)),
            (0xD003_BFF0, 16, Some(0x6003_BFF0)),
            (0xD003_BFF0, 17, None),
            (0xC000_0010, 4, Some(0x6010_0010)),
            (0xC001_0000, 1, None),
            (0x7000_0000, 0x3_C000, Some(0x7000_0000)),
            (0x5001_7FFF, 1, Some(0x5001_7FFF)),
            (0x5001_7FFF, 2, None),
            (0xB004_0000, 0x2_0000, Some(0xB004_0000)),
            (0xB005_FFFF, 2, None),
            (0x9004_0000, 4, None), // cached
            (0x8000_0000, 4, None), // flash, cached
            (0xA000_0000, 4, None), // flash
            (0xF004_0000, 4, None), // registers
            (0, 4, None),
            (0xD000_0000, u32::MAX, None),
            (u32::MAX, u32::MAX, None),
        ] {
            assert_eq!(bus_address(&CPU1, address, length), found, "{address:#x} {length:#x}");
        }
    }
}
