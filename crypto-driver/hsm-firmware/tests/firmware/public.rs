//! Public keys: signatures, agreement, derivation, contract keys.

use std::collections::HashMap;

use v2gcrypt_hsm_protocol::algorithm::{Derivation, Edition, Hash, Lifecycle, Signature};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{Flags, Opcode, Status};

use crate::harness::*;

#[path = "../../../../cli/src/annex_j2.rs"]
#[rustfmt::skip]
mod annex_j2;

const SIGNER: Usage = Usage::WRITE.with(Usage::SIGN).with(Usage::GENERATE).with(Usage::AGREE);
const VERIFIER: Usage = Usage::WRITE.with(Usage::VERIFY);

const fn ecdsa(hash: Hash) -> u32 {
    Signature::Ecdsa as u32 | (hash as u32) << 8
}

const ED25519: u32 = Signature::Ed25519 as u32;

fn secret(length: u16) -> Kind {
    Kind::Symmetric(SymmetricKind::Secret, length)
}

/// Slot 0: private key, slot 1: its public half.
fn pair(group: Group, private: &[u8], public: &[u8]) -> Hsm {
    let verifier = if group == Group::X25519 { Usage::WRITE } else { VERIFIER };
    let signer = match group {
        Group::Ed25519 => Usage::WRITE.with(Usage::SIGN),
        Group::X25519 => Usage::WRITE.with(Usage::AGREE),
        _ => SIGNER,
    };
    let mut hsm = Hsm::operational(&[(0, Kind::Private(group), signer), (1, Kind::Public(group), verifier)]);
    hsm.load(0, private);
    hsm.load(1, public);
    hsm
}

fn sign(parameter: u32, message: &[u8]) -> Call {
    call(Opcode::Sign).parameters(parameter, 0).input(message).room(132)
}

fn verify(parameter: u32, message: &[u8], signature: &[u8]) -> Call {
    call(Opcode::Verify).key(1).parameters(parameter, 0).input(message).input2(signature)
}

fn j2() -> Hsm {
    pair(Group::P256, &annex_j2::PRIVATE_KEY, &[&[4][..], &annex_j2::PUBLIC_KEY].concat())
}

#[test]
fn the_signature_of_annex_j2_is_made_and_verified() {
    let mut hsm = j2();
    let algorithm = ecdsa(Hash::Sha256);
    let made = hsm.call(sign(algorithm, &annex_j2::SIGNED_INFO)).ok();
    for signature in [&made[..], &annex_j2::SIGNATURE] {
        assert!(hsm.call(verify(algorithm, &annex_j2::SIGNED_INFO, signature)).is_good());
        let mut wrong = signature.to_vec();
        wrong[63] ^= 1;
        assert!(!hsm.call(verify(algorithm, &annex_j2::SIGNED_INFO, &wrong)).is_good());
        assert!(!hsm.call(verify(algorithm, &annex_j2::SIGNED_INFO, &signature[..63])).is_good());
        assert!(!hsm.call(verify(algorithm, &annex_j2::SIGNED_INFO, &[signature, &[0]].concat())).is_good());
        assert!(!hsm.call(verify(algorithm, &annex_j2::SIGNED_INFO[1..], signature)).is_good());
    }
    let public = hsm.call(call(Opcode::PublicKey).room(68)).ok();
    assert_eq!(public, [&[4][..], &annex_j2::PUBLIC_KEY].concat());
}

