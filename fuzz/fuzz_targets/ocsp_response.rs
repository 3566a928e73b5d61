//! An OCSP response from outside: what it says of each certificate is found, and can be asked for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::is_part;
use v2gcrypt_keym::ocsp::{write_request, OcspResponse, ResponseStatus};

fuzz_target!(|der: &[u8]| {
    let Ok(response) = OcspResponse::parse(der) else { return };
    assert_eq!(response.basic.is_some(), response.status == ResponseStatus::Successful);
    let Some(basic) = response.basic else { return };
    assert!(is_part(basic.tbs, der) && is_part(basic.signature, der));
    assert!(basic.certificates().all(|certificate| is_part(certificate, der)));
    let mut request = vec![0; der.len() + 128];
    for single in basic.responses().take(16) {
        let found = basic.find(&single.cert_id).map(|found| found.cert_id);
        assert_eq!(found, Some(single.cert_id));
        if let Some(length) = write_request(&[single.cert_id], basic.nonce, &mut request) {
            assert!(length <= der.len() + 128 && request.starts_with(&[0x30]));
        }
    }
    assert!(basic.responses().count() <= der.len());
});
