//! Building paths: order, surplus, loops, bounds, anchors, and every rule that belongs to no table.

use super::builder::*;
use super::engine::{run, run_with, verify, Run, Work};
use super::pki::{Pki, SECC_ID};
use v2gcrypt_keym::path::{Policy, Position, Query, Refusals, Revocation};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::{Now, TimeFloor, TimeQuality, TimeUnknown};
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, SignatureAlgorithm};

/// Validates `ders` (leaf first, root last) with a pool of one's own.
fn with_pool<T>(pki: &Pki, leaf: &[u8], pool: &[Vec<u8>], anchors: &[Vec<u8>], look: impl FnOnce(Run<'_>) -> T) -> T {
    let pool: Vec<&[u8]> = pool.iter().map(Vec::as_slice).collect();
    let anchors: Vec<&[u8]> = anchors.iter().map(Vec::as_slice).collect();
    let mut query = Query::new(leaf, &anchors, pki.profile, pki.role, &pki.policy);
    query.pool = &pool;
    query.time = pki.time;
    look(run(query))
}

#[track_caller]
fn is_refused(result: Result<impl Sized, Refusals>, expected: &[(Position, &str)]) {
    let refusals = result.err().expect("accepted");
    let found: Vec<_> = refusals.iter().map(|refusal| (refusal.certificate, refusal.rule.id)).collect();
    assert_eq!(found, expected, "\n{refusals}");
}

fn contract() -> Pki {
    Pki::new(Profile::Iso15118_2, Role::Contract)
}

/// Nothing of the profiles: many certificates of one kind.
fn plain(levels: &[Level]) -> Pki {
    Pki::with(Profile::Rfc5280, Role::Any, levels, KeyAlgorithm::P256, &Key::fake)
}

const FOUR: [Level; 4] = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];

#[test]
fn the_pool_has_any_order_and_surplus() {
    let pki = contract();
    let ders = pki.build();
    let strangers = Pki::new(Profile::Iso15118_2, Role::Secc).build();
    let junk = [vec![], vec![0x30], vec![0x30, 0x80, 0, 0], b"\x30\x03\x02\x01\x00".to_vec()];
    for reversed in [false, true] {
        let mut pool: Vec<_> = [&ders[..], &strangers[..], &junk[..], &ders[..]].concat();
        if reversed {
            pool.reverse();
        }
        let anchors = [strangers[3].clone(), ders[3].clone()];
        with_pool(&pki, &ders[0], &pool, &anchors, |run| {
            let chain = run.result.unwrap_or_else(|refusals| panic!("{refusals}"));
            assert_eq!(chain.anchor(), Position::Anchor(1));
            assert!(chain.issuers().map(|issuer| issuer.der).eq(ders[1..].iter()));
            assert_eq!(run.work.signatures, 3);
        });
    }
}

#[test]
fn a_lone_sub_ca_counts_as_sub_ca_2() {
    let mut pki = contract();
    pki.specs.remove(2);
    pki.link();
    pki.check(|run| assert_eq!(run.result.unwrap().issuers().count(), 2));
    // Sub-CA 1 in its place is none.
    let mut pki = contract();
    pki.specs.remove(1);
    pki.link();
    pki.check(|run| {
        let refusals = run.result.unwrap_err();
        assert!(refusals.contains("path-len") && refusals.contains("key-usage"), "{refusals}");
    });
}

#[test]
fn a_chain_that_is_too_short_or_too_long_is_refused() {
    for profile in [Profile::Iso15118_2, Profile::Iso15118_20, Profile::Iso15118_20Amd1] {
        let mut pki = Pki::new(profile, Role::Cps);
        pki.specs.drain(1..3);
        pki.link();
        pki.check(|run| is_refused(run.result, &[(Position::Leaf, "sub-ca-missing")]));
        // A responder of the root itself.
        let mut pki = Pki::new(profile, Role::OcspSigner);
        pki.specs.drain(1..3);
        pki.link();
        pki.check(|run| assert!(run.result.is_ok()));
    }
    // A private operator's root may sign leafs. [V2G2-868]
    let mut pki = Pki::new(Profile::Private, Role::Secc);
    pki.specs.drain(1..3);
    pki.link();
    pki.check(|run| assert!(run.result.is_ok()));
    for profile in Profile::ALL {
        let algorithm = Pki::new(profile, Role::Any).specs[0].key.algorithm;
        let mut pki = Pki::with(profile, Role::Any, &Level::ALL, algorithm, &Key::fake);
        pki.check(|run| match profile {
            Profile::Rfc5280 => assert!(run.result.is_ok()),
            _ => {
                let refusals = run.result.unwrap_err();
                assert_eq!(refusals.first().unwrap().rule.id, "chain-length");
                // Not that the profile has no such role: of the third Sub-CA the length has told.
                assert!(!refusals.contains("role"), "{profile:?} {refusals}");
            }
        });
        pki.policy.accept_cross_certificates = true;
        pki.check(|run| match profile {
            Profile::Iso15118_2 | Profile::Private => {
                assert_eq!(run.result.unwrap_err().first().unwrap().rule.id, "chain-length");
            }
            _ => assert!(run.result.is_ok(), "{profile:?}"),
        });
    }
}

