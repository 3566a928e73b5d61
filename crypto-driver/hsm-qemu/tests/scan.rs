//! Where a contract key's scalar lies after its import: with the firmware on the emulated Cortex-M3 nowhere in the host's memory, nor in
//! the memory that both share; with the soft driver in the host's memory. Run by `crypto-driver/hsm-firmware/qemu.sh`.
#![allow(clippy::undocumented_unsafe_blocks)] // see `soft`

#[path = "../../tests/common/mod.rs"]
mod soft;
mod support;

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::atomic::Ordering;

use v2gcrypt_hsm_protocol::algorithm::{Capabilities, Edition};
use v2gcrypt_hsm_protocol::policy::{Group, Usage};
use v2gcrypt_hsm_protocol::Opcode;
use v2gcrypt_hsm_qemu::{Client, Command};
use v2gcrypt_primitives::ecdsa::VerifyingKey;

use soft::*;
use support::needle::{Needle, NEEDLE_2, NEEDLE_20, PIECE};
use support::*;

/// Finds in all the memory of a process that can be read, and how many bytes that are.
fn scan(process: &str, needle: &Needle) -> (usize, u64) {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let (mut found, mut scanned) = (0, 0);
    let mut chunk = vec![0; 1 << 20];
    for line in maps.lines().filter(|line| !line.ends_with("[vvar]") && !line.ends_with("[vsyscall]")) {
        let mut fields = line.split_whitespace();
        let (start, end) = fields.next().unwrap().split_once('-').unwrap();
        let (mut at, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        if !fields.next().unwrap().starts_with('r') {
            continue;
        }
        while at < end {
            let length = chunk.len().min((end - at) as usize);
            let Ok(count) = memory.read_at(&mut chunk[..length], at) else { break };
            found += needle.count(&chunk[..count]);
            if count < length || at + count as u64 == end {
                scanned += count as u64;
                break;
            }
            let step = count - (PIECE - 1);
            scanned += step as u64;
            at += step as u64;
        }
    }
    (found, scanned)
}

fn import_into_the_hsm(client: &mut Client, edition: Edition, name: &str, group: Group) -> Vec<u8> {
    let scheme = if group == Group::P256 { ECDSA_SHA256 } else { ECDSA_SHA512 };
    let (owner, target) = if group == Group::P256 { (0, 1) } else { (2, 3) };
    client.define(owner, private(group, Usage::CONTRACT_OWNER));
    client.define(target, private(group, Usage::CONTRACT_TARGET.with(Usage::SIGN).with(Usage::PERSIST)));
    client.load(owner, &field("owning_private", name));
    let import = Command::new(Opcode::ContractImport)
        .key(owner)
        .parameter(edition as u32)
        .parameter2(target.into())
        .input(0, &field("encrypted", name))
        .input(1, &field("dh_public_key", name))
        .input(2, &[field("contract_public", name), field("aad", name)].concat());
    client.call(import).succeeded();
    client.call(Command::new(Opcode::KeySetValid).key(target)).succeeded();
    client.call(sign(target, scheme, b"AuthorizationReq")).output().to_vec()
}

/// What the same import is with the soft driver.
fn import_into_the_soft_driver(name: &str, group: Group) -> Driver {
    let (form, family) = match group {
        Group::P256 => (CRYPTO_SOFT_FORM_ECDSA_P256_SIGN, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2),
        _ => (CRYPTO_SOFT_FORM_ECDSA_P521_SIGN, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20),
    };
    let private = [ElementSpec::new(1, group.private_len().into()).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED)];
    let driver = Builder::new().object(4).key(form, &private).key(form, &private).start();
    driver.load(0, &field("owning_private", name));
    let job = management(CRYPTO_CUSTOM_SERVICE, family, SYNC, 0)
        .input(&field("encrypted", name))
        .secondary(&field("dh_public_key", name), field("dh_public_key", name).len() as u32)
        .tertiary(&[field("contract_public", name), field("aad", name)].concat())
        .target(1);
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(driver.set_valid(1), E_OK);
    driver
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn a_contract_keys_scalar_is_nowhere_in_the_hosts_memory_unless_the_soft_driver_imports_it() {
    let board = emulator();
    let mut client = in_factory(&board);
    let features = capabilities(&mut client).features;
    let editions = [
        (Edition::Iso15118_2, "iso15118-2", Group::P256, Needle(unhex(NEEDLE_2)), Capabilities::P256),
        (Edition::Iso15118_20, "iso15118-20", Group::P521, Needle(unhex(NEEDLE_20)), Capabilities::P521),
    ];
    for (edition, name, group, needle, feature) in editions {
        if features & feature == 0 {
            continue;
        }
        let signature = import_into_the_hsm(&mut client, edition, name, group);
        let (curve, hash) = curve(group);
        let verifier = VerifyingKey::new(curve, &field("contract_public", name)).unwrap();
        assert!(verifier.verify(hash, b"AuthorizationReq", &signature), "{name}: this is another key");

        let (found, scanned) = scan("self", &needle);
        println!("{name}: {found} finds in {scanned} bytes of the host");
        assert_eq!(found, 0, "{name}: the scalar is in the host's memory");
        assert!(scanned > 16 << 20, "the shared memory alone is more");
        let shared: Vec<u8> = board.words().iter().flat_map(|word| word.load(Ordering::Acquire).to_le_bytes()).collect();
        assert_eq!(needle.count(&shared), 0, "{name}: the scalar is in the shared memory");

        let (found, scanned) = scan(&board.process_id().unwrap().to_string(), &needle);
        println!("{name}: {found} finds in {scanned} bytes of the emulator");
        assert_ne!(found, 0, "{name}: the scalar is in the HSM's own RAM");

        let driver = import_into_the_soft_driver(name, group);
        let (found, _) = scan("self", &needle);
        println!("{name}: {found} finds in the host with the soft driver");
        assert_ne!(found, 0, "{name}: the scan does not find what is there");
        assert!(driver.is_valid(1));
    }
}
