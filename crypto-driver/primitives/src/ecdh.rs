//! ECDH over the curves of NIST [SP 800-56A, 5.7.1.2]: the X coordinate of the common point.

use crate::curve::{Curve, Point, Secret};
use crate::engine::{self, EcdhKey};
use crate::ffi::Wiped;
use crate::KeyError;

/// A private key, parsed and checked. Wiped on drop.
pub struct PrivateKey(Wiped<Key>);

#[allow(clippy::large_enum_variant)] // no allocator
enum Key {
    P256(engine::p256::Ecdh),
    P384(engine::p384::Ecdh),
    P521(engine::p521::Ecdh),
}

impl PrivateKey {
    /// From the scalar, [`Curve::field_len`] bytes. [`KeyError::Malformed`] when it is 0 or not below the group order.
    pub fn new(curve: Curve, scalar: &[u8]) -> Result<Self, KeyError> {
        if scalar.len() != curve.field_len() {
            return Err(KeyError::Size);
        }
        let key = match curve {
            Curve::P256 => EcdhKey::new(scalar).map(Key::P256),
            Curve::P384 => EcdhKey::new(scalar).map(Key::P384),
            Curve::P521 => EcdhKey::new(scalar).map(Key::P521),
        };
        key.map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// The key's curve.
    #[inline]
    pub fn curve(&self) -> Curve {
        match &*self.0 {
            Key::P256(_) => Curve::P256,
            Key::P384(_) => Curve::P384,
            Key::P521(_) => Curve::P521,
        }
    }

    /// What the peer needs. Computed anew by each call.
    pub fn public_key(&self) -> Result<Point, KeyError> {
        match &*self.0 {
            Key::P256(key) => key.public_key(),
            Key::P384(key) => key.public_key(),
            Key::P521(key) => key.public_key(),
        }
        .ok_or(KeyError::Malformed)
    }

    /// The shared secret `Z`, [`Curve::field_len`] bytes big-endian. The peer's point, `X ‖ Y` or `04 ‖ X ‖ Y`, is checked to be
    /// on the curve.
    pub fn agree(&self, peer: &[u8]) -> Result<Secret, KeyError> {
        let peer = Point::from_bytes(self.curve(), peer)?;
        match &*self.0 {
            Key::P256(key) => key.agree(&peer),
            Key::P384(key) => key.agree(&peer),
            Key::P521(key) => key.agree(&peer),
        }
        .ok_or(KeyError::Malformed)
    }
}
