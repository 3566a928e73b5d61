//! What generated C tells KeyM: `KeyM_ConfigType` and its tables. They lie in flash but for the RAM they name; KeyM only reads
//! them.
//!
//! KeyM refers to no symbol of NvM, StbM, IdsM or a key handler: [`KeyM_ConfigType`] names their functions, so a program that
//! needs none of them does not link them.

use crate::types::*;
use v2gcrypt_types::*;

/// `KeyMCertificateVerifyCallbackNotificationFunc`, such as `Dcm_KeyMAsyncCertificateVerifyFinished`.
pub type KeyM_VerifyCallbackFuncType =
    Option<unsafe extern "C" fn(CertId: KeyM_CertificateIdType, Result: KeyM_CertificateStatusType) -> Std_ReturnType>;

/// `KeyMServiceCertificateCallbackNotificationFunc`. Where an integrator's function returns `void`, generated C wraps it.
pub type KeyM_ServiceCallbackFuncType = Option<
    unsafe extern "C" fn(
        CertId: KeyM_CertificateIdType,
        Result: KeyM_ResultType,
        ResultDataLength: uint16,
        ResultDataPtr: *const uint8,
    ) -> Std_ReturnType,
>;

/// `KeyM_CryptoKey{Update,Finalize,Verify}CallbackNotification`.
pub type KeyM_CryptoKeyCallbackFuncType =
    Option<unsafe extern "C" fn(Result: KeyM_ResultType, ResultDataLength: uint16, ResultDataPtr: *const uint8)>;

/// One `KeyMCertificateElement`. Element ids are unique within a certificate.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertElementConfigType {
    /// `KeyMCertificateElementId`
    pub elementId: KeyM_CertElementIdType,
    /// `KeyMCertificateElementMaxLength`: bytes of one value.
    pub maxLength: uint16,
    /// `KeyMCertificateElementOfStructure`: `KEYM_ELEMENT_*`.
    pub structure: uint8,
    /// `KeyMCertificateElementObjectType`: an ASN.1 tag, 0 for any.
    pub objectType: uint8,
    /// `KeyMCertificateElementHasIteration`
    pub hasIteration: boolean,
    /// Bytes of the object identifier, 0 for none.
    pub objectIdLength: uint8,
    /// `KeyMCertificateElementObjectId`: content octets of the OBJECT IDENTIFIER; `NULL_PTR` for none.
    pub objectId: *const uint8,
}

/// One byte of a `KeyMCertificateElementConditionArray`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_ConditionArrayElementType {
    /// Index of the byte in the element's value.
    pub index: uint16,
    /// What it is compared with.
    pub value: uint8,
}

/// One `KeyMCertificateElementCondition`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertConditionConfigType {
    /// Certificate of the element.
    pub certificateId: KeyM_CertificateIdType,
    /// `KeyMCertificateElementRef`: id of the element in that certificate.
    pub elementId: KeyM_CertElementIdType,
    /// `KeyMCertElementConditionType`: `KEYM_EQUALS` …
    pub conditionType: uint8,
    /// Which kind of value: `KEYM_CONDITION_*`.
    pub valueKind: uint8,
    /// Bytes in `arrayElements`, for `KEYM_CONDITION_ARRAY`.
    pub arrayElementCount: uint16,
    /// Upper 32 bits of the value, for `KEYM_CONDITION_PRIMITIVE`.
    pub valueHigh: uint32,
    /// Lower 32 bits of the value, for `KEYM_CONDITION_PRIMITIVE`.
    pub valueLow: uint32,
    /// For `KEYM_CONDITION_ARRAY`.
    pub arrayElements: *const KeyM_ConditionArrayElementType,
    /// Certificate of the element to compare with, for `KEYM_CONDITION_CERT_ELEMENT`.
    pub otherCertificateId: KeyM_CertificateIdType,
    /// Element to compare with, for `KEYM_CONDITION_CERT_ELEMENT`.
    pub otherElementId: KeyM_CertElementIdType,
    /// Reads the port, for `KEYM_CONDITION_SENDER_RECEIVER`. In: room; out: bytes of the value.
    pub readPort: Option<unsafe extern "C" fn(dataPtr: *mut uint8, dataLengthPtr: *mut uint32) -> Std_ReturnType>,
}

