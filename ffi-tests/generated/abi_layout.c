/* Sizes and offsets of the structs that C and Rust share.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 * It compiles if, and only if, this C compiler lays the structs out as Rust does.
 */
#include <stddef.h>

#include "CryIf.h"
#include "Csm.h"
#include "KeyM.h"
#include "V2gcrypt_CryptoHsm.h"
#include "V2gcrypt_CryptoSoft.h"

/* 64-bit pointers with uint8 and int enumerations, then 32-bit ones. */
#if defined(V2GCRYPT_POINTER_64)
#if defined(V2GCRYPT_ENUM_INT)
#define PICK(p64, p64int, p32, p32int) (p64int)
#else
#define PICK(p64, p64int, p32, p32int) (p64)
#endif
#else
#if defined(V2GCRYPT_ENUM_INT)
#define PICK(p64, p64int, p32, p32int) (p32int)
#else
#define PICK(p64, p64int, p32, p32int) (p32)
#endif
#endif

typedef uint8 Size_Std_VersionInfoType[(sizeof(Std_VersionInfoType) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Std_VersionInfoType_vendorID[(offsetof(Std_VersionInfoType, vendorID) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Std_VersionInfoType_moduleID[(offsetof(Std_VersionInfoType, moduleID) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_Std_VersionInfoType_sw_major_version[(offsetof(Std_VersionInfoType, sw_major_version) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Std_VersionInfoType_sw_minor_version[(offsetof(Std_VersionInfoType, sw_minor_version) == PICK(5U, 5U, 5U, 5U)) ? 1 : -1];
typedef uint8 Offset_Std_VersionInfoType_sw_patch_version[(offsetof(Std_VersionInfoType, sw_patch_version) == PICK(6U, 6U, 6U, 6U)) ? 1 : -1];

typedef uint8 Size_Crypto_AlgorithmInfoType[(sizeof(Crypto_AlgorithmInfoType) == PICK(12U, 16U, 12U, 16U)) ? 1 : -1];
typedef uint8 Offset_Crypto_AlgorithmInfoType_family[(offsetof(Crypto_AlgorithmInfoType, family) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_AlgorithmInfoType_secondaryFamily[(offsetof(Crypto_AlgorithmInfoType, secondaryFamily) == PICK(1U, 4U, 1U, 4U)) ? 1 : -1];
typedef uint8 Offset_Crypto_AlgorithmInfoType_keyLength[(offsetof(Crypto_AlgorithmInfoType, keyLength) == PICK(4U, 8U, 4U, 8U)) ? 1 : -1];
typedef uint8 Offset_Crypto_AlgorithmInfoType_mode[(offsetof(Crypto_AlgorithmInfoType, mode) == PICK(8U, 12U, 8U, 12U)) ? 1 : -1];

typedef uint8 Size_Crypto_PrimitiveInfoType[(sizeof(Crypto_PrimitiveInfoType) == PICK(16U, 20U, 16U, 20U)) ? 1 : -1];
typedef uint8 Offset_Crypto_PrimitiveInfoType_service[(offsetof(Crypto_PrimitiveInfoType, service) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_PrimitiveInfoType_algorithm[(offsetof(Crypto_PrimitiveInfoType, algorithm) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];

typedef uint8 Size_Crypto_JobPrimitiveInfoType[(sizeof(Crypto_JobPrimitiveInfoType) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInfoType_callbackId[(offsetof(Crypto_JobPrimitiveInfoType, callbackId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInfoType_primitiveInfo[(offsetof(Crypto_JobPrimitiveInfoType, primitiveInfo) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInfoType_cryIfKeyId[(offsetof(Crypto_JobPrimitiveInfoType, cryIfKeyId) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInfoType_processingType[(offsetof(Crypto_JobPrimitiveInfoType, processingType) == PICK(20U, 20U, 12U, 12U)) ? 1 : -1];

typedef uint8 Size_Crypto_JobPrimitiveInputOutputType[(sizeof(Crypto_JobPrimitiveInputOutputType) == PICK(104U, 104U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_inputPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, inputPtr) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_inputLength[(offsetof(Crypto_JobPrimitiveInputOutputType, inputLength) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_secondaryInputPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, secondaryInputPtr) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_secondaryInputLength[(offsetof(Crypto_JobPrimitiveInputOutputType, secondaryInputLength) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_tertiaryInputPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, tertiaryInputPtr) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_tertiaryInputLength[(offsetof(Crypto_JobPrimitiveInputOutputType, tertiaryInputLength) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_outputPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, outputPtr) == PICK(48U, 48U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_outputLengthPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, outputLengthPtr) == PICK(56U, 56U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_secondaryOutputPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, secondaryOutputPtr) == PICK(64U, 64U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_secondaryOutputLengthPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, secondaryOutputLengthPtr) == PICK(72U, 72U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_verifyPtr[(offsetof(Crypto_JobPrimitiveInputOutputType, verifyPtr) == PICK(80U, 80U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_mode[(offsetof(Crypto_JobPrimitiveInputOutputType, mode) == PICK(88U, 88U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_cryIfKeyId[(offsetof(Crypto_JobPrimitiveInputOutputType, cryIfKeyId) == PICK(92U, 92U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobPrimitiveInputOutputType_targetCryIfKeyId[(offsetof(Crypto_JobPrimitiveInputOutputType, targetCryIfKeyId) == PICK(96U, 96U, 52U, 52U)) ? 1 : -1];

typedef uint8 Size_Crypto_JobRedirectionInfoType[(sizeof(Crypto_JobRedirectionInfoType) == PICK(44U, 44U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_redirectionConfig[(offsetof(Crypto_JobRedirectionInfoType, redirectionConfig) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_inputKeyId[(offsetof(Crypto_JobRedirectionInfoType, inputKeyId) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_inputKeyElementId[(offsetof(Crypto_JobRedirectionInfoType, inputKeyElementId) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_secondaryInputKeyId[(offsetof(Crypto_JobRedirectionInfoType, secondaryInputKeyId) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_secondaryInputKeyElementId[(offsetof(Crypto_JobRedirectionInfoType, secondaryInputKeyElementId) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_tertiaryInputKeyId[(offsetof(Crypto_JobRedirectionInfoType, tertiaryInputKeyId) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_tertiaryInputKeyElementId[(offsetof(Crypto_JobRedirectionInfoType, tertiaryInputKeyElementId) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_outputKeyId[(offsetof(Crypto_JobRedirectionInfoType, outputKeyId) == PICK(28U, 28U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_outputKeyElementId[(offsetof(Crypto_JobRedirectionInfoType, outputKeyElementId) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_secondaryOutputKeyId[(offsetof(Crypto_JobRedirectionInfoType, secondaryOutputKeyId) == PICK(36U, 36U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobRedirectionInfoType_secondaryOutputKeyElementId[(offsetof(Crypto_JobRedirectionInfoType, secondaryOutputKeyElementId) == PICK(40U, 40U, 40U, 40U)) ? 1 : -1];

typedef uint8 Size_Crypto_JobType[(sizeof(Crypto_JobType) == PICK(144U, 144U, 84U, 84U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobId[(offsetof(Crypto_JobType, jobId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobState[(offsetof(Crypto_JobType, jobState) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobPrimitiveInputOutput[(offsetof(Crypto_JobType, jobPrimitiveInputOutput) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobPrimitiveInfo[(offsetof(Crypto_JobType, jobPrimitiveInfo) == PICK(112U, 112U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobRedirectionInfoRef[(offsetof(Crypto_JobType, jobRedirectionInfoRef) == PICK(120U, 120U, 68U, 68U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_cryptoKeyId[(offsetof(Crypto_JobType, cryptoKeyId) == PICK(128U, 128U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_targetCryptoKeyId[(offsetof(Crypto_JobType, targetCryptoKeyId) == PICK(132U, 132U, 76U, 76U)) ? 1 : -1];
typedef uint8 Offset_Crypto_JobType_jobPriority[(offsetof(Crypto_JobType, jobPriority) == PICK(136U, 136U, 80U, 80U)) ? 1 : -1];

typedef uint8 Size_Csm_JobConfigType[(sizeof(Csm_JobConfigType) == PICK(40U, 40U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_jobPrimitiveInfo[(offsetof(Csm_JobConfigType, jobPrimitiveInfo) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_jobRedirectionInfoRef[(offsetof(Csm_JobConfigType, jobRedirectionInfoRef) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_callback[(offsetof(Csm_JobConfigType, callback) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_priority[(offsetof(Csm_JobConfigType, priority) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_queueId[(offsetof(Csm_JobConfigType, queueId) == PICK(28U, 28U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Csm_JobConfigType_callbackUpdateNotification[(offsetof(Csm_JobConfigType, callbackUpdateNotification) == PICK(32U, 32U, 20U, 20U)) ? 1 : -1];

typedef uint8 Size_Csm_QueueConfigType[(sizeof(Csm_QueueConfigType) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Csm_QueueConfigType_channelId[(offsetof(Csm_QueueConfigType, channelId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Csm_QueueConfigType_size[(offsetof(Csm_QueueConfigType, size) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Csm_QueueConfigType_firstSlot[(offsetof(Csm_QueueConfigType, firstSlot) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Csm_QueueConfigType_mainFunctionId[(offsetof(Csm_QueueConfigType, mainFunctionId) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];

typedef uint8 Size_Csm_JobRamType[(sizeof(Csm_JobRamType) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Size_Csm_QueueRamType[(sizeof(Csm_QueueRamType) == PICK(40U, 40U, 40U, 40U)) ? 1 : -1];
typedef uint8 Size_Csm_ConfigType[(sizeof(Csm_ConfigType) == PICK(112U, 112U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_magic[(offsetof(Csm_ConfigType, magic) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_configSize[(offsetof(Csm_ConfigType, configSize) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobConfigSize[(offsetof(Csm_ConfigType, jobConfigSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobSize[(offsetof(Csm_ConfigType, jobSize) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobCount[(offsetof(Csm_ConfigType, jobCount) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_queueCount[(offsetof(Csm_ConfigType, queueCount) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_keyCount[(offsetof(Csm_ConfigType, keyCount) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_mainFunctionCount[(offsetof(Csm_ConfigType, mainFunctionCount) == PICK(28U, 28U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_queueSlotCount[(offsetof(Csm_ConfigType, queueSlotCount) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobs[(offsetof(Csm_ConfigType, jobs) == PICK(40U, 40U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_queues[(offsetof(Csm_ConfigType, queues) == PICK(48U, 48U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_keys[(offsetof(Csm_ConfigType, keys) == PICK(56U, 56U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobRecords[(offsetof(Csm_ConfigType, jobRecords) == PICK(64U, 64U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_jobRam[(offsetof(Csm_ConfigType, jobRam) == PICK(72U, 72U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_queueRam[(offsetof(Csm_ConfigType, queueRam) == PICK(80U, 80U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_queueSlots[(offsetof(Csm_ConfigType, queueSlots) == PICK(88U, 88U, 60U, 60U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_devErrorDetect[(offsetof(Csm_ConfigType, devErrorDetect) == PICK(96U, 96U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_macLengthInBytes[(offsetof(Csm_ConfigType, macLengthInBytes) == PICK(97U, 97U, 65U, 65U)) ? 1 : -1];
typedef uint8 Offset_Csm_ConfigType_abi[(offsetof(Csm_ConfigType, abi) == PICK(104U, 104U, 68U, 68U)) ? 1 : -1];

typedef uint8 Size_CryIf_DriverType[(sizeof(CryIf_DriverType) == PICK(128U, 128U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_processJob[(offsetof(CryIf_DriverType, processJob) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_cancelJob[(offsetof(CryIf_DriverType, cancelJob) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyElementSet[(offsetof(CryIf_DriverType, keyElementSet) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyElementGet[(offsetof(CryIf_DriverType, keyElementGet) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keySetValid[(offsetof(CryIf_DriverType, keySetValid) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keySetInvalid[(offsetof(CryIf_DriverType, keySetInvalid) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyGetStatus[(offsetof(CryIf_DriverType, keyGetStatus) == PICK(48U, 48U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyElementCopy[(offsetof(CryIf_DriverType, keyElementCopy) == PICK(56U, 56U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyElementCopyPartial[(offsetof(CryIf_DriverType, keyElementCopyPartial) == PICK(64U, 64U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyCopy[(offsetof(CryIf_DriverType, keyCopy) == PICK(72U, 72U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_randomSeed[(offsetof(CryIf_DriverType, randomSeed) == PICK(80U, 80U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyGenerate[(offsetof(CryIf_DriverType, keyGenerate) == PICK(88U, 88U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyDerive[(offsetof(CryIf_DriverType, keyDerive) == PICK(96U, 96U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyExchangeCalcPubVal[(offsetof(CryIf_DriverType, keyExchangeCalcPubVal) == PICK(104U, 104U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_keyExchangeCalcSecret[(offsetof(CryIf_DriverType, keyExchangeCalcSecret) == PICK(112U, 112U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_CryIf_DriverType_customSync[(offsetof(CryIf_DriverType, customSync) == PICK(120U, 120U, 60U, 60U)) ? 1 : -1];

typedef uint8 Size_CryIf_ChannelConfigType[(sizeof(CryIf_ChannelConfigType) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ChannelConfigType_driver[(offsetof(CryIf_ChannelConfigType, driver) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ChannelConfigType_objectId[(offsetof(CryIf_ChannelConfigType, objectId) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];

typedef uint8 Size_CryIf_KeyConfigType[(sizeof(CryIf_KeyConfigType) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryIf_KeyConfigType_driver[(offsetof(CryIf_KeyConfigType, driver) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryIf_KeyConfigType_cryptoKeyId[(offsetof(CryIf_KeyConfigType, cryptoKeyId) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];

typedef uint8 Size_CryIf_ConfigType[(sizeof(CryIf_ConfigType) == PICK(56U, 56U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_magic[(offsetof(CryIf_ConfigType, magic) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_configSize[(offsetof(CryIf_ConfigType, configSize) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_driverSize[(offsetof(CryIf_ConfigType, driverSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_channelCount[(offsetof(CryIf_ConfigType, channelCount) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_keyCount[(offsetof(CryIf_ConfigType, keyCount) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_channels[(offsetof(CryIf_ConfigType, channels) == PICK(24U, 24U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_keys[(offsetof(CryIf_ConfigType, keys) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_devErrorDetect[(offsetof(CryIf_ConfigType, devErrorDetect) == PICK(40U, 40U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryIf_ConfigType_abi[(offsetof(CryIf_ConfigType, abi) == PICK(48U, 48U, 32U, 32U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_KeyElementConfigType[(sizeof(CryptoSoft_KeyElementConfigType) == PICK(40U, 40U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_keyElementId[(offsetof(CryptoSoft_KeyElementConfigType, keyElementId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_size[(offsetof(CryptoSoft_KeyElementConfigType, size) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_offset[(offsetof(CryptoSoft_KeyElementConfigType, offset) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_initValue[(offsetof(CryptoSoft_KeyElementConfigType, initValue) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_initLength[(offsetof(CryptoSoft_KeyElementConfigType, initLength) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_format[(offsetof(CryptoSoft_KeyElementConfigType, format) == PICK(28U, 28U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_readAccess[(offsetof(CryptoSoft_KeyElementConfigType, readAccess) == PICK(29U, 29U, 21U, 21U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_writeAccess[(offsetof(CryptoSoft_KeyElementConfigType, writeAccess) == PICK(30U, 30U, 22U, 22U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_allowPartialAccess[(offsetof(CryptoSoft_KeyElementConfigType, allowPartialAccess) == PICK(31U, 31U, 23U, 23U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyElementConfigType_persist[(offsetof(CryptoSoft_KeyElementConfigType, persist) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_KeyConfigType[(sizeof(CryptoSoft_KeyConfigType) == PICK(64U, 64U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_elements[(offsetof(CryptoSoft_KeyConfigType, elements) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_elementCount[(offsetof(CryptoSoft_KeyConfigType, elementCount) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_data[(offsetof(CryptoSoft_KeyConfigType, data) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_dataSize[(offsetof(CryptoSoft_KeyConfigType, dataSize) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_elementLengths[(offsetof(CryptoSoft_KeyConfigType, elementLengths) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_preparedForm[(offsetof(CryptoSoft_KeyConfigType, preparedForm) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_usages[(offsetof(CryptoSoft_KeyConfigType, usages) == PICK(48U, 48U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_usageCount[(offsetof(CryptoSoft_KeyConfigType, usageCount) == PICK(56U, 56U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_KeyConfigType_nvBlock[(offsetof(CryptoSoft_KeyConfigType, nvBlock) == PICK(60U, 60U, 32U, 32U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_NvBlockConfigType[(sizeof(CryptoSoft_NvBlockConfigType) == PICK(32U, 32U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_keyId[(offsetof(CryptoSoft_NvBlockConfigType, keyId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_record[(offsetof(CryptoSoft_NvBlockConfigType, record) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_recordSize[(offsetof(CryptoSoft_NvBlockConfigType, recordSize) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_nvmBlockId[(offsetof(CryptoSoft_NvBlockConfigType, nvmBlockId) == PICK(20U, 20U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_processing[(offsetof(CryptoSoft_NvBlockConfigType, processing) == PICK(22U, 22U, 14U, 14U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_failedRetries[(offsetof(CryptoSoft_NvBlockConfigType, failedRetries) == PICK(23U, 23U, 15U, 15U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvBlockConfigType_useSyncMechanism[(offsetof(CryptoSoft_NvBlockConfigType, useSyncMechanism) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_NvMType[(sizeof(CryptoSoft_NvMType) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvMType_setDataIndex[(offsetof(CryptoSoft_NvMType, setDataIndex) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvMType_readBlock[(offsetof(CryptoSoft_NvMType, readBlock) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvMType_writeBlock[(offsetof(CryptoSoft_NvMType, writeBlock) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvMType_getErrorStatus[(offsetof(CryptoSoft_NvMType, getErrorStatus) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_NvMType_deviceKey[(offsetof(CryptoSoft_NvMType, deviceKey) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_NvBlockRamType[(sizeof(CryptoSoft_NvBlockRamType) == PICK(128U, 128U, 128U, 128U)) ? 1 : -1];
typedef uint8 Size_CryptoSoft_PrimitiveConfigType[(sizeof(CryptoSoft_PrimitiveConfigType) == PICK(4U, 16U, 4U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_PrimitiveConfigType_service[(offsetof(CryptoSoft_PrimitiveConfigType, service) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_PrimitiveConfigType_family[(offsetof(CryptoSoft_PrimitiveConfigType, family) == PICK(1U, 4U, 1U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_PrimitiveConfigType_mode[(offsetof(CryptoSoft_PrimitiveConfigType, mode) == PICK(2U, 8U, 2U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_PrimitiveConfigType_secondaryFamily[(offsetof(CryptoSoft_PrimitiveConfigType, secondaryFamily) == PICK(3U, 12U, 3U, 12U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_ObjectConfigType[(sizeof(CryptoSoft_ObjectConfigType) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_ObjectConfigType_primitives[(offsetof(CryptoSoft_ObjectConfigType, primitives) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_ObjectConfigType_primitiveCount[(offsetof(CryptoSoft_ObjectConfigType, primitiveCount) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_ObjectConfigType_queueSize[(offsetof(CryptoSoft_ObjectConfigType, queueSize) == PICK(12U, 12U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_ObjectConfigType_firstSlot[(offsetof(CryptoSoft_ObjectConfigType, firstSlot) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_KeyRamType[(sizeof(CryptoSoft_KeyRamType) == PICK(1600U, 1600U, 552U, 552U)) ? 1 : -1];
typedef uint8 Size_CryptoSoft_ObjectRamType[(sizeof(CryptoSoft_ObjectRamType) == PICK(1536U, 1536U, 880U, 880U)) ? 1 : -1];
typedef uint8 Size_CryptoSoft_SlotRamType[(sizeof(CryptoSoft_SlotRamType) == PICK(160U, 160U, 96U, 96U)) ? 1 : -1];
typedef uint8 Size_CryptoSoft_InstanceType[(sizeof(CryptoSoft_InstanceType) == PICK(128U, 128U, 80U, 80U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_magic[(offsetof(CryptoSoft_InstanceType, magic) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_instanceSize[(offsetof(CryptoSoft_InstanceType, instanceSize) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_keyRamSize[(offsetof(CryptoSoft_InstanceType, keyRamSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_objectRamSize[(offsetof(CryptoSoft_InstanceType, objectRamSize) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_instanceId[(offsetof(CryptoSoft_InstanceType, instanceId) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_objectCount[(offsetof(CryptoSoft_InstanceType, objectCount) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_keyCount[(offsetof(CryptoSoft_InstanceType, keyCount) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_slotCount[(offsetof(CryptoSoft_InstanceType, slotCount) == PICK(28U, 28U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_objects[(offsetof(CryptoSoft_InstanceType, objects) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_keys[(offsetof(CryptoSoft_InstanceType, keys) == PICK(40U, 40U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_ram[(offsetof(CryptoSoft_InstanceType, ram) == PICK(48U, 48U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_objectRam[(offsetof(CryptoSoft_InstanceType, objectRam) == PICK(56U, 56U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_keyRam[(offsetof(CryptoSoft_InstanceType, keyRam) == PICK(64U, 64U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_queueRam[(offsetof(CryptoSoft_InstanceType, queueRam) == PICK(72U, 72U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_nvBlockCount[(offsetof(CryptoSoft_InstanceType, nvBlockCount) == PICK(80U, 80U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_nvBlocks[(offsetof(CryptoSoft_InstanceType, nvBlocks) == PICK(88U, 88U, 60U, 60U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_nvBlockRam[(offsetof(CryptoSoft_InstanceType, nvBlockRam) == PICK(96U, 96U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_nvM[(offsetof(CryptoSoft_InstanceType, nvM) == PICK(104U, 104U, 68U, 68U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_devErrorDetect[(offsetof(CryptoSoft_InstanceType, devErrorDetect) == PICK(112U, 112U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_tolerateEmptyInput[(offsetof(CryptoSoft_InstanceType, tolerateEmptyInput) == PICK(113U, 113U, 73U, 73U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_macLengthInBytes[(offsetof(CryptoSoft_InstanceType, macLengthInBytes) == PICK(114U, 114U, 74U, 74U)) ? 1 : -1];
typedef uint8 Offset_CryptoSoft_InstanceType_abi[(offsetof(CryptoSoft_InstanceType, abi) == PICK(120U, 120U, 76U, 76U)) ? 1 : -1];

typedef uint8 Size_CryptoSoft_InstanceRamType[(sizeof(CryptoSoft_InstanceRamType) == PICK(80U, 80U, 80U, 80U)) ? 1 : -1];
typedef uint8 Size_Crypto_ConfigType[(sizeof(Crypto_ConfigType) == PICK(1U, 1U, 1U, 1U)) ? 1 : -1];
typedef uint8 Offset_Crypto_ConfigType_unused[(offsetof(Crypto_ConfigType, unused) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_SlotConfigType[(sizeof(CryptoHsm_SlotConfigType) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_SlotConfigType_policyKind[(offsetof(CryptoHsm_SlotConfigType, policyKind) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_SlotConfigType_policyUsage[(offsetof(CryptoHsm_SlotConfigType, policyUsage) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_SlotConfigType_number[(offsetof(CryptoHsm_SlotConfigType, number) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_KeyElementConfigType[(sizeof(CryptoHsm_KeyElementConfigType) == PICK(40U, 40U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_keyElementId[(offsetof(CryptoHsm_KeyElementConfigType, keyElementId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_size[(offsetof(CryptoHsm_KeyElementConfigType, size) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_offset[(offsetof(CryptoHsm_KeyElementConfigType, offset) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_initValue[(offsetof(CryptoHsm_KeyElementConfigType, initValue) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_initLength[(offsetof(CryptoHsm_KeyElementConfigType, initLength) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_slot[(offsetof(CryptoHsm_KeyElementConfigType, slot) == PICK(28U, 28U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_storage[(offsetof(CryptoHsm_KeyElementConfigType, storage) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_readAccess[(offsetof(CryptoHsm_KeyElementConfigType, readAccess) == PICK(33U, 33U, 25U, 25U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_writeAccess[(offsetof(CryptoHsm_KeyElementConfigType, writeAccess) == PICK(34U, 34U, 26U, 26U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyElementConfigType_allowPartialAccess[(offsetof(CryptoHsm_KeyElementConfigType, allowPartialAccess) == PICK(35U, 35U, 27U, 27U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_KeyConfigType[(sizeof(CryptoHsm_KeyConfigType) == PICK(56U, 56U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_elements[(offsetof(CryptoHsm_KeyConfigType, elements) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_elementCount[(offsetof(CryptoHsm_KeyConfigType, elementCount) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_data[(offsetof(CryptoHsm_KeyConfigType, data) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_dataSize[(offsetof(CryptoHsm_KeyConfigType, dataSize) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_elementLengths[(offsetof(CryptoHsm_KeyConfigType, elementLengths) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_usages[(offsetof(CryptoHsm_KeyConfigType, usages) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_KeyConfigType_usageCount[(offsetof(CryptoHsm_KeyConfigType, usageCount) == PICK(48U, 48U, 24U, 24U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_ObjectConfigType[(sizeof(CryptoHsm_ObjectConfigType) == PICK(32U, 32U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_primitives[(offsetof(CryptoHsm_ObjectConfigType, primitives) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_primitiveCount[(offsetof(CryptoHsm_ObjectConfigType, primitiveCount) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_queueSize[(offsetof(CryptoHsm_ObjectConfigType, queueSize) == PICK(12U, 12U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_firstQueueSlot[(offsetof(CryptoHsm_ObjectConfigType, firstQueueSlot) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_firstWork[(offsetof(CryptoHsm_ObjectConfigType, firstWork) == PICK(20U, 20U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_workCount[(offsetof(CryptoHsm_ObjectConfigType, workCount) == PICK(24U, 24U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_ObjectConfigType_channel[(offsetof(CryptoHsm_ObjectConfigType, channel) == PICK(28U, 28U, 24U, 24U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_TransportType[(sizeof(CryptoHsm_TransportType) == PICK(80U, 80U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_context[(offsetof(CryptoHsm_TransportType, context) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_region[(offsetof(CryptoHsm_TransportType, region) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_regionLength[(offsetof(CryptoHsm_TransportType, regionLength) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_busAddress[(offsetof(CryptoHsm_TransportType, busAddress) == PICK(20U, 20U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_hostStatusSet[(offsetof(CryptoHsm_TransportType, hostStatusSet) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_hsmStatusGet[(offsetof(CryptoHsm_TransportType, hsmStatusGet) == PICK(32U, 32U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_ringDoorbell[(offsetof(CryptoHsm_TransportType, ringDoorbell) == PICK(40U, 40U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_translate[(offsetof(CryptoHsm_TransportType, translate) == PICK(48U, 48U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_barrier[(offsetof(CryptoHsm_TransportType, barrier) == PICK(56U, 56U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_now[(offsetof(CryptoHsm_TransportType, now) == PICK(64U, 64U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TransportType_wait[(offsetof(CryptoHsm_TransportType, wait) == PICK(72U, 72U, 40U, 40U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_TimeoutsType[(sizeof(CryptoHsm_TimeoutsType) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TimeoutsType_connect[(offsetof(CryptoHsm_TimeoutsType, connect) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TimeoutsType_fast[(offsetof(CryptoHsm_TimeoutsType, fast) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TimeoutsType_slow[(offsetof(CryptoHsm_TimeoutsType, slow) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_TimeoutsType_synchronous[(offsetof(CryptoHsm_TimeoutsType, synchronous) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_StatusType[(sizeof(CryptoHsm_StatusType) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_firmware[(offsetof(CryptoHsm_StatusType, firmware) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_features[(offsetof(CryptoHsm_StatusType, features) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_slots[(offsetof(CryptoHsm_StatusType, slots) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_contexts[(offsetof(CryptoHsm_StatusType, contexts) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_piece[(offsetof(CryptoHsm_StatusType, piece) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_lifecycle[(offsetof(CryptoHsm_StatusType, lifecycle) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_tampered[(offsetof(CryptoHsm_StatusType, tampered) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_StatusType_notes[(offsetof(CryptoHsm_StatusType, notes) == PICK(28U, 28U, 28U, 28U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_EventType[(sizeof(CryptoHsm_EventType) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_EventType_number[(offsetof(CryptoHsm_EventType, number) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_EventType_code[(offsetof(CryptoHsm_EventType, code) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_EventType_argument[(offsetof(CryptoHsm_EventType, argument) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];

typedef uint8 Size_CryptoHsm_KeyRamType[(sizeof(CryptoHsm_KeyRamType) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Size_CryptoHsm_ObjectRamType[(sizeof(CryptoHsm_ObjectRamType) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Size_CryptoHsm_WorkRamType[(sizeof(CryptoHsm_WorkRamType) == PICK(448U, 448U, 384U, 384U)) ? 1 : -1];
typedef uint8 Size_CryptoHsm_InstanceRamType[(sizeof(CryptoHsm_InstanceRamType) == PICK(640U, 640U, 640U, 640U)) ? 1 : -1];
typedef uint8 Size_CryptoHsm_InstanceType[(sizeof(CryptoHsm_InstanceType) == PICK(152U, 152U, 108U, 108U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_magic[(offsetof(CryptoHsm_InstanceType, magic) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_instanceSize[(offsetof(CryptoHsm_InstanceType, instanceSize) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_workRamSize[(offsetof(CryptoHsm_InstanceType, workRamSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_instanceRamSize[(offsetof(CryptoHsm_InstanceType, instanceRamSize) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_instanceId[(offsetof(CryptoHsm_InstanceType, instanceId) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_objectCount[(offsetof(CryptoHsm_InstanceType, objectCount) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_keyCount[(offsetof(CryptoHsm_InstanceType, keyCount) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_slotCount[(offsetof(CryptoHsm_InstanceType, slotCount) == PICK(28U, 28U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_queueSlotCount[(offsetof(CryptoHsm_InstanceType, queueSlotCount) == PICK(32U, 32U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_workCount[(offsetof(CryptoHsm_InstanceType, workCount) == PICK(36U, 36U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_objects[(offsetof(CryptoHsm_InstanceType, objects) == PICK(40U, 40U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_keys[(offsetof(CryptoHsm_InstanceType, keys) == PICK(48U, 48U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_slots[(offsetof(CryptoHsm_InstanceType, slots) == PICK(56U, 56U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_ram[(offsetof(CryptoHsm_InstanceType, ram) == PICK(64U, 64U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_objectRam[(offsetof(CryptoHsm_InstanceType, objectRam) == PICK(72U, 72U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_keyRam[(offsetof(CryptoHsm_InstanceType, keyRam) == PICK(80U, 80U, 60U, 60U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_queueRam[(offsetof(CryptoHsm_InstanceType, queueRam) == PICK(88U, 88U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_workRam[(offsetof(CryptoHsm_InstanceType, workRam) == PICK(96U, 96U, 68U, 68U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_transport[(offsetof(CryptoHsm_InstanceType, transport) == PICK(104U, 104U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_timeouts[(offsetof(CryptoHsm_InstanceType, timeouts) == PICK(112U, 112U, 76U, 76U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_bounceOffset[(offsetof(CryptoHsm_InstanceType, bounceOffset) == PICK(128U, 128U, 92U, 92U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_bounceSize[(offsetof(CryptoHsm_InstanceType, bounceSize) == PICK(132U, 132U, 96U, 96U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_serviceChannel[(offsetof(CryptoHsm_InstanceType, serviceChannel) == PICK(136U, 136U, 100U, 100U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_devErrorDetect[(offsetof(CryptoHsm_InstanceType, devErrorDetect) == PICK(137U, 137U, 101U, 101U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_tolerateEmptyInput[(offsetof(CryptoHsm_InstanceType, tolerateEmptyInput) == PICK(138U, 138U, 102U, 102U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_macLengthInBytes[(offsetof(CryptoHsm_InstanceType, macLengthInBytes) == PICK(139U, 139U, 103U, 103U)) ? 1 : -1];
typedef uint8 Offset_CryptoHsm_InstanceType_abi[(offsetof(CryptoHsm_InstanceType, abi) == PICK(144U, 144U, 104U, 104U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertDataType[(sizeof(KeyM_CertDataType) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertDataType_certDataLength[(offsetof(KeyM_CertDataType, certDataLength) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertDataType_certData[(offsetof(KeyM_CertDataType, certData) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertElementIteratorType[(sizeof(KeyM_CertElementIteratorType) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementIteratorType_certId[(offsetof(KeyM_CertElementIteratorType, certId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementIteratorType_certElementId[(offsetof(KeyM_CertElementIteratorType, certElementId) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementIteratorType_next[(offsetof(KeyM_CertElementIteratorType, next) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementIteratorType_check[(offsetof(KeyM_CertElementIteratorType, check) == PICK(6U, 6U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementIteratorType_generation[(offsetof(KeyM_CertElementIteratorType, generation) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];

typedef uint8 Size_KeyM_V2g_InfoType[(sizeof(KeyM_V2g_InfoType) == PICK(20U, 20U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_role[(offsetof(KeyM_V2g_InfoType, role) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_profile[(offsetof(KeyM_V2g_InfoType, profile) == PICK(1U, 1U, 1U, 1U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_status[(offsetof(KeyM_V2g_InfoType, status) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_state[(offsetof(KeyM_V2g_InfoType, state) == PICK(3U, 3U, 3U, 3U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_ocspDue[(offsetof(KeyM_V2g_InfoType, ocspDue) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_requestPending[(offsetof(KeyM_V2g_InfoType, requestPending) == PICK(5U, 5U, 5U, 5U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_notBeforeHi[(offsetof(KeyM_V2g_InfoType, notBeforeHi) == PICK(6U, 6U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_notBefore[(offsetof(KeyM_V2g_InfoType, notBefore) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_notAfter[(offsetof(KeyM_V2g_InfoType, notAfter) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_V2g_InfoType_notAfterHi[(offsetof(KeyM_V2g_InfoType, notAfterHi) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertElementConfigType[(sizeof(KeyM_CertElementConfigType) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_elementId[(offsetof(KeyM_CertElementConfigType, elementId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_maxLength[(offsetof(KeyM_CertElementConfigType, maxLength) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_structure[(offsetof(KeyM_CertElementConfigType, structure) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_objectType[(offsetof(KeyM_CertElementConfigType, objectType) == PICK(5U, 5U, 5U, 5U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_hasIteration[(offsetof(KeyM_CertElementConfigType, hasIteration) == PICK(6U, 6U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_objectIdLength[(offsetof(KeyM_CertElementConfigType, objectIdLength) == PICK(7U, 7U, 7U, 7U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertElementConfigType_objectId[(offsetof(KeyM_CertElementConfigType, objectId) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];

typedef uint8 Size_KeyM_ConditionArrayElementType[(sizeof(KeyM_ConditionArrayElementType) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConditionArrayElementType_index[(offsetof(KeyM_ConditionArrayElementType, index) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConditionArrayElementType_value[(offsetof(KeyM_ConditionArrayElementType, value) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertConditionConfigType[(sizeof(KeyM_CertConditionConfigType) == PICK(40U, 40U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_certificateId[(offsetof(KeyM_CertConditionConfigType, certificateId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_elementId[(offsetof(KeyM_CertConditionConfigType, elementId) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_conditionType[(offsetof(KeyM_CertConditionConfigType, conditionType) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_valueKind[(offsetof(KeyM_CertConditionConfigType, valueKind) == PICK(5U, 5U, 5U, 5U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_arrayElementCount[(offsetof(KeyM_CertConditionConfigType, arrayElementCount) == PICK(6U, 6U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_valueHigh[(offsetof(KeyM_CertConditionConfigType, valueHigh) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_valueLow[(offsetof(KeyM_CertConditionConfigType, valueLow) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_arrayElements[(offsetof(KeyM_CertConditionConfigType, arrayElements) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_otherCertificateId[(offsetof(KeyM_CertConditionConfigType, otherCertificateId) == PICK(24U, 24U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_otherElementId[(offsetof(KeyM_CertConditionConfigType, otherElementId) == PICK(26U, 26U, 22U, 22U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertConditionConfigType_readPort[(offsetof(KeyM_CertConditionConfigType, readPort) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];

typedef uint8 Size_KeyM_RuleArgumentType[(sizeof(KeyM_RuleArgumentType) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_RuleArgumentType_kind[(offsetof(KeyM_RuleArgumentType, kind) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_RuleArgumentType_index[(offsetof(KeyM_RuleArgumentType, index) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertRuleConfigType[(sizeof(KeyM_CertRuleConfigType) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertRuleConfigType_arguments[(offsetof(KeyM_CertRuleConfigType, arguments) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertRuleConfigType_argumentCount[(offsetof(KeyM_CertRuleConfigType, argumentCount) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertRuleConfigType_logicalOperator[(offsetof(KeyM_CertRuleConfigType, logicalOperator) == PICK(10U, 10U, 6U, 6U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertificateConfigType[(sizeof(KeyM_CertificateConfigType) == PICK(128U, 128U, 84U, 84U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_name[(offsetof(KeyM_CertificateConfigType, name) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_nameLength[(offsetof(KeyM_CertificateConfigType, nameLength) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_upperCertificateId[(offsetof(KeyM_CertificateConfigType, upperCertificateId) == PICK(10U, 10U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_maxLength[(offsetof(KeyM_CertificateConfigType, maxLength) == PICK(12U, 12U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_buffer[(offsetof(KeyM_CertificateConfigType, buffer) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_algorithm[(offsetof(KeyM_CertificateConfigType, algorithm) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_format[(offsetof(KeyM_CertificateConfigType, format) == PICK(25U, 25U, 17U, 17U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_storage[(offsetof(KeyM_CertificateConfigType, storage) == PICK(26U, 26U, 18U, 18U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_role[(offsetof(KeyM_CertificateConfigType, role) == PICK(27U, 27U, 19U, 19U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_profile[(offsetof(KeyM_CertificateConfigType, profile) == PICK(28U, 28U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_timeBase[(offsetof(KeyM_CertificateConfigType, timeBase) == PICK(30U, 30U, 22U, 22U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_verifyJobId[(offsetof(KeyM_CertificateConfigType, verifyJobId) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_verifyKeyId[(offsetof(KeyM_CertificateConfigType, verifyKeyId) == PICK(36U, 36U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_generateJobId[(offsetof(KeyM_CertificateConfigType, generateJobId) == PICK(40U, 40U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_targetKeyId[(offsetof(KeyM_CertificateConfigType, targetKeyId) == PICK(44U, 44U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_targetKeyElementId[(offsetof(KeyM_CertificateConfigType, targetKeyElementId) == PICK(48U, 48U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_privateKeyId[(offsetof(KeyM_CertificateConfigType, privateKeyId) == PICK(52U, 52U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_nvmBlock[(offsetof(KeyM_CertificateConfigType, nvmBlock) == PICK(54U, 54U, 46U, 46U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_elements[(offsetof(KeyM_CertificateConfigType, elements) == PICK(56U, 56U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_rules[(offsetof(KeyM_CertificateConfigType, rules) == PICK(64U, 64U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_elementCount[(offsetof(KeyM_CertificateConfigType, elementCount) == PICK(72U, 72U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_ruleCount[(offsetof(KeyM_CertificateConfigType, ruleCount) == PICK(74U, 74U, 58U, 58U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_verifyCallback[(offsetof(KeyM_CertificateConfigType, verifyCallback) == PICK(80U, 80U, 60U, 60U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_serviceCallback[(offsetof(KeyM_CertificateConfigType, serviceCallback) == PICK(88U, 88U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_ocspBuffer[(offsetof(KeyM_CertificateConfigType, ocspBuffer) == PICK(96U, 96U, 68U, 68U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_ocspMaxLength[(offsetof(KeyM_CertificateConfigType, ocspMaxLength) == PICK(104U, 104U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_csrTemplate[(offsetof(KeyM_CertificateConfigType, csrTemplate) == PICK(112U, 112U, 76U, 76U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_csrTemplateLength[(offsetof(KeyM_CertificateConfigType, csrTemplateLength) == PICK(120U, 120U, 80U, 80U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CertificateConfigType_csrSignature[(offsetof(KeyM_CertificateConfigType, csrSignature) == PICK(122U, 122U, 82U, 82U)) ? 1 : -1];

typedef uint8 Size_KeyM_CryptoKeyConfigType[(sizeof(KeyM_CryptoKeyConfigType) == PICK(64U, 64U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_name[(offsetof(KeyM_CryptoKeyConfigType, name) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_nameLength[(offsetof(KeyM_CryptoKeyConfigType, nameLength) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_maxLength[(offsetof(KeyM_CryptoKeyConfigType, maxLength) == PICK(10U, 10U, 6U, 6U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_generationType[(offsetof(KeyM_CryptoKeyConfigType, generationType) == PICK(12U, 12U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_storage[(offsetof(KeyM_CryptoKeyConfigType, storage) == PICK(13U, 13U, 9U, 9U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_verifyJobType[(offsetof(KeyM_CryptoKeyConfigType, verifyJobType) == PICK(14U, 14U, 10U, 10U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_cryptoPropsLength[(offsetof(KeyM_CryptoKeyConfigType, cryptoPropsLength) == PICK(15U, 15U, 11U, 11U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_generationInfo[(offsetof(KeyM_CryptoKeyConfigType, generationInfo) == PICK(16U, 16U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_generationInfoLength[(offsetof(KeyM_CryptoKeyConfigType, generationInfoLength) == PICK(24U, 24U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_nvmBlock[(offsetof(KeyM_CryptoKeyConfigType, nvmBlock) == PICK(26U, 26U, 18U, 18U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_cryptoProps[(offsetof(KeyM_CryptoKeyConfigType, cryptoProps) == PICK(32U, 32U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_targetKeyId[(offsetof(KeyM_CryptoKeyConfigType, targetKeyId) == PICK(40U, 40U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_sourceDeriveKeyId[(offsetof(KeyM_CryptoKeyConfigType, sourceDeriveKeyId) == PICK(44U, 44U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_verifyJobId[(offsetof(KeyM_CryptoKeyConfigType, verifyJobId) == PICK(48U, 48U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_KeyM_CryptoKeyConfigType_buffer[(offsetof(KeyM_CryptoKeyConfigType, buffer) == PICK(56U, 56U, 36U, 36U)) ? 1 : -1];

typedef uint8 Size_KeyM_NvmBlockConfigType[(sizeof(KeyM_NvmBlockConfigType) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvmBlockConfigType_nvmBlockId[(offsetof(KeyM_NvmBlockConfigType, nvmBlockId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvmBlockConfigType_keepsTimeFloor[(offsetof(KeyM_NvmBlockConfigType, keepsTimeFloor) == PICK(2U, 2U, 2U, 2U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvmBlockConfigType_writeDelay[(offsetof(KeyM_NvmBlockConfigType, writeDelay) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvmBlockConfigType_recordSize[(offsetof(KeyM_NvmBlockConfigType, recordSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];

typedef uint8 Size_KeyM_KeyPoolConfigType[(sizeof(KeyM_KeyPoolConfigType) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyPoolConfigType_keyId[(offsetof(KeyM_KeyPoolConfigType, keyId) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyPoolConfigType_verifyJobId[(offsetof(KeyM_KeyPoolConfigType, verifyJobId) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyPoolConfigType_keyAlgorithm[(offsetof(KeyM_KeyPoolConfigType, keyAlgorithm) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyPoolConfigType_signatureAlgorithm[(offsetof(KeyM_KeyPoolConfigType, signatureAlgorithm) == PICK(9U, 9U, 9U, 9U)) ? 1 : -1];

typedef uint8 Size_KeyM_NvMType[(sizeof(KeyM_NvMType) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvMType_setDataIndex[(offsetof(KeyM_NvMType, setDataIndex) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvMType_readBlock[(offsetof(KeyM_NvMType, readBlock) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvMType_writeBlock[(offsetof(KeyM_NvMType, writeBlock) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_NvMType_getErrorStatus[(offsetof(KeyM_NvMType, getErrorStatus) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];

typedef uint8 Size_KeyM_KeyHandlerType[(sizeof(KeyM_KeyHandlerType) == PICK(48U, 48U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_start[(offsetof(KeyM_KeyHandlerType, start) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_prepare[(offsetof(KeyM_KeyHandlerType, prepare) == PICK(8U, 8U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_update[(offsetof(KeyM_KeyHandlerType, update) == PICK(16U, 16U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_finalize[(offsetof(KeyM_KeyHandlerType, finalize) == PICK(24U, 24U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_verify[(offsetof(KeyM_KeyHandlerType, verify) == PICK(32U, 32U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_KeyHandlerType_serviceCertificate[(offsetof(KeyM_KeyHandlerType, serviceCertificate) == PICK(40U, 40U, 20U, 20U)) ? 1 : -1];

typedef uint8 Size_KeyM_CertificateRamType[(sizeof(KeyM_CertificateRamType) == PICK(24U, 24U, 24U, 24U)) ? 1 : -1];
typedef uint8 Size_KeyM_CryptoKeyRamType[(sizeof(KeyM_CryptoKeyRamType) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Size_KeyM_NvmBlockRamType[(sizeof(KeyM_NvmBlockRamType) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Size_KeyM_EngineRamType[(sizeof(KeyM_EngineRamType) == PICK(12800U, 12800U, 8400U, 8400U)) ? 1 : -1];
typedef uint8 Size_KeyM_ConfigType[(sizeof(KeyM_ConfigType) == PICK(288U, 288U, 196U, 196U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_magic[(offsetof(KeyM_ConfigType, magic) == PICK(0U, 0U, 0U, 0U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_configSize[(offsetof(KeyM_ConfigType, configSize) == PICK(4U, 4U, 4U, 4U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificateConfigSize[(offsetof(KeyM_ConfigType, certificateConfigSize) == PICK(8U, 8U, 8U, 8U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_engineRamSize[(offsetof(KeyM_ConfigType, engineRamSize) == PICK(12U, 12U, 12U, 12U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificates[(offsetof(KeyM_ConfigType, certificates) == PICK(16U, 16U, 16U, 16U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_cryptoKeys[(offsetof(KeyM_ConfigType, cryptoKeys) == PICK(24U, 24U, 20U, 20U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvmBlocks[(offsetof(KeyM_ConfigType, nvmBlocks) == PICK(32U, 32U, 24U, 24U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_rules[(offsetof(KeyM_ConfigType, rules) == PICK(40U, 40U, 28U, 28U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_conditions[(offsetof(KeyM_ConfigType, conditions) == PICK(48U, 48U, 32U, 32U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyPool[(offsetof(KeyM_ConfigType, keyPool) == PICK(56U, 56U, 36U, 36U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificateRam[(offsetof(KeyM_ConfigType, certificateRam) == PICK(64U, 64U, 40U, 40U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_cryptoKeyRam[(offsetof(KeyM_ConfigType, cryptoKeyRam) == PICK(72U, 72U, 44U, 44U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvmBlockRam[(offsetof(KeyM_ConfigType, nvmBlockRam) == PICK(80U, 80U, 48U, 48U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_engineRam[(offsetof(KeyM_ConfigType, engineRam) == PICK(88U, 88U, 52U, 52U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvmRecord[(offsetof(KeyM_ConfigType, nvmRecord) == PICK(96U, 96U, 56U, 56U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_requestBuffer[(offsetof(KeyM_ConfigType, requestBuffer) == PICK(104U, 104U, 60U, 60U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_chainBuffer[(offsetof(KeyM_ConfigType, chainBuffer) == PICK(112U, 112U, 64U, 64U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvmRecordSize[(offsetof(KeyM_ConfigType, nvmRecordSize) == PICK(120U, 120U, 68U, 68U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_requestBufferSize[(offsetof(KeyM_ConfigType, requestBufferSize) == PICK(124U, 124U, 72U, 72U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_chainBufferSize[(offsetof(KeyM_ConfigType, chainBufferSize) == PICK(128U, 128U, 76U, 76U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_asyncJobs[(offsetof(KeyM_ConfigType, asyncJobs) == PICK(136U, 136U, 80U, 80U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_asyncJobCount[(offsetof(KeyM_ConfigType, asyncJobCount) == PICK(144U, 144U, 84U, 84U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificateCount[(offsetof(KeyM_ConfigType, certificateCount) == PICK(146U, 146U, 86U, 86U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_cryptoKeyCount[(offsetof(KeyM_ConfigType, cryptoKeyCount) == PICK(148U, 148U, 88U, 88U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvmBlockCount[(offsetof(KeyM_ConfigType, nvmBlockCount) == PICK(150U, 150U, 90U, 90U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_ruleCount[(offsetof(KeyM_ConfigType, ruleCount) == PICK(152U, 152U, 92U, 92U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_conditionCount[(offsetof(KeyM_ConfigType, conditionCount) == PICK(154U, 154U, 94U, 94U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyPoolCount[(offsetof(KeyM_ConfigType, keyPoolCount) == PICK(156U, 156U, 96U, 96U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_nvM[(offsetof(KeyM_ConfigType, nvM) == PICK(160U, 160U, 100U, 100U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyHandler[(offsetof(KeyM_ConfigType, keyHandler) == PICK(168U, 168U, 104U, 104U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_getTime[(offsetof(KeyM_ConfigType, getTime) == PICK(176U, 176U, 108U, 108U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_setSecurityEvent[(offsetof(KeyM_ConfigType, setSecurityEvent) == PICK(184U, 184U, 112U, 112U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyUpdateCallback[(offsetof(KeyM_ConfigType, keyUpdateCallback) == PICK(192U, 192U, 116U, 116U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyFinalizeCallback[(offsetof(KeyM_ConfigType, keyFinalizeCallback) == PICK(200U, 200U, 120U, 120U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyVerifyCallback[(offsetof(KeyM_ConfigType, keyVerifyCallback) == PICK(208U, 208U, 124U, 124U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_sha1JobId[(offsetof(KeyM_ConfigType, sha1JobId) == PICK(216U, 216U, 128U, 128U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_sha256JobId[(offsetof(KeyM_ConfigType, sha256JobId) == PICK(220U, 220U, 132U, 132U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_sha384JobId[(offsetof(KeyM_ConfigType, sha384JobId) == PICK(224U, 224U, 136U, 136U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_sha512JobId[(offsetof(KeyM_ConfigType, sha512JobId) == PICK(228U, 228U, 140U, 140U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_randomJobId[(offsetof(KeyM_ConfigType, randomJobId) == PICK(232U, 232U, 144U, 144U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_macGenerateJobId[(offsetof(KeyM_ConfigType, macGenerateJobId) == PICK(236U, 236U, 148U, 148U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_macVerifyJobId[(offsetof(KeyM_ConfigType, macVerifyJobId) == PICK(240U, 240U, 152U, 152U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_mainFunctionPeriod[(offsetof(KeyM_ConfigType, mainFunctionPeriod) == PICK(244U, 244U, 156U, 156U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_securityEvents[(offsetof(KeyM_ConfigType, securityEvents) == PICK(248U, 248U, 160U, 160U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_keyCertNameMaxLength[(offsetof(KeyM_ConfigType, keyCertNameMaxLength) == PICK(258U, 258U, 170U, 170U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificateChainMaxDepth[(offsetof(KeyM_ConfigType, certificateChainMaxDepth) == PICK(259U, 259U, 171U, 171U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_publicKeyFormat[(offsetof(KeyM_ConfigType, publicKeyFormat) == PICK(260U, 260U, 172U, 172U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_timeUnknown[(offsetof(KeyM_ConfigType, timeUnknown) == PICK(261U, 261U, 173U, 173U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_certificateManagerEnabled[(offsetof(KeyM_ConfigType, certificateManagerEnabled) == PICK(262U, 262U, 174U, 174U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_cryptoKeyManagerEnabled[(offsetof(KeyM_ConfigType, cryptoKeyManagerEnabled) == PICK(263U, 263U, 175U, 175U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_startFinalizeEnabled[(offsetof(KeyM_ConfigType, startFinalizeEnabled) == PICK(264U, 264U, 176U, 176U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_prepareEnabled[(offsetof(KeyM_ConfigType, prepareEnabled) == PICK(265U, 265U, 177U, 177U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_verifyEnabled[(offsetof(KeyM_ConfigType, verifyEnabled) == PICK(266U, 266U, 178U, 178U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_verifyAsyncMode[(offsetof(KeyM_ConfigType, verifyAsyncMode) == PICK(267U, 267U, 179U, 179U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_serviceCertificateEnabled[(offsetof(KeyM_ConfigType, serviceCertificateEnabled) == PICK(268U, 268U, 180U, 180U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_securityEventReporting[(offsetof(KeyM_ConfigType, securityEventReporting) == PICK(269U, 269U, 181U, 181U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_devErrorDetect[(offsetof(KeyM_ConfigType, devErrorDetect) == PICK(270U, 270U, 182U, 182U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_tolerateSetOfStoredCertificate[(offsetof(KeyM_ConfigType, tolerateSetOfStoredCertificate) == PICK(271U, 271U, 183U, 183U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_tolerateUnsignedRootReplacement[(offsetof(KeyM_ConfigType, tolerateUnsignedRootReplacement) == PICK(272U, 272U, 184U, 184U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_allowSecp384r1[(offsetof(KeyM_ConfigType, allowSecp384r1) == PICK(273U, 273U, 185U, 185U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_tolerateUnknownRevocation[(offsetof(KeyM_ConfigType, tolerateUnknownRevocation) == PICK(274U, 274U, 186U, 186U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_pathTolerances[(offsetof(KeyM_ConfigType, pathTolerances) == PICK(276U, 276U, 188U, 188U)) ? 1 : -1];
typedef uint8 Offset_KeyM_ConfigType_abi[(offsetof(KeyM_ConfigType, abi) == PICK(280U, 280U, 192U, 192U)) ? 1 : -1];

