//! Commands of the fast level: known answers, and each refusal.

use v2gcrypt_hsm_protocol::algorithm::{Aead, Capabilities, Cipher, Hash, Lifecycle, Mac};
use v2gcrypt_hsm_protocol::policy::{Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{Flags, Opcode, Request, RequestData, Response, Span, Status};

use crate::harness::*;

const AES128: Kind = Kind::Symmetric(SymmetricKind::Aes, 16);
const WRITE: Usage = Usage::WRITE;
const MAC: Usage = WRITE.with(Usage::MAC_GENERATE).with(Usage::MAC_VERIFY);
const CRYPT: Usage = WRITE.with(Usage::ENCRYPT).with(Usage::DECRYPT);
const SEAL: Usage = WRITE.with(Usage::AEAD_ENCRYPT).with(Usage::AEAD_DECRYPT);

/// Key and message of RFC 4493 and SP 800-38A.
const KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
const MESSAGE: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

fn with_key(kind: Kind, usage: Usage, key: &str) -> Hsm {
    let mut hsm = Hsm::operational(&[(3, kind, usage)]);
    hsm.load(3, &hex(key));
    hsm
}

fn hash(hash: Hash, message: &[u8]) -> Call {
    call(Opcode::Hash).parameters(hash as u32, 0).input(message).room(64)
}

fn mac(mac: Mac, message: &[u8]) -> Call {
    call(Opcode::MacGenerate).key(3).parameters(mac as u32, 0).input(message).room(64)
}

fn verify(mac: Mac, message: &[u8], tag: &[u8], bits: u32) -> Call {
    call(Opcode::MacVerify).key(3).parameters(mac as u32, bits).input(message).input2(tag)
}

fn cipher(opcode: Opcode, cipher: Cipher, text: &[u8], iv: &[u8], room: u32) -> Call {
    call(opcode).key(3).parameters(cipher as u32, 0).input(text).input3(iv).room(room)
}

#[test]
fn hashes_are_those_of_fips_180() {
    let mut hsm = Hsm::new();
    for (algorithm, expected) in [
        (Hash::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (Hash::Sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
        (Hash::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (Hash::Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
        (Hash::Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
        (Hash::Sha512_224, "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"),
        (Hash::Sha512_256, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
    ] {
        assert_eq!(hsm.call(hash(algorithm, b"abc")).ok(), hex(expected), "{algorithm:?}");
    }
    let million = vec![b'a'; 1_000_000];
    let mut flags = Flags::START.with(Flags::UPDATE);
    for piece in million.chunks(2000) {
        let piece = call(Opcode::Hash).parameters(Hash::Sha256 as u32, 0).input(piece).flags(flags, 2);
        assert_eq!(hsm.status(piece), Status::Ok);
        flags = Flags::UPDATE;
    }
    let last = call(Opcode::Hash).parameters(Hash::Sha256 as u32, 0).room(32).flags(Flags::FINISH, 2);
    assert_eq!(hsm.call(last.clone()).ok(), hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    assert_eq!(hsm.status(last), Status::Context, "it is over");
}

#[test]
fn small_messages_need_no_pointer() {
    let mut hsm = with_key(AES128, MAC, KEY);
    let answer = hsm.call(mac(Mac::AesCmac, &hex(MESSAGE)[..16]).inline());
    assert_eq!(answer.ok(), hex("070a16b46b4d4144f79bdd9dd04a287c"));
    let tag = hex("070a16b46b4d4144f79bdd9dd04a287c");
    assert!(hsm.call(verify(Mac::AesCmac, &hex(MESSAGE)[..16], &tag, 128).inline()).is_good());
    assert_eq!(hsm.call(hash(Hash::Sha256, b"abc").inline()).ok().len(), 32);
    assert_eq!(hsm.status(hash(Hash::Sha512, b"abc").inline()), Status::Length, "64 bytes do not fit");
    assert!(hsm.memory.writes.borrow().is_empty());
    assert_eq!(hsm.call(call(Opcode::Ping).input(b"hello").inline()).ok(), b"hello");
    for (length, length2) in [(33, 0), (32, 1), (u32::MAX, 1), (0, u32::MAX)] {
        let data = RequestData::Inline { length, length2, bytes: [0; 32] };
        let request = Request { data, ..hash(Hash::Sha256, &[]).request };
        hsm.submit(0, &request);
        hsm.run();
        assert_eq!(hsm.response(0).unwrap().status(), Status::Length);
    }
}

#[test]
fn macs_are_those_of_rfc_4493_and_rfc_4231() {
    let mut hsm = with_key(AES128, MAC, KEY);
    for (length, expected) in [
        (0, "bb1d6929e95937287fa37d129b756746"),
        (16, "070a16b46b4d4144f79bdd9dd04a287c"),
        (40, "dfa66747de9ae63030ca32611497c827"),
        (64, "51f0bebf7e3b9d92fc49741779363cfe"),
    ] {
        let message = &hex(MESSAGE)[..length];
        assert_eq!(hsm.call(mac(Mac::AesCmac, message)).ok(), hex(expected));
        assert!(hsm.call(verify(Mac::AesCmac, message, &hex(expected), 128)).is_good());
        assert!(hsm.call(verify(Mac::AesCmac, message, &hex(expected)[..4], 32)).is_good());
        let mut wrong = hex(expected);
        wrong[15] ^= 1;
        assert!(!hsm.call(verify(Mac::AesCmac, message, &wrong, 128)).is_good());
        assert!(hsm.call(verify(Mac::AesCmac, message, &wrong, 127)).is_good());
    }
    for (algorithm, expected) in [
        (Mac::HmacSha256, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (Mac::HmacSha384, "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"),
        (Mac::HmacSha512, "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
    ] {
        let mut hsm = with_key(Kind::Symmetric(SymmetricKind::Hmac, 20), MAC, &"0b".repeat(20));
        assert_eq!(hsm.call(mac(algorithm, b"Hi There")).ok(), hex(expected));
        assert!(hsm.call(verify(algorithm, b"Hi There", &hex(expected), hex(expected).len() as u32 * 8)).is_good());
        assert_eq!(hsm.status(mac(Mac::AesCmac, b"")), Status::Parameter, "no AES key");
    }
    // GCM's test case 1: the tag of no text is a GMAC of no data.
    let mut hsm = with_key(AES128, MAC, &"00".repeat(16));
    let gmac = mac(Mac::AesGmac, b"").input3(&[0; 12]);
    assert_eq!(hsm.call(gmac).ok(), hex("58e2fccefa7e3061367f1d57a4e7455a"));
}

#[test]
fn what_a_mac_is_compared_with_has_a_length() {
    let tag = hex("bb1d6929e95937287fa37d129b756746");
    let only_verify = Usage::WRITE.with(Usage::MAC_VERIFY);
    for (usage, length, bits, expected) in [
        (MAC, 16, 0, Status::Parameter),
        (MAC, 16, 129, Status::Parameter),
        (MAC, 16, u32::MAX, Status::Parameter),
        (MAC, 15, 121, Status::Length),
        (MAC, 0, 32, Status::Length),
        (MAC, 65, 128, Status::Length),
        (MAC, 4, 32, Status::Ok),
        (MAC, 1, 1, Status::Ok),
        // Else it could be found out, some bits after the other.
        (only_verify, 16, 1, Status::Parameter),
        (only_verify, 16, 63, Status::Parameter),
        (only_verify, 8, 64, Status::Ok),
        (only_verify, 16, 128, Status::Ok),
    ] {
        let mut hsm = with_key(AES128, usage, KEY);
        let expected_mac = [&tag[..], &[0; 49]].concat();
        let answer = hsm.call(verify(Mac::AesCmac, b"", &expected_mac[..length], bits));
        assert_eq!(answer.status(), expected, "{usage:?} {length} {bits}");
        assert!(expected != Status::Ok || answer.is_good());
    }
    let gmac = |bits| verify(Mac::AesGmac, b"", &[0; 16], bits).input3(&[0; 12]);
    let mut hsm = with_key(AES128, only_verify, KEY);
    assert_eq!(hsm.status(gmac(95)), Status::Parameter);
    assert_eq!(hsm.status(gmac(96)), Status::Ok);
}

#[test]
fn ciphers_are_those_of_sp_800_38a() {
    let (mut hsm, text) = (with_key(AES128, CRYPT, KEY), hex(MESSAGE));
    let iv: Vec<u8> = (0..16).collect();
    let cbc = hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7");
    assert_eq!(hsm.call(cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 64)).ok(), cbc);
    assert_eq!(hsm.call(cipher(Opcode::Decrypt, Cipher::AesCbc, &cbc, &iv, 64)).ok(), text);
    let counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    let ctr = hsm.call(cipher(Opcode::Encrypt, Cipher::AesCtr, &text[..61], &counter, 64)).ok();
    assert_eq!(ctr[..16], hex("874d6191b620e3261bef6864990db6ce"));
    assert_eq!(hsm.call(cipher(Opcode::Decrypt, Cipher::AesCtr, &ctr, &counter, 64)).ok(), text[..61]);
    for length in [0, 15, 16, 17, 300, 2032] {
        let text = vec![0xA5; length];
        let padded = hsm.call(cipher(Opcode::Encrypt, Cipher::AesCbcPkcs7, &text, &iv, 2048)).ok();
        assert_eq!(padded.len(), (length / 16 + 1) * 16);
        assert_eq!(hsm.call(cipher(Opcode::Decrypt, Cipher::AesCbcPkcs7, &padded, &iv, 2048)).ok(), text);
    }
    for (request, expected) in [
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text[..15], &iv, 64), Status::Length),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv[..15], 64), Status::Length),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &[], 64), Status::Length),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 60), Status::Length),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &[0; 49], 64), Status::Length),
        (cipher(Opcode::Decrypt, Cipher::AesCbcPkcs7, &cbc, &iv, 64), Status::NotGenuine),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &[0; 2064], &iv, 4096), Status::Length),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 64).parameters(9, 0), Status::Parameter),
        (cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 64).parameters(0x101, 0), Status::Parameter),
    ] {
        let (request, rooms) = hsm.lay(&request);
        let untouched = vec![0xEE; rooms[0].length as usize];
        assert!(hsm.memory.window(rooms[0].address).write(rooms[0].address, &untouched));
        hsm.submit(0, &request);
        hsm.run();
        let response = hsm.response(0).unwrap();
        assert_eq!((response.status(), response.length), (expected, 0));
        let room = hsm.get(rooms[0], rooms[0].length as usize);
        assert!(room.iter().all(|byte| [0, 0xEE].contains(byte)), "nothing of it is left");
    }
}

