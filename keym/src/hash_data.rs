//! OCPP's CertificateHashData: names a certificate by hashes of its issuer's name and key, and its serial number.
#![forbid(unsafe_code)]

use crate::ocsp::CertId;
use crate::x509::{Certificate, HashAlgorithm, PublicKey};
use core::fmt;

const DIGEST_MAX: usize = 64;
const SERIAL_MAX: usize = 32;

/// What is hashed for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashInputs<'a> {
    /// The issuer's Name in DER, as it stands in the certificate.
    pub issuer_name: &'a [u8],
    /// The issuer's public key, without the SubjectPublicKeyInfo around it.
    pub issuer_key: &'a [u8],
}

impl<'a> HashInputs<'a> {
    /// `issuer_key` is the issuer's; a root's its own.
    pub fn new(certificate: &Certificate<'a>, issuer_key: &PublicKey<'a>) -> Self {
        Self { issuer_name: certificate.issuer.der, issuer_key: issuer_key.bytes }
    }
}

/// Names a certificate. Equal are those that name the same one, however their hexadecimal digits were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateHashData {
    algorithm: HashAlgorithm,
    /// As long as the algorithm's digests, zeros behind.
    issuer_name_hash: [u8; DIGEST_MAX],
    issuer_key_hash: [u8; DIGEST_MAX],
    /// At the end, zeros before.
    serial: [u8; SERIAL_MAX],
}

impl CertificateHashData {
    /// Of the digests of [`HashInputs`], and the content octets of the certificate's serial number. `None`: a digest's length
    /// is not the algorithm's, or it is SHA-1, which OCPP has not; or the number is longer than 32 octets.
    pub fn new(algorithm: HashAlgorithm, issuer_name_hash: &[u8], issuer_key_hash: &[u8], serial: &[u8]) -> Option<Self> {
        Some(Self {
            algorithm: Some(algorithm).filter(|algorithm| *algorithm != HashAlgorithm::Sha1)?,
            issuer_name_hash: digest(algorithm, issuer_name_hash)?,
            issuer_key_hash: digest(algorithm, issuer_key_hash)?,
            serial: right_aligned(serial.iter().rev().copied().map(Some))?,
        })
    }

    /// Hashes with `hash`, which writes a digest of the length of its third argument, or returns `None`.
    pub fn compute(
        algorithm: HashAlgorithm,
        certificate: &Certificate<'_>,
        issuer_key: &PublicKey<'_>,
        mut hash: impl FnMut(HashAlgorithm, &[u8], &mut [u8]) -> Option<()>,
    ) -> Option<Self> {
        let inputs = HashInputs::new(certificate, issuer_key);
        let (mut name, mut key) = ([0; DIGEST_MAX], [0; DIGEST_MAX]);
        let (name, key) = (name.get_mut(..algorithm.digest_len())?, key.get_mut(..algorithm.digest_len())?);
        hash(algorithm, inputs.issuer_name, name)?;
        hash(algorithm, inputs.issuer_key, key)?;
        Self::new(algorithm, name, key, certificate.serial)
    }

    /// As OCPP sends it: hexadecimal digits in any case; the serial number with leading zeros or without, of an odd number of
    /// digits, too.
    pub fn from_hex(algorithm: HashAlgorithm, issuer_name_hash: &str, issuer_key_hash: &str, serial: &str) -> Option<Self> {
        let (mut name, mut key) = ([0; DIGEST_MAX], [0; DIGEST_MAX]);
        let name = decode_digest(algorithm, issuer_name_hash, &mut name)?;
        let key = decode_digest(algorithm, issuer_key_hash, &mut key)?;
        if serial.is_empty() {
            return None;
        }
        let octets = serial
            .as_bytes()
            .rchunks(2)
            .map(|pair| pair.iter().try_fold(0u8, |octet, digit| Some(octet << 4 | hex_digit(*digit)?)));
        let serial = right_aligned(octets)?;
        Some(Self { serial, ..Self::new(algorithm, name, key, &[])? })
    }

    /// The algorithm of both hashes.
    pub fn algorithm(&self) -> HashAlgorithm {
        self.algorithm
    }

    /// As `hashAlgorithm` has it.
    pub fn algorithm_name(&self) -> &'static str {
        match self.algorithm {
            HashAlgorithm::Sha1 => "SHA1",
            HashAlgorithm::Sha256 => "SHA256",
            HashAlgorithm::Sha384 => "SHA384",
            HashAlgorithm::Sha512 => "SHA512",
        }
    }

    /// As `issuerNameHash` has it: lower case.
    pub fn issuer_name_hash(&self) -> Hex<'_> {
        Hex { octets: self.name_digest(), strip: false }
    }

    /// As `issuerKeyHash` has it: lower case.
    pub fn issuer_key_hash(&self) -> Hex<'_> {
        Hex { octets: self.key_digest(), strip: false }
    }

    /// As `serialNumber` has it: lower case, without leading zeros.
    pub fn serial_number(&self) -> Hex<'_> {
        Hex { octets: &self.serial, strip: true }
    }

    /// Does an OCSP CertID name the same certificate?
    pub fn is_cert_id(&self, id: &CertId<'_>) -> bool {
        id.hash_algorithm == Some(self.algorithm)
            && id.issuer_name_hash == self.name_digest()
            && id.issuer_key_hash == self.key_digest()
            && right_aligned(id.serial.iter().rev().copied().map(Some)) == Some(self.serial)
    }

    fn name_digest(&self) -> &[u8] {
        self.issuer_name_hash.get(..self.algorithm.digest_len()).unwrap_or_default()
    }

    fn key_digest(&self) -> &[u8] {
        self.issuer_key_hash.get(..self.algorithm.digest_len()).unwrap_or_default()
    }
}

fn digest(algorithm: HashAlgorithm, digest: &[u8]) -> Option<[u8; DIGEST_MAX]> {
    if digest.len() != algorithm.digest_len() {
        return None;
    }
    let mut octets = [0; DIGEST_MAX];
    octets.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
    Some(octets)
}

fn decode_digest<'o>(algorithm: HashAlgorithm, hex: &str, out: &'o mut [u8; DIGEST_MAX]) -> Option<&'o [u8]> {
    let out = out.get_mut(..algorithm.digest_len())?;
    if hex.len() != out.len().checked_mul(2)? {
        return None;
    }
    for (octet, pair) in out.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *octet = pair.iter().try_fold(0u8, |octet, digit| Some(octet << 4 | hex_digit(*digit)?))?;
    }
    Some(out)
}

/// From the last octet to the first; zeros beyond the array are nothing.
fn right_aligned(octets: impl Iterator<Item = Option<u8>>) -> Option<[u8; SERIAL_MAX]> {
    let mut serial = [0; SERIAL_MAX];
    let mut places = serial.iter_mut().rev();
    for octet in octets {
        match (octet?, places.next()) {
            (octet, Some(place)) => *place = octet,
            (0, None) => {}
            _ => return None,
        }
    }
    Some(serial)
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Hexadecimal digits, when displayed.
#[derive(Clone, Copy, Debug)]
pub struct Hex<'a> {
    octets: &'a [u8],
    /// Leave leading zeros out, but for the last digit.
    strip: bool,
}

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut zeros = self.strip;
        let digits = self.octets.iter().flat_map(|octet| [octet >> 4, octet & 15]);
        let last = self.octets.len().saturating_mul(2).saturating_sub(1);
        for (place, digit) in digits.enumerate() {
            zeros = zeros && digit == 0 && place < last;
            if !zeros {
                write!(f, "{digit:x}")?;
            }
        }
        Ok(())
    }
}
