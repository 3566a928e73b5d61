//! Threads, and memory.

use std::path::PathBuf;

use v2gcrypt_ffi_tests::build::{generate, Program, HOST};
use v2gcrypt_ffi_tests::workspace;

fn program(name: &str, sources: &[&str]) -> Program {
    let arxml: PathBuf = workspace().join("ffi-tests/arxml/services.arxml");
    let common = ["stack.c", "support.c", "entropy.c", "vectors.c"];
    let sources: Vec<String> = sources.iter().chain(&common).map(|source| format!("ffi-tests/c/{source}")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    Program::new(name, &sources).configuration(&generate(name, &[&arxml])).archive(&HOST.build())
}

#[test]
fn threads_get_right_results_and_one_callback_for_each_accepted_job() {
    println!("{}", String::from_utf8_lossy(&program("parallel", &["parallel.c"]).run().stdout));
}

#[test]
fn nothing_is_allocated_by_any_service() {
    // The counting functions stand before glibc's, which a sanitizer or valgrind replaces itself.
    if !cfg!(target_env = "gnu") || v2gcrypt_ffi_tests::build::is_instrumented() {
        return;
    }
    let sources = ["allocations.c", "services.c", "services_keys.c", "services_queues.c", "areas.c"];
    // Only services.c has a main function to rename: the other one is called from it.
    let program = program("allocations", &sources).flags(&["-Dmain=Services_Main"]);
    println!("{}", String::from_utf8_lossy(&program.run().stdout));
}