#[test]
fn a_chain_that_goes_on_beyond_the_longest_path_is_told_to_be_too_long() {
    for profile in Profile::ALL {
        let mut levels = Level::ALL.to_vec();
        levels.splice(3..3, [Level::Cross; 2]);
        let mut pki = Pki::with(profile, Role::Any, &levels, KeyAlgorithm::P256, &Key::fake);
        for (index, name) in [(3, "cross"), (4, "one more")] {
            pki.specs[index].key = Key::fake(KeyAlgorithm::P256, name);
            pki.specs[index].attribute(oid::COMMON_NAME, name);
        }
        pki.link();
        pki.check(|run| {
            let refusals = run.result.unwrap_err();
            assert!(refusals.contains("issuer-unknown") && refusals.contains("chain-length"), "{profile:?} {refusals}");
        });
        // Of one whose issuer is not at hand nobody knows.
        let ders = pki.build();
        with_pool(&pki, &ders[0], &ders[1..5], &ders[6..], |run| {
            let refusals = run.result.unwrap_err();
            assert!(refusals.contains("issuer-unknown") && !refusals.contains("chain-length"), "{profile:?} {refusals}");
        });
    }
}

#[test]
fn a_path_holds_six_certificates_and_policy_may_allow_fewer() {
    let mut levels = Level::ALL.to_vec();
    levels.insert(3, Level::Cross);
    let mut pki = plain(&levels);
    for spec in &mut pki.specs[1..5] {
        spec.basic_constraints(true, None);
    }
    // Two certificates of one name are told apart by their keys.
    pki.specs[3].key = Key::fake(KeyAlgorithm::P256, "cross");
    pki.specs[3].attribute(oid::COMMON_NAME, "cross");
    pki.link();
    pki.check(|run| assert_eq!(run.result.unwrap().issuers().count(), 5));
    pki.policy.max_path = 5;
    pki.check(|run| is_refused(run.result, &[(Position::Pool(2), "issuer-unknown"), (Position::Leaf, "chain-length")]));
    pki.policy.max_path = 6;
    let mut longer = pki.clone();
    longer.specs.insert(3, longer.specs[3].clone());
    longer.specs[3].key = Key::fake(KeyAlgorithm::P256, "one more");
    longer.specs[3].attribute(oid::COMMON_NAME, "one more");
    longer.link();
    longer.policy.max_path = 200;
    longer.check(|run| is_refused(run.result, &[(Position::Pool(3), "issuer-unknown"), (Position::Leaf, "chain-length")]));
}

#[test]
fn path_length_counts_sub_cas_that_are_not_self_issued() {
    // RFC 5280 6.1.4 (l), 4.2.1.9
    let mut pki = plain(&FOUR);
    pki.specs[2].basic_constraints(true, Some(0));
    pki.check(|run| is_refused(run.result, &[(Position::Pool(1), "path-length")]));
    // The anchor's counts, too.
    let mut pki = plain(&FOUR);
    pki.specs[3].basic_constraints(true, Some(1));
    pki.check(|run| is_refused(run.result, &[(Position::Anchor(0), "path-length")]));
    pki.specs[3].basic_constraints(true, Some(2));
    pki.check(|run| assert!(run.result.is_ok()));
    // Key rollover: the Sub-CA under its own former key. Self-issued, so it does not count.
    let mut pki = plain(&FOUR);
    pki.specs[1].subject = pki.specs[2].subject.clone();
    pki.specs[2].basic_constraints(true, Some(0));
    pki.check(|run| assert_eq!(run.result.unwrap().issuers().count(), 3));
    // What it issues counts again.
    let mut levels = FOUR.to_vec();
    levels.insert(1, Level::Cross);
    let mut pki = plain(&levels);
    pki.specs[2].subject = pki.specs[3].subject.clone();
    pki.specs[2].basic_constraints(true, None);
    pki.specs[3].basic_constraints(true, Some(0));
    pki.check(|run| is_refused(run.result, &[(Position::Pool(2), "path-length")]));
}

