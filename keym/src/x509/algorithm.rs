//! Algorithms, public keys, and ECDSA signatures in both of their forms.

use super::oid;
use super::reader::{is_integer, is_oid, only, whole_octets, Reader, Tlv, BIT_STRING, INTEGER, OBJECT_IDENTIFIER, SEQUENCE};
use super::writer::Writer;
use super::ParseError;

/// How a structure is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ecdsa-with-SHA1
    EcdsaSha1,
    /// ecdsa-with-SHA256
    EcdsaSha256,
    /// ecdsa-with-SHA384
    EcdsaSha384,
    /// ecdsa-with-SHA512
    EcdsaSha512,
    /// Ed25519
    Ed25519,
    /// Ed448
    Ed448,
    /// Any other one, or one of these with parameters, which they do not have (RFC 5758 3.2, RFC 8410 3).
    Other,
}

/// A hash function that certificates, OCSP or OCPP name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// SHA-1: for OCSP's CertID and key identifiers alone.
    Sha1,
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl HashAlgorithm {
    /// Octets of a digest.
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Content octets of the OID.
    pub const fn oid(self) -> &'static [u8] {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    /// `None`: another one.
    pub fn from_oid(oid: &[u8]) -> Option<Self> {
        [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512].into_iter().find(|algorithm| algorithm.oid() == oid)
    }
}

/// What a public key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// secp256r1
    P256,
    /// secp384r1
    P384,
    /// secp521r1
    P521,
    /// Ed25519
    Ed25519,
    /// Ed448
    Ed448,
    /// X25519
    X25519,
    /// X448
    X448,
    /// rsaEncryption
    Rsa,
    /// Any other one; a compressed point; a curve that is not named; parameters where there are none.
    Other,
}

/// SubjectPublicKeyInfo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey<'a> {
    /// Tag, length and value.
    pub spki: &'a [u8],
    /// What the key is for.
    pub algorithm: KeyAlgorithm,
    /// The BIT STRING without its first octet: 04 ‖ X ‖ Y of the right length for P-256, P-384 and P-521; the key alone for
    /// Edwards and Montgomery curves; else whatever is there.
    pub bytes: &'a [u8],
}

impl KeyAlgorithm {
    /// Octets of [`PublicKey::bytes`].
    pub const fn public_key_len(self) -> Option<usize> {
        match self {
            Self::P256 => Some(65),
            Self::P384 => Some(97),
            Self::P521 => Some(133),
            Self::Ed25519 | Self::X25519 => Some(32),
            Self::Ed448 => Some(57),
            Self::X448 => Some(56),
            Self::Rsa | Self::Other => None,
        }
    }

    /// Octets of a coordinate, and of r and of s.
    pub const fn field_len(self) -> Option<usize> {
        match self {
            Self::P256 => Some(32),
            Self::P384 => Some(48),
            Self::P521 => Some(66),
            _ => None,
        }
    }
}

impl<'a> PublicKey<'a> {
    /// A whole SubjectPublicKeyInfo.
    pub fn parse(spki: &'a [u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::new(spki);
        let key = Self::read(&mut reader).ok_or(ParseError::PublicKey)?;
        reader.finish().ok_or(ParseError::PublicKey)?;
        Ok(key)
    }

    pub(crate) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        let spki = reader.expect(SEQUENCE)?;
        let mut fields = Reader::new(spki.value);
        let (oid, parameters) = algorithm_identifier(fields.expect(SEQUENCE)?.value)?;
        let bytes = whole_octets(fields.expect(BIT_STRING)?.value)?;
        fields.finish()?;
        let mut algorithm = key_algorithm(oid, parameters);
        if algorithm.field_len().is_some() && matches!(bytes.first(), Some(2 | 3)) {
            algorithm = KeyAlgorithm::Other;
        }
        let good = match algorithm.public_key_len() {
            Some(length) => bytes.len() == length && (algorithm.field_len().is_none() || bytes.first() == Some(&4)),
            None => !bytes.is_empty(),
        };
        good.then_some(Self { spki: spki.whole, algorithm, bytes })
    }
}

