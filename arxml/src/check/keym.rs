//! Do certificates, their uppers, rules, jobs and stores fit together?

mod job;
mod shared;
mod storage;

use std::collections::{BTreeMap, BTreeSet};

use crate::ecuc::Handle;
use crate::findings::{Findings, Kind};
use crate::model::keym::*;
use crate::model::Origin;
use crate::read::{Draft, KeyMDraft};

pub(super) fn check(draft: &Draft, findings: &mut Findings) {
    let Some(keym) = &draft.keym else { return };
    check_switches(keym, findings);
    check_names(keym, findings);
    check_chains(keym, findings);
    check_elements(keym, findings);
    check_rules(keym, findings);
    job::check(draft, keym, findings);
    shared::check(draft, keym, findings);
    storage::check(draft, keym, findings);
}

/// Switches of `KeyMGeneral` that contradict each other, or what is configured.
fn check_switches(keym: &KeyMDraft, findings: &mut Findings) {
    let KeyMGeneral { certificate_manager, crypto_key_manager, start_finalize, prepare, verify, service_certificate, .. } =
        keym.shell.general;
    let handlers = keym.shell.general.handlers;
    let key_functions = start_finalize || prepare || verify;
    let contradictions = [
        (
            handlers.start_finalize && !start_finalize,
            "KeyMCryptoKeyHandlerStartFinalizeEnabled is true, but KeyMCryptoKeyStartFinalizeFunctionEnabled is not.",
        ),
        (
            handlers.prepare && !prepare,
            "KeyMCryptoKeyHandlerPrepareEnabled is true, but KeyMCryptoKeyPrepareFunctionEnabled is not.",
        ),
        (handlers.verify && !verify, "KeyMCryptoKeyHandlerVerifyEnabled is true, but KeyMCryptoKeyVerifyFunctionEnabled is not."),
        (
            handlers.service_certificate && !service_certificate,
            "KeyMCryptoKeyHandlerServiceCertificateEnabled is true, but KeyMServiceCertificateFunctionEnabled is not.",
        ),
        (
            handlers.update && !crypto_key_manager,
            "KeyMCryptoKeyHandlerUpdateEnabled is true, but KeyMCryptoKeyManagerEnabled is not.",
        ),
        // A key is prepared within a session only. [SWS_KeyM_00010]
        (
            prepare && !start_finalize,
            "KeyMCryptoKeyPrepareFunctionEnabled is true, but without KeyMCryptoKeyStartFinalizeFunctionEnabled there is no session.",
        ),
        (
            key_functions && !crypto_key_manager,
            "A KeyMCryptoKey…FunctionEnabled is true, but KeyMCryptoKeyManagerEnabled is not.",
        ),
        (
            service_certificate && !certificate_manager,
            "KeyMServiceCertificateFunctionEnabled is true, but KeyMCertificateManagerEnabled is not.",
        ),
        (
            !keym.certificates.is_empty() && !certificate_manager,
            "There are certificates, but KeyMCertificateManagerEnabled is not true.",
        ),
        (
            !keym.crypto_keys.is_empty() && !crypto_key_manager,
            "There are crypto keys, but KeyMCryptoKeyManagerEnabled is not true.",
        ),
    ];
    for (_, problem) in contradictions.into_iter().filter(|(found, _)| *found) {
        findings.at(&keym.shell.origin, Kind::KeyMSwitch, problem, "Make the two switches of KeyMGeneral agree.");
    }
    if keym.shell.general.security_event_reporting && keym.shell.security_events.is_empty() {
        let problem = "KeyMEnableSecurityEventReporting is true, but KeyMSecurityEventRefs names no event.";
        findings.at(&keym.shell.origin, Kind::KeyMSwitch, problem, "Name the events of IdsM, or switch reporting off.");
    }
}

/// A service finds a certificate or key by its name.
fn check_names(keym: &KeyMDraft, findings: &mut Findings) {
    let longest = usize::from(keym.shell.general.name_max_length);
    let mut check = |names: &mut BTreeMap<String, Origin>, parameter: &str, name: &str, origin: &Origin| {
        if name.len() > longest {
            let problem = format!("{parameter} `{name}` has {} bytes, KeyMKeyCertNameMaxLength is {longest}.", name.len());
            findings.at(origin, Kind::InvalidValue, problem, "Shorten the name, or raise KeyMKeyCertNameMaxLength.");
        }
        if let Some(other) = names.insert(name.into(), origin.clone()) {
            let problem = format!("{parameter} `{name}` is also that of {}.", other.path);
            findings.at(origin, Kind::DuplicateName, problem, "Rename one of them: services find them by name.");
        }
    };
    let mut certificates = BTreeMap::new();
    for certificate in keym.certificates.values() {
        check(&mut certificates, "KeyMCertificateName", &certificate.name, &certificate.origin);
    }
    let mut keys = BTreeMap::new();
    for key in keym.crypto_keys.values() {
        check(&mut keys, "KeyMCryptoKeyName", &key.name, &key.origin);
    }
}

