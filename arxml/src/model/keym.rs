//! KeyM: certificates, their elements and rules, crypto keys, blocks.

use v2gcrypt_types::{self as types, Number};

use super::{Curve, NvDescriptor, Origin, Primitive};

/// `KeyM`
#[derive(Debug, Clone)]
pub struct KeyM {
    /// The module configuration.
    pub origin: Origin,
    /// `KeyMGeneral`
    pub general: KeyMGeneral,
    /// `KeyMSecurityEventRefs`
    pub security_events: Vec<SecurityEvent>,
    /// `KeyMCertificate` by `KeyMCertificateId`.
    pub certificates: Vec<Certificate>,
    /// `KeyMCertificateElementRule`
    pub rules: Vec<Rule>,
    /// `KeyMCertificateElementCondition`
    pub conditions: Vec<Condition>,
    /// `KeyMCryptoKey` by `KeyMCryptoKeyId`.
    pub crypto_keys: Vec<KeyMCryptoKey>,
    /// `KeyMNvmBlock`
    pub nvm_blocks: Vec<KeyMNvmBlock>,
    /// `V2gcryptKeyMJobs`: what KeyM computes with beside the certificates' own jobs.
    pub jobs: KeyMJobs,
    /// `V2gcryptKeyMVerifyPool`: for issuers without a slot.
    pub pool: Vec<PoolEntry>,
    /// `V2gcryptKeyMPolicy`
    pub policy: Policy,
}

/// `KeyMGeneral`
#[derive(Debug, Clone)]
pub struct KeyMGeneral {
    /// `KeyMCertificateChainMaxDepth`
    pub chain_max_depth: u8,
    /// `KeyMKeyCertNameMaxLength`
    pub name_max_length: u8,
    /// `KeyMMainFunctionPeriod` in seconds.
    pub main_function_period: Option<f64>,
    /// `KeyMDevErrorDetect`
    pub dev_error_detect: bool,
    /// `KeyMEnableSecurityEventReporting`
    pub security_event_reporting: bool,
    /// `KeyMCertificateManagerEnabled`
    pub certificate_manager: bool,
    /// `KeyMCryptoKeyManagerEnabled`
    pub crypto_key_manager: bool,
    /// `KeyMCryptoKeyStartFinalizeFunctionEnabled`
    pub start_finalize: bool,
    /// `KeyMCryptoKeyPrepareFunctionEnabled`
    pub prepare: bool,
    /// `KeyMCryptoKeyVerifyFunctionEnabled`
    pub verify: bool,
    /// `KeyMCryptoKeyVerifyAsyncMode`
    pub verify_async: bool,
    /// `KeyMServiceCertificateFunctionEnabled`
    pub service_certificate: bool,
    /// `KeyMCryptoKeyHandler…Enabled`
    pub handlers: Handlers,
    /// `V2gcryptKeyMServiceCertificateLengthBits`: lengths of `KeyM_ServiceCertificate` have 32 bits, not 16.
    pub wide_lengths: bool,
    /// `V2gcryptKeyMServiceCallbackReturnsVoid`: service callbacks return nothing.
    pub void_service_callback: bool,
    /// `V2gcryptKeyMStbMTimeStamp`: `StbM_GetCurrentTime` takes a time stamp, as until R19-11, not a time tuple.
    pub stbm_time_stamp: bool,
    /// `V2gcryptKeyMCryptoKeyUsePort`: whether key management has a port at the RTE.
    pub crypto_key_use_port: bool,
    /// `V2gcryptKeyMRequestBufferSize` in bytes, if it is told.
    pub request_buffer_size: Option<u32>,
    /// `V2gcryptKeyMChainBufferSize` in bytes, if it is told.
    pub chain_buffer_size: Option<u32>,
}

/// Which callouts of the integrator's key handler KeyM calls.
#[derive(Debug, Clone, Copy, Default)]
pub struct Handlers {
    /// `KeyM_KH_Start`, `KeyM_KH_Finalize`
    pub start_finalize: bool,
    /// `KeyM_KH_Prepare`
    pub prepare: bool,
    /// `KeyM_KH_Update`
    pub update: bool,
    /// `KeyM_KH_Verify`
    pub verify: bool,
    /// `KeyM_KH_ServiceCertificate`
    pub service_certificate: bool,
}

