//! Generated C compiles without a warning, its headers are C++ as well, and MISRA C:2012 holds but for listed deviations.

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{evcc, evcc_in_hsm, example, folder, write_all, Arxml};

/// The examples; a configuration with empty tables; one in which every key has an initial value; one in which every job has a
/// port; one with persistent keys, one block of which is synchronised explicitly; those with KeyM, and one with every callout of it; one
/// with some keys in a HSM, and one with all.
fn configurations() -> [Vec<PathBuf>; 11] {
    let empty = with_initial_values().without_jobs_and_keys().without("CryIfChannel").without("CryptoDriverObject");
    let others = [empty, with_initial_values(), evcc().with_all_ports()];
    let [empty, initial, ports] = others.map(|arxml| write_all(&[&arxml.0]));
    let nvm = Arxml(std::fs::read_to_string(example("evcc_nvm.arxml")).unwrap());
    let nvm = nvm.set("NvMBlockDescriptor", "ContractBlock", "NvMBlockUseSyncMechanism", "true");
    let persistent = write_all(&[&evcc().0, &nvm.0]);
    let vehicle = ["evcc.arxml", "evcc_nvm.arxml", "evcc_keym.arxml"].map(example).to_vec();
    let station = ["secc.arxml", "secc_keym.arxml"].map(example).to_vec();
    let callouts = write_all(&[&evcc().0, &with_every_callout_of_keym().0]);
    let some = ["evcc.arxml", "evcc_keym.arxml", "evcc_hsm.arxml"].map(example).to_vec();
    let all = write_all(&[&evcc_in_hsm().0]);
    let plain = ["evcc.arxml", "secc.arxml"].map(|name| vec![example(name)]);
    let [evcc, secc] = plain;
    [evcc, secc, empty, initial, ports, persistent, vehicle, station, callouts, some, all]
}

fn with_every_callout_of_keym() -> Arxml {
    let keym = Arxml(std::fs::read_to_string(example("evcc_keym.arxml")).unwrap());
    let general = |keym: Arxml, parameter| keym.add("KeyMGeneral", "KeyMGeneral", parameter, "true");
    let handlers = ["StartFinalize", "Prepare", "Update", "Verify", "ServiceCertificate"];
    let handlers: Vec<_> = handlers.iter().map(|name| format!("KeyMCryptoKeyHandler{name}Enabled")).collect();
    let keym = handlers.iter().fold(keym, |keym, name| general(keym, name));
    let keym = ["V2gcryptKeyMServiceCallbackReturnsVoid", "KeyMCryptoKeyVerifyAsyncMode", "V2gcryptKeyMCryptoKeyUsePort"]
        .into_iter()
        .fold(keym, general);
    let functions = ["KeyMCryptoKeyPrepareFunctionEnabled", "KeyMCryptoKeyVerifyFunctionEnabled"];
    let keym = functions.into_iter().fold(keym, |keym, name| keym.set("KeyMGeneral", "KeyMGeneral", name, "true"));
    let port = "KeyMCertificateElementConditionSenderReceiver";
    keym.set("KeyMCryptoKey", "Contract3Private", "KeyMCryptoKeyStorage", "KEYM_STORAGE_IN_NVM")
        .refer("KeyMCryptoKey", "Contract3Private", "KeyMCryptoKeyNvmBlockRef", "/Evcc/KeyM/Contract3Block")
        .add("KeyMCryptoKey", "Contract3Private", "KeyMCryptoKeyGenerationInfo", "salt")
        .without_parameters("KeyMCertificateElementConditionPrimitive", "Number")
        .replace_all("/KeyMCertificateElementConditionPrimitive<", &format!("/{port}<"))
}

fn with_initial_values() -> Arxml {
    let element = |arxml: Arxml, name| arxml.add("CryptoKeyElement", name, "CryptoKeyElementInitValue", "0xc0ffee");
    ["EcdsaPrivateKeyElement", "EcdsaPublicKeyElement", "Aes128KeyElement", "HmacKeyElement"].into_iter().fold(evcc(), element)
}

