//! Key pairs on the curves of NIST: making them, checking them.

use crate::curve::{Curve, Point, Secret};
use crate::engine::{self, Group};
use crate::{KeyError, RandomError};

/// How often a scalar may be out of range before the source of randomness is held to be broken. One of P-384 or P-521 is out of
/// range once in 2¹⁸⁹ draws or less, one of P-256 once in 2³².
const DRAWS: usize = 8;

/// A private scalar in `1..n`, from `random`, which fills the slice or says `false`. By rejection [FIPS 186-5, A.2.2].
pub fn generate(curve: Curve, random: &mut dyn FnMut(&mut [u8]) -> bool) -> Result<Secret, RandomError> {
    for _ in 0..DRAWS {
        let mut scalar = Secret::zero(curve.field_len());
        if !random(scalar.as_mut_bytes()) {
            return Err(RandomError);
        }
        if let (Curve::P521, Some(first)) = (curve, scalar.as_mut_bytes().first_mut()) {
            *first &= 1; // 521 bits
        }
        if check_scalar(curve, scalar.as_bytes()).is_ok() {
            return Ok(scalar);
        }
    }
    Err(RandomError)
}

/// The public point of a private scalar, [`Curve::field_len`] bytes big-endian.
pub fn public_key(curve: Curve, scalar: &[u8]) -> Result<Point, KeyError> {
    if scalar.len() != curve.field_len() {
        return Err(KeyError::Size);
    }
    match curve {
        Curve::P256 => engine::p256::Group::public_key(scalar),
        Curve::P384 => engine::p384::Group::public_key(scalar),
        Curve::P521 => engine::p521::Group::public_key(scalar),
    }
    .ok_or(KeyError::Malformed)
}

/// Is it a private key: [`Curve::field_len`] bytes big-endian, not 0 and below the group order?
pub fn check_scalar(curve: Curve, scalar: &[u8]) -> Result<(), KeyError> {
    if scalar.len() != curve.field_len() {
        return Err(KeyError::Size);
    }
    let good = match curve {
        Curve::P256 => engine::p256::Group::is_scalar(scalar),
        Curve::P384 => engine::p384::Group::is_scalar(scalar),
        Curve::P521 => engine::p521::Group::is_scalar(scalar),
    };
    good.then_some(()).ok_or(KeyError::Malformed)
}

/// Is it a public key: `X ‖ Y` or `04 ‖ X ‖ Y`, reduced coordinates of a point on the curve?
pub fn check_point(curve: Curve, x_y_or_uncompressed: &[u8]) -> Result<(), KeyError> {
    let point = Point::from_bytes(curve, x_y_or_uncompressed)?;
    let good = match curve {
        Curve::P256 => engine::p256::Group::is_point(&point),
        Curve::P384 => engine::p384::Group::is_point(&point),
        Curve::P521 => engine::p521::Group::is_point(&point),
    };
    good.then_some(()).ok_or(KeyError::Malformed)
}
