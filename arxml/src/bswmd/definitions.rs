//! The one table of what the configurations of Csm, CryIf, Crypto and KeyM consist of. [ECUC_Csm, ECUC_CryIf, ECUC_Crypto]
//!
//! Literals come from the number tables that C and Rust share, so a new algorithm needs no change here.

mod hsm;
mod keym;

use v2gcrypt_types::{self as types, Number};

/// A module.
pub(crate) struct Module {
    pub name: &'static str,
    pub id: u16,
    pub description: &'static str,
    pub containers: Vec<Container>,
}

/// Smallest and largest number of occurrences; `None` is any number.
pub(crate) type Multiplicity = (u32, Option<u32>);

pub(crate) const ONE: Multiplicity = (1, Some(1));
pub(crate) const OPTIONAL: Multiplicity = (0, Some(1));
pub(crate) const ANY: Multiplicity = (0, None);
pub(crate) const SOME: Multiplicity = (1, None);

/// A container.
pub(crate) struct Container {
    pub name: String,
    pub multiplicity: Multiplicity,
    pub description: String,
    pub parameters: Vec<Parameter>,
    pub references: Vec<Reference>,
    pub containers: Vec<Container>,
    /// There is one of its containers.
    pub choice: bool,
}

/// A parameter.
pub(crate) struct Parameter {
    pub name: String,
    pub multiplicity: Multiplicity,
    pub kind: Kind,
    /// Ours, not AUTOSAR's.
    pub vendor: bool,
    /// Its value becomes a `#define` in the module's `_Cfg.h`.
    pub symbolic_name: bool,
    pub description: String,
}

/// Type of a parameter.
pub(crate) enum Kind {
    Boolean {
        default: bool,
    },
    Integer {
        min: u64,
        max: u64,
    },
    /// Seconds.
    Time,
    Enumeration {
        literals: Vec<String>,
        default: Option<&'static str>,
    },
    Text,
    Function,
}

/// A reference to a container.
pub(crate) struct Reference {
    pub name: String,
    pub multiplicity: Multiplicity,
    /// Path of the definition below `/AUTOSAR/EcucDefs/`, or several of them with `|` between.
    pub destination: &'static str,
    pub description: &'static str,
}

/// Every module, in the order of the layers.
pub(crate) fn modules() -> Vec<Module> {
    vec![csm(), cryif(), crypto(), keym::module()]
}

const PARTITION: &str = "EcuC/EcucPartitionCollection/EcucPartition";
const DEV_ERROR_DETECT: &str = "Development errors are reported to Det. They are detected in any case.";
const MOVED: &str =
    "What counts in place of the other reference: a file beside the others moves the key or channel to another driver.";
const CONSECUTIVE: &str = "Ids run from 0 without gaps.";

fn csm() -> Module {
    let main_function =
        container("CsmMainFunction", ANY, "One Csm_MainFunction_<name>. Without any there is one plain Csm_MainFunction.")
            .with([time("CsmMainFunctionPeriod", "Period in seconds; for the reader, Csm measures no time.")])
            .refer([reference(
                "CsmMainFunctionPartitionRef",
                OPTIONAL,
                PARTITION,
                "Partition that calls the function: told in Csm_Cfg.h.",
            )]);
    let primitives = container("CsmPrimitives", ANY, "A primitive: exactly one service with its algorithm.").hold(services());
    Module {
        name: "Csm",
        id: 110,
        description: "Crypto Service Manager: jobs, keys, queues and callbacks.",
        containers: vec![
            csm_general(),
            main_function,
            container("CsmJobs", OPTIONAL, "All jobs.").hold([csm_job()]),
            container("CsmKeys", OPTIONAL, "All keys.").hold([csm_key()]),
            container("CsmQueues", OPTIONAL, "All queues.").hold([csm_queue()]),
            container("CsmCallbacks", OPTIONAL, "All callbacks.").hold([csm_callback()]),
            primitives,
        ],
    }
}

fn csm_general() -> Container {
    container("CsmGeneral", ONE, "Switches of the module.").with([
        boolean("CsmDevErrorDetect", DEV_ERROR_DETECT),
        boolean("CsmVersionInfoApi", "Csm_GetVersionInfo may be used."),
        boolean(
            "CsmMacLengthInBytes",
            "Policy: macLength of Csm_MacVerify is in bytes. Strict value: false, in bits. The same in every Crypto driver.",
        )
        .vendor(),
    ])
}

