//! ARXML from outside: findings, never a panic. What passes is generated too.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let folder = std::env::temp_dir().join(format!("v2gcrypt-fuzz-{}", std::process::id()));
    let _ = std::fs::create_dir(&folder);
    let file = folder.join("fuzz.arxml");
    std::fs::write(&file, text).expect("the folder can be written");
    let _ = v2gcrypt_arxml::generate_to(&[&file], folder.join("out"));
});
