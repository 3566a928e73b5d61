//! Fresh random keys, and the `openssl` program on the other side: what one signs, encrypts or derives, the other verifies,
//! decrypts and derives too. AEAD, which that program does not offer, is compared with Wycheproof's vectors.

use std::cell::Cell;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;

use v2gcrypt_ffi_tests::build::scratch;
use v2gcrypt_ffi_tests::calls::{hex, unhex, Place, Stack, E_OK};
use v2gcrypt_ffi_tests::configuration::{Configuration, Element, Format};
use v2gcrypt_ffi_tests::tools;
use v2gcrypt_types::*;

/// Fresh keys for each algorithm.
const ROUNDS: usize = 4;

struct Curve {
    name: &'static str,
    bits: u32,
    field: usize,
    hash: &'static str,
    digest: &'static str,
    oid: &'static [u8],
    /// What comes before the point in a SubjectPublicKeyInfo.
    prefix: &'static [u8],
}

const CURVES: [Curve; 3] = [
    Curve {
        name: "P-256",
        bits: 256,
        field: 32,
        hash: "SHA2_256",
        digest: "sha256",
        oid: &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07],
        prefix: &[
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE,
            0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ],
    },
    Curve {
        name: "P-384",
        bits: 384,
        field: 48,
        hash: "SHA2_384",
        digest: "sha384",
        oid: &[0x2B, 0x81, 0x04, 0x00, 0x22],
        prefix: &[
            0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00,
            0x22, 0x03, 0x62, 0x00,
        ],
    },
    Curve {
        name: "P-521",
        bits: 521,
        field: 66,
        hash: "SHA2_512",
        digest: "sha512",
        oid: &[0x2B, 0x81, 0x04, 0x00, 0x23],
        prefix: &[
            0x30, 0x81, 0x9B, 0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04,
            0x00, 0x23, 0x03, 0x81, 0x86, 0x00,
        ],
    },
];

/// What comes before a key of X25519 in a SubjectPublicKeyInfo.
const X25519: &[u8] = &[0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x6E, 0x03, 0x21, 0x00];

/// The program, with a folder for its files.
struct Openssl {
    folder: PathBuf,
    runs: Cell<u32>,
}

impl Openssl {
    /// `None` where there is none, unless CI asks for it.
    fn new(name: &str) -> Option<Self> {
        let found = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
        if !found {
            assert!(std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "`openssl` is not installed");
            println!("`openssl` is not installed: left out");
            return None;
        }
        let folder = scratch().join("openssl").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        Some(Self { folder, runs: Cell::new(0) })
    }

    fn write(&self, file: &str, bytes: &[u8]) {
        std::fs::write(self.folder.join(file), bytes).expect("the file can be written");
    }

    fn read(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn command(&self, line: &str) -> Command {
        self.runs.set(self.runs.get() + 1);
        let mut command = Command::new("openssl");
        command.current_dir(&self.folder).args(line.split_whitespace());
        command
    }

    /// Runs it with these words; it must succeed. What it prints.
    fn run(&self, line: &str) -> String {
        String::from_utf8_lossy(&tools::run(&mut self.command(line)).stdout).into_owned()
    }

    fn fails(&self, line: &str) {
        let output = self.command(line).output().expect("it runs");
        assert!(!output.status.success(), "openssl {line}");
    }

    /// A fresh private key `<name>.der` in PKCS#8, and its public key `<name>.pub`.
    fn generate(&self, name: &str, algorithm: &str) -> (Vec<u8>, Vec<u8>) {
        self.run(&format!("genpkey -algorithm {algorithm} -out {name}.pem"));
        self.run(&format!("pkcs8 -topk8 -nocrypt -in {name}.pem -outform DER -out {name}.der"));
        self.run(&format!("pkey -in {name}.pem -pubout -outform DER -out {name}.pub"));
        (self.read(&format!("{name}.der")), self.read(&format!("{name}.pub")))
    }

    /// The secret that `<private>.der` shares with `<public>.pub`.
    fn agree(&self, private: &str, public: &str) -> Vec<u8> {
        self.run(&format!("pkeyutl -derive -inkey {private}.der -keyform DER -peerkey {public}.pub -peerform DER -out secret"));
        self.read("secret")
    }

    /// The bytes that it prints in hexadecimal.
    fn bytes(&self, line: &str) -> Vec<u8> {
        unhex(&self.run(line).to_lowercase().replace([':', '\n'], ""))
    }
}

fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).expect("there is randomness");
    bytes
}