#[test]
fn signatures_are_those_of_rfc_6979() {
    let private = hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    let public = hex("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    let mut hsm = pair(Group::P256, &private, &public);
    let expected = hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    assert_eq!(hsm.call(sign(ecdsa(Hash::Sha256), b"sample")).ok(), expected);
    let digest = hsm.call(call(Opcode::Hash).parameters(Hash::Sha256 as u32, 0).input(b"sample").room(32)).ok();
    let of_digest = call(Opcode::SignDigest).parameters(ecdsa(Hash::Sha256), 0).input(&digest).room(64);
    assert_eq!(hsm.call(of_digest.clone()).ok(), expected);
    let verify_digest = call(Opcode::VerifyDigest).key(1).parameters(ecdsa(Hash::Sha256), 0).input(&digest);
    assert!(hsm.call(verify_digest.clone().input2(&expected)).is_good());
    assert!(!hsm.call(verify_digest.input2(&[1; 64])).is_good());
    let expected = hex("8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f002362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe");
    assert_eq!(hsm.call(sign(ecdsa(Hash::Sha512), b"sample")).ok(), expected);
    for (request, expected) in [
        (of_digest.clone().input(&digest[1..]), Status::Length),
        (of_digest.clone().room(60), Status::Length),
        (of_digest.clone().inline(), Status::Length), // the signature does not fit
        (of_digest.clone().parameters(ecdsa(Hash::Sha512), 0), Status::Length),
        (of_digest.clone().parameters(ED25519, 0), Status::Parameter),
        (sign(ecdsa(Hash::Sha1), b""), Status::Parameter),
        (sign(Signature::Ecdsa as u32, b""), Status::Parameter),
        (sign(3, b""), Status::Parameter),
        (sign(1 << 16 | ecdsa(Hash::Sha256), b""), Status::Parameter),
        (sign(ecdsa(Hash::Sha256), b"").key(1), Status::Usage),
        (sign(ecdsa(Hash::Sha256), b"").key(2), Status::KeySlot),
        (sign(ecdsa(Hash::Sha256), b"").key(32), Status::KeySlot),
        (sign(ecdsa(Hash::Sha256), b"").flags(Flags::START, 0), Status::Parameter),
        (verify(ecdsa(Hash::Sha256), b"", &[0; 64]).key(0), Status::Usage),
        (verify(ED25519, b"", &[0; 64]), Status::Parameter),
        (call(Opcode::PublicKey).room(64), Status::Length),
        (call(Opcode::PublicKey).key(1).room(68), Status::Usage),
    ] {
        let answer = hsm.call(request);
        assert_eq!((answer.status(), answer.response.length, answer.response.result), (expected, 0, 0));
    }
}

#[test]
fn a_pair_is_used_for_what_its_policy_says_and_nothing_else() {
    let public = [&[4][..], &annex_j2::PUBLIC_KEY].concat();
    let digest = [1; 32];
    let signed = j2().call(call(Opcode::SignDigest).parameters(ecdsa(Hash::Sha256), 0).input(&digest).room(64)).ok();
    let vector = vector("iso15118-2");
    let usages = [
        (Usage::SIGN, sign(ecdsa(Hash::Sha256), b"")),
        (Usage::SIGN, call(Opcode::SignDigest).parameters(ecdsa(Hash::Sha256), 0).input(&digest).room(64)),
        (Usage::AGREE, call(Opcode::Agree).parameters(0, 2).input(&public)),
        (Usage::CONTRACT_OWNER, import(Edition::Iso15118_2, &vector).parameters(Edition::Iso15118_2 as u32, 3)),
        (Usage::GENERATE, call(Opcode::KeyGenerate)),
    ];
    for (usage, _) in &usages {
        let private = Kind::Private(Group::P256);
        let mut hsm = Hsm::operational(&[
            (0, private, Usage::WRITE.with(*usage)),
            (1, Kind::Public(Group::P256), Usage::WRITE),
            (2, secret(32), Usage::DERIVE_TARGET),
            (3, private, Usage::CONTRACT_TARGET),
        ]);
        hsm.load(0, &annex_j2::PRIVATE_KEY);
        hsm.load(1, &public);
        for (needed, request) in &usages {
            let status = hsm.status(request.clone());
            assert_eq!(status == Status::Usage, usage != needed, "{needed:?} with {usage:?}: {status:?}");
        }
        for opcode in [Opcode::Verify, Opcode::VerifyDigest] {
            let verifying = call(opcode).key(1).parameters(ecdsa(Hash::Sha256), 0).input(&digest).input2(&signed);
            assert_eq!(hsm.status(verifying), Status::Usage);
        }
    }
}

#[cfg(feature = "p384")]
#[test]
fn signatures_on_p384_are_those_of_rfc_6979() {
    let private = hex("6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5");
    let public = hex("04ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720");
    let mut hsm = pair(Group::P384, &private, &public);
    let expected = hex("94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8");
    assert_eq!(hsm.call(sign(ecdsa(Hash::Sha384), b"sample")).ok(), expected);
    assert!(hsm.call(verify(ecdsa(Hash::Sha384), b"sample", &expected)).is_good());
}

#[cfg(feature = "ed25519")]
#[test]
fn ed25519_and_x25519_are_those_of_the_rfcs() {
    let private = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    let mut hsm = pair(Group::Ed25519, &private, &public);
    let expected = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assert_eq!(hsm.call(sign(ED25519, &[0x72])).ok(), expected);
    assert!(hsm.call(verify(ED25519, &[0x72], &expected)).is_good());
    assert!(!hsm.call(verify(ED25519, &[0x73], &expected)).is_good());
    assert_eq!(hsm.call(call(Opcode::PublicKey).room(32)).ok(), public);
    assert_eq!(hsm.status(sign(ED25519, &[0; 2048])), Status::Ok);
    assert_eq!(hsm.status(sign(ED25519, &[0; 2049])), Status::Length, "it is read twice");
    assert_eq!(hsm.status(sign(ED25519 | 0x300, &[0])), Status::Parameter);
    let digest = call(Opcode::SignDigest).parameters(ED25519, 0).input(&[0; 32]).room(64);
    assert_eq!(hsm.status(digest), Status::Parameter);

    // RFC 7748 5.2.
    let slots = [
        (0, Kind::Private(Group::X25519), Usage::WRITE.with(Usage::AGREE)),
        (2, secret(32), Usage::DERIVE_TARGET.with(Usage::READ)),
    ];
    let mut hsm = Hsm::operational(&slots);
    hsm.load(0, &hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"));
    let peer = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    hsm.call(call(Opcode::Agree).parameters(0, 2).input(&peer)).ok();
    let shared = hsm.call(call(Opcode::ElementGet).key(2).room(32)).ok();
    assert_eq!(shared, hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
    assert_eq!(hsm.status(call(Opcode::Agree).parameters(0, 2).input(&[0; 32])), Status::KeyMalformed);
}

/// Two pairs and a secret each: 0 and 1 are private keys, 2 and 3 secrets that can be read.
fn agreeing() -> Hsm {
    let private = (Kind::Private(Group::P256), Usage::GENERATE.with(Usage::AGREE).with(Usage::SIGN));
    let target = (secret(32), Usage::DERIVE_TARGET.with(Usage::DERIVE_SOURCE).with(Usage::READ).with(Usage::WRITE));
    let aes = (Kind::Symmetric(SymmetricKind::Aes, 16), Usage::DERIVE_TARGET.with(Usage::MAC_GENERATE));
    let hidden = (secret(32), Usage::DERIVE_SOURCE.with(Usage::WRITE));
    let slots = [private, private, target, target, aes, hidden, (secret(48), Usage::DERIVE_TARGET), (secret(32), Usage::NONE)];
    let mut hsm = Hsm::operational(&(0u16..).zip(slots).map(|(slot, (kind, usage))| (slot, kind, usage)).collect::<Vec<_>>());
    for slot in [0, 1] {
        hsm.call(call(Opcode::KeyGenerate).key(slot)).ok();
        hsm.call(call(Opcode::KeySetValid).key(slot)).ok();
    }
    hsm
}

#[test]
fn two_pairs_agree_and_only_where_policies_permit() {
    let mut hsm = agreeing();
    let publics = [0, 1].map(|slot| hsm.call(call(Opcode::PublicKey).key(slot).room(68)).ok());
    assert_ne!(publics[0], publics[1]);
    let agree = |own: u16, target: u32, peer: &[u8]| call(Opcode::Agree).key(own).parameters(0, target).input(peer);
    hsm.call(agree(0, 2, &publics[1])).ok();
    hsm.call(agree(1, 3, &publics[0])).ok();
    let secrets = [2, 3].map(|slot| hsm.call(call(Opcode::ElementGet).key(slot).room(32)).ok());
    assert!(secrets[0] == secrets[1] && secrets[0] != [0; 32]);
    let mut off_curve = publics[1].clone();
    off_curve[64] ^= 1;
    for (request, expected) in [
        (agree(0, 2, &off_curve), Status::KeyMalformed),
        (agree(0, 2, &publics[1][..64]), Status::Length),
        (agree(0, 2, &[4; 140]), Status::Length),
        (agree(0, 4, &publics[1]), Status::Parameter), // an AES key
        (agree(0, 6, &publics[1]), Status::Parameter), // of another length
        (agree(0, 7, &publics[1]), Status::Usage),
        (agree(0, 8, &publics[1]), Status::KeySlot),
        (agree(0, u32::MAX, &publics[1]), Status::KeySlot),
        (agree(0, 0x1_0002, &publics[1]), Status::KeySlot),
        (agree(5, 2, &publics[1]), Status::Usage),
    ] {
        assert_eq!(hsm.status(request.clone()), expected, "{:?}", request.request);
        assert_eq!(hsm.call(call(Opcode::ElementGet).key(2).room(32)).ok(), secrets[0], "it stays as it was");
    }
}

#[test]
fn keys_are_derived_as_the_rfcs_have_it_and_do_not_become_readable() {
    let mut hsm = agreeing();
    let derive = |from: u16, target: u32, derivation: Derivation, hash: Hash, info: &[u8], salt: &[u8]| {
        let parameter = derivation as u32 | (hash as u32) << 8;
        call(Opcode::Derive).key(from).parameters(parameter, target).input(info).input2(salt)
    };
    hsm.load(2, &[0x0B; 32]);
    let salt: Vec<u8> = (0..13).collect();
    for (derivation, salt, expected) in [
        (Derivation::Hkdf, &salt[..], kdf_of(Derivation::Hkdf, &salt)),
        (Derivation::Tls12Prf, b"key expansion", kdf_of(Derivation::Tls12Prf, b"key expansion")),
        (Derivation::X963, b"", kdf_of(Derivation::X963, b"")),
        (Derivation::Concat, b"", kdf_of(Derivation::Concat, b"")),
    ] {
        hsm.call(derive(2, 3, derivation, Hash::Sha256, b"info", salt)).ok();
        assert_eq!(hsm.call(call(Opcode::ElementGet).key(3).room(32)).ok(), expected, "{derivation:?}");
    }
    hsm.load(5, &[7; 32]);
    hsm.call(derive(5, 4, Derivation::Hkdf, Hash::Sha256, b"", b"")).ok();
    for (request, expected) in [
        (derive(5, 3, Derivation::Hkdf, Hash::Sha256, b"", b""), Status::Usage), // it would be readable
        (derive(2, 2, Derivation::Hkdf, Hash::Sha256, b"", b""), Status::Parameter),
        (derive(2, 7, Derivation::Hkdf, Hash::Sha256, b"", b""), Status::Usage),
        (derive(0, 3, Derivation::Hkdf, Hash::Sha256, b"", b""), Status::Usage),
        (derive(2, 3, Derivation::Hkdf, Hash::Sha1, b"", b""), Status::Parameter),
        (derive(2, 3, Derivation::X963, Hash::Sha256, b"", b"salt"), Status::Length),
        (derive(2, 3, Derivation::Hkdf, Hash::Sha256, &[0; 2049], b""), Status::Length),
        (derive(2, 3, Derivation::Hkdf, Hash::Sha256, b"", &[0; 257]), Status::Length),
        (derive(2, 3, Derivation::Hkdf, Hash::Sha256, b"", b"").parameters(5 | 0x300, 3), Status::Parameter),
        (derive(2, 3, Derivation::Hkdf, Hash::Sha256, b"", b"").parameters(0x1_0301, 3), Status::Parameter),
        (derive(3, 4, Derivation::Hkdf, Hash::Sha256, b"", b""), Status::KeyNotValid),
    ] {
        assert_eq!(hsm.status(request.clone()), expected, "{:?}", request.request);
    }
}

fn kdf_of(derivation: Derivation, salt: &[u8]) -> Vec<u8> {
    use v2gcrypt_primitives::{kdf, HashAlgorithm::Sha256};
    let mut out = vec![0; 32];
    match derivation {
        Derivation::Hkdf => kdf::hkdf(Sha256, salt, &[0x0B; 32], b"info", &mut out),
        Derivation::Tls12Prf => kdf::tls12_prf(Sha256, &[0x0B; 32], salt, b"info", &mut out),
        Derivation::X963 => kdf::x963(Sha256, &[0x0B; 32], b"info", &mut out),
        Derivation::Concat => kdf::concat(Sha256, &[0x0B; 32], b"info", &mut out),
    }
    .unwrap();
    out
}

/// A vector of the driver's tests.
fn vector(section: &str) -> HashMap<&'static str, Vec<u8>> {
    let file = include_str!("../../../tests/vectors/contract-keys.txt");
    let (_, rest) = file.split_once(&format!("[{section}]\n")).unwrap();
    let section = rest.split("\n[").next().unwrap();
    section.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.trim(), hex(value))).collect()
}

