//! Whether a configuration is one for this build, and does not contradict itself.

use crate::config::*;
use crate::core::{Engine, KeyNode, Record, Slot};
use crate::numbers::*;
use core::mem::{align_of, size_of};
use v2gcrypt_types::*;

const _: () = assert!(size_of::<Slot>() <= size_of::<KeyM_CertificateRamType>());
const _: () = assert!(align_of::<Slot>() <= align_of::<KeyM_CertificateRamType>());
const _: () = assert!(size_of::<KeyNode>() <= size_of::<KeyM_CryptoKeyRamType>());
const _: () = assert!(align_of::<KeyNode>() <= align_of::<KeyM_CryptoKeyRamType>());
const _: () = assert!(size_of::<Record>() <= size_of::<KeyM_NvmBlockRamType>());
const _: () = assert!(align_of::<Record>() <= align_of::<KeyM_NvmBlockRamType>());
const _: () = assert!(size_of::<Engine>() + align_of::<Engine>() <= size_of::<KeyM_EngineRamType>());

/// SAFETY: `pointer` points to `count` valid values that nobody writes, or `count` is 0.
pub(super) unsafe fn slice<'a, T>(pointer: *const T, count: usize) -> &'a [T] {
    if count == 0 || pointer.is_null() {
        return &[];
    }
    // SAFETY: by contract.
    unsafe { core::slice::from_raw_parts(pointer, count) }
}

/// SAFETY: `pointer` points to `count` valid values that nobody else touches, or `count` is 0.
pub(super) unsafe fn slice_mut<'a, T>(pointer: *mut T, count: usize) -> &'a mut [T] {
    if count == 0 || pointer.is_null() {
        return &mut [];
    }
    // SAFETY: by contract.
    unsafe { core::slice::from_raw_parts_mut(pointer, count) }
}

/// SAFETY: `config` lies in readable memory; when magic and sizes match, its tables have the lengths it names.
pub(super) unsafe fn is_sound(config: &KeyM_ConfigType) -> bool {
    let for_this_build = config.magic == V2GCRYPT_CONFIG_MAGIC
        && config.configSize as usize == size_of::<KeyM_ConfigType>()
        && config.certificateConfigSize as usize == size_of::<KeyM_CertificateConfigType>()
        && config.engineRamSize as usize == size_of::<KeyM_EngineRamType>();
    if !for_this_build {
        return false;
    }
    let tables = is_table(config.certificates, config.certificateCount.into())
        && is_table(config.cryptoKeys, config.cryptoKeyCount.into())
        && is_table(config.nvmBlocks, config.nvmBlockCount.into())
        && is_table(config.rules, config.ruleCount.into())
        && is_table(config.conditions, config.conditionCount.into())
        && is_table(config.keyPool, config.keyPoolCount.into())
        && is_table(config.asyncJobs, config.asyncJobCount.into())
        && is_table(config.certificateRam, config.certificateCount.into())
        && is_table(config.cryptoKeyRam, config.cryptoKeyCount.into())
        && is_table(config.nvmBlockRam, config.nvmBlockCount.into())
        && is_table(config.engineRam, 1)
        && is_table(config.nvmRecord, config.nvmRecordSize)
        && is_table(config.requestBuffer, config.requestBufferSize)
        && is_table(config.chainBuffer, config.chainBufferSize);
    let macs = (config.macGenerateJobId == KEYM_NO_JOB) == (config.macVerifyJobId == KEYM_NO_JOB);
    let digests = config.nvmBlockCount == 0 || config.macGenerateJobId != KEYM_NO_JOB || config.sha256JobId != KEYM_NO_JOB;
    let policy = config.timeUnknown <= KEYM_TIME_FLOOR
        && matches!(config.publicKeyFormat, CRYPTO_KE_FORMAT_BIN_OCTET | CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY);
    if !tables || !macs || !digests || !policy || config.certificateCount == u16::MAX {
        return false;
    }
    // SAFETY: tables of these lengths.
    unsafe { are_sound_certificates(config) && are_sound_keys(config) && are_sound_blocks(config) && are_sound_rules(config) }
}

/// SAFETY: the tables have their lengths.
unsafe fn are_sound_certificates(config: &KeyM_ConfigType) -> bool {
    // SAFETY: by contract.
    let certificates = unsafe { slice(config.certificates, config.certificateCount.into()) };
    certificates.iter().all(|certificate| {
        let tables = is_table(certificate.name, certificate.nameLength.into())
            && is_table(certificate.buffer, certificate.maxLength)
            && is_table(certificate.ocspBuffer, certificate.ocspMaxLength)
            && is_table(certificate.csrTemplate, certificate.csrTemplateLength.into())
            && is_table(certificate.elements, certificate.elementCount.into())
            && is_table(certificate.rules, certificate.ruleCount.into());
        let numbers = certificate.maxLength != 0
            && certificate.upperCertificateId < config.certificateCount
            && certificate.format <= KEYM_CERT_FORMAT_CRL
            && certificate.storage <= KEYM_STORAGE_IN_CSM
            && certificate.role <= KEYM_V2G_ROLE_OCSP_SIGNER
            && certificate.profile <= KEYM_V2G_PROFILE_PRIVATE;
        let storage = match certificate.storage {
            KEYM_STORAGE_IN_NVM => certificate.nvmBlock < config.nvmBlockCount,
            KEYM_STORAGE_IN_CSM => certificate.targetKeyId != KEYM_NO_KEY && certificate.nvmBlock == KEYM_NO_NVM_BLOCK,
            _ => certificate.nvmBlock == KEYM_NO_NVM_BLOCK,
        };
        let key = certificate.privateKeyId == KEYM_NO_CRYPTO_KEY || certificate.privateKeyId < config.cryptoKeyCount;
        if !(tables && numbers && storage && key) {
            return false;
        }
        // SAFETY: tables of these lengths.
        let (elements, rules) = unsafe {
            (slice(certificate.elements, certificate.elementCount.into()), slice(certificate.rules, certificate.ruleCount.into()))
        };
        elements.iter().all(|element| {
            element.structure <= KEYM_ELEMENT_REVOKED_CERTIFICATES && is_table(element.objectId, element.objectIdLength.into())
        }) && rules.iter().all(|rule| *rule < config.ruleCount)
    })
}

