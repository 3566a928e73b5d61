/* Csm.h
 *
 * Crypto Service Manager.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef CSM_H
#define CSM_H

#include "Crypto_GeneralTypes.h"
#include "Csm_Cfg.h"

#define CSM_MODULE_ID 110U
#define CSM_VENDOR_ID 0U
#define CSM_AR_RELEASE_MAJOR_VERSION 4U
#define CSM_AR_RELEASE_MINOR_VERSION 8U
#define CSM_AR_RELEASE_REVISION_VERSION 0U

/* Development errors */
#define CSM_E_PARAM_POINTER 0x01U
#define CSM_E_PARAM_HANDLE 0x04U
#define CSM_E_UNINIT 0x05U
#define CSM_E_INIT_FAILED 0x07U
#define CSM_E_PROCESSING_MODE 0x08U
#define CSM_E_SERVICE_TYPE 0x09U

/* Runtime errors */
#define CSM_E_QUEUE_FULL 0x01U

/* Service ids */
#define CSM_SID_INIT 0x00U
#define CSM_SID_MAINFUNCTION 0x01U
#define CSM_SID_GETVERSIONINFO 0x3BU
#define CSM_SID_HASH 0x5DU
#define CSM_SID_MACGENERATE 0x60U
#define CSM_SID_MACVERIFY 0x61U
#define CSM_SID_SIGNATUREVERIFY 0x64U
#define CSM_SID_KEYSETVALID 0x67U
#define CSM_SID_KEYELEMENTGET 0x68U
#define CSM_SID_CANCELJOB 0x6FU
#define CSM_SID_CALLBACKNOTIFICATION 0x70U
#define CSM_SID_RANDOMGENERATE 0x72U
#define CSM_SID_SIGNATUREGENERATE 0x76U
#define CSM_SID_KEYELEMENTSET 0x78U
#define CSM_SID_KEYGETSTATUS 0x83U
#define CSM_SID_KEYSETINVALID 0x85U

/**
 * Words in a [`Csm_JobRamType`].
 */
#define CSM_JOB_RAM_WORDS 6

/**
 * Words in a [`Csm_QueueRamType`].
 */
#define CSM_QUEUE_RAM_WORDS 10

/**
 * `CsmCallbackFunc`: told the job and its result when an asynchronous job has ended. [SWS_Csm_00971]
 */
typedef void (*Csm_CallbackFuncType)(uint32 jobId, Crypto_ResultType result);

/**
 * One `CsmJob`; its id is its index.
 */
typedef struct {
  /**
   * Service, algorithm, CryIf key, synchronous or asynchronous.
   */
  const Crypto_JobPrimitiveInfoType *jobPrimitiveInfo;
  /**
   * `CsmInOutRedirectionRef`, or `NULL_PTR`.
   */
  Crypto_JobRedirectionInfoType *jobRedirectionInfoRef;
  /**
   * Told when an asynchronous job has ended; `NULL_PTR` for none.
   */
  Csm_CallbackFuncType callback;
  /**
   * `CsmJobPriority`; larger is more urgent.
   */
  uint32 priority;
  /**
   * Index of the job's queue.
   */
  uint32 queueId;
  /**
   * `CsmJobPrimitiveCallbackUpdateNotification`.
   */
  boolean callbackUpdateNotification;
} Csm_JobConfigType;

/**
 * One `CsmQueue`; its id is its index.
 */
typedef struct {
  /**
   * CryIf channel that the queue feeds.
   */
  uint32 channelId;
  /**
   * `CsmQueueSize`: jobs that can wait; 0 for synchronous jobs only.
   */
  uint32 size;
  /**
   * Index of the first of the queue's `size` words in [`Csm_ConfigType::queueSlots`].
   */
  uint32 firstSlot;
  /**
   * Index of the main function that drains the queue.
   */
  uint32 mainFunctionId;
} Csm_QueueConfigType;

/**
 * RAM of one job, beside its `Crypto_JobType`. What is in it is Csm's own business.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CSM_JOB_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} Csm_JobRamType;

/**
 * RAM of one queue.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[CSM_QUEUE_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} Csm_QueueRamType;

/**
 * The configuration of Csm.
 */
