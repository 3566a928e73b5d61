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

/* Key ids */
#define CSM_NO_KEY 0xFFFFFFFFU

/* Service ids */
#define CSM_SID_INIT 0x00U
#define CSM_SID_MAINFUNCTION 0x01U
#define CSM_SID_GETVERSIONINFO 0x3BU
#define CSM_SID_HASH 0x5DU
#define CSM_SID_ENCRYPT 0x5EU
#define CSM_SID_DECRYPT 0x5FU
#define CSM_SID_MACGENERATE 0x60U
#define CSM_SID_MACVERIFY 0x61U
#define CSM_SID_AEADENCRYPT 0x62U
#define CSM_SID_AEADDECRYPT 0x63U
#define CSM_SID_SIGNATUREVERIFY 0x64U
#define CSM_SID_KEYSETVALID 0x67U
#define CSM_SID_KEYELEMENTGET 0x68U
#define CSM_SID_RANDOMSEED 0x69U
#define CSM_SID_KEYGENERATE 0x6AU
#define CSM_SID_KEYDERIVE 0x6BU
#define CSM_SID_KEYEXCHANGECALCPUBVAL 0x6CU
#define CSM_SID_KEYEXCHANGECALCSECRET 0x6DU
#define CSM_SID_CANCELJOB 0x6FU
#define CSM_SID_CALLBACKNOTIFICATION 0x70U
#define CSM_SID_KEYELEMENTCOPY 0x71U
#define CSM_SID_RANDOMGENERATE 0x72U
#define CSM_SID_KEYCOPY 0x73U
#define CSM_SID_SIGNATUREGENERATE 0x76U
#define CSM_SID_KEYELEMENTSET 0x78U
#define CSM_SID_KEYELEMENTCOPYPARTIAL 0x79U
#define CSM_SID_JOBKEYSETVALID 0x7AU
#define CSM_SID_JOBRANDOMSEED 0x7BU
#define CSM_SID_JOBKEYGENERATE 0x7CU
#define CSM_SID_JOBKEYDERIVE 0x7DU
#define CSM_SID_JOBKEYEXCHANGECALCPUBVAL 0x7EU
#define CSM_SID_JOBKEYEXCHANGECALCSECRET 0x7FU
#define CSM_SID_KEYGETSTATUS 0x83U
#define CSM_SID_JOBKEYSETINVALID 0x84U
#define CSM_SID_KEYSETINVALID 0x85U
#define CSM_SID_CUSTOMSERVICE 0x88U
#define CSM_SID_CUSTOMSYNC 0x89U

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
 * Cancels a job. `mode` is ignored.
 *
 * Returns `E_OK`: it is cancelled; an asynchronous job in flight still gets its one callback, with `CRYPTO_E_JOB_CANCELED`,
 * from a main function. `CRYPTO_E_JOB_CANCELED`: it will be, when the driver lets go of it; the callback comes then.
 * `E_NOT_OK`: it goes on, or it has ended and its callback is on the way. Source: [SWS_Csm_00968] [SWS_Csm_01086]
 */
Std_ReturnType Csm_CancelJob(uint32 job,
                             Crypto_OperationModeType mode);

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
 * Encrypts data.
 *
 * * `jobId`: a job of service `CRYPTO_ENCRYPT`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; UPDATE and FINISH need the result and its length.
 * * `dataPtr`, `dataLength`: `dataLength` bytes.
 * * `resultPtr`: room for what this call completes. It may be `dataPtr`; any other overlap is refused.
 * * `resultLengthPtr`: in: bytes of room; out, on success of UPDATE and FINISH: bytes written by this call.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00984]
 */
Std_ReturnType Csm_Encrypt(uint32 jobId,
                           Crypto_OperationModeType mode,
                           const uint8 *dataPtr,
                           uint32 dataLength,
                           uint8 *resultPtr,
                           uint32 *resultLengthPtr);

/**
 * Decrypts data.
 *
 * * `jobId`: a job of service `CRYPTO_DECRYPT`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; UPDATE and FINISH need the result and its length.
 * * `dataPtr`, `dataLength`: `dataLength` bytes.
 * * `resultPtr`: room for what this call completes. It may be `dataPtr`; any other overlap is refused.
 * * `resultLengthPtr`: in: bytes of room; out, on success of UPDATE and FINISH: bytes written by this call.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00989]
 */
