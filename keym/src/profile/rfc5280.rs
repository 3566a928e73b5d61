//! RFC 5280 6 alone: what any chain has to keep.
#![forbid(unsafe_code)]

use super::rows::*;
use super::{Check, Level, Role, Row, Shape, Table};
use crate::path::{Rule, MAX_PATH};
use crate::x509::oid;

const COMMON: &[Row] = &[
    row(
        "signature-algorithm",
        "RFC 5280 4.1.1.2",
        "is signed by ECDSA with SHA-2, Ed25519 or Ed448",
        Check::SignatureAlgorithm(VERIFIABLE),
    ),
    row(
        "criticality",
        "RFC 5280 4.2",
        "key identifiers and information access are not critical",
        Check::NotCriticalByEdition(NEVER_CRITICAL),
    ),
];

const SIGNER: &[Row] = &[row(
    "key-usage",
    "RFC 5280 4.2.1.3",
    "key usage, if any, has digitalSignature",
    Check::KeyUsageIfPresent(DIGITAL_SIGNATURE),
)];

const SERVER: &[Row] = &[row(
    "extended-key-usage",
    "RFC 5280 4.2.1.12",
    "extended key usage, if any, has serverAuth",
    Check::EkuIfPresent(oid::SERVER_AUTH),
)];

const CLIENT: &[Row] = &[row(
    "extended-key-usage",
    "RFC 5280 4.2.1.12",
    "extended key usage, if any, has clientAuth",
    Check::EkuIfPresent(oid::CLIENT_AUTH),
)];

const RESPONDER: &[Row] =
    &[row("extended-key-usage", "RFC 6960 4.2.2.2", "extended key usage has OCSPSigning", Check::EkuHas(oid::OCSP_SIGNING))];

const RESPONDER_ISSUER: &[Row] = &[row(
    "extended-key-usage",
    "RFC 5280 4.2.1.12",
    "extended key usage, if any, has OCSPSigning",
    Check::EkuIfPresent(oid::OCSP_SIGNING),
)];

const ROOT_CA: &[Row] = &[
    row("ca", "RFC 5280 4.2.1.9", "BasicConstraints, if any, say CA", Check::CaIfPresent),
    row("cert-sign", "RFC 5280 4.2.1.3", "key usage, if any, has keyCertSign", Check::KeyUsageIfPresent(KEY_CERT_SIGN)),
];

const PLAIN: &[Role] = &[Role::Any, Role::Contract, Role::OemProvisioning, Role::Cps];

const fn table(roles: &'static [Role], level: Level, groups: &'static [&'static [Row]]) -> Table {
    Table { roles, level, groups }
}

/// All tables.
pub(super) const TABLES: &[Table] = &[
    table(&[Role::Any], Level::Leaf, &[PROCESSED, COMMON]),
    table(&[Role::Contract, Role::OemProvisioning, Role::Cps], Level::Leaf, &[PROCESSED, COMMON, SIGNER]),
    table(&[Role::Secc], Level::Leaf, &[PROCESSED, COMMON, SIGNER, SERVER]),
    table(&[Role::Evcc], Level::Leaf, &[PROCESSED, COMMON, SIGNER, CLIENT]),
    table(&[Role::OcspSigner], Level::Leaf, &[PROCESSED, COMMON, SIGNER, RESPONDER]),
    table(PLAIN, Level::SubCa2, &[PROCESSED, COMMON, ISSUER]),
    table(PLAIN, Level::SubCa1, &[PROCESSED, COMMON, ISSUER]),
    table(PLAIN, Level::Cross, &[PROCESSED, COMMON, ISSUER]),
    table(PLAIN, Level::Root, &[PROCESSED, COMMON, ROOT_CA]),
    table(&[Role::Secc], Level::SubCa2, &[PROCESSED, COMMON, ISSUER, SERVER]),
    table(&[Role::Secc], Level::SubCa1, &[PROCESSED, COMMON, ISSUER, SERVER]),
    table(&[Role::Secc], Level::Cross, &[PROCESSED, COMMON, ISSUER, SERVER]),
    table(&[Role::Secc], Level::Root, &[PROCESSED, COMMON, ROOT_CA, SERVER]),
    table(&[Role::Evcc], Level::SubCa2, &[PROCESSED, COMMON, ISSUER, CLIENT]),
    table(&[Role::Evcc], Level::SubCa1, &[PROCESSED, COMMON, ISSUER, CLIENT]),
    table(&[Role::Evcc], Level::Cross, &[PROCESSED, COMMON, ISSUER, CLIENT]),
    table(&[Role::Evcc], Level::Root, &[PROCESSED, COMMON, ROOT_CA, CLIENT]),
    table(&[Role::OcspSigner], Level::SubCa2, &[PROCESSED, COMMON, ISSUER, RESPONDER_ISSUER]),
    table(&[Role::OcspSigner], Level::SubCa1, &[PROCESSED, COMMON, ISSUER, RESPONDER_ISSUER]),
    table(&[Role::OcspSigner], Level::Cross, &[PROCESSED, COMMON, ISSUER, RESPONDER_ISSUER]),
    table(&[Role::OcspSigner], Level::Root, &[PROCESSED, COMMON, ROOT_CA, RESPONDER_ISSUER]),
];

/// As many Sub-CAs as a path holds.
pub(super) const SHAPE: Shape = Shape {
    least: 0,
    too_short: Rule { id: "sub-ca-missing", requirement: "RFC 5280 6.1", text: "has Sub-CAs" },
    most: MAX_PATH,
    too_long: Rule { id: "chain-length", requirement: "RFC 5280 6.1", text: "is short enough for this implementation" },
    cross: true,
};