#[test]
fn loops_end() {
    // Two CAs that signed each other, and no anchor.
    let mut pki = plain(&FOUR);
    pki.specs.truncate(3);
    let [leaf, a, b] = [pki.specs[0].clone(), pki.specs[1].clone(), pki.specs[2].clone()];
    let pool = [a.build(&b), b.build(&a), a.build(&a), b.build(&b)];
    let anchor = plain(&[Level::Root]).build();
    with_pool(&pki, &leaf.build(&a), &pool, &anchor, |run| {
        let refusals = run.result.unwrap_err();
        assert_eq!(refusals.first().unwrap().rule.id, "issuer-unknown");
        assert_eq!(run.work, Work::default());
    });
}

#[test]
fn thirty_certificates_that_signed_each_other_take_bounded_work() {
    // All have one name, so each may have issued each: 30 × 29 × 28 × 27 paths.
    let mut ca = plain(&FOUR).specs[1].clone();
    ca.subject = vec![(oid::COMMON_NAME, "CA".to_owned())];
    ca.remove(oid::SUBJECT_KEY_IDENTIFIER);
    ca.remove(oid::AUTHORITY_KEY_IDENTIFIER);
    ca.basic_constraints(true, None);
    let cas: Vec<_> =
        (0..30).map(|index| Spec { key: Key::fake(KeyAlgorithm::P256, &format!("ca {index}")), ..ca.clone() }).collect();
    let pool: Vec<_> = (0..30).map(|index| cas[index].build(&cas[(index + 7) % 30])).collect();
    let pki = plain(&FOUR);
    let mut leaf = pki.specs[0].clone();
    leaf.remove(oid::AUTHORITY_KEY_IDENTIFIER);
    let leaf = leaf.build(&cas[3]);
    // No anchor at all, one of another name, and one of the same name.
    let other = plain(&[Level::Root]).build();
    let same = Spec { key: Key::fake(KeyAlgorithm::P256, "anchor"), ..ca.clone() };
    let same = vec![same.build(&same)];
    // The leaf and each of the thirty is tried with that one, none twice.
    for (anchors, signatures) in [(vec![], 0), (other, 0), (same, 31)] {
        let started = std::time::Instant::now();
        with_pool(&pki, &leaf, &pool, &anchors, |run| {
            let refusals = run.result.unwrap_err();
            assert!(refusals.contains("work-limit"), "{refusals}");
            assert!(!refusals.is_undecided());
            assert_eq!(run.work.signatures, signatures);
            assert!((1..=64).contains(&run.work.pauses) || signatures > 0, "{:?}", run.work);
        });
        assert!(started.elapsed().as_secs() < 5);
    }
}

#[test]
fn a_good_path_is_found_among_thirty_that_lead_astray() {
    let pki = contract();
    let mut pool = pki.build()[1..3].to_vec();
    let sub_2 = pki.specs[1].clone();
    for index in 0..28 {
        // The right name, another key, and an issuer that nobody knows.
        let mut astray = Spec { key: Key::fake(KeyAlgorithm::P256, &format!("astray {index}")), ..sub_2.clone() };
        let id = astray.key.id(20);
        astray.subject_key_id(false, &id);
        pool.insert(0, astray.build(&astray));
    }
    let ders = pki.build();
    with_pool(&pki, &ders[0], &pool, &ders[3..], |run| {
        assert!(run.result.is_ok());
        assert_eq!(run.work, Work { signatures: 3, ..run.work });
    });
}

#[test]
fn of_cas_of_one_name_the_one_whose_key_signed_is_found() {
    let mut pki = plain(&FOUR);
    for spec in &mut pki.specs {
        spec.remove(oid::AUTHORITY_KEY_IDENTIFIER);
    }
    let (sub_1, root) = (pki.specs[2].clone(), pki.specs[3].clone());
    let other = Spec { key: Key::fake(KeyAlgorithm::P256, "another"), ..pki.specs[1].clone() };
    let other_root = Spec { key: Key::fake(KeyAlgorithm::P256, "another root"), ..root.clone() };
    let ders = pki.build();
    // Another Sub-CA 2, which the same Sub-CA 1 signed; another root, which nobody knows.
    let pool = [other.build(&sub_1), ders[1].clone(), ders[2].clone()];
    let anchors = [other_root.build(&other_root), ders[3].clone()];
    with_pool(&pki, &ders[0], &pool, &anchors, |run| {
        let chain = run.result.unwrap();
        assert_eq!(chain.anchor(), Position::Anchor(1));
        assert_eq!(chain.certificates().nth(1).unwrap().0, Position::Pool(1));
        // Sub-CA 1 by the wrong root and by the right one, the wrong Sub-CA 2 and what it did not sign, Sub-CA 2, leaf. None twice.
        assert_eq!(run.work.signatures, 6);
    });
    with_pool(&pki, &ders[0], &pool, &anchors[..1], |run| {
        is_refused(run.result, &[(Position::Pool(2), "signature"), (Position::Leaf, "signature")]);
    });
}

