//! Path building: names choose candidates, key identifiers put them in order. Depth first, with a bound on what is looked at.
#![forbid(unsafe_code)]

use super::chain::Links;
use super::{Position, Query, MAX_CANDIDATES, MAX_PATH};
use crate::x509::reader::{only, Reader, INTEGER, SEQUENCE};
use crate::x509::{Certificate, Name};

/// Certificates that one call looks at.
const LOOKS_PER_STEP: u16 = 64;

/// The depth-first walk: for each certificate of the path where the look for its issuer goes on.
#[derive(Debug)]
pub(super) struct Search {
    cursors: [Cursor; MAX_PATH],
    looks: u16,
}

#[derive(Debug, Clone, Copy)]
struct Cursor {
    source: Source,
    index: usize,
}

/// In this order: anchors before others; before all others those whose name is the same to the byte and whose key identifier fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Anchors,
    Pool,
    OtherAnchors,
    OtherPool,
    End,
}

/// What a part of the walk came to.
pub(super) enum Found {
    /// The path ends at an anchor.
    Path,
    /// There is no further one.
    Nothing,
    /// More work is left.
    Pause,
    /// More than the bound allows.
    TooMuch,
}

impl Search {
    const START: Cursor = Cursor { source: Source::Anchors, index: 0 };

    pub(super) const NEW: Self = Self { cursors: [Self::START; MAX_PATH], looks: 0 };

    /// Goes on from the last certificate of `links`. `is_refuted` knows of pairs (subject, issuer) whose signature is bad; `dead_end`
    /// is called for each certificate that leads nowhere.
    pub(super) fn advance<'a>(
        &mut self,
        query: &Query<'a>,
        links: &mut Links<'a>,
        is_refuted: impl Fn(Position, Position) -> bool,
        mut dead_end: impl FnMut(&Links<'a>),
    ) -> Found {
        let pause = self.looks.saturating_add(LOOKS_PER_STEP);
        while let Some(subject) = links.last() {
            let Some(cursor) = self.cursors.get_mut(links.len().saturating_sub(1)) else {
                return Found::TooMuch;
            };
            let Some((position, der)) = cursor.next(query, links.len().saturating_add(1) < max_path(query)) else {
                dead_end(links);
                links.truncate(links.len().saturating_sub(1));
                continue;
            };
            if self.looks >= MAX_CANDIDATES {
                return Found::TooMuch;
            }
            self.looks = self.looks.saturating_add(1);
            let (place, source) = (subject.position, cursor.source);
            if is_candidate(query, links, source, position, der) {
                if !is_refuted(place, position) {
                    if let Position::Anchor(_) = position {
                        return Found::Path;
                    }
                    if let Some(cursor) = self.cursors.get_mut(links.len().saturating_sub(1)) {
                        *cursor = Self::START;
                    }
                } else {
                    links.truncate(links.len().saturating_sub(1));
                }
            }
            if self.looks >= pause {
                return Found::Pause;
            }
        }
        Found::Nothing
    }
}

impl Cursor {
    /// The next certificate to look at. Pool certificates only where an anchor still fits above them.
    fn next<'a>(&mut self, query: &Query<'a>, pool_too: bool) -> Option<(Position, &'a [u8])> {
        loop {
            let index = self.index;
            let found = match self.source {
                Source::Anchors | Source::OtherAnchors => query.anchors.get(index).map(|der| (Position::Anchor(index), *der)),
                Source::Pool | Source::OtherPool if pool_too => query.pool.get(index).map(|der| (Position::Pool(index), *der)),
                Source::Pool | Source::OtherPool => None,
                Source::End => return None,
            };
            if found.is_some() {
                self.index = index.saturating_add(1);
                return found;
            }
            self.index = 0;
            self.source = match self.source {
                Source::Anchors => Source::Pool,
                Source::Pool => Source::OtherAnchors,
                Source::OtherAnchors => Source::OtherPool,
                Source::OtherPool | Source::End => Source::End,
            };
        }
    }
}

