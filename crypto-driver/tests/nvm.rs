//! NvM that refuses, delays, fails, forgets, repeats and lies.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)]

mod common;
use std::cell::Cell;
use std::rc::Rc;

use common::nv::*;
use common::*;
use v2gcrypt_crypto_driver::soft::nv::machine::*;

const KEY: u32 = 0;
const BLOCK: u16 = 0x100;
const BUSY_KEY: u8 = CRYPTO_E_BUSY;

fn elements() -> [ElementSpec; 2] {
    [ElementSpec::new(1, 16), ElementSpec::new(5, 16).partial()]
}

fn spec() -> NvSpec {
    NvSpec::new(KEY, &[1])
}

/// A key of which element 1 is persistent, and one that is not persistent.
fn build(spec: NvSpec) -> Driver {
    Builder::new().object(4).key(CRYPTO_SOFT_FORM_AES_CMAC, &elements()).key(0, &elements()).persistent(&[spec])
}

fn start(spec: NvSpec) -> Driver {
    let driver = build(spec);
    driver.init();
    assert_eq!(driver.reports(), []);
    driver
}

/// What a reset would find.
fn survives(driver: &Driver) -> Option<Vec<u8>> {
    driver.power_cycle();
    driver.settle(KEY);
    driver.is_valid(KEY).then(|| driver.get(KEY, 1, 16).1)
}

fn writes() -> usize {
    nvm(|nvm| nvm.writes())
}

#[test]
fn an_immediate_key_is_in_flash_when_key_set_valid_returns_and_a_deferred_one_after_the_next_main_function() {
    for sync in [false, true] {
        let of = |spec: NvSpec| if sync { spec.sync() } else { spec };
        let driver = start(of(spec()));
        driver.load(KEY, &[7; 16]);
        assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_IDLE, 2));
        assert_eq!(survives(&driver), Some(vec![7; 16]));

        let driver = start(of(spec().deferred()));
        nvm(|nvm| nvm.log.clear());
        driver.load(KEY, &[8; 16]);
        assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_PENDING, 0));
        driver.background();
        assert_eq!(writes(), 0, "the background function is for jobs");
        driver.main_function();
        assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_IDLE, 2));
        assert_eq!(survives(&driver), Some(vec![8; 16]));
    }
}

#[test]
fn only_what_changes_in_persistent_elements_is_written() {
    let driver = start(spec());
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| nvm.log.clear());
    assert_eq!(driver.set_valid(KEY), E_OK);
    driver.load(KEY, &[7; 16]);
    assert_eq!(driver.set(KEY, 5, &[1, 2]), E_OK);
    assert_eq!(driver.set_valid(KEY), E_OK);
    assert_eq!((driver.set_invalid(KEY), driver.set_valid(KEY)), (E_OK, E_OK));
    assert_eq!((driver.set(1, 1, &[1; 16]), driver.set_valid(1)), (E_OK, E_OK));
    driver.main_function();
    assert_eq!(writes(), 0);
    driver.load(KEY, &[8; 16]);
    assert_eq!(writes(), 1);
    assert_eq!(driver.nv_status(1), CRYPTO_SOFT_NV_IDLE, "a key without block");
    assert_eq!(survives(&driver), Some(vec![8; 16]));
    assert_eq!(driver.get(KEY, 5, 16).0, CRYPTO_E_KEY_EMPTY, "an element that is not persistent");
}

#[test]
fn initial_values_are_written_when_they_change_and_not_before() {
    let elements = [ElementSpec::new(1, 16).init(&[3; 16])];
    let driver = Builder::new().key(0, &elements).persistent(&[spec()]);
    driver.init();
    assert!(!driver.is_valid(KEY));
    assert_eq!((driver.get(KEY, 1, 16), driver.set_valid(KEY)), ((E_OK, vec![3; 16]), E_OK));
    assert_eq!(writes(), 0, "another program may come with other initial values");
    driver.load(KEY, &[4; 16]);
    driver.load(KEY, &[3; 16]);
    assert_eq!(survives(&driver), Some(vec![3; 16]), "VALID, from flash");
}

