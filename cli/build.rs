//! Generates the program's own configuration from ARXML and compiles it: what it verifies and signs runs through all layers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const ARXML: &str = "cli.arxml";
/// Puts the driver of `ARXML` into a simulated HSM.
const HSM: &str = "cli_hsm.arxml";

fn main() {
    println!("cargo:rerun-if-changed={ARXML}");
    println!("cargo:rerun-if-changed={HSM}");
    println!("cargo:rerun-if-changed=../include");
    println!("cargo:rerun-if-env-changed=V2GCRYPT_ENUM_WIDTH");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rustc-link-search=native={}", out.display());
    let soft = compile(&out, "cli_configuration", &[ARXML], &["Csm", "CryIf", "Crypto"], &[]);
    // Csm's tables are the same. CryIf starts with the configuration that it is given.
    let hsm = compile(
        &out,
        "cli_configuration_hsm",
        &[ARXML, HSM],
        &["CryIf", "Crypto_0_Hsm", "Crypto_0_View"],
        &[("CryIf_Config", "CryIf_Config_Hsm")],
    );
    let read = |folder: &Path, name| std::fs::read_to_string(folder.join(name)).expect("the generator wrote it");
    for name in ["Csm_Cfg.h", "Csm_Cfg.c"] {
        assert!(read(&soft, name) == read(&hsm, name), "{name} depends on the driver");
    }
    std::fs::write(out.join("ids.rs"), symbolic_names(&read(&soft, "Csm_Cfg.h"))).expect("the output folder can be written");
}

/// Generates a configuration and links some of its modules, `renamed`; tells where it is.
fn compile(out: &Path, name: &str, arxml: &[&str], modules: &[&str], renamed: &[(&str, &str)]) -> PathBuf {
    let generated = out.join(name);
    let _ = std::fs::remove_dir_all(&generated);
    if let Err(error) = v2gcrypt_arxml::generate_to(arxml, &generated) {
        panic!("{}: {error}", arxml.join(", "));
    }
    let mut build = cc::Build::new();
    build.std("c99").include(&generated).include("../include").include("../include/platform");
    if std::env::var("V2GCRYPT_ENUM_WIDTH").is_ok_and(|width| width == "int") {
        build.define("V2GCRYPT_ENUM_INT", None);
    }
    for (from, to) in renamed {
        build.define(from, *to);
    }
    for module in modules {
        build.file(generated.join(format!("{module}_Cfg.c")));
    }
    // All of it, wherever the linker meets it: library and configuration refer to each other.
    build.cargo_metadata(false).compile(name);
    println!("cargo:rustc-link-lib=static:+whole-archive={name}");
    generated
}

/// The symbolic names of jobs and keys, as Rust constants.
fn symbolic_names(header: &str) -> String {
    let mut rust = String::new();
    for line in header.lines() {
        let mut words = line.split_whitespace();
        if let (Some("#define"), Some(name), Some(value)) = (words.next(), words.next(), words.next()) {
            if name.starts_with("CsmConf_") {
                let _ = writeln!(rust, "/// `{name}`\npub const {name}: u32 = {};", value.trim_end_matches('U'));
            }
        }
    }
    rust
}
