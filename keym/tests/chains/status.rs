//! Status by CRLs and OCSP responses.

use super::builder::*;
use super::engine::{run, Run};
use super::pki::Pki;
use v2gcrypt_keym::path::{Evidence, HashAlgorithm, Policy, Position, Query, Revocation};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::{Now, TimeFloor, TimeUnknown};
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage, SignatureAlgorithm};

/// Leaf and root: one certificate whose status is asked for.
fn short(profile: Profile) -> Pki {
    let algorithm = Pki::new(profile, Role::Any).specs[0].key.algorithm;
    let mut pki = Pki::with(profile, Role::OcspSigner, &[Level::Leaf, Level::Root], algorithm, &Key::fake);
    pki.policy = pki.policy.with_revocation(Revocation::Hard);
    pki
}

pub fn pki() -> Pki {
    short(Profile::Iso15118_2)
}

pub fn crl() -> CrlSpec {
    CrlSpec { this_update: NOW - DAY, next_update: Some(NOW + 7 * DAY), revoked: vec![vec![9, 9]], extensions: vec![] }
}

fn good(pki: &Pki) -> OcspSpec {
    OcspSpec::new(&pki.specs[0].serial, OcspStatus::Good)
}

fn check<T>(pki: &Pki, crls: &[Vec<u8>], ocsp: &[Vec<u8>], look: impl FnOnce(Run<'_>) -> T) -> T {
    check_with(pki, crls, ocsp, |_| (), look)
}

fn check_with<T>(
    pki: &Pki,
    crls: &[Vec<u8>],
    ocsp: &[Vec<u8>],
    change: impl FnOnce(&mut Query<'_>),
    look: impl FnOnce(Run<'_>) -> T,
) -> T {
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..].iter().map(Vec::as_slice).collect();
    let anchors = [ders.last().unwrap().as_slice()];
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let ocsp: Vec<&[u8]> = ocsp.iter().map(Vec::as_slice).collect();
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time, query.crls, query.ocsp) = (&pool, pki.time, &crls, &ocsp);
    change(&mut query);
    look(run(query))
}

/// What is refused with `rules`, the first of the leaf's status, the others of the evidence.
#[track_caller]
fn is_refused(run: Run<'_>, rules: &[(Position, &str)]) {
    let refusals = run.result.expect_err("accepted");
    let found: Vec<_> = refusals.iter().map(|refusal| (refusal.certificate, refusal.rule.id)).collect();
    assert_eq!(found, rules);
}

/// Of no use: unknown where proof is needed, accepted where it is not.
#[track_caller]
fn is_useless(pki: &Pki, crls: &[Vec<u8>], ocsp: &[Vec<u8>], problems: &[(Position, &str)]) {
    let expected = [&[(Position::Leaf, "status-unknown")], problems].concat();
    check(pki, crls, ocsp, |run| is_refused(run, &expected));
    let mut soft = pki.clone();
    soft.policy = soft.policy.with_revocation(Revocation::Soft);
    check(&soft, crls, ocsp, |run| assert!(run.result.is_ok()));
}

const LEAF_REVOKED: &[(Position, &str)] = &[(Position::Leaf, "revoked")];
const CRL: Position = Position::Crl(0);
const OCSP: Position = Position::Ocsp(0);

#[test]
fn a_crl_proves_who_is_revoked_and_who_is_not() {
    let pki = pki();
    let root = &pki.specs[1];
    check(&pki, &[crl().build(root)], &[], |run| {
        let chain = run.result.unwrap();
        let (_, _, evidence) = chain.certificates().next().unwrap();
        assert_eq!(evidence, Evidence::Crl { index: 0, next_update: NOW + 7 * DAY });
        assert_eq!(chain.valid_until(), NOW + 7 * DAY);
        assert_eq!(chain.certificates().last().unwrap().2, Evidence::None);
        assert_eq!(run.work.signatures, 2);
    });
    let listed = CrlSpec { revoked: vec![vec![9], pki.specs[0].serial.clone()], ..crl() };
    for mode in [Revocation::Soft, Revocation::Hard] {
        let mut pki = pki.clone();
        pki.policy = pki.policy.with_revocation(mode);
        check(&pki, &[listed.build(root)], &[], |run| is_refused(run, LEAF_REVOKED));
        // Also beside a good one, in either order.
        check(&pki, &[crl().build(root), CrlSpec { this_update: NOW - 3600, ..listed.clone() }.build(root)], &[], |run| {
            is_refused(run, LEAF_REVOKED);
        });
        check(&pki, &[listed.build(root), crl().build(root)], &[], |run| is_refused(run, LEAF_REVOKED));
        check(&pki, &[listed.build(root)], &[good(&pki).build(root, root)], |run| is_refused(run, LEAF_REVOKED));
    }
    let mut none = pki.clone();
    none.policy = none.policy.with_revocation(Revocation::None);
    check(&none, &[listed.build(root)], &[], |run| assert!(run.result.is_ok()));
}

#[test]
fn a_crl_that_proves_nothing_is_of_no_use() {
    let pki = pki();
    let root = &pki.specs[1];
    let extension = |oid: &[u8], value: Vec<u8>| vec![Extension { oid: oid.to_vec(), critical: true, value }];
    let useless = |spec: &CrlSpec, signer: &Spec, problems: &[(Position, &str)]| {
        is_useless(&pki, &[spec.build(signer)], &[], problems);
    };
    useless(&CrlSpec { next_update: Some(NOW - 1), ..crl() }, root, &[(CRL, "crl-stale")]);
    useless(&CrlSpec { next_update: None, ..crl() }, root, &[(CRL, "crl-stale")]);
    useless(&CrlSpec { this_update: NOW + 1, ..crl() }, root, &[(CRL, "crl-stale")]);
    useless(&CrlSpec { extensions: extension(&[0x2A, 3], vec![5, 0]), ..crl() }, root, &[(CRL, "crl-critical-extension")]);
    let delta = extension(oid::DELTA_CRL_INDICATOR, vec![2, 1, 1]);
    useless(&CrlSpec { extensions: delta, ..crl() }, root, &[(CRL, "crl-malformed")]);
    let point = extension(oid::ISSUING_DISTRIBUTION_POINT, sequence(&[tlv(0x82, &[0xFF])]));
    useless(&CrlSpec { extensions: point, ..crl() }, root, &[]);
    // Signed by another key under the same name; by another algorithm.
    let impostor = Spec { key: Key::fake(KeyAlgorithm::P256, "impostor"), ..root.clone() };
    useless(&crl(), &impostor, &[(CRL, "crl-signature")]);
    let other = Spec { signature_algorithm: SignatureAlgorithm::EcdsaSha384, ..root.clone() };
    useless(&crl(), &other, &[(CRL, "crl-algorithm")]);
    let other = Spec { signature_algorithm: SignatureAlgorithm::Ed25519, ..root.clone() };
    useless(&crl(), &other, &[(CRL, "crl-algorithm")]);
    // Another issuer's; another key's by its identifier.
    useless(&crl(), &pki.specs[0], &[]);
    let authority =
        vec![Extension { oid: oid::AUTHORITY_KEY_IDENTIFIER.to_vec(), critical: false, value: sequence(&[tlv(0x80, &[1; 20])]) }];
    useless(&CrlSpec { extensions: authority, ..crl() }, root, &[]);
    is_useless(&pki, &[vec![0x30, 0]], &[], &[(CRL, "crl-malformed")]);
    // The issuer must be allowed to sign lists.
    let mut pki = pki.clone();
    pki.policy.tolerate_surplus_key_usage = true;
    let mut amd1 = short(Profile::Rfc5280);
    amd1.specs[1].key_usage(KeyUsage::KEY_CERT_SIGN);
    is_useless(&amd1, &[crl().build(&amd1.specs[1])], &[], &[(CRL, "crl-sign")]);
}

#[test]
fn a_partial_list_tells_what_it_lists_and_nothing_by_its_silence() {
    let pki = pki();
    let root = &pki.specs[1];
    let scope = |value: Vec<u8>| {
        vec![Extension { oid: oid::ISSUING_DISTRIBUTION_POINT.to_vec(), critical: true, value: sequence(&[value]) }]
    };
    // onlySomeReasons: keyCompromise; a distribution point that the leaf does not have.
    let reasons = scope(tlv(0x83, &[6, 0x40]));
    let point = scope(tlv(0xA0, &tlv(0xA0, &tlv(0x86, b"http://another.example"))));
    for (extensions, problems) in [(reasons, &[(CRL, "crl-malformed")][..]), (point, &[])] {
        let silent = CrlSpec { extensions: extensions.clone(), ..crl() };
        is_useless(&pki, &[silent.build(root)], &[], problems);
        let listed = CrlSpec { extensions, revoked: vec![pki.specs[0].serial.clone()], ..crl() };
        check(&pki, &[listed.build(root)], &[], |run| is_refused(run, LEAF_REVOKED));
    }
    // An indirect one may list another issuer's certificate of the same number.
    let indirect = CrlSpec { extensions: scope(tlv(0x84, &[0xFF])), revoked: vec![pki.specs[0].serial.clone()], ..crl() };
    is_useless(&pki, &[indirect.build(root)], &[], &[(CRL, "crl-malformed")]);
}

#[test]
fn clocks_may_differ_by_what_policy_allows() {
    let mut pki = pki();
    let root = pki.specs[1].clone();
    let ahead = CrlSpec { this_update: NOW + 60, ..crl() }.build(&root);
    is_useless(&pki, std::slice::from_ref(&ahead), &[], &[(CRL, "crl-stale")]);
    pki.policy.clock_skew = 59;
    is_useless(&pki, std::slice::from_ref(&ahead), &[], &[(CRL, "crl-stale")]);
    pki.policy.clock_skew = 60;
    check(&pki, &[ahead], &[], |run| assert!(run.result.is_ok()));
    let response = OcspSpec { produced_at: NOW + 61, ..good(&pki) };
    is_useless(&pki, &[], &[response.build(&root, &root)], &[(OCSP, "ocsp-stale")]);
    let response = OcspSpec { produced_at: NOW + 60, this_update: NOW + 60, ..good(&pki) };
    check(&pki, &[], &[response.build(&root, &root)], |run| assert!(run.result.is_ok()));
}

#[test]
fn a_list_may_be_old_unless_policy_limits_it() {
    let mut pki = pki();
    let old = CrlSpec { this_update: NOW - 30 * DAY, ..crl() }.build(&pki.specs[1]);
    check(&pki, std::slice::from_ref(&old), &[], |run| assert!(run.result.is_ok()));
    pki.policy.limit_crl_age = true;
    is_useless(&pki, &[old], &[], &[(CRL, "crl-stale")]);
    check(&pki, &[crl().build(&pki.specs[1])], &[], |run| assert_eq!(run.result.unwrap().valid_until(), NOW + 6 * DAY));
}

#[test]
fn a_response_of_the_issuer_proves_the_status() {
    let pki = pki();
    let root = &pki.specs[1];
    for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512] {
        for by_key in [false, true] {
            let spec = OcspSpec { hash, by_key, ..good(&pki) };
            check(&pki, &[], &[spec.build(root, root)], |run| {
                let chain = run.result.unwrap();
                let evidence = chain.certificates().next().unwrap().2;
                assert_eq!(evidence, Evidence::Ocsp { index: 0, next_update: NOW + DAY });
                assert_eq!((chain.valid_until(), run.work.signatures, run.work.hashes), (NOW + DAY, 2, 2));
            });
        }
    }
    // The issuer's certificate in it changes nothing.
    let spec = OcspSpec { certificates: vec![root.build(root)], by_key: true, ..good(&pki) };
    check(&pki, &[], &[spec.build(root, root)], |run| assert!(run.result.is_ok()));
    let revoked = OcspSpec::new(&pki.specs[0].serial, OcspStatus::Revoked).build(root, root);
    check(&pki, &[], std::slice::from_ref(&revoked), |run| is_refused(run, LEAF_REVOKED));
    check(&pki, &[crl().build(root)], std::slice::from_ref(&revoked), |run| is_refused(run, LEAF_REVOKED));
    // A newer response of the two counts, and revoked is final.
    let older = OcspSpec { this_update: NOW - 7200, ..good(&pki) }.build(root, root);
    check(&pki, &[], &[older.clone(), revoked.clone()], |run| is_refused(run, LEAF_REVOKED));
    check(&pki, &[], &[revoked, older], |run| is_refused(run, LEAF_REVOKED));
}

