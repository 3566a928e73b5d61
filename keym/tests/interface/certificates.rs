//! From SetCertificate to CertElementGet.

use super::builder::{Key, NOW};
use super::fakes::*;
use super::pki::Pki;
use super::setup::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::types::*;
use v2gcrypt_keym::x509::{oid, KeyAlgorithm};
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

pub const ROOT: u16 = 0;
pub const SUB1: u16 = 1;
pub const SUB2: u16 = 2;
pub const LEAF: u16 = 3;
pub const GLOBAL: u8 = KEYM_STBM_GLOBAL_TIME_BASE;

/// Leaf, Sub-CA 2, Sub-CA 1, root, with keys that sign.
pub fn pki(profile: Profile, role: Role) -> Pki {
    let levels = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];
    Pki::with(profile, role, &levels, KeyAlgorithm::P256, &Key::real)
}

/// Root, Sub-CA 1, Sub-CA 2, leaf: in the order of their slots.
pub fn ders(pki: &Pki) -> Vec<Vec<u8>> {
    let mut ders = pki.build();
    ders.reverse();
    ders
}

pub fn chain(setup: impl FnOnce(Vec<config::KeyM_CertificateConfigType>) -> Setup) -> Setup {
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    let contract = |role| (role, KEYM_V2G_PROFILE_ISO15118_2);
    let slot = |name, upper, key, (role, profile)| certificate(name, upper).key(key).role(role, profile);
    setup(vec![
        slot("Root", ROOT, 10, contract(KEYM_V2G_ROLE_MO_ROOT)),
        slot("Sub1", ROOT, 11, contract(KEYM_V2G_ROLE_SUB_CA_1)),
        slot("Sub2", SUB1, 12, contract(KEYM_V2G_ROLE_SUB_CA_2)),
        slot("Leaf", SUB2, 13, contract(KEYM_V2G_ROLE_CONTRACT)).elements(vec![
            element(1, KEYM_ELEMENT_SUBJECT_NAME, oid::COMMON_NAME, 0),
            element(2, KEYM_ELEMENT_SERIAL_NUMBER, &[], 0),
            element(3, KEYM_ELEMENT_NOT_AFTER, &[], 0),
            element(4, KEYM_ELEMENT_VERSION_NUMBER, &[], 0),
            element(5, KEYM_ELEMENT_EXTENSION, &[], 0),
            element(6, KEYM_ELEMENT_SUBJECT_UNIQUE_IDENTIFIER, &[], 0),
        ]),
    ])
}

pub fn set_all(ders: &[Vec<u8>]) {
    for (id, der) in ders.iter().enumerate() {
        assert_eq!(set(id as u16, der), E_OK);
        assert_eq!(status(id as u16), KEYM_CERTIFICATE_NOT_PARSED);
    }
}

fn read(id: u16, element: u16) -> Result<Vec<u8>, u8> {
    let (mut room, mut length) = ([0xEE; 300], 300);
    match unsafe { KeyM_CertElementGet(id, element, room.as_mut_ptr(), &mut length) } {
        E_OK => Ok(room[..length as usize].to_vec()),
        code => {
            assert_eq!((room, length), ([0xEE; 300], 300));
            Err(code)
        }
    }
}

#[test]
fn a_chain_is_set_parsed_verified_and_read() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    let pki = pki(Profile::Iso15118_2, Role::Contract);
    let ders = ders(&pki);
    assert_eq!((0..4).map(status).collect::<Vec<_>>(), [KEYM_CERTIFICATE_NOT_AVAILABLE; 4]);
    set_all(&ders);
    assert_eq!(read(LEAF, 1), Err(KEYM_E_KEY_CERT_INVALID));
    settle();
    assert_eq!((0..4).map(status).collect::<Vec<_>>(), [KEYM_CERTIFICATE_PARSED_NOT_VALIDATED; 4]);
    assert_eq!(seen(), []);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    // Whoever was needed for it is valid, too.
    assert_eq!((0..4).map(status).collect::<Vec<_>>(), [KEYM_CERTIFICATE_VALID; 4]);
    assert_eq!(fake(|fake| fake.verifications.clone()), [10, 10, 11, 12]);
    assert_eq!(read(LEAF, 1).unwrap(), super::pki::EMAID.as_bytes());
    assert_eq!(read(LEAF, 2).unwrap(), [1, 1]);
    assert_eq!(read(LEAF, 3).unwrap(), b"20260411000000Z");
    assert_eq!(read(LEAF, 4).unwrap(), [2]);
    assert_eq!(read(LEAF, 6), Err(KEYM_E_KEY_CERT_EMPTY));
    assert_eq!(read(LEAF, 7), Err(KEYM_E_PARAMETER_MISMATCH));
    assert_eq!(read(9, 1), Err(KEYM_E_PARAMETER_MISMATCH));
    assert_eq!(get(LEAF).unwrap(), ders[3]);
}

