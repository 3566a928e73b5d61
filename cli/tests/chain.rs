//! `v2gcrypt pki create` and `v2gcrypt chain verify` as a user calls them, and what openssl says of the same files.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use common::openssl::available;

const PROFILES: [&str; 3] = ["iso15118-2", "iso15118-20", "iso15118-20-amd1"];
/// Roles and the root that their chains end in.
const LEAFS: [(&str, &str); 6] = [
    ("secc", "v2g-root"),
    ("contract", "mo-root"),
    ("oem-provisioning", "oem-root"),
    ("cps", "v2g-root"),
    ("ocsp", "v2g-root"),
    ("evcc", "oem-root"),
];

fn v2gcrypt(arguments: &[&str], files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_v2gcrypt")).args(arguments).args(files).output().unwrap()
}

/// The PKI of a profile, made once.
fn pki(profile: &str) -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let all = MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pki");
        let _ = fs::remove_dir_all(&folder);
        for profile in PROFILES {
            let output = v2gcrypt(&["pki", "create", "--profile", profile, "--out"], &[&folder.join(profile)]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let told = String::from_utf8(output.stdout).unwrap();
            assert!(told.lines().count() > 100 && told.lines().all(|line| Path::new(line).is_file()));
        }
        folder
    });
    all.join(profile)
}

fn verify(anchor: &Path, profile: &str, role: &str, more: &[&str], files: &[&Path]) -> (Option<i32>, String) {
    let mut arguments = vec!["chain", "verify", "--profile", profile, "--role", role, "--anchor", anchor.to_str().unwrap()];
    arguments.extend(more);
    let output = v2gcrypt(&arguments, files);
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), told)
}

/// The chains that a profile has a role for.
fn leafs(profile: &str) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
    LEAFS.into_iter().filter(move |(role, _)| (profile, *role) != ("iso15118-2", "evcc"))
}

#[test]
fn every_chain_of_a_created_pki_is_valid_for_its_role_and_no_other() {
    for profile in PROFILES {
        let pki = pki(profile);
        for (leaf, root) in leafs(profile) {
            for (role, _) in leafs(profile) {
                let anchor = pki.join(root).join("cert.pem");
                let (code, told) = verify(&anchor, profile, role, &[], &[&pki.join(leaf).join("chain.pem")]);
                assert_eq!(code, Some(i32::from(leaf != role)), "{profile} {leaf} as {role}: {told}");
                assert_eq!(told.starts_with("valid until "), leaf == role, "{told}");
            }
        }
    }
}

#[test]
fn a_sub_ca_per_file_in_any_order_and_der_do_as_well_as_a_chain() {
    let pki = pki("iso15118-2");
    let der = |name: &str| {
        let pem = fs::read_to_string(pki.join(name).join("cert.pem")).unwrap();
        let file = pki.join(name).join("cert.der");
        fs::write(&file, der::pem::decode_vec(pem.trim_end().as_bytes()).unwrap().1).unwrap();
        file
    };
    let (anchor, leaf, sub2) = (der("v2g-root"), der("secc"), der("cpo-sub2"));
    let sub1 = pki.join("cpo-sub1/cert.pem");
    let (code, told) = verify(&anchor, "iso15118-2", "secc", &[], &[&leaf, &sub1, &pki.join("contract/chain.pem"), &sub2]);
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = verify(&anchor, "iso15118-2", "secc", &[], &[&leaf, &sub1]);
    assert_eq!(code, Some(1));
    assert!(told.contains(": issuer-unknown: "), "{told}");
}

