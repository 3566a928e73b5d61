//! The programs that tests run.

use std::path::Path;
use std::process::{Command, Output};

/// A program by name, if this machine has it.
///
/// A fresh machine has a C compiler and little else, so a test goes on without the others; where
/// `V2GCRYPT_REQUIRE_TOOLS` is set, as CI does, a missing program is a failure.
pub fn find(name: &str) -> Option<String> {
    let found = Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "`{name}` is not installed");
        println!("`{name}` is not installed: what needs it is left out");
    }
    found.then(|| name.to_string())
}

/// Runs a command that must succeed, and returns what it printed.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// `-I` for each folder, in order.
pub fn includes<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Vec<String> {
    folders.into_iter().map(|folder| format!("-I{}", folder.display())).collect()
}
