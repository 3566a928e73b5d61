//! `KeyMCertificateElementRule` and `KeyMCertificateElementCondition`. [SWS_KeyM_00035]

use v2gcrypt_types::Number;

use super::Reader;
use crate::ecuc::Handle;
use crate::findings::Kind;
use crate::model::keym::*;

/// `KeyMLogicalOperator`
pub(crate) const OPERATORS: &[Number] = &[Number { symbol: "KEYM_AND", value: 0 }, Number { symbol: "KEYM_OR", value: 1 }];

/// `KeyMCertElementConditionType`
pub(crate) const COMPARISONS: &[Number] = &[
    Number { symbol: "KEYM_EQUALS", value: 0 },
    Number { symbol: "KEYM_EQUALS_NOT", value: 1 },
    Number { symbol: "KEYM_LESS_THAN", value: 2 },
    Number { symbol: "KEYM_LESS_OR_EQUAL", value: 3 },
    Number { symbol: "KEYM_GREATER_THAN", value: 4 },
    Number { symbol: "KEYM_GREATER_OR_EQUAL", value: 5 },
];

pub(super) fn rule(reader: &mut Reader<'_>, handle: Handle) -> Option<Rule> {
    let operator = reader.required_literal(handle, "KeyMLogicalOperator", OPERATORS);
    if !reader.refers(handle, "KeyMArgumentRef") {
        let remedy = "Add it, and let it point to a KeyMCertificateElementCondition or a KeyMCertificateElementRule.";
        reader.report(handle, Kind::MissingReference, "KeyMArgumentRef is missing.", remedy);
    }
    let targets = ["KeyMCertificateElementCondition", "KeyMCertificateElementRule"];
    let arguments = reader.references_any(handle, "KeyMArgumentRef", &targets);
    let argument = |argument: Handle| match reader.ecuc.get(argument).definition.as_str() {
        "KeyMCertificateElementRule" => Argument::Rule(argument),
        _ => Argument::Condition(argument),
    };
    Some(Rule {
        origin: reader.origin(handle),
        arguments: arguments.into_iter().map(argument).collect(),
        operator: if operator?.value == 0 { LogicalOperator::And } else { LogicalOperator::Or },
    })
}

pub(super) fn condition(reader: &mut Reader<'_>, handle: Handle) -> Option<Condition> {
    // Sources differ about the name of the parameter.
    const NAMES: [&str; 2] = ["KeyMCertElementConditionType", "KeyMCertificateElementConditionType"];
    let name = if reader.has(handle, NAMES[1]) { NAMES[1] } else { NAMES[0] };
    let comparison = reader.required_literal(handle, name, COMPARISONS);
    let element = reader.required_reference(handle, "KeyMCertificateElementRef", "KeyMCertificateElement");
    let value = value(reader, handle);
    Some(Condition {
        origin: reader.origin(handle),
        comparison: comparison?.symbol,
        // The certificate follows from the element: `link` fills it in.
        element: ElementPlace { certificate: u32::MAX, element: element? },
        value: value?,
    })
}

/// The choice below `KeyMCertificateElementConditionValue`, which may itself be the choice. Names of the third differ.
fn value(reader: &mut Reader<'_>, condition: Handle) -> Option<ConditionValue> {
    let of_kind = |reader: &Reader<'_>, name: &str| reader.ecuc.descendants(condition, name).first().copied();
    if let Some(handle) = of_kind(reader, "KeyMCertificateElementConditionPrimitive") {
        return primitive(reader, handle).map(ConditionValue::Primitive);
    }
    if let Some(handle) = of_kind(reader, "KeyMCertificateElementConditionArray") {
        return array(reader, handle).map(ConditionValue::Array);
    }
    for name in ["KeyMCertificateElementConditionCerificateElement", "KeyMCertificateElementConditionCertificateElement"] {
        if let Some(handle) = of_kind(reader, name) {
            let element = reader.required_reference(handle, "KeyMCertificateElementRef", "KeyMCertificateElement")?;
            return Some(ConditionValue::Element(ElementPlace { certificate: u32::MAX, element }));
        }
    }
    if of_kind(reader, "KeyMCertificateElementConditionSenderReceiver").is_some() {
        return Some(ConditionValue::SenderReceiver);
    }
    let problem = "It has no KeyMCertificateElementConditionValue to compare with.";
    let remedy = "Add a KeyMCertificateElementConditionPrimitive, …Array, …CerificateElement or …SenderReceiver.";
    reader.report(condition, Kind::MissingParameter, problem, remedy);
    None
}

fn primitive(reader: &mut Reader<'_>, handle: Handle) -> Option<u64> {
    const PARAMETER: &str = "KeyMCertificateElementConditionPrimitiveValue";
    let Some(value) = reader.value(handle, PARAMETER) else {
        reader.missing(handle, PARAMETER);
        return None;
    };
    let number = match value.text.to_ascii_lowercase().strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => value.text.parse().ok(),
    };
    if number.is_none() {
        let problem = format!("{PARAMETER} is `{}`, which is no integer of 64 bits.", value.text);
        reader.report_value(handle, &value, Kind::InvalidValue, problem, "Correct the number.".into());
    }
    number
}

fn array(reader: &mut Reader<'_>, handle: Handle) -> Option<Vec<(u16, u8)>> {
    const ELEMENT: &str = "KeyMCertificateElementConditionArrayElement";
    let mut bytes = Vec::new();
    let elements = reader.ecuc.descendants(handle, ELEMENT);
    if elements.is_empty() {
        reader.report(handle, Kind::MissingParameter, format!("It has no {ELEMENT}."), "Add one for each byte.");
        return None;
    }
    for element in elements {
        let index = reader.required_integer(element, "KeyMCertificateElementConditionArrayElementIndex");
        let index =
            index.and_then(|i| reader.in_range(element, "KeyMCertificateElementConditionArrayElementIndex", i, 0, 0xFFFF));
        let value = reader.required_integer(element, "KeyMCertificateElementConditionArrayElementValue");
        let value = value.and_then(|v| reader.in_range(element, "KeyMCertificateElementConditionArrayElementValue", v, 0, 0xFF));
        let (Some(index), Some(value)) = (index, value) else { continue };
        if bytes.iter().any(|(other, _)| *other == index as u16) {
            let problem = format!("KeyMCertificateElementConditionArrayElementIndex {index} stands twice in one array.");
            reader.report(element, Kind::DuplicateId, problem, "Give each byte an index of its own.");
        }
        bytes.push((index as u16, value as u8));
    }
    bytes.sort_unstable();
    Some(bytes)
}
