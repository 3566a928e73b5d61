//! `v2gcrypt inspect FILE…`
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use v2gcrypt_keym::path::{Policy, Position, Query, Revocation, Rule};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{Certificate, KeyAlgorithm, ParseError};

use crate::chain::{ders, ProfileName, RoleName, CERTIFICATE, USAGE};
use crate::files::{self, Object};
use crate::guess;
use crate::time::{now, Rfc3339};
use crate::{ffi, judge};

mod json;
mod tree;

const AFTER_HELP: &str = "\
Issuers stand above what they issued. A chain is judged as `v2gcrypt chain verify` would judge it with its topmost certificate as
anchor, where that is self-signed; profile and role are guessed from it when they are not given. Status is not judged.

Colours only on a terminal, and not where NO_COLOR is set.

Exit code: 0 shown, with whatever rule is broken; 2 wrong arguments, or a file that cannot be read.

Examples:
  v2gcrypt inspect v2g-root.pem secc/chain.pem
  v2gcrypt inspect --json contract.pem | jq '.certificates[].violations'";

#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Certificates: PEM, also several in a file, or DER.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Writes JSON.
    #[arg(long)]
    json: bool,
    /// Whose rules the chains are judged by; default: guessed from each chain's key.
    #[arg(long, value_enum)]
    profile: Option<ProfileName>,
    /// What the leafs are for; default: guessed from each leaf.
    #[arg(long, value_enum)]
    role: Option<RoleName>,
    /// The instant at which the chains are judged; default: now.
    #[arg(long, value_name = "RFC3339")]
    time: Option<Rfc3339>,
}

/// A certificate with what there is to say of it.
struct Item<'a> {
    object: &'a Object,
    certificate: Result<Certificate<'a>, ParseError>,
    /// Which of the others issued it.
    issuer: Option<usize>,
    level: Level,
    role: Role,
    profile: Profile,
    violations: Vec<&'static Rule>,
}

/// Shows what the files hold.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut objects = match files::read_all(&arguments.files, CERTIFICATE) {
        Ok(objects) => objects,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::from(USAGE);
        }
    };
    let mut known: Vec<Vec<u8>> = Vec::new();
    objects.retain(|object| {
        let new = !known.contains(&object.der);
        known.push(object.der.clone());
        new
    });
    let time = arguments.time.map_or_else(now, |time| time.seconds);
    ffi::init();
    let items = examine(&objects, arguments, time);
    if arguments.json {
        println!("{:#}", json::document(&items, time));
    } else {
        tree::print(&items, time);
    }
    ExitCode::SUCCESS
}

fn examine<'a>(objects: &'a [Object], arguments: &Arguments, time: i64) -> Vec<Item<'a>> {
    let parsed: Vec<_> = objects.iter().map(|object| Certificate::parse(&object.der)).collect();
    let mut items: Vec<Item<'a>> = objects
        .iter()
        .zip(&parsed)
        .enumerate()
        .map(|(place, (object, certificate))| Item {
            object,
            certificate: *certificate,
            issuer: issuer(&parsed, place),
            level: certificate.as_ref().map_or(Level::Leaf, guess::level),
            role: Role::Any,
            profile: Profile::Rfc5280,
            violations: Vec::new(),
        })
        .collect();
    let is_issuer = |place: usize, items: &[Item<'_>]| items.iter().any(|item| item.issuer == Some(place));
    let ends: Vec<usize> = (0..items.len()).filter(|place| !is_issuer(*place, &items)).collect();
    // Of a Sub-CA above leafs of several roles the last one's rules are told.
    for end in ends {
        judge_chain(objects, &mut items, end, arguments, time);
    }
    items
}

