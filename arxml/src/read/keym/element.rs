//! `KeyMCertificateElement`: what of a certificate can be read and compared.

use v2gcrypt_types::Number;

use super::{Reader, Table};
use crate::ecuc::Handle;
use crate::findings::Kind;
use crate::model::keym::CertificateElement;

/// An element, and its certificate.
pub(crate) struct ElementDraft {
    pub certificate: Handle,
    pub element: CertificateElement,
}

/// AUTOSAR's literal, and the number in C. Spellings of compound ones differ between sources.
pub(crate) const STRUCTURES: &[(&str, &str)] = &[
    ("CertificateVersionNumber", "KEYM_ELEMENT_VERSION_NUMBER"),
    ("CertificateSerialNumber", "KEYM_ELEMENT_SERIAL_NUMBER"),
    ("CertificateSignature", "KEYM_ELEMENT_SIGNATURE"),
    ("CertificateSignatureAlgorithm", "KEYM_ELEMENT_SIGNATURE_ALGORITHM"),
    ("CertificateSignatureAlgorithmID", "KEYM_ELEMENT_SIGNATURE_ALGORITHM_ID"),
    ("CertificateIssuerName", "KEYM_ELEMENT_ISSUER_NAME"),
    ("CertificateIssuerUniqueIdentifier", "KEYM_ELEMENT_ISSUER_UNIQUE_IDENTIFIER"),
    ("CertificateSubjectName", "KEYM_ELEMENT_SUBJECT_NAME"),
    ("CertificateSubjectUniqueIdentifier", "KEYM_ELEMENT_SUBJECT_UNIQUE_IDENTIFIER"),
    ("CertificateSubjectAuthorization", "KEYM_ELEMENT_SUBJECT_AUTHORIZATION"),
    ("CertificateSubjectPublicKeyInfo_PublicKeyAlgorithm", "KEYM_ELEMENT_PUBLIC_KEY_ALGORITHM"),
    ("CertificateSubjectPublicKeyInfo_SubjectPublicKey", "KEYM_ELEMENT_SUBJECT_PUBLIC_KEY"),
    ("CertificateValidityPeriodNotBefore", "KEYM_ELEMENT_NOT_BEFORE"),
    ("CertificateValidityPeriodNotAfter", "KEYM_ELEMENT_NOT_AFTER"),
    ("CertificateExtension", "KEYM_ELEMENT_EXTENSION"),
    ("CertificateRevokedCertificates", "KEYM_ELEMENT_REVOKED_CERTIFICATES"),
];

/// Names without their underscores, and the last one as some sources have it.
const OTHER_SPELLINGS: &[(&str, &str)] = &[
    ("CertificateSubjectPublicKeyInfoPublicKeyAlgorithm", "KEYM_ELEMENT_PUBLIC_KEY_ALGORITHM"),
    ("CertificateSubjectPublicKeyInfoSubjectPublicKey", "KEYM_ELEMENT_SUBJECT_PUBLIC_KEY"),
    ("CertificateRevoked", "KEYM_ELEMENT_REVOKED_CERTIFICATES"),
];

pub(super) fn table(reader: &mut Reader<'_>, root: Handle) -> Table<ElementDraft> {
    let certificates = reader.ecuc.descendants(root, "KeyMCertificate");
    let mut table = Table::new();
    for certificate in certificates {
        for handle in reader.ecuc.descendants(certificate, "KeyMCertificateElement") {
            table.extend(read(reader, handle).map(|element| (handle, ElementDraft { certificate, element })));
        }
    }
    table
}

