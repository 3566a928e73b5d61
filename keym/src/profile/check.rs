//! How a row of a table is judged.
#![forbid(unsafe_code)]

use crate::id;
use crate::path::{Policy, Presence};
use crate::profile::Level;
use crate::x509::{oid, Certificate, KeyAlgorithm, KeyUsage, SignatureAlgorithm};

/// What a row compares with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// X.509 v3.
    Version3,
    /// At most so many bytes of DER.
    Size(usize),
    /// A positive serial number of at most so many bytes.
    Serial(usize),
    /// No issuerUniqueID, no subjectUniqueID.
    NoUniqueIds,
    /// The subject is not empty.
    SubjectPresent,
    /// Subject and issuer are the same.
    SelfIssued,
    /// The key is one of these; secp384r1 as policy says.
    KeyAlgorithm(&'static [KeyAlgorithm]),
    /// It is signed by one of these; ECDSA with SHA-384 as policy says of secp384r1.
    SignatureAlgorithm(&'static [SignatureAlgorithm]),
    /// notBefore is not after notAfter.
    ValidityInOrder,
    /// It is valid for at most so many seconds.
    ValidityAtMost(i64),
    /// It does not outlive its issuer.
    ValidityNested,
    /// Both dates are GeneralizedTime.
    GeneralizedTime,
    /// DC of the subject; the flag: policy may tolerate another one.
    DomainComponent(Dc, bool),
    /// CN of the subject.
    CommonName(CnSyntax),
    /// The subject has this attribute, not empty.
    Attribute(&'static [u8]),
    /// The subject has these attributes only.
    OnlyAttributes(&'static [&'static [u8]]),
    /// The extension is there.
    Present(Extension),
    /// The extensions are critical where they occur.
    Critical(&'static [Extension]),
    /// The same; policy may tolerate the other edition's criticality.
    CriticalByEdition(&'static [Extension]),
    /// The extensions are not critical where they occur; policy may tolerate the other edition's criticality.
    NotCriticalByEdition(&'static [Extension]),
    /// No extension but these.
    Only(&'static [Extension]),
    /// No critical extension that validation does not process.
    NoUnknownCritical,
    /// No name constraints: they are not processed here.
    NoNameConstraints,
    /// BasicConstraints are there; of a leaf policy may tolerate that they are not.
    BasicConstraints,
    /// BasicConstraints say CA.
    Ca,
    /// BasicConstraints, if there are any, say CA.
    CaIfPresent,
    /// BasicConstraints do not say CA.
    NotCa,
    /// The path length constraint is this one, or absent.
    PathLen(Option<u32>),
    /// Key usage has all bits of the first mask and none that is in neither; policy may tolerate surplus ones. No key usage: no bits.
    KeyUsage(u16, u16),
    /// Key usage, if there is any, has all these bits.
    KeyUsageIfPresent(u16),
    /// Key usage has none of these bits.
    KeyUsageNone(u16),
    /// keyAgreement as policy says of -2 SECC certificates.
    KeyAgreementByPolicy,
    /// keyAgreement with an ECDSA key, and not with Ed448.
    KeyAgreementByKey,
    /// Extended key usage has all of the first and none that is in neither list.
    Eku(&'static [&'static [u8]], &'static [&'static [u8]]),
    /// Extended key usage has this one.
    EkuHas(&'static [u8]),
    /// Extended key usage, if there is any, has this one. Of an anchor only where policy says so.
    EkuIfPresent(&'static [u8]),
    /// There is no extended key usage. Of an anchor only where policy says so.
    NoEku,
    /// The subject key identifier has one of these lengths.
    SkiLength(&'static [usize]),
    /// The authority key identifier, if both are there, is the issuer's subject key identifier.
    AkiMatches,
    /// There is a CRL distribution point or an OCSP responder's address.
    RevocationPointer,
}

/// Extensions that profiles speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// subjectKeyIdentifier
    SubjectKeyId,
    /// authorityKeyIdentifier
    AuthorityKeyId,
    /// keyUsage
    KeyUsage,
    /// basicConstraints
    BasicConstraints,
    /// certificatePolicies
    CertificatePolicies,
    /// cRLDistributionPoints
    CrlDistributionPoints,
    /// authorityInfoAccess
    AuthorityInfoAccess,
    /// subjectInfoAccess
    SubjectInfoAccess,
    /// extKeyUsage
    ExtendedKeyUsage,
    /// subjectAltName
    SubjectAltName,
    /// id-pkix-ocsp-nocheck
    OcspNocheck,
    /// subjectAltPublicKeyInfo: the X448 key of an Ed448 provisioning certificate.
    SubjectAltPublicKey,
}

impl Extension {
    /// Content octets of its object identifier.
    pub const fn oid(self) -> &'static [u8] {
        match self {
            Self::SubjectKeyId => oid::SUBJECT_KEY_IDENTIFIER,
            Self::AuthorityKeyId => oid::AUTHORITY_KEY_IDENTIFIER,
            Self::KeyUsage => oid::KEY_USAGE,
            Self::BasicConstraints => oid::BASIC_CONSTRAINTS,
            Self::CertificatePolicies => oid::CERTIFICATE_POLICIES,
            Self::CrlDistributionPoints => oid::CRL_DISTRIBUTION_POINTS,
            Self::AuthorityInfoAccess => oid::AUTHORITY_INFO_ACCESS,
            Self::SubjectInfoAccess => oid::SUBJECT_INFO_ACCESS,
            Self::ExtendedKeyUsage => oid::EXTENDED_KEY_USAGE,
            Self::SubjectAltName => oid::SUBJECT_ALT_NAME,
            Self::OcspNocheck => oid::OCSP_NOCHECK,
            Self::SubjectAltPublicKey => &[0x55, 0x1D, 72],
        }
    }

    /// Whether it is critical; `None`: it is not there.
    fn criticality(self, certificate: &Certificate<'_>) -> Option<bool> {
        let extensions = &certificate.extensions;
        match self {
            Self::SubjectKeyId => extensions.subject_key_id.map(|extension| extension.critical),
            Self::AuthorityKeyId => extensions.authority_key_id.map(|extension| extension.critical),
            Self::KeyUsage => extensions.key_usage.map(|extension| extension.critical),
            Self::BasicConstraints => extensions.basic_constraints.map(|extension| extension.critical),
            Self::CertificatePolicies => extensions.certificate_policies.map(|extension| extension.critical),
            Self::CrlDistributionPoints => extensions.crl_distribution_points.map(|extension| extension.critical),
            Self::AuthorityInfoAccess => extensions.authority_info_access.map(|extension| extension.critical),
            Self::SubjectInfoAccess => extensions.subject_info_access.map(|extension| extension.critical),
            Self::ExtendedKeyUsage => extensions.extended_key_usage.map(|extension| extension.critical),
            Self::SubjectAltName => extensions.subject_alt_names.map(|extension| extension.critical),
            Self::OcspNocheck | Self::SubjectAltPublicKey => extensions.find(self.oid()).map(|extension| extension.critical),
        }
    }
}

/// A domain component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dc {
    /// One of the subject's is one of these.
    OneOf(&'static [&'static [u8]]),
    /// There is none, or one of them is this.
    AbsentOr(&'static [u8]),
    /// The last one ends so.
    EndsWith(&'static [u8]),
    /// There is exactly one, and it ends so.
    SingleEndsWith(&'static [u8]),
}

/// The form of a common name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CnSyntax {
    /// There is one, not empty.
    Present,
    /// The contract's e-mobility account.
    Emaid,
    /// The vehicle's provisioning certificate id.
    Pcid,
    /// The station's id.
    SeccId,
    /// The vehicle's id.
    EvccId,
}

/// The certificate that is judged, and what it is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'c, 'a> {
    pub(crate) certificate: &'c Certificate<'a>,
    /// Absent for an anchor.
    pub(crate) issuer: Option<&'c Certificate<'a>>,
    pub(crate) level: Level,
    pub(crate) policy: &'c Policy,
}

const KEY_AGREEMENT: u16 = KeyUsage::KEY_AGREEMENT;

impl Check {
    /// True when the certificate keeps the rule.
    pub(crate) fn holds(&self, subject: Subject<'_, '_>) -> bool {
        let Subject { certificate, issuer, policy, level } = subject;
        let extensions = &certificate.extensions;
        let usage = extensions.key_usage.map_or(0, |usage| usage.bits);
        match *self {
            Self::Version3 => certificate.version == 3,
            Self::Size(most) => certificate.der.len() <= most,
            Self::Serial(most) => is_positive(certificate.serial) && certificate.serial.len() <= most,
            Self::NoUniqueIds => certificate.issuer_unique_id.is_none() && certificate.subject_unique_id.is_none(),
            Self::SubjectPresent => !certificate.subject.is_empty(),
            Self::SelfIssued => certificate.is_self_issued(),
            Self::KeyAlgorithm(allowed) => match (certificate.public_key.algorithm, policy.allow_secp384r1) {
                (KeyAlgorithm::P384, Some(allow)) => allow,
                (algorithm, _) => allowed.contains(&algorithm),
            },
            Self::SignatureAlgorithm(_) => self.allows(certificate.signature_algorithm, policy),
            Self::ValidityInOrder => certificate.validity.not_before.seconds <= certificate.validity.not_after.seconds,
            Self::ValidityAtMost(seconds) => {
                let validity = &certificate.validity;
                validity.not_after.seconds.saturating_sub(validity.not_before.seconds) <= seconds
            }
            Self::ValidityNested => {
                let end = certificate.validity.not_after.seconds;
                policy.tolerate_outliving_issuer || issuer.map_or(true, |issuer| end <= issuer.validity.not_after.seconds)
            }
            Self::GeneralizedTime => {
                let validity = &certificate.validity;
                policy.tolerate_utc_time || validity.not_before.generalized && validity.not_after.generalized
            }
            Self::DomainComponent(dc, tolerable) => tolerable && policy.tolerate_other_names || dc.matches(certificate),
            Self::CommonName(syntax) => syntax.matches(certificate, policy.tolerate_other_names),
            Self::Attribute(oid) => policy.tolerate_other_names || has_attribute(certificate, oid),
            Self::OnlyAttributes(oids) => {
                policy.tolerate_other_names || certificate.subject.attributes().all(|attribute| oids.contains(&attribute.oid))
            }
            Self::Present(extension) => has_extension(certificate, extension),
            Self::Critical(extensions) => are_critical(certificate, extensions, true),
            Self::CriticalByEdition(extensions) => {
                policy.tolerate_other_criticality || are_critical(certificate, extensions, true)
            }
            Self::NotCriticalByEdition(extensions) => {
                policy.tolerate_other_criticality || are_critical(certificate, extensions, false)
            }
            Self::Only(allowed) => extensions.iter().all(|extension| {
                let listed = allowed.iter().any(|allowed| allowed.oid() == extension.oid);
                listed || policy.tolerate_unlisted_extensions && !extension.critical
            }),
            Self::NoUnknownCritical => extensions.unrecognized_critical().is_none(),
            Self::NoNameConstraints => extensions.name_constraints.is_none(),
            Self::BasicConstraints => {
                let tolerated = level == Level::Leaf && policy.tolerate_leaf_without_basic_constraints;
                extensions.basic_constraints.is_some() || tolerated
            }
            Self::Ca => extensions.basic_constraints.is_some_and(|constraints| constraints.ca),
            Self::CaIfPresent => extensions.basic_constraints.map_or(true, |constraints| constraints.ca),
            Self::NotCa => extensions.basic_constraints.map_or(true, |constraints| !constraints.ca),
            Self::PathLen(length) => extensions.basic_constraints.and_then(|constraints| constraints.path_len) == length,
            Self::KeyUsage(required, optional) => {
                usage & required == required && (usage & !(required | optional) == 0 || policy.tolerate_surplus_key_usage)
            }
            Self::KeyUsageIfPresent(required) => extensions.key_usage.is_none() || usage & required == required,
            Self::KeyUsageNone(forbidden) => usage & forbidden == 0,
            Self::KeyAgreementByPolicy => match policy.secc_key_agreement {
                Presence::Either => true,
                Presence::Required => usage & KEY_AGREEMENT != 0,
                Presence::Forbidden => usage & KEY_AGREEMENT == 0,
            },
            Self::KeyAgreementByKey => (usage & KEY_AGREEMENT != 0) == certificate.public_key.algorithm.field_len().is_some(),
            Self::Eku(required, optional) => extensions.extended_key_usage.is_some_and(|usages| {
                required.iter().all(|oid| usages.contains(oid))
                    && usages.iter().all(|oid| required.contains(&oid) || optional.contains(&oid))
            }),
            Self::EkuHas(oid) => extensions.extended_key_usage.is_some_and(|usages| usages.contains(oid)),
            Self::EkuIfPresent(oid) => {
                let ignored = level == Level::Root && !policy.check_anchor_eku;
                ignored || extensions.extended_key_usage.map_or(true, |usages| usages.contains(oid))
            }
            Self::NoEku => {
                let ignored = level == Level::Root && !policy.check_anchor_eku;
                ignored || extensions.extended_key_usage.is_none()
            }
            Self::SkiLength(lengths) => {
                let right = |bytes: &[u8]| lengths.contains(&bytes.len());
                policy.tolerate_other_ski_method || extensions.subject_key_id.map_or(true, |id| right(id.bytes))
            }
            Self::AkiMatches => {
                let issuer_id = issuer.and_then(|issuer| issuer.extensions.subject_key_id);
                match (extensions.authority_key_id.and_then(|id| id.key_id), issuer_id) {
                    (Some(authority), Some(issuer)) => authority == issuer.bytes,
                    _ => true,
                }
            }
            Self::RevocationPointer => {
                let lists = extensions.crl_distribution_points.is_some_and(|points| points.uris().next().is_some());
                let responder = extensions
                    .authority_info_access
                    .is_some_and(|access| access.iter().any(|description| description.method == oid::OCSP));
                lists || responder
            }
        }
    }
}

impl Check {
    /// False only of a row about signatures that does not have this algorithm.
    pub(crate) fn allows(&self, algorithm: SignatureAlgorithm, policy: &Policy) -> bool {
        match (self, algorithm, policy.allow_secp384r1) {
            (Self::SignatureAlgorithm(_), SignatureAlgorithm::EcdsaSha384, Some(allow)) => allow,
            (Self::SignatureAlgorithm(allowed), ..) => allowed.contains(&algorithm),
            _ => true,
        }
    }
}

impl Dc {
    fn matches(self, certificate: &Certificate<'_>) -> bool {
        let mut values = certificate.subject.find(oid::DOMAIN_COMPONENT).map(|attribute| attribute.value);
        match self {
            Self::OneOf(allowed) => values.any(|value| allowed.contains(&value)),
            Self::AbsentOr(allowed) => {
                values.next().map_or(true, |first| first == allowed || values.any(|value| value == allowed))
            }
            Self::EndsWith(end) => values.last().is_some_and(|value| value.ends_with(end)),
            Self::SingleEndsWith(end) => match (values.next(), values.next()) {
                (Some(value), None) => value.ends_with(end),
                _ => false,
            },
        }
    }
}

impl CnSyntax {
    fn matches(self, certificate: &Certificate<'_>, any: bool) -> bool {
        let mut names = certificate.subject.find(oid::COMMON_NAME).map(|attribute| attribute.value);
        // Two common names: nobody knows which one counts.
        let (Some(name), None) = (names.next(), names.next()) else {
            return false;
        };
        !name.is_empty()
            && (any
                || match self {
                    Self::Present => true,
                    Self::Emaid => id::Emaid::parse(name).is_some(),
                    Self::Pcid => id::Pcid::parse(name).is_some(),
                    Self::SeccId => id::SeccId::parse(name).is_some(),
                    Self::EvccId => id::EvccId::parse(name).is_some(),
                })
    }
}

/// Not negative, not zero.
fn is_positive(serial: &[u8]) -> bool {
    serial.first().is_some_and(|first| *first < 0x80) && serial.iter().any(|byte| *byte != 0)
}

fn has_attribute(certificate: &Certificate<'_>, oid: &[u8]) -> bool {
    certificate.subject.find(oid).any(|attribute| !attribute.value.is_empty())
}

fn has_extension(certificate: &Certificate<'_>, wanted: Extension) -> bool {
    wanted.criticality(certificate).is_some()
}

fn are_critical(certificate: &Certificate<'_>, wanted: &[Extension], critical: bool) -> bool {
    wanted.iter().all(|wanted| wanted.criticality(certificate).map_or(true, |found| found == critical))
}
