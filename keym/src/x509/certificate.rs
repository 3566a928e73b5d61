//! Certificate, RFC 5280 4.1.

use super::algorithm::{signature_algorithm, Signed};
use super::reader::{context, context_constructed, is_integer, only, unsigned, Reader, INTEGER, SEQUENCE};
use super::{Extensions, Name, ParseError, PublicKey, SignatureAlgorithm, Time};

/// The longest serial number that is read. RFC 5280 4.1.2.2 has 20 octets.
const MAX_SERIAL: usize = 32;

/// A certificate that is well formed; whether it is any good is for `path` to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate<'a> {
    /// All of it.
    pub der: &'a [u8],
    /// What is signed: the whole TBSCertificate, with tag and length.
    pub tbs: &'a [u8],
    /// 1, 2 or 3.
    pub version: u8,
    /// Content octets of the INTEGER: up to 32, also negative.
    pub serial: &'a [u8],
    /// How the issuer signed it.
    pub signature_algorithm: SignatureAlgorithm,
    /// Who signed it.
    pub issuer: Name<'a>,
    /// From when until when.
    pub validity: Validity,
    /// Whose it is.
    pub subject: Name<'a>,
    /// The subject's key.
    pub public_key: PublicKey<'a>,
    /// issuerUniqueID, without the count of unused bits.
    pub issuer_unique_id: Option<&'a [u8]>,
    /// subjectUniqueID, without the count of unused bits.
    pub subject_unique_id: Option<&'a [u8]>,
    /// Extensions; empty ones if there are none.
    pub extensions: Extensions<'a>,
    /// The BIT STRING without its first octet: for ECDSA an ECDSA-Sig-Value.
    pub signature: &'a [u8],
}

/// Validity. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// notBefore
    pub not_before: Time,
    /// notAfter
    pub not_after: Time,
}

impl<'a> Certificate<'a> {
    /// Reads one certificate; nothing may follow it.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let malformed = ParseError::Certificate;
        let mut outer = Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value);
        let Signed { tbs, algorithm: outer_algorithm, signature } = Signed::read(&mut outer, malformed)?;
        outer.finish().ok_or(malformed)?;

        let mut fields = Reader::new(tbs.value);
        let version = version(&mut fields).ok_or(ParseError::Version)?;
        let serial = fields.expect(INTEGER).map(|number| number.value).filter(|number| is_serial(number));
        let serial = serial.ok_or(ParseError::SerialNumber)?;
        let algorithm = fields.expect(SEQUENCE).ok_or(ParseError::Algorithm)?;
        // RFC 5280 4.1.1.2
        if algorithm.whole != outer_algorithm.whole {
            return Err(ParseError::Algorithm);
        }
        let signature_algorithm = signature_algorithm(algorithm.value).ok_or(ParseError::Algorithm)?;
        let issuer = Name::read(&mut fields).ok_or(ParseError::Name)?;
        let validity = validity(&mut fields).ok_or(ParseError::Time)?;
        let subject = Name::read(&mut fields).ok_or(ParseError::Name)?;
        let public_key = PublicKey::read(&mut fields).ok_or(ParseError::PublicKey)?;
        let issuer_unique_id = unique_id(&mut fields, 1).ok_or(ParseError::UniqueId)?;
        let subject_unique_id = unique_id(&mut fields, 2).ok_or(ParseError::UniqueId)?;
        let extensions = match fields.optional(context_constructed(3)).ok_or(ParseError::Extensions)? {
            Some(element) => Some(Extensions::parse(element.value)?),
            None => None,
        };
        fields.finish().ok_or(malformed)?;
        // RFC 5280 4.1.2.1
        if (version < 3 && extensions.is_some()) || (version < 2 && issuer_unique_id.or(subject_unique_id).is_some()) {
            return Err(ParseError::Version);
        }
        Ok(Self {
            der,
            tbs: tbs.whole,
            version,
            serial,
            signature_algorithm,
            issuer,
            validity,
            subject,
            public_key,
            issuer_unique_id,
            subject_unique_id,
            extensions: extensions.unwrap_or_default(),
            signature,
        })
    }

    /// Are issuer and subject the same name?
    pub fn is_self_issued(&self) -> bool {
        self.subject.matches(&self.issuer)
    }
}

/// A version 1 is not written, X.690 11.5.
fn version(fields: &mut Reader<'_>) -> Option<u8> {
    match fields.optional(context_constructed(0))? {
        None => Some(1),
        Some(element) => match unsigned(only(element.value, INTEGER)?.value)? {
            1 => Some(2),
            2 => Some(3),
            _ => None,
        },
    }
}

/// As lenient wherever a serial number is read.
pub(crate) fn is_serial(number: &[u8]) -> bool {
    is_integer(number) && number.len() <= MAX_SERIAL
}

fn validity(fields: &mut Reader<'_>) -> Option<Validity> {
    let mut times = fields.enter(SEQUENCE)?;
    let validity = Validity { not_before: Time::read(&mut times)?, not_after: Time::read(&mut times)? };
    times.finish()?;
    Some(validity)
}

fn unique_id<'a>(fields: &mut Reader<'a>, number: u8) -> Option<Option<&'a [u8]>> {
    let Some(element) = fields.optional(context(number))? else { return Some(None) };
    match element.value.split_first()? {
        (0..=7, octets) => Some(Some(octets)),
        _ => None,
    }
}

/// Certificates or CRLs one after the other: the DER of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DerList<'a> {
    rest: Reader<'a>,
}

impl<'a> DerList<'a> {
    /// Each one a SEQUENCE, not looked into.
    pub(crate) fn read(content: &'a [u8]) -> Option<Self> {
        let all = Self { rest: Reader::new(content) };
        let mut rest = all.rest;
        while !rest.is_empty() {
            rest.expect(SEQUENCE)?;
        }
        Some(all)
    }
}

impl<'a> Iterator for DerList<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        Some(self.rest.expect(SEQUENCE)?.whole)
    }
}
