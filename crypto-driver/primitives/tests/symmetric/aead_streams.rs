//! AEAD in pieces, and what becomes of a flipped bit.

use super::aead::{open, seal};
use super::{bytes, Random};
use v2gcrypt_primitives::aead::{Aead, AeadAlgorithm, AeadError, AeadKey, Direction};
use v2gcrypt_primitives::Data;

use AeadAlgorithm::{AesGcm, ChaCha20Poly1305};
use Direction::{Decrypt, Encrypt};

const ALL: [(AeadAlgorithm, usize, usize); 4] =
    [(AesGcm, 16, 12), (AesGcm, 32, 12), (AesGcm, 32, 16), (ChaCha20Poly1305, 32, 12)];

fn in_pieces(stream: &mut Aead, aad: &[u8], aad_pieces: &[usize], text: &[u8], pieces: &[usize], places: usize) -> Vec<u8> {
    let (mut aad, mut text, mut given) = (aad, text, Vec::new());
    for piece in aad_pieces {
        let (front, rest) = aad.split_at(*piece);
        stream.update_aad(front).unwrap();
        aad = rest;
    }
    for (number, piece) in pieces.iter().enumerate() {
        let (front, rest) = text.split_at(*piece);
        let mut output = vec![0xee; front.len()];
        let data = if places >> (number % 20) & 1 == 1 {
            output.copy_from_slice(front);
            Data::InPlace { buffer: &mut output, length: *piece }
        } else {
            Data::Apart { input: front, output: &mut output }
        };
        assert_eq!(stream.update(data), Ok(*piece));
        given.extend(output);
        text = rest;
    }
    assert!(aad.is_empty() && text.is_empty());
    given
}

#[test]
fn every_split_in_two_gives_the_whole() {
    for (algorithm, key_len, nonce_len) in ALL {
        let key = AeadKey::new(algorithm, &bytes(1, key_len)).unwrap();
        let nonce = bytes(2, nonce_len);
        for (aad_len, text_len) in [(0, 0), (0, 33), (13, 0), (16, 130), (40, 64), (5, 200)] {
            let (aad, plain) = (bytes(3, aad_len), bytes(4, text_len));
            let (cipher, tag) = seal(&key, &nonce, &aad, &plain);
            for cut in 0..=aad_len.max(text_len) {
                let (aad_cut, cut) = (cut.min(aad_len), cut.min(text_len));
                for places in 0..4 {
                    let (aad_pieces, pieces) = ([aad_cut, aad_len - aad_cut], [cut, text_len - cut]);
                    let mut stream = key.start(Encrypt, &nonce).unwrap();
                    assert_eq!(stream.algorithm(), algorithm);
                    assert_eq!(in_pieces(&mut stream, &aad, &aad_pieces, &plain, &pieces, places), cipher);
                    assert_eq!(stream.finish().as_bytes(), &tag[..]);
                    let mut stream = key.start(Decrypt, &nonce).unwrap();
                    assert_eq!(in_pieces(&mut stream, &aad, &aad_pieces, &cipher, &pieces, places), plain);
                    assert!(stream.finish_open(&tag));
                }
            }
        }
    }
}

/// Longer than the pieces in which cipher and authenticator take turns.
#[test]
fn any_pieces_give_the_whole() {
    let mut random = Random(5);
    for round in 0..400 {
        let (algorithm, key_len, nonce_len) = ALL[round % ALL.len()];
        let key = AeadKey::new(algorithm, &bytes(round as u64, key_len)).unwrap();
        let most = if round % 8 < 4 { 300 } else { 20_000 };
        let (nonce, aad, plain) = (bytes(6, nonce_len), bytes(7, random.next(100)), bytes(8, random.next(most)));
        let (cipher, tag) = seal(&key, &nonce, &aad, &plain);
        let (aad_pieces, pieces, places) = (random.pieces(aad.len()), random.pieces(plain.len()), random.next(1 << 20));
        let mut stream = key.start(Encrypt, &nonce).unwrap();
        assert!(in_pieces(&mut stream, &aad, &aad_pieces, &plain, &pieces, places) == cipher, "{algorithm:?} {pieces:?}");
        assert_eq!(stream.finish().as_bytes(), &tag[..]);
        let mut stream = key.start(Decrypt, &nonce).unwrap();
        assert!(in_pieces(&mut stream, &aad, &aad_pieces, &cipher, &pieces, places) == plain, "{algorithm:?} {pieces:?}");
        assert!(stream.finish_open(&tag));
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    for (algorithm, key_len, nonce_len) in ALL {
        let key = AeadKey::new(algorithm, &bytes(1, key_len)).unwrap();
        let good = [bytes(2, nonce_len), bytes(3, 21), bytes(4, 37)];
        let (cipher, tag) = seal(&key, &good[0], &good[1], &good[2]);
        let good = [good[0].clone(), good[1].clone(), cipher, tag];
        for part in 0..4 {
            for bit in 0..good[part].len() * 8 {
                let mut bad = good.clone();
                bad[part][bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &bad[0], &bad[1], &bad[2], &bad[3]), None, "{algorithm:?} part {part}, bit {bit}");
            }
        }
        // A shorter tag is the front of the whole one.
        for length in (12..16).filter(|length| algorithm.takes_tag_len(*length)) {
            for bit in 0..length * 8 {
                let mut tag = good[3][..length].to_vec();
                assert!(open(&key, &good[0], &good[1], &good[2], &tag).is_some());
                tag[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &good[0], &good[1], &good[2], &tag), None);
            }
        }
    }
}

#[test]
fn associated_data_comes_before_the_text() {
    for (algorithm, key_len, nonce_len) in ALL {
        let key = AeadKey::new(algorithm, &bytes(1, key_len)).unwrap();
        let nonce = bytes(2, nonce_len);
        let mut stream = key.start(Encrypt, &nonce).unwrap();
        stream.update_aad(b"one").unwrap();
        assert_eq!(stream.update(Data::none()), Ok(0));
        stream.update_aad(b", two").unwrap();
        let mut text = *b"text";
        assert_eq!(stream.update(Data::InPlace { buffer: &mut text, length: 4 }), Ok(4));
        assert_eq!(stream.update_aad(b"three"), Err(AeadError::Order));
        assert_eq!(stream.update_aad(&[]), Ok(()));
        assert_eq!(stream.finish().as_bytes(), &seal(&key, &nonce, b"one, two", b"text").1[..]);
    }
}

/// A tag compares by its front only, and never by nothing.
#[test]
fn a_tag_matches_no_empty_and_no_longer_one() {
    let key = AeadKey::new(AesGcm, &[1; 16]).unwrap();
    let tag = key.seal(&[0; 12], b"aad", Data::none()).unwrap();
    assert!((1..=16).all(|length| tag.matches(&tag.as_bytes()[..length])));
    assert!(!tag.matches(&[]));
    assert!(!tag.matches(&[&tag.as_bytes()[..], &[0]].concat()));
}