/// One `KeyMArgumentRef` of a rule.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_RuleArgumentType {
    /// `KEYM_ARGUMENT_CONDITION` or `KEYM_ARGUMENT_RULE`.
    pub kind: uint8,
    /// Index in [`KeyM_ConfigType::conditions`] or [`KeyM_ConfigType::rules`]. A rule refers to rules with a smaller index only,
    /// so there is no cycle.
    pub index: uint16,
}

/// One `KeyMCertificateElementRule`.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertRuleConfigType {
    /// `argumentCount` arguments.
    pub arguments: *const KeyM_RuleArgumentType,
    /// At least 1.
    pub argumentCount: uint16,
    /// `KeyMLogicalOperator`: `KEYM_AND` or `KEYM_OR`.
    pub logicalOperator: uint8,
}

/// One `KeyMCertificate`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertificateConfigType {
    /// `KeyMCertificateName`, without a final zero.
    pub name: *const uint8,
    /// Bytes in `name`.
    pub nameLength: uint16,
    /// `KeyMCertUpperHierarchicalCertRef`: a root's is itself; a CRL's is the certificate whose key signs it.
    pub upperCertificateId: KeyM_CertificateIdType,
    /// `KeyMCertificateMaxLength`: bytes of DER.
    pub maxLength: uint32,
    /// RAM: `maxLength` bytes.
    pub buffer: *mut uint8,
    /// `KeyMCertAlgorithmType`: `KEYM_CERT_ALGO_*`.
    pub algorithm: uint8,
    /// `KeyMCertFormatType`: `KEYM_CERT_FORMAT_*`.
    pub format: uint8,
    /// `KeyMCertificateStorage`: `KEYM_STORAGE_IN_*`.
    pub storage: uint8,
    /// `V2gcryptKeyMCertificateRole`: `KEYM_V2G_ROLE_*`.
    pub role: uint8,
    /// `V2gcryptKeyMCertificateProfile`: `KEYM_V2G_PROFILE_*`.
    pub profile: uint8,
    /// `KeyMCertTimebaseRef`: id of the time base, or `KEYM_NO_TIME_BASE`.
    pub timeBase: uint16,
    /// `KeyMCertCsmSignatureVerifyJobRef`: verifies what this certificate has signed; `KEYM_NO_JOB` for none.
    pub verifyJobId: uint32,
    /// `KeyMCertCsmSignatureVerifyKeyRef`: Csm key of that job; `KEYM_NO_KEY` for none.
    pub verifyKeyId: uint32,
    /// `KeyMCertCsmSignatureGenerateJobRef`: signs a certificate request; `KEYM_NO_JOB` for none.
    pub generateJobId: uint32,
    /// `KeyMCertificateCsmKeyTargetRef`: Csm key that keeps the certificate, for `KEYM_STORAGE_IN_CSM`; else `KEYM_NO_KEY`.
    pub targetKeyId: uint32,
    /// Element of `targetKeyId` that keeps the certificate.
    pub targetKeyElementId: uint32,
    /// `KeyMCertPrivateKeyStorageCryptoKeyRef`: index of the key, or `KEYM_NO_CRYPTO_KEY`.
    pub privateKeyId: KeyM_CryptoKeyIdType,
    /// `KeyMCertificateNvmBlockRef`: index of the block, or `KEYM_NO_NVM_BLOCK`. Certificates of one block are committed together.
    pub nvmBlock: uint16,
    /// `elementCount` elements.
    pub elements: *const KeyM_CertElementConfigType,
    /// `KeyMCertCertificateElementRuleRef`: `ruleCount` indexes in [`KeyM_ConfigType::rules`]; all must hold.
    pub rules: *const uint16,
    /// Elements.
    pub elementCount: uint16,
    /// Rules.
    pub ruleCount: uint16,
    /// Told the outcome of a verification; `NULL_PTR` for none.
    pub verifyCallback: KeyM_VerifyCallbackFuncType,
    /// Told the outcome of `KeyM_ServiceCertificate`; `NULL_PTR` for none.
    pub serviceCallback: KeyM_ServiceCallbackFuncType,
    /// RAM: `ocspMaxLength` bytes for the latest OCSP response about this certificate; `NULL_PTR` for none.
    pub ocspBuffer: *mut uint8,
    /// `V2gcryptKeyMCertificateOcspMaxLength`
    pub ocspMaxLength: uint32,
    /// `V2gcryptKeyMCertificateCsrTemplate`: what a certificate request asks for, by `KEYM_CSR_*`; `NULL_PTR` for none.
    pub csrTemplate: *const uint8,
    /// Bytes in `csrTemplate`.
    pub csrTemplateLength: uint16,
    /// `V2gcryptKeyMCertificateCsrSignature`: `KEYM_SIGNATURE_*` that `generateJobId` makes.
    pub csrSignature: uint8,
}

