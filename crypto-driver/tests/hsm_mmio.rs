//! The transport of a TC3xx against a model of the bridge's registers.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
mod hsm_double;

use std::sync::atomic::{AtomicU32, Ordering};

use common::*;
use hsm_double::*;
use v2gcrypt_crypto_driver::hsm::config::*;
use v2gcrypt_crypto_driver::hsm::mmio::*;
use v2gcrypt_hsm_protocol::layout::HSM_STATUS;

const HT2HSMF: usize = 8;
const HSM2HTF: usize = 10;
const HSM2HTIE: usize = 11;
const HSM2HTIS: usize = 12;
const HSM2HTS: usize = 13;
const HT2HSMS: usize = 14;

/// The registers: what the host reads there, and what the flags are behind them. A store shows as another value.
struct Registers {
    words: &'static [AtomicU32],
    to_hsm: u32,
    to_host: u32,
}

impl Registers {
    fn new() -> Self {
        Self { words: (0..16).map(|_| AtomicU32::new(0)).collect::<Vec<_>>().leak(), to_hsm: 0, to_host: 0 }
    }

    fn bridge(&self) -> Bridge<'static> {
        unsafe { Bridge::new(self.words.as_ptr().cast_mut().cast()) }.unwrap()
    }

    /// What the hardware makes of the host's stores, while the HSM sets and clears flags at the same time: set and clear together
    /// leaves a flag set.
    fn settle(&mut self, hsm_sets: u32, hsm_clears: u32) {
        let stored = |index: usize, shown: u32| match self.words[index].load(Ordering::Acquire) {
            value if value == shown => 0, // no store, or one of the same bits: the model has none of these
            value => value,
        };
        let (sets, clears) = (stored(HT2HSMF, self.to_hsm), stored(HSM2HTF, self.to_host | UNSEEN));
        self.to_hsm = (self.to_hsm & !hsm_clears) | sets;
        self.to_host = (self.to_host & !clears) | hsm_sets;
        self.words[HT2HSMF].store(self.to_hsm, Ordering::Release);
        self.words[HSM2HTF].store(self.to_host | UNSEEN, Ordering::Release);
    }
}

/// A flag that belongs to somebody else: the driver neither sees nor clears it.
const UNSEEN: u32 = 0x0100_0000;

#[test]
fn a_doorbell_is_a_plain_store_of_its_bit_whatever_else_is_set() {
    let mut registers = Registers::new();
    for flags in [0, 0xF0, 0x8000_0001] {
        registers.words[HT2HSMF].store(flags, Ordering::Release);
        registers.to_hsm = flags;
        registers.bridge().ring(1);
        assert_eq!(registers.words[HT2HSMF].load(Ordering::Acquire), 2);
        registers.settle(0, 2);
        assert_eq!(registers.to_hsm, flags | 2, "set and clear together: stays 1");
    }
    registers.bridge().ring(31);
    assert_eq!(registers.words[HT2HSMF].load(Ordering::Acquire), 0x8000_0000);
}

#[test]
fn exactly_the_bells_that_were_seen_are_silenced_and_none_is_lost() {
    let mut registers = Registers::new();
    for (rung, meanwhile) in [(1, 0), (5, 0), (2, 2), (2, 9), (0x8000_0000, 1), (0, 4)] {
        registers.to_host = rung;
        registers.settle(0, 0);
        registers.words[HSM2HTF].store(rung | UNSEEN, Ordering::Release);
        assert_eq!(registers.bridge().take_bells(), rung);
        let stored = registers.words[HSM2HTF].load(Ordering::Acquire);
        assert!(rung == 0 || stored == rung, "write-1-to-clear, no read-modify-write: {stored:#x}");
        registers.settle(meanwhile, 0);
        assert_eq!(registers.to_host, meanwhile, "what rings in between stays");
    }
}

#[test]
fn interrupts_are_enabled_for_the_drivers_bells_only() {
    let registers = Registers::new();
    registers.bridge().enable(u32::MAX, 1);
    assert_eq!(registers.words[HSM2HTIE].load(Ordering::Acquire), 0x8000_000F);
    assert_eq!(registers.words[HSM2HTIS].load(Ordering::Acquire), 1);
    for (index, word) in registers.words.iter().enumerate() {
        assert!(matches!(index, HSM2HTIE | HSM2HTIS) || word.load(Ordering::Acquire) == 0, "{index}");
    }
}

