//! What `keym::path` says of 10 000 chains with accidents, beside what OpenSSL and rustls-webpki say.

mod common;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::judge::judge;
use common::mutate::{Base, Case, Random, MUTATIONS};
use common::{names, rows};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use v2gcrypt_keym::path::{Policy, Query, Revocation};
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::time::Now;

const CASES: usize = 10_000;
const NOW: i64 = 1_795_341_600; // 2026-11-22
const DIFFERENCES: &str = include_str!("data/differences.txt");

/// `valid`, or why not.
type Verdict = String;

fn ours(case: &Case) -> Verdict {
    let policy = Policy::strict(Profile::Rfc5280).with_revocation(Revocation::None);
    let anchors: Vec<&[u8]> = case.anchors.iter().map(Vec::as_slice).collect();
    let pool: Vec<&[u8]> = case.pool.iter().map(Vec::as_slice).collect();
    let mut query = Query::new(&case.leaf, &anchors, Profile::Rfc5280, Role::Secc, &policy);
    query.pool = &pool;
    query.time = Now::synchronised(case.now);
    match judge(query) {
        Ok(_) => "valid".to_owned(),
        Err(refusals) => refusals.first().expect("a refusal has a reason").rule.id.to_owned(),
    }
}

fn webpki(case: &Case) -> Verdict {
    let anchors: Vec<CertificateDer<'_>> = case.anchors.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let anchors: Vec<TrustAnchor<'_>> = anchors.iter().filter_map(|der| webpki::anchor_from_trusted_cert(der).ok()).collect();
    let pool: Vec<CertificateDer<'_>> = case.pool.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let leaf = CertificateDer::from(case.leaf.as_slice());
    let time = UnixTime::since_unix_epoch(Duration::from_secs(case.now as u64));
    let verdict = webpki::EndEntityCert::try_from(&leaf).and_then(|leaf| {
        let usage = webpki::KeyUsage::server_auth();
        leaf.verify_for_usage(webpki::ALL_VERIFICATION_ALGS, &anchors, &pool, time, usage, None, None).map(|_| ())
    });
    match verdict {
        Ok(()) => "valid".to_owned(),
        Err(error) => format!("{error:?}").chars().take_while(|character| character.is_alphanumeric()).collect(),
    }
}

/// The verdicts of `peers/x509_verify.c`; `None`: it cannot be built here.
fn openssl(cases: &[Case]) -> Option<Vec<Verdict>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/x509_verify.c");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("x509_verify");
    let built = Command::new("cc")
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-O1"])
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .arg("-lcrypto")
        .output();
    let told = built.as_ref().map_or_else(ToString::to_string, |output| String::from_utf8_lossy(&output.stderr).into_owned());
    if !built.is_ok_and(|output| output.status.success()) {
        let missing = ["No such file", "not found", "cannot find -lcrypto"].iter().any(|words| told.contains(words));
        assert!(missing && std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "{told}");
        println!("skipped: OpenSSL's library or a C compiler is missing");
        return None;
    }
    let mut input = Vec::new();
    for case in cases {
        input.extend((case.now as u64).to_be_bytes());
        for list in [&case.anchors, &vec![case.leaf.clone()], &case.pool] {
            input.extend((list.len() as u32).to_be_bytes());
            for der in list {
                input.extend((der.len() as u32).to_be_bytes());
                input.extend(der);
            }
        }
    }
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let lines: Vec<Verdict> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), cases.len());
    Some(lines)
}

/// The number of OpenSSL's error, without where and what.
fn error(verdict: &str) -> &str {
    verdict.split_once(' ').map_or(verdict, |(number, _)| number)
}

/// The class of a difference: a line of the data file whose side, reason and mutation fit.
fn class(peer: &str, ours: &str, theirs: &str, case: &Case) -> Option<usize> {
    let (side, reason) = if theirs == "valid" { ("we refuse", ours) } else { ("they refuse", error(theirs)) };
    rows(DIFFERENCES).position(|row| {
        let fits = row.len() == 5 && names(row[0], peer) && row[1] == side && names(row[2], reason);
        let happened = |accident: &str| case.mutations.contains(&accident);
        fits && row[3].split(',').any(|accidents| accidents.trim().split('+').all(happened))
    })
}

/// The results for all numbers below [`CASES`], in their order.
fn on_two_cores<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let halves = [0..CASES / 2, CASES / 2..CASES].map(|half| scope.spawn(move || half.map(work).collect::<Vec<T>>()));
        halves.into_iter().flat_map(|half| half.join().expect("no case panics")).collect()
    })
}

#[test]
fn every_difference_to_openssl_and_webpki_over_10_000_chains_is_explained() {
    let base = Base::new(NOW);
    let judged = on_two_cores(|number| {
        let case = base.case(&mut Random(20_261_122 + number as u64));
        (ours(&case), webpki(&case), case)
    });
    let (mut our_verdicts, mut webpki_verdicts, mut cases) = (Vec::new(), Vec::new(), Vec::new());
    for (ours, webpki, case) in judged {
        our_verdicts.push(ours);
        webpki_verdicts.push(webpki);
        cases.push(case);
    }
    let mut peers = vec![("webpki", webpki_verdicts)];
    peers.extend(openssl(&cases).map(|verdicts| ("openssl", verdicts)));

    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut unexplained: BTreeMap<String, usize> = BTreeMap::new();
    for (peer, verdicts) in &peers {
        let mut both = [0; 2];
        for ((case, ours), theirs) in cases.iter().zip(&our_verdicts).zip(verdicts) {
            if (ours == "valid") == (theirs == "valid") {
                both[usize::from(ours == "valid")] += 1;
            } else if let Some(class) = class(peer, ours, theirs, case) {
                *counts.entry(class).or_default() += 1;
            } else {
                *unexplained
                    .entry(format!("{peer} | ours: {ours} | theirs: {theirs} | {}", case.mutations.join(",")))
                    .or_default() += 1;
            }
        }
        println!("{peer}: both accept {}, both refuse {}", both[1], both[0]);
        assert!(both[1] >= CASES / 5 && both[0] >= CASES / 5, "{both:?}: the chains are too alike");
    }
    for (class, row) in rows(DIFFERENCES).enumerate() {
        println!("{:5} {}", counts.get(&class).unwrap_or(&0), row.join(" | "));
    }
    let lines: Vec<String> = unexplained.iter().map(|(what, count)| format!("{count:5} {what}")).collect();
    assert!(lines.is_empty(), "{} kinds of differences are in no class:\n{}", lines.len(), lines.join("\n"));
    let seen = |mutation: &str| cases.iter().any(|case| case.mutations.contains(&mutation));
    assert!(MUTATIONS.iter().all(|(name, _)| seen(name)));
    // A class that nothing falls into explains nothing.
    if peers.len() == 2 {
        let empty: Vec<String> = rows(DIFFERENCES)
            .enumerate()
            .filter(|(class, _)| !counts.contains_key(class))
            .map(|(_, row)| row.join(" | "))
            .collect();
        assert!(empty.is_empty(), "classes without a difference:\n{}", empty.join("\n"));
    }
}