fn csm_job() -> Container {
    let literals = owned(&["CRYPTO_USE_FNC", "CRYPTO_USE_PORT", "CRYPTO_USE_PORT_OPTIMIZED"]);
    let interface = optional("CsmJobInterfaceUsePort", "Port at the RTE; optimized: data pointers in the place of arrays.")
        .of(Kind::Enumeration { literals, default: Some("CRYPTO_USE_FNC") });
    let processing = "Whether the job computes in its call, or later and reports by callback.";
    let update = "The callback is also called at the end of a START or UPDATE.";
    container("CsmJob", SOME, "A job: one service with one algorithm and key.")
        .with([
            id("CsmJobId", CONSECUTIVE),
            integer("CsmJobPriority", 0, u32::MAX, "A job with a larger number leaves its queue earlier."),
            numbers("CsmProcessingMode", ONE, types::PROCESSING_TYPES, processing),
            interface,
            boolean("CsmJobPrimitiveCallbackUpdateNotification", update),
        ])
        .refer([
            reference("CsmJobKeyRef", OPTIONAL, "Csm/CsmKeys/CsmKey", "Key; a hash and a random number need none."),
            reference("CsmJobPrimitiveRef", ONE, "Csm/CsmPrimitives", "Service and algorithm."),
            reference("CsmJobQueueRef", ONE, "Csm/CsmQueues/CsmQueue", "Queue, and so the driver object that computes."),
            reference("CsmJobPrimitiveCallbackRef", OPTIONAL, "Csm/CsmCallbacks/CsmCallback", "Told the result if asynchronous."),
            reference("CsmJobMainFunctionRef", OPTIONAL, "Csm/CsmMainFunction", "Main function of the job: that of its queue."),
        ])
}

fn csm_key() -> Container {
    container("CsmKey", SOME, "A key as Csm's users know it.")
        .with([id("CsmKeyId", CONSECUTIVE), boolean("CsmKeyUsePort", "Whether the key has a port at the RTE.")])
        .refer([reference("CsmKeyRef", ONE, "CryIf/CryIfKey", "The key in CryIf.")])
}

fn csm_queue() -> Container {
    container("CsmQueue", SOME, "A queue in front of one driver object.")
        .with([integer("CsmQueueSize", 0, u32::MAX, "How many jobs can wait; 0 for synchronous jobs only.")])
        .refer([
            reference("CsmChannelRef", ONE, "CryIf/CryIfChannel", "Channel that the queue feeds."),
            reference("CsmQueueMainFunctionRef", OPTIONAL, "Csm/CsmMainFunction", "Main function that drains the queue."),
        ])
}

fn csm_callback() -> Container {
    let function =
        Parameter { multiplicity: ONE, ..optional("CsmCallbackFunc", "void <name>(uint32 jobId, Crypto_ResultType result)") };
    let id = integer("CsmCallbackId", 0, u32::MAX, "Ids run from 0 without gaps, for all callbacks or for none.");
    container("CsmCallback", ANY, "A C function that is told the result of jobs.")
        .with([function.of(Kind::Function), id.optional()])
}

const KEY_LENGTH: &str = "Length of the key in bits; 0 leaves it to the key.";
const DATA: (&str, &str) = ("DataMaxLength", "Longest message in bytes.");
const ALGORITHM_KEY: (&str, &str) = ("AlgorithmKeyLength", KEY_LENGTH);
const KEY: (&str, &str) = ("KeyLength", KEY_LENGTH);
const CIPHER_RESULT: (&str, &str) = ("ResultMaxLength", "Longest result in bytes; PKCS#7 adds up to 16.");
const PLAINTEXT: (&str, &str) = ("PlaintextMaxLength", "Longest plaintext in bytes.");
const CIPHERTEXT: (&str, &str) = ("CiphertextMaxLength", "Longest ciphertext in bytes.");
const ASSOCIATED_DATA: (&str, &str) = ("AssociatedDataMaxLength", "Most associated data in bytes.");
const TAG: (&str, &str) = ("TagLength", "Length of the tag in bytes.");