typedef struct {
  /**
   * [`V2GCRYPT_CONFIG_MAGIC`].
   */
  uint32 magic;
  /**
   * `sizeof(Csm_ConfigType)`.
   */
  uint32 configSize;
  /**
   * `sizeof(Csm_JobConfigType)`.
   */
  uint32 jobConfigSize;
  /**
   * `sizeof(Crypto_JobType)`.
   */
  uint32 jobSize;
  /**
   * Jobs.
   */
  uint32 jobCount;
  /**
   * Queues.
   */
  uint32 queueCount;
  /**
   * Keys.
   */
  uint32 keyCount;
  /**
   * Main functions; at least 1.
   */
  uint32 mainFunctionCount;
  /**
   * Words in `queueSlots`: the sum of all queue sizes.
   */
  uint32 queueSlotCount;
  /**
   * `jobCount` jobs.
   */
  const Csm_JobConfigType *jobs;
  /**
   * `queueCount` queues.
   */
  const Csm_QueueConfigType *queues;
  /**
   * `keyCount` CryIf key ids, by Csm key id.
   */
  const uint32 *keys;
  /**
   * RAM: `jobCount` job records.
   */
  Crypto_JobType *jobRecords;
  /**
   * RAM: `jobCount` nodes.
   */
  Csm_JobRamType *jobRam;
  /**
   * RAM: `queueCount` nodes.
   */
  Csm_QueueRamType *queueRam;
  /**
   * RAM: `queueSlotCount` words.
   */
  uint32 *queueSlots;
  /**
   * `CsmDevErrorDetect`: development errors are reported to Det. They are detected in any case.
   */
  boolean devErrorDetect;
  /**
   * Policy: `macLength` of `Csm_MacVerify` is in bytes. Strict: 0, in bits.
   */
  boolean macLengthInBytes;
  /**
   * Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
   */
  const uint8 *abi;
} Csm_ConfigType;

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Bytes of [`Csm_JobRamType`] that a job uses.
 */
extern const uint32 V2gcrypt_Csm_JobRamUsed;

/**
 * Bytes of [`Csm_QueueRamType`] that a queue uses.
 */
extern const uint32 V2gcrypt_Csm_QueueRamUsed;

/**
 * Starts Csm: every job is idle, every queue empty.
 *
 * * `configPtr`: a configuration, or `NULL_PTR` for the linked one, `Csm_Config`.
 *
 * Errors: `CSM_E_INIT_FAILED` when the configuration is not one for this build or contradicts itself; Csm then stays as it was.
 * Not to be called while another function of Csm runs. Source: [SWS_Csm_00646] [SWS_Csm_00186] [SWS_Csm_00659]
 */
void Csm_Init(const Csm_ConfigType *configPtr);

/**
 * Writes vendor id, module id and version of this Csm. May be called before `Csm_Init`.
 *
 * Errors: `CSM_E_PARAM_POINTER` when `versioninfo` is `NULL_PTR`. Source: [SWS_Csm_00705]
 */
void Csm_GetVersionInfo(Std_VersionInfoType *versioninfo);

/**
 * Runs one configured main function: delivers the callbacks due when it is entered, then starts waiting jobs of its queues,
 * most urgent first, until the driver is busy. [SWS_Csm_00479] [SWS_Csm_00019] [SWS_Csm_00037]
 *
 * The generated `Csm_MainFunction_<name>` call it with their id. A call from a callback of its own does nothing.
 *
 * Errors: `CSM_E_UNINIT`; `CSM_E_PARAM_HANDLE` when there is no main function `mainFunctionId`.
 */
void V2gcrypt_Csm_MainFunction(uint32 mainFunctionId);

/**
 * Hashes data.
 *
 * * `jobId`: a job of service `CRYPTO_HASH`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the result and its length.
 * * `dataPtr`, `dataLength`: `dataLength` bytes.
 * * `resultPtr`: room for the hash, big-endian.
 * * `resultLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the hash.
 *
 * Returns `E_OK`: done (synchronous), or accepted: buffers stay with the stack until the callback (asynchronous).
 * `CRYPTO_E_BUSY`: the job is in flight, the queue is full, or more urgent work waits: try later. `E_NOT_OK`: wrong arguments, or
 * a combination of operations that does not exist; or what the driver returned. Source: [SWS_Csm_00980]
 */
Std_ReturnType Csm_Hash(uint32 jobId,
                        Crypto_OperationModeType mode,
                        const uint8 *dataPtr,
                        uint32 dataLength,
                        uint8 *resultPtr,
                        uint32 *resultLengthPtr);

/**
 * Computes a message authentication code.
 *
 * * `jobId`: a job of service `CRYPTO_MACGENERATE`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and its length.
 * * `dataPtr`, `dataLength`: `dataLength` bytes.
 * * `macPtr`: room for the whole MAC.
 * * `macLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the MAC.
 *
 * Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`.
 * Source: [SWS_Csm_00982]
 */
Std_ReturnType Csm_MacGenerate(uint32 jobId,
                               Crypto_OperationModeType mode,
                               const uint8 *dataPtr,
                               uint32 dataLength,
                               uint8 *macPtr,
                               uint32 *macLengthPtr);

/**
 * Compares a message authentication code. A mismatch is a result, not an error.
 *
 * * `jobId`: a job of service `CRYPTO_MACVERIFY`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and `verifyPtr`.
 * * `dataPtr`, `dataLength`: `dataLength` bytes.
 * * `macPtr`, `macLength`: the leading `macLength` **bits** of the MAC.
 * * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01050]
 */
