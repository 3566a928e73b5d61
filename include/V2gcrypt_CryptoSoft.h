/* V2gcrypt_CryptoSoft.h
 *
 * Core of the soft Crypto driver: what the generated Crypto_<vi>_<ai>_... functions stand on.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef V2GCRYPT_CRYPTOSOFT_H
#define V2GCRYPT_CRYPTOSOFT_H

#include "Crypto_GeneralTypes.h"

#define CRYPTO_MODULE_ID 114U

/* Read access of a key element */
#define CRYPTO_SOFT_RA_ALLOWED 0x00U
#define CRYPTO_SOFT_RA_ENCRYPTED 0x01U
#define CRYPTO_SOFT_RA_INTERNAL_COPY 0x02U
#define CRYPTO_SOFT_RA_DENIED 0x03U

/* Write access of a key element */
#define CRYPTO_SOFT_WA_ALLOWED 0x00U
#define CRYPTO_SOFT_WA_ENCRYPTED 0x01U
#define CRYPTO_SOFT_WA_INTERNAL_COPY 0x02U
#define CRYPTO_SOFT_WA_DENIED 0x03U

/* Prepared forms of a key */
#define CRYPTO_SOFT_FORM_NONE 0x00U
#define CRYPTO_SOFT_FORM_AES_CMAC 0x01U
#define CRYPTO_SOFT_FORM_HMAC_SHA256 0x02U
#define CRYPTO_SOFT_FORM_HMAC_SHA384 0x03U
#define CRYPTO_SOFT_FORM_HMAC_SHA512 0x04U
#define CRYPTO_SOFT_FORM_ECDSA_P256_SIGN 0x05U
#define CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY 0x06U
#define CRYPTO_SOFT_FORM_AES_CIPHER 0x07U
#define CRYPTO_SOFT_FORM_AES_GCM 0x08U
#define CRYPTO_SOFT_FORM_CHACHA20_POLY1305 0x09U
#define CRYPTO_SOFT_FORM_ECDSA_P384_SIGN 0x0AU
#define CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY 0x0BU
#define CRYPTO_SOFT_FORM_ECDSA_P521_SIGN 0x0CU
#define CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY 0x0DU
#define CRYPTO_SOFT_FORM_ED25519_SIGN 0x0EU
#define CRYPTO_SOFT_FORM_ED25519_VERIFY 0x0FU

/* Index of a key's NV block: none */
#define CRYPTO_SOFT_NO_NV_BLOCK 0xFFFFFFFFU

/* When a key is written to NvM */
#define CRYPTO_SOFT_NV_IMMEDIATE 0x00U
#define CRYPTO_SOFT_NV_DEFERRED 0x01U

/* Persistence of a key */
#define CRYPTO_SOFT_NV_IDLE 0x00U
#define CRYPTO_SOFT_NV_LOADING 0x01U
#define CRYPTO_SOFT_NV_PENDING 0x02U
#define CRYPTO_SOFT_NV_FAILED 0x03U

/* Development errors */
#define CRYPTO_E_UNINIT 0x00U
#define CRYPTO_E_INIT_FAILED 0x01U
#define CRYPTO_E_PARAM_POINTER 0x02U
#define CRYPTO_E_PARAM_HANDLE 0x04U
#define CRYPTO_E_PARAM_VALUE 0x05U

/* Runtime errors */
#define CRYPTO_E_RE_KEY_NOT_AVAILABLE 0x00U
#define CRYPTO_E_RE_KEY_READ_FAIL 0x01U
#define CRYPTO_E_RE_ENTROPY_EXHAUSTED 0x03U
#define CRYPTO_E_RE_NVM_ACCESS_FAILED 0x04U

