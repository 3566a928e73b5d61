//! A configuration that has passed every check, in the order of its ids.
//!
//! Tables are indexed by id: `csm.jobs[3]` is the job with `CsmJobId` 3. Where AUTOSAR has no id (queues, main functions,
//! primitives, …) the order is that of the short names, so that the order of an ARXML file never matters.

use std::path::PathBuf;

use v2gcrypt_types::Number;

pub mod keym;

mod curve;
mod hsm;
mod nv;
mod prepared;
mod usage;

pub(crate) use curve::{Curve, NIST};
pub(crate) use hsm::{describe, Fault};
pub use hsm::{HsmGeneral, HsmKey, HsmObject, HsmSlots, Slot, Storage, HSM_CHANNELS, HSM_SLOTS};
pub use nv::{record_size, NvBlock, NvDescriptor, NvProcessing};
pub use prepared::PreparedForm;
pub use usage::Usage;

/// Where a container comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// SHORT-NAME; a C identifier.
    pub name: String,
    /// ARXML path.
    pub path: String,
    /// First file that holds the container.
    pub file: PathBuf,
    /// Text of the DESC, on one line.
    pub description: Option<String>,
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Model {
    /// `Csm`
    pub csm: Csm,
    /// `CryIf`
    pub cryif: CryIf,
    /// Every `Crypto` module, by [`Driver::prefix`].
    pub drivers: Vec<Driver>,
    /// `KeyM`, if there is one.
    pub keym: Option<keym::KeyM>,
}

/// `Csm`
#[derive(Debug, Clone)]
pub struct Csm {
    /// The module configuration.
    pub origin: Origin,
    /// `CsmDevErrorDetect`
    pub dev_error_detect: bool,
    /// `CsmVersionInfoApi`
    pub version_info_api: bool,
    /// Policy `CsmMacLengthInBytes`.
    pub mac_length_in_bytes: bool,
    /// `CsmMainFunction`; may be empty, then there is one plain `Csm_MainFunction`.
    pub main_functions: Vec<MainFunction>,
    /// `CsmJob` by `CsmJobId`.
    pub jobs: Vec<Job>,
    /// `CsmKey` by `CsmKeyId`.
    pub keys: Vec<CsmKey>,
    /// `CsmQueue`
    pub queues: Vec<Queue>,
    /// `CsmCallback` by `CsmCallbackId`, or by name when no callback has an id.
    pub callbacks: Vec<Callback>,
    /// `CsmPrimitives`
    pub primitives: Vec<Primitive>,
}

/// `CsmMainFunction`
#[derive(Debug, Clone)]
pub struct MainFunction {
    /// The container.
    pub origin: Origin,
    /// `CsmMainFunctionPeriod` in seconds.
    pub period: Option<f64>,
    /// Path that `CsmMainFunctionPartitionRef` names. Its module need not be among the files.
    pub partition: Option<String>,
}

/// `CsmProcessingMode`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processing {
    /// `CRYPTO_PROCESSING_ASYNC`
    Async,
    /// `CRYPTO_PROCESSING_SYNC`
    Sync,
}

/// `CsmJobInterfaceUsePort`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobInterface {
    /// `CRYPTO_USE_FNC`: C calls only.
    Function,
    /// `CRYPTO_USE_PORT`: an RTE port.
    Port,
    /// `CRYPTO_USE_PORT_OPTIMIZED`: an RTE port with data pointers.
    PortOptimized,
}

/// `CsmJob`
#[derive(Debug, Clone)]
pub struct Job {
    /// The container.
    pub origin: Origin,
    /// `CsmJobId`
    pub id: u32,
    /// `CsmJobPriority`; larger is more urgent.
    pub priority: u32,
    /// `CsmProcessingMode`
    pub processing: Processing,
    /// `CsmJobInterfaceUsePort`
    pub interface: JobInterface,
    /// `CsmJobPrimitiveCallbackUpdateNotification`
    pub callback_update_notification: bool,
    /// Index in [`Csm::keys`]. Hash jobs have none.
    pub key: Option<u32>,
    /// Index in [`Csm::primitives`].
    pub primitive: u32,
    /// Index in [`Csm::queues`].
    pub queue: u32,
    /// Index in [`Csm::callbacks`].
    pub callback: Option<u32>,
    /// `CsmJobMainFunctionRef`: index in [`Csm::main_functions`].
    pub main_function: Option<u32>,
}

