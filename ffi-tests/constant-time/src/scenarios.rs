//! What is run with undefined secrets: calls of the driver's C interface, as Csm and CryIf make them.

use crabgrind::memcheck::{mark_memory, MemState};

use crate::common::*;

/// One run.
pub struct Scenario {
    pub name: &'static str,
    /// memcheck must report something, or the scenario marks its secrets in vain.
    pub must_report: bool,
    pub run: fn(),
}

pub const SCENARIOS: &[Scenario] = &[
    Scenario { name: "self_test_a_jump_on_a_secret_is_seen", must_report: true, run: self_test },
    Scenario { name: "ecdsa_p256_sign", must_report: true, run: || sign(P256, false) },
    Scenario { name: "ecdsa_p256_sign_stream", must_report: true, run: || sign(P256, true) },
    Scenario { name: "ecdsa_p384_sign", must_report: true, run: || sign(P384, false) },
    Scenario { name: "ecdsa_p521_sign", must_report: true, run: || sign(P521, false) },
    Scenario { name: "ed25519_sign", must_report: false, run: ed25519 },
    Scenario { name: "ecdh_p256", must_report: true, run: || agree(P256) },
    Scenario { name: "ecdh_p384", must_report: true, run: || agree(P384) },
    Scenario { name: "ecdh_p521", must_report: true, run: || agree(P521) },
    Scenario { name: "x25519", must_report: true, run: x25519 },
    Scenario {
        name: "cmac_verify",
        must_report: false,
        run: || mac_verify(cmac(CRYPTO_MACVERIFY), CRYPTO_SOFT_FORM_AES_CMAC, 16, 128),
    },
    Scenario {
        name: "cmac_verify_9_bits",
        must_report: false,
        run: || mac_verify(cmac(CRYPTO_MACVERIFY), CRYPTO_SOFT_FORM_AES_CMAC, 2, 9),
    },
    Scenario {
        name: "hmac_verify",
        must_report: false,
        run: || mac_verify(hmac256(CRYPTO_MACVERIFY), CRYPTO_SOFT_FORM_HMAC_SHA256, 32, 256),
    },
    Scenario {
        name: "aes_gcm_wrong_tag",
        must_report: true,
        run: || aead_wrong_tag(CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GCM, CRYPTO_ALGOFAM_NOT_SET, 16, false),
    },
    Scenario {
        name: "aes_gcm_wrong_tag_stream",
        must_report: true,
        run: || aead_wrong_tag(CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_GCM, CRYPTO_ALGOFAM_NOT_SET, 16, true),
    },
    Scenario {
        name: "chacha20_poly1305_wrong_tag",
        must_report: true,
        run: || aead_wrong_tag(CRYPTO_ALGOFAM_CHACHA, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_POLY1305, 32, false),
    },
    Scenario { name: "aes_cbc_pkcs7_decrypt", must_report: true, run: cbc_padding },
    Scenario { name: "contract_key_import_15118_2", must_report: true, run: || contract_key(&EDITION_2) },
    Scenario { name: "contract_key_import_15118_20", must_report: true, run: || contract_key(&EDITION_20) },
];

const SCALAR: u8 = 0x5A;
const P256: Curve = Curve { bits: 256, length: 32, hash: CRYPTO_ALGOFAM_SHA2_256, form: CRYPTO_SOFT_FORM_ECDSA_P256_SIGN };
const P384: Curve = Curve { bits: 384, length: 48, hash: CRYPTO_ALGOFAM_SHA2_384, form: CRYPTO_SOFT_FORM_ECDSA_P384_SIGN };
const P521: Curve = Curve { bits: 521, length: 66, hash: CRYPTO_ALGOFAM_SHA2_512, form: CRYPTO_SOFT_FORM_ECDSA_P521_SIGN };

#[derive(Clone, Copy)]
struct Curve {
    bits: u32,
    length: u32,
    hash: Enumeration,
    form: u8,
}

impl Curve {
    /// A scalar below the order: the leading byte is 0.
    fn scalar(self) -> Vec<u8> {
        let mut scalar = vec![SCALAR; self.length as usize];
        scalar[0] = 0;
        scalar
    }
}

