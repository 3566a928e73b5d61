//! What validations learnt, and what later ones need not ask again.

use super::builder::*;
use super::engine::run;
use super::pki::Pki;
use super::status::{crl, pki};
use v2gcrypt_keym::path::{HashAlgorithm, Known, Lesson, Memory, Policy, Query, Revocation};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{oid, KeyAlgorithm};

/// Accepted, signatures, hashes; what was learnt.
fn run_knowing<const I: usize, const S: usize>(
    pki: &Pki,
    memory: &Memory<I, S>,
    crls: &[Vec<u8>],
    with_anchor: bool,
) -> ((bool, usize, usize), Vec<Lesson>) {
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..].iter().map(Vec::as_slice).collect();
    let anchors = [ders.last().unwrap().as_slice()];
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time, query.crls, query.known) = (&pool, pki.time, &crls, Some(memory.known()));
    if !with_anchor {
        query.anchors = &[];
    }
    let run = run(query);
    ((run.result.is_ok(), run.work.signatures, run.work.hashes), run.lessons)
}

fn remembered<const I: usize, const S: usize>(pki: &Pki, memory: &mut Memory<I, S>, crls: &[Vec<u8>]) -> (bool, usize, usize) {
    let (outcome, lessons) = run_knowing(pki, memory, crls, true);
    lessons.iter().for_each(|lesson| memory.learn(*lesson));
    outcome
}

#[test]
fn a_known_issuer_needs_no_signature_again() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    let mut memory = Memory::<4, 4>::NEW;
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 3, 3));
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 1, 3));
    // The store has changed.
    memory.forget();
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 3, 3));
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 1, 3));
    // Another Sub-CA 2 under the known Sub-CA 1, another root: what is known is of these very certificates.
    let mut other = pki.clone();
    other.specs[1].serial = vec![0x66];
    assert_eq!(remembered(&other, &mut memory.clone(), &[]), (true, 2, 3));
    let mut other = pki.clone();
    other.specs[3].serial = vec![0x66];
    assert_eq!(remembered(&other, &mut memory.clone(), &[]), (true, 2, 3));
    // Known or not, the rest is judged each time.
    let mut late = pki.clone();
    late.time = Now::synchronised(NOW + 10 * YEAR);
    assert!(!remembered(&late, &mut memory.clone(), &[]).0);
    // No leaf is ever taken unsigned.
    let mut forged = pki.clone();
    forged.specs[0].issuer = Some(pki.specs[1].subject.clone());
    let impostor = Key::fake(KeyAlgorithm::P256, "impostor");
    let der = forged.specs[0].build(&Spec { key: impostor, ..forged.specs[1].clone() });
    let ders = pki.build();
    let (pool, anchors) = ([ders[1].as_slice(), &ders[2]], [ders[3].as_slice()]);
    let mut query = Query::new(&der, &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time, query.known) = (&pool, pki.time, Some(memory.known()));
    assert!(run(query).result.unwrap_err().contains("signature"));
}

#[test]
fn two_certificates_of_one_issuer_and_two_issuers_of_one_certificate_are_known_side_by_side() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    let mut memory = Memory::<4, 4>::NEW;
    let (mut sibling, mut renewed) = (pki.clone(), pki.clone());
    sibling.specs[1].serial = vec![0x66];
    renewed.specs[3].serial = vec![0x66];
    for (pki, signatures) in [(&pki, 3), (&sibling, 2), (&renewed, 2)] {
        assert_eq!(remembered(pki, &mut memory, &[]), (true, signatures, 3));
    }
    for pki in [&pki, &sibling, &renewed] {
        assert_eq!(remembered(pki, &mut memory.clone(), &[]), (true, 1, 3));
    }
}

