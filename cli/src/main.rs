//! The `v2gcrypt` program.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

mod annex_j2;
mod chain;
mod csr;
mod demo;
mod ffi;
mod files;
mod generate;
mod guess;
mod hsm;
mod inspect;
mod judge;
mod pki;
mod text;
mod time;

/// The V2G crypto stack: generates its C configuration from ARXML, makes and judges certificates.
#[derive(Parser)]
#[command(name = "v2gcrypt", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Verifies and signs a published Plug & Charge message through all layers, with keys in a simulated HSM.
    Demo(demo::Arguments),
    /// Looks into a simulated HSM.
    Hsm(hsm::Arguments),
    /// Tells which engine serves which primitive in this build.
    Engines,
    /// Writes the C configuration of Csm, CryIf and the Crypto drivers from ARXML.
    Generate(generate::Arguments),
    /// Judges chains of certificates.
    Chain(chain::Arguments),
    /// Writes a certificate request, with a key of its own or a given one.
    Csr(csr::Arguments),
    /// Shows certificates as a tree, with the rules that they break.
    Inspect(inspect::Arguments),
    /// Makes certificates for tests.
    Pki(pki::Arguments),
}

fn main() -> ExitCode {
    ffi::end_with_the_reader();
    tell_of_lost_output();
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match arguments.command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Hsm(arguments) => hsm::run(&arguments),
        Command::Engines => {
            demo::print_engines();
            ExitCode::SUCCESS
        }
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Chain(arguments) => chain::run(arguments, matches.subcommand_matches("chain")),
        Command::Csr(arguments) => csr::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Pki(arguments) => pki::run(&arguments),
    }
}

/// An output that cannot be written, as on a full disk, is an error as with other programs: `println` panics.
fn tell_of_lost_output() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        match info.payload().downcast_ref::<String>().filter(|text| text.starts_with("failed printing to stdout")) {
            Some(text) => {
                let _ = writeln!(std::io::stderr(), "error: {text}");
                std::process::exit(i32::from(chain::USAGE));
            }
            None => others(info),
        }
    }));
}
