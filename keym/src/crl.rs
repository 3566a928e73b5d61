//! Certificate revocation lists, RFC 5280 5, read in place. An entry is found in one pass over the list.
#![forbid(unsafe_code)]

use crate::x509::algorithm::{signature_algorithm, Signed};
use crate::x509::certificate::is_serial;
use crate::x509::extension_values::read_distribution_point_name;
use crate::x509::extensions::ExtensionIter;
use crate::x509::reader::{
    boolean, context, context_constructed, named_bits, only, unsigned, Reader, ENUMERATED, GENERALIZED_TIME, INTEGER, SEQUENCE,
    UTC_TIME,
};
use crate::x509::{
    oid, AuthorityKeyId, Certificate, Extension, GeneralName, GeneralNames, Name, ParseError, SignatureAlgorithm, Time,
};

/// Names of a distribution point that are compared; more are as if they were not there.
const MAX_POINT_NAMES: usize = 16;

/// A CRL that is well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateList<'a> {
    /// All of it.
    pub der: &'a [u8],
    /// What is signed: the whole TBSCertList, with tag and length.
    pub tbs: &'a [u8],
    /// 1 or 2.
    pub version: u8,
    /// How the issuer signed it.
    pub signature_algorithm: SignatureAlgorithm,
    /// Who signed it.
    pub issuer: Name<'a>,
    /// From when it tells.
    pub this_update: Time,
    /// When there will be another one at the latest.
    pub next_update: Option<Time>,
    /// Content octets of cRLNumber's INTEGER.
    pub number: Option<&'a [u8]>,
    /// authorityKeyIdentifier
    pub authority_key_id: Option<AuthorityKeyId<'a>>,
    /// issuingDistributionPoint
    pub issuing_distribution_point: Option<IssuingDistributionPoint<'a>>,
    /// The BIT STRING without its first octet: for ECDSA an ECDSA-Sig-Value.
    pub signature: &'a [u8],
    entries: RevokedCertificates<'a>,
    delta: bool,
    unrecognized_critical: bool,
}

/// issuingDistributionPoint, RFC 5280 5.2.5: of what the list tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuingDistributionPoint<'a> {
    /// fullName of distributionPoint
    pub full_name: Option<GeneralNames<'a>>,
    /// distributionPoint is a nameRelativeToCRLIssuer.
    pub relative_name: bool,
    /// onlyContainsUserCerts
    pub only_user_certificates: bool,
    /// onlyContainsCACerts
    pub only_ca_certificates: bool,
    /// onlySomeReasons is there.
    pub only_some_reasons: bool,
    /// indirectCRL
    pub indirect: bool,
    /// onlyContainsAttributeCerts
    pub only_attribute_certificates: bool,
}

/// Why a list does not tell whether a certificate is revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Uncovered {
    /// An extension of the list, or of any entry, is critical and unknown, RFC 5280 5.2 and 5.3.
    UnrecognizedCritical,
    /// It tells the changes since another list.
    Delta,
    /// It tells of certificates of other issuers.
    Indirect,
    /// It tells some reasons only.
    SomeReasons,
    /// It tells of another kind of certificates: end entities, CAs, attribute certificates.
    OtherKind,
    /// It is for a distribution point that the certificate does not have.
    OtherPoint,
}

/// CRLReason, RFC 5280 5.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RevocationReason {
    Unspecified = 0,
    KeyCompromise = 1,
    CaCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    RemoveFromCrl = 8,
    PrivilegeWithdrawn = 9,
    AaCompromise = 10,
}

impl RevocationReason {
    /// Of the content of an ENUMERATED.
    pub(crate) fn from_content(content: &[u8]) -> Option<Self> {
        Some(match content {
            [0] => Self::Unspecified,
            [1] => Self::KeyCompromise,
            [2] => Self::CaCompromise,
            [3] => Self::AffiliationChanged,
            [4] => Self::Superseded,
            [5] => Self::CessationOfOperation,
            [6] => Self::CertificateHold,
            [8] => Self::RemoveFromCrl,
            [9] => Self::PrivilegeWithdrawn,
            [10] => Self::AaCompromise,
            _ => return None,
        })
    }
}

/// An entry of a CRL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokedCertificate<'a> {
    /// Content octets of the INTEGER.
    pub serial: &'a [u8],
    /// revocationDate
    pub revoked_at: Time,
    /// cRLReason
    pub reason: Option<RevocationReason>,
    /// invalidityDate: from when the key is suspected
    pub invalid_since: Option<Time>,
    /// An extension is critical and not one of these.
    unrecognized_critical: bool,
}

