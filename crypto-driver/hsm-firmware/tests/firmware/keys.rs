//! Slots: policies, values, flash, and the HSM's life.

use v2gcrypt_hsm_firmware::log::Code;
use v2gcrypt_hsm_protocol::algorithm::{Lifecycle, Mac, SlotState};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, Policy, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{Opcode, Status};

use crate::harness::*;

const AES: Kind = Kind::Symmetric(SymmetricKind::Aes, 16);
const P256: Kind = Kind::Private(Group::P256);
const MAC: Usage = Usage::MAC_GENERATE;

fn cmac(slot: u16) -> Call {
    call(Opcode::MacGenerate).key(slot).parameters(Mac::AesCmac as u32, 0).room(16)
}

fn state(hsm: &mut Hsm, slot: u16) -> SlotState {
    let answer = hsm.call(call(Opcode::KeyStatus).key(slot));
    assert_eq!(answer.status(), Status::Ok);
    SlotState::from_number(answer.response.result as u8).unwrap()
}

fn set(slot: u16, value: &[u8]) -> Call {
    call(Opcode::ElementSet).key(slot).input(value)
}

#[test]
fn a_policy_is_given_once_and_before_the_vehicle() {
    let mut hsm = Hsm::new();
    assert_eq!(state(&mut hsm, 0), SlotState::Undefined);
    assert_eq!(hsm.define(0, AES, MAC), Status::Ok);
    assert_eq!(hsm.define(0, AES, MAC), Status::Ok, "the same");
    assert_eq!(hsm.define(0, AES, MAC.with(Usage::WRITE)), Status::Conflict);
    assert_eq!(hsm.define(0, P256, Usage::SIGN), Status::Conflict);
    assert_eq!(hsm.define(32, AES, MAC), Status::KeySlot);
    assert_eq!(hsm.status(call(Opcode::KeyDefine).parameters(0xFF, 0)), Status::Parameter);
    let (kind, _) = Policy { kind: AES, usage: MAC }.to_words();
    assert_eq!(hsm.status(call(Opcode::KeyDefine).key(1).parameters(kind, Usage::READ.0)), Status::Parameter);
    assert_eq!(hsm.define(1, Kind::Private(Group::P521), Usage::SIGN) == Status::Ok, cfg!(feature = "p521"));
    hsm.advance(Lifecycle::Factory);
    assert_eq!(hsm.define(2, AES, MAC), Status::Ok);
    hsm.advance(Lifecycle::Operational);
    let mut hsm = hsm.restart();
    assert_eq!(hsm.define(2, AES, MAC), Status::Ok, "the same, after a restart");
    assert_eq!(hsm.define(2, AES, Usage::NONE), Status::Conflict);
    assert_eq!(hsm.define(3, AES, MAC), Status::Lifecycle);
    assert_eq!(state(&mut hsm, 2), SlotState::Empty);
    let answer = hsm.call(call(Opcode::KeyStatus).key(2));
    assert_eq!(answer.response.detail, kind);
}

#[test]
fn a_policy_that_flash_does_not_take_is_not_given() {
    let mut hsm = Hsm::new();
    hsm.flash.is_broken.set(true);
    assert_eq!(hsm.define(0, AES, MAC), Status::Storage);
    assert_eq!(state(&mut hsm, 0), SlotState::Undefined);
    hsm.flash.is_broken.set(false);
    assert_eq!(hsm.define(0, P256, Usage::SIGN), Status::Ok);
}

#[test]
fn values_are_written_where_and_when_policies_permit() {
    let write = Usage::WRITE;
    let slots = [
        (0, AES, write),
        (1, AES, Usage::WRITE_IN_FACTORY),
        (2, AES, write.with(Usage::WRITE_IN_FACTORY)),
        (3, AES, Usage::GENERATE),
        (4, P256, write),
        (5, Kind::Public(Group::P256), write.with(Usage::READ)),
        (6, Kind::Symmetric(SymmetricKind::Hmac, 128), write),
    ];
    let mut hsm = Hsm::factory(&slots);
    for (slot, expected) in [(0, Status::Ok), (1, Status::Ok), (2, Status::Ok), (3, Status::Usage), (7, Status::KeySlot)] {
        assert_eq!(hsm.status(set(slot, &[1; 16])), expected, "{slot}");
    }
    for (slot, value, expected) in [
        (0, vec![1; 15], Status::Length),
        (0, vec![1; 17], Status::Length),
        (0, vec![1; 200], Status::Length),
        (0, vec![], Status::Length),
        (4, vec![0; 32], Status::KeyMalformed),
        (4, vec![0xFF; 32], Status::KeyMalformed),
        (4, vec![1; 32], Status::Ok),
        (5, [&[4][..], &[1; 64]].concat(), Status::KeyMalformed),
        (5, vec![4; 64], Status::Length),
        (6, vec![9; 128], Status::Ok),
    ] {
        assert_eq!(hsm.status(set(slot, &value)), expected, "{slot}");
    }
    hsm.advance(Lifecycle::Operational);
    for (slot, expected) in [(0, Status::Ok), (1, Status::Usage), (2, Status::Usage), (3, Status::Usage)] {
        assert_eq!(hsm.status(set(slot, &[1; 16])), expected, "{slot}");
    }
    assert_eq!(hsm.status(set(0, &[2; 16]).inline()), Status::Ok);
}