#[test]
fn a_key_that_is_being_loaded_is_in_use_and_invalid() {
    let driver = start(spec());
    driver.load(KEY, &[7; 16]);
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.delay = 5);
    driver.init();
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY).input(b"message").output(16);
    let mut turns = 0;
    while driver.nv_status(KEY) == CRYPTO_SOFT_NV_LOADING {
        assert!(!driver.is_valid(KEY));
        assert_eq!(driver.set(KEY, 1, &[9; 16]), BUSY_KEY);
        assert_eq!(driver.set(KEY, 5, &[9; 16]), BUSY_KEY);
        assert_eq!(driver.get(KEY, 1, 16).0, BUSY_KEY);
        assert_eq!(driver.set_valid(KEY), BUSY_KEY);
        assert_eq!(driver.set_invalid(KEY), BUSY_KEY);
        assert_eq!(driver.process(0, job), BUSY_KEY);
        assert_eq!(driver.set(1, 1, &[9; 16]), E_OK, "other keys are not");
        driver.main_function();
        turns += 1;
    }
    assert!(turns >= 10, "two reads of five polls: {turns}");
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!((driver.get(KEY, 1, 16).1, driver.reports()), (vec![7; 16], vec![]));
}

#[test]
fn requests_that_fail_are_repeated_as_often_as_configured_and_not_more() {
    for retries in [0, 1, 3, 255] {
        for kind in ["refused", "index", "failed", "no device key"] {
            let driver = start(spec().retries(retries));
            driver.load(KEY, &[7; 16]);
            let fail = |times: usize| {
                nvm(|nvm| {
                    nvm.log.clear();
                    match kind {
                        "refused" => nvm.refusals = times,
                        "index" => nvm.index_refusals = times,
                        "failed" => nvm.failures = times,
                        _ => nvm.keyless = times,
                    }
                })
            };
            let left = || nvm(|nvm| nvm.refusals + nvm.index_refusals + nvm.failures + nvm.keyless);
            let name = format!("{kind}, {retries} retries");

            fail(retries as usize);
            driver.load(KEY, &[8; 16]);
            assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE, "{name}");
            assert_eq!((driver.nvm_reports(), left()), (0, 0), "{name}: as many failures as retries");

            fail(retries as usize + 1);
            driver.load(KEY, &[9; 16]);
            assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_FAILED, "{name}");
            assert_eq!((driver.nvm_reports(), left()), (1, 0), "{name}: one failure more");
            assert!(driver.is_valid(KEY), "{name}: the key is good in RAM");
            let asked = nvm(|nvm| nvm.log.len());
            for _ in 0..20 {
                driver.main_function();
            }
            assert_eq!(nvm(|nvm| nvm.log.len()), asked, "{name}: nobody goes on trying");
            assert_eq!(driver.set_valid(KEY), E_OK);
            assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE, "{name}: tried again at the next KeySetValid");
            assert_eq!(survives(&driver), Some(vec![9; 16]), "{name}");
            assert_eq!(driver.nvm_reports(), 0, "{name}");
        }
    }
}

#[test]
fn one_attempt_is_made_in_each_main_function() {
    let driver = start(spec().retries(3));
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| (nvm.refusals, nvm.log) = (4, vec![]));
    driver.load(KEY, &[8; 16]);
    for attempt in 1..=4 {
        assert_eq!(nvm(|nvm| nvm.log.len()), attempt);
        driver.main_function();
    }
    assert_eq!((driver.nvm_reports(), driver.nv_status(KEY)), (1, CRYPTO_SOFT_NV_FAILED));
}

