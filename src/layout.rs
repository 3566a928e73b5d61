//! Sizes and offsets that C relies on, by pointer and enumeration width: `pick(64-bit, 64-bit int, 32-bit, 32-bit int)`.
//!
//! Generated: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
#![forbid(unsafe_code)]
#![cfg_attr(rustfmt, rustfmt_skip)]

mod v2gcrypt_types {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_types::*;

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

}

#[cfg(feature = "csm")]
mod v2gcrypt_csm {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_csm::config::*;

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

const _: () = assert!(size_of::<Csm_JobRamType>() == pick(24, 24, 24, 24));
const _: () = assert!(size_of::<Csm_QueueRamType>() == pick(40, 40, 40, 40));
const _: () = assert!(size_of::<Csm_ConfigType>() == pick(112, 112, 72, 72));
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
const _: () = assert!(offset_of!(Csm_ConfigType, abi) == pick(104, 104, 68, 68));

}

#[cfg(feature = "cryif")]
mod v2gcrypt_cryif {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_cryif::config::*;

const _: () = assert!(size_of::<CryIf_DriverType>() == pick(128, 128, 64, 64));
const _: () = assert!(offset_of!(CryIf_DriverType, processJob) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_DriverType, cancelJob) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementSet) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementGet) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryIf_DriverType, keySetValid) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(CryIf_DriverType, keySetInvalid) == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(CryIf_DriverType, keyGetStatus) == pick(48, 48, 24, 24));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementCopy) == pick(56, 56, 28, 28));
const _: () = assert!(offset_of!(CryIf_DriverType, keyElementCopyPartial) == pick(64, 64, 32, 32));
const _: () = assert!(offset_of!(CryIf_DriverType, keyCopy) == pick(72, 72, 36, 36));
const _: () = assert!(offset_of!(CryIf_DriverType, randomSeed) == pick(80, 80, 40, 40));
const _: () = assert!(offset_of!(CryIf_DriverType, keyGenerate) == pick(88, 88, 44, 44));
const _: () = assert!(offset_of!(CryIf_DriverType, keyDerive) == pick(96, 96, 48, 48));
const _: () = assert!(offset_of!(CryIf_DriverType, keyExchangeCalcPubVal) == pick(104, 104, 52, 52));
const _: () = assert!(offset_of!(CryIf_DriverType, keyExchangeCalcSecret) == pick(112, 112, 56, 56));
const _: () = assert!(offset_of!(CryIf_DriverType, customSync) == pick(120, 120, 60, 60));

const _: () = assert!(size_of::<CryIf_ChannelConfigType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_ChannelConfigType, driver) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_ChannelConfigType, objectId) == pick(8, 8, 4, 4));

const _: () = assert!(size_of::<CryIf_KeyConfigType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryIf_KeyConfigType, driver) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_KeyConfigType, cryptoKeyId) == pick(8, 8, 4, 4));

const _: () = assert!(size_of::<CryIf_ConfigType>() == pick(56, 56, 36, 36));
const _: () = assert!(offset_of!(CryIf_ConfigType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryIf_ConfigType, configSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryIf_ConfigType, driverSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryIf_ConfigType, channelCount) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryIf_ConfigType, keyCount) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryIf_ConfigType, channels) == pick(24, 24, 20, 20));
const _: () = assert!(offset_of!(CryIf_ConfigType, keys) == pick(32, 32, 24, 24));
const _: () = assert!(offset_of!(CryIf_ConfigType, devErrorDetect) == pick(40, 40, 28, 28));
const _: () = assert!(offset_of!(CryIf_ConfigType, abi) == pick(48, 48, 32, 32));

}

#[cfg(feature = "soft-symmetric")]
mod v2gcrypt_crypto_driver_soft {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_crypto_driver::soft::config::*;

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

const _: () = assert!(size_of::<CryptoSoft_KeyConfigType>() == pick(64, 64, 36, 36));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elements) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elementCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, data) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, dataSize) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, elementLengths) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, preparedForm) == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, usages) == pick(48, 48, 24, 24));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, usageCount) == pick(56, 56, 28, 28));
const _: () = assert!(offset_of!(CryptoSoft_KeyConfigType, nvBlock) == pick(60, 60, 32, 32));