#[test]
fn key_identifiers_are_a_hint_and_signatures_decide() {
    let mut pki = plain(&FOUR);
    for spec in &mut pki.specs[..3] {
        spec.authority_key_id(false, &[9; 20]);
    }
    pki.check(|run| assert!(run.result.is_ok()));
    // Whose identifiers fit is tried first.
    let pki = plain(&FOUR);
    let mut impostor = pki.specs[1].clone();
    impostor.key = Key::fake(KeyAlgorithm::P256, "impostor");
    impostor.subject_key_id(false, &[8; 20]);
    let ders = pki.build();
    let pool = [impostor.build(&pki.specs[2]), ders[1].clone(), ders[2].clone()];
    with_pool(&pki, &ders[0], &pool, &ders[3..], |run| assert_eq!((run.work.signatures, run.result.is_ok()), (3, true)));
    // Or whose serial number, with or without an identifier that fits both.
    let mut pki = plain(&FOUR);
    let mut impostor = pki.specs[1].clone();
    impostor.key = Key::fake(KeyAlgorithm::P256, "impostor");
    impostor.serial = vec![0x66];
    for with_id in [false, true] {
        let id = if with_id { tlv(0x80, &pki.specs[1].key.id(20)) } else { Vec::new() };
        let names = tlv(0xA1, &tlv(0xA4, &name(&pki.specs[2].subject)));
        let value = sequence(&[id, names, tlv(0x82, &pki.specs[1].serial)]);
        pki.specs[0].set(oid::AUTHORITY_KEY_IDENTIFIER, false, value);
        let ders = pki.build();
        let pool = [impostor.build(&pki.specs[2]), ders[1].clone(), ders[2].clone()];
        with_pool(&pki, &ders[0], &pool, &ders[3..], |run| assert_eq!((run.work.signatures, run.result.is_ok()), (3, true)));
    }
}

#[test]
fn names_match_in_any_case_and_the_same_bytes_are_tried_first() {
    // RFC 5280 7.1
    let mut pki = plain(&FOUR);
    for spec in &mut pki.specs {
        spec.remove(oid::AUTHORITY_KEY_IDENTIFIER);
    }
    let written = |attributes: &Attributes, change: &dyn Fn(&str) -> String| -> Attributes {
        attributes.iter().map(|(oid, value)| (*oid, change(value))).collect()
    };
    for index in 0..3 {
        pki.specs[index].issuer = Some(written(&pki.specs[index + 1].subject, &|value| value.to_uppercase()));
    }
    pki.check(|run| assert_eq!((run.result.is_ok(), run.work.signatures), (true, 3)));
    // The names of another Sub-CA 2 are those that the leaf has; its key is not the one that signed.
    let mut other = Spec { key: Key::fake(KeyAlgorithm::P256, "another"), ..pki.specs[1].clone() };
    other.subject = pki.specs[0].issuer.clone().unwrap();
    let ders = pki.build();
    let pool = [ders[1].clone(), ders[2].clone(), other.build(&pki.specs[2])];
    with_pool(&pki, &ders[0], &pool, &ders[3..], |run| assert_eq!((run.result.is_ok(), run.work.signatures), (true, 5)));
    // A letter more is another name.
    pki.specs[0].issuer = Some(written(&pki.specs[1].subject, &|value| format!("{value}s")));
    pki.check(|run| {
        assert_eq!(run.work.signatures, 0);
        is_refused(run.result, &[(Position::Leaf, "issuer-unknown")]);
    });
}

#[test]
fn roots_are_compared_as_whole_certificates() {
    let pki = contract();
    let ders = pki.build();
    // A root of the same name and key, with another serial number, is another one: only what is in the store counts.
    let renewed = Spec { serial: vec![77], ..pki.specs[3].clone() };
    let renewed = renewed.build(&renewed);
    with_pool(&pki, &ders[0], &ders[1..], &[], |run| is_refused(run.result, &[(Position::Pool(2), "issuer-unknown")]));
    // Given also in the pool it is no more than the anchor.
    with_pool(&pki, &ders[0], &[&ders[1..], std::slice::from_ref(&renewed)].concat(), &ders[3..], |run| {
        assert_eq!(run.result.unwrap().anchor(), Position::Anchor(0));
    });
    with_pool(&pki, &ders[0], &ders[1..], &[renewed], |run| assert!(run.result.is_ok()));
}

