//! Certificate requests: the key pair is made in the driver that the configuration names, and never leaves it.
#![forbid(unsafe_code)]

use crate::config::*;
use crate::csr::{assemble, write_request_info, AltName, Extensions, KeyUsageRequest, SubjectAttribute};
use crate::ffi::world::World;
use crate::numbers::*;
use crate::x509::{Certificate, KeyAlgorithm, PublicKey, SignatureAlgorithm};
use v2gcrypt_types::*;

/// Attributes of a subject.
const MAX_ATTRIBUTES: usize = 8;
/// Alternative names.
const MAX_ALT_NAMES: usize = 4;
/// A SubjectPublicKeyInfo of P-521 has 158 bytes.
const MAX_PUBLIC_KEY: usize = 160;

/// The Csm key that holds the private key of a certificate.
pub fn private_key(world: &World, certificate: &KeyM_CertificateConfigType) -> Option<uint32> {
    world.view().crypto_key(certificate.privateKeyId).map(|key| key.targetKeyId)
}

/// Makes a new key pair.
pub fn generate(world: &World, key: uint32) -> bool {
    world.key_generate(key) == E_OK && world.key_set_valid(key) == E_OK
}

/// How the configured job signs.
pub fn signature_algorithm(certificate: &KeyM_CertificateConfigType) -> Option<SignatureAlgorithm> {
    Some(match certificate.csrSignature {
        KEYM_SIGNATURE_ECDSA_SHA256 => SignatureAlgorithm::EcdsaSha256,
        KEYM_SIGNATURE_ECDSA_SHA384 => SignatureAlgorithm::EcdsaSha384,
        KEYM_SIGNATURE_ECDSA_SHA512 => SignatureAlgorithm::EcdsaSha512,
        KEYM_SIGNATURE_ED25519 => SignatureAlgorithm::Ed25519,
        KEYM_SIGNATURE_ED448 => SignatureAlgorithm::Ed448,
        _ => return None,
    })
}

/// Writes what is to be signed; its length.
pub fn write_info(
    world: &World,
    certificate: &KeyM_CertificateConfigType,
    template: &[u8],
    key: uint32,
    room: &mut [u8],
) -> Option<usize> {
    let mut place = [0; MAX_PUBLIC_KEY];
    let length = world.key_element_get(key, CRYPTO_KE_V2GCRYPT_PUBLICKEY, &mut place).ok()?;
    let (algorithm, public_key) = read_public_key(place.get(..length)?, certificate)?;
    let mut attributes = [SubjectAttribute::common_name(""); MAX_ATTRIBUTES];
    let mut alt_names = [AltName::Dns(""); MAX_ALT_NAMES];
    let (mut attribute_count, mut name_count, mut key_usage) = (0, 0, None);
    for entry in entries(template) {
        let (tag, value) = entry?;
        if tag == KEYM_CSR_KEY_USAGE {
            let bits = u16::from_be_bytes(value.try_into().ok()?);
            key_usage = Some(KeyUsageRequest { critical: true, bits });
            continue;
        }
        let text = ::core::str::from_utf8(value).ok()?;
        let attribute = match tag {
            KEYM_CSR_COMMON_NAME => SubjectAttribute::common_name(text),
            KEYM_CSR_ORGANIZATION => SubjectAttribute::organization(text),
            KEYM_CSR_COUNTRY => SubjectAttribute::country(text),
            KEYM_CSR_ORGANIZATIONAL_UNIT => SubjectAttribute::organizational_unit(text),
            KEYM_CSR_DOMAIN_COMPONENT => SubjectAttribute::domain_component(text),
            KEYM_CSR_SAN_DNS | KEYM_CSR_SAN_URI => {
                let name = if tag == KEYM_CSR_SAN_DNS { AltName::Dns(text) } else { AltName::Uri(text) };
                *alt_names.get_mut(name_count)? = name;
                name_count = name_count.saturating_add(1);
                continue;
            }
            _ => return None,
        };
        *attributes.get_mut(attribute_count)? = attribute;
        attribute_count = attribute_count.saturating_add(1);
    }
    let extensions = Extensions { key_usage, extended_key_usage: &[], alt_names: alt_names.get(..name_count)? };
    write_request_info(attributes.get(..attribute_count)?, algorithm, public_key, &extensions, room)
}

/// Writes the request around what has been signed; its length.
pub fn write_request(certificate: &KeyM_CertificateConfigType, info: &[u8], signature: &[u8], room: &mut [u8]) -> Option<usize> {
    assemble(info, signature_algorithm(certificate)?, signature, room)
}

/// Whether a certificate is about the public key of this pair.
pub fn is_about(world: &World, configured: &KeyM_CertificateConfigType, key: uint32, der: &[u8]) -> bool {
    let mut place = [0; MAX_PUBLIC_KEY];
    let length = world.key_element_get(key, CRYPTO_KE_V2GCRYPT_PUBLICKEY, &mut place).ok();
    let own = length.and_then(|length| place.get(..length)).and_then(|bytes| read_public_key(bytes, configured));
    let (Some((algorithm, own)), Ok(certificate)) = (own, Certificate::parse(der)) else { return false };
    let theirs = certificate.public_key;
    theirs.algorithm == algorithm && strip(algorithm, theirs.bytes) == strip(algorithm, own)
}

/// A point without its first octet.
fn strip(algorithm: KeyAlgorithm, bytes: &[u8]) -> &[u8] {
    match (algorithm.field_len(), bytes.split_first()) {
        (Some(field), Some((4, point))) if point.len() == field.saturating_mul(2) => point,
        _ => bytes,
    }
}

/// A public key as the driver gives it: SubjectPublicKeyInfo, a point, or an Edwards key.
fn read_public_key<'a>(bytes: &'a [u8], certificate: &KeyM_CertificateConfigType) -> Option<(KeyAlgorithm, &'a [u8])> {
    if let Ok(key) = PublicKey::parse(bytes) {
        return Some((key.algorithm, key.bytes));
    }
    let algorithm = match signature_algorithm(certificate)? {
        SignatureAlgorithm::EcdsaSha256 => KeyAlgorithm::P256,
        SignatureAlgorithm::EcdsaSha384 => KeyAlgorithm::P384,
        SignatureAlgorithm::EcdsaSha512 => KeyAlgorithm::P521,
        SignatureAlgorithm::Ed25519 => KeyAlgorithm::Ed25519,
        SignatureAlgorithm::Ed448 => KeyAlgorithm::Ed448,
        _ => return None,
    };
    Some((algorithm, bytes))
}

/// Tag and value, one after the other; an inner `None`: it is cut short.
fn entries(mut template: &[u8]) -> impl Iterator<Item = Option<(u8, &[u8])>> {
    ::core::iter::from_fn(move || {
        if template.is_empty() {
            return None;
        }
        let entry = (|| {
            let [tag, high, low]: [u8; 3] = template.get(..3)?.try_into().ok()?;
            let rest = template.get(3..)?;
            let length = usize::from(u16::from_be_bytes([high, low]));
            let value = rest.get(..length)?;
            template = rest.get(length..)?;
            Some((tag, value))
        })();
        if entry.is_none() {
            template = &[];
        }
        Some(entry)
    })
}
