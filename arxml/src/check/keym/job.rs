//! Are the jobs that KeyM uses those that it needs?

use v2gcrypt_types as types;

use crate::ecuc::Handle;
use crate::findings::{Findings, Kind};
use crate::model::keym::*;
use crate::model::{Access, CryptoKey, Job, KeyElement, Origin, Primitive, Processing};
use crate::read::{Draft, DriverDraft, KeyMDraft};

/// What Csm calls when an asynchronous job of KeyM has ended.
const FINISHED: &str = "KeyM_CsmJobFinished";

/// A job, and what is needed to judge it.
struct Used<'a> {
    job: &'a Job,
    primitive: &'a Primitive,
}

fn used(draft: &Draft, job: Handle) -> Option<Used<'_>> {
    let job = draft.csm.jobs.get(&job)?;
    Some(Used { job, primitive: draft.csm.primitives.get(&job.primitive)? })
}

pub(super) fn check(draft: &Draft, keym: &KeyMDraft, findings: &mut Findings) {
    for certificate in keym.certificates.values() {
        check_verify(draft, keym, certificate, findings);
        check_generate(draft, keym, certificate, findings);
    }
    for entry in keym.pool.values() {
        check_pool(draft, entry, findings);
    }
    for key in keym.crypto_keys.values() {
        check_crypto_key(draft, key, findings);
    }
    check_own(draft, keym, findings);
    check_formats(draft, keym, findings);
}

fn wrong(origin: &Origin, problem: String, remedy: &str, findings: &mut Findings) {
    findings.at(origin, Kind::CertificateJob, problem, remedy);
}

/// Reports a job of another service; `false` then.
fn serves(origin: &Origin, reference: &str, used: &Used<'_>, service: &str, findings: &mut Findings) -> bool {
    let fits = used.primitive.service.symbol == service;
    if !fits {
        let problem = format!("{reference} points to {}, a job of {}.", used.job.origin.path, used.primitive.service.symbol);
        wrong(origin, problem, &format!("Point to a job of {service}."), findings);
    }
    fits
}

/// An asynchronous job must tell KeyM when it has ended.
fn reports(draft: &Draft, origin: &Origin, used: &Used<'_>, findings: &mut Findings) {
    if used.job.processing == Processing::Sync {
        return;
    }
    let callback = used.job.callback.and_then(|callback| draft.csm.callbacks.get(&callback));
    if callback.is_none_or(|callback| callback.function != FINISHED) {
        let problem = format!("Its asynchronous job {} does not tell KeyM when it has ended.", used.job.origin.path);
        let remedy = format!("Let CsmJobPrimitiveCallbackRef point to a CsmCallback whose CsmCallbackFunc is {FINISHED}.");
        wrong(origin, problem, &remedy, findings);
    }
}

fn check_verify(draft: &Draft, keym: &KeyMDraft, certificate: &Certificate, findings: &mut Findings) {
    const REFERENCE: &str = "KeyMCertCsmSignatureVerifyJobRef";
    let origin = &certificate.origin;
    let Some(used) = used(draft, certificate.verify_job) else { return };
    if !serves(origin, REFERENCE, &used, "CRYPTO_SIGNATUREVERIFY", findings) {
        return;
    }
    check_algorithm(certificate, REFERENCE, &used, findings);
    reports(draft, origin, &used, findings);
    let pooled = keym.pool.values().any(|entry| entry.job == certificate.verify_job);
    match (certificate.verify_key, pooled) {
        (Some(_), true) => {
            let problem = format!("{REFERENCE} points to a job of the pool, whose key is nobody's own.");
            wrong(
                origin,
                problem,
                "Remove KeyMCertCsmSignatureVerifyKeyRef, or give the certificate a job of its own.",
                findings,
            );
        }
        (Some(key), false) if used.job.key != Some(key) => {
            let problem = format!("KeyMCertCsmSignatureVerifyKeyRef is not the key of its job {}.", used.job.origin.path);
            wrong(origin, problem, "Point to the CsmKey that the job's CsmJobKeyRef names.", findings);
        }
        _ => {}
    }
}

/// `KeyMCertAlgorithmType` against the family of a job.
fn check_algorithm(certificate: &Certificate, reference: &str, used: &Used<'_>, findings: &mut Findings) {
    let family = used.primitive.algorithm.family;
    let of_job = match family.value as types::Crypto_AlgorithmFamilyType {
        types::CRYPTO_ALGOFAM_RSA => Some(CertAlgorithm::Rsa),
        types::CRYPTO_ALGOFAM_ECCNIST
        | types::CRYPTO_ALGOFAM_ECDSA
        | types::CRYPTO_ALGOFAM_ED25519
        | types::CRYPTO_ALGOFAM_BRAINPOOL
        | types::CRYPTO_ALGOFAM_CUSTOM => Some(CertAlgorithm::Ecc),
        _ => None,
    };
    if of_job.is_some_and(|of_job| of_job != certificate.algorithm) {
        let problem = format!("KeyMCertAlgorithmType does not fit {reference}, a job of {}.", family.symbol);
        wrong(&certificate.origin, problem, "Choose the job of a key of the certificate's algorithm.", findings);
    }
}