/// What a service's configuration holds beside the algorithm: name without the service, unit and meaning.
const LENGTHS: &[(&str, &[(&str, &str)])] = &[
    ("CsmHash", &[DATA, ("ResultLength", "Length of the hash in bytes.")]),
    ("CsmMacGenerate", &[ALGORITHM_KEY, DATA, ("ResultLength", "Length of the MAC in bytes.")]),
    ("CsmMacVerify", &[ALGORITHM_KEY, ("CompareLength", "Length of the MAC that is compared, in bits."), DATA]),
    ("CsmEncrypt", &[ALGORITHM_KEY, DATA, CIPHER_RESULT]),
    ("CsmDecrypt", &[ALGORITHM_KEY, DATA, CIPHER_RESULT]),
    ("CsmAEADEncrypt", &[ALGORITHM_KEY, PLAINTEXT, ASSOCIATED_DATA, CIPHERTEXT, TAG]),
    ("CsmAEADDecrypt", &[ALGORITHM_KEY, CIPHERTEXT, ASSOCIATED_DATA, PLAINTEXT, TAG]),
    ("CsmSignatureGenerate", &[KEY, DATA, ("ResultLength", "Length of the signature in bytes.")]),
    ("CsmSignatureVerify", &[KEY, ("CompareLength", "Length of the signature in bytes."), DATA]),
    ("CsmRandomGenerate", &[("ResultLength", "Most random bytes in one call.")]),
    ("CsmJobRandomSeed", &[]),
    ("CsmJobKeyGenerate", &[]),
    ("CsmJobKeyDerive", &[]),
    ("CsmJobKeyExchangeCalcPubVal", &[]),
    ("CsmJobKeyExchangeCalcSecret", &[]),
    ("CsmJobKeySetValid", &[]),
    ("CsmJobKeySetInvalid", &[]),
    ("CsmCustomService", &[]),
];

/// Services without a family take the algorithm from the elements of the key.
const FAMILY_OF_THE_KEY: &str = "CsmJobKey";

const CUSTOM_FAMILY: &str = "Crypto/CryptoPrimitives/CryptoPrimitiveAlgorithmFamilyCustom";
const CUSTOM_MODE: &str = "Crypto/CryptoPrimitives/CryptoPrimitiveAlgorithmModeCustom";

fn services() -> Vec<Container> {
    let service = |(name, lengths): &(&'static str, &[(&str, &str)])| {
        let of_key = name.starts_with(FAMILY_OF_THE_KEY);
        let (family, multiplicity) = match of_key {
            false => ("Family of the algorithm.", ONE),
            true => ("Family of the algorithm; without one, the key's own elements name it.", OPTIONAL),
        };
        let mut parameters = Vec::new();
        let mut references = Vec::new();
        let secondary = "Secondary family, such as the hash of a signature.";
        for (part, definition, custom) in [
            ("Family", families(&format!("{name}AlgorithmFamily"), multiplicity, family), CUSTOM_FAMILY),
            ("Mode", modes(&format!("{name}AlgorithmMode"), OPTIONAL, "Mode of the algorithm."), CUSTOM_MODE),
            ("SecondaryFamily", families(&format!("{name}AlgorithmSecondaryFamily"), OPTIONAL, secondary), CUSTOM_FAMILY),
        ] {
            parameters.push(definition);
            let older =
                "Custom algorithm as older releases name it: a number, or the short name of what the reference points to.";
            parameters.push(optional(&format!("{name}Algorithm{part}Custom"), older));
            let name = format!("{name}Algorithm{part}CustomRef");
            references.push(reference(name, OPTIONAL, custom, "What a custom literal stands for."));
        }
        parameters.extend(lengths.iter().map(|(suffix, description)| Parameter {
            multiplicity: OPTIONAL,
            ..integer(&format!("{name}{suffix}"), 0, u32::MAX, description)
        }));
        let config = container(&format!("{name}Config"), ONE, "Algorithm and lengths.").with(parameters).refer(references);
        container(name, OPTIONAL, "The primitive offers this service.").hold([config])
    };
    LENGTHS.iter().map(service).collect()
}

