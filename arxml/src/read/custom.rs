//! Algorithms outside AUTOSAR's lists: `…_CUSTOM` stands for a number that a container of the driver holds. [SWS_Crypto, custom primitives]

use std::sync::OnceLock;

use v2gcrypt_types::{self as types, Number};

use super::{parse_integer, Reader};
use crate::ecuc::{Handle, ModuleKind};
use crate::findings::Kind;

/// Families, or modes.
pub(super) struct CustomKind {
    /// Container that holds a number.
    pub container: &'static str,
    /// Parameter of that container.
    pub id: &'static str,
    /// AUTOSAR's own numbers; the first is `…_NOT_SET`, the last `…_CUSTOM`.
    pub table: &'static [Number],
    /// Numbers that have a name in our headers.
    vendor: &'static [Number],
}

pub(super) const FAMILIES: CustomKind = CustomKind {
    container: "CryptoPrimitiveAlgorithmFamilyCustom",
    id: "CryptoPrimitiveAlgorithmFamilyCustomId",
    table: types::ALGORITHM_FAMILIES,
    vendor: types::VENDOR_ALGORITHM_FAMILIES,
};

pub(super) const MODES: CustomKind = CustomKind {
    container: "CryptoPrimitiveAlgorithmModeCustom",
    id: "CryptoPrimitiveAlgorithmModeCustomId",
    table: types::ALGORITHM_MODES,
    vendor: &[],
};

/// Whether a literal only says that the algorithm is not AUTOSAR's.
pub(super) fn is_custom(literal: Number) -> bool {
    literal.symbol.ends_with("_CUSTOM")
}

impl CustomKind {
    /// The number that a container of this kind holds.
    pub fn number(&self, reader: &mut Reader<'_>, container: Handle) -> Option<Number> {
        let id = reader.required_integer(container, self.id)?;
        let known = self.checked(id);
        if known.is_none() {
            let problem = format!("{} is {id}, {}.", self.id, self.why_not(id));
            reader.report(container, Kind::InvalidValue, problem, "Choose a free number up to 254, such as one from 128 on.");
        }
        known
    }

    /// What a parameter of Csm stands for: its literal, or the number behind `…_CUSTOM`.
    pub fn resolve(&self, reader: &mut Reader<'_>, config: Handle, parameter: &str, literal: Number) -> Option<Number> {
        let (reference, text) = (format!("{parameter}CustomRef"), format!("{parameter}Custom"));
        let given = [(&reference, reader.refers(config, &reference)), (&text, reader.has(config, &text))];
        let given = given.into_iter().find(|(_, stands)| *stands).map(|(name, _)| name.clone());
        match given {
            None if !is_custom(literal) => Some(literal),
            None => {
                let problem = format!("{parameter} is {}, and nothing says which algorithm that is.", literal.symbol);
                let remedy = format!("Add {reference}, and let it point to a {}.", self.container);
                reader.report(config, Kind::MissingReference, problem, remedy);
                None
            }
            Some(name) if !is_custom(literal) => {
                let problem = format!("{name} names an algorithm, but {parameter} is {}.", literal.symbol);
                let remedy = format!("Remove it, or let {parameter} be {}.", self.custom_symbol());
                reader.report(config, Kind::AmbiguousParameter, problem, remedy);
                None
            }
            Some(name) if name == reference => {
                let container = reader.reference(config, &reference, self.container)?;
                self.number(reader, container)
            }
            Some(_) => self.named(reader, config, &text),
        }
    }

    /// Older releases name a custom algorithm by a text: a number, a symbol of our headers, or the name of a container.
    fn named(&self, reader: &mut Reader<'_>, config: Handle, parameter: &str) -> Option<Number> {
        let value = reader.value(config, parameter)?;
        if let Some(symbol) = self.vendor.iter().find(|known| known.symbol == value.text) {
            return Some(*symbol);
        }
        if let Some(known) = parse_integer(&value.text).and_then(|id| self.checked(id)) {
            return Some(known);
        }
        let ecuc = reader.ecuc;
        let drivers = ecuc.modules.iter().filter(|(kind, _)| *kind == ModuleKind::Crypto);
        let containers = drivers.flat_map(|&(_, root)| ecuc.descendants(root, self.container));
        let named: Vec<_> = containers.filter(|&container| ecuc.get(container).origin.name == value.text).collect();
        match named[..] {
            [] => {
                let problem = format!("{parameter} is `{}`: no number, and no {}.", value.text, self.container);
                let remedy = format!("Write the short name of a {}, or refer to one by {parameter}Ref.", self.container);
                reader.report_value(config, &value, Kind::UnknownLiteral, problem, remedy);
                None
            }
            [container] => self.number(reader, container),
            [first, ..] => {
                let numbers: Vec<_> = named.iter().map(|&container| self.number(reader, container)).collect();
                let agree = numbers.windows(2).all(|pair| pair[0] == pair[1]);
                if !agree {
                    let problem = format!("{parameter} is `{}`, which has different numbers in several drivers.", value.text);
                    let remedy = format!("Refer to one of them by {parameter}Ref.");
                    reader.report_value(config, &value, Kind::AmbiguousParameter, problem, remedy);
                    return None;
                }
                self.number(reader, first)
            }
        }
    }

    /// A number that is free for vendors, with the name that C has for it.
    fn checked(&self, id: u32) -> Option<Number> {
        static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
        let texts = TEXTS.get_or_init(|| (0..=255).map(|id| format!("0x{id:02X}U")).collect());
        let symbol = texts.get(id as usize)?;
        match self.vendor.iter().find(|known| known.value == id) {
            Some(known) => Some(*known),
            None if self.table.iter().any(|known| known.value == id) => None,
            None => Some(Number { symbol, value: id }),
        }
    }

    fn why_not(&self, id: u32) -> String {
        match self.table.iter().find(|known| known.value == id) {
            Some(known) => format!("which is AUTOSAR's {}", known.symbol),
            None => "which does not fit into 8 bits".into(),
        }
    }

    fn custom_symbol(&self) -> &'static str {
        self.table.iter().find(|known| is_custom(**known)).map_or("…_CUSTOM", |known| known.symbol)
    }
}
