//! Does each persistent key have a block of its own, and does that have the right size?

use std::collections::BTreeMap;

use crate::findings::{Findings, Kind};
use crate::model::{record_size, CryptoKey, Implementation, KeyElement, Origin};
use crate::read::{Draft, DriverDraft};

pub(super) fn check(draft: &Draft, findings: &mut Findings) {
    let soft = || draft.drivers.iter().filter(|driver| driver.shell.implementation == Implementation::Soft);
    let mut descriptors: BTreeMap<&str, &Origin> = BTreeMap::new();
    let mut ids: BTreeMap<u16, &Origin> = BTreeMap::new();
    let of_keys = soft().flat_map(|driver| driver.nv_blocks.values()).map(|block| (&block.origin, &block.descriptor));
    let of_keym = draft.keym.iter().flat_map(|keym| keym.nvm_blocks.values()).map(|block| (&block.origin, &block.descriptor));
    for (origin, descriptor) in of_keys.chain(of_keym) {
        if let Some(other) = descriptors.insert(&descriptor.origin.path, origin) {
            findings.at(
                origin,
                Kind::NvBlockShared,
                format!("Its NvMBlockDescriptor {} is also that of {}.", descriptor.origin.path, other.path),
                "Give each CryptoNvBlock and KeyMNvmBlock a NvM block of its own.",
            );
        } else if let Some(other) = ids.insert(descriptor.id, &descriptor.origin) {
            findings.at(
                &descriptor.origin,
                Kind::DuplicateId,
                format!("NvMNvramBlockIdentifier {} is also that of {}.", descriptor.id, other.path),
                "Give one of them a free NvMNvramBlockIdentifier.",
            );
        }
    }
    soft().for_each(|driver| check_keys(driver, findings));
    draft.drivers.iter().filter(|driver| driver.shell.hsm.is_some()).for_each(|driver| check_hsm(driver, findings));
    check_names(draft, findings);
}

/// The HSM keeps its keys itself.
fn check_hsm(driver: &DriverDraft, findings: &mut Findings) {
    for key in driver.keys.values().filter(|key| key.nv_block.is_some()) {
        let problem = "It is in a HSM, which keeps it, but it has a CryptoKeyNvBlockRef.";
        findings.at(&key.origin, Kind::HsmNvBlock, problem, "Remove the reference; CryptoKeyElementPersist is enough.");
    }
    for block in driver.nv_blocks.values() {
        let problem = "A HSM keeps the keys of its driver: they need no NvM block.";
        findings.at(&block.origin, Kind::HsmNvBlock, problem, "Remove it.");
    }
}

fn check_keys(driver: &DriverDraft, findings: &mut Findings) {
    let mut users: BTreeMap<u32, &CryptoKey> = BTreeMap::new();
    for key in driver.keys.values() {
        let Some(key_type) = driver.key_types.get(&key.key_type) else { continue };
        let elements: Option<Vec<&KeyElement>> = key_type.elements.iter().map(|handle| driver.key_elements.get(handle)).collect();
        let Some(elements) = elements else { continue };
        let persistent = elements.iter().find(|element| element.persist);
        match (key.nv_block, persistent) {
            (None, Some(element)) => findings.at(
                &key.origin,
                Kind::NvBlockMissing,
                format!("Its element {} is persistent, but the key has no NvM block.", element.origin.name),
                "Add a CryptoKeyNvBlockRef, or set CryptoKeyElementPersist to false.",
            ),
            (Some(_), None) => findings.at(
                &key.origin,
                Kind::NothingPersistent,
                "It has a CryptoKeyNvBlockRef, but none of its elements is persistent.",
                "Set CryptoKeyElementPersist of its secret to true, or remove the reference.",
            ),
            _ => {}
        }
        let Some(handle) = key.nv_block else { continue };
        let Some(block) = driver.nv_blocks.get(&handle) else { continue };
        if let Some(other) = users.insert(handle, key) {
            findings.at(
                &block.origin,
                Kind::NvBlockShared,
                format!("It is the block of the keys {} and {}.", other.origin.name, key.origin.name),
                "Give each key a CryptoNvBlock of its own.",
            );
        }
        let size = record_size(elements.into_iter());
        if let Some(length) = block.descriptor.length.filter(|length| u64::from(*length) != size) {
            findings.at(
                &block.descriptor.origin,
                Kind::NvBlockSetting,
                format!("NvMNvBlockLength is {length}, but the record of key {} has {size} bytes.", key.origin.name),
                format!("Set it to {size}, or leave it out: V2gcrypt_NvM.arxml holds it."),
            );
        }
    }
    for (handle, block) in &driver.nv_blocks {
        if !driver.keys.values().any(|key| key.nv_block == Some(*handle)) {
            findings.at(
                &block.origin,
                Kind::NothingPersistent,
                "No key has this block.",
                "Let the CryptoKeyNvBlockRef of a key point to it, or remove it.",
            );
        }
    }
}

/// Functions are called by their blocks.
fn check_names(draft: &Draft, findings: &mut Findings) {
    for driver in &draft.drivers {
        let mut names: BTreeMap<&str, &Origin> = BTreeMap::new();
        for block in driver.nv_blocks.values() {
            if let Some(other) = names.insert(&block.origin.name, &block.origin) {
                let problem =
                    format!("{}_NvBlock_…_{} is also that of {}.", driver.shell.prefix(), block.origin.name, other.path);
                findings.at(&block.origin, Kind::DuplicateName, problem, "Rename one of the two containers.");
            }
        }
    }
}
