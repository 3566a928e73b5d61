//! Key management that computes: what it makes, what it refuses with which code, and that a refusal changes nothing.
#![allow(clippy::undocumented_unsafe_blocks, clippy::type_complexity)] // see `common`; tables
mod common;
use common::*;

use v2gcrypt_primitives::{ec, ecdh, ed25519, kdf, x25519, Curve, HashAlgorithm};

const P256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2B, 0x81, 0x04, 0x00, 0x22];
const PKCS8: u8 = CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8;
const READ_FAIL: u8 = CRYPTO_E_RE_KEY_READ_FAIL;
const NOT_AVAILABLE: u8 = CRYPTO_E_RE_KEY_NOT_AVAILABLE;
const READ_LEVELS: [u8; 4] =
    [CRYPTO_SOFT_RA_ALLOWED, CRYPTO_SOFT_RA_ENCRYPTED, CRYPTO_SOFT_RA_INTERNAL_COPY, CRYPTO_SOFT_RA_DENIED];

fn element(id: u32, size: u32) -> ElementSpec {
    ElementSpec::new(id, size)
}

/// An element that names an algorithm.
fn names(id: u32, family: Enumeration) -> ElementSpec {
    element(id, 1).init(&family.to_le_bytes()[..1])
}

fn one_key(elements: &[ElementSpec]) -> Driver {
    Builder::new().object(2).key(CRYPTO_SOFT_FORM_NONE, elements).start()
}

fn usage(service: Enumeration) -> CryptoSoft_PrimitiveConfigType {
    CryptoSoft_PrimitiveConfigType { service, family: 0, mode: 0, secondaryFamily: 0 }
}

/// Refused with `code` and what Det hears; every key is exactly as it was.
fn refused(driver: &Driver, code: u8, report: Option<Reported>, what: &str, call: impl FnOnce() -> u8) {
    let keys = unsafe { (*driver.instance).keyCount };
    let images = || (0..keys).map(|key| driver.image(key)).collect::<Vec<_>>();
    let before = images();
    assert_eq!(call(), code, "{what}");
    assert_eq!(driver.reports(), report.into_iter().collect::<Vec<_>>(), "{what}");
    assert_eq!(images(), before, "{what}: nothing changes");
}

/// What the direct function and the job do alike, with the report of either.
fn both(driver: &Driver, service: u8, code: u8, error: Option<u8>, what: &str, direct: impl Fn() -> u8, job: impl Fn() -> Job) {
    refused(driver, code, error.map(|error| Reported::Runtime(service, error)), what, direct);
    let by_job = || driver.process(0, job());
    refused(driver, code, error.map(|error| Reported::Runtime(CRYPTO_SID_PROCESSJOB, error)), what, by_job);
}

