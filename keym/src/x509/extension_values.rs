//! What the known extensions say, RFC 5280 4.2. Each is read to its end when the certificate is, so an iterator ends only there.

use super::general_name::{GeneralName, GeneralNames};
use super::oid;
use super::reader::{
    boolean, context, context_constructed, is_integer, is_oid, named_bits, only, unsigned, Reader, Tlv, BIT_STRING, BOOLEAN,
    INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
};

/// The inside of a value that is one SEQUENCE.
fn sequence(value: &[u8]) -> Option<Reader<'_>> {
    Some(Reader::new(only(value, SEQUENCE)?.value))
}

/// An extension whose value is not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw<'a> {
    /// Must be processed, or the certificate refused.
    pub critical: bool,
    /// The DER inside the OCTET STRING.
    pub value: &'a [u8],
}

/// basicConstraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// The extension's flag.
    pub critical: bool,
    /// It may issue certificates.
    pub ca: bool,
    /// How many Sub-CAs may follow.
    pub path_len: Option<u32>,
    /// `cA FALSE` is written, which DER leaves out: contract certificates in the field have it.
    pub explicit_false: bool,
}

impl BasicConstraints {
    pub(crate) fn read(critical: bool, value: &[u8]) -> Option<Self> {
        let mut fields = sequence(value)?;
        let written = match fields.optional(BOOLEAN)? {
            Some(ca) => Some(boolean(ca.value)?),
            None => None,
        };
        let path_len = match fields.optional(INTEGER)? {
            Some(number) => Some(unsigned(number.value)?),
            None => None,
        };
        fields.finish()?;
        Some(Self { critical, ca: written == Some(true), path_len, explicit_false: written == Some(false) })
    }
}

/// keyUsage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// The extension's flag.
    pub critical: bool,
    /// A sum of the constants below.
    pub bits: u16,
}

#[allow(missing_docs)] // RFC 5280 4.2.1.3
impl KeyUsage {
    pub const DIGITAL_SIGNATURE: u16 = 0x0001;
    pub const NON_REPUDIATION: u16 = 0x0002;
    pub const KEY_ENCIPHERMENT: u16 = 0x0004;
    pub const DATA_ENCIPHERMENT: u16 = 0x0008;
    pub const KEY_AGREEMENT: u16 = 0x0010;
    pub const KEY_CERT_SIGN: u16 = 0x0020;
    pub const CRL_SIGN: u16 = 0x0040;
    pub const ENCIPHER_ONLY: u16 = 0x0080;
    pub const DECIPHER_ONLY: u16 = 0x0100;

    /// Are all of these set?
    pub const fn contains(&self, bits: u16) -> bool {
        self.bits & bits == bits
    }

    pub(crate) fn read(critical: bool, value: &[u8]) -> Option<Self> {
        Some(Self { critical, bits: named_bits(only(value, BIT_STRING)?.value)? })
    }
}

/// extKeyUsage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtendedKeyUsage<'a> {
    /// The extension's flag.
    pub critical: bool,
    purposes: Oids<'a>,
}

impl<'a> ExtendedKeyUsage<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        let purposes = Oids { rest: sequence(value)? };
        let mut rest = purposes.rest;
        Oids::read(&mut rest)?;
        while !rest.is_empty() {
            Oids::read(&mut rest)?;
        }
        Some(Self { critical, purposes })
    }

    /// The purposes' OIDs.
    pub fn iter(&self) -> Oids<'a> {
        self.purposes
    }

    /// Is this very purpose listed? anyExtendedKeyUsage stands for itself alone.
    pub fn contains(&self, purpose: &[u8]) -> bool {
        self.iter().any(|oid| oid == purpose)
    }
}

/// OIDs one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oids<'a> {
    rest: Reader<'a>,
}

impl<'a> Oids<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<&'a [u8]> {
        Some(rest.expect(OBJECT_IDENTIFIER)?.value).filter(|oid| is_oid(oid))
    }
}

impl<'a> Iterator for Oids<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        Self::read(&mut self.rest)
    }
}

