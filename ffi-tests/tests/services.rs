//! All services through Csm, over configurations that the generator wrote.

use std::path::{Path, PathBuf};

use v2gcrypt_ffi_tests::build::{generate, Archive, Program, HOST, HOST_ENUM_INT};
use v2gcrypt_ffi_tests::workspace;

const SOURCES: &[&str] = &[
    "ffi-tests/c/services.c",
    "ffi-tests/c/services_keys.c",
    "ffi-tests/c/services_queues.c",
    "ffi-tests/c/stack.c",
    "ffi-tests/c/areas.c",
    "ffi-tests/c/support.c",
    "ffi-tests/c/entropy.c",
    "ffi-tests/c/vectors.c",
];

fn arxml(name: &str) -> PathBuf {
    workspace().join("ffi-tests/arxml").join(name)
}

/// Runs the program and returns how many checks it made.
fn run(name: &str, files: &[&str], archive: &Archive, flags: &[&str]) -> u32 {
    let files: Vec<_> = files.iter().map(|file| arxml(file)).collect();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let program = Program::new(name, SOURCES).configuration(&generate(name, &files)).archive(&archive.build()).flags(flags);
    let output = String::from_utf8(program.run().stdout).expect("it prints text");
    println!("{output}");
    let checks = output.lines().find_map(|line| line.strip_prefix("services: ")?.split_whitespace().next()?.parse().ok());
    checks.expect("it prints how many checks it made")
}

#[test]
fn every_service_works_in_every_mode_through_csm() {
    assert!(run("services", &["services.arxml"], &HOST, &[]) > 3000);
}

#[test]
fn a_policy_in_a_second_file_lets_messages_be_empty() {
    assert!(run("services-tolerant", &["services.arxml", "tolerate_empty.arxml"], &HOST, &[]) > 3000);
}

#[test]
fn another_root_other_names_other_order_and_shuffled_ids_give_the_same_stack() {
    assert!(run("services-renamed", &["services_renamed.arxml"], &HOST, &["-DNAMES_RENAMED"]) > 3000);
}

#[test]
fn every_service_works_with_enumerations_as_wide_as_int() {
    assert!(run("services-enum-int", &["services.arxml"], &HOST_ENUM_INT, &["-DV2GCRYPT_ENUM_INT"]) > 3000);
}
