//! Certificates that the program `openssl` makes from the descriptions in `tests/openssl/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use v2gcrypt_test_pki::asn1::{bit_string, constructed, elements, SEQUENCE};

/// Is the program there? If not, says so, and fails where `V2GCRYPT_REQUIRE_TOOLS` is set.
pub fn available() -> bool {
    let found = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
    if !found {
        assert!(std::env::var_os("V2GCRYPT_REQUIRE_TOOLS").is_none(), "the program openssl is missing");
        println!("skipped: the program openssl is missing");
    }
    found
}

/// How a certificate is described to openssl.
#[derive(Debug, Clone, Default)]
pub struct Description {
    pub name: String,
    pub issuer: String,
    /// A curve, or the name of the certificate whose key it has.
    pub key: String,
    pub subject: String,
    pub start: String,
    pub end: String,
    pub digest: String,
    /// Lines of the extension file: name and value.
    pub extensions: Vec<(String, String)>,
    /// What openssl cannot be told, is changed in the signed part afterwards, which openssl then signs.
    pub edits: Vec<Edit>,
}

/// A change of one element of the signed part.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Puts these bytes in its place; none: removes it.
    Replace(usize, Vec<u8>),
    /// Puts these bytes behind it.
    Behind(usize, Vec<u8>),
}

/// Elements of the signed part of a certificate of version 3.
const FIELDS: [&str; 8] = ["version", "serial", "algorithm", "issuer", "validity", "subject", "spki", "extensions"];

impl Description {
    /// Applies a change as `defects.txt` writes it; several are separated by ` ; `.
    pub fn change(&mut self, changes: &str) {
        for change in changes.split(" ; ").map(str::trim) {
            let (word, rest) = change.split_once(' ').unwrap_or((change, ""));
            match word {
                "subject" => self.subject = rest.to_owned(),
                "start" => self.start = rest.to_owned(),
                "end" => self.end = rest.to_owned(),
                "key" => self.key = rest.to_owned(),
                "digest" => self.digest = rest.to_owned(),
                "issuer" => self.issuer = rest.to_owned(),
                "without" => self.extensions.retain(|(name, _)| name != rest),
                "field" | "behind" => {
                    let (field, hex) = rest.split_once(' ').unwrap_or((rest, ""));
                    let place = FIELDS.iter().position(|name| *name == field).unwrap_or_else(|| panic!("no field: {change}"));
                    let bytes = unhex(hex);
                    self.edits.push(if word == "field" { Edit::Replace(place, bytes) } else { Edit::Behind(place, bytes) });
                }
                _ => {
                    let (name, value) = change.split_once(" = ").unwrap_or_else(|| panic!("no change: {change}"));
                    let value = (name.to_owned(), value.to_owned());
                    match self.extensions.iter_mut().find(|(old, _)| old == name) {
                        Some(old) => *old = value,
                        None => self.extensions.push(value),
                    }
                }
            }
        }
    }

    /// Does such a change concern the certificates below, too?
    fn reaches_below(&self, other: &Self) -> bool {
        let key_id = |description: &Self| {
            let of = |(name, value): &&(String, String)| name == "subjectKeyIdentifier" && value != "none";
            description.extensions.iter().find(of).cloned()
        };
        let is_of_subject = |edit: &Edit| matches!(edit, Edit::Replace(5 | 6, _));
        let edited = self.edits.iter().any(is_of_subject);
        self.subject != other.subject
            || self.key != other.key
            || key_id(self).is_some() && key_id(self) != key_id(other)
            || edited
    }
}

