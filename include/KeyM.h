/* KeyM.h
 *
 * Key Manager.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef KEYM_H
#define KEYM_H

#include "Rte_Csm_Type.h"
#include "Rte_KeyM_Type.h"
#include "V2gcrypt_Abi.h"
#include "KeyM_Cfg.h"

#define KEYM_MODULE_ID 109U
#define KEYM_VENDOR_ID 0U
#define KEYM_AR_RELEASE_MAJOR_VERSION 4U
#define KEYM_AR_RELEASE_MINOR_VERSION 8U
#define KEYM_AR_RELEASE_REVISION_VERSION 0U

/* Development errors: a number space of their own */
#define KEYM_E_PARAM_POINTER 0x01U
#define KEYM_E_SMALL_BUFFER 0x02U
#define KEYM_E_UNINIT 0x03U
#define KEYM_E_INIT_FAILED 0x04U
#define KEYM_E_CONFIG_FAILURE 0x05U

/* Service ids */
#define KEYM_SID_INIT 0x01U
#define KEYM_SID_DEINIT 0x02U
#define KEYM_SID_GETVERSIONINFO 0x03U
#define KEYM_SID_START 0x04U
#define KEYM_SID_PREPARE 0x05U
#define KEYM_SID_UPDATE 0x06U
#define KEYM_SID_FINALIZE 0x07U
#define KEYM_SID_VERIFY 0x08U
#define KEYM_SID_SERVICECERTIFICATE 0x09U
#define KEYM_SID_SETCERTIFICATE 0x0AU
#define KEYM_SID_GETCERTIFICATE 0x0BU
#define KEYM_SID_VERIFYCERTIFICATES 0x0CU
#define KEYM_SID_VERIFYCERTIFICATE 0x0DU
#define KEYM_SID_VERIFYCERTIFICATECHAIN 0x0EU
#define KEYM_SID_CERTELEMENTGET 0x0FU
#define KEYM_SID_CERTELEMENTGETFIRST 0x10U
#define KEYM_SID_CERTELEMENTGETNEXT 0x11U
#define KEYM_SID_CERTGETSTATUS 0x12U
#define KEYM_SID_SERVICECERTIFICATEBYCERTID 0x1DU
#define KEYM_SID_MAINFUNCTION 0x19U
#define KEYM_SID_MAINBACKGROUNDFUNCTION 0x1AU
#define KEYM_SID_CERTIFICATEELEMENTGETBYINDEX 0x1BU
#define KEYM_SID_CERTIFICATEELEMENTGETCOUNT 0x1CU
#define KEYM_SID_V2G 0x80U
#define KEYM_SID_CSMJOBFINISHED 0x81U

/* KeyMCertAlgorithmType */
#define KEYM_CERT_ALGO_ECC 0x00U
#define KEYM_CERT_ALGO_RSA 0x01U

/* KeyMCertFormatType */
#define KEYM_CERT_FORMAT_X509 0x00U
#define KEYM_CERT_FORMAT_CVC 0x01U
#define KEYM_CERT_FORMAT_CRL 0x02U

/* KeyMCertificateStorage, KeyMCryptoKeyStorage */
#define KEYM_STORAGE_IN_RAM 0x00U
#define KEYM_STORAGE_IN_NVM 0x01U
#define KEYM_STORAGE_IN_CSM 0x02U

/* V2gcryptKeyMCertificateRole */
#define KEYM_V2G_ROLE_NONE 0x00U
#define KEYM_V2G_ROLE_V2G_ROOT 0x01U
#define KEYM_V2G_ROLE_MO_ROOT 0x02U
#define KEYM_V2G_ROLE_OEM_ROOT 0x03U
#define KEYM_V2G_ROLE_CSMS_ROOT 0x04U
#define KEYM_V2G_ROLE_MANUFACTURER_ROOT 0x05U
#define KEYM_V2G_ROLE_SUB_CA_1 0x06U
#define KEYM_V2G_ROLE_SUB_CA_2 0x07U
#define KEYM_V2G_ROLE_SECC 0x08U
#define KEYM_V2G_ROLE_EVCC 0x09U
#define KEYM_V2G_ROLE_CONTRACT 0x0AU
#define KEYM_V2G_ROLE_OEM_PROVISIONING 0x0BU
#define KEYM_V2G_ROLE_CPS 0x0CU
#define KEYM_V2G_ROLE_OCSP_SIGNER 0x0DU

/* V2gcryptKeyMCertificateProfile */
#define KEYM_V2G_PROFILE_NONE 0x00U
#define KEYM_V2G_PROFILE_RFC5280 0x01U
#define KEYM_V2G_PROFILE_ISO15118_2 0x02U
#define KEYM_V2G_PROFILE_ISO15118_20 0x03U
#define KEYM_V2G_PROFILE_ISO15118_20_AMD1 0x04U
#define KEYM_V2G_PROFILE_PRIVATE 0x05U

/* KeyMCertificateElementOfStructure */
#define KEYM_ELEMENT_VERSION_NUMBER 0x00U
#define KEYM_ELEMENT_SERIAL_NUMBER 0x01U
#define KEYM_ELEMENT_SIGNATURE 0x02U
#define KEYM_ELEMENT_SIGNATURE_ALGORITHM 0x03U
#define KEYM_ELEMENT_SIGNATURE_ALGORITHM_ID 0x04U
#define KEYM_ELEMENT_ISSUER_NAME 0x05U
#define KEYM_ELEMENT_ISSUER_UNIQUE_IDENTIFIER 0x06U
#define KEYM_ELEMENT_SUBJECT_NAME 0x07U
#define KEYM_ELEMENT_SUBJECT_UNIQUE_IDENTIFIER 0x08U
#define KEYM_ELEMENT_SUBJECT_AUTHORIZATION 0x09U
#define KEYM_ELEMENT_PUBLIC_KEY_ALGORITHM 0x0AU
#define KEYM_ELEMENT_SUBJECT_PUBLIC_KEY 0x0BU
#define KEYM_ELEMENT_NOT_BEFORE 0x0CU
#define KEYM_ELEMENT_NOT_AFTER 0x0DU
#define KEYM_ELEMENT_EXTENSION 0x0EU
#define KEYM_ELEMENT_REVOKED_CERTIFICATES 0x0FU

/* KeyMLogicalOperator */
#define KEYM_AND 0x00U
#define KEYM_OR 0x01U

/* Kinds of arguments of a rule */
#define KEYM_ARGUMENT_CONDITION 0x00U
#define KEYM_ARGUMENT_RULE 0x01U

/* KeyMCertElementConditionType */
#define KEYM_EQUALS 0x00U
#define KEYM_EQUALS_NOT 0x01U
#define KEYM_LESS_THAN 0x02U
#define KEYM_LESS_OR_EQUAL 0x03U
#define KEYM_GREATER_THAN 0x04U
#define KEYM_GREATER_OR_EQUAL 0x05U

/* Kinds of values of a condition */
#define KEYM_CONDITION_PRIMITIVE 0x00U
#define KEYM_CONDITION_ARRAY 0x01U
#define KEYM_CONDITION_CERT_ELEMENT 0x02U
#define KEYM_CONDITION_SENDER_RECEIVER 0x03U

/* KeyMCryptoKeyGenerationType */
#define KEYM_STORED_KEY 0x00U
#define KEYM_DERIVED_KEY 0x01U

