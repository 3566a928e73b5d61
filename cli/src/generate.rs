//! `v2gcrypt generate FILE… --out DIR`

use std::path::PathBuf;
use std::process::ExitCode;

use v2gcrypt_arxml::Error;

const AFTER_HELP: &str = "\
Prints the files that it wrote to standard output, and findings to standard error. When one of them is an error, nothing is written.

Exit code: 0 written, perhaps with warnings; 1 errors in the configuration, or the output cannot be written; 2 wrong arguments.

Examples:
  v2gcrypt generate arxml/evcc.arxml --out generated
  v2gcrypt generate csm.arxml cryif.arxml crypto.arxml --out generated

docs/arxml.md explains what is read, every finding, and every file written.";

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// ARXML files that hold the module configurations of Csm, CryIf and Crypto, in any order.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder for the output; it is created if need be. Files of earlier runs stay in it.
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
            match &error {
                Error::Configuration(findings) => {
                    let plural = if findings.len() == 1 { "" } else { "s" };
                    eprintln!("{findings}\n{} finding{plural}; nothing was written.", findings.len());
                }
                _ => eprintln!("error: cannot write {error}"),
            }
            ExitCode::FAILURE
        }
    }
}
