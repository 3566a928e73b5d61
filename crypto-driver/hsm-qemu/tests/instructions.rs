//! Instructions of the Cortex-M3 for each kind of command. `crypto-driver/hsm-firmware/qemu.sh` compares what is printed with what is
//! committed.

mod support;
use support::*;

use std::sync::atomic::Ordering;
use std::time::Instant;

use v2gcrypt_hsm_protocol::algorithm::{Aead, Capabilities, Cipher, Hash, Signature};
use v2gcrypt_hsm_protocol::layout;
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::Opcode;
use v2gcrypt_hsm_qemu::layout::trace::*;
use v2gcrypt_hsm_qemu::{patience, Client, Command, Emulator, INSTRUCTIONS_PER_TICK};

fn report(name: &str, instructions: u64) -> u64 {
    println!("instructions {name} {instructions}");
    instructions
}

fn instructions(ticks: u32) -> u64 {
    u64::from(ticks) * INSTRUCTIONS_PER_TICK
}

/// Waits until all that was answered is counted.
fn settle(board: &Emulator) {
    assert!(board.wait_until(patience(), || board.trace(ASLEEP) == 1));
}

/// The least of three: the emulator's clock runs on a little when its own threads are kept waiting, and never runs back.
fn least<T: Ord>(mut measure: impl FnMut() -> T) -> T {
    let (one, other) = (measure(), measure());
    measure().min(one).min(other)
}

/// Of one command among eight that come with one doorbell: the exception as a whole, divided.
fn fast(board: &Emulator, client: &mut Client, command: &Command) -> u64 {
    least(|| fast_once(board, client, command))
}

fn fast_once(board: &Emulator, client: &mut Client, command: &Command) -> u64 {
    settle(board);
    let before = board.trace(EXCEPTION_TICKS);
    for _ in 0..layout::RING {
        client.publish(0, command.clone());
    }
    client.ring();
    for _ in 0..layout::RING {
        client.wait(0).succeeded();
    }
    settle(board);
    instructions(board.trace(EXCEPTION_TICKS).wrapping_sub(before)) / layout::RING as u64
}

/// Of a command of thread mode, without the exceptions.
fn slow(board: &Emulator, client: &mut Client, command: &Command) -> (u64, Vec<u8>) {
    least(|| slow_once(board, client, command.clone()))
}

