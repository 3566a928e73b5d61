//! CRLs that the program `openssl` made, read in every field; and what is refused.

mod common;

use common::*;
use v2gcrypt_keym::crl::*;
use v2gcrypt_keym::x509::*;

const FROM: i64 = 1_709_251_200; // 2024-03-01

fn with<R>(name: &str, look: impl FnOnce(CertificateList<'_>) -> R) -> R {
    let der = data(name);
    look(CertificateList::parse(&der).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn covers(list: &CertificateList<'_>, certificate: &str) -> Result<(), Uncovered> {
    let der = data(certificate);
    list.covers(&Certificate::parse(&der).unwrap())
}

/// A version 2 list of these entries with these extensions, each one DER.
fn list(entries: &[Vec<u8>], extensions: &[Vec<u8>]) -> Vec<u8> {
    list_of(&[2, 1, 1], entries, extensions)
}

fn list_of(version: &[u8], entries: &[Vec<u8>], extensions: &[Vec<u8>]) -> Vec<u8> {
    let algorithm = tlv(0x30, &tlv(6, oid::ECDSA_WITH_SHA256));
    let wrapped = |tag, list: &[Vec<u8>]| if list.is_empty() { vec![] } else { tlv(tag, &list.concat()) };
    let extensions = if extensions.is_empty() { vec![] } else { tlv(0xA0, &wrapped(0x30, extensions)) };
    let time = tlv(0x17, b"240301000000Z");
    let tbs = tlv(0x30, &[version, &algorithm, &[0x30, 0], &time, &wrapped(0x30, entries), &extensions].concat());
    tlv(0x30, &[&tbs[..], &algorithm, &[3, 2, 0, 1]].concat())
}

fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let flag: &[u8] = if critical { &[1, 1, 0xFF] } else { &[] };
    tlv(0x30, &[&tlv(6, oid), flag, &tlv(4, value)].concat())
}

fn entry(extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { vec![] } else { tlv(0x30, &extensions.concat()) };
    tlv(0x30, &[&[2, 1, 9][..], &tlv(0x17, b"240301000000Z"), &extensions].concat())
}

fn walk(der: &[u8]) -> bool {
    let Ok(list) = CertificateList::parse(der) else { return false };
    assert!(list.entries().count() <= der.len());
    assert!(list.entries().all(|entry| list.find(entry.serial).is_some()));
    list.covers(&Certificate::parse(&data("everything.der")).unwrap()).ok();
    true
}

#[test]
fn an_empty_list_is_read_in_every_field() {
    let der = data("empty.crl");
    let list = CertificateList::parse(&der).unwrap();
    assert_eq!((list.der, list.version), (&der[..], 2));
    assert!(der[3..].starts_with(list.tbs) || der[4..].starts_with(list.tbs));
    assert_eq!(list.signature_algorithm, SignatureAlgorithm::EcdsaSha256);
    assert_eq!(list.this_update, Time { seconds: FROM, generalized: false });
    assert_eq!(list.next_update, Some(Time { seconds: FROM + 31 * 86_400, generalized: false }));
    assert_eq!(list.number, Some(&[0x10, 0x00][..]));
    let issuer = data("sub2.der");
    let issuer = Certificate::parse(&issuer).unwrap();
    assert!(list.issuer.matches(&issuer.subject));
    assert_eq!(list.authority_key_id.unwrap().key_id, Some(issuer.extensions.subject_key_id.unwrap().bytes));
    assert_eq!(ecdsa_raw(list.signature, 32, &mut [0; ECDSA_RAW_MAX]), Some(64));
    assert_eq!((list.entries().count(), list.find(&[4])), (0, None));
    assert_eq!(covers(&list, "secc.der"), Ok(()));
}

#[test]
fn entries_are_found_by_serial_number_with_date_and_reason() {
    with("revoked.crl", |list| {
        assert_eq!(list.entries().count(), 4);
        let told = |serial: &[u8]| list.find(serial).map(|entry| (entry.revoked_at.seconds, entry.reason, entry.invalid_since));
        assert_eq!(told(&[3]), Some((1_707_998_400, None, None)));
        assert_eq!(told(&[4]), Some((1_708_084_800, Some(RevocationReason::KeyCompromise), None)));
        let since = Time { seconds: 1_707_523_200, generalized: true };
        assert_eq!(told(&[0x0A, 0x0B]), Some((1_708_171_200, Some(RevocationReason::KeyCompromise), Some(since))));
        let root = data("root.der");
        let root = Certificate::parse(&root).unwrap();
        assert_eq!(told(root.serial), Some((1_708_257_600, Some(RevocationReason::CertificateHold), None)));
        // The same number in another form is another one.
        for serial in [&[5][..], &[0, 4], &[0x0A], &[], &root.serial[1..]] {
            assert_eq!(told(serial), None, "{serial:02x?}");
        }
    });
}

#[test]
fn a_version_1_list_has_no_extensions() {
    with("v1.crl", |list| {
        assert_eq!((list.version, list.number, list.authority_key_id), (1, None, None));
        assert_eq!(covers(&list, "secc.der"), Ok(()));
    });
    let number = [extension(oid::CRL_NUMBER, false, &[2, 1, 1])];
    assert_eq!(CertificateList::parse(&list_of(&[], &[], &number)), Err(ParseError::Version));
    let entry = [entry(&[extension(oid::CRL_REASON, false, &[0x0A, 1, 1])])];
    assert_eq!(CertificateList::parse(&list_of(&[], &entry, &[])), Err(ParseError::RevokedCertificate));
    for version in [&[2, 1, 0][..], &[2, 1, 2], &[2, 2, 0, 1]] {
        assert_eq!(CertificateList::parse(&list_of(version, &[], &[])), Err(ParseError::Version), "{version:02x?}");
    }
}

#[test]
fn lists_that_tell_only_a_part_do_not_cover() {
    with("delta.crl", |list| assert_eq!(covers(&list, "secc.der"), Err(Uncovered::Delta)));
    with("indirect.crl", |list| assert_eq!(covers(&list, "secc.der"), Err(Uncovered::Indirect)));
    with("partial.crl", |list| assert_eq!(covers(&list, "everything.der"), Err(Uncovered::SomeReasons)));
}

#[test]
fn a_list_of_a_point_covers_the_certificates_that_name_the_point() {
    with("point.crl", |list| {
        let point = list.issuing_distribution_point.unwrap();
        assert!(point.only_user_certificates && !point.only_ca_certificates);
        assert_eq!(point.full_name.unwrap().collect::<Vec<_>>(), [GeneralName::Uri(b"http://crl.example/1")]);
        assert_eq!(covers(&list, "secc20.der"), Err(Uncovered::OtherPoint), "it names another one");
        assert_eq!(covers(&list, "secc.der"), Err(Uncovered::OtherPoint), "it names none");
        assert_eq!(covers(&list, "sub1.der"), Err(Uncovered::OtherKind));
    });
    let of = |parts: &[u8]| list(&[], &[extension(oid::ISSUING_DISTRIBUTION_POINT, true, &tlv(0x30, parts))]);
    let uri = |uri: &[u8]| tlv(0xA0, &tlv(0xA0, &tlv(0x86, uri)));
    let secc = data("secc.der");
    let directory = tlv(0xA0, &tlv(0xA0, &tlv(0xA4, Certificate::parse(&secc).unwrap().issuer.der)));
    for (parts, certificate, expected) in [
        (uri(b"http://crl.example/20"), "secc20.der", Ok(())),
        (uri(b"http://crl.example/3"), "everything.der", Ok(())),
        (uri(b"http://crl.example/4"), "everything.der", Err(Uncovered::OtherPoint)),
        (directory.clone(), "secc.der", Ok(())),
        (directory, "secc20.der", Err(Uncovered::OtherPoint)),
        (tlv(0xA0, &tlv(0xA1, &[])), "secc.der", Err(Uncovered::OtherPoint)),
        (vec![], "secc.der", Ok(())),
        (vec![0x81, 1, 0xFF], "secc.der", Ok(())),
        (vec![0x81, 1, 0xFF], "sub1.der", Err(Uncovered::OtherKind)),
        (vec![0x82, 1, 0xFF], "secc.der", Err(Uncovered::OtherKind)),
        (vec![0x82, 1, 0xFF], "sub1.der", Ok(())),
        (vec![0x85, 1, 0xFF], "secc.der", Err(Uncovered::OtherKind)),
        (vec![0x83, 2, 6, 0x40], "secc.der", Err(Uncovered::SomeReasons)),
        (vec![0x84, 1, 0xFF], "secc.der", Err(Uncovered::Indirect)),
    ] {
        let der = of(&parts);
        assert_eq!(covers(&CertificateList::parse(&der).unwrap(), certificate), expected, "{parts:02x?} {certificate}");
    }
    for bad in [vec![0x81, 1, 0], vec![0x83, 2, 6, 0x60], vec![0x82, 1, 0xFF, 0x81, 1, 0xFF], vec![0x86, 0], tlv(0xA0, &[])] {
        assert_eq!(CertificateList::parse(&of(&bad)), Err(ParseError::CrlExtensions), "{bad:02x?}");
    }
}

#[test]
fn an_unknown_critical_extension_anywhere_makes_the_list_useless() {
    let unknown = |critical| extension(&[0x2A, 3], critical, &[5, 0]);
    for (critical, expected) in [(true, Err(Uncovered::UnrecognizedCritical)), (false, Ok(()))] {
        let of_list = list(&[], &[unknown(critical)]);
        assert_eq!(covers(&CertificateList::parse(&of_list).unwrap(), "secc.der"), expected);
        let of_entry = list(&[entry(&[]), entry(&[unknown(critical)]), entry(&[])], &[]);
        assert_eq!(covers(&CertificateList::parse(&of_entry).unwrap(), "secc.der"), expected);
    }
}

#[test]
fn malformed_lists_are_refused() {
    for (entries, extensions, error) in [
        (vec![], vec![extension(oid::CRL_NUMBER, false, &[2, 1, 0x80])], ParseError::CrlExtensions),
        (vec![], vec![extension(oid::CRL_NUMBER, false, &[2, 1, 1, 0])], ParseError::CrlExtensions),
        (vec![], vec![extension(oid::CRL_NUMBER, false, &[2, 1, 1]); 2], ParseError::CrlExtensions),
        (vec![], vec![extension(oid::AUTHORITY_KEY_IDENTIFIER, false, &[4, 0])], ParseError::CrlExtensions),
        (vec![entry(&[extension(oid::CRL_REASON, false, &[0x0A, 1, 7])])], vec![], ParseError::RevokedCertificate),
        (vec![entry(&[extension(oid::CRL_REASON, false, &[0x0A, 1, 11])])], vec![], ParseError::RevokedCertificate),
        (
            vec![entry(&[extension(oid::INVALIDITY_DATE, false, b"\x17\x0D240301000000Z")])],
            vec![],
            ParseError::RevokedCertificate,
        ),
        (vec![tlv(0x30, &[2, 1, 9])], vec![], ParseError::RevokedCertificate),
        (vec![entry(&[]), vec![5, 0]], vec![], ParseError::RevokedCertificate),
    ] {
        assert_eq!(CertificateList::parse(&list(&entries, &extensions)), Err(error));
    }
    let der = data("empty.crl");
    assert_eq!(CertificateList::parse(&[&der[..], &[0]].concat()), Err(ParseError::CertificateList));
    let mut other_algorithm = der.clone();
    let place = der.windows(oid::ECDSA_WITH_SHA256.len()).rposition(|window| window == oid::ECDSA_WITH_SHA256).unwrap();
    other_algorithm[place + oid::ECDSA_WITH_SHA256.len() - 1] = 3;
    assert_eq!(CertificateList::parse(&other_algorithm), Err(ParseError::Algorithm));
}

#[test]
fn no_flipped_bit_or_truncation_of_a_list_panics() {
    for name in files(".crl") {
        survives(&data(&name), walk);
    }
}

#[test]
fn a_long_list_is_read_in_one_pass() {
    let many = tlv(0x30, &[&[2, 3, 1, 0, 0][..], &tlv(0x17, b"240301000000Z")].concat()).repeat(200_000);
    let header = |tag: u8, length: usize| [&[tag, 0x83][..], &(length as u32).to_be_bytes()[1..]].concat();
    let algorithm = tlv(0x30, &tlv(6, oid::ECDSA_WITH_SHA256));
    let fields =
        [&[2, 1, 1][..], &algorithm, &[0x30, 0], &tlv(0x17, b"240301000000Z"), &header(0x30, many.len()), &many].concat();
    let outer = [&header(0x30, fields.len()), &fields[..], &algorithm, &[3, 2, 0, 1]].concat();
    let der = [header(0x30, outer.len()), outer].concat();
    let list = CertificateList::parse(&der).unwrap();
    assert_eq!(list.entries().count(), 200_000);
    assert_eq!(list.find(&[2, 0, 0]), None);
}