impl<'a> CertificateList<'a> {
    /// Reads one CRL to its end; nothing may follow it.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let malformed = ParseError::CertificateList;
        let mut outer = Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value);
        let signed = Signed::read(&mut outer, malformed)?;
        outer.finish().ok_or(malformed)?;

        let mut fields = Reader::new(signed.tbs.value);
        let version = version(&mut fields).ok_or(ParseError::Version)?;
        let algorithm = fields.expect(SEQUENCE).ok_or(ParseError::Algorithm)?;
        // RFC 5280 5.1.1.2
        if algorithm.whole != signed.algorithm.whole {
            return Err(ParseError::Algorithm);
        }
        let signature_algorithm = signature_algorithm(algorithm.value).ok_or(ParseError::Algorithm)?;
        let issuer = Name::read(&mut fields).ok_or(ParseError::Name)?;
        let this_update = Time::read(&mut fields).ok_or(ParseError::Time)?;
        let next_update = match fields.optional_of(&[UTC_TIME, GENERALIZED_TIME]).ok_or(ParseError::Time)? {
            Some(time) => Some(Time::from_tlv(&time).ok_or(ParseError::Time)?),
            None => None,
        };
        let revoked = fields.optional(SEQUENCE).ok_or(malformed)?.map(|list| list.value).unwrap_or_default();
        let extensions = fields.optional(context_constructed(0)).ok_or(ParseError::CrlExtensions)?.map(|element| element.value);
        fields.finish().ok_or(malformed)?;

        let entries = RevokedCertificates { rest: Reader::new(revoked) };
        let mut rest = entries.rest;
        let mut unrecognized_critical = false;
        while !rest.is_empty() {
            let entry = RevokedCertificate::read(&mut rest, version).ok_or(ParseError::RevokedCertificate)?;
            unrecognized_critical |= entry.unrecognized_critical;
        }
        let mut list = Self {
            der,
            tbs: signed.tbs.whole,
            version,
            signature_algorithm,
            issuer,
            this_update,
            next_update,
            number: None,
            authority_key_id: None,
            issuing_distribution_point: None,
            signature: signed.signature,
            entries,
            delta: false,
            unrecognized_critical,
        };
        if let Some(extensions) = extensions {
            if version < 2 {
                return Err(ParseError::Version);
            }
            for extension in ExtensionIter::read(extensions).ok_or(ParseError::CrlExtensions)? {
                list.take(&extension).ok_or(ParseError::CrlExtensions)?;
            }
        }
        Ok(list)
    }

    fn take(&mut self, extension: &Extension<'a>) -> Option<()> {
        let value = extension.value;
        match extension.oid {
            oid::CRL_NUMBER => {
                let number = only(value, INTEGER)?.value;
                let negative = number.first().is_some_and(|first| *first >= 0x80);
                self.number = Some(number).filter(|number| is_serial(number) && !negative);
                self.number?;
            }
            oid::AUTHORITY_KEY_IDENTIFIER => self.authority_key_id = Some(AuthorityKeyId::read(extension.critical, value)?),
            oid::ISSUING_DISTRIBUTION_POINT => self.issuing_distribution_point = Some(IssuingDistributionPoint::read(value)?),
            oid::DELTA_CRL_INDICATOR => self.delta = true,
            _ => self.unrecognized_critical |= extension.critical,
        }
        Some(())
    }

    /// All entries, in the order of the encoding.
    pub fn entries(&self) -> RevokedCertificates<'a> {
        self.entries
    }

    /// The entry of this serial number, content octets.
    pub fn find(&self, serial: &[u8]) -> Option<RevokedCertificate<'a>> {
        self.entries().find(|entry| entry.serial == serial)
    }

    /// May the absence of `certificate` be taken as good? The issuer's name, signature and time are for the caller to check.
    /// RFC 5280 6.3.3 (b)
    pub fn covers(&self, certificate: &Certificate<'_>) -> Result<(), Uncovered> {
        if self.unrecognized_critical {
            return Err(Uncovered::UnrecognizedCritical);
        }
        if self.delta {
            return Err(Uncovered::Delta);
        }
        let Some(point) = &self.issuing_distribution_point else { return Ok(()) };
        let ca = certificate.extensions.basic_constraints.is_some_and(|constraints| constraints.ca);
        if point.indirect {
            return Err(Uncovered::Indirect);
        }
        if point.only_some_reasons {
            return Err(Uncovered::SomeReasons);
        }
        if point.only_attribute_certificates || (point.only_user_certificates && ca) || (point.only_ca_certificates && !ca) {
            return Err(Uncovered::OtherKind);
        }
        if point.relative_name || !point.full_name.map_or(true, |names| is_point_of(certificate, names)) {
            return Err(Uncovered::OtherPoint);
        }
        Ok(())
    }
}

