//! Which engine does what in this build. What the build leaves out is `absent`.

#[cfg(feature = "ecdsa")]
use crate::engine_rustcrypto::nist;

#[cfg(not(feature = "ecdsa"))]
pub(crate) use super::absent as p256;
#[cfg(not(feature = "p384"))]
pub(crate) use super::absent as p384;
#[cfg(not(feature = "p521"))]
pub(crate) use super::absent as p521;
#[cfg(not(feature = "ed25519"))]
pub(crate) use super::absent as curve25519;

/// P-256.
#[cfg(feature = "ecdsa")]
pub(crate) mod p256 {
    use super::nist;
    use p256::NistP256;

    pub(crate) type Group = nist::Nist<NistP256>;
    pub(crate) type Ecdh = nist::PrivateKey<NistP256>;
    pub(crate) type Signer = nist::SigningKey<NistP256>;
    pub(crate) type Verifier = nist::VerifyingKey<NistP256>;
}

/// P-384.
#[cfg(feature = "p384")]
pub(crate) mod p384 {
    use super::nist;
    use p384::NistP384;

    pub(crate) type Group = nist::Nist<NistP384>;
    pub(crate) type Ecdh = nist::PrivateKey<NistP384>;
    pub(crate) type Signer = nist::SigningKey<NistP384>;
    pub(crate) type Verifier = nist::VerifyingKey<NistP384>;
}

/// P-521.
#[cfg(feature = "p521")]
pub(crate) mod p521 {
    use super::nist;
    use p521::NistP521;

    pub(crate) type Group = nist::Nist<NistP521>;
    pub(crate) type Ecdh = nist::PrivateKey<NistP521>;
    pub(crate) type Signer = nist::SigningKey<NistP521>;
    pub(crate) type Verifier = nist::VerifyingKey<NistP521>;
}

/// Ed25519 and X25519.
#[cfg(feature = "ed25519")]
pub(crate) mod curve25519 {
    use crate::engine_rustcrypto::curve25519;

    pub(crate) type Signer = curve25519::SigningKey;
    pub(crate) type Verifier = curve25519::VerifyingKey;
    pub(crate) type Xdh = curve25519::PrivateKey;
}
