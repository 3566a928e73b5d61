//! CertificationRequest, for whoever issues, and for the return of what was issued.

use crate::x509::algorithm::{signature_algorithm, Signed};
use crate::x509::reader::{
    context_constructed, is_oid, only, unsigned, Reader, Tlv, IA5_STRING, INTEGER, OBJECT_IDENTIFIER, PRINTABLE_STRING, SEQUENCE,
    SET, UTF8_STRING,
};
use crate::x509::{oid, Certificate, Extensions, Name, ParseError, PublicKey, SignatureAlgorithm};

/// A request that is well formed; its signature is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificationRequest<'a> {
    /// All of it.
    pub der: &'a [u8],
    /// What is signed: the whole CertificationRequestInfo, with tag and length.
    pub info: &'a [u8],
    /// Who asks.
    pub subject: Name<'a>,
    /// For which key.
    pub public_key: PublicKey<'a>,
    /// extensionRequest; empty if there is none.
    pub extensions: Extensions<'a>,
    /// challengePassword, the string's content.
    pub challenge_password: Option<&'a [u8]>,
    /// How it is signed.
    pub signature_algorithm: SignatureAlgorithm,
    /// The BIT STRING without its first octet: for ECDSA an ECDSA-Sig-Value.
    pub signature: &'a [u8],
}

impl<'a> CertificationRequest<'a> {
    /// Reads one request; nothing may follow it.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let malformed = ParseError::CertificationRequest;
        let mut outer = Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value);
        let signed = Signed::read(&mut outer, malformed)?;
        outer.finish().ok_or(malformed)?;
        let signature_algorithm = signature_algorithm(signed.algorithm.value).ok_or(ParseError::Algorithm)?;

        let mut fields = Reader::new(signed.tbs.value);
        let version = fields.expect(INTEGER).and_then(|version| unsigned(version.value));
        if version != Some(0) {
            return Err(ParseError::Version);
        }
        let subject = Name::read(&mut fields).ok_or(ParseError::Name)?;
        let public_key = PublicKey::read(&mut fields).ok_or(ParseError::PublicKey)?;
        let mut attributes = fields.enter(context_constructed(0)).ok_or(malformed)?;
        fields.finish().ok_or(malformed)?;

        let (mut extensions, mut challenge_password) = (None, None);
        while !attributes.is_empty() {
            let (oid, values) = read_attribute(&mut attributes).ok_or(malformed)?;
            match oid {
                oid::EXTENSION_REQUEST if extensions.is_none() => extensions = Some(Extensions::parse(values)?),
                oid::CHALLENGE_PASSWORD if challenge_password.is_none() => {
                    challenge_password = Some(read_string(values).ok_or(malformed)?);
                }
                oid::EXTENSION_REQUEST | oid::CHALLENGE_PASSWORD => return Err(malformed), // twice
                _ => {}
            }
        }
        Ok(Self {
            der,
            info: signed.tbs.whole,
            subject,
            public_key,
            extensions: extensions.unwrap_or_default(),
            challenge_password,
            signature_algorithm,
            signature: signed.signature,
        })
    }

    /// Is `certificate` for the key of this request? Names may differ: a CA decides them.
    pub fn is_answered_by(&self, certificate: &Certificate<'_>) -> bool {
        let (ours, theirs) = (&self.public_key, &certificate.public_key);
        ours.spki == theirs.spki
    }
}

/// Type, and the content of the SET of values.
fn read_attribute<'a>(attributes: &mut Reader<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let mut attribute = attributes.enter(SEQUENCE)?;
    let oid = attribute.expect(OBJECT_IDENTIFIER)?.value;
    let values = attribute.expect(SET)?.value;
    attribute.finish()?;
    (is_oid(oid) && !values.is_empty()).then_some((oid, values))
}

/// The only value of an attribute, a string.
fn read_string(values: &[u8]) -> Option<&[u8]> {
    let mut values = Reader::new(values);
    let Tlv { tag, value, .. } = values.next()?;
    values.finish()?;
    matches!(tag, UTF8_STRING | PRINTABLE_STRING | IA5_STRING).then_some(value)
}