/// The generated files of a configuration that end with `extension`.
fn generated(configuration: &[PathBuf], extension: &str) -> (PathBuf, Vec<PathBuf>) {
    let out = folder();
    let report = v2gcrypt_arxml::generate_to(configuration, &out).unwrap();
    let of_kind = |file: &PathBuf| file.extension().is_some_and(|found| found == extension);
    (out, report.files.into_iter().filter(of_kind).collect())
}

fn include_folders(out: &Path) -> Vec<String> {
    let folders = [out.to_path_buf(), out.join("rte"), example("../include"), example("../include/platform")];
    folders.iter().map(|folder| format!("-I{}", folder.display())).collect()
}

/// Those of the programs that this machine has.
fn installed(programs: &[&'static str]) -> Vec<&'static str> {
    let exists = |program: &&'static str| Command::new(program).arg("--version").output().is_ok();
    programs.iter().copied().filter(exists).collect()
}

fn assert_clean(output: &Output, what: &str) {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && text.trim().is_empty(), "{what}:\n{text}");
}

const WARNINGS: [&str; 8] =
    ["-Wall", "-Wextra", "-Werror", "-pedantic", "-Wconversion", "-Wcast-qual", "-Wshadow", "-fsyntax-only"];

#[test]
fn generated_c_is_c99_without_warnings_for_either_width_of_enumerations() {
    let compilers = installed(&["cc", "gcc", "clang"]);
    assert!(!compilers.is_empty(), "a C compiler is needed");
    for configuration in configurations() {
        let (out, files) = generated(&configuration, "c");
        assert!(files.len() >= 3);
        let name = configuration.last().unwrap().display();
        for compiler in &compilers {
            for width in ["-DV2GCRYPT_ENUM_UINT8", "-DV2GCRYPT_ENUM_INT"] {
                let mut command = Command::new(compiler);
                command.args(["-std=c99", "-Wmissing-prototypes", width]).args(WARNINGS);
                let output = command.args(include_folders(&out)).args(&files).output().unwrap();
                assert_clean(&output, &format!("{compiler} {width} {name}"));
            }
        }
    }
}

#[test]
fn each_generated_header_stands_alone_in_c_and_in_cpp() {
    let cpp = installed(&["c++", "clang++"]);
    for configuration in configurations() {
        let (out, headers) = generated(&configuration, "h");
        let name = configuration.last().unwrap().display();
        for header in headers {
            let header_name = header.file_name().unwrap().to_string_lossy().into_owned();
            let source = out.join("alone.c");
            // Twice: the guard works.
            std::fs::write(&source, format!("#include \"{header_name}\"\n#include \"{header_name}\"\nextern int x;\n")).unwrap();
            let languages = std::iter::once(("cc", "c", "c99")).chain(cpp.iter().map(|&compiler| (compiler, "c++", "c++17")));
            for (compiler, language, standard) in languages {
                let mut command = Command::new(compiler);
                command.args(["-x", language, &format!("-std={standard}")]).args(WARNINGS);
                let output = command.args(include_folders(&out)).arg(&source).output().unwrap();
                assert_clean(&output, &format!("{compiler} {name} {header_name}"));
            }
        }
    }
}

#[test]
fn generated_c_follows_misra_but_for_listed_deviations() {
    if installed(&["cppcheck"]).is_empty() {
        eprintln!("cppcheck is not installed: MISRA is not checked here");
        return;
    }
    for configuration in configurations() {
        let (out, files) = generated(&configuration, "c");
        let mut command = Command::new("cppcheck");
        command.args(["--addon=misra", "--std=c99", "--enable=warning,style,portability", "--quiet", "--error-exitcode=1"]);
        command.arg(format!("--suppressions-list={}", example("misra-suppressions.txt").display()));
        // Findings in our own headers belong to them; here it is the generated files that count.
        command.arg(format!("--suppress=*:{}/*", example("../include").canonicalize().unwrap().display()));
        let folders = [out.clone(), out.join("rte"), example("../include"), example("../include/platform")];
        let folders = folders.iter().filter_map(|folder| Some(format!("-I{}", folder.canonicalize().ok()?.display())));
        let output = command.args(folders).args(&files).output().unwrap();
        assert_clean(&output, &configuration.last().unwrap().display().to_string());
    }
}
