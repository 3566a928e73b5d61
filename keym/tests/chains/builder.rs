//! Certificates, CRLs and OCSP responses as the tests want them, signed by the fake engine or by a real key.

use super::engine::{digest, fake_signature};
use v2gcrypt_keym::path::HashAlgorithm;
use v2gcrypt_keym::x509::{ecdsa_sig_value, oid, KeyAlgorithm, SignatureAlgorithm};
use v2gcrypt_primitives::ecdsa::SigningKey;
use v2gcrypt_primitives::{ec, Curve};

pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        length @ 0..=127 => out.push(length as u8),
        length @ 128..=255 => out.extend([0x81, length as u8]),
        length => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend_from_slice(content);
    out
}

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

fn bits(content: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], content].concat())
}

/// 2026-01-01T00:00:00Z
pub const NOW: i64 = 1_767_225_600;
pub const DAY: i64 = 86_400;
pub const YEAR: i64 = 365 * DAY;

pub fn time(seconds: i64, generalized: bool) -> Vec<u8> {
    // Days to civil date, for 1970 to 2099.
    let (mut days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let mut year = 1970;
    let leap = |year: i64| year % 4 == 0;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 0;
    let lengths = [31, 28 + i64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let tail = format!("{:02}{:02}{:02}{:02}{:02}Z", month + 1, days + 1, rest / 3600, rest / 60 % 60, rest % 60);
    match generalized {
        true => tlv(0x18, format!("{year:04}{tail}").as_bytes()),
        false => tlv(0x17, format!("{:02}{tail}", year % 100).as_bytes()),
    }
}

/// A key pair: the public half looks like its algorithm's; the private half is real for the NIST curves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub algorithm: KeyAlgorithm,
    pub public: Vec<u8>,
    real: Option<(Curve, Vec<u8>)>,
}

impl Key {
    /// For the fake engine alone.
    pub fn fake(algorithm: KeyAlgorithm, seed: &str) -> Self {
        let stream: Vec<u8> = (0..5).flat_map(|i| digest(HashAlgorithm::Sha256, format!("{seed}{i}").as_bytes())).collect();
        let length = algorithm.public_key_len().unwrap_or(140);
        let mut public = stream[..length].to_vec();
        if algorithm.field_len().is_some() {
            public[0] = 4;
        }
        Self { algorithm, public, real: None }
    }

    pub fn real(algorithm: KeyAlgorithm, seed: &str) -> Self {
        let curve = match algorithm {
            KeyAlgorithm::P256 => Curve::P256,
            KeyAlgorithm::P384 => Curve::P384,
            KeyAlgorithm::P521 => Curve::P521,
            _ => panic!("no engine for {algorithm:?}"),
        };
        let mut scalar: Vec<u8> = (0..3).flat_map(|i| digest(HashAlgorithm::Sha256, format!("{seed}{i}").as_bytes())).collect();
        scalar.truncate(algorithm.field_len().unwrap());
        scalar[0] = 0;
        let public = ec::public_key(curve, &scalar).unwrap().as_bytes().to_vec();
        Self { algorithm, public, real: Some((curve, scalar)) }
    }

    pub fn spki(&self) -> Vec<u8> {
        let curve = |oid: &[u8]| [tlv(6, oid::EC_PUBLIC_KEY), tlv(6, oid)].concat();
        let algorithm = match self.algorithm {
            KeyAlgorithm::P256 => curve(oid::SECP256R1),
            KeyAlgorithm::P384 => curve(oid::SECP384R1),
            KeyAlgorithm::P521 => curve(oid::SECP521R1),
            KeyAlgorithm::Ed25519 => tlv(6, oid::ED25519),
            KeyAlgorithm::Ed448 => tlv(6, oid::ED448),
            _ => [tlv(6, oid::RSA_ENCRYPTION), vec![5, 0]].concat(),
        };
        sequence(&[tlv(0x30, &algorithm), bits(&self.public)])
    }

    /// Octets of the usual key identifier: RFC 5280 4.2.1.2 (1) or (2).
    pub fn id(&self, length: usize) -> Vec<u8> {
        let hash = digest(HashAlgorithm::Sha1, &self.public);
        match length {
            8 => [&[hash[12] & 0x0F | 0x40], &hash[13..]].concat(),
            length => hash.into_iter().cycle().take(length).collect(),
        }
    }

    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Vec<u8> {
        let Some((curve, scalar)) = &self.real else {
            return fake_signature(&self.spki(), message);
        };
        let hash = match algorithm {
            SignatureAlgorithm::EcdsaSha256 => v2gcrypt_primitives::HashAlgorithm::Sha256,
            SignatureAlgorithm::EcdsaSha384 => v2gcrypt_primitives::HashAlgorithm::Sha384,
            _ => v2gcrypt_primitives::HashAlgorithm::Sha512,
        };
        let raw = SigningKey::new(*curve, scalar).unwrap().sign(hash, message).unwrap();
        let mut out = [0; 160];
        let length = ecdsa_sig_value(raw.as_bytes(), &mut out).unwrap();
        out[..length].to_vec()
    }
}

pub fn algorithm_identifier(algorithm: SignatureAlgorithm) -> Vec<u8> {
    let oid = match algorithm {
        SignatureAlgorithm::EcdsaSha1 => oid::ECDSA_WITH_SHA1,
        SignatureAlgorithm::EcdsaSha256 => oid::ECDSA_WITH_SHA256,
        SignatureAlgorithm::EcdsaSha384 => oid::ECDSA_WITH_SHA384,
        SignatureAlgorithm::EcdsaSha512 => oid::ECDSA_WITH_SHA512,
        SignatureAlgorithm::Ed25519 => oid::ED25519,
        SignatureAlgorithm::Ed448 => oid::ED448,
        _ => oid::SHA1,
    };
    sequence(&[tlv(6, oid)])
}

pub type Attributes = Vec<(&'static [u8], String)>;

pub fn name(attributes: &Attributes) -> Vec<u8> {
    let rdn = |(oid, value): &(&[u8], String)| {
        let tag = if *oid == oid::DOMAIN_COMPONENT { 0x16 } else { 0x0C };
        tlv(0x31, &sequence(&[tlv(6, oid), tlv(tag, value.as_bytes())]))
    };
    sequence(&attributes.iter().map(rdn).collect::<Vec<_>>())
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub oid: Vec<u8>,
    pub critical: bool,
    pub value: Vec<u8>,
}

impl Extension {
    pub fn der(&self) -> Vec<u8> {
        let flag = if self.critical { tlv(1, &[0xFF]) } else { Vec::new() };
        sequence(&[tlv(6, &self.oid), flag, tlv(4, &self.value)])
    }
}

/// A certificate to be.
#[derive(Clone, Debug)]
pub struct Spec {
    pub version: u8,
    pub serial: Vec<u8>,
    pub signature_algorithm: SignatureAlgorithm,
    /// `None`: the name of whoever signs.
    pub issuer: Option<Attributes>,
    pub not_before: i64,
    pub not_after: i64,
    /// How notBefore and notAfter are written.
    pub generalized: [bool; 2],
    pub subject: Attributes,
    pub key: Key,
    pub unique_ids: bool,
    pub extensions: Vec<Extension>,
}

impl Spec {
    pub fn remove(&mut self, oid: &[u8]) {
        self.extensions.retain(|extension| extension.oid != oid);
    }

    pub fn set(&mut self, oid: &[u8], critical: bool, value: Vec<u8>) {
        let extension = Extension { oid: oid.to_vec(), critical, value };
        match self.extensions.iter_mut().find(|old| old.oid == oid) {
            Some(old) => *old = extension,
            None => self.extensions.push(extension),
        }
    }

    pub fn basic_constraints(&mut self, ca: bool, path_len: Option<u8>) {
        let ca = if ca { tlv(1, &[0xFF]) } else { Vec::new() };
        let path_len = path_len.map_or(Vec::new(), |length| tlv(2, &[length]));
        self.set(oid::BASIC_CONSTRAINTS, true, sequence(&[ca, path_len]));
    }

    pub fn key_usage(&mut self, usage: u16) {
        // Bit 0 is the most significant one of the first octet.
        let mut octets: Vec<u8> = vec![(usage as u8).reverse_bits()];
        if usage & 0x100 != 0 {
            octets.push(0x80);
        }
        let unused = octets.last().map_or(0, |last| if *last == 0 { 0 } else { last.trailing_zeros() as u8 });
        let content = if usage == 0 { vec![0] } else { [vec![unused], octets].concat() };
        self.set(oid::KEY_USAGE, true, tlv(3, &content));
    }

    pub fn usage(&self) -> u16 {
        let Some(extension) = self.extensions.iter().find(|extension| extension.oid == oid::KEY_USAGE) else { return 0 };
        let octets = &extension.value[3..];
        octets.first().map_or(0, |first| u16::from(first.reverse_bits())) | if octets.len() > 1 { 0x100 } else { 0 }
    }

    pub fn extended_key_usage(&mut self, critical: bool, purposes: &[&[u8]]) {
        let purposes: Vec<_> = purposes.iter().map(|oid| tlv(6, oid)).collect();
        self.set(oid::EXTENDED_KEY_USAGE, critical, sequence(&purposes));
    }

    pub fn subject_key_id(&mut self, critical: bool, id: &[u8]) {
        self.set(oid::SUBJECT_KEY_IDENTIFIER, critical, tlv(4, id));
    }

    pub fn authority_key_id(&mut self, critical: bool, id: &[u8]) {
        self.set(oid::AUTHORITY_KEY_IDENTIFIER, critical, sequence(&[tlv(0x80, id)]));
    }

    pub fn responder_address(&mut self, critical: bool) {
        let description = sequence(&[tlv(6, oid::OCSP), tlv(0x86, b"http://ocsp.example")]);
        self.set(oid::AUTHORITY_INFO_ACCESS, critical, sequence(&[description]));
    }

    pub fn distribution_point(&mut self, critical: bool) {
        let point = sequence(&[tlv(0xA0, &tlv(0xA0, &tlv(0x86, b"http://crl.example")))]);
        self.set(oid::CRL_DISTRIBUTION_POINTS, critical, sequence(&[point]));
    }

    pub fn attribute(&mut self, oid: &'static [u8], value: &str) {
        match self.subject.iter_mut().find(|(known, _)| *known == oid) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.subject.push((oid, value.to_owned())),
        }
    }

    pub fn remove_attribute(&mut self, oid: &[u8]) {
        self.subject.retain(|(known, _)| *known != oid);
    }

    pub fn build(&self, issuer: &Spec) -> Vec<u8> {
        let algorithm = algorithm_identifier(self.signature_algorithm);
        let version = if self.version > 1 { tlv(0xA0, &tlv(2, &[self.version - 1])) } else { Vec::new() };
        let unique = if self.unique_ids { tlv(0x81, &[0, 1]) } else { Vec::new() };
        let extensions: Vec<_> = self.extensions.iter().map(Extension::der).collect();
        let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xA3, &sequence(&extensions)) };
        let tbs = sequence(&[
            version,
            tlv(2, &self.serial),
            algorithm.clone(),
            name(self.issuer.as_ref().unwrap_or(&issuer.subject)),
            sequence(&[time(self.not_before, self.generalized[0]), time(self.not_after, self.generalized[1])]),
            name(&self.subject),
            self.key.spki(),
            unique,
            extensions,
        ]);
        let signature = issuer.key.sign(self.signature_algorithm, &tbs);
        sequence(&[tbs, algorithm, bits(&signature)])
    }
}

