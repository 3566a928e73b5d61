//! Tables of certificates, elements, rules, keys and blocks.

use v2gcrypt_types as types;

use super::super::c::{boolean, pointer, Source};
use super::callouts::Callouts;
use crate::model::keym::*;
use crate::model::Model;

/// Names, object identifiers, templates: byte strings.
pub(super) fn bytes(keym: &KeyM, source: &mut Source) {
    for certificate in &keym.certificates {
        let name = &certificate.origin.name;
        string(source, &format!("KeyM_CertName_{name}"), certificate.name.as_bytes());
        string(source, &format!("KeyM_Csr_{name}"), &template(certificate));
        for element in &certificate.elements {
            string(source, &object_id(certificate, element), &element.object_id);
        }
    }
    for key in &keym.crypto_keys {
        let name = &key.origin.name;
        string(source, &format!("KeyM_KeyName_{name}"), key.name.as_bytes());
        string(source, &format!("KeyM_KeyInfo_{name}"), &key.generation_info);
        string(source, &format!("KeyM_KeyProps_{name}"), key.crypto_props.as_bytes());
    }
}

/// A constant of bytes; its text, if it is one, as a comment. Nothing for none.
fn string(source: &mut Source, name: &str, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let values: Vec<_> = bytes.iter().map(|byte| format!("0x{byte:02X}U")).collect();
    source.line(format!("static const uint8 {name}[{}] =", bytes.len()));
    source.line("{");
    for row in values.chunks(16) {
        source.line(format!("    {},", row.join(", ")));
    }
    source.line("};");
}

fn object_id(certificate: &Certificate, element: &CertificateElement) -> String {
    format!("KeyM_ObjectId_{}_{}", certificate.origin.name, element.origin.name)
}

/// Tag, length in two bytes, value.
fn template(certificate: &Certificate) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in &certificate.csr {
        bytes.push(field.tag.value as u8);
        bytes.extend((field.value.len() as u16).to_be_bytes());
        bytes.extend(&field.value);
    }
    bytes
}

/// A job by its name.
pub(super) fn job(model: &Model, job: Option<u32>) -> String {
    job.map_or("KEYM_NO_JOB".into(), |job| format!("CsmConf_CsmJob_{}", model.csm.jobs[job as usize].origin.name))
}

fn key(model: &Model, key: Option<u32>) -> String {
    key.map_or("KEYM_NO_KEY".into(), |key| format!("CsmConf_CsmKey_{}", model.csm.keys[key as usize].origin.name))
}

fn index(value: Option<u32>, none: &str) -> String {
    value.map_or(none.into(), |value| format!("{value}U"))
}

/// The format of the keys that certificates are verified with; the checks ensure that it is one.
pub(super) fn public_key_format(model: &Model, keym: &KeyM) -> &'static str {
    let own = keym.certificates.iter().filter_map(|certificate| certificate.verify_key);
    let mut keys = own.chain(keym.pool.iter().map(|entry| entry.key));
    let element = keys.find_map(|key| {
        let cryif_key = &model.cryif.keys[model.csm.keys[key as usize].cryif_key as usize];
        let driver = &model.drivers[cryif_key.driver as usize];
        let crypto_key = &driver.keys[cryif_key.crypto_key as usize];
        let found = driver.elements_of(crypto_key).find(|element| element.id == types::CRYPTO_KE_SIGNATURE_KEY);
        found
    });
    element.map_or("CRYPTO_KE_FORMAT_BIN_OCTET", |element| element.format.symbol)
}

