//! OCSP, RFC 6960: requests written, responses read in place.
#![forbid(unsafe_code)]

mod request;
mod response;

pub use request::{write_request, MAX_NONCE};
pub use response::{BasicResponse, CertStatus, OcspResponse, ResponderId, ResponseStatus, SingleResponse, SingleResponses};

use crate::x509::algorithm::algorithm_identifier;
use crate::x509::certificate::is_serial;
use crate::x509::reader::{Reader, INTEGER, OCTET_STRING, SEQUENCE};
use crate::x509::HashAlgorithm;

/// Which certificate: hashes of its issuer's name and key, and its serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertId<'a> {
    /// `None` in a response: one that is not known here.
    pub hash_algorithm: Option<HashAlgorithm>,
    /// Of the issuer's Name in DER, as it stands in the certificate.
    pub issuer_name_hash: &'a [u8],
    /// Of the issuer's public key: [`PublicKey::bytes`](crate::x509::PublicKey::bytes).
    pub issuer_key_hash: &'a [u8],
    /// Content octets of the certificate's serial number.
    pub serial: &'a [u8],
}

impl<'a> CertId<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        let mut fields = reader.enter(SEQUENCE)?;
        // Parameters are NULL or absent, RFC 5754 2; nothing depends on them.
        let (oid, _) = algorithm_identifier(fields.expect(SEQUENCE)?.value)?;
        let issuer_name_hash = fields.expect(OCTET_STRING)?.value;
        let issuer_key_hash = fields.expect(OCTET_STRING)?.value;
        let serial = fields.expect(INTEGER)?.value;
        fields.finish()?;
        let hash_algorithm = HashAlgorithm::from_oid(oid);
        is_serial(serial).then_some(Self { hash_algorithm, issuer_name_hash, issuer_key_hash, serial })
    }
}