/// Every certificate's upper ones end in a root, which refers to itself.
fn check_chains(keym: &KeyMDraft, findings: &mut Findings) {
    let depth = usize::from(keym.shell.general.chain_max_depth);
    for (&handle, certificate) in &keym.certificates {
        let mut seen = BTreeSet::from([handle]);
        let mut at = certificate;
        let mut place = handle;
        let outcome = loop {
            if at.upper == place {
                break Ok(seen.len());
            }
            place = at.upper;
            let Some(upper) = keym.certificates.get(&place) else { break Ok(0) }; // broken in itself, and reported
            if !seen.insert(place) {
                break Err(upper);
            }
            at = upper;
        };
        match outcome {
            Err(upper) => {
                let problem = format!("Its upper certificates come back to {} and never end in a root.", upper.origin.path);
                let remedy = "Let the KeyMCertUpperHierarchicalCertRef of the root point to the root itself.";
                findings.at(&certificate.origin, Kind::CertificateChain, problem, remedy);
            }
            Ok(length) if length > depth => {
                let problem = format!("Its chain has {length} certificates, KeyMCertificateChainMaxDepth is {depth}.");
                findings.at(&certificate.origin, Kind::CertificateChain, problem, "Raise KeyMCertificateChainMaxDepth.");
            }
            Ok(_) => {}
        }
        let upper = keym.certificates.get(&certificate.upper);
        check_profile(certificate, upper, findings);
        if certificate.format == CertFormat::Crl && certificate.upper == handle {
            let problem = "A list of revoked certificates is its own upper certificate.";
            let remedy = "Let KeyMCertUpperHierarchicalCertRef point to the certificate whose key signs it.";
            findings.at(&certificate.origin, Kind::CertificateChain, problem, remedy);
        }
        if upper.is_some_and(|upper| upper.format == CertFormat::Crl) && certificate.upper != handle {
            let problem = "Its upper certificate is a list of revoked certificates, which signs nothing.";
            let remedy = "Let KeyMCertUpperHierarchicalCertRef point to the issuer's certificate.";
            findings.at(&certificate.origin, Kind::CertificateChain, problem, remedy);
        }
    }
}

/// A leaf is judged with all that is above it by its own profile. A list hangs from what has been judged.
fn check_profile(certificate: &Certificate, upper: Option<&Certificate>, findings: &mut Findings) {
    let Some(upper) = upper.filter(|upper| upper.format != CertFormat::Crl) else { return };
    if certificate.format != CertFormat::Crl && certificate.profile != upper.profile {
        let problem = format!(
            "V2gcryptKeyMCertificateProfile is {}, that of its upper certificate {} {}.",
            certificate.profile, upper.origin.path, upper.profile
        );
        let remedy = "Give all certificates of a chain one profile, or each profile slots of its own.";
        findings.at(&certificate.origin, Kind::CertificateChain, problem, remedy);
    }
}

fn check_elements(keym: &KeyMDraft, findings: &mut Findings) {
    let mut ids: BTreeMap<(Handle, u16), &Origin> = BTreeMap::new();
    for draft in keym.elements.values() {
        let element = &draft.element;
        if let Some(other) = ids.insert((draft.certificate, element.id), &element.origin) {
            let problem = format!("KeyMCertificateElementId {} is also that of {}.", element.id, other.path);
            findings.at(&element.origin, Kind::DuplicateId, problem, "Give each element of a certificate an id of its own.");
        }
        let Some(certificate) = keym.certificates.get(&draft.certificate) else { continue };
        if element.max_length > certificate.max_length {
            let problem = format!(
                "KeyMCertificateElementMaxLength is {}, KeyMCertificateMaxLength of its certificate {}.",
                element.max_length, certificate.max_length
            );
            findings.at(
                &element.origin,
                Kind::InvalidValue,
                problem,
                "An element is a part of its certificate: make it shorter.",
            );
        }
    }
}

/// Rules refer to rules: a circle would have no value.
fn check_rules(keym: &KeyMDraft, findings: &mut Findings) {
    // Those that need nothing but rules already found to end.
    let mut ended: BTreeSet<Handle> = BTreeSet::new();
    loop {
        let ends = |rule: &Rule| {
            rule.arguments.iter().all(|argument| match argument {
                // A rule that is broken in itself has been reported.
                Argument::Rule(other) => ended.contains(other) || !keym.rules.contains_key(other),
                Argument::Condition(_) => true,
            })
        };
        let more: Vec<Handle> =
            keym.rules.iter().filter(|(handle, rule)| !ended.contains(handle) && ends(rule)).map(|(handle, _)| *handle).collect();
        if more.is_empty() {
            break;
        }
        ended.extend(more);
    }
    for rule in keym.rules.iter().filter(|(handle, _)| !ended.contains(handle)).map(|(_, rule)| rule) {
        let problem = "Its KeyMArgumentRefs lead back to a rule that they came from, or to such a circle.";
        findings.at(&rule.origin, Kind::RuleCycle, problem, "Remove the reference that closes the circle.");
    }
}
