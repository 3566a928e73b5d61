//! What judging a chain adds to its signatures: leaf, two Sub-CAs and root, without and with issuers that are known, beside the bare
//! verifications and beside X509_verify_cert of OpenSSL, in one run, in turn, in time of the processor. Prints goals and fails beyond the floors.

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bench::ffi::cpu_time::cpu_time;
use v2gcrypt_keym::path::{Action, Event, Memory, Policy, Query, Revocation, SignatureCheck, Validation};
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{ecdsa_raw, Certificate, KeyAlgorithm, ECDSA_RAW_MAX};
use v2gcrypt_primitives::ecdsa::VerifyingKey;
use v2gcrypt_primitives::{digest, Curve, HashAlgorithm};
use v2gcrypt_test_pki::{Edition, Entropy, Pki};

const ROUNDS: usize = 100;
const NOW: i64 = 1_795_341_600; // 2026-11-22

type Issuers = Memory<8, 0>;

fn main() {
    // `cargo test --benches` passes this: build and start, but do not measure.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let mut missed = Vec::new();
    for (edition, profile, name, calls) in
        [(Edition::Iso15118_2, Profile::Iso15118_2, "P-256", 20), (Edition::Iso15118_20, Profile::Iso15118_20, "P-521", 2)]
    {
        measure(edition, profile, name, calls, &mut missed);
    }
    assert!(missed.is_empty(), "floors missed: {missed:#?}");
    println!("all floors held");
}

/// A chain to judge.
struct Chain {
    ders: Vec<Vec<u8>>,
    root: Vec<u8>,
    profile: Profile,
}

fn measure(edition: Edition, profile: Profile, name: &str, calls: u32, missed: &mut Vec<String>) {
    let pki = Pki::new(edition, &Entropy::Seed(b"bench".to_vec()), NOW);
    let chain = Chain { ders: pki.chain("secc"), root: pki.root("secc").der.clone(), profile };
    let mut memory = Issuers::NEW;
    chain.judge(Some(&mut memory));
    let mut peer = Peer::start(&chain);
    let mut times: [Vec<f64>; 5] = Default::default();
    for _ in 0..ROUNDS {
        let figures = [
            Some(time(calls, || chain.verify_bare(3))),
            Some(time(calls, || chain.verify_bare(1))),
            Some(time(calls, || chain.judge(None))),
            Some(time(calls, || chain.judge(Some(&mut memory)))),
            peer.as_mut().map(|peer| peer.time(calls)),
        ];
        times.iter_mut().zip(figures).for_each(|(times, figure)| times.extend(figure.map(|time| time.as_secs_f64() * 1e6)));
    }
    let [three, one, cold, warm, openssl] = times.map(lower_decile);
    println!(
        "{name}: three verifications {three:.1} us, one {one:.1} us; chain without known issuers {cold:.1} us, with {warm:.1} us"
    );
    let mut check = |what: &str, figure: f64, goal: f64, floor: f64, larger: bool| {
        let (met, beyond) = if larger { (figure >= goal, figure < floor) } else { (figure <= goal, figure > floor) };
        println!("  {what}: {figure:.3} (goal {goal}, floor {floor}): {}", if met { "goal met" } else { "goal missed" });
        if beyond {
            missed.push(format!("{name}, {what}: {figure:.3} is beyond {floor}"));
        }
    };
    check("without known issuers, over three verifications", cold / three, 1.05, 1.15, false);
    check("with known issuers, over one verification", warm / one, 1.1, 1.3, false);
    match openssl.is_nan() {
        true => println!("  skipped: OpenSSL's library or a C compiler is missing"),
        // RustCrypto's P-521 is slow; that of aws-lc is what a fast host takes.
        false if name == "P-521" && !cfg!(feature = "aws-lc") => {
            println!("  OpenSSL {openssl:.1} us, {:.2} times ours; the goal is for --features aws-lc", openssl / cold);
        }
        false => {
            println!("  OpenSSL {openssl:.1} us");
            check("faster than X509_verify_cert", openssl / cold, 1.3, 1.0, true);
        }
    }
}

fn time(calls: u32, mut call: impl FnMut()) -> Duration {
    let start = cpu_time();
    for _ in 0..calls {
        call();
    }
    (cpu_time() - start) / calls
}

