//! The curves of NIST in plain Rust: one code for all of them.

use core::marker::PhantomData;
use core::ops::Add;

use ecdsa::elliptic_curve::ecdh::diffie_hellman;
use ecdsa::elliptic_curve::ff::PrimeField;
use ecdsa::elliptic_curve::generic_array::ArrayLength;
use ecdsa::elliptic_curve::group::Curve as _;
use ecdsa::elliptic_curve::ops::{Invert, MulByGenerator, Reduce};
use ecdsa::elliptic_curve::sec1::{EncodedPoint, FromEncodedPoint, ModulusSize, ToEncodedPoint};
use ecdsa::elliptic_curve::subtle::CtOption;
use ecdsa::elliptic_curve::{Curve as _, CurveArithmetic, FieldBytes, NonZeroScalar, PrimeCurve};
use ecdsa::hazmat::{sign_prehashed, verify_prehashed};
use rfc6979::HmacDrbg;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::curve::{Curve, Point, Secret};
use crate::ecdsa::Signature;
use crate::engine::{EcdhKey, EcdsaSigner, EcdsaVerifier, Engine, Group};
use crate::ffi::Wiped;
use crate::hash::{digest, HashAlgorithm};

/// A curve of one of the crates.
pub(crate) trait NistCurve:
    PrimeCurve<FieldBytesSize = Self::FieldLen> + CurveArithmetic<AffinePoint = Self::Affine>
{
    const CURVE: Curve;
    const NAME: &'static str;
    type FieldLen: ModulusSize + Add<Output = Self::SignatureLen>;
    type SignatureLen: ArrayLength<u8>;
    type Affine: FromEncodedPoint<Self> + ToEncodedPoint<Self> + Copy;

    /// Modulo the order, in constant time.
    fn inverse(scalar: &Self::Scalar) -> CtOption<Self::Scalar>;
}

/// The scalars' own inversion is a power (Fermat), which takes two to four times as long.
macro_rules! inverse_by_gcd {
    ($bits:literal) => {
        #[inline(never)]
        fn inverse(scalar: &Self::Scalar) -> CtOption<Self::Scalar> {
            let number = Wiped::new(Self::Uint::from(*scalar));
            let (inverse, exists) = number.inv_odd_mod_bounded(&Self::ORDER, $bits, $bits);
            CtOption::new(Self::Scalar::reduce(*Wiped::new(inverse)), exists.into())
        }
    };
}

impl NistCurve for ::p256::NistP256 {
    const CURVE: Curve = Curve::P256;
    const NAME: &'static str = "RustCrypto p256";
    type FieldLen = ecdsa::elliptic_curve::consts::U32;
    type SignatureLen = ecdsa::elliptic_curve::consts::U64;
    type Affine = ::p256::AffinePoint;

    inverse_by_gcd!(256);
}

#[cfg(feature = "p384")]
impl NistCurve for ::p384::NistP384 {
    const CURVE: Curve = Curve::P384;
    const NAME: &'static str = "RustCrypto p384";
    type FieldLen = ecdsa::elliptic_curve::consts::U48;
    type SignatureLen = ecdsa::elliptic_curve::consts::U96;
    type Affine = ::p384::AffinePoint;

    inverse_by_gcd!(384);
}

#[cfg(feature = "p521")]
impl NistCurve for ::p521::NistP521 {
    const CURVE: Curve = Curve::P521;
    const NAME: &'static str = "RustCrypto p521";
    type FieldLen = ecdsa::elliptic_curve::consts::U66;
    type SignatureLen = ecdsa::elliptic_curve::consts::U132;
    type Affine = ::p521::AffinePoint;

    inverse_by_gcd!(521);
}

#[allow(dead_code)] // another engine may do it
pub(crate) mod p256 {
    use ::p256::NistP256;

    pub(crate) type Group = super::Nist<NistP256>;
    pub(crate) type Signer = super::SigningKey<NistP256>;
    pub(crate) type Verifier = super::VerifyingKey<NistP256>;
    pub(crate) type Ecdh = super::PrivateKey<NistP256>;
}

#[cfg(feature = "p384")]
#[allow(dead_code)] // another engine may do it
pub(crate) mod p384 {
    use ::p384::NistP384;

    pub(crate) type Group = super::Nist<NistP384>;
    pub(crate) type Signer = super::SigningKey<NistP384>;
    pub(crate) type Verifier = super::VerifyingKey<NistP384>;
    pub(crate) type Ecdh = super::PrivateKey<NistP384>;
}

#[cfg(feature = "p521")]
#[allow(dead_code)] // another engine may do it
pub(crate) mod p521 {
    use ::p521::NistP521;