fn cryif() -> Module {
    let object = "Crypto/CryptoDriverObjects/CryptoDriverObject";
    Module {
        name: "CryIf",
        id: 112,
        description: "Crypto Interface: channels to driver objects, keys to driver keys.",
        containers: vec![
            container("CryIfGeneral", ONE, "Switches of the module.").with([
                boolean("CryIfDevErrorDetect", DEV_ERROR_DETECT),
                boolean("CryIfVersionInfoApi", "CryIf_GetVersionInfo may be used."),
            ]),
            container("CryIfChannel", SOME, "A way to one driver object.").with([id("CryIfChannelId", CONSECUTIVE)]).refer([
                reference("CryIfDriverObjectRef", ONE, object, "Driver object that computes."),
                reference("V2gcryptCryIfDriverObjectMovedRef", OPTIONAL, object, MOVED),
            ]),
            container("CryIfKey", ANY, "A key, whichever driver holds it.").with([id("CryIfKeyId", CONSECUTIVE)]).refer([
                reference("CryIfKeyRef", ONE, "Crypto/CryptoKeys/CryptoKey", "The key in its driver."),
                reference("V2gcryptCryIfKeyMovedRef", OPTIONAL, "Crypto/CryptoKeys/CryptoKey", MOVED),
            ]),
        ],
    }
}

fn crypto() -> Module {
    let key_type = container("CryptoKeyType", SOME, "A set of key elements.").refer([reference(
        "CryptoKeyElementRef",
        SOME,
        "Crypto/CryptoKeyElements/CryptoKeyElement",
        "Elements of keys of this type.",
    )]);
    let processing = "When a key that has become valid is written: in the call, or in the next main function.";
    let literals = owned(&["CRYPTO_NV_BLOCK_IMMEDIATE", "CRYPTO_NV_BLOCK_DEFERRED"]);
    let processing = Parameter { multiplicity: ONE, ..optional("CryptoNvBlockProcessing", processing) };
    let descriptor = "The block in NvM: a data set of three. V2gcrypt_NvM.arxml completes it.";
    let nv_block = container("CryptoNvBlock", ANY, "A NvM block that keeps the persistent elements of one key.")
        .with([
            integer("CryptoNvBlockFailedRetries", 0, 255, "How often a failed access is repeated.").optional(),
            processing.of(Kind::Enumeration { literals, default: None }),
        ])
        .refer([reference("CryptoNvBlockDescriptorRef", ONE, "NvM/NvMBlockDescriptor", descriptor)]);
    Module {
        name: "Crypto",
        id: 114,
        description: "Crypto driver on the CPU or of the HSM: driver objects, keys and primitives.",
        containers: vec![
            crypto_general(),
            container("CryptoDriverObjects", OPTIONAL, "All driver objects.").hold([crypto_driver_object()]),
            container("CryptoKeys", OPTIONAL, "All keys.").hold([crypto_key()]),
            container("CryptoKeyTypes", OPTIONAL, "All key types.").hold([key_type]),
            container("CryptoKeyElements", OPTIONAL, "All key elements.").hold([crypto_key_element()]),
            container("CryptoPrimitives", ANY, "Primitives, and algorithms that are not AUTOSAR's.").hold([
                crypto_primitive(),
                custom("CryptoPrimitiveAlgorithmFamilyCustom", "A family outside AUTOSAR's list."),
                custom("CryptoPrimitiveAlgorithmModeCustom", "A mode outside AUTOSAR's list."),
            ]),
            container("CryptoNvStorage", OPTIONAL, "Storage of persistent key elements.").hold([nv_block]),
        ],
    }
}

fn crypto_general() -> Container {
    let implementation =
        "SOFT: our driver on the CPU. HSM: our driver of the HSM. EXTERNAL: another vendor's driver, which CryIf calls.";
    let literals = Kind::Enumeration { literals: owned(&["SOFT", "HSM", "EXTERNAL"]), default: Some("SOFT") };
    let infix = "Names are Crypto_<vendor id>_<infix>_…; needed when there are several drivers.";
    container("CryptoGeneral", ONE, "Switches of the module.")
        .with([
            boolean("CryptoDevErrorDetect", DEV_ERROR_DETECT),
            boolean("CryptoVersionInfoApi", "Crypto_GetVersionInfo may be used."),
            integer("CryptoInstanceId", 0, 255, "Instance in reports to Det.").optional(),
            time("CryptoMainFunctionPeriod", "Period in seconds; for the reader, the driver measures no time."),
            optional("CryptoImplementation", implementation).of(literals).vendor(),
            integer("CryptoVendorId", 0, 65535, "Vendor id in the names of a driver with an infix.").optional().vendor(),
            optional("CryptoVendorApiInfix", infix).vendor(),
            boolean("CryptoTolerateEmptyInput", "Policy: messages of length 0 are accepted. Strict value: false.").vendor(),
            boolean("CryptoMacLengthInBytes", "Policy: a MAC's length is in bytes. Strict value: false, in bits.").vendor(),
        ])
        .with(hsm::general())
        .refer([reference("CryptoEcucPartitionRef", ANY, PARTITION, "Partitions of the driver; not evaluated.")])
}

