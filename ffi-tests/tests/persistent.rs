//! The example configuration of a vehicle whose keys outlive a reset, over the NvM of a host.

use std::path::Path;

use v2gcrypt_crypto_driver::soft::nv::record::record_size;
use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::{tools, workspace};

fn arxml(name: &str) -> std::path::PathBuf {
    workspace().join("arxml").join(name)
}

#[test]
fn a_contract_key_outlives_a_reset() {
    let configuration = generate("evcc-nvm", &[&arxml("evcc.arxml"), &arxml("evcc_nvm.arxml")]);
    assert_outlives("evcc-nvm", &configuration);
}

#[test]
fn a_contract_key_outlives_a_reset_with_explicit_synchronisation() {
    let text = std::fs::read_to_string(arxml("evcc_nvm.arxml")).unwrap();
    let (before, after) = text.split_once("NvMBlockUseSyncMechanism</DEFINITION-REF>").unwrap();
    let text = format!("{before}NvMBlockUseSyncMechanism</DEFINITION-REF>{}", after.replace(">false<", ">true<"));
    let file = scratch().join("evcc_nvm_synchronised.arxml");
    std::fs::create_dir_all(scratch()).unwrap();
    std::fs::write(&file, text).unwrap();
    let configuration = generate("evcc-nvm-synchronised", &[&arxml("evcc.arxml"), &file]);
    assert!(std::fs::read_to_string(configuration.join("Crypto.h")).unwrap().contains("Crypto_NvBlock_ReadFrom_ContractBlock"));
    assert_outlives("evcc-nvm-synchronised", &configuration);
}

fn assert_outlives(name: &str, configuration: &Path) {
    let program = Program::new(name, &["ffi-tests/c/evcc_nvm.c", "ffi-tests/c/support.c"])
        .configuration(configuration)
        .flags(&[&format!("-I{}", workspace().join("ffi-tests/demo").display())])
        .archive(&HOST.build());
    let nvm = scratch().join(format!("{name}-files"));
    let _ = std::fs::remove_dir_all(&nvm);
    for step in ["write", "check", "check"] {
        tools::run(program.start().arg(step).env("V2GCRYPT_NV_DIR", &nvm));
    }
}

#[test]
fn the_generator_and_the_driver_agree_on_the_size_of_a_record() {
    let model = v2gcrypt_arxml::load(&[arxml("evcc.arxml"), arxml("evcc_nvm.arxml")]).unwrap();
    let mut compared = 0;
    for driver in &model.drivers {
        for block in &driver.nv_blocks {
            let sizes: Vec<u32> =
                driver.elements_of(driver.key_of(block)).filter(|element| element.persist).map(|element| element.size).collect();
            let expected = record_size(sizes.len() as u32, sizes.iter().sum()).unwrap();
            assert_eq!(driver.record_size_of(block), u64::from(expected), "{}", block.origin.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 6);
}

#[test]
fn what_a_host_cannot_read_now_is_not_taken_for_never_written() {
    // A failure that passes would otherwise let the driver write over the newest copy.
    let folder = scratch().join("nvm-host-files");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let program = Program::new("nvm_host", &["ffi-tests/c/nvm_host.c", "ffi-tests/c/support.c"]).archive(&HOST.build());
    tools::run(program.start().arg(&folder));
}
