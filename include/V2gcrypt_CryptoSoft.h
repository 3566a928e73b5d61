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

/**
 * Words in a [`CryptoSoft_KeyRamType`].
 */
#define CRYPTO_SOFT_KEY_RAM_WORDS 320

/**
 * Words in a [`CryptoSoft_ObjectRamType`].
 */
#define CRYPTO_SOFT_OBJECT_RAM_WORDS 512

/**
 * Words in a [`CryptoSoft_SlotRamType`].
 */
#define CRYPTO_SOFT_SLOT_RAM_WORDS 32

/**
 * Words in a [`CryptoSoft_InstanceRamType`].
 */
#define CRYPTO_SOFT_INSTANCE_RAM_WORDS 16

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
} CryptoSoft_KeyConfigType;

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

#endif /* V2GCRYPT_CRYPTOSOFT_H */
