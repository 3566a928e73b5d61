//! Do the elements of a key serve the jobs that refer to it, and the management that they ask for?

use v2gcrypt_types as types;

use super::algorithm::{contract_key_curve, describe, exchanges, generates};
use super::element::{check_iv, check_secret, check_target, Bytes, Demand};
use crate::findings::{Findings, Kind};
use crate::model::{Access, CryptoKey, Curve, Implementation, KeyElement, PreparedForm, Primitive, NIST};
use crate::read::DriverDraft;

/// Elements of one key of a driver of ours.
struct Key<'a> {
    key: &'a CryptoKey,
    type_origin: &'a crate::model::Origin,
    elements: Vec<&'a KeyElement>,
}

impl<'a> Key<'a> {
    /// `None` when a part of it is broken, or its driver is somebody else's: that one's rules are its own.
    fn of(driver: &'a DriverDraft, key: &'a CryptoKey) -> Option<Self> {
        if driver.shell.implementation == Implementation::External {
            return None;
        }
        let key_type = driver.key_types.get(&key.key_type)?;
        let elements: Option<Vec<_>> = key_type.elements.iter().map(|handle| driver.key_elements.get(handle)).collect();
        Some(Self { key, type_origin: &key_type.origin, elements: elements? })
    }

    fn element(&self, id: u32) -> Option<&'a KeyElement> {
        self.elements.iter().copied().find(|element| element.id == id)
    }

    fn has(&self, id: u32) -> bool {
        self.element(id).is_some()
    }

    /// The algorithm that an element holds from the beginning; `None` when that is decided later.
    fn initial_algorithm(&self, id: u32) -> Option<types::Crypto_AlgorithmFamilyType> {
        match self.element(id)?.init_value[..] {
            [family] => Some(family as types::Crypto_AlgorithmFamilyType),
            _ => None,
        }
    }

    fn check(&self, demands: &[Demand], user: &str, findings: &mut Findings) {
        for demand in demands {
            match self.element(demand.id) {
                Some(element) => demand.check(element, self.key, user, findings),
                None => self.missing(&format!("Key element {}", demand.id), demand.id, user, findings),
            }
        }
    }

    fn missing(&self, what: &str, id: u32, user: &str, findings: &mut Findings) {
        let problem = format!("{what} is missing, which {user} needs of key {}.", self.key.origin.name);
        let remedy = format!("Refer to a CryptoKeyElement with CryptoKeyElementId {id}.");
        findings.at(self.type_origin, Kind::MissingKeyElement, problem, remedy);
    }
}

/// Checks the key of a job.
pub(super) fn check_job(primitive: &Primitive, driver: &DriverDraft, key: &CryptoKey, findings: &mut Findings) {
    let Some(key) = Key::of(driver, key) else { return };
    let user = describe(primitive);
    let family = primitive.algorithm.family.value as types::Crypto_AlgorithmFamilyType;
    let named = (family != types::CRYPTO_ALGOFAM_NOT_SET).then_some(family);
    match primitive.service.value as types::Crypto_ServiceInfoType {
        types::CRYPTO_KEYGENERATE => check_generate(&key, named, &user, findings),
        types::CRYPTO_KEYDERIVE => check_derive(&key, named, &user, findings),
        types::CRYPTO_KEYEXCHANGECALCPUBVAL => check_exchange(&key, named, false, &user, findings),
        types::CRYPTO_KEYEXCHANGECALCSECRET => check_exchange(&key, named, true, &user, findings),
        types::CRYPTO_RANDOMSEED => {
            let (state, algorithm) = (types::CRYPTO_KE_RANDOM_SEED_STATE, types::CRYPTO_KE_RANDOM_ALGORITHM);
            if !key.has(state) && !key.has(algorithm) {
                key.missing("Key element 3 or 4", state, &user, findings);
            }
        }
        types::CRYPTO_CUSTOM_SERVICE => {
            let curves = contract_key_curve(primitive).into_iter().collect();
            key.check(&[Demand::read(types::CRYPTO_KE_SIGNATURE_KEY, Bytes::Private(curves)).secret()], &user, findings);
        }
        _ => key.check(&demands(primitive), &user, findings),
    }
}

