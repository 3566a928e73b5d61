//! `v2gcrypt inspect` and `v2gcrypt csr` as a user calls them.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::openssl::available;

fn v2gcrypt(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_v2gcrypt")).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn pki(name: &str, profile: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    let arguments = ["pki", "create", "--profile", profile, "--time", "2026-01-02T00:00:00Z", "--out", folder.to_str().unwrap()];
    assert!(v2gcrypt(&arguments).status.success());
    folder
}

fn inspect(more: &[&str], files: &[PathBuf]) -> Output {
    let mut arguments = vec!["inspect", "--time", "2026-01-31T00:00:00Z"];
    arguments.extend(more);
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    v2gcrypt(&arguments)
}

#[test]
fn a_tree_has_issuers_above_with_role_validity_and_no_colours_in_a_pipe() {
    let pki = pki("inspect-tree", "iso15118-2");
    let files = ["secc/chain.pem", "v2g-root/cert.pem", "cps/chain.pem"].map(|file| pki.join(file));
    let output = inspect(&[], &files);
    assert!(output.status.success());
    let shown = text(&output);
    let titles: Vec<&str> = shown.lines().filter(|line| line.contains('✓')).collect();
    let expected = [
        "✓ root C=DE, O=v2gcrypt test, DC=V2G, CN=V2G Root CA",
        "├─ ✓ Sub-CA 1 C=DE, O=v2gcrypt test, DC=CPO, CN=CPO Sub-CA 1",
        "│  └─ ✓ Sub-CA 2 C=DE, O=v2gcrypt test, DC=CPO, CN=CPO Sub-CA 2",
        "│     └─ ✓ SECC C=DE, O=Example CPO, DC=CPO, CN=DE*ABC*E1234567",
        "└─ ✓ Sub-CA 1 C=DE, O=v2gcrypt test, DC=CPS, CN=CPS Sub-CA 1",
        "   └─ ✓ Sub-CA 2 C=DE, O=v2gcrypt test, DC=CPS, CN=CPS Sub-CA 2",
        "      └─ ✓ provisioning service C=DE, O=Example CPS, DC=CPS, CN=Example CPS",
    ];
    assert_eq!(titles, expected, "{shown}");
    // Half of the leaf's 60 days have passed.
    assert!(shown.contains("██████████░░░░░░░░░░ 2026-01-01 … 2026-03-02, 30 days left"), "{shown}");
    assert!(!shown.contains('✗') && !shown.contains('\x1b'), "{shown}");
}

#[test]
fn colours_are_forced_by_the_environment_and_withheld_by_no_color() {
    let pki = pki("inspect-colour", "iso15118-2");
    let shown = |variable: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"));
        let output = command.arg("inspect").arg(pki.join("secc/cert.pem")).env_remove("NO_COLOR").env(variable, "1").output();
        text(&output.unwrap())
    };
    assert!(shown("CLICOLOR_FORCE").contains("\x1b["));
    assert!(!shown("NO_COLOR").contains('\x1b'));
}

#[test]
fn a_broken_rule_stands_below_the_certificate_that_breaks_it() {
    let pki = pki("inspect-broken", "iso15118-20");
    for (defect, rule) in [
        ("wrong-dc", "cn"),
        ("path-length-missing", "path-len"),
        ("path-length-exceeded", "path-len"),
        ("unknown-critical-extension", "critical-extension"),
    ] {
        let files = [pki.join("v2g-root/cert.pem"), pki.join("defects").join(defect).join("chain.pem")];
        let shown = text(&inspect(&["--role", "secc"], &files));
        let rule = if defect == "wrong-dc" { "dc" } else { rule };
        assert!(shown.contains(&format!("✗ {rule}: ")), "{defect}: {shown}");
        assert_eq!((shown.matches("Sub-CA 1 C=").count(), shown.matches("Sub-CA 2 C=").count()), (1, 1), "{shown}");
        let without_root = text(&inspect(&["--role", "secc"], &files[1..]));
        assert!(without_root.contains(&format!("✗ {rule}: ")), "{defect}: {without_root}");
        assert_eq!(without_root.matches("✗ issuer-unknown: ").count(), 1, "{without_root}");
    }
}

