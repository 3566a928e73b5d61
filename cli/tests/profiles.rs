//! Every row of every table of `keym::profile`, both ways, on chains that the program `openssl` made.

mod common;

use std::collections::HashSet;
use std::sync::Mutex;

use common::judge::judge;
use common::openssl::{available, Authority, Made};
use common::{names, rows};
use v2gcrypt_keym::path::{Policy, Position, Presence, Query, Refusals, Revocation};
use v2gcrypt_keym::profile::{Level, Profile, Role, Table};
use v2gcrypt_keym::time::Now;

const DEFECTS: &str = include_str!("data/defects.txt");

/// 2026-06-01, and in the years in which openssl writes GeneralizedTime 2050-06-01.
fn now(profile: Profile) -> i64 {
    if profile == Profile::Iso15118_20Amd1 {
        2_537_654_400
    } else {
        1_780_272_000
    }
}

fn authority(profile: Profile) -> Authority {
    Authority::make(
        profile_name(profile),
        if profile == Profile::Iso15118_20Amd1 { "20500101000000Z" } else { "20260101000000Z" },
    )
}

fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Rfc5280 => "rfc5280",
        Profile::Iso15118_2 => "iso15118-2",
        Profile::Iso15118_20 => "iso15118-20",
        Profile::Iso15118_20Amd1 => "iso15118-20-amd1",
        Profile::Private => "private",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Any => "any",
        Role::Secc => "secc",
        Role::Evcc => "evcc",
        Role::Contract => "contract",
        Role::OemProvisioning => "oem-provisioning",
        Role::Cps => "cps",
        Role::OcspSigner => "ocsp",
    }
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Leaf => "leaf",
        Level::SubCa2 => "sub2",
        Level::SubCa1 => "sub1",
        Level::Cross => "cross",
        Level::Root => "root",
    }
}

/// The certificate that a role's chain begins with.
fn leaf_name(profile: Profile, role: Role) -> &'static str {
    match (profile, role) {
        (Profile::Rfc5280, Role::Any) => "leaf",
        (Profile::Rfc5280, Role::Evcc) => "client",
        (Profile::Rfc5280, Role::OcspSigner) => "ocsp",
        (Profile::Rfc5280, _) => "server",
        (_, Role::Any) => "secc",
        (_, role) => role_name(role),
    }
}

/// A role's path in which there is a certificate of the level, and where.
fn path(authority: &Authority, profile: Profile, role: Role, level: Level) -> (Vec<&Made>, usize) {
    let mut path = authority.path(leaf_name(profile, role));
    if level == Level::Cross && profile != Profile::Rfc5280 {
        // The V2G root's certificate under another root, in place of the root.
        path = authority.path("secc");
        path.pop();
        path.extend([authority.get("v2g-cross"), authority.get("other-root")]);
    }
    let place = match level {
        Level::Leaf => 0,
        Level::SubCa2 => 1,
        Level::SubCa1 => 2,
        Level::Cross => 3,
        Level::Root => path.len() - 1,
    };
    (path, place)
}

/// The strict policy, but for what a level cannot be shown without.
fn policy(profile: Profile, level: Level, rule: &str) -> Policy {
    let mut policy = Policy::strict(profile).with_revocation(Revocation::None);
    policy.accept_cross_certificates = level == Level::Cross;
    policy.check_anchor_eku = level == Level::Root && rule == "extended-key-usage";
    if rule == "key-agreement" && profile == Profile::Iso15118_2 {
        policy.secc_key_agreement = Presence::Forbidden;
    }
    policy
}

/// The verdict on a path, leaf first, anchor last.
fn verdict(path: &[Vec<u8>], profile: Profile, role: Role, policy: &Policy) -> Result<(), Box<Refusals>> {
    let ders: Vec<&[u8]> = path.iter().map(Vec::as_slice).collect();
    let (anchor, rest) = ders.split_last().unwrap();
    let anchors = [*anchor];
    let mut query = Query::new(rest[0], &anchors, profile, role, policy);
    query.pool = &rest[1..];
    query.time = Now::synchronised(now(profile));
    judge(query).map(|_| ())
}

fn position(place: usize, path: usize) -> Position {
    match place {
        0 => Position::Leaf,
        root if root + 1 == path => Position::Anchor(0),
        issuer => Position::Pool(issuer - 1),
    }
}