/// A reference in `KeyMSecurityEventRefs`.
#[derive(Debug, Clone)]
pub struct SecurityEvent {
    /// Name of the reference, which is the event's: `SEV_KEYM_CERT_VERIF_FAILED`.
    pub name: &'static str,
    /// `IdsMInternalEventId` of the event that it points to.
    pub id: u16,
}

/// `KeyMCertAlgorithmType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertAlgorithm {
    /// `ECC`
    Ecc,
    /// `RSA`
    Rsa,
}

/// `KeyMCertFormatType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertFormat {
    /// `X509`
    X509,
    /// `CRL`
    Crl,
}

/// `KeyMCertificateStorage`, `KeyMCryptoKeyStorage`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// `KEYM_STORAGE_IN_CSM`
    Csm,
    /// `KEYM_STORAGE_IN_NVM`
    Nvm,
    /// `KEYM_STORAGE_IN_RAM`
    Ram,
}

/// `KeyMCertificate`: a slot for one certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The container.
    pub origin: Origin,
    /// `KeyMCertificateId`
    pub id: u16,
    /// `KeyMCertificateName`, by which `KeyM_ServiceCertificate` finds it; the short name if there is none.
    pub name: String,
    /// `KeyMCertificateMaxLength` in bytes.
    pub max_length: u16,
    /// `KeyMCertAlgorithmType`
    pub algorithm: CertAlgorithm,
    /// `KeyMCertFormatType`
    pub format: CertFormat,
    /// `KeyMCertificateStorage`
    pub storage: Storage,
    /// `KeyMCertificateVerifyCallbackNotificationFunc`
    pub verify_callback: Option<String>,
    /// `KeyMServiceCertificateCallbackNotificationFunc`
    pub service_callback: Option<String>,
    /// `KeyMCertCertificateElementRuleRef`: indices in [`KeyM::rules`].
    pub rules: Vec<u32>,
    /// `KeyMCertCsmSignatureGenerateJobRef`: index in [`super::Csm::jobs`].
    pub generate_job: Option<u32>,
    /// `KeyMCertCsmSignatureVerifyJobRef`: index in [`super::Csm::jobs`]. A job of the pool is nobody's own.
    pub verify_job: u32,
    /// `KeyMCertCsmSignatureVerifyKeyRef`: index in [`super::Csm::keys`].
    pub verify_key: Option<u32>,
    /// `KeyMCertificateCsmKeyTargetRef`: index in [`super::Csm::keys`].
    pub target_key: Option<u32>,
    /// `KeyMCertificateNvmBlockRef`: index in [`KeyM::nvm_blocks`].
    pub nvm_block: Option<u32>,
    /// `KeyMCertPrivateKeyStorageCryptoKeyRef`: index in [`KeyM::crypto_keys`].
    pub private_key: Option<u32>,
    /// `KeyMCertTimebaseRef`: `StbMSynchronizedTimeBaseIdentifier`.
    pub time_base: Option<u16>,
    /// `KeyMCertUpperHierarchicalCertRef`: index in [`KeyM::certificates`]; a root's own.
    pub upper: u32,
    /// `V2gcryptKeyMCertificateRole`: symbol.
    pub role: &'static str,
    /// `V2gcryptKeyMCertificateProfile`: symbol.
    pub profile: &'static str,
    /// `V2gcryptKeyMCertificateOcspMaxLength` in bytes; 0 for no OCSP response.
    pub ocsp_max_length: u16,
    /// `V2gcryptKeyMCertificateTargetElementId`: element of the target key that keeps the certificate.
    pub target_element: u32,
    /// `V2gcryptKeyMCertificateUsePort`: whether the slot has a port at the RTE.
    pub use_port: bool,
    /// `V2gcryptKeyMCertificateCsr`: what a request asks for.
    pub csr: Vec<CsrField>,
    /// `KeyMCertificateElement`, by `KeyMCertificateElementId`.
    pub elements: Vec<CertificateElement>,
}

