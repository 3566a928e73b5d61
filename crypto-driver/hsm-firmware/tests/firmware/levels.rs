//! The two levels and the connection: who waits for whom, what a new host finds, what is read how often.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use v2gcrypt_hsm_firmware::log::Code;
use v2gcrypt_hsm_protocol::algorithm::{Aead, Cipher, Hash, Mac, Signature};
use v2gcrypt_hsm_protocol::layout::{channel, HSM_ACCEPTED, RING};
use v2gcrypt_hsm_protocol::policy::{Group, Kind, SymmetricKind, Usage};
use v2gcrypt_hsm_protocol::{HostState, HostStatus, HsmStatus, Opcode, Request, Response, Status, VERSION};

use crate::harness::*;

const AES: Kind = Kind::Symmetric(SymmetricKind::Aes, 16);
const P256: Kind = Kind::Private(Group::P256);

/// Slot 0 signs, slot 1 is an AES key for everything.
fn hsm() -> Hsm {
    let all = Usage::WRITE.with(Usage::MAC_GENERATE).with(Usage::ENCRYPT).with(Usage::AEAD_ENCRYPT).with(Usage::AEAD_DECRYPT);
    let mut hsm = Hsm::operational(&[(0, P256, Usage::WRITE.with(Usage::SIGN)), (1, AES, all)]);
    hsm.load(0, &[1; 32]);
    hsm.load(1, &[1; 16]);
    hsm
}

fn sign() -> Call {
    let parameter = Signature::Ecdsa as u32 | (Hash::Sha256 as u32) << 8;
    call(Opcode::Sign).parameters(parameter, 0).input(b"message").room(64)
}

fn hash() -> Call {
    call(Opcode::Hash).parameters(Hash::Sha256 as u32, 0).input(b"abc").room(32)
}

fn take_all(hsm: &mut Hsm, channel: usize) -> Vec<Response> {
    std::iter::from_fn(|| hsm.response(channel)).collect()
}

#[test]
fn a_symmetric_command_never_waits_behind_a_signature() {
    let mut hsm = hsm();
    let (signing, _) = hsm.lay(&sign());
    let (hashing, _) = hsm.lay(&hash());
    for _ in 0..4 {
        hsm.submit(0, &signing);
    }
    let hashed = hsm.submit(0, &hashing);
    let activity = hsm.interrupt();
    assert!(activity.slow_has_work && !activity.more);
    assert_eq!(take_all(&mut hsm, 0).iter().map(|response| response.sequence).collect::<Vec<_>>(), [hashed]);
    hsm.run();
    assert_eq!(take_all(&mut hsm, 0).len(), 4);
}

#[test]
fn commands_of_the_slow_level_are_served_in_order_of_arrival() {
    let mut hsm = hsm();
    let (request, _) = hsm.lay(&call(Opcode::KeyStatus));
    let mut expected = vec![];
    for round in 0..RING {
        for channel in [2, 0, 3, 1] {
            expected.push((channel, hsm.submit(channel, &request)));
        }
        hsm.interrupt();
        let from = round * 4;
        expected[from..].sort(); // one exception goes through the channels in order
    }
    assert!(hsm.hosts.iter().all(|host| !host.has_room()));
    for (channel, sequence) in expected {
        assert!(hsm.slow.run_once());
        hsm.interrupt();
        assert_eq!(hsm.response(channel).map(|response| response.sequence), Some(sequence), "{channel}");
    }
    assert!(!hsm.slow.run_once());
}

#[test]
fn the_slow_level_goes_on_when_its_result_was_taken() {
    let mut hsm = hsm();
    let (set, _) = hsm.lay(&call(Opcode::KeySetInvalid).key(1));
    let (status, _) = hsm.lay(&call(Opcode::KeyStatus));
    hsm.submit(0, &set);
    hsm.submit(0, &status);
    hsm.interrupt();
    assert!(hsm.slow.run_once());
    assert!(!hsm.slow.run_once() && hsm.bells.pended.get(), "the fast level has not taken the key yet");
    hsm.interrupt();
    assert!(hsm.slow.run_once());
}

