//! Structures of ASN.1, by the crates of the `der` family: they read what is there, and allocate nothing.
#![forbid(unsafe_code)]

use pkcs1::{RsaPrivateKey, RsaPublicKey};
use pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use pkcs8::der::{Decode, Encode};
use pkcs8::{AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfo, SubjectPublicKeyInfoRef};
use sec1::EcPrivateKey;
use v2gcrypt_primitives::Curve;
use zeroize::Zeroizing;

use super::{Kind, PrivateKey, PublicKey};

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const SECP521R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

/// An `ECPrivateKey` of P-521 with its public key has 223 bytes.
const EC_PRIVATE_KEY_MAX: usize = 224;

pub(super) fn private_key(der: &[u8]) -> Option<PrivateKey<'_>> {
    let info = PrivateKeyInfo::from_der(der).ok()?;
    let kind = kind(info.algorithm)?;
    let (secret, public) = match kind {
        Kind::Ec(curve) => {
            let key = EcPrivateKey::from_der(info.private_key).ok()?;
            let named = key.parameters.map(|parameters| parameters.named_curve());
            if named.is_some_and(|named| named != Some(curve_oid(curve))) {
                return None; // it contradicts the algorithm
            }
            (key.private_key, key.public_key.or(info.public_key))
        }
        Kind::Ed25519 | Kind::X25519 => (OctetStringRef::from_der(info.private_key).ok()?.as_bytes(), info.public_key),
        Kind::Rsa => {
            RsaPrivateKey::from_der(info.private_key).ok()?;
            return Some(PrivateKey { kind, secret: info.private_key, public: None });
        }
    };
    if kind.secret_len() != Some(secret.len()) || public.is_some_and(|public| !is_public_key(kind, public)) {
        return None;
    }
    Some(PrivateKey { kind, secret, public })
}

pub(super) fn public_key(der: &[u8]) -> Option<PublicKey<'_>> {
    let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
    let kind = kind(info.algorithm)?;
    let bytes = info.subject_public_key.as_bytes()?;
    let good = match kind {
        Kind::Rsa => is_rsa_public_key(bytes),
        _ => is_public_key(kind, bytes),
    };
    good.then_some(PublicKey { kind, bytes })
}

pub(super) fn is_rsa_private_key(der: &[u8]) -> bool {
    RsaPrivateKey::from_der(der).is_ok()
}

pub(super) fn is_rsa_public_key(der: &[u8]) -> bool {
    RsaPublicKey::from_der(der).is_ok()
}

pub(super) fn encode_private(kind: Kind, secret: &[u8], public: Option<&[u8]>, output: &mut [u8]) -> Option<usize> {
    let curve_id = curve_of(kind).map(curve_oid);
    let mut inner = Zeroizing::new([0; EC_PRIVATE_KEY_MAX]);
    let inner = match kind {
        Kind::Ec(_) => {
            EcPrivateKey { private_key: secret, parameters: None, public_key: public }.encode_to_slice(&mut *inner).ok()?
        }
        Kind::Ed25519 | Kind::X25519 => OctetStringRef::new(secret).ok()?.encode_to_slice(&mut *inner).ok()?,
        Kind::Rsa => return None,
    };
    let info = PrivateKeyInfo::new(algorithm(kind, curve_id.as_ref())?, inner);
    info.encode_to_slice(output).ok().map(<[u8]>::len)
}

pub(super) fn encode_public(kind: Kind, bytes: &[u8], output: &mut [u8]) -> Option<usize> {
    let curve_id = curve_of(kind).map(curve_oid);
    let subject_public_key = BitStringRef::from_bytes(bytes).ok()?;
    let info = SubjectPublicKeyInfoRef { algorithm: algorithm(kind, curve_id.as_ref())?, subject_public_key };
    info.encode_to_slice(output).ok().map(<[u8]>::len)
}

fn kind(algorithm: AlgorithmIdentifierRef<'_>) -> Option<Kind> {
    match algorithm.oid {
        EC_PUBLIC_KEY => match algorithm.parameters_oid().ok()? {
            SECP256R1 => Some(Kind::Ec(Curve::P256)),
            SECP384R1 => Some(Kind::Ec(Curve::P384)),
            SECP521R1 => Some(Kind::Ec(Curve::P521)),
            _ => None,
        },
        ED25519 if algorithm.parameters.is_none() => Some(Kind::Ed25519),
        X25519 if algorithm.parameters.is_none() => Some(Kind::X25519),
        RSA_ENCRYPTION => Some(Kind::Rsa),
        _ => None,
    }
}

fn algorithm<'a>(kind: Kind, curve_id: Option<&'a ObjectIdentifier>) -> Option<AlgorithmIdentifierRef<'a>> {
    let oid = match kind {
        Kind::Ec(_) => EC_PUBLIC_KEY,
        Kind::Ed25519 => ED25519,
        Kind::X25519 => X25519,
        Kind::Rsa => return None,
    };
    Some(AlgorithmIdentifierRef { oid, parameters: curve_id.map(AnyRef::from) })
}

fn curve_of(kind: Kind) -> Option<Curve> {
    match kind {
        Kind::Ec(curve) => Some(curve),
        _ => None,
    }
}

fn curve_oid(curve: Curve) -> ObjectIdentifier {
    match curve {
        Curve::P256 => SECP256R1,
        Curve::P384 => SECP384R1,
        Curve::P521 => SECP521R1,
    }
}

/// Has it the length that the kind asks for, and a point its 04?
fn is_public_key(kind: Kind, bytes: &[u8]) -> bool {
    kind.public_len() == Some(bytes.len()) && (!matches!(kind, Kind::Ec(_)) || bytes.first() == Some(&4))
}
