//! `Crypto_GeneralTypes.h`: shared by Csm, CryIf and every Crypto driver.

use crate::rte_csm::*;
use crate::std_types::*;

/// How wide the types are that the specification calls enumerations: `uint8` here, `int` when built with
/// `V2GCRYPT_ENUM_WIDTH=int`. C must be compiled with the same width (`V2GCRYPT_ENUM_INT`).
#[cfg(not(v2gcrypt_enum_int))]
pub type Enumeration = uint8;
/// How wide the types are that the specification calls enumerations: `int` in this build.
#[cfg(v2gcrypt_enum_int)]
pub type Enumeration = uint32;

/// Algorithm family of a primitive. [SWS_Csm_01047]
pub type Crypto_AlgorithmFamilyType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_01047]
    table ALGORITHM_FAMILIES for Crypto_AlgorithmFamilyType {
        CRYPTO_ALGOFAM_NOT_SET = 0x00;
        CRYPTO_ALGOFAM_SHA1 = 0x01;
        CRYPTO_ALGOFAM_SHA2_224 = 0x02;
        CRYPTO_ALGOFAM_SHA2_256 = 0x03;
        CRYPTO_ALGOFAM_SHA2_384 = 0x04;
        CRYPTO_ALGOFAM_SHA2_512 = 0x05;
        CRYPTO_ALGOFAM_SHA2_512_224 = 0x06;
        CRYPTO_ALGOFAM_SHA2_512_256 = 0x07;
        CRYPTO_ALGOFAM_SHA3_224 = 0x08;
        CRYPTO_ALGOFAM_SHA3_256 = 0x09;
        CRYPTO_ALGOFAM_SHA3_384 = 0x0A;
        CRYPTO_ALGOFAM_SHA3_512 = 0x0B;
        CRYPTO_ALGOFAM_SHAKE128 = 0x0C;
        CRYPTO_ALGOFAM_SHAKE256 = 0x0D;
        CRYPTO_ALGOFAM_RIPEMD160 = 0x0E;
        CRYPTO_ALGOFAM_BLAKE_1_256 = 0x0F;
        CRYPTO_ALGOFAM_BLAKE_1_512 = 0x10;
        CRYPTO_ALGOFAM_BLAKE_2s_256 = 0x11;
        CRYPTO_ALGOFAM_BLAKE_2s_512 = 0x12;
        CRYPTO_ALGOFAM_3DES = 0x13;
        CRYPTO_ALGOFAM_AES = 0x14;
        CRYPTO_ALGOFAM_CHACHA = 0x15;
        CRYPTO_ALGOFAM_RSA = 0x16;
        CRYPTO_ALGOFAM_ED25519 = 0x17;
        CRYPTO_ALGOFAM_BRAINPOOL = 0x18;
        CRYPTO_ALGOFAM_ECCNIST = 0x19;
        CRYPTO_ALGOFAM_RNG = 0x1B;
        CRYPTO_ALGOFAM_SIPHASH = 0x1C;
        CRYPTO_ALGOFAM_ECCANSI = 0x1E;
        CRYPTO_ALGOFAM_ECCSEC = 0x1F;
        CRYPTO_ALGOFAM_DRBG = 0x20;
        CRYPTO_ALGOFAM_FIPS186 = 0x21;
        CRYPTO_ALGOFAM_PADDING_PKCS7 = 0x22;
        CRYPTO_ALGOFAM_PADDING_ONEWITHZEROS = 0x23;
        CRYPTO_ALGOFAM_PBKDF2 = 0x24;
        CRYPTO_ALGOFAM_KDFX963 = 0x25;
        CRYPTO_ALGOFAM_DH = 0x26;
        CRYPTO_ALGOFAM_SM2 = 0x27;
        CRYPTO_ALGOFAM_EEA3 = 0x28;
        CRYPTO_ALGOFAM_SM3 = 0x29;
        CRYPTO_ALGOFAM_EIA3 = 0x2A;
        CRYPTO_ALGOFAM_HKDF = 0x2B;
        CRYPTO_ALGOFAM_ECDSA = 0x2C;
        CRYPTO_ALGOFAM_POLY1305 = 0x2D;
        CRYPTO_ALGOFAM_X25519 = 0x2E;
        CRYPTO_ALGOFAM_ECDH = 0x2F;
        CRYPTO_ALGOFAM_CUSTOM = 0xFF;
    }
}

