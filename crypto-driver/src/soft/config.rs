//! What generated C tells one instance of the soft driver: `CryptoSoft_InstanceType` and its tables.
//!
//! The tables lie in flash; the instance's RAM is reserved by generated C and sized by the bounds below.

use v2gcrypt_types::{numbers, *};

/// One element of a key type.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_KeyElementConfigType {
    /// `CryptoKeyElementId`.
    pub keyElementId: uint32,
    /// `CryptoKeyElementSize`: room in bytes.
    pub size: uint32,
    /// Where the element begins in [`CryptoSoft_KeyConfigType::data`].
    pub offset: uint32,
    /// `CryptoKeyElementInitValue`, or `NULL_PTR`.
    pub initValue: *const uint8,
    /// Length of the initial value.
    pub initLength: uint32,
    /// `CRYPTO_KE_FORMAT_*`.
    pub format: uint8,
    /// `CRYPTO_SOFT_RA_*`.
    pub readAccess: uint8,
    /// `CRYPTO_SOFT_WA_*`.
    pub writeAccess: uint8,
    /// `CryptoKeyElementAllowPartialAccess`.
    pub allowPartialAccess: boolean,
    /// `CryptoKeyElementPersist`.
    pub persist: boolean,
}

numbers! {
    /// Read access of a key element, in the order of increasing restriction.
    table READ_ACCESSES for uint8 {
        CRYPTO_SOFT_RA_ALLOWED = 0;
        CRYPTO_SOFT_RA_ENCRYPTED = 1;
        CRYPTO_SOFT_RA_INTERNAL_COPY = 2;
        CRYPTO_SOFT_RA_DENIED = 3;
    }
}

numbers! {
    /// Write access of a key element, in the order of increasing restriction.
    table WRITE_ACCESSES for uint8 {
        CRYPTO_SOFT_WA_ALLOWED = 0;
        CRYPTO_SOFT_WA_ENCRYPTED = 1;
        CRYPTO_SOFT_WA_INTERNAL_COPY = 2;
        CRYPTO_SOFT_WA_DENIED = 3;
    }
}

numbers! {
    /// What `KeySetValid` turns element 1 of a key into, so that jobs need not parse it again.
    ///
    /// It is a cache, not a permission: a job that needs another form parses the bytes itself.
    /// The generator writes the form that all jobs of the key agree on, and `NONE` when they do not agree.
    table PREPARED_FORMS for uint8 {
        CRYPTO_SOFT_FORM_NONE = 0;
        CRYPTO_SOFT_FORM_AES_CMAC = 1;
        CRYPTO_SOFT_FORM_HMAC_SHA256 = 2;
        CRYPTO_SOFT_FORM_HMAC_SHA384 = 3;
        CRYPTO_SOFT_FORM_HMAC_SHA512 = 4;
        CRYPTO_SOFT_FORM_ECDSA_P256_SIGN = 5;
        CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY = 6;
        CRYPTO_SOFT_FORM_AES_CIPHER = 7;
        CRYPTO_SOFT_FORM_AES_GCM = 8;
        CRYPTO_SOFT_FORM_CHACHA20_POLY1305 = 9;
        CRYPTO_SOFT_FORM_ECDSA_P384_SIGN = 10;
        CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY = 11;
        CRYPTO_SOFT_FORM_ECDSA_P521_SIGN = 12;
        CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY = 13;
        CRYPTO_SOFT_FORM_ED25519_SIGN = 14;
        CRYPTO_SOFT_FORM_ED25519_VERIFY = 15;
    }
}

numbers! {
    /// Indexes that name nothing.
    table NO_INDEXES for uint32 {
        CRYPTO_SOFT_NO_NV_BLOCK = 0xFFFF_FFFF;
    }
}

/// One `CryptoKey`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_KeyConfigType {
    /// `elementCount` elements of the key's type, by ascending id.
    pub elements: *const CryptoSoft_KeyElementConfigType,
    /// Elements of the key's type.
    pub elementCount: uint32,
    /// RAM: `dataSize` bytes for the elements' values.
    pub data: *mut uint8,
    /// Size of `data`.
    pub dataSize: uint32,
    /// RAM: `elementCount` lengths of what has been written, one per element.
    pub elementLengths: *mut uint32,
    /// `CRYPTO_SOFT_FORM_*`.
    pub preparedForm: uint8,
    /// `usageCount` algorithms that may use the key. Services that manage keys are listed by their service; the rest is 0.
    pub usages: *const CryptoSoft_PrimitiveConfigType,
    /// Algorithms that may use the key. None: nobody may.
    pub usageCount: uint32,
    /// Index in [`CryptoSoft_InstanceType::nvBlocks`], or [`CRYPTO_SOFT_NO_NV_BLOCK`].
    pub nvBlock: uint32,
}