#[test]
fn a_response_to_a_change_comes_after_the_change() {
    let mut hsm = hsm();
    let mac = || call(Opcode::MacGenerate).key(1).parameters(Mac::AesCmac as u32, 0).room(16);
    for (opcode, expected) in [(Opcode::KeySetInvalid, Status::KeyNotValid), (Opcode::KeySetValid, Status::Ok)] {
        let (change, _) = hsm.lay(&call(opcode).key(1));
        let (mac, _) = hsm.lay(&mac());
        hsm.submit(0, &change);
        hsm.interrupt();
        assert!(hsm.slow.run_once() && hsm.response(0).is_none());
        hsm.submit(1, &mac);
        hsm.interrupt();
        assert_eq!(hsm.response(0).unwrap().status(), Status::Ok);
        assert_eq!(hsm.response(1).unwrap().status(), expected, "in the same exception already");
    }
}

#[test]
fn a_command_that_waits_is_cancelled_and_one_that_is_computed_is_not() {
    let mut hsm = hsm();
    let (request, _) = hsm.lay(&sign());
    let cancel = |sequence| Request { parameter: sequence, ..Request::new(Opcode::Cancel) };
    let [first, second] = [0, 1].map(|_| hsm.submit(0, &request));
    let other = hsm.submit(1, &request);
    hsm.interrupt();
    let cancelling = hsm.submit(0, &cancel(second));
    let strange = hsm.submit(1, &cancel(first)); // another channel's
    hsm.interrupt();
    let told: Vec<_> = take_all(&mut hsm, 0).iter().map(|response| (response.sequence, response.status())).collect();
    assert_eq!(told, [(second, Status::Cancelled), (cancelling, Status::Ok)]);
    assert!(hsm.slow.run_once());
    let late = hsm.submit(0, &cancel(first)); // the result is not there yet, but it is on its way
    hsm.run();
    let told: Vec<_> = take_all(&mut hsm, 0).iter().map(|response| (response.sequence, response.status())).collect();
    assert_eq!(told, [(first, Status::Ok), (late, Status::Busy)]);
    let mut told: Vec<_> = take_all(&mut hsm, 1).iter().map(|response| (response.sequence, response.status())).collect();
    told.sort_by_key(|(sequence, _)| *sequence);
    assert!(strange == other + 1 && told == [(other, Status::Ok), (strange, Status::Busy)]);
}

#[test]
fn a_new_connection_sees_nothing_of_the_old_one() {
    let mut hsm = hsm();
    for again in [false, true] {
        let (request, rooms) = hsm.lay(&sign());
        hsm.submit(0, &request);
        hsm.submit(0, &request);
        hsm.interrupt();
        assert!(hsm.slow.run_once()); // computed, not yet published
        hsm.memory.forget();
        let status = hsm.bells.host_status.get();
        hsm.connect();
        if again {
            // By way of another epoch back to the same session: what is late still belongs to nobody.
            hsm.bells.host_status.set(0);
            hsm.interrupt();
            let old = HostStatus::from_word(status);
            let mailbox = hsm.mailbox;
            hsm.hosts.iter_mut().for_each(|host| host.clear(mailbox));
            hsm.set_host(HostState::Connecting, old.epoch);
            hsm.interrupt();
            hsm.hosts.iter_mut().for_each(|host| host.connect(request.session));
            hsm.bells.host_status.set(status);
        }
        hsm.run();
        assert!(hsm.response(0).is_none() && hsm.memory.writes.borrow().is_empty());
        assert_eq!(hsm.get(rooms[0], 64), [0xEE; 64]);
        if !again {
            assert_eq!(hsm.call(sign()).status(), Status::Ok);
        }
    }
}

