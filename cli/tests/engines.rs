//! `v2gcrypt engines`.

use std::process::Command;

#[test]
fn each_primitive_has_one_engine_or_more_by_name() {
    let output = Command::new(env!("CARGO_BIN_EXE_v2gcrypt")).arg("engines").output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success());
    for primitive in
        ["SHA-256", "HMAC", "CMAC", "GCM", "CBC", "ChaCha20-Poly1305", "P-256", "P-384", "P-521", "25519", "DRBG", "HKDF"]
    {
        let served = text
            .lines()
            .any(|line| line.split_once(": ").is_some_and(|(name, engine)| name.contains(primitive) && !engine.is_empty()));
        assert!(served, "{primitive} is not in\n{text}");
    }
}
