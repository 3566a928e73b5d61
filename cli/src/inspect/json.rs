//! Certificates as JSON.
#![forbid(unsafe_code)]

use serde_json::{json, Value};
use v2gcrypt_keym::path::Rule;
use v2gcrypt_keym::x509::Certificate;

use super::{key, profile_name, title, Item};
use crate::text;
use crate::time::Rfc3339;

/// All of them; `issuer` is an index into the same list.
pub fn document(items: &[Item<'_>], time: i64) -> Value {
    json!({
        "time": Rfc3339 { seconds: time }.to_string(),
        "certificates": items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(item: &Item<'_>) -> Value {
    let mut value = match &item.certificate {
        Ok(certificate) => certificate_fields(certificate),
        Err(problem) => json!({ "malformed": problem.to_string() }),
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("file".to_owned(), json!(item.object.file.display().to_string()));
        fields.insert("number".to_owned(), json!(item.object.number));
        fields.insert("issued_by".to_owned(), json!(item.issuer));
        fields.insert("role".to_owned(), json!(title(item)));
        fields.insert("profile".to_owned(), json!(profile_name(item.profile)));
        fields.insert("violations".to_owned(), item.violations.iter().map(|rule| violation(rule)).collect());
    }
    value
}

fn certificate_fields(certificate: &Certificate<'_>) -> Value {
    let extensions = &certificate.extensions;
    let date = |seconds: i64| Rfc3339 { seconds }.to_string();
    let hex = |bytes: Option<&[u8]>| bytes.map(text::hex);
    json!({
        "subject": text::name(&certificate.subject),
        "issuer": text::name(&certificate.issuer),
        "common_name": text::common_name(&certificate.subject),
        "serial": text::hex(certificate.serial),
        "version": certificate.version,
        "size": certificate.der.len(),
        "not_before": date(certificate.validity.not_before.seconds),
        "not_after": date(certificate.validity.not_after.seconds),
        "key": key(certificate.public_key.algorithm),
        "signature": text::signature_algorithm(certificate.signature_algorithm),
        "ca": extensions.basic_constraints.is_some_and(|constraints| constraints.ca),
        "path_length": extensions.basic_constraints.and_then(|constraints| constraints.path_len),
        "key_usage": extensions.key_usage.as_ref().map(text::usages),
        "extended_key_usage": extensions.extended_key_usage.map(|usage| usage.iter().map(text::purpose).collect::<Vec<_>>()),
        "subject_key_id": hex(extensions.subject_key_id.map(|id| id.bytes)),
        "authority_key_id": hex(extensions.authority_key_id.and_then(|id| id.key_id)),
    })
}

fn violation(rule: &Rule) -> Value {
    json!({ "rule": rule.id, "requirement": rule.requirement, "text": rule.text })
}