numbers! {
    /// `CryptoNvBlockProcessing`: when a key that has become valid is written.
    table NV_PROCESSINGS for uint8 {
        CRYPTO_SOFT_NV_IMMEDIATE = 0;
        CRYPTO_SOFT_NV_DEFERRED = 1;
    }
}

numbers! {
    /// How far the persistence of a key is: what `NvGetStatus` tells.
    table NV_STATUSES for uint8 {
        CRYPTO_SOFT_NV_IDLE = 0;
        CRYPTO_SOFT_NV_LOADING = 1;
        CRYPTO_SOFT_NV_PENDING = 2;
        CRYPTO_SOFT_NV_FAILED = 3;
    }
}

/// One `CryptoNvBlock`: a NvM block of type dataset with three data sets, the two copies of the key and a quarantine.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_NvBlockConfigType {
    /// Key that the block keeps.
    pub keyId: uint32,
    /// RAM: `recordSize` bytes for what is being written or read.
    pub record: *mut uint8,
    /// Size of the NvM block in bytes.
    pub recordSize: uint32,
    /// `NvMNvramBlockIdentifier`.
    pub nvmBlockId: uint16,
    /// `CRYPTO_SOFT_NV_IMMEDIATE` or `_DEFERRED`.
    pub processing: uint8,
    /// `CryptoNvBlockFailedRetries`.
    pub failedRetries: uint8,
    /// `NvMBlockUseSyncMechanism`: NvM fetches and brings the record by `ReadFrom` and `WriteTo`.
    pub useSyncMechanism: boolean,
}

/// What the driver calls for the persistence of keys. Generated C fills it in only where there are NV blocks, so that a program
/// without them needs neither NvM nor a device key.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_NvMType {
    /// `NvM_SetDataIndex`
    pub setDataIndex: Option<unsafe extern "C" fn(BlockId: uint16, DataIndex: uint8) -> Std_ReturnType>,
    /// `NvM_ReadBlock`
    pub readBlock: Option<unsafe extern "C" fn(BlockId: uint16, NvM_DstPtr: *mut core::ffi::c_void) -> Std_ReturnType>,
    /// `NvM_WriteBlock`
    pub writeBlock: Option<unsafe extern "C" fn(BlockId: uint16, NvM_SrcPtr: *const core::ffi::c_void) -> Std_ReturnType>,
    /// `NvM_GetErrorStatus`; the result is a `NvM_RequestResultType`.
    pub getErrorStatus: Option<unsafe extern "C" fn(BlockId: uint16, RequestResultPtr: *mut uint8) -> Std_ReturnType>,
    /// `Crypto_DeviceKeyCallout`
    pub deviceKey: Option<unsafe extern "C" fn(keyPtr: *mut uint8, keyLength: uint32) -> Std_ReturnType>,
}

/// Words in a [`CryptoSoft_NvBlockRamType`].
pub const CRYPTO_SOFT_NV_BLOCK_RAM_WORDS: usize = 32;

/// RAM of one NV block, beside its record: state.
#[repr(C)]
pub union CryptoSoft_NvBlockRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_SOFT_NV_BLOCK_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// One algorithm of a `CryptoPrimitive`: the product of its families, modes and secondary families is written out.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_PrimitiveConfigType {
    /// Service.
    pub service: Crypto_ServiceInfoType,
    /// Family.
    pub family: Crypto_AlgorithmFamilyType,
    /// Mode.
    pub mode: Crypto_AlgorithmModeType,
    /// Secondary family.
    pub secondaryFamily: Crypto_AlgorithmFamilyType,
}

/// One `CryptoDriverObject`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryptoSoft_ObjectConfigType {
    /// `primitiveCount` primitives that the object serves.
    pub primitives: *const CryptoSoft_PrimitiveConfigType,
    /// Primitives that the object serves.
    pub primitiveCount: uint32,
    /// `CryptoQueueSize`: asynchronous jobs that can wait for the object; 0 for none.
    pub queueSize: uint32,
    /// Index of the first of the object's `queueSize` slots in [`CryptoSoft_InstanceType::queueRam`].
    pub firstSlot: uint32,
}

/// Words in a [`CryptoSoft_KeyRamType`], with pointers of 64 bits.
#[cfg(target_pointer_width = "64")]
pub const CRYPTO_SOFT_KEY_RAM_WORDS: usize = 400;
/// Words in a [`CryptoSoft_KeyRamType`], with pointers of 32 bits: with room for an alignment of 16 bytes, that of a 128-bit integer in SHA-512.
#[cfg(target_pointer_width = "32")]
pub const CRYPTO_SOFT_KEY_RAM_WORDS: usize = 138;

