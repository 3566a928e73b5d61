//! The accelerators in software, over the primitives of the Crypto driver.

mod pkc;
mod symmetric;

pub use pkc::SoftPkc;
pub use symmetric::{SoftAes, SoftHash};

use v2gcrypt_primitives::KeyError;

use crate::platform::EngineError;

impl From<KeyError> for EngineError {
    fn from(_: KeyError) -> Self {
        Self::Key
    }
}