#[test]
fn only_what_is_no_key_is_read() {
    let read = Usage::READ.with(Usage::WRITE);
    let secret = Kind::Symmetric(SymmetricKind::Secret, 20);
    let mut hsm =
        Hsm::operational(&[(0, secret, read), (1, secret, Usage::WRITE), (2, AES, Usage::WRITE), (3, P256, Usage::WRITE)]);
    assert_eq!(hsm.status(call(Opcode::ElementGet).key(0).room(20)), Status::KeyNotValid, "there is none");
    hsm.call(set(0, b"twenty bytes of words")).status();
    hsm.load(0, b"twenty bytes of word");
    assert_eq!(hsm.call(call(Opcode::ElementGet).key(0).room(20)).ok(), b"twenty bytes of word");
    assert_eq!(hsm.call(call(Opcode::ElementGet).key(0).inline()).ok(), b"twenty bytes of word");
    assert_eq!(hsm.status(call(Opcode::ElementGet).key(0).room(16)), Status::Length);
    for (slot, value) in [(1, &[7; 20][..]), (2, &[7; 16]), (3, &[7; 32])] {
        hsm.load(slot, value);
        let answer = hsm.call(call(Opcode::ElementGet).key(slot).room(64));
        assert_eq!((answer.status(), answer.response.length), (Status::Usage, 0), "{slot}");
        assert_eq!(answer.response.bytes, [0; 32]);
    }
}

#[test]
fn a_key_works_while_it_is_valid() {
    let mut hsm = Hsm::operational(&[(0, AES, MAC.with(Usage::WRITE))]);
    assert_eq!(hsm.status(call(Opcode::KeySetValid).key(0)), Status::KeyNotValid, "there is none");
    assert_eq!(hsm.status(call(Opcode::KeySetInvalid).key(0)), Status::KeyNotValid);
    assert_eq!(hsm.status(call(Opcode::KeySetValid).key(1)), Status::KeySlot);
    hsm.load(0, &[1; 16]);
    let first = hsm.call(cmac(0)).ok();
    assert_eq!(hsm.status(call(Opcode::KeySetValid).key(0)), Status::Ok, "once more");
    hsm.call(call(Opcode::KeySetInvalid).key(0)).ok();
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::KeyNotValid, SlotState::NotValid));
    hsm.call(call(Opcode::KeySetValid).key(0)).ok();
    assert_eq!((hsm.call(cmac(0)).ok(), state(&mut hsm, 0)), (first, SlotState::Valid));
    hsm.call(call(Opcode::KeyErase).key(0)).ok();
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::KeyNotValid, SlotState::Empty));
    assert_eq!(hsm.status(call(Opcode::KeySetValid).key(0)), Status::KeyNotValid);
}

#[test]
fn flash_has_what_was_made_valid_and_nothing_else() {
    let usage = MAC.with(Usage::WRITE);
    let persist = usage.with(Usage::PERSIST);
    let mut hsm = Hsm::operational(&[(0, AES, persist), (1, AES, usage)]);
    hsm.load(0, &[1; 16]);
    hsm.load(1, &[1; 16]);
    let first = hsm.call(cmac(0)).ok();
    let mut hsm = hsm.restart();
    assert_eq!((hsm.call(cmac(0)).ok(), state(&mut hsm, 1)), (first.clone(), SlotState::Empty));
    hsm.call(set(0, &[2; 16])).ok();
    let mut hsm = hsm.restart();
    assert_eq!(hsm.call(cmac(0)).ok(), first, "the new one was never made valid");
    hsm.call(set(0, &[2; 16])).ok();
    hsm.call(call(Opcode::KeySetInvalid).key(0)).ok();
    let mut hsm = hsm.restart();
    assert_eq!(hsm.call(cmac(0)).ok(), first, "nor was it ever invalid there");
    hsm.call(call(Opcode::KeySetInvalid).key(0)).ok();
    let mut hsm = hsm.restart();
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::KeyNotValid, SlotState::NotValid));
    hsm.call(call(Opcode::KeySetValid).key(0)).ok();
    let purges = hsm.flash.purges.get();
    hsm.call(call(Opcode::KeyErase).key(0)).ok();
    assert_eq!(hsm.flash.purges.get(), purges + 1);
    let mut hsm = hsm.restart();
    assert_eq!(state(&mut hsm, 0), SlotState::Empty);
}

