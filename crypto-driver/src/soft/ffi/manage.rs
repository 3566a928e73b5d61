//! Key management that computes: generation, derivation, exchange, seeds, and the import of a contract key.
//!
//! Each function is what both the C function and the job of its name do. It reads what it needs while it holds its key,
//! computes into wiped memory of its own, and only then holds the key that it changes, for as long as copying takes. Whatever
//! fails before, or that key being in use then (`CRYPTO_E_BUSY`), leaves it exactly as it was.
#![allow(unsafe_code)]

use v2gcrypt_primitives::contract_key::{Edition, Envelope};
use v2gcrypt_types::*;

use super::super::compute::ShortBytes;
use super::super::errors::Refusal;
use super::super::keys::Change;
use super::super::manage::copy::{check_internal_write, check_readability};
use super::super::manage::derive::{derived_length, Derivation, Inputs};
use super::super::manage::generate::Material;
use super::super::manage::import;
use super::super::manage::pair::{PairKind, PublicKey, Random};
use super::super::manage::{self, Value};
use super::super::usage;
use super::instance::{wipe, Element, Instance, KeyId};
use super::job::ready_session;
use super::key::{let_go_written, store, written};
use super::nv;
use super::random::{entropy, Generator};

/// After a key exchange has made a pair, the key is VALID: `KeyExchangeCalcSecret` can follow at once.
const GENERATED_PAIR_IS_VALID: bool = true;

/// What a contract key comes in; lengths are not checked yet.
pub(super) struct ContractKey<'a> {
    pub(super) encrypted: &'a [u8],
    pub(super) dh_public_key: &'a [u8],
    /// For ISO 15118-20 followed by the additional data.
    pub(super) public_key_and_aad: &'a [u8],
}

/// `seed` has at least one byte.
pub(super) fn random_seed(instance: Instance<'_>, key: uint32, seed: &[u8]) -> Result<(), Refusal> {
    let key = usable(instance, key, CRYPTO_RANDOMSEED, CRYPTO_ALGOFAM_NOT_SET)?;
    let is_for_random = |id: u32| instance.element(key, id).is_some();
    if !is_for_random(CRYPTO_KE_RANDOM_SEED_STATE) && !is_for_random(CRYPTO_KE_RANDOM_ALGORITHM) {
        return Err(Refusal::KEY_NOT_AVAILABLE);
    }
    transact(instance, (key, key), Validity::Needed, |_, _| Ok(Next::Nothing), |_| Change::None)?;
    Generator::hold(instance)?.reseed(seed)
}

