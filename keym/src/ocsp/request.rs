//! OCSPRequest, RFC 6960 4.1.1, unsigned.

use super::CertId;
use crate::x509::oid;
use crate::x509::reader::{context_constructed, is_integer, INTEGER, NULL, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use crate::x509::writer::Writer;

/// The longest nonce, RFC 9654. Old responders take 32 octets, RFC 8954.
pub const MAX_NONCE: usize = 128;

/// Writes a request for the status of all of these, in their order, to the beginning of `out`; its length. `None`: `out` is
/// too short, there is no certificate, or what is given makes no request: a hash whose length is not its algorithm's, a nonce
/// without or with too many octets.
pub fn write_request(certificates: &[CertId<'_>], nonce: Option<&[u8]>, out: &mut [u8]) -> Option<usize> {
    if certificates.is_empty() {
        return None;
    }
    let mut writer = Writer::new(out);
    if let Some(nonce) = nonce {
        if !(1..=MAX_NONCE).contains(&nonce.len()) {
            return None;
        }
        writer.element(OCTET_STRING, nonce)?;
        writer.wrap(OCTET_STRING, 0)?;
        writer.element(OBJECT_IDENTIFIER, oid::OCSP_NONCE)?;
        writer.wrap(SEQUENCE, 0)?;
        writer.wrap(SEQUENCE, 0)?;
        writer.wrap(context_constructed(2), 0)?;
    }
    let list = writer.len();
    for certificate in certificates.iter().rev() {
        let request = writer.len();
        write_cert_id(&mut writer, certificate)?;
        writer.wrap(SEQUENCE, request)?;
    }
    writer.wrap(SEQUENCE, list)?;
    writer.wrap(SEQUENCE, 0)?;
    writer.wrap(SEQUENCE, 0)?;
    writer.finish()
}

fn write_cert_id(writer: &mut Writer<'_>, id: &CertId<'_>) -> Option<()> {
    let algorithm = id.hash_algorithm?;
    let hashes = [id.issuer_key_hash, id.issuer_name_hash];
    if hashes.iter().any(|hash| hash.len() != algorithm.digest_len()) || !is_integer(id.serial) {
        return None;
    }
    let start = writer.len();
    writer.element(INTEGER, id.serial)?;
    for hash in hashes {
        writer.element(OCTET_STRING, hash)?;
    }
    let identifier = writer.len();
    // With NULL, as responders have had it from the beginning.
    writer.element(NULL, &[])?;
    writer.element(OBJECT_IDENTIFIER, algorithm.oid())?;
    writer.wrap(SEQUENCE, identifier)?;
    writer.wrap(SEQUENCE, start)
}
