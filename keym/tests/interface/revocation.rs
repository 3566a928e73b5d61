//! A revocation reaches whatever it is about, and is not lost again.

use super::builder::{algorithm_identifier, sequence, tlv, CrlSpec, OcspSpec, OcspStatus, Spec, DAY, NOW};
use super::certificates::{chain, ders, pki, set_all, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::pki::Pki;
use super::services::{bundle, other, stored, SET_CHAIN, SET_ROOT, SET_SUB};
use super::setup::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::path::HashAlgorithm;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::x509::{ecdsa_raw, Certificate, ECDSA_RAW_MAX};

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

#[test]
fn a_crl_that_comes_while_a_certificate_is_verified_counts() {
    let _serial = serial();
    let pki = contract();
    let ders = ders(&pki);
    let list = crl(&pki.specs[1], vec![pki.specs[0].serial.clone()]);
    // With a root that is to be verified before, and with one that is valid.
    for first in [LEAF, ROOT] {
        for calls in 0..40 {
            with_lists(1);
            set_all(&ders);
            settle();
            if first == ROOT {
                assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
            }
            assert_eq!(verify(LEAF), 0);
            for _ in 0..calls {
                unsafe { v2gcrypt_keym::KeyM_MainBackgroundFunction() };
            }
            assert_eq!(set(CRL, &list), 0);
            settle();
            assert_ne!(status(LEAF), KEYM_CERTIFICATE_VALID, "{first} {calls}");
            let told = seen().iter().filter(|seen| matches!(seen, Seen::Verified { id: LEAF, .. })).count();
            assert_eq!(told, 1, "{first} {calls}");
        }
    }
}

#[test]
fn a_crl_that_comes_while_a_chain_is_installed_counts() {
    let _serial = serial();
    let pki = contract();
    let ders = ders(&pki);
    let list = crl(&pki.specs[1], vec![pki.specs[0].serial.clone()]);
    for calls in 0..60 {
        let mut setup = stored();
        (setup.certificates[4].storage, setup.certificates[4].nvmBlock) = (KEYM_STORAGE_IN_RAM, KEYM_NO_NVM_BLOCK);
        setup.blocks.pop();
        setup.start(|_| ());
        assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
        let mut room = Room::new(0);
        assert_eq!(ask_service(LEAF, SET_CHAIN, &bundle(&ders), &mut room), 0);
        for _ in 0..calls {
            main_functions();
        }
        assert_eq!(set(CRL, &list), 0);
        settle();
        assert_ne!(status(LEAF), KEYM_CERTIFICATE_VALID, "{calls}");
        assert_eq!(seen().iter().filter(|seen| matches!(seen, Seen::Serviced { .. })).count(), 1, "{calls}");
        // Nobody has revoked what stands above.
        assert_eq!(status(ROOT), KEYM_CERTIFICATE_VALID);
        if get(LEAF).is_ok() {
            assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
        }
        fake(|fake| fake.nvm.data.clear());
    }
}

#[test]
fn a_revocation_is_not_forgotten_when_the_certificate_is_set_again() {
    let _serial = serial();
    let pki = contract();
    let ders = ders(&pki);
    let response = |status, age| {
        let spec = OcspSpec { this_update: NOW - age, ..OcspSpec::new(&pki.specs[0].serial, status) };
        spec.build(&pki.specs[1], &pki.specs[1])
    };
    let answer = |der: &[u8]| service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, der);
    let begin = || {
        with_lists(1);
        set_all(&ders);
        assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
        assert_eq!(answer(&response(OcspStatus::Revoked, 60)), OK);
        assert_eq!(set(LEAF, &ders[3]), 0);
    };
    begin();
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    begin();
    // Whatever else has been set, too.
    assert_eq!(set(SUB1, &ders[1]), 0);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    for age in [30, 120] {
        begin();
        settle();
        assert_eq!(answer(&response(OcspStatus::Good, age)), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])), "{age}");
        assert_eq!(status(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    }
}

#[test]
fn a_stored_certificate_is_not_valid_again_because_it_is_installed_again() {
    let _serial = serial();
    let pki = contract();
    let ders = ders(&pki);
    stored().start(|_| ());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    let response = OcspSpec::new(&pki.specs[0].serial, OcspStatus::Revoked).build(&pki.specs[1], &pki.specs[1]);
    assert_eq!(service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &response), OK);
    assert_eq!(service(SUB1, SET_SUB, &ders[1]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
}

#[test]
fn an_older_crl_that_is_set_takes_back_no_revocation() {
    let _serial = serial();
    with_lists(1);
    let pki = contract();
    set_all(&ders(&pki));
    assert_eq!(set(CRL, &crl(&pki.specs[1], vec![pki.specs[0].serial.clone()])), 0);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    let older = CrlSpec { this_update: NOW - 120, next_update: Some(NOW + DAY), revoked: vec![], extensions: Vec::new() };
    for list in [older.build(&pki.specs[1]), Vec::new()] {
        assert_eq!(set(CRL, &list), 0);
        assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    }
}

/// The same certificate with s of its signature negated: whoever has it can do that, and it is as good as before.
fn with_other_signature(der: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17,
        0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];
    let certificate = Certificate::parse(der).unwrap();
    let mut raw = [0; ECDSA_RAW_MAX];
    let length = ecdsa_raw(certificate.signature, 32, &mut raw).unwrap();
    let (r, s) = raw[..length].split_at(32);
    let mut negated = [0; 32];
    let mut borrow = 0;
    for index in (0..32).rev() {
        let difference = 0x100 + i32::from(ORDER[index]) - i32::from(s[index]) - borrow;
        (negated[index], borrow) = (difference as u8, i32::from(difference < 0x100));
    }
    let integer = |bytes: &[u8]| {
        let digits: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
        tlv(2, &if digits[0] >= 0x80 { [vec![0], digits].concat() } else { digits })
    };
    let value = sequence(&[integer(r), integer(&negated)]);
    sequence(&[
        certificate.tbs.to_vec(),
        algorithm_identifier(certificate.signature_algorithm),
        tlv(3, &[vec![0], value].concat()),
    ])
}

#[test]
fn another_signature_over_a_revoked_certificate_or_its_issuer_does_not_make_it_good() {
    let _serial = serial();
    let pki = contract();
    let ders = ders(&pki);
    for changed in [LEAF, SUB2] {
        with_lists(0);
        set_all(&ders);
        assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
        let revoked = OcspSpec::new(&pki.specs[0].serial, OcspStatus::Revoked).build(&pki.specs[1], &pki.specs[1]);
        assert_eq!(service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &revoked), OK);
        let other = with_other_signature(&ders[usize::from(changed)]);
        assert_ne!(other, ders[usize::from(changed)]);
        assert_eq!((set(LEAF, &ders[3]), set(changed, &other)), (0, 0));
        assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED, "{changed}");
    }
}
