//! The example configuration of a vehicle does what it was made for.

use v2gcrypt_ffi_tests::build::{generate, Program, HOST};
use v2gcrypt_ffi_tests::workspace;

#[test]
fn contracts_are_imported_connections_get_keys_and_a_log_is_encrypted() {
    let configuration = generate("evcc-services", &[&workspace().join("arxml/evcc.arxml")]);
    let program = Program::new("evcc-services", &["ffi-tests/c/evcc_services.c", "ffi-tests/c/support.c"])
        .configuration(&configuration)
        .flags(&[&format!("-I{}", workspace().join("ffi-tests/demo").display())])
        .archive(&HOST.build());
    println!("{}", String::from_utf8_lossy(&program.run().stdout));
}
