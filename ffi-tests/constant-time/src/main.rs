//! Does what the driver does depend on a secret's value? valgrind knows: secrets are marked undefined, and memcheck reports
//! every jump and every address that depends on them.
//!
//! Run without arguments, the program starts itself under valgrind, once per scenario, and judges what memcheck reports: a place
//! in this project's code fails, unless [`DECLASSIFIED`] says why it may know; a place inside an engine is listed.
#![allow(unsafe_code)]

#[path = "../../../crypto-driver/tests/common/mod.rs"]
mod common;
mod judge;
mod scenarios;

use scenarios::SCENARIOS;

fn main() {
    match std::env::args().nth(1) {
        None => judge::all(),
        Some(name) => {
            let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name).expect("a scenario of that name");
            assert!(crabgrind::valgrind::running_mode().is_valgrind(), "scenarios run under valgrind");
            (scenario.run)();
            judge::print_cpu();
        }
    }
}
