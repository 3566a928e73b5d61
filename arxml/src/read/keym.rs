//! KeyM: general switches, blocks, keys, and what is ours; certificates and rules have files of their own.

mod certificate;
mod element;
mod rule;

use v2gcrypt_types::Number;

use super::{nv, Reader, Table};
use crate::ecuc::{is_c_identifier, Handle};
use crate::findings::Kind;
use crate::model::keym::*;

pub(crate) use element::ElementDraft;

/// What the module description lists.
pub(crate) mod literals {
    pub(crate) use super::certificate::{CSR_TEXTS, PROFILES, ROLES};
    pub(crate) use super::element::STRUCTURES;
    pub(crate) use super::rule::{COMPARISONS, OPERATORS};
    pub(crate) use super::{GENERATIONS, SECURITY_EVENTS, STORAGES, TIME_POLICIES, TOLERANCES, VERIFY_JOB_TYPES};
}

pub(crate) struct KeyMDraft {
    /// The module's own parameters; its tables are empty.
    pub shell: KeyM,
    pub certificates: Table<Certificate>,
    pub elements: Table<ElementDraft>,
    pub rules: Table<Rule>,
    pub conditions: Table<Condition>,
    pub crypto_keys: Table<KeyMCryptoKey>,
    pub nvm_blocks: Table<KeyMNvmBlock>,
    pub pool: Table<PoolEntry>,
}

pub(super) fn read(reader: &mut Reader<'_>, root: Handle) -> KeyMDraft {
    let general_handle = reader.child(root, "KeyMGeneral");
    if general_handle.is_none() {
        let remedy = "Add it: it says which parts of KeyM there are.";
        reader.report(root, Kind::MissingParameter, "There is no KeyMGeneral.", remedy);
    }
    let general = general(reader, root, general_handle);
    KeyMDraft {
        shell: KeyM {
            origin: reader.origin(root),
            general,
            security_events: security_events(reader, root),
            certificates: Vec::new(),
            rules: Vec::new(),
            conditions: Vec::new(),
            crypto_keys: Vec::new(),
            nvm_blocks: Vec::new(),
            jobs: jobs(reader, root),
            pool: Vec::new(),
            policy: policy(reader, root),
        },
        certificates: reader.table(root, "KeyMCertificate", Some("KeyMCertificateId"), certificate::read),
        elements: element::table(reader, root),
        rules: reader.table(root, "KeyMCertificateElementRule", None, rule::rule),
        conditions: reader.table(root, "KeyMCertificateElementCondition", None, rule::condition),
        crypto_keys: reader.table(root, "KeyMCryptoKey", Some("KeyMCryptoKeyId"), crypto_key),
        nvm_blocks: reader.table(root, "KeyMNvmBlock", None, nvm_block),
        pool: reader.table(root, "V2gcryptKeyMVerifyPool", None, pool_entry),
    }
}

fn general(reader: &mut Reader<'_>, root: Handle, general: Option<Handle>) -> KeyMGeneral {
    let number = |reader: &mut Reader<'_>, parameter: &str, default: u32, max: u32| {
        let Some(general) = general else { return default };
        let value = reader.integer(general, parameter).unwrap_or(default);
        reader.in_range(general, parameter, value, 1, max).unwrap_or(default)
    };
    let chain_max_depth = number(reader, "KeyMCertificateChainMaxDepth", 4, 255) as u8;
    let name_max_length = number(reader, "KeyMKeyCertNameMaxLength", 32, 255) as u8;
    let size = |reader: &mut Reader<'_>, parameter: &str| general.and_then(|general| reader.integer(general, parameter));
    let request_buffer_size = size(reader, "V2gcryptKeyMRequestBufferSize");
    let chain_buffer_size = size(reader, "V2gcryptKeyMChainBufferSize");
    let bits = general.and_then(|general| reader.integer(general, "V2gcryptKeyMServiceCertificateLengthBits"));
    if let Some(bits) = bits.filter(|bits| ![16, 32].contains(bits)) {
        let problem = format!("V2gcryptKeyMServiceCertificateLengthBits is {bits}.");
        reader.report(general.unwrap_or(root), Kind::InvalidValue, problem, "Use 16, or 32 as the newest releases have it.");
    }
    KeyMGeneral {
        chain_max_depth,
        name_max_length,
        main_function_period: general.and_then(|general| reader.float(general, "KeyMMainFunctionPeriod")),
        dev_error_detect: reader.boolean(general, "KeyMDevErrorDetect"),
        security_event_reporting: reader.boolean(general, "KeyMEnableSecurityEventReporting"),
        certificate_manager: reader.boolean(general, "KeyMCertificateManagerEnabled"),
        crypto_key_manager: reader.boolean(general, "KeyMCryptoKeyManagerEnabled"),
        start_finalize: reader.boolean(general, "KeyMCryptoKeyStartFinalizeFunctionEnabled"),
        prepare: reader.boolean(general, "KeyMCryptoKeyPrepareFunctionEnabled"),
        verify: reader.boolean(general, "KeyMCryptoKeyVerifyFunctionEnabled"),
        verify_async: reader.boolean(general, "KeyMCryptoKeyVerifyAsyncMode"),
        service_certificate: reader.boolean(general, "KeyMServiceCertificateFunctionEnabled"),
        handlers: Handlers {
            start_finalize: reader.boolean(general, "KeyMCryptoKeyHandlerStartFinalizeEnabled"),
            prepare: reader.boolean(general, "KeyMCryptoKeyHandlerPrepareEnabled"),
            update: reader.boolean(general, "KeyMCryptoKeyHandlerUpdateEnabled"),
            verify: reader.boolean(general, "KeyMCryptoKeyHandlerVerifyEnabled"),
            service_certificate: reader.boolean(general, "KeyMCryptoKeyHandlerServiceCertificateEnabled"),
        },
        wide_lengths: bits == Some(32),
        void_service_callback: reader.boolean(general, "V2gcryptKeyMServiceCallbackReturnsVoid"),
        stbm_time_stamp: reader.boolean(general, "V2gcryptKeyMStbMTimeStamp"),
        crypto_key_use_port: reader.boolean(general, "V2gcryptKeyMCryptoKeyUsePort"),
        request_buffer_size,
        chain_buffer_size,
    }
}