fn check_generate(draft: &Draft, keym: &KeyMDraft, certificate: &Certificate, findings: &mut Findings) {
    const REFERENCE: &str = "KeyMCertCsmSignatureGenerateJobRef";
    let origin = &certificate.origin;
    let Some(job) = certificate.generate_job else {
        if !certificate.csr.is_empty() {
            let problem = format!("It has a V2gcryptKeyMCertificateCsr, but no {REFERENCE} signs the request.");
            findings.at(origin, Kind::MissingReference, problem, "Add the reference, or remove the template.");
        }
        return;
    };
    let Some(used) = used(draft, job) else { return };
    if !serves(origin, REFERENCE, &used, "CRYPTO_SIGNATUREGENERATE", findings) {
        return;
    }
    check_algorithm(certificate, REFERENCE, &used, findings);
    reports(draft, origin, &used, findings);
    if KeySignature::of(used.primitive).is_none() {
        let problem = format!("{REFERENCE} points to {}, whose signatures no request can carry.", used.job.origin.path);
        wrong(origin, problem, "Use ECDSA on P-256, P-384 or P-521, or Ed25519.", findings);
    }
    if certificate.private_key.is_none() {
        let problem =
            format!("It has a {REFERENCE}, but no key pair for a request: KeyMCertPrivateKeyStorageCryptoKeyRef is missing.");
        findings.at(origin, Kind::MissingReference, problem, "Add it, and let it point to the KeyMCryptoKey of the job's key.");
    }
    if let Some((driver, key)) = used.job.key.and_then(|key| driver_key(draft, key)) {
        let user = format!("a certificate request of {}", origin.path);
        super::super::key::check_request_key(driver, key, &user, findings);
    }
    let key = certificate.private_key.and_then(|key| keym.crypto_keys.get(&key));
    if let Some(key) = key.filter(|key| used.job.key != Some(key.target_key)) {
        let problem =
            format!("Its request is signed by {}, but its private key {} is another key.", used.job.origin.path, key.name);
        wrong(origin, problem, "Let KeyMCryptoKeyCsmKeyTargetRef point to the key of the job.", findings);
    }
}

fn check_pool(draft: &Draft, entry: &PoolEntry, findings: &mut Findings) {
    const REFERENCE: &str = "V2gcryptKeyMVerifyPoolJobRef";
    let Some(used) = used(draft, entry.job) else { return };
    if !serves(&entry.origin, REFERENCE, &used, "CRYPTO_SIGNATUREVERIFY", findings) {
        return;
    }
    reports(draft, &entry.origin, &used, findings);
    if KeySignature::of(used.primitive).is_none() {
        let problem = format!("{REFERENCE} points to {}, whose algorithm no certificate of this KeyM has.", used.job.origin.path);
        wrong(&entry.origin, problem, "Use ECDSA on P-256, P-384 or P-521, or Ed25519.", findings);
    }
}

fn check_crypto_key(draft: &Draft, key: &KeyMCryptoKey, findings: &mut Findings) {
    let origin = &key.origin;
    if key.generation == Generation::Derived && key.source_key.is_none() {
        let problem = "It is a KEYM_DERIVED_KEY, but KeyMCryptoKeyCsmKeySourceDeriveRef is missing.";
        findings.at(origin, Kind::MissingReference, problem, "Add the key that it is derived from.");
    }
    let Some(used) = key.verify_job.and_then(|job| used(draft, job)) else { return };
    let Some(kind) = key.verify_job_type else {
        let problem = "It has a KeyMCryptoKeyCsmVerifyJobRef, but no KeyMCryptoCsmVerifyJobType.";
        findings.at(origin, Kind::MissingParameter, problem, "Say what the job does.");
        return;
    };
    let service = format!("CRYPTO_{}", kind.trim_start_matches("KEYM_VERIFY_"));
    serves(origin, "KeyMCryptoKeyCsmVerifyJobRef", &used, &service, findings);
    is_synchronous(origin, "KeyMCryptoKeyCsmVerifyJobRef", &used, findings);
}

/// KeyM waits for no job of this kind.
fn is_synchronous(origin: &Origin, reference: &str, used: &Used<'_>, findings: &mut Findings) {
    if used.job.processing == Processing::Async {
        let problem = format!("{reference} points to {}, which is asynchronous.", used.job.origin.path);
        wrong(origin, problem, "Set its CsmProcessingMode to CRYPTO_PROCESSING_SYNC.", findings);
    }
}