/// The change that breaks a rule of a table.
fn defect(profile: Profile, role: Role, level: Level, rule: &str) -> Option<&'static str> {
    let found = rows(DEFECTS).find(|row| {
        let fits = |place: usize, name| row.get(place).is_some_and(|pattern| names(pattern, name));
        row[0] == rule && fits(1, profile_name(profile)) && fits(2, role_name(role)) && fits(3, level_name(level))
    });
    found.map(|row| row[4])
}

/// Too many policies for a line of the data file.
fn written_out(change: &str) -> String {
    let policies: Vec<String> = (1..150).map(|number| format!("1.3.6.1.4.1.99999.{number}")).collect();
    change.replace("@long", &policies.join(","))
}

#[test]
fn chains_that_openssl_made_are_accepted_for_every_role_of_every_edition() {
    if !available() {
        return;
    }
    for profile in Profile::ALL {
        let authority = authority(profile);
        for role in Role::ALL {
            for level in [Level::Leaf, Level::Cross] {
                if profile.table(role, level).is_none() {
                    continue;
                }
                let (path, _) = path(&authority, profile, role, level);
                let role = if level == Level::Cross && profile != Profile::Rfc5280 { Role::Secc } else { role };
                let ders: Vec<Vec<u8>> = path.iter().map(|made| made.der.clone()).collect();
                if let Err(refusals) = verdict(&ders, profile, role, &policy(profile, level, "")) {
                    panic!("{profile:?} {role:?} {level:?}:\n{refusals}");
                }
            }
        }
    }
}

/// What is to be shown: a rule of a table, broken.
struct Case {
    profile: Profile,
    role: Role,
    level: Level,
    rule: &'static str,
    change: &'static str,
}

fn cases(profile: Profile) -> Vec<Case> {
    let of_table = |table: &'static Table| {
        // A table of several roles is shown on its first.
        let role = if table.level == Level::Cross && profile != Profile::Rfc5280 { Role::Secc } else { table.roles[0] };
        table.rows().map(move |row| {
            let (level, rule) = (table.level, row.rule.id);
            let change = defect(profile, role, level, rule);
            let change = change.unwrap_or_else(|| panic!("no defect for {rule} of {profile:?} {role:?} {level:?}"));
            Case { profile, role, level, rule, change }
        })
    };
    profile.tables().iter().flat_map(of_table).collect()
}

#[test]
fn every_rule_of_every_table_refuses_the_certificate_that_breaks_it() {
    if !available() {
        return;
    }
    let shown = Mutex::new(HashSet::new());
    let failures = Mutex::new(Vec::new());
    for profile in Profile::ALL {
        let (authority, cases) = (authority(profile), Mutex::new(cases(profile)));
        let work = || {
            while let Some(case) = { cases.lock().unwrap().pop() } {
                match show(&authority, &case) {
                    Ok(()) => drop(shown.lock().unwrap().insert((profile_name(profile), case.rule, case.change))),
                    Err(problem) => failures.lock().unwrap().push(problem),
                }
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
        });
    }
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} of the defects:\n{}", failures.len(), failures.join("\n"));
    let shown = shown.into_inner().unwrap();
    println!("{} defects", shown.len());
    assert!(shown.len() >= 80, "only {} defects", shown.len());
}

fn show(authority: &Authority, case: &Case) -> Result<(), String> {
    let Case { profile, role, level, rule, change } = *case;
    let (path, place) = path(authority, profile, role, level);
    let changed = authority.changed(&path, place, &written_out(change));
    let what = format!("{rule} of {profile:?} {role:?} {level:?} ({change})");
    match verdict(&changed, profile, role, &policy(profile, level, rule)) {
        Ok(()) => Err(format!("{what}: accepted")),
        Err(refusals) => {
            let expected = position(place, path.len());
            let told = refusals.iter().any(|refusal| refusal.certificate == expected && refusal.rule.id == rule);
            told.then_some(())
                .ok_or_else(|| format!("{what}: refused only for\n  {}", refusals.to_string().replace('\n', "\n  ")))
        }
    }
}

#[test]
fn every_line_of_the_defects_is_used() {
    let used: HashSet<&str> = Profile::ALL.into_iter().flat_map(cases).map(|case| case.change).collect();
    let unused: Vec<String> = rows(DEFECTS).filter(|row| !used.contains(row[4])).map(|row| row.join(" | ")).collect();
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}
