/* CryIf.h
 *
 * Crypto Interface.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef CRYIF_H
#define CRYIF_H

#include "Crypto_GeneralTypes.h"
#include "CryIf_Cfg.h"

#define CRYIF_MODULE_ID 112U
#define CRYIF_VENDOR_ID 0U
#define CRYIF_AR_RELEASE_MAJOR_VERSION 4U
#define CRYIF_AR_RELEASE_MINOR_VERSION 8U
#define CRYIF_AR_RELEASE_REVISION_VERSION 0U

/* Development errors */
#define CRYIF_E_UNINIT 0x00U
#define CRYIF_E_INIT_FAILED 0x01U
#define CRYIF_E_PARAM_POINTER 0x02U
#define CRYIF_E_PARAM_HANDLE 0x03U
#define CRYIF_E_PARAM_VALUE 0x04U
#define CRYIF_E_KEY_SIZE_MISMATCH 0x05U

/* Service ids */
#define CRYIF_SID_INIT 0x00U
#define CRYIF_SID_GETVERSIONINFO 0x01U
#define CRYIF_SID_PROCESSJOB 0x03U
#define CRYIF_SID_KEYELEMENTSET 0x04U
#define CRYIF_SID_KEYSETVALID 0x05U
#define CRYIF_SID_KEYELEMENTGET 0x06U
#define CRYIF_SID_RANDOMSEED 0x07U
#define CRYIF_SID_KEYGENERATE 0x08U
#define CRYIF_SID_KEYDERIVE 0x09U
#define CRYIF_SID_KEYEXCHANGECALCPUBVAL 0x0AU
#define CRYIF_SID_KEYEXCHANGECALCSECRET 0x0BU
#define CRYIF_SID_CALLBACKNOTIFICATION 0x0DU
#define CRYIF_SID_CANCELJOB 0x0EU
#define CRYIF_SID_KEYELEMENTCOPY 0x0FU
#define CRYIF_SID_KEYCOPY 0x10U
#define CRYIF_SID_KEYELEMENTCOPYPARTIAL 0x12U
#define CRYIF_SID_KEYGETSTATUS 0x14U
#define CRYIF_SID_KEYSETINVALID 0x15U
#define CRYIF_SID_CUSTOMSYNC 0x1AU

/**
 * The entry points of one Crypto driver, by their AUTOSAR names without infix. `NULL_PTR` where the driver has none.
 */
typedef struct {
  /**
   * `Crypto_<vi>_<ai>_ProcessJob`
   */
  Std_ReturnType (*processJob)(uint32 objectId, Crypto_JobType *job);
  /**
   * `Crypto_<vi>_<ai>_CancelJob`
   */
  Std_ReturnType (*cancelJob)(uint32 objectId, Crypto_JobType *job);
  /**
   * `Crypto_<vi>_<ai>_KeyElementSet`
   */
  Std_ReturnType (*keyElementSet)(uint32 cryptoKeyId, uint32 keyElementId, const uint8 *keyPtr, uint32 keyLength);
  /**
   * `Crypto_<vi>_<ai>_KeyElementGet`
   */
  Std_ReturnType (*keyElementGet)(uint32 cryptoKeyId, uint32 keyElementId, uint8 *resultPtr, uint32 *resultLengthPtr);
  /**
   * `Crypto_<vi>_<ai>_KeySetValid`
   */
  Std_ReturnType (*keySetValid)(uint32 cryptoKeyId);
  /**
   * `Crypto_<vi>_<ai>_KeySetInvalid`
   */
  Std_ReturnType (*keySetInvalid)(uint32 cryptoKeyId);
  /**
   * `Crypto_<vi>_<ai>_KeyGetStatus`
   */
  Std_ReturnType (*keyGetStatus)(uint32 cryptoKeyId, Crypto_KeyStatusType *keyStatusPtr);
  /**
   * `Crypto_<vi>_<ai>_KeyElementCopy`
   */
  Std_ReturnType (*keyElementCopy)(uint32 cryptoKeyId,
                                   uint32 keyElementId,
                                   uint32 targetCryptoKeyId,
                                   uint32 targetKeyElementId);
  /**
   * `Crypto_<vi>_<ai>_KeyElementCopyPartial`
   */
  Std_ReturnType (*keyElementCopyPartial)(uint32 cryptoKeyId,
                                          uint32 keyElementId,
                                          uint32 keyElementSourceOffset,
                                          uint32 keyElementTargetOffset,
                                          uint32 keyElementCopyLength,
                                          uint32 targetCryptoKeyId,
                                          uint32 targetKeyElementId);
  /**
   * `Crypto_<vi>_<ai>_KeyCopy`
   */
  Std_ReturnType (*keyCopy)(uint32 cryptoKeyId, uint32 targetCryptoKeyId);
  /**
   * `Crypto_<vi>_<ai>_RandomSeed`
   */
  Std_ReturnType (*randomSeed)(uint32 cryptoKeyId, const uint8 *seedPtr, uint32 seedLength);
  /**
   * `Crypto_<vi>_<ai>_KeyGenerate`
   */
  Std_ReturnType (*keyGenerate)(uint32 cryptoKeyId);
  /**
   * `Crypto_<vi>_<ai>_KeyDerive`
   */
  Std_ReturnType (*keyDerive)(uint32 cryptoKeyId, uint32 targetCryptoKeyId);
  /**
   * `Crypto_<vi>_<ai>_KeyExchangeCalcPubVal`
   */
  Std_ReturnType (*keyExchangeCalcPubVal)(uint32 cryptoKeyId, uint8 *publicValuePtr, uint32 *publicValueLengthPtr);
  /**
   * `Crypto_<vi>_<ai>_KeyExchangeCalcSecret`
   */
  Std_ReturnType (*keyExchangeCalcSecret)(uint32 cryptoKeyId,
                                          const uint8 *partnerPublicValuePtr,
                                          uint32 partnerPublicValueLength);
  /**
   * `Crypto_<vi>_<ai>_CustomSync`
   */
  Std_ReturnType (*customSync)(uint32 dispatchId,
                               uint32 keyId,
                               uint32 keyElementId,
                               uint32 targetKeyId,
                               uint32 targetKeyElementId,
                               const uint8 *inputPtr,
                               uint32 inputLength,
                               uint8 *outputPtr,
                               uint32 *outputLengthPtr,
                               uint8 *secondaryOutputPtr,
                               uint32 *secondaryOutputLengthPtr);
} CryIf_DriverType;