/// One `KeyMCryptoKey`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CryptoKeyConfigType {
    /// `KeyMCryptoKeyName`, without a final zero.
    pub name: *const uint8,
    /// Bytes in `name`.
    pub nameLength: uint16,
    /// `KeyMCryptoKeyMaxLength`: bytes of key material.
    pub maxLength: uint16,
    /// `KeyMCryptoKeyGenerationType`: `KEYM_STORED_KEY` or `KEYM_DERIVED_KEY`.
    pub generationType: uint8,
    /// `KeyMCryptoKeyStorage`: `KEYM_STORAGE_IN_*`.
    pub storage: uint8,
    /// `KeyMCryptoCsmVerifyJobType`: `KEYM_VERIFY_*`.
    pub verifyJobType: uint8,
    /// Bytes in `cryptoProps`.
    pub cryptoPropsLength: uint8,
    /// `KeyMCryptoKeyGenerationInfo`: salt of a derivation; `NULL_PTR` for none.
    pub generationInfo: *const uint8,
    /// Bytes in `generationInfo`.
    pub generationInfoLength: uint16,
    /// `KeyMCryptoKeyNvmBlockRef`: index of the block, or `KEYM_NO_NVM_BLOCK`.
    pub nvmBlock: uint16,
    /// `KeyMCryptoKeyCryptoProps`: the SHE slot in decimal digits, without a final zero; `NULL_PTR` for none.
    pub cryptoProps: *const uint8,
    /// `KeyMCryptoKeyCsmKeyTargetRef`
    pub targetKeyId: uint32,
    /// `KeyMCryptoKeyCsmKeySourceDeriveRef`, or `KEYM_NO_KEY`.
    pub sourceDeriveKeyId: uint32,
    /// `KeyMCryptoKeyCsmVerifyJobRef`, or `KEYM_NO_JOB`.
    pub verifyJobId: uint32,
    /// RAM: `maxLength` bytes, for `KEYM_STORAGE_IN_NVM`; else `NULL_PTR`.
    pub buffer: *mut uint8,
}

/// One `KeyMNvmBlock`: a NvM block of type dataset with two data sets, the two copies of one record. The record holds everything
/// that refers to the block, and is replaced as a whole.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_NvmBlockConfigType {
    /// `KeyMNvmBlockDescriptorRef`: id of the NvM block.
    pub nvmBlockId: uint16,
    /// Whether the block keeps the time floor, and nothing else.
    pub keepsTimeFloor: boolean,
    /// `KeyMNvmBlockWriteDelayed` in milliseconds; 0: at once.
    pub writeDelay: uint32,
    /// Bytes of a data set: [`KEYM_NVM_RECORD_OVERHEAD`], and for each member [`KEYM_NVM_MEMBER_OVERHEAD`] and its `maxLength`, or
    /// [`KEYM_NVM_TIME_FLOOR_SIZE`] for the time floor.
    pub recordSize: uint32,
}

