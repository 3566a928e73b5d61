//! KeyM through its C interface, over the example configuration of a vehicle, with certificates of the program `openssl`.

use std::path::PathBuf;

use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::pki::Pki;
use v2gcrypt_ffi_tests::{tools, workspace};

fn configuration(name: &str) -> PathBuf {
    let files = ["evcc.arxml", "evcc_keym.arxml"].map(|file| workspace().join("arxml").join(file));
    generate(name, &[&files[0], &files[1]])
}

/// A station, a provisioning service, and a stranger.
fn station(name: &str) -> Option<Pki> {
    let pki = Pki::new(&scratch().join("pki").join(name))?;
    pki.root("root", "/C=DE/O=Test/DC=V2G/CN=V2G Root");
    pki.issue("sub1", "root", "sub1", "/C=DE/O=Test/CN=CPO Sub1", 2, 2000);
    pki.issue("sub2", "sub1", "sub2", "/C=DE/O=Test/CN=CPO Sub2", 3, 1000);
    pki.issue("secc", "sub2", "secc", "/C=DE/O=Test/CN=DEV2G0000001/DC=CPO", 4, 60);
    pki.issue("cps", "sub2", "cps", "/C=DE/O=Test/CN=CPS/DC=CPS", 5, 60);
    pki.root("other", "/C=DE/O=Other/DC=V2G/CN=Other Root");
    pki.issue("stranger", "other", "secc", "/C=DE/O=Other/CN=DEV2G0000009/DC=CPO", 4, 60);
    for (name, issuer, serial) in [("sub1", "root", 2), ("sub2", "sub1", 3), ("secc", "sub2", 4)] {
        let responder = format!("{name}-responder");
        pki.issue(&responder, issuer, "responder", &format!("/C=DE/O=Test/CN=Responder {name}"), 100 + serial, 60);
        pki.status(name, issuer, &responder, serial, false);
    }
    Some(pki)
}

#[test]
fn a_software_component_verifies_a_chain_through_the_rte() {
    let Some(pki) = station("swc") else { return };
    let configuration = configuration("keym-swc");
    let sources = ["ffi-tests/c/keym_swc.c", "ffi-tests/c/keym_swc_main.c", "ffi-tests/c/support.c"];
    let program = Program::new("keym_swc", &sources)
        .configuration(&configuration)
        .configuration(&configuration.join("rte"))
        // Its jobs belong to another component.
        .without("Csm_Rte.c")
        .without("Rte_Csm.c")
        .archive(&HOST.build());
    let nvm = scratch().join("keym-swc-nvm");
    let _ = std::fs::remove_dir_all(&nvm);
    let output = tools::run(program.start().arg(pki.folder()).env("V2GCRYPT_NV_DIR", &nvm));
    let output = String::from_utf8(output.stdout).expect("it prints text");
    println!("{output}");
    let checks = output.lines().find_map(|line| line.strip_prefix("keym_swc: ")?.split_whitespace().next()?.parse::<u32>().ok());
    assert!(checks.expect("it prints how many checks it made") >= 30);
    let source = std::fs::read_to_string(workspace().join(sources[0])).unwrap();
    let includes: Vec<_> = source.lines().filter_map(|line| line.strip_prefix("#include ")).collect();
    assert_eq!(includes, ["\"Rte_KeyM_Swc.h\"", "\"keym_swc.h\"", "\"support.h\""]);
}

#[test]
fn certificates_are_installed_verified_read_and_refused() {
    let Some(pki) = station("station") else { return };
    let program = Program::new("keym", &["ffi-tests/c/keym.c", "ffi-tests/c/support.c"])
        .configuration(&configuration("keym"))
        .archive(&HOST.build());
    let nvm = scratch().join("keym-nvm");
    let _ = std::fs::remove_dir_all(&nvm);
    let output = tools::run(program.start().arg(pki.folder()).env("V2GCRYPT_NV_DIR", &nvm));
    let output = String::from_utf8(output.stdout).expect("it prints text");
    println!("{output}");
    let checks = output.lines().find_map(|line| line.strip_prefix("keym: ")?.split_whitespace().next()?.parse::<u32>().ok());
    assert!(checks.expect("it prints how many checks it made") >= 100);
}