fn read(reader: &mut Reader<'_>, handle: Handle) -> Option<CertificateElement> {
    let id = reader.required_integer(handle, "KeyMCertificateElementId");
    let id = id.and_then(|id| reader.in_range(handle, "KeyMCertificateElementId", id, 0, 0xFFFF));
    let max_length = reader.required_integer(handle, "KeyMCertificateElementMaxLength");
    let max_length = max_length.and_then(|length| reader.in_range(handle, "KeyMCertificateElementMaxLength", length, 1, 0xFFFF));
    let structure = structure(reader, handle);
    let object_id = object_id(reader, handle);
    let object_type = reader.integer(handle, "KeyMCertificateElementObjectType").unwrap_or(0);
    let object_type = reader.in_range(handle, "KeyMCertificateElementObjectType", object_type, 0, 0xFF);
    Some(CertificateElement {
        has_iteration: reader.boolean(Some(handle), "KeyMCertificateElementHasIteration"),
        origin: reader.origin(handle),
        id: id? as u16,
        max_length: max_length? as u16,
        structure: structure?,
        object_id: object_id?,
        object_type: object_type? as u8,
    })
}

fn structure(reader: &mut Reader<'_>, handle: Handle) -> Option<&'static str> {
    const PARAMETER: &str = "KeyMCertificateElementOfStructure";
    let literals: Vec<Number> = STRUCTURES
        .iter()
        .chain(OTHER_SPELLINGS)
        .zip(0u32..)
        .map(|((literal, _), value)| Number { symbol: literal, value })
        .collect();
    let literal = reader.required_literal(handle, PARAMETER, &literals)?;
    STRUCTURES.iter().chain(OTHER_SPELLINGS).nth(literal.value as usize).map(|(_, symbol)| *symbol)
}

/// Content octets of an object identifier in dotted notation; none if it is absent. X.690 8.19
fn object_id(reader: &mut Reader<'_>, handle: Handle) -> Option<Vec<u8>> {
    const PARAMETER: &str = "KeyMCertificateElementObjectId";
    let Some(value) = reader.value(handle, PARAMETER).filter(|value| !value.text.is_empty()) else { return Some(Vec::new()) };
    let encoded = encode_object_id(&value.text);
    if encoded.is_none() {
        let problem = format!("{PARAMETER} is `{}`, which is no object identifier.", value.text);
        reader.report_value(handle, &value, Kind::InvalidValue, problem, "Write numbers with dots, such as 2.5.29.15.".into());
    }
    encoded
}

fn encode_object_id(text: &str) -> Option<Vec<u8>> {
    let arcs: Option<Vec<u64>> = text.split('.').map(|arc| arc.parse::<u32>().ok().map(u64::from)).collect();
    let arcs = arcs?;
    let [first, second, rest @ ..] = &arcs[..] else { return None };
    if *first > 2 || (*first < 2 && *second > 39) {
        return None;
    }
    let mut bytes = Vec::new();
    for arc in std::iter::once(first * 40 + second).chain(rest.iter().copied()) {
        let groups = (0..5).rev().map(|group| (arc >> (7 * group)) as u8 & 0x7F);
        let mut groups = groups.skip_while(|group| *group == 0).collect::<Vec<_>>();
        let last = groups.pop().unwrap_or(0);
        bytes.extend(groups.iter().map(|group| group | 0x80));
        bytes.push(last);
    }
    (bytes.len() <= 255).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::encode_object_id;

    #[test]
    fn object_identifiers_are_encoded_as_x690_says() {
        let cases: &[(&str, Option<&[u8]>)] = &[
            ("2.5.29.15", Some(&[0x55, 0x1D, 0x0F])),
            ("1.2.840.10045.4.3.2", Some(&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])),
            ("0.9.2342.19200300.100.1.25", Some(&[0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19])),
            ("2.999.3", Some(&[0x88, 0x37, 0x03])),
            ("1.3.128.0", Some(&[0x2B, 0x81, 0x00, 0x00])),
            ("2.4294967295", Some(&[0x90, 0x80, 0x80, 0x80, 0x4F])),
            ("1.40.1", None),
            ("3.1", None),
            ("1", None),
            ("", None),
            ("1.2.", None),
            ("1.2.x", None),
            ("1.2.-3", None),
        ];
        for (text, bytes) in cases {
            assert_eq!(encode_object_id(text).as_deref(), *bytes, "{text}");
        }
    }
}
