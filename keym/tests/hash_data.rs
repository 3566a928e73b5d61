//! OCPP's CertificateHashData, beside the CertID that the program `openssl` makes of the same certificate.

mod common;

use common::*;
use sha2::{Digest, Sha256, Sha384, Sha512};
use v2gcrypt_keym::hash_data::*;
use v2gcrypt_keym::ocsp::{CertId, OcspResponse};
use v2gcrypt_keym::x509::*;

fn hash(algorithm: HashAlgorithm, message: &[u8], digest: &mut [u8]) -> Option<()> {
    digest.copy_from_slice(&match algorithm {
        HashAlgorithm::Sha1 => return None,
        HashAlgorithm::Sha256 => Sha256::digest(message).to_vec(),
        HashAlgorithm::Sha384 => Sha384::digest(message).to_vec(),
        HashAlgorithm::Sha512 => Sha512::digest(message).to_vec(),
    });
    Some(())
}

fn compute(algorithm: HashAlgorithm, certificate: &str, issuer: &str) -> CertificateHashData {
    let (certificate, issuer) = (data(certificate), data(issuer));
    let (certificate, issuer) = (Certificate::parse(&certificate).unwrap(), Certificate::parse(&issuer).unwrap());
    CertificateHashData::compute(algorithm, &certificate, &issuer.public_key, hash).unwrap()
}

#[test]
fn hashes_are_those_of_the_ocsp_cert_id() {
    let der = data("three.ocspresp");
    let basic = OcspResponse::parse(&der).unwrap().basic.unwrap();
    for (certificate, single) in ["secc.der", "contract.der", "everything.der"].into_iter().zip(basic.responses()) {
        let own = compute(HashAlgorithm::Sha256, certificate, "sub2.der");
        assert!(own.is_cert_id(&single.cert_id), "{certificate}");
        for other in [
            CertId { hash_algorithm: None, ..single.cert_id },
            CertId { issuer_name_hash: &[0; 32], ..single.cert_id },
            CertId { issuer_key_hash: &[0; 32], ..single.cert_id },
            CertId { serial: &[1], ..single.cert_id },
        ] {
            assert!(!own.is_cert_id(&other), "{other:?}");
        }
        assert!(!compute(HashAlgorithm::Sha256, "sub2.der", "sub1.der").is_cert_id(&single.cert_id));
        assert!(!compute(HashAlgorithm::Sha384, certificate, "sub2.der").is_cert_id(&single.cert_id));
        let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
        assert_eq!(own.issuer_name_hash().to_string(), hex(single.cert_id.issuer_name_hash));
        assert_eq!(own.issuer_key_hash().to_string(), hex(single.cert_id.issuer_key_hash));
    }
}

#[test]
fn serial_numbers_are_written_without_leading_zeros() {
    for (serial, expected) in [
        (&[0x0A, 0x0B][..], "a0b"),
        (&[0], "0"),
        (&[0, 0xE3, 0], "e300"),
        (&[0x10], "10"),
        (&[0x7F; 20], "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f"),
    ] {
        let own = CertificateHashData::new(HashAlgorithm::Sha256, &[1; 32], &[2; 32], serial).unwrap();
        assert_eq!(own.serial_number().to_string(), expected);
    }
    assert_eq!(
        compute(HashAlgorithm::Sha256, "root.der", "root.der").serial_number().to_string(),
        "e3b0c44298fc1c149afbf4c8996fb924"
    );
}

#[test]
fn what_a_backend_sends_is_compared_by_value() {
    let own = CertificateHashData::new(HashAlgorithm::Sha256, &[0xAB; 32], &[0xCD; 32], &[0x0A, 0x0B]).unwrap();
    let (lower, upper) = ("ab".repeat(32), "AB".repeat(32));
    let key = "cD".repeat(32);
    for (name, serial) in [(&lower, "a0b"), (&upper, "0A0B"), (&lower, "000a0b"), (&upper, &format!("{:0>80}", "A0b"))] {
        assert_eq!(CertificateHashData::from_hex(HashAlgorithm::Sha256, name, &key, serial), Some(own), "{serial}");
    }
    for (name, key, serial) in [
        (&lower[1..], &key[..], "a0b"),
        (&lower[2..], &key, "a0b"),
        (&lower, &key[2..], "a0b"),
        (&lower, &key, ""),
        (&lower, &key, "g"),
        (&lower, &key, "0x1"),
        (&lower, &key, &format!("1{}", "0".repeat(64))),
        (&lower.replace('a', "+"), &key, "a0b"),
        (&"é".repeat(32), &key, "a0b"),
    ] {
        assert_eq!(CertificateHashData::from_hex(HashAlgorithm::Sha256, name, key, serial), None, "{name} {key} {serial}");
    }
    let other = CertificateHashData::from_hex(HashAlgorithm::Sha256, &lower, &key, "a0c").unwrap();
    assert_ne!(other, own);
}

#[test]
fn each_algorithm_of_ocpp_has_its_length_and_its_name() {
    for (algorithm, name, length) in
        [(HashAlgorithm::Sha256, "SHA256", 32), (HashAlgorithm::Sha384, "SHA384", 48), (HashAlgorithm::Sha512, "SHA512", 64)]
    {
        let own = compute(algorithm, "secc.der", "sub2.der");
        assert_eq!(
            (own.algorithm(), own.algorithm_name(), own.issuer_key_hash().to_string().len()),
            (algorithm, name, 2 * length)
        );
        let again = CertificateHashData::from_hex(
            algorithm,
            &own.issuer_name_hash().to_string(),
            &own.issuer_key_hash().to_string(),
            &own.serial_number().to_string(),
        );
        assert_eq!(again, Some(own));
        let digest = vec![0; length];
        assert!(CertificateHashData::new(algorithm, &digest, &digest, &[1]).is_some());
        assert_eq!(CertificateHashData::new(algorithm, &digest[1..], &digest, &[1]), None);
        assert_eq!(CertificateHashData::new(algorithm, &digest, &digest[1..], &[1]), None);
        assert_eq!(CertificateHashData::new(algorithm, &digest, &digest, &[1; 33]), None);
    }
    assert_eq!(CertificateHashData::new(HashAlgorithm::Sha1, &[0; 20], &[0; 20], &[1]), None);
}