const OWNER: Usage = Usage::WRITE_IN_FACTORY.with(Usage::CONTRACT_OWNER).with(Usage::PERSIST);
const CONTRACT: Usage = Usage::CONTRACT_TARGET.with(Usage::SIGN).with(Usage::PERSIST);

/// Owner in slot 0, contract in slot 1.
fn with_owner(group: Group, vector: &HashMap<&str, Vec<u8>>) -> Hsm {
    let slots = [(0, Kind::Private(group), OWNER), (1, Kind::Private(group), CONTRACT), (2, Kind::Private(group), SIGNER)];
    let mut hsm = Hsm::factory(&slots);
    hsm.load(0, &vector["owning_private"]);
    hsm.advance(Lifecycle::Operational);
    hsm
}

fn import(edition: Edition, vector: &HashMap<&str, Vec<u8>>) -> Call {
    let public = [&vector["contract_public"][..], &vector["aad"]].concat();
    let request = call(Opcode::ContractImport).parameters(edition as u32, 1);
    request.input(&vector["encrypted"]).input2(&vector["dh_public_key"]).input3(&public)
}

fn contract_keys_are_imported(edition: Edition, group: Group, section: &str) {
    let vector = vector(section);
    let mut hsm = with_owner(group, &vector);
    hsm.call(import(edition, &vector)).ok();
    let room = u32::from(group.public_len()).next_multiple_of(4);
    assert_eq!(hsm.call(call(Opcode::PublicKey).key(1).room(room)).ok(), vector["contract_public"]);
    let signed = || sign(ecdsa(Hash::Sha256), b"AuthorizationReq").key(1);
    assert_eq!(hsm.status(signed()), Status::KeyNotValid);
    hsm.call(call(Opcode::KeySetValid).key(1)).ok();
    let signature = hsm.call(signed()).ok();
    let mut hsm = hsm.restart();
    assert_eq!(hsm.call(signed()).ok(), signature, "it has survived");
    assert!(!hsm.memory.words().any(|word| word.to_le_bytes() == vector["contract_private"][4..8]), "and is nowhere");

    let events = hsm.fast.log().count();
    for (name, from, to) in [("encrypted", 0, 0), ("encrypted", 20, 20), ("dh_public_key", 64, 64), ("contract_public", 64, 64)] {
        let mut wrong = vector.clone();
        wrong.get_mut(name).unwrap()[from..=to].iter_mut().for_each(|byte| *byte ^= 1);
        assert_eq!(hsm.status(import(edition, &wrong)), Status::NotGenuine, "{name}");
        assert_eq!(hsm.call(signed()).ok(), signature, "the old contract is still there");
    }
    assert_eq!(hsm.fast.log().count(), events + 4);
    let long = [&vector["encrypted"][..], &[0; 60]].concat();
    for (request, expected) in [
        (import(edition, &vector).parameters(3, 1), Status::Parameter),
        (import(edition, &vector).parameters(edition as u32, 0), Status::Usage),
        (import(edition, &vector).parameters(edition as u32, 3), Status::KeySlot),
        (import(edition, &vector).parameters(edition as u32, 2), Status::Usage),
        (import(edition, &vector).key(1), Status::Usage),
        (import(edition, &vector).input(&vector["encrypted"][1..]), Status::Length),
        (import(edition, &vector).input(&long), Status::Length),
        (import(edition, &vector).input2(&[4; 137]), Status::Length),
        (import(edition, &vector).input2(&vector["dh_public_key"][1..]), Status::Length),
        (import(edition, &vector).input3(&vector["contract_public"][1..]), Status::Length),
    ] {
        assert_eq!(hsm.status(request.clone()), expected, "{:?}", request.request);
        assert_eq!(hsm.call(signed()).ok(), signature);
    }
    let element_set = call(Opcode::ElementSet).key(0).input(&vector["owning_private"]);
    assert_eq!(hsm.status(element_set), Status::Usage, "the factory is over");
}

