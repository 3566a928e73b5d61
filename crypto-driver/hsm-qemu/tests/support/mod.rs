//! What the test programs share.
#![allow(dead_code)] // each uses a part

pub mod needle;

use v2gcrypt_hsm_protocol::algorithm::{Capabilities, Hash, Lifecycle, Mac, Signature};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{Opcode, Response};
use v2gcrypt_hsm_qemu::{Client, Command, Emulator};
use v2gcrypt_primitives::{Curve, HashAlgorithm};

pub const CONTRACT_KEYS: &str = include_str!("../../../tests/vectors/contract-keys.txt");

pub fn emulator() -> Emulator {
    Emulator::from_environment().unwrap_or_else(|error| panic!("{error}"))
}

/// Connected, with the life cycle in the factory.
#[track_caller]
pub fn in_factory(emulator: &Emulator) -> Client<'_> {
    let mut client = Client::connect(emulator);
    client.call(Command::new(Opcode::LifecycleAdvance).parameter(Lifecycle::Factory as u32)).succeeded();
    client
}

#[track_caller]
pub fn capabilities(client: &mut Client) -> Capabilities {
    let outcome = client.call(Command::new(Opcode::Capabilities).inline());
    let bytes = outcome.succeeded().response.bytes;
    Capabilities::from_bytes(&bytes)
}

pub fn private(group: Group, usage: Usage) -> Policy {
    Policy { kind: Kind::Private(group), usage: usage.with(Usage::WRITE) }
}

pub fn public(group: Group) -> Policy {
    Policy { kind: Kind::Public(group), usage: Usage::VERIFY.with(Usage::WRITE) }
}

pub fn aes128(usage: Usage) -> Policy {
    Policy { kind: Kind::Symmetric(SymmetricKind::Aes, 16), usage: usage.with(Usage::WRITE) }
}

pub const ECDSA_SHA256: u32 = Signature::Ecdsa as u32 | (Hash::Sha256 as u32) << 8;
pub const ECDSA_SHA512: u32 = Signature::Ecdsa as u32 | (Hash::Sha512 as u32) << 8;

pub fn cmac(slot: u16, message: &[u8]) -> Command {
    Command::new(Opcode::MacGenerate).key(slot).parameter(Mac::AesCmac as u32).input(0, message).room(0, 16)
}

pub fn hash(algorithm: Hash, message: &[u8]) -> Command {
    Command::new(Opcode::Hash).parameter(algorithm as u32).input(0, message).room(0, 64)
}

pub fn sign(slot: u16, scheme: u32, message: &[u8]) -> Command {
    Command::new(Opcode::Sign).key(slot).parameter(scheme).input(0, message).room(0, 136)
}

pub fn verify(slot: u16, scheme: u32, message: &[u8], signature: &[u8]) -> Command {
    Command::new(Opcode::Verify).key(slot).parameter(scheme).input(0, message).input(1, signature)
}

/// The verdict of a verification.
#[track_caller]
pub fn verdict(client: &mut Client, command: Command) -> bool {
    match client.call(command).succeeded().response.result {
        Response::GOOD => true,
        Response::BAD => false,
        other => panic!("{other:#x} is no verdict"),
    }
}

pub fn curve(group: Group) -> (Curve, HashAlgorithm) {
    match group {
        Group::P256 => (Curve::P256, HashAlgorithm::Sha256),
        Group::P384 => (Curve::P384, HashAlgorithm::Sha384),
        _ => (Curve::P521, HashAlgorithm::Sha512),
    }
}

pub fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter_map(|byte| (byte as char).to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// A field of one section of a file of vectors, and nothing else of it.
pub fn field(name: &str, of: &str) -> Vec<u8> {
    let section = CONTRACT_KEYS.split(&format!("[{of}]")).nth(1).unwrap();
    let line = section.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='));
    unhex(line.unwrap())
}