/* KeyMCryptoCsmVerifyJobType */
#define KEYM_VERIFY_MACGENERATE 0x00U
#define KEYM_VERIFY_MACVERIFY 0x01U
#define KEYM_VERIFY_ENCRYPT 0x02U
#define KEYM_VERIFY_DECRYPT 0x03U
#define KEYM_VERIFY_AEADENCRYPT 0x04U
#define KEYM_VERIFY_AEADDECRYPT 0x05U

/* Public keys of the pool */
#define KEYM_KEY_P256 0x00U
#define KEYM_KEY_P384 0x01U
#define KEYM_KEY_P521 0x02U
#define KEYM_KEY_ED25519 0x03U
#define KEYM_KEY_ED448 0x04U
#define KEYM_KEY_ANY 0xFFU

/* Signatures of the pool */
#define KEYM_SIGNATURE_ECDSA_SHA256 0x00U
#define KEYM_SIGNATURE_ECDSA_SHA384 0x01U
#define KEYM_SIGNATURE_ECDSA_SHA512 0x02U
#define KEYM_SIGNATURE_ED25519 0x03U
#define KEYM_SIGNATURE_ED448 0x04U
#define KEYM_SIGNATURE_ANY 0xFFU

/* How long a certificate counts */
#define KEYM_V2G_STATE_VALID 0x00U
#define KEYM_V2G_STATE_EXPIRES_SOON 0x01U
#define KEYM_V2G_STATE_EXPIRED 0x02U
#define KEYM_V2G_STATE_NOT_YET_VALID 0x03U
#define KEYM_V2G_STATE_REVOKED 0x04U
#define KEYM_V2G_STATE_UNVERIFIED 0x05U
#define KEYM_V2G_STATE_INVALID 0x06U

/* V2gcryptKeyMTimeUnknown */
#define KEYM_TIME_REFUSE 0x00U
#define KEYM_TIME_ACCEPT 0x01U
#define KEYM_TIME_FLOOR 0x02U

/* What chains may be like: bits of pathTolerances */
#define KEYM_TOLERATE_LOCAL_TIME 0x01U
#define KEYM_TOLERATE_ANCHOR_OUTSIDE_VALIDITY 0x02U
#define KEYM_TOLERATE_OTHER_CRITICALITY 0x04U
#define KEYM_TOLERATE_OTHER_SKI_METHOD 0x08U
#define KEYM_TOLERATE_UTC_TIME 0x10U
#define KEYM_TOLERATE_LEAF_WITHOUT_BASIC_CONSTRAINTS 0x20U
#define KEYM_TOLERATE_SURPLUS_KEY_USAGE 0x40U
#define KEYM_TOLERATE_UNLISTED_EXTENSIONS 0x80U
#define KEYM_TOLERATE_OUTLIVING_ISSUER 0x100U
#define KEYM_TOLERATE_OTHER_NAMES 0x200U
#define KEYM_TOLERATE_CROSS_CERTIFICATES 0x400U
#define KEYM_TOLERATE_RESPONDER_WITHOUT_NOCHECK 0x800U
#define KEYM_TOLERATE_RESPONSE_WITHOUT_NONCE 0x1000U

/* Bits of a time base's status */
#define KEYM_STBM_TIMEOUT 0x01U
#define KEYM_STBM_GLOBAL_TIME_BASE 0x08U

/* Security events */
#define KEYM_SEV_INST_ROOT_CERT_OPERATION 0x00U
#define KEYM_SEV_UPD_ROOT_CERT_OPERATION 0x01U
#define KEYM_SEV_INST_INTERMEDIATE_CERT_OPERATION 0x02U
#define KEYM_SEV_UPD_INTERMEDIATE_CERT_OPERATION 0x03U
#define KEYM_SEV_CERT_VERIF_FAILED 0x04U

/* Fields of a template for certificate requests */
#define KEYM_CSR_COMMON_NAME 0x01U
#define KEYM_CSR_ORGANIZATION 0x02U
#define KEYM_CSR_COUNTRY 0x03U
#define KEYM_CSR_ORGANIZATIONAL_UNIT 0x04U
#define KEYM_CSR_DOMAIN_COMPONENT 0x05U
#define KEYM_CSR_SAN_DNS 0x11U
#define KEYM_CSR_SAN_URI 0x12U
#define KEYM_CSR_KEY_USAGE 0x21U

/* Ids that name nothing */
#define KEYM_NO_JOB 0xFFFFFFFFU
#define KEYM_NO_KEY 0xFFFFFFFFU

/* Indexes that name nothing */
#define KEYM_NO_CERTIFICATE 0xFFFFU
#define KEYM_NO_CRYPTO_KEY 0xFFFFU
#define KEYM_NO_NVM_BLOCK 0xFFFFU
#define KEYM_NO_TIME_BASE 0xFFFFU
#define KEYM_NO_SECURITY_EVENT 0xFFFFU

/**
 * Words in a [`KeyM_CertificateRamType`].
 */
#define KEYM_CERTIFICATE_RAM_WORDS 6

/**
 * Words in a [`KeyM_CryptoKeyRamType`].
 */
#define KEYM_CRYPTO_KEY_RAM_WORDS 2

/**
 * Words in a [`KeyM_NvmBlockRamType`].
 */
#define KEYM_NVM_BLOCK_RAM_WORDS 4

#if defined(V2GCRYPT_POINTER_64)
/**
 * Words in a [`KeyM_EngineRamType`], with pointers of 64 bits.
 */
#define KEYM_ENGINE_RAM_WORDS 3200
#endif

#if defined(V2GCRYPT_POINTER_32)
/**
 * Words in a [`KeyM_EngineRamType`], with pointers of 32 bits.
 */
#define KEYM_ENGINE_RAM_WORDS 2100
#endif

/**
 * Entries of [`KeyM_ConfigType::securityEvents`].
 */
#define KEYM_SECURITY_EVENT_COUNT 5

/**
 * One `KeyMCertificateElement`. Element ids are unique within a certificate.
 */
typedef struct {
  /**
   * `KeyMCertificateElementId`
   */
  KeyM_CertElementIdType elementId;
  /**
   * `KeyMCertificateElementMaxLength`: bytes of one value.
   */
  uint16 maxLength;
  /**
   * `KeyMCertificateElementOfStructure`: `KEYM_ELEMENT_*`.
   */
  uint8 structure;
  /**
   * `KeyMCertificateElementObjectType`: an ASN.1 tag, 0 for any.
   */
  uint8 objectType;
  /**
   * `KeyMCertificateElementHasIteration`
   */
  boolean hasIteration;
  /**
   * Bytes of the object identifier, 0 for none.
   */
  uint8 objectIdLength;
  /**
   * `KeyMCertificateElementObjectId`: content octets of the OBJECT IDENTIFIER; `NULL_PTR` for none.
   */
  const uint8 *objectId;
} KeyM_CertElementConfigType;

/**
 * `KeyMCertificateVerifyCallbackNotificationFunc`, such as `Dcm_KeyMAsyncCertificateVerifyFinished`.
 */
typedef Std_ReturnType (*KeyM_VerifyCallbackFuncType)(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result);

/**
 * `KeyMServiceCertificateCallbackNotificationFunc`. Where an integrator's function returns `void`, generated C wraps it.
 */
