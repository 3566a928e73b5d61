//! A certificate from outside: what is read is part of it, and its parts are read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::is_part;
use v2gcrypt_keym::x509::{ecdsa_raw, ecdsa_sig_value, Certificate, Extensions, Name, PublicKey, ECDSA_RAW_MAX};

fuzz_target!(|der: &[u8]| {
    let Ok(certificate) = Certificate::parse(der) else { return };
    assert_eq!(certificate.der, der);
    for part in [certificate.tbs, certificate.serial, certificate.signature, certificate.public_key.bytes] {
        assert!(is_part(part, der));
    }
    for name in [certificate.subject, certificate.issuer] {
        assert_eq!(Name::parse(name.der), Ok(name));
        assert!(name.matches(&name));
        assert_eq!(name.is_empty(), name.attributes().next().is_none());
        assert!(name.attributes().all(|attribute| is_part(attribute.value, name.der) && name.find(attribute.oid).count() > 0));
    }
    assert_eq!(certificate.subject.matches(&certificate.issuer), certificate.issuer.matches(&certificate.subject));
    assert_eq!(PublicKey::parse(certificate.public_key.spki), Ok(certificate.public_key));
    let extensions = certificate.extensions;
    if !extensions.der.is_empty() {
        assert_eq!(Extensions::parse(extensions.der), Ok(extensions));
    }
    for extension in extensions.iter() {
        assert_eq!(extensions.find(extension.oid), Some(extension));
    }
    // Iterators end, and tell at least one of what is there.
    assert!(extensions.extended_key_usage.map_or(true, |usage| usage.iter().all(|purpose| usage.contains(purpose))));
    assert!(extensions.authority_info_access.map_or(true, |access| access.iter().count() > 0));
    assert!(extensions.certificate_policies.map_or(true, |policies| policies.iter().count() > 0));
    assert!(extensions.subject_alt_names.map_or(true, |names| names.iter().count() > 0));
    assert!(extensions
        .crl_distribution_points
        .map_or(true, |points| points.iter().count() > 0 && points.uris().count() <= der.len()));
    extensions.unrecognized_critical();
    // A signature in both forms.
    let mut raw = [0; ECDSA_RAW_MAX];
    if let Some(length) = ecdsa_raw(certificate.signature, 66, &mut raw) {
        let mut sig = vec![0; certificate.signature.len()];
        assert_eq!(ecdsa_sig_value(&raw[..length], &mut sig), Some(sig.len()));
        assert_eq!(sig, certificate.signature);
    }
});