/* Service ids */
#define CRYPTO_SID_INIT 0x00U
#define CRYPTO_SID_GETVERSIONINFO 0x01U
#define CRYPTO_SID_PROCESSJOB 0x03U
#define CRYPTO_SID_KEYELEMENTSET 0x04U
#define CRYPTO_SID_KEYSETVALID 0x05U
#define CRYPTO_SID_KEYELEMENTGET 0x06U
#define CRYPTO_SID_KEYGENERATE 0x07U
#define CRYPTO_SID_KEYDERIVE 0x08U
#define CRYPTO_SID_KEYEXCHANGECALCPUBVAL 0x09U
#define CRYPTO_SID_KEYEXCHANGECALCSECRET 0x0AU
#define CRYPTO_SID_MAINFUNCTION 0x0CU
#define CRYPTO_SID_RANDOMSEED 0x0DU
#define CRYPTO_SID_CANCELJOB 0x0EU
#define CRYPTO_SID_KEYELEMENTCOPY 0x0FU
#define CRYPTO_SID_KEYCOPY 0x10U
#define CRYPTO_SID_KEYELEMENTIDSGET 0x11U
#define CRYPTO_SID_KEYELEMENTCOPYPARTIAL 0x13U
#define CRYPTO_SID_KEYGETSTATUS 0x14U
#define CRYPTO_SID_KEYSETINVALID 0x15U
#define CRYPTO_SID_CUSTOMSYNC 0x1AU
#define CRYPTO_SID_NVBLOCK 0x1BU

/**
 * Words in a [`CryptoSoft_NvBlockRamType`].
 */
#define CRYPTO_SOFT_NV_BLOCK_RAM_WORDS 32

#if defined(V2GCRYPT_POINTER_64)
/**
 * Words in a [`CryptoSoft_KeyRamType`], with pointers of 64 bits.
 */
#define CRYPTO_SOFT_KEY_RAM_WORDS 400
#endif

#if defined(V2GCRYPT_POINTER_32)
/**
 * Words in a [`CryptoSoft_KeyRamType`], with pointers of 32 bits: with room for an alignment of 16 bytes, that of a 128-bit integer in SHA-512.
 */
#define CRYPTO_SOFT_KEY_RAM_WORDS 138
#endif

#if defined(V2GCRYPT_POINTER_64)
/**
 * Words in a [`CryptoSoft_ObjectRamType`], with pointers of 64 bits.
 */
#define CRYPTO_SOFT_OBJECT_RAM_WORDS 384
#endif

#if defined(V2GCRYPT_POINTER_32)
/**
 * Words in a [`CryptoSoft_ObjectRamType`], with pointers of 32 bits.
 */
#define CRYPTO_SOFT_OBJECT_RAM_WORDS 220
#endif

#if defined(V2GCRYPT_POINTER_64)
/**
 * Words in a [`CryptoSoft_SlotRamType`], with pointers of 64 bits.
 */
#define CRYPTO_SOFT_SLOT_RAM_WORDS 40
#endif

#if defined(V2GCRYPT_POINTER_32)
/**
 * Words in a [`CryptoSoft_SlotRamType`], with pointers of 32 bits.
 */
#define CRYPTO_SOFT_SLOT_RAM_WORDS 24
#endif

/**
 * Words in a [`CryptoSoft_InstanceRamType`].
 */
#define CRYPTO_SOFT_INSTANCE_RAM_WORDS 20

/**
 * The longest value that is computed for a key element, in bytes.
 */
#define MAX_VALUE_LEN 256

/**
 * Data set of the quarantine.
 */
#define QUARANTINE 2

/**
 * Bytes of the header, the nonce included.
 */
#define HEADER_LEN (BOUND_LEN + NONCE_LEN)

/**
 * Bytes of the tag at the end.
 */
#define TAG_LEN 16

/**
 * Bytes before the value of each element: its id and its length.
 */
#define ELEMENT_HEADER_LEN 8

/**
 * Bytes of a device key.
 */
#define DEVICE_KEY_LEN 32

/**
 * One algorithm of a `CryptoPrimitive`: the product of its families, modes and secondary families is written out.
 */
typedef struct {
  /**
   * Service.
   */
  Crypto_ServiceInfoType service;
  /**
   * Family.
   */
  Crypto_AlgorithmFamilyType family;
  /**
   * Mode.
   */
  Crypto_AlgorithmModeType mode;
  /**
   * Secondary family.
   */
  Crypto_AlgorithmFamilyType secondaryFamily;
} CryptoSoft_PrimitiveConfigType;

/**
 * One `CryptoDriverObject`; its id is its index.
 */
