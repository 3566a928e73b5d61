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
mod v2gcrypt_crypto_driver {
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

const _: () = assert!(size_of::<CryptoSoft_KeyRamType>() == pick(1600, 1600, 544, 544));
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
