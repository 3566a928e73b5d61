//! X25519 [RFC 7748].

use crate::curve::Secret;
use crate::engine::{self, X25519Key};
use crate::ffi::Wiped;
use crate::KeyError;

/// Is there an engine in this build? Without one no key can be made.
pub const AVAILABLE: bool = cfg!(feature = "ed25519");

/// A private key. Wiped on drop.
pub struct PrivateKey(Wiped<engine::curve25519::Xdh>);

impl PrivateKey {
    /// From any 32 bytes: they are clamped when they are used.
    pub fn new(scalar: &[u8]) -> Result<Self, KeyError> {
        let scalar = scalar.try_into().map_err(|_| KeyError::Size)?;
        X25519Key::new(scalar).map(|key| Self(Wiped::new(key))).ok_or(KeyError::Malformed)
    }

    /// What the peer needs. Computed anew by each call.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.public_key()
    }

    /// The shared secret, 32 bytes. A peer whose point has a small order, so that the result would be all zero, is
    /// [`KeyError::Malformed`] [RFC 7748, 6.1].
    pub fn agree(&self, peer: &[u8]) -> Result<Secret, KeyError> {
        let peer = peer.try_into().map_err(|_| KeyError::Size)?;
        self.0.agree(peer).ok_or(KeyError::Malformed)
    }
}
