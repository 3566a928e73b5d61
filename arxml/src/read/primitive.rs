//! `CsmPrimitives`: one service, its algorithm and its lengths.

use v2gcrypt_types::{self as types, Number};

use super::custom::{CustomKind, FAMILIES, MODES};
use super::Reader;
use crate::ecuc::Handle;
use crate::findings::Kind;
use crate::model::{Algorithm, Primitive};

/// Service containers; the configuration of each is called `<container>Config`. [ECUC_Csm_00006]
const SERVICES: &[(&str, &str)] = &[
    ("CsmHash", "CRYPTO_HASH"),
    ("CsmMacGenerate", "CRYPTO_MACGENERATE"),
    ("CsmMacVerify", "CRYPTO_MACVERIFY"),
    ("CsmEncrypt", "CRYPTO_ENCRYPT"),
    ("CsmDecrypt", "CRYPTO_DECRYPT"),
    ("CsmAEADEncrypt", "CRYPTO_AEADENCRYPT"),
    ("CsmAEADDecrypt", "CRYPTO_AEADDECRYPT"),
    ("CsmSignatureGenerate", "CRYPTO_SIGNATUREGENERATE"),
    ("CsmSignatureVerify", "CRYPTO_SIGNATUREVERIFY"),
    ("CsmRandomGenerate", "CRYPTO_RANDOMGENERATE"),
    ("CsmJobRandomSeed", "CRYPTO_RANDOMSEED"),
    ("CsmJobKeyGenerate", "CRYPTO_KEYGENERATE"),
    ("CsmJobKeyDerive", "CRYPTO_KEYDERIVE"),
    ("CsmJobKeyExchangeCalcPubVal", "CRYPTO_KEYEXCHANGECALCPUBVAL"),
    ("CsmJobKeyExchangeCalcSecret", "CRYPTO_KEYEXCHANGECALCSECRET"),
    ("CsmJobKeySetValid", "CRYPTO_KEYSETVALID"),
    ("CsmJobKeySetInvalid", "CRYPTO_KEYSETINVALID"),
    ("CsmCustomService", "CRYPTO_CUSTOM_SERVICE"),
];

/// Services that manage keys: without a family, the key's own elements name the algorithm.
const FAMILY_OF_THE_KEY: &[&str] = &[
    "CRYPTO_KEYGENERATE",
    "CRYPTO_KEYDERIVE",
    "CRYPTO_KEYEXCHANGECALCPUBVAL",
    "CRYPTO_KEYEXCHANGECALCSECRET",
    "CRYPTO_KEYSETVALID",
    "CRYPTO_KEYSETINVALID",
];

/// Services that AUTOSAR has or had and this Csm does not.
const ABSENT_SERVICES: &[&str] = &["CsmJobCertificateParse", "CsmJobCertificateVerify", "CsmSecureCounter"];

/// What a length may be called, behind the name of the service.
const KEY_LENGTHS: &[&str] = &["AlgorithmKeyLength", "KeyLength"];
const DATA_LENGTHS: &[&str] = &["DataMaxLength"];
const RESULT_LENGTHS: &[&str] = &["ResultLength", "CompareLength", "ResultMaxLength"];
const PLAINTEXT_LENGTHS: &[&str] = &["PlaintextMaxLength"];
const CIPHERTEXT_LENGTHS: &[&str] = &["CiphertextMaxLength"];

/// Whether a primitive of this service need not name a family.
pub(super) fn family_is_optional(service: &str) -> bool {
    FAMILY_OF_THE_KEY.contains(&service)
}

/// The service containers of a primitive, each with its configuration if that is the right one.
pub(super) fn service_containers(reader: &Reader<'_>, primitive: Handle) -> Vec<(Handle, Option<Handle>)> {
    let children = &reader.ecuc.get(primitive).children;
    let configured = |service: Handle| {
        let container = reader.ecuc.get(service);
        let expected = format!("{}Config", container.definition);
        match container.children[..] {
            [config] if reader.ecuc.get(config).definition == expected => Some(config),
            _ => None,
        }
    };
    children.iter().map(|&service| (service, configured(service))).collect()
}

