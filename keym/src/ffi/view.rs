//! The configuration as slices: what is behind its pointers, once they have been followed.

use super::sound::slice;
use crate::config::*;
use crate::numbers::*;
use crate::types::*;
use v2gcrypt_types::*;

/// A configuration that [`super::sound::is_sound`] has found sound.
#[derive(Clone, Copy)]
pub struct View {
    config: &'static KeyM_ConfigType,
}

impl View {
    /// SAFETY: the configuration is sound, and stays.
    pub(super) unsafe fn new(config: &'static KeyM_ConfigType) -> Self {
        Self { config }
    }

    /// Its numbers.
    pub fn config(&self) -> &'static KeyM_ConfigType {
        self.config
    }

    /// Certificates, by id.
    pub fn certificates(&self) -> &'static [KeyM_CertificateConfigType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.certificates, self.config.certificateCount.into()) }
    }

    /// A certificate.
    pub fn certificate(&self, id: KeyM_CertificateIdType) -> Option<&'static KeyM_CertificateConfigType> {
        self.certificates().get(usize::from(id))
    }

    /// The name of a certificate.
    pub fn certificate_name(&self, certificate: &KeyM_CertificateConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(certificate.name, certificate.nameLength.into()) }
    }

    /// The certificate of this name.
    pub fn certificate_named(&self, name: &[u8]) -> Option<KeyM_CertificateIdType> {
        let index = self.certificates().iter().position(|certificate| self.certificate_name(certificate) == name)?;
        u16::try_from(index).ok()
    }

    /// The configured elements of a certificate.
    pub fn elements(&self, certificate: &KeyM_CertificateConfigType) -> &'static [KeyM_CertElementConfigType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(certificate.elements, certificate.elementCount.into()) }
    }

    /// A configured element.
    pub fn element(
        &self,
        certificate: &KeyM_CertificateConfigType,
        id: KeyM_CertElementIdType,
    ) -> Option<&'static KeyM_CertElementConfigType> {
        self.elements(certificate).iter().find(|element| element.elementId == id)
    }

    /// The object identifier of an element, empty for none.
    pub fn object_id(&self, element: &KeyM_CertElementConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(element.objectId, element.objectIdLength.into()) }
    }

    /// The rules of a certificate.
    pub fn rules_of(&self, certificate: &KeyM_CertificateConfigType) -> &'static [u16] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(certificate.rules, certificate.ruleCount.into()) }
    }

    /// A rule.
    pub fn rule(&self, index: u16) -> Option<&'static KeyM_CertRuleConfigType> {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.rules, self.config.ruleCount.into()) }.get(usize::from(index))
    }

    /// The arguments of a rule.
    pub fn arguments(&self, rule: &KeyM_CertRuleConfigType) -> &'static [KeyM_RuleArgumentType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(rule.arguments, rule.argumentCount.into()) }
    }

    /// A condition.
    pub fn condition(&self, index: u16) -> Option<&'static KeyM_CertConditionConfigType> {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.conditions, self.config.conditionCount.into()) }.get(usize::from(index))
    }

    /// The bytes that a condition compares.
    pub fn array_elements(&self, condition: &KeyM_CertConditionConfigType) -> &'static [KeyM_ConditionArrayElementType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(condition.arrayElements, condition.arrayElementCount.into()) }
    }

    /// What a certificate request asks for.
    pub fn csr_template(&self, certificate: &KeyM_CertificateConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(certificate.csrTemplate, certificate.csrTemplateLength.into()) }
    }

    /// Keys, by id.
    pub fn crypto_keys(&self) -> &'static [KeyM_CryptoKeyConfigType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.cryptoKeys, self.config.cryptoKeyCount.into()) }
    }

    /// A key.
    pub fn crypto_key(&self, id: KeyM_CryptoKeyIdType) -> Option<&'static KeyM_CryptoKeyConfigType> {
        self.crypto_keys().get(usize::from(id))
    }

    /// The name of a key.
    pub fn key_name(&self, key: &KeyM_CryptoKeyConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(key.name, key.nameLength.into()) }
    }

    /// The salt of a derivation.
    pub fn generation_info(&self, key: &KeyM_CryptoKeyConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(key.generationInfo, key.generationInfoLength.into()) }
    }

    /// The SHE slot, in digits.
    pub fn crypto_props(&self, key: &KeyM_CryptoKeyConfigType) -> &'static [u8] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(key.cryptoProps, key.cryptoPropsLength.into()) }
    }

    /// NvM blocks.
    pub fn blocks(&self) -> &'static [KeyM_NvmBlockConfigType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.nvmBlocks, self.config.nvmBlockCount.into()) }
    }

    /// A NvM block.
    pub fn block(&self, index: u16) -> Option<&'static KeyM_NvmBlockConfigType> {
        self.blocks().get(usize::from(index))
    }

    /// Pairs of a key and a job.
    pub fn key_pool(&self) -> &'static [KeyM_KeyPoolConfigType] {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.keyPool, self.config.keyPoolCount.into()) }
    }

    /// Whether a job ends later.
    pub fn is_async(&self, job: uint32) -> bool {
        // SAFETY: `is_sound` has checked the table.
        unsafe { slice(self.config.asyncJobs, self.config.asyncJobCount.into()) }.contains(&job)
    }

    /// The key handler's callouts.
    pub fn key_handler(&self) -> Option<&'static KeyM_KeyHandlerType> {
        // SAFETY: null, or a table.
        unsafe { self.config.keyHandler.as_ref() }
    }

    /// Functions of NvM.
    pub fn nvm(&self) -> Option<&'static KeyM_NvMType> {
        // SAFETY: null, or a table.
        unsafe { self.config.nvM.as_ref() }
    }

    /// Whether a certificate is a root: its upper certificate is itself.
    pub fn is_root(&self, id: KeyM_CertificateIdType) -> bool {
        self.certificate(id)
            .is_some_and(|certificate| certificate.upperCertificateId == id && certificate.format == KEYM_CERT_FORMAT_X509)
    }
}