#[test]
fn symmetric_keys_are_generated_as_long_as_their_element() {
    for (family, size) in
        [(CRYPTO_ALGOFAM_AES, 16), (CRYPTO_ALGOFAM_AES, 32), (CRYPTO_ALGOFAM_CHACHA, 32), (CRYPTO_ALGOFAM_SHA2_384, 48)]
    {
        let driver = one_key(&[element(1, size).init(&vec![9; size as usize]), names(17, family)]);
        assert_eq!(driver.set_valid(0), E_OK);
        assert_eq!(driver.generate(0), E_OK);
        assert!(!driver.is_valid(0), "until KeySetValid");
        let generated = driver.stored(0, 1);
        assert_eq!(generated.len(), size as usize);
        assert_ne!(generated, vec![9; size as usize]);
        assert_eq!(driver.set_valid(0), E_OK);
        // By jobs: the family of the job wins over the element's.
        for processing in [SYNC, ASYNC] {
            assert_eq!(driver.run(management(CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_NOT_SET, processing, 0)), E_OK);
            assert_eq!(driver.run(management(CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_SHA2_512, processing, 0)), E_OK);
            assert_eq!(driver.stored(0, 1).len(), size as usize);
        }
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn pairs_are_generated_with_the_public_key_that_belongs_to_them() {
    let point = |curve: Curve| curve.point_len() as u32;
    let octets = |size| element(1, size);
    let curve = |oid: &[u8]| element(29, 8).partial().init(oid);
    let (ecc, ecdsa) = (CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOFAM_ECDSA);
    let cases: [(&str, Enumeration, Vec<ElementSpec>, Curve); 6] = [
        ("P-256 by size", ecc, vec![octets(32), element(1000, 65)], Curve::P256),
        ("P-384 by size, X ‖ Y", ecdsa, vec![octets(48), element(1000, 96)], Curve::P384),
        ("P-521 by size", ecc, vec![octets(66), element(1000, point(Curve::P521))], Curve::P521),
        ("P-384 by name", CRYPTO_ALGOFAM_ECDH, vec![octets(48), curve(P384), element(1000, 97)], Curve::P384),
        ("P-256 in a longer element", ecc, vec![octets(66).partial(), curve(P256), element(1000, 65)], Curve::P256),
        ("no element for the public key", ecc, vec![octets(66)], Curve::P521),
    ];
    for (what, family, mut elements, curve) in cases {
        elements.insert(1, names(17, family));
        let driver = one_key(&elements);
        assert_eq!(driver.generate(0), E_OK, "{what}");
        let private = driver.stored(0, 1);
        let public = ec::public_key(curve, &private).expect(what);
        if let Some(element) = elements.iter().find(|element| element.id == 1000) {
            let stored = driver.stored(0, 1000);
            assert_eq!(stored.len() as u32, element.size);
            assert!(public.as_bytes().ends_with(&stored), "{what}");
        }
        assert_eq!(driver.reports(), []);
    }
    let driver = one_key(&[element(1, 32), names(17, CRYPTO_ALGOFAM_ED25519), element(1000, 32)]);
    assert_eq!(driver.generate(0), E_OK);
    let public = ed25519::SigningKey::new(&driver.stored(0, 1)).unwrap().public_key();
    assert_eq!(driver.stored(0, 1000), public);
    // PKCS#8 wants the curve's name.
    let spki = element(1000, 91).format(CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY);
    let driver = one_key(&[element(1, 150).format(PKCS8), names(17, ecc), curve(P256), spki]);
    assert_eq!(driver.generate(0), E_OK);
    assert_eq!((driver.stored(0, 1).len(), driver.stored(0, 1000).len()), (138, 91));
    assert_eq!(driver.set_valid(0), E_OK);
}

#[test]
fn generation_refuses_what_it_cannot_make_and_keeps_the_key() {
    let old = |size: u32| element(1, size).init(&vec![7; size as usize]);
    let denied = |size: u32| old(size).access(0, CRYPTO_SOFT_WA_DENIED);
    let aes = names(17, CRYPTO_ALGOFAM_AES);
    let ecc = names(17, CRYPTO_ALGOFAM_ECCNIST);
    let mismatch = CRYPTO_E_KEY_SIZE_MISMATCH;
    let public = |size| element(1000, size).init(&vec![8; size as usize]);
    let cases: [(&str, Vec<ElementSpec>, u8, Option<u8>); 17] = [
        ("no algorithm", vec![old(16)], CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("algorithm never written", vec![old(16), element(17, 1)], CRYPTO_E_KEY_EMPTY, None),
        ("algorithm of two bytes", vec![old(16), element(17, 2).init(&[20, 0])], E_NOT_OK, None),
        ("RSA", vec![old(16), names(17, CRYPTO_ALGOFAM_RSA)], E_NOT_OK, None),
        ("no element 1", vec![element(2, 16), aes.clone()], CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("AES of 192 bits", vec![old(24), aes.clone()], mismatch, None),
        ("ChaCha20 of 128 bits", vec![old(16), names(17, CRYPTO_ALGOFAM_CHACHA)], mismatch, None),
        ("AES in PKCS#8", vec![old(16).format(PKCS8), aes.clone()], mismatch, None),
        ("longer than what is computed", vec![old(257), names(17, CRYPTO_ALGOFAM_SHA2_256)], mismatch, None),
        ("not to be written", vec![denied(16), aes.clone()], CRYPTO_E_KEY_WRITE_FAIL, None),
        ("size of no curve", vec![old(33), ecc.clone()], mismatch, None),
        ("size of another curve", vec![old(48), ecc.clone(), element(29, 8).init(P256)], mismatch, None),
        ("unknown curve", vec![old(32), ecc.clone(), element(29, 1).init(&[1])], E_NOT_OK, None),
        ("PKCS#8 without a curve", vec![old(241).format(PKCS8), ecc.clone()], CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("curve never written", vec![old(241).format(PKCS8), ecc.clone(), element(29, 8)], CRYPTO_E_KEY_EMPTY, None),
        ("public key does not fit", vec![old(32), ecc.clone(), public(63)], mismatch, None),
        (
            "public key not to be written",
            vec![old(32), ecc.clone(), public(65).access(0, CRYPTO_SOFT_WA_DENIED)],
            CRYPTO_E_KEY_WRITE_FAIL,
            None,
        ),
    ];
    for (what, elements, code, error) in cases {
        let driver = one_key(&elements);
        let job = || management(CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0);
        both(&driver, CRYPTO_SID_KEYGENERATE, code, error, what, || driver.generate(0), job);
    }
    let driver = one_key(&[old(16), aes.clone()]);
    let handle = Reported::Development(CRYPTO_SID_KEYGENERATE, CRYPTO_E_PARAM_HANDLE);
    refused(&driver, E_NOT_OK, Some(handle), "unknown key", || driver.generate(1));
    set_entropy(15);
    let exhausted = Reported::Runtime(CRYPTO_SID_KEYGENERATE, CRYPTO_E_RE_ENTROPY_EXHAUSTED);
    refused(&driver, CRYPTO_E_ENTROPY_EXHAUSTED, Some(exhausted), "no entropy", || driver.generate(0));
    set_entropy(u32::MAX);
    let driver = Builder::new().key(0, &[old(16), aes]).usages(&[usage(CRYPTO_KEYDERIVE)]).start();
    let no_access = Reported::Runtime(CRYPTO_SID_KEYGENERATE, READ_FAIL);
    refused(&driver, CRYPTO_E_KEY_READ_FAIL, Some(no_access), "not to be generated", || driver.generate(0));
}

#[test]
fn a_seed_is_mixed_in_and_never_replaces_entropy() {
    let seeded = |seed: &[u8]| one_key(&[element(1, 32), element(16, 8).partial().init(seed), names(17, CRYPTO_ALGOFAM_AES)]);
    let key = |driver: &Driver| {
        assert_eq!(driver.generate(0), E_OK);
        driver.stored(0, 1)
    };
    // The entropy of these tests is always the same: what differs is the seed.
    let (none, one, other) = (seeded(&[]), seeded(&[1]), seeded(&[2]));
    let keys = [key(&none), key(&one), key(&other)];
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
    assert_ne!(key(&one), keys[1], "the same seed again gives another key");
    let driver = seeded(&[1]);
    set_entropy(10);
    let exhausted = Reported::Runtime(CRYPTO_SID_KEYGENERATE, CRYPTO_E_RE_ENTROPY_EXHAUSTED);
    refused(&driver, CRYPTO_E_ENTROPY_EXHAUSTED, Some(exhausted), "no entropy", || driver.generate(0));
    set_entropy(u32::MAX);
}

/// RFC 5869 A.1.
const HKDF_SALT: &str = "000102030405060708090a0b0c";
const HKDF_INFO: &str = "f0f1f2f3f4f5f6f7f8f9";
const HKDF_OUTPUT: &str = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";

#[test]
fn keys_are_derived_as_the_keys_elements_say() {
    let contract = vectors(include_str!("vectors/contract-keys.txt"), "iso15118-20");
    let with = |compute: &dyn Fn(&mut [u8]) -> Result<(), kdf::KdfError>, length: usize| {
        let mut out = vec![0; length];
        compute(&mut out).unwrap();
        out
    };
    let (secret, salt, info) = (vec![0x0b; 22], hex(HKDF_SALT), hex(HKDF_INFO));
    let tls = with(&|out| kdf::tls12_prf(HashAlgorithm::Sha384, &secret, &info, &salt, out), 136);
    let x963 = with(&|out| kdf::x963(HashAlgorithm::Sha256, &secret, &info, out), 33);
    let none = with(&|out| kdf::hkdf(HashAlgorithm::Sha512, &[], &secret, &[], out), 16);
    let (hkdf, concat) = (CRYPTO_ALGOFAM_HKDF, CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF);
    let (sha256, sha384, sha512) = (CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOFAM_SHA2_384, CRYPTO_ALGOFAM_SHA2_512);
    let empty = vec![];
    for (family, hash, secret, salt, info, output) in [
        (hkdf, Some(sha256), &secret, &salt, &info, &hex(HKDF_OUTPUT)),
        (hkdf, None, &secret, &salt, &info, &hex(HKDF_OUTPUT)),
        (hkdf, Some(sha512), &secret, &empty, &empty, &none),
        (CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF, Some(sha384), &secret, &salt, &info, &tls),
        (CRYPTO_ALGOFAM_KDFX963, None, &secret, &salt, &info, &x963),
        (concat, Some(sha512), &contract["z"], &empty, &hex("015556"), &contract["k"]),
    ] {
        let mut elements = vec![
            element(1, 80).partial().init(secret).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_ALLOWED),
            element(13, 20).partial().init(salt),
            names(15, family),
            element(1001, 4).partial(),
            element(1002, 20).partial().init(info),
        ];
        if let Some(hash) = hash {
            elements[3] = elements[3].clone().init(&u32::from(hash).to_ne_bytes());
        }
        let target = element(1, output.len() as u32).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_INTERNAL_COPY);
        let driver = Builder::new().object(2).key(0, &elements).key(0, std::slice::from_ref(&target)).key(0, &[target]).start();
        assert_eq!(driver.set_valid(0), E_OK);
        assert_eq!(driver.derive(0, 1), E_OK);
        assert_eq!(driver.stored(1, 1), *output);
        assert!(driver.is_valid(0) && !driver.is_valid(1));
        assert_eq!(driver.run(management(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_NOT_SET, ASYNC, 0).target(2)), E_OK);
        assert_eq!(driver.stored(2, 1), *output);
        // A job's own family and hash win.
        let own = primitive(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_KDFX963, CRYPTO_ALGOMODE_NOT_SET, sha384, 0);
        assert_eq!(driver.run(Job::new(own, SYNC, 0).target(2)), E_OK);
        let by_job = with(&|out| kdf::x963(HashAlgorithm::Sha384, secret, info, out), output.len());
        assert_eq!(driver.stored(2, 1), by_job);
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn a_key_can_be_derived_from_itself() {
    let driver = one_key(&[element(1, 32).init(&[3; 32]), names(15, CRYPTO_ALGOFAM_HKDF)]);
    assert_eq!(driver.set_valid(0), E_OK);
    assert_eq!(driver.derive(0, 0), E_OK);
    let mut expected = [0; 32];
    kdf::hkdf(HashAlgorithm::Sha256, &[], &[3; 32], &[], &mut expected).unwrap();
    assert_eq!(driver.stored(0, 1), expected);
    assert!(!driver.is_valid(0));
}

#[test]
fn derivation_refuses_with_its_code_and_keeps_the_target() {
    let secret = || element(1, 16).init(&[3; 16]);
    let hkdf = || names(15, CRYPTO_ALGOFAM_HKDF);
    let target = || element(1, 16).init(&[7; 16]);
    let good = || vec![target()];
    let hash = |family: Enumeration| names(1001, family);
    let mismatch = CRYPTO_E_KEY_SIZE_MISMATCH;
    let cases: [(&str, Vec<ElementSpec>, Vec<ElementSpec>, u8, Option<u8>); 12] = [
        ("no algorithm", vec![secret()], good(), CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("algorithm never written", vec![secret(), element(15, 1)], good(), CRYPTO_E_KEY_EMPTY, None),
        ("not a derivation", vec![secret(), names(15, CRYPTO_ALGOFAM_AES)], good(), E_NOT_OK, None),
        ("not a hash", vec![secret(), hkdf(), hash(CRYPTO_ALGOFAM_AES)], good(), E_NOT_OK, None),
        ("SHA-1", vec![secret(), hkdf(), hash(CRYPTO_ALGOFAM_SHA1)], good(), E_NOT_OK, None),
        ("no secret", vec![hkdf()], good(), CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("secret never written", vec![element(1, 16), hkdf()], good(), CRYPTO_E_KEY_EMPTY, None),
        ("no target element", vec![secret(), hkdf()], vec![element(2, 16)], CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        (
            "target not to be written",
            vec![secret(), hkdf()],
            vec![target().access(0, CRYPTO_SOFT_WA_DENIED)],
            CRYPTO_E_KEY_WRITE_FAIL,
            None,
        ),
        ("target of another format", vec![secret(), hkdf()], vec![target().format(PKCS8)], mismatch, None),
        ("target without room", vec![secret(), hkdf()], vec![element(1, 0)], mismatch, None),
        ("more than what is computed", vec![secret(), hkdf()], vec![element(1, 257)], mismatch, None),
    ];
    for (what, source, target, code, error) in cases {
        let driver = Builder::new().object(0).key(0, &source).key(0, &target).start();
        assert_eq!((driver.set_valid(0), driver.set_valid(1) | E_NOT_OK), (E_OK, E_NOT_OK));
        let job = || management(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0).target(1);
        both(&driver, CRYPTO_SID_KEYDERIVE, code, error, what, || driver.derive(0, 1), job);
    }
    let driver = Builder::new().object(0).key(0, &[secret(), hkdf()]).key(0, &good()).start();
    let job = || management(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0).target(1);
    both(&driver, CRYPTO_SID_KEYDERIVE, CRYPTO_E_KEY_NOT_VALID, None, "source not valid", || driver.derive(0, 1), job);
    let handle = Some(Reported::Development(CRYPTO_SID_KEYDERIVE, CRYPTO_E_PARAM_HANDLE));
    refused(&driver, E_NOT_OK, handle, "unknown source", || driver.derive(2, 1));
    refused(&driver, E_NOT_OK, handle, "unknown target", || driver.derive(0, 2));
    let driver = Builder::new().key(0, &[secret(), hkdf()]).usages(&[usage(CRYPTO_KEYSETVALID)]).key(0, &good()).start();
    assert_eq!(driver.set_valid(0), E_OK);
    let no_access = Some(Reported::Runtime(CRYPTO_SID_KEYDERIVE, READ_FAIL));
    refused(&driver, CRYPTO_E_KEY_READ_FAIL, no_access, "not for derivation", || driver.derive(0, 1));
}

#[test]
fn a_derived_key_is_never_easier_to_read_than_what_it_is_derived_from() {
    // All derivations are prefix-consistent: what one target got, another one that is longer would tell.
    let mut derived = 0;
    for read in READ_LEVELS {
        for target_read in READ_LEVELS {
            let secret = element(1, 32).access(read, CRYPTO_SOFT_WA_DENIED).init(&[5; 32]);
            let internal =
                |read, size: u32| element(1, size).access(read, CRYPTO_SOFT_WA_INTERNAL_COPY).init(&vec![7; size as usize]);
            let driver = Builder::new()
                .object(2)
                .key(0, &[secret, names(15, CRYPTO_ALGOFAM_HKDF).access(CRYPTO_SOFT_RA_DENIED, CRYPTO_SOFT_WA_DENIED)])
                .key(0, &[internal(target_read, 65)])
                .start();
            assert_eq!(driver.set_valid(0), E_OK);
            let what = format!("read {read} into read {target_read}");
            let job = |processing| management(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_NOT_SET, processing, 0).target(1);
            if target_read < read {
                let (code, error) = (CRYPTO_E_KEY_READ_FAIL, Some(READ_FAIL));
                both(&driver, CRYPTO_SID_KEYDERIVE, code, error, &what, || driver.derive(0, 1), || job(SYNC));
                let before = driver.image(1);
                assert_eq!(driver.run(job(ASYNC)), code, "{what}");
                assert_eq!(driver.image(1), before, "{what}");
            } else {
                assert_eq!(driver.derive(0, 1), E_OK, "{what}");
                assert_eq!(driver.run(job(ASYNC)), E_OK, "{what}");
                assert_ne!(driver.stored(1, 1), vec![7; 65]);
                derived += 1;
            }
        }
    }
    assert_eq!(derived, 4 + 3 + 2 + 1);
}

#[test]
fn a_shared_secret_is_never_easier_to_read_than_the_private_key() {
    let partner = ec::public_key(Curve::P256, &[5; 32]).unwrap().as_bytes().to_vec();
    for read in READ_LEVELS {
        for shared_read in READ_LEVELS {
            let driver = one_key(&[
                element(1, 32).access(shared_read, CRYPTO_SOFT_WA_INTERNAL_COPY),
                element(9, 32).access(read, CRYPTO_SOFT_WA_ALLOWED).init(&[7; 32]),
                names(12, CRYPTO_ALGOFAM_ECDH),
            ]);
            assert_eq!(driver.set_valid(0), E_OK);
            let what = format!("private key read {read}, shared value read {shared_read}");
            let service = CRYPTO_SID_KEYEXCHANGECALCSECRET;
            let job = || management(CRYPTO_KEYEXCHANGECALCSECRET, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0).input(&partner);
            if shared_read < read {
                let direct = || driver.shared_secret(0, &partner);
                both(&driver, service, CRYPTO_E_KEY_READ_FAIL, Some(READ_FAIL), &what, direct, job);
            } else {
                assert_eq!(driver.shared_secret(0, &partner), E_OK, "{what}");
            }
        }
    }
}

/// A key for key exchange.
fn exchange(family: Enumeration, private: u32, public: u32) -> Vec<ElementSpec> {
    vec![element(1, 66).partial(), element(9, private), element(10, public), names(12, family)]
}

#[test]
fn two_keys_agree_on_a_secret_on_every_curve() {
    let cases: [(&str, Enumeration, u32, u32, u32); 6] = [
        ("P-256", CRYPTO_ALGOFAM_ECDH, 32, 65, 65),
        ("P-256, X ‖ Y", CRYPTO_ALGOFAM_ECCNIST, 32, 64, 64),
        ("P-384", CRYPTO_ALGOFAM_ECDSA, 48, 97, 97),
        ("P-521", CRYPTO_ALGOFAM_ECDH, 66, 133, 133),
        ("P-521, X ‖ Y", CRYPTO_ALGOFAM_ECDH, 66, 132, 132),
        ("X25519", CRYPTO_ALGOFAM_X25519, 32, 32, 32),
    ];
    for (what, family, private, public, length) in cases {
        let spec = exchange(family, private, public);
        let driver = Builder::new().object(2).key(0, &spec).key(0, &spec).start();
        let (code, one) = driver.public_value(0, 133);
        assert_eq!((code, one.len() as u32), (E_OK, length), "{what}");
        assert!(driver.is_valid(0), "the other half can follow at once");
        assert_eq!(driver.stored(0, 10), one);
        assert_eq!(driver.public_value(0, length), (E_OK, one.clone()), "the same pair again: it is valid");
        // The other key by jobs.
        let ours = management(CRYPTO_KEYEXCHANGECALCPUBVAL, CRYPTO_ALGOFAM_NOT_SET, ASYNC, 1).output(133);
        assert_eq!(driver.run(ours), E_OK, "{what}");
        let other = ours.result();
        assert_eq!(other.len() as u32, length);
        assert_eq!(driver.shared_secret(0, &other), E_OK);
        assert!(!driver.is_valid(0), "until KeySetValid");
        let job = management(CRYPTO_KEYEXCHANGECALCSECRET, family, ASYNC, 1).input(&one);
        assert_eq!(driver.run(job), E_OK);
        assert_eq!(driver.stored(0, 1), driver.stored(1, 1), "{what}");
        let z = driver.stored(0, 1);
        let expected = match family {
            CRYPTO_ALGOFAM_X25519 => x25519::PrivateKey::new(&driver.stored(0, 9)).unwrap().agree(&other).unwrap(),
            _ => {
                let curve = Curve::ALL.into_iter().find(|curve| curve.field_len() as u32 == private).unwrap();
                ecdh::PrivateKey::new(curve, &driver.stored(0, 9)).unwrap().agree(&other).unwrap()
            }
        };
        assert_eq!(z, expected.as_bytes());
        assert_eq!(driver.set_valid(0), E_OK);
        // Set invalid, the key makes a fresh pair, and what the old one had agreed on is gone.
        assert_eq!(driver.set_invalid(0), E_OK);
        let old = driver.stored(0, 9);
        assert_eq!(driver.public_value(0, length).0, E_OK);
        assert!(driver.stored(0, 1).is_empty() && driver.image(0).data[..66] == [0; 66]);
        assert_eq!(driver.stored(0, 9).len(), old.len());
        assert_eq!(driver.reports(), []);
    }
}

#[test]
fn a_public_value_is_refused_with_its_code_and_changes_nothing() {
    let ecdh = || names(12, CRYPTO_ALGOFAM_ECDH);
    let old = || element(9, 32).init(&[7; 32]);
    let written = CRYPTO_E_KEY_WRITE_FAIL;
    let denied = |element: ElementSpec| element.access(0, CRYPTO_SOFT_WA_DENIED);
    let cases: [(&str, Vec<ElementSpec>, u32, u8, Option<u8>); 11] = [
        ("no private key", vec![element(1, 32), ecdh()], 65, CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("no algorithm", vec![old()], 65, CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("algorithm never written", vec![old(), element(12, 1)], 65, CRYPTO_E_KEY_EMPTY, None),
        ("not an exchange", vec![old(), names(12, CRYPTO_ALGOFAM_ED25519)], 65, E_NOT_OK, None),
        ("one byte too little room", vec![old(), ecdh()], 64, E_NOT_OK, None),
        ("too little room for X ‖ Y", vec![old(), element(10, 64), ecdh()], 63, E_NOT_OK, None),
        ("size of no curve", vec![element(9, 31), ecdh()], 65, CRYPTO_E_KEY_SIZE_MISMATCH, None),
        ("public key does not fit", vec![old(), element(10, 66), ecdh()], 65, CRYPTO_E_KEY_SIZE_MISMATCH, None),
        ("private key not to be written", vec![denied(old()), ecdh()], 65, written, None),
        ("public key not to be written", vec![old(), denied(element(10, 65)), ecdh()], 65, written, None),
        ("shared value not to be written", vec![denied(element(1, 32)), old(), ecdh()], 65, written, None),
    ];
    for (what, elements, room, code, error) in cases {
        let driver = one_key(&elements);
        let job = || management(CRYPTO_KEYEXCHANGECALCPUBVAL, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0).output(room);
        both(&driver, CRYPTO_SID_KEYEXCHANGECALCPUBVAL, code, error, what, || driver.public_value(0, room).0, job);
    }
    let service = CRYPTO_SID_KEYEXCHANGECALCPUBVAL;
    let driver = one_key(&[element(1, 32).init(&[1; 32]), old(), ecdh()]);
    set_entropy(31);
    let exhausted = Reported::Runtime(service, CRYPTO_E_RE_ENTROPY_EXHAUSTED);
    refused(&driver, CRYPTO_E_ENTROPY_EXHAUSTED, Some(exhausted), "no entropy", || driver.public_value(0, 65).0);
    set_entropy(u32::MAX);
    let development = |error| Some(Reported::Development(service, error));
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_HANDLE), "unknown key", || driver.public_value(1, 65).0);
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_VALUE), "no room", || driver.public_value(0, 0).0);
    let mut length = 65u32;
    let mut room = [0u8; 65];
    let word = std::ptr::addr_of_mut!(length);
    for (start, word) in [(std::ptr::null_mut(), word), (room.as_mut_ptr(), std::ptr::null_mut()), (word.cast(), word)] {
        refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_POINTER), "pointer", || unsafe {
            V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(driver.instance, 0, start, word)
        });
    }
    // A key that is valid tells its own public value, also where nothing may be written.
    let pair = [denied(element(1, 32)), denied(old()), denied(element(10, 65)), ecdh()];
    let driver = one_key(&pair);
    assert_eq!(driver.set_valid(0), E_OK);
    let image = driver.image(0);
    let expected = ec::public_key(Curve::P256, &[7; 32]).unwrap();
    assert_eq!(driver.public_value(0, 65), (E_OK, expected.as_bytes().to_vec()));
    assert_eq!(driver.image(0), image);
    let driver = Builder::new().key(0, &exchange(CRYPTO_ALGOFAM_ECDH, 32, 65)).usages(&[usage(CRYPTO_KEYGENERATE)]).start();
    let no_access = Some(Reported::Runtime(service, READ_FAIL));
    refused(&driver, CRYPTO_E_KEY_READ_FAIL, no_access, "not for key exchange", || driver.public_value(0, 65).0);
}

#[test]
fn a_shared_secret_is_refused_with_its_code_and_changes_nothing() {
    let ecdh = || names(12, CRYPTO_ALGOFAM_ECDH);
    let own = || element(9, 32).init(&[7; 32]);
    let shared = || element(1, 40).partial().init(&[6; 33]);
    let partner = ec::public_key(Curve::P256, &[5; 32]).unwrap().as_bytes().to_vec();
    let other_curve = ec::public_key(Curve::P384, &[5; 48]).unwrap().as_bytes().to_vec();
    let flipped = |index: usize| {
        let mut point = partner.clone();
        point[index] ^= 1;
        point
    };
    let good = || vec![shared(), own(), ecdh()];
    let cases: [(&str, Vec<ElementSpec>, Vec<u8>, u8, Option<u8>); 14] = [
        ("not on the curve", good(), flipped(40), E_NOT_OK, None),
        ("compressed", good(), flipped(0), E_NOT_OK, None),
        ("one byte too short", good(), partner[..63].to_vec(), E_NOT_OK, None),
        ("one byte too long", good(), [&partner[..], &[0]].concat(), E_NOT_OK, None),
        ("another curve", good(), other_curve, E_NOT_OK, None),
        ("infinity", good(), vec![0], E_NOT_OK, None),
        ("zeros", good(), vec![0; 64], E_NOT_OK, None),
        ("no private key", vec![shared(), element(9, 32), ecdh()], partner.clone(), CRYPTO_E_KEY_EMPTY, None),
        (
            "no element for it",
            vec![shared(), element(10, 65), ecdh()],
            partner.clone(),
            CRYPTO_E_KEY_NOT_AVAILABLE,
            Some(NOT_AVAILABLE),
        ),
        ("no shared value", vec![own(), ecdh()], partner.clone(), CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("no algorithm", vec![shared(), own()], partner.clone(), CRYPTO_E_KEY_NOT_AVAILABLE, Some(NOT_AVAILABLE)),
        ("too short an element", vec![element(1, 31), own(), ecdh()], partner.clone(), CRYPTO_E_KEY_SIZE_MISMATCH, None),
        (
            "not to be written",
            vec![shared().access(0, CRYPTO_SOFT_WA_DENIED), own(), ecdh()],
            partner.clone(),
            CRYPTO_E_KEY_WRITE_FAIL,
            None,
        ),
        ("small order", vec![shared(), own(), names(12, CRYPTO_ALGOFAM_X25519)], vec![0; 32], E_NOT_OK, None),
    ];
    for (what, elements, partner, code, error) in cases {
        let driver = one_key(&elements);
        assert_eq!(driver.set_valid(0), E_OK);
        let job = || management(CRYPTO_KEYEXCHANGECALCSECRET, CRYPTO_ALGOFAM_NOT_SET, SYNC, 0).input(&partner);
        both(&driver, CRYPTO_SID_KEYEXCHANGECALCSECRET, code, error, what, || driver.shared_secret(0, &partner), job);
    }
    let driver = one_key(&good());
    let service = CRYPTO_SID_KEYEXCHANGECALCSECRET;
    let development = |error| Some(Reported::Development(service, error));
    refused(&driver, CRYPTO_E_KEY_NOT_VALID, None, "not valid", || driver.shared_secret(0, &partner));
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_HANDLE), "unknown", || driver.shared_secret(1, &partner));
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_VALUE), "nothing", || driver.shared_secret(0, &[]));
    let null = || unsafe { V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(driver.instance, 0, std::ptr::null(), 65) };
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_POINTER), "null", null);
    assert_eq!((driver.set(0, 9, &[0; 32]), driver.set_valid(0)), (E_OK, E_OK));
    refused(&driver, CRYPTO_E_KEY_NOT_VALID, None, "a private key of 0", || driver.shared_secret(0, &partner));
    // The secret is written with its own length: nothing of what was longer stays.
    assert_eq!((driver.set(0, 9, &[7; 32]), driver.set_valid(0)), (E_OK, E_OK));
    assert_eq!(driver.shared_secret(0, &partner), E_OK);
    assert_eq!((driver.stored(0, 1).len(), driver.image(0).data[32..40].to_vec()), (32, vec![0; 8]));
}

