//! Csm: jobs, keys, queues, callbacks, primitives.

use v2gcrypt_types::{self as types, Number};

use super::primitive::{self, service_containers, service_of};
use super::{Reader, Table};
use crate::ecuc::{is_c_identifier, Handle};
use crate::findings::Kind;
use crate::model::*;

pub(crate) struct CsmDraft {
    /// The module's own parameters; its tables are empty.
    pub shell: Csm,
    pub main_functions: Table<MainFunction>,
    pub jobs: Table<Job>,
    pub keys: Table<CsmKey>,
    pub queues: Table<Queue>,
    pub callbacks: Table<Callback>,
    pub primitives: Table<Primitive>,
}

pub(super) fn read(reader: &mut Reader<'_>, root: Handle) -> CsmDraft {
    let general = reader.child(root, "CsmGeneral");
    CsmDraft {
        shell: Csm {
            origin: reader.origin(root),
            dev_error_detect: reader.boolean(general, "CsmDevErrorDetect"),
            version_info_api: reader.boolean(general, "CsmVersionInfoApi"),
            mac_length_in_bytes: reader.boolean(general, "CsmMacLengthInBytes"),
            main_functions: Vec::new(),
            jobs: Vec::new(),
            keys: Vec::new(),
            queues: Vec::new(),
            callbacks: Vec::new(),
            primitives: Vec::new(),
        },
        main_functions: reader.table(root, "CsmMainFunction", None, |reader, handle| {
            let period = reader.float(handle, "CsmMainFunctionPeriod");
            let partition = reader.path(handle, "CsmMainFunctionPartitionRef");
            Some(MainFunction { origin: reader.origin(handle), period, partition })
        }),
        primitives: reader.table(root, "CsmPrimitives", None, primitive::read),
        callbacks: callbacks(reader, root),
        queues: reader.table(root, "CsmQueue", None, queue),
        keys: reader.table(root, "CsmKey", Some("CsmKeyId"), key),
        jobs: reader.table(root, "CsmJob", Some("CsmJobId"), job),
    }
}

fn job(reader: &mut Reader<'_>, handle: Handle) -> Option<Job> {
    let id = reader.required_integer(handle, "CsmJobId");
    let priority = reader.required_integer(handle, "CsmJobPriority");
    let key = reader.reference(handle, "CsmJobKeyRef", "CsmKey");
    let primitive = reader.required_reference(handle, "CsmJobPrimitiveRef", "CsmPrimitives");
    let queue = reader.required_reference(handle, "CsmJobQueueRef", "CsmQueue");
    let callback = reader.reference(handle, "CsmJobPrimitiveCallbackRef", "CsmCallback");
    let main_function = reader.reference(handle, "CsmJobMainFunctionRef", "CsmMainFunction");
    let processing = processing(reader, handle, primitive);
    let interface = interface(reader, handle);
    let callback_update_notification = reader.boolean(Some(handle), "CsmJobPrimitiveCallbackUpdateNotification");
    if reader.refers(handle, "CsmInOutRedirectionRef") {
        reader.report(
            handle,
            Kind::NotSupported,
            "CsmInOutRedirectionRef asks for redirected buffers, which this Csm does not have.",
            "Remove the reference, and copy the bytes with Csm_KeyElementGet and Csm_KeyElementSet.",
        );
    }
    let service = primitive.and_then(|primitive| service_of(reader, primitive));
    let needs_no_key = service.is_none_or(|service| service.symbol == "CRYPTO_HASH" || service.symbol == "CRYPTO_RANDOMGENERATE");
    if !needs_no_key && !reader.refers(handle, "CsmJobKeyRef") {
        reader.report(
            handle,
            Kind::MissingReference,
            "CsmJobKeyRef is missing, and the job's service needs a key.",
            "Add it, and let it point to a CsmKey.",
        );
    }
    Some(Job {
        origin: reader.origin(handle),
        id: id?,
        priority: priority?,
        processing: processing?,
        interface: interface?,
        callback_update_notification,
        // Older releases make every job name a key; a hash has no use for one.
        key: if service.is_some_and(|service| service.symbol == "CRYPTO_HASH") { None } else { key },
        primitive: primitive?,
        queue: queue?,
        callback,
        main_function,
    })
}