/// OID and parameters of the content of an AlgorithmIdentifier.
pub(crate) fn algorithm_identifier(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut fields = Reader::new(content);
    let oid = fields.expect(OBJECT_IDENTIFIER)?.value;
    let parameters = fields.rest();
    if !fields.is_empty() {
        fields.next()?;
        fields.finish()?;
    }
    is_oid(oid).then_some((oid, parameters))
}

/// A structure that is signed: the SEQUENCE of what is signed, how, and the signature.
pub(crate) struct Signed<'a> {
    pub tbs: Tlv<'a>,
    pub algorithm: Tlv<'a>,
    pub signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// The first three elements; `malformed` is the error when the first is none.
    pub(crate) fn read(outer: &mut Reader<'a>, malformed: ParseError) -> Result<Self, ParseError> {
        let tbs = outer.expect(SEQUENCE).ok_or(malformed)?;
        let algorithm = outer.expect(SEQUENCE).ok_or(ParseError::Algorithm)?;
        let signature = outer.expect(BIT_STRING).and_then(|bits| whole_octets(bits.value)).ok_or(ParseError::Signature)?;
        Ok(Self { tbs, algorithm, signature })
    }
}

/// Of the content of an AlgorithmIdentifier.
pub(crate) fn signature_algorithm(content: &[u8]) -> Option<SignatureAlgorithm> {
    let (oid, parameters) = algorithm_identifier(content)?;
    if !parameters.is_empty() {
        return Some(SignatureAlgorithm::Other);
    }
    Some(match oid {
        oid::ECDSA_WITH_SHA1 => SignatureAlgorithm::EcdsaSha1,
        oid::ECDSA_WITH_SHA256 => SignatureAlgorithm::EcdsaSha256,
        oid::ECDSA_WITH_SHA384 => SignatureAlgorithm::EcdsaSha384,
        oid::ECDSA_WITH_SHA512 => SignatureAlgorithm::EcdsaSha512,
        oid::ED25519 => SignatureAlgorithm::Ed25519,
        oid::ED448 => SignatureAlgorithm::Ed448,
        _ => SignatureAlgorithm::Other,
    })
}

fn key_algorithm(oid: &[u8], parameters: &[u8]) -> KeyAlgorithm {
    match oid {
        oid::EC_PUBLIC_KEY => match only(parameters, OBJECT_IDENTIFIER).map(|curve| curve.value) {
            Some(oid::SECP256R1) => KeyAlgorithm::P256,
            Some(oid::SECP384R1) => KeyAlgorithm::P384,
            Some(oid::SECP521R1) => KeyAlgorithm::P521,
            _ => KeyAlgorithm::Other,
        },
        oid::RSA_ENCRYPTION => KeyAlgorithm::Rsa,
        _ if !parameters.is_empty() => KeyAlgorithm::Other,
        oid::ED25519 => KeyAlgorithm::Ed25519,
        oid::ED448 => KeyAlgorithm::Ed448,
        oid::X25519 => KeyAlgorithm::X25519,
        oid::X448 => KeyAlgorithm::X448,
        _ => KeyAlgorithm::Other,
    }
}

/// AlgorithmIdentifier of a signature.
pub(crate) fn write_algorithm(writer: &mut Writer<'_>, algorithm: SignatureAlgorithm) -> Option<()> {
    let oid = match algorithm {
        SignatureAlgorithm::EcdsaSha1 => oid::ECDSA_WITH_SHA1,
        SignatureAlgorithm::EcdsaSha256 => oid::ECDSA_WITH_SHA256,
        SignatureAlgorithm::EcdsaSha384 => oid::ECDSA_WITH_SHA384,
        SignatureAlgorithm::EcdsaSha512 => oid::ECDSA_WITH_SHA512,
        SignatureAlgorithm::Ed25519 => oid::ED25519,
        SignatureAlgorithm::Ed448 => oid::ED448,
        SignatureAlgorithm::Other => return None,
    };
    let start = writer.len();
    writer.element(OBJECT_IDENTIFIER, oid)?;
    writer.wrap(SEQUENCE, start)
}