#[test]
fn good_is_known_of_this_very_certificate_and_revoked_of_whatever_is_called_so() {
    let pki = pki();
    let (mut sibling, mut other, mut reissued, mut long) = (pki.clone(), pki.clone(), pki.clone(), pki.clone());
    sibling.specs[0].serial = vec![0x66];
    // The same number of another issuer of that name.
    other.specs[1].key = Key::fake(KeyAlgorithm::P256, "another root");
    let id = other.specs[1].key.id(20);
    other.specs[1].subject_key_id(false, &id);
    other.link();
    reissued.specs[0].attribute(oid::COMMON_NAME, "the same number again");
    // RFC 5280 has 20 octets at most; the last 20 of these are the same.
    long.policy = Policy::strict(Profile::Rfc5280).with_revocation(Revocation::Hard);
    long.profile = Profile::Rfc5280;
    let mut longer = long.clone();
    long.specs[0].serial = [&[1][..], &[7; 20]].concat();
    longer.specs[0].serial = [&[1, 1][..], &[7; 20]].concat();
    let all = [&pki, &sibling, &other, &reissued, &long, &longer];
    for revoked in [false, true] {
        for (proved, known) in all.iter().enumerate() {
            let list = CrlSpec { revoked: vec![if revoked { known.specs[0].serial.clone() } else { vec![9, 9] }], ..crl() };
            let mut memory = Memory::<4, 4>::NEW;
            assert_eq!(remembered(known, &mut memory, &[list.build(&known.specs[1])]), (!revoked, 2, 2));
            for (asked, pki) in all.iter().enumerate() {
                let fresh = crl().build(&pki.specs[1]);
                let (accepted, signatures, _) = remembered(pki, &mut memory.clone(), &[fresh]);
                let same = proved == asked || revoked && [proved, asked].iter().all(|index| [0, 3].contains(index));
                // Its own signature, and that of the list where that tells anything new.
                assert_eq!((accepted, signatures), (!(revoked && same), if same { 1 } else { 2 }), "{proved} {asked} {revoked}");
            }
        }
    }
}

#[test]
fn a_revocation_takes_the_place_of_its_own_certificate_alone() {
    let pki = pki();
    let serials = [vec![0x61], vec![0x62], vec![0x63]];
    let of = |serial: &Vec<u8>| {
        let mut pki = pki.clone();
        pki.specs[0].serial = serial.clone();
        pki
    };
    let mut memory = Memory::<4, 4>::NEW;
    for serial in &serials {
        assert_eq!(remembered(&of(serial), &mut memory, &[crl().build(&pki.specs[1])]), (true, 2, 2));
    }
    let listed = CrlSpec { this_update: NOW - 60, revoked: serials[1..].to_vec(), ..crl() }.build(&pki.specs[1]);
    for serial in &serials[1..] {
        assert_eq!(remembered(&of(serial), &mut memory, std::slice::from_ref(&listed)), (false, 2, 2));
    }
    let known: Vec<_> = serials.iter().map(|serial| remembered(&of(serial), &mut memory.clone(), &[])).collect();
    assert_eq!(known, [(true, 1, 2), (false, 1, 2), (false, 1, 2)]);
}

#[test]
fn status_that_has_to_be_proved_again_is_not_known_but_who_is_revoked_stays_so() {
    let pki = pki();
    let root = &pki.specs[1];
    let prove_again = |memory: &Memory<4, 4>, crls: &[Vec<u8>], expected: Result<usize, usize>| {
        let known = memory.known();
        let ders = pki.build();
        let (anchors, crls): (_, Vec<&[u8]>) = ([ders[1].as_slice()], crls.iter().map(Vec::as_slice).collect());
        let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
        (query.time, query.crls, query.known) = (pki.time, &crls, Some(Known { prove_again: true, ..known }));
        let run = run(query);
        assert_eq!(run.result.map(|_| run.work.signatures).map_err(|_| run.work.signatures), expected);
    };
    let mut memory = Memory::<4, 4>::NEW;
    assert!(remembered(&pki, &mut memory, &[crl().build(root)]).0);
    prove_again(&memory, &[], Err(1));
    prove_again(&memory, &[crl().build(root)], Ok(2));
    let listed = CrlSpec { revoked: vec![pki.specs[0].serial.clone()], this_update: NOW - 60, ..crl() }.build(root);
    assert!(!remembered(&pki, &mut memory, std::slice::from_ref(&listed)).0);
    prove_again(&memory, &[], Err(1));
    // A list that says so, too, is looked at, and so is one that does not.
    prove_again(&memory, &[listed], Err(2));
    prove_again(&memory, &[crl().build(root)], Err(2));
}