pub(super) fn write(model: &Model, keym: &KeyM, callouts: &Callouts<'_>, source: &mut Source) {
    for certificate in &keym.certificates {
        elements(certificate, source);
    }
    let entries: Vec<_> = keym.certificates.iter().map(|entry| certificate(model, keym, callouts, entry)).collect();
    table(source, "KeyM_CertificateConfigType KeyM_Certificates", &entries);
    for (index, condition) in keym.conditions.iter().enumerate() {
        if let ConditionValue::Array(bytes) = &condition.value {
            let bytes: Vec<_> =
                bytes.iter().map(|(index, value)| vec![format!("{{ .index = {index}U, .value = 0x{value:02X}U }},")]).collect();
            table(source, &format!("KeyM_ConditionArrayElementType KeyM_ConditionArray{index}"), &bytes);
        }
    }
    let entries: Vec<_> = keym.conditions.iter().enumerate().map(|(index, entry)| condition(keym, index, entry)).collect();
    table(source, "KeyM_CertConditionConfigType KeyM_Conditions", &entries);
    for (index, rule) in keym.rules.iter().enumerate() {
        let arguments: Vec<_> = rule.arguments.iter().map(argument).collect();
        table(source, &format!("KeyM_RuleArgumentType KeyM_RuleArguments{index}"), &arguments);
    }
    let entries: Vec<_> = keym.rules.iter().enumerate().map(rule).collect();
    table(source, "KeyM_CertRuleConfigType KeyM_Rules", &entries);
    let entries: Vec<_> = keym.crypto_keys.iter().map(|entry| crypto_key(model, entry)).collect();
    table(source, "KeyM_CryptoKeyConfigType KeyM_CryptoKeys", &entries);
    let entries: Vec<_> = (0u32..).zip(&keym.nvm_blocks).map(|(index, block)| nvm_block(keym, index, block)).collect();
    table(source, "KeyM_NvmBlockConfigType KeyM_NvmBlocks", &entries);
    let entries: Vec<_> = keym.pool.iter().map(|entry| pair(model, entry)).collect();
    table(source, "KeyM_KeyPoolConfigType KeyM_KeyPool", &entries);
    let jobs: Vec<_> = model.keym_async_jobs().into_iter().map(|id| vec![format!("{},", job(model, Some(id)))]).collect();
    table(source, "uint32 KeyM_AsyncJobs", &jobs);
}

fn table(source: &mut Source, declaration: &str, entries: &[Vec<String>]) {
    source.array(&format!("static const {declaration}"), entries);
    if !entries.is_empty() {
        source.blank();
    }
}

fn elements(certificate: &Certificate, source: &mut Source) {
    let name = &certificate.origin.name;
    let entries: Vec<_> = certificate
        .elements
        .iter()
        .map(|element| {
            vec![
                format!("/* {} */", element.origin.name),
                "{".into(),
                format!("    .elementId = {}U,", element.id),
                format!("    .maxLength = {}U,", element.max_length),
                format!("    .structure = {},", element.structure),
                format!("    .objectType = {}U,", element.object_type),
                format!("    .hasIteration = {},", boolean(element.has_iteration)),
                format!("    .objectIdLength = {}U,", element.object_id.len()),
                format!("    .objectId = {}", pointer(&object_id(certificate, element), element.object_id.len())),
                "},".into(),
            ]
        })
        .collect();
    table(source, &format!("KeyM_CertElementConfigType KeyM_Elements_{name}"), &entries);
    let rules: Vec<_> = certificate.rules.iter().map(|rule| vec![format!("{rule}U,")]).collect();
    table(source, &format!("uint16 KeyM_Rules_{name}"), &rules);
}

