//! What generated C tells one instance of the HSM driver: `CryptoHsm_InstanceType` and its tables.
//!
//! The tables lie in flash; the instance's RAM is reserved by generated C and sized by the bounds below. Primitives and the RAM
//! of waiting jobs are as in the soft driver.

use core::ffi::c_void;

use v2gcrypt_types::{numbers, *};

use crate::soft::config::{CryptoSoft_PrimitiveConfigType, CryptoSoft_SlotRamType};

numbers! {
    /// Where the value of a key element is.
    table STORAGES for uint8 {
        CRYPTO_HSM_STORAGE_HOST = 0;
        CRYPTO_HSM_STORAGE_SLOT = 1;
        CRYPTO_HSM_STORAGE_PUBLIC_KEY = 2;
    }
}

numbers! {
    /// Indexes that name nothing.
    table NO_INDEXES for uint32 {
        CRYPTO_HSM_NO_SLOT = 0xFFFF_FFFF;
    }
}

numbers! {
    /// Doorbells beside those of the channels, which have the channels' numbers.
    table DOORBELLS for uint8 {
        CRYPTO_HSM_DOORBELL_STATUS = 31;
    }
}

numbers! {
    /// Runtime errors of the connection, beside AUTOSAR's: each is reported once, by the main function's service id, and again only
    /// when the HSM has been well meanwhile.
    table RUNTIME_ERRORS for uint8 {
        CRYPTO_HSM_E_RE_BROKEN = 0x80;
        CRYPTO_HSM_E_RE_VERSION = 0x81;
    }
}

/// One key slot of the HSM that the configuration uses. The HSM enforces the policy; the host only proposes it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CryptoHsm_SlotConfigType {
    /// First word of the policy: `v2gcrypt_hsm_protocol::policy::Policy::to_words`.
    pub policyKind: uint32,
    /// Second word of the policy.
    pub policyUsage: uint32,
    /// Number of the slot in the HSM. No two entries have the same.
    pub number: uint16,
}

/// One element of a key type.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoHsm_KeyElementConfigType {
    /// `CryptoKeyElementId`.
    pub keyElementId: uint32,
    /// `CryptoKeyElementSize`: room in bytes.
    pub size: uint32,
    /// Where an element of the host begins in [`CryptoHsm_KeyConfigType::data`]; else 0.
    pub offset: uint32,
    /// `CryptoKeyElementInitValue` of an element of the host, or `NULL_PTR`.
    pub initValue: *const uint8,
    /// Length of the initial value.
    pub initLength: uint32,
    /// Index in [`CryptoHsm_InstanceType::slots`], or [`CRYPTO_HSM_NO_SLOT`]: that of an element in the HSM, or that of the private key
    /// whose public half the element is.
    pub slot: uint32,
    /// `CRYPTO_HSM_STORAGE_*`: in the host's RAM, which is for what is not secret; in a slot of the HSM; or nowhere, a public key that the HSM
    /// computes when it is read.
    pub storage: uint8,
    /// `CRYPTO_SOFT_RA_*`. The HSM does not give out keys, whatever stands here.
    pub readAccess: uint8,
    /// `CRYPTO_SOFT_WA_*`.
    pub writeAccess: uint8,
    /// `CryptoKeyElementAllowPartialAccess`; of an element of the host.
    pub allowPartialAccess: boolean,
}

/// One `CryptoKey`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoHsm_KeyConfigType {
    /// `elementCount` elements of the key's type, by ascending id. No slot is in two keys.
    pub elements: *const CryptoHsm_KeyElementConfigType,
    /// Elements of the key's type.
    pub elementCount: uint32,
    /// RAM: `dataSize` bytes for the values of the elements of the host.
    pub data: *mut uint8,
    /// Size of `data`.
    pub dataSize: uint32,
    /// RAM: `elementCount` lengths of what has been written, one per element.
    pub elementLengths: *mut uint32,
    /// `usageCount` algorithms that may use the key. Services that manage keys are listed by their service; the rest is 0.
    pub usages: *const CryptoSoft_PrimitiveConfigType,
    /// Algorithms that may use the key. None: nobody may.
    pub usageCount: uint32,
}

