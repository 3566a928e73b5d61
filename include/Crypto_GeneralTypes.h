/* Crypto_GeneralTypes.h
 *
 * Types that Csm, CryIf and every Crypto driver share.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef CRYPTO_GENERALTYPES_H
#define CRYPTO_GENERALTYPES_H

#include "Rte_Csm_Type.h"
#include "V2gcrypt_Abi.h"

/* Crypto_AlgorithmFamilyType [SWS_Csm_01047] */
#define CRYPTO_ALGOFAM_NOT_SET 0x00U
#define CRYPTO_ALGOFAM_SHA1 0x01U
#define CRYPTO_ALGOFAM_SHA2_224 0x02U
#define CRYPTO_ALGOFAM_SHA2_256 0x03U
#define CRYPTO_ALGOFAM_SHA2_384 0x04U
#define CRYPTO_ALGOFAM_SHA2_512 0x05U
#define CRYPTO_ALGOFAM_SHA2_512_224 0x06U
#define CRYPTO_ALGOFAM_SHA2_512_256 0x07U
#define CRYPTO_ALGOFAM_SHA3_224 0x08U
#define CRYPTO_ALGOFAM_SHA3_256 0x09U
#define CRYPTO_ALGOFAM_SHA3_384 0x0AU
#define CRYPTO_ALGOFAM_SHA3_512 0x0BU
#define CRYPTO_ALGOFAM_SHAKE128 0x0CU
#define CRYPTO_ALGOFAM_SHAKE256 0x0DU
#define CRYPTO_ALGOFAM_RIPEMD160 0x0EU
#define CRYPTO_ALGOFAM_BLAKE_1_256 0x0FU
#define CRYPTO_ALGOFAM_BLAKE_1_512 0x10U
#define CRYPTO_ALGOFAM_BLAKE_2s_256 0x11U
#define CRYPTO_ALGOFAM_BLAKE_2s_512 0x12U
#define CRYPTO_ALGOFAM_3DES 0x13U
#define CRYPTO_ALGOFAM_AES 0x14U
#define CRYPTO_ALGOFAM_CHACHA 0x15U
#define CRYPTO_ALGOFAM_RSA 0x16U
#define CRYPTO_ALGOFAM_ED25519 0x17U
#define CRYPTO_ALGOFAM_BRAINPOOL 0x18U
#define CRYPTO_ALGOFAM_ECCNIST 0x19U
#define CRYPTO_ALGOFAM_RNG 0x1BU
#define CRYPTO_ALGOFAM_SIPHASH 0x1CU
#define CRYPTO_ALGOFAM_ECCANSI 0x1EU
#define CRYPTO_ALGOFAM_ECCSEC 0x1FU
#define CRYPTO_ALGOFAM_DRBG 0x20U
#define CRYPTO_ALGOFAM_FIPS186 0x21U
#define CRYPTO_ALGOFAM_PADDING_PKCS7 0x22U
#define CRYPTO_ALGOFAM_PADDING_ONEWITHZEROS 0x23U
#define CRYPTO_ALGOFAM_PBKDF2 0x24U
#define CRYPTO_ALGOFAM_KDFX963 0x25U
#define CRYPTO_ALGOFAM_DH 0x26U
#define CRYPTO_ALGOFAM_SM2 0x27U
#define CRYPTO_ALGOFAM_EEA3 0x28U
#define CRYPTO_ALGOFAM_SM3 0x29U
#define CRYPTO_ALGOFAM_EIA3 0x2AU
#define CRYPTO_ALGOFAM_HKDF 0x2BU
#define CRYPTO_ALGOFAM_ECDSA 0x2CU
#define CRYPTO_ALGOFAM_POLY1305 0x2DU
#define CRYPTO_ALGOFAM_X25519 0x2EU
#define CRYPTO_ALGOFAM_ECDH 0x2FU
#define CRYPTO_ALGOFAM_CUSTOM 0xFFU