/// Mode of an algorithm. [SWS_Csm_01048]
pub type Crypto_AlgorithmModeType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_01048]
    table ALGORITHM_MODES for Crypto_AlgorithmModeType {
        CRYPTO_ALGOMODE_NOT_SET = 0x00;
        CRYPTO_ALGOMODE_ECB = 0x01;
        CRYPTO_ALGOMODE_CBC = 0x02;
        CRYPTO_ALGOMODE_CFB = 0x03;
        CRYPTO_ALGOMODE_OFB = 0x04;
        CRYPTO_ALGOMODE_CTR = 0x05;
        CRYPTO_ALGOMODE_GCM = 0x06;
        CRYPTO_ALGOMODE_XTS = 0x07;
        CRYPTO_ALGOMODE_RSAES_OAEP = 0x08;
        CRYPTO_ALGOMODE_RSAES_PKCS1_v1_5 = 0x09;
        CRYPTO_ALGOMODE_RSASSA_PSS = 0x0A;
        CRYPTO_ALGOMODE_RSASSA_PKCS1_v1_5 = 0x0B;
        CRYPTO_ALGOMODE_8ROUNDS = 0x0C;
        CRYPTO_ALGOMODE_12ROUNDS = 0x0D;
        CRYPTO_ALGOMODE_20ROUNDS = 0x0E;
        CRYPTO_ALGOMODE_HMAC = 0x0F;
        CRYPTO_ALGOMODE_CMAC = 0x10;
        CRYPTO_ALGOMODE_GMAC = 0x11;
        CRYPTO_ALGOMODE_CTRDRBG = 0x12;
        CRYPTO_ALGOMODE_SIPHASH_2_4 = 0x13;
        CRYPTO_ALGOMODE_SIPHASH_4_8 = 0x14;
        CRYPTO_ALGOMODE_PXXXR1 = 0x15;
        CRYPTO_ALGOMODE_CUSTOM = 0xFF;
    }
}

/// Service that a job performs. [SWS_Csm_01031]
pub type Crypto_ServiceInfoType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_01031]
    table SERVICES for Crypto_ServiceInfoType {
        CRYPTO_HASH = 0x00;
        CRYPTO_MACGENERATE = 0x01;
        CRYPTO_MACVERIFY = 0x02;
        CRYPTO_ENCRYPT = 0x03;
        CRYPTO_DECRYPT = 0x04;
        CRYPTO_AEADENCRYPT = 0x05;
        CRYPTO_AEADDECRYPT = 0x06;
        CRYPTO_SIGNATUREGENERATE = 0x07;
        CRYPTO_SIGNATUREVERIFY = 0x08;
        CRYPTO_RANDOMGENERATE = 0x0B;
        CRYPTO_RANDOMSEED = 0x0C;
        CRYPTO_KEYGENERATE = 0x0D;
        CRYPTO_KEYDERIVE = 0x0E;
        CRYPTO_KEYEXCHANGECALCPUBVAL = 0x0F;
        CRYPTO_KEYEXCHANGECALCSECRET = 0x10;
        CRYPTO_KEYSETVALID = 0x13;
        CRYPTO_KEYSETINVALID = 0x14;
        CRYPTO_CUSTOM_SERVICE = 0x15;
    }
}

/// Whether a job's service has started. [SWS_Csm_01028]
pub type Crypto_JobStateType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_01028]
    table JOB_STATES for Crypto_JobStateType {
        CRYPTO_JOBSTATE_IDLE = 0x00;
        CRYPTO_JOBSTATE_ACTIVE = 0x01;
    }
}

/// Whether a job computes in its call or later. [SWS_Csm_01049]
pub type Crypto_ProcessingType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_01049]
    table PROCESSING_TYPES for Crypto_ProcessingType {
        CRYPTO_PROCESSING_ASYNC = 0x00;
        CRYPTO_PROCESSING_SYNC = 0x01;
    }
}

/// Which buffers are redirected to key elements. [SWS_Csm_91024]
pub type Crypto_InputOutputRedirectionConfigType = Enumeration;

crate::numbers! {
    /// [SWS_Csm_91024]: a bit mask; bit 3 is reserved.
    table REDIRECTIONS for Crypto_InputOutputRedirectionConfigType {
        CRYPTO_REDIRECT_CONFIG_PRIMARY_INPUT = 0x01;
        CRYPTO_REDIRECT_CONFIG_SECONDARY_INPUT = 0x02;
        CRYPTO_REDIRECT_CONFIG_TERTIARY_INPUT = 0x04;
        CRYPTO_REDIRECT_CONFIG_PRIMARY_OUTPUT = 0x10;
        CRYPTO_REDIRECT_CONFIG_SECONDARY_OUTPUT = 0x20;
    }
}