typedef Std_ReturnType (*KeyM_ServiceCallbackFuncType)(KeyM_CertificateIdType CertId,
                                                       KeyM_ResultType Result,
                                                       uint16 ResultDataLength,
                                                       const uint8 *ResultDataPtr);

/**
 * One `KeyMCertificate`; its id is its index.
 */
typedef struct {
  /**
   * `KeyMCertificateName`, without a final zero.
   */
  const uint8 *name;
  /**
   * Bytes in `name`.
   */
  uint16 nameLength;
  /**
   * `KeyMCertUpperHierarchicalCertRef`: a root's is itself; a CRL's is the certificate whose key signs it.
   */
  KeyM_CertificateIdType upperCertificateId;
  /**
   * `KeyMCertificateMaxLength`: bytes of DER.
   */
  uint32 maxLength;
  /**
   * RAM: `maxLength` bytes.
   */
  uint8 *buffer;
  /**
   * `KeyMCertAlgorithmType`: `KEYM_CERT_ALGO_*`.
   */
  uint8 algorithm;
  /**
   * `KeyMCertFormatType`: `KEYM_CERT_FORMAT_*`.
   */
  uint8 format;
  /**
   * `KeyMCertificateStorage`: `KEYM_STORAGE_IN_*`.
   */
  uint8 storage;
  /**
   * `V2gcryptKeyMCertificateRole`: `KEYM_V2G_ROLE_*`.
   */
  uint8 role;
  /**
   * `V2gcryptKeyMCertificateProfile`: `KEYM_V2G_PROFILE_*`.
   */
  uint8 profile;
  /**
   * `KeyMCertTimebaseRef`: id of the time base, or `KEYM_NO_TIME_BASE`.
   */
  uint16 timeBase;
  /**
   * `KeyMCertCsmSignatureVerifyJobRef`: verifies what this certificate has signed; `KEYM_NO_JOB` for none.
   */
  uint32 verifyJobId;
  /**
   * `KeyMCertCsmSignatureVerifyKeyRef`: Csm key of that job; `KEYM_NO_KEY` for none.
   */
  uint32 verifyKeyId;
  /**
   * `KeyMCertCsmSignatureGenerateJobRef`: signs a certificate request; `KEYM_NO_JOB` for none.
   */
  uint32 generateJobId;
  /**
   * `KeyMCertificateCsmKeyTargetRef`: Csm key that keeps the certificate, for `KEYM_STORAGE_IN_CSM`; else `KEYM_NO_KEY`.
   */
  uint32 targetKeyId;
  /**
   * Element of `targetKeyId` that keeps the certificate.
   */
  uint32 targetKeyElementId;
  /**
   * `KeyMCertPrivateKeyStorageCryptoKeyRef`: index of the key, or `KEYM_NO_CRYPTO_KEY`.
   */
  KeyM_CryptoKeyIdType privateKeyId;
  /**
   * `KeyMCertificateNvmBlockRef`: index of the block, or `KEYM_NO_NVM_BLOCK`. Certificates of one block are committed together.
   */
  uint16 nvmBlock;
  /**
   * `elementCount` elements.
   */
  const KeyM_CertElementConfigType *elements;
  /**
   * `KeyMCertCertificateElementRuleRef`: `ruleCount` indexes in [`KeyM_ConfigType::rules`]; all must hold.
   */
  const uint16 *rules;
  /**
   * Elements.
   */
  uint16 elementCount;
  /**
   * Rules.
   */
  uint16 ruleCount;
  /**
   * Told the outcome of a verification; `NULL_PTR` for none.
   */
  KeyM_VerifyCallbackFuncType verifyCallback;
  /**
   * Told the outcome of `KeyM_ServiceCertificate`; `NULL_PTR` for none.
   */
  KeyM_ServiceCallbackFuncType serviceCallback;
  /**
   * RAM: `ocspMaxLength` bytes for the latest OCSP response about this certificate; `NULL_PTR` for none.
   */
  uint8 *ocspBuffer;
  /**
   * `V2gcryptKeyMCertificateOcspMaxLength`
   */
  uint32 ocspMaxLength;
  /**
   * `V2gcryptKeyMCertificateCsrTemplate`: what a certificate request asks for, by `KEYM_CSR_*`; `NULL_PTR` for none.
   */
  const uint8 *csrTemplate;
  /**
   * Bytes in `csrTemplate`.
   */
  uint16 csrTemplateLength;
  /**
   * `V2gcryptKeyMCertificateCsrSignature`: `KEYM_SIGNATURE_*` that `generateJobId` makes.
   */
  uint8 csrSignature;
} KeyM_CertificateConfigType;

/**
 * One `KeyMCryptoKey`; its id is its index.
 */
typedef struct {
  /**
   * `KeyMCryptoKeyName`, without a final zero.
   */
  const uint8 *name;
  /**
   * Bytes in `name`.
   */
  uint16 nameLength;
  /**
   * `KeyMCryptoKeyMaxLength`: bytes of key material.
   */
  uint16 maxLength;
  /**
   * `KeyMCryptoKeyGenerationType`: `KEYM_STORED_KEY` or `KEYM_DERIVED_KEY`.
   */
  uint8 generationType;
  /**
   * `KeyMCryptoKeyStorage`: `KEYM_STORAGE_IN_*`.
   */
  uint8 storage;
  /**
   * `KeyMCryptoCsmVerifyJobType`: `KEYM_VERIFY_*`.
   */
  uint8 verifyJobType;
  /**
   * Bytes in `cryptoProps`.
   */
  uint8 cryptoPropsLength;
  /**
   * `KeyMCryptoKeyGenerationInfo`: salt of a derivation; `NULL_PTR` for none.
   */
  const uint8 *generationInfo;
  /**
   * Bytes in `generationInfo`.
   */
  uint16 generationInfoLength;
  /**
   * `KeyMCryptoKeyNvmBlockRef`: index of the block, or `KEYM_NO_NVM_BLOCK`.
   */
  uint16 nvmBlock;
  /**
   * `KeyMCryptoKeyCryptoProps`: the SHE slot in decimal digits, without a final zero; `NULL_PTR` for none.
   */
  const uint8 *cryptoProps;
  /**
   * `KeyMCryptoKeyCsmKeyTargetRef`
   */
  uint32 targetKeyId;
  /**
   * `KeyMCryptoKeyCsmKeySourceDeriveRef`, or `KEYM_NO_KEY`.
   */
  uint32 sourceDeriveKeyId;
  /**
   * `KeyMCryptoKeyCsmVerifyJobRef`, or `KEYM_NO_JOB`.
   */
  uint32 verifyJobId;
  /**
   * RAM: `maxLength` bytes, for `KEYM_STORAGE_IN_NVM`; else `NULL_PTR`.
   */
  uint8 *buffer;
} KeyM_CryptoKeyConfigType;

/**
 * One `KeyMNvmBlock`: a NvM block of type dataset with two data sets, the two copies of one record. The record holds everything
 * that refers to the block, and is replaced as a whole.
 */
