//! Crypto: driver objects, keys, key types, key elements, primitives.

use v2gcrypt_types::{self as types, Number};

use super::custom::{is_custom, CustomKind, FAMILIES, MODES};
use super::primitive::family_is_optional;
use super::{hsm, nv, Reader, Table};
use crate::ecuc::{is_c_identifier, Handle};
use crate::findings::Kind;
use crate::model::*;

pub(crate) struct DriverDraft {
    /// The module's own parameters; its tables are empty.
    pub shell: Driver,
    pub objects: Table<DriverObject>,
    pub keys: Table<CryptoKey>,
    pub key_types: Table<KeyType>,
    pub key_elements: Table<KeyElement>,
    pub primitives: Table<CryptoPrimitive>,
    pub custom_families: Table<CustomAlgorithm>,
    pub custom_modes: Table<CustomAlgorithm>,
    pub nv_blocks: Table<NvBlock>,
}

impl DriverDraft {
    /// Whether this is the driver with this path, and somebody else's.
    pub fn is_foreign(&self, path: &str) -> bool {
        self.shell.origin.path == path && self.shell.implementation == Implementation::External
    }
}

pub(super) fn read(reader: &mut Reader<'_>, root: Handle) -> DriverDraft {
    let general = reader.child(root, "CryptoGeneral");
    let integer = |reader: &mut Reader<'_>, name: &str| general.and_then(|general| reader.integer(general, name));
    let instance_id = integer(reader, "CryptoInstanceId").unwrap_or(0);
    if instance_id > 255 {
        let problem = format!("CryptoInstanceId is {instance_id}.");
        reader.report(root, Kind::InvalidValue, problem, "Det takes an instance from 0 to 255.");
    }
    let implementation = implementation(reader, root, general);
    DriverDraft {
        shell: Driver {
            origin: reader.origin(root),
            implementation,
            hsm: (implementation == Implementation::Hsm).then(|| hsm::general(reader, general)),
            infix: infix(reader, root, general),
            instance_id,
            dev_error_detect: reader.boolean(general, "CryptoDevErrorDetect"),
            version_info_api: reader.boolean(general, "CryptoVersionInfoApi"),
            main_function_period: general.and_then(|general| reader.float(general, "CryptoMainFunctionPeriod")),
            tolerate_empty_input: reader.boolean(general, "CryptoTolerateEmptyInput"),
            mac_length_in_bytes: reader.boolean(general, "CryptoMacLengthInBytes"),
            objects: Vec::new(),
            keys: Vec::new(),
            key_types: Vec::new(),
            key_elements: Vec::new(),
            primitives: Vec::new(),
            custom_families: Vec::new(),
            custom_modes: Vec::new(),
            nv_blocks: Vec::new(),
        },
        nv_blocks: nv::blocks(reader, root),
        custom_families: custom(reader, root, &FAMILIES),
        custom_modes: custom(reader, root, &MODES),
        primitives: reader.table(root, "CryptoPrimitive", None, primitive),
        key_elements: reader.table(root, "CryptoKeyElement", None, key_element),
        key_types: reader.table(root, "CryptoKeyType", None, |reader, handle| {
            let elements = required_references(reader, handle, "CryptoKeyElementRef", "CryptoKeyElement")?;
            Some(KeyType { origin: reader.origin(handle), elements })
        }),
        keys: reader.table(root, "CryptoKey", Some("CryptoKeyId"), |reader, handle| {
            let id = reader.required_integer(handle, "CryptoKeyId");
            let key_type = reader.required_reference(handle, "CryptoKeyTypeRef", "CryptoKeyType");
            let nv_block = reader.reference(handle, "CryptoKeyNvBlockRef", "CryptoNvBlock");
            let hsm = hsm::key(reader, handle);
            Some(CryptoKey { origin: reader.origin(handle), id: id?, key_type: key_type?, nv_block, hsm })
        }),
        objects: reader.table(root, "CryptoDriverObject", Some("CryptoDriverObjectId"), |reader, handle| {
            let id = reader.required_integer(handle, "CryptoDriverObjectId");
            let queue_size = reader.required_integer(handle, "CryptoQueueSize");
            let primitives = required_references(reader, handle, "CryptoPrimitiveRef", "CryptoPrimitive");
            let hsm = hsm::object(reader, handle);
            Some(DriverObject { origin: reader.origin(handle), id: id?, queue_size: queue_size?, hsm, primitives: primitives? })
        }),
    }
}

/// `None` when the list is empty or one of its references is faulty.
fn required_references(reader: &mut Reader<'_>, handle: Handle, reference: &str, target: &str) -> Option<Vec<Handle>> {
    if !reader.refers(handle, reference) {
        reader.required_reference(handle, reference, target);
        return None;
    }
    let before = reader.findings.len();
    let found = reader.references(handle, reference, target);
    (reader.findings.len() == before).then_some(found)
}

