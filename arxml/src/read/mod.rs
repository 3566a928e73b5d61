//! From containers to typed drafts: parameters, literals, references and ids, each fault reported where it stands.

mod cryif;
mod crypto;
mod csm;
mod custom;
mod hsm;
mod keym;
mod names;
mod nv;
mod primitive;

use std::collections::BTreeMap;

use v2gcrypt_types::Number;

use crate::ecuc::{Ecuc, Handle, ModuleKind, Value};
use crate::findings::{Finding, Findings, Kind};
use crate::model::Origin;

pub(crate) use cryif::CryIfDraft;
pub(crate) use crypto::DriverDraft;
pub(crate) use csm::CsmDraft;
pub(crate) use keym::{literals as keym_literals, ElementDraft, KeyMDraft};

/// Containers of one kind. Until `link` their references are handles of containers.
pub(crate) type Table<T> = BTreeMap<Handle, T>;

/// Everything that could be understood.
pub(crate) struct Draft {
    pub csm: CsmDraft,
    pub cryif: CryIfDraft,
    pub drivers: Vec<DriverDraft>,
    pub keym: Option<KeyMDraft>,
}

impl Findings {
    pub(crate) fn at(&mut self, origin: &Origin, kind: Kind, problem: impl Into<String>, remedy: impl Into<String>) {
        self.push(Finding {
            file: origin.file.clone(),
            path: origin.path.clone(),
            kind,
            problem: problem.into(),
            remedy: remedy.into(),
        });
    }
}

/// Reads the modules. `None` when Csm, CryIf or Crypto is absent; KeyM may be.
pub(crate) fn read(ecuc: &Ecuc, findings: &mut Findings) -> Option<Draft> {
    let mut reader = Reader { ecuc, findings };
    let csm = reader.required_module(ModuleKind::Csm, "Csm");
    let cryif = reader.required_module(ModuleKind::CryIf, "CryIf");
    let keym = reader.only_module(ModuleKind::KeyM, "KeyM");
    let drivers: Vec<_> = ecuc.modules.iter().filter(|(kind, _)| *kind == ModuleKind::Crypto).map(|&(_, root)| root).collect();
    if drivers.is_empty() {
        reader.missing_module("Crypto");
    }
    let drivers: Vec<_> = drivers.into_iter().map(|root| crypto::read(&mut reader, root)).collect();
    let cryif = cryif.map(|root| cryif::read(&mut reader, root));
    let csm = csm.map(|root| csm::read(&mut reader, root));
    let keym = keym.map(|root| keym::read(&mut reader, root));
    for &(kind, root) in &ecuc.modules {
        let foreign = drivers.iter().any(|driver| driver.is_foreign(&ecuc.get(root).origin.path));
        if !foreign {
            names::check(&mut reader, kind, root);
        }
    }
    Some(Draft { csm: csm?, cryif: cryif?, drivers, keym })
}

/// Access to the values of containers.
pub(crate) struct Reader<'a> {
    ecuc: &'a Ecuc,
    findings: &'a mut Findings,
}

