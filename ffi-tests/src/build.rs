//! Archives, generated configurations and C programs, built as an integrator would.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{tools, workspace};

/// Folder for everything that the tests build: each archive variant has a target folder of its own in it.
pub fn scratch() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target).join("ffi"),
        None => workspace().join("target/ffi"),
    }
}

/// Further flags for every C program, such as `-fsanitize=address`. ffi-tests/sanitize.sh sets these three.
const FLAGS: &str = "V2GCRYPT_C_FLAGS";
/// The tool that runs every C program, such as `valgrind -q`.
const RUNNER: &str = "V2GCRYPT_RUNNER";
/// A file that gets the name of every C program that is run.
const RAN: &str = "V2GCRYPT_RAN";

/// Whether a sanitizer or a tool watches the programs.
pub fn is_instrumented() -> bool {
    [FLAGS, RUNNER].iter().any(|name| std::env::var_os(name).is_some())
}

/// One way to build the library.
pub struct Archive {
    /// Name of the variant; its target folder.
    pub name: &'static str,
    /// Package.
    pub package: &'static str,
    /// Further arguments to `cargo build`.
    pub arguments: &'static [&'static str],
    /// Environment, such as the enumeration width.
    pub environment: &'static [(&'static str, &'static str)],
}

/// `libv2gcrypt_host.a`, as the README says.
pub const HOST: Archive = Archive { name: "host", package: "v2gcrypt-host", arguments: &["--release"], environment: &[] };

/// [`HOST`] with the emulated Cortex-M3 in it.
pub const HOST_QEMU: Archive =
    Archive { name: "host-qemu", package: "v2gcrypt-host-qemu", arguments: &["--release"], environment: &[] };

/// `libv2gcrypt_host.a` with int enumerations.
pub const HOST_ENUM_INT: Archive = Archive {
    name: "host-enum-int",
    package: "v2gcrypt-host",
    arguments: &["--release"],
    environment: &[("V2GCRYPT_ENUM_WIDTH", "int")],
};

/// `libv2gcrypt.a` for a host: no callouts in it.
pub const STACK: Archive = Archive { name: "stack", package: "v2gcrypt", arguments: &["--release"], environment: &[] };

/// `libv2gcrypt.a` as a target has it: without std, where a panic is a callout. Built for this machine all the same.
pub const TARGET: Archive = Archive {
    name: "target",
    package: "v2gcrypt",
    arguments: &[
        "--release",
        "--no-default-features",
        "--features",
        "csm,cryif,soft",
        "--config",
        "profile.release.panic=\"abort\"",
    ],
    environment: &[],
};

impl Archive {
    /// Builds the archive and returns its path. Cargo knows when there is nothing to do.
    pub fn build(&self) -> PathBuf {
        let target = scratch().join(self.name);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(workspace()).args(["build", "-p", self.package]).args(self.arguments);
        command.env("CARGO_TARGET_DIR", &target).env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
        command.env_remove("V2GCRYPT_ENUM_WIDTH").envs(self.environment.iter().copied());
        tools::run(&mut command);
        let profile = if self.arguments.contains(&"--release") { "release" } else { "debug" };
        target.join(profile).join(format!("lib{}.a", self.package.replace('-', "_")))
    }
}

/// Names the image of the HSM's firmware: `crypto-driver/hsm-firmware/qemu.sh` sets it.
const IMAGE: &str = "V2GCRYPT_HSM_IMAGE";

/// Generates a configuration from ARXML files into `scratch()/config/<name>` and returns that folder.
pub fn generate(name: &str, arxml: &[&Path]) -> PathBuf {
    let folder = scratch().join("config").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    let files: Vec<PathBuf> = arxml.iter().map(|path| path.to_path_buf()).collect();
    v2gcrypt_arxml::generate_to(&files, &folder).unwrap_or_else(|error| panic!("{error}"));
    folder
}

/// A C program in the making.
pub struct Program {
    name: String,
    compiler: String,
    flags: Vec<String>,
    includes: Vec<PathBuf>,
    sources: Vec<PathBuf>,
    archive: Option<PathBuf>,
}

