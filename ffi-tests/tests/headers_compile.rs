//! The headers compile alone and together, as C99 and C++17, and C lays out the structs as Rust does.

use std::path::{Path, PathBuf};
use std::process::Command;

use v2gcrypt_ffi_tests::{tools, workspace};

const WARNINGS: &[&str] = &["-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only"];

fn headers() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["include", "include/platform"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(workspace().join(folder)).expect("the folder is there"))
        .map(|entry| entry.expect("the entry can be read").path())
        .filter(|path| path.extension().is_some_and(|e| e == "h"))
        .collect();
    found.sort();
    assert!(found.len() >= 20, "only {} headers", found.len());
    found
}

/// Compiles a text that includes `headers`, from standard input.
fn compile(compiler: &str, language: &str, standard: &str, extra: &[&str], headers: &[PathBuf]) {
    let text: String = headers.iter().map(|header| format!("#include \"{}\"\n", name(header))).collect();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let suffix = if language == "c++" { "cpp" } else { "c" };
    let file = folder.join(format!("headers-{compiler}-{}-{}.{suffix}", extra.join("_").replace('/', "_"), headers.len()));
    std::fs::write(&file, text + "typedef int NotEmpty;\n").expect("the file can be written");
    tools::run(Command::new(compiler).args(["-x", language, standard]).args(WARNINGS).args(extra).args(include_path()).arg(file));
}

fn include_path() -> Vec<String> {
    let root = workspace();
    tools::includes([root.join("include").as_path(), root.join("include/platform").as_path()])
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file").to_string_lossy().into_owned()
}

fn every_header_compiles(compiler: &str, language: &str, standard: &str) {
    let headers = headers();
    for enumeration in [&[][..], &["-DV2GCRYPT_ENUM_INT"]] {
        for header in &headers {
            compile(compiler, language, standard, enumeration, std::slice::from_ref(header));
        }
        compile(compiler, language, standard, enumeration, &headers);
    }
}

#[test]
fn headers_compile_alone_and_together_as_c99() {
    every_header_compiles("cc", "c", "-std=c99");
    for compiler in ["gcc", "clang"] {
        if let Some(compiler) = tools::find(compiler) {
            every_header_compiles(&compiler, "c", "-std=c99");
        }
    }
}

#[test]
fn headers_compile_alone_and_together_as_cpp17() {
    for compiler in ["g++", "clang++"] {
        if let Some(compiler) = tools::find(compiler) {
            every_header_compiles(&compiler, "c++", "-std=c++17");
        }
    }
}

#[test]
fn c_lays_out_every_struct_as_rust_does() {
    let layout = workspace().join("ffi-tests/generated/abi_layout.c");
    let mut compilers = vec![("cc".to_string(), vec![])];
    for compiler in ["gcc", "clang"] {
        if let Some(compiler) = tools::find(compiler) {
            compilers.push((compiler, vec!["-m32"]));
        }
    }
    if let Some(compiler) = tools::find("arm-none-eabi-gcc") {
        compilers.push((compiler, vec!["-mcpu=cortex-m3", "-mthumb", "-fshort-enums"]));
    }
    for (compiler, target) in compilers {
        for enumeration in [&[][..], &["-DV2GCRYPT_ENUM_INT"]] {
            let compile = |with: &[&str]| {
                let mut command = Command::new(&compiler);
                command
                    .args(["-std=c99"])
                    .args(WARNINGS)
                    .args(&target)
                    .args(enumeration)
                    .args(with)
                    .args(include_path())
                    .arg(&layout);
                command
            };
            if target == ["-m32"] && !has_32_bit_headers(&compiler) {
                continue;
            }
            tools::run(&mut compile(&[]));
        }
    }
}

/// A 64-bit compiler may come without the C library's 32-bit headers.
fn has_32_bit_headers(compiler: &str) -> bool {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("m32-{compiler}.c"));
    std::fs::write(&file, "#include <stdint.h>\nint32_t x;\n").expect("the file can be written");
    let works =
        Command::new(compiler).args(["-m32", "-fsyntax-only"]).arg(file).output().is_ok_and(|output| output.status.success());
    assert!(works || std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "`{compiler} -m32` does not work");
    works
}

#[test]
fn a_wrong_offset_does_not_compile() {
    let text = std::fs::read_to_string(workspace().join("ffi-tests/generated/abi_layout.c")).expect("the file is there");
    let wrong =
        text.replacen("#include \"CryIf.h\"", "#define V2GCRYPT_ENUM_INT\n#include \"CryIf.h\"", 1).replace("(p64int)", "(p64)");
    let wrong = wrong.replace("(p32int)", "(p32)");
    assert_ne!(text, wrong);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wrong-layout.c");
    std::fs::write(&file, wrong).expect("the file can be written");
    let output = Command::new("cc").args(["-std=c99"]).args(WARNINGS).args(include_path()).arg(file).output().expect("cc runs");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("Offset_"), "{}", String::from_utf8_lossy(&output.stderr));
}
