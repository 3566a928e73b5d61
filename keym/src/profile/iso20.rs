//! ISO 15118-20:2022, Annex B, and its Amendment 1.
#![forbid(unsafe_code)]

use super::rows::*;
use super::{Check, CnSyntax, Dc, Extension, Level, Role, Row, Shape, Table};
use crate::path::Rule;
use crate::x509::{oid, KeyAlgorithm, SignatureAlgorithm};

const COMMON: &[Row] = &[
    row("size", "[V2G20-1234]", "is at most 1600 bytes long", Check::Size(1600)),
    row(
        "key-algorithm",
        "[V2G20-2674] [V2G20-2319]",
        "has a secp521r1 or Ed448 key",
        Check::KeyAlgorithm(&[KeyAlgorithm::P521, KeyAlgorithm::Ed448]),
    ),
    row(
        "signature-algorithm",
        "[V2G20-2674] [V2G20-2319]",
        "is signed by ECDSA with SHA-512 or by Ed448",
        Check::SignatureAlgorithm(&[SignatureAlgorithm::EcdsaSha512, SignatureAlgorithm::Ed448]),
    ),
    row("subject-key-id", "ISO 15118-20 Annex B", "has a subject key identifier", Check::Present(Extension::SubjectKeyId)),
];

const ISSUED_20: &[Row] = &[row(
    "authority-key-id-present",
    "ISO 15118-20 Annex B",
    "has an authority key identifier",
    Check::Present(Extension::AuthorityKeyId),
)];

const EDITION_2022: &[Row] = &[
    row(
        "criticality",
        "ISO 15118-20:2022 Annex B",
        "key identifiers, revocation pointers are critical",
        Check::CriticalByEdition(&[
            Extension::SubjectKeyId,
            Extension::AuthorityKeyId,
            Extension::CrlDistributionPoints,
            Extension::AuthorityInfoAccess,
        ]),
    ),
    row("ski-method", "RFC 5280 4.2.1.2 (2)", "subject key identifier is 8 bytes long", Check::SkiLength(&[8])),
];

const EDITION_AMD1: &[Row] = &[
    row(
        "criticality",
        "ISO 15118-20 AMD1 Annex B",
        "key identifiers, information access and policies are not critical",
        Check::NotCriticalByEdition(&[
            Extension::SubjectKeyId,
            Extension::AuthorityKeyId,
            Extension::AuthorityInfoAccess,
            Extension::CertificatePolicies,
        ]),
    ),
    row("ski-method", "[V2G20-3431] [V2G20-3432]", "subject key identifier is 8 or 20 bytes long", Check::SkiLength(&[8, 20])),
    row("generalized-time", "ISO 15118-20 AMD1 Annex B", "dates are GeneralizedTime", Check::GeneralizedTime),
    row(
        "critical-eku",
        "ISO 15118-20 AMD1 Annex B",
        "extended key usage is critical",
        Check::Critical(&[Extension::ExtendedKeyUsage]),
    ),
];

macro_rules! only {
    ($($more:ident),*) => {
        &[row(
            "extensions",
            "[V2G20-2323] [V2G20-2686]",
            "has no extension outside the profile",
            Check::Only(&[
                Extension::SubjectKeyId,
                Extension::AuthorityKeyId,
                Extension::KeyUsage,
                Extension::BasicConstraints,
                Extension::CertificatePolicies,
                Extension::CrlDistributionPoints,
                Extension::AuthorityInfoAccess,
                $(Extension::$more),*
            ]),
        )]
    };
}

const ONLY: &[Row] = only!();
const ONLY_TLS: &[Row] = only!(ExtendedKeyUsage);
const ONLY_CONTRACT: &[Row] = only!(SubjectInfoAccess);
const ONLY_OEM: &[Row] = only!(SubjectAltPublicKey);
const ONLY_OCSP: &[Row] = only!(ExtendedKeyUsage, OcspNocheck);

const NO_EKU: &[Row] = &[row("extended-key-usage", "ISO 15118-20 Annex B", "has no extended key usage", Check::NoEku)];

const SECC: &[Row] = &[
    row("cn", "ISO 15118-20 Tables B.4, B.5", "CN is a SECCID", Check::CommonName(CnSyntax::SeccId)),
    row("country", "ISO 15118-20 Tables B.4, B.5", "has C", Check::Attribute(oid::COUNTRY)),
    row("organization", "ISO 15118-20 Tables B.4, B.5", "has O", Check::Attribute(oid::ORGANIZATION)),
    row(
        "key-usage",
        "ISO 15118-20 Tables B.4, B.5",
        "key usage is digitalSignature, at most with keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE, KEY_AGREEMENT),
    ),
    row(
        "key-agreement",
        "ISO 15118-20 Tables B.4, B.5",
        "has keyAgreement with a secp521r1 key, not with Ed448",
        Check::KeyAgreementByKey,
    ),
];

