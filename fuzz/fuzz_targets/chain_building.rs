//! Chains among certificates that share names and keys, with a fake engine: a signature is the number of the key that made it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::Bytes;
use v2gcrypt_keym::path::{Action, Event, Known, Lesson, Memory, Policy, Position, Query, Refusals, Revocation, Validation};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::{Now, TimeFloor, TimeUnknown};
use v2gcrypt_keym::x509::Certificate;

/// 2026-01-01T00:00:00Z
const NOW: i64 = 1_767_225_600;
const OID_COMMON_NAME: &[u8] = &[0x55, 4, 3];

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = match length {
        0..=127 => vec![tag, length as u8],
        128..=255 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    out.extend_from_slice(content);
    out
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

fn name(number: u8) -> Vec<u8> {
    let attribute = sequence(&[tlv(6, OID_COMMON_NAME), tlv(12, &[b'A' + number])]);
    sequence(&[tlv(0x31, &attribute)])
}

fn key_identifier(key: u8) -> Vec<u8> {
    vec![key; 8]
}

fn extension(oid: u8, critical: bool, value: Vec<u8>) -> Vec<u8> {
    let flag = if critical { tlv(1, &[0xFF]) } else { Vec::new() };
    sequence(&[tlv(6, &[0x55, 0x1D, oid]), flag, tlv(4, &value)])
}

/// A certificate of few names, keys, and whatever else decides about paths.
fn certificate(data: &mut Bytes<'_>) -> Vec<u8> {
    let (names, keys, flags, dates) = (data.byte(), data.byte(), data.byte(), data.byte());
    let (subject, issuer) = (names & 3, names >> 2 & 3);
    let (key, signer) = (keys & 7, keys >> 3 & 7);
    let algorithm = sequence(&[tlv(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2])]);
    let public_key = sequence(&[
        sequence(&[tlv(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]), tlv(6, &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7])]),
        tlv(3, &[&[0, 4], &[key; 64][..]].concat()),
    ]);
    let mut extensions = Vec::new();
    if flags & 3 != 0 {
        let path_len = if flags & 2 != 0 { tlv(2, &[flags >> 2 & 3]) } else { Vec::new() };
        extensions.push(extension(19, true, sequence(&[tlv(1, &[0xFF]), path_len])));
    }
    if flags & 16 != 0 {
        extensions.push(extension(15, true, tlv(3, &[1, if flags & 32 != 0 { 6 } else { 0x86 }])));
    }
    if keys & 64 != 0 {
        extensions.push(extension(14, false, tlv(4, &key_identifier(if flags & 64 != 0 { key } else { 9 }))));
    }
    if keys & 128 != 0 {
        extensions.push(extension(35, false, sequence(&[tlv(0x80, &key_identifier(if flags & 128 != 0 { signer } else { 9 }))])));
    }
    let date = |year: u8| tlv(0x17, format!("{year:02}0601000000Z").as_bytes());
    let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xA3, &sequence(&extensions)) };
    let tbs = sequence(&[
        tlv(0xA0, &tlv(2, &[2])),
        tlv(2, &[1 + (names >> 4)]),
        algorithm.clone(),
        name(issuer),
        sequence(&[date(22 + dates % 6), date(24 + (dates >> 4) % 8)]),
        name(subject),
        public_key,
        extensions,
    ]);
    sequence(&[tbs, algorithm, tlv(3, &[0, signer])])
}

struct Verdict {
    chain: Result<Vec<(Position, Vec<u8>)>, Refusals>,
    signatures: usize,
    lessons: Vec<Lesson>,
}

fn judge(query: Query<'_>) -> Verdict {
    let mut validation = Validation::new(query);
    let (mut signatures, mut steps) = (0, 0);
    let mut action = validation.step(Event::Continue);
    loop {
        steps += 1;
        assert!(steps < 10_000);
        action = match action {
            Action::Verify(check) => {
                signatures += 1;
                validation.step(Event::Verified(check.signature == &check.public_key.bytes[1..2]))
            }
            // A digest that is as good as any: the engine is fake.
            Action::Hash { algorithm, message } => {
                let sum = message.iter().fold(1u64, |sum, byte| sum.wrapping_mul(0x0100_0000_01B3) ^ u64::from(*byte));
                validation.step(Event::Hashed(&sum.to_be_bytes().repeat(8)[..algorithm.digest_len()]))
            }
            Action::Continue => validation.step(Event::Continue),
            Action::Done => break,
        };
    }
    let lessons = validation.lessons().collect();
    let chain = validation.into_result();
    let chain = chain.map(|chain| chain.certificates().map(|(place, certificate, _)| (place, certificate.der.to_vec())).collect());
    Verdict { chain, signatures, lessons }
}

/// What any accepted chain is, whatever the profile.
fn assert_sound(query: &Query<'_>, chain: &[(Position, Vec<u8>)]) {
    let certificates: Vec<_> = chain.iter().map(|(_, der)| Certificate::parse(der).expect("it was read before")).collect();
    assert_eq!(chain[0].1, query.leaf);
    assert!(chain.len() <= 6);
    if chain.len() > 1 {
        assert!(query.anchors.contains(&chain[chain.len() - 1].1.as_slice()));
    }
    for pair in certificates.windows(2) {
        assert!(pair[0].issuer.matches(&pair[1].subject));
        assert_eq!(pair[0].signature, &pair[1].public_key.bytes[1..2]);
        assert!(pair[1].extensions.basic_constraints.map_or(pair[1].der == certificates.last().unwrap().der, |c| c.ca));
    }
    if query.time.seconds.is_some() {
        assert!(certificates.iter().all(|c| c.validity.not_before.seconds <= NOW && NOW <= c.validity.not_after.seconds));
    }
    for (index, certificate) in certificates.iter().enumerate() {
        assert!(certificates[..index].iter().all(|below| below.der != certificate.der || index + 1 == certificates.len()));
    }
}