/// A copy of `bytes` whose value valgrind takes for unknown.
fn secret(bytes: &[u8]) -> &'static [u8] {
    let bytes: &'static [u8] = bytes.to_vec().leak();
    mark_memory(bytes.as_ptr().cast(), bytes.len(), MemState::Undefined).expect("runs under valgrind");
    bytes
}

/// What the driver tells the world is no secret any more.
fn told(code: u8) -> u8 {
    mark_memory(std::ptr::from_ref(&code).cast(), 1, MemState::Defined).expect("runs under valgrind");
    code
}

fn published(start: *const u8, length: usize) {
    mark_memory(start.cast(), length, MemState::Defined).expect("runs under valgrind");
}

fn load(driver: &Driver, key: u32, element: u32, value: &[u8]) {
    assert_eq!(told(driver.set(key, element, value)), E_OK);
}

fn make_valid(driver: &Driver, key: u32) {
    assert_eq!(told(driver.set_valid(key)), E_OK);
}

fn self_test() {
    let [bit] = secret(&[1]) else { unreachable!() };
    if std::hint::black_box(*bit) == 1 {
        println!("seen");
    }
}

fn sign(curve: Curve, stream: bool) {
    let driver = Builder::new().object(0).key(curve.form, &[ElementSpec::new(1, curve.length)]).start();
    load(&driver, 0, 1, secret(&curve.scalar()));
    make_valid(&driver, 0);
    let algorithm = primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, CRYPTO_ALGOMODE_NOT_SET, curve.hash, curve.bits);
    let job = Job::new(algorithm, SYNC, 0).input(b"SignedInfo").output(curve.length * 2);
    let codes = if stream {
        [driver.process(0, job.mode(STREAMSTART)), driver.process(0, job.mode(FINISH))]
    } else {
        [E_OK, driver.process(0, job)]
    };
    assert_eq!(codes.map(told), [E_OK; 2]);
}

fn ed25519() {
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_ED25519_SIGN, &[ElementSpec::new(1, 32)]).start();
    load(&driver, 0, 1, secret(&[SCALAR; 32]));
    make_valid(&driver, 0);
    let algorithm =
        primitive(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ED25519, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
    assert_eq!(told(driver.process(0, Job::new(algorithm, SYNC, 0).input(b"message").output(64))), E_OK);
}

fn agree(curve: Curve) {
    exchange(CRYPTO_ALGOFAM_ECDH, &curve.scalar(), curve.length * 2 + 1);
}

fn x25519() {
    exchange(CRYPTO_ALGOFAM_X25519, &[SCALAR; 32], 32);
}

/// The partner is a second key of the same algorithm, whose private value is no secret.
fn exchange(family: Enumeration, private: &[u8], point: u32) {
    let length = private.len() as u32;
    let elements = [ElementSpec::new(1, length), ElementSpec::new(9, length), ElementSpec::new(12, 1).init(&[family as u8])];
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_NONE, &elements).key(CRYPTO_SOFT_FORM_NONE, &elements).start();
    let mut partner = private.to_vec();
    partner[length as usize - 1] ^= 0x10;
    load(&driver, 1, 9, &partner);
    make_valid(&driver, 1);
    let mut public = vec![0u8; point as usize];
    let mut room = point;
    // SAFETY: the room is as long as told.
    let code = unsafe { V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(driver.instance, 1, public.as_mut_ptr(), &mut room) };
    assert_eq!((code, room), (E_OK, point));

    load(&driver, 0, 9, secret(private));
    make_valid(&driver, 0);
    // SAFETY: the partner's value is as long as told.
    let code = unsafe { V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(driver.instance, 0, public.as_ptr(), point) };
    assert_eq!(told(code), E_OK);
}