#[test]
fn contract_keys_of_iso_15118_2_are_imported() {
    contract_keys_are_imported(Edition::Iso15118_2, Group::P256, "iso15118-2");
    let (other, mut hsm) = (vector("iso15118-20"), with_owner(Group::P256, &vector("iso15118-2")));
    assert_eq!(hsm.status(import(Edition::Iso15118_20, &other)), Status::Parameter, "the owner is on another curve");
}

#[cfg(feature = "p521")]
#[test]
fn contract_keys_of_iso_15118_20_are_imported() {
    contract_keys_are_imported(Edition::Iso15118_20, Group::P521, "iso15118-20");
}

#[test]
fn a_key_that_opens_contracts_may_not_agree() {
    let vector = vector("iso15118-2");
    let both = Usage::WRITE.with(Usage::CONTRACT_OWNER).with(Usage::AGREE);
    let mut hsm = Hsm::new();
    if hsm.define(0, Kind::Private(Group::P256), both) == Status::Ok {
        // The host opens the envelope by hand, and has the contract's key.
        let passes = Usage::DERIVE_TARGET.with(Usage::DERIVE_SOURCE);
        assert_eq!(hsm.define(1, secret(32), passes), Status::Ok);
        let aes = Kind::Symmetric(SymmetricKind::Aes, 16);
        assert_eq!(hsm.define(2, aes, Usage::DERIVE_TARGET.with(Usage::DECRYPT)), Status::Ok);
        hsm.advance(Lifecycle::Factory);
        hsm.load(0, &vector["owning_private"]);
        hsm.call(call(Opcode::Agree).parameters(0, 1).input(&vector["dh_public_key"])).ok();
        hsm.call(call(Opcode::KeySetValid).key(1)).ok();
        let concat = Derivation::Concat as u32 | (Hash::Sha256 as u32) << 8;
        hsm.call(call(Opcode::Derive).key(1).parameters(concat, 2).input(b"\x01UV")).ok();
        hsm.call(call(Opcode::KeySetValid).key(2)).ok();
        let (iv, text) = vector["encrypted"].split_at(16);
        let opened = hsm.call(call(Opcode::Decrypt).key(2).parameters(1, 0).input(text).input3(iv).room(48)).ok();
        assert_ne!(opened, vector["contract_private"], "the host has it");
        panic!("the policy was taken");
    }
    assert_eq!(hsm.define(0, Kind::Private(Group::P256), Usage::CONTRACT_OWNER.with(Usage::SIGN)), Status::Ok);
}