#[test]
fn a_response_that_proves_nothing_is_of_no_use() {
    let pki = pki();
    let root = &pki.specs[1];
    let useless = |spec: OcspSpec, problems: &[(Position, &str)]| {
        is_useless(&pki, &[], &[spec.build(root, root)], problems);
    };
    useless(OcspSpec { status: OcspStatus::Unknown, ..good(&pki) }, &[(OCSP, "ocsp-unknown")]);
    useless(OcspSpec { next_update: Some(NOW - 1), ..good(&pki) }, &[(OCSP, "ocsp-stale")]);
    useless(OcspSpec { this_update: NOW + 1, ..good(&pki) }, &[(OCSP, "ocsp-stale")]);
    useless(OcspSpec { produced_at: NOW + 1, ..good(&pki) }, &[(OCSP, "ocsp-stale")]);
    useless(OcspSpec { next_update: Some(NOW - 7200), ..good(&pki) }, &[(OCSP, "ocsp-stale")]);
    useless(OcspSpec { critical_extension: true, ..good(&pki) }, &[(OCSP, "ocsp-malformed")]);
    useless(OcspSpec::new(&[9, 9], OcspStatus::Good), &[]);
    // About the same serial number of another issuer: another name, another key.
    let other = &pki.specs[0];
    is_useless(&pki, &[], &[good(&pki).build(other, root)], &[]);
    let same_name = Spec { key: other.key.clone(), ..root.clone() };
    is_useless(&pki, &[], &[good(&pki).build(&same_name, root)], &[]);
    // By another key under the issuer's name.
    is_useless(&pki, &[], &[good(&pki).build(root, &same_name)], &[(OCSP, "ocsp-signature")]);
    let wrong = Spec { signature_algorithm: SignatureAlgorithm::EcdsaSha512, ..root.clone() };
    is_useless(&pki, &[], &[good(&pki).build(root, &wrong)], &[(OCSP, "ocsp-algorithm")]);
    is_useless(&pki, &[], &[vec![0x30, 3, 10, 1, 3]], &[(OCSP, "ocsp-malformed")]);
    is_useless(&pki, &[], &[vec![0x30]], &[(OCSP, "ocsp-malformed")]);
}