typedef struct {
  /**
   * `primitiveCount` primitives that the object serves.
   */
  const CryptoSoft_PrimitiveConfigType *primitives;
  /**
   * Primitives that the object serves.
   */
  uint32 primitiveCount;
  /**
   * `CryptoQueueSize`: asynchronous jobs that can wait for the object; 0 for none.
   */
  uint32 queueSize;
  /**
   * Index of the first of the object's `queueSize` slots in [`CryptoSoft_InstanceType::queueRam`].
   */
  uint32 firstSlot;
} CryptoSoft_ObjectConfigType;

/**
 * One element of a key type.
 */
typedef struct {
  /**
   * `CryptoKeyElementId`.
   */
  uint32 keyElementId;
  /**
   * `CryptoKeyElementSize`: room in bytes.
   */
  uint32 size;
  /**
   * Where the element begins in [`CryptoSoft_KeyConfigType::data`].
   */
  uint32 offset;
  /**
   * `CryptoKeyElementInitValue`, or `NULL_PTR`.
   */
  const uint8 *initValue;
  /**
   * Length of the initial value.
   */
  uint32 initLength;
  /**
   * `CRYPTO_KE_FORMAT_*`.
   */
  uint8 format;
  /**
   * `CRYPTO_SOFT_RA_*`.
   */
  uint8 readAccess;
  /**
   * `CRYPTO_SOFT_WA_*`.
   */
  uint8 writeAccess;
  /**
   * `CryptoKeyElementAllowPartialAccess`.
   */
  boolean allowPartialAccess;
  /**
   * `CryptoKeyElementPersist`.
   */
  boolean persist;
} CryptoSoft_KeyElementConfigType;

/**
 * One `CryptoKey`; its id is its index.
 */
typedef struct {
  /**
   * `elementCount` elements of the key's type, by ascending id.
   */
  const CryptoSoft_KeyElementConfigType *elements;
  /**
   * Elements of the key's type.
   */
  uint32 elementCount;
  /**
   * RAM: `dataSize` bytes for the elements' values.
   */
  uint8 *data;
  /**
   * Size of `data`.
   */
  uint32 dataSize;
  /**
   * RAM: `elementCount` lengths of what has been written, one per element.
   */
  uint32 *elementLengths;
  /**
   * `CRYPTO_SOFT_FORM_*`.
   */
  uint8 preparedForm;
  /**
   * `usageCount` algorithms that may use the key. Services that manage keys are listed by their service; the rest is 0.
   */
  const CryptoSoft_PrimitiveConfigType *usages;
  /**
   * Algorithms that may use the key. None: nobody may.
   */
  uint32 usageCount;
  /**
   * Index in [`CryptoSoft_InstanceType::nvBlocks`], or [`CRYPTO_SOFT_NO_NV_BLOCK`].
   */
  uint32 nvBlock;
} CryptoSoft_KeyConfigType;

/**
 * RAM of the instance itself: whether it is initialised. Zero before `Init`, so it belongs in a cleared section.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_SOFT_INSTANCE_RAM_WORDS];
  /**
   * Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
   */
  uint32 *alignment;
} CryptoSoft_InstanceRamType;

/**
 * RAM of one driver object: its state and its workspace.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_SOFT_OBJECT_RAM_WORDS];
  /**
   * Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
   */
  uint32 *alignment;
} CryptoSoft_ObjectRamType;

/**
 * RAM of one key, beside its bytes: state, and the engine's own form of the key.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_SOFT_KEY_RAM_WORDS];
  /**
   * Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
   */
  uint32 *alignment;
} CryptoSoft_KeyRamType;

/**
 * RAM of one waiting job.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_SOFT_SLOT_RAM_WORDS];
  /**
   * Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
   */
  uint32 *alignment;
} CryptoSoft_SlotRamType;

/**
 * One `CryptoNvBlock`: a NvM block of type dataset with three data sets, the two copies of the key and a quarantine.
 */
typedef struct {
  /**
   * Key that the block keeps.
   */
  uint32 keyId;
  /**
   * RAM: `recordSize` bytes for what is being written or read.
   */
  uint8 *record;
  /**
   * Size of the NvM block in bytes.
   */
  uint32 recordSize;
  /**
   * `NvMNvramBlockIdentifier`.
   */
  uint16 nvmBlockId;
  /**
   * `CRYPTO_SOFT_NV_IMMEDIATE` or `_DEFERRED`.
   */
  uint8 processing;
  /**
   * `CryptoNvBlockFailedRetries`.
   */
  uint8 failedRetries;
  /**
   * `NvMBlockUseSyncMechanism`: NvM fetches and brings the record by `ReadFrom` and `WriteTo`.
   */
  boolean useSyncMechanism;
} CryptoSoft_NvBlockConfigType;