#[test]
fn a_derived_key_is_not_found_out_byte_by_byte() {
    let hmac = |length| Kind::Symmetric(SymmetricKind::Hmac, length);
    let target = Usage::DERIVE_TARGET.with(Usage::MAC_GENERATE);
    let mut hsm = Hsm::factory(&[
        (0, secret(32), Usage::GENERATE.with(Usage::DERIVE_SOURCE)),
        (1, secret(32), Usage::GENERATE.with(Usage::DERIVE_SOURCE).with(Usage::READ)),
        (2, hmac(1), target),
        (3, hmac(15), target),
        (4, secret(15), Usage::DERIVE_TARGET.with(Usage::DERIVE_SOURCE)),
        (5, hmac(16), target),
    ]);
    for source in [0, 1] {
        hsm.call(call(Opcode::KeyGenerate).key(source)).ok();
        hsm.call(call(Opcode::KeySetValid).key(source)).ok();
    }
    let hkdf = Derivation::Hkdf as u32 | (Hash::Sha256 as u32) << 8;
    // A short key is the front of every longer one that is derived alike, and one byte of it more is tried in 256 MACs.
    for (source, target, expected) in [
        (0, 2, Status::Usage),
        (0, 3, Status::Usage),
        (0, 4, Status::Usage),
        (0, 5, Status::Ok),
        (1, 2, Status::Ok), // of a secret that may be read nothing is found out
    ] {
        let derive = call(Opcode::Derive).key(source).parameters(hkdf, target).input(b"info");
        assert_eq!(hsm.status(derive), expected, "{source} {target}");
    }
}

