//! ISO 15118-2:2014, Annex F.
#![forbid(unsafe_code)]

use super::rows::*;
use super::{Check, CnSyntax, Dc, Level, Role, Row, Shape, Table};
use crate::path::Rule;
use crate::x509::{oid, SignatureAlgorithm};

const COMMON: &[Row] = &[
    row("size", "[V2G2-010]", "is at most 800 bytes long", Check::Size(800)),
    row("key-algorithm", "[V2G2-006]", "has a secp256r1 key", Check::KeyAlgorithm(P256)),
    row(
        "signature-algorithm",
        "[V2G2-007]",
        "is signed by ECDSA with SHA-256",
        Check::SignatureAlgorithm(&[SignatureAlgorithm::EcdsaSha256]),
    ),
    row(
        "criticality",
        "RFC 5280 4.2",
        "key identifiers and information access are not critical",
        Check::NotCriticalByEdition(NEVER_CRITICAL),
    ),
];

const SECC: &[Row] = &[
    row("dc", "[V2G2-925]", "has DC=CPO", Check::DomainComponent(Dc::OneOf(&[b"CPO"]), false)),
    row("cn", "ISO 15118-2 Table F.2", "has one CN", Check::CommonName(CnSyntax::Present)),
    row(
        "key-usage",
        "ISO 15118-2 Table F.2",
        "key usage is digitalSignature, at most with keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE, KEY_AGREEMENT),
    ),
    row("key-agreement", "ISO 15118-2 Table F.2", "keyAgreement is as policy says", Check::KeyAgreementByPolicy),
    row(
        "extended-key-usage",
        "RFC 5280 4.2.1.12",
        "extended key usage, if any, has serverAuth",
        Check::EkuIfPresent(oid::SERVER_AUTH),
    ),
];

const CONTRACT: &[Row] = &[
    row("dc", "ISO 15118-2 Table F.4", "DC, if any, is MO", Check::DomainComponent(Dc::AbsentOr(b"MO"), true)),
    row("cn", "[V2G2-108]", "CN is an EMAID", Check::CommonName(CnSyntax::Emaid)),
    row(
        "key-usage",
        "[V2G2-822]",
        "key usage is digitalSignature, nonRepudiation, keyEncipherment, keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE | NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT, 0),
    ),
];

const OEM: &[Row] = &[
    row("dc", "[V2G2-925]", "has DC=OEM", Check::DomainComponent(Dc::OneOf(&[b"OEM"]), false)),
    row("cn", "[V2G2-933]", "CN is a PCID", Check::CommonName(CnSyntax::Pcid)),
    row(
        "key-usage",
        "[V2G2-822]",
        "key usage is digitalSignature, keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE | KEY_AGREEMENT, 0),
    ),
];

const CPS: &[Row] = &[
    row("dc", "[V2G2-925]", "has DC=CPS", Check::DomainComponent(Dc::OneOf(&[b"CPS"]), false)),
    row("cn", "ISO 15118-2 Table F.3", "has one CN", Check::CommonName(CnSyntax::Present)),
    row("key-usage", "ISO 15118-2 Table F.3", "key usage is digitalSignature", Check::KeyUsage(DIGITAL_SIGNATURE, 0)),
];

const OCSP_SIGNER: &[Row] = &[
    row("key-usage", "ISO 15118-2 Annex F", "key usage is digitalSignature", Check::KeyUsage(DIGITAL_SIGNATURE, 0)),
    row("extended-key-usage", "RFC 6960 4.2.2.2", "extended key usage is OCSPSigning", Check::Eku(&[oid::OCSP_SIGNING], &[])),
];

const CA_USAGE: &[Row] =
    &[row("key-usage", "ISO 15118-2 Annex F", "key usage is keyCertSign, cRLSign", Check::KeyUsage(KEY_CERT_SIGN | CRL_SIGN, 0))];

/// It signs tariffs.
const MO_SUB_2_USAGE: &[Row] = &[row(
    "key-usage",
    "ISO 15118-2 Table F.4",
    "key usage is keyCertSign, cRLSign, digitalSignature, nonRepudiation",
    Check::KeyUsage(KEY_CERT_SIGN | CRL_SIGN | DIGITAL_SIGNATURE | NON_REPUDIATION, 0),
)];

