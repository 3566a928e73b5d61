//! The crypto-key submodule.

use super::fakes::*;
use super::setup::*;
use std::ptr::{null, null_mut};
use v2gcrypt_keym::config::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

const STORED: u32 = 60;
const SOURCE: u32 = 61;
const DERIVED: u32 = 62;
const SHE: u32 = 63;
const IN_NVM: u32 = 64;
const ALSO_IN_NVM: u32 = 65;

pub fn keys() -> Setup {
    let mut setup = Setup::new(vec![]);
    let mut derived = crypto_key("Derived", DERIVED);
    (derived.generationType, derived.sourceDeriveKeyId) = (KEYM_DERIVED_KEY, SOURCE);
    (derived.generationInfo, derived.generationInfoLength) = (b"salt".as_ptr(), 4);
    let mut she = crypto_key("She", SHE);
    (she.cryptoProps, she.cryptoPropsLength) = (b"4".as_ptr(), 1);
    let in_nvm = |name, target| KeyM_CryptoKeyConfigType {
        storage: KEYM_STORAGE_IN_NVM,
        nvmBlock: 0,
        buffer: leak(vec![0; 64]),
        ..crypto_key(name, target)
    };
    let two = [in_nvm("Nvm", IN_NVM), in_nvm("Nvm2", ALSO_IN_NVM)];
    setup.keys = [vec![crypto_key("Stored", STORED), derived, she], two.to_vec()].concat();
    setup.add_block(30, 50, false);
    setup
}

pub fn update(name: &[u8], material: &[u8]) -> u8 {
    update_into(name, material, null_mut(), 0)
}

fn update_into(name: &[u8], material: &[u8], room: *mut u8, length: u16) -> u8 {
    let (name_length, material_length) = (name.len() as u16, material.len() as u16);
    unsafe { KeyM_Update(name.as_ptr(), name_length, material.as_ptr(), material_length, room, length) }
}

pub fn told(which: u8, result: u8) -> Vec<Seen> {
    vec![Seen::KeyTold { which, result, response: vec![] }]
}

fn element(key: u32) -> Option<Vec<u8>> {
    fake(|fake| fake.keys.get(&(key, 1)).cloned())
}

fn is_valid(key: u32) -> bool {
    fake(|fake| fake.valid.contains(&key))
}

fn open(kind: u8) -> u8 {
    let (mut room, mut length) = ([0xEE; 4], 4u16);
    let code = unsafe { KeyM_Start(kind, null(), 0, room.as_mut_ptr(), &mut length) };
    assert_eq!(length, if code == E_OK { 0 } else { 4 });
    code
}

pub fn finalize() -> u8 {
    unsafe { KeyM_Finalize(null(), 0, null_mut(), 0) }
}

/// Opens a session and writes a key in it.
pub fn updated_in_a_session(name: &[u8], material: &[u8]) {
    assert_eq!(open(KEYM_START_WORKSHOPMODE), E_OK);
    assert_eq!(update(name, material), E_OK);
    settle();
    assert_eq!(seen(), told(0, KEYM_RT_OK));
}

/// What a restart with an empty Csm finds of the first key in NvM.
pub fn restarted(config: &'static KeyM_ConfigType) -> Option<Vec<u8>> {
    fake(|fake| (fake.keys.clear(), fake.valid.clear()));
    start(config);
    let found = element(IN_NVM);
    assert_eq!(found.is_some(), is_valid(IN_NVM));
    found
}

#[test]
fn without_sessions_a_key_is_valid_when_its_update_is_told() {
    let _serial = serial();
    keys().start(|_| ());
    assert_eq!(update(b"Stored", b"0123456789abcdef"), E_OK);
    assert_eq!(update(b"Stored", b"0123456789abcdef"), KEYM_E_BUSY);
    assert_eq!((element(STORED), seen()), (None, vec![]));
    settle();
    assert_eq!(seen(), told(0, KEYM_RT_OK));
    assert_eq!((element(STORED).unwrap(), is_valid(STORED)), (b"0123456789abcdef".to_vec(), true));
    assert_eq!(update(b"Derived", b"password"), E_OK);
    settle();
    assert_eq!(seen(), told(0, KEYM_RT_OK));
    assert_eq!((element(DERIVED).unwrap(), is_valid(DERIVED)), (b"passwordsalt".to_vec(), true));
}