/// DER of r‖s.
fn der_of(raw: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len() - 1);
        let sign = if number[start] & 0x80 != 0 { vec![0] } else { Vec::new() };
        let content = [sign, number[start..].to_vec()].concat();
        [vec![0x02, content.len() as u8], content].concat()
    };
    let (r, s) = raw.split_at(raw.len() / 2);
    let content = [integer(r), integer(s)].concat();
    let length = if content.len() < 0x80 { vec![content.len() as u8] } else { vec![0x81, content.len() as u8] };
    [vec![0x30], length, content].concat()
}

/// r‖s of DER as `openssl` writes it.
fn raw_of(der: &[u8], field: usize) -> Vec<u8> {
    let mut rest = if der[1] == 0x81 { &der[3..] } else { &der[2..] };
    let mut raw = Vec::new();
    for _ in 0..2 {
        let (number, behind) = rest[2..].split_at(usize::from(rest[1]));
        let digits = &number[number.len().saturating_sub(field)..];
        raw.extend([vec![0; field - digits.len()], digits.to_vec()].concat());
        rest = behind;
    }
    raw
}

/// The keys and jobs of one signature algorithm: a private key in PKCS#8, a public one in SubjectPublicKeyInfo.
struct Signature {
    private: u32,
    public: u32,
    sign: u32,
    verify: u32,
}

fn signature(configuration: &mut Configuration, family: &'static str, id: u8, curve: Option<&Curve>) -> Signature {
    let mut elements = vec![
        Element::formatted(CRYPTO_KE_SIGNATURE_KEY, Format::Pkcs8),
        Element::constant(CRYPTO_KE_KEYGENERATE_ALGORITHM, id),
        Element::formatted(CRYPTO_KE_V2GCRYPT_PUBLICKEY, Format::SubjectPublicKeyInfo),
    ];
    elements.extend(curve.map(|curve| Element::constants(CRYPTO_KE_KEYGENERATE_CURVETYPE, curve.oid)));
    let (hash, bits) = curve.map_or(("NOT_SET", 0), |curve| (curve.hash, curve.bits));
    let private = configuration.key(elements);
    let public = configuration.key(vec![Element::formatted(CRYPTO_KE_SIGNATURE_KEY, Format::SubjectPublicKeyInfo)]);
    let sign = configuration.job(("SIGNATUREGENERATE", family, "NOT_SET", hash, bits), private);
    let verify = configuration.job(("SIGNATUREVERIFY", family, "NOT_SET", hash, bits), public);
    Signature { private, public, sign, verify }
}

