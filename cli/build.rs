//! Generates the program's own configuration from ARXML and compiles it: what it verifies and signs runs through all layers.

use std::fmt::Write as _;
use std::path::PathBuf;

const ARXML: &str = "cli.arxml";

fn main() {
    println!("cargo:rerun-if-changed={ARXML}");
    println!("cargo:rerun-if-changed=../include");
    println!("cargo:rerun-if-env-changed=V2GCRYPT_ENUM_WIDTH");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let generated = out.join("generated");
    let _ = std::fs::remove_dir_all(&generated);
    if let Err(error) = v2gcrypt_arxml::generate_to(&[ARXML], &generated) {
        panic!("{ARXML}: {error}");
    }
    let mut build = cc::Build::new();
    build.std("c99").include(&generated).include("../include").include("../include/platform");
    if std::env::var("V2GCRYPT_ENUM_WIDTH").is_ok_and(|width| width == "int") {
        build.define("V2GCRYPT_ENUM_INT", None);
    }
    for module in ["Csm", "CryIf", "Crypto"] {
        build.file(generated.join(format!("{module}_Cfg.c")));
    }
    // All of it, wherever the linker meets it: library and configuration refer to each other.
    build.cargo_metadata(false).compile("cli_configuration");
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static:+whole-archive=cli_configuration");

    let header = std::fs::read_to_string(generated.join("Csm_Cfg.h")).expect("the generator wrote it");
    std::fs::write(out.join("ids.rs"), symbolic_names(&header)).expect("the output folder can be written");
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