#[test]
fn names_and_lengths_are_checked_before_anything_happens() {
    let _serial = serial();
    keys().start(|_| ());
    for (name, material, code) in [
        (&b"Store"[..], &b"0123456789abcdef"[..], KEYM_E_PARAMETER_MISMATCH),
        (b"Stored2", b"0123456789abcdef", KEYM_E_PARAMETER_MISMATCH),
        (&[b'n'; 21], b"0123456789abcdef", KEYM_E_PARAMETER_MISMATCH),
        (b"", &[0x50; 63], KEYM_E_PARAMETER_MISMATCH),
        (b"", &[0x50; 64], KEYM_E_PARAMETER_MISMATCH),
        (b"Stored", b"", KEYM_E_KEY_CERT_SIZE_MISMATCH),
        (b"Stored", &[0; 65], KEYM_E_KEY_CERT_SIZE_MISMATCH),
    ] {
        assert_eq!(update(name, material), code);
    }
    settle();
    assert_eq!((seen(), fake(|fake| fake.keys.len())), (vec![], 0));
}

#[test]
fn a_she_key_is_found_by_its_slot_and_answers_with_its_proof() {
    let _serial = serial();
    keys().start(|_| ());
    let mut messages = [0x11; 64];
    messages[15] = 0x4F;
    fake(|fake| fake.keys.insert((SHE, CRYPTO_KE_MAC_PROOF), vec![0xAB; 48]));
    let mut room = [0xEE; 48];
    assert_eq!(update_into(b"", &messages, room.as_mut_ptr(), 48), E_OK);
    settle();
    assert_eq!(seen(), [Seen::KeyTold { which: 0, result: KEYM_RT_OK, response: vec![0xAB; 48] }]);
    assert_eq!(element(SHE).unwrap(), messages);
    // Too little room: told, and nothing is written.
    room = [0xEE; 48];
    assert_eq!(update_into(b"", &messages, room.as_mut_ptr(), 47), E_OK);
    settle();
    assert_eq!((seen(), room), (told(0, KEYM_RT_NOT_OK), [0xEE; 48]));
}

#[test]
fn in_a_session_keys_become_valid_with_finalize() {
    let _serial = serial();
    let config = keys().start(|config| config.startFinalizeEnabled = 1);
    assert_eq!(update(b"Stored", b"0123456789abcdef"), E_NOT_OK);
    assert_eq!(finalize(), E_NOT_OK);
    for kind in [0, 3, 0x7F, 0xA0, 0xFF] {
        assert_eq!(open(kind), KEYM_E_PARAMETER_MISMATCH);
    }
    for kind in [KEYM_START_OEM_PRODUCTIONMODE, KEYM_START_WORKSHOPMODE, 0x80, 0x9F] {
        assert_eq!(open(kind), E_OK);
    }
    for name in [&b"Stored"[..], b"Nvm"] {
        assert_eq!(update(name, b"0123456789abcdef"), E_OK);
        assert_eq!(open(KEYM_START_WORKSHOPMODE), KEYM_E_BUSY);
        settle();
        assert_eq!(seen(), told(0, KEYM_RT_OK));
    }
    assert!(element(STORED).is_some() && !is_valid(STORED) && !is_valid(IN_NVM));
    assert_eq!(fake(|fake| fake.nvm.writes), 0);
    assert_eq!(finalize(), E_OK);
    settle();
    assert_eq!(seen(), told(1, KEYM_RT_OK));
    assert!(is_valid(STORED) && is_valid(IN_NVM));
    assert_eq!(fake(|fake| fake.nvm.writes), 1);
    assert_eq!(finalize(), E_NOT_OK, "the session has ended");
    // A session that is opened anew forgets what was written in the one before.
    assert_eq!(open(KEYM_START_WORKSHOPMODE), E_OK);
    assert_eq!(update(b"Stored", b"another key 1234"), E_OK);
    settle();
    assert_eq!(open(KEYM_START_WORKSHOPMODE), E_OK);
    assert_eq!(finalize(), E_OK);
    settle();
    assert!(!is_valid(STORED));
    // After a restart keys come out of NvM.
    fake(|fake| (fake.keys.clear(), fake.valid.clear()));
    start(config);
    assert_eq!((element(IN_NVM).unwrap(), is_valid(IN_NVM)), (b"0123456789abcdef".to_vec(), true));
    assert_eq!(element(ALSO_IN_NVM), None);
}

