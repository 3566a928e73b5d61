//! The firmware's stack at its deepest, after all that reaches deep. Run by `crypto-driver/hsm-firmware/qemu.sh`.

mod support;
use support::*;

use v2gcrypt_hsm_protocol::algorithm::{Aead, Capabilities, Cipher, Edition, Hash, Signature};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::Opcode;
use v2gcrypt_hsm_qemu::layout::trace::{RINGS, RING_AFTER};
use v2gcrypt_hsm_qemu::{patience, Client, Command};

const AES: Usage =
    Usage::MAC_GENERATE.with(Usage::ENCRYPT).with(Usage::DECRYPT).with(Usage::AEAD_ENCRYPT).with(Usage::AEAD_DECRYPT);

/// Symmetric commands, of which one may interrupt thread mode at its deepest.
fn symmetric(client: &mut Client, channel: usize) {
    let aead = Command::new(Opcode::AeadEncrypt).key(30).parameter(Aead::AesGcm as u32).parameter2(16);
    let cipher = Command::new(Opcode::Encrypt).key(30).parameter(Cipher::AesCbcPkcs7 as u32).input(0, &[2; 64]);
    client.publish(channel, cmac(30, &[1; 64]));
    client.publish(channel, aead.input(0, &[3; 64]).input(1, &[4; 20]).input(2, &[5; 12]).room(0, 64).room(1, 16));
    client.publish(channel, cipher.input(2, &[6; 16]).room(0, 80));
    client.publish(channel, hash(Hash::Sha512, &[7; 200]));
    client.publish(channel, Command::new(Opcode::Random).room(0, 64));
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn the_stack_is_not_used_up_by_the_deepest_commands() {
    let board = emulator();
    let mut client = in_factory(&board);
    client.define(30, Policy { kind: Kind::Symmetric(SymmetricKind::Aes, 16), usage: AES.with(Usage::WRITE) });
    client.load(30, &[9; 16]);
    let features = capabilities(&mut client).features;
    let mut slot = 0;
    let groups = [
        (Group::P256, Capabilities::P256, ECDSA_SHA256),
        (Group::P384, Capabilities::P384, ECDSA_SHA256),
        (Group::P521, Capabilities::P521, ECDSA_SHA512),
        (Group::Ed25519, Capabilities::ED25519, Signature::Ed25519 as u32),
    ];
    for (group, _, scheme) in groups.into_iter().filter(|(_, feature, _)| features & feature != 0) {
        let usage = Usage::SIGN.with(Usage::GENERATE).with(Usage::PERSIST);
        client.define(slot, private(group, usage));
        client.define(slot + 1, public(group));
        client.call(Command::new(Opcode::KeyGenerate).key(slot)).succeeded();
        client.call(Command::new(Opcode::KeySetValid).key(slot)).succeeded();
        let public = client.call(Command::new(Opcode::PublicKey).key(slot).room(0, 136)).output().to_vec();
        client.load(slot + 1, &public);
        let signature = client.call(sign(slot, scheme, b"AuthorizationReq")).output().to_vec();
        // Doorbells in the midst of the deepest: at several moments of a verification.
        for moment in (3_000..30_000).step_by(4_999) {
            let rings = board.trace(RINGS);
            board.set_trace(RING_AFTER, moment);
            client.publish(1, verify(slot + 1, scheme, b"AuthorizationReq", &signature));
            client.ring();
            symmetric(&mut client, 0);
            assert!(board.wait_until(patience(), || board.trace(RINGS) != rings));
            board.set_trace(RING_AFTER, 0);
            client.ring();
            for _ in 0..5 {
                client.wait(0).succeeded();
            }
            client.wait(1).succeeded();
        }
        slot += 2;
    }
    for (edition, name, group, feature) in [
        (Edition::Iso15118_2, "iso15118-2", Group::P256, Capabilities::P256),
        (Edition::Iso15118_20, "iso15118-20", Group::P521, Capabilities::P521),
    ] {
        if features & feature == 0 {
            continue;
        }
        client.define(slot, private(group, Usage::CONTRACT_OWNER));
        client.define(slot + 1, private(group, Usage::CONTRACT_TARGET.with(Usage::PERSIST)));
        client.load(slot, &field("owning_private", name));
        let import = Command::new(Opcode::ContractImport)
            .key(slot)
            .parameter(edition as u32)
            .parameter2(u32::from(slot) + 1)
            .input(0, &field("encrypted", name))
            .input(1, &field("dh_public_key", name))
            .input(2, &[field("contract_public", name), field("aad", name)].concat());
        client.call(import).succeeded();
        client.call(Command::new(Opcode::KeySetValid).key(slot + 1)).succeeded();
        slot += 2;
    }
    assert_eq!(board.last_crash(), None);
    println!("stack peak {}", board.stack_peak().expect("the firmware answers"));
}