/// A version 1 is not written, X.690 11.5.
fn version(fields: &mut Reader<'_>) -> Option<u8> {
    match fields.optional(INTEGER)? {
        None => Some(1),
        Some(number) => (unsigned(number.value)? == 1).then_some(2),
    }
}

/// A certificate without points has one: its issuer's name, RFC 5280 6.3.3.
fn is_point_of(certificate: &Certificate<'_>, names: GeneralNames<'_>) -> bool {
    let points = certificate.extensions.crl_distribution_points;
    names.take(MAX_POINT_NAMES).any(|name| {
        let mut certificates = points.iter().flat_map(|points| points.iter()).filter_map(|point| point.full_name).flatten();
        certificates.by_ref().take(MAX_POINT_NAMES).any(|own| same_point(&own, &name))
            || (points.is_none() && same_point(&GeneralName::Directory(certificate.issuer), &name))
    })
}

fn same_point(ours: &GeneralName<'_>, theirs: &GeneralName<'_>) -> bool {
    match (ours, theirs) {
        (GeneralName::Uri(ours), GeneralName::Uri(theirs)) => ours == theirs,
        (GeneralName::Directory(ours), GeneralName::Directory(theirs)) => ours.matches(theirs),
        _ => false,
    }
}

impl<'a> IssuingDistributionPoint<'a> {
    fn read(value: &'a [u8]) -> Option<Self> {
        let mut fields = Reader::new(only(value, SEQUENCE)?.value);
        let (full_name, relative_name) = match fields.optional(context_constructed(0))? {
            Some(name) => read_distribution_point_name(&name)?,
            None => (None, false),
        };
        let only_user_certificates = flag(&mut fields, 1)?;
        let only_ca_certificates = flag(&mut fields, 2)?;
        let reasons = fields.optional(context(3))?;
        let indirect = flag(&mut fields, 4)?;
        let only_attribute_certificates = flag(&mut fields, 5)?;
        fields.finish()?;
        if reasons.is_some_and(|reasons| named_bits(reasons.value).is_none()) {
            return None;
        }
        Some(Self {
            full_name,
            relative_name,
            only_user_certificates,
            only_ca_certificates,
            only_some_reasons: reasons.is_some(),
            indirect,
            only_attribute_certificates,
        })
    }
}

/// `[number] BOOLEAN DEFAULT FALSE`
fn flag(fields: &mut Reader<'_>, number: u8) -> Option<bool> {
    match fields.optional(context(number))? {
        Some(element) => boolean(element.value).filter(|flag| *flag),
        None => Some(false),
    }
}

impl<'a> RevokedCertificate<'a> {
    fn read(rest: &mut Reader<'a>, version: u8) -> Option<Self> {
        let mut fields = rest.enter(SEQUENCE)?;
        let serial = fields.expect(INTEGER)?.value;
        let revoked_at = Time::read(&mut fields)?;
        let mut entry = Self { serial, revoked_at, reason: None, invalid_since: None, unrecognized_critical: false };
        if let Some(extensions) = fields.optional(SEQUENCE)? {
            if version < 2 {
                return None;
            }
            for extension in ExtensionIter::read(extensions.whole)? {
                entry.take(&extension)?;
            }
        }
        fields.finish()?;
        is_serial(serial).then_some(entry)
    }

    fn take(&mut self, extension: &Extension<'_>) -> Option<()> {
        match extension.oid {
            oid::CRL_REASON => {
                self.reason = Some(RevocationReason::from_content(only(extension.value, ENUMERATED)?.value)?);
            }
            oid::INVALIDITY_DATE => {
                let time = only(extension.value, GENERALIZED_TIME)?;
                self.invalid_since = Some(Time::from_tlv(&time)?);
            }
            // Also certificateIssuer: an indirect list.
            _ => self.unrecognized_critical |= extension.critical,
        }
        Some(())
    }
}

/// See [`CertificateList::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokedCertificates<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for RevokedCertificates<'a> {
    type Item = RevokedCertificate<'a>;

    fn next(&mut self) -> Option<RevokedCertificate<'a>> {
        // Extensions stand in version 2 alone: that was looked at when the list was read.
        RevokedCertificate::read(&mut self.rest, 2)
    }
}