/// One field of a template for certificate requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsrField {
    /// Tag.
    pub tag: Number,
    /// Value: UTF-8, or two bytes of a key usage.
    pub value: Vec<u8>,
}

/// `KeyMCertificateElement`
#[derive(Debug, Clone)]
pub struct CertificateElement {
    /// The container.
    pub origin: Origin,
    /// `KeyMCertificateElementId`
    pub id: u16,
    /// `KeyMCertificateElementMaxLength` in bytes.
    pub max_length: u16,
    /// `KeyMCertificateElementHasIteration`
    pub has_iteration: bool,
    /// `KeyMCertificateElementOfStructure`: symbol.
    pub structure: &'static str,
    /// `KeyMCertificateElementObjectId`: content of the OBJECT IDENTIFIER; may be empty.
    pub object_id: Vec<u8>,
    /// `KeyMCertificateElementObjectType`: ASN.1 tag; 0 for any.
    pub object_type: u8,
}

/// An element of a certificate: indices in [`KeyM::certificates`] and [`Certificate::elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementPlace {
    /// Certificate.
    pub certificate: u32,
    /// Its element.
    pub element: u32,
}

/// `KeyMLogicalOperator`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogicalOperator {
    /// `KEYM_AND`
    And,
    /// `KEYM_OR`
    Or,
}

/// `KeyMArgumentRef`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Index in [`KeyM::conditions`].
    Condition(u32),
    /// Index in [`KeyM::rules`].
    Rule(u32),
}

/// `KeyMCertificateElementRule`
#[derive(Debug, Clone)]
pub struct Rule {
    /// The container.
    pub origin: Origin,
    /// `KeyMLogicalOperator`
    pub operator: LogicalOperator,
    /// `KeyMArgumentRef`
    pub arguments: Vec<Argument>,
}

/// `KeyMCertificateElementCondition`
#[derive(Debug, Clone)]
pub struct Condition {
    /// The container.
    pub origin: Origin,
    /// `KeyMCertElementConditionType`: symbol.
    pub comparison: &'static str,
    /// `KeyMCertificateElementRef`
    pub element: ElementPlace,
    /// `KeyMCertificateElementConditionValue`
    pub value: ConditionValue,
}

/// What an element is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionValue {
    /// `KeyMCertificateElementConditionPrimitive`: a number.
    Primitive(u64),
    /// `KeyMCertificateElementConditionArray`: bytes, and where in the element they are; by index.
    Array(Vec<(u16, u8)>),
    /// `KeyMCertificateElementConditionCerificateElement`: another element.
    Element(ElementPlace),
    /// `KeyMCertificateElementConditionSenderReceiver`: what a port holds.
    SenderReceiver,
}

/// `KeyMCryptoKeyGenerationType`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// `KEYM_STORED_KEY`
    Stored,
    /// `KEYM_DERIVED_KEY`
    Derived,
}

/// `KeyMCryptoKey`
#[derive(Debug, Clone)]
pub struct KeyMCryptoKey {
    /// The container.
    pub origin: Origin,
    /// `KeyMCryptoKeyId`
    pub id: u16,
    /// `KeyMCryptoKeyName`, by which `KeyM_Update` finds it; the short name if there is none.
    pub name: String,
    /// `KeyMCryptoKeyMaxLength` in bytes.
    pub max_length: u16,
    /// `KeyMCryptoKeyGenerationType`
    pub generation: Generation,
    /// `KeyMCryptoKeyGenerationInfo`: the salt of a derived key.
    pub generation_info: Vec<u8>,
    /// `KeyMCryptoKeyCryptoProps`, such as the number of a SHE slot.
    pub crypto_props: String,
    /// `KeyMCryptoKeyStorage`
    pub storage: Storage,
    /// `KeyMCryptoCsmVerifyJobType`: symbol, if there is a job.
    pub verify_job_type: Option<&'static str>,
    /// `KeyMCryptoKeyCsmVerifyJobRef`: index in [`super::Csm::jobs`].
    pub verify_job: Option<u32>,
    /// `KeyMCryptoKeyCsmKeyTargetRef`: index in [`super::Csm::keys`].
    pub target_key: u32,
    /// `KeyMCryptoKeyCsmKeySourceDeriveRef`: index in [`super::Csm::keys`].
    pub source_key: Option<u32>,
    /// `KeyMCryptoKeyNvmBlockRef`: index in [`KeyM::nvm_blocks`].
    pub nvm_block: Option<u32>,
}

