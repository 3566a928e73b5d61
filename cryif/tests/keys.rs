//! Services for keys: which driver is called with what, what is refused, and how an element goes from one driver to another.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)]

mod common;
use common::*;
use v2gcrypt_cryif::config::CRYIF_COPY_BUFFER_SIZE;
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_cryif::route::NO_KEY;
use v2gcrypt_types::*;

const LARGEST: usize = CRYIF_COPY_BUFFER_SIZE as usize;

#[test]
fn the_driver_of_a_key_gets_its_own_key_id_and_the_arguments_and_its_answer_is_returned() {
    let _started = start(1);
    for answer in [E_OK, CRYPTO_E_BUSY] {
        world().answer = answer;
        for service in services() {
            assert_eq!((service.call)(0, 1), answer, "{}", service.name);
            assert_eq!(reports(), [], "{}", service.name);
            let [(driver, name, numbers)] = &calls()[..] else { panic!("{} calls the driver once", service.name) };
            assert_eq!((*driver, *name), ('a', service.name));
            let (own, others) = numbers.split_at(if service.name == "custom" { 2 } else { 1 });
            assert_eq!(own.last(), Some(&10), "{name}");
            let expected: &[usize] = match *name {
                "set" | "get" => &[1, 4],
                "copy" => &[1, 11, 2],
                "copy_part" => &[1, 3, 4, 5, 11, 2],
                "copy_key" | "derive" => &[11],
                "custom" => &[41, 11, 42, 43, 44, 45, 48, 47, 52],
                "seed" | "secret" => {
                    assert_eq!(others[1], 4);
                    continue;
                }
                // Pointers, which are the caller's.
                _ => continue,
            };
            assert_eq!(others, expected, "{name}");
        }
    }
}

#[test]
fn an_unknown_key_a_missing_pointer_and_a_length_of_nothing_are_refused_and_reported() {
    let _started = start(1);
    for service in services() {
        let mut wrong = vec![(6, 1), (NO_KEY - 1, 1)];
        if service.two_keys {
            wrong.extend([(0, 6), (0, NO_KEY - 1)]);
        }
        for (key, target) in wrong {
            assert_eq!((service.call)(key, target), E_NOT_OK, "{} {key} {target}", service.name);
            assert_eq!(reports(), [(service.id, CRYIF_E_PARAM_HANDLE)], "{} {key} {target}", service.name);
        }
        for (error, call) in &service.refusals {
            assert_eq!(call(0), E_NOT_OK);
            assert_eq!(reports(), [(service.id, *error)], "{}", service.name);
            call(6);
            assert_eq!(reports(), [(service.id, CRYIF_E_PARAM_HANDLE)], "{}: the key comes first", service.name);
        }
    }
    assert_eq!(calls(), []);
}

#[test]
fn nothing_is_reported_when_the_configuration_says_so() {
    let _started = start(0);
    for service in services() {
        assert_eq!((service.call)(6, 6), E_NOT_OK, "{}", service.name);
        for (_, call) in &service.refusals {
            assert_eq!(call(0), E_NOT_OK, "{}", service.name);
        }
    }
    assert_eq!((reports(), calls()), (vec![], vec![]));
}

#[test]
fn a_driver_without_the_function_refuses_without_a_report() {
    let _started = start(1);
    for service in services() {
        assert_eq!((service.call)(4, 5), E_NOT_OK, "{}", service.name);
    }
    assert_eq!((reports(), calls()), (vec![], vec![]));
}

#[test]
fn whole_keys_stay_within_their_driver() {
    let _started = start(1);
    for service in services().iter().filter(|service| ["copy_key", "derive", "custom"].contains(&service.name)) {
        for (key, target) in [(0, 2), (3, 1), (0, 4)] {
            assert_eq!((service.call)(key, target), E_NOT_OK, "{}", service.name);
            assert_eq!(reports(), [(service.id, CRYIF_E_PARAM_HANDLE)], "{}", service.name);
        }
    }
    assert_eq!(calls(), []);
}

#[test]
fn one_key_is_enough_for_what_the_standard_does_not_know_and_none_is_not() {
    let _started = start(1);
    for (keys, driver, expected) in [((1, NO_KEY), 'a', [11, NO_KEY]), ((NO_KEY, 2), 'b', [NO_KEY, 20])] {
        assert_eq!(custom_sync(keys.0, keys.1), E_OK);
        let [key, target] = expected.map(|id| id as usize);
        assert_eq!(calls(), [(driver, "custom", vec![40, key, 41, target, 42, 43, 44, 45, 48, 47, 52])]);
    }
    assert_eq!(custom_sync(NO_KEY, NO_KEY), E_NOT_OK);
    assert_eq!((reports(), calls()), (vec![(CRYIF_SID_CUSTOMSYNC, CRYIF_E_PARAM_HANDLE)], vec![]));
}

