//! Issuers that were verified once: their signatures cost nothing more until something above the leaf changes.

use super::builder::{CrlSpec, OcspSpec, OcspStatus, DAY, NOW};
use super::certificates::{chain, ders, pki, set_all, GLOBAL, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::pki::Pki;
use super::services::{bundle, stored, SET_CHAIN, SET_ROOT};
use super::setup::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_types::*;

const CRL: u16 = 4;
const OK: Result<(u8, Vec<u8>), u8> = Ok((KEYM_RT_OK, Vec::new()));

/// Keys of a verification's Csm jobs: 10 of the root, 11 of Sub-CA 1, 12 of Sub-CA 2.
fn keys_for(id: u16, verdict: u8) -> Vec<u32> {
    fake(|fake| fake.verifications.clear());
    assert_eq!(verify_now(id), verdict);
    fake(|fake| fake.verifications.clone())
}

fn keys(id: u16) -> Vec<u32> {
    keys_for(id, KEYM_CERTIFICATE_VALID)
}

const ALL: [u32; 3] = [10, 11, 12];

fn contract() -> Pki {
    pki(Profile::Iso15118_2, Role::Contract)
}

/// All in RAM, with a slot for a CRL, and the root valid.
fn begin(pki: &Pki) -> Vec<Vec<u8>> {
    let setup = chain(|mut slots| {
        let mut crl = certificate("Crl", SUB2);
        crl.format = KEYM_CERT_FORMAT_CRL;
        slots.push(crl);
        Setup::new(slots)
    });
    setup.start(|config| {
        (config.pathTolerances, config.tolerateUnsignedRootReplacement) = (KEYM_TOLERATE_OUTLIVING_ISSUER, 1);
    });
    let ders = ders(pki);
    set_all(&ders);
    assert_eq!(keys(ROOT), [10]);
    ders
}

#[test]
fn known_issuers_cost_no_signature_whatever_leaf_is_set() {
    let _serial = serial();
    let pki = contract();
    let ders = begin(&pki);
    assert_eq!(keys(LEAF), ALL);
    assert_eq!(keys(LEAF), [12]);
    assert_eq!(set(LEAF, &ders[3]), E_OK);
    assert_eq!(keys(LEAF), [12]);
    let mut next = pki.clone();
    next.specs[0].serial = vec![1, 77];
    assert_eq!(set(LEAF, &next.build()[0]), E_OK);
    assert_eq!(keys(LEAF), [12]);
    // None of them vouches for a leaf that they have not signed; what is refused is looked at in full.
    let mut forged = ders[3].clone();
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(set(LEAF, &forged), E_OK);
    assert_eq!(keys_for(LEAF, KEYM_E_CERTIFICATE_SIGNATURE_FAIL), [12, 10, 11]);
    assert_eq!((set(LEAF, &[]), set(LEAF, &ders[3])), (E_OK, E_OK));
    assert_eq!(keys(LEAF), [12]);
}

#[test]
fn a_root_a_sub_ca_or_a_crl_that_changes_makes_all_signatures_be_verified_again() {
    let _serial = serial();
    let pki = contract();
    let ders = begin(&pki);
    assert_eq!(keys(LEAF), ALL);
    let list = CrlSpec { this_update: NOW - 60, next_update: Some(NOW + DAY), revoked: vec![], extensions: vec![] };
    let list = list.build(&pki.specs[1]);
    for (id, der) in [(SUB1, &ders[1]), (SUB2, &ders[2]), (CRL, &list), (CRL, &Vec::new())] {
        assert_eq!(keys(LEAF), [12], "{id}");
        assert_eq!(set(id, der), E_OK);
        // The list's own signature, too.
        let listed = (id == CRL && !der.is_empty()).then_some(12);
        assert_eq!(keys(LEAF), ALL.into_iter().chain(listed).collect::<Vec<_>>(), "{id}");
    }
    assert_eq!(set(ROOT, &ders[0]), E_OK);
    assert_eq!(keys(ROOT), [10]);
    assert_eq!(keys(LEAF), ALL);
    assert_eq!(keys(LEAF), [12]);
    // Without its root nothing that is known helps.
    assert_eq!(set(ROOT, &[]), E_OK);
    assert_eq!(keys_for(LEAF, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST), []);
}

#[test]
fn a_known_sub_ca_that_has_expired_is_not_revived() {
    let _serial = serial();
    for issuer in [1, 2] {
        let mut pki = contract();
        pki.specs[issuer].not_after = NOW + DAY;
        let ders = begin(&pki);
        assert_eq!(keys(LEAF), ALL);
        for (time, verdict) in [
            (NOW + DAY, KEYM_CERTIFICATE_VALID),
            (NOW + DAY + 1, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
            (NOW + 2 * DAY, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
        ] {
            fake(|fake| fake.time = Some((time, GLOBAL)));
            assert_eq!(set(LEAF, &ders[3]), E_OK);
            fake(|fake| fake.verifications.clear());
            assert_eq!(verify_now(LEAF), verdict, "{issuer} {time}");
        }
    }
}

#[test]
fn an_ocsp_response_makes_status_be_looked_for_again_but_not_issuers() {
    let _serial = serial();
    stored().start(|_| ());
    let pki = contract();
    let ders = ders(&pki);
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    assert_eq!(keys(LEAF), ALL);
    for (age, said, verdict, jobs) in [
        (3600, OcspStatus::Good, KEYM_CERTIFICATE_VALID, [12, 12].as_slice()),
        (3000, OcspStatus::Good, KEYM_CERTIFICATE_VALID, &[12, 12]),
        // Who is revoked stays so: nobody looks again.
        (2000, OcspStatus::Revoked, KEYM_E_CERTIFICATE_REVOKED, &[12]),
    ] {
        let spec = OcspSpec { this_update: NOW - age, ..OcspSpec::new(&pki.specs[0].serial, said) };
        let response = spec.build(&pki.specs[1], &pki.specs[1]);
        assert_eq!(service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &response), OK);
        assert_eq!(keys_for(LEAF, verdict), jobs);
    }
}