/**
 * One `CryIfChannel`; its id is its index.
 */
typedef struct {
  /**
   * Driver of the object.
   */
  const CryIf_DriverType *driver;
  /**
   * `CryptoDriverObjectId`.
   */
  uint32 objectId;
} CryIf_ChannelConfigType;

/**
 * One `CryIfKey`; its id is its index.
 */
typedef struct {
  /**
   * Driver of the key.
   */
  const CryIf_DriverType *driver;
  /**
   * `CryptoKeyId`.
   */
  uint32 cryptoKeyId;
} CryIf_KeyConfigType;

/**
 * The configuration of CryIf.
 */
typedef struct {
  /**
   * [`V2GCRYPT_CONFIG_MAGIC`].
   */
  uint32 magic;
  /**
   * `sizeof(CryIf_ConfigType)`.
   */
  uint32 configSize;
  /**
   * `sizeof(CryIf_DriverType)`.
   */
  uint32 driverSize;
  /**
   * Channels.
   */
  uint32 channelCount;
  /**
   * Keys.
   */
  uint32 keyCount;
  /**
   * `channelCount` channels.
   */
  const CryIf_ChannelConfigType *channels;
  /**
   * `keyCount` keys.
   */
  const CryIf_KeyConfigType *keys;
  /**
   * `CryIfDevErrorDetect`: development errors are reported to Det. They are detected in any case.
   */
  boolean devErrorDetect;
  /**
   * Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
   */
  const uint8 *abi;
} CryIf_ConfigType;

/**
 * Bytes of the longest key element that can be copied from one driver to another: each copy takes that much stack, a partial
 * one twice.
 */
#define CRYIF_COPY_BUFFER_SIZE 256

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Starts CryIf over a configuration.
 *
 * `configPtr` is `NULL_PTR` for the linked configuration, or points to another one, which stays as it is while CryIf runs.
 * A configuration that is unsound (magic, sizes, missing tables) leaves CryIf as it was and is reported to Det as
 * `CRYIF_E_INIT_FAILED`. [SWS_CryIf_91000]
 */
void CryIf_Init(const CryIf_ConfigType *configPtr);

/**
 * Tells vendor, module and version of CryIf. Works before `CryIf_Init`. [SWS_CryIf_91001]
 */
void CryIf_GetVersionInfo(Std_VersionInfoType *versioninfo);

/**
 * Hands a job to the driver object of a channel.
 *
 * Writes `job->cryptoKeyId` (and `job->targetCryptoKeyId` where the service has a target), then returns what the driver
 * returns. `CRYIF_E_PARAM_HANDLE` is reported for an unknown channel or key, and for a key of another driver than the
 * channel's. [SWS_CryIf_91003]
 */
Std_ReturnType CryIf_ProcessJob(uint32 channelId, Crypto_JobType *job);

/**
 * Asks the driver object of a channel to drop a job; returns what the driver returns. [SWS_CryIf_91014]
 */
Std_ReturnType CryIf_CancelJob(uint32 channelId, Crypto_JobType *job);

/**
 * Sets a key element in the driver that holds the key. `keyLength` is in bytes.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
 * bytes. [SWS_CryIf_91004]
 */
Std_ReturnType CryIf_KeyElementSet(uint32 cryIfKeyId,
                                   uint32 keyElementId,
                                   const uint8 *keyPtr,
                                   uint32 keyLength);

/**
 * Reads a key element from the driver that holds the key. In: room in bytes at `resultPtr`; out: bytes written.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
 * room. [SWS_CryIf_91006]
 */