#[test]
fn a_seed_goes_into_the_generator_of_the_driver() {
    let state = || element(3, 4).init(&[1]).partial();
    let seeded = |seed: Option<&[u8]>| {
        let driver = Builder::new().object(1).key(0, &[state()]).start();
        assert_eq!(driver.set_valid(0), E_OK);
        if let Some(seed) = seed {
            assert_eq!(driver.seed(0, seed), E_OK);
        }
        let drbg = primitive(CRYPTO_RANDOMGENERATE, CRYPTO_ALGOFAM_DRBG, CRYPTO_ALGOMODE_CTRDRBG, CRYPTO_ALGOFAM_NOT_SET, 0);
        let job = Job::new(drbg, SYNC, NO_KEY).output(32);
        assert_eq!(driver.process(0, job), E_OK);
        assert!(driver.is_valid(0), "the key itself does not change");
        assert_eq!(driver.reports(), []);
        job.result()
    };
    let outputs = [seeded(None), seeded(Some(&[1])), seeded(Some(&[2])), seeded(Some(&[7; 3000]))];
    for (index, one) in outputs.iter().enumerate() {
        assert!(outputs[index + 1..].iter().all(|other| one != other), "each seed counts");
    }
    let driver = Builder::new().object(1).key(0, &[state()]).key(0, &[element(1, 4)]).start();
    let job = |key| Job::new(primitive(CRYPTO_RANDOMSEED, CRYPTO_ALGOFAM_DRBG, 0, 0, 0), SYNC, key).input(&[1]);
    let service = CRYPTO_SID_RANDOMSEED;
    both(&driver, service, CRYPTO_E_KEY_NOT_VALID, None, "not valid", || driver.seed(0, &[1]), || job(0));
    let (missing, code) = (Some(NOT_AVAILABLE), CRYPTO_E_KEY_NOT_AVAILABLE);
    both(&driver, service, code, missing, "not a key for random numbers", || driver.seed(1, &[1]), || job(1));
    assert_eq!(driver.set_valid(0), E_OK);
    set_entropy(47);
    let exhausted = (CRYPTO_E_ENTROPY_EXHAUSTED, Some(CRYPTO_E_RE_ENTROPY_EXHAUSTED));
    both(&driver, service, exhausted.0, exhausted.1, "no entropy beside the seed", || driver.seed(0, &[1]), || job(0));
    set_entropy(u32::MAX);
    let development = |error| Some(Reported::Development(service, error));
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_HANDLE), "unknown", || driver.seed(2, &[1]));
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_VALUE), "nothing", || driver.seed(0, &[]));
    let null = || unsafe { V2gcrypt_CryptoSoft_RandomSeed(driver.instance, 0, std::ptr::null(), 4) };
    refused(&driver, E_NOT_OK, development(CRYPTO_E_PARAM_POINTER), "null", null);
    assert_eq!(driver.run(job(0)), E_OK);
    let driver = Builder::new().key(0, &[state()]).usages(&[usage(CRYPTO_KEYSETVALID)]).start();
    assert_eq!(driver.set_valid(0), E_OK);
    let no_access = Some(Reported::Runtime(service, READ_FAIL));
    refused(&driver, CRYPTO_E_KEY_READ_FAIL, no_access, "not for seeding", || driver.seed(0, &[1]));
}

