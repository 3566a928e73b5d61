//! X.509 certificates, read in place: every part borrows from the DER, nothing is copied and nothing is judged.
//!
//! Strict DER. What the field needs beyond it is listed in `docs/certificates.md`, and each case has a test.
#![forbid(unsafe_code)]

pub(crate) mod algorithm;
pub(crate) mod certificate;
pub(crate) mod extension_values;
pub(crate) mod extensions;
mod general_name;
mod name;
pub mod oid;
pub(crate) mod reader;
mod time;
pub(crate) mod writer;

use core::fmt;

pub use algorithm::{
    ecdsa_raw, ecdsa_sig_value, HashAlgorithm, KeyAlgorithm, PublicKey, SignatureAlgorithm, ECDSA_RAW_MAX, ECDSA_SIG_VALUE_MAX,
};
pub use certificate::{Certificate, DerList, Validity};
pub use extension_values::{
    AccessDescription, AccessDescriptions, AuthorityInfoAccess, AuthorityKeyId, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, DistributionPoint, DistributionPoints, ExtendedKeyUsage, KeyId, KeyUsage, Oids, PolicyIds, Raw,
    SubjectAltNames, Uris,
};
pub use extensions::{Extension, ExtensionIter, Extensions, MAX_EXTENSIONS};
pub use general_name::{GeneralName, GeneralNames};
pub use name::{Attribute, Attributes, Name, MAX_RDN_ATTRIBUTES};
pub use time::Time;

/// Which structure is malformed, the innermost that is named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// Certificate or TBSCertificate: tags, lengths, what follows the end.
    Certificate,
    /// A version other than v1, v2 or v3, or fields that the version does not have.
    Version,
    /// CertificateSerialNumber.
    SerialNumber,
    /// AlgorithmIdentifier, or the signed and the unsigned one differ.
    Algorithm,
    /// Name.
    Name,
    /// UTCTime or GeneralizedTime.
    Time,
    /// SubjectPublicKeyInfo, or a key whose length is not its algorithm's.
    PublicKey,
    /// The BIT STRING of a signature.
    Signature,
    /// issuerUniqueID or subjectUniqueID.
    UniqueId,
    /// Extensions, the frame of one, or the same twice.
    Extensions,
    /// basicConstraints.
    BasicConstraints,
    /// keyUsage.
    KeyUsage,
    /// extKeyUsage.
    ExtendedKeyUsage,
    /// subjectKeyIdentifier.
    SubjectKeyId,
    /// authorityKeyIdentifier.
    AuthorityKeyId,
    /// authorityInfoAccess or subjectInfoAccess.
    InfoAccess,
    /// cRLDistributionPoints.
    CrlDistributionPoints,
    /// certificatePolicies.
    CertificatePolicies,
    /// subjectAltName.
    SubjectAltNames,
    /// id-pkix-ocsp-nocheck.
    OcspNoCheck,
    /// CertificateList or TBSCertList.
    CertificateList,
    /// An entry of a CRL.
    RevokedCertificate,
    /// An extension of a CRL or of its entry.
    CrlExtensions,
    /// An OCSPResponse, or a part of it.
    OcspResponse,
    /// PKCS#7 ContentInfo or SignedData.
    SignedData,
    /// PKCS#10 CertificationRequest.
    CertificationRequest,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "malformed certificate",
            Self::Version => "version that is unknown, or contradicts the fields",
            Self::SerialNumber => "malformed serial number",
            Self::Algorithm => "malformed or contradicting signature algorithm",
            Self::Name => "malformed name",
            Self::Time => "malformed time",
            Self::PublicKey => "malformed public key",
            Self::Signature => "malformed signature",
            Self::UniqueId => "malformed unique identifier",
            Self::Extensions => "malformed, repeated or too many extensions",
            Self::BasicConstraints => "malformed basicConstraints",
            Self::KeyUsage => "malformed keyUsage",
            Self::ExtendedKeyUsage => "malformed extKeyUsage",
            Self::SubjectKeyId => "malformed subjectKeyIdentifier",
            Self::AuthorityKeyId => "malformed authorityKeyIdentifier",
            Self::InfoAccess => "malformed authorityInfoAccess or subjectInfoAccess",
            Self::CrlDistributionPoints => "malformed cRLDistributionPoints",
            Self::CertificatePolicies => "malformed certificatePolicies",
            Self::SubjectAltNames => "malformed subjectAltName",
            Self::OcspNoCheck => "malformed ocsp-nocheck",
            Self::CertificateList => "malformed CRL",
            Self::RevokedCertificate => "malformed entry of a CRL",
            Self::CrlExtensions => "malformed extension of a CRL",
            Self::OcspResponse => "malformed OCSP response",
            Self::SignedData => "malformed PKCS#7",
            Self::CertificationRequest => "malformed certificate request",
        })
    }
}
