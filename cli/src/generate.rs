//! `v2gcrypt generate FILE… --out DIR`

use std::path::PathBuf;
use std::process::ExitCode;

use v2gcrypt_arxml::Error;

#[derive(clap::Args)]
pub struct Arguments {
    /// ARXML files that hold the module configurations of Csm, CryIf and Crypto.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder for the output; it is created if need be.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Prints every finding. Writes nothing, and fails, when one of them is an error.
pub fn run(arguments: &Arguments) -> ExitCode {
    match v2gcrypt_arxml::generate_to(&arguments.files, &arguments.out) {
        Ok(report) => {
            for warning in report.warnings.iter() {
                eprintln!("{warning}");
            }
            for file in &report.files {
                println!("{}", file.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            if let Error::Configuration(findings) = &error {
                eprintln!("{} findings; nothing was written.", findings.len());
            }
            ExitCode::FAILURE
        }
    }
}
