//! Which engine does what in this build: RustCrypto, unless ring does it, unless aws-lc does it. What the build leaves out is
//! `absent`.

#[cfg(not(feature = "aead"))]
pub(crate) use super::absent_symmetric::aead;
#[cfg(not(feature = "cipher"))]
pub(crate) use super::absent_symmetric::cipher;

#[cfg(not(feature = "ed25519"))]
pub(crate) use super::absent as curve25519;
#[cfg(not(feature = "ecdsa"))]
pub(crate) use super::absent as p256;
#[cfg(not(feature = "p384"))]
pub(crate) use super::absent as p384;
#[cfg(not(feature = "p521"))]
pub(crate) use super::absent as p521;

// A name that is imported by itself hides the one of a glob.

#[cfg(feature = "ecdsa")]
pub(crate) mod p256 {
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::engine_aws_lc::p256::{Ecdh, Signer, Verifier};
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    pub(crate) use crate::engine_ring::p256::{Signer, Verifier};
    pub(crate) use crate::engine_rustcrypto::p256::*;
}

#[cfg(feature = "p384")]
pub(crate) mod p384 {
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::engine_aws_lc::p384::{Ecdh, Signer, Verifier};
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    pub(crate) use crate::engine_ring::p384::{Signer, Verifier};
    pub(crate) use crate::engine_rustcrypto::p384::*;
}

/// ring has no P-521.
#[cfg(feature = "p521")]
pub(crate) mod p521 {
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::engine_aws_lc::p521::{Ecdh, Signer, Verifier};
    pub(crate) use crate::engine_rustcrypto::p521::*;
}

/// Ed25519 and X25519; ring's X25519 has no private keys that last.
#[cfg(feature = "ed25519")]
pub(crate) mod curve25519 {
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::engine_aws_lc::curve25519::{Signer, Verifier, Xdh};
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    pub(crate) use crate::engine_ring::curve25519::{Signer, Verifier};
    #[allow(unused_imports)] // aws-lc does all of it
    pub(crate) use crate::engine_rustcrypto::curve25519::*;
}

/// ring has none of it.
#[cfg(feature = "cipher")]
pub(crate) mod cipher {
    #[cfg(not(feature = "aws-lc"))]
    pub(crate) use crate::engine_rustcrypto::cipher::Aes;
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::ffi::aws_lc::Aes;
}

#[cfg(feature = "aead")]
pub(crate) mod aead {
    #[cfg(feature = "aws-lc")]
    pub(crate) use crate::engine_aws_lc::aead::AeadKey;
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    pub(crate) use crate::engine_ring::aead::AeadKey;
    #[cfg(not(any(feature = "ring", feature = "aws-lc")))]
    pub(crate) use crate::engine_rustcrypto::aead::AeadKey;
}
