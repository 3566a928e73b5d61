//! The contract-key import: what it takes, and that whatever it refuses leaves the target exactly as it was.
#![allow(clippy::undocumented_unsafe_blocks, clippy::type_complexity)] // see `common`; tables
mod common;
use common::*;

use std::collections::HashMap;
use v2gcrypt_primitives::aead::{AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{CipherAlgorithm, CipherKey, Direction};
use v2gcrypt_primitives::{ec, ecdh, ecdsa, kdf, Curve, Data, HashAlgorithm};

const OWNING: u32 = 0;
const TARGET: u32 = 1;
const PKCS8: u8 = CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8;

/// One edition of the standard, with its vector.
struct Edition {
    family: Enumeration,
    curve: Curve,
    hash: Enumeration,
    form: u8,
    vector: HashMap<String, Vec<u8>>,
}

fn editions() -> [Edition; 2] {
    let file = include_str!("vectors/contract-keys.txt");
    [
        Edition {
            family: CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2,
            curve: Curve::P256,
            hash: CRYPTO_ALGOFAM_SHA2_256,
            form: CRYPTO_SOFT_FORM_ECDSA_P256_SIGN,
            vector: vectors(file, "iso15118-2"),
        },
        Edition {
            family: CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20,
            curve: Curve::P521,
            hash: CRYPTO_ALGOFAM_SHA2_512,
            form: CRYPTO_SOFT_FORM_ECDSA_P521_SIGN,
            vector: vectors(file, "iso15118-20"),
        },
    ]
}

/// What a job carries.
#[derive(Clone)]
struct Envelope {
    encrypted: Vec<u8>,
    dh_public_key: Vec<u8>,
    public_key: Vec<u8>,
    aad: Vec<u8>,
}

impl Edition {
    fn get(&self, name: &str) -> Vec<u8> {
        self.vector[name].clone()
    }

    fn envelope(&self) -> Envelope {
        Envelope {
            encrypted: self.get("encrypted"),
            dh_public_key: self.get("dh_public_key"),
            public_key: self.get("contract_public"),
            aad: self.get("aad"),
        }
    }

    /// Encrypts `d` as the sender does.
    fn seal(&self, d: &[u8], public_key: &[u8]) -> Envelope {
        let ephemeral = ecdh::PrivateKey::new(self.curve, &self.get("ephemeral_private")).unwrap();
        let z = ephemeral.agree(&self.get("owning_public")).unwrap();
        assert_eq!(z.as_bytes(), self.get("z"));
        let mut key = vec![0; self.get("k").len()];
        let hash = if self.curve == Curve::P256 { HashAlgorithm::Sha256 } else { HashAlgorithm::Sha512 };
        kdf::concat(hash, z.as_bytes(), &[0x01, 0x55, 0x56], &mut key).unwrap();
        assert_eq!(key, self.get("k"));
        let (iv, mut text) = (self.get("iv"), vec![0; d.len()]);
        let data = Data::Apart { input: d, output: &mut text };
        let tag = match self.curve {
            Curve::P256 => {
                let key = CipherKey::new(CipherAlgorithm::AesCbc, &key).unwrap();
                key.crypt(Direction::Encrypt, &iv, data).unwrap();
                vec![]
            }
            _ => {
                AeadKey::new(AeadAlgorithm::AesGcm, &key).unwrap().seal(&iv, &self.get("aad"), data).unwrap().as_bytes().to_vec()
            }
        };
        let encrypted = [iv, text, tag].concat();
        Envelope { encrypted, public_key: public_key.to_vec(), ..self.envelope() }
    }

    /// Two keys: the owning one, and one that holds another contract's key and is valid. A third has no room for a public key.
    fn driver(&self) -> Driver {
        let private = |read, write| ElementSpec::new(1, self.curve.field_len() as u32).access(read, write);
        let denied = CRYPTO_SOFT_RA_DENIED;
        let driver = Builder::new()
            .object(4)
            .object(4)
            .key(self.form, &[private(denied, CRYPTO_SOFT_WA_ALLOWED)])
            .key(
                self.form,
                &[
                    private(denied, CRYPTO_SOFT_WA_ALLOWED),
                    ElementSpec::new(5, 16).init(&[5; 16]),
                    ElementSpec::new(1000, self.curve.point_len() as u32).access(0, CRYPTO_SOFT_WA_INTERNAL_COPY),
                ],
            )
            .start();
        driver.load(OWNING, &self.get("owning_private"));
        driver.load(TARGET, &self.old_key());
        driver
    }

    fn old_key(&self) -> Vec<u8> {
        let mut old = vec![0x11; self.curve.field_len()];
        old[0] = 0;
        old
    }

    fn job(&self, envelope: &Envelope, processing: Enumeration, target: u32) -> Job {
        let public_key_and_aad = [&envelope.public_key[..], &envelope.aad].concat();
        management(CRYPTO_CUSTOM_SERVICE, self.family, processing, OWNING)
            .input(&envelope.encrypted)
            .secondary(&envelope.dh_public_key, envelope.dh_public_key.len() as u32)
            .tertiary(&public_key_and_aad)
            .target(target)
    }

    /// Does the key sign, and is the signature that of `private`?
    fn signs(&self, driver: &Driver, key: u32, private: &[u8]) -> bool {
        let length = 2 * self.curve.field_len() as u32;
        let primitive = primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, 0, self.hash, 0);
        let job = Job::new(primitive, SYNC, key).input(b"AuthorizationReq").output(length);
        let code = driver.process(0, job);
        let hash = if self.curve == Curve::P256 { HashAlgorithm::Sha256 } else { HashAlgorithm::Sha512 };
        let public = ec::public_key(self.curve, private).unwrap();
        let verifier = ecdsa::VerifyingKey::new(self.curve, public.as_bytes()).unwrap();
        code == E_OK && verifier.verify(hash, b"AuthorizationReq", &job.result())
    }
}

