//! Stores and contracts.

use super::builder::{Key, OcspSpec, OcspStatus, DAY, NOW};
use super::certificates::{ders, pki, GLOBAL};
use super::fakes::*;
use super::pki::Pki;
use super::services::{bundle, other, DELETE, SET_CHAIN, SET_ROOT};
use super::setup::*;
use std::ptr::{null, null_mut};
use v2gcrypt_keym::hash_data::CertificateHashData;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::types::KeyM_V2g_InfoType;
use v2gcrypt_keym::x509::{oid, Certificate, HashAlgorithm, KeyAlgorithm};
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

const ROOTS: u16 = 12;
const OK: Result<(u8, Vec<u8>), u8> = Ok((KEYM_RT_OK, Vec::new()));

/// Twelve roots, then two contracts of three certificates each.
fn stores() {
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    let profile = KEYM_V2G_PROFILE_ISO15118_2;
    let mut slots: Vec<_> =
        (0..ROOTS).map(|id| certificate(&format!("Root{id}"), id).block(id).role(KEYM_V2G_ROLE_MO_ROOT, profile)).collect();
    for contract in 0..2 {
        let first = ROOTS + contract * 3;
        let block = ROOTS + contract;
        let slot = |name: &str, upper, role| certificate(&format!("{name}{contract}"), upper).block(block).role(role, profile);
        slots.push(slot("Sub1", 0, KEYM_V2G_ROLE_SUB_CA_1));
        slots.push(slot("Sub2", first, KEYM_V2G_ROLE_SUB_CA_2));
        slots.push(slot("Contract", first + 1, KEYM_V2G_ROLE_CONTRACT));
    }
    let mut setup = Setup::new(slots);
    (0..ROOTS + 2).for_each(|block| setup.add_block(100 + block, 0, false));
    setup.start(|_| ());
}

const CONTRACTS: [u16; 2] = [ROOTS + 2, ROOTS + 5];

fn contract_for(label: &str, emaid: &str) -> Pki {
    let mut pki = if label.is_empty() { pki(Profile::Iso15118_2, Role::Contract) } else { other(label) };
    pki.specs[0].attribute(oid::COMMON_NAME, emaid);
    pki
}

fn list(role: u8) -> Vec<u16> {
    let (mut ids, mut count) = ([0xEEEE; 20], 20);
    assert_eq!(unsafe { KeyM_V2g_List(role, ids.as_mut_ptr(), &mut count) }, E_OK);
    assert!(ids[count as usize..].iter().all(|id| *id == 0xEEEE));
    ids[..count as usize].to_vec()
}

fn due() -> Vec<u16> {
    let (mut ids, mut count) = ([0; 20], 20);
    assert_eq!(unsafe { KeyM_V2g_GetDue(ids.as_mut_ptr(), &mut count) }, E_OK);
    ids[..count as usize].to_vec()
}

fn info(id: u16) -> Result<KeyM_V2g_InfoType, u8> {
    let mut info = unsafe { std::mem::zeroed() };
    match unsafe { KeyM_V2g_GetInfo(id, &mut info) } {
        E_OK => Ok(info),
        code => Err(code),
    }
}

fn find_free(role: u8) -> Result<u16, u8> {
    let mut id = 0xEEEE;
    match unsafe { KeyM_V2g_FindFree(role, &mut id) } {
        E_OK => Ok(id),
        code => {
            assert_eq!(id, 0xEEEE);
            Err(code)
        }
    }
}

fn select(emaid: &str) -> Result<u16, u8> {
    let mut id = 0xEEEE;
    match unsafe { KeyM_V2g_SelectContract(emaid.as_ptr(), emaid.len() as u16, &mut id) } {
        E_OK => Ok(id),
        code => Err(code),
    }
}

fn select_of(providers: &[&str]) -> Result<u16, u8> {
    let (text, mut id) = (providers.concat(), 0xEEEE);
    match unsafe { KeyM_V2g_SelectContractOfProviders(text.as_ptr(), providers.len() as u16, &mut id) } {
        E_OK => Ok(id),
        code => Err(code),
    }
}