#[test]
fn asynchronous_and_busy_jobs_come_to_the_same_verdict_with_one_callback() {
    let _serial = serial();
    fake(|fake| fake.async_jobs = [JOB_SHA256, JOB_VERIFY + 10, JOB_VERIFY + 12].into());
    chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    set_all(&ders);
    fake(|fake| fake.busy = 5);
    assert_eq!(verify(LEAF), E_OK);
    // No job is ended, so nothing can be told.
    for _ in 0..100 {
        unsafe { KeyM_MainBackgroundFunction() };
    }
    assert_eq!(seen(), []);
    assert_eq!(verify(LEAF), KEYM_E_BUSY);
    assert_eq!(set(LEAF, &ders[3]), KEYM_E_BUSY);
    unsafe { KeyM_CsmJobFinished(JOB_VERIFY + 77, E_OK) };
    settle();
    assert_eq!(seen(), [Seen::Verified { id: LEAF, status: KEYM_CERTIFICATE_VALID }]);
}

#[test]
fn a_job_that_cannot_be_done_is_no_verdict() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    set_all(&ders(&pki(Profile::Iso15118_2, Role::Contract)));
    fake(|fake| fake.broken = [JOB_VERIFY + 12].into());
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    fake(|fake| fake.broken.clear());
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
}

#[test]
fn each_way_to_be_wrong_has_its_status_and_a_security_event() {
    let _serial = serial();
    let good = pki(Profile::Iso15118_2, Role::Contract);
    let mut rows: Vec<(Pki, u8)> = Vec::new();
    let mut expired = good.clone();
    expired.specs[0].not_after = NOW - 1;
    rows.push((expired, KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL));
    let mut early = good.clone();
    early.specs[0].not_before = NOW + 1;
    rows.push((early, KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL));
    let mut content = good.clone();
    content.specs[0].key_usage(0x20);
    rows.push((content, KEYM_E_CERTIFICATE_INVALID_CONTENT));
    let mut stranger = good.clone();
    stranger.specs[0].issuer = Some(vec![(oid::COMMON_NAME, "Nobody".into())]);
    rows.push((stranger, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST));
    let mut sub = good.clone();
    sub.specs[1].not_before = NOW + 1;
    rows.push((sub, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST));
    for (pki, wanted) in rows {
        chain(Setup::new).start(|_| ());
        set_all(&ders(&pki));
        assert_eq!(verify(LEAF), E_OK);
        settle();
        let context = vec![0, LEAF as u8, wanted];
        assert_eq!(seen(), [Seen::SecurityEvent { id: 104, context }, Seen::Verified { id: LEAF, status: wanted }]);
        assert_eq!(read(LEAF, 1), Err(KEYM_E_KEY_CERT_INVALID));
    }
    // The signature of each certificate, one bit wrong.
    for (id, wanted) in [
        (3, KEYM_E_CERTIFICATE_SIGNATURE_FAIL),
        (2, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
        (1, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
        (0, KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST),
    ] {
        chain(Setup::new).start(|_| ());
        let mut ders = ders(&good);
        *ders[id].last_mut().unwrap() ^= 1;
        set_all(&ders);
        assert_eq!(verify_now(LEAF), wanted, "{id}");
    }
}

#[test]
fn what_cannot_be_parsed_is_told_so() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    assert_eq!(set(LEAF, b"no certificate"), E_OK);
    settle();
    assert_eq!(status(LEAF), KEYM_E_CERTIFICATE_INVALID_FORMAT);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_INVALID_FORMAT);
    let mut room = vec![0; 10];
    room.resize(1001, 0);
    assert_eq!(set(LEAF, &room), KEYM_E_KEY_CERT_SIZE_MISMATCH);
    // It was wrong, so nothing has changed. Nothing at all removes it.
    assert_eq!(get(LEAF).unwrap(), b"no certificate");
    assert_eq!(set(LEAF, &[]), E_OK);
    assert_eq!(status(LEAF), KEYM_CERTIFICATE_NOT_AVAILABLE);
    assert_eq!(get(LEAF), Err(KEYM_E_KEY_CERT_EMPTY));
    assert_eq!(verify(LEAF), KEYM_E_KEY_CERT_EMPTY);
}