#[test]
fn a_contract_key_is_imported_and_signs_once_it_is_set_valid() {
    for edition in editions() {
        for processing in [SYNC, ASYNC] {
            let driver = edition.driver();
            let job = edition.job(&edition.envelope(), processing, TARGET);
            assert_eq!(driver.process(0, job), E_OK);
            if processing == ASYNC {
                driver.main_function();
                assert_eq!(job.callbacks(), [], "it takes milliseconds");
                driver.background();
                assert_eq!(job.callbacks(), [E_OK]);
            }
            assert!(!driver.is_valid(TARGET), "until KeySetValid");
            assert_eq!(driver.stored(TARGET, 1), edition.get("contract_private"));
            assert_eq!(driver.get(TARGET, 1000, 133), (E_OK, edition.get("contract_public")));
            assert_eq!(driver.stored(TARGET, 5), [5; 16], "other elements stay");
            assert_eq!(driver.set_valid(TARGET), E_OK);
            assert!(edition.signs(&driver, TARGET, &edition.get("contract_private")));
            assert_eq!(driver.get(TARGET, 1, 66).0, CRYPTO_E_KEY_READ_FAIL);
            assert!(driver.is_valid(OWNING));
            assert_eq!(driver.reports().len(), 1, "of the key that cannot be read");
        }
    }
}

/// All refusals: `code`, and the target is exactly as it was and signs.
struct Refusals {
    edition: Edition,
    driver: Driver,
    image: KeyImage,
    refused: u32,
}

impl Refusals {
    fn new(edition: Edition) -> Self {
        let driver = edition.driver();
        let image = driver.image(TARGET);
        Self { edition, driver, image, refused: 0 }
    }