/// One `CryptoDriverObject`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoHsm_ObjectConfigType {
    /// `primitiveCount` primitives that the object serves.
    pub primitives: *const CryptoSoft_PrimitiveConfigType,
    /// Primitives that the object serves.
    pub primitiveCount: uint32,
    /// `CryptoQueueSize`: asynchronous jobs that can wait for the object beside those in work; 0 for none.
    pub queueSize: uint32,
    /// Index of the first of the object's `queueSize` slots in [`CryptoHsm_InstanceType::queueRam`].
    pub firstQueueSlot: uint32,
    /// Index of the first of the object's `workCount` places in [`CryptoHsm_InstanceType::workRam`].
    pub firstWork: uint32,
    /// Jobs of the object that can be in work at the same time, 1 to 8. Each has a bounce buffer.
    pub workCount: uint32,
    /// Channel of the mailbox, 0 to 3.
    pub channel: uint8,
}

/// How the driver reaches the HSM: the shared region, the bridge between the cores, the clock. Each function gets `context`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoHsm_TransportType {
    /// Whatever the functions need.
    pub context: *mut c_void,
    /// First word of the shared region: non-cached, aligned to 64 bytes.
    pub region: *mut uint32,
    /// Length of the region in bytes: the mailbox (4736) and the bounce buffers.
    pub regionLength: uint32,
    /// Address of the region on the bus, as the HSM reaches it; a multiple of 4.
    pub busAddress: uint32,
    /// Writes the host's status word, beside word 0 of the region. `NULL_PTR`: the bridge has none.
    pub hostStatusSet: Option<unsafe extern "C" fn(context: *mut c_void, word: uint32)>,
    /// Reads the HSM's status word. `NULL_PTR`: it is word 16 of the region.
    pub hsmStatusGet: Option<unsafe extern "C" fn(context: *mut c_void) -> uint32>,
    /// Rings a doorbell of the HSM: a channel's, or `CRYPTO_HSM_DOORBELL_STATUS`.
    pub ringDoorbell: Option<unsafe extern "C" fn(context: *mut c_void, doorbell: uint8)>,
    /// Tells the bus address of an input, if the HSM can read it where it is: all of its bytes, and what was written there before this
    /// call. `E_NOT_OK`, or `NULL_PTR`: it is copied. Outputs are always copied.
    pub translate: Option<
        unsafe extern "C" fn(
            context: *mut c_void,
            start: *const uint8,
            length: uint32,
            busAddress: *mut uint32,
        ) -> Std_ReturnType,
    >,
    /// Completes all stores before any that follows (`DSYNC`). `NULL_PTR`: the compiler's release stores do.
    pub barrier: Option<unsafe extern "C" fn(context: *mut c_void)>,
    /// A counter that runs freely, also while the caller polls it.
    pub now: Option<unsafe extern "C" fn(context: *mut c_void) -> uint32>,
    /// Waits for a bell of the channel or for `ticks`, whichever comes first; may return early. `NULL_PTR`: synchronous calls poll.
    pub wait: Option<unsafe extern "C" fn(context: *mut c_void, channel: uint8, ticks: uint32)>,
}

/// Bounds of time, in ticks of [`CryptoHsm_TransportType::now`]; each less than 2³¹ and not 0.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CryptoHsm_TimeoutsType {
    /// From the question for a connection to the answer.
    pub connect: uint32,
    /// From a request for symmetric cryptography to its response.
    pub fast: uint32,
    /// From a request for anything else to its response.
    pub slow: uint32,
    /// What a synchronous call waits at most.
    pub synchronous: uint32,
}

/// What the HSM tells of itself.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CryptoHsm_StatusType {
    /// Version of the firmware: major, minor, patch in the three low bytes.
    pub firmware: uint32,
    /// Bits: P-256, P-384, P-521, Ed25519 with X25519.
    pub features: uint32,
    /// Key slots.
    pub slots: uint32,
    /// Contexts of streams.
    pub contexts: uint32,
    /// The most bytes of input that one request carries.
    pub piece: uint32,
    /// State of the life cycle: 0 blank, 1 factory, 2 operational, 3 locked.
    pub lifecycle: uint32,
    /// Records in flash that were found tampered with.
    pub tampered: uint32,
    /// Bit 0: the device key is the test key of simulations.
    pub notes: uint32,
}

/// An event of the HSM's log.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CryptoHsm_EventType {
    /// Counts up with each event.
    pub number: uint32,
    /// What has happened: `v2gcrypt_hsm_firmware::log::Code`.
    pub code: uint32,
    /// What the code says.
    pub argument: uint32,
}

