//! What generated C tells Csm: `Csm_ConfigType` and its tables. They lie in flash; Csm only reads them.

use v2gcrypt_types::*;

/// `CsmCallbackFunc`: told the job and its result when an asynchronous job has ended. [SWS_Csm_00971]
pub type Csm_CallbackFuncType = Option<unsafe extern "C" fn(jobId: uint32, result: Crypto_ResultType)>;

/// One `CsmJob`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Csm_JobConfigType {
    /// Service, algorithm, CryIf key, synchronous or asynchronous.
    pub jobPrimitiveInfo: *const Crypto_JobPrimitiveInfoType,
    /// `CsmInOutRedirectionRef`, or `NULL_PTR`.
    pub jobRedirectionInfoRef: *mut Crypto_JobRedirectionInfoType,
    /// Told when an asynchronous job has ended; `NULL_PTR` for none.
    pub callback: Csm_CallbackFuncType,
    /// `CsmJobPriority`; larger is more urgent.
    pub priority: uint32,
    /// Index of the job's queue.
    pub queueId: uint32,
    /// `CsmJobPrimitiveCallbackUpdateNotification`.
    pub callbackUpdateNotification: boolean,
}

/// One `CsmQueue`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Csm_QueueConfigType {
    /// CryIf channel that the queue feeds.
    pub channelId: uint32,
    /// `CsmQueueSize`: jobs that can wait; 0 for synchronous jobs only.
    pub size: uint32,
    /// Index of the first of the queue's `size` words in [`Csm_ConfigType::queueSlots`].
    pub firstSlot: uint32,
    /// Index of the main function that drains the queue.
    pub mainFunctionId: uint32,
}

/// RAM of one job, beside its `Crypto_JobType`. What is in it is Csm's own business.
#[repr(C)]
pub union Csm_JobRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CSM_JOB_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of one queue.
#[repr(C)]
pub union Csm_QueueRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CSM_QUEUE_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// Words in a [`Csm_JobRamType`].
pub const CSM_JOB_RAM_WORDS: usize = 6;
/// Words in a [`Csm_QueueRamType`].
pub const CSM_QUEUE_RAM_WORDS: usize = 10;

/// The configuration of Csm.
#[repr(C)]
pub struct Csm_ConfigType {
    /// [`V2GCRYPT_CONFIG_MAGIC`].
    pub magic: uint32,
    /// `sizeof(Csm_ConfigType)`.
    pub configSize: uint32,
    /// `sizeof(Csm_JobConfigType)`.
    pub jobConfigSize: uint32,
    /// `sizeof(Crypto_JobType)`.
    pub jobSize: uint32,
    /// Jobs.
    pub jobCount: uint32,
    /// Queues.
    pub queueCount: uint32,
    /// Keys.
    pub keyCount: uint32,
    /// Main functions; at least 1.
    pub mainFunctionCount: uint32,
    /// Words in `queueSlots`: the sum of all queue sizes.
    pub queueSlotCount: uint32,
    /// `jobCount` jobs.
    pub jobs: *const Csm_JobConfigType,
    /// `queueCount` queues.
    pub queues: *const Csm_QueueConfigType,
    /// `keyCount` CryIf key ids, by Csm key id.
    pub keys: *const uint32,
    /// RAM: `jobCount` job records.
    pub jobRecords: *mut Crypto_JobType,
    /// RAM: `jobCount` nodes.
    pub jobRam: *mut Csm_JobRamType,
    /// RAM: `queueCount` nodes.
    pub queueRam: *mut Csm_QueueRamType,
    /// RAM: `queueSlotCount` words.
    pub queueSlots: *mut uint32,
    /// `CsmDevErrorDetect`: development errors are reported to Det. They are detected in any case.
    pub devErrorDetect: boolean,
    /// Policy: `macLength` of `Csm_MacVerify` is in bytes. Strict: 0, in bits.
    pub macLengthInBytes: boolean,
    /// Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
    pub abi: *const uint8,
}