#[test]
fn a_response_about_several_certificates_is_searched() {
    let pki = pki();
    let root = &pki.specs[1];
    let (another, stranger) = (OcspSpec::new(&[9, 9], OcspStatus::Good), &pki.specs[0]);
    for hash in [HashAlgorithm::Sha256, HashAlgorithm::Sha1] {
        // Another certificate of the issuer; the same number of another issuer; then this one.
        let before = vec![another.single(root), OcspSpec { hash, ..good(&pki) }.single(stranger)];
        let spec = OcspSpec { before: before.clone(), ..good(&pki) };
        check(&pki, &[], &[spec.build(root, root)], |run| assert!(run.result.is_ok()));
        let revoked = OcspSpec { before: before.clone(), status: OcspStatus::Revoked, ..good(&pki) };
        check(&pki, &[], &[revoked.build(root, root)], |run| is_refused(run, LEAF_REVOKED));
        // The number in one and the issuer in the other are not this one.
        let spec = OcspSpec { before: before[1..].to_vec(), ..another.clone() };
        is_useless(&pki, &[], &[spec.build(root, root)], &[]);
        let spec = OcspSpec { before, ..another.clone() };
        is_useless(&pki, &[], &[spec.build(root, root)], &[]);
    }
}

#[test]
fn a_response_counts_for_a_week_at_most() {
    // [V2G2-649] [V2G20-1021]
    let week = 7 * DAY;
    for profile in [Profile::Iso15118_2, Profile::Iso15118_20, Profile::Iso15118_20Amd1, Profile::Private] {
        let pki = short(profile);
        let root = &pki.specs[1];
        let aged = |age| OcspSpec { this_update: NOW - age, next_update: Some(NOW + 100 * DAY), ..good(&pki) };
        check(&pki, &[], &[aged(week).build(root, root)], |run| assert_eq!(run.result.unwrap().valid_until(), NOW));
        is_useless(&pki, &[], &[aged(week + 1).build(root, root)], &[(OCSP, "ocsp-stale")]);
    }
    let pki = short(Profile::Rfc5280);
    let root = &pki.specs[1];
    let spec = OcspSpec { this_update: NOW - 30 * DAY, next_update: Some(NOW + DAY), ..good(&pki) };
    check(&pki, &[], &[spec.build(root, root)], |run| assert!(run.result.is_ok()));
    // Without nextUpdate a week, too.
    for (age, good_for) in [(week, true), (week + 1, false)] {
        let spec = OcspSpec { this_update: NOW - age, next_update: None, ..good(&pki) };
        check(&pki, &[], &[spec.build(root, root)], |run| assert_eq!(run.result.is_ok(), good_for));
    }
}