Std_ReturnType Csm_Decrypt(uint32 jobId,
                           Crypto_OperationModeType mode,
                           const uint8 *dataPtr,
                           uint32 dataLength,
                           uint8 *resultPtr,
                           uint32 *resultLengthPtr);

/**
 * Encrypts a text, and authenticates it together with data that stay in the clear.
 *
 * * `jobId`: a job of service `CRYPTO_AEADENCRYPT`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE takes text and associated data, and needs room when there is text; FINISH
 *   needs the tag and its length.
 * * `plaintextPtr`, `plaintextLength`; `associatedDataPtr`, `associatedDataLength`: bytes; of length 0 also `NULL_PTR`. In a stream
 *   associated data come before the first text.
 * * `ciphertextPtr`: room for what this call completes. It may be `plaintextPtr`; any other overlap is refused.
 * * `ciphertextLengthPtr`: in: bytes of room; out, on success: bytes written by this call.
 * * `tagPtr`, `tagLengthPtr`: room for the tag; in: bytes wanted; out, on success of FINISH: bytes of the tag.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01023]
 */
Std_ReturnType Csm_AEADEncrypt(uint32 jobId,
                               Crypto_OperationModeType mode,
                               const uint8 *plaintextPtr,
                               uint32 plaintextLength,
                               const uint8 *associatedDataPtr,
                               uint32 associatedDataLength,
                               uint8 *ciphertextPtr,
                               uint32 *ciphertextLengthPtr,
                               uint8 *tagPtr,
                               uint32 *tagLengthPtr);

/**
 * Decrypts a text, and verifies it together with data that stay in the clear. A wrong tag is a result, not an error; what a
 * single call has decrypted is then wiped.
 *
 * * `jobId`: a job of service `CRYPTO_AEADDECRYPT`.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE takes text and associated data, and needs room when there is text; FINISH
 *   needs the tag and `verifyPtr`. What UPDATE gives is not verified before FINISH.
 * * `ciphertextPtr`, `ciphertextLength`; `associatedDataPtr`, `associatedDataLength`: bytes; of length 0 also `NULL_PTR`. In a stream
 *   associated data come before the first text.
 * * `tagPtr`, `tagLength`: the tag in bytes.
 * * `plaintextPtr`: room for what this call completes. It may be `ciphertextPtr`; any other overlap is refused.
 * * `plaintextLengthPtr`: in: bytes of room; out, on success: bytes written by this call.
 * * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
 *
 * Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01026]
 */