/**
 * RAM of one NV block, beside its record: state.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_SOFT_NV_BLOCK_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} CryptoSoft_NvBlockRamType;

/**
 * What the driver calls for the persistence of keys. Generated C fills it in only where there are NV blocks, so that a program
 * without them needs neither NvM nor a device key.
 */
typedef struct {
  /**
   * `NvM_SetDataIndex`
   */
  Std_ReturnType (*setDataIndex)(uint16 BlockId, uint8 DataIndex);
  /**
   * `NvM_ReadBlock`
   */
  Std_ReturnType (*readBlock)(uint16 BlockId, void *NvM_DstPtr);
  /**
   * `NvM_WriteBlock`
   */
  Std_ReturnType (*writeBlock)(uint16 BlockId, const void *NvM_SrcPtr);
  /**
   * `NvM_GetErrorStatus`; the result is a `NvM_RequestResultType`.
   */
  Std_ReturnType (*getErrorStatus)(uint16 BlockId, uint8 *RequestResultPtr);
  /**
   * `Crypto_DeviceKeyCallout`
   */
  Std_ReturnType (*deviceKey)(uint8 *keyPtr, uint32 keyLength);
} CryptoSoft_NvMType;

/**
 * One instance of the soft driver: what `Crypto_<vi>_<ai>_…` passes to the core.
 */
typedef struct {
  /**
   * [`V2GCRYPT_CONFIG_MAGIC`].
   */
  uint32 magic;
  /**
   * `sizeof(CryptoSoft_InstanceType)`.
   */
  uint32 instanceSize;
  /**
   * `sizeof(CryptoSoft_KeyRamType)`.
   */
  uint32 keyRamSize;
  /**
   * `sizeof(CryptoSoft_ObjectRamType)`.
   */
  uint32 objectRamSize;
  /**
   * `CryptoInstanceId`, for Det.
   */
  uint32 instanceId;
  /**
   * Driver objects.
   */
  uint32 objectCount;
  /**
   * Keys.
   */
  uint32 keyCount;
  /**
   * Slots in `queueRam`: the sum of all queue sizes.
   */
  uint32 slotCount;
  /**
   * `objectCount` driver objects.
   */
  const CryptoSoft_ObjectConfigType *objects;
  /**
   * `keyCount` keys.
   */
  const CryptoSoft_KeyConfigType *keys;
  /**
   * RAM: the instance's own state.
   */
  CryptoSoft_InstanceRamType *ram;
  /**
   * RAM: `objectCount` objects.
   */
  CryptoSoft_ObjectRamType *objectRam;
  /**
   * RAM: `keyCount` keys.
   */
  CryptoSoft_KeyRamType *keyRam;
  /**
   * RAM: `slotCount` slots.
   */
  CryptoSoft_SlotRamType *queueRam;
  /**
   * NV blocks.
   */
  uint32 nvBlockCount;
  /**
   * `nvBlockCount` NV blocks.
   */
  const CryptoSoft_NvBlockConfigType *nvBlocks;
  /**
   * RAM: `nvBlockCount` NV blocks.
   */
  CryptoSoft_NvBlockRamType *nvBlockRam;
  /**
   * Functions of NvM; `NULL_PTR` when there are no NV blocks.
   */
  const CryptoSoft_NvMType *nvM;
  /**
   * `CryptoDevErrorDetect`: development errors are reported to Det. They are detected in any case.
   */
  boolean devErrorDetect;
  /**
   * Policy: a message of no bytes may be hashed, authenticated and signed. Strict: 0, refused.
   */
  boolean tolerateEmptyInput;
  /**
   * Policy: the length of a MAC to compare with is in bytes. Strict: 0, in bits.
   */
  boolean macLengthInBytes;
  /**
   * Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
   */
  const uint8 *abi;
} CryptoSoft_InstanceType;

/**
 * What `Crypto_Init` is given, in AUTOSAR's signature: a `NULL_PTR`. [SWS_Crypto_00215]
 */
