//! A small V2G PKI, made by the program `openssl`: a root, two sub-CAs and leafs of ISO 15118-2, and OCSP responses about them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;

/// Sections for `openssl x509 -extfile`.
const EXTENSIONS: &str = "\
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[sub1]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/sub1
[sub2]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/sub2
[secc]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyAgreement
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/secc
[cps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/cps
[provisioning]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyAgreement
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:http://ocsp.example/oem
[responder]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
";

/// A folder with `<name>.key`, `<name>.pem` and `<name>.der` for each certificate.
pub struct Pki {
    folder: PathBuf,
}

impl Pki {
    /// An empty folder for one. `None` where the program is missing, unless CI asks for it.
    pub fn new(folder: &Path) -> Option<Self> {
        let found = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
        if !found {
            tools::find("openssl")?;
        }
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(folder.join("extensions.cnf"), EXTENSIONS).expect("the file can be written");
        fs::write(folder.join("request.cnf"), "[req]\ndistinguished_name = none\n[none]\n").expect("the file can be written");
        Some(Self { folder: folder.to_path_buf() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A root, on P-256, valid for 40 years.
    pub fn root(&self, name: &str, subject: &str) {
        self.key(name);
        self.request(name, subject);
        let key = format!("{name}.key");
        self.sign(name, &format!("{name}.csr"), &["-signkey", &key], "root", 14_600, 1);
    }

    /// A certificate for a new key on P-256.
    pub fn issue(&self, name: &str, issuer: &str, section: &str, subject: &str, serial: u32, days: u32) {
        self.key(name);
        self.request(name, subject);
        self.answer(name, issuer, section, &format!("{name}.csr"), serial, days);
    }

    /// A certificate for a request in this folder, PEM or DER.
    pub fn answer(&self, name: &str, issuer: &str, section: &str, request: &str, serial: u32, days: u32) {
        let (certificate, key) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        self.sign(name, request, &["-CA", &certificate, "-CAkey", &key], section, days, serial);
    }

    /// `<name>.ocsp`: what the issuer itself, or a responder that it has named, says of a certificate.
    pub fn status(&self, name: &str, issuer: &str, responder: &str, serial: u32, revoked: bool) {
        let mut index = String::new();
        let (state, when) = if revoked { ("R", "200101000000Z") } else { ("V", "") };
        let _ = writeln!(index, "{state}\t491231235959Z\t{when}\t{serial:02X}\tunknown\t/CN={name}");
        fs::write(self.folder.join("index.txt"), index).expect("the file can be written");
        let [issuer, certificate] = [issuer, name].map(|name| format!("{name}.pem"));
        self.run(&["ocsp", "-sha256", "-no_nonce", "-issuer", &issuer, "-cert", &certificate, "-reqout", "status.request"]);
        let [signer, key, response] = [format!("{responder}.pem"), format!("{responder}.key"), format!("{name}.ocsp")];
        self.run(&[
            "ocsp",
            "-index",
            "index.txt",
            "-rsigner",
            &signer,
            "-rkey",
            &key,
            "-CA",
            &issuer,
            "-reqin",
            "status.request",
            "-respout",
            &response,
            "-ndays",
            "5",
            "-rmd",
            "sha256",
        ]);
    }

    /// A request in DER as text, and whether its signature is right.
    pub fn request_text(&self, request: &str) -> String {
        let arguments = ["req", "-in", request, "-inform", "DER", "-noout", "-text", "-verify"];
        let output = tools::run(Command::new("openssl").args(arguments).current_dir(&self.folder));
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    }

    fn key(&self, name: &str) {
        self.run(&["ecparam", "-genkey", "-noout", "-name", "prime256v1", "-out", &format!("{name}.key")]);
    }

    fn request(&self, name: &str, subject: &str) {
        let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
        self.run(&["req", "-new", "-config", "request.cnf", "-key", &key, "-subj", subject, "-out", &request]);
    }

    fn sign(&self, name: &str, request: &str, signer: &[&str], section: &str, days: u32, serial: u32) {
        let (pem, serial, days) = (format!("{name}.pem"), serial.to_string(), days.to_string());
        let form = if fs::read(self.folder.join(request)).is_ok_and(|bytes| bytes.starts_with(b"-----")) { "PEM" } else { "DER" };
        let common = ["-sha256", "-set_serial", &serial, "-days", &days, "-extfile", "extensions.cnf", "-extensions", section];
        self.run(&[&["x509", "-req", "-in", request, "-inform", form], signer, &common, &["-out", &pem]].concat());
        self.run(&["x509", "-in", &pem, "-outform", "DER", "-out", &format!("{name}.der")]);
    }

    fn run(&self, arguments: &[&str]) {
        tools::run(Command::new("openssl").args(arguments).current_dir(&self.folder));
    }
}
