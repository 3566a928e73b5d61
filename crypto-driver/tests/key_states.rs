//! The key store against a reference that knows values and states only: whatever is refused changes nothing, whatever is done
//! changes what it should.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;

use v2gcrypt_primitives::{kdf, HashAlgorithm};

const SEQUENCES: u64 = 2_000;
const STEPS: usize = 60;
const KEYS: usize = 4;
/// Id and size of each element: a key, one that is read in parts, the algorithms of derivation and generation.
const ELEMENTS: [(u32, u32); 4] = [(1, 16), (2, 12), (15, 1), (17, 1)];
/// Read and write access of the elements 1 and 2 of each key.
const ACCESS: [[(u8, u8); 2]; KEYS] = [
    [(CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_ALLOWED), (CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_ALLOWED)],
    [(CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_WA_ALLOWED), (CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_INTERNAL_COPY)],
    [(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_INTERNAL_COPY), (CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_WA_ALLOWED)],
    [(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_DENIED), (CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED)],
];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) as usize % limit
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }
}

#[derive(Clone, Default, Debug, PartialEq)]
struct Key {
    valid: bool,
    values: [Vec<u8>; 4],
}

struct Reference {
    keys: [Key; KEYS],
}

/// Where something is: a key, and the index of its element in [`ELEMENTS`].
type Place = (usize, usize);

impl Reference {
    fn access(place: Place) -> (u8, u8) {
        ACCESS[place.0].get(place.1).copied().unwrap_or((CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_WA_ALLOWED))
    }

    fn takes(index: usize, length: usize) -> bool {
        let size = ELEMENTS[index].1 as usize;
        length == size || (index == 1 && length < size)
    }

    fn write(&mut self, (key, index): Place, value: Vec<u8>) -> u8 {
        self.keys[key].values[index] = value;
        self.keys[key].valid = false;
        E_OK
    }

    fn set(&mut self, place: Place, value: &[u8]) -> u8 {
        match Self::access(place).1 {
            CRYPTO_SOFT_WA_ALLOWED if Self::takes(place.1, value.len()) => self.write(place, value.to_vec()),
            CRYPTO_SOFT_WA_ALLOWED => CRYPTO_E_KEY_SIZE_MISMATCH,
            _ => CRYPTO_E_KEY_WRITE_FAIL,
        }
    }

    fn may_copy(from: Place, to: Place) -> u8 {
        let ((read, _), (target_read, target_write)) = (Self::access(from), Self::access(to));
        let among_secrets = to.1 == 0 || to.1 == from.1;
        let internal = read == CRYPTO_SOFT_RA_INTERNAL_COPY && target_read >= CRYPTO_SOFT_RA_INTERNAL_COPY && among_secrets;
        match (read == CRYPTO_SOFT_RA_ALLOWED || internal, target_write) {
            (false, _) => CRYPTO_E_KEY_READ_FAIL,
            (true, CRYPTO_SOFT_WA_DENIED) => CRYPTO_E_KEY_WRITE_FAIL,
            (true, _) => E_OK,
        }
    }

    fn copy(&mut self, from: Place, to: Place) -> u8 {
        let value = self.keys[from.0].values[from.1].clone();
        match Self::may_copy(from, to) {
            _ if from == to => E_NOT_OK,
            E_OK if value.is_empty() => CRYPTO_E_KEY_EMPTY,
            E_OK if !Self::takes(to.1, value.len()) => CRYPTO_E_KEY_SIZE_MISMATCH,
            E_OK => self.write(to, value),
            refused => refused,
        }
    }

    fn copy_part(&mut self, from: usize, (offset, target_offset, length): (usize, usize, usize), to: usize) -> u8 {
        let source = self.keys[from].values[1].clone();
        let mut target = self.keys[to].values[1].clone();
        match Self::may_copy((from, 1), (to, 1)) {
            _ if from == to => E_NOT_OK,
            E_OK if source.is_empty() => CRYPTO_E_KEY_EMPTY,
            E_OK if offset + length > source.len() || target_offset > target.len() || target_offset + length > 12 => {
                CRYPTO_E_KEY_SIZE_MISMATCH
            }
            E_OK => {
                target.resize(target.len().max(target_offset + length), 0);
                target[target_offset..target_offset + length].copy_from_slice(&source[offset..offset + length]);
                self.write((to, 1), target)
            }
            refused => refused,
        }
    }

    fn copy_key(&mut self, from: usize, to: usize) -> u8 {
        if from == to {
            return E_NOT_OK;
        }
        for index in 0..4 {
            match Self::may_copy((from, index), (to, index)) {
                E_OK => {}
                refused => return refused,
            }
        }
        self.keys[to] = Key { valid: false, values: self.keys[from].values.clone() };
        E_OK
    }

    fn derive(&mut self, from: usize, to: usize) -> u8 {
        let secret = self.keys[from].values[0].clone();
        let mut derived = vec![0; 16];
        kdf::hkdf(HashAlgorithm::Sha256, &[], &secret, &[], &mut derived).unwrap();
        match Self::access((to, 0)).1 {
            _ if Self::access((to, 0)).0 < Self::access((from, 0)).0 => CRYPTO_E_KEY_READ_FAIL,
            CRYPTO_SOFT_WA_DENIED => CRYPTO_E_KEY_WRITE_FAIL,
            _ if !self.keys[from].valid => CRYPTO_E_KEY_NOT_VALID,
            _ if secret.is_empty() => CRYPTO_E_KEY_EMPTY,
            _ => self.write((to, 0), derived),
        }
    }