impl Program {
    /// A program called `name`, of the given sources (from the workspace's root), compiled with every warning as an error.
    pub fn new(name: &str, sources: &[&str]) -> Self {
        let flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-g", "-O1", "-D_POSIX_C_SOURCE=200809L"];
        Self {
            name: name.to_string(),
            compiler: "cc".to_string(),
            flags: flags.map(str::to_string).to_vec(),
            includes: Vec::new(),
            sources: sources.iter().map(|source| workspace().join(source)).collect(),
            archive: None,
        }
    }

    /// Adds a generated configuration: its folder comes first in include order, and its C files are compiled in.
    pub fn configuration(mut self, folder: &Path) -> Self {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("the configuration was generated")
            .map(|entry| entry.expect("the entry can be read").path())
            .filter(|path| path.extension().is_some_and(|e| e == "c"))
            .collect();
        files.sort();
        self.sources.extend(files);
        self.includes.push(folder.to_path_buf());
        self
    }

    /// Leaves out a file of the configuration: that of a module which the program brings itself.
    pub fn without(mut self, file: &str) -> Self {
        self.sources.retain(|source| !source.ends_with(file));
        self
    }

    /// Links an archive.
    pub fn archive(mut self, archive: &Path) -> Self {
        self.archive = Some(archive.to_path_buf());
        self
    }

    /// Links the host's library, and puts what the HSM is for this run: the emulated Cortex-M3 where the environment names its image,
    /// else the simulator.
    pub fn hsm(self) -> Self {
        match std::env::var_os(IMAGE) {
            Some(_) => self.flags(&["-DTEST_HSM_QEMU"]).archive(&HOST_QEMU.build()),
            None => self.archive(&HOST.build()),
        }
    }

    /// Adds compiler flags.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.flags.extend(flags.iter().map(|flag| flag.to_string()));
        self
    }

    /// Uses another compiler than `cc`.
    pub fn compiler(mut self, compiler: &str) -> Self {
        self.compiler = compiler.to_string();
        self
    }

    /// The command that compiles and links, and the program's path.
    pub fn command(&self) -> (Command, PathBuf) {
        let folder = scratch().join("bin");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let program = folder.join(&self.name);
        let root = workspace();
        let own = [root.join("include"), root.join("include/platform"), root.join("ffi-tests/c")];
        let mut command = Command::new(&self.compiler);
        command.args(&self.flags);
        if self.compiler == "cc" {
            // Another compiler's sanitizer need not be installed.
            command.args(std::env::var(FLAGS).unwrap_or_default().split_whitespace());
        }
        command.args(tools::includes(self.includes.iter().chain(&own).map(PathBuf::as_path)));
        command.args(&self.sources).arg("-o").arg(&program);
        command.args(&self.archive).args(["-lpthread", "-ldl", "-lm"]);
        (command, program)
    }

    /// Compiles and links; the warnings are errors. Returns the program's path.
    pub fn build(&self) -> PathBuf {
        let (mut command, program) = self.command();
        tools::run(&mut command);
        program
    }

    /// Builds, and gives the command that runs it: under the tool that `V2GCRYPT_RUNNER` names, if there is one.
    pub fn start(&self) -> Command {
        let program = self.build();
        if let Some(ran) = std::env::var_os(RAN) {
            let mut list = OpenOptions::new().create(true).append(true).open(ran).expect("the list can be written");
            writeln!(list, "{}", self.name).expect("the list can be written");
        }
        // valgrind does not know every compiler's debug information.
        let runner = std::env::var(RUNNER).ok().filter(|_| self.compiler == "cc");
        let Some(runner) = runner else { return Command::new(program) };
        let mut words = runner.split_whitespace();
        let mut command = Command::new(words.next().expect("V2GCRYPT_RUNNER names a program"));
        command.args(words).arg(program);
        command
    }

    /// Builds and runs; the program must exit with 0. Returns what it printed.
    pub fn run(&self) -> Output {
        tools::run(&mut self.start())
    }
}
