//! A valid chain of each edition and role, leaf first.

use super::builder::*;
use super::engine::{run, Run};
use v2gcrypt_keym::path::{Policy, Position, Query, Revocation};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::time::Now;
use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage, SignatureAlgorithm};

pub const EMAID: &str = "DEABC123456789Y";
pub const PCID: &str = "WMIABCDEFGHIJKLMN";
pub const SECC_ID: &str = "DEICES00003C4D5578786753306675434762ABC";
pub const EVCC_ID: &str = "WMIV1234567890ABCDE";

const CA_USAGE: u16 = KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN;
const SIGN: u16 = KeyUsage::DIGITAL_SIGNATURE;

/// Leaf first, root last, and what to ask about them.
#[derive(Clone)]
pub struct Pki {
    pub profile: Profile,
    pub role: Role,
    pub policy: Policy,
    pub time: Now,
    pub specs: Vec<Spec>,
}

fn is_20(profile: Profile) -> bool {
    matches!(profile, Profile::Iso15118_20 | Profile::Iso15118_20Amd1)
}

pub type MakeKey<'k> = &'k dyn Fn(KeyAlgorithm, &str) -> Key;

impl Pki {
    pub fn new(profile: Profile, role: Role) -> Self {
        let levels = [Level::Leaf, Level::SubCa2, Level::SubCa1, Level::Root];
        Self::with(profile, role, &levels, if is_20(profile) { KeyAlgorithm::P521 } else { KeyAlgorithm::P256 }, &Key::fake)
    }

    pub fn with(profile: Profile, role: Role, levels: &[Level], algorithm: KeyAlgorithm, key: MakeKey<'_>) -> Self {
        let specs: Vec<_> = levels.iter().map(|level| spec(profile, role, *level, algorithm, key)).collect();
        let policy = Policy::strict(profile).with_revocation(Revocation::None);
        let mut pki = Self { profile, role, policy, time: Now::synchronised(NOW), specs };
        pki.link();
        pki
    }

    /// Authority key identifiers of all but the root.
    pub fn link(&mut self) {
        for index in 0..self.specs.len() - 1 {
            let id = self.specs[index + 1].key.id(if is_20(self.profile) { 8 } else { 20 });
            self.specs[index].authority_key_id(self.profile == Profile::Iso15118_20, &id);
        }
    }

    pub fn build(&self) -> Vec<Vec<u8>> {
        let issuer = |index: usize| self.specs.get(index + 1).unwrap_or(&self.specs[index]);
        self.specs.iter().enumerate().map(|(index, spec)| spec.build(issuer(index))).collect()
    }

    /// Where the certificate of this index stands in the query of [`Self::check`].
    pub fn position(&self, index: usize) -> Position {
        match index {
            0 => Position::Leaf,
            _ if index + 1 == self.specs.len() => Position::Anchor(0),
            _ => Position::Pool(index - 1),
        }
    }

