//! What a validation tells besides its verdict, and when it tells nothing.

use super::builder::*;
use super::engine::{digest, verify};
use super::pki::Pki;
use v2gcrypt_keym::path::{Action, Event, Evidence, HashAlgorithm, Lesson, Memory, Position, Query, Revocation, Validation};
use v2gcrypt_keym::profile::{Profile, Role};

static NOTHING_KNOWN: Memory<4, 4> = Memory::NEW;

/// To the verdict, by the fake engine.
fn finish(validation: &mut Validation<'_>) {
    let mut action = validation.step(Event::Continue);
    loop {
        action = match action {
            Action::Verify(check) => validation.step(Event::Verified(verify(&check))),
            Action::Hash { algorithm, message } => validation.step(Event::Hashed(&digest(algorithm, message))),
            Action::Continue => validation.step(Event::Continue),
            Action::Done => return,
        }
    }
}

fn contract() -> Pki {
    Pki::new(Profile::Iso15118_2, Role::Contract)
}

/// A list by the issuer of the certificate at `index`, with that one or without.
fn list(pki: &Pki, index: usize, revoked: bool) -> Vec<u8> {
    let serial = if revoked { pki.specs[index].serial.clone() } else { vec![9, 9] };
    let list = CrlSpec { this_update: NOW - DAY, next_update: Some(NOW + 7 * DAY), revoked: vec![serial], extensions: vec![] };
    list.build(&pki.specs[index + 1])
}

