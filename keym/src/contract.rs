//! Contracts and other certificates in their life: how long they count, which contract applies.
#![forbid(unsafe_code)]

use crate::id::Emaid;
use crate::numbers::*;
use crate::ocsp::OcspResponse;
use crate::profile::Profile;
use crate::types::*;
use crate::x509::{oid, Certificate};

const DAY: i64 = 86_400;
/// Oldest OCSP response that V2G takes. [V2G2-649] [V2G20-1021]
const WEEK: i64 = 7 * DAY;

/// Seconds before its end in which a certificate expires soon: 21 days in -2, 14 in -20.
pub fn renewal_period(profile: Profile) -> i64 {
    match profile {
        Profile::Iso15118_20 | Profile::Iso15118_20Amd1 => 14 * DAY,
        Profile::Rfc5280 | Profile::Iso15118_2 | Profile::Private => 21 * DAY,
    }
}

/// `KEYM_V2G_STATE_*` of a certificate: what its status and the time say. Without a time only the status does.
pub fn state(
    status: KeyM_CertificateStatusType,
    certificate: &Certificate<'_>,
    profile: Profile,
    now: Option<i64>,
) -> KeyM_V2g_StateType {
    let validity = certificate.validity;
    match (status, now) {
        (KEYM_E_CERTIFICATE_REVOKED, _) => KEYM_V2G_STATE_REVOKED,
        (_, Some(now)) if now > validity.not_after.seconds => KEYM_V2G_STATE_EXPIRED,
        (_, Some(now)) if now < validity.not_before.seconds => KEYM_V2G_STATE_NOT_YET_VALID,
        (KEYM_CERTIFICATE_PARSED_NOT_VALIDATED | KEYM_CERTIFICATE_NOT_PARSED, _) => KEYM_V2G_STATE_UNVERIFIED,
        (KEYM_CERTIFICATE_VALID, Some(now)) if now > validity.not_after.seconds.saturating_sub(renewal_period(profile)) => {
            KEYM_V2G_STATE_EXPIRES_SOON
        }
        (KEYM_CERTIFICATE_VALID, _) => KEYM_V2G_STATE_VALID,
        _ => KEYM_V2G_STATE_INVALID,
    }
}

/// Whether a certificate in this state may be used.
pub fn is_usable(state: KeyM_V2g_StateType) -> bool {
    matches!(state, KEYM_V2G_STATE_VALID | KEYM_V2G_STATE_EXPIRES_SOON)
}

/// Whether a new OCSP response is to be fetched: there is none, or it is too old.
pub fn is_response_due(response: &[u8], now: Option<i64>) -> bool {
    let Some(now) = now else { return response.is_empty() };
    let basic = OcspResponse::parse(response).ok().and_then(|response| response.basic);
    !basic.is_some_and(|basic| {
        let mut responses = basic.responses();
        responses.next().is_some_and(|first| {
            let ends = first.next_update.map_or(i64::MAX, |next| next.seconds);
            now < ends.min(first.this_update.seconds.saturating_add(WEEK))
        })
    })
}

/// The EMAID that a contract certificate is for: its common name.
pub fn emaid(certificate: &Certificate<'_>) -> Option<Emaid> {
    Emaid::parse(certificate.subject.find(oid::COMMON_NAME).next()?.value)
}

/// Whether a contract is one of the provider: country and provider, five characters, whatever their case.
pub fn is_of_provider(emaid: &Emaid, provider: &[u8]) -> bool {
    emaid.provider_prefix().as_bytes().eq_ignore_ascii_case(provider)
}
