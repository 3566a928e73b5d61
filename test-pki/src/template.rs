//! What a certificate is to say. Nothing is checked: a test may want any of it wrong.

use der::asn1::{GeneralizedTime, Ia5String, Uint, UtcTime};
use der::flagset::FlagSet;
use der::DateTime;
use std::time::Duration;
use x509_cert::ext::pkix::KeyUsages;

use crate::asn1::{bit_string, constructed, encode, oid, tlv, SEQUENCE};
use crate::key::Key;

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A point in time, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// GeneralizedTime before 2050 too.
    pub generalized: bool,
}

impl Date {
    /// As RFC 5280 4.1.2.5 has it: UTCTime until 2049.
    pub fn new(seconds: i64) -> Self {
        Self { seconds, generalized: false }
    }

    pub(crate) fn der(self) -> Vec<u8> {
        let time = DateTime::from_unix_duration(Duration::from_secs(self.seconds.max(0) as u64)).expect("before the year 10000");
        match UtcTime::from_date_time(time) {
            Ok(utc) if !self.generalized => encode(&utc),
            _ => encode(&GeneralizedTime::from_date_time(time)),
        }
    }
}

/// An attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its type, dotted.
    pub oid: &'static str,
    /// Tag of the string: 0x0c UTF8String, 0x13 PrintableString, 0x16 IA5String.
    pub tag: u8,
    /// The string.
    pub value: String,
}

impl Attribute {
    /// `CN`, `O`, `C`, `OU`, `DC` or `serialNumber`, with the string type that V2G uses.
    pub fn new(name: &str, value: &str) -> Self {
        let (oid, tag) = match name {
            "CN" => ("2.5.4.3", 0x0c),
            "C" => ("2.5.4.6", 0x13),
            "O" => ("2.5.4.10", 0x0c),
            "OU" => ("2.5.4.11", 0x0c),
            "DC" => ("0.9.2342.19200300.100.1.25", 0x16),
            "serialNumber" => ("2.5.4.5", 0x13),
            _ => panic!("no such attribute: {name}"),
        };
        Self { oid, tag, value: value.to_owned() }
    }
}

/// A distinguished name, one attribute in each RDN.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name(pub Vec<Attribute>);

impl Name {
    /// From pairs such as `("CN", "DE1234")`.
    pub fn new(attributes: &[(&str, &str)]) -> Self {
        Self(attributes.iter().map(|(name, value)| Attribute::new(name, value)).collect())
    }

    /// Replaces the attributes of a type, or adds one; `None` removes them.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        let attribute = Attribute::new(name, value.unwrap_or_default());
        let place = self.0.iter().position(|old| old.oid == attribute.oid);
        self.0.retain(|old| old.oid != attribute.oid);
        if value.is_some() {
            self.0.insert(place.unwrap_or(self.0.len()), attribute);
        }
    }

    /// Its encoding.
    pub fn der(&self) -> Vec<u8> {
        let rdn = |attribute: &Attribute| {
            let string = tlv(attribute.tag, attribute.value.as_bytes());
            tlv(0x31, &constructed(SEQUENCE, &[&oid(attribute.oid), &string]))
        };
        tlv(SEQUENCE, &self.0.iter().flat_map(rdn).collect::<Vec<_>>())
    }
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its type, dotted.
    pub oid: String,
    /// Must whoever does not know it refuse the certificate?
    pub critical: bool,
    /// DER of its value.
    pub value: Vec<u8>,
}

/// Types of extensions.
pub mod extension {
    /// Subject key identifier.
    pub const SKI: &str = "2.5.29.14";
    /// Key usage.
    pub const KU: &str = "2.5.29.15";
    /// Subject alternative names.
    pub const SAN: &str = "2.5.29.17";
    /// Basic constraints.
    pub const BC: &str = "2.5.29.19";
    /// CRL number.
    pub const CRL_NUMBER: &str = "2.5.29.20";
    /// CRL distribution points.
    pub const CRLDP: &str = "2.5.29.31";
    /// Certificate policies.
    pub const CP: &str = "2.5.29.32";
    /// Authority key identifier.
    pub const AKI: &str = "2.5.29.35";
    /// Extended key usage.
    pub const EKU: &str = "2.5.29.37";
    /// Authority information access.
    pub const AIA: &str = "1.3.6.1.5.5.7.1.1";
    /// The status of an OCSP signer's certificate need not be asked for.
    pub const OCSP_NO_CHECK: &str = "1.3.6.1.5.5.7.48.1.5";
}

impl Extension {
    /// From its parts.
    pub fn new(oid: &str, critical: bool, value: Vec<u8>) -> Self {
        Self { oid: oid.to_owned(), critical, value }
    }

    /// Basic constraints. Not a CA: the empty sequence, as DER wants it.
    pub fn basic_constraints(ca: bool, path_len: Option<u8>) -> Self {
        let constraints = x509_cert::ext::pkix::BasicConstraints { ca, path_len_constraint: path_len };
        Self::new(extension::BC, true, encode(&constraints))
    }

    /// Key usage.
    pub fn key_usage(usages: impl Into<FlagSet<KeyUsages>>) -> Self {
        Self::new(extension::KU, true, encode(&x509_cert::ext::pkix::KeyUsage(usages.into())))
    }