fn mac_verify(algorithm: Crypto_PrimitiveInfoType, form: u8, bytes: usize, bits: u32) {
    let driver = Builder::new().object(0).key(form, &[ElementSpec::new(1, 16)]).start();
    load(&driver, 0, 1, secret(&[SCALAR; 16]));
    make_valid(&driver, 0);
    let job = Job::new(algorithm, SYNC, 0).input(b"message").secondary(&vec![7; bytes], bits).verify();
    assert_eq!(told(driver.process(0, job)), E_OK);
    published(job.io().verifyPtr, 1);
    assert_eq!(job.verified(), CRYPTO_E_VER_NOT_OK);
}

fn aead_wrong_tag(family: Enumeration, mode: Enumeration, secondary: Enumeration, key: u32, stream: bool) {
    let form = if family == CRYPTO_ALGOFAM_AES { CRYPTO_SOFT_FORM_AES_GCM } else { CRYPTO_SOFT_FORM_CHACHA20_POLY1305 };
    let driver = Builder::new().object(0).key(form, &[ElementSpec::new(1, key), ElementSpec::new(5, 12).init(&[9; 12])]).start();
    load(&driver, 0, 1, secret(&vec![SCALAR; key as usize]));
    make_valid(&driver, 0);
    let job = Job::new(primitive(CRYPTO_AEADDECRYPT, family, mode, secondary, 0), SYNC, 0)
        .input(&[3; 40])
        .secondary(b"header", 6)
        .output(40)
        .verify();
    job.io().tertiaryInputPtr = leak(&[1u8; 16]);
    job.io().tertiaryInputLength = 16;
    if stream {
        assert_eq!(told(driver.process(0, job.mode(STREAMSTART))), E_OK);
        assert_eq!(told(driver.process(0, job.mode(FINISH))), E_OK);
    } else {
        assert_eq!(told(driver.process(0, job)), E_OK);
    }
    published(job.io().verifyPtr, 1);
    assert_eq!(job.verified(), CRYPTO_E_VER_NOT_OK);
}

/// The key is secret, so the padding that comes out is. Whether it is right is told, and where it ends if it is.
fn cbc_padding() {
    let elements = [ElementSpec::new(1, 16), ElementSpec::new(5, 16).init(&[9; 16])];
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_AES_CIPHER, &elements).start();
    load(&driver, 0, 1, secret(&[SCALAR; 16]));
    make_valid(&driver, 0);
    let algorithm = primitive(CRYPTO_DECRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CBC, CRYPTO_ALGOFAM_PADDING_PKCS7, 128);
    let job = Job::new(algorithm, SYNC, 0).input(&[0x33; 48]).output(48);
    assert_eq!(told(driver.process(0, job)), E_NOT_OK);
}

struct Edition {
    family: Enumeration,
    length: u32,
    section: &'static str,
}

const EDITION_2: Edition = Edition { family: CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, length: 32, section: "[iso15118-2]" };
const EDITION_20: Edition = Edition { family: CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20, length: 66, section: "[iso15118-20]" };

/// One value of the driver's own vectors.
fn vector(section: &str, name: &str) -> Vec<u8> {
    let file = include_str!("../../../crypto-driver/tests/vectors/contract-keys.txt");
    let (_, section) = file.split_once(section).expect("the section");
    let line = section.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='));
    hex(line.expect("the value"))
}

fn contract_key(edition: &Edition) {
    let get = |name| vector(edition.section, name);
    let element = [ElementSpec::new(1, edition.length)];
    let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_NONE, &element).key(CRYPTO_SOFT_FORM_NONE, &element).start();
    load(&driver, 0, 1, secret(&get("owning_private")));
    make_valid(&driver, 0);
    let algorithm = primitive(CRYPTO_CUSTOM_SERVICE, edition.family, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0);
    let dh_public_key = get("dh_public_key");
    let certificate: Vec<u8> = [get("contract_public"), get("aad")].concat();
    let job = Job::new(algorithm, SYNC, 0).input(&get("encrypted")).secondary(&dh_public_key, dh_public_key.len() as u32);
    job.io().tertiaryInputPtr = leak(&certificate);
    job.io().tertiaryInputLength = certificate.len() as u32;
    // SAFETY: the record is the job's own.
    unsafe { (*job.record).targetCryptoKeyId = 1 };
    assert_eq!(told(driver.process(0, job)), E_OK);
}