fn crypto_driver_object() -> Container {
    let primitive = "Crypto/CryptoPrimitives/CryptoPrimitive";
    container("CryptoDriverObject", ANY, "A workspace that computes one job at a time; in the HSM driver several.")
        .with(hsm::object())
        .with([
            id("CryptoDriverObjectId", CONSECUTIVE),
            integer("CryptoQueueSize", 0, u32::MAX, "How many asynchronous jobs can wait in the driver; 0 for none."),
        ])
        .refer([
            reference("CryptoPrimitiveRef", SOME, primitive, "Primitives that the object offers."),
            reference("CryptoDefaultRandomPrimitiveRef", OPTIONAL, primitive, "Random generator of the object; not evaluated."),
            reference("CryptoDefaultRandomKeyRef", OPTIONAL, "Crypto/CryptoKeys/CryptoKey", "Its key; not evaluated."),
            reference("CryptoDriverObjectEcucPartitionRef", ANY, PARTITION, "Partitions of the object; not evaluated."),
        ])
}

fn crypto_key() -> Container {
    let nv_block = "Crypto/CryptoNvStorage/CryptoNvBlock";
    container("CryptoKey", SOME, "A key: it holds its own copy of each element of its type.")
        .with([id("CryptoKeyId", CONSECUTIVE)])
        .with(hsm::key())
        .hold([hsm::slot()])
        .refer([
            reference("CryptoKeyTypeRef", ONE, "Crypto/CryptoKeyTypes/CryptoKeyType", "Elements of the key."),
            reference("CryptoKeyNvBlockRef", OPTIONAL, nv_block, "Block that keeps its persistent elements: one of its own."),
        ])
}

fn crypto_key_element() -> Container {
    let access = |name: &str, letter: &str, description: &str| {
        let literals = ["ALLOWED", "ENCRYPTED", "INTERNAL_COPY", "DENIED"].map(|access| format!("CRYPTO_{letter}A_{access}"));
        let kind = Kind::Enumeration { literals: literals.to_vec(), default: None };
        Parameter { kind, multiplicity: ONE, ..optional(name, description) }
    };
    let partial = "Fewer bytes than CryptoKeyElementSize may be read and written.";
    container("CryptoKeyElement", SOME, "One value of a key.").with([
        id("CryptoKeyElementId", "1 is the key itself; ids of a vendor begin at 1000."),
        integer("CryptoKeyElementSize", 1, u32::MAX, "Most bytes that the element holds."),
        numbers("CryptoKeyElementFormat", OPTIONAL, types::KEY_FORMATS, "Format of the bytes."),
        optional("CryptoKeyElementInitValue", "Bytes at start-up, as hexadecimal digits."),
        boolean("CryptoKeyElementPersist", "The element outlives a reset: in a CryptoNvBlock, or in the HSM."),
        access("CryptoKeyElementReadAccess", "R", "Who may read the element."),
        access("CryptoKeyElementWriteAccess", "W", "Who may write the element."),
        boolean("CryptoKeyElementAllowPartialAccess", partial),
    ])
}

fn crypto_primitive() -> Container {
    let literals = types::SERVICES.iter().map(|service| primitive_service(service.symbol)).collect();
    let service = optional("CryptoPrimitiveService", "Service; also accepted with the prefix CRYPTO_.");
    let service = Parameter { multiplicity: ONE, ..service.of(Kind::Enumeration { literals, default: None }) };
    let described = "A service, with every combination of the listed families and modes.";
    container("CryptoPrimitive", SOME, described)
        .with([
            service,
            families("CryptoPrimitiveAlgorithmFamily", ANY, "Families of the algorithm; none for a service that manages keys."),
            modes("CryptoPrimitiveAlgorithmMode", ANY, "Modes of the algorithm."),
            families("CryptoPrimitiveAlgorithmSecondaryFamily", ANY, "Secondary families, such as the hash of a signature."),
        ])
        .refer([
            reference("CryptoPrimitiveAlgorithmFamilyCustomRef", ANY, CUSTOM_FAMILY, "What a custom family stands for."),
            reference("CryptoPrimitiveAlgorithmModeCustomRef", ANY, CUSTOM_MODE, "What a custom mode stands for."),
            reference("CryptoPrimitiveAlgorithmSecondaryFamilyCustomRef", ANY, CUSTOM_FAMILY, "What a custom family stands for."),
        ])
}

