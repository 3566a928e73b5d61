//! `KeyMCertificateElementRule`: conditions on elements, joined by AND and OR. [SWS_KeyM_00035]
#![forbid(unsafe_code)]

use super::elements::value;
use crate::config::*;
use crate::ffi::view::View;
use crate::ffi::world::World;
use crate::numbers::*;
use crate::types::*;
use crate::x509::Certificate;

/// Rules that refer to rules are followed so far; deeper ones do not hold.
const MAX_DEPTH: usize = 8;
/// Longest value of a port.
const MAX_PORT: usize = 64;

/// Where the certificates are that conditions speak of.
pub trait Certificates {
    /// DER of the certificate in this slot, or on trial for it.
    fn der(&self, id: KeyM_CertificateIdType) -> Option<&'static [u8]>;
}

/// Whether all rules of a certificate hold.
pub fn hold(world: &World, certificates: &impl Certificates, certificate: &KeyM_CertificateConfigType) -> bool {
    world.view().rules_of(certificate).iter().all(|rule| holds(world, certificates, *rule, MAX_DEPTH))
}

fn holds(world: &World, certificates: &impl Certificates, rule: u16, depth: usize) -> bool {
    let (Some(rule), Some(depth)) = (world.view().rule(rule), depth.checked_sub(1)) else { return false };
    let mut arguments = world.view().arguments(rule).iter().map(|argument| match argument.kind {
        KEYM_ARGUMENT_RULE => holds(world, certificates, argument.index, depth),
        _ => condition_holds(world, certificates, argument.index),
    });
    match rule.logicalOperator {
        KEYM_OR => arguments.any(|holds| holds),
        _ => arguments.all(|holds| holds),
    }
}

fn condition_holds(world: &World, certificates: &impl Certificates, index: u16) -> bool {
    let view = world.view();
    let Some(condition) = view.condition(index) else { return false };
    let first = Element { view, certificate: condition.certificateId, element: condition.elementId };
    match condition.valueKind {
        KEYM_CONDITION_PRIMITIVE => {
            let wanted = (u64::from(condition.valueHigh) << 32) | u64::from(condition.valueLow);
            first.read(certificates, |value| compare_numbers(condition.conditionType, value, wanted)).unwrap_or(false)
        }
        KEYM_CONDITION_ARRAY => {
            let wanted = view.array_elements(condition);
            first.read(certificates, |value| compare_bytes(condition.conditionType, value, wanted)).unwrap_or(false)
        }
        KEYM_CONDITION_CERT_ELEMENT => {
            let other = Element { view, certificate: condition.otherCertificateId, element: condition.otherElementId };
            let compared = first.read(certificates, |value| {
                other.read(certificates, |wanted| compare_values(condition.conditionType, value, wanted))
            });
            compared.flatten().unwrap_or(false)
        }
        KEYM_CONDITION_SENDER_RECEIVER => {
            let mut room = [0; MAX_PORT];
            let Some(wanted) = world.read_port(condition, &mut room).and_then(|length| room.get(..length)) else { return false };
            first.read(certificates, |value| compare_values(condition.conditionType, value, wanted)).unwrap_or(false)
        }
        _ => false,
    }
}

struct Element {
    view: View,
    certificate: KeyM_CertificateIdType,
    element: KeyM_CertElementIdType,
}

impl Element {
    /// The first value of the element. `None`: there is none, and no condition on it holds.
    fn read<T>(&self, certificates: &impl Certificates, work: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let configured = self.view.certificate(self.certificate)?;
        let element = self.view.element(configured, self.element)?;
        let certificate = Certificate::parse(certificates.der(self.certificate)?).ok()?;
        value(&certificate, element, self.view.object_id(element), 0).map(|value| work(value.as_ref()))
    }
}

/// A value as a number: big-endian, at most 64 bits.
fn number(value: &[u8]) -> Option<u64> {
    let start = value.iter().position(|byte| *byte != 0).unwrap_or(value.len());
    let digits = value.get(start..)?;
    (digits.len() <= 8).then(|| digits.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn ordered(condition: u8, order: core::cmp::Ordering) -> bool {
    match condition {
        KEYM_EQUALS => order.is_eq(),
        KEYM_EQUALS_NOT => order.is_ne(),
        KEYM_LESS_THAN => order.is_lt(),
        KEYM_LESS_OR_EQUAL => order.is_le(),
        KEYM_GREATER_THAN => order.is_gt(),
        KEYM_GREATER_OR_EQUAL => order.is_ge(),
        _ => false,
    }
}

fn compare_numbers(condition: u8, value: &[u8], wanted: u64) -> bool {
    match number(value) {
        Some(number) => ordered(condition, number.cmp(&wanted)),
        // Longer than any number that can be configured.
        None => ordered(condition, core::cmp::Ordering::Greater),
    }
}

/// As numbers of any length where they differ in length, else byte by byte: the same, for big-endian numbers.
fn compare_values(condition: u8, value: &[u8], wanted: &[u8]) -> bool {
    match condition {
        KEYM_EQUALS | KEYM_EQUALS_NOT => ordered(condition, value.cmp(wanted)),
        _ => {
            let trimmed = |bytes: &[u8]| bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
            let (value, wanted) = (value.get(trimmed(value)..), wanted.get(trimmed(wanted)..));
            let (Some(value), Some(wanted)) = (value, wanted) else { return false };
            ordered(condition, value.len().cmp(&wanted.len()).then_with(|| value.cmp(wanted)))
        }
    }
}

/// The bytes that are configured; one that the value does not have is like none that is configured.
fn compare_bytes(condition: u8, value: &[u8], wanted: &[KeyM_ConditionArrayElementType]) -> bool {
    let mut order = core::cmp::Ordering::Equal;
    for element in wanted {
        let Some(byte) = value.get(usize::from(element.index)) else { return condition == KEYM_EQUALS_NOT };
        order = order.then_with(|| byte.cmp(&element.value));
    }
    ordered(condition, order)
}
