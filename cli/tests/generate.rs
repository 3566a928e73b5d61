//! `v2gcrypt generate` as a user calls it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn generate(files: &[&Path], out: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_v2gcrypt"));
    command.arg("generate").args(files).arg("--out").arg(out).output().unwrap()
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../arxml/evcc.arxml")
}

#[test]
fn a_good_configuration_is_written_and_its_files_are_told() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("good");
    let output = generate(&[&example()], &out);
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.lines().any(|line| Path::new(line) == out.join("Csm_Cfg.c")), "{printed}");
    assert!(printed.lines().all(|line| Path::new(line).exists()));
}

#[test]
fn a_bad_configuration_writes_nothing_tells_everything_and_fails() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (bad, broken, out) = (folder.join("bad.arxml"), folder.join("broken.arxml"), folder.join("never"));
    let text = std::fs::read_to_string(example()).unwrap();
    let text = text.replace("/Evcc/CryIf/FrameKey", "/Evcc/CryIf/Nowhere").replace(">CRYPTO_ALGOMODE_CMAC<", ">CMAK<");
    std::fs::write(&bad, text).unwrap();
    std::fs::write(&broken, "no ARXML").unwrap();
    for files in [vec![bad.as_path()], vec![bad.as_path(), broken.as_path()]] {
        let output = generate(&files, &out);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("error[unknown-literal]") && told.contains("/Evcc/Csm/CmacVerify"), "{told}");
        assert_eq!(told.contains("error[dangling-reference]"), files.len() == 1, "{told}");
        assert_eq!(told.contains("error[unparsable-file]"), files.len() == 2, "{told}");
        assert!(output.stdout.is_empty() && !out.exists());
    }
}

#[test]
fn one_finding_is_counted_as_one_and_a_folder_that_cannot_be_written_is_named() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = generate(&[&folder.join("absent.arxml")], &folder.join("never"));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.ends_with("\n1 finding; nothing was written.\n"), "{told}");

    let occupied = folder.join("occupied");
    std::fs::write(&occupied, "a file").unwrap();
    let output = generate(&[&example()], &occupied);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("error: cannot write ") && told.contains("occupied"), "{told}");
}
