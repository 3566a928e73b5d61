//! Before `CryIf_Init` every service refuses, and says so whatever a configuration would want; alone in its process.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)]

mod common;
use common::*;
use std::ptr::null_mut;
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_types::*;

#[test]
fn every_service_but_the_version_needs_init() {
    for service in services() {
        assert_eq!((service.call)(0, 1), E_NOT_OK, "{}", service.name);
        assert_eq!(reports(), [(service.id, CRYIF_E_UNINIT)], "{}", service.name);
    }
    assert_eq!(unsafe { CryIf_ProcessJob(0, null_mut()) }, E_NOT_OK);
    assert_eq!(unsafe { CryIf_CancelJob(0, null_mut()) }, E_NOT_OK);
    unsafe { CryIf_CallbackNotification(8 as *mut _, E_OK) };
    let expected = [CRYIF_SID_PROCESSJOB, CRYIF_SID_CANCELJOB, CRYIF_SID_CALLBACKNOTIFICATION];
    assert_eq!(reports(), expected.map(|service| (service, CRYIF_E_UNINIT)));
    assert_eq!(calls(), []);

    let mut version = std::mem::MaybeUninit::<Std_VersionInfoType>::uninit();
    let version = unsafe {
        CryIf_GetVersionInfo(version.as_mut_ptr());
        version.assume_init()
    };
    assert_eq!(version.moduleID, CRYIF_MODULE_ID);
    assert_eq!(reports(), []);
    unsafe { CryIf_GetVersionInfo(null_mut()) };
    assert_eq!(reports(), [(CRYIF_SID_GETVERSIONINFO, CRYIF_E_PARAM_POINTER)]);
}
