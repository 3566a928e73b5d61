//! What `CryIf_Init` looks at before it believes a configuration.
#![allow(unsafe_code, non_snake_case, clippy::undocumented_unsafe_blocks)]

use std::ptr::{addr_of, null};
use std::sync::Mutex;
use v2gcrypt_cryif::config::*;
use v2gcrypt_cryif::ffi::*;
use v2gcrypt_types::*;

static REPORTS: Mutex<Vec<(u8, u8)>> = Mutex::new(Vec::new());

#[no_mangle]
extern "C" fn Det_ReportError(_: u16, _: u8, service: u8, error: u8) -> u8 {
    REPORTS.lock().unwrap().push((service, error));
    E_OK
}

#[no_mangle]
extern "C" fn Csm_CallbackNotification(_: *mut Crypto_JobType, _: u8) {}

#[repr(transparent)]
/// A configuration that is a symbol.
pub struct Linked(CryIf_ConfigType);
unsafe impl Sync for Linked {}

/// The linked configuration: nothing.
#[no_mangle]
pub static CryIf_Config: Linked = Linked(CryIf_ConfigType {
    magic: V2GCRYPT_CONFIG_MAGIC,
    configSize: size_of::<CryIf_ConfigType>() as u32,
    driverSize: size_of::<CryIf_DriverType>() as u32,
    channelCount: 0,
    keyCount: 0,
    channels: null(),
    keys: null(),
    devErrorDetect: 1,
    abi: null(),
});

/// Init reports whether it refuses.
fn is_refused(change: impl FnOnce(&mut CryIf_ConfigType)) -> bool {
    let driver: &CryIf_DriverType = Box::leak(Box::new(CryIf_DriverType::default()));
    let channels = vec![CryIf_ChannelConfigType { driver, objectId: 0 }; 3].leak();
    let keys = vec![CryIf_KeyConfigType { driver, cryptoKeyId: 0 }; 3].leak();
    let mut config = CryIf_ConfigType {
        channelCount: 2,
        keyCount: 2,
        channels: channels.as_ptr(),
        keys: keys.as_ptr(),
        ..unsafe { addr_of!(CryIf_Config.0).read() }
    };
    change(&mut config);
    unsafe { CryIf_Init(Box::leak(Box::new(config))) };
    match std::mem::take(&mut *REPORTS.lock().unwrap())[..] {
        [] => false,
        [(CRYIF_SID_INIT, CRYIF_E_INIT_FAILED)] => true,
        ref others => panic!("{others:?}"),
    }
}

#[test]
fn a_table_that_cannot_lie_where_it_is_said_to_is_refused() {
    assert!(!is_refused(|_| ()));
    assert!(is_refused(|config| config.channels = config.channels.wrapping_byte_add(2)));
    assert!(is_refused(|config| config.keys = config.keys.wrapping_byte_add(4)));
    assert!(is_refused(|config| config.keys = null()));
    assert!(!is_refused(|config| (config.channelCount, config.channels) = (0, null())), "no channels need no table");
}