const _: () = assert!(size_of::<CryptoSoft_NvBlockConfigType>() == pick(32, 32, 20, 20));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, keyId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, record) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, recordSize) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, nvmBlockId) == pick(20, 20, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, processing) == pick(22, 22, 14, 14));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, failedRetries) == pick(23, 23, 15, 15));
const _: () = assert!(offset_of!(CryptoSoft_NvBlockConfigType, useSyncMechanism) == pick(24, 24, 16, 16));

const _: () = assert!(size_of::<CryptoSoft_NvMType>() == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(CryptoSoft_NvMType, setDataIndex) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoSoft_NvMType, readBlock) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoSoft_NvMType, writeBlock) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoSoft_NvMType, getErrorStatus) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryptoSoft_NvMType, deviceKey) == pick(32, 32, 16, 16));

const _: () = assert!(size_of::<CryptoSoft_NvBlockRamType>() == pick(128, 128, 128, 128));
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

const _: () = assert!(size_of::<CryptoSoft_KeyRamType>() == pick(1600, 1600, 552, 552));
const _: () = assert!(size_of::<CryptoSoft_ObjectRamType>() == pick(1536, 1536, 880, 880));
const _: () = assert!(size_of::<CryptoSoft_SlotRamType>() == pick(160, 160, 96, 96));
const _: () = assert!(size_of::<CryptoSoft_InstanceType>() == pick(128, 128, 80, 80));
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
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, nvBlockCount) == pick(80, 80, 56, 56));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, nvBlocks) == pick(88, 88, 60, 60));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, nvBlockRam) == pick(96, 96, 64, 64));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, nvM) == pick(104, 104, 68, 68));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, devErrorDetect) == pick(112, 112, 72, 72));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, tolerateEmptyInput) == pick(113, 113, 73, 73));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, macLengthInBytes) == pick(114, 114, 74, 74));
const _: () = assert!(offset_of!(CryptoSoft_InstanceType, abi) == pick(120, 120, 76, 76));

const _: () = assert!(size_of::<CryptoSoft_InstanceRamType>() == pick(80, 80, 80, 80));
const _: () = assert!(size_of::<Crypto_ConfigType>() == pick(1, 1, 1, 1));
const _: () = assert!(offset_of!(Crypto_ConfigType, unused) == pick(0, 0, 0, 0));

}

#[cfg(feature = "hsm")]
mod v2gcrypt_crypto_driver_hsm {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_crypto_driver::hsm::config::*;

const _: () = assert!(size_of::<CryptoHsm_SlotConfigType>() == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_SlotConfigType, policyKind) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_SlotConfigType, policyUsage) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_SlotConfigType, number) == pick(8, 8, 8, 8));

const _: () = assert!(size_of::<CryptoHsm_KeyElementConfigType>() == pick(40, 40, 28, 28));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, keyElementId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, size) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, offset) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, initValue) == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, initLength) == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, slot) == pick(28, 28, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, storage) == pick(32, 32, 24, 24));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, readAccess) == pick(33, 33, 25, 25));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, writeAccess) == pick(34, 34, 26, 26));
const _: () = assert!(offset_of!(CryptoHsm_KeyElementConfigType, allowPartialAccess) == pick(35, 35, 27, 27));

const _: () = assert!(size_of::<CryptoHsm_KeyConfigType>() == pick(56, 56, 28, 28));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, elements) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, elementCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, data) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, dataSize) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, elementLengths) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, usages) == pick(40, 40, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_KeyConfigType, usageCount) == pick(48, 48, 24, 24));

const _: () = assert!(size_of::<CryptoHsm_ObjectConfigType>() == pick(32, 32, 28, 28));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, primitives) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, primitiveCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, queueSize) == pick(12, 12, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, firstQueueSlot) == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, firstWork) == pick(20, 20, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, workCount) == pick(24, 24, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_ObjectConfigType, channel) == pick(28, 28, 24, 24));

const _: () = assert!(size_of::<CryptoHsm_TransportType>() == pick(80, 80, 44, 44));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, context) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, region) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, regionLength) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, busAddress) == pick(20, 20, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, hostStatusSet) == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, hsmStatusGet) == pick(32, 32, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, ringDoorbell) == pick(40, 40, 24, 24));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, translate) == pick(48, 48, 28, 28));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, barrier) == pick(56, 56, 32, 32));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, now) == pick(64, 64, 36, 36));
const _: () = assert!(offset_of!(CryptoHsm_TransportType, wait) == pick(72, 72, 40, 40));