    fn refuse(&mut self, envelope: &Envelope, code: u8, what: &str) {
        let job = self.edition.job(envelope, SYNC, TARGET);
        assert_eq!(self.driver.process(0, job), code, "{what}");
        assert_eq!(self.driver.image(TARGET), self.image, "{what}: bytes, lengths, status, generation, prepared form");
        self.refused += 1;
    }

    fn end(self) -> u32 {
        assert!(self.edition.signs(&self.driver, TARGET, &self.edition.old_key()), "the old key still signs");
        assert_eq!(self.driver.reports(), []);
        // And the envelope that was not flipped is still good.
        assert_eq!(self.driver.process(0, self.edition.job(&self.edition.envelope(), SYNC, TARGET)), E_OK);
        self.refused
    }
}

#[test]
fn every_flipped_bit_of_every_field_is_refused_and_the_old_key_still_signs() {
    let mut flips = 0;
    for edition in editions() {
        let mut refusals = Refusals::new(edition);
        let genuine = refusals.edition.envelope();
        let fields: [(&str, fn(&mut Envelope) -> &mut Vec<u8>); 4] = [
            ("encrypted", |envelope| &mut envelope.encrypted),
            ("DHpublickey", |envelope| &mut envelope.dh_public_key),
            ("public key", |envelope| &mut envelope.public_key),
            ("AAD", |envelope| &mut envelope.aad),
        ];
        for (name, field) in fields {
            let bits = field(&mut genuine.clone()).len() * 8;
            for bit in 0..bits {
                let mut envelope = genuine.clone();
                field(&mut envelope)[bit / 8] ^= 0x80 >> (bit % 8);
                refusals.refuse(&envelope, CRYPTO_E_CUSTOM_ERROR, &format!("bit {bit} of {name}"));
                if bit % 64 == 0 {
                    assert!(refusals.edition.signs(&refusals.driver, TARGET, &refusals.edition.old_key()));
                }
            }
        }
        flips += refusals.end();
    }
    println!("{flips} flipped bits refused");
    assert_eq!(flips, ((48 + 65 + 65) + (94 + 133 + 133 + 34)) * 8);
}

#[test]
fn a_private_key_out_of_range_or_of_another_certificate_is_refused() {
    for edition in editions() {
        let length = edition.curve.field_len();
        let order = match edition.curve {
            Curve::P256 => hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
            _ => hex(&format!("01{}FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409", "FF".repeat(32))),
        };
        let plus = |number: &[u8], add: i32| {
            let mut number = number.to_vec();
            let mut carry = add;
            for byte in number.iter_mut().rev() {
                let sum = i32::from(*byte) + carry;
                (*byte, carry) = (sum.rem_euclid(256) as u8, sum.div_euclid(256));
            }
            number
        };
        let one = plus(&vec![0; length], 1);
        let base = ec::public_key(edition.curve, &one).unwrap().as_bytes().to_vec();
        let contract = edition.get("contract_private");
        let public = edition.get("contract_public");
        let mut refusals = Refusals::new(edition);
        let mut cases = vec![
            ("d = 0", vec![0; length], public.clone()),
            ("d = 0, and the point that is multiplied in its stead", vec![0; length], base.clone()),
            ("d = n", order.clone(), public.clone()),
            ("d = n, and the point of 1", order.clone(), base.clone()),
            ("d = n + 1", plus(&order, 1), base.clone()),
            ("all bits", vec![0xFF; length], public.clone()),
            ("d - 1", plus(&contract, -1), public.clone()),
            ("d + 1", plus(&contract, 1), public.clone()),
            (
                "-d",
                order
                    .iter()
                    .zip(&contract)
                    .rev()
                    .fold((vec![], 0), |(mut digits, borrow), (n, d)| {
                        let difference = i32::from(*n) - i32::from(*d) - borrow;
                        digits.insert(0, difference.rem_euclid(256) as u8);
                        (digits, i32::from(difference < 0))
                    })
                    .0,
                public.clone(),
            ),
        ];
        if length == 66 {
            for bit in 1..8 {
                let mut padded = contract.clone();
                padded[0] |= 1 << bit;
                cases.push(("padding bits", padded, public.clone()));
                let mut padded = one.clone();
                padded[0] |= 1 << bit;
                cases.push(("padding bits over d = 1", padded, base.clone()));
            }
        }
        for (what, d, public_key) in &cases {
            let envelope = refusals.edition.seal(d, public_key);
            refusals.refuse(&envelope, CRYPTO_E_CUSTOM_ERROR, what);
        }
        assert_eq!(refusals.end() as usize, cases.len());
    }
}