/// SAFETY: the tables have their lengths.
unsafe fn are_sound_keys(config: &KeyM_ConfigType) -> bool {
    // SAFETY: by contract.
    let keys = unsafe { slice(config.cryptoKeys, config.cryptoKeyCount.into()) };
    keys.iter().all(|key| {
        let stored = match key.storage {
            KEYM_STORAGE_IN_NVM => {
                key.nvmBlock < config.nvmBlockCount && key.maxLength != 0 && is_table(key.buffer, key.maxLength.into())
            }
            _ => key.storage <= KEYM_STORAGE_IN_CSM && key.nvmBlock == KEYM_NO_NVM_BLOCK,
        };
        let derived = key.generationType != KEYM_DERIVED_KEY || key.sourceDeriveKeyId != KEYM_NO_KEY;
        stored
            && derived
            && key.generationType <= KEYM_DERIVED_KEY
            && key.verifyJobType <= KEYM_VERIFY_AEADDECRYPT
            && is_table(key.name, key.nameLength.into())
            && is_table(key.generationInfo, key.generationInfoLength.into())
            && is_table(key.cryptoProps, key.cryptoPropsLength.into())
    })
}

/// SAFETY: the tables have their lengths, and their entries are sound.
unsafe fn are_sound_blocks(config: &KeyM_ConfigType) -> bool {
    // SAFETY: by contract.
    let (blocks, certificates, keys) = unsafe {
        (
            slice(config.nvmBlocks, config.nvmBlockCount.into()),
            slice(config.certificates, config.certificateCount.into()),
            slice(config.cryptoKeys, config.cryptoKeyCount.into()),
        )
    };
    // SAFETY: null, or a table.
    let nvm = unsafe { config.nvM.as_ref() };
    let functions = nvm.is_some_and(|nvm| {
        nvm.setDataIndex.is_some() && nvm.readBlock.is_some() && nvm.writeBlock.is_some() && nvm.getErrorStatus.is_some()
    });
    let sized = |(index, block): (usize, &KeyM_NvmBlockConfigType)| {
        let certificates = certificates.iter().filter(|c| usize::from(c.nvmBlock) == index).map(|c| c.maxLength);
        let keys = keys.iter().filter(|k| usize::from(k.nvmBlock) == index).map(|k| u32::from(k.maxLength));
        let floor = (block.keepsTimeFloor != 0).then_some(KEYM_NVM_TIME_FLOOR_SIZE);
        let members = certificates.chain(keys).chain(floor);
        let size = members
            .map(|length| length.checked_add(KEYM_NVM_MEMBER_OVERHEAD))
            .try_fold(KEYM_NVM_RECORD_OVERHEAD, |sum, length| sum.checked_add(length?));
        size == Some(block.recordSize) && block.recordSize <= config.nvmRecordSize
    };
    (blocks.is_empty() || functions) && blocks.iter().enumerate().all(sized)
}

/// SAFETY: the tables have their lengths.
unsafe fn are_sound_rules(config: &KeyM_ConfigType) -> bool {
    // SAFETY: by contract.
    let (rules, conditions) =
        unsafe { (slice(config.rules, config.ruleCount.into()), slice(config.conditions, config.conditionCount.into())) };
    let rules_are_sound = rules.iter().enumerate().all(|(index, rule)| {
        if rule.argumentCount == 0 || !is_table(rule.arguments, rule.argumentCount.into()) || rule.logicalOperator > KEYM_OR {
            return false;
        }
        // SAFETY: a table of this length.
        let arguments = unsafe { slice(rule.arguments, rule.argumentCount.into()) };
        arguments.iter().all(|argument| match argument.kind {
            KEYM_ARGUMENT_CONDITION => argument.index < config.conditionCount,
            // A rule stands behind the rules that it refers to: no cycles.
            KEYM_ARGUMENT_RULE => usize::from(argument.index) < index,
            _ => false,
        })
    });
    rules_are_sound
        && conditions.iter().all(|condition| {
            let value = match condition.valueKind {
                KEYM_CONDITION_PRIMITIVE => true,
                KEYM_CONDITION_ARRAY => is_table(condition.arrayElements, condition.arrayElementCount.into()),
                KEYM_CONDITION_CERT_ELEMENT => condition.otherCertificateId < config.certificateCount,
                KEYM_CONDITION_SENDER_RECEIVER => condition.readPort.is_some(),
                _ => false,
            };
            value && condition.certificateId < config.certificateCount && condition.conditionType <= KEYM_GREATER_OR_EQUAL
        })
}

fn is_table<T>(pointer: *const T, count: uint32) -> bool {
    let fits = (count as usize).checked_mul(size_of::<T>()).is_some_and(|bytes| bytes <= isize::MAX as usize);
    count == 0 || (fits && !pointer.is_null() && (pointer as usize) & (align_of::<T>() - 1) == 0)
}