fn slow_once(board: &Emulator, client: &mut Client, command: Command) -> (u64, Vec<u8>) {
    settle(board);
    let before = board.trace(COMMAND_TICKS);
    let output = client.call(command).output().to_vec();
    settle(board);
    (instructions(board.trace(COMMAND_TICKS).wrapping_sub(before)), output)
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn of_symmetric_commands() {
    let board = emulator();
    let mut client = in_factory(&board);
    client.define(0, aes128(Usage::MAC_GENERATE));
    client.load(0, &[7; 16]);
    let overhead = report("request", fast(&board, &mut client, &Command::new(Opcode::Ping).inline()));
    assert!(overhead <= 2000, "a request costs {overhead}");

    let cmac_16 = report("cmac/16", fast(&board, &mut client, &cmac(0, &[1; 16]).inline()));
    let cmac_1k = report("cmac/1024", fast(&board, &mut client, &cmac(0, &[1; 1024])));
    assert!(overhead < cmac_16 && cmac_16 < cmac_1k);

    let sha = |client: &mut Client, length| fast(&board, client, &hash(Hash::Sha256, &vec![1; length]));
    let (short, middle, long) = (sha(&mut client, 0), sha(&mut client, 1024), sha(&mut client, 2048));
    report("sha-256/0", short);
    report("sha-256/2048", long);
    report("sha-256/byte", (long - middle).div_ceil(1024));
    assert!(overhead < short && short < middle && middle < long);
    assert!(long > 2048 * 10, "so few were not computed");
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn of_public_key_commands() {
    let board = emulator();
    let mut client = in_factory(&board);
    let features = capabilities(&mut client).features;
    let mut slot = 0;
    let groups = [
        ("p-256", Group::P256, Capabilities::P256, ECDSA_SHA256),
        ("p-384", Group::P384, Capabilities::P384, ECDSA_SHA256),
        ("p-521", Group::P521, Capabilities::P521, ECDSA_SHA256),
        ("ed25519", Group::Ed25519, Capabilities::ED25519, Signature::Ed25519 as u32),
    ];
    for (name, group, _, scheme) in groups.into_iter().filter(|(_, _, feature, _)| features & feature != 0) {
        client.define(slot, private(group, Usage::SIGN));
        client.define(slot + 1, public(group));
        let mut value = vec![0x11; usize::from(group.private_len())];
        value[0] = 0;
        client.load(slot, &value);
        let public = client.call(Command::new(Opcode::PublicKey).key(slot).room(0, 136)).output().to_vec();
        client.load(slot + 1, &public);
        let (sign_count, signature) = slow(&board, &mut client, &sign(slot, scheme, b"AuthorizationReq"));
        let (verify_count, _) = slow(&board, &mut client, &verify(slot + 1, scheme, b"AuthorizationReq", &signature));
        report(&format!("{name}/sign"), sign_count);
        report(&format!("{name}/verify"), verify_count);
        assert!(sign_count > 100_000 && verify_count > 100_000 && sign_count != verify_count);
        slot += 2;
    }
}

/// All channels full of the longest symmetric commands, and last of all a CMAC of 16 bytes: instructions of the exception until it is
/// answered, with all that is before it.
fn wait_behind_full_rings(board: &Emulator, client: &mut Client, longest: &Command) -> u64 {
    settle(board);
    board.set_trace(EXCEPTION_LONGEST, 0);
    for channel in 0..layout::CHANNELS {
        for _ in 0..layout::RING - usize::from(channel == layout::CHANNELS - 1) {
            client.publish(channel, longest.clone());
        }
    }
    client.publish(layout::CHANNELS - 1, cmac(0, &[1; 16]).inline());
    let before = board.trace(EXCEPTION_TICKS);
    client.ring();
    for channel in 0..layout::CHANNELS {
        for _ in 0..layout::RING {
            client.wait(channel).succeeded();
        }
    }
    settle(board);
    let all = board.trace(EXCEPTION_TICKS).wrapping_sub(before);
    assert!(board.trace(EXCEPTION_LONGEST) <= all);
    instructions(all)
}

/// The rings of all channels but the most urgent one full of the longest symmetric commands, and as soon as the first of these is begun,
/// a CMAC of 16 bytes in that one: instructions until the host is told of it, with the command that was begun. `None`: the host was
/// too late with its CMAC.
fn wait_of_an_urgent_cmac(board: &Emulator, client: &mut Client, longest: &Command) -> Option<u64> {
    settle(board);
    for channel in 1..layout::CHANNELS {
        for _ in 0..layout::RING {
            client.publish(channel, longest.clone());
        }
    }
    // The line that the HSM writes: requests consumed, responses published.
    let [taken, answered] = [0, 1].map(|word| &board.words()[layout::channel(1).unwrap() + layout::LINE_WORDS + word]);
    let [before, answered_before] = [taken, answered].map(|count| count.load(Ordering::Acquire));
    client.ring();
    let deadline = Instant::now() + patience();
    while taken.load(Ordering::Acquire) == before {
        assert!(Instant::now() < deadline, "the first command is not begun");
    }
    let began = board.trace(EXCEPTION_BEGAN);
    client.publish(0, cmac(0, &[1; 16]).inline());
    let is_in_time = answered.load(Ordering::Acquire) == answered_before;
    client.ring();
    client.wait(0).succeeded();
    for channel in 1..layout::CHANNELS {
        for _ in 0..layout::RING {
            client.wait(channel).succeeded();
        }
    }
    settle(board);
    is_in_time.then(|| instructions(board.trace(TOLD).wrapping_sub(began)))
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn of_the_longest_wait_behind_symmetric_commands() {
    let board = emulator();
    let mut client = in_factory(&board);
    for (slot, usage) in [(0, Usage::MAC_GENERATE), (1, Usage::ENCRYPT), (2, Usage::AEAD_ENCRYPT)] {
        client.define(slot, Policy { kind: Kind::Symmetric(SymmetricKind::Aes, 32), usage: usage.with(Usage::WRITE) });
        client.load(slot, &[7; 32]);
    }
    let message = [1; 2048];
    let cbc = Command::new(Opcode::Encrypt).key(1).parameter(Cipher::AesCbc as u32);
    let gcm = Command::new(Opcode::AeadEncrypt).key(2).parameter(Aead::AesGcm as u32).parameter2(16);
    let commands = [
        ("sha-256", hash(Hash::Sha256, &message)),
        ("sha-512", hash(Hash::Sha512, &message)),
        ("cmac", cmac(0, &message)),
        ("cbc", cbc.input(0, &message).input(2, &[2; 16]).room(0, 2048)),
        ("gcm", gcm.input(0, &message).input(1, &message).input(2, &[2; 12]).room(0, 2048).room(1, 16)),
    ];
    let waits = commands.map(|(name, command)| {
        let wait = least(|| wait_behind_full_rings(&board, &mut client, &command));
        println!("behind full rings of {name}: {wait} instructions");
        (wait, command)
    });
    let (worst, dearest) = waits.into_iter().max_by_key(|(wait, _)| *wait).unwrap();
    assert!(worst > 31 * 2048 * 10, "so few were not computed");
    report("wait/full-rings", worst);
    let attempts = (0..300).filter_map(|_| wait_of_an_urgent_cmac(&board, &mut client, &dearest));
    let urgent = report("wait/urgent-behind-full-rings", attempts.take(3).min().expect("no CMAC was in time"));
    assert!(urgent > worst / 40 && urgent < worst / 20, "more than one command was before it, or none");
}

/// A doorbell in the midst of a signature, after so many ticks of it, with a CMAC waiting: ticks until its exception has begun, and until
/// it has answered. `None`: the host was too late with its CMAC.
fn wait_behind_a_signature(board: &Emulator, client: &mut Client, moment: u32) -> Option<(u32, u32)> {
    settle(board);
    let rings = board.trace(RINGS);
    board.set_trace(RING_AFTER, moment);
    let sequence = client.publish(0, sign(1, ECDSA_SHA256, b"AuthorizationReq"));
    client.ring();
    let taken = &board.words()[layout::channel(0).unwrap() + layout::LINE_WORDS];
    let deadline = Instant::now() + patience();
    while taken.load(Ordering::Acquire) != sequence.wrapping_add(1) {
        assert!(Instant::now() < deadline, "the signature is not begun");
    }
    client.publish(1, cmac(0, &[1; 16]).inline());
    let in_time = board.trace(RINGS) == rings;
    assert!(board.wait_until(patience(), || board.trace(RINGS) != rings));
    board.set_trace(RING_AFTER, 0);
    let (answered, signed) = (client.poll(1), client.poll(0));
    let in_time = in_time && answered.is_some() && signed.is_none();
    if answered.is_none() {
        client.ring();
        client.wait(1).succeeded();
    }
    if signed.is_none() {
        client.wait(0).succeeded();
    }
    in_time.then(|| (board.trace(RING_ENTRY_TICKS), board.trace(RING_TICKS)))
}

#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn of_the_longest_wait_behind_a_signature() {
    let board = emulator();
    let mut client = in_factory(&board);
    client.define(0, aes128(Usage::MAC_GENERATE));
    client.load(0, &[7; 16]);
    client.define(1, private(Group::P256, Usage::SIGN));
    client.load(1, &[0x11; 32]);
    let (mut entry, mut answer, mut samples) = (0, 0, 0);
    // From 1 M instructions to 4 M, in steps that are no multiple of anything. What the firmware does at a moment it does each time.
    for moment in (25_000..100_000).step_by(1_709) {
        let attempts: Vec<_> = (0..300).filter_map(|_| wait_behind_a_signature(&board, &mut client, moment)).take(3).collect();
        if attempts.len() == 3 {
            entry = attempts.iter().map(|(entry, _)| *entry).min().unwrap().max(entry);
            answer = attempts.iter().map(|(_, answer)| *answer).min().unwrap().max(answer);
            samples += 1;
        }
    }
    assert!(samples >= 20, "only {samples} doorbells came in the midst of a signature");
    println!("the exception began within {} instructions", instructions(entry));
    assert!(entry <= 10, "thread mode kept the doorbell out for {} instructions", instructions(entry));
    let answer = report("wait/cmac-16", instructions(answer));
    assert!(answer < 100_000, "a CMAC waited for {answer} instructions");
}
