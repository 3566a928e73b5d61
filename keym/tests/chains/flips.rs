//! One bit changed anywhere: nothing is accepted.

use super::builder::*;
use super::engine::{run_with, verify, verify_for_real};
use super::pki::{MakeKey, Pki};
use v2gcrypt_keym::path::{Query, SignatureCheck};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::x509::KeyAlgorithm;

const FOUR: [Level; 4] = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];

/// Flips every `step`th bit of leaf and Sub-CAs, and of the root where it is given beside the anchor; how many there were.
fn flips(
    profile: Profile,
    role: Role,
    algorithm: KeyAlgorithm,
    key: MakeKey<'_>,
    verify: fn(&SignatureCheck<'_>) -> bool,
    step: usize,
) -> usize {
    let pki = Pki::with(profile, role, &FOUR, algorithm, key);
    let ders = pki.build();
    let anchors = [ders[3].as_slice()];
    let accepted = |changed: &[Vec<u8>]| {
        let pool: Vec<&[u8]> = changed[1..3].iter().map(Vec::as_slice).collect();
        let mut query = Query::new(&changed[0], &anchors, profile, role, &pki.policy);
        (query.pool, query.time) = (&pool, pki.time);
        run_with(query, &mut |check| verify(check)).result.is_ok()
    };
    assert!(accepted(&ders));
    let mut count = 0;
    for index in 0..3 {
        for bit in (0..ders[index].len() * 8).step_by(step) {
            let mut changed = ders.clone();
            changed[index][bit / 8] ^= 1 << (bit % 8);
            assert!(!accepted(&changed), "{profile:?} certificate {index} bit {bit}");
            count += 1;
        }
    }
    count
}

#[test]
fn no_chain_of_edition_2_with_a_flipped_bit_is_accepted() {
    let count = flips(Profile::Iso15118_2, Role::Contract, KeyAlgorithm::P256, &Key::real, verify_for_real, 1);
    assert!(count > 10_000, "{count}");
}

#[test]
fn no_chain_of_edition_20_with_a_flipped_bit_is_accepted() {
    for profile in [Profile::Iso15118_20, Profile::Iso15118_20Amd1] {
        let count = flips(profile, Role::Secc, KeyAlgorithm::P521, &Key::fake, verify, 1);
        assert!(count > 10_000, "{count}");
    }
    // With real signatures, which take a hundred times as long, a sample; the next test has them all.
    assert!(flips(Profile::Iso15118_20, Role::Secc, KeyAlgorithm::P521, &Key::real, verify_for_real, 61) > 200);
}

#[test]
#[ignore = "a minute with optimisation, much more without: see .ci/run"]
fn no_chain_of_edition_20_with_real_signatures_and_any_flipped_bit_is_accepted() {
    let count = flips(Profile::Iso15118_20, Role::Secc, KeyAlgorithm::P521, &Key::real, verify_for_real, 1);
    println!("{count} flipped bits, none accepted");
    assert!(count > 10_000, "{count}");
}

#[test]
fn no_plain_chain_with_a_flipped_bit_is_accepted() {
    flips(Profile::Rfc5280, Role::Any, KeyAlgorithm::P256, &Key::fake, verify, 1);
}
