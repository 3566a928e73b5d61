//! What the HSM driver's functions refuse, with what code and what report, and that a refusal asks the HSM nothing.
#![allow(clippy::undocumented_unsafe_blocks, clippy::type_complexity)] // see `common`; tables
mod common;
mod hsm_double;

use std::ptr::{null, null_mut};

use common::*;
use hsm_double::*;
use v2gcrypt_crypto_driver::hsm::config::*;

const UNKNOWN: u32 = 99;

/// Reports of an instance, which are kept by its id.
fn reports(host: &Host) -> Vec<Reported> {
    let soft = Builder::new().build(); // only its id is looked at
    unsafe { (*soft.instance).instanceId = (*host.instance).instanceId };
    soft.reports()
}

#[test]
fn each_function_is_refused_before_init_and_reported() {
    let host = Plan::usual().build();
    let calls: [(u8, &dyn Fn() -> u8); 14] = [
        (CRYPTO_SID_PROCESSJOB, &|| host.process(0, hash_job(SYNC, b"x"))),
        (CRYPTO_SID_CANCELJOB, &|| host.cancel(0, hash_job(SYNC, b"x"))),
        (CRYPTO_SID_KEYELEMENTSET, &|| host.set(0, 1, &[1; 16])),
        (CRYPTO_SID_KEYELEMENTGET, &|| host.get(0, 1, 16).0),
        (CRYPTO_SID_KEYSETVALID, &|| host.set_valid(0)),
        (CRYPTO_SID_KEYSETINVALID, &|| host.set_invalid(0)),
        (CRYPTO_SID_KEYGETSTATUS, &|| unsafe { V2gcrypt_CryptoHsm_KeyGetStatus(host.instance, 0, &mut 0) }),
        (CRYPTO_SID_KEYELEMENTCOPY, &|| unsafe { V2gcrypt_CryptoHsm_KeyElementCopy(host.instance, 0, 1, 1, 1) }),
        (CRYPTO_SID_KEYCOPY, &|| unsafe { V2gcrypt_CryptoHsm_KeyCopy(host.instance, 0, 1) }),
        (CRYPTO_SID_KEYGENERATE, &|| unsafe { V2gcrypt_CryptoHsm_KeyGenerate(host.instance, 0) }),
        (CRYPTO_SID_KEYDERIVE, &|| unsafe { V2gcrypt_CryptoHsm_KeyDerive(host.instance, 0, 1) }),
        (CRYPTO_SID_RANDOMSEED, &|| unsafe { V2gcrypt_CryptoHsm_RandomSeed(host.instance, 0, [1].as_ptr(), 1) }),
        (CRYPTO_SID_CUSTOMSYNC, &|| unsafe { V2gcrypt_CryptoHsm_LifecycleAdvance(host.instance, 1) }),
        (CRYPTO_SID_CUSTOMSYNC, &|| unsafe { V2gcrypt_CryptoHsm_GetStatus(host.instance, null_mut()) }),
    ];
    for (service, call) in calls {
        assert_eq!(call(), E_NOT_OK, "{service:#x}");
        assert_eq!(reports(&host), [Reported::Development(service, CRYPTO_E_UNINIT)]);
    }
    host.main_function();
    host.interrupt(0);
    assert_eq!(reports(&host), []);
    unsafe {
        V2gcrypt_CryptoHsm_MainFunction(null());
        V2gcrypt_CryptoHsm_Interrupt(null(), 9);
        assert_eq!(V2gcrypt_CryptoHsm_KeySetValid(null(), 0), E_NOT_OK);
    }
}