    /// The value is random: it is taken over from the driver.
    fn generate(&mut self, key: usize, driver: &Driver) -> u8 {
        match Self::access((key, 0)).1 {
            CRYPTO_SOFT_WA_DENIED => CRYPTO_E_KEY_WRITE_FAIL,
            _ => self.write((key, 0), driver.stored(key as u32, 1)),
        }
    }
}

fn initial(key: usize) -> [Vec<u8>; 4] {
    let part = if key % 2 == 0 { vec![7; 4 + key] } else { vec![] };
    let family = |family: Enumeration| family.to_le_bytes()[..1].to_vec();
    [vec![key as u8; 16], part, family(CRYPTO_ALGOFAM_HKDF), family(CRYPTO_ALGOFAM_AES)]
}

fn start() -> (Driver, Reference) {
    let mut builder = Builder::new();
    let mut keys: [Key; KEYS] = Default::default();
    for (index, access) in ACCESS.iter().enumerate() {
        let values = initial(index);
        let specs: Vec<_> = (0..4)
            .map(|element| {
                let (id, size) = ELEMENTS[element];
                let spec = ElementSpec::new(id, size).init(&values[element]);
                let spec = if element == 1 { spec.partial() } else { spec };
                access.get(element).map_or(spec.clone(), |&(read, write)| spec.access(read, write))
            })
            .collect();
        builder = builder.key(CRYPTO_SOFT_FORM_AES_CMAC, &specs);
        keys[index] = Key { valid: false, values };
    }
    (builder.start(), Reference { keys })
}

/// The values and states of all keys, as they are.
fn seen(driver: &Driver) -> Vec<Key> {
    let value = |key: u32, element: usize| driver.stored(key, ELEMENTS[element].0);
    (0..KEYS as u32)
        .map(|key| Key { valid: driver.is_valid(key), values: [0, 1, 2, 3].map(|element| value(key, element)) })
        .collect()
}

#[test]
fn the_key_store_does_what_the_reference_says_in_every_sequence() {
    let (driver, _) = start();
    let mut outcomes = std::collections::BTreeMap::<(usize, u8), u32>::new();
    // Fewer for a quick look, such as that of ci/mutants.sh.
    let count = std::env::var("V2GCRYPT_MODEL_SCHEDULES").map_or(SEQUENCES, |count| count.parse().unwrap());
    let few = count < SEQUENCES;
    for seed in 1..=count {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        driver.init();
        let mut reference = Reference { keys: std::array::from_fn(|index| Key { valid: false, values: initial(index) }) };
        for step in 0..STEPS {
            let (from, to) = (random.below(KEYS), random.below(KEYS));
            let (element, target) = (random.below(2), random.below(2));
            let id = |index: usize| ELEMENTS[index].0;
            let places = ((from as u32, id(element)), (to as u32, id(target)));
            let operation = random.below(8);
            let (got, expected) = match operation {
                0 => {
                    let length = [16, 12, 5, 17, 1][random.below(5)];
                    let value = random.bytes(length);
                    (driver.set(places.0 .0, places.0 .1, &value), reference.set((from, element), &value))
                }
                1 => (driver.copy_element(places.0, places.1), reference.copy((from, element), (to, target))),
                2 => {
                    let part = (random.below(6), random.below(8), 1 + random.below(8));
                    let got = driver.copy_part((from as u32, 2), (part.0 as u32, part.1 as u32, part.2 as u32), (to as u32, 2));
                    (got, reference.copy_part(from, part, to))
                }
                3 => (driver.copy_key(from as u32, to as u32), reference.copy_key(from, to)),
                4 => (driver.derive(from as u32, to as u32), reference.derive(from, to)),
                5 => (driver.generate(from as u32), reference.generate(from, &driver)),
                6 => {
                    reference.keys[from].valid = false;
                    (driver.set_invalid(from as u32), E_OK)
                }
                _ => {
                    reference.keys[from].valid = true;
                    (driver.set_valid(from as u32), E_OK)
                }
            };
            assert_eq!(got, expected, "sequence {seed}, step {step}, operation {operation}");
            assert_eq!(seen(&driver), reference.keys, "sequence {seed}, step {step}, operation {operation}");
            *outcomes.entry((operation, got)).or_default() += 1;
        }
        driver.reports();
    }
    println!("{outcomes:?}");
    // Every outcome has been seen often.
    for (operation, codes) in [
        (0, &[E_OK, CRYPTO_E_KEY_SIZE_MISMATCH, CRYPTO_E_KEY_WRITE_FAIL][..]),
        (1, &[E_OK, E_NOT_OK, CRYPTO_E_KEY_EMPTY, CRYPTO_E_KEY_SIZE_MISMATCH, CRYPTO_E_KEY_READ_FAIL, CRYPTO_E_KEY_WRITE_FAIL]),
        (2, &[E_OK, E_NOT_OK, CRYPTO_E_KEY_EMPTY, CRYPTO_E_KEY_SIZE_MISMATCH, CRYPTO_E_KEY_READ_FAIL]),
        (3, &[E_OK, E_NOT_OK, CRYPTO_E_KEY_READ_FAIL, CRYPTO_E_KEY_WRITE_FAIL]),
        (4, &[E_OK, CRYPTO_E_KEY_NOT_VALID, CRYPTO_E_KEY_READ_FAIL, CRYPTO_E_KEY_WRITE_FAIL]),
        (5, &[E_OK, CRYPTO_E_KEY_WRITE_FAIL]),
    ] {
        for code in codes {
            let count = outcomes.get(&(operation, *code)).copied().unwrap_or(0);
            assert!(few || count > 300, "operation {operation} ended {count} times with {code:#x}");
        }
    }
}