crate::numbers! {
    /// Key element ids, R20-11 and later. [SWS_Csm_01022]
    table KEY_ELEMENTS for uint32 {
        CRYPTO_KE_MAC_KEY = 1;
        CRYPTO_KE_MAC_PROOF = 2;
        CRYPTO_KE_SIGNATURE_KEY = 1;
        CRYPTO_KE_SIGNATURE_CURVETYPE = 29;
        CRYPTO_KE_RANDOM_SEED_STATE = 3;
        CRYPTO_KE_RANDOM_ALGORITHM = 4;
        CRYPTO_KE_CIPHER_KEY = 1;
        CRYPTO_KE_CIPHER_IV = 5;
        CRYPTO_KE_CIPHER_PROOF = 2;
        CRYPTO_KE_CIPHER_2NDKEY = 7;
        CRYPTO_KE_KEYEXCHANGE_BASE = 8;
        CRYPTO_KE_KEYEXCHANGE_PRIVKEY = 9;
        CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY = 10;
        CRYPTO_KE_KEYEXCHANGE_SHAREDVALUE = 1;
        CRYPTO_KE_KEYEXCHANGE_ALGORITHM = 12;
        CRYPTO_KE_KEYEXCHANGE_CURVETYPE = 29;
        CRYPTO_KE_KEYDERIVATION_PASSWORD = 1;
        CRYPTO_KE_KEYDERIVATION_SALT = 13;
        CRYPTO_KE_KEYDERIVATION_ITERATIONS = 14;
        CRYPTO_KE_KEYDERIVATION_ALGORITHM = 15;
        CRYPTO_KE_KEYDERIVATION_CURVETYPE = 29;
        CRYPTO_KE_KEYGENERATE_KEY = 1;
        CRYPTO_KE_KEYGENERATE_SEED = 16;
        CRYPTO_KE_KEYGENERATE_ALGORITHM = 17;
        CRYPTO_KE_KEYGENERATE_CURVETYPE = 29;
    }
}

crate::numbers! {
    /// Formats of key elements. [ECUC_Crypto_00041]
    table KEY_FORMATS for uint8 {
        CRYPTO_KE_FORMAT_BIN_OCTET = 0x01;
        CRYPTO_KE_FORMAT_BIN_SHEKEYS = 0x02;
        CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8 = 0x03;
        CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY = 0x04;
        CRYPTO_KE_FORMAT_BIN_RSA_PRIVATEKEY = 0x05;
        CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY = 0x06;
    }
}

crate::numbers! {
    /// Custom algorithm families of this stack's drivers: `CryptoPrimitiveAlgorithmFamilyCustomId` in ARXML. AUTOSAR names none.
    table VENDOR_ALGORITHM_FAMILIES for Crypto_AlgorithmFamilyType {
        CRYPTO_ALGOFAM_V2GCRYPT_TLS12PRF = 0x80;
        CRYPTO_ALGOFAM_V2GCRYPT_CONCATKDF = 0x81;
        CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2 = 0x82;
        CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20 = 0x83;
    }
}

crate::numbers! {
    /// Key elements of this stack's drivers, from 1000 on as AUTOSAR leaves to vendors. [SWS_Csm_01022]
    ///
    /// 1000: the public key that belongs to the private key of element 1. 1001: the hash of a key derivation, one
    /// `CRYPTO_ALGOFAM_SHA2_*`. 1002: HKDF info, X9.63 SharedInfo, OtherInfo of the concatenation KDF, label of the TLS PRF.
    table VENDOR_KEY_ELEMENTS for uint32 {
        CRYPTO_KE_V2GCRYPT_PUBLICKEY = 1000;
        CRYPTO_KE_V2GCRYPT_KEYDERIVATION_HASH = 1001;
        CRYPTO_KE_V2GCRYPT_KEYDERIVATION_INFO = 1002;
    }
}

/// Algorithm of a primitive. [SWS_Csm_01008]
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crypto_AlgorithmInfoType {
    /// Family.
    pub family: Crypto_AlgorithmFamilyType,
    /// Secondary family, such as the hash of a signature or of an HMAC.
    pub secondaryFamily: Crypto_AlgorithmFamilyType,
    /// Key length in bits.
    pub keyLength: uint32,
    /// Mode.
    pub mode: Crypto_AlgorithmModeType,
}