/// SubjectPublicKeyInfo of a key as its algorithm has it; a point may be without its 04.
pub(crate) fn write_public_key(writer: &mut Writer<'_>, algorithm: KeyAlgorithm, key: &[u8]) -> Option<()> {
    let (oid, curve) = match algorithm {
        KeyAlgorithm::P256 => (oid::EC_PUBLIC_KEY, Some(oid::SECP256R1)),
        KeyAlgorithm::P384 => (oid::EC_PUBLIC_KEY, Some(oid::SECP384R1)),
        KeyAlgorithm::P521 => (oid::EC_PUBLIC_KEY, Some(oid::SECP521R1)),
        KeyAlgorithm::Ed25519 => (oid::ED25519, None),
        KeyAlgorithm::Ed448 => (oid::ED448, None),
        KeyAlgorithm::X25519 => (oid::X25519, None),
        KeyAlgorithm::X448 => (oid::X448, None),
        KeyAlgorithm::Rsa | KeyAlgorithm::Other => return None,
    };
    let length = algorithm.public_key_len()?;
    let bare_point = curve.is_some() && key.len().checked_add(1) == Some(length);
    if !bare_point && (key.len() != length || (curve.is_some() && key.first() != Some(&4))) {
        return None;
    }
    let start = writer.len();
    writer.bytes(key)?;
    if bare_point {
        writer.bytes(&[4])?;
    }
    writer.bytes(&[0])?;
    writer.wrap(BIT_STRING, start)?;
    let identifier = writer.len();
    if let Some(curve) = curve {
        writer.element(OBJECT_IDENTIFIER, curve)?;
    }
    writer.element(OBJECT_IDENTIFIER, oid)?;
    writer.wrap(SEQUENCE, identifier)?;
    writer.wrap(SEQUENCE, start)
}

/// The longest r ‖ s: P-521.
pub const ECDSA_RAW_MAX: usize = 132;

/// The longest ECDSA-Sig-Value: P-521.
pub const ECDSA_SIG_VALUE_MAX: usize = 139;

/// The raw r ‖ s, each of `field_len` octets (32, 48 or 66), of the ECDSA-Sig-Value `sig`; its length. `None`: it is
/// malformed, or a number is negative or does not fit. Whether they are in range is for the verification to say.
pub fn ecdsa_raw(sig: &[u8], field_len: usize, out: &mut [u8; ECDSA_RAW_MAX]) -> Option<usize> {
    let mut numbers = Reader::new(only(sig, SEQUENCE)?.value);
    let (r, s) = (numbers.expect(INTEGER)?.value, numbers.expect(INTEGER)?.value);
    numbers.finish()?;
    let length = field_len.checked_mul(2)?;
    let mut halves = out.get_mut(..length)?.chunks_exact_mut(field_len.max(1));
    for number in [r, s] {
        let digits = match number {
            [] => return None,
            _ if !is_integer(number) => return None,
            [0x80..=0xFF, ..] => return None,
            [0, digits @ ..] => digits,
            digits => digits,
        };
        let half = halves.next()?;
        if digits.len() > half.len() {
            return None;
        }
        let padded = digits.iter().rev().chain(core::iter::repeat(&0));
        half.iter_mut().rev().zip(padded).for_each(|(to, from)| *to = *from);
    }
    Some(length)
}