/// References of `KeyMSecurityEventRefs`, in the order of `KEYM_SEV_*`.
pub(crate) const SECURITY_EVENTS: &[&str] = &[
    "SEV_KEYM_INST_ROOT_CERT_OPERATION",
    "SEV_KEYM_UPD_ROOT_CERT_OPERATION",
    "SEV_KEYM_INST_INTERMEDIATE_CERT_OPERATION",
    "SEV_KEYM_UPD_INTERMEDIATE_CERT_OPERATION",
    "SEV_KEYM_CERT_VERIF_FAILED",
];

fn security_events(reader: &mut Reader<'_>, root: Handle) -> Vec<SecurityEvent> {
    let Some(container) = reader.ecuc.descendants(root, "KeyMSecurityEventRefs").first().copied() else { return Vec::new() };
    let mut events = Vec::new();
    for name in SECURITY_EVENTS {
        let Some(event) = reader.reference(container, name, "IdsMEvent") else { continue };
        let id = reader.required_integer(event, "IdsMInternalEventId");
        let id = id.and_then(|id| reader.in_range(event, "IdsMInternalEventId", id, 0, 0xFFFE));
        events.extend(id.map(|id| SecurityEvent { name, id: id as u16 }));
    }
    events
}

fn jobs(reader: &mut Reader<'_>, root: Handle) -> KeyMJobs {
    let container = reader.child(root, "V2gcryptKeyMJobs");
    let mut job = |reference| container.and_then(|container| reader.reference(container, reference, "CsmJob"));
    KeyMJobs {
        sha1: job("V2gcryptKeyMHashSha1JobRef"),
        sha256: job("V2gcryptKeyMHashSha256JobRef"),
        sha384: job("V2gcryptKeyMHashSha384JobRef"),
        sha512: job("V2gcryptKeyMHashSha512JobRef"),
        random: job("V2gcryptKeyMRandomJobRef"),
        mac_generate: job("V2gcryptKeyMMacGenerateJobRef"),
        mac_verify: job("V2gcryptKeyMMacVerifyJobRef"),
    }
}

/// `V2gcryptKeyMTimeUnknown`
pub(crate) const TIME_POLICIES: &[Number] = &[
    Number { symbol: "KEYM_TIME_REFUSE", value: 0 },
    Number { symbol: "KEYM_TIME_ACCEPT", value: 1 },
    Number { symbol: "KEYM_TIME_FLOOR", value: 2 },
];