/// `CsmKey`
#[derive(Debug, Clone)]
pub struct CsmKey {
    /// The container.
    pub origin: Origin,
    /// `CsmKeyId`
    pub id: u32,
    /// `CsmKeyUsePort`
    pub use_port: bool,
    /// Index in [`CryIf::keys`].
    pub cryif_key: u32,
}

/// `CsmQueue`
#[derive(Debug, Clone)]
pub struct Queue {
    /// The container.
    pub origin: Origin,
    /// `CsmQueueSize`
    pub size: u32,
    /// Index in [`CryIf::channels`].
    pub channel: u32,
    /// Index of the main function that drains the queue; `None` only while there is no `CsmMainFunction` at all.
    pub main_function: Option<u32>,
}

/// `CsmCallback`
#[derive(Debug, Clone)]
pub struct Callback {
    /// The container.
    pub origin: Origin,
    /// `CsmCallbackId`
    pub id: Option<u32>,
    /// `CsmCallbackFunc`: a C identifier.
    pub function: String,
}

/// Algorithm of a primitive, by the symbols of AUTOSAR, or the number of a custom one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithm {
    /// Family.
    pub family: Number,
    /// Secondary family.
    pub secondary_family: Number,
    /// Mode.
    pub mode: Number,
}

/// `CsmPrimitives`: one service and its algorithm.
#[derive(Debug, Clone)]
pub struct Primitive {
    /// The `CsmPrimitives` container.
    pub origin: Origin,
    /// `CRYPTO_HASH`, …
    pub service: Number,
    /// Algorithm.
    pub algorithm: Algorithm,
    /// Key length in bits; 0 leaves it to the key.
    pub key_length: u32,
    /// `…DataMaxLength`, or what an AEAD takes: `…PlaintextMaxLength`, `…CiphertextMaxLength`; in bytes.
    pub data_max_length: Option<u32>,
    /// `…ResultLength`, `…ResultMaxLength` or `…CompareLength`, in the unit that the parameter has, or what an AEAD gives.
    pub result_length: Option<u32>,
    /// `…AssociatedDataMaxLength` of an AEAD, in bytes.
    pub associated_data_max_length: Option<u32>,
    /// `…TagLength` of an AEAD, in bytes.
    pub tag_length: Option<u32>,
}

/// `CryIf`
#[derive(Debug, Clone)]
pub struct CryIf {
    /// The module configuration.
    pub origin: Origin,
    /// `CryIfDevErrorDetect`
    pub dev_error_detect: bool,
    /// `CryIfVersionInfoApi`
    pub version_info_api: bool,
    /// `CryIfChannel` by `CryIfChannelId`.
    pub channels: Vec<Channel>,
    /// `CryIfKey` by `CryIfKeyId`.
    pub keys: Vec<CryIfKey>,
}

/// `CryIfChannel`
#[derive(Debug, Clone)]
pub struct Channel {
    /// The container.
    pub origin: Origin,
    /// `CryIfChannelId`
    pub id: u32,
    /// Index in [`Model::drivers`].
    pub driver: u32,
    /// Index in [`Driver::objects`].
    pub object: u32,
}

/// `CryIfKey`
#[derive(Debug, Clone)]
pub struct CryIfKey {
    /// The container.
    pub origin: Origin,
    /// `CryIfKeyId`
    pub id: u32,
    /// Index in [`Model::drivers`].
    pub driver: u32,
    /// Index in [`Driver::keys`].
    pub crypto_key: u32,
}

/// Whether a driver is generated or only called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implementation {
    /// An instance of our soft driver: tables, RAM and trampolines are generated.
    Soft,
    /// An instance of our driver of the HSM.
    Hsm,
    /// Somebody else's driver: CryIf refers to its functions.
    External,
}