/// `family`: `NOT_SET`, or one that `Operation::resolve` knows; it wins over the key's element.
#[inline(never)] // stack
pub(super) fn key_generate(instance: Instance<'_>, key: uint32, family: Crypto_AlgorithmFamilyType) -> Result<(), Refusal> {
    let key = usable(instance, key, CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_NOT_SET)?;
    let target = instance.element(key, CRYPTO_KE_KEYGENERATE_KEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let public_target = instance.element(key, CRYPTO_KE_V2GCRYPT_PUBLICKEY);
    let compute = |_: bool, results: &mut Results| {
        let named = Named { instance, key, algorithm: CRYPTO_KE_KEYGENERATE_ALGORITHM };
        // SAFETY: the key is held.
        let seed = unsafe { value(instance, key, CRYPTO_KE_KEYGENERATE_SEED) }.unwrap_or_default();
        let mut random = |bytes: &mut [u8]| fill(instance, bytes, seed);
        // SAFETY: the key is held.
        let material = unsafe { Material::new(named.family(family)?, named.curve(), target.config) }?;
        if let Some(element) = public_target {
            check_internal_write(element.config)?; // at least, it is emptied
        }
        match material {
            Material::Bytes(length) => random(results.value.begin(length)?)?,
            Material::Pair(kind) => {
                make_pair(kind, &mut random, target, public_target, results)?;
            }
        }
        Ok(Next::Commit)
    };
    transact(instance, (key, key), Validity::Any, compute, |results| {
        // SAFETY: the key is held for writing, and both values fit their elements.
        unsafe {
            if let Some(element) = public_target {
                put(instance, key, &element, &results.public);
            }
            put(instance, key, &target, &results.value)
        }
    })
}

/// `family` and `hash`: `NOT_SET`, or as `Operation::resolve` knows them; they win over the key's elements.
#[inline(never)] // stack
pub(super) fn key_derive(
    instance: Instance<'_>,
    key: uint32,
    target: uint32,
    family: Crypto_AlgorithmFamilyType,
    hash: Crypto_AlgorithmFamilyType,
) -> Result<(), Refusal> {
    let target_key = instance.key(target).ok_or(Refusal::HANDLE)?;
    let key = usable(instance, key, CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_NOT_SET)?;
    let target = instance.element(target_key, CRYPTO_KE_KEYDERIVATION_PASSWORD).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    if let Some(password) = instance.element(key, CRYPTO_KE_KEYDERIVATION_PASSWORD) {
        // Derivations are prefix-consistent: what one key was given, one that can be read would tell.
        check_readability(password.config, target.config)?;
    }
    let length = derived_length(target.config)?;
    let compute = |_: bool, results: &mut Results| {
        let named = Named { instance, key, algorithm: CRYPTO_KE_KEYDERIVATION_ALGORITHM };
        // SAFETY: the key is held, for all of these.
        let (family, hash, secret, salt, info) = unsafe {
            let hash = match (hash, value(instance, key, CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH)) {
                (CRYPTO_ALGOFAM_NOT_SET, Some(named)) if !named.is_empty() => manage::family(named)?,
                (hash, _) => hash,
            };
            let secret = value(instance, key, CRYPTO_KE_KEYDERIVATION_PASSWORD).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
            let optional = |id| value(instance, key, id).unwrap_or_default();
            (
                named.family(family)?,
                hash,
                secret,
                optional(CRYPTO_KE_KEYDERIVATION_SALT),
                optional(CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO),
            )
        };
        if secret.is_empty() {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        Derivation::new(family, hash)?.derive(Inputs { secret, salt, info }, results.value.begin(length)?)?;
        Ok(Next::Commit)
    };
    // SAFETY: the key is held for writing, and the value is as long as its element.
    let commit = |results: &Results| unsafe { put(instance, target_key, &target, &results.value) };
    transact(instance, (key, target_key), Validity::Needed, compute, commit)
}

/// The public value has at most `room` bytes; too little room changes nothing.
#[inline(never)] // stack
pub(super) fn key_exchange_public_value(
    instance: Instance<'_>,
    key: uint32,
    family: Crypto_AlgorithmFamilyType,
    room: usize,
) -> Result<ShortBytes, Refusal> {
    let key = usable(instance, key, CRYPTO_KEYEXCHANGECALCPUBVAL, CRYPTO_ALGOFAM_NOT_SET)?;
    let target = instance.element(key, CRYPTO_KE_KEYEXCHANGE_PRIVKEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let public_target = instance.element(key, CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY);
    let shared_target = instance.element(key, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE);
    let form = public_target.map_or(0, |element| element.config.size);
    let mut result = None;
    let mut is_made = false;
    let compute = |is_valid: bool, results: &mut Results| {
        let named = Named { instance, key, algorithm: CRYPTO_KE_KEYEXCHANGE_ALGORITHM };
        // SAFETY: the key is held, for both.
        let (kind, stored) = unsafe { (named.pair(family, &target)?, target.value()) };
        if kind.form_len(form) > room {
            return Err(Refusal::NOT_OK);
        }
        if is_valid && !stored.is_empty() {
            let point = kind.public_key(kind.decode(stored, target.config.format)?)?;
            result = Some(short(kind, &point, form)?);
            return Ok(Next::Nothing);
        }
        if let Some(element) = shared_target {
            check_internal_write(element.config)?;
        }
        let mut random = |bytes: &mut [u8]| fill(instance, bytes, &[]);
        let point = make_pair(kind, &mut random, target, public_target, results)?;
        result = Some(short(kind, &point, form)?);
        Ok(Next::Commit)
    };
    transact(instance, (key, key), Validity::Any, compute, |results| {
        // SAFETY: the key is held for writing, and both values fit their elements.
        unsafe {
            put(instance, key, &target, &results.value);
            if let Some(element) = public_target {
                put(instance, key, &element, &results.public);
            }
            if let Some(element) = shared_target {
                put(instance, key, &element, &Value::new()); // it was the former pair's
            }
            instance.wipe_prepared(key);
        }
        is_made = true;
        match GENERATED_PAIR_IS_VALID {
            true => Change::Valid,
            false => Change::Unparsed,
        }
    })?;
    if is_made && GENERATED_PAIR_IS_VALID {
        nv::key_is_valid(instance, key);
    }
    result.ok_or(Refusal::NOT_OK)
}

/// `partner` has at least one byte.
#[inline(never)] // stack
pub(super) fn key_exchange_secret(
    instance: Instance<'_>,
    key: uint32,
    family: Crypto_AlgorithmFamilyType,
    partner: &[u8],
) -> Result<(), Refusal> {
    let key = usable(instance, key, CRYPTO_KEYEXCHANGECALCSECRET, CRYPTO_ALGOFAM_NOT_SET)?;
    let own = instance.element(key, CRYPTO_KE_KEYEXCHANGE_PRIVKEY).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let target = instance.element(key, CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    check_readability(own.config, target.config)?;
    check_internal_write(target.config)?;
    let compute = |_: bool, results: &mut Results| {
        let named = Named { instance, key, algorithm: CRYPTO_KE_KEYEXCHANGE_ALGORITHM };
        // SAFETY: the key is held, for both.
        let (kind, stored) = unsafe { (named.pair(family, &own)?, own.value()) };
        if stored.is_empty() {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        if target.config.format != CRYPTO_KE_FORMAT_BIN_OCTET || (target.config.size as usize) < kind.private_len() {
            return Err(Refusal::KEY_SIZE_MISMATCH);
        }
        kind.agree(kind.decode(stored, own.config.format)?, partner, &mut results.value)?;
        Ok(Next::Commit)
    };
    // SAFETY: the key is held for writing, and the value is not longer than its element.
    let commit = |results: &Results| unsafe { put(instance, key, &target, &results.value) };
    transact(instance, (key, key), Validity::Needed, compute, commit)
}

/// `key` owns the exchange, `target` gets the contract's private key. [V2G2-823] [V2G20-2507]
#[inline(never)] // stack
pub(super) fn contract_key_import(
    instance: Instance<'_>,
    key: uint32,
    target: uint32,
    edition: Edition,
    material: ContractKey<'_>,
) -> Result<(), Refusal> {
    let target_key = instance.key(target).ok_or(Refusal::HANDLE)?;
    let family = match edition {
        Edition::Iso15118_2 => CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2,
        Edition::Iso15118_20 => CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20,
    };
    let key = usable(instance, key, CRYPTO_CUSTOM_SERVICE, family)?;
    let envelope = Envelope::new(edition, material.encrypted, material.dh_public_key, material.public_key_and_aad);
    let envelope = envelope.ok_or(Refusal::NOT_OK)?;
    let owning = instance.used_element(key).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let target = instance.used_element(target_key).ok_or(Refusal::KEY_NOT_AVAILABLE)?;
    let public_target = instance.element(target_key, CRYPTO_KE_V2GCRYPT_PUBLICKEY);
    let pair = import::pair(edition);
    check_readability(owning.config, target.config)?;
    pair.check_private(target.config)?;
    if let Some(element) = public_target {
        pair.check_public(element.config)?;
    }

    let compute = |_: bool, results: &mut Results| {
        // SAFETY: the key is held.
        let stored = unsafe { owning.value() };
        if stored.is_empty() {
            return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
        }
        let mut contract = Value::new();
        import::open(&envelope, pair.decode(stored, owning.config.format)?, &mut contract)?;
        pair.encode(contract.as_bytes(), target.config.format, &mut results.value)?;
        if let Some(element) = public_target {
            pair.encode_public(envelope.public_key(), element.config, &mut results.public)?;
        }
        Ok(Next::Commit)
    };
    transact(instance, (key, target_key), Validity::Needed, compute, |results| {
        // SAFETY: the key is held for writing, and both values fit their elements.
        unsafe {
            if let Some(element) = public_target {
                put(instance, target_key, &element, &results.public);
            }
            put(instance, target_key, &target, &results.value)
        }
    })
}

/// A fresh pair, as the elements `private` and `public` have its keys.
fn make_pair(
    kind: PairKind,
    random: &mut Random<'_>,
    private: Element<'_>,
    public: Option<Element<'_>>,
    results: &mut Results,
) -> Result<PublicKey, Refusal> {
    kind.check_private(private.config)?;
    if let Some(element) = public {
        kind.check_public(element.config)?;
    }
    let mut raw = Value::new();
    kind.generate(random, &mut raw)?;
    kind.encode(raw.as_bytes(), private.config.format, &mut results.value)?;
    let key = kind.public_key(raw.as_bytes())?;
    if let Some(element) = public {
        kind.encode_public(key.as_bytes(), element.config, &mut results.public)?;
    }
    Ok(key)
}

/// The elements of a key that name an algorithm.
struct Named<'a> {
    instance: Instance<'a>,
    key: KeyId,
    /// Element with the family.
    algorithm: u32,
}

impl<'a> Named<'a> {
    /// The job's family, or the one that the key names.
    ///
    /// # Safety
    /// The key is held.
    unsafe fn family(&self, of_job: Crypto_AlgorithmFamilyType) -> Result<Crypto_AlgorithmFamilyType, Refusal> {
        if of_job != CRYPTO_ALGOFAM_NOT_SET {
            return Ok(of_job);
        }
        // SAFETY: the caller vouches for it.
        let named = unsafe { value(self.instance, self.key, self.algorithm) };
        manage::family(named.ok_or(Refusal::KEY_NOT_AVAILABLE)?)
    }

    /// The curve that the key names.
    ///
    /// # Safety
    /// The key is held.
    unsafe fn curve(&self) -> Option<&'a [u8]> {
        // SAFETY: the caller vouches for it.
        unsafe { value(self.instance, self.key, CRYPTO_KE_SIGNATURE_CURVETYPE) }
    }

    /// The pair of a key exchange, with its private key in `element`.
    ///
    /// # Safety
    /// The key is held.
    unsafe fn pair(&self, of_job: Crypto_AlgorithmFamilyType, element: &Element<'_>) -> Result<PairKind, Refusal> {
        // SAFETY: the caller vouches for it.
        match unsafe { PairKind::new(self.family(of_job)?, self.curve(), element.config) }? {
            PairKind::Ed25519 => Err(Refusal::NOT_OK), // signs only
            kind => Ok(kind),
        }
    }
}

/// Does a service need its key to be VALID?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Validity {
    Needed,
    Any,
}

/// A key that exists, and that the service may use.
fn usable(
    instance: Instance<'_>,
    key: uint32,
    service: Crypto_ServiceInfoType,
    family: Crypto_AlgorithmFamilyType,
) -> Result<KeyId, Refusal> {
    let key = instance.key(key).ok_or(Refusal::HANDLE)?;
    let (secondaryFamily, mode) = (CRYPTO_ALGOFAM_NOT_SET, CRYPTO_ALGOMODE_NOT_SET);
    let algorithm = Crypto_AlgorithmInfoType { family, secondaryFamily, keyLength: 0, mode };
    usage::check(instance.usages(key), &Crypto_PrimitiveInfoType { service, algorithm })?;
    Ok(key)
}

/// What is computed before it is written.
struct Results {
    /// A private key as its element has it, or any other value.
    value: Value,
    /// The public key as its element has it; empty if there is none.
    public: Value,
}

/// What follows the computing.
enum Next {
    Commit,
    Nothing,
}

/// Computes while `key` is held for reading; what `compute` is given tells whether the key is VALID. Then holds `target` for
/// writing in its stead, in one step, and commits the results, which cannot fail.
fn transact(
    instance: Instance<'_>,
    (key, target): (KeyId, KeyId),
    validity: Validity,
    compute: impl FnOnce(bool, &mut Results) -> Result<Next, Refusal>,
    commit: impl FnOnce(&Results) -> Change,
) -> Result<(), Refusal> {
    let mut session = ready_session(instance)?;
    let state = session.key(key);
    state.begin_read()?;
    let is_valid = state.status() == CRYPTO_KEYSTATUS_VALID;
    if validity == Validity::Needed && !is_valid {
        state.end_read();
        return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID));
    }
    let computation = session.begin_computation();

    #[cfg(feature = "fault-injection")]
    super::super::fault_injection::point();
    let mut results = Results { value: Value::new(), public: Value::new() };
    let computed = compute(is_valid, &mut results);

    let mut session = instance.enter();
    session.key(key).end_read();
    let held = match computed {
        Ok(Next::Commit) => session.key(target).begin_write().map(|()| true),
        Ok(Next::Nothing) => Ok(false),
        Err(refusal) => Err(refusal),
    };
    if held == Ok(true) {
        drop(session);
        let change = commit(&results);
        let_go_written(instance, target, change, computation);
    } else {
        let failed = computation.end(&mut session);
        drop(session);
        drop(failed);
    }
    held.map(|_| ())
}