#[test]
fn openssl_verifies_what_we_sign_with_fresh_keys_and_we_what_it_signs() {
    let Some(openssl) = Openssl::new("signatures") else { return };
    let mut configuration = Configuration::default();
    let mut algorithms: Vec<_> = CURVES
        .iter()
        .map(|curve| {
            let keys = signature(&mut configuration, "ECCNIST", CRYPTO_ALGOFAM_ECDSA, Some(curve));
            (Some(curve), format!("EC -pkeyopt ec_paramgen_curve:{}", curve.name), keys)
        })
        .collect();
    let ed25519 = signature(&mut configuration, "ED25519", CRYPTO_ALGOFAM_ED25519, None);
    algorithms.push((None, "ED25519".into(), ed25519));
    let mut stack = Stack::start("openssl-signatures", &configuration);
    let (mut ours, mut theirs) = (0, 0);
    for (curve, generate, keys) in &algorithms {
        let digest = curve.map_or("-rawin".into(), |curve| format!("-rawin -digest {}", curve.digest));
        let to_openssl = |raw: &[u8]| if curve.is_some() { der_of(raw) } else { raw.to_vec() };
        let from_openssl = |found: Vec<u8>| curve.map_or(found.clone(), |curve| raw_of(&found, curve.field));
        let verify = |key: &str, message: &str| {
            format!("pkeyutl -verify -pubin -inkey {key}.pub -keyform DER {digest} -in {message} -sigfile signature")
        };
        for round in 0..ROUNDS {
            let name = format!("{generate}, round {round}");
            let message = random(1 + 97 * round);
            openssl.write("message", &message);
            openssl.write("other", &random(80));

            // Our key, our signature.
            assert_eq!(stack.generate(keys.private), E_OK, "{name}");
            assert_eq!(stack.set_valid(keys.private), E_OK, "{name}");
            let private = stack.get(keys.private, CRYPTO_KE_SIGNATURE_KEY, 512).expect("it may be read");
            let public = stack.get(keys.private, CRYPTO_KE_V2GCRYPT_PUBLICKEY, 512).expect("it may be read");
            openssl.write("ours.der", &private);
            openssl.write("ours.pub", &public);
            openssl.run("pkey -inform DER -in ours.der -check -noout");
            openssl.run("pkey -inform DER -in ours.der -pubout -outform DER -out same.pub");
            assert_eq!(openssl.read("same.pub"), public, "{name}");
            let raw = stack.sign(keys.sign, &message, 132, 0).unwrap_or_else(|code| panic!("{name}: {code}"));
            openssl.write("signature", &to_openssl(&raw));
            openssl.run(&verify("ours", "message"));
            openssl.fails(&verify("ours", "other"));
            ours += 1;
            // It signs with our key, we verify.
            openssl.run(&format!("pkeyutl -sign -inkey ours.der -keyform DER {digest} -in message -out signature"));
            assert_eq!(stack.load(keys.public, &[(CRYPTO_KE_SIGNATURE_KEY, &public)]), Ok(()), "{name}");
            let raw = from_openssl(openssl.read("signature"));
            assert_eq!(stack.verify(keys.verify, &message, &raw, 0), Ok(true), "{name}");
            theirs += 1;

            // Its key: it signs, we verify; we sign, it verifies.
            let (private, public) = openssl.generate("theirs", generate);
            openssl.run(&format!("pkeyutl -sign -inkey theirs.der -keyform DER {digest} -in message -out signature"));
            let raw = from_openssl(openssl.read("signature"));
            assert_eq!(stack.load(keys.public, &[(CRYPTO_KE_SIGNATURE_KEY, &public)]), Ok(()), "{name}");
            assert_eq!(stack.verify(keys.verify, &message, &raw, 0), Ok(true), "{name}");
            assert_eq!(stack.verify(keys.verify, &openssl.read("other"), &raw, 0), Ok(false), "{name}");
            theirs += 1;
            assert_eq!(stack.load(keys.private, &[(CRYPTO_KE_SIGNATURE_KEY, &private)]), Ok(()), "{name}");
            // A stream where there is one: another engine.
            let pieces = if curve.is_some() { 31 } else { 0 };
            let raw = stack.sign(keys.sign, &message, 132, pieces).unwrap_or_else(|code| panic!("{name}: {code}"));
            openssl.write("signature", &to_openssl(&raw));
            openssl.run(&verify("theirs", "message"));
            ours += 1;
        }
    }
    stack.end();
    println!("{ours} signatures of ours verified by openssl, {theirs} of its by us; {} runs of it", openssl.runs.get());
    assert!(ours >= 32 && theirs >= 32);
}