/// `<vendorId>_<vendorApiInfix>` of a driver.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Infix {
    /// Vendor id.
    pub vendor_id: u32,
    /// Vendor API infix.
    pub api_infix: String,
}

/// A `Crypto` module: one driver.
#[derive(Debug, Clone)]
pub struct Driver {
    /// The module configuration.
    pub origin: Origin,
    /// Ours or somebody else's.
    pub implementation: Implementation,
    /// Infix of the driver's names; `None` for the plain names `Crypto_…`.
    pub infix: Option<Infix>,
    /// `CryptoInstanceId`
    pub instance_id: u32,
    /// `CryptoDevErrorDetect`
    pub dev_error_detect: bool,
    /// `CryptoVersionInfoApi`
    pub version_info_api: bool,
    /// `CryptoMainFunctionPeriod` in seconds.
    pub main_function_period: Option<f64>,
    /// Policy `CryptoTolerateEmptyInput`.
    pub tolerate_empty_input: bool,
    /// Policy `CryptoMacLengthInBytes`.
    pub mac_length_in_bytes: bool,
    /// How its HSM is used, if it is an instance of the HSM driver.
    pub hsm: Option<HsmGeneral>,
    /// `CryptoDriverObject` by `CryptoDriverObjectId`.
    pub objects: Vec<DriverObject>,
    /// `CryptoKey` by `CryptoKeyId`.
    pub keys: Vec<CryptoKey>,
    /// `CryptoKeyType`
    pub key_types: Vec<KeyType>,
    /// `CryptoKeyElement`
    pub key_elements: Vec<KeyElement>,
    /// `CryptoPrimitive`
    pub primitives: Vec<CryptoPrimitive>,
    /// `CryptoPrimitiveAlgorithmFamilyCustom`
    pub custom_families: Vec<CustomAlgorithm>,
    /// `CryptoPrimitiveAlgorithmModeCustom`
    pub custom_modes: Vec<CustomAlgorithm>,
    /// `CryptoNvBlock`, as far as a key has it.
    pub nv_blocks: Vec<NvBlock>,
}

/// A family or mode outside AUTOSAR's lists.
#[derive(Debug, Clone)]
pub struct CustomAlgorithm {
    /// The container.
    pub origin: Origin,
    /// `CryptoPrimitiveAlgorithmFamilyCustomId`, `CryptoPrimitiveAlgorithmModeCustomId`
    pub id: Number,
}

/// `CryptoDriverObject`
#[derive(Debug, Clone)]
pub struct DriverObject {
    /// The container.
    pub origin: Origin,
    /// `CryptoDriverObjectId`
    pub id: u32,
    /// `CryptoQueueSize`
    pub queue_size: u32,
    /// Of the HSM driver.
    pub hsm: HsmObject,
    /// Indices in [`Driver::primitives`].
    pub primitives: Vec<u32>,
}

/// `CryptoKey`
#[derive(Debug, Clone)]
pub struct CryptoKey {
    /// The container.
    pub origin: Origin,
    /// `CryptoKeyId`
    pub id: u32,
    /// Index in [`Driver::key_types`].
    pub key_type: u32,
    /// `CryptoKeyNvBlockRef`: index in [`Driver::nv_blocks`].
    pub nv_block: Option<u32>,
    /// Of the HSM driver.
    pub hsm: HsmKey,
}

/// `CryptoKeyType`
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The container.
    pub origin: Origin,
    /// Indices in [`Driver::key_elements`], by ascending `CryptoKeyElementId`.
    pub elements: Vec<u32>,
}

/// `CryptoKeyElementReadAccess` and `CryptoKeyElementWriteAccess`, by increasing restriction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// `CRYPTO_RA_ALLOWED`, `CRYPTO_WA_ALLOWED`
    Allowed,
    /// `CRYPTO_RA_ENCRYPTED`, `CRYPTO_WA_ENCRYPTED`
    Encrypted,
    /// `CRYPTO_RA_INTERNAL_COPY`, `CRYPTO_WA_INTERNAL_COPY`
    InternalCopy,
    /// `CRYPTO_RA_DENIED`, `CRYPTO_WA_DENIED`
    Denied,
}