#[test]
fn the_answer_to_a_request_has_its_nonce() {
    let pki = pki();
    let root = &pki.specs[1];
    let response = |nonce: Option<&[u8]>| OcspSpec { nonce: nonce.map(<[u8]>::to_vec), ..good(&pki) }.build(root, root);
    let ask = |nonce: &'static [u8], response: Vec<u8>, expected: &[(Position, &str)]| {
        check_with(
            &pki,
            &[],
            &[response],
            |query| query.ocsp_nonce = Some(nonce),
            |run| match expected {
                [] => assert!(run.result.is_ok()),
                expected => is_refused(run, expected),
            },
        );
    };
    let wrong = &[(Position::Leaf, "status-unknown"), (OCSP, "ocsp-nonce")];
    ask(b"12345678", response(Some(b"12345678")), &[]);
    ask(b"12345678", response(Some(b"12345679")), wrong);
    ask(b"12345678", response(None), wrong);
    // Stapled ones may have any.
    check(&pki, &[], &[response(Some(b"12345678"))], |run| assert!(run.result.is_ok()));
}

/// A responder that the root delegated.
fn delegate(pki: &Pki) -> Spec {
    let mut delegate =
        Pki::with(pki.profile, Role::OcspSigner, &[Level::Leaf, Level::Root], pki.specs[0].key.algorithm, &Key::fake).specs[0]
            .clone();
    delegate.serial = vec![0x44];
    delegate.key = Key::fake(pki.specs[0].key.algorithm, "delegate");
    delegate.attribute(oid::COMMON_NAME, "responder");
    let critical = pki.profile == Profile::Iso15118_20;
    let id = pki.specs[1].key.id(if matches!(pki.profile, Profile::Iso15118_20 | Profile::Iso15118_20Amd1) { 8 } else { 20 });
    delegate.authority_key_id(critical, &id);
    delegate
}

