//! Threads, and a panic inside.

use super::certificates::{chain, ders, pki, set_all, LEAF, ROOT};
use super::fakes::*;
use super::services::{bundle, stored, SET_CHAIN, SET_ROOT};
use super::setup::*;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

/// Both main functions, NvM and Csm on threads of their own; one that reads; one that sets and verifies.
#[test]
fn readers_writers_and_both_main_functions_run_side_by_side() {
    let _serial = serial();
    fake(|fake| fake.async_jobs = [JOB_SHA256, JOB_VERIFY + 10, JOB_VERIFY + 13].into());
    chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    for (id, der) in ders.iter().enumerate() {
        assert_eq!(set(id as u16, der), E_OK);
    }
    let (stop, reads, busy) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let (mut asked, mut told) = (0, 0);
    let spin = |work: &(dyn Fn() + Sync)| {
        while !stop.load(Ordering::SeqCst) {
            work();
            thread::yield_now();
        }
    };
    // Also when a check fails: else nobody would learn of it.
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    thread::scope(|scope| {
        let stopped = Stop(&stop);
        for _ in 0..2 {
            scope.spawn(|| spin(&|| unsafe { KeyM_MainBackgroundFunction() }));
        }
        scope.spawn(|| spin(&|| unsafe { KeyM_MainFunction() }));
        scope.spawn(|| spin(&|| assert!(end_jobs() <= 1)));
        for _ in 0..2 {
            scope.spawn(|| {
                spin(&|| {
                    let (mut room, mut length) = ([0; 40], 40);
                    match unsafe { KeyM_CertElementGet(LEAF, 1, room.as_mut_ptr(), &mut length) } {
                        E_OK => {
                            assert_eq!(&room[..length as usize], super::pki::EMAID.as_bytes());
                            reads.fetch_add(1, Ordering::SeqCst);
                        }
                        KEYM_E_BUSY => {
                            busy.fetch_add(1, Ordering::SeqCst);
                        }
                        code => assert!(matches!(code, KEYM_E_KEY_CERT_INVALID | KEYM_E_KEY_CERT_EMPTY), "{code}"),
                    }
                    match get(LEAF) {
                        Ok(der) => assert_eq!(der, ders[3]),
                        Err(code) => assert!(matches!(code, KEYM_E_BUSY | KEYM_E_KEY_CERT_EMPTY), "{code}"),
                    }
                });
            });
        }
        for round in 0..600 {
            let der: &[u8] = if round % 5 == 4 { &[] } else { &ders[3] };
            while set(LEAF, der) == KEYM_E_BUSY {
                thread::yield_now();
            }
            if der.is_empty() {
                continue;
            }
            // A reader may have the slot; that does not hinder a verification.
            assert_eq!(verify(LEAF), E_OK);
            asked += 1;
            loop {
                let seen = seen();
                if !seen.is_empty() {
                    assert_eq!(seen, [Seen::Verified { id: LEAF, status: KEYM_CERTIFICATE_VALID }]);
                    told += 1;
                    // Now it can be read.
                    let before = reads.load(Ordering::SeqCst);
                    while round % 10 == 0 && reads.load(Ordering::SeqCst) == before {
                        thread::yield_now();
                    }
                    break;
                }
                thread::yield_now();
            }
        }
        drop(stopped);
    });
    assert_eq!((asked, told, seen()), (480, 480, vec![]));
    assert!(reads.load(Ordering::SeqCst) > 50, "{reads:?} read, {busy:?} busy");
}

