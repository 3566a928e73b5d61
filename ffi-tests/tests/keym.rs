//! KeyM through its C interface, over the example configuration of a vehicle, with certificates of the program `openssl`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::Stdio;

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

/// What the program says; `answer` is called when it has written its request.
fn certified(program: &Program, name: &str, pki: &Pki, answer: impl FnOnce()) -> String {
    let nvm = scratch().join(format!("{name}-nvm"));
    let _ = std::fs::remove_dir_all(&nvm);
    let mut command = program.start();
    command.arg(pki.folder()).env("V2GCRYPT_NV_DIR", &nvm).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
    let mut said = String::new();
    while !said.ends_with("requested\n") && output.read_line(&mut said).expect("it prints text") > 0 {}
    answer();
    child.stdin.take().expect("its input is a pipe").write_all(b"\n").expect("it listens");
    output.read_to_string(&mut said).expect("it prints text");
    println!("{said}");
    assert!(child.wait().expect("it ends").success(), "{said}");
    said
}

/// Generate, export the request, import the certificate, use the key; the authority is `openssl`.
#[test]
fn a_provisioning_key_is_generated_requested_certified_and_used() {
    certify("keym_request", configuration("keym-request"), &[]);
}

/// The same program, with the key drawn in the HSM, where it stays.
#[test]
fn a_provisioning_key_is_generated_in_the_hsm_requested_certified_and_used_there() {
    let files = ["evcc.arxml", "evcc_keym.arxml", "evcc_hsm.arxml"].map(|file| workspace().join("arxml").join(file));
    let patient = workspace().join("ffi-tests/arxml/hsm_patient.arxml");
    let configuration = generate("keym-request-hsm", &[&files[0], &files[1], &files[2], &patient]);
    certify("keym_request_hsm", configuration, &["-DTEST_HSM", "-DCryptoHsm_Transport_Hsm=V2gcrypt_HsmSim_Transport"]);
}

fn certify(name: &str, configuration: PathBuf, flags: &[&str]) {
    let Some(pki) = Pki::new(&scratch().join("pki").join(name)) else { return };
    pki.root("oem", "/C=DE/O=OEM/CN=OEM Root");
    pki.issue("oem-sub1", "oem", "sub1", "/C=DE/O=OEM/CN=OEM Sub1", 2, 2000);
    pki.issue("oem-sub2", "oem-sub1", "sub2", "/C=DE/O=OEM/CN=OEM Sub2", 3, 1000);
    pki.issue("other", "oem-sub2", "provisioning", "/O=v2gcrypt/CN=WBAV2GCRYPT000001/DC=OEM", 4, 60);
    let program =
        Program::new(name, &["ffi-tests/c/keym_request.c", "ffi-tests/c/support.c"]).configuration(&configuration).flags(flags);
    let program = if flags.contains(&"-DTEST_HSM") { program.hsm() } else { program.archive(&HOST.build()) };
    let said = certified(&program, name, &pki, || {
        // What it asks for is what the configuration says, and signed with the key inside.
        let text = pki.request_text("provisioning.request");
        for part in ["verify OK", "WBAV2GCRYPT000001", "v2gcrypt", "DC", "OEM", "Digital Signature", "Key Agreement"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        pki.answer("provisioning", "oem-sub2", "provisioning", "provisioning.request", 5, 60);
    });
    let checks =
        said.lines().find_map(|line| line.strip_prefix("keym_request: ")?.split_whitespace().next()?.parse::<u32>().ok());
    assert!(checks.expect("it prints how many checks it made") >= 30);
}

/// With the example of a station as it is: no response speaks of a certificate that has just been made.
#[test]
fn a_station_takes_in_its_own_certificate_with_its_sub_cas() {
    let Some(pki) = Pki::new(&scratch().join("pki/own")) else { return };
    pki.root("root", "/C=DE/O=Test/DC=V2G/CN=V2G Root");
    pki.issue("sub1", "root", "sub1", "/C=DE/O=Test/CN=CPO Sub1", 2, 2000);
    pki.issue("sub2", "sub1", "sub2", "/C=DE/O=Test/CN=CPO Sub2", 3, 1000);
    let files = ["secc.arxml", "secc_keym.arxml"].map(|file| workspace().join("arxml").join(file));
    let program = Program::new("keym_station", &["ffi-tests/c/keym_station.c", "ffi-tests/c/support.c"])
        .configuration(&generate("keym-station", &[&files[0], &files[1]]))
        .archive(&HOST.build());
    let said = certified(&program, "keym_station", &pki, || {
        let text = pki.request_text("secc.request");
        for part in ["verify OK", "DEV2G0000001", "CPO"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        pki.answer("secc", "sub2", "secc", "secc.request", 4, 60);
        let chain = ["secc.der", "sub1.der", "sub2.der"].map(|file| std::fs::read(pki.folder().join(file)).unwrap());
        std::fs::write(pki.folder().join("secc.chain"), chain.concat()).unwrap();
    });
    let checks =
        said.lines().find_map(|line| line.strip_prefix("keym_station: ")?.split_whitespace().next()?.parse::<u32>().ok());
    assert!(checks.expect("it prints how many checks it made") >= 20);
}
