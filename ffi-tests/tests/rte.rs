//! A software component that calls only `Rte_Call_…`, over the generated stub that stands in for an RTE.

use v2gcrypt_ffi_tests::build::{generate, Program, HOST};
use v2gcrypt_ffi_tests::{tools, workspace};

#[test]
fn a_software_component_hashes_verifies_and_signs_through_the_rte() {
    let configuration = generate("swc", &[&workspace().join("arxml/evcc.arxml")]);
    let archive = HOST.build();
    let compilers = ["cc", "clang"].iter().filter(|name| **name == "cc" || tools::find(name).is_some());
    for compiler in compilers {
        let sources = ["ffi-tests/c/swc.c", "ffi-tests/c/swc_main.c", "ffi-tests/c/support.c"];
        let program = Program::new(&format!("swc-{compiler}"), &sources)
            .configuration(&configuration)
            .configuration(&configuration.join("rte"))
            .flags(&[&format!("-I{}", workspace().join("ffi-tests/demo").display())])
            .compiler(compiler)
            .archive(&archive);
        let output = String::from_utf8(program.run().stdout).expect("it prints text");
        println!("{output}");
        let checks = output.lines().find_map(|line| line.strip_prefix("swc: ")?.split_whitespace().next()?.parse::<u32>().ok());
        assert!(checks.expect("it prints how many checks it made") >= 45);
    }
}

#[test]
fn the_software_component_includes_no_header_of_csm() {
    let source = std::fs::read_to_string(workspace().join("ffi-tests/c/swc.c")).unwrap();
    let includes: Vec<_> = source.lines().filter_map(|line| line.strip_prefix("#include ")).collect();
    // Without a prototype C99 compilers with these flags refuse a call of Csm.
    assert_eq!(includes, ["\"Rte_Csm_Swc.h\"", "\"annex_j2.h\"", "\"support.h\"", "\"swc.h\""]);
}
