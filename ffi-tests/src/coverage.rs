//! `docs/coverage.md`: which requirements are tested, implemented or absent.
//!
//! `docs/requirements.txt` names each requirement and the tests that prove it. A requirement is implemented where a tag in a
//! source says so, and tested when, besides, every test that the list names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::headers::Generated;

/// Counts of Wycheproof's vectors, as the test of the same name found them: algorithm, agreed, refused, how.
pub const WYCHEPROOF: &str = "ffi-tests/wycheproof.txt";

/// Where tags and tests are looked for.
const CRATES: &[&str] = &["types", "csm", "cryif", "crypto-driver", "keym", "arxml", "cli", "host", "ffi-tests", "src"];

struct Requirement {
    id: String,
    sentence: String,
    tests: Vec<String>,
}

/// The coverage page. Panics when list and sources contradict each other: that is what the test is for.
pub fn generate(workspace: &Path) -> Vec<Generated> {
    let requirements = read_list(workspace);
    let sources = Sources::read(workspace);
    let known: BTreeSet<&str> = requirements.iter().map(|r| r.id.as_str()).collect();
    let unlisted: Vec<_> = sources.tags.keys().filter(|tag| !known.contains(tag.as_str())).collect();
    assert!(unlisted.is_empty(), "in the sources, but not in docs/requirements.txt: {unlisted:?}");
    let mut text = String::from(PRELUDE);
    let mut counts = BTreeMap::new();
    let mut rows = String::new();
    for requirement in &requirements {
        for test in &requirement.tests {
            assert!(sources.tests.contains(test), "{}: there is no test `{test}`", requirement.id);
        }
        let place = sources.tags.get(&requirement.id);
        let status = match (place, requirement.tests.is_empty()) {
            (Some(_), false) => "tested",
            (Some(_), true) => "implemented, untested",
            (None, _) => "absent",
        };
        *counts.entry(status).or_insert(0) += 1;
        let tests = requirement.tests.iter().map(|test| format!("`{test}`")).collect::<Vec<_>>().join(", ");
        let place = place.map_or(String::new(), |place| format!("`{place}`"));
        let _ = writeln!(rows, "| {} | {} | {status} | {place} | {tests} |", requirement.id, requirement.sentence);
    }
    for (status, count) in counts {
        let _ = writeln!(text, "* {status}: {count}");
    }
    text.push_str("\n| requirement | what | status | where | proved by |\n|---|---|---|---|---|\n");
    text.push_str(&rows);
    text.push_str(VECTORS);
    let counts = std::fs::read_to_string(workspace.join(WYCHEPROOF)).expect("the counts are there");
    for row in counts.lines() {
        let _ = writeln!(text, "| {row} |");
    }
    vec![Generated { path: "docs/coverage.md", text }]
}

const PRELUDE: &str = "\
# Coverage

Requirements of AUTOSAR R22-11 that concern what is built so far, in our own words. *Tested*: a tag in the source, and a test by
name. *Implemented, untested*: a tag in the source. *Absent*: neither; the [deviations](deviations.md) tell why.

Generated from `docs/requirements.txt` and the sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.

";

const VECTORS: &str = "
## Wycheproof

Vectors of Wycheproof through the C interface. *Agreed*: in each of the ways named, the library finds and computes what the vector
says. *Not taken*: refused, where Wycheproof leaves it open or has key sizes that the library has not.

`V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test wycheproof` counts anew; any other run fails where a count differs.

| algorithm | agreed | not taken | how |
|---|---|---|---|
";

fn read_list(workspace: &Path) -> Vec<Requirement> {
    let text = std::fs::read_to_string(workspace.join("docs/requirements.txt")).expect("the list is there");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.split('|').map(str::trim);
            let id = parts.next().unwrap_or_default().to_string();
            let sentence = parts.next().unwrap_or_default().to_string();
            let tests = parts.next().unwrap_or_default().split_whitespace().map(str::to_string).collect();
            Requirement { id, sentence, tests }
        })
        .collect()
}

#[derive(Default)]
struct Sources {
    /// Tag, and the first product source that has it.
    tags: BTreeMap<String, String>,
    /// Names of test functions.
    tests: BTreeSet<String>,
}

impl Sources {
    fn read(workspace: &Path) -> Self {
        let mut files = Vec::new();
        for folder in CRATES {
            collect(&workspace.join(folder), &mut files);
        }
        files.sort();
        let mut sources = Self::default();
        for file in files {
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let path = file.strip_prefix(workspace).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let is_test = path.contains("/tests/") || path.starts_with("ffi-tests/");
            if !is_test {
                for tag in tags(&text) {
                    sources.tags.entry(tag).or_insert_with(|| path.clone());
                }
            }
            sources.tests.extend(test_names(&text));
        }
        sources
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "c") {
            files.push(path);
        }
    }
}

/// Every `[SWS_Module_nnnnn]` in a text.
fn tags(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("[SWS_").skip(1).filter_map(|rest| {
        let id = rest.split(']').next()?;
        let plausible = id.len() < 24 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        plausible.then(|| format!("SWS_{id}"))
    })
}

/// Names of functions that follow a `#[test]`.
fn test_names(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("#[test]").skip(1).filter_map(|rest| {
        let rest = &rest[rest.find("fn ")? + 3..];
        Some(rest[..rest.find('(')?].to_string())
    })
}
