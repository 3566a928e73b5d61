//! `docs/rules.md` is what the tables say. After changing them: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-keym --test rules_page`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use v2gcrypt_keym::path::{Rule, GENERAL_RULES};
use v2gcrypt_keym::profile::{Level, Profile, Role};

fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Rfc5280 => "rfc5280",
        Profile::Iso15118_2 => "iso15118-2",
        Profile::Iso15118_20 => "iso15118-20 (2022)",
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
        Level::SubCa2 => "Sub-CA 2",
        Level::SubCa1 => "Sub-CA 1",
        Level::Cross => "cross",
        Level::Root => "root",
    }
}

fn page() -> String {
    let mut page = String::from(
        "# Rules of chains\n\nGenerated from the tables of `keym/src/profile` and `keym/src/path/rules.rs`. How they are judged: [Chains](chains.md).\n\
         What a refusal names is the rule's id and requirement. Requirements without a number are tables of the standards, or a model.\n\n\
         ## Of every path\n\n| rule | what has to hold | requirement |\n|---|---|---|\n",
    );
    for rule in GENERAL_RULES {
        writeln!(page, "| `{}` | {} | {} |", rule.id, rule.text, rule.requirement).unwrap();
    }
    for profile in Profile::ALL {
        writeln!(page, "\n## {}\n\n| rule | what has to hold | requirement | chains | certificates |\n|---|---|---|---|---|", {
            profile_name(profile)
        })
        .unwrap();
        let roles: Vec<_> = Role::ALL.into_iter().filter(|role| profile.table(*role, Level::Leaf).is_some()).collect();
        let mut lines: Vec<String> = Vec::new();
        let mut line = |rule: &Rule, chains: &str, certificates: &str| {
            let line = format!("| `{}` | {} | {} | {chains} | {certificates} |", rule.id, rule.text, rule.requirement);
            if !lines.contains(&line) {
                lines.push(line);
            }
        };
        let mut shapes = Vec::new();
        for role in &roles {
            let shape = profile.shape(*role);
            if !shapes.iter().any(|known| std::ptr::eq(*known, shape)) {
                shapes.push(shape);
                let names: Vec<_> =
                    roles.iter().filter(|r| std::ptr::eq(profile.shape(**r), shape)).map(|r| role_name(*r)).collect();
                let names = if names.len() == roles.len() { "all".to_owned() } else { names.join(", ") };
                if shape.least > 0 {
                    line(&shape.too_short, &names, "leaf");
                }
                line(&shape.too_long, &names, "leaf");
            }
        }
        let tables = || Level::ALL.into_iter().flat_map(|level| roles.iter().map(move |role| (level, *role)));
        for (level, role) in tables() {
            let Some(table) = profile.table(role, level) else { continue };
            for row in table.rows() {
                // Where the same words stand.
                let holds = |level, role| {
                    profile
                        .table(role, level)
                        .is_some_and(|table| table.rows().any(|other| other.rule == row.rule && other.check == row.check))
                };
                let at: BTreeSet<_> = tables().filter(|(l, r)| holds(*l, *r)).map(|(l, r)| (l as usize, r as usize)).collect();
                let same_levels: Vec<_> = Level::ALL.into_iter().filter(|l| at.contains(&(*l as usize, role as usize))).collect();
                let same_roles: Vec<_> = roles
                    .iter()
                    .filter(|r| same_levels.iter().all(|l| at.contains(&(*l as usize, **r as usize))))
                    .filter(|r| {
                        Level::ALL.into_iter().filter(|l| at.contains(&(*l as usize, **r as usize))).count() == same_levels.len()
                    })
                    .collect();
                let chains = if same_roles.len() == roles.len() {
                    "all".to_owned()
                } else {
                    same_roles.iter().map(|r| role_name(**r)).collect::<Vec<_>>().join(", ")
                };
                let certificates = same_levels.iter().map(|l| level_name(*l)).collect::<Vec<_>>().join(", ");
                line(&row.rule, &chains, &certificates);
            }
        }
        lines.sort_by_key(|line| line.split('`').nth(1).map(str::to_owned));
        page.push_str(&lines.join("\n"));
        page.push('\n');
    }
    page
}

#[test]
fn the_page_of_rules_is_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    let page = page();
    if std::env::var_os("V2GCRYPT_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == page, "docs/rules.md is old: bless it");
}