#[test]
fn a_key_of_an_abandoned_session_is_not_valid_after_a_restart() {
    let _serial = serial();
    let config = keys().start(|config| config.startFinalizeEnabled = 1);
    updated_in_a_session(b"Nvm", b"finalized");
    assert_eq!(finalize(), E_OK);
    settle();
    assert_eq!(seen(), told(1, KEYM_RT_OK));
    // Opened anew, and ended: NvM has what was finalized.
    updated_in_a_session(b"Nvm", b"abandoned");
    assert_eq!(open(KEYM_START_WORKSHOPMODE), E_OK);
    assert_eq!(finalize(), E_OK);
    settle();
    assert_eq!(seen(), told(1, KEYM_RT_OK));
    assert!(!is_valid(IN_NVM));
    assert_eq!(restarted(config), Some(b"finalized".to_vec()));
    // Another key of the block is finalized: the former one is gone from RAM, and the abandoned one stays out of NvM.
    updated_in_a_session(b"Nvm", b"abandoned");
    updated_in_a_session(b"Nvm2", b"other");
    assert_eq!(finalize(), E_OK);
    settle();
    assert_eq!(seen(), told(1, KEYM_RT_OK));
    assert_eq!(restarted(config), None);
    assert_eq!(element(ALSO_IN_NVM), Some(b"other".to_vec()));
}

#[test]
fn an_open_session_neither_delays_a_write_of_its_block_nor_gets_into_it() {
    let _serial = serial();
    let mut setup = Setup::new(vec![]);
    setup.keys = keys().keys;
    fake(|fake| fake.time = Some((1_700_000_000, KEYM_STBM_GLOBAL_TIME_BASE)));
    setup.certificates = vec![certificate("Clock", 0)];
    setup.add_block(30, 0, true);
    let config = setup.start(|config| config.startFinalizeEnabled = 1);
    assert_eq!(fake(|fake| fake.nvm.writes), 1, "the first time floor");
    updated_in_a_session(b"Nvm", b"unfinished");
    // The time floor rises by a day in the session.
    fake(|fake| fake.time = Some((1_700_090_000, KEYM_STBM_GLOBAL_TIME_BASE)));
    settle();
    assert_eq!(fake(|fake| fake.nvm.writes), 2);
    assert_eq!(restarted(config), None);
}

#[test]
fn a_delayed_write_takes_all_keys_of_the_block_when_the_first_delay_ends() {
    let _serial = serial();
    keys().start(|_| ());
    assert_eq!(update(b"Nvm", b"first"), E_OK);
    let rounds = |count| (0..count).for_each(|_| main_functions());
    rounds(2);
    assert_eq!(seen(), told(0, KEYM_RT_OK));
    assert_eq!(update(b"Nvm2", b"second"), E_OK);
    rounds(2);
    assert_eq!(seen(), told(0, KEYM_RT_OK));
    assert_eq!(fake(|fake| fake.nvm.writes), 0);
    rounds(10);
    assert_eq!(fake(|fake| fake.nvm.writes), 1);
    rounds(50);
    assert_eq!(fake(|fake| fake.nvm.writes), 1);
    let record = fake(|fake| fake.nvm.data[&(30, 0)].clone());
    for key in [&b"first"[..], b"second"] {
        assert!(record.windows(key.len()).any(|window| window == key));
    }
}

fn key_test(name: &[u8], request: &[u8], room: u16) -> (u8, Vec<u8>) {
    let mut response = vec![0xEE; 100];
    let mut length = room;
    let (name_length, request_length) = (name.len() as u16, request.len() as u16);
    let (name, request) = (name.as_ptr(), request.as_ptr());
    let code = unsafe { KeyM_Verify(name, name_length, request, request_length, response.as_mut_ptr(), &mut length) };
    if code != E_OK {
        assert_eq!((length, &response), (room, &vec![0xEE; 100]));
        return (code, vec![]);
    }
    response.truncate(length.into());
    (code, response)
}

