//! A revocation reaches whatever it is about, and is not lost again.

use super::builder::{CrlSpec, OcspSpec, OcspStatus, Spec, DAY, NOW};
use super::certificates::{chain, ders, pki, set_all, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::pki::Pki;
use super::services::{bundle, other, stored, SET_CHAIN, SET_ROOT, SET_SUB};
use super::setup::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::path::HashAlgorithm;
use v2gcrypt_keym::profile::{Profile, Role};

const CRL: u16 = 4;
const OK: Result<(u8, Vec<u8>), u8> = Ok((KEYM_RT_OK, Vec::new()));

fn contract() -> Pki {
    pki(Profile::Iso15118_2, Role::Contract)
}

fn crl(spec: &Spec, revoked: Vec<Vec<u8>>) -> Vec<u8> {
    CrlSpec { this_update: NOW - 60, next_update: Some(NOW + DAY), revoked, extensions: Vec::new() }.build(spec)
}

/// Root and chain are stored and valid.
fn installed(pki: &Pki) -> &'static v2gcrypt_keym::config::KeyM_ConfigType {
    let config = stored().start(|_| ());
    let ders = ders(pki);
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    config
}

#[test]
fn a_stored_crl_counts_after_a_restart_and_after_a_certificate_above_it_has_changed() {
    let _serial = serial();
    let pki = contract();
    let config = installed(&pki);
    let list = crl(&pki.specs[1], vec![pki.specs[0].serial.clone()]);
    assert_eq!(service(CRL, KEYM_SERVICE_CERT_UPDATE_CRL, &list), OK);
    assert_eq!(service(SUB1, SET_SUB, &ders(&pki)[1]), OK);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    start(config);
    assert_eq!(status(CRL), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
}

/// The chain in RAM, with so many slots for lists.
fn with_lists(count: u16) {
    let setup = chain(|mut slots| {
        for _ in 0..count {
            let mut list = certificate("Crl", SUB2);
            list.format = KEYM_CERT_FORMAT_CRL;
            slots.push(list);
        }
        Setup::new(slots)
    });
    setup.start(|_| ());
}

#[test]
fn the_ninth_crl_revokes_whatever_lists_of_other_issuers_there_are() {
    let _serial = serial();
    with_lists(9);
    let pki = contract();
    set_all(&ders(&pki));
    for id in 0..8 {
        assert_eq!(set(CRL + id, &crl(&other(&format!("Other{id}")).specs[1], vec![])), 0);
    }
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(set(CRL + 8, &crl(&pki.specs[1], vec![pki.specs[0].serial.clone()])), 0);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
}

#[test]
fn more_lists_of_the_issuers_than_there_is_room_for_decide_nothing() {
    let _serial = serial();
    with_lists(9);
    let pki = contract();
    set_all(&ders(&pki));
    for id in 0..8 {
        assert_eq!(set(CRL + id, &crl(&pki.specs[1], vec![])), 0);
    }
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(set(CRL + 8, &crl(&pki.specs[1], vec![pki.specs[0].serial.clone()])), 0);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
}

#[test]
fn a_new_crl_reaches_what_is_valid_already() {
    let _serial = serial();
    let pki = contract();
    installed(&pki);
    assert_eq!(status(LEAF), KEYM_CERTIFICATE_VALID);
    let list = crl(&pki.specs[1], vec![pki.specs[0].serial.clone()]);
    assert_eq!(service(CRL, KEYM_SERVICE_CERT_UPDATE_CRL, &list), OK);
    assert_eq!(status(LEAF), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    // What stands above its issuer, and the issuer, are not its affair.
    assert_eq!([ROOT, SUB1, SUB2].map(status), [KEYM_CERTIFICATE_VALID; 3]);
}

#[test]
fn a_response_that_revokes_a_sub_ca_reaches_what_is_below_it() {
    let _serial = serial();
    let pki = contract();
    installed(&pki);
    let response = OcspSpec::new(&pki.specs[1].serial, OcspStatus::Revoked).build(&pki.specs[2], &pki.specs[2]);
    assert_eq!(service(SUB2, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &response), OK);
    assert_eq!(status(SUB2), KEYM_E_CERTIFICATE_REVOKED);
    assert_eq!(status(LEAF), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
}

#[test]
fn a_root_that_goes_takes_along_what_hangs_from_it_by_its_role() {
    let _serial = serial();
    let setup = chain(|mut slots| {
        let other = certificate("Other", CRL).key(14).role(KEYM_V2G_ROLE_MO_ROOT, KEYM_V2G_PROFILE_ISO15118_2);
        let foreign = certificate("Oem", CRL + 1).key(15).role(KEYM_V2G_ROLE_OEM_ROOT, KEYM_V2G_PROFILE_ISO15118_2);
        slots.extend([other, foreign]);
        Setup::new(slots)
    });
    setup.start(|config| config.tolerateUnsignedRootReplacement = 1);
    let pki = contract();
    let ders = ders(&pki);
    for (id, der) in [(CRL, &ders[0]), (SUB1, &ders[1]), (SUB2, &ders[2]), (LEAF, &ders[3])] {
        assert_eq!(set(id, der), 0);
    }
    assert_eq!(verify_now(CRL), KEYM_CERTIFICATE_VALID);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    // A root of another role is nobody's here.
    assert_eq!(set(CRL + 1, &ders[0]), 0);
    assert_eq!([SUB1, SUB2, LEAF].map(status), [KEYM_CERTIFICATE_VALID; 3]);
    assert_eq!(set(CRL, &[]), 0);
    assert_eq!([SUB1, SUB2, LEAF].map(status), [KEYM_CERTIFICATE_PARSED_NOT_VALIDATED; 3]);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
}

#[test]
fn a_response_that_proves_nothing_is_not_kept_because_a_crl_revokes() {
    let _serial = serial();
    let pki = contract();
    installed(&pki);
    let (leaf, issuer) = (&pki.specs[0], &pki.specs[1]);
    const RESPONSE: u8 = KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE;
    let revoked = OcspSpec::new(&leaf.serial, OcspStatus::Revoked).build(issuer, issuer);
    let mut forged = revoked.clone();
    *forged.last_mut().unwrap() ^= 1;
    let elsewhere = OcspSpec::new(&[9], OcspStatus::Revoked).build(issuer, issuer);
    assert_eq!(service(CRL, KEYM_SERVICE_CERT_UPDATE_CRL, &crl(issuer, vec![leaf.serial.clone()])), OK);
    for response in [&forged, &elsewhere] {
        assert_eq!(service(LEAF, RESPONSE, response), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    }
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED, "by the list");
    // What proves it itself is kept.
    assert_eq!(service(CRL, KEYM_SERVICE_CERT_V2GCRYPT_DELETE, &[]), OK);
    assert_eq!(service(LEAF, RESPONSE, &forged), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    assert_eq!(service(LEAF, RESPONSE, &revoked), OK);
    assert_eq!(status(LEAF), KEYM_E_CERTIFICATE_REVOKED);
}

#[test]
fn a_response_is_not_blamed_for_a_root_that_nobody_has_verified_yet() {
    let _serial = serial();
    with_lists(0);
    let pki = contract();
    set_all(&ders(&pki));
    let response = OcspSpec::new(&pki.specs[2].serial, OcspStatus::Good).build(&pki.specs[3], &pki.specs[3]);
    let give = || service(SUB1, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &response);
    assert_eq!(give(), Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![])));
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(give(), OK);
    assert_eq!(status(SUB1), KEYM_CERTIFICATE_VALID);
}

#[test]
fn a_response_is_not_blamed_for_a_hash_that_has_no_job() {
    let _serial = serial();
    stored().start(|config| config.sha1JobId = KEYM_NO_JOB);
    let pki = contract();
    let ders = ders(&pki);
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    let spec = OcspSpec { hash: HashAlgorithm::Sha1, ..OcspSpec::new(&pki.specs[0].serial, OcspStatus::Good) };
    let response = spec.build(&pki.specs[1], &pki.specs[1]);
    let given = service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &response);
    assert_eq!(given, Ok((KEYM_RT_NOT_OK, vec![])));
    assert_eq!(status(LEAF), KEYM_CERTIFICATE_VALID);
}

#[test]
fn neither_an_older_response_nor_a_good_one_takes_back_a_revocation() {
    let _serial = serial();
    let pki = contract();
    installed(&pki);
    let answer = |status, age| {
        let spec = OcspSpec { this_update: NOW - age, ..OcspSpec::new(&pki.specs[0].serial, status) };
        service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &spec.build(&pki.specs[1], &pki.specs[1]))
    };
    let refused = Ok((KEYM_RT_KEY_CERT_INVALID, Vec::new()));
    assert_eq!(answer(OcspStatus::Good, 3000), OK);
    for age in [3600, 3001, 3000] {
        assert_eq!(answer(OcspStatus::Good, age), refused, "{age}");
    }
    assert_eq!(answer(OcspStatus::Revoked, 2000), OK);
    for age in [3600, 2000, 1000] {
        assert_eq!(answer(OcspStatus::Good, age), refused, "{age}");
        assert_eq!(status(LEAF), KEYM_E_CERTIFICATE_REVOKED);
        assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    }
}