#[test]
fn a_write_that_failed_or_seemed_to_does_not_come_back_after_the_key_has_changed_again() {
    // NvM says that the write of 8 failed, but its bytes are all there; then the key is 7 again, which flash has, in the older copy.
    let driver = start(spec().retries(1));
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| nvm.delay = 2);
    driver.load(KEY, &[8; 16]);
    let record = driver.record(0);
    nvm(|nvm| {
        let block = nvm.block(BLOCK);
        let older = (0..2).min_by_key(|&set: &usize| block.sets[set].as_ref().map(|record| record[16])).unwrap();
        block.sets[older] = Some(record);
        (block.status, block.pending) = (NVM_REQ_NOT_OK, None);
        nvm.delay = 0;
    });
    driver.main_function();
    driver.load(KEY, &[7; 16]);
    driver.settle(KEY);
    assert_eq!(survives(&driver), Some(vec![7; 16]));
}

#[test]
fn reads_that_fail_are_repeated_and_then_the_other_copy_is_used() {
    for failure in [NVM_REQ_NOT_OK, NVM_REQ_BLOCK_SKIPPED, NVM_REQ_CANCELED, 0x77] {
        let driver = start(spec().retries(2));
        driver.load(KEY, &[7; 16]);
        let reboot = |failures: usize| {
            let instance = unsafe { &*driver.instance };
            unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
            nvm(|nvm| {
                (nvm.failures, nvm.failure) = (failures, failure);
                nvm.log.clear();
            });
            driver.init();
            driver.settle(KEY)
        };
        assert_eq!((reboot(2), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 0));
        assert_eq!(nvm(|nvm| (nvm.reads(), nvm.writes())), (4, 0));
        assert_eq!((reboot(3), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 1));
        assert_eq!(nvm(|nvm| (nvm.reads(), nvm.writes())), (4, 0), "what cannot be read may be the newest: it is left alone");
        assert_eq!(driver.get(KEY, 1, 16), (E_OK, vec![7; 16]));
        assert_eq!((reboot(6), driver.nvm_reports()), (CRYPTO_SOFT_NV_FAILED, 2));
        assert!(!driver.is_valid(KEY));
        driver.load(KEY, &[8; 16]);
        assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE);
        assert_eq!(survives(&driver), Some(vec![8; 16]), "not what could not be read then");
    }
    // No second try helps there.
    let driver = start(spec().retries(2));
    driver.load(KEY, &[7; 16]);
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| (nvm.failures, nvm.failure, nvm.log) = (1, NVM_REQ_INTEGRITY_FAILED, vec![]));
    driver.init();
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 1));
    assert_eq!(nvm(|nvm| (nvm.reads(), nvm.writes())), (2, 1));
    assert_eq!(driver.get(KEY, 1, 16), (E_OK, vec![7; 16]));
}

#[test]
fn a_device_key_that_comes_late_is_waited_for_and_nothing_is_taken_for_corrupt_without_it() {
    let driver = start(spec().retries(3));
    driver.load(KEY, &[7; 16]);
    let flash = nvm(|nvm| nvm.block(BLOCK).sets.clone());
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.keyless = 3);
    driver.init();
    assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE);
    assert!(driver.is_valid(KEY) && driver.nvm_reports() == 0);
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.keyless = 100);
    driver.init();
    assert_eq!((driver.settle(KEY), driver.nvm_reports()), (CRYPTO_SOFT_NV_FAILED, 2));
    assert_eq!(nvm(|nvm| nvm.block(BLOCK).sets.clone()), flash, "flash is as it was");
    assert_eq!(survives(&driver), Some(vec![7; 16]));
}

#[test]
fn nvm_that_takes_its_time_is_polled_and_never_asked_twice() {
    for (sync, delay) in [(false, 1), (false, 100), (true, 1), (true, 100)] {
        let driver = start(if sync { spec().sync() } else { spec() });
        nvm(|nvm| nvm.delay = delay);
        driver.load(KEY, &[7; 16]);
        for _ in 0..delay / 2 {
            driver.main_function();
            assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_PENDING, 1));
        }
        assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE);
        assert_eq!(writes(), 2);
        assert_eq!(survives(&driver), Some(vec![7; 16]));
    }
}

