//! ECDH by aws-lc's C interface: its Rust interface computes the public key of each private key that it parses, which takes as
//! long as the agreement.

use core::ffi::c_int;
use core::ptr::{null, null_mut, NonNull};

use aws_lc_sys::{
    point_conversion_form_t, BN_bin2bn, BN_clear_free, ECDH_compute_key, EC_KEY_free, EC_KEY_get0_group, EC_KEY_get0_private_key,
    EC_KEY_new_by_curve_name, EC_KEY_set_private_key, EC_POINT_free, EC_POINT_mul, EC_POINT_new, EC_POINT_oct2point,
    EC_POINT_point2oct, NID_X9_62_prime256v1, NID_secp384r1, NID_secp521r1, EC_KEY, EC_POINT,
};

use crate::curve::{Curve, Point, Secret};
use crate::MAX_POINT_LEN;

/// A private key; aws-lc wipes it when it is freed.
pub(crate) struct PrivateKey(NonNull<EC_KEY>);

// SAFETY: nobody else has the pointer, and after `new` the key is only read.
unsafe impl Send for PrivateKey {}
// SAFETY: as above.
unsafe impl Sync for PrivateKey {}

impl Drop for PrivateKey {
    fn drop(&mut self) {
        // SAFETY: made by `EC_KEY_new_by_curve_name`, and freed once.
        unsafe { EC_KEY_free(self.0.as_ptr()) };
    }
}

/// A point of a key's curve.
struct CPoint(NonNull<EC_POINT>);

impl Drop for CPoint {
    fn drop(&mut self) {
        // SAFETY: made by `EC_POINT_new`, and freed once.
        unsafe { EC_POINT_free(self.0.as_ptr()) };
    }
}

impl PrivateKey {
    /// `None`: not a scalar of the curve.
    pub(crate) fn new(curve: Curve, scalar: &[u8]) -> Option<Self> {
        let name = match curve {
            Curve::P256 => NID_X9_62_prime256v1,
            Curve::P384 => NID_secp384r1,
            Curve::P521 => NID_secp521r1,
        };
        // SAFETY: takes a number.
        let key = Self(NonNull::new(unsafe { EC_KEY_new_by_curve_name(name as c_int) })?);
        // SAFETY: `scalar` is as long as told; a number is made.
        let number = NonNull::new(unsafe { BN_bin2bn(scalar.as_ptr(), scalar.len(), null_mut()) })?;
        // SAFETY: both are there; the key takes a copy of the number, which it checks to lie between 0 and the order.
        let status = unsafe { EC_KEY_set_private_key(key.0.as_ptr(), number.as_ptr()) };
        // SAFETY: made above, and freed once.
        unsafe { BN_clear_free(number.as_ptr()) };
        (status == 1).then_some(key)
    }

    fn point(&self) -> Option<CPoint> {
        // SAFETY: the key has a group, which outlives it.
        NonNull::new(unsafe { EC_POINT_new(EC_KEY_get0_group(self.0.as_ptr())) }).map(CPoint)
    }

    pub(crate) fn public_key(&self, curve: Curve) -> Option<Point> {
        let point = self.point()?;
        let mut bytes = [0; MAX_POINT_LEN];
        let key = self.0.as_ptr();
        let form = point_conversion_form_t::POINT_CONVERSION_UNCOMPRESSED;
        // SAFETY: the key has a group and a private key; the point is of that group; `bytes` has as much room as told.
        let length = unsafe {
            let (group, number) = (EC_KEY_get0_group(key), EC_KEY_get0_private_key(key));
            if EC_POINT_mul(group, point.0.as_ptr(), number, null(), null(), null_mut()) != 1 {
                return None;
            }
            EC_POINT_point2oct(group, point.0.as_ptr(), form, bytes.as_mut_ptr(), bytes.len(), null_mut())
        };
        Point::from_bytes(curve, bytes.get(..length)?).ok()
    }

    /// `None`: the peer is off the curve.
    pub(crate) fn agree(&self, curve: Curve, peer: &Point) -> Option<Secret> {
        let point = self.point()?;
        let (key, peer) = (self.0.as_ptr(), peer.as_bytes());
        let mut secret = Secret::zero(curve.field_len());
        let out = secret.as_mut_bytes();
        // SAFETY: the point is of the key's group; `peer` and `out` are as long as told. Reading the point checks that it lies on
        // the curve; the curves of NIST have no others.
        let written = unsafe {
            if EC_POINT_oct2point(EC_KEY_get0_group(key), point.0.as_ptr(), peer.as_ptr(), peer.len(), null_mut()) != 1 {
                return None;
            }
            ECDH_compute_key(out.as_mut_ptr().cast(), out.len(), point.0.as_ptr(), key, None)
        };
        (written == out.len() as c_int).then_some(secret)
    }
}
