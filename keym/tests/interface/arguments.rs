//! Wrong calls: each function's code, report, and outputs left alone.

use super::certificates::{chain, ders, pki, LEAF, ROOT};
use super::fakes::*;
use super::setup::*;
use std::ptr::{null, null_mut};
use v2gcrypt_keym::config::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::types::*;
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

type Row = (u8, Box<dyn Fn() -> u8>);
type Change = fn(&mut KeyM_ConfigType);
type SlotChange = fn(&mut KeyM_CertificateConfigType);

fn row(sid: u8, call: impl Fn() -> u8 + 'static) -> Row {
    (sid, Box::new(call))
}

/// Every function that returns something, with everything null.
fn with_nulls() -> Vec<Row> {
    unsafe {
        vec![
            row(KEYM_SID_START, || KeyM_Start(1, null(), 0, null_mut(), null_mut())),
            row(KEYM_SID_PREPARE, || KeyM_Prepare(null(), 0, null_mut(), null_mut())),
            row(KEYM_SID_UPDATE, || KeyM_Update(null(), 1, null(), 1, null_mut(), 1)),
            row(KEYM_SID_FINALIZE, || KeyM_Finalize(null(), 1, null_mut(), 1)),
            row(KEYM_SID_VERIFY, || KeyM_Verify(null(), 1, null(), 1, null_mut(), null_mut())),
            row(KEYM_SID_SERVICECERTIFICATE, || V2gcrypt_KeyM_ServiceCertificate16(3, null(), 0, null(), 0, null_mut(), 0)),
            row(KEYM_SID_SERVICECERTIFICATE, || {
                V2gcrypt_KeyM_ServiceCertificate32(3, null(), 0, null(), 0, null_mut(), null_mut())
            }),
            row(KEYM_SID_SERVICECERTIFICATEBYCERTID, || KeyM_ServiceCertificateByCertId(0, 3, null(), 1, null_mut(), null_mut())),
            row(KEYM_SID_SETCERTIFICATE, || KeyM_SetCertificate(0, null())),
            row(KEYM_SID_GETCERTIFICATE, || KeyM_GetCertificate(0, null_mut())),
            row(KEYM_SID_VERIFYCERTIFICATECHAIN, || KeyM_VerifyCertificateChain(0, null(), 1)),
            row(KEYM_SID_CERTELEMENTGET, || KeyM_CertElementGet(0, 0, null_mut(), null_mut())),
            row(KEYM_SID_CERTELEMENTGETFIRST, || KeyM_CertElementGetFirst(0, 0, null_mut(), null_mut(), null_mut())),
            row(KEYM_SID_CERTELEMENTGETNEXT, || KeyM_CertElementGetNext(null_mut(), null_mut(), null_mut())),
            row(KEYM_SID_CERTGETSTATUS, || KeyM_CertGetStatus(0, null_mut())),
            row(KEYM_SID_CERTIFICATEELEMENTGETBYINDEX, || KeyM_CertificateElementGetByIndex(0, 0, 0, null_mut(), null_mut())),
            row(KEYM_SID_CERTIFICATEELEMENTGETCOUNT, || KeyM_CertificateElementGetCount(0, 0, null_mut())),
        ]
    }
}

#[test]
fn a_null_pointer_is_reported_by_every_function_that_takes_one() {
    let _serial = serial();
    chain(Setup::new).start(|config| config.startFinalizeEnabled = 1);
    for (sid, call) in with_nulls() {
        assert_eq!(call(), E_NOT_OK, "{sid:#x}");
        assert_eq!(seen(), [Seen::Det { api: sid, error: KEYM_E_PARAM_POINTER }], "{sid:#x}");
    }
    unsafe { KeyM_GetVersionInfo(null_mut()) };
    assert_eq!(seen(), [Seen::Det { api: KEYM_SID_GETVERSIONINFO, error: KEYM_E_PARAM_POINTER }]);
    // The report can be switched off; the refusal cannot.
    chain(Setup::new).start(|config| config.devErrorDetect = 0);
    for (sid, call) in with_nulls() {
        assert_eq!((call(), seen()), (E_NOT_OK, vec![]), "{sid:#x}");
    }
}

