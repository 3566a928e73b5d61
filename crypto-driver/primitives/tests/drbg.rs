//! CTR_DRBG: NIST's vectors, and when fresh entropy is due.

mod common;

use common::{unhex, vectors};
use v2gcrypt_primitives::drbg::{CtrDrbg, ReseedRequired, MAX_REQUEST_LEN, RESEED_INTERVAL};

#[test]
fn output_is_that_of_nist() {
    let mut counts = [0; 4];
    for [when, nonce, entropy, reseed, first, second, expected] in vectors(include_str!("vectors/ctr_drbg.txt")) {
        let [nonce, entropy, reseed, first, second, expected] = [nonce, entropy, reseed, first, second, expected].map(unhex);
        let (kind, parts) = match when {
            "no_reseed" => (0, 1),
            "reseed_first" => (1, 2),
            "reseed_between" => (2, 2),
            "pr" => (3, 3), // prediction resistance: fresh entropy before each request
            _ => panic!("{when}"),
        };
        let mut fresh = entropy.chunks(entropy.len() / parts);
        let mut generator = CtrDrbg::new(fresh.next().unwrap(), &nonce, &[]);
        let mut output = vec![0; expected.len()];
        for (request, additional) in [(1, &first), (2, &second)] {
            match kind {
                3 => {
                    generator.reseed(fresh.next().unwrap(), additional);
                    generator.generate(&mut output, &[]).unwrap();
                    continue;
                }
                kind if kind == request => generator.reseed(fresh.next().unwrap(), &reseed),
                _ => {}
            }
            generator.generate(&mut output, additional).unwrap();
        }
        assert_eq!(output, expected, "{when} {nonce:02x?}");
        assert_eq!(fresh.next(), None);
        counts[kind] += 1;
    }
    assert_eq!(counts, [4, 1, 180, 65]);
}

#[test]
fn inputs_are_one_string() {
    let output = |entropy: &[u8], nonce: &[u8], personalization: &[u8]| {
        let mut output = [0; 40];
        CtrDrbg::new(entropy, nonce, personalization).generate(&mut output, &[]).unwrap();
        output
    };
    let whole: Vec<u8> = (0..100).collect();
    let expected = output(&whole, &[], &[]);
    for cut in 0..=100 {
        assert_eq!(output(&whole[..cut], &whole[cut..], &[]), expected, "cut at {cut}");
        assert_eq!(output(&[], &whole[..cut], &whole[cut..]), expected, "cut at {cut}");
    }
    assert_ne!(output(&whole[..99], &[], &[]), expected);
}

#[test]
fn additional_input_changes_the_output_and_nothing_repeats() {
    let start = || CtrDrbg::new(&[1; 32], &[2; 16], b"test");
    let (mut plain, mut mixed) = (start(), start());
    let (mut one, mut two, mut other) = ([0; 32], [0; 32], [0; 32]);
    plain.generate(&mut one, &[]).unwrap();
    plain.generate(&mut two, &[]).unwrap();
    mixed.generate(&mut other, b"more").unwrap();
    assert_ne!(one, two);
    assert_ne!(one, other);
}

/// SP 800-90A allows 2¹⁹ bits a request: a longer one is split, with the state renewed in between.
#[test]
fn a_long_output_is_that_of_as_many_requests() {
    let start = || CtrDrbg::new(&[1; 32], &[2; 16], &[]);
    let mut whole = vec![0; 2 * MAX_REQUEST_LEN + 100];
    start().generate(&mut whole, b"additional").unwrap();
    let mut generator = start();
    for expected in whole.chunks(MAX_REQUEST_LEN) {
        let mut part = vec![0; expected.len()];
        generator.generate(&mut part, b"additional").unwrap();
        assert!(part == expected);
    }
}

#[test]
fn fresh_entropy_is_due_after_the_interval_and_then_it_goes_on() {
    let mut generator = CtrDrbg::new(&[1; 32], &[2; 16], &[]);
    let mut output = [0xaa; 1];
    for _ in 0..RESEED_INTERVAL {
        assert_eq!(generator.generate(&mut output, &[]), Ok(()));
    }
    output = [0xaa];
    assert_eq!(generator.generate(&mut output, &[]), Err(ReseedRequired));
    assert_eq!(output, [0]);
    // Nothing asked for, nothing due.
    assert_eq!(generator.generate(&mut [], &[]), Ok(()));
    generator.reseed(&[3; 32], &[]);
    assert_eq!(generator.generate(&mut output, &[]), Ok(()));
}