#[test]
fn a_delegated_responder_may_sign() {
    for profile in Profile::ALL {
        let pki = short(profile);
        let (root, delegate) = (&pki.specs[1], delegate(&pki));
        for by_key in [false, true] {
            let others = vec![pki.specs[0].build(root), delegate.build(root)];
            let spec = OcspSpec { by_key, certificates: others, ..good(&pki) };
            check(&pki, &[], &[spec.build(root, &delegate)], |run| {
                let refused = run.result.as_ref().err().map(ToString::to_string);
                assert!(run.result.is_ok(), "{profile:?} {refused:?}");
                assert_eq!(run.work.signatures, 3);
            });
        }
        let spec = OcspSpec { certificates: vec![delegate.build(root)], status: OcspStatus::Revoked, ..good(&pki) };
        check(&pki, &[], &[spec.build(root, &delegate)], |run| is_refused(run, LEAF_REVOKED));
    }
}

#[test]
fn a_responder_that_was_not_delegated_may_not() {
    let pki = pki();
    let (root, delegate) = (&pki.specs[1], delegate(&pki));
    let refused = |responder: &Spec, der: Vec<u8>, problems: &[(Position, &str)]| {
        let spec = OcspSpec { certificates: vec![der], ..good(&pki) };
        is_useless(&pki, &[], &[spec.build(root, responder)], problems);
    };
    let by_root = |change: &dyn Fn(&mut Spec)| {
        let mut responder = delegate.clone();
        change(&mut responder);
        (responder.clone(), responder.build(root))
    };
    let responder = (OCSP, "ocsp-responder");
    let (other, der) = by_root(&|spec| spec.remove(oid::EXTENDED_KEY_USAGE));
    refused(&other, der, &[(OCSP, "extended-key-usage"), responder]);
    let (other, der) = by_root(&|spec| spec.extended_key_usage(false, &[oid::SERVER_AUTH]));
    refused(&other, der, &[(OCSP, "extended-key-usage"), responder]);
    let (other, der) = by_root(&|spec| spec.key_usage(KeyUsage::KEY_AGREEMENT));
    refused(&other, der, &[(OCSP, "key-usage"), responder]);
    let (other, der) = by_root(&|spec| spec.not_after = NOW - 1);
    refused(&other, der, &[responder]);
    let (other, der) = by_root(&|spec| spec.not_before = NOW + 1);
    refused(&other, der, &[responder]);
    let (other, der) = by_root(&|spec| spec.set(&[0x2A, 3], true, vec![5, 0]));
    refused(&other, der, &[(OCSP, "critical-extension"), responder]);
    // By somebody else: another name; the issuer's name and another key; another kind of key.
    refused(&delegate, delegate.build(&pki.specs[0]), &[responder]);
    let impostor = Spec { key: Key::fake(KeyAlgorithm::P256, "impostor"), ..root.clone() };
    refused(&delegate, delegate.build(&impostor), &[responder]);
    // The issuer's key alone is not enough: by another name it is another CA.
    let (other, der) = by_root(&|spec| spec.issuer = Some(vec![(oid::COMMON_NAME, "another".to_owned())]));
    refused(&other, der, &[responder]);
    let ed25519 = Spec { signature_algorithm: SignatureAlgorithm::Ed25519, ..delegate.clone() };
    refused(&ed25519, ed25519.build(root), &[(OCSP, "signature-algorithm"), responder]);
    // Its signature is bad, or the responder is not in the response at all.
    refused(&Spec { key: pki.specs[0].key.clone(), ..delegate.clone() }, delegate.build(root), &[(OCSP, "ocsp-signature")]);
    refused(&delegate, pki.specs[0].build(root), &[(OCSP, "ocsp-signature")]);
    refused(&delegate, vec![0x30, 0], &[(OCSP, "ocsp-signature")]);
}