/// What a job that computes with element 1 asks for. Empty: the job needs no key, or the soft driver does not know it.
fn demands(primitive: &Primitive) -> Vec<Demand> {
    // CRYPTO_KE_MAC_KEY, _CIPHER_KEY and _SIGNATURE_KEY are one number. [SWS_Csm_01022]
    let key = |bytes| Demand::read(types::CRYPTO_KE_CIPHER_KEY, bytes);
    let aes = match primitive.key_length {
        128 => vec![16],
        256 => vec![32],
        _ => vec![16, 32],
    };
    let iv = |lengths| Demand::read(types::CRYPTO_KE_CIPHER_IV, Bytes::Octets(lengths));
    match PreparedForm::of(primitive) {
        PreparedForm::None => Vec::new(),
        PreparedForm::AesCmac => vec![key(Bytes::Octets(aes)).secret()],
        PreparedForm::HmacSha256 | PreparedForm::HmacSha384 | PreparedForm::HmacSha512 => {
            vec![key(Bytes::Octets(Vec::new())).secret()] // an HMAC takes a key of any length
        }
        PreparedForm::AesCipher => vec![key(Bytes::Octets(aes)).secret(), iv(vec![16])],
        PreparedForm::AesGcm => vec![key(Bytes::Octets(aes)).secret(), iv(Vec::new())],
        PreparedForm::ChaCha20Poly1305 => vec![key(Bytes::Octets(vec![32])).secret(), iv(vec![12])],
        PreparedForm::EcdsaP256Sign | PreparedForm::EcdsaP384Sign | PreparedForm::EcdsaP521Sign | PreparedForm::Ed25519Sign => {
            vec![key(Bytes::Private(Curve::of_signature(primitive).into_iter().collect())).secret()]
        }
        PreparedForm::EcdsaP256Verify
        | PreparedForm::EcdsaP384Verify
        | PreparedForm::EcdsaP521Verify
        | PreparedForm::Ed25519Verify => vec![key(Bytes::Public(Curve::of_signature(primitive).into_iter().collect()))],
    }
}

/// Checks a key whose pair `Csm_KeyGenerate` makes and whose public half is read: that of a certificate request. No job names the
/// algorithm.
pub(super) fn check_request_key(driver: &DriverDraft, key: &CryptoKey, user: &str, findings: &mut Findings) {
    let Some(key) = Key::of(driver, key) else { return };
    let missing = |id: u32, what: &str, findings: &mut Findings| {
        let problem = format!("Key element {id} is missing, which {user} needs of key {}: {what}.", key.key.origin.name);
        let remedy = match id {
            types::CRYPTO_KE_KEYGENERATE_ALGORITHM => format!(
                "Refer to a CryptoKeyElement with CryptoKeyElementId {id}, size 1 and CryptoKeyElementInitValue {:02X} \
                 (CRYPTO_ALGOFAM_ECDSA) or {:02X} (CRYPTO_ALGOFAM_ED25519).",
                types::CRYPTO_ALGOFAM_ECDSA,
                types::CRYPTO_ALGOFAM_ED25519
            ),
            _ => format!("Refer to a CryptoKeyElement with CryptoKeyElementId {id} that may be read."),
        };
        findings.at(key.type_origin, Kind::MissingKeyElement, problem, remedy);
    };
    if !key.has(types::CRYPTO_KE_KEYGENERATE_ALGORITHM) {
        missing(types::CRYPTO_KE_KEYGENERATE_ALGORITHM, "Csm_KeyGenerate takes the algorithm from it", findings);
    }
    match key.element(types::CRYPTO_KE_V2GCRYPT_PUBLICKEY) {
        None => missing(types::CRYPTO_KE_V2GCRYPT_PUBLICKEY, "the public key goes there", findings),
        Some(element) if element.read_access != Access::Allowed => {
            let problem = format!("The public key of {} goes there, and {user} reads it, but may not.", key.key.origin.name);
            findings.at(&element.origin, Kind::CertificateJob, problem, "Set CryptoKeyElementReadAccess to CRYPTO_RA_ALLOWED.");
        }
        Some(_) => {}
    }
}

/// Checks what the elements of the keys of a driver ask for themselves, whether or not there is a job.
pub(super) fn check_driver(driver: &DriverDraft, findings: &mut Findings) {
    for key in driver.keys.values() {
        let Some(key) = Key::of(driver, key) else { continue };
        if key.has(types::CRYPTO_KE_KEYGENERATE_ALGORITHM) {
            check_generate(&key, None, "Csm_KeyGenerate", findings);
        }
        if key.has(types::CRYPTO_KE_KEYDERIVATION_ALGORITHM) {
            check_derive(&key, None, "Csm_KeyDerive", findings);
        }
        if key.has(types::CRYPTO_KE_KEYEXCHANGE_ALGORITHM) {
            check_exchange(&key, None, false, "Csm_KeyExchangeCalcPubVal", findings);
        }
        for element in &key.elements {
            let format = element.format.value as u8;
            let private = format == types::CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8
                || format == types::CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY;
            if private || [types::CRYPTO_KE_RANDOM_SEED_STATE, types::CRYPTO_KE_KEYGENERATE_SEED].contains(&element.id) {
                check_secret(element, key.key, findings);
            }
            if element.id == types::CRYPTO_KE_CIPHER_IV {
                check_iv(element, key.key, findings);
            }
        }
    }
}