    /// Extended key usage, from dotted purposes.
    pub fn extended_key_usage(critical: bool, purposes: &[&str]) -> Self {
        let purposes: Vec<u8> = purposes.iter().flat_map(|purpose| oid(purpose)).collect();
        Self::new(extension::EKU, critical, tlv(SEQUENCE, &purposes))
    }

    /// Subject key identifier.
    pub fn subject_key_id(critical: bool, id: &[u8]) -> Self {
        Self::new(extension::SKI, critical, tlv(0x04, id))
    }

    /// Authority key identifier.
    pub fn authority_key_id(critical: bool, id: &[u8]) -> Self {
        Self::new(extension::AKI, critical, tlv(SEQUENCE, &tlv(0x80, id)))
    }

    /// Authority information access: one OCSP responder.
    pub fn ocsp_access(critical: bool, uri: &str) -> Self {
        let description = constructed(SEQUENCE, &[&oid("1.3.6.1.5.5.7.48.1"), &tlv(0x86, uri.as_bytes())]);
        Self::new(extension::AIA, critical, tlv(SEQUENCE, &description))
    }

    /// One CRL distribution point.
    pub fn crl_distribution_point(critical: bool, uri: &str) -> Self {
        let name = tlv(0xa0, &tlv(0xa0, &tlv(0x86, uri.as_bytes())));
        Self::new(extension::CRLDP, critical, tlv(SEQUENCE, &tlv(SEQUENCE, &name)))
    }

    /// A certificate policy.
    pub fn certificate_policy(critical: bool, policy: &str) -> Self {
        Self::new(extension::CP, critical, tlv(SEQUENCE, &tlv(SEQUENCE, &oid(policy))))
    }

    /// A DNS name among the subject's alternative names.
    pub fn dns_name(name: &str) -> Self {
        let name = Ia5String::new(name).expect("ASCII");
        Self::new(extension::SAN, false, tlv(SEQUENCE, &tlv(0x82, name.as_bytes())))
    }

    /// CRL number.
    pub fn crl_number(number: u64) -> Self {
        Self::new(extension::CRL_NUMBER, false, encode(&Uint::new(&number.to_be_bytes()).expect("short")))
    }

    /// Its encoding.
    pub fn der(&self) -> Vec<u8> {
        let critical: &[u8] = if self.critical { &[0x01, 1, 0xff] } else { &[] };
        constructed(SEQUENCE, &[&oid(&self.oid), critical, &tlv(0x04, &self.value)])
    }
}

/// What a certificate says, before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// 1 to 3.
    pub version: u8,
    /// Content of the INTEGER.
    pub serial: Vec<u8>,
    /// Algorithm inside the signed part; `None`: the signer's.
    pub inner_algorithm: Option<Vec<u8>>,
    /// Algorithm beside the signature; `None`: the signer's.
    pub outer_algorithm: Option<Vec<u8>>,
    /// Who signs.
    pub issuer: Name,
    /// Valid from.
    pub not_before: Date,
    /// Valid until.
    pub not_after: Date,
    /// Whose key it is.
    pub subject: Name,
    /// `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    /// In their order.
    pub extensions: Vec<Extension>,
}

impl Template {
    /// The extension of a type.
    pub fn extension(&mut self, oid: &str) -> Option<&mut Extension> {
        self.extensions.iter_mut().find(|extension| extension.oid == oid)
    }

    /// Replaces the extension of the same type, or adds it.
    pub fn put(&mut self, extension: Extension) {
        match self.extension(&extension.oid.clone()) {
            Some(old) => *old = extension,
            None => self.extensions.push(extension),
        }
    }

    /// Removes the extension of a type.
    pub fn remove(&mut self, oid: &str) {
        self.extensions.retain(|extension| extension.oid != oid);
    }

    /// The signed part, as a signer of this algorithm would name it.
    pub fn tbs(&self, signer: &Key) -> Vec<u8> {
        let signers = signer.algorithm.signature_identifier();
        let version = match self.version {
            1 => Vec::new(),
            version => tlv(0xa0, &[0x02, 1, version - 1]),
        };
        let validity = constructed(SEQUENCE, &[&self.not_before.der(), &self.not_after.der()]);
        let extensions: Vec<u8> = self.extensions.iter().flat_map(Extension::der).collect();
        let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xa3, &tlv(SEQUENCE, &extensions)) };
        constructed(
            SEQUENCE,
            &[
                &version,
                &tlv(0x02, &self.serial),
                self.inner_algorithm.as_ref().unwrap_or(&signers),
                &self.issuer.der(),
                &validity,
                &self.subject.der(),
                &self.spki,
                &extensions,
            ],
        )
    }

    /// The certificate.
    pub fn sign(&self, signer: &Key) -> Vec<u8> {
        sign(&self.tbs(signer), self.outer_algorithm.as_deref(), signer)
    }
}

/// Signs a `tbsCertificate` or a `tbsCertList`. Algorithm `None`: the signer's.
pub fn sign(tbs: &[u8], algorithm: Option<&[u8]>, signer: &Key) -> Vec<u8> {
    let signers = signer.algorithm.signature_identifier();
    constructed(SEQUENCE, &[tbs, algorithm.unwrap_or(&signers), &bit_string(&signer.sign(tbs))])
}
