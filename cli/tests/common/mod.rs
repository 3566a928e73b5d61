//! What the tests of chains share.
#![allow(dead_code)] // each test uses some of it

pub mod judge;
pub mod mutate;
pub mod openssl;

/// Rows of a data file: fields between `|`, without blank and comment lines.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('|').map(str::trim).collect())
}

/// Does a pattern such as `*`, `a`, `a,b` or `!a,b` name it?
pub fn names(pattern: &str, name: &str) -> bool {
    match pattern.strip_prefix('!') {
        Some(others) => !names(others, name),
        None => pattern == "*" || pattern.split(',').any(|one| one.trim() == name),
    }
}