#[test]
fn several_anchors_stand_behind_one_option_or_several_and_the_last_may_be_followed_by_the_leaf() {
    let pki = pki("iso15118-2");
    let file = |name: &str| pki.join(name).to_str().unwrap().to_owned();
    let (v2g, mo, leaf) = (file("v2g-root/cert.pem"), file("mo-root/cert.pem"), file("secc/chain.pem"));
    let rest = ["--profile", "iso15118-2", "--role", "secc"];
    for anchors in [vec!["--anchor", &mo, &v2g], vec!["--anchor", &mo, "--anchor", &v2g]] {
        for (order, arguments) in [
            ("anchors first", [&["chain", "verify"], &anchors[..], &rest, &[leaf.as_str()]].concat()),
            ("leaf first", [&["chain", "verify", &leaf][..], &rest, &anchors].concat()),
        ] {
            assert_eq!(v2gcrypt(&arguments, &[]).status.code(), Some(0), "{order} {anchors:?}");
        }
    }
    let leaf_last = [&["chain", "verify"][..], &rest, &["--anchor", &mo, "--anchor", &v2g, &leaf]].concat();
    assert_eq!(v2gcrypt(&leaf_last, &[]).status.code(), Some(0));
}

#[test]
fn every_defect_is_refused_with_its_rule_in_a_line_that_names_certificate_and_requirement() {
    for profile in PROFILES {
        let pki = pki(profile);
        let mut count = 0;
        for defect in fs::read_dir(pki.join("defects")).unwrap() {
            let folder = defect.unwrap().path();
            let reason = fs::read_to_string(folder.join("reason.txt")).unwrap();
            let field = |name: &str| reason.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
            let (role, rule) = (field("role: "), field("rule: "));
            let root = LEAFS.iter().find(|(leaf, _)| *leaf == role).unwrap().1;
            let chain = folder.join("chain.pem");
            let evidence: Vec<String> = [("--crl", "crl.pem"), ("--ocsp", "ocsp.der")]
                .into_iter()
                .filter(|(_, file)| folder.join(file).exists())
                .flat_map(|(option, file)| [option.to_owned(), folder.join(file).to_str().unwrap().to_owned()])
                .collect();
            let evidence: Vec<&str> = evidence.iter().map(String::as_str).collect();
            let (code, told) = verify(&pki.join(root).join("cert.pem"), profile, &role, &evidence, &[&chain]);
            let place = chain.to_str().unwrap();
            let named =
                told.lines().any(|line| line.starts_with(place) && line.contains(&format!(": {rule}: ")) && line.contains('('));
            assert!(code == Some(1) && named, "{profile} {folder:?} {code:?}: {told}");
            count += 1;
        }
        assert!(count >= 25, "{count} defects");
    }
}

#[test]
fn status_is_judged_where_it_is_told_and_asked_for_where_it_must_be_told() {
    for profile in ["iso15118-2", "iso15118-20"] {
        let pki = pki(profile);
        let (anchor, chain) = (pki.join("v2g-root/cert.pem"), pki.join("secc/chain.pem"));
        let file = |name: &str| pki.join(name).to_str().unwrap().to_owned();
        let [leaf, sub2, sub1] = ["secc/ocsp.der", "cpo-sub2/ocsp.der", "cpo-sub1/ocsp.der"].map(file);
        let all = ["--revocation", "hard", "--ocsp", &leaf, "--ocsp", &sub2, "--ocsp", &sub1];
        let (code, told) = verify(&anchor, profile, "secc", &all, &[&chain]);
        assert_eq!(code, Some(0), "{told}");
        assert_eq!(told.matches("] not revoked: ").count(), 3, "{told}");
        let (code, told) = verify(&anchor, profile, "secc", &all[..6], &[&chain]);
        assert_eq!(code, Some(1));
        assert!(told.contains("(CN=CPO Sub-CA 1): status-unknown: "), "{told}");
        let [lists2, lists1, lists0] = ["cpo-sub2/crl.pem", "cpo-sub1/crl.pem", "v2g-root/crl.pem"].map(file);
        let lists = ["--revocation", "hard", "--crl", &lists2, "--crl", &lists1, "--crl", &lists0];
        let (code, told) = verify(&anchor, profile, "secc", &lists, &[&chain]);
        assert_eq!(code, Some(0), "{told}");
    }
}