/// Bytes of a record in NvM beside its members: header, and digest or MAC.
pub const KEYM_NVM_RECORD_OVERHEAD: uint32 = 52;
/// Bytes of a member in a record beside its data.
pub const KEYM_NVM_MEMBER_OVERHEAD: uint32 = 8;
/// Bytes of the time floor in a record.
pub const KEYM_NVM_TIME_FLOOR_SIZE: uint32 = 8;

/// A Csm key and a job that verifies with it, for issuers that have no slot of their own.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_KeyPoolConfigType {
    /// Csm key.
    pub keyId: uint32,
    /// Csm job.
    pub verifyJobId: uint32,
    /// `KEYM_KEY_*`
    pub keyAlgorithm: uint8,
    /// `KEYM_SIGNATURE_*`
    pub signatureAlgorithm: uint8,
}

/// What KeyM calls for storage.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_NvMType {
    /// `NvM_SetDataIndex`
    pub setDataIndex: Option<unsafe extern "C" fn(BlockId: uint16, DataIndex: uint8) -> Std_ReturnType>,
    /// `NvM_ReadBlock`
    pub readBlock: Option<unsafe extern "C" fn(BlockId: uint16, NvM_DstPtr: *mut core::ffi::c_void) -> Std_ReturnType>,
    /// `NvM_WriteBlock`
    pub writeBlock: Option<unsafe extern "C" fn(BlockId: uint16, NvM_SrcPtr: *const core::ffi::c_void) -> Std_ReturnType>,
    /// `NvM_GetErrorStatus`; the result is a `NvM_RequestResultType`.
    pub getErrorStatus: Option<unsafe extern "C" fn(BlockId: uint16, RequestResultPtr: *mut uint8) -> Std_ReturnType>,
}

/// What KeyM calls for the time. Generated C writes it over `StbM_GetCurrentTime`, whose form differs between releases: Unix time
/// in seconds (lower 32 bits, upper 16 bits), and the status bits of the time base.
pub type KeyM_GetTimeFuncType = Option<
    unsafe extern "C" fn(
        timeBaseId: uint16,
        secondsPtr: *mut uint32,
        secondsHiPtr: *mut uint16,
        timeBaseStatusPtr: *mut uint8,
    ) -> Std_ReturnType,
>;

/// What KeyM calls for a security event: `IdsM_SetSecurityEventWithContextData`, the id of the certificate (two bytes,
/// big-endian) and a `KeyM_CertificateStatusType` as context data.
pub type KeyM_SetSecurityEventFuncType =
    Option<unsafe extern "C" fn(securityEventId: uint16, contextData: *const uint8, contextDataSize: uint16)>;