/// `KeyMNvmBlock`
#[derive(Debug, Clone)]
pub struct KeyMNvmBlock {
    /// The container.
    pub origin: Origin,
    /// `KeyMNvmBlockDescriptorRef`
    pub descriptor: NvDescriptor,
    /// `KeyMNvmBlockWriteDelayed` in milliseconds; 0 is at once.
    pub write_delay: u32,
}

/// Jobs that KeyM needs for itself: indices in [`super::Csm::jobs`].
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyMJobs {
    /// `V2gcryptKeyMHashSha1JobRef`
    pub sha1: Option<u32>,
    /// `V2gcryptKeyMHashSha256JobRef`
    pub sha256: Option<u32>,
    /// `V2gcryptKeyMHashSha384JobRef`
    pub sha384: Option<u32>,
    /// `V2gcryptKeyMHashSha512JobRef`
    pub sha512: Option<u32>,
    /// `V2gcryptKeyMRandomJobRef`
    pub random: Option<u32>,
    /// `V2gcryptKeyMMacGenerateJobRef`
    pub mac_generate: Option<u32>,
    /// `V2gcryptKeyMMacVerifyJobRef`
    pub mac_verify: Option<u32>,
}

/// `V2gcryptKeyMVerifyPool`: a key and a job for the signature of an issuer that has no slot.
#[derive(Debug, Clone)]
pub struct PoolEntry {
    /// The container.
    pub origin: Origin,
    /// `V2gcryptKeyMVerifyPoolJobRef`: index in [`super::Csm::jobs`].
    pub job: u32,
    /// The job's key: index in [`super::Csm::keys`].
    pub key: u32,
}

/// `V2gcryptKeyMPolicy`: strict unless something is named.
#[derive(Debug, Clone)]
pub struct Policy {
    /// `V2gcryptKeyMTimeUnknown`: symbol.
    pub time_unknown: &'static str,
    /// `V2gcryptKeyMTolerateSetOfStoredCertificate`
    pub tolerate_set_of_stored_certificate: bool,
    /// `V2gcryptKeyMTolerateUnsignedRootReplacement`
    pub tolerate_unsigned_root_replacement: bool,
    /// `V2gcryptKeyMAllowSecp384r1`
    pub allow_secp384r1: bool,
    /// `V2gcryptKeyMTolerateUnknownRevocation`
    pub tolerate_unknown_revocation: bool,
    /// `V2gcryptKeyMTolerate…`: bits of `pathTolerances`, by symbol.
    pub path_tolerances: Vec<&'static str>,
    /// `V2gcryptKeyMTimeFloorNvmBlockRef`: index in [`KeyM::nvm_blocks`].
    pub time_floor_block: Option<u32>,
}

