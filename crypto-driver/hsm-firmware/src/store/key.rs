//! The key that only this part has.
#![forbid(unsafe_code)]

/// There is no device key, for now or for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceKeyError;

/// Gives the key that only this part has: 32 bytes, the same in each start.
pub trait DeviceKey {
    /// Everybody knows it. A build for the chip (feature `chip`) does not take such a one.
    const IS_TEST_KEY: bool;

    /// Writes the key to `out`. Asked for each time it is needed; whoever asks wipes `out`.
    fn device_key(&self, out: &mut [u8; 32]) -> Result<(), DeviceKeyError>;
}

/// A key that everybody knows: for simulation and tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct TestKey;

impl DeviceKey for TestKey {
    const IS_TEST_KEY: bool = true;

    fn device_key(&self, out: &mut [u8; 32]) -> Result<(), DeviceKeyError> {
        *out = *b"v2gcrypt test key, known to all!";
        Ok(())
    }
}

/// Evaluated while compiling: a build for the chip with a test key does not.
pub(super) const fn refuse_test_key<K: DeviceKey>() {
    assert!(!(K::IS_TEST_KEY && cfg!(feature = "chip")), "a build for the chip must not have the test key");
}
