//! Selects the ABI from the environment: what C was compiled with is a fact of the platform, so it is not a Cargo feature.

fn main() {
    println!("cargo:rustc-check-cfg=cfg(v2gcrypt_enum_int)");
    println!("cargo:rerun-if-env-changed=V2GCRYPT_ENUM_WIDTH");
    match std::env::var("V2GCRYPT_ENUM_WIDTH").as_deref() {
        Err(_) | Ok("") | Ok("uint8") => {}
        Ok("int") => println!("cargo:rustc-cfg=v2gcrypt_enum_int"),
        Ok(other) => panic!("V2GCRYPT_ENUM_WIDTH is `uint8` (default) or `int`, not `{other}`"),
    }
    println!("cargo:rerun-if-env-changed=V2GCRYPT_RELEASE");
    match std::env::var("V2GCRYPT_RELEASE").as_deref() {
        Err(_) | Ok("") | Ok("R22-11") => {}
        Ok(other) => panic!("V2GCRYPT_RELEASE is `R22-11`; `{other}` is not implemented"),
    }
}
