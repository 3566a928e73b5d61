//! KeyM: references as indices, elements under their certificates, rules behind the rules that they refer to.

use std::collections::HashMap;

use super::{sort, Places};
use crate::ecuc::Handle;
use crate::model::keym::*;
use crate::model::Csm;
use crate::read::{KeyMDraft, Table};

/// Where the containers of Csm have gone.
pub(super) struct CsmPlaces {
    pub jobs: Places,
    pub keys: Places,
}

pub(super) fn link(draft: KeyMDraft, csm: &Csm, places: &CsmPlaces) -> KeyM {
    let mut keym = draft.shell;
    let (mut certificates, certificate_places) = sort(draft.certificates, |certificate| certificate.id);
    let (mut crypto_keys, key_places) = sort(draft.crypto_keys, |key| key.id);
    let (nvm_blocks, block_places) = sort(draft.nvm_blocks, |block| block.origin.clone().into_key());
    let (mut pool, _) = sort(draft.pool, |entry| entry.origin.clone().into_key());
    let (mut conditions, condition_places) = sort(draft.conditions, |condition| condition.origin.clone().into_key());
    let (mut rules, rule_places) = sort_rules(draft.rules);
    let job = |job: &mut u32| *job = places.jobs[job];
    let key = |key: &mut u32| *key = places.keys[key];
    let block = |block: &mut u32| *block = block_places[block];
    for certificate in &mut certificates {
        job(&mut certificate.verify_job);
        certificate.generate_job.iter_mut().for_each(job);
        certificate.verify_key.iter_mut().for_each(key);
        certificate.target_key.iter_mut().for_each(key);
        certificate.nvm_block.iter_mut().for_each(block);
        certificate.private_key.iter_mut().for_each(|key| *key = key_places[key]);
        certificate.rules.iter_mut().for_each(|rule| *rule = rule_places[rule]);
        certificate.rules.sort_unstable();
        certificate.upper = certificate_places[&certificate.upper];
    }
    for own in &mut crypto_keys {
        key(&mut own.target_key);
        own.source_key.iter_mut().for_each(key);
        own.verify_job.iter_mut().for_each(job);
        own.nvm_block.iter_mut().for_each(block);
    }
    for entry in &mut pool {
        job(&mut entry.job);
        entry.key = csm.jobs[entry.job as usize].key.expect("a job that verifies has a key, as the checks ensure");
    }
    let element_places = link_elements(&mut certificates, draft.elements, &certificate_places);
    for condition in &mut conditions {
        condition.element = element_places[&condition.element.element];
        if let ConditionValue::Element(other) = &mut condition.value {
            *other = element_places[&other.element];
        }
    }
    for argument in rules.iter_mut().flat_map(|rule| &mut rule.arguments) {
        match argument {
            Argument::Condition(condition) => *condition = condition_places[condition],
            Argument::Rule(rule) => *rule = rule_places[rule],
        }
    }
    let jobs = &mut keym.jobs;
    let own = [&mut jobs.sha1, &mut jobs.sha256, &mut jobs.sha384, &mut jobs.sha512];
    let own = own.into_iter().chain([&mut jobs.random, &mut jobs.mac_generate, &mut jobs.mac_verify]);
    own.flatten().for_each(job);
    keym.policy.time_floor_block.iter_mut().for_each(block);
    keym.certificates = certificates;
    keym.crypto_keys = crypto_keys;
    keym.nvm_blocks = nvm_blocks;
    keym.pool = pool;
    keym.conditions = conditions;
    keym.rules = rules;
    keym
}

fn link_elements(
    certificates: &mut [Certificate],
    elements: Table<crate::read::ElementDraft>,
    certificate_places: &Places,
) -> HashMap<Handle, ElementPlace> {
    let mut of_certificate: Vec<Vec<(Handle, CertificateElement)>> = certificates.iter().map(|_| Vec::new()).collect();
    for (handle, draft) in elements {
        of_certificate[certificate_places[&draft.certificate] as usize].push((handle, draft.element));
    }
    let mut places = HashMap::new();
    for (certificate, mut elements) in (0u32..).zip(of_certificate) {
        elements.sort_by_key(|(_, element)| element.id);
        for (element, (handle, _)) in (0u32..).zip(&elements) {
            places.insert(*handle, ElementPlace { certificate, element });
        }
        certificates[certificate as usize].elements = elements.into_iter().map(|(_, element)| element).collect();
    }
    places
}

/// By name, but each behind those that it refers to: KeyM evaluates them in one pass, and nothing can turn in a circle.
fn sort_rules(rules: Table<Rule>) -> (Vec<Rule>, Places) {
    let mut open: Vec<(Handle, Rule)> = rules.into_iter().collect();
    open.sort_by_key(|(_, rule)| rule.origin.clone().into_key());
    let mut sorted = Vec::new();
    let mut places = Places::new();
    while !open.is_empty() {
        let is_ready = |(_, rule): &(Handle, Rule)| {
            rule.arguments.iter().all(|argument| !matches!(argument, Argument::Rule(other) if !places.contains_key(other)))
        };
        let next = open.iter().position(is_ready).expect("rules refer to each other without cycles, as the checks ensure");
        let (handle, rule) = open.remove(next);
        places.insert(handle, sorted.len() as u32);
        sorted.push(rule);
    }
    (sorted, places)
}
