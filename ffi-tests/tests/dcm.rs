//! The factory flow of the provisioning certificate behind routines of Dcm; the authority is the program `openssl`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::Stdio;

use v2gcrypt_ffi_tests::build::{generate, scratch, Program, HOST};
use v2gcrypt_ffi_tests::pki::Pki;
use v2gcrypt_ffi_tests::workspace;

/// `DCM_ROUTINES_NVM_BLOCK`
const LOCK: u16 = 64;

/// The example's configuration, with callbacks of the routines at the slot of the provisioning certificate, and a block for their lock.
fn configuration() -> PathBuf {
    let arxml = |file: &str| workspace().join("arxml").join(file);
    let text = std::fs::read_to_string(arxml("evcc_keym.arxml")).unwrap();
    let (before, slot) = text.split_once("<SHORT-NAME>OemProvisioning</SHORT-NAME>").expect("it has the slot");
    let (head, after) = slot.split_once("</PARAMETER-VALUES>").expect("it has parameters");
    let (verified, serviced) = ("<VALUE>Evcc_CertificateVerified</VALUE>", "<VALUE>Evcc_CertificateServiced</VALUE>");
    assert!(head.contains(verified) && head.contains(serviced));
    let head = head.replace(verified, "<VALUE>Dcm_KeyMAsyncCertificateVerifyFinished</VALUE>");
    let head = head.replace(serviced, "<VALUE>DcmRoutines_CertificateServiced</VALUE>");
    let file = scratch().join("evcc_keym_dcm.arxml");
    std::fs::create_dir_all(scratch()).expect("the folder can be made");
    let text = format!("{before}<SHORT-NAME>OemProvisioning</SHORT-NAME>{head}</PARAMETER-VALUES>{after}");
    std::fs::write(&file, text).expect("the file can be written");
    let folder = generate("dcm", &[&arxml("evcc.arxml"), &arxml("evcc_nvm.arxml"), &file]);
    // Blocks of others are not in the configuration of the crypto stack: the host's NvM has to be told.
    let blocks = folder.join("NvM_Host_Cfg.c");
    let text = std::fs::read_to_string(&blocks).expect("there is a NvM");
    let count: u32 =
        text.split_once("NvM_HostBlockCount = ").and_then(|(_, rest)| rest.split_once("U;")?.0.parse().ok()).expect("a count");
    let block = format!("    {{ .blockId = {LOCK}U, .length = 4U, .readFrom = NULL_PTR, .writeTo = NULL_PTR }},\n}};\n");
    let more = text.replacen("};\n", &block, 1);
    let more = more.replace(&format!("NvM_HostBlocks[{count}]"), &format!("NvM_HostBlocks[{}]", count + 1));
    let more = more.replace(&format!("BlockCount = {count}U"), &format!("BlockCount = {}U", count + 1));
    assert!(!text.contains(&format!(".blockId = {LOCK}U")), "the block is another's");
    std::fs::write(&blocks, more).expect("the file can be written");
    folder
}

#[test]
fn a_provisioning_certificate_is_made_in_routines_of_64_bytes_and_locked() {
    let Some(pki) = Pki::new(&scratch().join("pki/dcm")) else { return };
    pki.root("oem", "/C=DE/O=OEM/CN=OEM Root");
    pki.issue("oem-sub1", "oem", "sub1", "/C=DE/O=OEM/CN=OEM Sub1", 2, 2000);
    pki.issue("oem-sub2", "oem-sub1", "sub2", "/C=DE/O=OEM/CN=OEM Sub2", 3, 1000);
    pki.issue("other", "oem-sub2", "provisioning", "/O=v2gcrypt/CN=WBAV2GCRYPT000001/DC=OEM", 4, 60);
    pki.root("stranger", "/C=DE/O=Other/CN=Other Root");
    let sources = ["ffi-tests/c/dcm_main.c", "ffi-tests/examples/dcm_routines.c", "ffi-tests/c/support.c"];
    let examples = format!("-I{}", workspace().join("ffi-tests/examples").display());
    let program = Program::new("dcm", &sources).flags(&[&examples]).configuration(&configuration()).archive(&HOST.build());
    let nvm = scratch().join("dcm-nvm");
    let _ = std::fs::remove_dir_all(&nvm);
    let mut command = program.start();
    command.arg(pki.folder()).arg(nvm.join(format!("block_{LOCK:04x}_0"))).env("V2GCRYPT_NV_DIR", &nvm);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
    let mut said = String::new();
    while !said.ends_with("requested\n") && output.read_line(&mut said).expect("it prints text") > 0 {}
    let text = pki.request_text("provisioning.request");
    for part in ["verify OK", "WBAV2GCRYPT000001", "OEM"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    pki.answer("provisioning", "oem-sub2", "provisioning", "provisioning.request", 5, 60);
    pki.answer("strange", "stranger", "provisioning", "provisioning.request", 6, 60);
    child.stdin.take().expect("its input is a pipe").write_all(b"\n").expect("it listens");
    output.read_to_string(&mut said).expect("it prints text");
    println!("{said}");
    assert!(child.wait().expect("it ends").success(), "{said}");
    let checks = said.lines().find_map(|line| line.strip_prefix("dcm: ")?.split_whitespace().next()?.parse::<u32>().ok());
    assert!(checks.expect("it prints how many checks it made") >= 200);
}