/* Crypto_AlgorithmModeType [SWS_Csm_01048] */
#define CRYPTO_ALGOMODE_NOT_SET 0x00U
#define CRYPTO_ALGOMODE_ECB 0x01U
#define CRYPTO_ALGOMODE_CBC 0x02U
#define CRYPTO_ALGOMODE_CFB 0x03U
#define CRYPTO_ALGOMODE_OFB 0x04U
#define CRYPTO_ALGOMODE_CTR 0x05U
#define CRYPTO_ALGOMODE_GCM 0x06U
#define CRYPTO_ALGOMODE_XTS 0x07U
#define CRYPTO_ALGOMODE_RSAES_OAEP 0x08U
#define CRYPTO_ALGOMODE_RSAES_PKCS1_v1_5 0x09U
#define CRYPTO_ALGOMODE_RSASSA_PSS 0x0AU
#define CRYPTO_ALGOMODE_RSASSA_PKCS1_v1_5 0x0BU
#define CRYPTO_ALGOMODE_8ROUNDS 0x0CU
#define CRYPTO_ALGOMODE_12ROUNDS 0x0DU
#define CRYPTO_ALGOMODE_20ROUNDS 0x0EU
#define CRYPTO_ALGOMODE_HMAC 0x0FU
#define CRYPTO_ALGOMODE_CMAC 0x10U
#define CRYPTO_ALGOMODE_GMAC 0x11U
#define CRYPTO_ALGOMODE_CTRDRBG 0x12U
#define CRYPTO_ALGOMODE_SIPHASH_2_4 0x13U
#define CRYPTO_ALGOMODE_SIPHASH_4_8 0x14U
#define CRYPTO_ALGOMODE_PXXXR1 0x15U
#define CRYPTO_ALGOMODE_CUSTOM 0xFFU

/* Crypto_ServiceInfoType [SWS_Csm_01031] */
#define CRYPTO_HASH 0x00U
#define CRYPTO_MACGENERATE 0x01U
#define CRYPTO_MACVERIFY 0x02U
#define CRYPTO_ENCRYPT 0x03U
#define CRYPTO_DECRYPT 0x04U
#define CRYPTO_AEADENCRYPT 0x05U
#define CRYPTO_AEADDECRYPT 0x06U
#define CRYPTO_SIGNATUREGENERATE 0x07U
#define CRYPTO_SIGNATUREVERIFY 0x08U
#define CRYPTO_RANDOMGENERATE 0x0BU
#define CRYPTO_RANDOMSEED 0x0CU
#define CRYPTO_KEYGENERATE 0x0DU
#define CRYPTO_KEYDERIVE 0x0EU
#define CRYPTO_KEYEXCHANGECALCPUBVAL 0x0FU
#define CRYPTO_KEYEXCHANGECALCSECRET 0x10U
#define CRYPTO_KEYSETVALID 0x13U
#define CRYPTO_KEYSETINVALID 0x14U
#define CRYPTO_CUSTOM_SERVICE 0x15U

/* Crypto_JobStateType [SWS_Csm_01028] */
#define CRYPTO_JOBSTATE_IDLE 0x00U
#define CRYPTO_JOBSTATE_ACTIVE 0x01U

/* Crypto_ProcessingType [SWS_Csm_01049] */
#define CRYPTO_PROCESSING_ASYNC 0x00U
#define CRYPTO_PROCESSING_SYNC 0x01U

/* Crypto_InputOutputRedirectionConfigType [SWS_Csm_91024] */
#define CRYPTO_REDIRECT_CONFIG_PRIMARY_INPUT 0x01U
#define CRYPTO_REDIRECT_CONFIG_SECONDARY_INPUT 0x02U
#define CRYPTO_REDIRECT_CONFIG_TERTIARY_INPUT 0x04U
#define CRYPTO_REDIRECT_CONFIG_PRIMARY_OUTPUT 0x10U
#define CRYPTO_REDIRECT_CONFIG_SECONDARY_OUTPUT 0x20U