const _: () = assert!(size_of::<CryptoHsm_TimeoutsType>() == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_TimeoutsType, connect) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_TimeoutsType, fast) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_TimeoutsType, slow) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_TimeoutsType, synchronous) == pick(12, 12, 12, 12));

const _: () = assert!(size_of::<CryptoHsm_StatusType>() == pick(32, 32, 32, 32));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, firmware) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, features) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, slots) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, contexts) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, piece) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, lifecycle) == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, tampered) == pick(24, 24, 24, 24));
const _: () = assert!(offset_of!(CryptoHsm_StatusType, notes) == pick(28, 28, 28, 28));

const _: () = assert!(size_of::<CryptoHsm_EventType>() == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_EventType, number) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_EventType, code) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_EventType, argument) == pick(8, 8, 8, 8));

const _: () = assert!(size_of::<CryptoHsm_KeyRamType>() == pick(32, 32, 32, 32));
const _: () = assert!(size_of::<CryptoHsm_ObjectRamType>() == pick(32, 32, 32, 32));
const _: () = assert!(size_of::<CryptoHsm_WorkRamType>() == pick(448, 448, 384, 384));
const _: () = assert!(size_of::<CryptoHsm_InstanceRamType>() == pick(640, 640, 640, 640));
const _: () = assert!(size_of::<CryptoHsm_InstanceType>() == pick(152, 152, 108, 108));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, instanceSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, workRamSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, instanceRamSize) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, instanceId) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, objectCount) == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, keyCount) == pick(24, 24, 24, 24));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, slotCount) == pick(28, 28, 28, 28));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, queueSlotCount) == pick(32, 32, 32, 32));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, workCount) == pick(36, 36, 36, 36));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, objects) == pick(40, 40, 40, 40));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, keys) == pick(48, 48, 44, 44));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, slots) == pick(56, 56, 48, 48));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, ram) == pick(64, 64, 52, 52));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, objectRam) == pick(72, 72, 56, 56));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, keyRam) == pick(80, 80, 60, 60));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, queueRam) == pick(88, 88, 64, 64));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, workRam) == pick(96, 96, 68, 68));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, transport) == pick(104, 104, 72, 72));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, timeouts) == pick(112, 112, 76, 76));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, bounceOffset) == pick(128, 128, 92, 92));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, bounceSize) == pick(132, 132, 96, 96));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, serviceChannel) == pick(136, 136, 100, 100));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, devErrorDetect) == pick(137, 137, 101, 101));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, tolerateEmptyInput) == pick(138, 138, 102, 102));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, macLengthInBytes) == pick(139, 139, 103, 103));
const _: () = assert!(offset_of!(CryptoHsm_InstanceType, abi) == pick(144, 144, 104, 104));

}

#[cfg(feature = "keym")]
mod v2gcrypt_keym_types {
use core::mem::{offset_of, size_of};

use ::v2gcrypt_types::pick;
use ::v2gcrypt_keym::types::*;
use ::v2gcrypt_keym::config::*;

const _: () = assert!(size_of::<KeyM_CertDataType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(KeyM_CertDataType, certDataLength) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertDataType, certData) == pick(8, 8, 4, 4));

const _: () = assert!(size_of::<KeyM_CertElementIteratorType>() == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_CertElementIteratorType, certId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertElementIteratorType, certElementId) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(KeyM_CertElementIteratorType, next) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_CertElementIteratorType, check) == pick(6, 6, 6, 6));
const _: () = assert!(offset_of!(KeyM_CertElementIteratorType, generation) == pick(8, 8, 8, 8));

const _: () = assert!(size_of::<KeyM_V2g_InfoType>() == pick(20, 20, 20, 20));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, role) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, profile) == pick(1, 1, 1, 1));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, status) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, state) == pick(3, 3, 3, 3));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, ocspDue) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, requestPending) == pick(5, 5, 5, 5));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, notBeforeHi) == pick(6, 6, 6, 6));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, notBefore) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, notAfter) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_V2g_InfoType, notAfterHi) == pick(16, 16, 16, 16));

const _: () = assert!(size_of::<KeyM_CertElementConfigType>() == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, elementId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, maxLength) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, structure) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, objectType) == pick(5, 5, 5, 5));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, hasIteration) == pick(6, 6, 6, 6));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, objectIdLength) == pick(7, 7, 7, 7));
const _: () = assert!(offset_of!(KeyM_CertElementConfigType, objectId) == pick(8, 8, 8, 8));