#[test]
fn the_first_and_the_last_private_key_of_the_curve_are_imported() {
    for edition in editions() {
        let driver = edition.driver();
        let length = edition.curve.field_len();
        let mut one = vec![0; length];
        one[length - 1] = 1;
        let last = match edition.curve {
            Curve::P256 => hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550"),
            _ => hex(&format!("01{}FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386408", "FF".repeat(32))),
        };
        let vector = edition.get("contract_private");
        for d in [one, last, vector] {
            let public_key = ec::public_key(edition.curve, &d).unwrap();
            let envelope = edition.seal(&d, public_key.as_bytes());
            if d == edition.get("contract_private") {
                assert_eq!(envelope.encrypted, edition.get("encrypted"), "the sender of these tests is the vector's");
            }
            assert_eq!(driver.process(0, edition.job(&envelope, SYNC, TARGET)), E_OK);
            assert_eq!(driver.set_valid(TARGET), E_OK);
            assert!(edition.signs(&driver, TARGET, &d));
        }
    }
}

#[test]
fn wrong_lengths_and_missing_fields_are_refused() {
    for edition in editions() {
        let mut refusals = Refusals::new(edition);
        let genuine = refusals.edition.envelope();
        let has_aad = !genuine.aad.is_empty();
        for change in [-1isize, 1] {
            let resized = |field: &[u8]| {
                let mut field = field.to_vec();
                field.resize((field.len() as isize + change) as usize, 0);
                field
            };
            let encrypted = Envelope { encrypted: resized(&genuine.encrypted), ..genuine.clone() };
            refusals.refuse(&encrypted, E_NOT_OK, "encrypted");
            let point = Envelope { dh_public_key: resized(&genuine.dh_public_key), ..genuine.clone() };
            refusals.refuse(&point, E_NOT_OK, "DHpublickey");
            // With an AAD behind it, what is cut from the public key is taken from the AAD.
            let code = if has_aad { CRYPTO_E_CUSTOM_ERROR } else { E_NOT_OK };
            let point = Envelope { public_key: resized(&genuine.public_key), ..genuine.clone() };
            refusals.refuse(&point, code, "public key");
        }
        let aad = Envelope { aad: if has_aad { vec![] } else { vec![0] }, ..genuine.clone() };
        refusals.refuse(&aad, E_NOT_OK, "AAD that is missing or not to be there");
        if has_aad {
            for length in [1, 33, 35] {
                let mut aad = genuine.aad.clone();
                aad.resize(length, b'0');
                refusals.refuse(&Envelope { aad, ..genuine.clone() }, CRYPTO_E_CUSTOM_ERROR, "AAD of another length");
            }
        }
        // X ‖ Y without 04, and a compressed point.
        let bare = Envelope { dh_public_key: genuine.dh_public_key[1..].to_vec(), ..genuine.clone() };
        refusals.refuse(&bare, E_NOT_OK, "without 04");
        let mut compressed = genuine.clone();
        compressed.dh_public_key[0] = 2;
        refusals.refuse(&compressed, CRYPTO_E_CUSTOM_ERROR, "compressed");
        let mut infinity = genuine.clone();
        infinity.dh_public_key.fill(0);
        refusals.refuse(&infinity, CRYPTO_E_CUSTOM_ERROR, "the point at infinity");
        refusals.end();
    }
}

