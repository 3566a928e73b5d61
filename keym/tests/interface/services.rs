//! `KeyM_ServiceCertificate`: what enters a slot, and what does not.

use super::builder::{CrlSpec, Key, OcspSpec, OcspStatus, Spec, DAY, NOW};
use super::certificates::{chain, ders, pki, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::pki::Pki;
use super::setup::*;
use v2gcrypt_keym::csr::CertificationRequest;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::ocsp::OcspResponse;
use v2gcrypt_keym::path::HashAlgorithm;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::x509::{oid, Certificate, KeyAlgorithm, SignatureAlgorithm};
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

pub const SET_ROOT: u8 = KEYM_SERVICE_CERT_SET_ROOT;
pub const UPDATE_ROOT: u8 = KEYM_SERVICE_CERT_UPDATE_ROOT;
pub const SET_SUB: u8 = KEYM_SERVICE_CERT_SET_INTERMEDIATE;
pub const SET_CHAIN: u8 = KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN;
pub const DELETE: u8 = KEYM_SERVICE_CERT_V2GCRYPT_DELETE;
const CRL: u16 = 4;
const OK: Result<(u8, Vec<u8>), u8> = Ok((KEYM_RT_OK, Vec::new()));

/// Root in block 0; leaf and Sub-CAs in block 1, all or none; a CRL of Sub-CA 2 in block 2. The leaf's key is crypto key 0.
pub fn stored() -> Setup {
    let mut setup = chain(|slots| {
        let mut slots: Vec<_> = slots.into_iter().zip([0, 1, 1, 1]).map(|(slot, block)| slot.block(block)).collect();
        slots[3].privateKeyId = 0;
        slots[3].generateJobId = JOB_SIGN + 50;
        let mut crl = certificate("Crl", SUB2).block(2);
        crl.format = KEYM_CERT_FORMAT_CRL;
        slots.push(crl);
        Setup::new(slots)
    });
    setup.keys.push(crypto_key("ContractKey", 50));
    setup.add_block(20, 0, false);
    setup.add_block(21, 0, false);
    setup.add_block(22, 0, false);
    setup
}

fn contract() -> Pki {
    pki(Profile::Iso15118_2, Role::Contract)
}

/// Another one, with other keys and names of its own.
pub fn other(label: &str) -> Pki {
    let mut pki = contract();
    for (index, spec) in pki.specs.iter_mut().enumerate() {
        spec.key = Key::real(KeyAlgorithm::P256, &format!("{label} {index}"));
        let id = spec.key.id(20);
        spec.subject_key_id(false, &id);
        spec.serial = vec![2, index as u8 + 1];
        if index != 0 {
            spec.attribute(oid::COMMON_NAME, &format!("{label} {index}"));
        }
    }
    pki.link();
    pki
}

/// Leaf, Sub-CA 1, Sub-CA 2 one behind the other.
pub fn bundle(ders: &[Vec<u8>]) -> Vec<u8> {
    [ders[3].as_slice(), &ders[1], &ders[2]].concat()
}

fn statuses() -> Vec<u8> {
    (0..4).map(status).collect()
}

const VALID: [u8; 4] = [KEYM_CERTIFICATE_VALID; 4];

#[test]
fn a_root_and_a_whole_chain_are_installed_and_survive_a_restart() {
    let _serial = serial();
    let config = stored().start(|_| ());
    let ders = ders(&contract());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(status(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    assert_eq!(statuses(), VALID);
    assert_eq!(fake(|fake| fake.nvm.writes), 2, "one for the root, one for leaf and Sub-CAs");
    fake(|fake| fake.keys.clear());
    start(config);
    // A root is an anchor again, and its key is in Csm; the others are to be verified before they are used.
    let parsed = KEYM_CERTIFICATE_PARSED_NOT_VALIDATED;
    assert_eq!(statuses(), [KEYM_CERTIFICATE_VALID, parsed, parsed, parsed]);
    assert!(fake(|fake| fake.valid.contains(&10)));
    for (id, der) in ders.iter().enumerate() {
        assert_eq!(get(id as u16).as_ref(), Ok(der));
    }
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(fake(|fake| fake.nvm.writes), 2, "what is stored is not stored again");
}

#[test]
fn what_fails_changes_nothing() {
    let _serial = serial();
    stored().start(|_| ());
    let good = contract();
    let ders = ders(&good);
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    let key_before = fake(|fake| fake.keys[&(10, 1)].clone());
    let nvm_before = fake(|fake| fake.nvm.data.clone());
    let mut expired = other("Expired");
    expired.specs[0].not_after = NOW - 1;
    let expired = super::certificates::ders(&expired);
    let foreign = super::certificates::ders(&other("Foreign"));
    let mut forged = bundle(&ders);
    *forged.last_mut().unwrap() ^= 1;
    let chain = KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST;
    let invalid = KEYM_RT_KEY_CERT_INVALID;
    let rows: [(u16, u8, Vec<u8>, u8); 10] = [
        // A root has to be one.
        (ROOT, SET_ROOT, foreign[0].clone(), chain),
        (ROOT, UPDATE_ROOT, foreign[0].clone(), chain),
        (ROOT, UPDATE_ROOT, [foreign[0].as_slice(), &[0x30, 0]].concat(), chain),
        (ROOT, UPDATE_ROOT, b"no certificate".to_vec(), invalid),
        (LEAF, SET_CHAIN, bundle(&foreign), chain),
        (LEAF, SET_CHAIN, bundle(&expired), chain),
        (LEAF, SET_CHAIN, forged, chain),
        (SUB1, SET_SUB, foreign[1].clone(), chain),
        (SUB1, SET_SUB, [ders[1].as_slice(), &[5, 0]].concat(), invalid),
        (LEAF, SET_CHAIN, [ders[3].as_slice(), b"surplus"].concat(), chain),
    ];
    for (index, (id, what, request, result)) in rows.into_iter().enumerate() {
        assert_eq!(service(id, what, &request), Ok((result, vec![])), "row {index}");
        assert_eq!(statuses(), VALID, "row {index}");
        for (id, der) in ders.iter().enumerate() {
            assert_eq!(get(id as u16).as_ref(), Ok(der), "row {index}");
        }
        assert_eq!(fake(|fake| fake.nvm.data.clone()), nvm_before, "row {index}");
        assert_eq!(fake(|fake| fake.keys[&(10, 1)].clone()), key_before, "row {index}");
    }
}

#[test]
fn a_root_of_the_wrong_profile_or_not_signed_by_itself_does_not_enter() {
    let _serial = serial();
    let mut pki = contract();
    pki.specs[3].key_usage(0x01);
    let ders = ders(&pki);
    stored().start(|_| ());
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    // A Sub-CA is no root.
    assert!(matches!(service(ROOT, SET_ROOT, &ders[1]), Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST | KEYM_RT_KEY_CERT_INVALID, _))));
    assert_eq!(status(ROOT), KEYM_CERTIFICATE_NOT_AVAILABLE);
    assert_eq!(fake(|fake| fake.nvm.writes), 0);
}

#[test]
fn a_root_goes_with_its_own_signature_or_in_a_session() {
    let _serial = serial();
    stored().start(|config| config.startFinalizeEnabled = 1);
    let (old, new) = (contract(), other("New"));
    let (old_ders, new_ders) = (ders(&old), ders(&new));
    assert_eq!(service(ROOT, UPDATE_ROOT, &new_ders[0]), Err(KEYM_E_KEY_CERT_EMPTY));
    assert_eq!(service(ROOT, SET_ROOT, &old_ders[0]), OK);
    // By the new key: nobody's consent.
    let own = new.specs[3].key.sign(SignatureAlgorithm::EcdsaSha256, &new_ders[0]);
    let refused = Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![]));
    assert_eq!(service(ROOT, UPDATE_ROOT, &[new_ders[0].as_slice(), &own].concat()), refused);
    assert_eq!(service(ROOT, UPDATE_ROOT, &new_ders[0]), refused);
    assert_eq!(service(ROOT, DELETE, &[]), Err(KEYM_E_CERT_INVALID_CHAIN_OF_TRUST));
    let consent = old.specs[3].key.sign(SignatureAlgorithm::EcdsaSha256, &new_ders[0]);
    assert_eq!(ask_service(ROOT, UPDATE_ROOT, &[new_ders[0].as_slice(), &consent].concat(), &mut Room::new(0)), E_OK);
    settle();
    let updated = Seen::SecurityEvent { id: 101, context: vec![0, ROOT as u8, KEYM_CERTIFICATE_VALID] };
    assert_eq!(seen(), [updated, Seen::Serviced { id: ROOT, result: KEYM_RT_OK, response: vec![] }]);
    assert_eq!(get(ROOT).unwrap(), new_ders[0]);
    assert_eq!(fake(|fake| fake.keys[&(10, 1)].clone()), new.specs[3].key.public[1..]);
    // In the workshop.
    let (mut room, mut length) = ([0; 4], 4u16);
    let session = unsafe { KeyM_Start(KEYM_START_WORKSHOPMODE, std::ptr::null(), 0, room.as_mut_ptr(), &mut length) };
    assert_eq!(session, E_OK);
    assert_eq!(service(ROOT, UPDATE_ROOT, &old_ders[0]), OK);
    assert_eq!(service(ROOT, DELETE, &[]), OK);
    assert_eq!(status(ROOT), KEYM_CERTIFICATE_NOT_AVAILABLE);
}