/// Service and algorithm. [SWS_Csm_01011]
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crypto_PrimitiveInfoType {
    /// Service.
    pub service: Crypto_ServiceInfoType,
    /// Algorithm.
    pub algorithm: Crypto_AlgorithmInfoType,
}

/// What a job is configured to do. [SWS_Csm_01012]
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Crypto_JobPrimitiveInfoType {
    /// Id of the callback, from `CsmCallbackId`.
    pub callbackId: uint32,
    /// Service and algorithm.
    pub primitiveInfo: *const Crypto_PrimitiveInfoType,
    /// CryIf key of the job.
    pub cryIfKeyId: uint32,
    /// Synchronous or asynchronous.
    pub processingType: Crypto_ProcessingType,
}

/// Inputs and outputs of a job. Lengths are in bytes, but for the MAC of a verification. [SWS_Csm_01009]
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Crypto_JobPrimitiveInputOutputType {
    /// Data.
    pub inputPtr: *const uint8,
    /// Length of the data.
    pub inputLength: uint32,
    /// Signature, associated data, or the MAC to compare with.
    pub secondaryInputPtr: *const uint8,
    /// Length of the secondary input; in bits for a MAC to compare with.
    pub secondaryInputLength: uint32,
    /// Tag of an authenticated decryption.
    pub tertiaryInputPtr: *const uint8,
    /// Length of the tertiary input.
    pub tertiaryInputLength: uint32,
    /// Result.
    pub outputPtr: *mut uint8,
    /// In: room at `outputPtr`; out: bytes written.
    pub outputLengthPtr: *mut uint32,
    /// Tag of an authenticated encryption.
    pub secondaryOutputPtr: *mut uint8,
    /// In: room at `secondaryOutputPtr`; out: bytes written.
    pub secondaryOutputLengthPtr: *mut uint32,
    /// Outcome of a verification.
    pub verifyPtr: *mut Crypto_VerifyResultType,
    /// Operations of this call.
    pub mode: Crypto_OperationModeType,
    /// CryIf key of a key management service.
    pub cryIfKeyId: uint32,
    /// CryIf key that receives the result of a key management service.
    pub targetCryIfKeyId: uint32,
}

/// Where redirected buffers are. [SWS_Csm_91026]
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Crypto_JobRedirectionInfoType {
    /// Bit mask of `CRYPTO_REDIRECT_CONFIG_*`.
    pub redirectionConfig: uint8,
    /// Key of the input.
    pub inputKeyId: uint32,
    /// Key element of the input.
    pub inputKeyElementId: uint32,
    /// Key of the secondary input.
    pub secondaryInputKeyId: uint32,
    /// Key element of the secondary input.
    pub secondaryInputKeyElementId: uint32,
    /// Key of the tertiary input.
    pub tertiaryInputKeyId: uint32,
    /// Key element of the tertiary input.
    pub tertiaryInputKeyElementId: uint32,
    /// Key of the output.
    pub outputKeyId: uint32,
    /// Key element of the output.
    pub outputKeyElementId: uint32,
    /// Key of the secondary output.
    pub secondaryOutputKeyId: uint32,
    /// Key element of the secondary output.
    pub secondaryOutputKeyElementId: uint32,
}

/// A job as it travels from Csm to a driver object and back. [SWS_Csm_01013]
///
/// It lies in memory that C may write, so Rust touches it through raw pointers only.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Crypto_JobType {
    /// Id of the job.
    pub jobId: uint32,
    /// Idle, or in the middle of a stream.
    pub jobState: Crypto_JobStateType,
    /// Inputs and outputs of the call in progress.
    pub jobPrimitiveInputOutput: Crypto_JobPrimitiveInputOutputType,
    /// What the job is configured to do.
    pub jobPrimitiveInfo: *const Crypto_JobPrimitiveInfoType,
    /// Redirected buffers; `NULL_PTR` when there are none.
    pub jobRedirectionInfoRef: *mut Crypto_JobRedirectionInfoType,
    /// Driver key, filled by CryIf.
    pub cryptoKeyId: uint32,
    /// Driver key that receives a result, filled by CryIf.
    pub targetCryptoKeyId: uint32,
    /// Priority; larger is more urgent.
    pub jobPriority: uint32,
}
