//! `v2gcrypt chain verify`
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use v2gcrypt_keym::crl::CertificateList;
use v2gcrypt_keym::ocsp::OcspResponse;
use v2gcrypt_keym::path::{Evidence, Policy, Position, Query, Refusal, Revocation, VerifiedChain};
use v2gcrypt_keym::profile::{Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{Certificate, SignatureAlgorithm};

use crate::files::{self, Object};
use crate::time::{now, Rfc3339};
use crate::{ffi, judge, text};

/// Exit code for wrong arguments and unreadable files.
pub const USAGE: u8 = 2;

/// PEM labels of certificates.
pub const CERTIFICATE: &[&str] = &["CERTIFICATE", "X509 CERTIFICATE"];

const AFTER_HELP: &str = "\
Several anchors: `--anchor A B`, followed by another option, or `--anchor A --anchor B`. LEAF may hold its whole chain: what follows the first certificate in it counts as SUB. Order and surplus of the others do not matter.

By default what CRLs and OCSP responses say is judged, and a certificate that none speaks of is taken to be good; `--revocation hard`
refuses it. `-` is the standard input. Strict in everything else; each `--tolerate` is a switch of docs/cli.md.

Exit code: 0 valid; 1 invalid, with one line per reason: certificate, rule, what has to hold, requirement; 2 wrong arguments, or a
file that cannot be read.

Examples:
  v2gcrypt chain verify --anchor v2g-root.pem --profile iso15118-2 --role secc secc.pem sub2.pem sub1.pem
  v2gcrypt chain verify --anchor root.pem --profile iso15118-20 --role contract --time 2026-11-22T10:00:00Z --crl mo.crl chain.pem";

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Tells whether a chain is valid by V2G's rules, and if not, each rule that is broken.
    Verify(Verify),
}

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Verify {
    /// Certificates that are trusted: PEM, also several in a file, or DER.
    #[arg(long = "anchor", value_name = "FILE", required = true, num_args = 1..)]
    anchor: Vec<PathBuf>,
    /// Whose rules the chain is judged by.
    #[arg(long, value_enum)]
    profile: ProfileName,
    /// What the leaf is for.
    #[arg(long, value_enum, default_value = "any")]
    role: RoleName,
    /// The instant at which the chain is judged; default: now.
    #[arg(long, value_name = "RFC3339")]
    time: Option<Rfc3339>,
    /// Certificate revocation list, PEM or DER; give the option again for each.
    #[arg(long = "crl", value_name = "FILE")]
    crls: Vec<PathBuf>,
    /// OCSP response, DER; give the option again for each.
    #[arg(long = "ocsp", value_name = "FILE")]
    ocsp: Vec<PathBuf>,
    /// What a certificate without proof of its status is.
    #[arg(long, value_enum, default_value = "soft")]
    revocation: RevocationName,
    /// What may be otherwise than the profile has it.
    #[arg(long, value_enum, value_name = "SWITCH")]
    tolerate: Vec<Tolerate>,
    /// The certificate to judge, then issuers between it and the anchor.
    #[arg(value_names = ["LEAF", "SUB"], num_args = 0..)]
    certificates: Vec<PathBuf>,
}

/// Profiles as users name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ProfileName {
    /// RFC 5280 alone.
    #[value(name = "rfc5280")]
    Rfc5280,
    /// ISO 15118-2:2014.
    #[value(name = "iso15118-2")]
    Iso15118_2,
    /// ISO 15118-20:2022.
    #[value(name = "iso15118-20")]
    Iso15118_20,
    /// ISO 15118-20 with Amendment 1.
    #[value(name = "iso15118-20-amd1")]
    Iso15118_20Amd1,
    /// An operator's own root.
    #[value(name = "private")]
    Private,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Rfc5280 => Self::Rfc5280,
            ProfileName::Iso15118_2 => Self::Iso15118_2,
            ProfileName::Iso15118_20 => Self::Iso15118_20,
            ProfileName::Iso15118_20Amd1 => Self::Iso15118_20Amd1,
            ProfileName::Private => Self::Private,
        }
    }
}

/// Roles as users name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RoleName {
    /// Nothing in particular.
    Any,
    /// Charging station.
    Secc,
    /// Vehicle.
    Evcc,
    /// Contract.
    Contract,
    /// OEM provisioning.
    OemProvisioning,
    /// Certificate provisioning service.
    Cps,
    /// Delegated OCSP responder.
    Ocsp,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Any => Self::Any,
            RoleName::Secc => Self::Secc,
            RoleName::Evcc => Self::Evcc,
            RoleName::Contract => Self::Contract,
            RoleName::OemProvisioning => Self::OemProvisioning,
            RoleName::Cps => Self::Cps,
            RoleName::Ocsp => Self::OcspSigner,
        }
    }
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RevocationName {
    /// Status is not looked at.
    None,
    /// Good, unless it is known to be revoked.
    Soft,
    /// Refused, unless it is known to be good.
    Hard,
}

