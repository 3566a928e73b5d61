//! The key store as the storage of the firmware.

use embedded_storage::nor_flash::NorFlash;

use crate::platform::{KeyStorage, StorageError};
use crate::store::{Counter, DeviceKey, Error, Store};

impl<F: NorFlash, C: Counter, K: DeviceKey> KeyStorage for Store<F, C, K> {
    const IS_TEST_KEY: bool = K::IS_TEST_KEY;

    fn load(&mut self, id: u16, to: &mut [u8]) -> Result<Option<usize>, StorageError> {
        Ok(Store::load(self, id, to)?)
    }

    fn save(&mut self, id: u16, bytes: &[u8]) -> Result<(), StorageError> {
        Ok(Store::save(self, id, bytes)?)
    }

    fn purge(&mut self) -> Result<(), StorageError> {
        Ok(Store::purge(self)?)
    }
}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        match error {
            Error::Tampered | Error::RolledBack | Error::CounterBehind => Self::Tampered,
            _ => Self::Failed,
        }
    }
}
