/* V2gcrypt_CryptoHsm.h
 *
 * Core of the HSM's Crypto driver: what the generated Crypto_<vi>_<ai>_... functions stand on.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef V2GCRYPT_CRYPTOHSM_H
#define V2GCRYPT_CRYPTOHSM_H

#include "V2gcrypt_CryptoSoft.h"

/* Where the value of a key element is */
#define CRYPTO_HSM_STORAGE_HOST 0x00U
#define CRYPTO_HSM_STORAGE_SLOT 0x01U
#define CRYPTO_HSM_STORAGE_PUBLIC_KEY 0x02U

/* Index of a slot: none */
#define CRYPTO_HSM_NO_SLOT 0xFFFFFFFFU

/* Doorbells beside those of the channels */
#define CRYPTO_HSM_DOORBELL_STATUS 0x1FU

/* Runtime errors of the connection, beside AUTOSAR's */
#define CRYPTO_HSM_E_RE_BROKEN 0x80U
#define CRYPTO_HSM_E_RE_VERSION 0x81U

/**
 * Words in a [`CryptoHsm_KeyRamType`].
 */
#define CRYPTO_HSM_KEY_RAM_WORDS 8

/**
 * Words in a [`CryptoHsm_ObjectRamType`].
 */
#define CRYPTO_HSM_OBJECT_RAM_WORDS 8

#if defined(V2GCRYPT_POINTER_64)
/**
 * Words in a [`CryptoHsm_WorkRamType`], with pointers of 64 bits.
 */
#define CRYPTO_HSM_WORK_RAM_WORDS 112
#endif

#if defined(V2GCRYPT_POINTER_32)
/**
 * Words in a [`CryptoHsm_WorkRamType`], with pointers of 32 bits.
 */
#define CRYPTO_HSM_WORK_RAM_WORDS 96
#endif

/**
 * Words in a [`CryptoHsm_InstanceRamType`].
 */
#define CRYPTO_HSM_INSTANCE_RAM_WORDS 160

/**
 * Base address of the bridge. Unverified for the TC38x: the headers of TC35x and TC37x define it, the TC38x has none; confirm it in
 * the manual's appendix.
 */
#define HSM_BASE 4026793984

/**
 * Service request node of host interrupt 0. Unverified for the TC38x, as [`HSM_BASE`].
 */
#define SRC_HSM0 4026763376

/**
 * Service request node of host interrupt 1. Unverified for the TC38x, as [`HSM_BASE`].
 */
#define SRC_HSM1 4026763380

/**
 * Flags that the host sets and the HSM clears. A store of 0 bits changes nothing.
 */
#define HT2HSMF (32 / 4)

/**
 * Flags that the HSM sets and the host clears by storing 1.
 */
#define HSM2HTF (40 / 4)

/**
 * Which flags interrupt the host.
 */
#define HSM2HTIE (44 / 4)

/**
 * Which of them by interrupt 1 in place of 0.
 */
#define HSM2HTIS (48 / 4)

/**
 * Status word of the HSM.
 */
#define HSM2HTS (52 / 4)

/**
 * Status word of the host.
 */
#define HT2HSMS (56 / 4)

/**
 * Words up to the last of them.
 */
#define COUNT (HT2HSMS + 1)

/**
 * The bridge's registers: each is one word, loaded and stored whole.
 */
typedef struct Bridge Bridge;

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
   * `CryptoQueueSize`: asynchronous jobs that can wait for the object beside those in work; 0 for none.
   */
  uint32 queueSize;
  /**
   * Index of the first of the object's `queueSize` slots in [`CryptoHsm_InstanceType::queueRam`].
   */
  uint32 firstQueueSlot;
  /**
   * Index of the first of the object's `workCount` places in [`CryptoHsm_InstanceType::workRam`].
   */
  uint32 firstWork;
  /**
   * Jobs of the object that can be in work at the same time, 1 to 8. Each has a bounce buffer.
   */
  uint32 workCount;
  /**
   * Channel of the mailbox, 0 to 3.
   */
  uint8 channel;
} CryptoHsm_ObjectConfigType;

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
   * Where an element of the host begins in [`CryptoHsm_KeyConfigType::data`]; else 0.
   */
  uint32 offset;
  /**
   * `CryptoKeyElementInitValue` of an element of the host, or `NULL_PTR`.
   */
  const uint8 *initValue;
  /**
   * Length of the initial value.
   */
  uint32 initLength;
  /**
   * Index in [`CryptoHsm_InstanceType::slots`], or [`CRYPTO_HSM_NO_SLOT`]: that of an element in the HSM, or that of the private key
   * whose public half the element is.
   */
  uint32 slot;
  /**
   * `CRYPTO_HSM_STORAGE_*`: in the host's RAM, which is for what is not secret; in a slot of the HSM; or nowhere, a public key that the HSM
   * computes when it is read.
   */
  uint8 storage;
  /**
   * `CRYPTO_SOFT_RA_*`. The HSM does not give out keys, whatever stands here.
   */
  uint8 readAccess;
  /**
   * `CRYPTO_SOFT_WA_*`.
   */
  uint8 writeAccess;
  /**
   * `CryptoKeyElementAllowPartialAccess`; of an element of the host.
   */
  boolean allowPartialAccess;
} CryptoHsm_KeyElementConfigType;

