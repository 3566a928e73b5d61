//! Copies between keys: what may go where, and that a refused copy changes nothing.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;

const ALLOWED: (u8, u8) = (CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_ALLOWED);

fn element(id: u32, size: u32) -> ElementSpec {
    ElementSpec::new(id, size)
}

/// Refused with `code` and `report`, and both keys are as they were.
fn refused(driver: &Driver, keys: [u32; 2], code: u8, report: &[Reported], what: &str, call: impl FnOnce() -> u8) {
    let before = keys.map(|key| driver.image(key));
    assert_eq!(call(), code, "{what}");
    assert_eq!(driver.reports(), report, "{what}");
    assert_eq!(keys.map(|key| driver.image(key)), before, "{what}: nothing changes");
}

#[test]
fn an_element_is_copied_with_its_length_and_leaves_its_key_invalid_until_set_valid() {
    let driver = Builder::new()
        .object(0)
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[element(1, 32).partial(), element(2, 32).partial()])
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[element(1, 32).partial(), element(5, 16)])
        .start();
    driver.load(0, &hex(AES_KEY));
    driver.load(1, &[7; 32]);
    assert_eq!(driver.copy_element((0, 1), (1, 1)), E_OK);
    assert!(!driver.is_valid(1) && driver.is_valid(0));
    assert_eq!(driver.get(1, 1, 32), (E_OK, hex(AES_KEY)));
    assert_eq!(driver.image(1).data[16..32], [0; 16], "nothing of the longer key is left");
    assert_eq!(driver.set_valid(1), E_OK);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, 1).input(&hex(CMAC_MESSAGE)).output(16);
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(job.result(), hex(CMAC_TAG), "the copy is the key that jobs use");

    assert_eq!(driver.copy_element((0, 1), (1, 5)), E_OK, "16 bytes fit 16 exactly");
    assert_eq!(driver.copy_element((0, 1), (0, 2)), E_OK, "between elements of one key");
    assert_eq!(driver.get(0, 2, 32), (E_OK, hex(AES_KEY)));
    assert!(!driver.is_valid(0));
    assert_eq!(driver.reports(), []);
}

