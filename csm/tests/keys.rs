//! Key management functions: ids, then pointers, then everything goes on as it is.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)] // pointers to variables of the test, null, or never followed

mod common;

use common::*;
use std::ptr::{null, null_mut};
use v2gcrypt_csm::ffi::*;
use v2gcrypt_types::*;

type KeyCall<'a> = Box<dyn Fn(u32) -> u8 + 'a>;

struct Row<'a> {
    sid: u8,
    call: KeyCall<'a>,
    /// The same with pointers that are refused.
    wrong_pointers: Vec<KeyCall<'a>>,
    /// For key 2.
    below: Down,
}

fn row<'a>(sid: u8, call: impl Fn(u32) -> u8 + 'a, wrong_pointers: Vec<KeyCall<'a>>, below: Down) -> Row<'a> {
    Row { sid, call: Box::new(call), wrong_pointers, below }
}

#[test]
fn key_functions_check_the_id_then_the_pointers_and_pass_everything_on() {
    let _csm = run(&[job(CRYPTO_HASH, SYNC, 0, 0)], &[Queue { size: 0, main_function: 0 }], 1);
    let (mut element, mut other, mut length, mut other_length, mut status) = ([7u8; 16], [7u8; 16], 16u32, 16u32, 9u8);
    let (element, other, status) = (element.as_mut_ptr(), other.as_mut_ptr(), &mut status as *mut u8);
    let (length, other_length) = (&mut length as *mut u32, &mut other_length as *mut u32);
    let over_length = length.cast::<u8>().wrapping_sub(15);
    let (place, length_place) = (element as usize, length as usize);
    let custom = |key: u32, target: u32, input: *const u8, out: (*mut u8, *mut u32), second: (*mut u8, *mut u32)| unsafe {
        Csm_CustomSync(77, key, 5, target, 6, input, 16, out.0, out.1, second.0, second.1)
    };
    let nothing = (null_mut(), null_mut());
    let rows: Vec<Row<'_>> = unsafe {
        vec![
            row(
                CSM_SID_KEYELEMENTSET,
                |key| Csm_KeyElementSet(key, 5, element, 16),
                vec![Box::new(|key| Csm_KeyElementSet(key, 5, null(), 16))],
                Down::KeyElementSet { key: 202, element: 5, pointer: place, length: 16 },
            ),
            row(
                CSM_SID_KEYELEMENTGET,
                |key| Csm_KeyElementGet(key, 5, element, length),
                vec![
                    Box::new(|key| Csm_KeyElementGet(key, 5, null_mut(), length)),
                    Box::new(|key| Csm_KeyElementGet(key, 5, element, null_mut())),
                    Box::new(|key| Csm_KeyElementGet(key, 5, over_length, length)),
                ],
                Down::KeyElementGet { key: 202, element: 5, pointer: place, length: length_place },
            ),
            row(CSM_SID_KEYSETVALID, |key| Csm_KeySetValid(key), vec![], Down::KeySetValid { key: 202 }),
            row(CSM_SID_KEYSETINVALID, |key| Csm_KeySetInvalid(key), vec![], Down::KeySetInvalid { key: 202 }),
            row(
                CSM_SID_KEYGETSTATUS,
                |key| Csm_KeyGetStatus(key, status),
                vec![Box::new(|key| Csm_KeyGetStatus(key, null_mut()))],
                Down::KeyGetStatus { key: 202, pointer: status as usize },
            ),
            row(
                CSM_SID_KEYELEMENTCOPY,
                |key| Csm_KeyElementCopy(key, 5, 1, 6),
                vec![],
                Down::KeyElementCopy { key: 202, element: 5, target: 201, target_element: 6 },
            ),
            row(
                CSM_SID_KEYELEMENTCOPYPARTIAL,
                |key| Csm_KeyElementCopyPartial(key, 5, 11, 12, 13, 1, 6),
                vec![],
                Down::KeyElementCopyPartial { key: 202, element: 5, range: [11, 12, 13], target: 201, target_element: 6 },
            ),
            row(CSM_SID_KEYCOPY, |key| Csm_KeyCopy(key, 1), vec![], Down::KeyCopy { key: 202, target: 201 }),
            row(
                CSM_SID_RANDOMSEED,
                |key| Csm_RandomSeed(key, element, 16),
                vec![Box::new(|key| Csm_RandomSeed(key, null(), 16))],
                Down::RandomSeed { key: 202, pointer: place, length: 16 },
            ),
            row(CSM_SID_KEYGENERATE, |key| Csm_KeyGenerate(key), vec![], Down::KeyGenerate { key: 202 }),
            row(CSM_SID_KEYDERIVE, |key| Csm_KeyDerive(key, 1), vec![], Down::KeyDerive { key: 202, target: 201 }),
            row(
                CSM_SID_KEYEXCHANGECALCPUBVAL,
                |key| Csm_KeyExchangeCalcPubVal(key, element, length),
                vec![
                    Box::new(|key| Csm_KeyExchangeCalcPubVal(key, null_mut(), length)),
                    Box::new(|key| Csm_KeyExchangeCalcPubVal(key, element, null_mut())),
                    Box::new(|key| Csm_KeyExchangeCalcPubVal(key, over_length, length)),
                ],
                Down::KeyExchangeCalcPubVal { key: 202, pointer: place, length: length_place },
            ),
            row(
                CSM_SID_KEYEXCHANGECALCSECRET,
                |key| Csm_KeyExchangeCalcSecret(key, element, 16),
                vec![Box::new(|key| Csm_KeyExchangeCalcSecret(key, null(), 16))],
                Down::KeyExchangeCalcSecret { key: 202, pointer: place, length: 16 },
            ),
            row(
                CSM_SID_CUSTOMSYNC,
                |key| custom(key, 1, element, (other, length), nothing),
                vec![
                    Box::new(|key| custom(key, 1, null(), (other, length), nothing)),
                    Box::new(|key| custom(key, 1, element, (null_mut(), length), nothing)),
                    Box::new(|key| custom(key, 1, element, (other, null_mut()), nothing)),
                    Box::new(|key| custom(key, 1, element, (element, length), nothing)),
                    Box::new(|key| custom(key, 1, element, (over_length, length), nothing)),
                    Box::new(|key| custom(key, 1, element, nothing, (null_mut(), length))),
                    Box::new(|key| custom(key, 1, element, nothing, (other, null_mut()))),
                    Box::new(|key| custom(key, 1, element, (other, length), (other, other_length))),
                    Box::new(|key| custom(key, 1, element, (other, length), (element, other_length))),
                ],
                Down::CustomSync {
                    dispatch: 77,
                    keys: [202, 5, 201, 6],
                    input: (place, 16),
                    outputs: [other as usize, length_place, 0, 0],
                },
            ),
        ]
    };
    for Row { sid, call, wrong_pointers, below } in &rows {
        for code in 0..=0x0E {
            answer_with(move |_| code);
            assert_eq!(call(2), code);
            assert_eq!(seen(), [*below]);
        }
        answer_ok();
        assert_eq!((call(3), seen()), (E_NOT_OK, vec![det(*sid, CSM_E_PARAM_HANDLE)]));
        for call in wrong_pointers {
            assert_eq!((call(3), seen()), (E_NOT_OK, vec![det(*sid, CSM_E_PARAM_HANDLE)]));
            assert_eq!((call(2), seen()), (E_NOT_OK, vec![det(*sid, CSM_E_PARAM_POINTER)]));
        }
    }
    unsafe { assert_eq!((*element, *length, *status), (7, 16, 9)) };
}