#[test]
fn json_tells_every_field_and_which_certificate_issued_which() {
    let pki = pki("inspect-json", "iso15118-20");
    let files = ["contract/chain.pem", "mo-root/cert.pem", "defects/bad-signature/chain.pem"].map(|file| pki.join(file));
    let document: serde_json::Value = serde_json::from_slice(&inspect(&["--json"], &files).stdout).unwrap();
    let certificates = document["certificates"].as_array().unwrap();
    assert_eq!(certificates.len(), 7);
    let contract = &certificates[0];
    for (field, value) in [
        ("role", "contract"),
        ("profile", "iso15118-20"),
        ("common_name", "DE8AA1A2B3C4D59"),
        ("key", "P-521"),
        ("signature", "ecdsa-with-SHA512"),
        ("not_before", "2026-01-01T00:00:00Z"),
    ] {
        assert_eq!(contract[field], value);
    }
    assert_eq!(contract["ca"], false);
    assert_eq!(contract["key_usage"], serde_json::json!(["digitalSignature", "keyAgreement"]));
    let issuers: Vec<Option<u64>> = certificates.iter().map(|certificate| certificate["issued_by"].as_u64()).collect();
    assert_eq!(issuers, [Some(1), Some(2), Some(3), None, Some(5), Some(6), None]);
    assert!(certificates[..4].iter().all(|certificate| certificate["violations"].as_array().unwrap().is_empty()));
    assert_eq!(certificates[6]["violations"][0]["rule"], "issuer-unknown");
}

#[test]
fn what_is_malformed_is_shown_as_such_and_what_cannot_be_read_is_an_error() {
    let pki = pki("inspect-malformed", "iso15118-2");
    let output = inspect(&[], &[pki.join("defects/not-a-certificate/chain.pem")]);
    assert!(output.status.success() && text(&output).contains("malformed"));
    let output = inspect(&[], &[pki.join("secc/key.pem")]);
    assert_eq!(output.status.code(), Some(2));
}