/// Keys of a key exchange: one that makes pairs, one that takes PKCS#8.
fn exchange(configuration: &mut Configuration, family: u8, field: usize, oid: &[u8]) -> (u32, u32) {
    let mut elements = vec![
        Element::up_to(CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, 66),
        Element::exact(CRYPTO_KE_KEYEXCHANGE_PRIVKEY, field as u32),
        Element::constant(CRYPTO_KE_KEYEXCHANGE_ALGORITHM, family),
    ];
    let own = configuration.key(elements.clone());
    elements[1] = Element::formatted(CRYPTO_KE_KEYEXCHANGE_PRIVKEY, Format::Pkcs8);
    if !oid.is_empty() {
        elements.push(Element::constants(CRYPTO_KE_KEYEXCHANGE_CURVETYPE, oid));
    }
    (own, configuration.key(elements))
}

#[test]
fn openssl_and_we_agree_on_the_same_secret_with_fresh_keys() {
    let Some(openssl) = Openssl::new("exchange") else { return };
    let mut configuration = Configuration::default();
    let mut algorithms: Vec<_> = CURVES
        .iter()
        .map(|curve| {
            let keys = exchange(&mut configuration, CRYPTO_ALGOFAM_ECDH, curve.field, curve.oid);
            (format!("EC -pkeyopt ec_paramgen_curve:{}", curve.name), curve.prefix, keys)
        })
        .collect();
    algorithms.push(("X25519".into(), X25519, exchange(&mut configuration, CRYPTO_ALGOFAM_X25519, 32, &[])));
    let mut stack = Stack::start("openssl-exchange", &configuration);
    let mut secrets = 0;
    for (generate, prefix, (own, imported)) in &algorithms {
        for round in 0..ROUNDS {
            let name = format!("{generate}, round {round}");
            // Our pair, its pair. A key that was used anew is empty, so that each round has a pair of its own.
            stack.init();
            let public = stack.public_value(*own, 133).unwrap_or_else(|code| panic!("{name}: {code}"));
            openssl.write("ours.pub", &[prefix, &public[..]].concat());
            let (private, partner) = openssl.generate("theirs", generate);
            let point = partner.strip_prefix(*prefix).expect("the curve's name and a point");
            let expected = openssl.agree("theirs", "ours");
            assert_eq!(stack.secret(*own, point), E_OK, "{name}");
            assert_eq!(stack.get(*own, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, 66).as_ref(), Ok(&expected), "{name}");
            // Its pair, which we take, and another of its.
            let (_, other) = openssl.generate("other", generate);
            let expected = openssl.agree("other", "theirs");
            let loaded = stack.load(*imported, &[(CRYPTO_KE_KEYEXCHANGE_PRIVKEY, &private)]);
            assert_eq!(loaded, Ok(()), "{name}");
            assert_eq!(stack.public_value(*imported, 133).as_deref(), Ok(point), "{name}");
            let other = other.strip_prefix(*prefix).expect("the curve's name and a point");
            assert_eq!(stack.secret(*imported, other), E_OK, "{name}");
            assert_eq!(stack.get(*imported, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, 66).as_ref(), Ok(&expected), "{name}");
            secrets += 2;
        }
    }
    stack.end();
    println!("{secrets} secrets shared with openssl; {} runs of it", openssl.runs.get());
    assert!(secrets >= 32);
}

