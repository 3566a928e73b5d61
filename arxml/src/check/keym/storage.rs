//! Has each certificate and key the place where it is to be kept?

use crate::ecuc::Handle;
use crate::findings::{Findings, Kind};
use crate::model::keym::*;
use crate::model::{Access, Origin};
use crate::read::{Draft, KeyMDraft};

use super::job::{driver_key, element};

pub(super) fn check(draft: &Draft, keym: &KeyMDraft, findings: &mut Findings) {
    for certificate in keym.certificates.values() {
        let origin = &certificate.origin;
        check_block(origin, "KeyMCertificateNvmBlockRef", certificate.storage, certificate.nvm_block, findings);
        match (certificate.storage, certificate.target_key) {
            (Storage::Csm, None) => {
                let problem = "It is kept in Csm, but KeyMCertificateCsmKeyTargetRef is missing.";
                findings.at(origin, Kind::StorageMismatch, problem, "Add it, and let it point to a CsmKey.");
            }
            (Storage::Csm, Some(key)) => check_target(draft, certificate, key, findings),
            _ => {}
        }
    }
    for key in keym.crypto_keys.values() {
        check_block(&key.origin, "KeyMCryptoKeyNvmBlockRef", key.storage, key.nvm_block, findings);
    }
    for (handle, block) in &keym.nvm_blocks {
        check_record(keym, *handle, block, findings);
    }
}

fn check_block(origin: &Origin, reference: &str, storage: Storage, block: Option<u32>, findings: &mut Findings) {
    match (storage, block) {
        (Storage::Nvm, None) => {
            let problem = format!("It is kept in NvM, but {reference} is missing.");
            findings.at(origin, Kind::StorageMismatch, problem, "Add it, and let it point to a KeyMNvmBlock.");
        }
        (Storage::Csm | Storage::Ram, Some(_)) => {
            let problem = format!("It has a {reference}, but it is not kept in NvM.");
            findings.at(origin, Kind::StorageMismatch, problem, "Use KEYM_STORAGE_IN_NVM, or remove the reference.");
        }
        _ => {}
    }
}

/// The element of a Csm key that keeps a certificate.
fn check_target(draft: &Draft, certificate: &Certificate, key: Handle, findings: &mut Findings) {
    let Some((_, crypto_key)) = driver_key(draft, key) else { return };
    let id = certificate.target_element;
    let Some((_, _, element)) = element(draft, key, id) else {
        let problem =
            format!("Key {} has no element {id}, which is to keep {}.", crypto_key.origin.name, certificate.origin.path);
        let remedy =
            format!("Add a CryptoKeyElement with CryptoKeyElementId {id}, or set V2gcryptKeyMCertificateTargetElementId.");
        findings.at(&crypto_key.origin, Kind::MissingKeyElement, problem, remedy);
        return;
    };
    if element.size < u32::from(certificate.max_length) || !element.allow_partial_access {
        let problem = format!("It is to keep {}, which has up to {} bytes.", certificate.origin.path, certificate.max_length);
        let remedy =
            "Make CryptoKeyElementSize as large, and set CryptoKeyElementAllowPartialAccess: certificates differ in length.";
        findings.at(&element.origin, Kind::KeyElementSize, problem, remedy);
    }
    if element.write_access != Access::Allowed || element.read_access != Access::Allowed {
        let problem = format!("KeyM writes {} into this element and reads it back, but may not.", certificate.origin.path);
        let remedy = "Set CryptoKeyElementWriteAccess to CRYPTO_WA_ALLOWED and CryptoKeyElementReadAccess to CRYPTO_RA_ALLOWED.";
        findings.at(&element.origin, Kind::UnwritableTarget, problem, remedy);
    }
}

/// Bytes that a NvM block can have.
const MAX_RECORD: u64 = 0xFFFF;

fn check_record(keym: &KeyMDraft, handle: Handle, block: &KeyMNvmBlock, findings: &mut Findings) {
    let certificates = keym.certificates.values().filter(|certificate| certificate.nvm_block == Some(handle));
    let keys = keym.crypto_keys.values().filter(|key| key.nvm_block == Some(handle));
    let members: Vec<(u16, &Origin)> = certificates
        .map(|certificate| (certificate.max_length, &certificate.origin))
        .chain(keys.map(|key| (key.max_length, &key.origin)))
        .collect();
    let floor = keym.shell.policy.time_floor_block == Some(handle);
    match (&members[..], floor) {
        ([], false) => {
            let problem = "No certificate, no key and no time floor is kept in this block.";
            findings.at(&block.origin, Kind::NothingPersistent, problem, "Refer to it, or remove it.");
            return;
        }
        ([(_, other), ..], true) => {
            let problem = format!("It keeps the time floor, which changes all the time, and {}.", other.path);
            findings.at(&block.origin, Kind::NvBlockShared, problem, "Give the time floor a block of its own.");
        }
        _ => {}
    }
    let size = keym_record_size(members.iter().map(|(length, _)| *length), floor);
    let descriptor = &block.descriptor;
    if size > MAX_RECORD {
        let problem = format!("Its record has {size} bytes, a NvM block at most {MAX_RECORD}.");
        findings.at(&block.origin, Kind::NvBlockSetting, problem, "Spread the certificates over several blocks.");
    }
    if let Some(length) = descriptor.length.filter(|length| u64::from(*length) != size) {
        findings.at(
            &descriptor.origin,
            Kind::NvBlockSetting,
            format!("NvMNvBlockLength is {length}, but the record of block {} has {size} bytes.", block.origin.name),
            format!("Set it to {size}, or leave it out: V2gcrypt_NvM.arxml holds it."),
        );
    }
}