#[test]
fn an_element_goes_from_one_driver_to_another() {
    let _started = start(1);
    for length in [1, 32, LARGEST] {
        let element: Vec<u8> = (0..length).map(|at| at as u8).collect();
        world().elements = [(('a', 11, 3), element.clone())].into();
        assert_eq!(CryIf_KeyElementCopy(1, 3, 2, 4), E_OK);
        assert_eq!(calls(), [('a', "get", vec![11, 3, LARGEST]), ('b', "set", vec![20, 4, length])]);
        assert_eq!(world().elements[&('b', 20, 4)], element);
    }
    assert_eq!(reports(), []);
}

#[test]
fn part_of_an_element_goes_from_one_driver_into_another() {
    let _started = start(1);
    world().elements = [(('b', 21, 3), b"0123".to_vec()), (('a', 10, 4), b"abcdef".to_vec())].into();
    assert_eq!(CryIf_KeyElementCopyPartial(3, 3, 1, 2, 3, 0, 4), E_OK);
    let all = LARGEST;
    assert_eq!(calls(), [('b', "get", vec![21, 3, all]), ('a', "get", vec![10, 4, all]), ('a', "set", vec![10, 4, 6])]);
    assert_eq!(world().elements[&('a', 10, 4)], b"ab123f");
    assert_eq!(CryIf_KeyElementCopyPartial(3, 3, 0, 5, 4, 0, 4), E_OK);
    assert_eq!(world().elements[&('a', 10, 4)], b"ab1230123", "it grows");
    assert_eq!(CryIf_KeyElementCopyPartial(3, 3, 0, 0, 2, 0, 5), E_OK);
    assert_eq!(world().elements[&('a', 10, 5)], b"01", "the target may be empty");
    assert_eq!(reports(), []);
}

#[test]
fn an_element_that_cannot_travel_changes_nothing_and_is_reported_when_it_is_too_long() {
    let _started = start(1);
    let before = [
        (('a', 10, 1), vec![1; LARGEST + 1]),
        (('a', 10, 2), vec![]),
        (('a', 10, 3), b"0123".to_vec()),
        (('b', 20, 1), vec![2; LARGEST + 1]),
        (('b', 20, 3), b"abcd".to_vec()),
    ];
    world().elements = before.clone().into();
    let copy = |element: u32| CryIf_KeyElementCopy(0, element, 2, 3);
    let part = |element: u32, range: [u32; 3], target: u32| {
        CryIf_KeyElementCopyPartial(0, element, range[0], range[1], range[2], 2, target)
    };
    let whole = CRYIF_SID_KEYELEMENTCOPY;
    let partial = CRYIF_SID_KEYELEMENTCOPYPARTIAL;
    let expect = |code: u8, expected: u8, report: Option<u8>| {
        assert_eq!(code, expected);
        assert_eq!(reports(), report.map(|service| (service, CRYIF_E_KEY_SIZE_MISMATCH)).into_iter().collect::<Vec<_>>());
    };
    expect(copy(1), CRYPTO_E_KEY_SIZE_MISMATCH, Some(whole));
    expect(copy(2), CRYPTO_E_KEY_EMPTY, None);
    expect(copy(4), CRYPTO_E_KEY_EMPTY, None);
    expect(copy(OVERSTATED), E_NOT_OK, None);
    expect(part(1, [0, 0, 1], 3), CRYPTO_E_KEY_SIZE_MISMATCH, Some(partial));
    expect(part(2, [0, 0, 1], 3), CRYPTO_E_KEY_EMPTY, None);
    expect(part(3, [0, 0, 1], 1), CRYPTO_E_KEY_SIZE_MISMATCH, Some(partial));
    expect(part(3, [0, 0, 1], OVERSTATED), E_NOT_OK, None);
    expect(part(3, [2, 0, 3], 3), CRYPTO_E_KEY_SIZE_MISMATCH, Some(partial));
    expect(part(3, [0, 5, 1], 3), CRYPTO_E_KEY_SIZE_MISMATCH, Some(partial));
    assert_eq!(part(3, [0, 0, 0], 3), E_NOT_OK);
    assert_eq!(reports(), [(partial, CRYIF_E_PARAM_VALUE)]);
    for answer in [CRYPTO_E_BUSY, CRYPTO_E_KEY_READ_FAIL] {
        world().answer = answer;
        expect(copy(3), answer, None);
        expect(part(3, [0, 0, 1], 3), answer, None);
    }
    assert!(calls().iter().all(|(_, name, _)| *name == "get"), "nothing has been written");
    assert_eq!(world().elements, before.into());
}

#[test]
fn a_driver_that_neither_gives_nor_takes_elements_is_no_end_of_a_copy() {
    let _started = start(1);
    world().elements = [(('a', 10, 1), vec![1; 4])].into();
    for (from, to) in [(0, 4), (4, 0)] {
        assert_eq!(CryIf_KeyElementCopy(from, 1, to, 1), E_NOT_OK);
        assert_eq!(CryIf_KeyElementCopyPartial(from, 1, 0, 0, 1, to, 1), E_NOT_OK);
    }
    assert_eq!(reports(), []);
    assert_eq!(world().elements.len(), 1);
}
