//! Published vectors, and the ways in which a message can be given.

use v2gcrypt_primitives::{digest, ecdsa, engines, Curve, Hash, HashAlgorithm, KeyError, MacAlgorithm, MacKey};

/// Stands for one million times `a`.
const MILLION: &str = "a x 1000000";

/// FIPS 180-4 examples: the empty message, one block, two blocks, one million `a`.
#[rustfmt::skip]
const HASHES: &[(HashAlgorithm, &str, &str)] = &[
    (HashAlgorithm::Sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (HashAlgorithm::Sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (HashAlgorithm::Sha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    (HashAlgorithm::Sha1, MILLION, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
    (HashAlgorithm::Sha224, "", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"),
    (HashAlgorithm::Sha224, "abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
    (HashAlgorithm::Sha224, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525"),
    (HashAlgorithm::Sha224, MILLION, "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67"),
    (HashAlgorithm::Sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (HashAlgorithm::Sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (HashAlgorithm::Sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    (HashAlgorithm::Sha256, MILLION, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    (HashAlgorithm::Sha384, "", "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b"),
    (HashAlgorithm::Sha384, "abc", "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
    (HashAlgorithm::Sha384, "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"),
    (HashAlgorithm::Sha384, MILLION, "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985"),
    (HashAlgorithm::Sha512, "", "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"),
    (HashAlgorithm::Sha512, "abc", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
    (HashAlgorithm::Sha512, "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"),
    (HashAlgorithm::Sha512, MILLION, "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"),
    (HashAlgorithm::Sha512_224, "", "6ed0dd02806fa89e25de060c19d3ac86cabb87d6a0ddd05c333b84f4"),
    (HashAlgorithm::Sha512_224, "abc", "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"),
    (HashAlgorithm::Sha512_224, "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "23fec5bb94d60b23308192640b0c453335d664734fe40e7268674af9"),
    (HashAlgorithm::Sha512_224, MILLION, "37ab331d76f0d36de422bd0edeb22a28accd487b7a8453ae965dd287"),
    (HashAlgorithm::Sha512_256, "", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a"),
    (HashAlgorithm::Sha512_256, "abc", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
    (HashAlgorithm::Sha512_256, "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a"),
    (HashAlgorithm::Sha512_256, MILLION, "9a59a052930187a97038cae692f30708aa6491923ef5194394dc68d56c74fb21"),
];

/// RFC 4493 (AES-128), SP 800-38B (AES-256) and RFC 4231: algorithm, key, message, code.
#[rustfmt::skip]
const MACS: &[(MacAlgorithm, &str, &str, &str)] = &[
    (MacAlgorithm::AesCmac, "2b7e151628aed2a6abf7158809cf4f3c", "", "bb1d6929e95937287fa37d129b756746"),
    (MacAlgorithm::AesCmac, "2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172a", "070a16b46b4d4144f79bdd9dd04a287c"),
    (MacAlgorithm::AesCmac, "2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411", "dfa66747de9ae63030ca32611497c827"),
    (MacAlgorithm::AesCmac, "2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710", "51f0bebf7e3b9d92fc49741779363cfe"),
    (MacAlgorithm::AesCmac, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "", "028962f61b7bf89efc6b551f4667d983"),
    (MacAlgorithm::AesCmac, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "6bc1bee22e409f96e93d7e117393172a", "28a7023f452e8f82bd4bf28d8c37c35c"),
    (MacAlgorithm::AesCmac, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411", "aaf3d8f1de5640c232f5b169b9c911e6"),
    (MacAlgorithm::AesCmac, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710", "e1992190549f6ed5696a2c056c315410"),
    (MacAlgorithm::HmacSha256, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (MacAlgorithm::HmacSha384, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"),
    (MacAlgorithm::HmacSha512, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
    (MacAlgorithm::HmacSha256, "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (MacAlgorithm::HmacSha384, "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"),
    (MacAlgorithm::HmacSha512, "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
    (MacAlgorithm::HmacSha256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (MacAlgorithm::HmacSha384, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27"),
    (MacAlgorithm::HmacSha512, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"),
    (MacAlgorithm::HmacSha256, "0102030405060708090a0b0c0d0e0f10111213141516171819", "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    (MacAlgorithm::HmacSha384, "0102030405060708090a0b0c0d0e0f10111213141516171819", "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb"),
    (MacAlgorithm::HmacSha512, "0102030405060708090a0b0c0d0e0f10111213141516171819", "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd", "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"),
    (MacAlgorithm::HmacSha256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    (MacAlgorithm::HmacSha384, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374", "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952"),
    (MacAlgorithm::HmacSha512, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374", "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"),
    (MacAlgorithm::HmacSha256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e", "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    (MacAlgorithm::HmacSha384, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e", "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e"),
    (MacAlgorithm::HmacSha512, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e", "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"),
];

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len() % 2 == 0);
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn message(text: &str) -> Vec<u8> {
    if text == MILLION {
        vec![b'a'; 1_000_000]
    } else {
        text.as_bytes().to_vec()
    }
}

#[test]
fn hashes_agree_with_fips_180_4() {
    for &(algorithm, text, expected) in HASHES {
        let message = message(text);
        let expected = unhex(expected);
        assert_eq!(expected.len(), algorithm.output_len());
        assert_eq!(digest(algorithm, &message).as_bytes(), expected, "{algorithm:?} of {text:?} at once");
        for piece in [1, 63, 64, 65, 127, 128, 1000] {
            let mut hash = Hash::new(algorithm);
            assert_eq!(hash.algorithm(), algorithm);
            message.chunks(piece).for_each(|data| hash.update(data));
            assert_eq!(hash.finish().as_bytes(), expected, "{algorithm:?} of {text:?} by {piece}");
        }
    }
}

#[test]
fn macs_agree_with_rfc_4493_sp_800_38b_and_rfc_4231() {
    for &(algorithm, key, text, expected) in MACS {
        let (message, expected) = (unhex(text), unhex(expected));
        assert_eq!(expected.len(), algorithm.tag_len());
        let key = MacKey::new(algorithm, &unhex(key)).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        assert_eq!(key.mac(&message).as_bytes(), expected, "{algorithm:?} of {text} at once");
        for piece in [1, 15, 16, 17, 31, 64] {
            let mut mac = key.start();
            message.chunks(piece).for_each(|data| mac.update(data));
            let tag = mac.finish();
            assert_eq!(tag.as_bytes(), expected, "{algorithm:?} of {text} by {piece}");
            assert!(tag.ct_eq_bits(&expected, expected.len() * 8));
        }
        // The key is not used up, and one message leaves nothing behind for the next.
        assert_eq!(key.mac(&message).as_bytes(), expected, "{algorithm:?} of {text} again");
    }
}

/// Every way to cut 300 bytes in two gives the code and the hash of the whole.
#[test]
fn streaming_equals_one_shot_at_every_cut() {
    let message: Vec<u8> = (0..300u32).map(|n| (n * 7) as u8).collect();
    let mac_keys = [
        MacKey::new(MacAlgorithm::AesCmac, &[1; 16]).unwrap(),
        MacKey::new(MacAlgorithm::AesCmac, &[2; 32]).unwrap(),
        MacKey::new(MacAlgorithm::HmacSha256, &[3; 32]).unwrap(),
        MacKey::new(MacAlgorithm::HmacSha384, &[4; 48]).unwrap(),
        MacKey::new(MacAlgorithm::HmacSha512, &[5; 200]).unwrap(),
    ];
    for cut in 0..=message.len() {
        let (front, back) = message.split_at(cut);
        for &(algorithm, _, _) in HASHES {
            let mut hash = Hash::new(algorithm);
            hash.update(front);
            hash.update(&[]);
            hash.update(back);
            assert_eq!(hash.finish().as_bytes(), digest(algorithm, &message).as_bytes(), "{algorithm:?} cut at {cut}");
        }
        for key in &mac_keys {
            let mut mac = key.start();
            mac.update(front);
            mac.update(&[]);
            mac.update(back);
            assert_eq!(mac.finish().as_bytes(), key.mac(&message).as_bytes(), "{:?} cut at {cut}", key.algorithm());
        }
    }
}

#[test]
fn mac_keys_of_other_lengths_are_refused() {
    for len in 0..=64 {
        let accepted = MacKey::new(MacAlgorithm::AesCmac, &vec![0; len]).map(drop);
        assert_eq!(accepted, if len == 16 || len == 32 { Ok(()) } else { Err(KeyError::Size) }, "AES key of {len} bytes");
        for algorithm in [MacAlgorithm::HmacSha256, MacAlgorithm::HmacSha384, MacAlgorithm::HmacSha512] {
            let accepted = MacKey::new(algorithm, &vec![0; len]).map(drop);
            assert_eq!(accepted, if len == 0 { Err(KeyError::Size) } else { Ok(()) }, "{algorithm:?} key of {len} bytes");
        }
    }
}

#[test]
fn every_engine_is_named_once() {
    let names: Vec<_> = engines().iter().map(|(primitive, _)| primitive).collect();
    assert!(!names.is_empty());
    for (index, name) in names.iter().enumerate() {
        assert!(!names[..index].contains(name), "{name}");
    }
    for (name, curve) in [("ECDSA P-256", Curve::P256), ("ECDH P-384", Curve::P384), ("ECDH P-521", Curve::P521)] {
        assert_eq!(names.iter().any(|have| have.starts_with(name)), curve.is_available(), "{name}");
    }
    assert_eq!(engines().iter().any(|(_, engine)| engine.contains("ring")), cfg!(feature = "ring"));
}

#[test]
fn sizes_are_within_what_the_driver_reserves() {
    use core::mem::size_of;
    let sizes = [
        ("Hash", size_of::<Hash>()),
        ("MacKey", size_of::<MacKey>()),
        ("Mac", size_of::<v2gcrypt_primitives::Mac>()),
        ("SigningKey", size_of::<ecdsa::SigningKey>()),
        ("VerifyingKey", size_of::<ecdsa::VerifyingKey>()),
        ("ecdh::PrivateKey", size_of::<v2gcrypt_primitives::ecdh::PrivateKey>()),
        ("ed25519::SigningKey", size_of::<v2gcrypt_primitives::ed25519::SigningKey>()),
        ("ed25519::VerifyingKey", size_of::<v2gcrypt_primitives::ed25519::VerifyingKey>()),
        ("x25519::PrivateKey", size_of::<v2gcrypt_primitives::x25519::PrivateKey>()),
        ("drbg::CtrDrbg", size_of::<v2gcrypt_primitives::drbg::CtrDrbg>()),
        ("Secret", size_of::<v2gcrypt_primitives::Secret>()),
        ("Point", size_of::<v2gcrypt_primitives::Point>()),
        ("Signature", size_of::<ecdsa::Signature>()),
        ("Digest", size_of::<v2gcrypt_primitives::Digest>()),
    ];
    for (name, size) in sizes {
        println!("{name}: {size} bytes");
        assert!(size <= 1100, "{name}");
    }
}