#[test]
fn twelve_roots_and_two_contracts_are_there_at_once() {
    let _serial = serial();
    stores();
    let mut chains = Vec::new();
    for index in 0..ROOTS {
        let pki = other(&format!("Operator {index}"));
        let ders = ders(&pki);
        let free = find_free(KEYM_V2G_ROLE_MO_ROOT).unwrap();
        assert_eq!((free, service(free, SET_ROOT, &ders[0])), (index, OK));
        chains.push((pki, ders));
    }
    assert_eq!(find_free(KEYM_V2G_ROLE_MO_ROOT), Err(KEYM_E_KEY_CERT_SIZE_MISMATCH));
    assert_eq!(find_free(KEYM_V2G_ROLE_SECC), Err(KEYM_E_PARAMETER_MISMATCH));
    assert_eq!(list(KEYM_V2G_ROLE_MO_ROOT), (0..ROOTS).collect::<Vec<_>>());
    // Under any of the roots, whichever the configuration names.
    for (slot, index) in [(0, 3), (1, 11)] {
        let free = find_free(KEYM_V2G_ROLE_CONTRACT).unwrap();
        assert_eq!(free, CONTRACTS[slot]);
        assert_eq!(service(free, SET_CHAIN, &bundle(&chains[index].1)), OK);
    }
    assert_eq!(list(KEYM_V2G_ROLE_CONTRACT), CONTRACTS);
    // OCPP's hash data name the issuer that is the real one.
    let hash = |algorithm: HashAlgorithm, bytes: &[u8], out: &mut [u8]| {
        assert_eq!(algorithm, HashAlgorithm::Sha256);
        out.copy_from_slice(v2gcrypt_primitives::digest(v2gcrypt_primitives::HashAlgorithm::Sha256, bytes).as_bytes());
        Some(())
    };
    for (id, index, subject, issuer) in [(CONTRACTS[1], 11, 3, 2), (ROOTS + 3, 11, 1, 0), (5, 5, 0, 0)] {
        let ders = &chains[index].1;
        let (subject, issuer) = (Certificate::parse(&ders[subject]).unwrap(), Certificate::parse(&ders[issuer]).unwrap());
        let wanted = CertificateHashData::compute(HashAlgorithm::Sha256, &subject, &issuer.public_key, hash).unwrap();
        let (result, data) = service(id, KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA, &[]).unwrap();
        assert_eq!(result, KEYM_RT_OK);
        let found = CertificateHashData::new(HashAlgorithm::Sha256, &data[..32], &data[32..64], &data[64..]).unwrap();
        assert_eq!(found, wanted, "{id}");
        assert_ne!(data[64], 0);
    }
    let (mut ids, mut count) = ([0xEEEE; 20], ROOTS - 1);
    let short = unsafe { KeyM_V2g_List(KEYM_V2G_ROLE_MO_ROOT, ids.as_mut_ptr(), &mut count) };
    assert_eq!((short, ids, count), (KEYM_E_KEY_CERT_SIZE_MISMATCH, [0xEEEE; 20], ROOTS - 1));
}

#[test]
fn the_contract_of_an_emaid_or_of_a_provider_list_is_found_while_it_counts() {
    let _serial = serial();
    stores();
    let mut first = contract_for("One", "DEABC123456789");
    first.specs[0].not_after = NOW + 30 * DAY;
    let mut second = contract_for("Two", "DEXYZ1234567897");
    second.specs[0].not_after = NOW + 60 * DAY;
    for (root, (pki, slot)) in [(&first, CONTRACTS[0]), (&second, CONTRACTS[1])].into_iter().enumerate() {
        let ders = ders(pki);
        assert_eq!(service(root as u16, SET_ROOT, &ders[0]), OK);
        assert_eq!(service(slot, SET_CHAIN, &bundle(&ders)), OK);
    }
    let [one, two] = CONTRACTS;
    assert_eq!((select("DE-ABC-123456789"), select("deabc123456789Y"), select("DEXYZ123456789")), (Ok(one), Ok(one), Ok(two)));
    assert_eq!((select("DEABC123456780"), select("DE ABC")), (Err(KEYM_E_KEY_CERT_EMPTY), Err(KEYM_E_PARAMETER_MISMATCH)));
    assert_eq!((select_of(&["FRAAA", "deabc", "DEXYZ"]), select_of(&["DEXYZ", "DEABC"])), (Ok(one), Ok(two)));
    assert_eq!((select_of(&["FRAAA"]), select_of(&[])), (Err(KEYM_E_KEY_CERT_EMPTY), Ok(two)));
    let at = |days: i64| fake(|fake| fake.time = Some((NOW + days * DAY, GLOBAL)));
    let states = || CONTRACTS.map(|id| info(id).unwrap().state);
    assert_eq!(states(), [KEYM_V2G_STATE_VALID; 2]);
    at(9);
    assert_eq!(states(), [KEYM_V2G_STATE_VALID; 2]);
    at(10);
    assert_eq!(states(), [KEYM_V2G_STATE_EXPIRES_SOON, KEYM_V2G_STATE_VALID]);
    assert_eq!(select_of(&["DEABC", "DEXYZ"]), Ok(one));
    at(31);
    assert_eq!(states(), [KEYM_V2G_STATE_EXPIRED, KEYM_V2G_STATE_VALID]);
    assert_eq!((select("DEABC123456789"), select_of(&["DEABC", "DEXYZ"])), (Err(KEYM_E_KEY_CERT_EMPTY), Ok(two)));
    at(-50);
    assert_eq!(states(), [KEYM_V2G_STATE_NOT_YET_VALID; 2]);
    at(0);
    // Withdrawn: it is removed, with its Sub-CAs left where they are.
    assert_eq!(service(two, DELETE, &[]), OK);
    assert_eq!((info(two), select_of(&[])), (Err(KEYM_E_KEY_CERT_EMPTY), Ok(one)));
    let found = info(one).unwrap();
    assert_eq!((found.notAfter, found.notAfterHi), ((NOW + 30 * DAY) as u32, 0));
    assert_eq!((found.role, found.profile, found.requestPending), (KEYM_V2G_ROLE_CONTRACT, KEYM_V2G_PROFILE_ISO15118_2, 0));
    assert_eq!(info(99), Err(KEYM_E_PARAMETER_MISMATCH));
}

