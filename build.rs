//! On hosts: generates the example configurations from ARXML into the build's own output folder, so that a library whose
//! generator refuses them is not built, and C programs find them there (`target/<profile>/build/v2gcrypt-*/out/<name>`).
//!
//! The ABI (release, enumeration width) is selected by `types/build.rs` from the same environment: every crate that uses the types
//! must agree, also without this package.

fn main() {
    #[cfg(feature = "host")]
    generate();
}

#[cfg(feature = "host")]
fn generate() {
    let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for name in ["evcc", "secc"] {
        let arxml = format!("arxml/{name}.arxml");
        println!("cargo:rerun-if-changed={arxml}");
        let folder = out.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        if let Err(error) = v2gcrypt_arxml::generate_to(&[&arxml], &folder) {
            panic!("{arxml}: {error}");
        }
    }
}