pub(super) fn service_of(reader: &Reader<'_>, primitive: Handle) -> Option<Number> {
    let (service, _) = *service_containers(reader, primitive).first()?;
    let definition = reader.ecuc.get(service).definition.as_str();
    let (_, symbol) = SERVICES.iter().find(|(container, _)| *container == definition)?;
    types::SERVICES.iter().find(|service| service.symbol == *symbol).copied()
}

pub(super) fn read(reader: &mut Reader<'_>, handle: Handle) -> Option<Primitive> {
    let services = service_containers(reader, handle);
    let &[(service_container, config)] = &services[..] else {
        let names: Vec<_> = services.iter().map(|(service, _)| reader.ecuc.get(*service).definition.clone()).collect();
        let problem = match names.len() {
            0 => "It configures no service.".to_string(),
            _ => format!("It configures {} services: {}.", names.len(), names.join(", ")),
        };
        let remedy = "Put exactly one container such as CsmHash into each CsmPrimitives.";
        reader.report(handle, Kind::WrongPrimitive, problem, remedy);
        return None;
    };
    let prefix = reader.ecuc.get(service_container).definition.clone();
    let Some(service) = service_of(reader, handle) else {
        if ABSENT_SERVICES.contains(&prefix.as_str()) {
            let problem = format!("{prefix} is a service that this version of Csm does not have.");
            let remedy = "Remove the primitive and its jobs. docs/arxml.md lists the services.";
            reader.report(service_container, Kind::NotSupported, problem, remedy);
        } else {
            let problem = format!("`{prefix}` is not a service of Csm.");
            reader.report(service_container, Kind::WrongPrimitive, problem, "Use a container such as CsmHash.");
        }
        return None;
    };
    let Some(config) = config else {
        let found: Vec<_> = reader.ecuc.get(service_container).children.iter().map(|&child| reader.ecuc.get(child)).collect();
        let problem = match found[..] {
            [] => format!("{prefix} holds no {prefix}Config."),
            [other] => format!("{prefix} holds a {}, not a {prefix}Config.", other.definition),
            _ => format!("{prefix} holds {} containers, not one {prefix}Config.", found.len()),
        };
        let remedy = format!("Put exactly one {prefix}Config into it.");
        reader.report(service_container, Kind::WrongPrimitive, problem, remedy);
        return None;
    };
    let algorithm = algorithm(reader, config, &prefix, service);
    let (data, result) = match service.symbol {
        "CRYPTO_AEADENCRYPT" => (PLAINTEXT_LENGTHS, CIPHERTEXT_LENGTHS),
        "CRYPTO_AEADDECRYPT" => (CIPHERTEXT_LENGTHS, PLAINTEXT_LENGTHS),
        _ => (DATA_LENGTHS, RESULT_LENGTHS),
    };
    // Each is read, whichever counts: a faulty one is reported.
    let mut length = |names: &[&str]| {
        let read: Vec<_> = names.iter().map(|suffix| reader.integer(config, &format!("{prefix}{suffix}"))).collect();
        read.into_iter().flatten().next()
    };
    let key_length = length(KEY_LENGTHS).unwrap_or(0);
    let (data_max_length, result_length) = (length(data), length(result));
    let (associated_data_max_length, tag_length) = (length(&["AssociatedDataMaxLength"]), length(&["TagLength"]));
    Some(Primitive {
        origin: reader.origin(handle),
        service,
        algorithm: algorithm?,
        key_length,
        data_max_length,
        result_length,
        associated_data_max_length,
        tag_length,
    })
}

fn algorithm(reader: &mut Reader<'_>, config: Handle, prefix: &str, service: Number) -> Option<Algorithm> {
    let family = format!("{prefix}AlgorithmFamily");
    if !family_is_optional(service.symbol) && !reader.has(config, &family) {
        reader.missing(config, &family);
        return None;
    }
    let mut part = |parameter: String, kind: &CustomKind| {
        let literal = match reader.has(config, &parameter) {
            true => reader.literal(config, &parameter, kind.table)?,
            false => *kind.table.first()?, // …_NOT_SET
        };
        kind.resolve(reader, config, &parameter, literal)
    };
    let family = part(family, &FAMILIES);
    let mode = part(format!("{prefix}AlgorithmMode"), &MODES);
    let secondary_family = part(format!("{prefix}AlgorithmSecondaryFamily"), &FAMILIES);
    Some(Algorithm { family: family?, secondary_family: secondary_family?, mode: mode? })
}