fn certificate(model: &Model, keym: &KeyM, callouts: &Callouts<'_>, certificate: &Certificate) -> Vec<String> {
    let name = &certificate.origin.name;
    // A job of the pool is nobody's own.
    let verify_job = Some(certificate.verify_job).filter(|job| !keym.in_pool(*job));
    let algorithm = match certificate.algorithm {
        CertAlgorithm::Ecc => "KEYM_CERT_ALGO_ECC",
        CertAlgorithm::Rsa => "KEYM_CERT_ALGO_RSA",
    };
    let format = match certificate.format {
        CertFormat::X509 => "KEYM_CERT_FORMAT_X509",
        CertFormat::Crl => "KEYM_CERT_FORMAT_CRL",
    };
    let signature = certificate.generate_job.and_then(|job| KeySignature::of(model.primitive_of(&model.csm.jobs[job as usize])));
    let template = template(certificate).len();
    let fields = [
        ("name", format!("&KeyM_CertName_{name}[0]")),
        ("nameLength", format!("{}U", certificate.name.len())),
        ("upperCertificateId", format!("{}U", certificate.upper)),
        ("maxLength", format!("{}U", certificate.max_length)),
        ("buffer", format!("&KeyM_Der_{name}[0]")),
        ("algorithm", algorithm.into()),
        ("format", format.into()),
        ("storage", storage(certificate.storage).into()),
        ("role", certificate.role.into()),
        ("profile", certificate.profile.into()),
        ("timeBase", index(certificate.time_base.map(u32::from), "KEYM_NO_TIME_BASE")),
        ("verifyJobId", job(model, verify_job)),
        ("verifyKeyId", key(model, certificate.verify_key)),
        ("generateJobId", job(model, certificate.generate_job)),
        ("targetKeyId", key(model, certificate.target_key.filter(|_| certificate.storage == Storage::Csm))),
        ("targetKeyElementId", format!("{}U", certificate.target_element)),
        ("privateKeyId", index(certificate.private_key, "KEYM_NO_CRYPTO_KEY")),
        ("nvmBlock", index(certificate.nvm_block, "KEYM_NO_NVM_BLOCK")),
        ("elements", pointer(&format!("KeyM_Elements_{name}"), certificate.elements.len())),
        ("rules", pointer(&format!("KeyM_Rules_{name}"), certificate.rules.len())),
        ("elementCount", format!("{}U", certificate.elements.len())),
        ("ruleCount", format!("{}U", certificate.rules.len())),
        ("verifyCallback", callouts.verify_callback(certificate)),
        ("serviceCallback", callouts.service_callback(certificate)),
        ("ocspBuffer", pointer(&format!("KeyM_Ocsp_{name}"), certificate.ocsp_max_length.into())),
        ("ocspMaxLength", format!("{}U", certificate.ocsp_max_length)),
        ("csrTemplate", pointer(&format!("KeyM_Csr_{name}"), template)),
        ("csrTemplateLength", format!("{template}U")),
        ("csrSignature", signature.map_or("KEYM_SIGNATURE_ANY", |signature| signature.signature).into()),
    ];
    entry(name, &fields)
}

fn entry(name: &str, fields: &[(&str, String)]) -> Vec<String> {
    let mut lines = vec![format!("/* {name} */"), "{".into()];
    for (index, (field, value)) in fields.iter().enumerate() {
        let comma = if index + 1 < fields.len() { "," } else { "" };
        lines.push(format!("    .{field} = {value}{comma}"));
    }
    lines.push("},".into());
    lines
}

fn storage(storage: Storage) -> &'static str {
    match storage {
        Storage::Csm => "KEYM_STORAGE_IN_CSM",
        Storage::Nvm => "KEYM_STORAGE_IN_NVM",
        Storage::Ram => "KEYM_STORAGE_IN_RAM",
    }
}

fn condition(keym: &KeyM, number: usize, condition: &Condition) -> Vec<String> {
    let id = |place: ElementPlace| {
        let (certificate, element) = keym.element(place);
        (format!("{}U", certificate.id), format!("{}U", element.id))
    };
    let (certificate, element) = id(condition.element);
    let nothing = ("KEYM_NO_CERTIFICATE".to_string(), "0U".to_string());
    let (kind, value, bytes, (other, other_element), port) = match &condition.value {
        ConditionValue::Primitive(value) => ("PRIMITIVE", *value, 0, nothing, None),
        ConditionValue::Array(bytes) => ("ARRAY", 0, bytes.len(), nothing, None),
        ConditionValue::Element(place) => ("CERT_ELEMENT", 0, 0, id(*place), None),
        ConditionValue::SenderReceiver => ("SENDER_RECEIVER", 0, 0, nothing, Some(super::callouts::read_port(condition))),
    };
    let fields = [
        ("certificateId", certificate),
        ("elementId", element),
        ("conditionType", condition.comparison.into()),
        ("valueKind", format!("KEYM_CONDITION_{kind}")),
        ("arrayElementCount", format!("{bytes}U")),
        ("valueHigh", format!("0x{:08X}U", value >> 32)),
        ("valueLow", format!("0x{:08X}U", value & 0xFFFF_FFFF)),
        ("arrayElements", pointer(&format!("KeyM_ConditionArray{number}"), bytes)),
        ("otherCertificateId", other),
        ("otherElementId", other_element),
        ("readPort", port.map_or("NULL_PTR".into(), |port| format!("&{port}"))),
    ];
    entry(&condition.origin.name, &fields)
}