/// Writes a value that was computed. Behind it, and where it is empty, the element is wiped.
///
/// # Safety
/// The key is held for writing, the element is its own, and the value is not longer than its size.
unsafe fn put(instance: Instance<'_>, key: KeyId, element: &Element<'_>, value: &Value) -> Change {
    let bytes = value.as_bytes();
    if bytes.is_empty() {
        // SAFETY: the caller vouches for it.
        unsafe {
            wipe(element.data, element.config.size);
            element.set_length(0);
            return written(instance, key, element);
        }
    }
    // SAFETY: the caller vouches for it.
    unsafe { store(instance, key, element, bytes.as_ptr(), bytes.len() as u32) }
}

/// Value of a key's element; None if its type has none.
///
/// # Safety
/// The key is held.
unsafe fn value<'a>(instance: Instance<'a>, key: KeyId, element: u32) -> Option<&'a [u8]> {
    // SAFETY: the caller vouches for it.
    instance.element(key, element).map(|element| unsafe { element.value() })
}

/// Random bytes for a key: the system's on hosts, else from the instance's generator, and always when there is something to mix
/// in.
fn fill(instance: Instance<'_>, bytes: &mut [u8], additional: &[u8]) -> Result<(), Refusal> {
    if cfg!(feature = "host") && additional.is_empty() {
        entropy(bytes)
    } else {
        Generator::hold(instance)?.fill(bytes, additional)
    }
}

fn short(kind: PairKind, public: &PublicKey, form: u32) -> Result<ShortBytes, Refusal> {
    let bytes = kind.form(public.as_bytes(), form);
    let mut value = ShortBytes::zeroed(bytes.len()).ok_or(Refusal::NOT_OK)?;
    value.as_mut_bytes().iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    Ok(value)
}