/**
 * One `CryptoKey`; its id is its index.
 */
typedef struct {
  /**
   * `elementCount` elements of the key's type, by ascending id. No slot is in two keys.
   */
  const CryptoHsm_KeyElementConfigType *elements;
  /**
   * Elements of the key's type.
   */
  uint32 elementCount;
  /**
   * RAM: `dataSize` bytes for the values of the elements of the host.
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
   * `usageCount` algorithms that may use the key. Services that manage keys are listed by their service; the rest is 0.
   */
  const CryptoSoft_PrimitiveConfigType *usages;
  /**
   * Algorithms that may use the key. None: nobody may.
   */
  uint32 usageCount;
} CryptoHsm_KeyConfigType;

/**
 * One key slot of the HSM that the configuration uses. The HSM enforces the policy; the host only proposes it.
 */
typedef struct {
  /**
   * First word of the policy: `v2gcrypt_hsm_protocol::policy::Policy::to_words`.
   */
  uint32 policyKind;
  /**
   * Second word of the policy.
   */
  uint32 policyUsage;
  /**
   * Number of the slot in the HSM. No two entries have the same.
   */
  uint16 number;
} CryptoHsm_SlotConfigType;

/**
 * RAM of the instance itself: the connection, the rings. Zero before `Init`, so it belongs in a cleared section.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_HSM_INSTANCE_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} CryptoHsm_InstanceRamType;

/**
 * RAM of one driver object.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_HSM_OBJECT_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} CryptoHsm_ObjectRamType;

/**
 * RAM of one key, beside its bytes.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_HSM_KEY_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} CryptoHsm_KeyRamType;

/**
 * RAM of one job in work.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CRYPTO_HSM_WORK_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} CryptoHsm_WorkRamType;

/**
 * How the driver reaches the HSM: the shared region, the bridge between the cores, the clock. Each function gets `context`.
 */
typedef struct {
  /**
   * Whatever the functions need.
   */
  void *context;
  /**
   * First word of the shared region: non-cached, aligned to 64 bytes.
   */
  uint32 *region;
  /**
   * Length of the region in bytes: the mailbox (4736) and the bounce buffers.
   */
  uint32 regionLength;
  /**
   * Address of the region on the bus, as the HSM reaches it; a multiple of 4.
   */
  uint32 busAddress;
  /**
   * Writes the host's status word, beside word 0 of the region. `NULL_PTR`: the bridge has none.
   */
  void (*hostStatusSet)(void *context, uint32 word);
  /**
   * Reads the HSM's status word. `NULL_PTR`: it is word 16 of the region.
   */
  uint32 (*hsmStatusGet)(void *context);
  /**
   * Rings a doorbell of the HSM: a channel's, or `CRYPTO_HSM_DOORBELL_STATUS`.
   */
  void (*ringDoorbell)(void *context, uint8 doorbell);
  /**
   * Tells the bus address of an input, if the HSM can read it where it is: all of its bytes, and what was written there before this
   * call. `E_NOT_OK`, or `NULL_PTR`: it is copied. Outputs are always copied.
   */
  Std_ReturnType (*translate)(void *context, const uint8 *start, uint32 length, uint32 *busAddress);
  /**
   * Completes all stores before any that follows (`DSYNC`). `NULL_PTR`: the compiler's release stores do.
   */
  void (*barrier)(void *context);
  /**
   * A counter that runs freely, also while the caller polls it.
   */
  uint32 (*now)(void *context);
  /**
   * Waits for a bell of the channel or for `ticks`, whichever comes first; may return early. `NULL_PTR`: synchronous calls poll.
   */
  void (*wait)(void *context, uint8 channel, uint32 ticks);
} CryptoHsm_TransportType;