/// subjectKeyIdentifier. Whatever its length: it is taken as it is and never computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId<'a> {
    /// The extension's flag.
    pub critical: bool,
    /// The identifier.
    pub bytes: &'a [u8],
}

impl<'a> KeyId<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        Some(Self { critical, bytes: only(value, OCTET_STRING)?.value })
    }
}

/// authorityKeyIdentifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthorityKeyId<'a> {
    /// The extension's flag.
    pub critical: bool,
    /// The issuer's subjectKeyIdentifier.
    pub key_id: Option<&'a [u8]>,
    /// Names of the issuer's issuer.
    pub issuer: Option<GeneralNames<'a>>,
    /// The issuer's serial number.
    pub serial: Option<&'a [u8]>,
}

impl<'a> AuthorityKeyId<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        let mut fields = sequence(value)?;
        let key_id = fields.optional(context(0))?.map(|id| id.value);
        let issuer = match fields.optional(context_constructed(1))? {
            Some(names) => Some(GeneralNames::read(Reader::new(names.value))?),
            None => None,
        };
        let serial = fields.optional(context(2))?.map(|serial| serial.value);
        fields.finish()?;
        if serial.is_some_and(|serial| !is_integer(serial)) {
            return None;
        }
        Some(Self { critical, key_id, issuer, serial })
    }
}

/// authorityInfoAccess or subjectInfoAccess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthorityInfoAccess<'a> {
    /// The extension's flag.
    pub critical: bool,
    descriptions: AccessDescriptions<'a>,
}

/// One way to something about the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessDescription<'a> {
    /// OID: [`oid::OCSP`], [`oid::CA_ISSUERS`] and others.
    pub method: &'a [u8],
    /// Where.
    pub location: GeneralName<'a>,
}

impl<'a> AccessDescription<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<Self> {
        let mut fields = rest.enter(SEQUENCE)?;
        let method = fields.expect(OBJECT_IDENTIFIER)?.value;
        let location = GeneralName::read(&mut fields)?;
        fields.finish()?;
        is_oid(method).then_some(Self { method, location })
    }

    /// The location if it is a URI.
    pub fn uri(&self) -> Option<&'a [u8]> {
        match self.location {
            GeneralName::Uri(uri) => Some(uri),
            _ => None,
        }
    }
}

impl<'a> AuthorityInfoAccess<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        let descriptions = AccessDescriptions { rest: sequence(value)? };
        let mut rest = descriptions.rest;
        AccessDescription::read(&mut rest)?;
        while !rest.is_empty() {
            AccessDescription::read(&mut rest)?;
        }
        Some(Self { critical, descriptions })
    }

    /// All of them.
    pub fn iter(&self) -> AccessDescriptions<'a> {
        self.descriptions
    }

    /// The responders' URIs.
    pub fn ocsp_uris(&self) -> impl Iterator<Item = &'a [u8]> {
        self.iter().filter(|description| description.method == oid::OCSP).filter_map(|description| description.uri())
    }
}

/// See [`AuthorityInfoAccess::iter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessDescriptions<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for AccessDescriptions<'a> {
    type Item = AccessDescription<'a>;

    fn next(&mut self) -> Option<AccessDescription<'a>> {
        AccessDescription::read(&mut self.rest)
    }
}

/// cRLDistributionPoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrlDistributionPoints<'a> {
    /// The extension's flag.
    pub critical: bool,
    points: DistributionPoints<'a>,
}

/// DistributionPoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistributionPoint<'a> {
    /// fullName of distributionPoint.
    pub full_name: Option<GeneralNames<'a>>,
    /// distributionPoint is a nameRelativeToCRLIssuer.
    pub relative_name: bool,
    /// Its CRLs tell some reasons only.
    pub has_reasons: bool,
    /// cRLIssuer: its CRLs are another one's.
    pub crl_issuer: Option<GeneralNames<'a>>,
}