#[test]
fn custom_sync_knows_no_dispatch_id() {
    let driver = one_key(&[element(1, 4)]);
    let null = std::ptr::null_mut();
    for (dispatch, key) in [(0, 0), (1, 0), (u32::MAX, 0), (0, 1)] {
        let handle = Some(Reported::Development(CRYPTO_SID_CUSTOMSYNC, CRYPTO_E_PARAM_HANDLE));
        refused(&driver, E_NOT_OK, handle, "CustomSync", || unsafe {
            V2gcrypt_CryptoSoft_CustomSync(
                driver.instance,
                dispatch,
                key,
                1,
                key,
                1,
                null,
                0,
                null,
                null.cast(),
                null,
                null.cast(),
            )
        });
    }
}

#[test]
fn a_key_that_is_written_is_busy_for_all_of_them() {
    let driver = Builder::new()
        .object(0)
        .key(0, &[element(1, 16).init(&[1; 16]), names(15, CRYPTO_ALGOFAM_HKDF), names(17, CRYPTO_ALGOFAM_AES)])
        .key(0, &exchange(CRYPTO_ALGOFAM_ECDH, 32, 65))
        .key(0, &[element(1, 16), element(3, 1)])
        .start();
    let all_busy = move || {
        assert_eq!(driver.generate(0), CRYPTO_E_BUSY);
        assert_eq!(driver.derive(0, 2), CRYPTO_E_BUSY);
        assert_eq!(driver.seed(0, &[1]), CRYPTO_E_KEY_NOT_AVAILABLE);
        assert_eq!(driver.reports().len(), 1);
    };
    after_next_area(all_busy);
    assert_eq!(driver.set(0, 1, &[2; 16]), E_OK);
    after_next_area(move || {
        assert_eq!(driver.public_value(1, 65).0, CRYPTO_E_BUSY);
        assert_eq!(driver.shared_secret(1, &[1; 64]), CRYPTO_E_BUSY);
    });
    assert_eq!(driver.set(1, 9, &[2; 32]), E_OK);
    after_next_area(move || {
        assert_eq!(driver.seed(2, &[1]), CRYPTO_E_BUSY);
        assert_eq!(driver.set_valid(0), E_OK);
        assert_eq!(driver.derive(0, 2), CRYPTO_E_BUSY, "the target is written");
    });
    assert_eq!(driver.set(2, 1, &[2; 16]), E_OK);
    // While another thread reads the key, nobody replaces it; a public value that exists can be told.
    assert_eq!((driver.public_value(1, 65).0, driver.is_valid(1)), (E_OK, true));
    let image = (driver.image(0), driver.image(1));
    after_next_area(move || {
        assert_eq!(driver.generate(0), CRYPTO_E_BUSY);
        assert_eq!(driver.derive(0, 0), CRYPTO_E_BUSY);
        assert_eq!(driver.derive(0, 2), E_OK, "two may read");
    });
    assert_eq!(driver.get(0, 1, 16).0, E_OK);
    after_next_area(move || {
        assert_eq!(driver.public_value(1, 65).0, E_OK);
        assert_eq!(driver.shared_secret(1, &driver.stored(1, 10)), CRYPTO_E_BUSY);
    });
    assert_eq!(driver.get(1, 9, 32).0, E_OK);
    let strip = |image: KeyImage| (image.data, image.lengths, image.valid);
    assert_eq!((strip(driver.image(0)), strip(driver.image(1))), (strip(image.0), strip(image.1)));
    assert_eq!((driver.generate(0), driver.set_invalid(1)), (E_OK, E_OK), "nothing is left held");
    assert_eq!(driver.reports(), []);
}