/// Words in a [`CryptoSoft_ObjectRamType`], with pointers of 64 bits.
#[cfg(target_pointer_width = "64")]
pub const CRYPTO_SOFT_OBJECT_RAM_WORDS: usize = 384;
/// Words in a [`CryptoSoft_ObjectRamType`], with pointers of 32 bits.
#[cfg(target_pointer_width = "32")]
pub const CRYPTO_SOFT_OBJECT_RAM_WORDS: usize = 220;

/// Words in a [`CryptoSoft_SlotRamType`], with pointers of 64 bits.
#[cfg(target_pointer_width = "64")]
pub const CRYPTO_SOFT_SLOT_RAM_WORDS: usize = 40;
/// Words in a [`CryptoSoft_SlotRamType`], with pointers of 32 bits.
#[cfg(target_pointer_width = "32")]
pub const CRYPTO_SOFT_SLOT_RAM_WORDS: usize = 24;

/// RAM of one key, beside its bytes: state, and the engine's own form of the key.
#[repr(C)]
pub union CryptoSoft_KeyRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_SOFT_KEY_RAM_WORDS],
    /// Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
    pub alignment: *mut uint32,
}

/// RAM of one driver object: its state and its workspace.
#[repr(C)]
pub union CryptoSoft_ObjectRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_SOFT_OBJECT_RAM_WORDS],
    /// Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
    pub alignment: *mut uint32,
}

/// RAM of one waiting job.
#[repr(C)]
pub union CryptoSoft_SlotRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_SOFT_SLOT_RAM_WORDS],
    /// Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
    pub alignment: *mut uint32,
}

/// One instance of the soft driver: what `Crypto_<vi>_<ai>_…` passes to the core.
#[repr(C)]
pub struct CryptoSoft_InstanceType {
    /// [`V2GCRYPT_CONFIG_MAGIC`].
    pub magic: uint32,
    /// `sizeof(CryptoSoft_InstanceType)`.
    pub instanceSize: uint32,
    /// `sizeof(CryptoSoft_KeyRamType)`.
    pub keyRamSize: uint32,
    /// `sizeof(CryptoSoft_ObjectRamType)`.
    pub objectRamSize: uint32,
    /// `CryptoInstanceId`, for Det.
    pub instanceId: uint32,
    /// Driver objects.
    pub objectCount: uint32,
    /// Keys.
    pub keyCount: uint32,
    /// Slots in `queueRam`: the sum of all queue sizes.
    pub slotCount: uint32,
    /// `objectCount` driver objects.
    pub objects: *const CryptoSoft_ObjectConfigType,
    /// `keyCount` keys.
    pub keys: *const CryptoSoft_KeyConfigType,
    /// RAM: the instance's own state.
    pub ram: *mut CryptoSoft_InstanceRamType,
    /// RAM: `objectCount` objects.
    pub objectRam: *mut CryptoSoft_ObjectRamType,
    /// RAM: `keyCount` keys.
    pub keyRam: *mut CryptoSoft_KeyRamType,
    /// RAM: `slotCount` slots.
    pub queueRam: *mut CryptoSoft_SlotRamType,
    /// NV blocks.
    pub nvBlockCount: uint32,
    /// `nvBlockCount` NV blocks.
    pub nvBlocks: *const CryptoSoft_NvBlockConfigType,
    /// RAM: `nvBlockCount` NV blocks.
    pub nvBlockRam: *mut CryptoSoft_NvBlockRamType,
    /// Functions of NvM; `NULL_PTR` when there are no NV blocks.
    pub nvM: *const CryptoSoft_NvMType,
    /// `CryptoDevErrorDetect`: development errors are reported to Det. They are detected in any case.
    pub devErrorDetect: boolean,
    /// Policy: a message of no bytes may be hashed, authenticated and signed. Strict: 0, refused.
    pub tolerateEmptyInput: boolean,
    /// Policy: the length of a MAC to compare with is in bytes. Strict: 0, in bits.
    pub macLengthInBytes: boolean,
    /// Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
    pub abi: *const uint8,
}

/// Words in a [`CryptoSoft_InstanceRamType`].
pub const CRYPTO_SOFT_INSTANCE_RAM_WORDS: usize = 20;

/// RAM of the instance itself: whether it is initialised. Zero before `Init`, so it belongs in a cleared section.
#[repr(C)]
pub union CryptoSoft_InstanceRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; CRYPTO_SOFT_INSTANCE_RAM_WORDS],
    /// Gives the alignment; Rust rounds up to what an engine's type needs, and the bound has room for that.
    pub alignment: *mut uint32,
}

/// What `Crypto_Init` is given, in AUTOSAR's signature: a `NULL_PTR`. [SWS_Crypto_00215]
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Crypto_ConfigType {
    /// Nothing: C knows no empty struct.
    pub unused: uint8,
}