#[test]
fn copies_keep_the_access_rights_of_all_levels() {
    let levels = [CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_RA_ENCRYPTED, CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_RA_DENIED];
    let mut copied = 0;
    for read in levels {
        for target_read in levels {
            for target_write in levels {
                let driver = Builder::new()
                    .key(0, &[element(1, 4).access(read, 0).partial().init(&[1, 2, 3, 4])])
                    .key(0, &[element(1, 4).access(target_read, target_write).partial().init(&[9; 4])])
                    .start();
                let internal = read == CRYPTO_SOFT_RA_INTERNAL_COPY && target_read >= CRYPTO_SOFT_RA_INTERNAL_COPY;
                let readable = read == CRYPTO_SOFT_RA_ALLOWED || internal;
                let writable = target_write != CRYPTO_SOFT_WA_DENIED;
                let what = format!("read {read} into read {target_read}, write {target_write}");
                type Call<'a> = &'a dyn Fn() -> u8;
                let calls: [(u8, Call<'_>); 3] = [
                    (CRYPTO_SID_KEYELEMENTCOPY, &|| driver.copy_element((0, 1), (1, 1))),
                    (CRYPTO_SID_KEYELEMENTCOPYPARTIAL, &|| driver.copy_part((0, 1), (0, 0, 4), (1, 1))),
                    (CRYPTO_SID_KEYCOPY, &|| driver.copy_key(0, 1)),
                ];
                for (service, call) in calls {
                    if !readable {
                        let report = Reported::Runtime(service, CRYPTO_E_RE_KEY_READ_FAIL);
                        refused(&driver, [0, 1], CRYPTO_E_KEY_READ_FAIL, &[report], &what, call);
                    } else if !writable {
                        refused(&driver, [0, 1], CRYPTO_E_KEY_WRITE_FAIL, &[], &what, call);
                    } else {
                        assert_eq!(call(), E_OK, "{what}");
                        assert_eq!(driver.stored(1, 1), [1, 2, 3, 4]);
                        copied += 1;
                    }
                }
            }
        }
    }
    assert_eq!(copied, 3 * 3 * (4 + 2));
}

#[test]
fn a_secret_is_copied_only_to_where_secrets_lie_and_never_to_a_parameter() {
    // What is copied into an IV is the difference of two decryptions; other parameters give themselves away more slowly.
    let internal = CRYPTO_SOFT_RA_INTERNAL_COPY;
    let ids = [1, 2, 5, 9, 10, 12, 13, 15, 16, 17, 29, 1000, 1001, 1002, 2000];
    let with = |read, write| ids.map(|id| element(id, 4).access(read, write).partial().init(&[read, write, id as u8, 4]));
    let driver = Builder::new()
        .key(0, &with(internal, CRYPTO_SOFT_WA_DENIED))
        .key(0, &with(CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_DENIED))
        .key(0, &with(internal, CRYPTO_SOFT_WA_INTERNAL_COPY))
        .start();
    let mut copied = 0;
    for source in [0, 1] {
        for (from, to) in ids.iter().flat_map(|from| ids.map(|to| (*from, to))) {
            let calls: [(u8, &dyn Fn() -> u8); 2] = [
                (CRYPTO_SID_KEYELEMENTCOPY, &|| driver.copy_element((source, from), (2, to))),
                (CRYPTO_SID_KEYELEMENTCOPYPARTIAL, &|| driver.copy_part((source, from), (0, 0, 4), (2, to))),
            ];
            for (service, call) in calls {
                if source == 1 || from == to || [1, 9].contains(&to) {
                    assert_eq!(call(), E_OK, "{from} to {to}");
                    assert_eq!(driver.stored(2, to), driver.stored(source, from));
                    copied += 1;
                } else {
                    let report = Reported::Runtime(service, CRYPTO_E_RE_KEY_READ_FAIL);
                    refused(&driver, [source, 2], CRYPTO_E_KEY_READ_FAIL, &[report], &format!("{from} to {to}"), call);
                }
            }
        }
    }
    assert_eq!(copied, 2 * (ids.len() * ids.len() + ids.len() + 2 * (ids.len() - 1)));
}

#[test]
fn an_iv_does_not_give_a_secret_away() {
    let secret: [u8; 16] = [0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    let hidden = |id, write| element(id, 16).access(CRYPTO_SOFT_RA_DENIED, write);
    let driver = Builder::new()
        .object(0)
        .key(0, &[element(1, 16).access(CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_WA_DENIED).init(&secret)])
        .key(CRYPTO_SOFT_FORM_AES_CIPHER, &[hidden(1, CRYPTO_SOFT_WA_DENIED).init(&[9; 16]), hidden(5, CRYPTO_SOFT_WA_ALLOWED)])
        .start();
    let decrypt = || {
        assert_eq!(driver.set_valid(1), E_OK);
        let cbc = primitive(CRYPTO_DECRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_NOT_SET, 0);
        let job = Job::new(cbc, SYNC, 1).input(&[0x77; 16]).output(16);
        assert_eq!(driver.process(0, job), E_OK);
        job.result()
    };
    assert_eq!(driver.set(1, 5, &[0; 16]), E_OK);
    let zero_iv = decrypt();
    assert_eq!(driver.copy_element((0, 1), (1, 5)), CRYPTO_E_KEY_READ_FAIL);
    assert_eq!(driver.reports(), [Reported::Runtime(CRYPTO_SID_KEYELEMENTCOPY, CRYPTO_E_RE_KEY_READ_FAIL)]);
    let told: Vec<u8> = zero_iv.iter().zip(&decrypt()).map(|(a, b)| a ^ b).collect();
    assert_eq!(told, [0; 16], "the difference of two decryptions is that of their IVs");
}

#[test]
fn what_does_not_fit_is_refused_with_its_code_and_changes_nothing() {
    let pkcs8 = CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8;
    let driver = Builder::new()
        .key(0, &[element(1, 4).init(&[1; 4]), element(2, 4), element(3, 8).partial().init(&[3; 5])])
        .key(0, &[element(1, 5).init(&[2; 5]), element(2, 4).format(pkcs8), element(3, 4).partial()])
        .start();
    let not_available = |service| [Reported::Runtime(service, CRYPTO_E_RE_KEY_NOT_AVAILABLE)];
    let handle = |service| [Reported::Development(service, CRYPTO_E_PARAM_HANDLE)];
    let copy = CRYPTO_SID_KEYELEMENTCOPY;
    for (what, from, to, code, report) in [
        ("no such source key", (2, 1), (1, 1), E_NOT_OK, handle(copy).to_vec()),
        ("no such target key", (0, 1), (u32::MAX, 1), E_NOT_OK, handle(copy).to_vec()),
        ("no such source element", (0, 9), (1, 1), CRYPTO_E_KEY_NOT_AVAILABLE, not_available(copy).to_vec()),
        ("no such target element", (0, 1), (1, 9), CRYPTO_E_KEY_NOT_AVAILABLE, not_available(copy).to_vec()),
        ("onto itself", (0, 1), (0, 1), E_NOT_OK, vec![]),
        ("never written", (0, 2), (1, 1), CRYPTO_E_KEY_EMPTY, vec![]),
        ("too short for an exact size", (0, 1), (1, 1), CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
        ("too long", (0, 3), (1, 3), CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
        ("another format", (0, 1), (1, 2), CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
    ] {
        refused(&driver, [0, 1], code, &report, what, || driver.copy_element(from, to));
    }
    assert_eq!(driver.copy_element((0, 1), (1, 3)), E_OK);
}

#[test]
fn parts_are_copied_without_gaps_and_lengthen_the_target() {
    let driver = Builder::new()
        .key(0, &[element(1, 8).partial().init(&[1, 2, 3, 4, 5]), element(2, 8).init(&[9; 8]), element(3, 8).partial()])
        .key(0, &[element(1, 6).partial().init(&[8, 8])])
        .start();
    let (from, to) = ((0, 1), (1, 1));
    let mismatch = CRYPTO_E_KEY_SIZE_MISMATCH;
    let read_fail = Reported::Runtime(CRYPTO_SID_KEYELEMENTCOPYPARTIAL, CRYPTO_E_RE_KEY_READ_FAIL);
    let value = Reported::Development(CRYPTO_SID_KEYELEMENTCOPYPARTIAL, CRYPTO_E_PARAM_VALUE);
    let handle = Reported::Development(CRYPTO_SID_KEYELEMENTCOPYPARTIAL, CRYPTO_E_PARAM_HANDLE);
    for (what, from, part, to, code, report) in [
        ("key", (2, 1), (0, 0, 1), to, E_NOT_OK, vec![handle]),
        ("target key", from, (0, 0, 1), (2, 1), E_NOT_OK, vec![handle]),
        ("no bytes", from, (0, 0, 0), to, E_NOT_OK, vec![value]),
        ("itself", from, (0, 1, 1), from, E_NOT_OK, vec![]),
        ("source without partial access", (0, 2), (0, 0, 1), to, CRYPTO_E_KEY_READ_FAIL, vec![read_fail]),
        ("target without partial access", from, (0, 0, 1), (0, 2), CRYPTO_E_KEY_WRITE_FAIL, vec![]),
        ("empty source", (0, 3), (0, 0, 1), to, CRYPTO_E_KEY_EMPTY, vec![]),
        ("one behind what is stored", from, (0, 0, 6), to, mismatch, vec![]),
        ("offset behind what is stored", from, (5, 0, 1), to, mismatch, vec![]),
        ("a gap in the target", from, (0, 3, 1), to, mismatch, vec![]),
        ("one behind the target", from, (0, 2, 5), to, mismatch, vec![]),
        ("offset that wraps", from, (u32::MAX, 0, 2), to, mismatch, vec![]),
        ("target offset that wraps", from, (0, u32::MAX, 2), to, mismatch, vec![]),
        ("length that wraps", from, (1, 1, u32::MAX), to, mismatch, vec![]),
    ] {
        refused(&driver, [0, 1], code, &report, what, || driver.copy_part(from, part, to));
    }
    for (part, expected) in [
        ((3, 2, 2), vec![8, 8, 4, 5]),
        ((0, 1, 1), vec![8, 1, 4, 5]),
        ((0, 4, 2), vec![8, 1, 4, 5, 1, 2]),
        ((1, 5, 1), vec![8, 1, 4, 5, 1, 2]),
        ((0, 0, 5), vec![1, 2, 3, 4, 5, 2]),
    ] {
        assert_eq!(driver.set_valid(1), E_OK);
        assert_eq!(driver.copy_part(from, part, to), E_OK);
        assert!(!driver.is_valid(1));
        assert_eq!(driver.stored(1, 1), expected);
    }
    assert_eq!(driver.copy_part(from, (1, 0, 3), (0, 3)), E_OK, "between elements of one key");
    assert_eq!(driver.stored(0, 3), [2, 3, 4]);
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_key_is_copied_as_a_whole_or_not_at_all() {
    let source = [element(1, 4).init(&[1; 4]), element(5, 4), element(29, 4).partial().init(&[3; 3])];
    let driver = Builder::new()
        .key(0, &source)
        .key(0, &[element(1, 4), element(2, 4).init(&[7; 4]), element(5, 4).init(&[8; 4]), element(29, 4).partial()])
        .key(0, &[element(1, 4), element(5, 4)])
        .key(0, &[element(1, 4), element(5, 4), element(29, 2).partial()])
        .key(0, &[element(1, 4), element(5, 4), element(29, 4).partial().access(ALLOWED.0, CRYPTO_SOFT_WA_DENIED)])
        .key(0, &[element(1, 4), element(2, 4)])
        .key(0, &[])
        .start();
    let not_available = [Reported::Runtime(CRYPTO_SID_KEYCOPY, CRYPTO_E_RE_KEY_NOT_AVAILABLE)];
    let handle = [Reported::Development(CRYPTO_SID_KEYCOPY, CRYPTO_E_PARAM_HANDLE)];
    for (what, from, to, code, report) in [
        ("an element the target lacks", 0, 2, CRYPTO_E_KEY_NOT_AVAILABLE, &not_available[..]),
        ("the last element is too long", 0, 3, CRYPTO_E_KEY_SIZE_MISMATCH, &[]),
        ("the last element is not writable", 0, 4, CRYPTO_E_KEY_WRITE_FAIL, &[]),
        ("all are empty", 5, 1, CRYPTO_E_KEY_EMPTY, &[]),
        ("there are none", 6, 1, CRYPTO_E_KEY_EMPTY, &[]),
        ("itself", 0, 0, E_NOT_OK, &[]),
    ] {
        refused(&driver, [from, to], code, report, what, || driver.copy_key(from, to));
    }
    refused(&driver, [0, 1], E_NOT_OK, &handle, "no source", || driver.copy_key(7, 1));
    refused(&driver, [0, 1], E_NOT_OK, &handle, "no target", || driver.copy_key(0, 7));

    assert_eq!(driver.set_valid(1), E_OK);
    assert_eq!(driver.copy_key(0, 1), E_OK);
    assert!(!driver.is_valid(1));
    let (one, two, five) = (driver.stored(1, 1), driver.stored(1, 2), driver.stored(1, 5));
    assert_eq!((one, two, five, driver.stored(1, 29)), (vec![1; 4], vec![7; 4], vec![], vec![3; 3]));
    assert_eq!(driver.get(1, 5, 4).0, CRYPTO_E_KEY_EMPTY, "an empty element empties the target's");
    assert_eq!(driver.image(1).data[8..12], [0; 4]);
    assert_eq!(driver.reports(), []);
}

#[test]
fn a_copy_is_busy_while_one_of_the_keys_is_in_use_and_holds_neither_then() {
    let driver = Builder::new()
        .object(0)
        .key(0, &[element(1, 4).partial().init(&[1; 4])])
        .key(0, &[element(1, 4).partial().init(&[2; 4])])
        .start();
    // While this thread leaves the area of the copy that holds both keys, each other use of them is refused.
    let tried = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = tried.clone();
    after_next_area(move || {
        assert_eq!(driver.set(1, 1, &[3; 4]), CRYPTO_E_BUSY, "the target is written");
        assert_eq!(driver.get(1, 1, 4).0, CRYPTO_E_BUSY);
        assert_eq!(driver.set(0, 1, &[3; 4]), CRYPTO_E_BUSY, "the source is read");
        assert_eq!(driver.get(0, 1, 4), (E_OK, vec![1; 4]), "by more than one");
        assert_eq!(driver.copy_element((1, 1), (0, 1)), CRYPTO_E_BUSY, "the other way round");
        assert_eq!(driver.copy_part((1, 1), (0, 0, 1), (0, 1)), CRYPTO_E_BUSY);
        assert_eq!(driver.copy_key(1, 0), CRYPTO_E_BUSY);
        count.set(count.get() + 1);
    });
    assert_eq!(driver.copy_element((0, 1), (1, 1)), E_OK);
    assert_eq!(tried.get(), 1);
    // While somebody writes the source, a copy is refused, and lets go what it held already.
    after_next_area(move || {
        assert_eq!(driver.copy_element((0, 1), (1, 1)), CRYPTO_E_BUSY);
        assert_eq!(driver.set(1, 1, &[5; 4]), E_OK);
    });
    assert_eq!(driver.set(0, 1, &[4; 4]), E_OK);
    // Nobody holds them any more.
    assert_eq!((driver.set(0, 1, &[4; 4]), driver.set(1, 1, &[5; 4])), (E_OK, E_OK));
    assert_eq!(driver.copy_key(1, 0), E_OK);
    assert_eq!(driver.stored(0, 1), [5; 4]);
    assert_eq!(driver.reports(), []);
}

#[test]
fn the_ids_of_a_keys_elements_are_told_in_order() {
    let driver = Builder::new().key(0, &[element(1, 4), element(5, 16), element(1000, 65)]).key(0, &[]).start();
    assert_eq!(driver.element_ids(0, 3), (E_OK, vec![1, 5, 1000]));
    assert_eq!(driver.element_ids(0, 9), (E_OK, vec![1, 5, 1000]));
    assert_eq!(driver.element_ids(0, 2), (E_NOT_OK, vec![]), "too little room");
    assert_eq!(driver.element_ids(1, 1), (E_OK, vec![]), "a key without elements");
    assert_eq!(driver.reports(), []);
    let instance = driver.instance;
    let service = CRYPTO_SID_KEYELEMENTIDSGET;
    let mut room = 4u32;
    let mut ids = [0u32; 4];
    assert_eq!(driver.element_ids(2, 4), (E_NOT_OK, vec![]));
    assert_eq!(driver.development(service), [CRYPTO_E_PARAM_HANDLE]);
    assert_eq!(driver.element_ids(0, 0), (E_NOT_OK, vec![]));
    assert_eq!(driver.development(service), [CRYPTO_E_PARAM_VALUE]);
    let pointers = [
        (std::ptr::null_mut(), std::ptr::addr_of_mut!(room)),
        (ids.as_mut_ptr(), std::ptr::null_mut()),
        (std::ptr::addr_of_mut!(room), std::ptr::addr_of_mut!(room)),
    ];
    for (ids, length) in pointers {
        assert_eq!(unsafe { V2gcrypt_CryptoSoft_KeyElementIdsGet(instance, 0, ids, length) }, E_NOT_OK);
        assert_eq!(driver.development(service), [CRYPTO_E_PARAM_POINTER]);
    }
    room = u32::MAX;
    assert_eq!(unsafe { V2gcrypt_CryptoSoft_KeyElementIdsGet(instance, 0, ids.as_mut_ptr(), &mut room) }, E_NOT_OK);
    assert_eq!(driver.development(service), [CRYPTO_E_PARAM_POINTER], "more than the address space has");
    // Neither word needs to be aligned.
    let mut bytes = [0xA5u8; 21];
    let start = bytes.as_mut_ptr();
    let unaligned = start.wrapping_add(1 + usize::from(start as usize % 2 == 1));
    let length = unaligned.wrapping_add(16).cast::<u32>();
    unsafe { length.write_unaligned(3) };
    assert_eq!(unsafe { V2gcrypt_CryptoSoft_KeyElementIdsGet(instance, 0, unaligned.cast(), length) }, E_OK);
    assert_eq!(unsafe { unaligned.cast::<[u32; 3]>().read_unaligned() }, [1, 5, 1000]);
}

#[test]
fn an_element_beside_the_key_is_written_without_parsing_the_key_again() {
    let driver = Builder::new()
        .object(0)
        .key(CRYPTO_SOFT_FORM_AES_CMAC, &[element(1, 16), element(5, 16)])
        .key(0, &[element(5, 16).init(&[1; 16])])
        .start();
    driver.load(0, &hex(AES_KEY));
    let prepared = |image: KeyImage| image.ram[64..].to_vec();
    let before = prepared(driver.image(0));
    assert!(before.iter().any(|&byte| byte != 0));
    assert_eq!(driver.set(0, 5, &[2; 16]), E_OK);
    assert!(!driver.is_valid(0));
    assert_eq!(prepared(driver.image(0)), before);
    assert_eq!(driver.copy_element((1, 5), (0, 5)), E_OK);
    assert_eq!(driver.set_valid(0), E_OK);
    assert_eq!(prepared(driver.image(0)), before);
    let job = Job::new(cmac(CRYPTO_MACGENERATE), SYNC, 0).input(&hex(CMAC_MESSAGE)).output(16);
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(job.result(), hex(CMAC_TAG));
    // A key that is malformed stays so, whatever is written beside it.
    let driver = Builder::new().key(CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, &[element(1, 32), element(5, 16)]).start();
    assert_eq!((driver.set(0, 1, &[0; 32]), driver.set_valid(0)), (E_OK, E_NOT_OK));
    assert_eq!((driver.set(0, 5, &[0; 16]), driver.set_valid(0)), (E_OK, E_NOT_OK));
}
