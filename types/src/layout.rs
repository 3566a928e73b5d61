//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]

use core::mem::{offset_of, size_of};

use crate::*;
use crate::pick;

const _: () = assert!(size_of::<Std_VersionInfoType>() == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(Std_VersionInfoType, vendorID) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Std_VersionInfoType, moduleID) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(Std_VersionInfoType, sw_major_version) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(Std_VersionInfoType, sw_minor_version) == pick(5, 5, 5, 5));
const _: () = assert!(offset_of!(Std_VersionInfoType, sw_patch_version) == pick(6, 6, 6, 6));

const _: () = assert!(size_of::<Crypto_AlgorithmInfoType>() == pick(12, 16, 12, 16));
const _: () = assert!(offset_of!(Crypto_AlgorithmInfoType, family) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_AlgorithmInfoType, secondaryFamily) == pick(1, 4, 1, 4));
const _: () = assert!(offset_of!(Crypto_AlgorithmInfoType, keyLength) == pick(4, 8, 4, 8));
const _: () = assert!(offset_of!(Crypto_AlgorithmInfoType, mode) == pick(8, 12, 8, 12));

const _: () = assert!(size_of::<Crypto_PrimitiveInfoType>() == pick(16, 20, 16, 20));
const _: () = assert!(offset_of!(Crypto_PrimitiveInfoType, service) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_PrimitiveInfoType, algorithm) == pick(4, 4, 4, 4));

const _: () = assert!(size_of::<Crypto_JobPrimitiveInfoType>() == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInfoType, callbackId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInfoType, primitiveInfo) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInfoType, cryIfKeyId) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInfoType, processingType) == pick(20, 20, 12, 12));

const _: () = assert!(size_of::<Crypto_JobPrimitiveInputOutputType>() == pick(104, 104, 56, 56));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, inputPtr) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, inputLength) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, secondaryInputPtr) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, secondaryInputLength) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, tertiaryInputPtr) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, tertiaryInputLength) == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, outputPtr) == pick(48, 48, 24, 24));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, outputLengthPtr) == pick(56, 56, 28, 28));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, secondaryOutputPtr) == pick(64, 64, 32, 32));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, secondaryOutputLengthPtr) == pick(72, 72, 36, 36));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, verifyPtr) == pick(80, 80, 40, 40));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, mode) == pick(88, 88, 44, 44));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, cryIfKeyId) == pick(92, 92, 48, 48));
const _: () = assert!(offset_of!(Crypto_JobPrimitiveInputOutputType, targetCryIfKeyId) == pick(96, 96, 52, 52));

const _: () = assert!(size_of::<Crypto_JobRedirectionInfoType>() == pick(44, 44, 44, 44));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, redirectionConfig) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, inputKeyId) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, inputKeyElementId) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, secondaryInputKeyId) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, secondaryInputKeyElementId) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, tertiaryInputKeyId) == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, tertiaryInputKeyElementId) == pick(24, 24, 24, 24));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, outputKeyId) == pick(28, 28, 28, 28));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, outputKeyElementId) == pick(32, 32, 32, 32));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, secondaryOutputKeyId) == pick(36, 36, 36, 36));
const _: () = assert!(offset_of!(Crypto_JobRedirectionInfoType, secondaryOutputKeyElementId) == pick(40, 40, 40, 40));

const _: () = assert!(size_of::<Crypto_JobType>() == pick(144, 144, 84, 84));
const _: () = assert!(offset_of!(Crypto_JobType, jobId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(Crypto_JobType, jobState) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(Crypto_JobType, jobPrimitiveInputOutput) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(Crypto_JobType, jobPrimitiveInfo) == pick(112, 112, 64, 64));
const _: () = assert!(offset_of!(Crypto_JobType, jobRedirectionInfoRef) == pick(120, 120, 68, 68));
const _: () = assert!(offset_of!(Crypto_JobType, cryptoKeyId) == pick(128, 128, 72, 72));
const _: () = assert!(offset_of!(Crypto_JobType, targetCryptoKeyId) == pick(132, 132, 76, 76));
const _: () = assert!(offset_of!(Crypto_JobType, jobPriority) == pick(136, 136, 80, 80));

