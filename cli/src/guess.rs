//! What a certificate is probably meant to be.
#![forbid(unsafe_code)]

use v2gcrypt_keym::id::{Emaid, EvccId, Pcid, SeccId};
use v2gcrypt_keym::profile::{Level, Profile, Role};
use v2gcrypt_keym::x509::{oid, Certificate, KeyAlgorithm};

/// Its place in a chain.
pub fn level(certificate: &Certificate<'_>) -> Level {
    match certificate.extensions.basic_constraints {
        Some(constraints) if constraints.ca => match constraints.path_len {
            _ if certificate.is_self_issued() => Level::Root,
            Some(0) => Level::SubCa2,
            _ => Level::SubCa1,
        },
        None if certificate.is_self_issued() && certificate.version < 3 => Level::Root,
        _ => Level::Leaf,
    }
}

/// What it is for: by its purposes, its domain component, then the form of its name.
pub fn role(certificate: &Certificate<'_>) -> Role {
    let has = |purpose: &[u8]| certificate.extensions.extended_key_usage.is_some_and(|usage| usage.contains(purpose));
    let component = certificate.subject.find(oid::DOMAIN_COMPONENT).last().map(|attribute| attribute.value);
    let ends = |end: &[u8]| component.is_some_and(|component| component.ends_with(end));
    let name = certificate.subject.find(oid::COMMON_NAME).next().map_or(&b""[..], |attribute| attribute.value);
    match () {
        () if has(oid::OCSP_SIGNING) && level(certificate) == Level::Leaf => Role::OcspSigner,
        () if ends(b"CPO") || ends(b"CSO") => Role::Secc,
        () if ends(b"CPS") => Role::Cps,
        () if ends(b"OEM") => Role::OemProvisioning,
        () if ends(b"EV") => Role::Evcc,
        () if ends(b"MO") || Emaid::parse(name).is_some() => Role::Contract,
        () if Pcid::parse(name).is_some() => Role::OemProvisioning,
        () if SeccId::parse(name).is_some() => Role::Secc,
        () if EvccId::parse(name).is_some() => Role::Evcc,
        () => Role::Any,
    }
}

/// Whose rules it follows: P-256 is ISO 15118-2, P-521 or Ed448 ISO 15118-20. Without a sign of V2G, nobody's.
pub fn profile(certificate: &Certificate<'_>, guessed: Role) -> Profile {
    let not_before = certificate.validity.not_before;
    match certificate.public_key.algorithm {
        _ if guessed == Role::Any && certificate.subject.find(oid::DOMAIN_COMPONENT).next().is_none() => Profile::Rfc5280,
        KeyAlgorithm::P256 => Profile::Iso15118_2,
        KeyAlgorithm::P521 | KeyAlgorithm::Ed448 if not_before.generalized => Profile::Iso15118_20Amd1,
        KeyAlgorithm::P521 | KeyAlgorithm::Ed448 => Profile::Iso15118_20,
        KeyAlgorithm::P384 => Profile::Private,
        _ => Profile::Rfc5280,
    }
}
