/* Rte_Csm_Type.h
 *
 * Implementation data types of Csm, as the RTE gives them to software components.
 *
 * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.
 */
#ifndef RTE_CSM_TYPE_H
#define RTE_CSM_TYPE_H

#include "Std_Types.h"

/* Crypto_OperationModeType [SWS_Csm_01029] */
#define CRYPTO_OPERATIONMODE_START 0x01U
#define CRYPTO_OPERATIONMODE_UPDATE 0x02U
#define CRYPTO_OPERATIONMODE_STREAMSTART 0x03U
#define CRYPTO_OPERATIONMODE_FINISH 0x04U
#define CRYPTO_OPERATIONMODE_SINGLECALL 0x07U
#define CRYPTO_OPERATIONMODE_SAVE_CONTEXT 0x08U
#define CRYPTO_OPERATIONMODE_RESTORE_CONTEXT 0x10U

/* Crypto_VerifyResultType [SWS_Csm_01024] */
#define CRYPTO_E_VER_OK 0x00U
#define CRYPTO_E_VER_NOT_OK 0x01U

/* Crypto_KeyStatusType [SWS_Csm_91102] */
#define CRYPTO_KEYSTATUS_INVALID 0x00U
#define CRYPTO_KEYSTATUS_VALID 0x01U

/* Std_ReturnType, extension [SWS_Csm_91043] */
#define CRYPTO_E_BUSY 0x02U
#define CRYPTO_E_ENTROPY_EXHAUSTED 0x04U
#define CRYPTO_E_KEY_READ_FAIL 0x06U
#define CRYPTO_E_KEY_WRITE_FAIL 0x07U
#define CRYPTO_E_KEY_NOT_AVAILABLE 0x08U
#define CRYPTO_E_KEY_NOT_VALID 0x09U
#define CRYPTO_E_KEY_SIZE_MISMATCH 0x0AU
#define CRYPTO_E_JOB_CANCELED 0x0CU
#define CRYPTO_E_KEY_EMPTY 0x0DU
#define CRYPTO_E_CUSTOM_ERROR 0x0EU

/**
 * Result of an asynchronous job: [`E_OK`], [`E_NOT_OK`] or a `CRYPTO_E_*` code.
 */
typedef uint8 Crypto_ResultType;

/**
 * Bit mask of the operations that one call performs. [SWS_Csm_01029]
 */
typedef uint8 Crypto_OperationModeType;

/**
 * Outcome of a verification. [SWS_Csm_01024]
 */
typedef uint8 Crypto_VerifyResultType;

/**
 * State of a key. [SWS_Csm_91102]
 */
typedef uint8 Crypto_KeyStatusType;

/**
 * Input of a job with an optimised port: `CRYPTO_USE_PORT_OPTIMIZED`.
 */
typedef const void *Csm_ConstDataPtr;

/**
 * Output of a job with an optimised port.
 */
typedef void *Csm_DataPtr;

/**
 * Room and length of an output of a job with an optimised port.
 */
typedef uint32 *Csm_LengthPtr;

/**
 * Where a job with an optimised port writes the outcome of a verification.
 */
typedef Crypto_VerifyResultType *Csm_VerifyResultPtr;

#endif /* RTE_CSM_TYPE_H */