#[test]
fn a_notification_makes_the_driver_go_on_at_once() {
    for notify in [Notify::AtTheEnd, Notify::InTheCall] {
        let driver = start(spec());
        driver.load(KEY, &[7; 16]);
        let instance = unsafe { &*driver.instance };
        unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
        nvm(|nvm| (nvm.delay, nvm.notify, nvm.log) = (3, notify, vec![]));
        driver.init();
        let work = || {
            if notify == Notify::AtTheEnd {
                run(BLOCK); // NvM's main function: no main function of the driver is called
            } else {
                driver.main_function(); // the notification came too early, so polling has to find out
            }
        };
        for _ in 0..40 {
            work();
        }
        assert!(driver.is_valid(KEY) && driver.nv_status(KEY) == CRYPTO_SOFT_NV_IDLE, "{notify:?}");
        driver.load(KEY, &[8; 16]);
        for _ in 0..40 {
            work();
        }
        assert_eq!((driver.nv_status(KEY), writes(), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 1, 0));
        assert_eq!(survives(&driver), Some(vec![8; 16]));
    }
}

#[test]
fn duplicate_and_foreign_notifications_do_no_harm() {
    let driver = start(spec());
    let tell_all = || {
        for service in [0, 6, 7, 12, 13, 0xFF] {
            for result in 0..=9 {
                assert_eq!(driver.nv_callback(0, service, result), E_OK);
            }
        }
    };
    tell_all();
    nvm(|nvm| nvm.delay = 500);
    driver.load(KEY, &[7; 16]);
    tell_all();
    assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_PENDING, 1), "NvM says PENDING, whatever is told");
    driver.settle(KEY);
    tell_all();
    assert_eq!((driver.nv_status(KEY), writes(), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 2, 0));
    assert_eq!(survives(&driver), Some(vec![7; 16]));
}

#[test]
fn a_refusal_inside_a_notification_is_not_an_attempt() {
    let driver = start(spec());
    nvm(|nvm| (nvm.delay, nvm.notify) = (2, Notify::AtTheEnd));
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| nvm.refusals = 1);
    run(BLOCK); // the first copy is written; its notification asks for the second, and is refused
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports()), (CRYPTO_SOFT_NV_PENDING, 0));
    driver.main_function();
    run(BLOCK);
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 0));
}

#[test]
fn a_key_rewritten_during_a_write_is_written_next() {
    for spec in [spec(), spec().deferred(), spec().sync()] {
        let driver = start(spec);
        driver.load(KEY, &[1; 16]);
        driver.settle(KEY);
        nvm(|nvm| (nvm.delay, nvm.log) = (4, vec![]));
        driver.load(KEY, &[2; 16]);
        driver.main_function();
        let snapshot = driver.record(0);
        driver.load(KEY, &[3; 16]);
        driver.load(KEY, &[4; 16]);
        assert_eq!(driver.record(0), snapshot, "what is being written is left alone");
        assert_eq!(driver.settle(KEY), CRYPTO_SOFT_NV_IDLE);
        assert_eq!((writes(), driver.nvm_reports()), (2, 0), "the second and the fourth");
        assert_eq!(survives(&driver), Some(vec![4; 16]));
    }
}

#[test]
fn a_key_that_is_invalid_when_its_turn_comes_is_not_written() {
    let driver = start(spec().deferred());
    driver.load(KEY, &[1; 16]);
    driver.settle(KEY);
    driver.load(KEY, &[2; 16]);
    assert_eq!(driver.set(KEY, 1, &[3; 16]), E_OK);
    driver.main_function();
    assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_IDLE, 2));
    assert_eq!(driver.set_valid(KEY), E_OK);
    driver.settle(KEY);
    assert_eq!(survives(&driver), Some(vec![3; 16]));
}