#[test]
fn an_output_may_lie_upon_its_input() {
    let mut hsm = with_key(AES128, CRYPT, KEY);
    let (text, iv) = (hex(MESSAGE), (0..16).collect::<Vec<u8>>());
    let apart = hsm.call(cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 64)).ok();
    let (mut request, _) = hsm.lay(&cipher(Opcode::Encrypt, Cipher::AesCbc, &text, &iv, 0));
    let RequestData::Spans { input, output, .. } = &mut request.data else { unreachable!() };
    *output = *input;
    let place = *input;
    hsm.submit(0, &request);
    hsm.run();
    assert_eq!(hsm.response(0).unwrap().status(), Status::Ok);
    assert_eq!(hsm.get(place, 64), apart);
}

fn seal(opcode: Opcode, aead: Aead, text: &[u8], aad: &[u8], side: &[u8]) -> Call {
    let room = (text.len() as u32).next_multiple_of(4);
    call(opcode).key(3).parameters(aead as u32, 16).input(text).input2(aad).input3(side).room(room).room2(16)
}

#[test]
fn sealed_texts_are_those_of_the_standards() {
    // GCM's test case 4.
    let mut hsm = with_key(AES128, SEAL, "feffe9928665731c6d6a8f9467308308");
    let text = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let (aad, nonce) = (hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"), hex("cafebabefacedbaddecaf888"));
    let sealed = hsm.call(seal(Opcode::AeadEncrypt, Aead::AesGcm, &text, &aad, &nonce));
    let [out, tag] = sealed.outputs;
    assert_eq!(out, hex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"));
    assert_eq!(tag, hex("5bc94fbc3221a5db94fae95ae7121a47"));
    let side = [&nonce[..], &tag].concat();
    let opened = hsm.call(seal(Opcode::AeadDecrypt, Aead::AesGcm, &out, &aad, &side));
    assert_eq!((opened.response.result, opened.ok()), (Response::GOOD, text.clone()));

    // RFC 8439 2.8.2.
    let key: String = (0x80..0xA0).map(|byte| format!("{byte:02x}")).collect();
    let mut hsm = with_key(Kind::Symmetric(SymmetricKind::ChaCha20, 32), SEAL, &key);
    let text =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let (aad, nonce) = (hex("50515253c0c1c2c3c4c5c6c7"), hex("070000004041424344454647"));
    let sealed = hsm.call(seal(Opcode::AeadEncrypt, Aead::ChaCha20Poly1305, text, &aad, &nonce));
    assert_eq!(sealed.outputs[0][..16], hex("d31a8d34648e60db7b86afbc53ef7ec2"));
    assert_eq!(sealed.outputs[1], hex("1ae10b594f09e26a7e902ecbd0600691"));
    assert_eq!(hsm.status(seal(Opcode::AeadEncrypt, Aead::AesGcm, text, &aad, &nonce)), Status::Parameter, "no AES key");
}

#[test]
fn a_wrong_tag_leaves_nothing_of_what_was_decrypted() {
    let mut hsm = with_key(AES128, SEAL, KEY);
    let text = vec![0x77; 1001];
    let sealed = hsm.call(seal(Opcode::AeadEncrypt, Aead::AesGcm, &text, b"aad", &[7; 12]));
    let [out, tag] = sealed.outputs;
    for flipped in 0..5 {
        let (mut out, mut aad, mut side) = (out.clone(), b"aad".to_vec(), [&[7; 12][..], &tag].concat());
        match flipped {
            0 => out[1000] ^= 1,
            1 => aad[0] ^= 1,
            2 => side[0] ^= 1,
            3 => side[27] ^= 1,
            _ => aad.push(0),
        }
        let request = seal(Opcode::AeadDecrypt, Aead::AesGcm, &out, &aad, &side);
        let (request, rooms) = hsm.lay(&request);
        hsm.submit(0, &request);
        hsm.run();
        let response = hsm.response(0).unwrap();
        assert_eq!((response.status(), response.result, response.length), (Status::NotGenuine, 0, 0));
        assert_eq!(hsm.get(rooms[0], 1004), [0; 1004]);
    }
    let tagged = |length: u32, side: &[u8]| {
        seal(Opcode::AeadDecrypt, Aead::AesGcm, &out, b"aad", side).parameters(Aead::AesGcm as u32, length)
    };
    for (length, side, expected) in [
        (12, [&[7; 12][..], &tag[..12]].concat(), Status::Ok),
        (12, [&[7; 12][..], &tag[..11], &[!tag[11]]].concat(), Status::NotGenuine),
        (11, [&[7; 12][..], &tag[..11]].concat(), Status::Parameter),
        (17, vec![0; 29], Status::Parameter),
        (16, vec![0; 15], Status::Length),
        (16, vec![0; 16], Status::Length), // no nonce
        (16, vec![0; 49], Status::Length),
        (u32::MAX, vec![0; 28], Status::Parameter),
    ] {
        assert_eq!(hsm.status(tagged(length, &side)), expected, "{length}");
    }
    let small = seal(Opcode::AeadEncrypt, Aead::AesGcm, &text, b"", &[7; 12]);
    assert_eq!(hsm.status(small.clone().room(1000)), Status::Length);
    assert_eq!(hsm.status(small.room2(12)), Status::Length);
}

#[test]
fn pieces_give_what_the_whole_gives() {
    let usage = MAC.with(CRYPT).with(SEAL);
    let mut hsm = with_key(AES128, usage, KEY);
    let text: Vec<u8> = (0..3000).map(|number| number as u8).collect();
    let nonce = [9; 12];
    for opcode in [Opcode::AeadEncrypt, Opcode::Encrypt, Opcode::MacGenerate, Opcode::Hash] {
        let (parameter, side, tag_len) = match opcode {
            Opcode::AeadEncrypt => (Aead::AesGcm as u32, &nonce[..], 16),
            Opcode::Encrypt => (Cipher::AesCbcPkcs7 as u32, &[1; 16][..], 0),
            Opcode::MacGenerate => (Mac::AesCmac as u32, &[][..], 0),
            _ => (Hash::Sha512 as u32, &[][..], 0),
        };
        let whole = |length: usize| {
            let request = call(opcode).key(3).parameters(parameter, tag_len).input(&text[..length]).input3(side);
            request.room(2064).room2(16)
        };
        let expected = hsm.call(whole(2000)).outputs;
        for size in [1, 7, 16, 100, 333] {
            let mut outputs = [vec![], vec![]];
            let pieces: Vec<&[u8]> = text[..2000].chunks(size).collect();
            for (index, piece) in pieces.iter().enumerate() {
                let first = if index == 0 { Flags::START } else { Flags(0) };
                let last = if index + 1 == pieces.len() { Flags::FINISH } else { Flags(0) };
                let mut request = call(opcode).key(3).parameters(parameter, tag_len).input(piece).room(400).room2(16);
                if index == 0 {
                    request = request.input3(side);
                }
                // Finished alone once, together with a piece else.
                let alone = last == Flags::FINISH && (size == 7 || first == Flags::START);
                let flags = first.with(Flags::UPDATE).with(if alone { Flags(0) } else { last });
                let mut answers = vec![hsm.call(request.flags(flags, 1))];
                if alone {
                    let request = call(opcode).key(3).parameters(parameter, tag_len).room(400).room2(16);
                    answers.push(hsm.call(request.flags(Flags::FINISH, 1)));
                }
                for answer in answers {
                    assert_eq!(answer.status(), Status::Ok, "{opcode:?} {size} {index}");
                    outputs.iter_mut().zip(answer.outputs).for_each(|(to, from)| to.extend(from));
                }
            }
            assert_eq!(outputs, expected, "{opcode:?} {size}");
        }
    }
}

#[test]
fn a_stream_belongs_to_its_channel_and_its_key() {
    let mut hsm = Hsm::operational(&[(3, AES128, MAC), (4, AES128, MAC)]);
    hsm.load(3, &hex(KEY));
    hsm.load(4, &hex(KEY));
    let piece = |flags: Flags, context| mac(Mac::AesCmac, b"0123456789abcdef").flags(flags, context);
    let start = || piece(Flags::START.with(Flags::UPDATE), 1);
    assert_eq!(hsm.status(start()), Status::Ok);
    assert_eq!(hsm.call_on(1, start()).status(), Status::Context, "another channel's");
    assert_eq!(hsm.call_on(1, piece(Flags::UPDATE, 1)).status(), Status::Context);
    assert_eq!(hsm.call(piece(Flags::FINISH, 1)).status(), Status::Ok, "it goes on all the same");
    // What does not belong to it ends it.
    for other in [
        piece(Flags::UPDATE, 1).key(4),
        piece(Flags::UPDATE, 1).parameters(Mac::AesGmac as u32, 0),
        verify(Mac::AesCmac, b"", &[], 128).flags(Flags::UPDATE, 1),
    ] {
        assert_eq!(hsm.status(start()), Status::Ok);
        assert_eq!(hsm.status(other), Status::Context);
        assert_eq!(hsm.status(piece(Flags::FINISH, 1)), Status::Context);
    }
    assert_eq!(hsm.status(piece(Flags::START, 4)), Status::Context, "there are four");
    assert_eq!(hsm.status(piece(Flags::UPDATE, 0)), Status::Context, "nobody has begun");
    for flags in [Flags(0), Flags::START.with(Flags::FINISH), Flags(0x10).with(Flags::SINGLE_CALL)] {
        assert_eq!(hsm.status(piece(flags, 0)), Status::Parameter, "{flags:?}");
    }
    // A key that changes takes along what was begun with it, and nothing else.
    for (context, key) in [(0, 3), (1, 4)] {
        assert_eq!(hsm.status(piece(Flags::START, context).key(key)), Status::Ok);
    }
    hsm.call(call(Opcode::KeySetInvalid).key(3)).ok();
    assert_eq!(hsm.status(piece(Flags::FINISH, 0)), Status::Context);
    assert_eq!(hsm.status(piece(Flags::FINISH, 1).key(4)), Status::Ok);
    // And a host that connects anew finds none.
    assert_eq!(hsm.status(piece(Flags::START, 1).key(4)), Status::Ok);
    hsm.connect();
    assert_eq!(hsm.status(piece(Flags::FINISH, 1).key(4)), Status::Context);
}

#[test]
fn associated_data_comes_before_the_text() {
    let mut hsm = with_key(AES128, SEAL, KEY);
    let piece = |flags, context| call(Opcode::AeadEncrypt).key(3).parameters(1, 16).room(16).room2(16).flags(flags, context);
    let whole = hsm.call(seal(Opcode::AeadEncrypt, Aead::AesGcm, b"text", &[5; 3000][..2048], &[1; 12])).outputs;
    assert_eq!(hsm.status(piece(Flags::START, 0).input2(&[5; 1000]).input3(&[1; 12])), Status::Ok);
    assert_eq!(hsm.status(piece(Flags::UPDATE, 0).input2(&[5; 1048])), Status::Ok);
    let last = hsm.call(piece(Flags::UPDATE.with(Flags::FINISH), 0).input(b"text"));
    assert_eq!(last.outputs, whole);
    // The length of the tag is the last piece's to say, and still one that the algorithm has.
    for (length, expected) in
        [(16, Status::Ok), (12, Status::Ok), (11, Status::Parameter), (0, Status::Parameter), (u32::MAX, Status::Parameter)]
    {
        assert_eq!(hsm.status(piece(Flags::START, 0).parameters(1, 0).input3(&[1; 12])), Status::Ok);
        let last = call(Opcode::AeadDecrypt).key(3).parameters(1, length).input3(&[0; 16]).flags(Flags::FINISH, 0);
        assert_eq!(hsm.status(last), Status::Context, "to be opened, not to be sealed");
        assert_eq!(hsm.status(piece(Flags::START, 0).parameters(1, 0).input3(&[1; 12])), Status::Ok);
        assert_eq!(hsm.status(piece(Flags::FINISH, 0).parameters(1, length)), expected, "{length}");
    }
    assert_eq!(hsm.status(piece(Flags::START.with(Flags::UPDATE), 0).input(b"text").input3(&[1; 12])), Status::Ok);
    assert_eq!(hsm.status(piece(Flags::UPDATE, 0).input2(b"late")), Status::Length);
}

#[test]
fn a_slot_is_used_for_what_its_policy_says_and_nothing_else() {
    let usages = [
        (Usage::MAC_GENERATE, mac(Mac::AesCmac, b"")),
        (Usage::MAC_VERIFY, verify(Mac::AesCmac, b"", &[0; 16], 128)),
        (Usage::ENCRYPT, cipher(Opcode::Encrypt, Cipher::AesCtr, b"", &[0; 16], 0)),
        (Usage::DECRYPT, cipher(Opcode::Decrypt, Cipher::AesCtr, b"", &[0; 16], 0)),
        (Usage::AEAD_ENCRYPT, seal(Opcode::AeadEncrypt, Aead::AesGcm, b"", b"", &[0; 12])),
        (Usage::AEAD_DECRYPT, seal(Opcode::AeadDecrypt, Aead::AesGcm, b"", b"", &[0; 28])),
    ];
    for (usage, _) in &usages {
        let mut hsm = with_key(AES128, WRITE.with(*usage), KEY);
        for (needed, request) in &usages {
            let status = hsm.status(request.clone());
            assert_eq!(status == Status::Usage, usage != needed, "{needed:?} with {usage:?}: {status:?}");
        }
    }
    let mut hsm = Hsm::operational(&[(3, AES128, MAC), (4, Kind::Private(v2gcrypt_hsm_protocol::policy::Group::P256), WRITE)]);
    assert_eq!(hsm.status(mac(Mac::AesCmac, b"")), Status::KeyNotValid);
    hsm.call(call(Opcode::ElementSet).key(3).input(&hex(KEY))).ok();
    assert_eq!(hsm.status(mac(Mac::AesCmac, b"")), Status::KeyNotValid);
    assert_eq!(hsm.status(mac(Mac::AesCmac, b"").key(4)), Status::Usage);
    for slot in [5, 31, 32, 0xFFFF] {
        assert_eq!(hsm.status(mac(Mac::AesCmac, b"").key(slot)), Status::KeySlot);
    }
    hsm.call(call(Opcode::KeySetValid).key(3)).ok();
    assert_eq!(hsm.status(mac(Mac::AesCmac, b"")), Status::Ok);
    hsm.call(call(Opcode::ElementSet).key(3).input(&[1; 16])).ok();
    assert_eq!(hsm.status(mac(Mac::AesCmac, b"")), Status::KeyNotValid, "the old value is gone at once");
}

#[test]
fn randomness_comes_from_the_source_or_not_at_all() {
    let mut hsm = Hsm::new();
    let first = hsm.call(call(Opcode::Random).room(100)).ok();
    let second = hsm.call(call(Opcode::Random).room(100)).ok();
    assert!(first.len() == 100 && first != second && first.iter().any(|byte| *byte != 0));
    assert_eq!(hsm.call(call(Opcode::Random).parameters(20, 0).inline()).ok().len(), 20);
    assert_eq!(hsm.status(call(Opcode::Random).parameters(33, 0).inline()), Status::Length);
    assert_eq!(hsm.status(call(Opcode::Random).room(2052)), Status::Length);
    let mut hsm = Hsm::new();
    hsm.is_dry.set(true);
    let dry = hsm.call(call(Opcode::Random).room(16));
    assert_eq!((dry.status(), dry.response.length), (Status::Entropy, 0));
    hsm.is_dry.set(false);
    assert_eq!(hsm.status(call(Opcode::Random).room(16)), Status::Ok);
}

#[test]
fn a_reseed_reaches_both_generators() {
    let draw = |seed: &[u8]| {
        let usage = Usage::GENERATE.with(Usage::READ);
        let mut hsm = Hsm::operational(&[(0, Kind::Symmetric(SymmetricKind::Secret, 32), usage)]);
        hsm.call(call(Opcode::Reseed).input(seed)).ok();
        hsm.call(call(Opcode::KeyGenerate).key(0)).ok();
        let slow = hsm.call(call(Opcode::ElementGet).key(0).room(32)).ok();
        [slow, hsm.call(call(Opcode::Random).room(32)).ok()]
    };
    let [a, b] = [draw(b"one"), draw(b"two")];
    assert_eq!(a, draw(b"one"), "the source repeats, so this does");
    assert!(a[0] != b[0] && a[1] != b[1] && a[0] != a[1]);
}

#[test]
fn it_tells_what_it_is_and_what_happened() {
    let mut hsm = Hsm::operational(&[(3, AES128, MAC)]);
    let bytes = hsm.call(call(Opcode::Capabilities)).response.bytes;
    let told = Capabilities::from_bytes(&bytes);
    assert_eq!((told.slots, told.contexts, told.piece, told.notes), (32, 4, 2048, 1));
    assert_eq!(told.lifecycle, Lifecycle::Operational as u32);
    assert_eq!(told.features & Capabilities::P256, Capabilities::P256);
    assert_eq!(told.features & Capabilities::P521 != 0, cfg!(feature = "p521"));
    assert_eq!(told.features & Capabilities::ED25519 != 0, cfg!(feature = "ed25519"));

    assert_eq!(hsm.status(mac(Mac::AesCmac, b"").key(3).flags(Flags::SINGLE_CALL, 0)), Status::KeyNotValid);
    assert_eq!(hsm.status(cipher(Opcode::Encrypt, Cipher::AesCtr, b"", &[0; 16], 0)), Status::Usage);
    let mut from = 0;
    let mut events = vec![];
    loop {
        let response = hsm.call(call(Opcode::LogRead).parameters(from, 0)).response;
        let bytes = &response.bytes[..response.length as usize];
        for event in bytes.chunks(12) {
            let word = |at: usize| u32::from_le_bytes(event[at..at + 4].try_into().unwrap());
            events.push((word(4), word(8)));
            from = word(0) + 1;
        }
        if bytes.is_empty() {
            assert_eq!(response.events, from);
            break;
        }
    }
    // Started, connected, slot 3 defined, factory, operational, a use that its policy forbids.
    let opcode = Opcode::Encrypt as u32;
    assert_eq!(events, [(1, 1), (2, 7), (9, 3), (8, 1), (8, 2), (10, 3 | opcode << 8)]);
}

#[test]
fn an_unknown_opcode_is_answered() {
    let mut hsm = Hsm::new();
    for number in (0..=u8::MAX).filter(|number| Opcode::from_number(*number).is_none()) {
        hsm.submit(0, &Request { opcode: number, ..Request::new(Opcode::Ping) });
        hsm.run();
        let response = hsm.response(0).unwrap();
        assert_eq!((response.opcode, response.status()), (number, Status::UnknownOpcode));
    }
}

#[test]
fn spans_that_are_not_the_hosts_are_refused_and_untouched() {
    let mut hsm = Hsm::new();
    let inside = Span { address: PAYLOAD, length: 64 };
    for (address, length, input, output) in [
        (MAILBOX, 64, Status::Pointer, Status::Pointer),
        (PAYLOAD - 4, 64, Status::Pointer, Status::Pointer),
        (FIRMWARE, 64, Status::Pointer, Status::Pointer),
        (0, 64, Status::Pointer, Status::Pointer),
        (0xFFFF_FFFC, 64, Status::Pointer, Status::Pointer),
        (0xF004_0000, 64, Status::Pointer, Status::Pointer), // the bridge
        (PAYLOAD + PAYLOAD_LEN - 60, 64, Status::Pointer, Status::Pointer),
        (ROM, 64, Status::Ok, Status::Pointer),
        (PAYLOAD + 2, 64, Status::Alignment, Status::Alignment),
        (PAYLOAD, 62, Status::Ok, Status::Alignment),
        (PAYLOAD, 0xFFFF_FFFC, Status::Pointer, Status::Pointer),
        (PAYLOAD + 256, 0xFFFF_FF80, Status::Pointer, Status::Pointer),
    ] {
        let span = Span { address, length };
        for place in 0..5 {
            let mut spans = [inside, Span::NONE, Span::NONE, Span { address: PAYLOAD + 64, length: 64 }, Span::NONE];
            spans[place] = span;
            let [input1, input2, input3, output1, output2] = spans;
            let data = RequestData::Spans { input: input1, input2, input3, output: output1, output2 };
            hsm.memory.forget();
            hsm.submit(0, &Request { data, ..hash(Hash::Sha512, b"").request });
            hsm.run();
            let status = hsm.response(0).unwrap().status();
            let expected = match place {
                // Long nonces are none of a hash's business, but they are copied.
                2 if input == Status::Ok => Status::Length,
                0..=2 => input,
                3 if output == Status::Ok => Status::Ok,
                _ => output,
            };
            assert_eq!(status, expected, "{span:x?} at {place}");
            if status != Status::Ok {
                assert!(hsm.memory.writes.borrow().is_empty() && hsm.memory.reads.borrow().is_empty(), "{span:x?} at {place}");
            }
        }
    }
}