/// The envelope of ISO 15118-2 has no tag: a bit of its IV is a bit of the key, and whoever guesses that right knows the public key, too.
#[test]
fn an_envelope_without_a_tag_does_not_tell_its_key_bit_by_bit() {
    let genuine = vector("iso15118-2");
    let mut hsm = with_owner(Group::P256, &genuine);
    let private = genuine["contract_private"].clone();
    let (mut told, mut refused) = ([0u8; 16], 0);
    for bit in (32..128).rev() {
        let (byte, mask) = (bit / 8, 0x80 >> (bit % 8));
        // A host adds 2^n · G to the public key; the sum is the same.
        let mut sum = private.clone();
        let mut carry = u16::from(mask);
        for byte in sum[..=byte].iter_mut().rev() {
            carry += u16::from(*byte);
            *byte = carry as u8;
            carry >>= 8;
        }
        let mut envelope = genuine.clone();
        envelope.get_mut("encrypted").unwrap()[byte] ^= mask;
        let point = v2gcrypt_primitives::ec::public_key(v2gcrypt_primitives::Curve::P256, &sum).unwrap();
        envelope.insert("contract_public", point.as_bytes().to_vec());
        match hsm.status(import(Edition::Iso15118_2, &envelope)) {
            Status::Ok => {} // it was 0
            _ => {
                told[byte] |= mask;
                refused += 1;
            }
        }
        if refused % 8 == 1 {
            hsm = hsm.restart();
        }
    }
    assert_ne!(told[4..], private[4..16], "the host has the key");
    assert_eq!(hsm.status(import(Edition::Iso15118_2, &genuine)), Status::NotGenuine, "nothing is opened any more");
    let mut hsm = hsm.restart();
    assert_eq!(hsm.status(import(Edition::Iso15118_2, &genuine)), Status::NotGenuine, "nor after a restart");
}