#[test]
fn missing_buffers_unknown_keys_and_streams_are_refused() {
    for edition in editions() {
        let driver = edition.driver();
        let image = driver.image(TARGET);
        let job = || edition.job(&edition.envelope(), SYNC, TARGET);
        let pointer = Some(CRYPTO_E_PARAM_POINTER);
        let value = Some(CRYPTO_E_PARAM_VALUE);
        let handle = Some(CRYPTO_E_PARAM_HANDLE);
        type Change = fn(Job);
        let table: [(&str, Change, Option<u8>); 10] = [
            ("no envelope", |job| job.io().inputPtr = std::ptr::null(), pointer),
            ("no DHpublickey", |job| job.io().secondaryInputPtr = std::ptr::null(), pointer),
            ("no public key", |job| job.io().tertiaryInputPtr = std::ptr::null(), pointer),
            ("envelope of no bytes", |job| job.io().inputLength = 0, value),
            ("DHpublickey of no bytes", |job| job.io().secondaryInputLength = 0, value),
            ("public key of no bytes", |job| job.io().tertiaryInputLength = 0, value),
            ("no target", |job| _ = job.target(NO_KEY), handle),
            ("no owning key", |job| unsafe { (*job.record).cryptoKeyId = 2 }, handle),
            ("in pieces", |job| _ = job.mode(STREAMSTART), None),
            ("longer than the address space", |job| job.io().inputPtr = usize::MAX as *const u8, pointer),
        ];
        for (what, change, report) in table {
            let job = job();
            change(job);
            assert_eq!(driver.process(0, job), E_NOT_OK, "{what}");
            let expected: Vec<u8> = report.into_iter().collect();
            assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), expected, "{what}");
            assert_eq!(driver.image(TARGET), image, "{what}");
        }
    }
}

