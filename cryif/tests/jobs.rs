//! Jobs: the channel's driver object gets them with the keys that they name; reports of their end go to Csm.
#![allow(unsafe_code, non_snake_case, clippy::undocumented_unsafe_blocks)]

mod common;
use common::*;
use std::ptr::{null, null_mut};
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_cryif::route::NO_KEY;
use v2gcrypt_types::*;

/// A job whose record names other keys than its configuration does.
fn job(service: Crypto_ServiceInfoType, [configured, key, target]: [u32; 3]) -> Box<Crypto_JobType> {
    let mut job: Box<Crypto_JobType> = Box::new(unsafe { std::mem::zeroed() });
    let primitive = Crypto_PrimitiveInfoType { service, algorithm: unsafe { std::mem::zeroed() } };
    job.jobPrimitiveInfo = Box::leak(Box::new(Crypto_JobPrimitiveInfoType {
        callbackId: 0,
        primitiveInfo: Box::leak(Box::new(primitive)),
        cryIfKeyId: configured,
        processingType: CRYPTO_PROCESSING_SYNC,
    }));
    (job.jobPrimitiveInputOutput.cryIfKeyId, job.jobPrimitiveInputOutput.targetCryIfKeyId) = (key, target);
    (job.cryptoKeyId, job.targetCryptoKeyId) = (1000, 1000);
    job
}

fn process(channel: u32, job: &mut Crypto_JobType) -> Std_ReturnType {
    unsafe { CryIf_ProcessJob(channel, job) }
}

#[test]
fn a_job_goes_to_the_channels_object_with_the_drivers_ids_of_the_keys_that_its_service_names() {
    let _started = start(1);
    for (service, expected) in [
        (CRYPTO_MACGENERATE, [10, NO_KEY]),
        (CRYPTO_ENCRYPT, [10, NO_KEY]),
        (CRYPTO_KEYSETVALID, [11, NO_KEY]),
        (CRYPTO_KEYSETINVALID, [11, NO_KEY]),
        (CRYPTO_RANDOMSEED, [11, NO_KEY]),
        (CRYPTO_KEYGENERATE, [11, NO_KEY]),
        (CRYPTO_KEYEXCHANGECALCPUBVAL, [11, NO_KEY]),
        (CRYPTO_KEYEXCHANGECALCSECRET, [11, NO_KEY]),
        (CRYPTO_KEYDERIVE, [11, 10]),
        (CRYPTO_CUSTOM_SERVICE, [11, 10]),
    ] {
        let mut job = job(service, [0, 1, 0]);
        for answer in [E_OK, CRYPTO_E_BUSY] {
            world().answer = answer;
            assert_eq!(process(0, &mut job), answer);
            assert_eq!(calls(), [('a', "process", vec![5, &*job as *const _ as usize])]);
            assert_eq!([job.cryptoKeyId, job.targetCryptoKeyId], expected, "service {service:#x}");
        }
    }
    world().answer = E_OK;
    let mut without = job(CRYPTO_HASH, [NO_KEY; 3]);
    assert_eq!(process(1, &mut without), E_OK);
    assert_eq!(calls(), [('b', "process", vec![6, &*without as *const _ as usize])]);
    assert_eq!([without.cryptoKeyId, without.targetCryptoKeyId], [NO_KEY; 2]);
    assert_eq!(reports(), []);
}

#[test]
fn a_job_with_a_key_of_nobody_or_of_another_driver_is_refused() {
    let _started = start(1);
    for (service, keys) in [
        (CRYPTO_MACGENERATE, [2, 0, 0]),
        (CRYPTO_MACGENERATE, [6, 0, 0]),
        (CRYPTO_KEYSETVALID, [0, 3, 0]),
        (CRYPTO_KEYDERIVE, [0, 2, 0]),
        (CRYPTO_KEYDERIVE, [0, 0, 2]),
        (CRYPTO_CUSTOM_SERVICE, [0, 0, 6]),
    ] {
        let mut job = job(service, keys);
        assert_eq!(process(0, &mut job), E_NOT_OK);
        assert_eq!(reports(), [(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_HANDLE)], "{service:#x} {keys:?}");
        assert_eq!([job.cryptoKeyId, job.targetCryptoKeyId], [1000; 2], "nothing is written");
    }
    assert_eq!(calls(), []);
}

#[test]
fn an_unknown_channel_and_an_incomplete_job_are_refused() {
    let _started = start(1);
    let mut whole = job(CRYPTO_HASH, [NO_KEY; 3]);
    let mut bare = job(CRYPTO_HASH, [NO_KEY; 3]);
    bare.jobPrimitiveInfo = null();
    let mut half = job(CRYPTO_HASH, [NO_KEY; 3]);
    half.jobPrimitiveInfo = &Crypto_JobPrimitiveInfoType { primitiveInfo: null(), ..unsafe { half.jobPrimitiveInfo.read() } };
    for channel in [3, u32::MAX] {
        assert_eq!(process(channel, &mut whole), E_NOT_OK);
        assert_eq!(unsafe { CryIf_CancelJob(channel, &mut *whole) }, E_NOT_OK);
        let handle = CRYIF_E_PARAM_HANDLE;
        assert_eq!(reports(), [(CRYIF_SID_PROCESSJOB, handle), (CRYIF_SID_CANCELJOB, handle)]);
    }
    for job in [null_mut(), &mut *bare, &mut *half] {
        assert_eq!(unsafe { CryIf_ProcessJob(0, job) }, E_NOT_OK);
        assert_eq!(reports(), [(CRYIF_SID_PROCESSJOB, CRYIF_E_PARAM_POINTER)]);
    }
    assert_eq!(unsafe { CryIf_CancelJob(0, null_mut()) }, E_NOT_OK);
    unsafe { CryIf_CallbackNotification(null_mut(), E_OK) };
    let pointer = CRYIF_E_PARAM_POINTER;
    assert_eq!(reports(), [(CRYIF_SID_CANCELJOB, pointer), (CRYIF_SID_CALLBACKNOTIFICATION, pointer)]);

    // The driver that can do nothing.
    assert_eq!(process(2, &mut whole), E_NOT_OK);
    assert_eq!(unsafe { CryIf_CancelJob(2, &mut *whole) }, E_NOT_OK);
    assert_eq!((reports(), calls()), (vec![], vec![]));
}

#[test]
fn a_cancellation_goes_to_the_driver_and_the_end_of_a_job_to_csm() {
    let _started = start(1);
    let mut job = job(CRYPTO_HASH, [NO_KEY; 3]);
    let address = &mut *job as *mut _ as usize;
    for answer in [E_OK, CRYPTO_E_JOB_CANCELED] {
        world().answer = answer;
        assert_eq!(unsafe { CryIf_CancelJob(1, &mut *job) }, answer);
        assert_eq!(calls(), [('b', "cancel", vec![6, address])]);
        unsafe { CryIf_CallbackNotification(&mut *job, answer) };
        assert_eq!(calls(), [('c', "callback", vec![address, answer.into()])]);
    }
    assert_eq!(reports(), []);
}