/// The key handler's callouts, `KeyM_KH_*`. Each is `NULL_PTR` unless `KeyMGeneral` enables it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_KeyHandlerType {
    /// `KeyM_KH_Start`
    pub start: Option<
        unsafe extern "C" fn(
            StartType: KeyM_StartType,
            RequestData: *const uint8,
            RequestDataLength: uint16,
            ResponseData: *mut uint8,
            ResponseDataLength: *mut uint16,
        ) -> Std_ReturnType,
    >,
    /// `KeyM_KH_Prepare`
    pub prepare: Option<
        unsafe extern "C" fn(
            RequestData: *const uint8,
            RequestDataLength: uint16,
            ResponseData: *mut uint8,
            ResponseDataLength: *mut uint16,
        ) -> Std_ReturnType,
    >,
    /// `KeyM_KH_Update`
    pub update: Option<
        unsafe extern "C" fn(
            KeyNamePtr: *const uint8,
            KeyNameLength: uint16,
            RequestData: *const uint8,
            RequestDataLength: uint16,
            ResultDataPtr: *mut uint8,
            ResultDataLengthPtr: *mut uint16,
            KeymId: *mut KeyM_CryptoKeyIdType,
            UpdateOperation: *mut KeyM_KH_UpdateOperationType,
        ) -> Std_ReturnType,
    >,
    /// `KeyM_KH_Finalize`
    pub finalize: Option<
        unsafe extern "C" fn(
            RequestData: *const uint8,
            RequestDataLength: uint16,
            ResponseData: *mut uint8,
            ResponseDataLength: *mut uint16,
        ) -> Std_ReturnType,
    >,
    /// `KeyM_KH_Verify`
    pub verify: Option<
        unsafe extern "C" fn(
            KeyNamePtr: *const uint8,
            KeyNameLength: uint16,
            RequestData: *const uint8,
            RequestDataLength: uint16,
            ResponseData: *mut uint8,
            ResponseDataLength: *mut uint16,
        ) -> Std_ReturnType,
    >,
    /// `KeyM_KH_ServiceCertificate`; generated C narrows the lengths where the release has 16 bits.
    pub serviceCertificate: Option<
        unsafe extern "C" fn(
            Service: KeyM_ServiceCertificateType,
            CertName: *const uint8,
            CertNameLength: uint32,
            RequestData: *const uint8,
            RequestDataLength: uint32,
            ResponseData: *mut uint8,
            ResponseDataLength: *mut uint32,
        ) -> Std_ReturnType,
    >,
}

/// Words in a [`KeyM_CertificateRamType`].
pub const KEYM_CERTIFICATE_RAM_WORDS: usize = 6;
/// Words in a [`KeyM_CryptoKeyRamType`].
pub const KEYM_CRYPTO_KEY_RAM_WORDS: usize = 2;
/// Words in a [`KeyM_NvmBlockRamType`].
pub const KEYM_NVM_BLOCK_RAM_WORDS: usize = 4;
/// Words in a [`KeyM_EngineRamType`], with pointers of 64 bits.
#[cfg(target_pointer_width = "64")]
pub const KEYM_ENGINE_RAM_WORDS: usize = 3200;
/// Words in a [`KeyM_EngineRamType`], with pointers of 32 bits.
#[cfg(target_pointer_width = "32")]
pub const KEYM_ENGINE_RAM_WORDS: usize = 2100;

/// RAM of one certificate, beside its DER. What is in it is KeyM's own business.
#[repr(C)]
pub union KeyM_CertificateRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; KEYM_CERTIFICATE_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of one crypto key.
#[repr(C)]
pub union KeyM_CryptoKeyRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; KEYM_CRYPTO_KEY_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of one NvM block, beside the record that all share.
#[repr(C)]
pub union KeyM_NvmBlockRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; KEYM_NVM_BLOCK_RAM_WORDS],
    /// Gives the alignment.
    pub alignment: *mut uint32,
}

/// RAM of what is under way: one validation, one request.
#[repr(C)]
pub union KeyM_EngineRamType {
    /// Gives the size: an upper bound that a const assertion checks.
    pub words: [uint32; KEYM_ENGINE_RAM_WORDS],
    /// Gives the alignment; Rust rounds up to what a validation needs, and the bound has room for that.
    pub alignment: *mut uint32,
}