/// `CryptoKeyElement`
#[derive(Debug, Clone)]
pub struct KeyElement {
    /// The container.
    pub origin: Origin,
    /// `CryptoKeyElementId`
    pub id: u32,
    /// `CryptoKeyElementSize` in bytes.
    pub size: u32,
    /// `CryptoKeyElementFormat`
    pub format: Number,
    /// `CryptoKeyElementInitValue`
    pub init_value: Vec<u8>,
    /// `CryptoKeyElementReadAccess`
    pub read_access: Access,
    /// `CryptoKeyElementWriteAccess`
    pub write_access: Access,
    /// `CryptoKeyElementAllowPartialAccess`
    pub allow_partial_access: bool,
    /// `CryptoKeyElementPersist`
    pub persist: bool,
}

/// `CryptoPrimitive`: every combination of its lists.
#[derive(Debug, Clone)]
pub struct CryptoPrimitive {
    /// The container.
    pub origin: Origin,
    /// `CRYPTO_HASH`, …
    pub service: Number,
    /// The combinations, sorted by number.
    pub algorithms: Vec<Algorithm>,
}

impl Model {
    /// The primitive of a job.
    pub fn primitive_of(&self, job: &Job) -> &Primitive {
        &self.csm.primitives[job.primitive as usize]
    }

    /// Asynchronous jobs that KeyM uses, in the order of their ids.
    pub fn keym_async_jobs(&self) -> Vec<u32> {
        let Some(keym) = &self.keym else { return Vec::new() };
        let of_certificates = keym.certificates.iter().flat_map(|certificate| {
            let own = Some(certificate.verify_job).filter(|_| certificate.verify_key.is_some());
            own.into_iter().chain(certificate.generate_job)
        });
        let jobs = &keym.jobs;
        let own = [jobs.sha1, jobs.sha256, jobs.sha384, jobs.sha512, jobs.mac_generate, jobs.mac_verify];
        let used = of_certificates.chain(keym.pool.iter().map(|entry| entry.job)).chain(own.into_iter().flatten());
        let used: std::collections::BTreeSet<u32> = used.collect();
        used.into_iter().filter(|job| self.csm.jobs[*job as usize].processing == Processing::Async).collect()
    }

    /// The primitives of all jobs that use a key of a driver, in the order of their jobs.
    fn primitives_with(&self, driver: usize, crypto_key: u32) -> impl Iterator<Item = &Primitive> {
        self.csm.jobs.iter().filter_map(move |job| {
            let cryif_key = &self.cryif.keys[self.csm.keys[job.key? as usize].cryif_key as usize];
            let used = cryif_key.driver as usize == driver && cryif_key.crypto_key == crypto_key;
            used.then(|| self.primitive_of(job))
        })
    }
}

impl Csm {
    /// Names of the main functions: `Csm_MainFunction_<name>`, or plain `Csm_MainFunction`.
    pub fn main_function_names(&self) -> Vec<String> {
        if self.main_functions.is_empty() {
            return vec!["Csm_MainFunction".into()];
        }
        self.main_functions.iter().map(|main| format!("Csm_MainFunction_{}", main.origin.name)).collect()
    }
}

impl Driver {
    /// `Crypto`, or `Crypto_<vi>_<ai>`: what the names of its functions and files begin with.
    pub fn prefix(&self) -> String {
        match &self.infix {
            None => "Crypto".into(),
            Some(infix) => format!("Crypto_{}_{}", infix.vendor_id, infix.api_infix),
        }
    }

    /// The elements of a key's type, by ascending element id.
    pub fn elements_of(&self, key: &CryptoKey) -> impl Iterator<Item = &KeyElement> {
        self.key_types[key.key_type as usize].elements.iter().map(|&element| &self.key_elements[element as usize])
    }
}
