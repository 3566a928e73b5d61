//! Numbers of KeyM: return codes, error codes, service ids, and what its types can be.

use crate::types::*;
use v2gcrypt_types::*;

numbers! {
    /// [SWS_KeyM_00038]; 0x80 to 0x9F are the user's.
    table START_TYPES for KeyM_StartType {
        KEYM_START_OEM_PRODUCTIONMODE = 0x01;
        KEYM_START_WORKSHOPMODE = 0x02;
    }
}

numbers! {
    /// [SWS_KeyM_00039]; from 0x80 on this stack's own: AUTOSAR has no service for OCSP, to remove, or to
    /// replace a leaf together with its Sub-CAs.
    table SERVICES for KeyM_ServiceCertificateType {
        KEYM_SERVICE_CERT_REQUEST_CSR = 0x01;
        KEYM_SERVICE_CERT_UPDATE_SIGNED_CSR = 0x02;
        KEYM_SERVICE_CERT_SET_ROOT = 0x03;
        KEYM_SERVICE_CERT_UPDATE_ROOT = 0x04;
        KEYM_SERVICE_CERT_SET_INTERMEDIATE = 0x05;
        KEYM_SERVICE_CERT_UPDATE_INTERMEDIATE = 0x06;
        KEYM_SERVICE_CERT_UPDATE_CRL = 0x07;
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_REQUEST = 0x80;
        KEYM_SERVICE_CERT_V2GCRYPT_OCSP_RESPONSE = 0x81;
        KEYM_SERVICE_CERT_V2GCRYPT_DELETE = 0x82;
        KEYM_SERVICE_CERT_V2GCRYPT_SET_CHAIN = 0x83;
        KEYM_SERVICE_CERT_V2GCRYPT_HASH_DATA = 0x84;
    }
}

numbers! {
    /// What a key handler wants of `KeyM_Update`: to be called again, or not.
    table KH_UPDATE_OPERATIONS for KeyM_KH_UpdateOperationType {
        KEYM_KH_UPDATE_KEY_UPDATE_REPEAT = 0x01;
        KEYM_KH_UPDATE_FINISH = 0x02;
    }
}

numbers! {
    /// [SWS_KeyM_91003]
    table CERTIFICATE_STATUSES for KeyM_CertificateStatusType {
        KEYM_CERTIFICATE_VALID = 0x00;
        KEYM_CERTIFICATE_INVALID = 0x01;
        KEYM_CERTIFICATE_NOT_PARSED = 0x02;
        KEYM_CERTIFICATE_PARSED_NOT_VALIDATED = 0x03;
        KEYM_CERTIFICATE_NOT_AVAILABLE = 0x04;
        KEYM_E_CERTIFICATE_VALIDITY_PERIOD_FAIL = 0x05;
        KEYM_E_CERTIFICATE_SIGNATURE_FAIL = 0x06;
        KEYM_E_CERTIFICATE_INVALID_CHAIN_OF_TRUST = 0x07;
        KEYM_E_CERTIFICATE_INVALID_TYPE = 0x08;
        KEYM_E_CERTIFICATE_INVALID_FORMAT = 0x09;
        KEYM_E_CERTIFICATE_INVALID_CONTENT = 0x0A;
        KEYM_E_CERTIFICATE_REVOKED = 0x0B;
    }
}

numbers! {
    /// [SWS_KeyM_91008]
    table RESULTS for KeyM_ResultType {
        KEYM_RT_OK = 0x00;
        KEYM_RT_NOT_OK = 0x01;
        KEYM_RT_KEY_CERT_INVALID = 0x02;
        KEYM_RT_KEY_CERT_WRITE_FAIL = 0x03;
        KEYM_RT_KEY_CERT_UPDATE_FAIL = 0x04;
        KEYM_RT_CERT_INVALID_CHAIN_OF_TRUST = 0x05;
    }
}

numbers! {
    /// Extension of `Std_ReturnType`.
    table KEYM_RETURN for Std_ReturnType {
        KEYM_E_BUSY = 0x02;
        KEYM_E_PENDING = 0x03;
        KEYM_E_KEY_CERT_SIZE_MISMATCH = 0x04;
        KEYM_E_PARAMETER_MISMATCH = 0x05;
        KEYM_E_KEY_CERT_INVALID = 0x06;
        KEYM_E_KEY_CERT_WRITE_FAIL = 0x07;
        KEYM_E_KEY_CERT_UPDATE_FAIL = 0x08;
        KEYM_E_KEY_CERT_READ_FAIL = 0x09;
        KEYM_E_KEY_CERT_EMPTY = 0x0A;
        KEYM_E_CERT_INVALID_CHAIN_OF_TRUST = 0x0B;
    }
}

