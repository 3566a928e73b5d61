//! ECUC values as a tree of containers, whatever the vendor root and however many files they come from.
//!
//! Each file is parsed on its own; containers with one path are merged here, so that every value keeps the file it came from.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use autosar_data::{AttributeName, AutosarModel, Element, ElementName};

use crate::findings::{Finding, Findings, Kind};
use crate::model::Origin;

/// Number of a container in [`Ecuc::containers`].
pub(crate) type Handle = u32;

/// A module that this generator knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModuleKind {
    Csm,
    CryIf,
    Crypto,
    KeyM,
}

/// One parameter or reference, with the file it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    /// Last segment of the definition path: `CsmJobId`.
    pub definition: String,
    pub text: String,
    pub file: PathBuf,
}

/// A container, or a module configuration as the root of its containers.
#[derive(Debug)]
pub(crate) struct Container {
    pub origin: Origin,
    /// Last segment of the definition path: `CsmJob`. It is the path relative to the module, as the tree has the same shape.
    pub definition: String,
    pub definition_path: String,
    pub parameters: Vec<Value>,
    pub references: Vec<Value>,
    pub children: Vec<Handle>,
    /// The module configuration that it belongs to.
    pub root: Handle,
    /// Files that hold a part of it.
    files: Vec<PathBuf>,
}

/// Everything that the files say.
#[derive(Debug, Default)]
pub(crate) struct Ecuc {
    pub containers: Vec<Container>,
    /// Module configurations that matter here.
    pub modules: Vec<(ModuleKind, Handle)>,
    by_path: HashMap<String, Handle>,
    /// `ECUC-MODULE-DEF` that refines another one.
    pub refinements: BTreeMap<String, String>,
    /// `ECUC-MODULE-DEF` with a parameter called `CryptoImplementation`: the default of that parameter.
    pub implementation_defaults: BTreeMap<String, String>,
    /// Names in vendors' `ECUC-MODULE-DEF`s.
    pub foreign_names: BTreeSet<String>,
    /// `BSW-IMPLEMENTATION`: vendor id and vendor API infix.
    pub implementations: BTreeMap<String, (Option<String>, Option<String>)>,
}

impl Ecuc {
    /// Reads all files; what cannot be read is reported, the rest is read all the same.
    pub fn read(files: &[PathBuf], findings: &mut Findings) -> Self {
        let mut ecuc = Self::default();
        let mut roots: Vec<(Option<Handle>, Findings)> = Vec::new();
        for file in files {
            let Some(model) = parse(file, findings) else { continue };
            ecuc.read_definitions(&model);
            for (_, element) in model.elements_dfs() {
                if element.element_name() == ElementName::EcucModuleConfigurationValues {
                    // Faults of modules that do not matter here do not matter either.
                    let mut own = Findings::new();
                    let root = ecuc.read_container(&element, file, None, &mut own);
                    roots.push((root, own));
                }
            }
        }
        for (root, own) in roots {
            let kind = root.and_then(|root| ecuc.module_kind(root));
            if root.is_none() || kind.is_some() {
                own.iter().cloned().for_each(|finding| findings.push(finding));
            }
            if let (Some(root), Some(kind)) = (root, kind) {
                if !ecuc.modules.contains(&(kind, root)) {
                    ecuc.modules.push((kind, root));
                }
            }
        }
        ecuc.modules
            .sort_by(|(_, a), (_, b)| ecuc.containers[*a as usize].origin.path.cmp(&ecuc.containers[*b as usize].origin.path));
        ecuc
    }

    pub fn get(&self, handle: Handle) -> &Container {
        &self.containers[handle as usize]
    }

    pub fn find(&self, path: &str) -> Option<Handle> {
        self.by_path.get(path).copied()
    }

    /// What kind of module a container belongs to.
    pub fn module_of(&self, handle: Handle) -> Option<ModuleKind> {
        let root = self.get(handle).root;
        self.modules.iter().find(|(_, module)| *module == root).map(|(kind, _)| *kind)
    }

    /// All containers below `root` whose definition is called `definition`, in the order of their paths.
    pub fn descendants(&self, root: Handle, definition: &str) -> Vec<Handle> {
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(handle) = open.pop() {
            let container = self.get(handle);
            if handle != root && container.definition == definition {
                found.push(handle);
            }
            open.extend(&container.children);
        }
        found.sort_by(|a, b| self.get(*a).origin.path.cmp(&self.get(*b).origin.path));
        found
    }