#[test]
fn a_key_that_somebody_writes_is_sealed_later() {
    let driver = start(spec().deferred());
    driver.load(KEY, &[1; 16]);
    assert_eq!(driver.set(KEY, 1, &[2; 16]), E_OK);
    let seen = Rc::new(Cell::new(0));
    let status = seen.clone();
    // KeySetValid has left the area in which it began to write the key.
    after_next_area(move || {
        driver.main_function();
        status.set(driver.nv_status(KEY));
    });
    assert_eq!(driver.set_valid(KEY), E_OK);
    assert_eq!((seen.get(), writes()), (CRYPTO_SOFT_NV_PENDING, 0));
    driver.main_function();
    assert_eq!((driver.nv_status(KEY), writes()), (CRYPTO_SOFT_NV_IDLE, 2));
    assert_eq!(survives(&driver), Some(vec![2; 16]));
}

#[test]
fn an_index_that_has_no_effect_loses_no_key() {
    let driver = start(spec());
    driver.load(KEY, &[1; 16]);
    nvm(|nvm| nvm.deaf = true);
    driver.load(KEY, &[2; 16]);
    driver.load(KEY, &[3; 16]);
    let found = survives(&driver);
    assert!(found == Some(vec![3; 16]) || found == Some(vec![2; 16]) || found == Some(vec![1; 16]), "{found:?}: a whole key");
    driver.reports();
}

#[test]
fn a_corrupt_copy_is_reported_once_kept_and_written_anew() {
    for spec in [spec(), spec().sync()] {
        let driver = start(spec);
        driver.load(KEY, &[1; 16]);
        driver.load(KEY, &[2; 16]);
        for set in [0, 1] {
            nvm(|nvm| nvm.block(BLOCK).sets[set].as_mut().unwrap()[40] ^= 1);
            let corrupt = nvm(|nvm| nvm.block(BLOCK).sets[set].clone());
            driver.power_cycle();
            driver.settle(KEY);
            assert_eq!((driver.nvm_reports(), driver.is_valid(KEY)), (1, true));
            assert_eq!(nvm(|nvm| nvm.block(BLOCK).sets[2].clone()), corrupt);
            assert!(survives(&driver).is_some());
            assert_eq!(driver.nvm_reports(), 0);
        }
    }
}

#[test]
fn a_synchronisation_that_nvm_forgets_is_a_failure() {
    let driver = start(spec().sync());
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| nvm.forgets = true);
    driver.load(KEY, &[8; 16]);
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports()), (CRYPTO_SOFT_NV_FAILED, 1));
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    driver.init();
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports(), driver.is_valid(KEY)), (CRYPTO_SOFT_NV_FAILED, 2, false));
    assert_eq!(survives(&driver), Some(vec![7; 16]));
}

#[test]
fn what_lies_in_record_ram_from_before_is_not_taken_for_what_was_read() {
    let driver = start(spec());
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| (nvm.forgets, nvm.block(BLOCK).sets) = (true, [Some(vec![1; 76]), Some(vec![1; 76]), None]));
    assert_eq!(&driver.record(0)[..4], b"V2NV");
    driver.init(); // RAM stays
    assert_eq!((driver.nv_status(KEY), driver.is_valid(KEY)), (CRYPTO_SOFT_NV_IDLE, false));
}

#[test]
fn synchronisation_is_refused_when_nothing_is_asked_for() {
    let driver = start(spec().sync());
    let mut buffer = vec![UNTOUCHED; driver.record(0).len()];
    let instance = driver.instance;
    let write_to = |buffer: &mut Vec<u8>| unsafe { V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, 0, buffer.as_mut_ptr().cast()) };
    let read_from = |buffer: &Vec<u8>| unsafe { V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, 0, buffer.as_ptr().cast()) };
    assert_eq!((write_to(&mut buffer), read_from(&buffer)), (E_NOT_OK, E_NOT_OK));
    assert_eq!(unsafe { V2gcrypt_CryptoSoft_NvBlockInit(instance, 0) }, E_OK);
    assert!(buffer.iter().all(|&byte| byte == UNTOUCHED));
    nvm(|nvm| nvm.delay = 3);
    driver.load(KEY, &[7; 16]);
    assert_eq!(read_from(&buffer), E_NOT_OK, "a write is under way");
    assert_eq!(write_to(&mut buffer), E_OK);
    assert_eq!(&buffer[..4], b"V2NV");
    assert_eq!((driver.settle(KEY), driver.reports()), (CRYPTO_SOFT_NV_IDLE, vec![]));
}