/// The switches of [`Policy`] that a command line has use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Tolerate {
    /// Extensions with the criticality of another edition.
    OtherCriticality,
    /// Key identifiers of another length.
    OtherSkiMethod,
    /// UTCTime where Amendment 1 has GeneralizedTime.
    UtcTime,
    /// A leaf without basic constraints.
    LeafWithoutBasicConstraints,
    /// Key usages beyond the profile's.
    SurplusKeyUsage,
    /// Extensions that the profile does not list.
    UnlistedExtensions,
    /// A certificate that outlives its issuer.
    OutlivingIssuer,
    /// Names of another form, but for the leaf's DC.
    OtherNames,
    /// Keys on secp384r1.
    Secp384r1,
    /// A root's certificate under another root.
    CrossCertificates,
    /// An OCSP responder whose own status nothing proves.
    ResponderWithoutNocheck,
    /// A leaf that is an anchor itself.
    AnchorAsLeaf,
}

impl Tolerate {
    fn set(self, policy: &mut Policy) {
        match self {
            Self::OtherCriticality => policy.tolerate_other_criticality = true,
            Self::OtherSkiMethod => policy.tolerate_other_ski_method = true,
            Self::UtcTime => policy.tolerate_utc_time = true,
            Self::LeafWithoutBasicConstraints => policy.tolerate_leaf_without_basic_constraints = true,
            Self::SurplusKeyUsage => policy.tolerate_surplus_key_usage = true,
            Self::UnlistedExtensions => policy.tolerate_unlisted_extensions = true,
            Self::OutlivingIssuer => policy.tolerate_outliving_issuer = true,
            Self::OtherNames => policy.tolerate_other_names = true,
            Self::Secp384r1 => policy.allow_secp384r1 = Some(true),
            Self::CrossCertificates => policy.accept_cross_certificates = true,
            Self::ResponderWithoutNocheck => policy.tolerate_responder_without_nocheck = true,
            Self::AnchorAsLeaf => policy.accept_anchor_as_leaf = true,
        }
    }
}

impl Verify {
    /// `--anchor` takes several files, and so may have taken LEAF and SUB, too: where none is left, the last `--anchor` has one file.
    fn give_back(&mut self, matches: &ArgMatches) {
        let last = matches.get_occurrences::<PathBuf>("anchor").into_iter().flatten().last();
        let surplus = last.map_or(0, |files| files.len().saturating_sub(1));
        if self.certificates.is_empty() {
            self.certificates = self.anchor.split_off(self.anchor.len().saturating_sub(surplus));
        }
    }
}

/// Prints the verdict.
pub fn run(arguments: Arguments, matches: Option<&ArgMatches>) -> ExitCode {
    let Command::Verify(mut arguments) = arguments.command;
    if let Some(matches) = matches.and_then(|matches| matches.subcommand_matches("verify")) {
        arguments.give_back(matches);
    }
    match verify(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(USAGE)
        }
    }
}

/// What the user handed in.
struct Input {
    leaf: Object,
    pool: Vec<Object>,
    anchors: Vec<Object>,
    crls: Vec<Object>,
    ocsp: Vec<Object>,
}

impl Input {
    fn read(arguments: &Verify) -> Result<Self, String> {
        let mut chain = files::read_all(&arguments.certificates, CERTIFICATE)?;
        if chain.is_empty() {
            return Err("LEAF is missing: the certificate to judge; see --help".to_owned());
        }
        let leaf = chain.remove(0);
        let input = Self {
            leaf,
            pool: chain,
            anchors: files::read_all(&arguments.anchor, CERTIFICATE)?,
            crls: files::read_all(&arguments.crls, &["X509 CRL"])?,
            ocsp: files::read_all(&arguments.ocsp, &["OCSP RESPONSE"])?,
        };
        // Whoever names one wants it to count: passed over in silence, a list that revokes would leave its certificate good.
        all_readable(&input.anchors, "certificate", |der| Certificate::parse(der).is_ok())?;
        all_readable(&input.crls, "list of revoked certificates", |der| CertificateList::parse(der).is_ok())?;
        all_readable(&input.ocsp, "OCSP response", |der| OcspResponse::parse(der).is_ok())?;
        for object in input.pool.iter().filter(|object| Certificate::parse(&object.der).is_err()) {
            eprintln!("warning: {object}: passed over, it is no certificate that can be read");
        }
        Ok(input)
    }

    fn has_ed448(&self) -> bool {
        let mut certificates =
            [&self.leaf].into_iter().chain(&self.pool).filter_map(|object| Certificate::parse(&object.der).ok());
        certificates.any(|certificate| certificate.signature_algorithm == SignatureAlgorithm::Ed448)
    }

