//! OCSP requests as the program `openssl` writes them, and its responses, read in every field.

mod common;

use common::*;
use v2gcrypt_keym::crl::RevocationReason;
use v2gcrypt_keym::ocsp::*;
use v2gcrypt_keym::x509::*;

fn walk(der: &[u8]) -> bool {
    let Ok(response) = OcspResponse::parse(der) else { return false };
    if let Some(basic) = response.basic {
        assert!(basic.responses().all(|single| basic.find(&single.cert_id).is_some()));
        assert!(basic.certificates().count() + basic.responses().count() <= der.len());
    }
    true
}

/// `sha1.ocspresp`, which is about secc.der, with a part of what is signed replaced.
fn altered(from: &[u8], to: &[u8]) -> Result<(), ParseError> {
    let der = data("sha1.ocspresp");
    let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
    let header = if basic.tbs[1] == 0x81 { 3 } else { 4 };
    response(&replace(&basic.tbs[header..], from, to), oid::OCSP_BASIC)
}

fn response(tbs: &[u8], response_type: &[u8]) -> Result<(), ParseError> {
    let algorithm = tlv(0x30, &tlv(6, oid::ECDSA_WITH_SHA256));
    let basic = tlv(0x30, &[&tlv(0x30, tbs), &algorithm, &[3, 2, 0, 1][..]].concat());
    let bytes = tlv(0x30, &[tlv(6, response_type), tlv(4, &basic)].concat());
    OcspResponse::parse(&tlv(0x30, &[&[0x0A, 1, 0][..], &tlv(0xA0, &bytes)].concat()))
        .map(|response| assert!(response.basic.is_some()))
}

#[test]
fn a_request_is_what_openssl_writes() {
    for name in ["sha1", "sha256_nonce", "three"] {
        let expected = data(&format!("{name}.ocspreq"));
        let der = data(&format!("{name}.ocspresp"));
        let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
        let ids: Vec<_> = basic.responses().map(|single| single.cert_id).collect();
        let mut out = [0; 400];
        let length = write_request(&ids, basic.nonce, &mut out).unwrap();
        assert_eq!(&out[..length], expected, "{name}");
        assert_eq!(write_request(&ids, basic.nonce, &mut out[..expected.len()]), Some(expected.len()));
        for size in 0..expected.len() {
            assert_eq!(write_request(&ids, basic.nonce, &mut out[..size]), None, "{name} in {size}");
        }
    }
}

#[test]
fn a_request_that_makes_no_sense_is_not_written() {
    let hash = [7; 64];
    let id = |algorithm: Option<HashAlgorithm>, name: usize, key: usize, serial: &'static [u8]| CertId {
        hash_algorithm: algorithm,
        issuer_name_hash: &hash[..name],
        issuer_key_hash: &hash[..key],
        serial,
    };
    let write = |ids: &[CertId<'_>], nonce: Option<&[u8]>| write_request(ids, nonce, &mut [0; 600]);
    let good = id(Some(HashAlgorithm::Sha1), 20, 20, &[1]);
    assert!(write(&[good], None).is_some());
    assert!(
        write(&[id(Some(HashAlgorithm::Sha384), 48, 48, &[1]), id(Some(HashAlgorithm::Sha512), 64, 64, &[1])], None).is_some()
    );
    for bad in [
        id(None, 20, 20, &[1]),
        id(Some(HashAlgorithm::Sha1), 19, 20, &[1]),
        id(Some(HashAlgorithm::Sha256), 32, 20, &[1]),
        id(Some(HashAlgorithm::Sha1), 20, 20, &[]),
        id(Some(HashAlgorithm::Sha1), 20, 20, &[0, 1]),
    ] {
        assert_eq!(write(&[good, bad], None), None, "{bad:?}");
    }
    assert_eq!(write(&[], None), None);
    assert!(write(&[good], Some(&[7; MAX_NONCE])).is_some());
    assert_eq!(write(&[good], Some(&[7; MAX_NONCE + 1])), None);
    assert_eq!(write(&[good], Some(&[])), None);
}

#[test]
fn a_good_response_of_a_delegated_responder_is_read_in_every_field() {
    let der = data("sha1.ocspresp");
    let response = OcspResponse::parse(&der).unwrap();
    assert_eq!(response.status, ResponseStatus::Successful);
    let basic = response.basic.unwrap();
    let responder = data("ocsp.der");
    let responder = Certificate::parse(&responder).unwrap();
    assert!(matches!(basic.responder, ResponderId::Name(name) if name.matches(&responder.subject)));
    assert_eq!(basic.certificates().collect::<Vec<_>>(), [responder.der]);
    assert_eq!((basic.nonce, basic.unrecognized_critical), (None, false));
    assert_eq!(basic.signature_algorithm, SignatureAlgorithm::EcdsaSha256);
    assert_eq!(ecdsa_raw(basic.signature, 32, &mut [0; ECDSA_RAW_MAX]), Some(64));
    assert!(basic.tbs.starts_with(&[0x30]) && der.windows(basic.tbs.len()).any(|window| window == basic.tbs));
    let all: Vec<_> = basic.responses().collect();
    assert_eq!(all.len(), 1);
    let single = all[0];
    assert_eq!((single.status, single.cert_id.serial), (CertStatus::Good, &[4][..]));
    assert_eq!(single.cert_id.hash_algorithm, Some(HashAlgorithm::Sha1));
    assert_eq!(single.next_update.unwrap().seconds - single.this_update.seconds, 7 * 86_400);
    assert!(basic.produced_at.generalized && single.this_update.generalized);
    assert_eq!(basic.find(&single.cert_id), Some(single));
    assert_eq!(basic.find(&CertId { serial: &[5], ..single.cert_id }), None);
    assert_eq!(basic.find(&CertId { hash_algorithm: Some(HashAlgorithm::Sha256), ..single.cert_id }), None);
}