#[test]
fn a_cross_certificate_leads_to_another_root() {
    let levels = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];
    for profile in [Profile::Iso15118_20, Profile::Iso15118_20Amd1] {
        let mut pki = Pki::with(profile, Role::Contract, &levels, KeyAlgorithm::P521, &Key::fake);
        let other = Pki::with(profile, Role::OemProvisioning, &[Level::Root], KeyAlgorithm::P521, &Key::fake);
        let mut cross = pki.specs[3].clone();
        cross.basic_constraints(true, Some(2));
        cross.authority_key_id(profile == Profile::Iso15118_20, &other.specs[0].key.id(8));
        let cross = cross.build(&other.specs[0]);
        let ders = pki.build();
        let pool = [ders[1].clone(), ders[2].clone(), cross];
        with_pool(&pki, &ders[0], &pool, &other.build(), |run| is_refused(run.result, &[(Position::Leaf, "chain-length")]));
        pki.policy.accept_cross_certificates = true;
        with_pool(&pki, &ders[0], &pool, &other.build(), |run| {
            assert_eq!(run.result.unwrap().issuers().count(), 4);
        });
    }
}

#[test]
fn a_leaf_that_is_an_anchor_is_accepted_by_policy_alone() {
    let mut pki = plain(&[Level::Leaf, Level::Root]);
    let ders = pki.build();
    with_pool(&pki, &ders[0], &[], &ders, |run| is_refused(run.result, &[(Position::Leaf, "anchor-as-leaf")]));
    pki.policy.accept_anchor_as_leaf = true;
    with_pool(&pki, &ders[0], &[], &ders, |run| {
        let chain = run.result.unwrap();
        assert_eq!((chain.anchor(), chain.issuers().count(), run.work.signatures), (Position::Anchor(0), 0, 0));
    });
    // Its own rules hold all the same.
    pki.time = Now::synchronised(pki.specs[0].not_after + 1);
    with_pool(&pki, &ders[0], &[], &ders, |run| is_refused(run.result, &[(Position::Leaf, "expired")]));
}

#[test]
fn a_root_on_trial_has_to_be_signed_by_itself() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    let root = pki.specs[3].clone();
    let try_root = |der: &[u8], look: &dyn Fn(Run<'_>)| {
        let mut query = Query::new(der, &[], pki.profile, pki.role, &pki.policy);
        (query.time, query.level) = (pki.time, Level::Root);
        look(run(query));
    };
    try_root(&root.build(&root), &|run| {
        let chain = run.result.unwrap();
        assert_eq!((chain.anchor(), run.work.signatures), (Position::Leaf, 1));
        assert_eq!(chain.valid_until(), root.not_after);
    });
    // Nobody can prove that it is not revoked, whatever policy wants of the others.
    let hard = pki.policy.with_revocation(Revocation::Hard);
    let der = root.build(&root);
    let mut query = Query::new(&der, &[], pki.profile, pki.role, &hard);
    (query.time, query.level) = (pki.time, Level::Root);
    assert!(run(query).result.is_ok());
    let mut forged = root.build(&root);
    *forged.last_mut().unwrap() ^= 1;
    try_root(&forged, &|run| is_refused(run.result, &[(Position::Leaf, "signature")]));
    let issued = root.build(&pki.specs[2]);
    try_root(&issued, &|run| is_refused(run.result, &[(Position::Leaf, "level")]));
    let mut without_dc = root.clone();
    without_dc.remove_attribute(oid::DOMAIN_COMPONENT);
    try_root(&without_dc.build(&without_dc), &|run| is_refused(run.result, &[(Position::Leaf, "dc")]));
}

#[test]
fn a_sub_ca_on_trial_is_judged_as_one() {
    for (first, level) in [(1, Level::SubCa2), (2, Level::SubCa1)] {
        let mut pki = contract();
        pki.specs.drain(..first);
        pki.check_with(|query| query.level = level, |run| assert!(run.result.is_ok(), "{level:?}"));
        pki.check(|run| assert!(run.result.unwrap_err().contains("not-ca")));
    }
    let mut pki = contract();
    pki.specs.remove(0);
    pki.specs[1].basic_constraints(true, Some(0));
    pki.check_with(
        |query| query.level = Level::SubCa2,
        |run| {
            // Its place is under Sub-CA 1, whose constraint counts it.
            let refusals = run.result.unwrap_err();
            assert!(refusals.contains("path-len") && refusals.contains("path-length"), "{refusals}");
        },
    );
}

#[test]
fn times_are_judged_at_both_ends_of_every_certificate() {
    for index in 0..4 {
        for profile in [Profile::Rfc5280, Profile::Iso15118_2] {
            let mut pki = Pki::new(profile, Role::Contract);
            pki.policy.tolerate_outliving_issuer = true;
            let position = pki.position(index);
            for (change, rule) in [(-1, "not-yet-valid"), (1, "expired")] {
                let mut pki = pki.clone();
                match change {
                    -1 => pki.specs[index].not_before = NOW,
                    _ => pki.specs[index].not_after = NOW,
                }
                pki.check(|run| assert!(run.result.is_ok()));
                pki.time = Now::synchronised(NOW + change);
                pki.check(|run| is_refused(run.result, &[(position, rule)]));
                pki.policy.check_anchor_validity = false;
                pki.check(|run| match index {
                    3 => assert_eq!(run.result.unwrap().valid_until(), pki.specs[0].not_after),
                    _ => is_refused(run.result, &[(position, rule)]),
                });
            }
        }
    }
}