#[test]
fn intermediates_want_everything_above_to_be_valid() {
    let _serial = serial();
    stored().start(|_| ());
    let ders = ders(&contract());
    assert_eq!(service(SUB1, SET_SUB, &ders[1]), Err(KEYM_E_CERT_INVALID_CHAIN_OF_TRUST));
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(SUB2, SET_SUB, &ders[2]), Err(KEYM_E_CERT_INVALID_CHAIN_OF_TRUST));
    assert_eq!(service(SUB1, SET_SUB, &ders[1]), OK);
    assert_eq!(service(SUB2, SET_SUB, &ders[2]), OK);
    assert_eq!(service(SUB1, KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE, &ders[1]), OK);
    assert_eq!(statuses()[..2], [KEYM_CERTIFICATE_VALID; 2]);
}

#[test]
fn a_service_that_does_not_suit_is_refused_and_writes_nothing() {
    let _serial = serial();
    stored().start(|_| ());
    let ders = ders(&contract());
    let rows: [(u16, u8, &[u8], u8); 14] = [
        (9, SET_ROOT, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (LEAF, SET_ROOT, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (ROOT, SET_SUB, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (ROOT, SET_CHAIN, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (CRL, SET_CHAIN, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (LEAF, KEYM_SERVICE_CERT_UPDATE_CRL, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (SUB1, KEYM_SERVICE_CERT_REQUEST_CSR, &[], KEYM_E_PARAMETER_MISMATCH),
        (LEAF, 0, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (LEAF, 0x08, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (LEAF, 0x9F, &ders[0], KEYM_E_PARAMETER_MISMATCH),
        (ROOT, SET_ROOT, &[], KEYM_E_KEY_CERT_SIZE_MISMATCH),
        (ROOT, SET_ROOT, &[0; 6000], KEYM_E_KEY_CERT_SIZE_MISMATCH),
        (LEAF, DELETE, &[], KEYM_E_KEY_CERT_EMPTY),
        (LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST, &[], KEYM_E_KEY_CERT_EMPTY),
    ];
    for (index, (id, what, request, code)) in rows.into_iter().enumerate() {
        let mut room = Room::new(50);
        assert_eq!(ask_service(id, what, request, &mut room), code, "row {index}");
        settle();
        assert_eq!((seen(), room.length, &room.data), (vec![], 50, &vec![0xEE; 50]), "row {index}");
    }
    // One at a time.
    let mut room = Room::new(0);
    assert_eq!(ask_service(ROOT, SET_ROOT, &ders[0], &mut room), E_OK);
    assert_eq!(ask_service(ROOT, SET_ROOT, &ders[0], &mut room), KEYM_E_BUSY);
    assert_eq!(ask_service(LEAF, SET_CHAIN, &ders[0], &mut room), KEYM_E_BUSY);
    settle();
    assert_eq!(seen().len(), 2);
}

#[test]
fn by_name_and_by_id_and_in_both_widths_it_is_one_service() {
    let _serial = serial();
    let ders = ders(&contract());
    for narrow in [true, false] {
        fake(|fake| fake.nvm.data.clear());
        stored().start(|_| ());
        let name = b"Root";
        let code = unsafe {
            let (request, response) = (ders[0].as_ptr(), std::ptr::null_mut());
            if narrow {
                let length = ders[0].len() as u16;
                V2gcrypt_KeyM_ServiceCertificate16(SET_ROOT, name.as_ptr(), 4, request, length, response, 0)
            } else {
                let length = ders[0].len() as u32;
                V2gcrypt_KeyM_ServiceCertificate32(SET_ROOT, name.as_ptr(), 4, request, length, response, std::ptr::null_mut())
            }
        };
        assert_eq!(code, E_OK);
        settle();
        assert_eq!(seen().last(), Some(&Seen::Serviced { id: ROOT, result: KEYM_RT_OK, response: vec![] }));
        let by = |name: *const u8, length| unsafe {
            V2gcrypt_KeyM_ServiceCertificate16(SET_ROOT, name, length, ders[0].as_ptr(), 1, std::ptr::null_mut(), 0)
        };
        assert_eq!(by(b"Roof".as_ptr(), 4), KEYM_E_PARAMETER_MISMATCH);
        assert_eq!(by(b"Root".as_ptr(), 3), KEYM_E_PARAMETER_MISMATCH);
        assert_eq!(by(b"Root".as_ptr(), 0), KEYM_E_PARAMETER_MISMATCH);
        assert_eq!(by([0; 21].as_ptr(), 21), KEYM_E_PARAMETER_MISMATCH);
        assert_eq!(by(std::ptr::null(), 4), E_NOT_OK);
        assert_eq!(seen(), [Seen::Det { api: KEYM_SID_SERVICECERTIFICATE, error: KEYM_E_PARAM_POINTER }]);
    }
}

fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    [&[tag][..], &(value.len() as u16).to_be_bytes(), value].concat()
}

/// A certificate for the key of a request.
fn answer(pki: &mut Pki, request: &CertificationRequest<'_>) -> Vec<Vec<u8>> {
    pki.specs[0].key.public = request.public_key.bytes.to_vec();
    let id = pki.specs[0].key.id(20);
    pki.specs[0].subject_key_id(false, &id);
    ders(pki)
}

#[test]
fn a_request_is_made_for_a_new_key_and_only_a_certificate_of_that_key_answers_it() {
    let _serial = serial();
    for asynchronous in [false, true] {
        fake(|fake| {
            fake.nvm.data.clear();
            fake.async_jobs = if asynchronous { [JOB_SIGN + 50].into() } else { [].into() };
        });
        stored().start(|_| ());
        let mut pki = contract();
        let unrelated = ders(&pki);
        assert_eq!(service(ROOT, SET_ROOT, &unrelated[0]), OK);
        let template = [
            tagged(KEYM_CSR_COMMON_NAME, super::pki::EMAID.as_bytes()),
            tagged(KEYM_CSR_ORGANIZATION, b"Operator"),
            tagged(KEYM_CSR_SAN_DNS, b"example.org"),
            tagged(KEYM_CSR_KEY_USAGE, &[0, 0x01]),
        ]
        .concat();
        let request = service(LEAF, KEYM_SERVICE_CERT_REQUEST_CSR, &template).unwrap();
        assert_eq!(request.0, KEYM_RT_OK);
        let request = CertificationRequest::parse(&request.1).unwrap();
        let names: Vec<_> = request.subject.attributes().map(|attribute| attribute.value.to_vec()).collect();
        assert_eq!(names, [super::pki::EMAID.as_bytes(), b"Operator"]);
        let mut raw = [0; 132];
        v2gcrypt_keym::x509::ecdsa_raw(request.signature, 32, &mut raw).unwrap();
        let key = v2gcrypt_primitives::ecdsa::VerifyingKey::new(v2gcrypt_primitives::Curve::P256, request.public_key.bytes);
        assert!(key.unwrap().verify(v2gcrypt_primitives::HashAlgorithm::Sha256, request.info, &raw[..64]));
        const ANSWER: u8 = KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR;
        assert_eq!(service(LEAF, ANSWER, &bundle(&unrelated)), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
        assert_eq!(status(LEAF), KEYM_CERTIFICATE_NOT_AVAILABLE);
        let answered = answer(&mut pki, &request);
        assert_eq!(service(LEAF, ANSWER, &bundle(&answered)), OK);
        assert_eq!(statuses(), VALID);
    }
    // What is no template is refused before anything is signed.
    let broken = tagged(KEYM_CSR_COMMON_NAME, b"cut");
    for template in [&broken[..4], &tagged(0x77, b"x"), &tagged(KEYM_CSR_COMMON_NAME, &[0xFF])] {
        assert_eq!(service(LEAF, KEYM_SERVICE_CERT_REQUEST_CSR, template), Ok((KEYM_RT_NOT_OK, vec![])));
    }
    // Not enough room for the request: nothing is written.
    let mut room = Room::new(20);
    assert_eq!(ask_service(LEAF, KEYM_SERVICE_CERT_REQUEST_CSR, &tagged(KEYM_CSR_COMMON_NAME, b"CN"), &mut room), E_OK);
    settle();
    assert_eq!(seen(), [Seen::Serviced { id: LEAF, result: KEYM_RT_NOT_OK, response: vec![] }]);
    assert_eq!((room.length, &room.data), (20, &vec![0xEE; 20]));
}

fn crl(spec: &Spec, this_update: i64, revoked: Vec<Vec<u8>>) -> Vec<u8> {
    CrlSpec { this_update, next_update: Some(NOW + DAY), revoked, extensions: Vec::new() }.build(spec)
}

#[test]
fn a_crl_enters_when_its_issuer_signed_it_and_revokes() {
    let _serial = serial();
    stored().start(|_| ());
    let pki = contract();
    let ders = ders(&pki);
    const UPDATE: u8 = KEYM_SERVICE_CERT_UPDATE_CRL;
    let list = crl(&pki.specs[1], NOW - 60, vec![vec![7]]);
    // Nobody to ask.
    assert_eq!(service(CRL, UPDATE, &list), Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![])));
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    assert_eq!(service(CRL, UPDATE, &crl(&pki.specs[2], NOW - 60, vec![])), Ok((KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST, vec![])));
    let mut forged = list.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(service(CRL, UPDATE, &forged), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    assert_eq!(service(CRL, UPDATE, &crl(&pki.specs[1], NOW + 60, vec![])), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    assert_eq!(get(CRL), Err(KEYM_E_KEY_CERT_EMPTY));
    assert_eq!(service(CRL, UPDATE, &list), OK);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(service(CRL, UPDATE, &crl(&pki.specs[1], NOW - 61, vec![])), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])), "older");
    let newer = crl(&pki.specs[1], NOW - 30, vec![pki.specs[0].serial.clone()]);
    assert_eq!(service(CRL, UPDATE, &newer), OK);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    assert_eq!(get(LEAF).unwrap(), ders[3], "a store does not lose what fails");
}

#[test]
fn an_ocsp_request_is_written_and_a_response_is_kept_when_it_proves_something() {
    let _serial = serial();
    stored().start(|_| ());
    let pki = contract();
    let ders = ders(&pki);
    assert_eq!(service(ROOT, SET_ROOT, &ders[0]), OK);
    assert_eq!(service(LEAF, SET_CHAIN, &bundle(&ders)), OK);
    let request = service(LEAF, KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST, &[]).unwrap();
    assert_eq!(request.0, KEYM_RT_OK);
    let subject = &Certificate::parse(&ders[2]).unwrap().subject;
    let hash = super::engine::digest(HashAlgorithm::Sha1, subject.der);
    let key_hash = super::engine::digest(HashAlgorithm::Sha1, &pki.specs[1].key.public);
    for part in [&hash, &key_hash, &pki.specs[0].serial, &vec![0x5A; 32]] {
        assert!(request.1.windows(part.len()).any(|window| window == part.as_slice()));
    }
    const RESPONSE: u8 = KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE;
    let age = std::cell::Cell::new(0);
    let with_nonce = |status, signer: usize, nonce: Option<Vec<u8>>| {
        // Each is later than the one before.
        let this_update = NOW - 3600 + age.replace(age.get() + 1);
        OcspSpec { nonce, this_update, ..OcspSpec::new(&pki.specs[0].serial, status) }.build(&pki.specs[1], &pki.specs[signer])
    };
    // The answer has the nonce of the question, until one has come.
    for wrong in [None, Some(vec![0x5A; 31]), Some(vec![0x5B; 32])] {
        let response = with_nonce(OcspStatus::Good, 1, wrong);
        assert_eq!(service(LEAF, RESPONSE, &response), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    }
    assert_eq!(service(LEAF, RESPONSE, &with_nonce(OcspStatus::Good, 1, Some(vec![0x5A; 32]))), OK);
    let response = |status, signer: usize| with_nonce(status, signer, None);
    let good = response(OcspStatus::Good, 1);
    assert!(OcspResponse::parse(&good).is_ok());
    assert_eq!(service(LEAF, RESPONSE, b"nothing"), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    // By somebody else, and about another certificate.
    assert_eq!(service(LEAF, RESPONSE, &response(OcspStatus::Good, 2)), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    let elsewhere = OcspSpec::new(&[9], OcspStatus::Good).build(&pki.specs[1], &pki.specs[1]);
    assert_eq!(service(LEAF, RESPONSE, &elsewhere), Ok((KEYM_RT_KEY_CERT_INVALID, vec![])));
    assert_eq!(service(LEAF, RESPONSE, &good), OK);
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!(service(LEAF, RESPONSE, &response(OcspStatus::Revoked, 1)), OK);
    assert_eq!(status(LEAF), KEYM_E_CERTIFICATE_REVOKED);
    assert_eq!(verify_now(LEAF), KEYM_E_CERTIFICATE_REVOKED);
}
