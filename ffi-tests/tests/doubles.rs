//! Each of our modules between modules that are written in C.

use v2gcrypt_ffi_tests::build::{generate, Program, HOST};
use v2gcrypt_ffi_tests::workspace;

fn program(name: &str, sources: &[&str]) -> Program {
    let folder = "ffi-tests/c/doubles/";
    let own = sources.iter().map(|source| format!("{folder}{source}"));
    let common = ["support.c", "vectors.c", "entropy.c"].map(|source| format!("ffi-tests/c/{source}"));
    let sources: Vec<String> = own.chain(common).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    Program::new(name, &sources).archive(&HOST.build())
}

fn run(program: &Program) {
    println!("{}", String::from_utf8_lossy(&program.run().stdout));
}

#[test]
fn our_csm_works_over_a_cryif_in_c_and_hands_down_what_it_was_given() {
    run(&program("csm_over_c", &["csm_over_c.c", "csm_config.c"]));
}

#[test]
fn our_cryif_works_between_a_csm_in_c_and_drivers_in_c() {
    run(&program("cryif_over_c", &["cryif_over_c.c", "cryif_config.c"]));
}

#[test]
fn a_csm_in_c_works_over_our_cryif_and_our_driver() {
    let configuration = generate("c_over_cryif", &[&workspace().join("ffi-tests/arxml/services.arxml")]);
    run(&program("c_over_cryif", &["c_over_cryif.c"]).configuration(&configuration).without("Csm_Cfg.c"));
}

#[test]
fn each_accepted_job_gets_one_callback_off_the_callers_stack_wherever_and_whenever_the_driver_ends_it() {
    run(&program("callbacks", &["callbacks.c", "fake_driver.c", "csm_config.c", "cryif_config.c"]));
}