numbers! {
    /// Development errors: a number space of their own.
    table DET_ERRORS for uint8 {
        KEYM_E_PARAM_POINTER = 0x01;
        KEYM_E_SMALL_BUFFER = 0x02;
        KEYM_E_UNINIT = 0x03;
        KEYM_E_INIT_FAILED = 0x04;
        KEYM_E_CONFIG_FAILURE = 0x05;
    }
}

numbers! {
    /// Service ids. Those of ServiceCertificateByCertId, ByIndex and Count are not confirmed; from 0x80 on this stack's own.
    table SERVICE_IDS for uint8 {
        KEYM_SID_INIT = 0x01;
        KEYM_SID_DEINIT = 0x02;
        KEYM_SID_GETVERSIONINFO = 0x03;
        KEYM_SID_START = 0x04;
        KEYM_SID_PREPARE = 0x05;
        KEYM_SID_UPDATE = 0x06;
        KEYM_SID_FINALIZE = 0x07;
        KEYM_SID_VERIFY = 0x08;
        KEYM_SID_SERVICECERTIFICATE = 0x09;
        KEYM_SID_SETCERTIFICATE = 0x0A;
        KEYM_SID_GETCERTIFICATE = 0x0B;
        KEYM_SID_VERIFYCERTIFICATES = 0x0C;
        KEYM_SID_VERIFYCERTIFICATE = 0x0D;
        KEYM_SID_VERIFYCERTIFICATECHAIN = 0x0E;
        KEYM_SID_CERTELEMENTGET = 0x0F;
        KEYM_SID_CERTELEMENTGETFIRST = 0x10;
        KEYM_SID_CERTELEMENTGETNEXT = 0x11;
        KEYM_SID_CERTGETSTATUS = 0x12;
        KEYM_SID_SERVICECERTIFICATEBYCERTID = 0x1D;
        KEYM_SID_MAINFUNCTION = 0x19;
        KEYM_SID_MAINBACKGROUNDFUNCTION = 0x1A;
        KEYM_SID_CERTIFICATEELEMENTGETBYINDEX = 0x1B;
        KEYM_SID_CERTIFICATEELEMENTGETCOUNT = 0x1C;
        KEYM_SID_V2G = 0x80;
        KEYM_SID_CSMJOBFINISHED = 0x81;
    }
}

numbers! {
    /// `KeyMCertAlgorithmType`
    table CERT_ALGORITHMS for uint8 {
        KEYM_CERT_ALGO_ECC = 0;
        KEYM_CERT_ALGO_RSA = 1;
    }
}

numbers! {
    /// `KeyMCertFormatType`
    table CERT_FORMATS for uint8 {
        KEYM_CERT_FORMAT_X509 = 0;
        KEYM_CERT_FORMAT_CVC = 1;
        KEYM_CERT_FORMAT_CRL = 2;
    }
}

numbers! {
    /// `KeyMCertificateStorage`, `KeyMCryptoKeyStorage`
    table STORAGES for uint8 {
        KEYM_STORAGE_IN_RAM = 0;
        KEYM_STORAGE_IN_NVM = 1;
        KEYM_STORAGE_IN_CSM = 2;
    }
}

numbers! {
    /// `V2gcryptKeyMCertificateRole`: what a certificate in the slot is for.
    table CERT_ROLES for uint8 {
        KEYM_V2G_ROLE_NONE = 0;
        KEYM_V2G_ROLE_V2G_ROOT = 1;
        KEYM_V2G_ROLE_MO_ROOT = 2;
        KEYM_V2G_ROLE_OEM_ROOT = 3;
        KEYM_V2G_ROLE_CSMS_ROOT = 4;
        KEYM_V2G_ROLE_MANUFACTURER_ROOT = 5;
        KEYM_V2G_ROLE_SUB_CA_1 = 6;
        KEYM_V2G_ROLE_SUB_CA_2 = 7;
        KEYM_V2G_ROLE_SECC = 8;
        KEYM_V2G_ROLE_EVCC = 9;
        KEYM_V2G_ROLE_CONTRACT = 10;
        KEYM_V2G_ROLE_OEM_PROVISIONING = 11;
        KEYM_V2G_ROLE_CPS = 12;
        KEYM_V2G_ROLE_OCSP_SIGNER = 13;
    }
}

numbers! {
    /// How long a certificate counts.
    table V2G_STATES for KeyM_V2g_StateType {
        KEYM_V2G_STATE_VALID = 0;
        KEYM_V2G_STATE_EXPIRES_SOON = 1;
        KEYM_V2G_STATE_EXPIRED = 2;
        KEYM_V2G_STATE_NOT_YET_VALID = 3;
        KEYM_V2G_STATE_REVOKED = 4;
        KEYM_V2G_STATE_UNVERIFIED = 5;
        KEYM_V2G_STATE_INVALID = 6;
    }
}