#[test]
fn after_deinit_every_function_reports_uninit_and_nothing_is_left() {
    let _serial = serial();
    let config = chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    assert_eq!(set(ROOT, &ders[0]), E_OK);
    unsafe { KeyM_Deinit() };
    let certificates = unsafe { std::slice::from_raw_parts(config.certificates, 4) };
    let buffer = unsafe { std::slice::from_raw_parts(certificates[0].buffer, 1000) };
    assert!(buffer.iter().all(|byte| *byte == 0));
    let uninit = |sid| vec![Seen::Det { api: sid, error: KEYM_E_UNINIT }];
    let more = unsafe {
        vec![
            row(KEYM_SID_VERIFYCERTIFICATE, || KeyM_VerifyCertificate(0)),
            row(KEYM_SID_VERIFYCERTIFICATES, || KeyM_VerifyCertificates(0, 0)),
            row(KEYM_SID_DEINIT, || {
                KeyM_Deinit();
                E_NOT_OK
            }),
            row(KEYM_SID_MAINFUNCTION, || {
                KeyM_MainFunction();
                E_NOT_OK
            }),
            row(KEYM_SID_MAINBACKGROUNDFUNCTION, || {
                KeyM_MainBackgroundFunction();
                E_NOT_OK
            }),
            row(KEYM_SID_CSMJOBFINISHED, || {
                KeyM_CsmJobFinished(0, E_OK);
                E_NOT_OK
            }),
        ]
    };
    for (sid, call) in with_nulls().into_iter().chain(more) {
        assert_eq!((call(), seen()), (E_NOT_OK, uninit(sid)), "{sid:#x}");
    }
    let mut info =
        Std_VersionInfoType { vendorID: 9, moduleID: 9, sw_major_version: 9, sw_minor_version: 9, sw_patch_version: 9 };
    unsafe { KeyM_GetVersionInfo(&mut info) };
    assert_eq!((info.moduleID, info.vendorID, seen()), (109, V2GCRYPT_VENDOR_ID, vec![]));
    start(config);
    assert_eq!(status(ROOT), KEYM_CERTIFICATE_NOT_AVAILABLE);
}

#[test]
fn unknown_certificates_and_small_buffers_leave_outputs_alone() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    for (id, der) in ders.iter().enumerate() {
        assert_eq!(set(id as u16, der), E_OK);
    }
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    for id in [4, 5, 0xFFFF] {
        assert_eq!(
            (set(id, &ders[0]), get(id), verify(id)),
            (KEYM_E_PARAMETER_MISMATCH, Err(KEYM_E_PARAMETER_MISMATCH), KEYM_E_PARAMETER_MISMATCH)
        );
        let mut out = 0xEE;
        assert_eq!((unsafe { KeyM_CertGetStatus(id, &mut out) }, out), (KEYM_E_PARAMETER_MISMATCH, 0xEE));
    }
    let exact = ders[3].len();
    for (room, code) in
        [(0, KEYM_E_KEY_CERT_SIZE_MISMATCH), (exact - 1, KEYM_E_KEY_CERT_SIZE_MISMATCH), (exact, E_OK), (exact + 1, E_OK)]
    {
        let mut buffer = vec![0xEE; exact + 1];
        let mut data = KeyM_CertDataType { certDataLength: room as u32, certData: buffer.as_mut_ptr() };
        assert_eq!(unsafe { KeyM_GetCertificate(LEAF, &mut data) }, code);
        if code == E_OK {
            assert_eq!((data.certDataLength as usize, &buffer[..exact], buffer[exact]), (exact, ders[3].as_slice(), 0xEE));
        } else {
            assert_eq!((data.certDataLength as usize, buffer), (room, vec![0xEE; exact + 1]));
        }
    }
    for (room, code) in [(0, KEYM_E_KEY_CERT_SIZE_MISMATCH), (1, KEYM_E_KEY_CERT_SIZE_MISMATCH), (2, E_OK), (3, E_OK)] {
        let (mut buffer, mut length) = ([0xEE; 3], room);
        assert_eq!(unsafe { KeyM_CertElementGet(LEAF, 2, buffer.as_mut_ptr(), &mut length) }, code);
        let wanted = if code == E_OK { ([1, 1, 0xEE], 2) } else { ([0xEE; 3], room) };
        assert_eq!((buffer, length), wanted);
    }
    assert_eq!(seen(), []);
}