    pub fn check<T>(&self, look: impl FnOnce(Run<'_>) -> T) -> T {
        self.check_with(|_| (), look)
    }

    /// The same with a change to the query.
    pub fn check_with<T>(&self, change: impl FnOnce(&mut Query<'_>), look: impl FnOnce(Run<'_>) -> T) -> T {
        let ders = self.build();
        let (root, rest) = ders.split_last().unwrap();
        let pool: Vec<&[u8]> = rest[1..].iter().map(Vec::as_slice).collect();
        let anchors = [root.as_slice()];
        let mut query = Query::new(&rest[0], &anchors, self.profile, self.role, &self.policy);
        query.pool = &pool;
        query.time = self.time;
        change(&mut query);
        look(run(query))
    }
}

fn spec(profile: Profile, role: Role, level: Level, algorithm: KeyAlgorithm, key: MakeKey<'_>) -> Spec {
    let label = format!("{role:?} {level:?}");
    let signature_algorithm = match algorithm {
        KeyAlgorithm::P256 => SignatureAlgorithm::EcdsaSha256,
        KeyAlgorithm::P384 => SignatureAlgorithm::EcdsaSha384,
        KeyAlgorithm::P521 => SignatureAlgorithm::EcdsaSha512,
        _ => SignatureAlgorithm::Ed448,
    };
    let mut spec = Spec {
        version: 3,
        serial: vec![1, level as u8 + 1],
        signature_algorithm,
        issuer: None,
        not_before: NOW - (2 + level as i64) * DAY,
        not_after: NOW + (100 + level as i64 * 100) * DAY,
        generalized: [profile == Profile::Iso15118_20Amd1; 2],
        subject: vec![
            (oid::COUNTRY, "DE".to_owned()),
            (oid::ORGANIZATION, "Operator".to_owned()),
            (oid::COMMON_NAME, label.clone()),
        ],
        key: key(algorithm, &format!("{profile:?} {label}")),
        unique_ids: false,
        extensions: Vec::new(),
    };
    let critical = profile == Profile::Iso15118_20;
    let id = spec.key.id(if is_20(profile) { 8 } else { 20 });
    spec.subject_key_id(critical, &id);
    match level {
        Level::Leaf => leaf(&mut spec, profile, role, algorithm),
        _ => issuer(&mut spec, profile, role, level),
    }
    if level != Level::Root {
        spec.responder_address(critical);
    }
    spec
}

fn leaf(spec: &mut Spec, profile: Profile, role: Role, algorithm: KeyAlgorithm) {
    let amd1 = profile == Profile::Iso15118_20Amd1;
    let agreement = if algorithm.field_len().is_some() { KeyUsage::KEY_AGREEMENT } else { 0 };
    spec.basic_constraints(false, None);
    match role {
        Role::Any => spec.key_usage(SIGN),
        Role::Secc => {
            spec.key_usage(SIGN | agreement);
            spec.attribute(oid::COMMON_NAME, SECC_ID);
            spec.attribute(oid::DOMAIN_COMPONENT, if is_20(profile) { "CSO" } else { "CPO" });
            if amd1 {
                spec.extended_key_usage(true, &[oid::SERVER_AUTH]);
            }
        }
        Role::Evcc => {
            spec.key_usage(SIGN);
            spec.remove_attribute(oid::COUNTRY);
            spec.attribute(oid::COMMON_NAME, EVCC_ID);
            if amd1 {
                spec.attribute(oid::DOMAIN_COMPONENT, "EV");
                spec.extended_key_usage(true, &[oid::CLIENT_AUTH]);
            }
        }
        Role::Contract => {
            let usage = SIGN | KeyUsage::NON_REPUDIATION | KeyUsage::KEY_ENCIPHERMENT | KeyUsage::KEY_AGREEMENT;
            spec.key_usage(if is_20(profile) { SIGN } else { usage });
            spec.attribute(oid::COMMON_NAME, EMAID);
        }
        Role::OemProvisioning => {
            spec.key_usage(SIGN | KeyUsage::KEY_AGREEMENT);
            spec.attribute(oid::COMMON_NAME, PCID);
            spec.attribute(oid::DOMAIN_COMPONENT, "OEM");
        }
        Role::Cps => {
            spec.key_usage(SIGN);
            spec.attribute(oid::DOMAIN_COMPONENT, "CPS");
        }
        Role::OcspSigner => {
            spec.key_usage(SIGN);
            spec.extended_key_usage(true, &[oid::OCSP_SIGNING]);
            spec.set(oid::OCSP_NOCHECK, false, vec![5, 0]);
        }
    }
}

fn issuer(spec: &mut Spec, profile: Profile, role: Role, level: Level) {
    let amd1 = profile == Profile::Iso15118_20Amd1;
    let path_len = match level {
        Level::SubCa2 => Some(0),
        Level::SubCa1 => Some(1),
        Level::Cross => Some(2),
        Level::Leaf | Level::Root => None,
    };
    spec.basic_constraints(true, path_len);
    let usage = match (role, level) {
        (Role::Contract, Level::SubCa2) => CA_USAGE | SIGN | KeyUsage::NON_REPUDIATION,
        (Role::Secc, Level::SubCa2 | Level::SubCa1 | Level::Root) | (Role::Cps, Level::Root) if amd1 => KeyUsage::KEY_CERT_SIGN,
        _ => CA_USAGE,
    };
    spec.key_usage(usage);
    match (role, level) {
        (Role::Secc | Role::Cps, Level::Root) => spec.attribute(oid::DOMAIN_COMPONENT, "V2G"),
        (Role::Secc, _) if amd1 => spec.attribute(oid::DOMAIN_COMPONENT, "CSO"),
        _ => {}
    }
}

/// Those that a profile has.
pub fn roles(profile: Profile) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |role| profile.table(*role, Level::Leaf).is_some())
}