#[test]
fn a_delegate_whose_signature_is_of_another_kind_than_the_issuers_key_is_refused_unasked() {
    let pki = short(Profile::Rfc5280);
    let root = &pki.specs[1];
    let delegate = Spec { signature_algorithm: SignatureAlgorithm::Ed448, ..delegate(&pki) };
    let signer = Spec { signature_algorithm: SignatureAlgorithm::EcdsaSha256, ..delegate.clone() };
    let response = OcspSpec { certificates: vec![delegate.build(root)], ..good(&pki) }.build(root, &signer);
    is_useless(&pki, &[], std::slice::from_ref(&response), &[(OCSP, "ocsp-responder")]);
    check(&pki, &[], &[response], |run| assert_eq!(run.work.signatures, 1));
}

#[test]
fn what_revokes_counts_also_beside_good_evidence_that_is_as_new_or_newer() {
    let pki = pki();
    let root = &pki.specs[1];
    let serial = &pki.specs[0].serial;
    for age in [0, 1, DAY] {
        let list = |this_update| CrlSpec { this_update, ..crl() };
        let response = |status, this_update| OcspSpec { this_update, ..OcspSpec::new(serial, status) }.build(root, root);
        let newer = NOW - 60;
        let (good_list, good_response) = (list(newer).build(root), response(OcspStatus::Good, newer));
        let bad_list = CrlSpec { revoked: vec![serial.clone()], ..list(newer - age) }.build(root);
        let bad_response = response(OcspStatus::Revoked, newer - age);
        let revoked = |crls: &[Vec<u8>], ocsp: &[Vec<u8>]| check(&pki, crls, ocsp, |run| is_refused(run, LEAF_REVOKED));
        revoked(&[good_list.clone(), bad_list.clone()], &[]);
        revoked(&[bad_list.clone(), good_list.clone()], &[]);
        revoked(&[], &[good_response.clone(), bad_response.clone()]);
        revoked(&[], &[bad_response.clone(), good_response.clone()]);
        revoked(&[good_list], &[bad_response]);
        revoked(&[bad_list], &[good_response]);
        // One response tells of the same certificate twice.
        for (first, first_update, second, second_update) in [
            (OcspStatus::Good, newer, OcspStatus::Revoked, newer - age),
            (OcspStatus::Revoked, newer - age, OcspStatus::Good, newer),
        ] {
            let single = OcspSpec { this_update: first_update, ..OcspSpec::new(serial, first) }.single(root);
            let both = OcspSpec { this_update: second_update, before: vec![single], ..OcspSpec::new(serial, second) };
            revoked(&[], &[both.build(root, root)]);
        }
    }
}

