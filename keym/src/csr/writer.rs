//! CertificationRequestInfo, and the CertificationRequest around it.

use crate::x509::algorithm::{write_algorithm, write_public_key};
use crate::x509::reader::{
    context, context_constructed, is_oid, only, BIT_STRING, BOOLEAN, IA5_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING,
    PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING,
};
use crate::x509::writer::Writer;
use crate::x509::{ecdsa_sig_value, oid, KeyAlgorithm, SignatureAlgorithm, ECDSA_SIG_VALUE_MAX};

/// How the value of a subject's attribute is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringType {
    /// UTF8String
    Utf8,
    /// PrintableString: letters, digits, space and `'()+,-./:=?`.
    Printable,
    /// IA5String: ASCII.
    Ia5,
}

/// An attribute of the subject, an RDN of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectAttribute<'a> {
    /// Content octets, as in [`oid`].
    pub oid: &'a [u8],
    /// How it is written.
    pub string: StringType,
    /// What is written; not empty.
    pub value: &'a str,
}

impl<'a> SubjectAttribute<'a> {
    /// CN
    pub const fn common_name(value: &'a str) -> Self {
        Self { oid: oid::COMMON_NAME, string: StringType::Utf8, value }
    }

    /// O
    pub const fn organization(value: &'a str) -> Self {
        Self { oid: oid::ORGANIZATION, string: StringType::Utf8, value }
    }

    /// OU
    pub const fn organizational_unit(value: &'a str) -> Self {
        Self { oid: oid::ORGANIZATIONAL_UNIT, string: StringType::Utf8, value }
    }

    /// C: a PrintableString, RFC 5280 appendix A.1.
    pub const fn country(value: &'a str) -> Self {
        Self { oid: oid::COUNTRY, string: StringType::Printable, value }
    }

    /// DC: an IA5String, RFC 4519 2.4.
    pub const fn domain_component(value: &'a str) -> Self {
        Self { oid: oid::DOMAIN_COMPONENT, string: StringType::Ia5, value }
    }
}

/// An alternative name of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AltName<'a> {
    /// dNSName
    Dns(&'a str),
    /// uniformResourceIdentifier
    Uri(&'a str),
    /// otherName: the type's OID, and the value in DER.
    Other {
        /// type-id, content octets
        oid: &'a [u8],
        /// value, one element
        value: &'a [u8],
    },
}

/// keyUsage that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsageRequest {
    /// The extension's flag: V2G's profiles have it set.
    pub critical: bool,
    /// As in [`KeyUsage`](crate::x509::KeyUsage); not 0.
    pub bits: u16,
}

/// What extensionRequest asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extensions<'a> {
    /// keyUsage
    pub key_usage: Option<KeyUsageRequest>,
    /// extKeyUsage: the purposes' OIDs; none, no extension.
    pub extended_key_usage: &'a [&'a [u8]],
    /// subjectAltName; none, no extension.
    pub alt_names: &'a [AltName<'a>],
}

/// Writes what is to be signed to the beginning of `out`; its length. `public_key` as the algorithm has it, a point with its
/// 04 or without. `None`: `out` is too short, or a value is not of its type.
pub fn write_request_info(
    subject: &[SubjectAttribute<'_>],
    algorithm: KeyAlgorithm,
    public_key: &[u8],
    extensions: &Extensions<'_>,
    out: &mut [u8],
) -> Option<usize> {
    let mut writer = Writer::new(out);
    write_extension_request(&mut writer, extensions)?;
    // Also when there are none, RFC 2986 4.1.
    writer.wrap(context_constructed(0), 0)?;
    write_public_key(&mut writer, algorithm, public_key)?;
    let name = writer.len();
    for attribute in subject.iter().rev() {
        write_attribute(&mut writer, attribute)?;
    }
    writer.wrap(SEQUENCE, name)?;
    writer.element(INTEGER, &[0])?;
    writer.wrap(SEQUENCE, 0)?;
    writer.finish()
}

/// How a key of this algorithm signs its request.
pub const fn signature_algorithm_for(key: KeyAlgorithm) -> Option<SignatureAlgorithm> {
    match key {
        KeyAlgorithm::P256 => Some(SignatureAlgorithm::EcdsaSha256),
        KeyAlgorithm::P384 => Some(SignatureAlgorithm::EcdsaSha384),
        KeyAlgorithm::P521 => Some(SignatureAlgorithm::EcdsaSha512),
        KeyAlgorithm::Ed25519 => Some(SignatureAlgorithm::Ed25519),
        KeyAlgorithm::Ed448 => Some(SignatureAlgorithm::Ed448),
        _ => None,
    }
}

/// Writes the request to the beginning of `out`; its length. `info` as [`write_request_info`] wrote it; `signature` raw: r ‖
/// s for ECDSA. `None`: `out` is too short, or the signature is not the algorithm's.
pub fn assemble(info: &[u8], algorithm: SignatureAlgorithm, signature: &[u8], out: &mut [u8]) -> Option<usize> {
    only(info, SEQUENCE)?;
    let mut sig_value = [0; ECDSA_SIG_VALUE_MAX];
    let signature = match algorithm {
        SignatureAlgorithm::Ed25519 if signature.len() == 64 => signature,
        SignatureAlgorithm::Ed448 if signature.len() == 114 => signature,
        SignatureAlgorithm::Ed25519 | SignatureAlgorithm::Ed448 | SignatureAlgorithm::Other => return None,
        _ => {
            let length = ecdsa_sig_value(signature, &mut sig_value)?;
            sig_value.get(..length)?
        }
    };
    let mut writer = Writer::new(out);
    writer.bytes(signature)?;
    writer.bytes(&[0])?;
    writer.wrap(BIT_STRING, 0)?;
    write_algorithm(&mut writer, algorithm)?;
    writer.bytes(info)?;
    writer.wrap(SEQUENCE, 0)?;
    writer.finish()
}

fn write_attribute(writer: &mut Writer<'_>, attribute: &SubjectAttribute<'_>) -> Option<()> {
    let value = attribute.value.as_bytes();
    let (tag, good) = match attribute.string {
        StringType::Utf8 => (UTF8_STRING, true),
        StringType::Printable => (PRINTABLE_STRING, value.iter().all(|c| is_printable(*c))),
        StringType::Ia5 => (IA5_STRING, value.is_ascii()),
    };
    if !good || value.is_empty() || !is_oid(attribute.oid) {
        return None;
    }
    let start = writer.len();
    writer.element(tag, value)?;
    writer.element(OBJECT_IDENTIFIER, attribute.oid)?;
    writer.wrap(SEQUENCE, start)?;
    writer.wrap(SET, start)
}

/// X.680 41.4
fn is_printable(character: u8) -> bool {
    character.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&character)
}

