//! Certificates that the program `openssl` made, read in every field; and what is refused.

mod common;

use common::*;
use v2gcrypt_keym::x509::*;

fn with<R>(name: &str, look: impl FnOnce(Certificate<'_>) -> R) -> R {
    let der = data(name);
    look(Certificate::parse(&der).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn refused(der: &[u8]) -> ParseError {
    Certificate::parse(der).expect_err("it is malformed")
}

/// secc.der with its TBSCertificate changed, and lengths that fit.
fn altered(from: &[u8], to: &[u8]) -> Vec<u8> {
    rebuilt("secc.der", from, to)
}

fn rebuilt(name: &str, from: &[u8], to: &[u8]) -> Vec<u8> {
    let der = data(name);
    let certificate = Certificate::parse(&der).unwrap();
    let after = &der[4 + certificate.tbs.len()..];
    let content = replace(&certificate.tbs[4..], from, to);
    tlv(0x30, &[tlv(0x30, &content), after.to_vec()].concat())
}

/// v1.der as version 3 with these extensions.
fn with_extensions(extensions: &[Vec<u8>]) -> Vec<u8> {
    with_version(&[0xA0, 3, 2, 1, 2], Some(extensions))
}

fn with_version(version: &[u8], extensions: Option<&[Vec<u8>]>) -> Vec<u8> {
    with_fields(version, &extensions.map(|list| tlv(0xA3, &tlv(0x30, &list.concat()))).unwrap_or_default())
}

/// v1.der with a version before its fields, and others behind.
fn with_fields(version: &[u8], behind: &[u8]) -> Vec<u8> {
    let der = data("v1.der");
    let tbs = Certificate::parse(&der).unwrap().tbs;
    let header = if tbs[1] == 0x81 { 3 } else { 4 };
    let after = &der[(der.len() - Certificate::parse(&der).unwrap().signature.len() - 15)..];
    assert_eq!(after[..2], [0x30, 10]);
    tlv(0x30, &[tlv(0x30, &[version, &tbs[header..], behind].concat()), after.to_vec()].concat())
}

fn extension(oid: &[u8], value: &[u8]) -> Vec<u8> {
    tlv(0x30, &[tlv(6, oid), tlv(4, value)].concat())
}

fn read_extension(oid: &[u8], value: &[u8]) -> Result<(), ParseError> {
    Certificate::parse(&with_extensions(&[extension(oid, value)])).map(drop)
}

/// Reads it to the end of each iterator.
fn walk(der: &[u8]) -> bool {
    let Ok(certificate) = Certificate::parse(der) else { return false };
    let extensions = certificate.extensions;
    let names = certificate.subject.attributes().chain(certificate.issuer.attributes()).count();
    let known = extensions.authority_info_access.map_or(0, |access| access.iter().count() + access.ocsp_uris().count())
        + extensions.crl_distribution_points.map_or(0, |points| points.iter().count() + points.uris().count())
        + extensions.certificate_policies.map_or(0, |policies| policies.iter().count())
        + extensions.subject_alt_names.map_or(0, |names| names.iter().count())
        + extensions.extended_key_usage.map_or(0, |usage| usage.iter().count());
    let mut raw = [0; ECDSA_RAW_MAX];
    ecdsa_raw(certificate.signature, 32, &mut raw);
    assert!(names + known + extensions.iter().count() <= der.len());
    assert!(certificate.is_self_issued() || certificate.subject != certificate.issuer);
    extensions.unrecognized_critical();
    true
}

#[test]
fn a_leaf_is_read_in_every_field() {
    let der = data("secc.der");
    let certificate = Certificate::parse(&der).unwrap();
    assert_eq!(certificate.der, der);
    assert_eq!(certificate.tbs, &der[4..4 + certificate.tbs.len()]);
    assert_eq!((certificate.version, certificate.serial), (3, &[4][..]));
    assert_eq!(certificate.signature_algorithm, SignatureAlgorithm::EcdsaSha256);
    assert_eq!(certificate.validity.not_before, Time { seconds: 1_704_067_200, generalized: false });
    assert_eq!(certificate.validity.not_after, Time { seconds: 1_830_297_599, generalized: false });
    let subject: Vec<_> = certificate.subject.attributes().map(|a| (a.rdn, a.oid, a.tag, a.value)).collect();
    assert_eq!(
        subject,
        [
            (0, oid::COUNTRY, 0x13, &b"DE"[..]),
            (1, oid::ORGANIZATION, 0x0C, b"Test GmbH"),
            (2, oid::COMMON_NAME, 0x0C, b"DE*ABC*E123456"),
            (3, oid::DOMAIN_COMPONENT, 0x16, b"CPO"),
        ]
    );
    assert_eq!(certificate.public_key.algorithm, KeyAlgorithm::P256);
    assert_eq!((certificate.public_key.bytes.len(), certificate.public_key.bytes[0]), (65, 4));
    assert!(certificate.public_key.spki.ends_with(certificate.public_key.bytes));
    assert_eq!(PublicKey::parse(certificate.public_key.spki), Ok(certificate.public_key));
    assert_eq!((certificate.issuer_unique_id, certificate.subject_unique_id), (None, None));
    let extensions = certificate.extensions;
    assert_eq!(extensions.basic_constraints, None);
    let usage = KeyUsage { critical: true, bits: KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT };
    assert_eq!(extensions.key_usage, Some(usage));
    assert!(usage.contains(KeyUsage::KEY_AGREEMENT) && !usage.contains(KeyUsage::KEY_AGREEMENT | KeyUsage::CRL_SIGN));
    assert_eq!(extensions.subject_key_id.unwrap().bytes.len(), 20);
    let names: Vec<_> = extensions.subject_alt_names.unwrap().iter().collect();
    assert_eq!(names, [GeneralName::Dns(b"secc.example")]);
    let uris: Vec<_> = extensions.authority_info_access.unwrap().ocsp_uris().collect();
    assert_eq!(uris, [b"http://ocsp.example/secc"]);
    assert_eq!(extensions.iter().count(), 5);
    assert_eq!(extensions.unrecognized_critical(), None);
    assert_eq!(ecdsa_raw(certificate.signature, 32, &mut [0; ECDSA_RAW_MAX]), Some(64));
}

#[test]
fn issuer_and_key_identifier_lead_up_the_chain() {
    with("secc.der", |secc| {
        with("sub2.der", |sub2| {
            assert!(secc.issuer.matches(&sub2.subject) && !secc.issuer.matches(&sub2.issuer));
            assert_eq!(secc.extensions.authority_key_id.unwrap().key_id, Some(sub2.extensions.subject_key_id.unwrap().bytes));
            assert!(!secc.is_self_issued() && !sub2.is_self_issued());
        });
    });
    with("root.der", |root| assert!(root.is_self_issued()));
}

#[test]
fn a_root_has_an_8_byte_key_identifier_and_a_serial_of_128_bits() {
    with("root.der", |root| {
        assert_eq!(root.extensions.subject_key_id, Some(KeyId { critical: false, bytes: &[0x41, 2, 3, 4, 5, 6, 7, 8] }));
        assert_eq!(root.serial, b"\x00\xE3\xB0\xC4\x42\x98\xFC\x1C\x14\x9A\xFB\xF4\xC8\x99\x6F\xB9\x24");
        assert_eq!(root.validity.not_after, Time { seconds: 2_840_140_800, generalized: true });
        assert_eq!(root.extensions.authority_key_id, None);
        let constraints = BasicConstraints { critical: true, ca: true, path_len: None, explicit_false: false };
        assert_eq!(root.extensions.basic_constraints, Some(constraints));
        let usage = root.extensions.extended_key_usage.unwrap();
        assert!(usage.contains(oid::OCSP_SIGNING) && !usage.contains(oid::SERVER_AUTH) && !usage.critical);
        assert!(root.extensions.key_usage.unwrap().contains(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN));
    });
}

#[test]
fn an_explicit_ca_false_is_read_and_told() {
    with("contract.der", |contract| {
        let constraints = BasicConstraints { critical: true, ca: false, path_len: None, explicit_false: true };
        assert_eq!(contract.extensions.basic_constraints, Some(constraints));
        assert_eq!(contract.extensions.key_usage.unwrap().bits, 0x17);
        assert_eq!(contract.serial, [0x0A, 0x0B]);
    });
    with("secc20.der", |secc| {
        let constraints = BasicConstraints { critical: true, ca: false, path_len: None, explicit_false: false };
        assert_eq!(secc.extensions.basic_constraints, Some(constraints));
    });
}

#[test]
fn keys_and_algorithms_are_told_apart() {
    for (name, key, signature) in [
        ("secc.der", KeyAlgorithm::P256, SignatureAlgorithm::EcdsaSha256),
        ("p384.der", KeyAlgorithm::P384, SignatureAlgorithm::EcdsaSha384),
        ("p521.der", KeyAlgorithm::P521, SignatureAlgorithm::EcdsaSha512),
        ("ed25519.der", KeyAlgorithm::Ed25519, SignatureAlgorithm::Ed25519),
        ("ed448.der", KeyAlgorithm::Ed448, SignatureAlgorithm::Ed448),
        ("x25519.der", KeyAlgorithm::X25519, SignatureAlgorithm::EcdsaSha256),
        ("x448.der", KeyAlgorithm::X448, SignatureAlgorithm::EcdsaSha256),
        ("rsa.der", KeyAlgorithm::Rsa, SignatureAlgorithm::Other),
        ("sha1.der", KeyAlgorithm::P256, SignatureAlgorithm::EcdsaSha1),
        ("compressed.der", KeyAlgorithm::Other, SignatureAlgorithm::EcdsaSha256),
        ("explicit.der", KeyAlgorithm::Other, SignatureAlgorithm::EcdsaSha256),
    ] {
        with(name, |certificate| {
            assert_eq!((certificate.public_key.algorithm, certificate.signature_algorithm), (key, signature), "{name}");
            if let Some(length) = key.public_key_len() {
                assert_eq!(certificate.public_key.bytes.len(), length, "{name}");
            }
        });
    }
}

#[test]
fn every_extension_is_read() {
    with("everything.der", |certificate| {
        let extensions = certificate.extensions;
        let constraints = BasicConstraints { critical: false, ca: true, path_len: Some(3), explicit_false: false };
        assert_eq!(extensions.basic_constraints, Some(constraints));
        assert_eq!(extensions.key_usage, Some(KeyUsage { critical: false, bits: 0x01FF }));
        let purposes: Vec<_> = extensions.extended_key_usage.unwrap().iter().collect();
        assert_eq!(purposes, [oid::SERVER_AUTH, b"\x2B\x06\x01\x04\x01\x82\xC4\x35\x07"]);
        let authority = extensions.authority_key_id.unwrap();
        assert_eq!((authority.key_id.map(<[u8]>::len), authority.serial), (Some(20), Some(&[3][..])));
        with("sub1.der", |sub1| {
            let mut issuers = authority.issuer.unwrap();
            assert!(matches!(issuers.next(), Some(GeneralName::Directory(name)) if name.matches(&sub1.subject)));
            assert_eq!(issuers.next(), None);
        });
        let access: Vec<_> = extensions.authority_info_access.unwrap().iter().collect();
        assert_eq!(
            access.iter().map(|a| a.uri()).collect::<Vec<_>>(),
            [Some(&b"http://ocsp.example/1"[..]), Some(b"http://ocsp.example/2"), None]
        );
        assert_eq!(access[2].method, oid::CA_ISSUERS);
        assert_eq!(extensions.authority_info_access.unwrap().ocsp_uris().count(), 2);
        let access: Vec<_> = extensions.subject_info_access.unwrap().iter().filter_map(|a| a.uri()).collect();
        assert_eq!(access, [b"http://repository.example"]);

        let points = extensions.crl_distribution_points.unwrap();
        let uris: Vec<_> = points.uris().collect();
        assert_eq!(uris, [&b"http://crl.example/1"[..], b"ldap://crl.example/2", b"http://crl.example/3"]);
        let told: Vec<_> =
            points.iter().map(|point| (point.has_reasons, point.relative_name, point.crl_issuer.is_some())).collect();
        assert_eq!(told, [(false, false, false), (true, false, true)]);

        let policies: Vec<_> = extensions.certificate_policies.unwrap().iter().collect();
        assert_eq!(policies, [[0x2A, 3, 4], [0x2A, 3, 5]]);
        let names: Vec<_> = extensions.subject_alt_names.unwrap().iter().collect();
        assert_eq!(
            names[..6],
            [
                GeneralName::Dns(b"a.example"),
                GeneralName::Email(b"a@example"),
                GeneralName::Uri(b"urn:nfc:sn:1"),
                GeneralName::Ip(&[192, 0, 2, 1]),
                GeneralName::Ip(b"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"),
                GeneralName::RegisteredId(&[0x2A, 3, 4]),
            ]
        );
        assert!(
            matches!(names[6], GeneralName::Directory(name) if name.find(oid::COMMON_NAME).any(|cn| cn.value == b"Somebody"))
        );
        assert_eq!(names[7], GeneralName::Other { oid: &[0x2A, 3, 5], value: b"\x0C\x05other" });
        assert_eq!(names.len(), 8);

        assert!(extensions.name_constraints.unwrap().critical);
        assert_eq!(extensions.unrecognized_critical().map(|extension| extension.oid), Some(oid::NAME_CONSTRAINTS));
        assert_eq!(extensions.find(&[0x2A, 3, 4, 5]), Some(Extension { oid: &[0x2A, 3, 4, 5], critical: false, value: &[5, 0] }));
        assert_eq!(extensions.find(&[0x2A, 3, 4]), None);
        assert!(!extensions.ocsp_nocheck);
        assert_eq!(certificate.subject.attributes().map(|a| a.rdn).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 4, 4]);
    });
    with("ocsp.der", |responder| assert!(responder.extensions.ocsp_nocheck));
}

#[test]
fn versions_have_the_fields_that_they_have() {
    with("v1.der", |certificate| {
        assert_eq!((certificate.version, certificate.serial), (1, &[9][..]));
        assert_eq!(certificate.extensions, Extensions::default());
        assert!(certificate.is_self_issued());
    });
    let two = with_version(&[0xA0, 3, 2, 1, 1], None);
    assert_eq!(Certificate::parse(&two).unwrap().version, 2);
    let key_usage = [extension(oid::KEY_USAGE, &[3, 2, 7, 0x80])];
    assert_eq!(Certificate::parse(&with_extensions(&key_usage)).unwrap().version, 3);
    for (version, extensions) in [
        (&[][..], Some(&key_usage[..])),
        (&[0xA0, 3, 2, 1, 1], Some(&key_usage)),
        (&[0xA0, 3, 2, 1, 0], None),
        (&[0xA0, 3, 2, 1, 3], None),
        (&[0xA0, 3, 2, 1, 0xFF], None),
        (&[0xA0, 4, 2, 2, 0, 2], None),
        (&[0xA0, 6, 2, 1, 2, 2, 1, 2], None),
    ] {
        assert_eq!(refused(&with_version(version, extensions)), ParseError::Version, "{version:02x?}");
    }
}

#[test]
fn unique_identifiers_belong_to_versions_2_and_3() {
    let extensions_of_secc = [0xA3u8, 0x81];
    let ids = [&[0x81, 2, 0, 7, 0x82, 3, 4, 1, 0xF0][..], &extensions_of_secc].concat();
    let with_ids = altered(&extensions_of_secc, &ids);
    let certificate = Certificate::parse(&with_ids).unwrap();
    assert_eq!((certificate.issuer_unique_id, certificate.subject_unique_id), (Some(&[7][..]), Some(&[1, 0xF0][..])));
    for bad in [&[0x81, 0][..], &[0x81, 1, 8], &[0x82, 2, 0, 7, 0x81, 2, 0, 7]] {
        let error = refused(&altered(&extensions_of_secc, &[bad, &extensions_of_secc].concat()));
        assert!(matches!(error, ParseError::UniqueId | ParseError::Certificate), "{error:?}");
    }
}

#[test]
fn a_version_1_certificate_has_no_unique_identifiers() {
    let ids = [0x81, 2, 0, 7, 0x82, 2, 0, 8];
    for (version, expected) in [
        (&[][..], Err(ParseError::Version)),
        (&[0xA0, 3, 2, 1, 1], Ok((Some(&[7][..]), Some(&[8][..])))),
        (&[0xA0, 3, 2, 1, 2], Ok((Some(&[7][..]), Some(&[8][..])))),
    ] {
        let der = with_fields(version, &ids);
        let read = Certificate::parse(&der).map(|certificate| (certificate.issuer_unique_id, certificate.subject_unique_id));
        assert_eq!(read, expected, "{version:02x?}");
    }
}

#[test]
fn serial_numbers_may_be_negative_and_as_long_as_32_octets() {
    with("negative.der", |certificate| assert_eq!(certificate.serial, [0xFB]));
    let serial = |content: &[u8]| altered(&[0xA0, 3, 2, 1, 2, 2, 1, 4], &[&[0xA0, 3, 2, 1, 2][..], &tlv(2, content)].concat());
    for good in [&[0][..], &[0x80], &[7; 20], &[7; 21], &[7; 32]] {
        assert_eq!(Certificate::parse(&serial(good)).unwrap().serial, good);
    }
    for bad in [&[][..], &[7; 33], &[0, 1], &[0xFF, 0x80]] {
        assert_eq!(refused(&serial(bad)), ParseError::SerialNumber, "{bad:02x?}");
    }
}

#[test]
fn the_algorithm_within_and_without_the_signed_part_is_the_same() {
    let sha256 = b"\x30\x0A\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02";
    let mut der = data("secc.der");
    let last = der.windows(sha256.len()).rposition(|window| window == sha256).unwrap();
    der[last + sha256.len() - 1] = 3;
    assert_eq!(refused(&der), ParseError::Algorithm);
    // Parameters that ECDSA does not have: another algorithm, in both places.
    let der = data("secc.der");
    let tbs = Certificate::parse(&der).unwrap().tbs;
    let null = b"\x30\x0C\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03\x02\x05\x00";
    let tbs = tlv(0x30, &replace(&tbs[4..], sha256, null));
    let whole = tlv(0x30, &[tbs, null.to_vec(), vec![3, 2, 0, 1]].concat());
    assert_eq!(Certificate::parse(&whole).unwrap().signature_algorithm, SignatureAlgorithm::Other);
}

#[test]
fn utc_and_generalized_time_are_read_for_every_year() {
    let until = b"\x17\x0D271231235959Z";
    let from =
        |time: &[u8]| altered(&tlv(0x30, &[b"\x17\x0D240101000000Z", &until[..]].concat()), &tlv(0x30, &[time, until].concat()));
    for (time, expected) in [
        (&b"\x18\x0F20240101000000Z"[..], Time { seconds: 1_704_067_200, generalized: true }),
        (b"\x17\x0D500101000000Z", Time { seconds: -631_152_000, generalized: false }),
        (b"\x18\x0F19500101000000Z", Time { seconds: -631_152_000, generalized: true }),
    ] {
        assert_eq!(Certificate::parse(&from(time)).unwrap().validity.not_before, expected);
    }
    for bad in [&b"\x17\x0F20240101000000Z"[..], b"\x18\x0D240101000000Z", b"\x17\x0B2401010000Z", b"\x16\x0D240101000000Z", b""]
    {
        assert_eq!(refused(&from(bad)), ParseError::Time, "{bad:02x?}");
    }
}

#[test]
fn a_key_whose_length_is_not_its_curves_is_refused() {
    let der = data("secc.der");
    let point = Certificate::parse(&der).unwrap().public_key.bytes;
    for bad in [&[4; 64][..], &[4; 66], &[5; 65], &[0; 1], &[]] {
        let bits = |bytes: &[u8]| tlv(3, &[&[0], bytes].concat());
        let spki = Certificate::parse(&der).unwrap().public_key.spki;
        let algorithm = &spki[2..23];
        let spki = tlv(0x30, &[algorithm, &bits(bad)].concat());
        assert_eq!(PublicKey::parse(&spki), Err(ParseError::PublicKey), "{bad:02x?}");
        let good = tlv(0x30, &[algorithm, &bits(point)].concat());
        assert_eq!(PublicKey::parse(&good).unwrap().algorithm, KeyAlgorithm::P256);
    }
    // Unused bits.
    assert_eq!(refused(&altered(&[0x03, 0x42, 0x00], &[0x03, 0x42, 0x01])), ParseError::PublicKey);
}

#[test]
fn the_signature_has_no_unused_bits_and_nothing_follows_it() {
    let der = data("secc.der");
    let signature = Certificate::parse(&der).unwrap().signature;
    let at = der.len() - signature.len() - 1;
    let mut unused = der.clone();
    unused[at] = 1;
    assert_eq!(refused(&unused), ParseError::Signature);
    assert_eq!(refused(&[&der[..], &[0]].concat()), ParseError::Certificate);
    assert_eq!(refused(&tlv(0x30, &[&der[4..], &[5, 0]].concat())), ParseError::Certificate);
}

#[test]
fn extensions_are_there_once_each_and_not_too_many() {
    let unknown = |number: usize| extension(&[0x2A, number as u8], &[]);
    let list: Vec<_> = (0..MAX_EXTENSIONS).map(unknown).collect();
    assert_eq!(Certificate::parse(&with_extensions(&list)).unwrap().extensions.iter().count(), MAX_EXTENSIONS);
    let too_many: Vec<_> = (0..=MAX_EXTENSIONS).map(unknown).collect();
    assert_eq!(refused(&with_extensions(&too_many)), ParseError::Extensions);
    assert_eq!(refused(&with_extensions(&[unknown(1), unknown(2), unknown(1)])), ParseError::Extensions);
    assert_eq!(refused(&with_extensions(&[])), ParseError::Extensions);
}

#[test]
fn critical_is_true_or_not_written() {
    let flagged = |flag: &[u8]| tlv(0x30, &[&tlv(6, &[0x2A, 3]), flag, &tlv(4, &[])].concat());
    let critical = with_extensions(&[flagged(&[1, 1, 0xFF])]);
    let unrecognized = Certificate::parse(&critical).unwrap().extensions.unrecognized_critical().map(|e| e.oid.to_vec());
    assert_eq!(unrecognized, Some(vec![0x2A, 3]));
    assert_eq!(Certificate::parse(&with_extensions(&[flagged(&[])])).unwrap().extensions.unrecognized_critical(), None);
    for bad in [&[1, 1, 0][..], &[1, 1, 1], &[1, 0], &[1, 2, 0xFF, 0xFF]] {
        assert_eq!(refused(&with_extensions(&[flagged(bad)])), ParseError::Extensions, "{bad:02x?}");
    }
}

#[test]
fn malformed_extensions_are_refused_by_name() {
    let uri = tlv(0x86, b"http://a");
    let oid_element = tlv(6, &[0x2A, 3]);
    let of = |tag: u8, parts: &[&[u8]]| tlv(tag, &parts.concat());
    let access = of(0x30, &[&of(0x30, &[&oid_element, &uri])]);
    let point = of(0x30, &[&of(0x30, &[&of(0xA0, &[&of(0xA0, &[&uri])])])]);
    let reasons = |bits: &[u8]| of(0x30, &[&of(0x30, &[bits])]);
    let good: &[(&[u8], Vec<u8>)] = &[
        (oid::BASIC_CONSTRAINTS, vec![0x30, 0]),
        (oid::BASIC_CONSTRAINTS, vec![0x30, 6, 1, 1, 0xFF, 2, 1, 0]),
        (oid::BASIC_CONSTRAINTS, vec![0x30, 3, 2, 1, 5]),
        (oid::KEY_USAGE, vec![3, 1, 0]),
        (oid::EXTENDED_KEY_USAGE, of(0x30, &[&oid_element])),
        (oid::SUBJECT_KEY_IDENTIFIER, vec![4, 0]),
        (oid::AUTHORITY_KEY_IDENTIFIER, vec![0x30, 0]),
        (oid::AUTHORITY_INFO_ACCESS, access.clone()),
        (oid::SUBJECT_INFO_ACCESS, access.clone()),
        (oid::CRL_DISTRIBUTION_POINTS, point.clone()),
        (oid::CRL_DISTRIBUTION_POINTS, reasons(&[0x81, 2, 6, 0x40])),
        (oid::CRL_DISTRIBUTION_POINTS, of(0x30, &[&of(0x30, &[&of(0xA0, &[&of(0xA1, &[])])])])),
        (oid::CERTIFICATE_POLICIES, of(0x30, &[&of(0x30, &[&oid_element])])),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&uri])),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&of(0xA3, &[])])),
        (oid::OCSP_NOCHECK, vec![5, 0]),
    ];
    for (oid, value) in good {
        assert_eq!(read_extension(oid, value), Ok(()), "{oid:02x?} {value:02x?}");
        let surplus = [&value[..], &[5, 0]].concat();
        assert!(read_extension(oid, &surplus).is_err(), "{oid:02x?} {value:02x?}");
        for length in 0..value.len() {
            assert!(read_extension(oid, &value[..length]).is_err(), "{oid:02x?} {value:02x?}, {length}");
        }
    }
    let bad: &[(&[u8], Vec<u8>, ParseError)] = &[
        (oid::BASIC_CONSTRAINTS, vec![0x30, 3, 1, 1, 1], ParseError::BasicConstraints),
        (oid::BASIC_CONSTRAINTS, vec![0x30, 3, 2, 1, 0xFF], ParseError::BasicConstraints),
        (oid::BASIC_CONSTRAINTS, vec![0x30, 4, 2, 2, 0, 5], ParseError::BasicConstraints),
        (oid::BASIC_CONSTRAINTS, vec![0x30, 6, 2, 1, 0, 1, 1, 0xFF], ParseError::BasicConstraints),
        (oid::KEY_USAGE, vec![3, 2, 6, 0x80], ParseError::KeyUsage),
        (oid::KEY_USAGE, vec![3, 2, 0, 0xA0], ParseError::KeyUsage),
        (oid::KEY_USAGE, vec![4, 2, 7, 0x80], ParseError::KeyUsage),
        (oid::EXTENDED_KEY_USAGE, vec![0x30, 0], ParseError::ExtendedKeyUsage),
        (oid::EXTENDED_KEY_USAGE, vec![0x30, 3, 6, 1, 0x80], ParseError::ExtendedKeyUsage),
        (oid::SUBJECT_KEY_IDENTIFIER, vec![3, 2, 0, 1], ParseError::SubjectKeyId),
        (oid::AUTHORITY_KEY_IDENTIFIER, vec![0x30, 2, 0xA1, 0], ParseError::AuthorityKeyId),
        (oid::AUTHORITY_KEY_IDENTIFIER, vec![0x30, 2, 0x82, 0], ParseError::AuthorityKeyId),
        (oid::AUTHORITY_KEY_IDENTIFIER, vec![0x30, 6, 0x82, 1, 1, 0x80, 1, 1], ParseError::AuthorityKeyId),
        (oid::AUTHORITY_INFO_ACCESS, vec![0x30, 0], ParseError::InfoAccess),
        (oid::SUBJECT_INFO_ACCESS, of(0x30, &[&of(0x30, &[&oid_element])]), ParseError::InfoAccess),
        (oid::CRL_DISTRIBUTION_POINTS, vec![0x30, 0], ParseError::CrlDistributionPoints),
        (oid::CRL_DISTRIBUTION_POINTS, of(0x30, &[&of(0x30, &[&of(0xA0, &[])])]), ParseError::CrlDistributionPoints),
        (
            oid::CRL_DISTRIBUTION_POINTS,
            of(0x30, &[&of(0x30, &[&of(0xA0, &[&of(0xA2, &[])])])]),
            ParseError::CrlDistributionPoints,
        ),
        (oid::CRL_DISTRIBUTION_POINTS, reasons(&[0x81, 2, 6, 0x60]), ParseError::CrlDistributionPoints),
        (oid::CERTIFICATE_POLICIES, of(0x30, &[&of(0x30, &[])]), ParseError::CertificatePolicies),
        (oid::CERTIFICATE_POLICIES, vec![0x30, 0], ParseError::CertificatePolicies),
        (oid::SUBJECT_ALT_NAME, vec![0x30, 0], ParseError::SubjectAltNames),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&tlv(0x82, &[0xC3])]), ParseError::SubjectAltNames),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&tlv(0x88, &[0x80])]), ParseError::SubjectAltNames),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&tlv(0x89, &[1])]), ParseError::SubjectAltNames),
        (oid::SUBJECT_ALT_NAME, of(0x30, &[&of(0xA4, &[&[0x30, 0], &[5, 0]])]), ParseError::SubjectAltNames),
        (
            oid::SUBJECT_ALT_NAME,
            of(0x30, &[&of(0xA0, &[&oid_element, &of(0xA0, &[&[5, 0], &[5, 0]])])]),
            ParseError::SubjectAltNames,
        ),
        (oid::OCSP_NOCHECK, vec![5, 1, 0], ParseError::OcspNoCheck),
        (oid::OCSP_NOCHECK, vec![], ParseError::OcspNoCheck),
    ];
    for (oid, value, error) in bad {
        assert_eq!(read_extension(oid, value), Err(*error), "{oid:02x?} {value:02x?}");
    }
}

#[test]
fn no_flipped_bit_or_truncation_of_a_certificate_panics() {
    for name in files(".der") {
        survives(&data(&name), walk);
    }
}

#[test]
fn a_certificate_costs_no_more_than_its_place_on_a_stack_of_a_target() {
    // 32-bit targets: half of it.
    assert!(core::mem::size_of::<Certificate<'_>>() <= 1024, "{}", core::mem::size_of::<Certificate<'_>>());
}