const SECC_2022: &[Row] = &[
    row("dc", "ISO 15118-20:2022 Table B.4", "has DC=CSO", Check::DomainComponent(Dc::OneOf(&[b"CSO"]), false)),
    row(
        "extended-key-usage",
        "RFC 5280 4.2.1.12",
        "extended key usage, if any, has serverAuth",
        Check::EkuIfPresent(oid::SERVER_AUTH),
    ),
];

const SECC_AMD1: &[Row] = &[
    row("dc", "ISO 15118-20 AMD1 Table B.4", "DC ends in CSO", Check::DomainComponent(Dc::EndsWith(b"CSO"), false)),
    row(
        "extended-key-usage",
        "ISO 15118-20 AMD1 Table B.4",
        "extended key usage is serverAuth",
        Check::Eku(&[oid::SERVER_AUTH], &[]),
    ),
];

const VEHICLE: &[Row] = &[
    row("cn", "[V2G20-2598]", "CN is an EVCCID", Check::CommonName(CnSyntax::EvccId)),
    row("organization", "[V2G20-2598]", "has O", Check::Attribute(oid::ORGANIZATION)),
    row(
        "key-usage",
        "ISO 15118-20 Annex B",
        "key usage is digitalSignature, at most with keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE, KEY_AGREEMENT),
    ),
];

const VEHICLE_2022: &[Row] = &[
    row(
        "subject-attributes",
        "[V2G20-2598]",
        "subject has CN and O alone",
        Check::OnlyAttributes(&[oid::COMMON_NAME, oid::ORGANIZATION]),
    ),
    row(
        "extended-key-usage",
        "RFC 5280 4.2.1.12",
        "extended key usage, if any, has clientAuth",
        Check::EkuIfPresent(oid::CLIENT_AUTH),
    ),
];

const VEHICLE_AMD1: &[Row] = &[
    row(
        "dc",
        "[V2G20-3073] [V2G20-3406]",
        "has exactly one DC, which ends in EV",
        Check::DomainComponent(Dc::SingleEndsWith(b"EV"), false),
    ),
    row(
        "subject-attributes",
        "[V2G20-2598] [V2G20-3073]",
        "subject has CN, O and DC alone",
        Check::OnlyAttributes(&[oid::COMMON_NAME, oid::ORGANIZATION, oid::DOMAIN_COMPONENT]),
    ),
    row(
        "extended-key-usage",
        "ISO 15118-20 AMD1 Annex B",
        "extended key usage is clientAuth, at most with serverAuth",
        Check::Eku(&[oid::CLIENT_AUTH], &[oid::SERVER_AUTH]),
    ),
];

const OEM: &[Row] = &[
    row("cn", "ISO 15118-20 Table B.7", "CN is a PCID", Check::CommonName(CnSyntax::Pcid)),
    row(
        "key-usage",
        "ISO 15118-20 Table B.7",
        "key usage is digitalSignature, keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE | KEY_AGREEMENT, 0),
    ),
];

const CONTRACT: &[Row] = &[
    row("cn", "[V2G20-2588]", "CN is an EMAID", Check::CommonName(CnSyntax::Emaid)),
    row("organization", "[V2G20-2589]", "has O", Check::Attribute(oid::ORGANIZATION)),
    row(
        "subject-attributes",
        "ISO 15118-20 Table B.9",
        "subject has CN, O, C, OU and DC alone",
        Check::OnlyAttributes(&[
            oid::COMMON_NAME,
            oid::ORGANIZATION,
            oid::COUNTRY,
            oid::ORGANIZATIONAL_UNIT,
            oid::DOMAIN_COMPONENT,
        ]),
    ),
    row(
        "key-usage",
        "ISO 15118-20 Table B.9",
        "key usage is digitalSignature, at most with nonRepudiation, keyEncipherment, keyAgreement",
        Check::KeyUsage(DIGITAL_SIGNATURE, NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT),
    ),
];

const POINTER: &[Row] = &[row(
    "revocation-pointer",
    "[V2G20-2590] [V2G20-2591]",
    "has a CRL distribution point or an OCSP responder's address",
    Check::RevocationPointer,
)];

/// Else any station's certificate under the V2G root could provision contracts.
const CPS_2022: &[Row] =
    &[row("dc", "ISO 15118-20:2022 Annex B", "has DC=CPS", Check::DomainComponent(Dc::OneOf(&[b"CPS"]), false))];
const CPS_AMD1: &[Row] =
    &[row("dc", "ISO 15118-20 AMD1 Annex B", "DC ends in CPS", Check::DomainComponent(Dc::EndsWith(b"CPS"), false))];

