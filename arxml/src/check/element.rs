//! What a service asks of one key element, and whether an element can give that.

use v2gcrypt_types as types;

use crate::findings::{Findings, Kind};
use crate::model::{Access, CryptoKey, Curve, KeyElement};

/// What the bytes of an element are.
#[derive(Clone)]
pub(super) enum Bytes {
    /// A parameter, or a key whose algorithm is not known before run time.
    Any,
    /// A symmetric key, an IV: one of these lengths; of any length if there are none.
    Octets(Vec<u32>),
    /// Room for at least so many bytes.
    Room(u32),
    /// A private key on one of these curves.
    Private(Vec<Curve>),
    /// A public key on one of these curves.
    Public(Vec<Curve>),
}

/// What a service does with an element.
#[derive(Clone)]
pub(super) struct Demand {
    /// `CryptoKeyElementId`
    pub id: u32,
    pub bytes: Bytes,
    /// Whoever reads it can do what the key can do.
    pub secret: bool,
    /// The service needs a value in it.
    pub reads: bool,
    /// The service writes it.
    pub writes: bool,
}

impl Demand {
    /// An element that a service reads.
    pub fn read(id: u32, bytes: Bytes) -> Self {
        Self { id, bytes, secret: false, reads: true, writes: false }
    }

    /// An element that a service fills.
    pub fn filled(id: u32, bytes: Bytes) -> Self {
        Self { id, bytes, secret: false, reads: false, writes: true }
    }

    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Reports why `element` of `key` does not serve `user`, a service with its algorithm.
    pub fn check(&self, element: &KeyElement, key: &CryptoKey, user: &str, findings: &mut Findings) {
        self.check_bytes(element, user, findings);
        if self.secret {
            check_secret(element, key, findings);
        }
        if self.writes && element.write_access == Access::Denied {
            findings.at(
                &element.origin,
                Kind::UnwritableTarget,
                format!("{user} writes this element of key {}, but its write access is denied.", key.origin.name),
                "Set CryptoKeyElementWriteAccess to CRYPTO_WA_INTERNAL_COPY, which lets the driver alone write it.",
            );
        }
        let written = element.write_access != Access::Denied || !element.init_value.is_empty() || element.persist;
        if self.reads && !written {
            findings.at(
                &element.origin,
                Kind::UnsettableKey,
                format!("Key {} can be neither written nor has it an initial value.", key.origin.name),
                "Set CryptoKeyElementWriteAccess to CRYPTO_WA_ALLOWED, or add CryptoKeyElementInitValue.",
            );
        }
    }

    fn check_bytes(&self, element: &KeyElement, user: &str, findings: &mut Findings) {
        let format = element.format.value as u8;
        let octets = format == types::CRYPTO_KE_FORMAT_BIN_OCTET;
        let pkcs8 = format == types::CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8;
        let identified_public = format == types::CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY;
        let (fits_format, formats) = match self.bytes {
            Bytes::Any => return,
            Bytes::Private(_) => (octets || pkcs8, "BIN_OCTET or BIN_IDENT_PRIVATEKEY_PKCS8"),
            Bytes::Public(_) => (octets || identified_public, "BIN_OCTET or BIN_IDENT_PUBLICKEY"),
            _ => (octets, "BIN_OCTET"),
        };
        if !fits_format {
            findings.at(
                &element.origin,
                Kind::KeyElementFormat,
                format!("CryptoKeyElementFormat is {}, in which {user} has no key.", element.format.symbol),
                format!("Use CRYPTO_KE_FORMAT_{formats}."),
            );
            return;
        }
        let exact = |lengths: &[u32]| {
            let fits = |length: &u32| element.size == *length || (element.allow_partial_access && element.size > *length);
            let problem = format!("has {} bytes", one_of(lengths));
            (lengths.is_empty() || lengths.iter().any(fits)).then_some(()).ok_or(problem)
        };
        // The formats with identifiers have no one length: the element's size is the largest.
        let at_least = |least: u32| (element.size >= least).then_some(()).ok_or(format!("has at least {least} bytes"));
        let outcome = match &self.bytes {
            Bytes::Any => Ok(()),
            Bytes::Octets(lengths) => exact(lengths),
            Bytes::Room(least) => at_least(*least),
            Bytes::Private(curves) if pkcs8 => at_least(least(curves, Curve::shortest_pkcs8)),
            Bytes::Private(curves) => exact(&curves.iter().map(|curve| curve.private_length()).collect::<Vec<_>>()),
            Bytes::Public(curves) if identified_public => at_least(least(curves, Curve::subject_public_key_info)),
            Bytes::Public(curves) => exact(&curves.iter().flat_map(|curve| curve.public_lengths()).collect::<Vec<_>>()),
        };
        if let Err(has) = outcome {
            findings.at(
                &element.origin,
                Kind::KeyElementSize,
                format!("CryptoKeyElementSize is {}, but element {} of a key of {user} {has}.", element.size, element.id),
                "Set this size. A larger one needs CryptoKeyElementAllowPartialAccess.",
            );
        }
    }
}

/// Reports ways in which a secret gets out, at once or piece by piece.
pub(super) fn check_secret(element: &KeyElement, key: &CryptoKey, findings: &mut Findings) {
    match element.read_access {
        Access::Allowed => findings.at(
            &element.origin,
            Kind::ReadableSecret,
            format!("Csm_KeyElementGet gives away the secret of key {}.", key.origin.name),
            "Set CryptoKeyElementReadAccess to CRYPTO_RA_DENIED.",
        ),
        // A few bytes beside bytes that one knows are a key that can be guessed.
        Access::InternalCopy if element.allow_partial_access => findings.at(
            &element.origin,
            Kind::WeakenedSecret,
            format!(
                "Csm_KeyElementCopyPartial copies the secret of key {} piece by piece, and a piece can be guessed.",
                key.origin.name
            ),
            "Remove CryptoKeyElementAllowPartialAccess, or set CryptoKeyElementReadAccess to CRYPTO_RA_DENIED.",
        ),
        _ => {}
    }
}

/// Reports that the driver will refuse to write what is made of `source` to `target`.
pub(super) fn check_target(source: &KeyElement, target: &KeyElement, key: &CryptoKey, findings: &mut Findings) {
    if target.read_access < source.read_access {
        findings.at(
            &target.origin,
            Kind::WeakerTarget,
            format!(
                "The shared value of key {} would be easier to read than its private value in element {}, so Csm_KeyExchangeCalcSecret refuses it.",
                key.origin.name, source.id
            ),
            "Restrict CryptoKeyElementReadAccess as much as that of the private value.",
        );
    }
}

/// Reports an initialisation vector that somebody may take for a place to keep secrets in.
pub(super) fn check_iv(element: &KeyElement, key: &CryptoKey, findings: &mut Findings) {
    if matches!(element.read_access, Access::InternalCopy | Access::Denied) {
        findings.at(
            &element.origin,
            Kind::HiddenIv,
            format!("The initialisation vector of key {} may not be read, but two decryptions tell it.", key.origin.name),
            "Keep no secret in it, and set CryptoKeyElementReadAccess to CRYPTO_RA_ALLOWED.",
        );
    }
}

fn least(curves: &[Curve], length: impl Fn(Curve) -> u32) -> u32 {
    curves.iter().map(|curve| length(*curve)).min().unwrap_or(0)
}

fn one_of(lengths: &[u32]) -> String {
    let lengths: Vec<_> = lengths.iter().map(u32::to_string).collect();
    lengths.join(" or ")
}