#[test]
fn default_data_is_no_record() {
    let driver = start(spec().sync());
    driver.load(KEY, &[7; 16]);
    nvm(|nvm| (nvm.block(BLOCK).sets, nvm.never_written) = ([None, None, None], NVM_REQ_RESTORED_FROM_ROM));
    let instance = unsafe { &*driver.instance };
    unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
    nvm(|nvm| nvm.delay = 2);
    driver.init();
    // NvM asks for default data before it ends the request.
    for _ in 0..20 {
        assert_eq!(unsafe { V2gcrypt_CryptoSoft_NvBlockInit(driver.instance, 0) }, E_OK);
        driver.main_function();
    }
    assert_eq!((driver.nv_status(KEY), driver.nvm_reports(), driver.is_valid(KEY)), (CRYPTO_SOFT_NV_IDLE, 0, false));
}

#[test]
fn init_waits_until_nvm_has_ended_what_it_does_from_before() {
    let driver = start(spec());
    driver.load(KEY, &[1; 16]);
    nvm(|nvm| (nvm.delay, nvm.log) = (10, vec![]));
    driver.load(KEY, &[2; 16]);
    let record = driver.record(0);
    driver.init();
    for _ in 0..5 {
        assert_eq!(driver.nv_status(KEY), CRYPTO_SOFT_NV_LOADING);
        assert_eq!((driver.record(0), nvm(|nvm| nvm.reads())), (record.clone(), 0), "NvM reads the record RAM still");
        driver.main_function();
    }
    driver.settle(KEY);
    assert_eq!((driver.get(KEY, 1, 16), driver.nvm_reports()), ((E_OK, vec![2; 16]), 0));
}

#[test]
fn the_record_ram_never_holds_a_byte_of_a_plain_key() {
    let secret: Vec<u8> = (0..16).map(|at| 0xC0 + at).collect();
    let driver = start(spec());
    nvm(|nvm| nvm.delay = 1);
    let plain = {
        let secret = secret.clone();
        move || {
            let record = driver.record(0);
            assert!(!record.windows(4).any(|window| secret.windows(4).any(|part| part == window)), "plain text in record RAM");
        }
    };
    let looks = Rc::new(Cell::new(0));
    let count = looks.clone();
    let look = plain.clone();
    at_end_of_area(move || {
        look();
        count.set(count.get() + 1);
    });
    driver.load(KEY, &secret);
    for _ in 0..10 {
        driver.main_function();
        plain();
    }
    assert_eq!(survives(&driver), Some(secret.clone()));
    plain();
    assert!(looks.get() > 20);
    nvm(|nvm| {
        for set in nvm.block(BLOCK).sets.iter().flatten() {
            assert!(!set.windows(4).any(|window| secret.windows(4).any(|part| part == window)), "plain text in flash");
        }
    });
}

#[test]
fn an_unsound_nv_block_is_refused_by_init() {
    type Change = fn(&mut CryptoSoft_InstanceType, &mut CryptoSoft_NvBlockConfigType, &mut CryptoSoft_KeyConfigType);
    let changes: [(&str, Change); 12] = [
        ("no table", |instance, _, _| instance.nvBlocks = std::ptr::null()),
        ("no RAM", |instance, _, _| instance.nvBlockRam = std::ptr::null_mut()),
        ("no NvM", |instance, _, _| instance.nvM = std::ptr::null()),
        ("no record", |_, block, _| block.record = std::ptr::null_mut()),
        ("a record too small", |_, block, _| block.recordSize -= 1),
        ("a record too large", |_, block, _| block.recordSize += 1),
        ("no such key", |_, block, _| block.keyId = 99),
        ("another key", |_, block, _| block.keyId = 1),
        ("no such block", |_, _, key| key.nvBlock = 1),
        ("a key that does not know its block", |_, _, key| key.nvBlock = CRYPTO_SOFT_NO_NV_BLOCK),
        ("no write", |instance, _, _| unsafe { (*instance.nvM.cast_mut()).writeBlock = None }),
        ("no device key", |instance, _, _| unsafe { (*instance.nvM.cast_mut()).deviceKey = None }),
    ];
    for (name, change) in changes {
        let driver = build(spec());
        let instance = unsafe { &mut *driver.instance };
        let (block, key) = unsafe { (&mut *instance.nvBlocks.cast_mut(), &mut *instance.keys.cast_mut()) };
        change(instance, block, key);
        driver.init();
        assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED], "{name}");
    }
    let two = [NvSpec::new(0, &[1]), NvSpec { id: BLOCK, ..NvSpec::new(1, &[1]) }];
    let driver = Builder::new().key(0, &elements()).key(0, &elements()).persistent(&two);
    driver.init();
    assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED], "two keys in one block of NvM");
}

