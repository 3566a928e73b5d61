//! Pairs of a private and a public key, and how they lie in key elements.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::{ec, ecdh, ed25519, x25519, Curve, KeyError, Point, MAX_POINT_LEN};
use v2gcrypt_types::*;

use super::super::config::CryptoSoft_KeyElementConfigType;
use super::super::errors::Refusal;
use super::super::formats::{self, Kind};
use super::super::keys::takes;
use super::copy::check_internal_write;
use super::Value;

/// secp256r1, secp384r1, secp521r1 [RFC 5480 2.1.1.1]: the content octets of their object identifiers.
const CURVES: [(&[u8], Curve); 3] = [
    (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], Curve::P256),
    (&[0x2B, 0x81, 0x04, 0x00, 0x22], Curve::P384),
    (&[0x2B, 0x81, 0x04, 0x00, 0x23], Curve::P521),
];

/// Length of keys of Curve25519 in bytes.
const KEY25519_LEN: usize = 32;

/// What pairs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairKind {
    /// On a curve of NIST.
    Nist(Curve),
    /// For signatures.
    Ed25519,
    /// For key exchange.
    X25519,
}

/// Fills what it is given, or tells why not.
pub type Random<'a> = dyn FnMut(&mut [u8]) -> Result<(), Refusal> + 'a;

/// A public key. Not secret.
pub struct PublicKey {
    bytes: [u8; MAX_POINT_LEN],
    length: usize,
}

impl PublicKey {
    fn new(bytes: &[u8]) -> Self {
        let mut key = Self { bytes: [0; MAX_POINT_LEN], length: bytes.len().min(MAX_POINT_LEN) };
        key.bytes.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        key
    }

    /// `04 ‖ X ‖ Y`, or 32 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl PairKind {
    /// Of the algorithm `family`, for a private key in `element`. An elliptic curve is named by `curve`, the content octets of
    /// its object identifier; where there is none, the size of `element` tells, if it holds raw bytes.
    pub fn new(
        family: Crypto_AlgorithmFamilyType,
        curve: Option<&[u8]>,
        element: &CryptoSoft_KeyElementConfigType,
    ) -> Result<Self, Refusal> {
        let kind = match family {
            CRYPTO_ALGOFAM_ED25519 => Self::Ed25519,
            CRYPTO_ALGOFAM_X25519 => Self::X25519,
            CRYPTO_ALGOFAM_ECCNIST | CRYPTO_ALGOFAM_ECDSA | CRYPTO_ALGOFAM_ECDH => Self::Nist(curve_of(curve, element)?),
            _ => return Err(Refusal::NOT_OK),
        };
        let available = match kind {
            Self::Nist(curve) => curve.is_available(),
            Self::Ed25519 => ed25519::AVAILABLE,
            Self::X25519 => x25519::AVAILABLE,
        };
        if !available {
            return Err(Refusal::NOT_OK);
        }
        kind.check_size(element)?;
        Ok(kind)
    }

    /// Length of a raw private key in bytes.
    pub const fn private_len(self) -> usize {
        match self {
            Self::Nist(curve) => curve.field_len(),
            Self::Ed25519 | Self::X25519 => KEY25519_LEN,
        }
    }

    /// Length of a public key in bytes: `04 ‖ X ‖ Y`, or 32.
    pub const fn public_len(self) -> usize {
        match self {
            Self::Nist(curve) => curve.point_len(),
            Self::Ed25519 | Self::X25519 => KEY25519_LEN,
        }
    }

    /// Makes a private key, raw.
    pub fn generate(self, random: &mut Random<'_>, private: &mut Value) -> Result<(), Refusal> {
        match self {
            Self::Nist(curve) => {
                let mut refusal = Refusal::ENTROPY_EXHAUSTED;
                let mut fill = |bytes: &mut [u8]| random(bytes).map_err(|why| refusal = why).is_ok();
                let scalar = ec::generate(curve, &mut fill);
                scalar.map_err(|_| refusal).and_then(|scalar| private.set(scalar.as_bytes()))
            }
            Self::Ed25519 | Self::X25519 => random(private.begin(KEY25519_LEN)?),
        }
    }