#[test]
fn a_key_is_tested_by_each_kind_of_job() {
    let _serial = serial();
    let kinds = [
        KEYM_VERIFY_MACGENERATE,
        KEYM_VERIFY_MACVERIFY,
        KEYM_VERIFY_ENCRYPT,
        KEYM_VERIFY_DECRYPT,
        KEYM_VERIFY_AEADENCRYPT,
        KEYM_VERIFY_AEADDECRYPT,
    ];
    let mut setup = Setup::new(vec![]);
    setup.keys = kinds
        .iter()
        .map(|kind| KeyM_CryptoKeyConfigType { verifyJobType: *kind, ..crypto_key(&format!("K{kind}"), 70) })
        .collect();
    setup.start(|_| ());
    let (code, mac) = key_test(b"K0", b"text", 100);
    assert_eq!((code, mac.len()), (E_OK, 16));
    assert_eq!(key_test(b"K1", &[b"text", mac.as_slice()].concat(), 0), (E_OK, vec![]));
    let mut wrong = mac.clone();
    wrong[15] ^= 1;
    assert_eq!(key_test(b"K1", &[b"text", wrong.as_slice()].concat(), 0).0, KEYM_E_KEY_CERT_INVALID);
    assert_eq!(key_test(b"K1", b"short", 0).0, KEYM_E_KEY_CERT_SIZE_MISMATCH);
    let (_, cipher) = key_test(b"K2", b"text", 100);
    assert_eq!(key_test(b"K3", &cipher, 100), (E_OK, b"text".to_vec()));
    let (_, sealed) = key_test(b"K4", b"text", 100);
    assert_eq!(sealed.len(), 20);
    assert_eq!(key_test(b"K4", b"text", 19).0, KEYM_E_KEY_CERT_SIZE_MISMATCH);
    assert_eq!(key_test(b"K5", &sealed, 100), (E_OK, b"text".to_vec()));
    let mut wrong = sealed.clone();
    wrong[0] ^= 1;
    assert_eq!(key_test(b"K5", &wrong, 100).0, KEYM_E_KEY_CERT_INVALID);
    assert_eq!(key_test(b"K9", b"text", 100).0, KEYM_E_PARAMETER_MISMATCH);
    assert_eq!(key_test(b"", b"text", 100).0, KEYM_E_PARAMETER_MISMATCH);
    fake(|fake| fake.busy = 1);
    assert_eq!(key_test(b"K0", b"text", 100).0, KEYM_E_BUSY);
    assert_eq!(key_test(b"K0", b"text", 100).0, E_OK);
}

#[test]
fn in_asynchronous_mode_the_outcome_is_told_by_callback() {
    let _serial = serial();
    keys().start(|config| config.verifyAsyncMode = 1);
    let mut room = vec![0xEE; 40];
    let mut length = 40u16;
    let mut ask = |name: &[u8]| unsafe {
        KeyM_Verify(name.as_ptr(), name.len() as u16, b"text".as_ptr(), 4, room.as_mut_ptr(), &mut length)
    };
    assert_eq!(ask(b"Stored"), KEYM_E_PENDING);
    assert_eq!(ask(b"Stored"), KEYM_E_BUSY);
    fake(|fake| fake.busy = 3);
    settle();
    let told = seen();
    assert!(
        matches!(told.as_slice(), [Seen::KeyTold { which: 2, result: KEYM_RT_OK, response }] if response.len() == 16),
        "{told:?}"
    );
}