/// The ECDSA-Sig-Value of a raw r ‖ s; its length. `None`: no two halves, longer than P-521's, or `out` is too short.
pub fn ecdsa_sig_value(raw: &[u8], out: &mut [u8]) -> Option<usize> {
    if raw.is_empty() || raw.len() % 2 != 0 || raw.len() > ECDSA_RAW_MAX {
        return None;
    }
    let mut writer = Writer::new(out);
    for number in raw.rchunks_exact(raw.len() / 2) {
        writer.unsigned(number)?;
    }
    writer.wrap(SEQUENCE, 0)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ecdsa_signature_is_the_same_in_both_forms() {
        for (field_len, r, s) in [(32, 1u8, 0x7F), (48, 0x80, 0), (66, 1, 1)] {
            let mut raw = vec![0; 2 * field_len];
            raw[0] = r;
            raw[field_len - 1] = 9;
            raw[field_len] = s;
            raw[2 * field_len - 1] = 3;
            let mut sig = [0; ECDSA_SIG_VALUE_MAX];
            let length = ecdsa_sig_value(&raw, &mut sig).unwrap();
            let mut again = [0xAA; ECDSA_RAW_MAX];
            assert_eq!(ecdsa_raw(&sig[..length], field_len, &mut again), Some(raw.len()));
            assert_eq!(again[..raw.len()], raw[..]);
        }
    }

    #[test]
    fn the_longest_signature_fits_and_none_is_longer() {
        let mut sig = [0; ECDSA_SIG_VALUE_MAX];
        let mut raw = [0xFF; ECDSA_RAW_MAX];
        assert_eq!(ecdsa_sig_value(&raw, &mut [0; 141]), Some(141), "no field of 66 octets has these numbers");
        (raw[0], raw[66]) = (1, 1);
        assert_eq!(ecdsa_sig_value(&raw, &mut sig), Some(ECDSA_SIG_VALUE_MAX));
        assert_eq!(ecdsa_sig_value(&[0xFF; 134], &mut [0; 200]), None);
        for bad in [&[][..], &[1], &[1, 2, 3]] {
            assert_eq!(ecdsa_sig_value(bad, &mut sig), None);
        }
        for size in 0..8 {
            assert_eq!(ecdsa_sig_value(&[1, 2], &mut sig[..size]), None);
        }
        assert_eq!(ecdsa_sig_value(&[0, 0x80], &mut sig[..9]), Some(9));
        assert_eq!(sig[..9], [0x30, 7, 2, 1, 0, 2, 2, 0, 0x80]);
    }

    #[test]
    fn signatures_that_are_not_der_or_do_not_fit_have_no_raw_form() {
        let mut out = [0; ECDSA_RAW_MAX];
        assert_eq!(ecdsa_raw(&[0x30, 6, 2, 1, 1, 2, 1, 2], 1, &mut out), Some(2));
        assert_eq!(out[..2], [1, 2]);
        assert_eq!(ecdsa_raw(&[0x30, 8, 2, 2, 0, 0xFF, 2, 2, 0, 0x80], 1, &mut out), Some(2));
        assert_eq!(out[..2], [0xFF, 0x80]);
        for bad in [
            &[][..],
            &[0x30, 0],
            &[0x30, 3, 2, 1, 1],
            &[0x30, 6, 2, 1, 1, 2, 1, 0x80],
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 1],
            &[0x30, 7, 2, 2, 1, 1, 2, 1, 1],
            &[0x30, 9, 2, 1, 1, 2, 1, 2, 2, 1, 1],
            &[0x30, 6, 2, 1, 1, 2, 1, 2, 0],
            &[0x30, 5, 2, 0, 2, 1, 2],
        ] {
            assert_eq!(ecdsa_raw(bad, 1, &mut out), None, "{bad:02x?}");
        }
        assert_eq!(ecdsa_raw(&[0x30, 6, 2, 1, 1, 2, 1, 2], 67, &mut out), None);
        assert_eq!(ecdsa_raw(&[0x30, 6, 2, 1, 1, 2, 1, 2], 0, &mut out), None);
        assert_eq!(ecdsa_raw(&[0x30, 6, 2, 1, 1, 2, 1, 2], usize::MAX, &mut out), None);
    }
}