#[test]
fn what_waits_is_not_done_for_a_host_that_is_gone() {
    let mut hsm = hsm();
    let mac = || call(Opcode::MacGenerate).key(1).parameters(Mac::AesCmac as u32, 0).room(16);
    for (is_stopped, opcode) in [(false, Opcode::KeyErase), (true, Opcode::KeySetInvalid)] {
        let (request, _) = hsm.lay(&call(opcode).key(1));
        hsm.submit(1, &request);
        hsm.interrupt();
        if is_stopped {
            hsm.mailbox[channel(1).unwrap()].store(100, Ordering::Relaxed);
            hsm.run();
        }
        hsm.connect();
        hsm.run();
        assert_eq!(hsm.call(mac()).status(), Status::Ok, "{opcode:?}");
    }
}

#[test]
fn a_host_that_is_gone_gets_nothing_any_more() {
    let mut hsm = hsm();
    for word in [0, 0xFFFF_FFFF, 0x0001_01A0] {
        let (request, _) = hsm.lay(&sign());
        hsm.submit(0, &request);
        hsm.interrupt();
        assert!(hsm.slow.run_once());
        hsm.memory.forget();
        hsm.bells.host_status.set(word);
        hsm.run();
        assert!(hsm.memory.writes.borrow().is_empty() && hsm.accepted() == 0);
        hsm.connect();
        assert_eq!(hsm.call(sign()).status(), Status::Ok);
    }
}

#[test]
fn only_this_version_connects() {
    let mut hsm = Hsm::boot(Flash::default(), 0);
    for (state, version, epoch) in
        [(HostState::Connecting, VERSION + 1, 5), (HostState::Connected, VERSION, 5), (HostState::Connected, VERSION + 1, 5)]
    {
        hsm.bells.host_status.set(HostStatus { state, version, epoch }.to_word());
        hsm.interrupt();
        assert_eq!(hsm.accepted(), 0);
        hsm.interrupt();
    }
    let versions = (0..hsm.fast.log().count()).filter_map(|number| hsm.fast.log().read(number));
    assert_eq!(versions.filter(|(_, event)| event.code == Code::Version as u32).count(), 2, "each told once");
    hsm.connect();
    assert_eq!(hsm.call(hash()).status(), Status::Ok);
    hsm.bells.host_status.set(HostStatus { state: HostState::Connecting, version: 9, epoch: 3 }.to_word());
    hsm.interrupt();
    assert_eq!(hsm.accepted(), 0, "the old host is gone, whoever this is");
}

#[test]
fn each_start_has_another_epoch() {
    let mut status = 0xFFFE_01B1;
    for expected in [0xFFFF, 1, 2, 3] {
        let hsm = Hsm::start(Flash::default(), status);
        status = hsm.bells.hsm_status.get();
        assert_eq!(HsmStatus::from_word(status).epoch, expected);
    }
}

#[test]
fn a_channel_that_misbehaves_is_stopped_alone() {
    let mut hsm = hsm();
    let (request, _) = hsm.lay(&sign());
    hsm.submit(1, &request);
    hsm.submit(2, &request);
    hsm.interrupt();
    hsm.bells.rung.set(0);
    hsm.mailbox[channel(1).unwrap()].store(100, Ordering::Relaxed);
    hsm.run();
    assert!(hsm.hosts[1].stopped(hsm.mailbox) && !hsm.hosts[2].stopped(hsm.mailbox));
    assert!(hsm.bells.rung.get() >> 1 & 1 == 1, "so that the host looks");
    assert_eq!((hsm.response(1), hsm.response(2).unwrap().status()), (None, Status::Ok));
    assert_eq!(hsm.call(hash()).status(), Status::Ok);
    let log = hsm.fast.log();
    let (_, event) = log.read(log.count() - 1).unwrap();
    assert_eq!((event.code, event.argument), (Code::Violation as u32, 1 | 1 << 8));
}