#[test]
fn a_chain_counts_until_its_first_certificate_ends() {
    let mut pki = plain(&FOUR);
    for (index, end) in [(0, 90), (1, 80), (2, 70), (3, 60)] {
        pki.specs[index].not_after = NOW + end * DAY;
        pki.check(|run| assert_eq!(run.result.unwrap().valid_until(), NOW + end * DAY));
    }
    pki.policy.check_anchor_validity = false;
    pki.check(|run| assert_eq!(run.result.unwrap().valid_until(), NOW + 70 * DAY));
}

#[test]
fn of_two_ways_that_lead_nowhere_the_first_of_the_longest_is_told() {
    let pki = plain(&FOUR);
    let mut stray = pki.specs[1].clone();
    stray.issuer = Some(vec![(oid::COMMON_NAME, "nobody".to_owned())]);
    let ders = pki.build();
    let other = Spec { serial: vec![8], ..stray.clone() };
    let strays = [stray.build(&stray), other.build(&other)];
    with_pool(&pki, &ders[0], &strays, &ders[3..], |run| is_refused(run.result, &[(Position::Pool(0), "issuer-unknown")]));
    let longer = [strays[0].clone(), ders[1].clone(), ders[2].clone()];
    with_pool(&pki, &ders[0], &longer, &[], |run| is_refused(run.result, &[(Position::Pool(2), "issuer-unknown")]));
}

#[test]
fn without_a_clock_policy_decides_and_a_floor_revives_nothing() {
    let unknown = Now { seconds: Some(NOW), quality: TimeQuality::Unknown, floor: None };
    let late = TimeFloor::at(NOW + 1000 * DAY);
    let early = TimeFloor::at(NOW - 1000 * DAY);
    let expect = |time: Now, time_unknown, local, expected: &[(Position, &str)]| {
        let mut pki = contract();
        (pki.time, pki.policy.time_unknown, pki.policy.accept_local_time) = (time, time_unknown, local);
        pki.check(|run| match expected {
            [] => assert!(run.result.is_ok(), "{time:?} {time_unknown:?}"),
            expected => {
                let refusals = run.result.unwrap_err();
                let found: Vec<_> = refusals.iter().map(|refusal| (refusal.certificate, refusal.rule.id)).collect();
                assert_eq!(found, expected);
            }
        });
    };
    let no_clock = (Position::Leaf, "time-unknown");
    let expired = [
        (Position::Leaf, "expired"),
        (Position::Pool(0), "expired"),
        (Position::Pool(1), "expired"),
        (Position::Anchor(0), "expired"),
    ];
    for time in [Now::UNKNOWN, unknown, Now::local(NOW), Now::UNKNOWN.with_floor(early)] {
        expect(time, TimeUnknown::Refuse, false, &[no_clock]);
        expect(time, TimeUnknown::Accept, false, &[]);
    }
    expect(Now::local(NOW), TimeUnknown::Refuse, true, &[]);
    expect(Now::UNKNOWN, TimeUnknown::Floor, false, &[no_clock]);
    // A floor before all validities proves nobody too early.
    expect(Now::UNKNOWN.with_floor(early), TimeUnknown::Floor, false, &[]);
    expect(Now::UNKNOWN.with_floor(late), TimeUnknown::Floor, false, &expired);
    let all = [&[no_clock], &expired[..]].concat();
    expect(Now::UNKNOWN.with_floor(late), TimeUnknown::Refuse, false, &all);
    // The clock was set back.
    expect(Now::synchronised(NOW).with_floor(late), TimeUnknown::Refuse, false, &expired);
    expect(Now::synchronised(NOW).with_floor(early), TimeUnknown::Refuse, false, &[]);
}

#[test]
fn a_signature_of_another_kind_than_the_issuers_key_is_refused_unasked() {
    let mut pki = plain(&FOUR);
    pki.specs[1].key = Key::fake(KeyAlgorithm::Ed25519, "another kind");
    pki.check(|run| {
        is_refused(run.result, &[(Position::Leaf, "signature-key")]);
        // To tell all that is wrong the others are checked.
        assert_eq!(run.work.signatures, 2);
    });
    let mut pki = plain(&FOUR);
    pki.specs[0].signature_algorithm = SignatureAlgorithm::Ed448;
    pki.check(|run| is_refused(run.result, &[(Position::Leaf, "signature-key")]));
}