    /// The public key of a raw private key.
    pub fn public_key(self, private: &[u8]) -> Result<PublicKey, Refusal> {
        match self {
            Self::Nist(curve) => ec::public_key(curve, private).map(|point: Point| PublicKey::new(point.as_bytes())),
            Self::Ed25519 => ed25519::SigningKey::new(private).map(|key| PublicKey::new(&key.public_key())),
            Self::X25519 => x25519::PrivateKey::new(private).map(|key| PublicKey::new(&key.public_key())),
        }
        .map_err(refuse_key)
    }

    /// What the owner of a raw private key shares with the owner of `partner`: `X ‖ Y` or `04 ‖ X ‖ Y`, or 32 bytes.
    pub fn agree(self, private: &[u8], partner: &[u8], shared: &mut Value) -> Result<(), Refusal> {
        let secret = match self {
            Self::Nist(curve) => ecdh::PrivateKey::new(curve, private).map_err(refuse_key)?.agree(partner),
            Self::X25519 => x25519::PrivateKey::new(private).map_err(refuse_key)?.agree(partner),
            Self::Ed25519 => return Err(Refusal::NOT_OK),
        };
        shared.set(secret.map_err(|_| Refusal::NOT_OK)?.as_bytes())
    }

    /// May the driver write a private key into `element`?
    pub fn check_private(self, element: &CryptoSoft_KeyElementConfigType) -> Result<(), Refusal> {
        check_internal_write(element)?;
        self.check_size(element)
    }

    fn check_size(self, element: &CryptoSoft_KeyElementConfigType) -> Result<(), Refusal> {
        let fits = match element.format {
            CRYPTO_KE_FORMAT_BIN_OCTET => takes(element, self.private_len() as u32),
            CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 => element.size >= self.pkcs8_len(),
            _ => false,
        };
        fits.then_some(()).ok_or(Refusal::KEY_SIZE_MISMATCH)
    }

    /// May the driver write a public key into `element`?
    pub fn check_public(self, element: &CryptoSoft_KeyElementConfigType) -> Result<(), Refusal> {
        check_internal_write(element)?;
        let fits = match element.format {
            CRYPTO_KE_FORMAT_BIN_OCTET => takes(element, self.form_len(element.size) as u32),
            CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY => element.size as usize >= self.spki_len(),
            _ => false,
        };
        fits.then_some(()).ok_or(Refusal::KEY_SIZE_MISMATCH)
    }

    /// Turns a public key, `04 ‖ X ‖ Y` or 32 bytes, into the bytes that lie in an element that `check_public` takes.
    pub fn encode_public(self, public: &[u8], element: &CryptoSoft_KeyElementConfigType, out: &mut Value) -> Result<(), Refusal> {
        if element.format == CRYPTO_KE_FORMAT_BIN_OCTET {
            return out.set(self.form(public, element.size));
        }
        let length = formats::encode_public(self.kind(), public, out.begin(self.spki_len())?).unwrap_or(0);
        out.truncate(length);
        if length == 0 {
            return Err(Refusal::NOT_OK);
        }
        Ok(())
    }

    /// Length of `04 ‖ X ‖ Y`, or of `X ‖ Y` where an element's size is that.
    pub const fn form_len(self, size: u32) -> usize {
        match self {
            Self::Nist(curve) if size as usize == curve.signature_len() => curve.signature_len(),
            _ => self.public_len(),
        }
    }

    /// `04 ‖ X ‖ Y`, or `X ‖ Y` where an element's size is that.
    pub fn form(self, public: &[u8], size: u32) -> &[u8] {
        let behind = public.len().saturating_sub(self.form_len(size));
        public.get(behind..).unwrap_or_default()
    }