    fn at(&self, position: Position) -> Option<&Object> {
        match position {
            Position::Leaf => Some(&self.leaf),
            Position::Pool(place) => self.pool.get(place),
            Position::Anchor(place) => self.anchors.get(place),
            Position::Crl(place) => self.crls.get(place),
            Position::Ocsp(place) => self.ocsp.get(place),
        }
    }
}

/// Refuses files that are DER of something else, or broken.
fn all_readable(objects: &[Object], kind: &str, readable: impl Fn(&[u8]) -> bool) -> Result<(), String> {
    let bad = objects.iter().find(|object| !readable(&object.der));
    bad.map_or(Ok(()), |object| Err(format!("{object}: no {kind} that can be read")))
}

fn verify(arguments: &Verify) -> Result<bool, String> {
    let input = Input::read(arguments)?;
    let profile = Profile::from(arguments.profile);
    let mut policy = Policy::strict(profile).with_revocation(match arguments.revocation {
        RevocationName::None => Revocation::None,
        RevocationName::Soft => Revocation::Soft,
        RevocationName::Hard => Revocation::Hard,
    });
    arguments.tolerate.iter().for_each(|switch| switch.set(&mut policy));
    let [pool, anchors, crls, ocsp] = [&input.pool, &input.anchors, &input.crls, &input.ocsp].map(|objects| ders(objects));
    let mut query = Query::new(&input.leaf.der, &anchors, profile, arguments.role.into(), &policy);
    (query.pool, query.crls, query.ocsp) = (&pool, &crls, &ocsp);
    query.time = Now::synchronised(arguments.time.map_or_else(now, |time| time.seconds));
    ffi::init();
    Ok(match judge::judge(query) {
        Ok(chain) => {
            print_chain(&chain, &input);
            if matches!(arguments.revocation, RevocationName::Soft) {
                warn_of_useless(query, &input);
            }
            true
        }
        Err(refusals) => {
            refusals.iter().for_each(|refusal| println!("{}", line(&refusal, &input)));
            false
        }
    })
}

/// Tells of lists and responses that proved nothing: whoever handed them in may think that they did.
fn warn_of_useless(query: Query<'_>, input: &Input) {
    let policy = query.policy.with_revocation(Revocation::Hard);
    let mut query = query;
    query.policy = &policy;
    let Err(refusals) = judge::judge(query) else { return };
    let is_evidence = |refusal: &Refusal| matches!(refusal.certificate, Position::Crl(_) | Position::Ocsp(_));
    refusals.iter().filter(is_evidence).for_each(|refusal| eprintln!("warning: of no use: {}", line(&refusal, input)));
}

/// The DER of each.
pub fn ders(objects: &[Object]) -> Vec<&[u8]> {
    objects.iter().map(|object| object.der.as_slice()).collect()
}

/// `secc.pem (CN=…): key-usage: what has to hold (requirement)`
fn line(refusal: &Refusal, input: &Input) -> String {
    let object = input.at(refusal.certificate);
    let place = object.map_or_else(|| refusal.certificate.to_string(), ToString::to_string);
    let parsed = object.map(|object| Certificate::parse(&object.der));
    let (subject, problem) = match parsed {
        Some(Ok(certificate)) => (text::common_name(&certificate.subject), None),
        Some(Err(problem)) if refusal.rule.id == "malformed" => (None, Some(problem.to_string())),
        _ => (None, None),
    };
    let subject = subject.map(|name| format!(" (CN={name})")).unwrap_or_default();
    let no_engine = refusal.rule.id == "undecided" && input.has_ed448();
    let problem = problem.or_else(|| no_engine.then(|| "this program has no engine for Ed448".to_owned()));
    let problem = problem.map(|problem| format!("; {problem}")).unwrap_or_default();
    let rule = refusal.rule;
    format!("{place}{subject}: {}: {} ({}){problem}", rule.id, rule.text, rule.requirement)
}

fn print_chain(chain: &VerifiedChain<'_>, input: &Input) {
    println!("valid until {}", Rfc3339 { seconds: chain.valid_until() });
    for (position, certificate, evidence) in chain.certificates() {
        let place = input.at(position).map_or_else(|| position.to_string(), ToString::to_string);
        let status = match evidence {
            Evidence::None if matches!(position, Position::Anchor(_)) => "anchor".to_owned(),
            Evidence::None => "status not told".to_owned(),
            Evidence::Crl { index, .. } => format!("not revoked: {}", told_by(input.crls.get(index))),
            Evidence::Ocsp { index, .. } => format!("not revoked: {}", told_by(input.ocsp.get(index))),
            Evidence::Known { .. } => "not revoked".to_owned(),
        };
        println!("  {} [{place}] {status}", text::name(&certificate.subject));
    }
}

fn told_by(object: Option<&Object>) -> String {
    object.map(ToString::to_string).unwrap_or_default()
}