fn write_extension_request(writer: &mut Writer<'_>, extensions: &Extensions<'_>) -> Option<()> {
    let start = writer.len();
    if !extensions.alt_names.is_empty() {
        for name in extensions.alt_names.iter().rev() {
            write_alt_name(writer, name)?;
        }
        write_extension(writer, start, oid::SUBJECT_ALT_NAME, false)?;
    }
    if !extensions.extended_key_usage.is_empty() {
        let before = writer.len();
        for purpose in extensions.extended_key_usage.iter().rev() {
            is_oid(purpose).then(|| writer.element(OBJECT_IDENTIFIER, purpose))??;
        }
        write_extension(writer, before, oid::EXTENDED_KEY_USAGE, false)?;
    }
    if let Some(usage) = extensions.key_usage {
        let before = writer.len();
        write_key_usage(writer, usage.bits)?;
        write_extension_value(writer, before, oid::KEY_USAGE, usage.critical)?;
    }
    if writer.len() == start {
        return Some(());
    }
    writer.wrap(SEQUENCE, start)?;
    writer.wrap(SET, start)?;
    writer.element(OBJECT_IDENTIFIER, oid::EXTENSION_REQUEST)?;
    writer.wrap(SEQUENCE, start)
}

/// What was written since `before` in a SEQUENCE, as an extension.
fn write_extension(writer: &mut Writer<'_>, before: usize, oid: &[u8], critical: bool) -> Option<()> {
    writer.wrap(SEQUENCE, before)?;
    write_extension_value(writer, before, oid, critical)
}

fn write_extension_value(writer: &mut Writer<'_>, before: usize, oid: &[u8], critical: bool) -> Option<()> {
    writer.wrap(OCTET_STRING, before)?;
    if critical {
        writer.element(BOOLEAN, &[0xFF])?;
    }
    writer.element(OBJECT_IDENTIFIER, oid)?;
    writer.wrap(SEQUENCE, before)
}

/// A BIT STRING of named bits: no zeros at the end, X.690 11.2.2.
fn write_key_usage(writer: &mut Writer<'_>, bits: u16) -> Option<()> {
    let [low, high] = bits.to_le_bytes().map(u8::reverse_bits);
    let unused = |octet: u8| u8::try_from(octet.trailing_zeros()).ok();
    match (low, high) {
        (0, 0) => None,
        (low, 0) => writer.element(BIT_STRING, &[unused(low)?, low]),
        (low, high) => writer.element(BIT_STRING, &[unused(high)?, low, high]),
    }
}

fn write_alt_name(writer: &mut Writer<'_>, name: &AltName<'_>) -> Option<()> {
    let (tag, value) = match name {
        AltName::Dns(name) => (context(2), name.as_bytes()),
        AltName::Uri(uri) => (context(6), uri.as_bytes()),
        AltName::Other { oid, value } => {
            let element = crate::x509::reader::Reader::new(value).next()?;
            if element.whole.len() != value.len() || !is_oid(oid) {
                return None;
            }
            let start = writer.len();
            writer.element(context_constructed(0), value)?;
            writer.element(OBJECT_IDENTIFIER, oid)?;
            return writer.wrap(context_constructed(0), start);
        }
    };
    (value.is_ascii() && !value.is_empty()).then(|| writer.element(tag, value))?
}
