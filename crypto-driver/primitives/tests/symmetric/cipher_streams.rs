//! AES-CBC and AES-CTR in pieces: any split gives what the whole text gives, in place and apart.

use super::cipher::crypt;
use super::{bytes, Random};
use v2gcrypt_primitives::cipher::{Cipher, CipherAlgorithm, CipherError, CipherKey, Direction};
use v2gcrypt_primitives::Data;

use CipherAlgorithm::{AesCbc, AesCbcPkcs7, AesCtr};
use Direction::{Decrypt, Encrypt};

/// One piece, with no byte of room more than it takes. Before that, with one byte less: that changes nothing.
fn update(cipher: &mut Cipher, piece: &[u8], in_place: bool) -> Vec<u8> {
    let gives = cipher.update_len(piece.len());
    if let Some(too_small) = gives.checked_sub(1) {
        let mut output = vec![0xee; too_small];
        assert_eq!(cipher.update(Data::Apart { input: piece, output: &mut output }), Err(CipherError::Room));
        assert!(output.iter().all(|byte| *byte == 0xee));
    }
    let mut buffer = piece.to_vec();
    buffer.resize(gives.max(piece.len()), 0xee);
    let mut output = vec![0xee; gives];
    let data = if in_place {
        Data::InPlace { buffer: &mut buffer, length: piece.len() }
    } else {
        Data::Apart { input: piece, output: &mut output }
    };
    assert_eq!(cipher.update(data), Ok(gives));
    if in_place {
        buffer.truncate(gives);
        buffer
    } else {
        output
    }
}

fn finish(mut cipher: Cipher) -> Result<Vec<u8>, CipherError> {
    let most = cipher.finish_len_max();
    let mut output = vec![0xee; most];
    let length = cipher.finish(&mut output)?;
    assert!(output[length..].iter().all(|byte| *byte == 0xee));
    output.truncate(length);
    Ok(output)
}

fn in_pieces(
    mut cipher: Cipher,
    mut text: &[u8],
    pieces: &[usize],
    in_place: impl Fn(usize) -> bool,
) -> Result<Vec<u8>, CipherError> {
    let mut whole = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let (front, rest) = text.split_at(*piece);
        whole.extend(update(&mut cipher, front, in_place(number)));
        text = rest;
    }
    assert!(text.is_empty());
    whole.extend(finish(cipher)?);
    Ok(whole)
}

const ALL: [(CipherAlgorithm, usize); 6] =
    [(AesCbc, 16), (AesCbc, 32), (AesCbcPkcs7, 16), (AesCbcPkcs7, 32), (AesCtr, 16), (AesCtr, 32)];

#[test]
fn every_split_in_two_gives_the_whole() {
    for (algorithm, key_len) in ALL {
        let key = CipherKey::new(algorithm, &bytes(1, key_len)).unwrap();
        let iv = bytes(2, 16);
        for length in (0..70).chain([127, 128, 129]).filter(|length| algorithm != AesCbc || length % 16 == 0) {
            let plain = bytes(3, length);
            let cipher = crypt(&key, algorithm, Encrypt, &iv, &plain).unwrap();
            for (direction, input, expected) in [(Encrypt, &plain, &cipher), (Decrypt, &cipher, &plain)] {
                for cut in 0..=input.len() {
                    for in_place in 0..4 {
                        let stream = key.start(direction, &iv).unwrap();
                        assert_eq!(stream.algorithm(), algorithm);
                        let given = in_pieces(stream, input, &[cut, input.len() - cut], |piece| in_place >> piece & 1 == 1);
                        assert_eq!(given.as_ref(), Ok(expected), "{algorithm:?} {direction:?} {length} cut at {cut}");
                    }
                }
            }
        }
    }
}

#[test]
fn any_pieces_give_the_whole() {
    let mut random = Random(99);
    for round in 0..1500 {
        let (algorithm, key_len) = ALL[round % ALL.len()];
        let mut length = random.next(600);
        if algorithm == AesCbc {
            length -= length % 16;
        }
        let key = CipherKey::new(algorithm, &bytes(round as u64, key_len)).unwrap();
        let (iv, plain) = (bytes(5, 16), bytes(round as u64 + 7, length));
        let cipher = crypt(&key, algorithm, Encrypt, &iv, &plain).unwrap();
        for (direction, input, expected) in [(Encrypt, &plain, &cipher), (Decrypt, &cipher, &plain)] {
            let pieces = random.pieces(input.len());
            let places = random.next(1 << 20);
            let stream = key.start(direction, &iv).unwrap();
            let given = in_pieces(stream, input, &pieces, |piece| places >> (piece % 20) & 1 == 1);
            assert_eq!(given.as_ref(), Ok(expected), "{algorithm:?} {direction:?} {pieces:?}");
        }
    }
}

#[test]
fn an_incomplete_block_or_a_wrong_padding_ends_in_one_error() {
    let key = CipherKey::new(AesCbc, &[1; 16]).unwrap();
    for length in 0..50 {
        let text = vec![0; length];
        for (algorithm, direction, right) in
            [(AesCbc, Encrypt, length % 16 == 0), (AesCbc, Decrypt, length % 16 == 0), (AesCbcPkcs7, Decrypt, false)]
        {
            let stream = key.start_with(algorithm, direction, &[0; 16]).unwrap();
            let given = in_pieces(stream, &text, &[length], |_| true);
            assert_eq!(given.err(), (!right).then_some(CipherError::Text), "{algorithm:?} {direction:?} {length}");
        }
    }
}

#[test]
fn the_last_block_waits_for_room() {
    let key = CipherKey::new(AesCbcPkcs7, &[1; 16]).unwrap();
    for length in 0..40 {
        let plain = vec![6; length];
        let cipher = crypt(&key, AesCbcPkcs7, Encrypt, &[0; 16], &plain).unwrap();
        for (direction, input, expected) in [(Encrypt, &plain, &cipher), (Decrypt, &cipher, &plain)] {
            let mut stream = key.start(direction, &[0; 16]).unwrap();
            let front = update(&mut stream, input, false);
            let last = &expected[front.len()..];
            for room in 0..last.len() {
                let mut output = vec![0xee; room];
                assert_eq!(stream.finish(&mut output), Err(CipherError::Room));
                assert!(output.iter().all(|byte| *byte == 0xee));
            }
            let mut output = vec![0; last.len()];
            assert_eq!(stream.finish(&mut output), Ok(last.len()));
            assert_eq!(output, last);
        }
    }
}