/// As in `v2gcrypt inspect … | head -1`.
#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_ends_the_program_without_a_word() {
    use std::process::Stdio;
    let pki = pki("inspect-pipe", "iso15118-2");
    // More than a pipe holds.
    let files = vec![pki.join("secc/chain.pem"); 400];
    let mut command = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"));
    let mut child =
        command.args(["inspect", "--json"]).args(files).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_request_is_what_openssl_verifies_with_the_roles_subject_and_key_usage() {
    if !available() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("csr");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let secc_id = "DEICES00003C4D557878675645330967543476A2";
    for (number, (profile, role, name, subject, usage)) in [
        ("iso15118-2", "secc", "DE*ABC*E1", "C = DE, O = Example, DC = CPO, CN = DE*ABC*E1", "Digital Signature\n"),
        ("iso15118-20", "secc", secc_id, "DC = CSO, CN = DEICES", "Digital Signature, Key Agreement\n"),
        ("iso15118-2", "oem-provisioning", "WMI0123456789ABCDX", "DC = OEM, CN = WMI", "Digital Signature, Key Agreement\n"),
        ("iso15118-2", "contract", "DE8AA1A2B3C4D59", "DC = MO, CN = DE8", "Non Repudiation, Key Encipherment, Key Agreement\n"),
        ("iso15118-20-amd1", "evcc", "WMIV1234567890ABCDEF", "DC = EV, CN = WMI", "TLS Web Client Authentication"),
        ("rfc5280", "any", "host.example", "CN = host.example", "Digital Signature\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = |end: &str| folder.join(format!("{number}.{end}")).to_str().unwrap().to_owned();
        let (key, request) = (file("key"), file("csr"));
        let common = ["csr", "--profile", profile, "--role", role, "--cn", name, "--organization", "Example", "--country", "DE"];
        let made = v2gcrypt(&[&common[..], &["--dns", "a.example", "--key-out", &key, "--out", &request]].concat());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let shown = Command::new("openssl").args(["req", "-in", &request, "-noout", "-verify", "-text"]).output().unwrap();
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned() + &String::from_utf8_lossy(&shown.stderr);
        assert!(shown.contains("verify OK") && shown.contains(subject) && shown.contains(usage), "{shown}");
        assert!(shown.contains("DNS:a.example") && shown.contains("Key Usage: critical"), "{shown}");
        // The same key again, and a key that is there is not overwritten.
        let again = v2gcrypt(&[&common[..], &["--key", &key]].concat());
        assert!(text(&again).starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
        assert_eq!(v2gcrypt(&[&common[..], &["--key-out", &key]].concat()).status.code(), Some(2));
    }
}

#[test]
fn a_request_that_the_profile_would_refuse_is_not_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let key = folder.join("never.key").to_str().unwrap().to_owned();
    for (profile, role, name) in [
        ("iso15118-2", "oem-provisioning", "WMI"),
        ("iso15118-2", "contract", "nobody"),
        ("iso15118-20", "secc", "DE-ICE"),
        ("iso15118-20", "evcc", ""),
        ("iso15118-2", "secc", ""),
    ] {
        let output = v2gcrypt(&["csr", "--profile", profile, "--role", role, "--cn", name, "--key-out", &key]);
        assert_eq!(output.status.code(), Some(2), "{profile} {role} {name}");
        assert!(output.stdout.is_empty() && !Path::new(&key).exists());
    }
    let country = ["csr", "--profile", "iso15118-2", "--role", "secc", "--cn", "A", "--country", "Germany", "--key-out", &key];
    assert_eq!(v2gcrypt(&country).status.code(), Some(2), "a country has two letters");
    assert!(!Path::new(&key).exists());
    let pki = pki("csr-key", "iso15118-2");
    let key = pki.join("secc/key.pem");
    let common = ["csr", "--profile", "iso15118-20", "--role", "cps", "--cn", "CPS", "--key", key.to_str().unwrap()];
    assert_eq!(v2gcrypt(&common).status.code(), Some(2), "a key on P-256 is none for -20");
}

#[test]
fn a_key_may_be_der_and_one_of_another_form_is_told_with_the_way_out() {
    use der::pem::{decode_vec, encode_string, LineEnding};
    let pki = pki("csr-key-forms", "iso15118-2");
    let (label, key) = decode_vec(&fs::read(pki.join("secc/key.pem")).unwrap()).map(|(l, d)| (l.to_owned(), d)).unwrap();
    assert_eq!(label, "PRIVATE KEY");
    let form = |label: &str| encode_string(label, LineEnding::LF, &key).unwrap().into_bytes();
    for (name, bytes, told) in [
        ("key.der", key.clone(), None),
        ("sec1.pem", form("EC PRIVATE KEY"), Some("openssl pkcs8")),
        ("encrypted.pem", form("ENCRYPTED PRIVATE KEY"), Some("encrypted")),
        ("request.pem", form("CERTIFICATE REQUEST"), Some("no PKCS#8 key")),
        ("noise", vec![0xff; 20], Some("neither PEM nor DER")),
    ] {
        let file = pki.join(name);
        fs::write(&file, bytes).unwrap();
        let common = ["csr", "--profile", "iso15118-2", "--role", "secc", "--cn", "A", "--key"];
        let output = v2gcrypt(&[&common[..], &[file.to_str().unwrap()]].concat());
        let problem = String::from_utf8(output.stderr).unwrap();
        match told {
            None => assert!(output.status.success(), "{name}: {problem}"),
            Some(told) => assert!(output.status.code() == Some(2) && problem.contains(told), "{name}: {problem}"),
        }
    }
}
