//! Ciphers and AEAD: a text in any pieces, in place or apart, is the text at once; a changed byte is noticed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::Bytes;
use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, CipherKey, Direction};
use v2gcrypt_primitives::Data;

fuzz_target!(|data: &[u8]| {
    let mut data = Bytes(data);
    let choice = data.byte();
    let splits: Vec<usize> = data.take(8).iter().map(|&length| usize::from(length)).collect();
    let in_place = choice & 0x80 != 0;
    match choice % 5 {
        0 => cipher(CipherAlgorithm::AesCbc, &splits, in_place, data.0),
        1 => cipher(CipherAlgorithm::AesCbcPkcs7, &splits, in_place, data.0),
        2 => cipher(CipherAlgorithm::AesCtr, &splits, in_place, data.0),
        3 => aead(AeadAlgorithm::AesGcm, &[1; 16], &splits, in_place, data.0),
        _ => aead(AeadAlgorithm::ChaCha20Poly1305, &[1; 32], &splits, in_place, data.0),
    }
});

/// One piece, in place or apart; what it gives.
fn piece(text: &[u8], in_place: bool, room: usize, work: impl FnOnce(Data<'_>) -> usize) -> Vec<u8> {
    let mut output = vec![0xA5; room.max(text.len())];
    let length = if in_place {
        output[..text.len()].copy_from_slice(text);
        work(Data::InPlace { buffer: &mut output, length: text.len() })
    } else {
        work(Data::Apart { input: text, output: &mut output })
    };
    output.truncate(length);
    output
}

fn pieces<'a>(mut text: &'a [u8], splits: &'a [usize]) -> Vec<&'a [u8]> {
    let mut pieces = vec![];
    for &length in splits {
        let (front, rest) = text.split_at(length.min(text.len()));
        pieces.push(front);
        text = rest;
    }
    pieces.push(text);
    pieces
}

fn cipher(algorithm: CipherAlgorithm, splits: &[usize], in_place: bool, text: &[u8]) {
    let key = CipherKey::new(algorithm, &[3; 16]).expect("a length of AES");
    for direction in [Direction::Encrypt, Direction::Decrypt] {
        let mut whole = vec![0; text.len() + 16];
        let at_once = key.crypt(direction, &[4; 16], Data::Apart { input: text, output: &mut whole });
        let mut stream = key.start(direction, &[4; 16]).expect("a length of AES");
        let mut out = vec![];
        for part in pieces(text, splits) {
            let room = stream.update_len(part.len());
            let given = piece(part, in_place, room, |data| stream.update(data).expect("there is room"));
            assert_eq!(given.len(), room);
            out.extend(given);
        }
        let mut end = [0; 16];
        match (at_once, stream.finish(&mut end)) {
            (Ok(length), Ok(more)) => {
                out.extend(&end[..more]);
                assert_eq!(out, whole[..length]);
            }
            (Err(_), Err(_)) => {}
            (at_once, finished) => panic!("{at_once:?} at once, {finished:?} in pieces"),
        }
    }
}

fn aead(algorithm: AeadAlgorithm, key: &[u8], splits: &[usize], in_place: bool, text: &[u8]) {
    let key = AeadKey::new(algorithm, key).expect("a length of the algorithm");
    let (aad, text) = text.split_at(text.len().min(text.first().map_or(0, |&length| usize::from(length % 40))));
    let mut whole = vec![0; text.len()];
    let tag = key.seal(&[5; 12], aad, Data::Apart { input: text, output: &mut whole }).expect("a short text");

    let mut stream = key.start(Direction::Encrypt, &[5; 12]).expect("a nonce of 12 bytes");
    for part in pieces(aad, &splits[..splits.len() / 2]) {
        stream.update_aad(part).expect("before the text");
    }
    let mut out = vec![];
    for part in pieces(text, splits) {
        out.extend(piece(part, in_place, part.len(), |data| stream.update(data).expect("there is room")));
    }
    assert_eq!(out, whole);
    assert_eq!(stream.finish().as_bytes(), tag.as_bytes());

    let mut opened = vec![0; text.len()];
    key.open(&[5; 12], aad, Data::Apart { input: &whole, output: &mut opened }, tag.as_bytes()).expect("genuine");
    assert_eq!(opened, text);
    if let Some(first) = whole.first_mut() {
        *first ^= 1;
        let refused = key.open(&[5; 12], aad, Data::Apart { input: &whole, output: &mut opened }, tag.as_bytes());
        assert!(refused.is_err() && opened.iter().all(|&byte| byte == 0), "wiped");
    }
}