typedef struct {
  /**
   * `KeyMNvmBlockDescriptorRef`: id of the NvM block.
   */
  uint16 nvmBlockId;
  /**
   * Whether the block keeps the time floor, and nothing else.
   */
  boolean keepsTimeFloor;
  /**
   * `KeyMNvmBlockWriteDelayed` in milliseconds; 0: at once.
   */
  uint32 writeDelay;
  /**
   * Bytes of a data set: [`KEYM_NVM_RECORD_OVERHEAD`], and for each member [`KEYM_NVM_MEMBER_OVERHEAD`] and its `maxLength`, or
   * [`KEYM_NVM_TIME_FLOOR_SIZE`] for the time floor.
   */
  uint32 recordSize;
} KeyM_NvmBlockConfigType;

/**
 * One `KeyMArgumentRef` of a rule.
 */
typedef struct {
  /**
   * `KEYM_ARGUMENT_CONDITION` or `KEYM_ARGUMENT_RULE`.
   */
  uint8 kind;
  /**
   * Index in [`KeyM_ConfigType::conditions`] or [`KeyM_ConfigType::rules`]. A rule refers to rules with a smaller index only,
   * so there is no cycle.
   */
  uint16 index;
} KeyM_RuleArgumentType;

/**
 * One `KeyMCertificateElementRule`.
 */
typedef struct {
  /**
   * `argumentCount` arguments.
   */
  const KeyM_RuleArgumentType *arguments;
  /**
   * At least 1.
   */
  uint16 argumentCount;
  /**
   * `KeyMLogicalOperator`: `KEYM_AND` or `KEYM_OR`.
   */
  uint8 logicalOperator;
} KeyM_CertRuleConfigType;

/**
 * One byte of a `KeyMCertificateElementConditionArray`.
 */
typedef struct {
  /**
   * Index of the byte in the element's value.
   */
  uint16 index;
  /**
   * What it is compared with.
   */
  uint8 value;
} KeyM_ConditionArrayElementType;

/**
 * One `KeyMCertificateElementCondition`.
 */
typedef struct {
  /**
   * Certificate of the element.
   */
  KeyM_CertificateIdType certificateId;
  /**
   * `KeyMCertificateElementRef`: id of the element in that certificate.
   */
  KeyM_CertElementIdType elementId;
  /**
   * `KeyMCertElementConditionType`: `KEYM_EQUALS` …
   */
  uint8 conditionType;
  /**
   * Which kind of value: `KEYM_CONDITION_*`.
   */
  uint8 valueKind;
  /**
   * Bytes in `arrayElements`, for `KEYM_CONDITION_ARRAY`.
   */
  uint16 arrayElementCount;
  /**
   * Upper 32 bits of the value, for `KEYM_CONDITION_PRIMITIVE`.
   */
  uint32 valueHigh;
  /**
   * Lower 32 bits of the value, for `KEYM_CONDITION_PRIMITIVE`.
   */
  uint32 valueLow;
  /**
   * For `KEYM_CONDITION_ARRAY`.
   */
  const KeyM_ConditionArrayElementType *arrayElements;
  /**
   * Certificate of the element to compare with, for `KEYM_CONDITION_CERT_ELEMENT`.
   */
  KeyM_CertificateIdType otherCertificateId;
  /**
   * Element to compare with, for `KEYM_CONDITION_CERT_ELEMENT`.
   */
  KeyM_CertElementIdType otherElementId;
  /**
   * Reads the port, for `KEYM_CONDITION_SENDER_RECEIVER`. In: room; out: bytes of the value.
   */
  Std_ReturnType (*readPort)(uint8 *dataPtr, uint32 *dataLengthPtr);
} KeyM_CertConditionConfigType;

/**
 * A Csm key and a job that verifies with it, for issuers that have no slot of their own.
 */
typedef struct {
  /**
   * Csm key.
   */
  uint32 keyId;
  /**
   * Csm job.
   */
  uint32 verifyJobId;
  /**
   * `KEYM_KEY_*`
   */
  uint8 keyAlgorithm;
  /**
   * `KEYM_SIGNATURE_*`
   */
  uint8 signatureAlgorithm;
} KeyM_KeyPoolConfigType;

/**
 * RAM of one certificate, beside its DER. What is in it is KeyM's own business.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[KEYM_CERTIFICATE_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} KeyM_CertificateRamType;

/**
 * RAM of one crypto key.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[KEYM_CRYPTO_KEY_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} KeyM_CryptoKeyRamType;

/**
 * RAM of one NvM block, beside the record that all share.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[KEYM_NVM_BLOCK_RAM_WORDS];
  /**
   * Gives the alignment.
   */
  uint32 *alignment;
} KeyM_NvmBlockRamType;

/**
 * RAM of what is under way: one validation, one request.
 */
typedef union {
  /**
   * Gives the size: an upper bound that a const assertion checks.
   */
  uint32 words[KEYM_ENGINE_RAM_WORDS];
  /**
   * Gives the alignment; Rust rounds up to what a validation needs, and the bound has room for that.
   */
  uint32 *alignment;
} KeyM_EngineRamType;

/**
 * What KeyM calls for storage.
 */
typedef struct {
  /**
   * `NvM_SetDataIndex`
   */
  Std_ReturnType (*setDataIndex)(uint16 BlockId, uint8 DataIndex);
  /**
   * `NvM_ReadBlock`
   */
  Std_ReturnType (*readBlock)(uint16 BlockId, void *NvM_DstPtr);
  /**
   * `NvM_WriteBlock`
   */
  Std_ReturnType (*writeBlock)(uint16 BlockId, const void *NvM_SrcPtr);
  /**
   * `NvM_GetErrorStatus`; the result is a `NvM_RequestResultType`.
   */
  Std_ReturnType (*getErrorStatus)(uint16 BlockId, uint8 *RequestResultPtr);
} KeyM_NvMType;

/**
 * The key handler's callouts, `KeyM_KH_*`. Each is `NULL_PTR` unless `KeyMGeneral` enables it.
 */
typedef struct {
  /**
   * `KeyM_KH_Start`
   */
  Std_ReturnType (*start)(KeyM_StartType StartType,
                          const uint8 *RequestData,
                          uint16 RequestDataLength,
                          uint8 *ResponseData,
                          uint16 *ResponseDataLength);
  /**
   * `KeyM_KH_Prepare`
   */
  Std_ReturnType (*prepare)(const uint8 *RequestData,
                            uint16 RequestDataLength,
                            uint8 *ResponseData,
                            uint16 *ResponseDataLength);
  /**
   * `KeyM_KH_Update`
   */
  Std_ReturnType (*update)(const uint8 *KeyNamePtr,
                           uint16 KeyNameLength,
                           const uint8 *RequestData,
                           uint16 RequestDataLength,
                           uint8 *ResultDataPtr,
                           uint16 *ResultDataLengthPtr,
                           KeyM_CryptoKeyIdType *KeymId,
                           KeyM_KH_UpdateOperationType *UpdateOperation);
  /**
   * `KeyM_KH_Finalize`
   */
  Std_ReturnType (*finalize)(const uint8 *RequestData,
                             uint16 RequestDataLength,
                             uint8 *ResponseData,
                             uint16 *ResponseDataLength);
  /**
   * `KeyM_KH_Verify`
   */
  Std_ReturnType (*verify)(const uint8 *KeyNamePtr,
                           uint16 KeyNameLength,
                           const uint8 *RequestData,
                           uint16 RequestDataLength,
                           uint8 *ResponseData,
                           uint16 *ResponseDataLength);
  /**
   * `KeyM_KH_ServiceCertificate`; generated C narrows the lengths where the release has 16 bits.
   */
  Std_ReturnType (*serviceCertificate)(KeyM_ServiceCertificateType Service,
                                       const uint8 *CertName,
                                       uint32 CertNameLength,
                                       const uint8 *RequestData,
                                       uint32 RequestDataLength,
                                       uint8 *ResponseData,
                                       uint32 *ResponseDataLength);
} KeyM_KeyHandlerType;

