//! The committed headers and layout assertions are what the sources say. `V2GCRYPT_BLESS=1` writes them.

use v2gcrypt_ffi_tests::{coverage, headers, layout, workspace};

#[test]
fn committed_headers_and_layouts_are_what_the_sources_say() {
    let root = workspace();
    let bless = std::env::var_os("V2GCRYPT_BLESS").is_some();
    let mut stale = Vec::new();
    for file in headers::generate(&root).into_iter().chain(layout::generate(&root)).chain(coverage::generate(&root)) {
        let path = root.join(file.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == file.text) {
            continue;
        }
        if bless {
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            std::fs::write(&path, file.text).expect("the file can be written");
        } else {
            stale.push(file.path);
        }
    }
    assert!(stale.is_empty(), "out of date, run again with V2GCRYPT_BLESS=1 and commit: {stale:?}");
}