const _: () = assert!(size_of::<KeyM_ConditionArrayElementType>() == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_ConditionArrayElementType, index) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_ConditionArrayElementType, value) == pick(2, 2, 2, 2));

const _: () = assert!(size_of::<KeyM_CertConditionConfigType>() == pick(40, 40, 28, 28));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, certificateId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, elementId) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, conditionType) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, valueKind) == pick(5, 5, 5, 5));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, arrayElementCount) == pick(6, 6, 6, 6));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, valueHigh) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, valueLow) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, arrayElements) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, otherCertificateId) == pick(24, 24, 20, 20));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, otherElementId) == pick(26, 26, 22, 22));
const _: () = assert!(offset_of!(KeyM_CertConditionConfigType, readPort) == pick(32, 32, 24, 24));

const _: () = assert!(size_of::<KeyM_RuleArgumentType>() == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_RuleArgumentType, kind) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_RuleArgumentType, index) == pick(2, 2, 2, 2));

const _: () = assert!(size_of::<KeyM_CertRuleConfigType>() == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(KeyM_CertRuleConfigType, arguments) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertRuleConfigType, argumentCount) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(KeyM_CertRuleConfigType, logicalOperator) == pick(10, 10, 6, 6));

const _: () = assert!(size_of::<KeyM_CertificateConfigType>() == pick(128, 128, 84, 84));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, name) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, nameLength) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, upperCertificateId) == pick(10, 10, 6, 6));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, maxLength) == pick(12, 12, 8, 8));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, buffer) == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, algorithm) == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, format) == pick(25, 25, 17, 17));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, storage) == pick(26, 26, 18, 18));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, role) == pick(27, 27, 19, 19));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, profile) == pick(28, 28, 20, 20));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, timeBase) == pick(30, 30, 22, 22));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, verifyJobId) == pick(32, 32, 24, 24));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, verifyKeyId) == pick(36, 36, 28, 28));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, generateJobId) == pick(40, 40, 32, 32));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, targetKeyId) == pick(44, 44, 36, 36));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, targetKeyElementId) == pick(48, 48, 40, 40));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, privateKeyId) == pick(52, 52, 44, 44));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, nvmBlock) == pick(54, 54, 46, 46));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, elements) == pick(56, 56, 48, 48));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, rules) == pick(64, 64, 52, 52));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, elementCount) == pick(72, 72, 56, 56));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, ruleCount) == pick(74, 74, 58, 58));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, verifyCallback) == pick(80, 80, 60, 60));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, serviceCallback) == pick(88, 88, 64, 64));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, ocspBuffer) == pick(96, 96, 68, 68));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, ocspMaxLength) == pick(104, 104, 72, 72));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, csrTemplate) == pick(112, 112, 76, 76));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, csrTemplateLength) == pick(120, 120, 80, 80));
const _: () = assert!(offset_of!(KeyM_CertificateConfigType, csrSignature) == pick(122, 122, 82, 82));

const _: () = assert!(size_of::<KeyM_CryptoKeyConfigType>() == pick(64, 64, 40, 40));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, name) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, nameLength) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, maxLength) == pick(10, 10, 6, 6));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, generationType) == pick(12, 12, 8, 8));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, storage) == pick(13, 13, 9, 9));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, verifyJobType) == pick(14, 14, 10, 10));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, cryptoPropsLength) == pick(15, 15, 11, 11));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, generationInfo) == pick(16, 16, 12, 12));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, generationInfoLength) == pick(24, 24, 16, 16));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, nvmBlock) == pick(26, 26, 18, 18));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, cryptoProps) == pick(32, 32, 20, 20));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, targetKeyId) == pick(40, 40, 24, 24));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, sourceDeriveKeyId) == pick(44, 44, 28, 28));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, verifyJobId) == pick(48, 48, 32, 32));
const _: () = assert!(offset_of!(KeyM_CryptoKeyConfigType, buffer) == pick(56, 56, 36, 36));

const _: () = assert!(size_of::<KeyM_NvmBlockConfigType>() == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_NvmBlockConfigType, nvmBlockId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_NvmBlockConfigType, keepsTimeFloor) == pick(2, 2, 2, 2));
const _: () = assert!(offset_of!(KeyM_NvmBlockConfigType, writeDelay) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_NvmBlockConfigType, recordSize) == pick(8, 8, 8, 8));

