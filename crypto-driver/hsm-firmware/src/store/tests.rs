//! What only the inside shows.

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};

use super::seal::{Context, Header, Kind, Sealer};
use super::*;

const PAGE: usize = 1024;

struct Ram([u8; 4 * PAGE]);

impl ErrorType for Ram {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Ram {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        bytes.copy_from_slice(&self.0[offset as usize..][..bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.0.len()
    }
}

impl NorFlash for Ram {
    const WRITE_SIZE: usize = 8;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        self.0[from as usize..to as usize].fill(0xFF);
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), NorFlashErrorKind> {
        self.0[offset as usize..][..bytes.len()].iter_mut().zip(bytes).for_each(|(to, from)| *to &= *from);
        Ok(())
    }
}

struct Number(u32);

impl Counter for Number {
    fn read(&mut self) -> Result<u32, CounterError> {
        Ok(self.0)
    }

    fn increment(&mut self) -> Result<(), CounterError> {
        self.0 += 1;
        Ok(())
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn no_value_stays_in_the_stores_memory() {
    let mut store = Store::new(Ram([0xFF; 4 * PAGE]), 0..4 * PAGE as u32, Number(0), TestKey).unwrap();
    let value: [u8; 32] = core::array::from_fn(|at| 0x91 ^ (at as u8 * 7));
    let nowhere = |store: &Store<Ram, Number, TestKey>, when: &str| {
        for (name, room) in [("item", &store.item.0[..]), ("scratch", &store.scratch.0), ("flash", &store.flash.0)] {
            assert!(!value.windows(4).any(|part| contains(room, part)), "{name} after {when}");
        }
    };
    for round in 0..20 {
        store.save(round % 3, &value).unwrap();
        nowhere(&store, "save");
        let mut loaded = [0; 32];
        assert_eq!(store.load(round % 3, &mut loaded), Ok(Some(32)));
        assert_eq!(loaded, value);
        nowhere(&store, "load");
    }
    store.mount().unwrap();
    nowhere(&store, "mount");
    store.purge().unwrap();
    nowhere(&store, "purge");
    store.erase(0).unwrap();
    nowhere(&store, "erase");
}

#[test]
fn two_texts_under_one_header_have_two_nonces_and_one_text_has_one() {
    let sealer = Sealer::derive(&TestKey).unwrap();
    let header = Header { kind: Kind::Value, id: 3, sequence: 9, context: Context::After([7; seal::TAG_LEN]) };
    let sealed = |header, text: &[u8; 32]| {
        let mut item = [0; MAX_ITEM];
        assert_eq!(sealer.seal(header, text, &mut item), Some(seal::OVERHEAD + 32));
        item
    };
    let nonce = |item: &[u8; MAX_ITEM]| -> [u8; 12] { item[24..36].try_into().unwrap() };
    let first = sealed(header, &[1; 32]);
    assert_eq!(first, sealed(header, &[1; 32]));
    assert_ne!(nonce(&first), nonce(&sealed(header, &[2; 32])));
    for other in [
        Header { id: 4, ..header },
        Header { sequence: 10, ..header },
        Header { kind: Kind::Erased, ..header },
        Header { context: Context::After([8; seal::TAG_LEN]), ..header },
    ] {
        let other = sealed(other, &[1; 32]);
        assert_ne!(nonce(&first), nonce(&other));
        assert!(!contains(&other[52..84], &first[52..60]), "another key stream");
    }
}

#[test]
fn a_refused_text_is_zeros() {
    let sealer = Sealer::derive(&TestKey).unwrap();
    let header = Header { kind: Kind::Value, id: 3, sequence: 9, context: Context::After([7; seal::TAG_LEN]) };
    let mut item = [0; MAX_ITEM];
    let length = sealer.seal(header, &[0x5A; 32], &mut item).unwrap();
    let mut text = [0; 32];
    for at in 0..length {
        text.fill(1);
        item[at] ^= 0x10;
        assert!(sealer.open(&item[..length], &mut text).is_err() && sealer.check(&item[..length]).is_err(), "byte {at}");
        assert_eq!(text, [0; 32]);
        item[at] ^= 0x10;
    }
    assert!(sealer.open(&item[..length - 1], &mut text[..31]).is_err());
    assert!(sealer.open(&item[..20], &mut []).is_err());
    sealer.open(&item[..length], &mut text).unwrap();
    assert_eq!(text, [0x5A; 32]);
}

#[test]
fn the_purposes_have_keys_of_their_own() {
    struct Zeros;
    impl DeviceKey for Zeros {
        const IS_TEST_KEY: bool = false;
        fn device_key(&self, out: &mut [u8; 32]) -> Result<(), DeviceKeyError> {
            out.fill(0);
            Ok(())
        }
    }
    struct Nothing;
    impl DeviceKey for Nothing {
        const IS_TEST_KEY: bool = false;
        fn device_key(&self, _: &mut [u8; 32]) -> Result<(), DeviceKeyError> {
            Err(DeviceKeyError)
        }
    }
    let header = Header { kind: Kind::Value, id: 0, sequence: 1, context: Context::After([0; seal::TAG_LEN]) };
    let mut item = [0; MAX_ITEM];
    let length = Sealer::derive(&TestKey).unwrap().seal(header, b"text", &mut item).unwrap();
    assert!(Sealer::derive(&Zeros).unwrap().check(&item[..length]).is_err());
    assert!(matches!(Sealer::derive(&Nothing), Err(Error::Key)));
    let mut store = Store::new(Ram([0xFF; 4 * PAGE]), 0..4 * PAGE as u32, Number(0), Nothing).unwrap();
    assert_eq!(store.save(0, b""), Err(Error::Key));
}

#[test]
fn a_counter_that_does_not_step_or_steps_too_far_is_noticed() {
    struct Odd(u32, u32);
    impl Counter for Odd {
        fn read(&mut self) -> Result<u32, CounterError> {
            Ok(self.0)
        }
        fn increment(&mut self) -> Result<(), CounterError> {
            self.0 += self.1;
            Ok(())
        }
    }
    for steps in [0, 2] {
        let mut store = Store::new(Ram([0xFF; 4 * PAGE]), 0..4 * PAGE as u32, Odd(0, 1), TestKey).unwrap();
        store.save(1, b"first").unwrap();
        store.counter.1 = steps;
        assert_eq!(store.save(1, b"second"), Err(Error::Counter));
    }
    let mut worn = Store::new(Ram([0xFF; 4 * PAGE]), 0..4 * PAGE as u32, Odd(u32::MAX - 1, 1), TestKey).unwrap();
    worn.format().unwrap();
    assert_eq!(worn.save(1, b"one too many"), Err(Error::Counter));
    assert_eq!(worn.load(1, &mut []), Ok(None));
}