numbers! {
    /// `V2gcryptKeyMCertificateProfile`: the rules a certificate in the slot is judged by.
    table CERT_PROFILES for uint8 {
        KEYM_V2G_PROFILE_NONE = 0;
        KEYM_V2G_PROFILE_RFC5280 = 1;
        KEYM_V2G_PROFILE_ISO15118_2 = 2;
        KEYM_V2G_PROFILE_ISO15118_20 = 3;
        KEYM_V2G_PROFILE_ISO15118_20_AMD1 = 4;
        KEYM_V2G_PROFILE_PRIVATE = 5;
    }
}

numbers! {
    /// `KeyMCertificateElementOfStructure`
    table ELEMENTS_OF_STRUCTURE for uint8 {
        KEYM_ELEMENT_VERSION_NUMBER = 0;
        KEYM_ELEMENT_SERIAL_NUMBER = 1;
        KEYM_ELEMENT_SIGNATURE = 2;
        KEYM_ELEMENT_SIGNATURE_ALGORITHM = 3;
        KEYM_ELEMENT_SIGNATURE_ALGORITHM_ID = 4;
        KEYM_ELEMENT_ISSUER_NAME = 5;
        KEYM_ELEMENT_ISSUER_UNIQUE_IDENTIFIER = 6;
        KEYM_ELEMENT_SUBJECT_NAME = 7;
        KEYM_ELEMENT_SUBJECT_UNIQUE_IDENTIFIER = 8;
        KEYM_ELEMENT_SUBJECT_AUTHORIZATION = 9;
        KEYM_ELEMENT_PUBLIC_KEY_ALGORITHM = 10;
        KEYM_ELEMENT_SUBJECT_PUBLIC_KEY = 11;
        KEYM_ELEMENT_NOT_BEFORE = 12;
        KEYM_ELEMENT_NOT_AFTER = 13;
        KEYM_ELEMENT_EXTENSION = 14;
        KEYM_ELEMENT_REVOKED_CERTIFICATES = 15;
    }
}

numbers! {
    /// `KeyMLogicalOperator`
    table LOGICAL_OPERATORS for uint8 {
        KEYM_AND = 0;
        KEYM_OR = 1;
    }
}

numbers! {
    /// Choice of `KeyMArgumentRef`
    table RULE_ARGUMENTS for uint8 {
        KEYM_ARGUMENT_CONDITION = 0;
        KEYM_ARGUMENT_RULE = 1;
    }
}

numbers! {
    /// `KeyMCertElementConditionType`
    table CONDITION_TYPES for uint8 {
        KEYM_EQUALS = 0;
        KEYM_EQUALS_NOT = 1;
        KEYM_LESS_THAN = 2;
        KEYM_LESS_OR_EQUAL = 3;
        KEYM_GREATER_THAN = 4;
        KEYM_GREATER_OR_EQUAL = 5;
    }
}

numbers! {
    /// Choice of `KeyMCertificateElementConditionValue`
    table CONDITION_VALUES for uint8 {
        KEYM_CONDITION_PRIMITIVE = 0;
        KEYM_CONDITION_ARRAY = 1;
        KEYM_CONDITION_CERT_ELEMENT = 2;
        KEYM_CONDITION_SENDER_RECEIVER = 3;
    }
}

numbers! {
    /// `KeyMCryptoKeyGenerationType`
    table KEY_GENERATIONS for uint8 {
        KEYM_STORED_KEY = 0;
        KEYM_DERIVED_KEY = 1;
    }
}

numbers! {
    /// `KeyMCryptoCsmVerifyJobType`
    table KEY_VERIFY_JOBS for uint8 {
        KEYM_VERIFY_MACGENERATE = 0;
        KEYM_VERIFY_MACVERIFY = 1;
        KEYM_VERIFY_ENCRYPT = 2;
        KEYM_VERIFY_DECRYPT = 3;
        KEYM_VERIFY_AEADENCRYPT = 4;
        KEYM_VERIFY_AEADDECRYPT = 5;
    }
}

numbers! {
    /// Public keys that a pair of [`crate::config::KeyM_KeyPoolConfigType`] takes.
    table KEY_ALGORITHMS for uint8 {
        KEYM_KEY_P256 = 0;
        KEYM_KEY_P384 = 1;
        KEYM_KEY_P521 = 2;
        KEYM_KEY_ED25519 = 3;
        KEYM_KEY_ED448 = 4;
        KEYM_KEY_ANY = 0xFF;
    }
}

numbers! {
    /// Signatures that a pair of [`crate::config::KeyM_KeyPoolConfigType`] verifies.
    table SIGNATURE_ALGORITHMS for uint8 {
        KEYM_SIGNATURE_ECDSA_SHA256 = 0;
        KEYM_SIGNATURE_ECDSA_SHA384 = 1;
        KEYM_SIGNATURE_ECDSA_SHA512 = 2;
        KEYM_SIGNATURE_ED25519 = 3;
        KEYM_SIGNATURE_ED448 = 4;
        KEYM_SIGNATURE_ANY = 0xFF;
    }
}

