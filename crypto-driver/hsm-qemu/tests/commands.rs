//! The firmware's services on the emulated Cortex-M3, each against a published value or another implementation. Run by
//! `crypto-driver/hsm-firmware/qemu.sh`.

mod support;
use support::*;

use std::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::algorithm::{Capabilities, Edition, Hash};
use v2gcrypt_hsm_protocol::layout::MAILBOX_BYTES;
use v2gcrypt_hsm_protocol::policy::{Group, Usage};
use v2gcrypt_hsm_protocol::{Opcode, Span, Status};
use v2gcrypt_hsm_qemu::layout::trace::{RESETS, WISH_PANIC};
use v2gcrypt_hsm_qemu::layout::{COUNTER_OFFSET, FLASH_OFFSET, HOST_BYTES, SHARED_BASE, SHARED_BYTES, TRACE_OFFSET};
use v2gcrypt_hsm_qemu::{Client, Command, Emulator, IMAGE_VARIABLE};
use v2gcrypt_primitives::ecdsa::VerifyingKey;

/// ISO 15118-2 Annex J.2: private key, public key, SignedInfo and its signature.
mod j2 {
    pub const PRIVATE: &str = "b9134963f51c4414738435057f97bbf1010cabcb8dbde9c5d48138396aa94b9d";
    pub const PUBLIC: &str = "43e4fc4ccb643904279c7a5e6576b323e55ec79ff0e5a4056e334084cbc336ff\
                              46e44c1addf69162e5192c2a83fc2bca9d8f46ecf4b78067c2476f6b3f34600e";
    pub const SIGNED_INFO: &str = "808112b43a3a381d1797bbbbbb973b999737b93397aa2917b1b0b737b734b1b0b616b2bc3497a1ab43a3a381\
                                   d1797bbbbbb973b999737b933979918181897981a17bc36b63239b4b396b6b7b93291b2b1b239b096b9b4309\
                                   91a9b220623494431025687474703a2f2f7777772e77332e6f72672f54522f63616e6f6e6963616c2d657869\
                                   2f4852d0e8e8e0745e5eeeeeee5cee665cdee4ce5e646060625e60685ef0dad8cadcc646e6d0c2646a6c841a\
                                   36bc07a00cb7dcad662f3088a60a3d6a99431f81c122c2e9f1678ef531e9552370";
    pub const SIGNATURE: &str = "4c8f20c1400ba67606aa4811572a2f1ad3c15089d95420363430bb26b49db104\
                                 f08dfa8bf8055e63a4b75a8d3169206fa8d54308ba58f0566b96baf692ce5950";
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn the_signature_of_annex_j2_is_made_and_verified_on_the_cortex_m3() {
    let board = emulator();
    let mut client = in_factory(&board);
    client.define(0, private(Group::P256, Usage::SIGN));
    client.define(1, public(Group::P256));
    client.load(0, &unhex(j2::PRIVATE));
    let public = [vec![4], unhex(j2::PUBLIC)].concat();
    client.load(1, &public);
    assert_eq!(client.call(Command::new(Opcode::PublicKey).key(0).room(0, 136)).output(), public);

    let message = unhex(j2::SIGNED_INFO);
    let made = client.call(sign(0, ECDSA_SHA256, &message));
    let verifier = VerifyingKey::new(curve(Group::P256).0, &public).unwrap();
    assert!(verifier.verify(curve(Group::P256).1, &message, made.output()), "the host says that it is none");
    for signature in [made.output(), &unhex(j2::SIGNATURE)] {
        assert!(verdict(&mut client, verify(1, ECDSA_SHA256, &message, signature)));
        assert!(!verdict(&mut client, verify(1, ECDSA_SHA256, &message[1..], signature)));
    }
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn contract_keys_of_both_editions_are_imported_on_the_cortex_m3() {
    let board = emulator();
    let mut client = in_factory(&board);
    let features = capabilities(&mut client).features;
    let editions = [
        (Edition::Iso15118_2, "iso15118-2", Group::P256, ECDSA_SHA256, Capabilities::P256),
        (Edition::Iso15118_20, "iso15118-20", Group::P521, ECDSA_SHA512, Capabilities::P521),
    ];
    for (edition, name, group, scheme, feature) in editions {
        let (owner, target) = (2 * edition as u16 % 16, 2 * edition as u16 % 16 + 1);
        if features & feature == 0 {
            let (first, second) = private(group, Usage::CONTRACT_OWNER).to_words();
            let refused = client.call(Command::new(Opcode::KeyDefine).key(owner).parameter(first).parameter2(second));
            assert_eq!(refused.status(), Status::Parameter, "{name} is not in this image");
            continue;
        }
        client.define(owner, private(group, Usage::CONTRACT_OWNER));
        client.define(target, private(group, Usage::CONTRACT_TARGET.with(Usage::SIGN)));
        client.load(owner, &field("owning_private", name));
        let import = |encrypted: &[u8]| {
            Command::new(Opcode::ContractImport)
                .key(owner)
                .parameter(edition as u32)
                .parameter2(target.into())
                .input(0, encrypted)
                .input(1, &field("dh_public_key", name))
                .input(2, &[field("contract_public", name), field("aad", name)].concat())
        };
        let mut damaged = field("encrypted", name);
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(client.call(import(&damaged)).status(), Status::NotGenuine, "{name}");
        assert_eq!(client.call(sign(target, scheme, b"AuthorizationReq")).status(), Status::KeyNotValid, "{name}");

        client.call(import(&field("encrypted", name))).succeeded();
        client.call(Command::new(Opcode::KeySetValid).key(target)).succeeded();
        let signature = client.call(sign(target, scheme, b"AuthorizationReq"));
        let verifier = VerifyingKey::new(curve(group).0, &field("contract_public", name)).unwrap();
        assert!(verifier.verify(curve(group).1, b"AuthorizationReq", signature.output()), "{name}");
    }
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn ping_hash_and_cmac_give_the_published_values() {
    let board = emulator();
    let mut client = in_factory(&board);
    let ping = client.call(Command::new(Opcode::Ping).input(0, b"there?").inline());
    assert_eq!(ping.output(), b"there?");

    // FIPS 180-2, "abc"; RFC 4493 examples 2 and 4.
    let abc = client.call(hash(Hash::Sha256, b"abc"));
    assert_eq!(abc.output(), unhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    let key = unhex("2b7e151628aed2a6abf7158809cf4f3c");
    let message = unhex(
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
         30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
    );
    client.define(3, aes128(Usage::MAC_GENERATE));
    client.load(3, &key);
    let code = unhex("070a16b46b4d4144f79bdd9dd04a287c");
    assert_eq!(client.call(cmac(3, &message[..16])).output(), code);
    assert_eq!(client.call(cmac(3, &message[..16]).inline()).output(), code);
    assert_eq!(client.call(cmac(3, &message)).output(), unhex("51f0bebf7e3b9d92fc49741779363cfe"));

    // What no policy permits.
    let read = client.call(Command::new(Opcode::ElementGet).key(3).room(0, 16));
    assert_eq!(read.status(), Status::Usage);
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_key_that_was_drawn_survives_power_and_signs() {
    let board = emulator();
    let mut client = in_factory(&board);
    client.define(7, private(Group::P256, Usage::SIGN.with(Usage::GENERATE).with(Usage::PERSIST)));
    client.call(Command::new(Opcode::KeyGenerate).key(7)).succeeded();
    client.call(Command::new(Opcode::KeySetValid).key(7)).succeeded();
    let public = client.call(Command::new(Opcode::PublicKey).key(7).room(0, 136)).output().to_vec();
    for _ in 0..3 {
        board.restart().unwrap();
        let mut client = Client::connect(&board);
        assert_eq!(client.call(Command::new(Opcode::PublicKey).key(7).room(0, 136)).output(), public);
        let signature = client.call(sign(7, ECDSA_SHA256, b"CSR"));
        let verifier = VerifyingKey::new(curve(Group::P256).0, &public).unwrap();
        assert!(verifier.verify(curve(Group::P256).1, b"CSR", signature.output()));
    }
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn after_a_panic_the_host_finds_a_new_epoch_and_goes_on() {
    let board = emulator();
    let mut client = Client::connect(&board);
    let before = client.hsm_status();
    let resets = board.trace(RESETS);
    assert!(board.wish(WISH_PANIC) && board.wait_for_reset(resets));
    assert_ne!(client.hsm_status().epoch, before.epoch);
    client.reconnect();
    assert_eq!(client.call(Command::new(Opcode::Ping).input(0, b"again").inline()).output(), b"again");
}

/// Code, RAM, registers, the mailbox itself, flash, the page of tests, nothing at all, and around the end of addresses.
#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn no_address_beyond_the_payload_is_read_or_written() {
    let board = emulator();
    let mut client = in_factory(&board);
    let good = Span { address: SHARED_BASE + 0x2000, length: 64 };
    let sha_256 = |input, output| hash(Hash::Sha256, &[]).spans(input, output);
    client.call(sha_256(good, good)).succeeded();

    let at = |offset: usize| SHARED_BASE + offset as u32;
    let mut refused = 0;
    for address in [
        0,
        0x1FFF_FFC0,
        0x2000_0000,
        0x2000_8000,
        0x4000_4000,
        0xE000_ED00,
        at(0),
        at(MAILBOX_BYTES) - 4,
        at(HOST_BYTES) - 60,
        at(HOST_BYTES),
        at(FLASH_OFFSET),
        at(COUNTER_OFFSET),
        at(TRACE_OFFSET),
        at(SHARED_BYTES) - 64,
        at(SHARED_BYTES),
        0xFFFF_FFC0,
        0xFFFF_FFFC,
    ] {
        let bad = Span { address, length: 64 };
        for (input, output) in [(bad, good), (good, bad)] {
            let before: Vec<u32> = board.words().iter().map(|word| word.load(Ordering::Acquire)).collect();
            assert_eq!(client.call(sha_256(input, output)).status(), Status::Pointer, "{address:#x}");
            let part = |offset: usize| (offset / 4)..(offset / 4 + 16);
            for offset in [FLASH_OFFSET, COUNTER_OFFSET, HOST_BYTES, SHARED_BYTES - 64] {
                let now = board.words()[part(offset)].iter().map(|word| word.load(Ordering::Acquire));
                assert!(now.eq(before[part(offset)].iter().copied()), "{address:#x} was written");
            }
            refused += 1;
        }
    }
    for bad in [Span { address: at(0x2002), length: 64 }, Span { address: at(0x2001), length: 4 }] {
        assert_eq!(client.call(sha_256(bad, good)).status(), Status::Alignment);
    }
    for length in [u32::MAX, u32::MAX - 3, 0x8000_0000, HOST_BYTES as u32] {
        let bad = Span { address: good.address, length };
        assert_ne!(client.call(sha_256(bad, good)).status(), Status::Ok, "{length:#x}");
    }
    assert_eq!((refused, board.last_crash(), board.trace(RESETS)), (34, None, 0));
    client.call(sha_256(good, good)).succeeded();
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn without_entropy_no_key_is_drawn_and_the_rest_goes_on() {
    let image = std::env::var_os(IMAGE_VARIABLE).expect("qemu.sh sets it");
    let board = Emulator::new(image.as_ref(), "/dev/null".as_ref()).unwrap();
    board.power_on().unwrap();
    let mut client = in_factory(&board);
    client.define(7, private(Group::P256, Usage::GENERATE));
    assert_eq!(client.call(Command::new(Opcode::KeyGenerate).key(7)).status(), Status::Entropy);
    assert_eq!(client.call(Command::new(Opcode::Random).room(0, 16)).status(), Status::Entropy);
    assert_eq!(client.call(hash(Hash::Sha256, b"abc")).output().len(), 32);
}

/// One bit of one sealed record, while power is off.
#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_record_that_was_tampered_with_costs_its_key_and_no_other() {
    let board = emulator();
    let mut client = in_factory(&board);
    let generated = private(Group::P256, Usage::SIGN.with(Usage::GENERATE).with(Usage::PERSIST));
    let words = board.words_at(FLASH_OFFSET, 32 << 10);
    let used = || words.iter().rposition(|word| word.load(Ordering::Acquire) != 0).unwrap_or(0);
    let mut ends = vec![];
    for slot in [7, 8] {
        client.define(slot, generated);
        client.call(Command::new(Opcode::KeyGenerate).key(slot)).succeeded();
        let start = used();
        client.call(Command::new(Opcode::KeySetValid).key(slot)).succeeded();
        ends.push((start + 1)..used());
    }
    board.power_off();
    // In the midst of what the value of slot 7 added to the flash: the record comes before the manifest.
    let middle = ends[0].start + ends[0].len() / 4;
    let word = &words[middle];
    word.store(word.load(Ordering::Acquire) ^ 0x100, Ordering::Release);
    board.power_on().unwrap();
    let mut client = Client::connect(&board);
    assert_eq!(capabilities(&mut client).tampered, 1);
    assert_eq!(client.call(sign(7, ECDSA_SHA256, b"CSR")).status(), Status::Tampered);
    assert_eq!(client.call(sign(8, ECDSA_SHA256, b"CSR")).output().len(), 64);
}