impl Reader<'_> {
    fn required_module(&mut self, kind: ModuleKind, name: &str) -> Option<Handle> {
        let found = self.only_module(kind, name);
        if found.is_none() {
            self.missing_module(name);
        }
        found
    }

    fn only_module(&mut self, kind: ModuleKind, name: &str) -> Option<Handle> {
        let ecuc = self.ecuc;
        let mut roots = ecuc.modules.iter().filter(|(candidate, _)| *candidate == kind).map(|&(_, root)| root);
        let first = roots.next();
        for extra in roots {
            self.report(
                extra,
                Kind::DuplicateModule,
                format!("This is a second configuration of {name}."),
                "Keep one; parts of one configuration must have the same path in every file.",
            );
        }
        first
    }

    fn missing_module(&mut self, name: &str) {
        if self.findings.is_blind() {
            return;
        }
        self.findings.push(Finding {
            file: Default::default(),
            path: String::new(),
            kind: Kind::MissingModule,
            problem: format!("The files hold no configuration of {name}."),
            remedy: format!("Name the file with the ECUC-MODULE-CONFIGURATION-VALUES of {name} as well."),
        });
    }

    fn origin(&self, handle: Handle) -> Origin {
        self.ecuc.get(handle).origin.clone()
    }

    fn report(&mut self, handle: Handle, kind: Kind, problem: impl Into<String>, remedy: impl Into<String>) {
        self.findings.at(&self.ecuc.get(handle).origin, kind, problem, remedy);
    }

    /// Reports a fault of one value, in the file of that value.
    fn report_value(&mut self, handle: Handle, value: &Value, kind: Kind, problem: String, remedy: String) {
        let path = self.ecuc.get(handle).origin.path.clone();
        self.findings.push(Finding { file: value.file.clone(), path, kind, problem, remedy });
    }

    /// The only child with this definition, such as `CsmGeneral`.
    fn child(&self, handle: Handle, definition: &str) -> Option<Handle> {
        self.ecuc.get(handle).children.iter().copied().find(|&child| self.ecuc.get(child).definition == definition)
    }

    /// Reads all containers of one kind; with `id`, their ids must be 0, 1, 2, … in any order.
    fn table<T>(
        &mut self,
        root: Handle,
        definition: &str,
        id: Option<&str>,
        mut read: impl FnMut(&mut Self, Handle) -> Option<T>,
    ) -> Table<T> {
        let handles = self.ecuc.descendants(root, definition);
        if let Some(id) = id {
            self.check_ids(&handles, id);
        }
        handles.into_iter().filter_map(|handle| Some((handle, read(self, handle)?))).collect()
    }

    fn check_ids(&mut self, handles: &[Handle], parameter: &str) {
        let ecuc = self.ecuc;
        let mut ids: BTreeMap<u32, Handle> = BTreeMap::new();
        let mut all_known = true;
        for &handle in handles {
            let value = ecuc.get(handle).parameters.iter().find(|value| value.definition == parameter);
            let Some(id) = value.and_then(|value| parse_integer(&value.text)) else {
                all_known = false; // reported where it is read
                continue;
            };
            if let Some(&other) = ids.get(&id) {
                let other = &ecuc.get(other).origin;
                let problem = format!("{parameter} {id} is also that of {}.", other.path);
                self.report(handle, Kind::DuplicateId, problem, format!("Give one of them a free {parameter}."));
                all_known = false;
            } else {
                ids.insert(id, handle);
            }
        }
        if !all_known {
            return; // what looks like a gap may be the id that is wrong
        }
        if let Some((expected, (&id, &handle))) = (0u32..).zip(&ids).find(|(expected, (&id, _))| id != *expected) {
            self.report(
                handle,
                Kind::GappyId,
                format!("{parameter} is {id}, but no container has {expected}."),
                format!("Number the {} containers from 0 to {} without gaps.", ids.len(), ids.len() - 1),
            );
        }
    }

    /// The value of a parameter that may stand once.
    fn value(&mut self, handle: Handle, parameter: &str) -> Option<Value> {
        let ecuc = self.ecuc;
        let mut values = ecuc.get(handle).parameters.iter().filter(|value| value.definition == parameter);
        let first = values.next()?;
        if let Some(other) = values.find(|other| other.text != first.text) {
            self.report_value(
                handle,
                other,
                Kind::AmbiguousParameter,
                format!("{parameter} is `{}` here and `{}` in {}.", other.text, first.text, first.file.display()),
                "Keep one of them.".into(),
            );
        }
        Some(first.clone())
    }

    fn missing(&mut self, handle: Handle, parameter: &str) {
        let definition = self.ecuc.get(handle).definition.clone();
        self.report(
            handle,
            Kind::MissingParameter,
            format!("{parameter} is missing."),
            format!("Every {definition} needs one: add it."),
        );
    }

    fn text(&mut self, handle: Handle, parameter: &str) -> Option<String> {
        Some(self.value(handle, parameter)?.text)
    }

    fn required_text(&mut self, handle: Handle, parameter: &str) -> Option<String> {
        let text = self.text(handle, parameter);
        if text.is_none() {
            self.missing(handle, parameter);
        }
        text
    }

    /// An unsigned number of 32 bits; absent and faulty are both `None`.
    fn integer(&mut self, handle: Handle, parameter: &str) -> Option<u32> {
        let value = self.value(handle, parameter)?;
        let number = parse_integer(&value.text);
        if number.is_none() {
            let problem = format!("{parameter} is `{}`, which is no integer from 0 to 4294967295.", value.text);
            self.report_value(handle, &value, Kind::InvalidValue, problem, "Correct the number.".into());
        }
        number
    }

    fn required_integer(&mut self, handle: Handle, parameter: &str) -> Option<u32> {
        if !self.has(handle, parameter) {
            self.missing(handle, parameter);
        }
        self.integer(handle, parameter)
    }

    fn has(&self, handle: Handle, parameter: &str) -> bool {
        self.ecuc.get(handle).parameters.iter().any(|value| value.definition == parameter)
    }

    fn boolean(&mut self, handle: Option<Handle>, parameter: &str) -> bool {
        let Some(handle) = handle else { return false };
        let Some(value) = self.value(handle, parameter) else { return false };
        match value.text.to_ascii_lowercase().as_str() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => {
                let problem = format!("{parameter} is `{}`, which is no boolean.", value.text);
                self.report_value(handle, &value, Kind::InvalidValue, problem, "Write true or false.".into());
                false
            }
        }
    }

    fn float(&mut self, handle: Handle, parameter: &str) -> Option<f64> {
        let value = self.value(handle, parameter)?;
        match value.text.parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Some(number),
            _ => {
                let problem = format!("{parameter} is `{}`, which is no time in seconds.", value.text);
                self.report_value(handle, &value, Kind::InvalidValue, problem, "Write seconds, such as 0.01.".into());
                None
            }
        }
    }

    /// A literal of `table`, with or without its leading `CRYPTO_`.
    fn literal(&mut self, handle: Handle, parameter: &str, table: &[Number]) -> Option<Number> {
        let value = self.value(handle, parameter)?;
        self.literal_of(handle, &value, table)
    }

    fn literal_of(&mut self, handle: Handle, value: &Value, table: &[Number]) -> Option<Number> {
        let text = value.text.as_str();
        let known = table.iter().find(|known| known.symbol == text || known.symbol.strip_prefix("CRYPTO_") == Some(text));
        if known.is_none() {
            let mut nearest: Vec<_> = table.iter().map(|known| (distance(known.symbol, text), known.symbol)).collect();
            nearest.sort();
            let nearest: Vec<_> = nearest.iter().take(4).map(|(_, symbol)| *symbol).collect();
            // Parameters of ours are in no release.
            let reason = match value.definition.starts_with("V2gcrypt") {
                true => "which is none of its values",
                false => "which AUTOSAR R22-11 does not list",
            };
            self.report_value(
                handle,
                value,
                Kind::UnknownLiteral,
                format!("{} is `{text}`, {reason}.", value.definition),
                format!("Similar literals are {}.", nearest.join(", ")),
            );
        }
        known.copied()
    }

    fn required_literal(&mut self, handle: Handle, parameter: &str, table: &[Number]) -> Option<Number> {
        if !self.has(handle, parameter) {
            self.missing(handle, parameter);
        }
        self.literal(handle, parameter, table)
    }

    /// Every literal of a parameter that may stand several times.
    fn literals(&mut self, handle: Handle, parameter: &str, table: &[Number]) -> Vec<Option<Number>> {
        let ecuc = self.ecuc;
        let values = ecuc.get(handle).parameters.iter().filter(|value| value.definition == parameter);
        values.map(|value| self.literal_of(handle, value, table)).collect()
    }

    /// The targets of all references with this definition. A faulty one is reported and left out.
    fn references(&mut self, handle: Handle, reference: &str, target: &str) -> Vec<Handle> {
        self.references_any(handle, reference, &[target])
    }

    /// Like [`Reader::references`], for a choice of kinds.
    fn references_any(&mut self, handle: Handle, reference: &str, targets: &[&str]) -> Vec<Handle> {
        let ecuc = self.ecuc;
        let target = targets.join(" or a ");
        let values = ecuc.get(handle).references.iter().filter(|value| value.definition == reference);
        let mut seen = Vec::new();
        for value in values {
            match ecuc.find(&value.text) {
                None if self.findings.is_blind() => {} // the target may be in the file that could not be read
                None => {
                    let problem = format!("{reference} points to `{}`, which is in none of the files.", value.text);
                    let remedy = format!("Point to a {target}, or name the file that holds it.");
                    self.report_value(handle, value, Kind::DanglingReference, problem, remedy);
                }
                Some(found) if !targets.contains(&ecuc.get(found).definition.as_str()) => {
                    let definition = &ecuc.get(found).definition;
                    let problem = format!("{reference} points to `{}`, which is a {definition}.", value.text);
                    self.report_value(handle, value, Kind::WrongReference, problem, format!("Point to a {target}."));
                }
                Some(found) if !self.may_refer(handle, found) => {
                    let problem = format!("{reference} points to `{}`, which belongs to another module.", value.text);
                    let module = &ecuc.get(ecuc.get(handle).root).origin.path;
                    let remedy = format!("Point to a {target} below {module}, or of the module that the definition names.");
                    self.report_value(handle, value, Kind::WrongReference, problem, remedy);
                }
                Some(found) if !seen.contains(&found) => seen.push(found),
                Some(_) => {}
            }
        }
        seen
    }

    /// KeyM refers to Csm, Csm to CryIf, CryIf to Crypto; everything else stays within one module configuration.
    fn may_refer(&self, from: Handle, to: Handle) -> bool {
        let definition = &self.ecuc.get(to).definition;
        if ["NvM", "StbM", "IdsM"].iter().any(|module| definition.starts_with(module)) {
            return true; // these are not read as modules
        }
        let expected = match &self.ecuc.get(to).definition {
            name if name.starts_with("CryIf") => ModuleKind::CryIf,
            name if name.starts_with("Crypto") => ModuleKind::Crypto,
            name if name.starts_with("KeyM") => ModuleKind::KeyM,
            _ => ModuleKind::Csm,
        };
        let within_one = self.ecuc.get(from).root == self.ecuc.get(to).root;
        self.ecuc.module_of(to) == Some(expected) && (within_one || self.ecuc.module_of(from) != Some(expected))
    }

    /// What a reference names, whether or not it is among the files: other modules' containers need not be.
    fn path(&mut self, handle: Handle, reference: &str) -> Option<String> {
        let ecuc = self.ecuc;
        let mut values = ecuc.get(handle).references.iter().filter(|value| value.definition == reference);
        let first = values.next()?;
        if values.any(|other| other.text != first.text) {
            self.report(handle, Kind::AmbiguousParameter, format!("{reference} stands several times."), "Keep one of them.");
        }
        Some(first.text.clone())
    }

    fn refers(&self, handle: Handle, reference: &str) -> bool {
        self.ecuc.get(handle).references.iter().any(|value| value.definition == reference)
    }

    /// A reference that may stand once.
    fn reference(&mut self, handle: Handle, reference: &str, target: &str) -> Option<Handle> {
        let found = self.references(handle, reference, target);
        if found.len() > 1 {
            self.report(
                handle,
                Kind::AmbiguousParameter,
                format!("{reference} stands {} times.", found.len()),
                "Keep one of them.",
            );
        }
        found.first().copied()
    }

    fn required_reference(&mut self, handle: Handle, reference: &str, target: &str) -> Option<Handle> {
        if !self.refers(handle, reference) {
            self.report(
                handle,
                Kind::MissingReference,
                format!("{reference} is missing."),
                format!("Add it, and let it point to a {target}."),
            );
        }
        self.reference(handle, reference, target)
    }
}

/// A number as ARXML writes it: decimal, or 0x…, 0b…, 0….
fn parse_integer(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        u32::from_str_radix(digits, 16).ok()
    } else if let Some(digits) = lower.strip_prefix("0b") {
        u32::from_str_radix(digits, 2).ok()
    } else if lower.len() > 1 && lower.starts_with('0') {
        u32::from_str_radix(&lower[1..], 8).ok()
    } else {
        lower.parse().ok()
    }
}

/// Levenshtein distance, to find what was meant.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