numbers! {
    /// Policy: what becomes of a validation when nobody knows the time.
    table TIME_POLICIES for uint8 {
        KEYM_TIME_REFUSE = 0;
        KEYM_TIME_ACCEPT = 1;
        KEYM_TIME_FLOOR = 2;
    }
}

numbers! {
    /// Policy: bits of [`crate::config::KeyM_ConfigType::pathTolerances`], switches of [`crate::path::Policy`]. Strict: none.
    table PATH_TOLERANCES for uint32 {
        KEYM_TOLERATE_LOCAL_TIME = 0x0001;
        KEYM_TOLERATE_ANCHOR_OUTSIDE_VALIDITY = 0x0002;
        KEYM_TOLERATE_OTHER_CRITICALITY = 0x0004;
        KEYM_TOLERATE_OTHER_SKI_METHOD = 0x0008;
        KEYM_TOLERATE_UTC_TIME = 0x0010;
        KEYM_TOLERATE_LEAF_WITHOUT_BASIC_CONSTRAINTS = 0x0020;
        KEYM_TOLERATE_SURPLUS_KEY_USAGE = 0x0040;
        KEYM_TOLERATE_UNLISTED_EXTENSIONS = 0x0080;
        KEYM_TOLERATE_OUTLIVING_ISSUER = 0x0100;
        KEYM_TOLERATE_OTHER_NAMES = 0x0200;
        KEYM_TOLERATE_CROSS_CERTIFICATES = 0x0400;
        KEYM_TOLERATE_RESPONDER_WITHOUT_NOCHECK = 0x0800;
        KEYM_TOLERATE_RESPONSE_WITHOUT_NONCE = 0x1000;
    }
}

numbers! {
    /// Status bits of `StbM_TimeBaseStatusType` that KeyM looks at.
    table TIME_BASE_STATUSES for uint8 {
        KEYM_STBM_TIMEOUT = 0x01;
        KEYM_STBM_GLOBAL_TIME_BASE = 0x08;
    }
}

numbers! {
    /// `NvM_RequestResultType`
    table NVM_RESULTS for uint8 {
        NVM_REQ_OK = 0;
        NVM_REQ_NOT_OK = 1;
        NVM_REQ_PENDING = 2;
        NVM_REQ_INTEGRITY_FAILED = 3;
        NVM_REQ_NV_INVALIDATED = 5;
        NVM_REQ_REDUNDANCY_FAILED = 7;
        NVM_REQ_RESTORED_FROM_ROM = 8;
    }
}

numbers! {
    /// Indexes in [`crate::config::KeyM_ConfigType::securityEvents`].
    table SECURITY_EVENTS for uint8 {
        KEYM_SEV_INST_ROOT_CERT_OPERATION = 0;
        KEYM_SEV_UPD_ROOT_CERT_OPERATION = 1;
        KEYM_SEV_INST_INTERMEDIATE_CERT_OPERATION = 2;
        KEYM_SEV_UPD_INTERMEDIATE_CERT_OPERATION = 3;
        KEYM_SEV_CERT_VERIF_FAILED = 4;
    }
}

numbers! {
    /// Tags in a template of a certificate request: one byte of tag, two of length (big-endian), the value. A byte string in
    /// UTF-8 but for [`KEYM_CSR_KEY_USAGE`], two bytes, big-endian: bit 0 is digitalSignature.
    table CSR_TAGS for uint8 {
        KEYM_CSR_COMMON_NAME = 0x01;
        KEYM_CSR_ORGANIZATION = 0x02;
        KEYM_CSR_COUNTRY = 0x03;
        KEYM_CSR_ORGANIZATIONAL_UNIT = 0x04;
        KEYM_CSR_DOMAIN_COMPONENT = 0x05;
        KEYM_CSR_SAN_DNS = 0x11;
        KEYM_CSR_SAN_URI = 0x12;
        KEYM_CSR_KEY_USAGE = 0x21;
    }
}

numbers! {
    /// Indexes and ids that name nothing.
    table NO_IDS for uint32 {
        KEYM_NO_JOB = 0xFFFF_FFFF;
        KEYM_NO_KEY = 0xFFFF_FFFF;
    }
}

numbers! {
    /// Indexes and ids that name nothing.
    table NO_INDEXES for uint16 {
        KEYM_NO_CERTIFICATE = 0xFFFF;
        KEYM_NO_CRYPTO_KEY = 0xFFFF;
        KEYM_NO_NVM_BLOCK = 0xFFFF;
        KEYM_NO_TIME_BASE = 0xFFFF;
        KEYM_NO_SECURITY_EVENT = 0xFFFF;
    }
}
