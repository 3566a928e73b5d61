//! Names that nobody reads: a misspelt optional parameter would otherwise count as absent.

use std::collections::{BTreeMap, BTreeSet};

use super::{distance, Reader};
use crate::bswmd::definitions::{modules, Container};
use crate::ecuc::{Handle, ModuleKind};
use crate::findings::Kind;

/// What older releases had, or AUTOSAR has and is not evaluated or refused elsewhere.
const TOLERATED: &[&str] = &[
    "CsmUseDeprecated",
    "CsmMainFunctionPeriod",
    "CsmSymKeyMaxLength",
    "CsmAsymPrivateKeyMaxLength",
    "CsmAsymPublicKeyMaxLength",
    "CsmJobUsePort",
    "CsmInOutRedirectionRef",
    "CsmInOutRedirections",
    "CsmInOutRedirection",
    "CryptoKeyElementVirtualTargetRef",
    "KeyMCertificateElementConditionType",
    "KeyMCertificateElementConditionCertificateElement",
];

/// Ends of names that older releases had in the configuration of a service.
const TOLERATED_ENDS: &[&str] = &["Processing", "KeyRef", "QueueRef"];

/// Container by name: names of what it holds.
type Known = BTreeMap<String, BTreeSet<String>>;

fn enter(container: &Container, known: &mut Known) {
    let parameters = container.parameters.iter().map(|parameter| parameter.name.clone());
    let references = container.references.iter().map(|reference| reference.name.clone());
    known.insert(container.name.clone(), parameters.chain(references).collect());
    container.containers.iter().for_each(|inner| enter(inner, known));
}

/// Warns of containers, parameters and references of a module that no definition knows.
pub(super) fn check(reader: &mut Reader<'_>, kind: ModuleKind, root: Handle) {
    let name = match kind {
        ModuleKind::Csm => "Csm",
        ModuleKind::CryIf => "CryIf",
        ModuleKind::Crypto => "Crypto",
        ModuleKind::KeyM => "KeyM",
    };
    let mut known = Known::new();
    modules().iter().filter(|module| module.name == name).flat_map(|module| &module.containers).for_each(|container| {
        enter(container, &mut known);
    });
    let path = &reader.ecuc.get(root).definition_path;
    // A vendor may define what it likes: there only what looks like a slip is told.
    let standard = ["/AUTOSAR/EcucDefs/", "/v2gcrypt/EcucDefs/"].iter().any(|root| path.starts_with(root));
    let mut open = reader.ecuc.get(root).children.clone();
    while let Some(handle) = open.pop() {
        check_container(reader, handle, &known, standard, &mut open);
    }
}

fn check_container(reader: &mut Reader<'_>, handle: Handle, known: &Known, standard: bool, open: &mut Vec<Handle>) {
    let ecuc = reader.ecuc;
    let container = ecuc.get(handle);
    let Some(names) = known.get(&container.definition) else {
        if let Some(remedy) = remedy(reader, &container.definition, known.keys(), standard) {
            let problem = format!("No {} is known here: nobody reads it.", container.definition);
            reader.report(handle, Kind::UnknownName, problem, remedy);
        }
        return;
    };
    for value in container.parameters.iter().chain(&container.references) {
        let older = container.definition.ends_with("Config") && TOLERATED_ENDS.iter().any(|end| value.definition.ends_with(end));
        if names.contains(&value.definition) || older {
            continue;
        }
        if let Some(remedy) = remedy(reader, &value.definition, names.iter(), standard) {
            let problem = format!("A {} has no {}: nobody reads it.", container.definition, value.definition);
            reader.report_value(handle, value, Kind::UnknownName, problem, remedy);
        }
    }
    // A primitive with the wrong service has been reported.
    let primitive = container.definition == "CsmPrimitives";
    open.extend(container.children.iter().filter(|&&child| !primitive || known.contains_key(&ecuc.get(child).definition)));
}

/// What to do about an unknown name; `None` when there is nothing wrong with it.
fn remedy<'a>(reader: &Reader<'_>, name: &str, names: impl Iterator<Item = &'a String>, standard: bool) -> Option<String> {
    if TOLERATED.contains(&name) || reader.ecuc.foreign_names.contains(name) {
        return None;
    }
    let nearest = names.map(|known| (distance(known, name), known)).min();
    match nearest {
        Some((difference, known)) if difference <= 1 + name.len() / 8 => Some(format!("Did you mean {known}?")),
        _ if standard => Some("Remove it, or correct its definition path. docs/arxml.md lists what is read.".into()),
        _ => None,
    }
}
