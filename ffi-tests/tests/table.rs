//! Wrong calls of every exported function.

use std::collections::BTreeSet;
use std::path::Path;

use object::{Object, ObjectSymbol, SymbolKind};
use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::{tools, workspace};

const SOURCES: &[&str] = &[
    "ffi-tests/c/table.c",
    "ffi-tests/c/table_csm.c",
    "ffi-tests/c/table_keys.c",
    "ffi-tests/c/table_cryif.c",
    "ffi-tests/c/table_driver.c",
    "ffi-tests/c/table_driver_keys.c",
    "ffi-tests/c/table_jobs.c",
    "ffi-tests/c/table_services.c",
    "ffi-tests/c/table_keym.c",
    "ffi-tests/c/table_hsm.c",
    "ffi-tests/c/guard.c",
    "ffi-tests/c/stack.c",
    "ffi-tests/c/areas.c",
    "ffi-tests/c/support.c",
    "ffi-tests/c/entropy.c",
    "ffi-tests/c/vectors.c",
];

/// Rows per run that the table had when this was written, rounded down.
const LEAST_ROWS: usize = 1200;

/// What modules call in each other; other names like these are an application's.
const CALLBACKS: &[&str] = &["Csm_CallbackNotification", "CryIf_CallbackNotification"];

/// Functions of our modules that a file defines.
fn functions<'data>(file: &impl Object<'data>) -> BTreeSet<String> {
    let ours = |name: &str| {
        let module = ["Csm_", "CryIf_", "Crypto_", "KeyM_", "V2gcrypt_"].iter().any(|prefix| name.starts_with(prefix));
        let callout = ["Crypto_DeviceKeyCallout", "Crypto_EntropyCallout", "V2gcrypt_PanicCallout"].contains(&name);
        module && !callout && !name.ends_with("CallbackNotification") || CALLBACKS.contains(&name)
    };
    file.symbols()
        .filter(|symbol| symbol.is_definition() && symbol.is_global() && symbol.kind() == SymbolKind::Text)
        .filter_map(|symbol| symbol.name().ok().map(str::to_string))
        .filter(|name| ours(name))
        .collect()
}

/// Functions that the archive exports.
fn exported(archive: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(archive).expect("the archive can be read");
    let archive = object::read::archive::ArchiveFile::parse(&*bytes).expect("it is an archive");
    let mut names = BTreeSet::new();
    for member in archive.members() {
        let data = member.and_then(|member| member.data(&*bytes)).expect("the member can be read");
        if let Ok(file) = object::File::parse(data) {
            names.extend(functions(&file));
        }
    }
    names
}

#[test]
fn every_exported_function_refuses_wrong_calls_with_its_code_and_report_and_writes_nothing() {
    let configuration = {
        let arxml = workspace().join("ffi-tests/arxml");
        let files = ["services.arxml", "services_keym.arxml", "services_hsm.arxml"].map(|file| arxml.join(file));
        generate("table", &[&files[0], &files[1], &files[2]])
    };
    let archive = HOST.build();
    let program = Program::new("table", SOURCES).configuration(&configuration).archive(&archive);

    let bytes = std::fs::read(program.build()).expect("the program can be read");
    let mut expected = exported(&archive);
    assert!(expected.len() >= 37, "{expected:?}");
    expected.extend(functions(&object::File::parse(&*bytes).expect("it is a program")));

    for side in ["behind", "front"] {
        let output = tools::run(program.start().arg(side).env("V2GCRYPT_NV_DIR", scratch().join("table-nvm")));
        let output = String::from_utf8(output.stdout).expect("it prints text");
        let rows: Vec<&str> = output.lines().filter_map(|line| line.strip_prefix("row ")).collect();
        let named: BTreeSet<String> = rows.iter().filter_map(|row| Some(row.split_once(':')?.0.to_string())).collect();
        let missing: Vec<_> = expected.difference(&named).collect();
        let unknown: Vec<_> = named.difference(&expected).collect();
        println!("{} rows for {} functions, guard page {side}", rows.len(), expected.len());
        assert!(missing.is_empty(), "no row for {missing:?}");
        assert!(unknown.is_empty(), "rows for functions that are not exported: {unknown:?}");
        assert!(rows.len() >= LEAST_ROWS, "only {} rows", rows.len());
    }
}
