//! PKCS#8, SubjectPublicKeyInfo and PKCS#1 from outside: whatever is taken can be written and read again as the same key.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_crypto_driver::soft::formats::{self, Kind};

fuzz_target!(|der: &[u8]| {
    for format in 0..=8 {
        let _ = formats::check(format, der);
    }
    let mut written = [0u8; 512];
    if let Some(key) = formats::private_key(der).ok().filter(|key| key.kind != Kind::Rsa) {
        let length = formats::encode_private(key.kind, key.secret, None, &mut written).expect("a key that was read fits");
        let again = formats::private_key(&written[..length]).expect("what was written is read");
        assert_eq!((again.kind, again.secret), (key.kind, key.secret));
    }
    if let Some(key) = formats::public_key(der).ok().filter(|key| key.kind != Kind::Rsa) {
        let length = formats::encode_public(key.kind, key.bytes, &mut written).expect("a key that was read fits");
        let again = formats::public_key(&written[..length]).expect("what was written is read");
        assert_eq!((again.kind, again.bytes), (key.kind, key.bytes));
    }
});