/// Words in a [`CryptoHsm_KeyRamType`].
pub const CRYPTO_HSM_KEY_RAM_WORDS: usize = 8;

/// Words in a [`CryptoHsm_ObjectRamType`].
pub const CRYPTO_HSM_OBJECT_RAM_WORDS: usize = 8;

/// Words in a [`CryptoHsm_WorkRamType`], with pointers of 64 bits.
#[cfg(target_pointer_width = "64")]
pub const CRYPTO_HSM_WORK_RAM_WORDS: usize = 112;
/// Words in a [`CryptoHsm_WorkRamType`], with pointers of 32 bits.
#[cfg(target_pointer_width = "32")]
pub const CRYPTO_HSM_WORK_RAM_WORDS: usize = 96;

/// Words in a [`CryptoHsm_InstanceRamType`].
pub const CRYPTO_HSM_INSTANCE_RAM_WORDS: usize = 160;

/// RAM of one key, beside its bytes.
#[repr(C)]
pub union CryptoHsm_KeyRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_HSM_KEY_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of one driver object.
#[repr(C)]
pub union CryptoHsm_ObjectRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_HSM_OBJECT_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of one job in work.
#[repr(C)]
pub union CryptoHsm_WorkRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_HSM_WORK_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of the instance itself: the connection, the rings. Zero before `Init`, so it belongs in a cleared section.
#[repr(C)]
pub union CryptoHsm_InstanceRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_HSM_INSTANCE_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// One instance of the HSM driver: what `Crypto_<vi>_<ai>_…` passes to the core. A region belongs to one instance.
#[repr(C)]
pub struct CryptoHsm_InstanceType {
    /// [`V2GCRYPT_CONFIG_MAGIC`].
    pub magic: uint32,
    /// `sizeof(CryptoHsm_InstanceType)`.
    pub instanceSize: uint32,
    /// `sizeof(CryptoHsm_WorkRamType)`.
    pub workRamSize: uint32,
    /// `sizeof(CryptoHsm_InstanceRamType)`.
    pub instanceRamSize: uint32,
    /// `CryptoInstanceId`, for Det.
    pub instanceId: uint32,
    /// Driver objects.
    pub objectCount: uint32,
    /// Keys.
    pub keyCount: uint32,
    /// Key slots of the HSM that are used, at most 32.
    pub slotCount: uint32,
    /// Slots in `queueRam`: the sum of all queue sizes.
    pub queueSlotCount: uint32,
    /// Places in `workRam`: those of all objects, and a last one for the services of keys. As many as there are bounce buffers.
    pub workCount: uint32,
    /// `objectCount` driver objects.
    pub objects: *const CryptoHsm_ObjectConfigType,
    /// `keyCount` keys.
    pub keys: *const CryptoHsm_KeyConfigType,
    /// `slotCount` slots.
    pub slots: *const CryptoHsm_SlotConfigType,
    /// RAM: the instance's own state.
    pub ram: *mut CryptoHsm_InstanceRamType,
    /// RAM: `objectCount` objects.
    pub objectRam: *mut CryptoHsm_ObjectRamType,
    /// RAM: `keyCount` keys.
    pub keyRam: *mut CryptoHsm_KeyRamType,
    /// RAM: `queueSlotCount` waiting jobs.
    pub queueRam: *mut CryptoSoft_SlotRamType,
    /// RAM: `workCount` jobs in work.
    pub workRam: *mut CryptoHsm_WorkRamType,
    /// How the HSM is reached.
    pub transport: *const CryptoHsm_TransportType,
    /// Bounds of time.
    pub timeouts: CryptoHsm_TimeoutsType,
    /// Where the first bounce buffer begins in the region: 4736 or more bytes, a multiple of 64.
    pub bounceOffset: uint32,
    /// Bytes of each of the `workCount` bounce buffers: 640 to 16384, a multiple of 64. 4480 take all that one request can carry.
    pub bounceSize: uint32,
    /// Channel of the services of keys, 0 to 3.
    pub serviceChannel: uint8,
    /// `CryptoDevErrorDetect`: development errors are reported to Det. They are detected in any case.
    pub devErrorDetect: boolean,
    /// Policy: a message of no bytes may be hashed, authenticated and signed. Strict: 0, refused.
    pub tolerateEmptyInput: boolean,
    /// Policy: the length of a MAC to compare with is in bytes. Strict: 0, in bits.
    pub macLengthInBytes: boolean,
    /// Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
    pub abi: *const uint8,
}
