//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]

use core::mem::{offset_of, size_of};

use crate::soft::config::*;
use v2gcrypt_types::pick;

const _: () = assert!(size_of::<CryptoSoft_KeyElementConfigType>() == pick(40, 40, 28, 28));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, keyElementId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, size) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, offset) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, initValue) == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, initLength) == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, format) == pick(28, 28, 20, 20));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, readAccess) == pick(29, 29, 21, 21));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, writeAccess) == pick(30, 30, 22, 22));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, allowPartialAccess) == pick(31, 31, 23, 23));
const _: () = assert!(offset_of!(CryptoSoft_KeyElementConfigType, persist) == pick(32, 32, 24, 24));

const _: () = assert!(size_of::<CryptoSoft_KeyConfigType>() == pick(48, 48, 24, 24));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elements) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elementCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, data) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, dataSize) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elementLengths) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, preparedForm) == pick(40, 40, 20, 20));

const _: () = assert!(size_of::<CryptoSoft_PrimitiveConfigType>() == pick(4, 16, 4, 16));
const _: () = assert!(offset_of!(CryptoSoft_PrimitiveConfigType, service) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_PrimitiveConfigType, family) == pick(1, 4, 1, 4));
const _: () = assert!(offset_of!(CryptoSoft_PrimitiveConfigType, mode) == pick(2, 8, 2, 8));
const _: () = assert!(offset_of!(CryptoSoft_PrimitiveConfigType, secondaryFamily) == pick(3, 12, 3, 12));

const _: () = assert!(size_of::<CryptoSoft_ObjectConfigType>() == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(CryptoSoft_ObjectConfigType, primitives) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_ObjectConfigType, primitiveCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_ObjectConfigType, queueSize) == pick(12, 12, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_ObjectConfigType, firstSlot) == pick(16, 16, 12, 12));

const _: () = assert!(size_of::<CryptoSoft_KeyRamType>() == pick(1280, 1280, 1280, 1280));
const _: () = assert!(size_of::<CryptoSoft_ObjectRamType>() == pick(2048, 2048, 2048, 2048));
const _: () = assert!(size_of::<CryptoSoft_SlotRamType>() == pick(128, 128, 128, 128));
const _: () = assert!(size_of::<CryptoSoft_InstanceType>() == pick(88, 88, 60, 60));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, instanceSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, keyRamSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, objectRamSize) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, instanceId) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, objectCount) == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, keyCount) == pick(24, 24, 24, 24));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, slotCount) == pick(28, 28, 28, 28));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, objects) == pick(32, 32, 32, 32));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, keys) == pick(40, 40, 36, 36));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, ram) == pick(48, 48, 40, 40));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, objectRam) == pick(56, 56, 44, 44));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, keyRam) == pick(64, 64, 48, 48));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, queueRam) == pick(72, 72, 52, 52));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, devErrorDetect) == pick(80, 80, 56, 56));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, tolerateEmptyInput) == pick(81, 81, 57, 57));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, macLengthInBytes) == pick(82, 82, 58, 58));

const _: () = assert!(size_of::<CryptoSoft_InstanceRamType>() == pick(64, 64, 64, 64));