#[test]
fn the_state_access_and_usage_of_both_keys_count() {
    for edition in editions() {
        let size = edition.curve.field_len() as u32;
        let other_size = 98 - size;
        let point = edition.curve.point_len() as u32;
        let denied = ElementSpec::new(1, size).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED);
        let internal = denied.clone().access(CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_WA_ALLOWED);
        let usage = |family| CryptoSoft_PrimitiveConfigType {
            service: CRYPTO_CUSTOM_SERVICE,
            family,
            mode: CRYPTO_ALGOMODE_NOT_SET,
            secondaryFamily: CRYPTO_ALGOFAM_NOT_SET,
        };
        let other_family = CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 ^ CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 ^ edition.family;
        let no_access = Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_KEY_READ_FAIL);
        let missing = Reported::Runtime(CRYPTO_SID_PROCESSJOB, CRYPTO_E_RE_KEY_NOT_AVAILABLE);
        let write_denied = denied.clone().access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_DENIED);
        let only_public = [denied.clone(), ElementSpec::new(1000, point).access(0, CRYPTO_SOFT_WA_DENIED)];
        let short_public = [denied.clone(), ElementSpec::new(1000, point - 2)];
        for (what, target, code, report) in [
            ("write access denied", &[write_denied][..], CRYPTO_E_KEY_WRITE_FAIL, vec![]),
            ("write access of the public key denied", &only_public, CRYPTO_E_KEY_WRITE_FAIL, vec![]),
            ("readable target", &[internal.clone().access(0, 0)], CRYPTO_E_KEY_READ_FAIL, vec![no_access]),
            ("more readable target", &[internal.clone().access(1, 0)], CRYPTO_E_KEY_READ_FAIL, vec![no_access]),
            ("no element 1", &[ElementSpec::new(2, size)], CRYPTO_E_KEY_NOT_AVAILABLE, vec![missing]),
            ("element of another size", &[ElementSpec::new(1, other_size).access(3, 0)], CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
            ("one too small", &[ElementSpec::new(1, size - 1).access(3, 0)], CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
            ("too small for PKCS#8", &[ElementSpec::new(1, 137).access(3, 0).format(PKCS8)], CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
            ("another format", &[ElementSpec::new(1, 400).access(3, 0).format(4)], CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
            ("no room for the public key", &short_public, CRYPTO_E_KEY_SIZE_MISMATCH, vec![]),
        ] {
            let driver = Builder::new().object(0).key(edition.form, std::slice::from_ref(&internal)).key(0, target).start();
            driver.load(OWNING, &edition.get("owning_private"));
            let image = driver.image(TARGET);
            assert_eq!(driver.process(0, edition.job(&edition.envelope(), SYNC, TARGET)), code, "{what}");
            assert_eq!(driver.reports(), report, "{what}");
            assert_eq!(driver.image(TARGET), image, "{what}");
        }

        type Prepare = fn(&Driver, &Edition);
        let cases: [(&str, &[ElementSpec], Vec<CryptoSoft_PrimitiveConfigType>, Prepare, u8, Vec<Reported>); 6] = [
            (
                "owning key not valid",
                std::slice::from_ref(&denied),
                all_primitives(),
                |driver, edition| {
                    assert_eq!(driver.set(OWNING, 1, &edition.get("owning_private")), E_OK);
                },
                CRYPTO_E_KEY_NOT_VALID,
                vec![],
            ),
            (
                "owning key empty",
                std::slice::from_ref(&denied),
                all_primitives(),
                |driver, _| {
                    assert_eq!(driver.set_valid(OWNING), E_OK);
                },
                CRYPTO_E_KEY_EMPTY,
                vec![],
            ),
            (
                "owning key without element 1",
                &[ElementSpec::new(2, 4)],
                all_primitives(),
                |driver, _| {
                    assert_eq!(driver.set_valid(OWNING), E_OK);
                },
                CRYPTO_E_KEY_NOT_AVAILABLE,
                vec![missing],
            ),
            (
                "owning key of another curve",
                &[ElementSpec::new(1, other_size)],
                all_primitives(),
                |driver, edition| {
                    driver.load(OWNING, &vec![1; 98 - edition.curve.field_len()]);
                },
                CRYPTO_E_KEY_SIZE_MISMATCH,
                vec![],
            ),
            (
                "not for custom services",
                std::slice::from_ref(&denied),
                vec![usage(other_family)],
                |driver, edition| {
                    driver.load(OWNING, &edition.get("owning_private"));
                },
                CRYPTO_E_KEY_READ_FAIL,
                vec![no_access],
            ),
            (
                "for nothing at all",
                std::slice::from_ref(&denied),
                vec![],
                |driver, edition| {
                    driver.load(OWNING, &edition.get("owning_private"));
                },
                CRYPTO_E_KEY_READ_FAIL,
                vec![no_access],
            ),
        ];
        for (what, elements, mut usages, prepare, code, report) in cases {
            let set_valid = CryptoSoft_PrimitiveConfigType { service: CRYPTO_KEYSETVALID, ..usage(0) };
            usages.push(set_valid);
            let driver = Builder::new().object(0).key(0, elements).usages(&usages).key(0, std::slice::from_ref(&denied)).start();
            prepare(&driver, &edition);
            let image = driver.image(TARGET);
            assert_eq!(driver.process(0, edition.job(&edition.envelope(), SYNC, TARGET)), code, "{what}");
            assert_eq!(driver.reports(), report, "{what}");
            assert_eq!(driver.image(TARGET), image, "{what}");
        }
    }
}

#[test]
fn the_owning_key_can_be_replaced_by_the_contract_key_it_protects() {
    for edition in editions() {
        let driver = edition.driver();
        let before = driver.image(OWNING);
        let mut flipped = edition.envelope();
        flipped.encrypted[20] ^= 1;
        assert_eq!(driver.process(0, edition.job(&flipped, SYNC, OWNING)), CRYPTO_E_CUSTOM_ERROR);
        assert_eq!(driver.image(OWNING), before);
        assert_eq!(driver.run(edition.job(&edition.envelope(), ASYNC, OWNING)), E_OK);
        assert!(!driver.is_valid(OWNING));
        assert_eq!(driver.set_valid(OWNING), E_OK);
        assert!(edition.signs(&driver, OWNING, &edition.get("contract_private")));
        assert_eq!(
            driver.process(0, edition.job(&edition.envelope(), SYNC, TARGET)),
            CRYPTO_E_CUSTOM_ERROR,
            "the key is another"
        );
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn keys_in_pkcs8_are_read_and_written() {
    for edition in editions() {
        let length = if edition.curve == Curve::P256 { 138 } else { 241 };
        let spki = if edition.curve == Curve::P256 { 91 } else { 158 };
        let private = ElementSpec::new(1, length).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED).format(PKCS8);
        let public = ElementSpec::new(1000, spki).format(CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY);
        let plain = ElementSpec::new(1, edition.curve.field_len() as u32).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED);
        let driver = Builder::new().object(0).key(edition.form, &[plain]).key(edition.form, &[private, public]).start();
        driver.load(OWNING, &edition.get("owning_private"));
        assert_eq!(driver.process(0, edition.job(&edition.envelope(), SYNC, TARGET)), E_OK);
        assert_eq!(driver.stored(TARGET, 1).len(), length as usize);
        assert!(driver.get(TARGET, 1000, spki).1.ends_with(&edition.get("contract_public")));
        assert_eq!(driver.set_valid(TARGET), E_OK);
        assert!(edition.signs(&driver, TARGET, &edition.get("contract_private")));
        // Now that key is the owning one: what its public key encrypts, it opens.
        let from = Edition {
            vector: HashMap::from([("owning_public".to_owned(), edition.get("contract_public"))]),
            ..editions().into_iter().find(|one| one.curve == edition.curve).unwrap()
        };
        let ephemeral = ecdh::PrivateKey::new(edition.curve, &edition.get("ephemeral_private")).unwrap();
        let z = ephemeral.agree(&from.get("owning_public")).unwrap();
        assert_ne!(z.as_bytes(), edition.get("z"));
        let job = edition.job(&edition.envelope(), SYNC, OWNING);
        unsafe { (*job.record).cryptoKeyId = TARGET };
        assert_eq!(driver.process(0, job), CRYPTO_E_CUSTOM_ERROR, "the PKCS#8 key is parsed, and is another");
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn a_target_in_use_is_busy_and_keeps_its_key() {
    for edition in editions() {
        let driver = edition.driver();
        let image = driver.image(TARGET);
        // While another thread writes the target: this one, from inside its own call.
        let envelope = edition.envelope();
        let job = edition.job(&envelope, SYNC, TARGET);
        let record = job.record as usize;
        let old = edition.old_key();
        after_next_area(move || {
            let job = Job { record: record as *mut _ };
            assert_eq!(driver.process(1, job), CRYPTO_E_BUSY);
            assert_eq!(driver.reports(), []);
        });
        assert_eq!(driver.set(TARGET, 1, &old), E_OK);
        assert_eq!(driver.image(TARGET).data, image.data);
        assert_eq!(driver.set_valid(TARGET), E_OK);
        assert!(edition.signs(&driver, TARGET, &edition.old_key()));
        assert_eq!(driver.process(1, job), E_OK, "nothing has been left held");
        // While another thread writes the owning key.
        assert_eq!(driver.set_valid(TARGET), E_OK);
        let image = driver.image(TARGET);
        after_next_area(move || assert_eq!(driver.process(1, Job { record: record as *mut _ }), CRYPTO_E_BUSY));
        assert_eq!(driver.set(OWNING, 1, &edition.get("owning_private")), E_OK);
        assert_eq!(driver.image(TARGET), image);
    }
}
