//! Certificate requests, PKCS#10, RFC 2986. A request is written in two steps, as its key is in a driver: what is signed;
//! then, with the signature, the whole.
#![forbid(unsafe_code)]

mod reader;
mod writer;

pub use reader::CertificationRequest;
pub use writer::{
    assemble, signature_algorithm_for, write_request_info, AltName, Extensions, KeyUsageRequest, StringType, SubjectAttribute,
};