#[test]
fn openssl_decrypts_what_we_encrypt_with_fresh_keys_and_we_what_it_encrypts() {
    let Some(openssl) = Openssl::new("ciphers") else { return };
    let mut configuration = Configuration::default();
    let mut ciphers = Vec::new();
    for size in [16u32, 32] {
        for (mode, padding, option, unit) in
            [("CBC", "PADDING_PKCS7", "cbc", 1), ("CBC", "NOT_SET", "cbc -nopad", 16), ("CTR", "NOT_SET", "ctr", 1)]
        {
            let key = configuration.key(vec![
                Element::exact(CRYPTO_KE_CIPHER_KEY, size),
                Element::exact(CRYPTO_KE_CIPHER_IV, 16),
                Element::constant(CRYPTO_KE_KEYGENERATE_ALGORITHM, CRYPTO_ALGOFAM_AES),
            ]);
            let encrypt = configuration.job(("ENCRYPT", "AES", mode, padding, 0), key);
            let decrypt = configuration.job(("DECRYPT", "AES", mode, padding, 0), key);
            ciphers.push((format!("aes-{}-{option}", size * 8), unit, key, encrypt, decrypt));
        }
    }
    let mut stack = Stack::start("openssl-ciphers", &configuration);
    let (mut ours, mut theirs) = (0, 0);
    for (cipher, unit, key, encrypt, decrypt) in &ciphers {
        for length in [1, 15, 16, 17, 100, 1000] {
            let text = random(length * unit);
            let name = format!("{cipher}, {} bytes", text.len());
            let iv = random(16);
            assert_eq!(stack.generate(*key), E_OK, "{name}");
            assert_eq!(stack.load(*key, &[(CRYPTO_KE_CIPHER_IV, &iv)]), Ok(()), "{name}");
            let secret = stack.get(*key, CRYPTO_KE_CIPHER_KEY, 32).expect("it may be read");
            let with = format!("enc -{cipher} -K {} -iv {}", hex(&secret), hex(&iv));
            let pieces = if length == 17 { 7 } else { 0 };
            let encrypted = stack.encrypt(*encrypt, Place::Over, &text, pieces).unwrap_or_else(|code| panic!("{name}: {code}"));
            openssl.write("encrypted", &encrypted);
            openssl.run(&format!("{with} -d -in encrypted -out text"));
            assert_eq!(openssl.read("text"), text, "{name}");
            ours += 1;
            let text = random(length * unit);
            openssl.write("text", &text);
            openssl.run(&format!("{with} -in text -out encrypted"));
            assert_eq!(stack.decrypt(*decrypt, Place::Apart, &openssl.read("encrypted"), pieces), Ok(text), "{name}");
            theirs += 1;
        }
    }
    stack.end();
    println!("{ours} texts of ours decrypted by openssl, {theirs} of its by us");
    assert!(ours >= 36 && theirs >= 36);
}

#[test]
fn openssl_computes_the_macs_that_we_compute_with_fresh_keys() {
    let Some(openssl) = Openssl::new("macs") else { return };
    let mut configuration = Configuration::default();
    let mut macs = Vec::new();
    for (family, mode, id, size, option) in [
        ("AES", "CMAC", CRYPTO_ALGOFAM_AES, 16u32, "-cipher AES-128-CBC"),
        ("AES", "CMAC", CRYPTO_ALGOFAM_AES, 32, "-cipher AES-256-CBC"),
        ("AES", "GMAC", CRYPTO_ALGOFAM_AES, 16, "-cipher AES-128-GCM"),
        ("AES", "GMAC", CRYPTO_ALGOFAM_AES, 32, "-cipher AES-256-GCM"),
        ("SHA2_256", "HMAC", CRYPTO_ALGOFAM_SHA2_256, 32, "-digest SHA2-256"),
        ("SHA2_384", "HMAC", CRYPTO_ALGOFAM_SHA2_384, 48, "-digest SHA2-384"),
        ("SHA2_512", "HMAC", CRYPTO_ALGOFAM_SHA2_512, 200, "-digest SHA2-512"),
    ] {
        let key = configuration.key(vec![
            Element::exact(CRYPTO_KE_MAC_KEY, size),
            Element::exact(CRYPTO_KE_CIPHER_IV, 12),
            Element::constant(CRYPTO_KE_KEYGENERATE_ALGORITHM, id),
        ]);
        let generate = configuration.job(("MACGENERATE", family, mode, "NOT_SET", 0), key);
        let verify = configuration.job(("MACVERIFY", family, mode, "NOT_SET", 0), key);
        macs.push((mode, option, key, generate, verify));
    }
    let mut stack = Stack::start("openssl-macs", &configuration);
    let mut same = 0;
    for (mode, option, key, generate, verify) in &macs {
        for round in 0..ROUNDS {
            let name = format!("{mode} {option}, round {round}");
            let (message, nonce) = (random(1 + 61 * round), random(12));
            openssl.write("message", &message);
            assert_eq!(stack.generate(*key), E_OK, "{name}");
            assert_eq!(stack.load(*key, &[(CRYPTO_KE_CIPHER_IV, &nonce)]), Ok(()), "{name}");
            let secret = hex(&stack.get(*key, CRYPTO_KE_MAC_KEY, 256).expect("it may be read"));
            let nonce = if *mode == "GMAC" { format!("-macopt hexiv:{}", hex(&nonce)) } else { String::new() };
            let tag = openssl.bytes(&format!("mac {option} -macopt hexkey:{secret} {nonce} -in message {mode}"));
            assert_eq!(stack.mac(*generate, &message, 64, 16 * round).as_ref(), Ok(&tag), "{name}");
            assert_eq!(stack.check_mac(*verify, &message, &tag, 0), Ok(true), "{name}");
            same += 1;
        }
    }
    stack.end();
    println!("{same} MACs as openssl computes them");
    assert!(same >= 28);
}