#[test]
fn each_kind_of_key_makes_its_own_kind_of_signature() {
    use SignatureAlgorithm::*;
    let ecdsa = [EcdsaSha256, EcdsaSha384, EcdsaSha512];
    let mut fitting = 0;
    for (key, makes) in [
        (KeyAlgorithm::P256, &ecdsa[..]),
        (KeyAlgorithm::P384, &ecdsa),
        (KeyAlgorithm::P521, &ecdsa),
        (KeyAlgorithm::Ed25519, &[Ed25519]),
        (KeyAlgorithm::Ed448, &[Ed448]),
        (KeyAlgorithm::Rsa, &[]),
    ] {
        for algorithm in [EcdsaSha256, EcdsaSha384, EcdsaSha512, Ed25519, Ed448] {
            let mut pki = plain(&[Level::Leaf, Level::Root]);
            pki.specs[1].key = Key::fake(key, "root");
            pki.specs[0].signature_algorithm = algorithm;
            pki.check(|run| match makes.contains(&algorithm) {
                true => assert!(run.result.is_ok(), "{key:?} {algorithm:?}"),
                false => {
                    let refusals = run.result.expect_err(&format!("{key:?} {algorithm:?}"));
                    assert!(refusals.contains("signature-key"), "{key:?} {algorithm:?} {refusals}");
                    assert_eq!(run.work.signatures, 0);
                }
            });
            fitting += usize::from(makes.contains(&algorithm));
        }
    }
    assert_eq!(fitting, 3 * 3 + 2);
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let pki = contract();
    let mut ders = pki.build();
    with_pool(&pki, &ders[0][1..], &ders[1..3], &ders[3..], |run| is_refused(run.result, &[(Position::Leaf, "malformed")]));
    ders[2].push(0);
    with_pool(&pki, &ders[0], &ders[1..3], &ders[3..], |run| {
        is_refused(run.result, &[(Position::Pool(0), "issuer-unknown"), (Position::Pool(1), "malformed")]);
    });
}

#[test]
fn a_leaf_without_a_path_is_judged_all_the_same() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    pki.specs[0].attribute(oid::DOMAIN_COMPONENT, "OEM");
    pki.time = Now::synchronised(pki.specs[0].not_after + 1);
    pki.check_with(
        |query| query.anchors = &[],
        |run| {
            let expected = [(Position::Pool(1), "issuer-unknown"), (Position::Leaf, "expired"), (Position::Leaf, "dc")];
            is_refused(run.result, &expected);
        },
    );
}

#[test]
fn a_leaf_that_no_path_could_mend_ends_the_search() {
    let mut pki = plain(&FOUR);
    for spec in &mut pki.specs {
        spec.remove(oid::AUTHORITY_KEY_IDENTIFIER);
    }
    let sub_2 = pki.specs[1].clone();
    let ders = |pki: &Pki| {
        let mut pool = pki.build()[1..3].to_vec();
        pool.extend((0..200).map(|index| {
            let other = Spec { key: Key::fake(KeyAlgorithm::P256, &format!("other {index}")), ..sub_2.clone() };
            other.build(&pki.specs[2])
        }));
        pool
    };
    let works = [0, 1, 2].map(|defect| {
        let mut pki = pki.clone();
        match defect {
            0 => pki.specs[0].set(&[0x2A, 3], true, vec![5, 0]),
            1 => pki.specs[0].not_after = NOW - 1,
            _ => pki.time = Now::UNKNOWN,
        }
        let pool = ders(&pki);
        with_pool(&pki, &pki.build()[0], &pool, &pki.build()[3..], |run| {
            assert!(run.result.is_err());
            run.work
        })
    });
    // The first path's signatures, for the reasons; no look at the other two hundred.
    assert_eq!(works, [Work { signatures: 3, ..Work::default() }; 3]);
    // A Sub-CA that breaks a rule may be another path's good one.
    let mut pki = pki.clone();
    pki.specs[1].not_after = NOW - 1;
    let renewed = Spec { not_after: NOW + 1, serial: vec![9], ..pki.specs[1].clone() };
    let ders = pki.build();
    let pool = [ders[1].clone(), renewed.build(&pki.specs[2]), ders[2].clone()];
    with_pool(&pki, &ders[0], &pool, &ders[3..], |run| {
        assert_eq!(run.result.unwrap().certificates().nth(1).unwrap().0, Position::Pool(1));
    });
}

#[test]
fn a_job_that_fails_while_reasons_are_gathered_leaves_the_verdict() {
    use v2gcrypt_keym::path::{Action, Event, Validation};
    let mut pki = contract();
    pki.specs[0].not_after = NOW - 1;
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..3].iter().map(Vec::as_slice).collect();
    let anchors = [ders[3].as_slice()];
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time) = (&pool, pki.time);
    let mut validation = Validation::new(query);
    assert!(matches!(validation.step(Event::Continue), Action::Verify(_)));
    assert_eq!(validation.step(Event::CryptoFailed), Action::Done);
    is_refused(validation.into_result(), &[(Position::Leaf, "expired")]);
}