/// What the host does while the command with this number is computed.
fn during(hsm: &Hsm, number: usize, what: impl FnOnce() + 'static) {
    let (mut seen, mut what) = (0, Some(what));
    hsm.memory.meanwhile.set(Some(Box::new(move || {
        if seen == number {
            what.take().unwrap()();
        }
        seen += 1;
    })));
}

#[test]
fn an_urgent_command_waits_for_one_that_is_less_urgent_at_most() {
    for number in 0..3 * RING {
        let mut hsm = hsm();
        let (hashing, _) = hsm.lay(&hash());
        for channel in [1, 2, 3] {
            for _ in 0..RING {
                hsm.submit(channel, &hashing);
            }
        }
        let (mut host, mailbox) = (hsm.hosts[0], hsm.mailbox);
        during(&hsm, number, move || assert!(host.publish(mailbox, &hashing).is_some()));
        hsm.bells.told.borrow_mut().clear();
        hsm.run();
        let mut expected: Vec<_> = (0..3 * RING).map(|index| 1 + index / RING).collect();
        expected.insert(number + 1, 0);
        assert_eq!(*hsm.bells.told.borrow(), expected);
    }
}

#[test]
fn whatever_hosts_ask_for_no_command_waits_for_two_that_are_less_urgent() {
    let mut hsm = hsm();
    hsm.connect(); // sequences begin with 0
    let (hashing, _) = hsm.lay(&hash());
    let (mut hosts, mailbox, bells, mut dice) = (hsm.hosts, hsm.mailbox, hsm.bells, 4);
    let placed = Rc::new(RefCell::new(vec![]));
    let all = placed.clone();
    let mut place = move || {
        // Now and then a burst, now and then nobody.
        let wanted = next(&mut dice);
        for (channel, host) in hosts.iter_mut().enumerate() {
            while host.take(mailbox).unwrap().is_some() {}
            for _ in 0..(wanted >> (8 * channel)) % 16 / (1 + (wanted >> 40) % 8) {
                let sequence = host.publish(mailbox, &hashing);
                all.borrow_mut().extend(sequence.map(|sequence| (channel, sequence as usize, bells.told.borrow().len())));
            }
        }
    };
    bells.told.borrow_mut().clear();
    place();
    hsm.memory.meanwhile.set(Some(Box::new(place)));
    while bells.told.borrow().len() < 20_000 {
        hsm.interrupt();
    }
    let told = bells.told.borrow();
    let places = [0, 1, 2, 3].map(|channel| (0..told.len()).filter(|place| told[*place] == channel).collect::<Vec<_>>());
    let mut longest = 0;
    for (channel, sequence, from) in placed.borrow().iter() {
        if let Some(place) = places[*channel].get(*sequence) {
            let before = &told[*from..*place];
            assert!(before.iter().filter(|other| *other > channel).count() <= 1, "{channel}: {before:?}");
            longest = longest.max(before.len());
        }
    }
    assert!(places.iter().all(|places| places.len() > 20), "nobody starves");
    assert!(longest > 2 * RING, "nobody had to wait");
}

