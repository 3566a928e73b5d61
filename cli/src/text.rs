//! Parts of a certificate in words.
#![forbid(unsafe_code)]

use v2gcrypt_keym::x509::{oid, KeyAlgorithm, KeyUsage, Name, SignatureAlgorithm};

/// `C=DE, O=Example, CN=…`, in the order of the encoding; characters that a terminal would obey are escaped.
pub fn name(name: &Name<'_>) -> String {
    let attribute = |attribute: v2gcrypt_keym::x509::Attribute<'_>| {
        let kind = match attribute.oid {
            oid::COMMON_NAME => "CN".to_owned(),
            oid::COUNTRY => "C".to_owned(),
            oid::ORGANIZATION => "O".to_owned(),
            oid::ORGANIZATIONAL_UNIT => "OU".to_owned(),
            oid::DOMAIN_COMPONENT => "DC".to_owned(),
            oid::SERIAL_NUMBER => "serialNumber".to_owned(),
            other => dotted(other),
        };
        format!("{kind}={}", printable(attribute.value))
    };
    name.attributes().map(attribute).collect::<Vec<_>>().join(", ")
}

/// The value of the first CN.
pub fn common_name(name: &Name<'_>) -> Option<String> {
    name.find(oid::COMMON_NAME).next().map(|attribute| printable(attribute.value))
}

/// Text of a file, without what a terminal would obey.
pub fn printable(bytes: &[u8]) -> String {
    let escape = |character: char| match character.is_control() || ('\u{202a}'..='\u{202e}').contains(&character) {
        true => character.escape_unicode().to_string(),
        false => character.to_string(),
    };
    String::from_utf8_lossy(bytes).chars().map(escape).collect()
}

/// An object identifier's content octets, dotted.
pub fn dotted(oid: &[u8]) -> String {
    let mut arcs: Vec<u128> = Vec::new();
    let mut arc = 0u128;
    for octet in oid {
        arc = arc << 7 | u128::from(octet & 0x7f);
        if octet & 0x80 == 0 {
            arcs.push(arc);
            arc = 0;
        }
    }
    let Some(joint) = arcs.first().copied() else { return String::new() };
    let first = (joint / 40).min(2);
    let rest = arcs.iter().skip(1).map(|arc| format!(".{arc}"));
    format!("{first}.{}{}", joint - 40 * first, rest.collect::<String>())
}

/// Key usages by their names in RFC 5280.
pub fn usages(usage: &KeyUsage) -> Vec<&'static str> {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    NAMES.into_iter().enumerate().filter(|(bit, _)| usage.bits >> bit & 1 == 1).map(|(_, name)| name).collect()
}

/// A purpose of extended key usage.
pub fn purpose(purpose: &[u8]) -> String {
    match dotted(purpose).as_str() {
        "1.3.6.1.5.5.7.3.1" => "serverAuth".to_owned(),
        "1.3.6.1.5.5.7.3.2" => "clientAuth".to_owned(),
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning".to_owned(),
        other => other.to_owned(),
    }
}

/// A key's algorithm.
pub fn key_algorithm(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::P256 => "P-256",
        KeyAlgorithm::P384 => "P-384",
        KeyAlgorithm::P521 => "P-521",
        KeyAlgorithm::Ed25519 => "Ed25519",
        KeyAlgorithm::Ed448 => "Ed448",
        KeyAlgorithm::X25519 => "X25519",
        KeyAlgorithm::X448 => "X448",
        KeyAlgorithm::Rsa => "RSA",
        _ => "unknown",
    }
}

/// A signature's algorithm.
pub fn signature_algorithm(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::EcdsaSha1 => "ecdsa-with-SHA1",
        SignatureAlgorithm::EcdsaSha256 => "ecdsa-with-SHA256",
        SignatureAlgorithm::EcdsaSha384 => "ecdsa-with-SHA384",
        SignatureAlgorithm::EcdsaSha512 => "ecdsa-with-SHA512",
        SignatureAlgorithm::Ed25519 => "Ed25519",
        SignatureAlgorithm::Ed448 => "Ed448",
        _ => "unknown",
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers_are_dotted_also_where_the_first_arc_is_two() {
        assert_eq!(dotted(oid::DOMAIN_COMPONENT), "0.9.2342.19200300.100.1.25");
        assert_eq!(dotted(&[0x88, 0x37, 0x03]), "2.999.3");
        assert_eq!(dotted(&[0x2b, 6, 1]), "1.3.6.1");
        assert_eq!(dotted(&[]), "");
    }

    #[test]
    fn text_of_a_certificate_cannot_command_a_terminal() {
        assert_eq!(printable(b"a\x1b[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("\u{202e}x\n".as_bytes()), "\\u{202e}x\\u{a}");
    }
}