#[test]
fn what_is_known_of_a_sub_ca_does_not_spare_its_signature_when_it_is_on_trial() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    let mut memory = Memory::<4, 4>::NEW;
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 3, 3));
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    let ders = pki.build();
    // A list of somebody else: the certificate is hashed, for its status might be known.
    let list = crl().build(&pki.specs[0]);
    let (pool, anchors, crls) = ([ders[2].as_slice()], [ders[3].as_slice()], [list.as_slice()]);
    let mut query = Query::new(&ders[1], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time, query.crls, query.known) = (&pool, pki.time, &crls, Some(memory.known()));
    query.level = Level::SubCa2;
    let run = run(query);
    assert!(run.result.is_ok());
    // Its own; that of Sub-CA 1 is known.
    assert_eq!((run.work.signatures, run.work.hashes), (1, 3));
}

#[test]
fn what_was_learnt_before_a_store_changed_is_not_kept() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    let mut memory = Memory::<4, 4>::NEW;
    let (_, lessons) = run_knowing(&pki, &memory, &[], true);
    assert_eq!(lessons.len(), 2);
    memory.forget();
    lessons.iter().for_each(|lesson| memory.learn(*lesson));
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 3, 3));
}

#[test]
fn the_leaf_is_hashed_only_where_its_status_may_be_known() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    let crls = [crl().build(&pki.specs[1])];
    // Policy does not ask for status: no hash of the leaf, whatever there is.
    assert_eq!(run_knowing(&pki, &Memory::<4, 4>::NEW, &crls, true).0, (true, 3, 3));
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    assert_eq!(run_knowing(&pki, &Memory::<4, 4>::NEW, &[], true).0, (true, 3, 3));
    let mut memory = Memory::<4, 4>::NEW;
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 4, 4));
    // It is known: without a list, too.
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 1, 4));
}

#[test]
fn nothing_is_learnt_of_issuers_without_an_anchor_or_without_memory() {
    let pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    pki.check(|run| assert!(run.lessons.is_empty() && run.work.hashes == 0));
    let (outcome, lessons) = run_knowing(&pki, &Memory::<4, 4>::NEW, &[], false);
    assert_eq!((outcome, lessons), ((false, 0, 0), vec![]));
}

#[test]
fn a_known_status_counts_until_its_next_update_and_revoked_for_good() {
    let mut pki = pki();
    let root = pki.specs[1].clone();
    let mut memory = Memory::<4, 4>::NEW;
    let crls = [crl().build(&root)];
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 2, 2));
    assert_eq!(remembered(&pki, &mut memory, &[]), (true, 1, 2));
    // The same list again tells nothing new; a newer one does.
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 1, 2));
    assert_eq!(memory.due(NOW + 7 * DAY).count(), 1);
    assert_eq!(memory.due(NOW + 7 * DAY - 1).count(), 0);
    let status = *memory.due(NOW + 7 * DAY).next().unwrap();
    assert_eq!((status.is_revoked(), status.next_update()), (false, NOW + 7 * DAY));
    let fingerprint = super::engine::digest(HashAlgorithm::Sha256, &pki.build()[0]);
    assert_eq!(status.certificate().0.as_slice(), fingerprint);
    pki.time = Now::synchronised(NOW + 7 * DAY);
    assert!(remembered(&pki, &mut memory.clone(), &[]).0);
    pki.time = Now::synchronised(NOW + 7 * DAY + 1);
    assert!(!remembered(&pki, &mut memory.clone(), &[]).0);
    pki.time = Now::synchronised(NOW);
    let listed = CrlSpec { revoked: vec![pki.specs[0].serial.clone()], this_update: NOW - 60, ..crl() };
    assert_eq!(remembered(&pki, &mut memory, &[listed.build(&root)]), (false, 2, 2));
    // From now on, whatever comes, and nobody has to be asked again.
    pki.time = Now::synchronised(NOW + 10);
    assert_eq!(remembered(&pki, &mut memory, &[CrlSpec { this_update: NOW, ..crl() }.build(&root)]), (false, 1, 2));
    assert_eq!(memory.due(i64::MAX).count(), 0);
    // Also when other lists and responses come, however often.
    for _ in 0..3 {
        memory.forget_statuses();
        assert_eq!(remembered(&pki, &mut memory, &[]), (false, 1, 2));
    }
    // A store that changes does not make it good again.
    memory.forget();
    assert!(!remembered(&pki, &mut memory, &crls).0);
    let mut memory = Memory::<4, 4>::NEW;
    assert!(remembered(&pki, &mut memory, &crls).0);
}