#[test]
fn a_key_handler_is_asked_until_it_has_finished() {
    let _serial = serial();
    let mut setup = keys();
    let none =
        KeyM_KeyHandlerType { start: None, prepare: None, update: None, finalize: None, verify: None, serviceCertificate: None };
    setup.handler =
        Some(KeyM_KeyHandlerType { start: Some(kh_start), prepare: Some(kh_prepare), update: Some(kh_update), ..none });
    setup.start(|config| config.startFinalizeEnabled = 1);
    let (mut room, mut length) = ([0xEE; 4], 4u16);
    let no = unsafe { KeyM_Start(1, b"no".as_ptr(), 2, room.as_mut_ptr(), &mut length) };
    assert_eq!((no, length), (E_NOT_OK, 4));
    assert_eq!(update(b"Stored", b"container"), E_NOT_OK, "no session");
    let prepare = |room: &mut [u8; 4], length: &mut u16| unsafe { KeyM_Prepare(b"yes".as_ptr(), 3, room.as_mut_ptr(), length) };
    assert_eq!((prepare(&mut room, &mut length), length), (E_NOT_OK, 4), "no session");
    let yes = unsafe { KeyM_Start(1, b"yes".as_ptr(), 3, room.as_mut_ptr(), &mut length) };
    assert_eq!((yes, length, room[0]), (E_OK, 1, 1));
    (room, length) = ([0xEE; 4], 4);
    assert_eq!((prepare(&mut room, &mut length), length, room[0]), (E_OK, 1, 1));
    seen();
    let repeat = KEYM_KH_UPDATE_KEY_UPDATE_REPEAT;
    let finish = KEYM_KH_UPDATE_FINISH;
    fake(|fake| {
        fake.handler_updates =
            vec![(b"one".to_vec(), 0, repeat), (b"two".to_vec(), 3, repeat), (b"done".to_vec(), KEYM_NO_CRYPTO_KEY, finish)];
    });
    let mut answer = [0xEE; 10];
    assert_eq!(update_into(b"whatever", b"container", answer.as_mut_ptr(), 10), E_OK);
    settle();
    let asked = Seen::Handler { which: "update", request: b"container".to_vec() };
    let done = Seen::KeyTold { which: 0, result: KEYM_RT_OK, response: b"done".to_vec() };
    assert_eq!(seen(), [asked.clone(), asked.clone(), asked.clone(), done]);
    assert_eq!((element(STORED).unwrap(), element(IN_NVM).unwrap()), (b"one".to_vec(), b"two".to_vec()));
    // One that refuses, names no key, or wants something unknown.
    for answers in [vec![], vec![(vec![1], 77, repeat)], vec![(vec![1], KEYM_NO_CRYPTO_KEY, repeat)], vec![(vec![1], 0, 9)]] {
        fake(|fake| fake.handler_updates = answers);
        assert_eq!(update(b"whatever", b"container"), E_OK);
        settle();
        let last = seen().pop().unwrap();
        assert!(matches!(last, Seen::KeyTold { result: KEYM_RT_KEY_CERT_UPDATE_FAIL | KEYM_RT_NOT_OK, .. }), "{last:?}");
    }
}

#[test]
fn a_key_handler_ends_sessions_and_serves_certificates() {
    let _serial = serial();
    let mut setup = keys();
    setup.certificates = vec![certificate("Root", 0)];
    let none =
        KeyM_KeyHandlerType { start: None, prepare: None, update: None, finalize: None, verify: None, serviceCertificate: None };
    setup.handler = Some(KeyM_KeyHandlerType { finalize: Some(kh_finalize), serviceCertificate: Some(kh_service), ..none });
    setup.start(|config| config.startFinalizeEnabled = 1);
    let end = |room: &mut [u8]| unsafe { KeyM_Finalize(b"bye".as_ptr(), 3, room.as_mut_ptr(), room.len() as u16) };
    let asked = Seen::Handler { which: "finalize", request: b"bye".to_vec() };
    for (room, result, response) in [(2, KEYM_RT_NOT_OK, vec![]), (3, KEYM_RT_OK, b"end".to_vec())] {
        assert_eq!(open(KEYM_START_WORKSHOPMODE), E_OK);
        assert_eq!(update(b"Stored", b"0123456789abcdef"), E_OK);
        settle();
        seen();
        let mut memory = vec![0xEE; room];
        assert_eq!(end(&mut memory), E_OK);
        settle();
        assert_eq!(seen(), [asked.clone(), Seen::KeyTold { which: 1, result, response }]);
        assert_eq!(is_valid(STORED), result == KEYM_RT_OK);
    }
    // A service of the user's own, too.
    for (room, result, response) in [(1, KEYM_RT_NOT_OK, vec![]), (2, KEYM_RT_OK, b"ok".to_vec())] {
        let mut room = Room::new(room);
        assert_eq!(ask_service(0, 0x9F, b"request", &mut room), E_OK);
        settle();
        let asked = Seen::Handler { which: "service", request: b"\x9FRootrequest".to_vec() };
        assert_eq!(seen(), [asked, Seen::Serviced { id: 0, result, response }]);
    }
}