/**
 * What KeyM calls for the time. Generated C writes it over `StbM_GetCurrentTime`, whose form differs between releases: Unix time
 * in seconds (lower 32 bits, upper 16 bits), and the status bits of the time base.
 */
typedef Std_ReturnType (*KeyM_GetTimeFuncType)(uint16 timeBaseId,
                                               uint32 *secondsPtr,
                                               uint16 *secondsHiPtr,
                                               uint8 *timeBaseStatusPtr);

/**
 * What KeyM calls for a security event: `IdsM_SetSecurityEventWithContextData`, the id of the certificate (two bytes,
 * big-endian) and a `KeyM_CertificateStatusType` as context data.
 */
typedef void (*KeyM_SetSecurityEventFuncType)(uint16 securityEventId, const uint8 *contextData, uint16 contextDataSize);

/**
 * `KeyM_CryptoKey{Update,Finalize,Verify}CallbackNotification`.
 */
typedef void (*KeyM_CryptoKeyCallbackFuncType)(KeyM_ResultType Result,
                                               uint16 ResultDataLength,
                                               const uint8 *ResultDataPtr);

/**
 * The configuration of KeyM.
 */
typedef struct {
  /**
   * [`V2GCRYPT_CONFIG_MAGIC`].
   */
  uint32 magic;
  /**
   * `sizeof(KeyM_ConfigType)`.
   */
  uint32 configSize;
  /**
   * `sizeof(KeyM_CertificateConfigType)`.
   */
  uint32 certificateConfigSize;
  /**
   * `sizeof(KeyM_EngineRamType)`.
   */
  uint32 engineRamSize;
  /**
   * `certificateCount` certificates.
   */
  const KeyM_CertificateConfigType *certificates;
  /**
   * `cryptoKeyCount` keys.
   */
  const KeyM_CryptoKeyConfigType *cryptoKeys;
  /**
   * `nvmBlockCount` blocks.
   */
  const KeyM_NvmBlockConfigType *nvmBlocks;
  /**
   * `ruleCount` rules of all certificates.
   */
  const KeyM_CertRuleConfigType *rules;
  /**
   * `conditionCount` conditions of all rules.
   */
  const KeyM_CertConditionConfigType *conditions;
  /**
   * `keyPoolCount` pairs.
   */
  const KeyM_KeyPoolConfigType *keyPool;
  /**
   * RAM: `certificateCount` nodes.
   */
  KeyM_CertificateRamType *certificateRam;
  /**
   * RAM: `cryptoKeyCount` nodes.
   */
  KeyM_CryptoKeyRamType *cryptoKeyRam;
  /**
   * RAM: `nvmBlockCount` nodes.
   */
  KeyM_NvmBlockRamType *nvmBlockRam;
  /**
   * RAM: one.
   */
  KeyM_EngineRamType *engineRam;
  /**
   * RAM: `nvmRecordSize` bytes, which the blocks use one after the other; `NULL_PTR` when there are no blocks.
   */
  uint8 *nvmRecord;
  /**
   * RAM: `requestBufferSize` bytes for what a service was given, until it has ended.
   */
  uint8 *requestBuffer;
  /**
   * RAM: `chainBufferSize` bytes for the certificates that `KeyM_VerifyCertificateChain` was given.
   */
  uint8 *chainBuffer;
  /**
   * Bytes; the largest `recordSize`.
   */
  uint32 nvmRecordSize;
  /**
   * Bytes; at least the largest `maxLength` and `ocspMaxLength` that a service may be given.
   */
  uint32 requestBufferSize;
  /**
   * Bytes.
   */
  uint32 chainBufferSize;
  /**
   * `asyncJobCount` ids of those jobs that KeyM uses and that are asynchronous: their `CsmCallbackFunc` is
   * `KeyM_CsmJobFinished`. Jobs of random bytes, and those of `KeyMCryptoKeyCsmVerifyJobRef`, are synchronous.
   */
  const uint32 *asyncJobs;
  /**
   * Asynchronous jobs.
   */
  uint16 asyncJobCount;
  /**
   * Certificates.
   */
  uint16 certificateCount;
  /**
   * Keys.
   */
  uint16 cryptoKeyCount;
  /**
   * Blocks.
   */
  uint16 nvmBlockCount;
  /**
   * Rules.
   */
  uint16 ruleCount;
  /**
   * Conditions.
   */
  uint16 conditionCount;
  /**
   * Pairs.
   */
  uint16 keyPoolCount;
  /**
   * Functions of NvM; `NULL_PTR` when there are no blocks.
   */
  const KeyM_NvMType *nvM;
  /**
   * The key handler's callouts; `NULL_PTR` for none.
   */
  const KeyM_KeyHandlerType *keyHandler;
  /**
   * Tells the time; `NULL_PTR` for nobody.
   */
  KeyM_GetTimeFuncType getTime;
  /**
   * Takes security events; `NULL_PTR` for nobody. [`KeyM_ConfigType::securityEvents`] is read only if there is somebody.
   */
  KeyM_SetSecurityEventFuncType setSecurityEvent;
  /**
   * `KeyM_CryptoKeyUpdateCallbackNotification`
   */
  KeyM_CryptoKeyCallbackFuncType keyUpdateCallback;
  /**
   * `KeyM_CryptoKeyFinalizeCallbackNotification`
   */
  KeyM_CryptoKeyCallbackFuncType keyFinalizeCallback;
  /**
   * `KeyM_CryptoKeyVerifyCallbackNotification`
   */
  KeyM_CryptoKeyCallbackFuncType keyVerifyCallback;
  /**
   * Csm job of SHA-1, or `KEYM_NO_JOB`.
   */
  uint32 sha1JobId;
  /**
   * Csm job of SHA-256, or `KEYM_NO_JOB`.
   */
  uint32 sha256JobId;
  /**
   * Csm job of SHA-384, or `KEYM_NO_JOB`.
   */
  uint32 sha384JobId;
  /**
   * Csm job of SHA-512, or `KEYM_NO_JOB`.
   */
  uint32 sha512JobId;
  /**
   * Csm job of random bytes, for nonces, or `KEYM_NO_JOB`.
   */
  uint32 randomJobId;
  /**
   * Csm job that makes the MAC of a record in NvM, or `KEYM_NO_JOB`: then records have a SHA-256 digest.
   */
  uint32 macGenerateJobId;
  /**
   * Csm job that compares it, or `KEYM_NO_JOB`. Both or none.
   */
  uint32 macVerifyJobId;
  /**
   * `KeyMMainFunctionPeriod` in microseconds.
   */
  uint32 mainFunctionPeriod;
  /**
   * `IdsM` event ids by `KEYM_SEV_*`, `KEYM_NO_SECURITY_EVENT` for none.
   */
  uint16 securityEvents[KEYM_SECURITY_EVENT_COUNT];
  /**
   * `KeyMKeyCertNameMaxLength`
   */
  uint8 keyCertNameMaxLength;
  /**
   * `KeyMCertificateChainMaxDepth`: certificates that `KeyM_VerifyCertificateChain` takes.
   */
  uint8 certificateChainMaxDepth;
  /**
   * Format in which Csm keys take public keys: `CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY` (SubjectPublicKeyInfo) or
   * `CRYPTO_KE_FORMAT_BIN_OCTET` (the point without its first byte, x ‖ y; Ed25519 and Ed448 as they are).
   */
  uint8 publicKeyFormat;
  /**
   * Policy: `KEYM_TIME_*`. Strict: `KEYM_TIME_REFUSE`.
   */
  uint8 timeUnknown;
  /**
   * `KeyMCertificateManagerEnabled`
   */
  boolean certificateManagerEnabled;
  /**
   * `KeyMCryptoKeyManagerEnabled`
   */
  boolean cryptoKeyManagerEnabled;
  /**
   * `KeyMCryptoKeyStartFinalizeFunctionEnabled`: keys are updated in sessions only.
   */
  boolean startFinalizeEnabled;
  /**
   * `KeyMCryptoKeyPrepareFunctionEnabled`
   */
  boolean prepareEnabled;
  /**
   * `KeyMCryptoKeyVerifyFunctionEnabled`
   */
  boolean verifyEnabled;
  /**
   * `KeyMCryptoKeyVerifyAsyncMode`
   */
  boolean verifyAsyncMode;
  /**
   * `KeyMServiceCertificateFunctionEnabled`
   */
  boolean serviceCertificateEnabled;
  /**
   * `KeyMEnableSecurityEventReporting`
   */
  boolean securityEventReporting;
  /**
   * `KeyMDevErrorDetect`: development errors are reported to Det. They are detected in any case.
   */
  boolean devErrorDetect;
  /**
   * Policy: `KeyM_SetCertificate` may set what is stored in NvM or Csm. Strict: 0, refused. [SWS_KeyM_00166]
   */
  boolean tolerateSetOfStoredCertificate;
  /**
   * Policy: a root may be replaced without a signature of the old one. Strict: 0, only in a session that was started in
   * workshop or production mode.
   */
  boolean tolerateUnsignedRootReplacement;
  /**
   * Policy: curve P-384 and SHA-384 in V2G profiles. Strict: 0.
   */
  boolean allowSecp384r1;
  /**
   * Policy: a certificate whose revocation status nobody knows is accepted. Strict: 0, where the profile asks for it.
   */
  boolean tolerateUnknownRevocation;
  /**
   * Policy: `KEYM_TOLERATE_*`, what chains may be like. Strict: 0.
   */
  uint32 pathTolerances;
  /**
   * Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
   */
  const uint8 *abi;
} KeyM_ConfigType;