const CPS: &[Row] = &[
    row("cn", "ISO 15118-20 Annex B", "has one CN", Check::CommonName(CnSyntax::Present)),
    row("key-usage", "ISO 15118-20 Annex B", "key usage is digitalSignature", Check::KeyUsage(DIGITAL_SIGNATURE, 0)),
];

const OCSP_SIGNER: &[Row] = &[
    row("cn", "ISO 15118-20 Table B.9.2", "has one CN", Check::CommonName(CnSyntax::Present)),
    row("country", "ISO 15118-20 Table B.9.2", "has C", Check::Attribute(oid::COUNTRY)),
    row("organization", "ISO 15118-20 Table B.9.2", "has O", Check::Attribute(oid::ORGANIZATION)),
    row("key-usage", "ISO 15118-20 Table B.9.2", "key usage is digitalSignature", Check::KeyUsage(DIGITAL_SIGNATURE, 0)),
    row(
        "extended-key-usage",
        "ISO 15118-20 Table B.9.2",
        "extended key usage is OCSPSigning",
        Check::Eku(&[oid::OCSP_SIGNING], &[]),
    ),
    row("validity-period", "ISO 15118-20 Table B.9.2", "is valid for at most one year", Check::ValidityAtMost(366 * 24 * 3600)),
];

/// Amendment 1 has it of all certificates.
const OCSP_SIGNER_2022: &[Row] = &[row(
    "critical-eku",
    "ISO 15118-20 Table B.9.2",
    "extended key usage is critical",
    Check::Critical(&[Extension::ExtendedKeyUsage]),
)];

const ANY: &[Row] = &[row(
    "key-usage",
    "ISO 15118-20 Annex B",
    "key usage is digitalSignature, at most with nonRepudiation, keyEncipherment, keyAgreement",
    Check::KeyUsage(DIGITAL_SIGNATURE, NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT),
)];

const SIGNS_AND_MAY_REVOKE: &[Row] = &[row(
    "key-usage",
    "ISO 15118-20 Annex B",
    "key usage is keyCertSign, at most with cRLSign",
    Check::KeyUsage(KEY_CERT_SIGN, CRL_SIGN),
)];

const SIGNS: &[Row] =
    &[row("key-usage", "ISO 15118-20 AMD1 Annex B", "key usage is keyCertSign", Check::KeyUsage(KEY_CERT_SIGN, 0))];

/// eMSP.
const SIGNS_AND_REVOKES: &[Row] = &[row(
    "key-usage",
    "ISO 15118-20 Table B.9",
    "key usage is keyCertSign, cRLSign",
    Check::KeyUsage(KEY_CERT_SIGN | CRL_SIGN, 0),
)];

/// eMSP Sub-CA 2: it signs price schedules.
const SIGNS_REVOKES_AND_PRICES: &[Row] = &[row(
    "key-usage",
    "ISO 15118-20 Table B.9",
    "key usage is keyCertSign, cRLSign, at most with digitalSignature, nonRepudiation",
    Check::KeyUsage(KEY_CERT_SIGN | CRL_SIGN, DIGITAL_SIGNATURE | NON_REPUDIATION),
)];

/// A Sub-CA of any kind.
const ANY_CA: &[Row] = &[row(
    "key-usage",
    "ISO 15118-20 Annex B",
    "key usage is keyCertSign, at most with cRLSign, digitalSignature, nonRepudiation",
    Check::KeyUsage(KEY_CERT_SIGN, CRL_SIGN | DIGITAL_SIGNATURE | NON_REPUDIATION),
)];

const SUB_2: &[Row] = &[row("path-len", "ISO 15118-20 Annex B", "path length constraint is 0", Check::PathLen(Some(0)))];
const SUB_1: &[Row] = &[row("path-len", "ISO 15118-20 Annex B", "path length constraint is 1", Check::PathLen(Some(1)))];

const CSO_DC: &[Row] =
    &[row("dc", "ISO 15118-20 AMD1 Annex B", "DC ends in CSO", Check::DomainComponent(Dc::EndsWith(b"CSO"), true))];
const V2G_DC: &[Row] =
    &[row("dc", "ISO 15118-20 AMD1 Annex B", "DC ends in V2G", Check::DomainComponent(Dc::EndsWith(b"V2G"), true))];

const NONE: &[Row] = &[];