Std_ReturnType CryIf_KeyElementGet(uint32 cryIfKeyId,
                                   uint32 keyElementId,
                                   uint8 *resultPtr,
                                   uint32 *resultLengthPtr);

/**
 * Makes a key valid in the driver that holds it. [SWS_CryIf_91005]
 */
Std_ReturnType CryIf_KeySetValid(uint32 cryIfKeyId);

/**
 * Makes a key invalid in the driver that holds it.
 */
Std_ReturnType CryIf_KeySetInvalid(uint32 cryIfKeyId);

/**
 * Tells whether a key is valid in the driver that holds it.
 */
Std_ReturnType CryIf_KeyGetStatus(uint32 cryIfKeyId, Crypto_KeyStatusType *keyStatusPtr);

/**
 * Seeds the random generator of the driver that holds the key. `seedLength` is in bytes.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
 * bytes. [SWS_CryIf_91007]
 */
Std_ReturnType CryIf_RandomSeed(uint32 cryIfKeyId,
                                const uint8 *seedPtr,
                                uint32 seedLength);

/**
 * Fills a key with fresh random in the driver that holds it. [SWS_CryIf_91008]
 */
Std_ReturnType CryIf_KeyGenerate(uint32 cryIfKeyId);

/**
 * Computes the public value of a key exchange. In: room in bytes at `publicValuePtr`; out: bytes written.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
 * room. [SWS_CryIf_91010]
 */
Std_ReturnType CryIf_KeyExchangeCalcPubVal(uint32 cryIfKeyId,
                                           uint8 *publicValuePtr,
                                           uint32 *publicValueLengthPtr);

/**
 * Computes the shared secret of a key exchange, which stays in the driver. `partnerPublicValueLength` is in bytes.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, `CRYIF_E_PARAM_POINTER` for `NULL_PTR`, `CRYIF_E_PARAM_VALUE` for no
 * bytes. [SWS_CryIf_91011]
 */
Std_ReturnType CryIf_KeyExchangeCalcSecret(uint32 cryIfKeyId,
                                           const uint8 *partnerPublicValuePtr,
                                           uint32 partnerPublicValueLength);

/**
 * Copies a key element. Within one driver the driver copies; between two the element travels through memory that is wiped, so
 * it must be readable here and writable there, and has at most `CRYIF_COPY_BUFFER_SIZE` bytes.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and `CRYIF_E_KEY_SIZE_MISMATCH`, with the code
 * `CRYPTO_E_KEY_SIZE_MISMATCH`, when an element cannot travel or does not fit into the other driver's. [SWS_CryIf_91015]
 */
Std_ReturnType CryIf_KeyElementCopy(uint32 cryIfKeyId,
                                    uint32 keyElementId,
                                    uint32 targetCryIfKeyId,
                                    uint32 targetKeyElementId);

/**
 * Copies `keyElementCopyLength` bytes of a key element to a place within another. Offsets and length are in bytes. Between two
 * drivers both elements must be readable, the target writable, and each has at most `CRYIF_COPY_BUFFER_SIZE` bytes; the target
 * must reach up to `keyElementTargetOffset`.
 *
 * Reports as `CryIf_KeyElementCopy`; between two drivers also `CRYIF_E_PARAM_VALUE` for no bytes.
 */
Std_ReturnType CryIf_KeyElementCopyPartial(uint32 cryIfKeyId,
                                           uint32 keyElementId,
                                           uint32 keyElementSourceOffset,
                                           uint32 keyElementTargetOffset,
                                           uint32 keyElementCopyLength,
                                           uint32 targetCryIfKeyId,
                                           uint32 targetKeyElementId);

/**
 * Copies all elements of a key to another of the same driver.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and for keys of two drivers: CryIf does not know what elements a key has.
 * [SWS_CryIf_91016]
 */
Std_ReturnType CryIf_KeyCopy(uint32 cryIfKeyId,
                             uint32 targetCryIfKeyId);

/**
 * Derives one key from another of the same driver.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and for keys of two drivers. [SWS_CryIf_91009]
 */
Std_ReturnType CryIf_KeyDerive(uint32 cryIfKeyId, uint32 targetCryIfKeyId);

/**
 * Asks a driver for something that the standard does not know. What the arguments mean is the driver's.
 *
 * * `keyId`, `targetKeyId`: CryIf keys; `0xFFFFFFFF` for none, but not both: they tell which driver is asked.
 *
 * Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, keys of two drivers, and no key at all. Pointers and lengths go to the
 * driver as they are.
 */
Std_ReturnType CryIf_CustomSync(uint32 dispatchId,
                                uint32 keyId,
                                uint32 keyElementId,
                                uint32 targetKeyId,
                                uint32 targetKeyElementId,
                                const uint8 *inputPtr,
                                uint32 inputLength,
                                uint8 *outputPtr,
                                uint32 *outputLengthPtr,
                                uint8 *secondaryOutputPtr,
                                uint32 *secondaryOutputLengthPtr);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

/* The linked configuration, from the generator. */
extern const CryIf_ConfigType CryIf_Config;

#endif /* CRYIF_H */