/// `CsmProcessingMode`; before R20-11 it stood in the primitive, and in 4.3 it had other literals.
fn processing(reader: &mut Reader<'_>, job: Handle, primitive: Option<Handle>) -> Option<Processing> {
    const LITERALS: &[Number] = &[
        Number { symbol: "CRYPTO_PROCESSING_ASYNC", value: types::CRYPTO_PROCESSING_ASYNC as u32 },
        Number { symbol: "CRYPTO_PROCESSING_SYNC", value: types::CRYPTO_PROCESSING_SYNC as u32 },
        Number { symbol: "CSM_ASYNCHRONOUS", value: types::CRYPTO_PROCESSING_ASYNC as u32 },
        Number { symbol: "CSM_SYNCHRONOUS", value: types::CRYPTO_PROCESSING_SYNC as u32 },
    ];
    let older = primitive.and_then(|primitive| {
        let config = service_containers(reader, primitive).first()?.1?;
        let parameters = &reader.ecuc.get(config).parameters;
        let parameter = parameters.iter().find(|value| value.definition.ends_with("Processing"))?.definition.clone();
        Some((config, parameter))
    });
    let literal = match older {
        Some((config, parameter)) if !reader.has(job, "CsmProcessingMode") => reader.literal(config, &parameter, LITERALS),
        _ => reader.required_literal(job, "CsmProcessingMode", LITERALS),
    };
    Some(match literal?.value as types::Crypto_ProcessingType {
        types::CRYPTO_PROCESSING_ASYNC => Processing::Async,
        _ => Processing::Sync,
    })
}

/// `CsmJobInterfaceUsePort`, or the boolean `CsmJobUsePort` of older releases.
fn interface(reader: &mut Reader<'_>, job: Handle) -> Option<JobInterface> {
    const LITERALS: &[Number] = &[
        Number { symbol: "CRYPTO_USE_FNC", value: 0 },
        Number { symbol: "CRYPTO_USE_PORT", value: 1 },
        Number { symbol: "CRYPTO_USE_PORT_OPTIMIZED", value: 2 },
    ];
    if !reader.has(job, "CsmJobInterfaceUsePort") {
        let use_port = reader.boolean(Some(job), "CsmJobUsePort");
        return Some(if use_port { JobInterface::Port } else { JobInterface::Function });
    }
    Some(match reader.literal(job, "CsmJobInterfaceUsePort", LITERALS)?.value {
        0 => JobInterface::Function,
        1 => JobInterface::Port,
        _ => JobInterface::PortOptimized,
    })
}

fn key(reader: &mut Reader<'_>, handle: Handle) -> Option<CsmKey> {
    let id = reader.required_integer(handle, "CsmKeyId");
    let cryif_key = reader.required_reference(handle, "CsmKeyRef", "CryIfKey");
    let use_port = reader.boolean(Some(handle), "CsmKeyUsePort");
    Some(CsmKey { origin: reader.origin(handle), id: id?, use_port, cryif_key: cryif_key? })
}

fn queue(reader: &mut Reader<'_>, handle: Handle) -> Option<Queue> {
    let size = reader.required_integer(handle, "CsmQueueSize");
    let channel = reader.required_reference(handle, "CsmChannelRef", "CryIfChannel");
    // Releases disagree about the reference's name.
    let reference = reader.ecuc.get(handle).references.iter().find(|value| value.definition.ends_with("MainFunctionRef"));
    let reference = reference.map(|value| value.definition.clone());
    let main_function = reference.and_then(|reference| reader.reference(handle, &reference, "CsmMainFunction"));
    Some(Queue { origin: reader.origin(handle), size: size?, channel: channel?, main_function })
}

fn callbacks(reader: &mut Reader<'_>, root: Handle) -> Table<Callback> {
    let handles = reader.ecuc.descendants(root, "CsmCallback");
    if handles.iter().any(|&handle| reader.has(handle, "CsmCallbackId")) {
        for &handle in &handles {
            if !reader.has(handle, "CsmCallbackId") {
                reader.missing(handle, "CsmCallbackId");
            }
        }
        reader.check_ids(&handles, "CsmCallbackId");
    }
    reader.table(root, "CsmCallback", None, |reader, handle| {
        let id = reader.integer(handle, "CsmCallbackId");
        let function = reader.required_text(handle, "CsmCallbackFunc")?;
        if !is_c_identifier(&function) || C_KEYWORDS.contains(&function.as_str()) {
            reader.report(
                handle,
                Kind::InvalidName,
                format!("CsmCallbackFunc `{function}` is not a C identifier."),
                "Name a C function: letters, digits and underscores.",
            );
            return None;
        }
        Some(Callback { origin: reader.origin(handle), id, function })
    })
}

pub(super) const C_KEYWORDS: &[&str] = &[
    "auto",
    "break",
    "case",
    "char",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extern",
    "float",
    "for",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "register",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "struct",
    "switch",
    "typedef",
    "union",
    "unsigned",
    "void",
    "volatile",
    "while",
    "_Bool",
    "_Complex",
    "_Imaginary",
];