#[test]
fn a_response_that_is_known_needs_no_signature_again() {
    let pki = pki();
    let (ders, root) = (pki.build(), &pki.specs[1]);
    let response =
        |this_update| OcspSpec { this_update, ..OcspSpec::new(&pki.specs[0].serial, OcspStatus::Good) }.build(root, root);
    let mut memory = Memory::<4, 4>::NEW;
    for (this_update, signatures) in [(NOW - 3600, 2), (NOW - 3600, 1), (NOW - 3601, 1), (NOW - 3599, 2), (NOW - 3600, 1)] {
        let response = response(this_update);
        let (anchors, ocsp) = ([ders[1].as_slice()], [response.as_slice()]);
        let known = memory;
        let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
        (query.time, query.ocsp, query.known) = (pki.time, &ocsp, Some(known.known()));
        let run = run(query);
        assert_eq!((run.result.is_ok(), run.work.signatures), (true, signatures), "{this_update}");
        run.lessons.iter().for_each(|lesson| memory.learn(*lesson));
    }
}

#[test]
fn status_is_forgotten_without_what_is_known_of_issuers() {
    let mut pki = Pki::new(Profile::Iso15118_2, Role::Contract);
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    let crls = [crl().build(&pki.specs[1])];
    let mut memory = Memory::<4, 4>::NEW;
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 4, 4));
    assert_eq!(memory.due(i64::MAX).count(), 1);
    let (_, lessons) = run_knowing(&pki, &memory, &crls, true);
    memory.forget_statuses();
    assert_eq!(memory.due(i64::MAX).count(), 0);
    // What was learnt before is not kept after.
    lessons.iter().for_each(|lesson| memory.learn(*lesson));
    assert_eq!(memory.due(i64::MAX).count(), 0);
    // The leaf and the list.
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 2, 4));
    memory.forget();
    assert_eq!(remembered(&pki, &mut memory, &crls), (true, 4, 4));
}

#[test]
fn a_full_memory_gives_up_what_ends_first() {
    let mut memory = Memory::<2, 2>::NEW;
    let pkis: Vec<_> = (0..3)
        .map(|number: i64| {
            let mut pki = pki();
            pki.specs[0].serial = vec![1, number as u8];
            pki
        })
        .collect();
    for (number, pki) in pkis.iter().enumerate() {
        let crls = [CrlSpec { next_update: Some(NOW + (number as i64 + 1) * DAY), ..crl() }.build(&pki.specs[1])];
        assert!(remembered(pki, &mut memory, &crls).0);
    }
    let known: Vec<_> = pkis.iter().map(|pki| remembered(pki, &mut memory.clone(), &[]).0).collect();
    assert_eq!(known, [false, true, true]);
    // The same certificate again takes its own place.
    let crls = [CrlSpec { this_update: NOW, next_update: Some(NOW + 9 * DAY), ..crl() }.build(&pkis[1].specs[1])];
    assert!(remembered(&pkis[1], &mut memory, &crls).0);
    assert!(remembered(&pkis[2], &mut memory.clone(), &[]).0);
    // Also when another one would end first.
    let mut again = Memory::<2, 2>::NEW;
    for (pki, days) in [(&pkis[0], 1), (&pkis[1], 3), (&pkis[1], 5)] {
        let crls = [CrlSpec { this_update: NOW - 10 + days, next_update: Some(NOW + days * DAY), ..crl() }.build(&pki.specs[1])];
        assert!(remembered(pki, &mut again, &crls).0);
    }
    assert!([0, 1].iter().all(|number| remembered(&pkis[*number], &mut again.clone(), &[]).0));
    assert_eq!(again.due(NOW + 4 * DAY).count(), 1);
    // A lesson from before the store changed is not kept.
    let (_, lessons) = run_knowing(&pkis[0], &memory, &crls, true);
    assert!(lessons.iter().any(|lesson| matches!(lesson, Lesson::Status(_))));
    memory.forget();
    lessons.iter().for_each(|lesson| memory.learn(*lesson));
    assert_eq!(memory.due(i64::MAX).count(), 0);
}
