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

/// What the levels take of the HSM's RAM with these accelerators, without the flash's buffers: proved where they run.
#[cfg(target_os = "none")]
mod budget {
    use core::mem::size_of;

    use super::{SoftAes, SoftHash, SoftPkc};
    use crate::fast::Fast;
    use crate::platform::*;
    use crate::shared::Shared;
    use crate::slow::Slow;

    struct Nothing;

    impl Platform for Nothing {
        type Memory = Self;
        type Bridge = Self;
        type Trng = Self;
        type Aes = SoftAes;
        type FastHash = SoftHash;
        type SlowHash = SoftHash;
        type Pkc = SoftPkc;
        type Storage = Self;
    }

    impl HostMemory for Nothing {
        fn read(&self, _: u32, _: &mut [u8]) -> Result<(), Fault> {
            Err(Fault)
        }

        fn write(&self, _: u32, _: &[u8]) -> Result<(), Fault> {
            Err(Fault)
        }
    }

    impl Bridge for Nothing {
        fn host_status(&self) -> u32 {
            0
        }

        fn hsm_status(&self) -> u32 {
            0
        }

        fn set_hsm_status(&self, _: u32) {}

        fn notify_host(&self, _: u8) {}

        fn pend_fast(&self) {}
    }

    impl Trng for Nothing {
        fn fill(&mut self, _: &mut [u8]) -> Result<(), NoEntropy> {
            Err(NoEntropy)
        }
    }

    impl KeyStorage for Nothing {
        const IS_TEST_KEY: bool = false;

        fn load(&mut self, _: u16, _: &mut [u8]) -> Result<Option<usize>, StorageError> {
            Err(StorageError::Failed)
        }

        fn save(&mut self, _: u16, _: &[u8]) -> Result<(), StorageError> {
            Err(StorageError::Failed)
        }

        fn purge(&mut self) -> Result<(), StorageError> {
            Err(StorageError::Failed)
        }
    }

    const _: () = assert!(size_of::<Fast<'_, Nothing>>() <= 8 * 1024);
    const _: () = assert!(size_of::<Slow<'_, Nothing>>() <= 8 * 1024);
    const _: () = assert!(size_of::<Shared>() <= 3 * 1024);
}