const _: () = assert!(size_of::<KeyM_KeyPoolConfigType>() == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_KeyPoolConfigType, keyId) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_KeyPoolConfigType, verifyJobId) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_KeyPoolConfigType, keyAlgorithm) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(KeyM_KeyPoolConfigType, signatureAlgorithm) == pick(9, 9, 9, 9));

const _: () = assert!(size_of::<KeyM_NvMType>() == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(KeyM_NvMType, setDataIndex) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_NvMType, readBlock) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(KeyM_NvMType, writeBlock) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(KeyM_NvMType, getErrorStatus) == pick(24, 24, 12, 12));

const _: () = assert!(size_of::<KeyM_KeyHandlerType>() == pick(48, 48, 24, 24));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, start) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, prepare) == pick(8, 8, 4, 4));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, update) == pick(16, 16, 8, 8));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, finalize) == pick(24, 24, 12, 12));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, verify) == pick(32, 32, 16, 16));
const _: () = assert!(offset_of!(KeyM_KeyHandlerType, serviceCertificate) == pick(40, 40, 20, 20));

const _: () = assert!(size_of::<KeyM_CertificateRamType>() == pick(24, 24, 24, 24));
const _: () = assert!(size_of::<KeyM_CryptoKeyRamType>() == pick(8, 8, 8, 8));
const _: () = assert!(size_of::<KeyM_NvmBlockRamType>() == pick(16, 16, 16, 16));
const _: () = assert!(size_of::<KeyM_EngineRamType>() == pick(12800, 12800, 8400, 8400));
const _: () = assert!(size_of::<KeyM_ConfigType>() == pick(288, 288, 196, 196));
const _: () = assert!(offset_of!(KeyM_ConfigType, magic) == pick(0, 0, 0, 0));
const _: () = assert!(offset_of!(KeyM_ConfigType, configSize) == pick(4, 4, 4, 4));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificateConfigSize) == pick(8, 8, 8, 8));
const _: () = assert!(offset_of!(KeyM_ConfigType, engineRamSize) == pick(12, 12, 12, 12));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificates) == pick(16, 16, 16, 16));
const _: () = assert!(offset_of!(KeyM_ConfigType, cryptoKeys) == pick(24, 24, 20, 20));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvmBlocks) == pick(32, 32, 24, 24));
const _: () = assert!(offset_of!(KeyM_ConfigType, rules) == pick(40, 40, 28, 28));
const _: () = assert!(offset_of!(KeyM_ConfigType, conditions) == pick(48, 48, 32, 32));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyPool) == pick(56, 56, 36, 36));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificateRam) == pick(64, 64, 40, 40));
const _: () = assert!(offset_of!(KeyM_ConfigType, cryptoKeyRam) == pick(72, 72, 44, 44));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvmBlockRam) == pick(80, 80, 48, 48));
const _: () = assert!(offset_of!(KeyM_ConfigType, engineRam) == pick(88, 88, 52, 52));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvmRecord) == pick(96, 96, 56, 56));
const _: () = assert!(offset_of!(KeyM_ConfigType, requestBuffer) == pick(104, 104, 60, 60));
const _: () = assert!(offset_of!(KeyM_ConfigType, chainBuffer) == pick(112, 112, 64, 64));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvmRecordSize) == pick(120, 120, 68, 68));
const _: () = assert!(offset_of!(KeyM_ConfigType, requestBufferSize) == pick(124, 124, 72, 72));
const _: () = assert!(offset_of!(KeyM_ConfigType, chainBufferSize) == pick(128, 128, 76, 76));
const _: () = assert!(offset_of!(KeyM_ConfigType, asyncJobs) == pick(136, 136, 80, 80));
const _: () = assert!(offset_of!(KeyM_ConfigType, asyncJobCount) == pick(144, 144, 84, 84));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificateCount) == pick(146, 146, 86, 86));
const _: () = assert!(offset_of!(KeyM_ConfigType, cryptoKeyCount) == pick(148, 148, 88, 88));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvmBlockCount) == pick(150, 150, 90, 90));
const _: () = assert!(offset_of!(KeyM_ConfigType, ruleCount) == pick(152, 152, 92, 92));
const _: () = assert!(offset_of!(KeyM_ConfigType, conditionCount) == pick(154, 154, 94, 94));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyPoolCount) == pick(156, 156, 96, 96));
const _: () = assert!(offset_of!(KeyM_ConfigType, nvM) == pick(160, 160, 100, 100));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyHandler) == pick(168, 168, 104, 104));
const _: () = assert!(offset_of!(KeyM_ConfigType, getTime) == pick(176, 176, 108, 108));
const _: () = assert!(offset_of!(KeyM_ConfigType, setSecurityEvent) == pick(184, 184, 112, 112));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyUpdateCallback) == pick(192, 192, 116, 116));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyFinalizeCallback) == pick(200, 200, 120, 120));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyVerifyCallback) == pick(208, 208, 124, 124));
const _: () = assert!(offset_of!(KeyM_ConfigType, sha1JobId) == pick(216, 216, 128, 128));
const _: () = assert!(offset_of!(KeyM_ConfigType, sha256JobId) == pick(220, 220, 132, 132));
const _: () = assert!(offset_of!(KeyM_ConfigType, sha384JobId) == pick(224, 224, 136, 136));
const _: () = assert!(offset_of!(KeyM_ConfigType, sha512JobId) == pick(228, 228, 140, 140));
const _: () = assert!(offset_of!(KeyM_ConfigType, randomJobId) == pick(232, 232, 144, 144));
const _: () = assert!(offset_of!(KeyM_ConfigType, macGenerateJobId) == pick(236, 236, 148, 148));
const _: () = assert!(offset_of!(KeyM_ConfigType, macVerifyJobId) == pick(240, 240, 152, 152));
const _: () = assert!(offset_of!(KeyM_ConfigType, mainFunctionPeriod) == pick(244, 244, 156, 156));
const _: () = assert!(offset_of!(KeyM_ConfigType, securityEvents) == pick(248, 248, 160, 160));
const _: () = assert!(offset_of!(KeyM_ConfigType, keyCertNameMaxLength) == pick(258, 258, 170, 170));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificateChainMaxDepth) == pick(259, 259, 171, 171));
const _: () = assert!(offset_of!(KeyM_ConfigType, publicKeyFormat) == pick(260, 260, 172, 172));
const _: () = assert!(offset_of!(KeyM_ConfigType, timeUnknown) == pick(261, 261, 173, 173));
const _: () = assert!(offset_of!(KeyM_ConfigType, certificateManagerEnabled) == pick(262, 262, 174, 174));
const _: () = assert!(offset_of!(KeyM_ConfigType, cryptoKeyManagerEnabled) == pick(263, 263, 175, 175));
const _: () = assert!(offset_of!(KeyM_ConfigType, startFinalizeEnabled) == pick(264, 264, 176, 176));
const _: () = assert!(offset_of!(KeyM_ConfigType, prepareEnabled) == pick(265, 265, 177, 177));
const _: () = assert!(offset_of!(KeyM_ConfigType, verifyEnabled) == pick(266, 266, 178, 178));
const _: () = assert!(offset_of!(KeyM_ConfigType, verifyAsyncMode) == pick(267, 267, 179, 179));
const _: () = assert!(offset_of!(KeyM_ConfigType, serviceCertificateEnabled) == pick(268, 268, 180, 180));
const _: () = assert!(offset_of!(KeyM_ConfigType, securityEventReporting) == pick(269, 269, 181, 181));
const _: () = assert!(offset_of!(KeyM_ConfigType, devErrorDetect) == pick(270, 270, 182, 182));
const _: () = assert!(offset_of!(KeyM_ConfigType, tolerateSetOfStoredCertificate) == pick(271, 271, 183, 183));
const _: () = assert!(offset_of!(KeyM_ConfigType, tolerateUnsignedRootReplacement) == pick(272, 272, 184, 184));
const _: () = assert!(offset_of!(KeyM_ConfigType, allowSecp384r1) == pick(273, 273, 185, 185));
const _: () = assert!(offset_of!(KeyM_ConfigType, tolerateUnknownRevocation) == pick(274, 274, 186, 186));
const _: () = assert!(offset_of!(KeyM_ConfigType, pathTolerances) == pick(276, 276, 188, 188));
const _: () = assert!(offset_of!(KeyM_ConfigType, abi) == pick(280, 280, 192, 192));

}