/// A CRL to be.
#[derive(Clone, Debug)]
pub struct CrlSpec {
    pub this_update: i64,
    pub next_update: Option<i64>,
    pub revoked: Vec<Vec<u8>>,
    pub extensions: Vec<Extension>,
}

impl CrlSpec {
    pub fn build(&self, issuer: &Spec) -> Vec<u8> {
        let algorithm = algorithm_identifier(issuer.signature_algorithm);
        let entries: Vec<_> =
            self.revoked.iter().map(|serial| sequence(&[tlv(2, serial), time(self.this_update, false)])).collect();
        let extensions: Vec<_> = self.extensions.iter().map(Extension::der).collect();
        let tbs = sequence(&[
            tlv(2, &[1]),
            algorithm.clone(),
            name(&issuer.subject),
            time(self.this_update, false),
            self.next_update.map_or(Vec::new(), |next| time(next, false)),
            if entries.is_empty() { Vec::new() } else { sequence(&entries) },
            if extensions.is_empty() { Vec::new() } else { tlv(0xA0, &sequence(&extensions)) },
        ]);
        let signature = issuer.key.sign(issuer.signature_algorithm, &tbs);
        sequence(&[tbs, algorithm, bits(&signature)])
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OcspStatus {
    Good,
    Revoked,
    Unknown,
}

/// An OCSP response to be.
#[derive(Clone, Debug)]
pub struct OcspSpec {
    pub hash: HashAlgorithm,
    pub serial: Vec<u8>,
    pub status: OcspStatus,
    pub produced_at: i64,
    pub this_update: i64,
    pub next_update: Option<i64>,
    pub nonce: Option<Vec<u8>>,
    pub by_key: bool,
    pub critical_extension: bool,
    /// Whole SingleResponses that come before, of [`Self::single`].
    pub before: Vec<Vec<u8>>,
    pub certificates: Vec<Vec<u8>>,
}

impl OcspSpec {
    pub fn new(serial: &[u8], status: OcspStatus) -> Self {
        Self {
            hash: HashAlgorithm::Sha256,
            serial: serial.to_vec(),
            status,
            produced_at: NOW - 3600,
            this_update: NOW - 3600,
            next_update: Some(NOW + DAY),
            nonce: None,
            by_key: false,
            critical_extension: false,
            before: Vec::new(),
            certificates: Vec::new(),
        }
    }

    /// What is said of a certificate of `issuer`.
    pub fn single(&self, issuer: &Spec) -> Vec<u8> {
        let cert_id = sequence(&[
            sequence(&[tlv(6, self.hash.oid())]),
            tlv(4, &digest(self.hash, &name(&issuer.subject))),
            tlv(4, &digest(self.hash, &issuer.key.public)),
            tlv(2, &self.serial),
        ]);
        let status = match self.status {
            OcspStatus::Good => tlv(0x80, &[]),
            OcspStatus::Revoked => tlv(0xA1, &time(self.this_update, true)),
            OcspStatus::Unknown => tlv(0x82, &[]),
        };
        let next = self.next_update.map_or(Vec::new(), |next| tlv(0xA0, &time(next, true)));
        sequence(&[cert_id, status, time(self.this_update, true), next])
    }

    /// About a certificate of `issuer`, by `signer`.
    pub fn build(&self, issuer: &Spec, signer: &Spec) -> Vec<u8> {
        let singles = [self.before.clone(), vec![self.single(issuer)]].concat();
        let responder = match self.by_key {
            true => tlv(0xA2, &tlv(4, &digest(HashAlgorithm::Sha1, &signer.key.public))),
            false => tlv(0xA1, &name(&signer.subject)),
        };
        let mut extensions = Vec::new();
        if let Some(nonce) = &self.nonce {
            let value = tlv(4, nonce);
            extensions.push(Extension { oid: oid::OCSP_NONCE.to_vec(), critical: false, value }.der());
        }
        if self.critical_extension {
            extensions.push(Extension { oid: vec![0x2A, 3, 4], critical: true, value: vec![5, 0] }.der());
        }
        let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xA1, &sequence(&extensions)) };
        let tbs = sequence(&[responder, time(self.produced_at, true), sequence(&singles), extensions]);
        let signature = signer.key.sign(signer.signature_algorithm, &tbs);
        let certificates = match self.certificates.is_empty() {
            true => Vec::new(),
            false => tlv(0xA0, &sequence(&self.certificates)),
        };
        let algorithm = algorithm_identifier(signer.signature_algorithm);
        let basic = sequence(&[tbs, algorithm, bits(&signature), certificates]);
        sequence(&[tlv(10, &[0]), tlv(0xA0, &sequence(&[tlv(6, oid::OCSP_BASIC), tlv(4, &basic)]))])
    }
}