/// What a tenth of the rounds stayed below: the rest measures also who else was in the caches. NaN: there are none.
fn lower_decile(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 10).copied().unwrap_or(f64::NAN)
}

impl Chain {
    fn judge(&self, memory: Option<&mut Issuers>) {
        let policy = Policy::strict(self.profile).with_revocation(Revocation::None);
        let pool: Vec<&[u8]> = self.ders.iter().skip(1).map(Vec::as_slice).collect();
        let anchors = [self.root.as_slice()];
        let mut query = Query::new(&self.ders[0], &anchors, self.profile, Role::Secc, &policy);
        query.pool = &pool;
        query.time = Now::synchronised(NOW);
        let known = memory.as_ref().map(|memory| **memory);
        query.known = known.as_ref().map(Issuers::known);
        let mut validation = Validation::new(black_box(query));
        let mut action = validation.step(Event::Continue);
        loop {
            action = match action {
                Action::Verify(check) => validation.step(Event::Verified(verify(&check))),
                Action::Hash { message, .. } => validation.step(Event::Hashed(digest(HashAlgorithm::Sha256, message).as_bytes())),
                Action::Continue => validation.step(Event::Continue),
                Action::Done => break,
            };
        }
        if let Some(memory) = memory {
            validation.lessons().for_each(|lesson| memory.learn(lesson));
        }
        assert!(black_box(validation.into_result()).is_ok());
    }

    /// The first signatures of the chain, from the leaf on, without anything else.
    fn verify_bare(&self, count: usize) {
        let all: Vec<&[u8]> = self.ders.iter().chain([&self.root]).map(Vec::as_slice).collect();
        for pair in all.windows(2).take(count) {
            let [subject, issuer] = [pair[0], pair[1]].map(|der| Certificate::parse(der).expect("a certificate"));
            let check = SignatureCheck {
                issuer: v2gcrypt_keym::path::Position::Leaf,
                public_key: issuer.public_key,
                algorithm: subject.signature_algorithm,
                message: subject.tbs,
                signature: subject.signature,
            };
            assert!(verify(black_box(&check)));
        }
    }
}

fn verify(check: &SignatureCheck<'_>) -> bool {
    let (curve, hash) = match check.public_key.algorithm {
        KeyAlgorithm::P256 => (Curve::P256, HashAlgorithm::Sha256),
        _ => (Curve::P521, HashAlgorithm::Sha512),
    };
    let mut raw = [0; ECDSA_RAW_MAX];
    let length = ecdsa_raw(check.signature, curve.field_len(), &mut raw).expect("a signature");
    VerifyingKey::new(curve, check.public_key.bytes).expect("a key").verify(hash, check.message, &raw[..length])
}

/// `peers/chain.c`, at work beside us.
struct Peer(Child);

impl Peer {
    fn start(chain: &Chain) -> Option<Self> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/chain.c");
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chain");
        let arguments = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O2", "-Wall", "-Wextra", "-Werror"];
        let built = Command::new("cc").args(arguments).arg(&source).arg("-o").arg(&program).arg("-lcrypto").output();
        if !built.as_ref().is_ok_and(|output| output.status.success()) {
            assert!(std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "{built:?}");
            return None;
        }
        let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it was built");
        let mut input = (NOW as u64).to_be_bytes().to_vec();
        for der in [&chain.root].into_iter().chain(&chain.ders) {
            input.extend((der.len() as u32).to_be_bytes());
            input.extend(der);
        }
        input.extend([0; 4]);
        child.stdin.as_mut().expect("piped").write_all(&input).expect("it reads");
        Some(Self(child))
    }

    fn time(&mut self, calls: u32) -> Duration {
        let stdin = self.0.stdin.as_mut().expect("piped");
        stdin.write_all(&calls.to_be_bytes()).and_then(|()| stdin.flush()).expect("it reads");
        let mut nanoseconds = [0; 8];
        self.0.stdout.as_mut().expect("piped").read_exact(&mut nanoseconds).expect("it answers");
        Duration::from_nanos(u64::from_be_bytes(nanoseconds)) / calls
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
