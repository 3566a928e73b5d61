//! PKCS#10 requests as the program `openssl` writes and reads them.

mod common;

use common::*;
use v2gcrypt_keym::csr::{self, *};
use v2gcrypt_keym::x509::{Extensions as CertificateExtensions, *};

const SUBJECT: [SubjectAttribute<'static>; 4] = [
    SubjectAttribute::country("DE"),
    SubjectAttribute::organization("Test GmbH"),
    SubjectAttribute::common_name("DE*ABC*E123456"),
    SubjectAttribute::domain_component("CPO"),
];
const USAGE: KeyUsageRequest = KeyUsageRequest { critical: true, bits: KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT };

fn walk(der: &[u8]) -> bool {
    let Ok(request) = CertificationRequest::parse(der) else { return false };
    let names = request.extensions.subject_alt_names.map_or(0, |names| names.iter().count());
    assert!(request.subject.attributes().count() + names + request.extensions.iter().count() <= der.len());
    true
}

fn info(subject: &[SubjectAttribute<'_>], extensions: &csr::Extensions<'_>) -> Option<Vec<u8>> {
    let mut out = [0; 600];
    let length = write_request_info(subject, KeyAlgorithm::Ed25519, &[7; 32], extensions, &mut out)?;
    Some(out[..length].to_vec())
}

fn with_info(info: &[u8]) -> Vec<u8> {
    let mut out = [0; 700];
    let length = assemble(info, SignatureAlgorithm::Ed25519, &[9; 64], &mut out).unwrap();
    out[..length].to_vec()
}

#[test]
fn a_request_is_what_openssl_writes() {
    let expected = data("role.csr");
    let request = CertificationRequest::parse(&expected).unwrap();
    let extensions = csr::Extensions {
        key_usage: Some(USAGE),
        extended_key_usage: &[oid::SERVER_AUTH, oid::CLIENT_AUTH],
        alt_names: &[
            AltName::Dns("secc.example"),
            AltName::Uri("urn:nfc:sn:1"),
            AltName::Other { oid: &[0x2A, 3, 5], value: b"\x0C\x05other" },
        ],
    };
    let point = request.public_key.bytes;
    for key in [point, &point[1..]] {
        let mut info = [0; 600];
        let length = write_request_info(&SUBJECT, KeyAlgorithm::P521, key, &extensions, &mut info).unwrap();
        assert_eq!(info[..length], *request.info);
        for size in 0..length {
            assert_eq!(write_request_info(&SUBJECT, KeyAlgorithm::P521, key, &extensions, &mut info[..size]), None, "{size}");
        }
    }
    let mut raw = [0; ECDSA_RAW_MAX];
    let length = ecdsa_raw(request.signature, 66, &mut raw).unwrap();
    assert_eq!((length, signature_algorithm_for(KeyAlgorithm::P521)), (132, Some(SignatureAlgorithm::EcdsaSha512)));
    let mut out = [0; 800];
    assert_eq!(assemble(request.info, SignatureAlgorithm::EcdsaSha512, &raw, &mut out), Some(expected.len()));
    assert_eq!(out[..expected.len()], expected);
    for size in 0..expected.len() {
        assert_eq!(assemble(request.info, SignatureAlgorithm::EcdsaSha512, &raw, &mut out[..size]), None, "{size}");
    }
}

#[test]
fn a_request_without_extensions_is_what_openssl_writes() {
    let expected = data("plain.csr");
    let request = CertificationRequest::parse(&expected).unwrap();
    assert_eq!((request.extensions, request.challenge_password), (CertificateExtensions::default(), None));
    let mut out = [0; 300];
    let subject = [SubjectAttribute::common_name("plain")];
    let key = request.public_key.bytes;
    let length = write_request_info(&subject, KeyAlgorithm::Ed448, key, &csr::Extensions::default(), &mut out).unwrap();
    assert_eq!(out[..length], *request.info);
    let length = assemble(request.info, SignatureAlgorithm::Ed448, request.signature, &mut out).unwrap();
    assert_eq!(out[..length], expected);
}

#[test]
fn a_request_is_read_in_every_field() {
    let der = data("secc.csr");
    let request = CertificationRequest::parse(&der).unwrap();
    let subject: Vec<_> = request.subject.attributes().map(|attribute| (attribute.oid, attribute.value)).collect();
    let expected: Vec<_> = SUBJECT.iter().map(|attribute| (attribute.oid, attribute.value.as_bytes())).collect();
    assert_eq!(subject, expected);
    assert_eq!(request.extensions.key_usage, Some(KeyUsage { critical: true, bits: USAGE.bits }));
    let names: Vec<_> = request.extensions.subject_alt_names.unwrap().iter().collect();
    assert_eq!(names, [GeneralName::Dns(b"secc.example"), GeneralName::Uri(b"urn:nfc:sn:1")]);
    assert_eq!(request.challenge_password, Some(&b"secret"[..]));
    assert_eq!(request.signature_algorithm, SignatureAlgorithm::EcdsaSha256);
    assert_eq!(ecdsa_raw(request.signature, 32, &mut [0; ECDSA_RAW_MAX]), Some(64));
    assert_eq!(request.der, der);
}

#[test]
fn the_answer_is_the_certificate_for_the_requests_key() {
    let der = data("secc.csr");
    let request = CertificationRequest::parse(&der).unwrap();
    for (name, expected) in [("secc.der", true), ("contract.der", false), ("secc20.der", false)] {
        let certificate = data(name);
        assert_eq!(request.is_answered_by(&Certificate::parse(&certificate).unwrap()), expected, "{name}");
    }
}

#[test]
fn key_usage_is_written_bit_by_bit() {
    for bits in 1..=0x01FF {
        let extensions =
            csr::Extensions { key_usage: Some(KeyUsageRequest { critical: bits % 2 == 0, bits }), ..csr::Extensions::default() };
        let der = with_info(&info(&[], &extensions).unwrap());
        let read = CertificationRequest::parse(&der).unwrap().extensions.key_usage;
        assert_eq!(read, Some(KeyUsage { critical: bits % 2 == 0, bits }));
    }
    let none = csr::Extensions { key_usage: Some(KeyUsageRequest { critical: true, bits: 0 }), ..csr::Extensions::default() };
    assert_eq!(info(&[], &none), None);
}

#[test]
fn values_that_are_not_of_their_type_are_not_written() {
    let subject = |string, value| info(&[SubjectAttribute { oid: oid::COMMON_NAME, string, value }], &csr::Extensions::default());
    assert!(subject(StringType::Utf8, "Grün").is_some());
    assert!(subject(StringType::Ia5, "a@*_").is_some());
    assert!(subject(StringType::Printable, "Az09 '()+,-./:=?").is_some());
    for (string, value) in [
        (StringType::Utf8, ""),
        (StringType::Ia5, "Grün"),
        (StringType::Printable, "*"),
        (StringType::Printable, "@"),
        (StringType::Printable, "_"),
        (StringType::Printable, "ü"),
    ] {
        assert_eq!(subject(string, value), None, "{value}");
    }
    let bad_oid = SubjectAttribute { oid: &[0x80], ..SUBJECT[0] };
    assert_eq!(info(&[bad_oid], &csr::Extensions::default()), None);
    let names = |name| info(&[], &csr::Extensions { alt_names: &[name], ..csr::Extensions::default() });
    assert!(names(AltName::Dns("a")).is_some() && names(AltName::Other { oid: &[1], value: &[5, 0] }).is_some());
    for name in [
        AltName::Dns("ü"),
        AltName::Uri(""),
        AltName::Other { oid: &[], value: &[5, 0] },
        AltName::Other { oid: &[1], value: &[] },
        AltName::Other { oid: &[1], value: &[5, 0, 5, 0] },
        AltName::Other { oid: &[1], value: &[5, 1] },
    ] {
        assert_eq!(names(name), None, "{name:?}");
    }
    assert_eq!(info(&[], &csr::Extensions { extended_key_usage: &[&[0x80]], ..csr::Extensions::default() }), None);
}

#[test]
fn each_key_that_signs_has_its_algorithm() {
    for (key, algorithm) in [
        (KeyAlgorithm::P256, Some(SignatureAlgorithm::EcdsaSha256)),
        (KeyAlgorithm::P384, Some(SignatureAlgorithm::EcdsaSha384)),
        (KeyAlgorithm::P521, Some(SignatureAlgorithm::EcdsaSha512)),
        (KeyAlgorithm::Ed25519, Some(SignatureAlgorithm::Ed25519)),
        (KeyAlgorithm::Ed448, Some(SignatureAlgorithm::Ed448)),
        (KeyAlgorithm::X25519, None),
        (KeyAlgorithm::X448, None),
        (KeyAlgorithm::Rsa, None),
        (KeyAlgorithm::Other, None),
    ] {
        assert_eq!(signature_algorithm_for(key), algorithm, "{key:?}");
    }
}

#[test]
fn every_algorithm_is_written_as_it_is_read() {
    let info = info(&SUBJECT, &csr::Extensions::default()).unwrap();
    for (algorithm, length) in [
        (SignatureAlgorithm::EcdsaSha1, 64),
        (SignatureAlgorithm::EcdsaSha256, 64),
        (SignatureAlgorithm::EcdsaSha384, 96),
        (SignatureAlgorithm::EcdsaSha512, 132),
        (SignatureAlgorithm::Ed25519, 64),
        (SignatureAlgorithm::Ed448, 114),
    ] {
        let mut out = [0; 500];
        let length = assemble(&info, algorithm, &vec![1; length], &mut out).unwrap();
        assert_eq!(CertificationRequest::parse(&out[..length]).unwrap().signature_algorithm, algorithm);
    }
    for (algorithm, length) in [
        (KeyAlgorithm::P256, 65),
        (KeyAlgorithm::P384, 97),
        (KeyAlgorithm::P521, 133),
        (KeyAlgorithm::Ed25519, 32),
        (KeyAlgorithm::Ed448, 57),
        (KeyAlgorithm::X25519, 32),
        (KeyAlgorithm::X448, 56),
    ] {
        let (mut out, key) = ([0; 500], vec![4; length]);
        let length = write_request_info(&SUBJECT, algorithm, &key, &csr::Extensions::default(), &mut out).unwrap();
        let request = with_info(&out[..length]);
        let public_key = CertificationRequest::parse(&request).unwrap().public_key;
        assert_eq!((public_key.algorithm, public_key.bytes), (algorithm, &key[..]));
    }
}

#[test]
fn keys_and_signatures_that_are_not_of_their_algorithm_are_not_written() {
    let write = |algorithm, key: &[u8]| write_request_info(&SUBJECT, algorithm, key, &csr::Extensions::default(), &mut [0; 600]);
    for (algorithm, length, point) in [
        (KeyAlgorithm::P256, 65, true),
        (KeyAlgorithm::P384, 97, true),
        (KeyAlgorithm::P521, 133, true),
        (KeyAlgorithm::Ed25519, 32, false),
        (KeyAlgorithm::Ed448, 57, false),
    ] {
        assert!(write(algorithm, &vec![4; length]).is_some(), "{algorithm:?}");
        assert_eq!(write(algorithm, &vec![5; length]).is_some(), !point, "{algorithm:?}");
        assert_eq!(write(algorithm, &vec![5; length - 1]).is_some(), point, "{algorithm:?}");
        assert_eq!((write(algorithm, &vec![4; length + 1]), write(algorithm, &[])), (None, None), "{algorithm:?}");
    }
    assert_eq!((write(KeyAlgorithm::Rsa, &[4; 65]), write(KeyAlgorithm::Other, &[4; 65])), (None, None));

    let plain = info(&SUBJECT, &csr::Extensions::default()).unwrap();
    let assemble = |info: &[u8], algorithm, signature: &[u8]| assemble(info, algorithm, signature, &mut [0; 900]);
    assert!(assemble(&plain, SignatureAlgorithm::EcdsaSha256, &[1; 64]).is_some());
    for (algorithm, length) in [
        (SignatureAlgorithm::EcdsaSha256, 63),
        (SignatureAlgorithm::EcdsaSha256, 0),
        (SignatureAlgorithm::EcdsaSha512, 134),
        (SignatureAlgorithm::Ed25519, 63),
        (SignatureAlgorithm::Ed448, 64),
        (SignatureAlgorithm::Other, 64),
    ] {
        assert_eq!(assemble(&plain, algorithm, &vec![1; length]), None, "{algorithm:?} {length}");
    }
    assert_eq!(assemble(&plain[1..], SignatureAlgorithm::EcdsaSha256, &[1; 64]), None);
}

#[test]
fn malformed_requests_are_refused() {
    let good = info(&SUBJECT, &csr::Extensions { key_usage: Some(USAGE), ..csr::Extensions::default() }).unwrap();
    assert!(CertificationRequest::parse(&with_info(&good)).is_ok());
    let content = &good[3..];
    assert_eq!(good[1], 0x81);
    let parse = |content: &[u8]| CertificationRequest::parse(&with_info(&tlv(0x30, content))).map(drop);
    assert_eq!(parse(content), Ok(()));
    assert_eq!(parse(&replace(content, &[2, 1, 0, 0x30], &[2, 1, 1, 0x30])), Err(ParseError::Version));
    assert_eq!(parse(&[content, &[5, 0]].concat()), Err(ParseError::CertificationRequest));

    let plain = info(&[], &csr::Extensions::default()).unwrap();
    assert!(plain.ends_with(&[0xA0, 0]));
    let attributes = |list: &[u8]| parse(&[&plain[2..plain.len() - 2], &tlv(0xA0, list)].concat());
    let attribute = |oid: &[u8], value: &[u8]| tlv(0x30, &[tlv(6, oid), tlv(0x31, value)].concat());
    let password = attribute(oid::CHALLENGE_PASSWORD, &tlv(0x0C, b"a"));
    assert_eq!(attributes(&password), Ok(()));
    assert_eq!(attributes(&attribute(&[0x2A, 3], &[5, 0, 5, 0])), Ok(()));
    for bad in [
        [&password[..], &password].concat(),
        attribute(oid::CHALLENGE_PASSWORD, &[]),
        attribute(oid::CHALLENGE_PASSWORD, &[5, 0]),
        attribute(oid::CHALLENGE_PASSWORD, &tlv(0x0C, b"a").repeat(2)),
        attribute(&[0x80], &[5, 0]),
        tlv(0x30, &[]),
    ] {
        assert_eq!(attributes(&bad), Err(ParseError::CertificationRequest), "{bad:02x?}");
    }
    assert_eq!(attributes(&attribute(oid::EXTENSION_REQUEST, &[0x30, 0])), Err(ParseError::Extensions));
}

#[test]
fn no_flipped_bit_or_truncation_of_a_request_panics() {
    for name in files(".csr") {
        survives(&data(&name), walk);
    }
}
