//! A certificate request from outside: assembled again of its parts, it is the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::is_part;
use v2gcrypt_keym::csr::{assemble, CertificationRequest};
use v2gcrypt_keym::x509::{ecdsa_raw, SignatureAlgorithm, ECDSA_RAW_MAX};

fuzz_target!(|der: &[u8]| {
    let Ok(request) = CertificationRequest::parse(der) else { return };
    assert!(is_part(request.info, der) && is_part(request.signature, der));
    assert!(request.challenge_password.map_or(true, |password| is_part(password, der)));
    assert!(request.subject.attributes().count() + request.extensions.iter().count() <= der.len());
    let mut raw = [0; ECDSA_RAW_MAX];
    let signature = match request.signature_algorithm {
        SignatureAlgorithm::Ed25519 | SignatureAlgorithm::Ed448 => Some(request.signature),
        _ => ecdsa_raw(request.signature, 66, &mut raw).map(|length| &raw[..length]),
    };
    let mut again = vec![0; der.len()];
    if let Some(length) = signature.and_then(|raw| assemble(request.info, request.signature_algorithm, raw, &mut again)) {
        assert_eq!(&again[..length], der);
    }
});