#[test]
fn a_pair_is_verified_when_the_upper_one_is_valid() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    set_all(&ders(&pki(Profile::Iso15118_2, Role::Contract)));
    settle();
    let pair = |id, upper| unsafe { KeyM_VerifyCertificates(id, upper) };
    assert_eq!(pair(LEAF, SUB2), KEYM_E_CERT_INVALID_CHAIN_OF_TRUST);
    assert_eq!(pair(LEAF, 9), KEYM_E_PARAMETER_MISMATCH);
    assert_eq!(pair(9, SUB2), KEYM_E_PARAMETER_MISMATCH);
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(verify_now(SUB1), KEYM_CERTIFICATE_VALID);
    assert_eq!(status(SUB2), KEYM_CERTIFICATE_PARSED_NOT_VALIDATED);
    for (id, upper) in [(SUB2, SUB1), (LEAF, SUB2)] {
        assert_eq!(pair(id, upper), E_OK);
        settle();
        assert_eq!(seen(), [Seen::Verified { id, status: KEYM_CERTIFICATE_VALID }]);
    }
}

#[test]
fn a_chain_from_outside_needs_no_slots() {
    let _serial = serial();
    let setup = chain(|mut slots| {
        slots.truncate(1);
        slots.push(certificate("Peer", ROOT).role(KEYM_V2G_ROLE_CONTRACT, KEYM_V2G_PROFILE_ISO15118_2));
        Setup::new(slots)
    });
    setup.start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    assert_eq!((set(ROOT, &ders[0]), set(1, &ders[3])), (E_OK, E_OK));
    let data = |der: &Vec<u8>| KeyM_CertDataType { certDataLength: der.len() as u32, certData: der.as_ptr().cast_mut() };
    let subs = [data(&ders[1]), data(&ders[2])];
    let verify_chain = |id, chain: *const KeyM_CertDataType, count| unsafe { KeyM_VerifyCertificateChain(id, chain, count) };
    assert_eq!(verify_chain(1, subs.as_ptr(), 2), E_OK);
    assert_eq!(verify_chain(1, subs.as_ptr(), 2), KEYM_E_BUSY);
    assert_eq!(verify_chain(ROOT, subs.as_ptr(), 1), KEYM_E_BUSY);
    settle();
    assert_eq!(seen(), [Seen::Verified { id: 1, status: KEYM_CERTIFICATE_VALID }]);
    // Its issuers were verified with the pair of the pool.
    assert_eq!(fake(|fake| fake.verifications.clone()), [10, 10, 90, 90]);
    assert_eq!(verify_chain(1, subs.as_ptr(), 1), E_OK);
    settle();
    assert_eq!(seen().last(), Some(&Seen::Verified { id: 1, status: KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST }));
    assert_eq!(verify_chain(1, std::ptr::null(), 1), E_NOT_OK);
    assert_eq!(seen(), [Seen::Det { api: KEYM_SID_VERIFYCERTIFICATECHAIN, error: KEYM_E_PARAM_POINTER }]);
    assert_eq!(verify_chain(1, subs.as_ptr(), 5), KEYM_E_PARAMETER_MISMATCH);
    assert_eq!(verify_chain(9, subs.as_ptr(), 1), KEYM_E_PARAMETER_MISMATCH);
}

#[test]
fn a_certificate_that_changes_makes_what_is_below_it_unverified() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    set_all(&ders);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(set(SUB1, &ders[1]), E_OK);
    settle();
    let unverified = KEYM_CERTIFICATE_PARSED_NOT_VALIDATED;
    assert_eq!((0..4).map(status).collect::<Vec<_>>(), [KEYM_CERTIFICATE_VALID, unverified, unverified, unverified]);
}