/// Bytes from hexadecimal digits; `'text'` stands for its characters; blanks do not count.
fn unhex(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (place, part) in text.split('\'').enumerate() {
        if place % 2 == 1 {
            bytes.extend(part.bytes());
            continue;
        }
        let digits: String = part.split_whitespace().collect();
        bytes.extend(
            (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits")),
        );
    }
    bytes
}

/// A certificate that openssl has made.
#[derive(Debug, Clone)]
pub struct Made {
    pub description: Description,
    pub der: Vec<u8>,
    pem: PathBuf,
    key: PathBuf,
}

/// All certificates of a description file.
pub struct Authority {
    folder: PathBuf,
    pub certificates: Vec<Made>,
}

const CONFIGURATION: &str = "\
[req]
distinguished_name = none
string_mask = utf8only
[none]
[ca]
default_ca = this
[this]
database = index.txt
new_certs_dir = .
unique_subject = no
rand_serial = yes
email_in_dn = no
string_mask = utf8only
default_md = default
policy = any
[any]
commonName = optional
";

impl Authority {
    /// Makes the certificates of `tests/openssl/<profile>.txt`, valid from `start`, in a folder of their own.
    pub fn make(profile: &str, start: &str) -> Self {
        let name = format!("openssl-{profile}-{}-{:?}", std::process::id(), std::thread::current().id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("openssl.cnf"), CONFIGURATION).unwrap();
        let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openssl").join(format!("{profile}.txt"));
        let mut authority = Self { folder, certificates: Vec::new() };
        for mut description in descriptions(&fs::read_to_string(text).unwrap()) {
            description.start = start.to_owned();
            let made = authority.issue(&description, &authority.certificates);
            authority.certificates.push(made);
        }
        authority
    }

    pub fn get(&self, name: &str) -> &Made {
        self.certificates.iter().find(|made| made.description.name == name).unwrap_or_else(|| panic!("no certificate {name}"))
    }

    /// The path from a leaf up to its root, both included.
    pub fn path(&self, leaf: &str) -> Vec<&Made> {
        let mut path = vec![self.get(leaf)];
        while let Some(last) = path.last().filter(|last| last.description.issuer != last.description.name) {
            path.push(self.get(&last.description.issuer));
        }
        path
    }

    /// A path in which the certificate number `place` is changed; those below it are issued again where need be.
    pub fn changed(&self, path: &[&Made], place: usize, change: &str) -> Vec<Vec<u8>> {
        let mut made: Vec<Made> = path.iter().map(|made| (*made).clone()).collect();
        let old = made[place].description.clone();
        let mut new = old.clone();
        new.change(change);
        let self_signed = old.issuer == old.name;
        made[place] = self.issue(&new, if self_signed { &[] } else { &self.certificates });
        if new.reaches_below(&old) {
            for below in (0..place).rev() {
                let issuer = made[below + 1].clone();
                let mut description = made[below].description.clone();
                description.issuer = issuer.description.name.clone();
                made[below] = self.issue_by(&description, Some(&issuer));
            }
        }
        made.into_iter().map(|made| made.der).collect()
    }

    fn issue(&self, description: &Description, known: &[Made]) -> Made {
        let issuer = known.iter().find(|made| made.description.name == description.issuer);
        self.issue_by(description, issuer)
    }

    fn issue_by(&self, description: &Description, issuer: Option<&Made>) -> Made {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let place = self.folder.join(number.to_string());
        fs::create_dir(&place).unwrap();
        fs::write(place.join("index.txt"), "").unwrap();
        let key = self.key(&description.name, &description.key);
        let extensions: String = description.extensions.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        fs::write(place.join("extensions"), extensions).unwrap();
        let config = self.folder.join("openssl.cnf");
        let run = |arguments: &[&str], paths: &[(&str, &Path)]| {
            let mut command = Command::new("openssl");
            command.args(arguments).current_dir(&place);
            paths.iter().for_each(|(option, path)| {
                command.arg(option).arg(path);
            });
            let output = command.output().expect("openssl runs");
            assert!(output.status.success(), "{command:?}\n{description:?}\n{}", String::from_utf8_lossy(&output.stderr));
        };
        run(&["req", "-new", "-utf8", "-subj", &description.subject, "-out", "request"], &[("-config", &config), ("-key", &key)]);
        let mut arguments = vec!["ca", "-batch", "-notext", "-preserveDN", "-in", "request", "-out", "made.pem"];
        arguments.extend(["-extfile", "extensions", "-startdate", &description.start, "-enddate", &description.end]);
        if !description.digest.is_empty() {
            arguments.extend(["-md", &description.digest]);
        } else {
            arguments.extend(["-md", digest_for(issuer.map_or(&description.key, |issuer| &issuer.description.key))]);
        }
        let mut paths = vec![("-config", config.as_path())];
        match issuer {
            None => {
                arguments.push("-selfsign");
                paths.push(("-keyfile", &key));
            }
            Some(issuer) => paths.extend([("-cert", issuer.pem.as_path()), ("-keyfile", issuer.key.as_path())]),
        }
        run(&arguments, &paths);
        let pem = place.join("made.pem");
        let (_, mut der) = der::pem::decode_vec(fs::read_to_string(&pem).unwrap().trim_end().as_bytes()).unwrap();
        if !description.edits.is_empty() {
            der = edit(&der, &description.edits);
            let parts = elements(&der).unwrap();
            fs::write(place.join("tbs"), parts[0]).unwrap();
            let digest = digest_for(issuer.map_or(&description.key, |issuer| &issuer.description.key));
            let signer = issuer.map_or(key.as_path(), |issuer| issuer.key.as_path());
            sign(&place, digest, signer);
            let signature = fs::read(place.join("signature")).unwrap();
            der = constructed(SEQUENCE, &[parts[0], parts[1], &bit_string(&signature)]);
            fs::write(&pem, v2gcrypt_test_pki::pem("CERTIFICATE", &der)).unwrap();
        }
        Made { description: description.clone(), der, pem, key }
    }

    /// The key of a certificate on a curve, made once; or that of another certificate.
    fn key(&self, name: &str, curve: &str) -> PathBuf {
        if let Some(other) = self.certificates.iter().find(|made| made.description.name == curve) {
            return other.key.clone();
        }
        let file = self.folder.join(format!("{name}-{curve}.key"));
        if !file.exists() {
            let mut command = Command::new("openssl");
            command.arg("genpkey");
            match curve {
                "Ed25519" => command.args(["-algorithm", "ED25519"]),
                "RSA" => command.args(["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
                _ => command.args(["-algorithm", "EC", "-pkeyopt", &format!("ec_paramgen_curve:{curve}")]),
            };
            let temporary = file.with_extension(format!("{:?}", std::thread::current().id()));
            let output = command.arg("-out").arg(&temporary).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            // Another thread may have made it meanwhile: whoever comes first has made the key.
            if fs::hard_link(&temporary, &file).is_err() {
                assert!(file.exists());
            }
            fs::remove_file(&temporary).unwrap();
        }
        file
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn sign(place: &Path, digest: &str, key: &Path) {
    let mut command = Command::new("openssl");
    command.current_dir(place).args(["dgst", &format!("-{digest}"), "-out", "signature", "-sign"]).arg(key).arg("tbs");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn digest_for(curve: &str) -> &'static str {
    match curve {
        "P-384" => "sha384",
        "P-521" | "v2g-root" => "sha512",
        "Ed25519" => "default",
        _ => "sha256",
    }
}

fn edit(der: &[u8], edits: &[Edit]) -> Vec<u8> {
    let whole = elements(der).unwrap();
    let mut fields: Vec<Vec<u8>> = elements(whole[0]).unwrap().into_iter().map(<[u8]>::to_vec).collect();
    for edit in edits {
        match edit {
            Edit::Replace(place, bytes) => fields[*place] = bytes.clone(),
            Edit::Behind(place, bytes) => fields[*place].extend(bytes),
        }
    }
    let tbs = constructed(SEQUENCE, &fields.iter().map(Vec::as_slice).collect::<Vec<_>>());
    constructed(SEQUENCE, &[&tbs, whole[1], whole[2]])
}

fn descriptions(text: &str) -> Vec<Description> {
    let mut found: Vec<Description> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("certificate ") {
            Some(name) => found.push(Description { name: name.to_owned(), ..Description::default() }),
            None => found.last_mut().expect("a certificate begins").change(line),
        }
    }
    found
}