#[test]
fn a_flood_of_urgent_commands_keeps_neither_others_nor_results_nor_a_new_host_out() {
    let mut hsm = hsm();
    let (hashing, _) = hsm.lay(&hash());
    let (status, _) = hsm.lay(&call(Opcode::KeyStatus));
    let cancel = Request { parameter: 1, ..Request::new(Opcode::Cancel) };
    for request in [&status, &status, &cancel] {
        hsm.submit(3, request); // the second of them is cancelled
    }
    for _ in 0..RING {
        hsm.submit(0, &hashing);
    }
    let Hsm { mut fast, mut slow, mut hosts, memory, mailbox, bells, .. } = hsm;
    let mut seen = 0;
    memory.meanwhile.set(Some(Box::new(move || {
        while hosts[0].take(mailbox).unwrap().is_some() {}
        while hosts[0].publish(mailbox, &hashing).is_some() {}
        seen += 1;
        if seen == 4 * RING {
            assert!(slow.run_once());
        }
        if seen == 5 * RING {
            bells.host_status.set(HostStatus { state: HostState::Connecting, version: VERSION, epoch: 99 }.to_word());
        }
    })));
    bells.told.borrow_mut().clear();
    assert!(fast.interrupt().more, "it pends itself");
    let most = fast.interrupt();
    assert!(!most.more && mailbox[HSM_ACCEPTED].load(Ordering::Relaxed) == 0x1_0063);
    let told = bells.told.borrow();
    let others: Vec<_> = (0..told.len()).filter(|place| told[*place] == 3).collect();
    // A request of channel 3 after each eight of channel 0: two for the slow level, then the cancel, with two answers and one bell.
    let cancelled = 3 * RING;
    let computed = 1 + 4 * RING;
    assert_eq!(others, [cancelled, computed]);
    assert_eq!(told.len(), 5 * RING + others.len(), "what the new host found was not served");
}

#[test]
fn one_exception_serves_what_all_rings_hold_and_pends_itself() {
    let mut hsm = hsm();
    let (request, _) = hsm.lay(&hash());
    for channel in 0..4 {
        for _ in 0..RING {
            hsm.submit(channel, &request);
        }
    }
    assert!(hsm.interrupt().more && hsm.bells.pended.get());
    assert!(!hsm.interrupt().more, "nobody reads: nothing is taken");
    for channel in 0..4 {
        assert_eq!(take_all(&mut hsm, channel).len(), RING);
    }
}

#[test]
fn each_word_of_the_host_is_read_once_and_what_it_becomes_is_nobodys_business() {
    let mut hsm = hsm();
    let text: Vec<u8> = (0..2001).map(|number| number as u8).collect();
    let cipher = call(Opcode::Encrypt).key(1).parameters(Cipher::AesCtr as u32, 0).input(&text).input3(&[3; 16]).room(2004);
    let seal = call(Opcode::AeadEncrypt).key(1).parameters(Aead::AesGcm as u32, 16).input(&text).input2(&text[..77]);
    let seal = seal.input3(&[3; 12]).room(2004).room2(16);
    let sealed = hsm.call(seal.clone()).outputs;
    let side = [&[3; 12][..], &sealed[1]].concat();
    let open = call(Opcode::AeadDecrypt).key(1).parameters(Aead::AesGcm as u32, 16).input(&sealed[0]).input2(&text[..77]);
    for request in [
        hash().input(&text).room(32),
        call(Opcode::MacGenerate).key(1).parameters(Mac::AesCmac as u32, 0).input(&text).room(16),
        call(Opcode::MacGenerate).key(1).parameters(Mac::AesGmac as u32, 0).input(&text).input3(&[1; 12]).room(16),
        cipher,
        seal,
        open.input3(&side).room(2004),
        sign().input(&text),
        sign(),
        call(Opcode::Reseed).input(&text),
    ] {
        let expected = hsm.call(request.clone()).outputs;
        hsm.memory.forget();
        hsm.memory.is_changing.set(true);
        let (laid, rooms) = hsm.lay(&request);
        hsm.submit(0, &laid);
        hsm.run();
        hsm.memory.is_changing.set(false);
        let response = hsm.response(0).unwrap();
        assert_eq!(response.status(), Status::Ok, "{:?}", request.request.opcode);
        let outputs = [0, 1].map(|index| hsm.get(rooms[index], expected[index].len()));
        assert!(outputs == expected, "{:?}", request.request.opcode);
        assert!(hsm.memory.reads.borrow().values().all(|count| *count == 1));
        assert!(hsm.memory.writes.borrow().values().all(|count| *count == 1));
        let read: u32 = request.inputs.iter().map(|input| (input.len() as u32).div_ceil(4)).sum();
        assert_eq!(hsm.memory.reads.borrow().len() as u32, read, "all of it, and nothing else");
    }
}
