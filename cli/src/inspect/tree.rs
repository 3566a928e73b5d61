//! Certificates as a tree, issuers above.
#![forbid(unsafe_code)]

use anstream::println;
use anstyle::{AnsiColor, Style};
use v2gcrypt_keym::x509::{Certificate, Validity};

use super::{key, profile_name, title, Item};
use crate::text;
use crate::time::Rfc3339;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();

/// Cells of a validity bar.
const CELLS: i64 = 20;
const DAY: i64 = 86_400;

/// Prints all of them.
pub fn print(items: &[Item<'_>], time: i64) {
    for (place, item) in items.iter().enumerate() {
        // A ring of names has no top; each of it is shown for itself.
        if item.issuer.is_none() || is_in_ring(items, place) {
            branch(items, place, "", "", time);
        }
    }
}

fn is_in_ring(items: &[Item<'_>], start: usize) -> bool {
    let mut place = start;
    for _ in items {
        match items.get(place).and_then(|item| item.issuer) {
            None => return false,
            Some(issuer) => place = issuer,
        }
    }
    true
}

fn branch(items: &[Item<'_>], place: usize, first: &str, rest: &str, time: i64) {
    let Some(item) = items.get(place) else { return };
    let children: Vec<usize> =
        (0..items.len()).filter(|child| items.get(*child).is_some_and(|child| child.issuer == Some(place))).collect();
    let children = if is_in_ring(items, place) { Vec::new() } else { children };
    let stem = if children.is_empty() { " " } else { "│" };
    match &item.certificate {
        Ok(certificate) => show(item, certificate, first, &format!("{rest}{stem} "), time),
        Err(problem) => println!("{first}{RED}{}: {problem}{RED:#}", item.object),
    }
    for (number, child) in children.iter().enumerate() {
        let last = number + 1 == children.len();
        let (tee, stem) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        branch(items, *child, &format!("{rest}{tee}"), &format!("{rest}{stem}"), time);
    }
}

fn show(item: &Item<'_>, certificate: &Certificate<'_>, first: &str, rest: &str, time: i64) {
    let mark = if item.violations.is_empty() { format!("{GREEN}✓{GREEN:#}") } else { format!("{RED}✗{RED:#}") };
    println!("{first}{mark} {BOLD}{}{BOLD:#} {}", title(item), text::name(&certificate.subject));
    println!("{rest}{}", validity(&certificate.validity, time));
    let (signature, size) = (text::signature_algorithm(certificate.signature_algorithm), certificate.der.len());
    let serial = text::hex(certificate.serial);
    println!("{rest}{DIM}{}, {signature}, {size} bytes, serial {serial}{DIM:#}", key(certificate.public_key.algorithm));
    let mut words = vec![format!("judged as {}", profile_name(item.profile))];
    let extensions = &certificate.extensions;
    words.extend(extensions.key_usage.as_ref().map(|usage| text::usages(usage).join(" ")));
    words.extend(extensions.extended_key_usage.map(|usage| usage.iter().map(text::purpose).collect::<Vec<_>>().join(" ")));
    words.push(item.object.to_string());
    println!("{rest}{DIM}{}{DIM:#}", words.join(", "));
    for rule in &item.violations {
        println!("{rest}{RED}✗ {}: {} ({}){RED:#}", rule.id, rule.text, rule.requirement);
    }
}

/// `█████░░░░░ 2026-01-01 … 2026-03-01, 37 days left`
fn validity(validity: &Validity, time: i64) -> String {
    let (start, end) = (validity.not_before.seconds, validity.not_after.seconds);
    let length = end.saturating_sub(start).max(1);
    let past = time.saturating_sub(start).clamp(0, length);
    let filled = (past.saturating_mul(CELLS) / length) as usize;
    let (style, words) = match end.saturating_sub(time) {
        left if left < 0 => (RED, format!("expired {}", days(-left))),
        _ if time < start => (RED, format!("valid in {}", days(start.saturating_sub(time)))),
        left if left < 21 * DAY => (YELLOW, format!("{} left", days(left))),
        left => (GREEN, format!("{} left", days(left))),
    };
    let words = words.replace("expired", "expired since");
    let bar = format!("{}{}", "█".repeat(filled), "░".repeat(CELLS as usize - filled));
    let date = |seconds: i64| Rfc3339 { seconds }.to_string().chars().take(10).collect::<String>();
    format!("{style}{bar}{style:#} {} … {}, {style}{words}{style:#}", date(start), date(end))
}

fn days(seconds: i64) -> String {
    match seconds / DAY {
        0 => format!("{} h", seconds / 3600),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}