/* Key element ids [SWS_Csm_01022] */
#define CRYPTO_KE_MAC_KEY 0x01U
#define CRYPTO_KE_MAC_PROOF 0x02U
#define CRYPTO_KE_SIGNATURE_KEY 0x01U
#define CRYPTO_KE_SIGNATURE_CURVETYPE 0x1DU
#define CRYPTO_KE_RANDOM_SEED_STATE 0x03U
#define CRYPTO_KE_RANDOM_ALGORITHM 0x04U
#define CRYPTO_KE_CIPHER_KEY 0x01U
#define CRYPTO_KE_CIPHER_IV 0x05U
#define CRYPTO_KE_CIPHER_PROOF 0x02U
#define CRYPTO_KE_CIPHER_2NDKEY 0x07U
#define CRYPTO_KE_KEYEXCHANGE_BASE 0x08U
#define CRYPTO_KE_KEYEXCHANGE_PRIVKEY 0x09U
#define CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY 0x0AU
#define CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE 0x01U
#define CRYPTO_KE_KEYEXCHANGE_ALGORITHM 0x0CU
#define CRYPTO_KE_KEYEXCHANGE_CURVETYPE 0x1DU
#define CRYPTO_KE_KEYDERIVATION_PASSWORD 0x01U
#define CRYPTO_KE_KEYDERIVATION_SALT 0x0DU
#define CRYPTO_KE_KEYDERIVATION_ITERATIONS 0x0EU
#define CRYPTO_KE_KEYDERIVATION_ALGORITHM 0x0FU
#define CRYPTO_KE_KEYDERIVATION_CURVETYPE 0x1DU
#define CRYPTO_KE_KEYGENERATE_KEY 0x01U
#define CRYPTO_KE_KEYGENERATE_SEED 0x10U
#define CRYPTO_KE_KEYGENERATE_ALGORITHM 0x11U
#define CRYPTO_KE_KEYGENERATE_CURVETYPE 0x1DU

/* Custom algorithm families of this stack's drivers */
#define CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF 0x80U
#define CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF 0x81U
#define CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 0x82U
#define CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 0x83U

/* Key elements of this stack's drivers */
#define CRYPTO_KE_V2GCRYPT_PUBLICKEY 0x3E8U
#define CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH 0x3E9U
#define CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO 0x3EAU

/* Key element formats [ECUC_Crypto_00041] */
#define CRYPTO_KE_FORMAT_BIN_OCTET 0x01U
#define CRYPTO_KE_FORMAT_BIN_SHEKEYS 0x02U
#define CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 0x03U
#define CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY 0x04U
#define CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY 0x05U
#define CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY 0x06U

#if !defined(V2GCRYPT_ENUM_INT)
/**
 * How wide the types are that the specification calls enumerations: `uint8` here, `int` when built with
 * `V2GCRYPT_ENUM_WIDTH=int`. C must be compiled with the same width (`V2GCRYPT_ENUM_INT`).
 */
typedef uint8 V2gcrypt_EnumerationType;
#endif

#if defined(V2GCRYPT_ENUM_INT)
/**
 * How wide the types are that the specification calls enumerations: `int` in this build.
 */
typedef uint32 V2gcrypt_EnumerationType;
#endif

/**
 * Algorithm family of a primitive. [SWS_Csm_01047]
 */
typedef V2gcrypt_EnumerationType Crypto_AlgorithmFamilyType;

/**
 * Mode of an algorithm. [SWS_Csm_01048]
 */
typedef V2gcrypt_EnumerationType Crypto_AlgorithmModeType;

/**
 * Service that a job performs. [SWS_Csm_01031]
 */
typedef V2gcrypt_EnumerationType Crypto_ServiceInfoType;

/**
 * Whether a job's service has started. [SWS_Csm_01028]
 */
typedef V2gcrypt_EnumerationType Crypto_JobStateType;

/**
 * Whether a job computes in its call or later. [SWS_Csm_01049]
 */
typedef V2gcrypt_EnumerationType Crypto_ProcessingType;

/**
 * Which buffers are redirected to key elements. [SWS_Csm_91024]
 */
typedef V2gcrypt_EnumerationType Crypto_InputOutputRedirectionConfigType;

/**
 * Algorithm of a primitive. [SWS_Csm_01008]
 */
typedef struct {
  /**
   * Family.
   */
  Crypto_AlgorithmFamilyType family;
  /**
   * Secondary family, such as the hash of a signature or of an HMAC.
   */
  Crypto_AlgorithmFamilyType secondaryFamily;
  /**
   * Key length in bits.
   */
  uint32 keyLength;
  /**
   * Mode.
   */
  Crypto_AlgorithmModeType mode;
} Crypto_AlgorithmInfoType;

/**
 * Service and algorithm. [SWS_Csm_01011]
 */
typedef struct {
  /**
   * Service.
   */
  const Crypto_ServiceInfoType service;
  /**
   * Algorithm.
   */
  const Crypto_AlgorithmInfoType algorithm;
} Crypto_PrimitiveInfoType;

/**
 * What a job is configured to do. [SWS_Csm_01012]
 */