Std_ReturnType Csm_MacVerify(uint32 jobId,
                             Crypto_OperationModeType mode,
                             const uint8 *dataPtr,
                             uint32 dataLength,
                             const uint8 *macPtr,
                             uint32 macLength,
                             Crypto_VerifyResultType *verifyPtr);

/**
 * Signs data.
 *
 * * `jobId`: a job of service `CRYPTO_SIGNATUREGENERATE`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and its length.
 * * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
 * * `signaturePtr`: room for the signature; for ECDSA raw r‖s, big-endian.
 * * `signatureLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the signature.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00992]
 */
Std_ReturnType Csm_SignatureGenerate(uint32 jobId,
                                     Crypto_OperationModeType mode,
                                     const uint8 *dataPtr,
                                     uint32 dataLength,
                                     uint8 *signaturePtr,
                                     uint32 *signatureLengthPtr);

/**
 * Verifies a signature. A mismatch is a result, not an error.
 *
 * * `jobId`: a job of service `CRYPTO_SIGNATUREVERIFY`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and `verifyPtr`.
 * * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
 * * `signaturePtr`, `signatureLength`: the signature in bytes; for ECDSA raw r‖s, big-endian.
 * * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00996]
 */
Std_ReturnType Csm_SignatureVerify(uint32 jobId,
                                   Crypto_OperationModeType mode,
                                   const uint8 *dataPtr,
                                   uint32 dataLength,
                                   const uint8 *signaturePtr,
                                   uint32 signatureLength,
                                   Crypto_VerifyResultType *verifyPtr);

/**
 * Generates random bytes.
 *
 * * `jobId`: a job of service `CRYPTO_RANDOMGENERATE`.
 * * `resultPtr`: room for the bytes.
 * * `resultLengthPtr`: in: bytes wanted; out, on success: bytes written.
 *
 * Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_ENTROPY_EXHAUSTED`. Source: [SWS_Csm_01543]
 */
Std_ReturnType Csm_RandomGenerate(uint32 jobId, uint8 *resultPtr, uint32 *resultLengthPtr);

/**
 * Writes a key element; the key becomes invalid until `Csm_KeySetValid`.
 *
 * * `keyId`: Csm key; `keyElementId`: one of its elements, `CRYPTO_KE_*`.
 * * `keyElementPtr`, `keyElementLength`: `keyElementLength` bytes in the element's configured format.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_WRITE_FAIL`, `CRYPTO_E_KEY_NOT_AVAILABLE`,
 * `CRYPTO_E_KEY_SIZE_MISMATCH`. Source: [SWS_Csm_00957]
 */
Std_ReturnType Csm_KeyElementSet(uint32 keyId,
                                 uint32 keyElementId,
                                 const uint8 *keyElementPtr,
                                 uint32 keyElementLength);

/**
 * Reads a key element.
 *
 * * `keyElementPtr`: room for the element.
 * * `keyElementLengthPtr`: in: bytes of room; out: bytes of the element.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_AVAILABLE`, `CRYPTO_E_KEY_READ_FAIL`,
 * `CRYPTO_E_KEY_EMPTY`; `E_NOT_OK` when there is not enough room. Source: [SWS_Csm_00959]
 */
Std_ReturnType Csm_KeyElementGet(uint32 keyId, uint32 keyElementId, uint8 *keyElementPtr, uint32 *keyElementLengthPtr);

/**
 * Makes a key usable.
 *
 * * `keyId`: Csm key.
 *
 * Returns what the driver returned. Source: [SWS_Csm_00958]
 */
Std_ReturnType Csm_KeySetValid(uint32 keyId);

/**
 * Makes a key unusable until `Csm_KeySetValid`.
 *
 * * `keyId`: Csm key.
 *
 * Returns what the driver returned, such as `CRYPTO_E_BUSY`.
 */
Std_ReturnType Csm_KeySetInvalid(uint32 keyId);

/**
 * Tells whether a key is usable.
 *
 * * `keyId`: Csm key.
 * * `keyStatusPtr`: out: `CRYPTO_KEYSTATUS_VALID` or `CRYPTO_KEYSTATUS_INVALID`.
 *
 * Returns what the driver returned. Source: [SWS_Csm_91102]
 */
Std_ReturnType Csm_KeyGetStatus(uint32 keyId, Crypto_KeyStatusType *keyStatusPtr);

/**
 * Cancels a job. `mode` is ignored.
 *
 * Returns `E_OK`: it is cancelled; an asynchronous job in flight still gets its one callback, with `CRYPTO_E_JOB_CANCELED`,
 * from a main function. `CRYPTO_E_JOB_CANCELED`: it will be, when the driver lets go of it; the callback comes then.
 * `E_NOT_OK`: it goes on, or it has ended and its callback is on the way. Source: [SWS_Csm_00968] [SWS_Csm_01086]
 */
Std_ReturnType Csm_CancelJob(uint32 job,
                             Crypto_OperationModeType mode);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

/* The linked configuration, from the generator. */
extern const Csm_ConfigType Csm_Config;

#endif /* CSM_H */
