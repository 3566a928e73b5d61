//! `v2gcrypt demo` and `v2gcrypt hsm`: keys in a simulated HSM, whose flash is a file.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn v2gcrypt(arguments: &[&str], flash: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"));
    command.args(arguments);
    if let Some(flash) = flash {
        command.arg("--flash").arg(flash);
    }
    command.output().unwrap()
}

fn text(output: &Output) -> String {
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", told(&output.stdout), told(&output.stderr));
    told(&output.stdout)
}

/// A flash that nobody has used.
fn flash(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn the_demo_passes_with_keys_in_the_soft_driver_and_in_the_simulated_hsm() {
    for (arguments, place) in [
        (&["demo"][..], "a simulated HSM"),
        (&["demo", "--hsm", "sim"], "a simulated HSM"),
        (&["demo", "--hsm", "soft"], "the soft driver"),
    ] {
        let told = text(&v2gcrypt(arguments, None));
        assert!(told.lines().next().unwrap().ends_with(&format!("keys in {place}")), "{told}");
        assert!(told.ends_with("demo: all steps passed\n"), "{told}");
    }
}

#[test]
fn keys_of_the_demo_stay_in_the_flash_and_looking_at_them_changes_nothing() {
    let flash = flash("demo.flash");
    text(&v2gcrypt(&["demo", "--hsm", "sim"], Some(&flash)));
    let before = std::fs::read(&flash).unwrap();
    // The contract key and the one to sign with are kept: of the others the slot alone.
    let keys = text(&v2gcrypt(&["hsm", "keys"], Some(&flash)));
    let line = |number: &str| keys.lines().find(|line| line.trim_start().starts_with(&format!("{number}  "))).unwrap_or_default();
    assert!(line("0").contains("private key on P256") && line("0").ends_with(" valid"), "{keys}");
    assert!(line("1").contains("public key on P256") && line("1").ends_with(" empty"), "{keys}");
    assert!(line("5").contains("private key on P256") && line("5").ends_with(" empty"), "{keys}");
    assert_eq!(keys.lines().count(), 9, "{keys}");
    let status = text(&v2gcrypt(&["hsm", "status"], Some(&flash)));
    for part in ["life cycle  factory", "P-256, P-384, P-521, Ed25519", "slots       32", "tampered    0", "test key"] {
        assert!(status.contains(part), "{part}: {status}");
    }
    assert!(std::fs::read(&flash).unwrap() == before, "looking has changed the flash");
    // The private scalar of Annex J.2 is in no file.
    let scalar = [0xB9, 0x13, 0x49, 0x63, 0xF5, 0x1C, 0x44, 0x14];
    assert!(!before.windows(8).any(|window| window == scalar));
}

#[test]
fn a_fresh_hsm_says_that_it_has_no_keys() {
    let told = text(&v2gcrypt(&["hsm", "keys"], None));
    assert_eq!(told, "none of the 32 slots has a policy yet, so there are no keys\n");
}

#[test]
fn the_log_tells_who_has_connected_and_which_record_was_tampered_with() {
    let flash = flash("tampered.flash");
    text(&v2gcrypt(&["demo"], Some(&flash)));
    let log = text(&v2gcrypt(&["hsm", "log"], Some(&flash)));
    assert!(log.contains("started") && log.contains("host connected") && !log.contains("not what was written"), "{log}");
    // Each word of what is written, one bit at a time somewhere: at least one of them is a record's.
    let good = std::fs::read(&flash).unwrap();
    let written: Vec<usize> = (0..good.len() - 4).filter(|at| good[*at] != 0xFF).collect();
    let told = written.iter().rev().step_by(40).take(12).any(|at| {
        let mut bytes = good.clone();
        bytes[*at] ^= 1;
        std::fs::write(&flash, bytes).unwrap();
        text(&v2gcrypt(&["hsm", "log"], Some(&flash))).contains("not what was written")
    });
    assert!(told, "nobody has noticed");
}

/// One firmware and one format of flash: what the emulated core has left is read by the simulator, and the other way about.
#[cfg(feature = "hsm-qemu")]
#[test]
#[ignore = "needs the image: crypto-driver/hsm-firmware/qemu.sh"]
fn the_demo_passes_with_keys_in_the_firmware_on_an_emulated_core() {
    let flash = flash("emulated.flash");
    let told = text(&v2gcrypt(&["demo", "--hsm", "qemu"], Some(&flash)));
    assert!(told.lines().next().unwrap().ends_with("keys in an emulated HSM"), "{told}");
    assert!(told.ends_with("demo: all steps passed\n"), "{told}");
    println!("{told}");
    let keys = text(&v2gcrypt(&["hsm", "keys"], Some(&flash)));
    let contract = keys.lines().next().unwrap_or_default();
    assert!(contract.contains("private key on P256") && contract.ends_with(" valid"), "{keys}");
    text(&v2gcrypt(&["demo", "--hsm", "sim"], Some(&flash)));
    text(&v2gcrypt(&["demo", "--hsm", "qemu"], Some(&flash)));
    std::fs::write(&flash, b"not a flash").unwrap();
    assert_eq!(v2gcrypt(&["demo", "--hsm", "qemu"], Some(&flash)).status.code(), Some(1));
    assert_eq!(std::fs::read(&flash).unwrap(), b"not a flash");
    let none =
        Command::new(env!("CARGO_BIN_EXE_v2gcrypt")).args(["demo", "--hsm", "qemu"]).env_remove("V2GCRYPT_HSM_IMAGE").output();
    let none = none.unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stderr).contains("V2GCRYPT_HSM_IMAGE is not set"));
}

#[test]
fn a_file_that_is_no_flash_is_refused() {
    let path = flash("missing.flash");
    assert_eq!(v2gcrypt(&["hsm", "keys"], Some(&path)).status.code(), Some(2));
    assert!(!path.exists(), "looking has made one");
    std::fs::write(&path, b"not a flash").unwrap();
    assert_eq!(v2gcrypt(&["hsm", "status"], Some(&path)).status.code(), Some(1));
    assert_eq!(v2gcrypt(&["demo"], Some(&path)).status.code(), Some(1));
    assert_eq!(std::fs::read(&path).unwrap(), b"not a flash");
}
