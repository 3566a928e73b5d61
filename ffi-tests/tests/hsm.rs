//! Keys in a simulated HSM, by ARXML alone: programs that know nothing of it run unchanged. `crypto-driver/hsm-firmware/qemu.sh` runs them with
//! the emulated Cortex-M3 in its place.

use std::path::PathBuf;

use v2gcrypt_ffi_tests::build::{generate, scratch, Program};
use v2gcrypt_ffi_tests::{tools, workspace};

/// The HSM's transport is the simulator's.
const SIMULATOR: &str = "-DCryptoHsm_Transport_Hsm=V2gcrypt_HsmSim_Transport";

fn arxml(name: &str) -> PathBuf {
    workspace().join("arxml").join(name)
}

/// A HSM that is simulated on a busy machine takes its time.
fn patient() -> PathBuf {
    workspace().join("ffi-tests/arxml/hsm_patient.arxml")
}

/// The vehicle with its whole driver in the HSM: hashes, random numbers and MACs, too.
fn whole() -> PathBuf {
    let text = std::fs::read_to_string(arxml("evcc.arxml")).unwrap();
    let path = "/AUTOSAR/EcucDefs/Crypto/CryptoGeneral/CryptoImplementation";
    let parameter = format!(
        "<ECUC-TEXTUAL-PARAM-VALUE><DEFINITION-REF DEST=\"ECUC-ENUMERATION-PARAM-DEF\">{path}</DEFINITION-REF><VALUE>HSM</VALUE>\
         </ECUC-TEXTUAL-PARAM-VALUE>"
    );
    let patient = std::fs::read_to_string(patient()).unwrap();
    let (_, timeouts) = patient.split_once("<PARAMETER-VALUES>").unwrap();
    let (timeouts, _) = timeouts.split_once("</PARAMETER-VALUES>").unwrap();
    let (before, after) = text.split_once("<SHORT-NAME>CryptoGeneral</SHORT-NAME>").unwrap();
    let after = after.replacen("<PARAMETER-VALUES>", &format!("<PARAMETER-VALUES>{parameter}{timeouts}"), 1);
    // A slot takes no shorter key.
    let (head, tail) = after.split_once("<SHORT-NAME>HmacKeyElement</SHORT-NAME>").unwrap();
    let tail = tail.replacen("<VALUE>true</VALUE>", "<VALUE>false</VALUE>", 1);
    let text = format!("{before}<SHORT-NAME>CryptoGeneral</SHORT-NAME>{head}<SHORT-NAME>HmacKeyElement</SHORT-NAME>{tail}");
    std::fs::create_dir_all(scratch()).unwrap();
    let file = scratch().join("evcc_in_hsm.arxml");
    std::fs::write(&file, text).unwrap();
    file
}

fn services(name: &str) -> Program {
    Program::new(name, &["ffi-tests/c/evcc_services.c", "ffi-tests/c/support.c"])
        .flags(&[&format!("-I{}", workspace().join("ffi-tests/demo").display())])
}

#[test]
fn contracts_are_imported_into_a_hsm_by_the_program_that_imports_them_elsewhere() {
    let configuration = generate("evcc-hsm-services", &[&arxml("evcc.arxml"), &arxml("evcc_hsm.arxml"), &patient()]);
    let program = services("evcc-hsm-services").hsm().configuration(&configuration).flags(&["-DTEST_HSM", SIMULATOR]);
    println!("{}", String::from_utf8_lossy(&program.run().stdout));
}

#[test]
fn connections_get_keys_and_a_log_is_encrypted_with_the_whole_driver_in_the_hsm() {
    let configuration = generate("evcc-in-hsm-services", &[&whole()]);
    let transport = "-DCryptoHsm_Transport=V2gcrypt_HsmSim_Transport";
    let program = services("evcc-in-hsm-services").hsm().configuration(&configuration).flags(&["-DTEST_HSM_ALL", transport]);
    println!("{}", String::from_utf8_lossy(&program.run().stdout));
}

#[test]
fn a_key_that_the_hsm_draws_signs_outlives_its_restarts_and_never_leaves_it() {
    let configuration = generate("evcc-hsm", &[&arxml("evcc.arxml"), &arxml("evcc_hsm.arxml"), &patient()]);
    let program = Program::new("evcc_hsm", &["ffi-tests/c/evcc_hsm.c", "ffi-tests/c/support.c"])
        .configuration(&configuration)
        .flags(&["-DTEST_HSM", SIMULATOR, &format!("-I{}", workspace().join("ffi-tests/demo").display())])
        .hsm();
    let flash = scratch().join("evcc-hsm.flash");
    let _ = std::fs::remove_file(&flash);
    for argument in ["first", "later"] {
        let output = tools::run(program.start().arg(argument).env("V2GCRYPT_HSM_FLASH", &flash));
        println!("{}", String::from_utf8_lossy(&output.stdout));
    }
}
