//! What nobody has verified is not valid, however it comes.

use super::certificates::{chain, ders, pki, set_all, LEAF, ROOT, SUB1, SUB2};
use super::fakes::*;
use super::pki::Pki;
use super::services::{bundle, other, SET_CHAIN};
use super::setup::*;
use std::sync::Mutex;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::types::*;
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

fn contract() -> Pki {
    pki(Profile::Iso15118_2, Role::Contract)
}

fn verify_chain(id: u16, subs: [&Vec<u8>; 2]) -> u8 {
    let data = |der: &Vec<u8>| KeyM_CertDataType { certDataLength: der.len() as u32, certData: der.as_ptr().cast_mut() };
    let subs = subs.map(data);
    assert_eq!(unsafe { KeyM_VerifyCertificateChain(id, subs.as_ptr(), 2) }, E_OK);
    settle();
    seen();
    status(id)
}

#[test]
fn a_pool_key_that_is_also_a_roots_does_not_make_a_sub_ca_pass_for_the_root() {
    let _serial = serial();
    let mut setup = chain(|mut slots| {
        slots.truncate(1);
        slots.push(certificate("Peer", ROOT).role(KEYM_V2G_ROLE_CONTRACT, KEYM_V2G_PROFILE_ISO15118_2));
        Setup::new(slots)
    });
    setup.pool = vec![10];
    setup.start(|_| ());
    let pki = contract();
    let honest = ders(&pki);
    assert_eq!((set(ROOT, &honest[0]), set(1, &honest[3])), (E_OK, E_OK));
    assert_eq!(verify_chain(1, [&honest[1], &honest[2]]), KEYM_CERTIFICATE_VALID);
    // Sub-CA 1' has the root's name above it, and the signature of the honest Sub-CA 2.
    let mut forged = other("Forged");
    forged.specs[3] = pki.specs[3].clone();
    forged.link();
    let mut impostor = pki.specs[3].clone();
    impostor.key = pki.specs[1].key.clone();
    let chain = ders(&forged);
    let sub1 = forged.specs[2].build(&impostor);
    assert_eq!(set(1, &chain[3]), E_OK);
    assert_eq!(verify_chain(1, [&sub1, &chain[2]]), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
}

#[test]
fn a_pair_is_valid_by_the_named_certificate_alone() {
    let _serial = serial();
    let (mobility, oem) = (4, 5);
    let setup = chain(|mut slots| {
        let root = |name, id, role| certificate(name, id).role(role, KEYM_V2G_PROFILE_ISO15118_2);
        slots.push(root("Other", mobility, KEYM_V2G_ROLE_MO_ROOT));
        slots.push(root("Oem", oem, KEYM_V2G_ROLE_OEM_ROOT));
        Setup::new(slots)
    });
    setup.start(|config| config.tolerateUnsignedRootReplacement = 1);
    let honest = ders(&contract());
    set_all(&honest);
    assert_eq!((set(mobility, &ders(&other("Other"))[0]), set(oem, &honest[0])), (E_OK, E_OK));
    for id in [ROOT, mobility] {
        assert_eq!(verify_now(id), KEYM_CERTIFICATE_VALID);
    }
    let pair = |upper| {
        assert_eq!(unsafe { KeyM_VerifyCertificates(SUB1, upper) }, E_OK);
        settle();
        seen();
        status(SUB1)
    };
    // The configured root has signed it, the named one has not.
    assert_eq!(pair(mobility), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
    assert_eq!(pair(ROOT), KEYM_CERTIFICATE_VALID);
    assert_eq!(set(mobility, &honest[0]), E_OK);
    assert_eq!(verify_now(mobility), KEYM_CERTIFICATE_VALID);
    assert_eq!(pair(mobility), KEYM_CERTIFICATE_VALID);
    // A root of a role that is no anchor of contracts.
    if verify_now(oem) == KEYM_CERTIFICATE_VALID {
        assert_eq!(pair(oem), KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST);
    }
}

static INTRUDER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn intrude(id: u16) {
    set(id, &INTRUDER.lock().unwrap());
}

/// At each exit of the exclusive area once, the certificate is replaced by a forged one: it must not be called valid.
fn intruded(id: u16, intrude: fn(), work: impl Fn()) {
    for exits in 1.. {
        interrupt_after(exits, intrude);
        work();
        let over = interrupt_is_pending();
        settle();
        seen();
        if get(id).as_ref() == Ok(&*INTRUDER.lock().unwrap()) {
            assert_ne!(status(id), KEYM_CERTIFICATE_VALID, "{exits}");
        }
        if over {
            break;
        }
    }
}

fn forged(der: &[u8]) {
    let mut der = der.to_vec();
    *der.last_mut().unwrap() ^= 1;
    *INTRUDER.lock().unwrap() = der;
}

#[test]
fn a_certificate_that_is_replaced_while_a_chain_enters_is_not_valid() {
    let _serial = serial();
    chain(Setup::new).start(|_| ());
    let ders = ders(&contract());
    assert_eq!(set(ROOT, &ders[0]), E_OK);
    assert_eq!(verify_now(ROOT), KEYM_CERTIFICATE_VALID);
    forged(&ders[1]);
    intruded(
        SUB1,
        || intrude(SUB1),
        || {
            let mut room = Room::new(0);
            assert_eq!(ask_service(LEAF, SET_CHAIN, &bundle(&ders), &mut room), E_OK);
            (0..80).for_each(|_| main_functions());
        },
    );
}

#[test]
fn a_root_that_is_replaced_while_it_is_verified_before_a_leaf_is_not_valid() {
    let _serial = serial();
    chain(Setup::new).start(|config| config.tolerateUnsignedRootReplacement = 1);
    let ders = ders(&contract());
    forged(&ders[0]);
    intruded(
        ROOT,
        || intrude(ROOT),
        || {
            for id in [SUB1, SUB2, LEAF, ROOT] {
                assert_eq!(set(id, &ders[usize::from(id)]), E_OK);
            }
            assert_eq!(verify(LEAF), E_OK);
            (0..80).for_each(|_| main_functions());
        },
    );
}

#[test]
fn an_issuer_is_not_valid_by_the_profile_of_a_leaf_below_it() {
    let _serial = serial();
    let setup = chain(|mut slots| {
        slots[usize::from(SUB1)].profile = KEYM_V2G_PROFILE_NONE;
        Setup::new(slots)
    });
    setup.start(|_| ());
    set_all(&ders(&contract()));
    assert_eq!(verify_now(LEAF), KEYM_CERTIFICATE_VALID);
    assert_eq!((status(SUB1), status(SUB2)), (KEYM_CERTIFICATE_PARSED_NOT_VALIDATED, KEYM_CERTIFICATE_VALID));
}