#[test]
fn flash_that_fails_is_told_and_nothing_is_half_done() {
    let mut hsm = Hsm::operational(&[(0, AES, MAC.with(Usage::WRITE).with(Usage::PERSIST))]);
    hsm.call(set(0, &[1; 16])).ok();
    hsm.flash.is_broken.set(true);
    assert_eq!(hsm.status(call(Opcode::KeySetValid).key(0)), Status::Storage);
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::KeyNotValid, SlotState::NotValid));
    assert_eq!(hsm.status(call(Opcode::LifecycleAdvance).parameters(3, 0)), Status::Storage);
    assert_eq!(hsm.shared.lifecycle(), Lifecycle::Operational);
    hsm.flash.is_broken.set(false);
    hsm.call(call(Opcode::KeySetValid).key(0)).ok();
    hsm.flash.is_broken.set(true);
    assert_eq!(hsm.status(call(Opcode::KeyErase).key(0)), Status::Storage);
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::KeyNotValid, SlotState::Empty), "RAM has forgotten it");
}

#[test]
fn a_record_that_was_tampered_with_costs_its_slot_only() {
    let usage = MAC.with(Usage::WRITE).with(Usage::PERSIST);
    let mut hsm = Hsm::operational(&[(0, AES, usage), (1, AES, usage), (2, AES, usage)]);
    (0..3).for_each(|slot| hsm.load(slot, &[1; 16]));
    let expected = hsm.call(cmac(1)).ok();
    hsm.flash.tampered.borrow_mut().push(0);
    hsm.flash.records.borrow_mut().get_mut(&2).unwrap().pop(); // genuine, but no record of ours
    let mut hsm = hsm.restart();
    for slot in [0, 2] {
        assert_eq!((hsm.status(cmac(slot)), state(&mut hsm, slot)), (Status::Tampered, SlotState::Tampered));
        assert_eq!(hsm.status(set(slot, &[1; 16])), Status::Tampered);
        let event = hsm.fast.log().read(u32::from(slot) / 2).unwrap().1;
        assert_eq!((event.code, event.argument), (Code::Tampered as u32, u32::from(slot)));
    }
    assert_eq!(hsm.call(cmac(1)).ok(), expected);
    assert_eq!(hsm.define(0, AES, Usage::WRITE), Status::Lifecycle, "no other policy by way of a broken record");
    let flash = hsm.flash.clone();
    flash.tampered.borrow_mut().push(v2gcrypt_hsm_firmware::store::LIFECYCLE);
    let mut hsm = hsm.restart();
    assert_eq!((hsm.status(cmac(1)), hsm.shared.lifecycle()), (Status::Lifecycle, Lifecycle::Locked));
    assert_eq!(hsm.status(call(Opcode::LifecycleAdvance).parameters(1, 0)), Status::Lifecycle);
    flash.tampered.borrow_mut().clear();
    let mut hsm = hsm.restart();
    assert_eq!(hsm.call(cmac(1)).ok(), expected, "repaired: nothing was erased");
}

#[test]
fn a_copy_is_good_for_no_more_than_the_original() {
    let all = MAC.with(Usage::MAC_VERIFY).with(Usage::WRITE);
    let target = Usage::COPY_TARGET;
    let slots = [
        (0, AES, all.with(Usage::COPY_SOURCE)),
        (1, AES, MAC.with(target)),
        (2, AES, MAC.with(target).with(Usage::ENCRYPT)),
        (3, Kind::Symmetric(SymmetricKind::Aes, 32), target),
        (4, AES, MAC),
        (5, AES, all),
        (6, AES, target.with(Usage::COPY_SOURCE).with(Usage::PERSIST)),
    ];
    let mut hsm = Hsm::operational(&slots);
    let copy = |from: u16, to: u32| call(Opcode::KeyCopy).key(from).parameters(0, to);
    assert_eq!(hsm.status(copy(0, 1)), Status::KeyNotValid);
    hsm.load(0, &[1; 16]);
    hsm.load(5, &[1; 16]);
    let expected = hsm.call(cmac(0)).ok();
    for (from, to, status) in [
        (0, 1, Status::Ok),
        (0, 2, Status::Usage), // it would encrypt
        (0, 3, Status::Parameter),
        (0, 4, Status::Usage),
        (5, 1, Status::Usage),
        (0, 6, Status::Ok),
        (6, 6, Status::KeyNotValid),
        (0, 99, Status::KeySlot),
    ] {
        assert_eq!(hsm.status(copy(from, to)), status, "{from} {to}");
    }
    hsm.call(call(Opcode::KeySetValid).key(1)).ok();
    assert_eq!(hsm.call(cmac(1)).ok(), expected);
}

