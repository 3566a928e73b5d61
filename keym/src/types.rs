//! The C types of KeyM that software components see: `Rte_KeyM_Type.h`.

use v2gcrypt_types::*;

/// Mode of a key session. [SWS_KeyM_00038]
pub type KeyM_StartType = uint8;
/// What `KeyM_ServiceCertificate` is to do. [SWS_KeyM_00039]
pub type KeyM_ServiceCertificateType = uint8;
/// A `KeyMCertificateElement`, by `KeyMCertificateElementId`. [SWS_KeyM_00300]
pub type KeyM_CertElementIdType = uint16;
/// A `KeyMCertificate`, by `KeyMCertificateId`.
pub type KeyM_CertificateIdType = uint16;
/// A `KeyMCryptoKey`, by `KeyMCryptoKeyId`.
pub type KeyM_CryptoKeyIdType = uint16;
/// What a key handler wants of `KeyM_Update` next.
pub type KeyM_KH_UpdateOperationType = uint8;
/// State of a certificate. [SWS_KeyM_91003]
pub type KeyM_CertificateStatusType = uint8;
/// Result of an asynchronous operation, told by callback. [SWS_KeyM_91008]
pub type KeyM_ResultType = uint8;

/// A certificate in the caller's memory. [SWS_KeyM_91002]
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertDataType {
    /// Bytes; room, where a certificate is to be written.
    pub certDataLength: uint32,
    /// DER.
    pub certData: *mut uint8,
}

/// Where an iteration over the values of an element is. The caller keeps it; what is in it is KeyM's own business.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct KeyM_CertElementIteratorType {
    /// Certificate.
    pub certId: KeyM_CertificateIdType,
    /// Element.
    pub certElementId: KeyM_CertElementIdType,
    /// Value that comes next.
    pub next: uint16,
    /// Never 0 in an iterator that `KeyM_CertElementGetFirst` has set up.
    pub check: uint16,
    /// Which certificate the slot held at the first call.
    pub generation: uint32,
}

/// How long a certificate counts: `KEYM_V2G_STATE_*`.
pub type KeyM_V2g_StateType = uint8;

/// A certificate in a store. Times are Unix time in seconds: lower 32 and upper 16 bits, as StbM has them.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyM_V2g_InfoType {
    /// `KEYM_V2G_ROLE_*`
    pub role: uint8,
    /// `KEYM_V2G_PROFILE_*`
    pub profile: uint8,
    /// `KEYM_CERTIFICATE_*`, `KEYM_E_CERTIFICATE_*`
    pub status: KeyM_CertificateStatusType,
    /// `KEYM_V2G_STATE_*`
    pub state: KeyM_V2g_StateType,
    /// A new OCSP response is to be fetched.
    pub ocspDue: boolean,
    /// A certificate was asked for with a new key, and has not come yet.
    pub requestPending: boolean,
    /// notBefore, upper 16 bits.
    pub notBeforeHi: uint16,
    /// notBefore, lower 32 bits.
    pub notBefore: uint32,
    /// notAfter, lower 32 bits.
    pub notAfter: uint32,
    /// notAfter, upper 16 bits.
    pub notAfterHi: uint16,
}