#[test]
fn an_unknown_target_key_is_a_wrong_handle() {
    let _csm = run(&[job(CRYPTO_HASH, SYNC, 0, 0)], &[Queue { size: 0, main_function: 0 }], 1);
    for target in [3, u32::MAX - 1, CSM_NO_KEY] {
        let calls = unsafe {
            [
                (CSM_SID_KEYELEMENTCOPY, Csm_KeyElementCopy(0, 1, target, 1)),
                (CSM_SID_KEYELEMENTCOPYPARTIAL, Csm_KeyElementCopyPartial(0, 1, 0, 0, 1, target, 1)),
                (CSM_SID_KEYCOPY, Csm_KeyCopy(0, target)),
                (CSM_SID_KEYDERIVE, Csm_KeyDerive(0, target)),
            ]
        };
        assert!(calls.iter().all(|(_, code)| *code == E_NOT_OK));
        assert_eq!(seen(), calls.map(|(sid, _)| det(sid, CSM_E_PARAM_HANDLE)));
    }
}

#[test]
fn a_custom_call_may_name_one_key_or_the_other_or_leave_it_to_cryif_to_refuse_none() {
    let _csm = run(&[job(CRYPTO_HASH, SYNC, 0, 0)], &[Queue { size: 0, main_function: 0 }], 1);
    let call =
        |key, target| unsafe { Csm_CustomSync(1, key, 2, target, 3, null(), 0, null_mut(), null_mut(), null_mut(), null_mut()) };
    for (keys, below) in [((0, 1), [200, 201]), ((2, CSM_NO_KEY), [202, CSM_NO_KEY]), ((CSM_NO_KEY, 2), [CSM_NO_KEY, 202])] {
        assert_eq!(call(keys.0, keys.1), E_OK);
        let keys = [below[0], 2, below[1], 3];
        assert_eq!(seen(), [Down::CustomSync { dispatch: 1, keys, input: (0, 0), outputs: [0; 4] }]);
    }
    answer_with(|_| E_NOT_OK);
    assert_eq!(call(CSM_NO_KEY, CSM_NO_KEY), E_NOT_OK);
    answer_ok();
    seen();
    for keys in [(3, 0), (0, 3), (CSM_NO_KEY - 1, CSM_NO_KEY)] {
        assert_eq!((call(keys.0, keys.1), seen()), (E_NOT_OK, vec![det(CSM_SID_CUSTOMSYNC, CSM_E_PARAM_HANDLE)]));
    }
}

#[test]
fn every_key_management_function_holds_back_waiting_jobs_until_the_next_main_function() {
    let csm = run_async(&[1], 1);
    type Manage = unsafe fn() -> u8;
    let functions: [Manage; 4] = [
        || unsafe { Csm_KeyCopy(0, 1) },
        || unsafe { Csm_KeyGenerate(0) },
        || unsafe { Csm_KeyDerive(0, 1) },
        || unsafe { Csm_CustomSync(1, 0, 2, 1, 3, null(), 0, null_mut(), null_mut(), null_mut(), null_mut()) },
    ];
    for manage in functions {
        answer_with(|down| if matches!(down, Down::Process { .. }) { CRYPTO_E_BUSY } else { E_OK });
        assert_eq!(csm.hash(0, SINGLECALL), E_OK);
        seen();
        // In the middle of the function: a main function starts nothing.
        answer_with(|down| {
            if !matches!(down, Down::Process { .. } | Down::Callback { .. }) {
                main_function(0);
            }
            E_OK
        });
        assert_eq!(unsafe { manage() }, E_OK);
        assert_eq!(seen().len(), 1);
        csm.main(0);
        assert_eq!(seen(), [Down::Process { channel: 100, job: 0 }]);
        csm.report(0, E_OK);
        assert_eq!(callbacks(), [(0, E_OK)]);
    }
}