typedef struct {
  /**
   * Id of the callback, from `CsmCallbackId`.
   */
  uint32 callbackId;
  /**
   * Service and algorithm.
   */
  const Crypto_PrimitiveInfoType *primitiveInfo;
  /**
   * CryIf key of the job.
   */
  uint32 cryIfKeyId;
  /**
   * Synchronous or asynchronous.
   */
  Crypto_ProcessingType processingType;
} Crypto_JobPrimitiveInfoType;

/**
 * Inputs and outputs of a job. Lengths are in bytes, but for the MAC of a verification. [SWS_Csm_01009]
 */
typedef struct {
  /**
   * Data.
   */
  const uint8 *inputPtr;
  /**
   * Length of the data.
   */
  uint32 inputLength;
  /**
   * Signature, associated data, or the MAC to compare with.
   */
  const uint8 *secondaryInputPtr;
  /**
   * Length of the secondary input; in bits for a MAC to compare with.
   */
  uint32 secondaryInputLength;
  /**
   * Tag of an authenticated decryption.
   */
  const uint8 *tertiaryInputPtr;
  /**
   * Length of the tertiary input.
   */
  uint32 tertiaryInputLength;
  /**
   * Result.
   */
  uint8 *outputPtr;
  /**
   * In: room at `outputPtr`; out: bytes written.
   */
  uint32 *outputLengthPtr;
  /**
   * Tag of an authenticated encryption.
   */
  uint8 *secondaryOutputPtr;
  /**
   * In: room at `secondaryOutputPtr`; out: bytes written.
   */
  uint32 *secondaryOutputLengthPtr;
  /**
   * Outcome of a verification.
   */
  Crypto_VerifyResultType *verifyPtr;
  /**
   * Operations of this call.
   */
  Crypto_OperationModeType mode;
  /**
   * CryIf key of a key management service.
   */
  uint32 cryIfKeyId;
  /**
   * CryIf key that receives the result of a key management service.
   */
  uint32 targetCryIfKeyId;
} Crypto_JobPrimitiveInputOutputType;

/**
 * Where redirected buffers are. [SWS_Csm_91026]
 */
typedef struct {
  /**
   * Bit mask of `CRYPTO_REDIRECT_CONFIG_*`.
   */
  uint8 redirectionConfig;
  /**
   * Key of the input.
   */
  uint32 inputKeyId;
  /**
   * Key element of the input.
   */
  uint32 inputKeyElementId;
  /**
   * Key of the secondary input.
   */
  uint32 secondaryInputKeyId;
  /**
   * Key element of the secondary input.
   */
  uint32 secondaryInputKeyElementId;
  /**
   * Key of the tertiary input.
   */
  uint32 tertiaryInputKeyId;
  /**
   * Key element of the tertiary input.
   */
  uint32 tertiaryInputKeyElementId;
  /**
   * Key of the output.
   */
  uint32 outputKeyId;
  /**
   * Key element of the output.
   */
  uint32 outputKeyElementId;
  /**
   * Key of the secondary output.
   */
  uint32 secondaryOutputKeyId;
  /**
   * Key element of the secondary output.
   */
  uint32 secondaryOutputKeyElementId;
} Crypto_JobRedirectionInfoType;

/**
 * A job as it travels from Csm to a driver object and back. [SWS_Csm_01013]
 *
 * It lies in memory that C may write, so Rust touches it through raw pointers only.
 */
typedef struct {
  /**
   * Id of the job.
   */
  uint32 jobId;
  /**
   * Idle, or in the middle of a stream.
   */
  Crypto_JobStateType jobState;
  /**
   * Inputs and outputs of the call in progress.
   */
  Crypto_JobPrimitiveInputOutputType jobPrimitiveInputOutput;
  /**
   * What the job is configured to do.
   */
  const Crypto_JobPrimitiveInfoType *jobPrimitiveInfo;
  /**
   * Redirected buffers; `NULL_PTR` when there are none.
   */
  Crypto_JobRedirectionInfoType *jobRedirectionInfoRef;
  /**
   * Driver key, filled by CryIf.
   */
  uint32 cryptoKeyId;
  /**
   * Driver key that receives a result, filled by CryIf.
   */
  uint32 targetCryptoKeyId;
  /**
   * Priority; larger is more urgent.
   */
  const uint32 jobPriority;
} Crypto_JobType;

#endif /* CRYPTO_GENERALTYPES_H */