#[test]
fn a_response_may_revoke_behind_something_that_is_of_no_use() {
    let pki = pki();
    let (root, serial) = (&pki.specs[1], &pki.specs[0].serial);
    let ended = OcspSpec { this_update: NOW - 2 * DAY, next_update: Some(NOW - DAY), ..OcspSpec::new(serial, OcspStatus::Good) };
    for first in [ended, OcspSpec::new(serial, OcspStatus::Unknown)] {
        let both = OcspSpec { before: vec![first.single(root)], ..OcspSpec::new(serial, OcspStatus::Revoked) };
        check(&pki, &[], &[both.build(root, root)], |run| is_refused(run, LEAF_REVOKED));
    }
}

#[test]
fn a_delegate_without_nocheck_needs_a_crl_or_policy() {
    let mut pki = pki();
    let root = pki.specs[1].clone();
    let mut delegate = delegate(&pki);
    delegate.remove(oid::OCSP_NOCHECK);
    let ocsp = [OcspSpec { certificates: vec![delegate.build(&root)], ..good(&pki) }.build(&root, &delegate)];
    is_useless(&pki, &[], &ocsp, &[(OCSP, "ocsp-responder-status")]);
    // A list that tells of the responder, and not of the leaf: it is for end entities at another point of distribution.
    let crls = [crl().build(&root)];
    check(&pki, &crls, &ocsp, |run| assert!(run.result.is_ok()));
    let listed = [CrlSpec { revoked: vec![delegate.serial.clone()], ..crl() }.build(&root)];
    let newer =
        [OcspSpec { status: OcspStatus::Revoked, certificates: vec![delegate.build(&root)], ..good(&pki) }
            .build(&root, &delegate)];
    // The list proves the leaf good; the revoked responder's word to the contrary does not count.
    check(&pki, &listed, &newer, |run| assert!(run.result.is_ok()));
    let stale = [CrlSpec { next_update: Some(NOW - 1), ..crl() }.build(&root)];
    is_useless(&pki, &stale, &ocsp, &[(CRL, "crl-stale"), (OCSP, "ocsp-responder-status")]);
    pki.policy.tolerate_responder_without_nocheck = true;
    check(&pki, &[], &ocsp, |run| assert!(run.result.is_ok()));
}