#[test]
fn ids_pointers_and_lengths_are_judged_before_the_hsm_hears_of_them() {
    let host = Plan::usual().build().start();
    let instance = host.instance;
    let byte = [1u8; 200];
    let (handle, pointer, value) = (CRYPTO_E_PARAM_HANDLE, CRYPTO_E_PARAM_POINTER, CRYPTO_E_PARAM_VALUE);
    let mut room = 16u32;
    let room: *mut u32 = &mut room;
    let mut none = 0u32;
    let none: *mut u32 = &mut none;
    let out = leak(&[0u8; 200]);
    let (set, get, status) = (CRYPTO_SID_KEYELEMENTSET, CRYPTO_SID_KEYELEMENTGET, CRYPTO_SID_KEYGETSTATUS);
    let (public, secret) = (CRYPTO_SID_KEYEXCHANGECALCPUBVAL, CRYPTO_SID_KEYEXCHANGECALCSECRET);
    let calls: Vec<(u8, u8, Box<dyn Fn() -> u8>)> = vec![
        (CRYPTO_SID_PROCESSJOB, handle, Box::new(move || host.process(UNKNOWN, hash_job(SYNC, b"x")))),
        (CRYPTO_SID_PROCESSJOB, pointer, Box::new(move || host.process(0, Job { record: null_mut() }))),
        (CRYPTO_SID_PROCESSJOB, value, Box::new(move || host.process(0, hash_job(SYNC, b"")))),
        (CRYPTO_SID_CANCELJOB, handle, Box::new(move || host.cancel(UNKNOWN, hash_job(SYNC, b"x")))),
        (CRYPTO_SID_CANCELJOB, pointer, Box::new(move || host.cancel(0, Job { record: null_mut() }))),
        (set, handle, Box::new(move || host.set(UNKNOWN, 1, &byte[..16]))),
        (set, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementSet(instance, 0, 1, null(), 16) })),
        (set, value, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementSet(instance, 0, 1, byte.as_ptr(), 0) })),
        (get, handle, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementGet(instance, UNKNOWN, 1, out, room) })),
        (get, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementGet(instance, 0, 1, null_mut(), room) })),
        (get, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementGet(instance, 0, 1, out, null_mut()) })),
        (get, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementGet(instance, 0, 1, room.cast(), room) })),
        (get, value, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyElementGet(instance, 0, 1, out, none) })),
        (CRYPTO_SID_KEYSETVALID, handle, Box::new(move || host.set_valid(UNKNOWN))),
        (CRYPTO_SID_KEYSETINVALID, handle, Box::new(move || host.set_invalid(UNKNOWN))),
        (status, handle, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyGetStatus(instance, UNKNOWN, out) })),
        (status, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyGetStatus(instance, 0, null_mut()) })),
        (CRYPTO_SID_KEYGENERATE, handle, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyGenerate(instance, UNKNOWN) })),
        (CRYPTO_SID_KEYDERIVE, handle, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyDerive(instance, 0, UNKNOWN) })),
        (CRYPTO_SID_KEYCOPY, handle, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyCopy(instance, UNKNOWN, 0) })),
        (public, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcPubVal(instance, 0, null_mut(), room) })),
        (public, value, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcPubVal(instance, 0, out, none) })),
        (secret, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(instance, 0, null(), 64) })),
        (secret, value, Box::new(move || unsafe { V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(instance, 0, out, 0) })),
        (CRYPTO_SID_RANDOMSEED, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_RandomSeed(instance, 0, null(), 1) })),
        (CRYPTO_SID_CUSTOMSYNC, pointer, Box::new(move || unsafe { V2gcrypt_CryptoHsm_GetStatus(instance, null_mut()) })),
    ];
    host.hsm().taken.clear();
    for (number, (service, error, call)) in calls.iter().enumerate() {
        assert_eq!(call(), E_NOT_OK, "call {number}");
        assert_eq!(reports(&host), [Reported::Development(*service, *error)], "call {number}");
    }
    assert_eq!(host.hsm().taken, [] as [u8; 0]);
}

