//! `v2gcrypt csr`
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use v2gcrypt_keym::csr::{self, AltName, Extensions, KeyUsageRequest, SubjectAttribute};
use v2gcrypt_keym::id::{Emaid, EvccId, Pcid, SeccId};
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage};
use v2gcrypt_test_pki::{pem, Algorithm, Entropy, Key};

use crate::chain::{ProfileName, RoleName, USAGE};
use crate::ffi;

const AFTER_HELP: &str = "\
Subject, key usage and key are as the profile has them for the role; the request is signed by a job of Csm.

Exit code: 0 written; 2 wrong arguments, or a file that cannot be read or written.

Examples:
  v2gcrypt csr --profile iso15118-2 --role secc --cn 'DE*ABC*E1234567' --organization CPO --country DE --key-out secc.key --out secc.csr
  v2gcrypt csr --profile iso15118-20 --role oem-provisioning --cn WMI0123456789ABCDX --organization OEM --key old.key --out new.csr";

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Whose rules the certificate is to follow.
    #[arg(long, value_enum)]
    profile: ProfileName,
    /// What the certificate is for.
    #[arg(long, value_enum)]
    role: RoleName,
    /// Common name: EVSEID, SECCID, PCID, EMAID or EVCCID, as the role has it.
    #[arg(long, value_name = "TEXT")]
    cn: String,
    /// Organization.
    #[arg(long, value_name = "TEXT")]
    organization: Option<String>,
    /// Organizational unit.
    #[arg(long, value_name = "TEXT")]
    unit: Option<String>,
    /// Country, two letters.
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Domain component; default: the role's.
    #[arg(long, value_name = "TEXT")]
    dc: Option<String>,
    /// DNS names among the subject's alternative names.
    #[arg(long, value_name = "NAME")]
    dns: Vec<String>,
    /// URIs among the subject's alternative names.
    #[arg(long, value_name = "URI")]
    uri: Vec<String>,
    /// Asks for keyAgreement also where the profile does without (ISO 15118-2 SECC).
    #[arg(long)]
    key_agreement: bool,
    /// The key, PKCS#8, PEM or DER; without it one is made.
    #[arg(long, value_name = "FILE", conflicts_with = "key_out")]
    key: Option<PathBuf>,
    /// Where the key that is made is written, unprotected.
    #[arg(long, value_name = "FILE", required_unless_present = "key")]
    key_out: Option<PathBuf>,
    /// Where the request is written; default: standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the request.
pub fn run(arguments: &Arguments) -> ExitCode {
    match request(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(USAGE)
        }
    }
}

fn request(arguments: &Arguments) -> Result<(), String> {
    check_names(arguments)?;
    let key = key(arguments)?;
    let pem = pem("CERTIFICATE REQUEST", &sign(arguments, &key)?);
    if let Some(file) = &arguments.key_out {
        write_secret(file, &key.pkcs8_pem())?;
    }
    match &arguments.out {
        None => print!("{pem}"),
        Some(file) => std::fs::write(file, pem).map_err(|error| format!("{}: {error}", file.display()))?,
    }
    Ok(())
}

/// Its owner alone may read it. A file that is there is not overwritten: it may be the only copy of a key.
fn write_secret(file: &Path, text: &str) -> Result<(), String> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", file.display()))
}

fn is_20(profile: ProfileName) -> bool {
    matches!(profile, ProfileName::Iso15118_20 | ProfileName::Iso15118_20Amd1)
}

/// Is the common name of the role's form, and the country one of two letters?
fn check_names(arguments: &Arguments) -> Result<(), String> {
    let name = arguments.cn.as_bytes();
    let (good, form) = match arguments.role {
        RoleName::OemProvisioning => (Pcid::parse(name).is_some(), "a PCID"),
        RoleName::Contract => (Emaid::parse(name).is_some(), "an EMAID"),
        RoleName::Evcc => (EvccId::parse(name).is_some(), "an EVCCID"),
        RoleName::Secc if is_20(arguments.profile) => (SeccId::parse(name).is_some(), "a SECCID"),
        _ => (!name.is_empty(), "a name"),
    };
    good.then_some(()).ok_or_else(|| format!("`{}` is not {form}", arguments.cn))?;
    // RFC 5280 A.1: countryName has two characters.
    match arguments.country.as_deref() {
        Some(country) if country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase()) => {
            Err(format!("`{country}` is not a country's two letters, such as DE"))
        }
        _ => Ok(()),
    }
}

fn key(arguments: &Arguments) -> Result<Key, String> {
    let algorithms: &[Algorithm] = match arguments.profile {
        ProfileName::Iso15118_2 => &[Algorithm::P256],
        ProfileName::Iso15118_20 | ProfileName::Iso15118_20Amd1 => &[Algorithm::P521],
        ProfileName::Private => &[Algorithm::P256, Algorithm::P384, Algorithm::P521],
        ProfileName::Rfc5280 => &[Algorithm::P256, Algorithm::P384, Algorithm::P521, Algorithm::Ed25519],
    };
    let [first, ..] = algorithms else { return Err("no algorithm".to_owned()) };
    let Some(file) = &arguments.key else { return Ok(Entropy::System.key(*first, "csr")) };
    let key = read_key(file).map_err(|problem| format!("{}: {problem}", file.display()))?;
    match algorithms.contains(&key.algorithm) {
        true => Ok(key),
        false => Err(format!("{}: the profile has no {:?} keys", file.display(), key.algorithm)),
    }
}

