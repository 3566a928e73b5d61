//! `v2gcrypt demo`: a signed Plug & Charge message, through Csm, CryIf and the driver of a simulated HSM, or the soft one.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use v2gcrypt_types::{Number, CRYPTO_RETURN, STD_RETURN};

use crate::annex_j2;
use crate::ffi;

/// Arguments of `v2gcrypt demo`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where the keys are.
    #[arg(long, value_enum, default_value = "sim")]
    hsm: Where,
    /// File that is the flash of the simulated HSM: its keys stay there.
    #[arg(long, value_name = "FILE")]
    flash: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Where {
    /// In a simulated HSM: its firmware on two threads of this process.
    Sim,
    /// In the soft driver.
    Soft,
    /// In the firmware on an emulated Cortex-M3, whose image V2GCRYPT_HSM_IMAGE names.
    #[cfg(feature = "hsm-qemu")]
    Qemu,
}

/// Runs the demo. Exit code 0 when every step came out as it must.
pub fn run(arguments: &Arguments) -> ExitCode {
    match arguments.hsm {
        Where::Soft => {
            println!("v2gcrypt {}: configuration cli/cli.arxml, keys in the soft driver", env!("CARGO_PKG_VERSION"));
            print_engines();
            ffi::init();
        }
        Where::Sim => {
            if let Err(code) = init_with_hsm("simulated", arguments) {
                return code;
            }
        }
        #[cfg(feature = "hsm-qemu")]
        Where::Qemu => {
            v2gcrypt_hsm_qemu::use_for_process();
            if let Err(code) = init_with_hsm("emulated", arguments) {
                return code;
            }
        }
    }
    match steps() {
        Ok(()) => {
            println!("demo: all steps passed");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("demo: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn init_with_hsm(kind: &str, arguments: &Arguments) -> Result<(), ExitCode> {
    let version = env!("CARGO_PKG_VERSION");
    let article = if kind.starts_with('e') { "an" } else { "a" };
    println!("v2gcrypt {version}: configuration cli/cli.arxml and cli/cli_hsm.arxml, keys in {article} {kind} HSM");
    ffi::init_with_hsm(arguments.flash.as_deref()).map_err(|code| {
        eprintln!("demo: {}", refused(&format!("the {kind} HSM"), code));
        ExitCode::FAILURE
    })
}

/// Which engine serves which primitive in this build.
pub fn print_engines() {
    for (primitive, engine) in v2gcrypt_primitives::engines() {
        println!("  {primitive}: {engine}");
    }
}

fn steps() -> Result<(), String> {
    ffi::load_key(ffi::CsmConf_CsmKey_VerifyKeyP256, &annex_j2::PUBLIC_KEY).map_err(|code| refused("the public key", code))?;
    ffi::load_key(ffi::CsmConf_CsmKey_ContractKey, &annex_j2::PRIVATE_KEY).map_err(|code| refused("the contract key", code))?;

    let digest = timed("Csm_Hash, synchronous: digest of the AuthorizationReq", || {
        ffi::hash(ffi::CsmConf_CsmJob_HashSha256, &annex_j2::FRAGMENT)
    })?;
    expect(digest == annex_j2::FRAGMENT_DIGEST, "equals the DigestValue in SignedInfo")?;

    let genuine = verify(
        "Csm_SignatureVerify, asynchronous: signature of ISO 15118-2 Annex J.2",
        &annex_j2::SIGNED_INFO,
        &annex_j2::SIGNATURE,
    )?;
    expect(genuine, "CRYPTO_E_VER_OK")?;

    let mut flipped = annex_j2::SIGNED_INFO;
    flipped[100] ^= 1;
    let genuine = verify("Csm_SignatureVerify: the same with one bit flipped", &flipped, &annex_j2::SIGNATURE)?;
    expect(!genuine, "CRYPTO_E_VER_NOT_OK")?;

    let signature = timed("Csm_SignatureGenerate, asynchronous: SignedInfo again, with the contract key", || {
        ffi::sign(ffi::CsmConf_CsmJob_ContractSign, &annex_j2::SIGNED_INFO)
    })?;
    println!("    r = {}\n    s = {}", hex(&signature[..32]), hex(&signature[32..]));
    let genuine = verify("Csm_SignatureVerify: our own signature", &annex_j2::SIGNED_INFO, &signature)?;
    expect(genuine, "CRYPTO_E_VER_OK")
}

fn verify(what: &str, data: &[u8], signature: &[u8; 64]) -> Result<bool, String> {
    timed(what, || ffi::verify(ffi::CsmConf_CsmJob_MessageVerify, data, signature))
}

fn timed<T>(what: &str, step: impl FnOnce() -> Result<T, ffi::Refused>) -> Result<T, String> {
    let start = Instant::now();
    let result = step();
    let took = start.elapsed();
    println!("{what} ({:.1} us)", took.as_secs_f64() * 1e6);
    result.map_err(|code| refused(what, code))
}

fn expect(right: bool, outcome: &str) -> Result<(), String> {
    if !right {
        return Err(format!("the outcome is not: {outcome}"));
    }
    println!("    {outcome}");
    Ok(())
}

pub fn refused(what: &str, code: ffi::Refused) -> String {
    let is_code = |number: &&Number| number.value == u32::from(code);
    let name = STD_RETURN.iter().chain(CRYPTO_RETURN).find(is_code).map_or("unknown", |number| number.symbol);
    format!("{what}: refused with {name} (0x{code:02X})")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
