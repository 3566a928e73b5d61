//! A CRL from outside: entries are part of it and are found again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::is_part;
use v2gcrypt_keym::crl::CertificateList;
use v2gcrypt_keym::x509::Certificate;

static CERTIFICATE: &[u8] = include_bytes!("../../keym/tests/data/everything.der");

fuzz_target!(|der: &[u8]| {
    let Ok(list) = CertificateList::parse(der) else { return };
    assert!(is_part(list.tbs, der) && is_part(list.signature, der) && list.number.map_or(true, |number| is_part(number, der)));
    assert!(list.entries().all(|entry| is_part(entry.serial, der)));
    for entry in list.entries().take(16) {
        assert_eq!(list.find(entry.serial).map(|found| found.serial), Some(entry.serial));
    }
    let certificate = Certificate::parse(CERTIFICATE).expect("a test reads it, too");
    let point = list.issuing_distribution_point;
    if list.covers(&certificate).is_ok() {
        assert!(!point.is_some_and(|point| point.indirect || point.only_some_reasons || point.only_user_certificates));
    }
});