impl<'a> DistributionPoint<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<Self> {
        let mut fields = rest.enter(SEQUENCE)?;
        let (full_name, relative_name) = match fields.optional(context_constructed(0))? {
            Some(name) => read_distribution_point_name(&name)?,
            None => (None, false),
        };
        let reasons = fields.optional(context(1))?;
        let crl_issuer = match fields.optional(context_constructed(2))? {
            Some(names) => Some(GeneralNames::read(Reader::new(names.value))?),
            None => None,
        };
        fields.finish()?;
        if reasons.is_some_and(|reasons| named_bits(reasons.value).is_none()) {
            return None;
        }
        Some(Self { full_name, relative_name, has_reasons: reasons.is_some(), crl_issuer })
    }
}

/// DistributionPointName inside its `[0]`: full names, or that there is a relative one.
pub(crate) fn read_distribution_point_name<'a>(element: &Tlv<'a>) -> Option<(Option<GeneralNames<'a>>, bool)> {
    const FULL_NAME: u8 = context_constructed(0);
    const RELATIVE_NAME: u8 = context_constructed(1);
    let mut inside = Reader::new(element.value);
    let choice = inside.next()?;
    inside.finish()?;
    match choice.tag {
        FULL_NAME => Some((Some(GeneralNames::read(Reader::new(choice.value))?), false)),
        RELATIVE_NAME => Some((None, true)),
        _ => None,
    }
}

impl<'a> CrlDistributionPoints<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        let points = DistributionPoints { rest: sequence(value)? };
        let mut rest = points.rest;
        DistributionPoint::read(&mut rest)?;
        while !rest.is_empty() {
            DistributionPoint::read(&mut rest)?;
        }
        Some(Self { critical, points })
    }

    /// All of them.
    pub fn iter(&self) -> DistributionPoints<'a> {
        self.points
    }

    /// URIs of all full names.
    pub fn uris(&self) -> Uris<'a> {
        Uris { points: self.points, names: GeneralNames::default() }
    }
}

/// See [`CrlDistributionPoints::iter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistributionPoints<'a> {
    rest: Reader<'a>,
}

impl<'a> Iterator for DistributionPoints<'a> {
    type Item = DistributionPoint<'a>;

    fn next(&mut self) -> Option<DistributionPoint<'a>> {
        DistributionPoint::read(&mut self.rest)
    }
}

/// See [`CrlDistributionPoints::uris`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uris<'a> {
    points: DistributionPoints<'a>,
    names: GeneralNames<'a>,
}

impl<'a> Iterator for Uris<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            match self.names.next() {
                Some(GeneralName::Uri(uri)) => return Some(uri),
                Some(_) => {}
                None => self.names = self.points.next()?.full_name.unwrap_or_default(),
            }
        }
    }
}

/// certificatePolicies; qualifiers are not looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificatePolicies<'a> {
    /// The extension's flag.
    pub critical: bool,
    policies: PolicyIds<'a>,
}

impl<'a> CertificatePolicies<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        let policies = PolicyIds { rest: sequence(value)? };
        let mut rest = policies.rest;
        PolicyIds::read(&mut rest)?;
        while !rest.is_empty() {
            PolicyIds::read(&mut rest)?;
        }
        Some(Self { critical, policies })
    }

    /// The policies' OIDs.
    pub fn iter(&self) -> PolicyIds<'a> {
        self.policies
    }
}

/// See [`CertificatePolicies::iter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyIds<'a> {
    rest: Reader<'a>,
}

impl<'a> PolicyIds<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<&'a [u8]> {
        let mut policy = rest.enter(SEQUENCE)?;
        let id = policy.expect(OBJECT_IDENTIFIER)?.value;
        policy.optional(SEQUENCE)?;
        policy.finish()?;
        is_oid(id).then_some(id)
    }
}

impl<'a> Iterator for PolicyIds<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        Self::read(&mut self.rest)
    }
}

/// subjectAltName.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectAltNames<'a> {
    /// The extension's flag.
    pub critical: bool,
    names: GeneralNames<'a>,
}

impl<'a> SubjectAltNames<'a> {
    pub(crate) fn read(critical: bool, value: &'a [u8]) -> Option<Self> {
        Some(Self { critical, names: GeneralNames::read(sequence(value)?)? })
    }

    /// All names.
    pub fn iter(&self) -> GeneralNames<'a> {
        self.names
    }
}