    pub(crate) type Group = super::Nist<NistP521>;
    pub(crate) type Signer = super::SigningKey<NistP521>;
    pub(crate) type Verifier = super::VerifyingKey<NistP521>;
    pub(crate) type Ecdh = super::PrivateKey<NistP521>;
}

/// `None`: another length, 0, or not below the order.
#[inline(never)] // once a curve, not once a caller
fn parse_scalar<C: NistCurve>(scalar: &[u8]) -> Option<NonZeroScalar<C>> {
    let mut bytes = Wiped::new(FieldBytes::<C>::default());
    if scalar.len() != bytes.len() {
        return None;
    }
    bytes.iter_mut().zip(scalar).for_each(|(to, from)| *to = *from);
    Option::from(NonZeroScalar::from_repr(bytes.clone()))
}

/// `None`: off the curve.
#[inline(never)]
fn parse_point<C: NistCurve>(point: &Point) -> Option<C::AffinePoint> {
    let (mut x, mut y) = (FieldBytes::<C>::default(), FieldBytes::<C>::default());
    x.iter_mut().chain(y.iter_mut()).zip(point.x_y()).for_each(|(to, from)| *to = *from);
    let encoded = EncodedPoint::<C>::from_affine_coordinates(&x, &y, false);
    Option::from(C::AffinePoint::from_encoded_point(&encoded))
}

/// The public point. The scalar is not 0, so it is not the point at infinity.
#[inline(never)]
fn public_point<C: NistCurve>(scalar: &NonZeroScalar<C>) -> Option<Point> {
    let affine = C::ProjectivePoint::mul_by_generator(scalar.as_ref()).to_affine();
    Point::from_bytes(C::CURVE, affine.to_encoded_point(false).as_bytes()).ok()
}

/// The leftmost bits of a hash as a number of the curve's length [FIPS 186-5, 6.4.1]. A hash of SHA-2 is a whole number of
/// bytes shorter, or longer, than the order; P-521 has none that is longer.
fn leftmost_bits<C: NistCurve>(digest: &[u8]) -> FieldBytes<C> {
    let mut bytes = FieldBytes::<C>::default();
    let padding = bytes.len().saturating_sub(digest.len());
    bytes.iter_mut().skip(padding).zip(digest).for_each(|(to, from)| *to = *from);
    bytes
}

/// The generator of RFC 6979, 3.2, which takes the hash that made the digest: the digest's length tells which.
enum NonceSource {
    Sha224(HmacDrbg<Sha224>),
    Sha256(HmacDrbg<Sha256>),
    Sha384(HmacDrbg<Sha384>),
    Sha512(HmacDrbg<Sha512>),
}

impl NonceSource {
    /// `hash` is the digest as the RFC's `bits2octets` gives it.
    #[inline(never)] // one for all curves
    fn new(digest_len: usize, scalar: &[u8], hash: &[u8]) -> Self {
        match digest_len {
            28 => Self::Sha224(HmacDrbg::new(scalar, hash, &[])),
            32 => Self::Sha256(HmacDrbg::new(scalar, hash, &[])),
            48 => Self::Sha384(HmacDrbg::new(scalar, hash, &[])),
            _ => Self::Sha512(HmacDrbg::new(scalar, hash, &[])),
        }
    }

    #[inline(never)]
    fn fill(&mut self, bytes: &mut [u8]) {
        match self {
            Self::Sha224(drbg) => drbg.fill_bytes(bytes),
            Self::Sha256(drbg) => drbg.fill_bytes(bytes),
            Self::Sha384(drbg) => drbg.fill_bytes(bytes),
            Self::Sha512(drbg) => drbg.fill_bytes(bytes),
        }
    }
}

/// A number that a signature uses once.
struct Nonce<C: NistCurve>(Wiped<NonZeroScalar<C>>);

impl<C: NistCurve> AsRef<C::Scalar> for Nonce<C> {
    fn as_ref(&self) -> &C::Scalar {
        self.0.as_ref()
    }
}

impl<C: NistCurve> Invert for Nonce<C> {
    type Output = CtOption<C::Scalar>;

    fn invert(&self) -> Self::Output {
        C::inverse(self.as_ref())
    }
}