/// `CryptoImplementation`; else what the module's definition says; else ours.
fn implementation(reader: &mut Reader<'_>, root: Handle, general: Option<Handle>) -> Implementation {
    const LITERALS: &[Number] =
        &[Number { symbol: "SOFT", value: 0 }, Number { symbol: "EXTERNAL", value: 1 }, Number { symbol: "HSM", value: 2 }];
    let literal = general.filter(|&general| reader.has(general, "CryptoImplementation"));
    if let Some(general) = literal {
        return match reader.literal(general, "CryptoImplementation", LITERALS) {
            Some(Number { value: 1, .. }) => Implementation::External,
            Some(Number { value: 2, .. }) => Implementation::Hsm,
            _ => Implementation::Soft,
        };
    }
    let definition = &reader.ecuc.get(root).definition_path;
    match reader.ecuc.implementation_defaults.get(definition).map(String::as_str) {
        Some("EXTERNAL") => Implementation::External,
        Some("HSM") => Implementation::Hsm,
        Some(_) => Implementation::Soft,
        // A vendor's own definition that knows nothing of the switch describes a vendor's own driver.
        None if reader.ecuc.refinements.contains_key(definition) => Implementation::External,
        None => Implementation::Soft,
    }
}

/// `CryptoVendorId` and `CryptoVendorApiInfix`; else those of the module's BSW-IMPLEMENTATION; else none.
fn infix(reader: &mut Reader<'_>, root: Handle, general: Option<Handle>) -> Option<Infix> {
    let described = reader.ecuc.get(root).references.iter().find(|value| value.definition == "MODULE-DESCRIPTION-REF");
    let described = described.and_then(|value| reader.ecuc.implementations.get(&value.text)).cloned();
    let (described_id, described_infix) = described.unwrap_or_default();
    let vendor_id = general.and_then(|general| reader.integer(general, "CryptoVendorId"));
    let api_infix = general.and_then(|general| reader.text(general, "CryptoVendorApiInfix"));
    let vendor_id = vendor_id.or_else(|| super::parse_integer(&described_id?));
    let api_infix = api_infix.or(described_infix).filter(|infix| !infix.is_empty());
    match (vendor_id, api_infix) {
        (_, None) => None, // a vendor id alone does not ask for other names
        (Some(vendor_id), Some(api_infix)) => {
            // It stands inside names, so it may begin with a digit.
            if !is_c_identifier(&format!("_{api_infix}")) {
                let problem = format!("The vendor API infix `{api_infix}` does not fit into a C name.");
                reader.report(root, Kind::InvalidName, problem, "Use letters, digits and underscores.");
            }
            Some(Infix { vendor_id, api_infix })
        }
        (None, Some(api_infix)) => {
            let problem = format!("There is a vendor API infix `{api_infix}`, but no vendor id.");
            reader.report(root, Kind::MissingParameter, problem, "Add CryptoVendorId to CryptoGeneral.");
            None
        }
    }
}

fn key_element(reader: &mut Reader<'_>, handle: Handle) -> Option<KeyElement> {
    let id = reader.required_integer(handle, "CryptoKeyElementId");
    let size = reader.required_integer(handle, "CryptoKeyElementSize");
    let format = match reader.has(handle, "CryptoKeyElementFormat") {
        true => reader.literal(handle, "CryptoKeyElementFormat", types::KEY_FORMATS),
        false => types::KEY_FORMATS.first().copied(),
    };
    let read_access = access(reader, handle, "CryptoKeyElementReadAccess", READ_ACCESSES);
    let write_access = access(reader, handle, "CryptoKeyElementWriteAccess", WRITE_ACCESSES);
    let init_value = init_value(reader, handle);
    let allow_partial_access = reader.boolean(Some(handle), "CryptoKeyElementAllowPartialAccess");
    let persist = reader.boolean(Some(handle), "CryptoKeyElementPersist");
    if size == Some(0) {
        let remedy = "Give it the number of bytes that it holds.";
        reader.report(handle, Kind::InvalidValue, "CryptoKeyElementSize is 0.", remedy);
        return None;
    }
    Some(KeyElement {
        origin: reader.origin(handle),
        id: id?,
        size: size?,
        format: format?,
        init_value: init_value?,
        read_access: read_access?,
        write_access: write_access?,
        allow_partial_access,
        persist,
    })
}

const READ_ACCESSES: &[Number] = &[
    Number { symbol: "CRYPTO_RA_ALLOWED", value: 0 },
    Number { symbol: "CRYPTO_RA_ENCRYPTED", value: 1 },
    Number { symbol: "CRYPTO_RA_INTERNAL_COPY", value: 2 },
    Number { symbol: "CRYPTO_RA_DENIED", value: 3 },
];

const WRITE_ACCESSES: &[Number] = &[
    Number { symbol: "CRYPTO_WA_ALLOWED", value: 0 },
    Number { symbol: "CRYPTO_WA_ENCRYPTED", value: 1 },
    Number { symbol: "CRYPTO_WA_INTERNAL_COPY", value: 2 },
    Number { symbol: "CRYPTO_WA_DENIED", value: 3 },
];

fn access(reader: &mut Reader<'_>, handle: Handle, parameter: &str, table: &[Number]) -> Option<Access> {
    Some(match reader.required_literal(handle, parameter, table)?.value {
        0 => Access::Allowed,
        1 => Access::Encrypted,
        2 => Access::InternalCopy,
        _ => Access::Denied,
    })
}