#[test]
fn what_is_not_configured_is_refused_without_a_report() {
    let _serial = serial();
    let rows: [(Change, fn() -> u8); 4] = [
        (|config| config.certificateManagerEnabled = 0, || verify(0)),
        (|config| config.cryptoKeyManagerEnabled = 0, || unsafe { KeyM_Finalize(null(), 0, null_mut(), 0) }),
        (|config| config.startFinalizeEnabled = 0, || unsafe { KeyM_Finalize(null(), 0, null_mut(), 0) }),
        (|config| config.serviceCertificateEnabled = 0, || ask_service(0, 3, b"x", &mut Room::new(0))),
    ];
    for (change, call) in rows {
        chain(Setup::new).start(change);
        assert_eq!((call(), seen()), (E_NOT_OK, vec![]));
    }
}

#[test]
fn a_configuration_that_contradicts_itself_is_refused_and_changes_nothing() {
    let _serial = serial();
    let good = chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    assert_eq!(set(ROOT, &ders[0]), E_OK);
    settle();
    let refused = |config: &'static KeyM_ConfigType, what: &str| {
        unsafe { KeyM_Init(config) };
        assert_eq!(seen(), [Seen::Det { api: KEYM_SID_INIT, error: KEYM_E_INIT_FAILED }], "{what}");
        assert_eq!(status(ROOT), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED, "{what}");
    };
    let changes: [(&str, Change); 12] = [
        ("magic", |config| config.magic ^= 1),
        ("size", |config| config.configSize += 4),
        ("certificate's size", |config| config.certificateConfigSize += 4),
        ("engine's size", |config| config.engineRamSize += 4),
        ("no table", |config| config.certificates = null()),
        ("no engine", |config| config.engineRam = null_mut()),
        ("a MAC that nobody compares", |config| config.macGenerateJobId = 1),
        ("time policy", |config| config.timeUnknown = 3),
        ("format of keys", |config| config.publicKeyFormat = 2),
        ("rules without a table", |config| (config.rules, config.ruleCount) = (null(), 1)),
        ("jobs without a table", |config| (config.asyncJobs, config.asyncJobCount) = (null(), 1)),
        ("more certificates than ids", |config| config.certificateCount = 0xFFFF),
    ];
    for (what, change) in changes {
        refused(chain(Setup::new).build(change), what);
    }
    let certificates: [(&str, SlotChange); 9] = [
        ("no room", |slot| slot.maxLength = 0),
        ("no buffer", |slot| slot.buffer = null_mut()),
        ("upper", |slot| slot.upperCertificateId = 4),
        ("format", |slot| slot.format = 3),
        ("storage", |slot| slot.storage = 3),
        ("a block that is not there", |slot| (slot.storage, slot.nvmBlock) = (KEYM_STORAGE_IN_NVM, 0)),
        ("Csm without a key", |slot| slot.storage = KEYM_STORAGE_IN_CSM),
        ("a key that is not there", |slot| slot.privateKeyId = 0),
        ("role", |slot| slot.role = 14),
    ];
    for (what, change) in certificates {
        let setup = chain(|mut slots| {
            change(&mut slots[2]);
            Setup::new(slots)
        });
        refused(setup.build(|_| ()), what);
    }
    let mut block = super::services::stored();
    block.blocks[1].recordSize += 1;
    refused(block.build(|_| ()), "size of a block");
    // Rules: no argument, a cycle, an index that is not there.
    let rule = |arguments: Vec<KeyM_RuleArgumentType>| KeyM_CertRuleConfigType {
        argumentCount: arguments.len() as u16,
        arguments: leak(arguments),
        logicalOperator: KEYM_AND,
    };
    let refers = |kind, index| KeyM_RuleArgumentType { kind, index };
    for (what, rules) in [
        ("no argument", vec![rule(vec![])]),
        ("itself", vec![rule(vec![refers(KEYM_ARGUMENT_RULE, 0)])]),
        ("a later one", vec![rule(vec![refers(KEYM_ARGUMENT_RULE, 1)]), rule(vec![refers(KEYM_ARGUMENT_CONDITION, 0)])]),
        ("no condition", vec![rule(vec![refers(KEYM_ARGUMENT_CONDITION, 0)])]),
    ] {
        let mut setup = chain(Setup::new);
        setup.rules = rules;
        refused(setup.build(|_| ()), what);
    }
    refused(unsafe { &*(&raw const KeyM_Config).cast::<KeyM_ConfigType>() }, "zeros");
    start(good);
    assert_eq!(status(ROOT), KEYM_CERTIFICATE_NOT_AVAILABLE);
}