#[test]
fn elements_are_counted_and_iterated() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    set_all(&ders);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    let mut count = 0xEEEE;
    assert_eq!(unsafe { KeyM_CertificateElementGetCount(LEAF, 5, &mut count) }, E_OK);
    assert_eq!(count, 5);
    let mut iterator = KeyM_CertElementIteratorType { certId: 0, certElementId: 0, next: 0, check: 0, generation: 0 };
    let (mut room, mut length) = ([0u8; 300], 300u32);
    let next = |iterator: &mut _, room: &mut [u8; 300], length: &mut u32| unsafe {
        *length = 300;
        KeyM_CertElementGetNext(iterator, room.as_mut_ptr(), length)
    };
    assert_eq!(next(&mut iterator, &mut room, &mut length), KEYM_E_PARAMETER_MISMATCH);
    let first = unsafe { KeyM_CertElementGetFirst(LEAF, 5, &mut iterator, room.as_mut_ptr(), &mut length) };
    assert_eq!(first, E_OK);
    let mut values = vec![room[..length as usize].to_vec()];
    while next(&mut iterator, &mut room, &mut length) == E_OK {
        values.push(room[..length as usize].to_vec());
    }
    assert_eq!(next(&mut iterator, &mut room, &mut length), KEYM_E_KEY_CERT_EMPTY);
    assert_eq!(values.len(), 5);
    for (index, value) in values.iter().enumerate() {
        assert!(ders[3].windows(value.len()).any(|part| part == value));
        length = 300;
        let code = unsafe { KeyM_CertificateElementGetByIndex(LEAF, 5, index as u32, room.as_mut_ptr(), &mut length) };
        assert_eq!((code, &room[..length as usize]), (E_OK, value.as_slice()));
    }
    length = 300;
    let behind = unsafe { KeyM_CertificateElementGetByIndex(LEAF, 5, 5, room.as_mut_ptr(), &mut length) };
    assert_eq!((behind, length), (KEYM_E_KEY_CERT_EMPTY, 300));
    // Another certificate: the iterator is none of its.
    assert_eq!(set(LEAF, &ders[3]), E_OK);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    iterator.next = 1;
    assert_eq!(next(&mut iterator, &mut room, &mut length), KEYM_E_KEY_CERT_INVALID);
}

#[test]
fn each_tolerance_of_the_configuration_is_one_of_paths() {
    let _serial = serial();
    let good = pki(Profile::Iso15118_2, Role::Contract);
    let change = |change: fn(&mut Pki)| {
        let mut pki = good.clone();
        change(&mut pki);
        ders(&pki)
    };
    let long = change(|pki| pki.specs[0].not_after = pki.specs[1].not_after + 1);
    let other_name = change(|pki| pki.specs[0].attribute(oid::COMMON_NAME, "nobody's contract"));
    let surplus = change(|pki| {
        let usage = pki.specs[0].usage();
        pki.specs[0].key_usage(usage | 0x08);
    });
    let plain = change(|pki| pki.specs[0].remove(oid::BASIC_CONSTRAINTS));
    let old_root = change(|pki| pki.specs[3].not_after = NOW - 1);
    for (ders, tolerance) in [
        (long, KEYM_TOLERATE_OUTLIVING_ISSUER),
        (other_name, KEYM_TOLERATE_OTHER_NAMES),
        (surplus, KEYM_TOLERATE_SURPLUS_KEY_USAGE),
        (plain, KEYM_TOLERATE_LEAF_WITHOUT_BASIC_CONSTRAINTS),
    ] {
        let verdict = |tolerances: u32| {
            chain(Setup::new).start(|config| config.pathTolerances = tolerances);
            set_all(&ders);
            verify_now(LEAF)
        };
        assert_eq!(verdict(!tolerance), KEYM_E_CERTIFICATE_INVALID_CONTENT, "{tolerance:#x}");
        assert_eq!(verdict(tolerance), KEYM_CERTIFICATE_VALID, "{tolerance:#x}");
    }
    chain(Setup::new).start(|_| ());
    set_all(&old_root);
    assert_eq!(verify_now(ROOT), KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL);
    fake(|fake| fake.time = Some((NOW, 0)));
    start(chain(Setup::new).build(|config| config.pathTolerances = KEYM_TOLERATE_LOCAL_TIME));
    fake(|fake| fake.time = Some((NOW, 0)));
    set_all(&ders(&good));
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
}

