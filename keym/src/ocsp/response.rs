//! OCSPResponse, RFC 6960 4.2.1.

use super::{CertId, MAX_NONCE};
use crate::crl::RevocationReason;
use crate::x509::algorithm::{signature_algorithm, Signed};
use crate::x509::extensions::ExtensionIter;
use crate::x509::reader::{
    context, context_constructed, only, Reader, ENUMERATED, GENERALIZED_TIME, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE,
};
use crate::x509::{oid, DerList, Name, ParseError, SignatureAlgorithm, Time};

/// OCSPResponseStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ResponseStatus {
    Successful = 0,
    MalformedRequest = 1,
    InternalError = 2,
    TryLater = 3,
    SigRequired = 5,
    Unauthorized = 6,
}

/// What a responder said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OcspResponse<'a> {
    /// Whether it answered.
    pub status: ResponseStatus,
    /// The answer: if and only if successful.
    pub basic: Option<BasicResponse<'a>>,
}

/// BasicOCSPResponse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicResponse<'a> {
    /// What is signed: the whole ResponseData, with tag and length.
    pub tbs: &'a [u8],
    /// Who signed it.
    pub responder: ResponderId<'a>,
    /// When.
    pub produced_at: Time,
    /// The request's nonce.
    pub nonce: Option<&'a [u8]>,
    /// An extension of the response is critical and unknown: do not rely on it.
    pub unrecognized_critical: bool,
    /// How it is signed.
    pub signature_algorithm: SignatureAlgorithm,
    /// The BIT STRING without its first octet: for ECDSA an ECDSA-Sig-Value.
    pub signature: &'a [u8],
    responses: SingleResponses<'a>,
    certificates: DerList<'a>,
}

/// ResponderID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponderId<'a> {
    /// Its subject.
    Name(Name<'a>),
    /// SHA-1 of its public key: of [`PublicKey::bytes`](crate::x509::PublicKey::bytes).
    KeyHash(&'a [u8]),
}

/// CertStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// revocationTime
        at: Time,
        /// revocationReason
        reason: Option<RevocationReason>,
    },
    /// The responder does not know it.
    Unknown,
}

/// SingleResponse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleResponse<'a> {
    /// Of which certificate.
    pub cert_id: CertId<'a>,
    /// What about it.
    pub status: CertStatus,
    /// From when it is known.
    pub this_update: Time,
    /// Until when.
    pub next_update: Option<Time>,
    /// An extension is critical and unknown: do not rely on it.
    pub unrecognized_critical: bool,
}

impl<'a> OcspResponse<'a> {
    /// Reads one response to its end, but not the certificates in it; nothing may follow it.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let malformed = ParseError::OcspResponse;
        let mut outer = Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value);
        let status = outer.expect(ENUMERATED).and_then(|status| ResponseStatus::from_content(status.value)).ok_or(malformed)?;
        let bytes = outer.optional(context_constructed(0)).ok_or(malformed)?;
        outer.finish().ok_or(malformed)?;
        let basic = match bytes {
            Some(bytes) if status == ResponseStatus::Successful => {
                Some(BasicResponse::read(basic_der(bytes.value).ok_or(malformed)?)?)
            }
            None if status != ResponseStatus::Successful => None,
            _ => return Err(malformed),
        };
        Ok(Self { status, basic })
    }
}

impl ResponseStatus {
    fn from_content(content: &[u8]) -> Option<Self> {
        Some(match content {
            [0] => Self::Successful,
            [1] => Self::MalformedRequest,
            [2] => Self::InternalError,
            [3] => Self::TryLater,
            [5] => Self::SigRequired,
            [6] => Self::Unauthorized,
            _ => return None,
        })
    }
}

/// The BasicOCSPResponse in ResponseBytes; no other type is known.
fn basic_der(response_bytes: &[u8]) -> Option<&[u8]> {
    let mut fields = Reader::new(only(response_bytes, SEQUENCE)?.value);
    let response_type = fields.expect(OBJECT_IDENTIFIER)?.value;
    let response = fields.expect(OCTET_STRING)?.value;
    fields.finish()?;
    (response_type == oid::OCSP_BASIC).then_some(response)
}

