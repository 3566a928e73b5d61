//! A chain that the crate `rcgen` makes. It has no P-521 without a second C library, so that the test PKI is not made with it.

mod common;

use common::judge::judge;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType, DnValue,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, SerialNumber,
    PKCS_ECDSA_P256_SHA256,
};
use v2gcrypt_keym::path::{Policy, Query, Refusals, Revocation};
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::time::Now;

/// 2026-06-01
const NOW: i64 = 1_780_272_000;

fn parameters(name: &str, component: &str, ca: IsCa, usages: &[KeyUsagePurpose]) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    let mut subject = DistinguishedName::new();
    subject.push(DnType::OrganizationName, "Example");
    subject
        .push(DnType::CustomDnType(vec![0, 9, 2342, 19_200_300, 100, 1, 25]), DnValue::Ia5String(component.try_into().unwrap()));
    subject.push(DnType::CommonName, name);
    parameters.distinguished_name = subject;
    parameters.is_ca = ca;
    parameters.key_usages = usages.to_vec();
    parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2027, 1, 1);
    parameters.use_authority_key_identifier_extension = true;
    parameters.key_identifier_method = KeyIdMethod::Sha256;
    parameters
}

fn verdict(leaf: &[u8], pool: &[&[u8]], root: &[u8], role: Role, crls: &[&[u8]]) -> Result<(), Box<Refusals>> {
    let policy = Policy::strict(Profile::Iso15118_2).with_revocation(Revocation::Soft);
    let anchors = [root];
    let mut query = Query::new(leaf, &anchors, Profile::Iso15118_2, role, &policy);
    (query.pool, query.crls, query.time) = (pool, crls, Now::synchronised(NOW));
    judge(query).map(|_| ())
}

#[test]
fn a_chain_and_a_list_that_rcgen_made_are_read_as_they_were_meant() {
    use KeyUsagePurpose::{CrlSign, DigitalSignature, KeyCertSign};
    let key = || KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
    let ca = |length: Option<u8>| IsCa::Ca(length.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained));
    let signs = [KeyCertSign, CrlSign];

    let mut root = parameters("Root", "V2G", ca(None), &signs);
    root.use_authority_key_identifier_extension = false;
    let root_key = key();
    let root_der = root.self_signed(&root_key).unwrap();
    let root = Issuer::new(root, root_key);

    let (sub1, sub1_key) = (parameters("Sub-CA 1", "CPO", ca(Some(1)), &signs), key());
    let sub1_der = sub1.signed_by(&sub1_key, &root).unwrap();
    let sub1 = Issuer::new(sub1, sub1_key);
    let (sub2, sub2_key) = (parameters("Sub-CA 2", "CPO", ca(Some(0)), &signs), key());
    let sub2_der = sub2.signed_by(&sub2_key, &sub1).unwrap();
    let sub2 = Issuer::new(sub2, sub2_key);

    let mut leaf = parameters("DE*ABC*E1", "CPO", IsCa::ExplicitNoCa, &[DigitalSignature]);
    leaf.serial_number = Some(SerialNumber::from(vec![0x12, 0x34]));
    let leaf_key = key();
    let leaf_der = leaf.signed_by(&leaf_key, &sub2).unwrap();
    let pool = [sub1_der.der().as_ref(), sub2_der.der().as_ref()];
    verdict(leaf_der.der(), &pool, root_der.der(), Role::Secc, &[]).unwrap_or_else(|refusals| panic!("{refusals}"));
    assert!(verdict(leaf_der.der(), &pool, root_der.der(), Role::Cps, &[]).unwrap_err().contains("dc"));
    assert!(verdict(leaf_der.der(), &pool[..1], root_der.der(), Role::Secc, &[]).unwrap_err().contains("issuer-unknown"));

    let list = |revoked: u16| {
        let entry = RevokedCertParams {
            serial_number: SerialNumber::from(revoked.to_be_bytes().to_vec()),
            revocation_time: rcgen::date_time_ymd(2026, 5, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: rcgen::date_time_ymd(2026, 5, 31),
            next_update: rcgen::date_time_ymd(2026, 6, 7),
            crl_number: SerialNumber::from(1u64),
            issuing_distribution_point: None,
            revoked_certs: vec![entry],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&sub2).unwrap()
    };
    assert!(verdict(leaf_der.der(), &pool, root_der.der(), Role::Secc, &[list(0x1235).der()]).is_ok());
    assert!(verdict(leaf_der.der(), &pool, root_der.der(), Role::Secc, &[list(0x1234).der()]).unwrap_err().contains("revoked"));

    // rcgen writes extended key usage without the critical flag, which -2 does not mind.
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let client = leaf.signed_by(&leaf_key, &sub2).unwrap();
    assert!(verdict(client.der(), &pool, root_der.der(), Role::Secc, &[]).unwrap_err().contains("extended-key-usage"));
}
