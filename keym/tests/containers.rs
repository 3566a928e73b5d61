//! PKCS#7 messages that the program `openssl` made.

mod common;

use common::*;
use v2gcrypt_keym::crl::CertificateList;
use v2gcrypt_keym::pkcs7::CertificatesOnly;
use v2gcrypt_keym::x509::*;

fn walk(der: &[u8]) -> bool {
    let Ok(message) = CertificatesOnly::parse(der) else { return false };
    assert!(message.certificates().count() + message.crls().count() <= der.len());
    true
}

/// enrol.p7b with the content of its SignedData changed.
fn altered(from: &[u8], to: &[u8]) -> Result<(), ParseError> {
    let der = data("enrol.p7b");
    // SEQUENCE, OID, [0], SEQUENCE
    let content = &der[4 + 11 + 4 + 4..];
    let inner = tlv(0xA0, &tlv(0x30, &replace(content, from, to)));
    CertificatesOnly::parse(&tlv(0x30, &[tlv(6, oid::PKCS7_SIGNED_DATA), inner].concat())).map(drop)
}

#[test]
fn an_enrolment_holds_the_leaf() {
    let message = data("enrol.p7b");
    let message = CertificatesOnly::parse(&message).unwrap();
    assert_eq!(message.certificates().collect::<Vec<_>>(), [data("secc.der")]);
    assert_eq!(message.crls().count(), 0);
}

#[test]
fn ca_certificates_come_in_the_order_of_the_message() {
    let message = data("cacerts.p7b");
    let message = CertificatesOnly::parse(&message).unwrap();
    let expected = [data("sub2.der"), data("sub1.der"), data("root.der")];
    assert_eq!(message.certificates().collect::<Vec<_>>(), expected);
    assert!(message.certificates().all(|der| Certificate::parse(der).is_ok()));
}

#[test]
fn crls_stand_beside_certificates() {
    let message = data("with_crl.p7b");
    let message = CertificatesOnly::parse(&message).unwrap();
    assert_eq!(message.crls().collect::<Vec<_>>(), [data("empty.crl")]);
    assert_eq!(message.certificates().count(), 1);
    assert!(message.crls().all(|der| CertificateList::parse(der).is_ok()));
}

#[test]
fn a_message_that_is_signed_or_has_content_is_refused() {
    assert_eq!(CertificatesOnly::parse(&data("signed.p7b")), Err(ParseError::SignedData));
    let content_type = tlv(6, oid::PKCS7_DATA);
    assert_eq!(
        altered(&tlv(0x30, &content_type), &tlv(0x30, &[&content_type[..], &[0xA0, 2, 4, 0]].concat())),
        Err(ParseError::SignedData)
    );
}

#[test]
fn malformed_messages_are_refused() {
    let start = [2, 1, 1, 0x31, 0, 0x30];
    assert_eq!(altered(&start, &start), Ok(()));
    for bad in [&[2, 1, 3, 0x31, 0, 0x30][..], &[0x31, 0, 0x30], &[2, 1, 1, 0x30, 0, 0x30], &[2, 1, 1, 0x30]] {
        assert_eq!(altered(&start, bad), Err(ParseError::SignedData), "{bad:02x?}");
    }
    assert_eq!(altered(&tlv(6, oid::PKCS7_DATA), &tlv(6, oid::PKCS7_SIGNED_DATA)), Err(ParseError::SignedData));
    let mut der = data("enrol.p7b");
    let signers = der.len() - 2;
    assert_eq!(der[signers..], [0x31, 0]);
    der[signers] = 0x30;
    assert_eq!(CertificatesOnly::parse(&der), Err(ParseError::SignedData));
    // An attribute certificate, in a choice of its own.
    let mut der = data("enrol.p7b");
    let certificate = data("secc.der").len();
    der[signers - certificate] = 0xA1;
    assert_eq!(CertificatesOnly::parse(&der), Err(ParseError::SignedData));
}

#[test]
fn no_flipped_bit_or_truncation_of_a_message_panics() {
    for name in files(".p7b").iter().filter(|name| *name != "signed.p7b") {
        survives(&data(name), walk);
    }
}