#[test]
fn nv_functions_refuse_what_is_wrong_with_its_code() {
    let driver = start(spec());
    let instance = driver.instance;
    let mut byte = UNTOUCHED;
    let expect = |code: u8, error: u8, name: &str| {
        assert_eq!(code, E_NOT_OK, "{name}");
        assert_eq!(driver.development(CRYPTO_SID_NVBLOCK), [error], "{name}");
    };
    let buffer = [0u8; 100];
    unsafe {
        for block in [1, u32::MAX] {
            expect(V2gcrypt_CryptoSoft_NvBlockCallback(instance, block, 7, 0), CRYPTO_E_PARAM_HANDLE, "callback");
            expect(
                V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, block, buffer.as_ptr().cast()),
                CRYPTO_E_PARAM_HANDLE,
                "read from",
            );
            expect(
                V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, block, std::ptr::addr_of_mut!(byte).cast()),
                CRYPTO_E_PARAM_HANDLE,
                "write to",
            );
            expect(V2gcrypt_CryptoSoft_NvBlockInit(instance, block), CRYPTO_E_PARAM_HANDLE, "init");
        }
        expect(V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, 0, std::ptr::null()), CRYPTO_E_PARAM_POINTER, "read from null");
        expect(V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, 0, std::ptr::null_mut()), CRYPTO_E_PARAM_POINTER, "write to null");
        expect(V2gcrypt_CryptoSoft_NvGetStatus(instance, 2, &mut byte), CRYPTO_E_PARAM_HANDLE, "status");
        expect(V2gcrypt_CryptoSoft_NvGetStatus(instance, 0, std::ptr::null_mut()), CRYPTO_E_PARAM_POINTER, "status without room");
    }
    assert_eq!(byte, UNTOUCHED);
    let uninitialised = build(spec());
    let instance = uninitialised.instance;
    unsafe {
        for code in [
            V2gcrypt_CryptoSoft_NvBlockCallback(instance, 0, 7, 0),
            V2gcrypt_CryptoSoft_NvBlockReadFrom(instance, 0, buffer.as_ptr().cast()),
            V2gcrypt_CryptoSoft_NvBlockWriteTo(instance, 0, std::ptr::addr_of_mut!(byte).cast()),
            V2gcrypt_CryptoSoft_NvBlockInit(instance, 0),
            V2gcrypt_CryptoSoft_NvGetStatus(instance, 0, &mut byte),
        ] {
            assert_eq!(code, E_NOT_OK);
        }
    }
    assert_eq!((byte, uninitialised.development(CRYPTO_SID_NVBLOCK)), (UNTOUCHED, vec![CRYPTO_E_UNINIT; 5]));
}

