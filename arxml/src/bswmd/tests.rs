use std::collections::BTreeSet;
use std::path::Path;

use autosar_data::{AutosarModel, ElementName};

use super::definitions::{modules, Container};
use super::files;

/// Every definition path, relative to `…/EcucDefs/`.
fn defined() -> BTreeSet<String> {
    fn enter(prefix: &str, container: &Container, paths: &mut BTreeSet<String>) {
        let path = format!("{prefix}/{}", container.name);
        paths.extend(container.parameters.iter().map(|parameter| format!("{path}/{}", parameter.name)));
        paths.extend(container.references.iter().map(|reference| format!("{path}/{}", reference.name)));
        container.containers.iter().for_each(|inner| enter(&path, inner, paths));
        paths.insert(path);
    }
    let mut paths = BTreeSet::new();
    for module in modules() {
        paths.insert(module.name.to_string());
        module.containers.iter().for_each(|container| enter(module.name, container, &mut paths));
    }
    paths
}

fn references_of(container: &Container) -> Vec<&'static str> {
    let own = container.references.iter().map(|reference| reference.destination);
    own.chain(container.containers.iter().flat_map(references_of)).collect()
}

/// Files that the reader is written in.
const READER: &[&str] = &[
    include_str!("../read/mod.rs"),
    include_str!("../read/csm.rs"),
    include_str!("../read/cryif.rs"),
    include_str!("../read/crypto.rs"),
    include_str!("../read/custom.rs"),
    include_str!("../read/nv.rs"),
    include_str!("../read/primitive.rs"),
    include_str!("../read/hsm.rs"),
    include_str!("../read/keym.rs"),
    include_str!("../read/keym/certificate.rs"),
    include_str!("../read/keym/element.rs"),
    include_str!("../read/keym/rule.rs"),
];

/// What the reader names to refuse it, or because older releases had it.
const NOT_OFFERED: &[&str] = &[
    "CsmInOutRedirectionRef",
    "CsmJobUsePort",
    "CsmJobCertificateParse",
    "CsmJobCertificateVerify",
    "CsmSecureCounter",
    "CsmJobKey",
    "KeyMCertificateElementConditionType",
    "KeyMCertificateElementConditionCertificateElement",
];

#[test]
fn every_definition_that_the_reader_reads_exists_in_the_module_descriptions() {
    let defined = defined();
    let names: BTreeSet<&str> = defined.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let mut read = 0;
    for source in READER {
        for literal in source.split('"').skip(1).step_by(2) {
            let module =
                ["Csm", "CryIf", "Crypto", "KeyM", "V2gcryptKeyM", "V2gcryptHsm", "V2gcryptCryIf"].iter().any(|module| {
                    literal.strip_prefix(module).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
                });
            if module && literal.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !NOT_OFFERED.contains(&literal) {
                assert!(names.contains(literal), "{literal} is read, but no module description defines it");
                read += 1;
            }
        }
    }
    assert!(read > 60, "only {read} names were found: the reader's source has changed its form");
    // What the reader puts together from the name of a service.
    let text = READER.concat();
    let services: BTreeSet<&str> =
        text.split("(\"").filter_map(|part| part.split_once("\", \"CRYPTO_")).map(|(name, _)| name).collect();
    assert_eq!(services.len(), 18);
    for service in services {
        for suffix in ["AlgorithmFamily", "AlgorithmMode", "AlgorithmSecondaryFamily"] {
            for custom in ["", "Custom", "CustomRef"] {
                let path = format!("Csm/CsmPrimitives/{service}/{service}Config/{service}{suffix}{custom}");
                assert!(defined.contains(&path), "{path}");
            }
        }
        let of_service = |suffix: &str| defined.iter().any(|path| path.ends_with(&format!("/{service}{suffix}")));
        let lengths = ["ResultLength", "CompareLength", "ResultMaxLength", "PlaintextMaxLength"].into_iter().any(of_service);
        let manages = service.starts_with("CsmJob") || service == "CsmCustomService";
        assert_eq!(lengths, !manages, "{service}");
        let keyless = manages || ["CsmHash", "CsmRandomGenerate"].contains(&service);
        assert_eq!(of_service("AlgorithmKeyLength") || of_service("KeyLength"), !keyless, "{service}");
    }
}