/// The certificate that a certificate names as its issuer, by name, and by key identifier where both have it.
fn issuer(all: &[Result<Certificate<'_>, ParseError>], place: usize) -> Option<usize> {
    let certificate = all.get(place)?.as_ref().ok()?;
    let key_id = certificate.extensions.authority_key_id.and_then(|id| id.key_id);
    let fits = |(other, candidate): &(usize, &Result<Certificate<'_>, ParseError>)| {
        let Ok(candidate) = candidate else { return false };
        let named = *other != place && candidate.subject.matches(&certificate.issuer) && !certificate.is_self_issued();
        let ids = (key_id, candidate.extensions.subject_key_id);
        named && !matches!(ids, (Some(ours), Some(theirs)) if ours != theirs.bytes)
    };
    all.iter().enumerate().find(fits).map(|(place, _)| place)
}

/// Judges the chain that ends in a certificate, and notes on each of its certificates what it breaks.
fn judge_chain(objects: &[Object], items: &mut [Item<'_>], end: usize, arguments: &Arguments, time: i64) {
    let mut path = vec![end];
    while let Some(issuer) = path.last().and_then(|last| items.get(*last)).and_then(|item| item.issuer) {
        if path.contains(&issuer) {
            break;
        }
        path.push(issuer);
    }
    let Some((leaf, level)) = items.get(end).and_then(|item| Some((item.certificate.ok()?, item.level))) else { return };
    // A leaf that tells nothing may stand below a Sub-CA that does.
    let mut certificates = path.iter().filter_map(|place| items.get(*place)?.certificate.ok());
    let guessed = certificates.by_ref().map(|certificate| guess::role(&certificate)).find(|role| *role != Role::Any);
    let role = arguments.role.map_or(guessed.unwrap_or(Role::Any), Role::from);
    let profile = arguments.profile.map_or_else(|| guess::profile(&leaf, role), Profile::from);
    let is_root = |place: &usize| items.get(*place).is_some_and(|item| item.level == Level::Root);
    let root = path.last().copied().filter(is_root);
    note_profile(items, &path, profile, role);
    let anchors: Vec<usize> = root.into_iter().collect();
    let pool: Vec<usize> = path.iter().skip(1).copied().filter(|place| !anchors.contains(place)).collect();
    let all = ders(objects);
    if root.is_none() {
        return judge_alone(items, &path, profile, role, time);
    }
    let [pool_ders, anchor_ders] =
        [&pool, &anchors].map(|places| places.iter().filter_map(|place| all.get(*place).copied()).collect::<Vec<_>>());
    let policy = Policy::strict(profile).with_revocation(Revocation::None);
    let mut query = Query::new(leaf.der, &anchor_ders, profile, role, &policy);
    query.pool = &pool_ders;
    query.level = level;
    query.time = Now::synchronised(time);
    let refusals = judge::judge(query).err();
    for refusal in refusals.iter().flat_map(|refusals| refusals.iter()) {
        let place = match refusal.certificate {
            Position::Leaf => Some(end),
            Position::Pool(place) => pool.get(place).copied(),
            Position::Anchor(place) => anchors.get(place).copied(),
            Position::Crl(_) | Position::Ocsp(_) => None,
        };
        if let Some(item) = place.and_then(|place| items.get_mut(place)) {
            item.add(refusal.rule);
        }
    }
}

fn note_profile(items: &mut [Item<'_>], path: &[usize], profile: Profile, role: Role) {
    let begins_with_leaf = path.first().and_then(|leaf| items.get(*leaf)).is_some_and(|leaf| leaf.level == Level::Leaf);
    for (above, place) in path.iter().enumerate() {
        let Some(item) = items.get_mut(*place) else { continue };
        (item.role, item.profile) = (role, profile);
        // Its place tells more than what it says of itself. A lone Sub-CA is Sub-CA 2. [V2G20-911]
        item.level = match (above, item.level) {
            (_, own @ (Level::Root | Level::Leaf)) => own,
            (1, _) if begins_with_leaf => Level::SubCa2,
            (2, _) if begins_with_leaf => Level::SubCa1,
            (_, own) => own,
        };
    }
}

/// Without a root: each certificate for itself, and the topmost one has no issuer.
fn judge_alone(items: &mut [Item<'_>], path: &[usize], profile: Profile, role: Role, time: i64) {
    let policy = Policy::strict(profile).with_revocation(Revocation::None);
    for place in path {
        let Some(item) = items.get_mut(*place) else { continue };
        let mut query = Query::new(&item.object.der, &[], profile, role, &policy);
        query.level = item.level;
        query.time = Now::synchronised(time);
        let refusals = judge::judge(query).err();
        for refusal in refusals.iter().flat_map(|refusals| refusals.iter()) {
            if refusal.rule.id != "issuer-unknown" || item.issuer.is_none() {
                item.add(refusal.rule);
            }
        }
    }
}

impl Item<'_> {
    /// Once each.
    fn add(&mut self, rule: &'static Rule) {
        if self.violations.iter().all(|known| known.id != rule.id) {
            self.violations.push(rule);
        }
    }
}

/// What a certificate is, in words.
fn title(item: &Item<'_>) -> &'static str {
    match (item.level, item.role) {
        (Level::Root, _) => "root",
        (Level::SubCa1 | Level::Cross, _) => "Sub-CA 1",
        (Level::SubCa2, _) => "Sub-CA 2",
        (Level::Leaf, Role::Any) => "leaf",
        (Level::Leaf, Role::Secc) => "SECC",
        (Level::Leaf, Role::Evcc) => "vehicle",
        (Level::Leaf, Role::Contract) => "contract",
        (Level::Leaf, Role::OemProvisioning) => "OEM provisioning",
        (Level::Leaf, Role::Cps) => "provisioning service",
        (Level::Leaf, Role::OcspSigner) => "OCSP responder",
    }
}

/// A profile as it is called on the command line.
fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Rfc5280 => "rfc5280",
        Profile::Iso15118_2 => "iso15118-2",
        Profile::Iso15118_20 => "iso15118-20",
        Profile::Iso15118_20Amd1 => "iso15118-20-amd1",
        Profile::Private => "private",
    }
}

/// Length of a key's curve and so on.
fn key(algorithm: KeyAlgorithm) -> &'static str {
    crate::text::key_algorithm(algorithm)
}