/// Hexadecimal digits, with or without 0x, blanks, commas and underscores.
fn init_value(reader: &mut Reader<'_>, handle: Handle) -> Option<Vec<u8>> {
    let Some(value) = reader.value(handle, "CryptoKeyElementInitValue") else { return Some(Vec::new()) };
    let mut digits = String::new();
    for part in value.text.split([' ', ',', '_', '\t', '\n', '\r']) {
        digits.push_str(part.strip_prefix("0x").or(part.strip_prefix("0X")).unwrap_or(part));
    }
    let bytes = (0..digits.len()).step_by(2).map(|at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    let bytes: Option<Vec<u8>> = match digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        true => bytes.collect(),
        false => None,
    };
    if bytes.is_none() {
        // The text may be a key: it is not printed.
        let problem = "CryptoKeyElementInitValue is not an even number of hexadecimal digits.".to_string();
        reader.report_value(handle, &value, Kind::InvalidValue, problem, "Write two digits per byte.".into());
    }
    bytes
}

fn custom(reader: &mut Reader<'_>, root: Handle, kind: &CustomKind) -> Table<CustomAlgorithm> {
    reader.table(root, kind.container, None, |reader, handle| {
        let id = kind.number(reader, handle)?;
        Some(CustomAlgorithm { origin: reader.origin(handle), id })
    })
}

fn primitive(reader: &mut Reader<'_>, handle: Handle) -> Option<CryptoPrimitive> {
    let service = service(reader, handle);
    let needs_family = service.is_none_or(|service| !family_is_optional(service.symbol));
    if needs_family && !reader.has(handle, "CryptoPrimitiveAlgorithmFamily") {
        reader.missing(handle, "CryptoPrimitiveAlgorithmFamily");
    }
    let families = algorithms(reader, handle, "CryptoPrimitiveAlgorithmFamily", &FAMILIES);
    let modes = algorithms(reader, handle, "CryptoPrimitiveAlgorithmMode", &MODES);
    let secondary_families = algorithms(reader, handle, "CryptoPrimitiveAlgorithmSecondaryFamily", &FAMILIES);
    let (families, modes, secondary_families) = (families?, modes?, secondary_families?);
    let mut algorithms = Vec::new();
    for &family in &families {
        for &mode in &modes {
            for &secondary_family in &secondary_families {
                algorithms.push(Algorithm { family, secondary_family, mode });
            }
        }
    }
    algorithms.sort_by_key(|algorithm| algorithm.order());
    algorithms.dedup();
    Some(CryptoPrimitive { origin: reader.origin(handle), service: service?, algorithms })
}

/// Every family or mode that a parameter lists; in the place of `…_CUSTOM` those that `…CustomRef` points to.
fn algorithms(reader: &mut Reader<'_>, handle: Handle, parameter: &str, kind: &CustomKind) -> Option<Vec<Number>> {
    let literals = reader.literals(handle, parameter, kind.table).into_iter().collect::<Option<Vec<_>>>()?;
    let reference = format!("{parameter}CustomRef");
    let refers = reader.refers(handle, &reference);
    match (literals.iter().any(|literal| is_custom(*literal)), refers) {
        (true, false) => {
            let problem = format!("{parameter} lists a custom algorithm, and nothing says which.");
            let remedy = format!("Add {reference}, and let it point to a {}.", kind.container);
            reader.report(handle, Kind::MissingReference, problem, remedy);
            return None;
        }
        (false, true) => {
            let problem = format!("{reference} names an algorithm, but {parameter} does not list a custom one.");
            let remedy = format!("Remove it, or add {}.", kind.table.last().map_or("", |custom| custom.symbol));
            reader.report(handle, Kind::AmbiguousParameter, problem, remedy);
            return None;
        }
        _ => {}
    }
    let mut numbers: Vec<_> = literals.into_iter().filter(|literal| !is_custom(*literal)).collect();
    if refers {
        let containers = required_references(reader, handle, &reference, kind.container)?;
        numbers.extend(containers.into_iter().map(|container| kind.number(reader, container)).collect::<Option<Vec<_>>>()?);
    }
    if numbers.is_empty() {
        numbers.extend(kind.table.first()); // …_NOT_SET
    }
    Some(numbers)
}

/// `CryptoPrimitiveService`: editors write HASH, MAC_GENERATE, MACGENERATE or CRYPTO_MACGENERATE.
fn service(reader: &mut Reader<'_>, handle: Handle) -> Option<Number> {
    let Some(value) = reader.value(handle, "CryptoPrimitiveService") else {
        reader.missing(handle, "CryptoPrimitiveService");
        return None;
    };
    let plain = value.text.to_ascii_uppercase();
    let plain = plain.strip_prefix("CRYPTO_").unwrap_or(&plain).replace('_', "");
    let known = types::SERVICES.iter().find(|service| service.symbol["CRYPTO_".len()..].replace('_', "") == plain);
    match known {
        Some(service) => Some(*service),
        None => reader.literal_of(handle, &value, types::SERVICES),
    }
}
