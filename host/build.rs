//! Compiles the callouts for a host, one object each: an integrator's own function wins, since the linker then has no
//! reason to take ours from the archive.

fn main() {
    let callouts = [
        "det.c",
        "det_runtime.c",
        "schm_csm.c",
        "schm_crypto.c",
        "entropy.c",
        "host_files.c",
        "NvM.c",
        "Crypto_DeviceKeyCallout.c",
        "schm_keym.c",
        "StbM.c",
        "IdsM.c",
        "KeyM_CryptoKeyUpdateCallbackNotification.c",
        "KeyM_CryptoKeyFinalizeCallbackNotification.c",
        "KeyM_CryptoKeyVerifyCallbackNotification.c",
    ];
    let mut build = cc::Build::new();
    build.include("../include").include("../include/platform").std("c11").warnings(true).extra_warnings(true);
    build.define("_POSIX_C_SOURCE", "200809L");
    for callout in callouts {
        let path = format!("callouts/{callout}");
        println!("cargo:rerun-if-changed={path}");
        build.file(path);
    }
    println!("cargo:rerun-if-changed=../include");
    build.compile("v2gcrypt_callouts");
}