/// Jobs that KeyM needs for itself.
fn check_own(draft: &Draft, keym: &KeyMDraft, findings: &mut Findings) {
    let jobs = &keym.shell.jobs;
    let origin = &keym.shell.origin;
    let own: [(&str, Option<u32>, &str, Option<types::Crypto_AlgorithmFamilyType>); 7] = [
        ("V2gcryptKeyMHashSha1JobRef", jobs.sha1, "CRYPTO_HASH", Some(types::CRYPTO_ALGOFAM_SHA1)),
        ("V2gcryptKeyMHashSha256JobRef", jobs.sha256, "CRYPTO_HASH", Some(types::CRYPTO_ALGOFAM_SHA2_256)),
        ("V2gcryptKeyMHashSha384JobRef", jobs.sha384, "CRYPTO_HASH", Some(types::CRYPTO_ALGOFAM_SHA2_384)),
        ("V2gcryptKeyMHashSha512JobRef", jobs.sha512, "CRYPTO_HASH", Some(types::CRYPTO_ALGOFAM_SHA2_512)),
        ("V2gcryptKeyMRandomJobRef", jobs.random, "CRYPTO_RANDOMGENERATE", None),
        ("V2gcryptKeyMMacGenerateJobRef", jobs.mac_generate, "CRYPTO_MACGENERATE", None),
        ("V2gcryptKeyMMacVerifyJobRef", jobs.mac_verify, "CRYPTO_MACVERIFY", None),
    ];
    for (reference, job, service, family) in own {
        let Some(used) = job.and_then(|job| used(draft, job)) else { continue };
        if !serves(origin, reference, &used, service, findings) {
            continue;
        }
        let of_job = used.primitive.algorithm.family;
        if family.is_some_and(|family| of_job.value != u32::from(family)) {
            let problem = format!("{reference} points to {}, a job of {}.", used.job.origin.path, of_job.symbol);
            wrong(origin, problem, "Point to a job of the hash that the reference names.", findings);
        }
        match service {
            "CRYPTO_RANDOMGENERATE" => is_synchronous(origin, reference, &used, findings),
            _ => reports(draft, origin, &used, findings),
        }
    }
    if jobs.mac_generate.is_some() != jobs.mac_verify.is_some() {
        let problem = "Of V2gcryptKeyMMacGenerateJobRef and V2gcryptKeyMMacVerifyJobRef there is one.";
        findings.at(origin, Kind::MissingReference, problem, "Name both: what one makes, the other compares.");
    }
    let records = !keym.nvm_blocks.is_empty();
    if records && jobs.mac_generate.is_none() && jobs.sha256.is_none() {
        let problem = "Records in NvM need a MAC or a SHA-256 digest, and neither has a job.";
        findings.at(origin, Kind::MissingReference, problem, "Add V2gcryptKeyMHashSha256JobRef to V2gcryptKeyMJobs.");
    }
}

/// KeyM writes public keys into Csm in one format.
fn check_formats(draft: &Draft, keym: &KeyMDraft, findings: &mut Findings) {
    let own = keym.certificates.values().filter_map(|certificate| certificate.verify_key);
    let pooled = keym.pool.values().filter_map(|entry| draft.csm.jobs.get(&entry.job)?.key);
    let mut first: Option<&KeyElement> = None;
    for key in own.chain(pooled) {
        let Some((_, crypto_key, element)) = element(draft, key, types::CRYPTO_KE_SIGNATURE_KEY) else { continue };
        if element.write_access == Access::Denied {
            let problem = format!(
                "KeyM writes public keys into this element of key {}, but its write access is denied.",
                crypto_key.origin.name
            );
            findings.at(
                &element.origin,
                Kind::UnwritableTarget,
                problem,
                "Set CryptoKeyElementWriteAccess to CRYPTO_WA_ALLOWED.",
            );
        }
        match first {
            Some(other) if other.format.value != element.format.value => {
                let problem = format!(
                    "KeyM writes public keys in one format, but CryptoKeyElementFormat is {} here and {} in {}.",
                    element.format.symbol, other.format.symbol, other.origin.path
                );
                findings.at(&element.origin, Kind::KeyElementFormat, problem, "Use one format for the keys of all certificates.");
            }
            _ => first = Some(element),
        }
    }
}

/// An element of the driver's key behind a Csm key.
pub(super) fn element(draft: &Draft, csm_key: Handle, id: u32) -> Option<(&DriverDraft, &CryptoKey, &KeyElement)> {
    let (driver, key) = driver_key(draft, csm_key)?;
    let key_type = driver.key_types.get(&key.key_type)?;
    let element =
        key_type.elements.iter().filter_map(|element| driver.key_elements.get(element)).find(|element| element.id == id);
    Some((driver, key, element?))
}

/// The driver's key behind a Csm key.
pub(super) fn driver_key(draft: &Draft, csm_key: Handle) -> Option<(&DriverDraft, &CryptoKey)> {
    let cryif_key = draft.cryif.keys.get(&draft.csm.keys.get(&csm_key)?.cryif_key)?;
    draft.drivers.iter().find_map(|driver| Some((driver, driver.keys.get(&cryif_key.crypto_key)?)))
}