#[test]
fn every_defined_name_is_read_or_said_to_be_not_evaluated() {
    let source: String = READER.concat();
    fn visit(container: &Container, source: &str, unread: &mut Vec<String>) {
        let inner = container.parameters.iter().map(|parameter| (parameter.name.as_str(), parameter.description.as_str()));
        let inner = inner.chain(container.references.iter().map(|reference| (reference.name.as_str(), reference.description)));
        // Names of services and of custom algorithms are put together; queues find their main function by the end of the reference's name.
        let composed = |name: &str| {
            name.ends_with("MainFunctionRef")
                || name.ends_with("CustomRef")
                || container.name.ends_with("Config") && name.starts_with("Csm")
        };
        unread.extend(
            inner
                .filter(|(name, description)| {
                    !source.contains(&format!("\"{name}\"")) && !description.contains("not evaluated") && !composed(name)
                })
                .map(|(name, _)| name.to_string()),
        );
        container.containers.iter().for_each(|container| visit(container, source, unread));
    }
    let mut unread = Vec::new();
    modules().iter().flat_map(|module| &module.containers).for_each(|container| {
        if !container.description.contains("not evaluated") {
            visit(container, &source, &mut unread);
        }
    });
    assert!(unread.is_empty(), "{unread:?}");
}

#[test]
fn references_between_our_modules_point_to_containers_that_are_defined() {
    let defined = defined();
    for module in modules() {
        for destination in module.containers.iter().flat_map(references_of) {
            for destination in destination.split('|') {
                let ours = modules().iter().any(|module| destination.starts_with(&format!("{}/", module.name)));
                assert!(!ours || defined.contains(destination), "{destination}");
            }
        }
    }
}

#[test]
fn module_descriptions_load_strictly_and_alone_and_together() {
    let together = AutosarModel::new();
    for file in files() {
        let alone = AutosarModel::new();
        let (_, warnings) = alone.load_buffer(file.contents.as_bytes(), &file.name, true).unwrap();
        assert!(warnings.is_empty(), "{}: {warnings:?}", file.name);
        together.load_buffer(file.contents.as_bytes(), &file.name, true).unwrap();
        // What does not resolve is AUTOSAR's own definition.
        for broken in together.check_references() {
            let broken = broken.upgrade().unwrap();
            let target = broken.character_data().unwrap().to_string();
            assert!(target.starts_with("/AUTOSAR/EcucDefs/"), "{target}");
        }
    }
    let modules = ["Csm", "CryIf", "Crypto", "KeyM"];
    for module in modules {
        let definition = together.get_element_by_path(&format!("/v2gcrypt/EcucDefs/{module}")).unwrap();
        assert_eq!(definition.element_name(), ElementName::EcucModuleDef);
        let implementation = together.get_element_by_path(&format!("/v2gcrypt/BswImplementations/{module}")).unwrap();
        assert_eq!(implementation.element_name(), ElementName::BswImplementation);
    }
}

#[test]
fn every_definition_of_the_example_configurations_exists_in_the_module_descriptions() {
    let defined = defined();
    for example in ["evcc.arxml", "secc.arxml"] {
        let model = AutosarModel::new();
        model.load_file(Path::new(env!("CARGO_MANIFEST_DIR")).join(example), false).unwrap();
        let mut seen = 0;
        for (_, element) in model.elements_dfs() {
            if element.element_name() == ElementName::DefinitionRef {
                let path = element.character_data().unwrap().to_string();
                let start = ["/Csm", "/CryIf", "/Crypto"].iter().filter_map(|module| path.find(module)).min().unwrap();
                assert!(defined.contains(&path[start + 1..]), "{example}: {path}");
                seen += 1;
            }
        }
        assert!(seen > 100, "{example}");
    }
}

#[test]
fn every_literal_of_the_example_configurations_is_defined() {
    let mut literals = BTreeSet::new();
    for file in files() {
        let model = AutosarModel::new();
        model.load_buffer(file.contents.as_bytes(), &file.name, true).unwrap();
        for (_, element) in model.elements_dfs() {
            if element.element_name() == ElementName::EcucEnumerationLiteralDef {
                literals.insert(element.item_name().unwrap());
            }
        }
    }
    for example in ["evcc.arxml", "secc.arxml"] {
        let model = AutosarModel::new();
        model.load_file(Path::new(env!("CARGO_MANIFEST_DIR")).join(example), false).unwrap();
        for (_, element) in model.elements_dfs() {
            let definition = element.get_sub_element(ElementName::DefinitionRef);
            let dest = definition.and_then(|definition| definition.attribute_value(autosar_data::AttributeName::Dest));
            if dest.is_some_and(|dest| dest.to_string() == "ECUC-ENUMERATION-PARAM-DEF") {
                let value = element.get_sub_element(ElementName::Value).unwrap().character_data().unwrap().to_string();
                assert!(literals.contains(&value), "{example}: {value}");
            }
        }
    }
}