#[test]
fn a_delegate_that_any_list_revokes_may_not_sign() {
    let pki = pki();
    let root = pki.specs[1].clone();
    let mut delegate = delegate(&pki);
    delegate.remove(oid::OCSP_NOCHECK);
    let ocsp = [OcspSpec { certificates: vec![delegate.build(&root)], ..good(&pki) }.build(&root, &delegate)];
    let older = CrlSpec { this_update: NOW - 2 * DAY, ..crl() }.build(&root);
    let newer = CrlSpec { revoked: vec![delegate.serial.clone()], ..crl() }.build(&root);
    let signed_by_delegate = |run: Run<'_>| {
        run.result.is_ok_and(|chain| {
            chain.certificates().any(|(_, _, evidence)| matches!(evidence, v2gcrypt_keym::path::Evidence::Ocsp { .. }))
        })
    };
    assert!(check(&pki, std::slice::from_ref(&older), &ocsp, signed_by_delegate));
    for lists in [[older.clone(), newer.clone()], [newer, older]] {
        assert!(!check(&pki, &lists, &ocsp, signed_by_delegate));
    }
}

#[test]
fn every_certificate_but_the_anchor_needs_its_own_proof() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    pki.policy = Policy::strict(pki.profile);
    let responses: Vec<_> = (0..3)
        .map(|index| {
            let issuer = &pki.specs[index + 1];
            OcspSpec::new(&pki.specs[index].serial, OcspStatus::Good).build(issuer, issuer)
        })
        .collect();
    check(&pki, &[], &responses, |run| {
        assert!(run.result.is_ok());
        assert_eq!(run.work.signatures, 6);
    });
    for missing in 0..3 {
        let mut responses = responses.clone();
        responses.remove(missing);
        responses.reverse();
        check(&pki, &[], &responses, |run| is_refused(run, &[(pki.position(missing), "status-unknown")]));
        let issuer = &pki.specs[missing + 1];
        responses.push(OcspSpec::new(&pki.specs[missing].serial, OcspStatus::Revoked).build(issuer, issuer));
        check(&pki, &[], &responses, |run| is_refused(run, &[(pki.position(missing), "revoked")]));
    }
}

#[test]
fn another_path_goes_round_a_revoked_sub_ca() {
    let mut pki = Pki::new(Profile::Rfc5280, Role::Any);
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    let again = Spec { serial: vec![0x55], ..pki.specs[1].clone() };
    let crl = CrlSpec { revoked: vec![pki.specs[1].serial.clone()], ..crl() }.build(&pki.specs[2]);
    let again = again.build(&pki.specs[2]);
    let ders = pki.build();
    let anchors = [ders[3].as_slice()];
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    let (crls, pool) = ([crl.as_slice()], [ders[1].as_slice(), &ders[2], &again]);
    (query.pool, query.time, query.crls) = (&pool, pki.time, &crls);
    let chain = run(query).result.unwrap();
    assert_eq!(chain.certificates().nth(1).unwrap().0, Position::Pool(2));
    query.pool = &pool[..2];
    is_refused(run(query), &[(Position::Pool(0), "revoked")]);
}

#[test]
fn without_a_clock_updates_are_judged_by_the_floor_or_not_at_all() {
    let mut pki = pki();
    let stale = [CrlSpec { next_update: Some(NOW - 1), ..crl() }.build(&pki.specs[1])];
    (pki.time, pki.policy.time_unknown) = (Now::UNKNOWN, TimeUnknown::Accept);
    check(&pki, &stale, &[], |run| assert!(run.result.is_ok()));
    pki.policy.time_unknown = TimeUnknown::Floor;
    for (floor, good) in [(NOW - 1, true), (NOW, false), (NOW - 1000 * DAY, true)] {
        pki.time = Now::UNKNOWN.with_floor(TimeFloor::at(floor));
        check(&pki, &stale, &[], |run| assert_eq!(run.result.is_ok(), good));
    }
}