    /// Definition path of the module that `path` refines in the end.
    pub fn refined<'a>(&'a self, path: &'a str) -> &'a str {
        let mut current = path;
        for _ in 0..self.refinements.len() {
            match self.refinements.get(current) {
                Some(next) => current = next,
                None => break,
            }
        }
        current
    }

    fn module_kind(&self, root: Handle) -> Option<ModuleKind> {
        let module = self.get(root);
        let by_name = |path: &str| match last_segment(path) {
            "Csm" => Some(ModuleKind::Csm),
            "CryIf" => Some(ModuleKind::CryIf),
            "Crypto" | "CryptoSoft" => Some(ModuleKind::Crypto),
            "KeyM" => Some(ModuleKind::KeyM),
            _ => None,
        };
        by_name(self.refined(&module.definition_path)).or_else(|| {
            // A vendor's definition that is not among the files: the names of its containers tell.
            module.children.iter().find_map(|&child| match self.get(child).definition.as_str() {
                "CsmGeneral" | "CsmJobs" | "CsmKeys" | "CsmQueues" => Some(ModuleKind::Csm),
                "CryIfGeneral" | "CryIfChannel" | "CryIfKey" => Some(ModuleKind::CryIf),
                "CryptoGeneral" | "CryptoDriverObjects" | "CryptoKeys" => Some(ModuleKind::Crypto),
                "KeyMGeneral" | "KeyMCertificate" | "KeyMCryptoKey" => Some(ModuleKind::KeyM),
                _ => None,
            })
        })
    }

    fn read_definitions(&mut self, model: &AutosarModel) {
        for (_, element) in model.elements_dfs() {
            match element.element_name() {
                ElementName::EcucModuleDef => {
                    let Ok(path) = element.path() else { continue };
                    if let Some(refined) = text_of(&element, ElementName::RefinedModuleDefRef) {
                        self.refinements.insert(path.clone(), refined);
                    }
                    self.foreign_names.extend(element.elements_dfs().filter_map(|(_, inner)| inner.item_name()));
                    let default = element
                        .elements_dfs()
                        .map(|(_, inner)| inner)
                        .filter(|inner| inner.item_name().as_deref() == Some("CryptoImplementation"))
                        .find_map(|inner| text_of(&inner, ElementName::DefaultValue));
                    if let Some(default) = default {
                        self.implementation_defaults.insert(path, default);
                    }
                }
                ElementName::BswImplementation => {
                    let Ok(path) = element.path() else { continue };
                    let vendor_id = text_of(&element, ElementName::VendorId);
                    self.implementations.insert(path, (vendor_id, text_of(&element, ElementName::VendorApiInfix)));
                }
                _ => {}
            }
        }
    }

