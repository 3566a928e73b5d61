//! What `CryIf_Init` looks at before it believes a configuration.
#![allow(unsafe_code, non_snake_case, clippy::undocumented_unsafe_blocks)]

mod common;
use common::*;
use std::ptr::{null, NonNull};
use v2gcrypt_cryif::config::*;
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_types::*;

/// Init reports whether it refuses.
fn is_refused(change: impl FnOnce(&mut CryIf_ConfigType)) -> bool {
    let driver: &CryIf_DriverType = Box::leak(Box::new(CryIf_DriverType::default()));
    let channels = vec![CryIf_ChannelConfigType { driver, objectId: 0 }; 3].leak();
    let keys = vec![CryIf_KeyConfigType { driver, cryptoKeyId: 0 }; 3].leak();
    let mut config =
        CryIf_ConfigType { channelCount: 2, keyCount: 2, channels: channels.as_ptr(), keys: keys.as_ptr(), ..linked() };
    change(&mut config);
    unsafe { CryIf_Init(Box::leak(Box::new(config))) };
    match reports()[..] {
        [] => false,
        [(CRYIF_SID_INIT, CRYIF_E_INIT_FAILED)] => true,
        ref others => panic!("{others:?}"),
    }
}

#[test]
fn a_table_that_cannot_lie_where_it_is_said_to_is_refused() {
    let _serial = serial();
    assert!(!is_refused(|_| ()));
    assert!(is_refused(|config| config.channels = config.channels.wrapping_byte_add(2)));
    assert!(is_refused(|config| config.keys = config.keys.wrapping_byte_add(4)));
    assert!(is_refused(|config| config.keys = null()));
    assert!(!is_refused(|config| (config.channelCount, config.channels) = (0, null())), "no channels need no table");
    assert!(!is_refused(|config| (config.keyCount, config.keys) = (0, NonNull::dangling().as_ptr())));
}

#[test]
fn a_configuration_of_another_kind_or_size_is_refused_whatever_report_it_wants() {
    let _serial = serial();
    for devErrorDetect in [0, 1] {
        assert!(is_refused(|config| (config.devErrorDetect, config.magic) = (devErrorDetect, !V2GCRYPT_CONFIG_MAGIC)));
    }
    assert!(is_refused(|config| config.configSize += 4));
    assert!(is_refused(|config| config.driverSize -= 8));
    assert!(is_refused(|config| config.keyCount = u32::MAX), "that is no key's number");
}

#[test]
fn an_entry_without_a_driver_is_refused() {
    let _serial = serial();
    for at in [0, 1] {
        assert!(is_refused(|config| unsafe { (*config.channels.add(at).cast_mut()).driver = null() }));
        assert!(is_refused(|config| unsafe { (*config.keys.add(at).cast_mut()).driver = null() }));
    }
}

#[test]
fn a_refused_configuration_leaves_the_one_that_runs_and_none_means_the_linked_one() {
    let _started = start(1);
    assert!(is_refused(|config| config.magic = 0));
    assert_eq!(CryIf_KeySetValid(1), E_OK);
    assert_eq!(calls(), [('a', "set_valid", vec![11])]);
    unsafe { CryIf_Init(null()) };
    assert_eq!((CryIf_KeySetValid(0), calls()), (E_NOT_OK, vec![]), "there are no keys");
    assert_eq!(reports(), [(CRYIF_SID_KEYSETVALID, CRYIF_E_PARAM_HANDLE)]);
}