fn argument(argument: &Argument) -> Vec<String> {
    let (kind, index) = match argument {
        Argument::Condition(index) => ("CONDITION", index),
        Argument::Rule(index) => ("RULE", index),
    };
    vec![format!("{{ .kind = KEYM_ARGUMENT_{kind}, .index = {index}U }},")]
}

fn rule((number, rule): (usize, &Rule)) -> Vec<String> {
    let operator = match rule.operator {
        LogicalOperator::And => "KEYM_AND",
        LogicalOperator::Or => "KEYM_OR",
    };
    let fields = [
        ("arguments", pointer(&format!("KeyM_RuleArguments{number}"), rule.arguments.len())),
        ("argumentCount", format!("{}U", rule.arguments.len())),
        ("logicalOperator", operator.into()),
    ];
    entry(&rule.origin.name, &fields)
}

fn crypto_key(model: &Model, own: &KeyMCryptoKey) -> Vec<String> {
    let name = &own.origin.name;
    let generation = match own.generation {
        Generation::Stored => "KEYM_STORED_KEY",
        Generation::Derived => "KEYM_DERIVED_KEY",
    };
    let in_nvm = usize::from(own.storage == Storage::Nvm);
    let fields = [
        ("name", format!("&KeyM_KeyName_{name}[0]")),
        ("nameLength", format!("{}U", own.name.len())),
        ("maxLength", format!("{}U", own.max_length)),
        ("generationType", generation.into()),
        ("storage", storage(own.storage).into()),
        ("verifyJobType", own.verify_job_type.unwrap_or("KEYM_VERIFY_MACGENERATE").into()),
        ("cryptoPropsLength", format!("{}U", own.crypto_props.len())),
        ("generationInfo", pointer(&format!("KeyM_KeyInfo_{name}"), own.generation_info.len())),
        ("generationInfoLength", format!("{}U", own.generation_info.len())),
        ("nvmBlock", index(own.nvm_block, "KEYM_NO_NVM_BLOCK")),
        ("cryptoProps", pointer(&format!("KeyM_KeyProps_{name}"), own.crypto_props.len())),
        ("targetKeyId", key(model, Some(own.target_key))),
        ("sourceDeriveKeyId", key(model, own.source_key)),
        ("verifyJobId", job(model, own.verify_job)),
        ("buffer", pointer(&format!("KeyM_Key_{name}"), in_nvm)),
    ];
    entry(name, &fields)
}

fn nvm_block(keym: &KeyM, index: u32, block: &KeyMNvmBlock) -> Vec<String> {
    let fields = [
        ("nvmBlockId", format!("{}U", block.descriptor.id)),
        ("keepsTimeFloor", boolean(keym.policy.time_floor_block == Some(index)).into()),
        ("writeDelay", format!("{}U", block.write_delay)),
        ("recordSize", format!("{}U", keym.record_size_of(index))),
    ];
    entry(&block.origin.name, &fields)
}

fn pair(model: &Model, pair: &PoolEntry) -> Vec<String> {
    let primitive = model.primitive_of(&model.csm.jobs[pair.job as usize]);
    let KeySignature { key: algorithm, signature } = KeySignature::of(primitive).expect("the checks ensure a known algorithm");
    let fields = [
        ("keyId", key(model, Some(pair.key))),
        ("verifyJobId", job(model, Some(pair.job))),
        ("keyAlgorithm", algorithm.into()),
        ("signatureAlgorithm", signature.into()),
    ];
    entry(&pair.origin.name, &fields)
}
