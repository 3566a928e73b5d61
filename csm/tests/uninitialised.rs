//! Before `Csm_Init`. One test, because it needs a fresh process.
#![allow(unsafe_code)]

mod common;

use common::*;
use std::ptr::{null, null_mut};
use v2gcrypt_csm::ffi::*;
use v2gcrypt_types::*;

#[test]
fn before_init_every_function_but_init_and_get_version_info_reports_uninit_and_does_nothing() {
    let _serial = serial();
    // SAFETY: null pointers and numbers.
    let rows: [(u8, u8); 35] = unsafe {
        [
            (CSM_SID_HASH, Csm_Hash(0, 7, null(), 0, null_mut(), null_mut())),
            (CSM_SID_MACGENERATE, Csm_MacGenerate(0, 7, null(), 0, null_mut(), null_mut())),
            (CSM_SID_MACVERIFY, Csm_MacVerify(0, 7, null(), 0, null(), 0, null_mut())),
            (CSM_SID_SIGNATUREGENERATE, Csm_SignatureGenerate(0, 7, null(), 0, null_mut(), null_mut())),
            (CSM_SID_SIGNATUREVERIFY, Csm_SignatureVerify(0, 7, null(), 0, null(), 0, null_mut())),
            (CSM_SID_RANDOMGENERATE, Csm_RandomGenerate(0, null_mut(), null_mut())),
            (CSM_SID_KEYELEMENTSET, Csm_KeyElementSet(0, 1, null(), 0)),
            (CSM_SID_KEYELEMENTGET, Csm_KeyElementGet(0, 1, null_mut(), null_mut())),
            (CSM_SID_KEYSETVALID, Csm_KeySetValid(0)),
            (CSM_SID_KEYSETINVALID, Csm_KeySetInvalid(0)),
            (CSM_SID_KEYGETSTATUS, Csm_KeyGetStatus(0, null_mut())),
            (CSM_SID_ENCRYPT, Csm_Encrypt(0, 7, null(), 0, null_mut(), null_mut())),
            (CSM_SID_DECRYPT, Csm_Decrypt(0, 7, null(), 0, null_mut(), null_mut())),
            (CSM_SID_AEADENCRYPT, {
                Csm_AEADEncrypt(0, 7, null(), 0, null(), 0, null_mut(), null_mut(), null_mut(), null_mut())
            }),
            (CSM_SID_AEADDECRYPT, { Csm_AEADDecrypt(0, 7, null(), 0, null(), 0, null(), 0, null_mut(), null_mut(), null_mut()) }),
            (CSM_SID_KEYELEMENTCOPY, Csm_KeyElementCopy(0, 1, 0, 1)),
            (CSM_SID_KEYELEMENTCOPYPARTIAL, Csm_KeyElementCopyPartial(0, 1, 0, 0, 1, 0, 1)),
            (CSM_SID_KEYCOPY, Csm_KeyCopy(0, 0)),
            (CSM_SID_RANDOMSEED, Csm_RandomSeed(0, null(), 0)),
            (CSM_SID_KEYGENERATE, Csm_KeyGenerate(0)),
            (CSM_SID_KEYDERIVE, Csm_KeyDerive(0, 0)),
            (CSM_SID_KEYEXCHANGECALCPUBVAL, Csm_KeyExchangeCalcPubVal(0, null_mut(), null_mut())),
            (CSM_SID_KEYEXCHANGECALCSECRET, Csm_KeyExchangeCalcSecret(0, null(), 0)),
            (CSM_SID_JOBKEYSETVALID, Csm_JobKeySetValid(0)),
            (CSM_SID_JOBKEYSETINVALID, Csm_JobKeySetInvalid(0)),
            (CSM_SID_JOBRANDOMSEED, Csm_JobRandomSeed(0, null(), 0)),
            (CSM_SID_JOBKEYGENERATE, Csm_JobKeyGenerate(0)),
            (CSM_SID_JOBKEYDERIVE, Csm_JobKeyDerive(0, 0)),
            (CSM_SID_JOBKEYEXCHANGECALCPUBVAL, Csm_JobKeyExchangeCalcPubVal(0, null_mut(), null_mut())),
            (CSM_SID_JOBKEYEXCHANGECALCSECRET, Csm_JobKeyExchangeCalcSecret(0, null(), 0)),
            (CSM_SID_CUSTOMSYNC, { Csm_CustomSync(0, 0, 0, 0, 0, null(), 0, null_mut(), null_mut(), null_mut(), null_mut()) }),
            (CSM_SID_CUSTOMSERVICE, {
                let (none, nothing) = (null(), null_mut());
                Csm_CustomService(0, 7, 0, none, 0, none, 0, none, 0, nothing, null_mut(), nothing, null_mut(), nothing)
            }),
            (CSM_SID_CANCELJOB, Csm_CancelJob(0, 0)),
            (CSM_SID_CALLBACKNOTIFICATION, {
                Csm_CallbackNotification(null_mut(), E_OK);
                E_NOT_OK
            }),
            (CSM_SID_MAINFUNCTION, {
                V2gcrypt_Csm_MainFunction(0);
                E_NOT_OK
            }),
        ]
    };
    let reports: Vec<_> = rows.iter().map(|(api, _)| det(*api, CSM_E_UNINIT)).collect();
    assert_eq!(seen(), reports);
    assert!(rows.iter().all(|(_, code)| *code == E_NOT_OK));

    let mut version =
        Std_VersionInfoType { vendorID: 9, moduleID: 9, sw_major_version: 9, sw_minor_version: 9, sw_patch_version: 9 };
    // SAFETY: a version info.
    unsafe { Csm_GetVersionInfo(&mut version) };
    assert_eq!((version.moduleID, version.vendorID), (110, V2GCRYPT_VENDOR_ID));
    let digits = (version.sw_major_version, version.sw_minor_version, version.sw_patch_version);
    assert_eq!(format!("{}.{}.{}", digits.0, digits.1, digits.2), env!("CARGO_PKG_VERSION"));
    assert_eq!(seen(), []);

    // A wrong configuration leaves it so.
    let mut setup = Setup::new(&[job(CRYPTO_HASH, SYNC, 0, 0)], &[Queue { size: 0, main_function: 0 }], 1);
    setup.config.magic ^= 1;
    setup.init();
    assert_eq!(seen(), [det(CSM_SID_INIT, CSM_E_INIT_FAILED)]);
    assert_eq!(hash(0, SINGLECALL), E_NOT_OK);
    assert_eq!(seen(), [det(CSM_SID_HASH, CSM_E_UNINIT)]);

    // NULL_PTR starts the linked configuration, which has no jobs.
    // SAFETY: the linked configuration.
    unsafe { Csm_Init(null()) };
    assert_eq!(hash(0, SINGLECALL), E_NOT_OK);
    assert_eq!(seen(), [det(CSM_SID_HASH, CSM_E_PARAM_HANDLE)]);
    main_function(0);
    assert_eq!(seen(), []);
}