/**
 * Bytes of a record in NvM beside its members: header, and digest or MAC.
 */
#define KEYM_NVM_RECORD_OVERHEAD 52

/**
 * Bytes of a member in a record beside its data.
 */
#define KEYM_NVM_MEMBER_OVERHEAD 8

/**
 * Bytes of the time floor in a record.
 */
#define KEYM_NVM_TIME_FLOOR_SIZE 8

#ifdef __cplusplus
extern "C" {
#endif /* __cplusplus */

/**
 * Bytes of [`KeyM_EngineRamType`] that are used.
 */
extern const uint32 V2gcrypt_KeyM_EngineRamUsed;

/**
 * Bytes of [`KeyM_CertificateRamType`] that a certificate uses.
 */
extern const uint32 V2gcrypt_KeyM_CertificateRamUsed;

/**
 * Starts KeyM: everything is forgotten, then blocks of NvM and certificates in Csm are read by the main functions. Csm and NvM have
 * been started before.
 *
 * * `ConfigPtr`: a configuration, or `NULL_PTR` for the linked one, `KeyM_Config`.
 *
 * Errors: `KEYM_E_INIT_FAILED` when the configuration is not one for this build or contradicts itself; KeyM then stays as it was.
 * Not to be called while another function of KeyM runs.
 */
void KeyM_Init(const KeyM_ConfigType *ConfigPtr);

/**
 * Stops KeyM, and erases what it has in RAM. What was under way is not told. Not to be called while another function of KeyM runs.
 *
 * Errors: `KEYM_E_UNINIT`.
 */
void KeyM_Deinit(void);

/**
 * Writes vendor id, module id and version of this KeyM. May be called before `KeyM_Init`.
 *
 * Errors: `KEYM_E_PARAM_POINTER` when `VersionInfo` is `NULL_PTR`.
 */
void KeyM_GetVersionInfo(Std_VersionInfoType *VersionInfo);

/**
 * Periodic: updates, finalises and verifies keys, reads and writes blocks of NvM, lets time go by for delayed writes.
 *
 * Errors: `KEYM_E_UNINIT`.
 */
void KeyM_MainFunction(void);

/**
 * In a task of low priority, or when nothing else is to do: parses certificates, verifies them and serves them. Each call does a
 * part of the work, with at most one Csm job.
 *
 * Errors: `KEYM_E_UNINIT`.
 */
void KeyM_MainBackgroundFunction(void);

/**
 * Puts a certificate into a slot, where the background function parses it; until then its status is `KEYM_CERTIFICATE_NOT_PARSED`.
 * What was in the slot is gone. Whatever was valid below it is to be verified again.
 *
 * * `CertId`: a certificate in RAM; others are set by `KeyM_ServiceCertificate`.
 * * `CertificateDataPtr`: DER, copied; no bytes: the slot becomes empty.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when it is longer than configured,
 * `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` for a root that is or was valid, outside a session of production or workshop, `KEYM_E_BUSY` while it
 * is read or verified. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`, `KEYM_E_CONFIG_FAILURE` when it is stored.
 * Source: [SWS_KeyM_00141] [SWS_KeyM_00166]
 */
Std_ReturnType KeyM_SetCertificate(KeyM_CertificateIdType CertId,
                                   const KeyM_CertDataType *CertificateDataPtr);

/**
 * Reads a certificate.
 *
 * * `CertificateDataPtr`: room; its length becomes that of the certificate.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is none,
 * `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room, `KEYM_E_BUSY` while it is written. Errors: `KEYM_E_UNINIT`,
 * `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_GetCertificate(KeyM_CertificateIdType CertId,
                                   KeyM_CertDataType *CertificateDataPtr);

/**
 * Has a certificate verified with the certificates above it by the configuration; those that are not valid yet are verified, too,
 * from the root down. Its verify callback tells the outcome.
 *
 * Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is
 * none, `KEYM_E_BUSY` while it is written, served or verified. Errors: `KEYM_E_UNINIT`.
 */
Std_ReturnType KeyM_VerifyCertificate(KeyM_CertificateIdType CertId);

/**
 * Has a certificate verified with an upper one that is valid already. Its verify callback tells the outcome.
 *
 * * `CertUpperId`: the issuer.
 *
 * Returns as `KeyM_VerifyCertificate`, and `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` when the upper certificate is not valid.
 * Source: [SWS_KeyM_00118]
 */
Std_ReturnType KeyM_VerifyCertificates(KeyM_CertificateIdType CertId,
                                       KeyM_CertificateIdType CertUpperId);

/**
 * Has a certificate verified with intermediate certificates that are in no slot. Its verify callback tells the outcome.
 *
 * * `certChainData`, `NumberOfCertificates`: DER, copied; in any order, at most `KeyMCertificateChainMaxDepth`.
 *
 * Returns as `KeyM_VerifyCertificate`; `KEYM_E_BUSY` also while another chain is verified, `KEYM_E_PARAMETER_MISMATCH` also for more
 * certificates, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when they are longer than there is room. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_VerifyCertificateChain(KeyM_CertificateIdType CertId,
                                           const KeyM_CertDataType *certChainData,
                                           uint8 NumberOfCertificates);

/**
 * Tells the state of a certificate.
 *
 * * `Status`: out: `KEYM_CERTIFICATE_*`, `KEYM_E_CERTIFICATE_*`.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_CertGetStatus(KeyM_CertificateIdType CertId, KeyM_CertificateStatusType *Status);

/**
 * Reads an element of a valid certificate; of one that repeats, the first value.
 *
 * * `CertElementId`: an element that the configuration gives the certificate.
 * * `CertElementData`: room for the value.
 * * `CertElementDataLength`: in: bytes of room; out: bytes of the value.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate or element, `KEYM_E_KEY_CERT_EMPTY` when there is no certificate, or no
 * such element in it, `KEYM_E_KEY_CERT_INVALID` when it is not valid, `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room or
 * the value is longer than configured, `KEYM_E_BUSY` while the certificate is written. Errors: `KEYM_E_UNINIT`,
 * `KEYM_E_PARAM_POINTER`. Reentrant.
 */
Std_ReturnType KeyM_CertElementGet(KeyM_CertificateIdType CertId,
                                   KeyM_CertElementIdType CertElementId,
                                   uint8 *CertElementData,
                                   uint32 *CertElementDataLength);

/**
 * Reads the first value of an element, and sets up an iterator for the others.
 *
 * * `CertElementIterator`: out: for `KeyM_CertElementGetNext`; untouched unless `E_OK` is returned.
 *
 * Returns as `KeyM_CertElementGet`.
 */
Std_ReturnType KeyM_CertElementGetFirst(KeyM_CertificateIdType CertId,
                                        KeyM_CertElementIdType CertElementId,
                                        KeyM_CertElementIteratorType *CertElementIterator,
                                        uint8 *CertElementData,
                                        uint32 *CertElementDataLength);

/**
 * Reads the next value of an element.
 *
 * * `CertElementIterator`: from `KeyM_CertElementGetFirst`; it moves on when `E_OK` is returned.
 *
 * Returns as `KeyM_CertElementGet`; `KEYM_E_KEY_CERT_EMPTY` behind the last value, `KEYM_E_PARAMETER_MISMATCH` when the iterator was not
 * set up, `KEYM_E_KEY_CERT_INVALID` when the slot holds another certificate meanwhile. Source: [SWS_KeyM_00148]
 */
Std_ReturnType KeyM_CertElementGetNext(KeyM_CertElementIteratorType *CertElementIterator,
                                       uint8 *CertElementData,
                                       uint32 *CertElementDataLength);

/**
 * Reads value number `Index` of an element, counted from 0.
 *
 * Returns as `KeyM_CertElementGet`; `KEYM_E_KEY_CERT_EMPTY` behind the last value.
 */
Std_ReturnType KeyM_CertificateElementGetByIndex(KeyM_CertificateIdType CertId,
                                                 KeyM_CertElementIdType CertElementId,
                                                 uint32 Index,
                                                 uint8 *CertElementDataPtr,
                                                 uint32 *CertElementDataLengthPtr);

/**
 * Counts the values of an element.
 *
 * * `CountPtr`: out: values; 0 when the certificate has no such element.
 *
 * Returns as `KeyM_CertElementGet`.
 */
Std_ReturnType KeyM_CertificateElementGetCount(KeyM_CertificateIdType CertId,
                                               KeyM_CertElementIdType CertElementId,
                                               uint16 *CountPtr);

/**
 * Opens a session: from now on keys may be updated. A session that is open is opened anew, and keys written in it stay invalid.
 *
 * * `StartType`: `KEYM_START_*`, or one of the user's.
 * * `RequestData`, `RequestDataLength`: for the key handler.
 * * `ResponseData`: room for the key handler's answer; `ResponseDataLength`: in: bytes of room; out: bytes of the answer.
 *
 * Returns what the key handler returns, if there is one; `KEYM_E_PARAMETER_MISMATCH` for an unknown type, `KEYM_E_BUSY` while an operation
 * is under way; `E_NOT_OK` when sessions are not configured. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 * Source: [SWS_KeyM_00004] [SWS_KeyM_00085] [SWS_KeyM_00087]
 */
Std_ReturnType KeyM_Start(KeyM_StartType StartType,
                          const uint8 *RequestData,
                          uint16 RequestDataLength,
                          uint8 *ResponseData,
                          uint16 *ResponseDataLength);

/**
 * Hands data to the key handler before keys are updated.
 *
 * Returns what the key handler returns; `E_NOT_OK` when it is not configured, or no session is open where sessions are.
 * Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00010] [SWS_KeyM_00090]
 */
Std_ReturnType KeyM_Prepare(const uint8 *RequestData,
                            uint16 RequestDataLength,
                            uint8 *ResponseData,
                            uint16 *ResponseDataLength);

/**
 * Has a key written: stored as it is given, or derived from it. `KeyM_CryptoKeyUpdateCallbackNotification` tells the outcome.
 *
 * * `KeyNamePtr`, `KeyNameLength`: `KeyMCryptoKeyName`; none: the key of the SHE slot that M1 names.
 * * `RequestDataPtr`, `RequestDataLength`: key material, copied; M1 ‖ M2 ‖ M3 for SHE.
 * * `ResultDataPtr`, `ResultDataMaxLength`: room for M4 ‖ M5 until the callback; may be none.
 *
 * Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown key, `KEYM_E_KEY_CERT_SIZE_MISMATCH` for more bytes than
 * the key has, `KEYM_E_BUSY` while an operation is under way; `E_NOT_OK` when no session is open where sessions are configured.
 * Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00091] [SWS_KeyM_00155]
 */
Std_ReturnType KeyM_Update(const uint8 *KeyNamePtr,
                           uint16 KeyNameLength,
                           const uint8 *RequestDataPtr,
                           uint16 RequestDataLength,
                           uint8 *ResultDataPtr,
                           uint16 ResultDataMaxLength);

/**
 * Has a session ended: keys written in it become valid and are stored. `KeyM_CryptoKeyFinalizeCallbackNotification` tells the outcome.
 *
 * * `RequestDataPtr`, `RequestDataLength`: for the key handler, copied.
 * * `ResponseDataPtr`, `ResponseMaxDataLength`: room for its answer until the callback; may be none.
 *
 * Returns `E_OK`: a main function will; `KEYM_E_BUSY` while an operation is under way; `E_NOT_OK` when no session is open.
 * Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`. Source: [SWS_KeyM_00008] [SWS_KeyM_00102]
 */
Std_ReturnType KeyM_Finalize(const uint8 *RequestDataPtr,
                             uint16 RequestDataLength,
                             uint8 *ResponseDataPtr,
                             uint16 ResponseMaxDataLength);

/**
 * Uses a key for a test: a MAC or a cipher over the request, by `KeyMCryptoKeyCsmVerifyJobRef`.
 *
 * * `KeyNamePtr`, `KeyNameLength`: `KeyMCryptoKeyName`.
 * * `RequestData`, `RequestDataLength`: what the job works on; a MAC or tag to compare, of 16 bytes, stands at its end.
 * * `ResponseData`: room for the result; `ResponseDataLength`: in: bytes of room; out: bytes of the result.
 *
 * Returns, in synchronous mode: `KEYM_E_KEY_CERT_INVALID` when a MAC or tag is another, `KEYM_E_KEY_CERT_EMPTY` when the key is not valid;
 * in asynchronous mode `KEYM_E_PENDING`, and `KeyM_CryptoKeyVerifyCallbackNotification` tells the outcome. `KEYM_E_PARAMETER_MISMATCH`
 * for an unknown key, `KEYM_E_KEY_CERT_SIZE_MISMATCH`, `KEYM_E_BUSY`; `E_NOT_OK` when it is not configured. Errors: `KEYM_E_UNINIT`,
 * `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_Verify(const uint8 *KeyNamePtr,
                           uint16 KeyNameLength,
                           const uint8 *RequestData,
                           uint16 RequestDataLength,
                           uint8 *ResponseData,
                           uint16 *ResponseDataLength);

/**
 * `KeyM_ServiceCertificate` of releases up to R20-11: lengths of 16 bits, the response's room by value.
 *
 * As [`V2gcrypt_KeyM_ServiceCertificate32`]; only the callback tells how long the response is.
 */
Std_ReturnType V2gcrypt_KeyM_ServiceCertificate16(KeyM_ServiceCertificateType Service,
                                                  const uint8 *CertNamePtr,
                                                  uint16 CertNameLength,
                                                  const uint8 *RequestData,
                                                  uint16 RequestDataLength,
                                                  uint8 *ResponseData,
                                                  uint16 ResponseDataLength);

/**
 * `KeyM_ServiceCertificate` of newer releases. The certificate's service callback tells the outcome.
 *
 * * `Service`: `KEYM_SERVICE_CERT_*`.
 * * `CertNamePtr`, `CertNameLength`: `KeyMCertificateName`.
 * * `RequestData`, `RequestDataLength`: copied. Certificates, CRLs and OCSP responses are DER. Behind a leaf its Sub-CAs may stand, in
 *   any order; behind a new root the signature over it by the key of the root that it replaces, as in a certificate. A request for a CSR
 *   has tags as the template does, or nothing.
 * * `ResponseData`: room for the response until the callback; `ResponseDataLength`: in: bytes of room; out, before the callback: bytes of
 *   the response.
 *
 * Returns `E_OK`: a main function will; `KEYM_E_PARAMETER_MISMATCH` for an unknown service or certificate, or a service that does not
 * suit it, `KEYM_E_KEY_CERT_SIZE_MISMATCH` for more bytes than the certificate has, `KEYM_E_KEY_CERT_EMPTY` when there is nothing to serve,
 * `KEYM_E_CERT_INVALID_CHAIN_OF_TRUST` when a certificate above it is not valid, `KEYM_E_BUSY`; `E_NOT_OK` when it is not configured.
 * Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType V2gcrypt_KeyM_ServiceCertificate32(KeyM_ServiceCertificateType Service,
                                                  const uint8 *CertNamePtr,
                                                  uint32 CertNameLength,
                                                  const uint8 *RequestData,
                                                  uint32 RequestDataLength,
                                                  uint8 *ResponseData,
                                                  uint32 *ResponseDataLength);

/**
 * As [`V2gcrypt_KeyM_ServiceCertificate32`], for a certificate by its id.
 */
Std_ReturnType KeyM_ServiceCertificateByCertId(KeyM_CertificateIdType CertId,
                                               KeyM_ServiceCertificateType Service,
                                               const uint8 *RequestData,
                                               uint32 RequestDataLength,
                                               uint8 *ResponseData,
                                               uint32 *ResponseDataLength);

/**
 * Lists the certificates of a role that are there.
 *
 * * `Role`: `KEYM_V2G_ROLE_*`.
 * * `CertIds`: room for ids; `CountPtr`: in: room, in ids; out: ids.
 *
 * Returns `KEYM_E_KEY_CERT_SIZE_MISMATCH` when there is not enough room. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_V2g_List(uint8 Role,
                             KeyM_CertificateIdType *CertIds,
                             uint16 *CountPtr);

/**
 * Lists what is to be renewed: certificates that have expired or expire soon, and those whose OCSP response is missing or too old.
 *
 * * `CertIds`: room for ids; `CountPtr`: in: room, in ids; out: ids.
 *
 * Returns as `KeyM_V2g_List`.
 */
Std_ReturnType KeyM_V2g_GetDue(KeyM_CertificateIdType *CertIds,
                               uint16 *CountPtr);

/**
 * Finds a slot of a role that is free.
 *
 * * `CertIdPtr`: out: its id.
 *
 * Returns `KEYM_E_KEY_CERT_SIZE_MISMATCH` when all are taken, `KEYM_E_PARAMETER_MISMATCH` when there is none of the role. Errors:
 * `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_V2g_FindFree(uint8 Role,
                                 KeyM_CertificateIdType *CertIdPtr);

/**
 * Tells role, validity and state of a certificate.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` for an unknown certificate, `KEYM_E_KEY_CERT_EMPTY` when there is none, `KEYM_E_KEY_CERT_INVALID` when
 * it cannot be parsed, `KEYM_E_BUSY` while it is written. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_V2g_GetInfo(KeyM_CertificateIdType CertId,
                                KeyM_V2g_InfoType *InfoPtr);

/**
 * Finds the contract of an EMAID: one that is valid now; if there are several, the one that ends last.
 *
 * * `EmaidPtr`, `EmaidLength`: with or without hyphens and check character, in any case.
 * * `CertIdPtr`: out: its leaf.
 *
 * Returns `KEYM_E_PARAMETER_MISMATCH` when it is no EMAID, `KEYM_E_KEY_CERT_EMPTY` when there is no such contract. Errors:
 * `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_V2g_SelectContract(const uint8 *EmaidPtr,
                                       uint16 EmaidLength,
                                       KeyM_CertificateIdType *CertIdPtr);

/**
 * Finds the contract that a station's list of providers asks for: of the first provider in the list that has one that is valid now; of
 * any provider where the list is empty.
 *
 * * `Providers`: five characters each, country and provider.
 * * `NumberOfProviders`: providers.
 * * `CertIdPtr`: out: its leaf.
 *
 * Returns `KEYM_E_KEY_CERT_EMPTY` when there is no such contract. Errors: `KEYM_E_UNINIT`, `KEYM_E_PARAM_POINTER`.
 */
Std_ReturnType KeyM_V2g_SelectContractOfProviders(const uint8 *Providers,
                                                  uint16 NumberOfProviders,
                                                  KeyM_CertificateIdType *CertIdPtr);

#ifdef __cplusplus
}  // extern "C"
#endif  /* __cplusplus */

/* The linked configuration, from the generator. */
extern const KeyM_ConfigType KeyM_Config;

#endif /* KEYM_H */
