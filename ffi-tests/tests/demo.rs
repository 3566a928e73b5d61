//! The C demo: a vehicle's side of Plug & Charge.

use v2gcrypt_ffi_tests::build::{generate, Program, HOST};
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