/**
 * Bounds of time, in ticks of [`CryptoHsm_TransportType::now`]; each less than 2³¹ and not 0.
 */
typedef struct {
  /**
   * From the question for a connection to the answer.
   */
  uint32 connect;
  /**
   * From a request for symmetric cryptography to its response.
   */
  uint32 fast;
  /**
   * From a request for anything else to its response.
   */
  uint32 slow;
  /**
   * What a synchronous call waits at most.
   */
  uint32 synchronous;
} CryptoHsm_TimeoutsType;

/**
 * One instance of the HSM driver: what `Crypto_<vi>_<ai>_…` passes to the core. A region belongs to one instance.
 */
typedef struct {
  /**
   * [`V2GCRYPT_CONFIG_MAGIC`].
   */
  uint32 magic;
  /**
   * `sizeof(CryptoHsm_InstanceType)`.
   */
  uint32 instanceSize;
  /**
   * `sizeof(CryptoHsm_WorkRamType)`.
   */
  uint32 workRamSize;
  /**
   * `sizeof(CryptoHsm_InstanceRamType)`.
   */
  uint32 instanceRamSize;
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
   * Key slots of the HSM that are used, at most 32.
   */
  uint32 slotCount;
  /**
   * Slots in `queueRam`: the sum of all queue sizes.
   */
  uint32 queueSlotCount;
  /**
   * Places in `workRam`: those of all objects, and a last one for the services of keys. As many as there are bounce buffers.
   */
  uint32 workCount;
  /**
   * `objectCount` driver objects.
   */
  const CryptoHsm_ObjectConfigType *objects;
  /**
   * `keyCount` keys.
   */
  const CryptoHsm_KeyConfigType *keys;
  /**
   * `slotCount` slots.
   */
  const CryptoHsm_SlotConfigType *slots;
  /**
   * RAM: the instance's own state.
   */
  CryptoHsm_InstanceRamType *ram;
  /**
   * RAM: `objectCount` objects.
   */
  CryptoHsm_ObjectRamType *objectRam;
  /**
   * RAM: `keyCount` keys.
   */
  CryptoHsm_KeyRamType *keyRam;
  /**
   * RAM: `queueSlotCount` waiting jobs.
   */
  CryptoSoft_SlotRamType *queueRam;
  /**
   * RAM: `workCount` jobs in work.
   */
  CryptoHsm_WorkRamType *workRam;
  /**
   * How the HSM is reached.
   */
  const CryptoHsm_TransportType *transport;
  /**
   * Bounds of time.
   */
  CryptoHsm_TimeoutsType timeouts;
  /**
   * Where the first bounce buffer begins in the region: 4736 or more bytes, a multiple of 64.
   */
  uint32 bounceOffset;
  /**
   * Bytes of each of the `workCount` bounce buffers: 640 to 16384, a multiple of 64. 4480 take all that one request can carry.
   */
  uint32 bounceSize;
  /**
   * Channel of the services of keys, 0 to 3.
   */
  uint8 serviceChannel;
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
} CryptoHsm_InstanceType;

/**
 * What the HSM tells of itself.
 */
typedef struct {
  /**
   * Version of the firmware: major, minor, patch in the three low bytes.
   */
  uint32 firmware;
  /**
   * Bits: P-256, P-384, P-521, Ed25519 with X25519.
   */
  uint32 features;
  /**
   * Key slots.
   */
  uint32 slots;
  /**
   * Contexts of streams.
   */
  uint32 contexts;
  /**
   * The most bytes of input that one request carries.
   */
  uint32 piece;
  /**
   * State of the life cycle: 0 blank, 1 factory, 2 operational, 3 locked.
   */
  uint32 lifecycle;
  /**
   * Records in flash that were found tampered with.
   */
  uint32 tampered;
  /**
   * Bit 0: the device key is the test key of simulations.
   */
  uint32 notes;
} CryptoHsm_StatusType;

/**
 * An event of the HSM's log.
 */
typedef struct {
  /**
   * Counts up with each event.
   */
  uint32 number;
  /**
   * What has happened: `v2gcrypt_hsm_firmware::log::Code`.
   */
  uint32 code;
  /**
   * What the code says.
   */
  uint32 argument;
} CryptoHsm_EventType;