#[test]
fn openssl_derives_what_we_derive_from_fresh_keys() {
    let Some(openssl) = Openssl::new("derivation") else { return };
    let families = [
        ("HKDF", CRYPTO_ALGOFAM_HKDF),
        ("X963KDF", CRYPTO_ALGOFAM_KDFX963),
        ("SSKDF", CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF),
        ("TLS1-PRF", CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF),
    ];
    let hashes =
        [("SHA2-256", CRYPTO_ALGOFAM_SHA2_256), ("SHA2-384", CRYPTO_ALGOFAM_SHA2_384), ("SHA2-512", CRYPTO_ALGOFAM_SHA2_512)];
    let mut configuration = Configuration::default();
    let source = configuration.key(vec![
        Element::exact(CRYPTO_KE_KEYDERIVATION_PASSWORD, 48),
        Element::exact(CRYPTO_KE_KEYDERIVATION_SALT, 40),
        Element::exact(CRYPTO_KE_KEYDERIVATION_ALGORITHM, 1),
        Element::exact(CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH, 1),
        Element::exact(CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, 17),
        Element::constant(CRYPTO_KE_KEYGENERATE_ALGORITHM, CRYPTO_ALGOFAM_SHA2_256),
    ]);
    let targets = [1, 16, 32, 100, 256].map(|size| (size, configuration.key(vec![Element::exact(1, size)])));
    let mut stack = Stack::start("openssl-derivation", &configuration);
    let mut same = 0;
    for (kdf, family) in families {
        for (digest, hash) in hashes {
            for (size, target) in targets {
                let name = format!("{kdf} {digest}, {size} bytes");
                let (salt, info) = (random(40), random(17));
                assert_eq!(stack.generate(source), E_OK, "{name}");
                let loaded = stack.load(
                    source,
                    &[
                        (CRYPTO_KE_KEYDERIVATION_SALT, &salt),
                        (CRYPTO_KE_KEYDERIVATION_ALGORITHM, &[family]),
                        (CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH, &[hash]),
                        (CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO, &info),
                    ],
                );
                assert_eq!(loaded, Ok(()), "{name}");
                let secret = hex(&stack.get(source, CRYPTO_KE_KEYDERIVATION_PASSWORD, 48).expect("it may be read"));
                let (salt, info) = (hex(&salt), hex(&info));
                let options = match kdf {
                    "HKDF" => format!("-kdfopt hexkey:{secret} -kdfopt hexsalt:{salt} -kdfopt hexinfo:{info}"),
                    "TLS1-PRF" => format!("-kdfopt hexsecret:{secret} -kdfopt hexseed:{info}{salt}"), // label, seed
                    _ => format!("-kdfopt hexkey:{secret} -kdfopt hexinfo:{info}"),
                };
                let expected = openssl.bytes(&format!("kdf -keylen {size} -kdfopt digest:{digest} {options} {kdf}"));
                assert_eq!(stack.derive(source, target), E_OK, "{name}");
                assert_eq!(stack.get(target, 1, 256), Ok(expected), "{name}");
                same += 1;
            }
        }
    }
    stack.end();
    println!("{same} keys derived as openssl derives them");
    assert!(same >= 60);
}
