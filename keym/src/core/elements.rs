//! The elements of a certificate: what `KeyMCertificateElementOfStructure` names, as bytes of the certificate.
#![forbid(unsafe_code)]

use crate::config::KeyM_CertElementConfigType;
use crate::numbers::*;
use crate::x509::reader::{Reader, Tlv, SEQUENCE};
use crate::x509::Certificate;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Bytes of the certificate.
    Bytes(&'a [u8]),
    /// The version: 0 is v1. RFC 5280 4.1.2.1
    Version(u8),
    /// A point in time, as 20 bytes would have it: `YYYYMMDDHHMMSSZ`, whatever the certificate has.
    Time([u8; 15]),
}

impl AsRef<[u8]> for Value<'_> {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Version(version) => core::slice::from_ref(version),
            Self::Time(text) => text,
        }
    }
}

/// Value number `index` of an element, counted from 0. `None`: there is none.
///
/// * Names without object identifier: the whole Name; with one: the values of its attributes.
/// * Extensions without object identifier: each whole Extension; with one: the content of its OCTET STRING. With an object type, and
///   wherever that content is a SEQUENCE: its elements of that type, in depth.
/// * Signature: the BIT STRING without its first octet. Public key: the same.
/// * Times: `YYYYMMDDHHMMSSZ`. Unique identifiers: the BIT STRING without its first octet.
pub fn value<'a>(
    certificate: &Certificate<'a>,
    element: &KeyM_CertElementConfigType,
    oid: &[u8],
    index: usize,
) -> Option<Value<'a>> {
    let only = |bytes: &'a [u8]| (index == 0).then_some(Value::Bytes(bytes));
    match element.structure {
        KEYM_ELEMENT_VERSION_NUMBER => (index == 0).then_some(Value::Version(certificate.version.saturating_sub(1))),
        KEYM_ELEMENT_SERIAL_NUMBER => only(certificate.serial),
        KEYM_ELEMENT_SIGNATURE => only(certificate.signature),
        KEYM_ELEMENT_SIGNATURE_ALGORITHM => only(algorithm_identifier(certificate.tbs)?.whole),
        KEYM_ELEMENT_SIGNATURE_ALGORITHM_ID => only(first(algorithm_identifier(certificate.tbs)?.value)?.value),
        KEYM_ELEMENT_ISSUER_NAME if oid.is_empty() => only(certificate.issuer.der),
        KEYM_ELEMENT_ISSUER_NAME => attribute(&certificate.issuer, oid, element.objectType, index),
        KEYM_ELEMENT_SUBJECT_NAME if oid.is_empty() => only(certificate.subject.der),
        KEYM_ELEMENT_SUBJECT_NAME => attribute(&certificate.subject, oid, element.objectType, index),
        KEYM_ELEMENT_ISSUER_UNIQUE_IDENTIFIER => only(certificate.issuer_unique_id?),
        KEYM_ELEMENT_SUBJECT_UNIQUE_IDENTIFIER => only(certificate.subject_unique_id?),
        KEYM_ELEMENT_PUBLIC_KEY_ALGORITHM => only(first(first(certificate.public_key.spki)?.value)?.whole),
        KEYM_ELEMENT_SUBJECT_PUBLIC_KEY => only(certificate.public_key.bytes),
        KEYM_ELEMENT_NOT_BEFORE if index == 0 => time(certificate.validity.not_before.seconds),
        KEYM_ELEMENT_NOT_AFTER if index == 0 => time(certificate.validity.not_after.seconds),
        KEYM_ELEMENT_EXTENSION => extension(certificate, oid, element.objectType, index),
        // Not in an X.509 certificate: authorisations are a card verifiable certificate's.
        _ => None,
    }
}

fn attribute<'a>(name: &crate::x509::Name<'a>, oid: &[u8], object_type: u8, index: usize) -> Option<Value<'a>> {
    let fits = |tag: u8| object_type == 0 || object_type == tag;
    name.attributes()
        .filter(|attribute| attribute.oid == oid && fits(attribute.tag))
        .nth(index)
        .map(|attribute| Value::Bytes(attribute.value))
}

fn extension<'a>(certificate: &Certificate<'a>, oid: &[u8], object_type: u8, index: usize) -> Option<Value<'a>> {
    if oid.is_empty() {
        let mut list = Reader::new(first(certificate.extensions.der)?.value);
        // Whatever the index, no further than to the last one.
        for _ in 0..index {
            list.next()?;
        }
        return list.next().map(|element| Value::Bytes(element.whole));
    }
    let value = certificate.extensions.find(oid)?.value;
    if object_type == 0 {
        return (index == 0).then_some(Value::Bytes(value));
    }
    let mut left = index;
    of_type(value, object_type, &mut left, MAX_DEPTH).map(Value::Bytes)
}

/// Nested constructed values are followed so far.
const MAX_DEPTH: usize = 6;

/// Content of the element number `left` that has this tag.
fn of_type<'a>(bytes: &'a [u8], tag: u8, left: &mut usize, depth: usize) -> Option<&'a [u8]> {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        let element = reader.next()?;
        if element.tag == tag {
            if *left == 0 {
                return Some(element.value);
            }
            *left = left.saturating_sub(1);
        } else if element.tag & 0x20 != 0 && depth > 0 {
            let found = of_type(element.value, tag, left, depth.saturating_sub(1));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn first(bytes: &[u8]) -> Option<Tlv<'_>> {
    Reader::new(bytes).next()
}

/// `signature` of a TBSCertificate: the first SEQUENCE in it.
fn algorithm_identifier(tbs: &[u8]) -> Option<Tlv<'_>> {
    let mut fields = Reader::new(first(tbs)?.value);
    loop {
        let field = fields.next()?;
        if field.tag == SEQUENCE {
            return Some(field);
        }
    }
}

fn time(seconds: i64) -> Option<Value<'static>> {
    let days = seconds.div_euclid(86_400);
    let rest = seconds.rem_euclid(86_400);
    let (year, month, day) = date(days)?;
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let mut text = *b"YYYYMMDDHHMMSSZ";
    let fields: [(i64, usize, usize); 6] =
        [(year, 0, 4), (month, 4, 2), (day, 6, 2), (hour, 8, 2), (minute, 10, 2), (second, 12, 2)];
    for (mut number, at, digits) in fields {
        for place in text.get_mut(at..)?.get_mut(..digits)?.iter_mut().rev() {
            *place = b'0'.wrapping_add(u8::try_from(number.rem_euclid(10)).ok()?);
            number /= 10;
        }
    }
    Some(Value::Time(text))
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar: years 0 to 9999.
fn date(days: i64) -> Option<(i64, i64, i64)> {
    // Counted from 0000-03-01, so that a leap day is the last of its year.
    let days = days.checked_add(719_468)?;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era.checked_mul(400)?.checked_add(year_of_era)? + i64::from(month <= 2);
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    (0..=9999).contains(&year).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_calendar_has_them() {
        let cases: [(i64, &[u8]); 6] = [
            (0, b"19700101000000Z"),
            (-1, b"19691231235959Z"),
            (951_782_400, b"20000229000000Z"),
            (1_709_251_199, b"20240229235959Z"),
            (4_107_542_399, b"21000228235959Z"),
            (253_402_300_799, b"99991231235959Z"),
        ];
        for (seconds, text) in cases {
            assert_eq!(time(seconds).unwrap().as_ref(), text, "{seconds}");
        }
        assert_eq!(time(253_402_300_800), None);
    }
}