/// The configuration of KeyM.
#[repr(C)]
pub struct KeyM_ConfigType {
    /// [`V2GCRYPT_CONFIG_MAGIC`].
    pub magic: uint32,
    /// `sizeof(KeyM_ConfigType)`.
    pub configSize: uint32,
    /// `sizeof(KeyM_CertificateConfigType)`.
    pub certificateConfigSize: uint32,
    /// `sizeof(KeyM_EngineRamType)`.
    pub engineRamSize: uint32,
    /// `certificateCount` certificates.
    pub certificates: *const KeyM_CertificateConfigType,
    /// `cryptoKeyCount` keys.
    pub cryptoKeys: *const KeyM_CryptoKeyConfigType,
    /// `nvmBlockCount` blocks.
    pub nvmBlocks: *const KeyM_NvmBlockConfigType,
    /// `ruleCount` rules of all certificates.
    pub rules: *const KeyM_CertRuleConfigType,
    /// `conditionCount` conditions of all rules.
    pub conditions: *const KeyM_CertConditionConfigType,
    /// `keyPoolCount` pairs.
    pub keyPool: *const KeyM_KeyPoolConfigType,
    /// RAM: `certificateCount` nodes.
    pub certificateRam: *mut KeyM_CertificateRamType,
    /// RAM: `cryptoKeyCount` nodes.
    pub cryptoKeyRam: *mut KeyM_CryptoKeyRamType,
    /// RAM: `nvmBlockCount` nodes.
    pub nvmBlockRam: *mut KeyM_NvmBlockRamType,
    /// RAM: one.
    pub engineRam: *mut KeyM_EngineRamType,
    /// RAM: `nvmRecordSize` bytes, which the blocks use one after the other; `NULL_PTR` when there are no blocks.
    pub nvmRecord: *mut uint8,
    /// RAM: `requestBufferSize` bytes for what a service was given, until it has ended.
    pub requestBuffer: *mut uint8,
    /// RAM: `chainBufferSize` bytes for the certificates that `KeyM_VerifyCertificateChain` was given.
    pub chainBuffer: *mut uint8,
    /// Bytes; the largest `recordSize`.
    pub nvmRecordSize: uint32,
    /// Bytes; at least the largest `maxLength` and `ocspMaxLength` that a service may be given.
    pub requestBufferSize: uint32,
    /// Bytes.
    pub chainBufferSize: uint32,
    /// `asyncJobCount` ids of those jobs that KeyM uses and that are asynchronous: their `CsmCallbackFunc` is
    /// `KeyM_CsmJobFinished`. Jobs of random bytes, and those of `KeyMCryptoKeyCsmVerifyJobRef`, are synchronous.
    pub asyncJobs: *const uint32,
    /// Asynchronous jobs.
    pub asyncJobCount: uint16,
    /// Certificates.
    pub certificateCount: uint16,
    /// Keys.
    pub cryptoKeyCount: uint16,
    /// Blocks.
    pub nvmBlockCount: uint16,
    /// Rules.
    pub ruleCount: uint16,
    /// Conditions.
    pub conditionCount: uint16,
    /// Pairs.
    pub keyPoolCount: uint16,
    /// Functions of NvM; `NULL_PTR` when there are no blocks.
    pub nvM: *const KeyM_NvMType,
    /// The key handler's callouts; `NULL_PTR` for none.
    pub keyHandler: *const KeyM_KeyHandlerType,
    /// Tells the time; `NULL_PTR` for nobody.
    pub getTime: KeyM_GetTimeFuncType,
    /// Takes security events; `NULL_PTR` for nobody. [`KeyM_ConfigType::securityEvents`] is read only if there is somebody.
    pub setSecurityEvent: KeyM_SetSecurityEventFuncType,
    /// `KeyM_CryptoKeyUpdateCallbackNotification`
    pub keyUpdateCallback: KeyM_CryptoKeyCallbackFuncType,
    /// `KeyM_CryptoKeyFinalizeCallbackNotification`
    pub keyFinalizeCallback: KeyM_CryptoKeyCallbackFuncType,
    /// `KeyM_CryptoKeyVerifyCallbackNotification`
    pub keyVerifyCallback: KeyM_CryptoKeyCallbackFuncType,
    /// Csm job of SHA-1, or `KEYM_NO_JOB`.
    pub sha1JobId: uint32,
    /// Csm job of SHA-256, or `KEYM_NO_JOB`.
    pub sha256JobId: uint32,
    /// Csm job of SHA-384, or `KEYM_NO_JOB`.
    pub sha384JobId: uint32,
    /// Csm job of SHA-512, or `KEYM_NO_JOB`.
    pub sha512JobId: uint32,
    /// Csm job of random bytes, for nonces, or `KEYM_NO_JOB`.
    pub randomJobId: uint32,
    /// Csm job that makes the MAC of a record in NvM, or `KEYM_NO_JOB`: then records have a SHA-256 digest.
    pub macGenerateJobId: uint32,
    /// Csm job that compares it, or `KEYM_NO_JOB`. Both or none.
    pub macVerifyJobId: uint32,
    /// `KeyMMainFunctionPeriod` in microseconds.
    pub mainFunctionPeriod: uint32,
    /// `IdsM` event ids by `KEYM_SEV_*`, `KEYM_NO_SECURITY_EVENT` for none.
    pub securityEvents: [uint16; KEYM_SECURITY_EVENT_COUNT],
    /// `KeyMKeyCertNameMaxLength`
    pub keyCertNameMaxLength: uint8,
    /// `KeyMCertificateChainMaxDepth`: certificates that `KeyM_VerifyCertificateChain` takes.
    pub certificateChainMaxDepth: uint8,
    /// Format in which Csm keys take public keys: `CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY` (SubjectPublicKeyInfo) or
    /// `CRYPTO_KE_FORMAT_BIN_OCTET` (the point without its first byte, x ‖ y; Ed25519 and Ed448 as they are).
    pub publicKeyFormat: uint8,
    /// Policy: `KEYM_TIME_*`. Strict: `KEYM_TIME_REFUSE`.
    pub timeUnknown: uint8,
    /// `KeyMCertificateManagerEnabled`
    pub certificateManagerEnabled: boolean,
    /// `KeyMCryptoKeyManagerEnabled`
    pub cryptoKeyManagerEnabled: boolean,
    /// `KeyMCryptoKeyStartFinalizeFunctionEnabled`: keys are updated in sessions only.
    pub startFinalizeEnabled: boolean,
    /// `KeyMCryptoKeyPrepareFunctionEnabled`
    pub prepareEnabled: boolean,
    /// `KeyMCryptoKeyVerifyFunctionEnabled`
    pub verifyEnabled: boolean,
    /// `KeyMCryptoKeyVerifyAsyncMode`
    pub verifyAsyncMode: boolean,
    /// `KeyMServiceCertificateFunctionEnabled`
    pub serviceCertificateEnabled: boolean,
    /// `KeyMEnableSecurityEventReporting`
    pub securityEventReporting: boolean,
    /// `KeyMDevErrorDetect`: development errors are reported to Det. They are detected in any case.
    pub devErrorDetect: boolean,
    /// Policy: `KeyM_SetCertificate` may set what is stored in NvM or Csm. Strict: 0, refused. [SWS_KeyM_00166]
    pub tolerateSetOfStoredCertificate: boolean,
    /// Policy: a root may be replaced without a signature of the old one. Strict: 0, only in a session that was started in
    /// workshop or production mode.
    pub tolerateUnsignedRootReplacement: boolean,
    /// Policy: curve P-384 and SHA-384 in V2G profiles. Strict: 0.
    pub allowSecp384r1: boolean,
    /// Policy: a certificate whose revocation status nobody knows is accepted. Strict: 0, where the profile asks for it.
    pub tolerateUnknownRevocation: boolean,
    /// Policy: `KEYM_TOLERATE_*`, what chains may be like. Strict: 0.
    pub pathTolerances: uint32,
    /// Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
    pub abi: *const uint8,
}

/// Entries of [`KeyM_ConfigType::securityEvents`].
pub const KEYM_SECURITY_EVENT_COUNT: usize = 5;
