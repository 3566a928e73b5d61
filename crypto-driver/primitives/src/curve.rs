//! The elliptic curves of NIST [SP 800-186], their points, and secret numbers.

use crate::ffi::Wiped;
use crate::KeyError;

/// The longest coordinate or scalar, in bytes: P-521.
pub const MAX_FIELD_LEN: usize = 66;
/// The longest `04 ‖ X ‖ Y`.
pub const MAX_POINT_LEN: usize = 1 + 2 * MAX_FIELD_LEN;
/// The longest raw `r ‖ s`.
pub const MAX_SIGNATURE_LEN: usize = 2 * MAX_FIELD_LEN;

/// An elliptic curve of NIST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// P-256, secp256r1.
    P256,
    /// P-384, secp384r1.
    P384,
    /// P-521, secp521r1.
    P521,
}

impl Curve {
    /// All of them, whether this build has them or not.
    pub const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    /// Length of a coordinate and of a scalar in bytes: 32, 48 or 66.
    #[inline]
    pub const fn field_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => MAX_FIELD_LEN,
        }
    }

    /// Length of `04 ‖ X ‖ Y` in bytes: 65, 97 or 133.
    #[inline]
    pub const fn point_len(self) -> usize {
        1 + 2 * self.field_len()
    }

    /// Length of a raw signature `r ‖ s` in bytes: 64, 96 or 132.
    #[inline]
    pub const fn signature_len(self) -> usize {
        2 * self.field_len()
    }

    /// By the size of its field: 256, 384 or 521.
    #[inline]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            256 => Some(Self::P256),
            384 => Some(Self::P384),
            521 => Some(Self::P521),
            _ => None,
        }
    }

    /// Does this build have it? Of a curve that is absent no key can be made ([`KeyError::Malformed`]): users need no condition
    /// of their own.
    #[inline]
    pub const fn is_available(self) -> bool {
        match self {
            Self::P256 => cfg!(feature = "ecdsa"),
            Self::P384 => cfg!(feature = "p384"),
            Self::P521 => cfg!(feature = "p521"),
        }
    }
}

/// A public point, as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    bytes: [u8; MAX_POINT_LEN],
    len: usize,
}

impl Point {
    /// From `X ‖ Y` or `04 ‖ X ‖ Y`. Only the form is checked: the caller checks that the point is on its curve.
    pub(crate) fn from_bytes(curve: Curve, x_y_or_uncompressed: &[u8]) -> Result<Self, KeyError> {
        let x_y = match x_y_or_uncompressed {
            [4, x_y @ ..] if x_y.len() == curve.signature_len() => x_y,
            [_, x_y @ ..] if x_y.len() == curve.signature_len() => return Err(KeyError::Malformed),
            x_y if x_y.len() == curve.signature_len() => x_y,
            _ => return Err(KeyError::Size),
        };
        let mut bytes = [0; MAX_POINT_LEN];
        bytes.iter_mut().zip(core::iter::once(&4).chain(x_y)).for_each(|(to, from)| *to = *from);
        Ok(Self { bytes, len: curve.point_len() })
    }

    /// `04 ‖ X ‖ Y`, big-endian.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// `X ‖ Y`, big-endian.
    #[inline]
    pub fn x_y(&self) -> &[u8] {
        self.bytes.get(1..self.len).unwrap_or_default()
    }
}

/// A secret number: a private scalar, or what two parties agreed on. Wiped on drop; deliberately without `==` and `Debug`.
pub struct Secret {
    bytes: Wiped<[u8; MAX_FIELD_LEN]>,
    len: usize,
}

impl Secret {
    /// `len` bytes that are zero: at most [`MAX_FIELD_LEN`].
    pub(crate) fn zero(len: usize) -> Self {
        Self { bytes: Wiped::new([0; MAX_FIELD_LEN]), len }
    }

    /// The front of `bytes`.
    #[cfg_attr(not(any(feature = "ecdsa", feature = "ed25519")), allow(dead_code))]
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut secret = Self::zero(bytes.len().min(MAX_FIELD_LEN));
        secret.as_mut_bytes().iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        secret
    }

    #[inline]
    pub(crate) fn as_mut_bytes(&mut self) -> &mut [u8] {
        self.bytes.get_mut(..self.len).unwrap_or_default()
    }

    /// Big-endian, or 32 bytes as RFC 7748 has them.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}