    /// Turns a raw private key into the bytes that lie in an element of `format`.
    pub fn encode(self, private: &[u8], format: uint8, out: &mut Value) -> Result<(), Refusal> {
        if format == CRYPTO_KE_FORMAT_BIN_OCTET {
            return out.set(private);
        }
        let public = match self {
            Self::Nist(_) => Some(self.public_key(private)?),
            Self::Ed25519 | Self::X25519 => None,
        };
        let public = public.as_ref().map(PublicKey::as_bytes);
        let room = out.begin(self.pkcs8_len() as usize)?;
        match formats::encode_private(self.kind(), private, public, room) {
            Ok(length) => out.truncate(length),
            Err(_) => {
                out.clear();
                return Err(Refusal::NOT_OK);
            }
        }
        Ok(())
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Nist(curve) => Kind::Ec(curve),
            Self::Ed25519 => Kind::Ed25519,
            Self::X25519 => Kind::X25519,
        }
    }

    /// Length of a private key in PKCS#8, with the public key of a curve of NIST.
    const fn pkcs8_len(self) -> u32 {
        match self {
            Self::Nist(Curve::P256) => 138,
            Self::Nist(Curve::P384) => 185,
            Self::Nist(Curve::P521) => 241,
            Self::Ed25519 | Self::X25519 => 48,
        }
    }

    /// Length of a public key as `SubjectPublicKeyInfo`.
    const fn spki_len(self) -> usize {
        match self {
            Self::Nist(Curve::P256) => 91,
            Self::Nist(Curve::P384) => 120,
            Self::Nist(Curve::P521) => 158,
            Self::Ed25519 | Self::X25519 => 44,
        }
    }

    /// The raw private key in an element's value.
    pub fn decode(self, value: &[u8], format: uint8) -> Result<&[u8], Refusal> {
        let raw = match format {
            CRYPTO_KE_FORMAT_BIN_OCTET => value,
            CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 => {
                let key = formats::private_key(value).map_err(refuse_key)?;
                if key.kind != self.kind() {
                    return Err(Refusal::KEY_SIZE_MISMATCH);
                }
                key.secret
            }
            _ => return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID)),
        };
        if raw.len() == self.private_len() {
            Ok(raw)
        } else {
            Err(Refusal::KEY_SIZE_MISMATCH)
        }
    }
}

fn curve_of(named: Option<&[u8]>, element: &CryptoSoft_KeyElementConfigType) -> Result<Curve, Refusal> {
    match named {
        Some(octets) if !octets.is_empty() => {
            CURVES.iter().find(|(oid, _)| *oid == octets).map(|(_, curve)| *curve).ok_or(Refusal::NOT_OK)
        }
        None if element.format != CRYPTO_KE_FORMAT_BIN_OCTET => Err(Refusal::KEY_NOT_AVAILABLE),
        Some(_) if element.format != CRYPTO_KE_FORMAT_BIN_OCTET => Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)),
        _ => {
            let by_size = CURVES.iter().find(|(_, curve)| curve.field_len() == element.size as usize);
            by_size.map(|(_, curve)| *curve).ok_or(Refusal::KEY_SIZE_MISMATCH)
        }
    }
}

