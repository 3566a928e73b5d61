//! A driver in C, as docs/driver.md tells, beside ours.

use std::fs;

use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::workspace;

/// The station's configuration, with somebody else's driver for signatures.
fn configuration() -> String {
    let text = fs::read_to_string(workspace().join("arxml/secc.arxml")).expect("the example can be read");
    let (before, driver) = text.split_once("<SHORT-NAME>CryptoAsymmetric</SHORT-NAME>").expect("the driver is there");
    let with = |driver: String, definition: &str, old: &str, new: &str| {
        let at = driver.find(definition).expect(definition);
        let (head, tail) = driver.split_at(at);
        let changed = tail.replacen(&format!("<VALUE>{old}</VALUE>"), &format!("<VALUE>{new}</VALUE>"), 1);
        format!("{head}{changed}")
    };
    let driver = with(driver.to_string(), "/CryptoVendorId<", "0", "77");
    let driver = with(driver, "/CryptoVendorApiInfix<", "Asymmetric", "Own");
    let driver = with(driver, "/CryptoImplementation<", "SOFT", "EXTERNAL");
    format!("{before}<SHORT-NAME>CryptoAsymmetric</SHORT-NAME>{driver}")
}

#[test]
fn a_driver_in_c_is_served_by_csm_and_cryif_beside_the_soft_one() {
    let folder = scratch().join("arxml");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let arxml = folder.join("own_driver.arxml");
    fs::write(&arxml, configuration()).expect("the configuration can be written");
    let sources = ["own_driver/main.c", "own_driver/Crypto_77_Own.c", "support.c"].map(|source| format!("ffi-tests/c/{source}"));
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let include = format!("-I{}", workspace().join("ffi-tests/c/own_driver").display());
    let program = Program::new("own_driver", &sources).flags(&[&include]);
    let output = program.configuration(&generate("own_driver", &[&arxml])).archive(&HOST.build()).run();
    println!("{}", String::from_utf8_lossy(&output.stdout));
}