impl<'a> BasicResponse<'a> {
    fn read(der: &'a [u8]) -> Result<Self, ParseError> {
        let malformed = ParseError::OcspResponse;
        let mut outer = Reader::new(only(der, SEQUENCE).ok_or(malformed)?.value);
        let signed = Signed::read(&mut outer, malformed)?;
        let signature_algorithm = signature_algorithm(signed.algorithm.value).ok_or(ParseError::Algorithm)?;
        let certificates = outer.optional(context_constructed(0)).ok_or(malformed)?;
        outer.finish().ok_or(malformed)?;
        let certificates = match certificates {
            Some(list) => DerList::read(only(list.value, SEQUENCE).ok_or(malformed)?.value).ok_or(malformed)?,
            None => DerList::default(),
        };

        // The version is v1 and not written, X.690 11.5.
        let mut fields = Reader::new(signed.tbs.value);
        let responder = ResponderId::read(&mut fields).ok_or(malformed)?;
        let produced_at = generalized_time(&mut fields).ok_or(ParseError::Time)?;
        let responses = SingleResponses::read(&mut fields).ok_or(malformed)?;
        let extensions = fields.optional(context_constructed(1)).ok_or(malformed)?;
        fields.finish().ok_or(malformed)?;
        let mut basic = Self {
            tbs: signed.tbs.whole,
            responder,
            produced_at,
            nonce: None,
            unrecognized_critical: false,
            signature_algorithm,
            signature: signed.signature,
            responses,
            certificates,
        };
        if let Some(extensions) = extensions {
            for extension in ExtensionIter::read(extensions.value).ok_or(malformed)? {
                if extension.oid == oid::OCSP_NONCE {
                    let nonce = only(extension.value, OCTET_STRING).ok_or(malformed)?.value;
                    basic.nonce = Some(nonce).filter(|nonce| (1..=MAX_NONCE).contains(&nonce.len()));
                    basic.nonce.ok_or(malformed)?;
                } else {
                    basic.unrecognized_critical |= extension.critical;
                }
            }
        }
        Ok(basic)
    }

    /// What is said of each certificate.
    pub fn responses(&self) -> SingleResponses<'a> {
        self.responses
    }

    /// What is said of this one.
    pub fn find(&self, id: &CertId<'_>) -> Option<SingleResponse<'a>> {
        self.responses().find(|response| response.cert_id == *id)
    }

    /// The responder's certificates, each one in DER and not looked into.
    pub fn certificates(&self) -> DerList<'a> {
        self.certificates
    }
}

impl<'a> ResponderId<'a> {
    fn read(fields: &mut Reader<'a>) -> Option<Self> {
        const BY_NAME: u8 = context_constructed(1);
        const BY_KEY: u8 = context_constructed(2);
        let choice = fields.next()?;
        match choice.tag {
            BY_NAME => Name::parse(choice.value).ok().map(Self::Name),
            BY_KEY => Some(Self::KeyHash(only(choice.value, OCTET_STRING)?.value)),
            _ => None,
        }
    }
}

fn generalized_time(fields: &mut Reader<'_>) -> Option<Time> {
    Time::from_tlv(&fields.expect(GENERALIZED_TIME)?)
}

impl<'a> SingleResponse<'a> {
    fn read(rest: &mut Reader<'a>) -> Option<Self> {
        let mut fields = rest.enter(SEQUENCE)?;
        let cert_id = CertId::read(&mut fields)?;
        let status = CertStatus::read(&mut fields)?;
        let this_update = generalized_time(&mut fields)?;
        let next_update = match fields.optional(context_constructed(0))? {
            Some(element) => Some(Time::from_tlv(&only(element.value, GENERALIZED_TIME)?)?),
            None => None,
        };
        let unrecognized_critical = match fields.optional(context_constructed(1))? {
            Some(element) => ExtensionIter::read(element.value)?.any(|extension| extension.critical),
            None => false,
        };
        fields.finish()?;
        Some(Self { cert_id, status, this_update, next_update, unrecognized_critical })
    }
}

impl CertStatus {
    fn read(fields: &mut Reader<'_>) -> Option<Self> {
        const GOOD: u8 = context(0);
        const REVOKED: u8 = context_constructed(1);
        const UNKNOWN: u8 = context(2);
        let choice = fields.next()?;
        match choice.tag {
            GOOD if choice.value.is_empty() => Some(Self::Good),
            UNKNOWN if choice.value.is_empty() => Some(Self::Unknown),
            REVOKED => {
                let mut info = Reader::new(choice.value);
                let at = generalized_time(&mut info)?;
                let reason = match info.optional(context_constructed(0))? {
                    Some(element) => Some(RevocationReason::from_content(only(element.value, ENUMERATED)?.value)?),
                    None => None,
                };
                info.finish()?;
                Some(Self::Revoked { at, reason })
            }
            _ => None,
        }
    }
}

/// See [`BasicResponse::responses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleResponses<'a> {
    rest: Reader<'a>,
}

impl<'a> SingleResponses<'a> {
    fn read(fields: &mut Reader<'a>) -> Option<Self> {
        let all = Self { rest: fields.enter(SEQUENCE)? };
        let mut rest = all.rest;
        while !rest.is_empty() {
            SingleResponse::read(&mut rest)?;
        }
        Some(all)
    }
}

impl<'a> Iterator for SingleResponses<'a> {
    type Item = SingleResponse<'a>;

    fn next(&mut self) -> Option<SingleResponse<'a>> {
        SingleResponse::read(&mut self.rest)
    }
}
