//! The rules of a complete path but for its signatures: times, path length, profile.
#![forbid(unsafe_code)]

use super::chain::Links;
use super::{rules, Query, Refusals};
use crate::profile::{Level, Subject};
use crate::time::Clock;
use crate::x509::{Certificate, KeyAlgorithm, SignatureAlgorithm};

/// Adds what the certificates of the path, from the leaf upward, break.
pub(super) fn judge(query: &Query<'_>, clock: Clock, links: &Links<'_>, refusals: &mut Refusals) {
    judge_shape(query, links, refusals);
    for index in 0..links.len() {
        judge_certificate(query, clock, links, index, refusals);
    }
}

/// Whether the leaf breaks a rule that no other path could mend.
pub(super) fn is_beyond_help(query: &Query<'_>, clock: Clock, leaf: &Certificate<'_>) -> bool {
    let table = query.profile.table(query.role, query.level);
    let subject = Subject { certificate: leaf, issuer: None, level: query.level, policy: query.policy };
    !is_in_time(clock, leaf)
        || matches!(clock, Clock::Untold(_))
        || table.map_or(true, |table| table.rows().any(|row| !row.check.holds(subject)))
}

/// The same of a leaf without a path.
pub(super) fn judge_alone(query: &Query<'_>, clock: Clock, leaf: &Links<'_>, refusals: &mut Refusals) {
    judge_certificate(query, clock, leaf, 0, refusals);
}

fn judge_shape(query: &Query<'_>, links: &Links<'_>, refusals: &mut Refusals) {
    let shape = query.profile.shape(query.role);
    let Some(leaf) = links.get(0) else { return };
    // A Sub-CA on trial counts itself.
    let sub_cas = links.len().saturating_add(query.level as usize).saturating_sub(2);
    let cross = usize::from(shape.cross && query.policy.accept_cross_certificates);
    if sub_cas > shape.most.saturating_add(cross) && query.level != Level::Root {
        refusals.add(leaf.position, &shape.too_long);
    }
    if sub_cas < shape.least && links.len() > 1 {
        refusals.add(leaf.position, &shape.too_short);
    }
}

fn judge_certificate(query: &Query<'_>, clock: Clock, links: &Links<'_>, index: usize, refusals: &mut Refusals) {
    let Some(link) = links.get(index) else { return };
    let certificate = &link.certificate;
    let issuer = links.get(index.saturating_add(1));
    let is_anchor = issuer.is_none();
    let level = level(query, links, index);

    if index == 0 && matches!(clock, Clock::Untold(_)) {
        refusals.add(link.position, &rules::TIME_UNKNOWN);
    }
    if !is_anchor || index == 0 || query.policy.check_anchor_validity {
        if clock.is_before(certificate.validity.not_before.seconds) {
            refusals.add(link.position, &rules::NOT_YET_VALID);
        }
        if clock.is_after(certificate.validity.not_after.seconds) {
            refusals.add(link.position, &rules::EXPIRED);
        }
    }
    match query.profile.table(query.role, level) {
        Some(table) => {
            let subject = Subject { certificate, issuer: issuer.map(|issuer| &issuer.certificate), level, policy: query.policy };
            for row in table.rows().filter(|row| !row.check.holds(subject)) {
                refusals.add(link.position, &row.rule);
            }
        }
        // A third Sub-CA, of which the shape has told.
        None if level == Level::Cross => {}
        None => refusals.add(link.position, &rules::NO_TABLE),
    }
    let limit = certificate.extensions.basic_constraints.and_then(|constraints| constraints.path_len);
    let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    // Names are compared only where it matters.
    let below = index.saturating_sub(usize::from(query.level == Level::Leaf));
    if below > limit && sub_cas_below(query, links, index) > limit {
        refusals.add(link.position, &rules::PATH_LENGTH);
    }
    if issuer.is_some_and(|issuer| !fits(certificate.signature_algorithm, issuer.certificate.public_key.algorithm)) {
        refusals.add(link.position, &rules::SIGNATURE_KEY);
    }
}

/// What the certificate at `index` of the path is.
fn level(query: &Query<'_>, links: &Links<'_>, index: usize) -> Level {
    match index {
        0 => query.level,
        _ if index.saturating_add(1) == links.len() => Level::Root,
        // A lone Sub-CA is Sub-CA 2. [V2G20-911]
        _ => query.level.above(index),
    }
}

/// Those that RFC 5280 6.1.4 (l) counts: no leaf, nothing self-issued.
fn sub_cas_below(query: &Query<'_>, links: &Links<'_>, index: usize) -> usize {
    let first = usize::from(query.level == Level::Leaf);
    links.iter().take(index).skip(first).filter(|link| !link.certificate.is_self_issued()).count()
}

pub(crate) fn is_in_time(clock: Clock, certificate: &Certificate<'_>) -> bool {
    let validity = &certificate.validity;
    !clock.is_before(validity.not_before.seconds) && !clock.is_after(validity.not_after.seconds)
}

/// Whether a key of this kind makes such signatures.
pub(crate) fn fits(algorithm: SignatureAlgorithm, key: KeyAlgorithm) -> bool {
    match algorithm {
        SignatureAlgorithm::EcdsaSha1
        | SignatureAlgorithm::EcdsaSha256
        | SignatureAlgorithm::EcdsaSha384
        | SignatureAlgorithm::EcdsaSha512 => key.field_len().is_some(),
        SignatureAlgorithm::Ed25519 => key == KeyAlgorithm::Ed25519,
        SignatureAlgorithm::Ed448 => key == KeyAlgorithm::Ed448,
        SignatureAlgorithm::Other => false,
    }
}
