//! A store with the test key, or, with `V2GCRYPT_OWN_KEY` set while compiling, with another one: `test-key.sh` builds it.

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};
use v2gcrypt_hsm_firmware::store::{Counter, CounterError, DeviceKey, DeviceKeyError, Store, TestKey};

struct Nothing;

impl ErrorType for Nothing {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Nothing {
    const READ_SIZE: usize = 1;
    fn read(&mut self, _: u32, _: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        Err(NorFlashErrorKind::Other)
    }
    fn capacity(&self) -> usize {
        0x4000
    }
}

impl NorFlash for Nothing {
    const WRITE_SIZE: usize = 8;
    const ERASE_SIZE: usize = 4096;
    fn erase(&mut self, _: u32, _: u32) -> Result<(), NorFlashErrorKind> {
        Err(NorFlashErrorKind::Other)
    }
    fn write(&mut self, _: u32, _: &[u8]) -> Result<(), NorFlashErrorKind> {
        Err(NorFlashErrorKind::Other)
    }
}

impl Counter for Nothing {
    fn read(&mut self) -> Result<u32, CounterError> {
        Err(CounterError)
    }
    fn increment(&mut self) -> Result<(), CounterError> {
        Err(CounterError)
    }
}

struct OwnKey;

impl DeviceKey for OwnKey {
    const IS_TEST_KEY: bool = option_env!("V2GCRYPT_OWN_KEY").is_none() && TestKey::IS_TEST_KEY;
    fn device_key(&self, _: &mut [u8; 32]) -> Result<(), DeviceKeyError> {
        Err(DeviceKeyError)
    }
}

fn main() {
    let mut store = Store::new(Nothing, 0..0x4000, Nothing, OwnKey).expect("two banks");
    println!("{:?}", store.mount());
}
