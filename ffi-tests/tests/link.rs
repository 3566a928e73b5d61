//! What links, what must not, and whose callouts win.

use std::process::Output;

use v2gcrypt_ffi_tests::build::{generate, Archive, Program, HOST, HOST_ENUM_INT, STACK, TARGET};
use v2gcrypt_ffi_tests::workspace;

fn program(name: &str, archive: &Archive, flags: &[&str]) -> Program {
    let configuration = generate(name, &[&workspace().join("ffi-tests/arxml/services.arxml")]);
    Program::new(name, &["ffi-tests/c/link.c"]).configuration(&configuration).archive(&archive.build()).flags(flags)
}

/// Compiles and links what must not link, and returns what the tools said.
fn refused(name: &str, archive: &Archive, flags: &[&str]) -> String {
    let (mut command, _) = program(name, archive, flags).command();
    let Output { status, stderr, .. } = command.output().expect("the compiler runs");
    assert!(!status.success(), "it links");
    String::from_utf8_lossy(&stderr).into_owned()
}

#[test]
fn a_configuration_for_int_enumerations_does_not_link_with_a_library_for_bytes() {
    let errors = refused("link-int-config", &HOST, &["-DV2GCRYPT_ENUM_INT"]);
    assert!(errors.contains("V2gcrypt_Abi_R22_11_EnumInt"), "{errors}");
}

#[test]
fn a_configuration_for_byte_enumerations_does_not_link_with_a_library_for_int() {
    let errors = refused("link-int-library", &HOST_ENUM_INT, &[]);
    assert!(errors.contains("V2gcrypt_Abi_R22_11_EnumUint8"), "{errors}");
}

#[test]
fn a_program_with_all_callouts_of_its_own_links_with_the_host_archive_and_its_callouts_win() {
    program("link-host", &HOST, &[]).run();
}

#[test]
fn a_program_with_all_callouts_of_its_own_links_with_the_plain_archive() {
    program("link-plain", &STACK, &[]).run();
}

#[test]
fn a_program_links_with_the_archive_without_std_when_it_brings_the_panic_callout() {
    program("link-target", &TARGET, &["-DWITHOUT_STD"]).run();
}