#[test]
fn a_pair_of_a_key_exchange_is_kept_as_soon_as_it_is_valid() {
    let names = ElementSpec::new(12, 1).init(&CRYPTO_ALGOFAM_ECDH.to_le_bytes()[..1]);
    for deferred in [false, true] {
        let spec = NvSpec::new(0, &[9, 10]);
        let spec = if deferred { spec.deferred() } else { spec };
        let driver = Builder::new()
            .object(1)
            .key(0, &[ElementSpec::new(9, 32), ElementSpec::new(10, 65), names.clone()])
            .persistent(&[spec]);
        driver.init();
        let mut pair = driver.public_value(0, 65);
        assert_eq!((pair.0, driver.is_valid(0)), (E_OK, true));
        assert_eq!(driver.nv_status(0), if deferred { CRYPTO_SOFT_NV_PENDING } else { CRYPTO_SOFT_NV_IDLE });
        for round in 0..3 {
            assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
            let writes = nvm(|nvm| nvm.writes());
            assert_eq!(driver.public_value(0, 65), pair, "a pair that is there is told");
            assert_eq!((driver.settle(0), nvm(|nvm| nvm.writes())), (CRYPTO_SOFT_NV_IDLE, writes), "and not written again");
            driver.power_cycle();
            assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
            assert!(driver.is_valid(0));
            assert_eq!(driver.public_value(0, 65), pair, "deferred {deferred}, round {round}");
            // Another one replaces it, by a job. The entropy of these tests is the same after each reset; with `host`, in each call.
            let job = management(CRYPTO_KEYEXCHANGECALCPUBVAL, CRYPTO_ALGOFAM_NOT_SET, ASYNC, 0).output(65);
            for _ in 0..round + 2 {
                assert_eq!((driver.set_invalid(0), driver.run(job)), (E_OK, E_OK));
            }
            assert!(cfg!(feature = "host") || job.result() != pair.1);
            pair = (E_OK, job.result());
        }
    }
}

#[test]
fn nobody_writes_a_record_that_is_examined_or_about_to_be_wiped() {
    let driver = Builder::new().key(0, &[ElementSpec::new(1, 16)]).persistent(&[NvSpec::new(0, &[1]).sync()]);
    driver.init();
    for value in [[1; 16], [2; 16]] {
        driver.load(0, &value);
        assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
    }
    let seen = std::rc::Rc::new(std::cell::RefCell::new(vec![]));
    let log = seen.clone();
    meddle(move |at| {
        let foreign = vec![0xEE; driver.record(0).len()];
        let before = driver.record(0);
        let taken = unsafe { V2gcrypt_CryptoSoft_NvBlockReadFrom(driver.instance, 0, foreign.as_ptr().cast()) };
        if at == "read" {
            assert_eq!((taken, driver.record(0)), (E_OK, foreign), "the request may run in its call");
        } else {
            assert_eq!((taken, driver.record(0)), (E_NOT_OK, before.clone()), "{at}");
            assert_eq!(unsafe { V2gcrypt_CryptoSoft_NvBlockInit(driver.instance, 0) }, E_OK);
            assert_eq!(driver.record(0), before, "{at}");
        }
        log.borrow_mut().push(at.to_owned());
    });
    driver.power_cycle();
    assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
    assert_eq!((driver.is_valid(0), driver.get(0, 1, 16).1, driver.nvm_reports()), (true, vec![2; 16], 0));
    assert_eq!(*seen.borrow(), ["index", "read", "device key"].repeat(2));
}

#[test]
fn a_record_that_nvm_still_copies_is_not_touched_when_the_request_is_refused() {
    let mut machine = Machine::new(Rules { retries: 1, immediate: true, transfers: true });
    assert_eq!(machine.step(Event::Turn).action, Action::Poll);
    assert_eq!(machine.step(Event::Status(NVM_REQ_OK)).action, Action::Read(0));
    machine.cleared();
    assert!(machine.begin_transfer(Transfer::In));
    assert_eq!(machine.step(Event::Refused { counts: true }).action, Action::Nothing);
    assert_eq!(machine.step(Event::Turn).action, Action::Nothing, "the next Read would wipe what is being copied");
    machine.end_transfer();
    assert_eq!(machine.step(Event::Turn).action, Action::Read(0));
    assert!(!machine.begin_transfer(Transfer::In), "not before it is wiped");
}
