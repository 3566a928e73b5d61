//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]

use core::mem::{offset_of, size_of};

use crate::config::*;
use v2gcrypt_types::pick;

const _: () = assert!(size_of::<Csm_JobConfigType>() == pick(40, 40, 24, 24));
const _: () = assert!(offset_of!(Csm_JobConfigType, jobPrimitiveInfo) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Csm_JobConfigType, jobRedirectionInfoRef) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(Csm_JobConfigType, callback) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(Csm_JobConfigType, priority) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(Csm_JobConfigType, queueId) == pick(28, 28, 16, 16));
const _: () = assert!(offset_of!(Csm_JobConfigType, callbackUpdateNotification) == pick(32, 32, 20, 20));

const _: () = assert!(size_of::<Csm_QueueConfigType>() == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(Csm_QueueConfigType, channelId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Csm_QueueConfigType, size) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(Csm_QueueConfigType, firstSlot) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(Csm_QueueConfigType, mainFunctionId) == pick(12, 12, 12, 12));

const _: () = assert!(size_of::<Csm_JobRamType>() == pick(64, 64, 64, 64));
const _: () = assert!(size_of::<Csm_QueueRamType>() == pick(64, 64, 64, 64));
const _: () = assert!(size_of::<Csm_ConfigType>() == pick(104, 104, 68, 68));
const _: () = assert!(offset_of!(Csm_ConfigType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Csm_ConfigType, configSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(Csm_ConfigType, jobConfigSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(Csm_ConfigType, jobSize) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(Csm_ConfigType, jobCount) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(Csm_ConfigType, queueCount) == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(Csm_ConfigType, keyCount) == pick(24, 24, 24, 24));
const _: () = assert!(offset_of!(Csm_ConfigType, mainFunctionCount) == pick(28, 28, 28, 28));
const _: () = assert!(offset_of!(Csm_ConfigType, queueSlotCount) == pick(32, 32, 32, 32));
const _: () = assert!(offset_of!(Csm_ConfigType, jobs) == pick(40, 40, 36, 36));
const _: () = assert!(offset_of!(Csm_ConfigType, queues) == pick(48, 48, 40, 40));
const _: () = assert!(offset_of!(Csm_ConfigType, keys) == pick(56, 56, 44, 44));
const _: () = assert!(offset_of!(Csm_ConfigType, jobRecords) == pick(64, 64, 48, 48));
const _: () = assert!(offset_of!(Csm_ConfigType, jobRam) == pick(72, 72, 52, 52));
const _: () = assert!(offset_of!(Csm_ConfigType, queueRam) == pick(80, 80, 56, 56));
const _: () = assert!(offset_of!(Csm_ConfigType, queueSlots) == pick(88, 88, 60, 60));
const _: () = assert!(offset_of!(Csm_ConfigType, devErrorDetect) == pick(96, 96, 64, 64));
const _: () = assert!(offset_of!(Csm_ConfigType, macLengthInBytes) == pick(97, 97, 65, 65));