impl KeyM {
    /// Certificates whose record is in a block.
    pub fn certificates_in(&self, block: u32) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter().filter(move |certificate| certificate.nvm_block == Some(block))
    }

    /// Crypto keys whose record is in a block.
    pub fn keys_in(&self, block: u32) -> impl Iterator<Item = &KeyMCryptoKey> {
        self.crypto_keys.iter().filter(move |key| key.nvm_block == Some(block))
    }

    /// Bytes of a data set of a block.
    pub fn record_size_of(&self, block: u32) -> u64 {
        let lengths = self.certificates_in(block).map(|certificate| certificate.max_length);
        let lengths = lengths.chain(self.keys_in(block).map(|key| key.max_length));
        let floor = self.policy.time_floor_block == Some(block);
        keym_record_size(lengths, floor)
    }

    /// Bytes for what a service is given: the certificates of a chain one behind the other, the longest list of revoked
    /// certificates or OCSP response, and the name and the answer beside it.
    pub fn request_buffer_size(&self) -> u64 {
        const ANSWER: u64 = 512;
        let longest = |lengths: &mut dyn Iterator<Item = u16>| lengths.map(u64::from).max().unwrap_or(0);
        let lists = self.certificates.iter().filter(|certificate| certificate.format == CertFormat::Crl);
        let lists = longest(&mut lists.map(|certificate| certificate.max_length));
        let responses = longest(&mut self.certificates.iter().map(|certificate| certificate.ocsp_max_length));
        let keys = longest(&mut self.crypto_keys.iter().map(|key| key.max_length));
        let needed = u64::from(self.general.name_max_length) + self.chain_length().max(lists).max(responses).max(keys) + ANSWER;
        self.general.request_buffer_size.map_or(needed, u64::from)
    }

    /// Bytes for the certificates that a verification is given.
    pub fn chain_buffer_size(&self) -> u64 {
        self.general.chain_buffer_size.map_or(self.chain_length(), u64::from)
    }

    fn chain_length(&self) -> u64 {
        let certificates = self.certificates.iter().filter(|certificate| certificate.format == CertFormat::X509);
        let longest = certificates.map(|certificate| u64::from(certificate.max_length)).max().unwrap_or(1);
        u64::from(self.general.chain_max_depth) * longest
    }

    /// Whether a job verifies for issuers without a slot.
    pub fn in_pool(&self, job: u32) -> bool {
        self.pool.iter().any(|entry| entry.job == job)
    }

    /// The element that a place names.
    pub fn element(&self, place: ElementPlace) -> (&Certificate, &CertificateElement) {
        let certificate = &self.certificates[place.certificate as usize];
        (certificate, &certificate.elements[place.element as usize])
    }
}

/// `KEYM_NVM_RECORD_OVERHEAD`, `KEYM_NVM_MEMBER_OVERHEAD` and `KEYM_NVM_TIME_FLOOR_SIZE` of KeyM.h: a test compares them.
const RECORD_OVERHEAD: u64 = 52;
const MEMBER_OVERHEAD: u64 = 8;
const TIME_FLOOR: u64 = 8;

/// Bytes of a data set that keeps values of these lengths, and perhaps the time floor.
pub(crate) fn keym_record_size(lengths: impl Iterator<Item = u16>, floor: bool) -> u64 {
    let members = lengths.map(u64::from).chain(floor.then_some(TIME_FLOOR));
    RECORD_OVERHEAD + members.map(|length| MEMBER_OVERHEAD + length).sum::<u64>()
}

/// A signature's key and hash, as KeyM names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeySignature {
    /// `KEYM_KEY_*`
    pub key: &'static str,
    /// `KEYM_SIGNATURE_*`
    pub signature: &'static str,
}

impl KeySignature {
    /// Of a job that signs or verifies; `None` for what no certificate of this KeyM has.
    pub fn of(primitive: &Primitive) -> Option<Self> {
        let key = match Curve::of_signature(primitive)? {
            Curve::P256 => "KEYM_KEY_P256",
            Curve::P384 => "KEYM_KEY_P384",
            Curve::P521 => "KEYM_KEY_P521",
            Curve::Ed25519 => return Some(Self { key: "KEYM_KEY_ED25519", signature: "KEYM_SIGNATURE_ED25519" }),
            Curve::X25519 => return None,
        };
        let signature = match primitive.algorithm.secondary_family.value as types::Crypto_AlgorithmFamilyType {
            types::CRYPTO_ALGOFAM_SHA2_256 => "KEYM_SIGNATURE_ECDSA_SHA256",
            types::CRYPTO_ALGOFAM_SHA2_384 => "KEYM_SIGNATURE_ECDSA_SHA384",
            types::CRYPTO_ALGOFAM_SHA2_512 => "KEYM_SIGNATURE_ECDSA_SHA512",
            _ => return None,
        };
        Some(Self { key, signature })
    }
}