/**
 * What the transport of a core is made of: the `context` of its `CryptoHsm_TransportType`.
 */
typedef struct {
  /**
   * First word of the bridge: [`HSM_BASE`].
   */
  uint32 *bridge;
  /**
   * Global address of the DSPR of the core that runs the driver: what 0xD0000000 is to that core alone. 0x70000000 for CPU0.
   */
  uint32 dspr;
  /**
   * Bytes of that DSPR: 0x3C000 for CPU0 and CPU1, 0x18000 for CPU2 and CPU3.
   */
  uint32 dsprLength;
  /**
   * Global address of its PSPR: what 0xC0000000 is to that core alone. 0x70100000 for CPU0.
   */
  uint32 pspr;
  /**
   * Bytes of that PSPR: 0x10000.
   */
  uint32 psprLength;
  /**
   * `DSYNC`.
   */
  void (*dsync)(void);
  /**
   * A counter that runs freely: a STM.
   */
  uint32 (*now)(void);
} CryptoHsm_Tc3xxType;

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Bytes of a [`CryptoHsm_KeyRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoHsm_KeyRamUsed;

/**
 * Bytes of a [`CryptoHsm_ObjectRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoHsm_ObjectRamUsed;

/**
 * Bytes of a [`CryptoHsm_WorkRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoHsm_WorkRamUsed;

/**
 * Bytes of a [`CryptoHsm_InstanceRamType`] that are in use.
 */
extern const uint32 V2gcrypt_CryptoHsm_InstanceRamUsed;

/**
 * Starts an instance, or starts it afresh: elements of the host get their initial values, all jobs are forgotten, and the HSM is asked for
 * a connection. What is in the HSM stays there: a key is VALID when the HSM has said so.
 *
 * `configPtr` is `NULL_PTR` [SWS_Crypto_00215]. An instance that is unsound (magic, sizes, ranges) is reported to Det as
 * `CRYPTO_E_INIT_FAILED` [SWS_Crypto_00045] and stays as it was. [SWS_Crypto_91000]
 */
void V2gcrypt_CryptoHsm_Init(const CryptoHsm_InstanceType *instance,
                             const Crypto_ConfigType *configPtr);

/**
 * Tells vendor, module and version. Works before `Init`. [SWS_Crypto_91001]
 */
void V2gcrypt_CryptoHsm_GetVersionInfo(const CryptoHsm_InstanceType *instance, Std_VersionInfoType *versioninfo);

/**
 * Takes one call of a job: has it computed if it is synchronous, accepts it if not.
 *
 * Returns `E_OK`, or why not: a refusal changes nothing, but for a job in the middle of a stream, which ends with any refusal
 * other than `CRYPTO_E_BUSY`. [SWS_Crypto_91003]
 */
Std_ReturnType V2gcrypt_CryptoHsm_ProcessJob(const CryptoHsm_InstanceType *instance,
                                             uint32 objectId,
                                             Crypto_JobType *job);

/**
 * Stops a job. [SWS_Crypto_00122] [SWS_Crypto_00123]
 *
 * `E_OK`: it is gone, without a callback, or was never here; what the HSM makes of it is discarded. `CRYPTO_E_JOB_CANCELED`: another thread
 * works on it, and its callback will say `CRYPTO_E_JOB_CANCELED`. `E_NOT_OK`: its caller waits for it, or it changes a key, and goes on; or it
 * has ended, and its callback is on the way. A stream whose callback is on the way is gone, with `CRYPTO_E_JOB_CANCELED`: that callback is its last.
 */
Std_ReturnType V2gcrypt_CryptoHsm_CancelJob(const CryptoHsm_InstanceType *instance,
                                            uint32 objectId,
                                            Crypto_JobType *job);

/**
 * Writes a key element; the key is INVALID then. [SWS_Crypto_91004]
 *
 * `keyLength` is the element's size, or less if it allows partial access. Element 1 of size 65, a public key `04 ‖ X ‖ Y`,
 * also takes the 64 bytes `X ‖ Y`.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyElementSet(const CryptoHsm_InstanceType *instance,
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
Std_ReturnType V2gcrypt_CryptoHsm_KeyElementGet(const CryptoHsm_InstanceType *instance,
                                                uint32 cryptoKeyId,
                                                uint32 keyElementId,
                                                uint8 *resultPtr,
                                                uint32 *resultLengthPtr);

/**
 * Makes a key usable; the HSM writes it to flash if its policy says so. [SWS_Crypto_91014]
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeySetValid(const CryptoHsm_InstanceType *instance, uint32 cryptoKeyId);

/**
 * Makes a key unusable; its elements stay.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeySetInvalid(const CryptoHsm_InstanceType *instance, uint32 cryptoKeyId);

/**
 * Tells whether a key is usable.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyGetStatus(const CryptoHsm_InstanceType *instance,
                                               uint32 cryptoKeyId,
                                               Crypto_KeyStatusType *keyStatusPtr);

/**
 * Looks after the connection, takes responses, sends what is next, and reports to CryIf what has ended. [SWS_Crypto_91012]
 *
 * A bounded number of jobs ends in one call.
 */
void V2gcrypt_CryptoHsm_MainFunction(const CryptoHsm_InstanceType *instance);

/**
 * The HSM has rung the bell of a channel: takes its responses, sends what is next, and reports to CryIf what has ended. The transport's
 * interrupt handler has cleared the bell before. May be called for nothing.
 */
void V2gcrypt_CryptoHsm_Interrupt(const CryptoHsm_InstanceType *instance,
                                  uint8 channel);

/**
 * The HSM has rung the bell of its status word: looks after the connection.
 */
void V2gcrypt_CryptoHsm_InterruptStatus(const CryptoHsm_InstanceType *instance);

/**
 * Tells what the HSM can do, and where it stands.
 */
Std_ReturnType V2gcrypt_CryptoHsm_GetStatus(const CryptoHsm_InstanceType *instance, CryptoHsm_StatusType *status);

/**
 * Tells the state of a slot of the HSM, by its number there: `v2gcrypt_hsm_protocol::algorithm::SlotState`.
 */
Std_ReturnType V2gcrypt_CryptoHsm_GetSlotState(const CryptoHsm_InstanceType *instance,
                                               uint16 slot,
                                               uint32 *state,
                                               uint32 *policyKind);

/**
 * Reads the HSM's log, from event number `first` on or the oldest that it still has.
 *
 * `*count` is the room at `events`, then how many were written there: at most 2.
 */
Std_ReturnType V2gcrypt_CryptoHsm_ReadLog(const CryptoHsm_InstanceType *instance,
                                          uint32 first,
                                          CryptoHsm_EventType *events,
                                          uint32 *count);

/**
 * Lets the HSM go on to a state of its life cycle: 1 factory, 2 operational, 3 locked. There is no way back.
 */
Std_ReturnType V2gcrypt_CryptoHsm_LifecycleAdvance(const CryptoHsm_InstanceType *instance, uint8 lifecycle);

/**
 * Copies a key element to another one, also of the same key; the target key is INVALID then. [SWS_Crypto_00148]
 *
 * The source's read access is `ALLOWED`, or `INTERNAL_COPY` and the target's not less restrictive: else
 * `CRYPTO_E_KEY_READ_FAIL`. The target's write access is not `DENIED`: else `CRYPTO_E_KEY_WRITE_FAIL`. A source that was never
 * written is `CRYPTO_E_KEY_EMPTY`; another format, or a length that the target does not take, `CRYPTO_E_KEY_SIZE_MISMATCH`. After
 * any error the target is as it was.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyElementCopy(const CryptoHsm_InstanceType *instance,
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
Std_ReturnType V2gcrypt_CryptoHsm_KeyElementCopyPartial(const CryptoHsm_InstanceType *instance,
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
Std_ReturnType V2gcrypt_CryptoHsm_KeyCopy(const CryptoHsm_InstanceType *instance,
                                          uint32 cryptoKeyId,
                                          uint32 targetCryptoKeyId);

/**
 * Tells the ids of a key's elements, ascending. [SWS_Crypto_00160]
 *
 * `*keyElementIdsLengthPtr` is the room at `keyElementIdsPtr` in ids, then how many were written there. Too little room:
 * `E_NOT_OK`.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyElementIdsGet(const CryptoHsm_InstanceType *instance,
                                                   uint32 cryptoKeyId,
                                                   uint32 *keyElementIdsPtr,
                                                   uint32 *keyElementIdsLengthPtr);

/**
 * Mixes a seed into the HSM's random generators, beside fresh entropy. [SWS_Crypto_91013]
 *
 * The key's type has `CRYPTO_KE_RANDOM_SEED_STATE` or `CRYPTO_KE_RANDOM_ALGORITHM`: else `CRYPTO_E_KEY_NOT_AVAILABLE`. The key is
 * VALID: else `CRYPTO_E_KEY_NOT_VALID`. The key itself does not change.
 */
Std_ReturnType V2gcrypt_CryptoHsm_RandomSeed(const CryptoHsm_InstanceType *instance,
                                             uint32 cryptoKeyId,
                                             const uint8 *seedPtr,
                                             uint32 seedLength);

/**
 * Has the HSM draw a key into the slot of element 1; it is INVALID until `KeySetValid`. [SWS_Crypto_91007]
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyGenerate(const CryptoHsm_InstanceType *instance, uint32 cryptoKeyId);

/**
 * Has the HSM derive the slot of the target's element 1 from that of the key's. [SWS_Crypto_91008]
 *
 * The algorithm is in the key's element `CRYPTO_KE_KEYDERIVATION_ALGORITHM`. The target is INVALID until `KeySetValid`.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyDerive(const CryptoHsm_InstanceType *instance,
                                            uint32 cryptoKeyId,
                                            uint32 targetCryptoKeyId);

/**
 * Tells the public value of a key exchange: of the key's own pair if it is VALID and has one, else of a fresh pair, and the key
 * is VALID then. [SWS_Crypto_91009]
 *
 * `*publicValueLengthPtr` is the room at `publicValuePtr`, then what was written there: `04 ‖ X ‖ Y`, or `X ‖ Y` if that is the
 * size of element 10; 32 bytes for X25519. Too little room: `E_NOT_OK`, and nothing changes.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyExchangeCalcPubVal(const CryptoHsm_InstanceType *instance,
                                                        uint32 cryptoKeyId,
                                                        uint8 *publicValuePtr,
                                                        uint32 *publicValueLengthPtr);

/**
 * Computes the shared secret of a key exchange into element 1; the key is INVALID until `KeySetValid`. [SWS_Crypto_91010]
 *
 * `partnerPublicValuePtr` is `X ‖ Y` or `04 ‖ X ‖ Y`, 32 bytes for X25519. A point that is not on the curve: `E_NOT_OK`.
 */
Std_ReturnType V2gcrypt_CryptoHsm_KeyExchangeCalcSecret(const CryptoHsm_InstanceType *instance,
                                                        uint32 cryptoKeyId,
                                                        const uint8 *partnerPublicValuePtr,
                                                        uint32 partnerPublicValueLength);

/**
 * Custom services without a job: this driver has none. `E_NOT_OK`, and `CRYPTO_E_PARAM_HANDLE` for Det, for every dispatch id.
 * [SWS_Crypto_00256] [SWS_Crypto_00257]
 */
Std_ReturnType V2gcrypt_CryptoHsm_CustomSync(const CryptoHsm_InstanceType *instance,
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
 * `hostStatusSet` of a TC3xx.
 */
void V2gcrypt_CryptoHsm_Tc3xx_HostStatusSet(void *context, uint32 word);

/**
 * `hsmStatusGet` of a TC3xx.
 */
uint32 V2gcrypt_CryptoHsm_Tc3xx_HsmStatusGet(void *context);

/**
 * `ringDoorbell` of a TC3xx.
 */
void V2gcrypt_CryptoHsm_Tc3xx_RingDoorbell(void *context, uint8 doorbell);

/**
 * `translate` of a TC3xx: for inputs in the core's own RAM, in that of other cores, or in a LMU by its non-cached address.
 */
Std_ReturnType V2gcrypt_CryptoHsm_Tc3xx_Translate(void *context,
                                                  const uint8 *start,
                                                  uint32 length,
                                                  uint32 *busAddress);

/**
 * `barrier` of a TC3xx.
 */
void V2gcrypt_CryptoHsm_Tc3xx_Barrier(void *context);

/**
 * `now` of a TC3xx.
 */
uint32 V2gcrypt_CryptoHsm_Tc3xx_Now(void *context);

/**
 * Lets bells interrupt the host, those of `urgent` by interrupt 1 in place of 0: once, before the driver's `Init`.
 */
void V2gcrypt_CryptoHsm_Tc3xx_Enable(void *context, uint32 bells, uint32 urgent);

/**
 * What an interrupt handler calls first: tells the bells that have rung, and silences exactly those. For each bit of a channel it calls
 * `V2gcrypt_CryptoHsm_Interrupt` then.
 */
uint32 V2gcrypt_CryptoHsm_Tc3xx_TakeBells(void *context);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

#endif /* V2GCRYPT_CRYPTOHSM_H */