typedef struct {
  /**
   * Nothing: C knows no empty struct.
   */
  uint8 unused;
} Crypto_ConfigType;

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Bytes of a [`CryptoSoft_KeyRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoSoft_KeyRamUsed;

/**
 * Bytes of a [`CryptoSoft_ObjectRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoSoft_ObjectRamUsed;

/**
 * Bytes of a [`CryptoSoft_SlotRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoSoft_SlotRamUsed;

/**
 * Bytes of a [`CryptoSoft_InstanceRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoSoft_InstanceRamUsed;

/**
 * Bytes of a [`CryptoSoft_NvBlockRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoSoft_NvBlockRamUsed;

/**
 * Starts an instance, or starts it afresh: keys get their initial values and are INVALID, all jobs are forgotten. Keys with a NV
 * block are loaded from it, as far as NvM answers at once, and by the main function otherwise; until then they are in use.
 *
 * `configPtr` is `NULL_PTR` [SWS_Crypto_00215]. An instance that is unsound (magic, sizes, ranges), or in which a thread
 * is computing, is reported to Det as `CRYPTO_E_INIT_FAILED` [SWS_Crypto_00045] and stays as it was. [SWS_Crypto_91000]
 */
void V2gcrypt_CryptoSoft_Init(const CryptoSoft_InstanceType *instance,
                              const Crypto_ConfigType *configPtr);

/**
 * Tells vendor, module and version. Works before `Init`. [SWS_Crypto_91001]
 */
void V2gcrypt_CryptoSoft_GetVersionInfo(const CryptoSoft_InstanceType *instance, Std_VersionInfoType *versioninfo);

/**
 * Takes one call of a job: computes it if it is synchronous, accepts it for a main function if not.
 *
 * Returns `E_OK`, or why not: a refusal changes nothing, but for a job in the middle of a stream, which ends with any refusal
 * other than `CRYPTO_E_BUSY`. [SWS_Crypto_91003]
 */
Std_ReturnType V2gcrypt_CryptoSoft_ProcessJob(const CryptoSoft_InstanceType *instance,
                                              uint32 objectId,
                                              Crypto_JobType *job);

/**
 * Stops a job. [SWS_Crypto_00122] [SWS_Crypto_00123]
 *
 * `E_OK`: it is gone, without a callback, or was never here. `CRYPTO_E_JOB_CANCELED`: it computes, and its callback will say
 * `CRYPTO_E_JOB_CANCELED`. `E_NOT_OK`: it computes in its caller's thread, and goes on; or it has ended, and its callback is on
 * the way. A stream whose callback is on the way is gone, with `CRYPTO_E_JOB_CANCELED`: that callback is its last.
 */
Std_ReturnType V2gcrypt_CryptoSoft_CancelJob(const CryptoSoft_InstanceType *instance,
                                             uint32 objectId,
                                             Crypto_JobType *job);

/**
 * Writes a key element; the key is INVALID then. [SWS_Crypto_91004]
 *
 * `keyLength` is the element's size, or less if it allows partial access. Element 1 of size 65, a public key `04 ‖ X ‖ Y`,
 * also takes the 64 bytes `X ‖ Y`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyElementSet(const CryptoSoft_InstanceType *instance,
                                                 uint32 cryptoKeyId,
                                                 uint32 keyElementId,
                                                 const uint8 *keyPtr,
                                                 uint32 keyLength);

/**
 * Reads a key element. [SWS_Crypto_91006]
 *
 * `*resultLengthPtr` is the room at `resultPtr`, then what was written there. Room for less than was stored is enough only
 * if the element allows partial access.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyElementGet(const CryptoSoft_InstanceType *instance,
                                                 uint32 cryptoKeyId,
                                                 uint32 keyElementId,
                                                 uint8 *resultPtr,
                                                 uint32 *resultLengthPtr);

/**
 * Makes a key usable; its value is parsed here, once. `E_NOT_OK`: the value is malformed. [SWS_Crypto_91014]
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeySetValid(const CryptoSoft_InstanceType *instance, uint32 cryptoKeyId);

/**
 * Makes a key unusable; its elements stay.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeySetInvalid(const CryptoSoft_InstanceType *instance, uint32 cryptoKeyId);

/**
 * Tells whether a key is usable.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyGetStatus(const CryptoSoft_InstanceType *instance,
                                                uint32 cryptoKeyId,
                                                Crypto_KeyStatusType *keyStatusPtr);

/**
 * Computes asynchronous jobs that are due, but for those on elliptic curves, and reports them to CryIf. Reads and writes keys in NvM.
 * [SWS_Crypto_91012]
 *
 * One call computes at most as many jobs as waited when it began.
 */
void V2gcrypt_CryptoSoft_MainFunction(const CryptoSoft_InstanceType *instance);

/**
 * Computes asynchronous jobs on elliptic curves that are due, which takes milliseconds, and reports them to CryIf.
 */
void V2gcrypt_CryptoSoft_MainFunctionBackground(const CryptoSoft_InstanceType *instance);

/**
 * Copies a key element to another one, also of the same key; the target key is INVALID then. [SWS_Crypto_00148]
 *
 * The source's read access is `ALLOWED`, or `INTERNAL_COPY` and the target's not less restrictive: else
 * `CRYPTO_E_KEY_READ_FAIL`. The target's write access is not `DENIED`: else `CRYPTO_E_KEY_WRITE_FAIL`. A source that was never
 * written is `CRYPTO_E_KEY_EMPTY`; another format, or a length that the target does not take, `CRYPTO_E_KEY_SIZE_MISMATCH`. After
 * any error the target is as it was.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyElementCopy(const CryptoSoft_InstanceType *instance,
                                                  uint32 cryptoKeyId,
                                                  uint32 keyElementId,
                                                  uint32 targetCryptoKeyId,
                                                  uint32 targetKeyElementId);

/**
 * Copies bytes of a key element into another one; the target key is INVALID then. [SWS_Crypto_91015]
 *
 * Both elements allow partial access: else `CRYPTO_E_KEY_READ_FAIL`, `CRYPTO_E_KEY_WRITE_FAIL`. The bytes are all stored in the
 * source, begin in the target not behind what is stored there, and end within its size: else `CRYPTO_E_KEY_SIZE_MISMATCH`. The
 * target's value becomes longer if they end behind it. Otherwise as `KeyElementCopy`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyElementCopyPartial(const CryptoSoft_InstanceType *instance,
                                                         uint32 cryptoKeyId,
                                                         uint32 keyElementId,
                                                         uint32 keyElementSourceOffset,
                                                         uint32 keyElementTargetOffset,
                                                         uint32 keyElementCopyLength,
                                                         uint32 targetCryptoKeyId,
                                                         uint32 targetKeyElementId);

/**
 * Copies all elements of a key to those of the same ids of another key, which is INVALID then. [SWS_Crypto_00155]
 *
 * The target's type has each element of the source's: else `CRYPTO_E_KEY_NOT_AVAILABLE`. Each element fulfils what
 * `KeyElementCopy` asks for, before the first is copied. An element that was never written makes the target's so; when all are,
 * `CRYPTO_E_KEY_EMPTY`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyCopy(const CryptoSoft_InstanceType *instance,
                                           uint32 cryptoKeyId,
                                           uint32 targetCryptoKeyId);

/**
 * Tells the ids of a key's elements, ascending. [SWS_Crypto_00160]
 *
 * `*keyElementIdsLengthPtr` is the room at `keyElementIdsPtr` in ids, then how many were written there. Too little room:
 * `E_NOT_OK`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyElementIdsGet(const CryptoSoft_InstanceType *instance,
                                                    uint32 cryptoKeyId,
                                                    uint32 *keyElementIdsPtr,
                                                    uint32 *keyElementIdsLengthPtr);

/**
 * Mixes a seed into the driver's random generator, beside fresh entropy. [SWS_Crypto_91013]
 *
 * The key's type has `CRYPTO_KE_RANDOM_SEED_STATE` or `CRYPTO_KE_RANDOM_ALGORITHM`: else `CRYPTO_E_KEY_NOT_AVAILABLE`. The key is
 * VALID: else `CRYPTO_E_KEY_NOT_VALID`. There is one generator for the driver; the key itself does not change.
 */
Std_ReturnType V2gcrypt_CryptoSoft_RandomSeed(const CryptoSoft_InstanceType *instance,
                                              uint32 cryptoKeyId,
                                              const uint8 *seedPtr,
                                              uint32 seedLength);

/**
 * Generates a key as its element `CRYPTO_KE_KEYGENERATE_ALGORITHM` says; it is INVALID until `KeySetValid`. [SWS_Crypto_91007]
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyGenerate(const CryptoSoft_InstanceType *instance,
                                               uint32 cryptoKeyId);

/**
 * Derives the target's element 1, as many bytes as its size, from the key's. [SWS_Crypto_91008]
 *
 * The algorithm is in the key's element `CRYPTO_KE_KEYDERIVATION_ALGORITHM`. The target is INVALID until `KeySetValid`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyDerive(const CryptoSoft_InstanceType *instance,
                                             uint32 cryptoKeyId,
                                             uint32 targetCryptoKeyId);

/**
 * Tells the public value of a key exchange: of the key's own pair if it is VALID and has one, else of a fresh pair, and the key
 * is VALID then. [SWS_Crypto_91009]
 *
 * `*publicValueLengthPtr` is the room at `publicValuePtr`, then what was written there: `04 ‖ X ‖ Y`, or `X ‖ Y` if that is the
 * size of element 10; 32 bytes for X25519. Too little room: `E_NOT_OK`, and nothing changes.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(const CryptoSoft_InstanceType *instance,
                                                         uint32 cryptoKeyId,
                                                         uint8 *publicValuePtr,
                                                         uint32 *publicValueLengthPtr);

/**
 * Computes the shared secret of a key exchange into element 1; the key is INVALID until `KeySetValid`. [SWS_Crypto_91010]
 *
 * `partnerPublicValuePtr` is `X ‖ Y` or `04 ‖ X ‖ Y`, 32 bytes for X25519. A point that is not on the curve: `E_NOT_OK`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(const CryptoSoft_InstanceType *instance,
                                                         uint32 cryptoKeyId,
                                                         const uint8 *partnerPublicValuePtr,
                                                         uint32 partnerPublicValueLength);

/**
 * Custom services without a job: this driver has none. `E_NOT_OK`, and `CRYPTO_E_PARAM_HANDLE` for Det, for every dispatch id.
 * [SWS_Crypto_00256] [SWS_Crypto_00257]
 */
Std_ReturnType V2gcrypt_CryptoSoft_CustomSync(const CryptoSoft_InstanceType *instance,
                                              uint32 dispatchId,
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

/**
 * NvM has ended a request of the block: lets the driver ask for the result now, and go on.
 *
 * Polling finds it out as well, so nothing depends on this call, and a call too many does no harm.
 */
Std_ReturnType V2gcrypt_CryptoSoft_NvBlockCallback(const CryptoSoft_InstanceType *instance,
                                                   uint32 nvBlock,
                                                   uint8 _serviceId,
                                                   uint8 _jobResult);

/**
 * Explicit synchronisation: NvM has read the block into its buffer. `E_NOT_OK`: the driver does not want it now.
 */
Std_ReturnType V2gcrypt_CryptoSoft_NvBlockReadFrom(const CryptoSoft_InstanceType *instance,
                                                   uint32 nvBlock,
                                                   const void *nvMBuffer);

/**
 * Explicit synchronisation: NvM wants what it is to write. `E_NOT_OK`: the driver has nothing to write now.
 */
Std_ReturnType V2gcrypt_CryptoSoft_NvBlockWriteTo(const CryptoSoft_InstanceType *instance,
                                                  uint32 nvBlock,
                                                  void *nvMBuffer);

/**
 * NvM wants default data: there is no record then.
 */
Std_ReturnType V2gcrypt_CryptoSoft_NvBlockInit(const CryptoSoft_InstanceType *instance, uint32 nvBlock);

/**
 * Tells how far the persistence of a key is: `CRYPTO_SOFT_NV_*`. A key without a NV block is `CRYPTO_SOFT_NV_IDLE`.
 */
Std_ReturnType V2gcrypt_CryptoSoft_NvGetStatus(const CryptoSoft_InstanceType *instance,
                                               uint32 cryptoKeyId,
                                               uint8 *status);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

#endif /* V2GCRYPT_CRYPTOSOFT_H */