    /// Reads a container and everything in it; merges it with what another file says about the same path.
    fn read_container(
        &mut self,
        element: &Element,
        file: &Path,
        parent: Option<Handle>,
        findings: &mut Findings,
    ) -> Option<Handle> {
        let name = element.item_name().unwrap_or_default();
        let parent_path = parent.map_or_else(|| parent_path(element), |parent| self.get(parent).origin.path.clone());
        let path = format!("{parent_path}/{name}");
        let mut report = |kind, problem: String, remedy: &str| {
            findings.push(Finding { file: file.into(), path: path.clone(), kind, problem, remedy: remedy.into() });
        };
        let definition_path = text_of(element, ElementName::DefinitionRef).unwrap_or_default();
        if !is_c_identifier(&name) {
            report(
                Kind::InvalidName,
                format!("The short name `{name}` of a {} is not a C identifier.", last_segment(&definition_path)),
                "Give it a name of letters, digits and underscores that begins with a letter.",
            );
        }
        let handle = match self.by_path.get(&path) {
            Some(&handle) => {
                let known = &mut self.containers[handle as usize];
                if known.files.iter().any(|known| known == file) {
                    report(
                        Kind::DuplicateShortName,
                        "Two containers of this file have the same path.".into(),
                        "Rename one of them, and the references to it.",
                    );
                    return None;
                }
                if last_segment(&known.definition_path) != last_segment(&definition_path) {
                    report(
                        Kind::DuplicateShortName,
                        format!(
                            "It is a {} here and a {} in {}.",
                            last_segment(&definition_path),
                            known.definition,
                            known.origin.file.display()
                        ),
                        "Rename one of them, and the references to it.",
                    );
                    return None;
                }
                known.files.push(file.into());
                if known.origin.description.is_none() {
                    known.origin.description = description(element);
                }
                handle
            }
            None => {
                let handle = self.containers.len() as Handle;
                let root = parent.map_or(handle, |parent| self.get(parent).root);
                self.containers.push(Container {
                    root,
                    origin: Origin { name, path: path.clone(), file: file.into(), description: description(element) },
                    definition: last_segment(&definition_path).into(),
                    definition_path,
                    parameters: Vec::new(),
                    references: Vec::new(),
                    children: Vec::new(),
                    files: vec![file.into()],
                });
                self.by_path.insert(path, handle);
                if let Some(parent) = parent {
                    self.containers[parent as usize].children.push(handle);
                }
                handle
            }
        };
        for group in element.sub_elements() {
            match group.element_name() {
                ElementName::Containers | ElementName::SubContainers => {
                    for child in group.sub_elements() {
                        self.read_container(&child, file, Some(handle), findings);
                    }
                }
                ElementName::ParameterValues => {
                    let values = group.sub_elements().filter_map(|value| read_value(&value, ElementName::Value, file));
                    self.containers[handle as usize].parameters.extend(values);
                }
                ElementName::ReferenceValues => {
                    let values = group.sub_elements().filter_map(|value| read_value(&value, ElementName::ValueRef, file));
                    self.containers[handle as usize].references.extend(values);
                }
                ElementName::ModuleDescriptionRef => {
                    let text = group.character_data().map(|data| data.to_string()).unwrap_or_default();
                    let definition = "MODULE-DESCRIPTION-REF".into();
                    self.containers[handle as usize].references.push(Value { definition, text, file: file.into() });
                }
                _ => {}
            }
        }
        Some(handle)
    }
}

fn parse(file: &Path, findings: &mut Findings) -> Option<AutosarModel> {
    let mut report = |kind, problem, remedy: &str| {
        findings.push(Finding { file: file.into(), path: String::new(), kind, problem, remedy: remedy.into() });
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            report(Kind::Unreadable, format!("It cannot be read: {error}."), "Check the name and the access rights.");
            return None;
        }
    };
    let model = AutosarModel::new();
    match model.load_buffer(&bytes, file, false) {
        Ok((_, warnings)) => {
            for warning in warnings {
                report(Kind::SchemaDeviation, format!("{warning}."), "Correct the file, or the schema version in its header.");
            }
            Some(model)
        }
        Err(error) => {
            report(Kind::Unparsable, format!("{error}."), "Correct the file at this line.");
            None
        }
    }
}

fn read_value(element: &Element, value: ElementName, file: &Path) -> Option<Value> {
    let definition = text_of(element, ElementName::DefinitionRef)?;
    let value = element.get_sub_element(value)?;
    // A reference with a BASE is relative to a package.
    let text = match value.attribute_value(AttributeName::Base) {
        Some(_) => value.get_reference_target().ok().and_then(|target| target.path().ok()),
        None => None,
    };
    let text = text.or_else(|| value.character_data().map(|data| data.to_string())).unwrap_or_default();
    Some(Value { definition: last_segment(&definition).into(), text: text.trim().into(), file: file.into() })
}

fn text_of(element: &Element, name: ElementName) -> Option<String> {
    Some(element.get_sub_element(name)?.character_data()?.to_string().trim().into())
}

/// Path of the package that holds a module configuration.
fn parent_path(element: &Element) -> String {
    element.named_parent().ok().flatten().and_then(|parent| parent.path().ok()).unwrap_or_default()
}

/// Text of the DESC, in English if there is a choice, on one line.
fn description(element: &Element) -> Option<String> {
    let languages: Vec<_> = element.get_sub_element(ElementName::Desc)?.sub_elements().collect();
    let is_english = |element: &&Element| element.attribute_value(AttributeName::L).is_some_and(|l| l.to_string() == "EN");
    let chosen = languages.iter().find(is_english).or(languages.first())?;
    let mut text = String::new();
    collect_text(chosen, &mut text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn collect_text(element: &Element, text: &mut String) {
    for item in element.content() {
        match item {
            autosar_data::ElementContent::CharacterData(data) => text.push_str(&data.to_string()),
            autosar_data::ElementContent::Element(inner) => collect_text(&inner, text),
        }
    }
}

/// What follows the last slash.
pub(crate) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether C accepts it as a name.
pub(crate) fn is_c_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