/// Any path by names alone: is one of them accepted when there is nothing else? Then it has to be found among the rest.
fn has_acceptable_path(query: &Query<'_>, tries: &mut usize, path: &mut Vec<usize>) -> bool {
    let subject = path.last().map_or(query.leaf, |index| query.pool[*index]);
    let Ok(subject) = Certificate::parse(subject) else { return false };
    *tries += 1;
    if *tries > 60 {
        return false;
    }
    let pool: Vec<&[u8]> = path.iter().map(|index| query.pool[*index]).collect();
    if judge(Query { pool: &pool, ..*query }).chain.is_ok() {
        return true;
    }
    for next in 0..query.pool.len() {
        let fits = Certificate::parse(query.pool[next]).is_ok_and(|issuer| issuer.subject.matches(&subject.issuer));
        if fits && !path.contains(&next) && path.len() < 4 {
            path.push(next);
            if has_acceptable_path(query, tries, path) {
                return true;
            }
            path.pop();
        }
    }
    false
}

fuzz_target!(|data: &[u8]| {
    let mut data = Bytes(data);
    let switches = data.byte();
    let profile = match switches & 7 {
        1 => Profile::Iso15118_2,
        2 => Profile::Iso15118_20,
        3 => Profile::Private,
        _ => Profile::Rfc5280,
    };
    let mut policy = Policy::strict(profile);
    policy.max_signatures = if switches & 8 != 0 { 4 } else { 32 };
    policy.accept_anchor_as_leaf = switches & 16 != 0;
    let time = match switches >> 5 & 3 {
        0 => Now::UNKNOWN.with_floor(TimeFloor::at(NOW)),
        _ => Now::synchronised(NOW),
    };
    policy.time_unknown = TimeUnknown::Floor;
    let shape = data.byte();
    let level = [Level::Leaf, Level::Leaf, Level::SubCa2, Level::Root][usize::from(shape & 3)];
    policy = policy.with_revocation([Revocation::None, Revocation::Soft, Revocation::Hard][usize::from(shape >> 2 & 3) % 3]);
    let (pool_len, anchor_len) = (usize::from(shape >> 4) % 12, usize::from(data.byte()) % 4);

    let leaf = certificate(&mut data);
    let mut pool: Vec<_> = (0..pool_len).map(|_| certificate(&mut data)).collect();
    let mut anchors: Vec<_> = (0..anchor_len).map(|_| certificate(&mut data)).collect();
    // Some stand in both, and some have a byte changed.
    let both = data.byte();
    if both & 1 != 0 {
        pool.extend(anchors.first().cloned());
    }
    if both & 2 != 0 {
        anchors.extend(pool.last().cloned());
    }
    if both & 4 != 0 {
        let (which, at, mask) = (usize::from(data.byte()), data.word() as usize, data.byte());
        let all = pool.len() + anchors.len();
        if let Some(certificate) = (all > 0).then(|| pool.iter_mut().chain(&mut anchors).nth(which % all)).flatten() {
            let at = at % certificate.len();
            certificate[at] ^= mask;
        }
    }
    let crl_len = usize::from(data.byte());
    let crl = data.take(crl_len);
    let crls = [crl];
    let ocsp = [data.0];

    let (pool, anchors): (Vec<&[u8]>, Vec<&[u8]>) =
        (pool.iter().map(Vec::as_slice).collect(), anchors.iter().map(Vec::as_slice).collect());
    let mut query = Query::new(&leaf, &anchors, profile, Role::Any, &policy);
    (query.pool, query.time, query.level) = (&pool, time, level);
    (query.crls, query.ocsp) = (&crls, &ocsp);
    let verdict = judge(query);
    assert!(verdict.signatures <= usize::from(policy.max_signatures));
    assert!(verdict.lessons.is_empty());
    match &verdict.chain {
        Ok(chain) => assert_sound(&query, chain),
        Err(refusals) => {
            assert!(!refusals.is_empty() && !refusals.is_undecided());
            if policy.max_signatures == 32 && level == Level::Leaf && !refusals.contains("work-limit") {
                assert!(!has_acceptable_path(&query, &mut 0, &mut Vec::new()), "{refusals}");
            }
        }
    }
    // What was learnt changes no verdict, and saves signatures.
    let mut memory = Memory::<8, 8>::NEW;
    let known = |memory: &Memory<8, 8>| Known { generation: memory.known().generation, issuers: &[], statuses: &[], prove_again: false };
    let first = judge(Query { known: Some(known(&memory)), ..query });
    first.lessons.iter().for_each(|lesson| memory.learn(*lesson));
    let second = judge(Query { known: Some(memory.known()), ..query });
    assert_eq!(first.chain.is_ok(), verdict.chain.is_ok());
    if verdict.chain.is_ok() {
        assert!(second.chain.is_ok());
    }
    assert!(second.signatures <= first.signatures || verdict.chain.is_err());
});