#[test]
fn a_certificate_in_csm_is_fetched_at_the_start_and_kept_when_it_is_valid() {
    let _serial = serial();
    let config = chain(|mut slots| {
        (slots[0].storage, slots[0].targetKeyId) = (KEYM_STORAGE_IN_CSM, 80);
        Setup::new(slots)
    })
    .start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    assert_eq!(set(ROOT, &ders[0]), E_NOT_OK, "it is stored");
    seen();
    assert_eq!(service(ROOT, KEYM_SERVICE_CERT_SET_ROOT, &ders[3]).map(|told| told.0), Ok(KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST));
    assert_eq!(fake(|fake| fake.keys.get(&(80, 1)).cloned()), None);
    assert_eq!(service(ROOT, KEYM_SERVICE_CERT_SET_ROOT, &ders[0]), Ok((KEYM_RT_OK, vec![])));
    assert_eq!(fake(|fake| fake.keys[&(80, 1)].clone()), ders[0]);
    start(config);
    assert_eq!((get(ROOT).as_ref(), status(ROOT)), (Ok(&ders[0]), KEYM_CERTIFICATE_VALID));
}

#[test]
fn a_chain_does_not_enter_csm_in_one_service_for_it_could_enter_by_half() {
    let _serial = serial();
    chain(|mut slots| {
        for (slot, key) in slots.iter_mut().zip(80..) {
            (slot.storage, slot.targetKeyId) = (KEYM_STORAGE_IN_CSM, key);
        }
        Setup::new(slots)
    })
    .start(|_| ());
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let ok = Ok((KEYM_RT_OK, vec![]));
    assert_eq!(service(ROOT, KEYM_SERVICE_CERT_SET_ROOT, &ders[0]), ok);
    let chain = super::services::bundle(&ders);
    let refused = Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![]));
    assert_eq!(service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN, &chain), refused);
    assert_eq!(fake(|fake| (81..84).filter(|key| fake.keys.contains_key(&(*key, 1))).count()), 0);
    // One by one, from the root down, each is complete.
    for (id, what) in [
        (SUB1, KEYM_SERVICE_CERT_SET_INTERMEDIATE),
        (SUB2, KEYM_SERVICE_CERT_SET_INTERMEDIATE),
        (LEAF, KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN),
    ] {
        assert_eq!(service(id, what, &ders[usize::from(id)]), ok);
        assert_eq!(fake(|fake| fake.keys[&(80 + u32::from(id), 1)].clone()), ders[usize::from(id)]);
    }
}

#[test]
fn a_valid_root_in_ram_is_replaced_or_removed_in_a_session_only() {
    let _serial = serial();
    chain(Setup::new).start(|config| config.startFinalizeEnabled = 1);
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let other = super::certificates::ders(&super::services::other("Other"));
    // Nobody has trusted it yet.
    assert_eq!((set(ROOT, &other[0]), set(ROOT, &ders[0])), (E_OK, E_OK));
    set_all(&ders);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    for der in [&other[0][..], &[]] {
        assert_eq!(set(ROOT, der), KEYM_E_CERT_INVALID_CHAIN_OF_TRUST);
    }
    settle();
    assert_eq!((get(ROOT).as_ref(), status(ROOT), status(LEAF)), (Ok(&ders[0]), KEYM_CERTIFICATE_VALID, KEYM_CERTIFICATE_VALID));
    assert_eq!(set(SUB1, &ders[1]), E_OK, "what is no root");
    let (mut room, mut length) = ([0; 4], 4u16);
    let session = unsafe { KeyM_Start(KEYM_START_WORKSHOPMODE, std::ptr::null(), 0, room.as_mut_ptr(), &mut length) };
    assert_eq!((session, set(ROOT, &other[0])), (E_OK, E_OK));
    settle();
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(set(ROOT, &[]), E_OK);
}