#[test]
fn envelopes_are_opened_as_often_as_they_are_genuine_and_a_reset_undoes_no_refusal() {
    let genuine = vector("iso15118-2");
    let mut hsm = with_owner(Group::P256, &genuine);
    for _ in 0..40 {
        hsm.call(import(Edition::Iso15118_2, &genuine)).ok();
    }
    let mut wrong = genuine.clone();
    wrong.get_mut("encrypted").unwrap()[0] ^= 1;
    for _ in 0..31 {
        assert_eq!(hsm.status(import(Edition::Iso15118_2, &wrong)), Status::NotGenuine);
    }
    hsm = hsm.restart();
    hsm.call(import(Edition::Iso15118_2, &genuine)).ok();
    // What flash does not count is not opened.
    hsm.flash.is_broken.set(true);
    assert_eq!(hsm.status(import(Edition::Iso15118_2, &wrong)), Status::Storage);
    hsm.flash.is_broken.set(false);
    hsm = hsm.restart();
    hsm.call(import(Edition::Iso15118_2, &genuine)).ok();
    hsm.flash.tampered.borrow_mut().push(v2gcrypt_hsm_firmware::store::REFUSALS);
    let mut hsm = hsm.restart();
    assert_eq!(hsm.status(import(Edition::Iso15118_2, &genuine)), Status::NotGenuine, "the count is not genuine");
}