/// A Sub-CA 2 of any kind.
const ANY_SUB_2_USAGE: &[Row] = &[row(
    "key-usage",
    "ISO 15118-2 Annex F",
    "key usage is keyCertSign, cRLSign, at most with digitalSignature, nonRepudiation",
    Check::KeyUsage(KEY_CERT_SIGN | CRL_SIGN, DIGITAL_SIGNATURE | NON_REPUDIATION),
)];

const SUB_2: &[Row] = &[row("path-len", "ISO 15118-2 Annex F", "path length constraint is 0", Check::PathLen(Some(0)))];
const SUB_1: &[Row] = &[row("path-len", "ISO 15118-2 Annex F", "path length constraint is 1", Check::PathLen(Some(1)))];

const V2G_ROOT: &[Row] =
    &[row("dc", "ISO 15118-2 Table F.1", "root has DC=V2G", Check::DomainComponent(Dc::OneOf(&[b"V2G"]), true))];

const fn leaf(roles: &'static [Role], groups: &'static [&'static [Row]]) -> Table {
    Table { roles, level: Level::Leaf, groups }
}

/// All tables.
pub(super) const TABLES: &[Table] = &[
    leaf(&[Role::Any], &[PROCESSED, V2G, COMMON, LEAF, ISSUED]),
    leaf(&[Role::Secc], &[PROCESSED, SECC, V2G, COMMON, LEAF, ISSUED]),
    leaf(&[Role::Contract], &[PROCESSED, CONTRACT, V2G, COMMON, LEAF, ISSUED]),
    leaf(&[Role::OemProvisioning], &[PROCESSED, OEM, V2G, COMMON, LEAF, ISSUED]),
    leaf(&[Role::Cps], &[PROCESSED, CPS, V2G, COMMON, LEAF, ISSUED]),
    leaf(&[Role::OcspSigner], &[PROCESSED, OCSP_SIGNER, V2G, COMMON, LEAF, ISSUED]),
    Table {
        roles: &[Role::Secc, Role::OemProvisioning, Role::Cps],
        level: Level::SubCa2,
        groups: &[PROCESSED, ISSUER, CA_USAGE, SUB_2, V2G, COMMON, ISSUED],
    },
    Table {
        roles: &[Role::Contract],
        level: Level::SubCa2,
        groups: &[PROCESSED, ISSUER, MO_SUB_2_USAGE, SUB_2, V2G, COMMON, ISSUED],
    },
    Table {
        roles: &[Role::Any, Role::OcspSigner],
        level: Level::SubCa2,
        groups: &[PROCESSED, ISSUER, ANY_SUB_2_USAGE, SUB_2, V2G, COMMON, ISSUED],
    },
    Table {
        roles: &[Role::Any, Role::Secc, Role::Contract, Role::OemProvisioning, Role::Cps, Role::OcspSigner],
        level: Level::SubCa1,
        groups: &[PROCESSED, ISSUER, CA_USAGE, SUB_1, V2G, COMMON, ISSUED],
    },
    Table { roles: &[Role::Secc, Role::Cps], level: Level::Root, groups: &[PROCESSED, ROOT, CA_USAGE, V2G_ROOT, V2G, COMMON] },
    Table {
        roles: &[Role::Any, Role::Contract, Role::OemProvisioning, Role::OcspSigner],
        level: Level::Root,
        groups: &[PROCESSED, ROOT, CA_USAGE, V2G, COMMON],
    },
];

const TOO_LONG: Rule = Rule { id: "chain-length", requirement: "[V2G2-009]", text: "has at most two Sub-CAs" };

const SHAPE: Shape = Shape {
    least: 1,
    too_short: Rule { id: "sub-ca-missing", requirement: "[V2G2-867]", text: "is not signed by the root itself" },
    most: 2,
    too_long: TOO_LONG,
    cross: false,
};

/// A root has its own responder.
const OCSP_SHAPE: Shape = Shape { least: 0, too_short: SHAPE.too_short, most: 2, too_long: TOO_LONG, cross: false };

pub(super) fn shape(role: Role) -> &'static Shape {
    match role {
        Role::OcspSigner => &OCSP_SHAPE,
        _ => &SHAPE,
    }
}
