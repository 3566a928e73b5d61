//! Extensions, RFC 5280 4.2: the known ones read, all of them at hand.

use super::extension_values::{
    AuthorityInfoAccess, AuthorityKeyId, BasicConstraints, CertificatePolicies, CrlDistributionPoints, ExtendedKeyUsage, KeyId,
    KeyUsage, Raw, SubjectAltNames,
};
use super::oid;
use super::reader::{boolean, is_oid, only, Reader, BOOLEAN, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use super::ParseError;

/// More extensions are refused: each is compared with all before it.
pub const MAX_EXTENSIONS: usize = 32;

/// One extension, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension<'a> {
    /// Content octets, as in [`oid`].
    pub oid: &'a [u8],
    /// Must be processed, or the certificate refused.
    pub critical: bool,
    /// The DER inside the OCTET STRING.
    pub value: &'a [u8],
}

impl<'a> Extension<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<Self> {
        let mut fields = rest.enter(SEQUENCE)?;
        let oid = fields.expect(OBJECT_IDENTIFIER)?.value;
        let critical = match fields.optional(BOOLEAN)? {
            // DER leaves a default out, X.690 11.5.
            Some(flag) => boolean(flag.value).filter(|critical| *critical)?,
            None => false,
        };
        let value = fields.expect(OCTET_STRING)?.value;
        fields.finish()?;
        is_oid(oid).then_some(Self { oid, critical, value })
    }
}

/// The extensions of a certificate. A certificate without any has these, too: empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extensions<'a> {
    /// The whole SEQUENCE OF Extension; empty when there is none.
    pub der: &'a [u8],
    /// basicConstraints
    pub basic_constraints: Option<BasicConstraints>,
    /// keyUsage
    pub key_usage: Option<KeyUsage>,
    /// extKeyUsage
    pub extended_key_usage: Option<ExtendedKeyUsage<'a>>,
    /// subjectKeyIdentifier
    pub subject_key_id: Option<KeyId<'a>>,
    /// authorityKeyIdentifier
    pub authority_key_id: Option<AuthorityKeyId<'a>>,
    /// authorityInfoAccess
    pub authority_info_access: Option<AuthorityInfoAccess<'a>>,
    /// subjectInfoAccess
    pub subject_info_access: Option<AuthorityInfoAccess<'a>>,
    /// cRLDistributionPoints
    pub crl_distribution_points: Option<CrlDistributionPoints<'a>>,
    /// certificatePolicies
    pub certificate_policies: Option<CertificatePolicies<'a>>,
    /// subjectAltName
    pub subject_alt_names: Option<SubjectAltNames<'a>>,
    /// nameConstraints, not looked into
    pub name_constraints: Option<Raw<'a>>,
    /// id-pkix-ocsp-nocheck is there.
    pub ocsp_nocheck: bool,
    list: ExtensionIter<'a>,
}

