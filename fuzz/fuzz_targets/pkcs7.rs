//! Certificates in PKCS#7 from outside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::is_part;
use v2gcrypt_keym::crl::CertificateList;
use v2gcrypt_keym::pkcs7::CertificatesOnly;
use v2gcrypt_keym::x509::Certificate;

fuzz_target!(|der: &[u8]| {
    let Ok(message) = CertificatesOnly::parse(der) else { return };
    for certificate in message.certificates() {
        assert!(is_part(certificate, der));
        let _ = Certificate::parse(certificate);
    }
    for list in message.crls() {
        assert!(is_part(list, der));
        let _ = CertificateList::parse(list);
    }
});