/// Parameters of `V2gcryptKeyMPolicy` that are bits of `pathTolerances`, and what they tolerate.
pub(crate) const TOLERANCES: &[(&str, &str, &str)] = &[
    ("V2gcryptKeyMTolerateLocalTime", "KEYM_TOLERATE_LOCAL_TIME", "A clock that nobody has synchronised is believed."),
    (
        "V2gcryptKeyMTolerateAnchorOutsideValidity",
        "KEYM_TOLERATE_ANCHOR_OUTSIDE_VALIDITY",
        "An anchor may be outside of its own validity.",
    ),
    (
        "V2gcryptKeyMTolerateOtherCriticality",
        "KEYM_TOLERATE_OTHER_CRITICALITY",
        "Extensions may be critical that the profile has not critical, and the other way round.",
    ),
    ("V2gcryptKeyMTolerateOtherSkiMethod", "KEYM_TOLERATE_OTHER_SKI_METHOD", "Key identifiers may be made by another method."),
    ("V2gcryptKeyMTolerateUtcTime", "KEYM_TOLERATE_UTC_TIME", "Times of AMD1 may be UTCTime."),
    (
        "V2gcryptKeyMTolerateLeafWithoutBasicConstraints",
        "KEYM_TOLERATE_LEAF_WITHOUT_BASIC_CONSTRAINTS",
        "A leaf may have no basicConstraints.",
    ),
    (
        "V2gcryptKeyMTolerateSurplusKeyUsage",
        "KEYM_TOLERATE_SURPLUS_KEY_USAGE",
        "A certificate may have more key usages than its role.",
    ),
    (
        "V2gcryptKeyMTolerateUnlistedExtensions",
        "KEYM_TOLERATE_UNLISTED_EXTENSIONS",
        "A certificate may have extensions that its profile does not list.",
    ),
    ("V2gcryptKeyMTolerateOutlivingIssuer", "KEYM_TOLERATE_OUTLIVING_ISSUER", "A certificate may outlive its issuer."),
    ("V2gcryptKeyMTolerateOtherNames", "KEYM_TOLERATE_OTHER_NAMES", "Names may be other than the profile has them."),
    ("V2gcryptKeyMTolerateCrossCertificates", "KEYM_TOLERATE_CROSS_CERTIFICATES", "Cross-certificates may stand in a path."),
    (
        "V2gcryptKeyMTolerateResponderWithoutNocheck",
        "KEYM_TOLERATE_RESPONDER_WITHOUT_NOCHECK",
        "An OCSP responder may be without nocheck.",
    ),
];

fn policy(reader: &mut Reader<'_>, root: Handle) -> Policy {
    let container = reader.child(root, "V2gcryptKeyMPolicy");
    let time_unknown = container.and_then(|container| reader.literal(container, "V2gcryptKeyMTimeUnknown", TIME_POLICIES));
    let block = container.and_then(|container| reader.reference(container, "V2gcryptKeyMTimeFloorNvmBlockRef", "KeyMNvmBlock"));
    let tolerances = TOLERANCES.iter().filter(|(parameter, ..)| reader.boolean(container, parameter));
    let path_tolerances = tolerances.map(|(_, symbol, _)| *symbol).collect();
    Policy {
        path_tolerances,
        time_unknown: time_unknown.map_or("KEYM_TIME_REFUSE", |number| number.symbol),
        tolerate_set_of_stored_certificate: reader.boolean(container, "V2gcryptKeyMTolerateSetOfStoredCertificate"),
        tolerate_unsigned_root_replacement: reader.boolean(container, "V2gcryptKeyMTolerateUnsignedRootReplacement"),
        allow_secp384r1: reader.boolean(container, "V2gcryptKeyMAllowSecp384r1"),
        tolerate_unknown_revocation: reader.boolean(container, "V2gcryptKeyMTolerateUnknownRevocation"),
        time_floor_block: block,
    }
}

fn pool_entry(reader: &mut Reader<'_>, handle: Handle) -> Option<PoolEntry> {
    let job = reader.required_reference(handle, "V2gcryptKeyMVerifyPoolJobRef", "CsmJob");
    // The key is the job's: `link` fills it in.
    Some(PoolEntry { origin: reader.origin(handle), job: job?, key: u32::MAX })
}

fn nvm_block(reader: &mut Reader<'_>, handle: Handle) -> Option<KeyMNvmBlock> {
    let descriptor = reader.required_reference(handle, "KeyMNvmBlockDescriptorRef", "NvMBlockDescriptor");
    let descriptor = descriptor.and_then(|descriptor| nv::descriptor(reader, descriptor, &nv::CERTIFICATE));
    let delay = reader.integer(handle, "KeyMNvmBlockWriteDelayed").unwrap_or(0);
    Some(KeyMNvmBlock { origin: reader.origin(handle), descriptor: descriptor?, write_delay: delay })
}

/// `KeyMCertificateStorage`, `KeyMCryptoKeyStorage`
pub(crate) const STORAGES: &[Number] = &[
    Number { symbol: "KEYM_STORAGE_IN_RAM", value: 0 },
    Number { symbol: "KEYM_STORAGE_IN_NVM", value: 1 },
    Number { symbol: "KEYM_STORAGE_IN_CSM", value: 2 },
];

fn storage(reader: &mut Reader<'_>, handle: Handle, parameter: &str) -> Option<Storage> {
    Some(match reader.required_literal(handle, parameter, STORAGES)?.value {
        0 => Storage::Ram,
        1 => Storage::Nvm,
        _ => Storage::Csm,
    })
}

