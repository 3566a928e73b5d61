//! Certificates and CRLs in a PKCS#7 SignedData that nobody signed, RFC 5652 5 and RFC 7030 4.1.3: what an EST server sends.
#![forbid(unsafe_code)]

use crate::x509::reader::{context_constructed, only, unsigned, Reader, INTEGER, OBJECT_IDENTIFIER, SEQUENCE, SET};
use crate::x509::{oid, DerList, ParseError};

/// A "certs-only" message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificatesOnly<'a> {
    certificates: DerList<'a>,
    crls: DerList<'a>,
}

impl<'a> CertificatesOnly<'a> {
    /// Reads one message in DER, but not the certificates in it; nothing may follow it.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        Self::read(der).ok_or(ParseError::SignedData)
    }

    fn read(der: &'a [u8]) -> Option<Self> {
        let mut content_info = Reader::new(only(der, SEQUENCE)?.value);
        let content_type = content_info.expect(OBJECT_IDENTIFIER)?.value;
        let content = content_info.expect(context_constructed(0))?.value;
        content_info.finish()?;

        let mut fields = Reader::new(only(content, SEQUENCE)?.value);
        let version = unsigned(fields.expect(INTEGER)?.value)?;
        fields.expect(SET)?; // digestAlgorithms: of no use without a signature
        let mut inner = fields.enter(SEQUENCE)?;
        let inner_type = inner.expect(OBJECT_IDENTIFIER)?.value;
        inner.finish()?; // no content
        let certificates = fields.optional(context_constructed(0))?;
        let crls = fields.optional(context_constructed(1))?;
        let signers = fields.expect(SET)?;
        fields.finish()?;
        if content_type != oid::PKCS7_SIGNED_DATA || version != 1 || inner_type != oid::PKCS7_DATA || !signers.value.is_empty() {
            return None;
        }
        let list = |element: Option<&'a [u8]>| DerList::read(element.unwrap_or_default());
        Some(Self { certificates: list(certificates.map(|set| set.value))?, crls: list(crls.map(|set| set.value))? })
    }

    /// The certificates in the order of the encoding, which means nothing; roots may be among them.
    pub fn certificates(&self) -> DerList<'a> {
        self.certificates
    }

    /// The CRLs.
    pub fn crls(&self) -> DerList<'a> {
        self.crls
    }
}
