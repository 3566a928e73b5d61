//! CRLs [RFC 5280 5] and OCSP responses [RFC 6960 4.2].

use der::asn1::GeneralizedTime;
use der::DateTime;
use std::time::Duration;
use v2gcrypt_primitives::{digest, HashAlgorithm};

use crate::asn1::{bit_string, constructed, encode, oid, tlv, SEQUENCE};
use crate::key::Key;
use crate::template::{sign, Date, Extension, Name};

/// What a CRL says.
#[derive(Clone)]
pub struct Crl {
    /// Who signs.
    pub issuer: Name,
    /// Made at.
    pub this_update: Date,
    /// The next is due; `None`: absent.
    pub next_update: Option<Date>,
    /// Serial numbers (INTEGER content), when, and why [RFC 5280 5.3.1].
    pub revoked: Vec<(Vec<u8>, Date, u8)>,
    /// Such as AKI and CRL number.
    pub extensions: Vec<Extension>,
}

impl Crl {
    /// The list.
    pub fn sign(&self, signer: &Key) -> Vec<u8> {
        let entry = |(serial, date, reason): &(Vec<u8>, Date, u8)| {
            let reason = Extension::new("2.5.29.21", false, vec![0x0a, 1, *reason]).der();
            constructed(SEQUENCE, &[&tlv(0x02, serial), &date.der(), &tlv(SEQUENCE, &reason)])
        };
        let entries: Vec<u8> = self.revoked.iter().flat_map(entry).collect();
        let entries = if entries.is_empty() { entries } else { tlv(SEQUENCE, &entries) };
        let extensions: Vec<u8> = self.extensions.iter().flat_map(Extension::der).collect();
        let extensions = if extensions.is_empty() { extensions } else { tlv(0xa0, &tlv(SEQUENCE, &extensions)) };
        let tbs = constructed(
            SEQUENCE,
            &[
                &[0x02, 1, 1],
                &signer.algorithm.signature_identifier(),
                &self.issuer.der(),
                &self.this_update.der(),
                &self.next_update.map(Date::der).unwrap_or_default(),
                &entries,
                &extensions,
            ],
        );
        sign(&tbs, None, signer)
    }
}

/// What an OCSP response says of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not revoked.
    Good,
    /// Revoked at this time.
    Revoked(i64),
    /// The responder does not know it.
    Unknown,
}

/// Names a certificate by its issuer and serial number.
#[derive(Clone)]
pub struct CertId {
    /// SHA-1 or SHA-256.
    pub hash: HashAlgorithm,
    /// Subject of the issuer.
    pub issuer: Name,
    /// Public key of the issuer, content of the BIT STRING.
    pub issuer_key: Vec<u8>,
    /// INTEGER content.
    pub serial: Vec<u8>,
}

impl CertId {
    fn der(&self) -> Vec<u8> {
        let algorithm = match self.hash {
            HashAlgorithm::Sha1 => "1.3.14.3.2.26",
            HashAlgorithm::Sha256 => "2.16.840.1.101.3.4.2.1",
            other => panic!("no CertID is made with {other:?}"),
        };
        let octets = |data: &[u8]| tlv(0x04, digest(self.hash, data).as_bytes());
        let algorithm = constructed(SEQUENCE, &[&oid(algorithm), &[0x05, 0]]);
        constructed(SEQUENCE, &[&algorithm, &octets(&self.issuer.der()), &octets(&self.issuer_key), &tlv(0x02, &self.serial)])
    }
}

/// What an OCSP response says.
#[derive(Clone)]
pub struct OcspResponse {
    /// Who answers; `None`: named by the key that signs.
    pub responder: Option<Name>,
    /// Made at.
    pub produced_at: i64,
    /// About which certificate, what, since when it is known to be right, until when.
    pub responses: Vec<(CertId, Status, i64, Option<i64>)>,
    /// Of the request.
    pub nonce: Option<Vec<u8>>,
    /// The responder's certificate, where it is not the issuer itself.
    pub certificates: Vec<Vec<u8>>,
}

impl OcspResponse {
    /// The response, status "successful".
    pub fn sign(&self, signer: &Key) -> Vec<u8> {
        let responder = match &self.responder {
            Some(name) => tlv(0xa1, &name.der()),
            None => tlv(0xa2, &tlv(0x04, &signer.id_20())),
        };
        let single = |(id, status, this, next): &(CertId, Status, i64, Option<i64>)| {
            let status = match status {
                Status::Good => tlv(0x80, &[]),
                Status::Revoked(when) => tlv(0xa1, &generalized(*when)),
                Status::Unknown => tlv(0x82, &[]),
            };
            let next = next.map(|next| tlv(0xa0, &generalized(next))).unwrap_or_default();
            constructed(SEQUENCE, &[&id.der(), &status, &generalized(*this), &next])
        };
        let singles: Vec<u8> = self.responses.iter().flat_map(single).collect();
        let nonce = self.nonce.as_ref().map(|nonce| Extension::new("1.3.6.1.5.5.7.48.1.2", false, tlv(0x04, nonce)).der());
        let extensions = nonce.map(|nonce| tlv(0xa1, &tlv(SEQUENCE, &nonce))).unwrap_or_default();
        let data = constructed(SEQUENCE, &[&responder, &generalized(self.produced_at), &tlv(SEQUENCE, &singles), &extensions]);
        let certificates = self.certificates.concat();
        let certificates = if certificates.is_empty() { certificates } else { tlv(0xa0, &tlv(SEQUENCE, &certificates)) };
        let signature = bit_string(&signer.sign(&data));
        let basic = constructed(SEQUENCE, &[&data, &signer.algorithm.signature_identifier(), &signature, &certificates]);
        let bytes = constructed(SEQUENCE, &[&oid("1.3.6.1.5.5.7.48.1.1"), &tlv(0x04, &basic)]);
        constructed(SEQUENCE, &[&[0x0a, 1, 0], &tlv(0xa0, &bytes)])
    }
}

fn generalized(seconds: i64) -> Vec<u8> {
    let time = DateTime::from_unix_duration(Duration::from_secs(seconds.max(0) as u64)).expect("before the year 10000");
    encode(&GeneralizedTime::from_date_time(time))
}
