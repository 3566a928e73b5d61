//! A process is killed at random moments while it imports contract keys, which it keeps in files.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use v2gcrypt_ffi_tests::build::{scratch, Program, HOST};
use v2gcrypt_primitives::{cipher, ec, ecdh, kdf, Curve, Data, HashAlgorithm};

const PAIRS: u32 = 16;
const KILLS: usize = 500;
const MOST_KILLS: usize = 3000;
const NEW_AT_LEAST: usize = 20;

/// Waits between kills; the same in each run, unlike the machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// What the process said of its imports: the last that it began, and the last that it ended.
fn imports(said: &str) -> (Option<u32>, Option<u32>) {
    let last = |mark: char| {
        // A line that was cut by the kill ends without its newline.
        let whole = &said[..said.rfind('\n').map_or(0, |end| end + 1)];
        whole.lines().rev().find_map(|line| line.strip_prefix(mark)).map(|number| number.parse().expect("a number"))
    };
    (last('b'), last('e'))
}

#[test]
fn a_process_killed_during_an_import_has_the_old_key_or_the_new_one_and_it_signs() {
    let folder = scratch().join("kill9");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let keys = folder.join("keys");
    let scalar = |number: u8| (0..32u8).map(|at| number.wrapping_mul(31).wrapping_add(at) | 1).collect::<Vec<u8>>();
    let public = |scalar: &[u8]| ec::public_key(Curve::P256, scalar).expect("a scalar").as_bytes().to_vec();
    let provisioning = scalar(200);
    let contract = |number: u32| {
        let key = scalar(number as u8);
        // As a station encrypts it: ephemeral ECDH, SHA-256, AES-128-CBC. [V2G2-815] [V2G2-818]
        let ephemeral = scalar(100 + number as u8);
        let shared =
            ecdh::PrivateKey::new(Curve::P256, &ephemeral).expect("a scalar").agree(&public(&provisioning)).expect("a point");
        let mut session = [0; 16];
        kdf::concat(HashAlgorithm::Sha256, shared.as_bytes(), &[0x01, 0x55, 0x56], &mut session).expect("16 bytes");
        let iv = [number as u8; 16];
        let mut encrypted = key.clone();
        let cbc = cipher::CipherKey::new(cipher::CipherAlgorithm::AesCbc, &session).expect("16 bytes");
        cbc.crypt(cipher::Direction::Encrypt, &iv, Data::InPlace { buffer: &mut encrypted, length: 32 }).expect("two blocks");
        [key.clone(), public(&key), public(&ephemeral), iv.to_vec(), encrypted].concat()
    };
    let contracts: Vec<u8> = (0..PAIRS).flat_map(contract).collect();
    std::fs::write(&keys, [provisioning.as_slice(), &contracts].concat()).expect("the keys can be written");
    let program = Program::new("kill9", &["ffi-tests/c/kill9.c"]).archive(&HOST.build()).build();
    let nvm = folder.join("nvm");
    let command = |mode: &str, next: u32| {
        let mut command = Command::new(&program);
        command.arg(mode).arg(&keys).arg(next.to_string()).env("V2GCRYPT_NV_DIR", &nvm).stdout(Stdio::piped());
        command
    };

    // How long an import takes here.
    let began = Instant::now();
    let mut child = command("import", 0).stderr(Stdio::null()).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(200));
    child.kill().expect("it was running");
    let mut said = String::new();
    child.stdout.take().expect("piped").read_to_string(&mut said).expect("text");
    child.wait().expect("it has ended");
    let import = began.elapsed() / (said.lines().count() as u32 / 2).max(1);

    std::fs::remove_dir_all(&nvm).expect("it has written");

    let mut random = Random(0x5EED);
    let (mut old, mut new, mut between, mut reported) = (0, 0, 0, 0);
    let mut current = None;
    let start = Instant::now();
    let mut kills = 0;
    // On a busy machine fewer imports end in time: then it takes more kills until both outcomes have been seen often enough.
    while kills < KILLS || (new < NEW_AT_LEAST && kills < MOST_KILLS) {
        let kill = kills;
        kills += 1;
        let next = current.map_or(0, |current| current + 1) % PAIRS;
        let mut child = command("import", next).stderr(Stdio::null()).spawn().expect("it runs");
        let mut stdout = child.stdout.take().expect("piped");
        let mut said = vec![0; 1];
        stdout.read_exact(&mut said).expect("it begins");
        let wait = Duration::from_nanos(random.below(3 * import.as_nanos() as u64 + 1));
        let until = Instant::now() + wait;
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        child.kill().expect("it does not end by itself"); // SIGKILL
        stdout.read_to_end(&mut said).expect("what it said");
        child.wait().expect("it has ended");
        let (begun, ended) = imports(std::str::from_utf8(&said).expect("text"));

        let output = command("check", 0).output().expect("it runs");
        let found = String::from_utf8_lossy(&output.stdout).trim().to_string();
        assert!(output.status.success(), "kill {kill}: {found}");
        reported += String::from_utf8_lossy(&output.stderr).lines().count();
        let found = found.parse::<u32>().ok();
        let before = ended.or(current);
        match begun {
            // In the first moment not even the first line may have come out.
            Some(begun) if ended != Some(begun) => {
                assert!(found == before || found == Some(begun), "kill {kill}: {found:?}, {before:?} or {begun}");
                old += usize::from(found == before);
                new += usize::from(found == Some(begun));
            }
            _ => {
                // The word that the next import begins may have been lost with the process.
                let next = Some(before.map_or(next, |before| (before + 1) % PAIRS));
                assert!(found == before || found == next, "kill {kill}: {found:?}, {before:?} or {next:?}");
                between += 1;
            }
        }
        current = found;
    }
    println!("{kills} kills in {:?}, an import takes {import:?}: {old} in an import with the old key after it, {new} with the new one, {between} between imports; {reported} torn copies reported", start.elapsed());
    assert!(old >= 50 && new >= NEW_AT_LEAST && reported >= 50 && old + new + between == kills);
}