/// The algorithm of a service that manages keys: named by the job, or by an element of the key.
fn algorithm(
    key: &Key<'_>,
    named: Option<types::Crypto_AlgorithmFamilyType>,
    id: u32,
    known: fn(types::Crypto_AlgorithmFamilyType) -> bool,
    user: &str,
    findings: &mut Findings,
) -> Option<types::Crypto_AlgorithmFamilyType> {
    if named.is_some() {
        return named;
    }
    key.check(&[Demand::read(id, Bytes::Any)], user, findings);
    let initial = key.initial_algorithm(id)?;
    if !known(initial) {
        if let Some(element) = key.element(id) {
            let problem = format!("The initial value of element {id} is no algorithm that {user} has.");
            let remedy = "Write the number of a CRYPTO_ALGOFAM_… that docs/arxml.md lists for this service.";
            findings.at(&element.origin, Kind::AlgorithmUnknown, problem, remedy);
        }
        return None;
    }
    Some(initial)
}

fn check_generate(key: &Key<'_>, named: Option<types::Crypto_AlgorithmFamilyType>, user: &str, findings: &mut Findings) {
    let family = algorithm(key, named, types::CRYPTO_KE_KEYGENERATE_ALGORITHM, generates, user, findings);
    let (private, public) = (types::CRYPTO_KE_KEYGENERATE_KEY, types::CRYPTO_KE_V2GCRYPT_PUBLICKEY);
    let bytes = match family {
        None => Bytes::Any,
        Some(types::CRYPTO_ALGOFAM_AES) => Bytes::Octets(vec![16, 32]),
        Some(types::CRYPTO_ALGOFAM_CHACHA) => Bytes::Octets(vec![32]),
        Some(family) => match curves(key, family, private, user, findings) {
            Some(curves) => Bytes::Private(curves),
            None => Bytes::Octets(Vec::new()), // of a HMAC
        },
    };
    let mut demands = vec![Demand::filled(private, bytes.clone()).secret()];
    if let (Bytes::Private(curves), true) = (bytes, key.has(public)) {
        demands.push(Demand::filled(public, Bytes::Public(curves)));
    }
    key.check(&demands, user, findings);
}

fn check_derive(key: &Key<'_>, named: Option<types::Crypto_AlgorithmFamilyType>, user: &str, findings: &mut Findings) {
    algorithm(key, named, types::CRYPTO_KE_KEYDERIVATION_ALGORITHM, |_| true, user, findings);
    let password = Demand::read(types::CRYPTO_KE_KEYDERIVATION_PASSWORD, Bytes::Octets(Vec::new())).secret();
    key.check(&[password], user, findings);
}

fn check_exchange(
    key: &Key<'_>,
    named: Option<types::Crypto_AlgorithmFamilyType>,
    secret: bool,
    user: &str,
    findings: &mut Findings,
) {
    let family = algorithm(key, named, types::CRYPTO_KE_KEYEXCHANGE_ALGORITHM, exchanges, user, findings);
    let (private, public) = (types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY, types::CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY);
    let curves = family.and_then(|family| curves(key, family, private, user, findings));
    let bytes = curves.clone().map_or(Bytes::Any, Bytes::Private);
    // A pair that the key does not have is made: nobody needs to write it.
    let mut demands = vec![Demand { reads: false, ..Demand::read(private, bytes).secret() }];
    if let (Some(curves), true) = (&curves, key.has(public)) {
        demands.push(Demand { reads: false, ..Demand::read(public, Bytes::Public(curves.clone())) });
    }
    if secret {
        let least = curves.iter().flatten().map(|curve| curve.private_length()).min().unwrap_or(1);
        demands.push(Demand::filled(types::CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE, Bytes::Room(least)).secret());
    }
    key.check(&demands, user, findings);
    if let (Some(own), Some(shared)) = (key.element(private), key.element(types::CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE)) {
        check_target(own, shared, key.key, findings);
    }
}

/// The curves that an algorithm may mean with a key: its element 29 tells at run time, else the size of its private key. `None`
/// for an algorithm without a curve.
fn curves(
    key: &Key<'_>,
    family: types::Crypto_AlgorithmFamilyType,
    private: u32,
    user: &str,
    findings: &mut Findings,
) -> Option<Vec<Curve>> {
    match family {
        types::CRYPTO_ALGOFAM_ED25519 => return Some(vec![Curve::Ed25519]),
        types::CRYPTO_ALGOFAM_X25519 => return Some(vec![Curve::X25519]),
        types::CRYPTO_ALGOFAM_ECCNIST | types::CRYPTO_ALGOFAM_ECDSA | types::CRYPTO_ALGOFAM_ECDH => {}
        _ => return None,
    }
    if let Some(element) = key.element(private) {
        let by_size = NIST.iter().copied().find(|curve| curve.private_length() == element.size);
        let octets = element.format.value as u8 == types::CRYPTO_KE_FORMAT_BIN_OCTET;
        if let (Some(curve), true) = (by_size, octets) {
            return Some(vec![curve]);
        }
        if !key.has(types::CRYPTO_KE_KEYGENERATE_CURVETYPE) {
            let what = format!("Key element {private} does not tell the curve by its size, and element 29");
            key.missing(&what, types::CRYPTO_KE_KEYGENERATE_CURVETYPE, user, findings);
        }
    }
    Some(NIST.to_vec())
}