macro_rules! tables {
    ($edition:ident, $secc:ident, $vehicle:ident, $cps:ident, $cso_usage:ident, $cso_dc:ident, $root_usage:ident, $root_dc:ident, $ocsp:ident) => {
        &[
            leaf(&[Role::Any], &[PROCESSED, ANY, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED]),
            leaf(&[Role::Secc], &[PROCESSED, $secc, SECC, ONLY_TLS, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED]),
            leaf(&[Role::Evcc], &[PROCESSED, $vehicle, VEHICLE, ONLY_TLS, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED]),
            leaf(
                &[Role::Contract],
                &[PROCESSED, CONTRACT, NO_EKU, POINTER, ONLY_CONTRACT, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED],
            ),
            leaf(&[Role::OemProvisioning], &[PROCESSED, OEM, NO_EKU, ONLY_OEM, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED]),
            leaf(&[Role::Cps], &[PROCESSED, $cps, CPS, NO_EKU, ONLY, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED]),
            leaf(
                &[Role::OcspSigner],
                &[PROCESSED, OCSP_SIGNER, $ocsp, ONLY_OCSP, V2G, COMMON, $edition, LEAF, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Secc],
                Level::SubCa2,
                &[PROCESSED, ISSUER, $cso_usage, $cso_dc, SUB_2, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Secc],
                Level::SubCa1,
                &[PROCESSED, ISSUER, $cso_usage, $cso_dc, SUB_1, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Contract],
                Level::SubCa2,
                &[
                    PROCESSED,
                    ISSUER,
                    SIGNS_REVOKES_AND_PRICES,
                    POINTER,
                    SUB_2,
                    NO_EKU,
                    ONLY,
                    V2G,
                    COMMON,
                    $edition,
                    ISSUED_20,
                    ISSUED,
                ],
            ),
            ca(
                &[Role::Contract],
                Level::SubCa1,
                &[PROCESSED, ISSUER, SIGNS_AND_REVOKES, POINTER, SUB_1, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Evcc, Role::OemProvisioning, Role::Cps],
                Level::SubCa2,
                &[PROCESSED, ISSUER, SIGNS_AND_MAY_REVOKE, SUB_2, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Evcc, Role::OemProvisioning, Role::Cps],
                Level::SubCa1,
                &[PROCESSED, ISSUER, SIGNS_AND_MAY_REVOKE, SUB_1, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Any, Role::OcspSigner],
                Level::SubCa2,
                &[PROCESSED, ISSUER, ANY_CA, SUB_2, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &[Role::Any, Role::OcspSigner],
                Level::SubCa1,
                &[PROCESSED, ISSUER, ANY_CA, SUB_1, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(
                &Role::ALL,
                Level::Cross,
                &[PROCESSED, ISSUER, SIGNS_AND_MAY_REVOKE, NO_EKU, ONLY, V2G, COMMON, $edition, ISSUED_20, ISSUED],
            ),
            ca(&[Role::Secc, Role::Cps], Level::Root, &[PROCESSED, ROOT, $root_usage, $root_dc, V2G, COMMON, $edition]),
            ca(
                &[Role::Any, Role::Evcc, Role::Contract, Role::OemProvisioning, Role::OcspSigner],
                Level::Root,
                &[PROCESSED, ROOT, SIGNS_AND_MAY_REVOKE, V2G, COMMON, $edition],
            ),
        ]
    };
}

const fn leaf(roles: &'static [Role], groups: &'static [&'static [Row]]) -> Table {
    Table { roles, level: Level::Leaf, groups }
}

const fn ca(roles: &'static [Role], level: Level, groups: &'static [&'static [Row]]) -> Table {
    Table { roles, level, groups }
}

/// All tables of 2022.
#[rustfmt::skip] // one table a line
pub(super) const TABLES_2022: &[Table] =
    tables!(EDITION_2022, SECC_2022, VEHICLE_2022, CPS_2022, SIGNS_AND_MAY_REVOKE, NONE, SIGNS_AND_MAY_REVOKE, NONE, OCSP_SIGNER_2022);

/// All tables of Amendment 1.
#[rustfmt::skip]
pub(super) const TABLES_AMD1: &[Table] =
    tables!(EDITION_AMD1, SECC_AMD1, VEHICLE_AMD1, CPS_AMD1, SIGNS, CSO_DC, SIGNS, V2G_DC, NONE);

const TOO_LONG: Rule = Rule {
    id: "chain-length",
    requirement: "ISO 15118-20 Annex B",
    text: "has at most two Sub-CAs, and a cross-certificate where policy accepts one",
};
const TOO_SHORT: Rule =
    Rule { id: "sub-ca-missing", requirement: "ISO 15118-20 Annex B", text: "is not signed by the root itself" };

const SHAPE: Shape = Shape { least: 1, too_short: TOO_SHORT, most: 2, too_long: TOO_LONG, cross: true };

/// A root has its own responder.
const OCSP_SHAPE: Shape = Shape { least: 0, too_short: TOO_SHORT, most: 2, too_long: TOO_LONG, cross: true };

pub(super) fn shape(role: Role) -> &'static Shape {
    match role {
        Role::OcspSigner => &OCSP_SHAPE,
        _ => &SHAPE,
    }
}
