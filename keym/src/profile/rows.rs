//! Rows and key usages that several tables share.
#![forbid(unsafe_code)]

use super::{Check, Extension, Row};
use crate::path::Rule;
use crate::x509::{KeyAlgorithm, KeyUsage, SignatureAlgorithm};

pub(super) const DIGITAL_SIGNATURE: u16 = KeyUsage::DIGITAL_SIGNATURE;
pub(super) const NON_REPUDIATION: u16 = KeyUsage::NON_REPUDIATION;
pub(super) const KEY_ENCIPHERMENT: u16 = KeyUsage::KEY_ENCIPHERMENT;
pub(super) const KEY_AGREEMENT: u16 = KeyUsage::KEY_AGREEMENT;
pub(super) const KEY_CERT_SIGN: u16 = KeyUsage::KEY_CERT_SIGN;
pub(super) const CRL_SIGN: u16 = KeyUsage::CRL_SIGN;

pub(super) const fn row(id: &'static str, requirement: &'static str, text: &'static str, check: Check) -> Row {
    Row { rule: Rule { id, requirement, text }, check }
}

/// Of every certificate of every profile: what is not understood is not accepted.
pub(super) const PROCESSED: &[Row] = &[
    row("critical-extension", "RFC 5280 4.2", "has no unknown critical extension", Check::NoUnknownCritical),
    row("name-constraints", "RFC 5280 4.2.1.10", "has no name constraints, which are not processed", Check::NoNameConstraints),
];

/// Of every issuer but anchors.
pub(super) const ISSUER: &[Row] = &[
    row("ca", "RFC 5280 6.1.4 (k)", "BasicConstraints say CA", Check::Ca),
    row("cert-sign", "RFC 5280 6.1.4 (n)", "key usage, if any, has keyCertSign", Check::KeyUsageIfPresent(KEY_CERT_SIGN)),
];

/// Algorithms of RFC 5280 chains: those that can be verified.
pub(super) const VERIFIABLE: &[SignatureAlgorithm] = &[
    SignatureAlgorithm::EcdsaSha256,
    SignatureAlgorithm::EcdsaSha384,
    SignatureAlgorithm::EcdsaSha512,
    SignatureAlgorithm::Ed25519,
    SignatureAlgorithm::Ed448,
];

/// Extensions that RFC 5280 does not let be critical.
pub(super) const NEVER_CRITICAL: &[Extension] =
    &[Extension::SubjectKeyId, Extension::AuthorityKeyId, Extension::AuthorityInfoAccess, Extension::SubjectInfoAccess];

/// Of every V2G and private certificate.
pub(super) const V2G: &[Row] = &[
    row("version", "RFC 5280 4.1.2.1", "is of version 3", Check::Version3),
    row("serial", "RFC 5280 4.1.2.2", "has a positive serial number of at most 20 bytes", Check::Serial(20)),
    row("unique-ids", "RFC 5280 4.1.2.8", "has no unique identifiers", Check::NoUniqueIds),
    row("subject", "RFC 5280 4.1.2.6", "has a subject", Check::SubjectPresent),
    row("validity-order", "RFC 5280 4.1.2.5", "does not end before it begins", Check::ValidityInOrder),
    row("key-usage-present", "ISO 15118 certificate profiles", "has key usage", Check::Present(Extension::KeyUsage)),
    row(
        "critical-constraints",
        "ISO 15118 certificate profiles",
        "KeyUsage and BasicConstraints are critical",
        Check::Critical(&[Extension::KeyUsage, Extension::BasicConstraints]),
    ),
];

/// Of every V2G certificate with an issuer.
pub(super) const ISSUED: &[Row] = &[
    row("authority-key-id", "RFC 5280 4.2.1.1", "authority key identifier is the issuer's", Check::AkiMatches),
    row("outlives-issuer", "shell model", "does not outlive its issuer", Check::ValidityNested),
];

/// Of every leaf but those of plain RFC 5280.
pub(super) const LEAF: &[Row] = &[
    row("basic-constraints", "ISO 15118 certificate profiles", "has BasicConstraints", Check::BasicConstraints),
    row("not-ca", "RFC 5280 4.2.1.9", "is no CA", Check::NotCa),
    row("ca-usage", "RFC 5280 4.2.1.3", "has neither keyCertSign nor cRLSign", Check::KeyUsageNone(KEY_CERT_SIGN | CRL_SIGN)),
];

/// Of every anchor that is a V2G root.
pub(super) const ROOT: &[Row] = &[
    row("self-issued", "ISO 15118 certificate profiles", "is issued by itself", Check::SelfIssued),
    row("ca", "RFC 5280 4.2.1.9", "BasicConstraints say CA", Check::Ca),
    row("path-len", "ISO 15118 certificate profiles", "has no path length constraint", Check::PathLen(None)),
    row("extended-key-usage", "ISO 15118 certificate profiles", "has no extended key usage", Check::NoEku),
];

/// P-256.
pub(super) const P256: &[KeyAlgorithm] = &[KeyAlgorithm::P256];