/// Looks at a query of the whole chain, with these lists.
fn with_query<T>(pki: &Pki, crls: &[Vec<u8>], ocsp: &[Vec<u8>], look: impl FnOnce(Query<'_>) -> T) -> T {
    let ders = pki.build();
    let pool: Vec<&[u8]> = ders[1..3].iter().map(Vec::as_slice).collect();
    let anchors = [ders[3].as_slice()];
    let crls: Vec<&[u8]> = crls.iter().map(Vec::as_slice).collect();
    let ocsp: Vec<&[u8]> = ocsp.iter().map(Vec::as_slice).collect();
    let mut query = Query::new(&ders[0], &anchors, pki.profile, pki.role, &pki.policy);
    (query.pool, query.time, query.crls, query.ocsp) = (&pool, pki.time, &crls, &ocsp);
    look(query)
}

#[test]
fn the_path_is_told_of_an_accepted_chain_and_of_no_other() {
    let mut pki = contract();
    with_query(&pki, &[], &[], |query| {
        let mut validation = Validation::new(query);
        assert!(validation.accepted().is_none());
        while let Action::Verify(check) = validation.step(Event::Continue) {
            assert!(validation.accepted().is_none());
            validation.step(Event::Verified(verify(&check)));
        }
        let told: Vec<_> = validation.accepted().unwrap().map(|(position, certificate, _)| (position, certificate.der)).collect();
        assert!(validation.refusals().is_empty());
        let chain = validation.into_result().unwrap();
        assert!(chain.certificates().map(|(position, certificate, _)| (position, certificate.der)).eq(told.iter().copied()));
        assert_eq!(told.len(), 4);
    });
    pki.specs[0].not_after = NOW - 1;
    with_query(&pki, &[], &[], |query| {
        let mut validation = Validation::new(query);
        finish(&mut validation);
        assert!(validation.accepted().is_none());
        assert!(validation.refusals().contains("expired") && validation.refusals().len() == 1);
    });
}

#[test]
fn a_validation_that_was_released_has_no_verdict_and_may_begin_again() {
    let mut pki = contract();
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    with_query(&pki, &[list(&pki, 0, false)], &[], |mut query| {
        query.known = Some(NOTHING_KNOWN.known());
        let mut validation = Validation::new(query);
        finish(&mut validation);
        let learnt = validation.lessons().count();
        assert!(validation.accepted().is_some() && learnt == 3);
        validation.release();
        assert!(validation.accepted().is_none() && validation.refusals().is_empty());
        assert_eq!(validation.step(Event::Continue), Action::Done);
        assert_eq!(validation.lessons().count(), learnt);
        // Another one in its place, which learns nothing.
        query.known = None;
        validation.restart(query);
        assert!(validation.accepted().is_none());
        finish(&mut validation);
        assert_eq!((validation.accepted().unwrap().count(), validation.lessons().count()), (4, 0));
        // In the middle of the work.
        validation.restart(query);
        assert!(matches!(validation.step(Event::Continue), Action::Verify(_)));
        validation.release();
        assert_eq!(validation.step(Event::Verified(true)), Action::Done);
        assert!(validation.into_result().unwrap_err().is_undecided());
    });
}

#[test]
fn no_signature_of_an_earlier_validation_counts_in_the_next_one() {
    let pki = contract();
    let good = pki.build();
    let anchors = [good[3].as_slice()];
    for forged in 0..3 {
        // In the same place of the query, the signature is not good.
        let mut bad = good.clone();
        *bad[forged].last_mut().unwrap() ^= 1;
        let pools = [&good, &bad].map(|ders| [ders[1].as_slice(), &ders[2]]);
        let [first, second] = [(&good[0], &pools[0]), (&bad[0], &pools[1])].map(|(leaf, pool)| {
            let mut query = Query::new(leaf, &anchors, pki.profile, pki.role, &pki.policy);
            (query.pool, query.time) = (pool, pki.time);
            query
        });
        let mut validation = Validation::new(first);
        for (query, accepted) in [(first, true), (second, false), (first, true)] {
            validation.restart(query);
            finish(&mut validation);
            assert_eq!(validation.accepted().is_some(), accepted, "{forged}");
            assert_eq!(validation.refusals().contains("signature"), !accepted, "{forged}");
        }
    }
}

#[test]
fn what_says_that_the_leaf_is_revoked_is_told_and_of_no_sub_ca() {
    let mut pki = contract();
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    let told = |crls: &[Vec<u8>], ocsp: &[Vec<u8>]| {
        with_query(&pki, crls, ocsp, |query| {
            let mut validation = Validation::new(query);
            finish(&mut validation);
            (validation.leaf_revoked_by(), validation.refusals().first().map(|refusal| (refusal.certificate, refusal.rule.id)))
        })
    };
    let next_update = NOW + 7 * DAY;
    let leaf = Some((Position::Leaf, "revoked"));
    let crls = [list(&pki, 1, false), list(&pki, 0, true)];
    assert_eq!(told(&crls, &[]), (Evidence::Crl { index: 1, next_update }, leaf));
    let response = OcspSpec::new(&pki.specs[0].serial, OcspStatus::Revoked).build(&pki.specs[1], &pki.specs[1]);
    assert_eq!(told(&[], &[response]), (Evidence::Ocsp { index: 0, next_update: NOW + DAY }, leaf));
    assert_eq!(told(&[list(&pki, 1, true)], &[]), (Evidence::None, Some((Position::Pool(0), "revoked"))));
    assert_eq!(told(&[list(&pki, 0, false)], &[]), (Evidence::None, None));
}

#[test]
fn a_lesson_tells_whose_status_it_is_what_it_is_and_until_when() {
    let pki = {
        let mut pki = contract();
        pki.policy = pki.policy.with_revocation(Revocation::Soft);
        pki
    };
    for revoked in [false, true] {
        with_query(&pki, &[list(&pki, 0, revoked)], &[], |mut query| {
            query.known = Some(NOTHING_KNOWN.known());
            let mut validation = Validation::new(query);
            finish(&mut validation);
            let statuses: Vec<_> = validation
                .lessons()
                .filter_map(|lesson| match lesson {
                    Lesson::Status(status) => Some(status),
                    Lesson::Issuer(_) => None,
                })
                .collect();
            let [status] = statuses[..] else { panic!("{statuses:?}") };
            assert_eq!(status.certificate().0, digest(HashAlgorithm::Sha256, query.leaf)[..]);
            assert_eq!((status.is_revoked(), status.next_update()), (revoked, NOW + 7 * DAY));
        });
    }
}

#[test]
fn a_job_that_fails_among_the_status_is_no_verdict_whoever_was_found_revoked() {
    let mut pki = contract();
    pki.policy = pki.policy.with_revocation(Revocation::Soft);
    with_query(&pki, &[list(&pki, 0, true), list(&pki, 1, false)], &[], |query| {
        let mut validation = Validation::new(query);
        // Three certificates and the leaf's list.
        for _ in 0..4 {
            let Action::Verify(check) = validation.step(Event::Continue) else { panic!() };
            validation.step(Event::Verified(verify(&check)));
        }
        assert_eq!(validation.step(Event::CryptoFailed), Action::Done);
        assert!(validation.refusals().is_undecided() && validation.refusals().len() == 1);
        assert!(validation.into_result().unwrap_err().is_undecided());
    });
}

#[test]
fn a_digest_of_another_length_is_no_answer() {
    let pki = contract();
    with_query(&pki, &[], &[], |mut query| {
        query.known = Some(NOTHING_KNOWN.known());
        for length in [0, 31, 33, 64] {
            let mut validation = Validation::new(query);
            assert!(matches!(validation.step(Event::Continue), Action::Hash { algorithm: HashAlgorithm::Sha256, .. }));
            assert_eq!(validation.step(Event::Hashed(&[7; 64][..length])), Action::Done);
            assert!(validation.refusals().is_undecided());
        }
    });
}