#[test]
fn a_pair_is_not_valid_when_another_than_the_named_one_has_issued_it() {
    let _serial = serial();
    const LAST: u16 = 2;
    const ROOT2: u16 = 3;
    const CRL: u16 = 4;
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    let mut list = certificate("Crl", 1);
    list.format = KEYM_CERT_FORMAT_CRL;
    let named = [("Root", ROOT), ("Sub", ROOT), ("Leaf", 1), ("Root2", ROOT2)];
    let mut slots: Vec<_> = named.into_iter().map(|(name, upper)| certificate(name, upper)).collect();
    slots.push(list);
    Setup::new(slots).start(|_| ());
    let levels = [Level::Leaf, Level::SubCa2, Level::Root];
    let mut pki = Pki::with(Profile::Rfc5280, Role::Any, &levels, KeyAlgorithm::P256, &Key::real);
    let of_sub = pki.build();
    let id = pki.specs[2].key.id(20);
    pki.specs[0].authority_key_id(false, &id);
    let of_root = pki.specs[0].build(&pki.specs[2]);
    let other = ders(&super::services::other("Other"));
    let crl = super::builder::CrlSpec { this_update: NOW - 60, next_update: Some(NOW + 60), revoked: vec![], extensions: vec![] };
    for (id, der) in [(ROOT, &of_sub[2]), (1, &of_sub[1]), (ROOT2, &other[0]), (CRL, &crl.build(&pki.specs[1]))] {
        assert_eq!(set(id, der), E_OK);
    }
    assert_eq!((verify_now(1), verify_now(ROOT)), (KEYM_CERTIFICATE_VALID, KEYM_CERTIFICATE_VALID));
    let pair = |id, upper| {
        assert_eq!(unsafe { KeyM_VerifyCertificates(id, upper) }, E_OK);
        settle();
        seen();
        status(id)
    };
    for (der, issuer, stranger) in [(&of_root, ROOT, 1), (&of_sub[0], 1, ROOT)] {
        assert_eq!(set(LAST, der), E_OK);
        assert_eq!(pair(LAST, stranger), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
        assert_eq!(pair(LAST, issuer), KEYM_CERTIFICATE_VALID);
    }
    assert_eq!(pair(ROOT2, ROOT), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
    assert_eq!((verify_now(ROOT2), pair(ROOT2, ROOT2)), (KEYM_CERTIFICATE_VALID, KEYM_CERTIFICATE_VALID));
    assert_eq!(pair(CRL, ROOT), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
    assert_eq!(pair(CRL, 1), KEYM_CERTIFICATE_VALID);
}

#[test]
fn a_root_in_ram_that_is_not_valid_any_more_is_replaced_in_a_session_only() {
    let _serial = serial();
    chain(Setup::new).start(|config| config.startFinalizeEnabled = 1);
    let ders = ders(&pki(Profile::Iso15118_2, Role::Contract));
    let other = super::certificates::ders(&super::services::other("Other"));
    set_all(&ders);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    // Whoever has the clock makes it invalid; nobody consents.
    fake(|fake| fake.time = None);
    assert_eq!(verify_now(ROOT), KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL);
    fake(|fake| fake.time = Some((NOW, GLOBAL)));
    for der in [&other[0][..], &[]] {
        assert_eq!(set(ROOT, der), KEYM_E_CERT_INVALID_CHAIN_OF_TRUST);
    }
    let refused = Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![]));
    assert_eq!(service(ROOT, KEYM_SERVICE_CERT_SET_ROOT, &other[0]), refused);
    assert_eq!(service(ROOT, KEYM_SERVICE_CERT_UPDATE_ROOT, &other[0]), refused);
    assert_eq!(get(ROOT).unwrap(), ders[0]);
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
}

#[test]
fn an_index_far_behind_the_last_extension_takes_no_longer_than_a_near_one() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    set_all(&ders(&pki(Profile::Iso15118_2, Role::Contract)));
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    let began = std::time::Instant::now();
    let (mut room, mut length) = ([0u8; 300], 300u32);
    let code = unsafe { KeyM_CertificateElementGetByIndex(LEAF, 5, u32::MAX, room.as_mut_ptr(), &mut length) };
    assert_eq!(code, KEYM_E_KEY_CERT_EMPTY);
    assert!(began.elapsed().as_secs() < 2);
}