impl<'a> Extensions<'a> {
    /// A whole SEQUENCE OF Extension, not empty, each OID once.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let mut extensions = Self { der, ..Self::default() };
        let take = |Extension { oid, critical, value }| extensions.take(oid, critical, value);
        extensions.list = ExtensionIter::read_each(der, ParseError::Extensions, take)?;
        Ok(extensions)
    }

    fn take(&mut self, oid: &[u8], critical: bool, value: &'a [u8]) -> Result<(), ParseError> {
        match oid {
            oid::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(BasicConstraints::read(critical, value).ok_or(ParseError::BasicConstraints)?);
            }
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage::read(critical, value).ok_or(ParseError::KeyUsage)?),
            oid::EXTENDED_KEY_USAGE => {
                self.extended_key_usage = Some(ExtendedKeyUsage::read(critical, value).ok_or(ParseError::ExtendedKeyUsage)?);
            }
            oid::SUBJECT_KEY_IDENTIFIER => {
                self.subject_key_id = Some(KeyId::read(critical, value).ok_or(ParseError::SubjectKeyId)?);
            }
            oid::AUTHORITY_KEY_IDENTIFIER => {
                self.authority_key_id = Some(AuthorityKeyId::read(critical, value).ok_or(ParseError::AuthorityKeyId)?);
            }
            oid::AUTHORITY_INFO_ACCESS => {
                self.authority_info_access = Some(AuthorityInfoAccess::read(critical, value).ok_or(ParseError::InfoAccess)?);
            }
            oid::SUBJECT_INFO_ACCESS => {
                self.subject_info_access = Some(AuthorityInfoAccess::read(critical, value).ok_or(ParseError::InfoAccess)?);
            }
            oid::CRL_DISTRIBUTION_POINTS => {
                let points = CrlDistributionPoints::read(critical, value).ok_or(ParseError::CrlDistributionPoints)?;
                self.crl_distribution_points = Some(points);
            }
            oid::CERTIFICATE_POLICIES => {
                self.certificate_policies =
                    Some(CertificatePolicies::read(critical, value).ok_or(ParseError::CertificatePolicies)?);
            }
            oid::SUBJECT_ALT_NAME => {
                self.subject_alt_names = Some(SubjectAltNames::read(critical, value).ok_or(ParseError::SubjectAltNames)?);
            }
            oid::NAME_CONSTRAINTS => self.name_constraints = Some(Raw { critical, value }),
            oid::OCSP_NOCHECK => {
                // RFC 6960 4.2.2.2.1
                only(value, NULL).filter(|null| null.value.is_empty()).ok_or(ParseError::OcspNoCheck)?;
                self.ocsp_nocheck = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// All extensions, in the order of the encoding.
    pub fn iter(&self) -> ExtensionIter<'a> {
        self.list
    }

    /// The extension of this OID.
    pub fn find(&self, oid: &[u8]) -> Option<Extension<'a>> {
        self.iter().find(|extension| extension.oid == oid)
    }

    /// The first critical extension that is not a field above. A critical [`name_constraints`](Self::name_constraints) is one, as
    /// nobody has looked into it.
    pub fn unrecognized_critical(&self) -> Option<Extension<'a>> {
        self.iter().find(|extension| extension.critical && !is_recognized(extension.oid))
    }
}

fn is_recognized(oid: &[u8]) -> bool {
    matches!(
        oid,
        oid::BASIC_CONSTRAINTS
            | oid::KEY_USAGE
            | oid::EXTENDED_KEY_USAGE
            | oid::SUBJECT_KEY_IDENTIFIER
            | oid::AUTHORITY_KEY_IDENTIFIER
            | oid::AUTHORITY_INFO_ACCESS
            | oid::SUBJECT_INFO_ACCESS
            | oid::CRL_DISTRIBUTION_POINTS
            | oid::CERTIFICATE_POLICIES
            | oid::SUBJECT_ALT_NAME
            | oid::OCSP_NOCHECK
    )
}

/// Extensions one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExtensionIter<'a> {
    rest: Reader<'a>,
}

impl<'a> ExtensionIter<'a> {
    /// A whole SEQUENCE OF Extension: at least one, at most [`MAX_EXTENSIONS`], none twice.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        Self::read_each(der, (), |_| Ok(())).ok()
    }

    /// The same, and what `take` says of each.
    fn read_each<E: Copy>(der: &'a [u8], malformed: E, mut take: impl FnMut(Extension<'a>) -> Result<(), E>) -> Result<Self, E> {
        let all = Self { rest: Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value) };
        let mut rest = all.rest;
        let mut seen: [&[u8]; MAX_EXTENSIONS] = [&[]; MAX_EXTENSIONS];
        let mut count = 0;
        while !rest.is_empty() {
            let extension = Extension::read(&mut rest).ok_or(malformed)?;
            // RFC 5280 4.2: no extension twice.
            if seen.iter().take(count).any(|earlier| *earlier == extension.oid) {
                return Err(malformed);
            }
            *seen.get_mut(count).ok_or(malformed)? = extension.oid;
            count += 1;
            take(extension)?;
        }
        if count > 0 {
            Ok(all)
        } else {
            Err(malformed)
        }
    }
}

impl<'a> Iterator for ExtensionIter<'a> {
    type Item = Extension<'a>;

    fn next(&mut self) -> Option<Extension<'a>> {
        Extension::read(&mut self.rest)
    }
}
