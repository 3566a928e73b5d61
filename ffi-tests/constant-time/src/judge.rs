//! Starts scenarios under memcheck and sorts what it reports.

use std::collections::BTreeMap;
use std::process::{exit, Command};

use crate::scenarios::{Scenario, SCENARIOS};

/// Places of this project that may look at what was computed with a secret: (file, function, why).
const DECLASSIFIED: &[(&str, &str, &str)] = &[
    ("engine_rustcrypto/nist.rs", "public_point", "a public key is no secret, nor is whether a scalar has one"),
    ("engine_rustcrypto/nist.rs", "sign_digest", "nonce and signature are in range but for one time in 2^32 or fewer"),
    ("engine_rustcrypto/curve25519.rs", "agree", "the verdict: a shared secret of zeros is refused"),
    ("soft/compute/aead.rs", "crypt", "the verdict: is the tag right?"),
    ("primitives/src/aead.rs", "open", "the verdict: is the tag right?"),
    ("primitives/src/cipher.rs", "new", "the verdict: is the padding right? Where it is wrong does not show"),
    ("primitives/src/contract_key.rs", "open", "the verdict: is the envelope genuine?"),
];

/// One report of memcheck: the kind, and the frames from the innermost on, as (function, file).
struct Finding {
    kind: String,
    frames: Vec<(String, String)>,
}

enum Verdict {
    Ours(String),
    Declassified(&'static str, String),
    Engine(String),
}

/// Runs all scenarios; exits with 1 if one depends on a secret in our code, or could not run.
pub fn all() -> ! {
    let program = std::env::current_exe().expect("the program's own path");
    let (mut failed, mut reports) = (0, 0);
    let mut cpu = String::new();
    for scenario in SCENARIOS {
        let output = Command::new("valgrind")
            .args(["--tool=memcheck", "--error-limit=no", "--num-callers=40", "--read-inline-info=yes", "--fullpath-after="])
            .arg(&program)
            .arg(scenario.name)
            .output()
            .expect("valgrind is installed");
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            println!("{}: did not run to its end\n{log}", scenario.name);
            failed += 1;
            continue;
        }
        cpu = String::from_utf8_lossy(&output.stdout).into_owned();
        let findings = parse(&log);
        reports += findings.len();
        failed += judge(scenario, &findings);
    }
    println!("CPU path that valgrind offered: {}", cpu.trim());
    println!("{} scenarios, {reports} places reported, {failed} scenarios failed", SCENARIOS.len());
    exit(i32::from(failed != 0))
}

/// The features of the processor that engines choose their code by, as valgrind shows it.
pub fn print_cpu() {
    #[cfg(target_arch = "x86_64")]
    {
        macro_rules! features {
            ($($name:tt),*) => { [$(($name, std::is_x86_feature_detected!($name))),*] };
        }
        let features = features!("aes", "pclmulqdq", "ssse3", "avx", "avx2", "bmi1", "bmi2", "adx", "sha", "avx512f");
        let shown: Vec<_> = features.iter().filter(|(_, has)| *has).map(|(name, _)| *name).collect();
        println!("x86_64 {}", shown.join(" "));
    }
    #[cfg(not(target_arch = "x86_64"))]
    println!("{}", std::env::consts::ARCH);
}

fn judge(scenario: &Scenario, findings: &[Finding]) -> u32 {
    let (mut ours, mut declassified, mut engine) = (vec![], BTreeMap::new(), BTreeMap::new());
    for finding in findings {
        match classify(finding) {
            Verdict::Ours(place) => ours.push(format!("{}: {place}", finding.kind)),
            Verdict::Declassified(why, place) => *declassified.entry((why, place)).or_insert(0) += 1,
            Verdict::Engine(place) => *engine.entry(place).or_insert(0) += 1,
        }
    }
    // A scenario that marks its secrets in vain would always pass.
    let seen = !scenario.must_report || !findings.is_empty();
    println!(
        "{}: {} in our code, {} declassified, {} inside engines{}",
        scenario.name,
        ours.len(),
        declassified.len(),
        engine.len(),
        if seen { "" } else { "; nothing reported at all, though something must be" }
    );
    ours.iter().for_each(|place| println!("    OURS         {place}"));
    declassified.keys().for_each(|(why, place)| println!("    declassified {place}: {why}"));
    engine.iter().for_each(|(place, count)| println!("    engine       {place} ({count})"));
    u32::from(!ours.is_empty() || !seen)
}

/// By the innermost frame that is not the standard library's.
fn classify(finding: &Finding) -> Verdict {
    let own = |file: &str| file.contains("crypto-driver/") && !file.contains("registry/src");
    let standard = |(function, file): &&(String, String)| {
        file.contains("/rustc/")
            || file.contains("vg_replace")
            || function.starts_with("core::")
            || file.contains("/rust/library/")
    };
    let Some((function, file)) = finding.frames.iter().find(|frame| !standard(frame)) else {
        return Verdict::Ours("no frame".into());
    };
    let place = format!("{function} ({})", short(file));
    if !own(file) {
        return Verdict::Engine(place);
    }
    let name = match function.as_str() {
        "UnknownInlinedFun" => enclosing_function(file).unwrap_or_default(),
        known => known.rsplit("::").next().unwrap_or(known).to_owned(),
    };
    let allowed = DECLASSIFIED.iter().find(|(in_file, in_function, _)| file.contains(in_file) && name.starts_with(in_function));
    match allowed {
        Some((_, _, why)) => Verdict::Declassified(why, place),
        None => Verdict::Ours(place),
    }
}

/// The name, from the source: memcheck knows none where a function was inlined, and who called it differs with each compilation.
fn enclosing_function(place: &str) -> Option<String> {
    let (file, line) = place.rsplit_once(':')?;
    let source = std::fs::read_to_string(file).ok()?;
    let above: Vec<_> = source.lines().take(line.parse().ok()?).collect();
    let (_, rest) =
        above.iter().rev().find_map(|line| line.trim_start().split_once("fn ").filter(|(before, _)| !before.contains('/')))?;
    Some(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}

/// The path from the crate on.
fn short(file: &str) -> &str {
    match (file.find("registry/src/"), file.find("crypto-driver/")) {
        (Some(at), _) => file[at + 13..].split_once('/').map_or(file, |(_, rest)| rest),
        (None, Some(at)) => &file[at..],
        _ => file,
    }
}

fn parse(log: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = vec![];
    for line in log.lines() {
        let text = line.split_once("== ").map_or("", |(_, text)| text);
        if text.starts_with("Conditional jump") || text.starts_with("Use of uninit") || text.starts_with("Syscall param") {
            findings.push(Finding { kind: text.split(" on ").next().unwrap_or(text).to_owned(), frames: vec![] });
            continue;
        }
        let frame = text.trim_start();
        if let (Some(rest), Some(finding)) = (frame.strip_prefix("at 0x").or(frame.strip_prefix("by 0x")), findings.last_mut()) {
            let (_, rest) = rest.split_once(": ").unwrap_or(("", rest));
            let (function, file) = rest.rsplit_once(" (").unwrap_or((rest, ""));
            finding.frames.push((function.to_owned(), file.trim_end_matches(')').to_owned()));
        }
    }
    findings
}