#[test]
fn elements_are_written_and_read_as_their_configuration_says() {
    let host = Plan::usual().build().start();
    assert_eq!(host.set(KEY_AES_SLOT, 7, &[1; 16]), CRYPTO_E_KEY_NOT_AVAILABLE);
    for length in [1, 15, 17] {
        assert_eq!(host.set(KEY_AES_SLOT, 1, &vec![1; length]), CRYPTO_E_KEY_SIZE_MISMATCH, "{length}");
    }
    assert_eq!(host.set(KEY_TEXT_SLOT, 5, &[1; 17]), CRYPTO_E_KEY_SIZE_MISMATCH);
    assert_eq!(host.get(KEY_SIGN_SLOT, 1000, 63).0, E_NOT_OK, "too little room");
    let mut ids = [0; 2];
    let mut count = 1;
    let get = |ids: &mut [u32; 2], count: &mut u32| unsafe {
        V2gcrypt_CryptoHsm_KeyElementIdsGet(host.instance, KEY_TEXT_SLOT, ids.as_mut_ptr(), count)
    };
    assert_eq!(get(&mut ids, &mut count), E_NOT_OK);
    count = 2;
    assert_eq!((get(&mut ids, &mut count), ids, count), (E_OK, [1, 5], 2));
}

#[test]
fn a_key_is_used_by_those_that_its_configuration_lists_only() {
    let mut plan = Plan::usual();
    plan.keys[0] = key(&[slot_element(1, 16, 0)], &[]);
    let host = plan.build().start();
    let mac = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES_SLOT).input(b"x").output(16);
    assert_eq!(host.process(0, mac), CRYPTO_E_KEY_READ_FAIL);
    assert_eq!(unsafe { V2gcrypt_CryptoHsm_KeyGenerate(host.instance, KEY_AES_SLOT) }, CRYPTO_E_KEY_READ_FAIL);
}

#[test]
fn an_unsound_instance_does_not_start() {
    let defects: [(&str, fn(&mut CryptoHsm_InstanceType)); 15] = [
        ("magic", |instance| instance.magic ^= 1),
        ("size", |instance| instance.instanceSize += 4),
        ("size of a place", |instance| instance.workRamSize -= 4),
        ("no RAM", |instance| instance.ram = null_mut()),
        ("no places", |instance| instance.workRam = null_mut()),
        ("no transport", |instance| instance.transport = null()),
        ("channel", |instance| instance.serviceChannel = 4),
        ("bounce in the mailbox", |instance| instance.bounceOffset = 4672),
        ("bounce not aligned", |instance| instance.bounceOffset += 4),
        ("bounce too small", |instance| instance.bounceSize = 576),
        ("bounce beyond the region", |instance| instance.bounceSize += 64),
        ("time", |instance| instance.timeouts.fast = 0),
        ("time beyond half the counter", |instance| instance.timeouts.slow = 1 << 31),
        ("slots", |instance| instance.slotCount = 33),
        ("no place for services", |instance| instance.workCount -= 1),
    ];
    for (name, defect) in defects {
        let host = Plan::usual().build();
        defect(unsafe { &mut *host.instance });
        host.init();
        assert_eq!(reports(&host), [Reported::Development(CRYPTO_SID_INIT, CRYPTO_E_INIT_FAILED)], "{name}");
        assert_ne!(host.process(0, hash_job(ASYNC, b"x")), E_OK, "{name}");
        reports(&host);
    }
    type PlanDefect = fn(&mut Plan);
    let defects: [(&str, PlanDefect); 6] = [
        ("slot twice", |plan| plan.slots[1].number = plan.slots[0].number),
        ("no policy", |plan| plan.slots[0].policyUsage = 1 << 31),
        ("slot in two keys", |plan| plan.keys[1] = plan.keys[0]),
        ("slot that there is not", |plan| plan.slots.truncate(3)),
        ("ring too small", |plan| plan.objects[0].1 = 9),
        ("object on no channel", |plan| plan.objects[0].2 = 4),
    ];
    for (name, defect) in defects {
        let mut plan = Plan::usual();
        defect(&mut plan);
        let host = plan.build();
        host.init();
        assert_eq!(reports(&host), [Reported::Development(CRYPTO_SID_INIT, CRYPTO_E_INIT_FAILED)], "{name}");
    }
}