/// Why the driver's own key cannot be used.
pub fn refuse_key(error: KeyError) -> Refusal {
    match error {
        KeyError::Size => Refusal::KEY_SIZE_MISMATCH,
        KeyError::Malformed => Refusal::silent(CRYPTO_E_KEY_NOT_VALID),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [PairKind; 5] = [
        PairKind::Nist(Curve::P256),
        PairKind::Nist(Curve::P384),
        PairKind::Nist(Curve::P521),
        PairKind::Ed25519,
        PairKind::X25519,
    ];

    fn element(format: u8, size: usize) -> CryptoSoft_KeyElementConfigType {
        CryptoSoft_KeyElementConfigType {
            keyElementId: 1,
            size: size as u32,
            offset: 0,
            initValue: core::ptr::null(),
            initLength: 0,
            format,
            readAccess: 0,
            writeAccess: 0,
            allowPartialAccess: 0,
            persist: 0,
        }
    }

    #[test]
    fn lengths_of_structures_are_those_that_are_written() {
        for kind in ALL {
            let (mut private, mut value) = (Value::new(), Value::new());
            let mut fill = |bytes: &mut [u8]| {
                bytes.fill(1);
                Ok(())
            };
            kind.generate(&mut fill, &mut private).unwrap();
            let pkcs8 = CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8;
            kind.encode(private.as_bytes(), pkcs8, &mut value).unwrap();
            assert_eq!(value.as_bytes().len() as u32, kind.pkcs8_len(), "{kind:?}");
            assert_eq!(kind.decode(value.as_bytes(), pkcs8).unwrap(), private.as_bytes());
            for other in ALL {
                let decoded = other.decode(value.as_bytes(), pkcs8);
                assert_eq!(decoded.is_ok(), other == kind, "{kind:?} is no {other:?}");
            }
            let public = kind.public_key(private.as_bytes()).unwrap();
            let spki = element(CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY, kind.spki_len());
            kind.encode_public(public.as_bytes(), &spki, &mut value).unwrap();
            assert_eq!(value.as_bytes().len(), kind.spki_len());
            assert!(value.as_bytes().ends_with(public.as_bytes()));
        }
    }

    #[test]
    fn a_curve_is_named_or_told_by_the_size_of_raw_bytes() {
        let octet = |size| element(CRYPTO_KE_FORMAT_BIN_OCTET, size);
        let pkcs8 = |size| element(CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8, size);
        let of =
            |curve: Option<&[u8]>, element: CryptoSoft_KeyElementConfigType| PairKind::new(CRYPTO_ALGOFAM_ECDSA, curve, &element);
        for (oid, curve) in CURVES {
            let kind = PairKind::Nist(curve);
            let size = curve.field_len();
            for named in [None, Some(&[][..]), Some(oid)] {
                assert_eq!(of(named, octet(size)), Ok(kind));
                assert_eq!(of(named, octet(size + 1)), Err(Refusal::KEY_SIZE_MISMATCH));
            }
            let length = kind.pkcs8_len() as usize;
            assert_eq!(of(Some(oid), pkcs8(length)), Ok(kind));
            assert_eq!(of(Some(oid), pkcs8(length - 1)), Err(Refusal::KEY_SIZE_MISMATCH));
        }
        assert_eq!(of(None, pkcs8(400)), Err(Refusal::KEY_NOT_AVAILABLE));
        assert_eq!(of(Some(&[]), pkcs8(400)), Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)));
        assert_eq!(of(Some(&[0x2B, 0x81, 0x04, 0x00, 0x24]), octet(32)), Err(Refusal::NOT_OK), "an unknown curve");
        assert_eq!(PairKind::new(CRYPTO_ALGOFAM_RSA, None, &octet(32)), Err(Refusal::NOT_OK));
        assert_eq!(PairKind::new(CRYPTO_ALGOFAM_ED25519, None, &octet(33)), Err(Refusal::KEY_SIZE_MISMATCH));
        let public = element(CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY, 32);
        assert_eq!(PairKind::Ed25519.check_private(&public), Err(Refusal::KEY_SIZE_MISMATCH));
    }

    #[test]
    fn a_public_key_has_its_04_unless_the_element_is_too_small_for_it() {
        let point = [4u8; 65];
        let kind = PairKind::Nist(Curve::P256);
        assert_eq!((kind.form(&point, 65).len(), kind.form(&point, 64).len(), kind.form(&point, 400).len()), (65, 64, 65));
        assert_eq!(PairKind::X25519.form(&[9; 32], 64), [9; 32]);
        for (size, fits) in [(63, false), (64, true), (65, true), (66, false)] {
            assert_eq!(kind.check_public(&element(CRYPTO_KE_FORMAT_BIN_OCTET, size)).is_ok(), fits, "{size}");
        }
    }

    #[test]
    fn a_source_of_randomness_that_fails_is_told_as_it_is() {
        for kind in ALL {
            let refused = kind.generate(&mut |_| Err(Refusal::BUSY), &mut Value::new());
            assert_eq!(refused, Err(Refusal::BUSY));
        }
        let zeros = PairKind::Nist(Curve::P256).generate(&mut |_| Ok(()), &mut Value::new());
        assert_eq!(zeros, Err(Refusal::ENTROPY_EXHAUSTED), "no scalar comes of zeros only");
    }
}
