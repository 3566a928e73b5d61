//! `v2gcrypt hsm`: what a simulated HSM tells of itself, of its slots, of what has happened.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use v2gcrypt_hsm_firmware::log::Code;
use v2gcrypt_hsm_protocol::algorithm::{Lifecycle, SlotState};
use v2gcrypt_hsm_protocol::policy::{Kind, Policy};

use crate::demo::refused;
use crate::ffi;

/// Arguments of `v2gcrypt hsm`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Version, features, life cycle.
    Status(Options),
    /// Slots that are defined, and what they have.
    Keys(Options),
    /// Events since it was switched on.
    Log(Options),
}

#[derive(clap::Args)]
struct Options {
    /// File that is the flash of the simulated HSM. Without one a new HSM is looked at.
    #[arg(long, value_name = "FILE")]
    flash: Option<PathBuf>,
}

/// Exit code 0 when the HSM has answered.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (options, tell): (_, fn() -> Result<(), ffi::Refused>) = match &arguments.command {
        Command::Status(options) => (options, status),
        Command::Keys(options) => (options, keys),
        Command::Log(options) => (options, log),
    };
    // Looking at a HSM does not make one.
    if let Some(path) = options.flash.as_deref().filter(|path| !path.exists()) {
        eprintln!("hsm: {}: there is no such file; `v2gcrypt demo --flash` makes one", path.display());
        return ExitCode::from(2);
    }
    match ffi::init_view(options.flash.as_deref()).and_then(|()| tell()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(code) => {
            eprintln!("hsm: {}", refused("the simulated HSM", code));
            ExitCode::FAILURE
        }
    }
}

fn status() -> Result<(), ffi::Refused> {
    let status = ffi::hsm_status()?;
    let [patch, minor, major, _] = status.firmware.to_le_bytes();
    let features = ["P-256", "P-384", "P-521", "Ed25519 and X25519"];
    let features: Vec<_> = features.iter().enumerate().filter(|(bit, _)| status.features >> bit & 1 != 0).collect();
    let features: Vec<_> = features.into_iter().map(|(_, name)| *name).collect();
    let lifecycle = Lifecycle::from_number(status.lifecycle as u8).map_or("unknown", lifecycle);
    println!("firmware    {major}.{minor}.{patch}");
    println!("life cycle  {lifecycle}");
    println!("curves      {}", features.join(", "));
    println!("slots       {}", status.slots);
    println!("contexts    {}, {} bytes in one request", status.contexts, status.piece);
    println!("tampered    {}", status.tampered);
    if status.notes & 1 != 0 {
        println!("device key  the test key of simulations: whoever has the flash has its keys");
    }
    Ok(())
}

fn keys() -> Result<(), ffi::Refused> {
    let slots = ffi::hsm_status()?.slots;
    let mut is_empty = true;
    for number in 0..slots as u16 {
        let (state, kind) = ffi::hsm_slot(number)?;
        let state = match SlotState::from_number(state as u8) {
            Some(SlotState::Undefined) => continue,
            Some(SlotState::Empty) => "empty",
            Some(SlotState::Tampered) => "tampered with",
            Some(SlotState::NotValid) => "not valid",
            Some(SlotState::Valid) => "valid",
            None => "unknown",
        };
        is_empty = false;
        println!("{number:>2}  {:<22} {state}", describe(kind));
    }
    if is_empty {
        println!("none of the {slots} slots has a policy yet, so there are no keys");
    }
    Ok(())
}

/// The kind of a slot by the first word of its policy.
fn describe(word: u32) -> String {
    match Policy::from_words(word, 0).map(|policy| policy.kind) {
        Some(Kind::Symmetric(kind, length)) => format!("{kind:?}, {length} bytes"),
        Some(Kind::Private(group)) => format!("private key on {group:?}"),
        Some(Kind::Public(group)) => format!("public key on {group:?}"),
        None => "unknown".into(),
    }
}

fn log() -> Result<(), ffi::Refused> {
    let mut next = 0;
    loop {
        let events = ffi::hsm_events(next)?;
        let Some(last) = events.last() else { return Ok(()) };
        next = last.number.wrapping_add(1);
        for event in &events {
            println!("{:>4}  {}", event.number, event_text(event.code, event.argument));
        }
    }
}

fn event_text(code: u32, argument: u32) -> String {
    let (low, high) = (argument & 0xFF, argument >> 8 & 0xFF);
    let is = |known: Code| code == known as u32;
    match () {
        () if is(Code::Started) => format!("started, epoch {argument}"),
        () if is(Code::Connected) => format!("host connected, epoch {argument}"),
        () if is(Code::Version) => format!("host of version {argument} refused"),
        () if is(Code::Violation) => format!("channel {low} stopped, violation {high}"),
        () if is(Code::Pointer) => format!("channel {high}, command {low:#04x}: memory that is not the host's to name"),
        () if is(Code::Tampered) => format!("record of {} is not what was written", slot(low)),
        () if is(Code::Storage) => format!("flash failed, {}", slot(low)),
        () if is(Code::Lifecycle) => {
            format!("life cycle: {}", Lifecycle::from_number(low as u8).map_or("unknown", lifecycle))
        }
        () if is(Code::Defined) => format!("{} defined", slot(low)),
        () if is(Code::Usage) => format!("command {high:#04x} refused by the policy of {}", slot(low)),
        () if is(Code::Dead) => format!("command {low:#04x} is dead in this state of the life cycle"),
        () if is(Code::Envelope) => format!("envelope of a contract key was not genuine, for {}", slot(low)),
        () if is(Code::Erased) => format!("{} erased", slot(low)),
        () if is(Code::Entropy) => "no entropy".into(),
        () => format!("event {code}, {argument:#x}"),
    }
}

fn slot(number: u32) -> String {
    match number {
        v2gcrypt_hsm_firmware::log::NO_SLOT => "no slot".into(),
        number => format!("slot {number}"),
    }
}

fn lifecycle(state: Lifecycle) -> &'static str {
    match state {
        Lifecycle::Blank => "blank",
        Lifecycle::Factory => "factory",
        Lifecycle::Operational => "operational",
        Lifecycle::Locked => "locked",
    }
}