#[test]
fn after_a_panic_everything_is_refused_until_init_and_no_store_is_half() {
    let _serial = serial();
    std::panic::set_hook(Box::new(|info| {
        if !info.to_string().contains("by order of a test") {
            eprintln!("{info}")
        }
    }));
    let first = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let second = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let (mut panics, mut owed) = (0, 0);
    let mut step = 1;
    loop {
        fake(|fake| fake.nvm = Nvm::default());
        let config = stored().start(|_| ());
        assert_eq!(service(ROOT, SET_ROOT, &first[0]), Ok((KEYM_RT_OK, vec![])));
        assert_eq!(service(LEAF, SET_CHAIN, &bundle(&first)), Ok((KEYM_RT_OK, vec![])));
        assert_eq!(ask_service(LEAF, SET_CHAIN, &bundle(&second), &mut Room::new(0)), E_OK);
        fault_injection::arm(step);
        for _ in 0..200 {
            if !fault_injection::is_armed() {
                break;
            }
            main_functions();
        }
        if fault_injection::is_armed() {
            fault_injection::arm(0);
            break;
        }
        panics += 1;
        assert_eq!((get(LEAF), verify(LEAF)), (Err(E_NOT_OK), E_NOT_OK));
        for _ in 0..2 {
            main_functions();
        }
        let told: Vec<_> = seen().into_iter().filter(|seen| !matches!(seen, Seen::Det { error: KEYM_E_UNINIT, .. })).collect();
        // The service's one callback: before the panic, or owed.
        let result = match told.as_slice() {
            [Seen::Serviced { id: LEAF, result, .. }] => *result,
            other => panic!("step {step}: {other:?}"),
        };
        owed += usize::from(result == KEYM_RT_NOT_OK);
        nvm_runs();
        start(config);
        let found: Vec<_> = (1..4).map(|id| get(id).unwrap()).collect();
        assert!(found == second[1..] || (found == first[1..] && result != KEYM_RT_OK), "step {step}");
        step += 7;
    }
    let _ = std::panic::take_hook();
    assert!(panics >= 20 && owed >= 10, "{panics} panics, {owed} callbacks");
}

#[test]
fn a_task_that_sets_and_verifies_may_interrupt_a_main_function_anywhere() {
    let _serial = serial();
    static DER: std::sync::Mutex<Vec<u8>> = std::sync::Mutex::new(Vec::new());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    *DER.lock().unwrap() = ders[3].clone();
    let (mut exits, mut refused) = (0, 0);
    loop {
        chain(Setup::new).start(|_| ());
        for id in [0, 1, 3] {
            assert_eq!(set(id as u16, &ders[id]), E_OK);
        }
        settle();
        assert_eq!((set(2, &ders[2]), verify(2)), (E_OK, E_OK));
        interrupt_after(exits, || {
            let der = DER.lock().unwrap().clone();
            // A main function may be reading it: then later.
            if set(LEAF, &der) == E_OK {
                assert_eq!(verify(LEAF), E_OK);
            }
        });
        for _ in 0..60 {
            main_functions();
        }
        if interrupt_is_pending() {
            break;
        }
        settle();
        let told = seen();
        let valid = |id| Seen::Verified { id, status: KEYM_CERTIFICATE_VALID };
        refused += usize::from(told == [valid(2)]);
        assert!(told == [valid(2)] || told == [valid(2), valid(LEAF)], "after {exits}: {told:?}");
        exits += 1;
    }
    assert!(exits >= 100 && refused < exits as usize / 2, "{exits} places, {refused} refused");
}

/// Asks again, whatever has come out.
unsafe extern "C" fn again(id: u16, _: u8) -> u8 {
    unsafe { KeyM_VerifyCertificate(id) }
}

#[test]
fn a_certificate_that_is_verified_over_and_over_keeps_nobody_waiting_for_ever() {
    let _serial = serial();
    let mut setup = chain(|mut slots| {
        slots[0].verifyCallback = Some(again);
        Setup::new(slots)
    });
    setup.keys.push(crypto_key("TestKey", 50));
    setup.start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    set_all(&ders);
    assert_eq!(verify(ROOT), E_OK);
    settle();
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    let hash = service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA, &[]);
    assert_eq!(hash.map(|told| told.0), Ok(KEYM_RT_OK));
    let (name, material) = (b"TestKey", [7u8; 16]);
    let code = unsafe { KeyM_Update(name.as_ptr(), name.len() as u16, material.as_ptr(), 16, std::ptr::null_mut(), 0) };
    assert_eq!(code, E_OK);
    for _ in 0..400 {
        unsafe { KeyM_MainBackgroundFunction() };
    }
    let told = Seen::KeyTold { which: 0, result: KEYM_RT_OK, response: vec![] };
    assert!(seen().contains(&told));
}
