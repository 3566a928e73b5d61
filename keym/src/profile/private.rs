//! A private environment: its operator's own root, which may sign leafs itself, and any curve.
#![forbid(unsafe_code)]

use super::rows::*;
use super::{Check, CnSyntax, Dc, Level, Role, Row, Shape, Table};
use crate::path::Rule;
use crate::x509::{oid, KeyAlgorithm, SignatureAlgorithm};

const COMMON: &[Row] = &[
    row("size", "[V2G20-1234]", "is at most 1600 bytes long", Check::Size(1600)),
    row(
        "key-algorithm",
        "private environment",
        "has a secp256r1, secp384r1, secp521r1 or Ed448 key",
        Check::KeyAlgorithm(&[KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Ed448]),
    ),
    row(
        "signature-algorithm",
        "private environment",
        "is signed by ECDSA with SHA-2 or by Ed448",
        Check::SignatureAlgorithm(&[
            SignatureAlgorithm::EcdsaSha256,
            SignatureAlgorithm::EcdsaSha384,
            SignatureAlgorithm::EcdsaSha512,
            SignatureAlgorithm::Ed448,
        ]),
    ),
];

const SIGNER: &[Row] = &[row(
    "key-usage",
    "RFC 5280 4.2.1.3",
    "key usage has digitalSignature and no unknown purpose",
    Check::KeyUsage(DIGITAL_SIGNATURE, NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT),
)];

const SECC: &[Row] = &[
    row("dc", "[V2G2-925]", "has DC=CPO or DC=CSO", Check::DomainComponent(Dc::OneOf(&[b"CPO", b"CSO"]), false)),
    row("cn", "[V2G2-925]", "has one CN", Check::CommonName(CnSyntax::Present)),
    row(
        "extended-key-usage",
        "RFC 5280 4.2.1.12",
        "extended key usage, if any, has serverAuth",
        Check::EkuIfPresent(oid::SERVER_AUTH),
    ),
];

const VEHICLE: &[Row] = &[
    row("cn", "[V2G20-2598]", "CN is an EVCCID", Check::CommonName(CnSyntax::EvccId)),
    row(
        "extended-key-usage",
        "RFC 5280 4.2.1.12",
        "extended key usage, if any, has clientAuth",
        Check::EkuIfPresent(oid::CLIENT_AUTH),
    ),
];

const CONTRACT: &[Row] = &[row("cn", "[V2G2-108]", "CN is an EMAID", Check::CommonName(CnSyntax::Emaid))];
const OEM: &[Row] = &[row("cn", "[V2G2-933]", "CN is a PCID", Check::CommonName(CnSyntax::Pcid))];
const CPS: &[Row] = &[row("dc", "[V2G2-925]", "has DC=CPS", Check::DomainComponent(Dc::OneOf(&[b"CPS"]), false))];
const OCSP_SIGNER: &[Row] =
    &[row("extended-key-usage", "RFC 6960 4.2.2.2", "extended key usage has OCSPSigning", Check::EkuHas(oid::OCSP_SIGNING))];

const CERT_SIGN: &[Row] = &[row(
    "key-usage",
    "RFC 5280 4.2.1.3",
    "key usage has keyCertSign and no unknown purpose",
    Check::KeyUsage(KEY_CERT_SIGN, CRL_SIGN | DIGITAL_SIGNATURE | NON_REPUDIATION),
)];

const PRIVATE_ROOT: &[Row] = &[
    row("self-issued", "[V2G2-868] [V2G2-927]", "is issued by itself", Check::SelfIssued),
    row("ca", "RFC 5280 4.2.1.9", "BasicConstraints say CA", Check::Ca),
];

const fn table(roles: &'static [Role], level: Level, groups: &'static [&'static [Row]]) -> Table {
    Table { roles, level, groups }
}

/// All tables.
pub(super) const TABLES: &[Table] = &[
    table(&[Role::Any], Level::Leaf, &[PROCESSED, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::Secc], Level::Leaf, &[PROCESSED, SECC, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::Evcc], Level::Leaf, &[PROCESSED, VEHICLE, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::Contract], Level::Leaf, &[PROCESSED, CONTRACT, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::OemProvisioning], Level::Leaf, &[PROCESSED, OEM, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::Cps], Level::Leaf, &[PROCESSED, CPS, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&[Role::OcspSigner], Level::Leaf, &[PROCESSED, OCSP_SIGNER, SIGNER, V2G, COMMON, LEAF, ISSUED]),
    table(&Role::ALL, Level::SubCa2, &[PROCESSED, ISSUER, CERT_SIGN, V2G, COMMON, ISSUED]),
    table(&Role::ALL, Level::SubCa1, &[PROCESSED, ISSUER, CERT_SIGN, V2G, COMMON, ISSUED]),
    table(&Role::ALL, Level::Root, &[PROCESSED, PRIVATE_ROOT, CERT_SIGN, V2G, COMMON]),
];

/// [V2G2-868] [V2G2-927]
pub(super) const SHAPE: Shape = Shape {
    least: 0,
    too_short: Rule { id: "sub-ca-missing", requirement: "[V2G2-868]", text: "has Sub-CAs" },
    most: 2,
    too_long: Rule { id: "chain-length", requirement: "[V2G2-009]", text: "has at most two Sub-CAs" },
    cross: false,
};
