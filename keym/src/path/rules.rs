//! Rules that belong to no table: those of paths, signatures, times and status.
#![forbid(unsafe_code)]

use super::Rule;

macro_rules! rules {
    ($($name:ident = $id:literal, $requirement:literal, $text:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule { id: $id, requirement: $requirement, text: $text };)*
        /// All of them. Those that a profile words itself, [`crate::profile::Shape`], are not here.
        pub static GENERAL_RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    MALFORMED = "malformed", "RFC 5280 4.1", "is a DER certificate that can be read";
    NO_TABLE = "role", "ISO 15118 certificate profiles", "the profile has certificates of this role";
    NO_ISSUER = "issuer-unknown", "RFC 5280 6.1.3 (a) (4)", "has a path to an anchor";
    PATH_LENGTH = "path-length", "RFC 5280 6.1.4 (l)", "no more Sub-CAs follow than the path length constraint has";
    ANCHOR_AS_LEAF = "anchor-as-leaf", "RFC 5280 6.1", "is not an anchor itself";
    WRONG_LEVEL = "level", "RFC 5280 6.1.3 (a) (4)", "a root is issued by itself";
    TIME_UNKNOWN = "time-unknown", "[V2G2-886] [V2G2-910]", "there is a clock to judge it by";
    NOT_YET_VALID = "not-yet-valid", "RFC 5280 6.1.3 (a) (2)", "its validity has begun";
    EXPIRED = "expired", "RFC 5280 6.1.3 (a) (2)", "its validity has not ended";
    SIGNATURE_KEY = "signature-key", "RFC 5280 4.1.1.2", "its signature algorithm fits the issuer's key";
    SIGNATURE = "signature", "RFC 5280 6.1.3 (a) (1)", "its signature is good";
    WORK = "work-limit", "bounded work", "can be judged within the bound on work";
    UNDECIDED = "undecided", "no verdict", "all jobs could be done";
    REVOKED = "revoked", "RFC 5280 6.1.3 (a) (3)", "is not revoked";
    STATUS_UNKNOWN = "status-unknown", "[V2G2-875] [V2G20-1240]", "is proved not to be revoked";
    CRL_MALFORMED = "crl-malformed", "RFC 5280 5", "is a CRL that can be read, complete and direct";
    CRL_CRITICAL = "crl-critical-extension", "RFC 5280 5.2", "has no unknown critical extension";
    CRL_STALE = "crl-stale", "RFC 5280 6.3.3", "is current";
    CRL_SIGN = "crl-sign", "RFC 5280 6.3.3 (f)", "its issuer's key usage has cRLSign";
    CRL_ALGORITHM = "crl-algorithm", "RFC 5280 5.1.1.2", "is signed by an algorithm of the profile that fits the issuer's key";
    CRL_SIGNATURE = "crl-signature", "RFC 5280 6.3.3 (g)", "its signature is good";
    OCSP_MALFORMED = "ocsp-malformed", "RFC 6960 4.2.1", "is a successful OCSP response that can be read";
    OCSP_NONCE = "ocsp-nonce", "RFC 6960 4.4.1", "has the request's nonce";
    OCSP_STALE = "ocsp-stale", "[V2G2-649] [V2G20-1021]", "is current, and at most a week old";
    OCSP_UNKNOWN = "ocsp-unknown", "RFC 6960 2.2", "its responder knows the certificate";
    OCSP_RESPONDER = "ocsp-responder", "RFC 6960 4.2.2.2", "is signed by the issuer, or by a responder that it delegated";
    OCSP_RESPONDER_STATUS = "ocsp-responder-status", "RFC 6960 4.2.2.2.1", "its responder has ocsp-nocheck, or is on no CRL";
    OCSP_ALGORITHM = "ocsp-algorithm", "RFC 6960 4.3", "is signed by an algorithm of the profile that fits the responder's key";
    OCSP_SIGNATURE = "ocsp-signature", "RFC 6960 3.2", "its signature is good";
}