#[test]
fn a_responder_may_be_told_by_its_key_and_repeat_the_nonce() {
    let der = data("sha256_nonce.ocspresp");
    let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
    assert!(matches!(basic.responder, ResponderId::KeyHash(hash) if hash.len() == 20));
    assert_eq!(basic.nonce.map(<[u8]>::len), Some(16));
}

#[test]
fn good_revoked_and_unknown_are_told_apart() {
    let der = data("three.ocspresp");
    let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
    assert_eq!(basic.certificates().count(), 0);
    let told: Vec<_> = basic.responses().map(|single| (single.cert_id.serial, single.status, single.next_update)).collect();
    let at = Time { seconds: 1_708_171_200, generalized: true };
    let revoked = CertStatus::Revoked { at, reason: Some(RevocationReason::KeyCompromise) };
    assert_eq!(told, [(&[4][..], CertStatus::Good, None), (&[0x0A, 0x0B], revoked, None), (&[0x7F], CertStatus::Unknown, None)]);
}

#[test]
fn a_responder_that_does_not_answer_says_why() {
    let der = data("try_later.ocspresp");
    assert_eq!(OcspResponse::parse(&der), Ok(OcspResponse { status: ResponseStatus::TryLater, basic: None }));
    for status in [1, 2, 3, 5, 6] {
        assert!(OcspResponse::parse(&[0x30, 3, 0x0A, 1, status]).is_ok());
    }
    for status in [0, 4, 7, 0xFF] {
        assert_eq!(OcspResponse::parse(&[0x30, 3, 0x0A, 1, status]), Err(ParseError::OcspResponse));
    }
    let good = data("three.ocspresp");
    let refusal_with_an_answer = replace(&good[..16], &[0x0A, 1, 0], &[0x0A, 1, 3]);
    assert_eq!(OcspResponse::parse(&[&refusal_with_an_answer, &good[16..]].concat()), Err(ParseError::OcspResponse));
}

#[test]
fn malformed_responses_are_refused() {
    let der = data("sha1.ocspresp");
    let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
    let single = basic.responses().next().unwrap();
    let tbs = &basic.tbs[if basic.tbs[1] == 0x81 { 3 } else { 4 }..];
    assert_eq!(response(tbs, oid::OCSP_BASIC), Ok(()));
    assert_eq!(response(tbs, oid::OCSP), Err(ParseError::OcspResponse), "another type");
    assert_eq!(
        response(&[&[0xA0, 3, 2, 1, 0], tbs].concat(), oid::OCSP_BASIC),
        Err(ParseError::OcspResponse),
        "a default is not written"
    );
    let with = |extension: &[u8]| response(&[tbs, &tlv(0xA1, &tlv(0x30, extension))].concat(), oid::OCSP_BASIC);
    let extension = |oid: &[u8], value: &[u8]| tlv(0x30, &[tlv(6, oid), tlv(4, value)].concat());
    assert_eq!(with(&extension(oid::OCSP_NONCE, &tlv(4, &[7; MAX_NONCE]))), Ok(()));
    for nonce in [tlv(4, &[]), tlv(4, &[7; MAX_NONCE + 1]), vec![7, 7], tlv(2, &[7])] {
        assert_eq!(with(&extension(oid::OCSP_NONCE, &nonce)), Err(ParseError::OcspResponse));
    }
    assert_eq!(with(&[]), Err(ParseError::OcspResponse));
    let serial = [single.cert_id.issuer_key_hash, &[2, 1, 4]].concat();
    for (good, bad) in [([0x80, 0], [0x81, 0]), ([0x80, 0], [0x83, 0])] {
        assert_eq!(altered(&[&serial[..], &good].concat(), &[&serial[..], &bad].concat()), Err(ParseError::OcspResponse));
    }
    assert_eq!(altered(&[&serial[..], &[0x80, 0]].concat(), &[&serial[..], &[0x82, 0]].concat()), Ok(()));
}

#[test]
fn an_unknown_critical_extension_is_told() {
    let der = data("three.ocspresp");
    let tbs = OcspResponse::parse(&der).unwrap().basic.unwrap().tbs.to_vec();
    let told = |critical: &[u8]| {
        let extension = tlv(0x30, &[&tlv(6, &[0x2A, 3]), critical, &tlv(4, &[])].concat());
        let tbs = tlv(0x30, &[&tbs[4..], &tlv(0xA1, &tlv(0x30, &extension))].concat());
        let basic = tlv(0x30, &[&tbs[..], &tlv(0x30, &tlv(6, oid::ED25519)), &[3, 2, 0, 1]].concat());
        let bytes = tlv(0x30, &[tlv(6, oid::OCSP_BASIC), tlv(4, &basic)].concat());
        let der = tlv(0x30, &[&[0x0A, 1, 0][..], &tlv(0xA0, &bytes)].concat());
        OcspResponse::parse(&der).unwrap().basic.unwrap().unrecognized_critical
    };
    assert_eq!((told(&[1, 1, 0xFF]), told(&[])), (true, false));
}

#[test]
fn no_flipped_bit_or_truncation_of_a_response_panics() {
    for name in files(".ocspresp") {
        survives(&data(&name), walk);
    }
}