#[test]
fn keys_are_drawn_and_differ() {
    let usage = Usage::GENERATE;
    let slots = [(0, P256, usage.with(Usage::SIGN)), (1, AES, usage.with(MAC)), (2, AES, usage.with(MAC)), (3, AES, MAC)];
    let mut hsm = Hsm::operational(&slots);
    let generate = |slot| call(Opcode::KeyGenerate).key(slot);
    assert_eq!(hsm.status(generate(3)), Status::Usage);
    let mut macs = vec![];
    for slot in [1, 2] {
        hsm.call(generate(slot)).ok();
        assert_eq!(hsm.status(cmac(slot)), Status::KeyNotValid);
        hsm.call(call(Opcode::KeySetValid).key(slot)).ok();
        macs.push(hsm.call(cmac(slot)).ok());
    }
    assert_ne!(macs[0], macs[1]);
    hsm.call(generate(0)).ok();
    let public = hsm.call(call(Opcode::PublicKey).key(0).room(68)).ok();
    hsm.call(generate(0)).ok();
    assert_ne!(hsm.call(call(Opcode::PublicKey).key(0).room(68)).ok(), public);
    let mut hsm = Hsm::operational(&slots);
    hsm.is_dry.set(true);
    for slot in [0, 1] {
        assert_eq!((hsm.status(generate(slot)), state(&mut hsm, slot)), (Status::Entropy, SlotState::Empty));
    }
}

#[test]
fn commands_die_with_their_state() {
    use v2gcrypt_hsm_firmware::lifecycle::permits;
    for lifecycle in Lifecycle::ALL {
        for opcode in Opcode::ALL.iter().filter(|opcode| **opcode != Opcode::LifecycleAdvance) {
            let mut hsm = Hsm::new();
            for next in &Lifecycle::ALL[1..=*lifecycle as usize] {
                hsm.advance(*next);
            }
            let status = hsm.status(call(*opcode));
            assert_eq!(status != Status::Lifecycle, permits(*lifecycle, *opcode), "{lifecycle:?} {opcode:?}");
        }
    }
}

#[test]
fn the_end_takes_all_keys_along() {
    let usage = MAC.with(Usage::WRITE).with(Usage::PERSIST);
    let mut hsm = Hsm::operational(&[(0, AES, usage), (1, AES, usage)]);
    hsm.load(0, &[0x5A; 16]);
    let before = hsm.flash.records.borrow().clone();
    hsm.advance(Lifecycle::Locked);
    assert_eq!((hsm.status(cmac(0)), state(&mut hsm, 0)), (Status::Lifecycle, SlotState::Empty));
    let has_value = |flash: &Flash| flash.records.borrow().values().any(|record| record.ends_with(&[0x5A; 16]));
    assert!(!has_value(&hsm.flash) && hsm.flash.purges.get() == 1);
    // Power was cut after the state was written: the next start ends it.
    let flash = hsm.flash.clone();
    flash.records.borrow_mut().insert(0, before[&0].clone());
    assert!(has_value(&flash));
    let mut hsm = hsm.restart();
    assert!(!has_value(&flash));
    assert_eq!(state(&mut hsm, 0), SlotState::Empty);
    for next in 0..4 {
        assert_eq!(hsm.status(call(Opcode::LifecycleAdvance).parameters(next, 0)), Status::Lifecycle);
    }
    assert_eq!(Hsm::new().status(call(Opcode::LifecycleAdvance).parameters(4, 0)), Status::Parameter);
    assert_eq!(Hsm::new().status(call(Opcode::LifecycleAdvance).parameters(2, 0)), Status::Lifecycle, "one after the other");
}

#[test]
fn a_command_that_waited_dies_with_its_state_too() {
    let mut hsm = Hsm::operational(&[(0, P256, Usage::GENERATE.with(Usage::SIGN))]);
    let (lock, _) = hsm.lay(&call(Opcode::LifecycleAdvance).parameters(Lifecycle::Locked as u32, 0));
    let (generate, _) = hsm.lay(&call(Opcode::KeyGenerate).key(0));
    hsm.submit(0, &lock);
    hsm.submit(0, &generate);
    hsm.run();
    assert_eq!(hsm.response(0).unwrap().status(), Status::Ok);
    assert_eq!(hsm.response(0).unwrap().status(), Status::Lifecycle);
    assert_eq!(state(&mut hsm, 0), SlotState::Empty);
}
