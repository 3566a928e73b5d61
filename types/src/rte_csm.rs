//! `Rte_Csm_Type.h`: what the specification calls implementation data types.

use core::ffi::c_void;

use crate::std_types::*;

/// Result of an asynchronous job: [`E_OK`], [`E_NOT_OK`] or a `CRYPTO_E_*` code.
pub type Crypto_ResultType = uint8;

/// Bit mask of the operations that one call performs. [SWS_Csm_01029]
pub type Crypto_OperationModeType = uint8;

crate::numbers! {
    /// [SWS_Csm_01029]; the last two since R20-11.
    table OPERATION_MODES for Crypto_OperationModeType {
        CRYPTO_OPERATIONMODE_START = 0x01;
        CRYPTO_OPERATIONMODE_UPDATE = 0x02;
        CRYPTO_OPERATIONMODE_STREAMSTART = 0x03;
        CRYPTO_OPERATIONMODE_FINISH = 0x04;
        CRYPTO_OPERATIONMODE_SINGLECALL = 0x07;
        CRYPTO_OPERATIONMODE_SAVE_CONTEXT = 0x08;
        CRYPTO_OPERATIONMODE_RESTORE_CONTEXT = 0x10;
    }
}

/// Outcome of a verification. [SWS_Csm_01024]
pub type Crypto_VerifyResultType = uint8;

crate::numbers! {
    /// [SWS_Csm_01024]: a mismatch is a result, not an error.
    table VERIFY_RESULTS for Crypto_VerifyResultType {
        CRYPTO_E_VER_OK = 0x00;
        CRYPTO_E_VER_NOT_OK = 0x01;
    }
}

/// State of a key. [SWS_Csm_91102]
pub type Crypto_KeyStatusType = uint8;

crate::numbers! {
    /// [SWS_Csm_91102], since R20-11.
    table KEY_STATUSES for Crypto_KeyStatusType {
        CRYPTO_KEYSTATUS_INVALID = 0x00;
        CRYPTO_KEYSTATUS_VALID = 0x01;
    }
}

crate::numbers! {
    /// Extension of `Std_ReturnType`. [SWS_Csm_91043]
    table CRYPTO_RETURN for Std_ReturnType {
        CRYPTO_E_BUSY = 0x02;
        CRYPTO_E_ENTROPY_EXHAUSTED = 0x04;
        CRYPTO_E_KEY_READ_FAIL = 0x06;
        CRYPTO_E_KEY_WRITE_FAIL = 0x07;
        CRYPTO_E_KEY_NOT_AVAILABLE = 0x08;
        CRYPTO_E_KEY_NOT_VALID = 0x09;
        CRYPTO_E_KEY_SIZE_MISMATCH = 0x0A;
        CRYPTO_E_JOB_CANCELED = 0x0C;
        CRYPTO_E_KEY_EMPTY = 0x0D;
        CRYPTO_E_CUSTOM_ERROR = 0x0E;
    }
}

/// Input of a job with an optimised port: `CRYPTO_USE_PORT_OPTIMIZED`.
pub type Csm_ConstDataPtr = *const c_void;

/// Output of a job with an optimised port.
pub type Csm_DataPtr = *mut c_void;

/// Room and length of an output of a job with an optimised port.
pub type Csm_LengthPtr = *mut uint32;

/// Where a job with an optimised port writes the outcome of a verification.
pub type Csm_VerifyResultPtr = *mut Crypto_VerifyResultType;
