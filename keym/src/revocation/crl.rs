//! One CRL and one certificate, RFC 5280 6.3.3. Complete and direct lists only.
#![forbid(unsafe_code)]

use super::{algorithm_rule, current_until, Case, Status};
use crate::crl::{CertificateList, Uncovered};
use crate::path::{rules, Action, Answer, Evidence, Rule, SignatureCheck};
use crate::x509::{Certificate, KeyUsage};

/// What looking at a list came to.
pub(super) enum Look<'a> {
    /// There is no list of this index.
    End,
    /// It is another issuer's, or tells nothing new.
    Irrelevant,
    /// It is of no use.
    Problem(&'static Rule),
    /// The answer is for the same list.
    Ask(Action<'a>),
    /// What it says.
    Status(Status),
}

/// Looks for `subject`, which the case's issuer issued, in the list number `index`.
pub(super) fn look<'a>(
    case: &Case<'_, 'a>,
    subject: &Certificate<'a>,
    index: usize,
    since: Option<i64>,
    answer: Option<Answer<'_>>,
) -> Look<'a> {
    let Some(der) = case.query.crls.get(index) else { return Look::End };
    let Ok(list) = CertificateList::parse(der) else { return Look::Problem(&rules::CRL_MALFORMED) };
    let issuer = &case.issuer.certificate;
    let this_update = list.this_update.seconds;
    if !list.issuer.matches(&issuer.subject) {
        return Look::Irrelevant;
    }
    // The same name with another key.
    let authority = list.authority_key_id.and_then(|authority| authority.key_id);
    if let (Some(authority), Some(id)) = (authority, issuer.extensions.subject_key_id) {
        if authority != id.bytes {
            return Look::Irrelevant;
        }
    }
    let entry = list.find(subject.serial);
    // Whoever was revoked stays so: only of good does the newest tell.
    if entry.is_none() && since.is_some_and(|since| this_update <= since) {
        return Look::Irrelevant;
    }
    let next_update = match (list.covers(subject), entry) {
        (Ok(()), _) => list.next_update,
        // A partial list tells nothing by its silence, but what it lists is revoked.
        (Err(Uncovered::SomeReasons | Uncovered::OtherPoint), Some(_)) => list.next_update,
        (Err(Uncovered::UnrecognizedCritical), _) => return Look::Problem(&rules::CRL_CRITICAL),
        (Err(Uncovered::OtherKind | Uncovered::OtherPoint), None) => return Look::Irrelevant,
        (Err(_), _) => return Look::Problem(&rules::CRL_MALFORMED),
    };
    let policy = case.query.policy;
    // RFC 5280 5.1.2.5: nextUpdate is always there.
    let Some(mut next_update) = next_update.map(|time| time.seconds) else { return Look::Problem(&rules::CRL_STALE) };
    if policy.limit_crl_age {
        next_update = next_update.min(this_update.saturating_add(i64::from(policy.max_status_age)));
    }
    let Some(next_update) = current_until(case.clock, policy, this_update, next_update) else {
        return Look::Problem(&rules::CRL_STALE);
    };
    if issuer.extensions.key_usage.is_some_and(|usage| !usage.contains(KeyUsage::CRL_SIGN)) {
        return Look::Problem(&rules::CRL_SIGN);
    }
    if let Some(rule) = algorithm_rule(case, list.signature_algorithm, issuer, &rules::CRL_ALGORITHM) {
        return Look::Problem(rule);
    }
    let evidence = Evidence::Crl { index, next_update };
    match answer {
        Some(Answer::Verified(true)) if entry.is_some() => Look::Status(Status::Revoked { evidence, this_update, next_update }),
        Some(Answer::Verified(true)) => Look::Status(Status::Good { evidence, this_update, next_update }),
        Some(Answer::Verified(false)) => Look::Problem(&rules::CRL_SIGNATURE),
        Some(Answer::Hashed(_)) | None => Look::Ask(Action::Verify(SignatureCheck {
            issuer: case.issuer.position,
            public_key: issuer.public_key,
            algorithm: list.signature_algorithm,
            message: list.tbs,
            signature: list.signature,
        })),
    }
}