/// `KeyMCryptoKeyGenerationType`
pub(crate) const GENERATIONS: &[Number] =
    &[Number { symbol: "KEYM_STORED_KEY", value: 0 }, Number { symbol: "KEYM_DERIVED_KEY", value: 1 }];

/// `KeyMCryptoCsmVerifyJobType`
pub(crate) const VERIFY_JOB_TYPES: &[Number] = &[
    Number { symbol: "KEYM_VERIFY_MACGENERATE", value: 0 },
    Number { symbol: "KEYM_VERIFY_MACVERIFY", value: 1 },
    Number { symbol: "KEYM_VERIFY_ENCRYPT", value: 2 },
    Number { symbol: "KEYM_VERIFY_DECRYPT", value: 3 },
    Number { symbol: "KEYM_VERIFY_AEADENCRYPT", value: 4 },
    Number { symbol: "KEYM_VERIFY_AEADDECRYPT", value: 5 },
];

fn crypto_key(reader: &mut Reader<'_>, handle: Handle) -> Option<KeyMCryptoKey> {
    let id = reader.required_integer(handle, "KeyMCryptoKeyId");
    let id = id.and_then(|id| reader.in_range(handle, "KeyMCryptoKeyId", id, 0, 0xFFFE));
    let max_length = reader.required_integer(handle, "KeyMCryptoKeyMaxLength");
    let max_length = max_length.and_then(|length| reader.in_range(handle, "KeyMCryptoKeyMaxLength", length, 1, 0xFFFF));
    let generation = reader.required_literal(handle, "KeyMCryptoKeyGenerationType", GENERATIONS);
    let storage = storage(reader, handle, "KeyMCryptoKeyStorage");
    let verify_job_type = reader.literal(handle, "KeyMCryptoCsmVerifyJobType", VERIFY_JOB_TYPES);
    let target_key = reader.required_reference(handle, "KeyMCryptoKeyCsmKeyTargetRef", "CsmKey");
    let name = name(reader, handle, "KeyMCryptoKeyName");
    let generation_info = reader.text(handle, "KeyMCryptoKeyGenerationInfo").unwrap_or_default();
    let crypto_props = reader.text(handle, "KeyMCryptoKeyCryptoProps").unwrap_or_default();
    for (parameter, length, most) in
        [("KeyMCryptoKeyGenerationInfo", generation_info.len(), 0xFFFF), ("KeyMCryptoKeyCryptoProps", crypto_props.len(), 0xFF)]
    {
        if length > most {
            let problem = format!("{parameter} has {length} bytes.");
            reader.report(handle, Kind::InvalidValue, problem, format!("At most {most} fit."));
        }
    }
    Some(KeyMCryptoKey {
        verify_job: reader.reference(handle, "KeyMCryptoKeyCsmVerifyJobRef", "CsmJob"),
        source_key: reader.reference(handle, "KeyMCryptoKeyCsmKeySourceDeriveRef", "CsmKey"),
        nvm_block: reader.reference(handle, "KeyMCryptoKeyNvmBlockRef", "KeyMNvmBlock"),
        origin: reader.origin(handle),
        id: id? as u16,
        name,
        max_length: max_length? as u16,
        generation: if generation?.value == 0 { Generation::Stored } else { Generation::Derived },
        generation_info: generation_info.into_bytes(),
        crypto_props,
        storage: storage?,
        verify_job_type: verify_job_type.map(|number| number.symbol),
        target_key: target_key?,
    })
}

/// The name by which a service finds a key or certificate: the short name if there is no other.
fn name(reader: &mut Reader<'_>, handle: Handle, parameter: &str) -> String {
    let own = reader.text(handle, parameter).filter(|name| !name.is_empty());
    own.unwrap_or_else(|| reader.origin(handle).name)
}

/// A C function; a faulty name is reported and left out.
fn function(reader: &mut Reader<'_>, handle: Handle, parameter: &str) -> Option<String> {
    let function = reader.text(handle, parameter).filter(|function| !function.is_empty() && function != "NULL_PTR")?;
    if !is_c_identifier(&function) || super::csm::C_KEYWORDS.contains(&function.as_str()) {
        let problem = format!("{parameter} `{function}` is not a C identifier.");
        reader.report(handle, Kind::InvalidName, problem, "Name a C function: letters, digits and underscores.");
        return None;
    }
    Some(function)
}

impl Reader<'_> {
    /// Reports a number that is out of range.
    fn in_range(&mut self, handle: Handle, parameter: &str, value: u32, min: u32, max: u32) -> Option<u32> {
        let fits = (min..=max).contains(&value);
        if !fits {
            let problem = format!("{parameter} is {value}.");
            self.report(handle, Kind::InvalidValue, problem, format!("Use a number from {min} to {max}."));
        }
        fits.then_some(value)
    }
}
