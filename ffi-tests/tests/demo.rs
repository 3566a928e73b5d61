//! The C demo: a vehicle's side of Plug & Charge.

use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::workspace;

#[test]
fn the_demo_in_c_verifies_the_signature_of_annex_j2_and_notices_a_flipped_bit() {
    let configuration = generate("demo", &[&workspace().join("arxml/evcc.arxml")]);
    let sources = ["ffi-tests/demo/evcc.c", "ffi-tests/demo/port_host.c"];
    let output = Program::new("demo", &sources).configuration(&configuration).archive(&HOST.build()).run();
    let text = String::from_utf8(output.stdout).expect("it prints text");
    println!("{text}");
    assert!(text.contains("Annex J.2 signature: CRYPTO_E_VER_OK"));
    assert!(text.contains("One bit flipped: CRYPTO_E_VER_NOT_OK"));
    assert!(text.contains("demo: all steps passed"));
}

#[test]
fn the_thirty_lines_of_the_readme_tell_genuine_from_forged() {
    let readme = std::fs::read_to_string(workspace().join("README.md")).expect("the README is there");
    let lines = readme.split("```c\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has C");
    let file = scratch().join("readme.c");
    std::fs::create_dir_all(scratch()).expect("the folder can be made");
    std::fs::write(&file, lines).expect("the file can be written");
    let file = file.to_str().expect("a plain path");
    let configuration = generate("readme", &[&workspace().join("arxml/evcc.arxml")]);
    let demo = format!("-I{}", workspace().join("ffi-tests/demo").display());
    Program::new("readme", &[file, "ffi-tests/c/readme_main.c"])
        .configuration(&configuration)
        .flags(&[&demo])
        .archive(&HOST.build())
        .run();
}