#[test]
fn what_is_due_for_renewal_is_listed() {
    let _serial = serial();
    stores();
    let mut pki = contract_for("", super::pki::EMAID);
    pki.specs[0].key = Key::real(KeyAlgorithm::P256, "due");
    let ders = ders(&pki);
    assert_eq!(service(0, SET_ROOT, &ders[0]), OK);
    assert_eq!(due(), []);
    let leaf = CONTRACTS[0];
    assert_eq!(service(leaf, SET_CHAIN, &bundle(&ders)), OK);
    // Nobody has asked for their status yet.
    assert_eq!(due(), [leaf - 2, leaf - 1, leaf]);
    for (id, index) in [(leaf, 0), (leaf - 1, 1), (leaf - 2, 2)] {
        let issuer = &pki.specs[index + 1];
        let good = OcspSpec::new(&pki.specs[index].serial, OcspStatus::Good).build(issuer, issuer);
        assert_eq!(service(id, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &good), OK, "{id}");
    }
    assert_eq!(due(), []);
    fake(|fake| fake.time = Some((NOW + DAY, GLOBAL)));
    assert_eq!(due(), [leaf - 2, leaf - 1, leaf]);
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    let issuer = &pki.specs[1];
    let revoked = OcspSpec { this_update: NOW - 60, ..OcspSpec::new(&pki.specs[0].serial, OcspStatus::Revoked) };
    let revoked = revoked.build(issuer, issuer);
    assert_eq!(service(leaf, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &revoked), OK);
    assert_eq!((info(leaf).unwrap().state, select_of(&[])), (KEYM_V2G_STATE_REVOKED, Err(KEYM_E_KEY_CERT_EMPTY)));
}

#[test]
fn a_nonce_that_waits_for_its_response_gives_way_to_no_other() {
    let _serial = serial();
    stores();
    let mut pkis = Vec::new();
    for (root, slot) in CONTRACTS.into_iter().enumerate() {
        let pki = other(&format!("Operator {root}"));
        let ders = ders(&pki);
        assert_eq!(service(root as u16, SET_ROOT, &ders[0]), OK);
        assert_eq!(service(slot, SET_CHAIN, &bundle(&ders)), OK);
        pkis.push(pki);
    }
    let ask = |id| service(id, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST, &[]).unwrap().0;
    let [first, second] = CONTRACTS;
    let asked = [first, first - 1, first - 2, second];
    assert_eq!(asked.map(ask), [KEYM_RT_OK; 4]);
    assert_eq!(ask(second - 1), KEYM_RT_NOT_OK, "no room for its nonce");
    assert_eq!(asked.map(ask), [KEYM_RT_OK; 4], "again, in place of their own");
    let respond = |nonce: u8| {
        let (subject, issuer) = (&pkis[0].specs[0], &pkis[0].specs[1]);
        let spec = OcspSpec { nonce: Some(vec![nonce; 32]), ..OcspSpec::new(&subject.serial, OcspStatus::Good) };
        service(first, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE, &spec.build(issuer, issuer)).unwrap().0
    };
    assert_eq!(respond(0x5B), KEYM_RT_KEY_CERT_INVALID, "the first one's is known still");
    // A response, and another certificate, make room.
    assert_eq!(respond(0x5A), KEYM_RT_OK);
    assert_eq!((ask(second - 1), ask(second - 2)), (KEYM_RT_OK, KEYM_RT_NOT_OK));
    assert_eq!(service(second, DELETE, &[]), OK);
    assert_eq!(ask(second - 2), KEYM_RT_OK);
}

#[test]
fn null_pointers_of_the_store_functions_are_reported() {
    let _serial = serial();
    stores();
    let (mut id, mut count) = (0, 0);
    let codes = unsafe {
        [
            KeyM_V2g_List(1, null_mut(), &mut count),
            KeyM_V2g_List(1, &mut id, null_mut()),
            KeyM_V2g_GetDue(null_mut(), null_mut()),
            KeyM_V2g_FindFree(1, null_mut()),
            KeyM_V2g_GetInfo(0, null_mut()),
            KeyM_V2g_SelectContract(null(), 0, &mut id),
            KeyM_V2g_SelectContract(b"x".as_ptr(), 1, null_mut()),
            KeyM_V2g_SelectContractOfProviders(null(), 1, &mut id),
            KeyM_V2g_SelectContractOfProviders(null(), 0, null_mut()),
        ]
    };
    assert_eq!(codes, [E_NOT_OK; 9]);
    assert_eq!(seen(), vec![Seen::Det { api: KEYM_SID_V2G, error: KEYM_E_PARAM_POINTER }; 9]);
}