/// Certificates that a path of this query may have.
pub(super) fn max_path(query: &Query<'_>) -> usize {
    usize::from(query.policy.max_path).min(MAX_PATH)
}

/// Whether a way of `len` certificates ends at this one for its length alone: the pool has a certificate of the issuer's name.
#[inline(never)] // what it takes of the stack is needed nowhere else
pub(super) fn is_cut_off(query: &Query<'_>, end: &[u8], len: usize) -> bool {
    let Ok(end) = Certificate::parse(end) else { return false };
    let goes_on = |der: &&[u8]| issuer_name(&end, false, der).is_some() && !query.anchors.contains(der);
    len.saturating_add(1) >= max_path(query) && !end.is_self_issued() && query.pool.iter().any(goes_on)
}

/// Adds the certificate to the path, if it may have issued the last one and its place is in this part of the walk.
fn is_candidate<'a>(query: &Query<'a>, links: &mut Links<'a>, source: Source, position: Position, der: &'a [u8]) -> bool {
    let first = matches!(source, Source::Anchors | Source::Pool);
    let Some(same_bytes) = links.last().and_then(|subject| issuer_name(&subject.certificate, first, der)) else { return false };
    // Where it will lie, for it is large.
    if !links.push_der(position, der) {
        return false;
    }
    let fits = fits(query, links, same_bytes, first);
    if !fits {
        links.truncate(links.len().saturating_sub(1));
    }
    fits
}

/// Whether its name is that of the issuer to the byte; `None`: it is another name. Most are not it, and their name alone tells.
fn issuer_name(subject: &Certificate<'_>, first: bool, der: &[u8]) -> Option<bool> {
    // RFC 5280 6.1.3 (a) (4).
    let name = subject_of(der)?;
    let same_bytes = name == subject.issuer.der;
    (same_bytes || (!first && Name::parse(name).ok()?.matches(&subject.issuer))).then_some(same_bytes)
}

/// Whether the last certificate of the path may stand above the others.
fn fits(query: &Query<'_>, links: &Links<'_>, same_bytes: bool, first: bool) -> bool {
    let below = links.len().saturating_sub(1);
    let (Some(subject), Some(issuer)) = (below.checked_sub(1).and_then(|index| links.get(index)), links.last()) else {
        return false;
    };
    let certificate = &issuer.certificate;
    if (same_bytes && identifiers_fit(&subject.certificate, certificate)) != first {
        return false;
    }
    if let Position::Pool(_) = issuer.position {
        // An anchor's copy is no more than the anchor; the same key under the same name again is a loop, RFC 4158 2.4.2.
        let is_anchor = query.anchors.contains(&certificate.der);
        let again = links.iter().take(below).any(|link| {
            link.certificate.public_key.spki == certificate.public_key.spki
                && link.certificate.subject.matches(&certificate.subject)
        });
        return !is_anchor && !again;
    }
    true
}

/// Whether `subject` names this issuer's key, or none. A hint: RFC 4158 3.5.12.
fn identifiers_fit(subject: &Certificate<'_>, issuer: &Certificate<'_>) -> bool {
    let Some(authority) = subject.extensions.authority_key_id else { return true };
    let key = match (authority.key_id, issuer.extensions.subject_key_id) {
        (Some(authority), Some(issuer)) => authority == issuer.bytes,
        _ => true,
    };
    key && authority.serial.map_or(true, |serial| serial == issuer.serial)
}

/// The subject of a certificate, with tag and length; nothing else is read.
fn subject_of(der: &[u8]) -> Option<&[u8]> {
    let mut outer = Reader::new(only(der, SEQUENCE)?.value);
    let mut fields = outer.enter(SEQUENCE)?;
    // version, then serial number
    if fields.next()?.tag != INTEGER {
        fields.expect(INTEGER)?;
    }
    // signature, issuer, validity
    for _ in 0..3 {
        fields.expect(SEQUENCE)?;
    }
    Some(fields.expect(SEQUENCE)?.whole)
}