fn custom(name: &str, description: &str) -> Container {
    let id = id(&format!("{name}Id"), "Number in the place of CRYPTO_ALGO…_CUSTOM, such as CRYPTO_ALGOFAM_V2GCRYPT_….");
    container(name, ANY, description).with([Parameter { kind: Kind::Integer { min: 1, max: 254 }, ..id }])
}

/// Literal of `CryptoPrimitiveService`: `CRYPTO_MACGENERATE` is spelled `MAC_GENERATE` there.
fn primitive_service(symbol: &str) -> String {
    let plain = &symbol["CRYPTO_".len()..];
    let split =
        ["AEAD", "MAC", "SIGNATURE", "RANDOM"].iter().find_map(|first| Some(format!("{first}_{}", plain.strip_prefix(first)?)));
    split.unwrap_or_else(|| plain.into())
}

impl Container {
    fn with(mut self, parameters: impl IntoIterator<Item = Parameter>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    fn refer(mut self, references: impl IntoIterator<Item = Reference>) -> Self {
        self.references.extend(references);
        self
    }

    fn choose(self, containers: impl IntoIterator<Item = Container>) -> Self {
        Self { choice: true, ..self.hold(containers) }
    }

    fn hold(mut self, containers: impl IntoIterator<Item = Container>) -> Self {
        self.containers.extend(containers);
        self
    }
}

impl Parameter {
    fn of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    fn vendor(self) -> Self {
        Self { vendor: true, ..self }
    }

    fn optional(self) -> Self {
        Self { multiplicity: OPTIONAL, ..self }
    }
}

fn container(name: &str, multiplicity: Multiplicity, description: &str) -> Container {
    Container {
        name: name.into(),
        multiplicity,
        description: description.into(),
        parameters: Vec::new(),
        references: Vec::new(),
        containers: Vec::new(),
        choice: false,
    }
}

fn reference(
    name: impl Into<String>,
    multiplicity: Multiplicity,
    destination: &'static str,
    description: &'static str,
) -> Reference {
    Reference { name: name.into(), multiplicity, destination, description }
}

/// A text that may be absent; the base of the others.
fn optional(name: &str, description: &str) -> Parameter {
    Parameter {
        name: name.into(),
        multiplicity: OPTIONAL,
        kind: Kind::Text,
        vendor: false,
        symbolic_name: false,
        description: description.into(),
    }
}

fn boolean(name: &str, description: &str) -> Parameter {
    Parameter { kind: Kind::Boolean { default: false }, ..optional(name, description) }
}

fn integer(name: &str, min: u32, max: u32, description: &str) -> Parameter {
    Parameter { kind: Kind::Integer { min: min.into(), max: max.into() }, multiplicity: ONE, ..optional(name, description) }
}

fn id(name: &str, description: &str) -> Parameter {
    Parameter { symbolic_name: true, ..integer(name, 0, u32::MAX, description) }
}

fn time(name: &str, description: &str) -> Parameter {
    Parameter { kind: Kind::Time, ..optional(name, description) }
}

fn numbers(name: &str, multiplicity: Multiplicity, table: &'static [Number], description: &str) -> Parameter {
    let literals = table.iter().map(|number| number.symbol.to_string()).collect();
    Parameter { kind: Kind::Enumeration { literals, default: None }, multiplicity, ..optional(name, description) }
}

fn families(name: &str, multiplicity: Multiplicity, description: &str) -> Parameter {
    numbers(name, multiplicity, types::ALGORITHM_FAMILIES, description)
}

fn modes(name: &str, multiplicity: Multiplicity, description: &str) -> Parameter {
    numbers(name, multiplicity, types::ALGORITHM_MODES, description)
}

fn owned(literals: &[&str]) -> Vec<String> {
    literals.iter().map(|literal| literal.to_string()).collect()
}