#[test]
fn nothing_is_touched_without_a_bridge() {
    let null = std::ptr::null_mut();
    unsafe {
        V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell(null, 1);
        V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet(null, 1);
        V2gcrypt_CryptoHsm_Tc3xx_Barrier(null);
        V2gcrypt_CryptoHsm_Tc3xx_Enable(null, 1, 1);
        assert_eq!(V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet(null), 0);
        assert_eq!(V2gcrypt_CryptoHsm_Tc3xx_TakeBells(null), 0);
        assert_eq!(V2gcrypt_CryptoHsm_Tc3xx_Now(null), 0);
        let mut address = 7;
        assert_eq!(V2gcrypt_CryptoHsm_Tc3xx_Translate(null, std::ptr::null(), 4, &mut address), E_NOT_OK);
        assert_eq!(address, 7);
    }
}

static TIME: AtomicU32 = AtomicU32::new(0);
static BARRIERS: AtomicU32 = AtomicU32::new(0);

extern "C" fn time() -> u32 {
    TIME.fetch_add(1, Ordering::Relaxed)
}

extern "C" fn dsync() {
    BARRIERS.fetch_add(1, Ordering::Relaxed);
}

#[test]
fn a_job_goes_through_the_registers_and_its_answer_comes_by_interrupt() {
    let mut registers = Registers::new();
    let built = Plan::usual().build();
    let region = unsafe { (*built.instance).transport.as_ref() }.unwrap();
    let tc3xx = leak(&[CryptoHsm_Tc3xxType {
        bridge: registers.words.as_ptr().cast_mut().cast(),
        dspr: 0x7000_0000,
        dsprLength: 0x3_C000,
        pspr: 0x7010_0000,
        psprLength: 0x1_0000,
        dsync: Some(dsync),
        now: Some(time),
    }]);
    let transport = CryptoHsm_TransportType {
        context: tc3xx.cast(),
        hostStatusSet: Some(V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet),
        hsmStatusGet: Some(V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet),
        ringDoorbell: Some(V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell),
        translate: Some(V2gcrypt_CryptoHsm_Tc3xx_Translate),
        barrier: Some(V2gcrypt_CryptoHsm_Tc3xx_Barrier),
        now: Some(V2gcrypt_CryptoHsm_Tc3xx_Now),
        wait: None,
        ..*region
    };
    let host = Host { instance: Plan::usual().instance(transport), double: built.double };
    let hsm = host.hsm();
    hsm.slots.iter_mut().for_each(|slot| slot.1 = true);
    registers.words[HSM2HTS].store(hsm.words[HSM_STATUS].load(Ordering::Acquire), Ordering::Release);
    hsm.words[HSM_STATUS].store(0, Ordering::Release); // only the register has it

    let mut turn = |answered: bool| {
        hsm.serve();
        registers.settle(if answered { 0xF } else { 0 }, registers.to_hsm);
        let bells = unsafe { V2gcrypt_CryptoHsm_Tc3xx_TakeBells(tc3xx.cast()) };
        registers.settle(0, 0);
        (0..4).filter(|channel| bells >> channel & 1 != 0).for_each(|channel| host.interrupt(channel));
    };
    host.init();
    for _ in 0..4 {
        turn(false);
        host.main_function();
    }
    for _ in 0..12 {
        turn(true); // slots are defined from interrupt to interrupt
    }
    let job = Job::new(cmac(CRYPTO_MACGENERATE), ASYNC, KEY_AES_SLOT).input(&[1; 40]).output(16);
    assert_eq!(host.process(0, job), E_OK);
    turn(true);
    assert_eq!(job.callbacks(), [E_OK]);
    assert_eq!(job.result(), result_of(&[1; 40], 16));
    assert_eq!(registers.words[HT2HSMS].load(Ordering::Acquire) & 0xFF, 0xA2, "connected");
    assert!(BARRIERS.load(Ordering::Relaxed) > 10);
}