#[test]
fn time_decides_and_a_switch_tolerates_what_it_names() {
    let pki = pki("iso15118-2");
    let (anchor, chain) = (pki.join("v2g-root/cert.pem"), pki.join("secc/chain.pem"));
    for (time, rule) in [("2000-01-01T00:00:00Z", "not-yet-valid"), ("2200-01-01T00:00:00+01:00", "expired")] {
        let (code, told) = verify(&anchor, "iso15118-2", "secc", &["--time", time], &[&chain]);
        assert_eq!(code, Some(1));
        assert!(told.contains(&format!(": {rule}: ")), "{told}");
    }
    let contract = pki.join("defects/bad-emaid/chain.pem");
    let anchor = pki.join("mo-root/cert.pem");
    let (code, told) = verify(&anchor, "iso15118-2", "contract", &["--tolerate", "other-names"], &[&contract]);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn wrong_arguments_and_files_that_cannot_be_read_are_told_with_code_2() {
    let pki = pki("iso15118-2");
    let (anchor, chain) = (pki.join("v2g-root/cert.pem"), pki.join("secc/chain.pem"));
    let good = (anchor.as_path(), "iso15118-2", "secc");
    let absent = pki.join("absent.pem");
    let key = pki.join("secc/key.pem");
    let response = pki.join("secc/ocsp.der");
    let list = pki.join("half.crl");
    fs::write(&list, [0x30, 0x82, 0x01, 0x00, 0x30]).unwrap();
    for (arguments, (code, told)) in [
        ("absent leaf", verify(good.0, good.1, good.2, &[], &[&absent])),
        ("a key as leaf", verify(good.0, good.1, good.2, &[], &[&key])),
        ("absent anchor", verify(&absent, good.1, good.2, &[], &[&chain])),
        ("absent list", verify(good.0, good.1, good.2, &["--crl", absent.to_str().unwrap()], &[&chain])),
        ("a response as list", verify(good.0, good.1, good.2, &["--crl", response.to_str().unwrap()], &[&chain])),
        ("half a list", verify(good.0, good.1, good.2, &["--crl", list.to_str().unwrap()], &[&chain])),
        ("a list as response", verify(good.0, good.1, good.2, &["--ocsp", list.to_str().unwrap()], &[&chain])),
        ("a response as anchor", verify(&response, good.1, good.2, &[], &[&chain])),
        ("no leaf", verify(good.0, good.1, good.2, &[], &[])),
        ("unknown profile", verify(good.0, "iso15118", good.2, &[], &[&chain])),
        ("unknown role", verify(good.0, good.1, "cso", &[], &[&chain])),
        ("no time", verify(good.0, good.1, good.2, &["--time", "today"], &[&chain])),
    ] {
        assert_eq!(code, Some(2), "{arguments}: {told}");
        assert!(told.starts_with("error: "), "{arguments}: {told}");
    }
    let output = v2gcrypt(&["pki", "create", "--profile", "iso15118-2", "--out"], &[&chain]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_list_that_proves_nothing_is_told_where_no_proof_is_asked_for() {
    let pki = pki("iso15118-2");
    let (anchor, chain) = (pki.join("v2g-root/cert.pem"), pki.join("secc/chain.pem"));
    let list = pki.join("defects/revoked/crl.pem");
    let list = ["--crl", list.to_str().unwrap()];
    let good = pki.join("cpo-sub2/crl.pem");
    let (code, told) = verify(&anchor, "iso15118-2", "secc", &["--crl", good.to_str().unwrap()], &[&chain]);
    assert_eq!((code, told.contains("warning")), (Some(0), false), "{told}");
    // Beyond nextUpdate.
    let later = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() + 40 * 24 * 3600;
    let later = der::DateTime::from_unix_duration(std::time::Duration::from_secs(later)).unwrap().to_string();
    let (code, told) = verify(&anchor, "iso15118-2", "secc", &[&["--time", &later], &list[..]].concat(), &[&chain]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("warning: of no use: ") && told.contains("crl-stale"), "{told}");
}

#[test]
fn a_chain_may_come_from_the_standard_input() {
    let pki = pki("iso15118-2");
    let anchor = pki.join("v2g-root/cert.pem");
    let mut child = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"))
        .args(["chain", "verify", "--profile", "iso15118-2", "--role", "secc", "--anchor", anchor.to_str().unwrap(), "-"])
        .stdin(Stdio::from(fs::File::open(pki.join("secc/chain.pem")).unwrap()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_an_error_and_no_panic() {
    let pki = pki("iso15118-2");
    let anchor = pki.join("v2g-root/cert.pem");
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    for arguments in [vec!["inspect"], vec!["chain", "verify", "--profile", "iso15118-2", "--anchor", anchor.to_str().unwrap()]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"));
        let output = command.args(&arguments).arg(pki.join("secc/chain.pem")).stdout(full()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.starts_with("error: ") && !told.contains("panicked"), "{told}");
    }
}

#[test]
fn a_file_among_the_issuers_that_is_no_certificate_is_passed_over_and_told() {
    let pki = pki("iso15118-2");
    let (anchor, chain, response) = (pki.join("v2g-root/cert.pem"), pki.join("secc/chain.pem"), pki.join("secc/ocsp.der"));
    let files = [anchor.as_path(), &chain, &response];
    let output = v2gcrypt(&["chain", "verify", "--profile", "iso15118-2", "--role", "secc", "--anchor"], &files);
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("warning: ") && told.contains("ocsp.der: passed over"), "{told}");
}

#[test]
fn a_seed_makes_the_same_pki_again() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for name in ["seed-a", "seed-b"] {
        let arguments = ["pki", "create", "--profile", "iso15118-20", "--seed", "s", "--time", "2026-01-01T00:00:00Z", "--out"];
        assert!(v2gcrypt(&arguments, &[&folder.join(name)]).status.success());
    }
    for file in ["secc/chain.pem", "secc/key.pem", "defects/revoked/crl.pem"] {
        assert_eq!(fs::read(folder.join("seed-a").join(file)).unwrap(), fs::read(folder.join("seed-b").join(file)).unwrap());
    }
}

#[test]
fn openssl_accepts_the_chains_lists_and_responses_of_a_created_pki() {
    if !available() {
        return;
    }
    let run = |arguments: &[&str]| {
        let output = Command::new("openssl").args(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {told}");
        told
    };
    for profile in PROFILES {
        let pki = pki(profile);
        let file = |name: &str| pki.join(name).to_str().unwrap().to_owned();
        for (leaf, root) in LEAFS {
            let (chain, cert, root) =
                (file(&format!("{leaf}/chain.pem")), file(&format!("{leaf}/cert.pem")), file(&format!("{root}/cert.pem")));
            // OpenSSL does not know that key identifiers are critical in -20:2022.
            run(&["verify", "-ignore_critical", "-check_ss_sig", "-CAfile", &root, "-untrusted", &chain, &cert]);
            let key = run(&["pkey", "-in", &file(&format!("{leaf}/key.pem")), "-pubout"]);
            assert_eq!(key, run(&["x509", "-in", &cert, "-noout", "-pubkey"]));
        }
        if profile != "iso15118-20-amd1" {
            let told = run(&["crl", "-in", &file("cpo-sub2/crl.pem"), "-noout", "-CAfile", &file("cpo-sub2/cert.pem")]);
            assert!(told.contains("verify OK"), "{told}");
        }
        for (name, issuer) in [("secc", "cpo-sub2"), ("cpo-sub2", "cpo-sub1"), ("contract", "mo-sub2")] {
            let told = run(&[
                "ocsp",
                "-respin",
                &file(&format!("{name}/ocsp.der")),
                "-issuer",
                &file(&format!("{issuer}/cert.pem")),
                "-cert",
                &file(&format!("{name}/cert.pem")),
                "-CAfile",
                &file(&format!("{issuer}/cert.pem")),
                "-partial_chain",
                "-ignore_critical",
                "-no_nonce",
                "-trust_other",
                "-verify_other",
                &file(&format!("{issuer}/cert.pem")),
            ]);
            assert!(told.contains("Response verify OK") && told.contains("cert.pem: good"), "{told}");
        }
    }
}
