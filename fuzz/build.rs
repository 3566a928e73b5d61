//! Generates the vehicle's configuration and compiles it, with a callback for every job that has one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("config");
    let files = ["../arxml/evcc.arxml"];
    v2gcrypt_arxml::generate_to(&files, &out).unwrap_or_else(|error| panic!("evcc.arxml: {error:?}"));
    println!("cargo:rerun-if-changed=../arxml/evcc.arxml");
    println!("cargo:rerun-if-changed=../include");

    let header = std::fs::read_to_string(out.join("Csm_Cfg.h")).expect("the generator writes it");
    let mut callbacks = String::from("#include \"Csm.h\"\nextern void Fuzz_Callback(uint32 jobId, Crypto_ResultType result);\n");
    for line in header.lines() {
        let name =
            line.strip_prefix("extern void ").and_then(|rest| rest.split_once("(uint32 jobId, Crypto_ResultType result);"));
        if let Some((name, _)) = name {
            let _ =
                writeln!(callbacks, "void {name}(uint32 jobId, Crypto_ResultType result) {{ Fuzz_Callback(jobId, result); }}");
        }
    }
    let callbacks_c = out.join("fuzz_callbacks.c");
    std::fs::write(&callbacks_c, callbacks).expect("the folder is there");

    let mut build = cc::Build::new();
    build.include(&out).include("../include").include("../include/platform").std("c11");
    build.file(&callbacks_c);
    let sources = std::fs::read_dir(&out).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    for source in sources.filter(|path| is_configuration(path)) {
        build.file(source);
    }
    build.compile("fuzz_configuration");
}

fn is_configuration(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "c") && path.file_name().is_some_and(|name| name != "fuzz_callbacks.c")
}
