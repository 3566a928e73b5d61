//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]

use core::mem::{offset_of, size_of};

use crate::config::*;
use v2gcrypt_types::pick;

const _: () = assert!(size_of::<CryIf_DriverType>() == pick(56, 56, 28, 28));
const _: () = assert!(offset_of!(CryIf_DriverType, processJob) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_DriverType, cancelJob) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementSet) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementGet) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryIf_DriverType, keySetValid) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(CryIf_DriverType, keySetInvalid) == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(CryIf_DriverType, keyGetStatus) == pick(48, 48, 24, 24));

const _: () = assert!(size_of::<CryIf_ChannelConfigType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_ChannelConfigType, driver) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_ChannelConfigType, objectId) == pick(8, 8, 4, 4));

const _: () = assert!(size_of::<CryIf_KeyConfigType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_KeyConfigType, driver) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_KeyConfigType, cryptoKeyId) == pick(8, 8, 4, 4));

const _: () = assert!(size_of::<CryIf_ConfigType>() == pick(48, 48, 32, 32));
const _: () = assert!(offset_of!(CryIf_ConfigType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_ConfigType, configSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryIf_ConfigType, driverSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryIf_ConfigType, channelCount) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryIf_ConfigType, keyCount) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryIf_ConfigType, channels) == pick(24, 24, 20, 20));
const _: () = assert!(offset_of!(CryIf_ConfigType, keys) == pick(32, 32, 24, 24));
const _: () = assert!(offset_of!(CryIf_ConfigType, devErrorDetect) == pick(40, 40, 28, 28));