#[test]
fn nothing_of_it_works_before_init() {
    let driver = Builder::new().key(0, &exchange(CRYPTO_ALGOFAM_ECDH, 32, 65)).build();
    let mut room = [0u32; 8];
    let (start, null) = (room.as_mut_ptr(), std::ptr::null_mut::<u8>());
    let instance = driver.instance;
    let calls: [(u8, &dyn Fn() -> u8); 10] = unsafe {
        [
            (CRYPTO_SID_KEYELEMENTCOPY, &|| driver.copy_element((0, 1), (0, 9))),
            (CRYPTO_SID_KEYELEMENTCOPYPARTIAL, &|| driver.copy_part((0, 1), (0, 0, 1), (0, 9))),
            (CRYPTO_SID_KEYCOPY, &|| driver.copy_key(0, 0)),
            (CRYPTO_SID_KEYELEMENTIDSGET, &|| V2gcrypt_CryptoSoft_KeyElementIdsGet(instance, 0, start, start.add(4))),
            (CRYPTO_SID_RANDOMSEED, &|| driver.seed(0, &[1])),
            (CRYPTO_SID_KEYGENERATE, &|| driver.generate(0)),
            (CRYPTO_SID_KEYDERIVE, &|| driver.derive(0, 0)),
            (CRYPTO_SID_KEYEXCHANGECALCPUBVAL, &|| driver.public_value(0, 65).0),
            (CRYPTO_SID_KEYEXCHANGECALCSECRET, &|| driver.shared_secret(0, &[1])),
            (CRYPTO_SID_CUSTOMSYNC, &|| {
                V2gcrypt_CryptoSoft_CustomSync(instance, 0, 0, 0, 0, 0, null, 0, null, null.cast(), null, null.cast())
            }),
        ]
    };
    for (service, call) in calls {
        assert_eq!(call(), E_NOT_OK);
        assert_eq!(driver.development(service), [CRYPTO_E_UNINIT]);
    }
}