Std_ReturnType Csm_AEADDecrypt(uint32 jobId,
                               Crypto_OperationModeType mode,
                               const uint8 *ciphertextPtr,
                               uint32 ciphertextLength,
                               const uint8 *associatedDataPtr,
                               uint32 associatedDataLength,
                               const uint8 *tagPtr,
                               uint32 tagLength,
                               uint8 *plaintextPtr,
                               uint32 *plaintextLengthPtr,
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
 * Copies a key element; the target key becomes invalid until `Csm_KeySetValid`.
 *
 * * `keyId`, `keyElementId`: Csm key and element to copy.
 * * `targetKeyId`, `targetKeyElementId`: Csm key and element that receive it, in the same driver or in another.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_AVAILABLE`, `CRYPTO_E_KEY_READ_FAIL`,
 * `CRYPTO_E_KEY_WRITE_FAIL`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00969]
 */
Std_ReturnType Csm_KeyElementCopy(uint32 keyId, uint32 keyElementId, uint32 targetKeyId, uint32 targetKeyElementId);

/**
 * Copies `keyElementCopyLength` bytes of a key element into another, over what is there or behind it.
 *
 * * `keyElementSourceOffset`, `keyElementTargetOffset`: bytes before the part, in the source and in the target.
 *
 * Returns as [`Csm_KeyElementCopy`]. Source: [SWS_Csm_91025]
 */
Std_ReturnType Csm_KeyElementCopyPartial(uint32 keyId,
                                         uint32 keyElementId,
                                         uint32 keyElementSourceOffset,
                                         uint32 keyElementTargetOffset,
                                         uint32 keyElementCopyLength,
                                         uint32 targetKeyId,
                                         uint32 targetKeyElementId);

/**
 * Copies all elements of a key to a key of the same driver, which becomes invalid until `Csm_KeySetValid`.
 *
 * * `keyId`, `targetKeyId`: Csm keys.
 *
 * Returns as [`Csm_KeyElementCopy`]. Source: [SWS_Csm_01034]
 */
Std_ReturnType Csm_KeyCopy(uint32 keyId, uint32 targetKeyId);

/**
 * Adds a seed to the state of a random generator, beside its own entropy.
 *
 * * `keyId`: Csm key of the generator.
 * * `seedPtr`, `seedLength`: `seedLength` bytes.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`. Source: [SWS_Csm_01051]
 */
Std_ReturnType Csm_RandomSeed(uint32 keyId, const uint8 *seedPtr, uint32 seedLength);

/**
 * Makes a fresh key, by the algorithm in its element `CRYPTO_KE_KEYGENERATE_ALGORITHM`; invalid until `Csm_KeySetValid`.
 *
 * * `keyId`: Csm key.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00955]
 */
Std_ReturnType Csm_KeyGenerate(uint32 keyId);

/**
 * Derives a key from another of the same driver, by the elements `CRYPTO_KE_KEYDERIVATION_*` of that one; invalid until
 * `Csm_KeySetValid`.
 *
 * * `keyId`, `targetKeyId`: Csm keys.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_READ_FAIL`, `CRYPTO_E_KEY_WRITE_FAIL`,
 * `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00956]
 */
Std_ReturnType Csm_KeyDerive(uint32 keyId, uint32 targetKeyId);

/**
 * Computes the public value of a key exchange.
 *
 * * `keyId`: Csm key of the exchange.
 * * `publicValuePtr`: room for the public value.
 * * `publicValueLengthPtr`: in: bytes of room; out: bytes of the public value.
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_00966]
 */
Std_ReturnType Csm_KeyExchangeCalcPubVal(uint32 keyId,
                                         uint8 *publicValuePtr,
                                         uint32 *publicValueLengthPtr);

/**
 * Computes the shared secret of a key exchange, which stays in the driver as element `CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE`.
 *
 * * `keyId`: Csm key of the exchange.
 * * `partnerPublicValuePtr`, `partnerPublicValueLength`: `partnerPublicValueLength` bytes.
 *
 * Returns as [`Csm_KeyExchangeCalcPubVal`]. Source: [SWS_Csm_00967]
 */
Std_ReturnType Csm_KeyExchangeCalcSecret(uint32 keyId,
                                         const uint8 *partnerPublicValuePtr,
                                         uint32 partnerPublicValueLength);

/**
 * Makes the job's key usable.
 *
 * * `jobId`: a job of service `CRYPTO_KEYSETVALID`.
 *
 * Returns as [`Csm_Hash`], or what the driver returned. Source: [SWS_Csm_91027]
 */
Std_ReturnType Csm_JobKeySetValid(uint32 jobId);

/**
 * Makes the job's key unusable.
 *
 * * `jobId`: a job of service `CRYPTO_KEYSETINVALID`.
 *
 * Returns as [`Csm_Hash`], or what the driver returned.
 */
Std_ReturnType Csm_JobKeySetInvalid(uint32 jobId);

/**
 * Adds a seed to the state of the job's random generator, beside its own entropy.
 *
 * * `jobId`: a job of service `CRYPTO_RANDOMSEED`.
 * * `seedPtr`, `seedLength`: `seedLength` bytes.
 *
 * Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`. Source: [SWS_Csm_91028]
 */
Std_ReturnType Csm_JobRandomSeed(uint32 jobId, const uint8 *seedPtr, uint32 seedLength);

/**
 * Makes the job's key a fresh one.
 *
 * * `jobId`: a job of service `CRYPTO_KEYGENERATE`.
 *
 * Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_91029]
 */
Std_ReturnType Csm_JobKeyGenerate(uint32 jobId);

/**
 * Derives a key from the job's key.
 *
 * * `jobId`: a job of service `CRYPTO_KEYDERIVE`.
 * * `targetKeyId`: Csm key of the same driver that becomes the derived key.
 *
 * Returns as [`Csm_Hash`]; from the driver also what [`Csm_KeyDerive`] returns. Source: [SWS_Csm_91030]
 */
Std_ReturnType Csm_JobKeyDerive(uint32 jobId, uint32 targetKeyId);

/**
 * Computes the public value of a key exchange with the job's key.
 *
 * * `jobId`: a job of service `CRYPTO_KEYEXCHANGECALCPUBVAL`.
 * * `publicValuePtr`: room for the public value.
 * * `publicValueLengthPtr`: in: bytes of room; out, on success: bytes of the public value.
 *
 * Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_EMPTY`. Source: [SWS_Csm_91031]
 */
Std_ReturnType Csm_JobKeyExchangeCalcPubVal(uint32 jobId, uint8 *publicValuePtr, uint32 *publicValueLengthPtr);

/**
 * Computes the shared secret of a key exchange with the job's key.
 *
 * * `jobId`: a job of service `CRYPTO_KEYEXCHANGECALCSECRET`.
 * * `partnerPublicValuePtr`, `partnerPublicValueLength`: `partnerPublicValueLength` bytes.
 *
 * Returns as [`Csm_JobKeyExchangeCalcPubVal`]. Source: [SWS_Csm_91032]
 */
Std_ReturnType Csm_JobKeyExchangeCalcSecret(uint32 jobId,
                                            const uint8 *partnerPublicValuePtr,
                                            uint32 partnerPublicValueLength);

/**
 * Asks a driver for a service that the standard does not know, by a job.
 *
 * * `jobId`: a job of service `CRYPTO_CUSTOM_SERVICE`; its key goes along.
 * * `mode`: `CRYPTO_OPERATIONMODE_*`, combined, as the driver wants it.
 * * `targetKeyId`: a second Csm key, of the same driver; `CSM_NO_KEY` for none.
 * * `inputPtr` to `tertiaryInputLength`: inputs in bytes; of length 0 also `NULL_PTR`.
 * * `outputPtr` to `secondaryOutputLengthPtr`: outputs; in: bytes of room; out: bytes written. An output that is not wanted is
 *   `NULL_PTR`, its length too, or points to 0. No output may overlap anything else.
 * * `verifyPtr`: outcome of a verification, or `NULL_PTR`.
 *
 * Returns as [`Csm_Hash`]; from the driver also any `CRYPTO_E_*`, such as `CRYPTO_E_CUSTOM_ERROR`.
 */
Std_ReturnType Csm_CustomService(uint32 jobId,
                                 Crypto_OperationModeType mode,
                                 uint32 targetKeyId,
                                 const uint8 *inputPtr,
                                 uint32 inputLength,
                                 const uint8 *secondaryInputPtr,
                                 uint32 secondaryInputLength,
                                 const uint8 *tertiaryInputPtr,
                                 uint32 tertiaryInputLength,
                                 uint8 *outputPtr,
                                 uint32 *outputLengthPtr,
                                 uint8 *secondaryOutputPtr,
                                 uint32 *secondaryOutputLengthPtr,
                                 Crypto_VerifyResultType *verifyPtr);

/**
 * Asks a driver for something that the standard does not know, at once and without a job.
 *
 * * `dispatchId`: what is asked for; its meaning is the driver's.
 * * `keyId`, `keyElementId`; `targetKeyId`, `targetKeyElementId`: Csm keys and their elements. `CSM_NO_KEY` for none; one of the
 *   two keys tells which driver is asked.
 * * `inputPtr` to `secondaryOutputLengthPtr`: as in [`Csm_CustomService`].
 *
 * Returns what the driver returned: `CRYPTO_E_BUSY`, `CRYPTO_E_CUSTOM_ERROR`.
 */
Std_ReturnType Csm_CustomSync(uint32 dispatchId,
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
extern const Csm_ConfigType Csm_Config;

#endif /* CSM_H */
