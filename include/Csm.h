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

/**
 * Words in a [`Csm_JobRamType`].
 */
#define CSM_JOB_RAM_WORDS 16

/**
 * Words in a [`Csm_QueueRamType`].
 */
#define CSM_QUEUE_RAM_WORDS 16

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

/* The linked configuration, from the generator. */
extern const Csm_ConfigType Csm_Config;

#endif /* CSM_H */