#[test]
fn a_role_that_the_edition_does_not_have_is_refused() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    pki.check_with(|query| query.role = Role::Evcc, |run| is_refused(run.result, &[(Position::Leaf, "role")]));
}

#[test]
fn all_that_is_wrong_is_told_the_main_reason_first() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    pki.specs[0].attribute(oid::DOMAIN_COMPONENT, "OEM");
    pki.specs[0].not_after = NOW - 1;
    pki.specs[1].basic_constraints(true, Some(1));
    let mut ders = pki.build();
    *ders[2].last_mut().unwrap() ^= 1;
    with_pool(&pki, &ders[0], &ders[1..3], &ders[3..], |run| {
        let expected = [
            (Position::Leaf, "expired"),
            (Position::Leaf, "dc"),
            (Position::Pool(0), "path-len"),
            (Position::Pool(1), "signature"),
        ];
        let text = run.result.as_ref().unwrap_err().to_string();
        is_refused(run.result, &expected);
        assert!(text.starts_with("leaf: expired: its validity has not ended (RFC 5280 6.1.3 (a) (2))\nleaf: dc: "), "{text}");
        assert!(text.contains("[V2G2-925]"));
    });
}

#[test]
fn no_more_than_sixteen_reasons_are_told() {
    let mut pki = Pki::new(Profile::Iso15118_20Amd1, Role::Secc);
    for spec in &mut pki.specs {
        spec.extensions.clear();
        spec.subject = vec![(oid::COMMON_NAME, String::new())];
    }
    pki.check(|run| assert_eq!(run.result.unwrap_err().len(), 16));
}

#[test]
fn a_job_that_fails_is_no_verdict() {
    use v2gcrypt_keym::path::{Action, Event, Validation};
    let pki = contract();
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..3].iter().map(Vec::as_slice).collect();
    let anchors = [ders[3].as_slice()];
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time) = (&pool, pki.time);
    for wrong in [Event::CryptoFailed, Event::Hashed(&[0; 32])] {
        for after in 0..3 {
            let mut validation = Validation::new(query);
            let mut action = validation.step(Event::Continue);
            for _ in 0..after {
                assert!(matches!(action, Action::Verify(check) if verify(&check)));
                action = validation.step(Event::Verified(true));
            }
            assert!(matches!(action, Action::Verify(_)));
            assert_eq!(validation.step(wrong), Action::Done);
            // Too late.
            assert_eq!(validation.step(Event::Verified(true)), Action::Done);
            let refusals = validation.into_result().unwrap_err();
            assert!(refusals.is_undecided() && refusals.contains("undecided"));
        }
    }
    // An answer to nothing; and a validation that was not finished.
    let mut validation = Validation::new(query);
    assert_eq!(validation.step(Event::Verified(true)), Action::Done);
    assert!(validation.into_result().unwrap_err().is_undecided());
    let mut validation = Validation::new(query);
    validation.step(Event::Continue);
    assert!(validation.into_result().unwrap_err().is_undecided());
}

#[test]
fn signatures_are_checked_from_the_anchor_down() {
    let pki = contract();
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..3].iter().map(Vec::as_slice).collect();
    let anchors = [ders[3].as_slice()];
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time) = (&pool, pki.time);
    let mut issuers = Vec::new();
    let run = run_with(query, &mut |check| {
        issuers.push(check.issuer);
        verify(check)
    });
    assert!(run.result.is_ok());
    assert_eq!(issuers, [Position::Anchor(0), Position::Pool(1), Position::Pool(0)]);
}

#[test]
fn policy_bounds_the_signatures() {
    let mut pki = contract();
    for (most, good) in [(2, false), (3, true), (255, true)] {
        pki.policy.max_signatures = most;
        pki.check(|run| match good {
            true => assert!(run.result.is_ok()),
            false => is_refused(run.result, &[(Position::Leaf, "work-limit")]),
        });
    }
}

#[test]
fn a_secc_needs_proof_of_status_by_default_and_others_do_not() {
    for profile in Profile::ALL {
        let policy = Policy::strict(profile);
        for role in Role::ALL {
            let v2g = !matches!(profile, Profile::Rfc5280 | Profile::Private);
            let expected = if v2g && role == Role::Secc { Revocation::Hard } else { Revocation::Soft };
            assert_eq!(policy.revocation_of(role), expected);
        }
    }
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Secc);
    assert!(pki.specs[0].subject.iter().any(|(_, value)| value == SECC_ID));
    pki.policy = Policy::strict(pki.profile);
    pki.check(|run| {
        let unknown = |position| (position, "status-unknown");
        is_refused(run.result, &[Position::Leaf, Position::Pool(0), Position::Pool(1)].map(unknown));
    });
}
