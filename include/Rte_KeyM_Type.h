/* Rte_KeyM_Type.h
 *
 * Implementation data types of KeyM, as the RTE gives them to software components.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef RTE_KEYM_TYPE_H
#define RTE_KEYM_TYPE_H

#include "Std_Types.h"

/* KeyM_StartType [SWS_KeyM_00038]; 0x80 to 0x9F are the user's */
#define KEYM_START_OEM_PRODUCTIONMODE 0x01U
#define KEYM_START_WORKSHOPMODE 0x02U

/* KeyM_ServiceCertificateType [SWS_KeyM_00039] */
#define KEYM_SERVICE_CERT_REQUEST_CSR 0x01U
#define KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR 0x02U
#define KEYM_SERVICE_CERT_SET_ROOT 0x03U
#define KEYM_SERVICE_CERT_UPDATE_ROOT 0x04U
#define KEYM_SERVICE_CERT_SET_INTERMEDIATE 0x05U
#define KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE 0x06U
#define KEYM_SERVICE_CERT_UPDATE_CRL 0x07U
#define KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST 0x80U
#define KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE 0x81U
#define KEYM_SERVICE_CERT_V2GCRYPT_DELETE 0x82U
#define KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN 0x83U
#define KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA 0x84U

/* KeyM_KH_UpdateOperationType */
#define KEYM_KH_UPDATE_KEY_UPDATE_REPEAT 0x01U
#define KEYM_KH_UPDATE_FINISH 0x02U

/* KeyM_CertificateStatusType [SWS_KeyM_91003] */
#define KEYM_CERTIFICATE_VALID 0x00U
#define KEYM_CERTIFICATE_INVALID 0x01U
#define KEYM_CERTIFICATE_NOT_PARSED 0x02U
#define KEYM_CERTIFICATE_PARSED_NOT_VALIDATED 0x03U
#define KEYM_CERTIFICATE_NOT_AVAILABLE 0x04U
#define KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL 0x05U
#define KEYM_E_CERTIFICATE_SIGNATURE_FAIL 0x06U
#define KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST 0x07U
#define KEYM_E_CERTIFICATE_INVALID_TYPE 0x08U
#define KEYM_E_CERTIFICATE_INVALID_FORMAT 0x09U
#define KEYM_E_CERTIFICATE_INVALID_CONTENT 0x0AU
#define KEYM_E_CERTIFICATE_REVOKED 0x0BU

/* KeyM_ResultType [SWS_KeyM_91008] */
#define KEYM_RT_OK 0x00U
#define KEYM_RT_NOT_OK 0x01U
#define KEYM_RT_KEY_CERT_INVALID 0x02U
#define KEYM_RT_KEY_CERT_WRITE_FAIL 0x03U
#define KEYM_RT_KEY_CERT_UPDATE_FAIL 0x04U
#define KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST 0x05U

/* Std_ReturnType, extension */
#define KEYM_E_BUSY 0x02U
#define KEYM_E_PENDING 0x03U
#define KEYM_E_KEY_CERT_SIZE_MISMATCH 0x04U
#define KEYM_E_PARAMETER_MISMATCH 0x05U
#define KEYM_E_KEY_CERT_INVALID 0x06U
#define KEYM_E_KEY_CERT_WRITE_FAIL 0x07U
#define KEYM_E_KEY_CERT_UPDATE_FAIL 0x08U
#define KEYM_E_KEY_CERT_READ_FAIL 0x09U
#define KEYM_E_KEY_CERT_EMPTY 0x0AU
#define KEYM_E_CERT_INVALID_CHAIN_OF_TRUST 0x0BU

/**
 * Mode of a key session. [SWS_KeyM_00038]
 */
typedef uint8 KeyM_StartType;

/**
 * What `KeyM_ServiceCertificate` is to do. [SWS_KeyM_00039]
 */
typedef uint8 KeyM_ServiceCertificateType;

/**
 * A `KeyMCertificateElement`, by `KeyMCertificateElementId`. [SWS_KeyM_00300]
 */
typedef uint16 KeyM_CertElementIdType;

/**
 * A `KeyMCertificate`, by `KeyMCertificateId`.
 */
typedef uint16 KeyM_CertificateIdType;

/**
 * A `KeyMCryptoKey`, by `KeyMCryptoKeyId`.
 */
typedef uint16 KeyM_CryptoKeyIdType;

/**
 * What a key handler wants of `KeyM_Update` next.
 */
typedef uint8 KeyM_KH_UpdateOperationType;

/**
 * State of a certificate. [SWS_KeyM_91003]
 */
typedef uint8 KeyM_CertificateStatusType;

/**
 * Result of an asynchronous operation, told by callback. [SWS_KeyM_91008]
 */
typedef uint8 KeyM_ResultType;

/**
 * A certificate in the caller's memory. [SWS_KeyM_91002]
 */
typedef struct {
  /**
   * Bytes; room, where a certificate is to be written.
   */
  uint32 certDataLength;
  /**
   * DER.
   */
  uint8 *certData;
} KeyM_CertDataType;

/**
 * Where an iteration over the values of an element is. The caller keeps it; what is in it is KeyM's own business.
 */
typedef struct {
  /**
   * Certificate.
   */
  KeyM_CertificateIdType certId;
  /**
   * Element.
   */
  KeyM_CertElementIdType certElementId;
  /**
   * Value that comes next.
   */
  uint16 next;
  /**
   * Never 0 in an iterator that `KeyM_CertElementGetFirst` has set up.
   */
  uint16 check;
  /**
   * Which certificate the slot held at the first call.
   */
  uint32 generation;
} KeyM_CertElementIteratorType;

/**
 * How long a certificate counts: `KEYM_V2G_STATE_*`.
 */
typedef uint8 KeyM_V2g_StateType;

/**
 * A certificate in a store. Times are Unix time in seconds: lower 32 and upper 16 bits, as StbM has them.
 */
typedef struct {
  /**
   * `KEYM_V2G_ROLE_*`
   */
  uint8 role;
  /**
   * `KEYM_V2G_PROFILE_*`
   */
  uint8 profile;
  /**
   * `KEYM_CERTIFICATE_*`, `KEYM_E_CERTIFICATE_*`
   */
  KeyM_CertificateStatusType status;
  /**
   * `KEYM_V2G_STATE_*`
   */
  KeyM_V2g_StateType state;
  /**
   * A new OCSP response is to be fetched.
   */
  boolean ocspDue;
  /**
   * A certificate was asked for with a new key, and has not come yet.
   */
  boolean requestPending;
  /**
   * notBefore, upper 16 bits.
   */
  uint16 notBeforeHi;
  /**
   * notBefore, lower 32 bits.
   */
  uint32 notBefore;
  /**
   * notAfter, lower 32 bits.
   */
  uint32 notAfter;
  /**
   * notAfter, upper 16 bits.
   */
  uint16 notAfterHi;
} KeyM_V2g_InfoType;

#endif /* RTE_KEYM_TYPE_H */
