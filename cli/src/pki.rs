//! `v2gcrypt pki create --out DIR`
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use v2gcrypt_test_pki::{Edition, Entropy, Pki};

use crate::time::{now, Rfc3339};

const AFTER_HELP: &str = "\
Writes DIR/<role>/cert.pem, chain.pem (leaf first, without the root) and key.pem for every root, Sub-CA and leaf, crl.pem of every
issuer, ocsp.der for every certificate that is not a root, and DIR/defects/<name>/ with one thing wrong each (reason.txt says what).
The keys lie there unprotected: for tests only.

Exit code: 0 written; 2 wrong arguments, or the files cannot be written.

Example:
  v2gcrypt pki create --out pki --profile iso15118-20
  v2gcrypt chain verify --anchor pki/v2g-root/cert.pem --profile iso15118-20 --role secc pki/secc/chain.pem";

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Makes a complete V2G public key infrastructure for tests, with defects.
    Create(Create),
}

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
struct Create {
    /// Folder for the files; it is created if need be.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Whose rules the certificates follow.
    #[arg(long, value_enum)]
    profile: Profile,
    /// Makes the same keys each time; anyone who knows the text has them.
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    /// Instant at which the certificates are valid; default: now.
    #[arg(long, value_name = "RFC3339")]
    time: Option<Rfc3339>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Profile {
    #[value(name = "iso15118-2")]
    Iso15118_2,
    #[value(name = "iso15118-20")]
    Iso15118_20,
    #[value(name = "iso15118-20-amd1")]
    Iso15118_20Amd1,
}

/// Prints the files that it wrote.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Command::Create(create) = &arguments.command;
    let entropy = create.seed.as_ref().map_or(Entropy::System, |seed| Entropy::Seed(seed.clone().into_bytes()));
    let edition = match create.profile {
        Profile::Iso15118_2 => Edition::Iso15118_2,
        Profile::Iso15118_20 => Edition::Iso15118_20,
        Profile::Iso15118_20Amd1 => Edition::Iso15118_20Amd1,
    };
    let pki = Pki::new(edition, &entropy, create.time.map_or_else(now, |time| time.seconds));
    match pki.write_to(&create.out, &entropy) {
        Ok(files) => {
            for file in files {
                println!("{}", file.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot write to {}: {error}", create.out.display());
            ExitCode::from(2)
        }
    }
}