/// The nonce of RFC 6979, 3.2. `None`: sixteen numbers in a row were out of range, which does not happen: one is with a
/// probability of 2⁻³² or less.
fn nonce<C: NistCurve>(digest_len: usize, scalar: &NonZeroScalar<C>, hash: &FieldBytes<C>) -> Option<Nonce<C>> {
    const DRAWS: usize = 16;
    let secret = Wiped::new(scalar.as_ref().to_repr());
    let mut source = Wiped::new(NonceSource::new(digest_len, &secret, hash));
    for _ in 0..DRAWS {
        let mut bytes = Wiped::new(FieldBytes::<C>::default());
        source.fill(&mut bytes);
        keep_leftmost_bits::<C>(&mut bytes);
        if let Some(k) = Option::<NonZeroScalar<C>>::from(NonZeroScalar::from_repr(bytes.clone())) {
            return Some(Nonce(Wiped::new(k)));
        }
    }
    None
}

/// Makes a number of the order's width out of as many bytes: for P-521 the leftmost 521 of 528 bits.
fn keep_leftmost_bits<C: NistCurve>(bytes: &mut FieldBytes<C>) {
    let spare = match C::CURVE {
        Curve::P256 | Curve::P384 => return,
        Curve::P521 => 7,
    };
    bytes.iter_mut().fold(0, |carried, byte| {
        let whole = *byte;
        *byte = (whole >> spare) | carried;
        whole << (8 - spare)
    });
}

/// The functions of a curve that need no key.
pub(crate) struct Nist<C>(PhantomData<C>);

impl<C: NistCurve> Engine for Nist<C> {
    const NAME: &'static str = C::NAME;
}

impl<C: NistCurve> Group for Nist<C> {
    fn public_key(scalar: &[u8]) -> Option<Point> {
        public_point::<C>(&*Wiped::new(parse_scalar(scalar)?))
    }

    fn is_scalar(scalar: &[u8]) -> bool {
        parse_scalar::<C>(scalar).map(Wiped::new).is_some()
    }

    fn is_point(point: &Point) -> bool {
        parse_point::<C>(point).is_some()
    }
}

/// A scalar in `1..n`. The nonce of a signature is that of RFC 6979.
pub(crate) struct SigningKey<C: NistCurve> {
    scalar: NonZeroScalar<C>,
}

impl<C: NistCurve> Engine for SigningKey<C> {
    const NAME: &'static str = C::NAME;
}

impl<C: NistCurve> EcdsaSigner for SigningKey<C> {
    fn new(scalar: &[u8]) -> Option<Self> {
        parse_scalar(scalar).map(|scalar| Self { scalar })
    }

    fn sign(&self, hash: HashAlgorithm, message: &[u8]) -> Option<Signature> {
        self.sign_digest(digest(hash, message).as_bytes())
    }

    #[inline(never)]
    fn sign_digest(&self, digest: &[u8]) -> Option<Signature> {
        let bits = leftmost_bits::<C>(digest);
        let reduced = <C::Scalar as Reduce<C::Uint>>::reduce_bytes(&bits).to_repr();
        let k = nonce::<C>(digest.len(), &self.scalar, &reduced)?;
        let (signature, _) = sign_prehashed::<C, _>(self.scalar.as_ref(), k, &bits).ok()?;
        let (r, s) = signature.split_bytes();
        Signature::new([&r, &s])
    }
}

/// A point on the curve.
pub(crate) struct VerifyingKey<C: NistCurve> {
    point: C::AffinePoint,
}

impl<C: NistCurve> Engine for VerifyingKey<C> {
    const NAME: &'static str = C::NAME;
}

impl<C: NistCurve> EcdsaVerifier for VerifyingKey<C> {
    fn new(point: &Point) -> Option<Self> {
        parse_point::<C>(point).map(|point| Self { point })
    }

    fn verify(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        self.verify_digest(digest(hash, message).as_bytes(), signature)
    }

    #[inline(never)]
    fn verify_digest(&self, digest: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = ecdsa::Signature::<C>::from_slice(signature) else {
            return false; // r or s out of range
        };
        verify_prehashed::<C>(&self.point.into(), &leftmost_bits::<C>(digest), &signature).is_ok()
    }
}

/// A scalar in `1..n`.
pub(crate) struct PrivateKey<C: NistCurve> {
    scalar: NonZeroScalar<C>,
}

impl<C: NistCurve> Engine for PrivateKey<C> {
    const NAME: &'static str = C::NAME;
}

impl<C: NistCurve> EcdhKey for PrivateKey<C> {
    fn new(scalar: &[u8]) -> Option<Self> {
        parse_scalar(scalar).map(|scalar| Self { scalar })
    }

    fn public_key(&self) -> Option<Point> {
        public_point(&self.scalar)
    }

    #[inline(never)]
    fn agree(&self, peer: &Point) -> Option<Secret> {
        let peer = parse_point::<C>(peer)?;
        let shared = diffie_hellman::<C>(&self.scalar, &peer);
        Some(Secret::new(shared.raw_secret_bytes()))
    }
}