fn read_key(file: &Path) -> Result<Key, String> {
    const CONVERT: &str = "`openssl pkcs8 -topk8 -nocrypt` converts it";
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let text = match bytes.first() {
        Some(0x30) => pem("PRIVATE KEY", &bytes),
        _ => String::from_utf8(bytes).map_err(|_| "neither PEM nor DER of a PKCS#8 key")?,
    };
    if text.contains("BEGIN EC PRIVATE KEY") {
        return Err(format!("a key of SEC 1, not PKCS#8; {CONVERT}"));
    }
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") {
        return Err(format!("the key is encrypted; {CONVERT}"));
    }
    let no_key = "no PKCS#8 key on P-256, P-384, P-521 or of Ed25519 in it";
    Key::from_pkcs8_pem(&text).ok_or_else(|| no_key.to_owned())
}

fn usage(arguments: &Arguments) -> u16 {
    let agree = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT;
    let usage = match (arguments.role, arguments.profile) {
        (RoleName::OemProvisioning, _) => agree,
        (RoleName::Contract, ProfileName::Iso15118_2) => agree | KeyUsage::NON_REPUDIATION | KeyUsage::KEY_ENCIPHERMENT,
        (RoleName::Contract | RoleName::Secc | RoleName::Evcc, profile) if is_20(profile) => agree,
        _ => KeyUsage::DIGITAL_SIGNATURE,
    };
    usage | if arguments.key_agreement { KeyUsage::KEY_AGREEMENT } else { 0 }
}

fn domain_component(arguments: &Arguments) -> Option<&str> {
    let of_role = match (arguments.role, arguments.profile) {
        (RoleName::Secc, profile) if is_20(profile) => Some("CSO"),
        (RoleName::Secc, _) => Some("CPO"),
        (RoleName::OemProvisioning, _) => Some("OEM"),
        (RoleName::Cps, _) => Some("CPS"),
        (RoleName::Contract, ProfileName::Iso15118_2) => Some("MO"),
        (RoleName::Evcc, ProfileName::Iso15118_20Amd1) => Some("EV"),
        _ => None,
    };
    arguments.dc.as_deref().or(of_role.filter(|_| arguments.profile != ProfileName::Rfc5280))
}

fn sign(arguments: &Arguments, key: &Key) -> Result<Vec<u8>, String> {
    let mut subject = Vec::new();
    subject.extend(arguments.country.as_deref().map(SubjectAttribute::country));
    subject.extend(arguments.organization.as_deref().map(SubjectAttribute::organization));
    subject.extend(arguments.unit.as_deref().map(SubjectAttribute::organizational_unit));
    subject.extend(domain_component(arguments).map(SubjectAttribute::domain_component));
    subject.push(SubjectAttribute::common_name(&arguments.cn));
    let dns = arguments.dns.iter().map(|name| AltName::Dns(name));
    let alt_names: Vec<AltName<'_>> = dns.chain(arguments.uri.iter().map(|uri| AltName::Uri(uri))).collect();
    let purpose = match (arguments.role, arguments.profile) {
        (RoleName::Ocsp, _) => Some(oid::OCSP_SIGNING),
        (RoleName::Secc, ProfileName::Iso15118_20Amd1) => Some(oid::SERVER_AUTH),
        (RoleName::Evcc, ProfileName::Iso15118_20Amd1) => Some(oid::CLIENT_AUTH),
        _ => None,
    };
    let purposes: Vec<&[u8]> = purpose.into_iter().collect();
    let extensions = Extensions {
        key_usage: Some(KeyUsageRequest { critical: true, bits: usage(arguments) }),
        extended_key_usage: &purposes,
        alt_names: &alt_names,
    };
    let (algorithm, job, csm_key) = match key.algorithm {
        Algorithm::P256 => (KeyAlgorithm::P256, ffi::CsmConf_CsmJob_SignP256, ffi::CsmConf_CsmKey_SignKeyP256),
        Algorithm::P384 => (KeyAlgorithm::P384, ffi::CsmConf_CsmJob_SignP384, ffi::CsmConf_CsmKey_SignKeyP384),
        Algorithm::P521 => (KeyAlgorithm::P521, ffi::CsmConf_CsmJob_SignP521, ffi::CsmConf_CsmKey_SignKeyP521),
        Algorithm::Ed25519 => (KeyAlgorithm::Ed25519, ffi::CsmConf_CsmJob_SignEd25519, ffi::CsmConf_CsmKey_SignKeyEd25519),
    };
    let mut info = vec![0; 65_536];
    let length = csr::write_request_info(&subject, algorithm, &key.public, &extensions, &mut info);
    info.truncate(length.ok_or("a name is empty, too long, or has characters that its attribute cannot hold")?);
    ffi::init();
    let refused = |code| format!("Csm refused with 0x{code:02X}");
    ffi::load_key(csm_key, &key.secret).map_err(refused)?;
    let signature = ffi::sign_now(job, &info).map_err(refused)?;
    let signature_algorithm = csr::signature_algorithm_for(algorithm).ok_or("no such signature")?;
    let mut request = vec![0; info.len() + 256];
    let length = csr::assemble(&info, signature_algorithm, &signature, &mut request).ok_or("the signature is malformed")?;
    request.truncate(length);
    Ok(request)
}
